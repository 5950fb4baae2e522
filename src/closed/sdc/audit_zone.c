/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "sdc/audit_piece.h"

/* From a mark on each column of the piece. */
static struct audit_zone gather(const struct audit_piece *piece,
                                struct arena *arena, const bool *marked)
{
    size_t columns = (size_t)piece->shape.columns;
    struct audit_zone zone = {
        .piece = piece,
        .columns = arena_array(arena, columns, sizeof(int)),
        .place = arena_array(arena, columns, sizeof(int)),
    };
    for (int c = 0; c < piece->shape.columns; c++) {
        zone.place[c] = marked[c] ? zone.count : -1;
        if (marked[c])
            zone.columns[zone.count++] = c;
    }
    return zone;
}

struct audit_zone audit_zone_all(const struct audit_piece *piece,
                                 struct arena *arena)
{
    size_t columns = (size_t)piece->shape.columns;
    bool *marked = arena_array(arena, columns, sizeof *marked);
    for (size_t c = 0; c < columns; c++)
        marked[c] = true;
    return gather(piece, arena, marked);
}

struct audit_zone audit_zone_near(const struct audit_piece *piece,
                                  struct arena *arena, const double *solution)
{
    size_t columns = (size_t)piece->shape.columns;
    bool *marked = arena_array(arena, columns, sizeof *marked);
    for (int r = 0; r < piece->shape.rows; r++) {
        int first = piece->row_starts[r], end = piece->row_starts[r + 1];
        bool touched = false;
        for (int e = first; e < end; e++)
            touched =
                touched || fabs(solution[piece->members[e]]) > AUDIT_WHOLE;
        for (int e = first; touched && e < end; e++)
            marked[piece->members[e]] = true;
    }
    return gather(piece, arena, marked);
}

/* A wave over the columns, nearest first. */
struct wave {
    const struct audit_piece *piece;
    int *reached;
    bool *marked;
    int count;
};

static void reach_row(struct wave *wave, int row)
{
    const struct audit_piece *piece = wave->piece;
    for (int e = piece->row_starts[row]; e < piece->row_starts[row + 1]; e++) {
        int column = piece->members[e];
        if (wave->marked[column])
            continue;
        wave->marked[column] = true;
        wave->reached[wave->count++] = column;
    }
}

struct audit_zone audit_zone_around(const struct audit_piece *piece,
                                    struct arena *arena, int column, int steps,
                                    int most)
{
    size_t columns = (size_t)piece->shape.columns;
    struct wave wave = {
        .piece = piece,
        .reached = arena_array(arena, columns, sizeof(int)),
        .marked = arena_array(arena, columns, sizeof(bool)),
    };
    wave.reached[wave.count++] = column;
    wave.marked[column] = true;
    int from = 0;
    for (int step = 0; step < steps; step++) {
        int end = wave.count;
        for (; from < end && wave.count < most; from++) {
            int here = wave.reached[from];
            for (int e = piece->shape.starts[here];
                 e < piece->shape.starts[here + 1]; e++)
                reach_row(&wave, piece->shape.row[e]);
        }
    }
    return gather(piece, arena, wave.marked);
}
