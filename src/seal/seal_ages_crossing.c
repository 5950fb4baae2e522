/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows that have a part of the judged one, and more. */
#include "base/text.h"
#include "seal/seal_ages_sets.h"

struct judged {
    const struct seal_ages *ages;
    const struct age_aim *aim;
    const int *node; /* [dims] of the row */
    const int *made; /* [dims] of what the change is made in */
};

/* How the rows of a territory meet the judged one. */
struct meeting {
    bool crossed; /* a row has a part of it, and more, and prints a rate */
    bool *known; /* [site leaf][period leaf] that has a row of its own, shown */
};

static bool prints_any(const struct seal_ages *ages, size_t table, size_t row)
{
    size_t values = ages->seal->tables[table]->plan->value_count;
    bool any = false;
    for (size_t v = 0; v < values && !any; v++)
        any = fate_digits(ages->tables[table].fates[row * values + v]) !=
              AGES_NOTHING;
    return any;
}

/* A row whose count is suppressed is not judged itself. */
static bool is_shown(const struct seal *seal, size_t table, size_t row)
{
    size_t own = seal->rows[table].own[row];
    return own != SEAL_NO_CELL && clearance_shown(seal->clearance, own);
}

/* A site of one year with a row of its own, in a table with rates. */
static bool is_atom(const struct judged *judged, const int node[DIM_COUNT])
{
    const struct dimension *dims = judged->ages->codes.dims;
    return dims[DIM_SITE].nodes[node[DIM_SITE]].leaf_count == 1 &&
           dims[DIM_PERIOD].nodes[node[DIM_PERIOD]].leaf_count == 1 &&
           dims[DIM_AGE].nodes[node[DIM_AGE]].leaf_count ==
               dims[DIM_AGE].leaf_count &&
           node[DIM_SEX] == judged->node[DIM_SEX];
}

bool seal_ages_corner(const struct age_aim *aim, const int made[DIM_COUNT],
                      unsigned corner, int node[DIM_COUNT], int *sign)
{
    *sign = 1;
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        bool back = corner >> d & 1;
        if (back && aim->partner[d] < 0)
            return false;
        node[d] = back ? aim->partner[d] : made[d];
        *sign *= back ? -1 : 1;
    }
    return true;
}

/* It has a part of a row and more, but not all of it. */
static bool is_across(const struct judged *judged, const int own[DIM_COUNT],
                      const int node[DIM_COUNT])
{
    static const enum dim dims[] = {DIM_SITE, DIM_PERIOD};
    const struct dimension *nodes = judged->ages->codes.dims;
    bool inner = own == judged->node; /* then it is proved in its turn */
    bool outer = true;
    for (size_t i = 0; i < COUNT_OF(dims); i++) {
        enum dim d = dims[i];
        if (node_disjoint(&nodes[d].nodes[own[d]], &nodes[d].nodes[node[d]]))
            return false;
        inner = inner && seal_ages_within(judged->ages, d, own[d], node[d]);
        outer = outer && seal_ages_within(judged->ages, d, node[d], own[d]);
    }
    return !inner && !outer;
}

/* Whether a row crosses one that the change is made or taken back in. It is
 * blind where the same year of another of its sites takes it back. */
static bool crosses(const struct judged *judged, const int node[DIM_COUNT])
{
    const struct seal_ages *ages = judged->ages;
    int other = judged->aim->partner[DIM_SITE], own[DIM_COUNT], sign = 1;
    bool found = is_across(judged, judged->node, node);
    if (other >= 0 && seal_ages_within(ages, DIM_SITE, node[DIM_SITE], other) &&
        seal_ages_within(ages, DIM_SITE, node[DIM_SITE],
                         judged->node[DIM_SITE]))
        return false;
    for (unsigned corner = 1; corner < 1U << DIM_COUNT && !found; corner++)
        found =
            seal_ages_corner(judged->aim, judged->made, corner, own, &sign) &&
            is_across(judged, own, node);
    return found;
}

/* A row that prints a rate, or not; and is judged itself, or not. */
static void meet_row(const struct judged *judged, const int node[DIM_COUNT],
                     bool rated, bool shown, struct meeting *meeting)
{
    const struct dimension *dims = judged->ages->codes.dims;
    meeting->crossed = meeting->crossed || (rated && crosses(judged, node));
    if (shown && is_atom(judged, node))
        meeting->known[dims[DIM_SITE].nodes[node[DIM_SITE]].leaves[0] *
                           dims[DIM_PERIOD].leaf_count +
                       dims[DIM_PERIOD].nodes[node[DIM_PERIOD]].leaves[0]] =
            true;
}

/* The territory of the row under any of its names: no other takes a change
 * back. */
static bool is_here(const struct judged *judged, int node)
{
    int own = judged->node[DIM_TERRITORY];
    return seal_ages_within(judged->ages, DIM_TERRITORY, node, own) &&
           seal_ages_within(judged->ages, DIM_TERRITORY, own, node);
}

static void meet_table(const struct judged *judged, size_t table,
                       struct meeting *meeting)
{
    const struct seal *seal = judged->ages->seal;
    const struct derived_table *derived = seal->tables[table];
    const struct cube_axis *axis = derived->axes;
    for (size_t t = 0; t < axis[DIM_TERRITORY].count; t++) {
        size_t rows = derived->rows / axis[DIM_TERRITORY].count;
        if (!is_here(judged, axis[DIM_TERRITORY].nodes[t]))
            continue;
        for (size_t r = t * rows; r < (t + 1) * rows; r++) {
            size_t place[DIM_COUNT];
            int node[DIM_COUNT];
            cube_place(derived->counts, r, place);
            for (size_t d = 0; d < DIM_COUNT; d++)
                node[d] = axis[d].nodes[place[d]];
            meet_row(judged, node, prints_any(judged->ages, table, r),
                     is_shown(seal, table, r), meeting);
        }
    }
}

bool seal_ages_crossed(const struct seal_ages *ages, const struct age_aim *aim,
                       const int made[DIM_COUNT], struct arena *scratch)
{
    const struct judged *judged = &(struct judged){ages, aim, aim->node, made};
    const struct seal *seal = judged->ages->seal;
    const struct dimension *dims = judged->ages->codes.dims;
    const struct node *site = &dims[DIM_SITE].nodes[judged->node[DIM_SITE]];
    const struct node *years =
        &dims[DIM_PERIOD].nodes[judged->node[DIM_PERIOD]];
    size_t each = dims[DIM_PERIOD].leaf_count;
    struct meeting meeting = {
        .known = arena_array(scratch, dims[DIM_SITE].leaf_count * each,
                             sizeof *meeting.known)};
    const char *measure = judged->aim->stock->measure;
    const struct age_past *past =
        judged->ages->past_of[judged->node[DIM_TERRITORY]];
    bool whole = true;
    if (site->leaf_count * years->leaf_count == 1)
        return false;
    for (size_t t = 0; t < seal->job->plan->table_count; t++) {
        if (judged->ages->tables[t].stock != NULL &&
            text_same(seal->tables[t]->plan->measure, measure))
            meet_table(judged, t, &meeting);
    }
    for (; past != NULL; past = past->next) {
        if (past->stock == judged->aim->stock)
            meet_row(judged, past->node, true, true, &meeting);
    }
    for (size_t s = 0; s < site->leaf_count; s++) {
        for (size_t y = 0; y < years->leaf_count; y++)
            whole = whole &&
                    meeting.known[site->leaves[s] * each + years->leaves[y]];
    }
    return meeting.crossed && !whole;
}
