/* SPDX-License-Identifier: EUPL-1.2 */
/* Sites without rows of their own, where a row takes back what it gains. */
#include <string.h>

#include "base/text.h"
#include "calc/sex.h"
#include "seal/seal_ages_impl.h"

/* What the rows of a territory are about. */
struct survey {
    const struct seal_ages *ages;
    int own[DIM_COUNT]; /* nodes of the row */
    bool *rest;         /* [site leaf] still possible */
    bool cut;           /* some row sees a part of the change */
};

static bool has_leaf(const struct node *node, size_t leaf)
{
    bool found = false;
    for (size_t l = 0; l < node->leaf_count && !found; l++)
        found = node->leaves[l] == leaf;
    return found;
}

/* Leaves of `part` that the node has. */
static size_t count_common(const struct node *node, const struct node *part)
{
    size_t count = 0;
    for (size_t l = 0; l < part->leaf_count; l++)
        count += has_leaf(node, part->leaves[l]);
    return count;
}

/* Under whatever code: a region of one département is that département. */
static bool speaks_of(const struct survey *survey, size_t table)
{
    const struct seal *seal = survey->ages->seal;
    const struct node *nodes = survey->ages->codes.dims[DIM_TERRITORY].nodes;
    const struct node *own = &nodes[survey->own[DIM_TERRITORY]];
    const struct cube_axis *axis = &seal->tables[table]->axes[DIM_TERRITORY];
    bool found = false;
    for (size_t p = 0; p < axis->count && !found; p++)
        found = same_leaves(&nodes[axis->nodes[p]], own);
    return found;
}

/* A period is a part of the row's, or reaches beyond it. */
static bool splits(const struct survey *survey, int period)
{
    const struct node *nodes = survey->ages->codes.dims[DIM_PERIOD].nodes;
    const struct node *own = &nodes[survey->own[DIM_PERIOD]];
    return count_common(&nodes[period], own) > 0 &&
           !same_leaves(&nodes[period], own);
}

static bool splits_period(const struct survey *survey, size_t table)
{
    const struct seal *seal = survey->ages->seal;
    const struct cube_axis *axis = &seal->tables[table]->axes[DIM_PERIOD];
    bool found = false;
    for (size_t p = 0; p < axis->count && !found; p++)
        found = splits(survey, axis->nodes[p]);
    return found;
}

/* Of some period, or of one that splits the row's. */
static void survey_site(struct survey *survey, int site, bool split)
{
    const struct dimension *sites = &survey->ages->codes.dims[DIM_SITE];
    const struct node *own = &sites->nodes[survey->own[DIM_SITE]];
    const struct node *node = &sites->nodes[site];
    size_t common = count_common(node, own);
    bool same = same_leaves(node, own);
    bool around = common == own->leaf_count && !same;
    survey->cut = survey->cut || (common > 0 && common < own->leaf_count) ||
                  (same && split);
    for (size_t l = 0; l < sites->leaf_count; l++) {
        if (survey->rest[l] && has_leaf(node, l) != around)
            survey->rest[l] = false;
    }
}

static void survey_table(struct survey *survey, size_t table)
{
    const struct seal *seal = survey->ages->seal;
    const struct cube_axis *axis = &seal->tables[table]->axes[DIM_SITE];
    bool split = splits_period(survey, table);
    for (size_t p = 0; p < axis->count && !survey->cut; p++)
        survey_site(survey, axis->nodes[p], split);
}

/* Rows of earlier releases; each site once. */
static void survey_past(struct survey *survey, const struct age_stock *stock,
                        struct arena *arena)
{
    const struct dimension *sites = &survey->ages->codes.dims[DIM_SITE];
    const struct node *own = &sites->nodes[survey->own[DIM_SITE]];
    const struct age_past *past =
        survey->ages->past_of[survey->own[DIM_TERRITORY]];
    bool *met = arena_array(arena, sites->count, sizeof *met);
    for (; past != NULL && !survey->cut; past = past->next) {
        int site = past->node[DIM_SITE];
        if (past->stock != stock)
            continue;
        if (!met[site])
            survey_site(survey, site, false);
        met[site] = true;
        survey->cut = survey->cut || (same_leaves(&sites->nodes[site], own) &&
                                      splits(survey, past->node[DIM_PERIOD]));
    }
}

struct node seal_ages_rest(const struct seal_ages *ages,
                           const struct age_stock *stock,
                           const int node[DIM_COUNT], struct arena *arena)
{
    const struct seal *seal = ages->seal;
    const struct dimension *sites = &ages->codes.dims[DIM_SITE];
    uint16_t *leaves = arena_array(arena, sites->leaf_count, sizeof *leaves);
    struct survey survey = {
        .ages = ages,
        .rest = arena_array(arena, sites->leaf_count, sizeof *survey.rest),
    };
    size_t count = 0;
    memcpy(survey.own, node, sizeof survey.own);
    for (size_t l = 0; l < sites->leaf_count; l++)
        survey.rest[l] = !has_leaf(&sites->nodes[node[DIM_SITE]], l);
    for (size_t t = 0; t < seal->job->plan->table_count; t++) {
        const struct derived_table *derived = seal->tables[t];
        if (derived->counts != NULL &&
            text_same(derived->plan->measure, stock->measure) &&
            speaks_of(&survey, t))
            survey_table(&survey, t);
    }
    survey_past(&survey, stock, arena);
    for (size_t l = 0; l < sites->leaf_count && !survey.cut; l++) {
        if (survey.rest[l])
            leaves[count++] = (uint16_t)l;
    }
    return (struct node){.leaves = leaves, .leaf_count = count};
}

/* Whether persons of the sex can have one of the sites. */
static bool is_possible(const struct seal_ages *ages, const struct node *sites,
                        int sex)
{
    const struct codes *codes = &ages->codes;
    const int *nodes = codes->dims[DIM_SITE].leaf_node;
    bool possible = false;
    for (size_t l = 0; l < sites->leaf_count && !possible; l++)
        possible = !sex_excludes(codes, nodes[sites->leaves[l]], sex);
    return possible;
}

static int64_t least_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

struct age_problem
seal_ages_swap(const struct seal_ages *ages, const struct age_stock *stock,
               const int node[DIM_COUNT], const struct node *rest,
               const struct age_sharing *sharing, struct arena *arena)
{
    const struct dimension *dims = ages->codes.dims;
    struct age_problem problem = sharing->problem;
    size_t each = stock->leaves[DIM_AGE];
    int64_t *down = arena_array(arena, problem.classes, sizeof *down);
    int64_t *up = arena_array(arena, problem.classes, sizeof *up);
    int own[DIM_COUNT];
    memcpy(own, node, sizeof own);
    for (size_t s = 0; s < problem.classes / each; s++) {
        const int64_t *counts = NULL, *years = NULL;
        own[DIM_SEX] = dims[DIM_SEX].leaf_node[sharing->sex + s];
        bool possible = is_possible(ages, rest, own[DIM_SEX]);
        seal_ages_sum_sites(ages, stock, own, rest, arena, &counts, &years);
        for (size_t a = 0; a < each; a++) {
            size_t age = s * each + a;
            down[age] =
                least_of(problem.down[age], possible ? years[a] / 10 : 0);
            up[age] = least_of(problem.up[age], possible ? counts[a] : 0);
        }
    }
    age_narrow(problem.sums, problem.sum_count, problem.classes, down, up);
    problem.down = down;
    problem.up = up;
    return problem;
}
