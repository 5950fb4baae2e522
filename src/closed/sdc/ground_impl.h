/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/ground_impl.h - the program of a measure over its atoms, for ground*.c
 * only. CONFIDENTIAL.
 *
 * Columns are changes of the true table, each up and down apart so that none
 * of them is a feasible start: of every atom that is not known to be empty,
 * then of every line. A line is a cell that a table tells, or one that must be
 * proved; its changes are the sum of its atoms'. Those of a shown cell are held
 * at 0. */
#ifndef SDC_GROUND_IMPL_H
#define SDC_GROUND_IMPL_H

#include "sdc/field.h"
#include "sdc/ground.h"
#include "sdc/lp.h"

struct ground_line {
    uint32_t cell;
    bool told;      /* else it is there to be proved, and has no bounds */
    bool counted;   /* a width is asked of it */
    bool apart;     /* moved while nobody who is alone in a cell did */
    int64_t lowest; /* changes that tables were found for: lowest <= 0 */
    int64_t highest;
};

struct ground_program {
    struct arena *arena;
    const struct universe *universe;
    const struct field *field;
    const enum audit_verdict *verdicts; /* [cells] */
    size_t measure;
    size_t atoms;
    int64_t *have;  /* [atoms] */
    size_t *starts; /* of atom a: at[starts[a] .. starts[a + 1]) */
    uint32_t *at;   /* lines */
    size_t line_count;
    struct ground_line *lines;
    struct lp *lp;
    int columns;
};

/* The program of a measure, or NULL where its atoms are too many, or are cells
 * of the universe already. Errors are those of the source. */
bool ground_program(struct arena *arena, struct universe *universe,
                    const struct field *field,
                    const enum audit_verdict *verdicts, size_t measure,
                    sdc_count *count, void *context,
                    struct ground_program **out, struct err *err) MUST_USE;

static inline int ground_atom_column(size_t atom, int way)
{
    return (int)(2 * atom + (way < 0));
}

static inline int ground_line_column(const struct ground_program *program,
                                     size_t line, int way)
{
    return (int)(2 * (program->atoms + line) + (way < 0));
}

/* How far the public bounds let a line go that way; shown cells: 0. */
double ground_room(const struct ground_program *program, size_t line, int way);

#endif
