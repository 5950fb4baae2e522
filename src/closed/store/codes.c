/* SPDX-License-Identifier: EUPL-1.2 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "model/locale.h"
#include "store/codes_impl.h"

/* --- words of the contract ----------------------------------------------- */

bool codes_parse_dims(const char *text, unsigned *dims)
{
    unsigned mask = 0;
    while (*text) {
        char name[16];
        size_t size = strcspn(text, " ");
        enum dim dim;
        if (size >= sizeof name)
            return false;
        memcpy(name, text, size);
        name[size] = '\0';
        if (!dim_parse(name, &dim) || (mask & 1u << dim))
            return false;
        mask |= 1u << dim;
        text += size;
        text += *text == ' ';
    }
    *dims = mask;
    return mask != 0;
}

static bool parse_year(const char *text, int *year)
{
    int value = 0;
    for (size_t i = 0; i < 4; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = 10 * value + (text[i] - '0');
    }
    *year = value;
    return true;
}

bool codes_parse_period(const char *text, int *low, int *high)
{
    int first, last;
    size_t size = strlen(text);
    if ((size != 4 && size != 9) || !parse_year(text, &first))
        return false;
    last = first;
    if (size == 9 &&
        (text[4] != '-' || !parse_year(text + 5, &last) || last <= first))
        return false;
    *low = first;
    *high = last;
    return true;
}

bool codes_parse_ages(const char *text, int *low, int *high)
{
    char first[8];
    size_t size = strcspn(text, "-+");
    int64_t from, to = -1;
    if (size == 0 || size >= sizeof first || text[size] == '\0')
        return false;
    memcpy(first, text, size);
    first[size] = '\0';
    bool open = text_same(text + size, "+");
    if (!num_parse_int64(first, &from) || from < 0 || from > 150 ||
        (!open &&
         (text[size] != '-' || !num_parse_int64(text + size + 1, &to) ||
          to < from || to > 150)))
        return false;
    *low = (int)from;
    *high = (int)to;
    return true;
}

bool codes_parse_coverage(const char *text, enum coverage_status *status)
{
    static const struct {
        const char *name;
        enum coverage_status status;
    } names[] = {
        {"observed", COVERAGE_OBSERVED},   {"partial", COVERAGE_PARTIAL},
        {"estimated", COVERAGE_ESTIMATED}, {"projected", COVERAGE_PROJECTED},
        {"not covered", COVERAGE_NONE},    {"not_covered", COVERAGE_NONE},
    };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (text_same(text, names[i].name)) {
            *status = names[i].status;
            return true;
        }
    }
    return false;
}

/* --- reading one table --------------------------------------------------- */

bool codes_select(struct reading *reading, const char *table,
                  const char *columns, struct rows *rows, struct err *err)
{
    *rows = (struct rows){0};
    if (catalogue_find(&reading->catalogue, table) == NULL)
        return true;
    const char *sql =
        arena_format(reading->closed, "SELECT %s FROM %s ORDER BY %s", columns,
                     table, reading->source->driver->order);
    return source_select(reading->closed, reading->source, sql, rows, err);
}

static struct node flat_node(const char *code, const char *level,
                             const char *fr, const char *en)
{
    return (struct node){
        .code = code,
        .level = level,
        .label = {[LANG_FR] = fr, [LANG_EN] = en},
        .article = "",
        .icd10 = "",
        .sex = "",
        .parent = 0,
    };
}

static void add_total(struct reading *reading, enum dim dim, const char *fr,
                      const char *en)
{
    struct node total = flat_node(CODE_TOTAL, "total", fr, en);
    total.parent = -1;
    total.high = dim == DIM_AGE ? -1 : 0;
    code_add(reading->closed, &reading->out->dims[dim], &total);
}

