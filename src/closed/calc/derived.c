/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/derived_impl.h"

#include "base/num.h"
#include "calc/sex.h"

const struct node *derived_node(const struct building *building,
                                const struct row *row, enum dim dim)
{
    int node = building->out->axes[dim].nodes[row->place[dim]];
    return &building->codes->dims[dim].nodes[node];
}

/* --- what to compute ------------------------------------------------------ */

static bool select_axes(struct building *building, struct err *err)
{
    struct derived_table *out = building->out;
    out->rows = 1;
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        int *nodes;
        size_t count;
        if (!plan_select(building->closed, building->codes, (enum dim)d,
                         &building->table->select[d], &nodes, &count, err))
            return false;
        out->axes[d] = (struct cube_axis){nodes, count};
        if (__builtin_mul_overflow(out->rows, count, &out->rows))
            return err_fail(err, ERR_SCRIPT, "cube.size",
                            "the table has too many rows");
    }
    return true;
}

static enum support_kind support_of(const struct measure *measure,
                                    enum value_kind kind)
{
    if (measure->kind == MEASURE_PERSON_YEARS)
        return SUPPORT_NONE;
    switch (kind) {
    case VALUE_PERSON_YEARS:
    case VALUE_ESTIMATE:
    case VALUE_GRADE:
    case VALUE_STANDARDISED_SURVIVAL:
    case VALUE_CONDITIONAL_SURVIVAL:
        return SUPPORT_NONE;
    case VALUE_COUNT:
    case VALUE_CRUDE_RATE:
        return SUPPORT_OWN;
    case VALUE_STANDARDISED_RATE:
        return SUPPORT_AGES;
    case VALUE_SHARE:
        return SUPPORT_SHARE;
    case VALUE_PROPORTION:
        return SUPPORT_FRACTION;
    }
    assert(!"a value kind");
    return SUPPORT_OWN;
}

static void set_columns(struct building *building)
{
    struct derived_table *out = building->out;
    struct plan_column *columns;
    out->column_count =
        plan_columns(building->closed, building->table, &columns);
    out->columns = columns;
    out->support =
        arena_array(building->closed, out->column_count, sizeof *out->support);
    for (size_t c = 0; c < out->column_count; c++)
        out->support[c] = support_of(building->measure, columns[c].kind);
}

/* --- where the facts come from -------------------------------------------- */

static bool is_total(const struct building *building, enum dim dim)
{
    const struct cube_axis *axis = &building->out->axes[dim];
    const struct dimension *dimension = &building->codes->dims[dim];
    for (size_t p = 0; p < axis->count; p++) {
        if (dimension->nodes[axis->nodes[p]].leaf_count < dimension->leaf_count)
            return false;
    }
    return true;
}

/* A measure must be counted by every dimension that the table divides by,
 * except those whose bit is set in `excused`. */
static bool check_counted(const struct building *building, const char *code,
                          const struct facts *facts, unsigned excused,
                          struct err *err)
{
    if (facts == NULL)
        return err_fail(err, ERR_INPUT, "calc.facts",
                        "measure '%s' has no facts", code);
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        if (excused & 1u << d || is_total(building, (enum dim)d) ||
            cube_counted_by(facts, (enum dim)d))
            continue;
        return err_fail(err, ERR_SCRIPT, "calc.dimension",
                        "measure '%s' is not counted by %s", code,
                        dim_name((enum dim)d));
    }
    return true;
}

static bool find_people(struct building *building, calc_lookup *lookup,
                        void *context, struct err *err)
{
    const char *code = building->table->person_years;
    if (code[0] == '\0')
        return true;
    /* Everybody can have the cancer of any site, at any stage. */
    const unsigned excused = 1u << DIM_SITE | 1u << DIM_STRATUM;
    return lookup(context, code, &building->people, err) &&
           check_counted(building, code, building->people.facts, excused, err);
}

static bool find_sources(struct building *building, calc_lookup *lookup,
                         void *context, struct err *err)
{
    const struct measure *measure = building->measure;
    switch (measure->kind) {
    case MEASURE_ESTIMATE:
    case MEASURE_DURATION:
        if (!lookup(context, measure->code, &building->events, err))
            return false;
        building->events.facts = NULL; /* nothing to sum */
        return true;
    case MEASURE_COUNT:
    case MEASURE_PERSON_YEARS:
        return lookup(context, measure->code, &building->events, err) &&
               check_counted(building, measure->code, building->events.facts, 0,
                             err) &&
               find_people(building, lookup, context, err);
    case MEASURE_PROPORTION:
        return lookup(context, measure->numerator, &building->events, err) &&
               check_counted(building, measure->numerator,
                             building->events.facts, 0, err) &&
               lookup(context, measure->denominator, &building->others, err) &&
               check_counted(building, measure->denominator,
                             building->others.facts, 1u << DIM_SITE, err);
    }
    assert(!"a measure kind");
    return false;
}

/* All cubes of a table lie on the ground that the events' source covers. */
static bool count(struct building *building, const struct calc_source *source,
                  const struct cube **out, struct err *err)
{
    struct cube *cube;
    if (!cube_build(building->closed, building->codes, source->facts,
                    building->events.coverage, building->out->axes, &cube, err))
        return false;
    *out = cube;
    return true;
}

