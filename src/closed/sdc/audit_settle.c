/* SPDX-License-Identifier: EUPL-1.2 */
/* Settles cells one by one with the programs of their piece. What costs least
 * comes first: bounds in a small zone, which may be too narrow already; a
 * sparse move, whose cells are all reached at once, with integers around it
 * where it is fractional; both extremes over the piece by linear programs;
 * bounds by integers in a larger zone; at last integers over the piece. */
#include <math.h>
#include <time.h>

#include "sdc/audit_piece.h"

/* What searches for integers may take, in nodes times columns. Hard ones get
 * through some 250,000 in a second: two seconds, five, a minute. */
struct work {
    double full;
    double plain; /* of a light search */
};
static const struct work near_work = {5e5, 5e4};
static const struct work zone_work = {1.25e6, 4.5e4};
static const struct work whole_work = {1.5e7, 4.5e4};
#define FAR 1e15 /* no count goes farther */

enum {
    PIECE_LIMIT = 400000, /* columns; more are a doubt, not a task */
    ZONE_LIMIT = 1000,    /* columns; a piece no larger needs no zones */
    MOVE_ZONE = 2000,
    LARGE_ZONE = 4000, /* for integers */
    NEAR_STEPS = 2,    /* rows away from a column */
    FAR_STEPS = 5,
    NEAR_FAILURES = 20, /* of plain searches, more than there were tables */
};

struct desk {
    struct audit_settling *settling;
    struct arena *arena;
    struct audit_piece whole; /* as it was cut */
    struct audit_piece piece; /* without its totals */
    struct audit_zone all;    /* its places are the columns */
    struct audit_moves moves;
    struct audit_range range;
    int *held; /* columns that stay: whoever is alone in them knows */
    int held_count;
    bool roomy;    /* linear programs leave the present cell room both ways */
    bool integral; /* an integer program had a part in the present cell */
};

double audit_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double audit_deadline(const struct audit_input *input)
{
    return audit_clock() +
           (input->seconds > 0 ? input->seconds : AUDIT_SECONDS);
}

static struct lp_limits left(const struct desk *desk)
{
    return (struct lp_limits){
        .seconds = desk->settling->deadline - audit_clock(),
    };
}

static bool is_plain(const struct desk *desk)
{
    return desk->settling->input->plain > 0;
}

/* For a search among so many columns. */
static struct lp_limits search(const struct desk *desk, const struct work *work,
                               int columns)
{
    double plain = desk->settling->input->plain;
    struct lp_limits limits = left(desk);
    limits.plain = is_plain(desk);
    limits.nodes = (int)fmax(
        1, (limits.plain ? plain * work->plain : work->full) / columns);
    return limits;
}

static bool late(const struct desk *desk)
{
    return left(desk).seconds <= 0;
}

static bool is_bounded(const struct desk *desk, int column)
{
    return desk->settling->input->guards[desk->piece.cells[column]] ==
           AUDIT_BOUNDED;
}

/* Of what may stay open where it is wide a table proves nothing more, unless
 * somebody takes it. */
static bool wants_tables(const struct desk *desk, int column)
{
    return !is_bounded(desk, column) || desk->settling->reach->found != NULL;
}

/* --- finding tables ------------------------------------------------------- */

/* True where integers around a move are worth it: of a piece that is not small,
 * or one that plain searches, which are lost among its bands, look at. */
static bool is_spread(const struct desk *desk)
{
    return desk->piece.shape.columns > LARGE_ZONE ||
           (desk->piece.banded && is_plain(desk) &&
            desk->settling->near_failures < NEAR_FAILURES);
}

/* Integers among the cells around the fractional move just found, where those
 * of the whole piece would take long. */
static bool widen_near(struct desk *desk, const double *fractional, int column,
                       double step)
{
    struct arena *scratch = arena_new();
    struct audit_zone zone = audit_zone_near(&desk->piece, scratch, fractional);
    struct audit_moves near = audit_moves_new(&zone, scratch);
    desk->integral = true;
    for (int i = 0; i < desk->held_count; i++) {
        if (zone.place[desk->held[i]] >= 0)
            audit_moves_hold(&near, zone.place[desk->held[i]]);
    }
    bool found =
        audit_moves_whole(&near, zone.place[column], step,
                          search(desk, &near_work, 2 * zone.count)) &&
        audit_offer(&desk->piece, desk->settling->reach, near.solution, column);
    desk->settling->near_failures += found ? -1 : 1;
    audit_moves_free(&near);
    arena_wipe(scratch);
    return found;
}

