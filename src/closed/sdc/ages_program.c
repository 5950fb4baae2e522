/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a search for changes can begin, by linear programs: parts of a case
 * that keep every sum and, limits taken by their slopes, every digit. Where
 * there are none, steps of whole cases are not tried. */
#include <math.h>
#include <string.h>

#include "sdc/ages_impl.h"
#include "sdc/lp.h"

/* Of the room of a digit: kept at each end of a start, for whole cases, and
 * given to each where nothing is to be found, for the bend of the limits. */
#define MARGIN 0.1
#define BEND 0.05

/* The clock only stops a solver in trouble. */
static const struct lp_limits limits = {.seconds = 30.0};

/* The program: a line per sum and per digit, and one that makes the last column
 * the aim. */
struct program {
    struct arena *arena;
    const struct age_problem *problem;
    double *matrix; /* [lines][columns] */
    double *low, *high;
    size_t lines, columns;
    double margin;
    struct lp *lp;
};

static double *add_line(struct program *program, double low, double high)
{
    program->low[program->lines] = low;
    program->high[program->lines] = high;
    return program->matrix + program->lines++ * program->columns;
}

static void add_sum(struct program *program, const struct age_sum *sum)
{
    double *line = add_line(program, (double)sum->low, (double)sum->high);
    for (size_t a = 0; a < program->problem->classes; a++)
        line[a] = sum->ages >> a & 1 ? 1.0 : 0.0;
}

static void add_use(struct program *program, const struct age_use *use)
{
    const struct age_rate *rate = use->rate;
    for (int k = 0; k < PRINT_COUNT && use->sign != 0; k++) {
        if (!age_prints(use, k) || !age_narrows(use, k))
            continue;
        double room = rate->room_high[k] - rate->room_low[k];
        double *line =
            add_line(program, rate->room_low[k] / room + program->margin,
                     rate->room_high[k] / room - program->margin);
        for (size_t a = 0; a < program->problem->classes; a++)
            line[a] = age_slope(use, k, a) / room;
    }
}

static void add_lines(struct program *program, uint64_t aim)
{
    const struct age_problem *problem = program->problem;
    const struct age_sum whole = {.ages = aim};
    program->columns = problem->classes + 1;
    size_t most = problem->sum_count + PRINT_COUNT * problem->use_count + 1;
    program->matrix = arena_array(program->arena, most * program->columns,
                                  sizeof *program->matrix);
    program->low = arena_array(program->arena, most, sizeof *program->low);
    program->high = arena_array(program->arena, most, sizeof *program->high);
    for (size_t s = 0; s < problem->sum_count; s++)
        add_sum(program, &problem->sums[s]);
    for (size_t u = 0; u < problem->use_count; u++)
        add_use(program, &problem->uses[u]);
    add_sum(program, &whole);
    program->matrix[program->lines * program->columns - 1] = -1.0;
}

/* Bounds of the columns: those of the age counts, and none of the aim. */
static void set_bounds(const struct program *program, double *low, double *high)
{
    const struct age_problem *problem = program->problem;
    for (size_t a = 0; a < problem->classes; a++) {
        low[a] = -(double)problem->down[a];
        high[a] = (double)problem->up[a];
    }
    low[problem->classes] = -HUGE_VAL;
    high[problem->classes] = HUGE_VAL;
}

/* The lines by column, as the solver wants them. */
static void set_columns(const struct program *program, int *starts, int *row,
                        double *value)
{
    int count = 0;
    size_t columns = program->columns;
    for (size_t i = 0; i < columns * program->lines; i++) {
        size_t column = i / program->lines, line = i % program->lines;
        double cell = program->matrix[line * columns + column];
        if (fabs(cell) > 0.0) {
            row[count] = (int)line;
            value[count++] = cell;
        }
        starts[column + 1] = count;
    }
}

static void load(struct program *program)
{
    struct arena *arena = program->arena;
    size_t columns = program->columns, cells = columns * program->lines;
    int *starts = arena_array(arena, columns + 1, sizeof *starts);
    int *row = arena_array(arena, cells, sizeof *row);
    double *value = arena_array(arena, cells, sizeof *value);
    double *low = arena_array(arena, columns, sizeof *low);
    double *high = arena_array(arena, columns, sizeof *high);
    set_bounds(program, low, high);
    set_columns(program, starts, row, value);
    struct lp_shape *shape = arena_alloc(arena, sizeof *shape);
    *shape = (struct lp_shape){
        .columns = (int)columns,
        .rows = (int)program->lines,
        .starts = starts,
        .row = row,
        .value = value,
        .low = low,
        .high = high,
        .row_low = program->low,
        .row_high = program->high,
    };
    program->lp = lp_new(arena, shape);
}

/* How far the aim goes without integers; 0 when that is not known. */
static int64_t farthest(const struct program *program, double sign)
{
    int aim = (int)program->columns - 1;
    lp_price(program->lp, aim, -sign);
    if (lp_minimise(program->lp, limits) != LP_SOLVED)
        return 0;
    double reach = sign * lp_columns(program->lp)[aim];
    return reach > 0.0 ? (int64_t)(reach + 1e-6) : 0;
}

/* Whole cases next to a solution that moves the aim by low..high. */
static bool start_at(const struct program *program, double low, double high,
                     int64_t *start)
{
    int aim = (int)program->columns - 1;
    lp_price(program->lp, aim, 0.0);
    lp_limit(program->lp, aim, low, high);
    if (lp_restore(program->lp, limits) != LP_SOLVED)
        return false;
    const double *columns = lp_columns(program->lp);
    for (int a = 0; a < aim; a++)
        start[a] = (int64_t)llround(columns[a]);
    return true;
}

/* Both ways in proportion to how far each goes. */
static bool is_wide(const struct program *program, uint64_t aim, int64_t width,
                    int64_t rise, int64_t fall)
{
    int64_t change[AGES_MAX], all = rise + fall;
    int64_t up = all > 0 ? (width * rise + all / 2) / all : 0;
    int64_t down = width - up;
    return (up == 0 || (start_at(program, (double)up, HUGE_VAL, change) &&
                        age_find_from(program->problem, aim, up, change))) &&
           (down == 0 || (start_at(program, -HUGE_VAL, -(double)down, change) &&
                          age_find_from(program->problem, aim, -down, change)));
}

static enum age_end ask(const struct age_problem *problem, uint64_t aim,
                        int64_t width, double margin)
{
    enum age_end end = AGE_UNKNOWN;
    struct program program = {
        .arena = arena_new(), .problem = problem, .margin = margin};
    add_lines(&program, aim);
    load(&program);
    int64_t rise = farthest(&program, 1.0), fall = farthest(&program, -1.0);
    if (rise + fall < width)
        end = AGE_NARROW;
    else if (margin > 0.0 && is_wide(&program, aim, width, rise, fall))
        end = AGE_WIDE;
    lp_free(program.lp);
    arena_wipe(program.arena);
    return end;
}

enum age_end age_ask_program(const struct age_problem *problem, uint64_t aim,
                             int64_t width)
{
    static const double margins[] = {MARGIN, -BEND};
    for (size_t m = 0; m < COUNT_OF(margins); m++) {
        enum age_end end = ask(problem, aim, width, margins[m]);
        if (end != AGE_NARROW)
            return m == 0 ? end : AGE_UNKNOWN;
    }
    return AGE_NARROW;
}
