/* SPDX-License-Identifier: EUPL-1.2 */
/* Small multiples: several maps, one legend. Classes are made of the values of
 * all maps, so that a colour means the same in each. */
#include <math.h>
#include <string.h>

#include "map/map_impl.h"

static const double default_width_pt = 480;
static const double narrowest_pt = 150; /* of a facet, where columns are free */
static const double edge_pt = 0.5, counts_gap = 3;

struct sheet {
    struct map_view *views; /* [count] */
    struct map_job *jobs;
    const struct map_facet *facets;
    size_t count, columns, rows;
    double width, height, gap;
    double facet_width, facet_height, head, title_pt, pt_per_unit;
    double counts; /* height of the counts under each map */
    struct map_lines title, notes, credits;
    struct map_view legend; /* its sizes are those of all maps */
};

/* --- classes -------------------------------------------------------------- */

/* The values of all maps that are shown; true zeros only `with_zeros`. */
static double *gather(struct arena *open, const struct map_facet *facets,
                      size_t count, bool with_zeros, size_t *shown)
{
    size_t most = 0;
    for (size_t f = 0; f < count; f++)
        most += facets[f].value_count;
    double *values = arena_array(open, most, sizeof *values);
    *shown = 0;
    for (size_t f = 0; f < count; f++) {
        for (size_t v = 0; v < facets[f].value_count; v++) {
            const struct map_value *value = &facets[f].values[v];
            if (value->availability == AVAILABLE &&
                (with_zeros || fabs(value->value) > 0))
                values[(*shown)++] = value->value;
        }
    }
    return values;
}

static void fix_classes(struct arena *open, const struct map_facet *facets,
                        size_t count, struct map_job *job)
{
    size_t shown = 0;
    double *values = gather(open, facets, count, false, &shown), *breaks;
    if (job->method == CLASSES_FIXED)
        return;
    const struct class_rule rule = {
        .method = job->method,
        .classes = map_wanted_classes(job),
        .decimals = job->decimals,
        .reference = job->reference,
        .factors = job->factors,
        .percent = job->percent,
    };
    size_t classes = classes_make(open, values, shown, &rule, &breaks);
    if (classes < 2) { /* one value everywhere: two classes, one empty */
        classes = 2;
        breaks = arena_array(open, 1, sizeof *breaks);
        breaks[0] = (shown > 0 ? values[0] : 0) + pow(10, -job->decimals);
    }
    job->factors = false;                   /* of limits that are fixed now */
    if (job->method != CLASSES_PROBABILITY) /* whose classes have words */
        job->method = CLASSES_FIXED;
    job->breaks = breaks;
    job->class_count = classes;
}

/* --- views ---------------------------------------------------------------- */

static bool make_view(struct sheet *sheet, const struct map_view *base,
                      size_t f, struct err *err)
{
    struct map_view *view = &sheet->views[f];
    struct map_job *job = &sheet->jobs[f];
    *job = *base->job;
    job->values = sheet->facets[f].values;
    job->value_count = sheet->facets[f].value_count;
    job->title =
        locale_typography(base->arena, job->lang, sheet->facets[f].title);
    job->subject = "";
    *view = *base;
    view->job = job;
    view->prefix = arena_format(base->arena, "f%zu-", f + 1);
    if (!map_view_make(view, err))
        return err_wrap(err, "map of '%s'", sheet->facets[f].title);
    return true;
}

/* Limits of classes are printed alike in all texts. */
static void round_alike(struct sheet *sheet)
{
    size_t shown = 0;
    double *values = gather(sheet->views[0].arena, sheet->facets, sheet->count,
                            true, &shown);
    for (size_t f = 0; f < sheet->count; f++) {
        if (sheet->views[f].breaks)
            map_round_breaks(&sheet->views[f], values, shown);
    }
}

/* The legend has every class and status that occurs in one of the maps. */
static void merge_legend(struct sheet *sheet)
{
    sheet->legend = sheet->views[0];
    struct map_view *all = &sheet->legend;
    all->uncounted = true;
    for (size_t f = 1; f < sheet->count; f++) {
        const struct map_view *view = &sheet->views[f];
        all->zero_size += view->zero_size;
        all->dashed_count += view->dashed_count;
        all->shown_count += view->shown_count;
        all->marked_count += view->marked_count;
        all->all_dashed = all->all_dashed && view->all_dashed;
        for (size_t i = 0; i < AVAILABILITY_COUNT; i++)
            all->missing_sizes[i] += view->missing_sizes[i];
        if (all->class_count == 0) {
            all->class_count = view->class_count;
            all->breaks = view->breaks;
            all->shown_breaks = view->shown_breaks;
            all->digits = view->digits;
        }
    }
}