/* Looks for a table in which the column has moved by `step`. */
static bool widen(struct desk *desk, struct audit_moves *moves, int column,
                  double step)
{
    assert(fabs(step) > 0);
    if (late(desk) || audit_moves_find(moves, moves->zone->place[column], step,
                                       left(desk)) != LP_SOLVED)
        return false;
    return audit_offer(&desk->piece, desk->settling->reach, moves->solution,
                       column) ||
           (is_spread(desk) && !late(desk) && !is_bounded(desk, column) &&
            widen_near(desk, moves->solution, column, step));
}

static bool is_wide(const struct desk *desk, int column)
{
    return audit_reach_wide(desk->settling->reach, desk->piece.cells[column]);
}

/* One try each way to be as wide as asked, as far as bounds allow. */
static void stretch(struct desk *desk, struct audit_moves *moves, int column)
{
    const struct lp_shape *shape = &desk->piece.shape;
    const struct audit_reach *reach = desk->settling->reach;
    uint32_t cell = desk->piece.cells[column];
    double width = (double)(audit_threshold(desk->settling->input, cell) - 2);
    double up = fmin((double)reach->lowest[cell] + width, shape->high[column]);
    if (up > (double)reach->highest[cell])
        (void)widen(desk, moves, column, up);
    double down =
        fmax((double)reach->highest[cell] - width, shape->low[column]);
    if (!is_wide(desk, column) && down < (double)reach->lowest[cell])
        (void)widen(desk, moves, column, down);
}

static enum audit_verdict stretch_all(struct desk *desk, int column)
{
    if (!wants_tables(desk, column))
        return AUDIT_OPEN;
    stretch(desk, &desk->moves, column);
    return AUDIT_OPEN;
}

/* Among the cells around alone: smaller programs. */
static enum audit_verdict stretch_around(struct desk *desk, int column)
{
    if (desk->piece.shape.columns <= ZONE_LIMIT)
        return AUDIT_OPEN;
    struct arena *scratch = arena_new();
    struct audit_zone zone =
        audit_zone_around(&desk->piece, scratch, column, FAR_STEPS, MOVE_ZONE);
    struct audit_moves moves = audit_moves_new(&zone, scratch);
    stretch(desk, &moves, column);
    audit_moves_free(&moves);
    arena_wipe(scratch);
    return AUDIT_OPEN;
}

/* --- extremes ------------------------------------------------------------- */

static bool extreme(struct desk *desk, int column, enum audit_way way,
                    double limit, int64_t *out)
{
    if (late(desk) ||
        !audit_range_find(&desk->range, column, way, limit, left(desk), out))
        return false;
    (void)audit_offer(&desk->piece, desk->settling->reach, desk->range.solution,
                      column);
    return true;
}

static bool whole_extreme(struct desk *desk, int column, enum audit_way way,
                          double limit, int64_t *out)
{
    bool found = false;
    int columns = desk->piece.shape.columns;
    desk->integral = true;
    if (late(desk))
        return false;
    bool settled =
        audit_range_whole(&desk->range, column, way, limit,
                          search(desk, &whole_work, columns), &found, out);
    if (found)
        (void)audit_offer(&desk->piece, desk->settling->reach,
                          desk->range.solution, column);
    return settled;
}

/* True when the tables known so far touch 1..T-1. */
static bool touches(const struct desk *desk, int column)
{
    const struct audit_input *input = desk->settling->input;
    const struct audit_reach *reach = desk->settling->reach;
    uint32_t cell = desk->piece.cells[column];
    int64_t count = input->counts[cell];
    return audit_touches(input, cell, count) ||
           audit_touches(input, cell, count + reach->lowest[cell]) ||
           audit_touches(input, cell, count + reach->highest[cell]);
}

/* The least step that would touch 1..T-1. */
static int64_t step_to_touch(const struct desk *desk, int column)
{
    const struct audit_input *input = desk->settling->input;
    uint32_t cell = desk->piece.cells[column];
    int64_t count = input->counts[cell];
    return count < 1 ? 1 - count : audit_threshold(input, cell) - 1 - count;
}

/* What it means that nothing exceeds count - down .. count + up: the true
 * interval may be less, and whether it meets 1..T-1 may hang on that. */
