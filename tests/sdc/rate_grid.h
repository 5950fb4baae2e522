/* SPDX-License-Identifier: EUPL-1.2 */
/* rate_grid.h - all that is printed of one territory at once: counts and
 * standardised rates of sites, groups, years and periods, as they contain,
 * cross and overlap one another. The sites and years that no row tells apart
 * are one block. Shares nothing with the proof but the formula of a rate.
 */
#ifndef RATE_GRID_H
#define RATE_GRID_H

#include "seal_fixture.h"

#include "base/map.h"
#include "base/num.h"
#include "calc/kernel.h"
#include "pub/table.h"

enum {
    GRID_THRESHOLD = 5,
    GRID_SITES = FIXTURE_SITES,
    GRID_SEXES = 2,
    GRID_YEARS = 3,
    GRID_ATOMS = GRID_SEXES * GRID_SITES * GRID_YEARS,
    GRID_ROWS = 8192, /* blocks and differences */
    GRID_JUDGED = 2,  /* rounds of differences that the program judges */
    GRID_RATES = 6,
    GRID_MOST = 24, /* cases of a row that is enumerated */
    GRID_SIDE = GRID_MOST + 1,
    GRID_CODES = GRID_SIDE * GRID_SIDE * GRID_SIDE,
    GRID_TRIES = 1000000, /* after which nothing is known */
    GRID_STEPS = 300000,  /* of a walk among what is possible */
};

struct vector {
    int at[FIXTURE_AGES];
};

struct printed {
    const double *weights;
    double total; /* of the weights */
    int decimals;
    bool has[3]; /* value, lower, upper */
    double value[3];
};

/* What is printed of some atoms, and the truth. */
struct grid_row {
    unsigned atoms;  /* bit per sex, site and year */
    unsigned blocks; /* the same by block */
    bool told;       /* a table has its count, shown or not */
    bool shown;
    bool late; /* left by rows with rates, in a round that is not judged */
    int total;
    double years[FIXTURE_AGES];
    struct vector truth, low, high; /* low and high as far as was met */
    struct vector most;             /* of the list */
    struct vector width;            /* see grid_width */
    struct printed rates[GRID_RATES];
    size_t rate_count;
    struct vector *list; /* that total and rates leave, where it is shown */
    size_t list_count;
    unsigned char *allowed; /* [GRID_CODES] of the list */
};

struct grid {
    struct arena *arena;
    const struct seal_fixture *fixture;
    size_t territory; /* place in the tables */
    struct grid_row rows[GRID_ROWS];
    size_t row_count;
    unsigned blocks[GRID_ATOMS]; /* atoms of each */
    size_t block_count;
    /* the attack */
    struct vector at[GRID_ATOMS]; /* of the blocks */
    size_t order[GRID_ATOMS];     /* of those of the part */
    unsigned part;                /* blocks that rows tie together */
    size_t part_count;
    struct vector met[GRID_ATOMS]; /* blocks as they were last possible */
    long tries, limit;
    uint32_t state;
};

/* --- what is printed ------------------------------------------------------ */

static inline struct grid_row *grid_find(struct grid *grid, unsigned atoms)
{
    for (size_t r = 0; r < grid->row_count; r++) {
        if (grid->rows[r].atoms == atoms)
            return &grid->rows[r];
    }
    CHECK(grid->row_count < GRID_ROWS);
    struct grid_row *row = &grid->rows[grid->row_count++];
    *row = (struct grid_row){.atoms = atoms};
    return row;
}

static inline unsigned grid_atom(size_t sex, size_t site, size_t year)
{
    bool none = sex == SEX_F && site == SITE_PRO;
    return none || year >= GRID_YEARS
               ? 0
               : 1U << ((sex * GRID_SITES + site) * GRID_YEARS + year);
}

static inline unsigned grid_atoms(const struct node *site,
                                  const struct node *period,
                                  const struct node *sex)
{
    unsigned atoms = 0;
    for (size_t s = 0; s < site->leaf_count; s++) {
        for (size_t y = 0; y < period->leaf_count; y++) {
            for (size_t x = 0; x < sex->leaf_count; x++)
                atoms |= grid_atom(sex->leaves[x], site->leaves[s],
                                   period->leaves[y]);
        }
    }
    return atoms;
}

