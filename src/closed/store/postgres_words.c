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

/* All that is shown is made of these and of what stands in its place; where one
 * cannot be sure what is password and what is not, nothing that follows is. */
static const char plain[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
static const char digits[] = "0123456789";
enum { PORT_DIGITS = 5 };

/* A part of `size` bytes, or three stars in its place, after which no more is
 * to be shown. */
static bool show(struct text *out, const char *at, size_t size,
                 const char *besides)
{
    for (size_t b = 0; b < size; b++) {
        if (strchr(plain, at[b]) == NULL && strchr(besides, at[b]) == NULL) {
            text_add(out, "***");
            return false;
        }
    }
    text_add_bytes(out, at, size);
    return true;
}

static bool hide(struct text *out, const char *before)
{
    text_format(out, "%s***", before);
    return false;
}

/* "ann:***@" of "ann:pass@"; an '@' or a '/' that should have been written
 * otherwise leaves nobody sure where the password ends. */
static bool show_user(struct text *out, const char **at)
{
    const char *end = strchr(*at, '@');
    if (end == NULL)
        return true;
    size_t user = strcspn(*at, ":@/?");
    bool clear = strcspn(*at, "/?@") == (size_t)(end - *at) &&
                 strchr(end + 1, '@') == NULL;
    if (!clear && (*at)[user] != ':')
        return hide(out, "");
    if (!show(out, *at, user, ""))
        return false;
    if (!clear)
        return hide(out, ":");
    text_add(out, (*at)[user] == ':' ? ":***@" : "@");
    *at = end + 1;
    return true;
}

/* "host:5432"; what is no port is a password whose host is missing. */
static bool show_host(struct text *out, const char *at, size_t size)
{
    size_t name = strcspn(at, ":,/?");
    if (*at == '[')
        name = 1 + strspn(at + 1, "0123456789abcdefABCDEF:.");
    if (*at == '[' && at[name++] != ']')
        return hide(out, "");
    if (!show(out, at, name, "%[]:"))
        return false;
    if (name == size)
        return true;
    size_t port = strspn(at + name + 1, digits);
    if (at[name] != ':' || name + 1 + port != size || port > PORT_DIGITS)
        return hide(out, ":");
    text_add_bytes(out, at + name, size - name);
    return true;
}

static bool show_hosts(struct text *out, const char **at)
{
    for (;;) {
        size_t size = strcspn(*at, ",/?");
        if (size > 0 && !show_host(out, *at, size))
            return false;
        *at += size;
        if (**at != ',')
            return true;
        text_add_char(out, *(*at)++);
    }
}

/* Parameters whose values are no secret, and what may be in them. */
static const char *may_be_shown(const char *name, size_t size)
{
    static const struct {
        const char *name, *besides;
    } known[] = {
        {"host", "/,%"},  {"hostaddr", ",:%"}, {"port", ","},
        {"dbname", "%"},  {"user", ""},        {"service", ""},
        {"options", "%"}, {"sslmode", ""},     {"connect_timeout", ""},
    };
    for (size_t n = 0; n < COUNT_OF(known); n++) {
        if (strlen(known[n].name) == size &&
            memcmp(known[n].name, name, size) == 0)
            return known[n].besides;
    }
    return NULL;
}

/* After a password one cannot tell whether a '&' is still of it. */
static void show_parameters(struct text *out, const char *at)
{
    while (*at != '\0') {
        size_t size = strcspn(at, "&"), name = strcspn(at, "=&");
        const char *besides = may_be_shown(at, name);
        if (besides == NULL || name == size) {
            hide(out, text_starts(at, "password=") ? "password=" : "");
            return;
        }
        text_add_bytes(out, at, name + 1);
        if (!show(out, at + name + 1, size - name - 1, besides))
            return;
        at += size;
        if (*at == '&')
            text_add_char(out, *at++);
    }
}

const char *postgres_shown(struct arena *arena, const char *address)
{
    struct text out = text_new(arena);
    const char *at = strstr(address, "://");
    if (!show(&out, address, (size_t)(at - address), "+"))
        return out.at;
    text_add(&out, "://");
    at += strlen("://");
    if (!show_user(&out, &at) || !show_hosts(&out, &at))
        return out.at;
    size_t path = *at == '/' ? strcspn(at, "?") : 0;
    if (!show(&out, at, path, "/%"))
        return out.at;
    at += path;
    if (*at == '?') {
        text_add_char(&out, *at++);
        show_parameters(&out, at);
    }
    return out.at;
}

static bool is_port(const char *text)
{
    return text[strspn(text, "0123456789,")] == '\0';
}

bool postgres_part_is_clean(const char *keyword, const char *value)
{
    static const struct {
        const char *keyword, *signs;
    } parts[] = {
        {"host", "@&=;"},
        {"dbname", "@&=;:"},
        {"user", ":"},
    };
    if (text_same(keyword, "port"))
        return is_port(value);
    for (size_t p = 0; p < COUNT_OF(parts); p++) {
        if (text_same(keyword, parts[p].keyword))
            return strpbrk(value, parts[p].signs) == NULL;
    }
    return true;
}

/* Place of the first parameter that is none, from 1; 0: there is none such. One
 * with a '%' in its name may be any. */
static size_t unknown_parameter(const char *address,
                                postgres_is_known *is_known)
{
    const char *at = strchr(address, '?');
    for (size_t place = 1; at != NULL; place++) {
        size_t size = strcspn(++at, "=&");
        if (memchr(at, '%', size) == NULL && !is_known(at, size))
            return place;
        at = strchr(at, '&');
    }
    return 0;
}

/* Neither the name nor the value of a parameter is told: after a '&' that
 * should have been written %26 it is what is left of a password. */
bool postgres_fail_address(const char *address, postgres_is_known *is_known,
                           struct err *err)
{
    size_t unknown = unknown_parameter(address, is_known);
    if (unknown > 0)
        return err_fail(err, ERR_INPUT, "store.address",
                        "parameter %zu after '?' has no name that libpq knows: "
                        "expected host, port, dbname, user, password, service, "
                        "options, sslmode or another of its own, with '&', '=' "
                        "and '%%' in a value written %%26, %%3D and %%25",
                        unknown);
    return err_fail(err, ERR_INPUT, "store.address",
                    "the address cannot be read: expected "
                    "postgresql://USER@HOST:PORT/DATABASE, with '@', ':', '/', "
                    "'?' and '%%' in a name written %%40, %%3A, %%2F, %%3F and "
                    "%%25");
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