static bool has_breaks(enum map_kind kind)
{
    return kind == MAP_CHOROPLETH || kind == MAP_BIVARIATE || kind == MAP_TILES;
}

bool map_breaks(struct arena *open, const struct map_job *job,
                const struct map_facet *facets, size_t count,
                const double **breaks, size_t *break_count, struct err *err)
{
    struct map_job own = *job;
    if (!has_breaks(job->kind))
        return err_fail(err, ERR_SCRIPT, "map.breaks",
                        "map: this kind has no classes of values");
    if (!map_check_classes(&own, err) || !map_check_factors(&own, err))
        return false;
    if (count > 1) {
        fix_classes(open, facets, count, &own);
        *breaks = own.breaks;
        *break_count = own.class_count - 1;
        return true;
    }
    struct map_view view = {.arena = open, .job = &own, .geo = job->geo};
    if (!map_view_make(&view, err))
        return false;
    if (view.class_count < 2)
        return err_fail(err, ERR_SCRIPT, "map.breaks",
                        "map: all values are one class, without limits");
    *breaks = view.breaks;
    *break_count = view.class_count - 1;
    return true;
}

/* --- arrangement ---------------------------------------------------------- */

/* Shortens the last line so that "…" still has room after it. */
static void end_early(const struct map_view *view, struct map_lines *lines,
                      double width)
{
    const char *words = lines->at[lines->count - 1];
    size_t size = strlen(words);
    for (;;) {
        char *cut = arena_format(view->arena, "%.*s…", (int)size, words);
        lines->at[lines->count - 1] = cut;
        if (size == 0 || fonts_width(view->fonts, lines->style, lines->size_pt,
                                     cut, strlen(cut)) <= width)
            return;
        do
            size--; /* to the begin of a character */
        while (size > 0 && ((unsigned char)words[size] & 0xC0) == 0x80);
    }
}

/* The title of a facet, in at most two lines; longer ones end with "…". */
static struct map_lines title_of(const struct sheet *sheet, size_t f)
{
    enum { LINES_MOST = 2 };
    const struct map_view *view = &sheet->views[f];
    struct map_lines lines = {FONT_BOLD, sheet->title_pt, MAP_INK, NULL, 0};
    map_lines_add(view, &lines, view->job->title, sheet->facet_width);
    if (lines.count > LINES_MOST) {
        lines.count = LINES_MOST;
        end_early(view, &lines, sheet->facet_width);
    }
    return lines;
}

/* Of a map, inside the edges of its place. */
static double room_of(const struct sheet *sheet)
{
    return sheet->facet_width - 2 * edge_pt;
}

static void arrange_facets(struct sheet *sheet, size_t columns)
{
    const struct map_view *view = &sheet->legend;
    struct map_box grid = map_grid_box(view->geo);
    if (columns == 0) {
        columns = (size_t)fmax(1, floor((sheet->width + sheet->gap) /
                                        (narrowest_pt + sheet->gap)));
        /* no row of one after full rows, where that can be helped */
        size_t rows = (sheet->count + columns - 1) / columns;
        columns = (sheet->count + rows - 1) / rows;
    }
    sheet->columns = columns < sheet->count ? columns : sheet->count;
    sheet->rows = (sheet->count + sheet->columns - 1) / sheet->columns;
    sheet->facet_width =
        (sheet->width - sheet->gap * (double)(sheet->columns - 1)) /
        (double)sheet->columns;
    sheet->pt_per_unit = room_of(sheet) / grid.width;
    sheet->facet_height = grid.height * sheet->pt_per_unit;
    sheet->title_pt = view->text_pt;
    double most = sheet->title_pt * 1.25;
    for (size_t f = 0; f < sheet->count; f++) {
        struct map_lines title = title_of(sheet, f);
        most = fmax(most, map_lines_height(&title));
        sheet->views[f].text_pt = map_text_size(sheet->facet_width);
        sheet->counts = fmax(
            sheet->counts, map_counts_height(&sheet->views[f], room_of(sheet)));
    }
    sheet->head = most + sheet->title_pt * 0.45;
}

/* From a map to the one below. */
static double row_height(const struct sheet *sheet)
{
    return sheet->head + sheet->facet_height + counts_gap + sheet->counts +
           sheet->gap;
}

