/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "unit/layout_fixture.h"

static struct document *document_of(struct demo *demo)
{
    return demo_document(arena, demo, "essai", "Essai");
}

/* --- where lines go ------------------------------------------------------- */

TEST(no_text_leaves_the_column)
{
    start();
    each_text(lay(demo_report(arena)), check_inside, NULL);
    each_text(lay(demo_profile(arena)), check_inside, NULL);
    stop();
}

struct boxes {
    struct {
        double left, right, top, bottom;
        size_t page;
        const struct layout_mark *mark;
    } box[8000];
    size_t count;
};

static void add_box(const struct layout_mark *mark, size_t page, double top,
                    void *to)
{
    struct boxes *boxes = to;
    double y = top + mark->y_pt;
    assert(boxes->count < COUNT_OF(boxes->box));
    if (mark->text[0] == ' ')
        return; /* spaces that separate what is read; flags hang after one */
    boxes->box[boxes->count].left = mark->x_pt + 0.1;
    boxes->box[boxes->count].right = mark->x_pt + mark->width_pt - 0.1;
    boxes->box[boxes->count].top = y - mark->size_pt * 0.7;
    boxes->box[boxes->count].bottom = y;
    boxes->box[boxes->count].page = page;
    boxes->box[boxes->count++].mark = mark;
}

TEST(no_text_lies_over_other_text)
{
    start();
    struct boxes *boxes = arena_alloc(arena, sizeof *boxes);
    each_text(lay(demo_report(arena)), add_box, boxes);
    for (size_t i = 0; i < boxes->count; i++) {
        for (size_t j = i + 1;
             j < boxes->count && boxes->box[j].page == boxes->box[i].page;
             j++) {
            bool apart = boxes->box[i].right <= boxes->box[j].left ||
                         boxes->box[j].right <= boxes->box[i].left ||
                         boxes->box[i].bottom <= boxes->box[j].top ||
                         boxes->box[j].bottom <= boxes->box[i].top;
            if (!apart)
                print_error("page %zu: '%s' over '%s'\n",
                            boxes->box[i].page + 1, boxes->box[i].mark->text,
                            boxes->box[j].mark->text);
            CHECK(apart);
        }
    }
    stop();
}

/* Element of the first text of a slab. */
static int slab_element(const struct layout_slab *slab)
{
    for (size_t i = 0; i < slab->mark_count; i++) {
        if (slab->marks[i].kind == LAYOUT_TEXT)
            return slab->marks[i].element;
    }
    return TAG_ARTIFACT;
}

static struct layout *many_paragraphs(void)
{
    struct demo demo = {.arena = arena};
    for (int i = 0; i < 150; i++) {
        if (i % 5 == 0)
            demo_heading(&demo, 2, "", "Une partie");
        const char *piece =
            arena_slice(arena, demo_prose, (size_t)(300 + i * 37 % 260));
        /* Cut inside a character, the text would not be UTF-8. */
        while (!utf8_valid(piece, strlen(piece)))
            piece = arena_slice(arena, piece, strlen(piece) - 1);
        demo_paragraph(&demo, piece);
    }
    return lay(document_of(&demo));
}

TEST(no_page_starts_or_ends_with_a_lonely_line)
{
    start();
    struct layout *layout = many_paragraphs();
    CHECK(layout->page_count >= 5);
    size_t cut = 0;
    for (size_t p = 0; p + 1 < layout->page_count; p++) {
        const struct layout_page *page = &layout->pages[p];
        const struct layout_page *next = &layout->pages[p + 1];
        int last = slab_element(page->slabs[page->slab_count - 1].slab);
        int first = slab_element(next->slabs[0].slab);
        CHECK(has_role(layout, last, TAG_P)); /* never a heading */
        if (last != first)
            continue;
        cut++;
        CHECK_INT(slab_element(page->slabs[page->slab_count - 2].slab), last);
        CHECK_INT(slab_element(next->slabs[1].slab), first);
    }
    CHECK(cut > 0);
    stop();
}

