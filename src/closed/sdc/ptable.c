/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/ptable.h"

#include <math.h>
#include <string.h>

enum {
    NEWTON_STEPS = 200,
    HALVINGS = 60,
    BISECTIONS = 200,
    SLOPE_MOST = 4096,
};
#define EXACT 1e-14 /* of moments, after scaling noise to -1..1 */
#define ROUNDING 1e-9
#define LEAST_MOST 0.1

/* Noise that a row permits, and what is asked of it. */
struct support {
    double v[2 * PTABLE_MOST + 1]; /* ascending, scaled by `most` */
    int64_t noise[2 * PTABLE_MOST + 1];
    size_t count;
    double mean; /* always 0 */
    double square;
};

static bool near(double got, double want)
{
    return fabs(got - want) <= ROUNDING * want;
}

/* The least second moment of a distribution of mean 0: that of the two points
 * next to zero. */
static double least_square(const struct support *support)
{
    double below = -2, above = 2;
    for (size_t i = 0; i < support->count; i++) {
        double v = support->v[i];
        if (support->noise[i] == 0)
            return 0;
        if (v < 0)
            below = fmax(below, v);
        else
            above = fmin(above, v);
    }
    return -below * above;
}

/* The dual of the entropy problem: p is proportional to exp(a v + b v^2), and
 * (a, b) minimises log sum exp(a v + b (v^2 - square)). */
struct dual {
    double a, b;
    double value;
    double p[2 * PTABLE_MOST + 1];
    double gradient[2];
    double hessian[3]; /* aa, ab, bb */
};

static void evaluate(const struct support *support, struct dual *dual)
{
    double exponent[2 * PTABLE_MOST + 1], most = -HUGE_VAL, sum = 0;
    for (size_t i = 0; i < support->count; i++) {
        double v = support->v[i];
        exponent[i] = dual->a * v + dual->b * (v * v - support->square);
        most = fmax(most, exponent[i]);
    }
    for (size_t i = 0; i < support->count; i++) {
        dual->p[i] = exp(exponent[i] - most);
        sum += dual->p[i];
    }
    double m1 = 0, m2 = 0, m11 = 0, m12 = 0, m22 = 0;
    for (size_t i = 0; i < support->count; i++) {
        double p = dual->p[i] /= sum, v = support->v[i];
        double w = v * v - support->square;
        m1 += p * v;
        m2 += p * w;
        m11 += p * v * v;
        m12 += p * v * w;
        m22 += p * w * w;
    }
    dual->value = most + log(sum);
    dual->gradient[0] = m1;
    dual->gradient[1] = m2;
    dual->hessian[0] = m11 - m1 * m1;
    dual->hessian[1] = m12 - m1 * m2;
    dual->hessian[2] = m22 - m2 * m2;
}

static bool is_solved(const struct dual *dual)
{
    return fabs(dual->gradient[0]) < EXACT && fabs(dual->gradient[1]) < EXACT;
}

/* One damped Newton step, or none where nothing lowers the dual any more: a
 * determinant of 0 gives no number that is less. */
static void improve(const struct support *support, struct dual *dual)
{
    const double *h = dual->hessian, *g = dual->gradient;
    double determinant = h[0] * h[2] - h[1] * h[1];
    double da = -(h[2] * g[0] - h[1] * g[1]) / determinant;
    double db = -(h[0] * g[1] - h[1] * g[0]) / determinant;
    double scale = 1;
    for (int i = 0; i < HALVINGS; i++, scale /= 2) {
        struct dual next = {.a = dual->a + scale * da,
                            .b = dual->b + scale * db};
        evaluate(support, &next);
        double before = hypot(g[0], g[1]);
        double after = hypot(next.gradient[0], next.gradient[1]);
        if (next.value < dual->value ||
            (next.value <= dual->value + EXACT && after < before)) {
            *dual = next;
            return;
        }
    }
}

/* The greatest entropy of all with mean 0, p proportional to exp(a v), and its
 * second moment: the mean grows with a. */
