/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/build.h"

#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/task.h"
#include "seal/seal.h"

bool build_theme(const struct invocation *call, const struct project *project,
                 const char *theme, struct theme *out, struct err *err)
{
    return theme_find(
        call->run,
        theme[0] == '\0' ? NULL : fs_join(call->run, project->directory, theme),
        fs_find(call->run, project->directory, "templates"), out, err);
}

bool build_project(const struct invocation *call, struct project **out,
                   struct err *err)
{
    struct theme theme;
    if (!script_project(call->run, call->project, out, err) ||
        !build_theme(call, *out, (*out)->theme, &theme, err))
        return false;
    const char *lang = option(call, "lang");
    const char *store = option(call, "store");
    const char *release = option(call, "release");
    struct project *project = *out;
    if (store != NULL)
        project->store = store;
    if (release != NULL && !project_is_id(release))
        return err_fail(err, ERR_USAGE, "usage.release",
                        "--release '%s': expected letters a-z, digits and '-'",
                        release);
    if (release != NULL)
        project->id = release;
    if (lang == NULL)
        return true;
    enum lang only;
    if (!lang_parse(lang, &only))
        return err_fail(err, ERR_USAGE, "usage.lang",
                        "--lang '%s': expected fr or en", lang);
    if (project->lang_count != 1 || project->langs[0] != only)
        project->id = arena_format(call->run, "%s-%s", project->id, lang);
    project->langs[0] = only;
    project->lang_count = 1;
    return true;
}

const char *build_path(struct arena *run, const struct project *project,
                       const char *path)
{
    if (path[0] == '/' || strstr(path, "://") != NULL ||
        text_same(project->directory, "."))
        return path;
    return fs_join(run, project->directory, path);
}

/* --- the closed half -------------------------------------------------- */

static bool run_seal(void *context, size_t task, struct err *err)
{
    (void)task;
    return seal_run(context, err);
}

const char *build_store(const struct invocation *call,
                        const struct project *project)
{
    const char *store = option(call, "store");
    return store != NULL ? store
                         : build_path(call->run, project, project->store);
}

/* What both jobs of the closed half need; the invocation must last as long. */
static struct seal_job seal_job(struct invocation *call,
                                const struct project *project,
                                const struct plan *plan)
{
    return (struct seal_job){
        .project = project,
        .plan = plan,
        .store = build_store(call, project),
        .version = PANORAMA_VERSION,
        .output = "",
        .review = "",
        .certificate = "",
        .ledger = "",
        .key_file = "",
        .find_map = build_find_map,
        .map_context = call,
        .jobs = call->jobs,
    };
}

static bool run_outline(void *context, size_t task, struct err *err)
{
    (void)task;
    return seal_outline(context, err);
}

bool build_outline(const struct invocation *call, const struct project *project,
                   const struct plan *plan, const char *edition,
                   struct err *err)
{
    struct invocation maps = *call; /* its arena is read and written */
    struct seal_job job = seal_job(&maps, project, plan);
    job.output = edition;
    return task_run_child(run_outline, &job, err);
}

bool build_seal(const struct invocation *call, const struct project *project,
                const struct plan *plan, const struct build_inside *inside,
                struct err *err)
{
    struct invocation maps = *call; /* its arena is read and written */
    struct seal_job job = seal_job(&maps, project, plan);
    job.output = inside->edition;
    job.review = inside->review;
    job.certificate = inside->certificate;
    job.ledger = build_path(call->run, project, project->ledger);
    if (project->key_file[0] != '\0')
        job.key_file = build_path(call->run, project, project->key_file);
    /* The child has stages of its own: none of ours may last meanwhile. */
    progress_end(call->progress);
    job.progress = call->progress;
    return task_run_child(run_seal, &job, err);
}

bool build_edition_project(const struct invocation *call, const char *edition,
                           struct project **out, struct err *err)
{
    const struct edition *sealed = NULL;
    if (!build_project(call, out, err) ||
        !edition_read(call->run, edition, &sealed, err))
        return false;
    struct project *project = *out;
    project->id = sealed->project->id;
    project->state = sealed->project->state;
    project->embargo = sealed->project->embargo;
    if (option(call, "lang") == NULL) {
        project->lang_count = sealed->project->lang_count;
        memcpy(project->langs, sealed->project->langs, sizeof project->langs);
    }
    return true;
}

