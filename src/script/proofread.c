/* SPDX-License-Identifier: EUPL-1.2 */
/* Passages and remarks; the files of a project. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/fs.h"
#include "script/markdown_mark.h"
#include "script/proofread_impl.h"

#define PROSE "templates/prose"
#define LEXICON PROSE "/lexicon.csv"
#define LIBRARY "lua-scripts/lib"

enum {
    MESSAGE_SIZE = 400,
};

/* --- letters -------------------------------------------------------------- */

bool proofread_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool proofread_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (unsigned char)byte >= 0xC3;
}

/* Bytes that continue a letter, but not those of quotes and dashes (E2 80). */
static bool inside_word(const char *flat, size_t at)
{
    if (proofread_letter(flat[at]) && (unsigned char)flat[at] != 0xE2)
        return true;
    return at > 0 && ((unsigned char)flat[at] & 0xC0) == 0x80 &&
           (unsigned char)flat[at - 1] >= 0xC3 &&
           (unsigned char)flat[at - 1] < 0xE0;
}

bool proofread_word_at(const char *flat, size_t at, const char *word)
{
    size_t size = strlen(word);
    return strncmp(flat + at, word, size) == 0 &&
           (at == 0 ||
            (!inside_word(flat, at - 1) && !proofread_digit(flat[at - 1]))) &&
           !inside_word(flat, at + size) && !proofread_digit(flat[at + size]);
}

bool proofread_lang(const struct passage *passage, enum lang lang)
{
    return passage->lang == (int)lang;
}

/* --- remarks -------------------------------------------------------------- */

void proofread_remark(struct proofreading *out, const struct remark *remark)
{
    out->remarks = arena_grow(out->arena, out->remarks, out->count,
                              &out->capacity, sizeof *out->remarks);
    out->remarks[out->count++] = *remark;
    out->errors += remark->error;
}

static void remark(struct proofreader *reader, const struct passage *passage,
                   size_t at, bool error, const char *code, const char *format,
                   va_list arguments)
{
    char message[MESSAGE_SIZE];
    vsnprintf(message, sizeof message, format, arguments);
    const struct remark it = {
        .file = passage->file,
        .line = passage->lines[at],
        .error = error,
        .code = code,
        .message = arena_text(reader->arena, message),
    };
    proofread_remark(reader->out, &it);
}

/* What pages would refuse of a text, whatever its values are, is said as they
 * say it. */
static void proofread_faults(struct proofreader *reader, const char *file,
                             const struct markdown_faults *faults)
{
    for (size_t f = 0; f < faults->count; f++) {
        const struct remark it = {
            .file = file,
            .line = faults->fault[f].line,
            .error = true,
            .code = "markdown",
            .message = faults->fault[f].message,
        };
        proofread_remark(reader->out, &it);
    }
}

bool proofread_construct(struct proofreader *reader,
                         const struct markdown_source *source, bool one_line,
                         struct markdown_tree *tree)
{
    struct markdown_faults faults = {0};
    if (markdown_read(reader->arena, source, tree, &faults))
        return true;
    for (size_t f = 0; f < faults.count && one_line; f++)
        faults.fault[f].line = source->above + 1;
    proofread_faults(reader, source->file, &faults);
    return false;
}

void proofread_warn(struct proofreader *reader, const struct passage *passage,
                    size_t at, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    remark(reader, passage, at, false, code, format, arguments);
    va_end(arguments);
}

void proofread_error(struct proofreader *reader, const struct passage *passage,
                     size_t at, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    remark(reader, passage, at, true, code, format, arguments);
    va_end(arguments);
}

/* --- passages ------------------------------------------------------------- */

