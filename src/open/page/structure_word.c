/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/structure_impl.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"

/* --- the ends of words ---------------------------------------------------- */

/* Latin letters with accents begin with these bytes; no-break spaces, quotes
 * and apostrophes with others. */
static bool is_accented(unsigned char lead)
{
    return lead >= 0xC3 && lead <= 0xC9;
}

static bool letter_at(const char *at)
{
    unsigned char byte = (unsigned char)*at;
    return isalnum(byte) || is_accented(byte);
}

static bool letter_before(const char *text, const char *at)
{
    if (at == text)
        return false;
    unsigned char last = (unsigned char)at[-1];
    if (last < 0x80)
        return isalnum(last) != 0;
    return at - text >= 2 && is_accented((unsigned char)at[-2]);
}

/* --- terms of the glossary ------------------------------------------------ */

static void add_term(struct structure *structure, const char *text,
                     const char *name, const char *anchor, int first)
{
    if (text[0] == '\0')
        return;
    structure->terms =
        arena_grow(structure->arena, structure->terms, structure->term_count,
                   &structure->term_capacity, sizeof *structure->terms);
    structure->terms[structure->term_count++] = (struct term){
        .text = text,
        .name = structure_index_name(structure, name),
        .anchor = anchor,
        .chapter = SIZE_MAX,
        .first = first,
    };
}

static const char *trimmed(struct structure *structure, const char *text)
{
    text += strspn(text, " ");
    size_t size = strlen(text);
    while (size > 0 && text[size - 1] == ' ')
        size--;
    return arena_slice(structure->arena, text, size);
}

/* "Incidence", "Taux brut, taux bruts", "Classification (CIM-10)". */
static void add_terms(struct structure *structure, const char *head,
                      const char *anchor)
{
    char **parts = NULL;
    int first = (int)structure->term_count;
    const char *open = strchr(head, '(');
    const char *ways = open == NULL ? head
                                    : arena_slice(structure->arena, head,
                                                  (size_t)(open - head));
    size_t count = text_split(structure->arena, ways, ',', &parts);
    for (size_t p = 0; p < count; p++)
        add_term(structure, trimmed(structure, parts[p]),
                 trimmed(structure, parts[0]), anchor, first);
}

/* The head of an entry is the place that links lead to. */
static void find_term(struct structure *structure, struct runs *item)
{
    if (item->count == 0 || (item->run[0].style & RUN_BOLD) == 0)
        return;
    const char *head = item->run[0].text;
    struct run *run = arena_array(structure->arena, item->count, sizeof *run);
    memcpy(run, item->run, item->count * sizeof *run);
    run[0].anchor = arena_format(structure->arena, "term-%s",
                                 utf8_slug(structure->arena, head));
    item->run = run;
    add_terms(structure, head, run[0].anchor);
}

void structure_find_terms(struct structure *structure)
{
    for (size_t b = 0; b < structure->block_count; b++) {
        struct block *block = &structure->blocks[b];
        if (block->kind != BLOCK_GLOSSARY)
            continue;
        struct runs *items =
            arena_array(structure->arena, block->item_count, sizeof *items);
        for (size_t i = 0; i < block->item_count; i++) {
            items[i] = block->items[i];
            find_term(structure, &items[i]);
        }
        block->items = items;
    }
}

/* Bytes of a term at the beginning of a text, with an s after any of its
 * words; 0 when it is not there. */
static size_t term_size(const char *text, const char *term)
{
    size_t at = 0;
    for (; *term != '\0'; term++) {
        if ((*term == ' ' || *term == '-') && text[at] == 's')
            at++;
        if (tolower((unsigned char)text[at]) != tolower((unsigned char)*term))
            return 0;
        at++;
    }
    if (text[at] == 's')
        at++;
    return letter_at(text + at) ? 0 : at;
}

static int longest_term(const struct structure *structure, const char *at,
                        size_t *size)
{
    int longest = -1;
    *size = 0;
    for (size_t t = 0; t < structure->term_count; t++) {
        size_t found = term_size(at, structure->terms[t].text);
        if (found > *size) {
            *size = found;
            longest = (int)t;
        }
    }
    return longest;
}

/* Linked where it is used first, in the index once a chapter. Makes its run;
 * false where it is a plain word. */
static bool make_term(struct structure *structure, struct run *run,
                      const char *at, size_t size, int which)
{
    struct term *term = &structure->terms[structure->terms[which].first];
    bool link = !term->linked;
    bool mention = structure->indexed && term->chapter != structure->chapter;
    if (!link && !mention)
        return false;
    run->text = arena_slice(structure->arena, at, size);
    if (link)
        run->href = arena_format(structure->arena, "#%s", term->anchor);
    if (mention) {
        run->anchor = structure_new_anchor(structure);
        structure_mention(structure, term->name, run->anchor, "");
    }
    term->linked = true;
    term->chapter = structure->chapter;
    return true;
}

