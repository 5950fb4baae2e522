/* SPDX-License-Identifier: EUPL-1.2 */
/* app/main.c - the program: one command, one exit status, one sentence when
 * it fails. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"

const struct command *const commands[] = {
    &command_build,    &command_protect, &command_render,
    &command_join,     &command_plan,    &command_lint,
    &command_store,    &command_geo,     &command_verify,
    &command_compare,  &command_explain, &command_publish,
    &command_map,      &command_chart,   &command_eval,
    &command_suppress, &command_audit,   NULL,
};

/* Where a caller closed one of the three, the next file that is opened would
 * take its number, and with it what is printed. */
static void fill_standard_files(void)
{
    int file = 0;
    while (file >= 0 && file <= STDERR_FILENO)
        file = open("/dev/null", O_RDWR);
    if (file > STDERR_FILENO)
        close(file);
}

/* What a command found is not told where it could not be printed. */
static bool flush_printed(struct err *err)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    return err_fail(err, ERR_IO, "output.print",
                    "cannot write to the standard output: %s", strerror(errno));
}

/* An error of the arguments themselves is told as they ask, as far as they can
 * be read. */
static bool asks_json(int argc, char *const *argv)
{
    for (int a = 1; a < argc && !text_same(argv[a], "--"); a++) {
        if (text_same(argv[a], "--log=json") ||
            (text_same(argv[a], "--log") && a + 1 < argc &&
             text_same(argv[a + 1], "json")))
            return true;
    }
    return false;
}

static void print_error(struct arena *run, bool json, const struct err *err)
{
    struct text line = text_new(run);
    if (json) {
        text_format(&line,
                    "{\"error\": \"%s\", \"status\": %d, \"text\": ", err->id,
                    (int)err->code);
        text_add_json(&line, err->text);
        text_add(&line, "}");
    } else {
        text_format(&line, "panorama: error %s: %s", err->id, err->text);
    }
    fprintf(stderr, "%s\n", line.at);
}

int main(int argc, char **argv)
{
    fill_standard_files();
    struct err err = {0};
    struct invocation call = {.run = arena_new()};
    struct arena *run = call.run;
    bool done = false;
    bool ok = arguments_parse(run, argc, argv, &call, &done, &err);
    call.run = run;
    if (ok && !done)
        ok = call.command->run(&call, &err);
    ok = ok && flush_printed(&err);
    if (!ok)
        print_error(run, asks_json(argc, argv), &err);
    arena_free(run);
    return ok ? 0 : (int)err.code;
}
