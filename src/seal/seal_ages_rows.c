/* SPDX-License-Identifier: EUPL-1.2 */
/* One row with those that share its age counts, as a problem. */
#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "calc/sex.h"
#include "seal/seal_ages_sets.h"

enum {
    USES_MAX = 256,
    SUMS_MAX = 128,
    RISE = 50, /* most by which a suppressed count is moved */
    PARTS_MAX = 8,
    APART_MAX = 24, /* age counts of years or sites apart: more take long */
};

struct view;

struct assembly {
    const struct seal_ages *ages;
    struct view *views[DIM_COUNT]; /* of past rows, by node, once met */
    bool *viewed[DIM_COUNT];
    const struct age_aim *aim;
    const int *node; /* [dims] of the row that is judged */
    const int *made; /* [dims] of what the change is made in */
    enum dim along;  /* its parts differ in that dimension alone */
    int parts[PARTS_MAX];
    size_t part_count;
    struct age_use *uses;
    struct age_fate **fates; /* of the uses */
    struct age_sum *sums;
    size_t use_count, sum_count;
    bool full;
    bool tied; /* see struct age_sharing */
};

static void add_sum(struct assembly *assembly, struct age_sum sum)
{
    for (size_t s = 0; s < assembly->sum_count; s++) {
        const struct age_sum *old = &assembly->sums[s];
        if (old->ages == sum.ages && old->low == sum.low &&
            old->high == sum.high)
            return;
    }
    if (assembly->sum_count == SUMS_MAX)
        assembly->full = true;
    else
        assembly->sums[assembly->sum_count++] = sum;
}

/* How a row sees the change. */
struct view {
    int sign;       /* 0: not at all */
    bool around;    /* it is not the judged row under another name or sex */
    unsigned parts; /* that it contains, bit per part of the change */
};

/* More age counts than a problem holds. */
static bool is_wide(struct assembly *assembly)
{
    size_t classes = assembly->ages->codes.dims[DIM_AGE].leaf_count;
    bool wide = assembly->part_count * classes > AGES_MAX;
    assembly->full = assembly->full || wide;
    return wide;
}

/* The age counts that the count of some ages is the sum of. */
static uint64_t counted_ages(const struct assembly *assembly, int age,
                             struct view view)
{
    const struct dimension *dimension = &assembly->ages->codes.dims[DIM_AGE];
    const struct node *node = &dimension->nodes[age];
    uint64_t ages = 0;
    for (size_t p = 0; p < assembly->part_count; p++) {
        for (size_t l = 0; view.parts >> p & 1 && l < node->leaf_count; l++)
            ages |= UINT64_C(1)
                    << (p * dimension->leaf_count + node->leaves[l]);
    }
    return ages;
}

/* The count of a row stays as it is where it is shown; elsewhere it may move
 * within what is public of a suppressed count. */
static void add_count(struct assembly *assembly, size_t table, size_t row,
                      int age, struct view view)
{
    const struct seal *seal = assembly->ages->seal;
    const struct derived_table *derived = seal->tables[table];
    const struct dimension *dimension = &assembly->ages->codes.dims[DIM_AGE];
    size_t own = seal->rows[table].own[row];
    bool hidden = own != SEAL_NO_CELL && !clearance_shown(seal->clearance, own);
    if (hidden && !view.around &&
        dimension->nodes[age].leaf_count < dimension->leaf_count)
        assembly->tied = true;
    if (is_wide(assembly))
        return;
    struct age_sum sum = {.ages = counted_ages(assembly, age, view)};
    int64_t count = cube_count(derived->counts, row);
    bool roomy = derived->person_years != NULL &&
                 cube_count(derived->person_years, row) > count + RISE;
    if (hidden && count > 0 && roomy) {
        sum.low = view.sign > 0 ? 1 - count : -RISE;
        sum.high = view.sign > 0 ? RISE : count - 1;
    }
    add_sum(assembly, sum);
}

/* In whichever table it is met first. */
static bool is_met(const struct assembly *assembly, const struct age_fate *fate)
{
    bool met = false;
    for (size_t u = 0; u < assembly->use_count && !met; u++)
        met = assembly->fates[u] == fate ||
              (assembly->fates[u]->rate == fate->rate &&
               assembly->uses[u].digits >= fate->digits);
    return met;
}

static void add_use(struct assembly *assembly, struct age_fate *fate,
                    struct view view)
{
    if (fate_digits(fate) == AGES_NOTHING || is_met(assembly, fate))
        return;
    if (assembly->use_count == USES_MAX) {
        assembly->full = true;
        return;
    }
    assembly->fates[assembly->use_count] = fate;
    assembly->uses[assembly->use_count++] = (struct age_use){
        .rate = fate->rate,
        .sign = view.sign,
        .digits = fate->digits,
        .around = view.around,
        .parts = view.parts,
        .first = assembly->aim->sex,
        .one_sex = assembly->along != DIM_SEX,
    };
}

