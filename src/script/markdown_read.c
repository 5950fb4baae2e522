/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/markdown_read.h"

#include <md4c.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "script/markdown_impl.h"

struct parse {
    struct arena *arena;
    const char *file; /* NULL: a script's text */
    const char *at, *end;
    int line_number; /* of `at`: what was read up to here */
    struct markdown_tree *tree;
    struct markdown_line *line; /* text goes here */
    struct text words;          /* of the last run of the line */
    unsigned style;
    const char *href;
    int quote, list; /* depth */
    int refused;     /* depth inside a block that is not supported, 0 none */
    struct markdown_faults *faults;
    size_t placed; /* faults whose line is known: that of the next text */
};

enum {
    LISTS_MOST = 6, /* inside each other */
    LEVELS_MOST = 4,
};

/* --- what md4c tells ------------------------------------------------------ */

static struct markdown_piece *add_piece(struct parse *parse,
                                        enum block_kind kind)
{
    struct markdown_tree *tree = parse->tree;
    tree->pieces = arena_grow(parse->arena, tree->pieces, tree->count,
                              &tree->capacity, sizeof *tree->pieces);
    struct markdown_piece *piece = &tree->pieces[tree->count++];
    *piece = (struct markdown_piece){.kind = kind};
    parse->line = &piece->text;
    return piece;
}

static struct markdown_piece *last_piece(const struct parse *parse)
{
    return &parse->tree->pieces[parse->tree->count - 1];
}

static void add_item(struct parse *parse)
{
    struct markdown_piece *list = last_piece(parse);
    list->items = arena_grow(parse->arena, list->items, list->item_count,
                             &list->item_capacity, sizeof *list->items);
    struct markdown_item *item = &list->items[list->item_count++];
    *item = (struct markdown_item){.text = {0}, .depth = parse->list - 1};
    parse->line = &item->text;
}

/* Counts the lines up to a text; texts come in the order of the source, but for
 * blanks that the parser makes itself. */
static void move_to(struct parse *parse, const char *at)
{
    bool inside = (uintptr_t)at <= (uintptr_t)parse->end;
    for (; inside && (uintptr_t)parse->at < (uintptr_t)at; parse->at++)
        parse->line_number += *parse->at == '\n';
}

static void add_run(struct parse *parse, const char *at, size_t size,
                    unsigned style)
{
    struct markdown_line *line = parse->line;
    parse->words = text_new(parse->arena);
    text_add_bytes(&parse->words, at, size);
    move_to(parse, at);
    line->run = arena_grow(parse->arena, line->run, line->count,
                           &line->capacity, sizeof *line->run);
    line->run[line->count++] = (struct run){
        .text = parse->words.at,
        .style = style,
        .href = parse->href,
        .where = parse->file == NULL
                     ? NULL
                     : arena_format(parse->arena, "%s:%d", parse->file,
                                    parse->line_number),
    };
}

/* Consecutive text of one look is one run: {names} are never cut. */
static void add_text(struct parse *parse, const char *at, size_t size)
{
    struct markdown_line *line = parse->line;
    struct run *last = line->count > 0 ? &line->run[line->count - 1] : NULL;
    if (last == NULL || last->style != parse->style ||
        !text_same(last->href, parse->href)) {
        add_run(parse, at, size, parse->style);
        return;
    }
    text_add_bytes(&parse->words, at, size);
    last->text = parse->words.at;
}

static void problem(struct parse *parse, const char *what)
{
    markdown_refuse(parse->arena, parse->faults, 0, "the text may hold %s",
                    what);
}

/* What was refused since the last text stands at this one. */
static void place_problems(struct parse *parse)
{
    for (; parse->placed < parse->faults->count; parse->placed++)
        parse->faults->fault[parse->placed].line = parse->line_number;
}

/* Reads a block that is not supported as words of what it stands in: what else
 * is refused is told too, and what calls notes still does. */
static void refuse_block(struct parse *parse, const char *what)
{
    problem(parse, what);
    parse->refused = 1;
    if (parse->list == 0 && parse->quote == 0)
        add_piece(parse, BLOCK_PARAGRAPH);
    add_text(parse, " ", 1);
}

/* "---", "* * *": three marks of a kind or more, and blanks. */
static bool is_rule(const char *line)
{
    size_t marks = 0;
    line += strspn(line, " ");
    char mark = *line;
    if (mark != '-' && mark != '*' && mark != '_')
        return false;
    for (; *line == mark || *line == ' ' || *line == '\t'; line++)
        marks += *line == mark;
    return marks >= 3 && (*line == '\n' || *line == '\0');
}

