/* SPDX-License-Identifier: EUPL-1.2 */
/* The attack on a rounded table, by somebody who has the table, the relations,
 * the base and the window, and nothing else. */
#include "sdc/plain_attack.h"
#include "sdc/round.h"

#include <stdlib.h>

/* True for every cell that some relation divides. */
static bool *find_margins(struct arena *arena, const struct plain_table *table)
{
    const struct plain_rows *rows = &table->relations;
    bool *margin = arena_array(arena, table->cells, sizeof *margin);
    for (size_t r = 0; r < rows->count; r++)
        margin[rows->members[rows->starts[r]]] = true;
    return margin;
}

static bool check_cells(const struct plain_table *table, int64_t base,
                        int64_t window, const bool *margin,
                        const int64_t *rounded, struct err *err)
{
    for (size_t c = 0; c < table->cells; c++) {
        int64_t reach = (margin[c] ? window : 1) * base;
        if (rounded[c] < 0 || rounded[c] % base != 0)
            return plain_fail(table, c, "round.multiple",
                              "no multiple of the base", err);
        if (llabs(rounded[c] - table->counts[c]) >= reach ||
            (table->counts[c] == 0 && rounded[c] != 0))
            return plain_fail(table, c, "round.window",
                              "rounded too far from the truth", err);
    }
    return true;
}

/* What was printed is printed again, and no bound that everybody knows cuts
 * what the rounding leaves open. */
static bool check_known(const struct plain_table *table, int64_t base,
                        const int64_t *rounded, struct err *err)
{
    const struct plain_known *known = table->known;
    for (size_t c = 0; known != NULL && c < table->cells; c++) {
        if (known->printed[c] != PLAIN_FREE && known->printed[c] != rounded[c])
            return plain_fail(table, c, "round.printed",
                              "was printed otherwise before", err);
        if (!known->empty[c] && known->limits[c] - rounded[c] < base - 1)
            return plain_fail(table, c, "round.limit",
                              "a public upper bound cuts what rounding leaves "
                              "open",
                              err);
    }
    return true;
}

static bool check_relations(const struct plain_table *table,
                            const int64_t *rounded, struct err *err)
{
    const struct plain_rows *rows = &table->relations;
    for (size_t r = 0; r < rows->count; r++) {
        uint32_t whole = rows->members[rows->starts[r]];
        int64_t rest = rounded[whole];
        for (size_t i = rows->starts[r] + 1; i < rows->starts[r + 1]; i++)
            rest -= rounded[rows->members[i]];
        if (rest != 0)
            return plain_fail(table, whole, "round.relation",
                              "rounded parts do not add up", err);
    }
    return true;
}

static struct audit_input publish(struct arena *arena,
                                  const struct plain_table *table,
                                  const struct round_policy *policy,
                                  int64_t window, const bool *margin,
                                  const int64_t *rounded)
{
    int64_t *lower = arena_array(arena, table->cells, sizeof *lower);
    int64_t *upper = arena_array(arena, table->cells, sizeof *upper);
    enum audit_guard *guards = arena_array(arena, table->cells, sizeof *guards);
    for (size_t c = 0; c < table->cells; c++) {
        int64_t reach = (margin[c] ? window : 1) * policy->base - 1;
        lower[c] = rounded[c] > reach ? rounded[c] - reach : 0;
        upper[c] = rounded[c] + reach;
        guards[c] = AUDIT_GUARDED;
        if (table->known != NULL && table->known->limits[c] < upper[c])
            upper[c] = table->known->limits[c];
        if (table->known != NULL && table->known->empty[c])
            guards[c] = AUDIT_SHOWN;
    }
    return plain_published(table, lower, upper, guards, policy->threshold);
}

bool round_audit(const struct plain_table *table,
                 const struct round_policy *policy, int64_t window,
                 const int64_t *rounded, struct err *err)
{
    struct arena *arena = arena_new();
    bool *margin = find_margins(arena, table);
    bool ok = check_cells(table, policy->base, window, margin, rounded, err) &&
              check_relations(table, rounded, err) &&
              check_known(table, policy->base, rounded, err);
    if (ok) {
        struct audit_input input =
            publish(arena, table, policy, window, margin, rounded);
        ok = plain_attack(arena, table, &input, "round.exposed",
                          "rounding does not protect it", err);
    }
    arena_wipe(arena);
    return ok;
}
