/* SPDX-License-Identifier: EUPL-1.2 */
/* Derived tables: rates, shares, proportions and estimates over facts whose
 * sums are made again the slow way. */
#include "base/num.h"
#include "calc/derived.h"
#include "calc/kernel.h"
#include "calc_fixture.h"

static const struct standard_band quarters[] = {
    {0, 14, 30}, {15, 49, 40}, {50, 74, 20}, {75, 84, 6}, {85, -1, 4},
};

struct derived_fixture {
    struct arena *arena;
    struct codes codes;
    struct facts cases, population;
    struct coverage coverage;
    struct estimates estimates;
    bool covered; /* hand out the coverage */
    struct policy policy;
    struct standard standard;
    struct plan plan;
    struct plan_table table;
    struct plan_value values[8];
    const char *words[DIM_COUNT][8];
    const struct derived_table *derived;
    struct err err;
};

/* A source may well hand out an empty list where there is nothing to count. */
static const struct facts no_facts = {NULL, 0};

static bool lookup(void *context, const char *measure, struct calc_source *out,
                   struct err *err)
{
    struct derived_fixture *fixture = context;
    *out = (struct calc_source){0};
    if (text_same(measure, "cases"))
        out->facts = &fixture->cases;
    else if (text_same(measure, "population"))
        out->facts = &fixture->population;
    else if (text_same(measure, "survival") || text_same(measure, "secret") ||
             text_same(measure, "smoothed"))
        *out = (struct calc_source){&no_facts, &fixture->estimates, NULL};
    else
        return err_fail(err, ERR_INPUT, "test.measure", "measure '%s'?",
                        measure);
    if (fixture->covered && out->facts == &fixture->cases)
        out->coverage = &fixture->coverage;
    return true;
}

static const struct measure fixture_measures[] = {
    {.code = "cases", .kind = MEASURE_COUNT, .confidential = true},
    {.code = "population", .kind = MEASURE_PERSON_YEARS},
    {.code = "part",
     .kind = MEASURE_PROPORTION,
     .numerator = "cases",
     .denominator = "population"},
    {.code = "survival",
     .kind = MEASURE_ESTIMATE,
     .numerator = "",
     .denominator = "population"},
    {.code = "secret",
     .kind = MEASURE_ESTIMATE,
     .numerator = "",
     .denominator = "",
     .confidential = true},
    {.code = "smoothed",
     .kind = MEASURE_DURATION,
     .numerator = "cases",
     .denominator = ""},
};

static struct derived_fixture *fixture_new(const char *measure)
{
    struct arena *arena = arena_new();
    struct derived_fixture *fixture = arena_alloc(arena, sizeof *fixture);
    fixture->arena = arena;
    fixture->codes = calc_fixture_codes(arena);
    fixture->codes.measures =
        arena_array(arena, COUNT_OF(fixture_measures), sizeof(struct measure));
    fixture->codes.measure_count = COUNT_OF(fixture_measures);
    memcpy(fixture->codes.measures, fixture_measures, sizeof fixture_measures);
    fixture->cases = calc_fixture_cases(arena);
    fixture->population = calc_fixture_population(arena);
    fixture->coverage = calc_fixture_coverage(arena, &fixture->codes);
    fixture->standard = (struct standard){
        .code = "world", .total = 100, .bands = quarters, .count = 5};
    fixture->plan =
        (struct plan){.standards = &fixture->standard, .standard_count = 1};
    fixture->table = (struct plan_table){.report = "r",
                                         .id = "r.t",
                                         .measure = measure,
                                         .person_years = "population",
                                         .values = fixture->values};
    return fixture;
}

static void choose(struct derived_fixture *fixture, enum dim dim,
                   const char *word)
{
    struct selection *selection = &fixture->table.select[dim];
    selection->words = fixture->words[dim];
    fixture->words[dim][selection->count++] = word;
}

static struct plan_value *want(struct derived_fixture *fixture,
                               enum value_kind kind)
{
    struct plan_value *value = &fixture->values[fixture->table.value_count++];
    *value = (struct plan_value){
        .kind = kind, .standard = "", .interval = true, .decimals = 4};
    if (kind == VALUE_STANDARDISED_RATE)
        value->standard = "world";
    return value;
}