/* --- abbreviations -------------------------------------------------------- */

static int longest_abbreviation(const struct structure *structure,
                                const char *at, size_t *size)
{
    const struct lexicon *lexicon = structure->lexicon;
    int longest = -1;
    *size = 0;
    for (size_t a = 0; a < lexicon->abbreviation_count; a++) {
        const char *text = lexicon->abbreviations[a].text;
        size_t found = strlen(text);
        if (found > *size && text_starts(at, text) && !letter_at(at + found)) {
            *size = found;
            longest = (int)a;
        }
    }
    return longest;
}

/* Told in full where it stands first, unless the text does so itself. */
static void put_abbreviation(struct structure *structure, struct run_list *list,
                             const struct run *run, const char *at, int which)
{
    const struct abbreviation *abbreviation =
        &structure->lexicon->abbreviations[which];
    bool said = structure->used[which] || !structure->numbered ||
                (at > run->text && at[-1] == '(');
    structure->used[which] = true;
    struct run put = *run;
    put.text = abbreviation->text;
    put.expansion = locale_typography(structure->arena, structure->lang,
                                      abbreviation->expansion);
    structure_put(structure, list, &put);
    if (said)
        return;
    put.text = arena_format(structure->arena, " (%s)", put.expansion);
    put.expansion = NULL;
    structure_put(structure, list, &put);
}

static void see_text(struct structure *structure, const char *text)
{
    size_t size = 0;
    if (text == NULL)
        return;
    for (const char *at = text; *at != '\0'; at++) {
        if (!letter_at(at) || letter_before(text, at))
            continue;
        int which = longest_abbreviation(structure, at, &size);
        if (which >= 0)
            structure->seen[which] = true;
    }
}

static void see_grid(struct structure *structure, const struct grid *grid)
{
    for (size_t c = 0; grid != NULL && c < grid->column_count; c++) {
        see_text(structure, grid->columns[c].heading);
        see_text(structure, grid->columns[c].unit);
    }
}

void structure_see(struct structure *structure, const struct block *block)
{
    const struct caption *caption = &block->caption;
    const char *const texts[] = {caption->title, caption->unit,
                                 caption->scope, caption->reading,
                                 caption->note,  caption->source};
    for (size_t t = 0; t < COUNT_OF(texts); t++)
        see_text(structure, texts[t]);
    if (block->kind == BLOCK_TABLE)
        see_grid(structure, block->grid);
    for (size_t k = 0; k < block->figure_count; k++) {
        see_text(structure, block->figures[k].label);
        see_text(structure, block->figures[k].detail);
    }
    for (size_t c = 0; c < block->child_count; c++)
        structure_see(structure, &block->children[c]);
}

/* --- one text ------------------------------------------------------------- */

static void put_plain(struct structure *structure, struct run_list *list,
                      const struct run *run, const char *from, const char *past)
{
    if (past == from)
        return;
    struct run put = *run;
    put.text = arena_slice(structure->arena, from, (size_t)(past - from));
    structure_put(structure, list, &put);
}

/* What stands at the beginning of a word, put when it is something special;
 * returns its bytes, 0 for a plain word. Text from `from` on goes before. */
static size_t put_word(struct structure *structure, struct run_list *list,
                       const struct run *run, enum text_zone zone,
                       const char *from, const char *at)
{
    size_t size = 0;
    int which = longest_abbreviation(structure, at, &size);
    if (which >= 0) {
        put_plain(structure, list, run, from, at);
        put_abbreviation(structure, list, run, at, which);
        return size;
    }
    which = zone == ZONE_PROSE ? longest_term(structure, at, &size) : -1;
    struct run term = *run;
    if (which >= 0 && make_term(structure, &term, at, size, which)) {
        put_plain(structure, list, run, from, at);
        structure_put(structure, list, &term);
        return size;
    }
    return 0;
}

void structure_words(struct structure *structure, struct run_list *list,
                     const struct run *run, enum text_zone zone)
{
    const char *text = run->text;
    const char *from = text;
    const char *at = text;
    while (*at != '\0') {
        bool starts = letter_at(at) && !letter_before(text, at);
        size_t size =
            starts ? put_word(structure, list, run, zone, from, at) : 0;
        at += size > 0 ? size : 1;
        if (size > 0)
            from = at;
    }
    put_plain(structure, list, run, from, at);
}
