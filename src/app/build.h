/* SPDX-License-Identifier: EUPL-1.2 */
/* app/build.h - what the commands that build or render share. */
#ifndef APP_BUILD_H
#define APP_BUILD_H

#include "app/command.h"
#include "page/theme.h"
#include "release/release.h"
#include "script/script.h"

/* Editions stay inside: beside the releases, in a folder that is not one. */
#define BUILD_INSIDE ".inside"

/* The project of the command line: panorama.lua of --project, with --lang,
 * --store and --release taken into account. */
bool build_project(const struct invocation *call, struct project **out,
                   struct err *err) MUST_USE;

/* Reads a house style of the project ("": that of templates/, if any), so that
 * one that cannot be used is told before hours of work. */
bool build_theme(const struct invocation *call, const struct project *project,
                 const char *theme, struct theme *out,
                 struct err *err) MUST_USE;

/* The project's files (scripts, templates, geography) with the languages and
 * policy of the edition. */
bool build_edition_project(const struct invocation *call, const char *edition,
                           struct project **out, struct err *err) MUST_USE;

/* A path of the project, relative to its directory unless absolute or an
 * address. */
const char *build_path(struct arena *run, const struct project *project,
                       const char *path);

/* One document to make. */
struct build_document {
    const struct plan_report *report;
    const struct node *territory; /* or NULL */
    enum lang lang;
};

/* Everything rendering needs, from a sealed edition. */
struct build_rendering {
    const struct project *project;
    const struct edition *edition;
    struct fonts *fonts;
    struct build_document *documents;
    size_t count;
};

/* Reads the edition, opens the fonts, lists the documents. Close the fonts
 * with fonts_close. */
bool build_rendering(const struct invocation *call,
                     const struct project *project, const char *edition,
                     struct build_rendering *out, struct err *err) MUST_USE;
/* release_make over a struct build_rendering. */
bool build_make(struct arena *open, void *context, size_t document,
                struct document **out, struct err *err);
/* The same without any figure drawn: for what texts say. */
bool build_make_text(struct arena *open,
                     const struct build_rendering *rendering, size_t document,
                     struct document **out, struct err *err) MUST_USE;
/* The same, of one chapter alone (from 1). */
bool build_make_chapter(struct arena *open,
                        const struct build_rendering *rendering,
                        size_t document, size_t chapter, struct document **out,
                        struct err *err) MUST_USE;
struct release_job build_job(const struct invocation *call,
                             struct build_rendering *rendering,
                             const char *output, const char *name);

/* What the closed half writes; "" for what is not asked. */
struct build_inside {
    const char *edition;
    const char *review;
    const char *certificate;
};

/* seal_map_find over an invocation: from the boundaries of its project. */
struct seal_map;
bool build_find_map(void *context, const char *level,
                    const struct seal_map **out, struct err *err) MUST_USE;
/* The address of the store: the one of the command line, else the project's. */
const char *build_store(const struct invocation *call,
                        const struct project *project);
/* Writes an edition without any value, in a child process. */
bool build_outline(const struct invocation *call, const struct project *project,
                   const struct plan *plan, const char *edition,
                   struct err *err) MUST_USE;
/* Runs the closed half in a child process that is gone when this returns. */
bool build_seal(const struct invocation *call, const struct project *project,
                const struct plan *plan, const struct build_inside *inside,
                struct err *err) MUST_USE;

#endif
