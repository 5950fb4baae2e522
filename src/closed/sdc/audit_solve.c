/* SPDX-License-Identifier: EUPL-1.2 */
/* The rest of the attack: exact ranges by linear programs, one connected set
 * of open cells at a time. */
#include <math.h>

#include "sdc/audit_impl.h"
#include "sdc/lp.h"

#define INTEGER_TOLERANCE 1e-6

enum {
    SOLVE_LIMIT = 2000, /* cells; more are a doubt, not a task */
};

struct solve {
    struct arena *arena;
    const struct audit_input *input;
    struct audit_reach *reach;
    enum audit_verdict *verdicts;
    bool *visited;   /* [cells] */
    int *row_number; /* [relations] in the present program, or -1 */
    uint32_t *cells; /* columns of the present program */
    size_t cell_count;
    size_t row_count;
};

static bool is_open(const struct solve *solve, uint32_t cell)
{
    return solve->input->guards[cell] != AUDIT_SHOWN;
}

static void visit(struct solve *solve, uint32_t cell)
{
    if (!is_open(solve, cell) || solve->visited[cell])
        return;
    solve->visited[cell] = true;
    solve->cells[solve->cell_count++] = cell;
}

static void visit_row(struct solve *solve, uint32_t row)
{
    const struct audit_input *input = solve->input;
    if (solve->row_number[row] >= 0)
        return;
    solve->row_number[row] = (int)solve->row_count++;
    for (size_t i = input->starts[row]; i < input->starts[row + 1]; i++)
        visit(solve, input->members[i]);
}

/* Collects the open cells that relations connect with `first`. */
static void collect(struct solve *solve, uint32_t first)
{
    const struct audit_rows *rows = &solve->reach->rows;
    solve->cell_count = 0;
    solve->row_count = 0;
    visit(solve, first);
    for (size_t i = 0; i < solve->cell_count; i++) {
        uint32_t cell = solve->cells[i];
        for (size_t k = rows->starts[cell]; k < rows->starts[cell + 1]; k++)
            visit_row(solve, rows->rows[k]);
    }
}

static struct lp *build(struct solve *solve, struct arena *scratch)
{
    const struct audit_input *input = solve->input;
    const struct audit_rows *rows = &solve->reach->rows;
    size_t entries = 0, columns = solve->cell_count;
    for (size_t c = 0; c < columns; c++)
        entries +=
            rows->starts[solve->cells[c] + 1] - rows->starts[solve->cells[c]];
    int *starts = arena_array(scratch, columns + 1, sizeof *starts);
    int *row = arena_array(scratch, entries, sizeof *row);
    double *value = arena_array(scratch, entries, sizeof *value);
    double *low = arena_array(scratch, columns, sizeof *low);
    double *high = arena_array(scratch, columns, sizeof *high);
    int filled = 0;
    for (size_t c = 0; c < columns; c++) {
        uint32_t cell = solve->cells[c];
        for (size_t k = rows->starts[cell]; k < rows->starts[cell + 1]; k++) {
            uint32_t number = rows->rows[k];
            bool total = input->members[input->starts[number]] == cell;
            row[filled] = solve->row_number[number];
            value[filled++] = total ? 1.0 : -1.0;
        }
        starts[c + 1] = filled;
        low[c] = (double)(input->lower[cell] - input->counts[cell]);
        high[c] = input->upper[cell] == AUDIT_UNLIMITED
                      ? HUGE_VAL
                      : (double)(input->upper[cell] - input->counts[cell]);
    }
    struct lp_shape shape = {
        .columns = (int)columns,
        .rows = (int)solve->row_count,
        .starts = starts,
        .row = row,
        .value = value,
        .low = low,
        .high = high,
    };
    return lp_new(scratch, &shape);
}

