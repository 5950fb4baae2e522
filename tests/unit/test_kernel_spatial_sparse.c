/* SPDX-License-Identifier: EUPL-1.2 */
/* Smoothed risks where cases are few: islands and areas without a case. */
#include "calc/kernel_spatial_impl.h"
#include "spatial_fixture.h"

/* --- islands -------------------------------------------------------------- */

/* Islands alone share alpha and sigma only: under BYM2 their posterior is a sum
 * over these two of products of sums over one z each, eta = alpha + sigma z. */
enum {
    ISLANDS = 3,
    ALPHAS = 161,
    SIGMAS = 68,
    DEVIATES = 57,
};
static const double island_cases[ISLANDS] = {0, 0, 10};
static const double island_expected[ISLANDS] = {5, 0.5, 8};

/* Of one island: the integral of its likelihood, with the risk, its square and
 * whether it is above 1 and above a limit. */
struct sums {
    double all, risk, square, above, beyond;
};

static struct sums island_sums(size_t island, double alpha, double sigma,
                               double limit)
{
    struct sums out = {0};
    for (int k = 0; k < DEVIATES; k++) {
        double z = -7.0 + 0.25 * k, risk = exp(alpha + sigma * z);
        double density = exp(-0.5 * z * z + island_cases[island] * log(risk) -
                             island_expected[island] * risk);
        out.all += density;
        out.risk += density * risk;
        out.square += density * risk * risk;
        out.above += density * (risk > 1.0);
        out.beyond += density * (risk > limit);
    }
    return out;
}

static void add_point(double alpha, double log_sigma, const double *limits,
                      struct sums *total)
{
    double sigma = exp(log_sigma), others = 1.0;
    double prior = exp(-spatial_sigma_rate * sigma + log_sigma -
                       0.5 * alpha * alpha / 100.0);
    struct sums own[ISLANDS];
    for (size_t i = 0; i < ISLANDS; i++) {
        own[i] = island_sums(i, alpha, sigma, limits[i]);
        others *= own[i].all;
    }
    for (size_t i = 0; i < ISLANDS; i++) {
        double share = prior * others / own[i].all;
        total[i].all += share * own[i].all;
        total[i].risk += share * own[i].risk;
        total[i].square += share * own[i].square;
        total[i].above += share * own[i].above;
        total[i].beyond += share * own[i].beyond;
    }
}

TEST(islands_without_cases_have_the_posterior_of_a_sum)
{
    struct arena *arena = arena_new();
    struct fixture at = {.areas = ISLANDS};
    memcpy(at.observed, island_cases, sizeof island_cases);
    memcpy(at.expected, island_expected, sizeof island_expected);
    struct kernel_spatial_map map = fixture_map(&at, 0);
    struct kernel_spatial_fit fit;
    CHECK(kernel_spatial_fit(arena, &map, SPATIAL_BYM2, 0.95, &fit));
    struct sums total[ISLANDS] = {0};
    double limits[ISLANDS];
    for (size_t i = 0; i < ISLANDS; i++)
        limits[i] = fit.risks[i].upper;
    for (int a = 0; a < ALPHAS; a++) {
        for (int s = 0; s < SIGMAS; s++)
            add_point(-10.0 + 0.08 * a, -5.0 + 0.1 * s, limits, total);
    }
    for (size_t i = 0; i < ISLANDS; i++) {
        double mean = total[i].risk / total[i].all;
        double sd = sqrt(total[i].square / total[i].all - mean * mean);
        CHECK(fabs(fit.risks[i].mean - mean) < 0.05 * sd);
        CHECK_NEAR(fit.risks[i].sd, sd, 0.05);
        CHECK(fabs(fit.above_one[i] - total[i].above / total[i].all) < 0.01);
        CHECK(fabs(total[i].beyond / total[i].all - 0.025) < 0.005);
    }
    arena_free(arena);
}

/* --- a sparse map --------------------------------------------------------- */

