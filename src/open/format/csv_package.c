/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/csv_package.h"

#include <limits.h>
#include <string.h>

#include "base/fs.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "format/csv_codes.h"
#include "format/csv_licence.h"
#include "format/csv_readme.h"
#include "format/csv_schema.h"
#include "format/csv_sheet.h"
#include "model/locale.h"
#include "model/place.h"

#define AUTHORITY "http://publications.europa.eu/resource/authority/"
#define MEDIA_TYPE "https://www.iana.org/assignments/media-types/text/csv"

/* Descriptions being written. */
struct package {
    const struct format_job *job;
    const struct document *document;
    const struct project *project;
    enum lang lang;
    struct text *out;
};

/* How the fields of a file are told apart. */
enum dialect {
    COMMAS,
    SHEET, /* semicolons, and commas in the numbers */
};

/* A file that is described. */
struct part {
    const char *path;   /* below the directory of the data */
    const char *stem;   /* without ".csv" */
    const char *schema; /* path of its own */
    enum dialect dialect;
    char hex[HASH_HEX_SIZE];
    int64_t bytes;
};

static bool describe(const struct package *package, const char *stem,
                     enum dialect dialect, struct part *part, struct err *err)
{
    struct arena *arena = package->out->arena;
    part->stem = stem;
    part->path = arena_format(arena, "%s.csv", stem);
    part->dialect = dialect;
    part->schema = dialect == SHEET
                       ? CSV_SHEETS "/" CSV_SHEETS ".schema.json"
                       : arena_format(arena, "%s.schema.json", stem);
    const char *path = arena_format(arena, "%s/%s/%s", package->job->root,
                                    package->document->directory, part->path);
    return hash_file(path, part->hex, err) && fs_size(path, &part->bytes, err);
}

static struct csv_licence licence_of(const struct package *package)
{
    return csv_licence(package->out->arena, package->project, package->lang);
}

static const char *email_of(const struct package *package)
{
    const char *contact = package->project->contact[package->lang];
    return strchr(contact, '@') != NULL && strchr(contact, ' ') == NULL
               ? contact
               : "";
}

/* What the data are known by from one release to the next: without a series
 * each release stands alone. */
static const char *series_of(const struct package *package)
{
    const struct project *project = package->project;
    return project->series[0] != '\0' ? project->series : project->id;
}

/* --- the data package ----------------------------------------------------- */

static void add_licences(const struct package *package)
{
    const struct csv_licence licence = licence_of(package);
    struct text *out = package->out;
    if (package->project->licence[package->lang][0] == '\0')
        return;
    text_add(out, "  \"licenses\": [{");
    text_add_json_member(out, "name", licence.name);
    text_add(out, ", ");
    csv_add_said(out, "title", package->project->licence, package->lang);
    if (licence.path[0] != '\0') {
        text_add(out, ", ");
        text_add_json_member(out, "path", licence.path);
    }
    text_add(out, "}],\n");
}

static void add_head(const struct package *package)
{
    struct text *out = package->out;
    const struct project *project = package->project;
    const char *const said[LANG_COUNT] = {
        [LANG_FR] = csv_about(package->out->arena, package->document, LANG_FR),
        [LANG_EN] = csv_about(package->out->arena, package->document, LANG_EN)};
    text_add(out, "{\n  \"$schema\": \"https://specs.frictionlessdata.io/"
                  "schemas/data-package.json\",\n  \"profile\": "
                  "\"tabular-data-package\",\n  ");
    text_add_json_member(out, "name", series_of(package));
    text_add(out, ",\n  ");
    csv_add_said(out, "title", project->title, package->lang);
    text_add(out, ",\n  ");
    csv_add_said(out, "description", said, package->lang);
    text_add(out, ",\n  ");
    text_add_json_member(out, "version", project->id);
    text_add(out, ",\n  ");
    text_add_json_member(
        out, "created",
        arena_format(out->arena, "%sT00:00:00Z", project->date));
    text_add(out, ",\n  ");
    text_add_json_member(out, "snapshot", package->document->edition->snapshot);
    text_add(out, ",\n");
    csv_add_vintage(out, package->document->edition);
    if (project->previous[0] != '\0') {
        text_add(out, "  ");
        text_add_json_member(out, "previous", project->previous);
        text_add(out, ",\n");
    }
    add_licences(package);
    if (project->frequency != FREQUENCY_UNSAID) {
        text_add(out, "  ");
        text_add_json_member(out, "frequency",
                             frequency_name(project->frequency));
        text_add(out, ",\n");
    }
    text_add(out, "  \"contributors\": [{");
    csv_add_said(out, "title", project->publisher, package->lang);
    text_add(out, ", \"role\": \"publisher\"");
    if (email_of(package)[0] != '\0') {
        text_add(out, ", ");
        text_add_json_member(out, "email", email_of(package));
    }
    text_add(out, "}],\n  \"resources\": [\n");
}

