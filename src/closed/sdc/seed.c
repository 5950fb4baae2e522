/* SPDX-License-Identifier: EUPL-1.2 */
/* A first pattern, line by line: no relation with a single open cell, none
 * whose open cells hold too little to hide a primary among them. Circuits then
 * find most of what they need open, and far fewer cells are hidden in sparse
 * tables than when each primary pays for a whole circuit of its own. */
#include "sdc/lines.h"
#include "sdc/offer.h"
#include "sdc/pattern.h"

enum {
    SEED_ROUNDS = 40,
    SEED_SPARE = 1,        /* room beyond the width asked: several lines meet */
    SEED_PASSES = 6,       /* of second thoughts */
    SEED_PASSES_LARGE = 2, /* the same of tables too large to keep proofs */
    SEED_CHANGES = 24,     /* of one of them */
    SEED_NEW = 150,  /* a relation that becomes deficient costs this ... */
    SEED_DONE = 100, /* ... one that no longer is gains this */
};

struct seed {
    struct pattern *pattern;
    const struct relations *relations;
    struct lines lines;
    struct change *changes; /* of the attempt under way */
    size_t change_count;
};

/* A cell that was opened, or else shown. */
struct change {
    uint32_t cell;
    bool opened;
};

static bool is_deficient(const struct line_tally *tally)
{
    return lines_deficient(tally, tally->width + SEED_SPARE);
}

/* Price of a cell less what it does for the other relations it is in. */
static int64_t score(const struct seed *seed, uint32_t cell, size_t row)
{
    int64_t score = seed->pattern->prices[cell];
    for (size_t i = seed->lines.starts[cell]; i < seed->lines.starts[cell + 1];
         i++) {
        if (seed->lines.rows[i] == row)
            continue;
        struct line_tally tally =
            lines_tally(&seed->lines, seed->lines.rows[i]);
        if (tally.open == 0)
            score += SEED_NEW;
        else if (is_deficient(&tally))
            score -= SEED_DONE;
    }
    return score;
}

static uint32_t find_best(const struct seed *seed, size_t row)
{
    const struct relations *relations = seed->relations;
    int64_t best = INT64_MAX;
    uint32_t chosen = PATTERN_END;
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
    return chosen;
}

static bool open_best(const struct seed *seed, size_t row)
{
    uint32_t cell = find_best(seed, row);
    if (cell == PATTERN_END)
        return false;
    pattern_open(seed->pattern, cell);
    return true;
}

/* Opens cells of one relation until it is no longer deficient. True when it
 * opened some. */
static bool fill_row(const struct seed *seed, size_t row)
{
    bool opened = false;
    struct line_tally tally = lines_tally(&seed->lines, row);
    while (is_deficient(&tally) && open_best(seed, row)) {
        opened = true;
        tally = lines_tally(&seed->lines, row);
    }
    return opened;
}

/* --- second thoughts ------------------------------------------------------ */

static void change(struct seed *seed, uint32_t cell, bool opened)
{
    if (opened)
        pattern_open(seed->pattern, cell);
    else
        pattern_show_idle(seed->pattern, cell);
    seed->changes[seed->change_count++] = (struct change){cell, opened};
}

/* The only open cell of a relation if it is a secondary. */
static uint32_t only_secondary(const struct seed *seed, size_t row)
{
    const struct field *field = seed->pattern->field;
    const uint32_t *member =
        &seed->relations->members[seed->relations->starts[row]];
    while (!field_open(field, *member))
        member++; /* one of them is */
    return field->states[*member] == FIELD_SECONDARY ? *member : PATTERN_END;
}

/* What changed in this attempt stays as it is. */
static bool is_changed(const struct seed *seed, uint32_t cell)
{
    for (size_t i = 0; i < seed->change_count; i++) {
        if (seed->changes[i].cell == cell)
            return true;
    }
    return false;
}

/* One relation: a secondary left alone is shown, other want is filled. */
static bool mend_row(struct seed *seed, size_t row)
{
    struct line_tally tally = lines_tally(&seed->lines, row);
    while (is_deficient(&tally)) {
        if (seed->change_count == SEED_CHANGES)
            return false;
        uint32_t cell =
            tally.open == 1 ? only_secondary(seed, row) : PATTERN_END;
        bool opened = cell == PATTERN_END || is_changed(seed, cell);
        if (opened)
            cell = find_best(seed, row);
        if (cell == PATTERN_END || is_changed(seed, cell))
            return false;
        change(seed, cell, opened);
        tally = lines_tally(&seed->lines, row);
    }
    return true;
}

static bool mend(struct seed *seed, int64_t before)
{
    bool ok = true;
    for (size_t i = 0; ok && i < seed->change_count; i++) {
        uint32_t cell = seed->changes[i].cell;
        for (size_t r = seed->lines.starts[cell];
             ok && r < seed->lines.starts[cell + 1]; r++)
            ok = mend_row(seed, seed->lines.rows[r]);
    }
    return ok && seed->pattern->cost < before;
}

static bool reconsider(struct seed *seed, uint32_t cell)
{
    struct pattern *pattern = seed->pattern;
    int64_t before = pattern->cost;
    if (pattern->field->states[cell] != FIELD_SECONDARY)
        return false;
    seed->change_count = 0;
    change(seed, cell, false);
    int32_t price = pattern->prices[cell];
    pattern_reprice(pattern, cell, FIELD_BLOCKED);
    bool better = mend(seed, before);
    pattern_reprice(pattern, cell, price);
    while (!better && seed->change_count > 0) {
        struct change last = seed->changes[--seed->change_count];
        if (last.opened)
            pattern_show_idle(pattern, last.cell);
        else
            pattern_open(pattern, last.cell);
    }
    return better;
}

/* One secondary after the other, the dearest first. True when some gained. */
static bool reconsider_all(struct arena *scratch, struct seed *seed)
{
    const struct field *field = seed->pattern->field;
    struct offer *list = arena_array(scratch, field->cells, sizeof *list);
    size_t count = 0, gains = 0;
    for (size_t c = 0; c < field->cells; c++) {
        if (field->states[c] == FIELD_SECONDARY)
            list[count++] = (struct offer){(uint32_t)c, field->prices[c]};
    }
    offers_sort(list, count);
    for (size_t i = 0; i < count; i++)
        gains += reconsider(seed, list[i].cell);
    return gains > 0;
}

void pattern_seed(struct pattern *pattern)
{
    struct arena *scratch = arena_new();
    struct seed seed = {
        .pattern = pattern,
        .relations = &pattern->field->relations,
        .lines = lines_index(scratch, pattern->field),
    };
    bool again = true;
    for (int round = 0; again && round < SEED_ROUNDS; round++) {
        again = false;
        for (size_t r = 0; r < seed.relations->count; r++)
            again = fill_row(&seed, r) || again;
    }
    seed.changes = arena_array(scratch, SEED_CHANGES, sizeof *seed.changes);
    bool better = !field_is_huge(pattern->field);
    int passes =
        pattern->field->cells <= PROOF_CELLS ? SEED_PASSES : SEED_PASSES_LARGE;
    for (int pass = 0; better && pass < passes; pass++)
        better = reconsider_all(scratch, &seed);
    arena_wipe(scratch);
}
