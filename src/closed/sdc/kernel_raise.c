/* SPDX-License-Identifier: EUPL-1.2 */
/* The simplex method in whole numbers, from the table as it is. A cell that no
 * pivot answers for may be moved; those of the equations that hold it follow. A
 * cell that has no room for that becomes one that may be moved itself, in place
 * of the one that moved it. In the end each is again what it was: otherwise the
 * equations grow longer with every search. */
#include "sdc/kernel_impl.h"

#include <stdlib.h>

enum {
    TURNS = 4,     /* for one cell: more than that seldom helps */
    LISTED = 64,   /* moves that are put in order */
    MOVES = 4,     /* of these are looked at */
    LONGEST = 200, /* cells that follow one */
    FACTORS = 8,   /* largest after a turn */
    LOOKS = 550,   /* at cells: as long as the search for one circuit */
};

/* A cell that may be moved, by sign, and how it moves the target. */
struct move {
    uint32_t cell;
    int sign;
    int32_t gain;      /* of the target for each step, more than 0 */
    uint32_t size;     /* cells that follow */
    int64_t steps;     /* that there is room for */
    uint32_t blocking; /* row of a cell without room, or KERNEL_NONE */
};

struct raise {
    struct move moves[LISTED];
    size_t move_count;
    struct kernel *kernel;
    const struct kernel_ask *ask;
    uint32_t left[TURNS]; /* cells that had no room: they are not moved */
    uint32_t turned[TURNS];
    size_t left_count;
};

static int64_t room_of(const struct raise *raise, uint32_t cell, bool up)
{
    const struct room *room = &raise->ask->rooms[cell];
    int64_t change = raise->kernel->change[cell];
    if (raise->ask->prices[cell] > 0 || raise->kernel->frozen[cell])
        return 0;
    if (up)
        return room->above == FIELD_UNLIMITED ? FIELD_UNLIMITED
                                              : room->above - change;
    return room->below + change;
}

/* Of cells without room the one whose equation is shortest blocks: it is the
 * cheapest to turn. */
static void limit_by(const struct raise *raise, struct move *move,
                     const struct entry *entry)
{
    const struct kernel *kernel = raise->kernel;
    const struct equation *row = &kernel->rows[entry->row];
    int32_t factor = entry->factor * -row->unit * move->sign;
    int64_t room = room_of(raise, row->pivot, factor > 0);
    int64_t size = factor > 0 ? factor : -factor;
    int64_t steps = size == 1 ? room : room / size;
    if (steps > move->steps)
        return;
    if (steps < move->steps)
        move->blocking = KERNEL_NONE;
    move->steps = steps;
    if (size == 1 && (move->blocking == KERNEL_NONE ||
                      row->count < kernel->rows[move->blocking].count))
        move->blocking = entry->row;
}

/* Room for a move; 0 with the row that blocks. A blocking factor that is not
 * one cannot be turned. */
static void measure(struct raise *raise, struct move *move)
{
    const struct column *column = &raise->kernel->columns[move->cell];
    move->steps = room_of(raise, move->cell, move->sign > 0);
    move->blocking = KERNEL_NONE;
    if (move->steps == 0)
        return;
    for (uint32_t i = 0; i < column->count &&
                         (move->steps > 0 || move->blocking == KERNEL_NONE);
         i++)
        limit_by(raise, move, &column->entries[i]);
    raise->kernel->looked += column->count;
}

static void change_cell(struct kernel *kernel, uint32_t cell, int64_t delta)
{
    if (!kernel->listed[cell]) {
        kernel->listed[cell] = true;
        kernel->cells[kernel->count++] = cell;
    }
    kernel->change[cell] += delta;
}

static void go(struct raise *raise, const struct move *move, int64_t steps)
{
    struct kernel *kernel = raise->kernel;
    const struct column *column = &kernel->columns[move->cell];
    change_cell(kernel, move->cell, move->sign * steps);
    for (uint32_t i = 0; i < column->count; i++) {
        const struct entry *entry = &column->entries[i];
        const struct equation *row = &kernel->rows[entry->row];
        change_cell(kernel, row->pivot,
                    entry->factor * -row->unit * move->sign * steps);
    }
}

