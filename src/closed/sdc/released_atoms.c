/* SPDX-License-Identifier: EUPL-1.2 */
/* What the cells of a release tell together because all are sums of the same
 * atoms.
 *
 * Lines, bridges and small crossings are cells of the universe, and relations
 * tie them. Where a crossing is too large for that, and its atoms are not too
 * many for one program, the attack gets them beside the cells: numbers that
 * nobody asks for, and that are never less than 0. Zonings that do not nest and
 * bands that overlap hold each other through them. */
#include <string.h>

#include "sdc/atoms.h"
#include "sdc/released_impl.h"

/* The atoms of a measure while they are found. */
struct finding {
    struct arena *scratch;
    struct released *released;
    size_t measure;
    struct atoms axes[DIM_COUNT];
    size_t tuples;
    bool *empty;      /* [tuples] everybody knows that nobody is in it */
    uint32_t *number; /* [tuples] of the atom; empty ones have none */
    size_t count;     /* of the atoms */
    size_t entries;   /* atoms of all cells */
};

/* --- which there are ------------------------------------------------------ */

static bool is_of(const struct finding *finding, size_t cell)
{
    const struct universe *universe = finding->released->universe;
    return universe_measure(universe->keys[cell]) == finding->measure;
}

static bool is_empty(const struct universe *universe, size_t cell)
{
    return !universe_is_open(universe, cell) && universe->counts[cell] == 0;
}

/* Something is attacked, and it is no changed count. */
static bool is_attacked(const struct finding *finding)
{
    const struct universe *universe = finding->released->universe;
    bool attacked = false;
    for (size_t c = 0; c < universe->count; c++)
        attacked =
            attacked || (is_of(finding, c) && universe_is_open(universe, c) &&
                         !released_is_changed(finding->released, c));
    return attacked;
}

static bool is_countable(const struct finding *finding)
{
    const struct universe *universe = finding->released->universe;
    bool countable = true;
    for (size_t c = 0; c < universe->count; c++)
        countable = countable &&
                    (!is_of(finding, c) || universe->counts[c] <= ATOMS_COUNT);
    return countable;
}

static struct atoms_walk walk_of(const struct finding *finding,
                                 struct arena *arena, size_t cell)
{
    return atoms_walk(arena, finding->released->universe, finding->axes, cell);
}

/* Those that a printed zero holds. */
static void find_empty(struct finding *finding)
{
    const struct universe *universe = finding->released->universe;
    size_t tuple;
    finding->empty =
        arena_array(finding->scratch, finding->tuples, sizeof *finding->empty);
    for (size_t c = 0; c < universe->count; c++) {
        if (!is_of(finding, c) || !is_empty(universe, c))
            continue;
        struct arena *scratch = arena_new();
        struct atoms_walk walk = walk_of(finding, scratch, c);
        while (atoms_walk_next(&walk, &tuple))
            finding->empty[tuple] = true;
        arena_wipe(scratch);
    }
}

static void number_atoms(struct finding *finding)
{
    finding->number =
        arena_array(finding->scratch, finding->tuples, sizeof *finding->number);
    finding->count = 0;
    for (size_t t = 0; t < finding->tuples; t++) {
        if (!finding->empty[t])
            finding->number[t] = (uint32_t)finding->count++;
    }
}

/* Of each cell that may have cases. */
static void count_entries(struct finding *finding)
{
    const struct universe *universe = finding->released->universe;
    size_t tuple;
    for (size_t c = 0; c < universe->count; c++) {
        if (!is_of(finding, c) || is_empty(universe, c))
            continue;
        struct arena *scratch = arena_new();
        struct atoms_walk walk = walk_of(finding, scratch, c);
        while (finding->entries <= ATOMS_ENTRIES &&
               atoms_walk_next(&walk, &tuple))
            finding->entries += !finding->empty[tuple];
        arena_wipe(scratch);
    }
}

/* False where they are too many for a program. */
static bool find(struct finding *finding)
{
    if (!is_countable(finding))
        return false;
    finding->tuples =
        atoms_cross(finding->scratch, finding->released->universe,
                    finding->measure, ATOMS_TUPLES, finding->axes);
    if (finding->tuples == 0)
        return false;
    find_empty(finding);
    number_atoms(finding);
    if (finding->count > ATOMS_PROGRAM)
        return false;
    count_entries(finding);
    return finding->entries <= ATOMS_ENTRIES;
}

/* Names them, and leaves out those whose site does not occur in their sex. *all
 * says that the universe has each as a cell: nothing is to be added. */
