/* SPDX-License-Identifier: EUPL-1.2 */
/* Standardised rates beside tables in which single ages are cells, attacked by
 * enumeration of both sexes: what is shown and what is suppressed of the ages,
 * and the digits of the rates, must not give an age count back. */
enum {
    MOST = 36, /* cases of a row that is enumerated */
};

#include "base/splitmix.h"
#include "rate_attack.h"

struct setting {
    int decimals;
    int64_t percent; /* of the population */
    bool one_site;   /* or all and their groups */
    int64_t unreliable;
    bool bands; /* broad ages instead of single ones */
};

/* One year of the whole country by site, sex and age. */
static struct seal_fixture *make_country(const struct setting *setting)
{
    static const char *ages[] = {"T", "each"};
    static const char *bands[] = {"T", "band:0-49", "band:50+"};
    static const char *country[] = {"code:pays/FR"};
    static const char *year[] = {"2019"}, *site[] = {"code:COL"};
    struct seal_fixture *fixture = small_places(setting->percent);
    fixture->project.policy.unreliable_under = setting->unreliable;
    fixture->tables[0].select[DIM_AGE] = setting->bands
                                             ? (struct selection){bands, 3}
                                             : (struct selection){ages, 2};
    add_rates(fixture, "world", setting->decimals);
    for (size_t t = 0; t < 2; t++) {
        struct selection *select = fixture->tables[t].select;
        select[DIM_TERRITORY] = (struct selection){country, 1};
        select[DIM_PERIOD] = (struct selection){year, 1};
        if (setting->one_site)
            select[DIM_SITE] = (struct selection){site, 1};
    }
    return fixture;
}

static struct fact *facts_of(struct seal_fixture *fixture)
{
    return (struct fact *)(uintptr_t)fixture->cases.rows;
}

static void draw_counts(struct seal_fixture *fixture, uint64_t *state,
                        const struct setting *setting)
{
    struct fact *facts = facts_of(fixture);
    for (size_t f = 0; f < fixture->cases.count; f++)
        facts[f].count =
            facts[f].leaf[DIM_TERRITORY] > 0
                ? 0
                : (int64_t)(splitmix_next(state) % (setting->bands ? 6 : 9));
}

static struct release make_release(uint64_t *state,
                                   const struct setting *setting)
{
    struct seal_fixture *fixture = make_country(setting);
    draw_counts(fixture, state, setting);
    seal_fixture_protect(fixture);
    return read_release(fixture, 1);
}

static struct tally attack(struct setting setting, int releases)
{
    struct tally tally = {0};
    uint64_t state = 3;
    for (int i = 0; i < releases; i++) {
        struct release release = make_release(&state, &setting);
        if (setting.unreliable == 0)
            attack_rows(&release, &tally);
        attack_triples(&release, &sexes, &tally);
        seal_fixture_end(release.fixture);
    }
    return tally;
}

/* All decimals, and small and large populations. */
static struct tally attack_all(struct setting setting, int releases)
{
    struct tally sum = {0};
    for (setting.decimals = 0; setting.decimals < 3; setting.decimals++) {
        for (int64_t percent = 300; percent < 30000; percent *= 9) {
            setting.percent = percent;
            struct tally tally = attack(setting, releases);
            sum.exposed += tally.exposed;
            sum.shown += tally.shown;
            sum.coarse += tally.coarse;
            sum.naive += tally.naive;
            sum.together += tally.together;
        }
    }
    return sum;
}

TEST(rates_beside_ages_of_all_sites_are_attacked_in_vain)
{
    struct tally tally = attack_all((struct setting){0}, CHECK_SEEDS(8));
    CHECK_INT(tally.exposed, 0);
    CHECK(tally.shown > CHECK_SEEDS(200) && tally.coarse > CHECK_SEEDS(10));
    CHECK(tally.naive > CHECK_SEEDS(100) && tally.together > CHECK_SEEDS(30));
}

