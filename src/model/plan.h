/* SPDX-License-Identifier: EUPL-1.2 */
/* model/plan.h - what is to be published, before any number is known.
 *
 * A plan is what all plan() functions of a release asked for: tables (measure
 * x dimensions x values) and reports (documents made from them). Selections
 * are words resolved against the store's codes only on the closed side:
 *
 *   territory  "level:departement", "code:region/84", "zone:quintile", "root",
 *              "all" (every non-zone node)
 *   site       "all", "group", "site", "every" (the three), "code:POU"
 *   sex        "T", "M", "F"
 *   age        "T", "each" (every stored class), "band:0-14", "band:75+"
 *   period     "2019", "2019-2023" (pooled), "each:2004-2023", "last:5"
 *              (the last five years pooled), "each:last:20", "all" (each year
 *              or stored period)
 *   stratum    "T", "each", "code:5"
 *
 * An empty selection is the total ("root", "all", "T"); a period must be
 * selected. "level:" also finds levels of zones.
 *
 * Columns of a table are fixed by its values, in this order and with these
 * names: see plan_columns. */
#ifndef MODEL_PLAN_H
#define MODEL_PLAN_H

#include "model/code.h"
#include "model/joinpoint.h"

enum {
    PLAN_BASE_LEAST = 2,
    PLAN_BASE_MOST = 1000,
    PLAN_VARIANCE_MOST = 400,
};

enum value_kind {
    VALUE_COUNT,             /* column "count" */
    VALUE_PERSON_YEARS,      /* "person_years" */
    VALUE_CRUDE_RATE,        /* "crude_rate" [+ "_lower" "_upper"] per 100,000;
                                the age-specific rate where age is a class */
    VALUE_STANDARDISED_RATE, /* "asr_<standard>" [+ "_lower" "_upper"] */
    VALUE_SHARE,             /* "share": % of the same cell with dimension
                                `of` at its total */
    VALUE_PROPORTION,        /* "proportion" [+ bounds], %, of a proportion
                                measure (Wilson interval) */
    VALUE_ESTIMATE,          /* "estimate" [+ bounds], stored */
    VALUE_GRADE,             /* "grade" of the stored estimate, a class */
    /* Stored survival by age class with the weights of the standard (ICSS), and
     * of those who have survived `given`: */
    VALUE_STANDARDISED_SURVIVAL, /* "survival_<standard>" [+ bounds] */
    VALUE_CONDITIONAL_SURVIVAL,  /* "survival_given_<given>" [+ bounds] */
};

enum {
    VALUE_KINDS = VALUE_CONDITIONAL_SURVIVAL + 1,
};

/* As reports name them: "count", "standardised_rate", ... */
extern const char *const value_kinds[VALUE_KINDS];

struct plan_value {
    enum value_kind kind;
    const char *standard; /* of standardised values, else "" */
    const char *given;    /* VALUE_CONDITIONAL_SURVIVAL: a stratum, the time
                             since diagnosis; else "" or NULL */
    enum dim of;          /* VALUE_SHARE */
    bool interval;        /* also lower and upper 95 % limits */
    bool by_sex;          /* VALUE_STANDARDISED_RATE: by age and sex, the sexes
                             weighing the same, where both are together */
    int decimals;         /* published decimals, 0-4 */
};

struct selection {
    const char **words;
    size_t count;
};

/* One step of a ladder: words by dimension; a dimension without words is as at
 * the step before. Alone in a step, besides the words above:
 *
 *   age     "broad"   the table's classes joined as far as they are those of
 *                     children (under 15), adults, or people of 65 and over
 *   period  "pool:3"  the table's single years pooled by three, the last one
 *                     closing a group; a first group may be shorter */
struct plan_step {
    struct selection select[DIM_COUNT];
};

/* How a table coarsens until at most `share` of its rows are confidential. */
struct plan_ladder {
    double share;
    struct plan_step *steps;
    size_t step_count; /* 0: no ladder */
};

struct plan_table {
    const char *report; /* id of the report that declared it */
    const char *id;     /* unique in the release: "report.name" */
    const char *title[LANG_COUNT];
    const char *measure;
    const char *person_years; /* measure of denominators, "" when none */
    struct selection select[DIM_COUNT];
    struct plan_value *values;
    size_t value_count;
    const char *note[LANG_COUNT];
    bool open_data; /* exported as a data set */
    bool optional;  /* left out where the store has not what it asks for */
    int base;       /* counts are rounded to multiples of it; 0: they are not */
    int variance;   /* of the noise that perturbs counts (cell keys); 0: none.
                       Neither: suppressed */
    struct plan_ladder ladder;
};