/* Two parts, a pair and two islands; expected cases 0.001 to 9. */
enum {
    SPARSE_AREAS = 46,
};
static const double sparse_cases[SPARSE_AREAS] = {
    8,  9,  1,  0, 13, 6, 2, 4, 11, 9, 17, 18, 1, 1, 8, 4,
    13, 22, 31, 6, 0,  8, 8, 5, 8,  7, 1,  9,  4, 5, 1, 1,
    0,  1,  1,  3, 3,  4, 3, 5, 1,  1, 11, 24, 2, 0};
static const double sparse_expected[SPARSE_AREAS] = {
    4.326, 6.493, 3.537, 0.001, 7.138, 5.819, 1.402, 3.075, 4.013, 8.985,
    7.34,  7.565, 1.614, 6.105, 8.184, 4.647, 8.462, 6.448, 6.368, 8.562,
    1.097, 8.449, 6.447, 1.942, 5.152, 4.127, 1.476, 6.804, 5.488, 4.684,
    8.289, 4.554, 2.939, 3.331, 2.278, 8.304, 7.476, 7.761, 6.77,  7.036,
    7.036, 5.911, 4.436, 4.988, 6.958, 3.359};
static const size_t sparse_edges[][2] = {
    {0, 1},   {0, 6},   {0, 7},   {1, 2},   {1, 7},   {2, 3},   {2, 8},
    {3, 4},   {3, 9},   {3, 10},  {4, 5},   {4, 10},  {5, 11},  {6, 7},
    {6, 12},  {7, 8},   {7, 13},  {8, 9},   {8, 14},  {8, 15},  {9, 10},
    {9, 15},  {10, 11}, {10, 16}, {11, 17}, {12, 13}, {12, 18}, {13, 14},
    {13, 19}, {13, 20}, {14, 15}, {14, 20}, {15, 16}, {15, 21}, {16, 17},
    {16, 22}, {16, 23}, {17, 23}, {18, 19}, {18, 24}, {18, 25}, {19, 20},
    {19, 25}, {20, 21}, {20, 26}, {21, 22}, {21, 27}, {21, 28}, {22, 23},
    {22, 28}, {23, 29}, {24, 25}, {25, 26}, {26, 27}, {27, 28}, {28, 29},
    {30, 31}, {30, 34}, {30, 35}, {31, 32}, {31, 35}, {32, 33}, {32, 36},
    {33, 37}, {34, 35}, {34, 38}, {35, 36}, {35, 39}, {36, 37}, {36, 40},
    {36, 41}, {37, 41}, {38, 39}, {39, 40}, {40, 41}, {42, 43}};

static struct fixture sparse_map(void)
{
    struct fixture out = {.areas = SPARSE_AREAS};
    memcpy(out.observed, sparse_cases, sizeof sparse_cases);
    memcpy(out.expected, sparse_expected, sizeof sparse_expected);
    for (size_t e = 0; e < COUNT_OF(sparse_edges); e++)
        fixture_join(&out, sparse_edges[e][0], sparse_edges[e][1]);
    return out;
}

/* Made by own Metropolis samplers: BYM2 900 000 sweeps, Leroux 700 000, a fifth
 * of them left out; the Monte Carlo error of a mean is 0.006 of its standard
 * deviation, that of sigma 0.001. */
