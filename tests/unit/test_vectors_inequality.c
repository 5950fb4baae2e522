/* SPDX-License-Identifier: EUPL-1.2 */
/* Inequality against whole files of reference values. The limits of these are
 * simulated (100,000 draws): 2 % is their own error. */
#include "calc/kernel_inequality.h"
#include "vectors.h"

enum {
    GROUPS_MAX = 16,
    DRAWS = 100000,
};

/* One set of groups, with the row of its results. */
struct set {
    double values[GROUPS_MAX], errors[GROUPS_MAX], people[GROUPS_MAX];
    struct kernel_slope_data data;
};

static void point(struct set *set)
{
    set->data.values = set->values;
    set->data.errors = set->errors;
    set->data.populations = set->people;
}

/* The error of a simulated limit is a share of the width, not only of its
 * size: 2 % of the larger. */
static void check_limit(double got, double want, double half)
{
    CHECK_NEAR(1.0 + (got - want) / fmax(fabs(want), half), 1.0, 0.02);
}

static void check_limits(struct kernel_interval got, double lower, double upper)
{
    check_limit(got.lower, lower, 0.5 * (upper - lower));
    check_limit(got.upper, upper, 0.5 * (upper - lower));
}

static size_t read_series(const char *series, struct set *out)
{
    struct vectors in = vectors_open("08_sii_inputs.csv");
    size_t groups = 0;
    while (vectors_next(&in)) {
        if (strcmp(vectors_text(&in, "series"), series) != 0)
            continue;
        CHECK(groups < GROUPS_MAX);
        out->values[groups] = vectors_number(&in, "rate");
        out->errors[groups] = vectors_number(&in, "se");
        out->people[groups++] = vectors_number(&in, "population");
    }
    vectors_end(&in);
    return groups;
}

TEST(every_slope_index_agrees_with_its_vector)
{
    struct vectors at = vectors_open("08_sii_outputs.csv");
    while (vectors_next(&at)) {
        struct set set = {0};
        struct kernel_slope got;
        set.data.groups = read_series(vectors_text(&at, "series"), &set);
        point(&set);
        CHECK(kernel_slope_index(&set.data, 0.95, &got));
        CHECK_VECTOR(&at, got.ends.difference.value, "sii", 1e-12);
        CHECK_VECTOR(&at, got.ends.ratio.value, "rii", 1e-12);
        CHECK_VECTOR(&at, got.ends.difference.lower, "sii_lower95_0cl", 0.02);
        CHECK_VECTOR(&at, got.ends.difference.upper, "sii_upper95_0cl", 0.02);
        CHECK_VECTOR(&at, got.ends.ratio.lower, "rii_lower95_0cl", 0.02);
        CHECK_VECTOR(&at, got.ends.ratio.upper, "rii_upper95_0cl", 0.02);
    }
    CHECK_INT(at.rows, 4);
    vectors_end(&at);
}

/* --- the fixtures of phe_sii ---------------------------------------------- */

/* The results of a set, from its first row; NULL: not asked for. */
struct want {
    double sii, rii, intercept, sign, times;
    double limits[2][4]; /* SII lower and upper, RII lower and upper */
    double levels[2];
    bool has_rii, has_intercept, has_limits[2], coarse;
};

/* "95" and "98", or "c(95, 99)"; the text of a row names the levels where the
 * column does not. */
static void read_levels(const struct vectors *at, struct want *out)
{
    const char *text = vectors_text(at, "TestDescription");
    const char *column = vectors_text(at, "Confidence");
    out->levels[0] = strcmp(column, "99") == 0 ? 0.99 : 0.95;
    out->levels[1] = strstr(column, "c(95") != NULL ? 0.99 : 0.98;
    if (strstr(text, "98% CI") != NULL || strstr(text, "98% cis") != NULL)
        out->levels[0] = strstr(text, "95%") != NULL ? 0.95 : 0.98;
}

static void read_want(const struct vectors *at, struct want *out)
{
    static const char *const columns[2][4] = {
        {"sii_lowercl_1", "sii_uppercl_1", "rii_lowercl_1", "rii_uppercl_1"},
        {"sii_lowercl_2", "sii_uppercl_2", "rii_lowercl_2", "rii_uppercl_2"}};
    const char *text = vectors_text(at, "TestDescription");
    *out = (struct want){.sii = vectors_number(at, "sii"), .sign = 1.0};
    if (strstr(text, "negative") != NULL || strstr(text, "x -100") != NULL)
        out->sign = -1.0;
    out->times = strstr(text, "100)") != NULL ? 100.0 : 1.0;
    out->has_rii = vectors_has(at, "rii");
    out->has_intercept = vectors_has(at, "Intercept");
    if (out->has_rii)
        out->rii = vectors_number(at, "rii");
    if (out->has_intercept)
        out->intercept = vectors_number(at, "Intercept");
    read_levels(at, out);
    for (size_t level = 0; level < 2; level++) {
        for (size_t i = 0; i < (out->has_rii ? 4 : 2); i++) {
            if (!vectors_has(at, columns[level][i]))
                continue;
            out->limits[level][i] = vectors_number(at, columns[level][i]);
            out->has_limits[level] = true;
        }
    }
}