static bool read_labelled(struct reading *reading, enum dim dim,
                          const char *table, struct err *err)
{
    struct dimension *dimension = &reading->out->dims[dim];
    struct rows rows;
    if (!codes_select(reading, table, "code, label_fr, label_en", &rows, err))
        return false;
    for (size_t r = 0; r < rows.count; r++) {
        struct node node =
            flat_node(rows_at(&rows, r, 0), "leaf", rows_at(&rows, r, 1),
                      rows_at(&rows, r, 2));
        if (node.code[0] == '\0' || text_same(node.code, CODE_TOTAL))
            return err_fail(err, ERR_INPUT, "store.codes",
                            "table '%s': code '%s' is kept for the total",
                            table, node.code);
        code_add(reading->closed, dimension, &node);
    }
    tree_number(reading->closed, dimension);
    return true;
}

static bool read_sex(struct reading *reading, struct err *err)
{
    add_total(reading, DIM_SEX, "Ensemble", "Both sexes");
    return read_labelled(reading, DIM_SEX, "sex", err) &&
           (reading->out->dims[DIM_SEX].count > 1 ||
            err_fail(err, ERR_INPUT, "store.codes", "table 'sex': no code"));
}

static bool read_stratum(struct reading *reading, struct err *err)
{
    add_total(reading, DIM_STRATUM, "Ensemble", "Total");
    return read_labelled(reading, DIM_STRATUM, "stratum", err);
}

/* --- ages and periods ---------------------------------------------------- */

static int closed_end(int high)
{
    return high < 0 ? INT_MAX : high;
}

static int by_years(const void *a, const void *b)
{
    const struct node *x = a, *y = b;
    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    int p = closed_end(x->high), q = closed_end(y->high);
    return (p > q) - (p < q);
}

static bool parse_age(const char *text, bool open, int *out)
{
    int64_t value;
    if (open && text[0] == '\0') {
        *out = -1;
        return true;
    }
    if (!num_parse_int64(text, &value) || value < 0 || value > 150)
        return false;
    *out = (int)value;
    return true;
}

static bool read_age(struct reading *reading, struct err *err)
{
    struct dimension *dimension = &reading->out->dims[DIM_AGE];
    struct rows rows;
    if (!codes_select(reading, "age_class", "code, low, high", &rows, err))
        return false;
    add_total(reading, DIM_AGE, "", "");
    for (size_t r = 0; r < rows.count; r++) {
        struct node node = flat_node(rows_at(&rows, r, 0), "leaf", "", "");
        if (text_same(node.code, CODE_TOTAL) ||
            !parse_age(rows_at(&rows, r, 1), false, &node.low) ||
            !parse_age(rows_at(&rows, r, 2), true, &node.high) ||
            closed_end(node.high) < node.low)
            return err_fail(err, ERR_INPUT, "store.codes",
                            "table 'age_class': code '%s': low and high are "
                            "no range of ages",
                            node.code);
        code_add(reading->closed, dimension, &node);
    }
    if (dimension->count < 2)
        return err_fail(err, ERR_INPUT, "store.codes",
                        "table 'age_class': no code");
    qsort(dimension->nodes + 1, dimension->count - 1, sizeof *dimension->nodes,
          by_years);
    tree_number(reading->closed, dimension);
    for (size_t n = 0; n < dimension->count; n++) {
        for (unsigned lang = 0; lang < LANG_COUNT; lang++)
            dimension->nodes[n].label[lang] = age_format(
                reading->closed, (enum lang)lang, &dimension->nodes[n]);
    }
    return true;
}

