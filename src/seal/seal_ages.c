/* SPDX-License-Identifier: EUPL-1.2 */
#include "seal/seal_ages_impl.h"

#include <math.h>
#include <string.h>

#include "base/progress.h"
#include "base/text.h"
#include "calc/sex.h"

enum {
    WAYS = 4, /* to change a row: see find_partners */
};

/* An age count that has to be wide: of a class, or of several together. */
struct target {
    uint64_t ages; /* bit per class */
    int64_t width;
    bool proved; /* digits are only ever lost, so it stays so */
};

/* One row, and what is known of its age counts: a problem per sex, or one of
 * all sexes. */
struct hunt {
    struct seal_ages *ages;
    struct arena *scratch;
    const struct age_stock *stock;
    size_t table, row;    /* none of a cell without one: AGES_NO_ROW */
    int place[DIM_COUNT]; /* nodes of the row */
    int node[DIM_COUNT];  /* the same, and the sex whose ages are proved */
    double cases;         /* of the row */
    bool tied; /* what is suppressed of its ages ties the sexes together */
    struct age_sharing *sharings; /* without the rows around */
    size_t count;
    struct target *targets;
    size_t target_count;
    struct node rest; /* see seal_ages_rest */
};

/* --- the decision --------------------------------------------------------- */

/* Some ages of the row, in a problem. */
static uint64_t aim_at(const struct hunt *hunt,
                       const struct age_sharing *sharing, uint64_t ages)
{
    const struct dimension *dims = hunt->ages->codes.dims;
    const struct node *sex = &dims[DIM_SEX].nodes[hunt->node[DIM_SEX]];
    size_t classes = dims[DIM_AGE].leaf_count;
    uint64_t aim = 0;
    for (size_t x = 0; hunt->tied && x < sex->leaf_count; x++)
        aim |= ages << (sex->leaves[x] * classes);
    for (size_t p = 0; !hunt->tied && p < sharing->parts; p++)
        aim |= ages << (p * classes);
    return aim;
}

static bool is_hopeless(const struct hunt *hunt, const struct target *target)
{
    for (size_t p = 0; p < hunt->count; p++) {
        const struct age_sharing *sharing = &hunt->sharings[p];
        if (!sharing->full &&
            !age_is_hopeless(&sharing->problem,
                             aim_at(hunt, sharing, target->ages),
                             target->width))
            return false;
    }
    return true;
}

/* Takes the limits from some digits. False when there were none. */
static bool blur(unsigned char *digits)
{
    if (digits == NULL || *digits != AGES_INTERVAL)
        return false;
    *digits = AGES_VALUE;
    return true;
}

/* Takes a decimal from a rate without limits, where it has one; else the rate.
 * False when nothing was left. */
static bool coarsen(unsigned char *digits, const struct age_rate *rate)
{
    if (digits == NULL || *digits == AGES_NOTHING)
        return false;
    *digits = *digits == AGES_VALUE && rate->decimals > 0 ? AGES_COARSE
                                                          : AGES_NOTHING;
    return true;
}

/* The rates of the row, and how many it can have. */
static size_t own_rates(const struct hunt *hunt, unsigned char **digits,
                        struct age_rate *const **rates)
{
    const struct age_table *table = &hunt->ages->tables[hunt->table];
    if (hunt->row == AGES_NO_ROW || table->rates == NULL)
        return 0;
    size_t values = hunt->ages->seal->tables[hunt->table]->plan->value_count;
    *digits = table->digits + hunt->row * values;
    *rates = table->rates + hunt->row * values;
    return values;
}

/* Takes what tells most: the limits of the row, those of the rows that share
 * its age counts; then, a decimal before the rate, the last standard of the
 * row, its other standards, and those of the others. False when nothing is
 * left. */
static bool lower(struct hunt *hunt)
{
    unsigned char *own = NULL;
    struct age_rate *const *rates = NULL;
    size_t values = own_rates(hunt, &own, &rates);
    bool found = false;
    for (size_t v = 0; v < values; v++)
        found = blur(&own[v]) || found;
    for (size_t p = 0; p < hunt->count && !found; p++) {
        for (size_t u = 0; u < hunt->sharings[p].problem.use_count; u++)
            found = blur(hunt->sharings[p].digits[u]) || found;
    }
    for (size_t v = values; v-- > 0 && !found;)
        found = coarsen(&own[v], rates[v]);
    for (size_t p = 0; p < hunt->count && !found; p++) {
        const struct age_problem *problem = &hunt->sharings[p].problem;
        for (size_t u = 0; u < problem->use_count; u++)
            found =
                coarsen(hunt->sharings[p].digits[u], problem->uses[u].rate) ||
                found;
    }
    return found;
}

