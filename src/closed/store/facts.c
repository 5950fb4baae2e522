/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "store/finder.h"

/* --- each combination once ----------------------------------------------- */

enum {
    PAGE_BITS_LOG2 = 19, /* 64 KiB of bits */
    PAGE_WORDS = 1 << (PAGE_BITS_LOG2 - 6),
};
#define SEEN_LIMIT ((uint64_t)1 << 44)

/* One bit a combination of leaves, in pages made when first needed. */
struct seen {
    struct arena *arena;
    uint64_t size[DIM_COUNT];
    uint64_t **pages;
    bool possible; /* fewer combinations than SEEN_LIMIT */
};

static void seen_open(struct arena *arena, const struct codes *codes,
                      unsigned dims, struct seen *seen)
{
    uint64_t product = 1;
    *seen = (struct seen){.arena = arena, .possible = true};
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        seen->size[d] = dims & 1u << d ? codes->dims[d].leaf_count : 1;
        product *= seen->size[d] ? seen->size[d] : 1;
        if (product > SEEN_LIMIT)
            seen->possible = false;
        if (!seen->possible)
            return;
    }
    seen->pages = arena_array(arena, (product >> PAGE_BITS_LOG2) + 1,
                              sizeof *seen->pages);
}

/* True when the combination is new. */
static bool seen_add(struct seen *seen, const uint16_t leaf[DIM_COUNT])
{
    uint64_t bit = 0;
    for (unsigned d = 0; d < DIM_COUNT; d++)
        bit = bit * seen->size[d] + (leaf[d] == UINT16_MAX ? 0 : leaf[d]);
    uint64_t **page = &seen->pages[bit >> PAGE_BITS_LOG2];
    if (*page == NULL)
        *page = arena_array(seen->arena, PAGE_WORDS, sizeof **page);
    uint64_t *word = &(*page)[(bit >> 6) & (PAGE_WORDS - 1)];
    uint64_t mask = (uint64_t)1 << (bit & 63);
    if (*word & mask)
        return false;
    *word |= mask;
    return true;
}

/* --- facts --------------------------------------------------------------- */

struct fact_reader {
    struct arena *closed;
    const struct codes *codes;
    const struct measure *measure;
    struct finder finders[DIM_COUNT];
    int *leaf_of[DIM_COUNT]; /* node -> leaf, or -1 */
    struct seen seen;
    struct fact *rows;
    size_t count, capacity;
    struct margin *margins;
    size_t margin_count, margin_capacity;
};

static int *leaves_of(struct arena *closed, const struct dimension *dimension)
{
    int *leaf_of = arena_array(closed, dimension->count, sizeof *leaf_of);
    for (size_t n = 0; n < dimension->count; n++)
        leaf_of[n] = -1;
    for (size_t leaf = 0; leaf < dimension->leaf_count; leaf++)
        leaf_of[dimension->leaf_node[leaf]] = (int)leaf;
    return leaf_of;
}

static struct fact_reader *reader_new(struct arena *closed,
                                      const struct codes *codes,
                                      const struct measure *measure,
                                      size_t expected)
{
    struct fact_reader *reader = arena_alloc(closed, sizeof *reader);
    *reader = (struct fact_reader){
        .closed = closed,
        .codes = codes,
        .measure = measure,
        .rows = arena_array(closed, expected, sizeof *reader->rows),
        .capacity = expected,
    };
    finder_open(closed, codes, measure->dims, reader->finders);
    for (unsigned d = 0; d < DIM_COUNT; d++)
        reader->leaf_of[d] = leaves_of(closed, &codes->dims[d]);
    seen_open(closed, codes, measure->dims, &reader->seen);
    return reader;
}

/* True when every code of the row is a leaf; fills leaf. */
static bool row_leaves(const struct fact_reader *reader,
                       const int nodes[DIM_COUNT], uint16_t leaf[DIM_COUNT])
{
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        int at = nodes[d] < 0 ? UINT16_MAX : reader->leaf_of[d][nodes[d]];
        if (at < 0)
            return false;
        leaf[d] = (uint16_t)at;
    }
    return true;
}

