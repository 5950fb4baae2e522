/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as the files of a release: manifest, sexes, sums, measures and one
 * table, each ended by a line "%". Refused, or a universe that can be attacked:
 * what is printed is not open, and bounds are no contradiction by themselves.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "replay.h"
#include "sdc/released.h"

#define NODES                                                                  \
    "level,code,label_fr,label_en,parent_level,parent,icd10,sex,low,high\n"

static const char *const given[] = {"manifest.json", "codes/sex.csv",
                                    "codes/relation.csv", "codes/measure.csv",
                                    "a.csv"};

static const struct {
    const char *name, *text;
} fixed[] = {
    {"codes/territory.csv", NODES "country,FR,F,F,,,,,,\n"
                                  "dep,A,A,A,country,FR,,,,\n"
                                  "dep,B,B,B,country,FR,,,,\n"},
    {"codes/site.csv", NODES "all,ALL,A,A,,,,,,\nsite,PRO,P,P,all,ALL,,M,,\n"},
    {"codes/age.csv", NODES "total,T,T,T,,,,,0,-1\n"},
    {"codes/period.csv", NODES "leaf,2021,2021,2021,,,,,2021,2021\n"
                               "leaf,2022,2022,2022,,,,,2022,2022\n"
                               "band,2021-2022,x,x,,,,,2021,2022\n"},
    {"codes/stratum.csv", NODES "total,T,T,T,,,,,,\n"},
    {"a.schema.json", "{\"name\": \"a\"}"},
};

static void put(struct arena *arena, const char *folder, const char *name,
                const char *at, size_t size)
{
    struct err err = {0};
    if (!fs_write(fs_join(arena, folder, name), at, size, &err))
        abort();
}

static void write_release(struct arena *arena, const char *folder,
                          const uint8_t *bytes, size_t size)
{
    struct err err = {0};
    const char *at = arena_slice(arena, (const char *)bytes, size);
    const char *end = at + size;
    if (!fs_make_directory(fs_join(arena, folder, "codes"), &err))
        abort();
    for (size_t f = 0; f < COUNT_OF(fixed); f++)
        put(arena, folder, fixed[f].name, fixed[f].text, strlen(fixed[f].text));
    for (size_t f = 0; f < COUNT_OF(given); f++) {
        const char *stop = memmem(at, (size_t)(end - at), "\n%\n", 3);
        const char *last = stop == NULL ? end : stop + 1;
        put(arena, folder, given[f], at, (size_t)(last - at));
        at = stop == NULL ? end : stop + 3;
    }
}

static void check_atoms(const struct released_atoms *atoms)
{
    for (size_t i = 0; i < atoms->sums.starts[atoms->sums.count]; i++) {
        if (atoms->sums.members[i] >= atoms->first + atoms->count)
            abort();
    }
}

static void check_release(struct arena *arena, const struct released *released)
{
    struct audit_input input = released_attack(arena, released, AUDIT_BASIC);
    check_atoms(&released->atoms);
    for (size_t c = 0; c < released->universe->published; c++) {
        const struct released_cell *cell = &released->cells[c];
        bool shown = input.guards[c] == AUDIT_SHOWN;
        if (cell->shown > 0 && (!shown || input.counts[c] < 0))
            abort();
        if (input.upper[c] < 0 || audit_threshold(&input, c) < 3 ||
            released_name(arena, released, c)[0] == '\0')
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    struct err err = {0};
    struct released *released = NULL;
    const char *folder =
        arena_format(arena, "/tmp/panorama-fuzz-%ld-release", (long)getpid());
    write_release(arena, folder, bytes, size);
    const struct released_input input = {.directory = folder};
    bool ok = released_read(arena, &input, &released, &err);
    if (ok != (err.code == ERR_NONE) ||
        (!ok && err.code != ERR_INPUT && err.code != ERR_DISCLOSURE))
        abort();
    if (ok)
        check_release(arena, released);
    struct err ignored = {0};
    (void)!fs_remove(folder, &ignored);
    arena_free(arena);
    return 0;
}
