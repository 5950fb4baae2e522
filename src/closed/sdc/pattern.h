/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/pattern.h - the suppression pattern while it is being chosen.
 * CONFIDENTIAL.
 *
 * Cells are open (no public number) or shown. A witness is a change of the
 * true table whose cells are all open: sums of circuits, within every bound an
 * attacker knows. A cell is safe when its witnesses differ in it by the width
 * asked, and when nobody alone in another cell sits in all of them. Adding a
 * witness opens its shown cells; a secondary that no witness uses is shown
 * again. */
#ifndef SDC_PATTERN_H
#define SDC_PATTERN_H

#include "sdc/circuit.h"
#include "sdc/kernel.h"
#include "sdc/witness.h"

enum {
    PATTERN_BLOCK = 1 << 16,
};
#define PATTERN_END UINT32_MAX

/* Cells of witnesses, each in the list of its cell. A witness lies in one block
 * unless it is larger than a block: it is read where it is. */
struct link {
    uint32_t witness;
    uint32_t next; /* entry of the same cell, or PATTERN_END */
};
struct entries {
    int64_t deltas[PATTERN_BLOCK];
    uint32_t cells[PATTERN_BLOCK];
    struct link links[PATTERN_BLOCK];
};

struct span {
    uint32_t first, count; /* entries */
    bool dropped;
    uint32_t people_count;
    size_t people; /* first of them */
};

/* Changes that are being summed up to one witness. */
struct sum {
    struct room *rooms; /* [cells] in the table so far */
    int64_t *deltas;    /* [cells] 0 between calls */
    uint32_t *cells;    /* those touched */
    size_t count, capacity;
};

/* Who is alone in a cell of a witness: each once, ascending, one witness after
 * the other. */
struct people {
    uint32_t *list;
    size_t count, capacity;
    uint32_t *seers; /* work space: those of one witness */
    size_t seer_capacity;
};

/* Witnesses that are enough to make a cell safe, as long as none is dropped. */
enum {
    PROOF_MOST = 8,
    PROOF_AMONG = 6,      /* witnesses that one of few persons is among */
    PROOF_CELLS = 500000, /* of a pattern that keeps them */
};
struct proof {
    uint32_t witnesses[PROOF_MOST];
    uint32_t count; /* 0: not known */
};

struct pattern {
    struct arena *arena;
    struct field *field;
    /* What only searches need: made anew by pattern_wake. */
    struct arena *desk; /* NULL: at rest */
    struct circuits *circuits;
    int32_t *rates;   /* [cells] what opening a shown cell counts for now */
    int32_t *prices;  /* [cells] 0 where open */
    int32_t *detours; /* [cells] what passing through costs, see detour.c */
    uint64_t *tolls;  /* [cells] prices and rooms of both sums in brief ... */
    uint64_t *byways; /* ... and the same of detours: see pattern_note */
    struct sum up, down;
    struct sum around;     /* of a detour, without rooms of its own */
    struct detour *detour; /* work spaces, or NULL */
    struct next *next;

    struct entries **blocks;
    size_t entry_count, block_count, block_capacity;
    struct span *spans; /* witnesses */
    size_t span_count, span_capacity;
    uint32_t *first;       /* [cells] first entry */
    uint32_t *alive;       /* [cells] witnesses that are not dropped */
    uint32_t *mates;       /* cells of one person: mates[mate_starts[p] ..) */
    uint32_t *mate_starts; /* [cells + 1] by name of person */
    int64_t cost;          /* the field's prices of all secondary cells */
    bool wander;           /* look for detours as well */
    bool brisk;            /* ... and leave those that look lost */
    enum circuit_reach reach; /* the farthest that is tried */
    uint64_t work;            /* searches so far */
    size_t given;    /* witnesses in front, which a first choice leaves */
    double deadline; /* as audit_clock tells it, or 0 */
    bool late;       /* past it: nothing is looked for any more */
    struct people *people;
    struct proof *proofs;  /* [cells], or NULL: too many cells */
    struct kernel *kernel; /* of cells that were open, or NULL */
    size_t opened;         /* cells since the kernel was made */
    size_t kernel_life;    /* how many make it old */
    uint32_t *kept; /* cells that stay open without a witness: see ring.h */
    size_t kept_count, kept_capacity;
};