static void keep_margin(struct fact_reader *reader, const int nodes[DIM_COUNT],
                        int64_t count)
{
    reader->margins =
        arena_grow(reader->closed, reader->margins, reader->margin_count,
                   &reader->margin_capacity, sizeof *reader->margins);
    struct margin *margin = &reader->margins[reader->margin_count++];
    memcpy(margin->node, nodes, sizeof margin->node);
    margin->count = count;
}

static bool fail_row(const struct fact_reader *reader,
                     const struct slice codes[FACT_COLUMNS], const char *what,
                     struct err *err)
{
    return err_fail(err, ERR_INPUT, "store.fact", "table '%s': row (%s): %s",
                    reader->measure->table_name,
                    finder_name(reader->closed, codes), what);
}

static bool reader_add(struct fact_reader *reader,
                       const struct slice codes[FACT_COLUMNS], int64_t count,
                       struct err *err)
{
    int nodes[DIM_COUNT];
    struct fact fact = {.count = count};
    enum dim bad;
    if (!finder_row(reader->finders, codes, nodes, &bad))
        return finder_fail(reader->closed, reader->measure, codes, bad, err);
    if (count < 0)
        return fail_row(reader, codes, "a count is negative", err);
    if (!row_leaves(reader, nodes, fact.leaf)) {
        keep_margin(reader, nodes, count);
        return true;
    }
    if (!reader->seen.possible)
        return err_fail(err, ERR_INPUT, "store.size",
                        "measure '%s': more combinations of codes than the "
                        "program can hold",
                        reader->measure->code);
    if (!seen_add(&reader->seen, fact.leaf))
        return fail_row(reader, codes, "the combination occurs twice", err);
    reader->rows = arena_grow(reader->closed, reader->rows, reader->count,
                              &reader->capacity, sizeof *reader->rows);
    reader->rows[reader->count++] = fact;
    return true;
}

struct facts fact_reader_facts(const struct fact_reader *reader)
{
    return (struct facts){.rows = reader->rows, .count = reader->count};
}

const struct margin *fact_reader_margins(const struct fact_reader *reader,
                                         size_t *count)
{
    *count = reader->margin_count;
    return reader->margins;
}

static bool take_fact(void *context, const struct row *row, struct err *err)
{
    struct fact_reader *reader = context;
    struct slice codes[FACT_COLUMNS];
    const char *table = reader->measure->table_name;
    assert(row->count == FACT_COLUMNS + 1);
    for (unsigned c = 0; c < FACT_COLUMNS; c++) {
        const struct cell *cell = &row->cells[c];
        codes[c] = (struct slice){"", 0};
        if (cell->type == CELL_TEXT)
            codes[c] = (struct slice){cell->at, cell->size};
        else if (cell->type != CELL_NULL)
            return err_fail(err, ERR_INPUT, "store.fact",
                            "table '%s': column '%s' holds a code that is "
                            "not text",
                            table, row->names[c]);
    }
    if (row->cells[FACT_COLUMNS].type != CELL_WHOLE)
        return err_fail(err, ERR_INPUT, "store.fact",
                        "table '%s': column 'n' holds what is no whole number",
                        table);
    return reader_add(reader, codes, row->cells[FACT_COLUMNS].whole, err);
}

static const char *measure_sql(struct arena *closed, const char *columns,
                               const struct measure *measure)
{
    assert(schema_table(measure->table_name) != NULL);
    return arena_format(closed, "SELECT %s FROM %s WHERE measure = %s", columns,
                        measure->table_name,
                        source_quote(closed, measure->code));
}

/* Counting first lets the rows be allocated once, at their size. */
bool facts_read(struct arena *closed, const struct source *source,
                const struct codes *codes, const struct measure *measure,
                struct fact_reader **out, struct err *err)
{
    struct rows counted;
    int64_t count = 0;
    if (!source_select(closed, source, measure_sql(closed, "count(*)", measure),
                       &counted, err))
        return false;
    if (!num_parse_int64(rows_at(&counted, 0, 0), &count))
        count = 0;
    struct fact_reader *reader =
        reader_new(closed, codes, measure, (size_t)count);
    if (!source->driver->query(source->handle,
                               measure_sql(closed,
                                           "territory_level, territory, "
                                           "period, sex, age, site, stratum, n",
                                           measure),
                               take_fact, reader, err))
        return false;
    *out = reader;
    return true;
}

/* --- estimates ----------------------------------------------------------- */

