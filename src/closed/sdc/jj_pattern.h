/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/jj_pattern.h - the suppression pattern of a JJ instance while it is
 * being chosen. CONFIDENTIAL.
 *
 * An instance has no axes: what is known of a cell is the relations it is in.
 * A cell is open when it is primary or secondary. A move is a change of the
 * true table whose cells are all open, within every bound and relation. A cell
 * is safe when its moves differ by the width asked, and when nobody alone in
 * another cell sits in all of them. Moves are found by linear programs that
 * minimise the price-weighted change (Kelly, Golden and Assad 1992; Castro
 * 2002). All this proposes; only the audit decides. */
#ifndef SDC_JJ_PATTERN_H
#define SDC_JJ_PATTERN_H

#include "sdc/audit.h"
#include "sdc/jj.h"

#define JJ_END UINT32_MAX

/* One cell of one move, in the list of that cell. */
struct jj_entry {
    int64_t delta;
    uint32_t move;
    uint32_t next; /* JJ_END */
};

struct jj_ball;

struct jj_pattern {
    struct arena *arena;
    struct jj *jj;           /* its secondaries are the pattern */
    const uint32_t *persons; /* [cells] who is alone in it */
    int64_t width;           /* asked of every cell */
    double *prices;          /* [cells] */
    bool *given;             /* [cells] secondary from the start: stays so */
    bool *needy;             /* [cells] must be safe */
    bool *barred;            /* [cells] must not be opened now */
    size_t *row_starts;      /* rows[row_starts[c] .. row_starts[c + 1]) */
    uint32_t *rows;
    struct witnesses moves;
    bool *dropped; /* [moves] */
    size_t dropped_capacity;
    struct jj_entry *entries;
    size_t entry_count, entry_capacity;
    uint32_t *first;  /* [cells] first entry */
    uint32_t *opened; /* cells in the order in which they were opened */
    size_t opened_count, opened_capacity;
    struct jj_ball *ball; /* work space of the search for moves */
    uint64_t work;        /* cells of all programs solved */
};

struct jj_pattern *jj_pattern_new(struct arena *arena, struct jj *jj,
                                  const uint32_t *persons, int64_t width);
static inline bool jj_is_open(const struct jj_pattern *pattern, size_t cell)
{
    return pattern->jj->status[cell] == JJ_PRIMARY ||
           pattern->jj->status[cell] == JJ_SECONDARY;
}

/* Records a move and opens its cells. */
void jj_record(struct jj_pattern *pattern, const struct witness *move);
/* low <= 0 <= high over the moves that are not dropped. */
void jj_range(const struct jj_pattern *pattern, size_t cell, int64_t *low,
              int64_t *high);
/* Somebody alone elsewhere who sits in every move of a primary; or
 * PERSON_NOBODY, also when it has no move. */
uint32_t jj_seer(const struct jj_pattern *pattern, size_t cell);
bool jj_is_safe(const struct jj_pattern *pattern, size_t cell);
/* Shows the secondaries that no move uses, unless they were given. */
void jj_show_idle(struct jj_pattern *pattern);
/* The moves that are left. */
void jj_moves(const struct jj_pattern *pattern, struct arena *arena,
              struct witnesses *out);

/* Searches for moves end here: a bound on time that is the same on every
 * machine. */
#define JJ_WORK UINT64_C(30000000)

/* The cheapest move that changes a cell by `delta` (or by more, where only that
 * is whole) and no cell in which `person` is alone. *cost is
 * that of the cells it would open. False when none was found. */
bool jj_find_move(struct jj_pattern *pattern, uint32_t cell, int64_t delta,
                  uint32_t person, struct arena *scratch, struct witness *out,
                  double *cost);
struct jj_ball *jj_ball_new(const struct jj_pattern *pattern);

/* Makes a cell safe with what is cheapest now. False when it is not yet. */
bool jj_protect_cell(struct jj_pattern *pattern, uint32_t cell);
/* A first pattern that makes the primaries safe where it can. */
void jj_choose(struct jj_pattern *pattern);
/* Drops moves that nothing leans on, then shows expensive secondaries again
 * where the rest can be made safe for less. Bounded work. */
void jj_improve(struct jj_pattern *pattern);

#endif
