/* SPDX-License-Identifier: EUPL-1.2 */
/* Heads of tables: groups over their columns, units in one piece. */
#include "check.h"

#include "page/column_head.h"
#include "unit/layout_fixture.h"

/* Counts and rates of men and women. */
static struct grid_column *grouped_columns(struct demo *demo, size_t measures)
{
    static const char *const headings[] = {"Hommes, nombre", "Hommes, TSM",
                                           "Femmes, nombre", "taux"};
    demo_table(demo, "sexes", "Un titre", 6, measures);
    const struct grid *grid = demo->blocks[demo->count - 1].grid;
    struct grid_column *columns =
        arena_array(arena, grid->column_count, sizeof *columns);
    memcpy(columns, grid->columns, grid->column_count * sizeof *columns);
    for (size_t i = 0; i < 4; i++) {
        columns[i + 1].heading = headings[i];
        columns[i + 1].group = i < 2 ? "Hommes" : "Femmes";
        columns[i + 1].unit = i % 2 == 1 ? "p. 100 000" : "";
    }
    struct grid *mine = arena_alloc(arena, sizeof *mine);
    *mine = *grid;
    mine->columns = columns;
    demo->blocks[demo->count - 1].grid = mine;
    return columns;
}

TEST(words_of_a_heading_do_not_say_the_group_again)
{
    static const struct {
        const char *heading, *group, *want;
    } cases[] = {
        {"Hommes, nombre", "Hommes", "nombre"},
        {"Hommes, nombre", "", "Hommes, nombre"},
        {"Hommes, nombre", NULL, "Hommes, nombre"},
        {"taux", "Hommes", "taux"},
        {"Hommes", "Hommes", "Hommes"},
        {"Hommes jeunes, nombre", "Hommes", "Hommes jeunes, nombre"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct grid_column column = {.heading = cases[i].heading,
                                           .group = cases[i].group};
        CHECK_TEXT(column_head_words(&column), cases[i].want);
    }
}

/* Where the text of a slab that goes furthest ends. */
static double right_end(const struct layout_slab *slab)
{
    double end = 0;
    for (size_t m = 0; m < slab->mark_count; m++) {
        const struct layout_mark *mark = &slab->marks[m];
        if (mark->kind == LAYOUT_TEXT)
            end = fmax(end, mark->x_pt + mark->width_pt);
    }
    return end;
}

/* A head, a cell or a group of one word wider than the page is cut: nothing
 * stands beyond the margin. */
TEST(a_word_wider_than_the_page_stays_on_it)
{
    start();
    struct demo demo = {.arena = arena};
    struct text word = text_new(arena);
    for (int i = 0; i < 20; i++)
        text_add(&word, "hexakosioihexekontahexaphobie");
    struct grid_column *columns = grouped_columns(&demo, 4);
    columns[0].heading = word.at;
    columns[2].heading = word.at;
    columns[3].group = word.at;
    const struct grid *grid = demo.blocks[demo.count - 1].grid;
    struct grid_cell *cells =
        arena_array(arena, grid->rows * grid->column_count, sizeof *cells);
    memcpy(cells, grid->cells, grid->rows * grid->column_count * sizeof *cells);
    cells[0].text = word.at;
    struct grid wordy = *grid;
    wordy.cells = cells;
    demo.blocks[demo.count - 1].grid = &wordy;
    struct layout *layout = lay_demo(&demo);
    for (size_t p = 0; p < layout->page_count; p++) {
        const struct layout_page *page = &layout->pages[p];
        double right = page->width_pt - theme.margin_right_pt + 0.01;
        for (size_t i = 0; i < page->slab_count; i++)
            CHECK(page->slabs[i].x_pt + right_end(page->slabs[i].slab) <=
                  right);
    }
    stop();
}

TEST(a_group_spans_its_columns_and_the_others_both_rows)
{
    start();
    struct demo demo = {.arena = arena};
    (void)grouped_columns(&demo, 2);
    struct layout *layout = lay_demo(&demo);
    static const struct {
        int columns, rows;
    } want[] = {{1, 2}, {2, 1}, {2, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}};
    size_t cells = 0;
    int rows = 0;
    int last = -1;
    for (size_t i = 0; i < layout->element_count; i++) {
        const struct tag *tag = &layout->elements[i].tag;
        if (tag->role != TAG_TH || tag->scope != SCOPE_COLUMN)
            continue;
        CHECK(cells < COUNT_OF(want));
        CHECK_INT(tag->columns, want[cells].columns);
        CHECK_INT(tag->rows, want[cells].rows);
        rows += layout->elements[i].parent != last;
        last = layout->elements[i].parent;
        cells++;
    }
    CHECK_INT(cells, COUNT_OF(want));
    CHECK_INT(rows, 2);
    stop();
}

TEST(a_group_stands_above_its_columns_and_is_said_once)
{
    start();
    struct demo demo = {.arena = arena};
    (void)grouped_columns(&demo, 2);
    struct layout *layout = lay_demo(&demo);
    const struct layout_slab *top = layout->pages[0].slabs[0].slab;
    const struct layout_mark *group = find(top, "Hommes");
    const struct layout_mark *rate = find(top, "TSM");
    CHECK(group != NULL && rate != NULL);
    CHECK(group->y_pt < rate->y_pt - rate->height_pt / 2);
    CHECK(group->x_pt < rate->x_pt);
    CHECK(find(top, "Hommes, nombre") == NULL);
    CHECK(find(top, "nombre") != NULL);
    stop();
}

/* From the end of the second heading to that of the third. */
static double third_room(const char *second_group)
{
    struct demo demo = {.arena = arena};
    struct grid_column *columns = grouped_columns(&demo, 2);
    static const char *const headings[] = {"nombre", "TSM", "cas", "taux"};
    for (size_t i = 0; i < COUNT_OF(headings); i++) {
        columns[i + 1].heading = headings[i];
        columns[i + 1].group = i < 2 ? "Hommes" : second_group;
    }
    const struct layout_slab *top = lay_demo(&demo)->pages[0].slabs[0].slab;
    const struct layout_mark *second = find(top, "TSM");
    const struct layout_mark *third = find(top, "cas");
    CHECK(second != NULL && third != NULL);
    return third->x_pt + third->width_pt - second->x_pt - second->width_pt;
}

TEST(numbers_of_a_group_stand_apart_from_those_before_it)
{
    start();
    CHECK(third_room("Femmes") > third_room("Hommes") + 2);
    stop();
}

TEST(a_short_unit_is_not_broken)
{
    start();
    struct demo demo = {.arena = arena};
    struct grid_column *columns = grouped_columns(&demo, 5);
    for (size_t i = 1; i <= 10; i++) {
        columns[i].heading = "T";
        columns[i].group = "";
        columns[i].unit = "p. 100 000";
    }
    struct layout *layout = lay_demo(&demo);
    const struct layout_slab *top = layout->pages[0].slabs[0].slab;
    size_t whole = 0;
    for (size_t i = 0; i < top->mark_count; i++) {
        const struct layout_mark *mark = &top->marks[i];
        whole += mark->kind == LAYOUT_TEXT && mark->size == 10 &&
                 memcmp(mark->text, "p. 100 000", 10) == 0;
    }
    CHECK_INT(whole, 10);
    stop();
}

/* Groups of so many columns beside each other in a table that is too wide;
 * returns the layout. */
static struct layout *lay_groups(size_t size, size_t columns_count)
{
    struct demo demo = {.arena = arena};
    struct grid_column *columns = grouped_columns(&demo, columns_count / 2);
    for (size_t i = 0; i < columns_count; i++) {
        columns[i + 1].heading = "taux";
        columns[i + 1].unit = "";
        columns[i + 1].group =
            size == 0 ? "" : arena_format(arena, "Groupe %zu", i / size + 1);
    }
    return lay_demo(&demo);
}

struct heads {
    size_t groups, spanned, tables, others; /* others: heads of a column */
};

static struct heads heads_of(const struct layout *layout)
{
    struct heads heads = {0};
    for (size_t i = 0; i < layout->element_count; i++) {
        const struct tag *tag = &layout->elements[i].tag;
        heads.tables += tag->role == TAG_TABLE;
        if (tag->role != TAG_TH || tag->scope != SCOPE_COLUMN)
            continue;
        heads.groups += tag->columns > 1;
        heads.spanned += tag->columns > 1 ? tag->columns : 0;
        heads.others += tag->columns <= 1;
    }
    return heads;
}

TEST(a_group_of_columns_is_not_cut_where_a_table_is_split)
{
    static const size_t sizes[] = {2, 3, 4, 6};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        start();
        struct heads heads = heads_of(lay_groups(sizes[i], 24));
        CHECK(heads.tables > 1);
        CHECK_INT(heads.groups, 24 / sizes[i]);
        CHECK_INT(heads.spanned, 24);
        CHECK_INT(heads.others, heads.tables + 24);
        stop();
    }
}