static bool read_bands_of(struct reading *reading, const char *table,
                          struct err *err)
{
    struct dimension *dimension = &reading->out->dims[DIM_AGE];
    struct rows rows;
    const char *sql =
        arena_format(reading->closed, "SELECT DISTINCT age FROM %s", table);
    if (!source_sorted(reading->closed, reading->source, sql, &rows, err))
        return false;
    for (size_t r = 0; r < rows.count; r++) {
        const char *code = rows_at(&rows, r, 0);
        int low, high;
        if (code_find(dimension, NULL, code) >= 0 ||
            !codes_parse_ages(code, &low, &high))
            continue;
        int band = code_band(reading->closed, dimension, low, high, err);
        if (band < 0)
            return err_wrap(err, "table '%s'", table);
        if (!text_same(dimension->nodes[band].code, code))
            return err_fail(err, ERR_INPUT, "store.codes",
                            "table '%s': age '%s': expected '%s'", table, code,
                            dimension->nodes[band].code);
    }
    return true;
}

/* Estimates by age may have wider classes than counts have. */
static bool read_bands(struct reading *reading, struct err *err)
{
    for (size_t t = 0; t < store_table_count; t++) {
        const struct table_spec *table = &store_tables[t];
        if (table->kind == TABLE_ESTIMATES &&
            catalogue_find(&reading->catalogue, table->name) != NULL &&
            !read_bands_of(reading, table->name, err))
            return false;
    }
    return true;
}

static bool read_periods_of(struct reading *reading, struct map *seen,
                            const char *table, struct err *err)
{
    struct dimension *dimension = &reading->out->dims[DIM_PERIOD];
    struct rows rows;
    if (!source_select(reading->closed, reading->source,
                       arena_format(reading->closed,
                                    "SELECT DISTINCT period FROM %s", table),
                       &rows, err))
        return false;
    for (size_t r = 0; r < rows.count; r++) {
        const char *code = rows_at(&rows, r, 0);
        struct node node = flat_node(code, "leaf", code, code);
        node.parent = -1;
        if (code[0] == '\0' || !map_put(seen, code, strlen(code), 1))
            continue;
        if (!codes_parse_period(code, &node.low, &node.high))
            return err_fail(err, ERR_INPUT, "store.period",
                            "table '%s': period '%s': expected YYYY or "
                            "YYYY-YYYY",
                            table, code);
        code_add(reading->closed, dimension, &node);
    }
    return true;
}

static bool read_periods(struct reading *reading, struct err *err)
{
    struct dimension *dimension = &reading->out->dims[DIM_PERIOD];
    struct map *seen = map_new(reading->closed);
    for (size_t t = 0; t < store_table_count; t++) {
        const struct table_spec *table = &store_tables[t];
        if (table->kind == TABLE_CODES ||
            catalogue_find(&reading->catalogue, table->name) == NULL)
            continue;
        if (!read_periods_of(reading, seen, table->name, err))
            return false;
    }
    if (dimension->count > 1)
        qsort(dimension->nodes, dimension->count, sizeof *dimension->nodes,
              by_years);
    tree_number(reading->closed, dimension);
    return true;
}

/* --- registry and measures ----------------------------------------------- */

static bool read_registry(struct reading *reading, struct err *err)
{
    struct rows rows;
    if (!codes_select(reading, "registry", "key, value", &rows, err))
        return false;
    struct pair *pairs =
        arena_array(reading->closed, rows.count, sizeof *pairs);
    for (size_t r = 0; r < rows.count; r++)
        pairs[r] = (struct pair){rows_at(&rows, r, 0), rows_at(&rows, r, 1)};
    reading->out->registry = pairs;
    reading->out->registry_count = rows.count;
    return true;
}

/* Rows of counts live in tables of counts, values in tables of estimates, and
 * a proportion has no rows. */
static bool measure_fits(const struct measure *measure)
{
    const struct table_spec *table = schema_table(measure->table_name);
    switch (measure->kind) {
    case MEASURE_COUNT:
    case MEASURE_PERSON_YEARS:
        return table != NULL && table->kind == TABLE_COUNTS;
    case MEASURE_ESTIMATE:
    case MEASURE_DURATION:
        return table != NULL && table->kind == TABLE_ESTIMATES;
    case MEASURE_PROPORTION:
        return true;
    }
    return false;
}

