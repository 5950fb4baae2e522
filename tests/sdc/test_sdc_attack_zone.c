/* SPDX-License-Identifier: EUPL-1.2 */
/* Parts of a table that exact programs are made of, against full enumeration:
 * zones of a piece, and pieces whose totals were folded away. */
#include "brute.h"
#include "sdc/audit_piece.h"

static void fail_bounds(uint64_t seed, const struct brute *b, size_t cell)
{
    fail_msg("seed %llu cell %zu: least %lld, most %lld, T %lld",
             (unsigned long long)seed, cell, (long long)b->least[cell],
             (long long)b->most[cell], (long long)b->input.threshold);
}

/* --- every piece ---------------------------------------------------------- */

typedef int visit_piece(uint64_t seed, const struct brute *b,
                        const struct audit_piece *piece);

/* Sums what is said of the pieces of drawn tables. */
static int visit_pieces(uint64_t first, visit_piece *visit)
{
    int sum = 0;
    for (uint64_t seed = first; seed <= first + 150 / BRUTE_PART; seed++) {
        struct brute *b = brute_new(seed, false);
        struct audit_bounds bounds;
        brute_attack(b);
        CHECK(audit_propagate(b->arena, &b->input, &bounds));
        struct audit_cutter cutter =
            audit_cutter_new(b->arena, &b->input, &bounds);
        for (size_t c = 0; b->complete && c < b->cells; c++) {
            if (!audit_cell_moves(&cutter, (uint32_t)c) ||
                audit_cutter_knows(&cutter, (uint32_t)c))
                continue;
            struct audit_piece piece =
                audit_cut(&cutter, b->arena, (uint32_t)c);
            sum += visit(seed, b, &piece);
        }
        brute_free(b);
    }
    return sum;
}

/* --- zones ---------------------------------------------------------------- */

/* Bounds that a zone proves are never inside what the piece allows; over the
 * whole piece, integers attain what they say. */
static int measure_zone(uint64_t seed, const struct brute *b,
                        const struct audit_piece *piece,
                        const struct audit_zone *zone, int column)
{
    struct arena *arena = arena_new();
    struct audit_range range = audit_range_new(zone, arena);
    size_t cell = piece->cells[column];
    int64_t up = -1, down = -1;
    bool found;
    const struct lp_limits hour = {.seconds = 3600};
    CHECK(
        audit_range_find(&range, zone->place[column], AUDIT_UP, 99, hour, &up));
    CHECK(audit_range_find(&range, zone->place[column], AUDIT_DOWN, 99, hour,
                           &down));
    if (b->counts[cell] + up < b->most[cell] ||
        b->counts[cell] - down > b->least[cell])
        fail_bounds(seed, b, cell);
    CHECK(audit_range_whole(&range, zone->place[column], AUDIT_UP, 99, hour,
                            &found, &up));
    CHECK(found);
    if (zone->count == piece->shape.columns
            ? b->counts[cell] + up != b->most[cell]
            : b->counts[cell] + up < b->most[cell])
        fail_bounds(seed, b, cell);
    audit_range_free(&range);
    arena_wipe(arena);
    return zone->count < piece->shape.columns;
}

static int measure_zones(uint64_t seed, const struct brute *b,
                         const struct audit_piece *piece)
{
    int parts = 0;
    for (int steps = 0; steps <= 2; steps++) {
        struct audit_zone zone =
            audit_zone_around(piece, b->arena, 0, steps, 8);
        parts += measure_zone(seed, b, piece, &zone, 0);
    }
    struct audit_zone all = audit_zone_all(piece, b->arena);
    (void)measure_zone(seed, b, piece, &all, 0);
    return parts;
}

TEST(what_a_zone_proves_holds_for_the_piece)
{
    CHECK(visit_pieces(60001, measure_zones) > 100 / BRUTE_PART);
}

/* --- folds ---------------------------------------------------------------- */