/* Broad ages that are suppressed are as wide as cells must be. */
TEST(rates_beside_broad_ages_are_attacked_in_vain)
{
    struct setting setting = {.bands = true};
    for (int one = 0; one < 2; one++) {
        setting.one_site = one == 1;
        struct tally tally = attack_all(setting, CHECK_SEEDS(16));
        CHECK_INT(tally.exposed, 0);
        CHECK(tally.shown > CHECK_SEEDS(200) && tally.coarse > CHECK_SEEDS(10));
        CHECK(tally.naive > CHECK_SEEDS(100) &&
              tally.together > CHECK_SEEDS(60));
    }
}

/* Of one site, what women gain men lose. */
TEST(rates_beside_ages_of_one_site_are_attacked_in_vain)
{
    struct tally tally =
        attack((struct setting){1, 2700, true, 0, false}, CHECK_SEEDS(60));
    CHECK_INT(tally.exposed, 0);
    CHECK(tally.shown > CHECK_SEEDS(80) && tally.coarse > CHECK_SEEDS(30));
    CHECK(CHECK_SANITIZED || (tally.naive > 40 && tally.together > 20));
}

/* Two ages are suppressed of men and of women, and shown of both together:
 * neither sex can move alone. */
TEST(a_rate_is_shown_where_one_sex_gains_what_the_other_loses)
{
    static const int64_t counts[2][FIXTURE_AGES] = {
        [SEX_M] = {2, 20, 500, 900}, [SEX_F] = {4, 3, 300, 700}};
    const struct setting setting = {1, 30000, true, 0, false};
    struct seal_fixture *fixture = make_country(&setting);
    struct fact *facts = facts_of(fixture);
    for (size_t f = 0; f < fixture->cases.count; f++) {
        const uint16_t *leaf = facts[f].leaf;
        facts[f].count = leaf[DIM_TERRITORY] > 0 || leaf[DIM_PERIOD] > 0
                             ? 0
                             : counts[leaf[DIM_SEX]][leaf[DIM_AGE]];
    }
    seal_fixture_protect(fixture);
    struct release release = read_release(fixture, 1);
    for (size_t r = 0; r < pub_rows(release.rates); r++) {
        struct row row = read_row(&release, r, false);
        bool both = row.truth.at[0] == 6;
        CHECK(row.printed[0] && row.printed[1] && row.printed[2]);
        CHECK_INT(row.decimals, 1);
        for (size_t a = 0; a < 2; a++) /* shown: 6 and 23 */
            CHECK_INT(row.high.at[a] < INT64_MAX, both);
    }
    CHECK_INT(pub_rows(release.rates), 3);
    seal_fixture_end(fixture);
}

/* A sex of few cases has no rate: that of the other tells of its ages where
 * those of both are shown. */
TEST(a_sex_without_a_rate_is_proved_with_the_other)
{
    struct tally tally =
        attack((struct setting){2, 900, false, 22, false}, CHECK_SEEDS(60));
    CHECK_INT(tally.exposed, 0);
    CHECK(tally.together > CHECK_SEEDS(20));
}

/* A broad age that another release may show is no cell of this one. */
TEST(a_broad_age_that_no_table_shows_changes_nothing)
{
    const struct setting setting = {.decimals = 0, .percent = 2700};
    struct seal_fixture *plain = make_country(&setting);
    struct seal_fixture *other = make_country(&setting);
    uint64_t state = 3, same = 3;
    struct dimension *ages = &other->seal.codes.dims[DIM_AGE];
    size_t digits = 0;
    draw_counts(plain, &state, &setting);
    draw_counts(other, &same, &setting);
    CHECK(code_band(other->arena, ages, 0, 49, &other->err) >= 0);
    seal_fixture_protect(plain);
    seal_fixture_protect(other);
    const struct pub_table *a = seal_copy(&plain->seal, plain->arena, 1);
    const struct pub_table *b = seal_copy(&other->seal, other->arena, 1);
    CHECK_INT(pub_rows(a), pub_rows(b));
    for (size_t r = 0; r < pub_rows(a); r++) {
        double x = -1.0, y = -1.0;
        CHECK_INT(pub_read(a, r, 0, &x), pub_read(b, r, 0, &y));
        CHECK_NEAR(x, y, 0.0);
        digits += x > 0.0;
    }
    CHECK(digits > 0);
    seal_fixture_end(plain);
    seal_fixture_end(other);
}

