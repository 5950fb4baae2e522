/* SPDX-License-Identifier: EUPL-1.2 */
/* Rates beside the cells of a release: what both tell together. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sdc/clearance.h"
#include "sdc/lies.h"

/* What a search for integers does, of a light one. */
#define LONGER 10.0

/* False when some age of the row is no column, or all are public. */
static bool make_band(struct arena *arena, const struct clearance *clearance,
                      const struct sdc_rate *rate, struct audit_band *out)
{
    const struct universe *universe = clearance->universe;
    const struct dimension *ages = &universe->codes->dims[DIM_AGE];
    uint32_t *cells = arena_array(arena, ages->leaf_count, sizeof *cells);
    double *weights = arena_array(arena, ages->leaf_count, sizeof *weights);
    size_t count = 0;
    bool open = false;
    for (size_t l = 0; l < ages->leaf_count; l++) {
        if (!(fabs(rate->weights[l]) > 0.0))
            continue;
        size_t cell =
            composed_find(clearance->composed,
                          universe_with(universe->keys[rate->cell], DIM_AGE,
                                        (size_t)ages->leaf_node[l]));
        if (cell == SDC_NO_CELL)
            return false;
        open = open || composed_is_open(clearance->composed, cell);
        cells[count] = (uint32_t)cell;
        weights[count++] = rate->weights[l];
    }
    *out = (struct audit_band){.cells = cells,
                               .weights = weights,
                               .count = count,
                               .low = rate->low,
                               .high = rate->high};
    return open;
}

/* A cell of the line, where its ages are cells and one is suppressed. */
static size_t line_of_ages(const struct universe *universe, uint64_t key)
{
    const struct dimension *ages = &universe->codes->dims[DIM_AGE];
    size_t cell = SDC_NO_CELL;
    bool open = false;
    for (size_t l = 0; l < ages->leaf_count; l++) {
        cell = universe_lookup(
            universe, universe_with(key, DIM_AGE, (size_t)ages->leaf_node[l]));
        if (cell == SDC_NO_CELL)
            return SDC_NO_CELL;
        open = open || universe_is_open(universe, cell);
    }
    return open ? cell : SDC_NO_CELL;
}

bool clearance_heeds(const struct clearance *clearance,
                     const struct sdc_rate *rate)
{
    struct arena *scratch = arena_new();
    struct audit_band band;
    bool heeded = composed_row(clearance->composed, rate->cell) &&
                  make_band(scratch, clearance, rate, &band);
    arena_wipe(scratch);
    return heeded;
}

static bool has_leaves(const struct part *part, const struct sdc_leaves *set)
{
    return part->leaf_count == set->count &&
           memcmp(part->leaves, set->at, set->count * sizeof *set->at) == 0;
}

/* The next part from `from` on with these leaves, or the axis's count. */
static size_t next_part(const struct axis *axis, const struct sdc_leaves *set,
                        size_t from)
{
    while (from < axis->count && !has_leaves(&axis->parts[from], set))
        from++;
    return from;
}

/* Along one dimension more, until the ages of a line are all cells. */
static size_t find_line(const struct universe *universe, uint64_t key, int dim,
                        const struct sdc_leaves sets[DIM_COUNT])
{
    size_t found = SDC_NO_CELL;
    if (dim < 0)
        return line_of_ages(universe, key);
    if (dim == DIM_AGE)
        return find_line(universe, key, dim - 1, sets);
    const struct axis *axis = &universe->axes[dim];
    size_t part = next_part(axis, &sets[dim], 0);
    while (part < axis->count && found == SDC_NO_CELL) {
        found = find_line(universe, universe_with(key, (enum dim)dim, part),
                          dim - 1, sets);
        part = next_part(axis, &sets[dim], part + 1);
    }
    return found;
}

size_t clearance_find_ages(const struct clearance *clearance,
                           const char *measure,
                           const struct sdc_leaves sets[DIM_COUNT])
{
    const struct universe *universe = clearance->universe;
    size_t found = SDC_NO_CELL;
    for (size_t m = 0; m < universe->measure_count; m++) {
        if (text_same(universe->measures[m], measure))
            found = find_line(universe, universe_of_measure(m), DIM_COUNT - 1,
                              sets);
    }
    return found;
}

size_t clearance_shown_ages(const struct clearance *clearance,
                            struct arena *arena, size_t cell, size_t **cells)
{
    const struct universe *universe = clearance->universe;
    const struct axis *axis = &universe->axes[DIM_AGE];
    size_t all = universe->codes->dims[DIM_AGE].leaf_count, count = 0;
    *cells = arena_array(arena, axis->count, sizeof **cells);
    for (size_t part = 0; part < axis->count; part++) {
        size_t found = universe_lookup(
            universe, universe_with(universe->keys[cell], DIM_AGE, part));
        if (found < universe->published && universe->counts[found] > 0 &&
            axis->parts[part].leaf_count < all &&
            clearance_shown(clearance, found))
            (*cells)[count++] = found;
    }
    return count;
}

