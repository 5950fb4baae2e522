/* SPDX-License-Identifier: EUPL-1.2 */
/* Universes of the size of a release: they must certify; the time is printed,
 * not judged, because machines differ. */
#include <time.h>

#include "world.h"

enum {
    DEPARTEMENTS = 101,
    REGIONS = 18,
    SITES = CHECK_SANITIZED ? 15 : 30,
    GROUPS = CHECK_SANITIZED ? 3 : 7,
    AGES = CHECK_SANITIZED ? 2 : 4,
};

/* Régions of 1 to 13 départements, as in France: five have only one. */
static const int region_size[REGIONS] = {12, 8, 4, 6,  1,  1, 10, 1, 1,
                                         8,  5, 5, 12, 13, 5, 6,  1, 2};
static const int group_size[] = {6, 5, 4, 5, 3, 4, 3};

static void add_levels(struct world *world, enum dim dim, const int *sizes,
                       int count, const char *total)
{
    int first = 0;
    for (int i = 0; i < count; i++) {
        world_node(world, dim, arena_format(world->arena, "G%d", i), first,
                   first + sizes[i] - 1, false);
        first += sizes[i];
    }
    world_node(world, dim, total, 0, first - 1, false);
}

/* A Poisson-like draw around a mean, coarse but skewed enough. */
static int64_t draw(uint64_t *state, double mean)
{
    double sum = 0;
    for (int i = 0; i < 12; i++)
        sum += world_below(state, 10000) / 10000.0;
    double value = mean + (sum - 6) * sqrt(mean) + 0.5;
    return value < 0 ? 0 : (int64_t)value;
}

static void fill(struct world *world)
{
    uint64_t state = 20260101;
    double size[DEPARTEMENTS], weight[SITES];
    for (int d = 0; d < DEPARTEMENTS; d++)
        size[d] = 0.1 + 2.4 * pow(world_below(&state, 1000) / 1000.0, 2);
    for (int s = 0; s < SITES; s++)
        weight[s] = 400 * exp(-0.25 * (s * 7 % SITES));
    size_t ages = world->codes.dims[DIM_AGE].leaf_count;
    for (size_t at = 0; at < world->leaves; at++) {
        size_t territory = at / world->stride[DIM_TERRITORY];
        size_t site = at / world->stride[DIM_SITE] % SITES;
        size_t sex = at / world->stride[DIM_SEX] % 2;
        size_t age = at / world->stride[DIM_AGE] % ages;
        world->structural[at] = site % 10 == 3 && sex == 1;
        if (world->structural[at])
            continue;
        double curve = ages == 1 ? 1 : (double)(age * age + 1) / 20;
        world->table[at] = draw(&state, size[territory] * weight[site] * curve);
    }
}

static struct world build(int ages)
{
    struct world world = world_new(11);
    world_leaves(&world, DIM_TERRITORY, DEPARTEMENTS);
    add_levels(&world, DIM_TERRITORY, region_size, REGIONS, "FR");
    world_leaves(&world, DIM_SITE, SITES);
    add_levels(&world, DIM_SITE, group_size, GROUPS, "ALL");
    world_leaves(&world, DIM_SEX, 2);
    world_node(&world, DIM_SEX, "T", 0, 1, false);
    world_leaves(&world, DIM_AGE, ages);
    if (ages > 1)
        world_node(&world, DIM_AGE, "T", 0, ages - 1, false);
    world_table(&world);
    fill(&world);
    return world;
}

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void protect_and_print(struct world *world)
{
    double start = seconds();
    if (!world_protect(world))
        fail_msg("%s", world->err.text);
    const struct sdc_report *report = clearance_report(world->clearance);
    print_message("%zu cells, %zu hidden, %zu primary, %zu secondary: "
                  "%.1f s\n",
                  report->cells, report->hidden, report->primary,
                  report->secondary, seconds() - start);
    size_t open = 0;
    for (size_t c = 0; c < world->universe->count; c++)
        open += universe_is_open(world->universe, c);
    CHECK_INT(report->witnessed + report->propagated + report->solved, open);
    CHECK(report->primary > 100);
    CHECK(report->secondary < report->cells / 2);
}

TEST(a_release_by_territory_site_and_sex_certifies)
{
    struct world world = build(1);
    world_add_all(&world, -1);
    protect_and_print(&world);
    world_free(&world);
}

TEST(a_release_with_ages_everywhere_certifies)
{
    struct world world = build(AGES);
    world_add_all(&world, -1);
    protect_and_print(&world);
    world_free(&world);
}

/* The usual case: ages for France and régions, totals for départements, and
 * two of the groups left out of the régions' ages. */
TEST(a_release_of_linked_tables_certifies)
{
    struct world world = build(6);
    int all[4][200], ages_total[] = {6}, upper[REGIONS + 1], sites[40];
    size_t site_count = 0;
    for (int i = 0; i < 200; i++)
        all[0][i] = all[1][i] = all[2][i] = all[3][i] = i;
    for (int i = 0; i <= REGIONS; i++)
        upper[i] = DEPARTEMENTS + i;
    for (int i = 0; i < SITES + GROUPS + 1; i++) {
        if (i != SITES + 2 && i != SITES + 3 && i % 3 != 0)
            sites[site_count++] = i;
    }
    const int *by_territory[DIM_COUNT] = {all[0], all[1], all[2], ages_total};
    const int *by_age[DIM_COUNT] = {upper, sites, all[2], all[3]};
    world_add_block(&world, by_territory,
                    (const size_t[DIM_COUNT]){DEPARTEMENTS + REGIONS + 1,
                                              SITES + GROUPS + 1, 3, 1},
                    -1);
    world_add_block(&world, by_age,
                    (const size_t[DIM_COUNT]){REGIONS + 1, site_count, 3, 7},
                    -1);
    protect_and_print(&world);
    world_free(&world);
}

/* Five years, and the five from the year after: atoms that no table shows
 * outnumber what is printed. */
TEST(a_release_of_overlapping_years_certifies)
{
    struct world world = world_new(11);
    world_leaves(&world, DIM_TERRITORY, DEPARTEMENTS);
    add_levels(&world, DIM_TERRITORY, region_size, REGIONS, "FR");
    world_leaves(&world, DIM_SITE, SITES);
    add_levels(&world, DIM_SITE, group_size, GROUPS, "ALL");
    world_leaves(&world, DIM_PERIOD, 3);
    world_node(&world, DIM_PERIOD, "2015-2019", 0, 1, false);
    world_node(&world, DIM_PERIOD, "2016-2020", 1, 2, false);
    world_table(&world);
    fill(&world);
    int places[DEPARTEMENTS + REGIONS + 1], sites[SITES + GROUPS + 1];
    for (int i = 0; i < DEPARTEMENTS + REGIONS + 1; i++)
        places[i] = i;
    for (int i = 0; i < SITES + GROUPS + 1; i++)
        sites[i] = i;
    const int windows[] = {3, 4};
    const int *nodes[DIM_COUNT] = {places, sites, [DIM_PERIOD] = windows};
    world_add_block(&world, nodes,
                    (const size_t[DIM_COUNT]){
                        COUNT_OF(places), COUNT_OF(sites), [DIM_PERIOD] = 2},
                    -1);
    protect_and_print(&world);
    const struct sdc_report *report = clearance_report(world.clearance);
    CHECK(report->hidden > report->cells);
    world_free(&world);
}

RUN(CASE(a_release_by_territory_site_and_sex_certifies),
    CASE(a_release_with_ages_everywhere_certifies),
    CASE(a_release_of_linked_tables_certifies),
    CASE(a_release_of_overlapping_years_certifies))
