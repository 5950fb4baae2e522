/* SPDX-License-Identifier: EUPL-1.2 */
/* Two releases of the same numbers against the attacker who holds both. */
#include "oracle.h"
#include "proof.h"

/* A code of one release, of the other, or of both. */
struct cut {
    enum dim dim;
    const char *code;
    int first, last;
    bool zone;
    int releases; /* 1, 2 or 3 */
};

struct setting {
    int leaves[DIM_COUNT]; /* 0: one */
    const struct cut *cuts;
    size_t cut_count;
    int always; /* publishes every code: no lottery */
};

/* What one release printed: codes of its cells, and which are shown. */
struct printed {
    struct world world;
    const int *nodes[DIM_COUNT];
    size_t counts[DIM_COUNT];
};

struct tally {
    int pairs, refused, needless, unfinished, leaks;
};

static struct world make_world(const struct setting *setting, int releases,
                               int64_t threshold)
{
    struct world world = world_new(threshold);
    for (int d = 0; d < DIM_COUNT; d++) {
        if (setting->leaves[d] > 0)
            world_leaves(&world, (enum dim)d, setting->leaves[d]);
    }
    for (size_t c = 0; c < setting->cut_count; c++) {
        const struct cut *cut = &setting->cuts[c];
        if (cut->releases & releases)
            world_node(&world, cut->dim, cut->code, cut->first, cut->last,
                       cut->zone);
    }
    world_table(&world);
    return world;
}

static void fill(struct world *world, uint64_t state, int top)
{
    for (size_t at = 0; at < world->leaves; at++) {
        int kind = world_below(&state, 10);
        world->table[at] = kind < 2   ? 0
                           : kind < 4 ? 1
                                      : world_below(&state, top + 1);
    }
}

static void choose(struct printed *printed, const struct setting *setting,
                   uint64_t *state)
{
    struct world *world = &printed->world;
    for (int d = 0; d < DIM_COUNT; d++) {
        size_t all = world->codes.dims[d].count;
        int *list = arena_array(world->arena, all, sizeof *list);
        size_t count = 0;
        for (size_t i = 0; i < all; i++) {
            bool last = i + 1 == all && count == 0;
            if (setting->always || world_below(state, 3) > 0 || last)
                list[count++] = (int)i;
        }
        printed->nodes[d] = list;
        printed->counts[d] = count;
    }
    world_add_block(world, printed->nodes, printed->counts, -1);
}

static struct sdc_cell_key key_of(const struct universe *universe, size_t cell)
{
    struct sdc_cell_key key = {.measure = "cases"};
    for (int d = 0; d < DIM_COUNT; d++)
        key.node[d] = (int)universe_part(universe->keys[cell], (enum dim)d);
    return key;
}

/* Gives the second release what the first one printed. */
static bool tell(struct world *second, const struct world *first)
{
    const struct universe *said = first->universe;
    for (size_t c = 0; c < said->published; c++) {
        struct sdc_cell_key key = key_of(said, c);
        bool shown = clearance_shown(first->clearance, c);
        struct past_cell past = {
            .release = "r1",
            .measure = "cases",
            .status = shown ? PAST_SHOWN : PAST_CONFIDENTIAL,
            .count = shown ? said->counts[c] : PAST_NOT_PRINTED,
            .limit = INT64_MAX,
        };
        for (int d = 0; d < DIM_COUNT; d++) {
            const struct node *node = &first->codes.dims[d].nodes[key.node[d]];
            if (!universe_past_set(second->universe, (enum dim)d, node->leaves,
                                   node->leaf_count, &past.sets[d],
                                   &second->err))
                return false;
        }
        if (!universe_add_past(second->universe, &past, world_count, second,
                               &second->err))
            return false;
    }
    return true;
}

/* Adds what a release printed to the world of the attacker, who has the codes
 * of both. */
