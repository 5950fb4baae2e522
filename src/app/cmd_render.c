/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "app/build.h"
#include "app/staged.h"
#include "base/fs.h"
#include "base/num.h"

/* "K/N" with 1 <= K <= N. */
static bool parse_shard(const char *text, struct arena *run, size_t *shard,
                        size_t *shards, struct err *err)
{
    char **parts = NULL;
    int64_t at = 0, of = 0;
    if (text_split(run, text, '/', &parts) != 2 ||
        !num_parse_int64(parts[0], &at) || !num_parse_int64(parts[1], &of) ||
        at < 1 || of < at || of > 10000)
        return err_fail(err, ERR_USAGE, "usage.shard",
                        "--shard '%s': expected K/N with 1 <= K <= N", text);
    *shard = (size_t)(at - 1);
    *shards = (size_t)of;
    return true;
}

/* The parent directory and the last name of a path. */
static void split_path(struct arena *run, const char *path, const char **parent,
                       const char **name)
{
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    char *whole = arena_slice(run, path, size);
    char *slash = strrchr(whole, '/');
    *name = slash == NULL ? whole : slash + 1;
    *parent = slash == NULL ? "."
              : slash == whole
                  ? "/"
                  : arena_slice(run, whole, (size_t)(slash - whole));
}

static bool render_whole(const struct invocation *call,
                         struct build_rendering *rendering,
                         const char *directory, struct err *err)
{
    const char *parent = NULL, *name = NULL;
    int lock = -1;
    enum release_outcome outcome = RELEASE_CREATED;
    split_path(call->run, directory, &parent, &name);
    if (!release_open(parent, &lock, err))
        return false;
    struct release_job job = build_job(call, rendering, parent, name);
    bool ok = release_build(&job, &outcome, err);
    release_close(lock);
    return ok;
}

/* --- one chapter ------------------------------------------------------ */

/* The document of --territory LEVEL/CODE, else the first one. */
static bool find_document(const struct invocation *call,
                          const struct build_rendering *rendering,
                          size_t *document, struct err *err)
{
    const char *report = call->word_count > 1 ? call->words[1] : NULL;
    const char *wanted = option(call, "territory");
    for (size_t d = 0; d < rendering->count; d++) {
        const struct build_document *own = &rendering->documents[d];
        const char *place =
            own->territory == NULL
                ? ""
                : arena_format(call->run, "%s/%s", own->territory->level,
                               own->territory->code);
        *document = d;
        if ((report == NULL || text_same(report, own->report->id)) &&
            (wanted == NULL || text_same(wanted, place)))
            return true;
    }
    return err_fail(err, ERR_USAGE, "render.document",
                    "the edition has no document '%s' for territory '%s'; "
                    "expected a report and LEVEL/CODE",
                    report == NULL ? "" : report, wanted == NULL ? "" : wanted);
}

/* Writes the PDF beside its place, and has it there whole. */
static bool write_preview(const struct invocation *call,
                          const struct format_job *job,
                          struct document *document, struct err *err)
{
    struct staged staged = staged_new(call->run);
    const char *written = NULL;
    const char *place =
        arena_format(call->run, "%s/%s.pdf", job->root, document->name);
    if (!staged_add(&staged, "--output", place, &written, err))
        return false;
    document->name = fs_name(written);
    const char *made = arena_format(call->run, "%s.pdf", written);
    if (format_pdf.write(job, err) && fs_rename(made, written, err) &&
        staged_commit(&staged, err)) {
        printf("%s: numbers of pages are those of the chapter alone\n", place);
        return true;
    }
    struct err ignored = {0};
    (void)!fs_remove(made, &ignored);
    staged_drop(&staged);
    return false;
}

