/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/faults.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct faults faults_new(struct arena *arena)
{
    return (struct faults){.lines = text_new(arena)};
}

bool faults_add(struct faults *faults, const char *format, ...)
{
    /* As long as the sentence of an err, which cuts between characters. */
    char what[sizeof(((struct err *)0)->text)];
    va_list arguments;
    faults->count++;
    if (faults->count > FAULTS_LIMIT)
        return false;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    text_add(&faults->lines, "\n  ");
    text_add(&faults->lines, what);
    return false;
}

bool faults_take(struct faults *faults, struct err *failure)
{
    if (failure->code != ERR_INPUT)
        return false;
    faults_add(faults, "%s", failure->text);
    *failure = (struct err){0};
    return true;
}

bool faults_full(const struct faults *faults)
{
    return faults->count >= FAULTS_LIMIT;
}

bool faults_check(const struct faults *faults, const char *id, const char *lead,
                  struct err *err)
{
    enum { ROOM = 1250 }; /* of err.text: context goes before */
    if (faults->count == 0)
        return true;
    struct text text = text_new(faults->lines.arena);
    const char *at = faults->lines.at;
    size_t told = 0;
    while (*at != '\0') {
        size_t size = 1 + strcspn(at + 1, "\n");
        if (told > 0 && text.size + size > ROOM)
            break;
        text_add_bytes(&text, at, size);
        at += size;
        told++;
    }
    if (faults_full(faults))
        text_format(&text, "\n  (the first %zu; reading stopped)", told);
    else if (told < faults->count)
        text_format(&text, "\n  (and %zu more)", faults->count - told);
    return err_fail(err, ERR_INPUT, id, "%s:%s", lead, text.at);
}
