/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/reading.h"

#include <math.h>
#include <string.h>

/* --- where, when, who ------------------------------------------------------
 */

static void add_part(struct text *out, const char *words, const char *join)
{
    if (out->size > 0)
        text_add(out, join);
    text_add(out, words);
}

/* "de 80 à 84 ans", after "chez les hommes" */
static const char *age_words(struct page *page, const struct node *age)
{
    const char *key = "reading.age.range";
    if (age->high < 0)
        key = "reading.age.over";
    else if (age->high == 0)
        key = "reading.age.infant";
    else if (age->low == age->high)
        key = age->low == 1 ? "reading.age.year" : "reading.age.single";
    return locale_fill(page->open, page->lang, key, "low",
                       arena_format(page->open, "%d", age->low), "high",
                       arena_format(page->open, "%d", age->high), NULL);
}

static void add_people(struct page *page, struct text *out,
                       const struct pick *pick)
{
    const struct node *sex = pick_at(pick, DIM_SEX);
    const struct node *age = pick_at(pick, DIM_AGE);
    bool all_ages = words_total(DIM_AGE, age);
    if (!words_total(DIM_SEX, sex))
        add_part(out, words_node_in(page, DIM_SEX, sex), ", ");
    else if (!all_ages)
        add_part(out, locale_text(page->lang, "reading.people"), ", ");
    if (!all_ages)
        add_part(out, age_words(page, age), " ");
}

static const char *named(struct page *page, const char *key, enum dim dim,
                         const struct node *node)
{
    return locale_fill(page->open, page->lang, key, "name",
                       words_node(page, dim, node), NULL);
}

static const char *context_words(struct page *page, const struct pick *pick)
{
    struct text out = text_new(page->open);
    const struct node *place = pick_at(pick, DIM_TERRITORY);
    const struct node *period = pick_at(pick, DIM_PERIOD);
    const struct node *site = pick_at(pick, DIM_SITE);
    const struct node *stratum = pick_at(pick, DIM_STRATUM);
    bool bare = place->zone && place->article[0] == '\0';
    add_part(&out,
             bare ? named(page, "reading.zone", DIM_TERRITORY, place)
                  : words_node_in(page, DIM_TERRITORY, place),
             ", ");
    if (!words_total(DIM_PERIOD, period))
        add_part(&out, words_node_in(page, DIM_PERIOD, period), ", ");
    if (!words_total(DIM_SITE, site))
        add_part(&out, named(page, "reading.site", DIM_SITE, site), ", ");
    add_people(page, &out, pick);
    if (!words_total(DIM_STRATUM, stratum))
        add_part(&out, named(page, "reading.stratum", DIM_STRATUM, stratum),
                 ", ");
    return out.at;
}

/* --- what ------------------------------------------------------------------
 */

/* The title of a table without how its rows are told apart: ", par année". */
static const char *without_rows(struct page *page, const char *title)
{
    static const char *const joints[] = {", par ", ", by "};
    for (size_t j = 0; j < COUNT_OF(joints); j++) {
        const char *at = strstr(title, joints[j]);
        if (at != NULL)
            return arena_slice(page->open, title, (size_t)(at - title));
    }
    return title;
}

/* What the value is, inside a sentence. Proportions have long labels; the
 * table's title says it better. */
static const char *subject_words(struct page *page, const struct pick *pick,
                                 size_t column)
{
    const struct pub_table *table = pick->table;
    bool by_age = !words_total(DIM_AGE, pick_at(pick, DIM_AGE));
    const char *subject =
        pub_column(table, column)->kind == PUB_PROPORTION
            ? without_rows(page,
                           words_typeset(page, pub_title(table, page->lang)))
            : words_column(page, table, column, by_age);
    return words_lower(page, subject);
}

