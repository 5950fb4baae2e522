/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "unit/layout_fixture.h"

static struct document *document_of(struct demo *demo)
{
    return demo_document(arena, demo, "essai", "Essai");
}

/* Calls `visit` for every mark that is text of the document. */
typedef void visit_text(const struct layout_mark *mark, size_t page,
                        double top_pt, void *to);

static void each_text(const struct layout *layout, visit_text *visit, void *to)
{
    for (size_t p = 0; p < layout->page_count; p++) {
        const struct layout_page *page = &layout->pages[p];
        for (size_t i = 0; i < page->slab_count; i++) {
            const struct layout_placed *placed = &page->slabs[i];
            for (size_t j = 0; j < placed->slab->mark_count; j++) {
                const struct layout_mark *mark = &placed->slab->marks[j];
                if (mark->kind == LAYOUT_TEXT && mark->size > 0)
                    visit(mark, p, placed->y_pt, to);
            }
        }
    }
}

static bool has_role(const struct layout *layout, int element,
                     enum tag_role role)
{
    return element >= 0 && layout->elements[element].tag.role == role;
}

/* --- what is read --------------------------------------------------------- */

struct reading {
    const struct layout *layout;
    enum tag_role role;
    struct text text;
};

static void read_mark(const struct layout_mark *mark, size_t page, double top,
                      void *to)
{
    (void)page;
    (void)top;
    struct reading *reading = to;
    int element = mark->element;
    while (has_role(reading->layout, element, TAG_LINK) ||
           has_role(reading->layout, element, TAG_REFERENCE))
        element = reading->layout->elements[element].parent;
    if (!has_role(reading->layout, element, reading->role))
        return;
    size_t size = mark->size;
    if (size >= 2 && memcmp(mark->text + size - 2, "\xC2\xAD", 2) == 0)
        size -= 2;
    text_add_bytes(&reading->text, mark->text, size);
}

static const char *text_of(const struct layout *layout, enum tag_role role)
{
    struct reading reading = {layout, role, text_new(arena)};
    each_text(layout, read_mark, &reading);
    return reading.text.at;
}

TEST(a_paragraph_reads_as_its_source_whatever_the_width)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, demo_prose);
    const char *source = locale_typography(arena, LANG_FR, demo_prose);
    for (double margin = 40; margin < 277; margin += 11) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        CHECK_TEXT(text_of(lay(document_of(&demo)), TAG_P), source);
    }
    stop();
}

TEST(a_long_word_may_be_broken_more_than_once)
{
    start();
    static const char source[] = "très anticonstitutionnellement dit";
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, source);
    theme.margin_left_pt = theme.margin_right_pt = 275;
    struct layout *layout = lay(document_of(&demo));
    CHECK_TEXT(text_of(layout, TAG_P), source);
    CHECK(layout->pages[0].slab_count >= 4);
    stop();
}

static void find_whole(const struct layout_mark *mark, size_t page, double top,
                       void *to)
{
    (void)page;
    (void)top;
    static const char *const wholes[] = {"433\u202f136", "95\u00a0%",
                                         "431\u202f000", "2019-2023"};
    size_t *found = to;
    for (size_t i = 0; i < COUNT_OF(wholes); i++)
        *found += memmem(mark->text, mark->size, wholes[i],
                         strlen(wholes[i])) != NULL;
}

static void find_names(const struct layout_mark *mark, size_t page, double top,
                       void *to)
{
    (void)page;
    (void)top;
    static const char *const wholes[] = {"contact@registre-du-nord.example",
                                         "rnc-demo-2026"};
    for (size_t i = 0; i < COUNT_OF(wholes); i++)
        *(size_t *)to += memmem(mark->text, mark->size, wholes[i],
                                strlen(wholes[i])) != NULL;
}

TEST(an_address_and_an_identifier_stand_on_one_line)
{
    start();
    static const char source[] = "Pour toute question, une adresse : "
                                 "contact@registre-du-nord.example. Une autre "
                                 "édition est rnc-demo-2026, la nôtre.";
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, source);
    for (double margin = 40; margin < 210; margin += 10) {
        size_t found = 0;
        theme.margin_left_pt = theme.margin_right_pt = margin;
        each_text(lay(document_of(&demo)), find_names, &found);
        CHECK_INT(found, 2);
    }
    stop();
}

