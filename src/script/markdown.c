/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/markdown.h"

#include <ctype.h>
#include <lauxlib.h>
#include <md4c.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "script/field.h"
#include "script/inline.h"
#include "script/markdown_mark.h"

/* A list of runs being written. */
struct line {
    struct run *run;
    size_t count, capacity;
};

struct item {
    struct line text;
    int depth; /* lists that its own is in */
};

/* One block found by the parser, before values are filled in. */
struct piece {
    enum block_kind kind;
    int level;
    struct line text;
    struct item *items;
    size_t item_count, item_capacity;
};

struct parse {
    struct arena *arena;
    const char *name; /* of the file; NULL: a script's text */
    const char *source, *end;
    int line_number; /* of `source`: what was read up to here */
    struct piece *pieces;
    size_t count, capacity;
    struct line *line; /* text goes here */
    unsigned style;
    const char *href;
    int quote, list;     /* depth */
    const char *problem; /* first construct that is not supported, or NULL */
};

enum {
    LISTS_MOST = 6, /* inside each other */
    LEVELS_MOST = 4,
};

/* --- what md4c tells ------------------------------------------------------ */

static struct piece *add_piece(struct parse *parse, enum block_kind kind)
{
    parse->pieces = arena_grow(parse->arena, parse->pieces, parse->count,
                               &parse->capacity, sizeof *parse->pieces);
    struct piece *piece = &parse->pieces[parse->count++];
    *piece = (struct piece){.kind = kind};
    parse->line = &piece->text;
    return piece;
}

static void add_item(struct parse *parse)
{
    struct piece *list = &parse->pieces[parse->count - 1];
    list->items = arena_grow(parse->arena, list->items, list->item_count,
                             &list->item_capacity, sizeof *list->items);
    struct item *item = &list->items[list->item_count++];
    *item = (struct item){.text = {0}, .depth = parse->list - 1};
    parse->line = &item->text;
}

/* "FILE:LINE" of a text that was read; texts come in the order of the source,
 * but for blanks that the parser makes itself. */
static const char *place_of(struct parse *parse, const char *at)
{
    bool inside = (uintptr_t)at <= (uintptr_t)parse->end;
    for (; inside && (uintptr_t)parse->source < (uintptr_t)at; parse->source++)
        parse->line_number += *parse->source == '\n';
    return arena_format(parse->arena, "%s:%d", parse->name, parse->line_number);
}

/* Consecutive text of one look is one run: {names} are never cut. */
static void add_text(struct parse *parse, const char *at, size_t size)
{
    struct line *line = parse->line;
    if (!line)
        return;
    struct run *last = line->count > 0 ? &line->run[line->count - 1] : NULL;
    if (last && last->style == parse->style &&
        text_same(last->href, parse->href)) {
        last->text =
            arena_format(parse->arena, "%s%.*s", last->text, (int)size, at);
        return;
    }
    line->run = arena_grow(parse->arena, line->run, line->count,
                           &line->capacity, sizeof *line->run);
    line->run[line->count++] = (struct run){
        .text = arena_slice(parse->arena, at, size),
        .style = parse->style,
        .href = parse->href,
        .where = parse->name == NULL ? NULL : place_of(parse, at),
    };
}

static void enter_list(struct parse *parse)
{
    if (parse->quote > 0)
        parse->problem = "only quotes without lists";
    else if (parse->list == LISTS_MOST)
        parse->problem = "only lists of at most 6 levels";
    else if (parse->list++ == 0)
        add_piece(parse, BLOCK_LIST);
}

/* A further paragraph of a note or item goes on after the one before; but not
 * behind the items of a list in between. */
