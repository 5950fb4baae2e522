/* SPDX-License-Identifier: EUPL-1.2 */
/* edition_fixture.h - a small France and an edition of whatever a plan asks
 * for, so that pages can be made without a store. */
#ifndef EDITION_FIXTURE_H
#define EDITION_FIXTURE_H

#include "script_fixture.h"

#include "pub/build.h"
#include "pub/edition.h"
#include "scene/font.h"

/* How the cells of the edition look. */
enum fixture_cells {
    CELLS_ALL,     /* every cell has a value */
    CELLS_MIXED,   /* availabilities take turns */
    CELLS_NONE,    /* no cell has a value */
    CELLS_FLAGGED, /* every cell has a value with two flags */
    CELLS_WHOLE,   /* of all territories, the first alone has values */
};

struct fixture_node {
    const char *level, *code, *fr, *en, *article;
    int parent;
};

static inline int fixture_add(struct arena *arena, struct dimension *dimension,
                              const struct fixture_node *from)
{
    struct node node = {.code = from->code,
                        .level = from->level,
                        .label = {from->fr, from->en},
                        .article = from->article,
                        .icd10 = "",
                        .sex = "",
                        .parent = from->parent};
    return code_add(arena, dimension, &node);
}

static inline void fixture_leaves(struct arena *arena,
                                  struct dimension *dimension, int from)
{
    size_t count = dimension->count - (size_t)from;
    int *nodes = arena_array(arena, count + 1, sizeof *nodes);
    uint16_t *all = arena_array(arena, count + 1, sizeof *all);
    for (size_t l = 0; l < count; l++) {
        nodes[l] = from + (int)l;
        all[l] = (uint16_t)l;
        dimension->nodes[nodes[l]].leaves = &all[l];
        dimension->nodes[nodes[l]].leaf_count = 1;
    }
    for (int n = 0; n < from; n++) {
        dimension->nodes[n].leaves = all;
        dimension->nodes[n].leaf_count = count;
    }
    dimension->leaf_node = nodes;
    dimension->leaf_count = count;
}

static inline void fixture_places(struct arena *arena, struct dimension *to)
{
    static const struct fixture_node nodes[] = {
        {"country", "FR", "France", "France", "en |de la ", -1},
        {"region", "53", "Bretagne", "Bretagne", "en |de ", 0},
        {"region", "04", "La Réunion", "La Réunion", "à |de ", 0},
        {"quintile", "Q1", "Quintile 1", "Quintile 1", "", -1},
        {"quintile", "Q5", "Quintile 5", "Quintile 5", "", -1},
        {"departement", "29", "Finistère", "Finistère", "dans le |du ", 1},
        {"departement", "35", "Ille-et-Vilaine", "Ille-et-Vilaine", "en |d’",
         1},
        {"departement", "974", "La Réunion", "La Réunion", "à |de ", 2},
    };
    for (size_t n = 0; n < COUNT_OF(nodes); n++)
        fixture_add(arena, to, &nodes[n]);
    fixture_leaves(arena, to, 5);
    to->nodes[3].zone = to->nodes[4].zone = true;
}

/* The sites that the project's own definitions name, and one group. */
static inline void fixture_cancers(struct arena *arena, struct dimension *to)
{
    static const struct fixture_node groups[] = {
        {"all", "TOUS", "Tous cancers", "All cancers", "", -1},
        {"group", "DIG", "Appareil digestif", "Digestive organs", "", 0},
    };
    static const char *const sites[] = {
        "CRC", "OES", "EST", "FOI", "PAN", "LBP", "POU", "MEL", "SEI", "CUT",
        "CRU", "OVA", "PRO", "REI", "VES", "SNC", "THY", "LNH", "MM",  "LEL",
        "LEM", "LAR", "TES", "LH",  "OSC", "TMO", "END", "OEI",
    };
    for (size_t n = 0; n < COUNT_OF(groups); n++)
        fixture_add(arena, to, &groups[n]);
    for (size_t s = 0; s < COUNT_OF(sites); s++) {
        const char *label = arena_format(arena, "Site %s", sites[s]);
        const struct fixture_node node = {"site", sites[s], label,
                                          label,  "",       s < 5 ? 1 : 0};
        int added = fixture_add(arena, to, &node);
        if (text_same(sites[s], "PRO"))
            to->nodes[added].sex = "M";
        if (text_same(sites[s], "SEI"))
            to->nodes[added].sex = "F";
    }
    fixture_leaves(arena, to, (int)COUNT_OF(groups));
}

