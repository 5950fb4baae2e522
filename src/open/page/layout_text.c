#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "page/layout_impl.h"

#define WORD_BUCKETS 4096
#define SUPERSCRIPT_SIZE 0.66
#define SUPERSCRIPT_RISE 0.34
#define MAX_BREAKS 16

/* A piece is text of one style; an atom is pieces that stay together; between
 * atoms a line may end. */
struct piece {
    const char *text;
    size_t size;
    enum font_style font;
    double size_pt, rise_pt, width_pt;
    int element, link;
    bool link_colour;
};

struct atom {
    size_t first, count; /* pieces */
    double width_pt;
    double space_pt; /* before it; 0 after a hyphen */
    bool hyphen;     /* printed and read as a soft hyphen at a line's end */
};

struct line {
    size_t first, count; /* atoms */
    double width_pt;
    size_t spaces;
};

struct paragraph {
    struct text_style style;
    double width_pt;
    struct piece *pieces;
    size_t piece_count, piece_capacity;
    struct atom *atoms;
    size_t atom_count, atom_capacity;
    struct line *lines;
    size_t line_count, line_capacity;
};

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
                       double space_pt)
{
    if (paragraph->atom_count > 0)
        end_atom(paragraph);
    paragraph->atoms =
        arena_grow(setter->arena, paragraph->atoms, paragraph->atom_count,
                   &paragraph->atom_capacity, sizeof *paragraph->atoms);
    paragraph->atoms[paragraph->atom_count++] = (struct atom){
        .first = paragraph->piece_count,
        .space_pt = space_pt,
    };
}

static void add_piece(struct setter *setter, struct paragraph *paragraph,
                      const struct piece *like, const char *text, size_t size,
                      bool raised)
{
    if (size == 0)
        return;
    paragraph->pieces =
        arena_grow(setter->arena, paragraph->pieces, paragraph->piece_count,
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

/* A line may end after a hyphen between letters, never inside a number. */
static bool breaks_after(const char *text, size_t size, size_t at)
{
    if (text[at] != '-' || at == 0 || at + 1 >= size)
        return false;
    return is_word_byte(text[at - 1]) && !is_digit(text[at - 1]) &&
           is_word_byte(text[at + 1]) && !is_digit(text[at + 1]);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void add_run(struct setter *setter, struct paragraph *paragraph,
                    const struct piece *like, const char *text, bool *fresh)
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
            if (*fresh || paragraph->atom_count == 0)
                start_atom(setter, paragraph,
                           paragraph->atom_count == 0 ? 0 : space);
            *fresh = false;
            add_word(setter, paragraph, like, text + start, end - start);
        }
        if (after)
            start_atom(setter, paragraph, 0);
        if (blank && at < size)
            *fresh = true;
        start = end + (blank ? 1 : 0);
    }
}

static const char *without_soft_hyphens(struct setter *setter,
                                        const char *text)
{
    static const char soft[] = "\xC2\xAD";
    if (strstr(text, soft) == NULL)
        return text;
    struct text clean = text_new(setter->arena);
    const char *at;
    while ((at = strstr(text, soft)) != NULL) {
        text_add_bytes(&clean, text, (size_t)(at - text));
        text = at + 2;
    }
    text_add(&clean, text);
    return clean.at;
}

static int add_link(struct setter *setter, const struct run *run, int element)
{
    setter->links = arena_grow(setter->arena, setter->links,
                               setter->link_count, &setter->link_capacity,
                               sizeof *setter->links);
    setter->links[setter->link_count] = (struct layout_link){
        .element = element,
        .href = run->href,
        .heading = -1,
        .words = run->text,
    };
    return (int)setter->link_count++;
}

static void add_runs(struct setter *setter, struct paragraph *paragraph,
                     const struct runs *runs, int element)
{
    bool fresh = false; /* a space was seen: the next word starts an atom */
    for (size_t i = 0; i < runs->count; i++) {
        const struct run *run = &runs->run[i];
        struct piece like = {
            .font = styled(paragraph->style.font, run->style),
            .size_pt = paragraph->style.size_pt,
            .element = element,
            .link = -1,
        };
        if ((run->style & RUN_SUPERSCRIPT) != 0) {
            like.rise_pt = like.size_pt * SUPERSCRIPT_RISE;
            like.size_pt *= SUPERSCRIPT_SIZE;
        }
        if (run->href != NULL && run->href[0] != '\0' &&
            element != TAG_ARTIFACT) {
            like.element = set_element(setter, element, TAG_LINK);
            like.link = add_link(setter, run, like.element);
            like.link_colour = true;
        }
        add_run(setter, paragraph, &like,
                without_soft_hyphens(setter, run->text), &fresh);
    }
    if (paragraph->atom_count > 0)
        end_atom(paragraph);
}

