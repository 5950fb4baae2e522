/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/pdf_text.h"

#include <stdlib.h>
#include <string.h>

#include <qpdf/qpdf-c.h>

#include "base/library.h"
#include "base/num.h"
#include "base/utf8.h"
#include "model/locale.h"

#define CODES 65536

/* clang-format off */
#define QPDF_CALLS(CALL) \
    CALL(qpdf_cleanup) CALL(qpdf_get_error) \
    CALL(qpdf_get_error_full_text) CALL(qpdf_get_num_pages) \
    CALL(qpdf_get_page_n) CALL(qpdf_get_root) CALL(qpdf_init) \
    CALL(qpdf_more_warnings) CALL(qpdf_next_warning) \
    CALL(qpdf_oh_get_array_item) CALL(qpdf_oh_get_array_n_items) \
    CALL(qpdf_oh_get_int_value_as_int) CALL(qpdf_oh_get_key) \
    CALL(qpdf_oh_get_name) CALL(qpdf_oh_get_object_id) \
    CALL(qpdf_oh_get_page_content_data) CALL(qpdf_oh_get_stream_data) \
    CALL(qpdf_oh_has_key) CALL(qpdf_oh_is_dictionary) \
    CALL(qpdf_oh_is_stream) CALL(qpdf_read) \
    CALL(qpdf_set_suppress_warnings) CALL(qpdf_silence_errors)
/* clang-format on */
struct qpdf {
    QPDF_CALLS(LIBRARY_CALL)
};
static const char *const qpdf_names[] = {QPDF_CALLS(LIBRARY_NAME)};

struct font { /* one ToUnicode table */
    int object;
    const char **text; /* [CODES], NULL where there is none */
};

struct reader {
    struct arena *arena;
    struct qpdf calls;
    qpdf_data file;
    struct font *fonts;
    size_t font_count, font_capacity;
    struct pdf_text *out;
    size_t mark_capacity;
    qpdf_oh page_fonts; /* resources of the page being read */
    const struct font *font;
    size_t page;      /* the one being read */
    const char *role; /* of the open mark, NULL outside */
    struct text text;
    bool unknown; /* a code without text, or text outside a known font */
};