/* A statistic of a published table, along one of its axes. The seal computes
 * it from what it publishes, digits included: it tells nothing more, and
 * anybody can compute it again. */
enum statistic_kind {
    STATISTIC_RATE_RATIO,      /* of each point to the reference */
    STATISTIC_RATE_DIFFERENCE, /* from the reference */
    STATISTIC_ANNUAL_CHANGE,   /* % a year, log-linear, along the period */
    STATISTIC_AVERAGE_CHANGE,  /* the mean of the lines between joinpoints */
    STATISTIC_RANK,            /* of each point, 1 the highest */
    STATISTIC_SLOPE_INDEX,     /* SII, along ordered groups */
    STATISTIC_RELATIVE_INDEX,  /* RII */
    STATISTIC_CONCENTRATION_INDEX, /* along ordered groups, -1 to 1 */
    /* Observed cases against those that the rates by age of the reference, a
     * territory, would give (SIR, SMR); along the ages: their total, and
     * classes that add up to it. */
    STATISTIC_STANDARDISED_RATIO,
    /* The same, held together over the territories of a level by empirical
     * Bayes (negative binomial). */
    STATISTIC_SMOOTHED_RATIO,
    /* Also with their neighbours, by a BYM2 model. */
    STATISTIC_SPATIAL_RATIO,
    /* Of falling ill before an age if nothing else is fatal, %: of a rate whose
     * standard has the same weight for every year of age up to that one. */
    STATISTIC_CUMULATIVE_RISK,
    /* The lines between joinpoints, each with its years and change. */
    STATISTIC_JOINPOINT,
    /* The standardised ratio in a funnel of 95 and 99.8 % around 1. */
    STATISTIC_FUNNEL,
    /* Between proportions, in points (Newcombe). */
    STATISTIC_PROPORTION_DIFFERENCE,
    /* Deaths, the table, to cases, another table. */
    STATISTIC_MORTALITY_INCIDENCE,
    /* The change of a number of cases since the reference, a period, in % of
     * those: what risk, the size of the population and its ages have to do
     * with it; along the ages. */
    STATISTIC_DECOMPOSITION,
    STATISTIC_COUNT,
};

struct plan_statistic {
    const char *report; /* id of the report that declared it */
    const char *id;     /* "report.name", as tables */
    const char *title[LANG_COUNT];
    const char *note[LANG_COUNT];
    const char *from;    /* id of the table */
    const char *against; /* id of another with the same axes, or ""; of
                            expected counts the rates by age, with `people` */
    const char *people;  /* id of the table of person-years by age, or "" or
                            NULL: the table itself has ages */
    enum statistic_kind kind;
    enum dim along;
    const char *value;     /* column of the table: "asr_world" */
    const char *reference; /* code on the axis of statistic_reference_dim, or
                              "root"; plan_within makes that a code */
    enum joinpoint_choice choice; /* where statistic_has_joins */
    int decimals;                 /* 0-4 */
    bool open_data;
};

struct plan_report {
    const char *id;
    const char *path; /* definition file, project relative */
    const char *title[LANG_COUNT];
    const char *theme;     /* its own house style, project relative; "" none */
    struct selection each; /* territories: one document each; empty:
                              one document */
    const char **formats;  /* names from formats[] */
    size_t format_count;
};

struct plan {
    struct plan_table *tables;
    size_t table_count, table_capacity;
    struct plan_statistic *statistics;
    size_t statistic_count, statistic_capacity;
    struct plan_report *reports;
    size_t report_count, report_capacity;
    struct standard *standards;
    size_t standard_count;
};

enum column_part {
    PART_VALUE,
    PART_LOWER,
    PART_UPPER,
};

/* One column of a published table. */
struct plan_column {
    const char *id; /* "asr_world_lower" */
    enum value_kind kind;
    enum column_part part;
    const char *standard; /* or "" */
    size_t value;         /* index in values[] */
    int decimals;
};

/* The columns of a table, in order. */
size_t plan_columns(struct arena *arena, const struct plan_table *table,
                    struct plan_column **out);
const struct standard *plan_standard(const struct plan *plan,
                                     const char *code); /* or NULL */
/* "rate_ratio": the word of a definition and the column. */
const char *statistic_name(enum statistic_kind kind);
bool statistic_parse(const char *name, enum statistic_kind *out) MUST_USE;
/* True when every point of the axis has a result of its own; otherwise the
 * axis becomes one node. */