/* From a field whose states, prices, bounds and widths are set; FIELD_PRIMARY
 * and FIELD_HIDDEN cells are open. */
struct pattern *pattern_new(struct arena *arena, struct field *field);

/* Gives back the memory that searches need, a third of what a large table
 * takes, until pattern_wake: the audit needs as much for itself. In between
 * nothing is opened, shown or looked for; states and witnesses can be read.
 * Rates are again the prices of the field. Whoever made the pattern lets it
 * rest in the end; a pattern at rest can rest again. */
void pattern_rest(struct pattern *pattern);
void pattern_wake(struct pattern *pattern);

static inline uint32_t pattern_cell(const struct pattern *pattern, size_t entry)
{
    return pattern->blocks[entry / PATTERN_BLOCK]->cells[entry % PATTERN_BLOCK];
}

static inline int64_t pattern_delta(const struct pattern *pattern, size_t entry)
{
    return pattern->blocks[entry / PATTERN_BLOCK]
        ->deltas[entry % PATTERN_BLOCK];
}

static inline uint32_t pattern_witness(const struct pattern *pattern,
                                       size_t entry)
{
    return pattern->blocks[entry / PATTERN_BLOCK]
        ->links[entry % PATTERN_BLOCK]
        .witness;
}

static inline uint32_t pattern_next(const struct pattern *pattern, size_t entry)
{
    return pattern->blocks[entry / PATTERN_BLOCK]
        ->links[entry % PATTERN_BLOCK]
        .next;
}

/* True when so many cells from an entry on lie in more than one block. */
static inline bool pattern_straddles(size_t entry, size_t count)
{
    return entry % PATTERN_BLOCK + count > PATTERN_BLOCK;
}

/* The range of a cell over the witnesses: low <= 0 <= high. */
void pattern_range(const struct pattern *pattern, size_t cell, int64_t *low,
                   int64_t *high);
/* Persons alone elsewhere who sit in every witness of a secret cell. */
size_t pattern_seers(const struct pattern *pattern, size_t cell,
                     struct arena *arena, uint32_t **persons);
bool pattern_is_safe(const struct pattern *pattern, size_t cell);
/* True when that is known without looking at its witnesses. */
bool pattern_is_proven(const struct pattern *pattern, size_t cell);

/* Changes what opening a cell counts for in the search. */
void pattern_rate(struct pattern *pattern, uint32_t cell, int32_t rate);
/* Opens a shown cell: a secondary. */
void pattern_open(struct pattern *pattern, uint32_t cell);
/* The same whether or not a witness uses it: nothing shows it again. False when
 * it is open already or must not be. */
bool pattern_keep(struct pattern *pattern, uint32_t cell);
/* Shows a secondary that no witness uses; does nothing to other cells. */
void pattern_show_idle(struct pattern *pattern, uint32_t cell);
/* Records what was summed up as a witness, and clears the sum. */
void pattern_record(struct pattern *pattern, struct sum *sum);
/* The same for tables that programs found. */
void pattern_record_all(struct pattern *pattern, const struct witnesses *found);
void pattern_drop(struct pattern *pattern, uint32_t witness);
void pattern_restore(struct pattern *pattern, uint32_t witness);
/* Forgets dropped witnesses for good; the others have new numbers. */
void pattern_sweep(struct pattern *pattern);
/* Forgets the witnesses from a number on, and shows what is idle then. */
void pattern_forget(struct pattern *pattern, size_t from);

/* Adds a circuit, `steps` times (less than 0: against its direction), to a
 * sum. Opens nothing. */
void sum_add(struct pattern *pattern, struct sum *sum,
             const struct circuit *circuit, int64_t steps);
