/* SPDX-License-Identifier: EUPL-1.2 */
/* Differences of rows that one site of one year and sex proves: where they
 * answer for a difference, and where they do not. That nothing is given away is
 * attacked in test_sdc_rates_shapes.c. */
#include "rate_shapes.h"

#include "seal/seal_ages_moves.h"

enum {
    MANY = 25000,
    RELEASES = 8,
    WIDE = 150,
};

static const struct age_limits all_judged = {MANY, MANY, MANY};
static const struct age_limits some_proved = {0, MANY, MANY};

/* Rates of every site and year and of their sums. */
static struct seal_fixture *make_release(uint32_t seed)
{
    struct shape_draw draw = {seed * UINT32_C(2654435761) + 1};
    return shape_full_release(&draw, 2 + seed % 2);
}

static const struct moves *find_moves(struct seal_fixture *fixture,
                                      const struct age_stock *stock)
{
    struct seal_ages *ages = (struct seal_ages *)(uintptr_t)fixture->seal.ages;
    return seal_ages_find_moves(
        ages, stock == NULL ? ages->tables[0].stock : stock,
        ages->seal->tables[0]->axes[DIM_TERRITORY].nodes[0], fixture->arena);
}

static struct age_stock stock_of(const struct seal_fixture *fixture)
{
    return *fixture->seal.ages->tables[0].stock;
}

static size_t count_wide(const struct moves *moves)
{
    size_t count = 0;
    for (size_t a = 0; a < moves->ages; a++) {
        for (size_t w = 0; w < moves->words; w++) {
            for (uint64_t left = moves->wide[a][w]; left != 0; left &= left - 1)
                count++;
        }
    }
    return count;
}

TEST(small_age_counts_of_some_places_move_alone)
{
    struct seal_fixture *fixture = make_release(2);
    seal_fixture_protect(fixture);
    const struct moves *moves = find_moves(fixture, NULL);
    CHECK(moves != NULL && moves->thresholds[0] == 5);
    CHECK_INT(moves->ages, FIXTURE_AGES);
    CHECK(count_wide(moves) > 10);
    seal_fixture_end(fixture);
}

/* Rates that are kept, of rows with cases. */
static size_t decide(struct seal_fixture *fixture, struct age_limits limits,
                     size_t *judged)
{
    struct seal_ages *ages = NULL;
    size_t rates = 0;
    CHECK(
        seal_ages_decide_within(&fixture->seal, limits, &ages, &fixture->err));
    for (size_t t = 0; t < fixture->plan.table_count; t++) {
        const struct derived_table *table = fixture->seal.tables[t];
        for (size_t r = 0; r < table->rows; r++)
            rates += cube_count(table->counts, r) > 0 &&
                     seal_ages_digits(ages, t, r, 0) != AGES_NOTHING;
    }
    *judged += ages->cell_count;
    return rates;
}

/* Under other rules, when all is decided. */
static const struct moves *moves_again(struct seal_fixture *fixture)
{
    struct seal_ages *ages = (struct seal_ages *)(uintptr_t)fixture->seal.ages;
    CHECK(rule_book_new(fixture->arena, &fixture->seal.codes,
                        &fixture->project.policy, &ages->book, &fixture->err));
    return find_moves(fixture, NULL);
}

static const struct moves *moves_under(struct seal_fixture *fixture,
                                       enum rule_kind kind, int64_t number)
{
    shape_rule(fixture, kind, number);
    return moves_again(fixture);
}

