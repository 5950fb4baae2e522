/* SPDX-License-Identifier: EUPL-1.2 */
/* pub/ledger_impl.h - the text of an entry, shared by its writer and its
 * reader: lines of fields separated by tabs, the first of which says what the
 * line is. */
#ifndef PUB_LEDGER_IMPL_H
#define PUB_LEDGER_IMPL_H

#include "pub/ledger.h"

#define LEDGER_FORMAT "2"
#define LEDGER_FORMAT_OLD "1" /* is read: without what rates were made with */
#define LEDGER_CHAIN "chain.txt"
#define LEDGER_STAGING ".tmp-"
#define LEDGER_NONE "-" /* the hash before the first entry */

/* Writes the entry of an edition. ERR_INPUT for codes that a line cannot
 * hold. */
bool ledger_print(struct text *out, const struct edition *edition,
                  const char *content, const char *previous,
                  struct err *err) MUST_USE;
/* Reads one back; file and hash are the caller's. *previous is the hash that
 * it names. `bytes` is cut into fields. ERR_DISCLOSURE "ledger.entry". */
bool ledger_parse(struct arena *arena, const char *file, char *bytes,
                  size_t size, struct ledger_entry *out, const char **previous,
                  struct err *err) MUST_USE;

#endif
