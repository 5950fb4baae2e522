/* SPDX-License-Identifier: EUPL-1.2 */
/* A table whose open cells hang together by the thousand: the attack goes by
 * packs of moves and zones there. From the true table and from one that it
 * found itself it must say the same. */
#include "check.h"
#include "sdc/audit_piece.h"

enum {
    DIMS = 3,
    NODES = 90,
    THRESHOLD = 5,
};

/* Leaves, then groups of equal size, then the total. */
struct level {
    int leaves, groups;
};
static const struct level shapes[][DIMS] = {
    {{30, 5}, {8, 2}, {4, 0}},
    {{72, 12}, {10, 2}, {5, 0}},
    {{40, 8}, {8, 2}, {5, 0}},
};
static const struct level *levels;

struct large {
    struct arena *arena;
    uint64_t state;
    size_t cells, stride[DIMS];
    int64_t *counts, *lower, *upper;
    enum audit_guard *guards;
    uint32_t *members;
    size_t *starts, rows, filled;
    struct audit_input input;
};

static int nodes_of(int dim)
{
    return levels[dim].leaves + levels[dim].groups + 1;
}

static int below(struct large *large, int limit)
{
    large->state ^= large->state >> 12;
    large->state ^= large->state << 25;
    large->state ^= large->state >> 27;
    return (int)((large->state * UINT64_C(2685821657736338717)) >> 33) % limit;
}

/* Children of a node: none for a leaf. */
static int children(int dim, int node, int *out)
{
    const struct level *level = &levels[dim];
    int count = 0;
    if (node < level->leaves)
        return 0;
    if (node < level->leaves + level->groups) {
        int size = level->leaves / level->groups;
        for (int i = 0; i < size; i++)
            out[count++] = (node - level->leaves) * size + i;
    } else {
        int first = level->groups > 0 ? level->leaves : 0;
        int last =
            level->groups > 0 ? level->leaves + level->groups : level->leaves;
        for (int i = first; i < last; i++)
            out[count++] = i;
    }
    return count;
}

static void add_row(struct large *large, int dim, size_t cell)
{
    int parts[NODES];
    int node = (int)(cell / large->stride[dim]) % nodes_of(dim);
    int count = children(dim, node, parts);
    if (count == 0)
        return;
    large->members[large->filled++] = (uint32_t)cell;
    large->counts[cell] = 0;
    for (int i = 0; i < count; i++) {
        size_t part = cell - (size_t)node * large->stride[dim] +
                      (size_t)parts[i] * large->stride[dim];
        large->members[large->filled++] = (uint32_t)part;
        large->counts[cell] += large->counts[part];
    }
    large->starts[++large->rows] = large->filled;
}

/* Leaves are drawn; every other cell is summed along one dimension after the
 * other, children first because they have smaller numbers. */
static void fill(struct large *large)
{
    for (size_t c = 0; c < large->cells; c++) {
        bool leaf = true;
        for (int d = 0; d < DIMS; d++)
            leaf = leaf &&
                   (int)(c / large->stride[d]) % nodes_of(d) < levels[d].leaves;
        int kind = below(large, 10);
        if (leaf)
            large->counts[c] = kind < 3   ? 1 + below(large, 4)
                               : kind < 4 ? 0
                                          : below(large, 40);
    }
    for (int d = 0; d < DIMS; d++) {
        for (size_t c = 0; c < large->cells; c++)
            add_row(large, d, c);
    }
}

static struct large *large_new(uint64_t seed, int share)
{
    struct arena *arena = arena_new();
    struct large *large = arena_alloc(arena, sizeof *large);
    large->arena = arena;
    large->state = seed;
    large->cells = 1;
    for (int d = DIMS - 1; d >= 0; d--) {
        large->stride[d] = large->cells;
        large->cells *= (size_t)nodes_of(d);
    }
    size_t cells = large->cells;
    large->counts = arena_array(arena, cells, sizeof(int64_t));
    large->lower = arena_array(arena, cells, sizeof(int64_t));
    large->upper = arena_array(arena, cells, sizeof(int64_t));
    large->guards = arena_array(arena, cells, sizeof *large->guards);
    large->members = arena_array(arena, 10 * cells, sizeof(uint32_t));
    large->starts = arena_array(arena, 4 * cells, sizeof(size_t));
    fill(large);
    for (size_t c = 0; c < cells; c++) {
        int64_t count = large->counts[c];
        bool open =
            count > 0 && (count < THRESHOLD || below(large, 10) < share);
        large->guards[c] = open ? AUDIT_GUARDED : AUDIT_SHOWN;
        large->lower[c] = 1;
        large->upper[c] = AUDIT_UNLIMITED;
    }
    large->input = (struct audit_input){
        .cells = cells,
        .counts = large->counts,
        .lower = large->lower,
        .upper = large->upper,
        .guards = large->guards,
        .members = large->members,
        .starts = large->starts,
        .relations = large->rows,
        .threshold = THRESHOLD,
    };
    return large;
}

