/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/csv_codes.h"

#include "format/csv_columns.h"
#include "format/csv_list.h"

static const struct csv_column code_fields[] = {
    {"level",
     "string",
     "",
     {"Niveau, sans lequel un code ne dit rien",
      "Level, without which a code says nothing"}},
    {"code", "string", "", {"Code", "Code"}},
    {"label_fr", "string", "", {"Nom", "French label"}},
    {"label_en", "string", "", {"Nom anglais", "English label"}},
    {"parent_level",
     "string",
     "",
     {"Niveau de l’ensemble dont il fait partie",
      "Level of what it is a part of"}},
    {"parent",
     "string",
     "",
     {"Code de l’ensemble dont il fait partie",
      "Code of what it is a part of"}},
    {"icd10", "string", "", {"Codes CIM-10", "ICD-10 codes"}},
    {"sex",
     "string",
     "[MF]?",
     {"Seul sexe concerné (vide\u00a0: les deux)",
      "The only sex concerned (empty: both)"}},
    {"low",
     "integer",
     "",
     {"Premier âge ou première année", "First age or year"}},
    {"high",
     "integer",
     "",
     {"Dernier âge ou dernière année, vide sans limite d’âge",
      "Last age or year, empty without a limit of age"}},
};

#define CODE_KEY "\"level\", \"code\""

/* One list a dimension. */
static const struct csv_list code_lists[DIM_COUNT] = {
    [DIM_TERRITORY] =
        {
            .name = "territory",
            .title = {"Territoires", "Territories"},
            .description =
                {"Pays, régions et départements par leur code officiel "
                 "géographique (Insee), zones par celui de la source.",
                 "Country, régions and départements by their official "
                 "geographical code (Insee), zones by that of their "
                 "source."},
            .columns = code_fields,
            .column_count = COUNT_OF(code_fields),
            .key = CODE_KEY,
        },
    [DIM_SITE] =
        {
            .name = "site",
            .title = {"Localisations des cancers", "Cancer sites"},
            .description = {"Localisations et leurs codes CIM-10.",
                            "Sites and their ICD-10 codes."},
            .columns = code_fields,
            .column_count = COUNT_OF(code_fields),
            .key = CODE_KEY,
        },
    [DIM_SEX] =
        {
            .name = "sex",
            .title = {"Sexe", "Sex"},
            .description = {"M, F, et T pour l’ensemble.",
                            "M, F, and T for both."},
            .columns = code_fields,
            .column_count = COUNT_OF(code_fields),
            .key = CODE_KEY,
        },
    [DIM_AGE] =
        {
            .name = "age",
            .title = {"Classes d’âge", "Age groups"},
            .description = {"Âges en années révolues, bornes comprises.",
                            "Ages in completed years, limits included."},
            .columns = code_fields,
            .column_count = COUNT_OF(code_fields),
            .key = CODE_KEY,
        },
    [DIM_PERIOD] =
        {
            .name = "period",
            .title = {"Périodes", "Periods"},
            .description = {"Années et groupes d’années, bornes comprises.",
                            "Years and groups of years, limits included."},
            .columns = code_fields,
            .column_count = COUNT_OF(code_fields),
            .key = CODE_KEY,
        },
    [DIM_STRATUM] =
        {
            .name = "stratum",
            .title = {"Strates", "Strata"},
            .description =
                {"Ce qui distingue encore les valeurs d’une mesure, comme "
                 "le délai après le diagnostic ou le quintile de "
                 "défavorisation.",
                 "What else sets values of a measure apart, such as the "
                 "time since diagnosis or the quintile of deprivation."},
            .columns = code_fields,
            .column_count = COUNT_OF(code_fields),
            .key = CODE_KEY,
        },
};

static const struct csv_column relation_fields[] = {
    {"dimension", "string", "", {"Dimension", "Dimension"}},
    {"level", "string", "", {"Niveau de la somme", "Level of the sum"}},
    {"code", "string", "", {"Code de la somme", "Code of the sum"}},
    {"part_level", "string", "", {"Niveau du terme", "Level of the part"}},
    {"part", "string", "", {"Code du terme", "Code of the part"}},
};

static const struct csv_column measure_fields[] = {
    {"code", "string", "", {"Mesure", "Measure"}},
    {"kind",
     "string",
     "count|person_years|proportion|estimate|duration",
     {"Nature", "Kind"}},
    {"unit", "string", "", {"Unité", "Unit"}},
    {"numerator",
     "string",
     "",
     {"Numérateur d’une proportion", "Numerator of a proportion"}},
    {"denominator",
     "string",
     "",
     {"Dénominateur d’une proportion", "Denominator of a proportion"}},
    {"confidential",
     "boolean",
     "",
     {"Soumise au secret statistique", "Subject to statistical secrecy"}},
    {"label_fr", "string", "", {"Nom", "French label"}},
    {"label_en", "string", "", {"Nom anglais", "English label"}},
    {"source", "string", "", {"Source", "Source"}},
    {"method", "string", "", {"Méthode", "Method"}},
};

