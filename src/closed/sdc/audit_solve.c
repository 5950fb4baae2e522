/* SPDX-License-Identifier: EUPL-1.2 */
/* The programs behind the two entrances: with the true table, which agrees
 * with everything public, and from outside, where such a table must be found
 * first. */
#include <math.h>

#include "sdc/audit_piece.h"

static bool solve_from_truth(struct arena *arena,
                             const struct audit_input *input,
                             enum audit_verdict *verdicts,
                             struct audit_found *found, struct err *err)
{
    struct audit_bounds bounds;
    struct audit_settling settling = {
        .input = input,
        .bounds = &bounds,
        .reach = audit_reach_new(arena, input),
        .verdicts = verdicts,
        .deadline = audit_deadline(input),
    };
    if (!audit_reach_start(settling.reach, err))
        return false;
    if (!audit_propagate(arena, input, &bounds))
        return err_fail(err, ERR_DISCLOSURE, "sdc.audit",
                        "the attack contradicts the true table");
    settling.reach->found = found;
    audit_settle(&settling);
    return true;
}

bool audit_solve(const struct audit_input *input, enum audit_verdict *verdicts,
                 struct audit_found *found, struct err *err)
{
    struct arena *arena = arena_new();
    bool ok = solve_from_truth(arena, input, verdicts, found, err);
    arena_wipe(arena);
    return ok;
}

/* --- from outside --- */

struct outside {
    struct arena *arena;
    struct audit_input input; /* a copy, whose counts are found here */
    int64_t *counts;
    struct audit_bounds bounds;
    bool *lost; /* no table was found for its piece in time */
    double deadline;
};

static bool contradiction(struct err *err)
{
    return err_fail(err, ERR_INPUT, "audit.contradiction",
                    "no table agrees with all that is shown");
}

static bool row_holds(const struct outside *outside, size_t number)
{
    const struct audit_input *input = &outside->input;
    if (number >= input->relations) {
        const struct audit_band *band =
            &input->bands[number - input->relations];
        struct audit_sum sum = audit_band_sum(band, outside->counts, NULL);
        return audit_band_holds(band, &sum);
    }
    struct audit_row row = audit_row_at(input, number);
    int64_t rest = outside->counts[row.cells[0]];
    for (size_t i = 1; i < row.count; i++)
        rest -= outside->counts[row.cells[i]];
    return rest == 0;
}

/* The rows of a piece, each looked at from its first moving cell. */
static bool rows_hold(const struct outside *outside,
                      const struct audit_cutter *cutter,
                      const struct audit_piece *piece)
{
    bool hold = true;
    for (int c = 0; hold && c < piece->shape.columns; c++) {
        uint32_t cell = piece->cells[c];
        for (size_t k = cutter->rows.starts[cell];
             hold && k < cutter->rows.starts[cell + 1]; k++) {
            uint32_t number = cutter->rows.rows[k];
            struct audit_row row = audit_row_at(&outside->input, number);
            size_t first = 0;
            while (!audit_cell_moves(cutter, row.cells[first]))
                first++;
            hold = row.cells[first] != cell || row_holds(outside, number);
        }
    }
    return hold;
}

/* Takes what a solver says for a table when it is whole and, checked without
 * any doubt, agrees with what is public. */
static bool take_table(struct outside *outside,
                       const struct audit_cutter *cutter,
                       const struct audit_piece *piece,
                       const double *deviations)
{
    for (int c = 0; c < piece->shape.columns; c++) {
        if (fabs(deviations[c] - nearbyint(deviations[c])) > AUDIT_WHOLE)
            return false;
    }
    for (int c = 0; c < piece->shape.columns; c++)
        outside->counts[piece->cells[c]] =
            outside->bounds.low[piece->cells[c]] +
            (int64_t)nearbyint(deviations[c]);
    return rows_hold(outside, cutter, piece);
}

static struct lp_limits left(const struct outside *outside)
{
    return (struct lp_limits){.seconds = outside->deadline - audit_clock()};
}

