/* SPDX-License-Identifier: EUPL-1.2 */
#include "model_fixture.h"

#include "model/code.h"

static const struct node *node_at(const struct codes *codes, enum dim dim,
                                  int node)
{
    assert_true(node >= 0 && (size_t)node < codes->dims[dim].count);
    return &codes->dims[dim].nodes[node];
}

TEST(dimensions_and_languages_are_read_back_by_name)
{
    enum dim dim;
    enum lang lang;
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        CHECK(dim_parse(dim_name((enum dim)d), &dim));
        CHECK_INT(dim, d);
    }
    CHECK(!dim_parse("shoe_size", &dim));
    CHECK(lang_parse("fr", &lang));
    CHECK_INT(lang, LANG_FR);
    CHECK(lang_parse("en", &lang));
    CHECK_INT(lang, LANG_EN);
    CHECK(!lang_parse("FR", &lang));
    CHECK_TEXT(dim_name(DIM_TERRITORY), "territory");
}

TEST(kinds_of_measure_are_read_back_by_name)
{
    enum measure_kind kind;
    for (unsigned k = MEASURE_COUNT; k <= MEASURE_DURATION; k++) {
        CHECK(
            measure_kind_parse(measure_kind_name((enum measure_kind)k), &kind));
        CHECK_INT(kind, k);
    }
    CHECK(!measure_kind_parse("weight", &kind));
}

TEST(a_territory_code_means_nothing_without_its_level)
{
    struct arena *arena = arena_new();
    struct codes codes = fixture_codes(arena);
    const struct dimension *places = &codes.dims[DIM_TERRITORY];
    int region = code_find(places, "region", "53");
    int departement = code_find(places, "departement", "53");
    CHECK(region >= 0 && departement >= 0 && region != departement);
    CHECK_INT(code_find(places, "region", "29"), -1);
    CHECK_TEXT(
        node_at(&codes, DIM_AGE, code_find(&codes.dims[DIM_AGE], NULL, "75+"))
            ->code,
        "75+");
    arena_free(arena);
}

TEST(measures_and_registry_keys_are_found_or_absent)
{
    struct measure measures[] = {{.code = "cases"}, {.code = "deaths"}};
    struct pair pairs[] = {{"name", "Registre"}};
    struct codes codes = {.measures = measures,
                          .measure_count = 2,
                          .registry = pairs,
                          .registry_count = 1};
    CHECK(code_measure(&codes, "cases") == &measures[0]);
    CHECK(code_measure(&codes, "deaths") == &measures[1]);
    CHECK(code_measure(&codes, "stays") == NULL);
    CHECK_TEXT(code_registry(&codes, "name"), "Registre");
    CHECK_TEXT(code_registry(&codes, "date"), "");
}

TEST(a_measure_speaks_english_where_the_registry_says_how)
{
    struct measure measures[] = {
        {.code = "cases", .source = "le registre", .method = "comptés"},
        {.code = "cases_more", .source = "un autre", .method = "estimés"}};
    struct pair pairs[] = {{"method.cases.en", "counted"},
                           {"source.cases_more.en", "another one"}};
    struct codes codes = {.measures = measures,
                          .measure_count = 2,
                          .registry = pairs,
                          .registry_count = 2};
    CHECK_TEXT(code_measure_method(&codes, &measures[0], LANG_EN), "counted");
    CHECK_TEXT(code_measure_method(&codes, &measures[0], LANG_FR), "comptés");
    CHECK_TEXT(code_measure_source(&codes, &measures[0], LANG_EN),
               "le registre");
    CHECK_TEXT(code_measure_source(&codes, &measures[1], LANG_EN),
               "another one");
    CHECK_TEXT(code_measure_method(&codes, &measures[1], LANG_EN), "estimés");
}

TEST(a_node_lies_within_another_when_all_its_leaves_do)
{
    static const uint16_t some[] = {1, 3}, more[] = {0, 1, 3, 9}, other[] = {2};
    struct node a = {.leaves = some, .leaf_count = 2};
    struct node b = {.leaves = more, .leaf_count = 4};
    struct node c = {.leaves = other, .leaf_count = 1};
    CHECK(code_within(&a, &b));
    CHECK(!code_within(&b, &a));
    CHECK(!code_within(&c, &b));
    CHECK(code_within(&a, &a));
}

TEST(an_age_band_is_the_sum_of_its_classes)
{
    struct arena *arena = arena_new();
    struct codes codes = fixture_codes(arena);
    struct err err = {0};
    struct dimension *ages = &codes.dims[DIM_AGE];
    int band = code_band(arena, ages, 15, 74, &err);
    const struct node *node = node_at(&codes, DIM_AGE, band);
    CHECK_TEXT(node->code, "15-74");
    CHECK_TEXT(node->level, "band");
    CHECK_TEXT(node->label[LANG_FR], "15-74\u00a0ans");
    CHECK_TEXT(node->label[LANG_EN], "15–74 years");
    CHECK_INT(node->leaf_count, 2);
    CHECK_INT(node->leaves[0], 1);
    CHECK_INT(node->leaves[1], 2);
    CHECK_INT(code_band(arena, ages, 15, 74, &err), band);
    arena_free(arena);
}

