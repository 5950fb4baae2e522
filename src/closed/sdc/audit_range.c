/* SPDX-License-Identifier: EUPL-1.2 */
/* How far a column goes. A solver's optimum is a claim; what is used as proof
 * is weak duality, worked out again here: for any y,
 *
 *     sign * d = sum of r_j d_j + sum of y_i (row i),
 *     r = sign of the column - y A,
 *
 * and each term is bounded by the bounds of its column or row. In a piece
 * without bands the duals are rounded to multiples of 1/5040: any y will do,
 * halves and thirds stay what they are, and all sums are whole and exact. */
#include <float.h>
#include <math.h>

#include "sdc/audit_piece.h"

#define GRID 5040.0
#define EXACT 0x1p53

/* --- the program of a zone --- */

/* What of a row the columns outside the zone can make up, rounded outwards
 * where weights are not whole. */
static void widen_row(const struct audit_zone *zone, int row, double *low,
                      double *high)
{
    const struct audit_piece *piece = zone->piece;
    const struct lp_shape *whole = &piece->shape;
    for (int e = piece->row_starts[row]; e < piece->row_starts[row + 1]; e++) {
        int column = piece->members[e];
        double weight = piece->weights[e];
        if (zone->place[column] >= 0)
            continue;
        double least = weight * (weight > 0 ? whole->low : whole->high)[column];
        double most = weight * (weight > 0 ? whole->high : whole->low)[column];
        *low -= most;
        *high -= least;
        if (piece->banded) {
            double slip = 8 * DBL_EPSILON;
            *low -= slip * (fabs(*low) + fabs(most));
            *high += slip * (fabs(*high) + fabs(least));
        }
    }
}

static void put_rows(struct audit_range *range, int *row_number,
                     double *row_low, double *row_high, size_t *entries)
{
    const struct audit_zone *zone = range->zone;
    const struct audit_piece *piece = zone->piece;
    for (int r = 0; r < piece->shape.rows; r++) {
        int inside = 0;
        row_number[r] = -1;
        for (int e = piece->row_starts[r]; e < piece->row_starts[r + 1]; e++)
            inside += zone->place[piece->members[e]] >= 0;
        double low = piece->shape.row_low[r], high = piece->shape.row_high[r];
        if (inside == 0)
            continue;
        widen_row(zone, r, &low, &high);
        if (!isfinite(low) && !isfinite(high))
            continue;
        row_number[r] = range->shape.rows;
        row_low[range->shape.rows] = low;
        row_high[range->shape.rows++] = high;
        *entries += (size_t)inside;
    }
}

static void put_columns(struct audit_range *range, const int *row_number,
                        int *starts, int *row, double *value)
{
    const struct lp_shape *whole = &range->zone->piece->shape;
    int filled = 0;
    for (int i = 0; i < range->zone->count; i++) {
        int column = range->zone->columns[i];
        for (int e = whole->starts[column]; e < whole->starts[column + 1];
             e++) {
            if (row_number[whole->row[e]] < 0)
                continue;
            row[filled] = row_number[whole->row[e]];
            value[filled++] = whole->value[e];
        }
        starts[i + 1] = filled;
    }
}

static void make_program(struct audit_range *range, struct arena *arena)
{
    const struct audit_zone *zone = range->zone;
    const struct lp_shape *whole = &zone->piece->shape;
    size_t rows = (size_t)whole->rows, count = (size_t)zone->count;
    size_t entries = 0;
    int *row_number = arena_array(arena, rows, sizeof *row_number);
    double *row_low = arena_array(arena, rows, sizeof *row_low);
    double *row_high = arena_array(arena, rows, sizeof *row_high);
    put_rows(range, row_number, row_low, row_high, &entries);
    int *starts = arena_array(arena, count + 1, sizeof *starts);
    int *row = arena_array(arena, entries, sizeof *row);
    double *value = arena_array(arena, entries, sizeof *value);
    put_columns(range, row_number, starts, row, value);
    double *low = arena_array(arena, count, sizeof *low);
    double *high = arena_array(arena, count, sizeof *high);
    for (size_t i = 0; i < count; i++) {
        low[i] = whole->low[zone->columns[i]];
        high[i] = whole->high[zone->columns[i]];
    }
    range->shape = (struct lp_shape){
        zone->count, range->shape.rows, starts,  row, value, low,
        high,        row_low,           row_high};
    range->lp = lp_new(arena, &range->shape);
}

struct audit_range audit_range_new(const struct audit_zone *zone,
                                   struct arena *arena)
{
    struct audit_range range = {
        .zone = zone,
        .solution = arena_array(arena, (size_t)zone->count, sizeof(double)),
        .held = arena_array(arena, (size_t)zone->count, sizeof(bool)),
    };
    make_program(&range, arena);
    return range;
}

void audit_range_free(struct audit_range *range)
{
    lp_free(range->lp);
}

void audit_range_hold(struct audit_range *range, int place)
{
    lp_limit(range->lp, place, 0, 0);
    range->held[place] = true;
}

void audit_range_release(struct audit_range *range, int place)
{
    const struct lp_shape *shape = &range->shape;
    lp_limit(range->lp, place, shape->low[place], shape->high[place]);
    range->held[place] = false;
}

/* --- the proof --- */

/* A sum of terms, each within term - slip .. term + slip. */
struct total {
    double value, size, slip;
    double terms;
};

