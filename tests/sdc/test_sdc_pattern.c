/* SPDX-License-Identifier: EUPL-1.2 */
/* Witnesses are read where they lie: in one block, over the end of one, larger
 * than one; recorded, dropped, restored, swept, forgotten. */
#include "sdc/field_audit.h"
#include "sdc/pattern.h"
#include "sdc/ring.h"
#include "sheet_fixture.h"

enum {
    ROWS = 300,
    COLUMNS = 240,
    CELLS = 70010,    /* that take part, of 301 x 241 */
    MOST = 64,        /* witnesses */
    CELLS_SMALL = 25, /* of a grid of 4 x 4 and totals */
};

/* What the pattern should hold: witness w changes `counts[w]` cells from
 * `firsts[w]` on, around the end. */
struct ledger {
    size_t firsts[MOST], counts[MOST];
    size_t count;
};

static uint32_t cell_at(const struct ledger *ledger, size_t witness, size_t i)
{
    return (uint32_t)((ledger->firsts[witness] + i) % CELLS);
}

static int64_t delta_at(size_t i)
{
    return 1 + (int64_t)(i % 5);
}

static void record(struct pattern *pattern, struct ledger *ledger, size_t first,
                   size_t count)
{
    ledger->firsts[ledger->count] = first;
    ledger->counts[ledger->count] = count;
    for (size_t i = 0; i < count; i++)
        sum_change(pattern, &pattern->up, cell_at(ledger, ledger->count, i),
                   delta_at(i));
    pattern_record(pattern, &pattern->up);
    ledger->count += count > 0;
}

static void check_lists(const struct pattern *pattern, const uint32_t *alive)
{
    for (size_t c = 0; c < pattern->field->cells; c++) {
        uint32_t entries = 0;
        for (uint32_t e = pattern->first[c]; e != PATTERN_END;
             e = pattern_next(pattern, e)) {
            CHECK(pattern_cell(pattern, e) == c);
            entries++;
        }
        CHECK(entries == alive[c] && pattern->alive[c] == alive[c]);
    }
}

static void check_holds(const struct pattern *pattern,
                        const struct ledger *ledger)
{
    struct arena *arena = arena_new();
    struct witnesses held = {0};
    uint32_t *alive = arena_array(arena, pattern->field->cells, sizeof *alive);
    pattern_witnesses(pattern, arena, &held);
    CHECK_INT(held.count, ledger->count);
    for (size_t w = 0; w < held.count; w++) {
        CHECK_INT(held.list[w].count, ledger->counts[w]);
        for (size_t i = 0; i < held.list[w].count; i++) {
            CHECK(held.list[w].cells[i] == cell_at(ledger, w, i));
            CHECK(held.list[w].deltas[i] == delta_at(i));
            alive[held.list[w].cells[i]]++;
        }
    }
    check_lists(pattern, alive);
    arena_wipe(arena);
}

static struct pattern *open_grid(struct desk *desk, int row_count,
                                 int column_count)
{
    struct text rows = text_new(desk->arena), columns = text_new(desk->arena);
    text_add(&rows, "T,\n");
    text_add(&columns, "T,\n");
    for (int i = 0; i < row_count; i++)
        text_format(&rows, "r%d,T\n", i);
    for (int i = 0; i < column_count; i++)
        text_format(&columns, "c%d,T\n", i);
    desk_hierarchy(desk, "a", "a.csv", rows.at);
    desk_hierarchy(desk, "b", "b.csv", columns.at);
    CHECK(desk_axes(desk));
    CHECK(desk_leaves(desk, "a,b,n\nr0,c0,7\n"));
    struct field *field = field_of_sheet(desk->arena, desk->sheet);
    int64_t *thresholds =
        arena_array(desk->arena, field->cells, sizeof *thresholds);
    field->thresholds = thresholds;
    for (size_t c = 0; c < field->cells; c++) {
        thresholds[c] = 5;
        field->states[c] = FIELD_PRIMARY;
        field->upper[c] = FIELD_UNLIMITED;
    }
    return pattern_new(desk->arena, field);
}

