/* SPDX-License-Identifier: EUPL-1.2 */
/* Progress: what appears on stderr away from a terminal, and in JSON. */
#include "base/fs.h"
#include "base/json.h"
#include "base/progress.h"
#include "check.h"

#include <fcntl.h>

/* What a fixed run writes to stderr. */
static char *captured(struct arena *arena, bool quiet, bool json)
{
    char *directory = check_directory();
    const char *path = fs_join(arena, directory, "stderr");
    int kept = dup(STDERR_FILENO);
    int file = open(path, O_CREAT | O_WRONLY, 0600);
    fflush(stderr);
    dup2(file, STDERR_FILENO);

    struct progress progress = progress_new(quiet, json);
    progress_step(&progress, 3); /* no stage yet: nothing to show */
    progress_stage(&progress, "reading \"store\"", 2);
    progress_step(&progress, 1);
    progress_step(&progress, 2);
    progress_note(&progress, "a %s", "remark");
    progress_stage(&progress, "rendering", 0);
    progress_end(&progress);
    progress_end(&progress);

    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(file);
    char *bytes = NULL;
    size_t size = 0;
    struct err err = {0};
    CHECK(fs_read(arena, path, &bytes, &size, &err));
    check_remove(directory);
    return bytes;
}

TEST(quiet_prints_nothing)
{
    struct arena *arena = arena_new();
    CHECK_TEXT(captured(arena, true, false), "");
    CHECK_TEXT(captured(arena, true, true), "");
    arena_free(arena);
}

TEST(plain_lines_mark_the_start_and_end_of_stages)
{
    static const char *const want[] = {
        "reading \"store\"...", "a remark",    "reading \"store\": ",
        "rendering...",         "rendering: ",
    };
    struct arena *arena = arena_new();
    char **lines = NULL;
    size_t count =
        text_split(arena, captured(arena, false, false), '\n', &lines);
    CHECK_INT(count, COUNT_OF(want) + 1);
    for (size_t at = 0; at < COUNT_OF(want); at++)
        CHECK(text_starts(lines[at], want[at]));
    CHECK_TEXT(lines[COUNT_OF(want)], "");
    arena_free(arena);
}

TEST(json_writes_one_object_a_line)
{
    static const char *const want[] = {"start reading \"store\"",
                                       "step reading \"store\"",
                                       "step reading \"store\"",
                                       "note reading \"store\"",
                                       "end reading \"store\"",
                                       "start rendering",
                                       "end rendering"};
    struct arena *arena = arena_new();
    char **lines = NULL;
    size_t count =
        text_split(arena, captured(arena, false, true), '\n', &lines);
    CHECK_INT(count, COUNT_OF(want) + 1);
    for (size_t at = 0; at < COUNT_OF(want); at++) {
        const struct json *line = NULL;
        struct err err = {0};
        CHECK(json_parse(arena, "line", lines[at], strlen(lines[at]), &line,
                         &err));
        CHECK_TEXT(arena_format(arena, "%s %s", json_get_text(line, "event"),
                                json_get_text(line, "stage")),
                   want[at]);
        CHECK(json_get(line, "seconds")->number >= 0);
    }
    arena_free(arena);
}

RUN(CASE(quiet_prints_nothing),
    CASE(plain_lines_mark_the_start_and_end_of_stages),
    CASE(json_writes_one_object_a_line))
