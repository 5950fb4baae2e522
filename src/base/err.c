/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A sentence cut by its buffer must not end in half a character. */
static void mend_end(char *text, size_t capacity, int wanted)
{
    if (wanted < 0 || (size_t)wanted < capacity)
        return;
    size_t lead = capacity - 1;
    while (lead > 0 && ((unsigned char)text[lead - 1] & 0xC0) == 0x80)
        lead--;
    if (lead == 0)
        return;

    unsigned char first = (unsigned char)text[lead - 1];
    size_t needed = 1;
    if (first >= 0xC0)
        needed = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (lead - 1 + needed > capacity - 1)
        text[lead - 1] = '\0';
}

/* What a message quotes must not act on the terminal that shows it. */
static void mend_controls(char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if ((byte < ' ' && byte != '\n' && byte != '\t') || byte == 0x7F)
            *text = '?';
    }
}

bool err_fail(struct err *err, enum err_code code, const char *id,
              const char *format, ...)
{
    assert(err->code == ERR_NONE);
    assert(code != ERR_NONE);
    va_list args;

    err->code = code;
    snprintf(err->id, sizeof err->id, "%s", id);
    va_start(args, format);
    int wanted = vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    mend_end(err->text, sizeof err->text, wanted);
    mend_controls(err->text);
    return false;
}

bool err_wrap(struct err *err, const char *format, ...)
{
    assert(err->code != ERR_NONE);
    char cause[sizeof err->text];
    memcpy(cause, err->text, sizeof cause);

    /* The context may be built from err->text itself, so it gets its own
     * buffer too. */
    char context[sizeof err->text];
    va_list args;
    va_start(args, format);
    int wanted = vsnprintf(context, sizeof context, format, args);
    va_end(args);
    mend_end(context, sizeof context, wanted);

    size_t length = strlen(context);
    memcpy(err->text, context, length + 1);
    size_t room = sizeof err->text - length;
    wanted = snprintf(err->text + length, room, ": %s", cause);
    mend_end(err->text, sizeof err->text, (int)length + wanted);
    return false;
}

void err_out_of_memory(void)
{
    static const char message[] = "panorama: out of memory\n";
    /* No stdio: it may want memory. Nothing can be done if stderr is shut. */
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(ERR_MEMORY);
}
