/* SPDX-License-Identifier: EUPL-1.2 */
/* rate_shapes.h - releases of women, or of all sexes, drawn at random: which
 * sites, groups, years and overlapping periods have a rate, which a count
 * alone, and which nothing.
 */
#ifndef RATE_SHAPES_H
#define RATE_SHAPES_H

#include "rate_grid_aim.h"

#include "seal/seal_ages_impl.h"

struct shape_draw {
    uint32_t state;
};

static inline uint32_t shape_draw(struct shape_draw *draw, uint32_t below)
{
    draw->state = draw->state * UINT32_C(1664525) + UINT32_C(1013904223);
    return (draw->state >> 10) % below;
}

/* Other counts for every seed, with people to match. */
static inline void shape_vary(struct seal_fixture *fixture,
                              struct shape_draw *draw)
{
    struct fact *cases = (struct fact *)(uintptr_t)fixture->cases.rows;
    struct fact *people = (struct fact *)(uintptr_t)fixture->population.rows;
    uint32_t most = 2 + shape_draw(draw, 3), scale = shape_draw(draw, 6);
    for (size_t f = 0; f < fixture->cases.count; f++)
        cases[f].count = shape_draw(draw, most);
    for (size_t f = 0; f < fixture->population.count; f++)
        people[f].count =
            people[f].count * (1 << scale) + 7 * (int64_t)(f % 11);
}

static inline struct seal_fixture *shape_start(struct shape_draw *draw)
{
    struct seal_fixture *fixture = seal_fixture_new();
    shape_vary(fixture, draw);
    fixture->project.policy.unreliable_under = 0;
    fixture->project.policy.caution_under = 0;
    fixture->project.policy.rule_count = 0;
    return fixture;
}

/* Lists one rule, with a threshold or population where its kind has one: of
 * the youngest where it is stricter, else of everything. */
static inline void shape_rule(struct seal_fixture *fixture, enum rule_kind kind,
                              int64_t number)
{
    static const char *young[] = {"band:0-14"};
    bool counts = kind == RULE_THRESHOLD || kind == RULE_STRICTER;
    fixture->listed = (struct rule_cells){0};
    if (kind == RULE_STRICTER)
        fixture->listed.select[DIM_AGE] = (struct selection){young, 1};
    fixture->rule = (struct policy_rule){.kind = kind,
                                         .label = {"", ""},
                                         .audience = AUDIENCE_ANY,
                                         .threshold = counts ? number : 0,
                                         .population = counts ? 0 : number,
                                         .cells = &fixture->listed,
                                         .cell_count = 1};
    fixture->project.policy.rule_count = 1;
}

/* A table of women: of rates, or of counts where `decimals` is less than 0. */
static inline void shape_table(struct seal_fixture *fixture, int decimals,
                               const char *standard, struct selection sites,
                               struct selection periods)
{
    static const char *women[] = {"F"};
    struct plan_value count = {.kind = VALUE_COUNT, .standard = ""};
    struct plan_value rate = {.kind = VALUE_STANDARDISED_RATE,
                              .standard = standard,
                              .interval = true,
                              .decimals = decimals};
    struct selection *select =
        fixture->tables[fixture->plan.table_count].select;
    seal_fixture_table(fixture, "cases", decimals < 0 ? count : rate);
    select[DIM_SITE] = sites;
    select[DIM_PERIOD] = periods;
    select[DIM_SEX] = (struct selection){women, 1};
}

/* Some of the words, one at least. */
static inline struct selection shape_some(struct arena *arena,
                                          struct shape_draw *draw,
                                          const char *const *words,
                                          uint32_t count)
{
    const char **some = arena_array(arena, count, sizeof *some);
    struct selection selection = {some, 0};
    uint32_t chosen = 1 + shape_draw(draw, (1U << count) - 1);
    for (uint32_t w = 0; w < count; w++) {
        if (chosen >> w & 1)
            some[selection.count++] = words[w];
    }
    return selection;
}

