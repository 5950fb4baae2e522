/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/num.h"
#include "base/text.h"
#include "format/xlsx_texts.h"
#include "format/zip.h"

enum {
    DEEPEST = 32, /* elements of a part within one another; they are seven */
};

/* The finished file, as far as it was read. */
struct reading {
    struct arena *scratch;
    const char *file;
    const char *at;     /* in the sheet */
    const char **texts; /* as they are written, which cells call by number */
    size_t text_count;
    const char **patterns; /* of the looks of cells */
    size_t pattern_count;
};

/* A cell of the file that holds something. */
struct found {
    const char *place; /* "B7" */
    const char *value; /* a number, or that of a text */
    const char *look;  /* number of its look */
    bool text;
};

/* --- parts of the file ---------------------------------------------------- */

/* "B7" from 0-based row and column. */
static const char *reference(struct arena *scratch, uint32_t row, size_t column)
{
    char letters[4] = {0};
    size_t at = 3;
    for (size_t c = column + 1; c > 0 && at > 0; c = (c - 1) / 26)
        letters[--at] = (char)('A' + (c - 1) % 26);
    return arena_format(scratch, "%s%u", letters + at, (unsigned)(row + 1));
}

/* Texts of the book, as they are written. */
static void read_texts(struct reading *reading, const char *xml)
{
    size_t capacity = 0;
    for (const char *at = xml; (at = strstr(at, "<t")) != NULL;) {
        at = strchr(at, '>');
        if (at == NULL)
            break;
        size_t size = strcspn(++at, "<");
        reading->texts =
            arena_grow(reading->scratch, reading->texts, reading->text_count,
                       &capacity, sizeof *reading->texts);
        reading->texts[reading->text_count++] =
            arena_slice(reading->scratch, at, size);
        at += size;
    }
}

/* The value of an attribute in a tag that ends at '>', "" none. */
static const char *attribute(struct arena *scratch, const char *tag,
                             const char *name)
{
    const char *within = arena_slice(scratch, tag, strcspn(tag, ">"));
    const char *at = strstr(within, arena_format(scratch, " %s=\"", name));
    if (at == NULL)
        return "";
    at = strchr(at, '"') + 1;
    return arena_slice(scratch, at, strcspn(at, "\""));
}

/* Patterns of numbers that are no more than their look's number are those of
 * the program itself. */
static const char *pattern_of(struct arena *scratch, const char *styles,
                              const char *number)
{
    const char *at = strstr(
        styles, arena_format(scratch, "<numFmt numFmtId=\"%s\"", number));
    return at == NULL ? "" : attribute(scratch, at, "formatCode");
}

static void read_looks(struct reading *reading, const char *styles)
{
    size_t capacity = 0;
    const char *at = strstr(styles, "<cellXfs");
    const char *end = at == NULL ? NULL : strstr(at, "</cellXfs>");
    while (end != NULL && (at = strstr(at, "<xf ")) != NULL && at < end) {
        const char *number = attribute(reading->scratch, at, "numFmtId");
        reading->patterns = arena_grow(reading->scratch, reading->patterns,
                                       reading->pattern_count, &capacity,
                                       sizeof *reading->patterns);
        reading->patterns[reading->pattern_count++] =
            pattern_of(reading->scratch, styles, number);
        at++;
    }
}

/* The next cell that is not blank; false: there is none. */
static bool next_cell(struct reading *reading, struct found *found)
{
    struct arena *scratch = reading->scratch;
    for (const char *at; (at = strstr(reading->at, "<c r=")) != NULL;) {
        const char *close = strchr(at, '>');
        if (close == NULL)
            break;
        reading->at = close + 1;
        if (!text_starts(reading->at, "<v>"))
            continue;
        *found = (struct found){
            .place = attribute(scratch, at, "r"),
            .value = arena_slice(scratch, close + 4, strcspn(close + 4, "<")),
            .look = attribute(scratch, at, "s"),
            .text = text_same(attribute(scratch, at, "t"), "s"),
        };
        return true;
    }
    return false;
}

/* --- cells ---------------------------------------------------------------- */

