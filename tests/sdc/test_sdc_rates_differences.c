/* SPDX-License-Identifier: EUPL-1.2 */
/* What rows with rates leave of one another: found once each, with the cases
 * that everybody can subtract; where there are too many, the smallest rows lose
 * their rates. */
#include "rate_shapes.h"

#include "seal/seal_ages_impl.h"

enum { MANY = 1000 };

/* Rates of women: all sites in both years together, two of them in one. */
static struct seal_fixture *prepare_release(void)
{
    static const char *all[] = {"all"}, *two[] = {"code:COL", "code:POU"};
    static const char *both[] = {"2019-2020"}, *year[] = {"2020"};
    struct seal_fixture *fixture = seal_fixture_new();
    struct fact *cases = (struct fact *)(uintptr_t)fixture->cases.rows;
    for (size_t f = 0; f < fixture->cases.count; f++)
        cases[f].count += 5;
    fixture->project.policy.unreliable_under = 0;
    fixture->project.policy.caution_under = 0;
    fixture->project.policy.rule_count = 0;
    shape_table(fixture, 1, "world", (struct selection){all, 1},
                (struct selection){both, 1});
    shape_table(fixture, 1, "world", (struct selection){two, 2},
                (struct selection){year, 1});
    return fixture;
}

static struct seal_fixture *make_release(void)
{
    struct seal_fixture *fixture = prepare_release();
    seal_fixture_protect(fixture);
    return fixture;
}

/* Finds the differences anew; returns how many there are of one territory. */
static size_t find_all(struct seal_fixture *fixture, double excused,
                       size_t most, int territory)
{
    struct seal_ages *ages = (struct seal_ages *)(uintptr_t)fixture->seal.ages;
    size_t found = 0;
    ages->cell_count = 0;
    seal_ages_find_differences(ages, ages->tables[0].stock, excused, most);
    for (size_t c = 0; c < ages->cell_count; c++)
        found += ages->cells[c].boxes[0][DIM_TERRITORY] == territory;
    return found;
}

static int64_t cell_cases(const struct seal_ages *ages,
                          const struct age_cell *cell, struct arena *arena)
{
    int64_t cases = 0;
    for (size_t b = 0; b < cell->box_count; b++) {
        const int64_t *counts = NULL, *years = NULL;
        seal_ages_sum(ages, cell->stock, cell->boxes[b], arena, &counts,
                      &years);
        for (size_t a = 0; a < FIXTURE_AGES; a++)
            cases += counts[a];
    }
    return cases;
}

/* All sites of both years without the one, without the other, and without
 * both; three boxes at most are left: the other sites, and the other year. */
TEST(two_sites_of_a_year_leave_three_remainders_of_all)
{
    struct seal_fixture *fixture = make_release();
    const struct seal_ages *ages = fixture->seal.ages;
    const struct derived_table *table = fixture->seal.tables[0];
    const struct derived_table *parts = fixture->seal.tables[1];
    CHECK_INT(find_all(fixture, INFINITY, MANY, 0), 3);
    int64_t whole = cube_count(table->counts, 0);
    int64_t one = cube_count(parts->counts, 1); /* of more cases: first */
    int64_t other = cube_count(parts->counts, 0);
    CHECK(one > other);
    const int64_t left[] = {whole - one, whole - other, whole - one - other};
    size_t met = 0;
    for (size_t c = 0; c < ages->cell_count; c++) {
        const struct age_cell *cell = &ages->cells[c];
        if (cell->boxes[0][DIM_TERRITORY] != 0)
            continue;
        CHECK_INT(cell_cases(ages, cell, fixture->arena), left[met++]);
        CHECK(cell->box_count >= 2);
        CHECK_INT(cell->row, AGES_NO_ROW);
    }
    CHECK_INT(find_all(fixture, (double)whole, MANY, 0), 0);
    seal_fixture_end(fixture);
}

static size_t count_digits(const struct seal_fixture *fixture)
{
    size_t count = 0;
    for (size_t t = 0; t < fixture->plan.table_count; t++) {
        for (size_t r = 0; r < fixture->seal.tables[t]->rows; r++)
            count +=
                seal_ages_digits(fixture->seal.ages, t, r, 0) != AGES_NOTHING;
    }
    return count;
}

