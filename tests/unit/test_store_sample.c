/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_fixture.h"

#include "store/sample_model.h"

/* --- the generator ------------------------------------------------------- */

TEST(the_generator_gives_the_same_draws_everywhere)
{
    struct draw a = draw_new(20260101, 2), b = draw_new(20260101, 2);
    struct draw other = draw_new(20260101, 3);
    int same = 0;
    for (int i = 0; i < 100; i++) {
        double x = draw_uniform(&a);
        CHECK(x >= 0 && x < 1);
        CHECK(draw_uniform(&b) - x == 0);
        same += draw_uniform(&other) - x == 0;
    }
    CHECK_INT(same, 0);
}

TEST(exponential_and_logarithm_are_right)
{
    static const double points[] = {-30, -2.5, -1e-9, 0, 0.3, 1, 7.25, 40};
    static const double whole[] = {1e-12, 0.3, 0.7072, 1.5, 2, 17, 3e9};
    for (size_t p = 0; p < COUNT_OF(points); p++)
        CHECK_NEAR(draw_exp(points[p]), exp(points[p]), 1e-14);
    for (size_t p = 0; p < COUNT_OF(whole); p++)
        CHECK_NEAR(draw_log(whole[p]), log(whole[p]), 1e-14);
    CHECK_NEAR(draw_log(1), 0, 0);
}

/* Mean and variance of a Poisson are both its parameter. */
TEST(poisson_draws_have_their_mean_and_variance)
{
    static const double means[] = {0.02, 0.7, 4, 9.99, 10, 37, 900};
    enum { DRAWS = 40000 };
    for (size_t m = 0; m < COUNT_OF(means); m++) {
        struct draw draw = draw_new(7, m);
        double sum = 0, squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double k = (double)draw_poisson(&draw, means[m]);
            CHECK(k >= 0);
            sum += k;
            squares += (k - means[m]) * (k - means[m]);
        }
        double error = sqrt(means[m] / DRAWS);
        CHECK(fabs(sum / DRAWS - means[m]) < 4 * error);
        double spread = sqrt((means[m] + 2 * means[m] * means[m]) / DRAWS);
        CHECK(fabs(squares / DRAWS - means[m]) < 4 * spread);
    }
    struct draw draw = draw_new(1, 1);
    CHECK_INT(draw_poisson(&draw, 0), 0);
}

/* Chi-square of 9 classes: the 0.999 point of 8 degrees is 26.1. */
TEST(poisson_draws_follow_the_law)
{
    enum { DRAWS = 50000 };
    static const double means[] = {4, 12};
    for (size_t m = 0; m < COUNT_OF(means); m++) {
        struct draw draw = draw_new(11, m);
        int low = m == 0 ? 0 : 8;
        double seen[9] = {0}, expected[9] = {0}, chi = 0;
        for (int i = 0; i < DRAWS; i++) {
            int64_t k = draw_poisson(&draw, means[m]) - low;
            seen[k < 0 ? 0 : k > 8 ? 8 : k]++;
        }
        double p = exp(-means[m]), total = 0;
        for (int k = 0; k < low + 8; k++) {
            expected[k < low ? 0 : k - low] += DRAWS * p;
            total += p;
            p *= means[m] / (k + 1);
        }
        expected[8] = DRAWS * (1 - total);
        for (int c = 0; c < 9; c++)
            chi +=
                (seen[c] - expected[c]) * (seen[c] - expected[c]) / expected[c];
        CHECK(chi < 26.1);
    }
}

/* --- the facts ----------------------------------------------------------- */

static bool is_leaf(const char *code)
{
    for (size_t s = 0; s < sample_site_count; s++) {
        if (text_same(sample_sites[s].parent, code))
            return false;
    }
    return true;
}

TEST(the_embedded_facts_fit_together)
{
    size_t leaves = 0, women = 0;
    for (size_t s = 0; s < sample_site_count; s++) {
        leaves += is_leaf(sample_sites[s].code);
        /* Printed in both languages: codes, and no word. */
        const char *codes = sample_sites[s].icd10;
        CHECK(codes[strspn(codes, "C0123456789-, ")] == '\0');
    }
    CHECK(leaves >= 26);
    for (size_t c = 0; c < sample_curve_count; c++) {
        CHECK(is_leaf(sample_curves[c].site));
        women += sample_curves[c].sex == 'F';
        for (size_t a = 0; a < SAMPLE_AGES; a++)
            CHECK(sample_curves[c].deaths[a] <= sample_curves[c].cases[a]);
    }
    CHECK(women > 30);
    for (size_t d = 1; d < SAMPLE_DEPARTEMENTS; d++)
        CHECK(strcmp(sample_departements[d - 1].code,
                     sample_departements[d].code) < 0);
}

/* INSEE's own totals: 62.3 million in 2004 (with Mayotte carried back), 65.6
 * in 2013 and 68.0 in 2022, to one per cent. */
TEST(the_population_is_that_of_the_country)
{
    static const struct {
        int year;
        double people;
    } years[] = {{2004, 62.4e6}, {2013, 65.8e6}, {2022, 67.8e6}};
    for (size_t y = 0; y < COUNT_OF(years); y++) {
        double people = 0;
        for (size_t d = 0; d < SAMPLE_DEPARTEMENTS; d++) {
            for (size_t a = 0; a < SAMPLE_AGES; a++)
                people += (double)(sample_population(d, 0, a, years[y].year) +
                                   sample_population(d, 1, a, years[y].year));
        }
        CHECK_NEAR(people, years[y].people, 0.01);
    }
}