static struct pattern *open_pattern(struct desk *desk)
{
    return open_grid(desk, ROWS, COLUMNS);
}

TEST(witnesses_are_whole_wherever_blocks_end)
{
    static const size_t sizes[] = {
        1,    40000, 40000, PATTERN_BLOCK, 70001, 3, 60000, PATTERN_BLOCK, 0,
        5537, 65535, 2,     CELLS,         1};
    struct desk desk = desk_new();
    struct pattern *pattern = open_pattern(&desk);
    struct ledger ledger = {0};
    for (size_t s = 0; s < COUNT_OF(sizes); s++)
        record(pattern, &ledger, s * 977, sizes[s]);
    check_holds(pattern, &ledger);
    uint32_t cell = cell_at(&ledger, 1, 0), before = pattern->alive[cell];
    pattern_drop(pattern, 1);
    CHECK_INT(pattern->alive[cell], before - 1);
    pattern_restore(pattern, 1);
    check_holds(pattern, &ledger);
    while (ledger.count > 0) {
        ledger.count /= 2;
        pattern_forget(pattern, ledger.count);
        check_holds(pattern, &ledger);
        record(pattern, &ledger, 5, PATTERN_BLOCK - 1);
        check_holds(pattern, &ledger);
        pattern_forget(pattern, --ledger.count);
    }
    CHECK_INT(pattern->span_count, 0);
    pattern_rest(pattern);
    desk_end(&desk);
}

/* Drops every n-th witness, and sweeps. */
static void sweep(struct pattern *pattern, struct ledger *ledger, size_t every)
{
    size_t kept = 0;
    for (size_t w = 0; w < ledger->count; w++) {
        if (w % every == 0) {
            pattern_drop(pattern, (uint32_t)w);
            continue;
        }
        ledger->firsts[kept] = ledger->firsts[w];
        ledger->counts[kept++] = ledger->counts[w];
    }
    ledger->count = kept;
    pattern_sweep(pattern);
}

/* What is left moves down, by less than it is long or over ends of blocks. */
TEST(witnesses_are_whole_where_dropped_ones_were_before_them)
{
    static const size_t sizes[] = {
        20,    50000, 40000, 3,     PATTERN_BLOCK, 70001, 60000, 5000,
        70005, 3,     CELLS, 65000, PATTERN_BLOCK, 9,     1};
    for (size_t every = 2; every <= COUNT_OF(sizes); every++) {
        struct desk desk = desk_new();
        struct pattern *pattern = open_pattern(&desk);
        struct ledger ledger = {0};
        for (size_t s = 0; s < COUNT_OF(sizes); s++)
            record(pattern, &ledger, s * 977, sizes[s]);
        sweep(pattern, &ledger, every);
        CHECK_INT(pattern->span_count, ledger.count);
        check_holds(pattern, &ledger);
        record(pattern, &ledger, 7, 50000);
        check_holds(pattern, &ledger);
        ledger.count = 1;
        pattern_forget(pattern, 1);
        check_holds(pattern, &ledger);
        pattern_rest(pattern);
        desk_end(&desk);
    }
}

TEST(without_a_witness_nobody_is_in_all_of_them)
{
    struct desk desk = desk_new();
    struct pattern *pattern = open_pattern(&desk);
    pattern->field->guards[0] = AUDIT_PRIMARY;
    uint32_t *persons = &pattern->first[0];
    CHECK_INT(pattern_seers(pattern, 0, desk.arena, &persons), 0);
    CHECK(persons == NULL);
    pattern_rest(pattern);
    desk_end(&desk);
}

