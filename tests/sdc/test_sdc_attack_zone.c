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

RUN(CASE(what_a_zone_proves_holds_for_the_piece),
    CASE(a_piece_without_its_totals_has_the_same_tables))
