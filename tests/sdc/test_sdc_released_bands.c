/* SPDX-License-Identifier: EUPL-1.2 */
/* What shares and standardised rates of a release give back, against the
 * enumeration of all counts that print the same. */
#include "released_places.h"

/* --- rates of small places ------------------------------------------------ */

TEST(rates_of_small_places_give_back_what_enumeration_does)
{
    uint64_t state = 20260204;
    int exposed[5] = {0}, cells = 0;
    for (int i = 0; i < 200; i++) {
        struct arena *arena = arena_new();
        struct place place = random_place(&state, i % 5);
        struct trial trial = {0};
        if (place_total(&place) < THRESHOLD) {
            arena_free(arena);
            continue;
        }
        attack(&trial, place_rows(arena, &place, true));
        CHECK_INT(trial.released->used, 1);
        for (size_t a = 0; a < AGES; a++) {
            bool want = enumerate(&place, a);
            const char *ending =
                arena_format(arena, "age %s, period 2021", age_codes[a]);
            if (is_exposed(&trial, ending) != want)
                fail_msg("%s: enumeration says %d", ending, want);
            exposed[i % 5] += want;
            cells++;
        }
        arena_wipe(trial.arena);
        arena_free(arena);
    }
    CHECK(exposed[4] > exposed[0]);
    CHECK(exposed[4] > 50);
    CHECK(cells > exposed[0] * 5);
}

TEST(four_decimals_give_ages_and_none_without_their_population)
{
    struct arena *arena = arena_new();
    struct place place = {{2, 4, 9}, {5210, 3170, 2113}, 4, false, {0}};
    struct trial trial = {0};
    place_print(&place);
    attack(&trial, place_rows(arena, &place, true));
    CHECK(is_exposed(&trial, "age 40-64, period 2021"));
    arena_wipe(trial.arena);
    trial = (struct trial){0};
    attack(&trial, place_rows(arena, &place, false));
    CHECK(!any_exposed(&trial));
    CHECK_INT(trial.released->used, 0);
    CHECK_INT(trial.released->unused.population, 1);
    arena_wipe(trial.arena);
    arena_free(arena);
}

TEST(years_that_add_up_to_a_period_are_its_population)
{
    /* 2021 and 2022 have the person-years, the rate is of both. */
    struct trial trial = {0};
    attack(&trial,
           "cases,person_years,,dep,A,POU,M,00-39,2021,T,2600,,,v\n"
           "cases,person_years,,dep,A,POU,M,00-39,2022,T,2610,,,v\n"
           "cases,person_years,,dep,A,POU,M,40-64,2021,T,1600,,,v\n"
           "cases,person_years,,dep,A,POU,M,40-64,2022,T,1570,,,v\n"
           "cases,person_years,,dep,A,POU,M,65+,2021,T,1000,,,v\n"
           "cases,person_years,,dep,A,POU,M,65+,2022,T,1113,,,v\n"
           "cases,count,,dep,A,POU,M,T,2021-2022,T,15,,,v\n"
           "cases,asr_world,world,dep,A,POU,M,T,2021-2022,T,103.4810,,,v\n");
    CHECK_INT(trial.released->used, 1);
    CHECK(is_exposed(&trial, "age 40-64, period 2021-2022"));
    arena_wipe(trial.arena);
}

TEST(a_population_that_two_rows_tell_otherwise_is_none)
{
    struct arena *arena = arena_new();
    struct place place = {{2, 4, 9}, {5210, 3170, 2113}, 4, false, {103.4810}};
    struct trial trial = {0};
    attack(&trial,
           arena_format(arena,
                        "%scases,person_years,,dep,A,POU,M,65+,2021,T,9,,,v\n",
                        place_rows(arena, &place, true)));
    CHECK_INT(trial.released->unused.population, 1);
    arena_wipe(trial.arena);
    arena_free(arena);
}

