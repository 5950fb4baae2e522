/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/ground.h"

#include <math.h>

#include "sdc/ground_impl.h"

enum {
    TURNS = 6,         /* other tables as far, until one is in whole numbers */
    SEARCH_NODES = 50, /* for whole numbers at last */
    WEIGHTS = 997,
};
#define WHOLE 1e-6 /* nearer is a whole number */
#define NUDGE 1e-6 /* a price that only chooses among tables as far */
#define ALONG 1e-3 /* what others count beside the one that must move */
#define GROUND_SECONDS 600.0

struct ground {
    struct arena *arena;
    struct universe *universe;
    sdc_count *count;
    void *context;
    int64_t *lowest, *highest; /* [cells] of tables found */
    bool *apart;               /* [cells] */
    double deadline;
};

struct attack {
    struct ground *ground;
    struct ground_program *program;
    struct ground_end *end;
    int64_t *sums;  /* [lines] of the table at hand */
    uint64_t turns; /* draws so far */
};

/* --- tables --------------------------------------------------------------- */

static int64_t width_of(const struct attack *attack, size_t line)
{
    const struct ground_program *program = attack->program;
    return program->lines[line].counted
               ? field_width(program->field, program->lines[line].cell)
               : 0;
}

static bool is_single(const struct ground_program *program, size_t line)
{
    uint32_t cell = program->lines[line].cell;
    return program->lines[line].told && field_open(program->field, cell) &&
           program->field->counts[cell] == 1;
}

static uint32_t person_of(const struct ground_program *program, size_t line)
{
    return program->field->persons[program->lines[line].cell];
}

static bool is_wide(const struct attack *attack, size_t line)
{
    const struct ground_line *of = &attack->program->lines[line];
    return of->highest - of->lowest >= width_of(attack, line);
}

/* A net change in whole numbers of the atom, or false. */
static bool change_of(const struct ground_program *program,
                      const double *solution, size_t atom, int64_t *change)
{
    double net = solution[ground_atom_column(atom, 1)] -
                 solution[ground_atom_column(atom, -1)];
    *change = (int64_t)nearbyint(net);
    return fabs(net - (double)*change) <= WHOLE &&
           program->have[atom] + *change >= 0;
}

/* Sums a solution up by line; false when it is no table that tells the same. */
static bool sum_up(struct attack *attack, const double *solution)
{
    const struct ground_program *program = attack->program;
    for (size_t l = 0; l < program->line_count; l++)
        attack->sums[l] = 0;
    for (size_t a = 0; a < program->atoms; a++) {
        int64_t change;
        if (!change_of(program, solution, a, &change))
            return false;
        for (size_t i = program->starts[a];
             change != 0 && i < program->starts[a + 1]; i++)
            attack->sums[program->at[i]] += change;
    }
    bool fits = true;
    for (size_t l = 0; fits && l < program->line_count; l++)
        fits = (double)attack->sums[l] <= ground_room(program, l, 1) &&
               (double)-attack->sums[l] <= ground_room(program, l, -1);
    return fits;
}

/* The one person alone somewhere whose cells moved; *many when there are more.
 */
static uint32_t mover_of(const struct attack *attack, bool *many)
{
    const struct ground_program *program = attack->program;
    uint32_t mover = PERSON_NOBODY;
    *many = false;
    for (size_t l = 0; l < program->line_count; l++) {
        if (attack->sums[l] == 0 || !is_single(program, l))
            continue;
        *many =
            *many || (mover != PERSON_NOBODY && mover != person_of(program, l));
        mover = person_of(program, l);
    }
    return mover;
}