static void find_lead(const struct layout_mark *mark, size_t page, double top,
                      void *to)
{
    (void)top;
    size_t *pages = to; /* of the lead, and of the title below it */
    if (memmem(mark->text, mark->size, "Preuve", strlen("Preuve")) != NULL)
        pages[0] = page;
    if (memmem(mark->text, mark->size, "Incidence des", 13) != NULL)
        pages[1] = page;
}

TEST(one_line_before_figures_stands_on_their_page)
{
    start();
    size_t seen[2] = {0};
    for (int before = 0; before < 40; before++) {
        struct demo demo = {.arena = arena};
        for (int i = 0; i < before; i++)
            demo_paragraph(&demo, "Une ligne de plus.");
        demo_paragraph(&demo, "Preuve forte d’une variation.");
        demo_fill_figure(&demo, demo_block(&demo, BLOCK_FIGURE), "carte", 240,
                         170);
        size_t pages[2] = {0};
        each_text(lay(document_of(&demo)), find_lead, pages);
        CHECK_INT(pages[0], pages[1]);
        seen[pages[0] > 0]++;
    }
    CHECK(seen[0] > 0 && seen[1] > 0);
    stop();
}

TEST(no_page_is_empty_and_a_profile_has_two)
{
    start();
    struct layout *report = lay(demo_report(arena));
    for (size_t i = 0; i < report->page_count; i++)
        CHECK(report->pages[i].slab_count > 0);
    CHECK_INT(lay(demo_profile(arena))->page_count, 2);
    stop();
}

TEST(page_breaks_at_the_ends_make_no_empty_page)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_paragraph(&demo, "Une phrase.");
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_paragraph(&demo, "Une autre.");
    demo_block(&demo, BLOCK_PAGE_BREAK);
    CHECK_INT(lay(document_of(&demo))->page_count, 2);
    stop();
}

/* --- tables --------------------------------------------------------------- */

TEST(a_table_that_goes_on_repeats_its_head_as_an_artifact)
{
    start();
    struct demo demo = {.arena = arena};
    demo_table(&demo, "long", "Un titre", 140, 2);
    struct layout *layout = lay(document_of(&demo));
    CHECK(layout->page_count >= 3);
    for (size_t i = 0; i < layout->page_count; i++) {
        const struct layout_placed *top = &layout->pages[i].slabs[0];
        CHECK_INT(top->repeated, i > 0);
        if (i == 0)
            continue;
        CHECK(memmem(top->slab->marks[0].text, top->slab->marks[0].size,
                     "Un titre (suite)", 16) != NULL);
        for (size_t j = 0; j < top->slab->mark_count; j++)
            CHECK_INT(top->slab->marks[j].element, TAG_ARTIFACT);
    }
    stop();
}

/* It used to leave the page below its foot. */
TEST(a_row_higher_than_a_page_goes_on_over_its_end)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, demo_prose);
    const struct grid_cell *cells = demo_high_row(&demo, 900, 0);
    struct layout *layout = lay_demo(&demo);
    CHECK(layout->page_count >= 3);
    CHECK_TEXT(text_of(layout, TAG_TD), cells[1].text);
    each_text(layout, check_inside, NULL);
    for (size_t p = 1; p < layout->page_count; p++)
        CHECK(layout->pages[p].slabs[0].repeated);
    /* Half of the first page at least is text already. */
    CHECK(layout->pages[0].slab_count > 30);
    stop();
}

/* "Ligne" and "A" stood on two lines beside two columns of long texts. */
TEST(a_short_name_is_not_broken_for_long_texts_beside_it)
{
    start();
    struct demo demo = {.arena = arena};
    demo_high_row(&demo, 20, 15)[0].text = "Ligne A";
    const struct layout *layout = lay_demo(&demo);
    const struct layout_page *page = &layout->pages[0];
    bool whole = false;
    for (size_t s = 0; s < page->slab_count; s++)
        whole = whole || find(page->slabs[s].slab, "Ligne A") != NULL;
    CHECK(whole);
    stop();
}