/* Room is set aside for what a sum lists, not for what is left of it. */
TEST(a_sum_that_comes_to_nothing_is_no_witness)
{
    struct desk desk = desk_new();
    struct pattern *pattern = open_pattern(&desk);
    struct ledger ledger = {0};
    record(pattern, &ledger, 0, 40000);
    for (uint32_t c = 0; c < 40000; c++) {
        sum_change(pattern, &pattern->up, c, 1);
        sum_change(pattern, &pattern->up, c, -1);
    }
    pattern_record(pattern, &pattern->up);
    check_holds(pattern, &ledger);
    record(pattern, &ledger, 9, CELLS);
    check_holds(pattern, &ledger);
    pattern_rest(pattern);
    desk_end(&desk);
}

TEST(a_pattern_that_rested_searches_as_before)
{
    struct desk desk = desk_new();
    struct pattern *pattern = open_pattern(&desk);
    struct ledger ledger = {0};
    record(pattern, &ledger, 0, 40000);
    pattern->field->states[7] = FIELD_SHOWN;
    pattern->field->prices[7] = 50;
    pattern_rest(pattern);
    pattern_rest(pattern);
    CHECK(pattern->desk == NULL);
    check_holds(pattern, &ledger);
    pattern_wake(pattern);
    CHECK_INT(pattern->prices[6], 0);
    CHECK_INT(pattern->prices[7], 50);
    CHECK_INT(pattern->rates[7], 50);
    CHECK_INT(pattern->up.rooms[5].below, pattern->field->counts[5]);
    CHECK(pattern->down.rooms[5].above == FIELD_UNLIMITED);
    record(pattern, &ledger, 9, 70001);
    check_holds(pattern, &ledger);
    pattern_rest(pattern);
    desk_end(&desk);
}

/* 3 x 3 and totals, cell by cell: row * 4 + column, row and column 0 are
 * totals. Only cell 5 is open. */
static struct pattern *one_open(struct desk *desk)
{
    struct pattern *pattern = open_grid(desk, 3, 3);
    pattern_rest(pattern);
    for (size_t c = 0; c < pattern->field->cells; c++) {
        pattern->field->states[c] = c == 5 ? FIELD_PRIMARY : FIELD_SHOWN;
        pattern->field->prices[c] = 1;
    }
    pattern_wake(pattern);
    return pattern;
}

static size_t count_open(const struct pattern *pattern)
{
    size_t open = 0;
    for (size_t c = 0; c < pattern->field->cells; c++)
        open += field_open(pattern->field, c);
    return open;
}

/* One more in cells 5 and 10, one less in 6 and 9. */
static void record_square(struct pattern *pattern)
{
    static const uint32_t cells[] = {5, 6, 10, 9};
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        sum_change(pattern, &pattern->up, cells[i], i % 2 == 0 ? 1 : -1);
    pattern_record(pattern, &pattern->up);
}

TEST(what_a_ring_opened_and_nothing_moves_is_shown_when_it_closes)
{
    struct desk desk = desk_new();
    struct pattern *pattern = one_open(&desk);
    bool *near = arena_array(desk.arena, pattern->field->cells, sizeof *near);
    near[5] = true;
    CHECK(ring_open(pattern, near)); /* its row and its column */
    CHECK_INT(count_open(pattern), 7);
    CHECK_INT(pattern->cost, 6);
    record_square(pattern);
    for (uint32_t c = 0; c < pattern->field->cells; c++)
        pattern_show_idle(pattern, c);
    CHECK_INT(count_open(pattern), 8); /* until it closes */
    CHECK(ring_close(pattern));
    CHECK_INT(count_open(pattern), 4);
    CHECK_INT(pattern->cost, 3);
    CHECK(field_open(pattern->field, 6) && field_open(pattern->field, 9));
    CHECK(!ring_close(pattern)); /* all that is left is moved */
    pattern_forget(pattern, 0);
    CHECK_INT(count_open(pattern), 1);
    pattern_rest(pattern);
    desk_end(&desk);
}

