/* SPDX-License-Identifier: EUPL-1.2 */
/* format/html.c - one self-contained page: inline style, inline figures, no
 * script, no request to anywhere. */
#include "format/html_impl.h"

#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/num.h"
#include "device/device.h"
#include "page/legend.h"
#include "page/structure.h"

struct page {
    struct arena *scratch;
    const struct format_job *job;
    enum lang lang;
    struct text out;
    size_t figures; /* so far: prefixes of their ids */
    size_t headings;
    int level;                 /* of the last heading */
    const struct note **notes; /* called so far */
    size_t note_count, note_capacity;
};

static void add(struct page *page, const char *markup)
{
    text_add(&page->out, markup);
}

static void add_xml(struct page *page, const char *text)
{
    text_add_xml(&page->out, text);
}

static void add_around(struct page *page, const char *before, const char *text,
                       const char *after)
{
    add(page, before);
    add_xml(page, text);
    add(page, after);
}

static const char *words(const struct page *page, const char *key)
{
    return locale_text(page->lang, key);
}

/* --- text --------------------------------------------------------------- */

/* What goes around a piece of text, outermost first. */
static void open_link(struct page *page, const struct run *run)
{
    if (run->anchor != NULL) {
        add_around(page, "<span id=\"", run->anchor, "\">");
    }
    if (run->href != NULL && run->href[0] != '\0') {
        add(page, "<a href=\"");
        add_xml(page, run->href);
        add(page, run->note != NULL ? "\" role=\"doc-noteref\">" : "\">");
    }
    if (run->expansion != NULL) {
        add_around(page, "<abbr title=\"", run->expansion, "\">");
    }
}

static void close_link(struct page *page, const struct run *run)
{
    if (run->expansion != NULL)
        add(page, "</abbr>");
    if (run->href != NULL && run->href[0] != '\0')
        add(page, "</a>");
    if (run->anchor != NULL)
        add(page, "</span>");
}

static void call_note(struct page *page, const struct note *note)
{
    page->notes = arena_grow(page->scratch, page->notes, page->note_count,
                             &page->note_capacity, sizeof *page->notes);
    page->notes[page->note_count++] = note;
}

static void add_run(struct page *page, const struct run *run)
{
    static const struct {
        unsigned style;
        const char *open, *close;
    } marks[] = {
        {RUN_BOLD, "<strong>", "</strong>"},
        {RUN_ITALIC, "<em>", "</em>"},
        {RUN_SUPERSCRIPT, "<sup>", "</sup>"},
    };
    if ((run->style & RUN_PAPER) != 0)
        return;
    if (run->note != NULL)
        call_note(page, run->note);
    open_link(page, run);
    for (size_t m = 0; m < COUNT_OF(marks); m++) {
        if ((run->style & marks[m].style) != 0)
            add(page, marks[m].open);
    }
    add_xml(page, run->text);
    for (size_t m = COUNT_OF(marks); m-- > 0;) {
        if ((run->style & marks[m].style) != 0)
            add(page, marks[m].close);
    }
    close_link(page, run);
}

static void add_runs(struct page *page, const struct runs *runs)
{
    for (size_t r = 0; r < runs->count; r++)
        add_run(page, &runs->run[r]);
}

/* --- tables ------------------------------------------------------------- */

/* The reliability sign, in words for those who hear the page. */
static void add_flag(struct page *page)
{
    add_around(page, "<sup><abbr title=\"", words(page, "flag.a"),
               "\">a</abbr></sup>");
}

static void add_cell(struct page *page, const struct grid_column *column,
                     const struct grid_cell *cell)
{
    if (column->header) {
        add_around(page, "<th scope=\"row\">", cell->text, "</th>");
    } else if (!cell->number) {
        add(page, column->align == ALIGN_RIGHT ? "<td class=\"n\">" : "<td>");
        add_xml(page, cell->text);
        add(page, "</td>");
    } else if (cell->availability == AVAILABLE) {
        add(page, "<td class=\"n\" data-v=\"");
        num_print(&page->out, cell->value, column->decimals - cell->coarser);
        add(page, "\">");
        add_xml(page, cell->text);
        if ((cell->flags & FLAG_CAUTION) != 0)
            add_flag(page);
        add(page, "</td>");
    } else {
        text_format(&page->out, "<td class=\"n\" data-s=\"%c\"><abbr title=\"",
                    availability_letter(cell->availability));
        add_xml(page, availability_words(page->lang, cell->availability));
        add_around(page, "\">", cell->text, "</abbr></td>");
    }
}

