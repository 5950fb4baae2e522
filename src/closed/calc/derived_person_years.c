/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/derived_impl.h"
#include "calc/sex.h"

/* The sites of the table that occur in one sex only. */
struct specific {
    int sex;        /* node */
    int *sites;     /* [count] nodes */
    size_t *places; /* [count] their places on the site axis */
    size_t count;
};

static struct specific specific_to(const struct building *building, int sex,
                                   const struct cube_axis *sites)
{
    struct specific specific = {
        .sex = sex,
        .sites = arena_array(building->scratch, sites->count,
                             sizeof *specific.sites),
        .places = arena_array(building->scratch, sites->count,
                              sizeof *specific.places),
    };
    for (size_t p = 0; p < sites->count; p++) {
        if (sex_of_site(building->codes, sites->nodes[p]) != sex)
            continue;
        specific.sites[specific.count] = sites->nodes[p];
        specific.places[specific.count++] = p;
    }
    return specific;
}

/* Copies the counts of the one sex to every sex place that contains it. */
static void copy_part(const struct cube *part, const struct specific *specific,
                      struct cube *cube)
{
    const struct node *sexes = cube->codes->dims[DIM_SEX].nodes;
    for (size_t cell = 0; cell < part->cells; cell++) {
        size_t place[DIM_COUNT];
        cube_place(part, cell, place);
        place[DIM_SITE] = specific->places[place[DIM_SITE]];
        for (size_t x = 0; x < cube->axes[DIM_SEX].count; x++) {
            int node = cube->axes[DIM_SEX].nodes[x];
            if (!code_within(&sexes[specific->sex], &sexes[node]))
                continue;
            place[DIM_SEX] = x;
            cube->counts[cube_cell(cube, place)] = cube_count(part, cell);
        }
    }
}

static bool restrict_to(const struct building *building, int sex,
                        const struct coverage *coverage, struct cube *cube,
                        struct err *err)
{
    struct specific specific =
        specific_to(building, sex, &cube->axes[DIM_SITE]);
    if (specific.count == 0)
        return true;
    struct cube_axis axes[DIM_COUNT];
    for (size_t d = 0; d < DIM_COUNT; d++)
        axes[d] = cube->axes[d];
    axes[DIM_SITE] = (struct cube_axis){specific.sites, specific.count};
    axes[DIM_SEX] = (struct cube_axis){&specific.sex, 1};
    struct cube *part;
    if (!cube_build(building->scratch, building->codes, building->people.facts,
                    coverage, axes, &part, err))
        return false;
    copy_part(part, &specific, cube);
    return true;
}

bool derived_person_years(struct arena *closed, struct building *building,
                          const struct coverage *coverage,
                          const struct cube_axis axes[DIM_COUNT],
                          struct cube **out, struct err *err)
{
    struct cube *cube;
    if (!cube_build(closed, building->codes, building->people.facts, coverage,
                    axes, &cube, err))
        return false;
    const struct dimension *sexes = &building->codes->dims[DIM_SEX];
    for (size_t leaf = 0; leaf < sexes->leaf_count; leaf++) {
        if (!restrict_to(building, sexes->leaf_node[leaf], coverage, cube, err))
            return false;
    }
    *out = cube;
    return true;
}
