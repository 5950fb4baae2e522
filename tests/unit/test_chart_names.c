/* SPDX-License-Identifier: EUPL-1.2 */
/* Long names in every kind of chart, on narrow pages. */
#include <math.h>

#include "check.h"

#include "chart/chart_impl.h"
#include "chart_kinds_all.h"

static const char *const long_names[] = {
    "Lymphome diffus à grandes cellules B",
    "Tumeurs malignes épithéliales de l’œsophage et du cardia, tous âges",
    "Ÿ",
    "Leucémie lymphoïde chronique, y compris les formes prolymphocytaires",
    "Oto-rhino-laryngologiquementextraordinairementlong",
    "Provence-Alpes-Côte d’Azur",
    "Île-de-France",
};

static const char *long_name(struct trial *trial, const char *name)
{
    size_t sum = 0;
    for (size_t i = 0; name[i]; i++)
        sum += (unsigned char)name[i];
    return arena_format(trial->arena, "%s %s",
                        long_names[sum % COUNT_OF(long_names)], name);
}

/* Points keep their labels where these are years or ages along an axis. */
static void lengthen(struct trial *trial, struct chart_job *job)
{
    struct chart_series *series = edit_series(trial, job);
    bool along =
        text_same(job->kind, "age") || text_same(job->kind, "joinpoint");
    bool rows = text_same(job->kind, "heat") || text_same(job->kind, "slope") ||
                text_same(job->kind, "pyramid");
    for (size_t s = 0; s < job->series_count; s++) {
        if (rows)
            series[s].label = long_name(trial, series[s].label);
        for (size_t i = 0; !along && i < series[s].count; i++)
            fixture_edit(&series[s])[i].label =
                long_name(trial, series[s].points[i].label);
    }
}

struct box {
    const char *text;
    double left, right, top, bottom;
};

static struct box box_of(const struct trial *trial,
                         const struct scene_item *item)
{
    double width = fonts_width(trial->fonts, item->font, item->size_pt,
                               item->text, strlen(item->text));
    double left = item->x_pt;
    if (item->anchor != ANCHOR_START)
        left -= item->anchor == ANCHOR_END ? width : width / 2;
    return (struct box){
        item->text, left, left + width,
        item->y_pt - fonts_cap_height(trial->fonts, item->font, item->size_pt),
        item->y_pt};
}

/* The start of a name turned by an angle, which stands at its end. */
static void check_turned(const struct trial *trial,
                         const struct scene_item *item, const char *kind)
{
    struct box box = box_of(trial, item);
    double angle = item->angle_degrees * acos(-1) / 180;
    double x = item->x_pt - (box.right - box.left) * cos(angle);
    double y = item->y_pt - (box.right - box.left) * sin(angle);
    if (x < -1 || y > scene_height(trial->scene) + 1 || y < 0)
        fail_msg("%s: the turned text '%s' leaves the page", kind, item->text);
}

/* Names of rows end where the plot starts; none meets another one. */
static void check_names(const struct trial *trial, const char *kind)
{
    size_t count = 0, total = scene_count(trial->scene);
    struct box *boxes = arena_array(trial->arena, total, sizeof *boxes);
    for (size_t i = 0; i < total; i++) {
        const struct scene_item *item = scene_item(trial->scene, i);
        if (item->kind != SCENE_TEXT)
            continue;
        if (item->angle_degrees != 0) {
            check_turned(trial, item, kind);
            continue;
        }
        if (item->anchor != ANCHOR_END || item->text[0] == '\0')
            continue;
        struct box box = box_of(trial, item);
        for (size_t b = 0; b < count; b++) {
            if (box.left < boxes[b].right && boxes[b].left < box.right &&
                box.top < boxes[b].bottom && boxes[b].top < box.bottom)
                fail_msg("%s: '%s' covers '%s'", kind, box.text, boxes[b].text);
        }
        boxes[count++] = box;
    }
}

TEST(long_names_stay_on_the_page_and_apart)
{
    static const double widths[] = {200, 240, 340};
    struct trial trial = trial_new();
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        for (size_t w = 0; w < COUNT_OF(widths); w++) {
            struct chart_job job = job_of(trial.arena, i);
            const char *kind =
                arena_format(trial.arena, "%s at %g", all[i].name, widths[w]);
            lengthen(&trial, &job);
            job.width_pt = widths[w];
            CHECK(draw(&trial, &job));
            check_inside(&trial, kind);
            check_names(&trial, kind);
        }
    }
    trial_end(&trial);
}

/* A mark of each sex leaves a row little height for either, not for a name. */
TEST(names_of_rows_with_several_marks_are_no_smaller)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_dot(trial.arena);
    double rows = (double)job.series[0].count;
    job.width_pt = 300;
    job.height_pt = 90 + 14 * rows;
    CHECK(draw(&trial, &job));
    size_t names = 0;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        if (item->kind != SCENE_TEXT || item->anchor != ANCHOR_END)
            continue;
        CHECK(item->size_pt > CHART_NOTE_PT);
        names++;
    }
    CHECK_INT(names, job.series[0].count);
    trial_end(&trial);
}

/* One name too long for its row: the others are as small as it. */
TEST(names_of_rows_have_one_size)
{
    struct trial trial = trial_new();
    struct chart_job job = kinds_dot(trial.arena);
    struct chart_series *series = edit_series(&trial, &job);
    for (size_t s = 0; s < job.series_count; s++)
        fixture_edit(&series[s])[1].label = long_names[1];
    job.width_pt = 240;
    job.height_pt = 90 + 14 * (double)series[0].count;
    CHECK(draw(&trial, &job));
    double size_pt = 0;
    for (size_t i = 0; i < scene_count(trial.scene); i++) {
        const struct scene_item *item = scene_item(trial.scene, i);
        if (item->kind != SCENE_TEXT || item->anchor != ANCHOR_END)
            continue;
        if (size_pt > 0)
            CHECK(fabs(item->size_pt - size_pt) < 0.01);
        size_pt = item->size_pt;
    }
    CHECK(size_pt > 0 && size_pt < CHART_LABEL_PT);
    trial_end(&trial);
}

RUN(CASE(long_names_stay_on_the_page_and_apart),
    CASE(names_of_rows_have_one_size),
    CASE(names_of_rows_with_several_marks_are_no_smaller))
