/* SPDX-License-Identifier: EUPL-1.2 */
#include "seal/seal_statistics_impl.h"

#include <math.h>

#include "base/num.h"
#include "calc/kernel_trend.h"
#include "model/locale.h"

static bool needs_limits(enum statistic_kind kind)
{
    return kind == STATISTIC_RANK || kind == STATISTIC_SLOPE_INDEX ||
           kind == STATISTIC_RELATIVE_INDEX ||
           kind == STATISTIC_CONCENTRATION_INDEX;
}

/* --- axis ----------------------------------------------------------------- */

static bool is_disjoint(const struct making *making)
{
    for (size_t i = 0; i + 1 < making->points; i++) {
        const struct node *a = pub_axis_node(making->from, DIM_PERIOD, i);
        const struct node *b = pub_axis_node(making->from, DIM_PERIOD, i + 1);
        if (a->high >= b->low)
            return false;
    }
    return true;
}

static bool find_points(struct making *making, struct err *err)
{
    enum dim along = making->plan->along;
    making->points = pub_axis_count(making->from, along);
    double *x = arena_array(making->seal->closed, making->points, sizeof *x);
    for (size_t i = 0; i < making->points; i++) {
        const struct node *node = pub_axis_node(making->from, along, i);
        x[i] = along == DIM_PERIOD ? 0.5 * (node->low + node->high)
                                   : (double)i + 1.0;
    }
    making->x = x;
    if (statistic_is_trend(making->plan->kind) && !is_disjoint(making))
        return err_fail(err, ERR_SCRIPT, "seal.statistic",
                        "the periods of table '%s' overlap or are not in "
                        "order",
                        pub_id(making->from));
    return true;
}

static bool find_reference(struct making *making, struct err *err)
{
    const char *code = making->plan->reference;
    if (!statistic_needs_reference(making->plan->kind))
        return true;
    enum dim dim = statistic_reference_dim(making->plan);
    int place = pub_axis_find(making->from, dim, NULL, code);
    if (place < 0)
        return err_fail(err, ERR_SCRIPT, "seal.statistic",
                        "reference: table '%s' has no '%s' along '%s'",
                        pub_id(making->from), code, dim_name(dim));
    making->reference = (size_t)place;
    return true;
}

/* The node that stands for the whole axis; -1 is a failure. */
static int whole_axis(const struct making *making, struct err *err)
{
    enum dim along = making->plan->along;
    struct dimension *dimension = &making->seal->codes.dims[along];
    if (along == DIM_PERIOD) {
        int low = pub_axis_node(making->from, along, 0)->low;
        int high = pub_axis_node(making->from, along, making->points - 1)->high;
        return code_band(making->seal->closed, dimension, low, high, err);
    }
    int total = code_total(dimension);
    if (total < 0)
        err_fail(err, ERR_SCRIPT, "seal.statistic", "along: '%s' has no total",
                 dim_name(along));
    return total;
}

static bool find_axes(const struct making *making, struct pub_draft *draft,
                      struct err *err)
{
    enum dim along = making->plan->along;
    int whole = -1;
    if (!statistic_keeps_axis(making->plan->kind) &&
        (whole = whole_axis(making, err)) < 0)
        return false;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        bool one = whole >= 0 && d == along;
        size_t count = one ? 1 : pub_axis_count(making->from, (enum dim)d);
        int *nodes = arena_array(making->seal->closed, count, sizeof *nodes);
        nodes[0] = whole;
        for (size_t i = 0; !one && i < count; i++)
            nodes[i] = (int)(pub_axis_node(making->from, (enum dim)d, i) -
                             making->seal->codes.dims[d].nodes);
        draft->axis[d] = nodes;
        draft->axis_count[d] = count;
    }
    return true;
}

/* --- columns -------------------------------------------------------------- */

static bool find_columns(struct making *making, struct err *err)
{
    int value = pub_find_column(making->from, making->plan->value);
    making->people = pub_find_column(making->from, "person_years");
    const struct pub_column *column =
        value < 0 ? NULL : pub_column(making->from, (size_t)value);
    bool limits = column != NULL && column->lower >= 0 && column->upper >= 0;
    if (column == NULL ||
        (!limits && !statistic_needs_counts(making->plan->kind)))
        return err_fail(err, ERR_SCRIPT, "seal.statistic",
                        "value: table '%s' has no column '%s' with limits",
                        pub_id(making->from), making->plan->value);
    if (making->people < 0 && statistic_needs_people(making->plan->kind) &&
        !statistic_is_apart(making->plan))
        return err_fail(err, ERR_SCRIPT, "seal.statistic",
                        "from: table '%s' has no column 'person_years'",
                        pub_id(making->from));
    making->columns[PUB_VALUE] = (size_t)value;
    if (limits) {
        making->columns[PUB_LOWER] = (size_t)column->lower;
        making->columns[PUB_UPPER] = (size_t)column->upper;
    }
    return true;
}

