/* SPDX-License-Identifier: EUPL-1.2 */
/* One row with those that share its age counts, as a problem. */
#include <string.h>

#include "base/text.h"
#include "seal/seal_ages_impl.h"

enum {
    USES_MAX = 64,
    SUMS_MAX = 64,
    RISE = 50, /* most by which a suppressed count is moved */
};

struct assembly {
    const struct seal_ages *ages;
    const int *node; /* [dims] of the row that is judged */
    size_t sex;      /* leaf that the change is made in */
    struct age_use *uses;
    unsigned char **digits; /* of the uses */
    struct age_sum *sums;
    size_t use_count, sum_count;
    bool full;
};

static void add_sum(struct assembly *assembly, struct age_sum sum)
{
    for (size_t s = 0; s < assembly->sum_count; s++) {
        const struct age_sum *old = &assembly->sums[s];
        if (old->ages == sum.ages && old->low == sum.low &&
            old->high == sum.high)
            return;
    }
    if (assembly->sum_count == SUMS_MAX)
        assembly->full = true;
    else
        assembly->sums[assembly->sum_count++] = sum;
}

/* The count of a row stays as it is where it is shown; elsewhere it may move
 * within what is public of a suppressed count. */
static void add_count(struct assembly *assembly, size_t table, size_t row,
                      int age)
{
    const struct seal *seal = assembly->ages->seal;
    const struct derived_table *derived = seal->tables[table];
    const struct node *node = &seal->codes.dims[DIM_AGE].nodes[age];
    struct age_sum sum = {0};
    for (size_t l = 0; l < node->leaf_count; l++)
        sum.ages |= UINT64_C(1) << node->leaves[l];
    size_t own = seal->rows[table].own[row];
    int64_t count = cube_count(derived->counts, row);
    bool roomy = derived->person_years != NULL &&
                 cube_count(derived->person_years, row) > count + RISE;
    if (own != SEAL_NO_CELL && !clearance_shown(seal->clearance, own) &&
        count > 0 && roomy) {
        sum.low = 1 - count;
        sum.high = RISE;
    }
    add_sum(assembly, sum);
}

static void add_row(struct assembly *assembly, size_t table, size_t row,
                    int age)
{
    const struct age_table *rated = &assembly->ages->tables[table];
    size_t values = assembly->ages->seal->tables[table]->plan->value_count;
    add_count(assembly, table, row, age);
    for (size_t v = 0; v < values; v++) {
        size_t at = row * values + v;
        if (rated->digits[at] == AGES_NOTHING)
            continue;
        if (assembly->use_count == USES_MAX)
            assembly->full = true;
        else {
            assembly->digits[assembly->use_count] = &rated->digits[at];
            assembly->uses[assembly->use_count++] = (struct age_use){
                .rate = rated->rates[at],
                .sign = 1,
                .digits = (enum age_digits)rated->digits[at],
            };
        }
    }
}

static bool shares(const struct assembly *assembly, enum dim dim, int node)
{
    size_t sexes = assembly->ages->seal->codes.dims[DIM_SEX].leaf_count;
    if (dim == DIM_AGE)
        return true;
    if (dim == DIM_SEX)
        return assembly->ages
            ->member[DIM_SEX][(size_t)node * sexes + assembly->sex];
    const size_t *first = assembly->ages->first[dim];
    return first[node] == first[assembly->node[dim]];
}

static void add_table(struct assembly *assembly, size_t table,
                      struct arena *scratch)
{
    const struct derived_table *derived = assembly->ages->seal->tables[table];
    size_t *places[DIM_COUNT], counts[DIM_COUNT] = {0}, rows = 1;
    for (size_t d = 0; d < DIM_COUNT && rows > 0; d++) {
        const struct cube_axis *axis = &derived->axes[d];
        places[d] = arena_array(scratch, axis->count, sizeof **places);
        for (size_t p = 0; p < axis->count; p++) {
            if (shares(assembly, (enum dim)d, axis->nodes[p]))
                places[d][counts[d]++] = p;
        }
        rows *= counts[d];
    }
    for (size_t i = 0; i < rows; i++) {
        size_t place[DIM_COUNT], left = i;
        for (size_t d = DIM_COUNT; d-- > 0;) {
            place[d] = places[d][left % counts[d]];
            left /= counts[d];
        }
        add_row(assembly, table, cube_cell(derived->counts, place),
                derived->axes[DIM_AGE].nodes[place[DIM_AGE]]);
    }
}

/* Where single age classes are cells of a table, the universe has decided and
 * proved them together with other sites and sexes, whose changes keep the sums
 * over ages: here those sums are left out, and what is shown stays fixed. */
static void leave_sums(struct assembly *assembly)
{
    size_t kept = 0;
    size_t singles = 0;
    for (size_t s = 0; s < assembly->sum_count; s++) {
        uint64_t ages = assembly->sums[s].ages;
        singles += (ages & (ages - 1)) == 0;
    }
    bool single = singles > 1; /* one is the open class of the broad ages */
    for (size_t s = 0; single && s < assembly->sum_count; s++) {
        uint64_t ages = assembly->sums[s].ages;
        if ((ages & (ages - 1)) == 0)
            assembly->sums[kept++] = assembly->sums[s];
    }
    if (single)
        assembly->sum_count = kept;
}

bool seal_ages_share(const struct seal_ages *ages, size_t table, size_t row,
                     size_t sex, struct arena *scratch, struct age_sharing *out)
{
    const struct seal *seal = ages->seal;
    const struct derived_table *own = seal->tables[table];
    size_t place[DIM_COUNT];
    int node[DIM_COUNT];
    cube_place(own->counts, row, place);
    for (size_t d = 0; d < DIM_COUNT; d++)
        node[d] = own->axes[d].nodes[place[d]];
    struct assembly assembly = {
        .ages = ages,
        .node = node,
        .sex = sex,
        .uses = arena_array(scratch, USES_MAX, sizeof *assembly.uses),
        .digits = arena_array(scratch, USES_MAX, sizeof *assembly.digits),
        .sums = arena_array(scratch, SUMS_MAX, sizeof *assembly.sums),
    };
    for (size_t t = 0; t < seal->job->plan->table_count; t++) {
        const struct derived_table *derived = seal->tables[t];
        if (text_same(derived->plan->measure, own->plan->measure) &&
            derived->counts != NULL)
            add_table(&assembly, t, scratch);
    }
    leave_sums(&assembly);
    const struct age_stock *stock = ages->tables[table].stock;
    size_t classes = stock->leaves[DIM_AGE];
    int64_t *down = arena_array(scratch, classes, sizeof *down);
    int64_t *up = arena_array(scratch, classes, sizeof *up);
    seal_ages_room(ages, table, row, sex, down, up);
    out->digits = assembly.digits;
    out->problem = (struct age_problem){
        .classes = classes,
        .down = down,
        .up = up,
        .uses = assembly.uses,
        .use_count = assembly.use_count,
        .sums = assembly.sums,
        .sum_count = assembly.sum_count,
    };
    return !assembly.full;
}
