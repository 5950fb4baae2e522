/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>

#include "sdc/jj_pattern.h"
#include "sdc/person.h"

enum {
    SEERS = 200, /* of one cell, one after the other */
};
/* Cells of all programs that second thoughts may solve: a bound on time that
 * is the same on every machine. */
#define WORK_IMPROVE UINT64_C(4000000)

/* --- one cell ------------------------------------------------------------- */

struct proposal {
    struct witness moves[2];
    size_t count;
    double cost;
    bool found;
};

/* Considers reaching `down` (0 or less) below and `up` above the truth. */
static void consider(struct jj_pattern *pattern, uint32_t cell, int64_t down,
                     int64_t up, struct arena *scratch, struct proposal *best)
{
    struct proposal proposal = {.found = true};
    int64_t ends[2] = {down, up}, low, high;
    jj_range(pattern, cell, &low, &high);
    if (best->found && best->cost <= 0.0)
        return;
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        double cost;
        if (ends[i] >= low && ends[i] <= high)
            continue;
        if (!jj_find_move(pattern, cell, ends[i], PERSON_NOBODY, scratch,
                          &proposal.moves[proposal.count], &cost))
            return;
        proposal.count++;
        proposal.cost += cost;
    }
    if (!best->found || proposal.cost < best->cost)
        *best = proposal;
}

static bool widen(struct jj_pattern *pattern, uint32_t cell)
{
    struct arena *scratch = arena_new();
    struct proposal best = {0};
    int64_t low, high, width = pattern->width;
    int64_t room = pattern->jj->counts[cell] - pattern->jj->lower[cell];
    jj_range(pattern, cell, &low, &high);
    consider(pattern, cell, low, width + low, scratch, &best);
    if (high < width && room >= width - high)
        consider(pattern, cell, high - width, high, scratch, &best);
    int64_t half = room < width / 2 ? room : width / 2;
    if (half > 0)
        consider(pattern, cell, -half, width - half, scratch, &best);
    for (size_t i = 0; i < best.count; i++)
        jj_record(pattern, &best.moves[i]);
    arena_wipe(scratch);
    return best.found;
}

/* One more move of a cell, in which somebody does not sit. */
static bool evade(struct jj_pattern *pattern, uint32_t cell, uint32_t person)
{
    struct arena *scratch = arena_new();
    struct witness up, down;
    double up_cost, down_cost;
    bool has_up =
        jj_find_move(pattern, cell, 1, person, scratch, &up, &up_cost);
    bool has_down =
        (!has_up || up_cost > 0.0) &&
        jj_find_move(pattern, cell, -1, person, scratch, &down, &down_cost);
    bool goes_down = has_down && (!has_up || down_cost < up_cost);
    if (goes_down)
        jj_record(pattern, &down);
    else if (has_up)
        jj_record(pattern, &up);
    arena_wipe(scratch);
    return has_up || has_down;
}

bool jj_protect_cell(struct jj_pattern *pattern, uint32_t cell)
{
    int64_t low, high;
    jj_range(pattern, cell, &low, &high);
    if (high - low < pattern->width && !widen(pattern, cell))
        return false;
    for (int i = 0; i < SEERS; i++) {
        uint32_t seer = jj_seer(pattern, cell);
        if (seer == PERSON_NOBODY)
            break;
        if (!evade(pattern, cell, seer))
            return false;
    }
    return jj_is_safe(pattern, cell);
}

/* --- a first pattern ------------------------------------------------------ */

struct target {
    uint32_t cell;
    double price;
    int64_t count;
};

