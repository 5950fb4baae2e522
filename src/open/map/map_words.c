/* SPDX-License-Identifier: EUPL-1.2 */
/* Every sentence of a map, made from its values and the locale's texts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "map/map_impl.h"

enum { NAMES_MOST = 8, EXTREMES_MOST = 3 };

static const char *fill(const struct map_view *view, const char *key,
                        const char *name, const char *value)
{
    return locale_fill(view->arena, view->job->lang, key, name, value, NULL);
}

/* A limit of classes, with as many digits as tell the areas apart. */
static char *format_limit(const struct map_view *view, double value)
{
    return num_format(view->arena, view->job->lang, value, view->digits);
}

/* A value with the digits that it is known to. */
static char *format_area(const struct map_view *view, size_t v)
{
    const struct map_job *job = view->job;
    const struct map_value *value = &job->values[v];
    int digits = view->digits - value->coarser;
    bool percent = job->percent && job->method == CLASSES_PROBABILITY;
    return percent ? num_format_percent(view->arena, job->lang, value->value,
                                        digits)
                   : num_format(view->arena, job->lang, value->value, digits);
}

static char *format_count(const struct map_view *view, size_t count)
{
    return num_format_count(view->arena, view->job->lang, (int64_t)count);
}

/* "secret statistique : 3" */
static char *pair(const struct map_view *view, const char *name,
                  const char *value)
{
    return locale_fill(view->arena, view->job->lang, "map.pair", "name", name,
                       "value", value, NULL);
}

/* --- classes ------------------------------------------------------------- */

void map_find_ranges(struct map_view *view)
{
    for (size_t i = 0; i < COUNT_OF(view->ranges); i++)
        view->ranges[i] = (struct map_range){HUGE_VAL, -HUGE_VAL};
    for (size_t v = 0; v < view->job->value_count; v++) {
        struct map_look look = view->look_of_value[v];
        double value = view->job->values[v].value;
        if (look.kind != LOOK_CLASS || !view->drawn[v])
            continue;
        struct map_range *range = &view->ranges[look.class_index];
        range->low = fmin(range->low, value);
        range->high = fmax(range->high, value);
    }
}

/* The limits of probability are the same on every map, and printed so. */
static const char *format_probability(const struct map_view *view, size_t k)
{
    enum { HUNDREDTHS = 2, WHOLE = 0 };
    const struct map_job *job = view->job;
    double limit = view->breaks[k];
    return job->percent
               ? num_format_percent(view->arena, job->lang, limit, WHOLE)
               : num_format(view->arena, job->lang, limit, HUNDREDTHS);
}

static const char *probability_words(const struct map_view *view,
                                     size_t class_index)
{
    static const char *const keys[MAP_CLASSES_PROBABILITY] = {
        "map.probability.0", "map.probability.1", "map.probability.2",
        "map.probability.3", "map.probability.4"};
    bool bottom = class_index == 0;
    bool top = class_index + 1 == view->class_count;
    return locale_fill(view->arena, view->job->lang, keys[class_index], "low",
                       bottom ? "" : format_probability(view, class_index - 1),
                       "high", top ? "" : format_probability(view, class_index),
                       NULL);
}

/* Classes are left-closed and values have `decimals` decimals, so a class
 * ends one step below the next break: "de 85,0 à 99,9". Fixed classes are
 * shared by a series of maps, so their ends are open, as are those of an end
 * class of which nothing is drawn: what has no outline is no limit. */
