/* SPDX-License-Identifier: EUPL-1.2 */
/* The audit against the brute-force attacker, on patterns that nobody made
 * safe, and against witnesses that are none. */
#include "oracle.h"
#include "sdc/audit.h"
#include "sdc/field_audit.h"
#include "sdc/person.h"
#include "sdc/rule.h"

static struct audit_input view(struct world *world)
{
    const struct universe *universe = world->universe;
    struct arena *arena = world->arena;
    enum audit_guard *guards =
        arena_array(arena, universe->count, sizeof *guards);
    int64_t *lower = arena_array(arena, universe->count, sizeof *lower);
    uint32_t *persons = NULL;
    CHECK(person_find(arena, universe, world_count, world, &persons,
                      &world->err));
    for (size_t c = 0; c < universe->count; c++) {
        lower[c] = universe_lower(universe, c);
        guards[c] = !universe_is_open(universe, c)      ? AUDIT_SHOWN
                    : universe->flags[c] & CELL_PRIMARY ? AUDIT_PRIMARY
                                                        : AUDIT_GUARDED;
    }
    return (struct audit_input){
        .cells = universe->count,
        .counts = universe->counts,
        .lower = lower,
        .upper = universe->limits,
        .guards = guards,
        .persons = persons,
        .members = universe->relations.members,
        .starts = universe->relations.starts,
        .relations = universe->relations.count,
        .threshold = world->policy.threshold,
    };
}

/* True when the audit, from nothing but the pattern, settles every cell. */
static bool passes(struct world *world)
{
    struct audit_input input = view(world);
    enum audit_verdict *verdicts =
        arena_array(world->arena, input.cells, sizeof *verdicts);
    if (!audit_run(&input, verdicts, &world->err) ||
        !audit_solve(&input, verdicts, NULL, &world->err))
        fail_msg("%s", world->err.text);
    for (size_t c = 0; c < input.cells; c++) {
        if (verdicts[c] == AUDIT_EXPOSED || verdicts[c] == AUDIT_SINGLE ||
            verdicts[c] == AUDIT_OPEN)
            return false;
    }
    return true;
}

struct finding {
    bool complete, exposed, betrayed;
};

static struct finding brute_force(struct world *world)
{
    /* Every cell has a public limit, so this slack covers everything. */
    struct oracle oracle = oracle_attack(world, 99);
    struct finding finding = {.complete = oracle.complete};
    for (size_t c = 0; c < oracle.cells; c++) {
        finding.exposed = finding.exposed || oracle_exposed(&oracle, c);
        finding.betrayed = finding.betrayed || oracle_betrayed(&oracle, c);
    }
    return finding;
}

static struct world random_table(uint64_t seed, uint64_t *state)
{
    *state = seed * 86028121;
    struct world world = world_new(3 + world_below(state, 2));
    int rows = 2 + world_below(state, 2);
    world_leaves(&world, DIM_TERRITORY, rows);
    world_node(&world, DIM_TERRITORY, "FR", 0, rows - 1, false);
    world_leaves(&world, DIM_SITE, 3);
    world_node(&world, DIM_SITE, "ALL", 0, 2, false);
    world_table(&world);
    for (size_t at = 0; at < world.leaves; at++)
        world.table[at] = world_below(state, 6);
    return world;
}

static void close_and_mark(struct world *world)
{
    struct universe *universe = world->universe;
    struct rule_book *book = NULL;
    CHECK(rule_book_new(world->arena, &world->codes, &world->policy, &book,
                        &world->err));
    CHECK(universe_open_axes(universe, &world->err));
    CHECK(universe_close(universe, world_count, world, &world->err));
    CHECK(rule_book_apply(book, universe, 0, &world->err));
}

