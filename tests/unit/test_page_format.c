/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages on their side, columns, figures that wait, numbers and states. */
#include "check.h"

#include "page/layout.h"
#include "unit/pdf_demo.h"

static struct arena *arena;
static struct fonts *fonts;
static struct theme theme;
static struct err err;

static void start(void)
{
    arena = arena_new();
    err = (struct err){0};
    theme = theme_default();
    CHECK(fonts_open(arena, NULL, &fonts, &err));
}

static void stop(void)
{
    fonts_close(fonts);
    arena_free(arena);
}

static struct layout *lay(const struct document *document)
{
    struct layout *layout = NULL;
    if (!layout_document(arena, document, &theme, fonts, &layout, &err))
        print_error("%s\n", err.text);
    CHECK(layout != NULL);
    return layout;
}

static struct layout *lay_demo(struct demo *demo)
{
    return lay(demo_document(arena, demo, "essai", "Essai"));
}

static void demo_section(struct demo *demo, bool landscape, int columns)
{
    struct block *block = demo_block(demo, BLOCK_SECTION);
    block->landscape = landscape;
    block->columns = columns;
}

/* A mark of a page that begins with these words; NULL none. */
static const struct layout_mark *find(const struct layout_slab *slab,
                                      const char *words)
{
    for (size_t i = 0; i < slab->mark_count; i++) {
        const struct layout_mark *mark = &slab->marks[i];
        if (mark->kind == LAYOUT_TEXT && mark->size >= strlen(words) &&
            memcmp(mark->text, words, strlen(words)) == 0)
            return mark;
    }
    return NULL;
}

/* --- landscape -------------------------------------------------------------
 */

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

/* --- tables ----------------------------------------------------------------
 */

static const struct layout_mark *mark_of(const struct layout *layout,
                                         const char *words)
{
    for (size_t i = 0; i < layout->pages[0].slab_count; i++) {
        const struct layout_mark *mark =
            find(layout->pages[0].slabs[i].slab, words);
        if (mark != NULL)
            return mark;
    }
    return NULL;
}

/* A column of one decimal with values coarsened to whole numbers in it. */
static struct grid *decimal_grid(void)
{
    static const struct grid_column columns[] = {
        {"place", "Lieu", "", ALIGN_LEFT, 0, true, 0},
        {"rate", "Taux", "", ALIGN_RIGHT, 2, false, 0},
    };
    static const struct {
        const char *text;
        int coarser;
    } values[] = {{"812,25", 0}, {"943,5", 1}, {"1071", 2}};
    struct grid *grid = arena_alloc(arena, sizeof *grid);
    struct grid_cell *cells = arena_array(arena, 6, sizeof *cells);
    for (size_t row = 0; row < 3; row++) {
        cells[2 * row] = (struct grid_cell){.text = "Ain", .cell_id = ""};
        cells[2 * row + 1] = (struct grid_cell){
            .text = values[row].text,
            .number = true,
            .coarser = values[row].coarser,
            .cell_id = "x",
        };
    }
    *grid = (struct grid){.id = "g",
                          .columns = columns,
                          .column_count = 2,
                          .cells = cells,
                          .rows = 3};
    return grid;
}

TEST(decimal_signs_stand_below_each_other)
{
    start();
    struct demo demo = {.arena = arena};
    struct block *block = demo_block(&demo, BLOCK_TABLE);
    block->grid = decimal_grid();
    block->caption = (struct caption){"", "", "", "", "", ""};
    struct layout *layout = lay_demo(&demo);
    static const char *const texts[] = {"812,25", "943,5", "1071"};
    double signs[3];
    for (size_t i = 0; i < 3; i++) {
        const struct layout_mark *mark = mark_of(layout, texts[i]);
        CHECK(mark != NULL);
        size_t whole = strcspn(texts[i], ",");
        signs[i] = mark->x_pt + fonts_width(fonts, mark->style, mark->size_pt,
                                            texts[i], whole);
    }
    /* Kerning about the sign may move it by a hair. */
    CHECK_NEAR(signs[1], signs[0], 0.2);
    CHECK_NEAR(signs[2], signs[0], 0.2);
    stop();
}

static size_t count_fills(const struct layout *layout, uint32_t colour)
{
    size_t count = 0;
    for (size_t i = 0; i < layout->pages[0].slab_count; i++) {
        const struct layout_slab *slab = layout->pages[0].slabs[i].slab;
        for (size_t j = 0; j < slab->mark_count; j++)
            count += slab->marks[j].kind == LAYOUT_FILL &&
                     slab->marks[j].height_pt > 0 &&
                     slab->marks[j].colour == colour;
    }
    return count;
}

