/* SPDX-License-Identifier: EUPL-1.2 */
/* What the limits of standardised rates of a release give back, against the
 * enumeration of all counts that print the same. */
#include "released_places.h"

enum {
    PLACES = 200,
};

/* A release of the place: which of its ages are exposed, as bits. */
static unsigned attack_place(const struct place *place)
{
    struct arena *arena = arena_new();
    struct trial trial = {0};
    unsigned exposed = 0;
    attack(&trial, place_rows(arena, place, true));
    CHECK_INT(trial.released->used, 1);
    for (unsigned a = 0; a < AGES; a++) {
        const char *ending =
            arena_format(arena, "age %s, period 2021", age_codes[a]);
        exposed |= (unsigned)is_exposed(&trial, ending) << a;
    }
    arena_wipe(trial.arena);
    arena_free(arena);
    return exposed;
}

/* All that there is, nothing that there is not, and more than rates alone. */
TEST(limits_of_small_places_give_back_what_enumeration_does)
{
    uint64_t state = 20261127;
    int found = 0, there = 0, alone = 0;
    for (int i = 0; i < PLACES; i++) {
        struct place place = random_place(&state, i % 4);
        unsigned want = 0;
        if (place_total(&place) < THRESHOLD)
            continue;
        unsigned less = attack_place(&place);
        place.limits = true;
        unsigned more = attack_place(&place);
        for (unsigned a = 0; a < AGES; a++)
            want |= (unsigned)enumerate(&place, a) << a;
        CHECK_INT(more & ~want, 0);
        found += __builtin_popcount(more);
        there += __builtin_popcount(want);
        alone += __builtin_popcount(less);
    }
    print_message("%d exposed, %d found, %d without limits\n", there, found,
                  alone);
    CHECK(found > alone + 20);
    CHECK_INT(found, there);
}

/* --- sides ---------------------------------------------------------------- */

static struct released_limit limit_of(const struct place *place, bool upper)
{
    double half = (0.5 + 1e-9) * pow(10.0, -place->decimals);
    struct released_limit limit = {
        .rate = {true, place->decimals, place->printed[0], half},
        .printed = {true, place->decimals, place->printed[1 + upper], half},
        .upper = upper,
        .lightest = HUGE_VAL,
    };
    for (size_t a = 0; a < AGES; a++) {
        double weight = 1e5 * world_bands[a].weight / 100 / place->years[a];
        limit.lightest = fmin(limit.lightest, weight);
        limit.heaviest = fmax(limit.heaviest, weight);
    }
    return limit;
}

static bool is_inside(const struct place *place, const int count[AGES],
                      const struct released_side sides[RELEASED_SIDES])
{
    double value = 0.0, variance = 0.0;
    bool inside = true;
    for (size_t a = 0; a < AGES; a++) {
        double weight = 1e5 * world_bands[a].weight / 100 / place->years[a];
        value += weight * count[a];
        variance += weight * weight * count[a];
    }
    for (size_t s = 0; s < RELEASED_SIDES; s++) {
        double at = variance - sides[s].slope * value;
        double past = sides[s].most ? at - sides[s].bound : sides[s].bound - at;
        inside = inside && past <= 1e-12 * variance;
    }
    return inside;
}

/* Counts that print the same rate, by whether they print the same limit. */
struct counted {
    size_t same, other, same_outside, other_inside;
};

static void count_place(const struct place *place, bool upper,
                        struct counted *counted)
{
    struct released_side sides[RELEASED_SIDES];
    struct released_limit limit = limit_of(place, upper);
    int most = 2 * place_total(place), tried[AGES];
    double half = limit.printed.half, out[NUMBERS];
    CHECK(released_limit_leaves(&limit, sides));
    for (int i = 0; i < (most + 1) * (most + 1) * (most + 1); i++) {
        tried[0] = i % (most + 1);
        tried[1] = i / (most + 1) % (most + 1);
        tried[2] = i / (most + 1) / (most + 1);
        place_compute(place, tried, out);
        if (fabs(out[0] - place->printed[0]) > half)
            continue;
        bool same = fabs(out[1 + upper] - place->printed[1 + upper]) <= half;
        bool inside = is_inside(place, tried, sides);
        counted->same += same;
        counted->other += !same;
        counted->same_outside += same && !inside;
        counted->other_inside += !same && inside;
    }
}

TEST(sides_hold_all_counts_that_print_the_limit_and_few_others)
{
    uint64_t state = 1964;
    for (int upper = 0; upper < 2; upper++) {
        struct counted counted = {0};
        for (int i = 0; i < 12; i++) {
            struct place place = random_place(&state, i % 3);
            if (place.printed[0] > 0.0 && place_total(&place) < 30)
                count_place(&place, upper, &counted);
        }
        print_message("%zu same, %zu others, %zu of these inside\n",
                      counted.same, counted.other, counted.other_inside);
        CHECK_INT(counted.same_outside, 0);
        CHECK(counted.same > 50 && counted.other > 500);
        CHECK(counted.other_inside * 30 < counted.other);
    }
}

