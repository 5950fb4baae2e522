/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows of tables, ragged lines, heads and feet, logos, states. */
#include "check.h"

#include "unit/layout_fixture.h"

/* --- tables --------------------------------------------------------------- */

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
        {"place", "Lieu", "", "", ALIGN_LEFT, 0, true, 0},
        {"rate", "Taux", "", "", ALIGN_RIGHT, 2, false, 0},
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
    block->caption = (struct caption){"", "", "", "", "", "", NULL, NULL};
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

TEST(the_last_rows_of_a_table_do_not_stand_alone_when_they_need_not)
{
    start();
    size_t alone = 0, saved = 0;
    for (size_t rows = 44; rows < 68; rows++) {
        struct demo demo = {.arena = arena};
        demo_table(&demo, "t", "Un titre", rows, 2);
        struct layout *layout = lay_demo(&demo);
        const struct layout_page *last = &layout->pages[layout->page_count - 1];
        const struct layout_placed *end = &last->slabs[last->slab_count - 1];
        double bottom = end->y_pt + end->slab->height_pt;
        CHECK(bottom <= theme.page_height_pt - theme.margin_bottom_pt + 0.02);
        const struct layout_slab *row = layout->pages[0].slabs[5].slab;
        double usual = theme.table_leading_pt + 3;
        saved += row->height_pt < usual - 0.1;
        CHECK(row->height_pt > usual - 1.7);
        alone += layout->page_count == 2;
        CHECK(saved == 0 || alone == 0 || row->height_pt > usual - 0.1);
    }
    /* A few numbers of rows are too many for one page, most of those after
     * them make two as they are. */
    CHECK(saved >= 3 && saved <= 8);
    CHECK(alone >= 8);
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

TEST(a_list_with_labels_says_how_they_are_numbered)
{
    static const struct {
        enum block_kind kind;
        enum tag_numbering numbering;
    } cases[] = {{BLOCK_LIST, NUMBERING_DISC},
                 {BLOCK_BIBLIOGRAPHY, NUMBERING_DECIMAL},
                 {BLOCK_GLOSSARY, NUMBERING_NONE}};
    start();
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct demo demo = {.arena = arena};
        demo_list(&demo);
        demo.blocks[0].kind = cases[c].kind;
        struct layout *layout = lay_demo(&demo);
        bool labels = false;
        for (size_t i = 0; i < layout->element_count; i++) {
            const struct tag *tag = &layout->elements[i].tag;
            labels = labels || tag->role == TAG_LBL;
            if (tag->role == TAG_L)
                CHECK_INT(tag->numbering, cases[c].numbering);
        }
        CHECK_INT(labels, cases[c].numbering != NUMBERING_NONE);
    }
    stop();
}

/* --- logos ---------------------------------------------------------------- */

static const struct layout_mark *find_logo(const struct layout_slab *slab)
{
    for (size_t i = 0; i < slab->mark_count; i++) {
        if (slab->marks[i].kind == LAYOUT_LOGO)
            return &slab->marks[i];
    }
    return NULL;
}

/* A title of 8 and one of 60 lines: white letters have their ground. */
TEST(a_long_title_stands_on_the_band_of_the_cover)
{
    start();
    for (int times = 10; times <= 100; times += 90) {
        struct text title = text_new(arena);
        for (int i = 0; i < times; i++)
            text_add(&title, "Un long titre de rapport ");
        struct document *document = demo_report(arena);
        document->title = title.at;
        struct layout *layout = lay(document);
        const struct layout_slab *cover = layout->pages[0].slabs[0].slab;
        CHECK_INT(cover->marks[0].kind, LAYOUT_FILL);
        double band = cover->marks[0].height_pt;
        size_t white = 0;
        for (size_t m = 1; m < cover->mark_count; m++) {
            const struct layout_mark *mark = &cover->marks[m];
            if (mark->kind != LAYOUT_TEXT || mark->colour != theme.paper)
                continue;
            CHECK(mark->y_pt < band);
            white++;
        }
        CHECK(white > 4);
        CHECK(band < theme.page_height_pt * 0.8);
    }
    stop();
}

TEST(logos_stand_on_the_cover_and_at_the_foot_of_pages)
{
    static const unsigned char bytes[] = {0};
    start();
    theme.cover_logo = (struct theme_logo){
        bytes, sizeof bytes, 3, {"Logo du registre", "Logo"}};
    theme.partner_logo = (struct theme_logo){
        bytes, sizeof bytes, 1, {"Logo de l’agence", "Logo"}};
    theme.foot_logo = (struct theme_logo){bytes, sizeof bytes, 2, {NULL, NULL}};
    struct layout *layout = lay(demo_report(arena));
    const struct layout_mark *cover = find_logo(layout->pages[0].slabs[0].slab);
    CHECK(cover != NULL);
    CHECK_NEAR(cover->width_pt, 3 * theme.cover_logo_pt, 1e-9);
    CHECK_NEAR(cover->x_pt + cover->width_pt,
               theme.page_width_pt - theme.margin_right_pt, 1e-9);
    const struct tag *tag = &layout->elements[cover->element].tag;
    CHECK_INT(tag->role, TAG_FIGURE);
    CHECK_TEXT(tag->alt, "Logo du registre");
    const struct layout_mark *partner = cover + 1;
    CHECK(partner->kind == LAYOUT_LOGO);
    CHECK_NEAR(partner->width_pt, theme.cover_logo_pt, 1e-9);
    CHECK(partner->x_pt + partner->width_pt < cover->x_pt - 10);
    CHECK_TEXT(layout->elements[partner->element].tag.alt, "Logo de l’agence");
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

/* --- ragged lines --------------------------------------------------------- */

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

/* "died of can-" and "cer." would be: spaces may be wider instead. */
TEST(the_last_line_is_not_the_end_of_a_cut_word)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, "Pendant la période, des cas ont été enregistrés "
                          "dans le département et des personnes y sont "
                          "mortes, suivies par des administrations, cancer.");
    for (double margin = 60; margin < 200; margin += 1) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        const struct layout_page *page = &lay_demo(&demo)->pages[0];
        CHECK(page->slab_count >= 2);
        const struct layout_slab *last = page->slabs[page->slab_count - 1].slab;
        const struct layout_slab *before =
            page->slabs[page->slab_count - 2].slab;
        const struct layout_mark *end = &before->marks[before->mark_count - 1];
        bool cut = end->size >= 2 &&
                   memcmp(end->text + end->size - 2, "\xC2\xAD", 2) == 0;
        CHECK(!cut || strchr(last->marks[0].text, ' ') != NULL);
    }
    stop();
}

