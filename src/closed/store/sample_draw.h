/* SPDX-License-Identifier: EUPL-1.2 */
/* store/sample_draw.h - a seeded generator that gives the same draws on every
 * machine: only additions, multiplications, divisions and square roots of
 * doubles, which IEEE 754 fixes to the last bit; nothing from libm. */
#ifndef STORE_SAMPLE_DRAW_H
#define STORE_SAMPLE_DRAW_H

#include "base/base.h"

struct draw {
    uint64_t state[4]; /* xoshiro256** */
};

/* An independent stream for every (seed, stream): adding a table to the
 * sample leaves the others as they were. */
struct draw draw_new(uint64_t seed, uint64_t stream);
double draw_uniform(struct draw *draw); /* [0, 1) */
/* About standard normal: twelve uniforms less six, within -6 ... 6. */
double draw_normal(struct draw *draw);
/* Poisson; mean is finite and not negative. */
int64_t draw_poisson(struct draw *draw, double mean);
/* e^x and ln x, to some 1e-15, for |x| <= 700 and x > 0. */
double draw_exp(double x);
double draw_log(double x);

#endif