/* Years of whole years are whole; the middle of a period may not be. */
static bool whole_years(const struct making *making)
{
    bool whole = true;
    for (size_t p = 0; p < making->points; p++)
        whole = whole && making->x[p] == floor(making->x[p]);
    return whole;
}

static struct pub_column *make_columns(struct making *making, size_t *count)
{
    struct arena *closed = making->seal->closed;
    struct statistic_column *from = NULL;
    *count =
        statistic_columns(closed, making->plan,
                          joinpoint_default_joins(making->points) + 1, &from);
    making->extra = from[PUB_VALUE].lower < 0 ? PUB_VALUE + 1 : PUB_UPPER + 1;
    struct pub_column *columns = arena_array(closed, *count, sizeof *columns);
    const struct pub_column *own =
        pub_column(making->from, making->columns[PUB_VALUE]);
    for (size_t c = 0; c < *count; c++) {
        bool whole = text_same(from[c].unit, "year") && whole_years(making);
        columns[c] = (struct pub_column){
            .id = from[c].id,
            .kind = PUB_STATISTIC,
            .part = (enum pub_part)from[c].part,
            .standard = own->standard,
            .unit = from[c].unit[0] == '\0' ? own->unit : from[c].unit,
            .decimals = whole ? 0 : from[c].decimals,
            .lower = from[c].lower,
            .upper = from[c].upper,
        };
    }
    return columns;
}

/* --- rows ----------------------------------------------------------------- */

/* One line of the table along the axis: what is missing first, in the order
 * secret, not sure enough, not there. */
struct line {
    struct series_point *points;
    enum availability *status; /* [points] of what the statistic needs */
    enum availability *limits; /* [points] of the printed limits */
    unsigned *flags;           /* [points] */
    double *coverage;          /* [points] */
};

enum availability statistic_worse(enum availability a, enum availability b)
{
    if (a == CONFIDENTIAL || b == CONFIDENTIAL)
        return CONFIDENTIAL;
    if (a == UNRELIABLE || b == UNRELIABLE)
        return UNRELIABLE;
    return a == AVAILABLE ? b : a;
}

/* Of the last digit that is printed of a limit. */
static double half_unit(const struct making *making)
{
    int decimals =
        pub_column(making->from, making->columns[PUB_LOWER])->decimals;
    return 0.5 * pow(10.0, -decimals);
}

/* Limits that are not printed are 0; what cannot do without them says so. */
static void read_point(const struct making *making, size_t row,
                       const struct line *line, size_t point)
{
    struct series_point *out = &line->points[point];
    *out = (struct series_point){.x = making->x[point],
                                 .rounding = half_unit(making)};
    double lower = 0.0, upper = 0.0;
    line->status[point] =
        pub_read(making->from, row, making->columns[PUB_VALUE], &out->value);
    line->limits[point] = statistic_worse(
        pub_read(making->from, row, making->columns[PUB_LOWER], &lower),
        pub_read(making->from, row, making->columns[PUB_UPPER], &upper));
    if (line->limits[point] == AVAILABLE) {
        out->lower = lower;
        out->upper = upper;
    } else if (needs_limits(making->plan->kind)) {
        line->status[point] =
            statistic_worse(line->status[point], line->limits[point]);
    }
    if (statistic_needs_people(making->plan->kind))
        line->status[point] = statistic_worse(
            line->status[point],
            pub_read(making->from, row, (size_t)making->people, &out->people));
    line->flags[point] =
        pub_flags(making->from, row, making->columns[PUB_VALUE]);
    line->coverage[point] = pub_coverage(making->from, row);
}

/* In % to a decimal. */
void statistic_above(struct series_result *result, double probability)
{
    double percent = num_round(100.0 * probability, 1);
    result->extra[0] =
        fmin(fmax(percent, ABOVE_LEAST_PERCENT), ABOVE_MOST_PERCENT);
    result->extra_count = 1;
}

/* One column of a result; `limits` as for statistic_put. */
static enum availability part_of(const struct making *making, size_t column,
                                 enum availability limits,
                                 const struct series_result *result,
                                 double *value)
{
    if (column >= making->extra) {
        size_t extra = column - making->extra;
        *value = extra < result->extra_count ? result->extra[extra] : 0.0;
        return extra < result->extra_count ? AVAILABLE : NOT_APPLICABLE;
    }
    *value = column == PUB_VALUE   ? result->value
             : column == PUB_LOWER ? result->lower
                                   : result->upper;
    return column == PUB_VALUE || result->has_limits ? AVAILABLE : limits;
}

