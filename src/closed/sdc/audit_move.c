/* SPDX-License-Identifier: EUPL-1.2 */
/* Sparse moves, and what of a solution is a witness by itself. */
#include <math.h>

#include "base/splitmix.h"
#include "sdc/audit_piece.h"

/* --- offering ------------------------------------------------------------- */

enum {
    MULTIPLES = 3, /* a vertex of halves or thirds, times this, is whole */
};

/* The columns that hang together with the first one through rows in which
 * they move. */
struct support {
    int *columns;
    int count;
    bool *in; /* [columns] */
};

static bool stirs(const double *solution, int column)
{
    return fabs(solution[column]) > AUDIT_WHOLE;
}

static void add_row(const struct audit_piece *piece, const double *solution,
                    int row, struct support *support)
{
    for (int e = piece->row_starts[row]; e < piece->row_starts[row + 1]; e++) {
        int column = piece->members[e];
        if (support->in[column] || !stirs(solution, column))
            continue;
        support->in[column] = true;
        support->columns[support->count++] = column;
    }
}

static struct support find_support(const struct audit_piece *piece,
                                   struct arena *scratch,
                                   const double *solution, int first)
{
    size_t columns = (size_t)piece->shape.columns;
    struct support support = {
        .columns = arena_array(scratch, columns, sizeof(int)),
        .in = arena_array(scratch, columns, sizeof(bool)),
    };
    support.columns[support.count++] = first;
    support.in[first] = true;
    for (int i = 0; i < support.count; i++) {
        int column = support.columns[i];
        for (int e = piece->shape.starts[column];
             e < piece->shape.starts[column + 1]; e++)
            add_row(piece, solution, piece->shape.row[e], &support);
    }
    return support;
}

/* False when some delta is not whole. */
static bool round_support(const struct audit_piece *piece,
                          const struct support *support, const double *solution,
                          int multiple, uint32_t *cells, int64_t *deltas)
{
    for (int i = 0; i < support->count; i++) {
        double delta = solution[support->columns[i]] * multiple;
        double whole = nearbyint(delta);
        if (fabs(delta - whole) > AUDIT_WHOLE * multiple || fabs(whole) > 1e15)
            return false;
        cells[i] = piece->cells[support->columns[i]];
        deltas[i] = (int64_t)whole;
    }
    return true;
}

static bool offer(const struct audit_piece *piece, struct audit_reach *reach,
                  const double *solution, int first, struct arena *scratch)
{
    struct support support = find_support(piece, scratch, solution, first);
    size_t count = (size_t)support.count;
    uint32_t *cells = arena_array(scratch, count, sizeof *cells);
    int64_t *deltas = arena_array(scratch, count, sizeof *deltas);
    struct witness witness = {cells, deltas, count};
    bool taken = false;
    for (int m = 1; !taken && m <= MULTIPLES; m++)
        taken = round_support(piece, &support, solution, m, cells, deltas) &&
                audit_reach_add(reach, &witness);
    return taken;
}

bool audit_offer(const struct audit_piece *piece, struct audit_reach *reach,
                 const double *solution, int first)
{
    if (!stirs(solution, first))
        return false;
    struct arena *scratch = arena_new();
    const struct audit_fold *fold = piece->fold;
    if (fold != NULL) {
        piece = fold->whole;
        first = fold->columns[first];
        double *all =
            arena_array(scratch, (size_t)piece->shape.columns, sizeof *all);
        audit_unfold(fold, solution, all);
        solution = all;
    }
    bool taken = offer(piece, reach, solution, first, scratch);
    arena_wipe(scratch);
    return taken;
}

/* --- the programs --------------------------------------------------------- */

/* Between 1 and 2, the same on every run. */
static double price_of(uint64_t column)
{
    uint64_t z = splitmix_scatter((column + 1) * SPLITMIX_STEP);
    return 1 + (double)(z >> 44) / (double)(UINT64_C(1) << 20);
}

/* Numbers the rows that the zone touches; returns how many. */
static int number_rows(const struct audit_zone *zone, int *row_number,
                       size_t *entries)
{
    const struct lp_shape *whole = &zone->piece->shape;
    int rows = 0;
    for (int r = 0; r < whole->rows; r++)
        row_number[r] = -1;
    for (int i = 0; i < zone->count; i++) {
        int column = zone->columns[i];
        for (int e = whole->starts[column]; e < whole->starts[column + 1];
             e++) {
            int *number = &row_number[whole->row[e]];
            (*entries)++;
            if (*number < 0)
                *number = rows++;
        }
    }
    return rows;
}

