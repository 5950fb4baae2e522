/* SPDX-License-Identifier: EUPL-1.2 */
/* app/trial.h - what lint learns from pages that it makes without any value.
 *
 * A page that fails is a remark like those on the editors' text, and the next
 * one is tried: of each report, language and level the first failure is told,
 * since the others are most often the same again. */
#ifndef APP_TRIAL_H
#define APP_TRIAL_H

#include "app/build.h"
#include "base/map.h"
#include "script/proofread.h"

struct trial {
    struct arena *arena;
    struct proofreading *prose;     /* remarks go here */
    struct map *cited;              /* keys of the bibliography */
    struct map *ids[LANG_COUNT];    /* where links may lead */
    const char **names[LANG_COUNT]; /* the same, for who misspells one */
    size_t name_count[LANG_COUNT], name_capacity[LANG_COUNT];
    size_t pages;
    struct err first; /* failure of a page, ERR_NONE without any */
};

/* Takes the arena and remarks of `prose`, which outlives it. */
struct trial trial_start(struct proofreading *prose);
/* Makes every document, and sets the first of each kind on pages. */
void trial_pages(struct trial *trial, struct build_rendering *rendering);
/* Remarks on links of Markdown files that lead nowhere in any document of their
 * language: pages tell only those of the files that they print. For trials of
 * all reports that did not fail. */
void trial_links(struct trial *trial, const struct project *project);

#endif
