/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "page/layout.h"
#include "page/structure.h"
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

static struct layout *lay(struct demo *demo)
{
    struct document *document = demo_document(arena, demo, "essai", "Essai");
    struct lexicon lexicon = {0};
    struct layout *layout = NULL;
    if (!structure_resolve(arena, &lexicon, document, &err) ||
        !layout_document(arena, document, &theme, fonts, &layout, &err))
        print_error("%s\n", err.text);
    CHECK(layout != NULL);
    for (size_t p = 0; p < layout->page_count; p++)
        CHECK(!layout->pages[p].turned);
    return layout;
}

static const struct layout_heading *place_of(const struct layout *layout,
                                             const char *id)
{
    for (size_t h = 0; h < layout->heading_count; h++) {
        if (text_same(layout->headings[h].id, id))
            return &layout->headings[h];
    }
    CHECK(false);
    return NULL;
}

/* The text of a page, marks one after the other. */
static const char *page_text(const struct layout *layout, size_t page)
{
    struct text out = text_new(arena);
    const struct layout_page *at = &layout->pages[page];
    for (size_t i = 0; i < at->slab_count; i++) {
        const struct layout_slab *slab = at->slabs[i].slab;
        for (size_t j = 0; j < slab->mark_count; j++)
            text_add_bytes(&out, slab->marks[j].text, slab->marks[j].size);
    }
    return out.at;
}

static size_t page_with(const struct layout *layout, const char *text)
{
    for (size_t p = 0; p < layout->page_count; p++) {
        if (strstr(page_text(layout, p), text) != NULL)
            return p;
    }
    print_error("no page has '%s'\n", text);
    CHECK(false);
    return 0;
}

static struct run *add_runs(struct demo *demo, size_t count)
{
    struct run *run = arena_array(arena, count, sizeof *run);
    for (size_t i = 0; i < count; i++)
        run[i] = (struct run){.text = "", .href = "", .where = "prose.md:1"};
    demo_block(demo, BLOCK_PARAGRAPH)->text = (struct runs){run, count};
    return run;
}

static void add_reference(struct demo *demo, const char *reference)
{
    struct run *run = add_runs(demo, 3);
    run[0].text = "Voir la ";
    run[1].href = reference;
    run[2].text = " et la suite.";
}

static void add_pages(struct demo *demo, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        demo_paragraph(demo, "Une page.");
        demo_block(demo, BLOCK_PAGE_BREAK);
    }
}

/* A reference on the first numbered page, pages, a table. */
static void check_page_number(size_t pages, const char *want)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS);
    demo_heading(&demo, 1, "", "Début");
    add_reference(&demo, "@tab:deces");
    demo_block(&demo, BLOCK_PAGE_BREAK);
    add_pages(&demo, pages);
    demo_table(&demo, "deces", "Décès", 3, 2);
    const struct layout *layout = lay(&demo);
    CHECK(strstr(page_text(layout, 1), want) != NULL);
    CHECK_TEXT(arena_format(arena,
                            "Voir la tableau\u00a01, page\u00a0%zu et la "
                            "suite.",
                            place_of(layout, "tab-deces")->page),
               want);
    CHECK_INT(page_with(layout, "Tableau\u00a01\u00a0– Décès"),
              place_of(layout, "tab-deces")->page);
    stop();
}

TEST(a_reference_tells_the_page_whatever_its_number_of_digits)
{
    check_page_number(1, "Voir la tableau\u00a01, page\u00a03 et la suite.");
    check_page_number(12, "Voir la tableau\u00a01, page\u00a014 et la suite.");
    check_page_number(100,
                      "Voir la tableau\u00a01, page\u00a0102 et la suite.");
}

