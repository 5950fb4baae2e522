/* SPDX-License-Identifier: EUPL-1.2 */
/* Values meet polygons; classes and counts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "map/map_impl.h"

enum { WIDTH_DECIMALS = 3 };

static bool is_shown(const struct map_value *value)
{
    return value->availability == AVAILABLE;
}

static bool is_zero(const struct map_value *value)
{
    return !(value->value < 0) && !(value->value > 0);
}

/* --- joining ------------------------------------------------------------- */

struct key {
    const char *code;
    size_t index;
};

static int compare_keys(const void *a, const void *b)
{
    const struct key *p = a;
    const struct key *q = b;
    int order = strcmp(p->code, q->code);
    return order != 0 ? order : (p->index > q->index) - (p->index < q->index);
}

/* Merges two runs in order, the second one of `count - first` keys. */
static void merge(struct arena *arena, struct key *keys, size_t first,
                  size_t count)
{
    size_t left = first, right = count - first, to = count;
    struct key *tail = arena_array(arena, right, sizeof *tail);
    memcpy(tail, keys + first, right * sizeof *tail);
    while (right > 0) {
        bool from_left =
            left > 0 && compare_keys(&keys[left - 1], &tail[right - 1]) > 0;
        keys[--to] = from_left ? keys[--left] : tail[--right];
    }
}

/* Boundary files and most tables are in order already, but for the areas of a
 * zoom at their end. */
static void sort(struct arena *arena, struct key *keys, size_t count)
{
    size_t first = 1;
    while (first < count && compare_keys(&keys[first - 1], &keys[first]) < 0)
        first++;
    if (first >= count)
        return;
    qsort(keys + first, count - first, sizeof *keys, compare_keys);
    merge(arena, keys, first, count);
}

static int compare_code(const void *code, const void *key)
{
    return strcmp(code, ((const struct key *)key)->code);
}

static bool sort_keys(struct arena *arena, const struct map_view *view,
                      struct key *keys, struct err *err)
{
    const struct map_job *job = view->job;
    for (size_t v = 0; v < job->value_count; v++)
        keys[v] = (struct key){job->values[v].code, v};
    sort(arena, keys, job->value_count);
    for (size_t v = 1; v < job->value_count; v++) {
        if (text_same(keys[v - 1].code, keys[v].code))
            return err_fail(err, ERR_SCRIPT, "map.code",
                            "map: code '%s' is given twice", keys[v].code);
    }
    return true;
}

/* Territories are counted once, also when a zoom shows them again. */
static void mark_firsts(struct map_view *view)
{
    size_t count = view->geo->area_count;
    struct arena *scratch = arena_new();
    struct key *keys = arena_array(scratch, count, sizeof *keys);
    view->first = arena_array(view->arena, count, sizeof *view->first);
    for (size_t a = 0; a < count; a++)
        keys[a] = (struct key){view->geo->areas[a].code, a};
    sort(scratch, keys, count);
    for (size_t i = 0; i < count; i++) {
        bool repeated = i > 0 && text_same(keys[i - 1].code, keys[i].code);
        view->first[keys[i].index] = !repeated;
    }
    arena_free(scratch);
}

/* Where a code stands among the keys, looked for at `next` first: areas mostly
 * come in the same order. */
static size_t find_key(const struct map_view *view, const struct key *keys,
                       const char *code, size_t next)
{
    size_t count = view->job->value_count;
    if (next < count && text_same(keys[next].code, code))
        return next;
    const struct key *found =
        count == 0 ? NULL
                   : bsearch(code, keys, count, sizeof *keys, compare_code);
    return found ? (size_t)(found - keys) : MAP_NO_VALUE;
}

/* The value of a code that stands for several polygons, this one among
 * them. */
static size_t find_alias(const struct map_view *view, const struct key *keys,
                         const char *code)
{
    const struct map_job *job = view->job;
    for (size_t i = 0; i < job->alias_count; i++) {
        const struct geo_alias *alias = &job->aliases[i];
        if (!text_same(alias->level, view->geo->level))
            continue;
        for (size_t m = 0; m < alias->member_count; m++) {
            if (!text_same(alias->members[m], code))
                continue;
            size_t key = find_key(view, keys, alias->code, 0);
            if (key != MAP_NO_VALUE)
                return keys[key].index;
        }
    }
    return MAP_NO_VALUE;
}

