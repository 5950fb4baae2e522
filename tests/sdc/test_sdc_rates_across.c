/* SPDX-License-Identifier: EUPL-1.2 */
/* A site of a period, and rows across it: a group and its other site, each of
 * one year, whose differences over the years are that site of the period. All
 * age counts are tried that have the totals and the digits that are published.
 */
enum {
    MOST = 48, /* cases of a row that is enumerated */
};

#include "rate_attack.h"
#include "seal/seal_ages_impl.h"

enum {
    FEW = 12, /* cases of the site and year at one age */
    CODES = FEW * FEW * FEW * FEW,
    RELEASES = 12,
};

/* Age counts of the site in one year that rows across leave possible. */
struct choices {
    struct ages at[CODES];
    bool known[CODES];
    size_t count;
};

static void add_difference(const struct ages *group, const struct ages *other,
                           struct choices *out)
{
    int64_t left[FIXTURE_AGES];
    size_t code = 0;
    for (size_t a = 0; a < FIXTURE_AGES; a++) {
        left[a] = group->at[a] - other->at[a];
        if (left[a] < 0 || left[a] >= FEW) /* then another is below 0 */
            return;
        code = code * FEW + (size_t)left[a];
    }
    if (!out->known[code])
        out->at[out->count++] = make_ages(left[0], left[1], left[2], left[3]);
    out->known[code] = true;
}

static void choose(const struct row *group, const struct row *other,
                   struct choices *out)
{
    static struct ages wide[VECTORS], narrow[VECTORS];
    size_t groups = enumerate(group, wide), others = enumerate(other, narrow);
    memset(out, 0, sizeof *out);
    for (size_t g = 0; g < groups; g++) {
        for (size_t o = 0; o < others; o++)
            add_difference(&wide[g], &narrow[o], out);
    }
}

static size_t attack_site(const struct row *site, const struct choices years[2])
{
    struct reach reach = {site->truth, site->truth};
    for (size_t i = 0; i < years[0].count; i++) {
        for (size_t j = 0; j < years[1].count; j++) {
            const int64_t *a = years[0].at[i].at, *b = years[1].at[j].at;
            struct ages both =
                make_ages(a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]);
            if (prints(site, &both))
                stretch(&reach, &both);
        }
    }
    return exposed(site, &reach);
}

/* Few cases of the judged site, and of the other at every age too many to be a
 * secret. */
static void set_cases(struct seal_fixture *fixture)
{
    struct fact *cases = (struct fact *)(uintptr_t)fixture->cases.rows;
    for (size_t f = 0; f < fixture->cases.count; f++) {
        const uint16_t *leaf = cases[f].leaf;
        int64_t mixed = leaf[DIM_TERRITORY] + leaf[DIM_AGE] + leaf[DIM_SEX] +
                        2 * leaf[DIM_PERIOD];
        bool judged = leaf[DIM_SITE] == SITE_COL;
        cases[f].count = judged ? 1 + mixed % 3 : 5 + mixed % 4;
    }
}

/* The row of the same territory and sex as `place`. */
static struct row find_row(const struct release *release,
                           size_t place[DIM_COUNT], int site, int period)
{
    place[DIM_SITE] = (size_t)site;
    place[DIM_PERIOD] = (size_t)period;
    return read_row(release, pub_row(release->rates, place), false);
}

struct found {
    size_t together, exposed, across;
};

static void attack_across(const struct release *parts,
                          const struct release *whole, struct found *found)
{
    static struct choices years[2];
    int group = pub_axis_find(parts->rates, DIM_SITE, NULL, "DIG");
    int other = pub_axis_find(parts->rates, DIM_SITE, NULL, "EST");
    for (size_t r = 0; r < pub_rows(whole->rates); r++) {
        size_t place[DIM_COUNT];
        pub_places(whole->rates, r, place);
        struct row site = find_row(whole, place, 0, 0);
        bool all = site.counted;
        for (int y = 0; y < 2 && all; y++) {
            struct row wide = find_row(parts, place, group, y);
            struct row narrow = find_row(parts, place, other, y);
            all = wide.total <= MOST && wide.counted && narrow.counted;
            found->across += all && wide.printed[0] && narrow.printed[0];
            if (all)
                choose(&wide, &narrow, &years[y]);
        }
        if (!all)
            continue;
        found->together++;
        found->exposed += attack_site(&site, years);
    }
}

