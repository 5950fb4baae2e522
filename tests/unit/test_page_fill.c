/* SPDX-License-Identifier: EUPL-1.2 */
/* White ends of pages: charts, rows and gaps that grow. */
#include "check.h"

#include "unit/layout_fixture.h"

static const struct scene *draw_again(struct arena *open,
                                      const struct fonts *with, const void *job,
                                      double height_pt)
{
    (void)with;
    const double *width = job;
    return *width > 0 ? scene_new(open, *width, height_pt, "Une figure", "")
                      : NULL;
}

/* A chart of many rows, which gets no lower than these need. */
static const double rows_pt = 632;
static const double rowed = -1;

static const struct scene *draw_rows(struct arena *open,
                                     const struct fonts *with, const void *job,
                                     double height_pt)
{
    (void)with;
    (void)job;
    return scene_new(open, 400, fmax(height_pt, rows_pt), "Une figure", "");
}

/* A chart as wide as `width`, which may be drawn again; NULL: never. */
static struct scene *chart(struct demo *demo, const double *width,
                           double height_pt)
{
    struct figure *figure = arena_alloc(arena, sizeof *figure);
    struct scene *scene = scene_new(arena, 400, height_pt, "Une figure", "");
    *figure = (struct figure){
        .id = "figure",
        .scene = scene,
        .words = "",
        .redraw = width == NULL     ? NULL
                  : width == &rowed ? draw_rows
                                    : draw_again,
        .job = width,
    };
    struct block *block = demo_block(demo, BLOCK_FIGURE);
    block->figure = figure;
    block->caption.title = "Un titre";
    block->caption.source = "une source";
    return scene;
}

static double last_bottom(const struct layout_page *page)
{
    const struct layout_placed *last = &page->slabs[page->slab_count - 1];
    return last->y_pt + last->slab->height_pt;
}

static double foot(void)
{
    return theme.page_height_pt - theme.margin_bottom_pt;
}

static const struct layout_mark *scene_of(const struct layout_page *page)
{
    for (size_t i = 0; i < page->slab_count; i++) {
        for (size_t m = 0; m < page->slabs[i].slab->mark_count; m++) {
            if (page->slabs[i].slab->marks[m].kind == LAYOUT_SCENE)
                return &page->slabs[i].slab->marks[m];
        }
    }
    return NULL;
}

/* A chart of this height on a page of its own, between two sentences. */
static struct layout *lay_chart(const double *width, double height_pt)
{
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, "Avant la figure.");
    chart(&demo, width, height_pt);
    demo_paragraph(&demo, "Après la figure.");
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_paragraph(&demo, "Une autre page.");
    return lay_demo(&demo);
}

static const double drawable = 400;

TEST(a_chart_is_drawn_higher_where_that_fills_its_page)
{
    start();
    const struct layout *layout = lay_chart(&drawable, 450);
    const struct layout_mark *scene = scene_of(&layout->pages[0]);
    CHECK(scene->height_pt > 500);
    CHECK_NEAR(scene_height(scene->scene), scene->height_pt, 1e-6);
    CHECK_NEAR(last_bottom(&layout->pages[0]), foot(), 1e-6);
    stop();
}

/* The first page, with a chart for which it has not room enough. */
static const struct layout_page *lay_tight(double least_pt)
{
    struct demo demo = {.arena = arena};
    for (int i = 0; i < 4; i++)
        demo_paragraph(&demo, "Avant la figure.");
    scene_set_least(chart(&demo, &drawable, 660), least_pt);
    return &lay_demo(&demo)->pages[0];
}

TEST(a_chart_is_drawn_lower_only_where_it_can_still_be_read)
{
    start();
    const struct layout_mark *scene = scene_of(lay_tight(0));
    CHECK(scene != NULL && scene->height_pt < 660);
    CHECK_NEAR(scene->scale, 1, 1e-9);
    CHECK(scene_of(lay_tight(655)) == NULL);
    stop();
}