const char *map_class_words(const struct map_view *view, size_t class_index)
{
    static const char *const by_interval[] = {"map.significance.under",
                                              "map.significance.none",
                                              "map.significance.over"};
    const struct map_job *job = view->job;
    assert(job->kind != MAP_SIGNIFICANCE ||
           class_index < COUNT_OF(by_interval));
    if (job->kind == MAP_SIGNIFICANCE)
        return fill(view, by_interval[class_index], "reference",
                    format_limit(view, job->reference));
    if (job->method == CLASSES_PROBABILITY)
        return probability_words(view, class_index);
    struct map_range range = view->ranges[class_index];
    bool fixed = job->method == CLASSES_FIXED ||
                 job->method == CLASSES_AROUND || range.low > range.high;
    bool bottom = class_index == 0;
    bool top = class_index + 1 == view->class_count;
    if (bottom && top && range.low > range.high)
        return locale_text(job->lang, "map.class.undrawn");
    if (fixed && bottom && !top)
        return fill(view, "map.class.under", "high",
                    format_limit(view, view->shown_breaks[0]));
    if (fixed && top && !bottom)
        return fill(view, "map.class.over", "low",
                    format_limit(view, view->shown_breaks[class_index - 1]));
    double low = bottom ? range.low : view->shown_breaks[class_index - 1];
    double high = top ? range.high
                      : num_round(view->shown_breaks[class_index] -
                                      pow(10, -view->digits),
                                  view->digits);
    const char *from = format_limit(view, low);
    const char *to = format_limit(view, high);
    if (text_same(from, to) || high < low)
        return from;
    return locale_fill(view->arena, job->lang, "map.class.range", "low", from,
                       "high", to, NULL);
}

/* --- areas --------------------------------------------------------------- */

static const char *availability_of(const struct map_view *view, size_t area)
{
    struct map_look look = map_area_look(view, area);
    return availability_words(view->job->lang, look.availability);
}

/* "354,9", "secret statistique", "354,9 (à interpréter avec prudence)" */
static const char *value_words(const struct map_view *view, size_t v)
{
    const struct map_value *value = &view->job->values[v];
    if (value->availability != AVAILABLE)
        return availability_words(view->job->lang, value->availability);
    const char *number = format_area(view, v);
    if (value->flags & FLAG_CAUTION)
        return fill(view, "map.area.caution", "value", number);
    if (value->flags & MAP_DASHED)
        return fill(view, "map.area.dashed", "value", number);
    return number;
}

/* An area without a name of its own is its code, said once. */
static char *place_words(const struct map_view *view, struct map_name name,
                         const char *value)
{
    if (text_same(name.label, name.code))
        return pair(view, name.code, value);
    return locale_fill_sentence(view->arena, view->area_sentence, "label",
                                name.label, "code", name.code, "value", value,
                                NULL);
}

const char *map_place(const struct map_view *view, const char *label,
                      const char *code)
{
    return locale_fill(view->arena, view->job->lang, "map.place", "label",
                       label, "code", code, NULL);
}

/* A label that only repeats the code says nothing: the outline knows more. */
static const char *value_label(const struct map_view *view, size_t v)
{
    const struct map_value *value = &view->job->values[v];
    if (*value->label && !text_same(value->label, value->code))
        return value->label;
    return view->drawn[v] ? view->geo->areas[view->outline_of[v]].label
                          : value->code;
}

struct map_name map_name_of(const struct map_view *view, size_t area)
{
    size_t v = view->value_of[area];
    if (v != MAP_NO_VALUE)
        return (struct map_name){value_label(view, v),
                                 view->job->values[v].code};
    return (struct map_name){view->geo->areas[area].label,
                             view->geo->areas[area].code};
}

const char *map_value_tail(const struct map_view *view, size_t v)
{
    return locale_fill_sentence(view->arena, view->pair_sentence, "name", "",
                                "value", value_words(view, v), NULL);
}

const char *map_area_words(const struct map_view *view, size_t area)
{
    const struct geo_area *polygon = &view->geo->areas[area];
    size_t v = view->value_of[area];
    if (view->job->kind == MAP_LOCATOR)
        return map_in_focus(view, area)
                   ? map_focus_words(view)
                   : map_place(view, polygon->label, polygon->code);
    if (v == MAP_NO_VALUE && view->job->context_rest)
        return locale_fill(view->arena, view->job->lang, "map.area.context",
                           "label", polygon->label, "code", polygon->code,
                           NULL);
    const char *value =
        v != MAP_NO_VALUE ? value_words(view, v) : availability_of(view, area);
    if (view->alone != NULL && view->alone[area] != NULL)
        return locale_fill_sentence(view->arena, view->pair_sentence, "name",
                                    view->alone[area], "value", value, NULL);
    return place_words(view, map_name_of(view, area), value);
}