/* The partners of one way to change a row: another period, another site, or
 * both. False when the row has none. */
static bool find_partners(const struct hunt *hunt, unsigned way,
                          struct age_aim *aim)
{
    static const enum dim dims[] = {DIM_PERIOD, DIM_SITE};
    for (size_t d = 0; d < DIM_COUNT; d++)
        aim->partner[d] = -1;
    for (size_t i = 0; i < COUNT_OF(dims); i++) {
        if (!(way >> i & 1))
            continue;
        if (hunt->row == AGES_NO_ROW)
            return false;
        aim->partner[dims[i]] =
            seal_ages_partner(hunt->ages, hunt->table, hunt->row, dims[i]);
        if (aim->partner[dims[i]] < 0)
            return false;
    }
    return true;
}

/* The problems of one way: one of all sexes where they are tied, else one of
 * each sex of the row. None when there are no partners. Too many rows prove
 * nothing; where the sexes are tied they lose their digits. */
static size_t share(const struct hunt *hunt, unsigned way, bool around,
                    struct age_sharing **out)
{
    const struct dimension *sexes = &hunt->ages->codes.dims[DIM_SEX];
    const struct node *sex = &sexes->nodes[hunt->node[DIM_SEX]];
    *out = arena_array(hunt->scratch, sex->leaf_count, sizeof **out);
    struct age_aim aim = {.stock = hunt->stock, .around = around};
    memcpy(aim.node, hunt->place, sizeof aim.node);
    if (!find_partners(hunt, way, &aim))
        return 0;
    size_t problems = hunt->tied ? 1 : sex->leaf_count, count = 0;
    for (size_t x = 0; x < problems; x++) {
        struct age_sharing *sharing = &(*out)[count];
        aim.sex = hunt->tied ? 0 : sex->leaves[x];
        aim.sex_count = hunt->tied ? sexes->leaf_count : 1;
        seal_ages_share(hunt->ages, &aim, hunt->scratch, sharing);
        count += hunt->tied || !sharing->full;
    }
    return count;
}

/* The problems of every way, made when they are first asked for. */
struct ways {
    struct age_sharing *sharings[WAYS];
    size_t counts[WAYS];
    bool made[WAYS];
};

static bool is_wide(const struct hunt *hunt, const struct age_sharing *sharings,
                    size_t count, const struct target *target)
{
    for (size_t p = 0; p < count; p++) {
        const struct age_sharing *sharing = &sharings[p];
        if (!sharing->full &&
            age_is_wide(&sharing->problem, aim_at(hunt, sharing, target->ages),
                        target->width))
            return true;
    }
    return false;
}

/* With the rows around: by a change in one sex alone, or by one that partners
 * take back. */
static bool is_wide_around(const struct hunt *hunt, struct ways *ways,
                           const struct target *target)
{
    for (unsigned way = 0; way < WAYS; way++) {
        if (!ways->made[way])
            ways->counts[way] = share(hunt, way, true, &ways->sharings[way]);
        ways->made[way] = true;
        if (is_wide(hunt, ways->sharings[way], ways->counts[way], target))
            return true;
    }
    return false;
}

/* By a change that the rest takes back, which no other row sees. Without rest
 * there is none. */
static bool is_wide_by_rest(const struct hunt *hunt,
                            const struct target *target)
{
    for (size_t p = 0; p < hunt->count && hunt->rest.leaf_count > 0; p++) {
        const struct age_sharing *sharing = &hunt->sharings[p];
        if (sharing->full)
            continue;
        const struct age_problem problem =
            seal_ages_swap(hunt->ages, hunt->stock, hunt->place, &hunt->rest,
                           sharing, hunt->scratch);
        if (age_is_wide(&problem, aim_at(hunt, sharing, target->ages),
                        target->width))
            return true;
    }
    return false;
}

/* Rows of many events, of which one moves the rate by far less than a digit:
 * from how many on a waiver answers for them. */
