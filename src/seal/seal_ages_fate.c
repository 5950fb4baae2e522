/* SPDX-License-Identifier: EUPL-1.2 */
/* One fate of a rate with other decimals.
 *
 * A rate is the same in all tables that print it with the same decimals (struct
 * age_fate). With others it is decided apart, and what was lost with some,
 * others would give back. */
#include <limits.h>
#include <stdlib.h>

#include "seal/seal_ages_impl.h"

enum {
    NO_DECIMALS = -1, /* of a rate that is not printed */
};

/* 0 for the same rate. By age and sex it is another one, where there is more
 * than one sex. */
static int compare(const struct age_fate *a, const struct age_fate *b)
{
    if (a->cell != b->cell)
        return a->cell < b->cell ? -1 : 1;
    if (a->rate->sexes != b->rate->sexes)
        return a->rate->sexes < b->rate->sexes ? -1 : 1;
    return strcmp(a->standard, b->standard);
}

static int compare_fates(const void *left, const void *right)
{
    const struct age_fate *const *a = left, *const *b = right;
    return compare(*a, *b);
}

static int printed_decimals(const struct age_fate *fate)
{
    if (fate->digits == AGES_NOTHING)
        return NO_DECIMALS;
    return fate->digits == AGES_COARSE ? age_rate_coarse(fate->rate)
                                       : fate->rate->decimals;
}

/* No limits, and not more decimals than these. */
static void take(struct age_fate *fate, int decimals)
{
    if (fate->digits == AGES_INTERVAL)
        fate->digits = AGES_VALUE;
    if (printed_decimals(fate) > decimals)
        fate->digits = AGES_COARSE;
    if (printed_decimals(fate) > decimals)
        fate->digits = AGES_NOTHING;
}

static bool is_lost(struct age_fate *const *same, size_t count)
{
    bool lost = false;
    for (size_t i = 0; i < count; i++)
        lost = lost || same[i]->digits < same[i]->asked;
    return lost;
}

/* Decimals that are left where some were lost. Whoever asked for fewer than
 * another has not lost the difference. */
static int least_left(struct age_fate *const *same, size_t count)
{
    int least = INT_MAX;
    for (size_t i = 0; i < count; i++) {
        int decimals = printed_decimals(same[i]);
        if (same[i]->digits < AGES_VALUE && decimals < least)
            least = decimals;
    }
    return least;
}

/* Where a rate cannot do with so many decimals it has fewer, or is withheld,
 * and then so are the others. */
static void unite(struct age_fate *const *same, size_t count)
{
    int least = least_left(same, count);
    bool again = is_lost(same, count);
    while (again) {
        for (size_t i = 0; i < count; i++)
            take(same[i], least);
        int before = least;
        least = least_left(same, count);
        again = least < before;
    }
}

void seal_ages_unite(struct seal_ages *ages)
{
    struct arena *scratch = arena_new();
    size_t count = ages->fate_count;
    struct age_fate **list = arena_array(scratch, count, sizeof *list);
    for (size_t f = 0; f < count; f++)
        list[f] = ages->fates[f];
    if (count > 0)
        qsort(list, count, sizeof *list, compare_fates);
    for (size_t from = 0, to; from < count; from = to) {
        to = from + 1;
        while (to < count && compare(list[from], list[to]) == 0)
            to++;
        unite(&list[from], to - from);
    }
    arena_free(scratch);
}
