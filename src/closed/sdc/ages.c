/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/ages.h"

#include <math.h>
#include <string.h>

#include "base/num.h"
#include "calc/kernel.h"

#define AGES_PER 100000.0
#define AGES_CONFIDENCE 0.95

/* --- what is printed ------------------------------------------------------ */

int age_rate_coarse(const struct age_rate *rate)
{
    return rate->decimals > 0 ? rate->decimals - 1 : 0;
}

/* Kernel and rounding of the calculation itself, on other counts. */
static bool print_counts(const struct age_rate *rate, const int64_t *counts,
                         double printed[PRINT_COUNT])
{
    double sums[AGES_MAX] = {0};
    for (size_t a = 0; a < rate->classes; a++) {
        if (rate->group[a] >= 0)
            sums[rate->group[a]] += (double)counts[a];
    }
    struct kernel_interval out;
    if (!kernel_standardised_rate(sums, rate->years, rate->weights,
                                  rate->groups, rate->total, AGES_PER,
                                  AGES_CONFIDENCE, &out))
        return false;
    printed[PRINT_VALUE] = num_round(out.value, rate->decimals);
    printed[PRINT_LOWER] = num_round(out.lower, rate->decimals);
    printed[PRINT_UPPER] = num_round(out.upper, rate->decimals);
    printed[PRINT_COARSE] = num_round(out.value, age_rate_coarse(rate));
    return true;
}

/* Value and limits as functions of the two sums they depend on. */
static bool limits_of(double value, double variance, double heaviest,
                      double out[PRINT_COUNT])
{
    double tail = 0.5 * (1.0 - AGES_CONFIDENCE), quantile = 0.0;
    out[PRINT_VALUE] = out[PRINT_COARSE] = value;
    out[PRINT_LOWER] = 0.0;
    if (value > 0.0) {
        if (!kernel_gamma_quantile(tail, value * value / variance, &quantile))
            return false;
        out[PRINT_LOWER] = variance / value * quantile;
    }
    double up = value + heaviest, wide = variance + heaviest * heaviest;
    if (!kernel_gamma_quantile(1.0 - tail, up * up / wide, &quantile))
        return false;
    out[PRINT_UPPER] = wide / up * quantile;
    return true;
}

/* Slopes by a small step of each sum: they guide the search only. */
static bool fill_slopes(struct age_rate *rate, double heaviest)
{
    double value = rate->value, variance = rate->variance;
    const double *weight = rate->weight;
    double at[PRINT_COUNT], along[PRINT_COUNT], across[PRINT_COUNT];
    double step = value > 0.0 ? value * 1e-5 : heaviest * 1e-5;
    double stretch = variance > 0.0 ? variance * 1e-5 : step * step;
    if (!limits_of(value, variance, heaviest, at) ||
        !limits_of(value + step, variance, heaviest, along) ||
        !limits_of(value, variance + stretch, heaviest, across))
        return false;
    for (int k = 0; k < PRINT_COUNT; k++) {
        int decimals =
            k == PRINT_COARSE ? age_rate_coarse(rate) : rate->decimals;
        double half = 0.5 * pow(10.0, -decimals);
        rate->by_value[k] = (along[k] - at[k]) / step;
        rate->by_variance[k] = (across[k] - at[k]) / stretch;
        rate->steepest[k] = 0.0;
        for (size_t a = 0; a < rate->classes; a++) {
            rate->slope[k][a] = rate->by_value[k] * weight[a] +
                                rate->by_variance[k] * weight[a] * weight[a];
            rate->steepest[k] =
                fmax(rate->steepest[k], fabs(rate->slope[k][a]));
        }
        rate->room_low[k] = rate->printed[k] - half - at[k];
        rate->room_high[k] = rate->printed[k] + half - at[k];
    }
    return true;
}

bool age_rate_print(struct arena *closed, struct age_rate *rate)
{
    assert(rate->classes <= AGES_MAX && rate->groups <= AGES_MAX);
    for (int k = 0; k < PRINT_COUNT; k++)
        rate->slope[k] =
            arena_array(closed, rate->classes, sizeof *rate->slope[k]);
    if (!print_counts(rate, rate->counts, rate->printed))
        return false;
    for (int k = 0; k < 2; k++)
        rate->most[k] =
            arena_array(closed, rate->classes, sizeof *rate->most[k]);
    double *weight = arena_array(closed, rate->classes, sizeof *weight);
    double value = 0.0, variance = 0.0, heaviest = 0.0;
    for (size_t a = 0; a < rate->classes; a++) {
        int group = rate->group[a];
        if (group < 0 || !(rate->weights[group] > 0.0))
            continue;
        weight[a] =
            rate->weights[group] / rate->total / rate->years[group] * AGES_PER;
        value += weight[a] * (double)rate->counts[a];
        variance += weight[a] * weight[a] * (double)rate->counts[a];
        heaviest = fmax(heaviest, weight[a]);
    }
    for (size_t a = 0; a < rate->classes; a++) {
        bool weighs = weight[a] > 0.0;
        rate->most[0][a] =
            weighs ? (value * 1.1 + 1.0) / weight[a] : (double)INFINITY;
        rate->most[1][a] =
            weighs ? variance * 1.5 / weight[a] / weight[a] : (double)INFINITY;
    }
    rate->weight = weight;
    rate->value = value;
    rate->variance = variance;
    return fill_slopes(rate, heaviest);
}

