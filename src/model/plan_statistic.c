/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "model/plan_impl.h"

enum trait {
    KEEPS_AXIS = 1,
    INTERVAL = 2, /* limits of the value */
    REFERENCE = 4,
    PEOPLE = 8,  /* made of person-years too */
    COUNTS = 16, /* made of counts, and not of values with limits */
};

static const struct {
    const char *name;
    unsigned traits;
    enum dim only;    /* the axis it goes along; DIM_COUNT: any */
    const char *unit; /* "" that of the column it is made of */
} kinds[] = {
    [STATISTIC_RATE_RATIO] = {"rate_ratio", KEEPS_AXIS | INTERVAL | REFERENCE,
                              DIM_COUNT, "ratio"},
    [STATISTIC_RATE_DIFFERENCE] = {"rate_difference",
                                   KEEPS_AXIS | INTERVAL | REFERENCE, DIM_COUNT,
                                   ""},
    [STATISTIC_ANNUAL_CHANGE] = {"annual_change", INTERVAL, DIM_PERIOD,
                                 "percent_per_year"},
    [STATISTIC_AVERAGE_CHANGE] = {"average_change", INTERVAL, DIM_PERIOD,
                                  "percent_per_year"},
    [STATISTIC_RANK] = {"rank", KEEPS_AXIS | INTERVAL, DIM_COUNT, "rank"},
    [STATISTIC_SLOPE_INDEX] = {"slope_index", INTERVAL | PEOPLE, DIM_COUNT, ""},
    [STATISTIC_RELATIVE_INDEX] = {"relative_index", INTERVAL | PEOPLE,
                                  DIM_COUNT, "ratio"},
    [STATISTIC_CONCENTRATION_INDEX] = {"concentration_index", INTERVAL | PEOPLE,
                                       DIM_COUNT, "index"},
    [STATISTIC_STANDARDISED_RATIO] = {"standardised_ratio",
                                      INTERVAL | REFERENCE | PEOPLE | COUNTS,
                                      DIM_AGE, "ratio"},
    [STATISTIC_SMOOTHED_RATIO] = {"smoothed_ratio",
                                  INTERVAL | REFERENCE | PEOPLE | COUNTS,
                                  DIM_AGE, "ratio"},
    [STATISTIC_SPATIAL_RATIO] = {"spatial_ratio",
                                 INTERVAL | REFERENCE | PEOPLE | COUNTS,
                                 DIM_AGE, "ratio"},
    [STATISTIC_CUMULATIVE_RISK] = {"cumulative_risk", KEEPS_AXIS | INTERVAL,
                                   DIM_COUNT, "percent"},
    [STATISTIC_JOINPOINT] = {"joinpoint", 0, DIM_PERIOD, "joins"},
    [STATISTIC_FUNNEL] = {"funnel", REFERENCE | PEOPLE | COUNTS, DIM_AGE,
                          "ratio"},
    [STATISTIC_PROPORTION_DIFFERENCE] = {"proportion_difference",
                                         KEEPS_AXIS | INTERVAL | REFERENCE,
                                         DIM_COUNT, "points"},
    [STATISTIC_MORTALITY_INCIDENCE] = {"mortality_incidence",
                                       KEEPS_AXIS | INTERVAL | COUNTS,
                                       DIM_COUNT, "ratio"},
    [STATISTIC_DECOMPOSITION] = {"decomposition", REFERENCE | PEOPLE | COUNTS,
                                 DIM_AGE, "percent"},
};

/* Of the limits of a funnel, made of published numbers alone: they are drawn as
 * curves, of which fewer would make stairs. */
#define FUNNEL_DECIMALS 4

/* What a kind tells beside its value and limits. */
static const struct {
    enum statistic_kind kind;
    const char *suffix, *unit;
    int decimals; /* -1: as many as the value has */
} extras[] = {
    {STATISTIC_SMOOTHED_RATIO, "_above", "percent", 1},
    {STATISTIC_SPATIAL_RATIO, "_above", "percent", 1},
    {STATISTIC_SPATIAL_RATIO, "_evidence", "evidence", 0},
    {STATISTIC_FUNNEL, "_expected", "", 1},
    {STATISTIC_FUNNEL, "_low_95", "ratio", FUNNEL_DECIMALS},
    {STATISTIC_FUNNEL, "_high_95", "ratio", FUNNEL_DECIMALS},
    {STATISTIC_FUNNEL, "_low_998", "ratio", FUNNEL_DECIMALS},
    {STATISTIC_FUNNEL, "_high_998", "ratio", FUNNEL_DECIMALS},
    {STATISTIC_FUNNEL, "_position", "position", 0},
    {STATISTIC_DECOMPOSITION, "_risk", "percent", -1},
    {STATISTIC_DECOMPOSITION, "_size", "percent", -1},
    {STATISTIC_DECOMPOSITION, "_ageing", "percent", -1},
};

