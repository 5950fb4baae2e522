/* SPDX-License-Identifier: EUPL-1.2 */
/* format/html_block.c - the blocks of a document as parts of a page. */
#include "format/html_impl.h"

#include <stdio.h>
#include <string.h>

#include "format/figures.h"
#include "page/structure.h"

/* --- text --------------------------------------------------------------- */

static const char *link_to(const struct html_page *page, const char *href)
{
    return html_book_link(page->book, page->leaf, href);
}

/* A link to a place of the document. */
static void open_place(struct html_page *page, const char *id)
{
    html_around(page, "<a href=\"",
                link_to(page, arena_format(page->scratch, "#%s", id)), "\">");
}

/* What goes around a piece of text, outermost first. */
static void open_link(struct html_page *page, const struct run *run)
{
    if (run->anchor != NULL) {
        html_around(page, "<span id=\"", run->anchor, "\">");
    }
    if (run->href != NULL && run->href[0] != '\0') {
        html_add(page, "<a href=\"");
        html_xml(page, link_to(page, run->href));
        html_add(page, run->note != NULL ? "\" role=\"doc-noteref\">" : "\">");
    }
    if (run->expansion != NULL) {
        html_around(page, "<abbr title=\"", run->expansion, "\">");
    }
    if (run->lang != NULL)
        html_around(page, "<span lang=\"", run->lang, "\">");
}

static void close_link(struct html_page *page, const struct run *run)
{
    if (run->lang != NULL)
        html_add(page, "</span>");
    if (run->expansion != NULL)
        html_add(page, "</abbr>");
    if (run->href != NULL && run->href[0] != '\0')
        html_add(page, "</a>");
    if (run->anchor != NULL)
        html_add(page, "</span>");
}

static void call_note(struct html_page *page, const struct note *note)
{
    page->notes = arena_grow(page->scratch, page->notes, page->note_count,
                             &page->note_capacity, sizeof *page->notes);
    page->notes[page->note_count++] = note;
}

static void add_run(struct html_page *page, const struct run *run)
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
    if ((run->style & RUN_BREAK) != 0) {
        html_add(page, "<br>"); /* of no look, and no link of its own */
        html_xml(page, run->text);
        return;
    }
    open_link(page, run);
    for (size_t m = 0; m < COUNT_OF(marks); m++) {
        if ((run->style & marks[m].style) != 0)
            html_add(page, marks[m].open);
    }
    html_xml(page, run->text);
    for (size_t m = COUNT_OF(marks); m-- > 0;) {
        if ((run->style & marks[m].style) != 0)
            html_add(page, marks[m].close);
    }
    close_link(page, run);
}

static void add_runs(struct html_page *page, const struct runs *runs)
{
    for (size_t r = 0; r < runs->count; r++)
        add_run(page, &runs->run[r]);
}

/* --- captions and figures ----------------------------------------------- */

/* In a document without headings readers jump to the title of a table or figure
 * as to one. */
static struct html_marks title_marks(const struct html_page *page)
{
    if (structure_has_headings(page->job->document))
        return (struct html_marks){"", ""};
    return (struct html_marks){"<h2>", "</h2>"};
}

static const char *colon(const struct html_page *page)
{
    return page->lang == LANG_FR ? "\u00a0:" : ":";
}

static void add_caption_line(struct html_page *page, const char *key,
                             const char *text, const struct runs *linked)
{
    if (text == NULL || text[0] == '\0')
        return;
    html_add(page, "<p><strong>");
    html_xml(page, html_words(page, key));
    html_add(page, colon(page));
    html_add(page, "</strong> ");
    if (linked != NULL && linked->count > 0)
        add_runs(page, linked);
    else
        html_xml(page, text);
    html_add(page, "</p>");
}

static void add_caption(struct html_page *page, const struct caption *caption)
{
    const struct {
        const char *key, *text;
    } lines[CAPTION_LINES] = {
        [CAPTION_UNIT] = {"caption.unit", caption->unit},
        [CAPTION_SCOPE] = {"caption.scope", caption->scope},
        [CAPTION_READING] = {"caption.reading", caption->reading},
        [CAPTION_NOTE] = {"caption.note", caption->note},
        [CAPTION_SOURCE] = {"caption.source", caption->source},
    };
    for (size_t l = 0; l < COUNT_OF(lines); l++)
        add_caption_line(page, lines[l].key, lines[l].text,
                         caption->linked != NULL ? &caption->linked[l] : NULL);
}

/* The place that references to a figure or table lead to. */
static void add_id(struct html_page *page, const struct block *block)
{
    const char *id = structure_anchor(page->scratch, block);
    if (id[0] == '\0')
        return;
    html_around(page, " id=\"", id, "\"");
}

