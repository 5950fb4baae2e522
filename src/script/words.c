/* SPDX-License-Identifier: EUPL-1.2 */
#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "model/place.h"
#include "script/field.h"
#include "script/page.h"

enum {
    GROWN = 15, /* years of age: people under it are children */
    OLDER = 25, /* from GROWN to this they are young men and women */
};

/* --- nodes ---------------------------------------------------------------- */

const char *words_typeset(struct page *page, const char *text)
{
    return locale_typography(page->open, page->lang, text);
}

bool words_total(enum dim dim, const struct node *node)
{
    if (dim == DIM_SITE)
        return node->parent < 0 || text_same(node->level, "all");
    return dim != DIM_TERRITORY && text_same(node->code, CODE_TOTAL);
}

const char *words_generation(const struct node *age)
{
    if (age->high < 0 || age->high >= OLDER || words_total(DIM_AGE, age))
        return "";
    if (age->high < GROWN)
        return "children";
    return age->low >= GROWN ? "young" : "";
}

/* Stores name codes; the totals that the program makes may have no label. */
static const char *label_of(struct page *page, enum dim dim,
                            const struct node *node)
{
    const char *label = node->label[page->lang];
    if (label[0] == '\0')
        label = node->label[LANG_FR];
    if (label[0] != '\0' && !text_same(label, node->code))
        return words_typeset(page, label);
    if (dim == DIM_SEX && strlen(node->code) == 1 &&
        strchr("TMF", node->code[0]))
        return locale_text(page->lang,
                           arena_format(page->open, "sex.%s", node->code));
    if (text_same(node->code, CODE_TOTAL))
        return locale_text(page->lang, "total");
    return node->code;
}

const char *words_node(struct page *page, enum dim dim, const struct node *node)
{
    switch (dim) {
    case DIM_TERRITORY:
        return place_name(page->open, page->lang, node);
    case DIM_AGE:
        return age_format(page->open, page->lang, node);
    case DIM_PERIOD:
        return period_format(page->open, page->lang, node, false);
    case DIM_SITE:
    case DIM_SEX:
    case DIM_STRATUM:
    case DIM_COUNT:
        break;
    }
    return label_of(page, dim, node);
}

const char *words_node_in(struct page *page, enum dim dim,
                          const struct node *node)
{
    if (dim == DIM_TERRITORY && !(node->zone && node->article[0] == '\0'))
        return place_in(page->open, page->lang, node);
    if (dim == DIM_PERIOD)
        return period_format(page->open, page->lang, node, true);
    if (dim == DIM_SEX && strlen(node->code) == 1 &&
        strchr("TMF", node->code[0]))
        return locale_text(
            page->lang, arena_format(page->open, "sex.%s.among", node->code));
    return words_node(page, dim, node);
}

/* --- columns -------------------------------------------------------------- */

const char *words_standard(struct page *page, const char *code)
{
    for (size_t s = 0; s < page->standard_count; s++) {
        if (text_same(page->standards[s].code, code))
            return page->standards[s].label[page->lang];
    }
    return code;
}

static const char *measure_label(struct page *page,
                                 const struct pub_table *table)
{
    const struct measure *measure = pub_measure(table);
    const char *label = measure->label[page->lang];
    return words_typeset(page,
                         label[0] != '\0' ? label : measure->label[LANG_FR]);
}

/* What is made of a stored value says so. */
static const char *estimate_heading(struct page *page,
                                    const struct pub_table *table,
                                    const struct pub_column *column)
{
    static const char given[] = "survival_given_";
    const char *measure = measure_label(page, table);
    if (text_same(column->unit, "grade"))
        return locale_text(page->lang, "column.grade");
    if (column->standard[0] != '\0')
        return locale_fill(page->open, page->lang, "column.standardised",
                           "measure", measure, "standard",
                           words_standard(page, column->standard), NULL);
    if (!text_starts(column->id, given))
        return measure;
    const char *code = column->id + strlen(given);
    int place = pub_axis_find(table, DIM_STRATUM, NULL, code);
    const char *time =
        place < 0
            ? code
            : words_node(page, DIM_STRATUM,
                         pub_axis_node(table, DIM_STRATUM, (size_t)place));
    return locale_fill(page->open, page->lang, "column.conditional", "measure",
                       measure, "given", time, NULL);
}

