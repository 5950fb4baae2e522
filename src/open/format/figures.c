/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/figures.h"

#include "base/fs.h"
#include "format/figure_sheet.h"

struct listing {
    struct arena *scratch;
    const struct format_job *job;
    const char *extension;
    struct figure_file *files;
    size_t count, capacity;
    struct err *err;
};

const char *figures_name(struct arena *arena, const struct document *document,
                         const struct figure *figure, const char *extension)
{
    return arena_format(arena, "%s-%s%s", document->name, figure->id,
                        extension);
}

static bool add_figure(struct listing *listing, const struct block *block)
{
    const struct figure *figure = block->figure;
    const struct document *document = listing->job->document;
    for (size_t i = 0; i < listing->count; i++) {
        if (text_same(listing->files[i].figure->id, figure->id))
            return err_fail(listing->err, ERR_SCRIPT, "figure.twice",
                            "document '%s': two figures are called '%s'",
                            document->name, figure->id);
    }
    listing->files =
        arena_grow(listing->scratch, listing->files, listing->count,
                   &listing->capacity, sizeof *listing->files);
    listing->files[listing->count++] = (struct figure_file){
        .figure = figure,
        .caption = &block->caption,
        .scene = NULL,
        .path = arena_format(listing->scratch, "%s/%s/%s", listing->job->root,
                             document->directory,
                             figures_name(listing->scratch, document, figure,
                                          listing->extension)),
    };
    return true;
}

/* Columns hold figures and tables, never columns. */
static bool add_blocks(struct listing *listing, const struct block *blocks,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct block *block = &blocks[i];
        if (block->kind == BLOCK_FIGURE && block->figure->scene &&
            !add_figure(listing, block))
            return false;
        if (block->kind == BLOCK_COLUMNS &&
            !add_blocks(listing, block->children, block->child_count))
            return false;
    }
    return true;
}

static bool list_figures(struct arena *scratch, const struct format_job *job,
                         const char *extension, struct figure_file **files,
                         size_t *count, struct err *err)
{
    struct listing listing = {
        .scratch = scratch, .job = job, .extension = extension, .err = err};
    if (!add_blocks(&listing, job->document->blocks,
                    job->document->block_count))
        return false;
    *files = listing.files;
    *count = listing.count;
    return true;
}

bool figures_each(const struct format_job *job, const char *extension,
                  figures_work *work, struct err *err)
{
    struct arena *arena = arena_new();
    struct figure_file *files;
    size_t count;
    bool ok = list_figures(arena, job, extension, &files, &count, err);
    if (ok && count > 0)
        ok = fs_make_directory(
            fs_join(arena, job->root, job->document->directory), err);
    for (size_t i = 0; ok && i < count; i++) {
        struct arena *scratch = arena_new();
        files[i].scene =
            figure_sheet(scratch, job->fonts, files[i].figure->scene,
                         files[i].caption, job->document->lang);
        ok = work(scratch, job, &files[i], err);
        arena_free(scratch);
    }
    arena_free(arena);
    return ok;
}
