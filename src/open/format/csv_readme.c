/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/csv_readme.h"

#include "base/fs.h"
#include "format/csv_licence.h"
#include "format/csv_package.h"
#include "format/csv_schema.h"
#include "model/locale.h"

/* The text being written. */
struct readme {
    const struct document *document;
    const struct project *project;
    struct text *out;
    enum lang lang; /* of the part being written */
};

const char *csv_about(struct arena *arena, const struct document *document,
                      enum lang lang)
{
    if (lang == document->lang && document->description[0] != '\0')
        return document->description;
    return locale_fill(arena, lang, "package.about", "title",
                       document->edition->project->title[lang], "sets",
                       locale_count(arena, lang, "package.sets",
                                    (int64_t)document->dataset_count),
                       NULL);
}

/* The words of the part's language, else those of the other. */
static const char *said(const struct readme *readme,
                        const char *const words[LANG_COUNT])
{
    enum lang other = readme->lang == LANG_FR ? LANG_EN : LANG_FR;
    return words[readme->lang][0] != '\0' ? words[readme->lang] : words[other];
}

static void add_line(const struct readme *readme, const char *before,
                     const char *words)
{
    text_format(readme->out, "%s%s\n", before, words);
}

static void add_heading(const struct readme *readme, const char *key)
{
    text_format(readme->out, "\n### %s\n\n", locale_text(readme->lang, key));
}

/* "- `NAME`: WORDS" */
static void add_item(const struct readme *readme, const char *name,
                     const char *words)
{
    text_format(readme->out, "- `%s`%s: %s\n", name,
                readme->lang == LANG_FR ? "\u00a0" : "", words);
}

static void add_files(const struct readme *readme)
{
    static const struct {
        const char *name, *key;
    } others[] = {
        {"*.schema.json", "readme.schemas"},
        {"tableur/", "readme.sheets"},
        {"codes/", "readme.codes"},
        {CSV_PACKAGE ", " CSV_CATALOG, "readme.portals"},
    };
    const struct document *document = readme->document;
    struct arena *arena = readme->out->arena;
    add_heading(readme, "readme.files");
    for (size_t t = 0; t < document->dataset_count; t++) {
        const struct pub_table *table = document->datasets[t];
        add_item(readme,
                 arena_format(arena, "%s.csv", csv_file_stem(arena, table)),
                 pub_title(table, readme->lang));
    }
    for (size_t o = 0; o < COUNT_OF(others); o++)
        add_item(readme, others[o].name,
                 locale_text(readme->lang, others[o].key));
}

static void add_signs(const struct readme *readme)
{
    static const enum flag flags[] = {FLAG_PROVISIONAL, FLAG_ESTIMATED,
                                      FLAG_PROJECTED,   FLAG_REVISED,
                                      FLAG_BREAK,       FLAG_CAUTION};
    struct arena *arena = readme->out->arena;
    add_heading(readme, "readme.signs");
    add_line(readme, "", locale_text(readme->lang, "readme.status"));
    text_add(readme->out, "\n");
    for (enum availability a = AVAILABLE; a < AVAILABILITY_COUNT; a++)
        add_item(readme, arena_format(arena, "%c", availability_letter(a)),
                 availability_words(readme->lang, a));
    text_add(readme->out, "\n");
    add_line(readme, "", locale_text(readme->lang, "readme.flags"));
    text_add(readme->out, "\n");
    for (size_t f = 0; f < COUNT_OF(flags); f++)
        add_item(readme, flag_letters(arena, flags[f]),
                 flag_words(arena, readme->lang, flags[f]));
}

/* "Registre national des cancers, Les cancers en France, version ID,
 * 4 février 2026." */
static void add_citation(const struct readme *readme)
{
    const struct project *project = readme->project;
    struct arena *arena = readme->out->arena;
    add_heading(readme, "readme.cite");
    add_line(readme, "",
             locale_fill(
                 arena, readme->lang, "readme.citation", "publisher",
                 said(readme, project->publisher), "title",
                 said(readme, project->title), "version", project->id, "date",
                 date_format(arena, readme->lang, project->date), NULL));
}

