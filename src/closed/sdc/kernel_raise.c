/* SPDX-License-Identifier: EUPL-1.2 */
/* A cell is moved by cells that no pivot answers for; those of the equations
 * that hold these follow. What follows beyond its room is brought back by
 * another such cell of its equation, the one that drives least beyond their
 * room in its turn, and so on for a number of turns: a simplex method in whole
 * numbers that leaves the equations as they are. */
#include "sdc/kernel_impl.h"

#include <stdlib.h>

enum {
    TURNS = 24,     /* for one step: more than that seldom helps */
    TRIES = 3,      /* moves that are tried for one step */
    LISTED = 64,    /* moves that are listed */
    MOVES = 6,      /* of these are looked at, the smallest */
    LONGEST = 1000, /* cells that follow one */
    EXCESS = 40,    /* units beyond their room, all cells together */
    LOOKS = 550,    /* at cells: as long as the search for one circuit */
};

/* A cell that may be moved, by sign. */
struct move {
    uint32_t cell;
    int sign;
    uint32_t size;  /* cells that follow */
    int64_t excess; /* that one step adds */
};

struct raise {
    struct kernel *kernel;
    const struct kernel_ask *ask;
    struct move moves[MOVES]; /* of the cell that is looked at, in order */
    size_t move_count;
    size_t listed;  /* moves that were considered for them */
    int64_t wanted; /* of the target, in the direction asked */
    int64_t excess; /* of all cells together */
    struct move made[TURNS + 1];
    size_t made_count;
    uint32_t beyond[EXCESS]; /* cells that went beyond their room */
    size_t beyond_count;
};

/* What is left to a cell that is not frozen. */
static const struct room *room_of(const struct raise *raise, uint32_t cell)
{
    static const struct room none = {0, 0};
    return raise->ask->prices[cell] > 0 ? &none : &raise->ask->rooms[cell];
}

/* How far a change is beyond the room of a cell; of the target, how far it
 * falls short of what is wanted. */
static inline int64_t excess_of(const struct raise *raise, uint32_t cell,
                                const struct room *room, int64_t change)
{
    const struct kernel_ask *ask = raise->ask;
    int64_t limit = change > 0 ? room->above : room->below;
    int64_t size = change > 0 ? change : -change;
    int64_t excess = size > limit ? size - limit : 0;
    int64_t went = ask->direction * change;
    if (cell == ask->target && went < raise->wanted)
        excess += raise->wanted - went;
    return excess;
}

static int64_t excess_now(const struct raise *raise, uint32_t cell)
{
    return excess_of(raise, cell, room_of(raise, cell),
                     raise->kernel->change[cell]);
}

/* What one cell adds to the excess when it changes. */
static int64_t excess_more(const struct raise *raise, uint32_t cell,
                           int64_t delta)
{
    int64_t change = raise->kernel->change[cell];
    const struct room *room = room_of(raise, cell);
    return excess_of(raise, cell, room, change + delta) -
           excess_of(raise, cell, room, change);
}

/* What a step adds to the excess; never less than what is known to be too
 * much. */
static void weigh(struct raise *raise, struct move *move, int64_t most)
{
    struct kernel *kernel = raise->kernel;
    const struct column *column = &kernel->columns[move->cell];
    move->excess = excess_more(raise, move->cell, move->sign);
    kernel->looked += column->count;
    for (uint32_t i = 0; i < column->count; i++) {
        const struct entry *entry = &column->entries[i];
        move->excess += excess_more(raise, entry->pivot,
                                    (int64_t)entry->factor * move->sign);
        if (move->excess > most + EXCESS)
            return;
    }
}

/* --- going ---------------------------------------------------------------- */

static void change_cell(struct raise *raise, uint32_t cell, int64_t delta)
{
    struct kernel *kernel = raise->kernel;
    if (!kernel->listed[cell]) {
        kernel->listed[cell] = true;
        kernel->cells[kernel->count++] = cell;
    }
    raise->excess += excess_more(raise, cell, delta);
    kernel->change[cell] += delta;
    if (excess_now(raise, cell) > 0 && raise->beyond_count < EXCESS)
        raise->beyond[raise->beyond_count++] = cell;
}

static void go(struct raise *raise, const struct move *move, int64_t steps)
{
    struct kernel *kernel = raise->kernel;
    const struct column *column = &kernel->columns[move->cell];
    kernel->looked += column->count;
    change_cell(raise, move->cell, move->sign * steps);
    for (uint32_t i = 0; i < column->count; i++)
        change_cell(raise, column->entries[i].pivot,
                    column->entries[i].factor * move->sign * steps);
}

/* --- moves of a cell ------------------------------------------------------ */

