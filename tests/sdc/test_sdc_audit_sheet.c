/* SPDX-License-Identifier: EUPL-1.2 */
/* A public sheet as the attack sees it, and what is said of the outcome. */

#include "check.h"
#include "sdc/audit_sheet.h"

TEST(attackers_have_names)
{
    enum audit_attacker attacker;
    CHECK(audit_attacker_parse("strict", &attacker));
    CHECK_INT(attacker, AUDIT_STRICT);
    CHECK(audit_attacker_parse("basic", &attacker));
    CHECK_INT(attacker, AUDIT_BASIC);
    CHECK(!audit_attacker_parse("", &attacker));
}

/* A 2 x 2 table and its margins; the square is suppressed. */
static const enum audit_verdict *attack(struct arena *arena,
                                        enum audit_attacker attacker,
                                        int64_t first,
                                        struct audit_summary *summary)
{
    static const uint32_t parts[] = {0, 1};
    static const struct sheet_relation relation = {2, parts, 2};
    static const char *codes[] = {"a", "b", "t"};
    struct sheet_axis axes[2];
    size_t strides[] = {3, 1};
    int64_t counts[] = {0, 0, first + 30, 0, 0, 40, first + 2, 68, first + 70};
    unsigned char status[] = {SHEET_SUPPRESSED, SHEET_SUPPRESSED, SHEET_SHOWN,
                              SHEET_SUPPRESSED, SHEET_SUPPRESSED, SHEET_SHOWN,
                              SHEET_SHOWN,      SHEET_SHOWN,      SHEET_SHOWN};
    for (int i = 0; i < 2; i++)
        axes[i] = (struct sheet_axis){
            .name = i == 0 ? "x" : "y",
            .codes = codes,
            .nodes = 3,
            .relations = &relation,
            .relation_count = 1,
        };
    struct sheet sheet = {axes, 2, strides, 9, counts, status};
    struct audit_input input = audit_sheet_view(arena, &sheet, attacker, 5);
    enum audit_verdict *verdicts = arena_array(arena, 9, sizeof *verdicts);
    struct audit_effort effort;
    struct err err = {0};
    /* The line of totals is shown whole on both axes. */
    CHECK_INT(input.relations, 4);
    CHECK_INT(input.starts[4], 12);
    if (!audit_public(&input, verdicts, &effort, &err))
        fail_msg("%s", err.text);
    *summary = audit_sum_up(&input, verdicts, &effort);
    return verdicts;
}

TEST(a_sheet_is_attacked_along_every_axis)
{
    struct arena *arena = arena_new();
    struct audit_summary summary;
    /* first + 2 = 5: 1..4 in both cells of the column, wide enough. */
    (void)attack(arena, AUDIT_STRICT, 3, &summary);
    CHECK_INT(summary.cells, 9);
    CHECK_INT(summary.suppressed, 4);
    CHECK_INT(summary.exposed, 0);
    CHECK_INT(summary.open, 0);
    CHECK_INT(summary.propagated, 2); /* the others are 28 and more */
    CHECK_INT(summary.linear + summary.integral, 2);
    /* 4: 1..3 for the strict attacker, 0..4 for the basic one. */
    const enum audit_verdict *verdicts =
        attack(arena, AUDIT_STRICT, 2, &summary);
    CHECK_INT(summary.exposed, 2);
    CHECK_INT(verdicts[0], AUDIT_EXPOSED);
    CHECK_INT(verdicts[3], AUDIT_EXPOSED);
    CHECK_INT(verdicts[8], AUDIT_PUBLIC);
    (void)attack(arena, AUDIT_BASIC, 2, &summary);
    CHECK_INT(summary.exposed, 0);
    arena_wipe(arena);
}

RUN(CASE(attackers_have_names), CASE(a_sheet_is_attacked_along_every_axis))
