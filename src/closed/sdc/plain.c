/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/plain.h"

#include <string.h>

#include "base/num.h"

bool plain_fail(const struct plain_table *table, size_t cell, const char *id,
                const char *what, struct err *err)
{
    struct arena *scratch = arena_new();
    err_fail(err, ERR_DISCLOSURE, id, "%s: %s",
             table->name(scratch, table->context, cell), what);
    arena_free(scratch);
    return false;
}

bool plain_check(const struct plain_table *table, struct err *err)
{
    const struct plain_rows *rows = &table->relations;
    for (size_t c = 0; c < table->cells; c++) {
        if (table->counts[c] < 0)
            return plain_fail(table, c, "plain.negative", "a count is negative",
                              err);
    }
    for (size_t r = 0; r < rows->count; r++) {
        int64_t sum = 0;
        uint32_t total = rows->members[rows->starts[r]];
        bool fits = true;
        for (size_t i = rows->starts[r] + 1; i < rows->starts[r + 1]; i++)
            fits = num_add(sum, table->counts[rows->members[i]], &sum) && fits;
        if (!fits || sum != table->counts[total])
            return plain_fail(table, total, "plain.relation",
                              "the parts do not add up to the whole", err);
    }
    return true;
}

/* The rows where each cell is a part. */
struct uses {
    size_t *starts; /* [cells + 1] */
    uint32_t *rows;
    size_t *divisions; /* [cells] rows where it is the whole */
};

static struct uses find_uses(struct arena *arena,
                             const struct plain_table *table)
{
    const struct plain_rows *rows = &table->relations;
    size_t cells = table->cells;
    struct uses uses = {
        .starts = arena_array(arena, cells + 2, sizeof *uses.starts),
        .divisions = arena_array(arena, cells, sizeof *uses.divisions),
    };
    size_t *fill = uses.starts + 1; /* becomes starts as it is filled */
    for (size_t r = 0; r < rows->count; r++) {
        uses.divisions[rows->members[rows->starts[r]]]++;
        for (size_t i = rows->starts[r] + 1; i < rows->starts[r + 1]; i++)
            fill[rows->members[i] + 1]++;
    }
    for (size_t c = 0; c < cells; c++)
        fill[c + 1] += fill[c];
    uses.rows = arena_array(arena, fill[cells], sizeof *uses.rows);
    for (size_t r = 0; r < rows->count; r++) {
        for (size_t i = rows->starts[r] + 1; i < rows->starts[r + 1]; i++)
            uses.rows[fill[rows->members[i]]++] = (uint32_t)r;
    }
    return uses;
}

/* Climbing from one leaf at a time. */
struct climb {
    struct arena *arena;
    const struct plain_table *table;
    struct uses uses;
    uint32_t *seen;  /* [cells] last leaf + 1 that met it */
    uint32_t *met;   /* [rows] likewise */
    uint32_t *cells; /* all lists, one after the other */
    size_t count, capacity;
};

static void meet(struct climb *climb, uint32_t cell, uint32_t stamp)
{
    if (climb->seen[cell] == stamp)
        return;
    climb->seen[cell] = stamp;
    climb->cells = arena_grow(climb->arena, climb->cells, climb->count,
                              &climb->capacity, sizeof *climb->cells);
    climb->cells[climb->count++] = cell;
}

/* Meets every cell that holds the leaf. Each row whose whole holds it must
 * have exactly one part that does. */
static bool climb_from(struct climb *climb, uint32_t leaf, uint32_t stamp,
                       struct err *err)
{
    const struct plain_rows *rows = &climb->table->relations;
    size_t first = climb->count, expected = 0, reached = 0;
    meet(climb, leaf, stamp);
    for (size_t at = first; at < climb->count; at++) {
        uint32_t cell = climb->cells[at];
        expected += climb->uses.divisions[cell];
        for (size_t k = climb->uses.starts[cell];
             k < climb->uses.starts[cell + 1]; k++) {
            uint32_t row = climb->uses.rows[k];
            uint32_t whole = rows->members[rows->starts[row]];
            if (climb->met[row] == stamp)
                return plain_fail(climb->table, whole, "plain.division",
                                  "its parts overlap", err);
            climb->met[row] = stamp;
            reached++;
            meet(climb, whole, stamp);
        }
    }
    if (reached != expected)
        return plain_fail(climb->table, leaf, "plain.division",
                          "a whole is divided in two ways without common parts",
                          err);
    return true;
}

bool plain_cover(struct arena *arena, const struct plain_table *table,
                 struct plain_cover *out, struct err *err)
{
    struct arena *scratch = arena_new();
    size_t cells = table->cells, count = 0;
    struct climb climb = {
        .arena = scratch,
        .table = table,
        .uses = find_uses(scratch, table),
        .seen = arena_array(scratch, cells, sizeof *climb.seen),
        .met = arena_array(scratch, table->relations.count, sizeof *climb.met),
    };
    uint32_t *leaves = arena_array(arena, cells, sizeof *leaves);
    size_t *starts = arena_array(arena, cells + 1, sizeof *starts);
    bool ok = true;
    for (size_t c = 0; c < cells && ok; c++) {
        if (climb.uses.divisions[c] > 0)
            continue;
        leaves[count] = (uint32_t)c;
        ok = climb_from(&climb, (uint32_t)c, (uint32_t)count + 1, err);
        starts[++count] = climb.count;
    }
    for (size_t c = 0; c < cells && ok; c++) {
        if (climb.seen[c] == 0)
            ok = plain_fail(table, c, "plain.division",
                            "it is a part of itself", err);
    }
    uint32_t *held = arena_array(arena, climb.count, sizeof *held);
    if (climb.count > 0)
        memcpy(held, climb.cells, climb.count * sizeof *held);
    if (ok)
        *out = (struct plain_cover){leaves, count, starts, held};
    arena_wipe(scratch);
    return ok;
}

bool plain_check_key(const struct hash_key *key, struct err *err)
{
    if (key->size < HASH_KEY_LEAST || key->size > HASH_KEY_MOST)
        return err_fail(err, ERR_USAGE, "plain.key",
                        "the inside key must have %d to %d bytes",
                        HASH_KEY_LEAST, HASH_KEY_MOST);
    return true;
}
