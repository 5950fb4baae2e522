/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/ground.h - the attack on a pattern from all atoms of a measure at once.
 * CONFIDENTIAL.
 *
 * Lines and bridges join what somebody thought of. Arithmetic knows more: what
 * all tables of a measure tell is a sum over the atoms of its crossing, which
 * no table cuts and which are never less than 0. Where these are too many to be
 * cells (cross.h) and few enough for one linear program, each cell that lines
 * and bridges prove is proved again here, by whole tables of atoms that tell
 * the same; and what has none is mended by hiding what costs least. */
#ifndef SDC_GROUND_H
#define SDC_GROUND_H

#include "sdc/audit.h"
#include "sdc/pattern.h"
#include "sdc/universe.h"

struct ground;

/* Atoms that are no parts of the axes become so: the universe is kept. */
struct ground *ground_new(struct arena *arena, struct universe *universe,
                          sdc_count *count, void *context);

struct ground_end {
    size_t proved; /* cells */
    size_t opened; /* ... that were shown, and must be audited */
    size_t cell;   /* that nothing protects, or SDC_NO_CELL */
    bool late;     /* the time ended: what is said hangs on a clock */
    enum audit_verdict verdict; /* on that cell: EXPOSED, SINGLE, or OPEN where
                                   only whole numbers were not found */
};

/* Attacks every cell that must be wide and that the audit does not call safe by
 * its bounds alone, and opens what protects those that are not. What it opens
 * stays open. Tables found before are kept from call to call. Errors are those
 * of the source. */
bool ground_attack(struct ground *ground, struct pattern *pattern,
                   const enum audit_verdict *verdicts, struct ground_end *end,
                   struct err *err) MUST_USE;

#endif
