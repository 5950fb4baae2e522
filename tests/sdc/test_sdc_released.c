/* SPDX-License-Identifier: EUPL-1.2 */
/* A finished release attacked from its public files: what is joined, under
 * which rules, and what derived values give back. */
#include "released_fixture.h"

#include <math.h>

#include "base/num.h"
#include "calc/kernel.h"

/* --- what is joined ------------------------------------------------------- */

TEST(years_of_one_table_and_their_sum_in_another_are_joined)
{
    /* 30 = 25 + what is withheld: nothing in either file alone. */
    struct trial trial =
        trial_new(CELL("country,FR", "T", "2021", "25", "v")
                      CELL("country,FR", "T", "2022", "", "c"),
                  CELL("country,FR", "T", "2021-2022", "30", "v"));
    attack(&trial, AUDIT_STRICT);
    CHECK_INT(trial.released->table_count, 2);
    CHECK_INT(trial.released->unread, 1);
    CHECK_INT(trial.released->universe->published, 3);
    CHECK_TEXT(exposed(&trial), "r.a: cases, territory country/FR, site POU, "
                                "sex T, period 2022\n");
    trial_end(&trial);
}

TEST(what_no_table_shows_is_given_back_by_sums)
{
    struct trial trial = trial_new(CELL("country,FR", "T", "2021", "60", "v")
                                       CELL("dep,A", "T", "2021", "30", "v"),
                                   CELL("dep,B", "T", "2021", "25", "v"));
    attack(&trial, AUDIT_STRICT);
    CHECK_TEXT(exposed(&trial), "no table: cases, territory dep/C, site POU, "
                                "sex T, period 2021\n");
    size_t hidden = trial.released->universe->published;
    CHECK_INT(trial.verdicts[hidden], AUDIT_EXPOSED);
    CHECK_INT(released_printed(trial.released, hidden), 0);
    CHECK(released_printed(trial.released, 0) > 0);
    trial_end(&trial);
}

TEST(a_row_without_site_is_of_all_sites)
{
    struct trial trial =
        trial_new("seen,count,dep,A,,T,T,2021,T,30,,,v\r\n",
                  "seen,count,dep,A,ALL,T,T,2021,T,30,,,v\r\n");
    CHECK(read_it(&trial));
    CHECK_INT(trial.released->universe->published, 1);
    CHECK_TEXT(released_name(trial.arena, trial.released, 0),
               "r.a: seen, territory dep/A, site ALL, sex T, period 2021");
    trial_end(&trial);
}

TEST(what_is_left_and_large_is_no_exposure)
{
    struct trial trial = trial_new(CELL("country,FR", "T", "2021", "70", "v")
                                       CELL("dep,A", "T", "2021", "30", "v"),
                                   CELL("dep,B", "T", "2021", "25", "v"));
    attack(&trial, AUDIT_STRICT);
    CHECK_TEXT(exposed(&trial), "");
    CHECK_INT(trial.summary.suppressed, 1);
    CHECK_INT(trial.summary.open, 0);
    trial_end(&trial);
}

TEST(only_the_strict_attacker_excludes_zeros)
{
    /* Two withheld cells add up to 10. */
    struct trial trial =
        trial_new(CELL("country,FR", "T", "2021", "10", "v")
                      CELL("country,FR", "M", "2021", "", "c")
                          CELL("country,FR", "F", "2021", "", "c"),
                  "");
    attack(&trial, AUDIT_STRICT);
    CHECK_INT(trial.summary.exposed, 2);
    attack(&trial, AUDIT_BASIC);
    CHECK_INT(trial.summary.exposed, 0);
    trial_end(&trial);
}

TEST(zeros_that_everybody_knows_are_known_of_hidden_cells_too)
{
    /* No woman has the site: what is withheld of the men is the total. */
    struct trial trial =
        trial_new("cases,count,country,FR,PRO,T,T,2021,T,14,,,v\r\n"
                  "cases,count,country,FR,PRO,M,T,2021,T,,,,c\r\n"
                  "cases,count,dep,A,PRO,F,T,2021,T,,,,z\r\n"
                  "cases,count,dep,B,PRO,F,T,2021,T,,,,h\r\n",
                  "");
    attack(&trial, AUDIT_STRICT);
    CHECK_INT(trial.summary.suppressed, 4); /* three that no table names */
    CHECK_INT(trial.verdicts[1], AUDIT_PROPAGATED);
    trial_end(&trial);
}