/* A table of the folded piece is one of the whole. */
static void unfold(const struct audit_piece *piece, int column)
{
    const struct audit_piece *whole = piece->fold->whole;
    struct arena *arena = arena_new();
    struct audit_zone zone = audit_zone_all(piece, arena);
    struct audit_range range = audit_range_new(&zone, arena);
    double *out = arena_array(arena, (size_t)whole->shape.columns, sizeof *out);
    const struct lp_limits hour = {.seconds = 3600};
    int64_t up;
    CHECK(audit_range_find(&range, column, AUDIT_UP, 99, hour, &up));
    audit_unfold(piece->fold, range.solution, out);
    CHECK(fabs(out[piece->fold->columns[column]] - range.solution[column]) <
          1e-5);
    for (int c = 0; c < whole->shape.columns; c++)
        CHECK(out[c] > whole->shape.low[c] - 1e-5 &&
              out[c] < whole->shape.high[c] + 1e-5);
    for (int r = 0; r < whole->shape.rows; r++) {
        struct audit_line line = audit_line_at(whole, r);
        double sum = 0;
        for (int i = 0; i < line.count; i++)
            sum += line.weights[i] * out[line.members[i]];
        CHECK(fabs(sum) < 1e-5);
    }
    audit_range_free(&range);
    arena_wipe(arena);
}

/* Each fourth column is asked for. Returns how many totals left. */
static int measure_folded(uint64_t seed, const struct brute *b,
                          const struct audit_piece *whole)
{
    int columns = whole->shape.columns;
    if (whole->banded)
        return 0; /* is not folded */
    bool *asked = arena_array(b->arena, (size_t)columns, sizeof *asked);
    for (int c = 0; c < columns; c++)
        asked[c] = c % 4 == 0;
    struct audit_piece piece = audit_fold(whole, asked);
    struct audit_zone all = audit_zone_all(&piece, b->arena);
    for (int c = 0; c < piece.shape.columns; c++) {
        if (!asked[piece.fold->columns[c]])
            continue;
        struct audit_zone zone = audit_zone_around(&piece, b->arena, c, 1, 8);
        (void)measure_zone(seed, b, &piece, &zone, c);
        (void)measure_zone(seed, b, &piece, &all, c);
        unfold(&piece, c);
    }
    return columns - piece.shape.columns;
}

TEST(a_piece_without_its_totals_has_the_same_tables)
{
    int left = visit_pieces(70001, measure_folded);
    print_message("%d totals left\n", left);
    CHECK(left > 50 / BRUTE_PART);
}

/* A piece of cells that are all hidden, from its relations. */
struct drawn {
    struct arena *arena;
    struct audit_input input;
    struct audit_bounds bounds;
    struct audit_piece piece;
};

static void add_relation(struct drawn *drawn, const uint32_t *cells,
                         size_t count)
{
    struct audit_input *input = &drawn->input;
    uint32_t *members = (uint32_t *)(uintptr_t)input->members;
    size_t *starts = (size_t *)(uintptr_t)input->starts;
    size_t filled = starts[input->relations];
    memcpy(members + filled, cells, count * sizeof *cells);
    starts[++input->relations] = filled + count;
}

static void drawn_new(struct drawn *drawn, int64_t *counts, int64_t lower,
                      size_t cells)
{
    struct arena *arena = arena_new();
    int64_t *low = arena_array(arena, cells, sizeof *low);
    int64_t *high = arena_array(arena, cells, sizeof *high);
    enum audit_guard *guards = arena_array(arena, cells, sizeof *guards);
    for (size_t c = 0; c < cells; c++) {
        low[c] = lower;
        high[c] = AUDIT_UNLIMITED;
        guards[c] = AUDIT_GUARDED;
    }
    *drawn = (struct drawn){
        .arena = arena,
        .input = {.cells = cells,
                  .counts = counts,
                  .lower = low,
                  .upper = high,
                  .guards = guards,
                  .members = arena_array(arena, 4 * cells, sizeof(uint32_t)),
                  .starts = arena_array(arena, cells, sizeof(size_t)),
                  .threshold = 5},
    };
}

