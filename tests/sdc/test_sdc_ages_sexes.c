/* SPDX-License-Identifier: EUPL-1.2 */
/* Age counts of two sexes that are moved together, where ages are cells: what
 * is proved of them, against full enumeration. */
#include "base/num.h"
#include "base/splitmix.h"
#include "calc/kernel.h"
#include "check.h"
#include "sdc/ages.h"

enum {
    AGES = 3,
    ROWS = 3, /* women, men, both */
    WIDTH = 3,
    RISE = 50,
    TABLES = 4000, /* of one sex */
};

/* What a row contains of the two sexes, in the order of the change. */
static const unsigned parts[ROWS] = {1, 2, 3};
static const int identity[AGES] = {0, 1, 2};

/* What is published of one place, its counts by row, and the problem. */
struct place {
    int64_t counts[ROWS][AGES];
    bool hidden[ROWS][AGES];
    double years[ROWS][AGES], weights[AGES], total;
    struct age_rate rates[ROWS];
    struct age_use uses[ROWS];
    struct age_sum sums[ROWS * (AGES + 1)];
    int64_t down[2 * AGES], up[2 * AGES];
    struct age_problem problem;
};

/* The age counts of the change that a row has at an age. */
static uint64_t aim_of(size_t row, size_t age)
{
    return (uint64_t)(parts[row] & 1) << age | (uint64_t)(parts[row] >> 1)
                                                   << (AGES + age);
}

/* The totals are shown, and of the ages what is not hidden. */
static void fill_sums(struct place *place)
{
    size_t count = 0;
    for (size_t r = 0; r < ROWS; r++) {
        uint64_t all = 0;
        for (size_t a = 0; a < AGES; a++) {
            struct age_sum sum = {.ages = aim_of(r, a)};
            if (place->hidden[r][a]) {
                sum.low = 1 - place->counts[r][a];
                sum.high = RISE;
            }
            place->sums[count++] = sum;
            all |= sum.ages;
        }
        place->sums[count++] = (struct age_sum){.ages = all};
    }
}

static void set_up(struct arena *arena, struct place *place, int decimals,
                   const enum age_digits digits[ROWS])
{
    place->total = 0;
    for (size_t a = 0; a < AGES; a++) {
        place->total += place->weights[a];
        place->counts[2][a] = place->counts[0][a] + place->counts[1][a];
        place->years[2][a] = place->years[0][a] + place->years[1][a];
        for (size_t s = 0; s < 2; s++) {
            place->down[s * AGES + a] = place->counts[s][a];
            place->up[s * AGES + a] = RISE;
        }
    }
    for (size_t r = 0; r < ROWS; r++) {
        place->rates[r] = (struct age_rate){
            .classes = AGES,
            .sexes = 1,
            .counts = place->counts[r],
            .years = place->years[r],
            .weights = place->weights,
            .group = identity,
            .groups = AGES,
            .total = place->total,
            .decimals = decimals,
        };
        CHECK(age_rate_print(arena, &place->rates[r]));
        place->uses[r] = (struct age_use){&place->rates[r], 1, digits[r], false,
                                          parts[r],         0, false};
    }
    fill_sums(place);
    age_narrow(place->sums, COUNT_OF(place->sums), 2 * AGES, place->down,
               place->up);
    place->problem = (struct age_problem){
        .classes = 2 * AGES,
        .down = place->down,
        .up = place->up,
        .uses = place->uses,
        .use_count = ROWS,
        .sums = place->sums,
        .sum_count = COUNT_OF(place->sums),
    };
}

/* --- the attacker --------------------------------------------------------- */

static bool agrees(const struct place *place, size_t row,
                   const int64_t counts[AGES])
{
    const struct age_use *use = &place->uses[row];
    double cases[AGES];
    struct kernel_interval out;
    for (size_t a = 0; a < AGES; a++) {
        bool shown = !place->hidden[row][a];
        if (shown ? counts[a] != place->counts[row][a] : counts[a] < 1)
            return false;
        cases[a] = (double)counts[a];
    }
    if (use->digits == AGES_NOTHING)
        return true;
    CHECK(kernel_standardised_rate(cases, place->years[row], place->weights,
                                   AGES, place->total, 1e5, 0.95, &out));
    const double values[] = {out.value, out.lower, out.upper};
    bool coarse = use->digits == AGES_COARSE;
    int decimals = coarse ? age_rate_coarse(use->rate) : use->rate->decimals;
    size_t count = use->digits == AGES_INTERVAL ? 3 : 1;
    for (size_t k = 0; k < count; k++) {
        double printed = use->rate->printed[coarse ? PRINT_COARSE : k];
        if (fabs(num_round(values[k], decimals) - printed) > 0)
            return false;
    }
    return true;
}

