/* SPDX-License-Identifier: EUPL-1.2 */
/* How long one map of a boundary file takes on every device, warm: the
 * boundaries are read, one round goes unmeasured, then medians of CPU time.
 *
 *     bench_figures LEVEL.geo DIRECTORY [ROUNDS [DEVICE]]
 *
 * Values are made from the codes. The files stay in DIRECTORY for a look at
 * them. With a DEVICE (svg, png, pdf) only that one is drawn: then the peak
 * memory is its own. */
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/fs.h"
#include "base/num.h"
#include "device/device.h"
#include "device/haru.h"
#include "geo/geo_impl.h"
#include "map/map.h"

enum { ROUNDS_MOST = 99, PIXELS_WIDE = 1600 };

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double peak_mib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

/* --- what is drawn -------------------------------------------------------- */

/* A zoom shows the areas of the first panel again. */
static bool shown_before(const struct geo_level *geo, size_t area)
{
    if (geo->areas[area].panel == 0)
        return false;
    for (size_t a = 0; a < area; a++) {
        if (text_same(geo->areas[a].code, geo->areas[area].code))
            return true;
    }
    return false;
}

/* Neighbouring codes have neighbouring values, as on a real map. */
static struct map_value *make_values(struct arena *run,
                                     const struct geo_level *geo, size_t *count)
{
    struct map_value *values =
        arena_array(run, geo->area_count, sizeof *values);
    *count = 0;
    for (size_t a = 0; a < geo->area_count; a++) {
        if (shown_before(geo, a))
            continue;
        uint32_t noise = (uint32_t)a * 2654435761u >> 20;
        values[(*count)++] = (struct map_value){
            .code = geo->areas[a].code,
            .label = geo->areas[a].label,
            .value =
                (double)(300 + a * 200 / geo->area_count + noise * 100 / 4096) /
                10.0,
        };
    }
    return values;
}

static struct map_job make_job(struct arena *run, const struct geo_level *geo)
{
    size_t count = 0;
    const struct map_value *values = make_values(run, geo, &count);
    return (struct map_job){
        .kind = MAP_CHOROPLETH,
        .geo = geo,
        .values = values,
        .value_count = count,
        .lang = LANG_FR,
        .title = "Taux standardisés",
        .unit = "pour 100 000 personnes-années",
        .source = "",
        .mark_label = "",
        .decimals = 1,
        .method = CLASSES_QUANTILE,
        .palette = "blues",
        .focus = "",
    };
}

static bool write_svg(struct arena *scratch, const struct scene *scene,
                      const struct fonts *fonts, const char *path,
                      struct err *err)
{
    struct text svg = text_new(scratch);
    device_svg(scene, fonts, true, "f", &svg);
    return fs_write(path, svg.at, svg.size, err);
}

static bool write_png(struct arena *scratch, const struct scene *scene,
                      const struct fonts *fonts, const char *path,
                      struct err *err)
{
    (void)scratch;
    return device_png(scene, fonts, PIXELS_WIDE, path, err);
}

static bool write_pdf(struct arena *scratch, const struct scene *scene,
                      const struct fonts *fonts, const char *path,
                      struct err *err)
{
    const struct haru_info info = {
        .title = scene_alt(scene),
        .author = "",
        .subject = "",
        .keywords = "",
        .lang = "fr",
        .date = "1970-01-01",
        .creator = "bench",
    };
    const struct tag figure = {.role = TAG_FIGURE, .alt = scene_alt(scene)};
    struct haru *haru = NULL;
    if (!haru_open(scratch, fonts, &info, &haru, err))
        return false;
    haru_page(haru, scene_width(scene), scene_height(scene));
    int element = haru_element(haru, TAG_ROOT, &figure);
    haru_begin(haru, element);
    haru_scene(haru, element, scene, 0.0, 0.0, 1.0);
    haru_end(haru);
    bool ok = haru_save(haru, path, err);
    haru_close(haru);
    return ok;
}

/* --- measuring ------------------------------------------------------------ */

struct device {
    const char *name;
    bool (*write)(struct arena *scratch, const struct scene *scene,
                  const struct fonts *fonts, const char *path, struct err *err);
};

static int compare_times(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static double median(double *times, int count)
{
    qsort(times, (size_t)count, sizeof *times, compare_times);
    return times[count / 2];
}

/* The size that a reader's browser fetches. */
static size_t packed_size(struct arena *scratch, const char *bytes, size_t size)
{
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(9);
    size_t room = libdeflate_gzip_compress_bound(packer, size);
    void *packed = arena_alloc(scratch, room);
    size_t used = libdeflate_gzip_compress(packer, bytes, size, packed, room);
    libdeflate_free_compressor(packer);
    return used;
}

static bool measure(const struct device *device, const struct map_job *job,
                    const struct fonts *fonts, const char *directory,
                    int rounds, struct err *err)
{
    double draw[ROUNDS_MOST], write[ROUNDS_MOST];
    struct arena *run = arena_new();
    const char *path =
        fs_join(run, directory,
                arena_format(run, "%s.%s", job->geo->level, device->name));
    bool ok = true;
    for (int round = -1; ok && round < rounds; round++) {
        struct arena *scratch = arena_new();
        struct scene *scene = NULL;
        double began = milliseconds(), drawn = began;
        ok = map_draw(scratch, fonts, job, &scene, err);
        drawn = milliseconds();
        ok = ok && device->write(scratch, scene, fonts, path, err);
        if (round >= 0) {
            draw[round] = drawn - began;
            write[round] = milliseconds() - drawn;
        }
        arena_free(scratch);
    }
    double peak = peak_mib(); /* before the file is read back */
    char *bytes = NULL;
    size_t size = 0;
    if (ok && fs_read(run, path, &bytes, &size, err))
        printf("%-12s %s: map %.2f ms, device %.2f ms, %zu bytes, %zu packed, "
               "peak so far %.1f MiB\n",
               job->geo->level, device->name, median(draw, rounds),
               median(write, rounds), size, packed_size(run, bytes, size),
               peak);
    arena_free(run);
    return ok && err->code == 0;
}

int main(int count, char **words)
{
    static const struct device devices[] = {
        {"svg", write_svg}, {"png", write_png}, {"pdf", write_pdf}};
    int64_t rounds = 15;
    if (count < 3 || (count > 3 && !num_parse_int64(words[3], &rounds)) ||
        rounds < 1 || rounds > ROUNDS_MOST)
        return 2;
    struct err err = {0};
    struct arena *run = arena_new();
    struct fonts *fonts = NULL;
    struct geo_level geo;
    bool ok = fonts_open(run, NULL, &fonts, &err);
    double base = peak_mib(), began = milliseconds();
    ok = ok && geo_load(run, words[1], &geo, &err);
    if (ok)
        printf("%-12s read: %.2f ms, %zu areas, peak %.1f MiB before and %.1f "
               "MiB after\n",
               geo.level, milliseconds() - began, geo.area_count, base,
               peak_mib());
    struct map_job job;
    if (ok)
        job = make_job(run, &geo);
    for (size_t d = 0; ok && d < COUNT_OF(devices); d++) {
        if (count < 5 || text_same(words[4], devices[d].name))
            ok = measure(&devices[d], &job, fonts, words[2], (int)rounds, &err);
    }
    if (!ok)
        fprintf(stderr, "bench_figures: %s\n", err.text);
    fonts_close(fonts);
    arena_free(run);
    return ok ? 0 : 1;
}