TEST(what_the_audit_passes_no_brute_force_breaks)
{
    int passed = 0, exposed = 0, needless = 0;
    for (uint64_t seed = 1; seed <= 1500; seed++) {
        uint64_t state;
        struct world world = random_table(seed, &state);
        world_add_all(&world, 4);
        close_and_mark(&world);
        for (size_t c = 0; c < world.universe->count; c++) {
            if (world.universe->counts[c] > 0 && world_below(&state, 3) > 0)
                world.universe->flags[c] |= CELL_SECONDARY;
        }
        bool ok = passes(&world);
        struct finding finding = brute_force(&world);
        if (finding.complete && ok && (finding.exposed || finding.betrayed))
            fail_msg("seed %llu", (unsigned long long)seed);
        passed += ok;
        exposed += finding.exposed;
        needless +=
            finding.complete && !ok && !finding.exposed && !finding.betrayed;
        world_free(&world);
    }
    print_message("%d passed, %d exposed, %d refused without need\n", passed,
                  exposed, needless);
    CHECK(passed > 50);
    CHECK(exposed > 50);
}

TEST(a_secondary_shown_again_is_noticed_when_it_matters)
{
    int mutants = 0, broken = 0;
    for (uint64_t seed = 1; seed <= 250; seed++) {
        uint64_t state;
        struct world world = random_table(seed, &state);
        world_add_all(&world, 6);
        if (!world_protect(&world)) {
            world_free(&world);
            continue;
        }
        struct universe *universe = world.universe;
        for (size_t c = 0; c < universe->count; c++) {
            if ((universe->flags[c] & CELL_SECONDARY) == 0)
                continue;
            universe->flags[c] &= (uint16_t)~CELL_SECONDARY;
            struct finding finding = brute_force(&world);
            bool bad =
                finding.complete && (finding.exposed || finding.betrayed);
            if (bad && passes(&world))
                fail_msg("seed %llu: %s", (unsigned long long)seed,
                         universe_name(world.arena, universe, c));
            mutants++;
            broken += bad;
            universe->flags[c] |= CELL_SECONDARY;
        }
        world_free(&world);
    }
    print_message("%d mutants, %d exposed\n", mutants, broken);
    CHECK(broken * 2 > mutants);
}

/* --- witnesses that are none ---------------------------------------------- */

/* 20 = 4 + 6 + 10; the three parts are suppressed. */
static struct world tiny(struct audit_input *input)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, 3);
    world_node(&world, DIM_TERRITORY, "FR", 0, 2, false);
    world_table(&world);
    world.table[0] = 4;
    world.table[1] = 6;
    world.table[2] = 10;
    world_add_all(&world, 100);
    close_and_mark(&world);
    world.universe->flags[1] |= CELL_SECONDARY;
    world.universe->flags[2] |= CELL_SECONDARY;
    *input = view(&world);
    return world;
}

static bool accepts(const uint32_t *cells, const int64_t *deltas, size_t count)
{
    struct audit_input input;
    struct world world = tiny(&input);
    struct witness witness = {cells, deltas, count};
    enum audit_verdict verdicts[4];
    input.witnesses = &witness;
    input.witness_count = 1;
    bool ok = audit_run(&input, verdicts, &world.err);
    if (!ok) {
        CHECK_TEXT(world.err.id, "sdc.witness");
        CHECK_INT(world.err.code, ERR_DISCLOSURE);
    }
    world_free(&world);
    return ok;
}

TEST(a_witness_keeps_relations_bounds_and_shown_cells)
{
    const uint32_t pair[] = {0, 1};
    CHECK(accepts(pair, (const int64_t[]){3, -3}, 2));
    CHECK(!accepts(pair, (const int64_t[]){3, -2}, 2)); /* sum */
    CHECK(!accepts(pair, (const int64_t[]){-4, 4}, 2)); /* under 1 */
    CHECK(!accepts((const uint32_t[]){0, 3}, (const int64_t[]){1, 1},
                   2)); /* shown total */
    CHECK(!accepts((const uint32_t[]){0, 0, 1}, (const int64_t[]){1, 1, -2},
                   3)); /* twice the same cell */
    CHECK(!accepts((const uint32_t[]){0, 9}, (const int64_t[]){1, -1},
                   2)); /* no such cell */
    CHECK(!accepts((const uint32_t[]){2, 1}, (const int64_t[]){101, -101},
                   2)); /* public limit */
}