static void add_term(struct total *total, double term, double slip)
{
    total->value += term;
    total->size += fabs(term);
    total->slip += slip;
    total->terms++;
}

/* Certainly not under the exact sum. */
static double over(const struct total *total)
{
    double unit = DBL_EPSILON / 2;
    double doubt = total->size < EXACT && total->slip <= 0
                       ? 0
                       : 2 * (total->terms + 2) * unit * total->size;
    return total->value + doubt + 2 * total->slip;
}

/* What a factor known to within its slip adds at most, over an interval. In a
 * piece with bands each product is rounded. */
static void add_most(struct total *total, bool banded, double factor,
                     double slip, double low, double high)
{
    double low_factor = factor - slip, high_factor = factor + slip;
    double most = -HUGE_VAL;
    const double factors[] = {low_factor, high_factor};
    for (int i = 0; i < 2; i++) {
        double end = factors[i] > 0 ? high : low;
        double product = fabs(factors[i]) > 0 ? factors[i] * end : 0;
        most = fmax(most, product);
    }
    add_term(total, most, banded ? 2 * DBL_EPSILON * fabs(most) : 0);
}

/* sign of the column minus the duals' weight on it. */
static struct total reduced(const struct audit_range *range, const double *dual,
                            int place, double own)
{
    const struct lp_shape *shape = &range->shape;
    bool banded = range->zone->piece->banded;
    struct total total = {0};
    add_term(&total, own, 0);
    for (int e = shape->starts[place]; e < shape->starts[place + 1]; e++) {
        double term = -shape->value[e] * dual[shape->row[e]];
        add_term(&total, term, banded ? DBL_EPSILON * fabs(term) : 0);
    }
    return total;
}

/* The program minimises -sign * place, so its duals are those of the opposite
 * of what is to be shown. */
static double *clean_duals(struct arena *scratch,
                           const struct audit_range *range)
{
    size_t rows = (size_t)range->shape.rows;
    const double *claimed = lp_duals(range->lp);
    double *duals = arena_array(scratch, rows, sizeof *duals);
    for (size_t r = 0; r < rows; r++)
        duals[r] = range->zone->piece->banded ? -claimed[r]
                                              : nearbyint(-claimed[r] * GRID);
    return duals;
}

/* At least sign * (the farthest sign * column goes), as a whole number. */
static double prove(const struct audit_range *range, int place, double sign,
                    double limit)
{
    struct arena *scratch = arena_new();
    const struct lp_shape *shape = &range->shape;
    bool banded = range->zone->piece->banded;
    double scale = banded ? 1 : GRID;
    double *dual = clean_duals(scratch, range);
    struct total total = {0};
    for (int c = 0; c < shape->columns; c++) {
        struct total factor =
            reduced(range, dual, c, c == place ? sign * scale : 0);
        double low = range->held[c] ? 0 : shape->low[c];
        double high = range->held[c] ? 0 : shape->high[c];
        if (c == place && sign > 0)
            high = fmin(high, limit);
        else if (c == place)
            low = fmax(low, -limit);
        add_most(&total, banded, factor.value, over(&factor) - factor.value,
                 low, high);
    }
    for (int r = 0; r < shape->rows; r++)
        add_most(&total, banded, dual[r], 0, shape->row_low[r],
                 shape->row_high[r]);
    double bound = over(&total) / scale;
    arena_wipe(scratch);
    return floor(bound + 4 * DBL_EPSILON * fabs(bound));
}

/* --- the programs --- */

/* No farther than the limit, so that nothing is unbounded. What is narrower
 * than the limit under it is so without it: solutions are convex. */
static void aim(struct audit_range *range, int place, double sign, double limit)
{
    const struct lp_shape *shape = &range->shape;
    lp_limit(range->lp, place, fmax(shape->low[place], -limit),
             fmin(shape->high[place], limit));
    lp_price(range->lp, place, -sign);
}

static void unaim(struct audit_range *range, int place)
{
    const struct lp_shape *shape = &range->shape;
    lp_limit(range->lp, place, shape->low[place], shape->high[place]);
    lp_price(range->lp, place, 0);
}

bool audit_range_find(struct audit_range *range, int place, enum audit_way way,
                      double limit, struct lp_limits limits, int64_t *out)
{
    double sign = way == AUDIT_UP ? 1 : -1;
    aim(range, place, sign, limit);
    enum lp_end end = lp_minimise(range->lp, limits);
    unaim(range, place);
    if (end != LP_SOLVED)
        return false;
    const double *columns = lp_columns(range->lp);
    for (int c = 0; c < range->shape.columns; c++)
        range->solution[c] = columns[c];
    double bound = prove(range, place, sign, limit);
    *out = (int64_t)fmax(0, fmin(bound, limit));
    return true;
}

bool audit_range_whole(struct audit_range *range, int place, enum audit_way way,
                       double limit, struct lp_limits limits, bool *found,
                       int64_t *out)
{
    double sign = way == AUDIT_UP ? 1 : -1;
    aim(range, place, sign, limit);
    enum lp_end end = lp_integers(range->lp, limits, found, range->solution);
    unaim(range, place);
    if (end != LP_SOLVED)
        return false;
    *out = (int64_t)nearbyint(sign * range->solution[place]);
    return true;
}
