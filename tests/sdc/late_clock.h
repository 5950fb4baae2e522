/* SPDX-License-Identifier: EUPL-1.2 */
/* late_clock.h - stands for the processor clock of the C library: an hour
 * passes after so many looks at it. */
#ifndef LATE_CLOCK_H
#define LATE_CLOCK_H

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long looks_left = -1, looks;

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int answer = (int)syscall(SYS_clock_gettime, clock, now);
    if (clock != CLOCK_PROCESS_CPUTIME_ID)
        return answer;
    looks++;
    if (looks_left > 0)
        looks_left--;
    if (looks_left == 0)
        now->tv_sec += 3600;
    return answer;
}

/* Less than 0: never. */
static void stop_after(long count)
{
    looks = 0;
    looks_left = count;
}

#endif