static void read_release(struct world *reader, const struct world *release,
                         bool *shown)
{
    const struct universe *said = release->universe;
    for (size_t c = 0; c < said->published; c++) {
        struct sdc_cell_key key = key_of(said, c);
        for (int d = 0; d < DIM_COUNT; d++) {
            const struct node *node =
                &release->codes.dims[d].nodes[key.node[d]];
            key.node[d] =
                code_find(&reader->codes.dims[d], node->level, node->code);
        }
        size_t cell = world_add_limited(reader, &key, -1);
        if (clearance_shown(release->clearance, c))
            shown[cell] = true;
    }
}

static void close_reader(struct world *reader)
{
    if (!universe_open_axes(reader->universe, &reader->err) ||
        !universe_close(reader->universe, world_count, reader, &reader->err))
        fail_msg("%s", reader->err.text);
}

/* The attacker's brute force over both releases. */
static struct oracle attack_both(struct world *reader,
                                 const struct world *first,
                                 const struct world *second)
{
    bool *shown = arena_array(reader->arena, 10000, sizeof *shown);
    read_release(reader, first, shown);
    read_release(reader, second, shown);
    struct universe *universe = reader->universe;
    for (size_t c = 0; c < universe->count; c++) {
        if (!shown[c])
            universe->flags[c] |= CELL_SECONDARY;
    }
    close_reader(reader);
    return oracle_attack(reader, reader->policy.threshold - 1);
}

/* The same over the first release alone; cells of the second, which keep
 * their numbers, are not published at all. */
static struct oracle attack_first(struct world *reader,
                                  const struct world *first,
                                  const struct world *second)
{
    bool *shown = arena_array(reader->arena, 10000, sizeof *shown);
    bool *ignored = arena_array(reader->arena, 10000, sizeof *ignored);
    read_release(reader, first, shown);
    size_t own = reader->universe->count;
    read_release(reader, second, ignored);
    struct universe *universe = reader->universe;
    for (size_t c = 0; c < universe->count; c++) {
        if (!shown[c])
            universe->flags[c] |= c < own ? CELL_SECONDARY : CELL_HIDDEN;
    }
    close_reader(reader);
    return oracle_attack(reader, reader->policy.threshold - 1);
}

/* What somebody who reads both can find out; NULL when it is nothing. */
static const char *attack(struct world *reader, const struct world *first,
                          const struct world *second, struct tally *tally)
{
    struct oracle oracle = attack_both(reader, first, second);
    const struct universe *universe = reader->universe;
    if (!oracle.complete) {
        tally->unfinished++;
        return NULL;
    }
    for (size_t c = 0; c < oracle.cells; c++) {
        if (oracle_exposed(&oracle, c) || oracle_betrayed(&oracle, c))
            return universe_name(reader->arena, universe, c);
    }
    return NULL;
}

/* A refusal is only right when withholding the whole second release would not
 * help either. */
static bool is_hopeless(struct world *second)
{
    struct universe *universe = second->universe;
    for (size_t c = 0; c < universe->published; c++) {
        if (universe->counts[c] > 0)
            universe->flags[c] |= CELL_KEPT;
    }
    struct oracle oracle = oracle_attack(second, 99);
    bool bad = !oracle.complete;
    for (size_t c = 0; c < oracle.cells; c++)
        bad = bad || oracle_exposed(&oracle, c) || oracle_betrayed(&oracle, c);
    return bad;
}

/* One pair of releases; `ledger` is whether the second knows the first. */
static void publish_pair(const struct setting *setting, uint64_t seed,
                         bool ledger, struct tally *tally)
{
    uint64_t state = seed * 15485863;
    int64_t threshold = 3 + world_below(&state, 2);
    uint64_t fill_state = state;
    struct printed first = {.world = make_world(setting, 1, threshold)};
    struct printed second = {.world = make_world(setting, 2, threshold)};
    struct world reader = make_world(setting, 3, threshold);
    fill(&first.world, fill_state, 4);
    fill(&second.world, fill_state, 4);
    fill(&reader, fill_state, 4);
    choose(&first, setting, &state);
    choose(&second, setting, &state);
    tally->pairs++;
    if (!world_protect(&first.world))
        fail_msg("seed %llu: %s", (unsigned long long)seed,
                 first.world.err.text);
    bool ok = (!ledger || tell(&second.world, &first.world)) &&
              world_protect(&second.world);
    if (ok) {
        const char *found = attack(&reader, &first.world, &second.world, tally);
        tally->leaks += found != NULL;
        if (ledger && found != NULL)
            fail_msg("seed %llu: found: %s", (unsigned long long)seed, found);
    } else {
        CHECK_INT(second.world.err.code, ERR_DISCLOSURE);
        tally->refused++;
        tally->needless += !is_hopeless(&second.world);
    }
    world_free(&first.world);
    world_free(&second.world);
    world_free(&reader);
}

