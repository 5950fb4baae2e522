/* SPDX-License-Identifier: EUPL-1.2 */
/* The closure of the universe: relations, hidden cells, refusals. */
#include "sdc/grid.h"
#include "sdc/person.h"
#include "world.h"

static struct sdc_cell_key key_of(int territory, int site, int sex, int period)
{
    struct sdc_cell_key key = {.measure = "cases"};
    key.node[DIM_TERRITORY] = territory;
    key.node[DIM_SITE] = site;
    key.node[DIM_SEX] = sex;
    key.node[DIM_PERIOD] = period;
    return key;
}

static void close_world(struct world *world)
{
    struct universe *universe = world_universe(world);
    if (!universe_open_axes(universe, &world->err) ||
        !universe_close(universe, world_count, world, &world->err))
        fail_msg("%s", world->err.text);
}

/* "a = b + c; ..." by counts, to compare closures at a glance. */
static char *relations_as_text(const struct world *world)
{
    const struct universe *universe = world->universe;
    const struct relations *relations = &universe->relations;
    struct text text = text_new(world->arena);
    for (size_t r = 0; r < relations->count; r++) {
        for (size_t i = relations->starts[r]; i < relations->starts[r + 1];
             i++) {
            const char *joint = i == relations->starts[r]       ? ""
                                : i == relations->starts[r] + 1 ? " = "
                                                                : " + ";
            text_format(&text, "%s%lld", joint,
                        (long long)universe->counts[relations->members[i]]);
        }
        text_add(&text, "; ");
    }
    return text.at;
}

TEST(an_equal_key_is_the_same_cell)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 2);
    world_table(&world);
    struct sdc_cell_key key = key_of(1, 0, 0, 0);
    size_t first, second;
    CHECK(universe_add(world_universe(&world), &key, 7, 100, false, &first,
                       &world.err));
    CHECK(
        universe_add(world.universe, &key, 7, 50, false, &second, &world.err));
    CHECK_INT(first, second);
    CHECK_INT(universe_cells(world.universe), 1);
    CHECK_INT(world.universe->limits[first], 50);
    CHECK(!universe_add(world.universe, &key, 8, 100, false, &second,
                        &world.err));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text, "cases, territory level/L1: two tables "
                               "disagree on the same cell");
    world_free(&world);
}

TEST(measures_are_separate_and_impossible_cells_are_refused)
{
    struct world world = world_new(5);
    world_table(&world);
    struct sdc_cell_key cases = {.measure = "cases"};
    struct sdc_cell_key deaths = {.measure = "deaths"};
    size_t a, b;
    CHECK(universe_add(world_universe(&world), &cases, 7, 9, false, &a,
                       &world.err));
    CHECK(universe_add(world.universe, &deaths, 3, 9, false, &b, &world.err));
    CHECK(a != b);
    struct sdc_cell_key other = {.measure = "other"};
    CHECK(!universe_add(world.universe, &other, 10, 9, false, &a, &world.err));
    CHECK_TEXT(world.err.text, "other: a count exceeds its public upper bound");
    world.err = (struct err){0};
    other.measure = "another";
    CHECK(!universe_add(world.universe, &other, 1, 9, true, &a, &world.err));
    CHECK_TEXT(world.err.text, "another: a structural zero is not zero");
    world_free(&world);
}

TEST(a_part_that_no_table_shows_becomes_a_hidden_cell)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 4);
    int france = world_node(&world, DIM_TERRITORY, "FR", 0, 3, false);
    world_table(&world);
    for (int i = 0; i < 4; i++)
        world.table[i] = 10 + i;
    const int shown[] = {0, 1, france};
    const int *nodes[DIM_COUNT] = {shown};
    world_add_block(&world, nodes, (const size_t[DIM_COUNT]){3}, -1);
    close_world(&world);
    CHECK_TEXT(relations_as_text(&world), "46 = 10 + 11 + 25; ");
    CHECK_INT(world.universe->count, 4);
    CHECK_INT(world.universe->published, 3);
    CHECK_INT(world.universe->flags[3], CELL_HIDDEN);
    CHECK_TEXT(universe_name(world.arena, world.universe, 3),
               "cases, territory {L2 L3}");
    world_free(&world);
}

