/* SPDX-License-Identifier: EUPL-1.2 */
/* Shares, proportions and estimates of derived tables. */
#include "derived_fixture.h"

#include "base/num.h"
#include "calc/kernel.h"

TEST(a_share_refers_to_the_total_of_its_dimension)
{
    struct derived_fixture *fixture = fixture_new("cases");
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_SITE, "site");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_SHARE)->of = DIM_SITE;
    build(fixture);
    for (size_t row = 0; row < fixture->derived->rows; row++) {
        int node[DIM_COUNT];
        row_nodes(fixture, row, node);
        node[DIM_SITE] = 0;
        int64_t base =
            calc_fixture_sum(&fixture->codes, &fixture->cases, NULL, node);
        double count = cell(fixture, row, "count")->value;
        check_shown(fixture, row, "share",
                    num_round(100.0 * count / (double)base, 4));
        CHECK_INT(cell(fixture, row, "share_upper")->availability,
                  NOT_AVAILABLE);
    }
    CHECK_INT(fixture->derived->support[1], SUPPORT_SHARE);
    end(fixture);
}

TEST(no_share_is_taken_of_a_total_on_other_ground)
{
    struct derived_fixture *fixture = fixture_new("cases");
    fixture->covered = true;
    calc_fixture_cover(&fixture->coverage, 0, 1, SITE_POU, COVERAGE_NONE);
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_TERRITORY, "root");
    choose(fixture, DIM_SITE, "code:COL");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_SHARE)->of = DIM_SITE;
    build(fixture);
    /* The root comes first, then département 29, where lungs are missing. */
    CHECK_INT(cell(fixture, 0, "share")->availability, NOT_AVAILABLE);
    CHECK_INT(cell(fixture, 1, "share")->availability, NOT_AVAILABLE);
    CHECK_INT(cell(fixture, 1, "count")->availability, AVAILABLE);
    CHECK_INT(cell(fixture, 2, "share")->availability, AVAILABLE);
    end(fixture);
}

TEST(a_small_base_withholds_the_share_but_not_its_shape)
{
    struct derived_fixture *fixture = fixture_new("cases");
    fixture->policy.unreliable_under = INT64_MAX;
    choose(fixture, DIM_SITE, "site");
    choose(fixture, DIM_PERIOD, "2020");
    choose(fixture, DIM_PERIOD, "2011-2015"); /* no cases at all */
    want(fixture, VALUE_SHARE)->of = DIM_SITE;
    build(fixture);
    for (size_t row = 0; row < fixture->derived->rows; row++) {
        CHECK_INT(cell(fixture, row, "share")->availability, UNRELIABLE);
        CHECK_INT(cell(fixture, row, "share_lower")->availability,
                  NOT_AVAILABLE);
    }
    end(fixture);
}

TEST(a_proportion_has_wilson_limits_in_percent)
{
    struct derived_fixture *fixture = fixture_new("part");
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_SITE, "code:COL");
    choose(fixture, DIM_PERIOD, "each:2019-2022");
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_PROPORTION);
    build(fixture);
    const struct derived_table *table = fixture->derived;
    for (size_t row = 0; row < table->rows; row++) {
        int64_t part = slow(fixture, row, &fixture->cases);
        int64_t all = slow(fixture, row, &fixture->population);
        CHECK_INT(cube_count(table->numerators, row), part);
        CHECK_INT(cube_count(table->counts, row), all);
        struct kernel_interval limits;
        CHECK(kernel_wilson((double)part, (double)all, 0.95, &limits));
        check_shown(fixture, row, "count", (double)part);
        check_shown(fixture, row, "proportion",
                    num_round(100.0 * limits.value, 4));
        check_shown(fixture, row, "proportion_lower",
                    num_round(100.0 * limits.lower, 4));
        check_shown(fixture, row, "proportion_upper",
                    num_round(100.0 * limits.upper, 4));
    }
    CHECK_INT(table->support[0], SUPPORT_OWN);
    CHECK_INT(table->support[1], SUPPORT_FRACTION);
    CHECK(table->person_years == NULL);
    end(fixture);
}

TEST(a_proportion_of_few_is_unreliable)
{
    struct derived_fixture *fixture = fixture_new("part");
    fixture->policy.unreliable_under = 10;
    choose(fixture, DIM_SITE, "code:COL");
    choose(fixture, DIM_PERIOD, "2011-2015");
    want(fixture, VALUE_PROPORTION);
    build(fixture);
    CHECK_INT(cell(fixture, 0, "proportion")->availability, UNRELIABLE);
    CHECK_INT(cell(fixture, 0, "proportion_upper")->availability, UNRELIABLE);
    end(fixture);
}

