/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "base/fs.h"
#include "base/num.h"
#include "store/store.h"

#define COMMON_OPTIONS "project= jobs= quiet log= help"

const char *option(const struct invocation *call, const char *name)
{
    for (size_t i = 0; i < call->option_count; i++) {
        if (text_same(call->options[i].name, name))
            return call->options[i].value;
    }
    return NULL;
}

/* NULL: every command. */
static void print_help(const struct command *command)
{
    if (command != NULL) {
        printf("panorama %s\n\n%s\n\nExample:\n  %s\n\nCommon options: "
               "--project DIR, --jobs N, --quiet, --log json, --help\n",
               command->usage, command->details, command->example);
        return;
    }
    printf("panorama " PANORAMA_VERSION
           " - publishing generator of a cancer registry\n\n");
    for (size_t i = 0; commands[i] != NULL; i++)
        printf("  %-9s %s\n", commands[i]->name, commands[i]->summary);
    printf("\npanorama COMMAND --help explains one of them.\n");
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (text_same(commands[i]->name, name))
            return commands[i];
    }
    return NULL;
}

enum arity {
    ARITY_UNKNOWN,
    ARITY_SWITCH,
    ARITY_VALUE,
    ARITY_VALUES, /* may be given again */
};

/* Looks a name up in a list like "output= hierarchy=+ replace". */
static enum arity find_option(const char *list, const char *name, size_t size)
{
    while (*list != '\0') {
        size_t length = strcspn(list, " ");
        size_t stem = strcspn(list, "= ");
        bool found = stem == size && strncmp(list, name, size) == 0;
        if (found && stem == length)
            return ARITY_SWITCH;
        if (found)
            return list[length - 1] == '+' ? ARITY_VALUES : ARITY_VALUE;
        list += length + strspn(list + length, " ");
    }
    return ARITY_UNKNOWN;
}

struct parsing {
    struct arena *run;
    const struct command *command;
    int argc;
    char *const *argv;
    int at;
    struct option_value *options;
    size_t option_count;
    const char **words;
    size_t word_count;
};

static bool is_given(const struct parsing *p, const char *name)
{
    for (size_t i = 0; i < p->option_count; i++) {
        if (text_same(p->options[i].name, name))
            return true;
    }
    return false;
}

/* Adds the names of "output= hierarchy=+ replace". */
static size_t add_names(struct arena *run, const char *list, const char **names,
                        size_t count)
{
    while (*list != '\0') {
        names[count++] = arena_slice(run, list, strcspn(list, "= "));
        list += strcspn(list, " ");
        list += strspn(list, " ");
    }
    return count;
}

static bool fail_option(const struct parsing *p, const char *word,
                        struct err *err)
{
    const char *own = p->command->options;
    const char **names = arena_array(
        p->run, strlen(COMMON_OPTIONS) + strlen(own), sizeof *names);
    size_t count = add_names(p->run, COMMON_OPTIONS, names, 0);
    count = add_names(p->run, own, names, count);
    const char *given = word + strspn(word, "-");
    const char *near = near_name(
        arena_slice(p->run, given, strcspn(given, "=")), names, count);
    return err_fail(err, ERR_USAGE, "usage.option",
                    "%s: unknown option '%s'%s%s; try --help", p->command->name,
                    arena_slice(p->run, word, strcspn(word, "=:")),
                    near ? "; the nearest is --" : "", near ? near : "");
}

static bool is_help(const char *word)
{
    return text_same(word, "--help") || text_same(word, "-h");
}

/* "--name", "--name=value", "--name value"; "-o X" is "--output X" and "-h" is
 * "--help". */
static bool take_option(struct parsing *p, struct err *err)
{
    const char *word = p->argv[p->at];
    bool is_long = text_starts(word, "--");
    if (!is_long && !text_same(word, "-o") && !is_help(word))
        return fail_option(p, word, err);
    const char *name = is_long ? word + 2 : is_help(word) ? "help" : "output";
    size_t size = strcspn(name, "=");
    enum arity arity = find_option(COMMON_OPTIONS, name, size);
    if (arity == ARITY_UNKNOWN)
        arity = find_option(p->command->options, name, size);
    if (arity == ARITY_UNKNOWN)
        return fail_option(p, word, err);
    struct option_value *out = &p->options[p->option_count];
    out->name = arena_slice(p->run, name, size);
    out->value = "";
    if (arity == ARITY_VALUE && is_given(p, out->name))
        return err_fail(err, ERR_USAGE, "usage.option",
                        "option '--%s' is given twice", out->name);
    p->option_count++;
    if (arity == ARITY_SWITCH && name[size] == '=')
        return err_fail(err, ERR_USAGE, "usage.option",
                        "option '--%s' takes no value", out->name);
    if (arity == ARITY_SWITCH)
        return true;
    if (name[size] == '=') {
        out->value = name + size + 1;
    } else if (p->at + 1 < p->argc) {
        out->value = p->argv[++p->at];
    } else {
        return err_fail(err, ERR_USAGE, "usage.option",
                        "option '--%s' needs a value", out->name);
    }
    return true;
}