bool statistic_keeps_axis(enum statistic_kind kind);
bool statistic_needs_reference(enum statistic_kind kind);
enum dim statistic_reference_dim(const struct plan_statistic *statistic);
/* True when it is made of the column "count" of its table. */
bool statistic_needs_counts(enum statistic_kind kind);
/* Of the column "person_years" too. */
bool statistic_needs_people(enum statistic_kind kind);
/* True when it is made of the years or periods of a series. */
bool statistic_is_trend(enum statistic_kind kind);
/* True when it is made of a joinpoint model, whose joins are chosen. */
bool statistic_has_joins(enum statistic_kind kind);
/* Fails with ERR_SCRIPT: "no standard population 'word'; the nearest is
 * 'world'". */
bool plan_no_standard(const struct plan *plan, const char *code, const char *id,
                      struct err *err);
/* Years of age from 0 that the standard gives the same weight, when it gives
 * none to the others; else 0. */
int plan_standard_years(const struct standard *standard);
/* True when it has a column "_above": the probability, in %, that the ratio is
 * above 1, from ABOVE_LEAST_PERCENT to ABOVE_MOST_PERCENT: no model is as sure
 * as 0 or 100 would say. */
#define ABOVE_LEAST_PERCENT 0.1
#define ABOVE_MOST_PERCENT 99.9
bool statistic_has_above(enum statistic_kind kind);
/* True when it is made of observed and expected counts. */
bool statistic_is_expected(enum statistic_kind kind);
/* True when what is expected comes from two other tables: the rates by age of
 * the reference, and the person-years by age of each territory. */
bool statistic_is_apart(const struct plan_statistic *statistic);

/* One column of the table of a statistic. The first has the name of the kind;
 * then come its limits, where it has some, and what else it tells. */
struct statistic_column {
    const char *id; /* "rate_ratio_lower" */
    enum column_part part;
    const char *unit; /* "" that of the column it is made of */
    int decimals;
    int lower, upper; /* columns of its limits, or -1 */
};
/* `segments`: the most that a joinpoint model may have. */
size_t statistic_columns(struct arena *arena,
                         const struct plan_statistic *statistic,
                         size_t segments, struct statistic_column **out);
/* True when a column has this name in some statistic. */
bool statistic_is_column(const char *id);

/* Code tests that need no store: unique ids, known words, decimals 0-4 (none
 * for counts), intervals only of rates, proportions and estimates,
 * standards known with weights that sum to their declared total, formats not
 * empty, steps of ladders that say something, and of rounded and perturbed
 * tables a base or a variance in its range, counts and person-years alone and
 * no ladder. ERR_SCRIPT naming
 * report, table and field. */
bool plan_check(const struct plan *plan, struct err *err) MUST_USE;
/* Ids become file names, column names and anchors: a-z, 0-9, _ and -. */
bool plan_is_id(const char *id) MUST_USE;
/* True when counts are rounded or perturbed, in the place of suppression. */
bool plan_is_changed(const struct plan_table *table);

/* The table at a step of its ladder, 0 as it was declared: its selections are
 * words that stand for themselves. ERR_SCRIPT where the table has nothing that
 * the step could coarsen. */
bool plan_ladder_table(struct arena *arena, struct codes *codes,
                       const struct plan_table *table, size_t step,
                       struct plan_table *out, struct err *err) MUST_USE;
/* "Années regroupées par 3 afin de limiter ...": what readers are told about a
 * step; "" for step 0. */
char *plan_ladder_note(struct arena *arena, const struct plan_table *table,
                       size_t step, enum lang lang);

/* What of the plan these codes can fill. A table that is not optional stays as
 * it is. Of an optional one the words that the store does not know are passed
 * over; it is left out where it lacks a measure or a period, or where nothing
 * is left of a selection. Statistics go with their tables. What is left out
 * leaves no trace in the result, which shares the rest with `plan`; bands and
 * pooled periods are added to `codes`. */
struct plan *plan_within(struct arena *arena, struct codes *codes,
                         const struct plan *plan);

/* Resolves one selection to nodes in display order, without repeats, adding
 * bands and pooled periods to `codes`. ERR_SCRIPT naming the word and what was
 * expected; an unknown code lists the nearest known one. */
bool plan_select(struct arena *arena, struct codes *codes, enum dim dim,
                 const struct selection *selection, int **nodes, size_t *count,
                 struct err *err) MUST_USE;

#endif