/* --- lists --------------------------------------------------------------- */

static const char *names_of(const struct map_view *view, map_choose *chosen,
                            size_t most)
{
    const char **names = arena_array(view->arena, most, sizeof *names);
    size_t count = 0;
    for (size_t v = 0; v < view->job->value_count; v++) {
        if (!chosen(view, v))
            continue;
        if (count < most)
            names[count] = value_label(view, v);
        count++;
    }
    return map_list(view, names, count, most);
}

const char *map_list(const struct map_view *view, const char *const *names,
                     size_t count, size_t most)
{
    if (count == 0)
        return "";
    size_t listed = count > most ? most : count;
    const char *list = text_join(view->arena, names, listed, ", ");
    if (count == listed)
        return list;
    return locale_fill(view->arena, view->job->lang,
                       count - listed == 1 ? "map.more.one" : "map.more.many",
                       "names", list, "count",
                       format_count(view, count - listed), NULL);
}

static bool is_caution(const struct map_view *view, size_t v)
{
    const struct map_value *value = &view->job->values[v];
    return value->availability == AVAILABLE && (value->flags & FLAG_CAUTION);
}

bool map_dashed(const struct map_view *view, size_t v)
{
    const struct map_value *value = &view->job->values[v];
    return !view->all_dashed && value->availability == AVAILABLE &&
           (value->flags & MAP_DASHED) != 0;
}

static bool is_revised(const struct map_view *view, size_t v)
{
    return view->job->values[v].flags & FLAG_REVISED;
}

static bool is_break(const struct map_view *view, size_t v)
{
    return view->job->values[v].flags & FLAG_BREAK;
}

static bool is_undrawn(const struct map_view *view, size_t v)
{
    return !view->drawn[v];
}

/* Does the legend have numbers in brackets? Circles have none of their own. */
static bool has_counts(const struct map_view *view)
{
    if (view->job->kind != MAP_CIRCLES)
        return true;
    size_t rows = view->zero_size;
    rows += view->all_dashed ? 0 : view->dashed_count;
    if (*view->job->mark_label)
        rows += view->marked_count;
    for (size_t i = 0; i < AVAILABILITY_COUNT; i++)
        rows += view->missing_sizes[i];
    return rows > 0;
}

/* More digits than asked for are said, but those of probability: its limits
 * are the same whatever the values. */
static bool has_more_digits(const struct map_view *view)
{
    return view->digits > view->job->decimals &&
           view->job->method != CLASSES_PROBABILITY;
}

size_t map_notes(const struct map_view *view, const char ***notes)
{
    static const struct {
        const char *key;
        map_choose *chosen;
    } lists[] = {
        {"map.note.caution", is_caution},
        {"map.note.revised", is_revised},
        {"map.note.break", is_break},
        {"map.note.no_outline", is_undrawn},
    };
    enum lang lang = view->job->lang;
    size_t count = 0;
    if (view->job->kind == MAP_LOCATOR)
        return 0;
    *notes = arena_array(view->arena, COUNT_OF(lists) + 4, sizeof **notes);
    (*notes)[count++] =
        has_counts(view) ? locale_text(lang, "map.note.count") : "";
    if (view->job->kind == MAP_TILES)
        (*notes)[count++] = locale_text(lang, "map.note.tiles");
    if (has_more_digits(view))
        (*notes)[count++] = fill(view, "map.note.digits", "digits",
                                 format_count(view, (size_t)view->digits));
    if (view->all_dashed)
        (*notes)[count++] = locale_text(lang, "map.note.all_dashed");
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        const char *names = names_of(view, lists[i].chosen, NAMES_MOST);
        if (*names)
            (*notes)[count++] = fill(view, lists[i].key, "names", names);
    }
    return count;
}

const char *map_credits(const struct map_view *view)
{
    const char *outlines =
        *view->geo->vintage
            ? fill(view, "map.outlines", "vintage", view->geo->vintage)
            : "";
    if (*view->job->source == '\0')
        return outlines;
    const char *source = fill(view, "map.source", "source", view->job->source);
    return *outlines ? arena_format(view->arena, "%s %s", source, outlines)
                     : source;
}

