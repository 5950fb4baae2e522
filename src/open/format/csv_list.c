/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/csv_list.h"

#include "base/csv.h"
#include "base/fs.h"

void csv_list_field(struct text *out, const char *field)
{
    csv_add_field(out, field, ',');
    text_add_char(out, ',');
}

void csv_list_last(struct text *out, const char *field)
{
    csv_add_field(out, field, ',');
    text_add(out, "\r\n");
}

void csv_list_limits(struct text *out, int low, int high, const char *end)
{
    text_format(out, "%d,", low);
    if (high >= 0)
        text_format(out, "%d", high);
    text_add(out, end);
}

static bool write_file(const struct format_job *job, const char *name,
                       const char *ending, const struct text *out,
                       struct err *err)
{
    const char *path = arena_format(out->arena, "%s/%s/codes/%s%s", job->root,
                                    job->document->directory, name, ending);
    return fs_write(path, out->at, out->size, err);
}

bool csv_list_write(const struct format_job *job, const struct csv_list *list,
                    const struct text *rows, struct err *err)
{
    struct text out = text_new(rows->arena);
    csv_add_header(&out, list->columns, list->column_count);
    text_add(&out, rows->at);
    struct text schema = text_new(rows->arena);
    csv_list_schema(&schema, list, job->document->edition, job->document->lang);
    return write_file(job, list->name, ".csv", &out, err) &&
           write_file(job, list->name, ".schema.json", &schema, err);
}