struct sampled {
    size_t area;
    double risk[5]; /* mean, sd, median, lower and upper */
    double above_one;
};
static const struct {
    enum kernel_spatial_model model;
    double sigma;
    struct sampled areas[8];
} samples[] = {
    {SPATIAL_BYM2,
     0.8059,
     {{3, {1.25673, 1.26333, 0.90667, 0.17182, 4.46270}, 0.4505},
      {5, {1.03482, 0.37818, 0.98564, 0.44082, 1.90639}, 0.4852},
      {13, {0.39984, 0.20566, 0.36358, 0.11082, 0.90315}, 0.0131},
      {20, {0.65475, 0.45252, 0.54307, 0.12406, 1.81098}, 0.1739},
      {33, {0.59795, 0.32672, 0.53364, 0.15505, 1.39299}, 0.1120},
      {43, {4.27615, 0.90360, 4.20977, 2.70563, 6.23331}, 1.0000},
      {44, {0.46347, 0.21707, 0.42706, 0.14794, 0.97998}, 0.0224},
      {45, {0.42885, 0.26001, 0.37383, 0.09183, 1.08789}, 0.0362}}},
    {SPATIAL_LEROUX,
     0.7631,
     {{3, {1.45347, 0.67163, 1.33184, 0.53201, 3.12552}, 0.7478},
      {5, {1.26982, 0.39731, 1.22628, 0.61405, 2.17245}, 0.7374},
      {13, {0.69521, 0.23625, 0.67041, 0.30649, 1.22661}, 0.1058},
      {20, {0.84707, 0.32506, 0.80582, 0.33946, 1.59374}, 0.2783},
      {33, {0.37050, 0.20318, 0.32838, 0.10501, 0.87773}, 0.0130},
      {43, {4.54606, 0.92602, 4.48151, 2.91872, 6.53767}, 1.0000},
      {44, {0.32462, 0.20783, 0.28111, 0.05433, 0.84093}, 0.0098},
      {45, {0.15212, 0.19155, 0.08489, 0.00040, 0.68507}, 0.0068}}},
};

TEST(a_sparse_map_with_islands_has_the_risks_of_sampling)
{
    struct fixture at = sparse_map();
    struct kernel_spatial_map map = fixture_map(&at, 0);
    for (size_t m = 0; m < COUNT_OF(samples); m++) {
        struct arena *arena = arena_new();
        struct kernel_spatial_fit fit;
        CHECK(kernel_spatial_fit(arena, &map, samples[m].model, 0.95, &fit));
        CHECK_NEAR(fit.sigma.mean, samples[m].sigma, 0.005);
        for (size_t k = 0; k < COUNT_OF(samples[m].areas); k++) {
            const struct sampled *want = &samples[m].areas[k];
            const struct kernel_spatial_posterior *got = &fit.risks[want->area];
            double sd = want->risk[1];
            CHECK(fabs(got->mean - want->risk[0]) < 0.025 * sd);
            CHECK_NEAR(got->sd, sd, 0.05);
            CHECK(fabs(got->median - want->risk[2]) < 0.03 * sd);
            CHECK(fabs(got->lower - want->risk[3]) < 0.04 * sd);
            CHECK(fabs(got->upper - want->risk[4]) < 0.1 * sd);
            CHECK(fabs(fit.above_one[want->area] - want->above_one) < 0.01);
        }
        arena_free(arena);
    }
}

/* One case in seven areas, none on the island: nothing is refused. */
TEST(an_island_without_a_case_does_not_defeat_a_map)
{
    struct arena *arena = arena_new();
    struct fixture at = {.areas = 60};
    for (size_t a = 0; a < 60; a++) {
        at.expected[a] = 0.2;
        at.observed[a] = (double)(a % 7 == 0);
        if (a < 58)
            fixture_join(&at, a, (a + 1) % 59);
    }
    struct kernel_spatial_map map = fixture_map(&at, 0);
    for (int model = 0; model < 2; model++) {
        struct kernel_spatial_fit fit;
        CHECK(kernel_spatial_fit(arena, &map, model, 0.95, &fit));
        CHECK(fit.risks[59].mean < 2.0 && fit.risks[59].sd < 3.0);
        CHECK(fit.risks[59].upper > fit.risks[59].mean);
    }
    arena_free(arena);
}

RUN(CASE(islands_without_cases_have_the_posterior_of_a_sum),
    CASE(a_sparse_map_with_islands_has_the_risks_of_sampling),
    CASE(an_island_without_a_case_does_not_defeat_a_map))
