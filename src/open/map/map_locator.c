/* SPDX-License-Identifier: EUPL-1.2 */
/* Where one area lies: it is filled, the rest of its parent pale.
 *
 * Boundary files name no parents, but the rank of an arc says whether both
 * sides have the same: from the area in focus over arcs of rank 2 one reaches
 * its siblings. */
#include <math.h>
#include <string.h>

#include "map/map_impl.h"
#include "map/map_segments.h"

enum { RANK_PARENT = 1, RANK_LEVEL = 2, NAMES_MOST = 15 };

/* --- focus ---------------------------------------------------------------- */

static bool has_member(const struct geo_alias *alias, const char *code)
{
    for (size_t m = 0; m < alias->member_count; m++) {
        if (text_same(alias->members[m], code))
            return true;
    }
    return false;
}

static const struct geo_alias *focus_alias(const struct map_view *view)
{
    for (size_t i = 0; i < view->job->alias_count; i++) {
        const struct geo_alias *alias = &view->job->aliases[i];
        if (text_same(alias->level, view->geo->level) &&
            text_same(alias->code, view->job->focus))
            return alias;
    }
    return NULL;
}

bool map_in_focus(const struct map_view *view, size_t area)
{
    const char *focus = view->job->focus;
    size_t v = view->value_of[area];
    if (*focus == '\0')
        return false;
    if (text_same(view->geo->areas[area].code, focus) ||
        (v != MAP_NO_VALUE && text_same(view->job->values[v].code, focus)))
        return true;
    const struct geo_alias *alias = focus_alias(view);
    return alias && has_member(alias, view->geo->areas[area].code);
}

/* --- siblings ------------------------------------------------------------- */

static bool has_parents(const struct geo_level *geo)
{
    for (size_t a = 0; a < geo->arc_count; a++) {
        if (geo->arcs[a].rank == RANK_PARENT)
            return true;
    }
    return false;
}

static bool walks(const struct geo_area *area, size_t arc)
{
    for (size_t r = 0; r < area->ring_count; r++) {
        for (size_t i = 0; i < area->rings[r].count; i++) {
            int32_t walk = area->rings[r].arcs[i];
            if ((size_t)(walk < 0 ? ~walk : walk) == arc)
                return true;
        }
    }
    return false;
}

/* Areas of the same code are the same territory, in every panel. */
static bool mark_code(struct map_view *view, const char *code)
{
    bool news = false;
    for (size_t a = 0; a < view->geo->area_count; a++) {
        if (view->located[a] == LOOK_CONTEXT &&
            text_same(view->geo->areas[a].code, code)) {
            view->located[a] = LOOK_SIBLING;
            news = true;
        }
    }
    return news;
}

/* Marks what lies across the inner borders of a marked area. */
static bool mark_across(struct map_view *view, size_t area)
{
    const struct geo_level *geo = view->geo;
    bool news = false;
    for (size_t arc = 0; arc < geo->arc_count; arc++) {
        if (geo->arcs[arc].rank != RANK_LEVEL ||
            geo->arcs[arc].panel != geo->areas[area].panel ||
            !walks(&geo->areas[area], arc))
            continue;
        for (size_t other = 0; other < geo->area_count; other++) {
            if (view->located[other] == LOOK_CONTEXT &&
                walks(&geo->areas[other], arc))
                news = mark_code(view, geo->areas[other].code) || news;
        }
    }
    return news;
}

static void mark_siblings(struct map_view *view)
{
    bool *done = arena_array(view->arena, view->geo->area_count, sizeof *done);
    bool news = has_parents(view->geo);
    while (news) {
        news = false;
        for (size_t a = 0; a < view->geo->area_count; a++) {
            if (view->located[a] == LOOK_CONTEXT || done[a])
                continue;
            done[a] = true;
            news = mark_across(view, a) || news;
        }
    }
}

