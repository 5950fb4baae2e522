/* SPDX-License-Identifier: EUPL-1.2 */
/* The attack on a perturbed table, by somebody who has the numbers, the
 * relations of the counts behind them and the perturbation table. */
#include "sdc/cellkey_impl.h"

static int64_t printed_before(const struct plain_table *table, size_t cell)
{
    return table->known == NULL ? PLAIN_FREE : table->known->printed[cell];
}

static bool check_values(const struct cellkey_judged *judged, struct err *err)
{
    const struct plain_table *table = judged->table;
    const struct hash_key *key = &judged->policy->key;
    uint64_t *keys = arena_array(judged->arena, table->cells, sizeof *keys);
    if (!cellkey_keys(table, key, keys, err))
        return false;
    for (size_t c = 0; c < table->cells; c++) {
        int64_t value =
            cellkey_value(&judged->ptable, key, table->counts[c], keys[c]);
        int64_t printed = printed_before(table, c);
        if (judged->published[c] != value)
            return plain_fail(table, c, "cellkey.value",
                              "not what its key gives", err);
        if (printed != PLAIN_FREE && printed != value)
            return plain_fail(table, c, "cellkey.printed",
                              "what was printed before is not what its count "
                              "and key give",
                              err);
    }
    return true;
}

/* A part that is all of its whole holds the same persons. */
static bool check_same(const struct cellkey_judged *judged, struct err *err)
{
    const struct plain_table *table = judged->table;
    const struct plain_rows *rows = &table->relations;
    for (size_t r = 0; r < rows->count; r++) {
        uint32_t whole = rows->members[rows->starts[r]];
        for (size_t i = rows->starts[r] + 1; i < rows->starts[r + 1]; i++) {
            uint32_t part = rows->members[i];
            if (table->counts[part] == table->counts[whole] &&
                judged->published[part] != judged->published[whole])
                return plain_fail(table, whole, "cellkey.same",
                                  "the same persons got two noises", err);
        }
    }
    return true;
}

/* What a reader knows of a cell without arithmetic. */
static void tell(const struct cellkey_judged *judged, size_t cell,
                 int64_t *lower, int64_t *upper)
{
    const struct plain_known *known = judged->table->known;
    ptable_origin(&judged->ptable, judged->published[cell], lower, upper);
    if (known == NULL)
        return;
    if (cellkey_hidden(judged->table, cell)) {
        *lower = 0;
        *upper = INT64_MAX;
    }
    if (*upper > known->limits[cell])
        *upper = known->limits[cell];
    if (known->empty[cell])
        *upper = 0;
}

static void publish(struct cellkey_judged *judged)
{
    struct arena *arena = judged->arena;
    size_t cells = judged->table->cells;
    int64_t *lower = arena_array(arena, cells, sizeof *lower);
    int64_t *upper = arena_array(arena, cells, sizeof *upper);
    enum audit_guard *guards = arena_array(arena, cells, sizeof *guards);
    for (size_t c = 0; c < cells; c++) {
        tell(judged, c, &lower[c], &upper[c]);
        guards[c] = AUDIT_GUARDED;
    }
    judged->input = plain_published(judged->table, lower, upper, guards,
                                    judged->policy->threshold);
}

/* --- witnesses ------------------------------------------------------------ */

/* One more person in a leaf, or `up` more, is one more in every cell that holds
 * it: as long as all of them stay within their published intervals, the table
 * with those persons could have been published just so. A leaf is not emptied:
 * then cells that differ by it would hold the same persons, and be published
 * alike. */
static void reach_leaf(struct cellkey_judged *judged, size_t leaf)
{
    const struct plain_cover *cover = &judged->cover;
    const struct audit_input *input = &judged->input;
    int64_t up = INT64_MAX, down = input->counts[cover->leaves[leaf]] - 1;
    down = down < 0 ? 0 : down;
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
        uint32_t cell = cover->cells[i];
        int64_t above = input->upper[cell] - input->counts[cell];
        int64_t below = input->counts[cell] - input->lower[cell];
        up = above < up ? above : up;
        down = below < down ? below : down;
    }
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
        uint32_t cell = cover->cells[i];
        if (up > judged->up[cell])
            judged->up[cell] = up;
        if (down > judged->down[cell])
            judged->down[cell] = down;
    }
}

