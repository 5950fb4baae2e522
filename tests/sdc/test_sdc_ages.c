/* SPDX-License-Identifier: EUPL-1.2 */
/* Derived values leak: the known leaks as worked cases, and what proves that a
 * standardised rate gives no age count back, against full enumeration. */
#include "base/num.h"
#include "base/splitmix.h"
#include "calc/kernel.h"
#include "check.h"
#include "sdc/ages.h"

/* --- intervals and crude rates -------------------------------------------- */

TEST(the_ratio_of_exact_limits_gives_the_count_back)
{
    double before = INFINITY;
    for (int n = 1; n <= 30; n++) {
        struct kernel_interval limits;
        CHECK(kernel_poisson_exact(n, 0.95, &limits));
        double ratio = limits.upper / limits.lower;
        /* Known to 1 %, it is that of no other count: whoever prints limits
         * prints the count, even without the population. */
        CHECK(before > ratio * 1.01);
        before = ratio;
    }
}

TEST(a_crude_rate_to_one_decimal_gives_the_count_back_under_a_million)
{
    static const double people[] = {60000, 150000, 500000, 999999};
    for (size_t p = 0; p < COUNT_OF(people); p++) {
        double before = -1.0;
        for (int n = 1; n <= 30; n++) {
            struct kernel_interval rate;
            CHECK(kernel_crude_rate(n, people[p], 1e5, 0.95, &rate));
            double printed = num_round(rate.value, 1);
            CHECK(printed > before);
            before = printed;
        }
    }
}

/* --- standardised rates --------------------------------------------------- */

enum { BIG = 18, SMALL = 4 };

static const double world[BIG] = {12000, 10000, 9000, 9000, 8000, 8000,
                                  6000,  6000,  6000, 6000, 5000, 4000,
                                  4000,  3000,  2000, 1000, 500,  500};
/* 60,000 inhabitants. */
static const double small_town[BIG] = {3011, 3207, 3342, 3418, 3259, 3103,
                                       3391, 3617, 3829, 4003, 4211, 4127,
                                       3919, 3701, 3307, 2711, 2039, 1805};
static const int64_t twelve_cases[BIG] = {0, 0, 0, 0, 0, 0, 1, 0, 0,
                                          1, 1, 2, 1, 2, 2, 1, 1, 0};
/* The same number, all of them old. */
static const int64_t twelve_old[BIG] = {[14] = 1, [15] = 2, [16] = 4, [17] = 5};
static const int identity[BIG] = {0, 1,  2,  3,  4,  5,  6,  7,  8,
                                  9, 10, 11, 12, 13, 14, 15, 16, 17};

static struct age_rate make_rate(struct arena *arena, size_t classes,
                                 const int64_t *counts, const double *years,
                                 const double *weights, int decimals)
{
    struct age_rate rate = {
        .classes = classes,
        .sexes = 1,
        .counts = counts,
        .years = years,
        .weights = weights,
        .group = identity,
        .groups = classes,
        .decimals = decimals,
    };
    for (size_t a = 0; a < classes; a++)
        rate.total += weights[a];
    CHECK(age_rate_print(arena, &rate));
    return rate;
}

/* The attacker of one rate: all age counts with this total and these digits. */
struct attack {
    const struct age_rate *rate;
    double weight[BIG], least[BIG + 1], most[BIG + 1];
    int64_t counts[BIG], low[BIG], high[BIG];
    enum age_digits digits;
    double printed; /* of the value, to `decimals` */
    int decimals;
    long found;
};

static void keep(struct attack *attack)
{
    const struct age_rate *rate = attack->rate;
    double counts[BIG];
    for (size_t a = 0; a < rate->classes; a++)
        counts[a] = (double)attack->counts[a];
    struct kernel_interval out;
    if (attack->digits == AGES_INTERVAL) {
        CHECK(kernel_standardised_rate(counts, rate->years, rate->weights,
                                       rate->classes, rate->total, 1e5, 0.95,
                                       &out));
        if (fabs(num_round(out.lower, rate->decimals) - rate->printed[1]) > 0 ||
            fabs(num_round(out.upper, rate->decimals) - rate->printed[2]) > 0)
            return;
    }
    attack->found++;
    for (size_t a = 0; a < rate->classes; a++) {
        if (attack->counts[a] < attack->low[a])
            attack->low[a] = attack->counts[a];
        if (attack->counts[a] > attack->high[a])
            attack->high[a] = attack->counts[a];
    }
}