const char *statistic_name(enum statistic_kind kind)
{
    return kinds[kind].name;
}

bool statistic_parse(const char *name, enum statistic_kind *out)
{
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        if (text_same(kinds[k].name, name)) {
            *out = (enum statistic_kind)k;
            return true;
        }
    }
    return false;
}

static bool has(enum statistic_kind kind, enum trait trait)
{
    return (kinds[kind].traits & (unsigned)trait) != 0;
}

bool statistic_keeps_axis(enum statistic_kind kind)
{
    return has(kind, KEEPS_AXIS);
}

bool statistic_needs_reference(enum statistic_kind kind)
{
    return has(kind, REFERENCE);
}

bool statistic_needs_counts(enum statistic_kind kind)
{
    return has(kind, COUNTS);
}

bool statistic_needs_people(enum statistic_kind kind)
{
    return has(kind, PEOPLE);
}

bool statistic_is_trend(enum statistic_kind kind)
{
    return kinds[kind].only == DIM_PERIOD;
}

bool statistic_has_joins(enum statistic_kind kind)
{
    return kind == STATISTIC_JOINPOINT || kind == STATISTIC_AVERAGE_CHANGE;
}

enum dim statistic_reference_dim(const struct plan_statistic *statistic)
{
    if (statistic_is_expected(statistic->kind))
        return DIM_TERRITORY;
    return statistic->kind == STATISTIC_DECOMPOSITION ? DIM_PERIOD
                                                      : statistic->along;
}

bool statistic_is_expected(enum statistic_kind kind)
{
    return kind == STATISTIC_STANDARDISED_RATIO || kind == STATISTIC_FUNNEL ||
           statistic_has_above(kind);
}

bool statistic_is_apart(const struct plan_statistic *statistic)
{
    return statistic->people != NULL && statistic->people[0] != '\0';
}

bool statistic_has_above(enum statistic_kind kind)
{
    return kind == STATISTIC_SMOOTHED_RATIO || kind == STATISTIC_SPATIAL_RATIO;
}

/* --- columns -------------------------------------------------------------- */

#define SEGMENTS_MOST 5 /* four joins */

struct columns {
    struct arena *arena;
    const struct plan_statistic *statistic;
    struct statistic_column *at;
    size_t count;
};

/* The column, and its limits if it has some. */
static void add_column(struct columns *columns, const char *suffix,
                       const char *unit, int decimals, bool limits)
{
    static const char *const ends[] = {"", "_lower", "_upper"};
    int first = (int)columns->count;
    for (int part = PART_VALUE; part <= (limits ? PART_UPPER : PART_VALUE);
         part++) {
        bool value = limits && part == PART_VALUE;
        columns->at[columns->count++] = (struct statistic_column){
            .id = arena_format(columns->arena, "%s%s%s",
                               statistic_name(columns->statistic->kind), suffix,
                               ends[part]),
            .part = (enum column_part)part,
            .unit = unit,
            .decimals = decimals,
            .lower = value ? first + PART_LOWER : -1,
            .upper = value ? first + PART_UPPER : -1,
        };
    }
}

static void add_segments(struct columns *columns, size_t segments)
{
    for (size_t s = 1; s <= segments; s++) {
        add_column(columns, arena_format(columns->arena, "_start_%zu", s),
                   "year", 1, false);
        add_column(columns, arena_format(columns->arena, "_stop_%zu", s),
                   "year", 1, false);
        add_column(columns, arena_format(columns->arena, "_change_%zu", s),
                   "percent_per_year", columns->statistic->decimals, true);
    }
}