static bool build_cubes(struct building *building, struct err *err)
{
    struct derived_table *out = building->out;
    if (building->measure->kind == MEASURE_PROPORTION)
        return count(building, &building->events, &out->numerators, err) &&
               count(building, &building->others, &out->counts, err);
    if (building->events.facts == NULL)
        return true;
    if (!count(building, &building->events, &out->counts, err))
        return false;
    if (building->measure->kind == MEASURE_PERSON_YEARS)
        out->person_years = out->counts;
    if (building->people.facts == NULL)
        return true;
    struct cube *years;
    if (!derived_person_years(building->closed, building,
                              building->events.coverage, out->axes, &years,
                              err))
        return false;
    out->person_years = years;
    return true;
}

/* --- rows ----------------------------------------------------------------- */

/* One part in twenty is enough to say so: a country is not "estimated"
 * because its smallest place is for a year. */
static bool notable(const struct ground *ground, size_t pairs)
{
    return pairs * 20 >= ground->pairs && pairs > 0;
}

static unsigned ground_flags(const struct ground *ground)
{
    size_t missing = ground->pairs - ground->covered;
    unsigned flags = 0;
    if (notable(ground, missing + ground->partial))
        flags |= FLAG_CAUTION;
    if (notable(ground, ground->estimated))
        flags |= FLAG_ESTIMATED;
    if (notable(ground, ground->projected))
        flags |= FLAG_PROJECTED;
    return flags;
}

static void find_row(const struct building *building, size_t at,
                     struct row *row)
{
    row->at = at;
    for (size_t d = DIM_COUNT; d-- > 0;) {
        size_t count = building->out->axes[d].count;
        row->place[d] = at % count;
        at /= count;
    }
    row->ground = derived_ground_at(building, row->place);
    row->flags = ground_flags(row->ground);
}

/* What is known of a row before any count is looked at. Stored estimates
 * speak for themselves where no source counts. */
static enum availability row_status(const struct building *building,
                                    const struct row *row)
{
    const struct cube_axis *axes = building->out->axes;
    if (sex_excludes(building->codes,
                     axes[DIM_SITE].nodes[row->place[DIM_SITE]],
                     axes[DIM_SEX].nodes[row->place[DIM_SEX]]))
        return NOT_APPLICABLE;
    bool counted = building->events.facts != NULL;
    return counted && row->ground->covered == 0 ? NOT_COVERED : AVAILABLE;
}

static void put(const struct building *building, const struct row *row,
                size_t column, const struct outcome *outcome)
{
    struct derived_table *out = building->out;
    struct derived *cell = &out->cells[row->at * out->column_count + column];
    *cell = (struct derived){.availability = outcome->availability};
    const struct plan_column *as = &out->columns[column];
    /* Whether or not the value is withheld: a status tells no counts. */
    bool computed = outcome->availability == AVAILABLE ||
                    outcome->availability == UNRELIABLE;
    if (computed && as->part != PART_VALUE && !outcome->has_limits)
        cell->availability = NOT_AVAILABLE;
    if (cell->availability != AVAILABLE)
        return;
    const struct kernel_interval *interval = &outcome->interval;
    double value = as->part == PART_VALUE   ? interval->value
                   : as->part == PART_LOWER ? interval->lower
                                            : interval->upper;
    cell->value = num_round(value, as->decimals);
    cell->flags = outcome->flags | row->flags;
}

static void fill_value(const struct building *building, size_t value,
                       const struct calculation *calculation)
{
    struct derived_table *out = building->out;
    for (size_t r = 0; r < out->rows; r++) {
        struct row row;
        find_row(building, r, &row);
        struct outcome outcome = {.availability = row_status(building, &row)};
        if (outcome.availability == AVAILABLE)
            outcome = derived_compute(calculation, &row);
        for (size_t c = 0; c < out->column_count; c++) {
            if (out->columns[c].value == value)
                put(building, &row, c, &outcome);
        }
    }
}

static bool fill_values(struct building *building, struct err *err)
{
    struct derived_table *out = building->out;
    out->cells = arena_array(building->closed, out->rows * out->column_count,
                             sizeof *out->cells);
    for (size_t v = 0; v < building->table->value_count; v++) {
        struct calculation calculation = {
            .building = building,
            .value = &building->table->values[v],
        };
        if (!derived_prepare(building, &calculation, err))
            return false;
        fill_value(building, v, &calculation);
    }
    return true;
}

static bool build(struct building *building, calc_lookup *lookup, void *context,
                  struct err *err)
{
    if (building->measure == NULL)
        return code_no_measure(building->codes, building->table->measure,
                               "calc.measure", err);
    if (!select_axes(building, err) ||
        !find_sources(building, lookup, context, err))
        return false;
    set_columns(building);
    derived_ground(building);
    return build_cubes(building, err) && derived_coverage(building, err) &&
           fill_values(building, err);
}

bool derived_build(struct arena *closed, struct codes *codes,
                   const struct plan *plan, const struct plan_table *table,
                   const struct policy *policy, calc_lookup *lookup,
                   void *context, struct derived_table **out, struct err *err)
{
    struct building building = {
        .closed = closed,
        .scratch = arena_new(),
        .codes = codes,
        .plan = plan,
        .table = table,
        .policy = policy,
        .measure = code_measure(codes, table->measure),
        .out = arena_alloc(closed, sizeof *building.out),
    };
    building.out->plan = table;
    bool ok = build(&building, lookup, context, err);
    if (ok)
        *out = building.out;
    arena_wipe(building.scratch);
    return ok;
}
