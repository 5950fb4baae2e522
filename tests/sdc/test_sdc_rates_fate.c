/* SPDX-License-Identifier: EUPL-1.2 */
/* A standardised rate that stands in several tables has one fate: what it lost
 * in one of them it loses in all. */
enum {
    MOST = 1, /* of rate_attack.h: nothing is enumerated here */
    RELEASES = 2,
    FIRST = 1, /* table with rates */
    SECOND = 2,
};

#include "base/splitmix.h"
#include "rate_attack.h"
#include "seal/seal_ages_impl.h"

struct found {
    size_t twins;                   /* pairs of the same rate */
    size_t coarse, withheld, whole; /* in the first */
    size_t apart;                   /* of which a table prints more */
};

/* The same rates in two tables: of single years and both together, and of both
 * together beside a second standard. */
static struct seal_fixture *make_tables(uint64_t seed, int first, int second)
{
    static const char *both[] = {"2019-2020"};
    static const uint64_t most[FIXTURE_AGES] = {4, 9, 30, 60};
    struct seal_fixture *fixture = small_places(300);
    struct plan_value *values = arena_array(fixture->arena, 2, sizeof *values);
    struct fact *facts = (struct fact *)(uintptr_t)fixture->cases.rows;
    add_rates(fixture, "world", first);
    add_rates(fixture, "old", second);
    values[0] = values[1] = fixture->values[SECOND];
    values[1].standard = "world";
    fixture->tables[SECOND].values = values;
    fixture->tables[SECOND].value_count = 2;
    fixture->tables[SECOND].select[DIM_PERIOD] = (struct selection){both, 1};
    for (size_t f = 0; f < fixture->cases.count; f++)
        facts[f].count =
            (int64_t)(splitmix_next(&seed) % most[facts[f].leaf[DIM_AGE]]);
    seal_fixture_protect(fixture);
    return fixture;
}

/* Decimals that are printed of a rate, or -1. */
static int decimals_of(const struct age_fate *fate)
{
    if (fate->digits == AGES_NOTHING)
        return -1;
    return fate->digits == AGES_COARSE ? age_rate_coarse(fate->rate)
                                       : fate->rate->decimals;
}

/* With the same decimals it is the same rate. */
static void compare(const struct age_fate *one, const struct age_fate *two,
                    struct found *found)
{
    bool whole = one->digits == AGES_INTERVAL;
    int first = decimals_of(one), second = decimals_of(two);
    found->twins++;
    found->whole += whole;
    found->coarse += one->digits == AGES_COARSE;
    found->withheld += one->digits == AGES_NOTHING;
    found->apart +=
        whole != (two->digits == AGES_INTERVAL) ||
        (one == two) != (one->rate->decimals == two->rate->decimals) ||
        (one->digits == AGES_NOTHING) != (two->digits == AGES_NOTHING) ||
        (one->digits < AGES_VALUE && second > first) ||
        (two->digits < AGES_VALUE && first > second);
}

static void compare_all(const struct seal_fixture *fixture, struct found *found)
{
    const struct seal *seal = &fixture->seal;
    const struct seal_ages *ages = seal->ages;
    for (size_t r = 0; r < seal->tables[FIRST]->rows; r++) {
        for (size_t s = 0; s < seal->tables[SECOND]->rows; s++) {
            if (seal->rows[FIRST].own[r] == seal->rows[SECOND].own[s] &&
                ages->tables[FIRST].fates[r] != NULL)
                compare(ages->tables[FIRST].fates[r],
                        ages->tables[SECOND].fates[2 * s + 1], found);
        }
    }
}

static struct found try_decimals(int first, int second)
{
    struct found found = {0};
    for (uint64_t seed = 1; seed <= RELEASES; seed++) {
        struct seal_fixture *fixture = make_tables(seed, first, second);
        compare_all(fixture, &found);
        seal_fixture_end(fixture);
    }
    return found;
}

TEST(a_rate_has_one_fate_in_all_its_tables)
{
    static const int decimals[][2] = {{1, 1}, {1, 2}, {2, 0}};
    struct found all = {0};
    for (size_t i = 0; i < sizeof decimals / sizeof *decimals; i++) {
        struct found found = try_decimals(decimals[i][0], decimals[i][1]);
        CHECK(found.twins > 0);
        CHECK_INT(found.apart, 0);
        all.whole += found.whole;
        all.coarse += found.coarse;
        all.withheld += found.withheld;
    }
    CHECK(all.whole > 0 && all.coarse > 0 && all.withheld > 0);
}

/* By age, and by age and sex, of the same places. */
static struct seal_fixture *make_sexes(uint64_t seed)
{
    static const uint64_t most[FIXTURE_AGES] = {4, 9, 30, 60};
    struct seal_fixture *fixture = small_places(300);
    struct fact *facts = (struct fact *)(uintptr_t)fixture->cases.rows;
    add_rates(fixture, "world", 1);
    add_rates(fixture, "world", 1);
    fixture->values[SECOND].by_sex = true;
    for (size_t f = 0; f < fixture->cases.count; f++)
        facts[f].count =
            (int64_t)(splitmix_next(&seed) % most[facts[f].leaf[DIM_AGE]]);
    seal_fixture_protect(fixture);
    return fixture;
}

/* What one of them loses the other may keep. */
TEST(a_rate_by_age_and_sex_is_another_rate_of_both_sexes)
{
    size_t both = 0, each = 0, unlike = 0;
    for (uint64_t seed = 1; seed <= RELEASES; seed++) {
        struct seal_fixture *fixture = make_sexes(seed);
        const struct age_table *tables = fixture->seal.ages->tables;
        for (size_t r = 0; r < fixture->seal.tables[FIRST]->rows; r++) {
            const struct age_fate *one = tables[FIRST].fates[r];
            const struct age_fate *two = tables[SECOND].fates[r];
            if (one == NULL || two == NULL)
                continue;
            each += one == two;
            both += one != two;
            CHECK((one == two) == (one->rate->sexes == two->rate->sexes));
            unlike += one->digits != two->digits;
        }
        seal_fixture_end(fixture);
    }
    CHECK(both > 0 && each > both);
    CHECK(unlike > 0);
}

RUN(CASE(a_rate_has_one_fate_in_all_its_tables),
    CASE(a_rate_by_age_and_sex_is_another_rate_of_both_sexes))
