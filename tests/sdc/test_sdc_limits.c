/* SPDX-License-Identifier: EUPL-1.2 */
/* What a universe has no room for, and what it is told that cannot be: every
 * such doubt refuses the release by name. */
#include "sdc/person.h"
#include "sdc/rule.h"
#include "world.h"

static struct sdc_cell_key in_dim(enum dim dim, int node)
{
    struct sdc_cell_key key = {.measure = "cases"};
    key.node[dim] = node;
    return key;
}

static bool add(struct world *world, const struct sdc_cell_key *key,
                int64_t count)
{
    size_t cell;
    world->err = (struct err){0};
    return universe_add(world_universe(world), key, count, INT64_MAX, false,
                        &cell, &world->err);
}

/* --- room ----------------------------------------------------------------- */

TEST(a_universe_that_is_full_takes_no_cell)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 2);
    world_table(&world);
    struct sdc_cell_key first = in_dim(DIM_TERRITORY, 0);
    struct sdc_cell_key second = in_dim(DIM_TERRITORY, 1);
    CHECK(add(&world, &first, 9));
    size_t count = world.universe->count;
    world.universe->count = 20000000;
    CHECK(!add(&world, &second, 9));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text,
               "the release has too many cells to be protected");
    world.universe->count = count;
    CHECK(add(&world, &second, 9));
    world_free(&world);
}

TEST(a_release_of_too_many_measures_is_refused)
{
    struct world world = world_new(5);
    world_table(&world);
    struct sdc_cell_key key = {0};
    for (int m = 0; m < 64; m++) {
        key.measure = arena_format(world.arena, "measure-%d", m);
        CHECK(add(&world, &key, 9));
    }
    key.measure = "one more";
    CHECK(!add(&world, &key, 9));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text, "more than 64 measures in one release");
    key.measure = "measure-63";
    CHECK(add(&world, &key, 9));
    struct past_cell past = {.release = "r", .measure = "one more"};
    const uint16_t leaf = 0;
    for (int d = 0; d < DIM_COUNT; d++)
        CHECK(universe_past_set(world.universe, (enum dim)d, &leaf, 1,
                                &past.sets[d], &world.err));
    CHECK(!universe_suppress_past(world.universe, &past, &world.err));
    CHECK_TEXT(world.err.text, "more than 64 measures in one release");
    world_free(&world);
}

/* Sixteen codes of a sex need more bits than a key has. */
TEST(a_code_beyond_the_key_is_refused)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_SEX, 17);
    world_table(&world);
    struct sdc_cell_key key = in_dim(DIM_SEX, 16);
    CHECK(!add(&world, &key, 9));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text, "too many codes of dimension 'sex'");
    world_free(&world);
}

TEST(codes_beyond_the_key_are_refused_even_without_cells)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_SEX, 16);
    world_table(&world);
    struct sdc_cell_key key = in_dim(DIM_SEX, 15);
    CHECK(add(&world, &key, 9));
    CHECK(!world_protect(&world));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text,
               "disclosure control: too many codes of dimension 'sex'");
    world_free(&world);
}

TEST(past_cells_of_codes_beyond_the_key_are_refused)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_SEX, 16);
    world_table(&world);
    const uint16_t leaf = 0;
    size_t set;
    CHECK(!universe_past_set(world_universe(&world), DIM_SEX, &leaf, 1, &set,
                             &world.err));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text, "too many codes of dimension 'sex'");
    world_free(&world);
}

/* Four bits of sex: fifteen parts at most. Unions of crossing codes are as many
 * parts more, and do not fit. */
TEST(codes_that_overlap_in_too_many_ways_are_refused)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_SEX, 8);
    int crossing[7];
    for (int i = 0; i < 7; i++)
        crossing[i] =
            world_node(&world, DIM_SEX, arena_format(world.arena, "X%d", i), i,
                       i == 6 ? 7 : i + 2, true);
    world_table(&world);
    for (int i = 0; i < 8; i++)
        world.table[i] = 20;
    const int *nodes[DIM_COUNT] = {[DIM_SEX] = crossing};
    world_add_block(&world, nodes, (const size_t[DIM_COUNT]){[DIM_SEX] = 7},
                    -1);
    const uint16_t apart[] = {0, 7};
    size_t set;
    CHECK(!universe_past_set(world_universe(&world), DIM_SEX, apart, 2, &set,
                             &world.err));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text, "dimension 'sex' overlaps in too many ways");
    world_free(&world);
}

