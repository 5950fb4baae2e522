/* SPDX-License-Identifier: EUPL-1.2 */
/* Each disclosure rule on single cells: which cells it is about, what it says
 * of them, and what everybody may know. */
#include "sdc/rule.h"
#include "unit/model_fixture.h"

static struct measure measures[] = {
    {.code = "cases", .kind = MEASURE_COUNT, .source = "Registre"},
    {.code = "deaths", .kind = MEASURE_COUNT, .source = "CépiDc"},
    {.code = "linked", .kind = MEASURE_COUNT, .source = "SNDS ; CépiDc"},
    {.code = "done", .kind = MEASURE_COUNT, .source = "SNDS"},
    {.code = "screening",
     .kind = MEASURE_PROPORTION,
     .numerator = "done",
     .source = "SNDS"},
};

enum {
    RULES = 8,
    CELLS = 64,
};

/* A policy and single cells under it. */
struct trial {
    struct arena *arena;
    struct codes codes;
    struct policy policy;
    struct policy_rule rules[RULES];
    struct universe *universe;
    struct rule_book *book;
    struct sdc_cell_key keys[CELLS]; /* of the cells, in the order of adding */
    struct err err;
};

static struct trial *trial_new(void)
{
    struct arena *arena = arena_new();
    struct trial *trial = arena_alloc(arena, sizeof *trial);
    trial->arena = arena;
    trial->codes = fixture_codes(arena);
    trial->codes.measures = measures;
    trial->codes.measure_count = COUNT_OF(measures);
    trial->policy.threshold = 11;
    trial->policy.rules = trial->rules;
    trial->universe = universe_new(arena, &trial->codes, &trial->policy);
    return trial;
}

static void trial_free(struct trial *trial)
{
    arena_free(trial->arena);
}

static struct selection words(struct trial *trial, const char *text)
{
    struct selection selection = {0};
    char **pieces = NULL;
    selection.count = text_split(trial->arena, text, ' ', &pieces);
    selection.words =
        arena_array(trial->arena, selection.count, sizeof *selection.words);
    for (size_t w = 0; w < selection.count; w++)
        selection.words[w] = pieces[w];
    return selection;
}

/* A rule of one selection; `number` is its threshold or population. */
static struct rule_cells *add_rule(struct trial *trial, enum rule_kind kind,
                                   int64_t number)
{
    struct policy_rule *rule = &trial->rules[trial->policy.rule_count++];
    *rule = (struct policy_rule){
        .kind = kind,
        .label = {"", ""},
        .audience = AUDIENCE_ANY,
        .threshold = number,
        .population = number,
        .cells = arena_array(trial->arena, 1, sizeof *rule->cells),
        .cell_count = 1,
        .owner = "",
        .date = "",
    };
    return rule->cells;
}

/* Where a cell is; what is not said is the total, and 2019. */
struct where {
    const char *measure, *level, *territory, *site, *sex, *age, *period;
};

static int node_of(const struct trial *trial, enum dim dim, const char *level,
                   const char *code)
{
    int node = code_find(&trial->codes.dims[dim], level, code);
    if (node < 0)
        fail_msg("no %s %s", dim_name(dim), code);
    return node;
}

static size_t add_limited(struct trial *trial, struct where where,
                          int64_t count, int64_t limit)
{
    struct sdc_cell_key key = {.measure =
                                   where.measure ? where.measure : "cases"};
    const char *level = where.level ? where.level : "pays";
    key.node[DIM_TERRITORY] = node_of(trial, DIM_TERRITORY, level,
                                      where.territory ? where.territory : "FR");
    key.node[DIM_SITE] =
        node_of(trial, DIM_SITE, NULL, where.site ? where.site : "ALL");
    key.node[DIM_SEX] =
        node_of(trial, DIM_SEX, NULL, where.sex ? where.sex : "T");
    key.node[DIM_AGE] =
        node_of(trial, DIM_AGE, NULL, where.age ? where.age : "T");
    key.node[DIM_PERIOD] =
        node_of(trial, DIM_PERIOD, NULL, where.period ? where.period : "2019");
    size_t cell = 0;
    if (!universe_add(trial->universe, &key, count, limit, false, &cell,
                      &trial->err))
        fail_msg("%s", trial->err.text);
    CHECK(cell < CELLS);
    trial->keys[cell] = key;
    return cell;
}