static bool try_build(struct derived_fixture *fixture)
{
    struct derived_table *out = NULL;
    bool ok = derived_build(fixture->arena, &fixture->codes, &fixture->plan,
                            &fixture->table, &fixture->policy, lookup, fixture,
                            &out, &fixture->err);
    CHECK(ok == (out != NULL));
    fixture->derived = out;
    return ok;
}

static void build(struct derived_fixture *fixture)
{
    if (!try_build(fixture))
        fail_msg("%s", fixture->err.text);
}

static void end(struct derived_fixture *fixture)
{
    arena_free(fixture->arena);
}

static void check_refused(struct derived_fixture *fixture, enum err_code code,
                          const char *text)
{
    CHECK(!try_build(fixture));
    CHECK_INT(fixture->err.code, code);
    CHECK_TEXT(fixture->err.text, text);
    end(fixture);
}

static const struct derived *cell(const struct derived_fixture *fixture,
                                  size_t row, const char *column)
{
    const struct derived_table *table = fixture->derived;
    for (size_t c = 0; c < table->column_count; c++) {
        if (text_same(table->columns[c].id, column))
            return &table->cells[row * table->column_count + c];
    }
    fail_msg("no column '%s'", column);
    return NULL;
}

static void check_shown(const struct derived_fixture *fixture, size_t row,
                        const char *column, double value)
{
    const struct derived *at = cell(fixture, row, column);
    CHECK_INT(at->availability, AVAILABLE);
    CHECK_NEAR(at->value, value, 1e-15);
}

static void row_nodes(const struct derived_fixture *fixture, size_t row,
                      int node[DIM_COUNT])
{
    size_t place[DIM_COUNT];
    cube_place(fixture->derived->counts, row, place);
    for (size_t d = 0; d < DIM_COUNT; d++)
        node[d] = fixture->derived->axes[d].nodes[place[d]];
}

static int64_t slow(const struct derived_fixture *fixture, size_t row,
                    const struct facts *facts)
{
    int node[DIM_COUNT];
    row_nodes(fixture, row, node);
    return calc_fixture_sum(&fixture->codes, facts,
                            fixture->covered ? &fixture->coverage : NULL, node);
}

TEST(counts_and_crude_rates_of_every_row_are_the_slow_ones)
{
    struct derived_fixture *fixture = fixture_new("cases");
    choose(fixture, DIM_TERRITORY, "all");
    choose(fixture, DIM_SITE, "code:DIG");
    choose(fixture, DIM_SITE, "code:POU");
    choose(fixture, DIM_SEX, "T");
    choose(fixture, DIM_SEX, "F");
    choose(fixture, DIM_AGE, "T");
    choose(fixture, DIM_AGE, "band:15-74");
    choose(fixture, DIM_PERIOD, "2019");
    choose(fixture, DIM_PERIOD, "2019-2022");
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_PERSON_YEARS)->interval = false;
    want(fixture, VALUE_CRUDE_RATE);
    build(fixture);
    CHECK_INT(fixture->derived->rows, 6 * 2 * 2 * 2 * 2);
    CHECK_INT(fixture->derived->column_count, 5);
    for (size_t row = 0; row < fixture->derived->rows; row++) {
        int64_t cases = slow(fixture, row, &fixture->cases);
        int64_t years = slow(fixture, row, &fixture->population);
        struct kernel_interval rate;
        CHECK(
            kernel_crude_rate((double)cases, (double)years, 1e5, 0.95, &rate));
        check_shown(fixture, row, "count", (double)cases);
        check_shown(fixture, row, "person_years", (double)years);
        check_shown(fixture, row, "crude_rate", num_round(rate.value, 4));
        check_shown(fixture, row, "crude_rate_lower", num_round(rate.lower, 4));
        check_shown(fixture, row, "crude_rate_upper", num_round(rate.upper, 4));
        CHECK(fixture->derived->coverage[row] == 1.0);
    }
    end(fixture);
}

TEST(values_are_rounded_to_their_published_decimals)
{
    struct derived_fixture *fixture = fixture_new("cases");
    want(fixture, VALUE_CRUDE_RATE)->decimals = 1;
    choose(fixture, DIM_PERIOD, "2020");
    build(fixture);
    double value = cell(fixture, 0, "crude_rate")->value;
    CHECK(value > 0.0);
    CHECK(value == num_round(value, 1));
    end(fixture);
}