/* Takes a table that tells the same; false when it is none. */
static bool take(struct attack *attack, const double *solution)
{
    struct ground_program *program = attack->program;
    bool many;
    if (!sum_up(attack, solution))
        return false;
    uint32_t mover = mover_of(attack, &many);
    for (size_t l = 0; l < program->line_count; l++) {
        struct ground_line *line = &program->lines[l];
        int64_t sum = attack->sums[l];
        line->highest = sum > line->highest ? sum : line->highest;
        line->lowest = sum < line->lowest ? sum : line->lowest;
        line->apart =
            line->apart ||
            (sum != 0 && !many &&
             (mover == PERSON_NOBODY || mover == person_of(program, l)));
    }
    return true;
}

/* --- programs ------------------------------------------------------------- */

static void let(const struct attack *attack, size_t line, double down,
                double up)
{
    struct ground_program *program = attack->program;
    lp_limit(program->lp, ground_line_column(program, line, 1), 0,
             fmin(up, ground_room(program, line, 1)));
    lp_limit(program->lp, ground_line_column(program, line, -1), 0,
             fmin(down, ground_room(program, line, -1)));
}

/* All lines as free as they are, and all prices 0. */
static void loosen(const struct attack *attack)
{
    struct ground_program *program = attack->program;
    for (int c = 0; c < program->columns; c++)
        lp_price(program->lp, c, 0);
    for (size_t l = 0; l < program->line_count; l++)
        let(attack, l, HUGE_VAL, HUGE_VAL);
}

/* Whoever is alone in a cell knows that it stays, but for one of them. */
static void hold_singles(const struct attack *attack, uint32_t but)
{
    const struct ground_program *program = attack->program;
    for (size_t l = 0; l < program->line_count; l++) {
        if (is_single(program, l) && person_of(program, l) != but)
            let(attack, l, 0, 0);
    }
}

static void hold_person(const struct attack *attack, uint32_t person)
{
    const struct ground_program *program = attack->program;
    for (size_t l = 0; l < program->line_count; l++) {
        if (is_single(program, l) && person_of(program, l) == person)
            let(attack, l, 0, 0);
    }
}

static void pull(const struct attack *attack, size_t line, int way,
                 double price)
{
    struct ground_program *program = attack->program;
    lp_price(program->lp, ground_line_column(program, line, way), -price);
    lp_price(program->lp, ground_line_column(program, line, -way), price);
}

static struct lp_limits left(struct attack *attack)
{
    struct lp_limits limits = {
        .seconds = attack->ground->deadline - audit_clock(),
    };
    attack->end->late = attack->end->late || limits.seconds <= 0;
    return limits;
}

/* Small prices that are drawn anew: another corner that is as good. */
static void nudge(struct attack *attack)
{
    struct ground_program *program = attack->program;
    for (int c = 0; c < (int)(2 * program->atoms); c++) {
        attack->turns = attack->turns * UINT64_C(6364136223846793005) +
                        UINT64_C(1442695040888963407);
        lp_price(program->lp, c,
                 NUDGE * (double)(1 + (attack->turns >> 33) % WEIGHTS));
    }
}

/* The best table there is, in whole numbers; false when so many corners had
 * none. */
static bool solve(struct attack *attack, int turns)
{
    struct ground_program *program = attack->program;
    for (int turn = 0; turn < turns; turn++) {
        if (turn > 0)
            nudge(attack);
        if (lp_minimise(program->lp, left(attack)) != LP_SOLVED)
            return false;
        if (take(attack, lp_columns(program->lp)))
            return true;
    }
    return false;
}

/* The same, with a search at last. */
static bool search(struct attack *attack)
{
    struct ground_program *program = attack->program;
    if (solve(attack, TURNS))
        return true;
    struct arena *scratch = arena_new();
    double *whole =
        arena_array(scratch, (size_t)program->columns, sizeof *whole);
    struct lp_limits limits = left(attack);
    limits.nodes = SEARCH_NODES;
    bool found = false;
    (void)lp_integers(program->lp, limits, &found, whole);
    found = found && take(attack, whole);
    arena_wipe(scratch);
    return found;
}

/* --- the attack ----------------------------------------------------------- */

