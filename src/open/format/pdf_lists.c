/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/pdf_lists.h"

#include <string.h>

#include "base/utf8.h"
#include "format/prose.h"
#include "page/structure.h"

enum {
    LISTED_LEVELS = 2, /* of headings that contents and lists name */
    PARTS_MOST = 16,   /* marks of one title */
};

struct check {
    struct arena *arena;
    const struct document *document;
    const char *path;
    const struct pdf_text *text;
    const char **words; /* of the marks, squeezed; NULL for cells of tables */
    size_t at;          /* the next mark to be read */
    struct err *err;
};

static const char *squeezed(struct arena *arena, const char *text)
{
    struct text out = text_new(arena);
    prose_squeeze(&out, text, strlen(text));
    return out.at;
}

static bool has_role(const struct check *check, size_t mark, const char *role)
{
    return mark < check->text->mark_count &&
           text_same(check->text->marks[mark].role, role);
}

static bool is_cell(const struct check *check, size_t mark)
{
    return has_role(check, mark, "TD") || has_role(check, mark, "TH");
}

static bool fail_entry(const struct check *check, const char *list,
                       const char *entry, const char *found)
{
    return err_fail(check->err, ERR_DISAGREE, "pdf.lists",
                    "'%s': %s: '%s': the file has '%s'", check->path, list,
                    entry, found);
}

/* --- where words stand ---------------------------------------------------- */

/* Do this mark and those after it say the words, and nothing else? A link or a
 * style inside of a title is a mark of its own. */
static bool says(const struct check *check, size_t mark, const char *words)
{
    for (size_t m = mark; m < mark + PARTS_MOST; m++) {
        const char *part = m < check->text->mark_count ? check->words[m] : NULL;
        if (part == NULL || part[0] == '\0' || !text_starts(words, part))
            return false;
        words += strlen(part);
        if (words[0] == '\0')
            return true;
    }
    return false;
}

/* Does the title stand on a page that has this number? */
static bool stands(const struct check *check, const char *title,
                   const char *label)
{
    for (size_t m = 0; m < check->text->mark_count; m++) {
        const size_t page = check->text->marks[m].page;
        if (!has_role(check, m, "Link") &&
            text_same(check->text->labels[page], label) &&
            says(check, m, title))
            return true;
    }
    return false;
}

/* --- contents and lists --------------------------------------------------- */

/* A list being read. */
struct listing {
    struct check *check;
    const char *name; /* "Sommaire" */
    enum block_kind kind;
    const struct block *section; /* not named yet, or NULL */
    bool found; /* its title: a list without entries has none */
};

/* The marks of the entry, then that of its page. */
static bool take_entry(struct listing *list, const struct block *block)
{
    struct check *check = list->check;
    const char *title =
        structure_title(check->arena, check->document->lang, block);
    const char *words = squeezed(check->arena, title);
    const char *rest = words;
    while (rest[0] != '\0') {
        const char *part =
            has_role(check, check->at, "Link") ? check->words[check->at] : "";
        if (part[0] == '\0' || !text_starts(rest, part))
            return fail_entry(check, list->name, title, part);
        rest += strlen(part);
        check->at++;
    }
    const char *label =
        has_role(check, check->at, "Link") ? check->words[check->at++] : "";
    return stands(check, words, label) ||
           fail_entry(
               check, list->name,
               arena_format(check->arena, "%s', not on page '%s", title, label),
               label);
}

/* The title of the list, before its first entry. */
static bool find_list(struct listing *list)
{
    struct check *check = list->check;
    const char *name = squeezed(check->arena, list->name);
    while (!list->found && check->at < check->text->mark_count) {
        list->found = has_role(check, check->at, "Caption") &&
                      text_same(check->words[check->at], name);
        check->at++;
    }
    return list->found || fail_entry(check, list->name, list->name, "");
}

static bool take_block(struct listing *list, const struct block *block)
{
    const bool heading = block->kind == BLOCK_HEADING;
    const char *title =
        structure_title(list->check->arena, list->check->document->lang, block);
    if ((heading && block->level > LISTED_LEVELS) || title[0] == '\0')
        return true;
    if (heading && list->kind != BLOCK_HEADING)
        list->section = block;
    if (block->kind != list->kind)
        return true;
    if (!list->found && !find_list(list))
        return false;
    if (list->section != NULL && !take_entry(list, list->section))
        return false;
    list->section = NULL;
    return take_entry(list, block);
}

static bool take_blocks(struct listing *list, const struct block *blocks,
                        size_t count)
{
    for (size_t b = 0; b < count; b++) {
        const enum block_kind kind = blocks[b].kind;
        const bool listed = kind == BLOCK_HEADING || kind == BLOCK_FIGURE ||
                            kind == BLOCK_TABLE;
        if ((listed && !take_block(list, &blocks[b])) ||
            !take_blocks(list, blocks[b].children, blocks[b].child_count))
            return false;
    }
    return true;
}

