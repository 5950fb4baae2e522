/* SPDX-License-Identifier: EUPL-1.2 */
/* The closure: cells that no table shows but that follow from what overlaps,
 * and the additive relations. */
#include <stdlib.h>

#include "base/num.h"
#include "sdc/bridge.h"
#include "sdc/cross.h"
#include "sdc/shape.h"

enum {
    ROUND_LIMIT = 60,
};

/* A cell seen along one dimension. */
struct on_line {
    uint64_t line; /* key with the part of the dimension cleared */
    uint32_t part;
    uint32_t cell;
};

struct closure {
    struct universe *universe;
    struct shape_book *book;
    sdc_count *count;
    void *context;
    enum pass {
        PASS_COMPLETE, /* missing cells are added */
        PASS_TELL,     /* cells that follow from others are marked */
        PASS_EMIT,     /* relations are written, no cell is missing */
    } pass;
    size_t given; /* cells before: of tables, of rates, of the past */
    bool told_more;
    bool *told; /* [cells] is given, or a subtraction of what is told */
    uint32_t *members;
    size_t member_count, member_capacity;
    size_t *starts;
    size_t relation_count, start_capacity;
};

static int by_line(const void *a, const void *b)
{
    const struct on_line *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return (x->part > y->part) - (x->part < y->part);
}

/* --- counts of hidden cells ----------------------------------------------- */

/* The codes' key of one combination of leaves of a cell's remainders;
 * `choice` counts through them, the last dimension fastest. */
static void key_of_leaves(const struct universe *universe, uint64_t key,
                          size_t choice, struct sdc_cell_key *out)
{
    out->measure = universe->measures[universe_measure(key)];
    for (int d = DIM_COUNT - 1; d >= 0; d--) {
        size_t number = universe_part(key, (enum dim)d);
        if (number < universe->axes[d].named) {
            out->node[d] = (int)number;
            continue;
        }
        const struct part *part = &universe->axes[d].parts[number];
        uint16_t leaf = part->leaves[choice % part->leaf_count];
        out->node[d] = universe->codes->dims[d].leaf_node[leaf];
        choice /= part->leaf_count;
    }
}

static size_t leaf_choices(const struct universe *universe, uint64_t key)
{
    size_t choices = 1;
    for (int d = 0; d < DIM_COUNT; d++) {
        size_t number = universe_part(key, (enum dim)d);
        if (number >= universe->axes[d].named)
            choices *= universe->axes[d].parts[number].leaf_count;
    }
    return choices;
}

bool universe_ask(const struct universe *universe, sdc_count *count,
                  void *context, uint64_t key, int64_t known, int64_t *out,
                  bool *structural, struct err *err)
{
    *structural = false;
    *out = known;
    if (known > 0)
        return true;
    if (count == NULL)
        return err_fail(err, ERR_DISCLOSURE, "sdc.count",
                        "a hidden cell has no source of counts");
    size_t choices = leaf_choices(universe, key);
    int64_t sum = 0;
    *structural = true;
    for (size_t c = 0; c < choices; c++) {
        struct sdc_cell_key leaf_key;
        int64_t part = 0;
        bool zero = false;
        key_of_leaves(universe, key, c, &leaf_key);
        if (!count(context, &leaf_key, &part, &zero, err))
            return false;
        *structural = *structural && zero;
        if (part < 0 || !num_add(sum, part, &sum))
            return err_fail(err, ERR_DISCLOSURE, "sdc.count",
                            "a hidden cell has an impossible count");
        if (known == 0 && !*structural)
            return true;
    }
    *out = sum;
    return true;
}

static bool is_zero_for_all(const struct universe *universe, size_t cell)
{
    return universe->counts[cell] == 0 &&
           (universe->flags[cell] &
            (CELL_HIDDEN | CELL_FORCED | CELL_KEPT | CELL_CHANGED)) == 0;
}

bool universe_add_hidden(struct universe *universe, sdc_count *source,
                         void *context, uint64_t key, size_t total,
                         int64_t known, struct err *err)
{
    int64_t count = 0;
    /* Parts of a published or structural zero are zeros for everybody. */
    bool structural = total != SDC_NO_CELL &&
                      (is_zero_for_all(universe, total) ||
                       (universe->flags[total] & CELL_STRUCTURAL) != 0);
    size_t cell;
    if (!structural && !universe_ask(universe, source, context, key, known,
                                     &count, &structural, err))
        return false;
    unsigned flags =
        structural && count == 0 ? CELL_HIDDEN | CELL_STRUCTURAL : CELL_HIDDEN;
    return universe_insert(universe, key, count, SDC_UNLIMITED, flags, &cell,
                           err);
}

/* --- one equation on one line --------------------------------------------- */

/* Parts of the equation that are no cells yet; *known is what they add up to,
 * for the case that there is only one. */