TEST(a_cell_printed_here_and_withheld_there_is_told)
{
    struct trial trial = trial_new(CELL("country,FR", "T", "2021", "25", "v")
                                       CELL("dep,A", "T", "2021", "4", "v"),
                                   CELL("country,FR", "T", "2021", "", "c"));
    CHECK(read_it(&trial));
    CHECK(released_split(trial.released, 0));
    CHECK(!released_small(trial.released, 0));
    CHECK_TEXT(released_name(trial.arena, trial.released, 0),
               "b: cases, territory country/FR, site POU, sex T, period 2021");
    CHECK(!released_split(trial.released, 1));
    CHECK(released_small(trial.released, 1));
    CHECK_TEXT(released_name(trial.arena, trial.released, 1),
               "r.a: cases, territory dep/A, site POU, sex T, period 2021");
    trial_end(&trial);
}

TEST(what_is_not_about_persons_is_not_attacked)
{
    struct trial trial =
        trial_new("people,count,country,FR,ALL,T,T,2021,T,7,,,v\r\n"
                  "cases,asr_world,dep,A,ALL,T,T,2021,T,,,,c\r\n"
                  "cases,count,dep,A,ALL,T,T,2021,T,,,,x\r\n",
                  "");
    CHECK(read_it(&trial));
    CHECK_INT(trial.released->universe->published, 0);
    trial_end(&trial);
}

/* --- rules ---------------------------------------------------------------- */

TEST(cells_have_the_thresholds_of_their_rules)
{
    struct trial trial = trial_new(CELL("country,FR", "T", "2021", "15", "v")
                                       CELL("dep,A", "T", "2021", "15", "v"),
                                   "");
    put_rules(&trial, "{\"kind\": \"stricter\", \"threshold\": 20, \"about\": "
                      "{\"territories\": [\"code:dep/A\"]}}, {\"kind\": "
                      "\"must_show\", \"about\": {}}");
    CHECK(read_it(&trial));
    CHECK_INT(trial.released->policy.rule_count, 1);
    CHECK(!released_small(trial.released, 0));
    CHECK(released_small(trial.released, 1));
    trial_end(&trial);
}

TEST(nobody_excludes_zeros_that_a_rule_withholds)
{
    struct trial trial = trial_new(
        "cases,person_years,country,FR,POU,M,T,2021,T,40,,,v\r\n" CELL(
            "country,FR", "M", "2021", "", "c")
            CELL("country,FR", "F", "2021", "", "c"),
        "");
    put_rules(&trial, "{\"kind\": \"zeros\", \"population\": 100, \"about\": "
                      "{}}");
    CHECK(read_it(&trial));
    struct audit_input input =
        released_attack(trial.arena, trial.released, AUDIT_STRICT);
    CHECK_INT(input.lower[0], 0);
    CHECK_INT(input.upper[0], 40);
    CHECK_INT(input.lower[1], 1);
    trial_end(&trial);
}

/* --- derived values ------------------------------------------------------- */

static void print_digits(struct released_digits *out, double value,
                         int decimals)
{
    struct arena *scratch = arena_new();
    struct text text = text_new(scratch);
    num_print(&text, num_round(value, decimals), decimals);
    CHECK(released_digits_read(text.at, out));
    arena_free(scratch);
}

static struct released_rate rate_of(bool share, double count, double divisor,
                                    int decimals)
{
    struct released_rate rate = {.share = share};
    struct kernel_interval interval;
    double scale = share ? 100.0 : 1.0;
    CHECK(share ? kernel_wilson(count, divisor, 0.95, &interval)
                : kernel_crude_rate(count, divisor, 1e5, 0.95, &interval));
    print_digits(&rate.digits[0], scale * interval.value, decimals);
    print_digits(&rate.digits[1], scale * interval.lower, decimals);
    print_digits(&rate.digits[2], scale * interval.upper, decimals);
    return rate;
}

TEST(what_a_rate_leaves_holds_the_true_count)
{
    for (int share = 0; share < 2; share++) {
        for (int n = 0; n <= 40; n++) {
            for (int p = 0; p < 12; p++) {
                double divisor = 41 * pow(3, p) + n;
                struct released_rate rate =
                    rate_of(share == 1, n, divisor, p % 3);
                int64_t least, most;
                released_rate_leaves(&rate, 11, &least, &most);
                CHECK(least <= n && n <= most);
                rate.divisor = share == 1 ? 0 : divisor;
                released_rate_leaves(&rate, 11, &least, &most);
                CHECK(least <= n && n <= most);
            }
        }
    }
}

