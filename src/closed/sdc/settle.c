/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/pattern.h"

#include <stdlib.h>

enum {
    KERNEL_PARTS = 40, /* of the open cells: when so many more are, it is old */
    SETTLE_DEAR = 5000, /* some 25 cells */
};

struct target {
    uint32_t cell;
    uint32_t atoms; /* of all axes: fine cells first */
    int64_t count;
};

static uint32_t atoms_of(const struct field *field, size_t cell)
{
    size_t atoms = 0;
    for (size_t a = 0; a < field->axis_count; a++)
        atoms +=
            field->axes[a].atlas.atoms_of[field_part(field, cell, a)].count;
    return (uint32_t)atoms;
}

static int by_need(const void *a, const void *b)
{
    const struct target *x = a, *y = b;
    if (x->atoms != y->atoms)
        return x->atoms < y->atoms ? -1 : 1;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static void drop_kernel(struct pattern *pattern)
{
    kernel_free(pattern->kernel);
    pattern->kernel = NULL;
    pattern->kernel_life = SIZE_MAX;
}

static size_t count_open(const struct field *field)
{
    size_t open = 0;
    for (size_t c = 0; c < field->cells; c++)
        open += field_open(field, c);
    return open;
}

/* What was opened since the last kernel does not move in it. */
void pattern_renew_kernel(struct pattern *pattern)
{
    drop_kernel(pattern);
    pattern->kernel = kernel_new(pattern->field);
    pattern->kernel_life = count_open(pattern->field) / KERNEL_PARTS;
    pattern->opened = 0;
}

static size_t list_targets(const struct pattern *pattern,
                           struct target *targets)
{
    const struct field *field = pattern->field;
    size_t count = 0;
    for (size_t c = 0; c < field->cells; c++) {
        bool seed = field->states[c] == FIELD_SECONDARY && !pattern->alive[c];
        if (!seed && !pattern_is_safe(pattern, c))
            targets[count++] = (struct target){(uint32_t)c, atoms_of(field, c),
                                               field->counts[c]};
    }
    qsort(targets, count, sizeof *targets, by_need);
    return count;
}

/* Protects them for less than a bound each. Returns how many could not be. */
static size_t protect_all(struct pattern *pattern, const struct target *targets,
                          size_t count, int64_t bound)
{
    size_t failed = 0;
    for (size_t t = 0; t < count; t++) {
        if (pattern->opened > pattern->kernel_life)
            pattern_renew_kernel(pattern);
        failed += !pattern_is_safe(pattern, targets[t].cell) &&
                  !pattern_protect(pattern, targets[t].cell, bound);
    }
    return failed;
}

/* Protects the open cells that are not safe. Returns how many could not be.
 * *tried tells whether there were any. With a kernel those wait that would be
 * dear: what is opened for others often lets them move. */
static size_t settle_once(struct pattern *pattern, struct arena *scratch,
                          bool *tried)
{
    struct target *targets =
        arena_array(scratch, pattern->field->cells, sizeof *targets);
    size_t count = list_targets(pattern, targets);
    *tried = count > 0;
    if (pattern->kernel != NULL)
        protect_all(pattern, targets, count, SETTLE_DEAR);
    return protect_all(pattern, targets, count, FIELD_BLOCKED);
}

size_t pattern_settle(struct pattern *pattern)
{
    size_t before, failed = SIZE_MAX;
    bool tried;
    /* What is opened for others may have needs of its own. */
    do {
        struct arena *scratch = arena_new();
        before = failed;
        failed = settle_once(pattern, scratch, &tried);
        arena_wipe(scratch);
    } while (tried && (failed == 0 || failed < before));
    for (size_t c = 0; c < pattern->field->cells; c++)
        pattern_show_idle(pattern, (uint32_t)c);
    return failed;
}

/* --- the whole choice ----------------------------------------------------- */

enum {
    /* Searches that second thoughts may take: a bound on time that is the same
     * on every machine. */
    WORK_LEAST = 150000,
    WORK_LINES = 7,           /* per open cell, after lines ... */
    WORK_LINES_LARGE = 50000, /* ... of large tables, where each takes longer */
    WORK_PER_OPEN = 4,
    WORK_AGAIN = 15,           /* more, per open cell ... */
    WORK_AGAIN_MOST = 340000,  /* ... up to this: seconds; and ... */
    WORK_AGAIN_LARGE = 400000, /* ... this in large tables, as above */
    WORK_UNIVERSE = 16, /* per open cell, where a search takes far longer */
    /* More hidden cells than this, and shared prices and the widest search for
     * each that circuits leave open take hours. Exact programs settle them in
     * minutes: field_settle. */
    HIDDEN_MANY = 10000,
    /* Of a sheet: larger ones leave no memory for a kernel. Universes have
     * hidden cells by the thousand, all of them open, and go without. */
    KERNEL_CELLS = 500000,
    SHARE = 2,       /* witnesses that halve what a cell counts for */
    RATE_LEAST = 10, /* times: a rate is at least this part of the price */
};

/* What a cell costs is shared by the witnesses that use it: the next time it
 * counts for less where many did. */
static void share_prices(struct pattern *pattern)
{
    const struct field *field = pattern->field;
    for (size_t c = 0; c < field->cells; c++) {
        int32_t price = field->prices[c];
        if (price >= FIELD_BLOCKED)
            continue;
        uint32_t others = pattern->alive[c] > 1 ? pattern->alive[c] - 1 : 0;
        double share = (double)price * SHARE / (SHARE + (double)others);
        if (field->states[c] != FIELD_SECONDARY)
            share = price;
        if (share < (double)price / RATE_LEAST)
            share = (double)price / RATE_LEAST;
        double rate = (share + (double)pattern->rates[c]) / 2;
        pattern_rate(pattern, (uint32_t)c, rate < 1 ? 1 : (int32_t)rate);
    }
}

static void restore_prices(struct pattern *pattern)
{
    for (size_t c = 0; c < pattern->field->cells; c++)
        pattern_rate(pattern, (uint32_t)c, pattern->field->prices[c]);
}

static size_t count_state(const struct field *field, enum field_state state)
{
    size_t count = 0;
    for (size_t c = 0; c < field->cells; c++)
        count += field->states[c] == state;
    return count;
}

/* What no table prints is worth no second thoughts. */
static uint64_t work_for(const struct field *field, enum pattern_way way)
{
    uint64_t open = 0;
    for (size_t c = 0; c < field->cells; c++)
        open += field_width(field, c) > 0 && field_open(field, c) &&
                field->states[c] != FIELD_HIDDEN;
    if (field->sheet == NULL)
        return open * WORK_UNIVERSE;
    if (field_is_huge(field))
        return 0;
    bool lines = way == PATTERN_LINES, large = field->cells > KERNEL_CELLS;
    if (lines && large)
        return WORK_LINES_LARGE;
    uint64_t work = open * (lines ? WORK_LINES : WORK_PER_OPEN);
    uint64_t again = large ? WORK_AGAIN_LARGE : WORK_AGAIN_MOST;
    if (!lines)
        work += open * WORK_AGAIN < again ? open * WORK_AGAIN : again;
    return work > WORK_LEAST ? work : WORK_LEAST;
}

/* A first choice, for the prices that it leaves to be shared. */
static void choose_first(struct pattern *pattern)
{
    pattern_settle(pattern);
    share_prices(pattern);
    pattern_forget(pattern, pattern->given);
}

/* Detours take four times as long, of all that circuits have to protect. That
 * is most under the strict attack: few cells move without opening others. */
static bool wanders(const struct field *field, enum pattern_way way)
{
    if (way == PATTERN_LINES)
        return !field_is_huge(field);
    return field->sheet != NULL && field->cells <= KERNEL_CELLS;
}

/* The choice, farther where it must. Of lines, what they allow by themselves
 * comes before anything else is opened. */
static void choose_well(struct pattern *pattern, enum pattern_way way)
{
    bool lines = way == PATTERN_LINES, huge = field_is_huge(pattern->field);
    if (lines)
        pattern_seed(pattern);
    if (!huge) {
        choose_first(pattern);
        if (lines)
            pattern_seed(pattern);
    }
    pattern->wander = wanders(pattern->field, way);
    if (lines && pattern->field->cells <= KERNEL_CELLS)
        pattern_renew_kernel(pattern);
    if (pattern_settle(pattern) > 0) {
        pattern->wander = true;
        pattern->reach = CIRCUIT_ANY;
        pattern_settle(pattern);
    }
    pattern->wander = false;
    drop_kernel(pattern);
    restore_prices(pattern);
}

void pattern_choose(struct pattern *pattern, enum pattern_way way)
{
    pattern->brisk = way == PATTERN_CIRCUITS; /* lines: less value without */
    pattern->reach = CIRCUIT_ROOMY;
    if (count_state(pattern->field, FIELD_HIDDEN) > HIDDEN_MANY)
        pattern_settle(pattern);
    else
        choose_well(pattern, way);
    pattern->reach = CIRCUIT_WIDE;
    if (way == PATTERN_CIRCUITS)
        pattern->wander = wanders(pattern->field, way);
    else if (pattern->field->cells <= KERNEL_CELLS)
        pattern_renew_kernel(pattern);
    pattern_improve(pattern, work_for(pattern->field, way));
    pattern->wander = false;
    drop_kernel(pattern);
}
