/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/prose.h"

#include <string.h>

#include "model/locale.h"
#include "pub/table.h"

/* --- words without spaces ------------------------------------------------- */

/* Size of the space (or of what the layout may put in) at `at`, or 0. */
static size_t space_size(const char *at, size_t size)
{
    static const char *const spaces[] = {" ",      "\n",     "\t",
                                         "\r",     "\u00a0", "\u00ad",
                                         "\u202f", "\u2009", "\u2060"};
    for (size_t s = 0; s < COUNT_OF(spaces); s++) {
        size_t length = strlen(spaces[s]);
        if (length <= size && memcmp(at, spaces[s], length) == 0)
            return length;
    }
    return 0;
}

void prose_squeeze(struct text *out, const char *text, size_t size)
{
    for (size_t i = 0; i < size;) {
        size_t space = space_size(text + i, size - i);
        if (space == 0)
            text_add_char(out, text[i]);
        i += space == 0 ? 1 : space;
    }
}

static const char *squeezed(struct arena *arena, const char *text)
{
    struct text out = text_new(arena);
    prose_squeeze(&out, text, strlen(text));
    return out.at;
}

static void add_runs(const struct prose *prose, struct text *out,
                     const struct runs *runs)
{
    for (size_t r = 0; r < runs->count; r++) {
        const struct run *run = &runs->run[r];
        if (prose->paper || (run->style & RUN_PAPER) == 0)
            prose_squeeze(out, run->text, strlen(run->text));
    }
}

/* --- values and their cells ----------------------------------------------- */

static bool has_digit(const char *text)
{
    return strpbrk(text, "0123456789") != NULL;
}

#define MINUS_LAST '\x92' /* byte of U+2212 */
#define DASH_LAST '\x93'  /* of U+2013: 2019–2023 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Is the number there by itself? "12" is not in "112", "12,5" or "−12". */
static bool has_number(const char *words, const char *number)
{
    size_t size = strlen(number);
    for (const char *at = strstr(words, number); at != NULL;
         at = strstr(at + 1, number)) {
        const char *past = at + size;
        bool before =
            at > words && (is_digit(at[-1]) || at[-1] == '-' ||
                           at[-1] == MINUS_LAST || at[-1] == DASH_LAST);
        bool after = is_digit(*past) ||
                     ((*past == ',' || *past == '.') && is_digit(past[1]));
        if (!before && !after)
            return true;
    }
    return false;
}

/* Is the value of the cell in the words? What has none says no number. */
static bool says_cell(struct arena *arena, const struct document *document,
                      const struct said *said, size_t column, const char *words)
{
    double value = 0;
    if (pub_read(said->table, said->row, column, &value) != AVAILABLE)
        return !has_digit(words);
    const char *class = class_words(
        document->lang, pub_column(said->table, column)->unit, value);
    if (class != NULL)
        return strstr(words, squeezed(arena, class)) != NULL;
    if (said->about)
        return has_number(
            words,
            squeezed(arena, num_format_about(arena, document->lang, value)));
    int decimals = pub_decimals(said->table, said->row, column);
    return has_number(words, squeezed(arena, num_format(arena, document->lang,
                                                        value, decimals)));
}

/* Bounds that are printed alike are told in words, and only those. */
static bool says_narrow(struct arena *arena, const struct document *document,
                        const struct said *said, const char *words)
{
    static const char *const keys[] = {"interval.narrow",
                                       "interval.narrow.words",
                                       "interval.credible.narrow.words"};
    const struct pub_column *column = pub_column(said->table, said->column);
    double lower = 0, upper = 0;
    if (pub_read(said->table, said->row, (size_t)column->lower, &lower) !=
            AVAILABLE ||
        pub_read(said->table, said->row, (size_t)column->upper, &upper) !=
            AVAILABLE ||
        !text_same(num_format(arena, document->lang, lower, column->decimals),
                   num_format(arena, document->lang, upper, column->decimals)))
        return false;
    for (size_t k = 0; k < COUNT_OF(keys); k++) {
        const char *narrow = locale_text(document->lang, keys[k]);
        if (strstr(words, squeezed(arena, narrow)) != NULL)
            return true;
    }
    return false;
}

/* Are the value, or its bounds, in the words? */
static bool says_value(struct arena *arena, const struct document *document,
                       const struct said *said, const char *words)
{
    const struct pub_column *column = pub_column(said->table, said->column);
    if (!said->interval)
        return says_cell(arena, document, said, said->column, words);
    if (column->lower < 0 || column->upper < 0)
        return !has_digit(words);
    if (says_narrow(arena, document, said, words))
        return true;
    return says_cell(arena, document, said, (size_t)column->lower, words) &&
           says_cell(arena, document, said, (size_t)column->upper, words);
}

