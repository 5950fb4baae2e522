/* SPDX-License-Identifier: EUPL-1.2 */
/* CSV: what is read, what is refused and with which words, what is written. */
#include "base/csv.h"
#include "base/fs.h"
#include "check.h"

#include <zlib.h>

struct reading {
    struct arena *arena;
    char *directory;
    const char *path;
    struct csv *csv;
    struct err err;
};

static struct reading reading_new(const char *name, const void *bytes,
                                  size_t size)
{
    struct reading reading = {.arena = arena_new(),
                              .directory = check_directory()};
    reading.path = fs_join(reading.arena, reading.directory, name);
    CHECK(fs_write(reading.path, bytes, size, &reading.err));
    return reading;
}

static void reading_end(struct reading *reading)
{
    csv_close(reading->csv);
    check_remove(reading->directory);
    arena_free(reading->arena);
}

/* All rows as "a|b;c|d;", or the error without the path before it. */
static const char *read_all(struct reading *reading)
{
    struct text out = text_new(reading->arena);
    bool more = true;
    bool ok =
        csv_open(reading->arena, reading->path, &reading->csv, &reading->err);
    while (ok && (ok = csv_next(reading->csv, &more, &reading->err)) && more) {
        for (size_t at = 0; at < csv_columns(reading->csv); at++) {
            if (at > 0)
                text_add_char(&out, '|');
            text_add(&out, csv_field(reading->csv, at));
        }
        text_add_char(&out, ';');
    }
    if (ok)
        return out.at;
    size_t length = strlen(reading->path);
    bool led = strncmp(reading->err.text, reading->path, length) == 0;
    return arena_text(reading->arena,
                      led ? reading->err.text + length : reading->err.text);
}

static void check_reads(const char *bytes, size_t size, const char *want)
{
    struct reading reading = reading_new("t.csv", bytes, size);
    CHECK_TEXT(read_all(&reading), want);
    if (reading.err.code != ERR_NONE)
        CHECK_INT(reading.err.code, ERR_INPUT);
    reading_end(&reading);
}

TEST(rows_are_read_with_either_line_ending_and_quotes)
{
    static const struct {
        const char *bytes;
        const char *want;
    } cases[] = {
        {"a,b\n1,2\n3,4\n", "1|2;3|4;"},
        {"a,b\r\n1,2\r\n3,4\r\n", "1|2;3|4;"},
        {"a,b\n1,2", "1|2;"},
        {"a,b", ""},
        {"a,b\n", ""},
        {"a,b\n,\n", "|;"},
        {"a,b\n1,", "1|;"},
        {"a\n\nx\n", ";x;"}, /* one column: an empty line is an empty field */
        {"\xEF\xBB\xBF"
         "a,b\n1,2\n",
         "1|2;"},
        {"a,b\n\"x,y\",\"p\"\"q\"\n", "x,y|p\"q;"},
        {"a,b\n\"\",\"\"\"\"\n", "|\";"},
        {"a,b\n\"x\ny\",\"p\r\nq\"\r\n", "x\ny|p\r\nq;"},
        {"a,b\n\"x\",y", "x|y;"},
        {"a,b\nx,\"y\"", "x|y;"},
        {"\"a\",b\n 1 ,é\n", " 1 |é;"},
    };
    for (size_t at = 0; at < COUNT_OF(cases); at++)
        check_reads(cases[at].bytes, strlen(cases[at].bytes), cases[at].want);
}

