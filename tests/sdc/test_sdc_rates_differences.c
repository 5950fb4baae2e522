/* SPDX-License-Identifier: EUPL-1.2 */
/* What rows with rates leave of one another: found once each, with the cases
 * that everybody can subtract, and no rate is shown where there are too many.
 */
#include "rate_shapes.h"

#include "seal/seal_ages_impl.h"

enum { MANY = 1000 };

/* Rates of women: all sites in both years together, two of them in one. */
static struct seal_fixture *make_release(void)
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
    int64_t one = cube_count(parts->counts, 0);
    int64_t other = cube_count(parts->counts, 1);
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

TEST(more_remainders_than_can_be_judged_withhold_all_rates)
{
    struct seal_fixture *fixture = make_release();
    size_t shown = count_digits(fixture);
    CHECK(shown > 5);
    find_all(fixture, INFINITY, MANY, 0);
    CHECK_INT(count_digits(fixture), shown);
    find_all(fixture, 0, 2, 0); /* all have too many cases */
    CHECK_INT(count_digits(fixture), shown);
    CHECK_INT(find_all(fixture, INFINITY, 2, 0), 2);
    CHECK_INT(count_digits(fixture), 0);
    seal_fixture_end(fixture);
}

RUN(CASE(two_sites_of_a_year_leave_three_remainders_of_all),
    CASE(more_remainders_than_can_be_judged_withhold_all_rates))
