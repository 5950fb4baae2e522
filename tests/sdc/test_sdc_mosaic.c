/* SPDX-License-Identifier: EUPL-1.2 */
/* Rounded tables of a release: one rounding of everything that overlaps,
 * against an attacker by brute force, over releases that follow each other. */
#include "world.h"

#include "sdc/mosaic.h"

enum {
    MOST = 40, /* cells of a test */
    TRIALS = 3000,
};

static const struct hash_key key = {
    (const unsigned char *)"0123456789abcdef0123456789abcdef", 32};

/* One release: its universe and what it prints. */
struct print {
    struct universe *universe;
    struct mosaic mosaic;
    int64_t base;
};

static bool try_print(struct world *world, struct print *print, int64_t base)
{
    struct mosaic_job job = {
        .base = base,
        .key = key,
        .count = world_count,
        .context = world,
    };
    print->base = base;
    return mosaic_round(world->arena, print->universe, &job, &print->mosaic,
                        &world->err);
}

static void round_all(struct world *world, struct print *print, int64_t base)
{
    if (!try_print(world, print, base))
        fail_msg("%s", world->err.text);
}

/* A cell of these nodes, among sites and sexes. */
static size_t show(struct world *world, struct universe *universe, int site,
                   int sex)
{
    struct sdc_cell_key at = {.measure = "cases"};
    int64_t count;
    bool structural;
    size_t cell;
    at.node[DIM_SITE] = site;
    at.node[DIM_SEX] = sex;
    (void)world_count(world, &at, &count, &structural, &world->err);
    if (!universe_add(universe, &at, count, INT64_MAX, structural, &cell,
                      &world->err))
        fail_msg("%s", world->err.text);
    return cell;
}

/* What an earlier release printed of a cell, and of its population. */
static bool join_limited(struct world *world, struct universe *universe,
                         const struct print *from, size_t cell,
                         const char *release, bool same, int64_t limit)
{
    struct past_cell past = {
        .release = release,
        .measure = "cases",
        .status = PAST_SHOWN,
        .count = from->mosaic.values[cell],
        .limit = limit,
    };
    for (int d = 0; d < DIM_COUNT; d++) {
        size_t part = universe_part(from->universe->keys[cell], (enum dim)d);
        const struct part *leaves = &from->universe->axes[d].parts[part];
        if (!universe_past_set(universe, (enum dim)d, leaves->leaves,
                               leaves->leaf_count, &past.sets[d], &world->err))
            return false;
    }
    return same ? universe_add_printed(universe, &past, world_count, world,
                                       &world->err)
                : universe_prefer_printed(universe, &past, &world->err);
}

static bool join(struct world *world, struct universe *universe,
                 const struct print *from, size_t cell, const char *release,
                 bool same)
{
    return join_limited(world, universe, from, cell, release, same, INT64_MAX);
}

/* --- the attacker
 * ------------------------------------------------------------------------ */

/* Everything that anybody is told, over the leaves of the world. */
struct attack {
    size_t leaves, count;
    unsigned held[MOST];             /* leaves of a cell */
    int64_t least[MOST], most[MOST]; /* what is printed of it leaves open */
    int64_t low[MOST], high[MOST];   /* what is possible */
    int64_t sum[MOST];
    int64_t table[16];
};

static unsigned leaves_of(const struct world *world, const struct print *print,
                          size_t cell)
{
    unsigned held = 0;
    struct sdc_cell_key at = {0};
    for (int d = 0; d < DIM_COUNT; d++)
        at.node[d] =
            (int)universe_part(print->universe->keys[cell], (enum dim)d);
    const struct node *site = &world->codes.dims[DIM_SITE].nodes[at.node[1]];
    const struct node *sex = &world->codes.dims[DIM_SEX].nodes[at.node[2]];
    for (size_t i = 0; i < site->leaf_count; i++) {
        for (size_t j = 0; j < sex->leaf_count; j++)
            held |= 1U << (site->leaves[i] * world->stride[DIM_SITE] +
                           sex->leaves[j] * world->stride[DIM_SEX]);
    }
    return held;
}