TEST(what_is_below_a_chart_goes_down_with_it)
{
    start();
    const struct layout *layout = lay_chart(&drawable, 450);
    const struct layout_page *page = &layout->pages[0];
    const struct layout_slab *figure = page->slabs[1].slab;
    const struct layout_mark *scene = scene_of(page);
    const struct layout_mark *source = &figure->marks[figure->mark_count - 1];
    CHECK(source->kind == LAYOUT_TEXT);
    CHECK(source->y_pt > scene->y_pt + scene->height_pt);
    CHECK(source->y_pt < figure->height_pt);
    CHECK(page->slabs[2].y_pt >= page->slabs[1].y_pt + figure->height_pt);
    stop();
}

TEST(a_page_that_is_mostly_white_stays_as_it_is)
{
    start();
    const struct layout *layout = lay_chart(&drawable, 200);
    CHECK_NEAR(scene_of(&layout->pages[0])->height_pt, 200, 1e-9);
    CHECK(last_bottom(&layout->pages[0]) < foot() - 200);
    stop();
}

TEST(a_page_that_is_half_white_is_filled)
{
    start();
    const struct layout *layout = lay_chart(&drawable, 280);
    const struct layout_mark *scene = scene_of(&layout->pages[0]);
    CHECK_NEAR(scene->height_pt, 420, 1e-6);
    stop();
}

TEST(a_chart_grows_by_half_at_most)
{
    start();
    struct demo demo = {.arena = arena};
    for (int i = 0; i < 24; i++)
        demo_paragraph(&demo, "Une phrase.");
    chart(&demo, &drawable, 100);
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_paragraph(&demo, "Une autre page.");
    const struct layout *layout = lay_demo(&demo);
    CHECK_NEAR(scene_of(&layout->pages[0])->height_pt, 150, 1e-6);
    stop();
}

TEST(a_chart_that_cannot_be_drawn_again_keeps_its_picture)
{
    start();
    static const double never = -1;
    const struct layout *layout = lay_chart(&never, 450);
    CHECK_NEAR(scene_of(&layout->pages[0])->height_pt, 450, 1e-9);
    stop();
}

TEST(rows_of_a_table_grow_together)
{
    start();
    struct demo demo = {.arena = arena};
    demo_table(&demo, "pays", "Un titre", 42, 2);
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_paragraph(&demo, "Une autre page.");
    const struct layout *layout = lay_demo(&demo);
    const struct layout_page *page = &layout->pages[0];
    CHECK_NEAR(last_bottom(page), foot(), 1e-6);
    for (size_t i = 2; i < 43; i++)
        CHECK_NEAR(page->slabs[i].y_pt - page->slabs[i - 1].y_pt,
                   page->slabs[i - 1].slab->height_pt, 1e-6);
    stop();
}

/* By 7.2 points at most, which no way of filling pages counts on. */
TEST(rows_above_white_grow_once_more)
{
    start();
    struct demo demo = {.arena = arena};
    demo_table(&demo, "pays", "Un titre", 26, 2);
    double plain = theme.table_leading_pt + 3;
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_paragraph(&demo, "Une autre page.");
    const struct layout_page *page = &lay_demo(&demo)->pages[0];
    CHECK(last_bottom(page) < foot() - 1);
    CHECK_NEAR(page->slabs[9].slab->height_pt, plain + 7.2, 1e-6);
    stop();
}

/* --- a few last lines ----------------------------------------------------- */

/* A full page with a chart, and some lines more; then another chapter. */
static struct layout *lay_tail(const double *width, int lines)
{
    struct demo demo = {.arena = arena};
    chart(&demo, width, 640);
    demo_paragraph(&demo, "Après la figure.");
    demo_paragraph(&demo, "Encore après.");
    for (int i = 0; i < lines; i++)
        demo_paragraph(&demo, "Une phrase de la fin.");
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_paragraph(&demo, "Une autre page.");
    return lay_demo(&demo);
}

