/* SPDX-License-Identifier: EUPL-1.2 */
/* What shares and standardised rates tell of counts: an inequality over two
 * cells, and one over the ages of a row.
 *
 * A rate is the sum of the counts by age, each times the weight of its group
 * over the person-years of the group. It can be used where the release prints
 * the person-years of every age of its row, or of the sexes or years that add
 * up to it, and where the standard that it names is known. Ages that no table
 * has become hidden cells.
 *
 * No file says of what a share is, nor whether the rate of both sexes is
 * standardised by sex as well. The first is read off the rows that print
 * 100 %, the second off the rates of each sex; where they leave it open, the
 * value is not used. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "calc/standard.h"
#include "sdc/released_impl.h"

#define PER 100000.0

enum {
    REACH = 20,        /* thresholds of cases up to which a rate is used */
    DIGITS_LIMIT = 9,  /* of a share: whole weights stay exact */
    PERCENT_DIGITS = 2 /* 100 is one and two zeros */
};

static bool is_open(const struct released *released, size_t cell)
{
    return universe_is_open(released->universe, cell);
}

static void put_band(struct released_reader *reader,
                     const struct audit_band *band)
{
    struct released *released = reader->released;
    /* What stands beside numbers that were changed was refused when read. */
    for (size_t i = 0; i < band->count; i++)
        assert(!released_is_changed(released, band->cells[i]));
    released->bands =
        arena_grow(reader->closed, released->bands, released->band_count,
                   &released->band_capacity, sizeof *released->bands);
    released->bands[released->band_count++] = *band;
}

/* The cell with another node of one dimension; a hidden one when no table has
 * it. */
static bool find_beside(struct released_reader *reader, size_t cell,
                        enum dim dim, int node, size_t *out, struct err *err)
{
    struct universe *universe = reader->released->universe;
    uint64_t key = universe_with(universe->keys[cell], dim, (size_t)node);
    *out = universe_lookup(universe, key);
    if (*out != SDC_NO_CELL)
        return true;
    if (!universe_add_hidden(universe, released_hidden, reader->released, key,
                             SDC_NO_CELL, -1, err))
        return false;
    *out = universe_lookup(universe, key);
    return true;
}

/* --- shares --------------------------------------------------------------- */

/* part / base within half a unit of the last digit, in whole weights. */
static void put_share(struct released_reader *reader,
                      const struct released_digits *digits, size_t part,
                      size_t base)
{
    double scale = pow(10.0, digits->decimals);
    double twice = 2.0 * round(digits->value * scale);
    double whole = 2.0 * scale * pow(10.0, PERCENT_DIGITS);
    uint32_t *cells = arena_array(reader->closed, 2, sizeof *cells);
    cells[0] = (uint32_t)part;
    cells[1] = (uint32_t)base;
    for (int side = -1; side <= 1; side += 2) {
        double *weights = arena_array(reader->closed, 2, sizeof *weights);
        weights[0] = whole;
        weights[1] = -(twice + side);
        put_band(reader, &(struct audit_band){
                             .cells = cells,
                             .weights = weights,
                             .count = 2,
                             .low = side < 0 ? 0.0 : -HUGE_VAL,
                             .high = side < 0 ? HUGE_VAL : 0.0,
                         });
    }
}

/* The node of a dimension that shares may refer to, or -1. */
static int total_of(const struct released_reader *reader,
                    const struct released_derived *value, int dim)
{
    return code_total(&reader->sources[value->row.release].codes.dims[dim]);
}

/* Per table and dimension: rows of its total all print 100, others less. */
struct share_sides {
    bool whole, part, broken;
};

static struct share_sides *find_sides(const struct released_reader *reader)
{
    struct share_sides *sides =
        arena_array(reader->scratch, reader->released->table_count * DIM_COUNT,
                    sizeof *sides);
    for (size_t v = 0; v < reader->derived_count; v++) {
        const struct released_derived *value = &reader->derived[v];
        bool full = value->digits->value >= 100.0;
        for (int d = 0; value->share && d < DIM_COUNT; d++) {
            struct share_sides *at =
                &sides[(size_t)(value->table - 1) * DIM_COUNT + (size_t)d];
            bool total = value->row.node[d] == total_of(reader, value, d);
            at->whole = at->whole || (total && full);
            at->broken = at->broken || (total && !full);
            at->part = at->part || (!total && !full);
        }
    }
    return sides;
}

