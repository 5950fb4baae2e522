/* SPDX-License-Identifier: EUPL-1.2 */
/* What rows leave of one another in a small registry that shows all of them:
 * forty sites and all, ten years and all, both sexes and each. */
#include "registry_fixture.h"

enum { MOST = 25000 };

/* Either place has its own, and both together. */
TEST(what_forty_sites_of_a_year_leave_is_judged)
{
    struct registry *registry = registry_new(2, 1, 40, 2);
    CHECK(registry_cells(registry, MOST) > 3 * 10000);
    CHECK_INT(registry_digits(registry), registry->derived.rows);
    CHECK_INT(registry->derived.rows, 3 * 41 * 3);
    arena_wipe(registry->seal.closed);
}

/* The smallest rows give way, and no more is kept than of what is judged. */
TEST(five_sites_of_ten_years_keep_most_of_their_rates)
{
    struct registry *registry = registry_new(1, 10, 5, 2);
    size_t before = check_heap(), rows = registry->derived.rows;
    CHECK_INT(rows, 6 * 11 * 3);
    CHECK(registry_cells(registry, MOST) < MOST);
    CHECK(registry->ages.cell_count > MOST / 2);
    CHECK(check_heap() - before < (size_t)MOST * 500);
    CHECK(registry_digits(registry) > rows / 2);
    arena_wipe(registry->seal.closed);
}

TEST(forty_sites_of_ten_years_keep_those_of_most_cases)
{
    struct registry *registry = registry_new(2, 10, 40, 2);
    size_t before = check_heap();
    CHECK(registry_cells(registry, MOST) < 3 * MOST);
    CHECK(check_heap() - before < (size_t)3 * MOST * 500);
    CHECK(registry_digits(registry) > 3 * 150);
    CHECK(registry_digits(registry) < 3 * 200);
    arena_wipe(registry->seal.closed);
}

RUN(CASE(what_forty_sites_of_a_year_leave_is_judged),
    CASE(five_sites_of_ten_years_keep_most_of_their_rates),
    CASE(forty_sites_of_ten_years_keep_those_of_most_cases))
