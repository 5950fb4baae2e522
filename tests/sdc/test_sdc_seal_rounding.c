/* SPDX-License-Identifier: EUPL-1.2 */
/* Rounded tables of a release: what their counts are bounded by. */
#include "seal_fixture.h"

/* One table of counts, rounded to base 5. */
static struct seal_fixture *rounded_new(void)
{
    struct seal_fixture *fixture = seal_fixture_new();
    seal_fixture_table(
        fixture, "cases",
        (struct plan_value){.kind = VALUE_COUNT, .standard = ""});
    fixture->tables[0].base = 5;
    fixture->project.policy.rule_count = 0;
    fixture->seal.key =
        (struct hash_key){(const unsigned char *)"0123456789abcdef", 16};
    return fixture;
}

TEST(counts_of_a_table_are_rounded_to_its_base)
{
    struct seal_fixture *fixture = rounded_new();
    struct seal *seal = &fixture->seal;
    seal_fixture_start(fixture);
    if (!seal_round(seal, &fixture->err))
        fail_msg("%s", fixture->err.text);
    size_t moved = 0;
    for (size_t r = 0; r < seal->tables[0]->rows; r++) {
        int64_t count = cube_count(seal->tables[0]->counts, r);
        int64_t rounded = seal_rounded(seal, 0, r);
        CHECK_INT(rounded % 5, 0);
        moved += rounded != count;
    }
    CHECK(moved > 0);
    seal_fixture_end(fixture);
}

TEST(more_cases_than_people_are_not_rounded)
{
    struct seal_fixture *fixture = rounded_new();
    struct fact *rows = (struct fact *)(uintptr_t)fixture->cases.rows;
    rows[0].count = INT64_C(1000000000);
    seal_fixture_start(fixture);
    CHECK(!seal_round(&fixture->seal, &fixture->err));
    CHECK_INT(fixture->err.code, ERR_DISCLOSURE);
    CHECK_TEXT(fixture->err.id, "sdc.cell");
    CHECK(text_starts(fixture->err.text, "table 'r.t0': cases, "));
    CHECK(text_ends(fixture->err.text,
                    ": a count exceeds its public upper bound"));
    seal_fixture_end(fixture);
}

RUN(CASE(counts_of_a_table_are_rounded_to_its_base),
    CASE(more_cases_than_people_are_not_rounded))
