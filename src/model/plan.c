/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/plan.h"

#include <math.h>
#include <string.h>

#include "model/plan_impl.h"

enum {
    DECIMALS_LIMIT = 4,
};

const char *const value_kinds[VALUE_KINDS] = {
    [VALUE_COUNT] = "count",
    [VALUE_PERSON_YEARS] = "person_years",
    [VALUE_CRUDE_RATE] = "crude_rate",
    [VALUE_STANDARDISED_RATE] = "standardised_rate",
    [VALUE_SHARE] = "share",
    [VALUE_PROPORTION] = "proportion",
    [VALUE_ESTIMATE] = "estimate",
    [VALUE_GRADE] = "grade",
    [VALUE_STANDARDISED_SURVIVAL] = "standardised_survival",
    [VALUE_CONDITIONAL_SURVIVAL] = "conditional_survival",
};

/* Of their columns. */
static const char *const value_names[] = {
    [VALUE_COUNT] = "count",
    [VALUE_PERSON_YEARS] = "person_years",
    [VALUE_CRUDE_RATE] = "crude_rate",
    [VALUE_STANDARDISED_RATE] = "asr",
    [VALUE_SHARE] = "share",
    [VALUE_PROPORTION] = "proportion",
    [VALUE_ESTIMATE] = "estimate",
    [VALUE_GRADE] = "grade",
    [VALUE_STANDARDISED_SURVIVAL] = "survival",
    [VALUE_CONDITIONAL_SURVIVAL] = "survival_given",
};

static const char *const part_suffix[] = {
    [PART_VALUE] = "",
    [PART_LOWER] = "_lower",
    [PART_UPPER] = "_upper",
};

/* --- columns -------------------------------------------------------------- */

static bool is_standardised(enum value_kind kind)
{
    return kind == VALUE_STANDARDISED_RATE ||
           kind == VALUE_STANDARDISED_SURVIVAL;
}

static const char *column_id(struct arena *arena,
                             const struct plan_value *value,
                             enum column_part part)
{
    const char *name = value_names[value->kind];
    if (is_standardised(value->kind))
        return arena_format(arena, "%s_%s%s", name, value->standard,
                            part_suffix[part]);
    if (value->kind == VALUE_CONDITIONAL_SURVIVAL)
        return arena_format(arena, "%s_%s%s", name, value->given,
                            part_suffix[part]);
    return arena_format(arena, "%s%s", name, part_suffix[part]);
}

size_t plan_columns(struct arena *arena, const struct plan_table *table,
                    struct plan_column **out)
{
    struct plan_column *columns =
        arena_array(arena, table->value_count * 3, sizeof *columns);
    size_t count = 0;
    for (size_t v = 0; v < table->value_count; v++) {
        const struct plan_value *value = &table->values[v];
        unsigned last = value->interval ? PART_UPPER : PART_VALUE;
        for (unsigned part = PART_VALUE; part <= last; part++) {
            columns[count++] = (struct plan_column){
                .id = column_id(arena, value, (enum column_part)part),
                .kind = value->kind,
                .part = (enum column_part)part,
                .standard = is_standardised(value->kind) ? value->standard : "",
                .value = v,
                .decimals = value->decimals,
            };
        }
    }
    *out = columns;
    return count;
}

const struct standard *plan_standard(const struct plan *plan, const char *code)
{
    for (size_t s = 0; s < plan->standard_count; s++) {
        if (text_same(plan->standards[s].code, code))
            return &plan->standards[s];
    }
    return NULL;
}

bool plan_no_standard(const struct plan *plan, const char *code, const char *id,
                      struct err *err)
{
    struct arena *scratch = arena_new();
    const char **names =
        arena_array(scratch, plan->standard_count, sizeof *names);
    for (size_t s = 0; s < plan->standard_count; s++)
        names[s] = plan->standards[s].code;
    err_fail(err, ERR_SCRIPT, id, "no standard population '%s'", code);
    err_near(err, code, names, plan->standard_count);
    arena_free(scratch);
    return false;
}

/* --- checks --------------------------------------------------------------- */

static bool has_interval(enum value_kind kind)
{
    return kind == VALUE_CRUDE_RATE || kind == VALUE_STANDARDISED_RATE ||
           kind == VALUE_PROPORTION || kind == VALUE_ESTIMATE ||
           kind == VALUE_STANDARDISED_SURVIVAL ||
           kind == VALUE_CONDITIONAL_SURVIVAL;
}

static bool needs_person_years(enum value_kind kind)
{
    return kind == VALUE_PERSON_YEARS || kind == VALUE_CRUDE_RATE ||
           kind == VALUE_STANDARDISED_RATE;
}

/* Reports, places, tables and figures make the name of a file together. */
enum { ID_MOST = 100 };

bool plan_is_id(const char *id)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t size = strspn(id, letters);
    return size > 0 && size <= ID_MOST && id[size] == '\0';
}

