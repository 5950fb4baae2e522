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

/* Nothing is kept of what is not judged: neither memory, nor codes. */
TEST(forty_sites_of_ten_years_leave_too_much_and_take_no_memory)
{
    struct registry *registry = registry_new(2, 10, 40, 2);
    size_t before = check_heap();
    CHECK_INT(registry_cells(registry, MOST), 0);
    CHECK_INT(check_heap(), before);
    CHECK_INT(registry_digits(registry), 0);
    for (size_t d = 0; d < DIM_COUNT; d++)
        CHECK(registry->ages.codes.dims[d].count <= 41);
    arena_wipe(registry->seal.closed);
}

RUN(CASE(what_forty_sites_of_a_year_leave_is_judged),
    CASE(forty_sites_of_ten_years_leave_too_much_and_take_no_memory))
