/* SPDX-License-Identifier: EUPL-1.2 */
/* format/html.c - self-contained pages: inline style, inline figures, no
 * script, no request to anywhere. */
#include "format/html_impl.h"

#include <string.h>

#include "base/fs.h"
#include "device/device.h"
#include "page/structure.h"

/* --- markup --------------------------------------------------------------- */

void html_add(struct html_page *page, const char *markup)
{
    text_add(&page->out, markup);
}

void html_xml(struct html_page *page, const char *text)
{
    text_add_xml(&page->out, text);
}

void html_around(struct html_page *page, const char *before, const char *text,
                 const char *after)
{
    html_add(page, before);
    html_xml(page, text);
    html_add(page, after);
}

const char *html_words(const struct html_page *page, const char *key)
{
    return locale_text(page->lang, key);
}

/* --- navigation ----------------------------------------------------------- */

static const struct html_leaf *leaf_of(const struct html_page *page)
{
    return &page->book->leaves[page->leaf];
}

static const char *title_of(const struct html_page *page,
                            const struct block *heading)
{
    return structure_title(page->scratch, page->lang, heading);
}

static void add_leaf_link(struct html_page *page, size_t leaf)
{
    html_around(page, "<a href=\"", page->book->leaves[leaf].file, "\">");
    html_xml(page, title_of(page, page->book->leaves[leaf].heading));
    html_add(page, "</a>");
}

/* The sections of a chapter that has a page for each. */
static void add_sections(struct html_page *page, size_t chapter)
{
    const struct html_book *book = page->book;
    html_add(page, "<ol>\n");
    for (size_t l = chapter + 1;
         l < book->count && book->leaves[l].chapter == chapter; l++) {
        html_add(page, "<li>");
        add_leaf_link(page, l);
        html_add(page, "</li>\n");
    }
    html_add(page, "</ol>");
}

/* Links to the chapters that have pages of their own. */
static void add_chapters(struct html_page *page)
{
    const struct html_book *book = page->book;
    for (size_t l = 1; l < book->count; l++) {
        if (book->leaves[l].chapter != l)
            continue;
        html_add(page, "<li>");
        add_leaf_link(page, l);
        if (book->leaves[l].divided)
            add_sections(page, l);
        html_add(page, "</li>\n");
    }
}

/* Links to the headings of one level on this page. */
static void add_places(struct html_page *page, int level)
{
    const struct html_leaf *leaf = leaf_of(page);
    for (size_t b = leaf->first; b < leaf->past; b++) {
        const struct block *block = &page->job->document->blocks[b];
        if (block->kind != BLOCK_HEADING || block->level > level ||
            block == leaf->heading)
            continue;
        html_around(page, "<li><a href=\"#", page->book->ids[b], "\">");
        html_xml(page, title_of(page, block));
        html_add(page, "</a></li>\n");
    }
}

static void open_navigation(struct html_page *page, const char *key)
{
    html_around(page, "<nav aria-label=\"", html_words(page, key), "\">");
}

/* A page without headings has nothing to lead to. */
static void add_contents(struct html_page *page)
{
    if (page->book->count == 1 && !structure_has_headings(page->job->document))
        return;
    open_navigation(page, "html.contents");
    html_add(page, "<ol>\n");
    add_places(page, 1);
    add_chapters(page);
    html_add(page, "</ol></nav>\n");
}

static size_t count_sections(const struct html_page *page)
{
    const struct html_leaf *leaf = leaf_of(page);
    size_t sections = 0;
    for (size_t b = leaf->first; b < leaf->past; b++) {
        const struct block *block = &page->job->document->blocks[b];
        sections += block->kind == BLOCK_HEADING && block->level == 2 &&
                    block != leaf->heading;
    }
    return sections;
}

/* What a chapter has, on its page or on pages of their own. */
static void add_chapter_contents(struct html_page *page)
{
    if (!leaf_of(page)->divided && count_sections(page) < 2)
        return;
    open_navigation(page, "html.chapter");
    if (leaf_of(page)->divided) {
        add_sections(page, page->leaf);
    } else {
        html_add(page, "<ol>\n");
        add_places(page, 2);
        html_add(page, "</ol>");
    }
    html_add(page, "</nav>\n");
}

