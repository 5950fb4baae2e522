/* SPDX-License-Identifier: EUPL-1.2 */
/* Class breaks. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "map/map.h"

static int compare_values(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The multiple of `step` in (low, high] nearest to the middle. */
static bool round_between(double low, double high, double step, int decimals,
                          double *out)
{
    double nearest = round((low + high) / 2 / step);
    for (int move = 0; move < 3; move++) { /* 0, then one down, then one up */
        static const double moves[] = {0, -1, 1};
        double candidate = num_round((nearest + moves[move]) * step, decimals);
        if (candidate > low && candidate <= high) {
            *out = candidate;
            return true;
        }
    }
    return false;
}

/* The roundest number that keeps `low` below and `high` in the upper class:
 * steps of 5, 2 and 1 times falling powers of ten. */
static double roundest(double low, double high, int decimals)
{
    static const double factors[] = {5, 2, 1};
    double largest = fmax(fabs(low), fabs(high));
    int power = largest > 0 ? (int)floor(log10(largest)) : 0;
    for (; power >= -decimals; power--) {
        for (size_t i = 0; i < COUNT_OF(factors); i++) {
            double out;
            double step = factors[i] * pow(10, power);
            if (round_between(low, high, step, decimals, &out))
                return out;
        }
    }
    return high;
}

/* The gap between different neighbours that is nearest to `wanted`, at least
 * `first`; `count` when there is none. A tie goes to the lower one. */
static size_t nearest_gap(const double *sorted, size_t count, size_t first,
                          size_t wanted)
{
    size_t best = count;
    size_t best_distance = count;
    for (size_t at = first; at < count; at++) {
        size_t distance = at > wanted ? at - wanted : wanted - at;
        if (sorted[at - 1] < sorted[at] && distance < best_distance) {
            best = at;
            best_distance = distance;
        }
    }
    return best;
}

static size_t quantile_breaks(const double *sorted, size_t count,
                              size_t classes, int decimals, double *breaks)
{
    size_t made = 0;
    size_t first = 1;
    for (size_t k = 1; k < classes; k++) {
        size_t wanted = (2 * k * count + classes) / (2 * classes);
        size_t at =
            nearest_gap(sorted, count, first, wanted < first ? first : wanted);
        if (at == count)
            break;
        breaks[made++] = roundest(sorted[at - 1], sorted[at], decimals);
        first = at + 1;
    }
    return made;
}

static double round_up(double value, int decimals)
{
    double rounded = num_round(value, decimals);
    return rounded >= value ? rounded
                            : num_round(rounded + pow(10, -decimals), decimals);
}

static size_t equal_breaks(const double *sorted, size_t count, size_t classes,
                           int decimals, double *breaks)
{
    double low = sorted[0];
    double high = sorted[count - 1];
    size_t made = 0;
    for (size_t k = 1; k < classes; k++) {
        double part = (double)k / (double)classes;
        double at = round_up(low + (high - low) * part, decimals);
        bool rises = at > (made ? breaks[made - 1] : low);
        if (rises && at <= high)
            breaks[made++] = at;
    }
    return made;
}

size_t map_breaks(struct arena *open, const double *values, size_t count,
                  enum map_classes method, size_t classes, int decimals,
                  double **breaks)
{
    assert(classes > 0 && method != CLASSES_FIXED);
    *breaks = arena_array(open, classes, sizeof **breaks);
    if (count == 0)
        return 1;
    double *sorted = arena_array(open, count, sizeof *sorted);
    memcpy(sorted, values, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_values);
    size_t made =
        method == CLASSES_QUANTILE
            ? quantile_breaks(sorted, count, classes, decimals, *breaks)
            : equal_breaks(sorted, count, classes, decimals, *breaks);
    return made + 1;
}

size_t map_class(const double *breaks, size_t classes, double value)
{
    size_t class_index = 0;
    while (class_index + 1 < classes && breaks[class_index] <= value)
        class_index++;
    return class_index;
}
