/* SPDX-License-Identifier: EUPL-1.2 */
/* What of PostgreSQL is words alone, with or without libpq: addresses, what of
 * them a message may print, and the contract's text. */
#include <string.h>

#include "store/postgres_impl.h"

bool postgres_accepts(const char *address)
{
    return text_starts(address, "postgresql://") ||
           text_starts(address, "postgres://");
}

/* Parameters whose values are no secret. */
static bool may_be_shown(const char *name, size_t size)
{
    static const char *const names[] = {
        "host",    "hostaddr", "port",    "dbname",          "user",
        "service", "options",  "sslmode", "connect_timeout",
    };
    for (size_t n = 0; n < COUNT_OF(names); n++) {
        if (strlen(names[n]) == size && memcmp(names[n], name, size) == 0)
            return true;
    }
    return false;
}

static void show_parameters(struct text *out, const char *at)
{
    while (*at != '\0') {
        size_t size = strcspn(at, "&"), name = strcspn(at, "=&");
        text_add_bytes(out, at, name);
        if (may_be_shown(at, name))
            text_add_bytes(out, at + name, size - name);
        else
            text_add(out, "=***");
        at += size;
        if (*at == '&')
            text_add_char(out, *at++);
    }
}

/* A password may hold an '@' or a '?' that should have been written otherwise:
 * all from the first ':' to the last '@' is left out. */
const char *postgres_shown(struct arena *arena, const char *address)
{
    struct text out = text_new(arena);
    const char *start = strstr(address, "://") + strlen("://");
    const char *colon = strchr(start, ':'), *end = strrchr(address, '@');
    const char *rest = start;
    text_add_bytes(&out, address, (size_t)(start - address));
    if (end != NULL && colon != NULL && colon < end) {
        text_add_bytes(&out, start, (size_t)(colon - start));
        text_add(&out, ":***");
        rest = end;
    }
    size_t size = strcspn(rest, "?");
    text_add_bytes(&out, rest, size);
    if (rest[size] == '?') {
        text_add_char(&out, '?');
        show_parameters(&out, rest + size + 1);
    }
    return out.at;
}

const char *postgres_schema(struct arena *closed, const char *statement)
{
    static const char *const words[][2] = {
        {" TEXT", " TEXT COLLATE \"C\""},
        {" INTEGER", " BIGINT"},
        {" REAL", " DOUBLE PRECISION"},
        {" WITHOUT ROWID", ""},
    };
    struct text out = text_new(closed);
    for (const char *at = statement; *at != '\0';) {
        size_t w = 0;
        while (w < COUNT_OF(words) && !text_starts(at, words[w][0]))
            w++;
        if (w == COUNT_OF(words)) {
            text_add_char(&out, *at++);
            continue;
        }
        text_add(&out, words[w][1]);
        at += strlen(words[w][0]);
    }
    return out.at;
}