/* A group wider than the page is cut: it needs no more tables than columns
 * without one. */
TEST(a_group_wider_than_the_page_is_cut)
{
    start();
    struct heads plain = heads_of(lay_groups(0, 24));
    struct heads whole = heads_of(lay_groups(24, 24));
    CHECK(plain.tables > 1);
    CHECK_INT(whole.tables, plain.tables);
    CHECK_INT(whole.spanned, 24);
    stop();
}

/* Rows of the table on a page: slabs between its head and its caption. */
static size_t rows_on(const struct layout *layout, size_t page)
{
    size_t rows = 0;
    for (size_t i = 0; i < layout->pages[page].slab_count; i++) {
        const struct layout_placed *placed = &layout->pages[page].slabs[i];
        bool row = false;
        for (size_t m = 0; m < placed->slab->mark_count && !row; m++) {
            int element = placed->slab->marks[m].element;
            row = element >= 0 && layout->elements[element].tag.role == TAG_TD;
        }
        rows += row;
    }
    return rows;
}

/* A table further and further down its page, by less than a row. */
TEST(a_table_is_not_cut_near_its_beginning_or_end)
{
    start();
    for (int step = 0; step < 80; step++) {
        struct demo demo = {.arena = arena};
        theme.margin_top_pt += 4;
        for (int i = 0; i < 15; i++)
            demo_paragraph(&demo, "Une phrase.");
        demo_table(&demo, "lieux", "Un titre", 40, 2);
        const struct layout *layout = lay_demo(&demo);
        size_t rows = 0;
        for (size_t p = 0; p < layout->page_count; p++) {
            size_t here = rows_on(layout, p);
            CHECK(here == 0 || here >= 3);
            rows += here;
        }
        CHECK_INT(rows, 40);
    }
    stop();
}

