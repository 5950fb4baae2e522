/* SPDX-License-Identifier: EUPL-1.2 */
/* The block under every table and figure, written from what is shown. */
#include <lauxlib.h>
#include <string.h>

#include "base/utf8.h"
#include "script/field.h"
#include "script/markdown_mark.h"
#include "script/reading.h"

/* --- sources -------------------------------------------------------------- */

static bool earlier_source(const struct caption_facts *facts, size_t column)
{
    const char *source = pub_measure(facts->columns[column].pick.table)->source;
    for (size_t c = 0; c < column; c++) {
        const struct pub_table *table = facts->columns[c].pick.table;
        if (text_same(pub_measure(table)->source, source))
            return true;
    }
    return source[0] == '\0';
}

static const char *usual_source(struct page *page,
                                const struct caption_facts *facts)
{
    struct text sources = text_new(page->open);
    for (size_t c = 0; c < facts->column_count; c++) {
        if (earlier_source(facts, c))
            continue;
        if (sources.size > 0)
            text_add(&sources, locale_text(page->lang, "map.separator"));
        const struct pub_table *table = facts->columns[c].pick.table;
        text_add(&sources,
                 words_typeset(page, code_measure_source(
                                         page->job->edition->codes,
                                         pub_measure(table), page->lang)));
    }
    const struct project *project = page->job->edition->project;
    return locale_fill(page->open, page->lang, "report.source", "sources",
                       sources.at, "release",
                       words_typeset(page, project->title[page->lang]), NULL);
}

/* --- unit and scope ------------------------------------------------------- */

static const char *column_unit(struct page *page,
                               const struct source_column *column)
{
    if (column->coverage)
        return words_unit(page, "percent");
    return words_unit(page,
                      pub_column(column->pick.table, column->column)->unit);
}

static const char *usual_unit(struct page *page,
                              const struct caption_facts *facts)
{
    const char *unit = column_unit(page, &facts->columns[0]);
    size_t count =
        facts->unit_count > 0 ? facts->unit_count : facts->column_count;
    for (size_t c = 1; c < count; c++) {
        if (!text_same(column_unit(page, &facts->columns[c]), unit))
            return "";
    }
    return unit;
}

/* Code of the standard of a column of rates; "" of any other column. Of an
 * estimated rate the store knows it alone. */
static const char *standard_of(struct page *page,
                               const struct source_column *column)
{
    if (column->coverage)
        return "";
    const struct pub_table *table = column->pick.table;
    const struct pub_column *at = pub_column(table, column->column);
    if (at->kind == PUB_ESTIMATE && text_same(at->unit, "per_100000"))
        return code_registry(
            page->job->edition->codes,
            arena_format(page->open, "standard.%s", pub_measure(table)->code));
    bool rate = at->kind == PUB_STANDARDISED_RATE || at->kind == PUB_STATISTIC;
    return rate ? at->standard : "";
}

static bool earlier_standard(struct page *page,
                             const struct caption_facts *facts, size_t column)
{
    const char *standard = standard_of(page, &facts->columns[column]);
    for (size_t c = 0; c < column; c++) {
        if (text_same(standard_of(page, &facts->columns[c]), standard))
            return true;
    }
    return standard[0] == '\0';
}

/* "Monde (Segi-Doll), Europe 2013", in the order of the columns; "" none. */
static const char *standards_of(struct page *page,
                                const struct caption_facts *facts)
{
    struct text names = text_new(page->open);
    for (size_t c = 0; c < facts->column_count; c++) {
        if (earlier_standard(page, facts, c))
            continue;
        text_add(&names, names.size > 0 ? ", " : "");
        text_add(&names,
                 words_standard(page, standard_of(page, &facts->columns[c])));
    }
    return names.at;
}

bool caption_varies(const struct caption_facts *facts, enum dim dim)
{
    for (size_t r = 0; r < facts->row_dim_count; r++) {
        if (facts->row_dims[r] == dim)
            return true;
    }
    const struct node *node = pick_at(&facts->columns[0].pick, dim);
    size_t count =
        facts->scope_count > 0 ? facts->scope_count : facts->column_count;
    for (size_t c = 1; c < count; c++) {
        if (pick_at(&facts->columns[c].pick, dim) != node)
            return true;
    }
    return false;
}

/* "France, 2019-2023, Poumon": what holds for the whole table. */
/* Names of sites have commas: semicolons stand between the parts. */
static const char *usual_scope(struct page *page,
                               const struct caption_facts *facts)
{
    static const enum dim order[] = {DIM_TERRITORY, DIM_PERIOD, DIM_SITE,
                                     DIM_SEX,       DIM_AGE,    DIM_STRATUM};
    struct text scope = text_new(page->open);
    for (size_t o = 0; o < COUNT_OF(order); o++) {
        const struct node *node = pick_at(&facts->columns[0].pick, order[o]);
        if (caption_varies(facts, order[o]) || words_total(order[o], node))
            continue;
        if (scope.size > 0)
            text_add(&scope, locale_text(page->lang, "map.separator"));
        const char *name = words_node(page, order[o], node);
        text_add(&scope, order[o] == DIM_SEX ? words_lower(page, name) : name);
    }
    return scope.at;
}

/* --- note
 * ----------------------------------------------------------------------------
 */

static void add_sentence(struct text *note, const char *sentence)
{
    if (sentence[0] == '\0')
        return;
    if (note->size > 0)
        text_add(note, strchr(".!?", note->at[note->size - 1]) ? " " : ". ");
    text_add(note, sentence);
}