static void enumerate(struct attack *attack, size_t age, int64_t left,
                      double value)
{
    const struct age_rate *rate = attack->rate;
    double half = 0.5 * pow(10.0, -attack->decimals) + 1e-9;
    if (value + (double)left * attack->least[age] > attack->printed + half ||
        value + (double)left * attack->most[age] < attack->printed - half)
        return;
    if (age + 1 == rate->classes) {
        attack->counts[age] = left;
        value += (double)left * attack->weight[age];
        if (fabs(num_round(value, attack->decimals) - attack->printed) <= 0)
            keep(attack);
        return;
    }
    for (int64_t n = 0; n <= left; n++) {
        attack->counts[age] = n;
        enumerate(attack, age + 1, left - n,
                  value + (double)n * attack->weight[age]);
    }
}

static void run_attack(struct attack *attack, const struct age_rate *rate,
                       enum age_digits digits)
{
    bool coarse = digits == AGES_COARSE;
    *attack = (struct attack){
        .rate = rate,
        .digits = digits,
        .printed = rate->printed[coarse ? PRINT_COARSE : PRINT_VALUE],
        .decimals = coarse ? age_rate_coarse(rate) : rate->decimals,
    };
    int64_t total = 0;
    for (size_t a = 0; a < rate->classes; a++) {
        attack->weight[a] =
            rate->weights[a] / rate->total / rate->years[a] * 1e5;
        attack->low[a] = INT64_MAX;
        attack->high[a] = -1;
        total += rate->counts[a];
    }
    attack->least[rate->classes] = INFINITY;
    for (size_t a = rate->classes; a-- > 0;) {
        attack->least[a] = fmin(attack->least[a + 1], attack->weight[a]);
        attack->most[a] = fmax(attack->most[a + 1], attack->weight[a]);
    }
    enumerate(attack, 0, total, 0.0);
}

static uint64_t bit(size_t age)
{
    return UINT64_C(1) << age;
}

/* The total of all ages is shown; every age can be none, or all. */
struct setting {
    int64_t down[BIG], up[BIG];
    struct age_use use;
    struct age_sum sum;
    struct age_problem problem;
};

static void set_up(struct setting *setting, const struct age_rate *rate,
                   enum age_digits digits)
{
    int64_t total = 0;
    for (size_t a = 0; a < rate->classes; a++)
        total += rate->counts[a];
    for (size_t a = 0; a < rate->classes; a++) {
        setting->down[a] = rate->counts[a];
        setting->up[a] = total;
    }
    setting->use = (struct age_use){rate, 1, digits, false, 1, 0, false};
    setting->sum = (struct age_sum){(UINT64_C(1) << rate->classes) - 1, 0, 0};
    setting->problem = (struct age_problem){
        .classes = rate->classes,
        .down = setting->down,
        .up = setting->up,
        .uses = &setting->use,
        .use_count = 1,
        .sums = &setting->sum,
        .sum_count = 1,
    };
}

/* Ages of 1..T-1 cases that enumeration gives back exactly, or within fewer
 * than 9 cases; none of them is proved wide. */
struct leak {
    int exact, narrow;
};

static struct leak leak_of(const int64_t *cases, int decimals)
{
    struct arena *arena = arena_new();
    struct age_rate rate =
        make_rate(arena, BIG, cases, small_town, world, decimals);
    struct attack attack;
    run_attack(&attack, &rate, AGES_VALUE);
    struct setting setting;
    set_up(&setting, &rate, AGES_VALUE);
    CHECK(attack.found > 0);
    struct leak leak = {0};
    for (size_t a = 0; a < BIG; a++) {
        if (rate.counts[a] == 0)
            continue;
        CHECK(rate.counts[a] >= attack.low[a] &&
              rate.counts[a] <= attack.high[a]);
        bool wide = age_is_wide(&setting.problem, bit(a), 9);
        CHECK(!wide || attack.high[a] - attack.low[a] >= 9);
        leak.exact += attack.high[a] == attack.low[a];
        leak.narrow += attack.high[a] - attack.low[a] < 9;
    }
    arena_wipe(arena);
    return leak;
}

