/* SPDX-License-Identifier: EUPL-1.2 */
/* Blocks side by side: two figures share the heights of their parts; a table
 * and what stands beside it are set in half the width each, then made one slab,
 * which is never cut. Where the columns of a table have no room there, or both
 * are higher than a page, they stand one below the other instead. */
#include <math.h>

#include "page/layout_impl.h"
#include "page/structure.h"

#define SIDES 2

/* What setting blocks adds to, to take it back. */
struct trial {
    size_t slabs, elements, links, notes, split_tables;
    double after_pt;
};

static struct trial begin_trial(const struct setter *setter)
{
    return (struct trial){
        .slabs = setter->slab_count,
        .elements = setter->element_count,
        .links = setter->link_count,
        .notes = setter->note_count,
        .split_tables = setter->split_tables,
        .after_pt = setter->after_pt,
    };
}

static void take_back(struct setter *setter, const struct trial *trial)
{
    setter->slab_count = trial->slabs;
    setter->element_count = trial->elements;
    setter->link_count = trial->links;
    setter->note_count = trial->notes;
    setter->split_tables = trial->split_tables;
    setter->after_pt = trial->after_pt;
}

static bool all_figures(const struct block *block)
{
    for (size_t c = 0; c < block->child_count; c++) {
        if (block->children[c].kind != BLOCK_FIGURE)
            return false;
    }
    return true;
}

static void set_child(struct setter *setter, const struct block *child)
{
    assert(child->kind == BLOCK_FIGURE || child->kind == BLOCK_TABLE);
    if (child->kind == BLOCK_FIGURE)
        set_figure(setter, child);
    else
        set_table(setter, child);
}

/* Of the highest title, so that what is below starts at one height. */
static double title_height(struct setter *setter, const struct block *block)
{
    struct text_style style = set_style_title(setter);
    double height = 0;
    set_beside(setter, 1);
    for (size_t c = 0; c < block->child_count; c++) {
        const char *title = set_title(setter, &block->children[c]);
        struct paragraph *lines = set_break_text(
            setter, title, &style, setter->width_pt, TAG_ARTIFACT);
        height = fmax(height, set_height(lines));
    }
    set_beside(setter, 0);
    return height;
}

/* Where links to a block lead, if nothing in its slabs is that place yet. */
static void mark_place(struct setter *setter, const struct slab *slab,
                       const struct block *block)
{
    int place = set_place(setter, structure_anchor(setter->arena, block));
    for (size_t m = 0; m < slab->out.mark_count; m++) {
        struct layout_mark *mark = &slab->out.marks[m];
        if (mark->kind == LAYOUT_FILL)
            continue;
        if (mark->anchor < 0)
            mark->anchor = place;
        return;
    }
}

static void add_column(struct setter *setter, struct slab *whole,
                       const struct joined *column)
{
    for (size_t i = 0; i < column->count; i++) {
        const struct slab *slab = column->slabs[i];
        for (size_t m = 0; m < slab->out.mark_count; m++) {
            const struct layout_mark *from = &slab->out.marks[m];
            *set_mark(setter, whole, from->kind, from->element) = *from;
        }
        for (size_t n = 0; n < slab->note_count; n++)
            set_call_on(setter, whole, slab->notes[n]);
    }
}

/* Moves marks to where those of a slab are, `y_pt` lower. */
static void follow(struct layout_mark *marks, const struct slab *slab,
                   double y_pt)
{
    for (size_t m = 0; m < slab->out.mark_count; m++) {
        const struct layout_mark *from = &slab->out.marks[m];
        marks[m].y_pt = from->y_pt + y_pt;
        marks[m].height_pt = from->height_pt;
        if (from->kind != LAYOUT_SCENE)
            continue;
        marks[m].width_pt = from->width_pt;
        marks[m].scale = from->scale;
        marks[m].scene = from->scene;
    }
}

