/* SPDX-License-Identifier: EUPL-1.2 */
/* What open cells allow by themselves: every change keeps every relation and
 * every bound, reaches what a table of two axes is known to allow, and moves
 * nothing that is shown. */
#include "sdc/kernel_impl.h"
#include "sheet_fixture.h"

enum {
    SIZE = 3, /* rows and columns, without the totals */
    NODES = SIZE + 1,
    TABLES = 300,
};

struct bench {
    struct desk desk;
    struct field *field;
    int32_t *prices;
    struct room *rooms;
    int64_t *changes;
};

static uint64_t below(uint64_t *state, uint64_t limit)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (*state >> 33) % limit;
}

/* Leaves are open; totals are shown. */
static struct bench bench_new(const int64_t *counts)
{
    struct bench bench = {.desk = desk_new()};
    struct desk *desk = &bench.desk;
    struct text leaves = text_new(desk->arena);
    text_add(&leaves, "a,b,n\n");
    for (int i = 0; i < SIZE * SIZE; i++)
        text_format(&leaves, "r%d,c%d,%d\n", i / SIZE, i % SIZE,
                    (int)counts[i]);
    desk_hierarchy(desk, "a", "a.csv", "T,\nr0,T\nr1,T\nr2,T\n");
    desk_hierarchy(desk, "b", "b.csv", "T,\nc0,T\nc1,T\nc2,T\n");
    CHECK(desk_axes(desk));
    CHECK(desk_leaves(desk, leaves.at));
    struct field *field = field_of_sheet(desk->arena, desk->sheet);
    bench.field = field;
    bench.prices = arena_array(desk->arena, field->cells, sizeof *bench.prices);
    bench.rooms = arena_array(desk->arena, field->cells, sizeof *bench.rooms);
    bench.changes =
        arena_array(desk->arena, field->cells, sizeof *bench.changes);
    for (size_t c = 0; c < field->cells; c++) {
        bool leaf = c / NODES > 0 && c % NODES > 0;
        field->states[c] = leaf ? FIELD_PRIMARY : FIELD_SHOWN;
        bench.prices[c] = leaf ? 0 : 1;
        bench.rooms[c] = (struct room){field->counts[c], FIELD_UNLIMITED};
    }
    return bench;
}

static uint32_t leaf(size_t row, size_t column)
{
    return (uint32_t)((row + 1) * NODES + column + 1);
}

static void take(void *context, uint32_t cell, int64_t change)
{
    struct bench *bench = context;
    CHECK_INT(bench->changes[cell], 0);
    bench->changes[cell] = change;
}

static void check_sums(const struct bench *bench)
{
    const struct relations *relations = &bench->field->relations;
    for (size_t r = 0; r < relations->count; r++) {
        size_t m = relations->starts[r];
        int64_t sum = -bench->changes[relations->members[m]];
        while (++m < relations->starts[r + 1])
            sum += bench->changes[relations->members[m]];
        CHECK_INT(sum, 0);
    }
}

static void check_holds(const struct bench *bench)
{
    const struct field *field = bench->field;
    check_sums(bench);
    for (size_t c = 0; c < field->cells; c++) {
        CHECK(bench->prices[c] == 0 || bench->changes[c] == 0);
        CHECK(bench->changes[c] >= -bench->rooms[c].below);
        CHECK(bench->changes[c] <= bench->rooms[c].above);
    }
}

/* How far the target went; the change is in bench->changes. */
static int64_t raise(struct bench *bench, struct kernel *kernel,
                     uint32_t target, int direction, int64_t most)
{
    struct kernel_ask ask = {
        .target = target,
        .direction = direction,
        .most = most,
        .prices = bench->prices,
        .rooms = bench->rooms,
    };
    memset(bench->changes, 0, bench->field->cells * sizeof *bench->changes);
    int64_t went = kernel_raise(kernel, &ask);
    kernel_take(kernel, take, bench);
    CHECK_INT(bench->changes[target], direction * went);
    check_holds(bench);
    return went;
}