/* Cases or people of one age class of a row, the slow way. */
static double age_sum(const struct derived_fixture *fixture, size_t row,
                      const struct facts *facts, const char *age)
{
    int node[DIM_COUNT];
    row_nodes(fixture, row, node);
    node[DIM_AGE] = code_find(&fixture->codes.dims[DIM_AGE], NULL, age);
    return (double)calc_fixture_sum(&fixture->codes, facts, NULL, node);
}

static struct kernel_interval slow_rate(const struct derived_fixture *fixture,
                                        size_t row, size_t ages)
{
    static const char *const codes[] = {"00-14", "15-49", "50-74", "75+"};
    static const double weights[] = {30, 40, 20, 10};
    double cases[4], years[4], total = 0.0;
    for (size_t a = 0; a < ages; a++) {
        cases[a] = age_sum(fixture, row, &fixture->cases, codes[a]);
        years[a] = age_sum(fixture, row, &fixture->population, codes[a]);
        total += weights[a];
    }
    struct kernel_interval rate;
    CHECK(kernel_standardised_rate(cases, years, weights, ages, total, 1e5,
                                   0.95, &rate));
    return rate;
}

TEST(standardised_rates_weigh_the_age_classes)
{
    struct derived_fixture *fixture = fixture_new("cases");
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_SITE, "code:DIG");
    choose(fixture, DIM_SEX, "M");
    choose(fixture, DIM_AGE, "T");
    choose(fixture, DIM_AGE, "band:0-49"); /* a truncated rate */
    choose(fixture, DIM_PERIOD, "each:2019-2022");
    want(fixture, VALUE_STANDARDISED_RATE);
    build(fixture);
    for (size_t row = 0; row < fixture->derived->rows; row++) {
        bool total = row / 4 % 2 == 0;
        struct kernel_interval rate = slow_rate(fixture, row, total ? 4 : 2);
        check_shown(fixture, row, "asr_world", num_round(rate.value, 4));
        check_shown(fixture, row, "asr_world_lower", num_round(rate.lower, 4));
        check_shown(fixture, row, "asr_world_upper", num_round(rate.upper, 4));
    }
    end(fixture);
}

TEST(a_standard_whose_limits_cross_the_classes_is_refused)
{
    struct derived_fixture *fixture = fixture_new("cases");
    static const struct standard_band bands[] = {{0, 64, 1}, {65, -1, 1}};
    fixture->standard = (struct standard){
        .code = "world", .total = 2, .bands = bands, .count = 2};
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_STANDARDISED_RATE);
    check_refused(fixture, ERR_SCRIPT,
                  "standard 'world': its band 0-64 and the store's age class "
                  "50-74 overlap, and neither is part of the other");
}

TEST(a_site_of_one_sex_has_the_person_years_of_that_sex)
{
    struct derived_fixture *fixture = fixture_new("cases");
    choose(fixture, DIM_SITE, "code:PRO");
    choose(fixture, DIM_SITE, "code:MAS");
    choose(fixture, DIM_SITE, "code:POU");
    choose(fixture, DIM_SEX, "T");
    choose(fixture, DIM_SEX, "M");
    choose(fixture, DIM_SEX, "F");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_PERSON_YEARS)->interval = false;
    want(fixture, VALUE_CRUDE_RATE);
    want(fixture, VALUE_STANDARDISED_RATE);
    build(fixture);
    static const char *const columns[] = {"person_years", "crude_rate",
                                          "crude_rate_upper", "asr_world"};
    /* In the store's order: lung, the group of men's sites, prostate. */
    for (size_t at = 0; at < 3 * COUNT_OF(columns); at++) {
        size_t site = at / COUNT_OF(columns);
        const char *column = columns[at % COUNT_OF(columns)];
        const struct derived *both = cell(fixture, site * 3, column);
        const struct derived *men = cell(fixture, site * 3 + 1, column);
        const struct derived *women = cell(fixture, site * 3 + 2, column);
        bool lung = site == 0;
        CHECK_INT(both->availability, AVAILABLE);
        CHECK((both->value == men->value) == !lung);
        CHECK_INT(women->availability, lung ? AVAILABLE : NOT_APPLICABLE);
    }
    end(fixture);
}