TEST(exact_limits_give_the_count_without_population)
{
    int64_t least, most;
    struct released_rate rate = rate_of(false, 7, 12345, 1);
    released_rate_leaves(&rate, 11, &least, &most);
    CHECK_INT(least, 7);
    CHECK_INT(most, 7);
    rate = rate_of(true, 3, 50, 1);
    released_rate_leaves(&rate, 11, &least, &most);
    CHECK_INT(least, 3);
    CHECK_INT(most, 3);
}

TEST(a_rate_to_one_decimal_gives_the_count_under_a_million)
{
    int64_t least, most;
    struct released_rate rate = rate_of(false, 9, 990000, 1);
    rate.digits[1].printed = rate.digits[2].printed = false;
    released_rate_leaves(&rate, 11, &least, &most);
    CHECK(least <= 1 && most == SDC_UNLIMITED);
    rate.divisor = 990000;
    released_rate_leaves(&rate, 11, &least, &most);
    CHECK_INT(least, 9);
    CHECK_INT(most, 9);
}

TEST(large_counts_are_only_known_to_be_large)
{
    int64_t least, most;
    struct released_rate rate = rate_of(false, 5000, 1e6, 1);
    released_rate_leaves(&rate, 11, &least, &most);
    CHECK_INT(least, 23);
    CHECK(most == SDC_UNLIMITED);
    released_rate_leaves(&rate, INT64_C(1) << 40, &least, &most);
    CHECK_INT(least, 1001);
}

TEST(a_rate_without_its_count_exposes_it)
{
    /* 7 of 12345, and 40 of 12345. */
    struct trial trial =
        trial_new("cases,crude_rate,dep,A,POU,T,T,2021,T,56.7,22.8,116.8,v\r\n"
                  "cases,crude_rate,dep,B,POU,T,T,2021,T,324.0,231.5,441.2,v"
                  "\r\n",
                  "part,proportion,dep,A,ALL,T,T,2021,T,6.0,2.1,16.2,v\r\n"
                  "cases,person_years,dep,A,POU,T,T,2021,T,12345,,,v\r\n");
    attack(&trial, AUDIT_STRICT);
    CHECK_TEXT(exposed(&trial),
               "r.a: cases, territory dep/A, site POU, sex T, period 2021\n"
               "b: seen, territory dep/A, site ALL, sex T, period 2021\n");
    trial_end(&trial);
}

TEST(a_rate_beside_its_count_or_person_years_is_read_with_them)
{
    /* One decimal, no limits: the person-years beside it give the count. */
    struct trial trial = trial_new(
        "cases,crude_rate,dep,A,POU,T,T,2021,T,0.9,,,v\r\n"
        "cases,person_years,dep,A,POU,T,T,2021,T,990000,,,v\r\n"
        "cases,crude_rate,dep,B,POU,T,T,2021,T,0.9,,,v\r\n"
        "cases,crude_rate,dep,C,POU,T,T,2021,T,56.7,22.8,116.8,v\r\n"
        "cases,asr_world,dep,C,POU,T,T,2021,T,51.2,,,v\r\n"
        "cases,crude_rate,country,FR,POU,T,T,2022,T,,,,u\r\n",
        CELL("dep,B", "T", "2021", "20", "v")
            CELL("dep,C", "T", "2021", "40",
                 "v") "cases,crude_rate,dep,C,POU,T,T,2021,T,324.0,,,v\r\n");
    attack(&trial, AUDIT_STRICT);
    CHECK_TEXT(exposed(&trial),
               "r.a: cases, territory dep/A, site POU, sex T, period 2021\n");
    CHECK_INT(trial.summary.suppressed, 5); /* three that no table names */
    trial_end(&trial);
}

#define RATE_A(value) "cases,crude_rate,dep,A,POU,T,T,2021,T," value ",v\r\n"
#define YEARS_A(years)                                                         \
    "cases,person_years,dep,A,POU,T,T,2021,T," years ",,,v\r\n"