static bool has_note(const struct map_view *view, const char *words)
{
    const char **notes;
    size_t count = map_notes(view, &notes);
    for (size_t i = 1; i < count; i++) { /* 0 explains counts */
        if (text_same(notes[i], words))
            return true;
    }
    return false;
}

static bool all_have(const struct sheet *sheet, const char *words)
{
    for (size_t f = 0; f < sheet->count; f++) {
        if (!has_note(&sheet->views[f], words))
            return false;
    }
    return true;
}

/* Notes of a map name it; what is the same in all stands once. */
static void list_notes(struct sheet *sheet)
{
    if (sheet->counts > 0)
        map_lines_add(
            &sheet->legend, &sheet->notes,
            locale_text(sheet->legend.job->lang, "map.note.count_each"),
            sheet->width);
    for (size_t f = 0; f < sheet->count; f++) {
        const struct map_view *view = &sheet->views[f];
        const char **notes;
        size_t count = map_notes(view, &notes);
        for (size_t i = 1; i < count; i++) {
            bool common = all_have(sheet, notes[i]);
            const char *words = notes[i];
            if (!common)
                words =
                    locale_fill(view->arena, view->job->lang, "map.pair",
                                "name", view->job->title, "value", words, NULL);
            if (!common || f == 0)
                map_lines_add(view, &sheet->notes, words, sheet->width);
        }
    }
}

static double legend_height(const struct sheet *sheet, double half)
{
    double height = 0;
    for (int b = 0; b < BLOCK_COUNT; b++)
        height = fmax(
            height,
            map_legend_size(&sheet->legend, (enum map_block)b, half).height);
    return height;
}

static double lines_room(const struct sheet *sheet,
                         const struct map_lines *lines)
{
    return lines->count > 0 ? map_lines_height(lines) + sheet->gap / 2 : 0;
}

static void arrange(struct sheet *sheet, const struct map_view *base,
                    size_t columns)
{
    double small = base->text_pt - 0.5;
    sheet->gap = base->text_pt;
    arrange_facets(sheet, columns);
    sheet->title =
        (struct map_lines){FONT_BOLD, base->text_pt + 2, MAP_INK, NULL, 0};
    sheet->notes =
        (struct map_lines){FONT_REGULAR, small, MAP_QUIET_INK, NULL, 0};
    sheet->credits =
        (struct map_lines){FONT_ITALIC, small, MAP_QUIET_INK, NULL, 0};
    map_lines_add(base, &sheet->title, base->job->title, sheet->width);
    list_notes(sheet);
    map_lines_add(base, &sheet->credits, map_credits(base), sheet->width);
    double half = (sheet->width - 2 * sheet->gap) / 2;
    sheet->height = lines_room(sheet, &sheet->title) +
                    lines_room(sheet, &sheet->notes) +
                    lines_room(sheet, &sheet->credits) +
                    (double)sheet->rows * row_height(sheet) +
                    legend_height(sheet, half) + sheet->gap / 2;
}

/* --- drawing -------------------------------------------------------------- */

static void draw_facet(struct sheet *sheet, size_t f, struct scene *scene,
                       double top)
{
    struct map_view *view = &sheet->views[f];
    size_t row = f / sheet->columns, column = f % sheet->columns;
    double x = (double)column * (sheet->facet_width + sheet->gap);
    double y = top + (double)row * row_height(sheet);
    struct map_lines name = title_of(sheet, f);
    view->scene = scene;
    scene_group(scene, "facet", "", view->job->title);
    map_lines_draw(view, &name, x + edge_pt, y);
    map_panels(view, x + edge_pt, y + sheet->head, sheet->pt_per_unit);
    map_counts_draw(view, x + edge_pt,
                    y + sheet->head + sheet->facet_height + counts_gap,
                    room_of(sheet));
    scene_group_end(scene);
}

static void draw_legend(struct sheet *sheet, double y)
{
    double half = (sheet->width - 2 * sheet->gap) / 2;
    double x = edge_pt;
    scene_group(sheet->legend.scene, "legend", "", "");
    for (int b = 0; b < BLOCK_COUNT; b++) {
        struct map_box size =
            map_legend_size(&sheet->legend, (enum map_block)b, half);
        map_legend_draw(&sheet->legend, (enum map_block)b, x, y, half);
        if (size.height > 0)
            x += half + 2 * sheet->gap;
    }
    scene_group_end(sheet->legend.scene);
}