/* All, the larger and the smaller: of two of them one is left. */
TEST(more_remainders_than_can_be_judged_withhold_the_smallest_rows)
{
    struct seal_fixture *fixture = make_release();
    size_t shown = count_digits(fixture);
    CHECK(shown > 5 && shown % 3 == 0);
    find_all(fixture, INFINITY, MANY, 0);
    CHECK_INT(count_digits(fixture), shown);
    find_all(fixture, 0, 2, 0); /* all have too many cases */
    CHECK_INT(count_digits(fixture), shown);
    CHECK_INT(find_all(fixture, INFINITY, 2, 0), 1);
    CHECK_INT(count_digits(fixture), shown / 3 * 2);
    CHECK(seal_ages_digits(fixture->seal.ages, 1, 0, 0) == AGES_NOTHING);
    CHECK_INT(find_all(fixture, INFINITY, 1, 0), 0);
    CHECK_INT(count_digits(fixture), shown / 3);
    CHECK(seal_ages_digits(fixture->seal.ages, 0, 0, 0) != AGES_NOTHING);
    seal_fixture_end(fixture);
}

/* A waiver of rows of many events: of all ages together, these have them, of
 * the ages that they are of, few. */
TEST(rows_of_few_ages_are_weighed_by_the_cases_of_these_ages)
{
    static const char *young[] = {"band:0-14"};
    struct seal_fixture *fixture = prepare_release();
    for (size_t t = 0; t < fixture->plan.table_count; t++)
        fixture->tables[t].select[DIM_AGE] = (struct selection){young, 1};
    seal_fixture_protect(fixture);
    const struct derived_table *table = fixture->seal.tables[0];
    double events = seal_ages_events(fixture->seal.ages, 0, 0);
    int64_t cases = 0;
    const int64_t *counts = NULL, *years = NULL;
    int node[DIM_COUNT];
    for (size_t d = 0; d < DIM_COUNT; d++)
        node[d] = table->axes[d].nodes[0];
    seal_ages_sum(fixture->seal.ages, fixture->seal.ages->tables[0].stock, node,
                  fixture->arena, &counts, &years);
    for (size_t a = 0; a < FIXTURE_AGES; a++)
        cases += counts[a];
    CHECK(events > 0 && events * 2 < (double)cases);
    CHECK_INT(find_all(fixture, (double)cases, MANY, 0), 3);
    CHECK_INT(find_all(fixture, events + 1, MANY, 0), 3); /* none before */
    CHECK(fixture->seal.ages->cells[0].few);
    CHECK_INT(find_all(fixture, events, MANY, 0), 0);
    seal_fixture_end(fixture);
}

static size_t count_shown(const struct seal_fixture *fixture)
{
    const struct pub_table *table =
        seal_copy(&fixture->seal, fixture->arena, 0);
    size_t shown = 0;
    for (size_t r = 0; r < pub_rows(table); r++) {
        double value = 0.0;
        shown += pub_read(table, r, 0, &value) == AVAILABLE;
    }
    return shown;
}

/* Rates that a whole protection shows of all sites and sexes in the first
 * periods, where the waiver answers for rows of so many cases or more. */
static size_t protect_periods(size_t count, int64_t least)
{
    static const char *periods[] = {
        "2019",      "2020",      "2021",      "2022",      "2019-2020",
        "2020-2021", "2021-2022", "2019-2021", "2020-2022", "2019-2022"};
    static const char *every[] = {"every"}, *sexes[] = {"T", "M", "F"};
    struct waiver waivers[] = {{.kind = "standardised_rate"},
                               {.kind = SEAL_SUMS_WAIVER, .least = least}};
    struct seal_fixture *fixture = prepare_release();
    fixture->project.policy.waivers = waivers;
    fixture->project.policy.waiver_count = 2;
    fixture->plan.table_count = 1;
    fixture->tables[0].select[DIM_SITE] = (struct selection){every, 1};
    fixture->tables[0].select[DIM_SEX] = (struct selection){sexes, 3};
    fixture->tables[0].select[DIM_PERIOD] = (struct selection){periods, count};
    seal_fixture_protect(fixture);
    size_t shown = count_shown(fixture);
    seal_fixture_end(fixture);
    return shown;
}

/* Six periods that overlap leave too much of one another beside four years. */
TEST(a_release_of_too_many_remainders_shows_most_rates)
{
    CHECK(protect_periods(4, INT32_MAX) > 50);
    CHECK(protect_periods(10, INT32_MAX) > 600); /* of 1260; none before */
    CHECK(protect_periods(10, 1) > 50);
}

RUN(CASE(two_sites_of_a_year_leave_three_remainders_of_all),
    CASE(more_remainders_than_can_be_judged_withhold_the_smallest_rows),
    CASE(rows_of_few_ages_are_weighed_by_the_cases_of_these_ages),
    CASE(a_release_of_too_many_remainders_shows_most_rates))
