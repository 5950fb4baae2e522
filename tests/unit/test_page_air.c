/* SPDX-License-Identifier: EUPL-1.2 */
/* White ends of pages with an index in columns: air between its entries. */
#include "check.h"

#include "unit/layout_fixture.h"

static struct block *add_index(struct demo *demo, size_t count)
{
    struct index_entry *entries = arena_array(arena, count, sizeof *entries);
    for (size_t e = 0; e < count; e++)
        entries[e].term = arena_format(arena, "terme %03zu", e);
    struct block *index = demo_block(demo, BLOCK_INDEX);
    index->entries = entries;
    index->entry_count = count;
    return index;
}

/* The first page of a document that begins with an index of so many entries in
 * two columns. */
static const struct layout_page *lay_index(size_t count)
{
    struct demo demo = {.arena = arena};
    demo_section(&demo, false, 2);
    (void)add_index(&demo, count);
    return &lay_demo(&demo)->pages[0];
}

struct column {
    size_t count;
    double top_pt, bottom_pt;
    double least_pt, most_pt; /* from one entry to the next */
};

static struct column column_of(const struct layout_page *page, bool right)
{
    struct column column = {.least_pt = 1000};
    double before = 0;
    for (size_t i = 0; i < page->slab_count; i++) {
        const struct layout_placed *placed = &page->slabs[i];
        if ((placed->x_pt > 0) != right)
            continue;
        double step = placed->y_pt - before;
        before = placed->y_pt;
        column.bottom_pt = placed->y_pt + placed->slab->height_pt;
        if (column.count++ == 0) {
            column.top_pt = placed->y_pt;
            continue;
        }
        column.least_pt = fmin(column.least_pt, step);
        column.most_pt = fmax(column.most_pt, step);
    }
    return column;
}

static double foot(void)
{
    return theme.page_height_pt - theme.margin_bottom_pt;
}

TEST(entries_of_an_index_part_where_their_page_would_be_white)
{
    static const struct {
        size_t entries;
        bool parted, to_foot;
    } cases[] = {
        {20, false, false}, /* mostly white: as it is */
        {80, true, false},  /* by the most that it may */
        {120, true, true},
    };
    start();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct layout_page *page = lay_index(cases[i].entries);
        const double close = theme.small_leading_pt + 1;
        struct column left = column_of(page, false);
        struct column right = column_of(page, true);
        CHECK_INT(left.count + right.count, cases[i].entries);
        CHECK(cases[i].parted == (left.least_pt > close + 0.5));
        CHECK(left.most_pt <= close + 4 + 0.01);
        CHECK_NEAR(left.most_pt, left.least_pt, 1e-6);
        CHECK_NEAR(right.most_pt, left.most_pt, 1e-6);
        CHECK_NEAR(right.top_pt, left.top_pt, 1e-6);
        CHECK(left.bottom_pt <= foot() + 0.01);
        CHECK(cases[i].to_foot == (left.bottom_pt > foot() - 1));
    }
    stop();
}

TEST(what_stands_below_an_index_goes_down_with_it)
{
    start();
    static const struct index_place place = {.from = "fin", .past = ""};
    static const struct index_entry entry = {"fin", &place, 1};
    struct demo demo = {.arena = arena};
    struct block *first = demo_block(&demo, BLOCK_INDEX);
    first->entries = &entry;
    first->entry_count = 1;
    demo_section(&demo, false, 2);
    (void)add_index(&demo, 60);
    demo_section(&demo, false, 1);
    demo_heading(&demo, 2, "fin", "Pour finir");
    const struct layout *layout = lay_demo(&demo);
    const struct layout_page *page = &layout->pages[0];
    const struct layout_placed *last = &page->slabs[page->slab_count - 1];
    CHECK(last->y_pt > column_of(page, true).bottom_pt);
    CHECK(last->y_pt > theme.margin_top_pt + 30 * (theme.small_leading_pt + 4));
    for (size_t i = 0; i < layout->heading_count; i++) {
        if (text_same(layout->headings[i].title, "Pour finir"))
            CHECK_NEAR(layout->headings[i].y_pt, last->y_pt, 1e-6);
    }
    stop();
}

TEST(running_text_in_columns_stays_on_its_lines)
{
    start();
    struct demo demo = {.arena = arena};
    demo_section(&demo, false, 2);
    for (int i = 0; i < 30; i++)
        demo_paragraph(&demo, "Une phrase.");
    struct column left = column_of(&lay_demo(&demo)->pages[0], false);
    CHECK(left.bottom_pt < foot() - 20);
    CHECK_NEAR(left.most_pt, left.least_pt, 1e-6);
    CHECK(left.count > 10);
    CHECK(fabs(remainder(left.most_pt, theme.body_leading_pt)) < 1e-6);
    stop();
}

RUN(CASE(entries_of_an_index_part_where_their_page_would_be_white),
    CASE(what_stands_below_an_index_goes_down_with_it),
    CASE(running_text_in_columns_stays_on_its_lines))