/* Of the first territory, at one age in one year and sex. */
static int64_t least_people(const struct seal_fixture *fixture)
{
    const struct seal *seal = &fixture->seal;
    const struct node *territory =
        &seal->codes.dims[DIM_TERRITORY]
             .nodes[seal->tables[0]->axes[DIM_TERRITORY].nodes[0]];
    int64_t people[FIXTURE_YEARS][2][FIXTURE_AGES] = {0}, least = INT64_MAX;
    for (size_t f = 0; f < fixture->population.count; f++) {
        const struct fact *fact = &fixture->population.rows[f];
        if (calc_fixture_has(territory, fact->leaf[DIM_TERRITORY]))
            people[fact->leaf[DIM_PERIOD]][fact->leaf[DIM_SEX]]
                  [fact->leaf[DIM_AGE]] += fact->count;
    }
    for (size_t p = 0; p < COUNT_OF(people) * 2 * FIXTURE_AGES; p++) {
        int64_t own = people[p / 2 / FIXTURE_AGES][p / FIXTURE_AGES % 2]
                            [p % FIXTURE_AGES];
        least = own < least ? own : least;
    }
    return least;
}

TEST(the_largest_threshold_of_an_age_is_heeded)
{
    struct seal_fixture *fixture = make_release(2);
    seal_fixture_protect(fixture);
    const struct moves *moves = moves_under(fixture, RULE_STRICTER, 9);
    CHECK(moves != NULL && moves->thresholds[0] == 9);
    for (size_t a = 1; a < FIXTURE_AGES; a++)
        CHECK_INT(moves->thresholds[a], 5);
    moves = moves_under(fixture, RULE_THRESHOLD, 12);
    CHECK(moves != NULL && moves->thresholds[FIXTURE_AGES - 1] == 12);
    seal_fixture_end(fixture);
}

/* Of what no rule asks for more, a place answers: floors below every
 * population are none. */
TEST(no_place_answers_where_more_than_a_threshold_is_asked)
{
    static const char *others[] = {"population"};
    struct seal_fixture *fixture = make_release(2);
    seal_fixture_protect(fixture);
    int64_t least = least_people(fixture);
    CHECK(moves_under(fixture, RULE_POPULATION_FLOOR, least) != NULL);
    CHECK(moves_under(fixture, RULE_POPULATION_FLOOR, least + 1) == NULL);
    CHECK(moves_under(fixture, RULE_ZEROS, least) != NULL);
    CHECK(moves_under(fixture, RULE_ZEROS, least + 1) == NULL);
    fixture->listed.measures = (struct selection){others, 1};
    CHECK(moves_again(fixture) != NULL);
    CHECK(moves_under(fixture, RULE_NON_EVENTS, 0) == NULL);
    CHECK(moves_under(fixture, RULE_THRESHOLD, 5) != NULL);
    seal_fixture_many_sources(fixture);
    CHECK(find_moves(fixture, NULL) == NULL); /* a doubt */
    seal_fixture_end(fixture);
}

/* Then all differences are judged, and rows lose their rates as ever. */
TEST(without_places_all_differences_are_judged)
{
    struct seal_fixture *fixture = make_release(0);
    shape_rule(fixture, RULE_NON_EVENTS, 0);
    seal_fixture_protect(fixture);
    size_t judged = 0, again = 0;
    size_t rates = decide(fixture, all_judged, &judged);
    CHECK_INT(decide(fixture, some_proved, &again), rates);
    CHECK_INT(again, judged);
    CHECK(decide(fixture, (struct age_limits){MANY, 1, MANY}, &again) < rates);
    CHECK(judged > 0);
    seal_fixture_end(fixture);
}

/* Counts of a site in years in which another is not covered do not add up. */
TEST(no_place_answers_where_sites_are_covered_apart)
{
    struct seal_fixture *fixture = make_release(2);
    seal_fixture_protect(fixture);
    struct age_stock stock = stock_of(fixture);
    size_t years = stock.leaves[DIM_PERIOD], sites = stock.leaves[DIM_SITE];
    size_t count = stock.leaves[DIM_TERRITORY] * years * sites;
    unsigned char *status = arena_array(fixture->arena, count, 1);
    const struct coverage coverage = {.status = status,
                                      .territories =
                                          stock.leaves[DIM_TERRITORY],
                                      .periods = years,
                                      .sites = sites};
    memset(status, COVERAGE_OBSERVED, count);
    memset(status, COVERAGE_NONE, sites); /* a year of no site */
    stock.coverage = &coverage;
    CHECK(find_moves(fixture, &stock) != NULL);
    status[sites - 1] = COVERAGE_OBSERVED;
    CHECK(find_moves(fixture, &stock) == NULL);
    seal_fixture_end(fixture);
}