static void add_heads(struct page *page, const struct grid *grid)
{
    add(page, "<thead><tr>");
    for (size_t c = 0; c < grid->column_count; c++) {
        const struct grid_column *column = &grid->columns[c];
        add(page, column->align == ALIGN_RIGHT
                      ? "<th scope=\"col\" class=\"n\">"
                      : "<th scope=\"col\">");
        add_xml(page, column->heading);
        if (column->unit[0] != '\0') {
            add_around(page, "<small>", column->unit, "</small>");
        }
        add(page, "</th>");
    }
    add(page, "</tr></thead>\n");
}

static void add_grid(struct page *page, const struct grid *grid,
                     const char *title)
{
    add(page, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
              "aria-label=\"");
    add_xml(page, title);
    add(page, "\"><table>");
    if (title[0] != '\0') {
        add_around(page, "<caption>", title, "</caption>");
    }
    add_heads(page, grid);
    add(page, "<tbody>\n");
    for (size_t r = 0; r < grid->rows; r++) {
        bool total = grid->emphasis != NULL && grid->emphasis[r] != 0;
        add(page, total ? "<tr class=\"t\">" : "<tr>");
        for (size_t c = 0; c < grid->column_count; c++)
            add_cell(page, &grid->columns[c],
                     &grid->cells[r * grid->column_count + c]);
        add(page, "</tr>\n");
    }
    add(page, "</tbody></table></div>\n");
    const char *legend =
        legend_of_signs(page->scratch, grid, page->lang, FLAG_CAUTION);
    if (legend[0] != '\0') {
        add_around(page, "<p class=\"signs\">", legend, "</p>\n");
    }
}

/* --- captions and figures ----------------------------------------------- */

static void add_caption_line(struct page *page, const char *key,
                             const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    add(page, "<p><strong>");
    add_xml(page, words(page, key));
    add(page, page->lang == LANG_FR ? "\u00a0:</strong> " : ":</strong> ");
    add_xml(page, text);
    add(page, "</p>");
}

static void add_caption(struct page *page, const struct caption *caption)
{
    add_caption_line(page, "caption.unit", caption->unit);
    add_caption_line(page, "caption.scope", caption->scope);
    add_caption_line(page, "caption.reading", caption->reading);
    add_caption_line(page, "caption.note", caption->note);
    add_caption_line(page, "caption.source", caption->source);
}

/* The place that references to a figure or table lead to. */
static void add_id(struct page *page, const struct block *block)
{
    const char *id = structure_anchor(page->scratch, block);
    if (id[0] == '\0')
        return;
    add_around(page, " id=\"", id, "\"");
}

static void add_table(struct page *page, const struct block *block)
{
    add(page, "<div");
    add_id(page, block);
    add(page, ">\n");
    add_grid(page, block->grid,
             structure_title(page->scratch, page->lang, block));
    add(page, "<div class=\"cap\">");
    add_caption(page, &block->caption);
    add(page, "</div>\n</div>\n");
}

static void add_figure(struct page *page, const struct block *block)
{
    const struct figure *figure = block->figure;
    const char *prefix = arena_format(page->scratch, "f%zu", ++page->figures);
    const char *title = structure_title(page->scratch, page->lang, block);
    add(page, "<div>\n<figure");
    add_id(page, block);
    add(page, ">\n");
    if (figure->scene != NULL) {
        device_svg(figure->scene, page->job->fonts, false, prefix, &page->out);
    } else {
        add_around(page, "<p class=\"note\">", figure->words, "</p>\n");
    }
    add_around(page, "<figcaption><strong>", title, "</strong>");
    add_caption(page, &block->caption);
    add(page, "</figcaption>\n</figure>\n");
    if (figure->data != NULL && figure->data->rows > 0) {
        add_around(page, "<details><summary>", words(page, "figure.data"),
                   "</summary>\n");
        add_grid(page, figure->data, title);
        add(page, "</details>\n");
    }
    add(page, "</div>\n");
}

/* --- blocks -------------------------------------------------------------- */

static const char *heading_id(struct page *page, const struct block *block)
{
    page->headings++;
    return block->id != NULL && block->id[0] != '\0'
               ? block->id
               : arena_format(page->scratch, "h%zu", page->headings);
}

static void add_heading(struct page *page, const struct block *block)
{
    /* The title is h1; no level is skipped on the way down. */
    int level = block->level < 1 ? 2 : block->level + 1;
    if (level > page->level + 1)
        level = page->level + 1;
    page->level = level;
    text_format(&page->out, "<h%d id=\"", level);
    add_xml(page, heading_id(page, block));
    add(page, "\">");
    if (block->label != NULL)
        add_xml(page,
                structure_number_before(page->scratch, page->lang, block));
    add_runs(page, &block->text);
    text_format(&page->out, "</h%d>\n", level);
}