/* A rule has no text that tells its line: it is the next line of marks. */
static void move_to_rule(struct parse *parse)
{
    const char *line = parse->at;
    while (line < parse->end && !is_rule(line)) {
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    if (line < parse->end) {
        move_to(parse, line + 1); /* the next one is another */
        place_problems(parse);
    }
}

static void enter_list(struct parse *parse)
{
    if (parse->quote > 0)
        refuse_block(parse, "only quotes without lists");
    else if (parse->list > 0 && parse->line->count == 0)
        refuse_block(parse, "only items with words");
    else if (parse->list == LISTS_MOST)
        refuse_block(parse, "only lists of at most 6 levels");
    else if (parse->list++ == 0)
        add_piece(parse, BLOCK_LIST);
}

/* A further paragraph of a note or item goes on after the one before; but not
 * behind the items of a list in between. */
static void enter_further(struct parse *parse)
{
    const struct markdown_piece *piece = last_piece(parse);
    if (parse->list > 0 &&
        piece->items[piece->item_count - 1].depth != parse->list - 1)
        problem(parse, "only items whose text stands before their list");
    else if (parse->line->count > 0)
        add_text(parse, " ", 1);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct parse *parse = context;
    bool inside = parse->list > 0 || parse->quote > 0;
    if (parse->refused > 0 || type == MD_BLOCK_DOC) {
        parse->refused += parse->refused > 0;
    } else if (type == MD_BLOCK_P && !inside) {
        add_piece(parse, BLOCK_PARAGRAPH);
    } else if (type == MD_BLOCK_P) {
        enter_further(parse);
    } else if (type == MD_BLOCK_H && !inside) {
        const MD_BLOCK_H_DETAIL *heading = detail;
        add_piece(parse, BLOCK_HEADING)->level = (int)heading->level;
        if (heading->level > LEVELS_MOST)
            problem(parse, "only headings of levels 1 to 4");
    } else if (type == MD_BLOCK_UL) {
        enter_list(parse);
    } else if (type == MD_BLOCK_LI) {
        add_item(parse);
    } else if (type == MD_BLOCK_QUOTE && !inside) {
        parse->quote++;
        add_piece(parse, BLOCK_NOTE);
    } else {
        refuse_block(parse,
                     "only paragraphs, headings, bulleted lists and quotes");
        if (type == MD_BLOCK_HR)
            move_to_rule(parse);
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct parse *parse = context;
    (void)detail;
    if (parse->refused > 0)
        parse->refused--;
    else if (type == MD_BLOCK_H && parse->line->count == 0)
        problem(parse, "only headings with words");
    else if (type == MD_BLOCK_LI && parse->line->count == 0)
        problem(parse, "only items with words");
    else if (type == MD_BLOCK_QUOTE && parse->line->count == 0)
        problem(parse, "only quotes with words");
    else if (type == MD_BLOCK_UL)
        parse->list--;
    else if (type == MD_BLOCK_QUOTE)
        parse->quote--;
    return 0;
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

/* What is refused has the line of its text. */
static int take_text(MD_TEXTTYPE type, const MD_CHAR *at, MD_SIZE size,
                     void *context)
{
    struct parse *parse = context;
    bool words = type != MD_TEXT_SOFTBR && type != MD_TEXT_BR;
    if (type == MD_TEXT_HTML && parse->refused == 0)
        problem(parse, "no HTML");
    else if (type == MD_TEXT_ENTITY)
        problem(parse, "no entities: write the character itself");
    if (parse->placed < parse->faults->count) {
        if (words)
            move_to(parse, at);
        place_problems(parse);
    }
    if (type == MD_TEXT_BR)
        add_run(parse, " ", 1, parse->style | RUN_BREAK);
    else if (type == MD_TEXT_SOFTBR || type == MD_TEXT_HTML)
        add_text(parse, " ", 1);
    else
        add_text(parse, at, size);
    return 0;
}

/* --- the whole ------------------------------------------------------------ */

/* What keeps a line from being text, or NULL; a CR may stand before its
 * LF. */
static const char *fault_of_line(const char *at, size_t size, bool ended)
{
    if (!utf8_valid(at, size))
        return memchr(at, '\0', size) != NULL
                   ? "expected a text, found a zero byte"
                   : "the text is not valid UTF-8";
    for (size_t i = 0; i < size; i++) {
        bool end = ended && i + 1 == size && at[i] == '\r';
        if ((unsigned char)at[i] < ' ' && at[i] != '\t' && !end)
            return "expected a text, found a control character";
    }
    return NULL;
}

bool markdown_take_file(struct arena *arena, char *bytes, size_t size,
                        struct markdown_faults *faults)
{
    const char *end = bytes + size;
    int number = 1;
    for (const char *line = bytes; line < end; number++) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        const char *past = feed != NULL ? feed : end;
        const char *fault =
            fault_of_line(line, (size_t)(past - line), feed != NULL);
        if (fault != NULL)
            markdown_refuse(arena, faults, number, "%s", fault);
        line = feed != NULL ? feed + 1 : end;
    }
    if (faults->count > 0)
        return false;
    text_from_file(bytes);
    return true;
}

/* Pieces of one text without notes; true when nothing in it is refused. */
static bool read_pieces(struct arena *arena,
                        const struct markdown_source *source,
                        struct markdown_tree *tree,
                        struct markdown_faults *faults)
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
    size_t size = strlen(source->text);
    size_t before = faults->count;
    struct parse parse = {
        .arena = arena,
        .file = source->file,
        .at = source->text,
        .end = source->text + size,
        .line_number = source->above + 1,
        .tree = tree,
        .href = "",
        .faults = faults,
        .placed = before,
    };
    if (md_parse(source->text, (MD_SIZE)size, &parser, &parse) != 0)
        err_out_of_memory();
    place_problems(&parse);
    return faults->count == before;
}

static void read_note(struct arena *arena, struct markdown_note *note,
                      struct markdown_faults *faults)
{
    struct markdown_tree tree = {0};
    bool whole = read_pieces(arena, &note->source, &tree, faults);
    if (whole && (tree.count != 1 || tree.pieces[0].kind != BLOCK_PARAGRAPH))
        markdown_refuse(arena, faults, note->source.above + 1,
                        "note [^%s]: expected one paragraph", note->name);
    else if (tree.count > 0)
        note->text = tree.pieces[0].text;
}

bool markdown_read(struct arena *arena, const struct markdown_source *source,
                   struct markdown_tree *out, struct markdown_faults *faults)
{
    struct markdown_source body = *source;
    *out = (struct markdown_tree){0};
    body.text = markdown_take_notes(arena, source, out, faults);
    (void)!read_pieces(arena, &body, out, faults);
    for (size_t n = 0; n < out->note_count; n++)
        read_note(arena, &out->notes[n], faults);
    markdown_check_calls(arena, source, out, faults);
    markdown_order(faults);
    return faults->count == 0;
}