TEST(seven_decimals_give_age_counts_of_a_small_town_back_and_are_refused)
{
    CHECK(leak_of(twelve_cases, 7).exact > 0);
    CHECK(leak_of(twelve_old, 7).exact > 0);
}

TEST(four_decimals_give_age_counts_of_a_small_town_back_and_are_refused)
{
    CHECK(leak_of(twelve_cases, 4).narrow > 0);
    CHECK(leak_of(twelve_old, 4).exact > 0);
}

TEST(two_decimals_give_age_counts_of_a_small_town_back_and_are_refused)
{
    CHECK(leak_of(twelve_cases, 2).narrow > 0);
    CHECK(leak_of(twelve_old, 2).exact > 0);
}

TEST(one_decimal_gives_none_back_exactly_and_what_is_narrow_is_refused)
{
    CHECK_INT(leak_of(twelve_cases, 1).exact, 0);
    CHECK(leak_of(twelve_old, 1).narrow > 0);
}

/* A large territory: many cases, light weights. */
TEST(one_decimal_of_a_large_territory_is_proved_with_its_interval)
{
    static const int64_t counts[BIG] = {9,   5,   4,   6,   9,   20,
                                        35,  60,  90,  150, 240, 330,
                                        420, 480, 500, 420, 330, 310};
    double years[BIG];
    for (size_t a = 0; a < BIG; a++)
        years[a] = 60.0 * small_town[a];
    struct arena *arena = arena_new();
    struct age_rate rate = make_rate(arena, BIG, counts, years, world, 1);
    struct setting setting;
    set_up(&setting, &rate, AGES_INTERVAL);
    for (size_t a = 0; a < 5; a++)
        CHECK(age_is_wide(&setting.problem, bit(a), 9));
    arena_wipe(arena);
}

TEST(what_a_broad_age_shows_stays_as_it_is)
{
    struct arena *arena = arena_new();
    struct age_rate rate =
        make_rate(arena, BIG, twelve_cases, small_town, world, 0);
    struct setting setting;
    set_up(&setting, &rate, AGES_NOTHING);
    CHECK(age_is_wide(&setting.problem, bit(6), 9));
    struct age_sum sums[2] = {setting.sum, {0xff, 0, 0}}; /* 0-39: one case */
    setting.problem.sums = sums;
    setting.problem.sum_count = 2;
    CHECK(!age_is_wide(&setting.problem, bit(6), 9));
    arena_wipe(arena);
}

/* --- hundreds of small territories ---------------------------------------- */

struct tally {
    int proved, refused, exposed, late;
};

/* One random territory, T = 5. `Late` counts the exposed ages that skipping
 * the proof would have let through. */
static void one_territory(uint64_t *state, struct tally *tally)
{
    struct arena *arena = arena_new();
    int64_t counts[SMALL];
    double years[SMALL], weights[SMALL];
    for (size_t a = 0; a < SMALL; a++) {
        counts[a] = (int64_t)(splitmix_next(state) % 6);
        years[a] =
            3000.0 * pow(10.0, (double)(splitmix_next(state) % 300) / 100.0);
        weights[a] = 500.0 + (double)(splitmix_next(state) % 12000);
    }
    counts[0] += 1;
    int decimals = (int)(splitmix_next(state) % 3);
    static const enum age_digits some[] = {AGES_INTERVAL, AGES_VALUE,
                                           AGES_COARSE};
    enum age_digits digits = some[splitmix_next(state) % COUNT_OF(some)];
    struct age_rate rate =
        make_rate(arena, SMALL, counts, years, weights, decimals);
    struct attack attack;
    run_attack(&attack, &rate, digits);
    struct setting setting;
    set_up(&setting, &rate, digits);
    for (size_t a = 0; a < SMALL; a++) {
        if (counts[a] == 0 || counts[a] > 4)
            continue;
        bool wide = age_is_wide(&setting.problem, bit(a), 3);
        bool exposed = attack.high[a] - attack.low[a] < 3;
        CHECK(!wide || !exposed);
        tally->proved += wide;
        tally->refused += !wide;
        tally->exposed += exposed;
        tally->late += !exposed && !wide;
    }
    arena_wipe(arena);
}

