/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel.h"

/* The larger root of Wilson's quadratic, which has no cancellation; the
 * smaller one follows from the roots' product. */
static double upper_root(double successes, double trials, double z2)
{
    double spread =
        sqrt(z2 * (z2 + 4.0 * successes * (1.0 - successes / trials)));
    return (2.0 * successes + z2 + spread) / (2.0 * (trials + z2));
}

bool kernel_wilson(double successes, double trials, double confidence,
                   struct kernel_interval *out)
{
    double z;
    if (!isfinite(successes) || !isfinite(trials) || !(trials > 0.0) ||
        successes < 0.0 || successes > trials ||
        !(confidence > 0.0 && confidence < 1.0) ||
        !kernel_normal_quantile(0.5 * (1.0 + confidence), &z))
        return false;
    double z2 = z * z;
    double upper = upper_root(successes, trials, z2);
    double product = successes / trials * (successes / (trials + z2));
    *out = (struct kernel_interval){
        .value = successes / trials,
        .lower = product / upper,
        .upper = successes < trials ? upper : 1.0, /* to the last bit */
    };
    return true;
}
