/* SPDX-License-Identifier: EUPL-1.2 */
/* What the alternative text of a figure is about: where, when, of which site,
 * sex and age, as far as its title does not say. */
#include <limits.h>
#include <string.h>

#include "base/utf8.h"
#include "script/reading.h"

static bool says(struct page *page, const char *text, const char *name)
{
    return strstr(utf8_fold(page->open, text), utf8_fold(page->open, name));
}

/* --- where and when ------------------------------------------------------- */

/* The smallest place that both are in; -1 where there is none. */
static int common_place(const struct dimension *places, int one, int other)
{
    for (int at = one; at >= 0; at = places->nodes[at].parent) {
        for (int up = other; up >= 0; up = places->nodes[up].parent) {
            if (up == at)
                return at;
        }
    }
    return -1;
}

static bool holds(const struct node *whole, const struct node *part)
{
    size_t at = 0;
    for (size_t i = 0; i < whole->leaf_count && at < part->leaf_count; i++)
        at += whole->leaves[i] == part->leaves[at];
    return at == part->leaf_count;
}

/* The place of a row; a zone nests in nothing, and is in the smallest place
 * that has all its leaves. */
static int home_of(const struct dimension *places, const struct node *row)
{
    int found = code_find(places, row->level, row->code);
    if (!row->zone)
        return found;
    found = -1;
    for (size_t p = 0; p < places->count; p++) {
        const struct node *node = &places->nodes[p];
        bool smaller =
            found < 0 || node->leaf_count < places->nodes[found].leaf_count;
        if (!node->zone && smaller && holds(node, row))
            found = (int)p;
    }
    return found;
}

/* The name of the smallest place that holds all rows: a map of every
 * département is one of the country. */
static const char *place_of_rows(struct page *page,
                                 const struct caption_facts *facts)
{
    const struct dimension *places =
        &page->job->edition->codes->dims[DIM_TERRITORY];
    int common = -1;
    for (size_t r = 0; r < facts->row_count; r++) {
        int home = home_of(places, facts->rows[r].node);
        common = r == 0 ? home : common_place(places, common, home);
        if (common < 0)
            return "";
    }
    return common < 0 ? ""
                      : words_node(page, DIM_TERRITORY, &places->nodes[common]);
}

static void widen(struct node *span, const struct node *period)
{
    if (words_total(DIM_PERIOD, period))
        return;
    span->low = period->low < span->low ? period->low : span->low;
    span->high = period->high > span->high ? period->high : span->high;
}

/* "2004-2023": from the first year of the rows or columns to the last. */
static const char *years_covered(struct page *page,
                                 const struct caption_facts *facts)
{
    struct node span = {.code = "", .level = "band", .low = INT_MAX};
    for (size_t r = 0; r < facts->row_count; r++) {
        if (facts->rows[r].dim == DIM_PERIOD)
            widen(&span, facts->rows[r].node);
    }
    for (size_t c = 0; span.high == 0 && c < facts->column_count; c++)
        widen(&span, pick_at(&facts->columns[c].pick, DIM_PERIOD));
    if (span.high == 0)
        return "";
    const char *code =
        span.low == span.high
            ? arena_format(page->open, "%d", span.low)
            : arena_format(page->open, "%d-%d", span.low, span.high);
    span.code = code;
    return period_format(page->open, page->lang, &span, false);
}

/* What the rows or columns of the figure span along a dimension. */
static const char *spanned(struct page *page, const struct caption_facts *facts,
                           enum dim dim)
{
    if (dim == DIM_PERIOD)
        return years_covered(page, facts);
    bool rows = facts->row_count > 0 && facts->rows[0].dim == DIM_TERRITORY;
    return dim == DIM_TERRITORY && rows ? place_of_rows(page, facts) : "";
}

/* --- the whole ------------------------------------------------------------ */

/* The name of what holds for the whole figure along a dimension, "" where the
 * texts that stand beside it say so, or where it goes without saying. One
 * period is in the scope, but of estimates, which have years of their own. */
static const char *untold(struct page *page, const struct caption_facts *facts,
                          const struct caption *caption, enum dim dim)
{
    const struct node *node = pick_at(&facts->columns[0].pick, dim);
    const char *name = "";
    if (caption_varies(facts, dim))
        name = spanned(page, facts, dim);
    else if (dim != DIM_PERIOD && !words_total(dim, node))
        name = words_node(page, dim, node);
    if (says(page, caption->title, name) || says(page, caption->scope, name))
        return "";
    return dim == DIM_SEX ? words_lower(page, name) : name;
}

/* The scope without its parts that the title says, and without what refers to
 * other blocks, which has no words yet. */
static void add_scope(struct page *page, const struct caption *caption,
                      struct text *out)
{
    const char *between = locale_text(page->lang, "map.separator");
    if (strstr(caption->scope, "[@") != NULL)
        return;
    for (const char *at = caption->scope; *at != '\0';) {
        const char *end = strstr(at, between);
        size_t size = end != NULL ? (size_t)(end - at) : strlen(at);
        const char *part = arena_slice(page->open, at, size);
        if (!says(page, caption->title, part))
            text_format(out, "%s%s", out->size > 0 ? between : "", part);
        at += end != NULL ? size + strlen(between) : size;
    }
}

static void add_untold(struct page *page, const struct caption_facts *facts,
                       const struct caption *caption, enum dim dim,
                       struct text *out)
{
    const char *name = untold(page, facts, caption, dim);
    if (name[0] != '\0' && out->size > 0)
        text_add(out, locale_text(page->lang, "map.separator"));
    text_add(out, name);
}

const char *caption_subject(struct page *page,
                            const struct caption_facts *facts,
                            const struct caption *caption)
{
    static const enum dim after[] = {DIM_PERIOD, DIM_SITE, DIM_SEX, DIM_AGE};
    struct text more = text_new(page->open);
    add_untold(page, facts, caption, DIM_TERRITORY, &more);
    add_scope(page, caption, &more);
    for (size_t a = 0; a < COUNT_OF(after); a++)
        add_untold(page, facts, caption, after[a], &more);
    return more.size == 0
               ? caption->title
               : arena_format(page->open, "%s (%s)", caption->title, more.at);
}
