/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/sex.h - sites that occur in one sex only.
 *
 * A site node is specific to a sex when all its sites are: the prostate, and a
 * group "male genital organs". Its cells for the other sex are structurally
 * empty, and its person-years for both sexes are those of the sex concerned. */
#ifndef CALC_SEX_H
#define CALC_SEX_H

#include "model/code.h"

/* Node of the sex that the site node is specific to, or -1. */
int sex_of_site(const struct codes *codes, int site);
/* True when no person of the sex node can have the site. */
bool sex_excludes(const struct codes *codes, int site, int sex);

#endif