bool map_locate(struct map_view *view, struct err *err)
{
    size_t count = view->geo->area_count, found = 0;
    view->located = arena_array(view->arena, count, sizeof *view->located);
    for (size_t a = 0; a < count; a++) {
        bool focus = map_in_focus(view, a);
        view->located[a] = focus ? LOOK_FOCUS : LOOK_CONTEXT;
        found += focus;
    }
    if (*view->job->focus == '\0')
        return err_fail(err, ERR_SCRIPT, "map.focus",
                        "map: a locator needs the code in focus");
    if (found == 0)
        return err_fail(err, ERR_SCRIPT, "map.focus",
                        "map: level '%s' has no area '%s' to locate",
                        view->geo->level, view->job->focus);
    mark_siblings(view);
    return true;
}

/* --- words ---------------------------------------------------------------- */

/* The first panel that has it: the main one before a zoom. */
static size_t focus_area(const struct map_view *view)
{
    size_t a = 0;
    while (view->located[a] != LOOK_FOCUS)
        a++;
    return a;
}

const char *map_focus_words(const struct map_view *view)
{
    size_t names = 0;
    const char *list[NAMES_MOST];
    for (size_t a = 0; a < view->geo->area_count; a++) {
        if (view->located[a] == LOOK_FOCUS && view->first[a] &&
            names < NAMES_MOST)
            list[names++] = view->geo->areas[a].label;
    }
    return map_place(view, text_join(view->arena, list, names, ", "),
                     view->job->focus);
}

static bool has_siblings(const struct map_view *view)
{
    for (size_t a = 0; a < view->geo->area_count; a++) {
        if (view->located[a] == LOOK_SIBLING)
            return true;
    }
    return false;
}

/* The parent of a département is known to every reader. */
static const char *by_level(const struct map_view *view, const char *region,
                            const char *other)
{
    return text_same(view->geo->level, "departement") ? region : other;
}

const char *map_sibling_words(const struct map_view *view)
{
    if (!has_siblings(view))
        return "";
    return locale_text(view->job->lang, by_level(view, "map.locator.region",
                                                 "map.locator.parent"));
}

/* Third of the range, from the lower end. */
static int third(double low, double high, double at)
{
    return (int)fmin(2, fmax(0, floor(3 * (at - low) / (high - low))));
}

static void widen(void *into, const double a[2], const double b[2])
{
    double *box = into; /* west, south, east, north */
    box[0] = fmin(box[0], fmin(a[0], b[0]));
    box[1] = fmin(box[1], fmin(a[1], b[1]));
    box[2] = fmax(box[2], fmax(a[0], b[0]));
    box[3] = fmax(box[3], fmax(a[1], b[1]));
}

/* Compass of the middle of the area's box in its panel. */
static const char *where_words(const struct map_view *view)
{
    const struct geo_area *area = &view->geo->areas[focus_area(view)];
    const struct geo_panel *panel = &view->geo->panels[area->panel];
    double box[4] = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    if (panel->boxed)
        return locale_text(view->job->lang, "map.where.inset");
    map_each_segment(view->geo, area, widen, box);
    int right = third(0, panel->max_x - panel->min_x, (box[0] + box[2]) / 2);
    int up = third(0, panel->max_y - panel->min_y, (box[1] + box[3]) / 2);
    const char *key =
        arena_format(view->arena, "map.where.%d", 3 * (2 - up) + right);
    return locale_text(view->job->lang, key);
}

const char *map_locator_alt(const struct map_view *view)
{
    return locale_fill(view->arena, view->job->lang, "map.locator.alt", "place",
                       map_focus_words(view), "where", where_words(view), NULL);
}

const char *map_locator_description(const struct map_view *view)
{
    const char *names[NAMES_MOST];
    size_t count = 0;
    for (size_t a = 0; a < view->geo->area_count; a++) {
        if (view->located[a] != LOOK_SIBLING || !view->first[a])
            continue;
        if (count < NAMES_MOST)
            names[count] = view->geo->areas[a].label;
        count++;
    }
    if (count == 0)
        return "";
    return locale_fill(
        view->arena, view->job->lang,
        by_level(view, "map.locator.siblings.region", "map.locator.siblings"),
        "names", map_list(view, names, count, NAMES_MOST), NULL);
}
