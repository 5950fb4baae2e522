/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/num.h"
#include "store/import_impl.h"

/* --- cells --------------------------------------------------------------- */

/* The cell of a column of the row being read. */
static const char *cell_of(const struct import *import, const char *column)
{
    for (size_t c = 0; c < schema_columns(import->table); c++) {
        if (text_same(import->table->columns[c].name, column))
            return import->cells[c];
    }
    assert(!"a column of the table");
    return "";
}

static bool trimmed(const char *text)
{
    size_t size = strlen(text);
    return size > 0 && !strchr(" \t\r\n", text[0]) &&
           !strchr(" \t\r\n", text[size - 1]);
}

/* NULL, or what was expected of the cell. */
static const char *cell_wants(enum column_kind kind, const char *text)
{
    int64_t whole;
    double value;
    enum grade grade;
    bool is_whole = num_parse_int64(text, &whole);
    bool is_number = num_parse_double(text, &value);
    if (text_has_control(text, kind == COLUMN_CODE ? "" : "\n\t"))
        return "expected no control character";
    switch (kind) {
    case COLUMN_CODE:
        return trimmed(text) ? NULL
                             : "expected a text without spaces around it";
    case COLUMN_OPTIONAL:
        return NULL;
    case COLUMN_DATE:
        return text[0] == '\0' || date_exists(text)
                   ? NULL
                   : "expected a day of the calendar YYYY-MM-DD, or nothing";
    case COLUMN_AGE:
        return text[0] == '\0' || (is_whole && whole >= 0)
                   ? NULL
                   : "expected completed years, or nothing";
    case COLUMN_COUNT:
        return is_whole && whole >= 0 ? NULL : "expected a whole number from 0";
    case COLUMN_VALUE:
        return is_number ? NULL : "expected a number";
    case COLUMN_LIMIT:
        return text[0] == '\0' || is_number ? NULL
                                            : "expected a number, or nothing";
    case COLUMN_FLAG:
        return text_same(text, "0") || text_same(text, "1") ? NULL
                                                            : "expected 0 or 1";
    case COLUMN_GRADE:
        return grade_parse(text, &grade) ? NULL
                                         : "expected A++, A+, B-- or nothing";
    case COLUMN_ALIVE:
        return text[0] == '\0' || (is_whole && whole >= 0)
                   ? NULL
                   : "expected a whole number from 0, or nothing";
    }
    return NULL;
}

static bool check_cells(struct import *import)
{
    bool good = true;
    for (size_t c = 0; c < schema_columns(import->table); c++) {
        const struct column_spec *column = &import->table->columns[c];
        const char *wants = cell_wants(column->kind, import->cells[c]);
        if (wants != NULL)
            good = import_error(import, "column '%s': %s", column->name, wants);
    }
    return good;
}

/* --- code lists ---------------------------------------------------------- */

static bool known(const struct import_codes *codes, const char *code)
{
    return map_get(codes->places, code, strlen(code)) >= 0;
}

/* False where it is there already. */
static bool learn(struct import *import, struct import_codes *codes,
                  const char *code)
{
    if (!map_put(codes->places, code, strlen(code), (int)codes->count))
        return false;
    codes->names = arena_grow(import->closed, codes->names, codes->count,
                              &codes->capacity, sizeof *codes->names);
    codes->names[codes->count++] = arena_text(import->closed, code);
    return true;
}

const char *import_nearest(struct import *import,
                           const struct import_codes *codes, const char *kind,
                           const char *code)
{
    const char *near = near_name(code, codes->names, codes->count);
    return near == NULL ? ""
                        : arena_format(import->closed,
                                       "; the nearest%s is '%s'", kind, near);
}

/* Codes of a list that was not read whole are not told one by one: what is
 * wrong with the list has been. */
static bool was_read(const struct import *import, const char *list)
{
    return !import->cut[schema_table(list) - store_tables];
}

static bool unknown(struct import *import, const struct import_codes *codes,
                    const char *kind, const char *code)
{
    return import_error(import, "no %s '%s'%s", kind, code,
                        import_nearest(import, codes, "", code));
}

/* Codes as short as those of départements are too much alike for the nearest to
 * be the one that was meant. */
enum { ALIKE = 3 };

/* The codes of one level among the territories and zones read so far. */
static struct import_codes codes_at(struct import *import, const char *level)
{
    struct import_codes at = {0};
    const char *start = arena_format(import->closed, "%s ", level);
    at.names =
        arena_array(import->closed, import->areas.count, sizeof *at.names);
    for (size_t a = 0; a < import->areas.count; a++) {
        if (text_starts(import->areas.names[a], start))
            at.names[at.count++] = import->areas.names[a] + strlen(start);
    }
    return at;
}

const char *import_near_area(struct import *import, const char *level,
                             const char *code)
{
    const char *whole = arena_format(import->closed, "0%s", code);
    if (map_get_pair(import->territory, level, whole) >= 0)
        return arena_format(import->closed,
                            "; the code has lost its zero, expected '%s'",
                            whole);
    if (!known(&import->levels, level))
        return import_nearest(import, &import->levels, " level", level);
    if (strlen(code) <= ALIKE)
        return "";
    const struct import_codes at = codes_at(import, level);
    return import_nearest(import, &at, "", code);
}

