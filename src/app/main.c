/* SPDX-License-Identifier: EUPL-1.2 */
/* app/main.c - the program: one command, one exit status, one sentence when
 * it fails. */
#include <stdio.h>

#include "app/command.h"

const struct command *const commands[] = {
    &command_build,    &command_protect, &command_render,
    &command_join,     &command_plan,    &command_lint,
    &command_store,    &command_geo,     &command_verify,
    &command_compare,  &command_explain, &command_publish,
    &command_map,      &command_chart,   &command_eval,
    &command_suppress, &command_audit,   NULL,
};

static void print_error(const struct invocation *call, const struct err *err)
{
    struct text line = text_new(call->run);
    bool json = call->progress != NULL && call->progress->json;
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
    struct err err = {0};
    struct invocation call = {.run = arena_new()};
    struct arena *run = call.run;
    bool done = false;
    bool ok = arguments_parse(run, argc, argv, &call, &done, &err);
    call.run = run;
    if (ok && !done)
        ok = call.command->run(&call, &err);
    if (!ok)
        print_error(&call, &err);
    arena_free(run);
    return ok ? 0 : (int)err.code;
}