static size_t add(struct trial *trial, struct where where, int64_t count)
{
    return add_limited(trial, where, count, SDC_UNLIMITED);
}

static bool judge_cells(struct trial *trial)
{
    return rule_book_new(trial->arena, &trial->codes, &trial->policy,
                         &trial->book, &trial->err) &&
           universe_open_axes(trial->universe, &trial->err) &&
           rule_book_apply(trial->book, trial->universe, 0, &trial->err);
}

/* What a rule that is no list asks of the cell in its universe. */
static bool is_asked(const struct trial *trial, size_t cell)
{
    for (size_t r = 0; r < rule_book_count(trial->book); r++) {
        if (strstr(rule_book_name(trial->book, r), "must_") == NULL &&
            rule_book_asks(trial->book, trial->universe, r, cell))
            return true;
    }
    return false;
}

/* Outside a universe the book says the same of a cell as inside. */
static void check_alone(struct trial *trial, size_t cell)
{
    const struct universe *universe = trial->universe;
    int64_t least = 0;
    bool suppressed = false;
    if ((universe->wholes != NULL && universe->wholes[cell] > 0) ||
        (universe->flags[cell] & CELL_STRUCTURAL))
        return;
    CHECK(rule_book_judge(trial->book, &trial->keys[cell],
                          universe->counts[cell], universe->limits[cell],
                          &least, &suppressed, &trial->err));
    CHECK_INT(least, universe->thresholds[cell]);
    CHECK_INT(suppressed, is_asked(trial, cell));
}

static void judge(struct trial *trial)
{
    if (!judge_cells(trial))
        fail_msg("%s", trial->err.text);
    for (size_t c = 0; c < universe_cells(trial->universe); c++) {
        if (trial->keys[c].measure != NULL)
            check_alone(trial, c);
    }
}

static bool is_primary(const struct trial *trial, size_t cell)
{
    return universe_is_open(trial->universe, cell);
}

/* Suppressed, and wide whatever its count. */
static bool is_forced(const struct trial *trial, size_t cell)
{
    return universe_is_open(trial->universe, cell) &&
           (trial->universe->flags[cell] & CELL_FORCED) != 0;
}

static int64_t threshold(const struct trial *trial, size_t cell)
{
    return trial->universe->thresholds[cell];
}

/* --- thresholds ---------------------------------------------------------- */

TEST(the_threshold_of_the_policy_holds_where_no_rule_speaks)
{
    struct trial *trial = trial_new();
    size_t none = add(trial, (struct where){.sex = "M"}, 0);
    size_t one = add(trial, (struct where){.sex = "F"}, 1);
    size_t ten = add(trial, (struct where){.age = "75+"}, 10);
    size_t eleven = add(trial, (struct where){0}, 11);
    judge(trial);
    CHECK(!is_primary(trial, none));
    CHECK(is_primary(trial, one) && !is_forced(trial, one));
    CHECK(is_primary(trial, ten));
    CHECK(!is_primary(trial, eleven));
    CHECK_INT(threshold(trial, eleven), 11);
    CHECK_INT(universe_lower(trial->universe, one), 1);
    trial_free(trial);
}

TEST(a_threshold_rule_takes_the_place_of_the_default_for_its_measure)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_THRESHOLD, 5)->measures = words(trial, "deaths");
    size_t deaths = add(trial, (struct where){.measure = "deaths"}, 7);
    size_t few = add(trial, (struct where){.measure = "deaths", .sex = "M"}, 4);
    size_t cases = add(trial, (struct where){0}, 7);
    judge(trial);
    CHECK_INT(threshold(trial, deaths), 5);
    CHECK(!is_primary(trial, deaths));
    CHECK(is_primary(trial, few));
    CHECK_INT(threshold(trial, cases), 11);
    CHECK(is_primary(trial, cases));
    trial_free(trial);
}