static bool check_value(const struct plan *plan, const struct plan_table *table,
                        const struct plan_value *value, struct err *err)
{
    const char *name = value_kinds[value->kind];
    if (value->decimals < 0 || value->decimals > DECIMALS_LIMIT)
        return err_fail(err, ERR_SCRIPT, "plan.decimals",
                        "values: '%s' has %d decimals, expected 0 to 4", name,
                        value->decimals);
    if ((value->kind == VALUE_COUNT || value->kind == VALUE_GRADE) &&
        value->decimals != 0)
        return err_fail(err, ERR_SCRIPT, "plan.decimals",
                        "values: '%s' has decimals, expected 0", name);
    if (value->interval && !has_interval(value->kind))
        return err_fail(err, ERR_SCRIPT, "plan.interval",
                        "values: '%s' has no interval", name);
    if (needs_person_years(value->kind) && table->person_years[0] == '\0')
        return err_fail(err, ERR_SCRIPT, "plan.person_years",
                        "person_years: '%s' needs a measure of person-years",
                        name);
    if (value->kind == VALUE_CONDITIONAL_SURVIVAL &&
        (value->given == NULL || !plan_is_id(value->given)))
        return err_fail(err, ERR_SCRIPT, "plan.given",
                        "values: '%s' needs the stratum that is given, such "
                        "as '1'",
                        name);
    if (is_standardised(value->kind) && !plan_standard(plan, value->standard))
        return plan_no_standard(plan, value->standard, "plan.standard", err) ||
               err_wrap(err, "values");
    return true;
}

static bool check_columns(struct arena *scratch, const struct plan_table *table,
                          struct err *err)
{
    struct plan_column *columns;
    size_t count = plan_columns(scratch, table, &columns);
    for (size_t c = 0; c < count; c++) {
        for (size_t other = 0; other < c; other++) {
            if (text_same(columns[c].id, columns[other].id))
                return err_fail(err, ERR_SCRIPT, "plan.column",
                                "values: column '%s' twice", columns[c].id);
        }
    }
    return true;
}

static bool check_title(const char *const title[LANG_COUNT], struct err *err)
{
    bool any = false;
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        if (text_has_control(title[lang], ""))
            return err_fail(err, ERR_SCRIPT, "plan.title",
                            "title: expected one line without control "
                            "characters");
        any = any || title[lang][0] != '\0';
    }
    return any || err_fail(err, ERR_SCRIPT, "plan.title",
                           "title: empty in every language");
}

static const struct plan_report *find_report(const struct plan *plan,
                                             const char *id)
{
    for (size_t r = 0; r < plan->report_count; r++) {
        if (text_same(plan->reports[r].id, id))
            return &plan->reports[r];
    }
    return NULL;
}

/* "report.name": the id begins with its report, and nothing else has it. */
static bool check_own_id(const struct plan *plan, const char *report,
                         const char *id, struct err *err)
{
    size_t prefix = strlen(report), uses = 0;
    if (!find_report(plan, report))
        return err_fail(err, ERR_SCRIPT, "plan.report",
                        "report: no report '%s'", report);
    if (!text_starts(id, report) || id[prefix] != '.' ||
        !plan_is_id(id + prefix + 1))
        return err_fail(err, ERR_SCRIPT, "plan.id",
                        "id: expected '%s.NAME', NAME of a-z, 0-9, _ and -",
                        report);
    for (size_t t = 0; t < plan->table_count; t++)
        uses += text_same(plan->tables[t].id, id);
    for (size_t s = 0; s < plan->statistic_count; s++)
        uses += text_same(plan->statistics[s].id, id);
    if (uses > 1)
        return err_fail(err, ERR_SCRIPT, "plan.id",
                        "id: used by another table");
    return true;
}

bool plan_is_changed(const struct plan_table *table)
{
    return table->base > 0 || table->variance > 0;
}

static bool check_range(const struct plan_table *table, struct err *err)
{
    if (table->base != 0 &&
        (table->base < PLAN_BASE_LEAST || table->base > PLAN_BASE_MOST))
        return err_fail(err, ERR_SCRIPT, "plan.base", "base: expected %d to %d",
                        PLAN_BASE_LEAST, PLAN_BASE_MOST);
    if (table->variance < 0 || table->variance > PLAN_VARIANCE_MOST)
        return err_fail(err, ERR_SCRIPT, "plan.variance",
                        "variance: expected 1 to %d", PLAN_VARIANCE_MOST);
    return true;
}

/* Any other value of exact counts would give back what rounding or noise hides.
 */
static bool check_changed(const struct plan_table *table, struct err *err)
{
    const char *how = table->base > 0 ? "rounded" : "perturbed";
    if (!plan_is_changed(table))
        return true;
    if (table->ladder.step_count > 0)
        return err_fail(err, ERR_SCRIPT, "plan.rounding",
                        "ladder: a %s table has nothing withheld", how);
    for (size_t v = 0; v < table->value_count; v++) {
        enum value_kind kind = table->values[v].kind;
        if (kind != VALUE_COUNT && kind != VALUE_PERSON_YEARS)
            return err_fail(err, ERR_SCRIPT, "plan.rounding",
                            "values: '%s' of exact counts would tell more "
                            "than the %s ones: expected 'count' or "
                            "'person_years'",
                            value_kinds[kind], how);
    }
    return true;
}