static const char *value_heading(struct page *page,
                                 const struct pub_table *table,
                                 const struct pub_column *column, bool by_age)
{
    switch (column->kind) {
    case PUB_COUNT:
    case PUB_PROPORTION:
        return measure_label(page, table);
    case PUB_ESTIMATE:
        return estimate_heading(page, table, column);
    case PUB_PERSON_YEARS:
        return locale_text(page->lang, "column.person_years");
    case PUB_CRUDE_RATE:
        return locale_text(page->lang,
                           by_age ? "column.age_rate" : "column.crude_rate");
    case PUB_STANDARDISED_RATE:
        return locale_fill(page->open, page->lang, "report.asr", "standard",
                           words_standard(page, column->standard), NULL);
    case PUB_STATISTIC:
        return statistic_heading(page->open, page->lang, column->id);
    case PUB_SHARE:
        break;
    }
    return locale_text(page->lang, "column.share");
}

const char *words_column(struct page *page, const struct pub_table *table,
                         size_t column, bool by_age)
{
    const struct pub_column *at = pub_column(table, column);
    switch (at->part) {
    case PUB_LOWER:
        return locale_text(page->lang, "interval.lower.short");
    case PUB_UPPER:
        return locale_text(page->lang, "interval.upper.short");
    case PUB_VALUE:
        break;
    }
    return value_heading(page, table, at, by_age);
}

const char *words_unit(struct page *page, const char *unit)
{
    return unit_words(page->lang, unit);
}

const char *words_unit_short(struct page *page, const char *unit)
{
    return unit_words_short(page->lang, unit);
}

/* --- cells ---------------------------------------------------------------- */

static bool is_percent(const struct pub_column *column)
{
    return text_same(column->unit, "percent");
}

bool words_are_class(const struct pub_column *column)
{
    return class_is_unit(column->unit);
}

bool words_are_text(const struct pub_column *column)
{
    return text_same(column->unit, "year") || words_are_class(column);
}

/* A number in figures, a class in words, a year without a space in it. */
static const char *value_words(struct page *page, struct cell cell,
                               double value)
{
    const struct pub_column *column = pub_column(cell.table, cell.column);
    int decimals = pub_decimals(cell.table, cell.row, cell.column);
    const char *words = class_words(page->lang, column->unit, value);
    if (words != NULL)
        return words;
    if (text_same(column->unit, "year") && decimals == 0)
        return arena_format(page->open, "%.0f", value);
    return num_format(page->open, page->lang, value, decimals);
}

const char *words_cell(struct page *page, struct cell cell)
{
    double value = 0;
    enum availability status =
        pub_read(cell.table, cell.row, cell.column, &value);
    if (status != AVAILABLE)
        return availability_sign(page->lang, status);
    return value_words(page, cell, value);
}

/* A sentence says "+0,8 % par an": of a change the sign is the news. */
static bool is_change(const struct pub_column *column)
{
    return text_same(column->unit, "percent_per_year");
}

const char *words_cell_said(struct page *page, struct cell cell)
{
    double value = 0;
    const struct pub_column *column = pub_column(cell.table, cell.column);
    enum availability status =
        pub_read(cell.table, cell.row, cell.column, &value);
    if (status != AVAILABLE)
        return locale_fill(page->open, page->lang, "report.no_value", "reason",
                           availability_words(page->lang, status), NULL);
    int decimals = pub_decimals(cell.table, cell.row, cell.column);
    if (is_percent(column))
        return num_format_percent(page->open, page->lang, value, decimals);
    const char *words = value_words(page, cell, value);
    bool rises = is_change(column) && num_round(value, decimals) > 0;
    return rises ? arena_format(page->open, "+%s", words) : words;
}

/* A value that is shown without its limits: they are confidential. */
static bool lacks_limits(struct cell cell)
{
    double ignored = 0;
    const struct pub_column *column = pub_column(cell.table, cell.column);
    return column->lower >= 0 &&
           pub_read(cell.table, cell.row, cell.column, &ignored) == AVAILABLE &&
           pub_read(cell.table, cell.row, (size_t)column->lower, &ignored) ==
               CONFIDENTIAL;
}

/* The value that a limit belongs to; false for a column that is none. */
static bool value_of_limit(struct cell limit, struct cell *value)
{
    for (size_t c = 0; c < pub_columns(limit.table); c++) {
        const struct pub_column *of = pub_column(limit.table, c);
        if (of->lower != (int)limit.column && of->upper != (int)limit.column)
            continue;
        *value = (struct cell){limit.table, limit.row, c};
        return true;
    }
    return false;
}

bool words_is_limit(struct cell cell)
{
    struct cell value;
    return value_of_limit(cell, &value);
}

bool words_limit_withheld(struct cell cell)
{
    struct cell value;
    return value_of_limit(cell, &value) && lacks_limits(value);
}

/* The limits of a value as they are printed. */
struct limits {
    const char *lower, *upper;
};

