/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/atlas.h"

#include "sdc/classes.h"

/* Parts that some cell uses, ascending. */
static struct atlas_list
used_parts(struct arena *arena, const struct universe *universe, enum dim dim)
{
    size_t count = universe->axes[dim].count;
    bool *used = arena_array(arena, count, sizeof *used);
    for (size_t c = 0; c < universe->count; c++)
        used[universe_part(universe->keys[c], dim)] = true;
    uint32_t *list = arena_array(arena, count, sizeof *list);
    size_t found = 0;
    for (size_t p = 0; p < count; p++) {
        if (used[p])
            list[found++] = (uint32_t)p;
    }
    return (struct atlas_list){list, found};
}

static struct atlas_list atoms_of_part(struct arena *arena,
                                       const struct part *part,
                                       const uint32_t *class, size_t atoms)
{
    bool *seen = arena_array(arena, atoms, sizeof *seen);
    uint32_t *list = arena_array(arena, atoms, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < part->leaf_count; i++)
        seen[class[part->leaves[i]] - 1] = true;
    for (size_t a = 0; a < atoms; a++) {
        if (seen[a])
            list[count++] = (uint32_t)a;
    }
    return (struct atlas_list){list, count};
}

void atlas_invert(struct arena *arena, struct atlas_axis *axis)
{
    axis->parts_of = arena_array(arena, axis->atoms, sizeof *axis->parts_of);
    size_t *fill = arena_array(arena, axis->atoms, sizeof *fill);
    for (size_t p = 0; p < axis->parts; p++) {
        for (size_t i = 0; i < axis->atoms_of[p].count; i++)
            axis->parts_of[axis->atoms_of[p].at[i]].count++;
    }
    uint32_t **lists = arena_array(arena, axis->atoms, sizeof *lists);
    for (size_t a = 0; a < axis->atoms; a++) {
        lists[a] = arena_array(arena, axis->parts_of[a].count, sizeof **lists);
        axis->parts_of[a].at = lists[a];
    }
    for (size_t p = 0; p < axis->parts; p++) {
        for (size_t i = 0; i < axis->atoms_of[p].count; i++) {
            size_t atom = axis->atoms_of[p].at[i];
            lists[atom][fill[atom]++] = (uint32_t)p;
        }
    }
}

static void build_axis(struct arena *arena, const struct universe *universe,
                       enum dim dim, struct atlas_axis *out)
{
    const struct axis *axis = &universe->axes[dim];
    struct atlas_list used = used_parts(arena, universe, dim);
    size_t leaf_count = universe->codes->dims[dim].leaf_count;
    uint32_t *class = arena_array(arena, leaf_count, sizeof *class);
    out->atoms =
        classes_of_leaves(axis, leaf_count, used.at, used.count, class);
    out->parts = axis->count;
    out->atoms_of = arena_array(arena, out->parts, sizeof *out->atoms_of);
    for (size_t u = 0; u < used.count; u++) {
        uint32_t p = used.at[u];
        out->atoms_of[p] =
            atoms_of_part(arena, &axis->parts[p], class, out->atoms);
    }
    atlas_invert(arena, out);
}

const struct atlas *atlas_build(struct arena *arena,
                                const struct universe *universe)
{
    struct atlas *atlas = arena_alloc(arena, sizeof *atlas);
    for (int d = 0; d < DIM_COUNT; d++)
        build_axis(arena, universe, (enum dim)d, &atlas->axes[d]);
    return atlas;
}
