/* SPDX-License-Identifier: EUPL-1.2 */
/* The standardised rates that a release shows of small places, attacked by
 * enumeration: every age count is tried that has the totals and the digits
 * that are published of both sexes and of each. */
#include "seal_fixture.h"

#include "base/num.h"
#include "calc/kernel.h"
#include "calc/sex.h"
#include "pub/table.h"

enum {
    THRESHOLD = 5,
    CHILDREN = 9,  /* of the first age, on the stricter list */
    MOST = 26,     /* cases of a row that is enumerated */
    VECTORS = 4000 /* age counts of so many cases */
};

struct ages {
    int64_t at[FIXTURE_AGES];
};

/* What is published of one row, and the truth. */
struct row {
    const double *weights;
    bool counted;    /* its count is shown, and of both sexes by both */
    bool printed[3]; /* value, lower, upper */
    double value[3];
    int decimals;
    double years[FIXTURE_AGES];
    struct ages truth;
    int64_t total;
    int64_t children; /* threshold of the first age */
};

struct release {
    struct seal_fixture *fixture;
    int64_t children;
    const struct derived_table *asked; /* what was to be published */
    const struct pub_table *counts, *rates;
};

static const double world_weights[] = {30, 40, 20, 10};
static const double old_weights[] = {13, 17, 29, 41};

/* --- what is published ---------------------------------------------------- */

static void read_truth(const struct release *release, size_t at,
                       struct row *row)
{
    const struct codes *codes = &release->fixture->seal.codes;
    const struct derived_table *table = release->asked;
    size_t place[DIM_COUNT];
    int node[DIM_COUNT];
    cube_place(table->counts, at, place);
    for (size_t d = 0; d < DIM_COUNT; d++)
        node[d] = table->axes[d].nodes[place[d]];
    for (size_t a = 0; a < FIXTURE_AGES; a++) {
        node[DIM_AGE] = codes->dims[DIM_AGE].leaf_node[a];
        row->truth.at[a] =
            calc_fixture_sum(codes, &release->fixture->cases, NULL, node);
        row->years[a] = (double)calc_fixture_sum(
            codes, &release->fixture->population, NULL, node);
        row->total += row->truth.at[a];
    }
}

/* The row of the table of counts about the same codes. */
static size_t count_row(const struct release *release, size_t at)
{
    size_t place[DIM_COUNT];
    pub_places(release->rates, at, place);
    const struct node *node =
        pub_axis_node(release->rates, DIM_TERRITORY, place[DIM_TERRITORY]);
    place[DIM_TERRITORY] = (size_t)pub_axis_find(release->counts, DIM_TERRITORY,
                                                 node->level, node->code);
    return pub_row(release->counts, place);
}

/* `naive`: as it was asked for, whatever was decided. */
static struct row read_row(const struct release *release, size_t at, bool naive)
{
    double count = 0.0;
    const struct derived_table *asked = release->asked;
    bool old = text_same(asked->columns[0].standard, "old");
    struct row row = {
        .weights = old ? old_weights : world_weights,
        .children = release->children,
    };
    size_t place[DIM_COUNT];
    pub_places(release->rates, at, place);
    int site = asked->axes[DIM_SITE].nodes[place[DIM_SITE]];
    row.counted = pub_read(release->counts, count_row(release, at), 0,
                           &count) == AVAILABLE &&
                  sex_of_site(&release->fixture->seal.codes, site) < 0;
    row.decimals = pub_decimals(release->rates, at, 0);
    for (size_t c = 0; c < 3; c++) {
        row.printed[c] =
            pub_read(release->rates, at, c, &row.value[c]) == AVAILABLE;
        if (naive && row.counted) {
            row.printed[c] = true;
            row.value[c] = asked->cells[at * 3 + c].value;
            row.decimals = asked->columns[c].decimals;
        }
    }
    read_truth(release, at, &row);
    return row;
}

/* --- the attack ----------------------------------------------------------- */

static bool prints(const struct row *row, const struct ages *ages)
{
    double counts[FIXTURE_AGES];
    struct kernel_interval out;
    for (size_t a = 0; a < FIXTURE_AGES; a++)
        counts[a] = (double)ages->at[a];
    if (!row->printed[0])
        return true;
    CHECK(kernel_standardised_rate(counts, row->years, row->weights,
                                   FIXTURE_AGES, 100, 1e5, 0.95, &out));
    const double values[] = {out.value, out.lower, out.upper};
    for (size_t c = 0; c < 3; c++) {
        if (row->printed[c] &&
            fabs(num_round(values[c], row->decimals) - row->value[c]) > 0)
            return false;
    }
    return true;
}