/* Offers the solution as a witness when it is integral. */
static void offer(struct solve *solve, struct arena *scratch,
                  const double *solution)
{
    uint32_t *cells = arena_array(scratch, solve->cell_count, sizeof *cells);
    int64_t *deltas = arena_array(scratch, solve->cell_count, sizeof *deltas);
    struct witness witness = {cells, deltas, 0};
    for (size_t c = 0; c < solve->cell_count; c++) {
        double whole = nearbyint(solution[c]);
        if (fabs(solution[c] - whole) > INTEGER_TOLERANCE || fabs(whole) > 1e12)
            return;
        if (fabs(whole) < 0.5)
            continue;
        cells[witness.count] = solve->cells[c];
        deltas[witness.count++] = (int64_t)whole;
    }
    /* A solution that rounding spoils proves nothing, and needs no more. */
    bool kept = audit_reach_add(solve->reach, &witness);
    (void)kept;
}

static bool settle(struct solve *solve, struct arena *scratch, struct lp *lp,
                   size_t column, struct err *err)
{
    const struct audit_input *input = solve->input;
    uint32_t cell = solve->cells[column];
    double width = (double)(audit_threshold(input, cell) - 2);
    double ends[2];
    for (int side = 0; side < 2; side++) {
        const double *solution;
        if (!lp_extreme(lp, (int)column, side == 1, -width, width, &solution))
            return err_fail(err, ERR_DISCLOSURE, "sdc.solver",
                            "the linear program of the attack was not solved");
        ends[side] = solution[column];
        offer(solve, scratch, solution);
    }
    int64_t low = (int64_t)ceil(ends[0] - INTEGER_TOLERANCE);
    int64_t high = (int64_t)floor(ends[1] + INTEGER_TOLERANCE);
    bool narrow = high - low < audit_threshold(input, cell) - 2;
    if (narrow && audit_misses(input, cell, input->counts[cell] + low,
                               input->counts[cell] + high))
        solve->verdicts[cell] = AUDIT_SOLVED;
    else if (narrow)
        solve->verdicts[cell] = AUDIT_EXPOSED;
    else if (audit_reach_wide(solve->reach, cell))
        solve->verdicts[cell] = audit_reach_private(solve->reach, cell)
                                    ? AUDIT_SOLVED
                                    : AUDIT_SINGLE;
    return true;
}

static bool settle_all(struct solve *solve, struct err *err)
{
    struct arena *scratch = arena_new();
    struct lp *lp = build(solve, scratch);
    bool ok = true;
    for (size_t c = 0; ok && c < solve->cell_count; c++) {
        if (solve->verdicts[solve->cells[c]] == AUDIT_OPEN)
            ok = settle(solve, scratch, lp, c, err);
    }
    lp_free(lp);
    arena_wipe(scratch);
    return ok;
}

static bool check_amount(const struct audit_input *input,
                         const enum audit_verdict *verdicts, struct err *err)
{
    size_t open = 0;
    for (size_t c = 0; c < input->cells; c++)
        open += verdicts[c] == AUDIT_OPEN;
    return open <= SOLVE_LIMIT ||
           err_fail(err, ERR_DISCLOSURE, "sdc.solver",
                    "too many cells are left to linear programs");
}

bool audit_solve(const struct audit_input *input, enum audit_verdict *verdicts,
                 struct err *err)
{
    struct solve solve = {
        .arena = arena_new(),
        .input = input,
        .verdicts = verdicts,
    };
    bool ok = check_amount(input, verdicts, err);
    solve.reach = audit_reach_new(solve.arena, input);
    solve.visited =
        arena_array(solve.arena, input->cells, sizeof *solve.visited);
    solve.cells = arena_array(solve.arena, input->cells, sizeof *solve.cells);
    solve.row_number =
        arena_array(solve.arena, input->relations, sizeof *solve.row_number);
    for (size_t r = 0; r < input->relations; r++)
        solve.row_number[r] = -1;
    for (size_t w = 0; ok && w < input->witness_count; w++)
        ok = audit_reach_add(solve.reach, &input->witnesses[w]) ||
             err_fail(err, ERR_DISCLOSURE, "sdc.witness",
                      "witness %zu is no possible table", w + 1);
    for (size_t c = 0; ok && c < input->cells; c++) {
        if (verdicts[c] != AUDIT_OPEN || solve.visited[c])
            continue;
        collect(&solve, (uint32_t)c);
        ok = settle_all(&solve, err);
    }
    arena_wipe(solve.arena);
    return ok;
}
