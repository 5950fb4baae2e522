/* SPDX-License-Identifier: EUPL-1.2 */
/* The steps of a ladder: checked without a store, taken with one. */
#include <string.h>

#include "base/num.h"
#include "model/locale.h"
#include "model/plan_impl.h"
#include "model/project.h"

enum {
    STEPS_LIMIT = 12,
    POOL_LEAST = 2,
    POOL_MOST = 50,
};

static const char pool_word[] = "pool:";
static const char broad_word[] = "broad";
/* Ages at which a broad class begins, besides 0: children, adults, older. */
static const int broad_starts[] = {15, 65};

/* What a step says of a dimension. */
enum rung {
    RUNG_NONE,
    RUNG_WORDS, /* a selection */
    RUNG_POOL,  /* years by so many */
    RUNG_BROAD, /* broad classes of age */
};

static enum rung rung_of(enum dim dim, const struct selection *selection,
                         int *years)
{
    const char *word = selection->count == 0 ? "" : selection->words[0];
    int64_t number = 0;
    *years = 0;
    if (selection->count == 0)
        return RUNG_NONE;
    if (dim == DIM_AGE && text_same(word, broad_word))
        return RUNG_BROAD;
    if (dim != DIM_PERIOD || !text_starts(word, pool_word))
        return RUNG_WORDS;
    if (num_parse_int64(word + strlen(pool_word), &number) &&
        number >= POOL_LEAST && number <= POOL_MOST)
        *years = (int)number;
    return RUNG_POOL;
}

/* --- checks --------------------------------------------------------------- */

static bool check_rung(struct arena *scratch, enum dim dim,
                       const struct selection *selection, int *pool,
                       struct err *err)
{
    int years;
    enum rung rung = rung_of(dim, selection, &years);
    if (rung == RUNG_WORDS && dim == DIM_PERIOD)
        *pool = 0;
    if (rung == RUNG_NONE || rung == RUNG_WORDS)
        return plan_words_check(scratch, dim, selection, err);
    const char *word = selection->words[0];
    if (selection->count > 1)
        return err_fail(err, ERR_SCRIPT, "plan.ladder",
                        "%s '%s': expected alone in its step", rule_field(dim),
                        word);
    if (rung == RUNG_BROAD)
        return true;
    if (years == 0)
        return err_fail(err, ERR_SCRIPT, "plan.ladder",
                        "periods '%s': expected 'pool:N', N from %d to %d",
                        word, POOL_LEAST, POOL_MOST);
    if (years <= *pool)
        return err_fail(err, ERR_SCRIPT, "plan.ladder",
                        "periods '%s': expected more years than at the step "
                        "before",
                        word);
    *pool = years;
    return true;
}

static bool check_step(struct arena *scratch, const struct plan_step *step,
                       int *pool, struct err *err)
{
    size_t words = 0;
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        words += step->select[d].count;
        if (!check_rung(scratch, (enum dim)d, &step->select[d], pool, err))
            return false;
    }
    return words > 0 ||
           err_fail(err, ERR_SCRIPT, "plan.ladder",
                    "expected a dimension, such as periods = 'pool:3'");
}

bool plan_ladder_check(struct arena *scratch, const struct plan_ladder *ladder,
                       struct err *err)
{
    int pool = 0;
    if (ladder->step_count == 0)
        return true;
    if (!(ladder->share >= 0.0 && ladder->share < 1.0))
        return err_fail(err, ERR_SCRIPT, "plan.ladder",
                        "ladder: share: expected a number from 0 to less than "
                        "1");
    if (ladder->step_count > STEPS_LIMIT)
        return err_fail(err, ERR_SCRIPT, "plan.ladder",
                        "ladder: steps: more than %d", STEPS_LIMIT);
    for (size_t s = 0; s < ladder->step_count; s++) {
        if (!check_step(scratch, &ladder->steps[s], &pool, err))
            return err_wrap(err, "ladder: step %zu", s + 1);
    }
    return true;
}

/* --- a table at a step ---------------------------------------------------- */

/* Words of a selection that is being made. */
struct words {
    struct arena *arena;
    const char **list;
    size_t count, capacity;
};

static void add_word(struct words *words, const char *word)
{
    words->list = arena_grow(words->arena, words->list, words->count,
                             &words->capacity, sizeof *words->list);
    words->list[words->count++] = word;
}

static void add_years(struct words *words, int low, int high)
{
    add_word(words, low == high
                        ? arena_format(words->arena, "%d", low)
                        : arena_format(words->arena, "%d-%d", low, high));
}

static void add_ages(struct words *words, int low, int high)
{
    add_word(words, high < 0
                        ? arena_format(words->arena, "band:%d+", low)
                        : arena_format(words->arena, "band:%d-%d", low, high));
}

static bool is_year(const struct node *node)
{
    return node->low == node->high;
}

/* Groups single years, the last one closing a group; where they do not divide
 * evenly, or one is missing, the group before is shorter. */
static bool pool_years(const struct dimension *periods, const int *nodes,
                       size_t count, int pool, struct words *words,
                       struct err *err)
{
    size_t years = 0;
    for (size_t i = 0; i < count; i++)
        years += is_year(&periods->nodes[nodes[i]]);
    if (years < 2)
        return err_fail(err, ERR_SCRIPT, "plan.ladder",
                        "periods '%s%d': the table has no years to pool",
                        pool_word, pool);
    /* Years come first and ascend; see plan_select. */
    for (size_t last = years; last > 0;) {
        size_t first = last - 1;
        int high = periods->nodes[nodes[first]].low;
        while (first > 0 && last - first < (size_t)pool &&
               periods->nodes[nodes[first - 1]].low ==
                   periods->nodes[nodes[first]].low - 1)
            first--;
        add_years(words, periods->nodes[nodes[first]].low, high);
        last = first;
    }
    for (size_t i = years; i < count; i++)
        add_years(words, periods->nodes[nodes[i]].low,
                  periods->nodes[nodes[i]].high);
    return true;
}

