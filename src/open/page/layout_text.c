/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "page/layout_text.h"

#define WORD_BUCKETS 4096
#define SUPERSCRIPT_SIZE 0.66
#define SUPERSCRIPT_RISE 0.34

/* --- measuring ------------------------------------------------------------ */

struct measure_word {
    struct measure_word *next;
    const char *text;
    size_t size;
    enum font_style font;
    double width; /* at 1000 points */
};

static double word_width(struct setter *setter, enum font_style font,
                         const char *text, size_t size)
{
    uint32_t hash = 2166136261U ^ (uint32_t)font;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    if (setter->words == NULL)
        setter->words = arena_array(setter->arena, WORD_BUCKETS,
                                    sizeof(struct measure_word *));
    struct measure_word **bucket = &setter->words[hash % WORD_BUCKETS];
    for (struct measure_word *word = *bucket; word != NULL; word = word->next) {
        if (word->font == font && word->size == size &&
            memcmp(word->text, text, size) == 0)
            return word->width;
    }
    struct measure_word *word = arena_alloc(setter->arena, sizeof *word);
    word->text = arena_slice(setter->arena, text, size);
    word->size = size;
    word->font = font;
    word->width = fonts_width(setter->fonts, font, 1000, text, size);
    word->next = *bucket;
    *bucket = word;
    return word->width;
}

double set_width(struct setter *setter, enum font_style font, double size_pt,
                 const char *text, size_t size)
{
    double width = 0;
    while (size > 0) {
        const char *space = memchr(text, ' ', size);
        size_t piece = text[0] == ' '  ? 1
                       : space == NULL ? size
                                       : (size_t)(space - text);
        width += word_width(setter, font, text, piece);
        text += piece;
        size -= piece;
    }
    return width * size_pt / 1000;
}

/* --- from runs to atoms --------------------------------------------------- */

static enum font_style styled(enum font_style base, unsigned run_style)
{
    bool bold = (run_style & RUN_BOLD) != 0 || base == FONT_BOLD ||
                base == FONT_BOLD_ITALIC;
    bool italic = (run_style & RUN_ITALIC) != 0 || base == FONT_ITALIC ||
                  base == FONT_BOLD_ITALIC;
    if (bold)
        return italic ? FONT_BOLD_ITALIC : FONT_BOLD;
    return italic ? FONT_ITALIC : FONT_REGULAR;
}

static void end_atom(struct paragraph *paragraph)
{
    struct atom *atom = &paragraph->atoms[paragraph->atom_count - 1];
    atom->count = paragraph->piece_count - atom->first;
}

static void start_atom(struct setter *setter, struct paragraph *paragraph,
                       double space_pt, bool starts)
{
    if (paragraph->atom_count > 0)
        end_atom(paragraph);
    paragraph->atoms =
        arena_grow(setter->scratch, paragraph->atoms, paragraph->atom_count,
                   &paragraph->atom_capacity, sizeof *paragraph->atoms);
    paragraph->atoms[paragraph->atom_count++] = (struct atom){
        .first = paragraph->piece_count,
        .space_pt = space_pt,
        .starts = starts,
    };
}

static void add_piece(struct setter *setter, struct paragraph *paragraph,
                      const struct piece *like, const char *text, size_t size,
                      bool raised)
{
    if (size == 0)
        return;
    paragraph->pieces =
        arena_grow(setter->scratch, paragraph->pieces, paragraph->piece_count,
                   &paragraph->piece_capacity, sizeof *paragraph->pieces);
    struct piece *piece = &paragraph->pieces[paragraph->piece_count++];
    *piece = *like;
    piece->text = text;
    piece->size = size;
    if (raised && like->rise_pt <= 0) {
        piece->rise_pt = like->size_pt * SUPERSCRIPT_RISE;
        piece->size_pt = like->size_pt * SUPERSCRIPT_SIZE;
    }
    piece->width_pt =
        set_width(setter, piece->font, piece->size_pt, text, size);
    paragraph->atoms[paragraph->atom_count - 1].width_pt += piece->width_pt;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_byte(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           ((unsigned char)c & 0x80) != 0;
}

static bool is_word_end(const char *text, size_t size, size_t at)
{
    if (at >= size)
        return true;
    /* U+00A0 and U+202F may follow an ordinal, and start with C2 and E2. */
    if ((unsigned char)text[at] == 0xC2 || (unsigned char)text[at] == 0xE2)
        return true;
    return !is_word_byte(text[at]);
}

/* Size of the ending of a French ordinal that starts at `at`: 1er, 2e, XXIe. */
static size_t ordinal_size(const char *text, size_t size, size_t at)
{
    static const char *const endings[] = {"ers", "res", "er", "re", "es", "e"};
    size_t digits = 0;
    size_t roman = 0;
    while (digits < at && is_digit(text[at - digits - 1]))
        digits++;
    while (roman < at && strchr("IVX", text[at - roman - 1]) != NULL)
        roman++;
    size_t before = digits > 0 ? digits : roman;
    if (before == 0 || (digits == 0 && roman < 2) ||
        (before < at && is_word_byte(text[at - before - 1])))
        return 0;
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        size_t ending = strlen(endings[i]);
        if (at + ending <= size && memcmp(text + at, endings[i], ending) == 0 &&
            is_word_end(text, size, at + ending))
            return ending;
    }
    return 0;
}

