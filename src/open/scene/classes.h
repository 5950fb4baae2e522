/* SPDX-License-Identifier: EUPL-1.2 */
/* scene/classes.h - ordered classes of values, for maps and charts.
 *
 * Classes are left-closed: a value at a break lies in the upper class. Breaks
 * are rounded only as far as no value changes its class by it. */
#ifndef SCENE_CLASSES_H
#define SCENE_CLASSES_H

#include "base/arena.h"
#include "base/text.h"

enum class_method {
    CLASSES_QUANTILE, /* as many values in each class as ties allow; the breaks
                         are the roundest numbers between neighbours */
    CLASSES_EQUAL,    /* of equal width, breaks rounded up at `decimals`, or
                         at as many more as move no value */
    CLASSES_PRETTY,   /* round breaks, at most `classes` classes */
    CLASSES_JENKS,    /* natural breaks: the least sum of squares within
                         classes, exact (Fisher 1958, J Am Stat Assoc 53:789) */
    CLASSES_AROUND,   /* as many classes on either side of the reference, of
                         equal steps, or of equal factors: rounded first, so
                         that they are what the legend prints */
    CLASSES_PROBABILITY, /* breaks 0.05, 0.2, 0.8, 0.95, or so many percent */
    CLASSES_FIXED,       /* given: not for classes_make */
};

struct class_rule {
    enum class_method method;
    size_t classes;   /* at least 1; CLASSES_AROUND: an even number */
    int decimals;     /* of the values */
    double reference; /* CLASSES_AROUND */
    bool factors;     /* CLASSES_AROUND of ratios, above 0 as the reference is:
                         steps are factors */
    bool percent;     /* CLASSES_PROBABILITY: values of 0 to 100 */
};

/* The inner breaks, rising, in an array that has room for classes - 1; values
 * in any order, finite. Fewer classes where values repeat. Returns the number
 * of classes, at least 1. */
size_t classes_make(struct arena *open, const double *values, size_t count,
                    const struct class_rule *rule, double **breaks);
/* Class of a value: number of breaks <= value. */
size_t class_of(const double *breaks, size_t classes, double value);
/* Breaks as a reader sees them: rounded to as few decimals, at least
 * `decimals`, as leave every value, rounded alike, in the class of its number.
 * Writes classes - 1 of them and returns the decimals, at most
 * CLASSES_DECIMALS_MOST. */
enum { CLASSES_DECIMALS_MOST = 12 };
int classes_round(const double *values, size_t count, const double *breaks,
                  size_t classes, int decimals, double *shown);
/* By the names of class_method_names, or "fixed". */
bool class_method_parse(const char *name, enum class_method *out) MUST_USE;
/* "quantile, equal, ... or probability", for messages: what makes classes of
 * values. */
const char *class_method_names(void);

#endif
