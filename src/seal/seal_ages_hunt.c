/* SPDX-License-Identifier: EUPL-1.2 */
#include "seal/seal_ages_hunt.h"

#include <math.h>
#include <string.h>

enum {
    WAYS = 4, /* to change a row: see find_partners */
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

/* Takes the limits from a rate. False when there were none. */
static bool blur(struct age_fate *fate)
{
    if (fate_digits(fate) != AGES_INTERVAL || fate->before)
        return false;
    fate->digits = AGES_VALUE;
    return true;
}

/* Takes a decimal from a rate without limits, where it has one; else the rate.
 * False when nothing was left. */
static bool coarsen(struct age_fate *fate)
{
    if (fate_digits(fate) == AGES_NOTHING || fate->before)
        return false;
    fate->digits = fate->digits == AGES_VALUE && fate->rate->decimals > 0
                       ? AGES_COARSE
                       : AGES_NOTHING;
    return true;
}

size_t hunt_own_rates(const struct hunt *hunt, struct age_fate *const **fates)
{
    const struct age_table *table = &hunt->ages->tables[hunt->table];
    if (hunt->row == AGES_NO_ROW || table->fates == NULL)
        return 0;
    size_t values = hunt->ages->seal->tables[hunt->table]->plan->value_count;
    *fates = table->fates + hunt->row * values;
    return values;
}

/* Too many rows of one sex: another may do without it. */
static bool is_left_out(const struct hunt *hunt,
                        const struct age_sharing *sharing)
{
    return sharing->full && !hunt->tied;
}

/* Takes something from every rate of the first problem that has any left; from
 * the first rate alone where there are too many. */
static bool lower_shared(const struct hunt *hunt, bool left_out,
                         bool (*take)(struct age_fate *))
{
    bool found = false;
    for (size_t p = 0; p < hunt->count && !found; p++) {
        const struct age_sharing *sharing = &hunt->sharings[p];
        size_t uses = is_left_out(hunt, sharing) == left_out
                          ? sharing->problem.use_count
                          : 0;
        for (size_t u = 0; u < uses && !(found && left_out); u++)
            found = take(sharing->fates[u]) || found;
    }
    return found;
}

/* Takes what tells most: the limits of the row, those of the rows that share
 * its age counts; then, a decimal before the rate, the last standard of the
 * row, its other standards, and those of the others; at last those of which
 * there are too many. False when nothing is left. */
static bool lower(struct hunt *hunt)
{
    struct age_fate *const *own = NULL;
    size_t values = hunt_own_rates(hunt, &own);
    bool found = false;
    for (size_t v = 0; v < values; v++)
        found = blur(own[v]) || found;
    found = found || lower_shared(hunt, false, blur);
    for (size_t v = values; v-- > 0 && !found;)
        found = coarsen(own[v]);
    return found || lower_shared(hunt, false, coarsen) ||
           lower_shared(hunt, true, blur) || lower_shared(hunt, true, coarsen);
}

/* The partners of one way to change a row: another period, another site, or
 * both. False when the row has none. */
static bool find_partners(const struct hunt *hunt, unsigned way,
                          struct age_aim *aim)
{
    static const enum dim dims[] = {DIM_PERIOD, DIM_SITE};
    memcpy(aim->partner, hunt->partner, sizeof aim->partner);
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
 * nothing, and lose their digits. */
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
    size_t problems = hunt->tied ? 1 : sex->leaf_count;
    for (size_t x = 0; x < problems; x++) {
        aim.sex = hunt->tied ? 0 : sex->leaves[x];
        aim.sex_count = hunt->tied ? sexes->leaf_count : 1;
        seal_ages_share(hunt->ages, &aim, hunt->scratch, &(*out)[x]);
    }
    return problems;
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

double seal_ages_excused(const struct seal_ages *ages)
{
    const struct waiver *waiver =
        policy_waiver(&ages->seal->job->project->policy, SEAL_SUMS_WAIVER);
    return waiver == NULL ? (double)INFINITY : (double)waiver->least;
}

static bool is_excused(const struct hunt *hunt)
{
    return hunt->cases >= seal_ages_excused(hunt->ages);
}

/* The row around with the fewest cases that prints something and is not
 * excused; the count of uses when there is none. */
static size_t smallest_around(const struct hunt *hunt,
                              const struct age_sharing *sharing)
{
    size_t found = sharing->problem.use_count;
    double least = seal_ages_excused(hunt->ages);
    for (size_t u = 0; u < sharing->problem.use_count; u++) {
        const struct age_fate *fate = sharing->fates[u];
        if (sharing->problem.uses[u].around && fate->digits != AGES_NOTHING &&
            !fate->before && fate->events < least) {
            least = fate->events;
            found = u;
        }
    }
    return found;
}

/* An earlier release printed some of them. */
static bool is_fixed(const struct age_sharing *sharings, size_t count)
{
    bool fixed = false;
    for (size_t p = 0; p < count; p++) {
        for (size_t u = 0; u < sharings[p].problem.use_count; u++)
            fixed = fixed || sharings[p].fates[u]->before;
    }
    return fixed;
}

/* A row without digits is still the difference of those around it: they lose
 * theirs, the smallest first; where they are printed already, those that it
 * could take a change back in. False when nothing is left, or they are not what
 * gives the row away. */
static bool lower_around(struct hunt *hunt)
{
    bool lost = false, fixed = true;
    for (unsigned way = 0; way < WAYS && fixed && !lost && !is_excused(hunt);
         way++) {
        struct age_sharing *sharings = NULL;
        size_t count = share(hunt, way, true, &sharings);
        fixed = way > 0 || is_fixed(sharings, count);
        for (size_t p = 0; p < count && !lost; p++) {
            size_t u = smallest_around(hunt, &sharings[p]);
            lost =
                u < sharings[p].problem.use_count &&
                (blur(sharings[p].fates[u]) || coarsen(sharings[p].fates[u]));
        }
    }
    return lost;
}

/* Not all of its rates are of so many events that a waiver answers for them. */
static bool is_asked(const struct hunt *hunt, const struct age_past *past)
{
    const struct age_fate *fate = past->fates;
    while (fate != NULL && fate->events >= seal_ages_excused(hunt->ages))
        fate = fate->next;
    return fate != NULL;
}

/* Where rates that nothing can be taken from leave the row too little, and no
 * other is known to tell of it, none is shown beside them. */
static bool withhold_beside(const struct hunt *hunt)
{
    struct seal_ages *ages = hunt->ages;
    bool lost = false;
    const struct age_past *past = ages->past_of[hunt->place[DIM_TERRITORY]];
    for (; past != NULL && !is_excused(hunt); past = past->next) {
        if (past->stock == hunt->stock && is_asked(hunt, past) &&
            seal_ages_touch(ages, past->node, hunt->place))
            lost = seal_ages_withhold(ages, past->stock, past->node) || lost;
    }
    return lost;
}

static bool target_proved(const struct hunt *hunt, struct ways *ways,
                          const struct target *target)
{
    bool around = !is_excused(hunt);
    return (around && is_wide_by_rest(hunt, target)) ||
           (is_wide(hunt, hunt->sharings, hunt->count, target) &&
            (!around || is_wide_around(hunt, ways, target)));
}

/* Every small age count of the row is proved to be wide enough. Where it is not
 * without the rows around, it is not with them: that is asked first. In the
 * last box that is tried, one target without proof is enough to fail. */
static bool row_proved(struct hunt *hunt, bool last)
{
    struct ways ways = {0};
    bool all = true;
    hunt->count = share(hunt, 0, false, &hunt->sharings);
    for (size_t i = 0; i < hunt->target_count && last; i++) {
        const struct target *target = &hunt->targets[i];
        if (!target->proved && is_hopeless(hunt, target))
            return false;
    }
    for (size_t i = 0; i < hunt->target_count && (all || !last); i++) {
        struct target *target = &hunt->targets[i];
        target->proved = target->proved || target_proved(hunt, &ways, target);
        all = all && target->proved;
    }
    return all;
}

static bool all_proved(struct hunt *hunts, size_t count)
{
    bool proved = false;
    for (size_t b = 0; b < count && !proved; b++)
        proved = row_proved(&hunts[b], b + 1 == count);
    return proved;
}

/* False when no box has anything left to lose. */
static bool lower_any(struct hunt *hunts, size_t count)
{
    bool lowered = false;
    for (size_t b = 0; b < count && !lowered; b++)
        lowered = lower(&hunts[b]) || lower_around(&hunts[b]);
    for (size_t b = 0; b < count && !lowered; b++)
        lowered = withhold_beside(&hunts[b]);
    return lowered;
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

/* What all boxes have at each age; person-years are those of the longest. */
static void sum_boxes(const struct hunt *hunts, size_t count, int64_t *counts,
                      int64_t *people)
{
    for (size_t b = 0; b < count; b++) {
        const int64_t *own = NULL, *years = NULL;
        seal_ages_sum(hunts[b].ages, hunts[b].stock, hunts[b].node,
                      hunts[b].scratch, &own, &years);
        for (size_t a = 0; a < hunts[b].stock->leaves[DIM_AGE]; a++) {
            counts[a] += own[a];
            people[a] = years[a] > people[a] ? years[a] : people[a];
        }
    }
}

/* Every age class, and the broad ages that are cells: these are suppressed in
 * tied rows only. */
static bool find_targets(struct hunt *hunt, const int64_t *counts,
                         const int64_t *people, struct err *err)
{
    const struct dimension *dimension = &hunt->ages->codes.dims[DIM_AGE];
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

/* The targets of all boxes, as strict as the strictest. */
static bool find_all_targets(struct hunt *hunts, size_t boxes, size_t count,
                             struct err *err)
{
    struct arena *arena = hunts->scratch;
    size_t classes = hunts->stock->leaves[DIM_AGE];
    int64_t *counts = arena_array(arena, classes, sizeof *counts);
    int64_t *people = arena_array(arena, classes, sizeof *people);
    struct target *targets = arena_array(
        arena, boxes * hunts->ages->codes.dims[DIM_AGE].count, sizeof *targets);
    size_t found = 0;
    sum_boxes(hunts, boxes, counts, people);
    for (size_t b = 0; b < boxes; b++) {
        hunts[b].targets = targets;
        hunts[b].target_count = found;
        if (!find_targets(&hunts[b], counts, people, err))
            return false;
        found = hunts[b].target_count;
    }
    for (size_t h = 0; h < count; h++) {
        hunts[h].targets = targets;
        hunts[h].target_count = found;
    }
    return true;
}

/* Where ages are cells, what is shown and what is suppressed of them makes the
 * count of one sex that of another: they move, and lose digits, together. */
bool hunt_is_tied(const struct hunt *row)
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

uint64_t hunt_moves(const struct hunt *row, const int64_t *thresholds)
{
    struct hunt hunt = *row;
    struct age_sharing *sharings = NULL;
    const int64_t *counts = NULL, *years = NULL;
    uint64_t wide = 0;
    hunt.scratch = arena_new();
    seal_ages_sum(hunt.ages, hunt.stock, hunt.node, hunt.scratch, &counts,
                  &years);
    size_t count = share(&hunt, 0, true, &sharings);
    for (size_t a = 0; a < hunt.stock->leaves[DIM_AGE]; a++) {
        const struct target target = {.ages = UINT64_C(1) << a,
                                      .width = thresholds[a] - 2};
        if (counts[a] > 0 && counts[a] < thresholds[a] &&
            is_wide(&hunt, sharings, count, &target))
            wide |= target.ages;
    }
    arena_wipe(hunt.scratch);
    return wide;
}

bool hunt_decide(struct hunt *hunts, size_t boxes, size_t count,
                 struct err *err)
{
    struct arena *kept = arena_new();
    for (size_t h = 0; h < count; h++)
        hunts[h].scratch = kept;
    /* What several boxes have would be taken back in another of them. */
    if (boxes == 1)
        hunts->rest =
            seal_ages_rest(hunts->ages, hunts->stock, hunts->place, kept);
    bool ok = find_all_targets(hunts, boxes, count, err);
    for (bool done = !ok || hunts->target_count == 0; !done;) {
        struct arena *scratch = arena_new();
        for (size_t h = 0; h < count; h++)
            hunts[h].scratch = scratch;
        done = all_proved(hunts, count) || !lower_any(hunts, count);
        arena_wipe(scratch);
    }
    arena_wipe(kept);
    return ok;
}