/* The attacker knows which cells were rounded for themselves: those within one
 * base. Their parts are not cut by those of any other cell. */
static bool is_tile(const struct print *print, size_t cell)
{
    const struct universe *universe = print->universe;
    for (size_t c = 0; c < universe->published; c++) {
        for (int d = 0; d < DIM_COUNT; d++) {
            const struct part *own =
                &universe->axes[d]
                     .parts[universe_part(universe->keys[cell], (enum dim)d)];
            const struct part *other =
                &universe->axes[d]
                     .parts[universe_part(universe->keys[c], (enum dim)d)];
            size_t common = 0;
            for (size_t i = 0; i < own->leaf_count; i++) {
                for (size_t j = 0; j < other->leaf_count; j++)
                    common += own->leaves[i] == other->leaves[j];
            }
            if (common > 0 && common < own->leaf_count)
                return false;
        }
    }
    return true;
}

static void tell(const struct world *world, const struct print *print,
                 struct attack *attack)
{
    for (size_t c = 0; c < print->universe->published; c++) {
        size_t at = attack->count++;
        CHECK(at < MOST);
        int64_t window = is_tile(print, c) ? 1 : print->mosaic.report.window;
        int64_t reach = window * print->base - 1;
        int64_t value = print->mosaic.values[c];
        CHECK(value % print->base == 0 && value >= 0);
        CHECK(llabs(value - print->universe->counts[c]) <= reach);
        attack->held[at] = leaves_of(world, print, c);
        attack->least[at] = value > reach ? value - reach : 0;
        attack->most[at] = value + reach;
        attack->low[at] = INT64_MAX;
        attack->high[at] = -1;
    }
}

static void note(struct attack *attack)
{
    for (size_t c = 0; c < attack->count; c++) {
        if (attack->sum[c] < attack->least[c])
            return;
    }
    for (size_t c = 0; c < attack->count; c++) {
        int64_t sum = attack->sum[c];
        attack->low[c] = sum < attack->low[c] ? sum : attack->low[c];
        attack->high[c] = sum > attack->high[c] ? sum : attack->high[c];
    }
}

/* Every table of counts that agrees with everything printed. */
static void enumerate(struct attack *attack, size_t leaf)
{
    if (leaf == attack->leaves) {
        note(attack);
        return;
    }
    unsigned held = 0;
    for (size_t c = 0; c < attack->count; c++)
        held |= attack->held[c];
    /* Of a leaf that no cell holds, nothing is known and nothing follows. */
    for (int64_t count = 0; count == 0 || (held >> leaf & 1); count++) {
        bool fits = true;
        for (size_t c = 0; c < attack->count; c++) {
            if (!(attack->held[c] >> leaf & 1))
                continue;
            attack->sum[c] += count;
            fits = fits && attack->sum[c] <= attack->most[c];
        }
        if (fits)
            enumerate(attack, leaf + 1);
        for (size_t c = 0; c < attack->count; c++)
            attack->sum[c] -= attack->held[c] >> leaf & 1 ? count : 0;
        if (!fits)
            return;
    }
}

/* No interval that meets 1..T-1 is narrower than T-2; and the same cell has
 * the same number wherever it stands. */
static void check_promise(struct attack *attack, int64_t threshold)
{
    enumerate(attack, 0);
    for (size_t c = 0; c < attack->count; c++) {
        CHECK(attack->low[c] <= attack->high[c]);
        CHECK(attack->low[c] >= threshold || attack->high[c] < 1 ||
              attack->high[c] - attack->low[c] >= threshold - 2);
    }
}

/* --- random releases
 * ---------------------------------------------------------------------------
 */

