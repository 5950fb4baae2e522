/* SPDX-License-Identifier: EUPL-1.2 */
/* The standardised rates that a release shows of small places, attacked by
 * enumeration: every age count is tried that has the totals and the digits
 * that are published of both sexes and of each. */
#include "check.h"

enum {
    MOST = 26,                      /* cases of a row that is enumerated */
    LAST = CHECK_SANITIZED ? 2 : 3, /* decimals, from 0 or 1 on */
};

#include "rate_attack.h"

/* The next share of the population to try: one in three under a sanitizer,
 * which looks for other mistakes; times 2 or 3 elsewhere. */
static int64_t after(int64_t percent, int64_t times)
{
    return percent * (CHECK_SANITIZED ? times * times * times : times);
}

/* The last region and the last département of the tables are one place. */
static void attack_names(const struct release *wide,
                         const struct release *narrow, struct tally *tally)
{
    size_t rows = pub_rows(wide->rates) / pub_axis_count(wide->rates, 0);
    size_t region = pub_rows(wide->rates) - rows;
    size_t departement = pub_rows(narrow->rates) - rows;
    for (size_t r = 0; r < rows; r++) {
        struct row one = read_row(wide, region + r, false);
        struct row two = read_row(narrow, departement + r, false);
        CHECK(memcmp(&one.truth, &two.truth, sizeof one.truth) == 0);
        if (!one.counted || one.total > MOST || one.total == 0 ||
            !(one.printed[0] || two.printed[0]))
            continue;
        tally->together++;
        tally->exposed += attack_pair(&one, &two);
    }
}

static struct release make_release(int decimals, int64_t percent, bool stricter)
{
    static const char *children[] = {"band:0-14"};
    struct seal_fixture *fixture = small_places(percent);
    fixture->rule.kind = RULE_STRICTER;
    fixture->rule.threshold = CHILDREN;
    fixture->listed = (struct rule_cells){0};
    fixture->listed.select[DIM_AGE] = (struct selection){children, 1};
    fixture->project.policy.rule_count = stricter ? 1 : 0;
    add_rates(fixture, "world", decimals);
    seal_fixture_protect(fixture);
    return read_release(fixture, 1);
}

static void attack_release(int decimals, int64_t percent, struct tally *tally)
{
    struct release release = make_release(decimals, percent, false);
    attack_rows(&release, tally);
    attack_triples(&release, &sexes, tally);
    seal_fixture_end(release.fixture);
}

/* With four decimals nearly every age count of a small place is given back:
 * what would be is not shown. */
TEST(four_decimals_are_attacked_in_vain)
{
    struct tally tally = {0};
    attack_release(4, 100, &tally);
    attack_release(4, 3000, &tally);
    CHECK_INT(tally.exposed, 0);
    CHECK(tally.naive > 100);
    CHECK(tally.withheld > 10 * tally.shown);
}

TEST(two_decimals_are_attacked_in_vain)
{
    struct tally tally = {0};
    attack_release(2, 100, &tally);
    attack_release(2, 3000, &tally);
    CHECK_INT(tally.exposed, 0);
    CHECK(tally.naive > 100);
    CHECK(tally.shown > 10 && tally.coarse > 5);
}

TEST(one_decimal_is_attacked_in_vain)
{
    struct tally tally = {0};
    static const int64_t percents[] = {600, 10, 100, 2000};
    for (size_t i = 0; i < CHECK_SEEDS(COUNT_OF(percents)); i++)
        attack_release(1, percents[i], &tally);
    CHECK_INT(tally.exposed, 0);
    CHECK(CHECK_SANITIZED || tally.naive > 100);
    CHECK(CHECK_SANITIZED || (tally.shown > 40 && tally.coarse > 10));
    CHECK(CHECK_SANITIZED || (tally.limits > 20 && tally.together > 5));
}

/* Without a decimal there is none to take: limits go, then the rate. */
TEST(no_decimal_is_attacked_in_vain)
{
    struct tally tally = {0};
    attack_release(0, 100, &tally);
    attack_release(0, 300, &tally);
    CHECK_INT(tally.exposed, 0);
    CHECK(tally.naive > 10);
    CHECK(tally.limits > 20 && tally.limits < tally.shown);
    CHECK_INT(tally.coarse, 0);
}

