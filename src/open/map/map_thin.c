/* SPDX-License-Identifier: EUPL-1.2 */
/* Points that the size of the page does not show, after Visvalingam and Whyatt
 * 1993: the corner of the smallest triangle goes first. */
#include <math.h>
#include <string.h>

#include "map/map_canvas.h"

/* Long lines are thinned piece by piece: then looking through all corners for
 * the smallest costs less than keeping them in order. */
enum { PIECE = 48 };

static double triangle(const double *a, const double *b, const double *c)
{
    return fabs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) /
           2;
}

/* Corners of a piece, without its ends. */
struct corners {
    double *xy; /* [count], closed up as corners go */
    double area[PIECE];
    size_t count;
};

static void measure(struct corners *corners, size_t i)
{
    const double *at = corners->xy + 2 * i;
    if (i > 0 && i + 1 < corners->count)
        corners->area[i] = triangle(at - 2, at, at + 2);
}

static size_t smallest(const struct corners *corners)
{
    size_t found = 1;
    for (size_t i = 2; i + 1 < corners->count; i++) {
        if (corners->area[i] < corners->area[found])
            found = i;
    }
    return found;
}

static void drop(struct corners *corners, size_t i)
{
    size_t behind = corners->count - i - 1;
    memmove(corners->xy + 2 * i, corners->xy + 2 * i + 2,
            2 * behind * sizeof *corners->xy);
    memmove(corners->area + i, corners->area + i + 1,
            behind * sizeof *corners->area);
    corners->count--;
    measure(corners, i - 1);
    measure(corners, i);
}

static size_t thin_piece(double *xy, size_t count, double area, size_t least)
{
    struct corners corners = {.xy = xy, .count = count};
    for (size_t i = 1; i + 1 < count; i++)
        measure(&corners, i);
    while (corners.count > least + 2) {
        size_t i = smallest(&corners);
        if (corners.area[i] >= area)
            break;
        drop(&corners, i);
    }
    return corners.count;
}

size_t map_thin(double *xy, size_t count, double area, size_t least)
{
    size_t kept = 1; /* the first point */
    for (size_t from = 0; from + 1 < count;) {
        size_t points = count - from < PIECE ? count - from : PIECE;
        size_t next = from + points - 1;
        double *piece = xy + 2 * from;
        points = thin_piece(piece, points, area, least);
        memmove(xy + 2 * kept, piece + 2, 2 * (points - 1) * sizeof *xy);
        kept += points - 1;
        from = next;
    }
    return kept;
}