static bool same_text(const struct reading *reading, const struct found *found,
                      const char *want)
{
    int64_t at = 0;
    struct text escaped = text_new(reading->scratch);
    text_add_xml(&escaped, want);
    return found->text && num_parse_int64(found->value, &at) && at >= 0 &&
           (size_t)at < reading->text_count &&
           text_same(reading->texts[at], escaped.at);
}

/* Shown with its decimals and signs; what may follow is room beside them. */
static bool same_look(const struct reading *reading, const struct found *found,
                      int decimals, unsigned flags)
{
    int64_t look = 0;
    struct text want = text_new(reading->scratch);
    text_add_xml(&want, xlsx_pattern(reading->scratch, decimals, flags));
    if (!num_parse_int64(found->look, &look) || look < 0 ||
        (size_t)look >= reading->pattern_count)
        return false;
    const char *pattern = reading->patterns[look];
    return text_starts(pattern, want.at) &&
           (pattern[want.size] == '\0' || pattern[want.size] == '_');
}

/* A value is a number, the sign in the place of one a text. */
static bool same_cell(const struct reading *reading, const struct found *found,
                      const struct grid_column *column,
                      const struct grid_cell *cell)
{
    double value = 0.0;
    if (!cell->number)
        return same_text(reading, found, xlsx_cell_text(cell));
    if (cell->availability != AVAILABLE)
        return same_text(reading, found, cell->text) &&
               same_look(reading, found, -1, cell->flags);
    return !found->text && num_parse_double(found->value, &value) &&
           value == cell->value &&
           same_look(reading, found, column->decimals - cell->coarser,
                     cell->flags);
}

static bool fail_cell(const struct reading *reading,
                      const struct xlsx_sheet *sheet, const char *place,
                      const char *words, const char *what, struct err *err)
{
    return err_fail(err, ERR_DISAGREE, "verify.xlsx",
                    "%s: sheet '%s' cell %s: %s '%s'", reading->file,
                    sheet->name, place, words, what);
}

/* --- sheets --------------------------------------------------------------- */

static bool check_text(struct reading *reading, const struct xlsx_sheet *sheet,
                       const struct xlsx_text *text, struct err *err)
{
    struct found found = {0};
    const char *place = reference(reading->scratch, text->row, text->column);
    if (!next_cell(reading, &found) || !text_same(found.place, place) ||
        !same_text(reading, &found, text->text))
        return fail_cell(reading, sheet, place, "does not say", text->text,
                         err);
    return true;
}

static bool check_cell(struct reading *reading, const struct xlsx_sheet *sheet,
                       size_t i, struct err *err)
{
    const struct grid *grid = sheet->grid;
    const struct grid_cell *cell = &grid->cells[i];
    const size_t column = i % grid->column_count;
    const uint32_t row =
        sheet->first_row + 1 + (uint32_t)(i / grid->column_count);
    const char *place = reference(reading->scratch, row, column);
    struct found found = {0};
    if (next_cell(reading, &found) && text_same(found.place, place) &&
        same_cell(reading, &found, &grid->columns[column], cell))
        return true;
    return cell->number
               ? fail_cell(reading, sheet, place,
                           "not what the edition says of", cell->cell_id, err)
               : fail_cell(reading, sheet, place, "does not say", cell->text,
                           err);
}

/* A link leads to the sheet of its words. */
static bool check_link(struct reading *reading, const struct xlsx_sheet *sheet,
                       const struct xlsx_text *text, struct err *err)
{
    struct arena *scratch = reading->scratch;
    const char *place = reference(scratch, text->row, text->column);
    const char *at = strstr(
        reading->at, arena_format(scratch, "<hyperlink ref=\"%s\"", place));
    struct text want = text_new(scratch);
    text_add_xml(&want, arena_format(scratch, "'%s'!A1", text->leads));
    if (at != NULL && text_same(attribute(scratch, at, "location"), want.at))
        return true;
    return fail_cell(reading, sheet, place, "does not lead to", text->leads,
                     err);
}

