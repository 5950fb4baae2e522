/* SPDX-License-Identifier: EUPL-1.2 */
/* rules_fixture.h - single cells under a policy: which rules are about them,
 * what these say of them, and what everybody may know. */
#ifndef RULES_FIXTURE_H
#define RULES_FIXTURE_H

#include "sdc/rule.h"
#include "unit/model_fixture.h"

static struct measure measures[] = {
    {.code = "cases", .kind = MEASURE_COUNT, .source = "Registre"},
    {.code = "deaths", .kind = MEASURE_COUNT, .source = "CépiDc"},
    {.code = "linked", .kind = MEASURE_COUNT, .source = "SNDS ; CépiDc"},
    {.code = "done", .kind = MEASURE_COUNT, .source = "SNDS"},
    {.code = "screening",
     .kind = MEASURE_PROPORTION,
     .numerator = "done",
     .source = "SNDS"},
};

enum {
    RULES = 8,
    CELLS = 64,
};

/* A policy and single cells under it. */
struct trial {
    struct arena *arena;
    struct codes codes;
    struct policy policy;
    struct policy_rule rules[RULES];
    struct universe *universe;
    struct rule_book *book;
    struct sdc_cell_key keys[CELLS]; /* of the cells, in the order of adding */
    struct err err;
};

static inline struct trial *trial_new(void)
{
    struct arena *arena = arena_new();
    struct trial *trial = arena_alloc(arena, sizeof *trial);
    trial->arena = arena;
    trial->codes = fixture_codes(arena);
    trial->codes.measures = measures;
    trial->codes.measure_count = COUNT_OF(measures);
    trial->policy.threshold = 11;
    trial->policy.rules = trial->rules;
    trial->universe = universe_new(arena, &trial->codes, &trial->policy);
    return trial;
}

static inline void trial_free(struct trial *trial)
{
    arena_free(trial->arena);
}

static inline struct selection words(struct trial *trial, const char *text)
{
    struct selection selection = {0};
    char **pieces = NULL;
    selection.count = text_split(trial->arena, text, ' ', &pieces);
    selection.words =
        arena_array(trial->arena, selection.count, sizeof *selection.words);
    for (size_t w = 0; w < selection.count; w++)
        selection.words[w] = pieces[w];
    return selection;
}

/* A rule of one selection; `number` is its threshold or population. */
static inline struct rule_cells *add_rule(struct trial *trial,
                                          enum rule_kind kind, int64_t number)
{
    struct policy_rule *rule = &trial->rules[trial->policy.rule_count++];
    *rule = (struct policy_rule){
        .kind = kind,
        .label = {"", ""},
        .audience = AUDIENCE_ANY,
        .threshold = number,
        .population = number,
        .cells = arena_array(trial->arena, 1, sizeof *rule->cells),
        .cell_count = 1,
        .owner = {"", ""},
        .date = "",
    };
    return rule->cells;
}

/* Where a cell is; what is not said is the total, and 2019. */
struct where {
    const char *measure, *level, *territory, *site, *sex, *age, *period;
};

static inline int node_of(const struct trial *trial, enum dim dim,
                          const char *level, const char *code)
{
    int node = code_find(&trial->codes.dims[dim], level, code);
    if (node < 0)
        fail_msg("no %s %s", dim_name(dim), code);
    return node;
}

static inline size_t add_limited(struct trial *trial, struct where where,
                                 int64_t count, int64_t limit)
{
    struct sdc_cell_key key = {.measure =
                                   where.measure ? where.measure : "cases"};
    const char *level = where.level ? where.level : "pays";
    key.node[DIM_TERRITORY] = node_of(trial, DIM_TERRITORY, level,
                                      where.territory ? where.territory : "FR");
    key.node[DIM_SITE] =
        node_of(trial, DIM_SITE, NULL, where.site ? where.site : "ALL");
    key.node[DIM_SEX] =
        node_of(trial, DIM_SEX, NULL, where.sex ? where.sex : "T");
    key.node[DIM_AGE] =
        node_of(trial, DIM_AGE, NULL, where.age ? where.age : "T");
    key.node[DIM_PERIOD] =
        node_of(trial, DIM_PERIOD, NULL, where.period ? where.period : "2019");
    size_t cell = 0;
    if (!universe_add(trial->universe, &key, count, limit, false, &cell,
                      &trial->err))
        fail_msg("%s", trial->err.text);
    CHECK(cell < CELLS);
    trial->keys[cell] = key;
    return cell;
}

static inline size_t add(struct trial *trial, struct where where, int64_t count)
{
    return add_limited(trial, where, count, SDC_UNLIMITED);
}

static inline bool judge_cells(struct trial *trial)
{
    return rule_book_new(trial->arena, &trial->codes, &trial->policy,
                         &trial->book, &trial->err) &&
           universe_open_axes(trial->universe, &trial->err) &&
           rule_book_apply(trial->book, trial->universe, 0, &trial->err);
}

/* What a rule that is no list asks of the cell in its universe. */
static inline bool is_asked(const struct trial *trial, size_t cell)
{
    for (size_t r = 0; r < rule_book_count(trial->book); r++) {
        if (strstr(rule_book_name(trial->book, r), "must_") == NULL &&
            rule_book_asks(trial->book, trial->universe, r, cell))
            return true;
    }
    return false;
}

/* Outside a universe the book says the same of a cell as inside. */
static inline void check_alone(struct trial *trial, size_t cell)
{
    const struct universe *universe = trial->universe;
    int64_t least = 0;
    bool suppressed = false;
    if ((universe->wholes != NULL && universe->wholes[cell] > 0) ||
        (universe->flags[cell] & CELL_STRUCTURAL))
        return;
    CHECK(rule_book_judge(trial->book, &trial->keys[cell],
                          universe->counts[cell], universe->limits[cell],
                          &least, &suppressed, &trial->err));
    CHECK_INT(least, universe->thresholds[cell]);
    CHECK_INT(suppressed, is_asked(trial, cell));
}

static inline void judge(struct trial *trial)
{
    if (!judge_cells(trial))
        fail_msg("%s", trial->err.text);
    for (size_t c = 0; c < universe_cells(trial->universe); c++) {
        if (trial->keys[c].measure != NULL)
            check_alone(trial, c);
    }
}

static inline bool is_primary(const struct trial *trial, size_t cell)
{
    return universe_is_open(trial->universe, cell);
}

/* Suppressed, and wide whatever its count. */
static inline bool is_forced(const struct trial *trial, size_t cell)
{
    return universe_is_open(trial->universe, cell) &&
           (trial->universe->flags[cell] & CELL_FORCED) != 0;
}

static inline int64_t threshold(const struct trial *trial, size_t cell)
{
    return trial->universe->thresholds[cell];
}

#endif
