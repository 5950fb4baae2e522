/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "scene/classes.h"

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

/* The highest value under a break and the lowest that is not. */
static void find_around(const double *values, size_t count, double at,
                        double *below, double *above)
{
    *below = -INFINITY;
    *above = INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (values[i] < at)
            *below = fmax(*below, values[i]);
        else
            *above = fmin(*above, values[i]);
    }
}

/* Up to the next number of few decimals that passes no value. */
static double raise(const double *sorted, size_t count, double exact,
                    int decimals)
{
    double below, above, up = round_up(exact, decimals);
    find_around(sorted, count, exact, &below, &above);
    while (up > above && decimals < CLASSES_DECIMALS_MOST)
        up = round_up(exact, ++decimals);
    return up > above ? exact : up;
}

static size_t equal_breaks(const double *sorted, size_t count, size_t classes,
                           int decimals, double *breaks)
{
    double low = sorted[0];
    double high = sorted[count - 1];
    size_t made = 0;
    for (size_t k = 1; k < classes; k++) {
        double part = (double)k / (double)classes;
        double at = raise(sorted, count, low + (high - low) * part, decimals);
        bool rises = at > (made ? breaks[made - 1] : low);
        if (rises && at <= high)
            breaks[made++] = at;
    }
    return made;
}

/* Round ends: the multiples of a step of 1, 2, 2.5 or 5 in the range, at most
 * as many as classes ask for. */
static size_t pretty_breaks(const double *sorted, size_t count, size_t classes,
                            int decimals, double *breaks)
{
    static const double factors[] = {1, 2, 2.5, 5};
    double low = sorted[0], high = sorted[count - 1];
    if (!(low < high))
        return 0;
    double least = pow(10, -decimals);
    int power = (int)floor(log10((high - low) / (double)classes)) - 1;
    for (;; power++) {
        for (size_t i = 0; i < COUNT_OF(factors); i++) {
            double step = factors[i] * pow(10, power);
            double whole = step / least;
            if (step < least * 0.999 || fabs(whole - round(whole)) > 1e-6)
                continue;
            double first = floor(low / step + 1e-9) + 1;
            double last = ceil(high / step - 1e-9) - 1;
            if (high >= (last + 1) * step - least / 2)
                last++; /* the highest value has a class of its own */
            if (last - first + 1 > (double)classes - 1)
                continue;
            size_t made = 0;
            for (double k = first; k <= last; k++)
                breaks[made++] = num_round(k * step, decimals);
            return made;
        }
    }
}

/* --- natural breaks ------------------------------------------------------- */

/* Fisher 1958 (J Am Stat Assoc 53:789), exact: the classes of least sum of
 * squares, one row of the table per class. Where the best last class of a
 * longer list starts never lies before that of a shorter one, so that each row
 * is found by halving: count log count steps instead of count squared. */
struct jenks {
    const double *sums, *squares; /* of the first i values less the middle */
    const double *before;         /* [end] least cost with a class fewer */
    double *cost;                 /* [end] */
    uint32_t *start;              /* [end] of the last class */
};

/* Sum of squares of the values from..to-1 about their mean. */
static double spread(const struct jenks *jenks, size_t from, size_t to)
{
    double sum = jenks->sums[to] - jenks->sums[from];
    double square = jenks->squares[to] - jenks->squares[from];
    return fmax(0, square - sum * sum / (double)(to - from));
}

static void fill_row(const struct jenks *jenks, size_t low, size_t high,
                     size_t first, size_t last)
{
    if (low > high)
        return;
    size_t end = low + (high - low) / 2, best = first;
    double least = INFINITY;
    for (size_t start = first; start <= last && start < end; start++) {
        double cost = jenks->before[start] + spread(jenks, start, end);
        if (cost < least) {
            least = cost;
            best = start;
        }
    }
    jenks->cost[end] = least;
    jenks->start[end] = (uint32_t)best;
    if (end > low)
        fill_row(jenks, low, end - 1, first, best);
    fill_row(jenks, end + 1, high, best, last);
}