/* --- alternative text ---------------------------------------------------- */

const char *map_subject(const struct map_job *job)
{
    if (*job->subject)
        return job->subject;
    return *job->title ? job->title : job->unit;
}

/* From which value to which, and where these are. */
static const char *range_words(const struct map_view *view)
{
    enum lang lang = view->job->lang;
    if (view->shown_count == 0)
        return locale_text(lang, "map.alt.empty");
    const char *low = format_area(view, view->lowest);
    const char *low_place = value_label(view, view->lowest);
    if (view->shown_count == 1)
        return locale_fill(view->arena, lang, "map.alt.single", "value", low,
                           "place", low_place, NULL);
    const char *high = format_area(view, view->highest);
    const char *count = locale_count(view->arena, lang, "territories",
                                     (int64_t)view->shown_count);
    if (text_same(low, high))
        return locale_fill(view->arena, lang, "map.alt.equal", "value", low,
                           "count", count, NULL);
    return locale_fill(view->arena, lang, "map.alt.range", "low", low,
                       "low_place", low_place, "high", high, "high_place",
                       value_label(view, view->highest), "count", count, NULL);
}

static void add_missing(const struct map_view *view, struct text *out)
{
    const char *pieces[AVAILABILITY_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < AVAILABILITY_COUNT; i++) {
        if (view->missing_sizes[i] == 0)
            continue;
        const char *words =
            availability_words(view->job->lang, (enum availability)i);
        pieces[count++] =
            arena_format(view->arena, "%s (%s)", words,
                         format_count(view, view->missing_sizes[i]));
    }
    if (count == 0)
        return;
    text_add(out, " ");
    text_add(out, fill(view, "map.alt.missing", "list",
                       text_join(view->arena, pieces, count, ", ")));
}

static void add_classes(const struct map_view *view, struct text *out)
{
    const char *pieces[MAP_CLASSES_MOST + 1];
    size_t count = 0;
    if (view->zero_size > 0)
        pieces[count++] =
            pair(view, locale_text(view->job->lang, "map.class.zero"),
                 format_count(view, view->zero_size));
    for (size_t i = 0; i < view->class_count; i++)
        pieces[count++] = pair(view, map_class_words(view, i),
                               format_count(view, view->class_sizes[i]));
    if (count == 0)
        return;
    const char *between = locale_text(view->job->lang, "map.separator");
    text_add(out, " ");
    text_add(out, fill(view, "map.alt.classes", "list",
                       text_join(view->arena, pieces, count, between)));
}

const char *map_alt(const struct map_view *view)
{
    const struct map_job *job = view->job;
    struct text out = text_new(view->arena);
    if (job->kind == MAP_LOCATOR)
        return map_locator_alt(view);
    const char *subject = map_subject(job);
    text_add(&out, *subject ? fill(view, "map.alt.subject", "subject", subject)
                            : locale_text(job->lang, "map.alt.plain"));
    text_add(&out, " ");
    text_add(&out, range_words(view));
    if (job->kind == MAP_SIGNIFICANCE)
        add_classes(view, &out);
    const char *pattern = map_pattern(view);
    if (*pattern)
        text_format(&out, " %s", pattern);
    add_missing(view, &out);
    return out.at;
}

struct ordered {
    double value;
    size_t index;
};

static int compare_ordered(const void *a, const void *b)
{
    const struct ordered *p = a;
    const struct ordered *q = b;
    if (p->value < q->value || p->value > q->value)
        return p->value < q->value ? -1 : 1;
    return (p->index > q->index) - (p->index < q->index);
}

/* The first ones of an order, which `sign` turns round; from the first on. */
struct ends {
    struct ordered at[EXTREMES_MOST + 1]; /* one more, which may be as far */
    size_t count;
};

