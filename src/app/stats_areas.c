/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/stats_areas.h"

#include <math.h>

/* Numbers from 1 as places from 0; what is no area stays out of range. */
static size_t *take_list(struct script_call *call, const double *numbers,
                         size_t count, size_t areas)
{
    size_t *list = arena_array(call_arena(call), count + 1, sizeof *list);
    for (size_t k = 0; k < count; k++) {
        bool known = numbers[k] >= 1.0 && numbers[k] <= (double)areas &&
                     numbers[k] == floor(numbers[k]);
        list[k] = known ? (size_t)numbers[k] - 1 : areas;
    }
    return list;
}

static void refuse_faults(struct script_call *call,
                          const struct neighbours *neighbours)
{
    size_t area = 0, other = 0;
    enum neighbours_fault fault = neighbours_check(neighbours, &area, &other);
    area++;
    other++;
    switch (fault) {
    case NEIGHBOURS_GOOD:
        return;
    case NEIGHBOURS_UNKNOWN:
        call_fail(call,
                  "'neighbours': area %zu has a neighbour that is no area",
                  area);
    case NEIGHBOURS_SELF:
        call_fail(call, "'neighbours': area %zu is its own neighbour", area);
    case NEIGHBOURS_TWICE:
        call_fail(call, "'neighbours': area %zu lists area %zu twice", area,
                  other);
    case NEIGHBOURS_ONE_SIDED:
        call_fail(call,
                  "'neighbours': area %zu lists area %zu, which does not list "
                  "area %zu",
                  area, other, area);
    }
}

struct neighbours stats_neighbours(struct script_call *call, size_t areas)
{
    struct call_lists given = call_list_of_lists(call, "neighbours");
    if (given.count != areas)
        call_fail(call, "'neighbours': expected %zu lists, found %zu", areas,
                  given.count);
    const size_t **lists =
        arena_array(call_arena(call), areas + 1, sizeof *lists);
    for (size_t i = 0; i < areas; i++)
        lists[i] = take_list(call, given.lists[i], given.sizes[i], areas);
    struct neighbours out = {lists, given.sizes, areas};
    refuse_faults(call, &out);
    return out;
}