TEST(what_no_source_covers_is_not_covered)
{
    struct derived_fixture *fixture = fixture_new("cases");
    fixture->covered = true;
    calc_fixture_cover(&fixture->coverage, 0, 1, SITE_POU, COVERAGE_NONE);
    calc_fixture_cover(&fixture->coverage, 1, 1, SITE_POU, COVERAGE_ESTIMATED);
    choose(fixture, DIM_TERRITORY, "root");
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_SITE, "code:POU");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_CRUDE_RATE);
    want(fixture, VALUE_STANDARDISED_RATE);
    build(fixture);
    const struct derived_table *table = fixture->derived;
    for (size_t c = 0; c < table->column_count; c++)
        CHECK_INT(table->cells[table->column_count + c].availability,
                  NOT_COVERED);
    CHECK(table->coverage[1] == 0.0);

    /* The country is computed over the other two, and says so. */
    int64_t cases = slow(fixture, 0, &fixture->cases);
    int64_t years = slow(fixture, 0, &fixture->population);
    fixture->covered = false;
    int64_t everybody = slow(fixture, 0, &fixture->population);
    CHECK(years < everybody);
    CHECK_NEAR(table->coverage[0], (double)years / (double)everybody, 1e-15);
    check_shown(fixture, 0, "count", (double)cases);
    check_shown(fixture, 0, "crude_rate",
                num_round((double)cases / (double)years * 1e5, 4));
    CHECK_INT(cell(fixture, 0, "crude_rate")->flags,
              FLAG_CAUTION | FLAG_ESTIMATED);
    CHECK_INT(cell(fixture, 2, "count")->flags, FLAG_ESTIMATED);
    CHECK_INT(cell(fixture, 3, "count")->flags, 0);
    CHECK(table->coverage[2] == 1.0);
    end(fixture);
}

TEST(without_person_years_coverage_is_the_share_of_territories_and_years)
{
    struct derived_fixture *fixture = fixture_new("cases");
    fixture->covered = true;
    fixture->table.person_years = "";
    calc_fixture_cover(&fixture->coverage, 0, 1, SITE_POU, COVERAGE_NONE);
    choose(fixture, DIM_SITE, "code:POU");
    choose(fixture, DIM_PERIOD, "2019-2020");
    want(fixture, VALUE_COUNT);
    build(fixture);
    CHECK_NEAR(fixture->derived->coverage[0], 5.0 / 6.0, 1e-15);
    end(fixture);
}

TEST(few_events_make_a_rate_unreliable_and_none_do_not)
{
    struct derived_fixture *fixture = fixture_new("cases");
    fixture->policy =
        (struct policy){.unreliable_under = 5, .caution_under = 12};
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_SITE, "site");
    choose(fixture, DIM_SEX, "M");
    choose(fixture, DIM_AGE, "each");
    choose(fixture, DIM_PERIOD, "each:2019-2022");
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_CRUDE_RATE);
    build(fixture);
    size_t seen[4] = {0};
    for (size_t row = 0; row < fixture->derived->rows; row++) {
        double count = cell(fixture, row, "count")->value;
        const struct derived *rate = cell(fixture, row, "crude_rate_upper");
        size_t kind = count == 0 ? 0 : count < 5 ? 1 : count < 12 ? 2 : 3;
        seen[kind]++;
        CHECK_INT(cell(fixture, row, "count")->availability, AVAILABLE);
        CHECK_INT(rate->availability, kind == 1 ? UNRELIABLE : AVAILABLE);
        CHECK_INT(rate->flags, kind == 2 ? FLAG_CAUTION : 0);
    }
    for (size_t kind = 0; kind < COUNT_OF(seen); kind++)
        CHECK(seen[kind] > 0);
    end(fixture);
}

TEST(a_rate_without_person_years_is_not_available)
{
    struct derived_fixture *fixture = fixture_new("cases");
    choose(fixture, DIM_PERIOD, "2011-2015"); /* nobody was counted then */
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_CRUDE_RATE);
    want(fixture, VALUE_STANDARDISED_RATE);
    build(fixture);
    check_shown(fixture, 0, "count", 0.0);
    CHECK_INT(cell(fixture, 0, "crude_rate")->availability, NOT_AVAILABLE);
    CHECK_INT(cell(fixture, 0, "asr_world")->availability, NOT_AVAILABLE);
    end(fixture);
}

