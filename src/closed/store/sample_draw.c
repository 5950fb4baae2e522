/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/sample_draw.h"

#include <math.h>

#include "base/splitmix.h"

/* --- the generator ------------------------------------------------------- */

struct draw draw_new(uint64_t seed, uint64_t stream)
{
    struct draw draw;
    uint64_t state = seed;
    state = splitmix_next(&state) ^ (stream * 0xd1342543de82ef95u);
    for (size_t i = 0; i < COUNT_OF(draw.state); i++)
        draw.state[i] = splitmix_next(&state);
    return draw;
}

static uint64_t rotate(uint64_t x, int bits)
{
    return (x << bits) | (x >> (64 - bits));
}

/* xoshiro256**, Blackman and Vigna 2018. */
static uint64_t next(struct draw *draw)
{
    uint64_t *s = draw->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

double draw_uniform(struct draw *draw)
{
    return (double)(next(draw) >> 11) * 0x1p-53;
}

double draw_normal(struct draw *draw)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += draw_uniform(draw);
    return sum;
}

/* --- exponential and logarithm ------------------------------------------- */

#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW 0x1.a39ef35793c76p-33

double draw_exp(double x)
{
    assert(x >= -700 && x <= 700);
    double steps = floor(x / (LN2_HIGH + LN2_LOW) + 0.5);
    double rest = (x - steps * LN2_HIGH) - steps * LN2_LOW;
    double sum = 1;
    for (int k = 16; k > 0; k--)
        sum = 1 + rest * sum / k;
    return ldexp(sum, (int)steps);
}

double draw_log(double x)
{
    assert(x > 0);
    int exponent;
    double part = frexp(x, &exponent); /* [0.5, 1) */
    if (part < 0x1.6a09e667f3bcdp-1) {
        part *= 2;
        exponent--;
    }
    double t = (part - 1) / (part + 1), square = t * t, sum = 0;
    for (int k = 27; k > 0; k -= 2)
        sum = sum * square + 1.0 / k;
    return exponent * LN2_HIGH + (exponent * LN2_LOW + 2 * t * sum);
}

/* --- Poisson ------------------------------------------------------------- */

/* Product of uniforms' inverse: walks up the distribution. */
static int64_t poisson_small(struct draw *draw, double mean)
{
    double left = draw_uniform(draw);
    double p = draw_exp(-mean);
    int64_t k = 0;
    while (left >= p && k < 1000) {
        left -= p;
        k++;
        p *= mean / (double)k;
    }
    return k;
}

/* ln k!, Stirling's series from 10 on. */
static double log_factorial(int64_t k)
{
    static const double first[] = {
        0,
        0,
        0.6931471805599453,
        1.791759469228055,
        3.1780538303479458,
        4.787491742782046,
        6.579251212010101,
        8.525161361065415,
        10.60460290274525,
        12.801827480081469,
    };
    if (k < (int64_t)COUNT_OF(first))
        return first[k];
    double x = (double)k + 1;
    double inverse = 1 / (x * x);
    return (x - 0.5) * draw_log(x) - x + 0.9189385332046727 +
           (1.0 / 12 - (1.0 / 360 - inverse / 1260) * inverse) / x;
}

/* Hörmann 1993, transformed rejection with squeeze (PTRS), mean >= 10. */
static int64_t poisson_large(struct draw *draw, double mean)
{
    double root = sqrt(mean), log_mean = draw_log(mean);
    double b = 0.931 + 2.53 * root;
    double a = -0.059 + 0.02483 * b;
    double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    double v_r = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
        double u = draw_uniform(draw) - 0.5;
        double v = draw_uniform(draw);
        double us = 0.5 - (u < 0 ? -u : u);
        double k = floor((2 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= v_r)
            return (int64_t)k;
        if (k < 0 || (us < 0.013 && v > us) || v <= 0)
            continue;
        double accept =
            draw_log(v) + draw_log(inverse_alpha) - draw_log(a / (us * us) + b);
        if (accept <= k * log_mean - mean - log_factorial((int64_t)k))
            return (int64_t)k;
    }
}

int64_t draw_poisson(struct draw *draw, double mean)
{
    assert(mean >= 0 && mean < 1e9);
    if (mean <= 0)
        return 0;
    return mean < 10 ? poisson_small(draw, mean) : poisson_large(draw, mean);
}