static void add_table(struct html_page *page, const struct block *block)
{
    html_add(page, "<div");
    add_id(page, block);
    html_add(page, ">\n");
    html_table(page, block->grid,
               structure_title(page->scratch, page->lang, block),
               title_marks(page));
    html_add(page, "<div class=\"cap\">");
    add_caption(page, &block->caption);
    html_add(page, "</div>\n</div>\n");
}

/* The picture as files of its own, where the document has them. */
static void add_files(struct html_page *page, const struct figure *figure,
                      const char *title)
{
    static const struct format *const files[] = {&format_svg, &format_png};
    const struct document *document = page->job->document;
    const char *before = "<p class=\"files\">";
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        if (!format_published(files[f], document))
            continue;
        const char *words =
            html_words(page, arena_format(page->scratch, "html.download.%s",
                                          files[f]->name));
        html_add(page, before);
        html_around(
            page, "<a href=\"",
            figures_name(page->scratch, document, figure, files[f]->extension),
            "\" download aria-label=\"");
        html_around(page, words, " – ", "");
        html_around(page, "", title, "\">");
        html_around(page, "", words, "</a>");
        before = " ";
    }
    if (before[0] == ' ')
        html_add(page, "</p>\n");
}

/* The numbers of a figure, folded: several of a page are told apart by the
 * titles that those who hear it are given. */
static void add_data(struct html_page *page, const struct grid *data,
                     const char *title)
{
    html_around(page, "<details><summary>", html_words(page, "figure.data"),
                "<span class=\"heard\">");
    html_around(page, colon(page), " ", "");
    html_around(page, "", title, "</span></summary>\n");
    html_table(page, data, title, (struct html_marks){"", ""});
    html_add(page, "</details>\n");
}

static void add_figure(struct html_page *page, const struct block *block)
{
    const struct figure *figure = block->figure;
    const struct html_marks marks = title_marks(page);
    const char *title = structure_title(page->scratch, page->lang, block);
    html_add(page, "<div>\n<figure");
    add_id(page, block);
    html_add(page, ">\n");
    html_around(page, "<figcaption>", "", marks.open);
    html_around(page, "", title, marks.close);
    html_add(page, "</figcaption>\n");
    if (figure->scene != NULL) {
        html_picture(page, figure->scene, title);
    } else {
        html_around(page, "<p class=\"note\">", figure->words, "</p>\n");
    }
    html_add(page, "<div class=\"cap\">");
    add_caption(page, &block->caption);
    html_add(page, "</div>\n");
    if (figure->scene != NULL)
        add_files(page, figure, title);
    html_add(page, "</figure>\n");
    if (figure->data != NULL && figure->data->rows > 0)
        add_data(page, figure->data, title);
    html_add(page, "</div>\n");
}

/* --- blocks -------------------------------------------------------------- */

/* A page of a chapter has its heading as h1, others the title; no level is
 * skipped on the way down. */
static int heading_level(const struct html_page *page,
                         const struct block *block)
{
    const struct block *top = page->book->leaves[page->leaf].heading;
    int level = block->level < 1 ? 1 : block->level;
    level += 1 - (top == NULL ? 0 : top->level);
    return level > page->level + 1 ? page->level + 1 : level;
}

static void add_heading(struct html_page *page, const struct block *block)
{
    int level = heading_level(page, block);
    size_t number = (size_t)(block - page->job->document->blocks);
    page->level = level;
    text_format(&page->out, "<h%d id=\"", level);
    html_xml(page, page->book->ids[number]);
    html_add(page, "\">");
    if (block->label != NULL)
        html_xml(page,
                 structure_number_before(page->scratch, page->lang, block));
    add_runs(page, &block->text);
    text_format(&page->out, "</h%d>\n", level);
}

static void add_keys(struct html_page *page, const struct block *block)
{
    html_add(page, "<ul class=\"keys\">\n");
    for (size_t k = 0; k < block->figure_count; k++) {
        const struct key_figure *key = &block->figures[k];
        html_around(page, "<li><b>", key->value, "</b>");
        html_xml(page, key->label);
        if (key->detail[0] != '\0') {
            html_around(page, "<small>", key->detail, "</small>");
        }
        html_add(page, "</li>\n");
    }
    html_add(page, "</ul>\n");
}

/* Lists that the one of an item is in; past the last item none. */
static int item_depth(const struct block *block, size_t item)
{
    return block->depths == NULL || item >= block->item_count
               ? 0
               : block->depths[item];
}