TEST(a_level_with_one_child_is_tied)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 2);
    world_node(&world, DIM_TERRITORY, "R1", 0, 0, false);
    world_node(&world, DIM_TERRITORY, "FR", 0, 1, false);
    world_table(&world);
    world.table[0] = 3;
    world.table[1] = 9;
    world_add_all(&world, -1);
    close_world(&world);
    CHECK_TEXT(relations_as_text(&world), "12 = 3 + 9; 3 = 3; ");
    world_free(&world);
}

TEST(overlapping_periods_share_hidden_years)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_PERIOD, 7);
    int early = world_node(&world, DIM_PERIOD, "0-4", 0, 4, false);
    int late = world_node(&world, DIM_PERIOD, "2-6", 2, 6, false);
    world_table(&world);
    for (int i = 0; i < 7; i++)
        world.table[i] = 1 + i;
    const int shown[] = {early, late};
    const int *nodes[DIM_COUNT] = {[DIM_PERIOD] = shown};
    world_add_block(&world, nodes, (const size_t[DIM_COUNT]){[DIM_PERIOD] = 2},
                    -1);
    close_world(&world);
    CHECK_TEXT(relations_as_text(&world), "15 = 3 + 12; 25 = 12 + 13; ");
    CHECK_INT(world.universe->count, 5);
    world_free(&world);
}

TEST(zones_that_cross_regions_meet_in_their_departements)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 4);
    world_node(&world, DIM_TERRITORY, "R1", 0, 1, false);
    world_node(&world, DIM_TERRITORY, "R2", 2, 3, false);
    world_node(&world, DIM_TERRITORY, "Z", 1, 2, true);
    world_node(&world, DIM_TERRITORY, "FR", 0, 3, false);
    world_table(&world);
    for (int i = 0; i < 4; i++)
        world.table[i] = 1 << i;
    world_add_all(&world, -1);
    close_world(&world);
    CHECK_TEXT(relations_as_text(&world),
               "15 = 3 + 12; 3 = 1 + 2; 12 = 4 + 8; 6 = 2 + 4; ");
    world_free(&world);
}

/* Two départements of three by year, and all France over both years. */
TEST(a_total_over_two_dimensions_is_joined_to_what_is_within_it)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 3);
    const int france = world_node(&world, DIM_TERRITORY, "FR", 0, 2, false);
    world_leaves(&world, DIM_PERIOD, 2);
    const int years = world_node(&world, DIM_PERIOD, "0-1", 0, 1, false);
    world_table(&world);
    for (size_t at = 0; at < world.leaves; at++)
        world.table[at] = 10;
    const int leaves[] = {0, 1};
    const int *parts[DIM_COUNT] = {
        [DIM_TERRITORY] = leaves, [DIM_PERIOD] = leaves};
    const int *whole[DIM_COUNT] = {
        [DIM_TERRITORY] = &france, [DIM_PERIOD] = &years};
    world_add_block(
        &world, parts,
        (const size_t[DIM_COUNT]){[DIM_TERRITORY] = 2, [DIM_PERIOD] = 2}, -1);
    world_add_block(
        &world, whole,
        (const size_t[DIM_COUNT]){[DIM_TERRITORY] = 1, [DIM_PERIOD] = 1}, -1);
    close_world(&world);
    /* France in each year, and there the third département. */
    CHECK_INT(world.universe->published, 5);
    CHECK_INT(world.universe->count, 9);
    for (int year = 0; year < 2; year++) {
        struct sdc_cell_key key = {.measure = "cases"};
        key.node[DIM_TERRITORY] = france;
        key.node[DIM_PERIOD] = year;
        size_t cell;
        CHECK(universe_add(world.universe, &key, 30, INT64_MAX, false, &cell,
                           &world.err));
        CHECK(cell >= 5 && cell < 9);
        CHECK(universe_is_open(world.universe, cell));
    }
    CHECK_INT(world.universe->relations.count, 3);
    world_free(&world);
}

/* Two zones by 15 and more and 50 and more, and all France under 50: who is
 * under 15 in France is in no table, and follows from all three. */