static void draw(struct sheet *sheet, struct scene *scene)
{
    sheet->legend.scene = scene;
    map_lines_draw(&sheet->legend, &sheet->title, edge_pt, 0);
    double y = lines_room(sheet, &sheet->title);
    for (size_t f = 0; f < sheet->count; f++)
        draw_facet(sheet, f, scene, y);
    y += (double)sheet->rows * row_height(sheet);
    double half = (sheet->width - 2 * sheet->gap) / 2;
    draw_legend(sheet, y);
    y += legend_height(sheet, half) + sheet->gap / 2;
    map_lines_draw(&sheet->legend, &sheet->notes, edge_pt, y);
    y += lines_room(sheet, &sheet->notes);
    map_lines_draw(&sheet->legend, &sheet->credits, edge_pt, y);
}

/* --- words ---------------------------------------------------------------- */

/* What all of them are, and each. */
static const char *all_alts(const struct sheet *sheet,
                            const struct map_view *base)
{
    struct text out = text_new(base->arena);
    const char *subject = map_subject(base->job);
    const char *key = *subject ? "map.alt.facets" : "map.alt.facets.plain";
    text_add(&out, locale_fill(base->arena, base->job->lang, key, "count",
                               num_format_count(base->arena, base->job->lang,
                                                (int64_t)sheet->count),
                               "subject", subject, NULL));
    for (size_t f = 0; f < sheet->count; f++) {
        text_add_char(&out, ' ');
        text_add(&out, map_alt(&sheet->views[f]));
    }
    return out.at;
}

/* The description of each after its title. */
static const char *all_descriptions(const struct sheet *sheet,
                                    const struct map_view *base)
{
    struct text out = text_new(base->arena);
    for (size_t f = 0; f < sheet->count; f++) {
        text_format(&out, f == 0 ? "%s. %s" : " %s. %s",
                    map_subject(&sheet->jobs[f]),
                    map_description(&sheet->views[f]));
    }
    return out.at;
}

static bool check(const struct map_job *common, size_t count, struct err *err)
{
    if (count < 2 || count > MAP_FACETS_MOST)
        return err_fail(err, ERR_SCRIPT, "map.facets",
                        "map: small multiples are 2 to %d maps, not %zu",
                        MAP_FACETS_MOST, count);
    if (common->kind != MAP_CHOROPLETH && common->kind != MAP_SIGNIFICANCE &&
        common->kind != MAP_TILES)
        return err_fail(err, ERR_SCRIPT, "map.facets",
                        "map: small multiples are choropleths, tiles or maps "
                        "of significance");
    return true;
}

bool map_draw_facets(struct arena *open, const struct fonts *fonts,
                     const struct map_job *common,
                     const struct map_facet *facets, size_t count,
                     size_t columns, struct scene **out, struct err *err)
{
    if (!check(common, count, err))
        return false;
    struct map_job job = map_typeset(open, common);
    if (job.histogram)
        return err_fail(err, ERR_SCRIPT, "map.histogram",
                        "map: a histogram goes with one map, not with several");
    bool classes = job.kind != MAP_SIGNIFICANCE;
    if (!map_check_factors(&job, err))
        return false;
    if (classes && !map_check_classes(&job, err))
        return false;
    if (classes)
        fix_classes(open, facets, count, &job);
    struct sheet sheet = {
        .facets = facets,
        .count = count,
        .width = (job.width_pt > 0 ? job.width_pt : default_width_pt) -
                 2 * job.margin_pt,
        .views = arena_array(open, count, sizeof *sheet.views),
        .jobs = arena_array(open, count, sizeof *sheet.jobs),
    };
    struct map_view base = {.arena = open,
                            .fonts = fonts,
                            .job = &job,
                            .geo = job.geo,
                            .prefix = "",
                            .text_pt = map_text_size(sheet.width)};
    if (job.kind == MAP_TILES && !map_tiles_make(open, job.geo, &base.geo, err))
        return false;
    for (size_t f = 0; f < count; f++) {
        if (!make_view(&sheet, &base, f, err))
            return false;
    }
    round_alike(&sheet);
    merge_legend(&sheet);
    arrange(&sheet, &base, columns);
    if (sheet.facet_width < narrowest_pt / 2)
        return err_fail(err, ERR_SCRIPT, "map.size",
                        "map: %.0f pt are too narrow for %zu maps side by side",
                        sheet.width + 2 * job.margin_pt, sheet.columns);
    *out = scene_new(open, sheet.width, sheet.height, all_alts(&sheet, &base),
                     all_descriptions(&sheet, &base));
    scene_margin(*out, job.margin_pt);
    draw(&sheet, *out);
    return true;
}