static void add_keys(struct page *page, const struct block *block)
{
    add(page, "<ul class=\"keys\">\n");
    for (size_t k = 0; k < block->figure_count; k++) {
        const struct key_figure *key = &block->figures[k];
        add_around(page, "<li><b>", key->value, "</b>");
        add_xml(page, key->label);
        if (key->detail[0] != '\0') {
            add_around(page, "<small>", key->detail, "</small>");
        }
        add(page, "</li>\n");
    }
    add(page, "</ul>\n");
}

static void add_list(struct page *page, const struct block *block)
{
    bool sources = block->kind == BLOCK_BIBLIOGRAPHY;
    if (block->item_count == 0)
        return;
    add(page, sources ? "<ol>\n" : "<ul>\n");
    for (size_t i = 0; i < block->item_count; i++) {
        add(page, "<li>");
        add_runs(page, &block->items[i]);
        add(page, "</li>\n");
    }
    add(page, sources ? "</ol>\n" : "</ul>\n");
}

static void add_paragraph(struct page *page, const struct block *block)
{
    add(page, block->kind == BLOCK_NOTE ? "<p class=\"note\">" : "<p>");
    add_runs(page, &block->text);
    add(page, "</p>\n");
}

static void add_listing(struct page *page, const struct block *block)
{
    add(page, "<pre><code>");
    for (size_t i = 0; i < block->item_count; i++) {
        add_runs(page, &block->items[i]);
        add(page, i + 1 < block->item_count ? "\n" : "");
    }
    add(page, "</code></pre>\n");
}

/* --- lists of figures and tables, index, notes --------------------------- */

static void add_entries(struct page *page, const struct block *blocks,
                        size_t count, enum block_kind kind)
{
    for (size_t b = 0; b < count; b++) {
        const struct block *block = &blocks[b];
        const char *id = structure_anchor(page->scratch, block);
        if (block->kind == kind && id[0] != '\0') {
            add_around(page, "<li><a href=\"#", id, "\">");
            add_xml(page, structure_title(page->scratch, page->lang, block));
            add(page, "</a></li>\n");
        }
        add_entries(page, block->children, block->child_count, kind);
    }
}

static void add_list_of(struct page *page, enum block_kind kind,
                        const char *title)
{
    const struct document *document = page->job->document;
    add_around(page, "<details><summary>", words(page, title),
               "</summary>\n<ul>\n");
    add_entries(page, document->blocks, document->block_count, kind);
    add(page, "</ul>\n</details>\n");
}

/* Without pages, an entry leads to the sections that speak of it. */
static void add_index(struct page *page, const struct block *block)
{
    if (block->entry_count == 0)
        return;
    add(page, "<ul>\n");
    for (size_t e = 0; e < block->entry_count; e++) {
        const struct index_entry *entry = &block->entries[e];
        add(page, "<li>");
        add_xml(page, entry->term);
        for (size_t p = 0; p < entry->count; p++) {
            add_around(page, ", <a href=\"#", entry->places[p].from, "\">");
            add_xml(page, entry->places[p].words);
            add(page, "</a>");
        }
        add(page, "</li>\n");
    }
    add(page, "</ul>\n");
}

static void add_notes(struct page *page)
{
    if (page->note_count == 0)
        return;
    add_around(page, "<section role=\"doc-endnotes\" aria-label=\"",
               words(page, "notes.title"), "\">\n<ol>\n");
    for (size_t n = 0; n < page->note_count; n++) {
        const struct note *note = page->notes[n];
        text_format(&page->out, "<li id=\"%s\">", note->id);
        add_runs(page, &note->text);
        text_format(&page->out, " <a href=\"#call-%d\" aria-label=\"",
                    note->number);
        add_xml(page,
                locale_fill(page->scratch, page->lang, "notes.back", "number",
                            arena_format(page->scratch, "%d", note->number),
                            NULL));
        add(page, "\">\u21a9</a></li>\n");
    }
    add(page, "</ol>\n</section>\n");
}