TEST(what_follows_from_two_dimensions_at_once_becomes_a_hidden_cell)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 2);
    const int france = world_node(&world, DIM_TERRITORY, "FR", 0, 1, false);
    world_leaves(&world, DIM_AGE, 3);
    const int grown = world_node(&world, DIM_AGE, "15+", 1, 2, false);
    const int young = world_node(&world, DIM_AGE, "0-49", 0, 1, false);
    world_table(&world);
    for (size_t at = 0; at < world.leaves; at++)
        world.table[at] = at % 3 == 0 ? 1 : 10;
    const int zones[] = {0, 1}, ages[] = {grown, 2};
    const int *parts[DIM_COUNT] = {[DIM_TERRITORY] = zones, [DIM_AGE] = ages};
    const int *rest[DIM_COUNT] = {
        [DIM_TERRITORY] = &france, [DIM_AGE] = &young};
    world_add_block(
        &world, parts,
        (const size_t[DIM_COUNT]){[DIM_TERRITORY] = 2, [DIM_AGE] = 2}, -1);
    world_add_block(
        &world, rest,
        (const size_t[DIM_COUNT]){[DIM_TERRITORY] = 1, [DIM_AGE] = 1}, -1);
    CHECK(world_protect(&world));
    struct sdc_cell_key key = {.measure = "cases"};
    key.node[DIM_TERRITORY] = france;
    size_t cell;
    CHECK(universe_add(world.universe, &key, 2, INT64_MAX, false, &cell,
                       &world.err));
    CHECK(cell >= world.universe->published);
    CHECK(world.universe->flags[cell] & CELL_PRIMARY);
    CHECK(clearance_report(world.clearance)->secondary > 0);
    world_free(&world);
}

/* Eleven of all sites over two years, with two of the sites; and in another
 * table a third site in the first year: of one sex, told of both, or else of
 * the same. The two sites are at least 1, the third as well, and nothing that
 * is left of the eleven leaves any of them wide enough. */
static void check_shared_total(bool one_sex)
{
    struct world world = world_new(11);
    world_leaves(&world, DIM_SITE, 4);
    const int all = world_node(&world, DIM_SITE, "ALL", 0, 3, false);
    world_leaves(&world, DIM_SEX, 2);
    const int both = world_node(&world, DIM_SEX, "T", 0, 1, false);
    world_leaves(&world, DIM_PERIOD, 2);
    const int years = world_node(&world, DIM_PERIOD, "0-1", 0, 1, false);
    world_table(&world);
    const int64_t first_year[] = {3, 1, 1, 4};
    const int third = 2, women = 0;
    for (size_t site = 0; site < 4; site++)
        world.table[site * world.stride[DIM_SITE]] = first_year[site];
    world.table[3 * world.stride[DIM_SITE] + 1] = 2;
    if (one_sex) {
        world.codes.dims[DIM_SITE].nodes[third].sex = "L0";
        for (size_t year = 0; year < 2; year++)
            world.structural[(size_t)third * world.stride[DIM_SITE] +
                             world.stride[DIM_SEX] + year] = true;
    }
    const int sites[] = {0, 1, all};
    const int *pooled[DIM_COUNT] = {
        [DIM_SITE] = sites, [DIM_SEX] = &women, [DIM_PERIOD] = &years};
    const int *single[DIM_COUNT] = {
        [DIM_SITE] = &third, [DIM_SEX] = one_sex ? &both : &women};
    world_add_block(&world, pooled,
                    (const size_t[DIM_COUNT]){
                        [DIM_SITE] = 3, [DIM_SEX] = 1, [DIM_PERIOD] = 1},
                    -1);
    world_add_block(&world, single,
                    (const size_t[DIM_COUNT]){[DIM_SITE] = 1, [DIM_SEX] = 1},
                    -1);
    CHECK(world_protect(&world));
    const struct sdc_cell_key total = key_of(0, all, women, years);
    const struct sdc_cell_key site = key_of(0, third, women, years);
    size_t cell;
    CHECK(universe_add(world.universe, &site, 1, INT64_MAX, false, &cell,
                       &world.err));
    CHECK(world.universe->flags[cell] & CELL_HIDDEN);
    CHECK(universe_add(world.universe, &total, 11, INT64_MAX, false, &cell,
                       &world.err));
    CHECK(universe_is_withheld(world.universe, cell));
    world_free(&world);
}

TEST(a_part_of_what_others_are_parts_of_is_beside_them)
{
    check_shared_total(false);
}

TEST(a_site_of_one_sex_is_a_part_of_what_is_told_of_the_sex)
{
    check_shared_total(true);
}

