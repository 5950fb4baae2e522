/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/pattern.h"

static struct witness copy_span(const struct pattern *pattern,
                                struct arena *arena, const struct span *span)
{
    uint32_t *cells = arena_array(arena, span->count, sizeof *cells);
    int64_t *deltas = arena_array(arena, span->count, sizeof *deltas);
    for (uint32_t e = 0; e < span->count; e++) {
        cells[e] = pattern_cell(pattern, span->first + e);
        deltas[e] = pattern_delta(pattern, span->first + e);
    }
    return (struct witness){cells, deltas, span->count};
}

void pattern_witnesses(const struct pattern *pattern, struct arena *arena,
                       struct witnesses *out)
{
    for (size_t w = 0; w < pattern->span_count; w++) {
        const struct span *span = &pattern->spans[w];
        const struct entries *block =
            pattern->blocks[span->first / PATTERN_BLOCK];
        size_t at = span->first % PATTERN_BLOCK;
        if (span->dropped)
            continue;
        struct witness witness = {block->cells + at, block->deltas + at,
                                  span->count};
        if (pattern_straddles(span->first, span->count))
            witness = copy_span(pattern, arena, span);
        witness_add(arena, out, &witness);
    }
}

void witness_add(struct arena *arena, struct witnesses *witnesses,
                 const struct witness *witness)
{
    witnesses->list = arena_grow(arena, witnesses->list, witnesses->count,
                                 &witnesses->capacity, sizeof *witnesses->list);
    witnesses->list[witnesses->count++] = *witness;
}
