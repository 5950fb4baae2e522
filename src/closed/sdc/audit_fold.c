/* SPDX-License-Identifier: EUPL-1.2 */
/* Totals leave the programs of a piece. Most cells of a piece are sums of finer
 * ones that move too: such a cell is put in terms of them wherever it stands,
 * and the row that said so goes. Totals of several dimensions are put together
 * in as many ways, and once all are in the same terms most of those rows say
 * nothing, or what another one says. What the bounds of a total add to those of
 * its terms stays, as a row; in whole numbers and in fractions the tables are
 * the same ones as before. */
#include <math.h>
#include <stdlib.h>

#include "sdc/audit_piece.h"

enum {
    TERMS_MOST = 100, /* a total of more stays a column: rows keep thin */
};

struct terms {
    int *columns; /* of the whole piece, ascending */
    double *weights;
    int count;
};

struct line {
    struct terms terms;
    double low, high;
    int number; /* in the order they were made */
};

struct folding {
    struct arena *arena;
    const struct audit_piece *whole;
    const bool *asked;
    struct terms *terms; /* [columns] */
    bool *known;         /* [columns] their terms are */
    bool *basic;         /* [columns] their own term */
    bool *spent;         /* [rows] in putting a total in terms */
    int *waiting;        /* [rows] members whose terms are not known */
    int *unready;        /* [columns] rows that could define them and wait */
    int *queue;          /* columns that became known */
    int first, queued;
    double *sum; /* [columns] work space, 0 between calls */
    bool *in;    /* the same, false */
    int *touched;
    int touched_count;
    struct line *lines;
    size_t line_count, line_capacity;
};

/* --- sums ----------------------------------------------------------------- */

static void add(struct folding *folding, int column, double weight)
{
    const struct terms *terms = &folding->terms[column];
    for (int i = 0; i < terms->count; i++) {
        int term = terms->columns[i];
        if (!folding->in[term]) {
            folding->in[term] = true;
            folding->touched[folding->touched_count++] = term;
        }
        folding->sum[term] += weight * terms->weights[i];
    }
}