/* All age counts of one sex that agree with what is published of it. */
static size_t enumerate(const struct place *place, size_t row,
                        int64_t (*out)[AGES])
{
    size_t count = 0;
    int64_t n = 0;
    for (size_t a = 0; a < AGES; a++)
        n += place->counts[row][a];
    for (int64_t a = 0; a <= n; a++) {
        for (int64_t b = 0; a + b <= n; b++) {
            const int64_t counts[AGES] = {a, b, n - a - b};
            if (!agrees(place, row, counts))
                continue;
            CHECK(count < TABLES);
            memcpy(out[count++], counts, sizeof counts);
        }
    }
    return count;
}

struct reach {
    int64_t low[ROWS][AGES], high[ROWS][AGES];
    size_t tables;
};

static void stretch(struct reach *reach, size_t row, const int64_t *counts)
{
    for (size_t a = 0; a < AGES; a++) {
        int64_t *low = &reach->low[row][a], *high = &reach->high[row][a];
        *low = counts[a] < *low ? counts[a] : *low;
        *high = counts[a] > *high ? counts[a] : *high;
    }
}

static void attack(const struct place *place, struct reach *reach)
{
    static int64_t women[TABLES][AGES], men[TABLES][AGES];
    size_t women_count = enumerate(place, 0, women);
    size_t men_count = enumerate(place, 1, men);
    memcpy(reach->low, place->counts, sizeof reach->low);
    memcpy(reach->high, place->counts, sizeof reach->high);
    reach->tables = 0;
    for (size_t w = 0; w < women_count; w++) {
        for (size_t m = 0; m < men_count; m++) {
            int64_t both[AGES];
            for (size_t a = 0; a < AGES; a++)
                both[a] = women[w][a] + men[m][a];
            if (!agrees(place, 2, both))
                continue;
            reach->tables++;
            stretch(reach, 0, women[w]);
            stretch(reach, 1, men[m]);
            stretch(reach, 2, both);
        }
    }
    CHECK(reach->tables > 0); /* the truth is one */
}

/* --- hundreds of small places --------------------------------------------- */

static void draw(struct arena *arena, uint64_t *state, struct place *place)
{
    static const enum age_digits some[] = {AGES_NOTHING, AGES_COARSE,
                                           AGES_VALUE, AGES_INTERVAL};
    enum age_digits digits[ROWS];
    for (size_t a = 0; a < AGES; a++) {
        place->weights[a] = 500.0 + (double)(splitmix_next(state) % 12000);
        for (size_t s = 0; s < 2; s++) {
            place->counts[s][a] = (int64_t)(splitmix_next(state) % 8);
            place->years[s][a] =
                3000.0 *
                pow(10.0, (double)(splitmix_next(state) % 300) / 100.0);
        }
        place->counts[a % 2][a] += 1;
    }
    for (size_t r = 0; r < ROWS; r++) {
        digits[r] = some[splitmix_next(state) % COUNT_OF(some)];
        for (size_t a = 0; a < AGES; a++) {
            int64_t n = r < 2 ? place->counts[r][a]
                              : place->counts[0][a] + place->counts[1][a];
            place->hidden[r][a] =
                n > 0 && (n < WIDTH + 2 || splitmix_next(state) % 2 == 0);
        }
    }
    set_up(arena, place, (int)(splitmix_next(state) % 3), digits);
}

/* The same with one sex left as it is. */
static bool is_wide_alone(const struct place *place, uint64_t aim)
{
    for (size_t s = 0; s < 2; s++) {
        int64_t down[2 * AGES] = {0}, up[2 * AGES] = {0};
        struct age_problem one = place->problem;
        memcpy(down + s * AGES, place->down + s * AGES, AGES * sizeof *down);
        memcpy(up + s * AGES, place->up + s * AGES, AGES * sizeof *up);
        one.down = down;
        one.up = up;
        if (age_is_wide(&one, aim, WIDTH))
            return true;
    }
    return false;
}

struct tally {
    int proved, together, exposed, late;
};

static void try_place(uint64_t *state, struct tally *tally)
{
    struct arena *arena = arena_new();
    struct place place;
    struct reach reach;
    draw(arena, state, &place);
    attack(&place, &reach);
    for (size_t i = 0; i < (size_t)ROWS * AGES; i++) {
        size_t r = i / AGES, a = i % AGES;
        if (!place.hidden[r][a])
            continue;
        bool wide = age_is_wide(&place.problem, aim_of(r, a), WIDTH);
        bool exposed = reach.high[r][a] - reach.low[r][a] < WIDTH;
        CHECK(!wide || !exposed);
        tally->proved += wide;
        tally->together += wide && !is_wide_alone(&place, aim_of(r, a));
        tally->exposed += exposed;
        tally->late += !exposed && !wide;
    }
    arena_wipe(arena);
}

TEST(no_proof_is_given_where_enumeration_finds_an_age_of_a_sex_exposed)
{
    struct tally tally = {0};
    uint64_t state = 5;
    for (int i = 0; i < CHECK_SEEDS(2000); i++)
        try_place(&state, &tally);
    CHECK(tally.exposed > CHECK_SEEDS(2000));
    CHECK(tally.proved > CHECK_SEEDS(1000));
    CHECK(tally.together > CHECK_SEEDS(200));
    /* A refusal is nearly always deserved. */
    CHECK(tally.late * 10 < tally.proved);
}

