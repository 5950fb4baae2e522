/* SPDX-License-Identifier: EUPL-1.2 */
/* pub/edition.h - the sealed edition: what was cleared, and nothing else.
 *
 * One SQLite file, written once by the seal: release facts, code lists, the
 * public part of the policy, tables. Rows are written in key order with fixed
 * pragmas, so the same edition has the same bytes. It never held a suppressed
 * number. It is the only input of rendering, and is not part of the public
 * release. */
#ifndef PUB_EDITION_H
#define PUB_EDITION_H

#include "model/plan.h"
#include "model/project.h"
#include "pub/basis.h"
#include "pub/table.h"

struct edition {
    const struct codes *codes;
    const struct project *project; /* public part: id, titles, date, policy */
    const struct plan_report *reports;
    size_t report_count;
    const char *snapshot; /* opaque identity printed in every output */
    const char *version;  /* of the program that sealed it */
    const char *ledger;   /* hash of the last entry of the ledger that it was
                             protected against, or "" */
    const char *hash;     /* SHA-256 of the file, once read; else NULL */
    struct pub_basis basis;
    const struct pub_table *const *tables;
    size_t table_count;
};

const struct pub_table *edition_table(const struct edition *edition,
                                      const char *id); /* or NULL */

/* Writes the file; refuses to overwrite. ERR_IO. */
bool edition_write(const struct edition *edition, const char *path,
                   struct err *err) MUST_USE;
/* Reads and checks it completely (schema, ranges, no number in a cell that is
 * not AVAILABLE). ERR_INPUT or ERR_IO. */
bool edition_read(struct arena *open, const char *path,
                  const struct edition **out, struct err *err) MUST_USE;

#endif
