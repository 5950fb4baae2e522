/* SPDX-License-Identifier: EUPL-1.2 */
/* chart_trial.h - an arena, fonts and the scene of the chart drawn last. */
#ifndef CHART_TRIAL_H
#define CHART_TRIAL_H

#include "check.h"

#include "chart/chart.h"

struct trial {
    struct arena *arena;
    struct fonts *fonts;
    struct err err;
    struct scene *scene;
};

static inline struct trial trial_new(void)
{
    struct trial trial = {.arena = arena_new()};
    CHECK(fonts_open(trial.arena, NULL, &trial.fonts, &trial.err));
    return trial;
}

static inline void trial_end(struct trial *trial)
{
    fonts_close(trial->fonts);
    arena_free(trial->arena);
}

static inline const char *dump(struct trial *trial)
{
    struct text out = text_new(trial->arena);
    scene_dump(trial->scene, &out);
    return out.at;
}

#endif
