/* SPDX-License-Identifier: EUPL-1.2 */
/* ledger_fixture.h - a desk at which releases are published: the small edition
 * of pub_fixture.h, and a ledger in a folder of its own. */
#ifndef LEDGER_FIXTURE_H
#define LEDGER_FIXTURE_H

#include "pub_fixture.h"

#include "base/fs.h"
#include "pub/ledger.h"

struct desk {
    struct arena *arena;
    char *folder;
    const char *ledger;
    struct edition edition;
    struct project project;
    struct codes codes;
    struct err err;
};

static struct pair registry[] = {{"extraction_date", "2025-03-31"},
                                 {"snapshot", "s-1"}};

static inline void open_desk(struct desk *desk)
{
    *desk = (struct desk){.arena = arena_new(), .folder = check_directory()};
    desk->ledger = fs_join(desk->arena, desk->folder, "ledger");
    desk->edition = *pub_fixture(desk->arena);
    desk->project = *desk->edition.project;
    desk->codes = *desk->edition.codes;
    desk->codes.registry = registry;
    desk->codes.registry_count = 2;
    desk->edition.project = &desk->project;
    desk->edition.codes = &desk->codes;
    /* Tables keep pointers into the fixture's own lists of nodes, which the
     * copy shares. */
}

static inline void close_desk(struct desk *desk)
{
    arena_free(desk->arena);
    check_remove(desk->folder);
}

static inline const struct ledger *read_ledger(struct desk *desk)
{
    const struct ledger *ledger = NULL;
    desk->err = (struct err){0};
    return ledger_read(desk->arena, desk->ledger, &ledger, &desk->err) ? ledger
                                                                       : NULL;
}

/* Publishes the edition as release `id` with this content. */
static inline bool put(struct desk *desk, const char *id, const char *content,
                       enum ledger_outcome *outcome)
{
    const char *file = NULL;
    const struct ledger *before = read_ledger(desk);
    desk->project.id = id;
    if (before != NULL)
        desk->edition.ledger = ledger_head(before, ledger_before(before, id));
    desk->err = (struct err){0};
    return ledger_append(desk->arena, desk->ledger, &desk->edition, content,
                         outcome, &file, &desk->err);
}

static inline void must_put(struct desk *desk, const char *id)
{
    enum ledger_outcome outcome;
    if (!put(desk, id, id, &outcome))
        fail_msg("%s", desk->err.text);
    CHECK_INT(outcome, LEDGER_APPENDED);
}

static char *slurp(struct desk *desk, const char *name, size_t *size)
{
    char *bytes = NULL;
    size_t got = 0;
    CHECK(fs_read(desk->arena, fs_join(desk->arena, desk->ledger, name), &bytes,
                  &got, &desk->err));
    if (size != NULL)
        *size = got;
    return bytes;
}

static inline void spill(struct desk *desk, const char *name, const char *bytes,
                         size_t size)
{
    CHECK(fs_write(fs_join(desk->arena, desk->ledger, name), bytes, size,
                   &desk->err));
}

/* Says that reading fails with this very message. */
static inline void check_broken(struct desk *desk, const char *want)
{
    CHECK(read_ledger(desk) == NULL);
    CHECK_INT(desk->err.code, ERR_DISCLOSURE);
    CHECK_TEXT(desk->err.text, arena_format(desk->arena, "ledger '%s': %s",
                                            desk->ledger, want));
}

#endif