static bool check_table_parts(struct arena *scratch, const struct plan *plan,
                              const struct plan_table *table, struct err *err)
{
    if (table->measure[0] == '\0')
        return err_fail(err, ERR_SCRIPT, "plan.measure", "measure: empty");
    if (table->value_count == 0)
        return err_fail(err, ERR_SCRIPT, "plan.values", "values: none");
    if (table->select[DIM_PERIOD].count == 0)
        return err_fail(err, ERR_SCRIPT, "plan.period",
                        "period: nothing selected");
    for (size_t v = 0; v < table->value_count; v++) {
        if (!check_value(plan, table, &table->values[v], err))
            return false;
    }
    for (unsigned dim = 0; dim < DIM_COUNT; dim++) {
        if (!plan_words_check(scratch, (enum dim)dim, &table->select[dim], err))
            return false;
    }
    return check_columns(scratch, table, err) && check_range(table, err) &&
           check_changed(table, err) &&
           plan_ladder_check(scratch, &table->ladder, err);
}

static bool check_table(struct arena *scratch, const struct plan *plan,
                        size_t table, struct err *err)
{
    const struct plan_table *at = &plan->tables[table];
    if (check_own_id(plan, at->report, at->id, err) &&
        check_title(at->title, err) &&
        check_table_parts(scratch, plan, at, err))
        return true;
    err_wrap(err, "table '%s'", at->id);
    return err_wrap(err, "report '%s'", at->report);
}

static bool check_statistic(struct arena *scratch, const struct plan *plan,
                            size_t statistic, struct err *err)
{
    const struct plan_statistic *at = &plan->statistics[statistic];
    if (check_own_id(plan, at->report, at->id, err) &&
        check_title(at->title, err) &&
        plan_statistic_check(scratch, plan, at, err))
        return true;
    err_wrap(err, "statistic '%s'", at->id);
    return err_wrap(err, "report '%s'", at->report);
}

static bool check_formats(const struct plan_report *report, struct err *err)
{
    if (report->format_count == 0)
        return err_fail(err, ERR_SCRIPT, "plan.formats", "formats: none");
    for (size_t f = 0; f < report->format_count; f++) {
        if (report->formats[f][0] == '\0')
            return err_fail(err, ERR_SCRIPT, "plan.formats",
                            "formats: an empty name");
    }
    return true;
}

static bool check_report(struct arena *scratch, const struct plan *plan,
                         size_t report, struct err *err)
{
    const struct plan_report *at = &plan->reports[report];
    bool ok = true;
    if (!plan_is_id(at->id))
        ok = err_fail(err, ERR_SCRIPT, "plan.id",
                      "id: expected letters a-z, digits, _ and -, %d at most",
                      ID_MOST);
    else if (find_report(plan, at->id) != at)
        ok = err_fail(err, ERR_SCRIPT, "plan.id", "id: used by another report");
    ok = ok && check_title(at->title, err) && check_formats(at, err) &&
         plan_words_check(scratch, DIM_TERRITORY, &at->each, err);
    return ok || err_wrap(err, "report '%s'", at->id);
}

/* Bands lie end to end and their weights give the declared total. */
static bool check_standard(const struct standard *standard, struct err *err)
{
    double sum = 0;
    int next = 0;
    for (size_t b = 0; b < standard->count; b++) {
        const struct standard_band *band = &standard->bands[b];
        bool open = band->high < 0;
        if (band->low != next || (open && b + 1 < standard->count) ||
            (!open && band->high < band->low) || !(band->weight >= 0))
            return err_fail(err, ERR_SCRIPT, "plan.standard",
                            "standard '%s': band %d of ages is out of order",
                            standard->code, (int)b + 1);
        next = band->high + 1;
        sum += band->weight;
    }
    if (standard->count == 0 || standard->bands[standard->count - 1].high >= 0)
        return err_fail(err, ERR_SCRIPT, "plan.standard",
                        "standard '%s': the last band is not open ended",
                        standard->code);
    if (!(standard->total > 0) || fabs(sum - standard->total) > 1e-6)
        return err_fail(err, ERR_SCRIPT, "plan.standard",
                        "standard '%s': weights do not sum to the total",
                        standard->code);
    return true;
}

static bool check_parts(struct arena *scratch, const struct plan *plan,
                        struct err *err)
{
    for (size_t s = 0; s < plan->standard_count; s++) {
        if (!check_standard(&plan->standards[s], err))
            return false;
    }
    for (size_t r = 0; r < plan->report_count; r++) {
        if (!check_report(scratch, plan, r, err))
            return false;
    }
    for (size_t t = 0; t < plan->table_count; t++) {
        if (!check_table(scratch, plan, t, err))
            return false;
    }
    for (size_t s = 0; s < plan->statistic_count; s++) {
        if (!check_statistic(scratch, plan, s, err))
            return false;
    }
    return true;
}

bool plan_check(const struct plan *plan, struct err *err)
{
    struct arena *scratch = arena_new();
    bool ok = check_parts(scratch, plan, err);
    arena_free(scratch);
    return ok;
}
