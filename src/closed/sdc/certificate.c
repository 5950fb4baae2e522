/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/certificate.h"

#include <inttypes.h>
#include <stdlib.h>

#include "sdc/person.h"

static const char *const guard_names[] = {
    [AUDIT_SHOWN] = "shown",     [AUDIT_GUARDED] = "guarded",
    [AUDIT_PRIMARY] = "primary", [AUDIT_FORCED] = "forced",
    [AUDIT_WHOLE] = "whole",
};

/* --- writing ------------------------------------------------------------- */

static void write_cell(struct sink *sink, const struct audit_input *input,
                       size_t cell)
{
    sink_format(sink, "cell %zu %s %" PRId64 " %" PRId64 " ", cell,
                guard_names[input->guards[cell]], input->counts[cell],
                input->lower[cell]);
    if (input->upper[cell] == AUDIT_UNLIMITED)
        sink_text(sink, "-");
    else
        sink_format(sink, "%" PRId64, input->upper[cell]);
    sink_format(sink, " %" PRId64, audit_threshold(input, cell));
    if (input->counts[cell] == 1 && input->persons != NULL)
        sink_format(sink, " %" PRIu32 "\n", input->persons[cell]);
    else
        sink_text(sink, " -\n");
}

static void write_relations(struct sink *sink, const struct audit_input *input)
{
    for (size_t r = 0; r < input->relations; r++) {
        sink_text(sink, "relation");
        for (size_t i = input->starts[r]; i < input->starts[r + 1]; i++)
            sink_format(sink, " %" PRIu32, input->members[i]);
        sink_text(sink, "\n");
    }
}

struct step {
    uint32_t cell;
    int64_t delta;
};

static int by_cell(const void *a, const void *b)
{
    const struct step *x = a, *y = b;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static void write_witness(struct sink *sink, const struct witness *witness,
                          struct step *steps)
{
    for (size_t i = 0; i < witness->count; i++)
        steps[i] = (struct step){witness->cells[i], witness->deltas[i]};
    qsort(steps, witness->count, sizeof *steps, by_cell);
    uint32_t before = 0;
    sink_text(sink, "witness");
    for (size_t i = 0; i < witness->count; i++) {
        sink_format(sink, " %" PRIu32 " %" PRId64, steps[i].cell - before,
                    steps[i].delta);
        before = steps[i].cell;
    }
    sink_text(sink, "\n");
}

void certificate_add(struct sink *sink, const char *about,
                     const struct audit_input *input,
                     enum certificate_kind kind)
{
    struct arena *scratch = arena_new();
    struct step *steps = arena_array(scratch, input->cells, sizeof *steps);
    sink_text(sink, "panorama-certificate 1\n");
    if (about[0] != '\0')
        sink_format(sink, "about %s\n", about);
    sink_format(sink, "cells %zu\n", input->cells);
    for (size_t c = 0; c < input->cells; c++) {
        if (kind == CERTIFICATE_WHOLE || input->guards[c] != AUDIT_SHOWN)
            write_cell(sink, input, c);
    }
    if (kind == CERTIFICATE_WHOLE)
        write_relations(sink, input);
    for (size_t w = 0; w < input->witness_count; w++)
        write_witness(sink, &input->witnesses[w], steps);
    sink_format(sink, "end %zu\n", input->witness_count);
    arena_wipe(scratch);
}

bool certificate_write(const struct audit_input *input,
                       enum certificate_kind kind, const char *path,
                       struct err *err)
{
    struct arena *scratch = arena_new();
    struct sink *sink = sink_open_private(scratch, path);
    certificate_add(sink, "", input, kind);
    bool ok = sink_commit_whole(sink, err);
    arena_wipe(scratch);
    return ok;
}

/* --- laying it over what was published ------------------------------------ */

static bool fail_other(const char *problem, size_t cell, struct err *err)
{
    return err_fail(err, ERR_INPUT, "certificate.other",
                    "the certificate is not of this table: %s (cell %zu)",
                    problem, cell);
}

static uint32_t person_of(uint32_t *persons, uint32_t cell)
{
    while (persons[cell] != cell)
        cell = persons[cell] = persons[persons[cell]];
    return cell;
}

/* Whoever is alone in a total is alone in the one part that is not empty. */
static uint32_t *name_persons(struct arena *arena,
                              const struct audit_input *input)
{
    uint32_t *persons = arena_array(arena, input->cells, sizeof *persons);
    for (size_t c = 0; c < input->cells; c++)
        persons[c] = (uint32_t)c;
    for (size_t r = 0; r < input->relations; r++) {
        uint32_t total = input->members[input->starts[r]];
        for (size_t i = input->starts[r] + 1; i < input->starts[r + 1]; i++) {
            uint32_t part = input->members[i];
            if (input->counts[total] == 1 && input->counts[part] == 1)
                persons[person_of(persons, part)] = person_of(persons, total);
        }
    }
    for (size_t c = 0; c < input->cells; c++)
        (void)person_of(persons, (uint32_t)c);
    for (size_t c = 0; c < input->cells; c++)
        persons[c] = input->counts[c] == 1 ? person_of(persons, (uint32_t)c)
                                           : persons[c];
    return persons;
}

static bool check_cell(const struct audit_input *certificate,
                       const struct audit_input *public, size_t cell,
                       struct err *err)
{
    bool open = certificate->guards[cell] != AUDIT_SHOWN;
    if (open != (public->guards[cell] != AUDIT_SHOWN))
        return fail_other("another cell is suppressed", cell, err);
    if (open && (certificate->lower[cell] < public->lower[cell] ||
                 certificate->upper[cell] > public->upper[cell]))
        return fail_other("the attacker knows more than it allows for", cell,
                          err);
    if (open && audit_threshold(certificate, cell) < public->threshold)
        return fail_other("the threshold is lower", cell, err);
    return true;
}

/* Counts say what is primary, whatever the file calls it. */
static enum audit_guard as_primary(enum audit_guard guard)
{
    if (guard == AUDIT_WHOLE)
        return AUDIT_FORCED;
    return guard == AUDIT_GUARDED ? AUDIT_PRIMARY : guard;
}

bool certificate_lay(struct arena *closed, struct audit_input *certificate,
                     const struct audit_input *public, struct err *err)
{
    if (certificate->cells != public->cells)
        return fail_other("it has another number of cells", certificate->cells,
                          err);
    int64_t *counts = arena_array(closed, public->cells, sizeof *counts);
    enum audit_guard *guards =
        arena_array(closed, public->cells, sizeof *guards);
    for (size_t c = 0; c < public->cells; c++) {
        if (!check_cell(certificate, public, c, err))
            return false;
        bool open = public->guards[c] != AUDIT_SHOWN;
        counts[c] = open ? certificate->counts[c] : public->counts[c];
        guards[c] = certificate->guards[c];
        if (open && counts[c] >= 1 && counts[c] < public->threshold)
            guards[c] = as_primary(guards[c]);
    }
    certificate->counts = counts;
    certificate->guards = guards;
    certificate->members = public->members;
    certificate->starts = public->starts;
    certificate->relations = public->relations;
    certificate->persons = name_persons(closed, certificate);
    return true;
}
