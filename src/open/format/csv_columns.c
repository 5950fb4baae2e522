/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/csv_columns.h"

#include "base/num.h"
#include "format/csv_list.h"

static const struct csv_column word_fields[] = {
    {"code", "string", "", {"Code", "Code"}},
    {"label_fr", "string", "", {"Nom", "French label"}},
    {"label_en", "string", "", {"Nom anglais", "English label"}},
};

const struct csv_list csv_indicator_list = {
    .name = "indicator",
    .title = {"Indicateurs", "Indicators"},
    .description =
        {"Ce que sont les valeurs\u00a0: effectifs, taux, et ce qui en est "
         "calculé.",
         "What the values are: counts, rates, and what is computed from them."},
    .columns = word_fields,
    .column_count = COUNT_OF(word_fields),
    .key = "\"code\"",
};

const struct csv_list csv_unit_list = {
    .name = "unit",
    .title = {"Unités", "Units"},
    .description = {"En quoi les valeurs sont exprimées.",
                    "What the values are expressed in."},
    .columns = word_fields,
    .column_count = COUNT_OF(word_fields),
    .key = "\"code\"",
};

static const struct csv_column standard_fields[] = {
    {"code", "string", "", {"Code", "Code"}},
    {"low", "integer", "", {"Premier âge", "First age"}},
    {"high",
     "integer",
     "",
     {"Dernier âge, vide sans limite", "Last age, empty without a limit"}},
    {"weight", "number", "", {"Poids", "Weight"}},
    {"label_fr", "string", "", {"Nom", "French label"}},
    {"label_en", "string", "", {"Nom anglais", "English label"}},
    {"source", "string", "", {"Source", "Source"}},
};

const struct csv_list csv_standard_list = {
    .name = "standard",
    .title = {"Populations de référence", "Standard populations"},
    .description = {"Poids des âges dans les taux standardisés.",
                    "Weights of ages in standardised rates."},
    .columns = standard_fields,
    .column_count = COUNT_OF(standard_fields),
    .key = "\"code\", \"low\"",
};

/* What is known by its code already. */
struct seen {
    const char **codes;
    size_t count, capacity;
};

static bool is_new(struct arena *scratch, struct seen *seen, const char *code)
{
    for (size_t c = 0; c < seen->count; c++) {
        if (text_same(seen->codes[c], code))
            return false;
    }
    seen->codes = arena_grow(scratch, seen->codes, seen->count, &seen->capacity,
                             sizeof *seen->codes);
    seen->codes[seen->count++] = code;
    return true;
}

static const struct standard *standard_of(const struct document *document,
                                          const char *code)
{
    for (size_t s = 0; s < document->standard_count; s++) {
        if (text_same(document->standards[s].code, code))
            return &document->standards[s];
    }
    return NULL;
}

static const char *indicator_words(struct arena *scratch,
                                   const struct document *document,
                                   const struct pub_column *column,
                                   enum lang lang)
{
    const struct standard *standard = standard_of(document, column->standard);
    switch (column->kind) {
    case PUB_COUNT:
        return locale_text(lang, "column.count");
    case PUB_PERSON_YEARS:
        return locale_text(lang, "column.person_years");
    case PUB_CRUDE_RATE:
        return locale_text(lang, "column.crude_rate");
    case PUB_STANDARDISED_RATE:
        return locale_fill(
            scratch, lang, "report.asr", "standard",
            standard == NULL ? column->standard : standard->label[lang], NULL);
    case PUB_SHARE:
        return locale_text(lang, "column.share");
    case PUB_PROPORTION:
        return locale_text(lang, "column.proportion");
    case PUB_ESTIMATE:
        return locale_text(lang, "column.estimate");
    case PUB_STATISTIC:
        break;
    }
    return statistic_heading(scratch, lang, column->id);
}

/* The rows of the three lists. */
struct lists {
    struct seen indicators, units, standards;
    struct text indicator_rows, unit_rows, standard_rows;
};

static void add_words(struct text *out, const char *code,
                      const char *const words[LANG_COUNT])
{
    csv_list_field(out, code);
    csv_list_field(out, words[LANG_FR]);
    csv_list_last(out, words[LANG_EN]);
}

static void add_standard(struct text *out, const struct standard *standard)
{
    for (size_t b = 0; b < standard->count; b++) {
        const struct standard_band *band = &standard->bands[b];
        csv_list_field(out, standard->code);
        csv_list_limits(out, band->low, band->high, ",");
        num_print_shortest(out, band->weight);
        text_add(out, ",");
        csv_list_field(out, standard->label[LANG_FR]);
        csv_list_field(out, standard->label[LANG_EN]);
        csv_list_last(out, standard->source);
    }
}

static void add_column(struct lists *lists, const struct document *document,
                       const struct pub_column *column)
{
    struct arena *scratch = lists->unit_rows.arena;
    const char *indicator[LANG_COUNT], *unit[LANG_COUNT];
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        indicator[l] = indicator_words(scratch, document, column, l);
        unit[l] = unit_words(l, column->unit);
    }
    if (is_new(scratch, &lists->indicators, column->id))
        add_words(&lists->indicator_rows, column->id, indicator);
    if (is_new(scratch, &lists->units, column->unit))
        add_words(&lists->unit_rows, column->unit, unit);
    const struct standard *standard = standard_of(document, column->standard);
    if (standard != NULL && is_new(scratch, &lists->standards, standard->code))
        add_standard(&lists->standard_rows, standard);
}

bool csv_column_lists(const struct format_job *job, struct err *err)
{
    struct arena *scratch = arena_new();
    const struct document *document = job->document;
    struct lists lists = {
        .indicator_rows = text_new(scratch),
        .unit_rows = text_new(scratch),
        .standard_rows = text_new(scratch),
    };
    for (size_t t = 0; t < document->dataset_count; t++) {
        const struct pub_table *table = document->datasets[t];
        for (size_t c = 0; c < pub_columns(table); c++) {
            if (pub_column(table, c)->part == PUB_VALUE)
                add_column(&lists, document, pub_column(table, c));
        }
    }
    bool ok =
        csv_list_write(job, &csv_indicator_list, &lists.indicator_rows, err) &&
        csv_list_write(job, &csv_unit_list, &lists.unit_rows, err) &&
        csv_list_write(job, &csv_standard_list, &lists.standard_rows, err);
    arena_free(scratch);
    return ok;
}
