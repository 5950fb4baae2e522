/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/audit_piece.h - the programs of the audit. CONFIDENTIAL.
 *
 * A piece is the cells that relations and bands connect and that propagation
 * has not fixed: what moves in one piece says nothing of another. Its columns
 * are deviations from the input's counts, so that with the true table, or any
 * other that agrees with what is public, zero solves every row. Internal to
 * the audit. */
#ifndef SDC_AUDIT_PIECE_H
#define SDC_AUDIT_PIECE_H

#include "sdc/audit_impl.h"
#include "sdc/lp.h"

struct audit_piece {
    struct arena *arena;
    const struct audit_input *input;
    uint32_t *cells; /* by column */
    struct lp_shape shape;
    const int *row_starts; /* columns of row r: members[row_starts[r] .. ) */
    const int *members;
    const double *weights;
    bool banded;
    const struct audit_fold *fold; /* NULL: its cells are as they were cut */
};

/* One of its rows. */
struct audit_line {
    const int *members;
    const double *weights;
    int count;
};
struct audit_line audit_line_at(const struct audit_piece *piece, int row);
/* Fills in the columns of shape from the rows. */
void audit_turn(struct audit_piece *piece);

/* Walks over the pieces; each cell and row is looked at once. */
struct audit_cutter {
    struct arena *arena;
    const struct audit_input *input;
    const struct audit_bounds *bounds;
    struct audit_rows rows;
    int *column;       /* [cells] in its piece, or -1 */
    int *row_number;   /* [rows] in its piece, or -1 */
    uint32_t *cells;   /* of the present piece */
    uint32_t *numbers; /* of its rows */
    size_t cell_count, row_count;
};

struct audit_cutter audit_cutter_new(struct arena *arena,
                                     const struct audit_input *input,
                                     const struct audit_bounds *bounds);
/* The piece of a cell, made in `arena`. Before the first call for a piece
 * audit_cutter_knows is false for all its cells. */
struct audit_piece audit_cut(struct audit_cutter *cutter, struct arena *arena,
                             uint32_t cell);
bool audit_cutter_knows(const struct audit_cutter *cutter, uint32_t cell);
/* Propagation left it free to move. */
bool audit_cell_moves(const struct audit_cutter *cutter, uint32_t cell);

/* --- without totals --- */

/* How a piece became a smaller one of the same tables: its totals are sums of
 * what moves below them, and most rows follow from others. */
struct audit_fold {
    const struct audit_piece *whole;
    int *place;   /* [columns of the whole] the column that moves as it does, or
                     -1 */
    int *columns; /* of the whole, by column */
    /* A column of the whole is the sum of weights times columns [starts[c],
     * starts[c + 1]). */
    size_t *starts;
    int *terms;
    double *weights;
};

/* The piece without bands of the same input whose columns are the finest cells,
 * those asked for, and those that somebody is alone in. Zero must solve every
 * row. Both live as long as the whole. */
struct audit_piece audit_fold(const struct audit_piece *whole,
                              const bool *asked);
/* A solution of the folded piece in columns of the whole; what is a whole
 * number, or a half or third, but for a solver's error becomes one. */
void audit_unfold(const struct audit_fold *fold, const double *solution,
                  double *out);

/* --- what programs find, as witnesses --- */

#define AUDIT_WHOLE 1e-6 /* what a solver may miss an integer by */

/* Whatever of a solution hangs together with column `first` moves by itself;
 * true when that, or a small multiple of it, is a witness. */
bool audit_offer(const struct audit_piece *piece, struct audit_reach *reach,
                 const double *solution, int first);

/* --- some columns of a piece --- */

/* Columns of a piece in ascending order; their places are what programs over
 * them are asked by. */
struct audit_zone {
    const struct audit_piece *piece;
    int *columns;
    int count;
    int *place; /* [columns of the piece], or -1 */
};

struct audit_zone audit_zone_all(const struct audit_piece *piece,
                                 struct arena *arena);
/* Those where a solution moves, and those that share a row with them. */
struct audit_zone audit_zone_near(const struct audit_piece *piece,
                                  struct arena *arena, const double *solution);
/* Those at most `steps` rows away from one of them; rows farther than the
 * first are not followed once `most` columns are reached. */
struct audit_zone audit_zone_around(const struct audit_piece *piece,
                                    struct arena *arena, int column, int steps,
                                    int most);

/* --- sparse moves --- */

/* Programs over the deviations of a zone's columns, up and down apart, while
 * all others stay. Their total, at prices that are random but always the same,
 * is minimised: optima touch few cells and mostly are integers. */
struct audit_moves {
    const struct audit_zone *zone;
    struct lp *lp;
    double *solution; /* [columns of the piece] */
};

struct audit_moves audit_moves_new(const struct audit_zone *zone,
                                   struct arena *arena);
void audit_moves_free(struct audit_moves *moves);
/* The cheapest move of one place by exactly `step`, into moves->solution:
 * LP_SOLVED, LP_EMPTY when there is none. */
enum lp_end audit_moves_find(struct audit_moves *moves, int place, double step,
                             struct lp_limits limits);
/* The same in integers; true when one was found. */
bool audit_moves_whole(struct audit_moves *moves, int place, double step,
                       struct lp_limits limits);
/* Keeps a place where it is; or lets it move again. */
void audit_moves_hold(struct audit_moves *moves, int place);
void audit_moves_release(struct audit_moves *moves, int place);

/* --- extremes --- */

/* How far a column of a zone goes, up or down, but no farther than a limit.
 * Columns outside the zone may do whatever their own bounds allow, so that
 * what is too far here is too far in the piece. */
struct audit_range {
    const struct audit_zone *zone;
    struct lp_shape shape;
    struct lp *lp;
    double *solution; /* [places]; of the whole piece when the zone is */
    bool *held;       /* [places] */
};
struct audit_range audit_range_new(const struct audit_zone *zone,
                                   struct arena *arena);
void audit_range_free(struct audit_range *range);

enum audit_way {
    AUDIT_UP,
    AUDIT_DOWN,
};
/* *out is a whole number of steps, 0..limit, that no table exceeds: proven from
 * the duals by arithmetic rounded outwards. range->solution is the solver's
 * optimum. False when the solver has none. */
bool audit_range_find(struct audit_range *range, int place, enum audit_way way,
                      double limit, struct lp_limits limits,
                      int64_t *out) MUST_USE;
/* By integers. True when *out is settled, as far as the solver can be trusted;
 * *found: range->solution is a table of the zone, the farthest known. */
bool audit_range_whole(struct audit_range *range, int place, enum audit_way way,
                       double limit, struct lp_limits limits, bool *found,
                       int64_t *out) MUST_USE;
void audit_range_hold(struct audit_range *range, int place);
void audit_range_release(struct audit_range *range, int place);

#endif