static bool check_list(struct check *check, enum block_kind kind,
                       const char *key)
{
    const struct document *document = check->document;
    struct listing list = {
        .check = check,
        .name = locale_text(document->lang, key),
        .kind = kind,
    };
    check->at = 0;
    if (!take_blocks(&list, document->blocks, document->block_count))
        return false;
    if (list.found && has_role(check, check->at, "Link"))
        return fail_entry(check, list.name, "", check->words[check->at]);
    return true;
}

/* --- index ---------------------------------------------------------------- */

/* The page that has this number, from `first` on; page_count: none. */
static size_t page_of(const struct check *check, const char *label, size_t size)
{
    const struct pdf_text *text = check->text;
    for (size_t p = 0; p < text->page_count; p++) {
        if (strlen(text->labels[p]) == size &&
            memcmp(text->labels[p], label, size) == 0)
            return p;
    }
    return text->page_count;
}

/* Is the word on one of these pages? It and the marks are slugs: capitals and
 * accents do not count. */
static bool says_word(const struct check *check, const char *word, size_t first,
                      size_t last)
{
    for (size_t m = 0; m < check->text->mark_count; m++) {
        const struct pdf_mark *mark = &check->text->marks[m];
        if (mark->page >= first && mark->page <= last &&
            strstr(utf8_slug(check->arena, mark->text), word) != NULL)
            return true;
    }
    return false;
}

/* Texts have the term in the singular or in the plural. */
static bool says_term(const struct check *check, const char *term, size_t first,
                      size_t last)
{
    for (const char *at = term; *at != '\0';) {
        const size_t size = strcspn(at, "-");
        const size_t ends = size > 1 && strchr("sx", at[size - 1]) != NULL;
        const char *word = arena_slice(check->arena, at, size - ends);
        if (!says_word(check, word, first, last))
            return false;
        at += size + (at[size] == '-');
    }
    return true;
}

static bool check_range(const struct check *check, const char *term,
                        const char *range)
{
    static const char dash[] = "\u2013";
    const char *past = strstr(range, dash);
    const size_t size = past == NULL ? strlen(range) : (size_t)(past - range);
    const char *until = past == NULL ? range : past + strlen(dash);
    const size_t first = page_of(check, range, size);
    const size_t last = page_of(check, until, strlen(until));
    return first <= last && last < check->text->page_count &&
           says_term(check, utf8_slug(check->arena, term), first, last);
}

static bool take_places(struct check *check, const struct index_entry *entry)
{
    size_t places = 0;
    while (has_role(check, check->at, "Link")) {
        const char *range = check->words[check->at++];
        if (!check_range(check, entry->term, range))
            return fail_entry(check, "index", entry->term, range);
        places++;
        if (!has_role(check, check->at, "LBody") ||
            !text_same(check->words[check->at], ","))
            break;
        check->at++;
    }
    return (places > 0 && places <= entry->count) ||
           fail_entry(check, "index", entry->term, "");
}

static bool check_index(struct check *check, const struct block *block)
{
    for (size_t e = 0; e < block->entry_count; e++) {
        const struct index_entry *entry = &block->entries[e];
        const char *words = arena_format(check->arena, "%s,",
                                         squeezed(check->arena, entry->term));
        while (check->at < check->text->mark_count &&
               !(has_role(check, check->at, "LBody") &&
                 text_same(check->words[check->at], words) &&
                 has_role(check, check->at + 1, "Link")))
            check->at++;
        check->at++;
        if (!take_places(check, entry))
            return false;
    }
    return true;
}

/* --- references ----------------------------------------------------------- */

/* The heading, figure or table at the end of a link inside the document. */
static const struct block *target_of(struct arena *arena,
                                     const struct block *blocks, size_t count,
                                     const char *anchor)
{
    for (size_t b = 0; b < count; b++) {
        const struct block *block = &blocks[b];
        if (text_same(structure_anchor(arena, block), anchor))
            return block;
        block = target_of(arena, block->children, block->child_count, anchor);
        if (block != NULL)
            return block;
    }
    return NULL;
}

/* The page behind the words of a reference in the link that begins at this
 * mark, "" where a page ends before it; NULL in any other link. */
static const char *page_told(const struct check *check, size_t mark,
                             const char *words)
{
    for (size_t m = mark; m < mark + PARTS_MOST; m++) {
        if (!has_role(check, m, "Link"))
            return NULL;
        const char *part = check->words[m];
        if (text_starts(part, words))
            return part[strlen(words)] == '\0' && has_role(check, m + 1, "Link")
                       ? check->words[m + 1]
                       : part + strlen(words);
        if (part[0] == '\0' || !text_starts(words, part))
            return NULL;
        words += strlen(part);
    }
    return NULL;
}

/* Wherever the file refers in these words, "figure 3, page", what they lead to
 * stands on the page that follows. */
