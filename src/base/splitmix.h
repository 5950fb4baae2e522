/* SPDX-License-Identifier: EUPL-1.2 */
/* base/splitmix.h - numbers that look drawn and are the same on every run:
 * splitmix64 (Steele, Lea and Flood 2014). They hide nothing: what a reader
 * must not guess comes from a keyed hash (base/hash.h). */
#ifndef BASE_SPLITMIX_H
#define BASE_SPLITMIX_H

#include "base/base.h"

#define SPLITMIX_STEP UINT64_C(0x9e3779b97f4a7c15)

/* Every bit depends on all bits of the key, of which 0 stays 0; no two keys
 * give the same. */
static inline uint64_t splitmix_scatter(uint64_t key)
{
    key = (key ^ (key >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    key = (key ^ (key >> 27)) * UINT64_C(0x94d049bb133111eb);
    return key ^ (key >> 31);
}

/* The next number of the sequence whose seed *state was at first. */
static inline uint64_t splitmix_next(uint64_t *state)
{
    return splitmix_scatter(*state += SPLITMIX_STEP);
}

#endif