/* A shown cell by age, and the row that it is of. */
struct shown_age {
    size_t cell;
    uint64_t row;  /* key, the ages cleared */
    int64_t cases; /* of the row, that are shown by age */
};

static int by_row(const void *a, const void *b)
{
    const struct shown_age *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

static int by_cases(const void *a, const void *b)
{
    const struct shown_age *x = a, *y = b;
    return x->cases == y->cases ? by_row(a, b)
                                : (x->cases > y->cases) - (x->cases < y->cases);
}

/* Those of rows that share cases with one of these rows. */
static size_t list_shown(const struct clearance *clearance,
                         const uint64_t *rows, size_t count,
                         struct shown_age *out)
{
    const struct universe *universe = clearance->universe;
    const struct axis *axis = &universe->axes[DIM_AGE];
    size_t all = universe->codes->dims[DIM_AGE].leaf_count, found = 0;
    for (size_t c = 0; c < universe->published; c++) {
        uint64_t key = universe->keys[c];
        bool meets = false;
        if (universe->counts[c] == 0 || !clearance_shown(clearance, c) ||
            axis->parts[universe_part(key, DIM_AGE)].leaf_count == all)
            continue;
        for (size_t r = 0; r < count && !meets; r++)
            meets = universe_rows_meet(universe, key, rows[r]);
        if (meets)
            out[found++] = (struct shown_age){c, universe_with(key, DIM_AGE, 0),
                                              universe->counts[c]};
    }
    return found;
}

/* Rows of fewest cases first, each whole. */
static void sort_shown(struct shown_age *list, size_t count)
{
    qsort(list, count, sizeof *list, by_row);
    for (size_t from = 0, to; from < count; from = to) {
        int64_t cases = 0;
        for (to = from; to < count && list[to].row == list[from].row; to++)
            cases += list[to].cases;
        while (from < to)
            list[from++].cases = cases;
    }
    qsort(list, count, sizeof *list, by_cases);
}

size_t clearance_shown_beside(const struct clearance *clearance,
                              struct arena *arena, size_t cell,
                              const struct sdc_rate *rates, size_t count,
                              size_t most, size_t **cells)
{
    const struct universe *universe = clearance->universe;
    uint64_t *rows = arena_array(arena, count + 1, sizeof *rows);
    struct shown_age *list =
        arena_array(arena, universe->published, sizeof *list);
    size_t met = 0, found = 0;
    for (size_t r = 0; r < count; r++) {
        rows[met] = universe->keys[rates[r].cell];
        met += universe_rows_meet(universe, rows[met], universe->keys[cell]);
    }
    size_t shown = list_shown(clearance, rows, met, list);
    sort_shown(list, shown);
    *cells = arena_array(arena, shown, sizeof **cells);
    for (; found < shown; found++) {
        most -= found > 0 && list[found].row != list[found - 1].row;
        if (most == 0)
            break;
        (*cells)[found] = list[found].cell;
    }
    return found;
}

char *clearance_cell_name(const struct clearance *clearance,
                          struct arena *arena, size_t cell)
{
    return universe_name(arena, clearance->universe, cell);
}

size_t clearance_cells(const struct clearance *clearance)
{
    return clearance->universe->count +
           composed_columns(clearance->composed).count;
}

/* Cells that only lead down to the atoms of a crossing are no row's: the rates
 * are attacked without them, but where a rate is of them. */
static void pass_over_atoms(const struct universe *universe,
                            const struct audit_input *input,
                            enum audit_verdict *verdicts)
{
    struct arena *scratch = arena_new();
    bool *rated = arena_array(scratch, input->cells, sizeof *rated);
    for (size_t b = 0; b < input->band_count; b++) {
        const struct audit_band *band = &input->bands[b];
        for (size_t i = 0; i < band->count; i++)
            rated[band->cells[i]] = true;
    }
    for (size_t c = universe->closed; c < input->cells; c++) {
        bool composed = c >= universe->count;
        if (!rated[c] && (!composed || input->band_count > 0))
            verdicts[c] = AUDIT_PUBLIC;
    }
    arena_free(scratch);
}

/* Where it is made, in which manner, beside which rates. */
struct attack {
    const struct clearance *clearance;
    enum sdc_manner manner;
    const struct sdc_rate *rates;
    size_t count;
};

static enum audit_guard guard_of(const struct attack *attack, size_t cell)
{
    const struct universe *universe = attack->clearance->universe;
    unsigned flags = universe->flags[cell];
    if (attack->manner == SDC_BEFORE)
        return flags & (CELL_STRUCTURAL | CELL_KNOWN) ? AUDIT_SHOWN
                                                      : AUDIT_BOUNDED;
    return !universe_is_open(universe, cell)            ? AUDIT_SHOWN
           : (universe->rated && (flags & CELL_HIDDEN)) ? AUDIT_BOUNDED
                                                        : AUDIT_GUARDED;
}

/* A copy with these at its end. */
static void *join(struct arena *arena, const void *array, size_t count,
                  const void *more, size_t more_count, size_t size)
{
    char *copy = arena_longer(arena, array, count, more_count, size);
    memcpy(copy + count * size, more, more_count * size);
    return copy;
}

static void add_relations(struct arena *arena, const struct relations *more,
                          struct audit_input *input)
{
    size_t members = input->starts[input->relations];
    size_t *starts = join(arena, input->starts, input->relations + 1,
                          &more->starts[1], more->count, sizeof *starts);
    for (size_t r = 1; r <= more->count; r++)
        starts[input->relations + r] += members;
    input->members = join(arena, input->members, members, more->members,
                          more->starts[more->count], sizeof(uint32_t));
    input->starts = starts;
    input->relations += more->count;
}

/* Nobody is alone in one: all are bounded. */
static void add_columns(const struct attack *attack, struct arena *arena,
                        enum audit_guard *guards, struct audit_input *input)
{
    const struct composed *composed = attack->clearance->composed;
    struct composed_columns more = composed_columns(composed);
    size_t cells = input->cells;
    if (more.count == 0)
        return;
    int64_t *upper =
        arena_longer(arena, input->upper, cells, more.count, sizeof *upper);
    for (size_t c = 0; c < more.count; c++) {
        upper[cells + c] = AUDIT_UNLIMITED;
        guards[cells + c] =
            composed_is_open(composed, cells + c) ? AUDIT_BOUNDED : AUDIT_SHOWN;
    }
    input->upper = upper;
    input->lower = arena_longer(arena, input->lower, cells, more.count,
                                sizeof *input->lower);
    input->counts = join(arena, input->counts, cells, more.counts, more.count,
                         sizeof *input->counts);
    input->thresholds = join(arena, input->thresholds, cells, more.thresholds,
                             more.count, sizeof *input->thresholds);
    input->persons = NULL;
    input->cells += more.count;
    add_relations(arena, &more.relations, input);
}

/* The cells, and what of the rates is a band. */
static struct audit_input make_input(const struct attack *attack,
                                     struct arena *scratch)
{
    const struct universe *universe = attack->clearance->universe;
    const struct witnesses none = {0};
    struct audit_input input =
        field_audit(scratch, attack->clearance->pattern->field, &none);
    struct audit_band *bands =
        arena_array(scratch, attack->count + 1, sizeof *bands);
    enum audit_guard *guards = arena_array(
        scratch, clearance_cells(attack->clearance), sizeof *guards);
    for (size_t r = 0; r < attack->count; r++)
        input.band_count +=
            make_band(scratch, attack->clearance, &attack->rates[r],
                      &bands[input.band_count]);
    for (size_t c = 0; c < universe->count; c++)
        guards[c] = guard_of(attack, c);
    input.guards = guards;
    input.bands = bands;
    input.plain = attack->manner == SDC_WHOLE    ? 0.0
                  : attack->manner == SDC_LONGER ? LONGER
                                                 : 1.0;
    if (attack->manner ==
        SDC_BEFORE) /* nobody is told that a cell is not zero */
        input.lower =
            arena_array(scratch, universe->count, sizeof *input.lower);
    add_columns(attack, scratch, guards, &input);
    return input;
}

/* From the true table, which agrees with all that is shown. What the clock
 * ended would tell one machine more than another. */
static bool attack_in_time(const struct universe *universe,
                           struct audit_input *input, const bool *asked,
                           enum audit_verdict *verdicts, struct err *err)
{
    double late = audit_clock() + AUDIT_SECONDS;
    if (!audit_run(input, verdicts, err)) {
        err->code = ERR_DISCLOSURE; /* nobody's input, but this release */
        return false;
    }
    pass_over_atoms(universe, input, verdicts);
    for (size_t c = 0; c < input->cells; c++) {
        if (!asked[c])
            verdicts[c] = AUDIT_PUBLIC;
    }
    return audit_solve(input, verdicts, NULL, err) &&
           (audit_clock() < late ||
            err_fail(err, ERR_DISCLOSURE, "sdc.limit",
                     "the time for the attack ended before it was done"));
}

/* Idle where no rate is a band. */
static bool run(const struct attack *attack, bool *exposed, struct err *err)
{
    size_t cells = clearance_cells(attack->clearance);
    struct arena *scratch = arena_new();
    enum audit_verdict *verdicts =
        arena_array(scratch, cells, sizeof *verdicts);
    struct audit_input input = make_input(attack, scratch);
    bool idle = attack->count > 0 && input.band_count == 0;
    bool ok = idle || attack_in_time(attack->clearance->universe, &input,
                                     exposed, verdicts, err);
    for (size_t c = 0; c < cells; c++)
        exposed[c] =
            ok && !idle &&
            (input.guards[c] == AUDIT_BOUNDED ? verdicts[c] == AUDIT_EXPOSED
                                              : !audit_settled(verdicts[c]));
    arena_wipe(scratch);
    return ok || err_wrap(err, "rates beside cells");
}

bool clearance_attack(const struct clearance *clearance, enum sdc_manner manner,
                      const struct sdc_rate *rates, size_t count, bool *exposed,
                      struct err *err)
{
    const struct attack attack = {clearance, manner, rates, count};
    return run(&attack, exposed, err);
}