/* A resource up to what only its kind has. */
static void add_resource(const struct package *package, const struct part *part,
                         const char *const title[LANG_COUNT],
                         const char *const description[LANG_COUNT])
{
    struct text *out = package->out;
    text_add(out, "    {");
    text_add_json_member(out, "name", utf8_slug(out->arena, part->stem));
    text_add(out, ", ");
    text_add_json_member(out, "path", part->path);
    text_add(out, ", ");
    csv_add_said(out, "title", title, package->lang);
    text_add(out, ", ");
    csv_add_said(out, "description", description, package->lang);
    text_format(out,
                ", \"profile\": \"tabular-data-resource\", \"format\": "
                "\"csv\", \"mediatype\": \"text/csv\", \"encoding\": "
                "\"utf-8\", \"dialect\": {\"delimiter\": \"%c\", "
                "\"lineTerminator\": \"\\r\\n\", \"quoteChar\": \"\\\"\", "
                "\"doubleQuote\": true, \"header\": true}, \"bytes\": %lld, "
                "\"hash\": \"sha256:%s\", \"schema\": \"%s\"}",
                part->dialect == SHEET ? ';' : ',', (long long)part->bytes,
                part->hex, part->schema);
}

/* The file of a data set, or its sheet. */
static bool describe_set(const struct package *package,
                         const struct pub_table *table, enum dialect dialect,
                         struct part *part, struct err *err)
{
    struct arena *arena = package->out->arena;
    const char *stem = csv_file_stem(arena, table);
    if (dialect == SHEET)
        stem = arena_format(arena, CSV_SHEETS "/%s", stem);
    return describe(package, stem, dialect, part, err);
}

static bool add_sets(const struct package *package, enum dialect dialect,
                     struct err *err)
{
    const struct document *document = package->document;
    for (size_t t = 0; t < document->dataset_count; t++) {
        const struct pub_table *table = document->datasets[t];
        const struct csv_words words =
            csv_words(package->out->arena, table, document->edition);
        struct part part;
        if (!describe_set(package, table, dialect, &part, err))
            return false;
        text_add(package->out, t == 0 && dialect == COMMAS ? "" : ",\n");
        add_resource(package, &part, words.title, words.description);
    }
    return true;
}

static bool add_lists(const struct package *package, struct err *err)
{
    struct arena *arena = package->out->arena;
    const struct csv_list *list;
    for (size_t l = 0; (list = csv_list_at(l)) != NULL; l++) {
        const char *stem = arena_format(arena, "codes/%s", list->name);
        struct part part;
        if (!fs_exists(arena_format(arena, "%s/%s/%s.csv", package->job->root,
                                    package->document->directory, stem)))
            continue;
        if (!describe(package, stem, COMMAS, &part, err))
            return false;
        text_add(package->out, ",\n");
        add_resource(package, &part, list->title, list->description);
    }
    return true;
}

/* --- the catalogue -------------------------------------------------------- */

/* "dct:title": one value a language. */
static void add_literals(struct text *out, const char *key,
                         const char *const words[LANG_COUNT])
{
    const char *before = "[";
    text_add_json(out, key);
    text_add(out, ": ");
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        if (words[l][0] == '\0')
            continue;
        text_format(out, "%s{\"@language\": \"%s\", ", before, lang_code(l));
        text_add_json_member(out, "@value", words[l]);
        text_add(out, "}");
        before = ", ";
    }
    text_add(out, before[0] == '[' ? "[]" : "]");
}

static void add_iri(struct text *out, const char *key, const char *iri)
{
    text_add_json(out, key);
    text_add(out, ": {");
    text_add_json_member(out, "@id", iri);
    text_add(out, "}");
}

static void add_typed(struct text *out, const char *key, const char *type,
                      const char *value)
{
    text_add_json(out, key);
    text_add(out, ": {");
    text_add_json_member(out, "@type", type);
    text_add(out, ", ");
    text_add_json_member(out, "@value", value);
    text_add(out, "}");
}

