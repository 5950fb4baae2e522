/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/derived_impl.h"

/* What is covered of the product of one territory's and one period's leaves,
 * for one place of a site axis. */
static struct ground survey(const struct mask *mask,
                            const struct node *territory,
                            const struct node *period, size_t site)
{
    struct ground ground = {.pairs =
                                territory->leaf_count * period->leaf_count};
    for (size_t t = 0; t < territory->leaf_count; t++) {
        for (size_t p = 0; p < period->leaf_count; p++) {
            unsigned bits =
                mask_bits(mask, territory->leaves[t], period->leaves[p], site);
            if (bits & MASK_NONE)
                continue;
            ground.covered++;
            ground.partial += (bits & MASK_PARTIAL) != 0;
            ground.estimated += (bits & MASK_ESTIMATED) != 0;
            ground.projected += (bits & MASK_PROJECTED) != 0;
        }
    }
    return ground;
}

static size_t ground_index(const struct derived_table *out, size_t territory,
                           size_t site, size_t period)
{
    return (territory * out->axes[DIM_SITE].count + site) *
               out->axes[DIM_PERIOD].count +
           period;
}

static void survey_territory(const struct building *building,
                             const struct mask *mask, size_t t)
{
    const struct derived_table *out = building->out;
    const struct dimension *dims = building->codes->dims;
    const struct node *territory =
        &dims[DIM_TERRITORY].nodes[out->axes[DIM_TERRITORY].nodes[t]];
    for (size_t p = 0; p < out->axes[DIM_PERIOD].count; p++) {
        const struct node *period =
            &dims[DIM_PERIOD].nodes[out->axes[DIM_PERIOD].nodes[p]];
        for (size_t s = 0; s < out->axes[DIM_SITE].count; s++)
            building->grounds[ground_index(out, t, s, p)] =
                survey(mask, territory, period, s);
    }
}

void derived_ground(struct building *building)
{
    const struct derived_table *out = building->out;
    size_t territories = out->axes[DIM_TERRITORY].count;
    building->grounds =
        arena_array(building->scratch, ground_index(out, territories, 0, 0),
                    sizeof *building->grounds);
    const struct mask *mask =
        mask_new(building->scratch, building->codes, building->events.coverage,
                 &out->axes[DIM_SITE]);
    for (size_t t = 0; t < territories; t++)
        survey_territory(building, mask, t);
}

const struct ground *derived_ground_at(const struct building *building,
                                       const size_t place[DIM_COUNT])
{
    return &building->grounds[ground_index(building->out, place[DIM_TERRITORY],
                                           place[DIM_SITE], place[DIM_PERIOD])];
}

static bool partly_covered(const struct building *building)
{
    const struct derived_table *out = building->out;
    size_t count = ground_index(out, out->axes[DIM_TERRITORY].count, 0, 0);
    for (size_t i = 0; i < count; i++) {
        if (building->grounds[i].covered < building->grounds[i].pairs)
            return true;
    }
    return false;
}

/* By person-years where the table has them, else by (territory, period). */
static double share(const struct derived_table *out, const struct cube *all,
                    const struct ground *ground, size_t row)
{
    if (ground->covered == ground->pairs)
        return 1.0;
    if (ground->covered == 0)
        return 0.0;
    if (all != NULL && cube_count(all, row) > 0)
        return (double)cube_count(out->person_years, row) /
               (double)cube_count(all, row);
    return (double)ground->covered / (double)ground->pairs;
}

static void place_of(const struct derived_table *out, size_t row,
                     size_t place[DIM_COUNT])
{
    for (size_t d = DIM_COUNT; d-- > 0;) {
        place[d] = row % out->axes[d].count;
        row /= out->axes[d].count;
    }
}

bool derived_coverage(struct building *building, struct err *err)
{
    struct derived_table *out = building->out;
    out->coverage =
        arena_array(building->closed, out->rows, sizeof *out->coverage);
    struct cube *all = NULL;
    bool partly = partly_covered(building);
    if (partly && building->people.facts != NULL &&
        !derived_person_years(building->scratch, building, NULL, out->axes,
                              &all, err))
        return false;
    for (size_t r = 0; r < out->rows; r++) {
        size_t place[DIM_COUNT];
        place_of(out, r, place);
        out->coverage[r] =
            share(out, all, derived_ground_at(building, place), r);
    }
    return true;
}