static double solve_mean(const struct support *support, double *p)
{
    struct dual dual = {0};
    double low = -SLOPE_MOST, high = SLOPE_MOST, square = 0;
    for (int i = 0; i < BISECTIONS; i++) {
        dual.a = (low + high) / 2;
        evaluate(support, &dual);
        if (dual.gradient[0] < 0)
            low = dual.a;
        else
            high = dual.a;
    }
    for (size_t i = 0; i < support->count; i++) {
        p[i] = dual.p[i];
        square += p[i] * support->v[i] * support->v[i];
    }
    return square;
}

/* Both moments; the second one less than that of solve_mean. */
static bool solve_both(const struct support *support, double *p)
{
    struct dual dual = {0};
    evaluate(support, &dual);
    for (int i = 0; i < NEWTON_STEPS && !is_solved(&dual); i++)
        improve(support, &dual);
    bool ok = fabs(dual.gradient[0]) < 100 * EXACT &&
              fabs(dual.gradient[1]) < 100 * EXACT;
    memcpy(p, dual.p, support->count * sizeof *p);
    return ok;
}

/* The only distribution of least variance when 0 is not permitted. */
static void solve_least(const struct support *support, double *p)
{
    size_t above = 0;
    while (support->noise[above] < 0)
        above++;
    double down = -support->v[above - 1], up = support->v[above];
    p[above - 1] = up / (up + down);
    p[above] = down / (up + down);
}

static bool is_permitted(const struct ptable_policy *policy, int64_t count,
                         int64_t noise)
{
    int64_t result = count + noise;
    return result == 0 || result > policy->barred;
}

static struct support find_support(const struct ptable_policy *policy,
                                   int64_t count, bool with_zero)
{
    struct support support = {0};
    for (int64_t v = -policy->most; v <= policy->most; v++) {
        if (count + v < 0 || !is_permitted(policy, count, v) ||
            (v == 0 && !with_zero))
            continue;
        support.v[support.count] = (double)v / (double)policy->most;
        support.noise[support.count++] = v;
    }
    return support;
}

static void fill_row(const struct support *support, const double *p,
                     double weight, struct ptable_row *row)
{
    for (size_t i = 0; i < support->count; i++)
        row->p[support->noise[i] - row->low] += weight * p[i];
    for (int64_t v = row->low; v <= row->high; v++)
        row->variance += row->p[v - row->low] * (double)(v * v);
}

/* False when the least variance is above what is asked. */
static bool solve(const struct support *support, bool barred, double *p)
{
    double least = least_square(support);
    if (support->noise[0] > 0 || support->noise[support->count - 1] < 0)
        return false;
    if (support->square <= least) {
        if (barred)
            solve_least(support, p);
        return barred;
    }
    if (solve_mean(support, p) <= support->square)
        return true;
    return solve_both(support, p);
}

/* Cuts the less likely end, both when they are alike. False when neither is
 * less likely than `least`. */
static bool cut_ends(struct support *support, const double *p, double least)
{
    double first = p[0], last = p[support->count - 1];
    bool alike = near(first, last);
    if (first >= least && last >= least)
        return false;
    if (last < first || alike)
        support->count--;
    if (first < last || alike) {
        support->count--;
        for (size_t i = 0; i < support->count; i++) {
            support->v[i] = support->v[i + 1];
            support->noise[i] = support->noise[i + 1];
        }
    }
    return true;
}

static bool is_flat(const struct support *support, bool barred)
{
    return barred && support->square <= least_square(support);
}

static bool make_row(const struct ptable_policy *policy, int64_t count,
                     struct ptable_row *row)
{
    double p[2 * PTABLE_MOST + 1] = {0};
    bool barred = count <= policy->barred;
    double stay = barred ? 0 : policy->stay;
    struct support support = find_support(policy, count, !(stay > 0));
    double scale = (double)(policy->most * policy->most);
    double least = policy->least / (1 - stay);
    support.square = policy->variance / scale / (1 - stay);
    bool ok = solve(&support, barred, p);
    while (ok && !is_flat(&support, barred) && cut_ends(&support, p, least))
        ok = support.count >= 2 && solve(&support, barred, p);
    row->low = support.noise[0] < 0 ? support.noise[0] : 0;
    row->high = ok ? support.noise[support.count - 1] : 0;
    if (stay > 0)
        row->p[-row->low] = stay;
    if (ok)
        fill_row(&support, p, 1 - stay, row);
    return ok;
}

