/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables of a release: what their rows say of the counts behind them. */
#include <string.h>

#include "base/num.h"
#include "model/locale.h"
#include "model/plan.h"
#include "sdc/released_impl.h"

#define COUNT_LIMIT INT64_C(1000000000000000) /* no count goes farther */

enum column {
    COLUMN_MEASURE,
    COLUMN_INDICATOR,
    COLUMN_LEVEL, /* of the territory */
    COLUMN_DIMS,  /* one for each dimension */
    COLUMN_VALUE = COLUMN_DIMS + DIM_COUNT,
    COLUMN_LOWER,
    COLUMN_UPPER,
    COLUMN_STATUS,
    COLUMN_COUNT,
    COLUMN_STANDARD = COLUMN_COUNT, /* where rates are standardised */
    COLUMN_FLAGS,                   /* where there are any */
    COLUMNS_ALL,
};

static const char *const columns[COLUMN_COUNT] = {
    "measure", "indicator", "territory_level", "territory", "site",
    "sex",     "age",       "period",          "stratum",   "value",
    "lower",   "upper",     "status"};

/* What an indicator tells of the count of its row. */
enum telling {
    TELLS_COUNT, /* it is the count */
    TELLS_RATE,  /* these two are withheld when the count is, and only then */
    TELLS_PROPORTION,
    TELLS_LIMIT, /* a public upper bound */
    TELLS_SHARE,
    TELLS_STANDARDISED,
    TELLS_LITTLE,
};

struct row {
    struct released_reader *reader;
    const struct csv *csv;
    const int *columns;
    uint32_t table; /* + 1 */
    enum telling telling;
    enum availability status;
    const char *value;
    struct released_row own;
    struct sdc_cell_key key;
};

static const char *field(const struct row *row, size_t column)
{
    return row->columns[column] < 0
               ? ""
               : csv_field(row->csv, (size_t)row->columns[column]);
}

static enum telling telling_of(const char *indicator)
{
    if (text_same(indicator, "count"))
        return TELLS_COUNT;
    if (text_same(indicator, "person_years"))
        return TELLS_LIMIT;
    if (text_same(indicator, "crude_rate"))
        return TELLS_RATE;
    if (text_same(indicator, "share"))
        return TELLS_SHARE;
    if (text_starts(indicator, "asr_"))
        return TELLS_STANDARDISED;
    return text_same(indicator, "proportion") ? TELLS_PROPORTION : TELLS_LITTLE;
}

/* The measure that counts the persons behind a value, or "" when secrecy asks
 * nothing of them. NULL when it is not listed. */
static const char *persons_of(const struct codes *codes,
                              const struct measure *measure)
{
    const struct measure *events = measure;
    if (measure->kind == MEASURE_PROPORTION)
        events = code_measure(codes, measure->numerator);
    else if (measure->kind != MEASURE_COUNT)
        return "";
    if (events == NULL)
        return NULL;
    return measure->confidential || events->confidential ? events->code : "";
}

/* The node of a code of the row, or -1. A measure that is not counted by site
 * has none in its rows: its counts are those of all sites. */
static int find_node(const struct row *row, enum dim dim)
{
    const struct released_source *source = row->reader->source;
    const struct released_index *index = &source->indexes[dim];
    const char *code = field(row, COLUMN_DIMS + (size_t)dim);
    if (dim == DIM_TERRITORY)
        return map_get_pair(index->by_level, field(row, COLUMN_LEVEL), code);
    if (dim == DIM_SITE && code[0] == '\0')
        return code_total(&source->codes.dims[dim]);
    return map_get(index->by_code, code, strlen(code));
}