/* The first of the lines that a document has with these words, NULL none. */
static const struct layout_mark *find_line(const struct layout *layout,
                                           const char *words)
{
    const struct layout_page *page = &layout->pages[0];
    for (size_t i = 0; i < page->slab_count; i++) {
        const struct layout_mark *mark = find(page->slabs[i].slab, words);
        if (mark != NULL)
            return mark;
    }
    return NULL;
}

/* A table with these headings; those of limits have no unit. A long name is in
 * its 25th row. */
static struct layout *lay_headed(const char *const *headings, size_t count,
                                 size_t rows)
{
    struct demo demo = {.arena = arena};
    demo_table(&demo, "survie", "Un titre", rows, count / 2);
    const struct grid *grid = demo.blocks[0].grid;
    struct grid_column *columns =
        arena_array(arena, grid->column_count, sizeof *columns);
    memcpy(columns, grid->columns, grid->column_count * sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        columns[i + 1].heading = headings[i];
        columns[i + 1].unit = strstr(headings[i], "IC95") != NULL ? "" : "%";
    }
    struct grid *mine = arena_alloc(arena, sizeof *mine);
    *mine = *grid;
    mine->columns = columns;
    demo.blocks[0].grid = mine;
    return lay_demo(&demo);
}

/* Two long headings among many short ones. */
TEST(room_beyond_the_cells_goes_to_the_headings_that_lose_a_line)
{
    static const char *const headings[] = {"1 an",
                                           "5 ans",
                                           "IC95 % inf.",
                                           "IC95 % sup.",
                                           "5 ans, standardisée",
                                           "10 ans",
                                           "IC95 % inf.",
                                           "IC95 % sup.",
                                           "survivants à 1 an",
                                           "rang"};
    start();
    struct layout *layout = lay_headed(headings, COUNT_OF(headings), 3);
    const struct layout_mark *before = find_line(layout, "5 ans, standardisée");
    const struct layout_mark *after = find_line(layout, "10 ans");
    CHECK(find_line(layout, "survivants à 1 an") != NULL);
    CHECK(before != NULL && after != NULL);
    CHECK_NEAR(before->y_pt, after->y_pt, 1e-9);
    CHECK(after->x_pt - before->x_pt - before->width_pt >
          2 * theme.table_padding_pt);
    stop();
}

/* The head is as low when they are broken: they are not when all have room. */
TEST(headings_alike_are_broken_all_or_none)
{
    static const char *const headings[] = {
        "n", "taux", "IC95 % inf.", "IC95 % supér.",
        "n", "taux", "IC95 % inf.", "IC95 % supér."};
    for (double wider = 0; wider < 60; wider += 4) {
        start();
        theme.margin_left_pt += wider;
        struct layout *layout = lay_headed(headings, COUNT_OF(headings), 3);
        bool low = find_line(layout, "IC95 % inf.") != NULL;
        bool high = find_line(layout, "IC95 % supér.") != NULL;
        CHECK(low == high);
        stop();
    }
}

/* Names that are broken anyhow do not take the last points from a heading. */
TEST(a_head_is_not_high_for_a_few_points)
{
    static const char *const headings[] = {
        "nombre", "taux", "nombre", "taux",
        "nombre", "taux", "nombre", "à localisations retenues"};
    for (double wider = 84; wider < 124; wider += 4) {
        start();
        theme.margin_left_pt += wider;
        struct layout *layout = lay_headed(headings, COUNT_OF(headings), 25);
        CHECK(find_line(layout, "à localisations") != NULL);
        stop();
    }
}

RUN(CASE(a_table_is_not_cut_near_its_beginning_or_end),
    CASE(words_of_a_heading_do_not_say_the_group_again),
    CASE(a_word_wider_than_the_page_stays_on_it),
    CASE(a_group_spans_its_columns_and_the_others_both_rows),
    CASE(a_group_stands_above_its_columns_and_is_said_once),
    CASE(numbers_of_a_group_stand_apart_from_those_before_it),
    CASE(a_group_of_columns_is_not_cut_where_a_table_is_split),
    CASE(a_group_wider_than_the_page_is_cut), CASE(a_short_unit_is_not_broken),
    CASE(a_head_is_not_high_for_a_few_points),
    CASE(headings_alike_are_broken_all_or_none),
    CASE(room_beyond_the_cells_goes_to_the_headings_that_lose_a_line))