TEST(without_witnesses_the_linear_program_finds_them)
{
    struct audit_input input;
    struct world world = tiny(&input);
    enum audit_verdict verdicts[4];
    CHECK(audit_run(&input, verdicts, &world.err));
    CHECK_INT(verdicts[0], AUDIT_OPEN);
    CHECK(audit_solve(&input, verdicts, NULL, &world.err));
    CHECK_INT(verdicts[0], AUDIT_SOLVED);
    CHECK_INT(verdicts[3], AUDIT_PUBLIC);
    world_free(&world);
}

TEST(what_programs_find_are_witnesses)
{
    struct audit_input input;
    struct world world = tiny(&input);
    enum audit_verdict verdicts[4];
    struct audit_found found = {.arena = world.arena};
    CHECK(audit_run(&input, verdicts, &world.err));
    CHECK(audit_solve(&input, verdicts, &found, &world.err));
    CHECK_INT(verdicts[0], AUDIT_SOLVED);
    CHECK(found.witnesses.count > 0);
    input.witnesses = found.witnesses.list;
    input.witness_count = found.witnesses.count;
    CHECK(audit_run(&input, verdicts, &world.err));
    CHECK_INT(verdicts[0], AUDIT_WITNESSED);
    world_free(&world);
}

/* The pattern of an input, before anybody looked for witnesses. */
static struct pattern *bare_pattern(struct world *world,
                                    const struct audit_input *input)
{
    struct field *field = field_of_universe(world->arena, world->universe);
    int64_t *thresholds =
        arena_array(world->arena, input->cells, sizeof *thresholds);
    field->persons = arena_array(world->arena, input->cells, sizeof(uint32_t));
    field->thresholds = thresholds;
    for (size_t c = 0; c < input->cells; c++) {
        unsigned flags = world->universe->flags[c];
        field->states[c] = flags & CELL_PRIMARY     ? FIELD_PRIMARY
                           : flags & CELL_SECONDARY ? FIELD_SECONDARY
                                                    : FIELD_SHOWN;
        field->prices[c] = FIELD_BLOCKED;
        field->lower[c] = input->lower[c];
        field->upper[c] = input->upper[c];
        field->guards[c] = (unsigned char)input->guards[c];
        field->persons[c] = input->persons[c];
        thresholds[c] = input->threshold;
    }
    return pattern_new(world->arena, field);
}

TEST(what_programs_settle_is_in_the_certificate)
{
    struct audit_input input;
    struct world world = tiny(&input);
    struct pattern *pattern = bare_pattern(&world, &input);
    struct field_resort none = {0};
    struct witnesses witnesses = {0};
    enum audit_verdict verdicts[4];
    CHECK(field_settle(pattern, &none, verdicts, &world.err));
    CHECK_INT(verdicts[0], AUDIT_SOLVED);
    pattern_witnesses(pattern, world.arena, &witnesses);
    input = field_audit(world.arena, pattern->field, &witnesses);
    CHECK(audit_run(&input, verdicts, &world.err));
    for (int c = 0; c < 3; c++)
        CHECK_INT(verdicts[c], AUDIT_WITNESSED);
    world_free(&world);
}

/* A verdict of programs is no proof: where no witness bears it out, the
 * certificate names the cell. */
TEST(what_no_witness_proves_is_told_of_a_certificate)
{
    struct audit_input input, proof;
    struct world world = tiny(&input);
    struct pattern *pattern = bare_pattern(&world, &input);
    struct field_resort none = {0};
    size_t open = 7;
    const enum audit_verdict solved[] = {AUDIT_SOLVED, AUDIT_SOLVED,
                                         AUDIT_SOLVED, AUDIT_PUBLIC};
    enum audit_verdict verdicts[4];
    CHECK(field_proof(world.arena, pattern, solved, &proof, &open, &world.err));
    CHECK_INT(proof.witness_count, 0);
    CHECK_INT(open, 0);
    CHECK(field_settle(pattern, &none, verdicts, &world.err));
    CHECK(field_proof(world.arena, pattern, solved, &proof, &open, &world.err));
    CHECK(proof.witness_count > 0);
    CHECK(open == SDC_NO_CELL);
    world_free(&world);
}