static bool is_in(const uint32_t *list, size_t count, uint32_t cell)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == cell)
            return true;
    }
    return false;
}

/* Moves with the fewest cells first. */
static int by_size(const void *a, const void *b)
{
    const struct move *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static void list_move(struct raise *raise, uint32_t cell, int32_t gain)
{
    if (raise->move_count == LISTED ||
        is_in(raise->left, raise->left_count, cell))
        return;
    raise->moves[raise->move_count++] = (struct move){
        .cell = cell,
        .sign = gain > 0 ? 1 : -1,
        .gain = gain > 0 ? gain : -gain,
        .size = raise->kernel->columns[cell].count,
    };
}

static void list_moves(struct raise *raise)
{
    const struct kernel *kernel = raise->kernel;
    uint32_t target = raise->ask->target;
    raise->move_count = 0;
    if (kernel->row_of[target] == KERNEL_NONE) {
        list_move(raise, target, raise->ask->direction);
        return;
    }
    const struct equation *row = &kernel->rows[kernel->row_of[target]];
    for (size_t i = 0; i < row->count; i++) {
        if (row->terms[i].cell != target)
            list_move(raise, row->terms[i].cell,
                      row->terms[i].factor * -row->unit *
                          raise->ask->direction);
    }
    qsort(raise->moves, raise->move_count, sizeof *raise->moves, by_size);
}

/* The first move with room, or else the first that can be turned. */
static bool choose(struct raise *raise, struct move *best)
{
    bool found = false;
    list_moves(raise);
    for (size_t i = 0; i < raise->move_count && i < MOVES; i++) {
        struct move *move = &raise->moves[i];
        if (move->size > LONGEST)
            break;
        measure(raise, move);
        if (move->steps > 0) {
            *best = *move;
            return true;
        }
        if (!found && move->blocking != KERNEL_NONE) {
            *best = *move;
            found = true;
        }
    }
    return found;
}

static int32_t largest(const struct equation *row)
{
    int32_t most = 0;
    for (size_t i = 0; i < row->count; i++) {
        int32_t factor = row->terms[i].factor;
        most = factor > most ? factor : -factor > most ? -factor : most;
    }
    return most;
}

/* Factors stay small: large ones leave no room for whole steps. */
static bool may_turn(struct raise *raise, const struct move *move)
{
    const struct kernel *kernel = raise->kernel;
    int32_t row = largest(&kernel->rows[move->blocking]), most = 0;
    const struct column *column = &kernel->columns[move->cell];
    for (uint32_t i = 0; i < column->count; i++) {
        int32_t factor = column->entries[i].factor;
        most = factor > most ? factor : -factor > most ? -factor : most;
    }
    return row * most <= FACTORS;
}

static bool turn(struct raise *raise, const struct move *move)
{
    struct kernel *kernel = raise->kernel;
    if (raise->left_count == TURNS || !may_turn(raise, move))
        return false;
    raise->turned[raise->left_count] = move->blocking;
    raise->left[raise->left_count++] = kernel->rows[move->blocking].pivot;
    return kernel_pivot(kernel, move->blocking, move->cell);
}

int64_t kernel_raise(struct kernel *kernel, const struct kernel_ask *ask)
{
    struct raise raise = {.kernel = kernel, .ask = ask};
    struct move move;
    int64_t went = 0;
    kernel->count = 0;
    if (kernel->broken || kernel->frozen[ask->target])
        return 0;
    while (went < ask->most && choose(&raise, &move)) {
        int64_t missing = (ask->most - went + move.gain - 1) / move.gain;
        int64_t steps = move.steps < missing ? move.steps : missing;
        if (steps > 0) {
            go(&raise, &move, steps);
            went += steps * move.gain;
        } else if (!turn(&raise, &move)) {
            break;
        }
    }
    for (size_t i = raise.left_count; !kernel->broken && i-- > 0;)
        kernel_pivot(kernel, raise.turned[i], raise.left[i]);
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