size_t statistic_columns(struct arena *arena,
                         const struct plan_statistic *statistic,
                         size_t segments, struct statistic_column **out)
{
    size_t capacity = PART_UPPER + 1 + COUNT_OF(extras) + 5 * segments;
    enum statistic_kind kind = statistic->kind;
    struct columns columns = {
        .arena = arena,
        .statistic = statistic,
        .at = arena_array(arena, capacity, sizeof *columns.at),
    };
    bool joins = kind == STATISTIC_JOINPOINT;
    add_column(&columns, "", kinds[kind].unit, joins ? 0 : statistic->decimals,
               has(kind, INTERVAL));
    for (size_t e = 0; e < COUNT_OF(extras); e++) {
        if (extras[e].kind == kind)
            add_column(&columns, extras[e].suffix, extras[e].unit,
                       extras[e].decimals < 0 ? statistic->decimals
                                              : extras[e].decimals,
                       false);
    }
    if (joins)
        add_segments(&columns, segments);
    *out = columns.at;
    return columns.count;
}

bool statistic_is_column(const char *id)
{
    struct arena *scratch = arena_new();
    bool found = false;
    for (int k = 0; k < STATISTIC_COUNT && !found; k++) {
        const struct plan_statistic statistic = {.kind =
                                                     (enum statistic_kind)k};
        struct statistic_column *columns = NULL;
        if (!text_starts(id, kinds[k].name))
            continue;
        size_t count =
            statistic_columns(scratch, &statistic, SEGMENTS_MOST, &columns);
        for (size_t c = 0; c < count && !found; c++)
            found = text_same(columns[c].id, id);
    }
    arena_free(scratch);
    return found;
}

int plan_standard_years(const struct standard *standard)
{
    int years = 0;
    double weight = 0.0; /* of a year */
    for (size_t b = 0; b < standard->count; b++) {
        const struct standard_band *band = &standard->bands[b];
        int width = band->high - band->low + 1;
        if (!(band->weight > 0.0))
            continue;
        if (band->high < 0 || band->low != years)
            return 0;
        weight = years == 0 ? band->weight / width : weight;
        if (fabs(band->weight - weight * width) > 1e-9 * band->weight)
            return 0;
        years = band->high + 1;
    }
    return years;
}

/* --- checks --------------------------------------------------------------- */

static const struct plan_table *find_table(const struct plan *plan,
                                           const char *id)
{
    for (size_t t = 0; t < plan->table_count; t++) {
        if (text_same(plan->tables[t].id, id))
            return &plan->tables[t];
    }
    return NULL;
}

static bool check_risk(const struct plan *plan,
                       const struct plan_statistic *statistic,
                       const struct plan_column *column, struct err *err)
{
    if (statistic->kind != STATISTIC_CUMULATIVE_RISK)
        return true;
    const struct standard *standard = plan_standard(plan, column->standard);
    if (standard != NULL && plan_standard_years(standard) > 0)
        return true;
    return err_fail(err, ERR_SCRIPT, "plan.statistic",
                    "value: 'cumulative_risk' is made of a rate whose standard "
                    "weighs every year of age up to one the same, not of '%s'",
                    statistic->value);
}

/* Limits make errors; counts have their own. */
static bool check_kind(const struct plan *plan, const struct plan_table *table,
                       const struct plan_statistic *statistic,
                       const struct plan_column *column, struct err *err)
{
    const char *name = statistic_name(statistic->kind);
    if (statistic_needs_counts(statistic->kind) && column->kind != VALUE_COUNT)
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        "value: '%s' is made of 'count'", name);
    if (statistic->kind == STATISTIC_PROPORTION_DIFFERENCE &&
        column->kind != VALUE_PROPORTION)
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        "value: '%s' is made of 'proportion'", name);
    if (!statistic_needs_counts(statistic->kind) &&
        !table->values[column->value].interval)
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        "value: '%s' of table '%s' has no interval, which a "
                        "statistic needs",
                        statistic->value, table->id);
    return check_risk(plan, statistic, column, err);
}

static bool check_column(struct arena *scratch, const struct plan *plan,
                         const struct plan_table *table,
                         const struct plan_statistic *statistic,
                         struct err *err)
{
    struct plan_column *columns = NULL;
    size_t count = plan_columns(scratch, table, &columns);
    for (size_t c = 0; c < count; c++) {
        if (text_same(columns[c].id, statistic->value) &&
            columns[c].part == PART_VALUE)
            return check_kind(plan, table, statistic, &columns[c], err);
    }
    const char **names = arena_array(scratch, count, sizeof *names);
    size_t values = 0;
    for (size_t c = 0; c < count; c++) {
        if (columns[c].part == PART_VALUE)
            names[values++] = columns[c].id;
    }
    err_fail(err, ERR_SCRIPT, "plan.statistic",
             "value: table '%s' has no column '%s'", table->id,
             statistic->value);
    return err_near(err, statistic->value, names, values);
}

