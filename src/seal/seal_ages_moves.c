/* SPDX-License-Identifier: EUPL-1.2 */
#include "seal/seal_ages_moves.h"

#include <string.h>

#include "base/text.h"
#include "seal/seal_ages_hunt.h"

enum {
    WORD = 64,
    PLACES_MAX = 1 << 14, /* 2 kB for each row and difference that is kept */
};

/* --- where it is a proof -------------------------------------------------- */

/* Ages that are cells tie the sexes, and broad ones are proved as well. */
static bool has_age_cells(const struct seal_ages *ages, size_t table,
                          int territory)
{
    const struct derived_table *derived = ages->seal->tables[table];
    const struct node *nodes = ages->codes.dims[DIM_TERRITORY].nodes;
    const struct dimension *dimension = &ages->codes.dims[DIM_AGE];
    const struct cube_axis *places = &derived->axes[DIM_TERRITORY];
    const struct cube_axis *axis = &derived->axes[DIM_AGE];
    bool here = false, parted = false;
    for (size_t p = 0; p < places->count && !here; p++)
        here = same_leaves(&nodes[places->nodes[p]], &nodes[territory]);
    for (size_t p = 0; p < axis->count && here && !parted; p++)
        parted =
            dimension->nodes[axis->nodes[p]].leaf_count < dimension->leaf_count;
    return parted;
}

/* What is covered in a period is covered of every site: then the counts of
 * sets add up. */
static bool is_even(const struct seal_ages *ages, const struct age_stock *stock,
                    int territory)
{
    const struct node *node = &ages->codes.dims[DIM_TERRITORY].nodes[territory];
    size_t sites = stock->leaves[DIM_SITE], years = stock->leaves[DIM_PERIOD];
    bool even = true;
    for (size_t t = 0; stock->coverage != NULL && t < node->leaf_count; t++) {
        const unsigned char *status =
            stock->coverage->status + node->leaves[t] * years * sites;
        for (size_t i = 0; i < years * sites; i++)
            even = even && (status[i] == COVERAGE_NONE) ==
                               (status[i - i % sites] == COVERAGE_NONE);
    }
    return even;
}

static bool is_plain(const struct seal_ages *ages,
                     const struct age_stock *stock, int territory)
{
    const struct seal *seal = ages->seal;
    bool plain = ages->book != NULL && is_even(ages, stock, territory);
    for (size_t t = 0; t < seal->job->plan->table_count && plain; t++)
        plain = seal->tables[t]->counts == NULL ||
                !text_same(seal->tables[t]->plan->measure, stock->measure) ||
                !has_age_cells(ages, t, territory);
    const struct age_past *past = ages->past_of[territory];
    for (; past != NULL && plain; past = past->next)
        plain = past->node[DIM_AGE] == seal_ages_whole(ages, DIM_AGE);
    return plain;
}

/* --- thresholds ----------------------------------------------------------- */

/* The nodes of a place, which are numbered sites slowest, sexes fastest. */
static void place_nodes(const struct seal_ages *ages, const struct moves *moves,
                        int territory, size_t place, int node[DIM_COUNT])
{
    const struct dimension *dims = ages->codes.dims;
    node[DIM_TERRITORY] = territory;
    node[DIM_AGE] = seal_ages_whole(ages, DIM_AGE);
    node[DIM_STRATUM] = seal_ages_whole(ages, DIM_STRATUM);
    for (size_t d = SET_DIMS; d-- > 0;) {
        node[set_dims[d]] =
            dims[set_dims[d]].leaf_node[place % moves->leaves[d]];
        place /= moves->leaves[d];
    }
}

/* The fewest person-years of an age in a place where there are people or cases:
 * a difference that has some of them has no fewer. */
static const int64_t *find_least(const struct seal_ages *ages,
                                 const struct age_stock *stock, int territory,
                                 size_t places, const struct moves *moves,
                                 struct arena *arena)
{
    int64_t *least = arena_array(arena, moves->ages, sizeof *least);
    for (size_t a = 0; a < moves->ages; a++)
        least[a] = SDC_UNLIMITED;
    for (size_t place = 0; place < places; place++) {
        const int64_t *counts = NULL, *years = NULL;
        int node[DIM_COUNT];
        place_nodes(ages, moves, territory, place, node);
        seal_ages_sum(ages, stock, node, arena, &counts, &years);
        for (size_t a = 0; a < moves->ages; a++) {
            if ((years[a] > 0 || counts[a] > 0) && years[a] < least[a])
                least[a] = years[a];
        }
    }
    return least;
}

/* The largest threshold of each age, under whatever name. False where a rule
 * may ask for more. */