/* Ages that a standard leaves out weigh nothing. */
static inline void grid_weigh(const struct seal_fixture *fixture,
                              const char *code, struct printed *rate)
{
    const struct standard *standard =
        &fixture->standards[text_same(code, "old") ? 1 : 0];
    double *weights =
        arena_array(fixture->arena, FIXTURE_AGES, sizeof *weights);
    for (size_t b = 0; b < standard->count; b++)
        weights[b] = standard->bands[b].weight;
    rate->weights = weights;
    rate->total = standard->total;
}

static inline void grid_read_row(struct grid *grid, size_t table,
                                 const struct pub_table *published, size_t at)
{
    const struct plan_value *value = &grid->fixture->values[table];
    size_t place[DIM_COUNT];
    double number = 0.0;
    pub_places(published, at, place);
    struct grid_row *row = grid_find(
        grid,
        grid_atoms(pub_axis_node(published, DIM_SITE, place[DIM_SITE]),
                   pub_axis_node(published, DIM_PERIOD, place[DIM_PERIOD]),
                   pub_axis_node(published, DIM_SEX, place[DIM_SEX])));
    if (value->kind == VALUE_COUNT) {
        row->told = true;
        row->shown |= pub_read(published, at, 0, &number) == AVAILABLE;
        return;
    }
    if (pub_read(published, at, 0, &number) != AVAILABLE)
        return;
    CHECK(row->rate_count < GRID_RATES);
    struct printed *rate = &row->rates[row->rate_count++];
    row->shown = true; /* rates are printed where the count could be */
    rate->decimals = pub_decimals(published, at, 0);
    grid_weigh(grid->fixture, value->standard, rate);
    for (size_t c = 0; c < 3; c++)
        rate->has[c] = pub_read(published, at, c, &rate->value[c]) == AVAILABLE;
}

/* Facts of the territory in some atoms, by age: people of any site in them. */
static inline void grid_sum(const struct facts *facts,
                            const struct node *territory, unsigned atoms,
                            double out[FIXTURE_AGES])
{
    for (size_t f = 0; f < facts->count; f++) {
        const uint16_t *leaf = facts->rows[f].leaf;
        unsigned own = 0;
        for (size_t s = 0; s < GRID_SITES; s++) {
            if (leaf[DIM_SITE] == CUBE_ANY || leaf[DIM_SITE] == s)
                own |= grid_atom(leaf[DIM_SEX], s, leaf[DIM_PERIOD]);
        }
        if ((own & atoms) != 0 &&
            calc_fixture_has(territory, leaf[DIM_TERRITORY]))
            out[leaf[DIM_AGE]] += (double)facts->rows[f].count;
    }
}

static inline const struct node *grid_place(const struct grid *grid)
{
    const struct seal *seal = &grid->fixture->seal;
    const struct cube_axis *axis = &seal->tables[0]->axes[DIM_TERRITORY];
    return &seal->codes.dims[DIM_TERRITORY].nodes[axis->nodes[grid->territory]];
}

/* What a rule lists is listed for everything. */
static inline int grid_threshold(const struct grid *grid)
{
    const struct policy *policy = &grid->fixture->project.policy;
    bool listed =
        policy->rule_count > 0 && policy->rules->kind == RULE_THRESHOLD;
    return listed ? (int)policy->rules->threshold : GRID_THRESHOLD;
}

/* The width that a small age count has to have; 0 of one that is not. */
static inline int grid_width(const struct grid *grid, double cases)
{
    int threshold = grid_threshold(grid);
    return cases > 0 && cases < threshold ? threshold - 2 : 0;
}