static bool find_nodes(struct row *row)
{
    const struct released_source *source = row->reader->source;
    int measure =
        map_get(source->measures, row->key.measure, strlen(row->key.measure));
    row->own.release = (size_t)(source - row->reader->sources);
    row->own.measure = measure < 0 ? 0 : (size_t)measure;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        int node = find_node(row, (enum dim)d);
        if (node < 0)
            return released_fault(
                row->reader, row->csv, "code '%s' is not in the list of '%s'",
                field(row, COLUMN_DIMS + d), dim_name((enum dim)d));
        row->own.node[d] = node;
        row->key.node[d] =
            released_node(source, (enum dim)d, node, row->own.measure);
    }
    return true;
}

/* False, with a fault, when the row is damaged. *speaks: it is about persons.
 */
static bool parse_row(struct row *row, bool *speaks)
{
    struct released_reader *reader = row->reader;
    const struct codes *codes = &reader->source->codes;
    const char *code = field(row, COLUMN_MEASURE);
    int measure = map_get(reader->source->measures, code, strlen(code));
    *speaks = false;
    if (measure < 0)
        return released_fault(reader, row->csv,
                              "measure '%s' is not in measure.csv", code);
    const char *status = field(row, COLUMN_STATUS);
    if (strlen(status) != 1 || !availability_parse(status[0], &row->status))
        return released_fault(reader, row->csv, "no status '%s'", status);
    row->telling = telling_of(field(row, COLUMN_INDICATOR));
    row->value = field(row, COLUMN_VALUE);
    if ((row->value[0] != '\0') != (row->status == AVAILABLE))
        return released_fault(reader, row->csv,
                              "a value goes with status v, and only with it");
    row->key.measure = persons_of(codes, &codes->measures[measure]);
    if (row->key.measure == NULL)
        return released_fault(reader, row->csv,
                              "measure '%s' is not in measure.csv",
                              codes->measures[measure].numerator);
    /* A statistic is made of what other files print. */
    bool own = !statistic_is_column(field(row, COLUMN_INDICATOR));
    enum measure_kind kind = codes->measures[measure].kind;
    reader->released->unused.values +=
        own && row->status == AVAILABLE &&
        (kind == MEASURE_ESTIMATE || kind == MEASURE_DURATION);
    *speaks =
        own && row->key.measure[0] != '\0' && row->status != NOT_AVAILABLE;
    return !*speaks || find_nodes(row);
}

/* --- cells ---------------------------------------------------------------- */

/* The audited release is read first. */
static void note_both(const struct released *released,
                      struct released_cell *cell, uint32_t table)
{
    cell->both = cell->both || (released->tables[cell->seen - 1].release == 0 &&
                                released->tables[table - 1].release > 0);
}

static bool find_cell(struct row *row, size_t *cell, struct err *err)
{
    struct released *released = row->reader->released;
    size_t nodes[DIM_COUNT];
    uint64_t key;
    for (size_t d = 0; d < DIM_COUNT; d++)
        nodes[d] = (size_t)row->key.node[d];
    if (!universe_key(released->universe, row->key.measure, nodes, &key, err))
        return false;
    *cell = universe_lookup(released->universe, key);
    if (*cell != SDC_NO_CELL) {
        note_both(released, &released->cells[*cell], row->table);
        return true;
    }
    if (!universe_add(released->universe, &row->key, 0, SDC_UNLIMITED, false,
                      cell, err))
        return false;
    released->cells =
        arena_grow(row->reader->closed, released->cells, *cell,
                   &released->cell_capacity, sizeof *released->cells);
    released->cells[*cell] =
        (struct released_cell){.seen = row->table, .most = SDC_UNLIMITED};
    return true;
}

static bool fault_at(const struct row *row, const char *what, uint32_t table)
{
    const struct released *released = row->reader->released;
    return released_fault(row->reader, row->csv, "%s that '%s' tells", what,
                          released->tables[table - 1].name);
}

static bool parse_count(const struct row *row, int64_t *out)
{
    return (num_parse_int64(row->value, out) && *out >= 0 &&
            *out <= COUNT_LIMIT) ||
           released_fault(row->reader, row->csv,
                          "expected a whole number, 0 or more");
}

