/* SPDX-License-Identifier: EUPL-1.2 */
/* Ladders: what each step selects, what readers are told, what is refused. */
#include "model_fixture.h"

#include "model/locale.h"
#include "model/plan_impl.h"

enum {
    STEPS = 13,
};

/* A table with a ladder of so many steps, to be filled. */
struct ladder_fixture {
    struct arena *arena;
    struct codes codes;
    struct plan_table table;
    struct plan_step steps[STEPS];
    struct err err;
};

static struct ladder_fixture *fixture_new(void)
{
    struct arena *arena = arena_new();
    struct ladder_fixture *fixture = arena_alloc(arena, sizeof *fixture);
    *fixture =
        (struct ladder_fixture){.arena = arena, .codes = fixture_codes(arena)};
    fixture->table.ladder =
        (struct plan_ladder){.share = 0.1, .steps = fixture->steps};
    return fixture;
}

static struct selection select_words(struct arena *arena, const char *words)
{
    char **list;
    size_t count = text_split(arena, words, ' ', &list);
    return (struct selection){(const char **)list, count};
}

static void set_base(struct ladder_fixture *fixture, enum dim dim,
                     const char *words)
{
    fixture->table.select[dim] = select_words(fixture->arena, words);
}

static void add_step(struct ladder_fixture *fixture, enum dim dim,
                     const char *words)
{
    size_t step = fixture->table.ladder.step_count++;
    fixture->steps[step].select[dim] = select_words(fixture->arena, words);
}

/* The words of a dimension at a step, or what went wrong. */
static const char *words_at(struct ladder_fixture *fixture, enum dim dim,
                            size_t step)
{
    struct plan_table table;
    fixture->err = (struct err){0};
    if (!plan_ladder_table(fixture->arena, &fixture->codes, &fixture->table,
                           step, &table, &fixture->err))
        return fixture->err.text;
    return text_join(fixture->arena,
                     (const char *const *)table.select[dim].words,
                     table.select[dim].count, " ");
}

TEST(years_are_pooled_from_the_last_one_backwards)
{
    static const struct {
        const char *base, *pool, *want;
    } cases[] = {
        {"each:2019-2022", "pool:2", "2021-2022 2019-2020"},
        {"each:2019-2022", "pool:3", "2020-2022 2019"},
        {"each:2019-2022", "pool:50", "2019-2022"},
        {"2019 2021 2022", "pool:3", "2021-2022 2019"}, /* 2020 is missing */
        {"all", "pool:4", "2019-2022 2011-2015"},       /* a stored period */
        {"each:last:2", "pool:2", "2021-2022"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct ladder_fixture *fixture = fixture_new();
        set_base(fixture, DIM_PERIOD, cases[i].base);
        add_step(fixture, DIM_PERIOD, cases[i].pool);
        CHECK_TEXT(words_at(fixture, DIM_PERIOD, 0), cases[i].base);
        CHECK_TEXT(words_at(fixture, DIM_PERIOD, 1), cases[i].want);
        arena_free(fixture->arena);
    }
}

TEST(classes_of_age_are_joined_within_broad_ones)
{
    struct ladder_fixture *fixture = fixture_new();
    set_base(fixture, DIM_AGE, "T each band:0-49");
    add_step(fixture, DIM_AGE, "broad");
    /* 15-49 and 50-74 both begin between 15 and 64. */
    CHECK_TEXT(words_at(fixture, DIM_AGE, 1),
               "T band:0-14 band:0-49 band:15-74 band:75+");
    arena_free(fixture->arena);
}

TEST(a_step_keeps_what_those_before_it_said)
{
    struct ladder_fixture *fixture = fixture_new();
    set_base(fixture, DIM_PERIOD, "each:2019-2022");
    set_base(fixture, DIM_TERRITORY, "level:departement");
    add_step(fixture, DIM_PERIOD, "pool:2");
    add_step(fixture, DIM_TERRITORY, "level:region");
    add_step(fixture, DIM_PERIOD, "pool:4");
    add_step(fixture, DIM_PERIOD, "2021 2022");
    CHECK_TEXT(words_at(fixture, DIM_TERRITORY, 1), "level:departement");
    CHECK_TEXT(words_at(fixture, DIM_TERRITORY, 2), "level:region");
    CHECK_TEXT(words_at(fixture, DIM_PERIOD, 2), "2021-2022 2019-2020");
    CHECK_TEXT(words_at(fixture, DIM_PERIOD, 3), "2019-2022");
    CHECK_TEXT(words_at(fixture, DIM_TERRITORY, 3), "level:region");
    CHECK_TEXT(words_at(fixture, DIM_PERIOD, 4), "2021 2022");
    arena_free(fixture->arena);
}

TEST(a_step_with_nothing_to_coarsen_is_refused)
{
    struct ladder_fixture *fixture = fixture_new();
    set_base(fixture, DIM_PERIOD, "2011-2015 2022");
    add_step(fixture, DIM_TERRITORY, "level:region");
    add_step(fixture, DIM_PERIOD, "pool:2");
    CHECK_TEXT(words_at(fixture, DIM_PERIOD, 2),
               "ladder: step 2: periods 'pool:2': the table has no years to "
               "pool");
    CHECK_INT(fixture->err.code, ERR_SCRIPT);
    add_step(fixture, DIM_AGE, "broad");
    set_base(fixture, DIM_PERIOD, "each:2021-2022");
    CHECK_TEXT(words_at(fixture, DIM_AGE, 3),
               "ladder: step 3: ages 'broad': the table has no classes of age "
               "to join");
    arena_free(fixture->arena);
}

TEST(readers_are_told_what_was_grouped_in_their_language)
{
    struct ladder_fixture *fixture = fixture_new();
    struct arena *arena = fixture->arena;
    const struct plan_table *table = &fixture->table;
    add_step(fixture, DIM_PERIOD, "pool:3");
    add_step(fixture, DIM_AGE, "broad");
    add_step(fixture, DIM_SITE, "group");
    CHECK_TEXT(plan_ladder_note(arena, table, 0, LANG_FR), "");
    CHECK_TEXT(plan_ladder_note(arena, table, 1, LANG_FR),
               "Années regroupées par 3 afin de limiter les valeurs couvertes "
               "par le secret.");
    CHECK_TEXT(plan_ladder_note(arena, table, 1, LANG_EN),
               "Years pooled by 3 to limit the values withheld as "
               "confidential.");
    CHECK_TEXT(plan_ladder_note(arena, table, 3, LANG_FR),
               "Années regroupées par 3, âges regroupés en grandes classes, "
               "localisations regroupées afin de limiter les valeurs couvertes "
               "par le secret.");
    arena_free(arena);
}

/* Every dimension can be told first, and all but the years after others. */
TEST(every_clause_has_its_words)
{
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        for (int years = 0; years < 2; years++) {
            struct ladder_fixture *fixture = fixture_new();
            if (years)
                add_step(fixture, DIM_PERIOD, "pool:2");
            add_step(fixture, (enum dim)d, d == DIM_PERIOD ? "2022" : "T");
            size_t steps = fixture->table.ladder.step_count;
            for (unsigned lang = 0; lang < LANG_COUNT; lang++) {
                const char *note = plan_ladder_note(
                    fixture->arena, &fixture->table, steps, (enum lang)lang);
                CHECK(note[0] != '\0' && strchr(note, '{') == NULL);
            }
            arena_free(fixture->arena);
        }
    }
}

