/* SPDX-License-Identifier: EUPL-1.2 */
/* Paragraphs: where lines end, and how words stand in them. */
#include "check.h"

#include "page/structure.h"
#include "unit/layout_fixture.h"

TEST(a_paragraph_reads_as_its_source_whatever_the_width)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, demo_prose);
    const char *source = locale_typography(arena, LANG_FR, demo_prose);
    for (double margin = 40; margin < 277; margin += 11) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        CHECK_TEXT(text_of(lay_demo(&demo), TAG_P), source);
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
    struct layout *layout = lay_demo(&demo);
    CHECK_TEXT(text_of(layout, TAG_P), source);
    CHECK(layout->pages[0].slab_count >= 4);
    stop();
}

static void find_widest(const struct layout_mark *mark, size_t page, double top,
                        void *to)
{
    (void)page;
    (void)top;
    double *widest = to;
    *widest = fmax(*widest, mark->word_space_pt);
}

/* "Voir :" before an address wider than a line has the spaces it has. */
TEST(a_line_before_a_word_that_fills_the_next_is_not_spread)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, "Voir ceci\u00a0: "
                          "donnees_ouvertes_du_registre_national_des_cancers_"
                          "par_departement_et_par_localisation_de_2000_a_2024_"
                          "Hexakosioihexekontahexaphobie et la suite du texte "
                          "qui va jusqu’à une autre ligne encore.");
    double widest = 0;
    each_text(lay_demo(&demo), find_widest, &widest);
    CHECK(widest <= theme.body_pt);
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
        each_text(lay_demo(&demo), find_names, &found);
        CHECK_INT(found, 2);
    }
    stop();
}

static void find_t(const struct layout_mark *mark, size_t page, double top,
                   void *to)
{
    (void)page;
    (void)top;
    *(size_t *)to += memmem(mark->text, mark->size, "t-on", 4) != NULL;
}

/* "dans une co- lonne." of a note in a narrow column. */
TEST(a_ragged_paragraph_does_not_end_with_the_end_of_a_word)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_NOTE)->text =
        demo_text(&demo, "Une note encadrée dans une colonne.");
    for (double margin = 170; margin < 235; margin++) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        const struct layout_page *page = &lay_demo(&demo)->pages[0];
        for (size_t s = 0; s < page->slab_count; s++)
            CHECK(find(page->slabs[s].slab, "lonne.") == NULL);
    }
    stop();
}

TEST(the_t_of_an_inversion_stays_with_its_pronoun)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, "Pourquoi, comment, où, demande-t-on souvent ?");
    for (double margin = 180; margin < 250; margin++) {
        size_t found = 0;
        theme.margin_left_pt = theme.margin_right_pt = margin;
        each_text(lay_demo(&demo), find_t, &found);
        CHECK_INT(found, 1);
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
        each_text(lay_demo(&demo), find_whole, &found);
        CHECK_INT(found, 4);
    }
    stop();
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
        each_text(lay_demo(&demo), measure_space, &looseness);
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
        struct layout *layout = lay_demo(&demo);
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
        struct layout *layout = lay_demo(&demo);
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
        each_text(lay_demo(&demo), check_end, &squeezed);
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
    struct layout *layout = lay_demo(&demo);
    CHECK_TEXT(text_of(layout, TAG_P), address.at);
    each_text(layout, check_inside, NULL);
    stop();
}

static bool is_cut(const struct layout_mark *mark)
{
    return mark->size >= 2 &&
           memcmp(mark->text + mark->size - 2, "\xC2\xAD", 2) == 0;
}

/* The last mark of a page or column is not the beginning of a cut word; *cuts
 * is how many of all lines are. */
static void check_cuts(const struct layout_page *page, size_t *cuts)
{
    for (size_t i = 0; i < page->slab_count; i++) {
        const struct layout_slab *slab = page->slabs[i].slab;
        if (!slab->line || !is_cut(&slab->marks[slab->mark_count - 1]))
            continue;
        ++*cuts;
        CHECK(i + 1 < page->slab_count);
        CHECK(page->slabs[i + 1].y_pt > page->slabs[i].y_pt);
    }
}

/* Wherever the foot of the page is: one line after the other would be last. */
TEST(no_page_or_column_ends_with_the_beginning_of_a_cut_word)
{
    start();
    for (int columns = 1; columns <= 2; columns++) {
        struct demo demo = {.arena = arena};
        size_t cuts = 0;
        demo_section(&demo, false, columns);
        for (int i = 0; i < 8; i++)
            demo_paragraph(&demo, demo_prose);
        theme.margin_left_pt = theme.margin_right_pt = columns == 1 ? 200 : 60;
        for (double bottom = 60; bottom < 260; bottom += 12) {
            theme.margin_bottom_pt = bottom;
            const struct layout *layout = lay_demo(&demo);
            for (size_t p = 0; p < layout->page_count; p++)
                check_cuts(&layout->pages[p], &cuts);
        }
        CHECK(cuts > 0);
    }
    stop();
}

static void check_small(const struct layout_mark *mark, size_t page, double top,
                        void *to)
{
    (void)top;
    if (page > 0 && mark->element >= 0)
        CHECK_NEAR(mark->size_pt, *(const double *)to, 1e-9);
}

