/* SPDX-License-Identifier: EUPL-1.2 */
/* The codes of a release and of one before it as one vocabulary, and pairs of
 * releases that are refused. */
#include "released_pair.h"

#include "sdc/released_impl.h"

/* Code lists of one dimension and the sums of all, in place of others. */
static void put_codes(struct couple *pair, const char *folder, const char *list,
                      const char *codes, const char *relation)
{
    released_put(pair->arena, folder, list,
                 arena_format(pair->arena, "%s%s", RELEASED_NODES, codes));
    released_put(pair->arena, folder, "d/codes/relation.csv",
                 arena_format(pair->arena,
                              "dimension,level,code,part_level,part\n%s",
                              relation));
}

/* --- ages ----------------------------------------------------------------- */

static void write_ages(struct arena *arena, const char *folder, const char *id,
                       const char *ages, const char *relation, const char *rows)
{
    const struct released_files files = {
        .head = arena_format(arena,
                             "\"id\": \"%s\", \"vintage\": \"v\", \"extracted\""
                             ": \"2024-06-30\", \"unrevised\": [], "
                             "\"disclosure\": {\"threshold\": 5, \"rules\": []"
                             "}",
                             id),
        .territory = "dep,A,A,A,,,,,,\n",
        .age = ages,
        .period = "leaf,2022,x,x,,,,,2022,2022\n",
        .relation = relation,
        .rows = rows,
    };
    released_write(arena, folder, &files);
}

#define AGED(age, value, status)                                               \
    "cases,count,,dep,A,POU,T," age ",2022,T," value ",,," status "\n"

/* What is exposed beside 28 cases under 30 years in an earlier release. */
static void check_ages(const char *more, const char *want)
{
    struct couple pair = {
        .arena = arena_new(),
        .later = check_directory(),
        .before = check_directory(),
    };
    write_ages(pair.arena, pair.later, "later",
               "total,T,T,T,,,,,0,-1\nleaf,00-39,x,x,,,,,0,39\n"
               "leaf,40+,x,x,,,,,40,-1\n",
               "age,total,T,leaf,00-39\nage,total,T,leaf,40+\n",
               AGED("00-39", "30", "v") AGED("40+", "50", "v"));
    write_ages(pair.arena, pair.before, "before",
               arena_format(pair.arena,
                            "total,T,T,T,,,,,0,-1\nleaf,00-29,x,x,,,,,0,29\n"
                            "leaf,30+,x,x,,,,,30,-1\n%s",
                            more),
               "age,total,T,leaf,00-29\nage,total,T,leaf,30+\n",
               AGED("00-29", "28", "v"));
    if (!read_both(pair.arena, pair.later, pair.before, &pair.released,
                   &pair.err))
        fail_msg("%s", pair.err.text);
    CHECK_TEXT(exposed_in(&pair), want);
    end_pair(&pair);
}

TEST(age_classes_are_cut_at_the_limits_of_both_releases)
{
    check_ages("", "no table: cases, site POU, sex T, age 30-39\n");
}

TEST(age_classes_that_overlap_or_are_empty_are_not_cut)
{
    check_ages("leaf,20-59,x,x,,,,,20,59\n", "");
    check_ages("leaf,none,x,x,,,,,40,39\n", "");
}

/* --- codes ---------------------------------------------------------------- */

/* France was A and D: both are codes of that release, the one in the other. */
TEST(a_code_that_is_gone_is_part_of_what_it_was_part_of)
{
    struct couple pair = {0};
    CHECK(read_pair(&pair, "", "", ""));
    put_codes(&pair, pair.before, "d/codes/territory.csv",
              "country,FR,x,x,,,,,,\ndep,A,x,x,country,FR,,,,\n"
              "dep,D,x,x,country,FR,,,,\n",
              "territory,country,FR,dep,A\nterritory,country,FR,dep,D\n");
    if (!read_both(pair.arena, pair.later, pair.before, &pair.released,
                   &pair.err))
        fail_msg("%s", pair.err.text);
    const struct dimension *places = &pair.released->codes.dims[DIM_TERRITORY];
    int gone = code_find(places, "dep", "D");
    int whole = code_find(places, "country", "FR (before)");
    CHECK(gone >= 0 && whole >= 0);
    CHECK_INT(places->nodes[gone].parent, whole);
    end_pair(&pair);
}

/* --- what is refused ------------------------------------------------------ */

static void refuse(const char *head, const char *pattern)
{
    struct couple pair = {0};
    CHECK(read_pair(&pair, "", "", ""));
    const char *manifest = "manifest.json";
    released_put(pair.arena, pair.before, manifest,
                 arena_format(pair.arena,
                              "{%s, \"disclosure\": {\"threshold\": 4, "
                              "\"rules\": []}, \"files\": [{\"path\": "
                              "\"d/a.csv\", \"sha256\": \"1\"}, {\"path\": "
                              "\"d/a.schema.json\", \"sha256\": \"1\"}]}",
                              head));
    CHECK(!read_both(pair.arena, pair.later, pair.before, &pair.released,
                     &pair.err));
    CHECK_INT(pair.err.code, ERR_INPUT);
    if (strstr(pair.err.text, pattern) == NULL)
        fail_msg("%s", pair.err.text);
    end_pair(&pair);
}

