/* SPDX-License-Identifier: EUPL-1.2 */
/* Code lists of a release: nodes from the lists of the dimensions, leaves from
 * the sums. */
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "sdc/released_impl.h"

enum {
    DEPTH_LIMIT = 64, /* of sums of sums */
};

/* --- nodes ---------------------------------------------------------------- */

enum node_column {
    NODE_LEVEL,
    NODE_CODE,
    NODE_LABEL_FR,
    NODE_LABEL_EN,
    NODE_PARENT_LEVEL,
    NODE_PARENT,
    NODE_ICD10,
    NODE_SEX,
    NODE_LOW,
    NODE_HIGH,
    NODE_COLUMNS,
};

static const char *const node_columns[NODE_COLUMNS] = {
    "level",  "code",  "label_fr", "label_en", "parent_level",
    "parent", "icd10", "sex",      "low",      "high"};

static const char *keep(struct released_reader *reader, const struct csv *csv,
                        const int *columns, enum node_column column)
{
    return arena_text(reader->closed, csv_field(csv, (size_t)columns[column]));
}

static bool parse_year(const char *text, int *out)
{
    int64_t number = 0;
    if (text[0] != '\0' &&
        (!num_parse_int64(text, &number) || number < -1 || number > UINT16_MAX))
        return false;
    *out = (int)number;
    return true;
}

static bool take_node(struct released_reader *reader, const struct csv *csv,
                      const int *columns, enum dim dim)
{
    struct dimension *dimension = &reader->source->codes.dims[dim];
    struct released_index *index = &reader->source->indexes[dim];
    struct node node = {
        .level = keep(reader, csv, columns, NODE_LEVEL),
        .code = keep(reader, csv, columns, NODE_CODE),
        .label = {keep(reader, csv, columns, NODE_LABEL_FR),
                  keep(reader, csv, columns, NODE_LABEL_EN)},
        .article = "",
        .icd10 = keep(reader, csv, columns, NODE_ICD10),
        .sex = keep(reader, csv, columns, NODE_SEX),
        .parent = -1,
    };
    const char *parent = csv_field(csv, (size_t)columns[NODE_PARENT]);
    if (!parse_year(csv_field(csv, (size_t)columns[NODE_LOW]), &node.low) ||
        !parse_year(csv_field(csv, (size_t)columns[NODE_HIGH]), &node.high))
        return released_fault(reader, csv, "limits: expected whole numbers");
    if (*csv_field(csv, (size_t)columns[NODE_HIGH]) == '\0' &&
        *csv_field(csv, (size_t)columns[NODE_LOW]) != '\0')
        node.high = -1; /* an open age has no last year */
    if (parent[0] != '\0')
        node.parent = map_get_pair(
            index->by_level, csv_field(csv, (size_t)columns[NODE_PARENT_LEVEL]),
            parent);
    int at = (int)dimension->count;
    if (!map_put_pair(index->by_level, node.level, node.code, at))
        return released_fault(reader, csv, "code '%s' twice", node.code);
    (void)map_put(index->by_code, node.code, strlen(node.code), at);
    code_add(reader->closed, dimension, &node);
    return true;
}

static bool read_nodes(struct released_reader *reader, const char *folder,
                       enum dim dim, struct err *err)
{
    struct csv *csv = NULL;
    int columns[NODE_COLUMNS];
    const char *path =
        arena_format(reader->scratch, "%s/%s.csv", folder, dim_name(dim));
    reader->source->codes.dims[dim].dim = dim;
    reader->source->indexes[dim] = (struct released_index){
        map_new(reader->scratch), map_new(reader->scratch)};
    bool more = true;
    bool ok = released_open(reader, path, node_columns, NODE_COLUMNS, columns,
                            &csv, err);
    while (ok && more && !faults_full(&reader->faults)) {
        ok = csv_next(csv, &more, err);
        if (ok && more)
            (void)take_node(reader, csv, columns, dim);
    }
    csv_close(csv);
    if (ok && reader->faults.count == 0 &&
        reader->source->codes.dims[dim].count == 0)
        return err_fail(err, ERR_INPUT, "release.codes", "%s: no code", path);
    return ok;
}

/* --- sums ----------------------------------------------------------------- */

/* One line of relation.csv. */
struct term {
    int whole, part;
};

struct sums {
    struct arena *arena;
    struct dimension *dimension;
    struct term *terms; /* by whole */
    size_t count, capacity;
    size_t *starts; /* [nodes + 1] */
    bool *known;    /* [nodes] leaves are filled */
};

enum term_column {
    TERM_DIMENSION,
    TERM_LEVEL,
    TERM_CODE,
    TERM_PART_LEVEL,
    TERM_PART,
    TERM_COLUMNS,
};