static bool check_told(struct check *check, const char *words,
                       const char *anchor)
{
    const struct document *document = check->document;
    const struct block *target = target_of(check->arena, document->blocks,
                                           document->block_count, anchor);
    const char *title =
        target == NULL ? ""
                       : structure_title(check->arena, document->lang, target);
    bool told = false;
    for (size_t m = 0; m < check->text->mark_count; m++) {
        const char *label = page_told(check, m, words);
        if (label == NULL)
            continue;
        if (!stands(check, squeezed(check->arena, title), label))
            return fail_entry(check, "reference", words, label);
        told = true;
    }
    return told || fail_entry(check, "reference", words, "");
}

/* The words of a reference end with a run that stands for the page. */
static bool check_runs(struct check *check, const struct runs *runs)
{
    for (size_t r = 0; r < runs->count; r++) {
        const struct run *page = &runs->run[r];
        size_t first = r;
        struct text words = text_new(check->arena);
        if ((page->style & RUN_PAGE) == 0)
            continue;
        while (first > 0 && text_same(runs->run[first - 1].href, page->href))
            first--;
        for (size_t i = first; i < r; i++)
            text_add(&words, runs->run[i].text);
        if (!check_told(check, squeezed(check->arena, words.at),
                        page->href + strlen("#")))
            return false;
    }
    return true;
}

static bool check_notes(struct check *check, const struct runs *runs)
{
    for (size_t r = 0; r < runs->count; r++) {
        if (runs->run[r].note != NULL &&
            !check_runs(check, &runs->run[r].note->text))
            return false;
    }
    return check_runs(check, runs);
}

static bool check_references(struct check *check, const struct block *blocks,
                             size_t count)
{
    for (size_t b = 0; b < count; b++) {
        const struct block *block = &blocks[b];
        const struct runs *lines = block->caption.linked;
        if (!check_notes(check, &block->text))
            return false;
        for (size_t i = 0; i < block->item_count; i++) {
            if (!check_notes(check, &block->items[i]))
                return false;
        }
        for (size_t l = 0; lines != NULL && l < CAPTION_LINES; l++) {
            if (!check_runs(check, &lines[l]))
                return false;
        }
        if (!check_references(check, block->children, block->child_count))
            return false;
    }
    return true;
}

/* --- cover ---------------------------------------------------------------- */

static bool on_cover(struct check *check, const char *page, const char *line)
{
    return strstr(page, squeezed(check->arena, line)) != NULL ||
           fail_entry(check, check->document->title, line, "");
}

/* A report has a page of its own that tells the release; the foot of the pages
 * does it in others. */
static bool check_imprint(struct check *check, const char *page)
{
    const struct document *document = check->document;
    const struct project *project = document->edition->project;
    const char *const lines[] = {
        project->publisher[document->lang],
        date_format(check->arena, document->lang, project->date),
        document->edition->snapshot,
        state_words(check->arena, document->lang, project),
    };
    bool report = false;
    for (size_t b = 0; b < document->block_count; b++)
        report = report || document->blocks[b].kind == BLOCK_CONTENTS;
    for (size_t i = 0; report && i < COUNT_OF(lines); i++) {
        if (!on_cover(check, page, lines[i]))
            return false;
    }
    return true;
}

/* What the first page says of document and release. */
static bool check_cover(struct check *check, const struct block *block)
{
    struct text page = text_new(check->arena);
    for (size_t m = 0; m < check->text->mark_count; m++) {
        if (check->text->marks[m].page == 0 && check->words[m] != NULL)
            text_add(&page, check->words[m]);
    }
    for (size_t i = 0; i < block->item_count; i++) {
        struct text line = text_new(check->arena);
        for (size_t r = 0; r < block->items[i].count; r++)
            text_add(&line, block->items[i].run[r].text);
        if (!on_cover(check, page.at, line.at))
            return false;
    }
    return on_cover(check, page.at, check->document->title) &&
           check_imprint(check, page.at);
}

/* --- the document --------------------------------------------------------- */

static bool check_block(struct check *check, const struct block *block)
{
    if (block->kind == BLOCK_COVER)
        return check_cover(check, block);
    if (block->kind == BLOCK_CONTENTS)
        return check_list(check, BLOCK_HEADING, "contents.title");
    if (block->kind == BLOCK_FIGURES)
        return check_list(check, BLOCK_FIGURE, "contents.figures");
    if (block->kind == BLOCK_TABLES)
        return check_list(check, BLOCK_TABLE, "contents.tables");
    return block->kind != BLOCK_INDEX || check_index(check, block);
}

bool pdf_lists_check(struct arena *arena, const struct document *document,
                     const char *path, const struct pdf_text *text,
                     struct err *err)
{
    struct check check = {
        .arena = arena,
        .document = document,
        .path = path,
        .text = text,
        .words = arena_array(arena, text->mark_count + 1, sizeof *check.words),
        .err = err,
    };
    for (size_t m = 0; m < text->mark_count; m++)
        check.words[m] =
            is_cell(&check, m) ? NULL : squeezed(arena, text->marks[m].text);
    for (size_t b = 0; b < document->block_count; b++) {
        if (!check_block(&check, &document->blocks[b]))
            return false;
    }
    return check_references(&check, document->blocks, document->block_count);
}
