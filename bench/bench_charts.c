/* SPDX-License-Identifier: EUPL-1.2 */
/* Two charts a territory, in PNG and SVG: a line with its interval band and
 * bars. Their data are made. bench_figures.py compares.
 *
 *     bench_charts DIRECTORY COUNT */
#include <math.h>
#include <stdio.h>

#include "base/fs.h"
#include "base/num.h"
#include "chart/chart.h"
#include "device/device.h"

enum { YEARS = 20, BARS = 18, PIXELS_WIDE = 1600 };

static void fill_points(struct arena *scratch, struct chart_point *points,
                        size_t count, bool years, size_t territory)
{
    for (size_t i = 0; i < count; i++) {
        double value = 100 + 20 * sin((double)(i + territory) / 4);
        points[i] = (struct chart_point){
            .label = arena_format(scratch, years ? "%zu" : "Groupe %zu",
                                  years ? 2001 + i : i + 1),
            .x = years ? 2001 + (double)i : (double)i,
            .availability = AVAILABLE,
            .value = value,
            .has_interval = years,
            .lower = value - 6,
            .upper = value + 6,
        };
    }
}

static bool draw_one(const struct fonts *fonts, const char *directory,
                     const char *kind, size_t territory, struct err *err)
{
    struct arena *scratch = arena_new();
    struct chart_point points[YEARS];
    bool years = text_same(kind, "line");
    size_t count = years ? YEARS : BARS;
    fill_points(scratch, points, count, years, territory);
    const struct chart_series series = {
        .label = "Cas", .points = points, .count = count};
    const struct chart_job job = {
        .kind = kind,
        .lang = LANG_FR,
        .title = arena_format(scratch, "Territoire %zu", territory + 1),
        .x_label = "",
        .y_label = "pour 100 000 personnes-années",
        .source = "",
        .series = &series,
        .series_count = 1,
        .reference = {.label = ""},
        .decimals = 1,
    };
    const char *name = arena_format(scratch, "%s%zu", kind, territory);
    const char *path = fs_join(scratch, directory, name);
    struct scene *scene = NULL;
    struct text svg = text_new(scratch);
    bool ok = chart_draw(scratch, fonts, &job, &scene, err);
    if (ok)
        device_svg(scene, fonts, true, "f", &svg);
    ok = ok &&
         fs_write(arena_format(scratch, "%s.svg", path), svg.at, svg.size,
                  err) &&
         device_png(scene, fonts, PIXELS_WIDE,
                    arena_format(scratch, "%s.png", path), err);
    arena_free(scratch);
    return ok;
}

int main(int count, char **words)
{
    int64_t territories = 0;
    if (count != 3 || !num_parse_int64(words[2], &territories))
        return 2;
    struct err err = {0};
    struct arena *run = arena_new();
    struct fonts *fonts = NULL;
    bool ok = fonts_open(run, NULL, &fonts, &err);
    for (int64_t t = 0; ok && t < territories; t++)
        ok = draw_one(fonts, words[1], "line", (size_t)t, &err) &&
             draw_one(fonts, words[1], "bar", (size_t)t, &err);
    if (!ok)
        fprintf(stderr, "bench_charts: %s\n", err.text);
    fonts_close(fonts);
    arena_free(run);
    return ok ? 0 : 1;
}