TEST(numbers_and_their_units_are_never_cut)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, demo_prose);
    for (double margin = 40; margin < 195; margin += 7) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        size_t found = 0;
        each_text(lay(document_of(&demo)), find_whole, &found);
        CHECK_INT(found, 4);
    }
    stop();
}

static void check_inside(const struct layout_mark *mark, size_t page,
                         double top, void *to)
{
    (void)page;
    (void)to;
    double y = top + mark->y_pt;
    CHECK(mark->x_pt >= theme.margin_left_pt - 0.5);
    CHECK(mark->x_pt + mark->width_pt <=
          theme.page_width_pt - theme.margin_right_pt + 4);
    CHECK(y > 0 && y <= theme.page_height_pt - theme.margin_bottom_pt + 1);
}

struct looseness {
    double worst_pt, least_pt; /* added to a space of its line */
    size_t lines;
};

static void measure_space(const struct layout_mark *mark, size_t page,
                          double top, void *to)
{
    (void)page;
    (void)top;
    struct looseness *looseness = to;
    looseness->worst_pt = fmax(looseness->worst_pt, mark->word_space_pt);
    looseness->least_pt = fmin(looseness->least_pt, mark->word_space_pt);
    looseness->lines++;
}

/* First fit stretches the spaces of this paragraph by up to 4.2 pt. */
TEST(justified_lines_are_even)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, demo_prose);
    double space = fonts_width(fonts, FONT_REGULAR, theme.body_pt, " ", 1);
    for (double margin = 40; margin < 150; margin += 11) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        struct looseness looseness = {0};
        each_text(lay(document_of(&demo)), measure_space, &looseness);
        CHECK(looseness.lines > 4);
        CHECK(looseness.worst_pt < space);
        CHECK(looseness.least_pt >= -0.34 * space);
    }
    stop();
}

static void find_brackets(const struct layout_mark *mark, size_t page,
                          double top, void *to)
{
    (void)page;
    (void)top;
    static const char *const wholes[] = {
        "[IC95\u00a0%\u00a0: 1,77\u202f;\u00a01,85]", "(CIM-10\u00a0: C25)"};
    for (size_t i = 0; i < COUNT_OF(wholes); i++)
        *(size_t *)to += memmem(mark->text, mark->size, wholes[i],
                                strlen(wholes[i])) != NULL;
}

/* Were they never cut, spaces would be more than twice as wide as they are in
 * some of these columns; one bracket of nine is cut. */
TEST(an_interval_is_cut_only_where_its_lines_would_be_loose)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo,
                   "Le taux d’incidence standardisé des hommes est supérieur à "
                   "celui des femmes (rapport des taux\u00a0: 1,81 "
                   "[IC95\u00a0%\u00a0: 1,77\u202f;\u00a01,85])\u202f; le "
                   "pancréas (CIM-10\u00a0: C25) est étudié à part.");
    double space = fonts_width(fonts, FONT_REGULAR, theme.body_pt, " ", 1);
    size_t whole = 0;
    size_t columns = 0;
    for (double margin = 40; margin < 130; margin++) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        struct layout *layout = lay(document_of(&demo));
        struct looseness looseness = {0};
        each_text(layout, measure_space, &looseness);
        each_text(layout, find_brackets, &whole);
        CHECK(looseness.worst_pt < 1.2 * space);
        columns++;
    }
    CHECK(whole > 2 * columns * 88 / 100);
    stop();
}

TEST(the_name_of_a_table_is_cut_after_a_low_line_without_a_hyphen)
{
    start();
    static const char source[] =
        "Les données de cette fiche sont celles de la localisation dite Sein "
        "(code SEI) dans les tableaux open_data.cases_national_sites et "
        "open_data.deaths_national_sites des données ouvertes.";
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, source);
    double space = fonts_width(fonts, FONT_REGULAR, theme.body_pt, " ", 1);
    for (double margin = 40; margin < 130; margin += 3) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        struct layout *layout = lay(document_of(&demo));
        struct looseness looseness = {0};
        each_text(layout, measure_space, &looseness);
        CHECK(looseness.worst_pt < space);
        CHECK_TEXT(text_of(layout, TAG_P), source);
    }
    stop();
}

