/* SPDX-License-Identifier: EUPL-1.2 */
/* What rows with rates leave of another that contains them: its total and its
 * rate are the differences of theirs, whether or not it has a name. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "seal/seal_ages_moves.h"

enum {
    ROUNDS = 2, /* of subtraction: of rows, then of what is left as well */
    TOLD = ROUNDS + 1,
};

/* What is told of a territory, and what that leaves. */
struct body {
    struct set set;
    int64_t cases;
    size_t round; /* 0: a row with rates; TOLD: of another, nothing is left */
    bool told;    /* and so judged anyway */
    bool proved;  /* by a place within */
    bool ranked, withheld;
    bool past;   /* an earlier release told it: it is not withheld */
    size_t part; /* body that left it; of what is told none */
    struct moves_body moves; /* while more is left of it, and of places */
};

/* A row of the release, or a cell that is judged anyway. */
struct told {
    const struct node *territory;
    int node[DIM_COUNT];
    struct age_fate **fates; /* [values] of a row of this release */
    size_t values;
    bool rated, past; /* past: by an earlier release */
    double events;    /* see seal_ages_events */
    size_t number;    /* in the order they were added */
    size_t body;
};

struct subtraction {
    struct seal_ages *ages;
    const struct age_stock *stock;
    struct arena *scratch;
    int territory;
    const uint64_t *sexes; /* see set_sexes */
    struct told *told;
    size_t told_count, told_capacity;
    struct body *bodies;
    size_t count, capacity;
    struct map *met; /* bodies by struct place */
    size_t *live;    /* bodies of which more is left, as they came */
    size_t live_count, live_capacity;
    size_t left;    /* bodies that are differences which no place proves */
    double excused; /* a row of so many cases is not looked at */
    struct age_limits limits;
    size_t limit;              /* differences of the territory, at present */
    bool lean;                 /* see seal_ages_find_unproved */
    bool close;                /* places were asked, or are not */
    const struct moves *moves; /* of the territory; NULL: not asked, no proof */
    struct arena *arena;       /* of these */
};

/* --- bodies --------------------------------------------------------------- */

/* Where a set is found: those of one sum have one turn each. */
struct place {
    uint64_t sum, turn;
};

/* The body that is what the part leaves of the whole; their count when there
 * is none. */
static size_t find_body(const struct subtraction *subtraction,
                        const struct set *whole, const struct set *part)
{
    struct place place = {.sum = whole->sum - part->sum};
    for (;; place.turn++) {
        int at = map_get(subtraction->met, (const char *)&place, sizeof place);
        if (at < 0)
            return subtraction->count;
        if (set_is_left(&subtraction->bodies[at].set, whole, part))
            return (size_t)at;
    }
}

static void add_body(struct subtraction *subtraction, struct body body)
{
    struct place place = {.sum = body.set.sum};
    while (!map_put(subtraction->met, (const char *)&place, sizeof place,
                    (int)subtraction->count))
        place.turn++;
    subtraction->bodies = arena_grow(subtraction->scratch, subtraction->bodies,
                                     subtraction->count, &subtraction->capacity,
                                     sizeof *subtraction->bodies);
    subtraction->bodies[subtraction->count++] = body;
}

int seal_ages_whole(const struct seal_ages *ages, enum dim dim)
{
    const struct dimension *dimension = &ages->codes.dims[dim];
    int node = 0;
    while (dimension->nodes[node].leaf_count < dimension->leaf_count)
        node++;
    return node;
}

static void name_box(const struct subtraction *subtraction,
                     const struct box *box, int node[DIM_COUNT])
{
    struct seal_ages *ages = subtraction->ages;
    node[DIM_TERRITORY] = subtraction->territory;
    node[DIM_AGE] = seal_ages_whole(ages, DIM_AGE);
    node[DIM_STRATUM] = seal_ages_whole(ages, DIM_STRATUM);
    for (size_t d = 0; d < SET_DIMS; d++)
        node[set_dims[d]] = seal_ages_name(ages, set_dims[d], &box->of[d]);
}

/* What is beside a box of the part along one dimension, and all of what is
 * left, gives to it and takes from it: the whole does not see that. */
