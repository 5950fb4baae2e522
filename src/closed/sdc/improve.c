/* Second thoughts: shows an expensive secondary again and protects anew what
 * leaned on it; keeps the change when it costs less. Moves chosen late often
 * serve cells that early ones were chosen for. */
#include <stdlib.h>

#include "sdc/pattern.h"

enum {
    DROP_LIMIT = 24, /* a cell that more moves lean on stays */
    NEED_LIMIT = 60, /* cells to protect anew in one attempt */
};

struct attempt {
    struct pattern *pattern;
    bool *marked;       /* [cells] */
    uint32_t *touched;  /* cells of the moves dropped, then of new ones */
    size_t touched_count;
    uint32_t dropped[DROP_LIMIT];
    size_t dropped_count;
    size_t first_new;   /* moves from here on are new */
    int64_t gain;       /* prices of the cells shown again */
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

/* Shows what no move needs any more. */
static void show_idle(struct attempt *attempt)
{
    struct pattern *pattern = attempt->pattern;
    for (size_t i = 0; i < attempt->touched_count; i++) {
        uint32_t cell = attempt->touched[i];
        if (!pattern_is_optional(pattern, cell) || pattern->alive[cell] > 0)
            continue;
        pattern_show(pattern, cell);
        attempt->gain += pattern->price[cell];
    }
}

static int64_t spent(const struct attempt *attempt)
{
    const struct pattern *pattern = attempt->pattern;
    int64_t prices = 0;
    for (size_t i = 0; i < attempt->touched_count; i++) {
        uint32_t cell = attempt->touched[i];
        bool back = pattern_is_optional(pattern, cell) &&
                    pattern->alive[cell] == 0;
        (void)back;
        (void)prices;
    }
    return prices;
}

static int by_count(const void *a, const void *b)
{
    const struct { int64_t count; uint32_t cell; } *x = a, *y = b;
    return (x->count > y->count) - (x->count < y->count);
}