TEST(a_few_last_lines_go_back_to_the_page_before)
{
    start();
    const struct layout *layout = lay_tail(&drawable, 4);
    CHECK_INT(layout->page_count, 2);
    const struct layout_page *page = &layout->pages[0];
    CHECK(scene_of(page)->height_pt < 640);
    CHECK(scene_of(page)->height_pt >= 640 * 0.8);
    CHECK_NEAR(scene_height(scene_of(page)->scene), scene_of(page)->height_pt,
               1e-6);
    CHECK(last_bottom(page) <= foot() + 1e-6);
    for (size_t i = 1; i < page->slab_count; i++)
        CHECK(page->slabs[i].y_pt >=
              page->slabs[i - 1].y_pt + page->slabs[i - 1].slab->height_pt);
    stop();
}

TEST(a_chart_whose_rows_need_more_is_made_smaller)
{
    start();
    const struct layout *layout = lay_tail(&rowed, 4);
    CHECK_INT(layout->page_count, 2);
    const struct layout_mark *scene = scene_of(&layout->pages[0]);
    CHECK(scene->height_pt < rows_pt && scene->scale < 1);
    CHECK_NEAR(scene_height(scene->scene) * scene->scale, scene->height_pt,
               1e-6);
    CHECK(last_bottom(&layout->pages[0]) <= foot() + 1e-6);
    stop();
}

TEST(more_lines_than_a_few_stay_on_their_page)
{
    start();
    const struct layout *layout = lay_tail(&drawable, 14);
    CHECK_INT(layout->page_count, 3);
    stop();
}

/* A chart and a table that ends a chapter. */
static const struct layout *lay_table_tail(size_t rows)
{
    struct demo demo = {.arena = arena};
    chart(&demo, &drawable, 300);
    demo_table(&demo, "pays", "Un titre", rows, 2);
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_paragraph(&demo, "Une autre page.");
    return lay_demo(&demo);
}

TEST(last_rows_of_a_table_go_back_to_the_page_before)
{
    start();
    const size_t most = 32; /* 27 where none go back */
    const struct layout *layout = lay_table_tail(most);
    CHECK_INT(layout->page_count, 2);
    const struct layout_page *page = &layout->pages[0];
    CHECK(last_bottom(page) <= foot() + 1e-6);
    for (size_t i = 0; i < page->slab_count; i++) {
        CHECK(!page->slabs[i].repeated);
        CHECK(i == 0 || page->slabs[i].y_pt >=
                            page->slabs[i - 1].y_pt +
                                page->slabs[i - 1].slab->height_pt - 1e-6);
    }
    CHECK_INT(lay_table_tail(most + 1)->page_count, 3);
    stop();
}

/* --- a heading and what it leads to --------------------------------------- */

/* A first chart, then a heading with a sentence and a second one. */
static const struct layout *lay_led(const double *width, double height_pt,
                                    double second_pt)
{
    struct demo demo = {.arena = arena};
    chart(&demo, width, height_pt);
    demo_heading(&demo, 2, "", "Une partie");
    demo_paragraph(&demo, "Une phrase de la partie.");
    chart(&demo, width, second_pt);
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_paragraph(&demo, "Une autre page.");
    return lay_demo(&demo);
}

static const struct layout *lay_lead(const double *width, double height_pt)
{
    return lay_led(width, height_pt, 120);
}

static size_t heading_page(const struct layout *layout)
{
    size_t at = 0;
    while (layout->headings[at].kind != BLOCK_HEADING)
        at++;
    return layout->headings[at].page;
}

static size_t last_scene(const struct layout *layout)
{
    size_t page = layout->page_count - 1;
    while (scene_of(&layout->pages[page]) == NULL)
        page--;
    return page;
}

/* Lines below the first chart keep their distances, however often it has been
 * drawn again; returns what they take. */
static double caption_height(const struct layout *layout)
{
    const struct layout_slab *slab = layout->pages[0].slabs[0].slab;
    const struct layout_mark *scene = scene_of(&layout->pages[0]);
    const struct layout_mark *last = &slab->marks[slab->mark_count - 1];
    double bottom = scene->y_pt + scene->height_pt;
    double first = slab->height_pt;
    for (size_t i = 0; i < slab->mark_count; i++) {
        const struct layout_mark *mark = &slab->marks[i];
        if (mark->kind == LAYOUT_TEXT && mark->y_pt > bottom)
            first = fmin(first, mark->y_pt - bottom);
    }
    CHECK(first < 20);
    return last->y_pt - bottom;
}