TEST(the_strictest_source_wins_on_linked_data)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_THRESHOLD, 5)->sources = words(trial, "CépiDc");
    size_t deaths = add(trial, (struct where){.measure = "deaths"}, 7);
    size_t linked = add(trial, (struct where){.measure = "linked"}, 7);
    judge(trial);
    CHECK_INT(threshold(trial, deaths), 5);
    CHECK_INT(threshold(trial, linked), 11); /* nothing is said of SNDS */
    trial_free(trial);

    trial = trial_new();
    add_rule(trial, RULE_THRESHOLD, 5)->sources = words(trial, "CépiDc");
    add_rule(trial, RULE_THRESHOLD, 7)->sources = words(trial, "SNDS");
    linked = add(trial, (struct where){.measure = "linked"}, 7);
    size_t done = add(trial, (struct where){.measure = "done"}, 7);
    judge(trial);
    CHECK_INT(threshold(trial, linked), 7);
    CHECK_INT(threshold(trial, done), 7);
    trial_free(trial);
}

TEST(a_threshold_may_hold_for_one_audience_only)
{
    for (int a = 0; a < AUDIENCE_COUNT; a++) {
        struct trial *trial = trial_new();
        trial->policy.audience = (enum audience)a;
        add_rule(trial, RULE_THRESHOLD, 5)->measures = words(trial, "cases");
        trial->rules[0].audience = AUDIENCE_AUTHORISED;
        size_t cell = add(trial, (struct where){0}, 7);
        judge(trial);
        CHECK_INT(threshold(trial, cell), a == AUDIENCE_AUTHORISED ? 5 : 11);
        CHECK(is_primary(trial, cell) == (a != AUDIENCE_AUTHORISED));
        trial_free(trial);
    }
}

/* A second round for wider readers: the rules that protect are theirs, what
 * must be shown is for the release to say. */
TEST(a_round_for_wider_readers_has_their_rules)
{
    for (int wider = 0; wider < 2; wider++) {
        struct trial *trial = trial_new();
        trial->policy.readers = wider ? AUDIENCE_AUTHORISED : AUDIENCE_PUBLIC;
        add_rule(trial, RULE_THRESHOLD, 5)->measures = words(trial, "cases");
        trial->rules[0].audience = AUDIENCE_AUTHORISED;
        add_rule(trial, RULE_MUST_SHOW, 0)->select[DIM_PERIOD] =
            words(trial, "2019");
        trial->rules[1].audience = AUDIENCE_PUBLIC;
        size_t shown = add(trial, (struct where){0}, 20);
        size_t cell = add(trial, (struct where){.sex = "M"}, 7);
        judge(trial);
        CHECK_INT(threshold(trial, cell), wider ? 5 : 11);
        CHECK(is_primary(trial, cell) == !wider);
        CHECK(trial->universe->flags[shown] & CELL_MUST_SHOW);
        trial_free(trial);
    }
}

/* A zero is hidden by one set of rules only: who reads both editions sees it,
 * and knows that what is suppressed is none. */
TEST(wider_readers_are_granted_that_what_is_suppressed_is_no_zero)
{
    for (int wider = 0; wider < 2; wider++) {
        struct trial *trial = trial_new();
        trial->policy.readers = wider ? AUDIENCE_INTERNAL : AUDIENCE_PUBLIC;
        add_rule(trial, RULE_ZEROS, 100);
        size_t some = add_limited(trial, (struct where){0}, 20, 90);
        size_t none = add_limited(trial, (struct where){.sex = "M"}, 0, 90);
        judge(trial);
        CHECK_INT(universe_lower(trial->universe, some), wider);
        CHECK_INT(universe_lower(trial->universe, none), 0);
        CHECK(is_forced(trial, none));
        trial_free(trial);
    }
}