TEST(rows_of_a_table_have_rules_or_every_other_one_a_ground)
{
    start();
    for (int zebra = 0; zebra < 2; zebra++) {
        struct demo demo = {.arena = arena};
        demo_table(&demo, "t", "Un titre", 10, 1);
        theme.zebra = zebra;
        struct layout *layout = lay_demo(&demo);
        /* The head has a ground too, and the last row the accent's rule. */
        CHECK_INT(count_fills(layout, theme.tint), zebra ? 6 : 1);
        CHECK_INT(count_fills(layout, theme.rule), zebra ? 0 : 9);
    }
    stop();
}

TEST(the_value_of_a_key_figure_is_never_cut)
{
    start();
    for (double width = 300; width < 600; width += 40) {
        struct demo demo = {.arena = arena};
        demo_key_figures(&demo, 4);
        theme.page_width_pt = width;
        struct layout *layout = lay_demo(&demo);
        CHECK(mark_of(layout, "3,8\u00a0millions") != NULL);
    }
    stop();
}

/* --- logos -----------------------------------------------------------------
 */

static const struct layout_mark *find_logo(const struct layout_slab *slab)
{
    for (size_t i = 0; i < slab->mark_count; i++) {
        if (slab->marks[i].kind == LAYOUT_LOGO)
            return &slab->marks[i];
    }
    return NULL;
}

TEST(logos_stand_on_the_cover_and_at_the_foot_of_pages)
{
    static const unsigned char bytes[] = {0};
    start();
    theme.cover_logo = (struct theme_logo){bytes, sizeof bytes, 3};
    theme.foot_logo = (struct theme_logo){bytes, sizeof bytes, 2};
    theme.logo_alt[LANG_FR] = "Logo du registre";
    struct layout *layout = lay(demo_report(arena));
    const struct layout_mark *cover = find_logo(layout->pages[0].slabs[0].slab);
    CHECK(cover != NULL);
    CHECK_NEAR(cover->width_pt, 3 * theme.cover_logo_pt, 1e-9);
    CHECK_NEAR(cover->x_pt + cover->width_pt,
               theme.page_width_pt - theme.margin_right_pt, 1e-9);
    const struct tag *tag = &layout->elements[cover->element].tag;
    CHECK_INT(tag->role, TAG_FIGURE);
    CHECK_TEXT(tag->alt, "Logo du registre");
    for (size_t p = 1; p < layout->page_count; p++) {
        const struct layout_mark *foot = find_logo(&layout->pages[p].foot);
        CHECK(foot != NULL);
        CHECK_INT(foot->element, TAG_ARTIFACT);
        const struct layout_mark *text =
            find(&layout->pages[p].foot, "Édition");
        CHECK(text->x_pt > foot->x_pt + foot->width_pt);
    }
    stop();
}

/* --- figures that wait -----------------------------------------------------
 */

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

static bool has_scene(const struct layout_slab *slab)
{
    for (size_t i = 0; i < slab->mark_count; i++) {
        if (slab->marks[i].kind == LAYOUT_SCENE)
            return true;
    }
    return false;
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

/* --- two columns -----------------------------------------------------------
 */

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

/* --- ragged lines ----------------------------------------------------------
 */

struct rag {
    double shortest_pt; /* of all lines but the last */
    size_t lines, hyphens;
};

/* Adds the lines of a page with one paragraph. */
static void measure_rag(const struct layout_page *page, double right_pt,
                        struct rag *rag)
{
    for (size_t i = 0; i < page->slab_count; i++) {
        const struct layout_slab *slab = page->slabs[i].slab;
        const struct layout_mark *mark = &slab->marks[slab->mark_count - 1];
        double end = mark->x_pt + mark->width_pt;
        CHECK(slab->line);
        CHECK_NEAR(mark->word_space_pt, 0, 1e-9);
        CHECK(end <= right_pt + 0.02);
        rag->lines++;
        rag->hyphens += mark->size >= 2 &&
                        memcmp(mark->text + mark->size - 2, "\xC2\xAD", 2) == 0;
        if (i + 1 < page->slab_count)
            rag->shortest_pt = fmin(rag->shortest_pt, end);
    }
}

TEST(ragged_lines_keep_their_spaces_and_few_have_hyphens)
{
    start();
    theme.justified = 0;
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, demo_prose);
    struct rag rag = {0};
    for (double margin = 60; margin < 220; margin += 11) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        double right = theme.page_width_pt - margin;
        rag.shortest_pt = right;
        measure_rag(&lay_demo(&demo)->pages[0], right, &rag);
        CHECK(rag.shortest_pt > margin + 0.7 * (right - margin));
    }
    /* First fit ends one line in three with a hyphen here. */
    CHECK(rag.lines > 100 && rag.hyphens * 20 < rag.lines);
    stop();
}

/* --- running heads and numbers ---------------------------------------------
 */

