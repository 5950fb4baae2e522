/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/gamma_expansion.h"

#include <math.h>

/* With x = a (1 + u), s = 1 / sqrt(a) and u = sum over k of s^k P_k(z), the
 * quantile's own differential equation gives every P_k from those before it:
 *
 *   s^2 (u'' + z u') (1 + u) = u'^2 (u + s^2),    P_1 = z
 *
 * P_k has the parity of k, so it is kept as a polynomial in z^2. These are the
 * exact fractions, rounded: P_2 = (z^2 - 1)/3, P_3 = (z^3 - 7z)/36, P_4 =
 * (-3z^4 - 7z^2 + 16)/810, ... (Cornish and Fisher 1938 have the first). */

enum {
    TERMS = GAMMA_EXPANSION_ORDER / 2 + 1,
};

static const double terms[GAMMA_EXPANSION_ORDER][TERMS] = {
    {1},
    {-0.33333333333333331, 0.33333333333333331},
    {-0.19444444444444445, 0.027777777777777776},
    {0.019753086419753086, -0.0086419753086419745, -0.0037037037037037038},
    {-0.011136831275720165, 0.0065843621399176953, 0.00023148148148148149},
    {0.0072114442484812859, -0.0045218498922202626, -0.0011904761904761906,
     5.8788947677836568e-05},
    {0.0019713145317569185, 0.0019699536764865985, -2.9619014958521132e-05,
     -2.553644914756026e-05},
    {0.00065262989817173626, -0.0019049977863420935, -0.00017261088248742571,
     8.3719816230104301e-05, 4.8990789731530471e-06},
    {0.0017720095753556973, 0.00033153004889401781, -0.00012957468509809046,
     -2.5886869379667732e-05, -2.428276122977769e-07},
    {-0.0012385769635511374, -0.00034221816393085168, 0.00015464459476106582,
     6.4013541398848521e-05, 3.1606390583680632e-06, -1.8540622107151599e-07},
    {0.00018480123844331257, -0.00021062606246895457, -0.00010892212692274078,
     -1.2067700029214249e-05, 7.1419444635164917e-07, 7.5424648554118957e-08},
    {-0.00045098883768409509, 0.00033242239699043496, 0.00015965487056649542,
     2.584903934438905e-05, -1.2910952342610796e-06, -4.8628301163120917e-07,
     -1.47216272806884e-08},
    {-0.00058069994855273197, -0.00021660803036033374, -3.8088777470510184e-05,
     2.3373997567293168e-06, 1.6169950999454123e-06, 1.2597739160689628e-07,
     5.1598873410780759e-10},
    {0.00066396040033405281, 0.00027055607600347514, 3.5204146127751125e-05,
     -7.4416582382080827e-06, -4.0305761027452703e-06, -5.2151934504921143e-07,
     -1.0727261975015052e-08, 7.3298641316002195e-10},
    {-0.00024025308389214985, 1.191280264468795e-05, 2.5880265493964639e-05,
     9.1034213220628914e-06, 1.4596007989857974e-06, 6.1348995894901013e-08,
     -5.3823156694394545e-09, -2.9213573456355688e-10},
    {0.00044983538672757899, -0.00015313216335369304, -7.531125874348814e-05,
     -1.9675371733794243e-05, -3.1870507767641471e-06, -1.8057354573400961e-07,
     2.2228338885458432e-08, 2.8318979540274848e-09, 5.7173122388979939e-11},
};

/* Where the next terms are below 2e-13 of the quantile: against forty-digit
 * arithmetic, at |z| up to 8. */
bool gamma_expansion_exact(double shape, double z)
{
    return shape >= 20.0 && z * z <= 0.38 * shape && fabs(z) <= 8.0;
}

bool gamma_expansion_near(double shape, double z)
{
    return shape >= 2.0 && z * z <= 1.7 * shape;
}

/* P_k without its odd factor z. */
static double polynomial(size_t k, double z2)
{
    const double *term = terms[k - 1];
    double sum = term[k / 2];
    for (size_t i = k / 2; i > 0; i--)
        sum = sum * z2 + term[i - 1];
    return sum;
}

void gamma_expansion_at(double z, struct gamma_expansion *out)
{
    out->z = z;
    for (size_t k = 1; k <= GAMMA_EXPANSION_ORDER; k++)
        out->terms[k - 1] = polynomial(k, z * z);
}

double gamma_expansion_sum(const struct gamma_expansion *expansion,
                           double shape, double sign)
{
    const double *term = expansion->terms;
    double s2 = 1.0 / shape, odd = 0.0, even = 0.0;
    for (size_t k = GAMMA_EXPANSION_ORDER; k > 0; k -= 2) {
        even = (even + term[k - 1]) * s2;
        odd = odd * s2 + term[k - 2];
    }
    return shape + shape * even + sqrt(shape) * odd * sign * expansion->z;
}
