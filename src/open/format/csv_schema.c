/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/csv_schema.h"

#include <string.h>

#include "base/utf8.h"

const struct csv_column csv_fields[] = {
    {"release",
     "string",
     "",
     {"Identifiant de la publication", "Release identifier"}},
    {"measure", "string", "", {"Mesure", "Measure"}},
    {"indicator", "string", "", {"Indicateur", "Indicator"}},
    {"unit", "string", "", {"Unité", "Unit"}},
    {"standard",
     "string",
     "",
     {"Population de référence", "Standard population"}},
    {"territory_level",
     "string",
     "",
     {"Niveau du territoire", "Territory level"}},
    {"territory",
     "string",
     "",
     {"Code du territoire (avec son niveau)",
      "Territory code (with its level)"}},
    {"territory_label", "string", "", {"Nom du territoire", "Territory name"}},
    {"site",
     "string",
     "",
     {"Code de la localisation, vide si la mesure n’est pas comptée par "
      "localisation",
      "Site code, empty where the measure is not counted by site"}},
    {"site_label",
     "string",
     "",
     {"Localisation du cancer, vide avec son code",
      "Cancer site, empty with its code"}},
    {"icd10",
     "string",
     "",
     {"Codes CIM-10, vides avec le code de la localisation",
      "ICD-10 codes, empty with the site code"}},
    {"sex", "string", "", {"Sexe (T\u00a0: ensemble)", "Sex (T: both)"}},
    {"age",
     "string",
     "",
     {"Âge en années révolues (T\u00a0: tous âges)",
      "Age in completed years (T: all ages)"}},
    {"period", "string", "", {"Période", "Period"}},
    {"period_start", "year", "", {"Première année", "First year"}},
    {"period_end", "year", "", {"Dernière année", "Last year"}},
    {"stratum",
     "string",
     "",
     {"Strate (T\u00a0: aucune)", "Stratum (T: none)"}},
    {"value",
     "number",
     "",
     {"Valeur, vide si status n’est pas v", "Value, empty unless status is v"}},
    {"lower",
     "number",
     "",
     {"Borne basse de l’intervalle à 95 %", "Lower 95% limit"}},
    {"upper",
     "number",
     "",
     {"Borne haute de l’intervalle à 95 %", "Upper 95% limit"}},
    {"status",
     "string",
     "[vcuzxh]",
     {"Disponibilité\u00a0: v valeur, c secret statistique, u non fiable, z "
      "sans "
      "objet, x non disponible, h non couvert",
      "Availability: v value, c confidential, u unreliable, z not applicable, "
      "x not available, h not covered"}},
    {"flags",
     "string",
     "p?e?j?r?b?a?",
     {"Signes\u00a0: p provisoire, e estimé, j projeté, r révisé, b rupture, a "
      "à "
      "interpréter avec prudence",
      "Flags: p provisional, e estimated, j projected, r revised, b break, a "
      "caution"}},
    {"coverage",
     "number",
     "",
     {"Part de la population couverte par les sources, en %",
      "Share of the population covered by the sources, %"}},
    {"obs_status",
     "string",
     "[AEFPBUQMOL]",
     {"Statut SDMX de l’observation", "SDMX observation status"}},
    {"conf_status",
     "string",
     "[CF]",
     {"Statut SDMX de confidentialité", "SDMX confidentiality status"}},
};

const size_t csv_field_count = COUNT_OF(csv_fields);

/* What tells the rows of a data set apart: no field of a key may be empty. */
#define KEY_BEFORE                                                             \
    "\"measure\", \"indicator\", \"territory_level\", \"territory\", "
#define KEY_AFTER "\"sex\", \"age\", \"period\", \"stratum\""
static const char key_of_sites[] = KEY_BEFORE "\"site\", " KEY_AFTER;
static const char key_without[] = KEY_BEFORE KEY_AFTER;

bool csv_has_site(const struct pub_table *table)
{
    return (pub_measure(table)->dims & 1U << (unsigned)DIM_SITE) != 0 ||
           pub_axis_count(table, DIM_SITE) > 1 ||
           !text_same(pub_axis_node(table, DIM_SITE, 0)->level, "all");
}

void csv_add_said(struct text *out, const char *key,
                  const char *const words[LANG_COUNT], enum lang lang)
{
    text_add_json_member(out, key, words[lang]);
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        if (l == lang || words[l][0] == '\0')
            continue;
        text_add(out, ", ");
        text_add_json_member(
            out, arena_format(out->arena, "%s_%s", key, lang_code(l)),
            words[l]);
    }
}

bool csv_is_decimal(const struct csv_column *column)
{
    return text_same(column->type, "number");
}

/* How a file writes its decimals: "." is what every reader takes for granted.
 */
