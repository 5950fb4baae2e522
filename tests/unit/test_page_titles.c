/* SPDX-License-Identifier: EUPL-1.2 */
/* Readers jump to the titles of tables and figures where nothing else heads
 * the parts of a document. */
#include "check.h"

#include "unit/layout_fixture.h"

/* How many second headings a short document has, and how many of them are in
 * the caption of a table. */
static void count_headings(bool own, size_t *all, size_t *captions)
{
    struct demo demo = {.arena = arena};
    demo_cover(&demo);
    if (own)
        demo_heading(&demo, 1, "", "Titre");
    demo_table(&demo, "t", "Un tableau", 3, 1);
    demo_fill_figure(&demo, demo_block(&demo, BLOCK_FIGURE), "f", 200, 100);
    const struct layout *layout =
        lay(demo_document(arena, &demo, "essai", "Essai"));
    *all = *captions = 0;
    for (size_t i = 0; i < layout->element_count; i++) {
        int parent = layout->elements[i].parent;
        if (layout->elements[i].tag.role != TAG_H2)
            continue;
        ++*all;
        *captions +=
            parent >= 0 && layout->elements[parent].tag.role == TAG_CAPTION;
    }
}

TEST(titles_are_headings_where_a_short_document_has_no_other)
{
    start();
    size_t all, captions;
    count_headings(false, &all, &captions);
    CHECK_INT(all, 2);
    CHECK_INT(captions, 1);
    count_headings(true, &all, &captions);
    CHECK_INT(all, 0);
    stop();
}

RUN(CASE(titles_are_headings_where_a_short_document_has_no_other))