static void add_list(struct html_page *page, const struct block *block)
{
    bool sources = block->kind == BLOCK_BIBLIOGRAPHY;
    if (block->item_count == 0)
        return;
    html_add(page, sources ? "<ol>\n" : "<ul>\n");
    for (size_t i = 0; i < block->item_count; i++) {
        html_add(page, "<li>");
        add_runs(page, &block->items[i]);
        int depth = item_depth(block, i), next = item_depth(block, i + 1);
        html_add(page, next > depth ? "\n<ul>\n" : "</li>\n");
        for (; depth > next; depth--)
            html_add(page, "</ul>\n</li>\n");
    }
    html_add(page, sources ? "</ol>\n" : "</ul>\n");
}

static void add_paragraph(struct html_page *page, const struct block *block)
{
    html_add(page, block->kind == BLOCK_NOTE ? "<p class=\"note\">" : "<p>");
    add_runs(page, &block->text);
    html_add(page, "</p>\n");
}

static void add_listing(struct html_page *page, const struct block *block)
{
    html_add(page, "<pre><code>");
    for (size_t i = 0; i < block->item_count; i++) {
        add_runs(page, &block->items[i]);
        html_add(page, i + 1 < block->item_count ? "\n" : "");
    }
    html_add(page, "</code></pre>\n");
}

/* --- lists of figures and tables, index, notes --------------------------- */

/* A list being written: entries stand below the section that has them. */
struct listing {
    enum block_kind kind;
    const struct block *section; /* not named yet, or NULL */
    bool open;                   /* inside a section's own list */
};

static void add_section(struct html_page *page, struct listing *list)
{
    if (list->section == NULL)
        return;
    html_add(page, list->open ? "</ul></li>\n<li>" : "<li>");
    html_xml(page, structure_title(page->scratch, page->lang, list->section));
    html_add(page, "\n<ul>\n");
    list->open = true;
    list->section = NULL;
}

static void add_entries(struct html_page *page, const struct block *blocks,
                        size_t count, struct listing *list)
{
    for (size_t b = 0; b < count; b++) {
        const struct block *block = &blocks[b];
        if (block->kind == BLOCK_HEADING && block->level <= 2)
            list->section = block;
        const char *id = structure_anchor(page->scratch, block);
        if (block->kind == list->kind && id[0] != '\0') {
            add_section(page, list);
            html_add(page, "<li>");
            open_place(page, id);
            html_xml(page, structure_title(page->scratch, page->lang, block));
            html_add(page, "</a></li>\n");
        }
        add_entries(page, block->children, block->child_count, list);
    }
}

static void add_list_of(struct html_page *page, enum block_kind kind,
                        const char *title)
{
    const struct document *document = page->job->document;
    struct listing list = {.kind = kind, .section = NULL, .open = false};
    html_around(page, "<details><summary>", html_words(page, title),
                "</summary>\n<ul>\n");
    add_entries(page, document->blocks, document->block_count, &list);
    html_add(page, list.open ? "</ul></li>\n" : "");
    html_add(page, "</ul>\n</details>\n");
}

/* Without pages, an entry leads to the sections that speak of it. */
static void add_index(struct html_page *page, const struct block *block)
{
    if (block->entry_count == 0)
        return;
    html_add(page, "<ul class=\"index\">\n");
    for (size_t e = 0; e < block->entry_count; e++) {
        const struct index_entry *entry = &block->entries[e];
        html_add(page, "<li>");
        html_xml(page, entry->term);
        for (size_t p = 0; p < entry->count; p++) {
            html_add(page, ", ");
            open_place(page, entry->places[p].from);
            html_xml(page, entry->places[p].words);
            html_add(page, "</a>");
        }
        html_add(page, "</li>\n");
    }
    html_add(page, "</ul>\n");
}

void html_notes(struct html_page *page)
{
    if (page->note_count == 0)
        return;
    html_around(page, "<section role=\"doc-endnotes\" aria-label=\"",
                html_words(page, "notes.title"), "\">\n<ol>\n");
    for (size_t n = 0; n < page->note_count; n++) {
        const struct note *note = page->notes[n];
        text_format(&page->out, "<li id=\"%s\">", note->id);
        add_runs(page, &note->text);
        text_format(&page->out, " <a href=\"#call-%d\" aria-label=\"",
                    note->number);
        html_xml(page,
                 locale_fill(page->scratch, page->lang, "notes.back", "number",
                             arena_format(page->scratch, "%d", note->number),
                             NULL));
        html_add(page, "\">\u21a9</a></li>\n");
    }
    html_add(page, "</ol>\n</section>\n");
}

void html_block(struct html_page *page, const struct block *block)
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
        html_add(page, "<div class=\"cols\">\n");
        for (size_t c = 0; c < block->child_count; c++)
            html_block(page, &block->children[c]);
        html_add(page, "</div>\n");
        break;
    }
}