TEST(unnamed_atoms_that_have_no_room_refuse_the_release)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_SEX, 9);
    int crossing[6];
    for (int i = 0; i < 6; i++) /* atoms {0 1} {2} ... {7 8} are unnamed */
        crossing[i] =
            world_node(&world, DIM_SEX, arena_format(world.arena, "X%d", i),
                       i == 0 ? 0 : i, i == 5 ? 8 : i + 2, true);
    world_table(&world);
    for (int i = 0; i < 9; i++)
        world.table[i] = 20;
    const int *nodes[DIM_COUNT] = {[DIM_SEX] = crossing};
    world_add_block(&world, nodes, (const size_t[DIM_COUNT]){[DIM_SEX] = 6},
                    -1);
    CHECK(!world_protect(&world));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text, "disclosure control: dimension 'sex' overlaps "
                               "in too many ways");
    world_free(&world);
}

/* What is known beside counts grows with them. */
TEST(wholes_and_bounds_are_kept_while_cells_are_added)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 400);
    world_table(&world);
    struct sdc_cell_key key = in_dim(DIM_TERRITORY, 0);
    CHECK(add(&world, &key, 9));
    CHECK(universe_complement(world.universe, 0, 30, &world.err));
    universe_beyond(world.universe, 0, 50);
    for (int i = 1; i < 400; i++) {
        key = in_dim(DIM_TERRITORY, i);
        CHECK(add(&world, &key, 9));
    }
    CHECK_INT(world.universe->wholes[0], 30);
    CHECK_INT(world.universe->wholes[399], 0);
    CHECK_INT(universe_upper(world.universe, 0), 50);
    CHECK(universe_upper(world.universe, 399) == INT64_MAX);
    world_free(&world);
}

TEST(a_code_of_many_leaves_is_named_by_a_few)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 9);
    world_node(&world, DIM_TERRITORY, "FR", 0, 8, false);
    world_table(&world);
    for (int i = 0; i < 9; i++)
        world.table[i] = 20;
    const int shown[] = {0, 9};
    const int *nodes[DIM_COUNT] = {shown};
    world_add_block(&world, nodes, (const size_t[DIM_COUNT]){2}, -1);
    CHECK(world_protect(&world));
    CHECK_TEXT(universe_name(world.arena, world.universe, 2),
               "cases, territory {L1 L2 L3 ... L8}");
    world_free(&world);
}

/* A word of the masks of rules has 64 bits. */
TEST(a_policy_of_many_rules_is_obeyed_to_the_last)
{
    enum {
        SITES = 70,
    };
    struct world world = world_new(5);
    world_leaves(&world, DIM_SITE, SITES);
    world_table(&world);
    for (int i = 0; i < SITES; i++) {
        world_rule(&world, RULE_STRICTER, 50 + i)->select[DIM_SITE] =
            world_word(&world, arena_format(world.arena, "code:L%d", i));
        world.table[i] = 500;
    }
    world_name_totals(&world);
    world_add_all(&world, -1);
    CHECK(world_protect(&world));
    for (int i = 0; i < SITES; i++)
        CHECK_INT(world.universe->thresholds[i], 50 + i);
    world_free(&world);
}

/* A rule about a measure of 65 sources. */
static void make_sources(struct world *world, struct measure *measure)
{
    struct text sources = text_new(world->arena);
    for (int s = 0; s < 65; s++)
        text_format(&sources, "%sS%d", s == 0 ? "" : " ; ", s);
    *measure = (struct measure){
        .code = "cases", .kind = MEASURE_COUNT, .source = sources.at};
    world_rule(world, RULE_THRESHOLD, 5)->measures = world_word(world, "cases");
    world_table(world);
    world_name_totals(world);
    world->codes.measures = measure;
}

TEST(a_measure_of_too_many_sources_is_refused)
{
    struct world world = world_new(5);
    struct measure measure;
    make_sources(&world, &measure);
    world_add_all(&world, -1);
    CHECK(!world_protect(&world));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text,
               "disclosure control: measure 'cases' has more than 64 sources");
    world_free(&world);
}

TEST(no_single_cell_of_too_many_sources_is_judged)
{
    struct world world = world_new(5);
    struct measure measure;
    make_sources(&world, &measure);
    struct rule_book *book = NULL;
    struct sdc_cell_key key = {.measure = "cases"};
    int64_t threshold = 7;
    bool suppressed = false;
    CHECK(rule_book_new(world.arena, &world.codes, &world.policy, &book,
                        &world.err));
    CHECK(!rule_book_judge(book, &key, 3, 100, &threshold, &suppressed,
                           &world.err));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text, "measure 'cases' has more than 64 sources");
    CHECK_INT(threshold, 7);
    world_free(&world);
}

/* --- what cannot be ------------------------------------------------------- */