TEST(a_stricter_list_raises_the_threshold_of_what_lies_within_it)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_THRESHOLD, 5)->measures = words(trial, "cases");
    add_rule(trial, RULE_STRICTER, 20)->select[DIM_AGE] =
        words(trial, "band:0-14");
    size_t child = add(trial, (struct where){.age = "00-14"}, 19);
    size_t total = add(trial, (struct where){0}, 19);
    size_t adult = add(trial, (struct where){.age = "15-49"}, 19);
    judge(trial);
    CHECK_INT(threshold(trial, child), 20);
    CHECK(is_primary(trial, child));
    CHECK_INT(threshold(trial, total), 5);
    CHECK(!is_primary(trial, total));
    CHECK(!is_primary(trial, adult));
    trial_free(trial);
}

TEST(a_stricter_list_never_lowers)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRICTER, 5)->select[DIM_SITE] =
        words(trial, "code:COL");
    size_t cell = add(trial, (struct where){.site = "COL"}, 7);
    judge(trial);
    CHECK_INT(threshold(trial, cell), 11);
    CHECK(is_primary(trial, cell));
    trial_free(trial);
}

/* --- selections ---------------------------------------------------------- */

TEST(codes_are_taken_together_and_what_is_made_of_them_as_well)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRICTER, 20)->select[DIM_SITE] =
        words(trial, "code:COL code:EST");
    size_t colon = add(trial, (struct where){.site = "COL"}, 15);
    size_t group = add(trial, (struct where){.site = "DIG"}, 15);
    size_t all = add(trial, (struct where){.site = "ALL"}, 15);
    judge(trial);
    CHECK_INT(threshold(trial, colon), 20);
    CHECK_INT(threshold(trial, group), 20); /* colon and stomach */
    CHECK_INT(threshold(trial, all), 11);
    trial_free(trial);
}

TEST(a_word_for_several_codes_stands_for_each_alone)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRICTER, 20)->select[DIM_TERRITORY] =
        words(trial, "level:region");
    size_t country = add(trial, (struct where){0}, 15);
    size_t region =
        add(trial, (struct where){.level = "region", .territory = "53"}, 15);
    size_t inside = add(
        trial, (struct where){.level = "departement", .territory = "29"}, 15);
    size_t across =
        add(trial, (struct where){.level = "quintile", .territory = "Q1"}, 15);
    judge(trial);
    CHECK_INT(threshold(trial, country), 11);
    CHECK_INT(threshold(trial, region), 20);
    CHECK_INT(threshold(trial, inside), 20);
    CHECK_INT(threshold(trial, across), 11); /* parts of two régions */
    trial_free(trial);
}

TEST(a_remainder_is_judged_by_what_it_is_made_of)
{
    /* France without région 53 is région 94. */
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRICTER, 20)->select[DIM_TERRITORY] =
        words(trial, "code:region/94");
    CHECK(universe_open_axes(trial->universe, &trial->err));
    size_t part = 0;
    const uint16_t rest[] = {2, 0};
    CHECK(universe_leaf_part(trial->universe, DIM_TERRITORY, rest, 1, &part,
                             &trial->err));
    size_t cell = add(trial, (struct where){0}, 15);
    uint64_t key =
        universe_with(trial->universe->keys[cell], DIM_TERRITORY, part);
    CHECK(universe_insert(trial->universe, key, 15, SDC_UNLIMITED, CELL_HIDDEN,
                          &cell, &trial->err));
    judge(trial);
    CHECK_INT(threshold(trial, cell), 20);
    CHECK_INT(threshold(trial, 0), 11);
    trial_free(trial);
}

TEST(a_proportion_stands_for_its_numerator)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRICTER, 20)->measures = words(trial, "screening");
    size_t done = add(trial, (struct where){.measure = "done"}, 15);
    size_t cases = add(trial, (struct where){0}, 15);
    judge(trial);
    CHECK_INT(threshold(trial, done), 20);
    CHECK_INT(threshold(trial, cases), 11);
    trial_free(trial);
}

