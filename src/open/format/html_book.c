/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/html_book.h"

#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "base/utf8.h"
#include "page/structure.h"

enum {
    LONG_CHAPTERS = 12,   /* a report of more is several pages */
    CHAPTER_FIGURES = 40, /* a chapter of more has a page a section */
    NAME_MOST = 60,       /* bytes of a name made of words */
};

/* --- names ---------------------------------------------------------------- */

/* "h12", the twelfth heading: the next edition may have one more before it. */
static bool counted_id(const char *id)
{
    if (id[0] != 'h' || id[1] == '\0')
        return false;
    return id[1 + strspn(id + 1, "0123456789")] == '\0';
}

static const char *name_of_words(struct arena *arena, enum lang lang,
                                 const struct block *heading)
{
    struct block plain = *heading;
    plain.label = NULL;
    char *slug = utf8_slug(arena, structure_title(arena, lang, &plain));
    if (slug[0] == '\0')
        return "page"; /* a title without a letter */
    size_t size = strlen(slug);
    if (size <= NAME_MOST)
        return slug;
    size = NAME_MOST;
    while (size > 1 && slug[size] != '-')
        size--;
    return arena_slice(arena, slug, size);
}

static bool has_name(const struct html_book *book, const char *name)
{
    for (size_t l = 0; l < book->count; l++) {
        if (text_same(book->leaves[l].name, name))
            return true;
    }
    return false;
}

static const char *leaf_name(const struct html_book *book, size_t heading)
{
    const struct document *document = book->document;
    const char *id = book->ids[heading];
    const char *words = counted_id(id)
                            ? name_of_words(book->arena, document->lang,
                                            &document->blocks[heading])
                            : utf8_slug(book->arena, id);
    const char *name =
        arena_format(book->arena, "%s-%s", document->name, words);
    for (int again = 2; has_name(book, name); again++)
        name =
            arena_format(book->arena, "%s-%s-%d", document->name, words, again);
    return name;
}

/* --- pages ---------------------------------------------------------------- */

static bool is_heading(const struct block *block, int level)
{
    return block->kind == BLOCK_HEADING && block->level <= level;
}

static bool is_long(const struct document *document)
{
    bool contents = false;
    size_t chapters = 0;
    for (size_t b = 0; b < document->block_count; b++) {
        const struct block *block = &document->blocks[b];
        contents = contents || block->kind == BLOCK_CONTENTS;
        chapters += is_heading(block, 1);
    }
    return contents && chapters > LONG_CHAPTERS && document->territory == NULL;
}

static size_t count_figures(const struct block *blocks, size_t count)
{
    size_t figures = 0;
    for (size_t b = 0; b < count; b++)
        figures += (blocks[b].kind == BLOCK_FIGURE) +
                   count_figures(blocks[b].children, blocks[b].child_count);
    return figures;
}

/* The block after those under the heading at `first`. */
static size_t end_of(const struct html_book *book, size_t first, int level)
{
    const struct document *document = book->document;
    size_t past = first + 1;
    while (past < document->block_count &&
           !is_heading(&document->blocks[past], level))
        past++;
    return past;
}

static void add_leaf(struct html_book *book, struct html_leaf leaf)
{
    leaf.file = arena_format(book->arena, "%s.html", leaf.name);
    book->leaves = arena_grow(book->arena, book->leaves, book->count,
                              &book->capacity, sizeof *book->leaves);
    book->leaves[book->count++] = leaf;
}

static void add_chapter(struct html_book *book, size_t first, size_t past)
{
    const struct block *blocks = book->document->blocks;
    bool divided =
        count_figures(&blocks[first], past - first) > CHAPTER_FIGURES;
    size_t chapter = book->count;
    int level = divided ? 2 : 1;
    for (size_t at = first; at < past;) {
        size_t end = end_of(book, at, level);
        add_leaf(book, (struct html_leaf){
                           .name = leaf_name(book, at),
                           .first = at,
                           .past = end,
                           .heading = &blocks[at],
                           .chapter = chapter,
                           .divided = divided && at == first,
                       });
        at = end;
    }
}

static void find_leaves(struct html_book *book)
{
    const struct document *document = book->document;
    size_t count = document->block_count;
    size_t at = 0;
    if (is_long(document)) {
        while (!is_heading(&document->blocks[at], 1))
            at++;
    } else {
        at = count;
    }
    add_leaf(book, (struct html_leaf){
                       .name = document->name,
                       .past = at,
                   });
    while (at < count) {
        size_t past = end_of(book, at, 1);
        add_chapter(book, at, past);
        at = past;
    }
}

/* --- places --------------------------------------------------------------- */

static void place(struct html_book *book, size_t leaf, const char *id)
{
    if (id != NULL && id[0] != '\0')
        (void)map_put(book->places, id, strlen(id), (int)leaf);
}

/* A note stands on the page of its call. */
static void place_runs(struct html_book *book, size_t leaf,
                       const struct runs *runs)
{
    for (size_t r = 0; r < runs->count; r++) {
        const struct run *run = &runs->run[r];
        if ((run->style & RUN_PAPER) != 0)
            continue;
        place(book, leaf, run->anchor);
        if (run->note != NULL) {
            place(book, leaf, run->note->id);
            place_runs(book, leaf, &run->note->text);
        }
    }
}

static void place_block(struct html_book *book, size_t leaf,
                        const struct block *block)
{
    place(book, leaf, structure_anchor(book->arena, block));
    place_runs(book, leaf, &block->text);
    for (size_t i = 0; i < block->item_count; i++)
        place_runs(book, leaf, &block->items[i]);
    for (size_t c = 0; c < block->child_count; c++)
        place_block(book, leaf, &block->children[c]);
}

static void find_ids(struct html_book *book)
{
    const struct document *document = book->document;
    size_t headings = 0;
    book->ids =
        arena_array(book->arena, document->block_count, sizeof *book->ids);
    for (size_t b = 0; b < document->block_count; b++) {
        const struct block *block = &document->blocks[b];
        if (block->kind != BLOCK_HEADING)
            continue;
        headings++;
        book->ids[b] = block->id != NULL && block->id[0] != '\0'
                           ? block->id
                           : arena_format(book->arena, "h%zu", headings);
    }
}

struct html_book *html_book_new(struct arena *arena,
                                const struct document *document)
{
    struct html_book *book = arena_alloc(arena, sizeof *book);
    *book = (struct html_book){
        .arena = arena, .document = document, .places = map_new(arena)};
    find_ids(book);
    find_leaves(book);
    for (size_t l = 0; l < book->count; l++) {
        for (size_t b = book->leaves[l].first; b < book->leaves[l].past; b++) {
            place(book, l, book->ids[b]);
            place_block(book, l, &document->blocks[b]);
        }
    }
    return book;
}

const char *html_book_link(const struct html_book *book, size_t from,
                           const char *href)
{
    if (href[0] != '#')
        return href;
    int leaf = map_get(book->places, href + 1, strlen(href + 1));
    if (leaf < 0 || (size_t)leaf == from)
        return href;
    return arena_format(book->arena, "%s%s", book->leaves[leaf].file, href);
}
