/* SPDX-License-Identifier: EUPL-1.2 */
/* Releases drawn at random: three levels of sites, years and periods that
 * overlap, each with a rate, a count alone or nothing, attacked by enumeration.
 * RATE_SHAPES says how many releases; by default few. */
#include "rate_shapes.h"

enum {
    RELEASES = 10,
    MANY = 25000,
};

static uint32_t releases(void)
{
    const char *text = getenv("RATE_SHAPES");
    return text == NULL ? CHECK_SEEDS(RELEASES) : (uint32_t)atoi(text);
}

/* Nothing is exposed, and next to nothing left open. What is judged neither as
 * a difference nor by a place rests on that alone. */
static void check_found(const struct grid_found *found)
{
    print_message("%zu parts, %zu not settled; %zu rates, %zu small ages of "
                  "later rounds\n",
                  found->places, found->unsettled, found->rates, found->late);
    CHECK_INT(found->exposed, 0);
    CHECK(found->unsettled * 50 <= found->places);
}

/* Of the first `periods` of the fixture's. */
static struct grid_found attack_releases(uint32_t periods)
{
    struct grid_found found = {0};
    for (uint32_t seed = 0; seed < releases(); seed++) {
        struct shape_draw draw = {seed * UINT32_C(2654435761) + 1};
        shape_attack(shape_release(&draw, periods), &found);
    }
    check_found(&found);
    return found;
}

TEST(two_years_and_their_sum_are_attacked_in_vain)
{
    const struct grid_found found = attack_releases(3);
    CHECK(CHECK_SANITIZED || found.places > 15);
}

TEST(periods_that_overlap_are_attacked_in_vain)
{
    const struct grid_found found = attack_releases(6);
    CHECK(CHECK_SANITIZED || found.places > 15);
}

/* Men, women and both, of sites and years, some standardised without the
 * oldest. */
TEST(sexes_and_truncated_rates_are_attacked_in_vain)
{
    struct grid_found found = {0};
    for (uint32_t seed = 0; seed < releases(); seed++) {
        struct shape_draw draw = {seed * UINT32_C(2654435761) + 1};
        shape_attack(shape_sexes_release(&draw), &found);
    }
    check_found(&found);
    CHECK(CHECK_SANITIZED || found.places > 5);
}

/* Two years of a site are suppressed, their sum is shown: such years are no
 * rows that are proved themselves. */
TEST(suppressed_years_do_not_excuse_their_sum)
{
    enum { FOUND = 38 };
    struct shape_draw draw = {FOUND * UINT32_C(2654435761) + 1};
    struct grid_found found = {0};
    shape_attack(shape_full_release(&draw, 2), &found);
    CHECK_INT(found.exposed, 0); /* 2 before */
    CHECK_INT(found.unsettled, 0);
    CHECK(found.places > 0 && found.rates > 0);
}

/* Two sites of a year are suppressed; the total without the third tells them
 * together, and no table does. */
TEST(what_rates_leave_of_a_total_is_attacked_in_vain)
{
    enum { FOUND = 116 };
    struct shape_draw draw = {FOUND * UINT32_C(2654435761) + 1};
    struct grid_found found = {0};
    shape_attack(shape_release(&draw, 3), &found);
    CHECK_INT(found.exposed, 0); /* 2 before */
    CHECK_INT(found.unsettled, 0);
    CHECK(found.places > 5 && found.rates > 10);
}

/* What is left of differences of differences is judged no more, and no place
 * of it is wide alone at four small ages. */
TEST(what_a_third_round_leaves_is_attacked_in_vain)
{
    enum { FOUND = 268 };
    struct shape_draw draw = {FOUND * UINT32_C(2654435761) + 1};
    struct grid_found found = {0};
    shape_attack(shape_release(&draw, 6), &found);
    CHECK_INT(found.exposed, 0);
    CHECK_INT(found.unsettled, 0);
    CHECK_INT(found.late, 4);
    CHECK(found.places > 0 && found.rates > 10);
}