static bool fail_value(const struct prose *prose, const struct said *said,
                       const char *why, struct err *err)
{
    return err_fail(err, ERR_DISAGREE, "verify.prose",
                    "'%s': {%s} of %s:%d, cell '%s': %s", prose->name,
                    said->name, said->file, said->line, said->cell_id, why);
}

/* An abbreviation in a value may have been explained: then its numbers count.
 */
static bool is_kept(const struct prose *prose, const struct said *said,
                    const char *value, const char *words)
{
    return strstr(words, value) != NULL ||
           (has_digit(value) &&
            says_value(prose->arena, prose->document, said, words));
}

static bool check_values(struct prose *prose, const struct block *block,
                         const char *words, struct err *err)
{
    for (size_t s = block->said_first; s < block->said_past; s++) {
        const struct said *said = &prose->document->said[s];
        if (said->table == NULL)
            continue;
        const char *value = squeezed(prose->arena, said->text);
        if (!says_value(prose->arena, prose->document, said, value))
            return fail_value(prose, said,
                              "the text does not say what the cell says", err);
        if (!is_kept(prose, said, value, words))
            return fail_value(prose, said, "the text has lost it", err);
        prose->compared++;
    }
    return true;
}

/* --- words of the file ---------------------------------------------------- */

/* Pieces that may stand between two of one text: a page ends with notes, the
 * next one may begin with a figure. */
#define GAP_MOST 60

static bool begins(const char *words, const char *piece)
{
    return piece[0] != '\0' && text_starts(words, piece);
}

/* Do the pieces from this one on say the words? Each is said as a whole: a
 * piece that differs in one letter is none of them. */
static bool follow(struct prose *prose, size_t piece, const char *words)
{
    size_t last = piece + GAP_MOST;
    for (; piece < prose->piece_count && piece < last; piece++) {
        const char *text = prose->piece[piece];
        if (begins(text, words)) {
            prose->at_piece = piece;
            prose->at = strlen(words);
            return true;
        }
        if (!begins(words, text))
            continue;
        words += strlen(text);
        last = piece + 1 + GAP_MOST;
    }
    return false;
}

/* Do the words begin at the end of a text and go on in later pieces? */
static bool goes_on(struct prose *prose, size_t piece, const char *text,
                    const char *words)
{
    if (piece + 1 >= prose->piece_count)
        return false;
    for (const char *at = strchr(text, words[0]); at != NULL;
         at = strchr(at + 1, words[0])) {
        if (text_starts(words, at) &&
            follow(prose, piece + 1, words + strlen(at)))
            return true;
    }
    return false;
}

static bool find_from(struct prose *prose, size_t piece, size_t at,
                      const char *words)
{
    for (; piece < prose->piece_count; piece++, at = 0) {
        const char *text = prose->piece[piece] + at;
        const char *found = strstr(text, words);
        if (found != NULL) {
            prose->at_piece = piece;
            prose->at = (size_t)(found - prose->piece[piece]) + strlen(words);
            return true;
        }
        if (goes_on(prose, piece, text, words))
            return true;
    }
    return false;
}

/* What floats may stand before what was found last. */
static bool find_words(struct prose *prose, const char *words)
{
    return words[0] == '\0' ||
           find_from(prose, prose->at_piece, prose->at, words) ||
           (prose->paper && find_from(prose, 0, 0, words));
}

/* How many bytes of the words stand together somewhere in the file. */
static size_t longest(const struct prose *prose, const char *words)
{
    size_t most = 0;
    for (size_t p = 0; p < prose->piece_count; p++) {
        for (const char *at = strchr(prose->piece[p], words[0]); at != NULL;
             at = strchr(at + 1, words[0])) {
            size_t size = 0;
            while (words[size] != '\0' && words[size] == at[size])
                size++;
            most = size > most ? size : most;
        }
    }
    return most;
}

/* The value that the words of the file differ in, or NULL. */
static const struct said *value_at(const struct prose *prose,
                                   const struct block *block, const char *words,
                                   size_t place)
{
    const char *from = words;
    for (size_t s = block->said_first; s < block->said_past; s++) {
        const struct said *said = &prose->document->said[s];
        const char *value = squeezed(prose->arena, said->text);
        const char *at = strstr(from, value);
        if (at == NULL)
            continue;
        if (place <= (size_t)(at - words) + strlen(value))
            return place >= (size_t)(at - words) ? said : NULL;
        from = at + strlen(value);
    }
    return NULL;
}