static double excused_from(const struct hunt *hunt)
{
    const struct waiver *waiver = policy_waiver(
        &hunt->ages->seal->job->project->policy, SEAL_SUMS_WAIVER);
    return waiver == NULL ? (double)INFINITY : (double)waiver->least;
}

static bool is_excused(const struct hunt *hunt)
{
    return hunt->cases >= excused_from(hunt);
}

/* The row around with the fewest cases that prints something and is not
 * excused; the count of uses when there is none. */
static size_t smallest_around(const struct hunt *hunt,
                              const struct age_sharing *sharing)
{
    size_t found = sharing->problem.use_count;
    double least = excused_from(hunt);
    for (size_t u = 0; u < sharing->problem.use_count; u++) {
        const struct age_use *use = &sharing->problem.uses[u];
        double cases = 0.0;
        for (size_t a = 0; a < use->rate->classes; a++)
            cases += (double)use->rate->counts[a];
        if (use->around && *sharing->digits[u] != AGES_NOTHING &&
            cases < least) {
            least = cases;
            found = u;
        }
    }
    return found;
}

/* A row without digits is still the difference of those around it: they lose
 * theirs, the smallest first. False when nothing is left, or they are not what
 * gives the row away. */
static bool lower_around(struct hunt *hunt)
{
    struct age_sharing *sharings = NULL;
    if (is_excused(hunt))
        return false;
    size_t count = share(hunt, 0, true, &sharings);
    for (size_t p = 0; p < count; p++) {
        size_t u = smallest_around(hunt, &sharings[p]);
        if (u == sharings[p].problem.use_count)
            continue;
        return blur(sharings[p].digits[u]) ||
               coarsen(sharings[p].digits[u], sharings[p].problem.uses[u].rate);
    }
    return false;
}

/* Every small age count of the row is proved to be wide enough. Where it is not
 * without the rows around, it is not with them: that is asked first. */
static bool row_proved(struct hunt *hunt)
{
    struct ways ways = {0};
    bool around = !is_excused(hunt);
    hunt->count = share(hunt, 0, false, &hunt->sharings);
    for (size_t i = 0; i < hunt->target_count; i++) {
        const struct target *target = &hunt->targets[i];
        if (!target->proved && is_hopeless(hunt, target))
            return false;
    }
    for (size_t i = 0; i < hunt->target_count; i++) {
        struct target *target = &hunt->targets[i];
        if (target->proved)
            continue;
        if (around && is_wide_by_rest(hunt, target)) {
            target->proved = true;
            continue;
        }
        if (!is_wide(hunt, hunt->sharings, hunt->count, target) ||
            (around && !is_wide_around(hunt, &ways, target)))
            return false;
        target->proved = true;
    }
    return true;
}

/* Whether some ages of the row together are a cell that is suppressed. */
static bool is_hidden(const struct hunt *hunt, uint64_t ages)
{
    const struct age_problem *problem = &hunt->sharings->problem;
    if (hunt->sharings->full)
        return true; /* a doubt */
    uint64_t aim = aim_at(hunt, hunt->sharings, ages);
    for (size_t s = 0; s < problem->sum_count; s++) {
        const struct age_sum *sum = &problem->sums[s];
        if (sum->ages == aim && sum->low < sum->high)
            return true;
    }
    return false;
}

/* What the rules would suppress, were it a cell, must be as wide as a cell:
 * stricter lists and small populations included. */
static bool add_target(struct hunt *hunt, int age, const int64_t *counts,
                       const int64_t *people, struct err *err)
{
    const struct node *node = &hunt->ages->codes.dims[DIM_AGE].nodes[age];
    struct sdc_cell_key key = {.measure = hunt->stock->measure};
    struct target target = {0};
    int64_t cases = 0, years = 0, threshold = 0;
    bool small = false;
    for (size_t l = 0; l < node->leaf_count; l++) {
        target.ages |= UINT64_C(1) << node->leaves[l];
        cases += counts[node->leaves[l]];
        years += people[node->leaves[l]];
    }
    memcpy(key.node, hunt->node, sizeof key.node);
    key.node[DIM_AGE] = age;
    if (!rule_book_judge(hunt->ages->book, &key, cases, years, &threshold,
                         &small, err))
        return false;
    target.width = threshold - 2;
    if (small && (node->leaf_count == 1 || is_hidden(hunt, target.ages)))
        hunt->targets[hunt->target_count++] = target;
    return true;
}

