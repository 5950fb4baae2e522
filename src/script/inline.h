/* SPDX-License-Identifier: EUPL-1.2 */
/* script/inline.h - the calls in prose, which stand between braces.
 *
 *   {cases}              a value in words: a cell, a node, a verb, a text
 *   {place.in}           a node inside a sentence: en Bretagne, chez les femmes
 *   {place.of}           de Bretagne, du Finistère, de l’Ain, d’Ille-et-Vilaine
 *   {rate.ci}            the interval of a cell: [IC95 % : 1,2 ; 3,4]
 *   {alive.about}        a large count roughly: 4,1 millions, 238 000
 *   {rate.unit}          its unit: pour 100 000 personnes-années
 *   {cases: a | b}       a when the cell counts one (French: or none), else b
 *   {=95}                a number that is constant by nature (proofread.h)
 *
 * The document remembers what each says. */
#ifndef SCRIPT_INLINE_H
#define SCRIPT_INLINE_H

#include "script/markdown.h"

/* The text with its calls answered, in the order of the file. */
const char *inline_fill(lua_State *L, struct markdown *markdown,
                        const char *text);

/* A script made words of a cell: "text()", "said()" or "interval_text()". Is it
 * said in a text soon after, the document remembers it as it does a {name}. */
void inline_utter(lua_State *L, struct cell cell, const char *how,
                  const char *words);
/* A script read the value of a cell. The next text is written on it, unless a
 * figure or table comes first: then it was read for that. */
void inline_read(lua_State *L, struct cell cell);
/* The document remembers what this text is written on, as it does a {name}. */
void inline_rest_on(lua_State *L, const struct markdown *markdown);
/* What was uttered and stands in a text of the script's own. */
void inline_claim(lua_State *L, const char *text);

#endif
