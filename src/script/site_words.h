/* SPDX-License-Identifier: EUPL-1.2 */
/* script/site_words.h - how sentences name cancer sites.
 *
 * The store has the label of a site, « Poumon », which no sentence can use:
 * « le taux d’incidence DU CANCER DU POUMON », « nouveaux cas DE CANCER DU
 * POUMON ». A report gives the names once, for each language, before it makes
 * its figures. A site without one is told by its label, in quotes. */
#ifndef SCRIPT_SITE_WORDS_H
#define SCRIPT_SITE_WORDS_H

#include <lua.h>

#include "script/page.h"

struct site_words {
    const char *code;
    const char *of;        /* after a noun: "du cancer du poumon" */
    const char *new_cases; /* after "nouveaux cas": "de cancer du poumon" */
    const char *by;        /* after "décès": "par cancer du poumon" */
    const char *the;       /* alone: "le cancer du poumon" */
};

/* NULL for a site without a name. */
const struct site_words *site_words_find(const struct page *page,
                                         const char *code);
int l_name_sites(lua_State *L);

#endif