static size_t missing_parts(const struct universe *universe, uint64_t line,
                            enum dim dim, const struct equation *equation,
                            size_t total, int64_t *known)
{
    size_t missing = 0;
    *known = universe->counts[total];
    for (size_t p = 0; p < equation->count; p++) {
        size_t cell = universe_lookup(
            universe, universe_with(line, dim, equation->parts[p]));
        if (cell == SDC_NO_CELL)
            missing++;
        else if (__builtin_sub_overflow(*known, universe->counts[cell], known))
            *known = -1;
    }
    if (universe->outside)
        *known = -1;
    return missing;
}

static bool fail_relation(const struct universe *universe, size_t total,
                          enum dim dim, struct err *err)
{
    return err_fail(err, ERR_DISCLOSURE, "sdc.relation",
                    "%s: is not the sum of its parts along '%s'; does their "
                    "coverage differ?",
                    universe_name(universe->arena, universe, total),
                    dim_name(dim));
}

static bool complete(struct closure *closure, uint64_t line, enum dim dim,
                     const struct equation *equation, struct err *err)
{
    struct universe *universe = closure->universe;
    size_t total =
        universe_lookup(universe, universe_with(line, dim, equation->total));
    assert(total != SDC_NO_CELL); /* an atom is nobody's sum */
    int64_t known;
    size_t missing =
        missing_parts(universe, line, dim, equation, total, &known);
    if (missing == 1 && known < 0 && !universe->outside)
        return fail_relation(universe, total, dim, err);
    for (size_t p = 0; missing > 0 && p < equation->count; p++) {
        uint64_t key = universe_with(line, dim, equation->parts[p]);
        if (universe_lookup(universe, key) == SDC_NO_CELL &&
            !universe_add_hidden(universe, closure->count, closure->context,
                                 key, total, missing == 1 ? known : -1, err))
            return false;
    }
    return true;
}

static void push_member(struct closure *closure, size_t cell)
{
    closure->members = arena_grow(
        closure->universe->arena, closure->members, closure->member_count,
        &closure->member_capacity, sizeof *closure->members);
    closure->members[closure->member_count++] = (uint32_t)cell;
}

static bool emit(struct closure *closure, uint64_t line, enum dim dim,
                 const struct equation *equation, struct err *err)
{
    struct universe *universe = closure->universe;
    size_t total =
        universe_lookup(universe, universe_with(line, dim, equation->total));
    assert(total != SDC_NO_CELL);
    int64_t sum = 0;
    push_member(closure, total);
    for (size_t p = 0; p < equation->count; p++) {
        size_t cell = universe_lookup(
            universe, universe_with(line, dim, equation->parts[p]));
        assert(cell != SDC_NO_CELL);
        push_member(closure, cell);
        if (!num_add(sum, universe->counts[cell], &sum) && !universe->outside)
            return fail_relation(universe, total, dim, err);
    }
    if (sum != universe->counts[total] && !universe->outside)
        return fail_relation(universe, total, dim, err);
    closure->starts = arena_grow(
        universe->arena, closure->starts, closure->relation_count + 1,
        &closure->start_capacity, sizeof *closure->starts);
    closure->starts[++closure->relation_count] = closure->member_count;
    return true;
}

/* What is alone in an equation with cells that are told is told. */
static void tell(struct closure *closure, uint64_t line, enum dim dim,
                 const struct equation *equation)
{
    const struct universe *universe = closure->universe;
    size_t open =
        universe_lookup(universe, universe_with(line, dim, equation->total));
    size_t count = !closure->told[open];
    for (size_t p = 0; p < equation->count; p++) {
        size_t cell = universe_lookup(
            universe, universe_with(line, dim, equation->parts[p]));
        if (closure->told[cell])
            continue;
        open = cell;
        count++;
    }
    if (count == 1)
        closure->told[open] = true;
    closure->told_more = closure->told_more || count == 1;
}

/* --- passes --------------------------------------------------------------- */

static bool visit_line(struct closure *closure, enum dim dim,
                       const struct on_line *at, size_t count, uint32_t *parts,
                       struct err *err)
{
    for (size_t i = 0; i < count; i++)
        parts[i] = at[i].part;
    const struct shape *shape;
    if (!shape_find(closure->book, dim, parts, count, &shape, err))
        return false;
    for (size_t e = 0; e < shape->equation_count; e++) {
        const struct equation *equation = &shape->equations[e];
        bool ok = true;
        if (closure->pass == PASS_TELL)
            tell(closure, at->line, dim, equation);
        else if (closure->pass == PASS_EMIT)
            ok = emit(closure, at->line, dim, equation, err);
        else
            ok = complete(closure, at->line, dim, equation, err);
        if (!ok)
            return false;
    }
    return true;
}

static struct on_line *sort_lines(const struct universe *universe,
                                  struct arena *scratch, enum dim dim)
{
    struct on_line *lines =
        arena_array(scratch, universe->count, sizeof *lines);
    for (size_t c = 0; c < universe->count; c++) {
        uint64_t key = universe->keys[c];
        lines[c] = (struct on_line){
            .line = universe_with(key, dim, 0),
            .part = (uint32_t)universe_part(key, dim),
            .cell = (uint32_t)c,
        };
    }
    qsort(lines, universe->count, sizeof *lines, by_line);
    return lines;
}