struct estimate_row {
    struct slice codes[FACT_COLUMNS];
    const char *value, *lower, *upper, *status, *grade, *alive;
};

static struct estimate_row estimate_row(const struct rows *rows, size_t r)
{
    struct estimate_row row;
    for (unsigned c = 0; c < FACT_COLUMNS; c++) {
        row.codes[c].at = rows_at(rows, r, c);
        row.codes[c].size = strlen(row.codes[c].at);
    }
    row.value = rows_at(rows, r, FACT_COLUMNS);
    row.lower = rows_at(rows, r, FACT_COLUMNS + 1);
    row.upper = rows_at(rows, r, FACT_COLUMNS + 2);
    row.status = rows_at(rows, r, FACT_COLUMNS + 3);
    row.grade = rows_at(rows, r, FACT_COLUMNS + 4);
    row.alive = rows_at(rows, r, FACT_COLUMNS + 5);
    return row;
}

static bool parse_status(const char *text, char *status)
{
    if (text[0] == '\0' || text_same(text, " ")) {
        *status = ' ';
        return true;
    }
    *status = text[0];
    return text[1] == '\0' && strchr("ejpu", text[0]) != NULL;
}

static bool parse_estimate(const struct estimate_row *row, struct estimate *out)
{
    out->has_interval = row->lower[0] != '\0';
    out->has_alive = row->alive[0] != '\0';
    if (!grade_parse(row->grade, &out->grade) ||
        (out->has_alive &&
         (!num_parse_int64(row->alive, &out->alive) || out->alive < 0)))
        return false;
    if (!num_parse_double(row->value, &out->value) ||
        out->has_interval != (row->upper[0] != '\0') ||
        !parse_status(row->status, &out->status))
        return false;
    return !out->has_interval || (num_parse_double(row->lower, &out->lower) &&
                                  num_parse_double(row->upper, &out->upper));
}

static int by_node(const void *a, const void *b)
{
    const struct estimate *x = a, *y = b;
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        if (x->node[d] != y->node[d])
            return x->node[d] < y->node[d] ? -1 : 1;
    }
    return 0;
}

/* The rows of a measure; what a store made before has no column for is empty.
 */
static bool select_estimates(struct arena *closed, const struct source *source,
                             const struct measure *measure, struct rows *rows,
                             struct err *err)
{
    struct catalogue catalogue;
    if (!source_catalogue(closed, source, &catalogue, err))
        return false;
    const struct relation *relation =
        catalogue_find(&catalogue, measure->table_name);
    bool grade = relation != NULL && catalogue_has(relation, "grade");
    bool alive = relation != NULL && catalogue_has(relation, "alive");
    const char *sql = arena_format(
        closed,
        "SELECT territory_level, territory, period, sex, age, site, stratum, "
        "value, lower, upper, status, %s, %s FROM %s WHERE measure = %s",
        grade ? "grade" : "''", alive ? "alive" : "NULL", measure->table_name,
        source_quote(closed, measure->code));
    return source_select(closed, source, sql, rows, err) ||
           err_wrap(err, "table '%s'", measure->table_name);
}

bool estimates_read(struct arena *closed, const struct source *source,
                    const struct codes *codes, const struct measure *measure,
                    struct estimates *out, struct err *err)
{
    const struct table_spec *table = schema_table(measure->table_name);
    assert(table != NULL && table->kind == TABLE_ESTIMATES);
    struct rows rows;
    if (!select_estimates(closed, source, measure, &rows, err))
        return false;
    struct finder finders[DIM_COUNT];
    finder_open(closed, codes, measure->dims, finders);
    struct estimate *all = arena_array(closed, rows.count, sizeof *all);
    for (size_t r = 0; r < rows.count; r++) {
        struct estimate_row row = estimate_row(&rows, r);
        enum dim bad;
        if (!finder_row(finders, row.codes, all[r].node, &bad))
            return finder_fail(closed, measure, row.codes, bad, err);
        if (!parse_estimate(&row, &all[r]))
            return err_fail(err, ERR_INPUT, "store.fact",
                            "table '%s': row (%s): value, lower, upper, "
                            "status, grade or alive is not readable",
                            table->name, finder_name(closed, row.codes));
    }
    if (rows.count > 1)
        qsort(all, rows.count, sizeof *all, by_node);
    *out = (struct estimates){all, rows.count};
    return true;
}
