/* SPDX-License-Identifier: EUPL-1.2 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "model/plan_impl.h"

/* The nodes gathered so far; `taken` grows with the dimension. */
struct choice {
    struct arena *arena;
    struct dimension *dimension;
    const char *word; /* for errors */
    int *nodes;
    size_t count, capacity;
};

static void take(struct choice *choice, size_t node)
{
    choice->nodes = arena_grow(choice->arena, choice->nodes, choice->count,
                               &choice->capacity, sizeof *choice->nodes);
    choice->nodes[choice->count++] = (int)node;
}

/* --- nearest known code --------------------------------------------------- */

/* What an error proposes: the candidate nearest to `wanted`, the first one
 * between equals; "" when there is none. */
struct nearest {
    const char *wanted;
    const char *best;
    size_t distance;
};

static void nearest_try(struct nearest *nearest, const char *candidate)
{
    size_t apart = text_distance(nearest->wanted, candidate);
    if (nearest->best[0] && apart >= nearest->distance)
        return;
    nearest->best = candidate;
    nearest->distance = apart;
}

static const char *nearest_code(const struct choice *choice, const char *level,
                                const char *code)
{
    struct nearest nearest = {.wanted = code, .best = ""};
    for (size_t n = 0; n < choice->dimension->count; n++) {
        const struct node *node = &choice->dimension->nodes[n];
        if (level[0] == '\0' || text_same(level, node->level))
            nearest_try(&nearest, node->code);
    }
    return nearest.best;
}

static const char *nearest_level(const struct choice *choice, const char *level,
                                 bool zone)
{
    struct nearest nearest = {.wanted = level, .best = ""};
    for (size_t n = 0; n < choice->dimension->count; n++) {
        const struct node *node = &choice->dimension->nodes[n];
        if (!zone || node->zone)
            nearest_try(&nearest, node->level);
    }
    return nearest.best;
}

static bool fail_nearest(const struct choice *choice, const char *what,
                         const char *wanted, const char *best, struct err *err)
{
    const char *dim = dim_name(choice->dimension->dim);
    if (best[0] == '\0')
        return err_fail(err, ERR_SCRIPT, "plan.code",
                        "%s '%s': the store has no %s", dim, choice->word,
                        what);
    return err_fail(err, ERR_SCRIPT, "plan.code",
                    "%s '%s': the store has no %s '%s'; the nearest is '%s'",
                    dim, choice->word, what, wanted, best);
}

/* --- words that name nodes ------------------------------------------------ */

static bool choose_root(struct choice *choice, struct err *err)
{
    const struct dimension *dimension = choice->dimension;
    size_t before = choice->count;
    bool territory = dimension->dim == DIM_TERRITORY;
    for (size_t n = 0; n < dimension->count; n++) {
        const struct node *node = &dimension->nodes[n];
        if (territory ? node->parent < 0 && !node->zone
                      : text_same(node->code, CODE_TOTAL))
            take(choice, n);
    }
    return choice->count > before ||
           fail_nearest(choice, "total", CODE_TOTAL, "", err);
}

static bool choose_level(struct choice *choice, const struct word *word,
                         struct err *err)
{
    size_t before = choice->count;
    bool zone = word->kind == WORD_ZONE;
    for (size_t n = 0; n < choice->dimension->count; n++) {
        const struct node *node = &choice->dimension->nodes[n];
        if (text_same(node->level, word->level) && (!zone || node->zone))
            take(choice, n);
    }
    return choice->count > before ||
           fail_nearest(choice, zone ? "zone level" : "level", word->level,
                        nearest_level(choice, word->level, zone), err);
}

static bool choose_code(struct choice *choice, const struct word *word,
                        struct err *err)
{
    const char *level = word->level[0] ? word->level : NULL;
    int found = code_find(choice->dimension, level, word->code);
    if (found >= 0) {
        take(choice, (size_t)found);
        return true;
    }
    const char *best = nearest_code(choice, word->level, word->code);
    if (level && best[0] == '\0')
        return fail_nearest(choice, "level", level,
                            nearest_level(choice, level, false), err);
    return fail_nearest(choice, "code", word->code, best, err);
}

static void choose_nodes(struct choice *choice)
{
    for (size_t n = 0; n < choice->dimension->count; n++) {
        if (!choice->dimension->nodes[n].zone)
            take(choice, n);
    }
}

static bool choose_leaves(struct choice *choice, struct err *err)
{
    const struct dimension *dimension = choice->dimension;
    for (size_t leaf = 0; leaf < dimension->leaf_count; leaf++)
        take(choice, (size_t)dimension->leaf_node[leaf]);
    return dimension->leaf_count > 0 ||
           fail_nearest(choice, "code", "", "", err);
}

/* --- ages and periods ----------------------------------------------------- */

/* The node of ages or years low..high: a stored one before a made one, since
 * a stored period is a leaf of its own beside its years. */
static bool choose_band(struct choice *choice, int low, int high,
                        struct err *err)
{
    for (size_t leaf = 0; leaf < choice->dimension->leaf_count; leaf++) {
        int n = choice->dimension->leaf_node[leaf];
        const struct node *node = &choice->dimension->nodes[n];
        if (node->low == low && node->high == high) {
            take(choice, (size_t)n);
            return true;
        }
    }
    int band = code_band(choice->arena, choice->dimension, low, high, err);
    if (band < 0)
        return false;
    take(choice, (size_t)band);
    return true;
}

