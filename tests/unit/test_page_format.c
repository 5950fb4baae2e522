/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages on their side, columns, figures that wait. */
#include "check.h"

#include "unit/layout_fixture.h"

/* --- landscape ------------------------------------------------------------ */

TEST(a_landscape_section_has_pages_on_their_side)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, demo_prose);
    demo_section(&demo, true, 1);
    demo_paragraph(&demo, demo_prose);
    demo_section(&demo, false, 1);
    demo_paragraph(&demo, demo_prose);
    struct layout *layout = lay_demo(&demo);
    CHECK_INT(layout->page_count, 3);
    for (size_t p = 0; p < 3; p++) {
        bool turned = p == 1;
        const struct layout_page *page = &layout->pages[p];
        CHECK_INT(page->turned, turned);
        CHECK_NEAR(page->width_pt,
                   turned ? theme.page_height_pt : theme.page_width_pt, 1e-9);
        CHECK_NEAR(page->height_pt,
                   turned ? theme.page_width_pt : theme.page_height_pt, 1e-9);
        double foot = page->foot.marks[0].y_pt;
        CHECK(foot > page->height_pt - theme.margin_bottom_pt);
        CHECK(foot < page->height_pt);
    }
    /* The same text takes fewer lines across a wider page. */
    CHECK(layout->pages[1].slab_count < layout->pages[0].slab_count);
    stop();
}

TEST(a_table_turns_the_page_only_when_that_keeps_its_columns_together)
{
    static const struct {
        size_t rows, measures;
        bool turned;
        size_t split;
    } cases[] = {
        {30, 3, false, 0}, /* fits as it is */
        {30, 6, true, 0},
        {30, 12, false, 1}, /* too wide either way */
        {4, 6, false, 1},   /* too short to be worth a page */
    };
    start();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct demo demo = {.arena = arena};
        demo_table(&demo, "t", "Un titre", cases[i].rows, cases[i].measures);
        struct layout *layout = lay_demo(&demo);
        CHECK_INT(layout->pages[0].turned, cases[i].turned);
        CHECK_INT(layout->split_tables, cases[i].split);
    }
    stop();
}

TEST(text_after_a_table_that_turned_the_page_fills_the_page_before_it)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, "Avant le tableau.");
    demo_table(&demo, "t", "Un titre", 12, 6);
    demo_paragraph(&demo, "Après le tableau.");
    demo_heading(&demo, 2, "", "Ensuite");
    demo_paragraph(&demo, "Plus loin.");
    struct layout *layout = lay_demo(&demo);
    CHECK_INT(layout->page_count, 3);
    CHECK(!layout->pages[0].turned && layout->pages[1].turned &&
          !layout->pages[2].turned);
    CHECK_INT(layout->pages[0].slab_count, 2);
    CHECK(find(layout->pages[0].slabs[1].slab, "Après") != NULL);
    CHECK(find(layout->pages[2].slabs[0].slab, "Ensuite") != NULL);
    stop();
}

TEST(a_heading_with_nothing_but_its_table_goes_with_it)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, "Avant le tableau.");
    demo_heading(&demo, 2, "", "Le tableau");
    demo_table(&demo, "t", "Un titre", 12, 6);
    struct layout *layout = lay_demo(&demo);
    CHECK_INT(layout->page_count, 2);
    CHECK(layout->pages[1].turned);
    CHECK(find(layout->pages[1].slabs[0].slab, "Le tableau") != NULL);
    stop();
}

/* --- figures that wait ---------------------------------------------------- */

/* A page nearly filled with text, a figure that needs more, text. */
static void demo_gap(struct demo *demo, bool heading)
{
    for (int i = 0; i < 8; i++)
        demo_paragraph(demo, demo_prose);
    demo_fill_figure(demo, demo_block(demo, BLOCK_FIGURE), "haute", 480, 400);
    if (heading)
        demo_heading(demo, 2, "", "Un titre");
    for (int i = 0; i < 6; i++)
        demo_paragraph(demo, demo_prose);
}

static double last_bottom(const struct layout_page *page)
{
    const struct layout_placed *last = &page->slabs[page->slab_count - 1];
    return last->y_pt + last->slab->height_pt;
}

TEST(text_fills_the_page_that_a_figure_does_not_fit_on)
{
    start();
    struct demo demo = {.arena = arena};
    demo_gap(&demo, false);
    struct layout *layout = lay_demo(&demo);
    double bottom = theme.page_height_pt - theme.margin_bottom_pt;
    CHECK(last_bottom(&layout->pages[0]) > bottom - 3 * theme.body_leading_pt);
    CHECK(has_scene(layout->pages[1].slabs[0].slab));
    /* What follows keeps its distance, and nothing is lost. */
    const struct layout_placed *after = &layout->pages[1].slabs[1];
    CHECK(after->y_pt >= layout->pages[1].slabs[0].y_pt +
                             layout->pages[1].slabs[0].slab->height_pt +
                             theme.block_gap_pt - 0.01);
    size_t slabs = 0;
    for (size_t p = 0; p < layout->page_count; p++)
        slabs += layout->pages[p].slab_count;
    struct demo alone = {.arena = arena};
    demo_paragraph(&alone, demo_prose);
    CHECK_INT(slabs, 14 * lay_demo(&alone)->pages[0].slab_count + 1);
    stop();
}

TEST(a_figure_does_not_wait_past_a_heading)
{
    start();
    struct demo demo = {.arena = arena};
    demo_gap(&demo, true);
    struct layout *layout = lay_demo(&demo);
    CHECK(has_scene(layout->pages[1].slabs[0].slab));
    CHECK(find(layout->pages[1].slabs[1].slab, "Un titre") != NULL);
    stop();
}