TEST(bands_and_pools_of_a_rule_do_not_become_codes)
{
    struct trial *trial = trial_new();
    size_t ages = trial->codes.dims[DIM_AGE].count;
    size_t periods = trial->codes.dims[DIM_PERIOD].count;
    struct rule_cells *cells = add_rule(trial, RULE_STRICTER, 20);
    cells->select[DIM_AGE] = words(trial, "band:0-49");
    cells->select[DIM_PERIOD] = words(trial, "last:3");
    size_t within =
        add(trial, (struct where){.age = "15-49", .period = "2021"}, 15);
    size_t before =
        add(trial, (struct where){.age = "15-49", .period = "2019"}, 15);
    judge(trial);
    CHECK_INT(threshold(trial, within), 20);
    CHECK_INT(threshold(trial, before), 11);
    CHECK_INT(trial->codes.dims[DIM_AGE].count, ages);
    CHECK_INT(trial->codes.dims[DIM_PERIOD].count, periods);
    trial_free(trial);
}

static void check_refused(enum dim dim, const char *word, const char *want)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_ZEROS, 100)->select[dim] = words(trial, word);
    CHECK(!sdc_check_rules(&trial->codes, &trial->policy, &trial->err));
    CHECK_INT(trial->err.code, ERR_SCRIPT);
    CHECK_TEXT(trial->err.text, want);
    trial_free(trial);
}

TEST(a_selection_that_the_store_does_not_have_is_named)
{
    check_refused(DIM_SITE, "code:COLL",
                  "policy: rule 1 (zeros): sites: site 'code:COLL': the store "
                  "has no code 'COLL'; the nearest is 'COL'");
    check_refused(DIM_TERRITORY, "code:region/59",
                  "policy: rule 1 (zeros): territories: territory "
                  "'code:region/59': the store has no code '59'; the nearest "
                  "is '53'");
    check_refused(DIM_AGE, "band:0-17",
                  "policy: rule 1 (zeros): ages: age band '00-17': no stored "
                  "age class has a limit at 18 years");
    check_refused(DIM_PERIOD, "2035",
                  "policy: rule 1 (zeros): periods: period '2035': the store "
                  "has no year 2035");

    struct trial *trial = trial_new();
    add_rule(trial, RULE_ZEROS, 100)->measures = words(trial, "death");
    CHECK(!sdc_check_rules(&trial->codes, &trial->policy, &trial->err));
    CHECK_TEXT(trial->err.text, "policy: rule 1 (zeros): measures: the store "
                                "has no measure 'death'");
    CHECK_INT(trial->err.code, ERR_SCRIPT);
    trial->err = (struct err){0};
    trial->rules[0].cells->measures.count = 0;
    trial->rules[0].cells->sources = words(trial, "PMSI");
    CHECK(!sdc_check_rules(&trial->codes, &trial->policy, &trial->err));
    CHECK_TEXT(trial->err.text, "policy: rule 1 (zeros): sources: no measure "
                                "of the store has the source 'PMSI'");
    trial->err = (struct err){0};
    trial->rules[0].kind = RULE_MUST_SHOW;
    trial->rules[0].cells->sources.count = 0;
    trial->rules[0].cells->select[DIM_PERIOD] = words(trial, "2019");
    trial->rules[0].cells->select[DIM_SITE] = words(trial, "code:XXX");
    CHECK(!sdc_check_rules(&trial->codes, &trial->policy, &trial->err));
    CHECK_TEXT(trial->err.text,
               "policy: rule 1 (must_show): cell 1: sites: site 'code:XXX': "
               "the store has no code 'XXX'; the nearest is 'ALL'");
    trial_free(trial);
}

/* --- populations, complements, zeros ------------------------------------- */

TEST(a_small_population_hides_every_count_but_zero)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_POPULATION_FLOOR, 5000);
    size_t small = add_limited(trial, (struct where){.sex = "M"}, 300, 4999);
    size_t zero = add_limited(trial, (struct where){.sex = "F"}, 0, 4999);
    size_t large = add_limited(trial, (struct where){.age = "75+"}, 300, 5000);
    size_t unknown = add(trial, (struct where){0}, 300);
    judge(trial);
    CHECK(is_forced(trial, small));
    CHECK(!is_primary(trial, zero));
    CHECK(!is_primary(trial, large));
    CHECK(!is_primary(trial, unknown));
    CHECK_INT(universe_lower(trial->universe, small), 1); /* zeros are shown */
    trial_free(trial);
}

