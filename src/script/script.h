/* SPDX-License-Identifier: EUPL-1.2 */
/* script/script.h - Lua 5.4, in a sandbox: the configuration, plan(), page().
 *
 * Text chunks only. No io, os, debug, package, load, dofile, next, coroutine;
 * no randomness, clock or addresses; `pairs` in key order. An instruction
 * count and a memory limit end a script, and pcall cannot swallow that; CPU
 * time is the backstop for a single long library call. plan() and page() run
 * in separate states: plan() sees no number, page() only published tables.
 * All failures are ERR_SCRIPT with file and line. */
#ifndef SCRIPT_SCRIPT_H
#define SCRIPT_SCRIPT_H

#include "model/plan.h"
#include "model/project.h"
#include "page/document.h"
#include "script/call.h"

/* Reads DIRECTORY/panorama.lua. ERR_SCRIPT, "project.missing" where there is
 * none; else it names the field and what was expected. */
bool script_project(struct arena *run, const char *directory,
                    struct project **out, struct err *err) MUST_USE;

/* Loads lua-scripts/lib/standards.lua of the project and runs plan() of each
 * report whose id is in `only` (all when only_count is 0). The plan has passed
 * plan_check. */
bool script_plan(struct arena *run, const struct project *project,
                 const char *const *only, size_t only_count, struct plan **out,
                 struct err *err) MUST_USE;

/* Those standard populations alone; none when DIRECTORY has no such file. */
bool script_standards(struct arena *run, const char *directory,
                      struct standard **out, size_t *count,
                      struct err *err) MUST_USE;

/* What page() may use. */
struct page_job {
    const struct project *project; /* directories of scripts, prose, geo */
    const struct edition *edition;
    const struct plan_report *report;
    const struct node *territory; /* or NULL for a report of one document */
    enum lang lang;
    const struct fonts *fonts;
    size_t chapter; /* that alone, from 1; 0: the whole document */
    bool text_only; /* figures are not drawn */
};

/* Runs page() of one report for one territory and language. ERR_USAGE when it
 * has not got the chapter. */
bool script_page(struct arena *open, const struct page_job *job,
                 struct document **out, struct err *err) MUST_USE;

/* `panorama eval`: runs a file with the table `stats` and the data as global
 * tables: the rows of a CSV file, or which areas touch. print() writes to
 * *out. */
struct script_data {
    const char *name;
    const char *path;
    const struct geo_neighbours *neighbours; /* not NULL: instead of a file */
};

/* The statistics functions come from the closed side's pure kernels; the
 * application, which alone knows both sides, passes them in. `groups` ends
 * with NULL. They may use `jobs` processes. */
bool script_eval(const char *path, const struct script_data *data,
                 size_t data_count, const struct script_group *const *groups,
                 int jobs, struct text *out, struct err *err) MUST_USE;

#endif
