/* SPDX-License-Identifier: EUPL-1.2 */
/* format/csv_package.h - what portals read of the open data of a release.
 *
 * datapackage.json (Frictionless): every file with its title, size, hash,
 * encoding, dialect and schema, the licence, who publishes, and which columns
 * are codes of which list. catalog.jsonld (DCAT-AP): the same data sets for
 * harvesters such as data.gouv.fr, with what they cover in time and space.
 * Addresses in both are relative: they are those of the files beside them. */
#ifndef FORMAT_CSV_PACKAGE_H
#define FORMAT_CSV_PACKAGE_H

#include "format/format.h"

#define CSV_PACKAGE "datapackage.json"
#define CSV_CATALOG "catalog.jsonld"

/* The data sets and lists are written already. ERR_IO. */
bool csv_package(const struct format_job *job, struct err *err) MUST_USE;

#endif
