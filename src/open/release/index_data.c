/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/fs.h"
#include "format/csv_package.h"
#include "format/csv_schema.h"
#include "format/csv_sheet.h"
#include "model/locale.h"
#include "release/release_impl.h"

#define DATA_ENDING ".csv"
#define SCHEMA_ENDING ".schema.json"

struct section {
    const struct edition *edition;
    const char *directory;
    enum lang lang;
    struct text *sets, *lists; /* items */
    struct text *packages;     /* links to what portals read */
};

/* The table of a data set by the name of its file, NULL when it is none. */
static const struct pub_table *find_table(const struct edition *edition,
                                          struct arena *scratch,
                                          const char *stem)
{
    for (size_t t = 0; t < edition->table_count; t++) {
        if (text_same(csv_file_stem(scratch, edition->tables[t]), stem))
            return edition->tables[t];
    }
    return NULL;
}

void release_index_link(struct text *out, const char *path, const char *title,
                        const char *words)
{
    text_add(out, " <a href=\"");
    text_add_xml(out, path);
    text_add(out, "\" aria-label=\"");
    text_add_xml(out, title);
    text_add(out, ", ");
    text_add_xml(out, words);
    text_add(out, "\">");
    text_add_xml(out, words);
    text_add(out, "</a>");
}

static void add_set(const struct section *section, const char *path,
                    const char *stem, const struct pub_table *table)
{
    struct text *out = section->sets;
    const char *own = pub_title(table, section->lang);
    const char *title = own[0] == '\0'
                            ? stem
                            : locale_typography(out->arena, section->lang, own);
    const char *schema =
        arena_format(out->arena, "%.*s" SCHEMA_ENDING,
                     (int)(strlen(path) - strlen(DATA_ENDING)), path);
    text_add(out, "<li><span>");
    text_add_xml(out, title);
    text_add(out, "</span>");
    release_index_link(out, path, title, "csv");
    const char *sheet = fs_join(out->arena, fs_directory(out->arena, path),
                                csv_sheet_path(out->arena, table));
    if (fs_exists(fs_join(out->arena, section->directory, sheet)))
        release_index_link(out, sheet, title,
                           locale_text(section->lang, "index.sheet"));
    if (fs_exists(fs_join(out->arena, section->directory, schema)))
        release_index_link(out, schema, title,
                           locale_text(section->lang, "index.schema"));
    text_add(out, "</li>\n");
}

static void add_file(const struct section *section, const char *path)
{
    struct arena *scratch = section->sets->arena;
    const char *name = fs_name(path);
    const char *stem = arena_format(
        scratch, "%.*s", (int)(strlen(name) - strlen(DATA_ENDING)), name);
    const struct pub_table *table = find_table(section->edition, scratch, stem);
    if (text_ends(fs_directory(scratch, path), "/" CSV_SHEETS "/"))
        return; /* told beside the file of the same rows */
    if (table != NULL) {
        add_set(section, path, stem, table);
        return;
    }
    text_add(section->lists, "<li><a href=\"");
    text_add_xml(section->lists, path);
    text_add(section->lists, "\">");
    text_add_xml(section->lists, stem);
    text_add(section->lists, "</a></li>\n");
}

/* What describes the whole to portals. */
static void add_package(const struct section *section, const char *path)
{
    static const struct {
        const char *file, *words;
    } packages[] = {{CSV_PACKAGE, "data package"}, {CSV_CATALOG, "dcat"}};
    for (size_t p = 0; p < COUNT_OF(packages); p++) {
        if (text_same(fs_name(path), packages[p].file))
            release_index_link(section->packages, path,
                               locale_text(section->lang, "index.packages"),
                               packages[p].words);
    }
}

bool release_index_data(struct text *out, const struct edition *edition,
                        const char *directory, enum lang lang, struct err *err)
{
    char **names = NULL;
    size_t count = 0;
    struct text sets = text_new(out->arena), lists = text_new(out->arena);
    struct text packages = text_new(out->arena);
    const struct section section = {edition, directory, lang,
                                    &sets,   &lists,    &packages};
    if (!fs_list(out->arena, directory, &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (text_ends(names[i], DATA_ENDING))
            add_file(&section, names[i]);
        else
            add_package(&section, names[i]);
    }
    if (sets.size + lists.size == 0)
        return true;
    text_format(out, "<h2>%s</h2>\n", locale_text(lang, "index.data"));
    if (packages.size > 0)
        text_format(out, "<p><span>%s</span>%s</p>\n",
                    locale_text(lang, "index.packages"), packages.at);
    text_format(out, "<ul>\n%s", sets.at);
    if (lists.size > 0)
        text_format(out,
                    "<li><details><summary>%s</summary>\n<ul>\n%s</ul>"
                    "</details></li>\n",
                    locale_text(lang, "index.codes"), lists.at);
    text_add(out, "</ul>\n");
    return true;
}
