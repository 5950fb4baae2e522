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

/* A slab for each line, so that a long note may go on over the page. */
static void set_called(struct setter *setter, struct called_note *called)
{
    const double indent = 12;
    const double below_pt = 1.5;
    struct text_style style = set_style_small(setter);
    int element = set_element(setter, TAG_ROOT, TAG_NOTE);
    int label = set_element(setter, element, TAG_LBL);
    int body = set_element(setter, element, TAG_P);
    struct paragraph *paragraph = set_break(setter, &called->note->text, &style,
                                            setter->width_pt - indent, body);
    called->line_count = set_line_count(paragraph);
    called->lines =
        arena_array(setter->arena, called->line_count, sizeof(struct slab *));
    for (size_t i = 0; i < called->line_count; i++) {
        struct slab *slab = arena_alloc(setter->arena, sizeof *slab);
        slab->heading = -1;
        if (i == 0) {
            (void)set_line(
                setter, slab, label, &style,
                arena_format(setter->arena, "%d ", called->note->number),
                setter->left_pt, 0);
            slab->out.marks[0].anchor = set_place(setter, called->note->id);
        }
        set_lines(setter, slab, paragraph, i, 1, setter->left_pt + indent, 0);
        slab->out.height_pt = style.leading_pt;
        called->lines[i] = slab;
    }
    if (called->line_count > 0)
        called->lines[called->line_count - 1]->out.height_pt += below_pt;
}

void set_called_notes(struct setter *setter)
{
    for (size_t n = 0; n < setter->note_count; n++)
        set_called(setter, setter->notes[n]);
    setter->note_count = 0;
}