static int by_count(const void *a, const void *b)
{
    const struct target *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

void jj_choose(struct jj_pattern *pattern)
{
    struct arena *scratch = arena_new();
    const struct jj *jj = pattern->jj;
    struct target *targets = arena_array(scratch, jj->cells, sizeof *targets);
    size_t count = 0;
    /* No line is prepared as for circuits (seed.c): programs that find all
     * their cells closed open a tenth fewer in the end. */
    for (size_t c = 0; c < jj->cells; c++) {
        if (pattern->needy[c])
            targets[count++] = (struct target){(uint32_t)c, 0.0, jj->counts[c]};
    }
    qsort(targets, count, sizeof *targets, by_count);
    for (size_t t = 0; t < count; t++) {
        bool safe = jj_is_safe(pattern, targets[t].cell) ||
                    jj_protect_cell(pattern, targets[t].cell);
        (void)safe; /* the audit tells */
    }
    jj_show_idle(pattern);
    arena_wipe(scratch);
}

/* --- second thoughts ------------------------------------------------------ */

/* True when everything that must be safe in a move is. */
static bool leaves_safe(const struct jj_pattern *pattern, size_t move)
{
    const struct witness *list = &pattern->moves.list[move];
    for (size_t i = 0; i < list->count; i++) {
        if (pattern->needy[list->cells[i]] &&
            !jj_is_safe(pattern, list->cells[i]))
            return false;
    }
    return true;
}

static void drop_needless(struct jj_pattern *pattern)
{
    for (size_t m = 0; m < pattern->moves.count; m++) {
        if (pattern->dropped[m])
            continue;
        pattern->dropped[m] = true;
        pattern->dropped[m] = leaves_safe(pattern, m);
    }
    jj_show_idle(pattern);
}

static double cost_since(const struct jj_pattern *pattern, size_t opened)
{
    double cost = 0.0;
    for (size_t i = opened; i < pattern->opened_count; i++)
        cost += pattern->prices[pattern->opened[i]];
    return cost;
}

/* Makes safe again what leant on some moves, for less than `bound`. */
static bool mend(struct jj_pattern *pattern, const uint32_t *moves,
                 size_t count, double bound)
{
    size_t opened = pattern->opened_count;
    for (size_t m = 0; m < count; m++) {
        /* A copy: the list grows below, its cells stay where they are. */
        struct witness move = pattern->moves.list[moves[m]];
        for (size_t i = 0; i < move.count; i++) {
            uint32_t cell = move.cells[i];
            if (!pattern->needy[cell] || jj_is_safe(pattern, cell))
                continue;
            if (!jj_protect_cell(pattern, cell) ||
                cost_since(pattern, opened) >= bound)
                return false;
        }
    }
    return true;
}

/* Shows a secondary if what it costs to do without is less. */
static void try_without(struct jj_pattern *pattern, uint32_t cell)
{
    struct arena *scratch = arena_new();
    size_t before = pattern->moves.count, opened = pattern->opened_count;
    uint32_t *moves = arena_array(scratch, before, sizeof *moves);
    size_t count = 0;
    for (uint32_t e = pattern->first[cell]; e != JJ_END;
         e = pattern->entries[e].next) {
        uint32_t move = pattern->entries[e].move;
        if (pattern->dropped[move])
            continue;
        pattern->dropped[move] = true;
        moves[count++] = move;
    }
    pattern->jj->status[cell] = JJ_SAFE;
    pattern->barred[cell] = true;
    if (!mend(pattern, moves, count, pattern->prices[cell])) {
        for (size_t m = before; m < pattern->moves.count; m++)
            pattern->dropped[m] = true;
        for (size_t m = 0; m < count; m++)
            pattern->dropped[moves[m]] = false;
        for (size_t i = opened; i < pattern->opened_count; i++)
            pattern->jj->status[pattern->opened[i]] = JJ_SAFE;
        pattern->opened_count = opened;
        pattern->jj->status[cell] = JJ_SECONDARY;
    }
    pattern->barred[cell] = false;
    arena_wipe(scratch);
}

static int by_price(const void *a, const void *b)
{
    const struct target *x = a, *y = b;
    if (x->price > y->price || x->price < y->price)
        return x->price > y->price ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

/* One round over all secondaries, the dearest first. */
static bool improve_once(struct jj_pattern *pattern, uint64_t end)
{
    struct arena *scratch = arena_new();
    const struct jj *jj = pattern->jj;
    struct target *targets = arena_array(scratch, jj->cells, sizeof *targets);
    size_t count = 0;
    bool better = false;
    for (size_t c = 0; c < jj->cells; c++) {
        if (jj->status[c] == JJ_SECONDARY && !pattern->given[c])
            targets[count++] =
                (struct target){(uint32_t)c, pattern->prices[c], jj->counts[c]};
    }
    qsort(targets, count, sizeof *targets, by_price);
    for (size_t t = 0; t < count && pattern->work < end; t++) {
        uint32_t cell = targets[t].cell;
        if (jj->status[cell] == JJ_SECONDARY)
            try_without(pattern, cell);
        better = better || jj->status[cell] == JJ_SAFE;
    }
    arena_wipe(scratch);
    return better;
}

void jj_improve(struct jj_pattern *pattern)
{
    uint64_t end = pattern->work + WORK_IMPROVE;
    drop_needless(pattern);
    while (improve_once(pattern, end) && pattern->work < end)
        drop_needless(pattern);
}