TEST(a_band_with_the_leaves_of_a_known_node_is_that_node)
{
    struct arena *arena = arena_new();
    struct codes codes = fixture_codes(arena);
    struct err err = {0};
    struct dimension *ages = &codes.dims[DIM_AGE];
    size_t before = ages->count;
    CHECK_INT(code_band(arena, ages, 0, -1, &err), code_find(ages, NULL, "T"));
    CHECK_INT(code_band(arena, ages, 75, -1, &err),
              code_find(ages, NULL, "75+"));
    CHECK_INT(ages->count, before);
    arena_free(arena);
}

TEST(leaves_of_a_band_are_ascending_whatever_the_stored_order)
{
    struct arena *arena = arena_new();
    struct err err = {0};
    struct dimension ages = {.dim = DIM_AGE};
    static const int lows[] = {50, 0, 20};
    static const int highs[] = {-1, 19, 49};
    for (size_t c = 0; c < 3; c++) {
        int leaf = fixture_leaf(arena, &ages, "leaf",
                                arena_format(arena, "%d", lows[c]), -1);
        ages.nodes[leaf].low = lows[c];
        ages.nodes[leaf].high = highs[c];
    }
    int band = code_band(arena, &ages, 20, -1, &err);
    CHECK_TEXT(ages.nodes[band].code, "20+");
    CHECK_INT(ages.nodes[band].leaves[0], 0);
    CHECK_INT(ages.nodes[band].leaves[1], 2);
    CHECK_INT(ages.nodes[band].parent, -1);
    arena_free(arena);
}

struct refusal {
    enum dim dim;
    int low, high;
    const char *want;
};

TEST(a_band_that_cuts_a_class_is_refused_by_name)
{
    static const struct refusal cases[] = {
        {DIM_AGE, 10, 49,
         "age band '10-49': no stored age class has a limit at 10 years"
         "; they begin at: 0, 15, 50, 75"},
        {DIM_AGE, 0, 60,
         "age band '00-60': no stored age class has a limit at 61 years"
         "; they begin at: 0, 15, 50, 75"},
        {DIM_AGE, 80, -1,
         "age band '80+': no stored age class has a limit at 80 years"
         "; they begin at: 0, 15, 50, 75"},
        {DIM_AGE, 75, 89,
         "age band '75-89': no stored age class has a limit at 90 years"
         "; they begin at: 0, 15, 50, 75"},
        {DIM_AGE, 49, 15, "age '49-15': it ends before it begins"},
        {DIM_PERIOD, 2021, 2023,
         "period '2021-2023': the store has no year 2023"
         "; its years go from 2019 to 2022"},
        {DIM_PERIOD, 2018, 2020,
         "period '2018-2020': the store has no year 2018"
         "; its years go from 2019 to 2022"},
    };
    struct arena *arena = arena_new();
    struct codes codes = fixture_codes(arena);
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct err err = {0};
        size_t before = codes.dims[cases[c].dim].count;
        CHECK_INT(code_band(arena, &codes.dims[cases[c].dim], cases[c].low,
                            cases[c].high, &err),
                  -1);
        CHECK_INT(err.code, ERR_SCRIPT);
        CHECK_TEXT(err.text, cases[c].want);
        CHECK_INT(codes.dims[cases[c].dim].count, before);
    }
    arena_free(arena);
}

TEST(pooled_periods_are_sums_of_single_years)
{
    struct arena *arena = arena_new();
    struct codes codes = fixture_codes(arena);
    struct err err = {0};
    struct dimension *periods = &codes.dims[DIM_PERIOD];
    int pooled = code_band(arena, periods, 2019, 2021, &err);
    const struct node *node = node_at(&codes, DIM_PERIOD, pooled);
    CHECK_TEXT(node->code, "2019-2021");
    CHECK_TEXT(node->label[LANG_FR], "2019-2021");
    CHECK_INT(node->leaf_count, 3);
    CHECK_INT(code_band(arena, periods, 2020, 2020, &err),
              code_find(periods, NULL, "2020"));
    arena_free(arena);
}

RUN(CASE(dimensions_and_languages_are_read_back_by_name),
    CASE(kinds_of_measure_are_read_back_by_name),
    CASE(a_territory_code_means_nothing_without_its_level),
    CASE(measures_and_registry_keys_are_found_or_absent),
    CASE(a_measure_speaks_english_where_the_registry_says_how),
    CASE(a_node_lies_within_another_when_all_its_leaves_do),
    CASE(an_age_band_is_the_sum_of_its_classes),
    CASE(a_band_with_the_leaves_of_a_known_node_is_that_node),
    CASE(leaves_of_a_band_are_ascending_whatever_the_stored_order),
    CASE(a_band_that_cuts_a_class_is_refused_by_name),
    CASE(pooled_periods_are_sums_of_single_years))