/* Every age class, and the broad ages that are cells: these are suppressed in
 * tied rows only. */
static bool find_targets(struct hunt *hunt, struct err *err)
{
    const struct seal_ages *ages = hunt->ages;
    const struct dimension *dimension = &ages->codes.dims[DIM_AGE];
    const int64_t *counts = NULL, *people = NULL;
    seal_ages_sum(ages, hunt->stock, hunt->node, hunt->scratch, &counts,
                  &people);
    hunt->targets =
        arena_array(hunt->scratch, dimension->count, sizeof *hunt->targets);
    if (hunt->tied)
        share(hunt, 0, false, &hunt->sharings);
    for (int a = 0; a < (int)dimension->count; a++) {
        size_t leaves = dimension->nodes[a].leaf_count;
        bool broad = leaves > 1 && leaves < dimension->leaf_count;
        if ((leaves == 1 || (broad && hunt->tied)) &&
            !add_target(hunt, a, counts, people, err))
            return false;
    }
    return true;
}

/* Proves the age counts of one row and sex, at the price of the digits of the
 * row, then of those of the rows that share them. Where no rate is left,
 * nothing is told. */
static bool decide_sex(const struct hunt *row, int sex, struct err *err)
{
    struct hunt hunt = *row;
    struct arena *kept = arena_new();
    hunt.node[DIM_SEX] = sex;
    hunt.scratch = kept;
    hunt.rest = seal_ages_rest(hunt.ages, hunt.stock, hunt.place, kept);
    bool ok = find_targets(&hunt, err);
    for (bool done = !ok; !done;) {
        hunt.scratch = arena_new();
        done = row_proved(&hunt) || !(lower(&hunt) || lower_around(&hunt));
        arena_wipe(hunt.scratch);
    }
    arena_wipe(kept);
    return ok;
}

/* Where ages are cells, what is shown and what is suppressed of them makes the
 * count of one sex that of another: they move, and lose digits, together. */
static bool sexes_tied(const struct hunt *row)
{
    struct hunt hunt = *row;
    struct age_sharing *all = NULL;
    hunt.tied = true;
    hunt.scratch = arena_new();
    share(&hunt, 0, false, &all);
    bool tied = all->tied;
    arena_wipe(hunt.scratch);
    return tied;
}

/* Lost by now or not: what is left of others tells of the same ages. */
static bool had_rate(const struct hunt *hunt)
{
    unsigned char *digits = NULL;
    struct age_rate *const *rates = NULL;
    size_t values = own_rates(hunt, &digits, &rates);
    for (size_t v = 0; v < values; v++) {
        if (rates[v] != NULL)
            return true;
    }
    return false;
}

/* A row whose count is shown is what others are the difference of. */
static bool is_counted(const struct hunt *hunt)
{
    const struct seal *seal = hunt->ages->seal;
    size_t own = seal->rows[hunt->table].own[hunt->row];
    return hunt->stock->years != NULL && own != SEAL_NO_CELL &&
           clearance_shown(seal->clearance, own) &&
           cube_count(seal->tables[hunt->table]->counts, hunt->row) > 0;
}

/* A row tells of its own sex; where they are tied, of each, and of rows that
 * have no rate themselves. */
static bool decide_hunt(struct hunt *hunt, struct err *err)
{
    const struct codes *codes = &hunt->ages->codes;
    memcpy(hunt->node, hunt->place, sizeof hunt->node);
    hunt->tied = sexes_tied(hunt);
    if (!hunt->tied)
        return decide_sex(hunt, hunt->node[DIM_SEX], err);
    for (int s = 0; s < (int)codes->dims[DIM_SEX].count; s++) {
        if (!sex_excludes(codes, hunt->node[DIM_SITE], s) &&
            !decide_sex(hunt, s, err))
            return false;
    }
    return true;
}

static bool decide_row(struct seal_ages *ages, size_t table, size_t row,
                       struct err *err)
{
    const struct derived_table *derived = ages->seal->tables[table];
    struct hunt hunt = {.ages = ages,
                        .stock = ages->tables[table].stock,
                        .table = table,
                        .row = row,
                        .cases = (double)cube_count(derived->counts, row)};
    size_t place[DIM_COUNT];
    if (!had_rate(&hunt) && !is_counted(&hunt))
        return true;
    cube_place(derived->counts, row, place);
    for (size_t d = 0; d < DIM_COUNT; d++)
        hunt.place[d] = derived->axes[d].nodes[place[d]];
    return decide_hunt(&hunt, err);
}