TEST(a_share_refers_to_the_total_of_its_dimension)
{
    struct derived_fixture *fixture = fixture_new("cases");
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_SITE, "site");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_SHARE)->of = DIM_SITE;
    build(fixture);
    for (size_t row = 0; row < fixture->derived->rows; row++) {
        int node[DIM_COUNT];
        row_nodes(fixture, row, node);
        node[DIM_SITE] = 0;
        int64_t base =
            calc_fixture_sum(&fixture->codes, &fixture->cases, NULL, node);
        double count = cell(fixture, row, "count")->value;
        check_shown(fixture, row, "share",
                    num_round(100.0 * count / (double)base, 4));
        CHECK_INT(cell(fixture, row, "share_upper")->availability,
                  NOT_AVAILABLE);
    }
    CHECK_INT(fixture->derived->support[1], SUPPORT_SHARE);
    end(fixture);
}

TEST(no_share_is_taken_of_a_total_on_other_ground)
{
    struct derived_fixture *fixture = fixture_new("cases");
    fixture->covered = true;
    calc_fixture_cover(&fixture->coverage, 0, 1, SITE_POU, COVERAGE_NONE);
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_TERRITORY, "root");
    choose(fixture, DIM_SITE, "code:COL");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_SHARE)->of = DIM_SITE;
    build(fixture);
    /* The root comes first, then département 29, where lungs are missing. */
    CHECK_INT(cell(fixture, 0, "share")->availability, NOT_AVAILABLE);
    CHECK_INT(cell(fixture, 1, "share")->availability, NOT_AVAILABLE);
    CHECK_INT(cell(fixture, 1, "count")->availability, AVAILABLE);
    CHECK_INT(cell(fixture, 2, "share")->availability, AVAILABLE);
    end(fixture);
}

TEST(a_small_base_withholds_the_share_but_not_its_shape)
{
    struct derived_fixture *fixture = fixture_new("cases");
    fixture->policy.unreliable_under = INT64_MAX;
    choose(fixture, DIM_SITE, "site");
    choose(fixture, DIM_PERIOD, "2020");
    choose(fixture, DIM_PERIOD, "2011-2015"); /* no cases at all */
    want(fixture, VALUE_SHARE)->of = DIM_SITE;
    build(fixture);
    for (size_t row = 0; row < fixture->derived->rows; row++) {
        CHECK_INT(cell(fixture, row, "share")->availability, UNRELIABLE);
        CHECK_INT(cell(fixture, row, "share_lower")->availability,
                  NOT_AVAILABLE);
    }
    end(fixture);
}

TEST(a_proportion_has_wilson_limits_in_percent)
{
    struct derived_fixture *fixture = fixture_new("part");
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_SITE, "code:COL");
    choose(fixture, DIM_PERIOD, "each:2019-2022");
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_PROPORTION);
    build(fixture);
    const struct derived_table *table = fixture->derived;
    for (size_t row = 0; row < table->rows; row++) {
        int64_t part = slow(fixture, row, &fixture->cases);
        int64_t all = slow(fixture, row, &fixture->population);
        CHECK_INT(cube_count(table->numerators, row), part);
        CHECK_INT(cube_count(table->counts, row), all);
        struct kernel_interval limits;
        CHECK(kernel_wilson((double)part, (double)all, 0.95, &limits));
        check_shown(fixture, row, "count", (double)part);
        check_shown(fixture, row, "proportion",
                    num_round(100.0 * limits.value, 4));
        check_shown(fixture, row, "proportion_lower",
                    num_round(100.0 * limits.lower, 4));
        check_shown(fixture, row, "proportion_upper",
                    num_round(100.0 * limits.upper, 4));
    }
    CHECK_INT(table->support[0], SUPPORT_OWN);
    CHECK_INT(table->support[1], SUPPORT_FRACTION);
    CHECK(table->person_years == NULL);
    end(fixture);
}

TEST(a_proportion_of_few_is_unreliable)
{
    struct derived_fixture *fixture = fixture_new("part");
    fixture->policy.unreliable_under = 10;
    choose(fixture, DIM_SITE, "code:COL");
    choose(fixture, DIM_PERIOD, "2011-2015");
    want(fixture, VALUE_PROPORTION);
    build(fixture);
    CHECK_INT(cell(fixture, 0, "proportion")->availability, UNRELIABLE);
    CHECK_INT(cell(fixture, 0, "proportion_upper")->availability, UNRELIABLE);
    end(fixture);
}