/* One cell goes up and nothing else: the sum breaks. */
TEST(a_pattern_with_a_false_witness_is_refused)
{
    struct audit_input input;
    struct world world = tiny(&input);
    struct pattern *pattern = bare_pattern(&world, &input);
    struct field_resort none = {0};
    enum audit_verdict verdicts[4];
    sum_change(pattern, &pattern->up, 0, 3);
    pattern_record(pattern, &pattern->up);
    CHECK(!field_settle(pattern, &none, verdicts, &world.err));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.id, "sdc.witness");
    world_free(&world);
}

static bool give_up(void *context, const struct pattern *pattern, size_t cell,
                    enum audit_verdict verdict)
{
    (void)pattern;
    CHECK_INT(verdict, AUDIT_EXPOSED);
    ++*(size_t *)context;
    return cell == 0 || cell == 1;
}

static bool open_nothing(void *context, struct pattern *pattern,
                         const enum audit_verdict *verdicts)
{
    (void)context;
    (void)pattern;
    (void)verdicts;
    fail_msg("%s", "cells were opened for what is lost");
    return false;
}

TEST(nothing_is_opened_for_cells_that_are_lost)
{
    /* 4 = 3 + 1 leaves 1..3. */
    struct audit_input input;
    struct world world = tiny(&input);
    world.universe->flags[2] &= (uint16_t)~CELL_SECONDARY;
    world.universe->counts[0] = 3;
    world.universe->counts[1] = 1;
    world.universe->counts[3] = 14;
    input = view(&world);
    struct pattern *pattern = bare_pattern(&world, &input);
    size_t asked = 0;
    struct field_resort resort = {open_nothing, give_up, &asked};
    enum audit_verdict verdicts[4];
    CHECK(field_settle(pattern, &resort, verdicts, &world.err));
    CHECK_INT(verdicts[0], AUDIT_EXPOSED);
    CHECK(asked > 0);
    world_free(&world);
}

TEST(a_pair_that_adds_up_to_little_is_exposed)
{
    struct audit_input input;
    struct world world = tiny(&input);
    world.universe->flags[2] &= (uint16_t)~CELL_SECONDARY;
    world.universe->counts[1] = 1;
    world.universe->counts[3] = 15;
    world.universe->limits[1] = 100;
    input = view(&world);
    enum audit_verdict verdicts[4];
    /* 5 = 4 + 1 leaves 1..4: as wide as asked. */
    CHECK(audit_run(&input, verdicts, &world.err));
    CHECK_INT(verdicts[0], AUDIT_OPEN);
    /* 4 = 3 + 1 leaves 1..3. */
    world.universe->counts[0] = 3;
    world.universe->counts[3] = 14;
    CHECK(audit_run(&input, verdicts, &world.err));
    CHECK_INT(verdicts[0], AUDIT_EXPOSED);
    CHECK_INT(verdicts[1], AUDIT_EXPOSED);
    world_free(&world);
}

TEST(a_large_count_may_be_narrow_unless_what_is_left_of_it_counts_too)
{
    /* 10 = 4 + 6 where the first is at most 4: the second is 6..9. With
     * T = 6 that tells of no small count, but of a whole of 10 it leaves
     * 1..4. */
    struct audit_input input;
    struct world world = tiny(&input);
    world.universe->flags[2] &= (uint16_t)~CELL_SECONDARY;
    world.universe->limits[0] = 4;
    input = view(&world);
    input.threshold = 6;
    enum audit_guard guards[4];
    memcpy(guards, input.guards, sizeof guards);
    guards[1] = AUDIT_GUARDED;
    input.guards = guards;
    enum audit_verdict verdicts[4];
    CHECK(audit_run(&input, verdicts, &world.err));
    CHECK_INT(verdicts[1], AUDIT_PROPAGATED);
    guards[1] = AUDIT_WHOLE;
    CHECK(audit_run(&input, verdicts, &world.err));
    CHECK_INT(verdicts[1], AUDIT_EXPOSED);
    world_free(&world);
}