static bool check_policy(const struct ptable_policy *policy, struct err *err)
{
    if (policy->most < 1 || policy->most > PTABLE_MOST || policy->barred < 0 ||
        policy->barred >= policy->most)
        return err_fail(err, ERR_USAGE, "ptable.policy",
                        "the largest noise is 1 to %d and above the barred "
                        "results",
                        PTABLE_MOST);
    if (!(policy->least >= PTABLE_LEAST && policy->least <= LEAST_MOST))
        return err_fail(err, ERR_USAGE, "ptable.policy",
                        "the least probability of a noise is %g to %g",
                        PTABLE_LEAST, LEAST_MOST);
    if (!(policy->variance > 0) || !isfinite(policy->variance) ||
        !(policy->stay >= 0 && policy->stay < 1))
        return err_fail(err, ERR_USAGE, "ptable.policy",
                        "the variance of noise is positive, the probability "
                        "of none below 1");
    return true;
}

struct ptable_policy ptable_standard(int variance)
{
    return (struct ptable_policy){
        .most = PTABLE_MOST,
        .variance = variance,
        .barred = 0,
        .stay = 0,
        .least = PTABLE_LEAST,
    };
}

bool ptable_make(struct arena *arena, const struct ptable_policy *policy,
                 struct ptable *out, struct err *err)
{
    if (!check_policy(policy, err))
        return false;
    /* from here on 1..barred is out of reach of the noise */
    int64_t last = policy->most + policy->barred + (policy->barred > 0);
    struct ptable_row *rows =
        arena_array(arena, (size_t)last + 1, sizeof *rows);
    rows[0].p[0] = 1;
    for (int64_t i = 1; i <= last; i++) {
        bool ok = make_row(policy, i, &rows[i]);
        if (!ok || (i == last && !near(rows[i].variance, policy->variance)))
            return err_fail(err, ERR_USAGE, "ptable.variance",
                            "row %lld of the perturbation table: no noise has "
                            "the variance %g",
                            (long long)i, policy->variance);
    }
    *out = (struct ptable){*policy, rows, (size_t)last + 1};
    return true;
}

int64_t ptable_reach(const struct ptable *table)
{
    return table->rows[table->row_count - 1].high;
}

const struct ptable_row *ptable_row(const struct ptable *table, int64_t count)
{
    int64_t last = (int64_t)table->row_count - 1;
    assert(count >= 0);
    return &table->rows[count < last ? count : last];
}

int64_t ptable_noise(const struct ptable *table, int64_t count, uint32_t key)
{
    const struct ptable_row *row = ptable_row(table, count);
    double place = (double)key / 4294967296.0, sum = 0;
    int64_t last = 0;
    for (int64_t v = row->low; v <= row->high; v++) {
        double p = row->p[v - row->low];
        if (!(p > 0))
            continue;
        sum += p;
        last = v;
        if (place < sum)
            break;
    }
    return last;
}

bool ptable_gives(const struct ptable *table, int64_t count, int64_t value)
{
    const struct ptable_row *row = ptable_row(table, count);
    int64_t v = value - count;
    return v >= row->low && v <= row->high && row->p[v - row->low] > 0;
}

void ptable_origin(const struct ptable *table, int64_t value, int64_t *low,
                   int64_t *high)
{
    int64_t most = table->policy.most;
    *low = INT64_MAX;
    *high = -1;
    for (int64_t i = value > most ? value - most : 0; i <= value + most; i++) {
        if (!ptable_gives(table, i, value))
            continue;
        *low = i < *low ? i : *low;
        *high = i;
    }
    assert(*high >= 0);
}

void ptable_around(const struct ptable *table, int64_t value, int64_t count,
                   int64_t *low, int64_t *high)
{
    *low = *high = count;
    while (*low > 0 && ptable_gives(table, *low - 1, value))
        --*low;
    while (ptable_gives(table, *high + 1, value))
        ++*high;
}
