/* SPDX-License-Identifier: EUPL-1.2 */
#include "model_fixture.h"

#include "model/plan.h"

/* The codes that words select, with spaces between: words are separated by
 * spaces too. */
static const char *selected(struct arena *arena, struct codes *codes,
                            enum dim dim, const char *words)
{
    struct err err = {0};
    struct selection selection = {0};
    char **pieces = NULL;
    selection.count = text_split(arena, words, ' ', &pieces);
    selection.words = (const char **)pieces;
    int *nodes = NULL;
    size_t count = 0;
    if (!plan_select(arena, codes, dim, &selection, &nodes, &count, &err))
        return arena_format(arena, "! %s", err.text);
    struct text out = text_new(arena);
    for (size_t n = 0; n < count; n++)
        text_format(&out, "%s%s", n ? " " : "",
                    codes->dims[dim].nodes[nodes[n]].code);
    return out.at;
}

struct choice {
    enum dim dim;
    const char *words;
    const char *want;
};

static void check_choices(const struct choice *choices, size_t count)
{
    for (size_t c = 0; c < count; c++) {
        struct arena *arena = arena_new();
        struct codes codes = fixture_codes(arena);
        CHECK_TEXT(selected(arena, &codes, choices[c].dim, choices[c].words),
                   choices[c].want);
        arena_free(arena);
    }
}

TEST(territory_words_select_by_level_code_and_zone)
{
    static const struct choice choices[] = {
        {DIM_TERRITORY, "root", "FR"},
        {DIM_TERRITORY, "level:departement", "29 53 2A"},
        {DIM_TERRITORY, "level:region", "53 94"},
        {DIM_TERRITORY, "code:region/94", "94"},
        {DIM_TERRITORY, "zone:quintile", "Q1"},
        {DIM_TERRITORY, "level:quintile", "Q1"},
        {DIM_TERRITORY, "all", "FR 53 94 29 53 2A"},
        {DIM_TERRITORY, "code:departement/2A level:region root", "FR 53 94 2A"},
        {DIM_TERRITORY, "", "FR"},
    };
    check_choices(choices, COUNT_OF(choices));
}

TEST(site_sex_and_stratum_words_select_nodes)
{
    static const struct choice choices[] = {
        {DIM_SITE, "all", "ALL"},
        {DIM_SITE, "group", "DIG"},
        {DIM_SITE, "site", "COL EST POU"},
        {DIM_SITE, "every", "ALL DIG COL EST POU"},
        {DIM_SITE, "code:POU all code:POU", "ALL POU"},
        {DIM_SITE, "", "ALL"},
        {DIM_SEX, "F T", "T F"},
        {DIM_SEX, "M F", "M F"},
        {DIM_SEX, "", "T"},
        {DIM_STRATUM, "T", "T"},
        {DIM_STRATUM, "each", "5"},
        {DIM_STRATUM, "code:5 T", "T 5"},
    };
    check_choices(choices, COUNT_OF(choices));
}

TEST(age_words_select_classes_and_bands_in_order_of_age)
{
    static const struct choice choices[] = {
        {DIM_AGE, "T", "T"},
        {DIM_AGE, "each", "00-14 15-49 50-74 75+"},
        {DIM_AGE, "band:50+ band:0-49 T", "T 00-49 50+"},
        {DIM_AGE, "band:75+", "75+"},
        {DIM_AGE, "band:0-74 each", "00-14 00-74 15-49 50-74 75+"},
    };
    check_choices(choices, COUNT_OF(choices));
}

TEST(period_words_select_years_and_pooled_periods)
{
    static const struct choice choices[] = {
        {DIM_PERIOD, "2020", "2020"},
        {DIM_PERIOD, "2020-2022", "2020-2022"},
        {DIM_PERIOD, "2011-2015", "2011-2015"},
        {DIM_PERIOD, "each:2019-2021", "2019 2020 2021"},
        {DIM_PERIOD, "last:3", "2020-2022"},
        {DIM_PERIOD, "last:1", "2022"},
        {DIM_PERIOD, "each:last:2", "2021 2022"},
        {DIM_PERIOD, "last:2 each:last:2", "2021 2022 2021-2022"},
        {DIM_PERIOD, "all", "2019 2020 2021 2022 2011-2015"},
    };
    check_choices(choices, COUNT_OF(choices));
}