static enum audit_verdict narrow_verdict(struct desk *desk, int column,
                                         int64_t up, int64_t down)
{
    const struct audit_input *input = desk->settling->input;
    uint32_t cell = desk->piece.cells[column];
    int64_t count = input->counts[cell];
    if (!audit_narrow(input, cell, count - down, count + up))
        return AUDIT_OPEN;
    if (audit_misses(input, cell, count - down, count + up))
        return AUDIT_SOLVED;
    if (touches(desk, column) || is_bounded(desk, column))
        return AUDIT_EXPOSED;
    int64_t step = step_to_touch(desk, column), farthest;
    if (widen(desk, &desk->moves, column, (double)step) &&
        touches(desk, column))
        return AUDIT_EXPOSED;
    enum audit_way way = step > 0 ? AUDIT_UP : AUDIT_DOWN;
    if (!whole_extreme(desk, column, way, (double)(step > 0 ? up : down),
                       &farthest))
        return AUDIT_OPEN;
    return touches(desk, column)                  ? AUDIT_EXPOSED
           : farthest < (step > 0 ? step : -step) ? AUDIT_SOLVED
                                                  : AUDIT_OPEN;
}

/* A zone around the column, whose surroundings are given more freedom than
 * they have: what is narrow here is narrow. */
struct vicinity {
    struct arena *scratch;
    struct audit_zone zone;
    struct audit_range range;
    int place;
    double limit;
};

static struct vicinity *enter_vicinity(struct desk *desk, int column, int steps,
                                       int most)
{
    struct arena *scratch = arena_new();
    struct vicinity *vicinity = arena_alloc(scratch, sizeof *vicinity);
    vicinity->scratch = scratch;
    vicinity->zone =
        audit_zone_around(&desk->piece, scratch, column, steps, most);
    vicinity->range = audit_range_new(&vicinity->zone, scratch);
    vicinity->place = vicinity->zone.place[column];
    uint32_t cell = desk->piece.cells[column];
    vicinity->limit =
        (double)(audit_threshold(desk->settling->input, cell) - 2);
    return vicinity;
}

static enum audit_verdict leave_vicinity(struct desk *desk, int column,
                                         struct vicinity *vicinity, bool known,
                                         int64_t up, int64_t down)
{
    audit_range_free(&vicinity->range);
    arena_wipe(vicinity->scratch);
    return known ? narrow_verdict(desk, column, up, down) : AUDIT_OPEN;
}

static enum audit_verdict measure_around(struct desk *desk, int column)
{
    if (desk->piece.shape.columns <= ZONE_LIMIT)
        return AUDIT_OPEN;
    struct vicinity *v = enter_vicinity(desk, column, NEAR_STEPS, ZONE_LIMIT);
    int64_t up = 0, down = 0;
    bool known = audit_range_find(&v->range, v->place, AUDIT_UP, v->limit,
                                  left(desk), &up) &&
                 audit_range_find(&v->range, v->place, AUDIT_DOWN, v->limit,
                                  left(desk), &down);
    return leave_vicinity(desk, column, v, known, up, down);
}

static enum audit_verdict measure_around_whole(struct desk *desk, int column)
{
    if (desk->piece.shape.columns <= LARGE_ZONE || desk->roomy)
        return AUDIT_OPEN;
    struct vicinity *v = enter_vicinity(desk, column, FAR_STEPS, LARGE_ZONE);
    int64_t up = 0, down = 0;
    int columns = v->zone.count;
    bool found;
    desk->integral = true;
    bool known =
        audit_range_whole(&v->range, v->place, AUDIT_UP, FAR,
                          search(desk, &zone_work, columns), &found, &up) &&
        audit_range_whole(&v->range, v->place, AUDIT_DOWN, FAR,
                          search(desk, &zone_work, columns), &found, &down);
    return leave_vicinity(desk, column, v, known, up, down);
}

/* Both extremes by linear programs over the piece, and what they lead to. */
static enum audit_verdict measure_linear(struct desk *desk, int column)
{
    const struct audit_reach *reach = desk->settling->reach;
    uint32_t cell = desk->piece.cells[column];
    int64_t width = audit_threshold(desk->settling->input, cell) - 2;
    int64_t up, down;
    if (!extreme(desk, column, AUDIT_UP, (double)width, &up) ||
        !extreme(desk, column, AUDIT_DOWN, (double)width, &down))
        return AUDIT_OPEN;
    if (up + down < width)
        return narrow_verdict(desk, column, up, down);
    if (!wants_tables(desk, column))
        return AUDIT_OPEN;
    desk->roomy = up == width && down == width;
    for (int64_t k = up; !is_wide(desk, column) && k > reach->highest[cell];
         k--)
        (void)widen(desk, &desk->moves, column, (double)k);
    for (int64_t k = down; !is_wide(desk, column) && -k < reach->lowest[cell];
         k--)
        (void)widen(desk, &desk->moves, column, -(double)k);
    return AUDIT_OPEN;
}