TEST(words_around_a_page_number_stand_where_they_should)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS);
    demo_heading(&demo, 1, "ici", "Début");
    add_reference(&demo, "@sec:ici");
    const struct layout *layout = lay(&demo);
    double end = 0;
    const struct layout_page *page = &layout->pages[1];
    const struct layout_slab *line = page->slabs[1].slab;
    CHECK_INT(line->mark_count, 4);
    for (size_t j = 0; j < line->mark_count; j++) {
        const struct layout_mark *mark = &line->marks[j];
        CHECK(j == 0 || fabs(mark->x_pt - end) < 0.01);
        end = mark->x_pt + mark->width_pt;
    }
    /* One link, and one element, from the words to the number. */
    CHECK_INT(line->marks[1].link, line->marks[2].link);
    CHECK_INT(line->marks[1].element, line->marks[2].element);
    CHECK_TEXT(line->marks[2].text, "1"); /* the space is not the link's */
    CHECK_TEXT(line->marks[3].text, " et la suite.");
    CHECK(line->marks[3].link < 0);
    stop();
}

TEST(lists_of_figures_and_tables_give_their_pages)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_FIGURES);
    demo_block(&demo, BLOCK_TABLES);
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_figures(&demo);
    demo_table(&demo, "deces", "Décès", 3, 2);
    const struct layout *layout = lay(&demo);
    const char *front = page_text(layout, 0);
    static const char *const ids[] = {"fig-carte", "fig-gauche", "fig-droite",
                                      "fig-absente", "tab-deces"};
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        const struct layout_heading *place = place_of(layout, ids[i]);
        CHECK(place->page > 0);
        CHECK_INT(page_with(layout, place->title), 0);
        CHECK(strstr(page_text(layout, place->page), place->title) != NULL);
        CHECK(strstr(front, arena_format(arena, "%s %zu", place->title,
                                         place->page + 1)) != NULL);
    }
    CHECK(strstr(front, "Liste des figures") < strstr(front, "Figure\u00a01"));
    CHECK(strstr(front, "Liste des tableaux") <
          strstr(front, "Tableau\u00a01"));
    stop();
}

/* Where the first mark of these words on the first page begins. */
static double x_of(const struct layout *layout, const char *words)
{
    const struct layout_page *page = &layout->pages[0];
    for (size_t s = 0; s < page->slab_count; s++) {
        const struct layout_slab *slab = page->slabs[s].slab;
        for (size_t m = 0; m < slab->mark_count; m++) {
            if (slab->marks[m].size > 0 && slab->marks[m].text != NULL &&
                strstr(slab->marks[m].text, words) != NULL)
                return slab->marks[m].x_pt;
        }
    }
    return -1;
}

/* It has no entry above it that it could be below. */
TEST(an_entry_before_the_first_chapter_is_not_moved_in)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS);
    demo_heading(&demo, 2, "", "Mentions");
    demo_heading(&demo, 1, "", "Chapitre");
    demo_heading(&demo, 2, "", "Partie");
    const struct layout *layout = lay(&demo);
    CHECK_NEAR(x_of(layout, "Mentions"), theme.margin_left_pt, 0.1);
    CHECK(x_of(layout, "Partie") > theme.margin_left_pt + 10);
    stop();
}

/* Titles alike are told apart by their section, which is named once. */
TEST(lists_name_the_sections_of_their_entries)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_TABLES);
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_heading(&demo, 1, "", "Fiches");
    demo_heading(&demo, 2, "", "Foie");
    demo_table(&demo, "foie", "Décès", 3, 2);
    demo_table(&demo, "foie-cas", "Cas", 3, 2);
    demo_heading(&demo, 2, "", "Sein");
    demo_table(&demo, "sein", "Décès", 3, 2);
    const char *front = page_text(lay(&demo), 0);
    CHECK(strstr(front, "Fiches") == NULL);
    const char *liver = strstr(front, "Foie");
    const char *breast = strstr(front, "Sein");
    CHECK(liver != NULL && breast != NULL);
    CHECK(strstr(liver + 1, "Foie") == NULL);
    CHECK(liver < strstr(front, "Tableau\u00a01"));
    CHECK(strstr(front, "Tableau\u00a02") < breast);
    CHECK(breast < strstr(front, "Tableau\u00a03"));
    stop();
}