/* Size of a space or line break at `at`, 0 for none. */
static size_t space_size(const char *at)
{
    if (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')
        return 1;
    if (strncmp(at, "\u00a0", 2) == 0)
        return 2;
    return strncmp(at, "\u202f", 3) == 0 ? 3 : 0;
}

/* Size of what readers do not see at `at`: {name}, ](address), references and
 * the beginnings of notes. */
static size_t hidden_size(const char *at)
{
    size_t mark = mark_size(at);
    if (mark > 0)
        return at[1] == '^' && at[mark] == ':' ? mark + 1 : mark;
    if (*at == '{') {
        size_t size = strcspn(at, "}:\n");
        return at[size] == '}' || at[size] == ':' ? size + 1 : 0;
    }
    if (strncmp(at, "](", 2) == 0) {
        size_t size = strcspn(at, ")\n");
        return at[size] == ')' ? size + 1 : 0;
    }
    if (strncmp(at, "http", 4) == 0 && strstr(at, "://") &&
        strstr(at, "://") <= at + 5)
        return strcspn(at, " \n\t)");
    return 0;
}

void proofread_add(struct proofreader *reader, const struct passage *passage)
{
    struct passage own = *passage;
    struct text flat = text_new(reader->arena);
    int *lines =
        arena_array(reader->arena, strlen(own.text) + 2, sizeof *lines);
    int line = own.line;
    for (const char *at = own.text; *at;) {
        size_t hidden = hidden_size(at);
        size_t space = space_size(at);
        lines[flat.size] = line;
        line += *at == '\n';
        if (hidden > 0) {
            lines[flat.size + 1] = line;
            bool agrees = *at == '{' && at[hidden - 1] == ':';
            text_add(&flat, *at == ']' ? "]" : agrees ? "{" : "{}");
        } else {
            text_add_char(&flat, space > 0 ? ' ' : *at);
        }
        at += hidden > 0 ? hidden : space > 0 ? space : 1;
    }
    lines[flat.size] = line;
    own.flat = flat.at;
    own.lines = lines;
    reader->passages =
        arena_grow(reader->arena, reader->passages, reader->count,
                   &reader->capacity, sizeof *reader->passages);
    reader->passages[reader->count++] = own;
}

/* --- the lexicon ---------------------------------------------------------- */

struct lexicon {
    struct lexeme *constants, *abbreviations;
    size_t constant_count, constant_capacity;
    size_t abbreviation_count, abbreviation_capacity;
};

static bool take_lexeme(struct arena *arena, const struct csv *csv,
                        struct lexicon *lexicon, struct err *err)
{
    const char *kind = csv_field(csv, (size_t)csv_find(csv, "kind"));
    const char *code = csv_field(csv, (size_t)csv_find(csv, "lang"));
    enum lang lang = LANG_FR;
    struct lexeme lexeme = {
        .lang = LANG_UNKNOWN,
        .text =
            arena_text(arena, csv_field(csv, (size_t)csv_find(csv, "text"))),
    };
    if (code[0] != '\0' && !lang_parse(code, &lang))
        return err_fail(err, ERR_INPUT, "lexicon.lang",
                        LEXICON ":%zu: lang '%s': expected fr, en or nothing",
                        csv_line(csv), code);
    if (code[0] != '\0')
        lexeme.lang = (int)lang;
    if (lexeme.text[0] == '\0' ||
        csv_field(csv, (size_t)csv_find(csv, "reason"))[0] == '\0')
        return err_fail(err, ERR_INPUT, "lexicon.reason",
                        LEXICON ":%zu: expected a text and the reason why it "
                                "may stand",
                        csv_line(csv));
    if (text_same(kind, "constant")) {
        lexicon->constants =
            arena_grow(arena, lexicon->constants, lexicon->constant_count,
                       &lexicon->constant_capacity, sizeof *lexicon->constants);
        lexicon->constants[lexicon->constant_count++] = lexeme;
        return true;
    }
    if (!text_same(kind, "abbreviation"))
        return err_fail(err, ERR_INPUT, "lexicon.kind",
                        LEXICON ":%zu: kind '%s': expected constant or "
                                "abbreviation",
                        csv_line(csv), kind);
    lexicon->abbreviations = arena_grow(
        arena, lexicon->abbreviations, lexicon->abbreviation_count,
        &lexicon->abbreviation_capacity, sizeof *lexicon->abbreviations);
    lexicon->abbreviations[lexicon->abbreviation_count++] = lexeme;
    return true;
}

static bool read_lexicon(struct arena *arena, const char *directory,
                         struct lexicon *lexicon, struct err *err)
{
    static const char *const columns[] = {"lang", "kind", "text", "reason"};
    const char *path = fs_find(arena, directory, LEXICON);
    struct csv *csv = NULL;
    bool more = true;
    if (!fs_exists(path))
        return true;
    if (!csv_open(arena, path, &csv, err))
        return false;
    bool ok = true;
    for (size_t c = 0; ok && c < COUNT_OF(columns); c++) {
        if (csv_find(csv, columns[c]) < 0)
            ok = err_fail(err, ERR_INPUT, "lexicon.column",
                          LEXICON ": no column '%s'", columns[c]);
    }
    while (ok && (ok = csv_next(csv, &more, err)) && more)
        ok = take_lexeme(arena, csv, lexicon, err);
    csv_close(csv);
    return ok;
}

/* --- files ---------------------------------------------------------------- */

static bool read_script(struct proofreader *reader, const char *directory,
                        const char *path, struct err *err)
{
    char *bytes = NULL;
    size_t size = 0;
    if (!fs_read(reader->arena, fs_join(reader->arena, directory, path), &bytes,
                 &size, err))
        return false;
    text_from_file(bytes);
    proofread_lua(reader, path, bytes);
    return true;
}

static void read_markdown(struct proofreader *reader, const char *path,
                          enum lang lang, char *bytes, size_t size)
{
    struct markdown_faults faults = {0};
    if (!markdown_take_file(reader->arena, bytes, size, &faults)) {
        proofread_faults(reader, path, &faults);
        return;
    }
    const struct markdown_source source = {.file = path, .text = bytes};
    struct markdown_tree tree = {0};
    if (proofread_construct(reader, &source, false, &tree))
        proofread_links(reader, lang, &source, &tree);
    proofread_markdown(reader, path, lang, bytes);
}

/* Names of the files of a directory that end with `end`; none without it. */
static bool list_files(struct arena *arena, const char *directory,
                       const char *path, const char *end, char ***names,
                       size_t *count, struct err *err)
{
    const char *place = fs_join(arena, directory, path);
    size_t kept = 0;
    *count = 0;
    if (!fs_is_directory(place))
        return true;
    if (!fs_entries(arena, place, names, count, err))
        return false;
    for (size_t n = 0; n < *count; n++) {
        if (text_ends((*names)[n], end))
            (*names)[kept++] = (*names)[n];
    }
    *count = kept;
    return true;
}

static bool read_prose(struct proofreader *reader, const char *directory,
                       enum lang lang, struct err *err)
{
    char **names = NULL;
    size_t count = 0;
    const char *place =
        arena_format(reader->arena, PROSE "/%s", lang_code(lang));
    if (!list_files(reader->arena, directory, place, ".md", &names, &count,
                    err))
        return false;
    for (size_t n = 0; n < count; n++) {
        char *bytes = NULL;
        size_t size = 0;
        const char *path = fs_join(reader->arena, place, names[n]);
        if (!fs_read(reader->arena, fs_join(reader->arena, directory, path),
                     &bytes, &size, err))
            return false;
        read_markdown(reader, path, lang, bytes, size);
    }
    return true;
}

static bool read_scripts(struct proofreader *reader, const char *directory,
                         const char *const *paths, size_t path_count,
                         struct err *err)
{
    char **names = NULL;
    size_t count = 0;
    for (size_t p = 0; p < path_count; p++) {
        if (!read_script(reader, directory, paths[p], err))
            return false;
    }
    if (!list_files(reader->arena, directory, LIBRARY, ".lua", &names, &count,
                    err))
        return false;
    for (size_t n = 0; n < count; n++) {
        if (!read_script(reader, directory,
                         fs_join(reader->arena, LIBRARY, names[n]), err))
            return false;
    }
    return true;
}

/* --- translations --------------------------------------------------------- */

/* The passages of one file, which stand together. */
static size_t passages_of(const struct proofreader *reader, const char *file)
{
    size_t count = 0;
    for (size_t p = 0; p < reader->count; p++)
        count += text_same(reader->passages[p].file, file);
    return count;
}

/* True when a passage of `file` has a call of a value: "{name". */
static bool has_value(const struct proofreader *reader, const char *file,
                      const char *name)
{
    for (size_t p = 0; p < reader->count; p++) {
        const char *at = reader->passages[p].text;
        if (!text_same(reader->passages[p].file, file))
            continue;
        while ((at = strstr(at, name)) != NULL) {
            at += strlen(name);
            if (*at == '}' || *at == '.' || *at == ':')
                return true;
        }
    }
    return false;
}

/* The values that the text of another language gives, and this one not. */
static void compare_values(struct proofreader *reader, const char *here,
                           const char *there)
{
    for (size_t p = 0; p < reader->count; p++) {
        const struct passage *passage = &reader->passages[p];
        const char *at = passage->text;
        while (text_same(passage->file, there) &&
               (at = strchr(at, '{')) != NULL) {
            size_t size = strcspn(at, "}.:");
            const char *name = arena_slice(reader->arena, at, size);
            struct remark it = {
                .file = here,
                .line = 1,
                .error = false,
                .code = "translation",
                .message = arena_format(
                    reader->arena, "%s} is in '%s', not here", name, there),
            };
            if (size > 1 && !has_value(reader, here, name))
                proofread_remark(reader->out, &it);
            at += size;
        }
    }
}

static void compare_files(struct proofreader *reader, const char *name,
                          enum lang lang, enum lang other)
{
    const char *here =
        arena_format(reader->arena, PROSE "/%s/%s", lang_code(lang), name);
    const char *there =
        arena_format(reader->arena, PROSE "/%s/%s", lang_code(other), name);
    size_t own = passages_of(reader, here);
    size_t others = passages_of(reader, there);
    struct remark it = {.file = here,
                        .line = 1,
                        .error = true,
                        .code = "translation",
                        .message = ""};
    if (own == 0) {
        it.message = arena_format(reader->arena,
                                  "missing: '%s' has no translation", there);
    } else if (own < others) {
        it.message = arena_format(
            reader->arena, "%zu paragraph%s, %zu in '%s': a translation lacks",
            own, text_s(own), others, there);
    } else {
        compare_values(reader, here, there);
        return;
    }
    proofread_remark(reader->out, &it);
}

/* A language of the project, or one that some prose is in. */
static bool is_written(const struct proofreader *reader,
                       const struct project *project, enum lang lang)
{
    for (size_t l = 0; l < project->lang_count; l++) {
        if (project->langs[l] == lang)
            return true;
    }
    for (size_t p = 0; p < reader->count; p++) {
        if (reader->passages[p].lang == (int)lang)
            return true;
    }
    return false;
}

/* Every text of a language is in the others too. */
static void check_translations(struct proofreader *reader,
                               const struct project *project)
{
    const char *last = "";
    for (size_t p = 0; p < reader->count; p++) {
        const struct passage *passage = &reader->passages[p];
        if (!text_starts(passage->file, PROSE "/") ||
            text_same(passage->file, last))
            continue;
        last = passage->file;
        for (size_t lang = 0; lang < LANG_COUNT; lang++) {
            if ((int)lang != passage->lang &&
                is_written(reader, project, (enum lang)lang))
                compare_files(reader, fs_name(passage->file), (enum lang)lang,
                              (enum lang)passage->lang);
        }
    }
}

/* --- the whole ------------------------------------------------------------ */

static int by_place(const void *left, const void *right)
{
    const struct remark *a = left, *b = right;
    int order = strcmp(a->file, b->file);
    if (order == 0)
        order = (a->line > b->line) - (a->line < b->line);
    if (order == 0)
        order = strcmp(a->code, b->code);
    return order == 0 ? strcmp(a->message, b->message) : order;
}

void proofread_order(struct proofreading *out)
{
    if (out->count > 1)
        qsort(out->remarks, out->count, sizeof *out->remarks, by_place);
}

bool proofread_project(struct arena *arena, const struct project *project,
                       const char *const *paths, size_t path_count,
                       struct proofreading *out, struct err *err)
{
    struct lexicon lexicon = {0};
    *out = (struct proofreading){.arena = arena};
    if (!read_lexicon(arena, project->directory, &lexicon, err))
        return false;
    struct proofreader reader = {
        .out = out,
        .arena = arena,
        .constants = lexicon.constants,
        .constant_count = lexicon.constant_count,
        .abbreviations = lexicon.abbreviations,
        .abbreviation_count = lexicon.abbreviation_count,
    };
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        if (!proofread_abbreviations(&reader, project->directory,
                                     (enum lang)lang, err) ||
            !read_prose(&reader, project->directory, (enum lang)lang, err))
            return false;
    }
    check_translations(&reader, project);
    if (!read_scripts(&reader, project->directory, paths, path_count, err))
        return false;
    for (size_t p = 0; p < reader.count; p++) {
        proofread_numbers(&reader, &reader.passages[p]);
        proofread_typography(&reader, &reader.passages[p]);
        proofread_words(&reader, &reader.passages[p]);
    }
    proofread_order(out);
    return true;
}
