/* SPDX-License-Identifier: EUPL-1.2 */
/* The places of a document that links lead to and page numbers tell. */
#include <math.h>
#include <string.h>

#include "page/layout_impl.h"
#include "page/structure.h"

static int add_place(struct setter *setter, const struct layout_heading *place)
{
    setter->headings =
        arena_grow(setter->arena, setter->headings, setter->heading_count,
                   &setter->heading_capacity, sizeof *setter->headings);
    int at = (int)setter->heading_count++;
    setter->headings[at] = *place;
    if (place->id[0] != '\0')
        (void)map_put(setter->places, place->id, strlen(place->id), at);
    return at;
}

static void find_in_runs(struct setter *setter, const struct runs *runs)
{
    for (size_t r = 0; r < runs->count; r++) {
        const struct run *run = &runs->run[r];
        struct layout_heading place = {.kind = BLOCK_PARAGRAPH, .title = ""};
        if (run->anchor != NULL) {
            place.id = run->anchor;
            (void)add_place(setter, &place);
        }
        if (run->note == NULL)
            continue;
        place.id = run->note->id;
        (void)add_place(setter, &place);
        find_in_runs(setter, &run->note->text);
    }
}

/* Headings, numbered or not, and whatever has an anchor. */
static int find_in_block(struct setter *setter, const struct block *block)
{
    bool heading = block->kind == BLOCK_HEADING;
    bool shown = block->kind == BLOCK_FIGURE || block->kind == BLOCK_TABLE;
    const char *id = structure_anchor(setter->arena, block);
    int found = -1;
    if (heading && block->level == 1 && setter->report && setter->body < 0)
        setter->body = (int)setter->heading_count;
    if (heading || shown || id[0] != '\0')
        found = add_place(
            setter,
            &(struct layout_heading){
                .kind = heading || shown ? block->kind : BLOCK_PARAGRAPH,
                .level = heading ? block->level : 0,
                .title = heading || shown ? structure_title(setter->arena,
                                                            setter->lang, block)
                                          : "",
                .id = id,
            });
    find_in_runs(setter, &block->text);
    for (size_t i = 0; i < block->item_count; i++)
        find_in_runs(setter, &block->items[i]);
    for (size_t c = 0; c < block->child_count; c++)
        (void)find_in_block(setter, &block->children[c]);
    return found;
}

void set_find_places(struct setter *setter)
{
    const struct document *document = setter->document;
    setter->places = map_new(setter->arena);
    setter->block_place =
        arena_array(setter->arena, document->block_count, sizeof(int));
    for (size_t i = 0; i < document->block_count; i++) {
        const struct block *block = &document->blocks[i];
        if (block->kind == BLOCK_CONTENTS)
            setter->report = true;
        setter->block_place[i] = find_in_block(setter, block);
    }
}

const char *set_title(struct setter *setter, const struct block *block)
{
    return structure_title(setter->arena, setter->lang, block);
}

enum tag_role set_title_role(const struct setter *setter, enum tag_role usual)
{
    bool alone =
        setter->tag_level == 1 && !structure_has_headings(setter->document);
    return alone ? TAG_H2 : usual;
}

int set_place(const struct setter *setter, const char *id)
{
    return map_get(setter->places, id, strlen(id));
}

/* --- links ---------------------------------------------------------------- */

int set_link(struct setter *setter, int element, int heading, const char *words)
{
    setter->links = arena_grow(setter->arena, setter->links, setter->link_count,
                               &setter->link_capacity, sizeof *setter->links);
    setter->links[setter->link_count] = (struct layout_link){
        .element = element,
        .href = "",
        .heading = heading,
        .words = words,
    };
    return (int)setter->link_count++;
}

bool set_resolve_links(struct setter *setter, struct err *err)
{
    for (size_t i = 0; i < setter->link_count; i++) {
        struct layout_link *link = &setter->links[i];
        if (link->href[0] != '#' || link->heading >= 0)
            continue;
        link->heading = set_place(setter, link->href + 1);
        if (link->heading < 0)
            return err_fail(err, ERR_SCRIPT, "page.link",
                            "document '%s': link '%s' leads nowhere",
                            setter->document->name, link->href);
        link->href = "";
    }
    return true;
}

/* --- page numbers in the text --------------------------------------------- */

#define FIRST_GUESS "10"

const char *set_page_number(struct setter *setter, int place)
{
    if (setter->guess == NULL || place < 0)
        return FIRST_GUESS;
    return set_page_label(setter, setter->guess,
                          setter->guess->headings[place].page);
}

/* --- places on finished pages --------------------------------------------- */

/* Places inside of slabs, where they first stand. */
static void find_in_slab(struct setter *setter,
                         const struct layout_placed *placed, size_t page,
                         bool *found)
{
    for (size_t m = 0; m < placed->slab->mark_count; m++) {
        const struct layout_mark *mark = &placed->slab->marks[m];
        if (mark->anchor < 0 || found[mark->anchor])
            continue;
        struct layout_heading *place = &setter->headings[mark->anchor];
        bool text = mark->kind == LAYOUT_TEXT;
        found[mark->anchor] = true;
        place->page = page;
        place->y_pt = placed->y_pt + (text ? mark->y_pt - mark->height_pt : 0);
    }
}

void set_found_places(struct setter *setter, struct layout *layout)
{
    bool *found =
        arena_array(setter->scratch, setter->heading_count, sizeof *found);
    for (size_t p = 0; p < layout->page_count; p++) {
        for (size_t i = 0; i < layout->pages[p].slab_count; i++)
            find_in_slab(setter, &layout->pages[p].slabs[i], p, found);
    }
    if (setter->body >= 0)
        layout->front_count = setter->headings[setter->body].page;
}

/* The number takes the place of the one that the mark begins with, and ends
 * where that did. At the right end of a line there is none. */
static void fill_number(struct setter *setter, const struct layout *layout,
                        struct layout_mark *mark)
{
    size_t guessed = strcspn(mark->text, " ");
    const char *number =
        set_page_label(setter, layout, setter->headings[mark->page_of].page);
    double shift =
        set_width(setter, mark->style, mark->size_pt, mark->text, guessed) -
        set_width(setter, mark->style, mark->size_pt, number, strlen(number));
    if (guessed > 0 && fabs(shift) > 0.01)
        setter->guessed_wrong = true;
    mark->text =
        arena_format(setter->arena, "%s%s", number, mark->text + guessed);
    mark->size = strlen(mark->text);
    mark->x_pt += shift;
    mark->width_pt -= shift;
}

static void fill_slab(struct setter *setter, const struct layout *layout,
                      struct slab *slab)
{
    for (size_t i = 0; i < slab->out.mark_count; i++) {
        if (slab->out.marks[i].page_of >= 0)
            fill_number(setter, layout, &slab->out.marks[i]);
    }
    for (size_t n = 0; n < slab->note_count; n++) {
        const struct called_note *note = slab->notes[n];
        for (size_t i = 0; i < note->line_count; i++)
            fill_slab(setter, layout, note->lines[i]);
    }
}

void set_fill_numbers(struct setter *setter, const struct layout *layout)
{
    for (size_t i = 0; i < setter->slab_count; i++)
        fill_slab(setter, layout, setter->slabs[i]);
}