static void add_step(struct html_page *page, const char *key, const char *rel,
                     size_t leaf)
{
    const struct html_leaf *to = &page->book->leaves[leaf];
    const char *title = to->heading == NULL ? html_words(page, "html.contents")
                                            : title_of(page, to->heading);
    html_around(page, "<li><a rel=\"", rel, "\" ");
    html_around(page, "href=\"", to->file, "\">");
    html_xml(page,
             locale_fill(page->scratch, page->lang, key, "title", title, NULL));
    html_add(page, "</a></li>\n");
}

/* The page before, the contents, the page after. */
static void add_steps(struct html_page *page, const char *key)
{
    const struct html_book *book = page->book;
    if (book->count == 1)
        return;
    html_around(page, "<nav class=\"steps\" aria-label=\"",
                html_words(page, key), "\"><ul>\n");
    if (page->leaf > 1)
        add_step(page, "html.previous", "prev", page->leaf - 1);
    if (page->leaf > 0) {
        html_around(page, "<li><a href=\"", book->leaves[0].file, "\">");
        html_around(page, "", html_words(page, "html.contents"), "</a></li>\n");
    }
    if (page->leaf + 1 < book->count)
        add_step(page, "html.next", "next", page->leaf + 1);
    html_add(page, "</ul></nav>\n");
}

/* --- head and foot -------------------------------------------------------- */

/* A project whose templates/ has only prose has the pages of the program. */
static const char *style_path(const struct html_page *page)
{
    const char *templates = page->job->templates;
    return fs_find(page->scratch, fs_directory(page->scratch, templates),
                   fs_join(page->scratch, fs_name(templates), "page.css"));
}

static bool add_style(struct html_page *page, struct err *err)
{
    char *css = NULL;
    size_t size = 0;
    if (!fs_read(page->scratch, style_path(page), &css, &size, err))
        return false;
    html_add(page, "<style>\n");
    text_add_bytes(&page->out, css, size);
    html_add(page, "</style>\n");
    return true;
}

static bool add_head(struct html_page *page, struct err *err)
{
    const struct document *document = page->job->document;
    const struct block *heading = leaf_of(page)->heading;
    text_format(&page->out,
                "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
                "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                "content=\"width=device-width, initial-scale=1\">\n<title>",
                lang_code(page->lang));
    if (heading != NULL)
        html_around(page, "", title_of(page, heading), " – ");
    html_xml(page, document->title);
    html_around(page, "</title>\n<meta name=\"description\" content=\"",
                document->description, "\">\n");
    if (!add_style(page, err))
        return false;
    html_around(page, "</head>\n<body>\n<a class=\"skip\" href=\"#main\">",
                html_words(page, "html.skip"), "</a>\n");
    return true;
}

/* The report's title, or what leads back to it. */
static void add_titles(struct html_page *page)
{
    const struct document *document = page->job->document;
    const char *title = document->edition->project->title[page->lang];
    html_around(page, "<p class=\"sub\">", title, "</p>\n<h1>");
    html_around(page, "", document->title, "</h1>\n");
    if (!text_same(document->subtitle, title)) {
        html_around(page, "<p class=\"sub\">", document->subtitle, "</p>\n");
    }
}

static void add_way_back(struct html_page *page)
{
    const struct html_book *book = page->book;
    html_around(page, "<p class=\"sub\"><a href=\"", book->leaves[0].file,
                "\">");
    html_around(page, "", page->job->document->title, "</a></p>\n");
    size_t chapter = leaf_of(page)->chapter;
    if (chapter == page->leaf)
        return;
    html_add(page, "<p class=\"sub\">");
    add_leaf_link(page, chapter);
    html_add(page, "</p>\n");
}

static void add_workbook(struct html_page *page,
                         const struct xlsx_book *workbook, const char *words)
{
    html_around(page, "<a href=\"", workbook->file, "\" download>");
    html_around(page, "", words, "</a>");
}

/* The printed form, at the entry of a report. */
static void add_print(struct html_page *page)
{
    const struct document *document = page->job->document;
    if (page->leaf > 0 || !format_published(&format_pdf, document))
        return;
    html_around(page, "<p class=\"files\"><a href=\"", document->name,
                ".pdf\" download>");
    html_around(page, "", html_words(page, "html.download.pdf"), "</a></p>\n");
}