static void add_try(struct subtraction *subtraction, struct age_cell *cell,
                    const struct box *left, const struct box *part,
                    size_t along)
{
    struct arena *scratch = subtraction->scratch;
    struct box facing = *left;
    bool beside = leaves_common(&left->of[along], &part->of[along]) == 0;
    for (size_t d = 0; d < SET_DIMS; d++) {
        if (d != along)
            facing.of[d] =
                leaves_pick(scratch, &left->of[d], &part->of[d], true);
        beside = beside && facing.of[d].count > 0;
    }
    if (!beside)
        return;
    struct box partner = facing;
    partner.of[along] = part->of[along];
    if (set_of(&partner, subtraction->sexes).extent == 0)
        return; /* nobody can be counted there */
    struct age_try *made = &cell->tries[cell->try_count++];
    name_box(subtraction, &facing, made->node);
    for (size_t d = 0; d < DIM_COUNT; d++)
        made->partner[d] = -1;
    made->partner[set_dims[along]] =
        seal_ages_name(subtraction->ages, set_dims[along], &part->of[along]);
}

static void add_difference(struct subtraction *subtraction,
                           const struct set *left, const struct set *part)
{
    struct seal_ages *ages = subtraction->ages;
    struct arena *closed = ages->seal->closed, *scratch = arena_new();
    size_t most = 2 * left->count * part->count;
    struct age_cell cell = {
        .stock = subtraction->stock, .row = AGES_NO_ROW, .few = true};
    cell.boxes = arena_array(closed, left->count, sizeof *cell.boxes);
    cell.box_count = left->count;
    cell.tries = arena_array(scratch, most, sizeof *cell.tries);
    for (size_t b = 0; b < left->count; b++) {
        name_box(subtraction, &left->boxes[b], cell.boxes[b]);
        for (size_t i = 0; i < 2 * part->count; i++)
            add_try(subtraction, &cell, &left->boxes[b], &part->boxes[i / 2],
                    i % 2);
    }
    /* Few of those that can be are: only these are kept. */
    struct age_try *kept =
        arena_array(closed, cell.try_count, sizeof *cell.tries);
    if (cell.try_count > 0)
        memcpy(kept, cell.tries, cell.try_count * sizeof *kept);
    cell.tries = kept;
    arena_wipe(scratch);
    seal_ages_add_cell(ages, &cell);
}

/* A body is left in that round; in the last, nothing more is left of it. */
static void reach(struct subtraction *subtraction, size_t at, size_t round)
{
    struct body *body = &subtraction->bodies[at];
    if (!body->proved) {
        subtraction->left -= body->round > 0 && body->round < TOLD;
        subtraction->left += round > 0;
    }
    body->round = round;
    if (round == ROUNDS)
        return;
    if (subtraction->moves != NULL)
        body->moves.places =
            moves_places(subtraction->moves, &body->set, subtraction->scratch);
    subtraction->live = arena_grow(
        subtraction->scratch, subtraction->live, subtraction->live_count,
        &subtraction->live_capacity, sizeof *subtraction->live);
    subtraction->live[subtraction->live_count++] = at;
}

static bool contains(const struct subtraction *subtraction,
                     const struct body *whole, const struct body *part)
{
    return subtraction->moves != NULL
               ? moves_contain(subtraction->moves, whole->moves.places,
                               part->moves.places)
               : set_shared(&whole->set, &part->set) == part->set.extent;
}

static const int64_t *subtract_counts(const struct subtraction *subtraction,
                                      const struct body *whole,
                                      const struct body *part)
{
    size_t ages = subtraction->moves->ages;
    int64_t *counts = arena_array(subtraction->scratch, ages, sizeof *counts);
    for (size_t a = 0; a < ages; a++)
        counts[a] = whole->moves.counts[a] - part->moves.counts[a];
    return counts;
}

/* What the part leaves of the whole: told of already, or new. Where an earlier
 * round leaves the same, it does so in fewer boxes. */