/* 60 % of 4 cases among 3,170 and 40 % of 9 among 2,113. */
TEST(a_rate_of_some_ages_needs_the_population_of_these_alone)
{
    struct trial trial = {0};
    attack(&trial, "cases,person_years,,dep,A,POU,M,40-64,2021,T,3170,,,v\n"
                   "cases,person_years,,dep,A,POU,M,65+,2021,T,2113,,,v\n"
                   "cases,count,,dep,A,POU,M,T,2021,T,15,,,v\n"
                   "cases,asr_old,old,dep,A,POU,M,T,2021,T,246.0837,,,v\n");
    CHECK_INT(trial.released->used, 1);
    CHECK(is_exposed(&trial, "age 40-64, period 2021"));
    CHECK(is_exposed(&trial, "age 65+, period 2021"));
    CHECK(is_exposed(&trial, "age 00-39, period 2021")); /* 15 - 4 - 9 */
    arena_wipe(trial.arena);
}

TEST(an_age_without_people_leaves_a_rate_unused)
{
    struct trial trial = {0};
    attack(&trial, "cases,person_years,,dep,A,POU,M,40-64,2021,T,3170,,,v\n"
                   "cases,person_years,,dep,A,POU,M,65+,2021,T,0,,,v\n"
                   "cases,asr_old,old,dep,A,POU,M,T,2021,T,75.7,,,v\n");
    CHECK_INT(trial.released->used, 0);
    CHECK_INT(trial.released->unused.population, 1);
    CHECK_INT(trial.released->band_count, 0);
    arena_wipe(trial.arena);
}

TEST(rates_that_cannot_be_used_are_counted)
{
    struct trial trial = {0};
    attack(&trial, "cases,asr_x,x,dep,A,POU,M,T,2021,T,10.1,,,v\n"
                   "cases,count,,dep,A,POU,F,T,2021,T,900,,,v\n"
                   "cases,asr_world,world,dep,A,POU,F,T,2021,T,10.1,,,v\n");
    CHECK_INT(trial.released->unused.standard, 1);
    CHECK_INT(trial.released->unused.many, 1);
    CHECK_INT(trial.released->band_count, 0);
    arena_wipe(trial.arena);
}

/* 8 and 26 of 5,034 cases: ages that are cells cost nothing, however many there
 * are. */
TEST(a_rate_of_many_cases_is_used_where_its_ages_are_cells)
{
    struct trial trial = {0};
    attack(&trial, "cases,person_years,,dep,A,POU,M,00-39,2021,T,30000,,,v\n"
                   "cases,person_years,,dep,A,POU,M,40-64,2021,T,30000,,,v\n"
                   "cases,person_years,,dep,A,POU,M,65+,2021,T,30000,,,v\n"
                   "cases,count,,dep,A,POU,M,00-39,2021,T,,,,c\n"
                   "cases,count,,dep,A,POU,M,40-64,2021,T,,,,c\n"
                   "cases,count,,dep,A,POU,M,65+,2021,T,5000,,,v\n"
                   "cases,count,,dep,A,POU,M,T,2021,T,5034,,,v\n"
                   "cases,asr_world,world,dep,A,POU,M,T,2021,T,1708.7,,,v\n");
    CHECK_INT(trial.released->used, 1);
    CHECK_INT(trial.released->unused.many, 0);
    CHECK(is_exposed(&trial, "age 00-39, period 2021"));
    arena_wipe(trial.arena);
}

/* Bands of a rate with its lower limit. */
static size_t bands_by(const char *standard)
{
    struct arena *arena = arena_new();
    struct trial trial = {0};
    attack(&trial,
           arena_format(
               arena,
               "cases,person_years,,dep,A,POU,M,00-39,2021,T,900000,,,v\n"
               "cases,person_years,,dep,A,POU,M,40-64,2021,T,5000000,,,v\n"
               "cases,person_years,,dep,A,POU,M,65+,2021,T,5000000,,,v\n"
               "cases,count,,dep,A,POU,M,T,2021,T,200,,,v\n"
               "cases,asr_%s,%s,dep,A,POU,M,T,2021,T,2,2,,v\n",
               standard, standard));
    size_t bands = trial.released->band_count;
    CHECK_INT(trial.released->used, 1);
    CHECK_INT(trial.released->limits, 1);
    arena_wipe(trial.arena);
    arena_free(arena);
    return bands;
}

