/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/joinpoint.h"

#include <stddef.h>

const char *const joinpoint_choices[JOINPOINT_CHOICES + 1] = {
    [JOINPOINT_PERMUTATION] = "permutation",
    [JOINPOINT_BIC] = "bic",
    [JOINPOINT_BIC3] = "bic3",
    [JOINPOINT_WBIC] = "wbic",
};
