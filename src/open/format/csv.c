/* SPDX-License-Identifier: EUPL-1.2 */
/* format/csv.c - open data: one long CSV a data set, its Table Schema and the
 * code lists it uses.
 *
 * One row a value: codes, value, limits, status and flags in columns of their
 * own; an empty value unless status is v. RFC 4180, CRLF, UTF-8 without BOM,
 * decimal point; the same again for spreadsheets, apart (csv_sheet.h). Column
 * names never change; labels are in the schema. */
#include <string.h>

#include "base/csv.h"
#include "base/fs.h"
#include "base/num.h"
#include "format/csv_codes.h"
#include "format/csv_package.h"
#include "format/csv_readme.h"
#include "format/csv_schema.h"
#include "format/csv_sheet.h"

static const char *data_path(struct arena *scratch,
                             const struct format_job *job,
                             const struct pub_table *table, const char *ending)
{
    return arena_format(scratch, "%s/%s/%s%s", job->root,
                        job->document->directory, csv_file_stem(scratch, table),
                        ending);
}

/* SDMX CL_OBS_STATUS of an availability and its flags. */
static const char *obs_status(enum availability availability, unsigned flags)
{
    switch (availability) {
    case AVAILABLE:
        if ((flags & FLAG_PROJECTED) != 0)
            return "F";
        if ((flags & FLAG_ESTIMATED) != 0)
            return "E";
        if ((flags & FLAG_PROVISIONAL) != 0)
            return "P";
        if ((flags & FLAG_BREAK) != 0)
            return "B";
        return (flags & FLAG_CAUTION) != 0 ? "U" : "A";
    case CONFIDENTIAL:
        return "Q";
    case UNRELIABLE:
        return "U";
    case NOT_APPLICABLE:
        return "M";
    case NOT_AVAILABLE:
        return "O";
    case NOT_COVERED:
        return "L";
    case AVAILABILITY_COUNT:
        break;
    }
    return "";
}

static void add_field(struct text *row, const char *field)
{
    csv_add_field(row, field, ',');
    text_add_char(row, ',');
}

/* The value of a column of the row as plain number, "" without value. */
static const char *plain(struct arena *scratch, const struct pub_table *table,
                         size_t row, int column)
{
    double value = 0.0;
    if (column < 0 || pub_read(table, row, (size_t)column, &value) != AVAILABLE)
        return "";
    struct text out = text_new(scratch);
    num_print(&out, value, pub_decimals(table, row, (size_t)column));
    return out.at;
}

static void add_codes(struct text *out, const struct pub_table *table,
                      size_t row, enum lang lang)
{
    size_t place[DIM_COUNT];
    const struct node *node[DIM_COUNT];
    pub_places(table, row, place);
    for (size_t d = 0; d < DIM_COUNT; d++)
        node[d] = pub_axis_node(table, (enum dim)d, place[d]);
    add_field(out, node[DIM_TERRITORY]->level);
    add_field(out, node[DIM_TERRITORY]->code);
    add_field(out, node[DIM_TERRITORY]->label[lang]);
    bool sited = csv_has_site(table);
    add_field(out, sited ? node[DIM_SITE]->code : "");
    add_field(out, sited ? node[DIM_SITE]->label[lang] : "");
    add_field(out, sited ? node[DIM_SITE]->icd10 : "");
    add_field(out, node[DIM_SEX]->code);
    add_field(out, node[DIM_AGE]->code);
    add_field(out, node[DIM_PERIOD]->code);
    text_format(out, "%d,%d,", node[DIM_PERIOD]->low, node[DIM_PERIOD]->high);
    add_field(out, node[DIM_STRATUM]->code);
}

static void add_row(struct arena *scratch, struct text *out,
                    const struct format_job *job, const struct pub_table *table,
                    size_t row, size_t column)
{
    const struct pub_column *what = pub_column(table, column);
    double value = 0.0;
    enum availability status = pub_read(table, row, column, &value);
    unsigned flags = pub_flags(table, row, column);
    add_field(out, job->document->edition->project->id);
    add_field(out, pub_measure(table)->code);
    add_field(out, what->id);
    add_field(out, what->unit);
    add_field(out, what->standard);
    add_codes(out, table, row, job->document->lang);
    add_field(out, plain(scratch, table, row, (int)column));
    add_field(out, plain(scratch, table, row, what->lower));
    add_field(out, plain(scratch, table, row, what->upper));
    text_format(out, "%c,%s,", availability_letter(status),
                flag_letters(scratch, flags));
    num_print(out, 100.0 * pub_coverage(table, row), 1);
    text_format(out, ",%s,%c\r\n", obs_status(status, flags),
                status == CONFIDENTIAL ? 'C' : 'F');
}

