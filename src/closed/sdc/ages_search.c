/* SPDX-License-Identifier: EUPL-1.2 */
/* The search for changes that print the same digits. */
#include <math.h>
#include <string.h>

#include "sdc/ages_impl.h"

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

bool age_narrows(const struct age_use *use, int part)
{
    const struct age_rate *rate = use->rate;
    if (use->around && LONG * rate->steepest[part] <
                           fmin(rate->room_high[part], -rate->room_low[part]))
        return false;
    return part != PRINT_COARSE || use->digits == AGES_COARSE ||
           rate->room_low[part] > rate->room_low[PRINT_VALUE] ||
           rate->room_high[part] < rate->room_high[PRINT_VALUE];
}

double age_slope(const struct age_use *use, int part, size_t age)
{
    size_t class = age_class(use, age);
    return class == use->rate->classes
               ? 0.0
               : use->sign * use->rate->slope[part][class];
}

static bool add_use(struct windows *windows, const struct age_use *use)
{
    const struct age_rate *rate = use->rate;
    for (int k = 0; k < PRINT_COUNT && use->sign != 0; k++) {
        if (!age_prints(use, k) || !age_narrows(use, k))
            continue;
        if (windows->count == WINDOWS_MAX)
            return use->around; /* judged at the end */
        size_t w = windows->count++;
        double room = rate->room_high[k] - rate->room_low[k];
        windows->low[w] = rate->room_low[k] / room;
        windows->high[w] = rate->room_high[k] / room;
        for (size_t a = 0; a < windows->classes; a++)
            windows->slope[a][w] = age_slope(use, k, a) / room;
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
    uint64_t aim; /* age counts whose sum moves `amount` or further */
    int64_t amount;
    int64_t moved;                          /* that sum */
    int rested[AGES_MAX + 1][AGES_MAX + 1]; /* step until which it rests */
};

static void move(struct walk *walk, size_t age, int64_t by)
{
    if (age == walk->problem->classes)
        return;
    walk->change[age] += by;
    walk->moved += walk->aim >> age & 1 ? by : 0;
    for (size_t w = 0; w < walk->windows.count; w++)
        walk->windows.at[w] += (double)by * walk->windows.slope[age][w];
}

static bool can(const struct walk *walk, size_t age, int64_t by)
{
    if (age == walk->problem->classes)
        return true; /* no age at all */
    int64_t after = walk->change[age] + by;
    return after >= -walk->problem->down[age] &&
           after <= walk->problem->up[age];
}

static int64_t in_aim(const struct walk *walk, size_t age)
{
    return age < walk->problem->classes && (walk->aim >> age & 1) ? 1 : 0;
}

/* Whether the aim stays as far as it was asked to go. */
static bool keeps(const struct walk *walk, size_t more, size_t less)
{
    int64_t by = in_aim(walk, more) - in_aim(walk, less);
    int64_t after = walk->moved + by;
    return by == 0 ||
           (walk->amount > 0 ? after >= walk->amount : after <= walk->amount);
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
    size_t givers[AGES_MAX + 1], count = 0;
    for (size_t l = 0; l <= classes; l++) {
        if (can(walk, l, -1))
            givers[count++] = l;
    }
    for (size_t m = 0; m <= classes; m++) {
        if (!can(walk, m, 1))
            continue;
        for (size_t i = 0; i < count; i++) {
            size_t l = givers[i];
            if (l == m || walk->rested[m][l] > number || !keeps(walk, m, l))
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
    while (can(walk, exchange->more, 1) && can(walk, exchange->less, -1) &&
           keeps(walk, exchange->more, exchange->less)) {
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
    if (less == more || !can(walk, more, 1) || !can(walk, less, -1) ||
        !keeps(walk, more, less))
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

/* How far the aim can fall and rise. */
static void room_of(const struct age_problem *problem, uint64_t aim,
                    int64_t *fall, int64_t *rise)
{
    const struct age_sum whole = {.ages = aim};
    *fall = age_sum_over(&whole, problem->down, problem->classes);
    *rise = age_sum_over(&whole, problem->up, problem->classes);
    for (size_t s = 0; s < problem->sum_count; s++) {
        const struct age_sum *sum = &problem->sums[s];
        if (sum->ages != aim)
            continue;
        *fall = -sum->low < *fall ? -sum->low : *fall;
        *rise = sum->high < *rise ? sum->high : *rise;
    }
}

/* Moves the aim alone, each of its age counts as far as it goes. */
static void set_out(struct walk *walk)
{
    const struct age_problem *problem = walk->problem;
    for (size_t a = 0; a < problem->classes; a++) {
        int64_t left = walk->amount - walk->moved;
        if (!(walk->aim >> a & 1) || left * walk->amount <= 0)
            continue;
        int64_t fall = -problem->down[a] - walk->change[a];
        int64_t rise = problem->up[a] - walk->change[a];
        left = left < fall ? fall : left;
        move(walk, a, left > rise ? rise : left);
    }
}

/* From a change that is near one; `pairs` at the end is thorough and dear. */
static bool find_from(const struct age_problem *problem, uint64_t aim,
                      int64_t amount, int pairs, int64_t *change)
{
    struct walk walk = {
        .problem = problem, .change = change, .aim = aim, .amount = amount};
    int64_t fall = 0, rise = 0, start[AGES_MAX];
    assert(problem->classes <= AGES_MAX);
    memcpy(start, change, problem->classes * sizeof *change);
    memset(change, 0, problem->classes * sizeof *change);
    room_of(problem, aim, &fall, &rise);
    if (amount < -fall || amount > rise ||
        !open_windows(problem, &walk.windows))
        return false;
    for (size_t a = 0; a < problem->classes; a++)
        move(&walk, a, start[a]);
    set_out(&walk);
    descend(&walk);
    for (int pair = 0; pair < pairs && !age_accepts(problem, change); pair++) {
        if (!pair_up(&walk))
            return false;
    }
    return age_accepts(problem, change);
}

bool age_find_from(const struct age_problem *problem, uint64_t aim,
                   int64_t amount, int64_t *change)
{
    return find_from(problem, aim, amount, PAIRS, change);
}

bool age_find(const struct age_problem *problem, uint64_t aim, int64_t amount,
              int64_t *change)
{
    memset(change, 0, problem->classes * sizeof *change);
    return find_from(problem, aim, amount, PAIRS, change);
}

/* The age counts of the aim's age that the row of a use contains, where the
 * sexes are together. */
static uint64_t shares(const struct age_use *use, uint64_t aim)
{
    size_t classes = use->rate->classes;
    size_t age = (size_t)__builtin_ctzll(aim) % classes;
    uint64_t ages = 0;
    for (size_t p = 0; use->parts >> p > 0; p++) {
        if (use->parts >> p & 1)
            ages |= UINT64_C(1) << (p * classes + age);
    }
    return ages;
}

bool age_is_hopeless(const struct age_problem *problem, uint64_t aim,
                     int64_t width)
{
    for (size_t u = 0; u < problem->use_count; u++) {
        const struct age_use *use = &problem->uses[u];
        if (use->digits == AGES_NOTHING || use->sign <= 0 ||
            use->rate->sexes > 1 || shares(use, aim) != aim)
            continue;
        size_t age = (size_t)__builtin_ctzll(aim) % use->rate->classes;
        if (use->rate->most[use->digits == AGES_INTERVAL][age] < (double)width)
            return true;
    }
    return false;
}

/* Down as far as it goes, or half, and up the rest. */
static bool is_wide_by_steps(const struct age_problem *problem, uint64_t aim,
                             int64_t width, int64_t fall)
{
    int64_t change[AGES_MAX];
    for (fall = fall < width ? fall : width; fall > 0; fall /= 2) {
        if (!age_find(problem, aim, -fall, change))
            continue;
        const struct age_sum whole = {.ages = aim};
        fall = -age_sum_over(&whole, change, problem->classes);
        return fall >= width || age_find(problem, aim, width - fall, change);
    }
    return age_find(problem, aim, width, change);
}

/* Up alone by a few quick steps, which mostly does; then from where a program
 * begins; then by steps again, unless it knows that they lead nowhere. */
bool age_is_wide(const struct age_problem *problem, uint64_t aim, int64_t width)
{
    int64_t change[AGES_MAX] = {0}, fall = 0, rise = 0;
    room_of(problem, aim, &fall, &rise);
    if (age_is_hopeless(problem, aim, width) || fall + rise < width)
        return false;
    if (find_from(problem, aim, width, 0, change))
        return true;
    enum age_end end = age_ask_program(problem, aim, width);
    return end == AGE_WIDE ||
           (end == AGE_UNKNOWN && is_wide_by_steps(problem, aim, width, fall));
}