/* --- the proof ------------------------------------------------------------ */

/* Whether a use prints the part, or may after it has lost digits. */
static bool prints(const struct age_use *use, int part)
{
    switch (use->digits) {
    case AGES_NOTHING:
        return false;
    case AGES_COARSE:
        return part == PRINT_COARSE;
    case AGES_VALUE:
        return part == PRINT_COARSE || part == PRINT_VALUE;
    case AGES_INTERVAL:
        break;
    }
    return true;
}

/* A large row that a few cases hardly move: limits are smooth, and four times
 * what their slopes say leaves room for their bend. */
static bool stands_still(const struct age_use *use, const int64_t *change)
{
    const struct age_rate *rate = use->rate;
    double value = 0.0, variance = 0.0;
    for (size_t a = 0; a < rate->classes; a++) {
        double more = rate->weight[a] * (double)change[a];
        value += more;
        variance += more * rate->weight[a];
    }
    if (fabs(value) > 0.01 * rate->value ||
        fabs(variance) > 0.01 * rate->variance)
        return false;
    for (int k = 0; k < PRINT_COUNT; k++) {
        double reach = 4.0 * (fabs(rate->by_value[k] * value) +
                              fabs(rate->by_variance[k] * variance));
        if (prints(use, k) &&
            reach >= fmin(rate->room_high[k], -rate->room_low[k]))
            return false;
    }
    return true;
}

static bool same_digits(const struct age_use *use, const int64_t *change)
{
    const struct age_rate *rate = use->rate;
    if (use->digits == AGES_NOTHING || use->sign == 0)
        return true;
    int64_t counts[AGES_MAX];
    for (size_t a = 0; a < rate->classes; a++) {
        counts[a] = rate->counts[a] + use->sign * change[a];
        if (counts[a] < 0)
            return false;
    }
    if (use->around && stands_still(use, change))
        return true;
    double printed[PRINT_COUNT];
    if (!print_counts(rate, counts, printed))
        return false;
    for (int k = 0; k < PRINT_COUNT; k++) {
        /* Rounded by the same function: equal means equal. */
        if (prints(use, k) &&
            (printed[k] < rate->printed[k] || printed[k] > rate->printed[k]))
            return false;
    }
    return true;
}

static int64_t sum_over(const struct age_sum *sum, const int64_t *change,
                        size_t classes)
{
    int64_t total = 0;
    for (size_t a = 0; a < classes; a++) {
        if (sum->ages >> a & 1)
            total += change[a];
    }
    return total;
}

bool age_accepts(const struct age_problem *problem, const int64_t *change)
{
    for (size_t a = 0; a < problem->classes; a++) {
        if (change[a] < -problem->down[a] || change[a] > problem->up[a])
            return false;
    }
    for (size_t s = 0; s < problem->sum_count; s++) {
        const struct age_sum *sum = &problem->sums[s];
        int64_t total = sum_over(sum, change, problem->classes);
        if (total < sum->low || total > sum->high)
            return false;
    }
    for (size_t u = 0; u < problem->use_count; u++) {
        if (!same_digits(&problem->uses[u], change))
            return false;
    }
    return true;
}

/* --- the search ----------------------------------------------------------- */

enum {
    WINDOWS_MAX = 384,
    STEPS = 24,
    PAIRS = 1, /* times that two moves are made together at the end */
    LONG = 20, /* cases that a search seldom moves in one row */
    REST = 5,  /* steps during which an age pair is not moved back */
};

/* Excess over the windows from which two moves may still lead inside. */
#define NEAR 0.1

/* Everything as linear windows, each scaled to have a room of 1. The last row
 * of slopes is no age at all: it moves nothing. */
struct windows {
    size_t count, classes;
    double low[WINDOWS_MAX], high[WINDOWS_MAX];
    double slope[AGES_MAX + 1][WINDOWS_MAX];
    double at[WINDOWS_MAX];
};

