/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/num.h"
#include "store/check_impl.h"

/* A stored total and what its parts come to. */
struct total {
    int node[DIM_COUNT];
    int64_t stored, sum;
    bool parts; /* at least one fact is a part of it */
    bool large; /* they come to more than an int64_t: no total does */
};

/* For each leaf of a dimension, the nodes named by totals that hold it. */
struct holders {
    int *nodes;
    size_t *start; /* [leaves + 1] */
};

struct totals {
    struct arena *closed;
    const struct codes *codes;
    const struct measure *measure;
    struct total *at;
    size_t count;
    struct map *by_node;
    struct holders holders[DIM_COUNT];
};

static void gather_totals(struct totals *totals, const struct margin *margins,
                          size_t count)
{
    totals->at = arena_array(totals->closed, count, sizeof *totals->at);
    totals->count = count;
    totals->by_node = map_new(totals->closed);
    for (size_t m = 0; m < count; m++) {
        struct total *total = &totals->at[m];
        memcpy(total->node, margins[m].node, sizeof total->node);
        total->stored = margins[m].count;
        map_put(totals->by_node, (const char *)total->node, sizeof total->node,
                (int)m);
    }
}

static struct holders find_holders(const struct totals *totals, enum dim dim)
{
    const struct dimension *dimension = &totals->codes->dims[dim];
    bool *named = arena_array(totals->closed, dimension->count, sizeof *named);
    size_t room = 0;
    for (size_t t = 0; t < totals->count; t++) {
        int node = totals->at[t].node[dim];
        if (node >= 0 && !named[node]) {
            named[node] = true;
            room += dimension->nodes[node].leaf_count;
        }
    }
    struct holders holders = {
        arena_array(totals->closed, room, sizeof(int)),
        arena_array(totals->closed, dimension->leaf_count + 1, sizeof(size_t)),
    };
    size_t used = 0;
    for (size_t leaf = 0; leaf < dimension->leaf_count; leaf++) {
        const struct node *at = &dimension->nodes[dimension->leaf_node[leaf]];
        for (size_t n = 0; n < dimension->count; n++) {
            if (named[n] && code_within(at, &dimension->nodes[n]))
                holders.nodes[used++] = (int)n;
        }
        holders.start[leaf + 1] = used;
    }
    return holders;
}

static void add_to_total(struct totals *totals, const int node[DIM_COUNT],
                         int64_t count)
{
    int at =
        map_get(totals->by_node, (const char *)node, DIM_COUNT * sizeof *node);
    if (at < 0)
        return;
    struct total *total = &totals->at[at];
    total->parts = true;
    if (!num_add(total->sum, count, &total->sum))
        total->large = true;
}

/* Every combination of holders of the fact's leaves, from dimension d on. */
static void add_fact(struct totals *totals, const struct fact *fact, unsigned d,
                     int node[DIM_COUNT])
{
    if (d == DIM_COUNT) {
        add_to_total(totals, node, fact->count);
        return;
    }
    if (fact->leaf[d] == UINT16_MAX) {
        node[d] = -1;
        add_fact(totals, fact, d + 1, node);
        return;
    }
    const struct holders *holders = &totals->holders[d];
    size_t last = holders->start[fact->leaf[d] + 1];
    for (size_t h = holders->start[fact->leaf[d]]; h < last; h++) {
        node[d] = holders->nodes[h];
        add_fact(totals, fact, d + 1, node);
    }
}

static const char *total_name(const struct totals *totals,
                              const struct total *total)
{
    struct text name = text_new(totals->closed);
    text_add(&name, totals->measure->code);
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        if (total->node[d] < 0)
            continue;
        const struct node *node = &totals->codes->dims[d].nodes[total->node[d]];
        text_format(&name, ", %s%s%s", d == DIM_TERRITORY ? node->level : "",
                    d == DIM_TERRITORY ? " " : "", node->code);
    }
    return name.at;
}

/* Sums of one measure; `bare` asks for totals without any part, else for
 * totals that differ from the sum of theirs. */
static bool check_measure(struct check *check, const struct codes *codes,
                          const struct measure *measure, bool bare,
                          struct err *err)
{
    struct fact_reader *reader = NULL;
    struct totals totals = {
        .closed = check->closed, .codes = codes, .measure = measure};
    if (!facts_read(check->closed, check->source, codes, measure, &reader, err))
        return false;
    size_t count;
    const struct margin *margins = fact_reader_margins(reader, &count);
    if (count == 0)
        return true;
    gather_totals(&totals, margins, count);
    for (unsigned d = 0; d < DIM_COUNT; d++)
        totals.holders[d] = find_holders(&totals, (enum dim)d);
    struct facts facts = fact_reader_facts(reader);
    for (size_t f = 0; f < facts.count; f++) {
        int node[DIM_COUNT];
        add_fact(&totals, &facts.rows[f], 0, node);
    }
    for (size_t t = 0; t < totals.count; t++) {
        const struct total *total = &totals.at[t];
        bool breach = bare ? !total->parts && total->stored > 0
                           : total->large ||
                                 (total->parts && total->sum != total->stored);
        if (breach)
            check_found(check, "%s", total_name(&totals, total));
    }
    return true;
}

/* A store whose codes or facts cannot be read breaks other rules, which say
 * so; here it is passed over. */
static bool check_each(struct check *check, bool bare)
{
    struct codes codes;
    struct err unread = {0};
    if (!store_codes(check->store, &codes, &unread))
        return true;
    for (size_t m = 0; m < codes.measure_count; m++) {
        const struct measure *measure = &codes.measures[m];
        struct err ignored = {0};
        if ((measure->kind == MEASURE_COUNT ||
             measure->kind == MEASURE_PERSON_YEARS) &&
            !check_measure(check, &codes, measure, bare, &ignored))
            continue;
    }
    return true;
}

bool check_margins(struct check *check, struct err *err)
{
    (void)err;
    return check_each(check, false);
}

bool check_bare_margins(struct check *check, struct err *err)
{
    (void)err;
    return check_each(check, true);
}

/* --- what a release would read ------------------------------------------- */

bool check_codes_read(struct check *check, struct err *err)
{
    struct codes codes;
    struct err breach = {0};
    (void)err;
    if (!store_codes(check->store, &codes, &breach))
        check_found(check, "%s", breach.text);
    return true;
}

static bool read_measure(struct store *store, const struct codes *codes,
                         const struct measure *measure, struct err *err)
{
    struct facts facts;
    struct estimates estimates;
    struct coverage coverage;
    switch (measure->kind) {
    case MEASURE_COUNT:
    case MEASURE_PERSON_YEARS:
        return store_facts(store, codes, measure, &facts, err) &&
               store_coverage(store, codes, measure, &coverage, err);
    case MEASURE_ESTIMATE:
    case MEASURE_DURATION:
        return store_estimates(store, codes, measure, &estimates, err);
    case MEASURE_PROPORTION:
        return true;
    }
    return true;
}

bool check_facts_read(struct check *check, struct err *err)
{
    struct codes codes;
    struct err unread = {0};
    (void)err;
    if (!store_codes(check->store, &codes, &unread))
        return true;
    for (size_t m = 0; m < codes.measure_count; m++) {
        struct err breach = {0};
        if (!read_measure(check->store, &codes, &codes.measures[m], &breach))
            check_found(check, "%s", breach.text);
    }
    return true;
}