/* Single ages of a row around are the universe's business: it has proved them
 * together with those of other sites and periods. */
static void add_row(struct assembly *assembly, size_t table, size_t row,
                    int age, struct view view)
{
    const struct seal_ages *ages = assembly->ages;
    size_t values = ages->seal->tables[table]->plan->value_count;
    const struct dimension *dimension = &ages->codes.dims[DIM_AGE];
    if (!view.around || dimension->nodes[age].leaf_count > 1)
        add_count(assembly, table, row, age, view);
    for (size_t v = 0; v < values; v++)
        add_use(assembly, ages->tables[table].fates[row * values + v], view);
}

/* A node sees what is done in the judged row if it contains the part that is
 * changed, and the reverse if it contains the partner. Other territories are
 * not looked at. */
static struct view view_from(const struct assembly *assembly, enum dim dim,
                             int node)
{
    const struct seal_ages *ages = assembly->ages;
    const struct age_aim *aim = assembly->aim;
    int own = assembly->node[dim];
    struct view view = {.sign = 1, .parts = UINT_MAX};
    if (dim == DIM_AGE)
        return view;
    if (dim == assembly->along) {
        view.parts = 0;
        for (size_t p = 0; p < assembly->part_count; p++)
            view.parts |=
                (unsigned)seal_ages_within(ages, dim, node, assembly->parts[p])
                << p;
        view.sign = view.parts != 0;
    } else {
        view.sign = seal_ages_within(ages, dim, node, assembly->made[dim]);
    }
    if (dim == DIM_SEX)
        return view;
    view.around = !seal_ages_within(ages, dim, node, own) ||
                  !seal_ages_within(ages, dim, own, node);
    if (aim->partner[dim] >= 0)
        view.sign -= seal_ages_within(ages, dim, node, aim->partner[dim]);
    if (view.around && (dim == DIM_TERRITORY || !aim->around))
        view.sign = 0;
    return view;
}

/* Along one more dimension. */
static void see(struct view *view, struct view along)
{
    view->sign *= along.sign;
    view->parts &= along.parts;
    view->around = view->around || along.around;
}

/* Places of one axis of a table that see the change. */
struct holding {
    size_t *places;
    struct view *views; /* [count] */
    size_t count;
};

static struct holding find_places(const struct assembly *assembly, enum dim dim,
                                  const struct cube_axis *axis,
                                  struct arena *scratch)
{
    struct holding found = {
        .places = arena_array(scratch, axis->count, sizeof *found.places),
        .views = arena_array(scratch, axis->count, sizeof *found.views),
    };
    for (size_t p = 0; p < axis->count; p++) {
        struct view view = view_from(assembly, dim, axis->nodes[p]);
        if (view.sign == 0)
            continue;
        found.places[found.count] = p;
        found.views[found.count++] = view;
    }
    return found;
}

static void add_table(struct assembly *assembly, size_t table,
                      struct arena *scratch)
{
    const struct derived_table *derived = assembly->ages->seal->tables[table];
    struct holding found[DIM_COUNT];
    size_t rows = 1;
    for (size_t d = 0; d < DIM_COUNT && rows > 0; d++) {
        found[d] =
            find_places(assembly, (enum dim)d, &derived->axes[d], scratch);
        rows *= found[d].count;
    }
    for (size_t i = 0; i < rows; i++) {
        size_t place[DIM_COUNT], left = i;
        struct view view = {.sign = 1, .parts = UINT_MAX};
        for (size_t d = DIM_COUNT; d-- > 0;) {
            size_t at = left % found[d].count;
            place[d] = found[d].places[at];
            see(&view, found[d].views[at]);
            left /= found[d].count;
        }
        add_row(assembly, table, cube_cell(derived->counts, place),
                derived->axes[DIM_AGE].nodes[place[DIM_AGE]], view);
    }
}

/* The same, looked up from the second time on: past rows are many. */
static struct view view_again(struct assembly *assembly, enum dim dim, int node)
{
    if (!assembly->viewed[dim][node])
        assembly->views[dim][node] = view_from(assembly, dim, node);
    assembly->viewed[dim][node] = true;
    return assembly->views[dim][node];
}