/* --- breaking ------------------------------------------------------------- */

static void insert_atom(struct setter *setter, struct paragraph *paragraph,
                        size_t at)
{
    paragraph->atoms =
        arena_grow(setter->arena, paragraph->atoms, paragraph->atom_count,
                   &paragraph->atom_capacity, sizeof *paragraph->atoms);
    memmove(&paragraph->atoms[at + 1], &paragraph->atoms[at],
            (paragraph->atom_count - at) * sizeof *paragraph->atoms);
    paragraph->atom_count++;
}

/* Splits an atom of one piece after `bytes`; the second half follows it. */
static void split_atom(struct setter *setter, struct paragraph *paragraph,
                       size_t at, size_t bytes, bool hyphen)
{
    size_t left = paragraph->piece_count;
    struct piece whole = paragraph->pieces[paragraph->atoms[at].first];
    double space = paragraph->atoms[at].space_pt;
    for (int half = 0; half < 2; half++) {
        paragraph->pieces =
            arena_grow(setter->arena, paragraph->pieces, paragraph->piece_count,
                       &paragraph->piece_capacity, sizeof *paragraph->pieces);
        struct piece *piece = &paragraph->pieces[paragraph->piece_count++];
        *piece = whole;
        piece->text = half == 0 ? whole.text : whole.text + bytes;
        piece->size = half == 0 ? bytes : whole.size - bytes;
        piece->width_pt = set_width(setter, piece->font, piece->size_pt,
                                    piece->text, piece->size);
    }
    insert_atom(setter, paragraph, at);
    double sign = hyphen ? set_width(setter, whole.font, whole.size_pt, "-", 1)
                         : 0;
    paragraph->atoms[at] = (struct atom){
        .first = left,
        .count = 1,
        .width_pt = paragraph->pieces[left].width_pt + sign,
        .space_pt = space,
        .hyphen = hyphen,
    };
    paragraph->atoms[at + 1] = (struct atom){
        .first = left + 1,
        .count = 1,
        .width_pt = paragraph->pieces[left + 1].width_pt,
    };
}

/* Puts as much of an atom as fits, with a hyphen, in the room that is left. */
static bool hyphenate(struct setter *setter, struct paragraph *paragraph,
                      size_t at, double room_pt)
{
    const struct atom *atom = &paragraph->atoms[at];
    if (!paragraph->style.hyphenated || atom->count != 1)
        return false;
    struct piece piece = paragraph->pieces[atom->first];
    size_t breaks[MAX_BREAKS];
    size_t count = hyphenator_breaks(setter->hyphenator, piece.text,
                                     piece.size, breaks, MAX_BREAKS);
    double sign = set_width(setter, piece.font, piece.size_pt, "-", 1);
    while (count > 0) {
        size_t bytes = breaks[--count];
        double width = set_width(setter, piece.font, piece.size_pt, piece.text,
                                 bytes);
        if (width + sign <= room_pt) {
            split_atom(setter, paragraph, at, bytes, true);
            return true;
        }
    }
    return false;
}

/* A word wider than the whole line is cut wherever it must be: an address. */
static void cut_word(struct setter *setter, struct paragraph *paragraph,
                     size_t at)
{
    const struct atom *atom = &paragraph->atoms[at];
    if (atom->count != 1)
        return;
    const struct piece *piece = &paragraph->pieces[atom->first];
    const char *end = piece->text + piece->size;
    const char *next = piece->text;
    size_t bytes = 0;
    while (next < end) {
        (void)utf8_next(&next);
        size_t more = (size_t)(next - piece->text);
        double width = set_width(setter, piece->font, piece->size_pt,
                                 piece->text, more);
        if (width > paragraph->width_pt && bytes > 0)
            break;
        bytes = more;
    }
    if (bytes < piece->size)
        split_atom(setter, paragraph, at, bytes, false);
}