static void compare(const struct level *shape, uint64_t seed, int share)
{
    levels = shape;
    struct large *large = large_new(seed, share);
    struct audit_input *input = &large->input;
    struct err err = {0};
    struct audit_effort effort;
    enum audit_verdict *inside =
        arena_array(large->arena, input->cells, sizeof *inside);
    enum audit_verdict *outside =
        arena_array(large->arena, input->cells, sizeof *outside);
    size_t exposed = 0, safe = 0;
    if (!audit_run(input, inside, &err) ||
        !audit_solve(input, inside, NULL, &err))
        fail_msg("%s", err.text);
    for (size_t c = 0; c < input->cells; c++) {
        if (input->guards[c] != AUDIT_SHOWN)
            large->counts[c] = -1;
    }
    if (!audit_public(input, outside, &effort, &err))
        fail_msg("%s", err.text);
    for (size_t c = 0; c < input->cells; c++) {
        CHECK_INT(inside[c] == AUDIT_OPEN, 0);
        CHECK_INT(outside[c] == AUDIT_OPEN, 0);
        CHECK_INT(inside[c] == AUDIT_EXPOSED, outside[c] == AUDIT_EXPOSED);
        exposed += inside[c] == AUDIT_EXPOSED;
        safe += inside[c] != AUDIT_EXPOSED && inside[c] != AUDIT_PUBLIC;
    }
    print_message("%zu cells, %zu exposed, %zu safe\n", input->cells, exposed,
                  safe);
    CHECK(exposed > 10);
    CHECK(safe > 300);
    arena_wipe(large->arena);
}

TEST(inside_and_outside_agree_on_a_dense_pattern)
{
    compare(shapes[0], 7, 6);
}

TEST(inside_and_outside_agree_on_a_sparse_pattern)
{
    compare(shapes[0], 11, 4);
}

TEST(inside_and_outside_agree_on_a_piece_of_thousands)
{
    compare(shapes[CHECK_SANITIZED ? 2 : 1], 13, 7);
}

/* True when propagation exposes the cell to somebody who is alone in another
 * one: who knows that number. */
static bool is_recovered(const struct large *large, size_t cell)
{
    struct arena *scratch = arena_new();
    struct audit_input input = large->input;
    struct err err = {0};
    enum audit_guard *guards =
        arena_array(scratch, input.cells, sizeof *guards);
    enum audit_verdict *verdicts =
        arena_array(scratch, input.cells, sizeof *verdicts);
    bool recovered = false;
    for (size_t c = 0; c < input.cells; c++)
        guards[c] =
            large->guards[c] == AUDIT_SHOWN ? AUDIT_SHOWN : AUDIT_GUARDED;
    input.guards = guards;
    for (size_t c = 0; c < input.cells && !recovered; c++) {
        if (c == cell || large->counts[c] != 1 || guards[c] == AUDIT_SHOWN)
            continue;
        guards[c] = AUDIT_SHOWN;
        CHECK(audit_run(&input, verdicts, &err));
        recovered = verdicts[cell] == AUDIT_EXPOSED;
        guards[c] = AUDIT_GUARDED;
    }
    arena_wipe(scratch);
    return recovered;
}

TEST(who_is_alone_in_a_large_piece_is_noticed)
{
    levels = shapes[0];
    struct large *large = large_new(11, 6);
    struct audit_input *input = &large->input;
    struct err err = {0};
    uint32_t *persons =
        arena_array(large->arena, input->cells, sizeof *persons);
    enum audit_verdict *verdicts =
        arena_array(large->arena, input->cells, sizeof *verdicts);
    size_t singles = 0;
    for (size_t c = 0; c < input->cells; c++) {
        persons[c] = (uint32_t)c;
        if (large->guards[c] != AUDIT_SHOWN && large->counts[c] < THRESHOLD)
            large->guards[c] = AUDIT_PRIMARY;
    }
    input->persons = persons;
    CHECK(audit_run(input, verdicts, &err));
    CHECK(audit_solve(input, verdicts, NULL, &err));
    for (size_t c = 0; c < input->cells; c++) {
        CHECK(verdicts[c] != AUDIT_OPEN);
        if (verdicts[c] != AUDIT_SINGLE)
            continue;
        CHECK(is_recovered(large, c));
        singles++;
    }
    CHECK(singles > 0);
    arena_wipe(large->arena);
}

RUN(CASE(who_is_alone_in_a_large_piece_is_noticed),
    CASE(inside_and_outside_agree_on_a_piece_of_thousands),
    CASE(inside_and_outside_agree_on_a_dense_pattern),
    CASE(inside_and_outside_agree_on_a_sparse_pattern))