static void make_whole(struct trial *trial, size_t cell, int64_t whole)
{
    if (!universe_complement(trial->universe, cell, whole, &trial->err))
        fail_msg("%s", trial->err.text);
}

TEST(few_non_events_of_a_proportion_are_hidden_without_being_asked)
{
    struct trial *trial = trial_new();
    size_t four =
        add_limited(trial, (struct where){.measure = "done"}, 196, 200);
    size_t many = add_limited(
        trial, (struct where){.measure = "done", .sex = "M"}, 189, 200);
    size_t all = add_limited(
        trial, (struct where){.measure = "done", .sex = "F"}, 200, 200);
    size_t plain =
        add_limited(trial, (struct where){.measure = "cases"}, 196, 200);
    make_whole(trial, four, 200);
    make_whole(trial, many, 200);
    make_whole(trial, all, 200);
    judge(trial);
    CHECK(is_forced(trial, four));
    CHECK(!is_primary(trial, many));
    CHECK(!is_primary(trial, all));
    CHECK(!is_primary(trial, plain));
    CHECK(trial->universe->flags[many] & CELL_COMPLEMENT);
    CHECK(!(trial->universe->flags[plain] & CELL_COMPLEMENT));
    trial_free(trial);
}

TEST(of_two_proportions_the_one_that_leaves_fewest_is_judged)
{
    struct trial *trial = trial_new();
    size_t cell =
        add_limited(trial, (struct where){.measure = "done"}, 100, 1000);
    make_whole(trial, cell, 500);
    make_whole(trial, cell, 100); /* nobody is left */
    make_whole(trial, cell, 103);
    make_whole(trial, cell, 400);
    CHECK_INT(trial->universe->wholes[cell], 103);
    CHECK(!universe_complement(trial->universe, cell, 99, &trial->err));
    CHECK_INT(trial->err.code, ERR_DISCLOSURE);
    CHECK_TEXT(trial->err.text, "done, territory pays/FR, site ALL, sex T, age "
                                "T, period 2019, stratum T: "
                                "a count exceeds what it is a part of");
    judge(trial);
    CHECK(is_forced(trial, cell));
    trial_free(trial);
}

TEST(a_rule_of_non_events_takes_the_population_as_the_whole)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_NON_EVENTS, 0)->measures = words(trial, "cases");
    size_t four =
        add_limited(trial, (struct where){.measure = "cases"}, 196, 200);
    size_t other =
        add_limited(trial, (struct where){.measure = "deaths"}, 196, 200);
    size_t unknown =
        add(trial, (struct where){.measure = "cases", .sex = "M"}, 196);
    judge(trial);
    CHECK(is_forced(trial, four));
    CHECK(!is_primary(trial, other));
    CHECK(!is_primary(trial, unknown));
    trial_free(trial);
}

TEST(none_or_all_of_a_small_group_is_hidden_and_then_nobody_assumes_one)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_ZEROS, 1000);
    size_t zero = add_limited(trial, (struct where){.sex = "M"}, 0, 999);
    size_t full = add_limited(trial, (struct where){.sex = "F"}, 999, 999);
    size_t few = add_limited(trial, (struct where){.age = "00-14"}, 5, 999);
    size_t some = add_limited(trial, (struct where){.age = "75+"}, 50, 999);
    size_t large = add_limited(trial, (struct where){.age = "15-49"}, 0, 1000);
    size_t few_of_many =
        add_limited(trial, (struct where){.age = "50-74"}, 5, 1000);
    size_t nobody = add_limited(trial, (struct where){.site = "COL"}, 0, 0);
    size_t unknown = add(trial, (struct where){.site = "EST"}, 0);
    judge(trial);
    CHECK(is_forced(trial, zero));
    CHECK(is_forced(trial, full));
    CHECK(is_primary(trial, few) && !is_forced(trial, few));
    CHECK(!is_primary(trial, some));
    CHECK(!is_primary(trial, large));
    CHECK(!is_primary(trial, nobody));
    CHECK(!is_primary(trial, unknown));
    /* What may be zero follows from the population, never from the count. */
    CHECK_INT(universe_lower(trial->universe, zero), 0);
    CHECK_INT(universe_lower(trial->universe, few), 0);
    CHECK_INT(universe_lower(trial->universe, some), 0);
    CHECK_INT(universe_lower(trial->universe, few_of_many), 1);
    trial_free(trial);
}

