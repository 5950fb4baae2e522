/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/thin.h"

#include <math.h>

#include "sdc/field_audit.h"
#include "sdc/offer.h"

enum {
    THIN_OPEN = 700, /* cells: of more, programs would not come to all */
};
/* What programs may take, in squares of open cells: each attack by them takes a
 * tenth of a second for a thousand. */
#define THIN_WORK 1e8

struct thinning {
    struct pattern *pattern;
    enum audit_verdict *verdicts; /* [cells] of the present attempt */
    const bool *excused; /* [cells] safe by bounds that no witness tells */
    bool *needed;        /* [cells] for a primary's sake: whatever is shown */
    uint32_t *shown;     /* in this attempt */
    size_t shown_count;
    uint32_t *dropped; /* witnesses */
    size_t dropped_count, dropped_capacity;
    double attack;    /* what one by programs takes at most ... */
    double work_left; /* ... of this */
    struct arena *arena;
};

/* --- one attempt ---------------------------------------------------------- */

static void begin(struct thinning *thinning)
{
    thinning->shown_count = thinning->dropped_count = 0;
}

static void drop(struct thinning *thinning, uint32_t witness)
{
    pattern_drop(thinning->pattern, witness);
    thinning->dropped =
        arena_grow(thinning->arena, thinning->dropped, thinning->dropped_count,
                   &thinning->dropped_capacity, sizeof *thinning->dropped);
    thinning->dropped[thinning->dropped_count++] = witness;
}

static void show(struct thinning *thinning, uint32_t cell)
{
    struct pattern *pattern = thinning->pattern;
    for (uint32_t e = pattern->first[cell]; e != PATTERN_END;
         e = pattern_next(pattern, e)) {
        uint32_t witness = pattern_witness(pattern, e);
        if (!pattern->spans[witness].dropped)
            drop(thinning, witness);
    }
    pattern_show_idle(pattern, cell);
    thinning->shown[thinning->shown_count++] = cell;
}

/* What was found on the way stays: tables that show a cell more are tables. */
static void undo(struct thinning *thinning)
{
    while (thinning->dropped_count > 0)
        pattern_restore(thinning->pattern,
                        thinning->dropped[--thinning->dropped_count]);
}

static void show_all_idle(struct pattern *pattern)
{
    for (size_t c = 0; c < pattern->field->cells; c++)
        pattern_show_idle(pattern, (uint32_t)c);
}

/* --- the attack ----------------------------------------------------------- */

static bool is_late(struct pattern *pattern)
{
    pattern->late = pattern->late || (pattern->deadline > 0 &&
                                      audit_clock() > pattern->deadline);
    return pattern->late;
}

enum outcome {
    PROVED,
    LOST,      /* a primary is exposed, or not settled */
    UNSETTLED, /* secondaries are */
};

static enum outcome judge(const struct thinning *thinning)
{
    const struct field *field = thinning->pattern->field;
    enum outcome outcome = PROVED;
    for (size_t c = 0; c < field->cells; c++) {
        if (audit_settled(thinning->verdicts[c]) || thinning->excused[c])
            continue;
        if (field->states[c] != FIELD_SECONDARY)
            return LOST;
        outcome = UNSETTLED;
    }
    return outcome;
}

static bool exposes(const struct thinning *thinning)
{
    const struct field *field = thinning->pattern->field;
    bool exposed = false;
    for (size_t c = 0; !exposed && c < field->cells; c++)
        exposed = field->states[c] == FIELD_PRIMARY &&
                  thinning->verdicts[c] == AUDIT_EXPOSED;
    return exposed;
}

/* Bounds tell at once of most cells that they cannot be shown. */
static bool propagate(struct thinning *thinning, struct arena *scratch,
                      struct err *err)
{
    struct witnesses none = {0};
    struct audit_input input =
        field_audit(scratch, thinning->pattern->field, &none);
    return audit_run(&input, thinning->verdicts, err);
}

static bool run(struct thinning *thinning, struct arena *scratch,
                struct audit_input *input, struct err *err)
{
    struct witnesses witnesses = {0};
    pattern_witnesses(thinning->pattern, scratch, &witnesses);
    *input = field_audit(scratch, thinning->pattern->field, &witnesses);
    return audit_run(input, thinning->verdicts, err);
}

/* By programs. What they find must do as witnesses, too, since the certificate
 * has no more. */
static bool solve(struct thinning *thinning, struct arena *scratch,
                  struct audit_input *input, enum outcome *outcome,
                  struct err *err)
{
    struct pattern *pattern = thinning->pattern;
    struct audit_found found = {.arena = scratch};
    input->hasty = true;
    input->seconds =
        pattern->deadline > 0 ? pattern->deadline - audit_clock() : HUGE_VAL;
    bool ok = audit_solve(input, thinning->verdicts, &found, err);
    pattern_record_all(pattern, &found.witnesses);
    *outcome = judge(thinning);
    /* What is lost for want of time must not look like a decision. */
    if (!ok || is_late(pattern) || *outcome != PROVED)
        return ok;
    ok = run(thinning, scratch, input, err);
    *outcome = judge(thinning);
    return ok;
}