/* Every line that is not wide, that way, and no farther than it must go. */
static void pull_all(struct attack *attack, int way, double price)
{
    const struct ground_program *program = attack->program;
    for (size_t l = 0; l < program->line_count; l++) {
        const struct ground_line *line = &program->lines[l];
        if (!line->counted || is_wide(attack, l))
            continue;
        let(attack, l, (double)(width_of(attack, l) - line->highest),
            (double)(width_of(attack, l) + line->lowest));
        pull(attack, l, way, price);
    }
}

static void sweep(struct attack *attack, int way, bool apart)
{
    loosen(attack);
    pull_all(attack, way, 1);
    if (apart)
        hold_singles(attack, PERSON_NOBODY);
    (void)solve(attack, 2);
}

/* As far as it must go, one way and then the other; others may go along. */
static void widen(struct attack *attack, size_t line, bool along)
{
    const struct ground_line *of = &attack->program->lines[line];
    for (int way = 1; way >= -1 && !is_wide(attack, line); way -= 2) {
        double most = (double)width_of(attack, line);
        loosen(attack);
        if (along)
            pull_all(attack, way, ALONG);
        if (way > 0)
            let(attack, line, 0, most + (double)of->lowest);
        else
            let(attack, line, most - (double)of->highest, 0);
        pull(attack, line, way, 1);
        (void)(along ? solve(attack, 1) : search(attack));
    }
}

/* True when the line is no small count in any table at all: none goes so far
 * that way. */
static bool never(struct attack *attack, size_t line, int way, int64_t step)
{
    struct ground_program *program = attack->program;
    double room = ground_room(program, line, way);
    if (room < (double)step)
        return true;
    loosen(attack);
    lp_limit(program->lp, ground_line_column(program, line, way), (double)step,
             room);
    lp_limit(program->lp, ground_line_column(program, line, -way), 0, 0);
    lp_forget(program->lp);
    return lp_minimise(program->lp, left(attack)) == LP_EMPTY;
}

/* An interval that does not meet what is small may be narrow. */
static bool is_clear(struct attack *attack, size_t line)
{
    const struct field *field = attack->program->field;
    uint32_t cell = attack->program->lines[line].cell;
    int64_t count = field->counts[cell], threshold = field->thresholds[cell];
    if (field->guards[cell] == AUDIT_FORCED ||
        field->guards[cell] == AUDIT_WHOLE)
        return false;
    return (count == 0 && never(attack, line, 1, 1)) ||
           (count >= threshold &&
            never(attack, line, -1, count - threshold + 1));
}

/* By any way at all, while some stay: true when it was found to move. */
static bool moves(struct attack *attack, size_t line)
{
    bool moved = false;
    for (int way = 1; way >= -1 && !moved; way -= 2) {
        let(attack, line, way<0, way> 0);
        pull(attack, line, way, 1);
        moved = search(attack) && attack->sums[line] != 0;
    }
    return moved;
}

/* The persons alone somewhere in the table at hand, each once. */
static size_t list_movers(const struct attack *attack, struct arena *scratch,
                          uint32_t but, uint32_t **list)
{
    const struct ground_program *program = attack->program;
    size_t count = 0;
    *list = arena_array(scratch, program->line_count, sizeof **list);
    for (size_t l = 0; l < program->line_count; l++) {
        uint32_t person = person_of(program, l);
        bool seen =
            attack->sums[l] == 0 || !is_single(program, l) || person == but;
        for (size_t i = 0; !seen && i < count; i++)
            seen = (*list)[i] == person;
        if (!seen)
            (*list)[count++] = person;
    }
    return count;
}

/* Nobody alone elsewhere may know it: she who sits in the table that was found
 * must find another. False where somebody does not (*seer), or where no table
 * was found to begin with, which proves nothing. */