/* A word of one run: its ordinal ending is raised. */
static void add_word(struct setter *setter, struct paragraph *paragraph,
                     const struct piece *like, const char *text, size_t size)
{
    for (size_t at = 1; at < size && setter->lang == LANG_FR; at++) {
        size_t raised = ordinal_size(text, size, at);
        if (raised == 0)
            continue;
        add_piece(setter, paragraph, like, text, at, false);
        add_piece(setter, paragraph, like, text + at, raised, true);
        add_piece(setter, paragraph, like, text + at + raised,
                  size - at - raised, false);
        return;
    }
    add_piece(setter, paragraph, like, text, size, false);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Whether the word around a byte is an address of mail, or an identifier, as
 * "rnc-demo-2026": words with hyphens have no digits. */
static bool is_name(const char *text, size_t size, size_t at)
{
    while (at > 0 && !is_blank(text[at - 1]))
        at--;
    while (at < size && !is_blank(text[at]) && text[at] != '@' &&
           !is_digit(text[at]))
        at++;
    return at < size && !is_blank(text[at]);
}

/* "demande-t-on": the line ends before the t that is there for the ear. */
static bool is_euphonic(const char *text, size_t at)
{
    return at > 1 && text[at - 1] == 't' && text[at - 2] == '-';
}

/* A line may end after a hyphen between letters, never inside a number, nor in
 * an address or identifier, whose hyphen would be taken for the line's; and
 * after the low line of a name of a table, "open_data.cases_national_sites". */
static bool breaks_after(const char *text, size_t size, size_t at)
{
    if ((text[at] != '-' && text[at] != '_') || at == 0 || at + 1 >= size ||
        is_euphonic(text, at))
        return false;
    return is_word_byte(text[at - 1]) && !is_digit(text[at - 1]) &&
           is_word_byte(text[at + 1]) && !is_digit(text[at + 1]) &&
           !is_name(text, size, at);
}

/* What was seen since the last word: the next one starts an atom, or a line. */
struct gap {
    bool space, line;
};

static void add_run(struct setter *setter, struct paragraph *paragraph,
                    const struct piece *like, const char *text, struct gap *gap)
{
    size_t size = strlen(text);
    size_t start = 0;
    double space = set_width(setter, like->font, like->size_pt, " ", 1);
    for (size_t at = 0; at <= size; at++) {
        bool blank = at == size || is_blank(text[at]);
        bool after = !blank && breaks_after(text, size, at);
        if (!blank && !after)
            continue;
        size_t end = after ? at + 1 : at;
        if (end > start) {
            bool none = paragraph->atom_count == 0;
            if (gap->space || none)
                start_atom(setter, paragraph, none ? 0 : space,
                           gap->line && !none);
            *gap = (struct gap){.space = false, .line = false};
            add_word(setter, paragraph, like, text + start, end - start);
        }
        if (after)
            start_atom(setter, paragraph, 0, false);
        if (blank && at < size)
            gap->space = true;
        start = end + (blank ? 1 : 0);
    }
}

static const char *without_soft_hyphens(struct setter *setter, const char *text)
{
    static const char soft[] = "\xC2\xAD";
    if (strstr(text, soft) == NULL)
        return text;
    struct text clean = text_new(setter->scratch);
    const char *at;
    while ((at = strstr(text, soft)) != NULL) {
        text_add_bytes(&clean, text, (size_t)(at - text));
        text = at + 2;
    }
    text_add(&clean, text);
    return clean.at;
}

/* Link, abbreviation and language elements of a run; runs one after the other
 * that lead to the same place are one link. */
static void add_elements(struct setter *setter, struct piece *like,
                         const struct run *run, const struct run *before,
                         const struct piece *last)
{
    bool linked = run->href != NULL && run->href[0] != '\0';
    bool goes_on = linked && before != NULL && before->href != NULL &&
                   text_same(before->href, run->href) && last->link >= 0;
    if (goes_on) {
        like->element = setter->links[last->link].element;
        like->link = last->link;
    } else if (linked) {
        if ((run->style & RUN_REFERENCE) != 0)
            like->element = set_element(setter, like->element, TAG_REFERENCE);
        like->element = set_element(setter, like->element, TAG_LINK);
        like->link = set_link(setter, like->element, -1, run->text);
        setter->links[like->link].href = run->href;
    }
    like->link_colour = linked;
    if (run->expansion != NULL || run->lang != NULL) {
        like->element = set_element(setter, like->element, TAG_SPAN);
        setter->elements[like->element].tag.expansion = run->expansion;
        setter->elements[like->element].tag.lang = run->lang;
    }
}

static void add_runs(struct setter *setter, struct paragraph *paragraph,
                     const struct runs *runs, int element)
{
    struct gap gap = {.space = false, .line = false};
    struct piece last = {.link = -1};
    for (size_t i = 0; i < runs->count; i++) {
        const struct run *run = &runs->run[i];
        struct piece like = {
            .font = styled(paragraph->style.font, run->style),
            .size_pt = paragraph->style.size_pt,
            .element = element,
            .link = -1,
            .anchor = run->anchor == NULL ? -1 : set_place(setter, run->anchor),
            .page_of = -1,
        };
        const char *text = run->text;
        if ((run->style & RUN_PAGE) != 0) {
            like.page_of = set_place(setter, run->href + 1);
            text = set_page_number(setter, like.page_of);
        }
        if ((run->style & RUN_SUPERSCRIPT) != 0) {
            like.rise_pt = like.size_pt * SUPERSCRIPT_RISE;
            like.size_pt *= SUPERSCRIPT_SIZE;
        }
        if (element != TAG_ARTIFACT) {
            add_elements(setter, &like, run, i > 0 ? run - 1 : NULL, &last);
            like.note = set_call(setter, run->note);
        }
        gap.line = gap.line || (run->style & RUN_BREAK) != 0;
        add_run(setter, paragraph, &like, without_soft_hyphens(setter, text),
                &gap);
        last = like;
    }
    if (paragraph->atom_count > 0)
        end_atom(paragraph);
}

struct paragraph *set_break(struct setter *setter, const struct runs *runs,
                            const struct text_style *style, double width_pt,
                            int element)
{
    struct paragraph *paragraph =
        arena_alloc(setter->scratch, sizeof *paragraph);
    paragraph->style = *style;
    paragraph->width_pt = width_pt;
    add_runs(setter, paragraph, runs, element);
    set_break_lines(setter, paragraph);
    return paragraph;
}

struct paragraph *set_break_balanced(struct setter *setter,
                                     const struct runs *runs,
                                     const struct text_style *style,
                                     double width_pt, int element)
{
    struct paragraph *widest =
        set_break(setter, runs, style, width_pt, TAG_ARTIFACT);
    double low = width_pt / 2;
    double high = width_pt;
    for (int i = 0; i < 6 && widest->line_count > 1; i++) {
        double middle = (low + high) / 2;
        struct paragraph *trial =
            set_break(setter, runs, style, middle, TAG_ARTIFACT);
        if (trial->line_count > widest->line_count)
            low = middle;
        else
            high = middle;
    }
    return set_break(setter, runs, style, high, element);
}

struct paragraph *set_break_text(struct setter *setter, const char *text,
                                 const struct text_style *style,
                                 double width_pt, int element)
{
    struct run run = {.text = text, .href = ""};
    struct runs runs = {.run = &run, .count = 1};
    return set_break(setter, &runs, style, width_pt, element);
}

/* The atoms of a text of one style, unbroken. */
static struct paragraph unbroken(struct setter *setter,
                                 const struct text_style *style,
                                 const char *text)
{
    struct run run = {.text = text, .href = ""};
    struct paragraph paragraph = {.style = *style};
    add_runs(setter, &paragraph, &(struct runs){.run = &run, .count = 1},
             TAG_ARTIFACT);
    return paragraph;
}

double set_least_width(struct setter *setter, const struct text_style *style,
                       const char *text)
{
    struct paragraph paragraph = unbroken(setter, style, text);
    double least = 0;
    for (size_t i = 0; i < paragraph.atom_count; i++)
        least = fmax(least, paragraph.atoms[i].width_pt);
    return least;
}

/* The narrowest way to set the atoms from `first` on in `lines` lines: each
 * place for the first line's end, and the best of the others after it. */
static double narrowest(const struct paragraph *paragraph, size_t first,
                        size_t lines)
{
    double best = HUGE_VAL;
    double line = 0;
    for (size_t i = first; i < paragraph->atom_count; i++) {
        const struct atom *atom = &paragraph->atoms[i];
        line += atom->width_pt + (i > first ? atom->space_pt : 0);
        bool last = i + 1 == paragraph->atom_count;
        if (last)
            best = fmin(best, line);
        else if (lines > 1)
            best =
                fmin(best, fmax(line, narrowest(paragraph, i + 1, lines - 1)));
    }
    return best;
}

double set_lines_width(struct setter *setter, const struct text_style *style,
                       const char *text, size_t lines)
{
    struct paragraph paragraph = unbroken(setter, style, text);
    return paragraph.atom_count == 0 ? 0 : narrowest(&paragraph, 0, lines);
}

size_t set_line_count(const struct paragraph *paragraph)
{
    return paragraph->line_count;
}

double set_height(const struct paragraph *paragraph)
{
    return (double)paragraph->line_count * paragraph->style.leading_pt;
}
