/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "store/check_impl.h"

/* --- ages ---------------------------------------------------------------- */

struct age_class {
    const char *code;
    int64_t low, high; /* high INT64_MAX when open */
};

static bool read_ages(struct check *check, struct age_class **out,
                      size_t *count, struct err *err)
{
    struct rows rows;
    if (!check_select(check,
                      "SELECT code, low, high FROM age_class ORDER BY low, "
                      "high IS NULL, high",
                      &rows, err))
        return false;
    *out = arena_array(check->closed, rows.count, sizeof **out);
    *count = rows.count;
    for (size_t r = 0; r < rows.count; r++) {
        struct age_class *age = &(*out)[r];
        *age = (struct age_class){rows_at(&rows, r, 0), -1, INT64_MAX};
        const char *high = rows_at(&rows, r, 2);
        if (!num_parse_int64(rows_at(&rows, r, 1), &age->low) ||
            (high[0] != '\0' && !num_parse_int64(high, &age->high)) ||
            age->low > age->high)
            check_found(check, "%s", age->code);
    }
    return true;
}

bool check_age_gaps(struct check *check, struct err *err)
{
    struct age_class *ages;
    size_t count;
    if (!read_ages(check, &ages, &count, err))
        return false;
    int64_t next = 0;
    for (size_t a = 0; a < count; a++) {
        if (ages[a].low > next)
            check_found(check, "%s %s",
                        a == 0 ? "avant / before" : "entre / between",
                        a == 0 ? ages[a].code
                               : arena_format(check->closed, "%s, %s",
                                              ages[a - 1].code, ages[a].code));
        if (ages[a].high != INT64_MAX && ages[a].high + 1 > next)
            next = ages[a].high + 1;
        if (ages[a].high == INT64_MAX)
            return true;
    }
    check_found(check, "après / after %s",
                count > 0 ? ages[count - 1].code : "");
    return true;
}

bool check_age_overlaps(struct check *check, struct err *err)
{
    struct age_class *ages;
    size_t count;
    if (!read_ages(check, &ages, &count, err))
        return false;
    for (size_t a = 1; a < count; a++) {
        if (ages[a].low <= ages[a - 1].high)
            check_found(check, "%s, %s", ages[a - 1].code, ages[a].code);
    }
    return true;
}

/* --- dates --------------------------------------------------------------- */

bool check_extraction_date(struct check *check, struct err *err)
{
    struct rows rows;
    if (!check_sorted(check,
                      "SELECT key, value FROM registry WHERE key = "
                      "'extraction_date'",
                      &rows, err))
        return false;
    for (size_t r = 0; r < rows.count; r++) {
        if (!date_exists(rows_at(&rows, r, 1)))
            check_found(check, "%s, «%s»", rows_at(&rows, r, 0),
                        rows_at(&rows, r, 1));
    }
    return true;
}

static bool no_date(const char *day)
{
    return day[0] != '\0' && !date_exists(day);
}

bool check_territory_dates(struct check *check, struct err *err)
{
    struct rows rows;
    if (!check_sorted(check,
                      "SELECT level, code, valid_from, valid_to FROM territory "
                      "WHERE valid_from <> '' OR valid_to <> ''",
                      &rows, err))
        return false;
    for (size_t r = 0; r < rows.count; r++) {
        const char *from = rows_at(&rows, r, 2), *to = rows_at(&rows, r, 3);
        if (no_date(from) || no_date(to) ||
            (from[0] != '\0' && to[0] != '\0' && strcmp(from, to) > 0))
            check_found(check, "%s, %s", rows_at(&rows, r, 0),
                        rows_at(&rows, r, 1));
    }
    return true;
}

bool check_zone_dates(struct check *check, struct err *err)
{
    struct rows rows;
    if (!check_sorted(check, "SELECT level, code, order_date FROM zone", &rows,
                      err))
        return false;
    for (size_t r = 0; r < rows.count; r++) {
        if (no_date(rows_at(&rows, r, 2)))
            check_found(check, "%s, %s", rows_at(&rows, r, 0),
                        rows_at(&rows, r, 1));
    }
    return true;
}

/* --- measures ------------------------------------------------------------ */

bool check_measure_words(struct check *check, struct err *err)
{
    struct rows rows;
    if (!check_sorted(check,
                      "SELECT code, kind, dimensions, table_name FROM measure",
                      &rows, err))
        return false;
    for (size_t r = 0; r < rows.count; r++) {
        const char *code = rows_at(&rows, r, 0);
        const struct table_spec *table = schema_table(rows_at(&rows, r, 3));
        enum measure_kind kind = MEASURE_COUNT;
        unsigned dims;
        if (!measure_kind_parse(rows_at(&rows, r, 1), &kind))
            check_found(check, "%s: %s", code, rows_at(&rows, r, 1));
        if (!codes_parse_dims(rows_at(&rows, r, 2), &dims))
            check_found(check, "%s: %s", code, rows_at(&rows, r, 2));
        bool counts = kind == MEASURE_COUNT || kind == MEASURE_PERSON_YEARS;
        if (kind != MEASURE_PROPORTION &&
            (table == NULL || !check_has(check, table->name) ||
             table->kind != (counts ? TABLE_COUNTS : TABLE_ESTIMATES)))
            check_found(check, "%s: %s", code, rows_at(&rows, r, 3));
    }
    return true;
}

