/* SPDX-License-Identifier: EUPL-1.2 */
/* A cell is moved by free cells; those of the equations that hold these follow.
 * What follows beyond its room is brought back by another free cell of its
 * equation, the one that drives least beyond their room in its turn, and then
 * kept there by it, and so on for a number of turns: a dual simplex method in
 * whole numbers, whose pivots stand beside the equations. */
#include "sdc/kernel_impl.h"

#include <stdlib.h>

enum {
    TRIES = 6,      /* moves that are tried for one step */
    LISTED = 64,    /* moves that are listed */
    MOVES = 6,      /* of these are looked at, the smallest */
    LONGEST = 5000, /* cells that follow one */
    EXCESS = 160,   /* units beyond their room, all cells together */
    BEYOND = 200,   /* cells that were beyond their room, and may still be */
    LEGS = (KERNEL_TURNS + 1) * (KERNEL_PIVOTS + 1), /* of all turns */
    LOOKS = 550, /* at cells: as long as the search for one circuit */
};

/* A cell that may be moved, by sign. */
struct move {
    uint32_t cell;
    uint32_t place; /* of a cell that is out, or KERNEL_NONE: it is free */
    int sign;
    int64_t gain;   /* how far that moves the cell it is for */
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
    size_t turns;
    bool stuck; /* a cell has no way back at all: no other move helps */
    struct leg legs[KERNEL_PIVOTS + 1]; /* of the move that is looked at */
    size_t leg_count;
    struct leg made[LEGS];
    size_t made_count;
    uint32_t beyond[BEYOND];
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

/* --- going ---------------------------------------------------------------- */

/* One step of a move, by free cells. */
static void find_legs(struct raise *raise, const struct move *move)
{
    raise->leg_count =
        basis_legs(raise->kernel, move->cell, move->place, raise->legs);
    for (size_t l = 0; l < raise->leg_count; l++)
        raise->legs[l].steps *= move->sign;
}

static void add_along(struct kernel *kernel, uint32_t cell, int64_t delta)
{
    if (!kernel->along[cell].listed) {
        kernel->along[cell].listed = true;
        kernel->along_cells[kernel->along_count++] = cell;
    }
    kernel->along[cell].delta += delta;
}

/* What the legs change, each cell once. */
static void sum_legs(struct raise *raise)
{
    struct kernel *kernel = raise->kernel;
    for (size_t l = 0; l < raise->leg_count; l++) {
        const struct leg *leg = &raise->legs[l];
        const struct column *column = &kernel->columns[leg->cell];
        kernel->looked += column->count;
        add_along(kernel, leg->cell, leg->steps);
        for (uint32_t i = 0; i < column->count; i++)
            add_along(kernel, column->entries[i].pivot,
                      column->entries[i].factor * leg->steps);
    }
}

static void clear_along(struct kernel *kernel)
{
    for (size_t i = 0; i < kernel->along_count; i++)
        kernel->along[kernel->along_cells[i]] = (struct along){0, false};
    kernel->along_count = 0;
}

/* What a step adds to the excess; of a single column never less than what is
 * known to be too much. */
static int64_t weigh_column(struct raise *raise, const struct move *move,
                            int64_t most)
{
    struct kernel *kernel = raise->kernel;
    const struct column *column = &kernel->columns[move->cell];
    int64_t excess = excess_more(raise, move->cell, move->sign);
    kernel->looked += column->count;
    for (uint32_t i = 0; i < column->count && excess <= most + EXCESS; i++)
        excess += excess_more(raise, column->entries[i].pivot,
                              (int64_t)column->entries[i].factor * move->sign);
    return excess;
}

static void weigh(struct raise *raise, struct move *move, int64_t most)
{
    struct kernel *kernel = raise->kernel;
    find_legs(raise, move);
    if (raise->leg_count == 1 && raise->legs[0].cell == move->cell) {
        move->excess = weigh_column(raise, move, most);
        return;
    }
    move->excess = 0;
    sum_legs(raise);
    for (size_t i = 0; i < kernel->along_count; i++) {
        uint32_t cell = kernel->along_cells[i];
        move->excess += excess_more(raise, cell, kernel->along[cell].delta);
    }
    clear_along(kernel);
}

static void change_cell(struct raise *raise, uint32_t cell, int64_t delta)
{
    struct kernel *kernel = raise->kernel;
    if (!kernel->listed[cell]) {
        kernel->listed[cell] = true;
        kernel->cells[kernel->count++] = cell;
    }
    raise->excess += excess_more(raise, cell, delta);
    kernel->change[cell] += delta;
    if (excess_now(raise, cell) > 0 && raise->beyond_count < BEYOND)
        raise->beyond[raise->beyond_count++] = cell;
}

static void go(struct raise *raise)
{
    struct kernel *kernel = raise->kernel;
    sum_legs(raise);
    for (size_t i = 0; i < kernel->along_count; i++) {
        uint32_t cell = kernel->along_cells[i];
        if (kernel->along[cell].delta != 0)
            change_cell(raise, cell, kernel->along[cell].delta);
    }
    clear_along(kernel);
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

static void list_move(struct raise *raise, uint32_t cell, uint32_t place,
                      int64_t gain)
{
    int sign = gain > 0 ? 1 : -1;
    uint32_t size = raise->kernel->columns[cell].count;
    if (raise->listed == LISTED || size > LONGEST || gain == 0 ||
        raise->kernel->frozen[cell] || excess_more(raise, cell, sign) > 0)
        return;
    raise->listed++;
    struct move move = {
        .cell = cell,
        .place = place,
        .sign = sign,
        .gain = gain * sign,
        .size = size,
    };
    keep_move(raise, &move);
}

/* Adds a number of times how far a cell goes for each step of free ones. */
static void add_row(struct kernel *kernel, uint32_t cell, int64_t times)
{
    if (kernel->row_of[cell] == KERNEL_NONE) {
        add_along(kernel, cell, times);
        return;
    }
    const struct equation *row = &kernel->rows[kernel->row_of[cell]];
    kernel->looked += row->count;
    for (size_t i = 0; i < row->count; i++) {
        if (row->terms[i].cell != cell)
            add_along(kernel, row->terms[i].cell,
                      (int64_t)row->terms[i].factor * -row->unit * times);
    }
}

/* Those that move a cell one way. */
static void list_moves(struct raise *raise, uint32_t cell, int direction)
{
    struct kernel *kernel = raise->kernel;
    const struct basis *basis = kernel->basis;
    raise->move_count = raise->listed = 0;
    basis_share(kernel, cell);
    add_row(kernel, cell, 1);
    for (size_t i = 0; i < basis->count; i++) {
        if (basis->shares[i] != 0)
            add_row(kernel, basis->out[i], -basis->shares[i]);
        list_move(raise, basis->out[i], (uint32_t)i,
                  basis->shares[i] * direction);
    }
    for (size_t i = 0; i < kernel->along_count; i++) {
        uint32_t other = kernel->along_cells[i];
        list_move(raise, other, KERNEL_NONE,
                  kernel->along[other].delta * direction);
    }
    clear_along(kernel);
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

/* Moves one step for a cell. Once it is where it must be it stays there, and
 * what moved it follows. */
static bool make(struct raise *raise, uint32_t cell, const struct move *move,
                 int direction)
{
    find_legs(raise, move);
    for (size_t l = 0; l < raise->leg_count; l++)
        raise->made[raise->made_count++] = raise->legs[l];
    go(raise);
    raise->turns++;
    return excess_now(raise, cell) > 0 || move->gain != 1 ||
           move->cell == cell ||
           basis_swap(raise->kernel, cell, move->cell, move->place,
                      direction * move->sign);
}

static void take_back(struct raise *raise)
{
    raise->leg_count = 1;
    while (raise->made_count > 0) {
        raise->legs[0] = raise->made[--raise->made_count];
        raise->legs[0].steps = -raise->legs[0].steps;
        raise->beyond_count = 0;
        go(raise);
    }
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
        if (raise->turns > KERNEL_TURNS || raise->excess > EXCESS ||
            !next_beyond(raise, &cell))
            return false;
        int direction = way_back(raise, cell);
        list_moves(raise, cell, direction);
        const struct move *move = choose(raise);
        raise->stuck = move == NULL;
        if (move == NULL || !make(raise, cell, move, direction))
            return false;
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
    struct basis *basis = raise->kernel->basis;
    basis->count = 0;
    list_moves(raise, ask->target, ask->direction);
    size_t count = raise->move_count;
    for (size_t i = 0; i < count; i++) {
        weigh(raise, &raise->moves[i], EXCESS);
        tries[i] = raise->moves[i];
    }
    qsort(tries, count, sizeof *tries, by_excess);
    raise->stuck = false;
    for (size_t i = 0; i < count && i < TRIES && !raise->stuck; i++) {
        raise->beyond_count = raise->turns = raise->made_count = 0;
        basis->count = 0;
        basis_share(raise->kernel, ask->target);
        if (make(raise, ask->target, &tries[i], ask->direction) &&
            come_back(raise))
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