/* All age counts of a row, from its total and its own digits. */
static size_t enumerate(const struct row *row, struct ages *out)
{
    size_t count = 0;
    int64_t n = row->total;
    for (int64_t a = 0; a <= n; a++) {
        for (int64_t b = 0; a + b <= n; b++) {
            for (int64_t c = 0; a + b + c <= n; c++) {
                struct ages ages = {{a, b, c, n - a - b - c}};
                assert(count < VECTORS);
                if (prints(row, &ages))
                    out[count++] = ages;
            }
        }
    }
    return count;
}

struct reach {
    struct ages low, high;
};

static void stretch(struct reach *reach, const struct ages *ages)
{
    for (size_t a = 0; a < FIXTURE_AGES; a++) {
        if (ages->at[a] < reach->low.at[a])
            reach->low.at[a] = ages->at[a];
        if (ages->at[a] > reach->high.at[a])
            reach->high.at[a] = ages->at[a];
    }
}

/* Ages of 1..T-1 cases known within fewer than T-2; `children` is the T of
 * the first. */
static size_t exposed(const struct row *row, const struct reach *reach)
{
    size_t count = 0;
    for (size_t a = 0; a < FIXTURE_AGES; a++) {
        int64_t n = row->truth.at[a];
        int64_t threshold = a == 0 ? row->children : THRESHOLD;
        count += n > 0 && n < threshold &&
                 reach->high.at[a] - reach->low.at[a] < threshold - 2;
    }
    return count;
}

static size_t attack_alone(const struct row *row)
{
    static struct ages all[VECTORS];
    struct reach reach = {row->truth, row->truth};
    size_t count = enumerate(row, all);
    CHECK(count > 0);
    for (size_t i = 0; i < count; i++)
        stretch(&reach, &all[i]);
    return exposed(row, &reach);
}

/* A row and the two that it is the sum of; stops when nothing is left to
 * find. */
static size_t attack_parts(const struct row rows[3])
{
    static struct ages men[VECTORS], women[VECTORS];
    size_t men_count = enumerate(&rows[1], men);
    size_t women_count = enumerate(&rows[2], women);
    struct reach reach[3];
    size_t found = 1;
    for (size_t s = 0; s < 3; s++)
        reach[s] = (struct reach){rows[s].truth, rows[s].truth};
    for (size_t m = 0; m < men_count && found > 0; m++) {
        for (size_t w = 0; w < women_count; w++) {
            struct ages both = men[m];
            for (size_t a = 0; a < FIXTURE_AGES; a++)
                both.at[a] += women[w].at[a];
            if (!prints(&rows[0], &both))
                continue;
            stretch(&reach[0], &both);
            stretch(&reach[1], &men[m]);
            stretch(&reach[2], &women[w]);
        }
        found = 0;
        for (size_t s = 0; s < 3; s++)
            found += exposed(&rows[s], &reach[s]);
    }
    return found;
}

/* One row under two names. */
static size_t attack_pair(const struct row *one, const struct row *two)
{
    static struct ages all[VECTORS];
    struct reach reach = {one->truth, one->truth};
    size_t count = enumerate(one, all);
    for (size_t i = 0; i < count; i++) {
        if (prints(two, &all[i]))
            stretch(&reach, &all[i]);
    }
    return exposed(one, &reach);
}

/* --- the releases --------------------------------------------------------- */

struct tally {
    size_t shown, coarse, limits, withheld;
    size_t exposed, naive; /* as published, and as asked for */
    size_t together;       /* triples of sexes attacked together */
};

static void attack_rows(const struct release *release, struct tally *tally)
{
    for (size_t r = 0; r < pub_rows(release->rates); r++) {
        struct row row = read_row(release, r, false);
        if (!row.counted || row.total == 0 || row.total > MOST ||
            row.years[0] < 1)
            continue;
        int asked = pub_column(release->rates, 0)->decimals;
        tally->shown += row.printed[0];
        tally->coarse += row.printed[0] && row.decimals < asked;
        tally->limits += row.printed[1];
        tally->withheld += !row.printed[0];
        /* A total alone may say much of a count on a stricter list. */
        if (row.printed[0])
            tally->exposed += attack_alone(&row);
        row = read_row(release, r, true);
        tally->naive += attack_alone(&row);
    }
}

/* Three places of an axis: a sum and its two parts. */
struct triple {
    enum dim dim;
    size_t places[3];
};

static const struct triple sexes = {DIM_SEX, {0, 1, 2}};