/* Closer than running text, whose grid and numbers they do not take. */
TEST(entries_of_the_index_are_set_as_those_of_lists)
{
    start();
    struct demo demo = {.arena = arena};
    struct run runs[] = {{.text = "", .href = "@idx:Sein"},
                         {.text = "", .href = "@idx:Poumon"},
                         {.text = "Texte.", .href = ""}};
    demo_block(&demo, BLOCK_PARAGRAPH)->text = (struct runs){runs, 3};
    demo_section(&demo, false, 2);
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_block(&demo, BLOCK_INDEX);
    struct document *document = demo_document(arena, &demo, "essai", "Essai");
    const struct lexicon lexicon = {0};
    CHECK(structure_resolve(arena, &lexicon, document, &err));
    const struct layout *layout = lay(document);
    CHECK_INT(layout->page_count, 2);
    each_text(layout, check_small, &theme.small_pt);
    const struct layout_page *page = &layout->pages[1];
    for (size_t i = 0; i < page->slab_count; i++)
        CHECK(!page->slabs[i].slab->line);
    CHECK(page->slab_count >= 2);
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
    each_text(lay_demo(&demo), find_raised, &raised);
    CHECK_TEXT(raised.at, "er |re |e |e |es |");
    stop();
}

/* Lines of an address: each begins at the left, none is spread, and together
 * they read as one text with spaces between. */
struct begun {
    double left_pt;
    size_t at_left;
};

static void count_begun(const struct layout_mark *mark, size_t page, double top,
                        void *to)
{
    (void)page;
    (void)top;
    struct begun *begun = to;
    begun->at_left += fabs(mark->x_pt - begun->left_pt) < 0.01;
    CHECK(fabs(mark->word_space_pt) < 0.01 || mark->x_pt > begun->left_pt);
}

TEST(a_line_break_that_is_asked_for_ends_the_line)
{
    static const struct run address[] = {
        {.text = "Registre d’essai", .style = RUN_BOLD, .href = ""},
        {.text = " ", .style = RUN_BREAK, .href = ""},
        {.text = "12, rue de l’Essai", .href = ""},
        {.text = " ", .style = RUN_BREAK, .href = ""},
        {.text = "Rennes", .href = ""},
    };
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_PARAGRAPH)->text = (struct runs){address, 5};
    for (int way = 0; way < 2; way++) {
        struct begun begun = {.left_pt = theme.margin_left_pt};
        theme.justified = way == 0;
        struct layout *layout = lay_demo(&demo);
        CHECK_TEXT(text_of(layout, TAG_P),
                   "Registre d’essai 12, rue de l’Essai Rennes");
        each_text(layout, count_begun, &begun);
        CHECK_INT(begun.at_left, 3);
    }
    stop();
}

/* Words go on to fill lines between two breaks, however wide the column is. */
TEST(a_line_break_stands_where_it_was_asked_for_at_any_width)
{
    start();
    const char *prose = locale_typography(arena, LANG_FR, demo_prose);
    const struct run twice[] = {
        {.text = prose, .href = ""},
        {.text = " ", .style = RUN_BREAK, .href = ""},
        {.text = prose, .href = ""},
    };
    struct demo once = {.arena = arena}, both = {.arena = arena};
    demo_block(&once, BLOCK_PARAGRAPH)->text = (struct runs){twice, 1};
    demo_block(&both, BLOCK_PARAGRAPH)->text = (struct runs){twice, 3};
    for (double margin = 40; margin < 277; margin += 11) {
        theme.margin_left_pt = theme.margin_right_pt = margin;
        size_t lines = lay_demo(&once)->pages[0].slab_count;
        struct layout *layout = lay_demo(&both);
        size_t all = 0;
        for (size_t p = 0; p < layout->page_count; p++)
            all += layout->pages[p].slab_count;
        CHECK_INT(all, 2 * lines);
        CHECK_TEXT(text_of(layout, TAG_P),
                   arena_format(arena, "%s %s", prose, prose));
    }
    stop();
}

RUN(CASE(a_line_break_that_is_asked_for_ends_the_line),
    CASE(a_line_break_stands_where_it_was_asked_for_at_any_width),
    CASE(a_paragraph_reads_as_its_source_whatever_the_width),
    CASE(a_long_word_may_be_broken_more_than_once),
    CASE(a_line_before_a_word_that_fills_the_next_is_not_spread),
    CASE(an_address_and_an_identifier_stand_on_one_line),
    CASE(a_ragged_paragraph_does_not_end_with_the_end_of_a_word),
    CASE(the_t_of_an_inversion_stays_with_its_pronoun),
    CASE(numbers_and_their_units_are_never_cut), CASE(justified_lines_are_even),
    CASE(an_interval_is_cut_only_where_its_lines_would_be_loose),
    CASE(the_name_of_a_table_is_cut_after_a_low_line_without_a_hyphen),
    CASE(a_last_line_does_not_leave_the_column),
    CASE(entries_of_the_index_are_set_as_those_of_lists),
    CASE(no_page_or_column_ends_with_the_beginning_of_a_cut_word),
    CASE(an_address_wider_than_the_column_is_cut),
    CASE(french_ordinals_are_raised_and_codes_are_not))