/* Sites with nodes that nest, cross and repeat, by one sex or two. */
static struct world random_world(uint64_t *state, int64_t threshold)
{
    struct world world = world_new(threshold);
    int sexes = 1 + world_below(state, 2);
    int sites = sexes == 2 ? 2 : 3 + world_below(state, 2);
    world_leaves(&world, DIM_SITE, sites);
    world_leaves(&world, DIM_SEX, sexes);
    world_node(&world, DIM_SITE, "ALL", 0, sites - 1, false);
    for (int zone = 0; zone < 2 && sexes == 1; zone++) {
        int first = world_below(state, sites - 1);
        world_node(&world, DIM_SITE, arena_format(world.arena, "Z%d", zone),
                   first, first + 1, true);
    }
    if (sexes == 2)
        world_node(&world, DIM_SEX, CODE_TOTAL, 0, 1, false);
    world_table(&world);
    for (size_t l = 0; l < world.leaves; l++)
        world.table[l] = world_below(state, 2) ? world_below(state, 5) : 0;
    return world;
}

/* Some cells, each with one chance in `odds` of being left out. */
static void show_some(struct world *world, struct print *print, uint64_t *state,
                      int odds)
{
    const struct dimension *dims = world->codes.dims;
    print->universe = universe_new(world->arena, &world->codes, &world->policy);
    (void)show(world, print->universe, 0, 0);
    for (size_t i = 0; i < dims[DIM_SITE].count; i++) {
        for (size_t j = 0; j < dims[DIM_SEX].count; j++) {
            if (world_below(state, odds) > 0)
                (void)show(world, print->universe, (int)i, (int)j);
        }
    }
}

/* The same leaves in both, by whatever code. */
static bool is_same(const struct universe *a, size_t cell,
                    const struct universe *b, size_t other)
{
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct part *x =
            &a->axes[d].parts[universe_part(a->keys[cell], (enum dim)d)];
        const struct part *y =
            &b->axes[d].parts[universe_part(b->keys[other], (enum dim)d)];
        if (x->leaf_count != y->leaf_count ||
            memcmp(x->leaves, y->leaves, x->leaf_count * sizeof *x->leaves))
            return false;
    }
    return true;
}

static void check_again(const struct print *before, const struct print *after)
{
    const struct universe *past = before->universe, *now = after->universe;
    for (size_t c = 0; c < past->published; c++) {
        size_t found = 0;
        for (size_t cell = 0; cell < now->count; cell++) {
            if (!is_same(past, c, now, cell))
                continue;
            found++;
            CHECK_INT(after->mosaic.values[cell], before->mosaic.values[c]);
        }
        CHECK(found > 0);
    }
}

TEST(nobody_narrows_a_count_whatever_two_releases_print)
{
    uint64_t state = 20261;
    int refused = 0, done = 0;
    for (int t = 0; t < TRIALS; t++) {
        int64_t threshold = 3 + t % 3, base = threshold - 1 + t % 2;
        struct world world = random_world(&state, threshold);
        struct print first = {0}, second = {0};
        struct attack attack = {.leaves = world.leaves};
        show_some(&world, &first, &state, 3);
        show_some(&world, &second, &state, 3);
        round_all(&world, &first, base);
        for (size_t c = 0; c < first.universe->published; c++)
            CHECK(join(&world, second.universe, &first, c, "one", true));
        if (!try_print(&world, &second, base)) {
            CHECK_TEXT(world.err.id, "round.printed");
            refused++;
        } else {
            check_again(&first, &second);
            tell(&world, &first, &attack);
            tell(&world, &second, &attack);
            check_promise(&attack, threshold);
            done++;
        }
        world_free(&world);
    }
    CHECK_INT(done + refused, TRIALS);
    CHECK(refused <
          TRIALS / 20); /* margins that no rounding of new parts gives */
}

/* Margins first, then what they are made of: hundreds of leaves, which no
 * enumeration settles. */
