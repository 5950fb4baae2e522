/* SPDX-License-Identifier: EUPL-1.2 */
/* Controlled rounding beside what is known already: what was printed of cells,
 * and upper bounds that are public. */
#include "check.h"

#include "sdc/round.h"

enum {
    PARTS_MOST = 6,
    BASE = 5,
};

/* Cell 0 is the sum of all others. */
struct row {
    int64_t counts[PARTS_MOST + 1], limits[PARTS_MOST + 1];
    int64_t printed[PARTS_MOST + 1];
    bool empty[PARTS_MOST + 1], hidden[PARTS_MOST + 1];
    size_t parts;
};

static const struct round_policy policy = {
    BASE, BASE, {(const unsigned char *)"0123456789abcdef", 16}};

static struct row row_of(size_t parts, int64_t count)
{
    struct row row = {.parts = parts};
    for (size_t c = 0; c <= parts; c++) {
        row.counts[c] = c == 0 ? (int64_t)parts * count : count;
        row.limits[c] = INT64_MAX;
        row.printed[c] = PLAIN_FREE;
    }
    return row;
}

static char *name_cell(struct arena *arena, const void *context, size_t cell)
{
    (void)context;
    return arena_format(arena, "cell %zu", cell);
}

/* Rounds the row, or with `published` audits these numbers of it. */
static bool try_row(const struct row *row, const int64_t *published,
                    int64_t *out, struct err *err)
{
    static const uint64_t marks[PARTS_MOST + 1] = {11, 12, 13, 14, 15, 16, 17};
    uint32_t members[PARTS_MOST + 1];
    const size_t starts[] = {0, row->parts + 1};
    struct plain_known known = {row->limits, row->printed, row->empty,
                                row->hidden};
    struct round_report report;
    struct arena *arena = arena_new();
    for (uint32_t c = 0; c <= row->parts; c++)
        members[c] = c;
    struct plain_table table = {
        .cells = row->parts + 1,
        .counts = row->counts,
        .marks = marks,
        .relations = {members, starts, 1},
        .known = &known,
        .name = name_cell,
    };
    bool ok = published == NULL
                  ? round_table(arena, &table, &policy, out, &report, err)
                  : round_audit(&table, &policy, ROUND_REACH, published, err);
    arena_wipe(arena);
    return ok;
}

static void check_refused(const struct row *row, const int64_t *published,
                          const char *id, const char *text)
{
    struct err err = {0};
    int64_t out[PARTS_MOST + 1] = {-7};
    CHECK(!try_row(row, published, out, &err));
    CHECK_INT(err.code, ERR_DISCLOSURE);
    CHECK_TEXT(err.id, id);
    CHECK_TEXT(err.text, text);
    CHECK_INT(out[0], -7);
}

/* Ones that were all printed as 5: four take their sum 16 too far, which is
 * less than four bases; five take it 20. */
TEST(what_was_printed_of_parts_takes_a_sum_four_bases_away_and_no_farther)
{
    for (size_t parts = 4; parts <= 5; parts++) {
        struct row row = row_of(parts, 1);
        int64_t out[PARTS_MOST + 1] = {0};
        struct err err = {0};
        for (size_t c = 1; c <= parts; c++)
            row.printed[c] = BASE;
        if (parts == 5) {
            check_refused(&row, NULL, "round.window",
                          "no rounding was found where every cell is less "
                          "than 4 bases from its count");
            continue;
        }
        CHECK(try_row(&row, NULL, out, &err));
        CHECK_INT(out[0], 4 * BASE);
    }
}

static const int64_t fives[] = {10, 5, 5};

TEST(the_audit_names_a_cell_that_was_printed_otherwise)
{
    struct row row = row_of(2, 4);
    struct err err = {0};
    row.printed[2] = 5;
    CHECK(try_row(&row, fives, NULL, &err));
    row.printed[2] = 0;
    check_refused(&row, fives, "round.printed",
                  "cell 2: was printed otherwise before");
}

/* 5 stands for 1 to 9: a bound of 9 says nothing, of 8 something; nobody asks
 * where the zero is known. */
TEST(the_audit_names_a_cell_that_a_public_bound_cuts)
{
    struct row row = row_of(2, 4);
    struct err err = {0};
    row.limits[0] = 14;
    row.limits[1] = 9;
    CHECK(try_row(&row, fives, NULL, &err));
    row.limits[1] = 8;
    check_refused(&row, fives, "round.limit",
                  "cell 1: a public upper bound cuts what rounding leaves "
                  "open");
    static const int64_t zeros[] = {0, 0, 0};
    row = row_of(2, 0);
    row.limits[1] = 0;
    row.empty[1] = true;
    CHECK(try_row(&row, zeros, NULL, &err));
    row.empty[1] = false;
    check_refused(&row, zeros, "round.limit",
                  "cell 1: a public upper bound cuts what rounding leaves "
                  "open");
}

RUN(CASE(what_was_printed_of_parts_takes_a_sum_four_bases_away_and_no_farther),
    CASE(the_audit_names_a_cell_that_was_printed_otherwise),
    CASE(the_audit_names_a_cell_that_a_public_bound_cuts))