/* DIR/NAME-chapter-N.pdf, over a former one: editors look again and again. */
static bool render_chapter(const struct invocation *call,
                           const struct build_rendering *rendering,
                           size_t chapter, const char *directory,
                           struct err *err)
{
    size_t number = 0;
    struct document *document = NULL;
    if (!find_document(call, rendering, &number, err) ||
        !build_make_chapter(call->run, rendering, number, chapter, &document,
                            err))
        return false;
    document->directory = ".";
    document->name =
        arena_format(call->run, "%s-chapter-%zu", document->name, chapter);
    const struct format_job job = {
        .document = document,
        .fonts = rendering->fonts,
        .root = directory,
        .templates =
            fs_find(call->run, rendering->project->directory, "templates"),
    };
    return fs_make_directory(directory, err) &&
           write_preview(call, &job, document, err);
}

/* --chapter and --preview go together: what they make is no release. */
static bool parse_chapter(const struct invocation *call, size_t *chapter,
                          struct err *err)
{
    const char *text = option(call, "chapter");
    int64_t number = 0;
    *chapter = 0;
    if ((text == NULL) != (option(call, "preview") == NULL))
        return err_fail(err, ERR_USAGE, "usage.chapter",
                        "--chapter N and --preview are given together");
    if (text == NULL &&
        (call->word_count > 1 || option(call, "territory") != NULL))
        return err_fail(err, ERR_USAGE, "usage.chapter",
                        "REPORT and --territory are for --chapter N "
                        "--preview");
    if (text != NULL && option(call, "shard") != NULL)
        return err_fail(err, ERR_USAGE, "usage.chapter",
                        "--shard and --chapter cannot be given together");
    if (text != NULL && (!num_parse_int64(text, &number) || number < 1))
        return err_fail(err, ERR_USAGE, "usage.chapter",
                        "--chapter '%s': expected a number from 1", text);
    *chapter = (size_t)number;
    return true;
}

/* --- the whole -------------------------------------------------------- */

static bool render_part(const struct invocation *call,
                        struct build_rendering *rendering,
                        const char *directory, size_t shard, size_t shards,
                        struct err *err)
{
    struct release_job job =
        build_job(call, rendering, directory, rendering->project->id);
    if (fs_exists(directory))
        return err_fail(err, ERR_IO, "render.exists", "'%s' exists already",
                        directory);
    if (fs_make_directory(directory, err) &&
        release_render(&job, shard, shards, directory, err))
        return true;
    struct err ignored = {0};
    (void)!fs_remove(directory, &ignored);
    return false;
}

static bool run_render(const struct invocation *call, struct err *err)
{
    struct project *project = NULL;
    struct build_rendering rendering = {0};
    const char *directory = option(call, "output");
    const char *part = option(call, "shard");
    size_t shard = 0, shards = 1, chapter = 0;
    if (directory == NULL)
        return err_fail(err, ERR_USAGE, "usage.output", "render needs -o DIR");
    if ((part != NULL && !parse_shard(part, call->run, &shard, &shards, err)) ||
        !parse_chapter(call, &chapter, err) ||
        !build_edition_project(call, call->words[0], &project, err))
        return false;
    bool ok = build_rendering(call, project, call->words[0], &rendering, err);
    if (ok && chapter > 0)
        ok = render_chapter(call, &rendering, chapter, directory, err);
    else if (ok && part == NULL)
        ok = render_whole(call, &rendering, directory, err);
    else if (ok)
        ok = render_part(call, &rendering, directory, shard, shards, err);
    fonts_close(rendering.fonts);
    return ok;
}

const struct command command_render = {
    .name = "render",
    .summary = "the open half alone: edition.db -> release or shard",
    .usage = "render edition.db -o DIR [--shard K/N] [--replace] [--lang L]\n"
             "       panorama render edition.db [REPORT] --chapter N --preview "
             "[--territory LEVEL/CODE] -o DIR",
    .details = "Needs only a sealed edition and the project's scripts, "
               "templates and\ngeography. Without --shard, DIR becomes the "
               "whole release, the same bytes\nas build makes; with it, DIR "
               "holds part K of N for panorama join.\nWith --chapter and "
               "--preview, DIR gets the PDF of one chapter of one\ndocument "
               "(the first report and territory when none is named), with "
               "page\nnumbers of its own: for editors, not for publication.",
    .example = "panorama render edition.db -o output/rnc-2026",
    .options = "output= shard= lang= replace fonts= chapter= preview "
               "territory=",
    .min_words = 1,
    .max_words = 2,
    .run = run_render,
};