TEST(impossible_counts_are_refused_by_name)
{
    struct world world = world_new(5);
    world_table(&world);
    struct sdc_cell_key key = {.measure = "cases"};
    CHECK(!add(&world, &key, -1));
    CHECK_TEXT(world.err.id, "sdc.cell");
    CHECK_TEXT(world.err.text, "cases: a count is negative");
    key.measure = "came";
    CHECK(add(&world, &key, 20));
    world.err = (struct err){0};
    CHECK(!universe_complement(world.universe, 1, 19, &world.err));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text, "came: a count exceeds what it is a part of");
    world_free(&world);
}

/* Shown sums too large to be added up are no table. */
static void refuse_sum(int64_t first, int64_t second, int64_t total,
                       bool between)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, between ? 4 : 2);
    int all =
        world_node(&world, DIM_TERRITORY, "FR", 0, between ? 3 : 1, false);
    world_table(&world);
    struct sdc_cell_key key = in_dim(DIM_TERRITORY, 0);
    CHECK(add(&world, &key, first));
    key = in_dim(DIM_TERRITORY, 1);
    CHECK(add(&world, &key, second));
    key = in_dim(DIM_TERRITORY, all);
    CHECK(add(&world, &key, total));
    CHECK(!world_protect(&world));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text,
               "disclosure control: cases, territory level/FR: is not the sum "
               "of its parts along 'territory'; does their coverage differ?");
    world_free(&world);
}

TEST(a_sum_that_overflows_is_no_sum)
{
    refuse_sum(INT64_MAX, 9, 9, false);
    refuse_sum(INT64_MAX, INT64_MAX, 5, true);
}

/* --- sources -------------------------------------------------------------- */

struct source {
    const struct world *world;
    int left; /* answers before it fails */
};

static bool count_some(void *context, const struct sdc_cell_key *key,
                       int64_t *count, bool *structural, struct err *err)
{
    struct source *source = context;
    if (source->left-- == 0)
        return err_fail(err, ERR_INPUT, "test.source", "no such count");
    struct world world = *source->world;
    return world_count(&world, key, count, structural, err);
}

typedef void make_world(struct world *world);

/* A source that fails at any question refuses the release for that reason. */
static void fail_at_every_question(make_world *make)
{
    for (int left = 0;; left++) {
        struct world world = world_new(5);
        make(&world);
        struct source source = {.world = &world, .left = left};
        const struct clearance *clearance = NULL;
        bool ok = sdc_protect(world.arena, world_universe(&world), count_some,
                              &source, &clearance, &world.err);
        CHECK(ok == (source.left >= 0));
        CHECK(ok == (clearance != NULL));
        if (!ok)
            CHECK_TEXT(world.err.text, "disclosure control: no such count");
        world_free(&world);
        if (ok) {
            CHECK(left > 0);
            return;
        }
    }
}

/* A département over both years, and France in one of them. */
static void make_corner(struct world *world)
{
    world_leaves(world, DIM_TERRITORY, 2);
    world_node(world, DIM_TERRITORY, "FR", 0, 1, false);
    world_leaves(world, DIM_PERIOD, 2);
    world_node(world, DIM_PERIOD, "0-1", 0, 1, false);
    world_table(world);
    for (int i = 0; i < 4; i++)
        world->table[i] = 20 + i;
    struct sdc_cell_key place = {.measure = "cases"};
    place.node[DIM_PERIOD] = 2;
    struct sdc_cell_key year = {.measure = "cases"};
    year.node[DIM_TERRITORY] = 2;
    (void)world_add_limited(world, &place, -1);
    (void)world_add_limited(world, &year, -1);
}

/* One place in one year, and the whole of both. */
static void make_diagonal(struct world *world)
{
    world_leaves(world, DIM_TERRITORY, 2);
    world_node(world, DIM_TERRITORY, "FR", 0, 1, false);
    world_leaves(world, DIM_PERIOD, 2);
    world_node(world, DIM_PERIOD, "0-1", 0, 1, false);
    world_table(world);
    for (int i = 0; i < 4; i++)
        world->table[i] = 20 + i;
    struct sdc_cell_key part = {.measure = "cases"};
    struct sdc_cell_key whole = {.measure = "cases"};
    whole.node[DIM_TERRITORY] = whole.node[DIM_PERIOD] = 2;
    (void)world_add_limited(world, &part, -1);
    (void)world_add_limited(world, &whole, -1);
}

/* A site and all of them over both years, and another site in one of them. */
static void make_shared(struct world *world)
{
    world_leaves(world, DIM_SITE, 3);
    const int all = world_node(world, DIM_SITE, "ALL", 0, 2, false);
    world_leaves(world, DIM_PERIOD, 2);
    const int years = world_node(world, DIM_PERIOD, "0-1", 0, 1, false);
    world_table(world);
    for (size_t i = 0; i < world->leaves; i++)
        world->table[i] = 20 + (int64_t)i;
    const int sites[] = {0, all};
    const int *pooled[DIM_COUNT] = {[DIM_SITE] = sites, [DIM_PERIOD] = &years};
    struct sdc_cell_key other = in_dim(DIM_SITE, 1);
    world_add_block(world, pooled,
                    (const size_t[DIM_COUNT]){[DIM_SITE] = 2, [DIM_PERIOD] = 1},
                    -1);
    (void)world_add_limited(world, &other, -1);
}