/* What guides the search: the window of the coarse value mostly contains that
 * of the value, and a large row around the judged one hardly moves. */
static bool narrows(const struct age_use *use, int part)
{
    const struct age_rate *rate = use->rate;
    if (use->around && LONG * rate->steepest[part] <
                           fmin(rate->room_high[part], -rate->room_low[part]))
        return false;
    return part != PRINT_COARSE || use->digits == AGES_COARSE ||
           rate->room_low[part] > rate->room_low[PRINT_VALUE] ||
           rate->room_high[part] < rate->room_high[PRINT_VALUE];
}

static bool add_use(struct windows *windows, const struct age_use *use)
{
    const struct age_rate *rate = use->rate;
    for (int k = 0; k < PRINT_COUNT && use->sign != 0; k++) {
        if (!prints(use, k) || !narrows(use, k))
            continue;
        if (windows->count == WINDOWS_MAX)
            return use->around; /* judged at the end */
        size_t w = windows->count++;
        double room = rate->room_high[k] - rate->room_low[k];
        windows->low[w] = rate->room_low[k] / room;
        windows->high[w] = rate->room_high[k] / room;
        for (size_t a = 0; a < windows->classes; a++)
            windows->slope[a][w] = use->sign * rate->slope[k][a] / room;
    }
    return true;
}

static bool open_windows(const struct age_problem *problem,
                         struct windows *windows)
{
    windows->count = 0;
    windows->classes = problem->classes;
    for (size_t s = 0; s < problem->sum_count; s++) {
        const struct age_sum *sum = &problem->sums[s];
        if (windows->count == WINDOWS_MAX)
            return false;
        size_t w = windows->count++;
        windows->low[w] = 8.0 * (double)sum->low;
        windows->high[w] = 8.0 * (double)sum->high;
        for (size_t a = 0; a < problem->classes; a++)
            windows->slope[a][w] = sum->ages >> a & 1 ? 8.0 : 0.0;
    }
    /* Rows around come last: most moves are too dear before they are asked. */
    for (int around = 0; around < 2; around++) {
        for (size_t u = 0; u < problem->use_count; u++) {
            if (problem->uses[u].around == (around == 1) &&
                !add_use(windows, &problem->uses[u]))
                return false;
        }
    }
    return true;
}

/* How far the windows are left when `more` gains a case and `less` loses one;
 * stops counting at `limit`. */
static double cost_of(const struct windows *windows, size_t more, size_t less,
                      double limit)
{
    const double *gain = windows->slope[more], *loss = windows->slope[less];
    double cost = 0.0;
    for (size_t w = 0; w < windows->count && cost < limit; w++) {
        double at = windows->at[w] + gain[w] - loss[w];
        double above = at - windows->high[w], below = windows->low[w] - at;
        double over = above > below ? above : below;
        if (over > 0.0)
            cost += over * over;
    }
    return cost;
}

struct walk {
    const struct age_problem *problem;
    struct windows windows;
    int64_t *change;
    size_t aim; /* the age asked, which moves `amount` or further */
    int64_t amount;
    int rested[AGES_MAX + 1][AGES_MAX + 1]; /* step until which it rests */
};

static void move(struct walk *walk, size_t age, int64_t by)
{
    if (age == walk->problem->classes)
        return;
    walk->change[age] += by;
    for (size_t w = 0; w < walk->windows.count; w++)
        walk->windows.at[w] += (double)by * walk->windows.slope[age][w];
}

static bool can(const struct walk *walk, size_t age, int64_t by)
{
    if (age == walk->problem->classes)
        return true; /* no age at all */
    int64_t after = walk->change[age] + by;
    if (age == walk->aim &&
        (walk->amount > 0 ? after < walk->amount : after > walk->amount))
        return false;
    return after >= -walk->problem->down[age] &&
           after <= walk->problem->up[age];
}

struct exchange {
    size_t more, less; /* ages, or `classes` for none */
    double cost;
};

/* The cheapest move of one case that is not resting and costs under `limit`. */
static struct exchange cheapest(const struct walk *walk, int number,
                                double limit)
{
    size_t classes = walk->problem->classes;
    struct exchange best = {classes, classes, limit};
    bool gives[AGES_MAX + 1];
    for (size_t l = 0; l <= classes; l++)
        gives[l] = can(walk, l, -1);
    for (size_t m = 0; m <= classes; m++) {
        if (!can(walk, m, 1))
            continue;
        for (size_t l = 0; l <= classes; l++) {
            if (l == m || walk->rested[m][l] > number || !gives[l])
                continue;
            double cost = cost_of(&walk->windows, m, l, best.cost);
            if (cost < best.cost)
                best = (struct exchange){m, l, cost};
        }
    }
    return best;
}

