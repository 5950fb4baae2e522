/* SPDX-License-Identifier: EUPL-1.2 */
/* Sites and years with a count alone, or with nothing at all, among rates that
 * they are the difference of: attacked by enumeration of all blocks. */
#include "rate_shapes.h"

enum {
    FIRST = 380, /* from here on, of 40 releases seven were exposed */
};

/* A group and its other site have rates: what of the third? */
static void attack_third(bool counted, struct grid_found *found)
{
    static const char *pair[] = {"code:DIG", "code:EST"};
    static const char *one[] = {"code:COL"}, *year[] = {"2019"};
    const struct selection years = {year, 1};
    for (uint32_t seed = FIRST; seed < FIRST + CHECK_SEEDS(40); seed++) {
        struct shape_draw draw = {seed * UINT32_C(2654435761) + 1};
        struct seal_fixture *fixture = shape_start(&draw);
        shape_table(fixture, (int)(seed % 3), "world",
                    (struct selection){pair, 2}, years);
        if (counted)
            shape_table(fixture, -1, "", (struct selection){one, 1}, years);
        shape_attack(fixture, found);
    }
}

TEST(a_site_with_a_count_alone_is_not_told_by_its_group)
{
    struct grid_found found = {0};
    attack_third(true, &found);
    CHECK_INT(found.exposed, 0);
    CHECK_INT(found.unsettled, 0);
    CHECK(CHECK_SANITIZED || (found.places > 20 && found.rates > 40));
}

TEST(a_site_that_no_table_has_is_not_told_by_its_group)
{
    struct grid_found found = {0};
    attack_third(false, &found);
    CHECK_INT(found.exposed, 0);
    CHECK_INT(found.unsettled, 0);
    CHECK(CHECK_SANITIZED || (found.places > 20 && found.rates > 40));
}

RUN(CASE(a_site_with_a_count_alone_is_not_told_by_its_group),
    CASE(a_site_that_no_table_has_is_not_told_by_its_group))