static bool unknown_territory(struct import *import, const char *level,
                              const char *code)
{
    return was_read(import, "territory") &&
           import_error(import, "no territory '%s %s'%s", level, code,
                        import_near_area(import, level, code));
}

/* A territory or a zone. */
static void learn_area(struct import *import, struct map *areas)
{
    const char *level = cell_of(import, "level");
    const char *code = cell_of(import, "code");
    learn(import, &import->levels, level);
    learn(import, &import->areas,
          arena_format(import->closed, "%s %s", level, code));
    map_put_pair(areas, level, code, 1);
}

static void refer(struct import *import, const char *level, const char *code)
{
    import->parents =
        arena_grow(import->closed, import->parents, import->parent_count,
                   &import->parent_capacity, sizeof *import->parents);
    import->parents[import->parent_count++] = (struct reference){
        csv_line(import->csv), arena_text(import->closed, level),
        arena_text(import->closed, code)};
}

static bool check_registry(struct import *import)
{
    const char *value = cell_of(import, "value");
    return !text_same(cell_of(import, "key"), "extraction_date") ||
           date_exists(value) ||
           import_error(import,
                        "extraction_date '%s': expected a day of the calendar "
                        "YYYY-MM-DD",
                        value);
}

static void learn_territory(struct import *import)
{
    learn_area(import, import->territory);
}

static bool check_territory(struct import *import)
{
    const char *level = cell_of(import, "parent_level");
    const char *code = cell_of(import, "parent_code");
    if ((level[0] == '\0') != (code[0] == '\0'))
        return import_error(import, "a parent needs its level and its code");
    if (code[0] != '\0')
        refer(import, level, code);
    return true;
}

static void learn_zone(struct import *import)
{
    learn_area(import, import->zone);
}

static bool check_zone_member(struct import *import)
{
    const char *level = cell_of(import, "level");
    const char *code = cell_of(import, "code");
    const char *member_level = cell_of(import, "member_level");
    const char *member = cell_of(import, "member_code");
    if (map_get_pair(import->zone, level, code) < 0)
        return was_read(import, "zone") &&
               import_error(import, "no zone '%s %s'%s", level, code,
                            import_near_area(import, level, code));
    return map_get_pair(import->territory, member_level, member) >= 0 ||
           unknown_territory(import, member_level, member);
}

static void learn_site(struct import *import)
{
    learn(import, &import->site, cell_of(import, "code"));
}

static bool check_site(struct import *import)
{
    const char *parent = cell_of(import, "parent");
    const char *sex = cell_of(import, "sex");
    if (parent[0] != '\0')
        refer(import, "", parent);
    return sex[0] == '\0' || text_same(sex, "M") || text_same(sex, "F") ||
           import_error(import, "sex '%s': expected M, F or nothing", sex);
}

static void learn_age(struct import *import)
{
    learn(import, &import->age, cell_of(import, "code"));
}

static bool check_age(struct import *import)
{
    int64_t low = 0, high = INT64_MAX;
    const char *last = cell_of(import, "high");
    bool read = num_parse_int64(cell_of(import, "low"), &low) &&
                (last[0] == '\0' || num_parse_int64(last, &high));
    return (read && low <= high) ||
           import_error(import, "age class '%s' ends before it begins",
                        cell_of(import, "code"));
}

static bool check_measure(struct import *import)
{
    struct import_measure measure = {
        arena_text(import->closed, cell_of(import, "table_name")), 0};
    const char *code = cell_of(import, "code");
    const char *kind_text = cell_of(import, "kind");
    const char *dims = cell_of(import, "dimensions");
    enum measure_kind kind;
    if (!measure_kind_parse(kind_text, &kind))
        return import_error(import, "unknown kind '%s'", kind_text);
    if (!codes_parse_dims(dims, &measure.dims))
        return import_error(import,
                            "dimensions '%s': expected words among territory "
                            "site sex age period stratum",
                            dims);
    const struct table_spec *table = schema_table(measure.table_name);
    if (kind != MEASURE_PROPORTION &&
        (table == NULL || table->kind == TABLE_CODES))
        return import_error(import, "no fact table '%s'", measure.table_name);
    const size_t place = import->measure.count;
    if (!learn(import, &import->measure, code))
        return true; /* the writer tells keys that are there already */
    import->measures =
        arena_grow(import->closed, import->measures, place,
                   &import->measure_capacity, sizeof *import->measures);
    import->measures[place] = measure;
    return true;
}

static bool check_period(struct import *import, const char *period)
{
    int low, high;
    return codes_parse_period(period, &low, &high) ||
           import_error(import, "period '%s': expected YYYY or YYYY-YYYY",
                        period);
}