/* --- codes to text -------------------------------------------------------- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads four hexadecimal digits; -1 when there are not four. */
static int hex_code(const char *at, const char *end)
{
    if (end - at < 4)
        return -1;
    int code = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

static const char *from_utf16(struct arena *arena, const char *at,
                              const char *end)
{
    struct text text = text_new(arena);
    for (int unit = hex_code(at, end); unit >= 0; unit = hex_code(at, end)) {
        at += 4;
        uint32_t point = (uint32_t)unit;
        int low = point >= 0xD800 && point < 0xDC00 ? hex_code(at, end) : -1;
        if (low >= 0xDC00) {
            point = 0x10000 + ((point - 0xD800) << 10) + (uint32_t)low - 0xDC00;
            at += 4;
        }
        char bytes[5];
        text_add_bytes(&text, bytes, utf8_write(point, bytes));
    }
    return text.at;
}

/* Lines "<0001> <00410042>" between beginbfchar and endbfchar. */
static void parse_map(struct reader *reader, struct font *font, const char *map,
                      size_t size)
{
    const char *end = map + size;
    const char *at = memmem(map, size, "beginbfchar", 11);
    while (at != NULL && at < end) {
        const char *open = memchr(at, '<', (size_t)(end - at));
        const char *stop = memmem(at, (size_t)(end - at), "endcmap", 7);
        if (open == NULL || stop == NULL || open > stop)
            return;
        int code = hex_code(open + 1, end);
        const char *value = memchr(open + 1, '<', (size_t)(end - open - 1));
        const char *close =
            value == NULL ? NULL : memchr(value, '>', (size_t)(end - value));
        if (code < 0 || close == NULL)
            return;
        font->text[code] = from_utf16(reader->arena, value + 1, close);
        at = close + 1;
    }
}

static const struct font *load_font(struct reader *reader, qpdf_oh dict)
{
    int object = reader->calls.qpdf_oh_get_object_id(reader->file, dict);
    for (size_t i = 0; i < reader->font_count; i++) {
        if (reader->fonts[i].object == object)
            return &reader->fonts[i];
    }
    qpdf_oh map =
        reader->calls.qpdf_oh_get_key(reader->file, dict, "/ToUnicode");
    unsigned char *bytes = NULL;
    size_t size = 0;
    if (!reader->calls.qpdf_oh_is_stream(reader->file, map) ||
        (reader->calls.qpdf_oh_get_stream_data(
             reader->file, map, qpdf_dl_generalized, NULL, &bytes, &size) &
         QPDF_ERRORS) != 0)
        return NULL;
    reader->fonts = arena_grow(reader->arena, reader->fonts, reader->font_count,
                               &reader->font_capacity, sizeof *reader->fonts);
    struct font *font = &reader->fonts[reader->font_count++];
    font->object = object;
    font->text = arena_array(reader->arena, CODES, sizeof *font->text);
    parse_map(reader, font, (const char *)bytes, size);
    free(bytes);
    return font;
}

/* --- page content --------------------------------------------------------- */

static void add_code(struct reader *reader, int code)
{
    const char *text = reader->font == NULL ? NULL : reader->font->text[code];
    if (text == NULL) {
        reader->unknown = true;
        return;
    }
    static const char soft_hyphen[] = "\xC2\xAD";
    if (!text_same(text, soft_hyphen))
        text_add(&reader->text, text);
}

/* A hexadecimal string up to '>'; returns what follows. */
static const char *take_string(struct reader *reader, const char *at,
                               const char *end)
{
    for (int code = hex_code(at, end); code >= 0; code = hex_code(at, end)) {
        if (reader->role != NULL)
            add_code(reader, code);
        at += 4;
    }
    return at;
}

static void begin_mark(struct reader *reader, const char *line, size_t size)
{
    text_clear(&reader->text);
    reader->role = NULL;
    const char *mark = memmem(line, size, "<</MCID", 7);
    if (mark != NULL && line[0] == '/')
        reader->role =
            arena_slice(reader->arena, line + 1, (size_t)(mark - line - 1));
}

/* Letters after the value of a cell are an element in it. */
static bool end_flags(struct reader *reader)
{
    struct pdf_text *out = reader->out;
    struct pdf_mark *cell =
        out->mark_count > 0 ? &out->marks[out->mark_count - 1] : NULL;
    const char *letters = reader->text.at;
    unsigned flags = 0;
    if (cell == NULL || !text_same(cell->role, "TD") ||
        !text_same(reader->role, "Span") || letters[0] != ' ' ||
        !flag_parse(letters + 1, &flags))
        return false;
    cell->text = arena_format(reader->arena, "%s%s", cell->text, letters);
    return true;
}

static void end_mark(struct reader *reader)
{
    if (reader->role == NULL)
        return;
    struct pdf_text *out = reader->out;
    if (end_flags(reader)) {
        reader->role = NULL;
        return;
    }
    out->marks = arena_grow(reader->arena, out->marks, out->mark_count,
                            &reader->mark_capacity, sizeof *out->marks);
    out->marks[out->mark_count++] = (struct pdf_mark){
        .role = reader->role,
        .text = arena_slice(reader->arena, reader->text.at, reader->text.size),
        .page = reader->page,
    };
    reader->role = NULL;
}

/* "/F1 9.5 Tf" somewhere in a line. */
static void take_font(struct reader *reader, const char *line, size_t size)
{
    const char *select = memmem(line, size, " Tf", 3);
    if (select == NULL)
        return;
    const char *name = select;
    while (name > line && *name != '/')
        name--;
    const char *end = memchr(name, ' ', (size_t)(select - name) + 1);
    char key[32];
    size_t length = (size_t)(end - name);
    if (length >= sizeof key)
        return;
    memcpy(key, name, length);
    key[length] = '\0';
    qpdf_oh dict =
        reader->calls.qpdf_oh_get_key(reader->file, reader->page_fonts, key);
    reader->font = load_font(reader, dict);
}

static void take_line(struct reader *reader, const char *line, size_t size)
{
    const char *end = line + size;
    if (size >= 3 && memcmp(end - 3, "BDC", 3) == 0) {
        begin_mark(reader, line, size);
        return;
    }
    if (size == 3 && memcmp(line, "EMC", 3) == 0) {
        end_mark(reader);
        return;
    }
    const char *array = memmem(line, size, "[<", 2);
    if (array == NULL || memmem(line, size, "]TJ", 3) == NULL)
        return;
    take_font(reader, line, (size_t)(array - line));
    const char *at = array;
    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL)
        at = take_string(reader, at + 1, end);
}

static void read_content(struct reader *reader, const char *content,
                         size_t size)
{
    const char *end = content + size;
    reader->font = NULL;
    while (content < end) {
        const char *stop = memchr(content, '\n', (size_t)(end - content));
        if (stop == NULL)
            stop = end;
        take_line(reader, content, (size_t)(stop - content));
        content = stop + 1;
    }
}

static bool read_page(struct reader *reader, size_t number)
{
    qpdf_oh page = reader->calls.qpdf_get_page_n(reader->file, number);
    qpdf_oh resources =
        reader->calls.qpdf_oh_get_key(reader->file, page, "/Resources");
    reader->page_fonts =
        reader->calls.qpdf_oh_get_key(reader->file, resources, "/Font");
    reader->page = number;
    unsigned char *content = NULL;
    size_t size = 0;
    if ((reader->calls.qpdf_oh_get_page_content_data(reader->file, page,
                                                     &content, &size) &
         QPDF_ERRORS) != 0)
        return false;
    read_content(reader, (const char *)content, size);
    free(content);
    return true;
}

/* --- numbers of pages ----------------------------------------------------- */