static void check_end(const struct layout_mark *mark, size_t page, double top,
                      void *to)
{
    (void)page;
    (void)top;
    size_t *squeezed = to;
    double right = theme.page_width_pt - theme.margin_right_pt;
    if (mark->text[mark->size - 1] != '.')
        return;
    CHECK(mark->x_pt + mark->width_pt <= right + 0.1);
    *squeezed += mark->word_space_pt < 0;
}

/* It may be squeezed into the width as other lines are. */
TEST(a_last_line_does_not_leave_the_column)
{
    start();
    struct demo demo = {.arena = arena};
    size_t squeezed = 0;
    demo_paragraph(&demo, "Le cas a été vu, lu et dit en un an par le lot du "
                          "pays, et un cas de plus l’a été au mois de mai, ou "
                          "de juin, à la fin du tour.");
    for (double margin = 40; margin < 150; margin += 0.5) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        each_text(lay(document_of(&demo)), check_end, &squeezed);
    }
    CHECK(squeezed > 0);
    stop();
}

TEST(an_address_wider_than_the_column_is_cut)
{
    start();
    struct demo demo = {.arena = arena};
    struct text address = text_new(arena);
    text_add(&address, "https://exemple.fr/");
    for (int i = 0; i < 60; i++)
        text_add(&address, "abcdé");
    struct run run = {.text = address.at, .href = ""};
    demo_block(&demo, BLOCK_PARAGRAPH)->text = (struct runs){&run, 1};
    struct layout *layout = lay(document_of(&demo));
    CHECK_TEXT(text_of(layout, TAG_P), address.at);
    each_text(layout, check_inside, NULL);
    stop();
}

static void find_raised(const struct layout_mark *mark, size_t page, double top,
                        void *to)
{
    (void)page;
    (void)top;
    struct text *raised = to;
    if (mark->size_pt < theme.body_pt * 0.8) {
        text_add_bytes(raised, mark->text, mark->size);
        text_add_char(raised, '|');
    }
}

TEST(french_ordinals_are_raised_and_codes_are_not)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, "Le 1er janvier, la 1re fois, au XXIe siècle, le 2e "
                          "rang, les 3es rencontres ; code 2E7, 12ea, MCMe, "
                          "le code 1er2.");
    struct text raised = text_new(arena);
    each_text(lay(document_of(&demo)), find_raised, &raised);
    CHECK_TEXT(raised.at, "er |re |e |e |es |");
    stop();
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

RUN(CASE(a_paragraph_reads_as_its_source_whatever_the_width),
    CASE(a_long_word_may_be_broken_more_than_once),
    CASE(an_address_and_an_identifier_stand_on_one_line),
    CASE(numbers_and_their_units_are_never_cut), CASE(justified_lines_are_even),
    CASE(an_interval_is_cut_only_where_its_lines_would_be_loose),
    CASE(the_name_of_a_table_is_cut_after_a_low_line_without_a_hyphen),
    CASE(a_last_line_does_not_leave_the_column),
    CASE(an_address_wider_than_the_column_is_cut),
    CASE(french_ordinals_are_raised_and_codes_are_not),
    CASE(no_text_leaves_the_column), CASE(no_text_lies_over_other_text),
    CASE(no_page_starts_or_ends_with_a_lonely_line),
    CASE(one_line_before_figures_stands_on_their_page),
    CASE(no_page_is_empty_and_a_profile_has_two),
    CASE(page_breaks_at_the_ends_make_no_empty_page),
    CASE(a_table_that_goes_on_repeats_its_head_as_an_artifact),
    CASE(columns_that_do_not_fit_are_shared_out_with_their_row_headers),
    CASE(only_the_signs_that_a_table_shows_are_explained),
    CASE(a_figure_wider_than_the_column_is_made_smaller_never_larger),
    CASE(levels_of_headings_never_skip_one),
    CASE(the_contents_give_the_page_of_each_heading),
    CASE(a_link_that_leads_nowhere_is_refused),
    CASE(a_document_without_blocks_is_refused))
