/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/released.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/num.h"
#include "calc/sex.h"
#include "model/plan.h"
#include "sdc/released_impl.h"

#define DATA_ENDING ".csv"
#define SCHEMA_ENDING ".schema.json"
#define CODES "codes"

bool released_open(struct released_reader *reader, const char *path,
                   const char *const *names, size_t count, int *columns,
                   struct csv **out, struct err *err)
{
    const char *file =
        fs_join(reader->scratch, reader->source->directory, path);
    if (!fs_exists(file))
        return err_fail(err, ERR_INPUT, "release.file",
                        "%s: missing: a reader needs it to audit the release",
                        path);
    if (!csv_open(reader->scratch, file, out, err))
        return false;
    for (size_t c = 0; c < count; c++) {
        columns[c] = csv_find(*out, names[c]);
        if (columns[c] < 0)
            return err_fail(err, ERR_INPUT, "release.column",
                            "%s: expected a column '%s'", path, names[c]);
    }
    return true;
}

bool released_fault(struct released_reader *reader, const struct csv *csv,
                    const char *format, ...)
{
    char what[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return faults_add(&reader->faults, "%s:%zu: %s", fs_name(csv_path(csv)),
                      csv_line(csv), what);
}

/* --- the manifest --------------------------------------------------------- */

static bool read_manifest(struct released_reader *reader,
                          const struct json **root, struct err *err)
{
    const char *path =
        fs_join(reader->scratch, reader->source->directory, "manifest.json");
    char *bytes = NULL;
    size_t size = 0;
    if (!fs_exists(path))
        return err_fail(err, ERR_INPUT, "release.manifest",
                        "'%s' has no manifest.json: expected the directory of "
                        "a release",
                        reader->source->directory);
    return fs_read(reader->scratch, path, &bytes, &size, err) &&
           json_parse(reader->scratch, "manifest.json", bytes, size, root, err);
}

/* --- tables --------------------------------------------------------------- */

static const char *stem(struct arena *scratch, const char *path,
                        const char *ending)
{
    return arena_slice(scratch, path, strlen(path) - strlen(ending));
}

static const char *folder_of(struct arena *scratch, const char *path)
{
    const char *name = fs_name(path);
    return name == path ? "."
                        : arena_slice(scratch, path, (size_t)(name - path) - 1);
}

static const char *hash_of(const struct json *files, const char *path)
{
    for (const struct json *f = files->child; f != NULL; f = f->next) {
        if (text_same(json_get_text(f, "path"), path))
            return json_get_text(f, "sha256");
    }
    return "";
}

/* A table of open data has a schema beside it, and so have the lists that go
 * with it. */
static bool is_data(struct arena *scratch, const struct json *files,
                    const char *path)
{
    if (!text_ends(path, DATA_ENDING) ||
        text_same(fs_name(folder_of(scratch, path)), CODES))
        return false;
    const char *schema = arena_format(scratch, "%s" SCHEMA_ENDING,
                                      stem(scratch, path, DATA_ENDING));
    return hash_of(files, schema)[0] != '\0';
}

static bool read_schema(struct released_reader *reader, const char *path,
                        const struct json **root, struct err *err)
{
    const char *schema = arena_format(reader->scratch, "%s" SCHEMA_ENDING,
                                      stem(reader->scratch, path, DATA_ENDING));
    const char *file =
        fs_join(reader->scratch, reader->source->directory, schema);
    char *bytes = NULL;
    size_t size = 0;
    if (!fs_exists(file))
        return err_fail(err, ERR_INPUT, "release.file",
                        "%s: missing: it tells how the table is to be read",
                        schema);
    return fs_read(reader->scratch, file, &bytes, &size, err) &&
           json_parse(reader->scratch, schema, bytes, size, root, err);
}

/* A way to change counts, and the number that says how. */
struct change {
    const char *name, *field, *expected;
    int least, most;
};
static const struct change rounding_change = {"rounding", "base", "a base",
                                              PLAN_BASE_LEAST, PLAN_BASE_MOST};
static const struct change noise_change = {"noise", "variance", "a variance", 1,
                                           PLAN_VARIANCE_MOST};

/* Its number, or 0 where counts are not changed in this way. */
static bool read_number(const struct json *table, const char *path,
                        const struct change *change, int *out, struct err *err)
{
    const struct json *given = json_get(table, change->name);
    const struct json *number =
        given == NULL ? NULL : json_get(given, change->field);
    *out = 0;
    if (given == NULL)
        return true;
    if (number == NULL || number->kind != JSON_NUMBER ||
        !(number->number >= change->least && number->number <= change->most) ||
        (double)(int)number->number != number->number)
        return err_fail(err, ERR_INPUT, "release.schema",
                        "%s: %s: expected %s, a whole number from %d to %d",
                        path, change->name, change->expected, change->least,
                        change->most);
    *out = (int)number->number;
    return true;
}

/* The same in the manifest and in the schema of the table, or exact counts
 * might be looked for in changed ones. */
static bool table_number(const struct released_reader *reader, const char *path,
                         const char *id, const struct json *schema,
                         const struct change *change, int *out, struct err *err)
{
    const struct json *tables = reader->source->tables;
    int told = 0;
    for (const struct json *t = tables == NULL ? NULL : tables->child;
         t != NULL; t = t->next) {
        if (text_same(json_get_text(t, "id"), id) &&
            !read_number(t, "manifest.json", change, &told, err))
            return false;
    }
    if (!read_number(schema, path, change, out, err))
        return false;
    return *out == told ||
           err_fail(err, ERR_INPUT, "release.schema",
                    "%s: its schema and manifest.json differ in the %s of "
                    "the %s",
                    path, change->field, change->name);
}

/* The id is the one that the schema gives, else the name of the file. */
static bool add_table(struct released_reader *reader, const char *path,
                      struct err *err)
{
    struct released *released = reader->released;
    size_t release = (size_t)(reader->source - reader->sources);
    const struct json *schema = NULL;
    int base, variance;
    if (!read_schema(reader, path, &schema, err))
        return false;
    const char *id = json_get_text(schema, "name");
    if (id[0] == '\0')
        id = fs_name(stem(reader->scratch, path, DATA_ENDING));
    if (!table_number(reader, path, id, schema, &rounding_change, &base, err) ||
        !table_number(reader, path, id, schema, &noise_change, &variance, err))
        return false;
    id = arena_text(reader->closed, id);
    released->tables =
        arena_grow(reader->closed, released->tables, released->table_count,
                   &released->table_capacity, sizeof *released->tables);
    released->tables[released->table_count++] = (struct released_table){
        .id = id,
        .name = release == 0 ? id
                             : arena_format(reader->closed, "%s: %s",
                                            reader->source->id, id),
        .path = arena_text(reader->closed, path),
        .release = release,
        .base = base,
        .variance = variance,
    };
    return true;
}

/* Lists of codes, sums and measures: they are those of the store. Those of
 * indicators, units and standards are what the tables beside them use. */
static bool is_of_store(const char *name)
{
    bool known =
        text_same(name, "relation.csv") || text_same(name, "measure.csv");
    for (int d = 0; d < DIM_COUNT && !known; d++) {
        const char *dim = dim_name((enum dim)d);
        known = text_starts(name, dim) && text_same(name + strlen(dim), ".csv");
    }
    return known;
}

/* Tables of another folder have their own copy of the lists: the same one. */
static bool check_lists(const struct released_reader *reader,
                        const struct json *files, const char *first,
                        const char *folder, struct err *err)
{
    struct arena *scratch = reader->scratch;
    size_t size = strlen(first);
    if (text_same(first, folder))
        return true;
    for (const struct json *f = files->child; f != NULL; f = f->next) {
        const char *path = json_get_text(f, "path");
        if (!text_starts(path, first) || path[size] != '/' ||
            !is_of_store(path + size + 1))
            continue;
        const char *other = arena_format(scratch, "%s%s", folder, path + size);
        if (!text_same(hash_of(files, other), json_get_text(f, "sha256")))
            return err_fail(err, ERR_INPUT, "release.codes",
                            "%s: missing, or not what %s is", other, path);
    }
    return true;
}

static const char *codes_beside(struct arena *scratch, const char *path)
{
    const char *folder = folder_of(scratch, path);
    return text_same(folder, ".") ? CODES
                                  : arena_format(scratch, "%s/" CODES, folder);
}

/* The code lists beside the first table; the others have the same. */
static bool read_lists(struct released_reader *reader, struct err *err)
{
    const struct json *files = reader->source->files;
    const char *first = NULL;
    for (const struct json *f = files == NULL ? NULL : files->child; f != NULL;
         f = f->next) {
        const char *path = json_get_text(f, "path");
        if (!is_data(reader->scratch, files, path))
            continue;
        const char *folder = codes_beside(reader->scratch, path);
        if (first == NULL && !released_codes(reader, folder, err))
            return false;
        first = first == NULL ? folder : first;
        if (!check_lists(reader, files, first, folder, err))
            return false;
    }
    return first != NULL || err_fail(err, ERR_INPUT, "release.tables",
                                     "the release has no table of open data");
}

static bool is_read(const struct released *released, size_t from,
                    const char *id)
{
    bool found = false;
    for (size_t t = from; !found && t < released->table_count; t++)
        found = text_same(released->tables[t].id, id);
    return found;
}

/* Other reports show tables that are no open data. */
static void count_unread(struct released *released, size_t from,
                         const struct json *tables)
{
    for (const struct json *t = tables == NULL ? NULL : tables->child;
         t != NULL; t = t->next)
        released->unread += !is_read(released, from, json_get_text(t, "id"));
}

static bool read_tables(struct released_reader *reader, struct err *err)
{
    const struct json *files = reader->source->files;
    size_t before = reader->released->table_count;
    for (const struct json *f = files->child; f != NULL; f = f->next) {
        const char *path = json_get_text(f, "path");
        if (!is_data(reader->scratch, files, path))
            continue;
        if (!add_table(reader, path, err) || !released_take(reader, path, err))
            return false;
    }
    count_unread(reader->released, before, reader->source->tables);
    return true;
}

/* --- the universe --------------------------------------------------------- */

/* What is known of a hidden cell: nothing, unless its site does not occur in
 * its sex. */
bool released_hidden(void *context, const struct sdc_cell_key *key,
                     int64_t *count, bool *structural, struct err *err)
{
    const struct released *released = context;
    (void)err;
    *count = 0;
    *structural =
        sex_excludes(&released->codes, key->node[DIM_SITE], key->node[DIM_SEX]);
    return true;
}

/* Only a printed count is public; the zero of a cell that is told through
 * other values may be one. */
static void open_cells(struct released *released)
{
    struct universe *universe = released->universe;
    for (size_t c = 0; c < universe->count; c++) {
        const struct released_cell *cell = &released->cells[c];
        if (released_is_changed(released, c))
            universe->flags[c] |= CELL_CHANGED;
        if (universe->flags[c] & CELL_STRUCTURAL || cell->shown > 0)
            continue;
        universe->flags[c] |= CELL_KEPT;
        released->unused.values += cell->unused;
        if (cell->held == 0)
            universe->flags[c] |= CELL_MAYBE_ZERO;
    }
}

/* A printed sum of printed parts that is not their sum. What is perturbed is
 * not expected to be. */
static bool check_sums(struct released *released, struct err *err)
{
    const struct universe *universe = released->universe;
    const struct relations *relations = &universe->relations;
    for (size_t r = 0; r < relations->count; r++) {
        size_t total = relations->members[relations->starts[r]];
        int64_t rest = universe->counts[total];
        bool open = universe_is_open(universe, total) ||
                    released_rounding(released, total)->noise != NULL;
        bool fits = true;
        for (size_t i = relations->starts[r] + 1;
             !open && i < relations->starts[r + 1]; i++) {
            size_t part = relations->members[i];
            open = universe_is_open(universe, part);
            fits = fits && num_add(rest, -universe->counts[part], &rest);
        }
        if (!open && (!fits || rest != 0))
            return err_fail(
                err, ERR_INPUT, "release.sum",
                "%s: is not the sum of its parts, which are all printed",
                released_name(universe->arena, released, total));
    }
    return true;
}

static bool close_universe(struct released_reader *reader, struct err *err)
{
    struct released *released = reader->released;
    struct universe *universe = released->universe;
    struct released_rules *rules;
    open_cells(released);
    if (!universe_open_axes(universe, err) ||
        !released_rules_new(universe->arena, released, &rules, err) ||
        !released_rules_apply(rules, released, err))
        return false;
    released_rates_use(reader);
    return released_bands(reader, err) &&
           universe_close(universe, released_hidden, released, err) &&
           universe_cross(universe, released_hidden, released, err) &&
           released_rules_apply(rules, released, err) &&
           check_sums(released, err) && released_atoms_find(released, err);
}

/* --- releases ------------------------------------------------------------- */

static bool is_clean(struct released_reader *reader, struct err *err)
{
    return faults_check(&reader->faults, "release.rows",
                        "the release cannot be audited", err);
}

static bool read_head(struct released_reader *reader, struct err *err)
{
    struct released_source *source = reader->source;
    const struct json *root = NULL;
    if (!read_manifest(reader, &root, err) ||
        !released_policy(reader, root, err) ||
        !released_vintage(reader, root, err))
        return false;
    source->files = json_get(root, "files");
    source->tables = json_get(root, "tables");
    return read_lists(reader, err) && is_clean(reader, err);
}

static bool read_body(struct released_reader *reader, struct err *err)
{
    return read_tables(reader, err) && is_clean(reader, err);
}

typedef bool read_part(struct released_reader *reader, struct err *err);

/* Reads a part of each release in turn. */
static bool read_each(struct released_reader *reader, read_part *read,
                      struct err *err)
{
    for (size_t s = 0; s < reader->released->releases; s++) {
        reader->source = &reader->sources[s];
        if (!read(reader, err))
            return err_wrap(err, "release '%s'",
                            fs_name(reader->source->directory));
    }
    reader->source = reader->sources;
    return true;
}

static bool read_all(struct released_reader *reader, struct err *err)
{
    struct released *released = reader->released;
    if (!read_each(reader, read_head, err))
        return false;
    released->policy = reader->sources->policy;
    if (!released_join(reader, err))
        return false;
    return read_each(reader, read_body, err) &&
           (close_universe(reader, err) ||
            err_wrap(err, "release '%s'", fs_name(reader->source->directory)));
}

bool released_read(struct arena *closed, const struct released_input *input,
                   struct released **out, struct err *err)
{
    size_t count = input->earlier_count;
    struct arena *scratch = arena_new();
    struct released *released = arena_alloc(closed, sizeof *released);
    struct released_reader reader = {
        .closed = closed,
        .scratch = scratch,
        .released = released,
        .sources = arena_array(closed, count + 1, sizeof *reader.sources),
        .faults = faults_new(scratch),
        .standards = input->standards,
        .standard_count = input->standard_count,
        .rows = map_new(scratch),
    };
    released->releases = count + 1;
    reader.sources[0].directory = input->directory;
    for (size_t e = 0; e < count; e++)
        reader.sources[e + 1].directory = input->earlier[e];
    released->universe =
        universe_new(closed, &released->codes, &released->policy);
    released->universe->outside = true;
    bool ok = read_all(&reader, err);
    arena_free(scratch);
    *out = released;
    return ok;
}
