/* SPDX-License-Identifier: EUPL-1.2 */
/* What crude rates and proportions leave of the count behind them.
 *
 * A value and its limits are known to half a unit of their last digit. For each
 * count that it could be, each of the three leaves a range of what it is
 * divided by, since all fall as that grows; the count is possible when the
 * ranges meet, and when what is divided by is printed, when it is in them. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "calc/kernel.h"
#include "sdc/released_impl.h"

#define SLACK                                                                  \
    1e-9 /* of the last digit and of a divisor: nothing is cut off             \
          */
#define PER 100000.0
#define CONFIDENCE 0.95
#define DIVISOR_LIMIT 1e12

enum {
    STEPS = 80, /* halvings of a divisor's range */
    REACH = 2,  /* counts are tried up to so many thresholds, */
    FAR = 1000, /* and no farther than this */
};

/* Value and limits of a count and what it is divided by: a positive number,
 * not less than the count where that is a part of it. */
typedef struct kernel_interval formula(double count, double divisor);

static struct kernel_interval crude_rate(double count, double divisor)
{
    struct kernel_interval interval;
    bool is = kernel_crude_rate(count, divisor, PER, CONFIDENCE, &interval);
    assert(is);
    return interval;
}

static struct kernel_interval proportion(double count, double divisor)
{
    struct kernel_interval interval;
    bool is = kernel_wilson(count, divisor, CONFIDENCE, &interval);
    assert(is);
    interval.value *= 100.0;
    interval.lower *= 100.0;
    interval.upper *= 100.0;
    return interval;
}

static double part(const struct kernel_interval *interval, size_t which)
{
    return which == 0   ? interval->value
           : which == 1 ? interval->lower
                        : interval->upper;
}

/* What a count may be divided by. */
struct range {
    double low, high;
};

/* The divisor at which a part falls to `level`: between `low` and `high`. A
 * rate falls as its person-years grow, a proportion a little otherwise. */
static double divisor_at(formula *of, double count, size_t which, double level,
                         struct range range)
{
    struct kernel_interval at = of(count, range.low);
    if (of == crude_rate)
        return range.low * part(&at, which) / level;
    for (int s = 0; s < STEPS && range.high - range.low > SLACK * range.high;
         s++) {
        bool far = range.low * 2 < range.high;
        double middle =
            far ? sqrt(range.low * range.high) : (range.low + range.high) / 2;
        at = of(count, middle);
        if (part(&at, which) > level)
            range.low = middle;
        else
            range.high = middle;
    }
    return range.low;
}

/* The divisors of the range that give these digits; false when none does. */
static bool narrow(formula *of, double count, size_t which,
                   const struct released_digits *digits, struct range *range)
{
    struct kernel_interval at_low = of(count, range->low);
    struct kernel_interval at_high = of(count, range->high);
    double top = digits->value + digits->half;
    double bottom = digits->value - digits->half;
    struct range all = *range;
    if (part(&at_low, which) < bottom || part(&at_high, which) > top)
        return false;
    if (part(&at_low, which) > top)
        range->low = divisor_at(of, count, which, top, all) * (1 - SLACK);
    if (part(&at_high, which) < bottom)
        range->high = divisor_at(of, count, which, bottom, all) * (1 + SLACK);
    return range->low <= range->high;
}

/* True when some divisor gives all that is printed with this count. */
static bool is_possible(const struct released_rate *rate, double count)
{
    formula *of = rate->share ? proportion : crude_rate;
    struct range range = {rate->share && count > 1 ? count : 1, DIVISOR_LIMIT};
    if (rate->divisor > 0)
        range = (struct range){rate->divisor, rate->divisor};
    for (size_t w = 0; w < COUNT_OF(rate->digits); w++) {
        if (rate->digits[w].printed &&
            !narrow(of, count, w, &rate->digits[w], &range))
            return false;
    }
    return true;
}

/* Counts beyond the reach are not told apart. */
void released_rate_leaves(const struct released_rate *rate, int64_t threshold,
                          int64_t *least, int64_t *most)
{
    int64_t reach = threshold < FAR / REACH ? REACH * threshold : FAR;
    *least = reach + 1;
    *most = SDC_UNLIMITED;
    for (int64_t n = 0; n <= reach; n++) {
        if (is_possible(rate, (double)n)) {
            *least = n < *least ? n : *least;
            *most = n;
        }
    }
    if (*least > reach || *most == reach)
        *most = SDC_UNLIMITED;
}

bool released_digits_read(const char *text, struct released_digits *out)
{
    const char *point = strchr(text, '.');
    int decimals = point == NULL ? 0 : (int)strlen(point + 1);
    *out = (struct released_digits){.printed = text[0] != '\0',
                                    .decimals = decimals};
    if (!out->printed)
        return true;
    out->half = (0.5 + SLACK) * pow(10.0, -decimals);
    return num_parse_double(text, &out->value) && isfinite(out->value);
}

void released_rates_divide(struct released_reader *reader, size_t first)
{
    for (size_t r = first; r < reader->rate_count; r++) {
        struct released_rate *rate = &reader->rates[r];
        const struct released_cell *cell = &reader->released->cells[rate->cell];
        if (!rate->share && cell->divided == rate->table && cell->divisor > 0)
            rate->divisor = (double)cell->divisor;
    }
}

/* Person-years that only other tables print: what they all agree on, where it
 * gives the rate with some count. A wrong divisor leaves no small count, which
 * would be taken for a large one. */
static void borrow_divisor(struct released *released,
                           struct released_rate *rate)
{
    const struct released_cell *cell = &released->cells[rate->cell];
    struct released_rate with = *rate;
    if (rate->share || rate->divisor > 0 || cell->divided == 0)
        return;
    with.divisor = (double)cell->years;
    double count = floor(rate->digits[0].value * with.divisor / PER + 0.5);
    if (cell->years > 0 && count >= 0.0 && count <= DIVISOR_LIMIT &&
        is_possible(&with, count))
        *rate = with;
    else
        released->unused.years++;
}

void released_rates_use(struct released_reader *reader)
{
    struct released *released = reader->released;
    for (size_t r = 0; r < reader->rate_count; r++) {
        struct released_rate *rate = &reader->rates[r];
        struct released_cell *cell = &released->cells[rate->cell];
        int64_t least, most;
        if (cell->shown > 0)
            continue;
        borrow_divisor(released, rate);
        released_rate_leaves(rate, released->universe->thresholds[rate->cell],
                             &least, &most);
        cell->least = least > cell->least ? least : cell->least;
        cell->most = most < cell->most ? most : cell->most;
    }
}