TEST(what_no_page_can_hold_is_refused_with_its_first_words)
{
    start();
    struct demo demo = {.arena = arena};
    struct layout *layout = NULL;
    struct text title = text_new(arena);
    for (int i = 0; i < 800; i++)
        text_add(&title, "Un titre sans fin ");
    demo_table(&demo, "long", title.at, 3, 2);
    CHECK(!layout_document(arena, document_of(&demo), &theme, fonts, &layout,
                           &err));
    CHECK_INT(err.code, ERR_SCRIPT);
    CHECK_TEXT(err.text,
               "document 'essai': what begins with 'Un titre sans fin Un titre "
               "sans fin Un titre sans fin Un tit' is higher than a page");
    stop();
}

TEST(columns_that_do_not_fit_are_shared_out_with_their_row_headers)
{
    start();
    struct demo demo = {.arena = arena};
    demo_table(&demo, "large", "Un titre", 4, 12);
    struct layout *layout = lay(document_of(&demo));
    CHECK_INT(layout->split_tables, 1);
    size_t tables = 0, rows = 0, headers = 0, cells = 0;
    for (size_t i = 0; i < layout->element_count; i++) {
        const struct tag *tag = &layout->elements[i].tag;
        tables += tag->role == TAG_TABLE;
        rows += tag->role == TAG_TR;
        headers += tag->role == TAG_TH && tag->scope == SCOPE_ROW;
        cells += tag->role == TAG_TD;
    }
    CHECK(tables > 1);
    CHECK_INT(rows, tables * 5);
    CHECK_INT(headers, tables * 4);
    CHECK_INT(cells, 4 * 24);
    stop();
}

static void find_legend(const struct layout_mark *mark, size_t page, double top,
                        void *to)
{
    (void)page;
    (void)top;
    bool *found = to;
    if (memmem(mark->text, mark->size, "secret statistique", 18) != NULL)
        *found = true;
}

TEST(only_the_signs_that_a_table_shows_are_explained)
{
    start();
    for (int confidential = 0; confidential < 2; confidential++) {
        struct demo demo = {.arena = arena};
        demo_table(&demo, "signes", "Un titre", 3, 1);
        const struct grid *grid = demo.blocks[0].grid;
        struct grid_cell *cells =
            arena_array(arena, grid->rows * grid->column_count, sizeof *cells);
        memcpy(cells, grid->cells,
               grid->rows * grid->column_count * sizeof *cells);
        for (size_t i = 0; i < grid->rows * grid->column_count; i++)
            cells[i].availability = AVAILABLE;
        if (confidential)
            cells[1].availability = CONFIDENTIAL;
        struct grid shown = *grid;
        shown.cells = cells;
        demo.blocks[0].grid = &shown;
        bool found = false;
        each_text(lay(document_of(&demo)), find_legend, &found);
        CHECK_INT(found, confidential);
    }
    stop();
}

/* --- figures, headings, links --------------------------------------------- */

TEST(a_figure_wider_than_the_column_is_made_smaller_never_larger)
{
    start();
    struct demo demo = {.arena = arena};
    demo_fill_figure(&demo, demo_block(&demo, BLOCK_FIGURE), "a", 900, 300);
    demo_fill_figure(&demo, demo_block(&demo, BLOCK_FIGURE), "b", 200, 100);
    demo_fill_figure(&demo, demo_block(&demo, BLOCK_FIGURE), "c", 400, 2000);
    struct layout *layout = lay(document_of(&demo));
    double column =
        theme.page_width_pt - theme.margin_left_pt - theme.margin_right_pt;
    double scales[3];
    size_t count = 0;
    for (size_t p = 0; p < layout->page_count; p++) {
        for (size_t i = 0; i < layout->pages[p].slab_count; i++) {
            const struct layout_slab *slab = layout->pages[p].slabs[i].slab;
            for (size_t j = 0; j < slab->mark_count; j++) {
                if (slab->marks[j].kind == LAYOUT_SCENE)
                    scales[count++] = slab->marks[j].scale;
            }
        }
    }
    CHECK_INT(count, 3);
    CHECK_NEAR(scales[0], column / 900, 1e-9);
    CHECK_NEAR(scales[1], 1, 1e-9);
    CHECK(scales[2] < theme.page_height_pt / 2000);
    stop();
}