static bool take_count(const struct row *row, size_t at)
{
    struct released *released = row->reader->released;
    struct released_cell *cell = &released->cells[at];
    int64_t *known = &released->universe->counts[at], count;
    if (!parse_count(row, &count))
        return false;
    int base = released->tables[row->table - 1].base;
    if (base > 0 && count % base != 0)
        return released_fault(row->reader, row->csv,
                              "expected a multiple of %d, to which the counts "
                              "of the table are rounded",
                              base);
    if (cell->shown > 0 && *known != count)
        return fault_at(row, "another count of the cell", cell->shown);
    if ((released->universe->flags[at] & CELL_STRUCTURAL) && count > 0)
        return fault_at(row, "a count where there is none", cell->seen);
    if (cell->shown == 0)
        cell->shown = row->table;
    *known = count;
    return true;
}

static bool take_zero(const struct row *row, size_t at)
{
    struct universe *universe = row->reader->released->universe;
    const struct released_cell *cell = &row->reader->released->cells[at];
    if (universe->counts[at] > 0 || cell->held > 0)
        return fault_at(row, "nothing in a cell of persons",
                        cell->held > 0 ? cell->held : cell->shown);
    universe->flags[at] |= CELL_STRUCTURAL;
    return true;
}

static bool take_held(const struct row *row, size_t at)
{
    const struct released *released = row->reader->released;
    struct released_cell *cell = &released->cells[at];
    if (released->universe->flags[at] & CELL_STRUCTURAL)
        return fault_at(row, "a secret where there is none", cell->seen);
    if (cell->held == 0)
        cell->held = row->table;
    return true;
}

/* Value and limits of the row. */
static bool read_digits(const struct row *row, struct released_digits out[3])
{
    bool all = true;
    for (size_t d = 0; d < 3; d++)
        all =
            released_digits_read(field(row, COLUMN_VALUE + d), &out[d]) && all;
    return all;
}

/* A rate or proportion, kept until all counts are read. */
static bool take_rate(const struct row *row, size_t at)
{
    struct released_reader *reader = row->reader;
    struct released_cell *cell = &reader->released->cells[at];
    struct released_rate rate = {.cell = at,
                                 .table = row->table,
                                 .share = row->telling == TELLS_PROPORTION};
    if (!read_digits(row, rate.digits))
        return released_fault(reader, row->csv, "expected a number");
    if (cell->told == 0)
        cell->told = row->table;
    if (cell->shown > 0)
        return true;
    reader->rates =
        arena_grow(reader->scratch, reader->rates, reader->rate_count,
                   &reader->rate_capacity, sizeof *reader->rates);
    reader->rates[reader->rate_count++] = rate;
    return true;
}

/* A share or a standardised rate, kept until all counts are read. */
static bool take_derived(const struct row *row, size_t at)
{
    struct released_reader *reader = row->reader;
    bool share = row->telling == TELLS_SHARE;
    struct released_derived value = {
        .cell = at,
        .measure = row->own.measure,
        .table = row->table,
        .row = row->own,
        .share = share,
        .standard = arena_text(reader->scratch, field(row, COLUMN_STANDARD)),
    };
    if (!read_digits(row, value.digits) ||
        (share &&
         !(value.digits->value >= 0.0 && value.digits->value <= 100.0)))
        return released_fault(reader, row->csv, "expected a number");
    reader->derived =
        arena_grow(reader->scratch, reader->derived, reader->derived_count,
                   &reader->derived_capacity, sizeof *reader->derived);
    reader->derived[reader->derived_count++] = value;
    return true;
}

/* Tables may print other person-years of the cell, or the same again. */
static void note_years(struct released_cell *cell, uint32_t table,
                       int64_t years)
{
    bool again = cell->divided == table && cell->divisor != years;
    cell->years = cell->divided == 0 || cell->years == years ? years : -1;
    cell->divisor = again ? -1 : years;
    cell->divided = table;
}

