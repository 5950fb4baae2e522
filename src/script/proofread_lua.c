/* SPDX-License-Identifier: EUPL-1.2 */
/* The strings of a Lua file that are sentences: those with a space in them,
 * outside error() and references. Their language is the field they are the
 * value of: fr = "".
 */
#include <ctype.h>
#include <string.h>

#include "script/proofread_impl.h"

struct lexer {
    struct proofreader *reader;
    const char *file;
    const char *start, *at;
    int line;
    const char *before; /* end of the token before the string */
};

static void advance(struct lexer *lexer, size_t size)
{
    for (; size > 0 && *lexer->at; size--, lexer->at++)
        lexer->line += *lexer->at == '\n';
}

/* Size of "[[" or "[==[" at `at`, 0 for none. */
static size_t long_bracket(const char *at)
{
    size_t equals = *at == '[' ? strspn(at + 1, "=") : 0;
    return *at == '[' && at[1 + equals] == '[' ? equals + 2 : 0;
}

/* Size of a long string or comment from its bracket to its end. */
static size_t long_size(const char *at, size_t open)
{
    for (const char *end = at + open; *end; end++) {
        if (*end == ']' && strspn(end + 1, "=") == open - 2 &&
            end[open - 1] == ']')
            return (size_t)(end - at) + open;
    }
    return strlen(at);
}

static size_t quoted_size(const char *at)
{
    size_t size = 1;
    for (; at[size] && at[size] != *at && at[size] != '\n'; size++)
        size += at[size] == '\\' && at[size + 1] != '\0';
    return at[size] == *at ? size + 1 : size;
}

/* True when the code before `end` ends with `word`. */
static bool follows(const struct lexer *lexer, const char *end,
                    const char *word)
{
    size_t size = strlen(word);
    if ((size_t)(end - lexer->start) < size ||
        strncmp(end - size, word, size) != 0)
        return false;
    const char *before = end - size;
    return !isalpha((unsigned char)word[0]) || before == lexer->start ||
           (!isalnum((unsigned char)before[-1]) && before[-1] != '_');
}

static const char *trim(const struct lexer *lexer, const char *end)
{
    while (end > lexer->start && strchr(" \t\n\r", end[-1]))
        end--;
    return end;
}

/* Of `fr = "..."`, and of what is joined to it: "..." .. x .. "...". */
static int string_lang(const struct lexer *lexer, int last)
{
    const char *end = trim(lexer, lexer->before);
    if (follows(lexer, end, ".."))
        return last;
    if (!follows(lexer, end, "="))
        return LANG_UNKNOWN;
    end = trim(lexer, end - 1);
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        if (follows(lexer, end, lang_code((enum lang)lang)))
            return (int)lang;
    }
    return LANG_UNKNOWN;
}

/* Of error("..."), or the title of a book in source = "...". */
static bool is_no_prose(const struct lexer *lexer)
{
    const char *end = trim(lexer, lexer->before);
    if (follows(lexer, end, "error(") || follows(lexer, end, "error ("))
        return true;
    return follows(lexer, end, "=") &&
           follows(lexer, trim(lexer, end - 1), "source");
}

/* The whole text of text() or note(), which are Markdown. */
static bool is_markdown(const struct lexer *lexer)
{
    static const char *const calls[] = {"text", "note"};
    const char *end = trim(lexer, lexer->before);
    if (end > lexer->start && end[-1] == '(')
        end = trim(lexer, end - 1);
    for (size_t c = 0; c < COUNT_OF(calls); c++) {
        const char *name = end - strlen(calls[c]);
        if (follows(lexer, end, calls[c]))
            return name == lexer->start || strchr(".:", name[-1]) == NULL;
    }
    return false;
}

/* Words: a space between letters, or an accent. */
static bool is_sentence(const char *text)
{
    bool letter = false;
    for (const char *at = text; *at; at++) {
        letter =
            letter || isalpha((unsigned char)*at) || (unsigned char)*at >= 0x80;
    }
    return letter && (strchr(text, ' ') != NULL || strstr(text, "\u00a0"));
}

/* Quotes of the string without their escapes, one byte for each; `feed` for
 * \n. */
static const char *unescape(struct arena *arena, const char *at, size_t size,
                            char feed)
{
    struct text out = text_new(arena);
    for (size_t b = 0; b < size; b++) {
        bool escaped = at[b] == '\\' && b + 1 < size;
        b += escaped;
        text_add_char(&out, escaped && at[b] == 'n' ? feed : at[b]);
    }
    return out.at;
}