/* The workbook of this page; at the entry of a long report those of all. */
static void add_workbooks(struct html_page *page)
{
    const struct xlsx_books *workbooks = page->workbooks;
    const char *key =
        page->leaf == 0 ? "html.download.xlsx" : "html.download.part";
    for (size_t w = 0; w < workbooks->count; w++) {
        if (workbooks->book[w].leaf != page->leaf)
            continue;
        html_add(page, "<p class=\"files\">");
        add_workbook(page, &workbooks->book[w], html_words(page, key));
        html_add(page, "</p>\n");
    }
    if (page->leaf > 0 || page->book->count == 1 || workbooks->count == 0)
        return;
    html_around(page, "<details class=\"files\"><summary>",
                html_words(page, "html.workbooks"), "</summary>\n<ul>\n");
    for (size_t w = 0; w < workbooks->count; w++) {
        html_add(page, "<li>");
        add_workbook(page, &workbooks->book[w], workbooks->book[w].part);
        html_add(page, "</li>\n");
    }
    html_add(page, "</ul></details>\n");
}

static void add_header(struct html_page *page)
{
    const char *state = state_words(page->scratch, page->lang,
                                    page->job->document->edition->project);
    html_add(page, "<header>\n");
    if (state[0] != '\0') {
        html_around(page, "<p class=\"state\">", state, "</p>\n");
    }
    if (page->leaf == 0)
        add_titles(page);
    else
        add_way_back(page);
    add_print(page);
    add_workbooks(page);
    html_add(page, "</header>\n");
    add_steps(page, "html.steps");
    if (page->leaf == 0)
        add_contents(page);
    else
        add_chapter_contents(page);
}

static void add_foot(struct html_page *page)
{
    const struct edition *edition = page->job->document->edition;
    const struct project *project = edition->project;
    html_around(page, "<footer>\n<p>", project->publisher[page->lang], " – ");
    html_xml(page, date_format(page->scratch, page->lang, project->date));
    html_around(page, " – ", project->licence[page->lang], "</p>\n<p>");
    html_xml(page, project->id);
    html_around(page, " – ", edition->snapshot,
                "</p>\n</footer>\n</body>\n</html>\n");
}

/* --- files ---------------------------------------------------------------- */

const char *html_path(struct arena *scratch, const struct format_job *job,
                      const struct html_leaf *leaf)
{
    return arena_format(scratch, "%s/%s/%s", job->root,
                        job->document->directory, leaf->file);
}

static void collect_outlines(struct svg_outlines *outlines,
                             const struct block *blocks, size_t count)
{
    for (size_t b = 0; b < count; b++) {
        const struct block *block = &blocks[b];
        if (block->kind == BLOCK_FIGURE && block->figure->scene != NULL)
            svg_outlines_collect(outlines, block->figure->scene);
        collect_outlines(outlines, block->children, block->child_count);
    }
}

static bool write_leaf(const struct format_job *job,
                       const struct html_book *book,
                       const struct xlsx_books *workbooks, size_t leaf,
                       struct err *err)
{
    struct html_page page = {
        .scratch = arena_new(),
        .job = job,
        .book = book,
        .workbooks = workbooks,
        .leaf = leaf,
        .lang = job->document->lang,
        .level = leaf == 0 ? 1 : 0,
    };
    page.out = text_new(page.scratch);
    page.outlines = svg_outlines_new(page.scratch);
    collect_outlines(page.outlines,
                     job->document->blocks + leaf_of(&page)->first,
                     leaf_of(&page)->past - leaf_of(&page)->first);
    bool ok = add_head(&page, err);
    if (ok) {
        add_header(&page);
        html_add(&page, "<main id=\"main\">\n");
        for (size_t b = leaf_of(&page)->first; b < leaf_of(&page)->past; b++)
            html_block(&page, &job->document->blocks[b]);
        html_notes(&page);
        html_add(&page, "</main>\n");
        add_steps(&page, "html.steps.end");
        add_foot(&page);
        ok = fs_write(html_path(page.scratch, job, leaf_of(&page)), page.out.at,
                      page.out.size, err);
    }
    arena_free(page.scratch);
    return ok;
}

static bool write_html(const struct format_job *job, struct err *err)
{
    struct arena *scratch = arena_new();
    const struct html_book *book = html_book_new(scratch, job->document);
    struct xlsx_books workbooks = {NULL, 0};
    bool ok = true;
    if (format_published(&format_xlsx, job->document))
        workbooks = xlsx_books(scratch, job->document, book);
    for (size_t l = 0; ok && l < book->count; l++)
        ok = write_leaf(job, book, &workbooks, l, err);
    arena_free(scratch);
    return ok;
}

const struct format format_html = {
    .name = "html",
    .extension = ".html",
    .media_type = "text/html",
    .write = write_html,
    .verify = html_verify,
};