/* Sexes that what is shown of the ages ties are judged one by one. */
TEST(ages_of_tied_sexes_of_too_many_sources_are_not_judged)
{
    const struct setting setting = {.decimals = 2, .percent = 100};
    struct seal_fixture *fixture = make_country(&setting);
    struct seal_ages *ages = NULL;
    seal_fixture_protect(fixture);
    seal_fixture_many_sources(fixture);
    CHECK(!seal_ages_decide(&fixture->seal, &ages, &fixture->err));
    CHECK_TEXT(fixture->err.text, "measure 'cases' has more than 64 sources");
    CHECK(ages == NULL);
    seal_fixture_end(fixture);
}

static void add_group(struct seal_fixture *fixture, const char *code,
                      const uint16_t *sites, size_t count)
{
    code_add(fixture->arena, &fixture->seal.codes.dims[DIM_SITE],
             &(struct node){.code = code,
                            .level = "group",
                            .label = {"", ""},
                            .article = "",
                            .icd10 = "",
                            .sex = "",
                            .parent = -1,
                            .leaves = sites,
                            .leaf_count = count});
}

/* Rates of both sexes together, of groups that overlap; what one of them
 * leaves of all sites has its ages shown of each sex. */
static struct seal_fixture *make_ends(uint64_t *state)
{
    static const uint16_t sites[] = {0, 1, 2, 3}, ends[] = {0, 3};
    static const char *left[] = {"code:ENDS"}, *each[] = {"each"};
    static const char *groups[] = {"all", "code:MIDDLE", "code:FIRST",
                                   "code:LAST", "code:DIG"};
    static const char *sexes_told[] = {"T", "M", "F"}, *both[] = {"T"};
    const struct setting setting = {1, 2700, false, 0, false};
    struct seal_fixture *fixture = make_country(&setting);
    draw_counts(fixture, state, &setting);
    add_group(fixture, "MIDDLE", sites + 1, 2);
    add_group(fixture, "FIRST", sites, 3);
    add_group(fixture, "LAST", sites + 1, 3);
    add_group(fixture, "ENDS", ends, 2);
    fixture->tables[0].select[DIM_AGE] = (struct selection){each, 1};
    fixture->tables[0].select[DIM_SEX] = (struct selection){sexes_told, 3};
    fixture->tables[0].select[DIM_SITE] = (struct selection){left, 1};
    fixture->tables[1].select[DIM_SEX] = (struct selection){both, 1};
    fixture->tables[1].select[DIM_SITE] = (struct selection){groups, 5};
    seal_fixture_protect(fixture);
    return fixture;
}

/* The sexes of what is left are tied by its ages: men and women are proved
 * each, though no rate tells of them. So rates of all sites and of the group
 * that leaves it are withheld here, which tell nothing of both together. */
TEST(what_is_left_of_both_sexes_is_proved_of_each_where_they_are_tied)
{
    uint64_t state = 3;
    size_t withheld = 0;
    for (int i = 0; i < 11; i++) {
        struct seal_fixture *fixture = make_ends(&state);
        const struct seal_ages *ages = fixture->seal.ages;
        withheld += seal_ages_digits(ages, 1, 0, 0) == AGES_NOTHING &&
                    seal_ages_digits(ages, 1, 1, 0) == AGES_NOTHING &&
                    seal_ages_digits(ages, 1, 2, 0) == AGES_INTERVAL;
        seal_fixture_end(fixture);
    }
    CHECK_INT(withheld, 4); /* 0 where both together are proved */
}

RUN(CASE(what_is_left_of_both_sexes_is_proved_of_each_where_they_are_tied),
    CASE(a_broad_age_that_no_table_shows_changes_nothing),
    CASE(ages_of_tied_sexes_of_too_many_sources_are_not_judged),
    CASE(rates_beside_ages_of_all_sites_are_attacked_in_vain),
    CASE(rates_beside_broad_ages_are_attacked_in_vain),
    CASE(rates_beside_ages_of_one_site_are_attacked_in_vain),
    CASE(a_rate_is_shown_where_one_sex_gains_what_the_other_loses),
    CASE(a_sex_without_a_rate_is_proved_with_the_other))