TEST(unknown_words_say_what_was_expected)
{
    static const struct choice choices[] = {
        {DIM_TERRITORY, "everywhere",
         "! territory 'everywhere': expected 'root', 'all', 'level:LEVEL', "
         "'zone:LEVEL' or 'code:LEVEL/CODE'"},
        {DIM_TERRITORY, "code:29",
         "! territory 'code:29': expected 'root', 'all', 'level:LEVEL', "
         "'zone:LEVEL' or 'code:LEVEL/CODE'"},
        {DIM_SITE, "POU",
         "! site 'POU': expected 'all', 'group', 'site', 'every' or "
         "'code:CODE'"},
        {DIM_SEX, "X", "! sex 'X': expected 'T', 'M' or 'F'"},
        {DIM_AGE, "band:14-0",
         "! age 'band:14-0': expected 'T', 'each', 'band:0-14' or "
         "'band:75+'"},
        {DIM_AGE, "band:",
         "! age 'band:': expected 'T', 'each', 'band:0-14' or 'band:75+'"},
        {DIM_PERIOD, "last:0",
         "! period 'last:0': expected '2019', '2019-2023', 'each:2004-2023', "
         "'last:5', 'each:last:20' or 'all'"},
        {DIM_PERIOD, "2019+",
         "! period '2019+': expected '2019', '2019-2023', 'each:2004-2023', "
         "'last:5', 'each:last:20' or 'all'"},
        {DIM_PERIOD, "-2019",
         "! period '-2019': expected '2019', '2019-2023', 'each:2004-2023', "
         "'last:5', 'each:last:20' or 'all'"},
        {DIM_STRATUM, "5",
         "! stratum '5': expected 'T', 'each' or 'code:CODE'"},
    };
    check_choices(choices, COUNT_OF(choices));
}

TEST(unknown_codes_name_the_nearest_known_one)
{
    static const struct choice choices[] = {
        {DIM_SITE, "code:POUM",
         "! site 'code:POUM': the store has no code 'POUM'; the nearest is "
         "'POU'"},
        {DIM_TERRITORY, "level:departements",
         "! territory 'level:departements': the store has no level "
         "'departements'; the nearest is 'departement'"},
        {DIM_TERRITORY, "code:departement/2B",
         "! territory 'code:departement/2B': the store has no code '2B'; the "
         "nearest is '29'"},
        {DIM_TERRITORY, "code:regions/53",
         "! territory 'code:regions/53': the store has no level 'regions'; "
         "the nearest is 'region'"},
        {DIM_TERRITORY, "zone:region",
         "! territory 'zone:region': the store has no zone level 'region'; "
         "the nearest is 'quintile'"},
        {DIM_STRATUM, "code:6",
         "! stratum 'code:6': the store has no code '6'; the nearest is "
         "'T'"},
        {DIM_PERIOD, "each:2020-2023",
         "! period 'each:2020-2023': period '2023': the store has no year "
         "2023; its years go from 2019 to 2022"},
        {DIM_PERIOD, "each:last:9",
         "! period 'each:last:9': period '2014': the store has no year "
         "2014; its years go from 2019 to 2022"},
    };
    check_choices(choices, COUNT_OF(choices));
}

TEST(pooling_twice_gives_the_same_node)
{
    struct arena *arena = arena_new();
    struct codes codes = fixture_codes(arena);
    selected(arena, &codes, DIM_PERIOD, "last:4");
    size_t once = codes.dims[DIM_PERIOD].count;
    CHECK_TEXT(selected(arena, &codes, DIM_PERIOD, "2019-2022"), "2019-2022");
    CHECK_INT(codes.dims[DIM_PERIOD].count, once);
    arena_free(arena);
}

TEST(a_store_of_periods_alone_takes_its_last_one)
{
    struct arena *arena = arena_new();
    struct codes codes = {0};
    struct dimension *periods = &codes.dims[DIM_PERIOD];
    periods->dim = DIM_PERIOD;
    int leaf = fixture_leaf(arena, periods, "leaf", "2019-2023", -1);
    periods->nodes[leaf].low = 2019;
    periods->nodes[leaf].high = 2023;
    CHECK_TEXT(selected(arena, &codes, DIM_PERIOD, "last:5"), "2019-2023");
    CHECK_TEXT(selected(arena, &codes, DIM_PERIOD, "each:last:5"),
               "! period 'each:last:5': the store has no year");
    arena_free(arena);
}

RUN(CASE(territory_words_select_by_level_code_and_zone),
    CASE(site_sex_and_stratum_words_select_nodes),
    CASE(age_words_select_classes_and_bands_in_order_of_age),
    CASE(period_words_select_years_and_pooled_periods),
    CASE(unknown_words_say_what_was_expected),
    CASE(unknown_codes_name_the_nearest_known_one),
    CASE(pooling_twice_gives_the_same_node),
    CASE(a_store_of_periods_alone_takes_its_last_one))
