/* SPDX-License-Identifier: EUPL-1.2 */
/* Interval propagation: what an attacker learns from one relation at a time,
 * again and again. Bounds are valid whenever the loop stops. */
#include "sdc/audit_impl.h"

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
    size_t first, waiting;
};

static void push_row(struct attack *attack, uint32_t row)
{
    size_t rows = attack->input->relations;
    if (attack->queued[row])
        return;
    attack->queued[row] = true;
    attack->queue[(attack->first + attack->waiting++) % rows] = row;
}

static uint32_t pop_row(struct attack *attack)
{
    uint32_t row = attack->queue[attack->first];
    attack->first = (attack->first + 1) % attack->input->relations;
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
        push_rows_of(attack, cell);
    }
}

static void lower_high(struct attack *attack, uint32_t cell, int64_t high)
{
    if (high < attack->high[cell]) {
        attack->high[cell] = high;
        push_rows_of(attack, cell);
    }
}

/* Sums of the parts' bounds. Lower bounds never exceed the true counts, whose
 * sum is a count; infinite upper bounds are counted apart. */
struct sums {
    int64_t low, high;
    size_t unlimited;
};

static struct sums sum_parts(const struct attack *attack, uint32_t row)
{
    const struct audit_input *input = attack->input;
    struct sums sums = {0};
    for (size_t i = input->starts[row] + 1; i < input->starts[row + 1]; i++) {
        uint32_t part = input->members[i];
        sums.low += attack->low[part];
        if (attack->high[part] == AUDIT_UNLIMITED ||
            __builtin_add_overflow(sums.high, attack->high[part], &sums.high))
            sums.unlimited++;
    }
    return sums;
}

static void visit(struct attack *attack, uint32_t row)
{
    const struct audit_input *input = attack->input;
    uint32_t total = input->members[input->starts[row]];
    struct sums sums = sum_parts(attack, row);
    raise_low(attack, total, sums.low);
    if (sums.unlimited == 0)
        lower_high(attack, total, sums.high);
    for (size_t i = input->starts[row] + 1; i < input->starts[row + 1]; i++) {
        uint32_t part = input->members[i];
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

static struct attack start(struct arena *arena, const struct audit_input *input)
{
    struct attack attack = {
        .input = input,
        .rows = audit_index(arena, input),
        .low = arena_array(arena, input->cells, sizeof *attack.low),
        .high = arena_array(arena, input->cells, sizeof *attack.high),
        .queue = arena_array(arena, input->relations, sizeof *attack.queue),
        .queued = arena_array(arena, input->relations, sizeof *attack.queued),
    };
    for (size_t c = 0; c < input->cells; c++) {
        bool shown = input->guards[c] == AUDIT_SHOWN;
        attack.low[c] = shown ? input->counts[c] : input->lower[c];
        attack.high[c] = shown ? input->counts[c] : input->upper[c];
    }
    for (size_t r = 0; r < input->relations; r++)
        push_row(&attack, (uint32_t)r);
    return attack;
}

bool audit_propagate(struct arena *arena, const struct audit_input *input,
                     struct audit_bounds *out, struct err *err)
{
    struct attack attack = start(arena, input);
    size_t visits = input->relations * VISITS_PER_ROW;
    while (attack.waiting > 0 && visits-- > 0)
        visit(&attack, pop_row(&attack));
    for (size_t c = 0; c < input->cells; c++) {
        if (attack.low[c] > input->counts[c] ||
            attack.high[c] < input->counts[c])
            return err_fail(err, ERR_DISCLOSURE, "sdc.audit",
                            "the attack contradicts the true table");
    }
    *out = (struct audit_bounds){attack.low, attack.high};
    return true;
}