static void take(struct subtraction *subtraction, size_t whole, size_t part)
{
    const struct body *from = &subtraction->bodies[whole];
    const struct body *by = &subtraction->bodies[part];
    size_t round = 1 + (from->round > by->round ? from->round : by->round);
    if (by->cases >= from->cases || by->set.extent >= from->set.extent ||
        !contains(subtraction, from, by))
        return;
    bool proved = subtraction->moves != NULL &&
                  moves_prove(subtraction->moves, &from->moves, &by->moves);
    if (proved && round == ROUNDS)
        return;
    size_t at = find_body(subtraction, &from->set, &by->set);
    struct body left = {.cases = from->cases - by->cases,
                        .round = TOLD,
                        .proved = proved,
                        .part = part};
    if (at < subtraction->count) {
        const struct body *known = &subtraction->bodies[at];
        if (known->round <= round)
            return;
        left.round = known->round;
        left.told = known->told;
        left.set = known->set;
    }
    if (!left.told)
        left.set = set_subtract(subtraction->scratch, &from->set, &by->set);
    if (subtraction->moves != NULL)
        left.moves.counts = subtract_counts(subtraction, from, by);
    if (at == subtraction->count)
        add_body(subtraction, left);
    subtraction->bodies[at] = left;
    reach(subtraction, at, round);
}

/* --- rows ----------------------------------------------------------------- */

static struct box box_of(const struct subtraction *subtraction,
                         const int node[DIM_COUNT])
{
    struct box box;
    for (size_t d = 0; d < SET_DIMS; d++) {
        const struct node *own = &subtraction->ages->codes.dims[set_dims[d]]
                                      .nodes[node[set_dims[d]]];
        box.of[d] = (struct sdc_leaves){own->leaves, own->leaf_count};
    }
    return box;
}

static struct told *add_told(struct subtraction *subtraction,
                             const int node[DIM_COUNT])
{
    subtraction->told = arena_grow(
        subtraction->scratch, subtraction->told, subtraction->told_count,
        &subtraction->told_capacity, sizeof *subtraction->told);
    struct told *told = &subtraction->told[subtraction->told_count++];
    *told =
        (struct told){.territory = &subtraction->ages->codes.dims[DIM_TERRITORY]
                                        .nodes[node[DIM_TERRITORY]],
                      .number = subtraction->told_count};
    memcpy(told->node, node, sizeof told->node);
    return told;
}

/* Rows of some ages are told of all: what is left of a row is judged by its
 * ages one by one. */
static void add_rows(struct subtraction *subtraction, size_t table)
{
    const struct seal_ages *ages = subtraction->ages;
    const struct derived_table *derived = ages->seal->tables[table];
    const struct age_table *rated = &ages->tables[table];
    size_t values = derived->plan->value_count;
    for (size_t r = 0; r < derived->rows; r++) {
        size_t place[DIM_COUNT], own = ages->seal->rows[table].own[r];
        int node[DIM_COUNT];
        bool any = false;
        for (size_t v = 0; v < values; v++)
            any = any || rated->fates[r * values + v] != NULL;
        cube_place(derived->counts, r, place);
        for (size_t d = 0; d < DIM_COUNT; d++)
            node[d] = derived->axes[d].nodes[place[d]];
        bool counted = own != SEAL_NO_CELL &&
                       clearance_shown(ages->seal->clearance, own) &&
                       node[DIM_AGE] == seal_ages_whole(ages, DIM_AGE);
        if (!any && !counted)
            continue;
        struct told *told = add_told(subtraction, node);
        told->events = seal_ages_events(ages, table, r);
        told->values = values;
        told->fates = rated->fates + r * values;
        told->rated = any;
    }
}

static void add_past(struct subtraction *subtraction,
                     const struct age_past *past)
{
    struct told *told = add_told(subtraction, past->node);
    told->events =
        (double)seal_ages_cases(subtraction->ages, past->stock, past->node);
    told->rated = told->past = true;
}

static int compare_leaves(const struct node *a, const struct node *b)
{
    if (a->leaf_count != b->leaf_count)
        return a->leaf_count < b->leaf_count ? -1 : 1;
    return memcmp(a->leaves, b->leaves, a->leaf_count * sizeof *a->leaves);
}

/* By territory, those with rates first. */
static int compare_told(const void *a, const void *b)
{
    const struct told *one = a, *other = b;
    int order = compare_leaves(one->territory, other->territory);
    if (order == 0)
        order = other->rated - one->rated;
    return order != 0 ? order : one->number < other->number ? -1 : 1;
}

static void count_cases(const struct subtraction *subtraction,
                        const int node[DIM_COUNT], struct body *body)
{
    const int64_t *counts = NULL, *years = NULL;
    seal_ages_sum(subtraction->ages, subtraction->stock, node,
                  subtraction->scratch, &counts, &years);
    for (size_t a = 0; a < subtraction->stock->leaves[DIM_AGE]; a++)
        body->cases += counts[a];
    body->moves.counts = counts;
}

