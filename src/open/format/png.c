/* SPDX-License-Identifier: EUPL-1.2 */
/* format/png.c - each figure as a picture 1600 pixels wide. */
#include <math.h>

#include "device/device.h"
#include "format/figures.h"

enum { PIXELS_WIDE = 1600 };

static bool write_one(struct arena *scratch, const struct format_job *job,
                      const struct figure_file *file, struct err *err)
{
    (void)scratch;
    return device_png(file->scene, job->fonts, PIXELS_WIDE, file->path, err);
}

/* The file is whole and has the size of its scene. */
static bool verify_one(struct arena *scratch, const struct format_job *job,
                       const struct figure_file *file, struct err *err)
{
    (void)scratch, (void)job;
    const struct scene *scene = file->scene;
    int width, height;
    if (!device_png_check(file->path, &width, &height, err))
        return false;
    double want = scene_height(scene) * PIXELS_WIDE / scene_width(scene);
    if (width != PIXELS_WIDE || fabs(height - want) > 1)
        return err_fail(err, ERR_DISAGREE, "png.size",
                        "'%s' is %d x %d pixels, not %d x %.0f", file->path,
                        width, height, PIXELS_WIDE, want);
    return true;
}

static bool write_all(const struct format_job *job, struct err *err)
{
    return figures_each(job, ".png", write_one, err);
}

static bool verify_all(const struct format_job *job, struct err *err)
{
    return figures_each(job, ".png", verify_one, err);
}

const struct format format_png = {
    .name = "png",
    .extension = ".png",
    .media_type = "image/png",
    .write = write_all,
    .verify = verify_all,
};
