/* SPDX-License-Identifier: EUPL-1.2 */
/* Perturbed tables of a release: one number for the same persons in everything
 * that overlaps, against an attacker by brute force, over releases that follow
 * each other. */
#include "mosaic_fixture.h"

#include "base/text.h"

/* --- releases
 * ----------------------------------------------------------------------------
 */

/* sdc_count: a number of who is in each leaf, added up. */
static bool world_persons(void *context, const struct sdc_cell_key *cell,
                          int64_t *sum, bool *structural, struct err *err)
{
    const struct world *world = context;
    struct world of = *world;
    of.table = arena_array(world->arena, world->leaves, sizeof *of.table);
    for (size_t l = 0; l < world->leaves; l++) {
        const int64_t what[2] = {(int64_t)l, world->table[l]};
        uint64_t number = hash_keyed_number(&key, what, sizeof what);
        of.table[l] = world->table[l] > 0 ? (int64_t)(number >> 28) : 0;
    }
    return world_count(&of, cell, sum, structural, err);
}

static struct ptable_policy usual_noise(int64_t threshold)
{
    return (struct ptable_policy){threshold - 1, (double)(threshold - 2) * 0.6,
                                  0, 0, 1e-8};
}

/* 6 is printed of 1 and of 3 to 9, not of 2. */
static struct ptable_policy noise_with_gaps(int64_t threshold)
{
    (void)threshold;
    return (struct ptable_policy){6, 1.6, 0, 0, 5e-3};
}

static struct ptable_policy (*noise_of)(int64_t threshold) = usual_noise;

static bool perturb_by(struct world *world, struct print *print,
                       const struct hash_key *secret, sdc_count *persons)
{
    struct mosaic_job job = {
        .noise = noise_of(world->policy.threshold),
        .key = *secret,
        .count = world_count,
        .persons = persons,
        .context = world,
    };
    return mosaic_perturb(world->arena, print->universe, &job, &print->mosaic,
                          &world->err);
}

static bool perturb(struct world *world, struct print *print,
                    const struct hash_key *secret)
{
    return perturb_by(world, print, secret, world_persons);
}

/* --- the attacker --------------------------------------------------------- */

/* Everything that anybody is told, over the leaves of the world. */
struct attack {
    const struct ptable *ptable;
    size_t leaves, count;
    unsigned held[MOST]; /* leaves of a cell */
    unsigned all;        /* of any cell: of others nothing is known */
    int64_t told[MOST], limit[MOST], exact[MOST];
    int64_t low[MOST], high[MOST]; /* what is possible */
    int64_t sum[MOST];
    int64_t table[16];
    const int64_t *people; /* [leaves] who lives there, or NULL: not known */
    size_t alone;          /* somebody knows that this cell is 1, or SIZE_MAX */
};

static unsigned leaves_of(const struct world *world,
                          const struct universe *universe, size_t cell)
{
    unsigned held = 0;
    size_t site = universe_part(universe->keys[cell], DIM_SITE);
    size_t sex = universe_part(universe->keys[cell], DIM_SEX);
    const struct part *sites = &universe->axes[DIM_SITE].parts[site];
    const struct part *sexes = &universe->axes[DIM_SEX].parts[sex];
    for (size_t i = 0; i < sites->leaf_count; i++) {
        for (size_t j = 0; j < sexes->leaf_count; j++)
            held |= 1U << (sites->leaves[i] * world->stride[DIM_SITE] +
                           sexes->leaves[j] * world->stride[DIM_SEX]);
    }
    return held;
}

static void tell(const struct world *world, const struct print *print,
                 struct attack *attack)
{
    for (size_t c = 0; c < print->universe->published; c++) {
        size_t at = attack->count++;
        CHECK(at < MOST);
        attack->held[at] = leaves_of(world, print->universe, c);
        attack->all |= attack->held[at];
        attack->told[at] = print->mosaic.values[c];
        attack->limit[at] = print->universe->limits[c];
        attack->exact[at] = print->universe->counts[c];
    }
}