static bool write_data(const struct format_job *job,
                       const struct pub_table *table, struct err *err)
{
    struct arena *scratch = arena_new();
    struct sink *sink =
        sink_open(scratch, data_path(scratch, job, table, ".csv"));
    struct arena *line = arena_new();
    struct text rows = text_new(line);
    csv_add_header(&rows, csv_fields, csv_field_count);
    sink_write(sink, rows.at, rows.size);
    for (size_t r = 0; r < pub_rows(table); r++) {
        arena_free(line);
        line = arena_new();
        rows = text_new(line);
        for (size_t c = 0; c < pub_columns(table); c++) {
            if (pub_column(table, c)->part == PUB_VALUE)
                add_row(line, &rows, job, table, r, c);
        }
        sink_write(sink, rows.at, rows.size);
    }
    arena_free(line);
    bool ok = sink_commit(sink, err);
    arena_free(scratch);
    return ok;
}

static bool write_schema(const struct format_job *job,
                         const struct pub_table *table, struct err *err)
{
    struct arena *scratch = arena_new();
    struct text out = text_new(scratch);
    csv_schema(&out, table, job->document->edition, job->document->lang);
    bool ok = fs_write(data_path(scratch, job, table, ".schema.json"), out.at,
                       out.size, err);
    arena_free(scratch);
    return ok;
}

static bool write_csv(const struct format_job *job, struct err *err)
{
    const struct document *document = job->document;
    struct arena *scratch = arena_new();
    bool ok = fs_make_directory(
        arena_format(scratch, "%s/%s/codes", job->root, document->directory),
        err);
    arena_free(scratch);
    for (size_t t = 0; ok && t < document->dataset_count; t++)
        ok = write_data(job, document->datasets[t], err) &&
             write_schema(job, document->datasets[t], err);
    return ok && csv_codes(job, err) && csv_sheets_write(job, err) &&
           csv_package(job, err) && csv_readme(job, err);
}

/* --- reading back ------------------------------------------------------ */

static bool same_number(struct arena *scratch, const struct pub_table *table,
                        size_t row, int column, const char *field)
{
    return text_same(plain(scratch, table, row, column), field);
}

/* The fields of one file row against the cell it stands for. */
static bool check_row(const struct csv *csv, const struct pub_table *table,
                      size_t row, size_t column, struct err *err)
{
    struct arena *scratch = arena_new();
    const struct pub_column *what = pub_column(table, column);
    double value = 0.0;
    char letter[2] = {availability_letter(pub_read(table, row, column, &value)),
                      '\0'};
    bool ok = text_same(csv_field(csv, CSV_COLUMN), what->id) &&
              text_same(csv_field(csv, CSV_STATUS), letter) &&
              same_number(scratch, table, row, (int)column,
                          csv_field(csv, CSV_VALUE)) &&
              same_number(scratch, table, row, what->lower,
                          csv_field(csv, CSV_LOWER)) &&
              same_number(scratch, table, row, what->upper,
                          csv_field(csv, CSV_UPPER));
    if (!ok)
        err_fail(err, ERR_DISAGREE, "verify.csv",
                 "%s:%zu: not what the edition says of %s",
                 fs_name(csv_path(csv)), csv_line(csv),
                 pub_cell_id(scratch, table, row, column));
    arena_free(scratch);
    return ok;
}

static bool verify_table(const struct format_job *job,
                         const struct pub_table *table, struct err *err)
{
    struct arena *scratch = arena_new();
    struct csv *csv = NULL;
    bool more = true;
    bool ok =
        csv_open(scratch, data_path(scratch, job, table, ".csv"), &csv, err);
    for (size_t r = 0; ok && r < pub_rows(table); r++) {
        for (size_t c = 0; ok && c < pub_columns(table); c++) {
            if (pub_column(table, c)->part != PUB_VALUE)
                continue;
            ok = csv_next(csv, &more, err);
            if (ok && !more)
                ok = err_fail(err, ERR_DISAGREE, "verify.csv",
                              "'%s' ends early", pub_id(table));
            ok = ok && check_row(csv, table, r, c, err);
            format_compared(job, 1);
        }
    }
    ok = ok && csv_next(csv, &more, err);
    if (ok && more)
        ok = err_fail(err, ERR_DISAGREE, "verify.csv", "'%s' has more rows",
                      pub_id(table));
    csv_close(csv);
    arena_free(scratch);
    return ok;
}

static bool verify_csv(const struct format_job *job, struct err *err)
{
    for (size_t t = 0; t < job->document->dataset_count; t++) {
        const struct pub_table *table = job->document->datasets[t];
        if (!verify_table(job, table, err) ||
            !csv_sheet_verify(job, table, err))
            return false;
    }
    return true;
}

const struct format format_csv = {
    .name = "csv",
    .extension = ".csv",
    .media_type = "text/csv",
    .write = write_csv,
    .verify = verify_csv,
};