static const char *const term_columns[TERM_COLUMNS] = {
    "dimension", "level", "code", "part_level", "part"};

static int find_code(const struct released_reader *reader,
                     const struct csv *csv, enum dim dim, int level, int code)
{
    return map_get_pair(reader->source->indexes[dim].by_level,
                        csv_field(csv, (size_t)level),
                        csv_field(csv, (size_t)code));
}

static bool take_term(struct released_reader *reader, const struct csv *csv,
                      const int *columns, struct sums *sums)
{
    enum dim dim;
    const char *name = csv_field(csv, (size_t)columns[TERM_DIMENSION]);
    if (!dim_parse(name, &dim))
        return released_fault(reader, csv, "no dimension '%s'", name);
    struct term term = {
        find_code(reader, csv, dim, columns[TERM_LEVEL], columns[TERM_CODE]),
        find_code(reader, csv, dim, columns[TERM_PART_LEVEL],
                  columns[TERM_PART]),
    };
    if (term.whole < 0 || term.part < 0)
        return released_fault(
            reader, csv, "code '%s' is not in the list of '%s'",
            csv_field(csv,
                      (size_t)columns[term.whole < 0 ? TERM_CODE : TERM_PART]),
            name);
    struct sums *own = &sums[dim];
    own->terms = arena_grow(own->arena, own->terms, own->count, &own->capacity,
                            sizeof *own->terms);
    own->terms[own->count++] = term;
    return true;
}

static int by_whole(const void *a, const void *b)
{
    const struct term *x = a, *y = b;
    if (x->whole != y->whole)
        return x->whole < y->whole ? -1 : 1;
    return (x->part > y->part) - (x->part < y->part);
}

/* Terms by whole, and the leaves: codes without terms, in list order. */
static bool number_leaves(struct released_reader *reader, struct sums *sums,
                          struct err *err)
{
    struct dimension *dimension = sums->dimension;
    int *leaf_node =
        arena_array(reader->closed, dimension->count, sizeof *leaf_node);
    sums->starts =
        arena_array(sums->arena, dimension->count + 1, sizeof *sums->starts);
    sums->known =
        arena_array(sums->arena, dimension->count, sizeof *sums->known);
    if (sums->count > 0)
        qsort(sums->terms, sums->count, sizeof *sums->terms, by_whole);
    for (size_t n = 0, t = 0; n < dimension->count; n++) {
        while (t < sums->count && sums->terms[t].whole == (int)n)
            t++;
        sums->starts[n + 1] = t;
        if (t > sums->starts[n])
            continue;
        if (dimension->leaf_count > UINT16_MAX)
            return err_fail(err, ERR_INPUT, "release.codes",
                            "dimension '%s': more than %d elementary codes",
                            dim_name(dimension->dim), UINT16_MAX);
        uint16_t *leaf = arena_alloc(reader->closed, sizeof *leaf);
        *leaf = (uint16_t)dimension->leaf_count;
        leaf_node[dimension->leaf_count++] = (int)n;
        dimension->nodes[n].leaves = leaf;
        dimension->nodes[n].leaf_count = 1;
        sums->known[n] = true;
    }
    dimension->leaf_node = leaf_node;
    return true;
}

