/* SPDX-License-Identifier: EUPL-1.2 */
/* A site of a period beside all sites of each of its years, as territories are
 * published: attacked by enumeration of both years, and of the site within
 * them. What the site gains is taken back by sites without rows of their own;
 * all rows that contain both, or cross the site in a year, stand still. */
enum {
    MOST = 44, /* cases of a row that is enumerated */
};

#include "rate_attack.h"

#include "seal/seal_ages_impl.h"

enum {
    YEAR = 20, /* cases of all sites in a year that is enumerated */
    SIDE = MOST + 1,
    CODES = SIDE * SIDE * SIDE, /* the first three ages; the rest is known */
};

static size_t code_of(const struct ages *ages)
{
    return (size_t)((ages->at[0] * SIDE + ages->at[1]) * SIDE + ages->at[2]);
}

static struct ages add(const struct ages *a, const struct ages *b)
{
    return make_ages(a->at[0] + b->at[0], a->at[1] + b->at[1],
                     a->at[2] + b->at[2], a->at[3] + b->at[3]);
}

/* Other counts for every seed: few cases are of other sites. */
static void vary_cases(struct seal_fixture *fixture, uint32_t seed)
{
    struct fact *cases = (struct fact *)(uintptr_t)fixture->cases.rows;
    uint32_t state = seed * UINT32_C(2654435761) + 1;
    for (size_t f = 0; f < fixture->cases.count; f++) {
        state = state * UINT32_C(1664525) + UINT32_C(1013904223);
        uint32_t drawn = state >> 24;
        cases[f].count = cases[f].leaf[DIM_SITE] == SITE_COL
                             ? drawn % 4
                             : (drawn % (2 + seed % 3) == 0 ? 1U : 0U);
    }
}

/* Counts and rates of some sites in the period, and of all in each year. */
static struct seal_fixture *make_release(uint32_t seed, int decimals)
{
    static const char *sites[] = {"all", "code:COL"}, *all[] = {"all"};
    static const char *both[] = {"2019-2020"}, *years[] = {"2019", "2020"};
    struct seal_fixture *fixture = small_places(100 << seed % 6);
    vary_cases(fixture, seed);
    add_rates(fixture, "world", decimals);
    seal_fixture_table(
        fixture, "cases",
        (struct plan_value){.kind = VALUE_COUNT, .standard = ""});
    add_rates(fixture, "world", decimals);
    for (size_t t = 0; t < 4; t++) {
        struct selection *select = fixture->tables[t].select;
        bool wide = t < 2;
        select[DIM_SITE] = (struct selection){wide ? sites : all, wide ? 2 : 1};
        select[DIM_PERIOD] =
            (struct selection){wide ? both : years, wide ? 1 : 2};
    }
    seal_fixture_protect(fixture);
    return fixture;
}

/* The site and all sites of the period, and all sites of each year. */
enum { SITE, ALL, FIRST, SECOND, ROWS };

struct place {
    struct row rows[ROWS];
    struct reach reach[ROWS];
};

static struct row read_at(const struct release *release, size_t territory,
                          size_t sex, size_t site, size_t period, bool naive)
{
    size_t place[DIM_COUNT] = {0};
    place[DIM_TERRITORY] = territory;
    place[DIM_SEX] = sex;
    place[DIM_SITE] = site;
    place[DIM_PERIOD] = period;
    return read_row(release, pub_row(release->rates, place), naive);
}

/* False where something is suppressed, or nothing is shown of the site. */
static bool read_place(const struct release releases[2], size_t territory,
                       size_t sex, bool naive, struct place *place)
{
    bool counted = true;
    place->rows[ALL] = read_at(&releases[0], territory, sex, 0, 0, naive);
    place->rows[SITE] = read_at(&releases[0], territory, sex, 1, 0, naive);
    place->rows[FIRST] = read_at(&releases[1], territory, sex, 0, 0, naive);
    place->rows[SECOND] = read_at(&releases[1], territory, sex, 0, 1, naive);
    for (size_t r = 0; r < ROWS; r++) {
        const struct row *row = &place->rows[r];
        place->reach[r] = (struct reach){row->truth, row->truth};
        counted = counted && row->counted && row->total > 0 &&
                  row->total <= (r < FIRST ? MOST : YEAR);
    }
    return counted && place->rows[SITE].printed[0];
}

static bool is_part(const struct ages *part, const struct ages *whole)
{
    bool all = true;
    for (size_t a = 0; a < FIXTURE_AGES; a++)
        all = all && part->at[a] <= whole->at[a];
    return all;
}

/* Stretches what the site and all sites can be for one sum of two years. False
 * when the site is no part of it. */
static bool reach_sum(struct place *place, const struct ages *sum,
                      const struct ages *parts, size_t count)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (!is_part(&parts[i], sum))
            continue;
        stretch(&place->reach[SITE], &parts[i]);
        any = true;
    }
    if (any)
        stretch(&place->reach[ALL], sum);
    return any;
}

