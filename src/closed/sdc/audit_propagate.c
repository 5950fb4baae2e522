/* SPDX-License-Identifier: EUPL-1.2 */
/* Interval propagation: what an attacker learns from one row at a time,
 * again and again. Bounds are valid whenever the loop stops. */
#include <float.h>
#include <math.h>

#include "sdc/audit_impl.h"

#define EXACT 0x1p53 /* beyond it a double does not hold every count */

enum {
    VISITS_PER_ROW = 60, /* bounds can creep by one; stopping early is safe */
};

struct attack {
    const struct audit_input *input;
    struct audit_rows rows;
    int64_t *low;
    int64_t *high;
    uint32_t *queue; /* ring of rows to look at */
    bool *queued;
    size_t first, waiting, row_count;
    bool absurd; /* no table agrees */
};

static void push_row(struct attack *attack, uint32_t row)
{
    if (attack->queued[row])
        return;
    attack->queued[row] = true;
    attack->queue[(attack->first + attack->waiting++) % attack->row_count] =
        row;
}

static uint32_t pop_row(struct attack *attack)
{
    uint32_t row = attack->queue[attack->first];
    attack->first = (attack->first + 1) % attack->row_count;
    attack->waiting--;
    attack->queued[row] = false;
    return row;
}

static void push_rows_of(struct attack *attack, uint32_t cell)
{
    for (size_t k = attack->rows.starts[cell];
         k < attack->rows.starts[cell + 1]; k++)
        push_row(attack, attack->rows.rows[k]);
}

static void raise_low(struct attack *attack, uint32_t cell, int64_t low)
{
    if (low > attack->low[cell]) {
        attack->low[cell] = low;
        attack->absurd = attack->absurd || low > attack->high[cell];
        push_rows_of(attack, cell);
    }
}

static void lower_high(struct attack *attack, uint32_t cell, int64_t high)
{
    if (high < attack->high[cell]) {
        attack->high[cell] = high;
        attack->absurd = attack->absurd || high < attack->low[cell];
        push_rows_of(attack, cell);
    }
}

/* --- relations --- */

/* Sums of the parts' bounds; infinite upper bounds are counted apart. */
struct sums {
    int64_t low, high;
    size_t unlimited;
    bool absurd; /* the lower bounds alone are beyond any count */
};

static struct sums sum_parts(const struct attack *attack,
                             const struct audit_row *row)
{
    struct sums sums = {0};
    for (size_t i = 1; i < row->count; i++) {
        uint32_t part = row->cells[i];
        sums.absurd =
            sums.absurd ||
            __builtin_add_overflow(sums.low, attack->low[part], &sums.low);
        int64_t high = attack->high[part];
        if (high == AUDIT_UNLIMITED || sums.high > AUDIT_UNLIMITED - high)
            sums.unlimited++;
        else
            sums.high += high;
    }
    return sums;
}

static void visit_relation(struct attack *attack, const struct audit_row *row)
{
    uint32_t total = row->cells[0];
    struct sums sums = sum_parts(attack, row);
    if (sums.absurd)
        return;
    raise_low(attack, total, sums.low);
    if (sums.unlimited == 0)
        lower_high(attack, total, sums.high);
    for (size_t i = 1; i < row->count; i++) {
        uint32_t part = row->cells[i];
        int64_t low = attack->low[part], high = attack->high[part];
        bool endless = high == AUDIT_UNLIMITED;
        if (attack->high[total] != AUDIT_UNLIMITED)
            lower_high(attack, part, attack->high[total] - (sums.low - low));
        if (sums.unlimited == 0)
            raise_low(attack, part, attack->low[total] - (sums.high - high));
        else if (sums.unlimited == 1 && endless)
            raise_low(attack, part, attack->low[total] - sums.high);
    }
}

/* --- bands --- */

/* One side of a band's terms: the sum of what is finite, how many are not. */
struct side {
    double sum, size;
    size_t endless;
};

