/* SPDX-License-Identifier: EUPL-1.2 */
/* What second thoughts win. */
#include "grid_fixture.h"

#include "sdc/protect_sheet.h"

enum {
    FEW = 975,   /* secondaries: 956, or 991 where the kernel has no pivots */
    FEWER = 2119 /* 2,110, or 2,128 with one kernel for all */
};

/* Secondaries of a table of three equal axes. */
static size_t hide(size_t leaves, const size_t *groups, size_t primaries)
{
    struct grid grid = grid_new();
    const struct sheet_policy policy = {
        .threshold = 5, .basic = true, .certificate = ""};
    struct sheet_report report;
    uint64_t state = 1;
    grid_axis(&grid, "a", leaves, groups, NULL);
    grid_axis(&grid, "b", leaves, groups, NULL);
    grid_axis(&grid, "c", leaves, groups, NULL);
    grid_make(&grid);
    grid_fill(&grid, &state, 6);
    CHECK(sheet_protect(grid.arena, &grid.sheet, &policy, &report, &grid.err));
    CHECK_INT(report.primary, primaries);
    grid_end(&grid);
    return report.secondary;
}

TEST(a_kernel_with_pivots_opens_less)
{
    CHECK(hide(15, (const size_t[]){5, 5, 5, 0}, 1593) <= FEW);
}

/* More than twice 120 cells are shown again: they move in no kernel that was
 * made while they were open. */
TEST(a_kernel_made_anew_finds_more_to_show)
{
    CHECK(hide(20, (const size_t[]){5, 5, 5, 5, 0}, 3673) <= FEWER);
}

RUN(CASE(a_kernel_with_pivots_opens_less),
    CASE(a_kernel_made_anew_finds_more_to_show))