/* Flags that every value of a grid has. */
unsigned caption_shared_flags(const struct grid *grid)
{
    unsigned shared = ~0u;
    bool any = false;
    for (size_t c = 0; c < grid->rows * grid->column_count; c++) {
        const struct grid_cell *cell = &grid->cells[c];
        if (!cell->number || cell->availability != AVAILABLE)
            continue;
        any = true;
        shared &= cell->flags;
    }
    return any ? shared : 0;
}

static const char *usual_note(lua_State *L, const struct caption_facts *facts)
{
    struct page *page = page_of(L);
    return words_typeset(page,
                         pub_note(facts->columns[0].pick.table, page->lang));
}

/* Whatever note a script gives, readers are told what was grouped, and what was
 * rounded. */
static void add_treatment(struct page *page, const struct caption_facts *facts,
                          struct text *note)
{
    for (size_t c = 0; c < facts->column_count; c++) {
        const struct pub_table *table = facts->columns[c].pick.table;
        bool told = false;
        for (size_t other = 0; other < c; other++)
            told = told || facts->columns[other].pick.table == table;
        if (told)
            continue;
        add_sentence(note,
                     words_typeset(page, pub_coarsened(table, page->lang)));
        const char *changed = pub_changed_note(page->open, table, page->lang);
        add_sentence(note, words_typeset(page, changed));
    }
}

/* What grades mean, where the table has some: also under a map of its
 * estimates, which shows what is withheld for its grade by a pattern. */
static void add_grades(struct page *page, const struct caption_facts *facts,
                       struct text *note)
{
    bool graded = false;
    for (size_t c = 0; c < facts->column_count; c++) {
        const struct pub_table *table = facts->columns[c].pick.table;
        graded = graded || pub_find_column(table, "grade") >= 0;
    }
    if (graded)
        add_sentence(note, locale_text(page->lang, "report.grades"));
}

/* The note of the caption with one more sentence. */
static void note_also(struct page *page, struct caption *caption,
                      const char *sentence)
{
    struct text note = text_new(page->open);
    text_add(&note, caption->note);
    add_sentence(&note, sentence);
    caption->note = note.at;
}

void caption_explain_limits(struct page *page, const struct grid *grid,
                            struct caption *caption)
{
    bool alone = false;
    for (size_t c = 0; c < grid->rows * grid->column_count; c++)
        alone = alone || grid->cells[c].alone;
    if (alone)
        note_also(page, caption,
                  locale_text(page->lang, "report.limits_withheld"));
}

void caption_explain_narrow(struct page *page, const struct grid *grid,
                            struct caption *caption)
{
    bool narrow = false;
    for (size_t c = 0; c < grid->rows * grid->column_count; c++)
        narrow = narrow || grid->cells[c].narrow;
    if (narrow)
        note_also(page, caption,
                  locale_text(page->lang, "report.limits_narrow"));
}

void caption_explain_coarser(struct page *page, struct caption *caption)
{
    note_also(page, caption, locale_text(page->lang, "report.coarser"));
}

void caption_explain_digits(struct page *page, const struct grid *grid,
                            struct caption *caption)
{
    bool coarser = false;
    for (size_t c = 0; c < grid->rows * grid->column_count; c++) {
        const struct grid_cell *cell = &grid->cells[c];
        coarser =
            coarser || (cell->availability == AVAILABLE && cell->coarser > 0);
    }
    if (coarser)
        caption_explain_coarser(page, caption);
}

void caption_name_standards(struct page *page,
                            const struct caption_facts *facts,
                            struct caption *caption)
{
    const char *names = standards_of(page, facts);
    if (names[0] == '\0')
        return;
    if (caption->unit[0] != '\0') {
        caption->unit =
            locale_fill(page->open, page->lang, "report.unit_standard", "unit",
                        caption->unit, "names", names, NULL);
        return;
    }
    note_also(page, caption,
              locale_fill(page->open, page->lang, "report.standard", "names",
                          names, NULL));
}

/* --- the whole ------------------------------------------------------------ */

const char *caption_text(lua_State *L, int fields, const char *field,
                         const char *usual)
{
    const char *text = field_text(L, fields, field, usual);
    mark_check_plain(L, text, field);
    return mark_typeset(page_of(L), text);
}

const char *caption_where(lua_State *L)
{
    const struct markdown calls = {.name = "caption", .text = ""};
    return mark_where(L, &calls, "");
}

void read_caption(lua_State *L, int fields, const struct caption_facts *facts,
                  struct caption *out)
{
    struct page *page = page_of(L);
    const struct pub_table *table = facts->columns[0].pick.table;
    out->title = caption_text(L, fields, "title", pub_title(table, page->lang));
    out->unit = caption_text(L, fields, "unit", usual_unit(page, facts));
    out->scope = caption_text(L, fields, "scope", usual_scope(page, facts));
    out->reading =
        caption_text(L, fields, "reading", reading_sentence(page, facts));
    out->source = caption_text(L, fields, "source", usual_source(page, facts));
    out->where = caption_where(L);
    struct text note = text_new(page->open);
    add_sentence(&note, caption_text(L, fields, "note", usual_note(L, facts)));
    add_treatment(page, facts, &note);
    add_grades(page, facts, &note);
    /* Formats explain signs and single flags beside the cells themselves. */
    unsigned shared = caption_shared_flags(facts->grid);
    if (shared)
        add_sentence(
            &note,
            locale_fill(page->open, page->lang, "report.all_flags", "flags",
                        flag_words(page->open, page->lang, shared), NULL));
    out->note = note.at;
}