static const struct csv_list relation_list = {
    .name = "relation",
    .title = {"Sommes", "Sums"},
    .description =
        {"Dans les effectifs, chaque code est la somme exacte de ses "
         "termes\u202f; un code sans terme est élémentaire.",
         "In counts, each code is the exact sum of its parts; a code without "
         "parts is elementary."},
    .columns = relation_fields,
    .column_count = COUNT_OF(relation_fields),
    .key = "\"dimension\", \"level\", \"code\", \"part_level\", \"part\"",
};

static const struct csv_list measure_list = {
    .name = "measure",
    .title = {"Mesures", "Measures"},
    .description = {"Ce que comptent les mesures des tableaux.",
                    "What the measures of the tables count."},
    .columns = measure_fields,
    .column_count = COUNT_OF(measure_fields),
    .key = "\"code\"",
};

static const struct csv_column class_fields[] = {
    {"unit", "string", "", {"Unité", "Unit"}},
    {"value", "number", "", {"Valeur", "Value"}},
    {"label_fr", "string", "", {"Signification", "Meaning in French"}},
    {"label_en", "string", "", {"Signification en anglais", "Meaning"}},
};

static const struct csv_list class_list = {
    .name = "class",
    .title = {"Classes", "Classes"},
    .description = {"Ce que signifient les valeurs qui sont des classes.",
                    "What values that are classes stand for."},
    .columns = class_fields,
    .column_count = COUNT_OF(class_fields),
    .key = "\"unit\", \"value\"",
};

/* --- code lists ----------------------------------------------------------- */

/* Code list of one dimension: every node, its parent and limits. */
static bool write_codes(const struct format_job *job, enum dim dim,
                        struct err *err)
{
    struct arena *scratch = arena_new();
    const struct dimension *dimension =
        &job->document->edition->codes->dims[dim];
    struct text out = text_new(scratch);
    for (size_t i = 0; i < dimension->count; i++) {
        const struct node *node = &dimension->nodes[i];
        const struct node *parent =
            node->parent < 0 ? NULL : &dimension->nodes[node->parent];
        csv_list_field(&out, node->level);
        csv_list_field(&out, node->code);
        csv_list_field(&out, node->label[LANG_FR]);
        csv_list_field(&out, node->label[LANG_EN]);
        csv_list_field(&out, parent == NULL ? "" : parent->level);
        csv_list_field(&out, parent == NULL ? "" : parent->code);
        csv_list_field(&out, node->icd10);
        csv_list_field(&out, node->sex);
        if (dim == DIM_AGE || dim == DIM_PERIOD)
            csv_list_limits(&out, node->low, node->high, "\r\n");
        else
            text_add(&out, ",\r\n");
    }
    bool ok = csv_list_write(job, &code_lists[dim], &out, err);
    arena_free(scratch);
    return ok;
}

/* --- sums ----------------------------------------------------------------- */

/* What the parents of one dimension say, for its nodes and leaves. */
struct kinship {
    const struct dimension *dimension;
    size_t *children;   /* [nodes] */
    const int *of_leaf; /* [leaves] the childless node that is the leaf */
    size_t *wanted;     /* [leaves] number of the last node, plus 1, whose
                           children were asked for the leaf; 0 once found */
};

static size_t count_leaves(const struct dimension *dimension)
{
    size_t leaves = 0;
    for (size_t i = 0; i < dimension->count; i++) {
        const struct node *node = &dimension->nodes[i];
        for (size_t l = 0; l < node->leaf_count; l++)
            leaves = node->leaves[l] >= leaves ? node->leaves[l] + 1u : leaves;
    }
    return leaves;
}

static const int *nodes_of_leaves(struct arena *scratch,
                                  const struct dimension *dimension,
                                  size_t leaves, const size_t *children)
{
    int *of_leaf = arena_array(scratch, leaves, sizeof *of_leaf);
    for (size_t i = dimension->count; i-- > 0;) {
        const struct node *node = &dimension->nodes[i];
        if (node->leaf_count == 1 && children[i] == 0)
            of_leaf[node->leaves[0]] = (int)i;
    }
    return of_leaf;
}

static struct kinship kinship_of(struct arena *scratch,
                                 const struct dimension *dimension)
{
    struct kinship kinship = {
        .dimension = dimension,
        .children = arena_array(scratch, dimension->count, sizeof(size_t)),
    };
    for (size_t i = 0; i < dimension->count; i++) {
        if (dimension->nodes[i].parent >= 0)
            kinship.children[dimension->nodes[i].parent]++;
    }
    size_t leaves = count_leaves(dimension);
    kinship.of_leaf =
        nodes_of_leaves(scratch, dimension, leaves, kinship.children);
    kinship.wanted = arena_array(scratch, leaves, sizeof *kinship.wanted);
    return kinship;
}

static void add_part(struct text *out, const struct dimension *dimension,
                     size_t whole, size_t part)
{
    csv_list_field(out, dim_name(dimension->dim));
    csv_list_field(out, dimension->nodes[whole].level);
    csv_list_field(out, dimension->nodes[whole].code);
    csv_list_field(out, dimension->nodes[part].level);
    csv_list_last(out, dimension->nodes[part].code);
}