static int64_t rest_of_row(const int64_t *counts, size_t r, size_t c)
{
    int64_t sum = 0;
    for (size_t i = 0; i < SIZE; i++)
        sum += i == c ? 0 : counts[r * SIZE + i];
    return sum;
}

static int64_t rest_of_column(const int64_t *counts, size_t r, size_t c)
{
    int64_t sum = 0;
    for (size_t i = 0; i < SIZE; i++)
        sum += i == r ? 0 : counts[i * SIZE + c];
    return sum;
}

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Up by what the rest of its row and of its column hold; down to 0, or as far
 * as the rest of the table can go down too. */
static void check_table(const int64_t *counts)
{
    struct bench bench = bench_new(counts);
    struct kernel *kernel = kernel_new(bench.field);
    for (size_t r = 0; r < SIZE; r++) {
        for (size_t c = 0; c < SIZE; c++) {
            int64_t row = rest_of_row(counts, r, c);
            int64_t column = rest_of_column(counts, r, c), block = 0;
            for (size_t i = 0; i < SIZE; i++)
                block += i == r ? 0 : rest_of_row(counts, i, c);
            CHECK_INT(raise(&bench, kernel, leaf(r, c), 1, 1000),
                      lesser(row, column));
            CHECK_INT(raise(&bench, kernel, leaf(r, c), -1, 1000),
                      lesser(counts[r * SIZE + c], block));
        }
    }
    kernel_free(kernel);
    desk_end(&bench.desk);
}

TEST(a_cell_goes_as_far_as_its_row_and_column_allow)
{
    uint64_t state = 7;
    for (int t = 0; t < TABLES; t++) {
        int64_t counts[SIZE * SIZE];
        for (int i = 0; i < SIZE * SIZE; i++)
            counts[i] = (int64_t)below(&state, 4);
        check_table(counts);
    }
}

TEST(no_farther_than_asked)
{
    const int64_t counts[] = {5, 5, 5, 5, 5, 5, 5, 5, 5};
    struct bench bench = bench_new(counts);
    struct kernel *kernel = kernel_new(bench.field);
    CHECK_INT(raise(&bench, kernel, leaf(1, 1), 1, 3), 3);
    CHECK_INT(raise(&bench, kernel, leaf(1, 1), -1, 2), 2);
    kernel_free(kernel);
    desk_end(&bench.desk);
}

/* What is shown again after the elimination stays where it is. */
TEST(cells_with_a_price_stay)
{
    const int64_t counts[] = {5, 5, 5, 5, 5, 5, 5, 5, 5};
    struct bench bench = bench_new(counts);
    struct kernel *kernel = kernel_new(bench.field);
    bench.prices[leaf(0, 1)] = 1;
    CHECK_INT(raise(&bench, kernel, leaf(0, 0), 1, 9), 5);
    bench.prices[leaf(0, 2)] = 1;
    CHECK_INT(raise(&bench, kernel, leaf(0, 0), 1, 9), 0);
    CHECK_INT(raise(&bench, kernel, leaf(0, 0), -1, 9), 0);
    kernel_free(kernel);
    desk_end(&bench.desk);
}

TEST(what_one_relation_gives_away_does_not_move)
{
    const int64_t counts[] = {5, 5, 5, 5, 5, 5, 5, 5, 5};
    struct bench bench = bench_new(counts);
    bench.field->states[leaf(0, 1)] = FIELD_SHOWN;
    bench.field->states[leaf(0, 2)] = FIELD_SHOWN;
    bench.prices[leaf(0, 1)] = bench.prices[leaf(0, 2)] = 1;
    struct kernel *kernel = kernel_new(bench.field);
    CHECK_INT(raise(&bench, kernel, leaf(0, 0), 1, 9), 0);
    CHECK_INT(raise(&bench, kernel, leaf(1, 0), 1, 9), 5);
    kernel_free(kernel);
    desk_end(&bench.desk);
}

/* --- relations of any shape ----------------------------------------------- */