TEST(margins_of_an_earlier_release_are_found_again_by_search)
{
    uint64_t state = 77;
    for (int t = 0; t < 8; t++) {
        struct world world = world_new(5);
        struct print first = {0}, second = {0};
        world_leaves(&world, DIM_SITE, 40);
        world_leaves(&world, DIM_SEX, 6);
        for (int group = 0; group < 40; group += 5)
            world_node(&world, DIM_SITE,
                       arena_format(world.arena, "G%d", group), group,
                       group + 4, false);
        world_node(&world, DIM_SITE, "ALL", 0, 39, false);
        world_node(&world, DIM_SEX, CODE_TOTAL, 0, 5, false);
        world_table(&world);
        for (size_t l = 0; l < world.leaves; l++)
            world.table[l] = world_below(&state, 1 + world_below(&state, 30));
        first.universe = universe_new(world.arena, &world.codes, &world.policy);
        second.universe =
            universe_new(world.arena, &world.codes, &world.policy);
        for (int site = 0; site < 49; site++) {
            for (int sex = 0; sex <= 6; sex++) {
                bool margin = t % 2 ? site >= 40 : site == 48 || sex == 6;
                if (margin)
                    (void)show(&world, first.universe, site, sex);
            }
        }
        for (int site = 0; site < 49; site++) {
            for (int sex = 0; sex <= 6; sex++)
                (void)show(&world, second.universe, site, sex);
        }
        round_all(&world, &first, 5);
        for (size_t c = 0; c < first.universe->published; c++)
            CHECK(join(&world, second.universe, &first, c, "one", true));
        round_all(&world, &second, 5);
        check_again(&first, &second);
        CHECK_INT(second.mosaic.report.how, ROUND_SEARCHED);
        CHECK(second.mosaic.report.window <= 3);
        world_free(&world);
    }
}

TEST(the_attacker_of_the_test_finds_two_roundings_of_one_count)
{
    struct attack attack = {.leaves = 1, .count = 2};
    for (size_t c = 0; c < 2; c++) {
        attack.held[c] = 1;
        attack.least[c] = c == 0 ? 0 : 1;
        attack.most[c] = c == 0 ? 3 : 7;
        attack.low[c] = INT64_MAX;
    }
    enumerate(&attack, 0);
    CHECK_INT(attack.low[0], 1);
    CHECK_INT(attack.high[0], 3); /* width 2: exposed at a threshold of 5 */
}

/* --- one at a time
 * ----------------------------------------------------------------------------
 */

/* Sites L0 L1 L2 (3, 4, 8), ALL, and the crossing zones Z0 = L0 L1, Z1 = L1
 * L2. */
static struct world crossing_world(void)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_SITE, 3);
    world_node(&world, DIM_SITE, "ALL", 0, 2, false);
    world_node(&world, DIM_SITE, "Z0", 0, 1, true);
    world_node(&world, DIM_SITE, "Z1", 1, 2, true);
    world_table(&world);
    world.table[0] = 3;
    world.table[1] = 4;
    world.table[2] = 8;
    return world;
}

static struct print crossing_print(struct world *world)
{
    struct print print = {
        universe_new(world->arena, &world->codes, &world->policy), {0}, 0};
    for (int site = 3; site <= 5; site++)
        (void)show(world, print.universe, site, 0);
    return print;
}

TEST(zones_that_cross_are_sums_of_parts_that_no_table_shows)
{
    struct world world = crossing_world();
    struct print print = crossing_print(&world);
    round_all(&world, &print, 5);
    const int64_t *values = print.mosaic.values;
    CHECK_INT(print.mosaic.report.leaves, 3);
    CHECK_INT(print.universe->count, 6);
    CHECK_INT(values[0], values[3] + values[4] + values[5]);
    CHECK_INT(values[1] + values[2] - values[0] >= 0, 1);
    world_free(&world);
}

static void check_refused(struct world *world, struct print *print,
                          int64_t base, const char *id, const char *text)
{
    CHECK(!try_print(world, print, base));
    CHECK_INT(world->err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world->err.id, id);
    CHECK_TEXT(world->err.text, text);
}