static bool visit_dimension(struct closure *closure, enum dim dim,
                            struct err *err)
{
    struct arena *scratch = arena_new();
    size_t count = closure->universe->count;
    const struct on_line *lines = sort_lines(closure->universe, scratch, dim);
    uint32_t *parts = arena_array(scratch, count, sizeof *parts);
    bool ok = true;
    for (size_t from = 0, to; ok && from < count; from = to) {
        for (to = from + 1; to < count && lines[to].line == lines[from].line;)
            to++;
        if (to - from > 1)
            ok = visit_line(closure, dim, &lines[from], to - from, parts, err);
    }
    arena_free(scratch);
    return ok;
}

static bool visit_all(struct closure *closure, struct err *err)
{
    for (int d = 0; d < DIM_COUNT; d++) {
        if (!visit_dimension(closure, (enum dim)d, err))
            return false;
    }
    return true;
}

/* Adds what follows from what overlaps, until nothing does. */
static bool complete_all(struct closure *closure, struct err *err)
{
    struct universe *universe = closure->universe;
    size_t before;
    int rounds = 0;
    do {
        before = universe->count;
        if (rounds++ == ROUND_LIMIT)
            return err_fail(err, ERR_DISCLOSURE, "sdc.universe",
                            "the overlaps of the release do not close");
        if (!universe_name_sexes(universe, closure->count, closure->context,
                                 err) ||
            !visit_all(closure, err))
            return false;
    } while (universe->count > before);
    return true;
}

/* Marks what is given and what follows by subtraction. */
static bool tell_all(struct closure *closure, struct arena *scratch,
                     struct err *err)
{
    const struct universe *universe = closure->universe;
    closure->told = arena_array(scratch, universe->count, sizeof(bool));
    for (size_t c = 0; c < universe->count; c++)
        closure->told[c] =
            c < closure->given || (universe->flags[c] & CELL_STRUCTURAL) != 0;
    bool ok;
    closure->pass = PASS_TELL;
    do {
        closure->told_more = false;
        ok = visit_all(closure, err);
    } while (ok && closure->told_more);
    closure->pass = PASS_COMPLETE;
    return ok;
}

/* What a subtraction gives is bridged like what a table shows, and then
 * completed. What the bridges give is not bridged again: from each of them
 * follow as many others, and most are of nothing that anybody reads. */
static bool bridge_all(struct closure *closure, struct arena *scratch,
                       struct err *err)
{
    return tell_all(closure, scratch, err) &&
           universe_bridge(closure->universe, closure->told, closure->count,
                           closure->context, err) &&
           complete_all(closure, err);
}

/* Leads cells down to the atoms of the crossing and completes the lines on the
 * way. */
static bool cross_all(struct closure *closure, struct crossing *crossing,
                      struct err *err)
{
    const struct universe *universe = closure->universe;
    size_t before;
    do {
        before = universe->count;
        if (!cross_lead(crossing, closure->count, closure->context, err) ||
            !complete_all(closure, err))
            return false;
    } while (universe->count > before);
    return true;
}

/* Writes the relations, where no cell is missing any more. */
static bool emit_all(struct closure *closure, struct err *err)
{
    struct universe *universe = closure->universe;
    closure->pass = PASS_EMIT;
    closure->starts =
        arena_grow(universe->arena, NULL, 0, &closure->start_capacity,
                   sizeof *closure->starts);
    if (!visit_all(closure, err))
        return false;
    universe->relations = (struct relations){
        .members = closure->members,
        .starts = closure->starts,
        .count = closure->relation_count,
    };
    return true;
}

static struct closure closure_of(struct universe *universe, sdc_count *count,
                                 void *context)
{
    return (struct closure){
        .universe = universe,
        .book = shape_book_new(universe),
        .count = count,
        .context = context,
        .given = universe->count,
    };
}

bool universe_close(struct universe *universe, sdc_count *count, void *context,
                    struct err *err)
{
    struct closure closure = closure_of(universe, count, context);
    struct arena *scratch = arena_new();
    bool ok = complete_all(&closure, err) && bridge_all(&closure, scratch, err);
    arena_wipe(scratch);
    universe->closed = universe->count;
    return ok && emit_all(&closure, err);
}

bool universe_cross(struct universe *universe, sdc_count *count, void *context,
                    struct err *err)
{
    struct closure closure = closure_of(universe, count, context);
    struct arena *scratch = arena_new();
    struct crossing *crossing;
    bool ok = cross_new(scratch, universe, &crossing, err) &&
              (crossing == NULL || cross_all(&closure, crossing, err)) &&
              (universe->count == closure.given || emit_all(&closure, err));
    arena_wipe(scratch);
    return ok;
}