TEST(front_pages_have_roman_numbers_and_chapters_their_heads)
{
    start();
    struct layout *layout = lay(demo_report(arena));
    CHECK_INT(layout->front_count, 2);
    CHECK_INT(layout->pages[0].foot.mark_count, 0);
    CHECK(find(&layout->pages[1].foot, "ii") != NULL);
    const char *first = arena_format(arena, "1 / %zu",
                                     layout->page_count - layout->front_count);
    CHECK(find(&layout->pages[2].foot, first) != NULL);
    CHECK(find(&layout->pages[1].head, "Rapport annuel") != NULL);
    CHECK(find(&layout->pages[1].head, "L’incidence") == NULL);
    CHECK(find(&layout->pages[2].head, "L’incidence") != NULL);
    size_t last = layout->page_count - 1;
    CHECK(find(&layout->pages[last].head, "Méthodes") != NULL);
    stop();
}

TEST(a_document_without_contents_is_numbered_from_its_first_page)
{
    start();
    struct layout *layout = lay(demo_profile(arena));
    CHECK_INT(layout->front_count, 0);
    CHECK(find(&layout->pages[0].foot, "1 / 2") != NULL);
    CHECK(find(&layout->pages[1].foot, "2 / 2") != NULL);
    stop();
}

/* --- states ----------------------------------------------------------------
 */

static struct layout *lay_state(enum project_state state)
{
    struct document *document = demo_report(arena);
    struct project *project = arena_alloc(arena, sizeof *project);
    *project = *document->edition->project;
    project->state = state;
    project->embargo = state == STATE_EMBARGO ? "2027-02-04 10:00" : "";
    struct edition *edition = arena_alloc(arena, sizeof *edition);
    *edition = *document->edition;
    edition->project = project;
    document->edition = edition;
    return lay(document);
}

TEST(each_state_is_told_on_each_page)
{
    static const struct {
        enum project_state state;
        const char *words;
        bool watermark, numbers;
    } cases[] = {
        {STATE_PUBLIC, "", false, false},
        {STATE_DRAFT, "Version provisoire", true, true},
        {STATE_REVIEW, "Version de relecture", false, true},
        {STATE_EMBARGO, "Sous embargo jusqu’au 4\u00a0février 2027", false,
         false},
    };
    start();
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct layout *layout = lay_state(cases[c].state);
        bool numbers = false;
        for (size_t p = 0; p < layout->page_count; p++) {
            const struct layout_page *page = &layout->pages[p];
            const struct layout_slab *told =
                p == 0 ? page->slabs[0].slab : &page->foot;
            if (cases[c].words[0] != '\0')
                CHECK(find(told, cases[c].words) != NULL);
            CHECK(find(told, "Version") == NULL || cases[c].numbers);
            CHECK_INT(has_scene(&page->head), cases[c].watermark);
            numbers = numbers || find(&page->head, "5") != NULL;
        }
        CHECK_INT(numbers, cases[c].numbers);
    }
    stop();
}

TEST(the_number_of_a_line_stands_beside_it)
{
    start();
    struct layout *layout = lay_state(STATE_REVIEW);
    const struct layout_page *page = &layout->pages[2];
    size_t lines = 0;
    for (size_t i = 0; i < page->slab_count; i++) {
        const struct layout_placed *placed = &page->slabs[i];
        lines += placed->slab->line;
        if (lines != 10)
            continue;
        const struct layout_mark *number = find(&page->head, "10");
        CHECK(number != NULL);
        CHECK_NEAR(number->y_pt, placed->y_pt + placed->slab->marks[0].y_pt,
                   1e-9);
        CHECK(number->x_pt + number->width_pt < theme.margin_left_pt);
        CHECK_INT(number->element, TAG_ARTIFACT);
        break;
    }
    CHECK_INT(lines, 10);
    stop();
}

RUN(CASE(a_landscape_section_has_pages_on_their_side),
    CASE(a_table_turns_the_page_only_when_that_keeps_its_columns_together),
    CASE(text_after_a_table_that_turned_the_page_fills_the_page_before_it),
    CASE(a_heading_with_nothing_but_its_table_goes_with_it),
    CASE(decimal_signs_stand_below_each_other),
    CASE(rows_of_a_table_have_rules_or_every_other_one_a_ground),
    CASE(the_value_of_a_key_figure_is_never_cut),
    CASE(logos_stand_on_the_cover_and_at_the_foot_of_pages),
    CASE(text_fills_the_page_that_a_figure_does_not_fit_on),
    CASE(a_figure_does_not_wait_past_a_heading),
    CASE(a_figure_that_waits_keeps_its_place_in_what_is_read),
    CASE(columns_are_balanced_and_level),
    CASE(a_chapter_s_title_stands_above_both_columns),
    CASE(columns_go_on_to_the_next_pages_and_figures_go_across),
    CASE(ragged_lines_keep_their_spaces_and_few_have_hyphens),
    CASE(front_pages_have_roman_numbers_and_chapters_their_heads),
    CASE(a_document_without_contents_is_numbered_from_its_first_page),
    CASE(each_state_is_told_on_each_page),
    CASE(the_number_of_a_line_stands_beside_it))
