/* SPDX-License-Identifier: EUPL-1.2 */
/* Rates beside the cells of a release: what both tell together. */
#include <math.h>
#include <string.h>

#include "sdc/clearance.h"

/* False when some age of the row is no cell, or all are public. */
static bool make_band(struct arena *arena, const struct universe *universe,
                      const struct sdc_rate *rate, struct audit_band *out)
{
    const struct dimension *ages = &universe->codes->dims[DIM_AGE];
    uint32_t *cells = arena_array(arena, ages->leaf_count, sizeof *cells);
    double *weights = arena_array(arena, ages->leaf_count, sizeof *weights);
    size_t count = 0;
    bool open = false;
    for (size_t l = 0; l < ages->leaf_count; l++) {
        if (!(fabs(rate->weights[l]) > 0.0))
            continue;
        size_t cell = universe_lookup(
            universe, universe_with(universe->keys[rate->cell], DIM_AGE,
                                    (size_t)ages->leaf_node[l]));
        if (cell == SDC_NO_CELL)
            return false;
        open = open || universe_is_open(universe, cell);
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
    bool heeded = make_band(scratch, clearance->universe, rate, &band);
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

char *clearance_cell_name(const struct clearance *clearance,
                          struct arena *arena, size_t cell)
{
    return universe_name(arena, clearance->universe, cell);
}

/* What the clock ended would tell one machine more than another. */
static bool attack_in_time(const struct audit_input *input,
                           enum audit_verdict *verdicts, struct err *err)
{
    struct audit_effort effort;
    double late = audit_clock() + AUDIT_SECONDS;
    if (!audit_public(input, verdicts, &effort, err)) {
        err->code = ERR_DISCLOSURE; /* nobody's input, but this release */
        return false;
    }
    return audit_clock() < late ||
           err_fail(err, ERR_DISCLOSURE, "sdc.limit",
                    "the time for the attack ended before it was done");
}

/* The attack on the cells alone, or on them and what of the rates is a band:
 * idle where nothing is. */
static bool attack_all(struct arena *scratch, const struct universe *universe,
                       struct audit_input *input, const struct sdc_rate *rates,
                       size_t count, bool *exposed, struct err *err)
{
    struct audit_band *bands = arena_array(scratch, count + 1, sizeof *bands);
    enum audit_guard *guards =
        arena_array(scratch, universe->count, sizeof *guards);
    enum audit_verdict *verdicts =
        arena_array(scratch, universe->count, sizeof *verdicts);
    for (size_t r = 0; r < count; r++)
        input->band_count +=
            make_band(scratch, universe, &rates[r], &bands[input->band_count]);
    for (size_t c = 0; c < universe->count; c++)
        guards[c] = universe_is_open(universe, c) ? AUDIT_GUARDED : AUDIT_SHOWN;
    input->guards = guards;
    input->bands = bands;
    bool idle = count > 0 && input->band_count == 0;
    bool ok = idle || attack_in_time(input, verdicts, err);
    for (size_t c = 0; c < universe->count; c++)
        exposed[c] = ok && !idle && !audit_settled(verdicts[c]);
    return ok || err_wrap(err, "rates beside cells");
}

bool clearance_attack(const struct clearance *clearance,
                      const struct sdc_rate *rates, size_t count, bool *exposed,
                      struct err *err)
{
    struct arena *scratch = arena_new();
    const struct witnesses none = {0};
    struct audit_input input =
        field_audit(scratch, clearance->pattern->field, &none);
    bool ok = attack_all(scratch, clearance->universe, &input, rates, count,
                         exposed, err);
    arena_wipe(scratch);
    return ok;
}

bool clearance_attack_one(const struct clearance *clearance,
                          const struct sdc_rate *rates, size_t count,
                          size_t cell, bool *exposed, struct err *err)
{
    const struct universe *universe = clearance->universe;
    struct arena *scratch = arena_new();
    const struct witnesses none = {0};
    struct audit_input input =
        field_audit(scratch, clearance->pattern->field, &none);
    int64_t *thresholds =
        arena_array(scratch, universe->count, sizeof *thresholds);
    bool *all = arena_array(scratch, universe->count, sizeof *all);
    for (size_t c = 0; c < universe->count; c++)
        thresholds[c] = c == cell ? universe->thresholds[c] : LEAST_THRESHOLD;
    input.thresholds = thresholds;
    bool ok = attack_all(scratch, universe, &input, rates, count, all, err);
    *exposed = all[cell];
    arena_wipe(scratch);
    return ok;
}