/* With the ledger nothing is found; without it, plenty. */
static void publish_pairs(const char *what, const struct setting *setting,
                          uint64_t seeds)
{
    struct tally with = {0}, without = {0};
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        publish_pair(setting, seed, true, &with);
        publish_pair(setting, seed, false, &without);
    }
    print_message("%s: %d pairs, %d refused (%d without need), %d beyond the "
                  "oracle; without the ledger %d leak\n",
                  what, with.pairs, with.refused, with.needless,
                  with.unfinished, without.leaks);
    CHECK(with.unfinished * 10 <= with.pairs);
    CHECK(with.refused * 8 <= with.pairs);
    CHECK_INT(with.needless, 0);
    CHECK(without.leaks > 0);
}

TEST(overlapping_periods_are_safe_together)
{
    static const struct cut cuts[] = {
        {DIM_TERRITORY, "FR", 0, 1, false, 3},
        {DIM_PERIOD, "0-1", 0, 1, false, 1},
        {DIM_PERIOD, "1-2", 1, 2, false, 2},
    };
    const struct setting setting = {{2, 0, 0, 0, 3, 0}, cuts, 3, 0};
    publish_pairs("periods", &setting, CHECK_SEEDS(300));
}

TEST(pooled_years_that_move_on_are_safe_together)
{
    static const struct cut cuts[] = {
        {DIM_TERRITORY, "FR", 0, 2, false, 3},
        {DIM_PERIOD, "0-1", 0, 1, false, 1},
        {DIM_PERIOD, "1-2", 1, 2, false, 2},
    };
    const struct setting setting = {{3, 0, 0, 0, 3, 0}, cuts, 3, 0};
    publish_pairs("pooled", &setting, CHECK_SEEDS(300));
}

TEST(changed_zonings_are_safe_together)
{
    static const struct cut cuts[] = {
        {DIM_TERRITORY, "FR", 0, 3, false, 3},
        {DIM_TERRITORY, "Z1", 0, 1, true, 1},
        {DIM_TERRITORY, "Z2", 2, 3, true, 1},
        {DIM_TERRITORY, "Y1", 0, 2, true, 2},
        {DIM_TERRITORY, "Y2", 1, 3, true, 2},
        {DIM_SITE, "ALL", 0, 1, false, 3},
    };
    const struct setting setting = {{4, 2, 0, 0, 0, 0}, cuts, 6, 0};
    publish_pairs("zonings", &setting, CHECK_SEEDS(300));
}

TEST(an_added_territory_is_safe)
{
    static const struct cut cuts[] = {
        {DIM_TERRITORY, "OLD", 0, 1, false, 1},
        {DIM_TERRITORY, "NEW", 0, 2, false, 2},
        {DIM_SITE, "ALL", 0, 2, false, 3},
    };
    const struct setting setting = {{3, 3, 0, 0, 0, 0}, cuts, 3, 0};
    publish_pairs("added", &setting, CHECK_SEEDS(300));
}

TEST(two_editions_of_the_same_numbers_are_safe_together)
{
    static const struct cut cuts[] = {
        {DIM_TERRITORY, "FR", 0, 2, false, 3},
        {DIM_SITE, "ALL", 0, 2, false, 3},
    };
    const struct setting setting = {{3, 3, 0, 0, 0, 0}, cuts, 2, 0};
    publish_pairs("editions", &setting, CHECK_SEEDS(300));
}

/* --- under the waiver ----------------------------------------------------- */

/* The same person over the first release alone. */
static size_t same_person(const struct oracle *oracle, uint32_t leaf)
{
    size_t person = 0;
    while (person < oracle->persons && oracle->person_leaf[person] != leaf)
        person++;
    return person;
}

