/* SPDX-License-Identifier: EUPL-1.2 */
#include "cube/mask.h"

static unsigned status_bit(unsigned char status)
{
    switch ((enum coverage_status)status) {
    case COVERAGE_OBSERVED:
        return 0;
    case COVERAGE_PARTIAL:
        return MASK_PARTIAL;
    case COVERAGE_ESTIMATED:
        return MASK_ESTIMATED;
    case COVERAGE_PROJECTED:
        return MASK_PROJECTED;
    case COVERAGE_NONE:
        return MASK_NONE;
    }
    assert(!"a coverage status");
    return MASK_NONE;
}

static bool observed_everywhere(const struct coverage *coverage)
{
    size_t size = coverage->territories * coverage->periods * coverage->sites;
    for (size_t i = 0; i < size; i++) {
        if (coverage->status[i] != COVERAGE_OBSERVED)
            return false;
    }
    return true;
}

/* The statuses of a node's site leaves in one territory and period. */
static unsigned char node_bits(const struct node *site,
                               const unsigned char *status, size_t sites)
{
    unsigned bits = 0;
    for (size_t i = 0; i < site->leaf_count; i++) {
        assert(site->leaves[i] < sites);
        bits |= status_bit(status[site->leaves[i]]);
    }
    return (unsigned char)bits;
}

const struct mask *mask_new(struct arena *closed, const struct codes *codes,
                            const struct coverage *coverage,
                            const struct cube_axis *sites)
{
    if (coverage == NULL || coverage->status == NULL ||
        observed_everywhere(coverage))
        return NULL;
    size_t grounds = coverage->territories * coverage->periods;
    unsigned char *bits =
        arena_array(closed, grounds * sites->count, sizeof *bits);
    const struct node *nodes = codes->dims[DIM_SITE].nodes;
    for (size_t ground = 0; ground < grounds; ground++) {
        const unsigned char *status =
            &coverage->status[ground * coverage->sites];
        for (size_t p = 0; p < sites->count; p++)
            bits[ground * sites->count + p] =
                node_bits(&nodes[sites->nodes[p]], status, coverage->sites);
    }
    struct mask *mask = arena_alloc(closed, sizeof *mask);
    *mask = (struct mask){coverage->territories, coverage->periods,
                          sites->count, bits};
    return mask;
}

unsigned mask_bits(const struct mask *mask, size_t territory, size_t period,
                   size_t place)
{
    if (mask == NULL || territory == CUBE_ANY || period == CUBE_ANY)
        return 0;
    assert(territory < mask->territories && period < mask->periods);
    assert(place < mask->places);
    size_t ground = territory * mask->periods + period;
    return mask->bits[ground * mask->places + place];
}