/* By witnesses and propagation, then by programs. */
static bool attack(struct thinning *thinning, struct arena *scratch,
                   enum outcome *outcome, struct err *err)
{
    struct audit_input input;
    bool ok = propagate(thinning, scratch, err);
    *outcome = LOST;
    if (!ok || exposes(thinning))
        return ok;
    ok = run(thinning, scratch, &input, err);
    *outcome = judge(thinning);
    if (!ok || *outcome == PROVED || is_late(thinning->pattern))
        return ok;
    *outcome = LOST;
    thinning->work_left -= thinning->attack;
    return thinning->work_left < 0 ||
           solve(thinning, scratch, &input, outcome, err);
}

/* Secondaries that another one gives away may be shown as well. */
static void show_unsettled(struct thinning *thinning)
{
    const struct field *field = thinning->pattern->field;
    for (size_t c = 0; c < field->cells; c++) {
        if (field->states[c] == FIELD_SECONDARY && !thinning->excused[c] &&
            !audit_settled(thinning->verdicts[c]))
            show(thinning, (uint32_t)c);
    }
}

/* *better: the cell stays shown. */
static bool attempt(struct thinning *thinning, uint32_t cell, bool *better,
                    struct err *err)
{
    struct pattern *pattern = thinning->pattern;
    enum outcome outcome = UNSETTLED;
    bool ok = true;
    begin(thinning);
    show(thinning, cell);
    while (ok && outcome == UNSETTLED && !pattern->late) {
        struct arena *scratch = arena_new();
        ok = attack(thinning, scratch, &outcome, err);
        arena_wipe(scratch);
        if (ok && outcome == UNSETTLED)
            show_unsettled(thinning);
    }
    *better = ok && outcome == PROVED && !is_late(pattern);
    thinning->needed[cell] = outcome == LOST && thinning->shown_count == 1;
    if (!*better)
        undo(thinning);
    else
        show_all_idle(pattern);
    return ok;
}

/* --- all of them ---------------------------------------------------------- */

static struct offer *list_offers(struct arena *arena, const struct field *field,
                                 size_t *count)
{
    struct offer *offers = arena_array(arena, field->cells, sizeof *offers);
    *count = 0;
    for (size_t c = 0; c < field->cells; c++) {
        if (field->states[c] == FIELD_SECONDARY)
            offers[(*count)++] = (struct offer){(uint32_t)c, field->prices[c]};
    }
    offers_sort(offers, *count);
    return offers;
}

/* A secondary that had to stay for another one's sake may go when that is shown
 * for a third's: once more, then, until nothing changes. */
static bool show_all(struct thinning *thinning, struct err *err)
{
    const struct pattern *pattern = thinning->pattern;
    const struct field *field = pattern->field;
    bool gained = true, ok = true;
    while (ok && gained && !pattern->late) {
        struct arena *scratch = arena_new();
        size_t count;
        const struct offer *offers = list_offers(scratch, field, &count);
        gained = false;
        for (size_t i = 0; ok && i < count && !pattern->late; i++) {
            bool better = false;
            if (field->states[offers[i].cell] == FIELD_SECONDARY &&
                !thinning->needed[offers[i].cell])
                ok = attempt(thinning, offers[i].cell, &better, err);
            gained = gained || better;
        }
        arena_wipe(scratch);
    }
    return ok;
}

/* Bounds that keep a cell from 1..T-1 only become narrower when more is shown:
 * what they settled stays settled. */
static bool take_verdicts(struct thinning *thinning,
                          enum audit_verdict *verdicts, struct err *err)
{
    const struct field *field = thinning->pattern->field;
    struct audit_input input;
    bool ok = run(thinning, thinning->arena, &input, err);
    for (size_t c = 0; ok && c < field->cells; c++) {
        if (!thinning->excused[c] || !field_open(field, c))
            verdicts[c] = thinning->verdicts[c];
    }
    return ok;
}

static bool *find_excused(struct thinning *thinning,
                          const enum audit_verdict *verdicts)
{
    size_t cells = thinning->pattern->field->cells;
    bool *excused = arena_array(thinning->arena, cells, sizeof *excused);
    for (size_t c = 0; c < cells; c++)
        excused[c] =
            !audit_settled(thinning->verdicts[c]) && audit_settled(verdicts[c]);
    return excused;
}

static size_t count_open(const struct field *field)
{
    size_t open = 0;
    for (size_t c = 0; c < field->cells; c++)
        open += field_open(field, c);
    return open;
}

static bool thin(struct pattern *pattern, struct arena *arena,
                 enum audit_verdict *verdicts, struct err *err)
{
    double open = (double)count_open(pattern->field);
    size_t cells = pattern->field->cells;
    struct audit_input input;
    struct thinning thinning = {
        .pattern = pattern,
        .verdicts = arena_array(arena, cells, sizeof *thinning.verdicts),
        .needed = arena_array(arena, cells, sizeof *thinning.needed),
        .shown = arena_array(arena, cells, sizeof *thinning.shown),
        .attack = open * open,
        .work_left = THIN_WORK,
        .arena = arena,
    };
    show_all_idle(pattern);
    bool ok = run(&thinning, arena, &input, err);
    thinning.excused = find_excused(&thinning, verdicts);
    return ok && show_all(&thinning, err) &&
           take_verdicts(&thinning, verdicts, err);
}

bool thin_show(struct pattern *pattern, enum audit_verdict *verdicts,
               struct err *err)
{
    if (count_open(pattern->field) > THIN_OPEN)
        return true;
    struct arena *arena = arena_new();
    pattern_wake(pattern);
    bool ok = thin(pattern, arena, verdicts, err);
    pattern_rest(pattern);
    arena_wipe(arena);
    return ok;
}