static void give_estimates(struct derived_fixture *fixture)
{
    const struct dimension *dims = fixture->codes.dims;
    int lung = code_find(&dims[DIM_SITE], NULL, "POU");
    int prostate = code_find(&dims[DIM_SITE], NULL, "PRO");
    int men = code_find(&dims[DIM_SEX], NULL, "M");
    int year = code_find(&dims[DIM_PERIOD], NULL, "2020");
    struct estimate *rows = arena_array(fixture->arena, 3, sizeof *rows);
    rows[0] = (struct estimate){
        {0, prostate, men, -1, year, -1}, 93.25, 92.0, 94.5, true, 'e'};
    rows[1] = (struct estimate){
        {0, lung, men, -1, year, -1}, 17.46, 0.0, 0.0, false, 'p'};
    rows[2] = (struct estimate){
        {0, lung, 0, -1, year, -1}, 19.96, 18.0, 22.0, true, ' '};
    fixture->estimates = (struct estimates){rows, 3};
}

TEST(an_estimate_that_the_store_is_not_sure_of_is_unreliable)
{
    struct derived_fixture *fixture = fixture_new("survival");
    give_estimates(fixture);
    struct estimate *rows =
        (struct estimate *)(uintptr_t)fixture->estimates.rows;
    rows[2].status = 'u';
    choose(fixture, DIM_SITE, "code:POU");
    choose(fixture, DIM_SEX, "T");
    choose(fixture, DIM_SEX, "M");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_ESTIMATE)->decimals = 1;
    build(fixture);
    CHECK_INT(cell(fixture, 0, "estimate")->availability, UNRELIABLE);
    CHECK_INT(cell(fixture, 0, "estimate_lower")->availability, UNRELIABLE);
    CHECK_INT(cell(fixture, 1, "estimate")->availability, AVAILABLE);
    end(fixture);
}

TEST(estimates_are_found_by_their_nodes)
{
    struct derived_fixture *fixture = fixture_new("survival");
    give_estimates(fixture);
    choose(fixture, DIM_SITE, "code:POU");
    choose(fixture, DIM_SITE, "code:PRO");
    choose(fixture, DIM_SEX, "T");
    choose(fixture, DIM_SEX, "M");
    choose(fixture, DIM_SEX, "F");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_ESTIMATE)->decimals = 1;
    build(fixture);
    check_shown(fixture, 0, "estimate", 20.0);
    check_shown(fixture, 0, "estimate_lower", 18.0);
    check_shown(fixture, 1, "estimate", 17.5);
    CHECK_INT(cell(fixture, 1, "estimate")->flags, FLAG_PROVISIONAL);
    CHECK_INT(cell(fixture, 1, "estimate_lower")->availability, NOT_AVAILABLE);
    CHECK_INT(cell(fixture, 2, "estimate")->availability, NOT_AVAILABLE);
    /* The prostate of both sexes is that of men. */
    check_shown(fixture, 3, "estimate", 93.3);
    check_shown(fixture, 4, "estimate_upper", 94.5);
    CHECK_INT(cell(fixture, 4, "estimate")->flags, FLAG_ESTIMATED);
    CHECK_INT(cell(fixture, 5, "estimate")->availability, NOT_APPLICABLE);
    CHECK_INT(fixture->derived->support[0], SUPPORT_NONE);
    CHECK(fixture->derived->counts == NULL);
    end(fixture);
}

TEST(confidential_estimates_are_refused)
{
    struct derived_fixture *fixture = fixture_new("secret");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_ESTIMATE);
    check_refused(fixture, ERR_DISCLOSURE,
                  "measure 'secret' is confidential and stored as an "
                  "estimate: nothing proves what it gives away, and no waiver "
                  "'estimate' of the policy answers for it");
    /* Whatever it says of itself, its counts are. */
    fixture = fixture_new("smoothed");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_ESTIMATE);
    check_refused(fixture, ERR_DISCLOSURE,
                  "measure 'smoothed' is confidential and stored as an "
                  "estimate: nothing proves what it gives away, and no waiver "
                  "'estimate' of the policy answers for it");
}

TEST(a_waiver_answers_for_confidential_estimates_and_for_no_other_kind)
{
    struct waiver waiver = {.kind = "standardised_rate"};
    struct derived_fixture *fixture = fixture_new("secret");
    fixture->policy.waivers = &waiver;
    fixture->policy.waiver_count = 1;
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_ESTIMATE);
    CHECK(!try_build(fixture));
    CHECK_INT(fixture->err.code, ERR_DISCLOSURE);
    fixture->err = (struct err){0};
    waiver.kind = "estimate";
    build(fixture);
    end(fixture);
}

RUN(CASE(a_share_refers_to_the_total_of_its_dimension),
    CASE(no_share_is_taken_of_a_total_on_other_ground),
    CASE(a_small_base_withholds_the_share_but_not_its_shape),
    CASE(a_proportion_has_wilson_limits_in_percent),
    CASE(a_proportion_of_few_is_unreliable),
    CASE(an_estimate_that_the_store_is_not_sure_of_is_unreliable),
    CASE(estimates_are_found_by_their_nodes),
    CASE(confidential_estimates_are_refused),
    CASE(a_waiver_answers_for_confidential_estimates_and_for_no_other_kind))