static unsigned persons(const struct attack *attack, size_t cell)
{
    unsigned some = 0;
    for (size_t l = 0; l < attack->leaves; l++)
        some |= attack->table[l] > 0 ? 1U << l : 0;
    return attack->held[cell] & some;
}

/* Each count can have been told so, and the same persons were told alike. */
static bool agrees(const struct attack *attack)
{
    for (size_t c = 0; c < attack->count; c++) {
        const struct ptable_row *row =
            ptable_row(attack->ptable, attack->sum[c]);
        int64_t noise = attack->told[c] - attack->sum[c];
        if (noise < row->low || noise > row->high ||
            !(row->p[noise - row->low] > 0))
            return false;
    }
    for (size_t c = 0; c < attack->count; c++) {
        for (size_t d = 0; d < c; d++) {
            if (attack->told[c] != attack->told[d] &&
                persons(attack, c) == persons(attack, d))
                return false;
        }
    }
    return attack->alone == SIZE_MAX || attack->sum[attack->alone] == 1;
}

static void note(struct attack *attack)
{
    if (!agrees(attack))
        return;
    for (size_t c = 0; c < attack->count; c++) {
        int64_t sum = attack->sum[c];
        attack->low[c] = sum < attack->low[c] ? sum : attack->low[c];
        attack->high[c] = sum > attack->high[c] ? sum : attack->high[c];
    }
}

/* Adds persons to a leaf; false when that is more than a cell can have. */
static bool add(struct attack *attack, size_t leaf, int64_t count)
{
    attack->table[leaf] += count;
    bool fits =
        attack->people == NULL || attack->table[leaf] <= attack->people[leaf];
    for (size_t c = 0; c < attack->count; c++) {
        if (!(attack->held[c] >> leaf & 1))
            continue;
        attack->sum[c] += count;
        fits = fits && attack->sum[c] <= attack->limit[c] &&
               attack->sum[c] <= attack->told[c] + ptable_reach(attack->ptable);
    }
    return fits;
}

/* Every table of counts that agrees with everything printed. */
static void enumerate(struct attack *attack, size_t leaf)
{
    if (leaf == attack->leaves) {
        note(attack);
        return;
    }
    int64_t count = 0;
    bool more = true;
    while (more) {
        enumerate(attack, leaf + 1);
        count++;
        more = attack->all >> leaf & 1 && add(attack, leaf, 1);
    }
    (void)add(attack, leaf, -attack->table[leaf]);
}

static void search(struct attack *attack, size_t alone)
{
    attack->alone = alone;
    for (size_t c = 0; c < attack->count; c++) {
        attack->low[c] = INT64_MAX;
        attack->high[c] = -1;
    }
    enumerate(attack, 0);
}

/* No interval that meets 1..T-1 is narrower than T-2; and nobody who is alone
 * in a cell learns another small count exactly. */
static void check_promise(struct attack *attack, int64_t threshold)
{
    search(attack, SIZE_MAX);
    for (size_t c = 0; c < attack->count; c++) {
        CHECK(attack->low[c] <= attack->exact[c]);
        CHECK(attack->high[c] >= attack->exact[c]);
        CHECK(attack->low[c] >= threshold || attack->high[c] < 1 ||
              attack->high[c] - attack->low[c] >= threshold - 2);
    }
    for (size_t c = 0; c < attack->count; c++) {
        if (attack->exact[c] != 1)
            continue;
        search(attack, c);
        for (size_t d = 0; d < attack->count; d++) {
            bool own =
                attack->exact[d] == 1 && (attack->held[c] & attack->held[d]);
            CHECK(own || attack->exact[d] == 0 ||
                  attack->exact[d] >= threshold ||
                  attack->low[d] < attack->high[d]);
        }
    }
}