static bool keeps_apart(struct attack *attack, size_t line, uint32_t *seer)
{
    uint32_t own = person_of(attack->program, line), *list;
    *seer = PERSON_NOBODY;
    loosen(attack);
    hold_singles(attack, own);
    if (moves(attack, line))
        return true;
    loosen(attack);
    if (!moves(attack, line))
        return false;
    struct arena *scratch = arena_new();
    size_t count = list_movers(attack, scratch, own, &list);
    for (size_t i = 0; *seer == PERSON_NOBODY && i < count; i++) {
        loosen(attack);
        hold_person(attack, list[i]);
        if (!moves(attack, line))
            *seer = list[i];
    }
    arena_free(scratch);
    return *seer == PERSON_NOBODY;
}

/* --- mending -------------------------------------------------------------- */

static bool may_open(const struct ground_program *program, size_t line)
{
    uint32_t cell = program->lines[line].cell;
    return !field_open(program->field, cell) &&
           program->field->prices[cell] < FIELD_BLOCKED;
}

/* Lets shown cells move for what hiding them costs. */
static void offer_cells(const struct attack *attack)
{
    struct ground_program *program = attack->program;
    for (size_t l = 0; l < program->line_count; l++) {
        uint32_t cell = program->lines[l].cell;
        if (!may_open(program, l))
            continue;
        for (int way = 1; way >= -1; way -= 2) {
            int column = ground_line_column(program, l, way);
            lp_limit(program->lp, column, 0,
                     way > 0 ? HUGE_VAL
                             : (double)(program->field->counts[cell] - 1));
            lp_price(program->lp, column, (double)program->field->prices[cell]);
        }
    }
}

/* Costs what the line moving so far costs; writes which cells must be opened
 * for it. HUGE_VAL when nothing helps. */
static double bid(struct attack *attack, size_t line, uint32_t held, int way,
                  double step, bool *opened)
{
    struct ground_program *program = attack->program;
    double cost = 0;
    loosen(attack);
    if (held != PERSON_NOBODY)
        hold_person(attack, held);
    offer_cells(attack);
    if (step > ground_room(program, line, way))
        return HUGE_VAL;
    lp_limit(program->lp, ground_line_column(program, line, way), step, step);
    lp_limit(program->lp, ground_line_column(program, line, -way), 0, 0);
    lp_forget(program->lp);
    if (lp_minimise(program->lp, left(attack)) != LP_SOLVED)
        return HUGE_VAL;
    const double *solution = lp_columns(program->lp);
    for (size_t l = 0; l < program->line_count; l++) {
        double moved = solution[ground_line_column(program, l, 1)] +
                       solution[ground_line_column(program, l, -1)];
        opened[l] = may_open(program, l) && moved > WHOLE;
        cost += opened[l]
                    ? (double)program->field->prices[program->lines[l].cell]
                    : 0;
    }
    return cost;
}

/* Opens what costs least; false, with a verdict, when nothing helps. */
static bool mend(struct attack *attack, struct pattern *pattern, size_t line,
                 uint32_t seer)
{
    const struct ground_program *program = attack->program;
    const struct ground_line *of = &program->lines[line];
    struct arena *scratch = arena_new();
    bool *up = arena_array(scratch, program->line_count, sizeof *up);
    bool *down = arena_array(scratch, program->line_count, sizeof *down);
    double width = seer != PERSON_NOBODY ? 1 : (double)width_of(attack, line);
    double rise = seer != PERSON_NOBODY ? 1 : width + (double)of->lowest;
    double fall = seer != PERSON_NOBODY ? 1 : width - (double)of->highest;
    double above = bid(attack, line, seer, 1, rise, up);
    double below = bid(attack, line, seer, -1, fall, down);
    const bool *best = above <= below ? up : down;
    size_t before = attack->end->opened;
    for (size_t l = 0; l < program->line_count && isfinite(fmin(above, below));
         l++) {
        if (best[l])
            attack->end->opened +=
                pattern_keep(pattern, program->lines[l].cell);
    }
    arena_free(scratch);
    attack->end->verdict = isfinite(fmin(above, below)) ? AUDIT_OPEN
                           : seer != PERSON_NOBODY      ? AUDIT_SINGLE
                                                        : AUDIT_EXPOSED;
    return attack->end->opened > before;
}