static int by_number(const void *a, const void *b)
{
    const uint16_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool fail_sum(const struct sums *sums, size_t node, const char *why,
                     struct err *err)
{
    return err_fail(err, ERR_INPUT, "release.codes", "relation.csv: %s '%s' %s",
                    dim_name(sums->dimension->dim),
                    sums->dimension->nodes[node].code, why);
}

/* The parts' leaves together; parts that share one are no parts of a sum. */
static bool join_leaves(struct released_reader *reader, const struct sums *sums,
                        size_t at, struct err *err)
{
    struct node *nodes = sums->dimension->nodes;
    size_t count = 0;
    for (size_t t = sums->starts[at]; t < sums->starts[at + 1]; t++)
        count += nodes[sums->terms[t].part].leaf_count;
    uint16_t *leaves = arena_array(reader->closed, count, sizeof *leaves);
    count = 0;
    for (size_t t = sums->starts[at]; t < sums->starts[at + 1]; t++) {
        const struct node *part = &nodes[sums->terms[t].part];
        for (size_t l = 0; l < part->leaf_count; l++)
            leaves[count++] = part->leaves[l];
    }
    qsort(leaves, count, sizeof *leaves, by_number);
    for (size_t l = 1; l < count; l++) {
        if (leaves[l] == leaves[l - 1])
            return fail_sum(sums, at, "has parts that overlap", err);
    }
    nodes[at].leaves = leaves;
    nodes[at].leaf_count = count;
    return true;
}

static bool fill_leaves(struct released_reader *reader, struct sums *sums,
                        size_t at, int depth, struct err *err)
{
    if (sums->known[at])
        return true;
    if (depth == DEPTH_LIMIT)
        return fail_sum(sums, at, "is a part of itself", err);
    for (size_t t = sums->starts[at]; t < sums->starts[at + 1]; t++) {
        if (!fill_leaves(reader, sums, (size_t)sums->terms[t].part, depth + 1,
                         err))
            return false;
    }
    sums->known[at] = true;
    return join_leaves(reader, sums, at, err);
}

static bool resolve(struct released_reader *reader, struct sums *sums,
                    struct err *err)
{
    if (!number_leaves(reader, sums, err))
        return false;
    for (size_t n = 0; n < sums->dimension->count; n++) {
        if (!fill_leaves(reader, sums, n, 0, err))
            return false;
    }
    return true;
}

static bool read_sums(struct released_reader *reader, const char *folder,
                      struct err *err)
{
    struct csv *csv = NULL;
    int columns[TERM_COLUMNS];
    struct sums sums[DIM_COUNT];
    for (size_t d = 0; d < DIM_COUNT; d++)
        sums[d] = (struct sums){
            .arena = reader->scratch,
            .dimension = &reader->source->codes.dims[d],
        };
    bool more = true;
    bool ok = released_open(
        reader, arena_format(reader->scratch, "%s/relation.csv", folder),
        term_columns, TERM_COLUMNS, columns, &csv, err);
    while (ok && more && !faults_full(&reader->faults)) {
        ok = csv_next(csv, &more, err);
        if (ok && more)
            (void)take_term(reader, csv, columns, sums);
    }
    csv_close(csv);
    for (size_t d = 0; ok && d < DIM_COUNT; d++)
        ok = resolve(reader, &sums[d], err);
    return ok;
}

/* --- measures ------------------------------------------------------------- */

enum measure_column {
    MEASURE_CODE,
    MEASURE_KIND,
    MEASURE_NUMERATOR,
    MEASURE_DENOMINATOR,
    MEASURE_CONFIDENTIAL,
    MEASURE_SOURCE,
    MEASURE_COLUMNS,
};

static const char *const measure_columns[MEASURE_COLUMNS] = {
    "code", "kind", "numerator", "denominator", "confidential", "source"};

static bool take_measure(struct released_reader *reader, const struct csv *csv,
                         const int *columns, size_t *capacity)
{
    struct codes *codes = &reader->source->codes;
    const char *field[MEASURE_COLUMNS];
    for (size_t c = 0; c < MEASURE_COLUMNS; c++)
        field[c] =
            arena_text(reader->closed, csv_field(csv, (size_t)columns[c]));
    struct measure measure = {
        .code = field[MEASURE_CODE],
        .unit = "",
        .table_name = "",
        .numerator = field[MEASURE_NUMERATOR],
        .denominator = field[MEASURE_DENOMINATOR],
        .confidential = !text_same(field[MEASURE_CONFIDENTIAL], "false"),
        .source = field[MEASURE_SOURCE],
        .method = "",
        .label = {"", ""},
    };
    if (!measure_kind_parse(field[MEASURE_KIND], &measure.kind))
        return released_fault(reader, csv, "no kind of measure '%s'",
                              field[MEASURE_KIND]);
    if (!map_put(reader->source->measures, measure.code, strlen(measure.code),
                 (int)codes->measure_count))
        return released_fault(reader, csv, "measure '%s' twice", measure.code);
    codes->measures =
        arena_grow(reader->closed, codes->measures, codes->measure_count,
                   capacity, sizeof *codes->measures);
    codes->measures[codes->measure_count++] = measure;
    return true;
}

static bool read_measures(struct released_reader *reader, const char *folder,
                          struct err *err)
{
    struct csv *csv = NULL;
    int columns[MEASURE_COLUMNS];
    size_t capacity = 0;
    bool more = true;
    reader->source->measures = map_new(reader->scratch);
    bool ok = released_open(
        reader, arena_format(reader->scratch, "%s/measure.csv", folder),
        measure_columns, MEASURE_COLUMNS, columns, &csv, err);
    while (ok && more && !faults_full(&reader->faults)) {
        ok = csv_next(csv, &more, err);
        if (ok && more)
            (void)take_measure(reader, csv, columns, &capacity);
    }
    csv_close(csv);
    return ok;
}

bool released_codes(struct released_reader *reader, const char *folder,
                    struct err *err)
{
    for (size_t d = 0; d < DIM_COUNT; d++) {
        if (!read_nodes(reader, folder, (enum dim)d, err))
            return false;
    }
    return read_measures(reader, folder, err) && read_sums(reader, folder, err);
}
