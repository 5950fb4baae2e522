/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/certificate.h - the proof that a pattern protects, as a file.
 * CONFIDENTIAL.
 *
 * A certificate holds one table that agrees with everything public (the true
 * one) and what other tables differ from it by. Whoever has it and the public
 * file can check in linear time, without a solver and without the code that
 * chose the pattern, that no suppressed cell is exposed: audit.h does. Lines of
 * text, fields between single spaces:
 *
 *     panorama-certificate 1
 *
 *     about WORDS                       of what, where there are several
 *
 *     cells N
 *
 *     cell NUMBER GUARD COUNT LOWER UPPER THRESHOLD PERSON
 *
 *     relation TOTAL PART ...           none for a sheet, see below
 *
 *     witness CELL DELTA GAP DELTA ...  cells ascend; gaps from 1
 *
 *     end WITNESSES
 *
 * (without the empty lines; a `cell` for each open cell). GUARD is guarded,
 * primary, forced or whole (audit.h); UPPER and PERSON are
 * `-` for none. Cells are numbered as in OUT.csv, from 0. Cells that are not
 * listed are shown. Of a sheet the relations are not written: they follow from
 * the hierarchies, and shown counts from OUT.csv; in a certificate with
 * relations, shown cells are listed as well, with the guard `shown`.
 *
 * A file may hold several, one after the other: a release is proved to each
 * audience that it must withstand. */
#ifndef SDC_CERTIFICATE_H
#define SDC_CERTIFICATE_H

#include "base/fs.h"
#include "sdc/audit.h"
#include "sdc/sheet.h"

enum certificate_kind {
    CERTIFICATE_SHEET, /* open cells and witnesses */
    CERTIFICATE_WHOLE, /* shown cells and relations as well */
};

struct certificate {
    const char *about; /* "audience public"; "" where there is one only */
    struct audit_input *input;
};

/* Adds a certificate to a file: the input and its witnesses. The sink is a
 * private one, since counts are in it. */
void certificate_add(struct sink *sink, const char *about,
                     const struct audit_input *input,
                     enum certificate_kind kind);

/* A file of one. Nothing is left at `path` when it fails; the file is readable
 * by its owner only. */
bool certificate_write(const struct audit_input *input,
                       enum certificate_kind kind, const char *path,
                       struct err *err) MUST_USE;

/* Reads a file of certificates, at least one. ERR_INPUT "certificate.read"
 * naming file, line and what was expected. Relations that are not written are
 * none. */
bool certificate_read_all(struct arena *closed, const char *path,
                          struct certificate **list, size_t *count,
                          struct err *err) MUST_USE;
/* The same where there must be one: ERR_INPUT otherwise. */
bool certificate_read(struct arena *closed, const char *path,
                      struct audit_input **out, struct err *err) MUST_USE;

/* Lays a certificate of a sheet over what was published: the suppressed cells
 * must be the same, bounds no wider than `public` allows; shown counts and
 * relations are taken from `public`, never from the certificate. Also names
 * anew who is alone in which cells. ERR_INPUT "certificate.other" where the
 * two do not belong together. */
bool certificate_lay(struct arena *closed, struct audit_input *certificate,
                     const struct audit_input *public,
                     struct err *err) MUST_USE;

#endif