/* The dimension whose total is 100 %, or DIM_COUNT when that is not clear. */
static enum dim share_of(const struct share_sides *sides, uint32_t table)
{
    enum dim of = DIM_COUNT;
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct share_sides *at =
            &sides[(size_t)(table - 1) * DIM_COUNT + (size_t)d];
        if (!at->whole || !at->part || at->broken)
            continue;
        if (of != DIM_COUNT)
            return DIM_COUNT;
        of = (enum dim)d;
    }
    return of;
}

static bool use_share(struct released_reader *reader,
                      const struct released_derived *value,
                      const struct share_sides *sides, struct err *err)
{
    struct released *released = reader->released;
    const struct released_source *source = &reader->sources[value->row.release];
    enum dim of = share_of(sides, value->table);
    size_t base;
    if (of == DIM_COUNT || value->digits->decimals > DIGITS_LIMIT) {
        released->unused.unclear++;
        return true;
    }
    if (!find_beside(reader, value->cell, of,
                     released_node(source, of, total_of(reader, value, of),
                                   value->measure),
                     &base, err))
        return false;
    if (base != value->cell &&
        (is_open(released, value->cell) || is_open(released, base)))
        put_share(reader, value->digits, value->cell, base);
    released->used++;
    return true;
}

/* --- person-years --------------------------------------------------------- */

static bool years_of(const struct released_reader *reader,
                     const struct released_row *row, double *out);

/* The parts of a row along one dimension, all of them printed. */
static bool sum_years(const struct released_reader *reader,
                      const struct released_row *row, enum dim dim, double *out)
{
    const struct dimension *dimension =
        &reader->sources[row->release].codes.dims[dim];
    const struct node *node = &dimension->nodes[row->node[dim]];
    *out = 0.0;
    if (node->leaf_count < 2)
        return false;
    for (size_t l = 0; l < node->leaf_count; l++) {
        struct released_row part = *row;
        double years;
        part.node[dim] = dimension->leaf_node[node->leaves[l]];
        if (!years_of(reader, &part, &years))
            return false;
        *out += years;
    }
    return true;
}

/* Person-years as printed, else the sum over years or sexes. */
static bool years_of(const struct released_reader *reader,
                     const struct released_row *row, double *out)
{
    int at = map_get(reader->rows, (const char *)row, sizeof *row);
    if (at >= 0) {
        *out = (double)reader->years[at];
        return reader->years[at] >= 0;
    }
    return sum_years(reader, row, DIM_PERIOD, out) ||
           sum_years(reader, row, DIM_SEX, out);
}

void released_years(struct released_reader *reader,
                    const struct released_row *row, int64_t years)
{
    int at = map_get(reader->rows, (const char *)row, sizeof *row);
    if (at >= 0) {
        if (reader->years[at] != years)
            reader->years[at] = -1; /* of two populations: neither */
        return;
    }
    reader->years =
        arena_grow(reader->scratch, reader->years, reader->year_count,
                   &reader->year_capacity, sizeof *reader->years);
    reader->years[reader->year_count] = years;
    (void)map_put(reader->rows, (const char *)row, sizeof *row,
                  (int)reader->year_count++);
}

/* --- standardised rates --------------------------------------------------- */

static const struct standard *
find_standard(const struct released_reader *reader, const char *code)
{
    for (size_t s = 0; s < reader->standard_count; s++) {
        if (text_same(reader->standards[s].code, code))
            return &reader->standards[s];
    }
    return NULL;
}

/* What one case of each group adds to the rate; false where person-years are
 * missing. */
static bool find_weights(const struct released_reader *reader,
                         const struct released_derived *value,
                         const struct standard_match *match, double *weights)
{
    const struct dimension *ages =
        &reader->sources[value->row.release].codes.dims[DIM_AGE];
    for (size_t g = 0; g < match->groups; g++)
        weights[g] = 0.0;
    for (size_t l = 0; l < ages->leaf_count; l++) {
        struct released_row row = value->row;
        double years;
        if (match->group[l] < 0)
            continue;
        row.node[DIM_AGE] = ages->leaf_node[l];
        if (!years_of(reader, &row, &years))
            return false;
        weights[match->group[l]] += years;
    }
    for (size_t g = 0; g < match->groups; g++) {
        if (!(weights[g] > 0.0))
            return false;
        weights[g] = PER * match->weights[g] / match->total / weights[g];
    }
    return true;
}

