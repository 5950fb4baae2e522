/* SPDX-License-Identifier: EUPL-1.2 */
/* colour_vision.h - colours as people with other cone cells, and grey printers,
 * see them. */
#ifndef COLOUR_VISION_H
#define COLOUR_VISION_H

#include <math.h>
#include <stdint.h>

enum { VISIONS = 4 };

/* Full protanopia, deuteranopia, tritanopia, on linear RGB: Machado, Oliveira
 * and Fernandes 2009, severity 1.0. */
static const double vision[VISIONS][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779},
     {-0.078411, 0.930809, 0.147602},
     {0.004733, 0.691367, 0.303900}},
};

static inline void linear_rgb(uint32_t colour, double out[3])
{
    for (int i = 0; i < 3; i++) {
        double c = (colour >> (16 - 8 * i) & 255) / 255.0;
        out[i] = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
    }
}

static inline double luminance(uint32_t colour)
{
    double rgb[3];
    linear_rgb(colour, rgb);
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

static inline double lab_part(double t)
{
    return t > 0.008856 ? cbrt(t) : 7.787 * t + 16 / 116.0;
}

/* CIELAB (D65) of a colour as one kind of vision sees it. */
static inline void seen(uint32_t colour, int kind, double lab[3])
{
    double rgb[3], s[3];
    linear_rgb(colour, rgb);
    for (int i = 0; i < 3; i++) {
        s[i] = 0;
        for (int j = 0; j < 3; j++)
            s[i] += vision[kind][i][j] * rgb[j];
        s[i] = fmin(1, fmax(0, s[i]));
    }
    double x =
        lab_part((0.4124 * s[0] + 0.3576 * s[1] + 0.1805 * s[2]) / 0.9505);
    double y = lab_part(0.2126 * s[0] + 0.7152 * s[1] + 0.0722 * s[2]);
    double z =
        lab_part((0.0193 * s[0] + 0.1192 * s[1] + 0.9505 * s[2]) / 1.089);
    lab[0] = 116 * y - 16;
    lab[1] = 500 * (x - y);
    lab[2] = 200 * (y - z);
}

static inline double distance(uint32_t a, uint32_t b, int kind)
{
    double la[3], lb[3];
    seen(a, kind, la);
    seen(b, kind, lb);
    return sqrt(pow(la[0] - lb[0], 2) + pow(la[1] - lb[1], 2) +
                pow(la[2] - lb[2], 2));
}

/* CIELAB lightness 0..100: what grey keeps of a colour. */
static inline double lightness(uint32_t colour)
{
    return 116 * lab_part(luminance(colour)) - 16;
}

/* Contrast ratio of WCAG 2, 1..21. */
static inline double contrast(uint32_t a, uint32_t b)
{
    double high = fmax(luminance(a), luminance(b));
    double low = fmin(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

#endif
