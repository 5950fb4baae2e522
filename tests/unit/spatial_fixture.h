/* SPDX-License-Identifier: EUPL-1.2 */
/* spatial_fixture.h - small maps for tests of smoothed risks. */
#ifndef SPATIAL_FIXTURE_H
#define SPATIAL_FIXTURE_H

#include "calc/kernel_spatial.h"
#include "check.h"

enum {
    FIXTURE_AREAS = 80,
    FIXTURE_AROUND = 16,
};

/* A map that can be changed; `map` points into it: fixture_map sets it. */
struct fixture {
    size_t areas;
    double observed[FIXTURE_AREAS], expected[FIXTURE_AREAS];
    double covariate[FIXTURE_AREAS];
    size_t around[FIXTURE_AREAS][FIXTURE_AROUND], counts[FIXTURE_AREAS];
    const size_t *lists[FIXTURE_AREAS];
    const double *covariates[1];
};

static inline void fixture_one_side(struct fixture *at, size_t a, size_t b)
{
    assert_true(at->counts[a] < FIXTURE_AROUND);
    at->around[a][at->counts[a]++] = b;
}

static inline void fixture_join(struct fixture *at, size_t a, size_t b)
{
    fixture_one_side(at, a, b);
    fixture_one_side(at, b, a);
}

static inline struct kernel_spatial_map fixture_map(struct fixture *at,
                                                    size_t covariates)
{
    for (size_t a = 0; a < FIXTURE_AREAS; a++)
        at->lists[a] = at->around[a];
    at->covariates[0] = at->covariate;
    return (struct kernel_spatial_map){
        .neighbours = {at->lists, at->counts, at->areas},
        .observed = at->observed,
        .expected = at->expected,
        .covariates = at->covariates,
        .covariate_count = covariates,
    };
}

#endif
