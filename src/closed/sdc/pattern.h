/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/pattern.h - the suppression pattern while it is being chosen.
 * CONFIDENTIAL.
 *
 * Cells are open (no public number) or shown. A *move* is a tensor product of
 * one vector per dimension; each vector is an atom, or an atom minus another,
 * seen by every part that holds it. Such a product obeys every additive
 * relation by construction. Its cells change by +k or -k together, so one move
 * certifies all of them to the same width. A move is only accepted with all
 * its cells open; shown ones among them become secondary. */
#ifndef SDC_PATTERN_H
#define SDC_PATTERN_H

#include "sdc/atlas.h"
#include "sdc/grid.h"
#include "sdc/person.h"
#include "sdc/witness.h"

struct move {
    const uint32_t *cells;
    const signed char *signs; /* +1 or -1 */
    size_t count;
    int64_t up, down; /* largest k each way that every public bound allows */
    bool wide;        /* up + down is the width of the guarantee */
    bool dropped;     /* found needless later */
};

/* A move in the list of a cell. */
struct use {
    uint32_t move;
    uint32_t next; /* place in uses, or PATTERN_END */
};
#define PATTERN_END UINT32_MAX

/* What the search needs of a cell. */
struct spot {
    int64_t price;   /* 0 open, PRICE_BLOCKED never, else what opening costs */
    int64_t below;   /* room above what is publicly its least */
    int64_t above;   /* room under its public limit */
    uint32_t person; /* who is alone in it, or PERSON_NOBODY */
};

/* Work space of the search for one cell's move. */
struct search;

struct pattern {
    struct arena *arena;
    struct universe *universe;
    const struct atlas *atlas;
    int64_t width; /* threshold - 2 */
    struct grid grid;
    struct spot *spots;      /* [cells] */
    const uint32_t *persons; /* [cells] */
    struct move *moves;
    size_t move_count, move_capacity;
    struct use *uses;
    size_t use_count, use_capacity;
    uint32_t *first; /* [cells] first use, or PATTERN_END */
    uint32_t *wide;  /* [cells] wide moves that are not dropped */
    uint32_t *alive; /* [cells] moves that are not dropped */
    int64_t cost;    /* prices of all secondary cells */
    struct search *search;
};

#define PRICE_BLOCKED INT64_C(1000000000000)

/* From a closed universe whose primaries are marked, and who is alone in each
 * cell. */
struct pattern *pattern_new(struct arena *arena, struct universe *universe,
                            const uint32_t *persons);

/* True when the cell needs no further move: one is wide, and nobody alone in
 * another cell sits in all of them. */
bool pattern_is_safe(const struct pattern *pattern, size_t cell);
/* Persons alone elsewhere who sit in every move of the cell. */
size_t pattern_seen_through(const struct pattern *pattern, size_t cell,
                            struct arena *arena, uint32_t **persons);

/* Records a move and suppresses its shown cells. */
void pattern_accept(struct pattern *pattern, const struct move *move);
/* Suppresses a cell without a move. */
void pattern_open(struct pattern *pattern, size_t cell);
void pattern_drop(struct pattern *pattern, size_t move);
void pattern_restore(struct pattern *pattern, size_t move);
/* Shows a secondary cell that no move needs. */
void pattern_show(struct pattern *pattern, size_t cell);
/* True for a secondary that is open for other cells' sake only. */
bool pattern_is_optional(const struct pattern *pattern, size_t cell);
/* What suppressing a cell costs now. */
int64_t pattern_price(const struct universe *universe, size_t cell);

/* Finds and accepts the cheapest move found for a cell, and others where
 * somebody alone in a cell could see through it. False when there is none. */
bool pattern_protect(struct pattern *pattern, size_t cell);

/* Protects every primary cell as far as moves can; what is left is found by
 * the audit. */
void pattern_protect_all(struct pattern *pattern);

/* Shows secondaries again where other moves do as well for less, most
 * expensive first; each pass looks at all of them. */
void pattern_improve(struct pattern *pattern, int passes);

/* The moves that are left, as witnesses: each largest step up and down. */
void pattern_witnesses(const struct pattern *pattern, struct arena *arena,
                       struct witnesses *out);

#endif
