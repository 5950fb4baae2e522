/* SPDX-License-Identifier: EUPL-1.2 */
/* pub/edition_impl.h - the tables of the edition file, shared by its writer
 * and its reader. */
#ifndef PUB_EDITION_IMPL_H
#define PUB_EDITION_IMPL_H

#include "pub/edition.h"

#define EDITION_FORMAT "12"

extern const char edition_schema[];

#endif