/* As if a table of this release had it, and showed its count. */
static void add_past(struct assembly *assembly, const struct age_past *past)
{
    const struct dimension *dimension = &assembly->ages->codes.dims[DIM_AGE];
    int age = past->node[DIM_AGE];
    struct view view = {.sign = 1, .parts = UINT_MAX};
    for (size_t d = 0; d < DIM_COUNT && view.sign != 0; d++)
        see(&view, view_again(assembly, (enum dim)d, past->node[d]));
    if (view.sign == 0)
        return;
    if ((!view.around || dimension->nodes[age].leaf_count > 1) &&
        !is_wide(assembly))
        add_sum(assembly,
                (struct age_sum){.ages = counted_ages(assembly, age, view)});
    for (struct age_fate *fate = past->fates; fate != NULL; fate = fate->next)
        add_use(assembly, fate, view);
}

/* --- the part of a row that is changed ------------------------------------ */

static int64_t cases_of(const struct seal_ages *ages,
                        const struct age_stock *stock,
                        const int node[DIM_COUNT], struct arena *scratch)
{
    const int64_t *counts = NULL, *people = NULL;
    int64_t cases = 0;
    seal_ages_sum(ages, stock, node, scratch, &counts, &people);
    for (size_t a = 0; a < stock->leaves[DIM_AGE]; a++)
        cases += counts[a];
    return cases;
}

/* The leaves of a node along one dimension, those with the most cases first;
 * returns how many there are, `most` at most. */
static size_t find_leaves(const struct assembly *assembly,
                          const int node[DIM_COUNT], enum dim dim, size_t most,
                          struct arena *scratch, int *leaves)
{
    const struct seal_ages *ages = assembly->ages;
    const struct dimension *dimension = &ages->codes.dims[dim];
    const struct node *whole = &dimension->nodes[node[dim]];
    int64_t cases[PARTS_MAX];
    size_t count = 0;
    int at[DIM_COUNT];
    assert(most > 0 && most <= PARTS_MAX);
    memcpy(at, node, sizeof at);
    for (size_t l = 0; l < whole->leaf_count; l++) {
        at[dim] = dimension->leaf_node[whole->leaves[l]];
        int64_t own = cases_of(ages, assembly->aim->stock, at, scratch);
        size_t place = count;
        while (place > 0 && cases[place - 1] < own)
            place--;
        if (place == most)
            continue;
        count += count < most;
        for (size_t i = count - 1; i > place; i--) {
            cases[i] = cases[i - 1];
            leaves[i] = leaves[i - 1];
        }
        cases[place] = own;
        leaves[place] = at[dim];
    }
    return count;
}

/* The change is made in single sites and years: in as many years of the site
 * with the most cases as a problem holds, or sites of the one year, each its
 * own way. Sexes that are tied, or a partner along that dimension, leave room
 * for one. It is taken back in a single one as well. */
static void split(struct assembly *assembly, struct arena *scratch,
                  int made[DIM_COUNT], struct age_aim *change)
{
    const struct dimension *dims = assembly->ages->codes.dims;
    bool years = dims[DIM_PERIOD].nodes[made[DIM_PERIOD]].leaf_count > 1;
    enum dim along = years ? DIM_PERIOD : DIM_SITE;
    enum dim other = years ? DIM_SITE : DIM_PERIOD;
    size_t room = APART_MAX / dims[DIM_AGE].leaf_count;
    bool one =
        room == 0 || change->sex_count > 1 || change->partner[along] >= 0;
    int leaves[PARTS_MAX] = {0}, back[DIM_COUNT];
    room = room > PARTS_MAX ? PARTS_MAX : room;
    find_leaves(assembly, made, other, 1, scratch, &made[other]);
    size_t count =
        find_leaves(assembly, made, along, one ? 1 : room, scratch, leaves);
    if (!one) {
        made[DIM_SEX] = assembly->parts[0];
        assembly->along = along;
        assembly->part_count = count;
        memcpy(assembly->parts, leaves, count * sizeof *leaves);
    }
    made[along] = leaves[0];
    for (size_t d = 0; d < DIM_COUNT; d++)
        back[d] = change->partner[d] < 0 ? made[d] : change->partner[d];
    find_leaves(assembly, back, along, 1, scratch, &back[along]);
    find_leaves(assembly, back, other, 1, scratch, &back[other]);
    for (size_t d = 0; d < DIM_COUNT; d++)
        change->partner[d] = change->partner[d] < 0 ? -1 : back[d];
}

/* How far the age counts of these nodes can move in one sex: down to none, up
 * to a tenth of the person-years. */