void statistic_put(const struct making *making, size_t row,
                   enum availability status, enum availability limits,
                   unsigned flags, const struct series_result *result)
{
    if (status == AVAILABLE && !result->has_value)
        status = NOT_AVAILABLE;
    if (limits == AVAILABLE)
        limits = NOT_APPLICABLE;
    for (size_t c = 0; c < pub_columns(making->out); c++) {
        double value = 0.0;
        enum availability own = status;
        if (status == AVAILABLE)
            own = part_of(making, c, limits, result, &value);
        int decimals = pub_column(making->out, c)->decimals;
        pub_put(making->out, row, c, own,
                own == AVAILABLE ? num_round(value, decimals) : 0.0,
                own == AVAILABLE ? flags : 0);
    }
}

static void put_rows(const struct making *making, size_t place[DIM_COUNT],
                     const struct line *line,
                     const struct series_result *results)
{
    enum dim along = making->plan->along;
    enum availability all = AVAILABLE, limits = AVAILABLE;
    unsigned flags = 0;
    double coverage = 1.0;
    for (size_t p = 0; p < making->points; p++) {
        all = statistic_worse(all, line->status[p]);
        limits = statistic_worse(limits, line->limits[p]);
        flags |= line->flags[p];
        coverage = fmin(coverage, line->coverage[p]);
    }
    if (!statistic_keeps_axis(making->plan->kind)) {
        place[along] = 0;
        size_t row = pub_row(making->out, place);
        statistic_put(making, row, all, limits, flags, &results[0]);
        pub_put_coverage(making->out, row, coverage);
        return;
    }
    for (size_t p = 0; p < making->points; p++) {
        enum availability status = line->status[p];
        limits = line->limits[p];
        if (statistic_needs_reference(making->plan->kind)) {
            status = statistic_worse(status, line->status[making->reference]);
            limits = statistic_worse(limits, line->limits[making->reference]);
        }
        place[along] = p;
        size_t row = pub_row(making->out, place);
        statistic_put(making, row, status, limits, line->flags[p], &results[p]);
        pub_put_coverage(making->out, row, line->coverage[p]);
    }
}

/* Ranks are those among the values shown; each that exists and is not shown
 * may come before or after. */
static void rank_shown(const struct making *making, struct arena *scratch,
                       const struct line *line, struct series_result *results,
                       struct err *err)
{
    struct series_point *shown =
        arena_array(scratch, making->points, sizeof *shown);
    struct series_result *ranks =
        arena_array(scratch, making->points, sizeof *ranks);
    size_t count = 0, hidden = 0;
    for (size_t p = 0; p < making->points; p++) {
        enum availability status = line->status[p];
        if (status == AVAILABLE)
            shown[count++] = line->points[p];
        hidden += status == CONFIDENTIAL || status == UNRELIABLE ||
                  status == NOT_AVAILABLE;
    }
    const struct series series = {
        .points = shown, .count = count, .confidence = STATISTIC_CONFIDENCE};
    bool ok = series_compute(scratch, STATISTIC_RANK, &series, ranks, err);
    assert(ok); /* only tests of joins, by their workers, can fail */
    count = 0;
    for (size_t p = 0; p < making->points; p++) {
        if (line->status[p] != AVAILABLE)
            continue;
        results[p] = ranks[count++];
        results[p].upper += (double)hidden;
    }
}

/* Of age, that the standard of the column weighs: cumulative risks. */
static double years_of(const struct making *making)
{
    const struct pub_column *column =
        pub_column(making->from, making->columns[PUB_VALUE]);
    const struct standard *standard =
        plan_standard(making->seal->job->plan, column->standard);
    return standard == NULL ? 0.0 : plan_standard_years(standard);
}

static bool is_whole(const struct making *making, const struct line *line)
{
    bool whole = true;
    for (size_t p = 0; p < making->points; p++)
        whole = whole && line->status[p] == AVAILABLE;
    return whole;
}

/* A statistic of the whole line needs all of it, one of a point that point
 * and the reference. */
static bool make_line(const struct making *making, size_t place[DIM_COUNT],
                      const struct line *line, struct series_result *results,
                      struct err *err)
{
    const struct plan_statistic *plan = making->plan;
    for (size_t p = 0; p < making->points; p++) {
        place[plan->along] = p;
        read_point(making, pub_row(making->from, place), line, p);
    }
    const struct series series = {
        .points = line->points,
        .count = making->points,
        .reference = making->reference,
        .confidence = STATISTIC_CONFIDENCE,
        .years = years_of(making),
        .choice = plan->choice,
        .jobs = making->seal->job->jobs,
    };
    struct arena *scratch = arena_new();
    bool ok = true;
    if (plan->kind == STATISTIC_RANK)
        rank_shown(making, scratch, line, results, err);
    else if (statistic_keeps_axis(plan->kind) || is_whole(making, line))
        ok = series_compute(scratch, plan->kind, &series, results, err);
    if (ok)
        put_rows(making, place, line, results);
    arena_free(scratch);
    return ok;
}