/* True when each leaf of a node is in one of its children, and nothing else:
 * zones of one parent may overlap, and so may bands of ages. */
static bool is_parted(const struct kinship *kinship, size_t at)
{
    const struct dimension *dimension = kinship->dimension;
    const struct node *node = &dimension->nodes[at];
    size_t *wanted = kinship->wanted, found = 0;
    for (size_t l = 0; l < node->leaf_count; l++)
        wanted[node->leaves[l]] = at + 1;
    for (size_t i = 0; i < dimension->count; i++) {
        const struct node *child = &dimension->nodes[i];
        for (size_t l = 0; child->parent == (int)at && l < child->leaf_count;
             l++) {
            if (wanted[child->leaves[l]] != at + 1)
                return false;
            wanted[child->leaves[l]] = 0;
            found++;
        }
    }
    return found == node->leaf_count;
}

/* A node is the sum of its children where they share nothing and leave nothing
 * out, else of its leaves. */
static void add_sum(struct text *out, const struct kinship *kinship, size_t at)
{
    const struct dimension *dimension = kinship->dimension;
    const struct node *node = &dimension->nodes[at];
    if (kinship->children[at] > 0 && is_parted(kinship, at)) {
        for (size_t i = 0; i < dimension->count; i++) {
            if (dimension->nodes[i].parent == (int)at)
                add_part(out, dimension, at, i);
        }
        return;
    }
    for (size_t l = 0; l < node->leaf_count; l++) {
        size_t leaf = (size_t)kinship->of_leaf[node->leaves[l]];
        if (leaf != at)
            add_part(out, dimension, at, leaf);
    }
}

static bool write_relations(const struct format_job *job, struct err *err)
{
    struct arena *scratch = arena_new();
    struct text rows = text_new(scratch);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        const struct dimension *dimension =
            &job->document->edition->codes->dims[d];
        struct kinship kinship = kinship_of(scratch, dimension);
        for (size_t i = 0; i < dimension->count; i++)
            add_sum(&rows, &kinship, i);
    }
    bool ok = csv_list_write(job, &relation_list, &rows, err);
    arena_free(scratch);
    return ok;
}

/* --- measures ------------------------------------------------------------- */

static bool write_measures(const struct format_job *job, struct err *err)
{
    struct arena *scratch = arena_new();
    const struct codes *codes = job->document->edition->codes;
    struct text rows = text_new(scratch);
    for (size_t m = 0; m < codes->measure_count; m++) {
        const struct measure *measure = &codes->measures[m];
        csv_list_field(&rows, measure->code);
        csv_list_field(&rows, measure_kind_name(measure->kind));
        csv_list_field(&rows, measure->unit);
        csv_list_field(&rows, measure->numerator);
        csv_list_field(&rows, measure->denominator);
        csv_list_field(&rows, measure->confidential ? "true" : "false");
        csv_list_field(&rows, measure->label[LANG_FR]);
        csv_list_field(&rows, measure->label[LANG_EN]);
        csv_list_field(&rows, measure->source);
        csv_list_last(&rows, measure->method);
    }
    bool ok = csv_list_write(job, &measure_list, &rows, err);
    arena_free(scratch);
    return ok;
}

/* --- classes -------------------------------------------------------------- */

static bool is_used(const struct document *document, const char *unit)
{
    bool used = false;
    for (size_t t = 0; t < document->dataset_count; t++) {
        const struct pub_table *table = document->datasets[t];
        for (size_t c = 0; c < pub_columns(table); c++)
            used = used || text_same(pub_column(table, c)->unit, unit);
    }
    return used;
}

/* Nothing where no value is a class. */
static bool write_classes(const struct format_job *job, struct err *err)
{
    struct arena *scratch = arena_new();
    struct text rows = text_new(scratch);
    const char *unit = NULL;
    int value = 0;
    for (size_t c = 0; class_at(c, &unit, &value); c++) {
        if (!is_used(job->document, unit))
            continue;
        csv_list_field(&rows, unit);
        text_format(&rows, "%d,", value);
        csv_list_field(&rows, class_words(LANG_FR, unit, value));
        csv_list_last(&rows, class_words(LANG_EN, unit, value));
    }
    bool ok = rows.size == 0 || csv_list_write(job, &class_list, &rows, err);
    arena_free(scratch);
    return ok;
}

bool csv_codes(const struct format_job *job, struct err *err)
{
    for (size_t d = 0; d < DIM_COUNT; d++) {
        if (!write_codes(job, (enum dim)d, err))
            return false;
    }
    return write_relations(job, err) && write_measures(job, err) &&
           write_classes(job, err) && csv_column_lists(job, err);
}

const struct csv_list *csv_list_at(size_t number)
{
    static const struct csv_list *const others[] = {
        &relation_list,      &measure_list,  &class_list,
        &csv_indicator_list, &csv_unit_list, &csv_standard_list};
    if (number < DIM_COUNT)
        return &code_lists[number];
    number -= DIM_COUNT;
    return number < COUNT_OF(others) ? others[number] : NULL;
}