TEST(no_proof_is_given_where_enumeration_finds_an_age_count_exposed)
{
    struct tally tally = {0};
    uint64_t state = 42;
    for (int i = 0; i < 600; i++)
        one_territory(&state, &tally);
    /* Without the check all of these would have been published. */
    CHECK(tally.exposed > 200);
    CHECK(tally.proved > 200);
    /* A refusal is nearly always deserved. */
    CHECK(tally.late * 10 < tally.refused);
}

/* --- digits that are lost later ------------------------------------------- */

/* 12.46 prints 12.5 and, coarsened, 12; 12.51 prints 12.5 and 13. */
TEST(a_coarsened_rate_is_rounded_once)
{
    static const int64_t counts[SMALL] = {1246, 0, 0, 0};
    static const double years[SMALL] = {1e7, 1e7, 1e7, 1e7};
    static const double weights[SMALL] = {100, 0, 0, 0};
    struct arena *arena = arena_new();
    struct age_rate rate = make_rate(arena, SMALL, counts, years, weights, 1);
    CHECK_NEAR(rate.printed[PRINT_VALUE], 12.5, 1e-12);
    CHECK_NEAR(rate.printed[PRINT_COARSE], 12.0, 1e-12);
    CHECK_INT(age_rate_coarse(&rate), 0);
    int64_t change[SMALL] = {5};
    struct setting setting;
    set_up(&setting, &rate, AGES_VALUE);
    setting.problem.sum_count = 0;
    CHECK(!age_accepts(&setting.problem, change)); /* would give 13 */
    change[0] = 3;
    CHECK(age_accepts(&setting.problem, change)); /* 12.49 */
    rate = make_rate(arena, SMALL, counts, years, weights, 0);
    CHECK_INT(age_rate_coarse(&rate), 0);
    CHECK_NEAR(rate.printed[PRINT_COARSE], rate.printed[PRINT_VALUE], 0);
    arena_wipe(arena);
}

/* Accepted changes of one random territory, by how many digits are shown. */
static void count_accepted(uint64_t *state, long accepted[AGES_INTERVAL + 1])
{
    struct arena *arena = arena_new();
    int64_t counts[SMALL];
    double years[SMALL], weights[SMALL];
    for (size_t a = 0; a < SMALL; a++) {
        counts[a] = 1 + (int64_t)(splitmix_next(state) % 9);
        years[a] =
            30000.0 * pow(10.0, (double)(splitmix_next(state) % 200) / 100.0);
        weights[a] = 500.0 + (double)(splitmix_next(state) % 12000);
    }
    struct age_rate rate = make_rate(arena, SMALL, counts, years, weights,
                                     1 + (int)(splitmix_next(state) % 2));
    struct setting setting;
    set_up(&setting, &rate, AGES_INTERVAL);
    setting.problem.sum_count = 0;
    for (int i = 0; i < 7 * 7 * 7 * 7; i++) {
        const int64_t change[SMALL] = {i % 7 - 3, i / 7 % 7 - 3, i / 49 % 7 - 3,
                                       i / 343 - 3};
        bool before = false;
        for (int d = AGES_INTERVAL; d >= AGES_NOTHING; d--) {
            setting.use.digits = (enum age_digits)d;
            bool now = age_accepts(&setting.problem, change);
            CHECK(now || !before);
            accepted[d] += now;
            before = now;
        }
    }
    arena_wipe(arena);
}