static void sum_up(const double *sorted, size_t count, double *sums,
                   double *squares)
{
    double middle = sorted[count / 2]; /* keeps the digits of large values */
    sums[0] = squares[0] = 0;
    for (size_t i = 0; i < count; i++) {
        double off = sorted[i] - middle;
        sums[i + 1] = sums[i] + off;
        squares[i + 1] = squares[i] + off * off;
    }
}

static size_t count_different(const double *sorted, size_t count)
{
    size_t different = 1;
    for (size_t i = 1; i < count; i++)
        different += sorted[i - 1] < sorted[i];
    return different;
}

static size_t jenks_breaks(const double *sorted, size_t count, size_t classes,
                           int decimals, double *breaks)
{
    size_t different = count_different(sorted, count);
    if (classes > different)
        classes = different;
    struct arena *scratch = arena_new();
    double *sums = arena_array(scratch, count + 1, sizeof *sums);
    double *squares = arena_array(scratch, count + 1, sizeof *squares);
    double *rows = arena_array(scratch, 2 * (count + 1), sizeof *rows);
    uint32_t *starts =
        arena_array(scratch, classes * (count + 1), sizeof *starts);
    sum_up(sorted, count, sums, squares);
    struct jenks jenks = {.sums = sums, .squares = squares};
    for (size_t end = 1; end <= count; end++)
        rows[end] = spread(&jenks, 0, end);
    for (size_t k = 1; k < classes; k++) {
        jenks.before = rows + (k - 1) % 2 * (count + 1);
        jenks.cost = rows + k % 2 * (count + 1);
        jenks.start = starts + k * (count + 1);
        fill_row(&jenks, k + 1, count, k, count - 1);
    }
    size_t end = count;
    for (size_t k = classes; k-- > 1;) {
        end = starts[k * (count + 1) + end];
        breaks[k - 1] = roundest(sorted[end - 1], sorted[end], decimals);
    }
    arena_free(scratch);
    return classes - 1;
}

/* --- around a reference --------------------------------------------------- */

/* The smallest of the round steps whose `side`th multiple reaches. */
static double round_step(double reach, size_t side, int decimals)
{
    static const double factors[] = {1, 2, 2.5, 5};
    double least = pow(10, -decimals);
    for (int power = -decimals;; power++) {
        for (size_t i = 0; i < COUNT_OF(factors); i++) {
            double step = factors[i] * pow(10, power);
            double whole = step / least;
            if (fabs(whole - round(whole)) < 1e-6 &&
                step * (double)side >= reach * 0.999999)
                return step;
        }
    }
}

static double round_factor(double reach, size_t side)
{
    static const double factors[] = {1.02, 1.05, 1.1, 1.2, 1.25, 1.5, 2, 3, 5};
    size_t i = 0;
    while (i + 1 < COUNT_OF(factors) &&
           pow(factors[i], (double)side) < reach * 0.999999)
        i++;
    return factors[i];
}

/* As many classes below the reference as above it, the reference a break. */
static size_t breaks_around(const double *sorted, size_t count,
                            const struct class_rule *rule, double *breaks)
{
    double low = sorted[0], high = sorted[count - 1];
    double middle = rule->reference;
    size_t side = rule->classes / 2;
    bool factors = rule->factors && middle > 0;
    double step = round_step(fmax(fmax(high - middle, middle - low), 0), side,
                             rule->decimals);
    double below = low > 0 ? middle / low : 1; /* no factor reaches zero */
    double factor =
        factors ? round_factor(fmax(high / middle, below), side) : 1;
    size_t made = 0;
    for (double k = 1 - (double)side; k < (double)side; k++)
        breaks[made++] =
            num_round(factors ? middle * pow(factor, k) : middle + step * k,
                      rule->decimals);
    return made;
}

/* Richardson, Thomson, Best and Elliott 2004 (Environ Health Perspect
 * 112:1016): above 0.8 a raised risk is likely, below 0.2 a lowered one; the
 * outer two are the usual 95 %. */