TEST(a_figure_that_waits_keeps_its_place_in_what_is_read)
{
    start();
    struct demo demo = {.arena = arena};
    demo_gap(&demo, false);
    struct layout *layout = lay_demo(&demo);
    size_t before = 0;
    for (size_t i = 0; i < layout->element_count; i++) {
        if (layout->elements[i].tag.role == TAG_FIGURE)
            break;
        before += layout->elements[i].tag.role == TAG_P;
    }
    /* Eight paragraphs and the figure's own title. */
    CHECK_INT(before, 9);
    stop();
}

/* --- two columns ---------------------------------------------------------- */

static double column_bottom(const struct layout_page *page, size_t slabs,
                            bool right)
{
    double bottom = 0;
    for (size_t i = 0; i < slabs; i++) {
        const struct layout_placed *placed = &page->slabs[i];
        if (placed->slab->line && (placed->x_pt > 0) == right)
            bottom = fmax(bottom, placed->y_pt + placed->slab->height_pt);
    }
    return bottom;
}

TEST(columns_are_balanced_and_level)
{
    start();
    struct demo demo = {.arena = arena};
    demo_section(&demo, false, 2);
    for (int i = 0; i < 5; i++)
        demo_paragraph(&demo, demo_prose);
    demo_section(&demo, false, 1);
    demo_paragraph(&demo, "Sur toute la largeur.");
    struct layout *layout = lay_demo(&demo);
    CHECK_INT(layout->page_count, 1);
    const struct layout_page *page = &layout->pages[0];
    double left = column_bottom(page, page->slab_count - 1, false);
    double right = column_bottom(page, page->slab_count - 1, true);
    CHECK(right > theme.margin_top_pt + 100);
    CHECK(fabs(left - right) < 4 * theme.body_leading_pt);
    double half = (theme.page_width_pt - theme.margin_left_pt -
                   theme.margin_right_pt + theme.column_gap_pt) /
                  2;
    for (size_t i = 0; i + 1 < page->slab_count; i++) {
        const struct layout_placed *placed = &page->slabs[i];
        double lines =
            (placed->y_pt - theme.margin_top_pt) / theme.body_leading_pt;
        CHECK_NEAR(lines, floor(lines + 0.5), 1e-6);
        CHECK(placed->x_pt <= 0 || fabs(placed->x_pt - half) < 1e-9);
    }
    const struct layout_placed *last = &page->slabs[page->slab_count - 1];
    CHECK(find(last->slab, "Sur toute") != NULL);
    CHECK(last->x_pt <= 0 && last->y_pt >= fmax(left, right));
    stop();
}

TEST(a_chapter_s_title_stands_above_both_columns)
{
    start();
    struct demo demo = {.arena = arena};
    demo_section(&demo, false, 2);
    demo_heading(&demo, 1, "", "Un chapitre");
    for (int i = 0; i < 4; i++)
        demo_paragraph(&demo, demo_prose);
    struct layout *layout = lay_demo(&demo);
    const struct layout_page *page = &layout->pages[0];
    CHECK(find(page->slabs[0].slab, "Un chapitre") != NULL);
    size_t right = 1;
    while (right + 1 < page->slab_count && page->slabs[right].x_pt <= 0)
        right++;
    CHECK(page->slabs[right].x_pt > 0);
    CHECK_NEAR(page->slabs[right].y_pt, page->slabs[1].y_pt, 1e-9);
    stop();
}

TEST(columns_go_on_to_the_next_pages_and_figures_go_across)
{
    start();
    struct demo demo = {.arena = arena};
    demo_section(&demo, false, 2);
    for (int i = 0; i < 20; i++)
        demo_paragraph(&demo, demo_prose);
    demo_fill_figure(&demo, demo_block(&demo, BLOCK_FIGURE), "carte", 620, 330);
    for (int i = 0; i < 4; i++)
        demo_paragraph(&demo, demo_prose);
    struct layout *layout = lay_demo(&demo);
    CHECK(layout->page_count >= 2);
    double bottom = theme.page_height_pt - theme.margin_bottom_pt;
    size_t figures = 0;
    for (size_t p = 0; p < layout->page_count; p++) {
        const struct layout_page *page = &layout->pages[p];
        for (size_t i = 0; i < page->slab_count; i++) {
            const struct layout_placed *placed = &page->slabs[i];
            CHECK(placed->y_pt + placed->slab->height_pt <= bottom + 0.01);
            if (!has_scene(placed->slab))
                continue;
            figures++;
            CHECK_NEAR(placed->x_pt, 0, 1e-9);
            CHECK(placed->slab->marks[0].kind == LAYOUT_TEXT);
        }
    }
    CHECK_INT(figures, 1);
    CHECK(column_bottom(&layout->pages[0], layout->pages[0].slab_count, true) >
          bottom - 4 * theme.body_leading_pt);
    stop();
}

RUN(CASE(a_landscape_section_has_pages_on_their_side),
    CASE(a_table_turns_the_page_only_when_that_keeps_its_columns_together),
    CASE(text_after_a_table_that_turned_the_page_fills_the_page_before_it),
    CASE(a_heading_with_nothing_but_its_table_goes_with_it),
    CASE(text_fills_the_page_that_a_figure_does_not_fit_on),
    CASE(a_figure_does_not_wait_past_a_heading),
    CASE(a_figure_that_waits_keeps_its_place_in_what_is_read),
    CASE(columns_are_balanced_and_level),
    CASE(a_chapter_s_title_stands_above_both_columns),
    CASE(columns_go_on_to_the_next_pages_and_figures_go_across))