static const char *const shape_sites[] = {"all", "code:DIG", "code:COL",
                                          "code:EST", "code:POU"};
static const char *const shape_periods[] = {"2019", "2020",      "2019-2020",
                                            "2021", "2020-2021", "2019-2021"};

/* One to three tables of rates, and none to two of counts; of the first
 * `periods` of those above. */
static inline struct seal_fixture *shape_release(struct shape_draw *draw,
                                                 uint32_t periods)
{
    struct seal_fixture *fixture = shape_start(draw);
    uint32_t rates = 1 + shape_draw(draw, 3), counts = shape_draw(draw, 3);
    for (uint32_t t = 0; t < rates + counts; t++) {
        struct selection sites =
            shape_some(fixture->arena, draw, shape_sites, 5);
        struct selection years =
            shape_some(fixture->arena, draw, shape_periods, periods);
        int decimals = t < rates ? (int)shape_draw(draw, 3) : -1;
        shape_table(fixture, decimals,
                    shape_draw(draw, 4) > 0 ? "world" : "old", sites, years);
    }
    return fixture;
}

/* The same of two years and both, each table of some sexes; the second standard
 * leaves out the oldest. */
static inline struct seal_fixture *shape_sexes_release(struct shape_draw *draw)
{
    static const char *const sexes[] = {"T", "M", "F"};
    struct seal_fixture *fixture = shape_release(draw, 3);
    fixture->standards[1].count = 3;
    fixture->standards[1].total = 59;
    for (size_t t = 0; t < fixture->plan.table_count; t++)
        fixture->tables[t].select[DIM_SEX] =
            shape_some(fixture->arena, draw, sexes, 3);
    return fixture;
}

/* Sites and their groups in two or three years and periods of these, each with
 * a count and a rate: every site and year has a row of its own. */
static inline struct seal_fixture *shape_full_release(struct shape_draw *draw,
                                                      uint32_t years)
{
    static const char *sites[] = {"code:COL", "code:EST", "code:DIG", "all",
                                  "code:POU"};
    static const char *two[] = {"2019", "2020", "2019-2020"};
    static const char *three[] = {"2019",      "2020",      "2021",
                                  "2019-2020", "2020-2021", "2019-2021"};
    struct seal_fixture *fixture = shape_start(draw);
    const struct selection some = {sites, 3 + shape_draw(draw, 3)};
    const struct selection periods =
        years == 2 ? (struct selection){two, 3}
                   : (struct selection){three, 3 + shape_draw(draw, 4)};
    const char *standard = shape_draw(draw, 4) > 0 ? "world" : "old";
    shape_table(fixture, (int)shape_draw(draw, 3), standard, some, periods);
    if (shape_draw(draw, 4) == 0)
        shape_table(fixture, (int)shape_draw(draw, 3), "old", some, periods);
    shape_table(fixture, -1, "", some, periods);
    return fixture;
}

/* Attacks every territory of a protected release. */
static inline void shape_attack_all(struct seal_fixture *fixture,
                                    struct grid_found *found)
{
    size_t places = fixture->seal.tables[0]->axes[DIM_TERRITORY].count;
    for (size_t t = 0; t < places; t++)
        grid_attack(fixture, t, found);
    seal_fixture_end(fixture);
}

static inline void shape_attack(struct seal_fixture *fixture,
                                struct grid_found *found)
{
    seal_fixture_protect(fixture);
    shape_attack_all(fixture, found);
}

/* The same where so many differences of rows are not judged each, or are too
 * many. */
static inline void shape_attack_within(struct seal_fixture *fixture,
                                       struct age_limits limits,
                                       struct grid_found *found)
{
    struct seal_ages *ages = NULL;
    seal_fixture_protect(fixture);
    CHECK(
        seal_ages_decide_within(&fixture->seal, limits, &ages, &fixture->err));
    fixture->seal.ages = ages;
    shape_attack_all(fixture, found);
}

#endif