void set_joined(struct slab *whole)
{
    struct layout_mark *marks = whole->out.marks;
    whole->out.height_pt = 0;
    for (size_t side = 0; side < SIDES; side++) {
        const struct joined *column = &whole->joined[side];
        double y = 0;
        for (size_t i = 0; i < column->count; i++) {
            const struct slab *slab = column->slabs[i];
            y += i > 0 ? fmax(slab->gap_pt, slab->after_pt) : 0;
            follow(marks, slab, y);
            marks += slab->out.mark_count;
            y += slab->out.height_pt;
        }
        whole->out.height_pt = fmax(whole->out.height_pt, y);
    }
}

/* Puts the slabs from `first` on in one, those from `second` on the right. */
static void join_columns(struct setter *setter, size_t first, size_t second)
{
    struct joined *joined = arena_array(setter->arena, SIDES, sizeof *joined);
    size_t count = setter->slab_count - first;
    struct slab **slabs = arena_array(setter->arena, count, sizeof *slabs);
    for (size_t i = 0; i < count; i++)
        slabs[i] = setter->slabs[first + i];
    joined[0] = (struct joined){slabs, second - first};
    joined[1] =
        (struct joined){slabs + joined[0].count, count - joined[0].count};
    struct slab *whole = arena_alloc(setter->arena, sizeof *whole);
    *whole = (struct slab){
        .sheet = setter->sheet,
        .gap_pt = slabs[0]->gap_pt,
        .after_pt = slabs[0]->after_pt,
        .heading = -1,
        .joined = joined,
    };
    for (size_t side = 0; side < SIDES; side++)
        add_column(setter, whole, &joined[side]);
    set_joined(whole);
    setter->slabs[first] = whole;
    setter->slab_count = first + 1;
}

/* Sets both, and tells the slab that each begins with. */
static void set_sides(struct setter *setter, const struct block *block,
                      size_t *starts)
{
    for (size_t c = 0; c < SIDES; c++) {
        starts[c] = setter->slab_count;
        set_beside(setter, (int)c + 1);
        set_child(setter, &block->children[c]);
        mark_place(setter, setter->slabs[starts[c]], &block->children[c]);
    }
    set_beside(setter, 0);
}

/* What is below the heads of two tables starts at one height too. */
static double top_height(const struct setter *setter, const struct block *block,
                         const size_t *starts)
{
    double height = 0;
    for (size_t c = 0; c < SIDES; c++) {
        if (block->children[c].kind != BLOCK_TABLE)
            return 0;
        height = fmax(height, setter->slabs[starts[c]]->out.height_pt);
    }
    return height;
}

/* False, and nothing set, where there is no room. */
static bool set_halves(struct setter *setter, const struct block *block)
{
    const struct trial trial = begin_trial(setter);
    size_t starts[SIDES];
    setter->title_pt = title_height(setter, block);
    set_sides(setter, block, starts);
    setter->top_pt = top_height(setter, block, starts);
    bool split = setter->split_tables > trial.split_tables;
    if (!split && setter->top_pt > 0) {
        take_back(setter, &trial);
        set_sides(setter, block, starts);
    }
    setter->title_pt = 0;
    setter->top_pt = 0;
    if (!split)
        join_columns(setter, starts[0], starts[1]);
    if (!split && setter->slabs[starts[0]]->out.height_pt <= setter->height_pt)
        return true;
    take_back(setter, &trial);
    return false;
}

static void set_below(struct setter *setter, const struct block *block)
{
    for (size_t c = 0; c < block->child_count; c++) {
        size_t first = setter->slab_count;
        set_child(setter, &block->children[c]);
        mark_place(setter, setter->slabs[first], &block->children[c]);
        setter->after_pt = setter->theme->block_gap_pt;
    }
}

void set_columns(struct setter *setter, const struct block *block)
{
    assert(block->child_count <= SIDES);
    if (all_figures(block))
        set_figures(setter, block);
    else if (block->child_count < SIDES || !set_halves(setter, block))
        set_below(setter, block);
}