/* The variances that are left begin at none at all, whatever the mean, and the
 * age adds nothing to them that is told from 0: two sides of three have no
 * weight for it. */
TEST(a_side_of_a_limit_needs_a_weight_of_every_age)
{
    CHECK_INT(bands_by("world"), 4);
    CHECK_INT(bands_by("faint"), 2);
}

/* The rates of men, women and both: what is used of both. */
static size_t used_of_sexes(const char *both)
{
    static const int years[] = {120000, 90000, 30000};
    struct arena *arena = arena_new();
    struct text rows = text_new(arena);
    struct trial trial = {0};
    for (size_t s = 0; s < 3; s++) {
        for (size_t a = 0; a < AGES; a++)
            text_format(&rows,
                        "cases,person_years,,dep,A,POU,%c,%s,2021,T,%d,,,v\n",
                        "TMF"[s], age_codes[a], years[s]);
    }
    text_format(&rows, "cases,asr_world,world,dep,A,POU,T,T,2021,T,%s,,,v\n",
                both);
    text_add(&rows, "cases,asr_world,world,dep,A,POU,M,T,2021,T,9.0,,,v\n"
                    "cases,asr_world,world,dep,A,POU,F,T,2021,T,11.0,,,v\n");
    attack(&trial, rows.at);
    size_t used = trial.released->used;
    CHECK_INT(trial.released->unused.unclear, 3 - used);
    arena_wipe(trial.arena);
    arena_free(arena);
    return used;
}

TEST(a_rate_of_both_sexes_is_used_where_those_of_each_refute_their_mean)
{
    CHECK_INT(used_of_sexes("10.0"), 2);
    CHECK_INT(used_of_sexes("9.9"), 2);
    CHECK_INT(used_of_sexes("9.5"), 3);
}

/* Whose rate it is, that of women would say. */
TEST(a_rate_of_both_sexes_is_unclear_beside_that_of_one)
{
    struct trial trial = {0};
    attack(&trial, "cases,person_years,,dep,A,POU,T,40-64,2021,T,3170,,,v\n"
                   "cases,person_years,,dep,A,POU,T,65+,2021,T,2113,,,v\n"
                   "cases,asr_old,old,dep,A,POU,T,T,2021,T,246.0837,,,v\n"
                   "cases,asr_old,old,dep,A,POU,M,T,2021,T,9.0,,,v\n");
    CHECK_INT(trial.released->used, 0);
    CHECK_INT(trial.released->unused.unclear, 1);
    CHECK_INT(trial.released->unused.population, 1);
    arena_wipe(trial.arena);
}

/* --- shares --------------------------------------------------------------- */

/* Both sexes are printed, of men only the share. */
static bool men_exposed(int men, int both, int decimals, struct trial *trial)
{
    struct arena *arena = arena_new();
    struct text rows = text_new(arena);
    text_format(&rows, "cases,count,,dep,A,POU,T,T,2021,T,%d,,,v\n", both);
    text_add(&rows, "cases,share,,dep,A,POU,T,T,2021,T,100.0,,,v\n"
                    "cases,share,,dep,A,POU,M,T,2021,T,");
    num_print(&rows, num_round(100.0 * men / both, decimals), decimals);
    text_add(&rows, ",,,v\n");
    attack(trial, rows.at);
    arena_free(arena);
    return is_exposed(trial, "sex M, age T, period 2021");
}

static bool share_tells(int men, int both, int decimals)
{
    int least = both, most = 0;
    double printed = num_round(100.0 * men / both, decimals);
    for (int n = 0; n <= both; n++) {
        if (fabs(100.0 * n / both - printed) > 0.5000001 * pow(10, -decimals))
            continue;
        least = n < least ? n : least;
        most = n > most ? n : most;
    }
    return least < THRESHOLD && most > 0 && most - least < THRESHOLD - 2;
}