/* --- random releases
 * ---------------------------------------------------------------------------
 */

static struct world random_world(uint64_t *state, int64_t threshold)
{
    struct world world = world_new(threshold);
    int sexes = 1 + world_below(state, 2);
    int sites = sexes == 2 ? 2 : 3;
    world_leaves(&world, DIM_SITE, sites);
    world_leaves(&world, DIM_SEX, sexes);
    world_node(&world, DIM_SITE, "ALL", 0, sites - 1, false);
    if (sexes == 1)
        world_node(&world, DIM_SITE, "Z", world_below(state, 2), 2, true);
    else
        world_node(&world, DIM_SEX, CODE_TOTAL, 0, 1, false);
    world_table(&world);
    for (size_t l = 0; l < world.leaves; l++)
        world.table[l] =
            world_below(state, 3) ? world_below(state, 3) * 4 + 1 : 0;
    return world;
}

/* Some cells, a few of them with a population that everybody knows. */
static void show_some(struct world *world, struct print *print, uint64_t *state)
{
    const struct dimension *dims = world->codes.dims;
    print->universe = universe_new(world->arena, &world->codes, &world->policy);
    (void)show(world, print->universe, 0, 0);
    for (size_t i = 0; i < dims[DIM_SITE].count; i++) {
        for (size_t j = 0; j < dims[DIM_SEX].count; j++) {
            if (world_below(state, 3) == 0)
                continue;
            size_t cell = show(world, print->universe, (int)i, (int)j);
            if (world_below(state, 2) == 0)
                print->universe->limits[cell] =
                    print->universe->counts[cell] + world_below(state, 5);
        }
    }
}

static const char *const refusals[] = {"cellkey.doubt", "cellkey.exposed",
                                       "cellkey.limit"};

static bool is_refusal(const char *id)
{
    for (size_t r = 0; r < COUNT_OF(refusals); r++) {
        if (text_same(id, refusals[r]))
            return true;
    }
    return false;
}

/* A release after another: what both print is one number. */
static void check_again(const struct world *world, const struct print *before,
                        const struct print *after)
{
    for (size_t c = 0; c < before->universe->published; c++) {
        for (size_t d = 0; d < after->universe->published; d++) {
            if (leaves_of(world, before->universe, c) ==
                leaves_of(world, after->universe, d))
                CHECK_INT(after->mosaic.values[d], before->mosaic.values[c]);
        }
    }
}

static void attack_pairs(void)
{
    uint64_t state = 20262;
    int done = 0, refused = 0;
    for (int t = 0; t < TRIALS; t++) {
        int64_t threshold = 3 + t % 3;
        unsigned char bytes[16] = {(unsigned char)t, (unsigned char)(t >> 8)};
        struct hash_key secret = {bytes, sizeof bytes};
        struct world world = random_world(&state, threshold);
        struct print first = {0}, second = {0};
        struct ptable ptable;
        struct ptable_policy noise = noise_of(threshold);
        struct attack attack = {.ptable = &ptable, .leaves = world.leaves};
        CHECK(ptable_make(world.arena, &noise, &ptable, &world.err));
        show_some(&world, &first, &state);
        show_some(&world, &second, &state);
        bool ok = perturb(&world, &first, &secret);
        for (size_t c = 0; ok && c < first.universe->published; c++)
            CHECK(join_limited(&world, second.universe, &first, c, "one", true,
                               first.universe->limits[c]));
        if (ok && perturb(&world, &second, &secret)) {
            check_again(&world, &first, &second);
            tell(&world, &first, &attack);
            tell(&world, &second, &attack);
            check_promise(&attack, threshold);
            done++;
        } else {
            CHECK(is_refusal(world.err.id));
            refused++;
        }
        world_free(&world);
    }
    CHECK(done > TRIALS / 5);
    CHECK(refused > TRIALS / 20);
}

TEST(nobody_narrows_a_count_whatever_two_releases_perturb)
{
    attack_pairs();
}

