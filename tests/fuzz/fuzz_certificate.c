/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as a certificate: refused, or arrays that the checker can walk; and
 * what was read, written again and read a second time, is the same. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "replay.h"
#include "sdc/certificate.h"

static const char *place(struct arena *arena, const char *name)
{
    return arena_format(arena, "/tmp/panorama-fuzz-%ld-%s", (long)getpid(),
                        name);
}

static struct audit_input *read_bytes(struct arena *arena, const void *bytes,
                                      size_t size)
{
    struct audit_input *input = NULL;
    struct err err = {0};
    const char *from = place(arena, "a.cert");
    if (!fs_write(from, bytes, size, &err))
        abort();
    bool ok = certificate_read(arena, from, &input, &err);
    unlink(from);
    if (ok != (err.code == ERR_NONE) || (!ok && err.code != ERR_INPUT))
        abort();
    return ok ? input : NULL;
}

/* The checker may refuse, it may not fall over. */
static void check(struct arena *arena, const struct audit_input *input)
{
    struct err err = {0};
    enum audit_verdict *verdicts =
        arena_array(arena, input->cells, sizeof *verdicts);
    bool ok = audit_run(input, verdicts, &err);
    if (ok != (err.code == ERR_NONE))
        abort();
}

static char *write_again(struct arena *arena, const struct audit_input *input,
                         size_t *size)
{
    struct err err = {0};
    char *text = NULL;
    const char *to = place(arena, "b.cert");
    if (!certificate_write(input, CERTIFICATE_WHOLE, to, &err) ||
        !fs_read(arena, to, &text, size, &err))
        abort();
    unlink(to);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    enum {
        CELLS_MOST = 10000, /* memory of one run */
    };
    struct arena *arena = arena_new();
    struct audit_input *first = read_bytes(arena, bytes, size);
    if (first != NULL && first->cells <= CELLS_MOST) {
        size_t once, twice;
        check(arena, first);
        char *a = write_again(arena, first, &once);
        struct audit_input *second = read_bytes(arena, a, once);
        if (second == NULL)
            abort();
        char *b = write_again(arena, second, &twice);
        if (once != twice || memcmp(a, b, once) != 0)
            abort();
    }
    arena_free(arena);
    return 0;
}