TEST(levels_of_headings_never_skip_one)
{
    start();
    struct demo demo = {.arena = arena};
    static const int levels[] = {2, 4, 4, 1, 3, 2, 4};
    static const enum tag_role want[] = {TAG_H1, TAG_H2, TAG_H3, TAG_H1,
                                         TAG_H2, TAG_H2, TAG_H3};
    for (size_t i = 0; i < COUNT_OF(levels); i++)
        demo_heading(&demo, levels[i], "", "Titre");
    demo_paragraph(&demo, "Une phrase.");
    struct layout *layout = lay(document_of(&demo));
    size_t found = 0;
    for (size_t i = 0; i < layout->element_count; i++) {
        enum tag_role role = layout->elements[i].tag.role;
        if (role >= TAG_H1 && role <= TAG_H4)
            CHECK_INT(role, want[found++]);
    }
    CHECK_INT(found, COUNT_OF(levels));
    stop();
}

TEST(the_contents_give_the_page_of_each_heading)
{
    start();
    struct layout *layout = lay(demo_report(arena));
    const char *contents = "";
    struct reading reading = {layout, TAG_TOCI, text_new(arena)};
    each_text(layout, read_mark, &reading);
    contents = reading.text.at;
    for (size_t i = 0; i < layout->heading_count; i++) {
        const struct layout_heading *heading = &layout->headings[i];
        if (heading->level != 1 && heading->level != 2)
            continue;
        const char *entry =
            arena_format(arena, "%s %zu", heading->title,
                         heading->page + 1 - layout->front_count);
        CHECK(strstr(contents, entry) != NULL);
    }
    stop();
}

TEST(a_link_that_leads_nowhere_is_refused)
{
    start();
    struct demo demo = {.arena = arena};
    demo_rich_paragraph(&demo);
    struct layout *layout = NULL;
    CHECK(!layout_document(arena, document_of(&demo), &theme, fonts, &layout,
                           &err));
    CHECK(layout == NULL);
    CHECK_INT(err.code, ERR_SCRIPT);
    CHECK_TEXT(err.text, "document 'essai': link '#methodes' leads nowhere");
    stop();
}

TEST(a_document_without_blocks_is_refused)
{
    start();
    struct demo demo = {.arena = arena};
    struct layout *layout = NULL;
    CHECK(!layout_document(arena, document_of(&demo), &theme, fonts, &layout,
                           &err));
    CHECK_TEXT(err.text, "document 'essai' has no block to print");
    stop();
}

RUN(CASE(no_text_leaves_the_column), CASE(no_text_lies_over_other_text),
    CASE(no_page_starts_or_ends_with_a_lonely_line),
    CASE(one_line_before_figures_stands_on_their_page),
    CASE(no_page_is_empty_and_a_profile_has_two),
    CASE(page_breaks_at_the_ends_make_no_empty_page),
    CASE(a_table_that_goes_on_repeats_its_head_as_an_artifact),
    CASE(a_row_higher_than_a_page_goes_on_over_its_end),
    CASE(a_short_name_is_not_broken_for_long_texts_beside_it),
    CASE(what_no_page_can_hold_is_refused_with_its_first_words),
    CASE(columns_that_do_not_fit_are_shared_out_with_their_row_headers),
    CASE(only_the_signs_that_a_table_shows_are_explained),
    CASE(a_figure_wider_than_the_column_is_made_smaller_never_larger),
    CASE(levels_of_headings_never_skip_one),
    CASE(the_contents_give_the_page_of_each_heading),
    CASE(a_link_that_leads_nowhere_is_refused),
    CASE(a_document_without_blocks_is_refused))