TEST(the_empty_sex_of_a_specific_site_is_a_constant)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_SITE, 2);
    int all = world_node(&world, DIM_SITE, "ALL", 0, 1, false);
    world_leaves(&world, DIM_SEX, 2);
    int both = world_node(&world, DIM_SEX, "T", 0, 1, false);
    world_table(&world);
    size_t site = world.stride[DIM_SITE];
    world.table[0] = 20;
    world.table[1] = 30;
    world.table[site] = 4;
    world.structural[site + 1] = true;
    const int sites[] = {0, 1, all}, sexes[] = {0, both};
    const int *nodes[DIM_COUNT] = {[DIM_SITE] = sites, [DIM_SEX] = sexes};
    world_add_block(&world, nodes,
                    (const size_t[DIM_COUNT]){[DIM_SITE] = 3, [DIM_SEX] = 2},
                    -1);
    close_world(&world);
    struct sdc_cell_key hidden = key_of(0, 1, 1, 0);
    size_t cell;
    CHECK(universe_add(world.universe, &hidden, 0, INT64_MAX, true, &cell,
                       &world.err));
    CHECK(cell >= world.universe->published);
    CHECK_INT(world.universe->flags[cell], CELL_HIDDEN | CELL_STRUCTURAL);
    CHECK(!universe_is_open(world.universe, cell));
    world_free(&world);
}

TEST(counts_that_do_not_add_up_are_refused_by_name_without_numbers)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 2);
    world_node(&world, DIM_TERRITORY, "FR", 0, 1, false);
    world_table(&world);
    world.table[0] = 6000;
    world.table[1] = 7000;
    const int leaves[] = {0, 1};
    const int *nodes[DIM_COUNT] = {leaves};
    world_add_block(&world, nodes, (const size_t[DIM_COUNT]){2}, -1);
    struct sdc_cell_key total = key_of(2, 0, 0, 0);
    size_t cell;
    CHECK(universe_add(world.universe, &total, 13001, INT64_MAX, false, &cell,
                       &world.err));
    CHECK(!world_protect(&world));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text,
               "disclosure control: cases, territory level/FR: is not the sum "
               "of its parts along 'territory'; does their coverage differ?");
    world_free(&world);
}

TEST(a_source_that_fails_stops_everything)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_PERIOD, 4);
    int a = world_node(&world, DIM_PERIOD, "0-2", 0, 2, false);
    int b = world_node(&world, DIM_PERIOD, "1-3", 1, 3, false);
    world_table(&world);
    const int shown[] = {a, b};
    const int *nodes[DIM_COUNT] = {[DIM_PERIOD] = shown};
    for (int i = 0; i < 4; i++)
        world.table[i] = 20;
    world_add_block(&world, nodes, (const size_t[DIM_COUNT]){[DIM_PERIOD] = 2},
                    -1);
    const struct clearance *clearance = NULL;
    CHECK(!sdc_protect(world.arena, world.universe, world_no_count, NULL,
                       &clearance, &world.err));
    CHECK(clearance == NULL);
    CHECK_TEXT(world.err.text, "disclosure control: no such count");
    world_free(&world);
}

static bool count_wrongly(void *context, const struct sdc_cell_key *key,
                          int64_t *count, bool *structural, struct err *err)
{
    const int64_t *answer = context;
    (void)key;
    (void)err;
    *count = *answer;
    *structural = false;
    return true;
}

/* Two crossing periods of 60 cases each, over four years. */
static struct world crossing_periods(void)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_PERIOD, 4);
    world_node(&world, DIM_PERIOD, "0-2", 0, 2, false);
    world_node(&world, DIM_PERIOD, "1-3", 1, 3, false);
    world_table(&world);
    for (int i = 0; i < 4; i++)
        world.table[i] = 20;
    return world;
}

static void refuse_with_source(sdc_count *count, int64_t answer,
                               const char *want)
{
    struct world world = crossing_periods();
    const int shown[] = {4, 5};
    const int *nodes[DIM_COUNT] = {[DIM_PERIOD] = shown};
    const struct clearance *clearance = NULL;
    world_add_block(&world, nodes, (const size_t[DIM_COUNT]){[DIM_PERIOD] = 2},
                    -1);
    CHECK(!sdc_protect(world.arena, world.universe, count, &answer, &clearance,
                       &world.err));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.text, want);
    world_free(&world);
}

