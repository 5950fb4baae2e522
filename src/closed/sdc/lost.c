/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/lost.h"

/* What one person can work out. */
struct knowledge {
    const struct universe *universe;
    bool *known; /* [cells] */
};

/* Without this release: what others have shown, what everybody can deduce,
 * and the cells in which the person is alone. */
static void start(struct knowledge *knowledge, const uint32_t *persons,
                  uint32_t person)
{
    const struct universe *universe = knowledge->universe;
    for (size_t c = 0; c < universe->count; c++)
        knowledge->known[c] =
            (universe->flags[c] & (CELL_KNOWN | CELL_STRUCTURAL)) != 0 ||
            persons[c] == person;
}

/* A relation with one unknown gives it. */
static bool learn(struct knowledge *knowledge, size_t row)
{
    const struct relations *relations = &knowledge->universe->relations;
    uint32_t unknown = 0;
    size_t count = 0;
    for (size_t i = relations->starts[row]; i < relations->starts[row + 1];
         i++) {
        if (knowledge->known[relations->members[i]])
            continue;
        unknown = relations->members[i];
        count++;
    }
    if (count != 1)
        return false;
    knowledge->known[unknown] = true;
    return true;
}

static bool recovers(const struct universe *universe, const uint32_t *persons,
                     uint32_t person, size_t cell)
{
    struct arena *scratch = arena_new();
    struct knowledge knowledge = {
        .universe = universe,
        .known = arena_array(scratch, universe->count, sizeof(bool)),
    };
    bool again = true;
    start(&knowledge, persons, person);
    while (again && !knowledge.known[cell]) {
        again = false;
        for (size_t r = 0; r < universe->relations.count; r++)
            again = learn(&knowledge, r) || again;
    }
    bool found = knowledge.known[cell];
    arena_wipe(scratch);
    return found;
}

bool lost_already(const struct universe *universe,
                  const struct pattern *pattern, size_t cell)
{
    struct arena *scratch = arena_new();
    uint32_t *persons = NULL;
    size_t count = pattern_seers(pattern, cell, scratch, &persons);
    bool lost = count > 0;
    for (size_t i = 0; i < count && lost; i++)
        lost = recovers(universe, pattern->field->persons, persons[i], cell);
    arena_wipe(scratch);
    return lost;
}