TEST(shares_give_back_what_enumeration_does)
{
    uint64_t state = 7;
    int exposed = 0, cells = 0;
    for (int i = 0; i < 150; i++) {
        int both = 40 + world_below(&state, 3000),
            men = world_below(&state, 30);
        struct trial trial = {0};
        bool want = share_tells(men, both, i % 3);
        CHECK(men_exposed(men, both, i % 3, &trial) == want);
        CHECK_INT(trial.released->used, 2);
        exposed += want;
        cells++;
        arena_wipe(trial.arena);
    }
    CHECK(exposed > 30);
    CHECK(cells - exposed > 30);
}

TEST(a_share_of_what_nobody_says_is_not_used)
{
    struct trial trial = {0};
    attack(&trial, "cases,share,,dep,A,POU,M,T,2021,T,12.5,,,v\n"
                   "cases,share,,dep,A,POU,F,T,2021,T,87.5,,,v\n");
    CHECK_INT(trial.released->used, 0);
    CHECK_INT(trial.released->unused.unclear, 2);
    arena_wipe(trial.arena);
}

/* Men with POU among men, among POU, or among all? */
TEST(a_share_that_may_be_one_of_two_totals_is_not_used)
{
    struct trial trial = {0};
    attack(&trial, "cases,count,,dep,A,ALL,T,T,2021,T,50,,,v\n"
                   "cases,share,,dep,A,ALL,T,T,2021,T,100,,,v\n"
                   "cases,share,,dep,A,POU,M,T,2021,T,14,,,v\n");
    CHECK_INT(trial.released->used, 0);
    CHECK_INT(trial.released->unused.unclear, 2);
    CHECK_INT(trial.released->band_count, 0);
    arena_wipe(trial.arena);
}

TEST(a_share_or_rate_that_is_no_number_is_refused)
{
    struct arena *arena = arena_new();
    char *folder = check_directory();
    struct released *released;
    struct err err = {0};
    const struct released_files files = {
        .head = "\"disclosure\": {\"threshold\": 11, \"rules\": []}",
        .territory = "dep,A,A,A,,,,,,\n",
        .age = "total,T,T,T,,,,,0,-1\n",
        .period = "leaf,2021,x,x,,,,,2021,2021\n",
        .relation = "",
        .rows = "cases,share,,dep,A,POU,M,T,2021,T,101.0,,,v\n"
                "cases,asr_world,world,dep,A,POU,M,T,2021,T,x,,,v\n",
    };
    released_write(arena, folder, &files);
    const struct released_input input = {.directory = folder};
    CHECK(!released_read(arena, &input, &released, &err));
    CHECK(strstr(err.text, "a.csv:2: expected a number") != NULL);
    CHECK(strstr(err.text, "a.csv:3: expected a number") != NULL);
    arena_free(arena);
    check_remove(folder);
}

RUN(CASE(rates_of_small_places_give_back_what_enumeration_does),
    CASE(four_decimals_give_ages_and_none_without_their_population),
    CASE(years_that_add_up_to_a_period_are_its_population),
    CASE(a_population_that_two_rows_tell_otherwise_is_none),
    CASE(a_rate_of_some_ages_needs_the_population_of_these_alone),
    CASE(an_age_without_people_leaves_a_rate_unused),
    CASE(rates_that_cannot_be_used_are_counted),
    CASE(a_rate_of_many_cases_is_used_where_its_ages_are_cells),
    CASE(a_side_of_a_limit_needs_a_weight_of_every_age),
    CASE(a_rate_of_both_sexes_is_used_where_those_of_each_refute_their_mean),
    CASE(a_rate_of_both_sexes_is_unclear_beside_that_of_one),
    CASE(shares_give_back_what_enumeration_does),
    CASE(a_share_of_what_nobody_says_is_not_used),
    CASE(a_share_that_may_be_one_of_two_totals_is_not_used),
    CASE(a_share_or_rate_that_is_no_number_is_refused))