/* The cell of an age of the row, or SDC_NO_CELL. */
static size_t cell_of_age(const struct released_reader *reader,
                          const struct released_derived *value, size_t leaf)
{
    const struct universe *universe = reader->released->universe;
    const struct released_source *source = &reader->sources[value->row.release];
    int node = released_node(source, DIM_AGE,
                             source->codes.dims[DIM_AGE].leaf_node[leaf],
                             value->measure);
    return universe_lookup(universe, universe_with(universe->keys[value->cell],
                                                   DIM_AGE, (size_t)node));
}

static bool has_all_ages(const struct released_reader *reader,
                         const struct released_derived *value)
{
    const struct dimension *ages =
        &reader->sources[value->row.release].codes.dims[DIM_AGE];
    const struct node *age = &ages->nodes[value->row.node[DIM_AGE]];
    for (size_t l = 0; l < age->leaf_count; l++) {
        if (cell_of_age(reader, value, age->leaves[l]) == SDC_NO_CELL)
            return false;
    }
    return true;
}

/* Left out for its cost: it brings ages of its row into the universe. Where all
 * are cells already it costs nothing, and however many cases it has, digits
 * that lie close to where they would change tell of few at one age. */
static bool has_many(const struct released_reader *reader,
                     const struct released_derived *value)
{
    const struct released *released = reader->released;
    int64_t threshold = released->universe->thresholds[value->cell];
    return !is_open(released, value->cell) && threshold < INT64_MAX / REACH &&
           released->universe->counts[value->cell] > REACH * threshold &&
           !has_all_ages(reader, value);
}

/* A side over the ages of a rate, in numbers as large. */
static void put_side(struct released_reader *reader,
                     const struct audit_band *rate,
                     const struct released_side *side, double heaviest)
{
    struct audit_band band = *rate;
    double *weights = arena_array(reader->closed, rate->count, sizeof *weights);
    double most = 0.0;
    for (size_t i = 0; i < rate->count; i++) {
        weights[i] = rate->weights[i] * (rate->weights[i] - side->slope);
        most = fmax(most, fabs(weights[i]));
        if (!(fabs(weights[i]) > 0.0))
            return; /* bands have no such weight: to leave it out tells less */
    }
    double scale = heaviest / most;
    for (size_t i = 0; i < rate->count; i++)
        weights[i] *= scale;
    band.weights = weights;
    band.low = side->most ? -HUGE_VAL : side->bound * scale;
    band.high = side->most ? side->bound * scale : HUGE_VAL;
    put_band(reader, &band);
}

/* The limit of the rate of a band over the same ages. */
static void put_limit(struct released_reader *reader,
                      const struct released_derived *value, bool upper,
                      const struct audit_band *rate)
{
    struct released_limit limit = {.rate = value->digits[0],
                                   .printed = value->digits[1 + upper],
                                   .upper = upper,
                                   .lightest = HUGE_VAL};
    struct released_side sides[RELEASED_SIDES];
    for (size_t i = 0; i < rate->count; i++) {
        limit.lightest = fmin(limit.lightest, rate->weights[i]);
        limit.heaviest = fmax(limit.heaviest, rate->weights[i]);
    }
    if (!limit.printed.printed)
        return;
    if (!released_limit_leaves(&limit, sides)) {
        reader->released->unused.limits++;
        return;
    }
    for (size_t s = 0; s < RELEASED_SIDES; s++)
        put_side(reader, rate, &sides[s], limit.heaviest);
    reader->released->limits++;
}

static bool put_rate(struct released_reader *reader,
                     const struct released_derived *value,
                     const struct standard_match *match, const double *weights,
                     struct err *err)
{
    const struct released_source *source = &reader->sources[value->row.release];
    const struct dimension *ages = &source->codes.dims[DIM_AGE];
    uint32_t *cells =
        arena_array(reader->closed, ages->leaf_count, sizeof *cells);
    double *of = arena_array(reader->closed, ages->leaf_count, sizeof *of);
    struct audit_band band = {
        .cells = cells,
        .weights = of,
        .low = value->digits->value - value->digits->half,
        .high = value->digits->value + value->digits->half,
    };
    bool open = false;
    for (size_t l = 0; l < ages->leaf_count; l++) {
        size_t cell;
        if (match->group[l] < 0 || !(weights[match->group[l]] > 0.0))
            continue;
        if (!find_beside(reader, value->cell, DIM_AGE,
                         released_node(source, DIM_AGE, ages->leaf_node[l],
                                       value->measure),
                         &cell, err))
            return false;
        open = open || is_open(reader->released, cell);
        cells[band.count] = (uint32_t)cell;
        of[band.count++] = weights[match->group[l]];
    }
    if (open) {
        put_band(reader, &band);
        put_limit(reader, value, false, &band);
        put_limit(reader, value, true, &band);
    }
    reader->released->used++;
    return true;
}