TEST(a_source_that_lies_is_noticed)
{
    refuse_with_source(count_wrongly, -1,
                       "disclosure control: a hidden cell has an impossible "
                       "count");
    refuse_with_source(
        count_wrongly, 7,
        "disclosure control: cases, period 0-2: is not the sum "
        "of its parts along 'period'; does their coverage differ?");
    refuse_with_source(NULL, 0,
                       "disclosure control: a hidden cell has no source of "
                       "counts");
}

TEST(a_part_larger_than_its_total_is_refused)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 3);
    world_node(&world, DIM_TERRITORY, "FR", 0, 2, false);
    world_table(&world);
    struct sdc_cell_key part = key_of(0, 0, 0, 0), total = key_of(3, 0, 0, 0);
    size_t cell;
    CHECK(universe_add(world_universe(&world), &part, 50, INT64_MAX, false,
                       &cell, &world.err));
    CHECK(universe_add(world.universe, &total, 40, INT64_MAX, false, &cell,
                       &world.err));
    CHECK(!world_protect(&world));
    CHECK_TEXT(world.err.text,
               "disclosure control: cases, territory level/FR: is not the sum "
               "of its parts along 'territory'; does their coverage differ?");
    world_free(&world);
}

/* `count` cells on a diagonal; every dimension has as many leaves as it can
 * number, up to `count`. */
static struct world diagonal(int count, int periods)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, count);
    world_leaves(&world, DIM_SITE, count);
    world_leaves(&world, DIM_AGE, 300);
    world_leaves(&world, DIM_SEX, 1);
    world_leaves(&world, DIM_PERIOD, periods);
    world_leaves(&world, DIM_STRATUM, 1);
    for (int i = 0; i < count; i++) {
        struct sdc_cell_key key = key_of(i, count - 1 - i, 0, 0);
        size_t cell;
        key.node[DIM_AGE] = i % 300;
        key.node[DIM_PERIOD] = i % periods;
        CHECK(universe_add(world_universe(&world), &key, 9, INT64_MAX, false,
                           &cell, &world.err));
    }
    CHECK(universe_open_axes(world.universe, &world.err));
    return world;
}

static uint64_t place_of(const struct grid *grid, int territory, int site,
                         int age, int period)
{
    return grid->terms[DIM_TERRITORY][territory] + grid->terms[DIM_SITE][site] +
           grid->terms[DIM_AGE][age] + grid->terms[DIM_PERIOD][period];
}

static void check_diagonal(const struct grid *grid, int count, int periods)
{
    for (int i = 0; i < count; i++) {
        int site = count - 1 - i, age = i % 300, period = i % periods;
        CHECK_INT(grid_cell(grid, place_of(grid, i, site, age, period)), i);
        CHECK(grid_cell(grid, place_of(grid, i, site, (age + 1) % 300,
                                       period)) == SDC_NO_CELL);
        CHECK(grid_cell(grid, place_of(grid, (i + 1) % count, site, age,
                                       period)) == SDC_NO_CELL);
    }
}

TEST(a_thin_universe_has_pages_where_there_are_cells)
{
    struct world world = diagonal(400, 1);
    struct grid grid = grid_build(world.arena, world.universe);
    CHECK(grid.starts != NULL);
    check_diagonal(&grid, 400, 1);
    world_free(&world);
}

TEST(a_universe_too_thin_for_pages_is_hashed)
{
    struct world world = diagonal(1000, 20);
    struct grid grid = grid_build(world.arena, world.universe);
    CHECK(grid.starts == NULL);
    check_diagonal(&grid, 1000, 20);
    world_free(&world);
}

static uint32_t *persons_of(struct world *world)
{
    uint32_t *persons = NULL;
    close_world(world);
    CHECK(person_find(world->arena, world->universe, world_count, world,
                      &persons, &world->err));
    return persons;
}

/* Site 0: one person per département and one per age, in two tables that
 * share France only. */
static struct world two_tables(int age_of_the_first)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 2);
    world_leaves(&world, DIM_AGE, 2);
    world_node(&world, DIM_TERRITORY, "FR", 0, 1, false);
    world_node(&world, DIM_AGE, "T", 0, 1, false);
    world_table(&world);
    world.table[age_of_the_first] = 1;
    world.table[2 + (1 - age_of_the_first)] = 1;
    return world;
}

