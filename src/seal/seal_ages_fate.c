/* SPDX-License-Identifier: EUPL-1.2 */
/* One fate of a rate in all its tables.
 *
 * Tables are judged one by one, and the same rate may stand in several: of the
 * same measure and codes, hence of the same cell, by the same standard. What
 * one of them lost, another would give back. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "seal/seal_ages_impl.h"

enum {
    NO_DECIMALS = -1, /* of a rate that is not printed */
};

/* A rate in a table, printed or not. */
struct fated {
    size_t cell;
    const char *standard;
    const struct age_rate *rate;
    unsigned char *digits;
    bool lost; /* something of what was asked for */
};

struct fates {
    struct arena *scratch;
    struct fated *list;
    size_t count, capacity;
};

static void list_table(struct fates *fates, const struct seal_ages *ages,
                       size_t table)
{
    const struct seal *seal = ages->seal;
    const struct age_table *rated = &ages->tables[table];
    const struct plan_table *plan = seal->tables[table]->plan;
    size_t values = plan->value_count;
    for (size_t i = 0; i < seal->tables[table]->rows * values; i++) {
        const struct plan_value *value = &plan->values[i % values];
        if (rated->rates[i] == NULL)
            continue;
        fates->list = arena_grow(fates->scratch, fates->list, fates->count,
                                 &fates->capacity, sizeof *fates->list);
        fates->list[fates->count++] = (struct fated){
            .cell = seal->rows[table].own[i / values],
            .standard = value->standard,
            .rate = rated->rates[i],
            .digits = &rated->digits[i],
            .lost = rated->digits[i] <
                    (value->interval ? AGES_INTERVAL : AGES_VALUE),
        };
    }
}

/* 0 for the same rate. By age and sex it is another one, where there is more
 * than one sex. */
static int compare(const void *left, const void *right)
{
    const struct fated *a = left, *b = right;
    if (a->cell != b->cell)
        return a->cell < b->cell ? -1 : 1;
    if (a->rate->sexes != b->rate->sexes)
        return a->rate->sexes < b->rate->sexes ? -1 : 1;
    return strcmp(a->standard, b->standard);
}

static int printed_decimals(const struct fated *fated)
{
    if (*fated->digits == AGES_NOTHING)
        return NO_DECIMALS;
    return *fated->digits == AGES_COARSE ? age_rate_coarse(fated->rate)
                                         : fated->rate->decimals;
}

/* No limits, and not more decimals than these. */
static void take(const struct fated *fated, int decimals)
{
    if (*fated->digits == AGES_INTERVAL)
        *fated->digits = AGES_VALUE;
    if (printed_decimals(fated) > decimals)
        *fated->digits = AGES_COARSE;
    if (printed_decimals(fated) > decimals)
        *fated->digits = AGES_NOTHING;
}

static bool is_lost(const struct fated *same, size_t count)
{
    bool lost = false;
    for (size_t i = 0; i < count; i++)
        lost = lost || same[i].lost;
    return lost;
}

/* Decimals that are left where some were lost. A table that asked for fewer
 * than another has not lost the difference. */
static int least_left(const struct fated *same, size_t count)
{
    int least = INT_MAX;
    for (size_t i = 0; i < count; i++) {
        int decimals = printed_decimals(&same[i]);
        if (*same[i].digits < AGES_VALUE && decimals < least)
            least = decimals;
    }
    return least;
}

/* Where a rate cannot do with so many decimals it has fewer, or is withheld,
 * and then so are the others. */
static void unite(const struct fated *same, size_t count)
{
    int least = least_left(same, count);
    bool again = is_lost(same, count);
    while (again) {
        for (size_t i = 0; i < count; i++)
            take(&same[i], least);
        int before = least;
        least = least_left(same, count);
        again = least < before;
    }
}

void seal_ages_unite(struct seal_ages *ages)
{
    struct arena *scratch = arena_new();
    struct fates fates = {.scratch = scratch};
    for (size_t t = 0; t < ages->seal->job->plan->table_count; t++) {
        if (ages->tables[t].rates != NULL)
            list_table(&fates, ages, t);
    }
    if (fates.count > 0)
        qsort(fates.list, fates.count, sizeof *fates.list, compare);
    for (size_t from = 0, to; from < fates.count; from = to) {
        to = from + 1;
        while (to < fates.count &&
               compare(&fates.list[from], &fates.list[to]) == 0)
            to++;
        unite(&fates.list[from], to - from);
    }
    arena_free(scratch);
}