static void add_column(struct text *out, const struct csv_column *column,
                       const char *decimal, enum lang lang)
{
    text_add(out, "    {");
    text_add_json_member(out, "name", column->name);
    text_add(out, ", ");
    csv_add_said(out, "title", column->label, lang);
    text_add(out, ", ");
    text_add_json_member(out, "type", column->type);
    if (csv_is_decimal(column) && decimal[0] != '.') {
        text_add(out, ", ");
        text_add_json_member(out, "decimalChar", decimal);
    }
    if (column->pattern[0] != '\0') {
        text_add(out, ", \"constraints\": {");
        text_add_json_member(out, "pattern", column->pattern);
        text_add(out, "}");
    }
    text_add(out, "}");
}

/* Up to the primary key; "": files of one schema have several. */
static void add_columns(struct text *out, const struct csv_column *columns,
                        size_t count, const char *key, const char *decimal,
                        enum lang lang)
{
    text_add(out, "  \"missingValues\": [\"\"],\n  \"fields\": [\n");
    for (size_t c = 0; c < count; c++) {
        add_column(out, &columns[c], decimal, lang);
        text_add(out, c + 1 < count ? ",\n" : "\n");
    }
    text_add(out, "  ]");
    if (key[0] != '\0')
        text_format(out, ",\n  \"primaryKey\": [%s]", key);
}

/* Which columns are codes of which list of the data package: the code of a
 * territory says nothing without its level. */
static void add_references(struct text *out)
{
    static const struct {
        const char *fields, *list, *codes;
    } references[] = {
        {"[\"territory_level\", \"territory\"]", "territory",
         "[\"level\", \"code\"]"},
        {"\"site\"", "site", "\"code\""},
        {"\"sex\"", "sex", "\"code\""},
        {"\"age\"", "age", "\"code\""},
        {"\"period\"", "period", "\"code\""},
        {"\"stratum\"", "stratum", "\"code\""},
        {"\"measure\"", "measure", "\"code\""},
        {"\"indicator\"", "indicator", "\"code\""},
        {"\"unit\"", "unit", "\"code\""},
        {"\"standard\"", "standard", "\"code\""},
    };
    text_add(out, ",\n  \"foreignKeys\": [\n");
    for (size_t r = 0; r < COUNT_OF(references); r++)
        text_format(out,
                    "    {\"fields\": %s, \"reference\": {\"resource\": "
                    "\"codes-%s\", \"fields\": %s}}%s\n",
                    references[r].fields, references[r].list,
                    references[r].codes,
                    r + 1 < COUNT_OF(references) ? "," : "");
    text_add(out, "  ]");
}

const char *csv_file_stem(struct arena *arena, const struct pub_table *table)
{
    char *stem = arena_text(arena, pub_id(table));
    for (char *at = stem; *at != '\0'; at++) {
        if (*at == '.')
            *at = '-';
    }
    return stem;
}

void csv_add_header(struct text *out, const struct csv_column *columns,
                    size_t count)
{
    for (size_t c = 0; c < count; c++)
        text_format(out, "%s%s", c == 0 ? "" : ",", columns[c].name);
    text_add(out, "\r\n");
}

static const char *vintage_of(const struct edition *edition)
{
    return code_registry(edition->codes, "code_vintage");
}

const char *csv_vintage_words(struct arena *arena,
                              const struct edition *edition, enum lang lang)
{
    if (vintage_of(edition)[0] == '\0')
        return "";
    return locale_fill(arena, lang, "dataset.vintage", "vintage",
                       vintage_of(edition), NULL);
}

void csv_add_vintage(struct text *out, const struct edition *edition)
{
    if (vintage_of(edition)[0] == '\0')
        return;
    text_add(out, "  ");
    text_add_json_member(out, "code_vintage", vintage_of(edition));
    text_add(out, ",\n");
}

/* What a schema of several tables says before its columns. */
static void add_list_head(struct text *out, const struct csv_list *list,
                          const struct edition *edition, enum lang lang)
{
    const struct {
        const char *key, *value;
    } heads[] = {
        {"name", list->name},
        {"version", edition->project->id},
        {"created", edition->project->date},
        {"source", edition->project->publisher[lang]},
        {"licence", edition->project->licence[lang]},
    };
    text_add(out, "{\n  \"$schema\": \"https://specs.frictionlessdata.io/"
                  "schemas/table-schema.json\",\n  ");
    csv_add_said(out, "title", list->title, lang);
    text_add(out, ",\n  ");
    csv_add_said(out, "description", list->description, lang);
    text_add(out, ",\n");
    for (size_t h = 0; h < COUNT_OF(heads); h++) {
        text_add(out, "  ");
        text_add_json_member(out, heads[h].key, heads[h].value);
        text_add(out, ",\n");
    }
    csv_add_vintage(out, edition);
}

