/* SPDX-License-Identifier: EUPL-1.2 */
/* Sets of leaves are told apart by their leaves. A sum of a number for each,
 * of 64 bits, finds them; here are two that have the same. */
#include "registry_fixture.h"

#include "seal/seal_ages_sets.h"

enum {
    SITES = 88,
    HALF = SITES / 2,
    MOST = 25000,
};

/* Sites from `first` on, bit per site, as leaves. */
static size_t put_sites(uint16_t *leaves, size_t first, uint64_t sites)
{
    size_t count = 0;
    for (size_t s = 0; s < HALF; s++) {
        if (sites >> s & 1)
            leaves[count++] = (uint16_t)(first + s);
    }
    return count;
}

/* Found by sorting sums of 2^22 subsets, four times: seconds. */
static const uint64_t one = UINT64_C(0x256782) << 22 | 0x985b1;
static const uint64_t other = UINT64_C(0x33aa30) << 22 | 0x2175a2;

/* A group of sites of each half. */
static void add_group(struct registry *registry, uint64_t low, uint64_t high)
{
    struct arena *arena = registry->seal.closed;
    uint16_t *leaves = arena_array(arena, SITES, sizeof *leaves);
    size_t count = put_sites(leaves, 0, low);
    count += put_sites(leaves + count, HALF, high);
    code_add(arena, &registry->ages.codes.dims[DIM_SITE],
             &(struct node){.code = "G",
                            .level = "",
                            .article = "",
                            .icd10 = "",
                            .sex = "",
                            .parent = -1,
                            .leaves = leaves,
                            .leaf_count = count});
}

static struct set set_of_node(const struct registry *registry, size_t node,
                              struct box *box)
{
    static const uint16_t none[] = {0};
    const struct node *site = &registry->ages.codes.dims[DIM_SITE].nodes[node];
    *box = (struct box){
        .of = {{site->leaves, site->leaf_count}, {none, 1}, {none, 1}}};
    return set_of(box, set_sexes(&registry->ages.codes, registry->seal.closed));
}

TEST(two_sets_of_sites_have_one_sum_and_are_not_the_same)
{
    static const struct set nothing = {0};
    struct registry *registry = registry_start(1, 1, SITES, 1);
    struct box boxes[2];
    add_group(registry, one, 0);
    add_group(registry, 0, other);
    const struct set a = set_of_node(registry, SITES + 1, &boxes[0]);
    const struct set b = set_of_node(registry, SITES + 2, &boxes[1]);
    CHECK(a.sum == b.sum);
    CHECK(set_is_left(&a, &a, &nothing));
    CHECK(!set_is_left(&a, &b, &nothing));
    arena_wipe(registry->seal.closed);
}

/* Rates of some sites and one more, of that one, and of others, which have the
 * sum of what the second leaves of the first: it is judged all the same, and
 * once. */
TEST(what_is_left_is_judged_beside_a_row_of_the_same_sum)
{
    const uint64_t more = ~other & -~other;
    struct registry *registry = registry_start(1, 1, SITES, 1);
    size_t groups = registry->ages.codes.dims[DIM_SITE].count;
    add_group(registry, one, more);
    add_group(registry, 0, more);
    add_group(registry, 0, other);
    registry_rows(registry, groups);
    CHECK_INT(registry_cells(registry, MOST), 1);
    const struct age_cell *cell = registry->ages.cells;
    const struct node *left =
        &registry->ages.codes.dims[DIM_SITE].nodes[cell->boxes[0][DIM_SITE]];
    CHECK_INT(left->leaf_count, __builtin_popcountll(one));
    arena_wipe(registry->seal.closed);
}

RUN(CASE(two_sets_of_sites_have_one_sum_and_are_not_the_same),
    CASE(what_is_left_is_judged_beside_a_row_of_the_same_sum))
