/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/round_impl.h"

#include <stdlib.h>
#include <string.h>

enum {
    THRESHOLD_LEAST = 3,
    WINDOWS_MORE = 3, /* than the search, for what was printed */
};

int64_t rounding_step(const struct rounding *rounding, size_t leaf, bool up)
{
    uint32_t cell = rounding->cover.leaves[leaf];
    int64_t rest = rounding->table->counts[cell] % rounding->base;
    return up ? rounding->base - rest : -rest;
}

void rounding_add(struct rounding *rounding, size_t leaf, int64_t step)
{
    const struct plain_cover *cover = &rounding->cover;
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++)
        rounding->off[cover->cells[i]] += step;
}

/* Smallest w such that every |off| < w * base. */
static int64_t window_of(const struct rounding *rounding)
{
    int64_t farthest = 0;
    for (size_t c = 0; c < rounding->table->cells; c++) {
        int64_t distance = llabs(rounding->off[c]);
        farthest = distance > farthest ? distance : farthest;
    }
    return farthest / rounding->base + 1;
}

struct ranked {
    uint64_t rank, mark;
    uint32_t at;
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *first = a, *second = b;
    int order = (first->rank > second->rank) - (first->rank < second->rank);
    if (order == 0)
        order = (first->mark > second->mark) - (first->mark < second->mark);
    return order != 0 ? order
                      : (first->at > second->at) - (first->at < second->at);
}

uint32_t *rounding_rank(struct rounding *rounding, const uint32_t *cells,
                        size_t count)
{
    struct ranked *ranked = arena_array(rounding->arena, count, sizeof *ranked);
    uint32_t *list = arena_array(rounding->arena, count, sizeof *list);
    for (size_t i = 0; i < count; i++) {
        uint64_t mark = rounding->table->marks[cells[i]];
        uint64_t rank =
            hash_keyed_number(&rounding->policy->key, &mark, sizeof mark);
        ranked[i] = (struct ranked){rank, mark, (uint32_t)i};
    }
    qsort(ranked, count, sizeof *ranked, by_rank);
    for (size_t i = 0; i < count; i++)
        list[i] = ranked[i].at;
    return list;
}

size_t rounding_astray(const struct rounding *rounding)
{
    size_t c = 0;
    while (
        c < rounding->table->cells &&
        !(rounding_aims(rounding, c) && rounding->aims[c] != rounding->off[c]))
        c++;
    return c;
}

static void order_leaves(struct rounding *rounding)
{
    const struct plain_cover *cover = &rounding->cover;
    uint32_t *ranks = rounding_rank(rounding, cover->leaves, cover->leaf_count);
    rounding->movable = 0;
    rounding->order = arena_array(rounding->arena, cover->leaf_count,
                                  sizeof *rounding->order);
    for (size_t i = 0; i < cover->leaf_count; i++) {
        if (rounding_step(rounding, ranks[i], false) != 0 &&
            !rounding_aims(rounding, cover->leaves[ranks[i]]))
            rounding->order[rounding->movable++] = ranks[i];
    }
}

/* How far from the truth what was printed is. */
static void find_aims(struct rounding *rounding)
{
    const struct plain_table *table = rounding->table;
    rounding->aims =
        arena_array(rounding->arena, table->cells, sizeof *rounding->aims);
    for (size_t c = 0; c < table->cells; c++) {
        int64_t printed = table->known->printed[c];
        rounding->aims[c] =
            printed == PLAIN_FREE ? ROUND_ANY : printed - table->counts[c];
    }
}

/* Leaves that were printed are where they were. */
static bool place_printed(struct rounding *rounding, struct err *err)
{
    const struct plain_cover *cover = &rounding->cover;
    for (size_t l = 0; l < cover->leaf_count; l++) {
        uint32_t cell = cover->leaves[l];
        if (!rounding_aims(rounding, cell))
            continue;
        int64_t aim = rounding->aims[cell];
        if (aim != rounding_step(rounding, l, false) &&
            (aim != rounding_step(rounding, l, true) || aim == rounding->base))
            return plain_fail(rounding->table, cell, "round.printed",
                              "was printed as no rounding of its count", err);
        rounding_add(rounding, l, aim);
    }
    return true;
}

/* No leaf has a direction. */
static void begin(struct rounding *rounding)
{
    static const char seed[] = "panorama rounding";
    rounding->off = arena_array(rounding->arena, rounding->table->cells,
                                sizeof *rounding->off);
    rounding->up = arena_array(rounding->arena, rounding->cover.leaf_count,
                               sizeof *rounding->up);
    rounding->random =
        hash_keyed_number(&rounding->policy->key, seed, sizeof seed - 1);
    order_leaves(rounding);
}

/* Searches, then tries every smaller window that enumeration can settle; where
 * the search has lost what was printed, larger ones as well. */
