/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/standard.h"

#include <limits.h>
#include <stdlib.h>

#include "base/num.h"

/* Ages low..high of a band of the standard or of a class of the store. */
struct stretch {
    int low, high; /* high INT_MAX when open ended */
    double weight;
    uint16_t leaf;
};

struct stretches {
    struct stretch *at;
    size_t count;
};

static int by_low(const void *a, const void *b)
{
    const struct stretch *x = a, *y = b;
    return (x->low > y->low) - (x->low < y->low);
}

static int top(int high)
{
    return high < 0 ? INT_MAX : high;
}

static struct stretches classes_of(struct arena *closed,
                                   const struct dimension *ages,
                                   const struct node *node)
{
    struct stretches classes = {
        .at = arena_array(closed, node->leaf_count, sizeof *classes.at)};
    for (size_t i = 0; i < node->leaf_count; i++) {
        uint16_t leaf = node->leaves[i];
        const struct node *class = &ages->nodes[ages->leaf_node[leaf]];
        classes.at[classes.count++] =
            (struct stretch){class->low, top(class->high), 0.0, leaf};
    }
    if (classes.count > 1)
        qsort(classes.at, classes.count, sizeof *classes.at, by_low);
    return classes;
}

/* The bands, or those that meet low..high when `cut`. */
static struct stretches bands_of(struct arena *closed,
                                 const struct standard *standard, bool cut,
                                 int low, int high)
{
    struct stretches bands = {
        .at = arena_array(closed, standard->count, sizeof *bands.at)};
    for (size_t i = 0; i < standard->count; i++) {
        const struct standard_band *band = &standard->bands[i];
        bool outside = band->low > high || top(band->high) < low;
        if (cut && outside)
            continue;
        bands.at[bands.count++] =
            (struct stretch){band->low, top(band->high), band->weight, 0};
    }
    if (bands.count > 1)
        qsort(bands.at, bands.count, sizeof *bands.at, by_low);
    return bands;
}

/* A matching under way: the next band and the next class to be placed. */
struct matching {
    struct arena *arena;
    const char *standard;
    struct stretches bands, classes;
    size_t band, class;
    struct standard_match *match;
};

static char *stretch_name(struct arena *arena, const struct stretch *stretch)
{
    if (stretch->high == INT_MAX)
        return arena_format(arena, "%d+", stretch->low);
    return arena_format(arena, "%d-%d", stretch->low, stretch->high);
}

static bool fail_overlap(const struct matching *matching,
                         const struct stretch *band,
                         const struct stretch *class, struct err *err)
{
    return err_fail(err, ERR_SCRIPT, "standard.limits",
                    "standard '%s': its band %s and the store's age class %s "
                    "overlap, and neither is part of the other",
                    matching->standard, stretch_name(matching->arena, band),
                    stretch_name(matching->arena, class));
}

static bool fail_missing(const struct matching *matching,
                         const struct stretch *band, struct err *err)
{
    return err_fail(err, ERR_SCRIPT, "standard.limits",
                    "standard '%s': no age classes of the store make up its "
                    "band %s",
                    matching->standard, stretch_name(matching->arena, band));
}

/* One band that is the sum of one or more classes. */
static bool take_band(struct matching *matching, struct err *err)
{
    const struct stretch *band = &matching->bands.at[matching->band++];
    struct standard_match *match = matching->match;
    int end = band->low - 1;
    while (end < band->high) {
        if (matching->class == matching->classes.count)
            return fail_missing(matching, band, err);
        const struct stretch *class = &matching->classes.at[matching->class ++];
        if (class->low != end + 1)
            return fail_missing(matching, band, err);
        if (class->high > band->high)
            return fail_overlap(matching, band, class, err);
        match->group[class->leaf] = (int)match->groups;
        end = class->high;
    }
    match->weights[match->groups++] = band->weight;
    return true;
}

/* One class that is the sum of several bands. */
static bool take_class(struct matching *matching, struct err *err)
{
    const struct stretch *class = &matching->classes.at[matching->class ++];
    struct standard_match *match = matching->match;
    struct num_sum weight = {0};
    int end = class->low - 1;
    while (end < class->high) {
        const struct stretch *band = &matching->bands.at[matching->band];
        if (matching->band == matching->bands.count || band->low != end + 1)
            return fail_overlap(matching, band - 1, class, err);
        if (band->high > class->high)
            return fail_overlap(matching, band, class, err);
        num_sum_add(&weight, band->weight);
        end = band->high;
        matching->band++;
    }
    match->group[class->leaf] = (int)match->groups;
    match->weights[match->groups++] = num_sum_value(&weight);
    return true;
}

/* Places the next band, with whatever has its limits. */
static bool take_next(struct matching *matching, struct err *err)
{
    const struct stretch *band = &matching->bands.at[matching->band];
    while (matching->class < matching->classes.count &&
           matching->classes.at[matching->class].high < band->low)
        matching->class ++;
    const struct stretch *class = &matching->classes.at[matching->class];
    bool missing =
        matching->class == matching->classes.count || class->low > band->high;
    if (missing && band->weight > 0.0)
        return fail_missing(matching, band, err);
    if (missing) {
        matching->band++;
        return true;
    }
    if (class->low != band->low)
        return fail_overlap(matching, band, class, err);
    return class->high > band->high ? take_class(matching, err)
                                    : take_band(matching, err);
}

bool standard_match(struct arena *closed, const struct standard *standard,
                    const struct dimension *ages, const struct node *node,
                    struct standard_match *out, struct err *err)
{
    struct standard_match match = {
        .group = arena_array(closed, ages->leaf_count, sizeof *match.group),
        .weights = arena_array(closed, standard->count, sizeof *match.weights),
    };
    for (size_t leaf = 0; leaf < ages->leaf_count; leaf++)
        match.group[leaf] = -1;
    struct matching matching = {
        .arena = closed,
        .standard = standard->code,
        .classes = classes_of(closed, ages, node),
        .match = &match,
    };
    if (matching.classes.count == 0)
        return err_fail(err, ERR_SCRIPT, "standard.limits",
                        "standard '%s': the store has no age classes",
                        standard->code);
    const struct stretches *classes = &matching.classes;
    matching.bands =
        bands_of(closed, standard, node->leaf_count < ages->leaf_count,
                 classes->at[0].low, classes->at[classes->count - 1].high);
    while (matching.band < matching.bands.count) {
        if (!take_next(&matching, err))
            return false;
    }
    struct num_sum total = {0};
    for (size_t g = 0; g < match.groups; g++)
        num_sum_add(&total, match.weights[g]);
    match.total = num_sum_value(&total);
    *out = match;
    return true;
}