/* --- the store ----------------------------------------------------------- */

static long long in_2023(const char *path, const char *table, const char *where)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT sum(n) FROM %s WHERE measure = '%s' AND period = '2023' "
             "AND %s",
             table, table, where);
    return fixture_number(path, sql);
}

static void check_shape(const char *path)
{
    struct arena *arena = arena_new();
    struct store *store = NULL;
    struct codes codes;
    struct err err = {0};
    CHECK(store_open(arena, path, &store, &err));
    CHECK(store_codes(store, &codes, &err));
    CHECK_INT(codes.dims[DIM_TERRITORY].leaf_count, 101);
    CHECK_INT(codes.dims[DIM_TERRITORY].count, 1 + 18 + 101 + 5);
    CHECK_INT(codes.dims[DIM_SEX].leaf_count, 2);
    CHECK_INT(codes.dims[DIM_AGE].leaf_count, 18);
    CHECK_INT(codes.dims[DIM_PERIOD].leaf_count, 20);
    CHECK(codes.dims[DIM_SITE].leaf_count >= 26);
    store_close(store);
    arena_free(arena);
}

/* Published for 2023: 433,136 cases, 245,610 in men; prostate 59,885, breast
 * 61,214, lung 33,438 and 19,339, colon and rectum 26,212 and 21,370; 164,095
 * deaths in 2022 (Institut national du cancer). */
static void check_level(const char *path)
{
    CHECK_NEAR((double)in_2023(path, "cases", "1"), 433136, 0.01);
    CHECK_NEAR((double)in_2023(path, "cases", "sex = 'M'"), 245610, 0.01);
    CHECK_NEAR((double)in_2023(path, "cases", "site = 'PRO'"), 59885, 0.03);
    CHECK_NEAR((double)in_2023(path, "cases", "site = 'SEI'"), 61214, 0.03);
    CHECK_NEAR((double)in_2023(path, "cases", "site = 'POU'"), 52777, 0.03);
    CHECK_NEAR((double)in_2023(path, "cases", "site = 'CRC'"), 47582, 0.03);
    CHECK_NEAR((double)in_2023(path, "deaths", "1"), 164095, 0.02);
}

static void check_coverage(const char *path)
{
    CHECK_INT(fixture_number(path, "SELECT count(*) FROM cases WHERE "
                                   "territory = '2A' AND period = '2011'"),
              0);
    CHECK(fixture_number(path, "SELECT count(*) FROM cases WHERE territory = "
                               "'2A' AND period = '2012'") > 0);
    CHECK(fixture_number(path, "SELECT count(*) FROM deaths WHERE territory = "
                               "'2A' AND period = '2011'") > 0);
}

/* Stages of a site and sex are parts of a whole, of the testis without a
 * fourth; survival only falls. */
static void check_estimates(const char *path)
{
    CHECK_INT(fixture_number(
                  path, "SELECT count(*) FROM (SELECT sum(value) AS all_of "
                        "FROM estimate WHERE measure = 'stage_share' "
                        "GROUP BY site, sex HAVING abs(all_of - 100) > "
                        "0.01 OR count(*) <> CASE site "
                        "WHEN 'TES' THEN 4 ELSE 5 END)"),
              0);
    CHECK(fixture_number(path, "SELECT count(DISTINCT site) FROM estimate "
                               "WHERE measure = 'stage_share'") >= 20);
    CHECK(fixture_number(path, "SELECT count(DISTINCT age) FROM survival WHERE "
                               "measure = 'survival_young'") == 3);
    CHECK_INT(fixture_number(path, "SELECT count(*) FROM survival AS a JOIN "
                                   "survival AS b USING (measure, site, sex, "
                                   "age) WHERE a.stratum = '1' AND b.stratum "
                                   "= '10' AND b.value > a.value"),
              0);
}

/* That the same seed gives the same bytes, and a country that breaks no rule,
 * is tried by tests/command/test_commands.sh. */
TEST(a_seed_makes_a_country_like_the_real_one)
{
    char *directory = check_directory();
    char path[200];
    struct err err = {0};
    snprintf(path, sizeof path, "%s/sample.sqlite", directory);
    CHECK(store_sample(path, 20260101, &err));
    check_shape(path);
    check_level(path);
    check_coverage(path);
    check_estimates(path);
    CHECK(fixture_number(path, "SELECT page_count * page_size FROM "
                               "pragma_page_count, pragma_page_size") <
          120LL * 1000 * 1000);
    check_remove(directory);
}

TEST(another_seed_makes_another_country)
{
    struct arena *arena = arena_new();
    struct sample_model a = sample_model_new(arena, 5);
    struct sample_model b = sample_model_new(arena, 5);
    struct sample_model other = sample_model_new(arena, 6);
    for (size_t d = 0; d < SAMPLE_DEPARTEMENTS; d++) {
        CHECK(a.effect[0][d] - b.effect[0][d] == 0);
        CHECK(fabs(a.effect[0][d] - other.effect[0][d]) > 0);
    }
    arena_free(arena);
}

RUN(CASE(the_generator_gives_the_same_draws_everywhere),
    CASE(exponential_and_logarithm_are_right),
    CASE(poisson_draws_have_their_mean_and_variance),
    CASE(poisson_draws_follow_the_law), CASE(the_embedded_facts_fit_together),
    CASE(the_population_is_that_of_the_country),
    CASE(a_seed_makes_a_country_like_the_real_one),
    CASE(another_seed_makes_another_country))