/* --- the whole ------------------------------------------------------------ */

static void recall(struct attack *attack, bool store)
{
    struct ground *ground = attack->ground;
    for (size_t l = 0; l < attack->program->line_count; l++) {
        struct ground_line *line = &attack->program->lines[l];
        if (store) {
            ground->lowest[line->cell] = line->lowest;
            ground->highest[line->cell] = line->highest;
            ground->apart[line->cell] = line->apart;
        } else {
            line->lowest = ground->lowest[line->cell];
            line->highest = ground->highest[line->cell];
            line->apart = line->apart || ground->apart[line->cell];
        }
    }
}

static void attack_line(struct attack *attack, struct pattern *pattern,
                        size_t line)
{
    struct ground_line *of = &attack->program->lines[line];
    struct ground_end *end = attack->end;
    uint32_t seer = PERSON_NOBODY;
    widen(attack, line, true);
    widen(attack, line, false);
    bool wide = is_wide(attack, line);
    if (wide)
        of->apart = of->apart || keeps_apart(attack, line, &seer);
    if (wide ? of->apart : is_clear(attack, line)) {
        end->proved++;
        return;
    }
    bool doubt = wide && seer == PERSON_NOBODY;
    if (doubt)
        end->verdict = AUDIT_OPEN;
    if (doubt || !mend(attack, pattern, line, seer))
        end->cell = of->cell;
}

static void attack_measure(struct ground *ground,
                           struct ground_program *program,
                           struct pattern *pattern, struct ground_end *end)
{
    struct attack attack = {
        .ground = ground,
        .program = program,
        .end = end,
        .sums = arena_array(program->arena, program->line_count,
                            sizeof *attack.sums),
    };
    recall(&attack, false);
    for (int apart = 1; apart >= 0; apart--) {
        sweep(&attack, 1, apart != 0);
        sweep(&attack, -1, apart != 0);
    }
    for (size_t l = 0; l < program->line_count && !end->late &&
                       end->opened == 0 && end->cell == SDC_NO_CELL;
         l++) {
        if (program->lines[l].counted)
            attack_line(&attack, pattern, l);
    }
    recall(&attack, true);
}

struct ground *ground_new(struct arena *arena, struct universe *universe,
                          sdc_count *count, void *context)
{
    struct ground *ground = arena_alloc(arena, sizeof *ground);
    *ground = (struct ground){
        .arena = arena,
        .universe = universe,
        .count = count,
        .context = context,
        .lowest = arena_array(arena, universe->count, sizeof(int64_t)),
        .highest = arena_array(arena, universe->count, sizeof(int64_t)),
        .apart = arena_array(arena, universe->count, sizeof(bool)),
        .deadline = audit_clock() + GROUND_SECONDS,
    };
    return ground;
}

bool ground_attack(struct ground *ground, struct pattern *pattern,
                   const enum audit_verdict *verdicts, struct ground_end *end,
                   struct err *err)
{
    *end = (struct ground_end){.cell = SDC_NO_CELL};
    bool ok = true;
    pattern_wake(pattern);
    for (size_t m = 0; ok && m < ground->universe->measure_count; m++) {
        struct arena *scratch = arena_new();
        struct ground_program *program;
        ok = ground_program(scratch, ground->universe, pattern->field, verdicts,
                            m, ground->count, ground->context, &program, err);
        if (ok && program != NULL) {
            attack_measure(ground, program, pattern, end);
            lp_free(program->lp);
        }
        arena_wipe(scratch);
    }
    pattern_rest(pattern);
    return ok;
}