/* A heading and the project's words; nothing where it has none. */
static void add_said(const struct readme *readme, const char *key,
                     const char *const words[LANG_COUNT])
{
    if (said(readme, words)[0] == '\0')
        return;
    add_heading(readme, key);
    add_line(readme, "", said(readme, words));
}

/* The licence's words, where its text is and whom to name. */
static void add_licence(const struct readme *readme)
{
    const struct project *project = readme->project;
    struct arena *arena = readme->out->arena;
    const char *address = csv_licence(arena, project, readme->lang).path;
    add_said(readme, "readme.licence", project->licence);
    if (address[0] != '\0')
        text_format(readme->out, "\n%s\n",
                    locale_fill(arena, readme->lang, "readme.terms", "address",
                                address, NULL));
    add_citation(readme);
}

static void add_changes(const struct readme *readme)
{
    const struct project *project = readme->project;
    struct arena *arena = readme->out->arena;
    const char *words = frequency_words(readme->lang, project->frequency);
    add_heading(readme, "readme.changes");
    add_line(readme, "",
             locale_fill(arena, readme->lang, "readme.version", "version",
                         project->id, "date",
                         date_format(arena, readme->lang, project->date),
                         NULL));
    if (project->previous[0] != '\0')
        text_format(readme->out, "\n%s\n",
                    locale_fill(arena, readme->lang, "readme.previous",
                                "version", project->previous, NULL));
    if (said(readme, project->changes)[0] != '\0')
        text_format(readme->out, "\n%s\n", said(readme, project->changes));
    text_add(readme->out, "\n");
    add_line(readme, "", locale_text(readme->lang, "readme.stable"));
    if (words[0] != '\0')
        text_format(readme->out, "\n%s.\n", words);
}

static void add_all(const struct readme *readme)
{
    const enum lang lang = readme->lang;
    text_add(readme->out, "\n");
    add_line(readme, "", csv_about(readme->out->arena, readme->document, lang));
    add_files(readme);
    add_heading(readme, "readme.reading");
    add_line(readme, "- ", locale_text(lang, "readme.rows"));
    add_line(readme, "- ", locale_text(lang, "readme.form"));
    add_line(readme, "- ", locale_text(lang, "readme.keys"));
    const char *vintage =
        csv_vintage_words(readme->out->arena, readme->document->edition, lang);
    if (vintage[0] != '\0')
        add_line(readme, "- ", vintage);
    add_signs(readme);
    add_licence(readme);
    add_said(readme, "readme.contact", readme->project->contact);
    add_changes(readme);
}

/* A file of two parts, one a language. */
static bool write_file(const struct format_job *job, const char *name,
                       void (*add)(const struct readme *), struct err *err)
{
    struct arena *scratch = arena_new();
    struct text out = text_new(scratch);
    struct readme readme = {.document = job->document,
                            .project = job->document->edition->project,
                            .out = &out,
                            .lang = LANG_FR};
    text_format(&out, "# %s / %s\n", locale_text(LANG_FR, "index.data"),
                locale_text(LANG_EN, "index.data"));
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        readme.lang = l;
        text_format(&out, "\n## %s\n", said(&readme, readme.project->title));
        add(&readme);
    }
    bool ok = fs_write(arena_format(scratch, "%s/%s/%s", job->root,
                                    job->document->directory, name),
                       out.at, out.size, err);
    arena_free(scratch);
    return ok;
}

bool csv_readme(const struct format_job *job, struct err *err)
{
    const struct project *project = job->document->edition->project;
    const bool licensed = project_tells(project->licence);
    return write_file(job, CSV_README, add_all, err) &&
           (!licensed || write_file(job, CSV_LICENCE, add_licence, err)) &&
           write_file(job, CSV_CHANGES, add_changes, err);
}