/* Any table of the piece: a vertex, if it is whole, else by integers. */
static enum lp_end find_table(struct outside *outside,
                              const struct audit_cutter *cutter,
                              const struct audit_piece *piece)
{
    struct lp *lp = lp_new(piece->arena, &piece->shape);
    double *whole =
        arena_array(piece->arena, (size_t)piece->shape.columns, sizeof *whole);
    bool found = false;
    enum lp_end end = lp_restore(lp, left(outside));
    if (end == LP_SOLVED &&
        !take_table(outside, cutter, piece, lp_columns(lp))) {
        end = lp_integers(lp, left(outside), &found, whole);
        if (end != LP_EMPTY)
            end = found && take_table(outside, cutter, piece, whole)
                      ? LP_SOLVED
                      : LP_UNKNOWN;
    }
    lp_free(lp);
    return end;
}

static bool start_piece(struct outside *outside, struct audit_cutter *cutter,
                        uint32_t first, struct err *err)
{
    struct arena *arena = arena_new();
    struct audit_piece piece = audit_cut(cutter, arena, first);
    enum lp_end end = audit_clock() < outside->deadline
                          ? find_table(outside, cutter, &piece)
                          : LP_UNKNOWN;
    for (int c = 0; end == LP_UNKNOWN && c < piece.shape.columns; c++)
        outside->lost[piece.cells[c]] = true;
    arena_wipe(arena);
    return end != LP_EMPTY || contradiction(err);
}

static bool start_all(struct outside *outside, struct err *err)
{
    const struct audit_input *input = &outside->input;
    struct audit_cutter cutter =
        audit_cutter_new(outside->arena, input, &outside->bounds);
    bool ok = true;
    for (size_t c = 0; ok && c < input->cells; c++) {
        if (audit_cell_moves(&cutter, (uint32_t)c) &&
            !audit_cutter_knows(&cutter, (uint32_t)c))
            ok = start_piece(outside, &cutter, (uint32_t)c, err);
    }
    return ok;
}

static void judge_all(const struct outside *outside,
                      enum audit_verdict *verdicts)
{
    const struct audit_input *input = &outside->input;
    for (size_t c = 0; c < input->cells; c++) {
        if (outside->lost[c])
            outside->counts[c] = -1;
        verdicts[c] = input->guards[c] == AUDIT_SHOWN
                          ? AUDIT_PUBLIC
                          : audit_judge(input, &outside->bounds, c);
    }
}

static struct outside outside_new(struct arena *arena,
                                  const struct audit_input *input)
{
    struct outside outside = {
        .arena = arena,
        .input = *input,
        .counts = arena_array(arena, input->cells, sizeof(int64_t)),
        .lost = arena_array(arena, input->cells, sizeof(bool)),
        .deadline = audit_deadline(input),
    };
    return outside;
}

static bool attack_outside(struct outside *outside,
                           enum audit_verdict *verdicts,
                           struct audit_effort *effort, struct err *err)
{
    struct audit_input *input = &outside->input;
    struct audit_bounds bounds;
    if (!audit_propagate(outside->arena, input, &bounds))
        return contradiction(err);
    outside->bounds = bounds;
    for (size_t c = 0; c < input->cells; c++)
        outside->counts[c] = bounds.low[c];
    input->counts = outside->counts;
    if (!start_all(outside, err))
        return false;
    judge_all(outside, verdicts);
    struct audit_settling settling = {
        .input = input,
        .bounds = &outside->bounds,
        .reach = audit_reach_new(outside->arena, input),
        .verdicts = verdicts,
        .lost = outside->lost,
        .deadline = outside->deadline,
    };
    audit_settle(&settling);
    *effort = settling.effort;
    return true;
}

bool audit_public(const struct audit_input *input, enum audit_verdict *verdicts,
                  struct audit_effort *effort, struct err *err)
{
    struct arena *arena = arena_new();
    struct outside outside = outside_new(arena, input);
    bool ok = attack_outside(&outside, verdicts, effort, err);
    arena_wipe(arena);
    return ok;
}
