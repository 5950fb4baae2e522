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
    MOST_DOUBLINGS = 20,
    MOST_LONGER = 8, /* cells that are searched for longer */
};

struct joining {
    struct seal_ages *ages;
    struct arena *scratch;
    struct age_fate **list; /* that are printed, */
    size_t fixed, count;    /* and the first of them for ever */
    struct sdc_rate *rates; /* what is printed of the list */
    size_t cells;           /* of an attack */
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

/* What earlier releases printed, which is there already. */
static void list_fixed(struct joining *joining)
{
    const struct seal_ages *ages = joining->ages;
    joining->list =
        arena_array(joining->scratch, ages->beside_count + ages->fate_count,
                    sizeof *joining->list);
    for (size_t b = 0; b < ages->beside_count; b++)
        joining->list[joining->count++] = ages->beside[b];
    joining->fixed = joining->count;
}

/* Only rates whose ages are cells or follow from cells, some of them
 * suppressed. */
static void list_own(struct joining *joining)
{
    const struct seal_ages *ages = joining->ages;
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

/* All cells are asked for, and none is excused yet. */
static void open_attack(struct joining *joining)
{
    joining->cells = clearance_cells(joining->ages->seal->clearance);
    joining->exposed =
        arena_array(joining->scratch, joining->cells, sizeof *joining->exposed);
    joining->excused =
        arena_array(joining->scratch, joining->cells, sizeof *joining->excused);
    joining->rates = arena_array(joining->scratch, NUMBERS * joining->count + 1,
                                 sizeof *joining->rates);
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

/* The same of the fixed ones without their limits. */
static size_t print_values(const struct joining *joining)
{
    size_t printed = 0;
    for (size_t j = 0; j < joining->fixed; j++) {
        struct age_fate fate = *joining->list[j];
        if (fate.digits == AGES_INTERVAL)
            fate.digits = AGES_VALUE;
        printed += print_all(&fate, &joining->rates[printed]);
    }
    return printed;
}

/* What they expose. Searches for integers among ages that follow from cells
 * take long, and what they do not settle is attacked again by itself. */
static bool attack(const struct joining *joining, size_t count, struct err *err)
{
    const struct seal *seal = joining->ages->seal;
    bool light = count == joining->fixed ||
                 joining->cells > universe_cells(seal->universe);
    memset(joining->exposed, true, joining->cells * sizeof *joining->exposed);
    return clearance_attack(seal->clearance, light ? SDC_LIGHT : SDC_WHOLE,
                            joining->rates, print_first(joining, count),
                            joining->exposed, err);
}

/* A cell that rates expose. */
struct aim {
    size_t cell;
    enum sdc_manner manner; /* in which it is attacked */
    size_t from;            /* fewer rates in front do not expose it */
};

/* Whether the first rates expose it. */
static bool attack_one(const struct joining *joining, const struct aim *aim,
                       size_t count, bool *exposed, struct err *err)
{
    struct arena *scratch = arena_new();
    bool *all = arena_array(scratch, joining->cells, sizeof *all);
    all[aim->cell] = true;
    bool ok =
        clearance_attack(joining->ages->seal->clearance, aim->manner,
                         joining->rates, print_first(joining, count), all, err);
    *exposed = all[aim->cell];
    arena_wipe(scratch);
    return ok;
}

/* A light attack, but of what it does not settle without rates either: most
 * cells that a search for integers would settle beside them after long, it
 * settles once a rate more is coarser. */
static bool find_manner(const struct joining *joining, struct aim *aim,
                        struct err *err)
{
    bool exposed;
    aim->manner = SDC_LIGHT;
    bool ok = attack_one(joining, aim, 0, &exposed, err);
    aim->manner = exposed ? SDC_WHOLE : SDC_LIGHT;
    return ok;
}

/* The fewest rates in front that expose the cell, which is not excused: the
 * last of them does. Where some were found before, few more are likely. */
static bool find_guilty(const struct joining *joining, struct aim *aim,
                        struct err *err)
{
    size_t low = aim->from, high = joining->count;
    size_t step = low == joining->fixed + 1 ? high : 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool exposed;
        if (low + step - 1 < middle)
            middle = low + step - 1;
        if (!attack_one(joining, aim, middle, &exposed, err))
            return false;
        if (exposed)
            high = middle;
        else
            low = middle + 1;
        step = exposed ? high : 2 * step;
    }
    aim->from = high;
    return true;
}

/* Its limits, then a decimal, then the rate, with whatever decimals: false
 * where it lost all. It is none of those that are printed for ever: find_guilty
 * begins after them. */
static bool lower(const struct joining *joining, struct age_fate *guilty)
{
    bool any = guilty->digits != AGES_NOTHING;
    guilty->digits -= any;
    if (guilty->digits == AGES_COARSE && guilty->rate->decimals == 0)
        guilty->digits = AGES_NOTHING;
    seal_ages_unite(joining->ages);
    return any;
}

/* The first cell that is exposed, or SEAL_NO_CELL. */
static size_t first_exposed(const struct joining *joining)
{
    for (size_t c = 0; c < joining->cells; c++) {
        if (joining->exposed[c] && !joining->excused[c])
            return c;
    }
    return SEAL_NO_CELL;
}

/* Once, and only where there is something to excuse: what the cells alone leave
 * unsettled does not hang on rates. */
static bool excuse(struct joining *joining, struct err *err)
{
    memcpy(joining->excused, joining->exposed,
           joining->cells * sizeof *joining->excused);
    return clearance_attack(joining->ages->seal->clearance, SDC_WHOLE,
                            joining->rates, 0, joining->excused, err);
}

/* Exposed cells are found, and excused where they have to be. */
static bool find_exposed(struct joining *joining, size_t count, size_t *cell,
                         struct err *err)
{
    if (!attack(joining, count, err))
        return false;
    *cell = first_exposed(joining);
    if (*cell != SEAL_NO_CELL && !excuse(joining, err))
        return false;
    *cell = first_exposed(joining);
    return true;
}

/* The shown ages of a row, for the next time; where there are none, those of
 * others that the row of a rate has in common with it, twice as many each time:
 * false where none is left. */
static bool withhold_row(const struct joining *joining, size_t cell)
{
    struct seal *seal = joining->ages->seal;
    size_t *shown = NULL;
    size_t count =
        clearance_shown_ages(seal->clearance, joining->scratch, cell, &shown);
    if (count == 0)
        count = clearance_shown_beside(
            seal->clearance, joining->scratch, cell, joining->rates,
            print_first(joining, joining->fixed),
            (size_t)1 << (seal->beside_round < MOST_DOUBLINGS
                              ? seal->beside_round
                              : MOST_DOUBLINGS),
            &shown);
    for (size_t i = 0; i < count; i++)
        seal->beside[shown[i]] = true;
    return count > 0;
}

/* What is lost already is not this release's doing. Nor, since limits hold by
 * their slopes, which say more than the limits do of ages that are far from the
 * true ones, is what these leave without it of a cell that it leaves wide
 * beside the rates. Cells of the tables are excused last, when nothing is left
 * to withhold. */
static bool excuse_before(struct joining *joining, size_t from, struct err *err)
{
    const struct clearance *clearance = joining->ages->seal->clearance;
    struct sdc_rate *rates = joining->rates;
    bool *told = arena_array(joining->scratch, joining->cells, sizeof *told);
    bool *lost = arena_array(joining->scratch, joining->cells, sizeof *lost);
    bool *beside =
        arena_array(joining->scratch, joining->cells, sizeof *beside);
    for (size_t c = from; c < joining->cells; c++)
        told[c] = lost[c] = beside[c] =
            joining->exposed[c] && !joining->excused[c];
    size_t printed = print_first(joining, joining->fixed);
    if (!clearance_attack(clearance, SDC_BEFORE, rates, printed, told, err))
        return false;
    printed = print_values(joining);
    if (!clearance_attack(clearance, SDC_BEFORE, rates, printed, lost, err) ||
        !clearance_attack(clearance, SDC_LIGHT, rates, printed, beside, err))
        return false;
    for (size_t c = from; c < joining->cells; c++)
        joining->excused[c] =
            joining->excused[c] || lost[c] || (told[c] && !beside[c]);
    return true;
}

static bool excuse_hidden(struct joining *joining, struct err *err)
{
    const struct seal *seal = joining->ages->seal;
    bool any = false;
    for (size_t c = seal->table_cells; c < joining->cells; c++)
        any = any || (joining->exposed[c] && !joining->excused[c]);
    return !any || excuse_before(joining, seal->table_cells, err);
}

/* Those for which nothing is left to withhold are searched for longer, where
 * they are few: many are no bad luck. */
static bool attack_longer(struct joining *joining, struct err *err)
{
    size_t count = 0;
    for (size_t c = 0; c < joining->cells; c++) {
        joining->exposed[c] = joining->exposed[c] && !joining->excused[c];
        count += joining->exposed[c];
    }
    return count == 0 || count > MOST_LONGER ||
           clearance_attack(
               joining->ages->seal->clearance, SDC_LONGER, joining->rates,
               print_first(joining, joining->fixed), joining->exposed, err);
}

/* What earlier releases printed cannot be taken back: where it exposes cells
 * beside the others, all is protected again without the ages of their rows. */
static bool withhold_exposed(struct joining *joining, struct err *err)
{
    struct seal_ages *ages = joining->ages;
    if (!excuse_hidden(joining, err))
        return false;
    for (size_t c = 0; c < joining->cells; c++) {
        if (joining->exposed[c] && !joining->excused[c])
            ages->again = withhold_row(joining, c) || ages->again;
    }
    return ages->again || first_exposed(joining) == SEAL_NO_CELL ||
           (excuse_before(joining, 0, err) && attack_longer(joining, err));
}

static bool join_fixed(struct joining *joining, struct err *err)
{
    const struct seal_ages *ages = joining->ages;
    size_t cell = SEAL_NO_CELL;
    if (joining->fixed == 0)
        return true;
    if (!find_exposed(joining, joining->fixed, &cell, err) ||
        (cell != SEAL_NO_CELL && !withhold_exposed(joining, err)))
        return false;
    cell = ages->again ? SEAL_NO_CELL : first_exposed(joining);
    return cell == SEAL_NO_CELL ||
           err_fail(err, ERR_DISCLOSURE, "seal.beside",
                    "%s: rates that earlier releases printed give it back "
                    "beside the cells of this one: expected broader ages, or "
                    "none, in its tables",
                    clearance_cell_name(ages->seal->clearance, joining->scratch,
                                        cell));
}

/* Each round takes limits, a decimal or a rate, until the cell is safe, or as
 * unsettled as without rates. */
static bool relieve(struct joining *joining, size_t cell, struct err *err)
{
    struct aim aim = {.cell = cell, .from = joining->fixed + 1};
    bool exposed = true;
    if (!find_manner(joining, &aim, err))
        return false;
    while (exposed) {
        if (!attack_one(joining, &aim, joining->count, &exposed, err) ||
            (exposed && !find_guilty(joining, &aim, err)))
            return false;
        exposed = exposed && lower(joining, joining->list[aim.from - 1]);
    }
    return true;
}

/* One cell after the other: who is told less later on finds no more. */
static bool join(struct joining *joining, struct err *err)
{
    size_t cell = SEAL_NO_CELL;
    if (joining->count == joining->fixed)
        return true;
    if (!find_exposed(joining, joining->count, &cell, err))
        return false;
    for (size_t c = 0; c < joining->cells; c++) {
        if (joining->exposed[c] && !joining->excused[c] &&
            !relieve(joining, c, err))
            return false;
    }
    return true;
}

bool seal_ages_join_cells(struct seal_ages *ages, struct err *err)
{
    struct arena *scratch = arena_new();
    struct joining joining = {.ages = ages, .scratch = scratch};
    list_fixed(&joining);
    open_attack(&joining);
    bool ok = join_fixed(&joining, err);
    if (ok && !ages->again) {
        list_own(&joining);
        open_attack(&joining);
        ok = join(&joining, err);
    }
    arena_wipe(scratch);
    return ok;
}