static void add_licence_iri(const struct package *package, const char *before)
{
    const struct csv_licence licence = licence_of(package);
    if (licence.path[0] == '\0')
        return;
    text_add(package->out, before);
    add_iri(package->out, "dct:license", licence.path);
}

/* That of the names of codes in the rows: they are in one language. */
static void add_language(const struct package *package)
{
    static const char *const codes[LANG_COUNT] = {
        [LANG_FR] = "FRA", [LANG_EN] = "ENG"};
    add_iri(package->out, "dct:language",
            arena_format(package->out->arena, AUTHORITY "language/%s",
                         codes[package->lang]));
}

/* What is new in this version. A data set is the same from one release to the
 * next (DCAT 3, section 11): it is no member of a series of others. */
static void add_notes(const struct package *package)
{
    if (!project_tells(package->project->changes))
        return;
    text_add(package->out, ",\n  ");
    add_literals(package->out, "adms:versionNotes", package->project->changes);
}

/* The catalogue of the release before, which stands beside this one: a data
 * set may be new, the catalogue is in both. */
static void add_previous(const struct package *package)
{
    struct text *out = package->out;
    struct text address = text_new(out->arena);
    const char *directory = package->document->directory;
    if (package->project->previous[0] == '\0')
        return;
    text_add(&address, "../../");
    for (const char *at = directory; *at != '\0'; at++)
        text_add(&address, *at == '/' ? "../" : "");
    text_format(&address, "%s/%s/" CSV_CATALOG "#catalog",
                package->project->previous, directory);
    text_add(out, ",\n  ");
    add_iri(out, "dcat:previousVersion", address.at);
}

static void add_catalog_head(const struct package *package)
{
    struct text *out = package->out;
    const struct project *project = package->project;
    const char *const said[LANG_COUNT] = {
        [LANG_FR] = csv_about(package->out->arena, package->document, LANG_FR),
        [LANG_EN] = csv_about(package->out->arena, package->document, LANG_EN)};
    text_add(out,
             "{\n  \"@context\": {\"adms\": \"http://www.w3.org/ns/adms#\", "
             "\"dcat\": \"http://www.w3.org/ns/dcat#\", "
             "\"dct\": \"http://purl.org/dc/terms/\", \"foaf\": "
             "\"http://xmlns.com/foaf/0.1/\", \"vcard\": "
             "\"http://www.w3.org/2006/vcard/ns#\", \"spdx\": "
             "\"http://spdx.org/rdf/terms#\", \"xsd\": "
             "\"http://www.w3.org/2001/XMLSchema#\"},\n  \"@id\": \"#"
             "catalog\",\n  \"@type\": \"dcat:Catalog\",\n  ");
    add_literals(out, "dct:title", project->title);
    text_add(out, ",\n  ");
    add_literals(out, "dct:description", said);
    text_add(out, ",\n  ");
    text_add_json_member(out, "dct:identifier", series_of(package));
    text_add(out, ",\n  ");
    text_add_json_member(out, "dcat:version", project->id);
    add_previous(package);
    add_notes(package);
    text_add(out, ",\n  ");
    add_language(package);
    text_add(out, ",\n  ");
    add_typed(out, "dct:issued", "xsd:date", project->date);
    text_add(out, ",\n  \"dct:publisher\": {\"@id\": \"#publisher\", "
                  "\"@type\": \"foaf:Agent\", ");
    add_literals(out, "foaf:name", project->publisher);
    text_add(out, "}");
    add_licence_iri(package, ",\n  ");
    text_add(out, ",\n  \"dcat:dataset\": [\n");
}

/* How often the data come anew, after `before`. */
static void add_frequency(const struct package *package, const char *before)
{
    const char *code = frequency_code(package->project->frequency);
    if (code[0] == '\0')
        return;
    text_add(package->out, before);
    add_iri(package->out, "dct:accrualPeriodicity",
            arena_format(package->out->arena, AUTHORITY "frequency/%s", code));
}

