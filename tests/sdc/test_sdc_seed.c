/* SPDX-License-Identifier: EUPL-1.2 */
/* The first pattern: no relation gives a cell away, to an outsider or to
 * somebody alone in another of its cells, and no secondary is there in vain. */
#include "sdc/pattern.h"
#include "sheet_fixture.h"

enum {
    TABLES = 200,
    ROWS = 6,
    COLUMNS = 7,
    THRESHOLD = 5,
};

static uint64_t below(uint64_t *state, uint64_t limit)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (*state >> 33) % limit;
}

static struct field *make_field(struct desk *desk, const char *leaves)
{
    CHECK(desk_axes(desk));
    CHECK(desk_leaves(desk, leaves));
    struct field *field = field_of_sheet(desk->arena, desk->sheet);
    int64_t *thresholds =
        arena_array(desk->arena, field->cells, sizeof *thresholds);
    field->thresholds = thresholds;
    for (size_t c = 0; c < field->cells; c++) {
        int64_t count = field->counts[c];
        bool primary = count > 0 && count < THRESHOLD;
        thresholds[c] = THRESHOLD;
        field->states[c] = primary ? FIELD_PRIMARY : FIELD_SHOWN;
        field->guards[c] = primary ? AUDIT_PRIMARY : AUDIT_GUARDED;
        field->prices[c] =
            count == 0 ? FIELD_BLOCKED : field_price(count, 1000, 0);
        field->upper[c] = FIELD_UNLIMITED;
    }
    return field;
}

static struct pattern *seed(struct desk *desk, struct field *field)
{
    struct pattern *pattern = pattern_new(desk->arena, field);
    pattern_seed(pattern);
    pattern_rest(pattern); /* states are all that is looked at */
    return pattern;
}

/* Secondaries of one line of r0..r3; only these and their total. */
static size_t secondaries_of(const char *leaves)
{
    struct desk desk = desk_new();
    size_t count = 0;
    desk_hierarchy(&desk, "a", "a.csv", "T,\nr0,T\nr1,T\nr2,T\nr3,T\n");
    struct pattern *pattern = seed(&desk, make_field(&desk, leaves));
    for (size_t c = 0; c < pattern->field->cells; c++)
        count += pattern->field->states[c] == FIELD_SECONDARY;
    desk_end(&desk);
    return count;
}

TEST(whoever_is_alone_in_one_of_two_cells_does_not_learn_the_other)
{
    CHECK_INT(secondaries_of("a,n\nr0,2\nr1,3\nr2,9\nr3,20\n"), 0);
    CHECK_INT(secondaries_of("a,n\nr0,1\nr1,3\nr2,9\nr3,20\n"), 1);
    CHECK_INT(secondaries_of("a,n\nr0,1\nr1,9\nr2,9\nr3,20\n"), 1);
    CHECK_INT(secondaries_of("a,n\nr0,1\nr1,1\nr2,3\nr3,20\n"), 0);
    CHECK_INT(secondaries_of("a,n\nr0,1\nr1,1\nr2,1\nr3,20\n"), 1);
    /* One person, in the total and in a part. */
    CHECK_INT(secondaries_of("a,n\nr0,1\nr1,0\nr2,0\nr3,0\n"), 0);
}

/* A part is given away by its total and by the rest, which must be shown. */
TEST(what_must_be_shown_is_not_hidden_for_a_primary)
{
    struct desk desk = desk_new();
    desk_hierarchy(&desk, "a", "a.csv", "T,\nr0,T\nr1,T\n");
    struct field *field = make_field(&desk, "a,n\nr0,3\nr1,20\n");
    size_t open = 0;
    for (size_t c = 0; c < field->cells; c++) {
        if (field->states[c] == FIELD_SHOWN)
            field->prices[c] = FIELD_BLOCKED;
    }
    (void)seed(&desk, field);
    for (size_t c = 0; c < field->cells; c++)
        open += field_open(field, c);
    CHECK_INT(open, 1);
    desk_end(&desk);
}

/* One relation as an outsider reads it, and somebody who is alone in it.
 * `spare`: room that is asked for beyond the width. */
static bool gives_away(const struct field *field, size_t relation,
                       int64_t spare)
{
    const struct relations *relations = &field->relations;
    size_t first = relations->starts[relation], open = 0, primary = 0, ones = 0;
    int64_t slack = 0;
    bool total = field_open(field, relations->members[first]);
    for (size_t m = first; m < relations->starts[relation + 1]; m++) {
        size_t cell = relations->members[m];
        if (!field_open(field, cell))
            continue;
        open++;
        slack += field->counts[cell];
        primary += field->counts[cell] < THRESHOLD;
        ones += m > first && field->counts[cell] == 1;
    }
    bool one_person = total && slack == 2;
    bool tells = open == 2 && primary == 2 && ones > 0 && !one_person;
    return open == 1 || tells ||
           (open > 1 && !total && slack < THRESHOLD - 2 + spare);
}

static size_t count_given(const struct field *field, int64_t spare)
{
    size_t count = 0;
    for (size_t r = 0; r < field->relations.count; r++)
        count += gives_away(field, r, spare);
    return count;
}

static void random_leaves(struct text *leaves, uint64_t *state)
{
    static const int64_t counts[] = {0, 0, 1, 1, 2, 3, 6, 7, 9, 15, 40, 200};
    text_add(leaves, "a,b,n\n");
    for (int i = 0; i < ROWS * COLUMNS; i++)
        text_format(leaves, "r%d,c%d,%d\n", i / COLUMNS, i % COLUMNS,
                    (int)counts[below(state, COUNT_OF(counts))]);
}

TEST(nothing_is_given_away_and_no_secondary_is_in_vain)
{
    uint64_t state = 11;
    size_t secondaries = 0;
    for (int t = 0; t < TABLES; t++) {
        struct desk desk = desk_new();
        struct text leaves = text_new(desk.arena);
        desk_hierarchy(&desk, "a", "a.csv",
                       "T,\nS,T\nr0,S\nr1,S\nr2,S\nr3,T\nr4,T\nr5,T\n");
        desk_hierarchy(&desk, "b", "b.csv",
                       "T,\nc0,T\nc1,T\nc2,T\nc3,T\nc4,T\nc5,T\nc6,T\n");
        random_leaves(&leaves, &state);
        struct field *field = make_field(&desk, leaves.at);
        (void)seed(&desk, field);
        CHECK_INT(count_given(field, 0), 0);
        for (size_t c = 0; c < field->cells; c++) {
            if (field->states[c] != FIELD_SECONDARY)
                continue;
            secondaries++;
            field->states[c] = FIELD_SHOWN;
            CHECK(count_given(field, 1) > 0);
            field->states[c] = FIELD_SECONDARY;
        }
        desk_end(&desk);
    }
    CHECK(secondaries > TABLES);
}

RUN(CASE(whoever_is_alone_in_one_of_two_cells_does_not_learn_the_other),
    CASE(what_must_be_shown_is_not_hidden_for_a_primary),
    CASE(nothing_is_given_away_and_no_secondary_is_in_vain))