/* Gives each area the value of its code; the keys are in order. */
static void give_values(struct map_view *view, const struct key *keys)
{
    const struct geo_level *geo = view->geo;
    size_t next = 0;
    for (size_t a = 0; a < geo->area_count; a++) {
        const char *code = geo->areas[a].code;
        size_t key = find_key(view, keys, code, next);
        if (key != MAP_NO_VALUE)
            next = key + 1;
        size_t value = key != MAP_NO_VALUE ? keys[key].index
                                           : find_alias(view, keys, code);
        view->value_of[a] = value;
        if (value == MAP_NO_VALUE || view->drawn[value])
            continue;
        view->drawn[value] = true;
        view->outline_of[value] = a;
    }
}

static bool join(struct map_view *view, struct err *err)
{
    size_t areas = view->geo->area_count, count = view->job->value_count;
    struct arena *scratch = arena_new();
    struct key *keys = arena_array(scratch, count, sizeof *keys);
    view->value_of = arena_array(view->arena, areas, sizeof *view->value_of);
    view->drawn = arena_array(view->arena, count, sizeof *view->drawn);
    view->outline_of =
        arena_array(view->arena, count, sizeof *view->outline_of);
    bool ok = sort_keys(scratch, view, keys, err);
    if (ok)
        give_values(view, keys);
    arena_free(scratch);
    return ok;
}

/* --- classes ------------------------------------------------------------- */

static bool check_fixed(const struct map_job *job, size_t classes,
                        struct err *err)
{
    for (size_t i = 0; i + 1 < classes; i++) {
        bool rises = i == 0 || job->breaks[i - 1] < job->breaks[i];
        if (!isfinite(job->breaks[i]) || !rises)
            return err_fail(err, ERR_SCRIPT, "map.breaks",
                            "map: breaks must be finite and rising");
    }
    return true;
}

/* True zeros are a class of their own, unless there is nothing else. */
static bool zeros_apart(const struct map_view *view)
{
    bool others = false;
    if (view->job->method == CLASSES_PROBABILITY)
        return false;
    for (size_t v = 0; v < view->job->value_count; v++) {
        const struct map_value *value = &view->job->values[v];
        if (!is_shown(value))
            continue;
        assert(isfinite(value->value));
        if (value->value < 0)
            return false;
        others = others || !is_zero(value);
    }
    return others;
}

void map_round_breaks(struct map_view *view, const double *values, size_t count)
{
    if (view->class_count == 0)
        return;
    view->shown_breaks =
        arena_array(view->arena, view->class_count, sizeof *view->shown_breaks);
    view->digits = classes_round(values, count, view->breaks, view->class_count,
                                 view->job->decimals, view->shown_breaks);
}

static void measure_classes(struct map_view *view, size_t classes, bool apart)
{
    const struct map_job *job = view->job;
    double *values = arena_array(view->arena, job->value_count, sizeof *values);
    size_t count = 0;
    for (size_t v = 0; v < job->value_count; v++) {
        const struct map_value *value = &job->values[v];
        if (is_shown(value) && !(apart && is_zero(value)))
            values[count++] = value->value;
    }
    if (count == 0)
        return;
    if (job->method == CLASSES_FIXED) {
        view->breaks = arena_array(view->arena, classes, sizeof *view->breaks);
        if (classes > 1)
            memcpy(view->breaks, job->breaks,
                   (classes - 1) * sizeof *job->breaks);
        view->class_count = classes;
        map_round_breaks(view, values, count);
        return;
    }
    const struct class_rule rule = {
        .method = job->method,
        .classes = classes,
        .decimals = job->decimals,
        .reference = job->reference,
        .factors = job->factors,
        .percent = job->percent,
    };
    view->class_count =
        classes_make(view->arena, values, count, &rule, &view->breaks);
    map_round_breaks(view, values, count);
}