static int broad_class(const struct node *age)
{
    int class = 0;
    while (class < (int)COUNT_OF(broad_starts) &&
           age->low >= broad_starts[class])
        class ++;
    return class;
}

static bool is_class(const struct node *age)
{
    return age->leaf_count == 1 && !text_same(age->code, CODE_TOTAL);
}

/* Joins classes of the store as far as they lie within one broad class. */
static bool join_ages(const struct dimension *ages, const int *nodes,
                      size_t count, struct words *words, struct err *err)
{
    size_t classes = 0;
    for (size_t i = 0; i < count; i++) {
        const struct node *age = &ages->nodes[nodes[i]];
        int low = age->low, high = age->high;
        if (text_same(age->code, CODE_TOTAL)) {
            add_word(words, CODE_TOTAL);
            continue;
        }
        while (is_class(age) && i + 1 < count) {
            const struct node *next = &ages->nodes[nodes[i + 1]];
            if (!is_class(next) || next->low != high + 1 ||
                broad_class(next) != broad_class(age))
                break;
            high = next->high;
            i++;
        }
        classes += is_class(age);
        add_ages(words, low, high);
    }
    return classes > 0 ||
           err_fail(err, ERR_SCRIPT, "plan.ladder",
                    "ages '%s': the table has no classes of age to join",
                    broad_word);
}

/* What the steps up to one come to in a dimension: the last selection, then
 * the last coarsening of it. */
struct climbed {
    const struct selection *base;
    enum rung rung;
    int years;
    size_t step; /* that said the last */
};

static struct climbed climb(const struct plan_table *table, enum dim dim,
                            size_t step)
{
    struct climbed climbed = {.base = &table->select[dim]};
    for (size_t s = 0; s < step; s++) {
        const struct selection *said = &table->ladder.steps[s].select[dim];
        int years;
        enum rung rung = rung_of(dim, said, &years);
        if (rung == RUNG_NONE)
            continue;
        if (rung == RUNG_WORDS)
            climbed.base = said;
        climbed.rung = rung;
        climbed.years = years;
        climbed.step = s + 1;
    }
    return climbed;
}

static bool climb_dimension(struct arena *arena, struct codes *codes,
                            enum dim dim, const struct climbed *climbed,
                            struct selection *out, struct err *err)
{
    struct words words = {.arena = arena};
    int *nodes;
    size_t count;
    *out = *climbed->base;
    if (climbed->rung == RUNG_NONE || climbed->rung == RUNG_WORDS)
        return true;
    if (!plan_select(arena, codes, dim, climbed->base, &nodes, &count, err))
        return false;
    bool ok = climbed->rung == RUNG_POOL
                  ? pool_years(&codes->dims[dim], nodes, count, climbed->years,
                               &words, err)
                  : join_ages(&codes->dims[dim], nodes, count, &words, err);
    if (!ok)
        return err_wrap(err, "ladder: step %zu", climbed->step);
    *out = (struct selection){words.list, words.count};
    return true;
}

bool plan_ladder_table(struct arena *arena, struct codes *codes,
                       const struct plan_table *table, size_t step,
                       struct plan_table *out, struct err *err)
{
    struct plan_table made = *table;
    assert(step <= table->ladder.step_count);
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        struct climbed climbed = climb(table, (enum dim)d, step);
        if (!climb_dimension(arena, codes, (enum dim)d, &climbed,
                             &made.select[d], err))
            return false;
    }
    *out = made;
    return true;
}

/* --- what readers are told ------------------------------------------------ */

/* Years before ages before the rest: the order of the sentence. */
static const enum dim told[] = {DIM_PERIOD, DIM_AGE, DIM_TERRITORY,
                                DIM_SITE,   DIM_SEX, DIM_STRATUM};

static const char *clause(struct arena *arena, enum lang lang, enum dim dim,
                          const struct climbed *climbed, const char *place)
{
    const char *name = climbed->rung == RUNG_POOL    ? "pool"
                       : climbed->rung == RUNG_BROAD ? "broad"
                                                     : dim_name(dim);
    const char *key = arena_format(arena, "ladder.%s.%s", place, name);
    return locale_fill(arena, lang, key, "years",
                       arena_format(arena, "%d", climbed->years), NULL);
}

char *plan_ladder_note(struct arena *arena, const struct plan_table *table,
                       size_t step, enum lang lang)
{
    struct text clauses = text_new(arena);
    for (size_t i = 0; i < COUNT_OF(told); i++) {
        struct climbed climbed = climb(table, told[i], step);
        if (climbed.rung == RUNG_NONE)
            continue;
        const char *place = clauses.size == 0 ? "first" : "then";
        if (clauses.size > 0)
            text_add(&clauses, ", ");
        text_add(&clauses, clause(arena, lang, told[i], &climbed, place));
    }
    return clauses.size == 0 ? arena_text(arena, "")
                             : locale_fill(arena, lang, "ladder.note",
                                           "groupings", clauses.at, NULL);
}