static bool name_atoms(struct finding *finding, bool *all, struct err *err)
{
    struct released *released = finding->released;
    struct universe *universe = released->universe;
    bool ok = true;
    for (int d = 0; ok && d < DIM_COUNT; d++)
        ok = atoms_name(finding->scratch, universe, (enum dim)d,
                        &finding->axes[d], err);
    *all = true;
    for (size_t t = 0; ok && t < finding->tuples; t++) {
        uint64_t key = atoms_key(finding->axes, finding->measure, t);
        int64_t count;
        if (finding->empty[t] || universe_lookup(universe, key) != SDC_NO_CELL)
            continue;
        *all = false;
        ok = universe_ask(universe, released_hidden, released, key, -1, &count,
                          &finding->empty[t], err);
    }
    number_atoms(finding);
    return ok;
}

/* --- relations ------------------------------------------------------------ */

static void add_relation(struct finding *finding, size_t cell)
{
    struct released_atoms *atoms = &finding->released->atoms;
    struct relations *sums = &atoms->sums;
    struct arena *scratch = arena_new();
    struct atoms_walk walk = walk_of(finding, scratch, cell);
    size_t size = sums->starts[sums->count], tuple;
    sums->members[size++] = (uint32_t)cell;
    while (atoms_walk_next(&walk, &tuple)) {
        if (!finding->empty[tuple])
            sums->members[size++] = (uint32_t)(atoms->first + atoms->count +
                                               finding->number[tuple]);
    }
    sums->starts[++sums->count] = size;
    arena_wipe(scratch);
}

static void add_relations(struct finding *finding)
{
    const struct universe *universe = finding->released->universe;
    struct released_atoms *atoms = &finding->released->atoms;
    struct relations *sums = &atoms->sums;
    size_t size = sums->starts[sums->count];
    struct relations more = {
        .members = arena_array(universe->arena,
                               size + universe->count + finding->entries,
                               sizeof *more.members),
        .starts =
            arena_array(universe->arena, sums->count + universe->count + 1,
                        sizeof *more.starts),
        .count = sums->count,
    };
    memcpy(more.members, sums->members, size * sizeof *more.members);
    memcpy(more.starts, sums->starts, (sums->count + 1) * sizeof *more.starts);
    *sums = more;
    for (size_t c = 0; c < universe->count; c++) {
        if (is_of(finding, c) && !is_empty(universe, c))
            add_relation(finding, c);
    }
    atoms->count += finding->count;
    atoms->with[finding->measure] = true;
}

static bool add_measure(struct finding *finding, struct err *err)
{
    struct released *released = finding->released;
    if (!is_attacked(finding))
        return true;
    if (!find(finding)) {
        released->atoms.many[finding->measure] = true;
        return true;
    }
    bool all;
    bool ok = name_atoms(finding, &all, err);
    if (ok && !all)
        add_relations(finding);
    return ok;
}

bool released_atoms_find(struct released *released, struct err *err)
{
    struct universe *universe = released->universe;
    bool ok = true;
    released->atoms = (struct released_atoms){
        .first = universe->count,
        .sums = {.members = arena_array(universe->arena, 1, sizeof(uint32_t)),
                 .starts = arena_array(universe->arena, 1, sizeof(size_t))},
    };
    for (size_t m = 0; ok && m < universe->measure_count; m++) {
        struct finding finding = {
            .scratch = arena_new(),
            .released = released,
            .measure = m,
        };
        ok = add_measure(&finding, err);
        arena_wipe(finding.scratch);
    }
    return ok;
}

/* --- the attack ----------------------------------------------------------- */

/* An input in the making: cells of the universe, then atoms. */
struct again {
    struct arena *arena;
    const struct released *released;
    const struct audit_input *first;
    struct audit_input input;
    enum audit_guard *guards;
    int64_t *thresholds;
};

static bool has_atoms(const struct again *again, size_t cell)
{
    const struct universe *universe = again->released->universe;
    return again->released->atoms.with[universe_measure(universe->keys[cell])];
}

/* A table tells of it, and it is safe as far as cells tell: bounds alone say so
 * of a table that was found for them. */
static bool is_asked(const struct again *again,
                     const enum audit_verdict *verdicts, size_t cell)
{
    bool safe =
        verdicts[cell] == AUDIT_SOLVED || verdicts[cell] == AUDIT_PROPAGATED;
    return cell < again->released->universe->published && safe &&
           has_atoms(again, cell);
}