TEST(every_breach_is_refused_at_its_line)
{
#define BYTES(literal) literal, sizeof literal - 1
    static const struct {
        const char *bytes;
        size_t size;
        const char *want;
    } cases[] = {
        {BYTES(""), ":1: the header row is missing"},
        {BYTES("a;b\n1;2\n"),
         ":1: expected commas between the columns, found ';'"},
        {BYTES("\xEF\xBB\xBF"), ":1: the header row is missing"},
        {BYTES("\xEF\xBBx\n"), ":1: the header is not UTF-8"},
        {BYTES("a,\n"), ":1: column 2 has no name"},
        {BYTES("\n1\n"), ":1: column 1 has no name"},
        {BYTES("a,b,a\n"), ":1: column 'a' appears twice"},
        {BYTES("a,b\n1,2\n3\n"), ":3: 1 fields where the header has 2"},
        {BYTES("a,b\n\n"), ":2: 1 fields where the header has 2"},
        {BYTES("a,b\n\"x\ny\",2\n1,2,3\n"),
         ":4: 3 fields where the header has 2"},
        {BYTES("a,b\n1,x\"y\n"),
         ":2: quote inside a field that begins without one"},
        {BYTES("a,b\n1,\"x\"y\n"),
         ":2: text after the closing quote of a field"},
        {BYTES("a,b\n1,\"x\ny"), ":3: the file ends inside a quoted field"},
        {BYTES("a,b\n1,2\r3,4\n"), ":2: carriage return without line feed"},
        {BYTES("a,b\n1,2\r"), ":2: carriage return without line feed"},
        {BYTES("a,b\n1,\0\n"), ":2: field 2 is not UTF-8 text"},
        {BYTES("a,b\n\xC3,2\n"), ":2: field 1 is not UTF-8 text"},
        {BYTES("a,b\n1,\"\xE9\"\n"), ":2: field 2 is not UTF-8 text"},
        {BYTES("a,\xE9\n"), ":1: field 2 is not UTF-8 text"},
    };
#undef BYTES
    for (size_t at = 0; at < COUNT_OF(cases); at++)
        check_reads(cases[at].bytes, cases[at].size, cases[at].want);
}

TEST(columns_are_found_by_name)
{
    struct reading reading = reading_new("t.csv", "geo,âge,n\n1,2,3\n", 17);
    CHECK(csv_open(reading.arena, reading.path, &reading.csv, &reading.err));
    CHECK_INT(csv_columns(reading.csv), 3);
    CHECK_TEXT(csv_column_name(reading.csv, 1), "âge");
    CHECK_INT(csv_find(reading.csv, "n"), 2);
    CHECK_INT(csv_find(reading.csv, "N"), -1);
    CHECK_TEXT(csv_path(reading.csv), reading.path);
    reading_end(&reading);
}

TEST(the_line_is_where_the_row_began)
{
    const char *bytes = "a\n\"1\n1\"\n2\r\n3\n";
    struct reading reading = reading_new("t.csv", bytes, strlen(bytes));
    static const size_t want[] = {2, 4, 5};
    bool more = false;
    CHECK(csv_open(reading.arena, reading.path, &reading.csv, &reading.err));
    for (size_t at = 0; at < COUNT_OF(want); at++) {
        CHECK(csv_next(reading.csv, &more, &reading.err) && more);
        CHECK_INT(csv_line(reading.csv), want[at]);
    }
    CHECK(csv_next(reading.csv, &more, &reading.err));
    CHECK(!more);
    CHECK(csv_next(reading.csv, &more, &reading.err));
    CHECK(!more);
    reading_end(&reading);
}

/* Rows whose fields and quotes fall on every side of the reading buffer. */
static struct text long_table(struct arena *arena, struct text *want)
{
    struct text bytes = text_new(arena);
    text_add(&bytes, "a,b,c\n");
    for (int row = 0; row < 20000; row++) {
        text_format(&bytes, "%d,\"x\"\"%d,\r\n\",é%s\r\n", row, row % 7,
                    row % 3 ? "" : "é");
        text_format(want, "%d|x\"%d,\r\n|é%s;", row, row % 7,
                    row % 3 ? "" : "é");
    }
    return bytes;
}

TEST(long_files_are_read_across_buffers)
{
    struct arena *arena = arena_new();
    struct text want = text_new(arena);
    struct text bytes = long_table(arena, &want);
    struct reading reading = reading_new("t.csv", bytes.at, bytes.size);
    CHECK(strcmp(read_all(&reading), want.at) == 0);
    reading_end(&reading);
    arena_free(arena);
}

