/* SPDX-License-Identifier: EUPL-1.2 */
/* Definitions, then their pages, without any value: a figure without source, a
 * chart without uncertainty, a choropleth of counts, an unknown column. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/prose.h"
#include "app/reread.h"
#include "app/trial.h"
#include "base/fs.h"
#include "base/task.h"
#include "page/lexicon.h"

static bool has_titles(const char *id, const char *const title[LANG_COUNT],
                       struct err *err)
{
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        if (title[lang][0] == '\0')
            return err_fail(err, ERR_SCRIPT, "lint.title",
                            "table '%s': no title in '%s'", id,
                            lang_code((enum lang)lang));
    }
    return true;
}

static bool check_themes(const struct invocation *call,
                         const struct project *project, const struct plan *plan,
                         struct err *err)
{
    struct theme whole, own;
    const char *family = FONT_FAMILY;
    if (!build_theme(call, project, project->theme, &whole, err))
        return false;
    if (whole.font_family != NULL)
        family = whole.font_family;
    for (size_t r = 0; r < plan->report_count; r++) {
        const struct plan_report *report = &plan->reports[r];
        if (report->theme[0] != '\0' &&
            (!build_theme(call, project, report->theme, &own, err) ||
             !theme_check_family(&own, family, err)))
            return err_wrap(err, "report '%s'", report->id);
    }
    return true;
}

static bool check_plan(const struct plan *plan, struct err *err)
{
    for (size_t t = 0; t < plan->table_count; t++) {
        if (!has_titles(plan->tables[t].id, plan->tables[t].title, err))
            return false;
    }
    for (size_t s = 0; s < plan->statistic_count; s++) {
        if (!has_titles(plan->statistics[s].id, plan->statistics[s].title, err))
            return false;
    }
    return true;
}

/* --- sources -------------------------------------------------------------- */

/* A publication that no document cites is a mistake, or left over. */
static bool check_cited(const struct invocation *call,
                        const struct project *project, const struct map *cited,
                        struct err *err)
{
    static const char file[] = "templates/prose/bibliography.csv";
    struct lexicon lexicon = {0};
    if (!lexicon_read_publications(call->run,
                                   fs_join(call->run, project->directory, file),
                                   &lexicon, err))
        return false;
    for (size_t p = 0; p < lexicon.publication_count; p++) {
        const char *key = lexicon.publications[p].key;
        if (map_get(cited, key, strlen(key)) < 0)
            return err_fail(err, ERR_SCRIPT, "lint.uncited",
                            "%s: no document cites '%s'", file, key);
    }
    return true;
}

/* --- trial pages ---------------------------------------------------------- */

/* In a process of its own: a script that its CPU limit ends takes that with it,
 * and the directory can still be removed. */
struct trying {
    const struct invocation *call;
    const struct project *project;
    const struct plan *plan;
    struct proofreading *prose;
    const char *directory; /* for the edition of the trial */
    bool is_text;          /* no remark of before is an error */
    size_t *pages;         /* tried, in shared memory */
};

/* *trial holds what failed; the result and err tell what kept it from being
 * made. */
static bool check_pages(const struct trying *trying, struct trial *trial,
                        struct err *err)
{
    const struct invocation *call = trying->call;
    const char *edition = fs_join(call->run, trying->directory, "edition.db");
    struct build_rendering rendering = {0};
    bool ok =
        build_outline(call, trying->project, trying->plan, edition, err) &&
        build_rendering(call, trying->project, edition, &rendering, err);
    if (ok)
        trial_pages(trial, &rendering);
    fonts_close(rendering.fonts);
    if (!ok || trial->first.code != ERR_NONE || call->word_count > 0)
        return ok;
    trial_links(trial, trying->project);
    return check_cited(call, trying->project, trial->cited, err);
}

/* Everything that is wrong is told, and the first of it is the failure: in the
 * editors' text, else on a page, whose document is named. */
static bool tell(struct proofreading *prose, bool is_text,
                 const struct err *first, struct err *err)
{
    prose_print(prose);
    if (is_text && first->code != ERR_NONE) {
        *err = *first;
        return false;
    }
    return prose_no_error(prose, err);
}

static bool run_trial(void *context, size_t task, struct err *err)
{
    const struct trying *trying = context;
    struct trial trial = trial_start(trying->prose);
    struct err page = {0};
    (void)task;
    bool tried = check_pages(trying, &trial, &page);
    *trying->pages = trial.pages;
    bool ok = tell(trying->prose, trying->is_text, &trial.first, err);
    (void)!fflush(stdout);
    if (ok && !tried)
        *err = page;
    return ok && tried;
}

static bool try_pages(struct trying *trying, struct err *err)
{
    const char *place = getenv("TMPDIR");
    char *directory =
        arena_format(trying->call->run, "%s/panorama-lint.XXXXXX",
                     place == NULL || place[0] == '\0' ? "/tmp" : place);
    if (mkdtemp(directory) == NULL)
        return err_fail(err, ERR_IO, "lint.directory",
                        "'%s': cannot make a directory", directory);
    struct err ignored = {0};
    trying->directory = directory;
    bool ok = task_run_child(run_trial, trying, err);
    (void)!fs_remove(directory, &ignored);
    return ok;
}

/* --- what texts say ------------------------------------------------------- */

/* The edition of --edition, else the one that the last build kept. */
static const char *edition_of(const struct invocation *call,
                              const struct project *project)
{
    const char *given = option(call, "edition");
    return given != NULL
               ? given
               : build_path(call->run, project,
                            arena_format(call->run, "output/%s/%s.edition.db",
                                         BUILD_INSIDE, project->id));
}