/* The years of the periods of a table. */
static void add_years(struct text *out, const struct pub_table *table)
{
    int first = INT_MAX, last = INT_MIN;
    for (size_t p = 0; p < pub_axis_count(table, DIM_PERIOD); p++) {
        const struct node *period = pub_axis_node(table, DIM_PERIOD, p);
        first = period->low < first ? period->low : first;
        last = period->high > last ? period->high : last;
    }
    if (first > last)
        return;
    text_add(out, ", \"dct:temporal\": {\"@type\": \"dct:PeriodOfTime\", ");
    add_typed(out, "dcat:startDate", "xsd:gYear",
              arena_format(out->arena, "%d", first));
    text_add(out, ", ");
    add_typed(out, "dcat:endDate", "xsd:gYear",
              arena_format(out->arena, "%d", last));
    text_add(out, "}");
}

static void add_contact(const struct package *package)
{
    struct text *out = package->out;
    if (email_of(package)[0] == '\0')
        return;
    text_add(out, ", \"dcat:contactPoint\": {\"@type\": "
                  "\"vcard:Organization\", ");
    add_literals(out, "vcard:fn", package->project->publisher);
    text_add(out, ", ");
    add_iri(out, "vcard:hasEmail",
            arena_format(out->arena, "mailto:%s", email_of(package)));
    text_add(out, "}");
}

static void add_distribution(const struct package *package,
                             const struct part *part)
{
    static const char *const titles[][LANG_COUNT] = {
        [COMMAS] = {"CSV", "CSV"},
        [SHEET] = {"CSV pour un tableur français (points-virgules, virgules "
                   "décimales, BOM)",
                   "CSV for a French spreadsheet (semicolons, decimal commas, "
                   "BOM)"},
    };
    struct text *out = package->out;
    text_add(out, "{\"@type\": \"dcat:Distribution\", ");
    add_literals(out, "dct:title", titles[part->dialect]);
    text_add(out, ", ");
    add_iri(out, "dcat:accessURL", part->path);
    text_add(out, ", ");
    add_iri(out, "dcat:downloadURL", part->path);
    text_add(out, ", ");
    add_iri(out, "dcat:mediaType", MEDIA_TYPE);
    text_add(out, ", ");
    add_iri(out, "dct:format", AUTHORITY "file-type/CSV");
    text_add(out, ", ");
    add_iri(out, "dct:conformsTo", part->schema);
    add_licence_iri(package, ", ");
    text_add(out, ", ");
    add_typed(out, "dcat:byteSize", "xsd:nonNegativeInteger",
              arena_format(out->arena, "%lld", (long long)part->bytes));
    text_add(out, ", \"spdx:checksum\": {\"@type\": \"spdx:Checksum\", ");
    add_iri(out, "spdx:algorithm", "spdx:checksumAlgorithm_sha256");
    text_add(out, ", ");
    text_add_json_member(out, "spdx:checksumValue", part->hex);
    text_add(out, "}}");
}

static bool add_distributions(const struct package *package,
                              const struct pub_table *table, struct err *err)
{
    static const enum dialect dialects[] = {COMMAS, SHEET};
    struct part part;
    text_add(package->out, ",\n     \"dcat:distribution\": [");
    for (size_t d = 0; d < COUNT_OF(dialects); d++) {
        if (!describe_set(package, table, dialects[d], &part, err))
            return false;
        text_add(package->out, d == 0 ? "" : ",\n      ");
        add_distribution(package, &part);
    }
    text_add(package->out, "]");
    return true;
}

/* --- what a search for the data set may ask for -------------------------- */

struct keywords {
    const struct package *package;
    const char **words;
    size_t count, capacity;
};

static void add_keyword(struct keywords *keywords, const char *word)
{
    struct arena *arena = keywords->package->out->arena;
    const char *small = utf8_uncapital(arena, word);
    for (size_t w = 0; w < keywords->count; w++) {
        if (text_same(keywords->words[w], small))
            return;
    }
    keywords->words = arena_grow(arena, keywords->words, keywords->count,
                                 &keywords->capacity, sizeof *keywords->words);
    keywords->words[keywords->count++] = small;
}

/* What is counted, by what, and for which levels of territories. */
static void find_keywords(struct keywords *keywords,
                          const struct pub_table *table, enum lang lang)
{
    const struct codes *codes = keywords->package->document->edition->codes;
    struct arena *arena = keywords->package->out->arena;
    add_keyword(keywords, locale_text(lang, "keyword.cancer"));
    add_keyword(keywords, locale_text(lang, "keyword.health"));
    add_keyword(keywords, pub_measure(table)->label[lang]);
    for (enum dim dim = 0; dim < DIM_COUNT; dim++) {
        bool told = dim != DIM_TERRITORY && dim != DIM_STRATUM &&
                    pub_axis_count(table, dim) > 1;
        if (told)
            add_keyword(keywords,
                        locale_text(lang, arena_format(arena, "dim.%s",
                                                       dim_name(dim))));
    }
    for (size_t n = 0; n < pub_axis_count(table, DIM_TERRITORY); n++)
        add_keyword(keywords,
                    place_level(codes, lang,
                                pub_axis_node(table, DIM_TERRITORY, n)->level));
}