/* A row is met once, under whatever name. */
static void meet(struct subtraction *subtraction, struct told *told)
{
    static const struct set nothing = {0};
    struct box *box = arena_alloc(subtraction->scratch, sizeof *box);
    *box = box_of(subtraction, told->node);
    struct body body = {
        .set = set_of(box, subtraction->sexes), .round = TOLD, .told = true};
    size_t at = find_body(subtraction, &body.set, &nothing);
    if (at == subtraction->count)
        add_body(subtraction, body);
    assert(subtraction->bodies != NULL);
    subtraction->bodies[at].past = subtraction->bodies[at].past || told->past;
    told->body = at;
}

/* A waiver answers for rows of many cases; the others are looked at while they
 * have rates. */
static bool is_looked_at(const struct subtraction *subtraction,
                         const struct told *told)
{
    return told->rated && told->events < subtraction->excused;
}

/* A row with rates and few cases. */
struct ranked {
    size_t body;
    int64_t cases;
    bool past;
};

/* Those that are not withheld, then most cases first, which everybody can read;
 * then as they were met. */
static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *one = a, *other = b;
    int order = other->past - one->past;
    if (order == 0)
        order = (one->cases < other->cases) - (one->cases > other->cases);
    return order != 0 ? order
                      : (one->body > other->body) - (one->body < other->body);
}

/* Without a case, a row leaves all of others: nothing that is new. */
static size_t rank(struct subtraction *subtraction, const struct told *told,
                   size_t count, struct ranked *out)
{
    size_t ranked = 0;
    assert(count == 0 || subtraction->bodies != NULL); /* all were met */
    for (size_t t = 0; t < count; t++) {
        struct body *body = &subtraction->bodies[told[t].body];
        if (!is_looked_at(subtraction, &told[t]) || body->ranked)
            continue;
        body->ranked = true;
        count_cases(subtraction, told[t].node, body);
        if (body->cases > 0)
            out[ranked++] =
                (struct ranked){told[t].body, body->cases, body->past};
    }
    if (ranked > 0)
        qsort(out, ranked, sizeof *out, compare_ranked);
    return ranked;
}

/* Where places prove most of what is left, there can be many bodies of which
 * more is left, and that takes long. */
static bool is_full(const struct subtraction *subtraction)
{
    return subtraction->left >= subtraction->limit ||
           (subtraction->moves != NULL &&
            subtraction->live_count >= subtraction->limits.live);
}

/* What one body more leaves of those before it, and they of it. */
static void take_each(struct subtraction *subtraction, size_t place)
{
    for (size_t i = 0; i < place && !is_full(subtraction); i++) {
        take(subtraction, subtraction->live[i], subtraction->live[place]);
        take(subtraction, subtraction->live[place], subtraction->live[i]);
    }
}

/* Takes the rows in, one by one, until they leave too much. Returns how many
 * do not. */
static size_t take_rows(struct subtraction *subtraction,
                        const struct ranked *rows, size_t count)
{
    for (size_t r = 0, done = 0; r < count; r++) {
        reach(subtraction, rows[r].body, 0);
        while (done < subtraction->live_count)
            take_each(subtraction, done++);
        if (is_full(subtraction))
            return r;
    }
    return count;
}

/* These rows print no rate: they are told of by their counts alone, and judged
 * like others that are. Where they are of earlier releases, nothing else is
 * printed beside them. */
static void withhold(const struct subtraction *subtraction,
                     const struct ranked *rows, size_t row_count,
                     struct told *told, size_t count)
{
    for (size_t r = 0; r < row_count; r++)
        subtraction->bodies[rows[r].body].withheld = true;
    for (size_t t = 0; t < count; t++) {
        if (!is_looked_at(subtraction, &told[t]) ||
            !subtraction->bodies[told[t].body].withheld)
            continue;
        for (size_t v = 0; v < told[t].values; v++) {
            if (told[t].fates[v] != NULL && !told[t].fates[v]->before)
                told[t].fates[v]->digits = AGES_NOTHING;
        }
        told[t].rated = false;
    }
}

static void add_differences(struct subtraction *subtraction)
{
    for (size_t b = 0; b < subtraction->count; b++) {
        const struct body *left = &subtraction->bodies[b];
        if (!left->told && !left->proved)
            add_difference(subtraction, &left->set,
                           &subtraction->bodies[left->part].set);
    }
}