static bool choose_years(struct choice *choice, int low, int high,
                         struct err *err)
{
    for (int year = low; year <= high; year++) {
        if (!choose_band(choice, year, year, err))
            return false;
    }
    return true;
}

/* The last year that the store has on its own, else the end of its last
 * stored period; -1 when it has none. */
static int last_year(const struct dimension *dimension, bool single)
{
    int year = -1, end = -1;
    for (size_t leaf = 0; leaf < dimension->leaf_count; leaf++) {
        const struct node *node = &dimension->nodes[dimension->leaf_node[leaf]];
        if (node->high > end)
            end = node->high;
        if (node->low == node->high && node->high > year)
            year = node->high;
    }
    return year < 0 && !single ? end : year;
}

static bool choose_last(struct choice *choice, const struct word *word,
                        struct err *err)
{
    bool each = word->kind == WORD_EACH_LAST;
    int last = last_year(choice->dimension, each);
    if (last < 0)
        return fail_nearest(choice, "year", "", "", err);
    int first = last - word->low + 1;
    bool ok = each ? choose_years(choice, first, last, err)
                   : choose_band(choice, first, last, err);
    return ok || err_wrap(err, "period '%s'", choice->word);
}

static bool choose(struct choice *choice, const struct word *word,
                   struct err *err)
{
    switch (word->kind) {
    case WORD_ROOT:
        return choose_root(choice, err);
    case WORD_ALL:
        if (choice->dimension->dim == DIM_PERIOD)
            return choose_leaves(choice, err);
        choose_nodes(choice);
        return true;
    case WORD_EVERY:
        choose_nodes(choice);
        return true;
    case WORD_LEVEL:
    case WORD_ZONE:
        return choose_level(choice, word, err);
    case WORD_CODE:
        return choose_code(choice, word, err);
    case WORD_EACH:
        return choose_leaves(choice, err);
    case WORD_BAND:
        return choose_band(choice, word->low, word->high, err);
    case WORD_EACH_RANGE:
        return choose_years(choice, word->low, word->high, err) ||
               err_wrap(err, "period '%s'", choice->word);
    case WORD_LAST:
    case WORD_EACH_LAST:
        return choose_last(choice, word, err);
    }
    assert(!"a word");
    return false;
}

/* --- display order -------------------------------------------------------- */

/* Sort key of a chosen node: bands are added last to the store's list but
 * read among the classes; years come before pooled periods. */
struct ordered {
    int rank, low, high, node;
};

static struct ordered order_of(const struct dimension *dimension, int n)
{
    const struct node *node = &dimension->nodes[n];
    struct ordered ordered = {.node = n};
    bool total = text_same(node->level, "total");
    if ((dimension->dim != DIM_AGE && dimension->dim != DIM_PERIOD) || total)
        return ordered;
    bool pooled = dimension->dim == DIM_PERIOD && node->low != node->high;
    ordered.rank = pooled ? 2 : 1;
    ordered.low = node->low;
    ordered.high = node->high < 0 ? INT_MAX : node->high;
    return ordered;
}

static int compare(int a, int b)
{
    return (a > b) - (a < b);
}

static int by_display(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    if (x->rank != y->rank)
        return compare(x->rank, y->rank);
    if (x->low != y->low)
        return compare(x->low, y->low);
    if (x->high != y->high)
        return compare(x->high, y->high);
    return compare(x->node, y->node);
}

/* Puts the choice in display order and drops repeats. */
static void arrange(struct choice *choice)
{
    struct ordered *ordered =
        arena_array(choice->arena, choice->count, sizeof *ordered);
    for (size_t n = 0; n < choice->count; n++)
        ordered[n] = order_of(choice->dimension, choice->nodes[n]);
    qsort(ordered, choice->count, sizeof *ordered, by_display);

    size_t kept = 0;
    for (size_t n = 0; n < choice->count; n++) {
        if (kept == 0 || choice->nodes[kept - 1] != ordered[n].node)
            choice->nodes[kept++] = ordered[n].node;
    }
    choice->count = kept;
}

/* The word that stands for an empty selection. */
static const char *default_word(enum dim dim)
{
    if (dim == DIM_TERRITORY)
        return "root";
    return dim == DIM_SITE ? "all" : CODE_TOTAL;
}

bool plan_select(struct arena *arena, struct codes *codes, enum dim dim,
                 const struct selection *selection, int **nodes, size_t *count,
                 struct err *err)
{
    struct choice choice = {
        .arena = arena,
        .dimension = &codes->dims[dim],
    };
    const char *missing = default_word(dim);
    const char *const *words =
        selection->count ? (const char *const *)selection->words : &missing;
    size_t word_count = selection->count ? selection->count : 1;

    for (size_t w = 0; w < word_count; w++) {
        struct word word;
        choice.word = words[w];
        if (!plan_word_parse(arena, dim, words[w], &word, err) ||
            !choose(&choice, &word, err))
            return false;
    }
    arrange(&choice);
    *nodes = choice.nodes;
    *count = choice.count;
    return true;
}
