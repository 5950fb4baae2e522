/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/circuit.h - the cheapest change of a table that moves one cell.
 * CONFIDENTIAL.
 *
 * A circuit is a product of one vector per axis: the difference of two rows
 * on all axes but two, and on these two a cycle that leaves and enters each
 * row and column equally often (Castro 2002 calls such cycles in two-way
 * tables augmenting; two rows and two columns make the hypercube of Repsilber
 * 1999). Whatever the axes are, its cells change by multiples of one step and
 * every additive relation holds. Of all circuits looked at, the one is chosen
 * whose shown cells cost least to hide, within the room that each cell has. */
#ifndef SDC_CIRCUIT_H
#define SDC_CIRCUIT_H

#include "sdc/row.h"

struct circuit {
    const uint32_t *cells;
    const int32_t *factors; /* none is 0; +1 at the target */
    size_t count;
    int64_t cost;
};

/* How far each cell may still go down or up in the table that is changed. */
struct room {
    int64_t below, above;
};

/* A price and rooms in one word, as far as small steps ask: searches look at
 * cells all over a table, and one look at each is enough. */
enum {
    TOLL_ROOMS = 32, /* first bit: the price is below */
    TOLL_ROOM = 4,   /* bits of the room below, then of that above ... */
    TOLL_SUM = 8,    /* ... of the first sum, then of the second */
    TOLL_MOST = 15,  /* units of a room */
};

static inline uint64_t toll_rooms(const struct room *room)
{
    int64_t below = room->below < 0 ? 0 : room->below;
    int64_t above = room->above < 0 ? 0 : room->above;
    return (uint64_t)(below < TOLL_MOST ? below : TOLL_MOST) |
           (uint64_t)(above < TOLL_MOST ? above : TOLL_MOST) << TOLL_ROOM;
}

enum circuit_reach {
    CIRCUIT_NARROW, /* rows of the target's siblings only */
    CIRCUIT_WIDE,   /* the cheapest others as well */
    CIRCUIT_ROOMY,  /* of all, those first that have room beside the target */
    CIRCUIT_ANY,    /* many more of them: slow */
};

struct circuit_ask {
    uint32_t target;
    int direction; /* the target goes +1 up or -1 down ... */
    int64_t step;  /* ... by this, more than 0 */
    int64_t bound; /* the cost must be less */
    enum circuit_reach reach;
    const int32_t *prices;
    const struct room *rooms;
    /* Cells of price FIELD_BLOCKED here have all the room they want: they must
     * not change in the end (see detour.c). NULL: none. */
    const int32_t *passed;
    /* The same in brief, [cells], or NULL. */
    const uint64_t *tolls;
    unsigned toll_rooms; /* the bit where the rooms of this sum begin */
};

struct circuits;

struct circuits *circuits_new(struct arena *arena, const struct field *field);

/* Finds a circuit; valid until the next call. False when there is none. */
bool circuit_find(struct circuits *circuits, const struct circuit_ask *ask,
                  struct circuit *out);

#endif
