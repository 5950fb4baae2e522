/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "base/utf8.h"

enum { BUFFER_SIZE = 64 * 1024 };

/* What ended a field. */
enum ending {
    ENDING_COMMA,
    ENDING_ROW,
};

struct csv {
    struct arena *arena;
    const char *path;
    int file;      /* plain file, or -1 */
    gzFile zipped; /* or NULL */

    char *buffer;
    const char *at; /* next byte not yet taken */
    const char *end;

    size_t line;     /* being read */
    size_t row_line; /* where the row began */

    struct text row; /* the fields, each with its NUL */
    size_t *start;   /* of each field in row; one more for the end */
    size_t start_capacity;
    size_t fields; /* in the row just read */

    char **names;
    size_t columns;
};

static bool fail_row(const struct csv *csv, struct err *err, const char *id,
                     const char *what)
{
    return err_fail(err, ERR_INPUT, id, "%s:%zu: %s", csv->path, csv->line,
                    what);
}

/* --- bytes --------------------------------------------------------------- */

static bool inflate_some(struct csv *csv, size_t *size, struct err *err)
{
    int got = gzread(csv->zipped, csv->buffer, BUFFER_SIZE);
    int state = Z_OK;
    const char *reason = gzerror(csv->zipped, &state);
    if (got < 0 || (state != Z_OK && state != Z_STREAM_END)) {
        if (state == Z_ERRNO)
            return err_fail(err, ERR_IO, "csv.read", "cannot read '%s': %s",
                            csv->path, strerror(errno));
        return err_fail(err, ERR_INPUT, "csv.gzip",
                        "'%s' is damaged or cut short: %s", csv->path, reason);
    }
    /* zlib hands bytes that are not gzip through as they are. */
    if (gzdirect(csv->zipped) && got > 0)
        return err_fail(err, ERR_INPUT, "csv.gzip", "'%s' is not a gzip file",
                        csv->path);
    *size = (size_t)got;
    return true;
}