/* Where it stands on a line of its own, those above do not share that line's
 * emptiness. */
TEST(lines_before_an_address_that_is_never_cut_are_full)
{
    start();
    theme.justified = 0;
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo,
                   "Confidence intervals for directly standardized rates: a "
                   "method based on the gamma distribution. Statistics in "
                   "Medicine, volume of the whole year. "
                   "doi:10.1002/(SICI)10970258(19970415)16:7<791::3.0.CO;2#");
    int alone = 0;
    for (double margin = 60; margin < 160; margin += 5) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        const struct layout_page *page = &lay_demo(&demo)->pages[0];
        const struct layout_slab *first = page->slabs[0].slab;
        const struct layout_slab *last = page->slabs[page->slab_count - 1].slab;
        const struct layout_mark *mark = &first->marks[first->mark_count - 1];
        double width = theme.page_width_pt - 2 * margin;
        if (page->slab_count < 3 || strncmp(last->marks[0].text, "doi", 3) != 0)
            continue;
        alone++;
        CHECK(mark->x_pt + mark->width_pt > margin + 0.85 * width);
    }
    CHECK(alone > 0);
    stop();
}

/* "personnes-années" has a break of its own, and no other. */
TEST(a_compound_is_broken_at_its_own_hyphen_only)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, "Le taux est de 360 cas pour 100 000 "
                          "personnes-années, puis de 261 personnes-années, "
                          "enfin de 84 pour 100 000 personnes-années.");
    struct rag rag = {0};
    for (double margin = 60; margin < 220; margin += 3) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        theme.justified = 0;
        measure_rag(&lay_demo(&demo)->pages[0], theme.page_width_pt - margin,
                    &rag);
    }
    CHECK(rag.lines > 100);
    CHECK_INT(rag.hyphens, 0);
    stop();
}

/* --- running heads and numbers -------------------------------------------- */

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

/* One without number. */
static void heading(struct demo *demo, int level, const char *title)
{
    demo_heading(demo, level, "", title);
    demo->blocks[demo->count - 1].heading = HEADING_FREE;
}

TEST(heads_tell_what_pages_are_in_where_they_begin)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS);
    heading(&demo, 1, "Fiches");
    demo_paragraph(&demo, "Une phrase.");
    demo_block(&demo, BLOCK_PAGE_BREAK);
    heading(&demo, 2, "Poumon");
    demo_paragraph(&demo, "Une phrase.");
    heading(&demo, 2, "Sein");
    demo_paragraph(&demo, "Une phrase.");
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_paragraph(&demo, "Une phrase.");
    demo_block(&demo, BLOCK_PAGE_BREAK);
    heading(&demo, 1, "Mentions");
    demo_paragraph(&demo, "Une phrase.");
    heading(&demo, 1, "Glossaire"); /* goes on below */
    demo_paragraph(&demo, "Une phrase.");
    struct layout *layout = lay_demo(&demo);
    static const char *const heads[] = {"Fiches", "Fiches \u00b7 Poumon",
                                        "Fiches \u00b7 Sein", "Mentions"};
    CHECK_INT(layout->page_count, 1 + COUNT_OF(heads));
    for (size_t p = 0; p < COUNT_OF(heads); p++) {
        const struct layout_mark *mark =
            find(&layout->pages[p + 1].head, heads[p]);
        CHECK(mark != NULL && mark->size == strlen(heads[p]));
    }
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

/* --- states --------------------------------------------------------------- */

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

RUN(CASE(decimal_signs_stand_below_each_other),
    CASE(rows_of_a_table_have_rules_or_every_other_one_a_ground),
    CASE(the_last_rows_of_a_table_do_not_stand_alone_when_they_need_not),
    CASE(the_value_of_a_key_figure_is_never_cut),
    CASE(a_list_with_labels_says_how_they_are_numbered),
    CASE(a_long_title_stands_on_the_band_of_the_cover),
    CASE(logos_stand_on_the_cover_and_at_the_foot_of_pages),
    CASE(ragged_lines_keep_their_spaces_and_few_have_hyphens),
    CASE(the_last_line_is_not_the_end_of_a_cut_word),
    CASE(lines_before_an_address_that_is_never_cut_are_full),
    CASE(a_compound_is_broken_at_its_own_hyphen_only),
    CASE(front_pages_have_roman_numbers_and_chapters_their_heads),
    CASE(heads_tell_what_pages_are_in_where_they_begin),
    CASE(a_document_without_contents_is_numbered_from_its_first_page),
    CASE(each_state_is_told_on_each_page),
    CASE(the_number_of_a_line_stands_beside_it))