static const double probability_breaks[] = {5, 20, 80, 95}; /* percent */

/* --- the methods ---------------------------------------------------------- */

static size_t make(const double *sorted, size_t count,
                   const struct class_rule *rule, double *breaks)
{
    switch (rule->method) {
    case CLASSES_EQUAL:
        return equal_breaks(sorted, count, rule->classes, rule->decimals,
                            breaks);
    case CLASSES_PRETTY:
        return pretty_breaks(sorted, count, rule->classes, rule->decimals,
                             breaks);
    case CLASSES_JENKS:
        return jenks_breaks(sorted, count, rule->classes, rule->decimals,
                            breaks);
    case CLASSES_AROUND:
        return breaks_around(sorted, count, rule, breaks);
    case CLASSES_PROBABILITY:
        for (size_t k = 0; k < COUNT_OF(probability_breaks); k++)
            breaks[k] = probability_breaks[k] / (rule->percent ? 1 : 100);
        return COUNT_OF(probability_breaks);
    case CLASSES_QUANTILE:
    case CLASSES_FIXED:
        break;
    }
    return quantile_breaks(sorted, count, rule->classes, rule->decimals,
                           breaks);
}

size_t classes_make(struct arena *open, const double *values, size_t count,
                    const struct class_rule *rule, double **breaks)
{
    assert(rule->classes > 0 && rule->method != CLASSES_FIXED);
    size_t room = rule->classes + COUNT_OF(probability_breaks);
    *breaks = arena_array(open, room, sizeof **breaks);
    if (count == 0)
        return 1;
    double *sorted = arena_array(open, count, sizeof *sorted);
    memcpy(sorted, values, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_values);
    return make(sorted, count, rule, *breaks) + 1;
}

size_t class_of(const double *breaks, size_t classes, double value)
{
    size_t class_index = 0;
    while (class_index + 1 < classes && breaks[class_index] <= value)
        class_index++;
    return class_index;
}

/* --- what a reader sees --------------------------------------------------- */

/* Rounding keeps the order, so that the two values around a break decide. */
static bool round_break(const double *values, size_t count, double at,
                        int decimals, double *shown)
{
    double below, above;
    find_around(values, count, at, &below, &above);
    double low = isfinite(below) ? num_round(below, decimals) : below;
    double high = isfinite(above) ? num_round(above, decimals) : above;
    *shown = num_round(at, decimals);
    if (*shown <= low || *shown > high)
        *shown = round_up(at, decimals);
    return *shown > low && *shown <= high;
}

static bool round_breaks(const double *values, size_t count,
                         const double *breaks, size_t classes, int decimals,
                         double *shown)
{
    for (size_t k = 0; k + 1 < classes; k++) {
        if (!round_break(values, count, breaks[k], decimals, &shown[k]) ||
            (k > 0 && shown[k] <= shown[k - 1]))
            return false;
    }
    return true;
}

int classes_round(const double *values, size_t count, const double *breaks,
                  size_t classes, int decimals, double *shown)
{
    while (!round_breaks(values, count, breaks, classes, decimals, shown) &&
           decimals < CLASSES_DECIMALS_MOST)
        decimals++;
    return decimals;
}

static const char *const method_names[] = {
    [CLASSES_QUANTILE] = "quantile", [CLASSES_EQUAL] = "equal",
    [CLASSES_PRETTY] = "pretty",     [CLASSES_JENKS] = "jenks",
    [CLASSES_AROUND] = "around",     [CLASSES_PROBABILITY] = "probability",
    [CLASSES_FIXED] = "fixed",
};

const char *class_method_names(void)
{
    return "quantile, equal, pretty, jenks, around or probability";
}

bool class_method_parse(const char *name, enum class_method *out)
{
    for (size_t i = 0; i < COUNT_OF(method_names); i++) {
        if (text_same(method_names[i], name)) {
            *out = (enum class_method)i;
            return true;
        }
    }
    return false;
}
