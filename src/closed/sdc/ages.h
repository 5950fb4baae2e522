/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/ages.h - what a printed standardised rate tells of its age counts.
 * CONFIDENTIAL.
 *
 * A standardised rate is a weighted sum of age counts with public weights; its
 * printed digits and those of its interval confine the counts. No relaxation
 * of the interval is needed to prove that they stay hidden: a change of the
 * counts after which the same program prints the same digits is a witness, as
 * in sdc/witness.h, and only witnesses count. Linear windows (half a unit of
 * the last digit around the rate; the limits by their slopes) guide the
 * search; age_accepts recomputes and rounds everything.
 *
 * One change is looked at for several rows at once: what is added to a
 * territory is taken from another, so every row has a sign. */
#ifndef SDC_AGES_H
#define SDC_AGES_H

#include "base/arena.h"

enum {
    AGES_MAX = 64, /* stored age classes, and age counts that move together */
};

enum age_digits {
    AGES_NOTHING,  /* the rate is not published */
    AGES_COARSE,   /* the rate with a decimal less, without its limits */
    AGES_VALUE,    /* the rate without its limits */
    AGES_INTERVAL, /* the rate and its limits */
};

/* What a rate can print. */
enum age_print {
    PRINT_VALUE,
    PRINT_LOWER,
    PRINT_UPPER,
    PRINT_COARSE, /* the value with a decimal less, where it has one */
    PRINT_COUNT,
};

/* One standardised rate of one row. Arrays live as long as it does. A rate
 * standardised by age and sex has the age classes of each sex leaf, one after
 * the other. */
struct age_rate {
    size_t classes;        /* of all its sexes */
    size_t sexes;          /* whose classes are apart; 1: together */
    const int64_t *counts; /* [classes] of the row */
    const double *years;   /* [groups] person-years */
    const double *weights; /* [groups] of the standard */
    const int *group;      /* [classes] its group, or -1: without weight */
    size_t groups;
    double total; /* of the weights */
    int decimals;
    double printed[PRINT_COUNT]; /* rounded */
    double *weight;              /* [classes] what a case more adds */
    /* what each part gains with the rate, and with its variance */
    double by_value[PRINT_COUNT], by_variance[PRINT_COUNT];
    double *slope[PRINT_COUNT]; /* [classes] both, of a case more */
    double steepest[PRINT_COUNT];
    double value, variance;
    /* [classes] cases at which an age alone would make more than the rate, and
     * more than its variance: without a search, it cannot go that far */
    double *most[2];
    /* before another digit is printed */
    double room_low[PRINT_COUNT], room_high[PRINT_COUNT];
};

/* Decimals of the coarse value. */
int age_rate_coarse(const struct age_rate *rate);

/* Fills printed, slopes and rooms from the rest. False when the rate has no
 * value (a group with weight but without person-years). */
bool age_rate_print(struct arena *closed, struct age_rate *rate) MUST_USE;

/* A published rate as a change sees it: the row gets sign x the change of each
 * part that it contains. */
struct age_use {
    const struct age_rate *rate;
    int sign;
    enum age_digits digits;
    bool around;    /* of a row that contains the one that is judged */
    unsigned parts; /* bit per part of the change */
    size_t first;   /* sex leaf of the first part, where the rate has sexes */
    bool one_sex;   /* of the others as well */
};

/* The sum of the changes of some age counts must stay in low..high. */
struct age_sum {
    uint64_t ages; /* bit per age count */
    int64_t low, high;
};

/* A change moves the age counts of one sex, or of several sexes, years or sites
 * at once: its parts, one after the other, each with all classes of the rates.
 */
struct age_problem {
    size_t classes;      /* age counts that move: of all parts */
    const int64_t *down; /* [classes] most that each can fall and rise */
    const int64_t *up;
    const struct age_use *uses;
    size_t use_count;
    const struct age_sum *sums;
    size_t sum_count;
};

/* Narrows down and up to what the sums leave of them: the same changes are
 * accepted, and fewer are tried. */
void age_narrow(const struct age_sum *sums, size_t sum_count, size_t classes,
                int64_t *down, int64_t *up);

/* True when after the change every use prints the same digits, every sum is
 * within its limits and no age moves more than it can. A rate must also keep
 * the digits that it would print if it were coarsened later, which rounding
 * once does not give for free (12.46 prints 12.5, and 12): so what is accepted
 * stays so when digits are lost. A row around the judged one is not computed
 * again where it clearly stands still: where four times what its slopes say
 * stays within the room of each digit, and rate and variance move by less than
 * a hundredth. Shares nothing with the search but the
 * problem. */
bool age_accepts(const struct age_problem *problem, const int64_t *change);

/* What is asked of a problem is the count of a row at an age: the sum of one
 * age count of each part of the row, `aim`, a bit for each. */

/* Looks for an accepted change that moves the aim by `amount` (up or down) or
 * further, within a fixed number of steps. False proves nothing. */
bool age_find(const struct age_problem *problem, uint64_t aim, int64_t amount,
              int64_t *change) MUST_USE;

/* True when two accepted changes (or one and the truth) move the aim `width`
 * apart: its attainable interval is at least that wide. */
bool age_is_wide(const struct age_problem *problem, uint64_t aim,
                 int64_t width) MUST_USE;
/* True when a rate of few cases leaves the aim too little room whatever is
 * tried. age_is_wide asks it first. */
bool age_is_hopeless(const struct age_problem *problem, uint64_t aim,
                     int64_t width) MUST_USE;

#endif
