/* SPDX-License-Identifier: EUPL-1.2 */
/* Notes: called by a number in a line, printed at the foot of its page. */
#include "page/layout_impl.h"

struct called_note *set_call(struct setter *setter, const struct note *note)
{
    if (note == NULL)
        return NULL;
    setter->notes = arena_grow(setter->arena, setter->notes, setter->note_count,
                               &setter->note_capacity, sizeof *setter->notes);
    struct called_note *called = arena_alloc(setter->arena, sizeof *called);
    called->note = note;
    called->slab = arena_alloc(setter->arena, sizeof *called->slab);
    called->slab->heading = -1;
    setter->notes[setter->note_count++] = called;
    return called;
}

void set_call_on(struct setter *setter, struct slab *slab,
                 struct called_note *note)
{
    if (slab->note_count > 0 && slab->notes[slab->note_count - 1] == note)
        return;
    slab->notes = arena_grow(setter->arena, slab->notes, slab->note_count,
                             &slab->note_capacity, sizeof *slab->notes);
    slab->notes[slab->note_count++] = note;
}

static void set_called(struct setter *setter, const struct called_note *called)
{
    const double indent = 12;
    struct text_style style = set_style_small(setter);
    struct slab *slab = called->slab;
    int element = set_element(setter, TAG_ROOT, TAG_NOTE);
    int label = set_element(setter, element, TAG_LBL);
    int body = set_element(setter, element, TAG_P);
    struct paragraph *paragraph = set_break(setter, &called->note->text, &style,
                                            setter->width_pt - indent, body);
    (void)set_line(setter, slab, label, &style,
                   arena_format(setter->arena, "%d ", called->note->number),
                   setter->left_pt, 0);
    slab->out.marks[0].anchor = set_place(setter, called->note->id);
    set_lines(setter, slab, paragraph, 0, set_line_count(paragraph),
              setter->left_pt + indent, 0);
    slab->out.height_pt = set_height(paragraph) + 1.5;
}

void set_called_notes(struct setter *setter)
{
    for (size_t n = 0; n < setter->note_count; n++)
        set_called(setter, setter->notes[n]);
    setter->note_count = 0;
}
