/* SPDX-License-Identifier: EUPL-1.2 */
/* The boundaries that ship, read once for a group of tests. */
#ifndef TESTS_GEO_SHIPPED_H
#define TESTS_GEO_SHIPPED_H

#include "check.h"
#include "geo/geo_impl.h"

static struct arena *arena;
static const struct geo_level *departements;
static const struct geo_level *regions;

static int setup(void **state)
{
    struct err err = {0};
    (void)state;
    arena = arena_new();
    if (geo_read(arena, "geo", "departement", &departements, &err) &&
        geo_read(arena, "geo", "region", &regions, &err) && departements &&
        regions)
        return 0;
    print_error("%s\n", err.text);
    return -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

#endif