static size_t attack_place(struct place *place)
{
    enum { UNKNOWN, IMPOSSIBLE, POSSIBLE };
    static struct ages first[VECTORS], second[VECTORS], parts[VECTORS];
    struct arena *arena = arena_new();
    unsigned char *sums = arena_array(arena, CODES, 1);
    size_t first_count = enumerate(&place->rows[FIRST], first);
    size_t second_count = enumerate(&place->rows[SECOND], second);
    size_t part_count = enumerate(&place->rows[SITE], parts);
    for (size_t i = 0; i < first_count; i++) {
        for (size_t j = 0; j < second_count; j++) {
            struct ages sum = add(&first[i], &second[j]);
            unsigned char *known = &sums[code_of(&sum)];
            if (*known == UNKNOWN)
                *known = prints(&place->rows[ALL], &sum) &&
                                 reach_sum(place, &sum, parts, part_count)
                             ? POSSIBLE
                             : IMPOSSIBLE;
            if (*known == IMPOSSIBLE)
                continue;
            stretch(&place->reach[FIRST], &first[i]);
            stretch(&place->reach[SECOND], &second[j]);
        }
    }
    size_t found = 0;
    for (size_t r = 0; r < ROWS; r++)
        found += exposed(&place->rows[r], &place->reach[r]);
    arena_wipe(arena);
    return found;
}

TEST(a_site_of_a_period_and_all_sites_of_its_years_are_attacked_in_vain)
{
    size_t together = 0, found = 0, naive = 0;
    for (uint32_t seed = 0; seed < CHECK_SEEDS(60); seed++) {
        struct seal_fixture *fixture = make_release(seed, (int)(seed % 3));
        struct release releases[2];
        for (size_t i = 0; i < 2; i++)
            releases[i] = (struct release){
                .fixture = fixture,
                .children = THRESHOLD,
                .asked = fixture->seal.tables[2 * i + 1],
                .counts = seal_copy(&fixture->seal, fixture->arena, 2 * i),
                .rates = seal_copy(&fixture->seal, fixture->arena, 2 * i + 1),
            };
        size_t places = pub_axis_count(releases[0].rates, DIM_TERRITORY);
        for (size_t i = 0; i < 2 * places; i++) {
            struct place place;
            if (!read_place(releases, i / 2, 1 + i % 2, true, &place))
                continue;
            if (naive <= 10)
                naive += attack_place(&place);
            if (!read_place(releases, i / 2, 1 + i % 2, false, &place))
                continue;
            together++;
            found += attack_place(&place);
        }
        seal_fixture_end(fixture);
    }
    CHECK_INT(found, 0);
    CHECK(CHECK_SANITIZED || (naive > 10 && together > 20));
}

/* A change of one row of the second table. */
static struct age_aim aim_at_row(const struct seal_fixture *fixture, size_t row)
{
    const struct derived_table *table = fixture->seal.tables[1];
    struct age_aim aim = {.stock = fixture->seal.ages->tables[1].stock,
                          .sex_count = 1};
    size_t place[DIM_COUNT];
    cube_place(table->counts, row, place);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        aim.node[d] = table->axes[d].nodes[place[d]];
        aim.partner[d] = -1;
    }
    return aim;
}

/* Cases of one sex and age outside the site, in the period. */
static int64_t count_others(const struct seal_fixture *fixture,
                            const struct age_aim *aim, size_t age)
{
    const struct codes *codes = &fixture->seal.codes;
    int node[DIM_COUNT];
    memcpy(node, aim->node, sizeof node);
    node[DIM_SEX] = codes->dims[DIM_SEX].leaf_node[aim->sex];
    node[DIM_AGE] = codes->dims[DIM_AGE].leaf_node[age];
    int64_t own = calc_fixture_sum(codes, &fixture->cases, NULL, node);
    node[DIM_SITE] = 0;
    return calc_fixture_sum(codes, &fixture->cases, NULL, node) - own;
}

TEST(a_site_gains_no_more_than_others_without_rows_have)
{
    struct seal_fixture *fixture = make_release(1, 1);
    const struct seal_ages *ages = fixture->seal.ages;
    const struct derived_table *table = fixture->seal.tables[1];
    size_t tight = 0;
    for (size_t r = 0; r < table->rows; r++) {
        size_t place[DIM_COUNT];
        cube_place(table->counts, r, place);
        struct age_aim aim = aim_at_row(fixture, r);
        struct node rest =
            seal_ages_rest(ages, aim.stock, aim.node, fixture->arena);
        CHECK_INT(rest.leaf_count, place[DIM_SITE] == 0 ? 0 : 3);
        for (size_t sex = 0; sex < 2 && place[DIM_SITE] > 0; sex++) {
            struct age_sharing sharing;
            aim.sex = sex;
            seal_ages_share(ages, &aim, fixture->arena, &sharing);
            const struct age_problem swap = seal_ages_swap(
                ages, aim.stock, aim.node, &rest, &sharing, fixture->arena);
            for (size_t a = 0; a < FIXTURE_AGES; a++) {
                CHECK(swap.up[a] <= count_others(fixture, &aim, a));
                CHECK(swap.down[a] <= sharing.problem.down[a]);
                tight += swap.up[a] < sharing.problem.up[a];
            }
        }
    }
    CHECK(tight > 10);
    seal_fixture_end(fixture);
}

/* A row about the site in a year sees a part of what it gains in the period. */
TEST(a_site_with_rows_of_its_years_has_no_rest)
{
    struct seal_fixture *fixture = small_places(100);
    add_rates(fixture, "world", 1);
    seal_fixture_protect(fixture);
    for (size_t r = 0; r < fixture->seal.tables[1]->rows; r++) {
        const struct age_aim aim = aim_at_row(fixture, r);
        CHECK_INT(seal_ages_rest(fixture->seal.ages, aim.stock, aim.node,
                                 fixture->arena)
                      .leaf_count,
                  0);
    }
    seal_fixture_end(fixture);
}

RUN(CASE(a_site_gains_no_more_than_others_without_rows_have),
    CASE(a_site_with_rows_of_its_years_has_no_rest),
    CASE(a_site_of_a_period_and_all_sites_of_its_years_are_attacked_in_vain))