static void give_estimates(struct derived_fixture *fixture)
{
    const struct dimension *dims = fixture->codes.dims;
    int lung = code_find(&dims[DIM_SITE], NULL, "POU");
    int prostate = code_find(&dims[DIM_SITE], NULL, "PRO");
    int men = code_find(&dims[DIM_SEX], NULL, "M");
    int year = code_find(&dims[DIM_PERIOD], NULL, "2020");
    struct estimate *rows = arena_array(fixture->arena, 3, sizeof *rows);
    rows[0] = (struct estimate){
        {0, prostate, men, -1, year, -1}, 93.25, 92.0, 94.5, true, 'e'};
    rows[1] = (struct estimate){
        {0, lung, men, -1, year, -1}, 17.46, 0.0, 0.0, false, 'p'};
    rows[2] = (struct estimate){
        {0, lung, 0, -1, year, -1}, 19.96, 18.0, 22.0, true, ' '};
    fixture->estimates = (struct estimates){rows, 3};
}

TEST(an_estimate_that_the_store_is_not_sure_of_is_unreliable)
{
    struct derived_fixture *fixture = fixture_new("survival");
    give_estimates(fixture);
    struct estimate *rows =
        (struct estimate *)(uintptr_t)fixture->estimates.rows;
    rows[2].status = 'u';
    choose(fixture, DIM_SITE, "code:POU");
    choose(fixture, DIM_SEX, "T");
    choose(fixture, DIM_SEX, "M");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_ESTIMATE)->decimals = 1;
    build(fixture);
    CHECK_INT(cell(fixture, 0, "estimate")->availability, UNRELIABLE);
    CHECK_INT(cell(fixture, 0, "estimate_lower")->availability, UNRELIABLE);
    CHECK_INT(cell(fixture, 1, "estimate")->availability, AVAILABLE);
    end(fixture);
}

TEST(estimates_are_found_by_their_nodes)
{
    struct derived_fixture *fixture = fixture_new("survival");
    give_estimates(fixture);
    choose(fixture, DIM_SITE, "code:POU");
    choose(fixture, DIM_SITE, "code:PRO");
    choose(fixture, DIM_SEX, "T");
    choose(fixture, DIM_SEX, "M");
    choose(fixture, DIM_SEX, "F");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_ESTIMATE)->decimals = 1;
    build(fixture);
    check_shown(fixture, 0, "estimate", 20.0);
    check_shown(fixture, 0, "estimate_lower", 18.0);
    check_shown(fixture, 1, "estimate", 17.5);
    CHECK_INT(cell(fixture, 1, "estimate")->flags, FLAG_PROVISIONAL);
    CHECK_INT(cell(fixture, 1, "estimate_lower")->availability, NOT_AVAILABLE);
    CHECK_INT(cell(fixture, 2, "estimate")->availability, NOT_AVAILABLE);
    /* The prostate of both sexes is that of men. */
    check_shown(fixture, 3, "estimate", 93.3);
    check_shown(fixture, 4, "estimate_upper", 94.5);
    CHECK_INT(cell(fixture, 4, "estimate")->flags, FLAG_ESTIMATED);
    CHECK_INT(cell(fixture, 5, "estimate")->availability, NOT_APPLICABLE);
    CHECK_INT(fixture->derived->support[0], SUPPORT_NONE);
    CHECK(fixture->derived->counts == NULL);
    end(fixture);
}

TEST(confidential_estimates_are_refused)
{
    struct derived_fixture *fixture = fixture_new("secret");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_ESTIMATE);
    check_refused(fixture, ERR_DISCLOSURE,
                  "measure 'secret' is confidential and stored as an "
                  "estimate: nothing proves what it gives away, and no waiver "
                  "'estimate' of the policy answers for it");
    /* Whatever it says of itself, its counts are. */
    fixture = fixture_new("smoothed");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_ESTIMATE);
    check_refused(fixture, ERR_DISCLOSURE,
                  "measure 'smoothed' is confidential and stored as an "
                  "estimate: nothing proves what it gives away, and no waiver "
                  "'estimate' of the policy answers for it");
}

