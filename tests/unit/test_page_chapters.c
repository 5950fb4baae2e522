/* SPDX-License-Identifier: EUPL-1.2 */
/* Chapters that go on below the end of another one: short ones without number,
 * and annexes. */
#include "check.h"

#include "unit/layout_fixture.h"

static void chapter(struct demo *demo, enum heading_kind kind, int lines)
{
    demo_heading(demo, 1, "", "Un chapitre");
    demo->blocks[demo->count - 1].heading = kind;
    for (int i = 0; i < lines; i++)
        demo_paragraph(demo, "Une phrase.");
}

TEST(short_chapters_without_number_share_a_page)
{
    static const struct {
        enum heading_kind first, second;
        int lines;
        size_t pages;
    } cases[] = {
        {HEADING_FREE, HEADING_FREE, 3, 1},
        {HEADING_FREE, HEADING_FREE, 30, 2}, /* it does not fit */
        {HEADING_ANNEX, HEADING_FREE, 3, 1},
        {HEADING_BODY, HEADING_FREE, 3, 2},
        {HEADING_FREE, HEADING_BODY, 3, 2},
        {HEADING_ANNEX, HEADING_ANNEX, 30, 2}, /* no table, nothing gained */
    };
    start();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct demo demo = {.arena = arena};
        demo_block(&demo, BLOCK_CONTENTS);
        chapter(&demo, cases[i].first, 10);
        chapter(&demo, cases[i].second, cases[i].lines);
        CHECK_INT(lay_demo(&demo)->page_count - 1, cases[i].pages);
    }
    stop();
}

static void annex(struct demo *demo, const size_t *rows, size_t tables)
{
    chapter(demo, HEADING_ANNEX, 2);
    for (size_t t = 0; t < tables; t++)
        demo_table(demo, arena_format(arena, "t%zu", demo->count), "Un titre",
                   rows[t], 2);
}

/* Pages of two annexes, the second of which ends with few rows on a page of
 * its own, and of so many lines without number. */
static size_t annex_pages(int lines)
{
    static const size_t first[] = {13}, second[] = {16, 8};
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS);
    annex(&demo, first, COUNT_OF(first));
    annex(&demo, second, COUNT_OF(second));
    if (lines > 0)
        chapter(&demo, HEADING_FREE, lines);
    return lay_demo(&demo)->page_count - 1;
}

TEST(an_annex_goes_on_below_another_where_what_follows_fills_its_end)
{
    start();
    CHECK_INT(annex_pages(0), 2); /* a page each: half of both is white */
    CHECK_INT(annex_pages(20), 2);
    CHECK_INT(annex_pages(60), 4);
    stop();
}

/* Nothing stands before it whose pages it could ask for. */
TEST(a_document_may_begin_with_its_index)
{
    static const struct index_place place = {.from = "fin", .past = ""};
    static const struct index_entry entry = {"terme", &place, 1};
    start();
    struct demo demo = {.arena = arena};
    struct block *index = demo_block(&demo, BLOCK_INDEX);
    index->entries = &entry;
    index->entry_count = 1;
    demo_heading(&demo, 1, "fin", "Pour finir");
    CHECK(text_starts(text_of(lay_demo(&demo), TAG_LBODY), "terme, "));
    stop();
}

/* Size of the first text that a document has as the caption of a list. */
static double list_title_pt(bool in_chapter)
{
    struct demo demo = {.arena = arena};
    if (in_chapter)
        demo_heading(&demo, 1, "", "Tableaux");
    demo_block(&demo, BLOCK_TABLES);
    demo_heading(&demo, 1, "", "Un chapitre");
    demo_table(&demo, "t", "Un titre", 3, 2);
    const struct layout *layout = lay_demo(&demo);
    const struct layout_page *page = &layout->pages[0];
    for (size_t i = 0; i < page->slab_count; i++) {
        const struct layout_slab *slab = page->slabs[i].slab;
        for (size_t m = 0; m < slab->mark_count; m++) {
            if (has_role(layout, slab->marks[m].element, TAG_CAPTION))
                return slab->marks[m].size_pt;
        }
    }
    CHECK(false);
    return 0;
}

TEST(the_title_of_a_list_is_smaller_than_that_of_its_chapter)
{
    start();
    CHECK_NEAR(list_title_pt(false), theme.heading_pt[0], 1e-9);
    CHECK_NEAR(list_title_pt(true), theme.heading_pt[1], 1e-9);
    stop();
}

RUN(CASE(a_document_may_begin_with_its_index),
    CASE(the_title_of_a_list_is_smaller_than_that_of_its_chapter),
    CASE(short_chapters_without_number_share_a_page),
    CASE(an_annex_goes_on_below_another_where_what_follows_fills_its_end))