TEST(years_of_a_group_and_its_other_site_do_not_tell_a_site_of_a_period)
{
    static const char *pair[] = {"code:DIG", "code:EST"};
    static const char *one[] = {"code:COL"};
    static const char *years[] = {"2019", "2020"}, *both[] = {"2019-2020"};
    struct found found = {0};
    for (int release = 0; release < RELEASES; release++) {
        struct seal_fixture *fixture = small_places(100 << release / 3);
        set_cases(fixture);
        add_rates(fixture, "world", release % 3);
        add_rates(fixture, "world", 1);
        fixture->tables[1].select[DIM_SITE] = (struct selection){pair, 2};
        fixture->tables[1].select[DIM_PERIOD] = (struct selection){years, 2};
        fixture->tables[2].select[DIM_SITE] = (struct selection){one, 1};
        fixture->tables[2].select[DIM_PERIOD] = (struct selection){both, 1};
        seal_fixture_protect(fixture);
        const struct release parts = read_release(fixture, 1);
        const struct release whole = read_release(fixture, 2);
        attack_across(&parts, &whole, &found);
        seal_fixture_end(fixture);
    }
    CHECK_INT(found.exposed, 0);
    CHECK(found.together > 10 && found.across > 10);
}

/* Every row that is taken in sees the change, in one of its parts or where a
 * partner takes it back; returns the parts. */
static size_t check_change(const struct seal_ages *ages,
                           const struct age_aim *aim, struct arena *arena)
{
    struct age_sharing sharing;
    seal_ages_share(ages, aim, arena, &sharing);
    const struct age_problem *problem = &sharing.problem;
    CHECK_INT(problem->classes, sharing.parts * FIXTURE_AGES);
    for (size_t u = 0; u < problem->use_count; u++)
        CHECK(problem->uses[u].sign != 0 && problem->uses[u].parts != 0);
    for (size_t s = 0; s < problem->sum_count; s++)
        CHECK(problem->sums[s].ages != 0);
    return sharing.parts;
}

/* Years of a site without rates of their own each change their own way; where
 * another year takes the change back, one alone. */
TEST(a_crossed_row_is_changed_in_each_of_its_years)
{
    struct seal_fixture *fixture = small_places(100);
    size_t apart = 0, taken_back = 0;
    add_rates(fixture, "world", 1);
    seal_fixture_protect(fixture);
    const struct seal_ages *ages = fixture->seal.ages;
    const struct derived_table *table = fixture->seal.tables[1];
    for (size_t r = 0; r < table->rows; r++) {
        struct age_aim aim = {
            .stock = ages->tables[1].stock, .sex_count = 1, .around = true};
        size_t place[DIM_COUNT];
        cube_place(table->counts, r, place);
        for (size_t d = 0; d < DIM_COUNT; d++) {
            aim.node[d] = table->axes[d].nodes[place[d]];
            aim.partner[d] = -1;
        }
        apart += check_change(ages, &aim, fixture->arena) > 1;
        aim.partner[DIM_SITE] = seal_ages_partner(ages, 1, r, DIM_SITE);
        apart += check_change(ages, &aim, fixture->arena) > 1;
        aim.partner[DIM_PERIOD] = seal_ages_partner(ages, 1, r, DIM_PERIOD);
        taken_back += aim.partner[DIM_PERIOD] >= 0;
        check_change(ages, &aim, fixture->arena);
    }
    CHECK(apart > 10 && taken_back > 10);
    seal_fixture_end(fixture);
}

RUN(CASE(a_crossed_row_is_changed_in_each_of_its_years),
    CASE(years_of_a_group_and_its_other_site_do_not_tell_a_site_of_a_period))