TEST(an_empty_list_of_figures_is_left_out)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_FIGURES);
    demo_paragraph(&demo, "Texte.");
    CHECK_TEXT(page_text(lay(&demo), 0), "Texte.");
    stop();
}

/* --- notes ---------------------------------------------------------------- */

static void call_long_note(struct demo *demo, const char *call,
                           const char *text)
{
    struct note *note = arena_alloc(arena, sizeof *note);
    note->id = "";
    note->text = demo_text(demo, text);
    struct run *run = add_runs(demo, 2);
    run[0].text = call;
    run[1].note = note;
}

static void call_note(struct demo *demo, const char *text)
{
    call_long_note(demo, arena_format(arena, "Appel de %s", text), text);
}

static double text_bottom(const struct layout *layout, size_t page,
                          double *notes)
{
    const struct layout_page *at = &layout->pages[page];
    double bottom = 0;
    *notes = theme.page_height_pt;
    for (size_t i = 0; i < at->slab_count; i++) {
        const struct layout_placed *placed = &at->slabs[i];
        const struct layout_mark *mark = &placed->slab->marks[0];
        int element = mark->element;
        int parent = element < 0 ? -1 : layout->elements[element].parent;
        bool note =
            parent >= 0 && layout->elements[parent].tag.role == TAG_NOTE;
        double end = placed->y_pt + placed->slab->height_pt;
        if (note && placed->y_pt < *notes)
            *notes = placed->y_pt;
        if (note || element < 0)
            CHECK(end <= theme.page_height_pt - theme.margin_bottom_pt + 0.01);
        else if (end > bottom)
            bottom = end;
    }
    return bottom;
}

TEST(notes_stand_at_the_foot_of_the_page_that_calls_them)
{
    start();
    struct demo demo = {.arena = arena};
    for (int i = 0; i < 40; i++) {
        demo_paragraph(&demo, demo_prose);
        call_note(&demo, arena_format(arena, "la note numéro %d.", i + 1));
    }
    const struct layout *layout = lay(&demo);
    CHECK(layout->page_count > 3);
    for (int i = 1; i <= 40; i++) {
        size_t page = page_with(
            layout, arena_format(arena, "Appel de la note numéro %d.", i));
        const char *foot = arena_format(arena, "%d la note numéro %d.", i, i);
        CHECK_INT(page_with(layout, foot), page);
        CHECK_INT(place_of(layout, arena_format(arena, "note-%d", i))->page,
                  page);
    }
    for (size_t p = 0; p < layout->page_count; p++) {
        double notes = 0;
        CHECK(text_bottom(layout, p, &notes) < notes);
    }
    stop();
}

/* Lines of notes on a page. */
static size_t note_lines(const struct layout *layout, size_t page)
{
    size_t count = 0;
    for (size_t i = 0; i < layout->pages[page].slab_count; i++) {
        const struct layout_slab *slab = layout->pages[page].slabs[i].slab;
        int element = slab->marks[slab->mark_count - 1].element;
        int parent = element < 0 ? -1 : layout->elements[element].parent;
        count += parent >= 0 && layout->elements[parent].tag.role == TAG_NOTE;
    }
    return count;
}

/* A note of many lines, called further and further down its page. */
TEST(a_long_note_that_does_not_fit_goes_on_over_the_page)
{
    start();
    const char *text = arena_format(arena, "la note. %s %s %s", demo_prose,
                                    demo_prose, demo_prose);
    size_t lines = 0;
    size_t split = 0;
    for (int before = 0; before < 60; before++) {
        struct demo demo = {.arena = arena};
        for (int i = 0; i < before; i++)
            demo_paragraph(&demo, "Une phrase.");
        call_long_note(&demo, "Appel de la note.", text);
        const struct layout *layout = lay(&demo);
        size_t page = page_with(layout, "Appel de la note.");
        size_t here = note_lines(layout, page);
        size_t after =
            page + 1 < layout->page_count ? note_lines(layout, page + 1) : 0;
        lines = before == 0 ? here : lines;
        CHECK(here >= 2 && after != 1);
        CHECK_INT(here + after, lines);
        split += after > 0;
        double notes = 0;
        CHECK(text_bottom(layout, page, &notes) < notes);
    }
    CHECK(lines > 10);
    CHECK(split > 5);
    stop();
}