/* One run of numbers, from page `first` on. */
static void read_labels_from(struct reader *reader, size_t first, qpdf_oh style)
{
    struct pdf_text *out = reader->out;
    qpdf_data file = reader->file;
    const char *name = reader->calls.qpdf_oh_get_name(
        file, reader->calls.qpdf_oh_get_key(file, style, "/S"));
    const bool roman = text_same(name, "/r");
    const int start =
        reader->calls.qpdf_oh_has_key(file, style, "/St")
            ? reader->calls.qpdf_oh_get_int_value_as_int(
                  file, reader->calls.qpdf_oh_get_key(file, style, "/St"))
            : 1;
    for (size_t p = first; p < out->page_count && start > 0; p++) {
        const size_t number = p - first + (size_t)start;
        struct text label = text_new(reader->arena);
        if (roman)
            num_print_roman(&label, number);
        else
            text_format(&label, "%zu", number);
        out->labels[p] = label.at;
    }
}

/* Without labels pages are counted from 1. */
static void read_labels(struct reader *reader)
{
    struct pdf_text *out = reader->out;
    qpdf_data file = reader->file;
    qpdf_oh tree = reader->calls.qpdf_oh_get_key(
        file, reader->calls.qpdf_get_root(file), "/PageLabels");
    out->labels =
        arena_array(reader->arena, out->page_count + 1, sizeof *out->labels);
    for (size_t p = 0; p < out->page_count; p++)
        out->labels[p] = arena_format(reader->arena, "%zu", p + 1);
    if (!reader->calls.qpdf_oh_is_dictionary(file, tree))
        return;
    qpdf_oh runs = reader->calls.qpdf_oh_get_key(file, tree, "/Nums");
    for (int i = 0; i + 1 < reader->calls.qpdf_oh_get_array_n_items(file, runs);
         i += 2) {
        const int first = reader->calls.qpdf_oh_get_int_value_as_int(
            file, reader->calls.qpdf_oh_get_array_item(file, runs, i));
        if (first >= 0)
            read_labels_from(
                reader, (size_t)first,
                reader->calls.qpdf_oh_get_array_item(file, runs, i + 1));
    }
}

/* --- the file ------------------------------------------------------------- */

static bool has_structure(const struct reader *reader)
{
    qpdf_data file = reader->file;
    qpdf_oh root = reader->calls.qpdf_get_root(file);
    qpdf_oh tree = reader->calls.qpdf_oh_get_key(file, root, "/StructTreeRoot");
    qpdf_oh mark = reader->calls.qpdf_oh_get_key(file, root, "/MarkInfo");
    return reader->calls.qpdf_oh_is_dictionary(file, tree) &&
           reader->calls.qpdf_oh_is_dictionary(file, mark) &&
           reader->calls.qpdf_oh_has_key(file, tree, "/ParentTree");
}

static bool read_file(struct reader *reader, const char *path, struct err *err)
{
    qpdf_data file = reader->file;
    if ((reader->calls.qpdf_read(file, path, NULL) & QPDF_ERRORS) != 0)
        return err_fail(err, ERR_DISAGREE, "pdf.read", "'%s': %s", path,
                        reader->calls.qpdf_get_error_full_text(
                            file, reader->calls.qpdf_get_error(file)));
    if (!has_structure(reader))
        return err_fail(err, ERR_DISAGREE, "pdf.structure",
                        "'%s' has no structure tree", path);
    int pages = reader->calls.qpdf_get_num_pages(file);
    reader->out->page_count = pages < 0 ? 0 : (size_t)pages;
    read_labels(reader);
    for (size_t i = 0; i < reader->out->page_count; i++) {
        if (!read_page(reader, i))
            return err_fail(err, ERR_DISAGREE, "pdf.page",
                            "'%s': page %zu cannot be read", path, i + 1);
    }
    if (reader->unknown)
        return err_fail(err, ERR_DISAGREE, "pdf.code",
                        "'%s': a character has no source text", path);
    if (reader->calls.qpdf_more_warnings(file))
        return err_fail(err, ERR_DISAGREE, "pdf.warning", "'%s': %s", path,
                        reader->calls.qpdf_get_error_full_text(
                            file, reader->calls.qpdf_next_warning(file)));
    return true;
}

bool pdf_text_read(struct arena *arena, const char *path, struct pdf_text *out,
                   struct err *err)
{
    *out = (struct pdf_text){0};
    struct reader reader = {
        .arena = arena,
        .out = out,
        .text = text_new(arena),
    };
    library_load(QPDF_LIBRARY, qpdf_names, COUNT_OF(qpdf_names), &reader.calls);
    reader.file = reader.calls.qpdf_init();
    reader.calls.qpdf_silence_errors(reader.file);
    reader.calls.qpdf_set_suppress_warnings(reader.file, QPDF_TRUE);
    bool ok = read_file(&reader, path, err);
    reader.calls.qpdf_cleanup(&reader.file);
    return ok;
}
