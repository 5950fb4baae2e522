/* SPDX-License-Identifier: EUPL-1.2 */
/* What second thoughts win. */
#include "grid_fixture.h"

#include "sdc/protect_sheet.h"

enum {
    LEAVES = 15,
    FEW = 975, /* secondaries: 956, or 991 where the kernel has no pivots */
};

/* A table of 19 x 19 x 19 in which more than sixty cells are shown again: they
 * move in no kernel that was made while they were open. */
TEST(a_kernel_made_anew_finds_more_to_show)
{
    static const size_t fives[] = {5, 5, 5, 0};
    struct grid grid = grid_new();
    const struct sheet_policy policy = {
        .threshold = 5, .basic = true, .certificate = ""};
    struct sheet_report report;
    uint64_t state = 1;
    grid_axis(&grid, "a", LEAVES, fives, NULL);
    grid_axis(&grid, "b", LEAVES, fives, NULL);
    grid_axis(&grid, "c", LEAVES, fives, NULL);
    grid_make(&grid);
    grid_fill(&grid, &state, 6);
    CHECK(sheet_protect(grid.arena, &grid.sheet, &policy, &report, &grid.err));
    CHECK_INT(report.primary, 1593);
    CHECK(report.secondary <= FEW);
    grid_end(&grid);
}

RUN(CASE(a_kernel_made_anew_finds_more_to_show))
