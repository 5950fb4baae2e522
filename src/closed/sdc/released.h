/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/released.h - a finished release as whoever downloads it holds it, alone
 * or with releases published before.
 *
 * Read from its public files alone: manifest.json (threshold and rules), the
 * code lists with their sums and measures, and every CSV of open data; never
 * from the edition or the store. Cells of all tables that are the same count
 * are one cell of one universe, closed over all that is additive, hidden cells
 * included. What is told of it is no more than the files tell.
 *
 * Of several releases, a count is (cell, vintage): years of another vintage are
 * other years, unless a release declares them unrevised; codes are the same
 * where they sum the same elementary codes (released_join.c). */
#ifndef SDC_RELEASED_H
#define SDC_RELEASED_H

#include "sdc/audit_sheet.h"
#include "sdc/ptable.h"
#include "sdc/universe.h"

struct released_table {
    const char *id;   /* "open_data.cases_sites" */
    const char *name; /* the same, after the id of a release before */
    const char *path; /* of its CSV within the release */
    size_t release;   /* 0: the one that is audited, then those before it */
    int base;         /* its counts are rounded to it, or 0 */
    int variance;     /* of the noise of its counts, or 0 */
};

/* How the counts of a measure are printed. */
struct released_rounding {
    int base;                   /* to which they are rounded, or 0 */
    int variance;               /* of their noise, or 0 */
    const struct ptable *noise; /* or NULL */
    uint32_t table;             /* the first that has them, + 1; 0: none yet */
};

enum {
    RELEASED_MEASURES = 64, /* that a universe can have */
};

/* What the tables say of one count. */
struct released_cell {
    uint32_t shown;  /* the first table that prints it, + 1; 0 for none */
    uint32_t held;   /* the first that withholds it, + 1; 0 for none. The
                        audited release is read first */
    uint32_t seen;   /* the first that has it at all, + 1 */
    uint32_t unused; /* values of it that tell little, or that it is of few */
    bool both;       /* the audited release has it, and one before */
    uint32_t told;   /* the first that prints a rate or proportion of it, + 1 */
    uint32_t divided; /* the last that prints its person-years, + 1 */
    int64_t divisor;  /* which are these; -1: it prints two */
    int64_t years;    /* those that all of them print; -1: they differ */
    int64_t least;    /* what its derived values leave */
    int64_t most;
};

/* Values that the attack does without. */
struct released_unused {
    size_t values; /* estimates, and values that tell little of a count that no
                      table prints */
    size_t years;  /* crude rates: of what person-years is not sure */
    /* shares and standardised rates */
    size_t population; /* person-years of an age are not printed */
    size_t standard;   /* the standard is not known, or of other ages */
    size_t many;       /* rates of too many cases to bring all ages in */
    size_t unclear;    /* of what total, or whether by sex, is not told */
    size_t limits;     /* of rates that are used: of another formula, or of a
                          rate of no digit */
};

/* Numbers that the attack has beside the cells: see released_atoms.c. */
struct released_atoms {
    size_t first; /* as cells they follow those of the universe */
    size_t count;
    struct relations sums;        /* a cell of the universe, then its atoms */
    bool with[RELEASED_MEASURES]; /* a measure has some; */
    bool many[RELEASED_MEASURES]; /* or too many, and has none here */
};

struct released {
    struct codes codes;   /* of all releases */
    struct policy policy; /* of the audited one */
    size_t releases;
    struct released_table *tables;
    size_t table_count, table_capacity;
    size_t unread;            /* tables of the releases that no CSV shows */
    struct audit_band *bands; /* shares and standardised rates */
    size_t band_count, band_capacity;
    size_t used;   /* of these values */
    size_t limits; /* of rates that tell of suppressed ages */
    struct released_unused unused;
    struct universe *universe;
    struct released_rounding roundings[RELEASED_MEASURES]; /* as its measures */
    struct released_atoms atoms;
    struct released_cell *cells; /* [universe->published] */
    size_t cell_capacity;
};

/* What a reader may hold. */
struct released_input {
    const char *directory;
    const char *const *earlier; /* releases published before */
    size_t earlier_count;
    const struct standard *standards; /* populations that rates may name */
    size_t standard_count;
};
/* Reads the release in `directory`, and those before it. Thresholds are those
 * of the first. ERR_INPUT "release.*" naming file and line where one is no
 * release, a file is missing or damaged, a code or measure is not listed,
 * tables print different counts of one cell, or a printed sum is not that of
 * its printed parts; and where one before has no vintage or date of extraction,
 * has the id of another, or means another thing by a measure or a code.
 * ERR_DISCLOSURE "release.rounding" where counts of one measure are rounded or
 * perturbed in one table and not in another. */
bool released_read(struct arena *closed, const struct released_input *input,
                   struct released **out, struct err *err) MUST_USE;

/* What an attacker of the release starts from: suppressed cells, cells that
 * are only known through derived values and hidden cells are AUDIT_GUARDED,
 * each at its own threshold. Rounded and perturbed counts are left out: see
 * released_attack_rounded. */
struct audit_input released_attack(struct arena *arena,
                                   const struct released *released,
                                   enum audit_attacker attacker);

/* What an attack from atoms came to. */
struct released_again {
    size_t asked;   /* cells that a table tells of */
    size_t exposed; /* of these */
    size_t open;    /* not settled, of these */
    size_t without; /* cells whose atoms are too many: attacked without */
};
/* Attacks again what released_attack found safe, from all atoms of its measure:
 * `verdicts` are those of that input, and what is found exposed or is not
 * settled becomes so. ERR_INPUT "audit.contradiction". */
bool released_attack_atoms(struct arena *arena, const struct released *released,
                           const struct audit_input *input,
                           enum audit_verdict *verdicts,
                           struct released_again *out,
                           struct err *err) MUST_USE;

/* How counts of the cell's measure are printed. */
const struct released_rounding *
released_rounding(const struct released *released, size_t cell);
/* True when they are rounded or perturbed. */
bool released_is_changed(const struct released *released, size_t cell);
/* Attacks them: those found exposed get that verdict. ERR_INPUT
 * "audit.contradiction". */
bool released_attack_rounded(struct arena *arena,
                             const struct released *released,
                             enum audit_verdict *verdicts, size_t *exposed,
                             struct err *err) MUST_USE;

/* The table of the audited release that prints the count, or else a rate or
 * proportion of it, + 1; 0 for none. */
uint32_t released_printed(const struct released *released, size_t cell);
/* True when the audited release prints what a table withholds. */
bool released_split(const struct released *released, size_t cell);
/* True when it withholds what one before it printed: that is lost already. */
bool released_before(const struct released *released, size_t cell);

/* True when it prints a count that its rules ask to suppress, or one changed by
 * a base or a noise that does not protect it. */
bool released_small(const struct released *released, size_t cell);

/* "open_data.cases_sites: cases, territory departement/2A, site EST, ...";
 * before it "ID: " of the release where it is not the audited one; "no table:
 * ..." for a hidden cell. Never a number. */
char *released_name(struct arena *arena, const struct released *released,
                    size_t cell);

#endif