/* Does a person alone in a cell recover a small count exactly? */
static bool recovers(const struct oracle *oracle, size_t person, size_t cell)
{
    size_t i = person * oracle->cells + cell;
    return oracle->least_if[i] == oracle->most_if[i];
}

/* Everybody alone in a cell who sees through both releases saw through the
 * first one already. Returns how many do. */
static int check_nothing_new(const struct oracle *both,
                             const struct oracle *alone, uint64_t seed)
{
    const struct universe *universe = both->universe;
    int64_t threshold = universe->policy->threshold;
    int lost = 0;
    for (size_t c = 0; c < both->cells; c++) {
        if (oracle_exposed(both, c))
            fail_msg("seed %llu: exposed", (unsigned long long)seed);
        int64_t count = universe->counts[c];
        for (size_t p = 0; p < both->persons; p++) {
            if (oracle_public(universe, c) || count < 1 || count >= threshold ||
                oracle_knows(both, p, c) || !recovers(both, p, c))
                continue;
            size_t before = same_person(alone, both->person_leaf[p]);
            if (before == alone->persons || !recovers(alone, before, c))
                fail_msg("seed %llu: somebody learns of %s",
                         (unsigned long long)seed,
                         universe_name(both->world->arena, universe, c));
            lost++;
        }
    }
    return lost;
}

static int publish_waived(const struct setting *setting, uint64_t seed,
                          struct tally *tally)
{
    uint64_t state = seed * 15485863;
    int64_t threshold = 3 + world_below(&state, 2);
    uint64_t fill_state = state;
    struct waiver waiver = {.kind = "published_before"};
    struct printed first = {.world = make_world(setting, 1, threshold)};
    struct printed second = {.world = make_world(setting, 2, threshold)};
    struct world readers[2] = {make_world(setting, 3, threshold),
                               make_world(setting, 3, threshold)};
    int lost = 0;
    second.world.policy.waivers = &waiver;
    second.world.policy.waiver_count = 1;
    fill(&first.world, fill_state, 4);
    fill(&second.world, fill_state, 4);
    fill(&readers[0], fill_state, 4);
    fill(&readers[1], fill_state, 4);
    choose(&first, setting, &state);
    choose(&second, setting, &state);
    tally->pairs++;
    if (world_protect(&first.world) && tell(&second.world, &first.world) &&
        world_protect(&second.world)) {
        struct oracle both =
            attack_both(&readers[0], &first.world, &second.world);
        struct oracle alone =
            attack_first(&readers[1], &first.world, &second.world);
        CHECK_INT(both.cells, alone.cells);
        if (both.complete && alone.complete)
            lost = check_nothing_new(&both, &alone, seed);
        if (lost > 0)
            proof_check(&second.world, seed);
    } else {
        tally->refused++;
    }
    world_free(&first.world);
    world_free(&second.world);
    world_free(&readers[0]);
    world_free(&readers[1]);
    return lost;
}

TEST(under_the_waiver_nobody_learns_anything_new)
{
    static const struct cut cuts[] = {
        {DIM_TERRITORY, "FR", 0, 2, false, 3},
        {DIM_PERIOD, "0-1", 0, 1, false, 1},
        {DIM_PERIOD, "1-2", 1, 2, false, 2},
    };
    const struct setting setting = {{3, 0, 0, 0, 3, 0}, cuts, 3, 0};
    struct tally tally = {0};
    int lost = 0;
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(400); seed++)
        lost += publish_waived(&setting, seed, &tally);
    print_message("waived: %d pairs, %d refused, %d lost before\n", tally.pairs,
                  tally.refused, lost);
    CHECK(lost > 0);
}

RUN(CASE(overlapping_periods_are_safe_together),
    CASE(pooled_years_that_move_on_are_safe_together),
    CASE(changed_zonings_are_safe_together), CASE(an_added_territory_is_safe),
    CASE(two_editions_of_the_same_numbers_are_safe_together),
    CASE(under_the_waiver_nobody_learns_anything_new))