static void add_line(struct setter *setter, struct paragraph *paragraph,
                     size_t first, size_t past)
{
    paragraph->lines =
        arena_grow(setter->arena, paragraph->lines, paragraph->line_count,
                   &paragraph->line_capacity, sizeof *paragraph->lines);
    struct line *line = &paragraph->lines[paragraph->line_count++];
    *line = (struct line){.first = first, .count = past - first};
    for (size_t i = first; i < past; i++) {
        const struct atom *atom = &paragraph->atoms[i];
        line->width_pt += atom->width_pt;
        if (i > first) {
            line->width_pt += atom->space_pt;
            line->spaces += atom->space_pt > 0;
        }
    }
}

/* First-fit breaking. An optimum-fit breaker takes this function's place: it
 * reads atoms and their widths, splits atoms where it hyphenates and adds
 * lines; nothing else depends on how lines were chosen. */
static void break_first_fit(struct setter *setter, struct paragraph *paragraph)
{
    const double slack = 0.01; /* rounding of sums, not typography */
    double limit = paragraph->width_pt + slack;
    size_t first = 0;
    double width = 0;
    for (size_t at = 0; at < paragraph->atom_count; at++) {
        if (at == first && paragraph->atoms[at].width_pt > limit &&
            !hyphenate(setter, paragraph, at, limit))
            cut_word(setter, paragraph, at);
        double space = at > first ? paragraph->atoms[at].space_pt : 0;
        if (at == first || width + space + paragraph->atoms[at].width_pt <=
                               limit) {
            width += space + paragraph->atoms[at].width_pt;
            if (!paragraph->atoms[at].hyphen)
                continue;
            add_line(setter, paragraph, first, at + 1);
            first = at + 1;
            width = 0;
            continue;
        }
        if (hyphenate(setter, paragraph, at, limit - width - space)) {
            add_line(setter, paragraph, first, at + 1);
            first = at + 1;
            width = 0;
            continue;
        }
        add_line(setter, paragraph, first, at);
        first = at;
        width = 0;
        at--; /* look at it again as the first of its line */
    }
    if (first < paragraph->atom_count)
        add_line(setter, paragraph, first, paragraph->atom_count);
}

