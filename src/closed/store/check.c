/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "store/check_impl.h"

/* --- findings ------------------------------------------------------------ */

void check_found(struct check *check, const char *format, ...)
{
    char what[400];
    va_list arguments;
    if (check->finding_count++ >= CHECK_SHOWN)
        return;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    text_format(&check->findings, "          %s\n", what);
}

void check_found_rows(struct check *check, const struct rows *rows)
{
    for (size_t r = 0; r < rows->count; r++) {
        struct text name = text_new(check->closed);
        for (size_t c = 0; c < rows->columns; c++) {
            const char *cell = rows_at(rows, r, c);
            if (cell[0] != '\0')
                text_format(&name, "%s%s", name.size > 0 ? ", " : "", cell);
        }
        check_found(check, "%s", name.at);
    }
}

bool check_has(const struct check *check, const char *table)
{
    return catalogue_find(&check->catalogue, table) != NULL;
}

bool check_select(struct check *check, const char *sql, struct rows *rows,
                  struct err *err)
{
    return source_select(check->closed, check->source, sql, rows, err);
}

bool check_sorted(struct check *check, const char *sql, struct rows *rows,
                  struct err *err)
{
    return source_sorted(check->closed, check->source, sql, rows, err);
}

/* The first rows of a query, whatever the database takes first. */
static const char *first_rows(const struct check *check, const char *sql,
                              size_t columns)
{
    struct text names = text_new(check->closed),
                order = text_new(check->closed);
    for (size_t c = 0; c < columns; c++) {
        text_format(&names, "%sc%zu", c > 0 ? ", " : "", c);
        text_format(&order, "%sCAST(c%zu AS TEXT) %s", c > 0 ? ", " : "", c,
                    check->source->driver->by_bytes);
    }
    return arena_format(check->closed,
                        "WITH found(%s) AS (%s) SELECT * FROM found ORDER BY "
                        "%s LIMIT %d",
                        names.at, sql, order.at, CHECK_SHOWN + 1);
}

bool check_query(struct check *check, const char *sql, struct err *err)
{
    struct rows rows;
    const char *any = arena_format(check->closed, "%s LIMIT 1", sql);
    if (!check_select(check, any, &rows, err))
        return false;
    if (rows.count == 0)
        return true;
    if (!check_select(check, first_rows(check, sql, rows.columns), &rows, err))
        return false;
    check_found_rows(check, &rows);
    return true;
}

/* --- structure ----------------------------------------------------------- */

bool check_persons(struct check *check, struct err *err)
{
    (void)err;
    for (size_t r = 0; r < check->catalogue.count; r++) {
        const struct relation *relation = &check->catalogue.relations[r];
        if (contract_person_table(relation->name))
            check_found(check, "table %s", relation->name);
        for (size_t c = 0; c < relation->count; c++) {
            if (contract_person_column(relation->columns[c]))
                check_found(check, "table %s, column %s", relation->name,
                            relation->columns[c]);
        }
    }
    return true;
}

bool check_tables(struct check *check, struct err *err)
{
    (void)err;
    for (size_t t = 0; t < store_table_count; t++) {
        if (store_tables[t].required && !check_has(check, store_tables[t].name))
            check_found(check, "table %s", store_tables[t].name);
    }
    return true;
}

static void check_relation(struct check *check, const struct table_spec *table,
                           const struct relation *relation)
{
    for (size_t c = 0; c < schema_columns(table); c++) {
        const struct column_spec *column = &table->columns[c];
        const char *type = relation_type(relation, column->name);
        if (type == NULL)
            check_found(check, "table %s, column %s", table->name,
                        column->name);
        else if (!contract_type(type, column->kind))
            check_found(check, "table %s, column %s: %s", table->name,
                        column->name, type);
    }
    if (table->kind == TABLE_CODES && check->source->driver->order_is_there &&
        relation_type(relation, check->source->driver->order) == NULL)
        check_found(check, "table %s, column %s", table->name,
                    check->source->driver->order);
}

bool check_columns(struct check *check, struct err *err)
{
    (void)err;
    for (size_t t = 0; t < store_table_count; t++) {
        const struct relation *relation =
            catalogue_find(&check->catalogue, store_tables[t].name);
        if (relation != NULL)
            check_relation(check, &store_tables[t], relation);
    }
    return true;
}

bool check_version(struct check *check, struct err *err)
{
    struct err breach = {0};
    (void)err;
    if (check_has(check, "registry") &&
        !contract_version(check->closed, check->source, &breach))
        check_found(check, "%s", breach.text);
    return true;
}

/* A select refuses text that is not UTF-8. */
bool check_encoding(struct check *check, struct err *err)
{
    (void)err;
    for (size_t t = 0; t < store_table_count; t++) {
        struct err breach = {0};
        struct rows rows;
        const struct table_spec *table = &store_tables[t];
        if (table->kind != TABLE_CODES || !check_has(check, table->name))
            continue;
        if (!check_select(
                check,
                arena_format(check->closed, "SELECT * FROM %s", table->name),
                &rows, &breach))
            check_found(check, "table %s: %s", table->name, breach.text);
    }
    return true;
}

/* --- running ------------------------------------------------------------- */

