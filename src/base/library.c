/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/err.h"

/* What is there and cannot be mapped where memory is limited, as that of a
 * solver's run is. */
static bool is_out_of_memory(const char *reason)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_DATA, &limit) == 0 &&
           limit.rlim_cur != RLIM_INFINITY && strstr(reason, " map ") != NULL;
}

_Noreturn static void fail(const char *file)
{
    const char *reason = dlerror();
    if (!reason)
        reason = "no reason given";
    if (is_out_of_memory(reason))
        err_out_of_memory();
    fprintf(stderr,
            "panorama: error library.load: library '%s' cannot be used: %s\n",
            file, reason);
    _exit(ERR_IO);
}

void library_load(const char *file, const char *const *names, size_t count,
                  void *table)
{
    void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
    if (!library)
        fail(file);
    for (size_t i = 0; i < count; i++) {
        void *call = dlsym(library, names[i]);
        if (!call)
            fail(file);
        memcpy((char *)table + i * sizeof call, &call, sizeof call);
    }
}