static int by_value(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* What was added up; weights are whole, so that what cancels is 0. */
static struct terms take_sum(struct folding *folding)
{
    size_t most = (size_t)folding->touched_count;
    struct terms terms = {
        .columns = arena_array(folding->arena, most, sizeof(int)),
        .weights = arena_array(folding->arena, most, sizeof(double)),
    };
    if (most > 0)
        qsort(folding->touched, most, sizeof(int), by_value);
    for (int i = 0; i < folding->touched_count; i++) {
        int term = folding->touched[i];
        double weight = folding->sum[term];
        folding->sum[term] = 0;
        folding->in[term] = false;
        if (fabs(weight) < 0.5)
            continue;
        terms.columns[terms.count] = term;
        terms.weights[terms.count++] = weight;
    }
    folding->touched_count = 0;
    return terms;
}

/* --- totals in terms of what is finest ------------------------------------ */

/* The total comes first, where it moves, and alone has a weight above 0. */
static bool defines(const struct audit_piece *piece, int row)
{
    struct audit_line line = audit_line_at(piece, row);
    return line.count > 1 && line.weights[0] > 0 &&
           !(fabs(piece->shape.row_low[row]) > 0) &&
           !(fabs(piece->shape.row_high[row]) > 0);
}

static void know(struct folding *folding, int column)
{
    folding->known[column] = true;
    folding->queue[folding->queued++] = column;
}

static void make_basic(struct folding *folding, int column)
{
    struct terms *terms = &folding->terms[column];
    terms->columns = arena_array(folding->arena, 1, sizeof(int));
    terms->weights = arena_array(folding->arena, 1, sizeof(double));
    terms->columns[0] = column;
    terms->weights[0] = 1;
    terms->count = 1;
    folding->basic[column] = true;
    know(folding, column);
}

static int terms_of_row(const struct folding *folding, int row)
{
    struct audit_line line = audit_line_at(folding->whole, row);
    int count = 0;
    for (int i = 1; i < line.count && count <= TERMS_MOST; i++)
        count += folding->terms[line.members[i]].count;
    return count;
}

/* By the row that has the fewest terms, of several the first. */
static void define(struct folding *folding, int column)
{
    const struct lp_shape *shape = &folding->whole->shape;
    int best = -1, least = TERMS_MOST + 1;
    for (int e = shape->starts[column]; e < shape->starts[column + 1]; e++) {
        int row = shape->row[e];
        if (!defines(folding->whole, row) ||
            audit_line_at(folding->whole, row).members[0] != column)
            continue;
        int count = terms_of_row(folding, row);
        if (count < least) {
            best = row;
            least = count;
        }
    }
    if (best < 0) {
        make_basic(folding, column);
        return;
    }
    struct audit_line line = audit_line_at(folding->whole, best);
    for (int i = 1; i < line.count; i++)
        add(folding, line.members[i], -line.weights[i]);
    folding->terms[column] = take_sum(folding);
    folding->spent[best] = true;
    know(folding, column);
}

/* Rows wait for one member less; a total for which none waits is defined. */
static void pass_on(struct folding *folding, int column)
{
    const struct lp_shape *shape = &folding->whole->shape;
    for (int e = shape->starts[column]; e < shape->starts[column + 1]; e++) {
        int row = shape->row[e];
        if (!defines(folding->whole, row))
            continue;
        int total = audit_line_at(folding->whole, row).members[0];
        if (total == column || --folding->waiting[row] > 0)
            continue;
        if (--folding->unready[total] == 0 && !folding->known[total])
            define(folding, total);
    }
}

static void flow(struct folding *folding)
{
    while (folding->first < folding->queued)
        pass_on(folding, folding->queue[folding->first++]);
}

static void count_waits(struct folding *folding)
{
    for (int r = 0; r < folding->whole->shape.rows; r++) {
        if (!defines(folding->whole, r))
            continue;
        struct audit_line line = audit_line_at(folding->whole, r);
        folding->waiting[r] = line.count - 1;
        folding->unready[line.members[0]]++;
    }
}

/* Relations do not run in circles; should they, a cell of the circle stays. */
static void define_all(struct folding *folding)
{
    int columns = folding->whole->shape.columns;
    count_waits(folding);
    for (int c = 0; c < columns; c++) {
        if (folding->unready[c] == 0)
            make_basic(folding, c);
    }
    flow(folding);
    for (int c = 0; c < columns; c++) {
        if (!folding->known[c]) {
            make_basic(folding, c);
            flow(folding);
        }
    }
}

/* --- rows ----------------------------------------------------------------- */

static void add_line(struct folding *folding, struct terms terms, double low,
                     double high)
{
    folding->lines =
        arena_grow(folding->arena, folding->lines, folding->line_count,
                   &folding->line_capacity, sizeof *folding->lines);
    folding->lines[folding->line_count] =
        (struct line){terms, low, high, (int)folding->line_count};
    folding->line_count++;
}

/* The first weight is above 0, so that equal rows look equal. */
static void turn(struct line *line)
{
    struct terms *terms = &line->terms;
    if (terms->weights[0] > 0)
        return;
    double low = line->low;
    line->low = 0 - line->high;
    line->high = 0 - low;
    for (int i = 0; i < terms->count; i++)
        terms->weights[i] = -terms->weights[i];
}

static void fold_rows(struct folding *folding)
{
    const struct audit_piece *whole = folding->whole;
    for (int r = 0; r < whole->shape.rows; r++) {
        if (folding->spent[r])
            continue;
        struct audit_line line = audit_line_at(whole, r);
        for (int i = 0; i < line.count; i++)
            add(folding, line.members[i], line.weights[i]);
        struct terms terms = take_sum(folding);
        double low = whole->shape.row_low[r], high = whole->shape.row_high[r];
        if (terms.count == 0 && low <= 0 && high >= 0)
            continue;
        add_line(folding, terms, low, high);
        if (terms.count > 0)
            turn(&folding->lines[folding->line_count - 1]);
    }
}

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

static int by_terms(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    int order =
        (x->terms.count > y->terms.count) - (x->terms.count < y->terms.count);
    for (int i = 0; order == 0 && i < x->terms.count; i++)
        order = by_value(&x->terms.columns[i], &y->terms.columns[i]);
    for (int i = 0; order == 0 && i < x->terms.count; i++)
        order = compare(x->terms.weights[i], y->terms.weights[i]);
    return order;
}

static int by_terms_and_number(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    int order = by_terms(a, b);
    return order != 0 ? order : by_value(&x->number, &y->number);
}

static int by_number(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    return by_value(&x->number, &y->number);
}

/* Of rows with the same terms one is left, with the bounds of all. */
static void merge_lines(struct folding *folding)
{
    struct line *lines = folding->lines;
    size_t kept = 0;
    if (folding->line_count == 0)
        return;
    qsort(lines, folding->line_count, sizeof *lines, by_terms_and_number);
    for (size_t i = 1; i < folding->line_count; i++) {
        if (by_terms(&lines[kept], &lines[i]) == 0) {
            lines[kept].low = fmax(lines[kept].low, lines[i].low);
            lines[kept].high = fmin(lines[kept].high, lines[i].high);
        } else {
            lines[++kept] = lines[i];
        }
    }
    folding->line_count = kept + 1;
    qsort(lines, folding->line_count, sizeof *lines, by_number);
}

/* --- columns and their bounds --------------------------------------------- */

/* It moves as its only term does. */
static bool is_same(const struct folding *folding, int column)
{
    const struct terms *terms = &folding->terms[column];
    return terms->count == 1 && fabs(terms->weights[0] - 1) < 0.5;
}

/* A cell that may be asked for, or held because somebody is alone in it. */
static bool stays(const struct folding *folding, int column)
{
    const struct audit_input *input = folding->whole->input;
    return folding->basic[column] || folding->asked[column] ||
           (input->persons != NULL &&
            input->counts[folding->whole->cells[column]] == 1 &&
            !is_same(folding, column));
}

/* True when what the attacker knows of the terms implies what he knows of the
 * total itself; what single rows led him to follows from rows. */
static bool implied(const struct folding *folding, int column)
{
    const struct audit_piece *whole = folding->whole;
    const struct audit_input *input = whole->input;
    const struct terms *terms = &folding->terms[column];
    uint32_t cell = whole->cells[column];
    double low = 0, high = 0;
    for (int i = 0; i < terms->count; i++) {
        double weight = terms->weights[i];
        int term = terms->columns[i];
        low +=
            weight * (weight > 0 ? whole->shape.low : whole->shape.high)[term];
        high +=
            weight * (weight > 0 ? whole->shape.high : whole->shape.low)[term];
    }
    return low >= (double)(input->lower[cell] - input->counts[cell]) &&
           (input->upper[cell] == AUDIT_UNLIMITED ||
            high <= (double)(input->upper[cell] - input->counts[cell]));
}

static struct terms copy_with(struct folding *folding, int column)
{
    struct terms from = folding->terms[column];
    size_t count = (size_t)from.count + 1;
    struct terms terms = {
        .columns = arena_array(folding->arena, count, sizeof(int)),
        .weights = arena_array(folding->arena, count, sizeof(double)),
    };
    terms.columns[terms.count] = column;
    terms.weights[terms.count++] = 1;
    for (int i = 0; i < from.count; i++) {
        terms.columns[terms.count] = from.columns[i];
        terms.weights[terms.count++] = -from.weights[i];
    }
    return terms;
}

/* A total that stays has a row that says what it is; one that leaves has a row
 * for its bounds where they add to those of its terms. */
static void bound_totals(struct folding *folding)
{
    const struct lp_shape *shape = &folding->whole->shape;
    for (int c = 0; c < shape->columns; c++) {
        if (folding->basic[c])
            continue;
        if (stays(folding, c))
            add_line(folding, copy_with(folding, c), 0, 0);
        else if (!implied(folding, c))
            add_line(folding, folding->terms[c], shape->low[c], shape->high[c]);
    }
}

/* --- the folded piece ----------------------------------------------------- */

static void number_columns(const struct folding *folding,
                           struct audit_fold *fold, struct audit_piece *piece)
{
    const struct audit_piece *whole = folding->whole;
    int columns = whole->shape.columns;
    for (int c = 0; c < columns; c++) {
        fold->place[c] = -1;
        if (!stays(folding, c))
            continue;
        fold->place[c] = piece->shape.columns;
        fold->columns[piece->shape.columns] = c;
        piece->cells[piece->shape.columns++] = whole->cells[c];
    }
    for (int c = 0; c < columns; c++) {
        if (fold->place[c] < 0 && is_same(folding, c))
            fold->place[c] = fold->place[folding->terms[c].columns[0]];
    }
}

static void write_terms(const struct folding *folding, struct audit_fold *fold)
{
    int columns = folding->whole->shape.columns;
    size_t entries = 0;
    for (int c = 0; c < columns; c++)
        entries += (size_t)folding->terms[c].count;
    fold->terms = arena_array(folding->arena, entries, sizeof(int));
    fold->weights = arena_array(folding->arena, entries, sizeof(double));
    entries = 0;
    for (int c = 0; c < columns; c++) {
        const struct terms *terms = &folding->terms[c];
        for (int i = 0; i < terms->count; i++) {
            fold->terms[entries] = fold->place[terms->columns[i]];
            fold->weights[entries++] = terms->weights[i];
        }
        fold->starts[c + 1] = entries;
    }
}

static void write_rows(const struct folding *folding,
                       const struct audit_fold *fold, struct audit_piece *piece)
{
    struct arena *arena = folding->arena;
    size_t rows = folding->line_count, entries = 0;
    for (size_t r = 0; r < rows; r++)
        entries += (size_t)folding->lines[r].terms.count;
    int *starts = arena_array(arena, rows + 1, sizeof *starts);
    int *members = arena_array(arena, entries, sizeof *members);
    double *weights = arena_array(arena, entries, sizeof *weights);
    double *low = arena_array(arena, rows, sizeof *low);
    double *high = arena_array(arena, rows, sizeof *high);
    int filled = 0;
    for (size_t r = 0; r < rows; r++) {
        const struct line *line = &folding->lines[r];
        for (int i = 0; i < line->terms.count; i++) {
            members[filled] = fold->place[line->terms.columns[i]];
            weights[filled++] = line->terms.weights[i];
        }
        starts[r + 1] = filled;
        low[r] = line->low;
        high[r] = line->high;
    }
    piece->row_starts = starts;
    piece->members = members;
    piece->weights = weights;
    piece->shape.rows = (int)rows;
    piece->shape.row_low = low;
    piece->shape.row_high = high;
}

static void bound_columns(const struct audit_fold *fold,
                          struct audit_piece *piece)
{
    const struct lp_shape *whole = &fold->whole->shape;
    size_t columns = (size_t)piece->shape.columns;
    double *low = arena_array(piece->arena, columns, sizeof *low);
    double *high = arena_array(piece->arena, columns, sizeof *high);
    for (size_t c = 0; c < columns; c++) {
        low[c] = whole->low[fold->columns[c]];
        high[c] = whole->high[fold->columns[c]];
    }
    piece->shape.low = low;
    piece->shape.high = high;
}

static struct folding folding_new(struct arena *arena,
                                  const struct audit_piece *whole,
                                  const bool *asked)
{
    size_t columns = (size_t)whole->shape.columns;
    size_t rows = (size_t)whole->shape.rows;
    return (struct folding){
        .arena = arena,
        .whole = whole,
        .asked = asked,
        .terms = arena_array(arena, columns, sizeof(struct terms)),
        .known = arena_array(arena, columns, sizeof(bool)),
        .basic = arena_array(arena, columns, sizeof(bool)),
        .spent = arena_array(arena, rows, sizeof(bool)),
        .waiting = arena_array(arena, rows, sizeof(int)),
        .unready = arena_array(arena, columns, sizeof(int)),
        .queue = arena_array(arena, columns, sizeof(int)),
        .sum = arena_array(arena, columns, sizeof(double)),
        .in = arena_array(arena, columns, sizeof(bool)),
        .touched = arena_array(arena, columns, sizeof(int)),
    };
}

struct audit_piece audit_fold(const struct audit_piece *whole,
                              const bool *asked)
{
    struct arena *arena = whole->arena;
    size_t columns = (size_t)whole->shape.columns;
    struct folding folding = folding_new(arena, whole, asked);
    define_all(&folding);
    fold_rows(&folding);
    merge_lines(&folding);
    bound_totals(&folding);
    struct audit_fold *fold = arena_alloc(arena, sizeof *fold);
    *fold = (struct audit_fold){
        .whole = whole,
        .place = arena_array(arena, columns, sizeof(int)),
        .columns = arena_array(arena, columns, sizeof(int)),
        .starts = arena_array(arena, columns + 1, sizeof(size_t)),
    };
    struct audit_piece piece = {
        .arena = arena,
        .input = whole->input,
        .cells = arena_array(arena, columns, sizeof *piece.cells),
        .fold = fold,
    };
    number_columns(&folding, fold, &piece);
    write_terms(&folding, fold);
    write_rows(&folding, fold, &piece);
    bound_columns(fold, &piece);
    audit_turn(&piece);
    return piece;
}

/* --- back ----------------------------------------------------------------- */

/* Sums of many fractions would stray from whole numbers. */
static double snap(double value)
{
    enum {
        GRID = 6,
    };
    double near = nearbyint(value * GRID) / GRID;
    return fabs(value - near) <= AUDIT_WHOLE ? near : value;
}

void audit_unfold(const struct audit_fold *fold, const double *solution,
                  double *out)
{
    for (int c = 0; c < fold->whole->shape.columns; c++) {
        out[c] = 0;
        for (size_t e = fold->starts[c]; e < fold->starts[c + 1]; e++)
            out[c] += fold->weights[e] * snap(solution[fold->terms[e]]);
    }
}