static struct map_look look_of(const struct map_view *view,
                               const struct map_value *value, bool apart)
{
    if (!is_shown(value))
        return (struct map_look){LOOK_MISSING, 0, value->availability, 0};
    if (apart && is_zero(value))
        return (struct map_look){LOOK_ZERO, 0, AVAILABLE, 0};
    return map_class_look(
        class_of(view->breaks, view->class_count, value->value));
}

static bool steps_by_factors(const struct map_job *job)
{
    return job->method == CLASSES_AROUND && job->factors;
}

bool map_check_value(const struct map_job *job, const struct map_value *value,
                     struct err *err)
{
    bool interval = job->kind == MAP_SIGNIFICANCE || job->kind == MAP_BIVARIATE;
    if (!is_shown(value))
        return true;
    if (interval && !(value->has_interval && value->lower <= value->value &&
                      value->value <= value->upper))
        return err_fail(err, ERR_SCRIPT, "map.interval",
                        "map: '%s' needs an interval around its value",
                        value->code);
    if (job->method == CLASSES_PROBABILITY &&
        !(value->value >= 0 && value->value <= (job->percent ? 100 : 1)))
        return err_fail(err, ERR_SCRIPT, "map.probability",
                        "map: '%s': a probability is a number of 0 to %s",
                        value->code, job->percent ? "100 percent" : "1");
    if (steps_by_factors(job) && value->value < 0)
        return err_fail(err, ERR_SCRIPT, "map.factors",
                        "map: '%s': classes by factors are of ratios, not "
                        "of negative values",
                        value->code);
    if (job->kind == MAP_CIRCLES && value->value < 0)
        return err_fail(err, ERR_SCRIPT, "map.negative",
                        "map: '%s': a circle has no negative size",
                        value->code);
    return true;
}

static bool check_values(const struct map_job *job, struct err *err)
{
    for (size_t v = 0; v < job->value_count; v++) {
        if (!map_check_value(job, &job->values[v], err))
            return false;
    }
    return true;
}

bool map_check_classes(const struct map_job *job, struct err *err)
{
    size_t classes = map_wanted_classes(job);
    if (job->method == CLASSES_PROBABILITY &&
        (classes != MAP_CLASSES_PROBABILITY || !palette_diverges(job->palette)))
        return err_fail(err, ERR_SCRIPT, "map.probability",
                        "map: classes of probability are %d, in the palette "
                        "vik, puor, brbg or bgbr, not %zu in '%s'",
                        MAP_CLASSES_PROBABILITY, classes, job->palette);
    if (classes < 2 || classes > MAP_CLASSES_MOST)
        return err_fail(err, ERR_SCRIPT, "map.classes",
                        "map: %zu classes, expected 2 to %d", classes,
                        MAP_CLASSES_MOST);
    if (job->method == CLASSES_AROUND &&
        (classes % 2 != 0 || !isfinite(job->reference)))
        return err_fail(err, ERR_SCRIPT, "map.classes",
                        "map: classes around a reference need a number as "
                        "reference and an even number of classes, not %zu",
                        classes);
    if (steps_by_factors(job) && !(job->reference > 0))
        return err_fail(err, ERR_SCRIPT, "map.factors",
                        "map: classes by factors need a reference above 0");
    return job->method != CLASSES_FIXED || check_fixed(job, classes, err);
}

size_t map_wanted_classes(const struct map_job *job)
{
    if (job->class_count > 0)
        return job->class_count;
    if (job->method == CLASSES_PROBABILITY)
        return MAP_CLASSES_PROBABILITY;
    if (job->kind == MAP_BIVARIATE)
        return MAP_CLASSES_BIVARIATE;
    return job->method == CLASSES_AROUND ? MAP_CLASSES_AROUND
                                         : MAP_CLASSES_DEFAULT;
}

static bool classify_values(struct map_view *view, struct err *err)
{
    const struct map_job *job = view->job;
    size_t classes = map_wanted_classes(job);
    if (!map_check_classes(job, err))
        return false;
    bool apart = zeros_apart(view);
    measure_classes(view, classes, apart);
    if (!palette_colours(job->palette, view->class_count, view->colours))
        return err_fail(err, ERR_SCRIPT, "map.palette",
                        "map: no palette '%s'; expected %s", job->palette,
                        palette_names());
    for (size_t v = 0; v < job->value_count; v++)
        view->look_of_value[v] = look_of(view, &job->values[v], apart);
    return true;
}

