/* SPDX-License-Identifier: EUPL-1.2 */
/* store/check_impl.h - the sanity rules of a store.
 *
 * A rule is data: an identifier, how grave a breach is, one sentence in each
 * language that says what must hold, and either a query that names what breaks
 * it or a function. Findings name codes and rows, never counts. To add a rule,
 * add it to one of the lists; a test breaks it. */
#ifndef STORE_CHECK_IMPL_H
#define STORE_CHECK_IMPL_H

#include "store/store_impl.h"

enum severity {
    SEVERITY_ERROR,   /* nothing may be published from such a store */
    SEVERITY_WARNING, /* to be explained */
    SEVERITY_REMARK,
};

enum {
    CHECK_SHOWN = 5, /* findings printed for one rule */
};

struct check {
    struct arena *closed;
    struct store *store;
    const struct source *source;
    struct catalogue catalogue;
    struct text findings; /* of the rule being run */
    size_t finding_count;
};

struct check_rule {
    const char *id;
    enum severity severity;
    const char *fr, *en;
    /* Tables without which the rule has nothing to say, by spaces. In place of
     * one, "#counts", "#estimates" or "#facts" runs the query once for each
     * such table, its name standing for every '#' of the query. */
    const char *tables;
    /* Asks what type a cell has, and so nothing where columns have types: those
     * are looked at with the structure. */
    bool by_cell;
    const char *sql; /* columns that together name one breach */
    bool (*run)(struct check *check, struct err *err);
};

/* Rules on structure, run first: when one is broken, nothing else can be
 * looked at. Then code lists, facts, and what only a function can see. */
extern const struct check_rule check_structure_rules[];
extern const size_t check_structure_rule_count;
extern const struct check_rule check_code_rules[];
extern const size_t check_code_rule_count;
extern const struct check_rule check_fact_rules[];
extern const size_t check_fact_rule_count;

bool check_select(struct check *check, const char *sql, struct rows *rows,
                  struct err *err) MUST_USE;
bool check_sorted(struct check *check, const char *sql, struct rows *rows,
                  struct err *err) MUST_USE;
/* One breach for each row that the query gives, the first of them shown. */
bool check_query(struct check *check, const char *sql,
                 struct err *err) MUST_USE;
/* Notes one breach. */
void check_found(struct check *check, const char *format, ...)
    PRINTF_LIKE(2, 3);
/* One breach a row. */
void check_found_rows(struct check *check, const struct rows *rows);
bool check_has(const struct check *check, const char *table);

/* Functions of rules, by file. */
bool check_persons(struct check *check, struct err *err); /* check.c */
bool check_tables(struct check *check, struct err *err);
bool check_columns(struct check *check, struct err *err);
bool check_version(struct check *check, struct err *err);
bool check_encoding(struct check *check, struct err *err);
bool check_age_gaps(struct check *check, struct err *err); /* check_list.c */
bool check_age_overlaps(struct check *check, struct err *err);
bool check_measure_words(struct check *check, struct err *err);
bool check_periods(struct check *check, struct err *err);
bool check_extraction_date(struct check *check, struct err *err);
bool check_territory_dates(struct check *check, struct err *err);
bool check_zone_dates(struct check *check, struct err *err);
bool check_period_overlaps(struct check *check, struct err *err);
bool check_icd10_siblings(struct check *check, struct err *err); /* _icd10.c */
bool check_icd10_parents(struct check *check, struct err *err);
bool check_margins(struct check *check, struct err *err); /* check_margin.c */
bool check_bare_margins(struct check *check, struct err *err);
bool check_codes_read(struct check *check, struct err *err);
bool check_facts_read(struct check *check, struct err *err);
bool check_proportions(struct check *check, struct err *err); /* _list.c */
bool check_alive(struct check *check, struct err *err);

#endif