TEST(person_years_printed_twice_find_no_less_than_once)
{
    static const struct {
        const char *a, *b;
        size_t exposed, unused;
    } tries[] = {
        /* 9 of 990,000 */
        {RATE_A("0.9,,") YEARS_A("990000"), "", 1, 0},
        {RATE_A("0.9,,") YEARS_A("990000"), YEARS_A("990000"), 1, 0},
        /* The table's own are those of its rate, whatever others print. */
        {RATE_A("0.9,,") YEARS_A("990000"), YEARS_A("900000"), 1, 0},
        {RATE_A("0.9,,"), YEARS_A("990000"), 1, 0},
        {YEARS_A("990000"), YEARS_A("990000") RATE_A("0.9,,"), 1, 0},
        {YEARS_A("990000"), RATE_A("0.9,,"), 1, 0},
        {RATE_A("0.9,,"), YEARS_A("990000") YEARS_A("900000"), 0, 1},
        {RATE_A("0.9,,") YEARS_A("990000") YEARS_A("900000"), "", 0, 1},
        /* Others that cannot be those of the rate: 7 of 12,345 by its limits,
         * where 990,000 would make it a large count's. */
        {RATE_A("56.7,22.8,116.8"), YEARS_A("990000"), 1, 1},
    };
    for (size_t t = 0; t < COUNT_OF(tries); t++) {
        struct trial trial = trial_new(tries[t].a, tries[t].b);
        attack(&trial, AUDIT_STRICT);
        CHECK_INT(trial.summary.exposed, tries[t].exposed);
        CHECK_INT(trial.released->unused.years, tries[t].unused);
        trial_end(&trial);
    }
}

TEST(values_that_the_attack_does_without_are_counted)
{
    static const struct {
        const char *row;
        size_t unused;
    } tries[] = {
        {"cases,mean_age,dep,A,POU,T,T,2021,T,61.2,,,v,\r\n", 1},
        {"cases,crude_rate,dep,A,POU,T,T,2021,T,,,,u,\r\n", 1},
        {"cases,crude_rate,dep,A,POU,T,T,2021,T,56.7,,,v,pa\r\n", 1},
        {"cases,crude_rate,dep,A,POU,T,T,2021,T,56.7,,,v,p\r\n", 0},
        {"cases,count,dep,A,POU,T,T,2021,T,15,,,v,a\r\n"
         "cases,crude_rate,dep,A,POU,T,T,2021,T,56.7,,,v,a\r\n",
         0},
        {"cases,count,dep,A,POU,T,T,2021,T,,,,c,\r\n", 0},
        {"people,count,dep,A,POU,T,T,2021,T,7,,,v,\r\n", 0},
        {"net,estimate,dep,A,POU,T,T,2021,T,62.1,60.0,64.0,v,\r\n", 1},
        {"net,estimate,dep,A,POU,T,T,2021,T,,,,u,\r\n", 0},
    };
    for (size_t t = 0; t < COUNT_OF(tries); t++) {
        struct trial trial = trial_new("", "");
        put(&trial, "d/codes/measure.csv",
            "code,kind,numerator,denominator,confidential,source\n"
            "cases,count,,,true,R\npeople,person_years,,,false,R\n"
            "net,estimate,,,false,R\n");
        put(&trial, "d/b.csv",
            arena_format(trial.arena,
                         "measure,indicator,territory_level,territory,site,sex,"
                         "age,period,stratum,value,lower,upper,status,flags"
                         "\r\n%s",
                         tries[t].row));
        CHECK(read_it(&trial));
        CHECK_INT(trial.released->unused.values, tries[t].unused);
        trial_end(&trial);
    }
}

TEST(a_rate_of_a_withheld_count_is_a_split)
{
    struct trial trial = trial_new(
        "cases,crude_rate,dep,A,POU,T,T,2021,T,324.0,231.5,441.2,v\r\n",
        CELL("dep,A", "T", "2021", "", "c"));
    CHECK(read_it(&trial));
    CHECK(released_split(trial.released, 0));
    trial_end(&trial);
}

RUN(CASE(years_of_one_table_and_their_sum_in_another_are_joined),
    CASE(what_no_table_shows_is_given_back_by_sums),
    CASE(a_row_without_site_is_of_all_sites),
    CASE(what_is_left_and_large_is_no_exposure),
    CASE(only_the_strict_attacker_excludes_zeros),
    CASE(zeros_that_everybody_knows_are_known_of_hidden_cells_too),
    CASE(a_cell_printed_here_and_withheld_there_is_told),
    CASE(what_is_not_about_persons_is_not_attacked),
    CASE(cells_have_the_thresholds_of_their_rules),
    CASE(nobody_excludes_zeros_that_a_rule_withholds),
    CASE(what_a_rate_leaves_holds_the_true_count),
    CASE(exact_limits_give_the_count_without_population),
    CASE(a_rate_to_one_decimal_gives_the_count_under_a_million),
    CASE(large_counts_are_only_known_to_be_large),
    CASE(a_rate_without_its_count_exposes_it),
    CASE(a_rate_beside_its_count_or_person_years_is_read_with_them),
    CASE(person_years_printed_twice_find_no_less_than_once),
    CASE(values_that_the_attack_does_without_are_counted),
    CASE(a_rate_of_a_withheld_count_is_a_split))
