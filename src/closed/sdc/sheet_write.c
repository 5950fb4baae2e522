/* SPDX-License-Identifier: EUPL-1.2 */
/* A sheet as a file: axes, n, status, every cell in order. */
#include <inttypes.h>

#include "base/csv.h"
#include "base/fs.h"
#include "sdc/sheet.h"

/* The word of a status for inside eyes, and for everybody. */
static const char *status_word(enum sheet_status status, bool why)
{
    switch (status) {
    case SHEET_SHOWN:
        return "shown";
    case SHEET_PRIMARY:
        return why ? "primary" : "suppressed";
    case SHEET_SECONDARY:
        return why ? "secondary" : "suppressed";
    case SHEET_SUPPRESSED:
        break;
    }
    return "suppressed";
}

/* Each code of each axis as it stands in a row, with its comma. */
static struct text **make_codes(struct arena *scratch,
                                const struct sheet *sheet)
{
    struct text **codes =
        arena_array(scratch, sheet->axis_count, sizeof *codes);
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        codes[a] = arena_array(scratch, axis->nodes, sizeof *codes[a]);
        for (size_t n = 0; n < axis->nodes; n++) {
            codes[a][n] = text_new(scratch);
            csv_add_field(&codes[a][n], axis->codes[n], ',');
            text_add_char(&codes[a][n], ',');
        }
    }
    return codes;
}

static void write_header(struct sink *sink, struct arena *scratch,
                         const struct sheet *sheet)
{
    struct text header = text_new(scratch);
    for (size_t a = 0; a < sheet->axis_count; a++) {
        csv_add_field(&header, sheet->axes[a].name, ',');
        text_add_char(&header, ',');
    }
    text_add(&header, "n,status\n");
    sink_write(sink, header.at, header.size);
}

/* What a file says of a cell. */
struct content {
    bool shown;
    int64_t value;
    const char *status;
};
typedef struct content content_of(const struct sheet *sheet, size_t cell,
                                  const void *context);

static void write_cell(struct sink *sink, const struct sheet *sheet,
                       struct text *const *codes, size_t cell,
                       struct content content)
{
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct text *code = &codes[a][sheet_node(sheet, cell, a)];
        sink_write(sink, code->at, code->size);
    }
    if (content.shown)
        sink_format(sink, "%" PRId64, content.value);
    sink_write(sink, ",", 1);
    sink_text(sink, content.status);
    sink_write(sink, "\n", 1);
}

/* The sink is of the scratch arena. */
static bool write_file(struct arena *scratch, struct sink *sink,
                       const struct sheet *sheet, content_of *content,
                       const void *context, struct err *err)
{
    struct text **codes = make_codes(scratch, sheet);
    write_header(sink, scratch, sheet);
    for (size_t cell = 0; cell < sheet->cells; cell++)
        write_cell(sink, sheet, codes, cell, content(sheet, cell, context));
    return sink_commit_whole(sink, err);
}

static struct content exact_content(const struct sheet *sheet, size_t cell,
                                    const void *context)
{
    const bool *why = context;
    enum sheet_status status = sheet->status[cell];
    return (struct content){status == SHEET_SHOWN, sheet->counts[cell],
                            status_word(status, *why)};
}

bool sheet_write(const struct sheet *sheet, const char *path, bool why,
                 struct err *err)
{
    struct arena *scratch = arena_new();
    struct sink *sink = (why ? sink_open_private : sink_open)(scratch, path);
    bool ok = write_file(scratch, sink, sheet, exact_content, &why, err);
    arena_wipe(scratch);
    return ok;
}

struct changed {
    const int64_t *values;
    const char *status;
};

static struct content changed_content(const struct sheet *sheet, size_t cell,
                                      const void *context)
{
    const struct changed *changed = context;
    (void)sheet;
    return (struct content){true, changed->values[cell], changed->status};
}

bool sheet_write_changed(const struct sheet *sheet, const int64_t *values,
                         const char *status, const char *path, struct err *err)
{
    struct changed changed = {values, status};
    struct arena *scratch = arena_new();
    bool ok = write_file(scratch, sink_open(scratch, path), sheet,
                         changed_content, &changed, err);
    arena_wipe(scratch);
    return ok;
}