static bool check_stale(const struct invocation *call,
                        const struct project *project,
                        const struct sayings *now, struct err *err)
{
    struct sayings before = {0};
    size_t paragraphs = 0;
    const char *since = option(call, "since");
    if (since != NULL
            ? !reread_edition(call, project, since, true, &before, err)
            : !reread_record(call, project, &before, err))
        return false;
    reread_print(call->run, &before, now, &paragraphs);
    if (paragraphs > 0)
        return err_fail(err, ERR_SCRIPT, "lint.stale",
                        "%zu paragraph%s to read again", paragraphs,
                        text_s(paragraphs));
    printf("%zu value%s in texts, none has changed\n", now->count,
           text_s(now->count));
    return true;
}

/* --stale, --written and --verbs read a sealed edition; the store is not
 * opened. */
static bool run_reread(const struct invocation *call,
                       const struct project *project, struct err *err)
{
    struct sayings now = {0};
    if (!reread_edition(call, project, edition_of(call, project), false, &now,
                        err))
        return false;
    if (option(call, "verbs") != NULL)
        reread_print_verbs(call->run, &now);
    if (option(call, "stale") != NULL && !check_stale(call, project, &now, err))
        return false;
    if (option(call, "written") == NULL)
        return true;
    if (!reread_write(call->run, project, &now, err))
        return false;
    printf(REREAD_RECORD ": %zu value%s\n", now.count, text_s(now.count));
    return true;
}

static bool check_options(const struct invocation *call, bool *reread,
                          struct err *err)
{
    *reread = option(call, "stale") != NULL || option(call, "verbs") != NULL ||
              option(call, "written") != NULL;
    if (!*reread && option(call, "edition") != NULL)
        return err_fail(err, ERR_USAGE, "usage.edition",
                        "--edition is for --stale, --written and --verbs");
    if (option(call, "since") != NULL && option(call, "stale") == NULL)
        return err_fail(err, ERR_USAGE, "usage.since",
                        "--since is for --stale");
    if (option(call, "written") != NULL && call->word_count > 0)
        return err_fail(err, ERR_USAGE, "usage.written",
                        "--written is for all reports together");
    return true;
}

/* The pages, where there is a store to take codes from. */
static bool check_text(const struct invocation *call,
                       const struct project *project, const struct plan *plan,
                       struct proofreading *prose, bool there, size_t *pages,
                       struct err *err)
{
    const struct err none = {0};
    struct trying trying = {
        .call = call,
        .project = project,
        .plan = plan,
        .prose = prose,
        .is_text = prose->errors == 0,
        .pages = task_shared_new(sizeof *trying.pages),
    };
    bool ok = there ? try_pages(&trying, err) : tell(prose, true, &none, err);
    *pages = *trying.pages;
    task_shared_free(trying.pages, sizeof *trying.pages);
    return ok;
}

static bool run_lint(const struct invocation *call, struct err *err)
{
    bool reread = false;
    struct project *project = NULL;
    struct plan *plan = NULL;
    struct proofreading prose = {0};
    if (!check_options(call, &reread, err) ||
        !build_project(call, &project, err))
        return false;
    if (reread)
        return run_reread(call, project, err);
    if (!script_plan(call->run, project, call->words, call->word_count, &plan,
                     err) ||
        !check_plan(plan, err) || !check_themes(call, project, plan, err) ||
        !prose_read(call, project, plan, &prose, err))
        return false;
    const char *store = build_store(call, project);
    bool there = strstr(store, "://") != NULL || fs_exists(store);
    size_t pages = 0;
    if (!check_text(call, project, plan, &prose, there, &pages, err))
        return false;
    printf("%zu report%s, %zu table%s, %zu page%s: no %sfinding\n",
           plan->report_count, text_s(plan->report_count), plan->table_count,
           text_s(plan->table_count), pages, text_s(pages),
           prose.count > 0 ? "other " : "");
    if (!there)
        printf("no page was tried: there is no store '%s' to take codes from\n",
               store);
    return true;
}

const struct command command_lint = {
    .name = "lint",
    .summary = "definitions and pages checked without data",
    .usage = "lint [REPORT...] [--store STORE]\n"
             "       panorama lint [REPORT...] --stale [--since OLD] "
             "[--edition NEW]\n"
             "       panorama lint --written [--edition NEW]\n"
             "       panorama lint [REPORT...] --verbs [--edition NEW]",
    .details =
        "Checks panorama.lua and the definitions: fields, values, standards, "
        "titles in\nevery language, house styles. Reads the editors' text: "
        "what pages cannot hold,\nnumbers in figures and missing translations "
        "are errors, typography is warned of.\nThen makes the texts of every "
        "document, and the figures of each kind of document,\nwith tables that "
        "have no value (codes are read from the store, counts are not):\n"
        "references that lead nowhere, characters without glyph, figures "
        "without source, charts\nwithout uncertainty, choropleths of counts, "
        "unknown columns.\n\n"
        "--stale lists the paragraphs to read again: those whose values in a "
        "sealed edition\nare not those that they were written on, in another "
        "edition or in the record\n" REREAD_RECORD
        ", which --written makes once they were read.\n"
        "--verbs lists the guarded verbs with the rule that allowed them. "
        "Without --edition:\nthe edition that the last build kept.",
    .example = "panorama lint",
    .options = "lang= release= store= fonts= stale written verbs since= "
               "edition=",
    .max_words = 64,
    .run = run_lint,
};
