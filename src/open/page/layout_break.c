/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "page/layout_text.h"

#define MAX_BREAKS 16

static void insert_atom(struct setter *setter, struct paragraph *paragraph,
                        size_t at)
{
    paragraph->atoms =
        arena_grow(setter->scratch, paragraph->atoms, paragraph->atom_count,
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
    struct atom before = paragraph->atoms[at];
    struct piece whole = paragraph->pieces[before.first];
    for (int half = 0; half < 2; half++) {
        paragraph->pieces = arena_grow(
            setter->scratch, paragraph->pieces, paragraph->piece_count,
            &paragraph->piece_capacity, sizeof *paragraph->pieces);
        struct piece *piece = &paragraph->pieces[paragraph->piece_count++];
        *piece = whole;
        piece->text = half == 0 ? whole.text : whole.text + bytes;
        piece->size = half == 0 ? bytes : whole.size - bytes;
        piece->width_pt = set_width(setter, piece->font, piece->size_pt,
                                    piece->text, piece->size);
    }
    insert_atom(setter, paragraph, at);
    double sign =
        hyphen ? set_width(setter, whole.font, whole.size_pt, "-", 1) : 0;
    paragraph->atoms[at] = (struct atom){
        .first = left,
        .count = 1,
        .width_pt = paragraph->pieces[left].width_pt + sign,
        .space_pt = before.space_pt,
        .hyphen = hyphen,
        .starts = before.starts,
    };
    paragraph->atoms[at + 1] = (struct atom){
        .first = left + 1,
        .count = 1,
        .width_pt = paragraph->pieces[left + 1].width_pt,
    };
}

/* "personnes-" or "années", "cases_" or "sites": the compound has a break of
 * its own. */
static bool is_half_compound(const struct paragraph *paragraph, size_t at)
{
    const struct atom *atom = &paragraph->atoms[at];
    const struct piece *piece = &paragraph->pieces[atom->first];
    char end = piece->text[piece->size - 1];
    return end == '-' || end == '_' ||
           (at > 0 && atom->space_pt <= 0 && !paragraph->atoms[at - 1].hyphen);
}

/* Bytes of an atom before which a hyphen may be put: MAX_BREAKS at most. */
static size_t find_breaks(const struct setter *setter,
                          const struct paragraph *paragraph, size_t at,
                          size_t *breaks)
{
    const struct atom *atom = &paragraph->atoms[at];
    if (!paragraph->style.hyphenated || atom->count != 1 ||
        is_half_compound(paragraph, at))
        return 0;
    const struct piece *piece = &paragraph->pieces[atom->first];
    return hyphenator_breaks(setter->hyphenator, piece->text, piece->size,
                             breaks, MAX_BREAKS);
}

/* Puts as much of an atom as fits, with a hyphen, in the room that is left. */
static bool hyphenate(struct setter *setter, struct paragraph *paragraph,
                      size_t at, double room_pt)
{
    struct piece piece = paragraph->pieces[paragraph->atoms[at].first];
    size_t breaks[MAX_BREAKS];
    size_t count = find_breaks(setter, paragraph, at, breaks);
    double sign = set_width(setter, piece.font, piece.size_pt, "-", 1);
    while (count > 0) {
        size_t bytes = breaks[--count];
        double width =
            set_width(setter, piece.font, piece.size_pt, piece.text, bytes);
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
        double width =
            set_width(setter, piece->font, piece->size_pt, piece->text, more);
        if (width > paragraph->width_pt && bytes > 0)
            break;
        bytes = more;
    }
    if (bytes < piece->size)
        split_atom(setter, paragraph, at, bytes, false);
}

bool set_ends_line(const struct paragraph *paragraph, size_t atom)
{
    return atom + 1 == paragraph->atom_count ||
           paragraph->atoms[atom + 1].starts;
}

static void add_line(struct setter *setter, struct paragraph *paragraph,
                     size_t first, size_t past)
{
    paragraph->lines =
        arena_grow(setter->scratch, paragraph->lines, paragraph->line_count,
                   &paragraph->line_capacity, sizeof *paragraph->lines);
    struct line *line = &paragraph->lines[paragraph->line_count++];
    *line = (struct line){
        .first = first,
        .count = past - first,
        .last = set_ends_line(paragraph, past - 1),
    };
    for (size_t i = first; i < past; i++) {
        const struct atom *atom = &paragraph->atoms[i];
        line->width_pt += atom->width_pt;
        if (i > first) {
            line->width_pt += atom->space_pt;
            line->spaces += atom->space_pt > 0;
        }
    }
}

/* --- first fit ------------------------------------------------------------ */

static void break_first_fit(struct setter *setter, struct paragraph *paragraph)
{
    const double slack = 0.01; /* rounding of sums, not typography */
    double limit = paragraph->width_pt + slack;
    size_t first = 0;
    double width = 0;
    for (size_t at = 0; at < paragraph->atom_count; at++) {
        if (at > first && paragraph->atoms[at].starts) {
            add_line(setter, paragraph, first, at);
            first = at;
            width = 0;
        }
        if (at == first && paragraph->atoms[at].width_pt > limit &&
            !hyphenate(setter, paragraph, at, limit))
            cut_word(setter, paragraph, at);
        double space = at > first ? paragraph->atoms[at].space_pt : 0;
        if (at == first ||
            width + space + paragraph->atoms[at].width_pt <= limit) {
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

/* --- optimum fit ----------------------------------------------------------
 *
 * Knuth and Plass 1981, "Breaking paragraphs into lines": of all ways to break,
 * the one with the least sum of demerits. A space stretches by half of itself
 * to look bad once, and shrinks by a third at most. Where lines are ragged,
 * spaces keep their width and a line looks bad once when an eighth of it is
 * empty. Before an address that is never cut any ragged line may end, as a
 * last one does: lines above it would share its emptiness otherwise. */

#define STRETCH 0.5
#define SHRINK 0.33
#define HYPHEN_PENALTY 60.0
#define HYPHENS_DEMERITS 8000.0 /* two lines in a row end with a hyphen */
#define END_DEMERITS 250000.0   /* the last line is the end of a cut word */
#define TIED_PENALTY 1000.0     /* as spaces 2.1 times as wide as they are */
#define RAGGED 0.125
#define RAGGED_HYPHEN_PENALTY 250.0
#define RAGGED_END_DEMERITS 4e6 /* a third of a line may rather be empty */
#define WHOLE_PART 0.2          /* of a line: an address that long is no word */
#define NO_WAY 1e30

struct chance {                 /* a place where a line may end */
    size_t atom;                /* the line's last atom */
    size_t bytes;               /* of it, when it is hyphenated; 0: all */
    double before_pt, after_pt; /* width up to here with the hyphen, and from
                                   which the next line starts */
    double spaces_pt;           /* of all spaces up to here */
    double skipped_pt;          /* the space that is dropped at the break */
    double next_pt;             /* width of what follows and is never cut */
    bool tied;                  /* what follows belongs to what is before */
    double demerits;            /* of the best way to get here */
    int previous;               /* chance of that way, or -1 for the start */
};

struct optimum {
    struct setter *setter;
    struct paragraph *paragraph;
    struct chance *chances;
    size_t count, capacity;
};

static void add_chance(struct optimum *optimum, const struct chance *chance)
{
    optimum->chances =
        arena_grow(optimum->setter->scratch, optimum->chances, optimum->count,
                   &optimum->capacity, sizeof *optimum->chances);
    optimum->chances[optimum->count] = *chance;
    optimum->chances[optimum->count].demerits = NO_WAY;
    optimum->chances[optimum->count++].previous = -1;
}

/* Whether the word can be cut at all. */
static bool add_hyphens(struct optimum *optimum, size_t atom, double start_pt,
                        double spaces_pt)
{
    struct setter *setter = optimum->setter;
    const struct paragraph *paragraph = optimum->paragraph;
    const struct piece *piece =
        &paragraph->pieces[paragraph->atoms[atom].first];
    size_t breaks[MAX_BREAKS];
    size_t count = find_breaks(setter, paragraph, atom, breaks);
    double sign = set_width(setter, piece->font, piece->size_pt, "-", 1);
    for (size_t i = 0; i < count; i++) {
        double width = set_width(setter, piece->font, piece->size_pt,
                                 piece->text, breaks[i]);
        add_chance(optimum, &(struct chance){
                                .atom = atom,
                                .bytes = breaks[i],
                                .before_pt = start_pt + width + sign,
                                .after_pt = start_pt + width,
                                .spaces_pt = spaces_pt,
                            });
    }
    return count > 0;
}

/* Where a reading of atoms stands among brackets. */
struct bracket {
    char last;  /* the last bracket, or 0 */
    bool colon; /* one stands after it */
    bool ends;  /* the atom ends with it */
};

static void read_atom(const struct paragraph *paragraph,
                      const struct atom *atom, struct bracket *bracket)
{
    for (size_t p = atom->first; p < atom->first + atom->count; p++) {
        const struct piece *piece = &paragraph->pieces[p];
        for (size_t i = 0; i < piece->size; i++) {
            char c = piece->text[i];
            bool is_bracket = c != '\0' && strchr("([])", c) != NULL;
            bracket->last = is_bracket ? c : bracket->last;
            bracket->colon = !is_bracket && (bracket->colon || c == ':');
            bracket->ends = c == ':';
        }
    }
}

/* "[IC95 % : 6,7 ; 7,0]" and "(CIM-10 : C25)": a line ends between the numbers
 * of an interval, or before what a colon announces, only where lines would be
 * very loose otherwise. */
static bool is_tied(const struct bracket *bracket)
{
    return (bracket->last == '[' && bracket->colon) ||
           (bracket->last == '(' && bracket->colon && bracket->ends);
}

static void find_chances(struct optimum *optimum)
{
    const struct paragraph *paragraph = optimum->paragraph;
    double width = 0;
    double spaces = 0;
    struct bracket bracket = {.last = '\0', .colon = false, .ends = false};
    for (size_t i = 0; i < paragraph->atom_count; i++) {
        const struct atom *atom = &paragraph->atoms[i];
        double space = i > 0 ? atom->space_pt : 0;
        width += space;
        spaces += space;
        size_t before = optimum->count;
        if (!add_hyphens(optimum, i, width, spaces) && i > 0)
            optimum->chances[before - 1].next_pt = atom->width_pt;
        width += atom->width_pt;
        double next = i + 1 < paragraph->atom_count
                          ? paragraph->atoms[i + 1].space_pt
                          : 0;
        read_atom(paragraph, atom, &bracket);
        add_chance(optimum, &(struct chance){
                                .atom = i,
                                .before_pt = width,
                                .after_pt = width + next,
                                .spaces_pt = spaces,
                                .skipped_pt = next,
                                .tied = is_tied(&bracket),
                            });
    }
}

/* Of the paragraph, or before a break that is asked for. */
static bool is_last(const struct optimum *optimum, const struct chance *chance)
{
    return chance->bytes == 0 &&
           set_ends_line(optimum->paragraph, chance->atom);
}

/* Demerits of the line from one chance to another; NO_WAY when it cannot be
 * squeezed into the width. *full: later ends are too far as well. */
static double line_demerits(const struct optimum *optimum,
                            const struct chance *from, const struct chance *to,
                            bool *full)
{
    bool last = is_last(optimum, to);
    double start = from == NULL ? 0 : from->after_pt;
    double skipped = from == NULL ? 0 : from->spaces_pt + from->skipped_pt;
    double spaces = to->spaces_pt - skipped;
    bool ragged = !optimum->paragraph->style.justified;
    double width = optimum->paragraph->width_pt;
    double room = width - (to->before_pt - start);
    double shrink = ragged ? 0 : SHRINK * spaces;
    double stretch = ragged ? RAGGED * width : STRETCH * spaces;
    *full = room < -shrink - 0.01;
    if (*full)
        return NO_WAY;
    double next = to->skipped_pt + to->next_pt;
    bool forced = ragged && next > room && next > WHOLE_PART * width;
    double ratio = 0;
    if (room < 0)
        ratio = -room / fmax(shrink, 0.01);
    else if (!last && !forced)
        ratio = room / fmax(stretch, 0.01);
    double badness = 100 * ratio * ratio * ratio;
    bool hyphen = to->bytes > 0 || (!last && to->skipped_pt <= 0);
    double penalty = to->tied && !last ? TIED_PENALTY
                     : !hyphen         ? 0
                     : ragged          ? RAGGED_HYPHEN_PENALTY
                                       : HYPHEN_PENALTY;
    double demerits = (1 + badness + penalty) * (1 + badness + penalty);
    if (from != NULL && from->bytes > 0 && to->bytes > 0)
        demerits += HYPHENS_DEMERITS;
    if (last && from != NULL && from->bytes > 0 && from->atom == to->atom)
        demerits += ragged ? RAGGED_END_DEMERITS : END_DEMERITS;
    return fmin(demerits, NO_WAY / 1e6);
}

static void try_lines_from(struct optimum *optimum, int from)
{
    assert(optimum->chances != NULL);
    const struct chance *start = from < 0 ? NULL : &optimum->chances[from];
    double so_far = start == NULL ? 0 : start->demerits;
    if (so_far >= NO_WAY)
        return;
    bool full = false;
    size_t first = from < 0 ? 0 : (size_t)from + 1;
    for (size_t i = first; i < optimum->count && !full; i++) {
        struct chance *end = &optimum->chances[i];
        double demerits = so_far + line_demerits(optimum, start, end, &full);
        /* A hyphen can be too wide where the whole word is not. */
        full = full && end->bytes == 0;
        if (demerits < end->demerits) {
            end->demerits = demerits;
            end->previous = from;
        }
        full = full || is_last(optimum, end);
    }
}

/* Follows the best way back, then cuts words and adds lines forwards. */
static void take_best(struct optimum *optimum)
{
    struct setter *setter = optimum->setter;
    struct paragraph *paragraph = optimum->paragraph;
    size_t count = 0;
    for (int at = (int)optimum->count - 1; at >= 0;
         at = optimum->chances[at].previous)
        count++;
    size_t *way = arena_array(setter->scratch, count, sizeof *way);
    size_t place = count;
    for (int at = (int)optimum->count - 1; at >= 0;
         at = optimum->chances[at].previous)
        way[--place] = (size_t)at;

    size_t first = 0;
    size_t split = 0; /* atoms more than when chances were found */
    size_t cut = 0;   /* bytes taken from the atom that was split last */
    size_t cut_atom = (size_t)-1;
    for (size_t i = 0; i < count; i++) {
        const struct chance *chance = &optimum->chances[way[i]];
        size_t atom = chance->atom + split;
        if (chance->bytes > 0) {
            size_t gone = cut_atom == chance->atom ? cut : 0;
            split_atom(setter, paragraph, atom, chance->bytes - gone, true);
            cut = chance->bytes;
            cut_atom = chance->atom;
            split++;
        }
        add_line(setter, paragraph, first, atom + 1);
        first = atom + 1;
    }
}

static bool break_optimum(struct setter *setter, struct paragraph *paragraph)
{
    struct optimum optimum = {.setter = setter, .paragraph = paragraph};
    find_chances(&optimum);
    if (optimum.count == 0)
        return false;
    for (int from = -1; from < (int)optimum.count - 1; from++)
        try_lines_from(&optimum, from);
    if (optimum.chances[optimum.count - 1].demerits >= NO_WAY)
        return false;
    take_best(&optimum);
    return true;
}

void set_break_lines(struct setter *setter, struct paragraph *paragraph)
{
    bool prose = paragraph->style.justified || paragraph->style.hyphenated;
    if (!prose || !break_optimum(setter, paragraph))
        break_first_fit(setter, paragraph);
}