static bool read_measure(const struct reading *reading, const struct rows *rows,
                         size_t r, struct measure *out, struct err *err)
{
    struct measure measure = {
        .code = rows_at(rows, r, 0),
        .unit = unit_code(rows_at(rows, r, 2)),
        .table_name = rows_at(rows, r, 3),
        .numerator = rows_at(rows, r, 5),
        .denominator = rows_at(rows, r, 6),
        .confidential = !text_same(rows_at(rows, r, 7), "0"),
        .source = rows_at(rows, r, 8),
        .method = rows_at(rows, r, 9),
        .label = {[LANG_FR] = rows_at(rows, r, 10),
                  [LANG_EN] = rows_at(rows, r, 11)},
    };
    if (!measure_kind_parse(rows_at(rows, r, 1), &measure.kind))
        return err_fail(err, ERR_INPUT, "store.measure",
                        "measure '%s': unknown kind '%s'", measure.code,
                        rows_at(rows, r, 1));
    if (!codes_parse_dims(rows_at(rows, r, 4), &measure.dims))
        return err_fail(err, ERR_INPUT, "store.measure",
                        "measure '%s': dimensions '%s': expected words among "
                        "territory site sex age period stratum",
                        measure.code, rows_at(rows, r, 4));
    if (!measure_fits(&measure) ||
        (measure.table_name[0] &&
         catalogue_find(&reading->catalogue, measure.table_name) == NULL))
        return err_fail(err, ERR_INPUT, "store.measure",
                        "measure '%s': no table '%s' for its kind",
                        measure.code, measure.table_name);
    *out = measure;
    return true;
}

/* A proportion is counted by what its two measures are both counted by. */
static bool check_proportion(const struct codes *codes,
                             const struct measure *measure, struct err *err)
{
    if (measure->kind != MEASURE_PROPORTION)
        return true;
    const char *parts[] = {measure->numerator, measure->denominator};
    for (size_t p = 0; p < COUNT_OF(parts); p++) {
        const struct measure *part = code_measure(codes, parts[p]);
        if (part == NULL ||
            (part->kind != MEASURE_COUNT && part->kind != MEASURE_PERSON_YEARS))
            return err_fail(err, ERR_INPUT, "store.measure",
                            "measure '%s': '%s' is no measure that counts",
                            measure->code, parts[p]);
    }
    return true;
}

static bool read_measures(struct reading *reading, struct err *err)
{
    struct codes *out = reading->out;
    struct rows rows;
    if (!codes_select(reading, "measure",
                      "code, kind, unit, table_name, dimensions, numerator, "
                      "denominator, confidential, source, method, label_fr, "
                      "label_en",
                      &rows, err))
        return false;
    out->measures =
        arena_array(reading->closed, rows.count, sizeof *out->measures);
    for (size_t r = 0; r < rows.count; r++) {
        if (!read_measure(reading, &rows, r, &out->measures[r], err))
            return false;
        out->measure_count++;
    }
    for (size_t m = 0; m < out->measure_count; m++) {
        if (!check_proportion(out, &out->measures[m], err))
            return false;
    }
    return true;
}

bool codes_read(struct arena *closed, const struct source *source,
                struct codes *out, struct err *err)
{
    struct codes codes = {0};
    for (unsigned dim = 0; dim < DIM_COUNT; dim++)
        codes.dims[dim].dim = (enum dim)dim;
    struct reading reading = {
        .closed = closed, .source = source, .out = &codes};
    if (!source_catalogue(closed, source, &reading.catalogue, err) ||
        !read_registry(&reading, err) || !read_measures(&reading, err) ||
        !codes_read_territories(&reading, err) ||
        !codes_read_sites(&reading, err) || !read_sex(&reading, err) ||
        !read_age(&reading, err) || !read_bands(&reading, err) ||
        !read_periods(&reading, err) || !read_stratum(&reading, err))
        return false;
    *out = codes;
    return true;
}