TEST(a_waiver_answers_for_confidential_estimates_and_for_no_other_kind)
{
    struct waiver waiver = {.kind = "standardised_rate"};
    struct derived_fixture *fixture = fixture_new("secret");
    fixture->policy.waivers = &waiver;
    fixture->policy.waiver_count = 1;
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_ESTIMATE);
    CHECK(!try_build(fixture));
    CHECK_INT(fixture->err.code, ERR_DISCLOSURE);
    fixture->err = (struct err){0};
    waiver.kind = "estimate";
    build(fixture);
    end(fixture);
}

TEST(a_population_table_is_public)
{
    struct derived_fixture *fixture = fixture_new("population");
    fixture->table.person_years = "";
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_PERSON_YEARS)->interval = false;
    build(fixture);
    check_shown(fixture, 1, "person_years",
                (double)slow(fixture, 1, &fixture->population));
    CHECK_INT(fixture->derived->support[0], SUPPORT_NONE);
    end(fixture);
}

TEST(what_a_measure_does_not_have_is_refused)
{
    struct derived_fixture *fixture = fixture_new("cases");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_PROPORTION);
    check_refused(fixture, ERR_SCRIPT,
                  "measure 'cases' cannot have the value 'proportion'");

    fixture = fixture_new("cases");
    choose(fixture, DIM_PERIOD, "2020");
    fixture->table.person_years = "";
    want(fixture, VALUE_CRUDE_RATE);
    check_refused(fixture, ERR_SCRIPT,
                  "the value 'crude_rate' of measure 'cases' needs the table "
                  "to name a measure of person-years");

    fixture = fixture_new("population");
    choose(fixture, DIM_PERIOD, "2020");
    choose(fixture, DIM_SITE, "site");
    want(fixture, VALUE_COUNT);
    check_refused(fixture, ERR_SCRIPT,
                  "measure 'population' is not counted by site");

    fixture = fixture_new("nothing");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_COUNT);
    check_refused(fixture, ERR_SCRIPT, "the store has no measure 'nothing'");
}

TEST(a_rate_by_age_needs_people_by_age)
{
    struct derived_fixture *fixture = fixture_new("cases");
    static const struct fact everybody = {
        {0, CUBE_ANY, CUBE_ANY, CUBE_ANY, 0, CUBE_ANY}, 1000};
    fixture->population = (struct facts){&everybody, 1};
    choose(fixture, DIM_AGE, "each");
    choose(fixture, DIM_PERIOD, "2019");
    want(fixture, VALUE_CRUDE_RATE);
    check_refused(fixture, ERR_SCRIPT,
                  "measure 'population' is not counted by age");

    fixture = fixture_new("cases");
    fixture->population = (struct facts){&everybody, 1};
    choose(fixture, DIM_PERIOD, "2019");
    want(fixture, VALUE_STANDARDISED_RATE);
    check_refused(fixture, ERR_SCRIPT,
                  "a standardised rate needs measure 'population' to be "
                  "counted by age");
}

RUN(CASE(counts_and_crude_rates_of_every_row_are_the_slow_ones),
    CASE(values_are_rounded_to_their_published_decimals),
    CASE(standardised_rates_weigh_the_age_classes),
    CASE(a_standard_whose_limits_cross_the_classes_is_refused),
    CASE(a_site_of_one_sex_has_the_person_years_of_that_sex),
    CASE(what_no_source_covers_is_not_covered),
    CASE(without_person_years_coverage_is_the_share_of_territories_and_years),
    CASE(few_events_make_a_rate_unreliable_and_none_do_not),
    CASE(a_rate_without_person_years_is_not_available),
    CASE(a_share_refers_to_the_total_of_its_dimension),
    CASE(no_share_is_taken_of_a_total_on_other_ground),
    CASE(a_small_base_withholds_the_share_but_not_its_shape),
    CASE(a_proportion_has_wilson_limits_in_percent),
    CASE(a_proportion_of_few_is_unreliable),
    CASE(an_estimate_that_the_store_is_not_sure_of_is_unreliable),
    CASE(estimates_are_found_by_their_nodes),
    CASE(confidential_estimates_are_refused),
    CASE(a_waiver_answers_for_confidential_estimates_and_for_no_other_kind),
    CASE(a_population_table_is_public),
    CASE(what_a_measure_does_not_have_is_refused),
    CASE(a_rate_by_age_needs_people_by_age))
