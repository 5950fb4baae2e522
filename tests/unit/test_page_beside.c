/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables and figures side by side. */
#include "check.h"

#include "unit/layout_fixture.h"

static struct block *beside(struct demo *demo, struct block *children)
{
    struct block *block = demo_block(demo, BLOCK_COLUMNS);
    block->children = children;
    block->child_count = 2;
    return block;
}

static struct block *table(struct block *block, const char *id,
                           const char *title, size_t rows, size_t measures)
{
    struct demo demo = {.arena = arena};
    demo_table(&demo, id, title, rows, measures);
    *block = demo.blocks[0];
    return block;
}

/* Sentences around two tables with so many rows and columns of numbers. */
static struct layout *lay_tables(const size_t rows[2], size_t measures)
{
    struct demo demo = {.arena = arena};
    struct block *children = arena_array(arena, 2, sizeof *children);
    (void)table(&children[0], "gauche", "À gauche", rows[0], measures);
    (void)table(&children[1], "droite",
                "À droite, une table dont le titre est plus long que la moitié "
                "d’une page",
                rows[1], measures);
    demo_paragraph(&demo, "Avant les tables.");
    (void)beside(&demo, children);
    demo_paragraph(&demo, "Après les tables.");
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_paragraph(&demo, "Une autre page.");
    return lay_demo(&demo);
}

static const struct layout_slab *slab_with(const struct layout *layout,
                                           const char *words)
{
    for (size_t p = 0; p < layout->page_count; p++) {
        for (size_t i = 0; i < layout->pages[p].slab_count; i++) {
            if (find(layout->pages[p].slabs[i].slab, words) != NULL)
                return layout->pages[p].slabs[i].slab;
        }
    }
    return NULL;
}

/* Marks of elements with this role, on the left and on the right. */
static void count_sides(const struct layout *layout,
                        const struct layout_slab *slab, enum tag_role role,
                        size_t *left, size_t *right)
{
    *left = *right = 0;
    for (size_t i = 0; i < slab->mark_count; i++) {
        const struct layout_mark *mark = &slab->marks[i];
        if (mark->element < 0 ||
            layout->elements[mark->element].tag.role != role)
            continue;
        if (mark->x_pt < theme.page_width_pt / 2)
            (*left)++;
        else
            (*right)++;
    }
}

TEST(two_narrow_tables_stand_side_by_side)
{
    start();
    const struct layout *layout = lay_tables((size_t[]){6, 9}, 1);
    const struct layout_slab *slab = slab_with(layout, "À gauche");
    CHECK(slab != NULL && find(slab, "À droite") != NULL);
    size_t left, right;
    count_sides(layout, slab, TAG_TD, &left, &right);
    CHECK(left >= 6 && right >= 9);
    CHECK_NEAR(find(slab, "À gauche")->y_pt, find(slab, "À droite")->y_pt,
               1e-6);
    stop();
}

TEST(rows_of_tables_side_by_side_are_level)
{
    start();
    const struct layout *layout = lay_tables((size_t[]){6, 9}, 1);
    const struct layout_slab *slab = slab_with(layout, "À gauche");
    double level[2];
    size_t found = 0;
    for (size_t i = 0; i < slab->mark_count && found < 2; i++) {
        const struct layout_mark *mark = &slab->marks[i];
        if (mark->kind == LAYOUT_TEXT && mark->size == 5 &&
            memcmp(mark->text, "Aisne", 5) == 0)
            level[found++] = mark->y_pt;
    }
    CHECK_INT(found, 2);
    CHECK_NEAR(level[0], level[1], 1e-6);
    stop();
}

TEST(what_is_on_the_left_is_read_first)
{
    start();
    const struct layout *layout = lay_tables((size_t[]){6, 9}, 1);
    const struct layout_slab *slab = slab_with(layout, "À gauche");
    int last = 0;
    for (size_t i = 0; i < slab->mark_count; i++) {
        const struct layout_mark *mark = &slab->marks[i];
        if (mark->element < 0 ||
            layout->elements[mark->element].tag.role != TAG_TD)
            continue;
        CHECK(mark->element >= last);
        last = mark->element;
    }
    CHECK(last > 0);
    stop();
}

TEST(tables_too_wide_or_too_high_stand_below_each_other)
{
    static const size_t few[] = {6, 9};
    static const size_t many[] = {6, 90};
    start();
    const struct layout *wide = lay_tables(few, 4);
    const struct layout *high = lay_tables(many, 1);
    for (int i = 0; i < 2; i++) {
        const struct layout *layout = i == 0 ? wide : high;
        const struct layout_slab *slab = slab_with(layout, "À gauche");
        CHECK(slab != NULL && find(slab, "À droite") == NULL);
        CHECK(slab_with(layout, "À droite") != NULL);
    }
    CHECK_INT(wide->split_tables, 0);
    stop();
}

TEST(rows_side_by_side_grow_where_that_fills_the_page)
{
    start();
    const struct layout *layout = lay_tables((size_t[]){38, 42}, 1);
    CHECK_INT(layout->page_count, 2);
    const struct layout_page *page = &layout->pages[0];
    const struct layout_placed *last = &page->slabs[page->slab_count - 1];
    double foot = theme.page_height_pt - theme.margin_bottom_pt;
    CHECK_NEAR(last->y_pt + last->slab->height_pt, foot, 1e-6);
    stop();
}

TEST(links_lead_to_each_of_two_tables)
{
    start();
    const struct layout *layout = lay_tables((size_t[]){6, 9}, 1);
    size_t tables = 0;
    for (size_t i = 0; i < layout->heading_count; i++) {
        const struct layout_heading *place = &layout->headings[i];
        if (place->kind != BLOCK_TABLE)
            continue;
        tables++;
        CHECK(place->y_pt > theme.margin_top_pt);
    }
    CHECK_INT(tables, 2);
    stop();
}

TEST(a_figure_stands_beside_a_table)
{
    start();
    struct demo demo = {.arena = arena};
    struct block *children = arena_array(arena, 2, sizeof *children);
    (void)table(&children[0], "table", "La table", 8, 1);
    children[1] = (struct block){.kind = BLOCK_FIGURE, .id = ""};
    demo_fill_figure(&demo, &children[1], "figure", 230, 150);
    (void)beside(&demo, children);
    const struct layout *layout = lay_demo(&demo);
    const struct layout_slab *slab = slab_with(layout, "La table");
    CHECK(slab != NULL && has_scene(slab));
    stop();
}

RUN(CASE(two_narrow_tables_stand_side_by_side),
    CASE(rows_of_tables_side_by_side_are_level),
    CASE(what_is_on_the_left_is_read_first),
    CASE(tables_too_wide_or_too_high_stand_below_each_other),
    CASE(rows_side_by_side_grow_where_that_fills_the_page),
    CASE(links_lead_to_each_of_two_tables),
    CASE(a_figure_stands_beside_a_table))