TEST(a_note_higher_than_a_page_loses_no_line)
{
    start();
    struct demo demo = {.arena = arena};
    struct text text = text_new(arena);
    text_add(&text, "la note.");
    for (int i = 0; i < 60; i++) {
        text_add(&text, " ");
        text_add(&text, demo_prose);
    }
    text_add(&text, " Fin.");
    call_long_note(&demo, "Appel de la note.", text.at);
    demo_paragraph(&demo, "Une phrase.");
    const struct layout *layout = lay(&demo);
    CHECK(layout->page_count > 3);
    CHECK(page_with(layout, "Fin.") > 2);
    for (size_t p = 0; p < layout->page_count; p++) {
        double notes = 0;
        CHECK(text_bottom(layout, p, &notes) < notes);
    }
    stop();
}

TEST(notes_of_two_columns_stand_below_both)
{
    start();
    struct demo demo = {.arena = arena};
    struct block *section = demo_block(&demo, BLOCK_SECTION);
    section->columns = 2;
    for (int i = 0; i < 30; i++) {
        demo_paragraph(&demo, demo_prose);
        call_note(&demo, arena_format(arena, "la note numéro %d.", i + 1));
    }
    const struct layout *layout = lay(&demo);
    CHECK(layout->page_count > 2);
    for (int i = 1; i <= 30; i++)
        CHECK_INT(page_with(layout,
                            arena_format(arena, "%d la note numéro %d.", i, i)),
                  place_of(layout, arena_format(arena, "call-%d", i))->page);
    for (size_t p = 0; p < layout->page_count; p++) {
        double notes = 0;
        CHECK(text_bottom(layout, p, &notes) < notes);
    }
    stop();
}

TEST(a_note_is_read_after_its_paragraph_and_its_call_leads_to_it)
{
    start();
    struct demo demo = {.arena = arena};
    call_note(&demo, "la note.");
    demo_paragraph(&demo, "Ensuite.");
    const struct layout *layout = lay(&demo);
    static const enum tag_role want[] = {TAG_DOCUMENT, TAG_P,    TAG_REFERENCE,
                                         TAG_LINK,     TAG_NOTE, TAG_LBL,
                                         TAG_P,        TAG_P};
    static const int parents[] = {-1, 0, 1, 2, 0, 4, 4, 0};
    CHECK_INT(layout->element_count, COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        CHECK_INT(layout->elements[i].tag.role, want[i]);
        CHECK_INT(layout->elements[i].parent, parents[i]);
    }
    CHECK_TEXT(layout->headings[layout->links[0].heading].id, "note-1");
    stop();
}

/* --- index ---------------------------------------------------------------- */

TEST(the_index_gives_pages_and_joins_those_that_follow)
{
    start();
    static const bool marked[] = {true, false, true, true, true, false, true};
    struct demo demo = {.arena = arena};
    for (size_t i = 0; i < COUNT_OF(marked); i++) {
        struct run *run = add_runs(&demo, 2);
        run[0].href = marked[i] ? "@idx:Sein" : "";
        run[1].text = "Texte.";
        demo_block(&demo, BLOCK_PAGE_BREAK);
    }
    demo_block(&demo, BLOCK_INDEX);
    const struct layout *layout = lay(&demo);
    CHECK_TEXT(page_text(layout, layout->page_count - 1), "Sein, 1, 3–5, 7");
    size_t index = 0;
    while (layout->elements[index].tag.role != TAG_INDEX)
        index++;
    CHECK_INT(layout->elements[index + 1].tag.role, TAG_L);
    CHECK_INT(layout->elements[index + 1].parent, index);
    stop();
}