TEST(each_cell_is_held_to_its_own_threshold)
{
    /* 10 = 4 + 6: both are 1..9. */
    struct audit_input input;
    struct world world = tiny(&input);
    world.universe->flags[2] &= (uint16_t)~CELL_SECONDARY;
    input = view(&world);
    input.thresholds = (const int64_t[]){10, 10, 5, 5};
    enum audit_verdict verdicts[4];
    CHECK(audit_run(&input, verdicts, &world.err));
    CHECK(audit_solve(&input, verdicts, NULL, &world.err));
    CHECK_INT(verdicts[0], AUDIT_SOLVED);
    CHECK_INT(verdicts[1], AUDIT_SOLVED);
    input.thresholds = (const int64_t[]){10, 11, 5, 5};
    CHECK(audit_run(&input, verdicts, &world.err));
    CHECK_INT(verdicts[1], AUDIT_EXPOSED);
    CHECK(audit_solve(&input, verdicts, NULL, &world.err));
    CHECK_INT(verdicts[0], AUDIT_SOLVED);
    world_free(&world);
}

TEST(somebody_alone_in_the_only_other_cell_is_noticed)
{
    /* 31 = 1 + 30: wide for a stranger, exact for the person in the 1;
     * but 30 is no primary cell. With T = 35 it is. */
    struct world world = world_new(35);
    world_leaves(&world, DIM_TERRITORY, 2);
    world_node(&world, DIM_TERRITORY, "FR", 0, 1, false);
    world_table(&world);
    world.table[0] = 1;
    world.table[1] = 34;
    world_add_all(&world, -1);
    close_and_mark(&world);
    CHECK(!passes(&world));
    world.universe->flags[2] |= CELL_SECONDARY;
    CHECK(passes(&world));
    world_free(&world);
}

TEST(an_input_that_contradicts_itself_is_refused)
{
    struct audit_input input;
    struct world world = tiny(&input);
    enum audit_verdict verdicts[4];
    world.universe->counts[0]++;
    CHECK(!audit_run(&input, verdicts, &world.err));
    CHECK_TEXT(world.err.text, "a relation does not hold");
    world.universe->counts[0]--;
    world.err = (struct err){0};
    const int64_t lower[] = {5, 1, 1, 20};
    input.lower = lower;
    CHECK(!audit_run(&input, verdicts, &world.err));
    CHECK_TEXT(world.err.text, "the attack contradicts the true table");
    world_free(&world);
}

RUN(CASE(a_large_count_may_be_narrow_unless_what_is_left_of_it_counts_too),
    CASE(each_cell_is_held_to_its_own_threshold),
    CASE(an_input_that_contradicts_itself_is_refused),
    CASE(what_the_audit_passes_no_brute_force_breaks),
    CASE(a_secondary_shown_again_is_noticed_when_it_matters),
    CASE(a_witness_keeps_relations_bounds_and_shown_cells),
    CASE(without_witnesses_the_linear_program_finds_them),
    CASE(what_programs_find_are_witnesses),
    CASE(what_programs_settle_is_in_the_certificate),
    CASE(a_pattern_with_a_false_witness_is_refused),
    CASE(what_no_witness_proves_is_told_of_a_certificate),
    CASE(nothing_is_opened_for_cells_that_are_lost),
    CASE(a_pair_that_adds_up_to_little_is_exposed),
    CASE(somebody_alone_in_the_only_other_cell_is_noticed))