TEST(a_ring_of_cells_that_all_move_closes_without_a_change)
{
    struct desk desk = desk_new();
    struct pattern *pattern = one_open(&desk);
    bool *near = arena_array(desk.arena, pattern->field->cells, sizeof *near);
    near[5] = true;
    for (uint32_t c = 0; c < pattern->field->cells; c++) {
        if (c != 6 && c != 9 && c != 10)
            pattern_rate(pattern, c, FIELD_BLOCKED);
    }
    CHECK(ring_open(pattern, near));
    CHECK_INT(count_open(pattern), 3);
    record_square(pattern);
    CHECK(!ring_close(pattern));
    CHECK_INT(count_open(pattern), 4);
    CHECK(!ring_open(pattern, near)); /* nothing is left */
    pattern_rest(pattern);
    desk_end(&desk);
}

/* Counts of 20 and totals; open are the square of 5, 6, 9, 10 and cell 15,
 * whose row and column are public but for it. */
static struct pattern *square_open(struct desk *desk)
{
    struct pattern *pattern = open_grid(desk, 3, 3);
    struct field *field = pattern->field;
    int64_t *counts = arena_array(desk->arena, field->cells, sizeof *counts);
    field->counts = counts;
    pattern_rest(pattern);
    for (size_t c = 0; c < field->cells; c++) {
        bool open = c == 5 || c == 6 || c == 9 || c == 10 || c == 15;
        counts[c] = 4 * (c / 4 == 0 ? 3 : 1) * (c % 4 == 0 ? 3 : 1);
        field->lower[c] = 1;
        field->states[c] = open ? FIELD_PRIMARY : FIELD_SHOWN;
        field->guards[c] = AUDIT_PRIMARY;
        field->prices[c] = 1;
    }
    pattern_wake(pattern);
    return pattern;
}

TEST(tables_of_what_varies_already_are_there_before_a_choice)
{
    static const uint32_t square[] = {5, 6, 9, 10};
    struct desk desk = desk_new();
    struct pattern *pattern = square_open(&desk);
    CHECK(field_solve_open(pattern, NULL, &desk.err));
    CHECK(!pattern->late);
    CHECK_INT(count_open(pattern), 5); /* nothing was opened */
    for (size_t i = 0; i < COUNT_OF(square); i++)
        CHECK(pattern_is_safe(pattern, square[i]));
    CHECK(!pattern_is_safe(pattern, 15));
    CHECK(pattern->given > 0 && pattern->given == pattern->span_count);
    CHECK_INT((int64_t)pattern->work, 0); /* no circuit was looked for */
    size_t given = pattern->given;
    struct pattern *next = pattern_new(desk.arena, pattern->field);
    CHECK(field_solve_open(next, pattern, &desk.err));
    CHECK(next->given == given); /* all are taken, and none is looked for */
    pattern_rest(next);
    pattern->field->states[5] = FIELD_SHOWN;
    next = pattern_new(desk.arena, pattern->field);
    CHECK(field_solve_open(next, pattern, &desk.err));
    CHECK_INT(next->given, 0); /* none holds without it */
    pattern_rest(next);
    pattern->field->states[5] = FIELD_PRIMARY;
    pattern_choose(pattern, PATTERN_CIRCUITS);
    CHECK_INT(pattern->given, given);
    for (uint32_t c = 0; c < pattern->field->cells; c++)
        CHECK(!field_open(pattern->field, c) || pattern_is_safe(pattern, c));
    pattern_rest(pattern);
    desk_end(&desk);
}

/* What was found to be a proof is one only while its witnesses are there. */
static void check_safe(struct desk *desk, struct pattern *pattern)
{
    struct ledger ledger = {0};
    record(pattern, &ledger, 0, 10); /* cell 2 goes up by 3 ... */
    record(pattern, &ledger, 1, 10); /* ... and by 2 */
    CHECK(pattern_is_safe(pattern, 2) && pattern_is_safe(pattern, 2));
    CHECK(!pattern_is_safe(pattern, 0));
    pattern_drop(pattern, 0);
    CHECK(!pattern_is_safe(pattern, 2));
    pattern_restore(pattern, 0);
    CHECK(pattern_is_safe(pattern, 2));
    ledger.count = 0;
    pattern_forget(pattern, 0);
    record(pattern, &ledger, 2, 10); /* by 1 */
    CHECK(!pattern_is_safe(pattern, 2));
    pattern_rest(pattern);
    desk_end(desk);
}

