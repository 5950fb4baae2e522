/* SPDX-License-Identifier: EUPL-1.2 */
/* The notes at the foot of the page being filled. A long note that does not
 * fit goes on at the foot of the next page. */
#include <math.h>

#include "page/layout_impl.h"

#define LINES_TOGETHER 2 /* of a note, on either of two pages */

static double lines_height(const struct called_note *note, size_t count)
{
    double height = 0;
    for (size_t i = 0; i < count; i++)
        height += note->lines[i]->out.height_pt;
    return height;
}

static bool can_split(const struct called_note *note)
{
    return note->line_count >= 2 * LINES_TOGETHER;
}

double set_foot_whole(const struct foot *foot, struct slab *const *slabs,
                      size_t count)
{
    double height = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t n = 0; n < slabs[i]->note_count; n++)
            height += lines_height(slabs[i]->notes[n],
                                   slabs[i]->notes[n]->line_count);
    }
    return height > 0 && foot->count == 0 ? height + NOTES_GAP_PT : height;
}

double set_foot_least(const struct foot *foot, struct slab *const *slabs,
                      size_t count)
{
    double height = set_foot_whole(foot, slabs, count);
    const struct slab *last = slabs[count - 1];
    if (last->note_count == 0)
        return height;
    const struct called_note *note = last->notes[last->note_count - 1];
    if (can_split(note))
        height -= lines_height(note, note->line_count) -
                  lines_height(note, LINES_TOGETHER);
    return height;
}

static void add_line(struct setter *setter, struct foot *foot,
                     const struct slab *line)
{
    if (foot->count == 0)
        foot->height_pt = NOTES_GAP_PT;
    foot->lines = arena_grow(setter->arena, foot->lines, foot->count,
                             &foot->capacity, sizeof *foot->lines);
    foot->lines[foot->count++] = line;
    foot->height_pt += line->out.height_pt;
}

static void carry_line(struct setter *setter, struct foot *foot,
                       const struct slab *line)
{
    foot->carried =
        arena_grow(setter->arena, foot->carried, foot->carried_count,
                   &foot->carried_capacity, sizeof *foot->carried);
    foot->carried[foot->carried_count++] = line;
}

/* How many lines of a note this room is for. */
static size_t fitting_lines(const struct called_note *note, double room_pt)
{
    size_t count = note->line_count;
    if (!can_split(note) || lines_height(note, count) <= room_pt + 0.01)
        return count;
    count -= LINES_TOGETHER;
    while (count > LINES_TOGETHER && lines_height(note, count) > room_pt)
        count--;
    return count;
}

void set_foot_call(struct setter *setter, struct foot *foot,
                   const struct slab *slab, double room_pt)
{
    for (size_t n = 0; n < slab->note_count; n++) {
        const struct called_note *note = slab->notes[n];
        double before = foot->height_pt;
        double gap = foot->count == 0 ? NOTES_GAP_PT : 0;
        size_t here = foot->carried_count > 0
                          ? 0 /* notes stay in order */
                          : fitting_lines(note, room_pt - gap);
        for (size_t i = 0; i < note->line_count; i++) {
            if (i < here)
                add_line(setter, foot, note->lines[i]);
            else
                carry_line(setter, foot, note->lines[i]);
        }
        room_pt -= foot->height_pt - before;
    }
}

void set_foot_turn(struct setter *setter, struct foot *foot, double most_pt)
{
    size_t taken = 0;
    foot->count = 0;
    foot->height_pt = 0;
    while (taken < foot->carried_count && foot->height_pt < most_pt)
        add_line(setter, foot, foot->carried[taken++]);
    foot->carried_count -= taken;
    for (size_t i = 0; i < foot->carried_count; i++)
        foot->carried[i] = foot->carried[i + taken];
}