TEST(releases_that_cannot_be_compared_are_refused)
{
    refuse("\"id\": \"before\"", "expected an id and a vintage");
    refuse("\"id\": \"later\", \"vintage\": \"v1\", \"unrevised\": []",
           "release 'later' is given twice");
    refuse("\"id\": \"before\", \"vintage\": \"v1\"",
           "expected a list of what is unrevised");
    refuse("\"id\": \"before\", \"vintage\": \"v1\", \"unrevised\": "
           "[{\"periods\": [\"2021\"]}]",
           "expected a list of what is unrevised");
    refuse("\"id\": \"before\", \"vintage\": \"v1\", \"unrevised\": []",
           "expected a date of extraction");
    refuse("\"id\": \"before\", \"vintage\": \"v1\", \"unrevised\": [], "
           "\"extracted\": \"2024-02-30\"",
           "expected a date of extraction");
}

TEST(a_measure_that_is_another_thing_is_refused)
{
    struct couple pair = {0};
    CHECK(read_pair(&pair, "", "", ""));
    released_put(pair.arena, pair.before, "d/codes/measure.csv",
                 "code,kind,numerator,denominator,confidential,source\n"
                 "cases,estimate,,,true,R\n");
    CHECK(!read_both(pair.arena, pair.later, pair.before, &pair.released,
                     &pair.err));
    CHECK_TEXT(pair.err.text,
               "measure 'cases' is another thing in release 'before'");
    end_pair(&pair);
}

TEST(a_sum_whose_parts_overlap_elsewhere_is_refused)
{
    struct couple pair = {0};
    CHECK(read_pair(&pair, "", "", ""));
    /* Both A and B are elementary there; here they share a commune. */
    released_put(pair.arena, pair.later, "d/codes/territory.csv",
                 RELEASED_NODES "com,1,x,x,,,,,,\ncom,2,x,x,,,,,,\n"
                                "com,3,x,x,,,,,,\ndep,A,A,A,,,,,,\n"
                                "dep,B,B,B,,,,,,\n");
    released_put(pair.arena, pair.later, "d/codes/relation.csv",
                 "dimension,level,code,part_level,part\n"
                 "territory,dep,A,com,1\nterritory,dep,A,com,2\n"
                 "territory,dep,B,com,2\nterritory,dep,B,com,3\n");
    CHECK(!read_both(pair.arena, pair.later, pair.before, &pair.released,
                     &pair.err));
    CHECK_INT(pair.err.code, ERR_INPUT);
    CHECK(strstr(pair.err.text, "overlap in another release") != NULL);
    end_pair(&pair);
}

static void check_refused(struct couple *pair, const char *want)
{
    CHECK(!read_both(pair->arena, pair->later, pair->before, &pair->released,
                     &pair->err));
    CHECK_INT(pair->err.code, ERR_INPUT);
    if (strstr(pair->err.text, want) == NULL)
        fail_msg("%s", pair->err.text);
    end_pair(pair);
}

/* X is Y and Z, and Y was X and W. */
TEST(codes_that_two_releases_divide_into_each_other_are_refused)
{
    struct couple pair = {0};
    CHECK(read_pair(&pair, "", "", ""));
    put_codes(&pair, pair.later, "d/codes/territory.csv",
              "dep,Y,x,x,,,,,,\ndep,Z,x,x,,,,,,\ndep,X,x,x,,,,,,\n",
              "territory,dep,X,dep,Y\nterritory,dep,X,dep,Z\n");
    put_codes(&pair, pair.before, "d/codes/territory.csv",
              "dep,X,x,x,,,,,,\ndep,W,x,x,,,,,,\ndep,Y,x,x,,,,,,\n",
              "territory,dep,Y,dep,X\nterritory,dep,Y,dep,W\n");
    check_refused(&pair, ": the releases divide it into itself");
}

/* 65,500 codes here and 40 there, the same or others. */
static void put_many(struct couple *pair, const char *list, const char *limits,
                     bool same)
{
    for (int later = 0; later < 2; later++) {
        struct text codes = text_new(pair->arena);
        for (int i = 0; i < (later ? 65500 : 40); i++)
            text_format(&codes, "leaf,%c%d,x,x,,,,,%s\n",
                        later || same ? 'N' : 'O', i, limits);
        put_codes(pair, later ? pair->later : pair->before, list, codes.at, "");
    }
}

TEST(more_codes_of_all_releases_than_can_be_told_apart_are_refused)
{
    struct couple pair = {0};
    CHECK(read_pair(&pair, "", "", ""));
    put_many(&pair, "d/codes/territory.csv", ",", false);
    check_refused(&pair, "dimension 'territory': more than 65535 elementary "
                         "codes in all releases");
    /* The same years, of which each release tells its own numbers. */
    pair = (struct couple){0};
    CHECK(read_pair(&pair, "", "", ""));
    put_many(&pair, "d/codes/period.csv", "2022,2022", true);
    check_refused(&pair, "dimension 'period': more than 65535 elementary codes "
                         "in all releases");
}

RUN(CASE(a_code_that_is_gone_is_part_of_what_it_was_part_of),
    CASE(age_classes_are_cut_at_the_limits_of_both_releases),
    CASE(age_classes_that_overlap_or_are_empty_are_not_cut),
    CASE(releases_that_cannot_be_compared_are_refused),
    CASE(a_measure_that_is_another_thing_is_refused),
    CASE(a_sum_whose_parts_overlap_elsewhere_is_refused),
    CASE(codes_that_two_releases_divide_into_each_other_are_refused),
    CASE(more_codes_of_all_releases_than_can_be_told_apart_are_refused))