static bool read_limits(struct page *page, struct cell cell,
                        struct limits *limits)
{
    const struct pub_column *column = pub_column(cell.table, cell.column);
    double lower = 0, upper = 0;
    if (column->lower < 0 || column->upper < 0 ||
        pub_read(cell.table, cell.row, (size_t)column->lower, &lower) !=
            AVAILABLE ||
        pub_read(cell.table, cell.row, (size_t)column->upper, &upper) !=
            AVAILABLE)
        return false;
    limits->lower = num_format(page->open, page->lang, lower, column->decimals);
    limits->upper = num_format(page->open, page->lang, upper, column->decimals);
    return true;
}

/* Printed alike, which says that the interval is narrower than the last digit;
 * "[47,8 ; 47,8]" would say that it has no width. Ranks are whole. */
static bool are_narrow(struct cell cell, const struct limits *limits)
{
    return text_same(limits->lower, limits->upper) &&
           !text_same(pub_column(cell.table, cell.column)->unit, "rank");
}

bool words_limit_narrow(struct page *page, struct cell cell)
{
    struct cell value;
    struct limits limits;
    return value_of_limit(cell, &value) && read_limits(page, value, &limits) &&
           are_narrow(value, &limits);
}

/* The limits of a cell in the sentence `key`, that they are withheld, or that
 * no digit tells them apart; "" without any. */
static const char *limits_in(struct page *page, struct cell cell,
                             const char *key, const char *withheld,
                             const char *narrow)
{
    struct limits limits;
    if (lacks_limits(cell))
        return locale_text(page->lang, withheld);
    if (!read_limits(page, cell, &limits))
        return "";
    if (are_narrow(cell, &limits))
        return locale_text(page->lang, narrow);
    return locale_fill(page->open, page->lang, key, "lower", limits.lower,
                       "upper", limits.upper, NULL);
}

const char *words_interval(struct page *page, struct cell cell)
{
    return limits_in(page, cell, "interval.bounds", "interval.withheld",
                     "interval.narrow");
}

const char *words_cell_about(struct page *page, struct cell cell)
{
    double value = 0;
    return pub_read(cell.table, cell.row, cell.column, &value) == AVAILABLE
               ? num_format_about(page->open, page->lang, value)
               : words_cell_said(page, cell);
}

const char *words_interval_about(struct page *page, struct cell cell)
{
    const struct pub_column *column = pub_column(cell.table, cell.column);
    const struct cell bounds[] = {
        {cell.table, cell.row, (size_t)column->lower},
        {cell.table, cell.row, (size_t)column->upper},
    };
    if (words_interval(page, cell)[0] == '\0' || lacks_limits(cell))
        return words_interval(page, cell);
    const char *lower = words_cell_about(page, bounds[0]);
    const char *upper = words_cell_about(page, bounds[1]);
    return text_same(lower, upper)
               ? ""
               : locale_fill(page->open, page->lang, "interval.bounds", "lower",
                             lower, "upper", upper, NULL);
}

/* Limits of what a model has smoothed are those of a posterior distribution. */
static bool are_credible(const struct pub_column *column)
{
    return text_starts(column->id, "spatial_ratio") ||
           text_starts(column->id, "smoothed_ratio");
}

const char *words_limits(struct page *page, struct cell cell)
{
    bool credible = are_credible(pub_column(cell.table, cell.column));
    return limits_in(
        page, cell, credible ? "interval.credible.words" : "interval.words",
        credible ? "interval.credible.withheld.words"
                 : "interval.withheld.words",
        credible ? "interval.credible.narrow.words" : "interval.narrow.words");
}

/* --- texts ---------------------------------------------------------------- */

double words_covered(double share, int decimals)
{
    double step = pow(10, -decimals);
    double percent = num_round(100 * share, decimals);
    if (share < 1 && percent >= 100)
        return 100 - step;
    return share > 0 && percent <= 0 ? step : percent;
}

const char *words_lower(struct page *page, const char *text)
{
    return utf8_uncapital(page->open, text);
}

const char *words_value(lua_State *L, int index, const char *field)
{
    struct page *page = page_of(L);
    const struct cell *cell = test_cell(L, index);
    if (cell)
        return words_cell_said(page, *cell);
    const struct member *member = test_node(L, index);
    if (member)
        return words_node(page, member->dim, member->node);
    const struct guarded *verb = test_verb(L, index);
    if (verb)
        return verb->text;
    if (lua_type(L, index) != LUA_TSTRING)
        field_fail(L, field, "%s: expected a text, a cell or a node, found %s",
                   field, luaL_typename(L, index));
    lua_pushvalue(L, index);
    return field_take_text(L, field);
}