/* Cells without axes; the field has the relations only, and all is open. */
static struct bench bench_of(size_t cells, uint32_t *members, size_t *starts,
                             size_t relations)
{
    struct bench bench = {.desk = desk_new()};
    struct arena *arena = bench.desk.arena;
    struct field *field = arena_alloc(arena, sizeof *field);
    int64_t *counts = arena_array(arena, cells, sizeof *counts);
    field->cells = cells;
    field->counts = counts;
    field->states = arena_array(arena, cells, 1);
    field->relations = (struct relations){
        .members = members, .starts = starts, .count = relations};
    bench.field = field;
    bench.prices = arena_array(arena, cells, sizeof *bench.prices);
    bench.rooms = arena_array(arena, cells, sizeof *bench.rooms);
    bench.changes = arena_array(arena, cells, sizeof *bench.changes);
    for (size_t c = 0; c < cells; c++) {
        field->states[c] = FIELD_PRIMARY;
        counts[c] = 5000;
        bench.rooms[c] = (struct room){5000, FIELD_UNLIMITED};
    }
    return bench;
}

/* x + y, y + z and z + x are shown: a change would be one half of nothing. */
TEST(what_only_halves_would_move_stays)
{
    uint32_t members[] = {3, 0, 1, 4, 1, 2, 5, 2, 0};
    size_t starts[] = {0, 3, 6, 9};
    struct bench bench = bench_of(6, members, starts, 3);
    for (size_t c = 3; c < 6; c++) {
        bench.field->states[c] = FIELD_SHOWN;
        bench.prices[c] = 1;
    }
    struct kernel *kernel = kernel_new(bench.field);
    for (uint32_t c = 0; c < 3; c++) {
        CHECK_INT(raise(&bench, kernel, c, 1, 9), 0);
        CHECK_INT(raise(&bench, kernel, c, -1, 9), 0);
    }
    kernel_free(kernel);
    desk_end(&bench.desk);
}

/* Each cell of a chain moves the next the other way: hundreds follow one. */
TEST(a_cell_moves_that_hundreds_follow)
{
    enum {
        LINKS = 300, /* the totals are shown and come last */
    };
    uint32_t members[3 * LINKS];
    size_t starts[LINKS + 1] = {0};
    for (uint32_t r = 0; r < LINKS; r++) {
        members[3 * r] = LINKS + 1 + r;
        members[3 * r + 1] = r;
        members[3 * r + 2] = r + 1;
        starts[r + 1] = 3 * (size_t)(r + 1);
    }
    struct bench bench = bench_of(2 * LINKS + 1, members, starts, LINKS);
    for (size_t r = 0; r < LINKS; r++) {
        bench.field->states[LINKS + 1 + r] = FIELD_SHOWN;
        bench.prices[LINKS + 1 + r] = 1;
    }
    struct kernel *kernel = kernel_new(bench.field);
    CHECK_INT(raise(&bench, kernel, 0, 1, 9), 9);
    for (size_t c = 0; c <= LINKS; c++)
        CHECK_INT(bench.changes[c], c % 2 == 0 ? 9 : -9);
    kernel_free(kernel);
    desk_end(&bench.desk);
}

/* Cell 2i + 1 is all that cell 2i counts, and 2i + 2 is both: twice as much at
 * each step. How far cell 0 goes. */
static int64_t raise_doubled(uint32_t doublings)
{
    uint32_t members[5 * 16];
    size_t starts[2 * 16 + 1] = {0}, filled = 0, rows = 0;
    for (uint32_t i = 0; i < doublings; i++) {
        members[filled++] = 2 * i + 1;
        members[filled++] = 2 * i;
        starts[++rows] = filled;
        members[filled++] = 2 * i + 2;
        members[filled++] = 2 * i;
        members[filled++] = 2 * i + 1;
        starts[++rows] = filled;
    }
    struct bench bench = bench_of(2 * doublings + 1, members, starts, rows);
    struct kernel *kernel = kernel_new(bench.field);
    int64_t went = raise(&bench, kernel, 0, 1, 1);
    if (went == 1)
        CHECK_INT(bench.changes[2 * doublings], 1 << doublings);
    kernel_free(kernel);
    desk_end(&bench.desk);
    return went;
}

