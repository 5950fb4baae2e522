/* SPDX-License-Identifier: EUPL-1.2 */
/* What only whole numbers tell, among thousands of open cells: a cell that is
 * four times another has few values, though fractions would leave it many; one
 * that moves by eight does so whoever else knows her own count. */
#include "check.h"
#include "sdc/audit.h"

enum {
    LINES = 2200,
    THRESHOLD = 6,
    NOBODY = -1,
};

/* Lines a + b with shown sums, both columns with shown sums, all open. */
enum {
    FIRST_A = 0,
    FIRST_B = LINES,
    FIRST_SUM = 2 * LINES,
    SUM_A = 3 * LINES,
    SUM_B,
    /* a of line 2 is P + Q + R, and P moves by 8 where F moves by 1; somebody
     * is alone in Q. P comes first: no table that was looked for elsewhere
     * moves it. */
    P,
    Q,
    R,
    H,
    H_AGAIN,
    H_REST,
    H_SUM,
    H_SUM_AGAIN,
    G,
    G_AGAIN,
    G_REST,
    G_SUM,
    G_SUM_AGAIN,
    F,
    F_AGAIN,
    F_REST,
    F_SUM,
    F_SUM_AGAIN,
    /* a of line 0 is V + W, and V = 2 Y = 4 X. */
    V,
    W,
    Y,
    Y_AGAIN,
    Y_REST,
    Y_SUM,
    Y_SUM_AGAIN,
    X,
    X_AGAIN,
    X_REST,
    X_SUM,
    X_SUM_AGAIN,
    CELLS,
};

struct desk {
    struct arena *arena;
    int64_t counts[CELLS], lower[CELLS], upper[CELLS], moved[CELLS];
    enum audit_guard guards[CELLS];
    enum audit_verdict verdicts[CELLS];
    uint32_t persons[CELLS];
    uint32_t members[8 * CELLS];
    size_t starts[2 * CELLS], rows, filled;
    struct audit_input input;
    struct err err;
};

static void member(struct desk *desk, int cell)
{
    desk->members[desk->filled++] = (uint32_t)cell;
}

static void end_row(struct desk *desk)
{
    desk->starts[++desk->rows] = desk->filled;
}

/* whole = parts, up to the first NOBODY. */
static void relate(struct desk *desk, int whole, int first, int second,
                   int third)
{
    member(desk, whole);
    member(desk, first);
    member(desk, second);
    if (third != NOBODY)
        member(desk, third);
    end_row(desk);
}

static void relate_lines(struct desk *desk)
{
    for (int i = 0; i < LINES; i++)
        relate(desk, FIRST_SUM + i, FIRST_A + i, FIRST_B + i, NOBODY);
    for (int column = 0; column < 2; column++) {
        member(desk, SUM_A + column);
        for (int i = 0; i < LINES; i++)
            member(desk, column * LINES + i);
        end_row(desk);
    }
}

/* whole = part + again, which move alike: each fills the same rest up to a
 * shown sum. */
static void relate_twice(struct desk *desk, int twice, int part)
{
    int again = part + 1, rest = part + 2, sum = part + 3;
    relate(desk, twice, part, again, NOBODY);
    relate(desk, sum, part, rest, NOBODY);
    relate(desk, sum + 1, again, rest, NOBODY);
    desk->guards[sum] = desk->guards[sum + 1] = AUDIT_SHOWN;
}

static void count_twice(struct desk *desk, int part, int64_t count,
                        int64_t again)
{
    enum { REST = 20 };
    desk->counts[part] = count;
    desk->counts[part + 1] = again;
    desk->counts[part + 2] = REST;
    desk->counts[part + 3] = count + REST;
    desk->counts[part + 4] = again + REST;
}

static void count_all(struct desk *desk)
{
    for (int i = 0; i < LINES; i++) {
        desk->counts[FIRST_A + i] = desk->counts[FIRST_B + i] = 50;
        desk->counts[FIRST_SUM + i] = 100;
    }
    desk->counts[SUM_A] = desk->counts[SUM_B] = 50 * LINES;
    desk->counts[V] = 4;
    desk->counts[W] = 46;
    count_twice(desk, Y, 2, 2);
    count_twice(desk, X, 1, 1);
    desk->counts[P] = 4;
    desk->counts[Q] = 1;
    desk->counts[R] = 45;
    count_twice(desk, H, 2, 2);
    count_twice(desk, G, 1, 1);
    count_twice(desk, F, 1, 0);
}