TEST(declared_structural_zeros_are_shown_whatever_other_rules_say)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_ZEROS, 1000);
    struct rule_cells *cells = add_rule(trial, RULE_STRUCTURAL_ZEROS, 0);
    cells->select[DIM_SITE] = words(trial, "code:POU");
    cells->select[DIM_AGE] = words(trial, "band:0-14");
    size_t zero = add_limited(
        trial, (struct where){.site = "POU", .age = "00-14"}, 0, 900);
    size_t other = add_limited(
        trial, (struct where){.site = "COL", .age = "00-14"}, 0, 900);
    judge(trial);
    CHECK(!is_primary(trial, zero));
    CHECK(trial->universe->flags[zero] & CELL_STRUCTURAL);
    CHECK(is_forced(trial, other));
    trial_free(trial);
}

TEST(a_declared_structural_zero_that_is_none_is_refused)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRUCTURAL_ZEROS, 0)->select[DIM_SITE] =
        words(trial, "code:POU");
    add(trial, (struct where){.site = "POU"}, 3);
    CHECK(!judge_cells(trial));
    CHECK_INT(trial->err.code, ERR_DISCLOSURE);
    CHECK_TEXT(trial->err.id, "sdc.structural");
    CHECK_TEXT(
        trial->err.text,
        "cases, territory pays/FR, site POU, sex T, age T, period "
        "2019, stratum T: rule 1 (structural_zeros) declares it a structural "
        "zero, and it is not zero");
    trial_free(trial);
}

TEST(structural_zeros_without_selection_are_those_of_the_store)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRUCTURAL_ZEROS, 0);
    size_t cell = add(trial, (struct where){.site = "POU"}, 3);
    judge(trial);
    CHECK(is_primary(trial, cell));
    trial_free(trial);
}

/* --- single cells -------------------------------------------------------- */

TEST(a_list_is_about_these_very_cells)
{
    struct trial *trial = trial_new();
    struct rule_cells *cells = add_rule(trial, RULE_MUST_SUPPRESS, 0);
    cells->measures = words(trial, "cases");
    cells->select[DIM_PERIOD] = words(trial, "2019");
    cells->select[DIM_SEX] = words(trial, "T F");
    size_t total = add(trial, (struct where){0}, 500);
    size_t women = add(trial, (struct where){.sex = "F"}, 0);
    size_t men = add(trial, (struct where){.sex = "M"}, 500);
    size_t inside = add(trial, (struct where){.site = "COL"}, 500);
    size_t later = add(trial, (struct where){.period = "2020"}, 500);
    size_t deaths = add(trial, (struct where){.measure = "deaths"}, 500);
    judge(trial);
    CHECK(is_forced(trial, total));
    CHECK(is_forced(trial, women));
    CHECK(!is_primary(trial, men));
    CHECK(!is_primary(trial, inside));
    CHECK(!is_primary(trial, later));
    CHECK(!is_primary(trial, deaths));
    /* Nobody knows the list: at least 1 is assumed wherever it is true. */
    CHECK_INT(universe_lower(trial->universe, total), 1);
    CHECK_INT(universe_lower(trial->universe, women), 0);
    trial_free(trial);
}

