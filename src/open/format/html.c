/* SPDX-License-Identifier: EUPL-1.2 */
/* format/html.c - one self-contained page: inline style, inline figures, no
 * script, no request to anywhere. */
#include "format/format.h"

#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/num.h"
#include "device/device.h"
#include "page/legend.h"

struct page {
    struct arena *scratch;
    const struct format_job *job;
    enum lang lang;
    struct text out;
    size_t figures; /* so far: prefixes of their ids */
    size_t headings;
    int level; /* of the last heading */
};

static void add(struct page *page, const char *markup)
{
    text_add(&page->out, markup);
}

static void add_xml(struct page *page, const char *text)
{
    text_add_xml(&page->out, text);
}

static const char *words(const struct page *page, const char *key)
{
    return locale_text(page->lang, key);
}

/* --- text --------------------------------------------------------------- */

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
    bool link = run->href != NULL && run->href[0] != '\0';
    if (link) {
        add(page, "<a href=\"");
        add_xml(page, run->href);
        add(page, "\">");
    }
    for (size_t m = 0; m < COUNT_OF(marks); m++) {
        if ((run->style & marks[m].style) != 0)
            add(page, marks[m].open);
    }
    add_xml(page, run->text);
    for (size_t m = COUNT_OF(marks); m-- > 0;) {
        if ((run->style & marks[m].style) != 0)
            add(page, marks[m].close);
    }
    if (link)
        add(page, "</a>");
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
    add(page, "<sup><abbr title=\"");
    add_xml(page, words(page, "flag.a"));
    add(page, "\">a</abbr></sup>");
}