/* --- the open half ---------------------------------------------------- */

/* Adds the documents of one report: one, or one per territory. */
static bool add_documents(struct arena *run, struct build_rendering *out,
                          const struct plan_report *report, enum lang lang,
                          size_t *capacity, struct err *err)
{
    struct codes codes = *out->edition->codes;
    const struct node *places = codes.dims[DIM_TERRITORY].nodes;
    int *nodes = NULL;
    size_t count = 0;
    if (report->each.count > 0 &&
        !plan_select(run, &codes, DIM_TERRITORY, &report->each, &nodes, &count,
                     err))
        return err_wrap(err, "report '%s'", report->id);
    size_t wanted = report->each.count > 0 ? count : 1;
    for (size_t i = 0; i < wanted; i++) {
        out->documents = arena_grow(run, out->documents, out->count, capacity,
                                    sizeof *out->documents);
        out->documents[out->count++] = (struct build_document){
            .report = report,
            .territory = count == 0 ? NULL : &places[nodes[i]],
            .lang = lang,
        };
    }
    return true;
}

/* The family of the project's house style; its files may be elsewhere. */
static bool open_fonts(const struct invocation *call,
                       const struct project *project, struct fonts **out,
                       struct err *err)
{
    struct theme theme;
    const char *directory = option(call, "fonts");
    if (!build_theme(call, project, project->theme, &theme, err))
        return false;
    if (directory == NULL)
        directory = theme.font_directory;
    return fonts_open_family(call->run, theme.font_family, directory, out, err);
}

bool build_rendering(const struct invocation *call,
                     const struct project *project, const char *edition,
                     struct build_rendering *out, struct err *err)
{
    *out = (struct build_rendering){.project = project};
    if (!edition_read(call->run, edition, &out->edition, err))
        return false;
    size_t capacity = 0;
    for (size_t l = 0; l < project->lang_count; l++) {
        for (size_t r = 0; r < out->edition->report_count; r++) {
            if (!add_documents(call->run, out, &out->edition->reports[r],
                               project->langs[l], &capacity, err))
                return false;
        }
    }
    return open_fonts(call, project, &out->fonts, err);
}

static struct page_job page_job(const struct build_rendering *rendering,
                                size_t document)
{
    const struct build_document *wanted = &rendering->documents[document];
    return (struct page_job){
        .project = rendering->project,
        .edition = rendering->edition,
        .report = wanted->report,
        .territory = wanted->territory,
        .lang = wanted->lang,
        .fonts = rendering->fonts,
    };
}

bool build_make(struct arena *open, void *context, size_t document,
                struct document **out, struct err *err)
{
    const struct page_job job = page_job(context, document);
    return script_page(open, &job, out, err);
}

bool build_make_text(struct arena *open,
                     const struct build_rendering *rendering, size_t document,
                     struct document **out, struct err *err)
{
    struct page_job job = page_job(rendering, document);
    job.text_only = true;
    return script_page(open, &job, out, err);
}

bool build_make_chapter(struct arena *open,
                        const struct build_rendering *rendering,
                        size_t document, size_t chapter, struct document **out,
                        struct err *err)
{
    struct page_job job = page_job(rendering, document);
    job.chapter = chapter;
    return script_page(open, &job, out, err);
}

struct release_job build_job(const struct invocation *call,
                             struct build_rendering *rendering,
                             const char *output, const char *name)
{
    return (struct release_job){
        .edition = rendering->edition,
        .project = rendering->project,
        .fonts = rendering->fonts,
        .output = output,
        .name = name,
        .sealed = "",
        .kept = "",
        .templates =
            fs_find(call->run, rendering->project->directory, "templates"),
        .documents = rendering->count,
        .make = build_make,
        .context = rendering,
        .jobs = call->jobs,
        .replace = option(call, "replace") != NULL,
        .progress = call->progress,
    };
}