static void add_keywords(const struct package *package,
                         const struct pub_table *table)
{
    struct text *out = package->out;
    const char *before = "";
    text_add(out, "\"dcat:keyword\": [");
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct keywords keywords = {.package = package};
        find_keywords(&keywords, table, l);
        for (size_t w = 0; w < keywords.count; w++) {
            if (keywords.words[w][0] == '\0')
                continue;
            text_format(out, "%s{\"@language\": \"%s\", ", before,
                        lang_code(l));
            text_add_json_member(out, "@value", keywords.words[w]);
            text_add(out, "}");
            before = ", ";
        }
    }
    text_add(out, "]");
}

static bool add_dataset(const struct package *package,
                        const struct pub_table *table, struct err *err)
{
    struct text *out = package->out;
    const struct edition *edition = package->document->edition;
    const struct csv_words words = csv_words(out->arena, table, edition);
    text_add(out, "    {");
    text_add_json_member(
        out, "@id",
        arena_format(out->arena, "#%s", csv_file_stem(out->arena, table)));
    text_add(out, ", \"@type\": \"dcat:Dataset\", ");
    text_add_json_member(
        out, "dct:identifier",
        arena_format(out->arena, "%s/%s", series_of(package), pub_id(table)));
    text_add(out, ", ");
    text_add_json_member(out, "dcat:version", package->project->id);
    add_notes(package);
    text_add(out, ",\n     ");
    add_literals(out, "dct:title", words.title);
    text_add(out, ",\n     ");
    add_literals(out, "dct:description", words.description);
    text_add(out, ",\n     ");
    add_literals(out, "dct:source", words.source);
    text_add(out, ",\n     ");
    add_keywords(package, table);
    text_add(out, ",\n     ");
    add_typed(out, "dct:issued", "xsd:date", package->project->date);
    text_add(out, ", ");
    add_iri(out, "dct:publisher", "#publisher");
    text_add(out, ", ");
    add_language(package);
    text_add(out, ", ");
    add_iri(out, "dcat:theme", AUTHORITY "data-theme/HEAL");
    if (code_find(&edition->codes->dims[DIM_TERRITORY], "country", "FR") >= 0) {
        text_add(out, ", ");
        add_iri(out, "dct:spatial", AUTHORITY "country/FRA");
    }
    add_years(out, table);
    add_frequency(package, ", ");
    add_contact(package);
    if (!add_distributions(package, table, err))
        return false;
    text_add(out, "}");
    return true;
}

static bool add_catalog(const struct package *package, struct err *err)
{
    const struct document *document = package->document;
    add_catalog_head(package);
    for (size_t t = 0; t < document->dataset_count; t++) {
        text_add(package->out, t == 0 ? "" : ",\n");
        if (!add_dataset(package, document->datasets[t], err))
            return false;
    }
    text_add(package->out, "\n  ]\n}\n");
    return true;
}

/* --- files ---------------------------------------------------------------- */

static bool write_file(const struct package *package, const char *name,
                       struct err *err)
{
    const struct text *out = package->out;
    return fs_write(arena_format(out->arena, "%s/%s/%s", package->job->root,
                                 package->document->directory, name),
                    out->at, out->size, err);
}

bool csv_package(const struct format_job *job, struct err *err)
{
    struct arena *scratch = arena_new();
    struct text out = text_new(scratch);
    const struct package package = {
        .job = job,
        .document = job->document,
        .project = job->document->edition->project,
        .lang = job->document->lang,
        .out = &out,
    };
    add_head(&package);
    bool ok = add_sets(&package, COMMAS, err) &&
              add_sets(&package, SHEET, err) && add_lists(&package, err);
    text_add(&out, "\n  ]\n}\n");
    ok = ok && write_file(&package, CSV_PACKAGE, err);
    text_clear(&out);
    ok = ok && add_catalog(&package, err) &&
         write_file(&package, CSV_CATALOG, err);
    arena_free(scratch);
    return ok;
}