static void add_cell(struct page *page, const struct grid_column *column,
                     const struct grid_cell *cell)
{
    if (column->header) {
        add(page, "<th scope=\"row\">");
        add_xml(page, cell->text);
        add(page, "</th>");
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
        add(page, "\">");
        add_xml(page, cell->text);
        add(page, "</abbr></td>");
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
            add(page, "<small>");
            add_xml(page, column->unit);
            add(page, "</small>");
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
        add(page, "<caption>");
        add_xml(page, title);
        add(page, "</caption>");
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
        add(page, "<p class=\"signs\">");
        add_xml(page, legend);
        add(page, "</p>\n");
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

static void add_figure(struct page *page, const struct block *block)
{
    const struct figure *figure = block->figure;
    const char *prefix = arena_format(page->scratch, "f%zu", ++page->figures);
    add(page, "<div>\n<figure>\n");
    if (figure->scene != NULL) {
        device_svg(figure->scene, page->job->fonts, false, prefix, &page->out);
    } else {
        add(page, "<p class=\"note\">");
        add_xml(page, figure->words);
        add(page, "</p>\n");
    }
    add(page, "<figcaption><strong>");
    add_xml(page, block->caption.title);
    add(page, "</strong>");
    add_caption(page, &block->caption);
    add(page, "</figcaption>\n</figure>\n");
    if (figure->data != NULL && figure->data->rows > 0) {
        add(page, "<details><summary>");
        add_xml(page, words(page, "figure.data"));
        add(page, "</summary>\n");
        add_grid(page, figure->data, block->caption.title);
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
    add_runs(page, &block->text);
    text_format(&page->out, "</h%d>\n", level);
}

static void add_keys(struct page *page, const struct block *block)
{
    add(page, "<ul class=\"keys\">\n");
    for (size_t k = 0; k < block->figure_count; k++) {
        const struct key_figure *key = &block->figures[k];
        add(page, "<li><b>");
        add_xml(page, key->value);
        add(page, "</b>");
        add_xml(page, key->label);
        if (key->detail[0] != '\0') {
            add(page, "<small>");
            add_xml(page, key->detail);
            add(page, "</small>");
        }
        add(page, "</li>\n");
    }
    add(page, "</ul>\n");
}

static void add_list(struct page *page, const struct block *block)
{
    add(page, "<ul>\n");
    for (size_t i = 0; i < block->item_count; i++) {
        add(page, "<li>");
        add_runs(page, &block->items[i]);
        add(page, "</li>\n");
    }
    add(page, "</ul>\n");
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
    case BLOCK_LIST:
        add_list(page, block);
        break;
    case BLOCK_LISTING:
        add_listing(page, block);
        break;
    case BLOCK_KEY_FIGURES:
        add_keys(page, block);
        break;
    case BLOCK_TABLE:
        add_grid(page, block->grid, block->caption.title);
        add(page, "<div class=\"cap\">");
        add_caption(page, &block->caption);
        add(page, "</div>\n");
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
        add(page, "<li><a href=\"#");
        add_xml(page, id);
        add(page, "\">");
        for (size_t r = 0; r < block->text.count; r++)
            add_xml(page, block->text.run[r].text);
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
    add(page, "</title>\n<meta name=\"description\" content=\"");
    add_xml(page, document->description);
    add(page, "\">\n<style>\n");
    text_add_bytes(&page->out, css, size);
    add(page, "</style>\n</head>\n<body>\n<a class=\"skip\" "
              "href=\"#main\">");
    add_xml(page, words(page, "html.skip"));
    add(page, "</a>\n<header>\n");
    const char *state =
        state_words(page->scratch, page->lang, document->edition->project);
    if (state[0] != '\0') {
        add(page, "<p class=\"state\">");
        add_xml(page, state);
        add(page, "</p>\n");
    }
    add(page, "<p class=\"sub\">");
    add_xml(page, document->edition->project->title[page->lang]);
    add(page, "</p>\n<h1>");
    add_xml(page, document->title);
    add(page, "</h1>\n");
    if (!text_same(document->subtitle,
                   document->edition->project->title[page->lang])) {
        add(page, "<p class=\"sub\">");
        add_xml(page, document->subtitle);
        add(page, "</p>\n");
    }
    add(page, "</header>\n");
    return true;
}

static void add_foot(struct page *page)
{
    const struct edition *edition = page->job->document->edition;
    const struct project *project = edition->project;
    add(page, "<footer>\n<p>");
    add_xml(page, project->publisher);
    add(page, " – ");
    add_xml(page, date_format(page->scratch, page->lang, project->date));
    add(page, " – ");
    add_xml(page, project->licence);
    add(page, "</p>\n<p>");
    add_xml(page, project->id);
    add(page, " – ");
    add_xml(page, edition->snapshot);
    add(page, "</p>\n</footer>\n</body>\n</html>\n");
}

static const char *page_path(struct arena *scratch,
                             const struct format_job *job)
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
        add(&page, "</main>\n");
        add_foot(&page);
        ok = fs_write(page_path(page.scratch, job), page.out.at, page.out.size,
                      err);
    }
    arena_free(page.scratch);
    return ok;
}

/* --- reading back --------------------------------------------------------- */

/* Where reading has come to in the finished page. */
struct reading {
    struct arena *scratch;
    const char *at;
    const char *name;
};

/* Text between the next `before` and the `after` that follows, or NULL. */
static const char *take(struct reading *reading, const char *before, char after)
{
    const char *start = strstr(reading->at, before);
    if (start == NULL)
        return NULL;
    start += strlen(before);
    const char *stop = strchr(start, after);
    if (stop == NULL)
        return NULL;
    reading->at = stop;
    return arena_slice(reading->scratch, start, (size_t)(stop - start));
}

static bool check_cell(struct reading *reading,
                       const struct grid_column *column,
                       const struct grid_cell *cell, struct err *err)
{
    struct text want = text_new(reading->scratch);
    const char *found = NULL;
    if (cell->availability == AVAILABLE) {
        num_print(&want, cell->value, column->decimals - cell->coarser);
        text_add(&want, "\">");
        text_add_xml(&want, cell->text);
        found = take(reading, "data-v=\"", '<');
    } else {
        text_add_char(&want, availability_letter(cell->availability));
        found = take(reading, "data-s=\"", '"');
    }
    if (found != NULL && text_same(found, want.at))
        return true;
    return err_fail(err, ERR_DISAGREE, "verify.html",
                    "%s: not what the edition says of %s", reading->name,
                    cell->cell_id);
}

static bool check_grid(struct reading *reading, const struct grid *grid,
                       struct err *err)
{
    if (grid == NULL)
        return true;
    for (size_t i = 0; i < grid->rows * grid->column_count; i++) {
        const struct grid_column *column =
            &grid->columns[i % grid->column_count];
        if (grid->cells[i].number && !column->header &&
            !check_cell(reading, column, &grid->cells[i], err))
            return false;
    }
    return true;
}

static bool check_block(struct reading *reading, const struct block *block,
                        struct err *err)
{
    if (block->kind == BLOCK_TABLE)
        return check_grid(reading, block->grid, err);
    if (block->kind == BLOCK_FIGURE)
        return check_grid(reading, block->figure->data, err);
    for (size_t c = 0; c < block->child_count; c++) {
        if (!check_block(reading, &block->children[c], err))
            return false;
    }
    return true;
}

static bool verify_html(const struct format_job *job, struct err *err)
{
    struct arena *scratch = arena_new();
    struct reading reading = {.scratch = scratch};
    char *bytes = NULL;
    size_t size = 0;
    const char *path = page_path(scratch, job);
    bool ok = fs_read(scratch, path, &bytes, &size, err);
    reading.at = bytes;
    reading.name = fs_name(path);
    for (size_t b = 0; ok && b < job->document->block_count; b++)
        ok = check_block(&reading, &job->document->blocks[b], err);
    if (ok && strstr(reading.at, "</html>") == NULL)
        ok = err_fail(err, ERR_DISAGREE, "verify.html", "%s ends early",
                      reading.name);
    arena_free(scratch);
    return ok;
}

const struct format format_html = {
    .name = "html",
    .extension = ".html",
    .media_type = "text/html",
    .write = write_html,
    .verify = verify_html,
};