static bool check_axis(const struct plan_table *table,
                       const struct plan_statistic *statistic, struct err *err)
{
    const char *name = statistic_name(statistic->kind);
    enum dim only = kinds[statistic->kind].only;
    if (only != DIM_COUNT && statistic->along != only)
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        "along: '%s' goes along '%s'", name, dim_name(only));
    if (statistic_needs_people(statistic->kind) &&
        !statistic_is_apart(statistic) && table->person_years[0] == '\0')
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        "from: '%s' needs the person-years of table '%s'", name,
                        table->id);
    bool given = statistic->reference[0] != '\0';
    if (given != statistic_needs_reference(statistic->kind))
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        given ? "reference: '%s' has none"
                              : "reference: '%s' needs a code of the axis",
                        name);
    return true;
}

static bool has_people(struct arena *scratch, const struct plan_table *table)
{
    struct plan_column *columns = NULL;
    size_t count = plan_columns(scratch, table, &columns);
    bool found = false;
    for (size_t c = 0; c < count; c++)
        found = found || columns[c].kind == VALUE_PERSON_YEARS;
    return found;
}

static bool fail_table(struct arena *scratch, const struct plan *plan,
                       const char *field, const char *id, struct err *err)
{
    const char **names = arena_array(scratch, plan->table_count, sizeof *names);
    for (size_t t = 0; t < plan->table_count; t++)
        names[t] = plan->tables[t].id;
    err_fail(err, ERR_SCRIPT, "plan.statistic",
             "%s: no table '%s' in the release", field, id);
    return err_near(err, id, names, plan->table_count);
}

/* Rates by age and person-years by age, of two other tables. */
static bool check_apart(struct arena *scratch, const struct plan *plan,
                        const struct plan_statistic *statistic, struct err *err)
{
    const char *const fields[] = {"against", "people"};
    const char *const ids[] = {statistic->against, statistic->people};
    if (!statistic_is_expected(statistic->kind))
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        "people: '%s' has none",
                        statistic_name(statistic->kind));
    for (size_t t = 0; t < COUNT_OF(ids); t++) {
        const struct plan_table *table = find_table(plan, ids[t]);
        if (table == NULL)
            return fail_table(scratch, plan, fields[t], ids[t], err);
        if (!has_people(scratch, table))
            return err_fail(err, ERR_SCRIPT, "plan.statistic",
                            "%s: table '%s' has no column 'person_years'",
                            fields[t], ids[t]);
    }
    return check_column(scratch, plan, find_table(plan, statistic->against),
                        statistic, err);
}

/* The cases beside the deaths. */
static bool check_against(struct arena *scratch, const struct plan *plan,
                          const struct plan_statistic *statistic,
                          struct err *err)
{
    bool given = statistic->against[0] != '\0';
    if (given != (statistic->kind == STATISTIC_MORTALITY_INCIDENCE))
        return err_fail(err, ERR_SCRIPT, "plan.statistic",
                        given ? "against: '%s' has none"
                              : "against: '%s' needs the table of cases",
                        statistic_name(statistic->kind));
    const struct plan_table *table = find_table(plan, statistic->against);
    if (given && table == NULL)
        return fail_table(scratch, plan, "against", statistic->against, err);
    return !given || check_column(scratch, plan, table, statistic, err);
}

bool plan_statistic_check(struct arena *scratch, const struct plan *plan,
                          const struct plan_statistic *statistic,
                          struct err *err)
{
    const struct plan_table *table = find_table(plan, statistic->from);
    if (table == NULL)
        return fail_table(scratch, plan, "from", statistic->from, err);
    if (statistic->decimals < 0 || statistic->decimals > 4)
        return err_fail(err, ERR_SCRIPT, "plan.decimals",
                        "decimals: %d, expected 0 to 4", statistic->decimals);
    return check_axis(table, statistic, err) &&
           check_column(scratch, plan, table, statistic, err) &&
           (statistic_is_apart(statistic)
                ? check_apart(scratch, plan, statistic, err)
                : check_against(scratch, plan, statistic, err));
}