void csv_list_schema(struct text *out, const struct csv_list *list,
                     const struct edition *edition, enum lang lang)
{
    add_list_head(out, list, edition, lang);
    add_columns(out, list->columns, list->column_count, list->key, ".", lang);
    text_add(out, "\n}\n");
}

void csv_sheet_schema(struct text *out, const struct edition *edition,
                      enum lang lang)
{
    static const struct csv_list sheets = {
        .name = "tableur",
        .title = {"Données ouvertes, pour un tableur français",
                  "Open data, for a French spreadsheet"},
        .description =
            {"Les lignes et les colonnes des fichiers de données\u00a0: "
             "points-virgules, virgules décimales, UTF-8 avec BOM",
             "The rows and columns of the data files: semicolons, decimal "
             "commas, UTF-8 with BOM"},
        .columns = csv_fields,
        .column_count = COUNT_OF(csv_fields),
        .key = "",
    };
    add_list_head(out, &sheets, edition, lang);
    add_columns(out, sheets.columns, sheets.column_count, sheets.key, ",",
                lang);
    add_references(out);
    text_add(out, "\n}\n");
}

/* How counts are changed. */
static void add_changed(struct text *out, const struct pub_table *table,
                        enum lang lang)
{
    struct pub_rounding rounding = pub_rounding(table);
    struct pub_noise noise = pub_noise(table);
    if (rounding.base == 0 && noise.variance == 0)
        return;
    struct arena *scratch = arena_new();
    if (rounding.base > 0)
        text_format(out, "\"rounding\": {\"base\": %d, \"window\": %d},\n  ",
                    rounding.base, rounding.window);
    else
        text_format(out, "\"noise\": {\"variance\": %d, \"most\": %d},\n  ",
                    noise.variance, noise.most);
    text_add_json_member(out, rounding.base > 0 ? "rounded" : "perturbed",
                         pub_changed_note(scratch, table, lang));
    text_add(out, ",\n  ");
    arena_free(scratch);
}

/* A method is a note below a table: here it begins a text of its own. */
static const char *described(struct arena *arena, const struct edition *edition,
                             enum lang lang, const char *what)
{
    const char *vintage = csv_vintage_words(arena, edition, lang);
    const char *rows = locale_text(lang, "dataset.rows");
    const size_t size = strlen(what);
    if (vintage[0] != '\0')
        rows = arena_format(arena, "%s %s", rows, vintage);
    if (size == 0)
        return rows;
    return arena_format(arena, "%s%s %s", utf8_capital(arena, what),
                        what[size - 1] == '.' ? "" : ".", rows);
}

/* Words of the registry and of definitions, with the spaces of the house. */
struct csv_words csv_words(struct arena *arena, const struct pub_table *table,
                           const struct edition *edition)
{
    struct csv_words words = {{""}, {""}, {""}};
    const struct measure *measure = pub_measure(table);
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        const char *note = pub_note(table, l);
        const char *what =
            note[0] != '\0' ? note
                            : code_measure_method(edition->codes, measure, l);
        words.title[l] = locale_typography(arena, l, pub_title(table, l));
        words.description[l] =
            locale_typography(arena, l, described(arena, edition, l, what));
        words.source[l] = locale_typography(
            arena, l, code_measure_source(edition->codes, measure, l));
    }
    return words;
}

void csv_schema(struct text *out, const struct pub_table *table,
                const struct edition *edition, enum lang lang)
{
    text_add(out, "{\n  \"$schema\": \"https://specs.frictionlessdata.io/"
                  "schemas/table-schema.json\",\n  ");
    text_add_json_member(out, "name", pub_id(table));
    text_add(out, ",\n  ");
    const struct csv_words words = csv_words(out->arena, table, edition);
    csv_add_said(out, "title", words.title, lang);
    text_add(out, ",\n  ");
    csv_add_said(out, "description", words.description, lang);
    text_add(out, ",\n  ");
    const char *coarsened = pub_coarsened(table, lang);
    if (coarsened[0] != '\0') {
        text_add_json_member(out, "coarsened", coarsened);
        text_add(out, ",\n  ");
    }
    add_changed(out, table, lang);
    text_add_json_member(out, "version", edition->project->id);
    text_add(out, ",\n  ");
    text_add_json_member(out, "created", edition->project->date);
    text_add(out, ",\n  ");
    csv_add_said(out, "source", words.source, lang);
    text_add(out, ",\n  ");
    text_add_json_member(out, "licence", edition->project->licence[lang]);
    text_add(out, ",\n");
    csv_add_vintage(out, edition);
    add_columns(out, csv_fields, csv_field_count,
                csv_has_site(table) ? key_of_sites : key_without, ".", lang);
    add_references(out);
    text_add(out, "\n}\n");
}