TEST(factors_that_grow_too_large_are_given_up)
{
    CHECK_INT(raise_doubled(3), 1);
    CHECK_INT(raise_doubled(9), 1);  /* 512 */
    CHECK_INT(raise_doubled(14), 0); /* 16384 */
}

/* Many wholes of the same parts. */
TEST(relations_of_too_many_terms_are_given_up)
{
    enum {
        WHOLES = 1010,
        PARTS = 3000,
    };
    struct arena *arena = arena_new();
    uint32_t *members =
        arena_array(arena, (size_t)WHOLES * (PARTS + 1), sizeof *members);
    size_t *starts = arena_array(arena, WHOLES + 1, sizeof *starts), filled = 0;
    for (uint32_t w = 0; w < WHOLES; w++) {
        members[filled++] = PARTS + w;
        for (uint32_t p = 0; p < PARTS; p++)
            members[filled++] = p;
        starts[w + 1] = filled;
    }
    struct bench bench = bench_of(PARTS + WHOLES, members, starts, WHOLES);
    struct kernel *kernel = kernel_new(bench.field);
    CHECK_INT(raise(&bench, kernel, 0, 1, 9), 0);
    kernel_free(kernel);
    desk_end(&bench.desk);
    arena_free(arena);
}

/* --- pivots --------------------------------------------------------------- */

enum {
    EDGE = 4,
    FACE = EDGE * EDGE,
    CUBE = EDGE * FACE,
    LINES = 3 * FACE,
    CUBES = 40,
    SWAPS = 12,
};

struct cube {
    uint32_t members[LINES * (EDGE + 1)];
    size_t starts[LINES + 1];
    uint64_t state;
};

/* A table of three axes: the totals of all lines are shown, and some leaves.
 * Of the others each has little room. */
static struct bench bench_cube(struct cube *cube)
{
    static const uint32_t strides[] = {1, EDGE, FACE};
    size_t filled = 0;
    for (uint32_t line = 0; line < LINES; line++) {
        uint32_t axis = line / FACE, place = line % FACE;
        uint32_t next = axis == 0 ? EDGE : 1, last = axis == 2 ? EDGE : FACE;
        uint32_t first = place % EDGE * next + place / EDGE * last;
        cube->members[filled++] = CUBE + line;
        for (uint32_t i = 0; i < EDGE; i++)
            cube->members[filled++] = first + i * strides[axis];
        cube->starts[line + 1] = filled;
    }
    struct bench bench =
        bench_of(CUBE + LINES, cube->members, cube->starts, LINES);
    for (size_t c = 0; c < CUBE + LINES; c++) {
        bool shown = c >= CUBE || below(&cube->state, 6) == 0;
        bench.field->states[c] = shown ? FIELD_SHOWN : FIELD_PRIMARY;
        bench.prices[c] = shown;
        bench.rooms[c] = (struct room){(int64_t)below(&cube->state, 4),
                                       (int64_t)below(&cube->state, 4)};
    }
    return bench;
}

/* What one step changes. */
static void go_one(struct bench *bench, const struct kernel *kernel,
                   uint32_t cell, uint32_t place)
{
    struct leg legs[KERNEL_PIVOTS + 1];
    size_t count = basis_legs(kernel, cell, place, legs);
    memset(bench->changes, 0, bench->field->cells * sizeof *bench->changes);
    for (size_t l = 0; l < count; l++) {
        const struct column *column = &kernel->columns[legs[l].cell];
        bench->changes[legs[l].cell] += legs[l].steps;
        for (uint32_t i = 0; i < column->count; i++)
            bench->changes[column->entries[i].pivot] +=
                legs[l].steps * column->entries[i].factor;
    }
}

static bool is_in(const struct basis *basis, uint32_t cell)
{
    bool found = false;
    for (size_t k = 0; k < basis->count; k++)
        found = found || basis->in[k] == cell;
    return found;
}

/* A cell that moves by itself, and answers for no other. */
static bool is_mover(const struct kernel *kernel, uint32_t cell)
{
    return !kernel->frozen[cell] && kernel->row_of[cell] == KERNEL_NONE &&
           !is_in(kernel->basis, cell);
}