/* Whole numbers have gaps, so that a limit may cut off what lies beyond one: it
 * serves to find width soon, and proves nothing. */
static enum audit_verdict measure_whole(struct desk *desk, int column)
{
    uint32_t cell = desk->piece.cells[column];
    int64_t width = audit_threshold(desk->settling->input, cell) - 2, up, down;
    if (whole_extreme(desk, column, AUDIT_UP, 2 * (double)width, &up) &&
        !is_wide(desk, column))
        (void)whole_extreme(desk, column, AUDIT_DOWN, 2 * (double)width, &down);
    if (is_wide(desk, column) || is_plain(desk) ||
        !whole_extreme(desk, column, AUDIT_UP, FAR, &up) ||
        !whole_extreme(desk, column, AUDIT_DOWN, FAR, &down))
        return AUDIT_OPEN;
    return narrow_verdict(desk, column, up, down);
}

/* From what costs least to what costs most. Each leaves the column wide, or
 * says what its narrowness means, or AUDIT_OPEN. */
static enum audit_verdict (*const stages[])(struct desk *desk, int column) = {
    measure_around, stretch_around,       stretch_all,
    measure_linear, measure_around_whole, measure_whole,
};
enum {
    LINEAR_STAGES = 4, /* of these, in front */
};

static enum audit_verdict measure(struct desk *desk, int column)
{
    enum audit_verdict verdict = AUDIT_OPEN;
    size_t most = is_bounded(desk, column) ? LINEAR_STAGES : COUNT_OF(stages);
    for (size_t i = 0; i < most && verdict == AUDIT_OPEN && !late(desk) &&
                       !is_wide(desk, column);
         i++)
        verdict = stages[i](desk, column);
    return verdict;
}

/* --- persons alone -------------------------------------------------------- */

static void hold_person(struct desk *desk, uint32_t person)
{
    const struct audit_input *input = desk->settling->input;
    const struct audit_fold *fold = desk->piece.fold;
    for (int c = 0; c < desk->whole.shape.columns; c++) {
        uint32_t cell = desk->whole.cells[c];
        if (input->counts[cell] != 1 || input->persons[cell] != person)
            continue;
        int column = fold == NULL ? c : fold->place[c];
        desk->held[desk->held_count++] = column;
        audit_moves_hold(&desk->moves, column);
        audit_range_hold(&desk->range, column);
    }
}

static void release_person(struct desk *desk)
{
    while (desk->held_count > 0) {
        int column = desk->held[--desk->held_count];
        audit_moves_release(&desk->moves, column);
        audit_range_release(&desk->range, column);
    }
}

/* A sparse move of one step. */
static bool steps(struct desk *desk, int column, enum audit_way way)
{
    const struct lp_shape *shape = &desk->piece.shape;
    return way == AUDIT_UP ? shape->high[column] >= 1 &&
                                 widen(desk, &desk->moves, column, 1)
                           : shape->low[column] <= -1 &&
                                 widen(desk, &desk->moves, column, -1);
}

/* True when a linear program around the column proves that it stays. */
static bool stays_around(struct desk *desk, int column, enum audit_way way)
{
    if (desk->piece.shape.columns <= ZONE_LIMIT)
        return false;
    struct vicinity *v = enter_vicinity(desk, column, NEAR_STEPS, ZONE_LIMIT);
    for (int i = 0; i < desk->held_count; i++) {
        if (v->zone.place[desk->held[i]] >= 0)
            audit_range_hold(&v->range, v->zone.place[desk->held[i]]);
    }
    int64_t farthest;
    bool known =
        audit_range_find(&v->range, v->place, way, 1, left(desk), &farthest);
    audit_range_free(&v->range);
    arena_wipe(v->scratch);
    return known && farthest < 1;
}

/* Any move by integers, unless a linear program proves that there is none. */
static bool moves_whole(struct desk *desk, int column, enum audit_way way)
{
    int64_t farthest;
    if (stays_around(desk, column, way) ||
        (extreme(desk, column, way, 1, &farthest) && farthest < 1))
        return false;
    return whole_extreme(desk, column, way, FAR, &farthest) && farthest > 0;
}