/* --- join ------------------------------------------------------------- */

static bool copy_file(struct arena *scratch, const char *from, const char *to,
                      struct err *err)
{
    const char *parent = NULL, *name = NULL;
    char *bytes = NULL;
    size_t size = 0;
    split_path(scratch, to, &parent, &name);
    return fs_make_directory(parent, err) &&
           fs_read(scratch, from, &bytes, &size, err) &&
           fs_write(to, bytes, size, err);
}

/* One at a time: a release is larger than what any file of it takes. */
static bool take_file(const char *shard, const char *staging, const char *path,
                      struct err *err)
{
    struct arena *scratch = arena_new();
    const char *to = fs_join(scratch, staging, path);
    bool ok = fs_exists(to)
                  ? err_fail(err, ERR_DISAGREE, "join.twice",
                             "'%s' is in two shards", path)
                  : copy_file(scratch, fs_join(scratch, shard, path), to, err);
    arena_free(scratch);
    return ok;
}

/* Copies every file of a shard into the staging directory. */
static bool take_shard(const struct invocation *call, const char *shard,
                       const char *staging, struct err *err)
{
    char **names = NULL;
    size_t count = 0;
    if (!fs_is_directory(fs_join(call->run, shard, RELEASE_CARDS)))
        return err_fail(err, ERR_INPUT, "join.shard",
                        "'%s' is no shard: expected a folder that render "
                        "--shard wrote",
                        shard);
    bool ok = fs_list(call->run, shard, &names, &count, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = take_file(shard, staging, names[i], err);
    return ok;
}

static bool run_join(const struct invocation *call, struct err *err)
{
    struct project *project = NULL;
    struct build_rendering rendering = {0};
    const char *edition = option(call, "edition");
    const char *directory = option(call, "output");
    const char *parent = NULL, *name = NULL;
    int lock = -1;
    if (edition == NULL || directory == NULL)
        return err_fail(err, ERR_USAGE, "usage.join",
                        "join needs --edition FILE and -o DIR");
    if (fs_exists(directory))
        return err_fail(err, ERR_IO, "render.exists", "'%s' exists already",
                        directory);
    split_path(call->run, directory, &parent, &name);
    if (!build_edition_project(call, edition, &project, err) ||
        !build_rendering(call, project, edition, &rendering, err) ||
        !release_open(parent, &lock, err))
        return false;
    struct release_job job = build_job(call, &rendering, parent, name);
    const char *staging =
        arena_format(call->run, "%s/" RELEASE_STAGING "%s", parent, name);
    bool ok = fs_make_directory(staging, err);
    for (size_t i = 0; ok && i < call->word_count; i++)
        ok = take_shard(call, call->words[i], staging, err);
    ok = ok && release_complete(&job, staging, err) &&
         fs_sync_tree(staging, err) && fs_rename(staging, directory, err);
    if (!ok) {
        struct err ignored = {0};
        (void)!fs_remove(staging, &ignored);
    }
    release_close(lock);
    fonts_close(rendering.fonts);
    return ok;
}

const struct command command_join = {
    .name = "join",
    .summary = "shards -> one release",
    .usage = "join DIR... --edition edition.db -o DIR [--lang L]",
    .details = "Puts the shards of one edition together, writes index, "
               "manifest and checksums:\nthe same bytes as one render of the "
               "whole.",
    .example = "panorama join part-1 part-2 --edition edition.db -o rnc-2026",
    .options = "edition= output= lang=",
    .min_words = 1,
    .max_words = 10000,
    .run = run_join,
};