/* Each cell that is out moves alone of these, and no free one moves any. */
static void check_basis(struct bench *bench, const struct kernel *kernel)
{
    const struct basis *basis = kernel->basis;
    for (uint32_t i = 0; i < basis->count; i++) {
        go_one(bench, kernel, basis->out[i], i);
        check_sums(bench);
        for (size_t k = 0; k < basis->count; k++)
            CHECK_INT(bench->changes[basis->out[k]], k == i);
    }
    for (uint32_t c = 0; c < CUBE; c++) {
        if (!is_mover(kernel, c))
            continue;
        go_one(bench, kernel, c, KERNEL_NONE);
        check_sums(bench);
        CHECK_INT(bench->changes[c], 1);
        for (size_t k = 0; k < basis->count; k++)
            CHECK_INT(bench->changes[basis->out[k]], basis->out[k] == c);
    }
}

/* A cell is out from now on, by a free one or, every other cell, one that was
 * out. False where none moves it by one. */
static bool swap(struct bench *bench, struct kernel *kernel, uint32_t cell,
                 bool *replaced)
{
    const struct basis *basis = kernel->basis;
    basis_share(kernel, cell);
    for (uint32_t i = 0; i < basis->count; i++) {
        int64_t share = basis->shares[i];
        go_one(bench, kernel, basis->out[i], i);
        CHECK_INT(bench->changes[cell], share);
        *replaced = basis->out[i] != cell;
        if (cell % 2 == 0 && (share == 1 || share == -1))
            return *replaced &&
                   basis_swap(kernel, cell, basis->out[i], i, (int)share);
    }
    *replaced = false;
    for (uint32_t c = 0; c < CUBE; c++) {
        if (c == cell || !is_mover(kernel, c))
            continue;
        go_one(bench, kernel, c, KERNEL_NONE);
        int64_t share = bench->changes[cell];
        if (share == 1 || share == -1)
            return basis_swap(kernel, cell, c, KERNEL_NONE, (int)share);
    }
    return false;
}

TEST(pivots_beside_equations_solve_them_still)
{
    struct cube cube = {.state = 3};
    size_t added = 0, replaced = 0;
    for (int t = 0; t < CUBES; t++) {
        struct bench bench = bench_cube(&cube);
        struct kernel *kernel = kernel_new(bench.field);
        for (int s = 0; s < SWAPS; s++) {
            uint32_t cell = (uint32_t)below(&cube.state, CUBE);
            bool other;
            if (kernel->frozen[cell] || !swap(&bench, kernel, cell, &other))
                continue;
            added += !other;
            replaced += other;
            check_basis(&bench, kernel);
        }
        kernel_free(kernel);
        desk_end(&bench.desk);
    }
    CHECK(added > CUBES && replaced > CUBES);
}

/* Most cells of three axes move only when others are brought back. */
TEST(what_is_brought_back_keeps_every_line_of_three_axes)
{
    struct cube cube = {.state = 5};
    size_t moved = 0;
    for (int t = 0; t < CUBES; t++) {
        struct bench bench = bench_cube(&cube);
        struct kernel *kernel = kernel_new(bench.field);
        for (uint32_t c = 0; c < CUBE; c++) {
            int64_t up = raise(&bench, kernel, c, 1, 2);
            int64_t down = raise(&bench, kernel, c, -1, 2);
            CHECK(up <= bench.rooms[c].above && down <= bench.rooms[c].below);
            moved += up > 0 && down > 0;
        }
        kernel_free(kernel);
        desk_end(&bench.desk);
    }
    CHECK(moved > CUBES);
}

RUN(CASE(pivots_beside_equations_solve_them_still),
    CASE(what_is_brought_back_keeps_every_line_of_three_axes),
    CASE(what_only_halves_would_move_stays),
    CASE(a_cell_moves_that_hundreds_follow),
    CASE(factors_that_grow_too_large_are_given_up),
    CASE(relations_of_too_many_terms_are_given_up),
    CASE(a_cell_goes_as_far_as_its_row_and_column_allow),
    CASE(no_farther_than_asked), CASE(cells_with_a_price_stay),
    CASE(what_one_relation_gives_away_does_not_move))