/* Units that are said with the number, before its interval: "−0,3 % par an". */
static bool clings(const char *unit)
{
    static const char *const units[] = {
        "% a year", "percent_per_year", "points", "years", "months", "days"};
    for (size_t u = 0; u < COUNT_OF(units); u++) {
        if (text_same(units[u], unit))
            return true;
    }
    return false;
}

/* "−0,3 % par an", but "−0.3% per year" */
static const char *with_unit(struct page *page, const char *number,
                             const char *unit)
{
    bool tight = page->lang == LANG_EN && unit[0] == '%';
    return arena_format(page->open, "%s%s%s", number, tight ? "" : "\u00a0",
                        unit);
}

/* "48,2 [IC95 % : 46,1 ; 50,4] pour 100 000 personnes-années" */
static const char *value_words(struct page *page, struct cell cell)
{
    const struct pub_column *at = pub_column(cell.table, cell.column);
    const char *parts[3] = {words_cell_said(page, cell)};
    size_t count = 1;
    double value = 0;
    if (clings(at->unit) &&
        pub_read(cell.table, cell.row, cell.column, &value) == AVAILABLE)
        parts[0] = with_unit(page, parts[0], words_unit(page, at->unit));
    const char *interval = words_interval(page, cell);
    if (interval[0] != '\0')
        parts[count++] = interval;
    if (at->kind == PUB_CRUDE_RATE || at->kind == PUB_STANDARDISED_RATE)
        parts[count++] = words_unit(page, at->unit);
    return text_join(page->open, parts, count, " ");
}

/* --- the sentence ----------------------------------------------------------
 */

static const char *sentence(struct page *page, const char *key,
                            const char *context, const char *subject,
                            struct cell cell)
{
    bool comma = strstr(subject, ", ") != NULL;
    return locale_fill(
        page->open, page->lang, key, "context", context, "subject",
        comma ? arena_format(page->open, "%s,", subject) : subject, "value",
        value_words(page, cell), NULL);
}

/* "est de" needs a noun with its article; "on compte", several of them. */
static const char *say_cell(struct page *page, const char *context,
                            const char *subject, struct cell cell)
{
    double value = 0;
    const struct pub_column *at = pub_column(cell.table, cell.column);
    bool there =
        pub_read(cell.table, cell.row, cell.column, &value) == AVAILABLE;
    const char *noun = locale_definite(page->open, page->lang, subject);
    bool counted = at->kind == PUB_COUNT && fabs(value) >= 2;
    if (there && !words_are_text(at) && at->kind != PUB_COUNT &&
        noun[0] != '\0')
        return sentence(page, "reading.value", context, noun, cell);
    if (there && counted)
        return locale_fill(page->open, page->lang, "reading.count", "context",
                           context, "subject", subject, "value",
                           value_words(page, cell), NULL);
    context = arena_format(page->open, "%s, %s", context, subject);
    return locale_fill(page->open, page->lang, "report.reading", "context",
                       context, "value", value_words(page, cell), NULL);
}

/* "80 %" of the person-years */
static const char *covered(struct page *page, const struct caption_facts *facts)
{
    struct grid_cell cell = grid_read(page, facts->read_column,
                                      facts->read_rows, facts->row_dim_count);
    return num_format_percent(page->open, page->lang, cell.value,
                              facts->read_column->decimals);
}

const char *reading_sentence(struct page *page,
                             const struct caption_facts *facts)
{
    const struct source_column *column = facts->read_column;
    if (!column)
        return "";
    struct pick pick = column->pick;
    for (size_t r = 0; r < facts->row_dim_count; r++)
        (void)pick_node(&pick, facts->read_rows[r].dim,
                        facts->read_rows[r].node);
    if (column->coverage)
        return locale_fill(page->open, page->lang, "reading.coverage",
                           "context", context_words(page, &pick), "value",
                           covered(page, facts), NULL);
    const struct cell cell = {pick.table, pub_row(pick.table, pick.place),
                              column->column};
    return say_cell(page, context_words(page, &pick),
                    subject_words(page, &pick, column->column), cell);
}