TEST(a_base_that_does_not_protect_the_threshold_of_a_cell_is_refused)
{
    struct world world = crossing_world();
    world_name_totals(&world);
    world_rule(&world, RULE_STRICTER, 11)->select[DIM_SITE] =
        world_word(&world, "code:L1");
    struct print print = crossing_print(&world);
    (void)show(&world, print.universe, 1, 0);
    check_refused(&world, &print, 5, "mosaic.threshold",
                  "cases, site L1: rounding to base 5 cannot protect its "
                  "threshold of 11: the base must be at least 10");
    world_free(&world);
}

TEST(a_cell_that_a_rule_wants_suppressed_is_not_rounded)
{
    struct world world = crossing_world();
    world_name_totals(&world);
    struct rule_cells *cells = world_rule(&world, RULE_MUST_SUPPRESS, 0);
    cells->select[DIM_SITE] = world_word(&world, "code:Z1");
    cells->select[DIM_PERIOD] = world_word(&world, "2019");
    struct print print = crossing_print(&world);
    check_refused(&world, &print, 5, "mosaic.rule",
                  "cases, site Z1: rule 1 (must_suppress) wants it suppressed, "
                  "and it would be rounded");
    world_free(&world);
}

TEST(a_public_bound_that_cuts_the_interval_is_refused)
{
    struct world world = crossing_world();
    struct print print = crossing_print(&world);
    struct sdc_cell_key at = {.measure = "cases"};
    size_t cell;
    at.node[DIM_SITE] = 2;
    CHECK(universe_add(print.universe, &at, 8, 8, false, &cell, &world.err));
    check_refused(&world, &print, 5, "round.limit",
                  "cases, site L2: a public upper bound cuts what rounding "
                  "leaves open");
    world_free(&world);
}

TEST(a_population_that_was_published_before_cuts_as_well)
{
    for (int same = 0; same < 2; same++) {
        struct world world = crossing_world();
        struct print print = crossing_print(&world);
        struct print next = crossing_print(&world);
        round_all(&world, &print, 5);
        CHECK(join_limited(&world, next.universe, &print, 0, "one", same, 0));
        CHECK(next.universe->limits[0] == INT64_MAX); /* says nothing */
        CHECK(join_limited(&world, next.universe, &print, 0, "one", same, 15));
        check_refused(&world, &next, 5, "round.limit",
                      "cases, site ALL: a public upper bound cuts what "
                      "rounding leaves open");
        world_free(&world);
    }
}

TEST(what_two_releases_printed_differently_is_refused)
{
    struct world world = crossing_world();
    struct print print = crossing_print(&world);
    struct print next = crossing_print(&world);
    round_all(&world, &print, 5);
    CHECK(join(&world, next.universe, &print, 0, "one", true));
    ((int64_t *)(uintptr_t)print.mosaic.values)[0] += 5;
    CHECK(!join(&world, next.universe, &print, 0, "two", true));
    CHECK_TEXT(world.err.id, "sdc.past");
    CHECK_TEXT(world.err.text, "cases, site ALL: release 'two' prints another "
                               "rounding of it than one before");
    world_free(&world);
}

TEST(what_was_printed_as_no_rounding_is_refused)
{
    struct world world = crossing_world();
    struct print print = crossing_print(&world);
    struct print next = crossing_print(&world);
    (void)show(&world, print.universe, 0, 0);
    round_all(&world, &print, 5);
    ((int64_t *)(uintptr_t)print.mosaic.values)[3] = 10;
    CHECK(join(&world, next.universe, &print, 3, "one", true));
    check_refused(&world, &next, 5, "round.printed",
                  "cases, site L0: was printed as no rounding of its count");
    world_free(&world);
}