static void *longer(const struct again *again, const void *array, size_t size)
{
    const struct released_atoms *atoms = &again->released->atoms;
    return arena_longer(again->arena, array, atoms->first, atoms->count, size);
}

/* Cells of other measures stand still; none is asked for without need. */
static void make_cells(struct again *again, const enum audit_verdict *verdicts)
{
    const struct released_atoms *atoms = &again->released->atoms;
    const struct audit_input *first = again->first;
    int64_t *upper = longer(again, first->upper, sizeof *upper);
    again->guards = longer(again, first->guards, sizeof *again->guards);
    again->thresholds =
        longer(again, first->thresholds, sizeof *again->thresholds);
    for (size_t c = 0; c < atoms->first; c++) {
        if (!has_atoms(again, c))
            again->guards[c] = AUDIT_SHOWN;
        if (!is_asked(again, verdicts, c))
            again->thresholds[c] = 0;
    }
    for (size_t c = atoms->first; c < atoms->first + atoms->count; c++) {
        again->guards[c] = AUDIT_GUARDED;
        upper[c] = AUDIT_UNLIMITED;
    }
    again->input.cells = atoms->first + atoms->count;
    again->input.counts = longer(again, first->counts, sizeof(int64_t));
    again->input.lower = longer(again, first->lower, sizeof(int64_t));
    again->input.upper = upper;
    again->input.guards = again->guards;
    again->input.thresholds = again->thresholds;
}

static void make_rows(struct again *again)
{
    const struct audit_input *first = again->first;
    const struct relations *sums = &again->released->atoms.sums;
    size_t rows = first->relations, all = rows ? first->starts[rows] : 0;
    size_t more = sums->starts[sums->count], size = 0, count = 0;
    size_t *starts =
        arena_array(again->arena, rows + sums->count + 1, sizeof *starts);
    uint32_t *members = arena_array(again->arena, all + more, sizeof *members);
    for (size_t r = 0; r < rows; r++) {
        if (!has_atoms(again, first->members[first->starts[r]]))
            continue;
        for (size_t i = first->starts[r]; i < first->starts[r + 1]; i++)
            members[size++] = first->members[i];
        starts[++count] = size;
    }
    memcpy(members + size, sums->members, more * sizeof *members);
    for (size_t r = 1; r <= sums->count; r++)
        starts[++count] = size + sums->starts[r];
    again->input.members = members;
    again->input.starts = starts;
    again->input.relations = count;
}

static void make_bands(struct again *again)
{
    const struct audit_input *first = again->first;
    struct audit_band *bands =
        arena_array(again->arena, first->band_count, sizeof *bands);
    again->input.band_count = 0;
    for (size_t b = 0; b < first->band_count; b++) {
        bool whole = true;
        for (size_t i = 0; i < first->bands[b].count; i++)
            whole = whole && has_atoms(again, first->bands[b].cells[i]);
        if (whole)
            bands[again->input.band_count++] = first->bands[b];
    }
    again->input.bands = bands;
}

static bool attack_again(struct again *again, enum audit_verdict *verdicts,
                         struct released_again *out, struct err *err)
{
    struct audit_effort effort;
    enum audit_verdict *found =
        arena_array(again->arena, again->input.cells, sizeof *found);
    if (!audit_public(&again->input, found, &effort, err))
        return false;
    for (size_t c = 0; c < again->released->universe->published; c++) {
        if (!is_asked(again, verdicts, c))
            continue;
        out->asked++;
        out->exposed += found[c] == AUDIT_EXPOSED;
        out->open += found[c] == AUDIT_OPEN;
        if (found[c] == AUDIT_EXPOSED || found[c] == AUDIT_OPEN)
            verdicts[c] = found[c];
    }
    return true;
}

bool released_attack_atoms(struct arena *arena, const struct released *released,
                           const struct audit_input *input,
                           enum audit_verdict *verdicts,
                           struct released_again *out, struct err *err)
{
    const struct universe *universe = released->universe;
    struct again again = {
        .arena = arena,
        .released = released,
        .first = input,
        .input = *input,
    };
    *out = (struct released_again){0};
    for (size_t c = 0; c < universe->count; c++)
        out->without +=
            verdicts[c] != AUDIT_PUBLIC &&
            released->atoms.many[universe_measure(universe->keys[c])];
    if (released->atoms.count == 0)
        return true;
    make_cells(&again, verdicts);
    make_rows(&again);
    make_bands(&again);
    return attack_again(&again, verdicts, out, err);
}