/* --- what one sex gains the other loses ----------------------------------- */

/* Two ages are hidden of women and of men, and shown of both together. */
static void set_swap(struct arena *arena, struct place *place)
{
    static const enum age_digits all[ROWS] = {AGES_INTERVAL, AGES_INTERVAL,
                                              AGES_INTERVAL};
    *place = (struct place){
        .counts = {{7, 28, 5000}, {6, 5, 9000}},
        .hidden = {{true, true, false}, {true, true, false}},
        .years = {{9e6, 9e6, 3e7}, {9e6, 9e6, 3e7}},
        .weights = {9000, 8000, 83000},
    };
    set_up(arena, place, 1, all);
}

TEST(what_one_sex_gains_the_other_may_lose)
{
    struct arena *arena = arena_new();
    struct place place;
    set_swap(arena, &place);
    /* Women at the first age can lose what men lose at the second, and gain
     * what men have at the first, but for one of each. */
    CHECK_INT(place.down[0], 4);
    CHECK_INT(place.up[0], 5);
    for (size_t s = 0; s < 2; s++) {
        for (size_t a = 0; a < 2; a++) {
            CHECK(age_is_wide(&place.problem, aim_of(s, a), 9));
            CHECK(!age_is_wide(&place.problem, aim_of(s, a), 10));
            CHECK(!is_wide_alone(&place, aim_of(s, a)));
        }
    }
    for (size_t a = 0; a < AGES; a++)
        CHECK(!age_is_wide(&place.problem, aim_of(2, a), 1));
    arena_wipe(arena);
}

TEST(a_swap_keeps_the_digits_of_both_sexes_apart)
{
    struct arena *arena = arena_new();
    struct place place;
    set_swap(arena, &place);
    const int64_t swap[2 * AGES] = {3, -3, 0, -3, 3, 0};
    CHECK(age_accepts(&place.problem, swap));
    /* Other digits of men alone: their rate moves, whatever both print. */
    place.rates[1].printed[PRINT_VALUE] += 0.1;
    CHECK(!age_accepts(&place.problem, swap));
    place.uses[1].digits = AGES_NOTHING;
    CHECK(age_accepts(&place.problem, swap));
    const int64_t women[2 * AGES] = {3, -3, 0, 0, 0, 0};
    CHECK(!age_accepts(&place.problem, women));
    arena_wipe(arena);
}

/* --- the room ------------------------------------------------------------- */

/* Every change within `reach` of nothing, of four age counts. */
enum { FOUR = 4, REACH = 4, CHANGES = 9 * 9 * 9 * 9 };

TEST(narrowing_leaves_out_no_change_that_the_sums_allow)
{
    uint64_t state = 9;
    long narrowed = 0, kept = 0;
    for (int i = 0; i < CHECK_SEEDS(400); i++) {
        struct age_sum sums[3];
        int64_t down[FOUR], up[FOUR];
        for (size_t s = 0; s < 3; s++)
            sums[s] = (struct age_sum){1 + splitmix_next(&state) % 15,
                                       -(int64_t)(splitmix_next(&state) % 3),
                                       (int64_t)(splitmix_next(&state) % 3)};
        for (size_t a = 0; a < FOUR; a++) {
            down[a] = (int64_t)(splitmix_next(&state) % (REACH + 1));
            up[a] = (int64_t)(splitmix_next(&state) % (REACH + 1));
        }
        struct age_problem wide = {.classes = FOUR,
                                   .down = down,
                                   .up = up,
                                   .sums = sums,
                                   .sum_count = 3};
        int64_t less[FOUR], more[FOUR];
        memcpy(less, down, sizeof less);
        memcpy(more, up, sizeof more);
        age_narrow(sums, 3, FOUR, less, more);
        for (int c = 0; c < CHANGES; c++) {
            const int64_t change[FOUR] = {c % 9 - REACH, c / 9 % 9 - REACH,
                                          c / 81 % 9 - REACH, c / 729 - REACH};
            if (!age_accepts(&wide, change))
                continue;
            kept++;
            for (size_t a = 0; a < FOUR; a++)
                CHECK(change[a] >= -less[a] && change[a] <= more[a]);
        }
        for (size_t a = 0; a < FOUR; a++) {
            CHECK(less[a] >= 0 && less[a] <= down[a]);
            CHECK(more[a] >= 0 && more[a] <= up[a]);
            narrowed += less[a] < down[a] || more[a] < up[a];
        }
    }
    CHECK(narrowed > CHECK_SEEDS(400) && kept > CHECK_SEEDS(4000));
}

RUN(CASE(no_proof_is_given_where_enumeration_finds_an_age_of_a_sex_exposed),
    CASE(what_one_sex_gains_the_other_may_lose),
    CASE(a_swap_keeps_the_digits_of_both_sexes_apart),
    CASE(narrowing_leaves_out_no_change_that_the_sums_allow))
