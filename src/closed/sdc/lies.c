/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/lies.h"

static enum lie compare_parts(const struct part *part, const struct part *of)
{
    size_t common = 0;
    for (size_t i = 0, k = 0; i < part->leaf_count && k < of->leaf_count;) {
        common += part->leaves[i] == of->leaves[k];
        if (part->leaves[i] < of->leaves[k])
            i++;
        else
            k++;
    }
    if (common == 0)
        return LIE_APART;
    if (common == part->leaf_count)
        return common == of->leaf_count ? LIE_SAME : LIE_INNER;
    return common == of->leaf_count ? LIE_OUTER : LIE_ACROSS;
}

struct lies lies_new(struct arena *arena, const struct universe *universe)
{
    struct lies lies = {.universe = universe, .arena = arena};
    for (int d = 0; d < DIM_COUNT; d++)
        lies.known[d] =
            arena_array(arena, universe->axes[d].count, sizeof *lies.known[d]);
    return lies;
}

enum lie lies_of(struct lies *lies, enum dim dim, size_t part, size_t of)
{
    const struct axis *axis = &lies->universe->axes[dim];
    unsigned char **known = &lies->known[dim][of];
    if (*known == NULL)
        *known = arena_array(lies->arena, axis->count, 1);
    if ((*known)[part] == LIE_UNKNOWN)
        (*known)[part] =
            (unsigned char)compare_parts(&axis->parts[part], &axis->parts[of]);
    return (enum lie)(*known)[part];
}

bool universe_rows_meet(const struct universe *universe, uint64_t a, uint64_t b)
{
    bool meet = universe_measure(a) == universe_measure(b);
    for (int d = 0; d < DIM_COUNT && meet; d++) {
        const struct part *parts = universe->axes[d].parts;
        size_t x = universe_part(a, (enum dim)d);
        size_t y = universe_part(b, (enum dim)d);
        meet = d == DIM_AGE || x == y ||
               compare_parts(&parts[x], &parts[y]) != LIE_APART;
    }
    return meet;
}
