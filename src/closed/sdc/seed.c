/* SPDX-License-Identifier: EUPL-1.2 */
/* A first pattern, line by line: no relation with a single open cell, none
 * whose open cells hold too little to hide a primary among them. Circuits then
 * find most of what they need open, and far fewer cells are hidden in sparse
 * tables than when each primary pays for a whole circuit of its own. */
#include "sdc/pattern.h"

enum {
    SEED_ROUNDS = 40,
    SEED_NEW = 150,  /* a relation that becomes deficient costs this ... */
    SEED_DONE = 100, /* ... one that no longer is gains this */
};

struct seed {
    struct pattern *pattern;
    const struct relations *relations;
    size_t *starts; /* rows of each cell: rows[starts[c] .. starts[c + 1]) */
    uint32_t *rows;
};

static struct seed index_rows(struct arena *arena, struct pattern *pattern)
{
    const struct relations *relations = &pattern->field->relations;
    size_t cells = pattern->field->cells;
    size_t members =
        relations->count == 0 ? 0 : relations->starts[relations->count];
    struct seed seed = {
        .pattern = pattern,
        .relations = relations,
        .starts = arena_array(arena, cells + 2, sizeof *seed.starts),
        .rows = arena_array(arena, members, sizeof *seed.rows),
    };
    for (size_t m = 0; m < members; m++)
        seed.starts[relations->members[m] + 2]++;
    for (size_t c = 0; c < cells; c++)
        seed.starts[c + 2] += seed.starts[c + 1];
    for (size_t r = 0; r < relations->count; r++) {
        for (size_t m = relations->starts[r]; m < relations->starts[r + 1]; m++)
            seed.rows[seed.starts[relations->members[m] + 1]++] = (uint32_t)r;
    }
    return seed;
}

/* What the open cells of a relation are like. */
struct tally {
    size_t open;
    int64_t slack; /* how far the open parts together can go down */
    int64_t width; /* the largest asked of one of them */
    bool total;    /* the total is open */
};

static struct tally count_open(const struct seed *seed, size_t row)
{
    const struct field *field = seed->pattern->field;
    const struct relations *relations = seed->relations;
    struct tally tally = {0};
    for (size_t m = relations->starts[row]; m < relations->starts[row + 1];
         m++) {
        uint32_t cell = relations->members[m];
        if (!field_open(field, cell))
            continue;
        tally.open++;
        tally.slack += field->counts[cell] - field->lower[cell];
        if (field_width(field, cell) > tally.width)
            tally.width = field_width(field, cell);
        tally.total = tally.total || m == relations->starts[row];
    }
    return tally;
}

static bool is_deficient(const struct tally *tally)
{
    return tally->open == 1 ||
           (tally->open > 1 && !tally->total && tally->slack < tally->width);
}

/* Price of a cell less what it does for the other relations it is in. */
static int64_t score(const struct seed *seed, uint32_t cell, size_t row)
{
    int64_t score = seed->pattern->prices[cell];
    for (size_t i = seed->starts[cell]; i < seed->starts[cell + 1]; i++) {
        if (seed->rows[i] == row)
            continue;
        struct tally tally = count_open(seed, seed->rows[i]);
        if (tally.open == 0)
            score += SEED_NEW;
        else if (is_deficient(&tally))
            score -= SEED_DONE;
    }
    return score;
}

static bool open_best(const struct seed *seed, size_t row)
{
    const struct relations *relations = seed->relations;
    int64_t best = INT64_MAX;
    uint32_t chosen = 0;
    for (size_t m = relations->starts[row]; m < relations->starts[row + 1];
         m++) {
        uint32_t cell = relations->members[m];
        int32_t price = seed->pattern->prices[cell];
        if (price == 0 || price >= FIELD_BLOCKED)
            continue;
        int64_t value = score(seed, cell, row);
        if (value < best) {
            best = value;
            chosen = cell;
        }
    }
    if (best == INT64_MAX)
        return false;
    pattern_open(seed->pattern, chosen);
    return true;
}

/* Opens cells of one relation until it is no longer deficient. True when it
 * opened some. */
static bool fill_row(const struct seed *seed, size_t row)
{
    bool opened = false;
    struct tally tally = count_open(seed, row);
    while (is_deficient(&tally) && open_best(seed, row)) {
        opened = true;
        tally = count_open(seed, row);
    }
    return opened;
}

void pattern_seed(struct pattern *pattern)
{
    struct arena *scratch = arena_new();
    struct seed seed = index_rows(scratch, pattern);
    bool again = true;
    for (int round = 0; again && round < SEED_ROUNDS; round++) {
        again = false;
        for (size_t r = 0; r < seed.relations->count; r++)
            again = fill_row(&seed, r) || again;
    }
    arena_wipe(scratch);
}