/* One table that proves the lines, W and P; P only with Q. */
static struct witness first_witness(struct desk *desk)
{
    for (int i = 0; i < LINES; i++) {
        int64_t step = i % 2 == 0 ? 10 : -10;
        desk->moved[FIRST_A + i] = step;
        desk->moved[FIRST_B + i] = -step;
    }
    desk->moved[W] = 10;
    desk->moved[P] = 8;
    desk->moved[Q] = desk->moved[R] = 1;
    for (int part = H, step = 4; part <= F; part += G - H, step /= 2) {
        desk->moved[part] = desk->moved[part + 1] = step;
        desk->moved[part + 2] = -step;
    }
    uint32_t *cells = arena_array(desk->arena, CELLS, sizeof *cells);
    int64_t *deltas = arena_array(desk->arena, CELLS, sizeof *deltas);
    size_t count = 0;
    for (int c = 0; c < CELLS; c++) {
        cells[count] = (uint32_t)c;
        deltas[count] = desk->moved[c];
        count += desk->moved[c] != 0;
    }
    return (struct witness){cells, deltas, count};
}

static struct desk *desk_new(void)
{
    struct arena *arena = arena_new();
    struct desk *desk = arena_alloc(arena, sizeof *desk);
    desk->arena = arena;
    for (int c = 0; c < CELLS; c++) {
        bool shown = c >= FIRST_SUM && c <= SUM_B;
        desk->guards[c] = shown ? AUDIT_SHOWN : AUDIT_GUARDED;
        desk->upper[c] = AUDIT_UNLIMITED;
        desk->persons[c] = UINT32_MAX;
    }
    relate_lines(desk);
    relate(desk, FIRST_A, V, W, NOBODY);
    relate_twice(desk, V, Y);
    relate_twice(desk, Y, X);
    relate(desk, FIRST_A + 2, P, Q, R);
    relate_twice(desk, P, H);
    relate_twice(desk, H, G);
    relate_twice(desk, G, F);
    count_all(desk);
    desk->lower[V] = 2;
    desk->upper[V] = 7;
    desk->guards[P] = desk->guards[Q] = AUDIT_PRIMARY;
    desk->persons[Q] = Q;
    struct witness *witness = arena_alloc(arena, sizeof *witness);
    *witness = first_witness(desk);
    desk->input = (struct audit_input){
        .cells = CELLS,
        .counts = desk->counts,
        .lower = desk->lower,
        .upper = desk->upper,
        .guards = desk->guards,
        .persons = desk->persons,
        .members = desk->members,
        .starts = desk->starts,
        .relations = desk->rows,
        .witnesses = witness,
        .witness_count = 1,
        .threshold = THRESHOLD,
    };
    return desk;
}

static void run(struct desk *desk)
{
    if (!audit_run(&desk->input, desk->verdicts, &desk->err))
        fail_msg("%s", desk->err.text);
}

static void solve(struct desk *desk)
{
    if (!audit_solve(&desk->input, desk->verdicts, NULL, &desk->err))
        fail_msg("%s", desk->err.text);
}

/* 2..7 holds one number that is four times another. */
TEST(a_cell_that_fractions_leave_wide_is_exposed_by_whole_numbers)
{
    struct desk *desk = desk_new();
    run(desk);
    CHECK_INT(desk->verdicts[FIRST_A + 1], AUDIT_WITNESSED);
    CHECK_INT(desk->verdicts[V], AUDIT_OPEN);
    solve(desk);
    CHECK_INT(desk->verdicts[V], AUDIT_EXPOSED);
    CHECK_INT(desk->verdicts[X], AUDIT_EXPOSED);
    arena_free(desk->arena);
}

/* With 12 as well there are 4, 8 and 12. */
TEST(where_whole_numbers_leave_it_wide_it_is_safe)
{
    struct desk *desk = desk_new();
    desk->upper[V] = 13;
    run(desk);
    solve(desk);
    CHECK_INT(desk->verdicts[V], AUDIT_SOLVED);
    arena_free(desk->arena);
}

TEST(who_is_alone_beside_it_learns_nothing_of_a_cell_that_moves_by_eight)
{
    struct desk *desk = desk_new();
    run(desk);
    CHECK_INT(desk->verdicts[P], AUDIT_SINGLE);
    solve(desk);
    CHECK_INT(desk->verdicts[P], AUDIT_SOLVED);
    arena_free(desk->arena);
}

RUN(CASE(a_cell_that_fractions_leave_wide_is_exposed_by_whole_numbers),
    CASE(where_whole_numbers_leave_it_wide_it_is_safe),
    CASE(who_is_alone_beside_it_learns_nothing_of_a_cell_that_moves_by_eight))