struct paragraph *set_break(struct setter *setter, const struct runs *runs,
                            const struct text_style *style, double width_pt,
                            int element)
{
    struct paragraph *paragraph =
        arena_alloc(setter->arena, sizeof *paragraph);
    paragraph->style = *style;
    paragraph->width_pt = width_pt;
    add_runs(setter, paragraph, runs, element);
    break_first_fit(setter, paragraph);
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

double set_least_width(struct setter *setter, const struct text_style *style,
                       const char *text)
{
    struct run run = {.text = text, .href = ""};
    struct paragraph paragraph = {.style = *style};
    add_runs(setter, &paragraph, &(struct runs){.run = &run, .count = 1},
             TAG_ARTIFACT);
    double least = 0;
    for (size_t i = 0; i < paragraph.atom_count; i++)
        least = fmax(least, paragraph.atoms[i].width_pt);
    return least;
}

size_t set_line_count(const struct paragraph *paragraph)
{
    return paragraph->line_count;
}

double set_height(const struct paragraph *paragraph)
{
    return (double)paragraph->line_count * paragraph->style.leading_pt;
}

/* --- drawing -------------------------------------------------------------- */

static double baseline(struct setter *setter, const struct text_style *style)
{
    double ascent = fonts_ascent(setter->fonts, style->font, style->size_pt);
    double descent = fonts_descent(setter->fonts, style->font, style->size_pt);
    return (style->leading_pt - ascent - descent) / 2 + ascent;
}

static bool same_look(const struct piece *a, const struct piece *b)
{
    return a->font == b->font && fabs(a->size_pt - b->size_pt) < 0.001 &&
           fabs(a->rise_pt - b->rise_pt) < 0.001 && a->element == b->element &&
           a->link == b->link;
}

/* The line being drawn: marks are joined while the look stays the same. */
struct pen {
    struct slab *slab;
    const struct text_style *style;
    const struct piece *look; /* of the open mark, or NULL */
    struct text text;
    double x_pt, start_pt, y_pt, extra_pt;
};

static void end_mark(struct setter *setter, struct pen *pen)
{
    if (pen->look == NULL)
        return;
    const struct piece *look = pen->look;
    struct layout_mark *mark =
        set_mark(setter, pen->slab, LAYOUT_TEXT, look->element);
    mark->text = arena_slice(setter->arena, pen->text.at, pen->text.size);
    mark->size = pen->text.size;
    mark->x_pt = pen->start_pt;
    mark->y_pt = pen->y_pt - look->rise_pt;
    mark->style = look->font;
    mark->size_pt = look->size_pt;
    mark->word_space_pt = pen->extra_pt;
    mark->colour =
        look->link_colour ? setter->theme->accent : pen->style->colour;
    mark->link = look->link;
    mark->width_pt = pen->x_pt - pen->start_pt;
    mark->height_pt = pen->style->leading_pt;
    text_clear(&pen->text);
    pen->look = NULL;
}

static void draw_piece(struct setter *setter, struct pen *pen,
                       const struct piece *piece)
{
    if (pen->look == NULL || !same_look(pen->look, piece)) {
        end_mark(setter, pen);
        pen->look = piece;
        pen->start_pt = pen->x_pt;
    }
    text_add_bytes(&pen->text, piece->text, piece->size);
    pen->x_pt += piece->width_pt;
}

static void draw_line(struct setter *setter, struct pen *pen,
                      const struct paragraph *paragraph,
                      const struct line *line, bool last)
{
    for (size_t i = 0; i < line->count; i++) {
        const struct atom *atom = &paragraph->atoms[line->first + i];
        if (i > 0 && atom->space_pt > 0) {
            text_add_char(&pen->text, ' ');
            pen->x_pt += atom->space_pt + pen->extra_pt;
        }
        for (size_t j = 0; j < atom->count; j++)
            draw_piece(setter, pen, &paragraph->pieces[atom->first + j]);
        if (atom->hyphen)
            text_add(&pen->text, "\xC2\xAD");
    }
    /* A line's end reads as a space, unless a word goes on. */
    size_t next = line->first + line->count;
    bool spaced = !last && next < paragraph->atom_count &&
                  paragraph->atoms[next].space_pt > 0;
    if (spaced && pen->look != NULL)
        text_add_char(&pen->text, ' ');
    end_mark(setter, pen);
}

void set_lines(struct setter *setter, struct slab *slab,
               const struct paragraph *paragraph, size_t first, size_t count,
               double x_pt, double y_pt)
{
    const struct text_style *style = &paragraph->style;
    for (size_t i = first; i < first + count; i++) {
        const struct line *line = &paragraph->lines[i];
        bool last = i + 1 == paragraph->line_count;
        double room = paragraph->width_pt - line->width_pt;
        double shift = style->align == ALIGN_RIGHT    ? room
                       : style->align == ALIGN_CENTRE ? room / 2
                                                      : 0;
        bool stretch = style->justified && !last && line->spaces > 0;
        struct pen pen = {
            .slab = slab,
            .style = style,
            .text = text_new(setter->arena),
            .x_pt = x_pt + shift,
            .y_pt = y_pt + (double)(i - first) * style->leading_pt +
                    baseline(setter, style),
            .extra_pt = stretch ? room / (double)line->spaces : 0,
        };
        draw_line(setter, &pen, paragraph, line, last);
    }
}

double set_line(struct setter *setter, struct slab *slab, int element,
                const struct text_style *style, const char *text, double x_pt,
                double y_pt)
{
    struct layout_mark *mark = set_mark(setter, slab, LAYOUT_TEXT, element);
    size_t size = strlen(text);
    mark->text = text;
    mark->size = size;
    mark->style = style->font;
    mark->size_pt = style->size_pt;
    mark->colour = style->colour;
    mark->width_pt = set_width(setter, style->font, style->size_pt, text, size);
    mark->height_pt = style->leading_pt;
    mark->x_pt = x_pt;
    mark->y_pt = y_pt + baseline(setter, style);
    return mark->width_pt;
}

/* The first two lines stay together, and so do the last two. */
void set_flow(struct setter *setter, const struct paragraph *paragraph,
              double x_pt, double gap_pt)
{
    size_t count = paragraph->line_count;
    for (size_t i = 0; i < count; i++) {
        struct slab *slab = set_slab(setter, i == 0 ? gap_pt : 0);
        slab->out.height_pt = paragraph->style.leading_pt;
        slab->keep = i + 1 < count && (i == 0 || i + 2 == count);
        set_lines(setter, slab, paragraph, i, 1, x_pt, 0);
    }
}

char *set_plain(struct setter *setter, const struct runs *runs)
{
    struct text plain = text_new(setter->arena);
    for (size_t i = 0; i < runs->count; i++)
        text_add(&plain, runs->run[i].text);
    return plain.at;
}