/* A site of women, told of both sexes, and all sites of women. */
static void make_specific(struct world *world)
{
    const int women = 0, men = 1;
    world_leaves(world, DIM_SITE, 2);
    world_leaves(world, DIM_SEX, 2);
    const int both = world_node(world, DIM_SEX, "T", 0, 1, false);
    const int all = world_node(world, DIM_SITE, "ALL", 0, 1, false);
    world_table(world);
    for (size_t i = 0; i < world->leaves; i++)
        world->table[i] = 20 + (int64_t)i;
    size_t none = (size_t)men * world->stride[DIM_SEX];
    world->codes.dims[DIM_SITE].nodes[0].sex = "L0";
    world->structural[none] = true;
    world->table[none] = 0;
    struct sdc_cell_key site = in_dim(DIM_SEX, both);
    struct sdc_cell_key total = in_dim(DIM_SEX, women);
    total.node[DIM_SITE] = all;
    (void)world_add_limited(world, &site, -1);
    (void)world_add_limited(world, &total, -1);
}

/* One person per département and one per age, in tables that share France. */
static void make_persons(struct world *world)
{
    world_leaves(world, DIM_TERRITORY, 2);
    world_leaves(world, DIM_AGE, 2);
    world_node(world, DIM_TERRITORY, "FR", 0, 1, false);
    world_node(world, DIM_AGE, "T", 0, 1, false);
    world_table(world);
    world->table[0] = world->table[3] = 1;
    const int both[] = {0, 1}, total[] = {2};
    const int *places[DIM_COUNT] = {both, [DIM_AGE] = total};
    const int *ages[DIM_COUNT] = {total, [DIM_AGE] = both};
    world_add_block(world, places, (const size_t[DIM_COUNT]){2, [DIM_AGE] = 1},
                    -1);
    world_add_block(world, ages, (const size_t[DIM_COUNT]){1, [DIM_AGE] = 2},
                    -1);
}

TEST(a_source_that_fails_at_any_question_refuses_the_release)
{
    fail_at_every_question(make_corner);
    fail_at_every_question(make_diagonal);
    fail_at_every_question(make_shared);
    fail_at_every_question(make_specific);
    fail_at_every_question(make_persons);
}

TEST(tables_that_cross_need_a_source)
{
    struct world world = world_new(5);
    make_persons(&world);
    uint32_t *persons;
    CHECK(universe_open_axes(world.universe, &world.err));
    CHECK(universe_close(world.universe, world_count, &world, &world.err));
    CHECK(!person_find(world.arena, world.universe, NULL, NULL, &persons,
                       &world.err));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text, "two tables cross without a source of counts");
    world_free(&world);
}

TEST(persons_of_two_measures_are_not_one)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 2);
    world_table(&world);
    world.table[0] = 1;
    world_add_all(&world, -1);
    struct sdc_cell_key deaths = {.measure = "deaths"};
    CHECK(add(&world, &deaths, 1));
    uint32_t *persons;
    CHECK(universe_open_axes(world.universe, &world.err));
    CHECK(person_find(world.arena, world.universe, world_count, &world,
                      &persons, &world.err));
    CHECK_INT(persons[0], 0);
    CHECK_INT(persons[2], 2);
    world_free(&world);
}

RUN(CASE(persons_of_two_measures_are_not_one),
    CASE(a_policy_of_many_rules_is_obeyed_to_the_last),
    CASE(a_measure_of_too_many_sources_is_refused),
    CASE(no_single_cell_of_too_many_sources_is_judged),
    CASE(a_universe_that_is_full_takes_no_cell),
    CASE(a_release_of_too_many_measures_is_refused),
    CASE(a_code_beyond_the_key_is_refused),
    CASE(codes_beyond_the_key_are_refused_even_without_cells),
    CASE(past_cells_of_codes_beyond_the_key_are_refused),
    CASE(codes_that_overlap_in_too_many_ways_are_refused),
    CASE(unnamed_atoms_that_have_no_room_refuse_the_release),
    CASE(wholes_and_bounds_are_kept_while_cells_are_added),
    CASE(a_code_of_many_leaves_is_named_by_a_few),
    CASE(impossible_counts_are_refused_by_name),
    CASE(a_sum_that_overflows_is_no_sum),
    CASE(a_source_that_fails_at_any_question_refuses_the_release),
    CASE(tables_that_cross_need_a_source))
