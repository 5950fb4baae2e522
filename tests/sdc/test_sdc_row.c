/* SPDX-License-Identifier: EUPL-1.2 */
/* The rows of wide axes: each code is changed by few of them, and what is kept
 * of them grows with the axis, not with its square. */
#include "check.h"

#include "base/task.h"
#include "sdc/row.h"

/* Under the sanitizers there is no limit to the memory. */
#ifdef ARENA_STRICT
enum { GROUPS = 15, MEMORY = 0 };
#else
enum { GROUPS = 400, MEMORY = 160 * 1024 * 1024 };
#endif
enum {
    SIZE = 20, /* of a group */
    LEAVES = GROUPS * SIZE,
};

/* Part i is leaf i, then come the groups of SIZE leaves, if any, and all. */
static struct field *make_field(struct arena *arena, uint32_t groups)
{
    uint32_t total = LEAVES + groups, held = groups > 0 ? 3 : 2;
    struct field *field = arena_alloc(arena, sizeof *field);
    struct atlas_axis *atlas = &field->axes[0].atlas;
    uint32_t *all = arena_array(arena, LEAVES, sizeof *all);
    uint64_t *terms = arena_array(arena, total + 1, sizeof *terms);
    field->axis_count = 1;
    atlas->atoms = LEAVES;
    atlas->parts = total + 1;
    atlas->parts_of = arena_array(arena, LEAVES, sizeof *atlas->parts_of);
    atlas->atoms_of = arena_array(arena, total + 1, sizeof *atlas->atoms_of);
    for (uint32_t i = 0; i < LEAVES; i++) {
        uint32_t *parts = arena_array(arena, held, sizeof *parts);
        all[i] = parts[0] = i;
        parts[1] = LEAVES + i / SIZE;
        parts[held - 1] = total;
        atlas->parts_of[i] = (struct atlas_list){parts, held};
        atlas->atoms_of[i] = (struct atlas_list){all + i, 1};
    }
    for (uint32_t g = 0; g < groups; g++)
        atlas->atoms_of[LEAVES + g] =
            (struct atlas_list){all + (size_t)g * SIZE, SIZE};
    atlas->atoms_of[total] = (struct atlas_list){all, LEAVES};
    for (uint32_t p = 0; p <= total; p++)
        terms[p] = 7 * (uint64_t)p;
    field->axes[0].terms = terms;
    return field;
}

static void check_entry(const struct row *row, size_t at, uint32_t part,
                        int sign)
{
    CHECK(at < row->count);
    CHECK_INT(row->parts[at], part);
    CHECK_INT(row->terms[at], 7 * (uint64_t)part);
    CHECK_INT(row->signs[at], sign);
}

TEST(a_leaf_of_a_flat_axis_is_changed_by_its_own_row)
{
    struct arena *arena = arena_new();
    struct rows *rows = rows_new(arena, make_field(arena, 0));
    for (uint32_t leaf = 0; leaf < LEAVES; leaf += LEAVES / 3) {
        const struct family_of *of = rows_of(rows, 0, leaf);
        CHECK_INT(of->family->count, LEAVES + 1);
        CHECK_INT(of->family->narrow, LEAVES + 1);
        CHECK_INT(of->own_count, 1);
        CHECK_INT(of->own[0], leaf + 1);
        CHECK_INT(of->family->rows[leaf + 1].count, 1);
        check_entry(&of->family->rows[leaf + 1], 0, leaf, 1);
    }
    const struct family_of *of = rows_of(rows, 0, LEAVES);
    CHECK_INT(of->own_count, 1);
    check_entry(&of->family->rows[of->own[0]], 0, LEAVES, -1);
    arena_free(arena);
}

/* Of a leaf in a group: siblings alone; then others, whose group gains what
 * this one loses; at last both above it are taken away. */
static void check_grouped(struct rows *rows, uint32_t group, uint32_t leaf)
{
    const struct family_of *of = rows_of(rows, 0, leaf);
    const struct row *list = of->family->rows;
    uint32_t other = group == 0 ? LEAVES - 1 : 0;
    size_t far = group == 0 ? LEAVES - 1 : SIZE;
    CHECK_INT(of->family->count, LEAVES + 1);
    CHECK_INT(of->family->narrow, SIZE);
    CHECK_INT(of->own_count, 1);
    CHECK_INT(of->own[0], leaf % SIZE);
    CHECK_INT(list[leaf % SIZE].count, 1);
    check_entry(&list[leaf % SIZE], 0, leaf, 1);
    CHECK_INT(list[far].count, 3);
    check_entry(&list[far], 0, other, 1);
    check_entry(&list[far], group == 0 ? 2 : 1, LEAVES + other / SIZE, 1);
    check_entry(&list[far], group == 0 ? 1 : 2, LEAVES + group, -1);
    CHECK_INT(list[LEAVES].count, 2);
    check_entry(&list[LEAVES], 0, LEAVES + group, -1);
    check_entry(&list[LEAVES], 1, LEAVES + GROUPS, -1);
}

/* More families than there is room for, so that some are made again. */
TEST(a_family_that_was_forgotten_comes_back_the_same)
{
    struct arena *arena = arena_new();
    struct rows *rows = rows_new(arena, make_field(arena, GROUPS));
    for (int round = 0; round < 2; round++) {
        for (uint32_t g = 0; g < GROUPS; g++) {
            check_grouped(rows, g, g * SIZE + 3);
            check_grouped(rows, g, g * SIZE + SIZE - 1);
            CHECK_INT(rows_of(rows, 0, LEAVES + g)->own_count, SIZE);
        }
    }
    arena_free(arena);
}

static bool ask_all(void *context, size_t task, struct err *err)
{
    struct arena *arena = arena_new();
    const uint32_t *groups = context;
    (void)task;
    if (MEMORY > 0 && !task_limit_memory(MEMORY, err))
        return false;
    struct rows *rows = rows_new(arena, make_field(arena, *groups));
    for (size_t leaf = 0; leaf < LEAVES; leaf += SIZE)
        (void)rows_of(rows, 0, leaf);
    arena_free(arena);
    return true;
}

TEST(what_is_kept_of_a_wide_axis_has_a_limit)
{
    struct err err = {0};
    uint32_t groups[] = {0, GROUPS};
    for (size_t i = 0; i < COUNT_OF(groups); i++) {
        if (!task_run_child(ask_all, &groups[i], &err))
            fail_msg("%s", err.text);
    }
}

RUN(CASE(a_leaf_of_a_flat_axis_is_changed_by_its_own_row),
    CASE(a_family_that_was_forgotten_comes_back_the_same),
    CASE(what_is_kept_of_a_wide_axis_has_a_limit))
