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

#include "seal/seal_ages_before.h"

/* Of a unit of the last digit: nothing is cut off. */
#define SLACK 1e-6

enum {
    NUMBERS = 3, /* that are printed of a rate: it and its limits */
};

struct joining {
    struct seal_ages *ages;
    struct arena *scratch;
    struct age_fate **list; /* that are printed, */
    size_t fixed, count;    /* and the first of them for ever */
    struct sdc_rate *rates; /* what is printed of the list */
    bool *exposed;          /* [cells] */
    bool *excused;          /* [cells] not settled without rates either */
    bool attacked;          /* without rates: that is known */
};

/* Most events first: the last of those that an exposure needs has fewest. */
static int compare(const void *left, const void *right)
{
    const struct age_fate *const *a = left, *const *b = right;
    if ((*a)->events < (*b)->events || (*a)->events > (*b)->events)
        return (*a)->events > (*b)->events ? -1 : 1;
    return (*a)->number < (*b)->number ? -1 : (*a)->number > (*b)->number;
}

void seal_ages_add_beside(struct seal_ages *ages, size_t cell,
                          const struct age_rate *rate, enum age_digits digits)
{
    bool met = digits == AGES_NOTHING || rate->sexes > 1;
    for (size_t b = 0; b < ages->beside_count && !met; b++)
        met = ages->beside[b]->cell == cell &&
              ages->beside[b]->digits >= digits &&
              seal_ages_same_rate(ages->beside[b]->rate, rate);
    if (met)
        return;
    struct age_fate *fate = arena_alloc(ages->seal->closed, sizeof *fate);
    *fate = (struct age_fate){.cell = cell,
                              .standard = "",
                              .rate = rate,
                              .number = ages->beside_count,
                              .asked = digits,
                              .digits = digits,
                              .before = true};
    ages->beside =
        arena_grow(ages->seal->closed, ages->beside, ages->beside_count,
                   &ages->beside_capacity, sizeof *ages->beside);
    ages->beside[ages->beside_count++] = fate;
}

/* Only rates whose ages are cells, some of them suppressed. What earlier
 * releases printed is there already. */
static void list_rates(struct joining *joining)
{
    const struct seal_ages *ages = joining->ages;
    joining->list =
        arena_array(joining->scratch, ages->beside_count + ages->fate_count,
                    sizeof *joining->list);
    for (size_t b = 0; b < ages->beside_count; b++)
        joining->list[joining->count++] = ages->beside[b];
    joining->fixed = joining->count;
    for (size_t f = 0; f < ages->fate_count; f++) {
        struct age_fate *fate = ages->fates[f];
        const struct sdc_rate rate = {fate->cell, fate->rate->weight, 0.0, 0.0};
        if (fate->digits != AGES_NOTHING && !fate->before &&
            fate->rate->sexes == 1 &&
            clearance_heeds(ages->seal->clearance, &rate))
            joining->list[joining->count++] = fate;
    }
    if (joining->count > joining->fixed)
        qsort(joining->list + joining->fixed, joining->count - joining->fixed,
              sizeof *joining->list, compare);
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
    size_t low = joining->fixed + 1, high = joining->count;
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

/* Its limits, then a decimal, then the rate, with whatever decimals. It is none
 * of those that are printed for ever: find_guilty begins after them. */
static void lower(const struct joining *joining, struct age_fate *guilty)
{
    guilty->digits--;
    if (guilty->digits == AGES_COARSE && guilty->rate->decimals == 0)
        guilty->digits = AGES_NOTHING;
    seal_ages_unite(joining->ages);
}

/* The first cell that is exposed, or SEAL_NO_CELL. */
static size_t first_exposed(const struct joining *joining)
{
    size_t cells = universe_cells(joining->ages->seal->universe);
    for (size_t c = 0; c < cells; c++) {
        if (joining->exposed[c] && !joining->excused[c])
            return c;
    }
    return SEAL_NO_CELL;
}

/* Once, and only where there is something to excuse: what the cells alone leave
 * unsettled does not hang on rates. Then what the first `count` rates expose.
 */
static bool excuse(struct joining *joining, size_t count, struct err *err)
{
    size_t cells = universe_cells(joining->ages->seal->universe);
    joining->attacked = true;
    if (!attack(joining, 0, err))
        return false;
    memcpy(joining->excused, joining->exposed,
           cells * sizeof *joining->excused);
    return attack(joining, count, err);
}

/* Exposed cells are found, and excused where they have to be. */
static bool find_exposed(struct joining *joining, size_t count, size_t *cell,
                         struct err *err)
{
    if (!attack(joining, count, err))
        return false;
    *cell = first_exposed(joining);
    if (*cell == SEAL_NO_CELL || joining->attacked)
        return true;
    if (!excuse(joining, count, err))
        return false;
    *cell = first_exposed(joining);
    return true;
}

/* The shown ages of a row, for the next time; false where there are none. */
static bool withhold_row(const struct joining *joining, size_t cell)
{
    struct seal *seal = joining->ages->seal;
    size_t *shown = NULL;
    size_t count =
        clearance_shown_ages(seal->clearance, joining->scratch, cell, &shown);
    for (size_t i = 0; i < count; i++)
        seal->beside[shown[i]] = true;
    return count > 0;
}

/* What earlier releases printed cannot be taken back: where it exposes cells
 * beside the others, all is protected again without the ages of their rows. */
static bool join_fixed(struct joining *joining, struct err *err)
{
    struct seal_ages *ages = joining->ages;
    size_t cells = universe_cells(ages->seal->universe), cell = SEAL_NO_CELL;
    bool ok = joining->fixed == 0 ||
              find_exposed(joining, joining->fixed, &cell, err);
    for (size_t c = 0; c < cells && ok; c++) {
        if (joining->exposed[c] && !joining->excused[c])
            ages->again = withhold_row(joining, c) || ages->again;
    }
    if (!ok || cell == SEAL_NO_CELL || ages->again)
        return ok;
    return err_fail(
        err, ERR_DISCLOSURE, "seal.beside",
        "%s: rates that earlier releases printed give it back beside the cells "
        "of this one: expected broader ages, or none, in its tables",
        clearance_cell_name(ages->seal->clearance, joining->scratch, cell));
}

/* Each round takes limits, a decimal or a rate. Without rates nothing is
 * attacked. */
static bool join(struct joining *joining, struct err *err)
{
    while (joining->count > joining->fixed && !joining->ages->again) {
        size_t guilty = 0, cell = SEAL_NO_CELL;
        if (!find_exposed(joining, joining->count, &cell, err))
            return false;
        if (cell == SEAL_NO_CELL)
            return true;
        if (!find_guilty(joining, cell, &guilty, err))
            return false;
        lower(joining, joining->list[guilty - 1]);
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
    bool ok = join_fixed(&joining, err) && join(&joining, err);
    arena_wipe(scratch);
    return ok;
}