TEST(a_cell_is_safe_as_long_as_its_witnesses_last)
{
    struct desk desk = desk_new();
    struct pattern *pattern = open_pattern(&desk);
    CHECK(pattern->proofs != NULL);
    check_safe(&desk, pattern);
    desk = desk_new();
    pattern = open_grid(&desk, 710, 706); /* proofs would take too much */
    CHECK(pattern->proofs == NULL);
    check_safe(&desk, pattern);
}

/* Proofs and people follow their witnesses to new numbers. */
TEST(what_is_safe_stays_so_when_others_are_swept)
{
    struct desk desk = desk_new();
    struct pattern *pattern = open_pattern(&desk);
    struct ledger ledger = {0};
    uint32_t *persons = NULL;
    pattern->field->persons[5] = 5;
    pattern->field->persons[21] = 21;
    record(pattern, &ledger, 20, 10);
    record(pattern, &ledger, 0, 10); /* cell 2 goes up by 3 */
    record(pattern, &ledger, 40, 10);
    CHECK(pattern_is_safe(pattern, 2) && pattern_is_safe(pattern, 22));
    pattern_drop(pattern, 0);
    pattern_sweep(pattern);
    CHECK_INT(pattern->span_count, 2);
    CHECK(pattern_is_proven(pattern, 2) && !pattern_is_safe(pattern, 22));
    pattern->field->guards[2] = AUDIT_PRIMARY;
    CHECK_INT(pattern_seers(pattern, 2, desk.arena, &persons), 1);
    CHECK_INT(persons[0], 5);
    pattern_drop(pattern, 0);
    CHECK(!pattern_is_proven(pattern, 2));
    pattern_rest(pattern);
    desk_end(&desk);
}

/* Somebody is alone in cell 5, which is in both witnesses of cell 2. */
TEST(who_sits_in_all_witnesses_of_a_primary_is_seen)
{
    struct desk desk = desk_new();
    struct pattern *pattern = open_pattern(&desk);
    struct ledger ledger = {0};
    uint32_t *persons = NULL;
    pattern->field->persons[5] = 5;
    record(pattern, &ledger, 0, 10);
    record(pattern, &ledger, 2, 10);
    CHECK_INT(pattern_seers(pattern, 2, desk.arena, &persons), 0);
    pattern->field->guards[2] = AUDIT_PRIMARY;
    CHECK_INT(pattern_seers(pattern, 2, desk.arena, &persons), 1);
    CHECK_INT(persons[0], 5);
    record(pattern, &ledger, 2, 2); /* cells 2 and 3, without 5 */
    CHECK_INT(pattern_seers(pattern, 2, desk.arena, &persons), 0);
    pattern_forget(pattern, 2);
    CHECK_INT(pattern_seers(pattern, 2, desk.arena, &persons), 1);
    record(pattern, &ledger, 2, 2);
    CHECK_INT(pattern_seers(pattern, 2, desk.arena, &persons), 0);
    pattern_rest(pattern);
    desk_end(&desk);
}

