/* SPDX-License-Identifier: EUPL-1.2 */
/* derived_fixture.h - a derived table over the facts of calc_fixture.h: what is
 * asked for, what was built, and the same sums made again the slow way. */
#ifndef DERIVED_FIXTURE_H
#define DERIVED_FIXTURE_H

#include "calc_fixture.h"

#include "calc/derived.h"

static const struct standard_band quarters[] = {
    {0, 14, 30}, {15, 49, 40}, {50, 74, 20}, {75, 84, 6}, {85, -1, 4},
};

struct derived_fixture {
    struct arena *arena;
    struct codes codes;
    struct facts cases, population;
    struct coverage coverage;
    struct estimates estimates;
    bool covered; /* hand out the coverage */
    struct policy policy;
    struct standard standard;
    struct plan plan;
    struct plan_table table;
    struct plan_value values[8];
    const char *words[DIM_COUNT][8];
    const struct derived_table *derived;
    struct err err;
};

/* A source may well hand out an empty list where there is nothing to count. */
static const struct facts no_facts = {NULL, 0};

static inline bool lookup(void *context, const char *measure,
                          struct calc_source *out, struct err *err)
{
    struct derived_fixture *fixture = context;
    *out = (struct calc_source){0};
    if (text_same(measure, "cases"))
        out->facts = &fixture->cases;
    else if (text_same(measure, "population"))
        out->facts = &fixture->population;
    else if (text_same(measure, "survival") || text_same(measure, "secret") ||
             text_same(measure, "smoothed"))
        *out = (struct calc_source){&no_facts, &fixture->estimates, NULL};
    else
        return err_fail(err, ERR_INPUT, "test.measure", "measure '%s'?",
                        measure);
    if (fixture->covered && out->facts == &fixture->cases)
        out->coverage = &fixture->coverage;
    return true;
}

static const struct measure fixture_measures[] = {
    {.code = "cases", .kind = MEASURE_COUNT, .confidential = true},
    {.code = "population", .kind = MEASURE_PERSON_YEARS},
    {.code = "part",
     .kind = MEASURE_PROPORTION,
     .numerator = "cases",
     .denominator = "population"},
    {.code = "survival",
     .kind = MEASURE_ESTIMATE,
     .numerator = "",
     .denominator = "population"},
    {.code = "secret",
     .kind = MEASURE_ESTIMATE,
     .numerator = "",
     .denominator = "",
     .confidential = true},
    {.code = "smoothed",
     .kind = MEASURE_DURATION,
     .numerator = "cases",
     .denominator = ""},
};

static inline struct derived_fixture *fixture_new(const char *measure)
{
    struct arena *arena = arena_new();
    struct derived_fixture *fixture = arena_alloc(arena, sizeof *fixture);
    fixture->arena = arena;
    fixture->codes = calc_fixture_codes(arena);
    fixture->codes.measures =
        arena_array(arena, COUNT_OF(fixture_measures), sizeof(struct measure));
    fixture->codes.measure_count = COUNT_OF(fixture_measures);
    memcpy(fixture->codes.measures, fixture_measures, sizeof fixture_measures);
    fixture->cases = calc_fixture_cases(arena);
    fixture->population = calc_fixture_population(arena);
    fixture->coverage = calc_fixture_coverage(arena, &fixture->codes);
    fixture->standard = (struct standard){
        .code = "world", .total = 100, .bands = quarters, .count = 5};
    fixture->plan =
        (struct plan){.standards = &fixture->standard, .standard_count = 1};
    fixture->table = (struct plan_table){.report = "r",
                                         .id = "r.t",
                                         .measure = measure,
                                         .person_years = "population",
                                         .values = fixture->values};
    return fixture;
}

static inline void choose(struct derived_fixture *fixture, enum dim dim,
                          const char *word)
{
    struct selection *selection = &fixture->table.select[dim];
    selection->words = fixture->words[dim];
    fixture->words[dim][selection->count++] = word;
}

static inline struct plan_value *want(struct derived_fixture *fixture,
                                      enum value_kind kind)
{
    struct plan_value *value = &fixture->values[fixture->table.value_count++];
    *value = (struct plan_value){
        .kind = kind, .standard = "", .interval = true, .decimals = 4};
    if (kind == VALUE_STANDARDISED_RATE)
        value->standard = "world";
    return value;
}

static inline bool try_build(struct derived_fixture *fixture)
{
    struct derived_table *out = NULL;
    bool ok = derived_build(fixture->arena, &fixture->codes, &fixture->plan,
                            &fixture->table, &fixture->policy, lookup, fixture,
                            &out, &fixture->err);
    CHECK(ok == (out != NULL));
    fixture->derived = out;
    return ok;
}

static inline void build(struct derived_fixture *fixture)
{
    if (!try_build(fixture))
        fail_msg("%s", fixture->err.text);
}

static inline void end(struct derived_fixture *fixture)
{
    arena_free(fixture->arena);
}

static inline void check_refused(struct derived_fixture *fixture,
                                 enum err_code code, const char *text)
{
    CHECK(!try_build(fixture));
    CHECK_INT(fixture->err.code, code);
    CHECK_TEXT(fixture->err.text, text);
    end(fixture);
}

static inline const struct derived *cell(const struct derived_fixture *fixture,
                                         size_t row, const char *column)
{
    const struct derived_table *table = fixture->derived;
    for (size_t c = 0; c < table->column_count; c++) {
        if (text_same(table->columns[c].id, column))
            return &table->cells[row * table->column_count + c];
    }
    fail_msg("no column '%s'", column);
    return NULL;
}

static inline void check_shown(const struct derived_fixture *fixture,
                               size_t row, const char *column, double value)
{
    const struct derived *at = cell(fixture, row, column);
    CHECK_INT(at->availability, AVAILABLE);
    CHECK_NEAR(at->value, value, 1e-15);
}

static inline void row_nodes(const struct derived_fixture *fixture, size_t row,
                             int node[DIM_COUNT])
{
    size_t place[DIM_COUNT];
    cube_place(fixture->derived->counts, row, place);
    for (size_t d = 0; d < DIM_COUNT; d++)
        node[d] = fixture->derived->axes[d].nodes[place[d]];
}

static inline int64_t slow(const struct derived_fixture *fixture, size_t row,
                           const struct facts *facts)
{
    int node[DIM_COUNT];
    row_nodes(fixture, row, node);
    return calc_fixture_sum(&fixture->codes, facts,
                            fixture->covered ? &fixture->coverage : NULL, node);
}

#endif