static void check_markdown(struct lexer *lexer, bool quoted, const char *text,
                           size_t size)
{
    struct arena *arena = lexer->reader->arena;
    const struct markdown_source source = {
        .file = lexer->file,
        .text = quoted ? unescape(arena, lexer->at + 1, size, '\n') : text,
        .above = lexer->line - 1,
    };
    struct markdown_tree tree = {0};
    (void)!proofread_construct(lexer->reader, &source, quoted, &tree);
}

static void take_string(struct lexer *lexer, size_t open, size_t size,
                        int *lang)
{
    bool quoted = open == 1;
    const char *end = lexer->at + size;
    *lang = string_lang(lexer, *lang);
    size_t inner = size < 2 * open ? 0 : size - 2 * open; /* it may not end */
    const char *text =
        quoted ? unescape(lexer->reader->arena, lexer->at + 1, inner, 'n')
               : arena_slice(lexer->reader->arena, lexer->at + open, inner);
    bool joined = follows(lexer, trim(lexer, lexer->before), "..") ||
                  strncmp(end + strspn(end, " \t\n"), "..", 2) == 0;
    const struct passage passage = {
        .file = lexer->file,
        .line = lexer->line,
        .lang = *lang,
        .kind = joined ? PASSAGE_PIECE : PASSAGE_STRING,
        .text = text,
    };
    if (is_sentence(text) && !is_no_prose(lexer))
        proofread_add(lexer->reader, &passage);
    if (!joined && is_markdown(lexer))
        check_markdown(lexer, quoted, text, inner);
}

/* 12 .. " cas": a number that becomes text. */
static void take_number(struct lexer *lexer)
{
    size_t size = strspn(lexer->at, "0123456789.");
    while (size > 1 && lexer->at[size - 1] == '.')
        size--;
    const char *end = lexer->at + size;
    bool joined = follows(lexer, trim(lexer, lexer->at), "..") ||
                  strncmp(end + strspn(end, " \t\n"), "..", 2) == 0;
    const struct passage passage = {
        .file = lexer->file,
        .line = lexer->line,
        .lang = LANG_UNKNOWN,
        .kind = PASSAGE_PIECE,
        .text = arena_slice(lexer->reader->arena, lexer->at, size),
    };
    if (joined)
        proofread_add(lexer->reader, &passage);
    advance(lexer, size);
}

/* What is joined behind `fr = label` is French, whatever stood before. */
static void take_word(struct lexer *lexer, int *lang)
{
    size_t size = 1;
    while (isalnum((unsigned char)lexer->at[size]) || lexer->at[size] == '_')
        size++;
    const char *after = lexer->at + size + strspn(lexer->at + size, " \t\n");
    for (size_t l = 0; l < LANG_COUNT; l++) {
        const char *code = lang_code((enum lang)l);
        if (after[0] == '=' && after[1] != '=' && strlen(code) == size &&
            strncmp(lexer->at, code, size) == 0)
            *lang = (int)l;
    }
    advance(lexer, size);
}

static size_t comment_size(const char *at)
{
    size_t open = long_bracket(at + 2);
    return open > 0 ? 2 + long_size(at + 2, open) : strcspn(at, "\n");
}

void proofread_lua(struct proofreader *reader, const char *file,
                   const char *text)
{
    struct lexer lexer = {.reader = reader,
                          .file = file,
                          .start = text,
                          .at = text,
                          .line = 1,
                          .before = text};
    int lang = LANG_UNKNOWN;
    while (*lexer.at) {
        size_t open = long_bracket(lexer.at);
        lexer.before = lexer.at;
        if (strncmp(lexer.at, "--", 2) == 0) {
            advance(&lexer, comment_size(lexer.at));
        } else if (*lexer.at == '"' || *lexer.at == '\'' || open > 0) {
            size_t size =
                open > 0 ? long_size(lexer.at, open) : quoted_size(lexer.at);
            take_string(&lexer, open > 0 ? open : 1, size, &lang);
            advance(&lexer, size);
        } else if (proofread_digit(*lexer.at)) {
            take_number(&lexer);
        } else if (isalpha((unsigned char)*lexer.at) || *lexer.at == '_') {
            take_word(&lexer, &lang);
        } else {
            advance(&lexer, 1);
        }
    }
}