static bool check_coverage(struct import *import)
{
    const char *level = cell_of(import, "territory_level");
    const char *code = cell_of(import, "territory");
    const char *site = cell_of(import, "site");
    const char *status = cell_of(import, "status");
    enum coverage_status parsed;
    if (map_get_pair(import->territory, level, code) < 0)
        return unknown_territory(import, level, code);
    if (site[0] != '\0' && !known(&import->site, site))
        return was_read(import, "site") &&
               unknown(import, &import->site, "site", site);
    if (!codes_parse_coverage(status, &parsed))
        return import_error(import,
                            "status '%s': expected observed, partial, "
                            "estimated, projected or not covered",
                            status);
    return check_period(import, cell_of(import, "period"));
}

/* --- facts --------------------------------------------------------------- */

static bool check_territory_of_fact(struct import *import)
{
    const char *level = cell_of(import, "territory_level");
    const char *code = cell_of(import, "territory");
    return map_get_pair(import->territory, level, code) >= 0 ||
           map_get_pair(import->zone, level, code) >= 0 ||
           unknown_territory(import, level, code);
}

static bool check_code(struct import *import, const struct import_codes *codes,
                       const char *column, bool total)
{
    const char *code = cell_of(import, column);
    return (total && text_same(code, CODE_TOTAL)) || known(codes, code) ||
           unknown(import, codes, column, code);
}

/* Estimates have their own classes of ages; read_back sees whether they are
 * made of those of the store. */
static bool check_age_of_fact(struct import *import)
{
    int low, high;
    return (import->table->kind == TABLE_ESTIMATES &&
            codes_parse_ages(cell_of(import, "age"), &low, &high)) ||
           check_code(import, &import->age, "age", true);
}

static bool check_dim(struct import *import, enum dim dim)
{
    switch (dim) {
    case DIM_TERRITORY:
        return check_territory_of_fact(import);
    case DIM_SITE:
        return check_code(import, &import->site, "site", false);
    case DIM_SEX:
        return check_code(import, &import->sex, "sex", true);
    case DIM_AGE:
        return check_age_of_fact(import);
    case DIM_PERIOD:
        return check_period(import, cell_of(import, "period"));
    case DIM_STRATUM:
        return check_code(import, &import->stratum, "stratum", true);
    case DIM_COUNT:
        break;
    }
    assert(!"a dimension");
    return false;
}

static bool check_estimate(struct import *import)
{
    const char *lower = cell_of(import, "lower");
    const char *upper = cell_of(import, "upper");
    const char *status = cell_of(import, "status");
    if ((lower[0] == '\0') != (upper[0] == '\0'))
        return import_error(import, "lower and upper go together");
    return status[0] == '\0' ||
           (status[1] == '\0' && strchr("ejpu", status[0]) != NULL) ||
           import_error(import, "status '%s': expected e, j, p, u or nothing",
                        status);
}

static bool check_fact(struct import *import)
{
    const char *code = cell_of(import, "measure");
    int at = map_get(import->measure.places, code, strlen(code));
    if (at < 0)
        return unknown(import, &import->measure, "measure", code);
    const struct import_measure *measure = &import->measures[at];
    if (!text_same(measure->table_name, import->table->name))
        return import_error(import, "measure '%s' belongs to table '%s'", code,
                            measure->table_name);
    bool good = true;
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        const char *name = dim_name((enum dim)d);
        if (measure->dims & 1u << d)
            good = check_dim(import, (enum dim)d) && good;
        else if (cell_of(import, name)[0] != '\0')
            good = import_error(import, "measure '%s' is not counted by %s",
                                code, name);
    }
    if (import->table->kind == TABLE_ESTIMATES)
        good = check_estimate(import) && good;
    return good;
}

/* --- any row ------------------------------------------------------------- */

static void learn_sex(struct import *import)
{
    learn(import, &import->sex, cell_of(import, "code"));
}

static void learn_stratum(struct import *import)
{
    learn(import, &import->stratum, cell_of(import, "code"));
}

/* The code of a row is known, whatever else is wrong with it: what names it is
 * not told as well. */
static const struct {
    const char *table;
    void (*learn)(struct import *import); /* or NULL */
    bool (*check)(struct import *import); /* or NULL */
} checks[] = {
    {"registry", NULL, check_registry},
    {"territory", learn_territory, check_territory},
    {"zone", learn_zone, NULL},
    {"zone_member", NULL, check_zone_member},
    {"site", learn_site, check_site},
    {"sex", learn_sex, NULL},
    {"age_class", learn_age, check_age},
    {"stratum", learn_stratum, NULL},
    {"measure", NULL, check_measure},
    {"coverage", NULL, check_coverage},
};

bool import_check_row(struct import *import)
{
    if (import->table->kind != TABLE_CODES)
        return check_cells(import) && check_fact(import);
    for (size_t c = 0; c < COUNT_OF(checks); c++) {
        if (!text_same(checks[c].table, import->table->name))
            continue;
        if (checks[c].learn != NULL)
            checks[c].learn(import);
        return check_cells(import) &&
               (checks[c].check == NULL || checks[c].check(import));
    }
    return check_cells(import);
}