/* Moves with the fewest cells first. */
static int by_size(const void *a, const void *b)
{
    const struct move *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

/* What was moved the other way is not moved back. */
static bool goes_back(const struct raise *raise, uint32_t cell, int sign)
{
    for (size_t i = 0; i < raise->made_count; i++) {
        if (raise->made[i].cell == cell && raise->made[i].sign != sign)
            return true;
    }
    return false;
}

/* Keeps a move if it is one of the smallest. */
static void keep_move(struct raise *raise, const struct move *move)
{
    size_t at = raise->move_count;
    if (at == MOVES && by_size(move, &raise->moves[at - 1]) > 0)
        return;
    raise->move_count += at < MOVES;
    at = raise->move_count - 1;
    for (; at > 0 && by_size(move, &raise->moves[at - 1]) < 0; at--)
        raise->moves[at] = raise->moves[at - 1];
    raise->moves[at] = *move;
}

static void list_move(struct raise *raise, uint32_t cell, int32_t gain)
{
    int sign = gain > 0 ? 1 : -1;
    uint32_t size = raise->kernel->columns[cell].count;
    if (raise->listed == LISTED || size > LONGEST ||
        raise->kernel->frozen[cell] || goes_back(raise, cell, sign) ||
        excess_more(raise, cell, sign) > 0)
        return;
    raise->listed++;
    struct move move = {
        .cell = cell,
        .sign = sign,
        .size = size,
    };
    keep_move(raise, &move);
}

/* Those that move a cell one way. */
static void list_moves(struct raise *raise, uint32_t cell, int direction)
{
    const struct kernel *kernel = raise->kernel;
    raise->move_count = raise->listed = 0;
    if (kernel->row_of[cell] == KERNEL_NONE) {
        list_move(raise, cell, direction);
        return;
    }
    const struct equation *row = &kernel->rows[kernel->row_of[cell]];
    for (size_t i = 0; i < row->count; i++) {
        if (row->terms[i].cell != cell)
            list_move(raise, row->terms[i].cell,
                      row->terms[i].factor * -row->unit * direction);
    }
    raise->kernel->looked += row->count;
}

/* Of those listed the one that adds least; NULL: none. */
static struct move *choose(struct raise *raise)
{
    struct move *best = NULL;
    for (size_t i = 0; i < raise->move_count; i++) {
        struct move *move = &raise->moves[i];
        weigh(raise, move, best == NULL ? 0 : best->excess);
        if (best == NULL || move->excess < best->excess)
            best = move;
    }
    return best;
}

/* --- one step ------------------------------------------------------------- */

static void make(struct raise *raise, const struct move *move)
{
    raise->made[raise->made_count++] = *move;
    go(raise, move, 1);
}

static void take_back(struct raise *raise)
{
    while (raise->made_count > 0)
        go(raise, &raise->made[--raise->made_count], -1);
}

/* A cell that is beyond its room, the last that went there. */
static bool next_beyond(struct raise *raise, uint32_t *cell)
{
    while (raise->beyond_count > 0) {
        *cell = raise->beyond[raise->beyond_count - 1];
        if (excess_now(raise, *cell) > 0)
            return true;
        raise->beyond_count--;
    }
    return false;
}

/* Which way a cell must go back. */
static int way_back(const struct raise *raise, uint32_t cell)
{
    return excess_more(raise, cell, 1) < 0 ? 1 : -1;
}

/* After a move: turn after turn until nothing is beyond its room. */
static bool come_back(struct raise *raise)
{
    uint32_t cell;
    while (raise->excess > 0) {
        if (raise->made_count > TURNS || raise->excess > EXCESS ||
            !next_beyond(raise, &cell))
            return false;
        list_moves(raise, cell, way_back(raise, cell));
        const struct move *move = choose(raise);
        if (move == NULL)
            return false;
        make(raise, move);
    }
    return true;
}

static int by_excess(const void *a, const void *b)
{
    const struct move *x = a, *y = b;
    if (x->excess != y->excess)
        return x->excess < y->excess ? -1 : 1;
    return by_size(a, b);
}

/* The target one step farther. */
static bool step(struct raise *raise)
{
    struct move tries[MOVES];
    const struct kernel_ask *ask = raise->ask;
    list_moves(raise, ask->target, ask->direction);
    size_t count = raise->move_count;
    for (size_t i = 0; i < count; i++) {
        weigh(raise, &raise->moves[i], EXCESS);
        tries[i] = raise->moves[i];
    }
    qsort(tries, count, sizeof *tries, by_excess);
    for (size_t i = 0; i < count && i < TRIES; i++) {
        raise->beyond_count = 0;
        make(raise, &tries[i]);
        if (come_back(raise))
            return true;
        take_back(raise);
    }
    return false;
}

int64_t kernel_raise(struct kernel *kernel, const struct kernel_ask *ask)
{
    struct raise raise = {.kernel = kernel, .ask = ask};
    int64_t went = 0;
    kernel->count = 0;
    if (kernel->broken || kernel->frozen[ask->target])
        return 0;
    while (went < ask->most) {
        raise.wanted = went + 1;
        raise.excess = excess_now(&raise, ask->target);
        raise.made_count = 0;
        if (raise.excess > 0 && !step(&raise))
            break;
        went = ask->direction * kernel->change[ask->target];
    }
    return went;
}

uint64_t kernel_work(struct kernel *kernel)
{
    uint64_t work = kernel->looked / LOOKS;
    kernel->looked %= LOOKS;
    return work;
}

void kernel_take(struct kernel *kernel, kernel_take_cell *take, void *context)
{
    for (size_t i = 0; i < kernel->count; i++) {
        uint32_t cell = kernel->cells[i];
        int64_t change = kernel->change[cell];
        kernel->change[cell] = 0;
        kernel->listed[cell] = false;
        if (change != 0)
            take(context, cell, change);
    }
    kernel->count = 0;
}