TEST(what_is_accepted_stays_accepted_when_digits_are_lost)
{
    long accepted[AGES_INTERVAL + 1] = {0};
    uint64_t state = 7;
    for (int i = 0; i < 150; i++)
        count_accepted(&state, accepted);
    CHECK(accepted[AGES_INTERVAL] >= 150); /* no change at all */
    CHECK(accepted[AGES_VALUE] > accepted[AGES_INTERVAL] + 100);
    CHECK(accepted[AGES_COARSE] > 4 * accepted[AGES_VALUE]);
    CHECK(accepted[AGES_NOTHING] > 4 * accepted[AGES_COARSE]);
}

/* Large rows are not computed again where they clearly stand still: the same
 * is accepted as when they are. */
TEST(what_clearly_stands_still_prints_the_same_digits)
{
    uint64_t state = 11;
    long accepted = 0, refused = 0;
    for (int i = 0; i < 300; i++) {
        struct arena *arena = arena_new();
        int64_t counts[SMALL];
        double years[SMALL], weights[SMALL];
        for (size_t a = 0; a < SMALL; a++) {
            counts[a] = 1 + (int64_t)(splitmix_next(&state) % 2000);
            years[a] =
                3e5 * pow(10.0, (double)(splitmix_next(&state) % 200) / 100.0);
            weights[a] = 500.0 + (double)(splitmix_next(&state) % 12000);
        }
        struct age_rate rate =
            make_rate(arena, SMALL, counts, years, weights, 1);
        struct setting setting;
        set_up(&setting, &rate, AGES_INTERVAL);
        setting.problem.sum_count = 0;
        for (int c = 0; c < 40; c++) {
            int64_t change[SMALL] = {0};
            change[splitmix_next(&state) % SMALL] +=
                (int64_t)(splitmix_next(&state) % 19);
            change[splitmix_next(&state) % SMALL] -=
                (int64_t)(splitmix_next(&state) % 19);
            setting.use.around = false;
            bool exact = age_accepts(&setting.problem, change);
            setting.use.around = true;
            CHECK_INT(age_accepts(&setting.problem, change), exact);
            accepted += exact;
            refused += !exact;
        }
        arena_wipe(arena);
    }
    CHECK(accepted > 1000 && refused > 1000);
}

TEST(a_change_that_prints_another_digit_is_no_witness)
{
    struct arena *arena = arena_new();
    struct age_rate rate =
        make_rate(arena, BIG, twelve_cases, small_town, world, 1);
    struct setting setting;
    set_up(&setting, &rate, AGES_VALUE);
    int64_t change[BIG] = {0};
    CHECK(age_accepts(&setting.problem, change));
    change[6] = -1;
    CHECK(!age_accepts(&setting.problem, change)); /* the total */
    change[15] = 1;
    CHECK(!age_accepts(&setting.problem, change)); /* the rate */
    setting.use.digits = AGES_NOTHING;
    CHECK(age_accepts(&setting.problem, change));
    change[6] = -2;
    change[15] = 2;
    CHECK(!age_accepts(&setting.problem, change)); /* fewer than none */
    arena_wipe(arena);
}

/* --- what the proof has no room for --------------------------------------- */

TEST(a_rate_without_person_years_has_no_value)
{
    struct arena *arena = arena_new();
    struct age_rate rate =
        make_rate(arena, BIG, twelve_cases, small_town, world, 1);
    double years[BIG];
    memcpy(years, small_town, sizeof years);
    years[3] = 0.0;
    rate.years = years;
    CHECK(!age_rate_print(arena, &rate));
    arena_wipe(arena);
}

TEST(an_age_without_weight_is_bounded_by_no_rate)
{
    struct arena *arena = arena_new();
    double weights[BIG];
    memcpy(weights, world, sizeof weights);
    weights[6] = 0.0;
    struct age_rate rate =
        make_rate(arena, BIG, twelve_cases, small_town, weights, 7);
    struct setting setting;
    set_up(&setting, &rate, AGES_INTERVAL);
    setting.problem.sum_count = 0;
    CHECK(isinf(rate.most[0][6]) && isinf(rate.most[1][6]));
    CHECK(age_is_wide(&setting.problem, bit(6), 9));
    CHECK(!age_is_wide(&setting.problem, bit(9), 9));
    arena_wipe(arena);
}