/* True when some table moves the column while the held ones stay. */
static bool stirs_alone(struct desk *desk, int column)
{
    return steps(desk, column, AUDIT_UP) || steps(desk, column, AUDIT_DOWN) ||
           moves_whole(desk, column, AUDIT_UP) ||
           moves_whole(desk, column, AUDIT_DOWN);
}

/* Whoever sits in every table known so far is tried, one after the other. */
static bool keep_private(struct desk *desk, int column)
{
    const struct audit_reach *reach = desk->settling->reach;
    uint32_t cell = desk->piece.cells[column];
    bool stirred = true;
    while (stirred && !audit_reach_private(reach, cell)) {
        const struct audit_seen *seen = audit_seen(reach, cell);
        size_t before = seen->count;
        hold_person(desk, seen->persons[0]);
        stirred = stirs_alone(desk, column) && seen->count < before;
        release_person(desk);
    }
    return stirred;
}

/* --- all ------------------------------------------------------------------ */

static bool is_unsettled(enum audit_verdict verdict)
{
    return verdict == AUDIT_OPEN || verdict == AUDIT_SINGLE;
}

static enum audit_verdict settle_cell(struct desk *desk, int column)
{
    if (!is_wide(desk, column)) {
        enum audit_verdict verdict = measure(desk, column);
        if (verdict != AUDIT_OPEN)
            return verdict;
    }
    if (!is_wide(desk, column))
        return AUDIT_OPEN;
    return keep_private(desk, column) ? AUDIT_SOLVED : AUDIT_SINGLE;
}

static void settle_column(struct desk *desk, int column)
{
    struct audit_settling *settling = desk->settling;
    enum audit_verdict *verdict =
        &settling->verdicts[desk->piece.cells[column]];
    if (!is_unsettled(*verdict) || late(desk) || settling->ended)
        return;
    desk->integral = desk->roomy = false;
    *verdict = settle_cell(desk, column);
    settling->ended = settling->input->hasty && !audit_settled(*verdict) &&
                      audit_secret(settling->input, desk->piece.cells[column]);
    if (is_unsettled(*verdict))
        return;
    if (desk->integral)
        settling->effort.integral++;
    else
        settling->effort.linear++;
}

/* Bands have weights that are not whole: such a piece stays as it is. */
static struct audit_piece fold(const struct desk *desk)
{
    const struct audit_piece *whole = &desk->whole;
    const enum audit_verdict *verdicts = desk->settling->verdicts;
    size_t columns = (size_t)whole->shape.columns;
    if (whole->banded)
        return *whole;
    bool *asked = arena_array(desk->arena, columns, sizeof *asked);
    for (size_t c = 0; c < columns; c++)
        asked[c] = is_unsettled(verdicts[whole->cells[c]]);
    return audit_fold(whole, asked);
}

static void settle_all(struct desk *desk)
{
    desk->piece = fold(desk);
    desk->all = audit_zone_all(&desk->piece, desk->arena);
    desk->moves = audit_moves_new(&desk->all, desk->arena);
    desk->range = audit_range_new(&desk->all, desk->arena);
    desk->held = arena_array(desk->arena, (size_t)desk->whole.shape.columns,
                             sizeof *desk->held);
    for (int c = 0; c < desk->piece.shape.columns; c++)
        settle_column(desk, c);
    audit_moves_free(&desk->moves);
    audit_range_free(&desk->range);
}

static void settle_piece(struct audit_settling *settling,
                         struct audit_cutter *cutter, uint32_t first)
{
    struct arena *arena = arena_new();
    struct desk desk = {
        .settling = settling,
        .arena = arena,
        .whole = audit_cut(cutter, arena, first),
    };
    if (desk.whole.shape.columns <= PIECE_LIMIT)
        settle_all(&desk);
    arena_wipe(arena);
}

void audit_settle(struct audit_settling *settling)
{
    const struct audit_input *input = settling->input;
    struct arena *arena = arena_new();
    struct audit_cutter cutter =
        audit_cutter_new(arena, input, settling->bounds);
    for (size_t c = 0; c < input->cells; c++) {
        uint32_t cell = (uint32_t)c;
        if (is_unsettled(settling->verdicts[c]) && !settling->ended &&
            (settling->lost == NULL || !settling->lost[c]) &&
            audit_cell_moves(&cutter, cell) &&
            !audit_cutter_knows(&cutter, cell))
            settle_piece(settling, &cutter, cell);
    }
    arena_wipe(arena);
}