static inline void grid_know(const struct grid *grid, struct grid_row *row)
{
    const struct node *territory = grid_place(grid);
    double truth[FIXTURE_AGES] = {0};
    grid_sum(&grid->fixture->cases, territory, row->atoms, truth);
    grid_sum(&grid->fixture->population, territory, row->atoms, row->years);
    for (size_t a = 0; a < FIXTURE_AGES; a++) {
        row->truth.at[a] = (int)truth[a];
        row->total += row->truth.at[a];
        row->width.at[a] = grid_width(grid, truth[a]);
    }
    row->low = row->high = row->truth;
}

/* Rows that nothing is printed of cut nothing. */
static inline void grid_forget(struct grid *grid)
{
    size_t kept = 0;
    for (size_t r = 0; r < grid->row_count; r++) {
        grid->rows[r].told = grid->rows[r].told || grid->rows[r].shown;
        if (grid->rows[r].told)
            grid->rows[kept++] = grid->rows[r];
    }
    grid->row_count = kept;
}

/* Sets of atoms, each once. */
struct grid_sets {
    struct map *met;
    double truth[GRID_ATOMS][FIXTURE_AGES];
    unsigned *at;
    size_t count, capacity;
};

static inline void grid_meet(struct arena *arena, struct grid_sets *sets,
                             unsigned atoms)
{
    if (!map_put(sets->met, (const char *)&atoms, sizeof atoms, 0))
        return;
    sets->at = arena_grow(arena, sets->at, sets->count, &sets->capacity,
                          sizeof *sets->at);
    sets->at[sets->count++] = atoms;
}

static inline bool grid_set_small(const struct grid *grid,
                                  const struct grid_sets *sets, unsigned atoms)
{
    double cases[FIXTURE_AGES] = {0};
    bool small = false;
    for (; atoms != 0; atoms &= atoms - 1) {
        for (size_t a = 0; a < FIXTURE_AGES; a++)
            cases[a] += sets->truth[__builtin_ctz(atoms)][a];
    }
    for (size_t a = 0; a < FIXTURE_AGES; a++)
        small = small || grid_width(grid, cases[a]) > 0;
    return small;
}

/* What those from `before` on leave of one another and of the others. */
static inline void grid_leave(struct arena *arena, struct grid_sets *sets,
                              size_t before)
{
    size_t count = sets->count;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i < before ? before : 0; j < count; j++) {
            unsigned whole = sets->at[i], part = sets->at[j];
            if (whole != part && (part & ~whole) == 0)
                grid_meet(arena, sets, whole & ~part);
        }
    }
}

/* What rows with rates leave of one another is a row too: its total and its
 * rate follow from theirs; so is what these differences leave, and so on until
 * nothing new is; and two rows that share nothing, together. Where no age has
 * few cases there is nothing to be found. */
static inline void grid_subtract(struct grid *grid)
{
    struct arena *arena = grid->arena;
    struct grid_sets sets = {.met = map_new(arena)};
    for (size_t r = 0; r < grid->row_count; r++) {
        if (grid->rows[r].rate_count > 0)
            grid_meet(arena, &sets, grid->rows[r].atoms);
    }
    for (size_t atom = 0; atom < GRID_ATOMS; atom++)
        grid_sum(&grid->fixture->cases, grid_place(grid), 1U << atom,
                 sets.truth[atom]);
    size_t rated = sets.count, round = 0;
    for (size_t before = 0; before < sets.count; round++) {
        size_t count = sets.count;
        grid_leave(arena, &sets, before);
        before = count;
        for (size_t s = count; s < sets.count; s++) {
            size_t known = grid->row_count;
            if (!grid_set_small(grid, &sets, sets.at[s]))
                continue;
            struct grid_row *row = grid_find(grid, sets.at[s]);
            row->late = round >= GRID_JUDGED && grid->row_count > known;
        }
    }
    for (size_t i = 0; i < rated * rated; i++) {
        unsigned one = sets.at[i / rated], other = sets.at[i % rated];
        if ((one & other) == 0)
            grid_find(grid, one | other);
    }
}