static bool check_limits(const struct cellkey_judged *judged, struct err *err)
{
    const struct plain_table *table = judged->table;
    for (size_t c = 0; c < table->cells; c++) {
        if (table->counts[c] > judged->input.upper[c])
            return plain_fail(table, c, "cellkey.limit",
                              "its count is more than what is publicly known "
                              "to be the most",
                              err);
    }
    return true;
}

/* A witness has counts that can all have been published so: those next to the
 * true ones. */
static void keep_near(struct cellkey_judged *judged)
{
    struct audit_input *input = &judged->input;
    int64_t *lower = arena_array(judged->arena, input->cells, sizeof *lower);
    int64_t *upper = arena_array(judged->arena, input->cells, sizeof *upper);
    for (size_t c = 0; c < input->cells; c++) {
        int64_t low = input->lower[c], high = input->upper[c];
        if (!cellkey_hidden(judged->table, c))
            ptable_around(&judged->ptable, judged->published[c],
                          input->counts[c], &low, &high);
        lower[c] = low > input->lower[c] ? low : input->lower[c];
        upper[c] = high < input->upper[c] ? high : input->upper[c];
    }
    judged->told = *input;
    input->lower = lower;
    input->upper = upper;
}

static void find_reach(struct cellkey_judged *judged)
{
    const struct plain_table *table = judged->table;
    judged->up = arena_array(judged->arena, table->cells, sizeof *judged->up);
    judged->down =
        arena_array(judged->arena, table->cells, sizeof *judged->down);
    for (size_t l = 0; l < judged->cover.leaf_count; l++)
        reach_leaf(judged, l);
}

static bool judge(const struct cellkey_judged *judged, size_t cell,
                  const struct audit_bounds *bounds,
                  struct cellkey_shifts *shifts, struct err *err)
{
    int64_t low = bounds->low[cell], high = bounds->high[cell];
    int64_t width = judged->input.threshold - 2;
    if (low >= judged->input.threshold || high < 1)
        return true;
    if (high - low < width)
        return plain_fail(judged->table, cell, "cellkey.exposed",
                          "what does not add up tells its count too closely",
                          err);
    if (judged->up[cell] + judged->down[cell] < width &&
        !cellkey_shift(shifts, cell, width) &&
        !cellkey_jump(shifts, cell, width))
        return plain_fail(judged->table, cell, "cellkey.doubt",
                          "no proof that what does not add up hides its count",
                          err);
    return true;
}

/* Bounds from outside refute, witnesses from inside prove, and what neither
 * settles is refused.
 *
 * Whoever is alone in a cell knows that its other leaves are empty. Another
 * cell with a small count has a person elsewhere, hence a leaf outside of the
 * first with a small count, which was proved to move by T - 2 >= 1, by
 * itself or against leaves with two persons or more: the other moves with it,
 * the first does not, and no count is told exactly. */
static bool attack(struct cellkey_judged *judged, size_t *narrowed,
                   struct err *err)
{
    const struct audit_input *input = &judged->input;
    struct audit_bounds bounds;
    struct cellkey_shifts *shifts = cellkey_shifts_new(judged);
    size_t count = 0;
    if (!check_limits(judged, err) ||
        !plain_narrow(judged->arena, input, &bounds, err))
        return false;
    for (size_t c = 0; c < input->cells; c++)
        count +=
            bounds.low[c] > input->lower[c] || bounds.high[c] < input->upper[c];
    keep_near(judged);
    find_reach(judged);
    for (size_t c = 0; c < input->cells; c++) {
        if (!judge(judged, c, &bounds, shifts, err))
            return false;
    }
    *narrowed = count;
    return true;
}

bool cellkey_audit(const struct plain_table *table,
                   const struct cellkey_policy *policy,
                   const int64_t *published, size_t *narrowed, struct err *err)
{
    struct cellkey_judged judged = {
        .arena = arena_new(),
        .table = table,
        .policy = policy,
        .published = published,
    };
    bool ok = ptable_make(judged.arena, &policy->noise, &judged.ptable, err) &&
              plain_cover(judged.arena, table, &judged.cover, err) &&
              check_values(&judged, err) && check_same(&judged, err);
    if (ok) {
        publish(&judged);
        ok = attack(&judged, narrowed, err);
    }
    arena_wipe(judged.arena);
    return ok;
}