static void choose(struct rounding *rounding, int64_t *out,
                   struct round_report *report)
{
    rounding_search(rounding);
    report->how = ROUND_SEARCHED;
    report->window = window_of(rounding);
    report->least = true;
    if (rounding_astray(rounding) < rounding->table->cells)
        report->window += WINDOWS_MORE;
    for (int64_t w = 1; w < report->window; w++) {
        enum enumeration result = rounding_enumerate(rounding, w);
        report->least = report->least && result == ENUMERATION_NONE;
        if (result == ENUMERATION_FOUND) {
            report->how = ROUND_ENUMERATED;
            report->window = window_of(rounding);
            report->least = true;
            break; /* beyond w is only what was printed already */
        }
    }
    for (size_t c = 0; c < rounding->table->cells; c++)
        out[c] = rounding->table->counts[c] + rounding->off[c];
}

static void round_anew(struct rounding *rounding, int64_t *out,
                       struct round_report *report)
{
    begin(rounding);
    if (rounding_network(rounding, out)) {
        report->how = ROUND_NETWORK;
        report->window = 1;
        report->least = true;
    } else {
        choose(rounding, out, report);
    }
}

static int64_t nearest(int64_t count, int64_t base)
{
    return (count + base / 2) / base * base;
}

static void describe(const struct rounding *rounding, const int64_t *out,
                     struct round_report *report)
{
    const struct plain_table *table = rounding->table;
    const struct plain_rows *rows = &table->relations;
    double sum = 0;
    for (size_t c = 0; c < table->cells; c++) {
        int64_t distance = llabs(out[c] - table->counts[c]);
        report->wide += distance >= rounding->base;
        sum += (double)distance;
    }
    report->cells = table->cells;
    report->leaves = rounding->cover.leaf_count;
    report->mean_error = table->cells > 0 ? sum / (double)table->cells : 0;
    report->relations = rows->count;
    for (size_t r = 0; r < rows->count; r++) {
        uint32_t whole = rows->members[rows->starts[r]];
        int64_t rest = nearest(table->counts[whole], rounding->base);
        for (size_t i = rows->starts[r] + 1; i < rows->starts[r + 1]; i++)
            rest -= nearest(table->counts[rows->members[i]], rounding->base);
        report->unadditive += rest != 0;
    }
}

static bool check_policy(const struct round_policy *policy, struct err *err)
{
    assert(policy->threshold >= THRESHOLD_LEAST);
    if (policy->base < 2 || policy->base > ROUND_BASE_MOST)
        return err_fail(err, ERR_USAGE, "round.base",
                        "the base of a rounding is 2 to %d", ROUND_BASE_MOST);
    if (policy->base < policy->threshold - 1)
        return err_fail(
            err, ERR_DISCLOSURE, "round.base",
            "rounding to base %lld cannot protect a threshold of %lld: a "
            "published 0 would tell 0 to %lld; the base must be at least %lld",
            (long long)policy->base, (long long)policy->threshold,
            (long long)policy->base - 1, (long long)policy->threshold - 1);
    return plain_check_key(&policy->key, err);
}

static bool is_printed_again(const struct plain_table *table,
                             const int64_t *rounded, size_t *cell)
{
    const struct plain_known *known = table->known;
    for (size_t c = 0; known != NULL && c < table->cells; c++) {
        *cell = c;
        if (known->printed[c] != PLAIN_FREE && known->printed[c] != rounded[c])
            return false;
    }
    return true;
}

/* The same counts by the same key give what they gave before; only where they
 * do not is it asked for. */
static bool round_again(struct rounding *rounding, int64_t *out,
                        struct round_report *report, struct err *err)
{
    const struct plain_table *table = rounding->table;
    size_t astray = 0;
    round_anew(rounding, out, report);
    if (!is_printed_again(table, out, &astray)) {
        *report = (struct round_report){0};
        find_aims(rounding);
        begin(rounding);
        if (!place_printed(rounding, err))
            return false;
        choose(rounding, out, report);
        if (!is_printed_again(table, out, &astray))
            return plain_fail(table, astray, "round.printed",
                              "no rounding was found that prints what was "
                              "printed of it before",
                              err);
    }
    describe(rounding, out, report);
    return true;
}

/* Beyond what is published nothing is: it does not follow the counts. */
static bool set_reach(struct round_report *report, struct err *err)
{
    report->reach = report->how == ROUND_NETWORK ? 1 : ROUND_REACH;
    return report->window <= report->reach ||
           err_fail(err, ERR_DISCLOSURE, "round.window",
                    "no rounding was found where every cell is less than %d "
                    "bases from its count",
                    ROUND_REACH);
}

bool round_table(struct arena *arena, const struct plain_table *table,
                 const struct round_policy *policy, int64_t *out,
                 struct round_report *report, struct err *err)
{
    if (!check_policy(policy, err) || !plain_check(table, err))
        return false;
    struct rounding rounding = {
        .arena = arena_new(),
        .table = table,
        .policy = policy,
        .base = policy->base,
    };
    struct round_report found = {0};
    int64_t *rounded = arena_array(arena, table->cells, sizeof *rounded);
    bool ok = plain_cover(rounding.arena, table, &rounding.cover, err) &&
              round_again(&rounding, rounded, &found, err) &&
              set_reach(&found, err) &&
              round_audit(table, policy, found.window, rounded, err);
    if (ok) {
        if (table->cells > 0)
            memcpy(out, rounded, table->cells * sizeof *out);
        *report = found;
    }
    arena_wipe(rounding.arena);
    return ok;
}