/* The row loses what the rate counts: a rate of fewer persons than that. */
TEST(a_row_that_shares_its_ages_has_no_fewer_than_none)
{
    struct arena *arena = arena_new();
    struct age_rate rate =
        make_rate(arena, BIG, twelve_cases, small_town, world, 0);
    struct setting setting;
    set_up(&setting, &rate, AGES_VALUE);
    setting.use.sign = -1;
    int64_t change[BIG] = {[6] = 1, [9] = -1};
    CHECK(age_accepts(&setting.problem, change));
    change[6] = 2;
    change[9] = -2;
    setting.down[9] = 2;
    CHECK(!age_accepts(&setting.problem, change));
    arena_wipe(arena);
}

TEST(more_that_is_known_than_the_search_holds_proves_nothing)
{
    enum {
        MANY = 385, /* one more than it holds */
    };
    struct arena *arena = arena_new();
    struct age_rate rate =
        make_rate(arena, BIG, twelve_cases, small_town, world, 0);
    struct setting setting;
    struct age_sum sums[MANY];
    struct age_use uses[MANY];
    int64_t change[BIG];
    set_up(&setting, &rate, AGES_NOTHING);
    CHECK(age_find(&setting.problem, bit(6), 9, change));
    for (size_t i = 0; i < MANY; i++) {
        sums[i] = setting.sum;
        uses[i] = (struct age_use){&rate, 1, AGES_VALUE, false, 1, 0, false};
    }
    setting.problem.sums = sums;
    setting.problem.sum_count = MANY - 1;
    CHECK(age_find(&setting.problem, bit(6), 9, change));
    setting.problem.sum_count = MANY;
    CHECK(!age_find(&setting.problem, bit(6), 9, change));
    setting.problem.sum_count = 1;
    setting.problem.uses = uses;
    setting.problem.use_count = MANY;
    CHECK(!age_find(&setting.problem, bit(6), 1, change));
    arena_wipe(arena);
}

TEST(where_nothing_else_can_move_nothing_is_proved)
{
    struct arena *arena = arena_new();
    struct age_rate rate =
        make_rate(arena, BIG, twelve_cases, small_town, world, 0);
    struct setting setting;
    int64_t change[BIG];
    set_up(&setting, &rate, AGES_NOTHING);
    CHECK(age_find(&setting.problem, bit(6), 3, change));
    memset(setting.down, 0, sizeof setting.down);
    memset(setting.up, 0, sizeof setting.up);
    setting.up[6] = 3;
    CHECK(!age_find(&setting.problem, bit(6), 3, change));
    arena_wipe(arena);
}

RUN(CASE(a_rate_without_person_years_has_no_value),
    CASE(an_age_without_weight_is_bounded_by_no_rate),
    CASE(a_row_that_shares_its_ages_has_no_fewer_than_none),
    CASE(more_that_is_known_than_the_search_holds_proves_nothing),
    CASE(where_nothing_else_can_move_nothing_is_proved),
    CASE(the_ratio_of_exact_limits_gives_the_count_back),
    CASE(a_crude_rate_to_one_decimal_gives_the_count_back_under_a_million),
    CASE(seven_decimals_give_age_counts_of_a_small_town_back_and_are_refused),
    CASE(four_decimals_give_age_counts_of_a_small_town_back_and_are_refused),
    CASE(two_decimals_give_age_counts_of_a_small_town_back_and_are_refused),
    CASE(one_decimal_gives_none_back_exactly_and_what_is_narrow_is_refused),
    CASE(one_decimal_of_a_large_territory_is_proved_with_its_interval),
    CASE(what_a_broad_age_shows_stays_as_it_is),
    CASE(no_proof_is_given_where_enumeration_finds_an_age_count_exposed),
    CASE(a_coarsened_rate_is_rounded_once),
    CASE(what_is_accepted_stays_accepted_when_digits_are_lost),
    CASE(what_clearly_stands_still_prints_the_same_digits),
    CASE(a_change_that_prints_another_digit_is_no_witness))