TEST(somebody_alone_in_two_tables_is_one_person)
{
    for (int age = 0; age < 2; age++) {
        struct world world = two_tables(age);
        const int both[] = {0, 1}, total[] = {2};
        const int *places[DIM_COUNT] = {both, [DIM_AGE] = total};
        const int *ages[DIM_COUNT] = {total, [DIM_AGE] = both};
        const size_t first[DIM_COUNT] = {2, [DIM_AGE] = 1};
        const size_t second[DIM_COUNT] = {1, [DIM_AGE] = 2};
        world_add_block(&world, places, first, -1);
        world_add_block(&world, ages, second, -1);
        uint32_t *persons = persons_of(&world);
        CHECK_INT(persons[2 + age], persons[0]);
        CHECK_INT(persons[3 - age], persons[1]);
        CHECK(persons[0] != persons[1]);
        world_free(&world);
    }
}

/* Site 1 of one year by subtraction of ages is within all sites of both. */
TEST(what_a_subtraction_gives_is_led_to_what_holds_it)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_SITE, 3);
    world_leaves(&world, DIM_AGE, 2);
    world_leaves(&world, DIM_PERIOD, 2);
    int sites = world_node(&world, DIM_SITE, "ALL", 0, 2, false);
    int ages = world_node(&world, DIM_AGE, "T", 0, 1, false);
    int years = world_node(&world, DIM_PERIOD, "0-1", 0, 1, false);
    world_table(&world);
    const int wide_sites[] = {sites, 0}, old[] = {1}, both[] = {years};
    const int site[] = {1}, total_young[] = {ages, 0}, year[] = {0, 1};
    const int *wide[DIM_COUNT] = {
        [DIM_SITE] = wide_sites, [DIM_AGE] = old, [DIM_PERIOD] = both};
    const int *fine[DIM_COUNT] = {
        [DIM_SITE] = site, [DIM_AGE] = total_young, [DIM_PERIOD] = year};
    const size_t wide_counts[DIM_COUNT] = {
        [DIM_SITE] = 2, [DIM_AGE] = 1, [DIM_PERIOD] = 1};
    const size_t fine_counts[DIM_COUNT] = {
        [DIM_SITE] = 1, [DIM_AGE] = 2, [DIM_PERIOD] = 2};
    world_add_block(&world, wide, wide_counts, -1);
    world_add_block(&world, fine, fine_counts, -1);
    close_world(&world);
    const struct universe *universe = world.universe;
    uint64_t key = universe_with(universe->keys[1], DIM_SITE, 1);
    CHECK(universe_lookup(universe, key) != SDC_NO_CELL);
    CHECK(universe_lookup(universe, universe_with(key, DIM_PERIOD, 0)) !=
          SDC_NO_CELL);
    world_free(&world);
}

RUN(CASE(a_source_that_lies_is_noticed),
    CASE(what_a_subtraction_gives_is_led_to_what_holds_it),
    CASE(a_part_larger_than_its_total_is_refused),
    CASE(a_thin_universe_has_pages_where_there_are_cells),
    CASE(a_universe_too_thin_for_pages_is_hashed),
    CASE(somebody_alone_in_two_tables_is_one_person),
    CASE(an_equal_key_is_the_same_cell),
    CASE(measures_are_separate_and_impossible_cells_are_refused),
    CASE(a_part_that_no_table_shows_becomes_a_hidden_cell),
    CASE(a_level_with_one_child_is_tied),
    CASE(overlapping_periods_share_hidden_years),
    CASE(zones_that_cross_regions_meet_in_their_departements),
    CASE(a_total_over_two_dimensions_is_joined_to_what_is_within_it),
    CASE(what_follows_from_two_dimensions_at_once_becomes_a_hidden_cell),
    CASE(a_part_of_what_others_are_parts_of_is_beside_them),
    CASE(a_site_of_one_sex_is_a_part_of_what_is_told_of_the_sex),
    CASE(the_empty_sex_of_a_specific_site_is_a_constant),
    CASE(counts_that_do_not_add_up_are_refused_by_name_without_numbers),
    CASE(a_source_that_fails_stops_everything))
