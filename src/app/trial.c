/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/trial.h"

#include <string.h>

#include "base/fs.h"
#include "base/num.h"
#include "format/format.h"
#include "page/layout.h"
#include "page/structure.h"

struct trial trial_start(struct proofreading *prose)
{
    struct trial trial = {
        .arena = prose->arena,
        .prose = prose,
        .cited = map_new(prose->arena),
    };
    for (size_t lang = 0; lang < LANG_COUNT; lang++)
        trial.ids[lang] = map_new(prose->arena);
    return trial;
}

/* --- failures ------------------------------------------------------------- */

/* Bytes of "FILE:LINE: " at the beginning of a text, 0 for none. */
static size_t place_size(const char *text)
{
    const char *colon = text + strcspn(text, ": ");
    if (*colon != ':' || colon == text)
        return 0;
    size_t digits = strspn(colon + 1, "0123456789");
    const char *end = colon + 1 + digits;
    return digits > 0 && digits < 9 && strncmp(end, ": ", 2) == 0
               ? (size_t)(end - text) + 2
               : 0;
}

/* Finds the place in a failure: what stands before tells the document. A line
 * of a script that reads a text stands before the line of the text. */
static bool find_place(struct trial *trial, const char *text,
                       struct remark *remark)
{
    size_t size = place_size(text);
    while (size == 0 && *text != '\0') {
        text += strcspn(text, " ");
        text += *text == ' ';
        size = place_size(text);
    }
    if (size == 0)
        return false;
    while (place_size(text + size) > 0) {
        text += size;
        size = place_size(text);
    }
    int64_t line = 0;
    size_t file = strcspn(text, ":");
    const char *number =
        arena_slice(trial->arena, text + file + 1, size - file - 3);
    if (!num_parse_int64(number, &line))
        return false;
    remark->file = arena_slice(trial->arena, text, file);
    remark->line = (int)line;
    remark->message = arena_text(trial->arena, text + size);
    return true;
}

/* Pages say "text: " before what the text itself is told for. */
static bool is_told(const struct proofreading *prose,
                    const struct remark *remark)
{
    for (size_t r = 0; r < prose->count; r++) {
        const struct remark *other = &prose->remarks[r];
        if (other->error && other->line == remark->line &&
            text_same(other->file, remark->file) &&
            text_ends(remark->message, other->message))
            return true;
    }
    return false;
}

static void note_failure(struct trial *trial, const char *path,
                         const struct err *failure)
{
    struct remark remark = {
        .file = path,
        .line = 0,
        .error = true,
        .code = arena_text(trial->arena, failure->id),
        .message = "",
    };
    if (!find_place(trial, failure->text, &remark))
        remark.message = arena_text(trial->arena, failure->text);
    if (!is_told(trial->prose, &remark))
        proofread_remark(trial->prose, &remark);
    if (trial->first.code == ERR_NONE)
        trial->first = *failure;
}

/* --- what documents hold -------------------------------------------------- */

static void note_id(struct trial *trial, enum lang lang, const char *id)
{
    if (id[0] == '\0' || !map_put(trial->ids[lang], id, strlen(id), 0))
        return;
    trial->names[lang] =
        arena_grow(trial->arena, trial->names[lang], trial->name_count[lang],
                   &trial->name_capacity[lang], sizeof *trial->names[lang]);
    trial->names[lang][trial->name_count[lang]++] =
        arena_text(trial->arena, id);
}

static void note_ids(struct trial *trial, struct arena *open, enum lang lang,
                     const struct block *blocks, size_t count)
{
    for (size_t b = 0; b < count; b++) {
        const struct block *block = &blocks[b];
        if (block->kind == BLOCK_HEADING || block->kind == BLOCK_FIGURE ||
            block->kind == BLOCK_TABLE)
            note_id(trial, lang, structure_anchor(open, block));
        note_ids(trial, open, lang, block->children, block->child_count);
    }
}

static void note_document(struct trial *trial, struct arena *open,
                          const struct document *document)
{
    for (size_t c = 0; c < document->cited_count; c++)
        (void)map_put(trial->cited, document->cited[c],
                      strlen(document->cited[c]), 0);
    note_ids(trial, open, document->lang, document->blocks,
             document->block_count);
}

/* --- pages ---------------------------------------------------------------- */

static bool same_kind(const struct build_document *a,
                      const struct build_document *b)
{
    return a->report == b->report && a->lang == b->lang &&
           (a->territory == NULL ||
            text_same(a->territory->level, b->territory->level));
}

static bool is_printed(const struct document *document)
{
    for (size_t f = 0; f < document->format_count; f++) {
        if (text_same(document->formats[f], format_pdf.name))
            return true;
    }
    return false;
}

/* Sets a document on pages, for characters that have no glyph and what is
 * higher than a page. */
static bool try_layout(struct arena *open, const struct build_rendering *on,
                       const struct document *document, struct err *err)
{
    struct theme theme;
    struct layout *layout = NULL;
    const char *templates = fs_find(open, on->project->directory, "templates");
    return !is_printed(document) ||
           (theme_find(open, document->theme, templates, &theme, err) &&
            layout_document(open, document, &theme, on->fonts, &layout, err));
}

static bool try_page(struct trial *trial, struct build_rendering *rendering,
                     size_t d, bool whole)
{
    struct document *document = NULL;
    struct arena *open = arena_new();
    struct err err = {0};
    bool ok = whole ? build_make(open, rendering, d, &document, &err) &&
                          try_layout(open, rendering, document, &err)
                    : build_make_text(open, rendering, d, &document, &err);
    if (ok)
        note_document(trial, open, document);
    else
        note_failure(trial, rendering->documents[d].report->path, &err);
    arena_free(open);
    trial->pages++;
    return ok;
}

void trial_pages(struct trial *trial, struct build_rendering *rendering)
{
    bool *failed = arena_array(trial->arena, rendering->count, sizeof *failed);
    for (size_t d = 0; d < rendering->count; d++) {
        const struct build_document *own = &rendering->documents[d];
        size_t like = 0; /* figures differ by level, hardly within one */
        while (!same_kind(&rendering->documents[like], own))
            like++;
        if (!failed[like])
            failed[like] = !try_page(trial, rendering, d, like == d);
    }
}

/* --- links ---------------------------------------------------------------- */

void trial_links(struct trial *trial, const struct project *project)
{
    for (size_t l = 0; l < trial->prose->link_count; l++) {
        const struct prose_link *link = &trial->prose->links[l];
        bool made = false;
        for (size_t p = 0; p < project->lang_count; p++)
            made = made || project->langs[p] == link->lang;
        if (!made ||
            map_get(trial->ids[link->lang], link->id, strlen(link->id)) >= 0)
            continue;
        const char *near = near_name(link->id, trial->names[link->lang],
                                     trial->name_count[link->lang]);
        const struct remark remark = {
            .file = link->file,
            .line = link->line,
            .error = true,
            .code = "page.link",
            .message = arena_format(
                trial->arena, "'%s' leads nowhere in any document%s%s%s",
                link->words, near ? "; the nearest is '" : "", near ? near : "",
                near ? "'" : ""),
        };
        proofread_remark(trial->prose, &remark);
    }
}