/* Figures and tables wait, turn and shrink, and notes take room. */
TEST(the_index_is_right_whatever_stands_before_it)
{
    start();
    enum { TERMS = 40 };
    struct demo demo = {.arena = arena};
    for (int i = 0; i < TERMS; i++) {
        struct run *run = add_runs(&demo, 2);
        run[0].href = arena_format(arena, "@idx:Terme%02d", i);
        run[1].text = "Un mot.";
        for (int j = 0; j <= i % 4; j++)
            demo_paragraph(&demo, demo_prose);
        if (i % 5 == 2)
            call_note(&demo, "une note.");
        if (i % 3 == 0)
            demo_fill_figure(&demo, demo_block(&demo, BLOCK_FIGURE),
                             arena_format(arena, "figure-%d", i), 500,
                             200 + 10 * i);
        else if (i % 3 == 1)
            demo_table(&demo, arena_format(arena, "table-%d", i), "Décès",
                       (size_t)i + 4, 3);
    }
    demo_block(&demo, BLOCK_PAGE_BREAK);
    demo_block(&demo, BLOCK_INDEX);
    const struct layout *layout = lay(&demo);
    const char *index = page_text(layout, page_with(layout, "Terme00, "));
    for (int i = 0; i < TERMS; i++) {
        const struct layout_heading *place =
            place_of(layout, arena_format(arena, "idx-%d", i + 1));
        CHECK(strstr(page_text(layout, place->page), "Un mot.") != NULL);
        CHECK(strstr(index,
                     arena_format(arena, "Terme%02d, %zu%s", i, place->page + 1,
                                  i + 1 < TERMS ? "Terme" : "")) != NULL);
    }
    stop();
}

TEST(further_lines_of_an_entry_of_the_index_are_moved_in)
{
    start();
    struct demo demo = {.arena = arena};
    for (int i = 0; i < 80; i++) {
        struct run *run = add_runs(&demo, 2);
        run[0].href = "@idx:Sein";
        run[1].text = "Texte.";
        for (int j = 0; j < 2; j++)
            demo_block(&demo, BLOCK_PAGE_BREAK);
        demo_paragraph(&demo, "Rien.");
        demo_block(&demo, BLOCK_PAGE_BREAK);
    }
    demo_block(&demo, BLOCK_INDEX);
    const struct layout *layout = lay(&demo);
    const struct layout_page *last = &layout->pages[layout->page_count - 1];
    CHECK(last->slab_count > 1);
    for (size_t i = 0; i < last->slab_count; i++)
        CHECK(fabs(last->slabs[i].slab->marks[0].x_pt - theme.margin_left_pt -
                   (i == 0 ? 0 : 12)) < 0.01);
    stop();
}

RUN(CASE(a_reference_tells_the_page_whatever_its_number_of_digits),
    CASE(words_around_a_page_number_stand_where_they_should),
    CASE(lists_of_figures_and_tables_give_their_pages),
    CASE(an_entry_before_the_first_chapter_is_not_moved_in),
    CASE(lists_name_the_sections_of_their_entries),
    CASE(an_empty_list_of_figures_is_left_out),
    CASE(notes_stand_at_the_foot_of_the_page_that_calls_them),
    CASE(a_long_note_that_does_not_fit_goes_on_over_the_page),
    CASE(a_note_higher_than_a_page_loses_no_line),
    CASE(notes_of_two_columns_stand_below_both),
    CASE(a_note_is_read_after_its_paragraph_and_its_call_leads_to_it),
    CASE(the_index_gives_pages_and_joins_those_that_follow),
    CASE(further_lines_of_an_entry_of_the_index_are_moved_in),
    CASE(the_index_is_right_whatever_stands_before_it))