static inline void fixture_flat(struct arena *arena, struct dimension *to,
                                const struct fixture_node *nodes, size_t count)
{
    static const struct fixture_node total = {"total", "T", "", "", "", -1};
    fixture_add(arena, to, &total);
    for (size_t n = 0; n < count; n++)
        fixture_add(arena, to, &nodes[n]);
    fixture_leaves(arena, to, 1);
}

static inline void fixture_years(struct arena *arena, struct dimension *to)
{
    for (int year = 2004; year <= 2023; year++) {
        const char *code = arena_format(arena, "%d", year);
        const struct fixture_node node = {"leaf", code, code, code, "", -1};
        int added = fixture_add(arena, to, &node);
        to->nodes[added].low = to->nodes[added].high = year;
    }
    fixture_leaves(arena, to, 0);
}

static inline struct measure fixture_measure(const char *code, const char *unit,
                                             const char *fr, const char *en)
{
    return (struct measure){.code = code,
                            .unit = unit,
                            .table_name = "",
                            .numerator = "",
                            .denominator = "",
                            .source = "Registre d’essai",
                            .method = "essai",
                            .label = {fr, en}};
}

static inline struct codes *fixture_france(struct arena *arena)
{
    static const struct fixture_node sexes[] = {
        {"leaf", "M", "Hommes", "Men", "", 0},
        {"leaf", "F", "Femmes", "Women", "", 0}};
    static const struct fixture_node ages[] = {
        {"leaf", "00-14", "", "", "", 0}, {"leaf", "15-24", "", "", "", 0},
        {"leaf", "25-39", "", "", "", 0}, {"leaf", "40-44", "", "", "", 0},
        {"leaf", "45-49", "", "", "", 0}, {"leaf", "50-54", "", "", "", 0},
        {"leaf", "55-59", "", "", "", 0}, {"leaf", "60-64", "", "", "", 0},
        {"leaf", "65-69", "", "", "", 0}, {"leaf", "70-74", "", "", "", 0},
        {"leaf", "75-79", "", "", "", 0}, {"leaf", "80-84", "", "", "", 0},
        {"leaf", "85+", "", "", "", 0}};
    static const int limits[][2] = {
        {0, 14},  {15, 24}, {25, 39}, {40, 44}, {45, 49}, {50, 54}, {55, 59},
        {60, 64}, {65, 69}, {70, 74}, {75, 79}, {80, 84}, {85, -1}};
    static const struct fixture_node strata[] = {
        {"leaf", "1", "1 an", "1 year", "", 0},
        {"leaf", "5", "5 ans", "5 years", "", 0},
        {"leaf", "10", "10 ans", "10 years", "", 0},
        {"leaf", "I", "Stade I", "Stage I", "", 0},
        {"leaf", "II", "Stade II", "Stage II", "", 0},
        {"leaf", "III", "Stade III", "Stage III", "", 0},
        {"leaf", "IV", "Stade IV", "Stage IV", "", 0},
        {"leaf", "X", "Stade inconnu", "Unknown stage", "", 0}};
    static const struct pair registry[] = {
        {"level.departement.fr", "département"},
        {"level.region.fr", "région"},
        {"name", "Registre d’essai"},
        {"name.en", "Trial registry"}};
    struct codes *codes = arena_alloc(arena, sizeof *codes);
    for (unsigned dim = 0; dim < DIM_COUNT; dim++)
        codes->dims[dim].dim = (enum dim)dim;
    fixture_places(arena, &codes->dims[DIM_TERRITORY]);
    fixture_cancers(arena, &codes->dims[DIM_SITE]);
    fixture_flat(arena, &codes->dims[DIM_SEX], sexes, COUNT_OF(sexes));
    fixture_flat(arena, &codes->dims[DIM_AGE], ages, COUNT_OF(ages));
    fixture_flat(arena, &codes->dims[DIM_STRATUM], strata, COUNT_OF(strata));
    fixture_years(arena, &codes->dims[DIM_PERIOD]);
    codes->dims[DIM_AGE].nodes[0].high = -1;
    for (size_t a = 0; a < COUNT_OF(limits); a++) {
        codes->dims[DIM_AGE].nodes[a + 1].low = limits[a][0];
        codes->dims[DIM_AGE].nodes[a + 1].high = limits[a][1];
    }
    struct pair *pairs = arena_array(arena, COUNT_OF(registry), sizeof *pairs);
    memcpy(pairs, registry, sizeof registry);
    codes->registry = pairs;
    codes->registry_count = COUNT_OF(registry);
    return codes;
}

