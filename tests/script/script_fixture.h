/* SPDX-License-Identifier: EUPL-1.2 */
/* script_fixture.h - a project in a temporary directory: files are written as
 * text, scripts are run in a sandbox. */
#ifndef SCRIPT_FIXTURE_H
#define SCRIPT_FIXTURE_H

#include "check.h"

#include "base/fs.h"
#include "script/sandbox.h"
#include "script/script.h"

struct script_fixture {
    struct arena *arena;
    char *directory;
    struct text printed;
    struct err err;
};

static inline struct script_fixture script_fixture(void)
{
    struct script_fixture fixture = {.arena = arena_new(),
                                     .directory = check_directory()};
    fixture.printed = text_new(fixture.arena);
    return fixture;
}

static inline void script_fixture_end(struct script_fixture *fixture)
{
    check_remove(fixture->directory);
    arena_free(fixture->arena);
}

/* Writes a file of the project, making its directories. */
static inline void script_file(struct script_fixture *fixture, const char *path,
                               const char *content)
{
    struct err err = {0};
    char *place = fs_join(fixture->arena, fixture->directory, path);
    char *parent = arena_text(fixture->arena, place);
    *strrchr(parent, '/') = '\0';
    CHECK(fs_make_directory(parent, &err));
    CHECK(fs_write(place, content, strlen(content), &err));
}

static inline int script_body(lua_State *L)
{
    struct script_fixture *fixture = lua_touserdata(L, 1);
    sandbox_print_to(L, &fixture->printed);
    sandbox_load(L, "script.lua");
    lua_call(L, 0, 0);
    return 0;
}

/* Runs a script under limits; print() goes to fixture->printed. */
static inline bool script_run(struct script_fixture *fixture,
                              const struct sandbox_limits *limits,
                              const char *source)
{
    script_file(fixture, "script.lua", source);
    fixture->err = (struct err){0};
    struct sandbox *sandbox =
        sandbox_open(fixture->arena, limits, fixture->directory);
    bool ok = sandbox_run(sandbox, script_body, fixture, &fixture->err);
    sandbox_close(sandbox);
    return ok;
}

/* The first file given replaces PANORAMA_LUA's default. */
#define PANORAMA_LUA(policy)                                                   \
    "return {\n"                                                               \
    "  id = 'essai', title = {fr = 'Essai', en = 'Trial'},\n"                  \
    "  publisher = 'Registre d’essai', date = '2026-02-04',\n"               \
    "  licence = 'etalab-2.0', contact = 'contact@registre.example',\n"        \
    "  draft = true, store = 'store.sqlite', languages = {'fr', 'en'},\n"      \
    "  reports = {'report.lua'},\n"                                            \
    "  policy = {" policy "},\n"                                               \
    "}\n"
#define POLICY_LUA                                                             \
    "threshold = 11, legal_basis = {fr = 'Loi', en = 'Law'},\n"                \
    "owner = 'Registre d’essai', date = '2026-01-01'"

/* Replaces `from`, which must occur, by `to`. */
static inline char *changed(struct arena *arena, const char *text,
                            const char *from, const char *to)
{
    const char *at = strstr(text, from);
    CHECK(at != NULL);
    return arena_format(arena, "%.*s%s%s", (int)(at - text), text, to,
                        at + strlen(from));
}

#endif