static void apply(struct walk *walk, const struct exchange *exchange, int by)
{
    move(walk, exchange->more, by);
    move(walk, exchange->less, -by);
}

/* Makes an exchange, and again as long as that is for the better: far from the
 * windows a step is many cases long. Returns the cost. */
static double push(struct walk *walk, const struct exchange *exchange)
{
    double cost = exchange->cost;
    apply(walk, exchange, 1);
    while (can(walk, exchange->more, 1) && can(walk, exchange->less, -1)) {
        double next =
            cost_of(&walk->windows, exchange->more, exchange->less, cost);
        if (next >= cost)
            break;
        apply(walk, exchange, 1);
        cost = next;
    }
    return cost;
}

static double cost_now(const struct walk *walk)
{
    size_t none = walk->problem->classes;
    return cost_of(&walk->windows, none, none, (double)INFINITY);
}

/* Moves of one case, also for the worse, but not back at once. Leaves the best
 * change it met. */
static void descend(struct walk *walk)
{
    int64_t kept[AGES_MAX];
    size_t size = walk->problem->classes * sizeof *kept;
    double cost = cost_now(walk), best = cost;
    memcpy(kept, walk->change, size);
    for (int number = 0; number < STEPS && best > 0.0; number++) {
        struct exchange exchange = cheapest(walk, number, INFINITY);
        if (!isfinite(exchange.cost))
            break;
        double now = push(walk, &exchange);
        walk->rested[exchange.less][exchange.more] = number + REST;
        if (now < best) {
            best = now;
            memcpy(kept, walk->change, size);
        }
    }
    for (size_t a = 0; a < walk->problem->classes; a++)
        move(walk, a, kept[a] - walk->change[a]);
}

/* The best second move after a first, where both together cost less. */
static void try_first(struct walk *walk, size_t more, size_t less,
                      struct exchange *first, struct exchange *second)
{
    if (less == more || !can(walk, more, 1) || !can(walk, less, -1))
        return;
    struct exchange one = {more, less, 0.0};
    apply(walk, &one, 1);
    struct exchange two = cheapest(walk, STEPS + REST, second->cost);
    apply(walk, &one, -1);
    if (two.cost < second->cost) {
        *first = one;
        *second = two;
    }
}

/* The best two moves together, where they are better than none. Far from the
 * windows they do not help. */
static bool pair_up(struct walk *walk)
{
    size_t classes = walk->problem->classes;
    struct exchange first = {0}, second = {.cost = cost_now(walk)};
    double before = second.cost;
    if (before > NEAR)
        return false;
    for (size_t m = 0; m < classes; m++) {
        for (size_t l = 0; l < classes; l++)
            try_first(walk, m, l, &first, &second);
    }
    if (second.cost >= before)
        return false;
    apply(walk, &first, 1);
    apply(walk, &second, 1);
    return true;
}

bool age_find(const struct age_problem *problem, size_t age, int64_t amount,
              int64_t *change)
{
    struct walk walk = {
        .problem = problem, .change = change, .aim = age, .amount = amount};
    assert(problem->classes <= AGES_MAX);
    memset(change, 0, problem->classes * sizeof *change);
    if (amount < -problem->down[age] || amount > problem->up[age] ||
        !open_windows(problem, &walk.windows))
        return false;
    memset(walk.windows.at, 0, sizeof walk.windows.at);
    move(&walk, age, amount);
    descend(&walk);
    for (int pair = 0; pair < PAIRS && !age_accepts(problem, change); pair++) {
        if (!pair_up(&walk))
            return false;
    }
    return age_accepts(problem, change);
}

bool age_is_hopeless(const struct age_problem *problem, size_t age,
                     int64_t width)
{
    for (size_t u = 0; u < problem->use_count; u++) {
        const struct age_use *use = &problem->uses[u];
        if (use->digits != AGES_NOTHING && use->sign > 0 &&
            use->rate->most[use->digits == AGES_INTERVAL][age] < (double)width)
            return true;
    }
    return false;
}

/* Up alone first; then down as far as it goes, or half, and up the rest. */
bool age_is_wide(const struct age_problem *problem, size_t age, int64_t width)
{
    int64_t change[AGES_MAX];
    if (age_is_hopeless(problem, age, width))
        return false;
    if (age_find(problem, age, width, change))
        return true;
    int64_t fall = problem->down[age] < width ? problem->down[age] : width;
    for (; fall > 0; fall /= 2) {
        if (!age_find(problem, age, -fall, change))
            continue;
        fall = -change[age];
        return fall >= width || age_find(problem, age, width - fall, change);
    }
    return false;
}