static bool read_some(struct csv *csv, size_t *size, struct err *err)
{
    if (csv->zipped)
        return inflate_some(csv, size, err);
    ssize_t got;
    do {
        got = read(csv->file, csv->buffer, BUFFER_SIZE);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return err_fail(err, ERR_IO, "csv.read", "cannot read '%s': %s",
                        csv->path, strerror(errno));
    *size = (size_t)got;
    return true;
}

/* Makes *c the next byte without taking it, -1 at the end of the file. */
static bool peek(struct csv *csv, int *c, struct err *err)
{
    if (csv->at == csv->end) {
        size_t size = 0;
        if (!read_some(csv, &size, err))
            return false;
        csv->at = csv->buffer;
        csv->end = csv->buffer + size;
    }
    *c = csv->at < csv->end ? (unsigned char)*csv->at : -1;
    return true;
}

/* --- fields -------------------------------------------------------------- */

/* After the content of a field: takes the comma or the end of the row. */
static bool take_ending(struct csv *csv, enum ending *ending, struct err *err)
{
    int c;
    if (!peek(csv, &c, err))
        return false;
    *ending = c == ',' ? ENDING_COMMA : ENDING_ROW;
    if (c < 0)
        return true;
    if (c == '\r') {
        csv->at++;
        if (!peek(csv, &c, err))
            return false;
        if (c != '\n')
            return fail_row(csv, err, "csv.return",
                            "carriage return without line feed");
    }
    if (c != ',' && c != '\n')
        return fail_row(csv, err, "csv.quote",
                        "text after the closing quote of a field");
    csv->at++;
    csv->line += c == '\n';
    return true;
}

static bool read_plain(struct csv *csv, enum ending *ending, struct err *err)
{
    int c;
    while (peek(csv, &c, err)) {
        const char *from = csv->at;
        while (csv->at < csv->end && *csv->at != ',' && *csv->at != '\n' &&
               *csv->at != '\r' && *csv->at != '"')
            csv->at++;
        text_add_bytes(&csv->row, from, (size_t)(csv->at - from));
        if (csv->at == csv->end && c >= 0)
            continue;
        if (c >= 0 && *csv->at == '"')
            return fail_row(csv, err, "csv.quote",
                            "quote inside a field that begins without one");
        return take_ending(csv, ending, err);
    }
    return false;
}

/* The opening quote is taken already. */
static bool read_quoted(struct csv *csv, enum ending *ending, struct err *err)
{
    int c;
    while (peek(csv, &c, err)) {
        if (c < 0)
            return fail_row(csv, err, "csv.quote",
                            "the file ends inside a quoted field");
        csv->at++;
        csv->line += c == '\n';
        if (c != '"') {
            text_add_char(&csv->row, (char)c);
            continue;
        }
        if (!peek(csv, &c, err))
            return false;
        if (c != '"')
            return take_ending(csv, ending, err);
        text_add_char(&csv->row, '"');
        csv->at++;
    }
    return false;
}

static void mark_start(struct csv *csv)
{
    csv->start = arena_grow(csv->arena, csv->start, csv->fields,
                            &csv->start_capacity, sizeof *csv->start);
    csv->start[csv->fields] = csv->row.size;
}

static bool read_field(struct csv *csv, enum ending *ending, struct err *err)
{
    int c;
    mark_start(csv);
    size_t start = csv->row.size;
    if (!peek(csv, &c, err))
        return false;
    if (c == '"')
        csv->at++;
    if (!(c == '"' ? read_quoted : read_plain)(csv, ending, err))
        return false;
    if (!utf8_valid(csv->row.at + start, csv->row.size - start))
        return err_fail(err, ERR_INPUT, "csv.utf8",
                        "%s:%zu: field %zu is not UTF-8 text", csv->path,
                        csv->row_line, csv->fields + 1);
    text_add_char(&csv->row, '\0');
    csv->fields++;
    return true;
}

/* Reads the fields of one row; *more is false at the end of the file. */
static bool read_row(struct csv *csv, bool *more, struct err *err)
{
    int c;
    if (!peek(csv, &c, err))
        return false;
    text_clear(&csv->row);
    csv->fields = 0;
    csv->row_line = csv->line;
    if (c < 0) {
        *more = false;
        return true;
    }
    enum ending ending = ENDING_COMMA;
    while (ending == ENDING_COMMA) {
        if (!read_field(csv, &ending, err))
            return false;
    }
    *more = true;
    return true;
}

/* --- opening ------------------------------------------------------------- */

static bool open_source(struct csv *csv, struct err *err)
{
    csv->file = open(csv->path, O_RDONLY | O_CLOEXEC);
    if (csv->file < 0)
        return err_fail(err, ERR_IO, "csv.open", "cannot open '%s': %s",
                        csv->path, strerror(errno));
    if (!text_ends(csv->path, ".gz"))
        return true;
    csv->zipped = gzdopen(csv->file, "rb");
    if (!csv->zipped)
        err_out_of_memory();
    csv->file = -1; /* gzclose closes it */
    return true;
}

/* The mark is three bytes, and a first read may bring fewer. */
static bool skip_mark(struct csv *csv, struct err *err)
{
    static const unsigned char mark[] = {0xEF, 0xBB, 0xBF};
    int c;
    if (!peek(csv, &c, err))
        return false;
    if (c != mark[0])
        return true;
    for (size_t byte = 0; byte < sizeof mark; byte++) {
        if (!peek(csv, &c, err))
            return false;
        if (c != mark[byte])
            return fail_row(csv, err, "csv.utf8", "the header is not UTF-8");
        csv->at++;
    }
    return true;
}

static bool read_header(struct csv *csv, struct err *err)
{
    bool more = false;
    if (!skip_mark(csv, err) || !read_row(csv, &more, err))
        return false;
    if (!more)
        return fail_row(csv, err, "csv.header", "the header row is missing");
    const char *first = csv->row.at + csv->start[0];
    const char *other = csv->fields == 1 ? strpbrk(first, ";\t") : NULL;
    if (other != NULL)
        return err_fail(err, ERR_INPUT, "csv.header",
                        "%s:1: expected commas between the columns, found %s",
                        csv->path, *other == ';' ? "';'" : "tabs");

    csv->columns = 0;
    csv->names = arena_array(csv->arena, csv->fields, sizeof *csv->names);
    for (size_t column = 0; column < csv->fields; column++) {
        const char *name = csv->row.at + csv->start[column];
        if (*name == '\0')
            return err_fail(err, ERR_INPUT, "csv.header",
                            "%s:1: column %zu has no name", csv->path,
                            column + 1);
        if (csv_find(csv, name) >= 0)
            return err_fail(err, ERR_INPUT, "csv.header",
                            "%s:1: column '%s' appears twice", csv->path, name);
        csv->names[csv->columns++] = arena_text(csv->arena, name);
    }
    return true;
}

bool csv_open(struct arena *arena, const char *path, struct csv **out,
              struct err *err)
{
    struct csv *csv = arena_alloc(arena, sizeof *csv);
    csv->arena = arena;
    csv->path = arena_text(arena, path);
    csv->file = -1;
    csv->buffer = arena_alloc(arena, BUFFER_SIZE);
    csv->at = csv->end = csv->buffer;
    csv->line = 1;
    csv->row = text_new(arena);
    if (!open_source(csv, err) || !read_header(csv, err)) {
        csv_close(csv);
        return false;
    }
    *out = csv;
    return true;
}

void csv_close(struct csv *csv)
{
    if (!csv)
        return;
    if (csv->zipped)
        gzclose(csv->zipped);
    if (csv->file >= 0)
        close(csv->file);
    csv->zipped = NULL;
    csv->file = -1;
}

/* --- rows ---------------------------------------------------------------- */

bool csv_next(struct csv *csv, bool *more, struct err *err)
{
    if (!read_row(csv, more, err))
        return false;
    if (*more && csv->fields != csv->columns)
        return err_fail(err, ERR_INPUT, "csv.row",
                        "%s:%zu: %zu fields where the header has %zu",
                        csv->path, csv->row_line, csv->fields, csv->columns);
    return true;
}

size_t csv_columns(const struct csv *csv)
{
    return csv->columns;
}

const char *csv_column_name(const struct csv *csv, size_t column)
{
    assert(column < csv->columns);
    return csv->names[column];
}

int csv_find(const struct csv *csv, const char *name)
{
    for (size_t column = 0; column < csv->columns; column++) {
        if (text_same(csv->names[column], name))
            return (int)column;
    }
    return -1;
}

bool csv_no_column(const struct csv *csv, const char *name, const char *id,
                   struct err *err)
{
    err_fail(err, ERR_INPUT, id, "%s:1: no column '%s'", csv->path, name);
    return err_near(err, name, (const char *const *)csv->names, csv->columns);
}

const char *csv_field(const struct csv *csv, size_t column)
{
    assert(column < csv->fields);
    return csv->row.at + csv->start[column];
}

size_t csv_line(const struct csv *csv)
{
    return csv->row_line;
}

static bool same_fields(const struct csv *a, const struct csv *b,
                        const size_t *columns, size_t count)
{
    for (size_t c = 0; c < count; c++) {
        if (!text_same(csv_field(a, columns[c]), csv_field(b, columns[c])))
            return false;
    }
    return true;
}

size_t csv_first_like(const struct csv *csv, const size_t *columns,
                      size_t count)
{
    struct csv *again = NULL;
    struct err ignored = {0};
    bool more = true;
    size_t line = csv->row_line;
    struct arena *scratch = arena_new();
    bool ok = csv_open(scratch, csv->path, &again, &ignored);
    while (ok && csv_next(again, &more, &ignored) && more &&
           again->row_line < line) {
        if (same_fields(csv, again, columns, count))
            line = again->row_line;
    }
    csv_close(again);
    arena_wipe(scratch);
    return line;
}

const char *csv_path(const struct csv *csv)
{
    return csv->path;
}

/* --- writing ------------------------------------------------------------- */

void csv_add_field(struct text *out, const char *field, char separator)
{
    const char special[] = {separator, '"', '\r', '\n', '\0'};
    if (strpbrk(field, special) == NULL) {
        text_add(out, field);
        return;
    }
    text_add_char(out, '"');
    for (const char *at = field; *at; at++) {
        if (*at == '"')
            text_add_char(out, '"');
        text_add_char(out, *at);
    }
    text_add_char(out, '"');
}