TEST(nor_where_counts_that_give_a_number_do_not_follow_each_other)
{
    noise_of = noise_with_gaps;
    attack_pairs();
    noise_of = usual_noise;
}

/* --- populations
 * ----------------------------------------------------------------------------
 */

enum { MANY_PEOPLE = 1000 };

struct peopled {
    struct world world;
    int64_t people[16];
};

/* sdc_count of cases and of people. */
static bool peopled_count(void *context, const struct sdc_cell_key *cell,
                          int64_t *count, bool *structural, struct err *err)
{
    struct peopled *peopled = context;
    struct world of = peopled->world;
    if (text_same(cell->measure, "people"))
        of.table = peopled->people;
    return world_count(&of, cell, count, structural, err);
}

static bool peopled_persons(void *context, const struct sdc_cell_key *cell,
                            int64_t *sum, bool *structural, struct err *err)
{
    struct peopled *peopled = context;
    return world_persons(&peopled->world, cell, sum, structural, err);
}

static bool perturb_peopled(struct peopled *peopled, struct print *print)
{
    static const char *const bounds[] = {"people"};
    static const struct measure people = {
        .code = "people", .dims = 1U << DIM_SITE | 1U << DIM_SEX};
    struct world *world = &peopled->world;
    struct mosaic_job job = {
        .noise = noise_of(world->policy.threshold),
        .key = key,
        .count = peopled_count,
        .persons = peopled_persons,
        .context = peopled,
        .bounds = bounds,
        .bound_count = 1,
    };
    world->codes.measures = arena_alloc(world->arena, sizeof people);
    world->codes.measures[0] = people;
    world->codes.measure_count = 1;
    return mosaic_perturb(world->arena, print->universe, &job, &print->mosaic,
                          &world->err);
}

/* Some sites have nobody of a sex, others many or few people. */
static void settle(struct peopled *peopled, uint64_t *state)
{
    const struct world *world = &peopled->world;
    for (size_t l = 0; l < world->leaves; l++) {
        int64_t spare = world_below(state, 2) ? MANY_PEOPLE : 2;
        bool nobody = world->table[l] == 0 && world_below(state, 2) == 0;
        peopled->people[l] = nobody ? 0 : world->table[l] + spare;
    }
}

/* Where nobody lives everybody knows the count, and only there. */
static size_t check_known(const struct peopled *peopled,
                          const struct universe *universe)
{
    size_t known = 0;
    for (size_t c = 0; c < universe->published; c++) {
        unsigned held = leaves_of(&peopled->world, universe, c);
        int64_t people = 0;
        for (size_t l = 0; l < peopled->world.leaves; l++)
            people += held >> l & 1 ? peopled->people[l] : 0;
        bool empty = (universe->flags[c] & CELL_STRUCTURAL) != 0;
        CHECK(empty == (people == 0));
        known += empty;
    }
    return known;
}

static void show_most(struct world *world, struct print *print, uint64_t *state)
{
    size_t sexes = world->codes.dims[DIM_SEX].count;
    print->universe = universe_new(world->arena, &world->codes, &world->policy);
    for (size_t i = 0; i < world->codes.dims[DIM_SITE].count * sexes; i++) {
        if (i == 0 || world_below(state, 3) > 0)
            (void)show(world, print->universe, (int)(i / sexes),
                       (int)(i % sexes));
    }
}