static size_t deflate_table(struct arena *arena, const struct text *plain,
                            unsigned char **out)
{
    z_stream stream = {0};
    CHECK_INT(
        deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
        Z_OK);
    size_t room = deflateBound(&stream, plain->size);
    *out = arena_alloc(arena, room);
    stream.next_in = (unsigned char *)plain->at;
    stream.avail_in = (unsigned)plain->size;
    stream.next_out = *out;
    stream.avail_out = (unsigned)room;
    CHECK_INT(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t size = room - stream.avail_out;
    deflateEnd(&stream);
    return size;
}

TEST(compressed_files_are_inflated)
{
    struct arena *arena = arena_new();
    struct text want = text_new(arena);
    struct text bytes = long_table(arena, &want);
    unsigned char *zipped = NULL;
    size_t size = deflate_table(arena, &bytes, &zipped);
    struct reading reading = reading_new("t.csv.gz", zipped, size);
    CHECK(strcmp(read_all(&reading), want.at) == 0);
    reading_end(&reading);
    arena_free(arena);
}

TEST(damaged_compressed_files_are_refused)
{
    struct arena *arena = arena_new();
    struct text want = text_new(arena);
    struct text bytes = long_table(arena, &want);
    unsigned char *zipped = NULL;
    size_t size = deflate_table(arena, &bytes, &zipped);
    size_t cuts[] = {12, size / 2, size - 9, size - 1};
    for (size_t at = 0; at < COUNT_OF(cuts); at++) {
        struct reading reading = reading_new("t.csv.gz", zipped, cuts[at]);
        read_all(&reading);
        CHECK_TEXT(reading.err.id, "csv.gzip");
        CHECK_INT(reading.err.code, ERR_INPUT);
        reading_end(&reading);
    }
    zipped[size - 6] ^= 1; /* the checksum */
    struct reading reading = reading_new("t.csv.gz", zipped, size);
    read_all(&reading);
    CHECK_TEXT(reading.err.id, "csv.gzip");
    reading_end(&reading);
    arena_free(arena);
}

TEST(a_plain_file_named_gz_is_refused)
{
    struct reading reading = reading_new("t.csv.gz", "a\n1\n", 4);
    read_all(&reading);
    CHECK_TEXT(reading.err.id, "csv.gzip");
    CHECK_TEXT(
        reading.err.text,
        arena_format(reading.arena, "'%s' is not a gzip file", reading.path));
    reading_end(&reading);
}

TEST(files_that_cannot_be_read_name_the_reason)
{
    struct reading reading = reading_new("t.csv", "", 0);
    struct err err = {0};
    const char *none = fs_join(reading.arena, reading.directory, "none.csv");
    CHECK(!csv_open(reading.arena, none, &reading.csv, &err));
    CHECK_INT(err.code, ERR_IO);
    CHECK_TEXT(err.text,
               arena_format(reading.arena,
                            "cannot open '%s': No such file or directory",
                            none));
    CHECK(reading.csv == NULL);
    struct err other = {0};
    CHECK(!csv_open(reading.arena, reading.directory, &reading.csv, &other));
    CHECK_INT(other.code, ERR_IO);
    CHECK_TEXT(other.id, "csv.read");
    reading_end(&reading);
}

TEST(fields_are_quoted_only_when_they_must_be)
{
    static const struct {
        const char *field;
        char separator;
        const char *want;
    } cases[] = {
        {"", ',', ""},
        {"a b", ',', "a b"},
        {"a,b", ',', "\"a,b\""},
        {"a,b", ';', "a,b"},
        {"a;b", ';', "\"a;b\""},
        {"a\"b", ',', "\"a\"\"b\""},
        {"a\nb", ',', "\"a\nb\""},
        {"a\rb", ',', "\"a\rb\""},
    };
    struct arena *arena = arena_new();
    for (size_t at = 0; at < COUNT_OF(cases); at++) {
        struct text out = text_new(arena);
        csv_add_field(&out, cases[at].field, cases[at].separator);
        CHECK_TEXT(out.at, cases[at].want);
    }
    arena_free(arena);
}

TEST(the_first_row_with_the_same_fields_is_found)
{
    static const char text[] = "a,n,b\nx,1,y\nx,2,z\n\"x\",3,y\nx,4,y\n";
    static const size_t columns[] = {0, 2};
    static const size_t wants[] = {2, 3, 2, 2};
    struct reading reading = reading_new("t.csv", text, sizeof text - 1);
    bool more = true;
    CHECK(csv_open(reading.arena, reading.path, &reading.csv, &reading.err));
    for (size_t row = 0; row < COUNT_OF(wants); row++) {
        CHECK(csv_next(reading.csv, &more, &reading.err) && more);
        CHECK_INT(csv_first_like(reading.csv, columns, 2), wants[row]);
    }
    reading_end(&reading);
}

RUN(CASE(the_first_row_with_the_same_fields_is_found),
    CASE(rows_are_read_with_either_line_ending_and_quotes),
    CASE(every_breach_is_refused_at_its_line), CASE(columns_are_found_by_name),
    CASE(the_line_is_where_the_row_began),
    CASE(long_files_are_read_across_buffers),
    CASE(compressed_files_are_inflated),
    CASE(damaged_compressed_files_are_refused),
    CASE(a_plain_file_named_gz_is_refused),
    CASE(files_that_cannot_be_read_name_the_reason),
    CASE(fields_are_quoted_only_when_they_must_be))