/* Highest first chart below which all of it is on the first page. */
static double highest_above(const double *width)
{
    double highest = 0;
    double caption = caption_height(lay_lead(NULL, 300));
    for (double height = 300; height < 680; height += 10) {
        const struct layout *layout = lay_lead(width, height);
        size_t page = heading_page(layout);
        CHECK_INT(page, last_scene(layout));
        CHECK_NEAR(caption_height(layout), caption, 1e-6);
        if (page == 0)
            highest = height;
    }
    return highest;
}

TEST(a_heading_is_on_the_page_of_the_figure_it_leads_to)
{
    start();
    double fixed = highest_above(NULL);
    double drawn = highest_above(&drawable);
    CHECK(fixed > 300);
    CHECK(drawn > fixed && drawn < 670); /* some go over */
    stop();
}

TEST(a_heading_stays_rather_than_leave_a_hole)
{
    start();
    const struct layout *layout = lay_led(NULL, 400, 420);
    CHECK_INT(heading_page(layout), 0);
    CHECK_INT(last_scene(layout), 1);
    layout = lay_led(NULL, 600, 420); /* no hole to speak of */
    CHECK_INT(heading_page(layout), 1);
    CHECK_INT(last_scene(layout), 1);
    stop();
}

/* --- tables that would be cut --------------------------------------------- */

/* Pages on which rows of a table stand again below its repeated head. */
static size_t cuts(const struct layout *layout)
{
    size_t found = 0;
    for (size_t p = 0; p < layout->page_count; p++) {
        for (size_t i = 0; i < layout->pages[p].slab_count; i++)
            found += layout->pages[p].slabs[i].repeated;
    }
    return found;
}

/* Two tables of one chapter, and a sentence of another. */
static const struct layout *lay_two_tables(size_t first, size_t second)
{
    struct demo demo = {.arena = arena};
    demo_table(&demo, "un", "Une table", first, 2);
    demo_table(&demo, "deux", "Une autre", second, 2);
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_paragraph(&demo, "Une autre page.");
    return lay_demo(&demo);
}

TEST(a_table_is_not_cut_where_the_page_it_leaves_is_filled)
{
    start();
    const struct layout *layout = lay_two_tables(40, 40);
    CHECK_INT(layout->page_count, 3);
    CHECK_INT(cuts(layout), 0);
    CHECK(last_bottom(&layout->pages[0]) > foot() - 1);
    stop();
}

TEST(a_table_is_cut_rather_than_leave_a_page_white)
{
    start();
    CHECK_INT(cuts(lay_two_tables(22, 48)), 1);
    stop();
}

/* What the second table takes of the first page. */
static double begun(const struct layout *layout)
{
    const struct layout_page *page = &layout->pages[0];
    for (size_t i = 0; i < page->slab_count; i++) {
        const struct layout_placed *placed = &page->slabs[i];
        if (i > 0 && find(placed->slab, "Une autre") != NULL)
            return last_bottom(page) - placed->y_pt - placed->slab->height_pt;
    }
    return 0;
}

TEST(a_long_table_does_not_begin_with_a_few_rows)
{
    start();
    const double quarter = (foot() - theme.margin_top_pt) / 4;
    size_t over = 0;
    for (size_t rows = 20; rows < 46; rows++) {
        const struct layout *layout = lay_two_tables(rows, 80);
        CHECK(begun(layout) == 0 || begun(layout) >= quarter);
        over += begun(layout) == 0;
        CHECK(begun(layout) > 0 || cuts(layout) == 1);
    }
    CHECK(over > 10 && over < 26);
    stop();
}

TEST(tables_get_lower_where_both_then_fit)
{
    start();
    const struct layout *layout = lay_two_tables(16, 31);
    CHECK_INT(layout->page_count, 2);
    CHECK_INT(cuts(layout), 0);
    CHECK(last_bottom(&layout->pages[0]) <= foot() + 1e-6);
    CHECK_INT(lay_two_tables(16, 34)->page_count, 3);
    stop();
}

