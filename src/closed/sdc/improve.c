/* SPDX-License-Identifier: EUPL-1.2 */
/* Second thoughts: shows an expensive secondary again and protects anew what
 * leaned on it; keeps the change when the pattern costs less. Moves chosen
 * late often serve cells that early ones were chosen for. */
#include <stdlib.h>

#include "sdc/pattern.h"

enum {
    DROP_LIMIT = 24, /* a cell that more moves lean on stays */
};

struct attempt {
    struct pattern *pattern;
    bool *marked;      /* [cells] */
    uint32_t *touched; /* cells of the moves dropped */
    size_t touched_count;
    uint32_t dropped[DROP_LIMIT];
    size_t dropped_count;
    size_t first_new; /* moves from here on are new */
    int64_t before;   /* what the pattern cost */
};

static void touch(struct attempt *attempt, const struct move *move)
{
    for (size_t i = 0; i < move->count; i++) {
        uint32_t cell = move->cells[i];
        if (attempt->marked[cell])
            continue;
        attempt->marked[cell] = true;
        attempt->touched[attempt->touched_count++] = cell;
    }
}

static void drop_moves_of(struct attempt *attempt, uint32_t cell)
{
    struct pattern *pattern = attempt->pattern;
    for (uint32_t u = pattern->first[cell]; u != PATTERN_END;
         u = pattern->uses[u].next) {
        uint32_t number = pattern->uses[u].move;
        if (pattern->moves[number].dropped)
            continue;
        touch(attempt, &pattern->moves[number]);
        pattern_drop(pattern, number);
        attempt->dropped[attempt->dropped_count++] = number;
    }
}

static void show_if_idle(struct pattern *pattern, uint32_t cell)
{
    if (pattern_is_optional(pattern, cell) && pattern->alive[cell] == 0)
        pattern_show(pattern, cell);
}

/* --- what leaned on the dropped moves
 * ------------------------------------------ */

/* Smallest counts first, as in the first choice: they are the hardest. */
static void sort_touched(struct attempt *attempt)
{
    const int64_t *counts = attempt->pattern->universe->counts;
    uint32_t *cells = attempt->touched;
    for (size_t i = 1; i < attempt->touched_count; i++) {
        uint32_t cell = cells[i];
        size_t j = i;
        while (j > 0 && (counts[cells[j - 1]] > counts[cell] ||
                         (counts[cells[j - 1]] == counts[cell] &&
                          cells[j - 1] > cell))) {
            cells[j] = cells[j - 1];
            j--;
        }
        cells[j] = cell;
    }
}

/* True when all of it is safe again for less than before. */
static bool protect_anew(struct attempt *attempt)
{
    struct pattern *pattern = attempt->pattern;
    sort_touched(attempt);
    for (size_t i = 0; i < attempt->touched_count; i++) {
        uint32_t cell = attempt->touched[i];
        if (!universe_is_open(pattern->universe, cell) ||
            pattern_is_safe(pattern, cell))
            continue;
        if (!pattern_protect(pattern, cell) || pattern->cost >= attempt->before)
            return false;
    }
    return pattern->cost < attempt->before;
}

static void undo(struct attempt *attempt)
{
    struct pattern *pattern = attempt->pattern;
    for (size_t m = attempt->first_new; m < pattern->move_count; m++) {
        const struct move *move = &pattern->moves[m];
        pattern_drop(pattern, m);
        for (size_t i = 0; i < move->count; i++)
            show_if_idle(pattern, move->cells[i]);
    }
    for (size_t d = 0; d < attempt->dropped_count; d++)
        pattern_restore(pattern, attempt->dropped[d]);
}

static void begin(struct attempt *attempt, uint32_t cell)
{
    struct pattern *pattern = attempt->pattern;
    attempt->touched_count = 0;
    attempt->dropped_count = 0;
    attempt->first_new = pattern->move_count;
    attempt->before = pattern->cost;
    drop_moves_of(attempt, cell);
    for (size_t i = 0; i < attempt->touched_count; i++) {
        attempt->marked[attempt->touched[i]] = false;
        show_if_idle(pattern, attempt->touched[i]);
    }
}

static void try_showing(struct attempt *attempt, uint32_t cell)
{
    struct pattern *pattern = attempt->pattern;
    begin(attempt, cell);
    int64_t price = pattern->spots[cell].price;
    pattern->spots[cell].price = PRICE_BLOCKED;
    bool better = protect_anew(attempt);
    pattern->spots[cell].price = price;
    if (!better)
        undo(attempt);
}

/* --- order
 * ---------------------------------------------------------------------- */

struct candidate {
    uint32_t cell;
    int64_t count;
};

static int by_value(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static void pass(struct attempt *attempt, struct candidate *candidates)
{
    const struct pattern *pattern = attempt->pattern;
    const struct universe *universe = pattern->universe;
    size_t count = 0;
    for (size_t c = 0; c < universe->count; c++) {
        if (pattern_is_optional(pattern, c))
            candidates[count++] =
                (struct candidate){(uint32_t)c, universe->counts[c]};
    }
    qsort(candidates, count, sizeof *candidates, by_value);
    for (size_t i = 0; i < count; i++) {
        uint32_t cell = candidates[i].cell;
        if (pattern_is_optional(pattern, cell) &&
            pattern->alive[cell] <= DROP_LIMIT)
            try_showing(attempt, cell);
    }
}

void pattern_improve(struct pattern *pattern, int passes)
{
    struct arena *scratch = arena_new();
    size_t count = pattern->universe->count;
    struct attempt attempt = {
        .pattern = pattern,
        .marked = arena_array(scratch, count, sizeof *attempt.marked),
        .touched = arena_array(scratch, count, sizeof *attempt.touched),
    };
    struct candidate *candidates =
        arena_array(scratch, count, sizeof *candidates);
    int64_t before = INT64_MAX;
    for (int p = 0; p < passes && pattern->cost < before; p++) {
        before = pattern->cost;
        pass(&attempt, candidates);
    }
    arena_wipe(scratch);
}