/* What is suppressed of them ties the sexes. */
TEST(no_place_answers_where_ages_are_cells)
{
    static const char *all[] = {"all"}, *year[] = {"2020"};
    static const char *ages[] = {"T", "each"};
    struct seal_fixture *fixture = make_release(2);
    shape_table(fixture, -1, "", (struct selection){all, 1},
                (struct selection){year, 1});
    fixture->tables[fixture->plan.table_count - 1].select[DIM_AGE] =
        (struct selection){ages, 2};
    seal_fixture_protect(fixture);
    CHECK(find_moves(fixture, NULL) == NULL);
    seal_fixture_end(fixture);
}

/* A bit for each of them, in every row and difference. */
TEST(no_place_answers_where_there_are_too_many)
{
    struct seal_fixture *fixture = make_release(2);
    seal_fixture_protect(fixture);
    struct age_stock stock = stock_of(fixture);
    stock.leaves[DIM_SITE] = 1 << 14;
    CHECK(find_moves(fixture, &stock) == NULL);
    seal_fixture_end(fixture);
}

/* Most differences need no proof of their own. */
TEST(fewer_differences_are_judged_and_no_rate_is_lost)
{
    size_t all = 0, lean = 0, judged = 0, few = 0;
    for (uint32_t seed = 0; seed < RELEASES; seed++) {
        struct seal_fixture *fixture = make_release(seed);
        seal_fixture_protect(fixture);
        all += decide(fixture, all_judged, &judged);
        lean += decide(fixture, some_proved, &few);
        seal_fixture_end(fixture);
    }
    CHECK(lean >= all);
    CHECK(few * 10 < judged);
}

/* Rows and what they leave are compared with each other while they are few
 * enough; the rows of fewest cases are told of by their counts alone where they
 * are not, and all of them where none may be. */
TEST(rows_that_are_not_compared_lose_their_rates)
{
    static const size_t live[] = {0, 1, 4, 16, 64, MANY};
    size_t judged = 0, all = 0;
    for (uint32_t seed = 2; seed < RELEASES; seed++) {
        struct seal_fixture *fixture = make_release(seed);
        seal_fixture_protect(fixture);
        CHECK(find_moves(fixture, NULL) != NULL);
        size_t before = 0;
        for (size_t l = 0; l < COUNT_OF(live); l++) {
            const struct age_limits limits = {0, MANY, live[l]};
            size_t rates = decide(fixture, limits, &judged);
            CHECK(rates >= before);
            CHECK(live[l] > 1 || rates == 0);
            before = rates;
        }
        all += before;
        seal_fixture_end(fixture);
    }
    CHECK(all > 50);
}

/* Leaf by leaf: whether some place of these nodes is wide at the age. */
static bool moves_in_box(const struct seal_ages *ages,
                         const struct moves *moves, const int *nodes,
                         size_t age)
{
    const struct node *of[SET_DIMS];
    size_t combinations = 1;
    bool found = false;
    for (size_t d = 0; d < SET_DIMS; d++) {
        of[d] = &ages->codes.dims[set_dims[d]].nodes[nodes[set_dims[d]]];
        combinations *= of[d]->leaf_count;
    }
    for (size_t c = 0; c < combinations; c++) {
        size_t place = 0, left = c;
        for (size_t d = 0; d < SET_DIMS; d++) {
            place = place * moves->leaves[d] +
                    of[d]->leaves[left % of[d]->leaf_count];
            left /= of[d]->leaf_count;
        }
        found = found || (moves->wide[age][place / 64] >> place % 64 & 1) != 0;
    }
    return found;
}