static void check_set(const struct set *set, const struct want *want)
{
    struct arena *scratch = arena_new();
    double factor = want->sign * want->times;
    struct kernel_slope got;
    for (size_t level = 0; level < 2; level++) {
        double confidence = want->levels[level];
        struct draw draw = draw_new(8, level);
        CHECK(kernel_slope_index(&set->data, confidence, &got));
        CHECK_NEAR(factor * got.ends.difference.value, want->sii, 1e-12);
        double ratio = got.ends.ratio.value;
        if (want->has_rii)
            CHECK_NEAR(want->sign > 0 ? ratio : 1.0 / ratio, want->rii, 1e-12);
        if (want->has_intercept)
            CHECK_NEAR(got.intercept, want->intercept, 1e-12);
        if (!want->has_limits[level] || want->sign < 0)
            continue; /* the other order is a unit test */
        const double *limits = want->limits[level];
        check_limits(got.ends.difference, limits[0] / factor,
                     limits[1] / factor);
        if (want->has_rii)
            check_limits(got.ends.ratio, limits[2], limits[3]);
        CHECK(kernel_slope_simulated(scratch, &set->data, DRAWS, &draw,
                                     confidence, &got));
        check_limits(got.ends.difference, limits[0] / factor,
                     limits[1] / factor);
        if (want->has_rii)
            check_limits(got.ends.ratio, limits[2], limits[3]);
    }
    arena_free(scratch);
}

static void take_row(const struct vectors *at, struct set *set)
{
    const char *text = vectors_text(at, "TestDescription");
    double kind = vectors_number(at, "ValueType");
    CHECK(set->data.groups < GROUPS_MAX);
    size_t group = set->data.groups++;
    set->values[group] = vectors_number(at, "Value");
    set->errors[group] = vectors_number(at, "StandardError");
    set->people[group] = vectors_number(at, "Population");
    set->data.kind = kind == 0.0   ? KERNEL_VALUE_NORMAL
                     : kind == 1.0 ? KERNEL_VALUE_RATE
                                   : KERNEL_VALUE_PROPORTION;
    set->data.model = strstr(text, "transform") != NULL
                          ? KERNEL_SLOPE_TRANSFORMED
                          : KERNEL_SLOPE_LINEAR;
}

/* The file has one row for each group; results are in the first of a set. */
TEST(every_slope_index_of_public_health_england_is_reproduced)
{
    struct vectors at = vectors_open("phe_testdata_SII__testdata_SII.csv");
    struct set set = {0};
    struct want want;
    size_t sets = 0;
    bool open = false, more = true;
    while (more) {
        more = vectors_next(&at);
        bool first = more && strcmp(vectors_text(&at, "Quantile"), "1") == 0;
        if (open && (!more || first)) {
            point(&set);
            check_set(&set, &want);
            sets++;
            open = false;
        }
        if (first) {
            set = (struct set){0};
            open = vectors_has(&at, "sii");
            if (open)
                read_want(&at, &want);
        }
        if (open)
            take_row(&at, &set);
    }
    CHECK(sets > 35);
    vectors_end(&at);
}

/* Exact limits of a ratio of rates: those of the two extreme groups. */
TEST(every_exact_rate_ratio_agrees_with_its_vector)
{
    struct vectors at = vectors_open("05_rate_ratio.csv");
    size_t compared = 0;
    while (vectors_next(&at)) {
        const double counts[] = {vectors_number(&at, "cases0"),
                                 vectors_number(&at, "cases1")};
        const double years[] = {vectors_number(&at, "py0"),
                                vectors_number(&at, "py1")};
        struct kernel_ends got;
        CHECK(kernel_extreme_rates(counts, years, 2, 1e5, 0.95, &got));
        CHECK_VECTOR(&at, got.difference.value, "rate_diff_1e5", 1e-11);
        if (!got.has_ratio)
            continue;
        CHECK_VECTOR(&at, got.ratio.value, "rate_ratio", 1e-12);
        CHECK_VECTOR(&at, got.ratio.lower, "exact_lo", 1e-8);
        CHECK_VECTOR(&at, got.ratio.upper, "exact_hi", 1e-8);
        compared++;
    }
    CHECK(compared > 5);
    vectors_end(&at);
}

RUN(CASE(every_slope_index_agrees_with_its_vector),
    CASE(every_slope_index_of_public_health_england_is_reproduced),
    CASE(every_exact_rate_ratio_agrees_with_its_vector))