TEST(a_stricter_list_holds_for_the_ages_behind_a_rate)
{
    for (int stricter = 0; stricter < 2; stricter++) {
        struct tally tally = {0};
        for (int64_t percent = 600; percent < 30000;
             percent = after(percent, 3)) {
            struct release release = make_release(1, percent, stricter);
            release.children = CHILDREN;
            attack_rows(&release, &tally);
            seal_fixture_end(release.fixture);
        }
        CHECK((tally.exposed > 0) == !stricter);
        CHECK(tally.shown > 10);
    }
}

/* Rates of both sexes by age and sex: shown where they can be, and attacked
 * with those of each sex. */
static void attack_by_sex(int decimals, int64_t percent, struct tally *tally)
{
    struct seal_fixture *fixture = small_places(percent);
    seal_fixture_table(fixture, "cases",
                       (struct plan_value){.kind = VALUE_STANDARDISED_RATE,
                                           .standard = "world",
                                           .interval = true,
                                           .by_sex = true,
                                           .decimals = decimals});
    seal_fixture_protect(fixture);
    struct release release = read_release(fixture, 1);
    attack_rows(&release, tally);
    attack_triples(&release, &sexes, tally);
    for (size_t r = 0; r < pub_rows(release.rates); r++) {
        struct row row = read_row(&release, r, false);
        tally->joint += row.joint && row.printed[0];
    }
    seal_fixture_end(fixture);
}

TEST(rates_by_age_and_sex_are_attacked_in_vain)
{
    struct tally tally = {0};
    for (int decimals = CHECK_SANITIZED; decimals < LAST; decimals++) {
        for (int64_t percent = 100; percent < 3000; percent = after(percent, 3))
            attack_by_sex(decimals, percent, &tally);
    }
    CHECK_INT(tally.exposed, 0);
    CHECK(CHECK_SANITIZED || (tally.joint > 40 && tally.together > 20));
}

/* Two years and their sum, two sites and their group. */
static void attack_sums(const struct release *release, struct tally tally[2])
{
    static const struct triple years = {DIM_PERIOD, {2, 0, 1}};
    static const struct triple sites = {DIM_SITE, {1, 2, 3}};
    attack_triples(release, &years, &tally[0]);
    attack_triples(release, &sites, &tally[1]);
}

TEST(years_and_sites_are_proved_together_with_their_sums)
{
    struct tally tally[2] = {0};
    for (int decimals = CHECK_SANITIZED; decimals < LAST; decimals++) {
        for (int64_t percent = 100; percent < 3000;
             percent = after(percent, 3)) {
            struct release release = make_release(decimals, percent, false);
            attack_sums(&release, tally);
            seal_fixture_end(release.fixture);
        }
    }
    for (size_t t = 0; t < 2; t++) {
        CHECK(CHECK_SANITIZED || tally[t].together > 10);
        CHECK_INT(tally[t].exposed, 0);
    }
}

/* One case more here and there: other counts are suppressed then. */
static void change_cases(struct seal_fixture *fixture, size_t change)
{
    struct fact *cases = (struct fact *)(uintptr_t)fixture->cases.rows;
    for (size_t f = 0; f < fixture->cases.count; f++)
        cases[f].count += cases[f].count > 0 && (3 * f + change) % 7 == 0;
}

/* What is found where the waiver holds for rows of so many events or more. */
static void attack_excused(int64_t least, struct tally tally[2],
                           struct tally *alone)
{
    struct waiver waivers[] = {{.kind = "standardised_rate"},
                               {.kind = SEAL_SUMS_WAIVER, .least = least}};
    for (size_t change = 0; change < 16; change++) {
        struct seal_fixture *fixture = small_places(100 << change % 4);
        change_cases(fixture, change / 4);
        fixture->project.policy.waivers = waivers;
        fixture->project.policy.waiver_count = 2;
        add_rates(fixture, "world", 1);
        seal_fixture_protect(fixture);
        struct release release = read_release(fixture, 1);
        attack_rows(&release, alone);
        attack_sums(&release, tally);
        seal_fixture_end(fixture);
    }
}