static void enter_further(struct parse *parse)
{
    const struct piece *piece = &parse->pieces[parse->count - 1];
    if (parse->list > 0 &&
        piece->items[piece->item_count - 1].depth != parse->list - 1)
        parse->problem = "only items whose text stands before their list";
    else if (parse->line->count > 0)
        add_text(parse, " ", 1);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct parse *parse = context;
    bool inside = parse->list > 0 || parse->quote > 0;
    if (parse->problem || type == MD_BLOCK_DOC)
        return 0;
    if (type == MD_BLOCK_P && !inside) {
        add_piece(parse, BLOCK_PARAGRAPH);
    } else if (type == MD_BLOCK_P) {
        enter_further(parse);
    } else if (type == MD_BLOCK_H && !inside) {
        const MD_BLOCK_H_DETAIL *heading = detail;
        add_piece(parse, BLOCK_HEADING)->level = (int)heading->level;
        if (heading->level > LEVELS_MOST)
            parse->problem = "only headings of levels 1 to 4";
    } else if (type == MD_BLOCK_UL) {
        enter_list(parse);
    } else if (type == MD_BLOCK_LI) {
        add_item(parse);
    } else if (type == MD_BLOCK_QUOTE && !inside) {
        parse->quote++;
        add_piece(parse, BLOCK_NOTE);
    } else {
        parse->problem = "only paragraphs, headings, bulleted lists and "
                         "quotes";
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct parse *parse = context;
    (void)detail;
    if (parse->problem)
        return 0;
    if (type == MD_BLOCK_H && parse->line->count == 0)
        parse->problem = "only headings with words";
    else if (type == MD_BLOCK_UL)
        parse->list--;
    else if (type == MD_BLOCK_QUOTE)
        parse->quote--;
    return 0;
}

static void problem(struct parse *parse, const char *what)
{
    if (!parse->problem)
        parse->problem = what;
}

/* A page may lead to pages and letters, and run nothing. */
static bool is_followed(const char *href)
{
    static const char *const schemes[] = {"https:", "http:", "mailto:"};
    for (size_t s = 0; s < COUNT_OF(schemes); s++) {
        if (strncasecmp(href, schemes[s], strlen(schemes[s])) == 0)
            return true;
    }
    return href[0] != '\0' && href[strcspn(href, ":/?#")] != ':';
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct parse *parse = context;
    if (type == MD_SPAN_EM) {
        parse->style |= RUN_ITALIC;
    } else if (type == MD_SPAN_STRONG) {
        parse->style |= RUN_BOLD;
    } else if (type == MD_SPAN_A) {
        const MD_SPAN_A_DETAIL *link = detail;
        parse->href =
            arena_slice(parse->arena, link->href.text, link->href.size);
        if (!is_followed(parse->href))
            problem(parse, "only links to https:, http: or mailto: and to ids");
    } else {
        problem(parse, "only emphasis, strong emphasis and links");
    }
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct parse *parse = context;
    (void)detail;
    if (type == MD_SPAN_EM)
        parse->style &= ~(unsigned)RUN_ITALIC;
    else if (type == MD_SPAN_STRONG)
        parse->style &= ~(unsigned)RUN_BOLD;
    else if (type == MD_SPAN_A)
        parse->href = "";
    return 0;
}

/* What is refused ends the reading at its text, whose line is known. */
static int take_text(MD_TEXTTYPE type, const MD_CHAR *at, MD_SIZE size,
                     void *context)
{
    struct parse *parse = context;
    if (type == MD_TEXT_HTML)
        problem(parse, "no HTML");
    else if (type == MD_TEXT_ENTITY)
        problem(parse, "no entities: write the character itself");
    if (parse->problem && parse->name != NULL && type != MD_TEXT_SOFTBR &&
        type != MD_TEXT_BR)
        (void)place_of(parse, at);
    if (parse->problem)
        return -1;
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
        add_text(parse, " ", 1);
    else
        add_text(parse, at, size);
    return 0;
}

/* --- superscripts --------------------------------------------------------- */

/* Whether digits before `at` are a whole word so far: those of an identifier
 * such as 5bcb2f58334e are not. */
static bool ends_number(const char *text, const char *at)
{
    const char *from = at;
    while (from > text && isdigit((unsigned char)from[-1]))
        from--;
    return from < at && (from == text || !isalpha((unsigned char)from[-1]));
}

/* Size of "er", "re" or "e" after a number that ends a French ordinal. */
static size_t ordinal_size(const char *text, const char *at)
{
    static const char *const endings[] = {"er", "re", "e"};
    if (!ends_number(text, at))
        return 0;
    for (size_t e = 0; e < COUNT_OF(endings); e++) {
        size_t size = strlen(endings[e]);
        bool whole = !isalnum((unsigned char)at[size]) &&
                     ((unsigned char)at[size] < 0x80 ||
                      strncmp(at + size, "\u00a0", 2) == 0 ||
                      strncmp(at + size, "\u202f", 3) == 0);
        if (strncmp(at, endings[e], size) == 0 && whole)
            return size;
    }
    return 0;
}

static void put_run(struct arena *arena, struct line *line, struct run run,
                    const char *at, size_t size, unsigned more)
{
    if (size == 0)
        return;
    line->run = arena_grow(arena, line->run, line->count, &line->capacity,
                           sizeof *line->run);
    run.text = arena_slice(arena, at, size);
    run.style |= more;
    line->run[line->count++] = run;
}

static void put_text(struct page *page, struct line *line, struct run run,
                     const char *text)
{
    const char *from = text;
    for (const char *at = text; *at && page->lang == LANG_FR; at++) {
        size_t size = ordinal_size(text, at);
        if (size == 0)
            continue;
        put_run(page->open, line, run, from, (size_t)(at - from), 0);
        put_run(page->open, line, run, at, size, RUN_SUPERSCRIPT);
        from = at + size;
        at = from - 1;
    }
    put_run(page->open, line, run, from, strlen(from), 0);
}

static void put_typeset(struct page *page, struct line *line, struct run run,
                        const char *at, size_t size)
{
    if (size > 0)
        put_text(page, line, run,
                 words_typeset(page, arena_slice(page->open, at, size)));
}

/* A run of the source: its text, cut at references and calls of notes. */
static void finish_run(lua_State *L, struct markdown *markdown,
                       struct mark_notes *notes, struct line *out,
                       struct run run)
{
    struct page *page = page_of(L);
    const char *text = inline_fill(L, markdown, run.text);
    size_t size = 0;
    sandbox_charge(L, 2 * strlen(text) + sizeof(struct run));
    if (run.where == NULL)
        run.where = mark_where(L, markdown, run.text);
    for (const char *mark = mark_find(text, &size); mark;
         mark = mark_find(text, &size)) {
        struct run reference = mark_run(L, markdown, notes, mark, size);
        reference.style = run.style;
        put_typeset(page, out, run, text, (size_t)(mark - text));
        out->run = arena_grow(page->open, out->run, out->count, &out->capacity,
                              sizeof *out->run);
        out->run[out->count++] = reference;
        text = mark + size;
    }
    put_typeset(page, out, run, text, strlen(text));
}

static struct runs finish(lua_State *L, struct markdown *markdown,
                          struct mark_notes *notes, const struct line *line)
{
    struct line out = {0};
    for (size_t r = 0; r < line->count; r++)
        finish_run(L, markdown, notes, &out, line->run[r]);
    return (struct runs){.run = out.run, .count = out.count};
}

/* --- the whole ------------------------------------------------------------ */

static void run_parser(lua_State *L, const struct markdown *markdown,
                       const char *text, struct parse *parse)
{
    static const MD_PARSER parser = {
        .flags = MD_FLAG_COLLAPSEWHITESPACE | MD_FLAG_TABLES |
                 MD_FLAG_NOINDENTEDCODEBLOCKS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = take_text,
    };
    size_t size = strlen(text);
    sandbox_charge(L, 4 * size);
    parse->name = text_ends(markdown->name, ".md") ? markdown->name : NULL;
    parse->source = text;
    parse->end = text + size;
    parse->line_number = markdown->above + 1;
    bool read = md_parse(text, (MD_SIZE)size, &parser, parse) == 0;
    if (parse->problem)
        field_fail(L, "", "%s: the text may hold %s",
                   parse->name ? place_of(parse, parse->source)
                               : markdown->name,
                   parse->problem);
    if (!read)
        err_out_of_memory();
}

static void push_piece(lua_State *L, struct markdown *markdown,
                       struct mark_notes *notes, const struct piece *piece)
{
    struct page *page = page_of(L);
    struct runs text = finish(L, markdown, notes, &piece->text);
    struct runs *items =
        arena_array(page->open, piece->item_count, sizeof *items);
    unsigned char *depths =
        arena_array(page->open, piece->item_count, sizeof *depths);
    for (size_t i = 0; i < piece->item_count; i++) {
        items[i] = finish(L, markdown, notes, &piece->items[i].text);
        depths[i] = (unsigned char)piece->items[i].depth;
    }
    struct block *block = push_block(L, piece->kind); /* of the values filled */
    block->level = piece->level;
    block->text = text;
    block->items = items;
    block->depths = depths;
    block->item_count = piece->item_count;
}

void markdown_push(lua_State *L, struct markdown *markdown)
{
    struct parse parse = {.arena = page_of(L)->open, .href = ""};
    struct mark_notes notes = {0};
    inline_rest_on(L, markdown);
    run_parser(L, markdown, mark_take_notes(L, markdown, &notes), &parse);
    lua_createtable(L, (int)parse.count, 0);
    for (size_t p = 0; p < parse.count; p++) {
        push_piece(L, markdown, &notes, &parse.pieces[p]);
        lua_rawseti(L, -2, (lua_Integer)p + 1);
    }
    mark_check_notes(L, markdown, &notes);
}

struct runs markdown_runs(lua_State *L, struct markdown *markdown)
{
    struct parse parse = {.arena = page_of(L)->open, .href = ""};
    struct mark_notes notes = {0};
    inline_rest_on(L, markdown);
    run_parser(L, markdown, mark_take_notes(L, markdown, &notes), &parse);
    if (parse.count == 0)
        return (struct runs){0};
    if (parse.count > 1 || parse.pieces[0].kind != BLOCK_PARAGRAPH)
        field_fail(L, "", "%s: expected one paragraph", markdown->name);
    struct runs runs = finish(L, markdown, &notes, &parse.pieces[0].text);
    mark_check_notes(L, markdown, &notes);
    return runs;
}
