/* SPDX-License-Identifier: EUPL-1.2 */
#include <ctype.h>
#include <lauxlib.h>

#include "base/fs.h"
#include "script/chapter.h"
#include "script/definition.h"
#include "script/field.h"
#include "script/page.h"
#include "script/review.h"

/* --- names ---------------------------------------------------------------- */

/* Codes in file names: letters and digits as they are, the rest '-'. */
static const char *file_name(struct arena *arena, const char *text)
{
    char *name = arena_text(arena, text);
    for (char *at = name; *at; at++) {
        if (!isalnum((unsigned char)*at) && *at != '_')
            *at = '-';
    }
    return name;
}

static void name_document(struct page *page, const char *directory)
{
    struct document *document = page->document;
    const struct page_job *job = page->job;
    const struct node *place = job->territory;
    document->name = job->report->id;
    document->title = words_typeset(page, job->report->title[page->lang]);
    if (place) {
        document->name =
            file_name(page->open, arena_format(page->open, "%s-%s",
                                               place->level, place->code));
        document->title = locale_fill(
            page->open, page->lang, "report.title", "title", document->title,
            "place", words_node(page, DIM_TERRITORY, place), NULL);
        directory =
            arena_format(page->open, "%s/%s", directory, document->name);
    }
    /* The first language has the plain paths. */
    bool first =
        job->project->lang_count == 0 || job->project->langs[0] == page->lang;
    document->directory = first
                              ? directory
                              : arena_format(page->open, "%s/%s",
                                             lang_code(page->lang), directory);
}

/* The house style of the report, or else of the project. */
static void name_theme(lua_State *L, struct page *page)
{
    const struct project *project = page->job->project;
    const char *theme = field_path(L, -1, "theme", project->theme);
    if (theme[0] != '\0')
        page->document->theme = fs_join(page->open, project->directory, theme);
}

/* --- running page() ------------------------------------------------------- */

static void push_document(lua_State *L)
{
    lua_newuserdatauv(L, 1, 0);
    luaL_setmetatable(L, OBJECT_DOCUMENT);
}

static void register_all(lua_State *L)
{
    register_nodes(L);
    register_tables(L);
    register_document(L);
    register_verbs(L);
    register_blocks(L);
    register_structure(L);
}

static int run_page(lua_State *L)
{
    struct page *page = lua_touserdata(L, 1);
    sandbox_set_context(L, page);
    register_all(L);
    definition_standards(L, page->open, &page->standards,
                         &page->standard_count);
    definition_push(L, page->job->report->path);
    name_theme(L, page);
    name_document(page, field_text(L, -1, "directory", page->job->report->id));
    definition_push_function(L, "page");
    push_document(L);
    lua_call(L, 1, 1);
    page_add(L, lua_gettop(L));
    return 0;
}

static bool has_figure(const struct block *blocks, size_t count, const char *id)
{
    for (size_t b = 0; b < count; b++) {
        if ((blocks[b].figure && text_same(blocks[b].figure->id, id)) ||
            (blocks[b].grid && text_same(blocks[b].grid->id, id)))
            return true;
        if (has_figure(blocks[b].children, blocks[b].child_count, id))
            return true;
    }
    return false;
}

/* What a figure does without is told where the figure is. */
static void keep_waivers(struct page *page)
{
    size_t kept = 0;
    for (size_t w = 0; w < page->waiver_count; w++) {
        if (has_figure(page->blocks, page->block_count,
                       page->waivers[w].figure))
            page->waivers[kept++] = page->waivers[w];
    }
    page->waiver_count = kept;
}

static void finish(struct page *page)
{
    keep_waivers(page);
    struct document *document = page->document;
    const struct plan_report *report = page->job->report;
    document->blocks = page->blocks;
    document->block_count = page->block_count;
    document->datasets = page->datasets;
    document->dataset_count = page->dataset_count;
    document->standards = page->standards;
    document->standard_count = page->standard_count;
    document->waivers = page->waivers;
    document->waiver_count = page->waiver_count;
    document->said = page->said;
    document->said_count = page->said_count;
    document->formats = report->formats;
    document->format_count = report->format_count;
}

static struct page page_new(struct arena *open, const struct page_job *job)
{
    struct document *document = arena_alloc(open, sizeof *document);
    *document = (struct document){
        .lang = job->lang,
        .title = "",
        .subtitle = "",
        .description = "",
        .edition = job->edition,
        .territory = job->territory,
    };
    return (struct page){
        .open = open,
        .job = job,
        .lang = job->lang,
        .document = document,
        .section = "",
    };
}

static bool run_script(struct page *page, struct err *err)
{
    struct sandbox *sandbox = sandbox_open(page->open, &sandbox_page_limits,
                                           page->job->project->directory);
    bool ok = sandbox_run(sandbox, run_page, page, err);
    sandbox_close(sandbox);
    return ok;
}

static bool make_page(struct page *page, struct err *err)
{
    const struct page_job *job = page->job;
    if (!run_script(page, err))
        return false;
    if (job->chapter > 0 && chapter_is_short(page)) {
        *page = page_new(page->open, job);
        page->draw_all = true;
        if (!run_script(page, err))
            return false;
    }
    review_add_rules(page);
    return structure_of_page(page, err) &&
           (job->chapter == 0 || chapter_keep(page, err));
}

bool script_page(struct arena *open, const struct page_job *job,
                 struct document **out, struct err *err)
{
    struct page page = page_new(open, job);
    if (!make_page(&page, err)) {
        const struct node *place = job->territory;
        return place ? err_wrap(err, "report '%s', %s %s", job->report->id,
                                place->level, place->code)
                     : err_wrap(err, "report '%s'", job->report->id);
    }
    finish(&page);
    *out = page.document;
    return true;
}
