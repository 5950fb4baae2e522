/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "store/import_impl.h"

/* --- errors -------------------------------------------------------------- */

static bool note_line(struct import *import, size_t line, const char *what)
{
    return faults_add(&import->faults, "%s:%zu: %s",
                      fs_name(csv_path(import->csv)), line, what);
}

bool import_error(struct import *import, const char *format, ...)
{
    char what[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return note_line(import, csv_line(import->csv), what);
}

/* An operation's failure becomes one of the errors reported together. */
static void note_failure(struct import *import, struct err *failure)
{
    const char *text = failure->text;
    size_t size = strlen(import->directory);
    if (strncmp(text, import->directory, size) == 0 && text[size] == '/')
        text += size + 1;
    faults_add(&import->faults, "%s", text);
    *failure = (struct err){0};
}

static const char *no_parent(struct import *import,
                             const struct reference *parent)
{
    if (parent->level[0] == '\0')
        return arena_format(
            import->closed, "no parent '%s'%s", parent->code,
            import_nearest(import, &import->site, "", parent->code));
    return arena_format(import->closed, "no parent '%s %s'%s", parent->level,
                        parent->code,
                        import_near_area(import, parent->level, parent->code));
}

/* Parents that no row of the table has. */
static void check_parents(struct import *import)
{
    for (size_t p = 0; p < import->parent_count; p++) {
        const struct reference *parent = &import->parents[p];
        bool found = parent->level[0] != '\0'
                         ? map_get_pair(import->territory, parent->level,
                                        parent->code) >= 0
                         : map_get(import->site.places, parent->code,
                                   strlen(parent->code)) >= 0;
        if (!found)
            note_line(import, parent->line, no_parent(import, parent));
    }
    import->parent_count = 0;
}

/* --- one file ------------------------------------------------------------ */

static bool expected_column(const struct table_spec *table, const char *name)
{
    for (size_t c = 0; c < schema_columns(table); c++) {
        if (text_same(table->columns[c].name, name))
            return true;
    }
    return false;
}

/* Fills place: the CSV column of each column of the table, -1 when it is left
 * out and may be. */
static bool check_columns(struct import *import, int place[STORE_MAX_COLUMNS])
{
    bool good = true;
    const struct table_spec *table = import->table;
    for (size_t c = 0; c < csv_columns(import->csv); c++) {
        const char *name = csv_column_name(import->csv, c);
        if (contract_person_column(name))
            good = note_line(import, 1,
                             arena_format(import->closed,
                                          "column '%s' looks like a person's; "
                                          "a store holds aggregated counts "
                                          "only",
                                          name));
        else if (!expected_column(table, name))
            good = note_line(
                import, 1,
                arena_format(import->closed, "unexpected column '%s'", name));
    }
    for (size_t c = 0; c < schema_columns(table); c++) {
        place[c] = csv_find(import->csv, table->columns[c].name);
        if (place[c] < 0 && !table->columns[c].droppable)
            good = note_line(import, 1,
                             arena_format(import->closed, "no column '%s'",
                                          table->columns[c].name));
    }
    return good;
}

/* Line of the first row of the file with the key of the one being read. */
static size_t line_of_key(const struct import *import,
                          const int place[STORE_MAX_COLUMNS])
{
    size_t columns[STORE_MAX_COLUMNS];
    size_t count = 0;
    for (size_t c = 0; c < schema_columns(import->table); c++) {
        if (place[c] >= 0 && writer_is_key(import->writer, import->table, c))
            columns[count++] = (size_t)place[c];
    }
    return csv_first_like(import->csv, columns, count);
}

static bool import_row(struct import *import,
                       const int place[STORE_MAX_COLUMNS], struct err *err)
{
    for (size_t c = 0; c < schema_columns(import->table); c++)
        import->cells[c] = place[c] < 0 ? ""
            : csv_field(import->csv, (size_t)place[c]);
    if (!import_check_row(import))
        return true;
    switch (writer_row(import->writer, import->table, import->cells, err)) {
    case WRITER_OK:
        return true;
    case WRITER_DUPLICATE:
        import_error(import, "the same key as line %zu",
                     line_of_key(import, place));
        return true;
    case WRITER_FAILED:
        return false;
    }
    return false;
}

static bool *cut(struct import *import)
{
    return &import->cut[import->table - store_tables];
}

/* False only when the store cannot be written. */
static bool import_rows(struct import *import, struct err *err)
{
    int place[STORE_MAX_COLUMNS];
    bool more = true;
    *cut(import) = true; /* until its end is seen */
    if (!check_columns(import, place))
        return true;
    while (!faults_full(&import->faults)) {
        struct err failure = {0};
        if (!csv_next(import->csv, &more, &failure)) {
            note_failure(import, &failure);
            return true;
        }
        if (!more)
            break;
        if (!import_row(import, place, err))
            return false;
    }
    *cut(import) = more;
    if (!more)
        check_parents(import);
    return true;
}

static bool import_file(struct import *import, const char *path,
                        struct err *err)
{
    struct err failure = {0};
    if (!csv_open(import->closed, path, &import->csv, &failure)) {
        note_failure(import, &failure);
        *cut(import) = true;
        return true;
    }
    bool ok = import_rows(import, err);
    csv_close(import->csv);
    import->csv = NULL;
    return ok;
}

/* --- the folder ---------------------------------------------------------- */

/* The file of a table, or NULL. */
static const char *file_of(struct import *import, const char *table)
{
    const char *plain = fs_join(import->closed, import->directory,
                                arena_format(import->closed, "%s.csv", table));
    const char *zipped = arena_format(import->closed, "%s.gz", plain);
    bool has_plain = fs_exists(plain), has_zipped = fs_exists(zipped);
    if (has_plain && has_zipped)
        faults_add(&import->faults,
                   "table '%s' has two files, .csv and .csv.gz", table);
    if (has_plain)
        return plain;
    return has_zipped ? zipped : NULL;
}

static void note_table(struct import *import, const char *file,
                       const char *table)
{
    const char **names =
        arena_array(import->closed, store_table_count, sizeof *names);
    for (size_t t = 0; t < store_table_count; t++)
        names[t] = store_tables[t].name;
    const char *near = near_name(table, names, store_table_count);
    faults_add(&import->faults, "%s: the contract has no table '%s'%s%s%s",
               file, table, near ? "; the nearest is '" : "", near ? near : "",
               near ? "'" : "");
}

/* CSV files that are no table of the contract: most likely a misspelt one. */
static bool check_names(struct import *import, struct err *err)
{
    char **names;
    size_t count;
    if (!fs_entries(import->closed, import->directory, &names, &count, err))
        return false;
    for (size_t n = 0; n < count; n++) {
        const char *end = strstr(names[n], ".csv");
        if (end == NULL ||
            !(text_same(end, ".csv") || text_same(end, ".csv.gz")))
            continue;
        const char *table =
            arena_slice(import->closed, names[n], (size_t)(end - names[n]));
        if (contract_person_table(table))
            faults_add(&import->faults,
                       "%s looks like person records; a store holds "
                       "aggregated counts only",
                       names[n]);
        else if (schema_table(table) == NULL)
            note_table(import, names[n], table);
    }
    return true;
}

/* Facts are only looked at when the codes that they use are in order. */
static bool import_tables(struct import *import, bool facts, struct err *err)
{
    for (size_t t = 0; t < store_table_count; t++) {
        const struct table_spec *table = &store_tables[t];
        if ((table->kind != TABLE_CODES) != facts)
            continue;
        if (faults_full(&import->faults))
            return true;
        import->table = table;
        const char *path = file_of(import, table->name);
        *cut(import) = path == NULL && table->required;
        if (*cut(import))
            faults_add(&import->faults, "no file '%s.csv'", table->name);
        if (path != NULL && !import_file(import, path, err))
            return false;
    }
    return true;
}

static bool run_import(struct import *import, const char *path, struct err *err)
{
    if (!fs_is_directory(import->directory))
        return err_fail(err, ERR_INPUT, "store.import",
                        fs_exists(import->directory)
                            ? "it is a file: expected a folder of CSV files, "
                              "one for each table (territory.csv, cases.csv)"
                            : "no such folder");
    if (!check_names(import, err) ||
        !writer_open(import->closed, path, &import->writer, err) ||
        !import_tables(import, false, err))
        return false;
    if (import->faults.count == 0 && !import_tables(import, true, err))
        return false;
    if (!faults_check(&import->faults, "store.import", "nothing was imported",
                      err))
        return false;
    if (!writer_read_back(import->writer, err))
        return err_wrap(err, "nothing was imported");
    return writer_commit(import->writer, err);
}

bool store_import(const char *directory, const char *path, struct err *err)
{
    struct arena *closed = arena_new();
    struct import import = {
        .closed = closed,
        .directory = directory,
        .faults = faults_new(closed),
        .territory = map_new(closed),
        .zone = map_new(closed),
        .levels = {.places = map_new(closed)},
        .areas = {.places = map_new(closed)},
        .site = {.places = map_new(closed)},
        .sex = {.places = map_new(closed)},
        .age = {.places = map_new(closed)},
        .stratum = {.places = map_new(closed)},
        .measure = {.places = map_new(closed)},
        .cut = arena_array(closed, store_table_count, sizeof(bool)),
    };
    bool ok = run_import(&import, path, err) ||
              err_wrap(err, "folder '%s'", store_shown(closed, directory));
    writer_close(import.writer);
    arena_wipe(closed);
    return ok;
}