/* --- kinds --------------------------------------------------------------- */

/* The colour under is paler than the one over: in grey too the arms differ,
 * where an area is too small for its dots. */
static bool colour_significance(struct map_view *view)
{
    uint32_t seven[PALETTE_MOST];
    if (!palette_diverges(view->job->palette) ||
        !palette_colours(view->job->palette, 7, seven))
        return false;
    view->class_count = 3;
    view->colours[0] = seven[2];
    view->colours[1] = seven[3];
    view->colours[2] = seven[5];
    return true;
}

/* Under, not different, over: the interval decides. */
static bool classify_significance(struct map_view *view, struct err *err)
{
    const struct map_job *job = view->job;
    double low = job->reference, high = job->reference;
    if (job->reference_has_interval) {
        low = job->reference_lower;
        high = job->reference_upper;
    }
    if (!isfinite(low) || !isfinite(high) || low > high ||
        !colour_significance(view))
        return err_fail(err, ERR_SCRIPT, "map.palette",
                        "map: significance needs a reference and the palette "
                        "vik, puor, brbg or bgbr, not '%s'",
                        job->palette);
    for (size_t v = 0; v < job->value_count; v++) {
        const struct map_value *value = &job->values[v];
        struct map_look look = {LOOK_MISSING, 0, value->availability, 0};
        if (is_shown(value)) {
            size_t class_index = value->upper < low ? 0 : 1;
            if (value->lower > high)
                class_index = 2;
            look = map_class_look(class_index);
        }
        view->look_of_value[v] = look;
    }
    return true;
}

/* Half of the interval in parts of the value, in thousandths: what printed
 * limits can tell. */
static double relative_width(const struct map_value *value)
{
    double half = (value->upper - value->lower) / 2;
    return num_round(is_zero(value) ? half : half / fabs(value->value),
                     WIDTH_DECIMALS);
}

static bool classify_certainty(struct map_view *view, struct err *err)
{
    const struct map_job *job = view->job;
    if (!classify_values(view, err))
        return false;
    double *widths = arena_array(view->arena, job->value_count, sizeof *widths);
    size_t count = 0;
    for (size_t v = 0; v < job->value_count; v++) {
        if (is_shown(&job->values[v]))
            widths[count++] = relative_width(&job->values[v]);
    }
    const struct class_rule rule = {.method = CLASSES_QUANTILE,
                                    .classes = MAP_CERTAINTIES,
                                    .decimals = WIDTH_DECIMALS};
    view->certainty_count = classes_make(view->arena, widths, count, &rule,
                                         &view->certainty_breaks);
    for (size_t v = 0; v < job->value_count; v++) {
        if (view->look_of_value[v].kind == LOOK_CLASS)
            view->look_of_value[v].certainty = (unsigned char)class_of(
                view->certainty_breaks, view->certainty_count,
                relative_width(&job->values[v]));
    }
    return true;
}

static bool classify_circles(struct map_view *view, struct err *err)
{
    const struct map_job *job = view->job;
    if (!palette_colours(job->palette, MAP_CLASSES_MOST, view->colours))
        return err_fail(err, ERR_SCRIPT, "map.palette",
                        "map: no palette '%s'; expected %s", job->palette,
                        palette_names());
    for (size_t v = 0; v < job->value_count; v++) {
        const struct map_value *value = &job->values[v];
        view->look_of_value[v] =
            is_shown(value)
                ? (struct map_look){LOOK_CIRCLE, 0, AVAILABLE, 0}
                : (struct map_look){LOOK_MISSING, 0, value->availability, 0};
    }
    return true;
}

static bool check_histogram(const struct map_job *job, struct err *err)
{
    if (!job->histogram || job->kind == MAP_CHOROPLETH ||
        job->kind == MAP_TILES)
        return true;
    return err_fail(err, ERR_SCRIPT, "map.histogram",
                    "map: a histogram goes with the classes of a choropleth or "
                    "of tiles");
}