static bool is_proved(const struct seal_ages *ages, const struct moves *moves,
                      const struct age_cell *cell, struct arena *arena)
{
    bool all = true;
    for (size_t a = 0; a < moves->ages && all; a++) {
        int64_t cases = 0;
        bool found = false;
        for (size_t b = 0; b < cell->box_count; b++) {
            const int64_t *counts = NULL, *years = NULL;
            seal_ages_sum(ages, cell->stock, cell->boxes[b], arena, &counts,
                          &years);
            cases += counts[a];
            found = found || moves_in_box(ages, moves, cell->boxes[b], a);
        }
        all = cases == 0 || cases >= moves->thresholds[a] || found;
    }
    return all;
}

/* Of the first territory, that no place proves. */
static size_t count_unproved(const struct seal_fixture *fixture,
                             const struct moves *moves)
{
    const struct seal_ages *ages = fixture->seal.ages;
    int own = ages->seal->tables[0]->axes[DIM_TERRITORY].nodes[0];
    size_t count = 0;
    for (size_t c = 0; c < ages->cell_count; c++) {
        const struct age_cell *cell = &ages->cells[c];
        count += cell->boxes[0][DIM_TERRITORY] == own &&
                 !is_proved(ages, moves, cell, fixture->arena);
    }
    return count;
}

/* All differences, then those that no place proves: what is left out is what
 * one leaf after the other proves as well. */
TEST(what_is_left_out_has_a_place_that_moves_at_each_small_age)
{
    size_t unproved = 0, all = 0;
    for (uint32_t seed = 0; seed < CHECK_SEEDS(WIDE); seed++) {
        struct shape_draw draw = {seed * UINT32_C(2654435761) + 1};
        struct seal_fixture *fixture = shape_release(&draw, 3);
        seal_fixture_protect(fixture);
        struct seal_ages *ages =
            (struct seal_ages *)(uintptr_t)fixture->seal.ages;
        const struct moves *moves = find_moves(fixture, NULL);
        ages->cell_count = 0;
        seal_ages_find_differences(ages, ages->tables[0].stock, INFINITY, MANY);
        all += ages->cell_count;
        size_t expected = count_unproved(fixture, moves);
        ages->cell_count = 0;
        seal_ages_find_unproved(ages, some_proved);
        CHECK_INT(count_unproved(fixture, moves), expected);
        unproved += expected;
        seal_fixture_end(fixture);
    }
    CHECK(CHECK_SANITIZED || (unproved > 5 && all > 10 * unproved));
}

/* Two suppressed sites of a year, which the total without the third tells: in
 * neither is an age count wide alone. */
TEST(what_no_place_proves_is_judged)
{
    enum { FOUND = 116 };
    struct shape_draw draw = {FOUND * UINT32_C(2654435761) + 1};
    struct grid_found found = {0};
    shape_attack_within(shape_release(&draw, 3), some_proved, &found);
    CHECK_INT(found.exposed, 0);
    CHECK_INT(found.unsettled, 0);
    CHECK(found.places > 5 && found.rates > 10);
}

RUN(CASE(small_age_counts_of_some_places_move_alone),
    CASE(the_largest_threshold_of_an_age_is_heeded),
    CASE(no_place_answers_where_more_than_a_threshold_is_asked),
    CASE(without_places_all_differences_are_judged),
    CASE(no_place_answers_where_sites_are_covered_apart),
    CASE(no_place_answers_where_ages_are_cells),
    CASE(no_place_answers_where_there_are_too_many),
    CASE(rows_that_are_not_compared_lose_their_rates),
    CASE(fewer_differences_are_judged_and_no_rate_is_lost),
    CASE(what_is_left_out_has_a_place_that_moves_at_each_small_age),
    CASE(what_no_place_proves_is_judged))
