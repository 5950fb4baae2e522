/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "app/build.h"
#include "base/csv.h"
#include "base/fs.h"
#include "base/num.h"

/* Before the checksums: they tell a changed file, this tells the number. */
static bool reread(const struct invocation *call, const char *edition,
                   struct err *err)
{
    struct project *project = NULL;
    struct build_rendering rendering = {0};
    if (!build_edition_project(call, edition, &project, err))
        return false;
    size_t compared = 0;
    bool ok = build_rendering(call, project, edition, &rendering, err);
    if (ok) {
        struct release_job job = build_job(call, &rendering, "", "");
        ok = release_reread(&job, call->words[0], &compared, err);
    }
    fonts_close(rendering.fonts);
    if (ok)
        printf(
            "%zu document%s agree%s with the edition: %zu number%s and sign%s "
            "compared\n",
            rendering.count, text_s(rendering.count),
            rendering.count == 1 ? "s" : "", compared, text_s(compared),
            text_s(compared));
    return ok;
}

static bool run_verify(const struct invocation *call, struct err *err)
{
    size_t files = 0;
    const char *edition = option(call, "edition");
    if ((edition != NULL && !reread(call, edition, err)) ||
        !release_verify(call->words[0], &files, err))
        return false;
    printf("%zu file%s agree%s with manifest.json and SHA256SUMS\n", files,
           text_s(files), files == 1 ? "s" : "");
    return true;
}

const struct command command_verify = {
    .name = "verify",
    .summary = "checksums of a finished release",
    .usage = "verify RELEASE [--edition edition.db]",
    .details = "Every file is as manifest.json and SHA256SUMS say, none is "
               "missing, none is\nextra. Numbers were compared with the "
               "edition when the release was made; with\n--edition they are "
               "again: cells of tables, key figures and every value in a\n"
               "text, and the first that differs is named with its cell.",
    .example = "panorama verify output/rnc-2026 --edition "
               "output/.inside/rnc-2026.edition.db",
    .options = "edition=",
    .min_words = 1,
    .max_words = 1,
    .run = run_verify,
};

/* --- explain ---------------------------------------------------------- */

/* One text for every confidential cell: nothing tells why. */
static const char confidential_words[] =
    "Confidential: withheld under statistical secrecy.\n";

static void print_cell(const struct edition *edition,
                       const struct pub_table *table, size_t row, size_t column,
                       struct text *out)
{
    double value = 0.0;
    const struct pub_column *what = pub_column(table, column);
    const struct measure *measure = pub_measure(table);
    size_t place[DIM_COUNT];
    enum availability status = pub_read(table, row, column, &value);
    if (status == CONFIDENTIAL) {
        text_add(out, confidential_words);
        return;
    }
    pub_places(table, row, place);
    text_format(out, "table     %s\nmeasure   %s: %s\n", pub_id(table),
                measure->code, measure->label[LANG_EN]);
    for (size_t d = 0; d < DIM_COUNT; d++)
        text_format(
            out, "%-9s %s\n", dim_name((enum dim)d),
            pub_axis_node(table, (enum dim)d, place[d])->label[LANG_EN]);
    text_format(out, "column    %s (%s)\nstatus    %s\n", what->id, what->unit,
                availability_words(LANG_EN, status));
    if (status == AVAILABLE) {
        text_add(out, "value     ");
        num_print(out, value, pub_decimals(table, row, column));
        text_add(out, "\n");
    }
    text_format(out, "source    %s\nmethod    %s\nsnapshot  %s\n",
                measure->source, measure->method, edition->snapshot);
}

static bool explain_table(const struct edition *edition,
                          const struct pub_table *table, const char *id,
                          struct text *out)
{
    struct arena *scratch = arena_new();
    size_t columns = pub_columns(table);
    bool found = false;
    for (size_t i = 0; !found && i < pub_rows(table) * columns; i++) {
        size_t row = i / columns, column = i % columns;
        found = text_same(pub_cell_id(scratch, table, row, column), id);
        if (found)
            print_cell(edition, table, row, column, out);
    }
    arena_free(scratch);
    return found;
}

static bool explain_in(const struct edition *edition, const char *id,
                       struct text *out)
{
    for (size_t t = 0; t < edition->table_count; t++) {
        const struct pub_table *table = edition->tables[t];
        if (text_starts(id, pub_measure(table)->code) &&
            explain_table(edition, table, id, out))
            return true;
    }
    return false;
}

static bool run_explain(const struct invocation *call, struct err *err)
{
    const char *path = option(call, "edition");
    const struct edition *edition = NULL;
    if (path == NULL)
        return err_fail(err, ERR_USAGE, "usage.edition",
                        "explain needs --edition FILE");
    if (!edition_read(call->run, path, &edition, err))
        return false;
    struct text out = text_new(call->run);
    if (!explain_in(edition, call->words[0], &out))
        return err_fail(err, ERR_INPUT, "explain.cell",
                        "no cell '%s' in this edition", call->words[0]);
    fputs(out.at, stdout);
    return true;
}

const struct command command_explain = {
    .name = "explain",
    .summary = "from a printed number to its definition and source",
    .usage = "explain CELL-ID --edition edition.db",
    .details = "Prints measure, codes, column, source and method of a "
               "published cell. A\nconfidential cell gets one constant "
               "text.",
    .example = "panorama explain 'cases|country/FR|TOUS|T|T|2019-2023|T|"
               "count' --edition output/.inside/rnc-2026.edition.db",
    .options = "edition=",
    .min_words = 1,
    .max_words = 1,
    .run = run_explain,
};
