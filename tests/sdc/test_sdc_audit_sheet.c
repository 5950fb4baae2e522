/* SPDX-License-Identifier: EUPL-1.2 */
/* A public sheet as the attack sees it, and what is said of the outcome. */

#include "check.h"

#include "base/text.h"
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

/* The relations as "total part part; ...". */
static const char *relations_of(struct arena *arena,
                                const struct audit_input *input)
{
    struct text text = text_new(arena);
    for (size_t r = 0; r < input->relations; r++) {
        for (size_t i = input->starts[r]; i < input->starts[r + 1]; i++)
            text_format(&text, "%s%u", i == input->starts[r] ? "" : " ",
                        input->members[i]);
        text_add(&text, "; ");
    }
    return text.at;
}

/* Of 3 x 4 cells, one of which is suppressed. */
TEST(an_attack_has_the_relations_of_what_is_suppressed)
{
    static const char *codes[] = {"a", "b", "c", "d"};
    static const uint32_t parts[] = {0, 1, 2};
    static const struct sheet_relation two = {2, parts, 2},
                                       three = {3, parts, 3};
    static const struct {
        size_t cell;
        const char *want;
    } cases[] = {
        {0, "8 0 4; 3 0 1 2; "},   {6, "10 2 6; 7 4 5 6; "},
        {5, "9 1 5; 7 4 5 6; "},   {3, "11 3 7; 3 0 1 2; "},
        {9, "9 1 5; 11 8 9 10; "}, {11, "11 3 7; 11 8 9 10; "},
    };
    struct sheet_axis axes[] = {
        {.name = "x", .codes = codes, .nodes = 3},
        {.name = "y", .codes = codes, .nodes = 4},
    };
    size_t strides[] = {4, 1};
    int64_t counts[12] = {0};
    axes[0].relations = &two;
    axes[1].relations = &three;
    axes[0].relation_count = axes[1].relation_count = 1;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *arena = arena_new();
        unsigned char status[12];
        for (size_t c = 0; c < COUNT_OF(status); c++)
            status[c] = c == cases[i].cell ? SHEET_SUPPRESSED : SHEET_SHOWN;
        struct sheet sheet = {axes, 2, strides, 12, counts, status};
        struct audit_input input =
            audit_sheet_view(arena, &sheet, AUDIT_STRICT, 5);
        CHECK_TEXT(relations_of(arena, &input), cases[i].want);
        arena_wipe(arena);
    }
}

TEST(verdicts_are_counted_by_what_settled_them)
{
    static const enum audit_verdict verdicts[] = {
        AUDIT_PUBLIC,     AUDIT_EXPOSED, AUDIT_OPEN,   AUDIT_SINGLE,
        AUDIT_PROPAGATED, AUDIT_SOLVED,  AUDIT_SOLVED, AUDIT_OPEN,
    };
    const struct audit_input input = {.cells = COUNT_OF(verdicts)};
    const struct audit_effort effort = {.linear = 1, .integral = 2};
    struct audit_summary summary = audit_sum_up(&input, verdicts, &effort);
    CHECK_INT(summary.cells, 8);
    CHECK_INT(summary.suppressed, 7);
    CHECK_INT(summary.exposed, 1);
    CHECK_INT(summary.open, 3);
    CHECK_INT(summary.linear, 1);
    CHECK_INT(summary.integral, 2);
    CHECK_INT(summary.propagated, 1);
}

RUN(CASE(attackers_have_names), CASE(a_sheet_is_attacked_along_every_axis),
    CASE(an_attack_has_the_relations_of_what_is_suppressed),
    CASE(verdicts_are_counted_by_what_settled_them))