/* A scheme may be misspelt: what names a user is no address of a page. */
static bool is_database(const char *word)
{
    const char *site = strstr(word, "://");
    if (site == NULL)
        return false;
    site += strlen("://");
    return text_starts(word, "postgres") ||
           memchr(site, '@', strcspn(site, "/ ")) != NULL;
}

/* What takes a file would look for one of that name, and tell it with the
 * password in it. */
static bool check_no_store(const struct parsing *p, const char *where,
                           const char *word, struct err *err)
{
    return !is_database(word) ||
           err_fail(err, ERR_USAGE, "usage.address",
                    "%s: '%s' is the address of a store, which only --store "
                    "and panorama store take; panorama protect makes an "
                    "edition of one",
                    where, store_shown(p->run, word));
}

static bool check_addresses(const struct parsing *p, struct err *err)
{
    const char *name = p->command->name;
    for (size_t w = 0; w < p->word_count; w++) {
        if ((w == 0 || !p->command->takes_stores) &&
            !check_no_store(p, name, p->words[w], err))
            return false;
    }
    for (size_t o = 0; o < p->option_count; o++) {
        const struct option_value *given = &p->options[o];
        const char *where = arena_format(p->run, "--%s", given->name);
        if (!text_same(given->name, "store") &&
            !check_no_store(p, where, given->value, err))
            return false;
    }
    return true;
}

static bool take_words(struct parsing *p, struct err *err)
{
    bool words_only = false;
    for (p->at = 2; p->at < p->argc; p->at++) {
        const char *word = p->argv[p->at];
        if (!words_only && text_same(word, "--"))
            words_only = true;
        else if (!words_only && word[0] == '-' && word[1] != '\0') {
            if (!take_option(p, err))
                return false;
        } else {
            p->words[p->word_count++] = word;
        }
    }
    return check_addresses(p, err);
}

static bool take_common(struct invocation *out, struct err *err)
{
    const char *project = option(out, "project");
    const char *jobs = option(out, "jobs");
    const char *log = option(out, "log");
    int64_t count = 1;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (jobs == NULL)
        count = cores < 1 ? 1 : cores;
    else if (!num_parse_int64(jobs, &count) || count < 1 || count > 256)
        return err_fail(err, ERR_USAGE, "usage.jobs",
                        "--jobs '%s': expected a number from 1 to 256", jobs);
    if (project != NULL && !fs_is_directory(project))
        return err_fail(err, ERR_USAGE, "usage.project",
                        "--project '%s': expected a directory", project);
    if (log != NULL && !text_same(log, "json"))
        return err_fail(err, ERR_USAGE, "usage.log",
                        "--log '%s': expected json", log);
    out->project = project == NULL ? "." : project;
    out->jobs = (int)count;
    out->progress = arena_alloc(out->run, sizeof *out->progress);
    *out->progress = progress_new(option(out, "quiet") != NULL, log != NULL);
    return true;
}

static bool fail_command(struct arena *run, const char *word, struct err *err)
{
    size_t count = 0;
    while (commands[count] != NULL)
        count++;
    const char **names = arena_array(run, count, sizeof *names);
    for (size_t c = 0; c < count; c++)
        names[c] = commands[c]->name;
    const char *near = near_name(word, names, count);
    const char *shown = is_database(word) ? store_shown(run, word) : word;
    return err_fail(err, ERR_USAGE, "usage.command",
                    "unknown command '%s'%s%s; panorama --help lists them",
                    shown, near ? "; the nearest is " : "", near ? near : "");
}

/* "--help", "help", or "help COMMAND", which is "COMMAND --help". */
static bool asks_help(int argc, char *const *argv)
{
    return argc < 2 || is_help(argv[1]) || text_same(argv[1], "help");
}

static bool help(struct arena *run, int argc, char *const *argv,
                 struct err *err)
{
    const struct command *command = NULL;
    if (argc > 2 && !is_help(argv[2])) {
        command = find_command(argv[2]);
        if (command == NULL)
            return fail_command(run, argv[2], err);
    }
    print_help(command);
    return true;
}

bool arguments_parse(struct arena *run, int argc, char *const *argv,
                     struct invocation *out, bool *done, struct err *err)
{
    *done = asks_help(argc, argv);
    if (*done)
        return help(run, argc, argv, err);
    if (text_same(argv[1], "--version")) {
        printf("panorama " PANORAMA_VERSION "\n");
        *done = true;
        return true;
    }
    struct parsing p = {.run = run, .argc = argc, .argv = argv};
    p.command = find_command(argv[1]);
    if (p.command == NULL)
        return fail_command(run, argv[1], err);
    p.options = arena_array(run, (size_t)argc, sizeof *p.options);
    p.words = arena_array(run, (size_t)argc, sizeof *p.words);
    if (!take_words(&p, err))
        return false;
    *out = (struct invocation){
        .run = run,
        .command = p.command,
        .words = p.words,
        .word_count = p.word_count,
        .options = p.options,
        .option_count = p.option_count,
    };
    *done = option(out, "help") != NULL;
    if (*done) {
        print_help(p.command);
        return true;
    }
    if (p.word_count < p.command->min_words ||
        p.word_count > p.command->max_words)
        return err_fail(err, ERR_USAGE, "usage.words", "usage: panorama %s",
                        p.command->usage);
    return take_common(out, err);
}
