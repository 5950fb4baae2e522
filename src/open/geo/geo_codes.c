/* SPDX-License-Identifier: EUPL-1.2 */
/* The list that gives features their codes: a source's own names and numbers
 * are often wrong, so nothing is guessed from them. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "geo/geo_impl.h"

struct entry {
    const char *source, *code, *label, *parent, *parent_label;
    bool used;
};

struct entries {
    struct entry *at;
    size_t count;
    size_t capacity;
};

enum column {
    COLUMN_SOURCE,
    COLUMN_CODE,
    COLUMN_LABEL,
    COLUMN_PARENT,
    COLUMN_PARENT_LABEL,
    COLUMN_COUNT,
};

/* The first of two columns that is there, or -1. */
static int either(const struct csv *csv, const char *one, const char *two)
{
    int at = csv_find(csv, one);
    return at >= 0 ? at : csv_find(csv, two);
}

static bool find_columns(const struct csv *csv, const struct geo_import *job,
                         int columns[COLUMN_COUNT], struct err *err)
{
    int code = either(csv, "code", job->code_field);
    int source = csv_find(csv, "source");
    bool named = *job->parent_field != '\0';
    if (code < 0)
        return err_fail(err, ERR_INPUT, "geo.column",
                        "%s: no column 'code' or '%s'", csv_path(csv),
                        job->code_field);
    columns[COLUMN_CODE] = code;
    columns[COLUMN_SOURCE] = source < 0 ? code : source;
    columns[COLUMN_LABEL] = either(csv, "label", "nom");
    columns[COLUMN_PARENT] =
        csv_find(csv, named ? job->parent_field : "parent");
    columns[COLUMN_PARENT_LABEL] = csv_find(csv, "parent_label");
    return true;
}

static bool read_entry(struct arena *arena, const struct csv *csv,
                       const int columns[COLUMN_COUNT], struct entries *entries,
                       struct err *err)
{
    const char *field[COLUMN_COUNT] = {""};
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        field[i] = columns[i] < 0
                       ? ""
                       : arena_text(arena, csv_field(csv, (size_t)columns[i]));
    if (*field[COLUMN_SOURCE] == '\0' || *field[COLUMN_CODE] == '\0')
        return err_fail(err, ERR_INPUT, "geo.code",
                        "%s:%zu: 'source' and 'code' must not be empty",
                        csv_path(csv), csv_line(csv));
    entries->at = arena_grow(arena, entries->at, entries->count,
                             &entries->capacity, sizeof *entries->at);
    entries->at[entries->count++] = (struct entry){
        field[COLUMN_SOURCE], field[COLUMN_CODE],         field[COLUMN_LABEL],
        field[COLUMN_PARENT], field[COLUMN_PARENT_LABEL], false};
    return true;
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    return strcmp(x->source, y->source);
}

static bool check_entries(const char *path, struct entries *entries,
                          struct err *err)
{
    if (entries->count > 1)
        qsort(entries->at, entries->count, sizeof *entries->at,
              compare_entries);
    for (size_t i = 1; i < entries->count; i++) {
        if (text_same(entries->at[i - 1].source, entries->at[i].source))
            return err_fail(err, ERR_INPUT, "geo.code",
                            "%s: source '%s' appears twice", path,
                            entries->at[i].source);
    }
    return true;
}

static bool read_entries(struct arena *arena, const struct geo_import *job,
                         struct entries *entries, struct err *err)
{
    const char *path = job->codes;
    struct csv *csv = NULL;
    int columns[COLUMN_COUNT] = {0};
    bool more = true;
    bool ok = csv_open(arena, path, &csv, err) &&
              find_columns(csv, job, columns, err);
    while (ok && (ok = csv_next(csv, &more, err)) && more)
        ok = read_entry(arena, csv, columns, entries, err);
    csv_close(csv);
    return ok && check_entries(path, entries, err);
}

static struct entry *find_entry(struct entries *entries, const char *source)
{
    struct entry key = {.source = source};
    return entries->count == 0 ? NULL
                               : bsearch(&key, entries->at, entries->count,
                                         sizeof *entries->at, compare_entries);
}

static void report_unused(const struct entries *entries, struct text *report)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (!entries->at[i].used)
            text_format(report, "code without feature: %s (%s)\n",
                        entries->at[i].code, entries->at[i].source);
    }
}

/* What the list leaves out stays as the source has it. */
static void apply_entry(const struct entry *entry, struct geo_feature *feature)
{
    feature->code = entry->code;
    if (*entry->label != '\0')
        feature->label = entry->label;
    if (*entry->parent != '\0')
        feature->parent = entry->parent;
    feature->parent_label = entry->parent_label;
}

bool geo_codes_apply(struct arena *arena, const struct geo_import *job,
                     struct geo_source *source, struct text *report,
                     struct err *err)
{
    struct entries entries = {0};
    if (!read_entries(arena, job, &entries, err))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < source->count; i++) {
        struct geo_feature *feature = &source->features[i];
        struct entry *entry = find_entry(&entries, feature->source);
        if (!entry) {
            text_format(report, "feature without code: %s\n", feature->source);
            continue;
        }
        entry->used = true;
        apply_entry(entry, feature);
        source->features[kept++] = *feature;
    }
    source->count = kept;
    report_unused(&entries, report);
    if (kept == 0)
        return err_fail(err, ERR_INPUT, "geo.code",
                        "%s: names none of the features", job->codes);
    return true;
}