/* Are these words the next ones? Moves behind them. `what` names them. */
static bool expect_words(struct prose *prose, const char *words,
                         const char *what, struct err *err)
{
    if (words == NULL || find_words(prose, squeezed(prose->arena, words)))
        return true;
    return err_fail(err, ERR_DISAGREE, "verify.prose",
                    "'%s': %s: the file does not say '%s'", prose->name, what,
                    words);
}

static bool check_part(struct prose *prose, const struct block *block,
                       const char *words, struct err *err)
{
    if (find_words(prose, words))
        return true;
    size_t place = longest(prose, words);
    const struct said *said = value_at(prose, block, words, place);
    if (said != NULL)
        return fail_value(prose, said,
                          arena_format(prose->arena,
                                       "the file does not say '%s'",
                                       said->text),
                          err);
    return err_fail(err, ERR_DISAGREE, "verify.prose",
                    "'%s': the file differs after '%.*s'", prose->name,
                    (int)place, words);
}

/* The number of a page is the layout's: a text goes on behind it. */
static bool check_runs(struct prose *prose, const struct block *block,
                       const struct runs *runs, struct err *err)
{
    struct text words = text_new(prose->arena);
    size_t first = 0;
    for (size_t r = 0; r <= runs->count && runs->count > 0; r++) {
        if (r < runs->count && (runs->run[r].style & RUN_PAGE) == 0)
            continue;
        text_clear(&words);
        add_runs(prose, &words,
                 &(struct runs){.run = runs->run + first, .count = r - first});
        if (!check_part(prose, block, words.at, err))
            return false;
        first = r + 1;
    }
    return true;
}

/* --- blocks --------------------------------------------------------------- */

static void add_notes(const struct prose *prose, struct text *out,
                      const struct runs *runs)
{
    for (size_t r = 0; r < runs->count; r++) {
        if (runs->run[r].note != NULL)
            add_runs(prose, out, &runs->run[r].note->text);
    }
}

static const char *all_words(const struct prose *prose,
                             const struct block *block)
{
    struct text words = text_new(prose->arena);
    add_runs(prose, &words, &block->text);
    add_notes(prose, &words, &block->text);
    for (size_t i = 0; i < block->item_count; i++) {
        add_runs(prose, &words, &block->items[i]);
        add_notes(prose, &words, &block->items[i]);
    }
    return words.at;
}

static bool check_caption(struct prose *prose, const struct block *block,
                          struct err *err)
{
    const struct caption *caption = &block->caption;
    const char *const lines[] = {caption->unit, caption->scope,
                                 caption->reading, caption->note,
                                 caption->source};
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (!expect_words(prose, lines[i], caption->title, err))
            return false;
    }
    return true;
}

static bool check_keys(struct prose *prose, const struct block *block,
                       struct err *err)
{
    for (size_t k = 0; k < block->figure_count; k++) {
        const struct key_figure *key = &block->figures[k];
        const char *words = arena_format(prose->arena, "%s%s%s", key->value,
                                         key->label, key->detail);
        if (!expect_words(prose, words,
                          arena_format(prose->arena, "key figure of cell '%s'",
                                       key->cell_id),
                          err))
            return false;
        prose->compared++;
    }
    return true;
}

static bool is_prose(enum block_kind kind)
{
    return kind == BLOCK_HEADING || kind == BLOCK_PARAGRAPH ||
           kind == BLOCK_NOTE || kind == BLOCK_LIST || kind == BLOCK_GLOSSARY ||
           kind == BLOCK_ABBREVIATIONS || kind == BLOCK_BIBLIOGRAPHY;
}

bool prose_block(struct prose *prose, const struct block *block,
                 struct err *err)
{
    if (block->kind == BLOCK_TABLE || block->kind == BLOCK_FIGURE)
        return check_caption(prose, block, err);
    if (block->kind == BLOCK_KEY_FIGURES)
        return check_keys(prose, block, err);
    if (!is_prose(block->kind))
        return true;
    if (!check_values(prose, block, all_words(prose, block), err) ||
        !check_runs(prose, block, &block->text, err))
        return false;
    for (size_t i = 0; i < block->item_count; i++) {
        if (!check_runs(prose, block, &block->items[i], err))
            return false;
    }
    return true;
}