/* Prices and rooms in brief follow every change of either sum. */
TEST(what_is_noted_in_brief_follows_prices_and_rooms)
{
    struct desk desk = desk_new();
    struct pattern *pattern = open_pattern(&desk);
    struct room some = {.below = 4, .above = TOLL_MOST + 7};
    sum_set_room(pattern, &pattern->up, 5, &some);
    sum_set_room(pattern, &pattern->down, 5, &some);
    uint64_t toll = pattern->tolls[5], byway = pattern->byways[5];
    sum_change(pattern, &pattern->up, 5, -1);
    CHECK((pattern->tolls[5] >> TOLL_ROOMS & TOLL_MOST) == 3);
    CHECK((pattern->tolls[5] >> (TOLL_ROOMS + TOLL_SUM) & TOLL_MOST) == 4);
    sum_clear(pattern, &pattern->up);
    CHECK(pattern->tolls[5] == toll && pattern->byways[5] == byway);
    int32_t price = pattern->prices[5];
    pattern_reprice(pattern, 5, FIELD_BLOCKED);
    CHECK((pattern->tolls[5] & UINT32_MAX) == (uint64_t)FIELD_BLOCKED);
    /* A detour may pass, and finds all the room it wants. */
    CHECK(pattern->byways[5] >> TOLL_ROOMS == 0xffff);
    pattern_reprice(pattern, 5, price);
    CHECK(pattern->tolls[5] == toll && pattern->byways[5] == byway);
    pattern_rest(pattern);
    desk_end(&desk);
}

/* A region with one event in one of its two departments. Twenty of them: of
 * what is cheap to hide beside the first nothing can go down, since a count
 * that is hidden is known to be 1 or more. */
static struct field *lonely_regions(struct desk *desk)
{
    struct text places = text_new(desk->arena), leaves = text_new(desk->arena);
    text_add(&places, "T,\n");
    text_add(&leaves, "place,sex,n\n");
    for (int i = 0; i < 20; i++) {
        text_format(&places, "R%d,T\nd%d,R%d\ne%d,R%d\n", i, i, i, i, i);
        text_format(&leaves, "d%d,F,1\nd%d,H,40\n", i, i);
    }
    desk_hierarchy(desk, "place", "place.csv", places.at);
    desk_hierarchy(desk, "sex", "sex.csv", "B,\nF,B\nH,B\n");
    CHECK(desk_axes(desk));
    CHECK(desk_leaves(desk, leaves.at));
    struct field *field = field_of_sheet(desk->arena, desk->sheet);
    int64_t *thresholds =
        arena_array(desk->arena, field->cells, sizeof *thresholds);
    field->thresholds = thresholds;
    for (size_t c = 0; c < field->cells; c++) {
        int64_t count = field->counts[c];
        thresholds[c] = 5;
        field->states[c] = count == 1 ? FIELD_PRIMARY : FIELD_SHOWN;
        field->prices[c] = count == 0 ? FIELD_BLOCKED : 100;
        field->lower[c] = count > 0;
        field->upper[c] = FIELD_UNLIMITED;
    }
    return field;
}

TEST(rows_without_room_do_not_crowd_out_those_that_have_some)
{
    struct desk desk = desk_new();
    struct field *field = lonely_regions(&desk);
    struct pattern *pattern = pattern_new(desk.arena, field);
    size_t target = 0;
    while (field->counts[target] != 1 || field_part(field, target, 0) < 2)
        target++;
    struct circuit_ask ask = {
        .target = (uint32_t)target,
        .direction = 1,
        .step = 3,
        .bound = FIELD_BLOCKED,
        .reach = CIRCUIT_WIDE,
        .prices = pattern->prices,
        .rooms = pattern->up.rooms,
    };
    struct circuit found;
    CHECK(!circuit_find(pattern->circuits, &ask, &found));
    ask.reach = CIRCUIT_ROOMY;
    CHECK(circuit_find(pattern->circuits, &ask, &found));
    /* The department, its region and the total, of women and of men. */
    CHECK_INT(found.count, 6);
    int64_t cost = found.cost;
    ask.tolls = pattern->tolls; /* the same in brief */
    ask.toll_rooms = TOLL_ROOMS;
    CHECK(circuit_find(pattern->circuits, &ask, &found));
    CHECK_INT(found.count, 6);
    CHECK(found.cost == cost);
    pattern_rest(pattern);
    desk_end(&desk);
}