static bool has_tables(const struct check *check, const char *tables)
{
    while (*tables) {
        size_t size = strcspn(tables, " ");
        const char *name = arena_slice(check->closed, tables, size);
        if (name[0] != '#' && !check_has(check, name))
            return false;
        tables += size;
        tables += *tables == ' ';
    }
    return true;
}

/* The kind of tables that "#counts" and the like stand for. */
static bool stands_for(const char *tables, enum table_kind kind)
{
    if (strstr(tables, "#facts") != NULL)
        return kind != TABLE_CODES;
    if (strstr(tables, "#counts") != NULL)
        return kind == TABLE_COUNTS;
    return strstr(tables, "#estimates") != NULL && kind == TABLE_ESTIMATES;
}

static char *fill_in(struct arena *closed, const char *sql, const char *table)
{
    struct text text = text_new(closed);
    for (const char *at = sql; *at; at++) {
        if (*at == '#')
            text_add(&text, table);
        else
            text_add_char(&text, *at);
    }
    return text.at;
}

static bool run_query(struct check *check, const char *sql, struct err *err)
{
    struct err breach = {0};
    if (check_query(check, sql, &breach))
        return true;
    if (!text_same(breach.id, "store.text"))
        return err_fail(err, breach.code, breach.id, "%s", breach.text);
    check_found(check, "%s", breach.text);
    return true;
}

static bool run_rule(struct check *check, const struct check_rule *rule,
                     struct err *err)
{
    if (!has_tables(check, rule->tables) ||
        (rule->by_cell && check->source->driver->has_types))
        return true;
    if (rule->run != NULL)
        return rule->run(check, err);
    if (strchr(rule->tables, '#') == NULL)
        return run_query(check, rule->sql, err);
    for (size_t t = 0; t < store_table_count; t++) {
        const struct table_spec *table = &store_tables[t];
        if (!stands_for(rule->tables, table->kind) ||
            !check_has(check, table->name))
            continue;
        if (!run_query(check, fill_in(check->closed, rule->sql, table->name),
                       err))
            return false;
    }
    return true;
}

struct tally {
    size_t rules, broken[3];
};

static void report(struct check *check, const struct check_rule *rule,
                   struct text *out, struct tally *tally)
{
    static const char *const words[] = {
        [SEVERITY_ERROR] = "erreur",
        [SEVERITY_WARNING] = "alerte",
        [SEVERITY_REMARK] = "note",
    };
    tally->rules++;
    if (check->finding_count == 0)
        return;
    tally->broken[rule->severity]++;
    text_format(out, "%-9s %s : %s / %s\n", words[rule->severity], rule->id,
                rule->fr, rule->en);
    text_add(out, check->findings.at);
    if (check->finding_count > CHECK_SHOWN)
        text_add(out, "          …\n");
}

static bool run_rules(struct check *check, const struct check_rule *rules,
                      size_t count, struct text *out, struct tally *tally,
                      struct err *err)
{
    for (size_t r = 0; r < count; r++) {
        text_clear(&check->findings);
        check->finding_count = 0;
        if (!run_rule(check, &rules[r], err))
            return err_wrap(err, "rule '%s'", rules[r].id);
        report(check, &rules[r], out, tally);
    }
    return true;
}

static bool run_all(struct check *check, struct text *out, struct tally *tally,
                    struct err *err)
{
    check->source = store_source(check->store);
    check->findings = text_new(check->closed);
    if (!source_catalogue(check->closed, check->source, &check->catalogue,
                          err) ||
        !run_rules(check, check_structure_rules, check_structure_rule_count,
                   out, tally, err))
        return false;
    if (tally->broken[SEVERITY_ERROR] > 0)
        return true;
    return run_rules(check, check_code_rules, check_code_rule_count, out, tally,
                     err) &&
           run_rules(check, check_fact_rules, check_fact_rule_count, out, tally,
                     err);
}

static void add_tally(struct arena *closed, const struct tally *tally,
                      enum lang lang, struct text *out)
{
    static const char *const keys[] = {
        [SEVERITY_ERROR] = "errors",
        [SEVERITY_WARNING] = "warnings",
        [SEVERITY_REMARK] = "remarks",
    };
    const char *between = lang == LANG_FR ? " : " : ": ";
    text_add(out, locale_count(closed, lang, "rules", (int64_t)tally->rules));
    for (size_t s = 0; s < COUNT_OF(keys); s++) {
        text_add(out, between);
        text_add(out, locale_count(closed, lang, keys[s],
                                   (int64_t)tally->broken[s]));
        between = ", ";
    }
}

bool store_check(const char *address, struct text *out, size_t *errors,
                 struct err *err)
{
    struct check check = {.closed = arena_new()};
    struct tally tally = {0};
    bool ok = store_open_unchecked(check.closed, address, &check.store, err);
    if (ok && !run_all(&check, out, &tally, err))
        ok = err_wrap(err, "store '%s'", store_shown(check.closed, address));
    if (ok) {
        add_tally(check.closed, &tally, LANG_FR, out);
        text_add(out, " / ");
        add_tally(check.closed, &tally, LANG_EN, out);
        text_add_char(out, '\n');
        *errors = tally.broken[SEVERITY_ERROR];
    }
    store_close(check.store);
    arena_wipe(check.closed);
    return ok;
}