TEST(a_cell_that_must_be_shown_and_must_not_is_a_contradiction)
{
    struct trial *trial = trial_new();
    add_rule(trial, RULE_STRICTER, 20)->select[DIM_SITE] =
        words(trial, "code:COL");
    struct rule_cells *cells = add_rule(trial, RULE_MUST_SHOW, 0);
    cells->measures = words(trial, "cases");
    cells->select[DIM_PERIOD] = words(trial, "2019");
    cells->select[DIM_SITE] = words(trial, "all code:COL");
    size_t total = add(trial, (struct where){0}, 500);
    size_t colon = add(trial, (struct where){.site = "COL"}, 19);
    CHECK(!judge_cells(trial));
    CHECK_INT(trial->err.code, ERR_DISCLOSURE);
    CHECK_TEXT(trial->err.id, "sdc.contradiction");
    CHECK_TEXT(
        trial->err.text,
        "cases, territory pays/FR, site COL, sex T, age T, period "
        "2019, stratum T: rule 2 (must_show) wants it shown, rule 1 (stricter) "
        "wants it suppressed");
    CHECK(trial->universe->flags[total] & CELL_MUST_SHOW);
    CHECK_INT(colon, total + 1);
    trial_free(trial);
}

TEST(what_the_release_itself_suppresses_cannot_be_shown_either)
{
    struct trial *trial = trial_new();
    struct rule_cells *cells = add_rule(trial, RULE_MUST_SHOW, 0);
    cells->measures = words(trial, "cases");
    cells->select[DIM_PERIOD] = words(trial, "2019");
    universe_suppress(trial->universe, add(trial, (struct where){0}, 500));
    CHECK(!judge_cells(trial));
    CHECK_TEXT(trial->err.text,
               "cases, territory pays/FR, site ALL, sex T, age T, period "
               "2019, stratum T: rule 1 (must_show) wants it shown, the "
               "release wants it "
               "suppressed");
    trial_free(trial);
}

TEST(every_kind_of_rule_has_its_file)
{
    size_t count = 0;
    for (; disclosure_rules[count] != NULL; count++) {
        for (size_t other = 0; other < count; other++)
            CHECK(disclosure_rules[count]->kind !=
                  disclosure_rules[other]->kind);
    }
    CHECK_INT(count, RULE_KIND_COUNT);
}

RUN(CASE(the_threshold_of_the_policy_holds_where_no_rule_speaks),
    CASE(a_threshold_rule_takes_the_place_of_the_default_for_its_measure),
    CASE(the_strictest_source_wins_on_linked_data),
    CASE(a_threshold_may_hold_for_one_audience_only),
    CASE(a_round_for_wider_readers_has_their_rules),
    CASE(wider_readers_are_granted_that_what_is_suppressed_is_no_zero),
    CASE(a_stricter_list_raises_the_threshold_of_what_lies_within_it),
    CASE(a_stricter_list_never_lowers),
    CASE(codes_are_taken_together_and_what_is_made_of_them_as_well),
    CASE(a_word_for_several_codes_stands_for_each_alone),
    CASE(a_remainder_is_judged_by_what_it_is_made_of),
    CASE(a_proportion_stands_for_its_numerator),
    CASE(bands_and_pools_of_a_rule_do_not_become_codes),
    CASE(a_selection_that_the_store_does_not_have_is_named),
    CASE(a_small_population_hides_every_count_but_zero),
    CASE(few_non_events_of_a_proportion_are_hidden_without_being_asked),
    CASE(of_two_proportions_the_one_that_leaves_fewest_is_judged),
    CASE(a_rule_of_non_events_takes_the_population_as_the_whole),
    CASE(none_or_all_of_a_small_group_is_hidden_and_then_nobody_assumes_one),
    CASE(declared_structural_zeros_are_shown_whatever_other_rules_say),
    CASE(a_declared_structural_zero_that_is_none_is_refused),
    CASE(structural_zeros_without_selection_are_those_of_the_store),
    CASE(a_list_is_about_these_very_cells),
    CASE(a_cell_that_must_be_shown_and_must_not_is_a_contradiction),
    CASE(what_the_release_itself_suppresses_cannot_be_shown_either),
    CASE(every_kind_of_rule_has_its_file))