static inline void fixture_measures(struct arena *arena, struct codes *codes,
                                    const struct plan *plan)
{
    codes->measures =
        arena_array(arena, plan->table_count, sizeof *codes->measures);
    for (size_t t = 0; t < plan->table_count; t++) {
        const char *code = plan->tables[t].measure;
        if (code_measure(codes, code))
            continue;
        codes->measures[codes->measure_count++] = fixture_measure(
            code, text_starts(code, "screening") ? "percent" : code, code,
            code);
        if (text_same(code, "cases"))
            codes->measures[codes->measure_count - 1] =
                fixture_measure("cases", "cases", "Nouveaux cas", "New cases");
    }
}

static inline const char *fixture_unit(const struct plan_column *column,
                                       const char *measure_unit)
{
    switch (column->kind) {
    case VALUE_COUNT:
    case VALUE_ESTIMATE:
    case VALUE_STANDARDISED_SURVIVAL:
    case VALUE_CONDITIONAL_SURVIVAL:
        return measure_unit;
    case VALUE_GRADE:
        return "grade";
    case VALUE_PERSON_YEARS:
        return "person_years";
    case VALUE_CRUDE_RATE:
    case VALUE_STANDARDISED_RATE:
        return "per_100000";
    case VALUE_SHARE:
    case VALUE_PROPORTION:
        return "percent";
    }
    return "";
}

static inline int fixture_bound(const struct plan_column *columns, size_t count,
                                size_t column, enum column_part part)
{
    for (size_t c = 0; c < count; c++) {
        if (columns[column].part == PART_VALUE && columns[c].part == part &&
            columns[c].value == columns[column].value)
            return (int)c;
    }
    return -1;
}

static inline struct pub_column *fixture_columns(struct arena *arena,
                                                 const struct codes *codes,
                                                 const struct plan_table *table,
                                                 size_t *count)
{
    struct plan_column *from = NULL;
    *count = plan_columns(arena, table, &from);
    struct pub_column *columns = arena_array(arena, *count, sizeof *columns);
    for (size_t c = 0; c < *count; c++)
        columns[c] = (struct pub_column){
            .id = from[c].id,
            .kind = from[c].kind > VALUE_ESTIMATE ? PUB_ESTIMATE
                                                  : (enum pub_kind)from[c].kind,
            .part = (enum pub_part)from[c].part,
            .standard = from[c].standard,
            .unit = fixture_unit(&from[c],
                                 code_measure(codes, table->measure)->unit),
            .decimals = from[c].decimals,
            .lower = fixture_bound(from, *count, c, PART_LOWER),
            .upper = fixture_bound(from, *count, c, PART_UPPER)};
    return columns;
}

static inline size_t fixture_territory(const struct pub_table *table,
                                       size_t row)
{
    size_t count = pub_axis_count(table, DIM_TERRITORY);
    size_t place[DIM_COUNT] = {[DIM_TERRITORY] = 1};
    return count > 1 ? row / pub_row(table, place) % count : 0;
}

static inline void fixture_fill(struct pub_table *table,
                                enum fixture_cells cells)
{
    for (size_t r = 0; r < pub_rows(table); r++) {
        enum availability status = AVAILABLE;
        if (cells == CELLS_MIXED)
            status = (enum availability)(r % AVAILABILITY_COUNT);
        if (cells == CELLS_NONE ||
            (cells == CELLS_WHOLE && fixture_territory(table, r) > 0))
            status = CONFIDENTIAL;
        for (size_t c = 0; c < pub_columns(table); c++) {
            const struct pub_column *column = pub_column(table, c);
            double value = (double)(100 + r % 50);
            if (column->part == PUB_LOWER)
                value -= 10;
            if (column->part == PUB_UPPER)
                value += 10;
            pub_put(table, r, c, status, value,
                    cells == CELLS_FLAGGED ? FLAG_ESTIMATED | FLAG_CAUTION : 0);
        }
        pub_put_coverage(table, r, 0.5);
    }
}

static inline const struct pub_table *
fixture_table(struct arena *arena, struct codes *codes,
              const struct plan_table *table, enum fixture_cells cells)
{
    struct err err = {0};
    struct pub_draft draft = {.id = table->id,
                              .report = table->report,
                              .measure = table->measure,
                              .title = {table->title[0], table->title[1]},
                              .note = {table->note[0], table->note[1]},
                              .open_data = table->open_data};
    draft.columns = fixture_columns(arena, codes, table, &draft.column_count);
    for (unsigned dim = 0; dim < DIM_COUNT; dim++) {
        int *nodes = NULL;
        if (!plan_select(arena, codes, (enum dim)dim, &table->select[dim],
                         &nodes, &draft.axis_count[dim], &err))
            CHECK_TEXT(err.text, "");
        draft.axis[dim] = nodes;
    }
    struct pub_table *out = pub_build(arena, codes, &draft);
    fixture_fill(out, cells);
    return out;
}