static bool find_thresholds(const struct seal_ages *ages,
                            const struct age_stock *stock, int territory,
                            size_t places, const struct moves *moves)
{
    const struct dimension *dimension = &ages->codes.dims[DIM_AGE];
    struct sdc_cell_key key = {.measure = stock->measure};
    struct arena *scratch = arena_new();
    const int64_t *least =
        find_least(ages, stock, territory, places, moves, scratch);
    bool plain = true;
    key.node[DIM_TERRITORY] = territory;
    for (size_t n = 0; n < dimension->count && plain; n++) {
        size_t age = dimension->nodes[n].leaves[0];
        int64_t threshold = 0;
        if (dimension->nodes[n].leaf_count > 1)
            continue;
        key.node[DIM_AGE] = (int)n;
        plain = rule_book_is_plain(ages->book, &key, least[age], &threshold);
        if (threshold > moves->thresholds[age])
            moves->thresholds[age] = threshold;
    }
    arena_wipe(scratch);
    return plain;
}

/* --- what moves ----------------------------------------------------------- */

/* Ages at which the place is wide alone. */
static void move_place(struct seal_ages *ages, const struct age_stock *stock,
                       const int node[DIM_COUNT], size_t place,
                       const struct moves *moves)
{
    struct hunt hunt = {.ages = ages, .stock = stock, .row = AGES_NO_ROW};
    memcpy(hunt.place, node, sizeof hunt.place);
    memcpy(hunt.node, node, sizeof hunt.node);
    for (size_t d = 0; d < DIM_COUNT; d++)
        hunt.partner[d] = -1;
    uint64_t wide = hunt_moves(&hunt, moves->thresholds);
    for (size_t a = 0; a < moves->ages; a++)
        moves->wide[a][place / WORD] |= (wide >> a & 1) << place % WORD;
}

static void move_places(struct seal_ages *ages, const struct age_stock *stock,
                        int territory, size_t places, const struct moves *moves)
{
    for (size_t place = 0; place < places; place++) {
        int node[DIM_COUNT];
        place_nodes(ages, moves, territory, place, node);
        move_place(ages, stock, node, place, moves);
    }
}

const struct moves *seal_ages_find_moves(struct seal_ages *ages,
                                         const struct age_stock *stock,
                                         int territory, struct arena *arena)
{
    struct moves *moves = arena_alloc(arena, sizeof *moves);
    size_t places = 1;
    for (size_t d = 0; d < SET_DIMS; d++) {
        moves->leaves[d] = stock->leaves[set_dims[d]];
        places *= moves->leaves[d];
        if (places > PLACES_MAX)
            return NULL;
    }
    moves->ages = stock->leaves[DIM_AGE];
    moves->thresholds =
        arena_array(arena, moves->ages, sizeof *moves->thresholds);
    if (!is_plain(ages, stock, territory) ||
        !find_thresholds(ages, stock, territory, places, moves))
        return NULL;
    moves->words = (places + WORD - 1) / WORD;
    moves->wide = arena_array(arena, moves->ages, sizeof *moves->wide);
    for (size_t a = 0; a < moves->ages; a++)
        moves->wide[a] = arena_array(arena, moves->words, sizeof(uint64_t));
    move_places(ages, stock, territory, places, moves);
    return moves;
}

/* --- sets as places ------------------------------------------------------- */

/* `possible` are bits. */
static void add_sexes(size_t first, const struct sdc_leaves *sexes,
                      uint64_t possible, uint64_t *places)
{
    for (size_t x = 0; x < sexes->count; x++) {
        size_t at = first + sexes->at[x];
        places[at / WORD] |= (possible >> sexes->at[x] & 1) << at % WORD;
    }
}

static void add_box(const struct moves *moves, const struct box *box,
                    const uint64_t *possible, uint64_t *places)
{
    const struct sdc_leaves *sites = &box->of[0], *periods = &box->of[1];
    for (size_t s = 0; s < sites->count; s++) {
        for (size_t p = 0; p < periods->count; p++)
            add_sexes((sites->at[s] * moves->leaves[1] + periods->at[p]) *
                          moves->leaves[2],
                      &box->of[2], possible[sites->at[s]], places);
    }
}

const uint64_t *moves_places(const struct moves *moves, const struct set *set,
                             struct arena *arena)
{
    uint64_t *places = arena_array(arena, moves->words, sizeof *places);
    for (size_t b = 0; b < set->count; b++)
        add_box(moves, &set->boxes[b], set->sexes, places);
    return places;
}

bool moves_contain(const struct moves *moves, const uint64_t *whole,
                   const uint64_t *part)
{
    bool all = true;
    for (size_t w = 0; w < moves->words && all; w++)
        all = (part[w] & ~whole[w]) == 0;
    return all;
}

static bool moves_at(const struct moves *moves, size_t age,
                     const uint64_t *whole, const uint64_t *part)
{
    bool found = false;
    for (size_t w = 0; w < moves->words && !found; w++)
        found = (whole[w] & ~part[w] & moves->wide[age][w]) != 0;
    return found;
}

bool moves_prove(const struct moves *moves, const struct moves_body *whole,
                 const struct moves_body *part)
{
    bool all = true;
    for (size_t a = 0; a < moves->ages && all; a++) {
        int64_t left = whole->counts[a] - part->counts[a];
        all = left == 0 || left >= moves->thresholds[a] ||
              moves_at(moves, a, whole->places, part->places);
    }
    return all;
}