bool map_check_factors(const struct map_job *job, struct err *err)
{
    bool classes = job->kind == MAP_CHOROPLETH || job->kind == MAP_BIVARIATE ||
                   job->kind == MAP_TILES;
    if (!job->factors || (classes && job->method == CLASSES_AROUND))
        return true;
    return err_fail(err, ERR_SCRIPT, "map.factors",
                    "map: factors go with classes around a reference");
}

static bool classify(struct map_view *view, struct err *err)
{
    view->look_of_value = arena_array(view->arena, view->job->value_count,
                                      sizeof *view->look_of_value);
    if (!check_histogram(view->job, err) ||
        !map_check_factors(view->job, err) || !check_values(view->job, err))
        return false;
    switch (view->job->kind) {
    case MAP_LOCATOR:
        return map_locate(view, err);
    case MAP_CHOROPLETH:
    case MAP_TILES:
        break;
    case MAP_SIGNIFICANCE:
        return classify_significance(view, err);
    case MAP_BIVARIATE:
        return classify_certainty(view, err);
    case MAP_CIRCLES:
        return classify_circles(view, err);
    }
    return classify_values(view, err);
}

/* --- counts -------------------------------------------------------------- */

static void count_look(struct map_view *view, struct map_look look)
{
    switch (look.kind) {
    case LOOK_CLASS:
        view->class_sizes[look.class_index]++;
        break;
    case LOOK_ZERO:
        view->zero_size++;
        break;
    case LOOK_MISSING:
        view->missing_sizes[look.availability]++;
        break;
    case LOOK_CONTEXT:
    case LOOK_CIRCLE:
    case LOOK_FOCUS:
    case LOOK_SIBLING:
        break;
    }
}

static void count_shown(struct map_view *view, size_t v)
{
    const struct map_value *values = view->job->values;
    if (view->shown_count++ == 0)
        view->lowest = view->highest = v;
    if (values[v].value < values[view->lowest].value)
        view->lowest = v;
    if (values[v].value > values[view->highest].value)
        view->highest = v;
    view->dashed_count += (values[v].flags & MAP_DASHED) != 0;
}

/* What the legend counts: what is drawn. Territories with an entry, once also
 * where several polygons show it, and polygons without one where those count as
 * not available. Entries without polygon are named in a note. */
static void count(struct map_view *view)
{
    for (size_t v = 0; v < view->job->value_count; v++) {
        if (!view->drawn[v])
            continue;
        count_look(view, view->look_of_value[v]);
        view->zero_size += view->look_of_value[v].kind == LOOK_CIRCLE &&
                           is_zero(&view->job->values[v]);
        view->marked_count += view->job->values[v].marked;
        if (is_shown(&view->job->values[v]))
            count_shown(view, v);
    }
    for (size_t a = 0; a < view->geo->area_count; a++) {
        if (view->value_of[a] == MAP_NO_VALUE && view->first[a])
            count_look(view, map_area_look(view, a));
    }
    view->all_dashed =
        view->shown_count > 0 && view->dashed_count == view->shown_count;
}

bool map_view_make(struct map_view *view, struct err *err)
{
    view->digits = view->job->decimals;
    if (!join(view, err) || !classify(view, err))
        return false;
    mark_firsts(view);
    count(view);
    map_find_ranges(view);
    view->area_sentence = locale_text(view->job->lang, "map.area");
    view->pair_sentence = locale_text(view->job->lang, "map.pair");
    if (view->geo->area_count > MAP_AREAS_WITH_BORDERS)
        view->alone = map_alone(view);
    return true;
}

struct map_look map_area_look(const struct map_view *view, size_t area)
{
    size_t value = view->value_of[area];
    if (view->located)
        return (struct map_look){view->located[area], 0, AVAILABLE, 0};
    if (value != MAP_NO_VALUE)
        return view->look_of_value[value];
    if (view->job->context_rest)
        return (struct map_look){LOOK_CONTEXT, 0, AVAILABLE, 0};
    return (struct map_look){LOOK_MISSING, 0, NOT_AVAILABLE, 0};
}