static bool check_sheet(struct reading *reading, const struct xlsx_sheet *sheet,
                        struct err *err)
{
    const struct grid *grid = sheet->grid;
    const size_t cells = grid == NULL ? 0 : grid->rows * grid->column_count;
    struct found found = {0};
    for (size_t t = 0; t < sheet->text_count; t++) {
        if (!check_text(reading, sheet, &sheet->texts[t], err))
            return false;
    }
    for (size_t i = 0; i < cells; i++) {
        if (!check_cell(reading, sheet, i, err))
            return false;
    }
    if (next_cell(reading, &found))
        return fail_cell(reading, sheet, found.place,
                         "nothing stands there, found", found.value, err);
    for (size_t t = 0; t < sheet->text_count; t++) {
        if (sheet->texts[t].part == XLSX_LINK &&
            !check_link(reading, sheet, &sheet->texts[t], err))
            return false;
    }
    return true;
}

/* --- the file ------------------------------------------------------------- */

static const char *part(const struct zip_entry *entries, size_t count,
                        const char *name)
{
    const struct zip_entry *entry = zip_find(entries, count, name);
    return entry == NULL ? "" : entry->bytes;
}

/* Elements that are open, by the text that begins with their names. */
struct nest {
    const char *open[DEEPEST];
    size_t depth;
};

/* Where the name ends of a tag of the library's, or of its end tag. */
static size_t name_size(const char *name)
{
    return strcspn(name, " />");
}

/* A tag from behind its '<' to its '>'. */
static bool take_tag(struct nest *nest, const char *tag, const char *end)
{
    bool closes = tag[0] == '/';
    const char *name = closes ? tag + 1 : tag;
    size_t size = name_size(name);
    if (tag[0] == '?' || (!closes && end[-1] == '/'))
        return true;
    if (closes && nest->depth > 0) {
        const char *open = nest->open[--nest->depth];
        return name_size(open) == size && memcmp(open, name, size) == 0;
    }
    if (closes || nest->depth == DEEPEST)
        return false;
    nest->open[nest->depth++] = name;
    return true;
}

/* Quotes in a tag come in pairs. */
static bool has_pairs(const char *tag, const char *end)
{
    bool pairs = true;
    for (; tag < end; tag++)
        pairs = pairs != (*tag == '"');
    return pairs;
}

static bool is_xml(const char *name)
{
    return text_ends(name, ".xml") || text_ends(name, ".rels");
}

/* Whether it has its first line and every element ends. The library escapes '<'
 * and '>' elsewhere. */
static bool is_whole(const char *xml)
{
    struct nest nest = {0};
    const char *tag = xml;
    while ((tag = strchr(tag, '<')) != NULL) {
        const char *end = strpbrk(++tag, "<>");
        if (end == NULL || *end == '<' || !has_pairs(tag, end) ||
            !take_tag(&nest, tag, end))
            return false;
        tag = end;
    }
    return nest.depth == 0 && text_starts(xml, "<?xml");
}

/* The library goes on when the disk takes a piece of a part no more. */
static bool check_whole(const struct zip_entry *entries, size_t count,
                        const char *path, struct err *err)
{
    for (size_t e = 0; e < count; e++) {
        if (is_xml(entries[e].name) && !is_whole(entries[e].bytes))
            return err_fail(err, ERR_DISAGREE, "verify.xlsx",
                            "'%s': the part '%s' is not whole", path,
                            entries[e].name);
    }
    return true;
}

bool xlsx_check(struct arena *scratch, const char *path,
                const struct xlsx_book *book, struct err *err)
{
    struct zip_entry *entries = NULL;
    size_t count = 0;
    struct reading reading = {.scratch = scratch, .file = book->file};
    if (!zip_read(scratch, path, &entries, &count, err) ||
        !check_whole(entries, count, path, err))
        return false;
    read_texts(&reading, part(entries, count, "xl/sharedStrings.xml"));
    read_looks(&reading, part(entries, count, "xl/styles.xml"));
    for (size_t s = 0; s < XLSX_FRONT_SHEETS + book->sheet_count; s++) {
        const struct xlsx_sheet *sheet =
            s < XLSX_FRONT_SHEETS ? &book->front[s]
                                  : &book->sheets[s - XLSX_FRONT_SHEETS];
        const struct zip_entry *entry = zip_find(
            entries, count,
            arena_format(scratch, "xl/worksheets/sheet%zu.xml", s + 1));
        if (entry == NULL)
            return err_fail(err, ERR_DISAGREE, "verify.xlsx",
                            "'%s' lacks sheet '%s'", path, sheet->name);
        reading.at = entry->bytes;
        if (!check_sheet(&reading, sheet, err))
            return false;
    }
    return true;
}