static void add_block(struct page *page, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_COVER:
    case BLOCK_CONTENTS: /* the page's own header and navigation */
    case BLOCK_PAGE_BREAK:
    case BLOCK_SECTION:
        break;
    case BLOCK_HEADING:
        add_heading(page, block);
        break;
    case BLOCK_PARAGRAPH:
    case BLOCK_NOTE:
        add_paragraph(page, block);
        break;
    case BLOCK_FIGURES:
        add_list_of(page, BLOCK_FIGURE, "contents.figures");
        break;
    case BLOCK_TABLES:
        add_list_of(page, BLOCK_TABLE, "contents.tables");
        break;
    case BLOCK_LIST:
    case BLOCK_GLOSSARY:
    case BLOCK_ABBREVIATIONS:
    case BLOCK_BIBLIOGRAPHY:
        add_list(page, block);
        break;
    case BLOCK_INDEX:
        add_index(page, block);
        break;
    case BLOCK_LISTING:
        add_listing(page, block);
        break;
    case BLOCK_KEY_FIGURES:
        add_keys(page, block);
        break;
    case BLOCK_TABLE:
        add_table(page, block);
        break;
    case BLOCK_FIGURE:
        add_figure(page, block);
        break;
    case BLOCK_COLUMNS:
        add(page, "<div class=\"cols\">\n");
        for (size_t c = 0; c < block->child_count; c++)
            add_block(page, &block->children[c]);
        add(page, "</div>\n");
        break;
    }
}

/* Links to the headings of the first two levels. */
static void add_navigation(struct page *page)
{
    const struct document *document = page->job->document;
    text_format(&page->out, "<nav aria-label=\"%s\"><ol>\n",
                words(page, "html.contents"));
    for (size_t b = 0; b < document->block_count; b++) {
        const struct block *block = &document->blocks[b];
        if (block->kind != BLOCK_HEADING)
            continue;
        const char *id = heading_id(page, block);
        if (block->level > 1)
            continue;
        add_around(page, "<li><a href=\"#", id, "\">");
        add_xml(page, structure_title(page->scratch, page->lang, block));
        add(page, "</a></li>\n");
    }
    add(page, "</ol></nav>\n");
    page->headings = 0;
}

static bool add_head(struct page *page, struct err *err)
{
    const struct document *document = page->job->document;
    char *css = NULL;
    size_t size = 0;
    if (!fs_read(page->scratch,
                 fs_join(page->scratch, page->job->templates, "page.css"), &css,
                 &size, err))
        return false;
    text_format(&page->out,
                "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
                "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                "content=\"width=device-width, initial-scale=1\">\n<title>",
                lang_code(page->lang));
    add_xml(page, document->title);
    add_around(page, "</title>\n<meta name=\"description\" content=\"",
               document->description, "\">\n<style>\n");
    text_add_bytes(&page->out, css, size);
    add(page, "</style>\n</head>\n<body>\n<a class=\"skip\" "
              "href=\"#main\">");
    add_xml(page, words(page, "html.skip"));
    add(page, "</a>\n<header>\n");
    const char *state =
        state_words(page->scratch, page->lang, document->edition->project);
    if (state[0] != '\0') {
        add_around(page, "<p class=\"state\">", state, "</p>\n");
    }
    add_around(page, "<p class=\"sub\">",
               document->edition->project->title[page->lang], "</p>\n<h1>");
    add_xml(page, document->title);
    add(page, "</h1>\n");
    if (!text_same(document->subtitle,
                   document->edition->project->title[page->lang])) {
        add_around(page, "<p class=\"sub\">", document->subtitle, "</p>\n");
    }
    add(page, "</header>\n");
    return true;
}

static void add_foot(struct page *page)
{
    const struct edition *edition = page->job->document->edition;
    const struct project *project = edition->project;
    add_around(page, "<footer>\n<p>", project->publisher, " – ");
    add_xml(page, date_format(page->scratch, page->lang, project->date));
    add_around(page, " – ", project->licence, "</p>\n<p>");
    add_xml(page, project->id);
    add_around(page, " – ", edition->snapshot,
               "</p>\n</footer>\n</body>\n</html>\n");
}

const char *html_path(struct arena *scratch, const struct format_job *job)
{
    return arena_format(scratch, "%s/%s/%s.html", job->root,
                        job->document->directory, job->document->name);
}

static bool write_html(const struct format_job *job, struct err *err)
{
    struct page page = {
        .scratch = arena_new(),
        .job = job,
        .lang = job->document->lang,
        .level = 1,
    };
    page.out = text_new(page.scratch);
    bool ok = add_head(&page, err);
    if (ok) {
        add_navigation(&page);
        add(&page, "<main id=\"main\">\n");
        for (size_t b = 0; b < job->document->block_count; b++)
            add_block(&page, &job->document->blocks[b]);
        add_notes(&page);
        add(&page, "</main>\n");
        add_foot(&page);
        ok = fs_write(html_path(page.scratch, job), page.out.at, page.out.size,
                      err);
    }
    arena_free(page.scratch);
    return ok;
}

const struct format format_html = {
    .name = "html",
    .extension = ".html",
    .media_type = "text/html",
    .write = write_html,
    .verify = html_verify,
};