static void find_reach(const struct assembly *assembly, int node[DIM_COUNT],
                       struct arena *scratch, int64_t *fall, int64_t *rise)
{
    const struct seal_ages *ages = assembly->ages;
    const struct age_stock *stock = assembly->aim->stock;
    const int64_t *counts = NULL, *years = NULL;
    bool none = sex_excludes(&ages->codes, node[DIM_SITE], node[DIM_SEX]);
    seal_ages_sum(ages, stock, node, scratch, &counts, &years);
    for (size_t a = 0; a < stock->leaves[DIM_AGE]; a++) {
        fall[a] = none ? 0 : counts[a];
        rise[a] = none ? 0 : years[a] / 10;
    }
}

/* What a part gains its partner loses: both must have room. */
static void find_room(const struct assembly *assembly, size_t part,
                      struct arena *scratch, int64_t *down, int64_t *up)
{
    const struct seal_ages *ages = assembly->ages;
    size_t classes = ages->codes.dims[DIM_AGE].leaf_count;
    int64_t *fall = arena_array(scratch, classes, sizeof *fall);
    int64_t *rise = arena_array(scratch, classes, sizeof *rise);
    for (unsigned corner = 0; corner < 1U << DIM_COUNT; corner++) {
        int node[DIM_COUNT], sign = 1;
        if (!seal_ages_corner(assembly->aim, assembly->made, corner, node,
                              &sign))
            continue;
        node[assembly->along] = assembly->parts[part];
        find_reach(assembly, node, scratch, fall, rise);
        for (size_t a = 0; a < classes; a++) {
            int64_t less = sign > 0 ? fall[a] : rise[a];
            int64_t more = sign > 0 ? rise[a] : fall[a];
            down[a] = corner == 0 || less < down[a] ? less : down[a];
            up[a] = corner == 0 || more < up[a] ? more : up[a];
        }
    }
}

void seal_ages_share(const struct seal_ages *ages, const struct age_aim *aim,
                     struct arena *scratch, struct age_sharing *out)
{
    const struct seal *seal = ages->seal;
    const struct age_past *past = ages->past_of[aim->node[DIM_TERRITORY]];
    struct age_aim change = *aim;
    int made[DIM_COUNT];
    const struct dimension *sexes = &ages->codes.dims[DIM_SEX];
    memcpy(made, aim->node, sizeof made);
    struct assembly assembly = {
        .ages = ages,
        .aim = &change,
        .node = aim->node,
        .made = made,
        .along = DIM_SEX,
        .part_count = aim->sex_count,
        .uses = arena_array(scratch, USES_MAX, sizeof *assembly.uses),
        .fates = arena_array(scratch, USES_MAX, sizeof *assembly.fates),
        .sums = arena_array(scratch, SUMS_MAX, sizeof *assembly.sums),
    };
    assert(aim->sex_count <= PARTS_MAX);
    for (size_t s = 0; s < aim->sex_count; s++)
        assembly.parts[s] = sexes->leaf_node[aim->sex + s];
    if (aim->around && seal_ages_crossed(ages, aim, made, scratch))
        split(&assembly, scratch, made, &change);
    for (size_t t = 0; t < seal->job->plan->table_count; t++) {
        const struct derived_table *derived = seal->tables[t];
        if (text_same(derived->plan->measure, aim->stock->measure) &&
            derived->counts != NULL)
            add_table(&assembly, t, scratch);
    }
    for (size_t d = 0; d < DIM_COUNT && past != NULL; d++) {
        size_t nodes = ages->codes.dims[d].count;
        assembly.views[d] =
            arena_array(scratch, nodes, sizeof *assembly.views[d]);
        assembly.viewed[d] = arena_array(scratch, nodes, sizeof(bool));
    }
    for (; past != NULL; past = past->next) {
        if (past->stock == aim->stock)
            add_past(&assembly, past);
    }
    size_t ages_each = aim->stock->leaves[DIM_AGE];
    size_t classes = assembly.part_count * ages_each;
    int64_t *down = arena_array(scratch, classes, sizeof *down);
    int64_t *up = arena_array(scratch, classes, sizeof *up);
    for (size_t p = 0; p < assembly.part_count; p++)
        find_room(&assembly, p, scratch, down + p * ages_each,
                  up + p * ages_each);
    age_narrow(assembly.sums, assembly.sum_count, classes, down, up);
    out->fates = assembly.fates;
    out->sex = aim->sex;
    out->parts = assembly.along == DIM_SEX ? 1 : assembly.part_count;
    out->tied = assembly.tied;
    out->full = assembly.full;
    out->problem = (struct age_problem){
        .classes = classes,
        .down = down,
        .up = up,
        .uses = assembly.uses,
        .use_count = assembly.use_count,
        .sums = assembly.sums,
        .sum_count = assembly.sum_count,
    };
}