static bool decide_cell(struct seal_ages *ages, const struct age_cell *cell,
                        struct err *err)
{
    const int64_t *counts = NULL, *people = NULL;
    struct hunt hunt = {.ages = ages,
                        .stock = cell->stock,
                        .table = cell->table,
                        .row = cell->row};
    memcpy(hunt.place, cell->node, sizeof hunt.place);
    struct arena *scratch = arena_new();
    seal_ages_sum(ages, cell->stock, cell->node, scratch, &counts, &people);
    for (size_t a = 0; a < cell->stock->leaves[DIM_AGE]; a++)
        hunt.cases += (double)counts[a];
    arena_wipe(scratch);
    return decide_hunt(&hunt, err);
}

bool seal_ages_decide(struct seal *seal, struct seal_ages **out,
                      struct err *err)
{
    struct seal_ages *ages = arena_alloc(seal->closed, sizeof *ages);
    ages->seal = seal;
    if (!seal_ages_open(ages, err))
        return false;
    size_t count = seal->job->plan->table_count;
    progress_stage(seal->job->progress, "rates", count);
    for (size_t t = 0; t < count; t++) {
        for (size_t r = 0; ages->tables[t].stock && r < seal->tables[t]->rows;
             r++) {
            if (!decide_row(ages, t, r, err))
                return false;
        }
        progress_step(seal->job->progress, t + 1);
    }
    for (size_t c = 0; c < ages->cell_count; c++) {
        if (!decide_cell(ages, &ages->cells[c], err))
            return false;
    }
    *out = ages;
    return true;
}

enum age_digits seal_ages_digits(const struct seal_ages *ages, size_t table,
                                 size_t row, size_t value)
{
    size_t values = ages->seal->tables[table]->plan->value_count;
    return (enum age_digits)ages->tables[table].digits[row * values + value];
}

double seal_ages_coarse(const struct seal_ages *ages, size_t table, size_t row,
                        size_t value, int *decimals)
{
    size_t values = ages->seal->tables[table]->plan->value_count;
    const struct age_rate *rate =
        ages->tables[table].rates[row * values + value];
    *decimals = age_rate_coarse(rate);
    return rate->printed[PRINT_COARSE];
}

/* --- the inside review ---------------------------------------------------- */

static void name_row(const struct seal_ages *ages, size_t table, size_t row,
                     struct text *out)
{
    const struct derived_table *derived = ages->seal->tables[table];
    size_t place[DIM_COUNT];
    cube_place(derived->counts, row, place);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        const struct dimension *dimension = &ages->codes.dims[d];
        const struct node *node =
            &dimension->nodes[derived->axes[d].nodes[place[d]]];
        if (dimension->count > 1)
            text_format(out, ", %s %s%s%s", dim_name((enum dim)d),
                        d == DIM_TERRITORY ? node->level : "",
                        d == DIM_TERRITORY ? "/" : "", node->code);
    }
}

static const char *const losses[] = {
    [AGES_NOTHING] = "withheld",
    [AGES_COARSE] = "coarsened",
    [AGES_VALUE] = "without limits",
    [AGES_INTERVAL] = "",
};

void seal_ages_review(const struct seal_ages *ages, struct text *out)
{
    for (size_t t = 0; t < ages->seal->job->plan->table_count; t++) {
        const struct derived_table *table = ages->seal->tables[t];
        size_t values = table->plan->value_count;
        for (size_t i = 0; i < table->rows * values; i++) {
            const struct plan_value *value = &table->plan->values[i % values];
            enum age_digits digits = (enum age_digits)ages->tables[t].digits[i];
            if (ages->tables[t].rates[i] == NULL || digits == AGES_INTERVAL ||
                (digits == AGES_VALUE && !value->interval))
                continue;
            text_format(out, "%s\tstandardised_rate %s\t%s", losses[digits],
                        value->standard, table->plan->id);
            name_row(ages, t, i / values, out);
            text_add(out, "\n");
        }
    }
}
