/* SPDX-License-Identifier: EUPL-1.2 */
/* app/command.h - the program's commands: one entry, one file each.
 *
 * A command declares its words and options; the command line is checked
 * against them before it runs. Exit statuses are enum err_code. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "base/err.h"
#include "base/progress.h"
#include "base/text.h"

#define PANORAMA_VERSION "0.1.0"

/* Options by name; a command allows some of them besides the common ones
 * (project, jobs, quiet, log, help). */
struct option_value {
    const char *name;
    const char *value; /* "" for a switch that is set */
};

struct invocation {
    struct arena *run;
    const struct command *command;
    const char *const *words; /* arguments that are not options */
    size_t word_count;
    const struct option_value *options;
    size_t option_count;
    const char *project; /* directory, default "." */
    int jobs;
    struct progress *progress;
};

struct command {
    const char *name;
    const char *summary;
    const char *usage;   /* "build [REPORT...] [--lang L]" */
    const char *details; /* sentences for --help */
    const char *example;
    const char *options; /* allowed names, "output= replace lang=": '=' takes
                            a value; '+' after '=' may repeat */
    bool takes_stores;   /* addresses, as words of it but the first */
    size_t min_words, max_words;
    bool (*run)(const struct invocation *call, struct err *err);
};

extern const struct command *const commands[]; /* NULL ended */

extern const struct command command_build, command_protect, command_render,
    command_join, command_plan, command_lint, command_store, command_geo,
    command_verify, command_compare, command_explain, command_publish,
    command_map, command_chart, command_eval, command_suppress, command_audit;

/* Value of an option, or NULL when it was not given. */
const char *option(const struct invocation *call, const char *name);

/* Parses argv; on --help prints help and sets *done. ERR_USAGE. */
bool arguments_parse(struct arena *run, int argc, char *const *argv,
                     struct invocation *out, bool *done,
                     struct err *err) MUST_USE;

#endif