/* Cuts the piece of the first cell, and folds it; all others are asked for. */
static struct audit_piece cut_and_fold(struct drawn *drawn)
{
    bool *asked = arena_array(drawn->arena, drawn->input.cells, sizeof *asked);
    memset(asked + 1, true, drawn->input.cells - 1);
    CHECK(audit_propagate(drawn->arena, &drawn->input, &drawn->bounds));
    struct audit_cutter cutter =
        audit_cutter_new(drawn->arena, &drawn->input, &drawn->bounds);
    CHECK(audit_cell_moves(&cutter, 0));
    drawn->piece = audit_cut(&cutter, drawn->arena, 0);
    return audit_fold(&drawn->piece, asked);
}

/* How far the cell can go in the folded piece, up to 99. */
static int64_t how_far(const struct audit_piece *piece, uint32_t cell,
                       enum audit_way way)
{
    struct arena *arena = arena_new();
    struct audit_zone zone = audit_zone_all(piece, arena);
    struct audit_range range = audit_range_new(&zone, arena);
    const struct lp_limits hour = {.seconds = 3600};
    int column = 0;
    int64_t steps = -1;
    while (piece->cells[column] != cell)
        CHECK(++column < piece->shape.columns);
    CHECK(audit_range_find(&range, zone.place[column], way, 99, hour, &steps));
    audit_range_free(&range);
    arena_wipe(arena);
    return steps;
}

/* More than a row takes: the total stays a cell of its own, and so does the
 * row that says what it is the sum of. */
TEST(a_total_of_very_many_stays)
{
    enum {
        PARTS = 150,
    };
    int64_t counts[PARTS + 3] = {2 * PARTS, 4, 2 * PARTS + 4};
    uint32_t all[PARTS + 1] = {0};
    struct drawn drawn;
    for (uint32_t c = 3; c < PARTS + 3; c++) {
        counts[c] = 2;
        all[c - 2] = c;
    }
    drawn_new(&drawn, counts, 1, PARTS + 3);
    ((enum audit_guard *)(uintptr_t)drawn.input.guards)[2] = AUDIT_SHOWN;
    add_relation(&drawn, all, PARTS + 1);
    add_relation(&drawn, (const uint32_t[]){2, 0, 1}, 3);
    struct audit_piece piece = cut_and_fold(&drawn);
    CHECK_INT(drawn.piece.shape.columns, PARTS + 2);
    CHECK_INT(piece.shape.columns, PARTS + 2);
    CHECK_INT(how_far(&piece, 0, AUDIT_UP), 3);
    CHECK_INT(how_far(&piece, 3, AUDIT_UP), 99);
    CHECK_INT(how_far(&piece, 3, AUDIT_DOWN), 1);
    arena_wipe(drawn.arena);
}

/* Each of two is the other and more: the more is nothing. */
TEST(cells_of_a_circle_stay)
{
    int64_t counts[] = {8, 8, 0, 0};
    struct drawn drawn;
    drawn_new(&drawn, counts, 0, COUNT_OF(counts));
    add_relation(&drawn, (const uint32_t[]){0, 1, 2}, 3);
    add_relation(&drawn, (const uint32_t[]){1, 0, 3}, 3);
    struct audit_piece piece = cut_and_fold(&drawn);
    CHECK_INT(how_far(&piece, 0, AUDIT_UP), 99);
    CHECK_INT(how_far(&piece, 0, AUDIT_DOWN), 8);
    CHECK_INT(how_far(&piece, 1, AUDIT_DOWN), 8);
    CHECK_INT(how_far(&piece, 2, AUDIT_UP), 0);
    CHECK_INT(how_far(&piece, 3, AUDIT_UP), 0);
    arena_wipe(drawn.arena);
}

RUN(CASE(what_a_zone_proves_holds_for_the_piece),
    CASE(a_piece_without_its_totals_has_the_same_tables),
    CASE(a_total_of_very_many_stays), CASE(cells_of_a_circle_stay))