TEST(rows_are_lowered_once)
{
    start();
    const double text = theme.table_leading_pt;
    for (size_t rows = 20; rows < 34; rows++) {
        const struct layout *layout = lay_two_tables(16, rows);
        for (size_t i = 0; i < layout->pages[0].slab_count; i++) {
            const struct layout_slab *slab = layout->pages[0].slabs[i].slab;
            if (find(slab, "Allier") != NULL)
                CHECK(slab->height_pt > text + 1.3);
        }
    }
    stop();
}

TEST(what_was_tried_of_a_chapter_leaves_no_trace)
{
    start();
    const struct layout *alone = lay_two_tables(40, 40);
    struct demo demo = {.arena = arena};
    demo_table(&demo, "un", "Une table", 40, 2);
    const struct layout *one = lay_demo(&demo);
    double row = one->pages[0].slabs[2].slab->height_pt;
    const struct layout_page *last = &alone->pages[1];
    CHECK_INT(last->slab_count, one->pages[0].slab_count);
    CHECK_NEAR(last->slabs[2].slab->height_pt, row, 1e-6);
    stop();
}

/* A chapter of sections, each of three tables. */
static const struct layout *lay_sections(size_t count)
{
    static const size_t rows[] = {24, 20, 17};
    struct demo demo = {.arena = arena};
    for (size_t s = 0; s < count; s++) {
        demo_heading(&demo, 2, "", "Une partie");
        for (size_t t = 0; t < COUNT_OF(rows); t++)
            demo_table(&demo, arena_format(arena, "t%zu-%zu", s, t), "Un titre",
                       rows[t] + s % 3, 2);
    }
    return lay_demo(&demo);
}

TEST(each_section_of_a_chapter_is_filled_in_its_own_way)
{
    start();
    const struct layout *layout = lay_sections(4);
    CHECK_INT(layout->page_count, 7); /* 8 where all are filled alike */
    CHECK_INT(cuts(layout), 0);
    stop();
}

TEST(an_imprint_below_the_contents_stands_at_the_foot_of_their_page)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS);
    demo_heading(&demo, 2, "", "Mentions");
    demo_paragraph(&demo, "Une phrase.");
    demo_heading(&demo, 1, "", "Un chapitre");
    demo_heading(&demo, 2, "", "Une partie");
    demo_paragraph(&demo, "Une phrase.");
    const struct layout *layout = lay_demo(&demo);
    CHECK_INT(layout->page_count, 2);
    CHECK_NEAR(last_bottom(&layout->pages[0]), foot(), 1e-6);
    CHECK(last_bottom(&layout->pages[1]) < foot() / 2);
    stop();
}

RUN(CASE(a_table_is_not_cut_where_the_page_it_leaves_is_filled),
    CASE(a_table_is_cut_rather_than_leave_a_page_white),
    CASE(a_long_table_does_not_begin_with_a_few_rows),
    CASE(a_heading_stays_rather_than_leave_a_hole),
    CASE(tables_get_lower_where_both_then_fit), CASE(rows_are_lowered_once),
    CASE(what_was_tried_of_a_chapter_leaves_no_trace),
    CASE(last_rows_of_a_table_go_back_to_the_page_before),
    CASE(a_heading_is_on_the_page_of_the_figure_it_leads_to),
    CASE(a_few_last_lines_go_back_to_the_page_before),
    CASE(more_lines_than_a_few_stay_on_their_page),
    CASE(a_chart_whose_rows_need_more_is_made_smaller),
    CASE(each_section_of_a_chapter_is_filled_in_its_own_way),
    CASE(an_imprint_below_the_contents_stands_at_the_foot_of_their_page),
    CASE(a_chart_is_drawn_higher_where_that_fills_its_page),
    CASE(a_chart_is_drawn_lower_only_where_it_can_still_be_read),
    CASE(what_is_below_a_chart_goes_down_with_it),
    CASE(a_page_that_is_mostly_white_stays_as_it_is),
    CASE(a_page_that_is_half_white_is_filled),
    CASE(a_chart_grows_by_half_at_most),
    CASE(a_chart_that_cannot_be_drawn_again_keeps_its_picture),
    CASE(rows_of_a_table_grow_together), CASE(rows_above_white_grow_once_more))
