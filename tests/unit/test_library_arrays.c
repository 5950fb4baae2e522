/* SPDX-License-Identifier: EUPL-1.2 */
/* Arrays of libraries take each other's place under a sanitizer, which still
 * sees where each of them begins and ends. Elsewhere there is nothing to try.
 */
#include "check.h"

#include "base/base.h"

#if CHECK_SANITIZED

#include <sanitizer/asan_interface.h>

void *_Znam(size_t size);
void _ZdaPv(void *bytes);

static bool is_open(const unsigned char *bytes, long at)
{
    return !__asan_address_is_poisoned(bytes + at);
}

TEST(no_byte_beside_an_array_is_open)
{
    static const long sizes[] = {1, 7, 64, 100, 4096, 5000, 300000};
    for (size_t s = 0; s < COUNT_OF(sizes); s++) {
        unsigned char *bytes = _Znam((size_t)sizes[s]);
        CHECK(!is_open(bytes, -1) && !is_open(bytes, sizes[s]));
        for (long at = 0; at < sizes[s]; at++)
            CHECK(is_open(bytes, at));
        _ZdaPv(bytes);
        CHECK(!is_open(bytes, 0) && !is_open(bytes, sizes[s] - 1));
    }
    _ZdaPv(_Znam(0));
    _ZdaPv(NULL);
}

/* One that was freed is closed, and stays so while others come and go. */
TEST(an_array_rests_before_it_is_used_again)
{
    unsigned char *first = _Znam(1000);
    first[999] = 1;
    _ZdaPv(first);
    size_t others = 0;
    for (unsigned char *next = NULL; next != first; others++) {
        CHECK(!is_open(first, 0) && !is_open(first, 999));
        next = _Znam(900);
        _ZdaPv(next);
    }
    CHECK(others > 10 && others < 100);
}

TEST(an_array_that_is_used_again_is_as_long_as_it_was_asked_for)
{
    unsigned char *arrays[100];
    for (size_t i = 0; i < COUNT_OF(arrays); i++)
        arrays[i] = _Znam(128);
    for (size_t i = 0; i < COUNT_OF(arrays); i++)
        _ZdaPv(arrays[i]);
    for (long size = 65; size < 128; size++) {
        unsigned char *bytes = _Znam((size_t)size);
        CHECK(is_open(bytes, size - 1) && !is_open(bytes, size));
        CHECK_INT(bytes[0], 0xbe);
        _ZdaPv(bytes);
    }
}

RUN(CASE(no_byte_beside_an_array_is_open),
    CASE(an_array_rests_before_it_is_used_again),
    CASE(an_array_that_is_used_again_is_as_long_as_it_was_asked_for))

#else

TEST(without_a_sanitizer_arrays_are_those_of_the_library)
{
    skip();
}

RUN(CASE(without_a_sanitizer_arrays_are_those_of_the_library))

#endif
