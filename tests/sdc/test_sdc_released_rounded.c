/* SPDX-License-Identifier: EUPL-1.2 */
/* A release of rounded counts, as an outsider reads it. */
#include "released_fixture.h"

/* Table r.a is rounded to base 10, which goes with the threshold of 11. */
static struct trial rounded_new(const char *rows)
{
    struct trial trial = trial_new(rows, "");
    put(&trial, "d/a.schema.json",
        "{\"name\": \"r.a\", \"rounding\": {\"base\": 10}}");
    put(&trial, "manifest.json",
        "{\"disclosure\": {\"threshold\": 11, \"rules\": []}, \"tables\": "
        "[{\"id\": \"r.a\", \"rounding\": {\"base\": 10}}], \"files\": ["
        "{\"path\": \"d/codes/site.csv\", \"sha256\": \"1\"},"
        "{\"path\": \"d/a.csv\", \"sha256\": \"1\"},"
        "{\"path\": \"d/a.schema.json\", \"sha256\": \"1\"}]}");
    return trial;
}

static bool attack_rounded(struct trial *trial, size_t *count)
{
    attack(trial, AUDIT_STRICT);
    return released_attack_rounded(trial->arena, trial->released,
                                   trial->verdicts, count, &trial->err);
}

TEST(counts_that_stand_for_ten_at_least_are_safe)
{
    size_t count = 7;
    struct trial trial =
        rounded_new(CELL("country,FR", "T", "2021", "30", "v")
                        CELL("dep,A", "T", "2021", "20", "v")
                            CELL("dep,B", "T", "2021", "10", "v"));
    CHECK(attack_rounded(&trial, &count));
    CHECK_INT(count, 0);
    CHECK_TEXT(exposed(&trial), "");
    trial_end(&trial);
}

/* 10 stands for 19 at most, 40 for 31 at least. */
TEST(a_rounded_part_that_exceeds_its_whole_is_refused)
{
    size_t count = 7;
    struct trial trial = rounded_new(CELL("country,FR", "T", "2021", "10", "v")
                                         CELL("dep,A", "T", "2021", "40", "v"));
    CHECK(!attack_rounded(&trial, &count));
    CHECK_INT(trial.err.code, ERR_INPUT);
    CHECK_TEXT(trial.err.id, "audit.contradiction");
    CHECK_TEXT(trial.err.text, "no counts agree with those that are rounded or "
                               "perturbed");
    trial_end(&trial);
}

/* Men are 40 % of the exact count, which need not be 60. */
TEST(a_share_beside_rounded_counts_is_refused)
{
    struct trial trial =
        rounded_new(CELL("dep,A", "T", "2021", "60",
                         "v") "cases,share,dep,A,POU,T,T,2021,T,100,,,v\r\n"
                              "cases,share,dep,A,POU,M,T,2021,T,40,,,v\r\n");
    CHECK(!read_it(&trial));
    CHECK(strstr(trial.err.text, "a.csv:4: a value or a secret beside counts "
                                 "that are rounded or perturbed") != NULL);
    trial_end(&trial);
}

RUN(CASE(counts_that_stand_for_ten_at_least_are_safe),
    CASE(a_rounded_part_that_exceeds_its_whole_is_refused),
    CASE(a_share_beside_rounded_counts_is_refused))