/* The least (sign 1) that a term can be, or minus the most (sign -1). */
static double least_term(const struct attack *attack,
                         const struct audit_row *row, size_t i, int sign)
{
    uint32_t cell = row->cells[i];
    double weight = sign * row->weights[i];
    if (weight > 0)
        return weight * (double)attack->low[cell];
    if (attack->high[cell] == AUDIT_UNLIMITED)
        return -HUGE_VAL;
    return weight * (double)attack->high[cell];
}

static struct side add_terms(const struct attack *attack,
                             const struct audit_row *row, int sign)
{
    struct side side = {0};
    for (size_t i = 0; i < row->count; i++) {
        double term = least_term(attack, row, i, sign);
        if (isfinite(term)) {
            side.sum += term;
            side.size += fabs(term);
        } else {
            side.endless++;
        }
    }
    return side;
}

/* The cell of weight * count <= room, rounded outwards. */
static void take_room(struct attack *attack, uint32_t cell, double weight,
                      double room)
{
    double bound = room / weight;
    double outward = 4 * DBL_EPSILON * fabs(bound);
    if (!(fabs(bound) < EXACT))
        return;
    if (weight > 0)
        lower_high(attack, cell, (int64_t)floor(bound + outward));
    else
        raise_low(attack, cell, (int64_t)ceil(bound - outward));
}

/* sign * sum <= limit, one cell at a time. The error bound is the one of
 * audit_band.c with room for the two subtractions here. */
static void push_side(struct attack *attack, const struct audit_row *row,
                      double limit, int sign)
{
    struct side side = add_terms(attack, row, sign);
    double doubt = 2 * ((double)row->count + 4) * (DBL_EPSILON / 2) *
                   (side.size + fabs(limit));
    if (!isfinite(limit))
        return;
    for (size_t i = 0; i < row->count; i++) {
        double own = least_term(attack, row, i, sign);
        bool endless = !isfinite(own);
        if (side.endless > (endless ? 1 : 0))
            continue;
        double rest = side.sum - (endless ? 0 : own);
        take_room(attack, row->cells[i], sign * row->weights[i],
                  limit - rest + doubt);
    }
}

static void visit(struct attack *attack, uint32_t number)
{
    const struct audit_input *input = attack->input;
    struct audit_row row = audit_row_at(input, number);
    if (number < input->relations) {
        visit_relation(attack, &row);
        return;
    }
    const struct audit_band *band = &input->bands[number - input->relations];
    push_side(attack, &row, band->high, 1);
    push_side(attack, &row, -band->low, -1);
}

static struct attack start(struct arena *arena, const struct audit_input *input)
{
    size_t rows = input->relations + input->band_count;
    struct attack attack = {
        .input = input,
        .rows = audit_index(arena, input),
        .low = arena_array(arena, input->cells, sizeof *attack.low),
        .high = arena_array(arena, input->cells, sizeof *attack.high),
        .row_count = rows,
        .queue = arena_array(arena, rows, sizeof *attack.queue),
        .queued = arena_array(arena, rows, sizeof *attack.queued),
    };
    for (size_t c = 0; c < input->cells; c++) {
        bool shown = input->guards[c] == AUDIT_SHOWN;
        attack.low[c] = shown ? input->counts[c] : input->lower[c];
        attack.high[c] = shown ? input->counts[c] : input->upper[c];
        attack.absurd = attack.absurd || attack.low[c] < 0 ||
                        attack.low[c] > attack.high[c];
    }
    for (size_t r = 0; r < rows; r++)
        push_row(&attack, (uint32_t)r);
    return attack;
}

bool audit_propagate(struct arena *arena, const struct audit_input *input,
                     struct audit_bounds *out)
{
    struct attack attack = start(arena, input);
    size_t visits = attack.row_count * VISITS_PER_ROW;
    while (!attack.absurd && attack.waiting > 0 && visits-- > 0)
        visit(&attack, pop_row(&attack));
    *out = (struct audit_bounds){attack.low, attack.high};
    return !attack.absurd;
}