/* Atoms that are in the same rows; each block is a row too, told or not. */
static inline void grid_cut(struct grid *grid)
{
    unsigned left = 0;
    for (size_t r = 0; r < grid->row_count; r++)
        left |= grid->rows[r].atoms;
    while (left != 0) {
        unsigned block = left;
        for (size_t r = 0; r < grid->row_count; r++) {
            bool in = grid->rows[r].atoms >> __builtin_ctz(left) & 1;
            block &= in ? grid->rows[r].atoms : ~grid->rows[r].atoms;
        }
        grid->blocks[grid->block_count++] = block;
        left &= ~block;
    }
    for (size_t b = 0; b < grid->block_count; b++)
        grid_find(grid, grid->blocks[b]);
    grid_subtract(grid);
    for (size_t r = 0; r < grid->row_count; r++) {
        for (size_t b = 0; b < grid->block_count; b++) {
            if (grid->rows[r].atoms & grid->blocks[b])
                grid->rows[r].blocks |= 1U << b;
        }
    }
}

/* --- what a row can be ---------------------------------------------------- */

static inline bool grid_prints(const struct grid_row *row,
                               const struct printed *rate,
                               const struct vector *ages)
{
    double counts[FIXTURE_AGES], value = 0.0;
    struct kernel_interval out;
    for (size_t a = 0; a < FIXTURE_AGES; a++) {
        counts[a] = ages->at[a];
        value +=
            counts[a] / row->years[a] * rate->weights[a] * 1e5 / rate->total;
    }
    /* Most are far off: the limits are dear. */
    if (fabs(value - rate->value[0]) > 0.51 * pow(10.0, -rate->decimals))
        return false;
    CHECK(kernel_standardised_rate(counts, row->years, rate->weights,
                                   FIXTURE_AGES, rate->total, 1e5, 0.95, &out));
    const double values[] = {out.value, out.lower, out.upper};
    for (size_t c = 0; c < 3; c++) {
        if (rate->has[c] &&
            fabs(num_round(values[c], rate->decimals) - rate->value[c]) > 0)
            return false;
    }
    return true;
}

static inline size_t grid_code(const struct vector *ages)
{
    return (size_t)((ages->at[0] * GRID_SIDE + ages->at[1]) * GRID_SIDE +
                    ages->at[2]);
}

static inline void grid_try_vector(struct grid_row *row,
                                   const struct vector *ages)
{
    for (size_t r = 0; r < row->rate_count; r++) {
        if (!grid_prints(row, &row->rates[r], ages))
            return;
    }
    row->list[row->list_count++] = *ages;
    row->allowed[grid_code(ages)] = 1;
    for (size_t a = 0; a < FIXTURE_AGES; a++) {
        if (ages->at[a] > row->most.at[a])
            row->most.at[a] = ages->at[a];
    }
}

/* Cases by which two age counts differ. */
static inline int grid_apart(const struct vector *a, const struct vector *b)
{
    int apart = 0;
    for (size_t i = 0; i < FIXTURE_AGES; i++)
        apart += abs(a->at[i] - b->at[i]);
    return apart;
}

/* What is near the truth comes first: what is wide is soon seen to be. */
static inline void grid_order(struct vector *list, size_t count,
                              const struct vector *truth)
{
    for (size_t i = 1; i < count; i++) {
        struct vector kept = list[i];
        size_t j = i;
        int apart = grid_apart(&kept, truth);
        for (; j > 0 && grid_apart(&list[j - 1], truth) > apart; j--)
            list[j] = list[j - 1];
        list[j] = kept;
    }
}

/* Every age count of a row whose total is printed. */
static inline void grid_list(struct grid *grid, struct grid_row *row)
{
    size_t n = (size_t)row->total;
    row->list = arena_array(grid->arena, (n + 1) * (n + 2) * (n + 3) / 6,
                            sizeof *row->list);
    row->allowed = arena_array(grid->arena, GRID_CODES, 1);
    for (int a = 0; a <= row->total; a++) {
        for (int b = 0; a + b <= row->total; b++) {
            for (int c = 0; a + b + c <= row->total; c++) {
                struct vector ages = {{a, b, c, row->total - a - b - c}};
                grid_try_vector(row, &ages);
            }
        }
    }
    CHECK(row->allowed[grid_code(&row->truth)]);
    grid_order(row->list, row->list_count, &row->truth);
}

#endif