/* What the waiver is about: each rate is proved, and two give a third away. */
TEST(a_waiver_answers_for_what_sums_give_away)
{
    if (CHECK_SANITIZED)
        skip(); /* the tests above run the same code */
    struct tally tally[2] = {0}, alone = {0};
    attack_excused(0, tally, &alone);
    CHECK_INT(alone.exposed, 0);
    CHECK(tally[0].exposed > 0 && tally[1].exposed > 0);
}

TEST(a_waiver_for_rows_of_many_events_leaves_small_ones_proved)
{
    if (CHECK_SANITIZED)
        skip(); /* the tests above run the same code */
    struct tally tally[2] = {0}, alone = {0};
    attack_excused(100000, tally, &alone);
    CHECK_INT(alone.exposed + tally[0].exposed + tally[1].exposed, 0);
}

/* Corsica is a region of one département. One table has the rates of regions,
 * another those of départements with other weights: they are of the same
 * people. */
TEST(two_names_of_one_place_are_proved_together)
{
    static const char *regions[] = {"level:region"};
    static const char *departements[] = {"level:departement"};
    struct tally tally = {0};
    for (int64_t percent = 100; percent < 10000; percent = after(percent, 2)) {
        struct seal_fixture *fixture = small_places(percent);
        add_rates(fixture, "world", 1);
        add_rates(fixture, "old", 1);
        fixture->tables[1].select[DIM_TERRITORY].words = regions;
        fixture->tables[2].select[DIM_TERRITORY].words = departements;
        seal_fixture_protect(fixture);
        const struct release wide = read_release(fixture, 1);
        const struct release narrow = read_release(fixture, 2);
        attack_names(&wide, &narrow, &tally);
        seal_fixture_end(fixture);
    }
    CHECK_INT(tally.exposed, 0);
    CHECK(CHECK_SANITIZED || tally.together > 10);
}

/* Lines of the inside report that begin with `word`. */
static size_t count_lines(const char *review, const char *word)
{
    size_t count = 0;
    for (const char *at = review; *at != '\0'; at = strchr(at, '\n') + 1)
        count += strncmp(at, word, strlen(word)) == 0;
    return count;
}

TEST(the_inside_report_names_what_each_rate_has_lost)
{
    struct release release = make_release(1, 600, false);
    size_t coarse = 0, bare = 0;
    const struct pub_table *rates = release.rates;
    for (size_t r = 0; r < pub_rows(rates); r++) {
        double value = 0.0;
        bool shown = pub_read(rates, r, 0, &value) == AVAILABLE;
        bool limits = pub_read(rates, r, 1, &value) == AVAILABLE;
        coarse += shown && pub_decimals(rates, r, 0) == 0;
        bare += shown && !limits && pub_decimals(rates, r, 0) == 1;
    }
    struct text review = text_new(release.fixture->arena);
    seal_ages_review(release.fixture->seal.ages, &review);
    CHECK(coarse > 0 && bare > 0);
    CHECK_INT(count_lines(review.at, "coarsened\t"), coarse);
    CHECK_INT(count_lines(review.at, "without limits\t"), bare);
    CHECK(count_lines(review.at, "withheld\t") > 0);
    CHECK(strstr(review.at,
                 "coarsened\tstandardised_rate world\tr.t1, territory "
                 "departement/29, site ") != NULL);
    seal_fixture_end(release.fixture);
}

RUN(CASE(four_decimals_are_attacked_in_vain),
    CASE(two_decimals_are_attacked_in_vain),
    CASE(one_decimal_is_attacked_in_vain), CASE(no_decimal_is_attacked_in_vain),
    CASE(a_stricter_list_holds_for_the_ages_behind_a_rate),
    CASE(two_names_of_one_place_are_proved_together),
    CASE(rates_by_age_and_sex_are_attacked_in_vain),
    CASE(years_and_sites_are_proved_together_with_their_sums),
    CASE(a_waiver_answers_for_what_sums_give_away),
    CASE(a_waiver_for_rows_of_many_events_leaves_small_ones_proved),
    CASE(the_inside_report_names_what_each_rate_has_lost))