static bool make_rows(const struct making *making, struct err *err)
{
    struct arena *closed = making->seal->closed;
    struct line line = {
        .points = arena_array(closed, making->points, sizeof *line.points),
        .status = arena_array(closed, making->points, sizeof *line.status),
        .limits = arena_array(closed, making->points, sizeof *line.limits),
        .flags = arena_array(closed, making->points, sizeof *line.flags),
        .coverage = arena_array(closed, making->points, sizeof *line.coverage),
    };
    struct series_result *results =
        arena_array(closed, making->points, sizeof *results);
    for (size_t r = 0; r < pub_rows(making->from); r++) {
        size_t place[DIM_COUNT];
        pub_places(making->from, r, place);
        if (place[making->plan->along] == 0 &&
            !make_line(making, place, &line, results, err))
            return false;
    }
    return true;
}

static const struct pub_table *find_table(const struct seal *seal,
                                          const struct pub_table *const *tables,
                                          const char *id)
{
    const struct pub_table *found = NULL;
    for (size_t t = 0; t < seal->job->plan->table_count; t++) {
        if (text_same(pub_id(tables[t]), id))
            found = tables[t];
    }
    return found;
}

static bool fill(struct making *making, struct err *err)
{
    if (statistic_is_expected(making->plan->kind))
        return statistic_ratios(making, err);
    if (making->plan->kind == STATISTIC_DECOMPOSITION)
        return statistic_decompose(making, err);
    if (making->plan->kind == STATISTIC_MORTALITY_INCIDENCE)
        return statistic_mortality(making, err);
    return make_rows(making, err);
}

/* The author's note, and how the joins were chosen where there are some. */
static const char *note_of(struct arena *closed,
                           const struct plan_statistic *plan, enum lang lang)
{
    const char *own = plan->note[lang];
    if (!statistic_has_joins(plan->kind))
        return own;
    char *key = arena_format(closed, "statistic.choice.%s",
                             joinpoint_choices[plan->choice]);
    return arena_format(closed, "%s%s%s", own, own[0] == '\0' ? "" : " ",
                        locale_text(lang, key));
}

/* Of two tables whose counts it is made of, either may be changed. */
static void tell_changed(const struct making *making, struct pub_draft *draft)
{
    const struct pub_table *from = making->from;
    bool exact = pub_rounding(from).base == 0 && pub_noise(from).variance == 0;
    if (exact && making->against != NULL)
        from = making->against;
    draft->rounding = pub_rounding(from);
    draft->noise = pub_noise(from);
}

bool seal_statistic(struct seal *seal, const struct pub_table *const *tables,
                    const struct plan_statistic *plan, struct pub_table **out,
                    struct err *err)
{
    struct making making = {
        .seal = seal,
        .plan = plan,
        .from = find_table(seal, tables, plan->from),
        .against = find_table(seal, tables, plan->against),
    };
    assert(making.from != NULL); /* plan_check saw to it */
    struct pub_draft draft = {
        .id = plan->id,
        .report = plan->report,
        .measure = pub_measure(making.from)->code,
        .open_data = plan->open_data,
    };
    tell_changed(&making, &draft);
    if (!find_columns(&making, err) || !find_points(&making, err) ||
        !find_reference(&making, err) || !find_axes(&making, &draft, err))
        return err_wrap(err, "statistic '%s'", plan->id);
    if (statistic_is_apart(plan) &&
        !statistic_find_apart(&making, find_table(seal, tables, plan->people),
                              err))
        return err_wrap(err, "statistic '%s'", plan->id);
    draft.columns = make_columns(&making, &draft.column_count);
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        draft.title[lang] = plan->title[lang];
        draft.note[lang] = note_of(seal->closed, plan, (enum lang)lang);
        draft.coarsened[lang] = pub_coarsened(making.from, (enum lang)lang);
    }
    making.out = pub_build(seal->closed, &seal->codes, &draft);
    if (!fill(&making, err))
        return err_wrap(err, "statistic '%s'", plan->id);
    *out = making.out;
    return true;
}

bool seal_statistics(struct seal *seal, const struct pub_table **tables,
                     struct err *err)
{
    const struct plan *plan = seal->job->plan;
    for (size_t s = 0; s < plan->statistic_count; s++) {
        struct pub_table *made = NULL;
        if (!seal_statistic(seal, tables, &plan->statistics[s], &made, err))
            return false;
        tables[plan->table_count + s] = made;
    }
    return true;
}
