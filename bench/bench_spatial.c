/* SPDX-License-Identifier: EUPL-1.2 */
/* How long a smoothed map takes: areas of a hexagonal lattice with a made
 * gradient, as many as France has départements, and intercommunalités. Prints
 * CPU seconds and memory. `make bench-spatial`. */
#include <math.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "calc/kernel_spatial.h"

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* A small congruential generator: the same counts on every machine. */
static double draw(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) / 16777216.0;
}

/* Rows of `width` areas, every other one shifted by half an area; the last
 * row may be short. Each inner area has six neighbours. */
static size_t around(size_t area, size_t areas, size_t width, size_t *out)
{
    size_t row = area / width, column = area % width, count = 0;
    for (size_t other = 0; other < areas; other++) {
        size_t r = other / width, c = other % width;
        size_t left = column - (row % 2 == 0), right = left + 1;
        if ((r == row && (c + 1 == column || c == column + 1)) ||
            ((r + 1 == row || r == row + 1) && (c == left || c == right)))
            out[count++] = other;
    }
    return count;
}

static struct kernel_spatial_map lattice(struct arena *arena, size_t areas)
{
    size_t width = (size_t)ceil(sqrt((double)areas));
    double *observed = arena_array(arena, areas, sizeof *observed);
    double *expected = arena_array(arena, areas, sizeof *expected);
    size_t **neighbours = arena_array(arena, areas, sizeof *neighbours);
    size_t *counts = arena_array(arena, areas, sizeof *counts);
    uint32_t state = 1;
    for (size_t a = 0; a < areas; a++) {
        neighbours[a] = arena_array(arena, 6, sizeof **neighbours);
        counts[a] = around(a, areas, width, neighbours[a]);
        expected[a] = exp(1.0 + 4.0 * draw(&state));
        double wave = 0.3 * sin(6.3 * (double)(a / width) / (double)width);
        double noise = (draw(&state) + draw(&state) + draw(&state) - 1.5);
        observed[a] = floor(expected[a] * exp(wave + 0.2 * noise) +
                            sqrt(expected[a]) * noise + 0.5);
        observed[a] = fmax(0.0, observed[a]);
    }
    return (struct kernel_spatial_map){
        .neighbours = {(const size_t *const *)neighbours, counts, areas},
        .observed = observed,
        .expected = expected,
    };
}

int main(void)
{
    static const size_t sizes[] = {95, 300, 1255};
    static const char *const names[] = {"BYM2", "Leroux"};
    for (size_t s = 0; s < COUNT_OF(sizes); s++) {
        for (int model = 0; model < 2; model++) {
            struct arena *arena = arena_new();
            struct kernel_spatial_map map = lattice(arena, sizes[s]);
            struct kernel_spatial_fit fit;
            double started = seconds();
            if (!kernel_spatial_fit(
                    arena, &map, (enum kernel_spatial_model)model, 0.95, &fit))
                return 1;
            struct rusage usage;
            getrusage(RUSAGE_SELF, &usage);
            printf("%s, %zu areas: %.3f s CPU, %zu points, sigma %.4f (%.4f), "
                   "mixing %.3f, at most %ld MB\n",
                   names[model], sizes[s], seconds() - started, fit.points,
                   fit.sigma.mean, fit.sigma.sd, fit.mixing.mean,
                   usage.ru_maxrss / 1024);
            arena_free(arena);
        }
    }
    return 0;
}