static bool check_proportion(struct check *check, const struct rows *rows,
                             size_t r, struct err *err)
{
    const struct table_spec *over = schema_table(rows_at(rows, r, 2));
    const struct table_spec *under = schema_table(rows_at(rows, r, 4));
    if (over == NULL || under == NULL || over->kind != TABLE_COUNTS ||
        under->kind != TABLE_COUNTS || !check_has(check, over->name) ||
        !check_has(check, under->name))
        return true; /* another rule's breach */
    const char *sql = arena_format(
        check->closed,
        "SELECT a.measure, a.territory_level, a.territory, a.period, a.sex, "
        "a.age, a.site, a.stratum FROM %s AS a LEFT JOIN %s AS b ON b.measure "
        "= %s AND a.territory_level = b.territory_level AND a.territory = "
        "b.territory AND a.period = b.period AND a.sex = b.sex AND a.age = "
        "b.age AND a.site = b.site AND a.stratum = b.stratum WHERE a.measure "
        "= %s AND a.n > coalesce(b.n, 0)",
        over->name, under->name,
        source_quote(check->closed, rows_at(rows, r, 3)),
        source_quote(check->closed, rows_at(rows, r, 1)));
    return check_query(check, sql, err);
}

bool check_proportions(struct check *check, struct err *err)
{
    struct rows rows;
    if (!check_sorted(check,
                      "SELECT m.code, m.numerator, a.table_name, "
                      "m.denominator, b.table_name FROM measure AS m JOIN "
                      "measure AS a ON a.code = m.numerator JOIN measure AS b "
                      "ON b.code = m.denominator WHERE m.kind = 'proportion'",
                      &rows, err))
        return false;
    for (size_t r = 0; r < rows.count; r++) {
        if (!check_proportion(check, &rows, r, err))
            return false;
    }
    return true;
}

/* --- people alive -------------------------------------------------------- */

/* The rule of few people alive says nothing of a measure that tells of none. A
 * store made before the column has it for no measure. */
bool check_alive(struct check *check, struct err *err)
{
    struct rows rows;
    const char *none =
        catalogue_has(catalogue_find(&check->catalogue, "survival"), "alive")
            ? "count(alive) = 0"
            : "1 = 1";
    if (!check_sorted(check,
                      arena_format(check->closed,
                                   "SELECT measure FROM survival GROUP BY "
                                   "measure HAVING %s",
                                   none),
                      &rows, err))
        return false;
    check_found_rows(check, &rows);
    return true;
}

/* --- periods ------------------------------------------------------------- */

/* Calls with each table's (measure, period) pairs, by measure. */
static bool each_table_periods(struct check *check,
                               void (*look)(struct check *check,
                                            const char *table,
                                            const struct rows *rows),
                               struct err *err)
{
    for (size_t t = 0; t < store_table_count; t++) {
        const struct table_spec *table = &store_tables[t];
        struct rows rows;
        if (table->kind == TABLE_CODES || !check_has(check, table->name))
            continue;
        if (!check_sorted(check,
                          arena_format(check->closed,
                                       "SELECT DISTINCT measure, period FROM "
                                       "%s WHERE period <> '' OR measure IN "
                                       "(SELECT code FROM measure WHERE "
                                       "dimensions LIKE '%%period%%')",
                                       table->name),
                          &rows, err))
            return false;
        look(check, table->name, &rows);
    }
    return true;
}

static void look_at_form(struct check *check, const char *table,
                         const struct rows *rows)
{
    for (size_t r = 0; r < rows->count; r++) {
        int low, high;
        if (!codes_parse_period(rows_at(rows, r, 1), &low, &high))
            check_found(check, "%s, %s, «%s»", table, rows_at(rows, r, 0),
                        rows_at(rows, r, 1));
    }
}

static void look_at_overlaps(struct check *check, const char *table,
                             const struct rows *rows)
{
    for (size_t r = 0; r < rows->count; r++) {
        for (size_t s = r + 1; s < rows->count; s++) {
            int low[2], high[2];
            if (!text_same(rows_at(rows, r, 0), rows_at(rows, s, 0)))
                break;
            if (codes_parse_period(rows_at(rows, r, 1), &low[0], &high[0]) &&
                codes_parse_period(rows_at(rows, s, 1), &low[1], &high[1]) &&
                low[0] <= high[1] && low[1] <= high[0])
                check_found(check, "%s, %s, %s, %s", table, rows_at(rows, r, 0),
                            rows_at(rows, r, 1), rows_at(rows, s, 1));
        }
    }
}

bool check_periods(struct check *check, struct err *err)
{
    return each_table_periods(check, look_at_form, err);
}

bool check_period_overlaps(struct check *check, struct err *err)
{
    return each_table_periods(check, look_at_overlaps, err);
}