/* Person-years bound the persons among them, whole ones. */
static bool take_limit(const struct row *row, size_t at)
{
    struct universe *universe = row->reader->released->universe;
    int64_t limit;
    if (!parse_count(row, &limit))
        return false;
    struct released_cell *cell = &row->reader->released->cells[at];
    released_years(row->reader, &row->own, limit);
    note_years(cell, row->table, limit);
    if (limit < universe->limits[at])
        universe->limits[at] = limit;
    return true;
}

static bool take_value(const struct row *row, size_t cell)
{
    switch (row->telling) {
    case TELLS_COUNT:
        return take_count(row, cell);
    case TELLS_RATE:
    case TELLS_PROPORTION:
        return take_rate(row, cell);
    case TELLS_LIMIT:
        return take_limit(row, cell);
    case TELLS_SHARE:
    case TELLS_STANDARDISED:
        return take_derived(row, cell);
    case TELLS_LITTLE:
        break;
    }
    return true;
}

static bool take_status(const struct row *row, size_t cell)
{
    switch (row->status) {
    case AVAILABLE:
        return take_value(row, cell);
    case CONFIDENTIAL:
        return take_held(row, cell);
    case NOT_APPLICABLE:
    case NOT_COVERED:
        return take_zero(row, cell);
    case UNRELIABLE:
    case NOT_AVAILABLE:
    case AVAILABILITY_COUNT:
        break;
    }
    return true;
}

/* What changed counts must not have beside them. */
static bool is_exact(const struct row *row)
{
    const struct released_table *table =
        &row->reader->released->tables[row->table - 1];
    bool changed = table->base > 0 || table->variance > 0;
    bool count = row->telling == TELLS_COUNT || row->telling == TELLS_LIMIT;
    return changed && (!count || row->status == CONFIDENTIAL);
}

/* A value of no use to the attack, and what is withheld or marked for few
 * events: they tell something of the count. */
static bool is_unused(const struct row *row)
{
    bool few = strchr(field(row, COLUMN_FLAGS), 'a') != NULL;
    return row->status == UNRELIABLE ||
           (row->status == AVAILABLE && row->telling == TELLS_LITTLE) ||
           (few && row->telling != TELLS_COUNT);
}

/* What a standardised rate or a share withholds may have another reason than
 * the count of its row, which is told beside it. */
static bool take_row(struct row *row, struct err *err)
{
    bool speaks;
    size_t cell;
    if (!parse_row(row, &speaks) || !speaks)
        return true;
    if (row->status == CONFIDENTIAL && row->telling != TELLS_COUNT &&
        row->telling != TELLS_RATE && row->telling != TELLS_PROPORTION)
        return true;
    if (!find_cell(row, &cell, err) ||
        (row->telling != TELLS_LIMIT &&
         !released_note_base(row->reader, cell, row->table, err)))
        return false;
    row->reader->released->cells[cell].unused += is_unused(row);
    if (is_exact(row))
        (void)released_fault(row->reader, row->csv,
                             "a value or a secret beside counts that are "
                             "rounded or perturbed");
    else
        (void)take_status(row, cell);
    return true;
}

bool released_take(struct released_reader *reader, const char *path,
                   struct err *err)
{
    struct released *released = reader->released;
    int at[COLUMNS_ALL];
    struct row row = {.reader = reader,
                      .columns = at,
                      .table = (uint32_t)released->table_count};
    size_t rates = reader->rate_count;
    struct csv *csv = NULL;
    bool more = true;
    bool ok = released_open(reader, path, columns, COLUMN_COUNT, at, &csv, err);
    row.csv = csv;
    at[COLUMN_STANDARD] = ok ? csv_find(csv, "standard") : -1;
    at[COLUMN_FLAGS] = ok ? csv_find(csv, "flags") : -1;
    while (ok && more && !faults_full(&reader->faults)) {
        ok = csv_next(csv, &more, err);
        if (ok && more)
            ok = take_row(&row, err);
    }
    csv_close(csv);
    released_rates_divide(reader, rates);
    return ok;
}