/* Row, table and standard of a rate. */
static const char *rate_key(struct arena *scratch,
                            const struct released_derived *value,
                            const struct released_row *row, size_t *size)
{
    size_t length = strlen(value->standard);
    *size = sizeof *row + sizeof value->table + length;
    char *key = arena_alloc(scratch, *size);
    memcpy(key, row, sizeof *row);
    memcpy(key + sizeof *row, &value->table, sizeof value->table);
    memcpy(key + sizeof *row + sizeof value->table, value->standard, length);
    return key;
}

static void list_rates(struct released_reader *reader)
{
    reader->standardised = map_new(reader->scratch);
    for (size_t v = 0; v < reader->derived_count; v++) {
        const struct released_derived *value = &reader->derived[v];
        size_t size;
        const char *key = rate_key(reader->scratch, value, &value->row, &size);
        if (!value->share)
            (void)map_put(reader->standardised, key, size, (int)v);
    }
}

/* The printed rate of one sex, of the same row otherwise. */
static const struct released_derived *
rate_of_sex(const struct released_reader *reader,
            const struct released_derived *value, int sex)
{
    struct released_row row = value->row;
    size_t size;
    row.node[DIM_SEX] = sex;
    const char *key = rate_key(reader->scratch, value, &row, &size);
    int at = map_get(reader->standardised, key, size);
    return at < 0 ? NULL : &reader->derived[at];
}

/* True when the rate is that of all ages together, not the mean of the rates
 * of each sex: there is one sex, or what is printed of each refutes it. */
static bool is_plain(const struct released_reader *reader,
                     const struct released_derived *value)
{
    const struct dimension *sexes =
        &reader->sources[value->row.release].codes.dims[DIM_SEX];
    const struct node *node = &sexes->nodes[value->row.node[DIM_SEX]];
    double mean = 0.0, half = value->digits->half;
    if (node->leaf_count < 2)
        return true;
    for (size_t l = 0; l < node->leaf_count; l++) {
        const struct released_derived *own =
            rate_of_sex(reader, value, sexes->leaf_node[node->leaves[l]]);
        if (own == NULL)
            return false;
        mean += own->digits->value / (double)node->leaf_count;
        half += own->digits->half / (double)node->leaf_count;
    }
    return fabs(mean - value->digits->value) > half;
}

static bool use_rate(struct released_reader *reader,
                     const struct released_derived *value, struct err *err)
{
    struct released *released = reader->released;
    const struct dimension *ages =
        &reader->sources[value->row.release].codes.dims[DIM_AGE];
    const struct standard *standard = find_standard(reader, value->standard);
    const struct node *age = &ages->nodes[value->row.node[DIM_AGE]];
    struct standard_match match;
    struct err ignored = {0};
    if (has_many(reader, value)) {
        released->unused.many++;
        return true;
    }
    if (standard == NULL || !standard_match(reader->scratch, standard, ages,
                                            age, &match, &ignored)) {
        released->unused.standard++;
        return true;
    }
    double *weights =
        arena_array(reader->scratch, match.groups, sizeof *weights);
    if (!find_weights(reader, value, &match, weights)) {
        released->unused.population++;
        return true;
    }
    if (!is_plain(reader, value)) {
        released->unused.unclear++;
        return true;
    }
    return put_rate(reader, value, &match, weights, err);
}

bool released_bands(struct released_reader *reader, struct err *err)
{
    const struct share_sides *sides = find_sides(reader);
    list_rates(reader);
    for (size_t v = 0; v < reader->derived_count; v++) {
        const struct released_derived *value = &reader->derived[v];
        if (!(value->share ? use_share(reader, value, sides, err)
                           : use_rate(reader, value, err)))
            return false;
    }
    return true;
}
