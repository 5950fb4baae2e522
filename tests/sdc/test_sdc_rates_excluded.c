/* SPDX-License-Identifier: EUPL-1.2 */
/* Sites that one sex cannot have: what is left of the others without them is
 * the same to every reader, and has to be the same to the proof. */
#include "rate_shapes.h"

enum {
    MANY = 25000,
    RELEASES = 12,
    WOMEN = 5, /* at two ages, at a site of either group: nothing is small */
};

/* Women of all sites but those of a group, which has the other site of women:
 * they are those of POU. Both sexes of POU less these are its men, of whom
 * there are few. `also` adds the row of women that says so itself. */
static struct seal_fixture *make_release(uint32_t seed, bool also)
{
    static const char *around[] = {"all", "code:DIG", "code:POU"};
    static const char *site[] = {"code:POU"}, *year[] = {"2020"};
    static const char *both[] = {"T"};
    struct shape_draw draw = {seed * UINT32_C(2654435761) + 1};
    struct seal_fixture *fixture = shape_start(&draw);
    const struct selection one_year = {year, 1};
    shape_table(fixture, 4, "world", (struct selection){around, also ? 3 : 2},
                one_year);
    shape_table(fixture, 4, "world", (struct selection){site, 1}, one_year);
    fixture->tables[1].select[DIM_SEX] = (struct selection){both, 1};
    struct fact *cases = (struct fact *)(uintptr_t)fixture->cases.rows;
    for (size_t f = 0; f < fixture->cases.count; f++) {
        const uint16_t *leaf = cases[f].leaf;
        bool women = leaf[DIM_SEX] == SEX_F &&
                     (leaf[DIM_SITE] == SITE_COL || leaf[DIM_SITE] == SITE_POU);
        bool men = leaf[DIM_SEX] == SEX_M && leaf[DIM_SITE] == SITE_POU;
        bool here = leaf[DIM_TERRITORY] == 0 && leaf[DIM_AGE] % 2 == 0;
        cases[f].count = !here   ? 0
                         : women ? WOMEN
                         : men   ? 2 + shape_draw(&draw, 2)
                                 : 0;
    }
    return fixture;
}

static size_t count_exposed(bool also, size_t each)
{
    struct grid_found found = {0};
    for (uint32_t seed = 0; seed < RELEASES; seed++)
        shape_attack_within(make_release(seed, also),
                            (struct age_limits){each, MANY, MANY}, &found);
    print_message("%zu parts, %zu not settled, %zu rates\n", found.places,
                  found.unsettled, found.rates);
    CHECK(found.places > 5);
    return found.exposed;
}

TEST(few_men_are_hidden_where_women_are_a_row)
{
    CHECK_INT(count_exposed(true, MANY), 0);
}

TEST(few_men_are_hidden_where_women_are_a_difference)
{
    CHECK_INT(count_exposed(false, MANY), 0);
}

TEST(few_men_are_hidden_where_places_are_asked)
{
    CHECK_INT(count_exposed(false, 0), 0);
}

RUN(CASE(few_men_are_hidden_where_women_are_a_row),
    CASE(few_men_are_hidden_where_women_are_a_difference),
    CASE(few_men_are_hidden_where_places_are_asked))