/* Tens of thousands of cases, and the few decimals that are printed of them. */
TEST(sides_of_many_cases_hold_them)
{
    uint64_t state = 8;
    for (int i = 0; i < 50; i++) {
        struct place place = {.decimals = 1};
        for (size_t a = 0; a < AGES; a++) {
            place.count[a] = 1 + world_below(&state, 9 << (i % 14));
            place.years[a] = 1000 + place.count[a] * world_below(&state, 5000);
        }
        place_print(&place);
        for (int upper = 0; upper < 2; upper++) {
            struct released_limit limit = limit_of(&place, upper);
            struct released_side sides[RELEASED_SIDES];
            CHECK(released_limit_leaves(&limit, sides));
            CHECK(is_inside(&place, place.count, sides));
        }
    }
}

/* What the sides rest on: limits rise with the mean at one variance; at one
 * mean the lower falls and the upper rises with the variance. */
TEST(limits_rise_and_fall_with_mean_and_variance)
{
    for (double shape = 1.0; shape < 1e7; shape *= 1.07) {
        double at[2], mean[2], variance[2], more = 1e-3;
        const double tails[] = {0.025, 0.975};
        for (size_t t = 0; t < 2; t++) {
            CHECK(kernel_gamma_quantile(tails[t], shape, &at[t]));
            at[t] /= shape;
            double up = shape * (1 + more) * (1 + more);
            CHECK(kernel_gamma_quantile(tails[t], up, &mean[t]));
            mean[t] *= (1 + more) / up;
            double wide = shape / (1 + more);
            CHECK(kernel_gamma_quantile(tails[t], wide, &variance[t]));
            variance[t] /= wide;
            CHECK(mean[t] > at[t]);
        }
        CHECK(variance[0] < at[0]);
        CHECK(variance[1] > at[1]);
    }
}

/* Both limits, and how many of them are used. */
static size_t limits_used(const struct place *place)
{
    struct arena *arena = arena_new();
    struct trial trial = {0};
    attack(&trial, place_rows(arena, place, true));
    size_t used = trial.released->limits;
    CHECK_INT(trial.released->unused.limits, 2 - used);
    arena_wipe(trial.arena);
    arena_free(arena);
    return used;
}

TEST(a_limit_by_another_formula_is_not_used)
{
    struct place place = {{2, 4, 9}, {5210, 3170, 2113}, 1, true, {0}};
    place_print(&place);
    CHECK_INT(limits_used(&place), 2);
    double lower = place.printed[1];
    place.printed[1] = place.printed[0];
    CHECK_INT(limits_used(&place), 1);
    place.printed[1] = lower / 9;
    CHECK_INT(limits_used(&place), 1);
    place.printed[2] *= 9;
    CHECK_INT(limits_used(&place), 0);
}

/* It may be 0, of which there is no variance. */
TEST(limits_of_a_rate_of_no_digit_are_not_used)
{
    struct place place = {
        {9, 1, 1}, {90000000, 90000000, 9000000}, 1, true, {0}};
    struct released_side sides[RELEASED_SIDES];
    place_print(&place);
    CHECK(!(place.printed[0] > 0.0));
    struct released_limit limit = limit_of(&place, true);
    CHECK(!released_limit_leaves(&limit, sides));
    CHECK_INT(limits_used(&place), 0);
}

TEST(limits_of_rates_beyond_any_are_not_used)
{
    struct place place = {{2, 4, 9}, {5210, 3170, 2113}, 1, true, {0}};
    struct released_side sides[RELEASED_SIDES];
    for (size_t n = 0; n < NUMBERS; n++)
        place.printed[n] = 1e17; /* next to it there is no other */
    struct released_limit limit = limit_of(&place, true);
    CHECK(!released_limit_leaves(&limit, sides));
    limit.rate.value = 1e200; /* its square is no number */
    limit.rate.half = 1e199;
    CHECK(!released_limit_leaves(&limit, sides));
}

RUN(CASE(limits_of_small_places_give_back_what_enumeration_does),
    CASE(sides_hold_all_counts_that_print_the_limit_and_few_others),
    CASE(sides_of_many_cases_hold_them),
    CASE(limits_rise_and_fall_with_mean_and_variance),
    CASE(a_limit_by_another_formula_is_not_used),
    CASE(limits_of_a_rate_of_no_digit_are_not_used),
    CASE(limits_of_rates_beyond_any_are_not_used))
