/* SPDX-License-Identifier: EUPL-1.2 */
/* Rates of rows whose counts are shown as 0: always shown, whatever those
 * around them lose, and the attack gains nothing by them. */
#include "rate_shapes.h"

enum { RELEASES = 12 };

/* Rates of few sites among which some have no case, with hardly any of the
 * differences that they leave judged. */
static struct seal_fixture *make_release(uint32_t seed)
{
    struct shape_draw draw = {seed * UINT32_C(2654435761) + 1};
    struct seal_fixture *fixture = shape_full_release(&draw, 2);
    struct seal_ages *ages = NULL;
    struct fact *cases = (struct fact *)(uintptr_t)fixture->cases.rows;
    for (size_t f = 0; f < fixture->cases.count; f++) {
        if (cases[f].leaf[DIM_SITE] == SITE_EST)
            cases[f].count = 0;
    }
    seal_fixture_protect(fixture);
    const struct age_limits limits = {seed % 2, 1 + seed % 3, SIZE_MAX};
    CHECK(
        seal_ages_decide_within(&fixture->seal, limits, &ages, &fixture->err));
    fixture->seal.ages = ages;
    return fixture;
}

/* Rows whose counts are shown, and whether their rates are. */
struct tally {
    size_t zeros, shown;
    size_t others, withheld;
};

static void count_rates(const struct seal_fixture *fixture, struct tally *tally)
{
    const struct seal *seal = &fixture->seal;
    const struct derived_table *table = seal->tables[0];
    for (size_t r = 0; r < table->rows; r++) {
        enum age_digits digits = seal_ages_digits(seal->ages, 0, r, 0);
        size_t own = seal->rows[0].own[r];
        bool zero = cube_count(table->counts, r) == 0;
        if (own == SEAL_NO_CELL || !clearance_shown(seal->clearance, own))
            continue;
        tally->zeros += zero;
        tally->shown += zero && digits == AGES_INTERVAL;
        tally->others += !zero;
        tally->withheld += !zero && digits == AGES_NOTHING;
    }
}

TEST(rates_of_zeros_are_shown_with_their_limits)
{
    struct tally tally = {0};
    for (uint32_t seed = 0; seed < RELEASES; seed++) {
        struct seal_fixture *fixture = make_release(seed);
        count_rates(fixture, &tally);
        seal_fixture_end(fixture);
    }
    CHECK(tally.zeros > 50);
    CHECK_INT(tally.shown, tally.zeros); /* none before */
    CHECK(tally.others > tally.withheld && tally.withheld > 0);
}

/* Whatever the registry counted elsewhere: of other counts, with the same
 * zeros, they print the same. */
TEST(limits_of_a_zero_follow_from_person_years)
{
    struct seal_fixture *fixture = make_release(1), *other = make_release(1);
    struct fact *cases = (struct fact *)(uintptr_t)other->cases.rows;
    size_t met = 0;
    for (size_t f = 0; f < other->cases.count; f++)
        cases[f].count *= 3;
    seal_fixture_protect(other);
    const struct pub_table *table =
        seal_copy(&fixture->seal, fixture->arena, 0);
    const struct pub_table *same = seal_copy(&other->seal, other->arena, 0);
    for (size_t r = 0; r < pub_rows(table); r++) {
        double value[3], again[3];
        if (pub_read(table, r, 0, &value[0]) != AVAILABLE || value[0] > 0)
            continue;
        for (size_t c = 0; c < 3; c++) {
            CHECK_INT(pub_read(table, r, c, &value[c]), AVAILABLE);
            CHECK_INT(pub_read(same, r, c, &again[c]), AVAILABLE);
            CHECK_NEAR(again[c], value[c], 0);
        }
        CHECK(value[1] <= 0 && value[2] > 0);
        met++;
    }
    CHECK(met > 0);
    seal_fixture_end(other);
    seal_fixture_end(fixture);
}

TEST(rates_of_zeros_are_attacked_in_vain)
{
    struct grid_found found = {0};
    for (uint32_t seed = 0; seed < CHECK_SEEDS(RELEASES); seed++)
        shape_attack_all(make_release(seed), &found);
    CHECK_INT(found.exposed, 0);
    CHECK_INT(found.unsettled, 0);
    CHECK(CHECK_SANITIZED || found.places > 10);
}

RUN(CASE(rates_of_zeros_are_shown_with_their_limits),
    CASE(limits_of_a_zero_follow_from_person_years),
    CASE(rates_of_zeros_are_attacked_in_vain))
