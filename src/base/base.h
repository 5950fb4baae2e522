/* SPDX-License-Identifier: EUPL-1.2 */
/* base/base.h - compiler attributes shared by every header.
 *
 * NDEBUG is refused: assertions guard the wall between exact and published
 * numbers and stay on in every build. */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef NDEBUG
#error "assertions are part of the program: build without NDEBUG"
#endif

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(string, first)                                             \
    __attribute__((format(printf, string, first)))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
