/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/neighbours.h"

static bool touch(const struct neighbours *neighbours, size_t a, size_t b)
{
    for (size_t k = 0; k < neighbours->sizes[a]; k++) {
        if (neighbours->lists[a][k] == b)
            return true;
    }
    return false;
}

static bool listed_before(const size_t *list, size_t k)
{
    for (size_t i = 0; i < k; i++) {
        if (list[i] == list[k])
            return true;
    }
    return false;
}

static enum neighbours_fault check_pair(const struct neighbours *neighbours,
                                        size_t area, size_t k)
{
    const size_t *list = neighbours->lists[area];
    if (list[k] >= neighbours->areas)
        return NEIGHBOURS_UNKNOWN;
    if (list[k] == area)
        return NEIGHBOURS_SELF;
    if (listed_before(list, k))
        return NEIGHBOURS_TWICE;
    if (!touch(neighbours, list[k], area))
        return NEIGHBOURS_ONE_SIDED;
    return NEIGHBOURS_GOOD;
}

static enum neighbours_fault check_area(const struct neighbours *neighbours,
                                        size_t area, size_t *other)
{
    for (size_t k = 0; k < neighbours->sizes[area]; k++) {
        enum neighbours_fault fault = check_pair(neighbours, area, k);
        if (fault != NEIGHBOURS_GOOD) {
            *other = neighbours->lists[area][k];
            return fault;
        }
    }
    return NEIGHBOURS_GOOD;
}

enum neighbours_fault neighbours_check(const struct neighbours *neighbours,
                                       size_t *area, size_t *other)
{
    for (size_t i = 0; i < neighbours->areas; i++) {
        enum neighbours_fault fault = check_area(neighbours, i, other);
        if (fault != NEIGHBOURS_GOOD) {
            *area = i;
            return fault;
        }
    }
    return NEIGHBOURS_GOOD;
}
