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
    const struct plain_table *table;
    struct uses uses;
    uint32_t *seen;  /* [cells] last stamp that met it */
    uint32_t *met;   /* [rows] likewise */
    uint32_t *cells; /* those that hold the present leaf */
    size_t count;
    uint32_t stamp;
};

static void meet(struct climb *climb, uint32_t cell)
{
    if (climb->seen[cell] == climb->stamp)
        return;
    climb->seen[cell] = climb->stamp;
    climb->cells[climb->count++] = cell;
}

/* Meets every cell that holds the leaf. Each row whose whole holds it must
 * have exactly one part that does. */
static bool climb_from(struct climb *climb, uint32_t leaf, struct err *err)
{
    const struct plain_rows *rows = &climb->table->relations;
    size_t expected = 0, reached = 0;
    climb->stamp++;
    climb->count = 0;
    meet(climb, leaf);
    for (size_t at = 0; at < climb->count; at++) {
        uint32_t cell = climb->cells[at];
        expected += climb->uses.divisions[cell];
        for (size_t k = climb->uses.starts[cell];
             k < climb->uses.starts[cell + 1]; k++) {
            uint32_t row = climb->uses.rows[k];
            uint32_t whole = rows->members[rows->starts[row]];
            if (climb->met[row] == climb->stamp)
                return plain_fail(climb->table, whole, "plain.division",
                                  "its parts overlap", err);
            climb->met[row] = climb->stamp;
            reached++;
            meet(climb, whole);
        }
    }
    if (reached != expected)
        return plain_fail(climb->table, leaf, "plain.division",
                          "a whole is divided in two ways without common parts",
                          err);
    return true;
}

/* Finds the leaves and how long their lists are. */
static bool measure(struct climb *climb, uint32_t *leaves, size_t *starts,
                    size_t *count, struct err *err)
{
    const struct plain_table *table = climb->table;
    for (size_t c = 0; c < table->cells; c++) {
        if (climb->uses.divisions[c] > 0)
            continue;
        if (!climb_from(climb, (uint32_t)c, err))
            return false;
        leaves[*count] = (uint32_t)c;
        starts[*count + 1] = starts[*count] + climb->count;
        ++*count;
    }
    for (size_t c = 0; c < table->cells; c++) {
        if (climb->seen[c] == 0)
            return plain_fail(table, c, "plain.division",
                              "it is a part of itself", err);
    }
    return true;
}

/* Twice over the leaves: lists of a large table must not be held twice. */
static bool climb_all(struct arena *arena, struct climb *climb,
                      struct plain_cover *out, struct err *err)
{
    size_t cells = climb->table->cells, count = 0;
    uint32_t *leaves = arena_array(arena, cells, sizeof *leaves);
    size_t *starts = arena_array(arena, cells + 1, sizeof *starts);
    if (!measure(climb, leaves, starts, &count, err))
        return false;
    uint32_t *held = arena_array(arena, starts[count], sizeof *held);
    for (size_t l = 0; l < count; l++) {
        bool again = climb_from(climb, leaves[l], err);
        assert(again); /* measure has climbed from every leaf */
        memcpy(held + starts[l], climb->cells, climb->count * sizeof *held);
    }
    *out = (struct plain_cover){leaves, count, starts, held};
    return true;
}

bool plain_cover(struct arena *arena, const struct plain_table *table,
                 struct plain_cover *out, struct err *err)
{
    struct arena *scratch = arena_new();
    size_t cells = table->cells;
    struct climb climb = {
        .table = table,
        .uses = find_uses(scratch, table),
        .seen = arena_array(scratch, cells, sizeof *climb.seen),
        .met = arena_array(scratch, table->relations.count, sizeof *climb.met),
        .cells = arena_array(scratch, cells, sizeof *climb.cells),
    };
    bool ok = climb_all(arena, &climb, out, err);
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