static void place_end(struct ends *ends, struct ordered ordered, int sign)
{
    size_t place = ends->count;
    while (place > 0 &&
           sign * compare_ordered(&ordered, &ends->at[place - 1]) < 0) {
        if (place < COUNT_OF(ends->at))
            ends->at[place] = ends->at[place - 1];
        place--;
    }
    if (place < COUNT_OF(ends->at))
        ends->at[place] = ordered;
    ends->count += ends->count < COUNT_OF(ends->at);
}

/* Returns how many values are shown. */
static size_t find_ends(const struct map_view *view, struct ends *low,
                        struct ends *high)
{
    size_t count = 0;
    for (size_t v = 0; v < view->job->value_count; v++) {
        const struct map_value *value = &view->job->values[v];
        if (value->availability != AVAILABLE || !view->drawn[v])
            continue;
        place_end(low, (struct ordered){value->value, v}, 1);
        place_end(high, (struct ordered){value->value, v}, -1);
        count++;
    }
    return count;
}

/* How many of the first `most` are named: of equals all or none are. */
static size_t distinct(const struct map_view *view, const struct ends *ends,
                       size_t most)
{
    while (most > 0 && most < ends->count &&
           text_same(format_area(view, ends->at[most - 1].index),
                     format_area(view, ends->at[most].index)))
        most--;
    return most;
}

/* "Nord (59) : 410,2 ; Aisne (02) : 405,1" from an end of the order. */
static void add_extremes(const struct map_view *view, struct text *out,
                         const char *key, const struct ends *ends, size_t most)
{
    const char *pieces[EXTREMES_MOST];
    size_t count = distinct(view, ends, most);
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        size_t v = ends->at[i].index;
        pieces[i] = place_words(
            view,
            (struct map_name){value_label(view, v), view->job->values[v].code},
            format_area(view, v));
    }
    const char *between = locale_text(view->job->lang, "map.separator");
    text_add(out, " ");
    text_add(out, fill(view, key, "list",
                       text_join(view->arena, pieces, count, between)));
}

static bool is_confidential(const struct map_view *view, size_t v)
{
    return view->drawn[v] && view->job->values[v].availability == CONFIDENTIAL;
}

static bool is_unreliable(const struct map_view *view, size_t v)
{
    return view->drawn[v] && view->job->values[v].availability == UNRELIABLE;
}

static bool is_drawn_dashed(const struct map_view *view, size_t v)
{
    return view->drawn[v] && map_dashed(view, v);
}

/* The signs whose places a reader asks for; the others are many. */
static void add_status_names(const struct map_view *view, struct text *out)
{
    static const struct {
        const char *key;
        map_choose *chosen;
    } lists[] = {{"map.alt.confidential", is_confidential},
                 {"map.alt.unreliable", is_unreliable},
                 {"map.alt.dashed", is_drawn_dashed}};
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        const char *names = names_of(view, lists[i].chosen, NAMES_MOST);
        if (*names == '\0')
            continue;
        text_add(out, " ");
        text_add(out, fill(view, lists[i].key, "names", names));
    }
}

const char *map_description(const struct map_view *view)
{
    struct text out = text_new(view->arena);
    if (view->job->kind == MAP_LOCATOR)
        return map_locator_description(view);
    if (map_subject(view->job) != view->job->unit && *view->job->unit) {
        text_add(&out, " ");
        text_add(&out, fill(view, "map.alt.unit", "unit", view->job->unit));
    }
    if (view->job->kind != MAP_SIGNIFICANCE) /* said above */
        add_classes(view, &out);
    struct ends low = {.count = 0}, high = {.count = 0};
    size_t count = find_ends(view, &low, &high);
    size_t half = count / 2; /* no area is among both */
    size_t most = half < EXTREMES_MOST ? half : EXTREMES_MOST;
    if (count > 1) {
        add_extremes(view, &out, "map.alt.highest", &high, most);
        add_extremes(view, &out, "map.alt.lowest", &low, most);
    }
    add_status_names(view, &out);
    const char **notes;
    size_t note_count = map_notes(view, &notes);
    for (size_t i = 1; i < note_count; i++) { /* 0 explains the legend */
        text_add(&out, " ");
        text_add(&out, notes[i]);
    }
    return out.at[0] == ' ' ? out.at + 1 : out.at;
}