/* Writes the columns once with their sign and once against it. */
static void put_columns(const struct audit_zone *zone, const int *row_number,
                        int *starts, int *row, double *value)
{
    const struct lp_shape *whole = &zone->piece->shape;
    int filled = 0;
    for (int i = 0; i < 2 * zone->count; i++) {
        int column = zone->columns[i % zone->count];
        double sign = i < zone->count ? 1 : -1;
        for (int e = whole->starts[column]; e < whole->starts[column + 1];
             e++) {
            row[filled] = row_number[whole->row[e]];
            value[filled++] = sign * whole->value[e];
        }
        starts[i + 1] = filled;
    }
}

static struct lp *make_program(const struct audit_zone *zone,
                               struct arena *arena)
{
    const struct lp_shape *whole = &zone->piece->shape;
    size_t count = (size_t)zone->count, entries = 0;
    int *row_number = arena_array(arena, (size_t)whole->rows, sizeof(int));
    int rows = number_rows(zone, row_number, &entries);
    int *starts = arena_array(arena, 2 * count + 1, sizeof *starts);
    int *row = arena_array(arena, 2 * entries, sizeof *row);
    double *value = arena_array(arena, 2 * entries, sizeof *value);
    double *low = arena_array(arena, 2 * count, sizeof *low);
    double *high = arena_array(arena, 2 * count, sizeof *high);
    double *row_low = arena_array(arena, (size_t)rows, sizeof *row_low);
    double *row_high = arena_array(arena, (size_t)rows, sizeof *row_high);
    put_columns(zone, row_number, starts, row, value);
    for (int r = 0; r < whole->rows; r++) {
        if (row_number[r] >= 0) {
            row_low[row_number[r]] = whole->row_low[r];
            row_high[row_number[r]] = whole->row_high[r];
        }
    }
    for (size_t i = 0; i < count; i++) {
        high[i] = whole->high[zone->columns[i]];
        high[count + i] = -whole->low[zone->columns[i]];
    }
    struct lp_shape shape = {2 * zone->count, rows, starts, row,
                             value,           low,  high,   row_low,
                             row_high};
    return lp_new(arena, &shape);
}

struct audit_moves audit_moves_new(const struct audit_zone *zone,
                                   struct arena *arena)
{
    struct audit_moves moves = {
        .zone = zone,
        .lp = make_program(zone, arena),
        .solution = arena_array(arena, (size_t)zone->piece->shape.columns,
                                sizeof *moves.solution),
    };
    for (int i = 0; i < zone->count; i++) {
        double price = price_of((uint64_t)zone->columns[i]);
        lp_price(moves.lp, i, price);
        lp_price(moves.lp, zone->count + i, price);
    }
    return moves;
}

void audit_moves_free(struct audit_moves *moves)
{
    lp_free(moves->lp);
}

void audit_moves_hold(struct audit_moves *moves, int place)
{
    lp_limit(moves->lp, place, 0, 0);
    lp_limit(moves->lp, moves->zone->count + place, 0, 0);
}

void audit_moves_release(struct audit_moves *moves, int place)
{
    const struct lp_shape *shape = &moves->zone->piece->shape;
    int column = moves->zone->columns[place];
    lp_limit(moves->lp, place, 0, shape->high[column]);
    lp_limit(moves->lp, moves->zone->count + place, 0, -shape->low[column]);
}

/* Asks for the step, and for nothing the other way. */
static void ask(struct audit_moves *moves, int place, double step)
{
    int moving = step > 0 ? place : moves->zone->count + place;
    audit_moves_hold(moves, place);
    lp_limit(moves->lp, moving, fabs(step), fabs(step));
}

static void take(struct audit_moves *moves, const double *values)
{
    const struct audit_zone *zone = moves->zone;
    for (int c = 0; c < zone->piece->shape.columns; c++)
        moves->solution[c] = 0;
    for (int i = 0; i < zone->count; i++)
        moves->solution[zone->columns[i]] = values[i] - values[zone->count + i];
}

enum lp_end audit_moves_find(struct audit_moves *moves, int place, double step,
                             struct lp_limits limits)
{
    ask(moves, place, step);
    lp_forget(moves->lp);
    enum lp_end end = lp_restore(moves->lp, limits);
    if (end == LP_SOLVED)
        take(moves, lp_columns(moves->lp));
    audit_moves_release(moves, place);
    return end;
}

bool audit_moves_whole(struct audit_moves *moves, int place, double step,
                       struct lp_limits limits)
{
    struct arena *scratch = arena_new();
    double *values =
        arena_array(scratch, 2 * (size_t)moves->zone->count, sizeof *values);
    ask(moves, place, step);
    bool found = lp_some_integers(moves->lp, limits, values);
    if (found)
        take(moves, values);
    audit_moves_release(moves, place);
    arena_wipe(scratch);
    return found;
}