/* Adds to one delta of a sum. */
void sum_change(struct pattern *pattern, struct sum *sum, uint32_t cell,
                int64_t delta);
/* Takes everything back out of a sum. */
void sum_clear(struct pattern *pattern, struct sum *sum);

/* Makes a cell safe for less than `bound`, with what is cheapest now. False,
 * with nothing changed, when it cannot. */
bool pattern_protect(struct pattern *pattern, uint32_t cell, int64_t bound);

/* A dropped witness, to be had again without one of its cells. */
struct reroute {
    uint32_t witness;
    uint32_t cell;         /* shown */
    const uint32_t *fixed; /* its cells that must change as they did */
    size_t fixed_count;
    int64_t bound; /* the cost must be less */
};

/* Records a new witness: the old one and a circuit that takes the change of the
 * cell back. False, with nothing changed, when none is found. */
bool pattern_reroute(struct pattern *pattern, const struct reroute *reroute);

/* Makes the kernel anew, of the cells that are open now. */
void pattern_renew_kernel(struct pattern *pattern);

/* Opens the cheapest cells that leave no relation with one open cell, or with
 * too little between its open cells to hide a primary. What turns out to be
 * idle is shown again by pattern_settle. */
void pattern_seed(struct pattern *pattern);

/* Protects every cell that must be, finest cells first, and shows what is
 * idle. Returns how many cells could not be made safe. */
size_t pattern_settle(struct pattern *pattern);

/* Second thoughts: shows expensive secondaries again where what leans on them
 * can be protected anew for less. Stops after `work` searches. */
void pattern_improve(struct pattern *pattern, uint64_t work);

/* The whole choice, for one of two kinds of attacker: where zeros leave little
 * freedom, circuits first; where they leave much, lines first and detours. */
enum pattern_way {
    PATTERN_CIRCUITS,
    PATTERN_LINES,
};
void pattern_choose(struct pattern *pattern, enum pattern_way way);

/* The witnesses that are left, until the pattern changes. */
void pattern_witnesses(const struct pattern *pattern, struct arena *arena,
                       struct witnesses *out);

/* A circuit that may pass through shown cells on its way, as long as a second
 * one (and a third ...) takes the change there back: see detour.c. */
bool detour_find(struct pattern *pattern, const struct circuit_ask *ask,
                 struct sum *sum, struct circuit *out);

/* Notes in brief what changed of a cell's prices or rooms: every change. */
static inline void pattern_note(struct pattern *pattern, uint32_t cell)
{
    uint64_t rooms = toll_rooms(&pattern->up.rooms[cell]) |
                     toll_rooms(&pattern->down.rooms[cell]) << TOLL_SUM;
    uint64_t all = (UINT64_C(1) << 2 * TOLL_SUM) - 1;
    bool passed = pattern->prices[cell] >= FIELD_BLOCKED;
    pattern->tolls[cell] = (uint64_t)pattern->prices[cell] | rooms
                                                                 << TOLL_ROOMS;
    pattern->byways[cell] =
        (uint64_t)pattern->detours[cell] | (passed ? all : rooms) << TOLL_ROOMS;
}

static inline void pattern_reprice(struct pattern *pattern, uint32_t cell,
                                   int32_t price)
{
    pattern->prices[cell] = price;
    pattern_note(pattern, cell);
}

static inline void sum_set_room(struct pattern *pattern, struct sum *sum,
                                uint32_t cell, const struct room *room)
{
    sum->rooms[cell] = *room;
    pattern_note(pattern, cell);
}

/* What a change of a cell leaves of its room. */
static inline void sum_shift_room(struct pattern *pattern, struct sum *sum,
                                  uint32_t cell, int64_t delta)
{
    struct room *room = &sum->rooms[cell];
    if (room->above != FIELD_UNLIMITED)
        room->above -= delta;
    if (room->below != FIELD_UNLIMITED)
        room->below += delta;
    pattern_note(pattern, cell);
}

#endif
