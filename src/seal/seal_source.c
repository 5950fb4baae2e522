/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "calc/counts.h"
#include "seal/seal_impl.h"

static struct seal_measure *find_measure(struct seal *seal, const char *code)
{
    for (size_t m = 0; m < seal->codes.measure_count; m++) {
        if (text_same(seal->measures[m].measure->code, code))
            return &seal->measures[m];
    }
    return NULL;
}

/* Measures whose rows are counts are read as facts, the others as stored
 * values; a proportion has no rows of its own. */
static bool read_measure(struct seal *seal, struct seal_measure *source,
                         struct err *err)
{
    const struct measure *measure = source->measure;
    switch (measure->kind) {
    case MEASURE_COUNT:
    case MEASURE_PERSON_YEARS:
        return store_facts(seal->store, &seal->codes, measure, &source->facts,
                           err) &&
               store_coverage(seal->store, &seal->codes, measure,
                              &source->coverage, err);
    case MEASURE_ESTIMATE:
    case MEASURE_DURATION:
        return store_estimates(seal->store, &seal->codes, measure,
                               &source->estimates, err);
    case MEASURE_PROPORTION:
        break;
    }
    return true;
}

/* A combination without a row is zero, but not all of them: a file that was
 * left out of the store would be published as if nobody had been ill. */
static bool check_rows(const struct seal_measure *source, struct err *err)
{
    const enum measure_kind kind = source->measure->kind;
    return (kind != MEASURE_COUNT && kind != MEASURE_PERSON_YEARS) ||
           source->facts.count > 0 ||
           err_fail(err, ERR_INPUT, "store.empty",
                    "the store has no row of it in table '%s'",
                    source->measure->table_name);
}

bool seal_lookup(void *context, const char *code, struct calc_source *out,
                 struct err *err)
{
    struct seal *seal = context;
    struct seal_measure *source = find_measure(seal, code);
    if (source == NULL)
        return code_no_measure(&seal->codes, code, "plan.measure", err);
    if (!source->read) {
        if (!read_measure(seal, source, err) || !check_rows(source, err))
            return err_wrap(err, "measure '%s'", code);
        source->read = true;
    }
    out->facts = &source->facts;
    out->estimates = &source->estimates;
    out->coverage = source->coverage.status == NULL ? NULL : &source->coverage;
    return true;
}

/* --- who is counted ------------------------------------------------------- */

enum {
    PERSONS_BITS = 36, /* of a fact: sums of 2^27 of them fit a count */
};

/* Made of the measure, the codes of the leaves and the count, so that a fact
 * that was not revised keeps its number. Nobody is in an empty one. */
static int64_t number_of(const struct seal *seal, const char *measure,
                         const struct fact *fact)
{
    struct arena *scratch = arena_new();
    struct text text = text_new(scratch);
    text_format(&text, "%s\n%lld", measure, (long long)fact->count);
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct dimension *dimension = &seal->codes.dims[d];
        if (fact->leaf[d] == CUBE_ANY)
            continue;
        const struct node *leaf =
            &dimension->nodes[dimension->leaf_node[fact->leaf[d]]];
        text_format(&text, "\n%s\t%s\t%s", dim_name((enum dim)d),
                    d == DIM_TERRITORY ? leaf->level : "", leaf->code);
    }
    uint64_t number = hash_keyed_number(&seal->key, text.at, text.size);
    arena_free(scratch);
    return fact->count == 0 ? 0 : (int64_t)(number >> (64 - PERSONS_BITS));
}

static void number_facts(struct seal *seal, struct seal_measure *source)
{
    size_t count = source->facts.count;
    struct fact *rows = arena_array(seal->closed, count, sizeof *rows);
    for (size_t f = 0; f < count; f++) {
        rows[f] = source->facts.rows[f];
        rows[f].count =
            number_of(seal, source->measure->code, &source->facts.rows[f]);
    }
    source->persons = (struct facts){rows, count};
}

bool seal_persons(void *context, const struct sdc_cell_key *key, int64_t *sum,
                  bool *structural, struct err *err)
{
    struct seal *seal = context;
    struct seal_measure *source = find_measure(seal, key->measure);
    assert(source != NULL && source->read); /* its facts were counted before */
    if (source->keys == NULL) {
        struct calc_source given;
        bool known = seal_lookup(seal, key->measure, &given, err);
        number_facts(seal, source);
        given.facts = &source->persons;
        known = known && calc_counts_new(seal->closed, &seal->codes, &given,
                                         &source->keys, err);
        assert(known);
    }
    return calc_count(source->keys, key->node, sum, structural, err);
}

bool seal_count(void *context, const struct sdc_cell_key *key, int64_t *count,
                bool *structural, struct err *err)
{
    struct seal *seal = context;
    struct seal_measure *source = find_measure(seal, key->measure);
    struct calc_source given;
    if (!seal_lookup(seal, key->measure, &given, err))
        return false;
    if (source->counts == NULL &&
        !calc_counts_new(seal->closed, &seal->codes, &given, &source->counts,
                         err))
        return false;
    return calc_count(source->counts, key->node, count, structural, err);
}
