/* SPDX-License-Identifier: EUPL-1.2 */
/* Rates and cells together, where ages are cells.
 *
 * The universe proves that the ages of a row can vary with those of other
 * sites; the rates, that they can vary within the row. Neither sees that one
 * variation may need what the other forbids: a rate of thousands of cases whose
 * digits lie close to where they would change tells of a few at one age. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "seal/seal_ages_impl.h"

/* Of a unit of the last digit: nothing is cut off. */
#define SLACK 1e-6

enum {
    NUMBERS = 3, /* that are printed of a rate: it and its limits */
};

struct joining {
    struct seal_ages *ages;
    struct arena *scratch;
    struct age_fate **list; /* that are printed */
    size_t count;
    struct sdc_rate *rates; /* what is printed of the list */
    bool *exposed;          /* [cells] */
    bool *excused;          /* [cells] not settled without rates either */
};

/* Most events first: the last of those that an exposure needs has fewest. */
static int compare(const void *left, const void *right)
{
    const struct age_fate *const *a = left, *const *b = right;
    if ((*a)->events < (*b)->events || (*a)->events > (*b)->events)
        return (*a)->events > (*b)->events ? -1 : 1;
    return (*a)->number < (*b)->number ? -1 : (*a)->number > (*b)->number;
}

/* Only rates whose ages are cells, some of them suppressed. */
static void list_rates(struct joining *joining)
{
    const struct seal_ages *ages = joining->ages;
    joining->list =
        arena_array(joining->scratch, ages->fate_count, sizeof *joining->list);
    for (size_t f = 0; f < ages->fate_count; f++) {
        struct age_fate *fate = ages->fates[f];
        const struct sdc_rate rate = {fate->cell, fate->rate->weight, 0.0, 0.0};
        if (fate->digits != AGES_NOTHING && fate->rate->sexes == 1 &&
            clearance_heeds(ages->seal->clearance, &rate))
            joining->list[joining->count++] = fate;
    }
    if (joining->count > 0)
        qsort(joining->list, joining->count, sizeof *joining->list, compare);
}

/* What one of its numbers leaves of the ages of a rate: a limit by its slopes,
 * which hold for the few cases that cells leave open. */
static struct sdc_rate print(const struct age_fate *fate, enum age_print part)
{
    const struct age_rate *rate = fate->rate;
    bool limit = part == PRINT_LOWER || part == PRINT_UPPER;
    const double *weights = limit ? rate->slope[part] : rate->weight;
    double slack = SLACK * (rate->room_high[part] - rate->room_low[part]);
    double sum = 0.0;
    for (size_t a = 0; a < rate->classes; a++)
        sum += weights[a] * (double)rate->counts[a];
    return (struct sdc_rate){fate->cell, weights,
                             sum + rate->room_low[part] - slack,
                             sum + rate->room_high[part] + slack};
}

/* Everything that is printed of a rate; returns how many numbers. */
static size_t print_all(const struct age_fate *fate,
                        struct sdc_rate out[NUMBERS])
{
    size_t count = 0;
    if (fate->digits == AGES_NOTHING)
        return 0;
    out[count++] =
        print(fate, fate->digits == AGES_COARSE ? PRINT_COARSE : PRINT_VALUE);
    if (fate->digits == AGES_INTERVAL) {
        out[count++] = print(fate, PRINT_LOWER);
        out[count++] = print(fate, PRINT_UPPER);
    }
    return count;
}

/* All that is printed of the first `count` rates, but for those that lost all.
 */
static size_t print_first(const struct joining *joining, size_t count)
{
    size_t printed = 0;
    for (size_t j = 0; j < count; j++)
        printed += print_all(joining->list[j], &joining->rates[printed]);
    return printed;
}

/* What they expose. */
static bool attack(const struct joining *joining, size_t count, struct err *err)
{
    return clearance_attack(joining->ages->seal->clearance, joining->rates,
                            print_first(joining, count), joining->exposed, err);
}

/* The fewest rates in front that expose the cell, which is not excused: the
 * last of them does. */
static bool find_guilty(const struct joining *joining, size_t cell, size_t *out,
                        struct err *err)
{
    size_t low = 1, high = joining->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool exposed;
        if (!clearance_attack_one(joining->ages->seal->clearance,
                                  joining->rates, print_first(joining, middle),
                                  cell, &exposed, err))
            return false;
        if (exposed)
            high = middle;
        else
            low = middle + 1;
    }
    *out = high;
    return true;
}

/* Its limits, then a decimal, then the rate, with whatever decimals. */
static void lower(const struct joining *joining, struct age_fate *guilty)
{
    guilty->digits--;
    if (guilty->digits == AGES_COARSE && guilty->rate->decimals == 0)
        guilty->digits = AGES_NOTHING;
    seal_ages_unite(joining->ages);
}

/* The first cell that is exposed, or SEAL_NO_CELL. */
static size_t find_exposed(const struct joining *joining)
{
    size_t cells = universe_cells(joining->ages->seal->universe);
    for (size_t c = 0; c < cells; c++) {
        if (joining->exposed[c] && !joining->excused[c])
            return c;
    }
    return SEAL_NO_CELL;
}

/* Once, and only where there is something to excuse: what the cells alone leave
 * unsettled does not hang on rates. */
static bool excuse(struct joining *joining, struct err *err)
{
    size_t cells = universe_cells(joining->ages->seal->universe);
    if (!attack(joining, 0, err))
        return false;
    memcpy(joining->excused, joining->exposed,
           cells * sizeof *joining->excused);
    return true;
}

/* Each round takes limits, a decimal or a rate, or is the one that excuses.
 * Without rates nothing is attacked. */
static bool join(struct joining *joining, struct err *err)
{
    bool excused = false;
    while (joining->count > 0) {
        size_t guilty;
        if (!attack(joining, joining->count, err))
            return false;
        size_t cell = find_exposed(joining);
        if (cell == SEAL_NO_CELL)
            return true;
        if (excused && !find_guilty(joining, cell, &guilty, err))
            return false;
        if (excused)
            lower(joining, joining->list[guilty - 1]);
        else if (!excuse(joining, err))
            return false;
        excused = true;
    }
    return true;
}

bool seal_ages_join_cells(struct seal_ages *ages, struct err *err)
{
    size_t cells = universe_cells(ages->seal->universe);
    struct arena *scratch = arena_new();
    struct joining joining = {
        .ages = ages,
        .scratch = scratch,
        .exposed = arena_array(scratch, cells, sizeof *joining.exposed),
        .excused = arena_array(scratch, cells, sizeof *joining.excused),
    };
    list_rates(&joining);
    joining.rates = arena_array(scratch, NUMBERS * joining.count + 1,
                                sizeof *joining.rates);
    bool ok = join(&joining, err);
    arena_wipe(scratch);
    return ok;
}