/* Where all that is left is too much, what places prove is not counted. False
 * where that was tried, or is not wanted, and would change nothing. */
static bool look_closer(struct subtraction *subtraction)
{
    if (subtraction->close)
        return false;
    subtraction->moves =
        seal_ages_find_moves(subtraction->ages, subtraction->stock,
                             subtraction->territory, subtraction->arena);
    subtraction->close = true;
    bool more = subtraction->limit < subtraction->limits.most;
    subtraction->limit = subtraction->limits.most;
    return more || subtraction->moves != NULL;
}

/* What the rows about one territory leave is to be judged. False where that is
 * too much: then those of fewest cases are withheld, and the rest is to be
 * subtracted anew. */
static bool subtract_all(struct subtraction *subtraction, struct told *told,
                         size_t count)
{
    struct arena *scratch = arena_new();
    struct ranked *rows = arena_array(scratch, count, sizeof *rows);
    subtraction->scratch = scratch;
    subtraction->bodies = NULL;
    subtraction->live = NULL;
    subtraction->count = subtraction->capacity = 0;
    subtraction->live_count = subtraction->live_capacity = 0;
    subtraction->left = 0;
    subtraction->met = map_new(scratch);
    for (size_t t = 0; t < count; t++)
        meet(subtraction, &told[t]);
    size_t row_count = rank(subtraction, told, count, rows);
    size_t kept = take_rows(subtraction, rows, row_count);
    if (kept == row_count)
        add_differences(subtraction);
    else if (!look_closer(subtraction))
        withhold(subtraction, rows + kept, row_count - kept, told, count);
    arena_wipe(scratch);
    return kept == row_count;
}

/* What rows about one territory leave. */
static void subtract_territory(struct subtraction *subtraction,
                               struct told *told, size_t count)
{
    subtraction->arena = arena_new();
    subtraction->close = !subtraction->lean;
    subtraction->limit =
        subtraction->lean && subtraction->limits.each < subtraction->limits.most
            ? subtraction->limits.each
            : subtraction->limits.most;
    subtraction->moves = NULL;
    subtraction->territory = told->node[DIM_TERRITORY];
    while (!subtract_all(subtraction, told, count))
        continue;
    arena_wipe(subtraction->arena);
}

static void find_differences(struct subtraction *subtraction)
{
    struct seal_ages *ages = subtraction->ages;
    const struct age_stock *stock = subtraction->stock;
    struct arena *scratch = arena_new();
    subtraction->scratch = scratch;
    subtraction->sexes = set_sexes(&ages->codes, scratch);
    size_t cells = ages->cell_count;
    for (size_t t = 0; t < ages->seal->job->plan->table_count; t++) {
        if (ages->tables[t].stock == stock)
            add_rows(subtraction, t);
    }
    for (size_t p = 0; p < ages->past_count; p++) {
        if (ages->past[p].stock == stock)
            add_past(subtraction, &ages->past[p]);
    }
    for (size_t c = 0; c < cells; c++) {
        if (ages->cells[c].stock == stock)
            add_told(subtraction, ages->cells[c].boxes[0]);
    }
    if (subtraction->told_count > 0)
        qsort(subtraction->told, subtraction->told_count,
              sizeof *subtraction->told, compare_told);
    for (size_t from = 0, to = 0; from < subtraction->told_count; from = to) {
        struct told *first = &subtraction->told[from];
        while (to < subtraction->told_count &&
               compare_leaves(subtraction->told[to].territory,
                              first->territory) == 0)
            to++;
        if (seal_ages_is_open(ages, first->node[DIM_TERRITORY]))
            subtract_territory(subtraction, first, to - from);
    }
    arena_wipe(scratch);
}

void seal_ages_find_differences(struct seal_ages *ages,
                                const struct age_stock *stock, double excused,
                                size_t most)
{
    find_differences(&(struct subtraction){
        .ages = ages, .stock = stock, .excused = excused, .limits.most = most});
}

void seal_ages_find_unproved(struct seal_ages *ages, struct age_limits limits)
{
    for (size_t s = 0; s < ages->stock_count; s++) {
        if (ages->stocks[s].years != NULL)
            find_differences(
                &(struct subtraction){.ages = ages,
                                      .stock = &ages->stocks[s],
                                      .excused = seal_ages_excused(ages),
                                      .limits = limits,
                                      .lean = true});
    }
}