/* What the only witness that is left changes, [cells]. */
static const int64_t *changes_of(struct desk *desk,
                                 const struct pattern *pattern)
{
    struct witnesses held = {0};
    int64_t *deltas =
        arena_array(desk->arena, pattern->field->cells, sizeof *deltas);
    pattern_witnesses(pattern, desk->arena, &held);
    CHECK_INT(held.count, 1);
    for (size_t i = 0; i < held.list[0].count; i++)
        deltas[held.list[0].cells[i]] = held.list[0].deltas[i];
    return deltas;
}

static void check_relations(const struct field *field, const int64_t *deltas)
{
    const struct relations *relations = &field->relations;
    for (size_t r = 0; r < relations->count; r++) {
        size_t first = relations->starts[r];
        int64_t rest = deltas[relations->members[first]];
        for (size_t m = first + 1; m < relations->starts[r + 1]; m++)
            rest -= deltas[relations->members[m]];
        CHECK_INT(rest, 0);
    }
}

static struct pattern *open_roomy_grid(struct desk *desk)
{
    struct pattern *pattern = open_grid(desk, 4, 4);
    pattern_rest(pattern);
    for (size_t c = 0; c < pattern->field->cells; c++)
        pattern->field->lower[c] = -9;
    pattern_wake(pattern);
    return pattern;
}

TEST(a_witness_finds_a_way_round_a_cell)
{
    struct desk desk = desk_new();
    struct pattern *pattern = open_roomy_grid(&desk);
    uint32_t target = (uint32_t)pattern->field->cells - 1;
    CHECK(pattern_protect(pattern, target, FIELD_BLOCKED));
    uint32_t cell = pattern_cell(pattern, 0);
    cell = cell == target ? pattern_cell(pattern, 1) : cell;
    int64_t before = changes_of(&desk, pattern)[target];
    pattern_drop(pattern, 0);
    pattern->field->states[cell] = FIELD_SHOWN;
    pattern_reprice(pattern, cell, FIELD_BLOCKED);
    uint32_t fixed[CELLS_SMALL] = {target};
    struct reroute reroute = {
        .witness = 0,
        .cell = cell,
        .fixed = fixed,
        .fixed_count = 1,
        .bound = FIELD_BLOCKED,
    };
    CHECK(pattern_reroute(pattern, &reroute));
    const int64_t *deltas = changes_of(&desk, pattern);
    CHECK_INT(deltas[cell], 0);
    CHECK_INT(deltas[target], before);
    check_relations(pattern->field, deltas);
    /* Where all others must stay as they are there is none. */
    reroute.fixed_count = 0;
    for (uint32_t c = 0; c < pattern->field->cells; c++) {
        if (c != cell)
            fixed[reroute.fixed_count++] = c;
    }
    CHECK(!pattern_reroute(pattern, &reroute));
    CHECK_INT(pattern->span_count, 2);
    CHECK_INT(pattern->prices[cell], FIELD_BLOCKED);
    pattern_rest(pattern);
    desk_end(&desk);
}

RUN(CASE(a_witness_finds_a_way_round_a_cell),
    CASE(without_a_witness_nobody_is_in_all_of_them),
    CASE(witnesses_are_whole_wherever_blocks_end),
    CASE(witnesses_are_whole_where_dropped_ones_were_before_them),
    CASE(what_is_safe_stays_so_when_others_are_swept),
    CASE(a_sum_that_comes_to_nothing_is_no_witness),
    CASE(a_cell_is_safe_as_long_as_its_witnesses_last),
    CASE(who_sits_in_all_witnesses_of_a_primary_is_seen),
    CASE(what_is_noted_in_brief_follows_prices_and_rooms),
    CASE(a_pattern_that_rested_searches_as_before),
    CASE(what_a_ring_opened_and_nothing_moves_is_shown_when_it_closes),
    CASE(a_ring_of_cells_that_all_move_closes_without_a_change),
    CASE(tables_of_what_varies_already_are_there_before_a_choice),
    CASE(rows_without_room_do_not_crowd_out_those_that_have_some))