static void attack_triples(const struct release *release,
                           const struct triple *triple, struct tally *tally)
{
    for (size_t r = 0; r < pub_rows(release->rates); r++) {
        size_t place[DIM_COUNT];
        struct row rows[3];
        bool all = true, any = false;
        pub_places(release->rates, r, place);
        if (place[triple->dim] != triple->places[0])
            continue;
        for (size_t s = 0; s < 3; s++) {
            place[triple->dim] = triple->places[s];
            rows[s] = read_row(release, pub_row(release->rates, place), false);
            all = all && rows[s].counted && rows[s].total <= MOST;
            any = any || rows[s].printed[0];
        }
        if (!all || !any || rows[1].total == 0 || rows[2].total == 0)
            continue;
        CHECK_INT(rows[0].total, rows[1].total + rows[2].total);
        tally->together++;
        tally->exposed += attack_parts(rows);
    }
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

/* Places with so many percent of the population of the fixture; counts and
 * rates are all that is published. */
static struct seal_fixture *small_places(int64_t percent)
{
    struct seal_fixture *fixture = seal_fixture_new();
    struct fact *people = (struct fact *)(uintptr_t)fixture->population.rows;
    for (size_t f = 0; f < fixture->population.count; f++)
        people[f].count =
            people[f].count * percent / 100 + 7 * (int64_t)(f % 11);
    fixture->project.policy.unreliable_under = 0;
    fixture->project.policy.caution_under = 0;
    fixture->project.policy.rule_count = 0;
    seal_fixture_table(
        fixture, "cases",
        (struct plan_value){.kind = VALUE_COUNT, .standard = ""});
    return fixture;
}

static void add_rates(struct seal_fixture *fixture, const char *standard,
                      int decimals)
{
    seal_fixture_table(fixture, "cases",
                       (struct plan_value){.kind = VALUE_STANDARDISED_RATE,
                                           .standard = standard,
                                           .interval = true,
                                           .decimals = decimals});
}

/* Counts, and the rates of table `rates`. */
static struct release read_release(struct seal_fixture *fixture, size_t rates)
{
    return (struct release){
        .fixture = fixture,
        .children = THRESHOLD,
        .asked = fixture->seal.tables[rates],
        .counts = seal_copy(&fixture->seal, fixture->arena, 0),
        .rates = seal_copy(&fixture->seal, fixture->arena, rates),
    };
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
    attack_release(1, 10, &tally);
    attack_release(1, 100, &tally);
    attack_release(1, 600, &tally);
    attack_release(1, 2000, &tally);
    CHECK_INT(tally.exposed, 0);
    CHECK(tally.naive > 100);
    CHECK(tally.shown > 40 && tally.coarse > 10);
    CHECK(tally.limits > 20 && tally.together > 5);
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
        struct release release = make_release(1, 600, stricter);
        release.children = CHILDREN;
        attack_rows(&release, &tally);
        CHECK((tally.exposed > 0) == !stricter);
        CHECK(tally.shown > 10);
        seal_fixture_end(release.fixture);
    }
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
    for (int decimals = 0; decimals < 3; decimals++) {
        for (int64_t percent = 100; percent < 3000; percent *= 3) {
            struct release release = make_release(decimals, percent, false);
            attack_sums(&release, tally);
            seal_fixture_end(release.fixture);
        }
    }
    for (size_t t = 0; t < 2; t++) {
        CHECK(tally[t].together > 10);
        CHECK_INT(tally[t].exposed, 0);
    }
}

/* What is found where the waiver holds for rows of so many events or more. */
static void attack_excused(int64_t least, struct tally tally[2],
                           struct tally *alone)
{
    struct waiver waivers[] = {{.kind = "standardised_rate"},
                               {.kind = SEAL_SUMS_WAIVER, .least = least}};
    for (int64_t percent = 100; percent < 3000; percent *= 3) {
        struct seal_fixture *fixture = small_places(percent);
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
    struct tally tally[2] = {0}, alone = {0};
    attack_excused(0, tally, &alone);
    CHECK_INT(alone.exposed, 0);
    CHECK(tally[0].exposed > 0 && tally[1].exposed > 0);
}

TEST(a_waiver_for_rows_of_many_events_leaves_small_ones_proved)
{
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
    for (int64_t percent = 100; percent < 3000; percent *= 2) {
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
    CHECK(tally.together > 10);
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
    CASE(years_and_sites_are_proved_together_with_their_sums),
    CASE(a_waiver_answers_for_what_sums_give_away),
    CASE(a_waiver_for_rows_of_many_events_leaves_small_ones_proved),
    CASE(the_inside_report_names_what_each_rate_has_lost))
