/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/released.h - a finished release as whoever downloads it holds it.
 *
 * Read from its public files alone: manifest.json (threshold and rules), the
 * code lists with their sums and measures, and every CSV of open data; never
 * from the edition or the store. Cells of all tables that are the same count
 * are one cell of one universe, closed over all that is additive, hidden cells
 * included. What is told of it is no more than the files tell. */
#ifndef SDC_RELEASED_H
#define SDC_RELEASED_H

#include "sdc/audit_sheet.h"
#include "sdc/universe.h"

struct released_table {
    const char *id;   /* "open_data.cases_sites" */
    const char *path; /* of its CSV within the release */
    int base;         /* its counts are rounded to it, or 0 */
};

/* How the counts of a measure are printed. */
struct released_rounding {
    int base;       /* or 0: as they are */
    uint32_t table; /* the first that has them, + 1; 0: none yet */
};

enum {
    RELEASED_MEASURES = 64, /* that a universe can have */
};

/* What the tables say of one count. */
struct released_cell {
    uint32_t shown; /* the first table that prints it, + 1; 0 for none */
    uint32_t held;  /* the first that withholds it, + 1; 0 for none */
    uint32_t seen;  /* the first that has it at all, + 1 */
    uint32_t told;  /* the first that prints a rate or proportion of it, + 1 */
    uint32_t divided; /* the last that prints its person-years, + 1 */
    int64_t divisor;  /* which are these */
    int64_t least;    /* what its derived values leave */
    int64_t most;
};

struct released {
    struct codes codes;
    struct policy policy;
    struct released_table *tables;
    size_t table_count, table_capacity;
    size_t unread; /* tables of the release that no CSV shows */
    struct universe *universe;
    struct released_rounding roundings[RELEASED_MEASURES]; /* as its measures */
    struct released_cell *cells; /* [universe->published] */
    size_t cell_capacity;
};

/* Reads the release in `directory`. ERR_INPUT "release.*" naming file and line
 * where it is no release, a file is missing or damaged, a code or measure is
 * not listed, tables print different counts of one cell, or a printed sum is
 * not that of its printed parts. ERR_DISCLOSURE "release.rounding" where counts
 * of one measure are rounded in one table and not in another. */
bool released_read(struct arena *closed, const char *directory,
                   struct released **out, struct err *err) MUST_USE;

/* What an attacker of the release starts from: suppressed cells, cells that
 * are only known through derived values and hidden cells are AUDIT_GUARDED,
 * each at its own threshold. Rounded counts are left out: see
 * released_attack_rounded. */
struct audit_input released_attack(struct arena *arena,
                                   const struct released *released,
                                   enum audit_attacker attacker);

/* The base that counts of the cell's measure are rounded to, or 0. */
int released_base(const struct released *released, size_t cell);
/* Attacks them: those found exposed get that verdict. ERR_INPUT
 * "audit.contradiction". */
bool released_attack_rounded(struct arena *arena,
                             const struct released *released,
                             enum audit_verdict *verdicts, size_t *exposed,
                             struct err *err) MUST_USE;

/* The table that prints the count, or else a rate or proportion of it, + 1. */
static inline uint32_t released_printed(const struct released_cell *cell)
{
    return cell->shown > 0 ? cell->shown : cell->told;
}

/* True when a table prints what another withholds. */
static inline bool released_split(const struct released *released, size_t cell)
{
    return cell < released->universe->published &&
           released_printed(&released->cells[cell]) > 0 &&
           released->cells[cell].held > 0;
}

/* True when a count is printed that its rules ask to suppress, or is rounded
 * to a base that does not protect it. */
bool released_small(const struct released *released, size_t cell);

/* "open_data.cases_sites: cases, territory departement/2A, site EST, ...";
 * "no table: ..." for a hidden cell. Never a number. */
char *released_name(struct arena *arena, const struct released *released,
                    size_t cell);

#endif