TEST(rates_of_every_site_and_year_are_attacked_in_vain)
{
    struct grid_found found = {0};
    for (uint32_t seed = 0; seed < releases(); seed++) {
        struct shape_draw draw = {seed * UINT32_C(2654435761) + 1};
        shape_attack(shape_full_release(&draw, 2 + seed % 2), &found);
    }
    check_found(&found);
    CHECK(CHECK_SANITIZED || found.places > 10);
}

static struct seal_fixture *crowded_release(uint32_t seed)
{
    struct shape_draw draw = {seed * UINT32_C(2654435761) + 1};
    return seed % 2 == 0 ? shape_full_release(&draw, 2 + seed / 2 % 2)
                         : shape_sexes_release(&draw);
}

/* Where a few differences are too many already, the rows of fewest cases have
 * lost their rates: neither they nor what is shown around them gives anything
 * away, and most rates stay. */
TEST(what_is_shown_beside_withheld_rows_is_attacked_in_vain)
{
    struct grid_found found = {0};
    for (uint32_t seed = 0; seed < releases(); seed++) {
        struct seal_fixture *fixture = crowded_release(seed);
        if (seed % 3 > 0) /* no place answers for a difference */
            shape_rule(fixture, RULE_NON_EVENTS, 0);
        shape_attack_within(
            fixture, (struct age_limits){MANY, 1 + seed % 12, MANY}, &found);
    }
    check_found(&found);
    CHECK(CHECK_SANITIZED || (found.places > 10 && found.rates > 20));
}

/* The same where a few rows and differences are too many to be compared. */
TEST(what_is_shown_beside_rows_that_are_not_compared_is_attacked_in_vain)
{
    struct grid_found found = {0};
    for (uint32_t seed = 0; seed < releases(); seed++) {
        const struct age_limits limits = {0, MANY, 2 + seed % 12};
        shape_attack_within(crowded_release(seed), limits, &found);
    }
    check_found(&found);
    CHECK(CHECK_SANITIZED || (found.places > 10 && found.rates > 20));
}

/* Differences that one site of one year and sex proves are not judged: they
 * give nothing away either. */
TEST(what_single_places_prove_is_attacked_in_vain)
{
    struct grid_found found = {0};
    for (uint32_t seed = 0; seed < releases(); seed++) {
        struct shape_draw draw = {seed * UINT32_C(2654435761) + 1};
        struct seal_fixture *fixture =
            seed % 3 == 0   ? shape_sexes_release(&draw)
            : seed % 3 == 1 ? shape_full_release(&draw, 2 + seed / 3 % 2)
                            : shape_release(&draw, 3 + seed / 3 % 4);
        shape_attack_within(fixture, (struct age_limits){0, MANY, MANY},
                            &found);
    }
    check_found(&found);
    CHECK(CHECK_SANITIZED || (found.places > 10 && found.rates > 20));
}

/* The same where a rule lists a threshold, from 3 on. */
TEST(what_single_places_prove_under_other_thresholds_is_attacked_in_vain)
{
    struct grid_found found = {0};
    for (uint32_t seed = 0; seed < releases(); seed++) {
        struct seal_fixture *fixture = crowded_release(seed);
        shape_rule(fixture, RULE_THRESHOLD, GRID_THRESHOLD - 2 + seed % 6);
        shape_attack_within(fixture, (struct age_limits){0, MANY, MANY},
                            &found);
    }
    check_found(&found);
    CHECK(CHECK_SANITIZED || (found.places > 10 && found.rates > 20));
}

RUN(CASE(what_single_places_prove_is_attacked_in_vain),
    CASE(what_is_shown_beside_withheld_rows_is_attacked_in_vain),
    CASE(what_is_shown_beside_rows_that_are_not_compared_is_attacked_in_vain),
    CASE(what_single_places_prove_under_other_thresholds_is_attacked_in_vain),
    CASE(suppressed_years_do_not_excuse_their_sum),
    CASE(what_rates_leave_of_a_total_is_attacked_in_vain),
    CASE(what_a_third_round_leaves_is_attacked_in_vain),
    CASE(sexes_and_truncated_rates_are_attacked_in_vain),
    CASE(rates_of_every_site_and_year_are_attacked_in_vain),
    CASE(two_years_and_their_sum_are_attacked_in_vain),
    CASE(periods_that_overlap_are_attacked_in_vain))