TEST(a_ladder_that_says_nothing_is_refused_without_a_store)
{
    static const struct {
        enum dim dim;
        const char *first, *second, *want;
    } cases[] = {
        {DIM_PERIOD, "pool:1", "",
         "ladder: step 1: periods 'pool:1': expected 'pool:N', N from 2 to 50"},
        {DIM_PERIOD, "pool:x", "",
         "ladder: step 1: periods 'pool:x': expected 'pool:N', N from 2 to 50"},
        {DIM_PERIOD, "pool:3 2019", "",
         "ladder: step 1: periods 'pool:3': expected alone in its step"},
        {DIM_PERIOD, "pool:3", "pool:3",
         "ladder: step 2: periods 'pool:3': expected more years than at the "
         "step before"},
        {DIM_AGE, "broad", "",
         "ladder: step 2: expected a dimension, such as periods = 'pool:3'"},
        {DIM_AGE, "wide", "T",
         "ladder: step 1: age 'wide': expected 'T', 'each', 'band:0-14' or "
         "'band:75+'"},
        {DIM_SEX, "pool:3", "T",
         "ladder: step 1: sex 'pool:3': expected 'T', 'M' or 'F'"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct ladder_fixture *fixture = fixture_new();
        add_step(fixture, cases[i].dim, cases[i].first);
        add_step(fixture, cases[i].dim, cases[i].second);
        CHECK(!plan_ladder_check(fixture->arena, &fixture->table.ladder,
                                 &fixture->err));
        CHECK_INT(fixture->err.code, ERR_SCRIPT);
        CHECK_TEXT(fixture->err.text, cases[i].want);
        arena_free(fixture->arena);
    }
}

TEST(a_share_is_less_than_all_and_steps_are_few)
{
    static const double shares[] = {-0.1, 1.0, NAN};
    struct ladder_fixture *fixture = fixture_new();
    struct plan_ladder *ladder = &fixture->table.ladder;
    CHECK(plan_ladder_check(fixture->arena, ladder, &fixture->err));
    for (int years = 2; years < 2 + STEPS; years++)
        add_step(fixture, DIM_PERIOD,
                 arena_format(fixture->arena, "pool:%d", years));
    for (size_t i = 0; i < COUNT_OF(shares); i++) {
        fixture->err = (struct err){0};
        ladder->share = shares[i];
        CHECK(!plan_ladder_check(fixture->arena, ladder, &fixture->err));
        CHECK_TEXT(fixture->err.text,
                   "ladder: share: expected a number from 0 to less than 1");
    }
    fixture->err = (struct err){0};
    ladder->share = 0.0;
    CHECK(!plan_ladder_check(fixture->arena, ladder, &fixture->err));
    CHECK_TEXT(fixture->err.text, "ladder: steps: more than 12");
    ladder->step_count--;
    fixture->err = (struct err){0};
    CHECK(plan_ladder_check(fixture->arena, ladder, &fixture->err));
    arena_free(fixture->arena);
}

RUN(CASE(years_are_pooled_from_the_last_one_backwards),
    CASE(classes_of_age_are_joined_within_broad_ones),
    CASE(a_step_keeps_what_those_before_it_said),
    CASE(a_step_with_nothing_to_coarsen_is_refused),
    CASE(readers_are_told_what_was_grouped_in_their_language),
    CASE(every_clause_has_its_words),
    CASE(a_ladder_that_says_nothing_is_refused_without_a_store),
    CASE(a_share_is_less_than_all_and_steps_are_few))
