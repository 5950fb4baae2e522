/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as a file of prose: refused with a line of it, or read to pieces
 * that keep what the reader promises, proofread, and set on pages that say all
 * of its words. The first byte chooses the language and the columns. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "format/prose.h"
#include "page/layout.h"
#include "page/lexicon.h"
#include "page/structure.h"
#include "replay.h"
#include "script/markdown_read.h"
#include "script/proofread_impl.h"

#define FILE_NAME "a.md"

enum {
    DEPTH_MOST = 5,
    LEVEL_MOST = 4,
    PAGES_OF = 3000, /* bytes: longer texts are read, not set */
    COLUMN_BIT = 2,
    LANDSCAPE_BIT = 4,
};

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static int count_lines(const char *text)
{
    int lines = 1;
    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

/* --- what the reader promises --------------------------------------------- */

static void check_line(const struct markdown_line *line, int lines)
{
    for (size_t r = 0; r < line->count; r++) {
        const struct run *run = &line->run[r];
        demand(run->text[0] != '\0' && strchr(run->text, '\n') == NULL);
        demand(utf8_valid(run->text, strlen(run->text)));
        demand((run->style & RUN_BREAK) == 0 || text_same(run->text, " "));
        int at = atoi(run->where + strlen(FILE_NAME ":"));
        demand(text_starts(run->where, FILE_NAME ":") && at >= 1 &&
               at <= lines);
    }
}

static void check_piece(const struct markdown_piece *piece, int lines)
{
    int depth = -1;
    check_line(&piece->text, lines);
    demand(piece->kind != BLOCK_HEADING ||
           (piece->level >= 1 && piece->level <= LEVEL_MOST));
    demand((piece->kind == BLOCK_LIST) == (piece->item_count > 0));
    demand((piece->kind == BLOCK_LIST) == (piece->text.count == 0));
    for (size_t i = 0; i < piece->item_count; i++) {
        const struct markdown_item *item = &piece->items[i];
        check_line(&item->text, lines);
        demand(item->text.count > 0 && item->depth >= 0 &&
               item->depth <= depth + 1 && item->depth <= DEPTH_MOST);
        depth = item->depth;
    }
}

static void check_tree(const struct markdown_tree *tree, int lines)
{
    for (size_t p = 0; p < tree->count; p++)
        check_piece(&tree->pieces[p], lines);
    for (size_t n = 0; n < tree->note_count; n++) {
        demand(tree->notes[n].called);
        check_line(&tree->notes[n].text, lines);
    }
}

/* --- proofreading --------------------------------------------------------- */

static void proofread(struct arena *arena, enum lang lang, const char *text)
{
    struct proofreading found = {.arena = arena};
    struct proofreader reader = {.out = &found, .arena = arena};
    int lines = count_lines(text);
    proofread_markdown(&reader, FILE_NAME, lang, text);
    for (size_t p = 0; p < reader.count; p++) {
        proofread_numbers(&reader, &reader.passages[p]);
        proofread_typography(&reader, &reader.passages[p]);
        proofread_words(&reader, &reader.passages[p]);
    }
    for (size_t r = 0; r < found.count; r++)
        demand(found.remarks[r].line >= 1 && found.remarks[r].line <= lines);
}

/* --- on pages ------------------------------------------------------------- */

static struct runs typeset(struct arena *arena, enum lang lang,
                           const struct markdown_line *line)
{
    struct run *runs = arena_array(arena, line->count, sizeof *runs);
    for (size_t r = 0; r < line->count; r++) {
        runs[r] = line->run[r];
        if ((runs[r].style & RUN_BREAK) == 0)
            runs[r].text = locale_typography(arena, lang, runs[r].text);
        if (runs[r].href[0] == '@')
            runs[r].href = "";
    }
    return (struct runs){.run = runs, .count = line->count};
}

static void fill_block(struct arena *arena, enum lang lang,
                       const struct markdown_piece *piece, struct block *block)
{
    struct runs *items = arena_array(arena, piece->item_count, sizeof *items);
    unsigned char *depths =
        arena_array(arena, piece->item_count, sizeof *depths);
    for (size_t i = 0; i < piece->item_count; i++) {
        items[i] = typeset(arena, lang, &piece->items[i].text);
        depths[i] = (unsigned char)piece->items[i].depth;
    }
    *block = (struct block){
        .kind = piece->kind,
        .level = piece->level,
        .text = typeset(arena, lang, &piece->text),
        .items = items,
        .depths = depths,
        .item_count = piece->item_count,
    };
}

static struct document *make_document(struct arena *arena, unsigned choice,
                                      const struct markdown_tree *tree)
{
    struct project *project = arena_alloc(arena, sizeof *project);
    struct edition *edition = arena_alloc(arena, sizeof *edition);
    struct document *document = arena_alloc(arena, sizeof *document);
    struct block *blocks = arena_array(arena, tree->count + 1, sizeof *blocks);
    enum lang lang = choice % 2 == 0 ? LANG_FR : LANG_EN;
    for (size_t l = 0; l < LANG_COUNT; l++)
        project->title[l] = project->publisher[l] = project->licence[l] =
            project->contact[l] = "A";
    project->date = "2027-01-15";
    project->id = "a";
    edition->project = project;
    edition->snapshot = "s";
    edition->version = "1";
    blocks[0] = (struct block){
        .kind = BLOCK_SECTION,
        .landscape = (choice & LANDSCAPE_BIT) != 0,
        .columns = (choice & COLUMN_BIT) != 0 ? 2 : 1,
    };
    for (size_t p = 0; p < tree->count; p++)
        fill_block(arena, lang, &tree->pieces[p], &blocks[p + 1]);
    *document = (struct document){
        .name = "a",
        .directory = "a",
        .lang = lang,
        .title = "A",
        .subtitle = "",
        .description = "",
        .edition = edition,
        .blocks = blocks,
        .block_count = tree->count + 1,
    };
    return document;
}

/* Every text of the pages, in their order. */
static void add_pieces(struct arena *arena, const struct layout_page *page,
                       const char **pieces, size_t *count)
{
    for (size_t s = 0; s < page->slab_count; s++) {
        const struct layout_slab *slab = page->slabs[s].slab;
        struct text words = text_new(arena);
        for (size_t m = 0; m < slab->mark_count; m++) {
            if (slab->marks[m].kind == LAYOUT_TEXT)
                prose_squeeze(&words, slab->marks[m].text, slab->marks[m].size);
        }
        pieces[(*count)++] = words.at;
    }
}

static void check_pages(struct arena *arena, const struct document *document,
                        const struct layout *layout)
{
    size_t slabs = 0, count = 0;
    struct err err = {0};
    for (size_t p = 0; p < layout->page_count; p++)
        slabs += layout->pages[p].slab_count;
    const char **pieces = arena_array(arena, slabs, sizeof *pieces);
    for (size_t p = 0; p < layout->page_count; p++)
        add_pieces(arena, &layout->pages[p], pieces, &count);
    struct prose prose = {
        .arena = arena,
        .document = document,
        .name = "a.pdf",
        .piece = pieces,
        .piece_count = count,
        .paper = true,
    };
    for (size_t b = 0; b < document->block_count; b++)
        demand(prose_block(&prose, &document->blocks[b], &err));
}

static void set_pages(struct arena *arena, unsigned choice,
                      const struct markdown_tree *tree)
{
    static const struct lexicon lexicon = {NULL, 0, NULL, 0};
    static struct fonts *fonts = NULL;
    static struct arena *kept = NULL;
    struct err err = {0};
    struct layout *layout = NULL;
    const struct theme theme = theme_default();
    struct document *document = make_document(arena, choice, tree);
    if (kept == NULL)
        kept = arena_new();
    demand(fonts != NULL || fonts_open(kept, NULL, &fonts, &err));
    if (!structure_resolve(arena, &lexicon, document, &err)) {
        demand(err.code == ERR_SCRIPT);
        return;
    }
    if (layout_document(arena, document, &theme, fonts, &layout, &err))
        check_pages(arena, document, layout);
    else
        demand(err.code != ERR_NONE);
}

/* By line, none told twice. */
static void check_faults(const struct markdown_faults *faults, int lines)
{
    demand(faults->count > 0);
    for (size_t f = 0; f < faults->count; f++) {
        const struct markdown_fault *fault = &faults->fault[f];
        demand(fault->line >= 1 && fault->line <= lines);
        demand(fault->message[0] != '\0');
        demand(f == 0 || fault[-1].line < fault->line ||
               (fault[-1].line == fault->line &&
                strcmp(fault[-1].message, fault->message) < 0));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    struct arena *arena = arena_new();
    struct markdown_faults faults = {0};
    struct markdown_tree tree = {0};
    unsigned choice = bytes[0];
    char *text = arena_slice(arena, (const char *)bytes + 1, size - 1);
    if (markdown_take_file(arena, text, size - 1, &faults)) {
        const struct markdown_source source = {.file = FILE_NAME, .text = text};
        int lines = count_lines(text);
        proofread(arena, choice % 2 == 0 ? LANG_FR : LANG_EN, text);
        if (!markdown_read(arena, &source, &tree, &faults)) {
            check_faults(&faults, lines);
        } else {
            check_tree(&tree, lines);
            if (size <= PAGES_OF)
                set_pages(arena, choice, &tree);
        }
    } else {
        demand(faults.count > 0 && faults.fault[0].line >= 1);
    }
    arena_free(arena);
    return 0;
}