/* Columns of a statistic, as the seal has them. */
static inline struct pub_column *
fixture_statistic_columns(struct arena *arena,
                          const struct plan_statistic *plan, size_t *count)
{
    struct statistic_column *from = NULL;
    *count = statistic_columns(arena, plan, 2, &from);
    struct pub_column *columns = arena_array(arena, *count, sizeof *columns);
    const char *standard =
        text_starts(plan->value, "asr_") ? plan->value + strlen("asr_") : "";
    for (size_t c = 0; c < *count; c++)
        columns[c] = (struct pub_column){.id = from[c].id,
                                         .kind = PUB_STATISTIC,
                                         .part = (enum pub_part)from[c].part,
                                         .standard = standard,
                                         .unit = from[c].unit,
                                         .decimals = from[c].decimals,
                                         .lower = from[c].lower,
                                         .upper = from[c].upper};
    return columns;
}

/* The axis that a statistic goes along, as one node where it does not stay. */
static inline void fixture_along(struct arena *arena, struct codes *codes,
                                 const struct plan_statistic *plan,
                                 struct pub_draft *draft)
{
    struct dimension *dimension = &codes->dims[plan->along];
    const int *from = draft->axis[plan->along];
    size_t last = draft->axis_count[plan->along] - 1;
    int *whole = arena_alloc(arena, sizeof *whole);
    struct err err = {0};
    if (statistic_keeps_axis(plan->kind))
        return;
    *whole = plan->along != DIM_PERIOD
                 ? code_total(dimension)
                 : code_band(arena, dimension, dimension->nodes[from[0]].low,
                             dimension->nodes[from[last]].high, &err);
    CHECK(*whole >= 0);
    draft->axis[plan->along] = whole;
    draft->axis_count[plan->along] = 1;
}

static inline const struct pub_table *fixture_statistic(
    struct arena *arena, struct codes *codes, const struct plan *plan,
    const struct plan_statistic *statistic, enum fixture_cells cells)
{
    struct err err = {0};
    struct pub_draft draft = {
        .id = statistic->id,
        .report = statistic->report,
        .title = {statistic->title[0], statistic->title[1]},
        .note = {statistic->note[0], statistic->note[1]},
        .open_data = statistic->open_data};
    draft.columns =
        fixture_statistic_columns(arena, statistic, &draft.column_count);
    for (size_t t = 0; t < plan->table_count; t++) {
        const struct plan_table *from = &plan->tables[t];
        if (!text_same(from->id, statistic->from))
            continue;
        draft.measure = from->measure;
        for (unsigned dim = 0; dim < DIM_COUNT; dim++) {
            int *nodes = NULL;
            if (!plan_select(arena, codes, (enum dim)dim, &from->select[dim],
                             &nodes, &draft.axis_count[dim], &err))
                CHECK_TEXT(err.text, "");
            draft.axis[dim] = nodes;
        }
    }
    fixture_along(arena, codes, statistic, &draft);
    struct pub_table *out = pub_build(arena, codes, &draft);
    fixture_fill(out, cells);
    return out;
}

/* What the seal would make of a plan. */
static inline const struct edition *
fixture_edition(struct arena *arena, const struct project *project,
                const struct plan *plan, enum fixture_cells cells)
{
    struct codes *codes = fixture_france(arena);
    fixture_measures(arena, codes, plan);
    const struct pub_table **tables = arena_array(
        arena, plan->table_count + plan->statistic_count + 1, sizeof *tables);
    /* Bands and pooled periods are made first: they move the nodes. */
    for (int round = 0; round < 2; round++) {
        for (size_t t = 0; t < plan->table_count; t++)
            tables[t] = fixture_table(arena, codes, &plan->tables[t], cells);
        for (size_t s = 0; s < plan->statistic_count; s++)
            tables[plan->table_count + s] = fixture_statistic(
                arena, codes, plan, &plan->statistics[s], cells);
    }
    struct edition *edition = arena_alloc(arena, sizeof *edition);
    *edition = (struct edition){.codes = codes,
                                .project = project,
                                .reports = plan->reports,
                                .report_count = plan->report_count,
                                .snapshot = "essai-1",
                                .version = "essai",
                                .tables = tables,
                                .table_count =
                                    plan->table_count + plan->statistic_count};
    return edition;
}

#endif