TEST(nobody_narrows_a_count_by_places_where_nobody_lives)
{
    uint64_t state = 20263;
    size_t known = 0;
    int done = 0, refused = 0;
    for (int t = 0; t < TRIALS; t++) {
        int64_t threshold = 3 + t % 3;
        struct peopled peopled = {.world = random_world(&state, threshold)};
        struct world *world = &peopled.world;
        struct print print = {0};
        struct ptable ptable;
        struct ptable_policy noise = noise_of(threshold);
        struct attack attack = {.ptable = &ptable,
                                .leaves = world->leaves,
                                .people = peopled.people};
        CHECK(ptable_make(world->arena, &noise, &ptable, &world->err));
        settle(&peopled, &state);
        show_most(world, &print, &state);
        if (perturb_peopled(&peopled, &print)) {
            tell(world, &print, &attack);
            check_promise(&attack, threshold);
            known += check_known(&peopled, print.universe);
            done++;
        } else {
            CHECK(is_refusal(world->err.id));
            refused++;
        }
        world_free(world);
    }
    CHECK(known > TRIALS / 5);
    CHECK(done > TRIALS / 5);
    CHECK(refused > TRIALS / 20);
}

/* Two releases with other tables, hence other tiles, and one with all. */
TEST(a_number_does_not_depend_on_the_tables_of_a_release)
{
    struct world world = world_new(5);
    struct print few = {0}, all = {0};
    world_leaves(&world, DIM_SITE, 6);
    world_leaves(&world, DIM_SEX, 2);
    world_node(&world, DIM_SITE, "ALL", 0, 5, false);
    world_node(&world, DIM_SEX, CODE_TOTAL, 0, 1, false);
    world_table(&world);
    for (size_t l = 0; l < world.leaves; l++)
        world.table[l] = (int64_t)(40 + 7 * l);
    few.universe = universe_new(world.arena, &world.codes, &world.policy);
    all.universe = universe_new(world.arena, &world.codes, &world.policy);
    (void)show(&world, few.universe, 6, 2);
    for (int site = 6; site >= 0; site--) {
        for (int sex = 2; sex >= 0; sex--)
            (void)show(&world, all.universe, site, sex);
    }
    CHECK(perturb(&world, &few, &key));
    CHECK(perturb(&world, &all, &key));
    check_again(&world, &few, &all);
    world_free(&world);
}

TEST(a_cell_whose_persons_are_not_known_is_not_perturbed)
{
    struct world world = world_new(5);
    struct print print = {0};
    world_leaves(&world, DIM_SITE, 1);
    world_table(&world);
    world.table[0] = 50;
    print.universe = universe_new(world.arena, &world.codes, &world.policy);
    (void)show(&world, print.universe, 0, 0);
    CHECK(!perturb_by(&world, &print, &key, world_no_count));
    CHECK_TEXT(world.err.text, "no such count");
    world_free(&world);
}

TEST(another_key_or_count_does_not_print_again_what_was_printed)
{
    struct world world = world_new(5);
    struct print first = {0}, second = {0};
    world_leaves(&world, DIM_SITE, 4);
    world_node(&world, DIM_SITE, "ALL", 0, 3, false);
    world_table(&world);
    for (size_t l = 0; l < world.leaves; l++)
        world.table[l] = 50;
    first.universe = universe_new(world.arena, &world.codes, &world.policy);
    second.universe = universe_new(world.arena, &world.codes, &world.policy);
    for (int site = 0; site < 4; site++) {
        (void)show(&world, first.universe, site, 0);
        (void)show(&world, second.universe, site, 0);
    }
    CHECK(perturb(&world, &first, &key));
    for (size_t c = 0; c < 4; c++)
        CHECK(join(&world, second.universe, &first, c, "one", true));
    struct hash_key other = {key.bytes + 1, key.size - 1};
    CHECK(!perturb(&world, &second, &other));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.id, "cellkey.printed");
    world_free(&world);
}

RUN(CASE(nobody_narrows_a_count_whatever_two_releases_perturb),
    CASE(nor_where_counts_that_give_a_number_do_not_follow_each_other),
    CASE(nobody_narrows_a_count_by_places_where_nobody_lives),
    CASE(a_number_does_not_depend_on_the_tables_of_a_release),
    CASE(a_cell_whose_persons_are_not_known_is_not_perturbed),
    CASE(another_key_or_count_does_not_print_again_what_was_printed))
