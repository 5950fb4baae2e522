/* SPDX-License-Identifier: EUPL-1.2 */
/* The rows of wide axes: each code is changed by few of them, and what is kept
 * of that grows with the axis, not with its square. */
#include "check.h"

#include "base/task.h"
#include "sdc/row.h"

/* Under the sanitizers there is no limit to the memory. */
#ifdef ARENA_STRICT
enum { LEAVES = 300, MEMORY = 0 };
#else
enum { LEAVES = 6000, MEMORY = 64 * 1024 * 1024 };
#endif

/* Part 0 holds all leaves, part i + 1 is leaf i. */
static struct field *flat_field(struct arena *arena)
{
    struct field *field = arena_alloc(arena, sizeof *field);
    struct atlas_axis *atlas = &field->axes[0].atlas;
    uint32_t *all = arena_array(arena, LEAVES, sizeof *all);
    uint64_t *terms = arena_array(arena, LEAVES + 1, sizeof *terms);
    field->axis_count = 1;
    atlas->atoms = LEAVES;
    atlas->parts = LEAVES + 1;
    atlas->parts_of = arena_array(arena, LEAVES, sizeof *atlas->parts_of);
    atlas->atoms_of = arena_array(arena, LEAVES + 1, sizeof *atlas->atoms_of);
    for (uint32_t i = 0; i < LEAVES; i++) {
        uint32_t *own = arena_array(arena, 2, sizeof *own);
        all[i] = i;
        terms[i + 1] = own[1] = i + 1;
        atlas->parts_of[i] = (struct atlas_list){own, 2};
        atlas->atoms_of[i + 1] = (struct atlas_list){all + i, 1};
    }
    atlas->atoms_of[0] = (struct atlas_list){all, LEAVES};
    field->axes[0].terms = terms;
    return field;
}

/* A leaf's family has one row a leaf, and one that takes the total away. */
static void check_leaf(const struct rows *rows, uint32_t leaf)
{
    const struct family_of *of = &rows->of[0][leaf + 1];
    CHECK_INT(of->family->count, LEAVES + 1);
    CHECK_INT(of->family->narrow, LEAVES + 1);
    CHECK_INT(of->own_count, 1);
    const struct row *row = &of->family->rows[of->own[0]];
    CHECK_INT(row->count, 1);
    CHECK_INT(row->parts[0], leaf + 1);
    CHECK_INT(row->signs[0], 1);
}

TEST(a_leaf_of_a_flat_axis_is_changed_by_its_own_row)
{
    struct arena *arena = arena_new();
    const struct rows *rows = rows_build(arena, flat_field(arena));
    for (uint32_t leaf = 0; leaf < LEAVES; leaf += LEAVES / 3)
        check_leaf(rows, leaf);
    CHECK_INT(rows->of[0][0].own_count, 1);
    arena_free(arena);
}

static bool build(void *context, size_t task, struct err *err)
{
    struct arena *arena = arena_new();
    (void)context;
    (void)task;
    if (MEMORY > 0 && !task_limit_memory(MEMORY, err))
        return false;
    (void)rows_build(arena, flat_field(arena));
    arena_free(arena);
    return true;
}

TEST(what_is_kept_of_a_flat_axis_grows_with_its_length)
{
    struct err err = {0};
    if (!task_run_child(build, NULL, &err))
        fail_msg("%s", err.text);
}

RUN(CASE(a_leaf_of_a_flat_axis_is_changed_by_its_own_row),
    CASE(what_is_kept_of_a_flat_axis_grows_with_its_length))