/* Of other numbers: kept where the count allows it, forgotten elsewhere. */
TEST(a_revised_count_is_printed_as_before_where_it_can_be)
{
    for (int revised = 0; revised < 2; revised++) {
        for (int64_t before = 0; before <= 5; before += 5) {
            struct world world = crossing_world();
            struct print print = crossing_print(&world);
            struct print next = crossing_print(&world);
            size_t old = show(&world, print.universe, 0, 0);
            round_all(&world, &print, 5);
            ((int64_t *)(uintptr_t)print.mosaic.values)[old] = before;
            world.table[0] = revised ? 11 : 2;
            next.universe =
                universe_new(world.arena, &world.codes, &world.policy);
            size_t cell = show(&world, next.universe, 0, 0);
            CHECK(join(&world, next.universe, &print, old, "one", false));
            round_all(&world, &next, 5);
            if (!revised)
                CHECK_INT(next.mosaic.values[cell], before);
            else
                CHECK(next.mosaic.values[cell] >= 10);
            world_free(&world);
        }
    }
}

/* A population by sex: bounds of what the sexes have, whatever the sites. */
TEST(populations_of_the_store_bound_what_no_table_divides_them_by)
{
    static struct measure measures[] = {
        {.code = "cases", .kind = MEASURE_COUNT, .source = "essai"},
        {.code = "people",
         .kind = MEASURE_PERSON_YEARS,
         .source = "essai",
         .dims = 1U << DIM_SEX},
    };
    for (int few = 0; few < 2; few++) {
        struct world world = world_new(5);
        world_leaves(&world, DIM_SITE, 2);
        world_leaves(&world, DIM_SEX, 2);
        world_node(&world, DIM_SITE, CODE_TOTAL, 0, 1, false);
        world_node(&world, DIM_SEX, CODE_TOTAL, 0, 1, false);
        world_table(&world);
        world.codes.measures = measures;
        world.codes.measure_count = COUNT_OF(measures);
        for (size_t l = 0; l < world.leaves; l++)
            world.table[l] = few ? 2 : 7;
        struct print print = {
            universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
        (void)show(&world, print.universe, 0, 2);
        static const char *const bounds[] = {"people"};
        struct mosaic_job job = {.base = 5,
                                 .key = key,
                                 .count = world_count,
                                 .context = &world,
                                 .bounds = bounds,
                                 .bound_count = 1};
        /* The world counts people as cases: 28, or 8, of both sexes. */
        bool ok = mosaic_round(world.arena, print.universe, &job, &print.mosaic,
                               &world.err);
        CHECK_INT(ok, !few || print.universe->limits[0] - 5 >= 4);
        CHECK_INT(print.universe->limits[0], few ? 8 : 28);
        world_free(&world);
    }
}

/* Three tiles beside every pair of them: the least window of all roundings
 * tells equal counts of 5 from others, so nothing published may follow it. */
TEST(what_is_published_of_a_rounding_does_not_follow_the_counts)
{
    int64_t least = INT64_MAX, most = 0;
    for (int c = 0; c < 4 * 4 * 4; c++) {
        struct world world = world_new(11);
        world_leaves(&world, DIM_SITE, 3);
        world_leaves(&world, DIM_SEX, 1);
        world_node(&world, DIM_SITE, "ALL", 0, 2, false);
        world_node(&world, DIM_SITE, "AB", 0, 1, true);
        world_node(&world, DIM_SITE, "BC", 1, 2, true);
        int ca = world_node(&world, DIM_SITE, "CA", 1, 2, true);
        ((uint16_t *)(uintptr_t)world.codes.dims[DIM_SITE]
             .nodes[ca]
             .leaves)[0] = 0;
        world_table(&world);
        for (int l = 0, rest = c; l < 3; l++, rest /= 4)
            world.table[l] = 2 + rest % 4;
        struct print print = {
            universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
        for (int site = 0; site < 7; site++)
            (void)show(&world, print.universe, site, 0);
        round_all(&world, &print, 10);
        const struct round_report *report = &print.mosaic.report;
        CHECK_INT(report->reach, ROUND_REACH);
        least = report->window < least ? report->window : least;
        most = report->window > most ? report->window : most;
        world_free(&world);
    }
    CHECK(least < most); /* which does follow them */
}

/* A network's own window is that of its relations; not beside what was printed,
 * where counts decide whether the network's rounding is the one. */
TEST(a_network_reaches_one_base_unless_something_was_printed)
{
    struct world world = crossing_world();
    struct print print = {
        universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
    struct print next = {
        universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
    for (int site = 0; site <= 3; site++) {
        (void)show(&world, print.universe, site, 0);
        (void)show(&world, next.universe, site, 0);
    }
    round_all(&world, &print, 5);
    CHECK_INT(print.mosaic.report.how, ROUND_NETWORK);
    CHECK_INT(print.mosaic.report.reach, 1);
    CHECK(join(&world, next.universe, &print, 3, "one", true));
    round_all(&world, &next, 5);
    CHECK_INT(next.mosaic.report.how, ROUND_NETWORK);
    CHECK_INT(next.mosaic.report.reach, ROUND_REACH);
    world_free(&world);
}

TEST(tables_with_too_many_parts_in_common_are_refused_at_once)
{
    static const enum dim dims[] = {DIM_SITE, DIM_AGE, DIM_PERIOD};
    struct world world = world_new(5);
    for (size_t d = 0; d < COUNT_OF(dims); d++) {
        world_leaves(&world, dims[d], 400);
        world_node(&world, dims[d], CODE_TOTAL, 0, 399, false);
    }
    world_leaves(&world, DIM_TERRITORY, 1);
    world_leaves(&world, DIM_SEX, 1);
    world_leaves(&world, DIM_STRATUM, 1);
    struct print print = {
        universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
    for (int i = 0; i < 3 * 400; i++) {
        struct sdc_cell_key at = {.measure = "cases"};
        size_t cell;
        for (int d = 0; d < 3; d++)
            at.node[dims[d]] = i / 400 == d ? i % 400 : 400;
        CHECK(universe_add(print.universe, &at, 0, INT64_MAX, false, &cell,
                           &world.err));
    }
    check_refused(&world, &print, 5, "mosaic.size",
                  "measure 'cases': its tables have too many tiles in common "
                  "to be rounded");
    world_free(&world);
}

TEST(the_key_and_the_counts_decide_not_the_order_of_tables)
{
    struct world world = crossing_world();
    struct print one = crossing_print(&world);
    struct print other = {
        universe_new(world.arena, &world.codes, &world.policy), {0}, 0};
    for (int site = 5; site >= 3; site--)
        (void)show(&world, other.universe, site, 0);
    round_all(&world, &one, 5);
    round_all(&world, &other, 5);
    for (size_t c = 0; c < 3; c++)
        CHECK_INT(one.mosaic.values[c], other.mosaic.values[2 - c]);
    world_free(&world);
}

RUN(CASE(nobody_narrows_a_count_whatever_two_releases_print),
    CASE(margins_of_an_earlier_release_are_found_again_by_search),
    CASE(the_attacker_of_the_test_finds_two_roundings_of_one_count),
    CASE(zones_that_cross_are_sums_of_parts_that_no_table_shows),
    CASE(a_base_that_does_not_protect_the_threshold_of_a_cell_is_refused),
    CASE(a_cell_that_a_rule_wants_suppressed_is_not_rounded),
    CASE(a_public_bound_that_cuts_the_interval_is_refused),
    CASE(a_population_that_was_published_before_cuts_as_well),
    CASE(what_two_releases_printed_differently_is_refused),
    CASE(what_was_printed_as_no_rounding_is_refused),
    CASE(a_revised_count_is_printed_as_before_where_it_can_be),
    CASE(populations_of_the_store_bound_what_no_table_divides_them_by),
    CASE(what_is_published_of_a_rounding_does_not_follow_the_counts),
    CASE(a_network_reaches_one_base_unless_something_was_printed),
    CASE(tables_with_too_many_parts_in_common_are_refused_at_once),
    CASE(the_key_and_the_counts_decide_not_the_order_of_tables))
