/* SPDX-License-Identifier: EUPL-1.2 */
/* Points that the size of the page does not show, after Visvalingam and Whyatt
 * 1993: the corner of the smallest triangle goes first. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "map/map_canvas.h"

/* Long lines are thinned piece by piece: then looking through all corners for
 * the smallest costs less than keeping them in order. */
enum { PIECE = 48 };

static inline double triangle(const double *a, const double *b, const double *c)
{
    return fabs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) /
           2;
}

/* Corners of a piece, each beside those that are left; its ends stay. */
struct corners {
    const double *xy;
    double area[PIECE];
    unsigned char before[PIECE], next[PIECE];
};

static inline void measure(struct corners *corners, size_t i)
{
    corners->area[i] = triangle(corners->xy + 2 * (size_t)corners->before[i],
                                corners->xy + 2 * i,
                                corners->xy + 2 * (size_t)corners->next[i]);
}

static size_t smallest(const struct corners *corners, size_t last)
{
    size_t found = corners->next[0];
    assert(found < last);
    for (size_t i = corners->next[found]; i != last; i = corners->next[i]) {
        if (corners->area[i] < corners->area[found])
            found = i;
    }
    return found;
}

static void drop(struct corners *corners, size_t i, size_t last)
{
    size_t before = corners->before[i], next = corners->next[i];
    corners->next[before] = (unsigned char)next;
    corners->before[next] = (unsigned char)before;
    if (before > 0)
        measure(corners, before);
    if (next < last)
        measure(corners, next);
}

static size_t thin_piece(double *xy, size_t count, double area, size_t least)
{
    if (count <= least + 2)
        return count;
    struct corners corners; /* what is read of it is written below */
    corners.xy = xy;
    size_t last = count - 1, left = count, kept = 0;
    corners.next[0] = 1;
    for (size_t i = 1; i < last; i++) {
        corners.before[i] = (unsigned char)(i - 1);
        corners.next[i] = (unsigned char)(i + 1);
        measure(&corners, i);
    }
    for (; left > least + 2; left--) {
        size_t i = smallest(&corners, last);
        if (corners.area[i] >= area)
            break;
        drop(&corners, i, last);
    }
    for (size_t i = 0; kept + 1 < left; i = corners.next[i]) {
        xy[2 * kept] = xy[2 * i];
        xy[2 * kept + 1] = xy[2 * i + 1];
        kept++;
    }
    xy[2 * kept] = xy[2 * last];
    xy[2 * kept + 1] = xy[2 * last + 1];
    return left;
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
