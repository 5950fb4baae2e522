/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as the first entry of a ledger, one that a crash kept out of the
 * chain: refused as what it says is no ledger, or sets and cells that can be
 * walked. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "pub/ledger.h"
#include "replay.h"

static void walk_table(const struct ledger_entry *entry,
                       const struct ledger_table *table)
{
    size_t rows = 1;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        rows *= table->axis_count[d];
        for (size_t a = 0; a < table->axis_count[d]; a++) {
            if (table->axis[d][a] >= entry->dims[d].set_count)
                abort();
        }
    }
    if (rows != table->rows)
        abort();
    for (size_t c = 0; c < rows * table->column_count; c++) {
        if (!isfinite(table->cells[c].value))
            abort();
    }
}

static void walk_sets(const struct ledger_dimension *dimension)
{
    for (size_t s = 0; s < dimension->set_count; s++) {
        const struct ledger_set *set = &dimension->sets[s];
        for (size_t l = 0; l < set->count; l++) {
            if (set->leaves[l] >= dimension->leaf_count)
                abort();
        }
    }
}

static void walk_years(const struct ledger_entry *entry,
                       const struct pub_years *years)
{
    if (years->width !=
        entry->dims[DIM_SEX].leaf_count * entry->dims[DIM_AGE].leaf_count)
        abort();
    for (size_t r = 0; r < years->count; r++) {
        const struct pub_years_row *row = &years->rows[r];
        if (row->territory >= entry->dims[DIM_TERRITORY].leaf_count ||
            row->period >= entry->dims[DIM_PERIOD].leaf_count)
            abort();
        for (size_t i = 0; i < years->width; i++) {
            if (row->at[i] < 0)
                abort();
        }
    }
}

static void walk_basis(const struct ledger_entry *entry)
{
    const struct pub_basis *basis = &entry->basis;
    for (size_t s = 0; s < basis->standard_count; s++) {
        for (size_t b = 0; b < basis->standards[s].count; b++) {
            if (!(basis->standards[s].bands[b].weight >= 0.0))
                abort();
        }
    }
    for (size_t y = 0; y < basis->years_count; y++)
        walk_years(entry, &basis->years[y]);
}

static void walk(const struct ledger_entry *entry)
{
    walk_basis(entry);
    for (size_t d = 0; d < DIM_COUNT; d++)
        walk_sets(&entry->dims[d]);
    for (size_t t = 0; t < entry->table_count; t++)
        walk_table(entry, &entry->tables[t]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    struct err err = {0};
    const struct ledger *ledger = NULL;
    const char *folder =
        arena_format(arena, "/tmp/panorama-fuzz-%ld-ledger", (long)getpid());
    if (!fs_make_directory(folder, &err) ||
        !fs_write(fs_join(arena, folder, "0001-a.txt"), bytes, size, &err))
        abort();
    bool ok = ledger_read(arena, folder, &ledger, &err);
    if (ok != (err.code == ERR_NONE) || (!ok && err.code != ERR_DISCLOSURE))
        abort();
    for (size_t e = 0; ok && e < ledger->count; e++)
        walk(&ledger->entries[e]);
    struct err ignored = {0};
    (void)!fs_remove(folder, &ignored);
    arena_free(arena);
    return 0;
}
