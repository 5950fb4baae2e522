/* SPDX-License-Identifier: EUPL-1.2 */
/* Second thoughts. One secondary at a time is shown again, the dearest first
 * and those that few lean on, and what leaned on it is protected anew; then all
 * that lean on the secondaries of one relation are, at once, which finds what
 * no change of a single cell does. What costs less is kept. Witnesses chosen
 * late often serve cells that early ones were chosen for.
 *
 * Under the strict attack a witness that used the cell first looks for a way
 * round it: one circuit that takes its change of the cell back. That finds in
 * one search or two what whoever leaned on it would look for in forty, each for
 * itself and from the start. */
#include <stdlib.h>

#include "sdc/lines.h"
#include "sdc/offer.h"
#include "sdc/pattern.h"

enum {
    DROP_LIMIT = 60,       /* a cell that more witnesses lean on stays */
    DROP_LIMIT_ROW = 400,  /* the same for the secondaries of a relation */
    OFFER_HALF = 4,        /* witnesses that halve what an offer is worth ... */
    OFFER_HALF_LINES = 16, /* ... after lines: the kernel moves many cells */
    RENEW_GAINS = 120,     /* after which a kernel is old */
};

/* Whether an open cell was safe in an attempt, with this first entry of its
 * list. */
struct opinion {
    uint32_t attempt, first;
    bool safe;
};

struct kept_proof {
    uint32_t cell;
    struct proof proof;
};

struct attempt {
    struct pattern *pattern;
    bool *marked;      /* [cells] false between attempts */
    uint32_t *touched; /* cells of the witnesses dropped */
    size_t touched_count, touched_capacity;
    uint32_t dropped[DROP_LIMIT_ROW];
    size_t dropped_count;
    size_t gains;     /* since the kernel was made, see count_gain */
    size_t first_new; /* witnesses from here on are new */
    int64_t before;   /* what the pattern cost */
    struct lines lines;
    int64_t *paid;  /* [cells] 0 between calls, see least_cost */
    uint32_t *rows; /* work space: relations around what was shown */
    bool *counted;  /* [relations] false between calls */
    bool patient;   /* try what must open something for lines all the same */
    bool deferred;  /* it was not tried */
    struct opinion *opinions; /* [cells] */
    uint32_t number;          /* of the attempt, from 1 */
    struct kept_proof *kept;  /* proofs to be put back */
    size_t kept_count, kept_capacity;
    uint32_t *leaning; /* what leans on the witness that is looked at */
    size_t leaning_capacity;
};

static void touch(struct attempt *attempt, uint32_t cell)
{
    struct pattern *pattern = attempt->pattern;
    if (attempt->marked[cell])
        return;
    attempt->marked[cell] = true;
    attempt->touched =
        arena_grow(pattern->arena, attempt->touched, attempt->touched_count,
                   &attempt->touched_capacity, sizeof *attempt->touched);
    attempt->touched[attempt->touched_count++] = cell;
}

static void drop_witnesses_of(struct attempt *attempt, uint32_t cell)
{
    struct pattern *pattern = attempt->pattern;
    for (uint32_t e = pattern->first[cell]; e != PATTERN_END;
         e = pattern_next(pattern, e)) {
        uint32_t witness = pattern_witness(pattern, e);
        const struct span *span = &pattern->spans[witness];
        if (span->dropped)
            continue;
        for (uint32_t i = span->first; i < span->first + span->count; i++)
            touch(attempt, pattern_cell(pattern, i));
        pattern_drop(pattern, witness);
        attempt->dropped[attempt->dropped_count++] = witness;
    }
}

/* The proof of a cell that has lost it: it holds again if all is undone. */
static void keep_proof(struct attempt *attempt, uint32_t cell)
{
    const struct pattern *pattern = attempt->pattern;
    if (pattern->proofs == NULL)
        return;
    attempt->kept =
        arena_grow(pattern->arena, attempt->kept, attempt->kept_count,
                   &attempt->kept_capacity, sizeof *attempt->kept);
    attempt->kept[attempt->kept_count++] =
        (struct kept_proof){cell, pattern->proofs[cell]};
}

/* Asked when all witnesses to drop are dropped: what is safe stays so, and what
 * is not is only so again by a new witness, the first of its list. */
static bool is_safe(struct attempt *attempt, uint32_t cell)
{
    const struct pattern *pattern = attempt->pattern;
    struct opinion *opinion = &attempt->opinions[cell];
    bool known = opinion->attempt == attempt->number;
    if (!field_open(pattern->field, cell))
        return true;
    if (known && (opinion->safe || opinion->first == pattern->first[cell]))
        return opinion->safe;
    bool safe = pattern_is_safe(pattern, cell);
    if (!known && !safe)
        keep_proof(attempt, cell);
    *opinion = (struct opinion){attempt->number, pattern->first[cell], safe};
    return safe;
}

/* --- what must be paid at least ------------------------------------------- */

/* Lists the relations around what was shown that now give a primary away. */
static size_t find_deficient(struct attempt *attempt)
{
    const struct lines *lines = &attempt->lines;
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < attempt->touched_count; i++) {
        uint32_t cell = attempt->touched[i];
        for (size_t r = lines->starts[cell];
             !field_open(lines->field, cell) && r < lines->starts[cell + 1];
             r++) {
            if (!attempt->counted[lines->rows[r]])
                attempt->rows[count++] = lines->rows[r];
            attempt->counted[lines->rows[r]] = true;
        }
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t row = attempt->rows[i];
        struct line_tally tally = lines_tally(lines, row);
        attempt->counted[row] = false;
        if (tally.primaries > 0 && lines_deficient(&tally, tally.need))
            attempt->rows[kept++] = row;
    }
    return kept;
}

/* The cheapest shown cell of a relation, less what others paid for it. */
static int64_t cheapest(const struct attempt *attempt, uint32_t row)
{
    const struct pattern *pattern = attempt->pattern;
    const struct relations *relations = &pattern->field->relations;
    int64_t least = FIELD_BLOCKED;
    for (size_t m = relations->starts[row]; m < relations->starts[row + 1];
         m++) {
        uint32_t cell = relations->members[m];
        int64_t price = pattern->prices[cell] - attempt->paid[cell];
        if (!field_open(pattern->field, cell) && price < least)
            least = price;
    }
    return least;
}

static void pay(struct attempt *attempt, uint32_t row, int64_t price)
{
    const struct relations *relations = &attempt->pattern->field->relations;
    for (size_t m = relations->starts[row]; m < relations->starts[row + 1]; m++)
        attempt->paid[relations->members[m]] += price;
}

/* Each deficient relation needs a cell that is shown; one cell may mend
 * several. Whatever is chosen costs at least what they can pay together with
 * none of their cells paid more than its price (a dual solution). */
static int64_t least_cost(struct attempt *attempt)
{
    size_t count = find_deficient(attempt);
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t price = cheapest(attempt, attempt->rows[i]);
        pay(attempt, attempt->rows[i], price);
        sum += price;
    }
    const struct relations *relations = &attempt->pattern->field->relations;
    for (size_t i = 0; i < count; i++) {
        uint32_t row = attempt->rows[i];
        for (size_t m = relations->starts[row]; m < relations->starts[row + 1];
             m++)
            attempt->paid[relations->members[m]] = 0;
    }
    return sum;
}

/* --- what leaned on them -------------------------------------------------- */

struct needy {
    uint32_t cell;
    int64_t count;
};

/* Smallest counts first: they are the hardest. */
static int by_need(const void *a, const void *b)
{
    const struct needy *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

/* Those that may be in need. */
static size_t find_needy(const struct attempt *attempt, struct needy *out)
{
    const struct pattern *pattern = attempt->pattern;
    size_t count = 0;
    for (size_t i = 0; i < attempt->touched_count; i++) {
        uint32_t cell = attempt->touched[i];
        if (field_open(pattern->field, cell) &&
            !pattern_is_proven(pattern, cell))
            out[count++] = (struct needy){cell, pattern->field->counts[cell]};
    }
    qsort(out, count, sizeof *out, by_need);
    return count;
}

/* True when a cell is safe, for less than what is left. */
static bool protect(struct attempt *attempt, uint32_t cell)
{
    struct pattern *pattern = attempt->pattern;
    return is_safe(attempt, cell) ||
           pattern_protect(pattern, cell, attempt->before - pattern->cost);
}

static bool protect_cells_of(struct attempt *attempt, size_t witness)
{
    const struct pattern *pattern = attempt->pattern;
    struct span span = pattern->spans[witness]; /* the list grows below */
    bool ok = true;
    for (size_t e = span.first; ok && e < span.first + span.count; e++)
        ok = protect(attempt, pattern_cell(pattern, e));
    return ok;
}

/* True when all of it is safe again for less than before. What becomes open on
 * the way may have needs of its own: those are looked at last. */
static bool protect_anew(struct attempt *attempt)
{
    const struct pattern *pattern = attempt->pattern;
    struct arena *scratch = arena_new();
    struct needy *needy =
        arena_array(scratch, attempt->touched_count, sizeof *needy);
    size_t count = find_needy(attempt, needy);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = protect(attempt, needy[i].cell);
    for (size_t w = attempt->first_new; ok && w < pattern->span_count; w++)
        ok = protect_cells_of(attempt, w);
    arena_free(scratch);
    return ok && pattern->cost < attempt->before;
}

static void list_leaning(struct attempt *attempt, size_t witness, size_t *count)
{
    const struct pattern *pattern = attempt->pattern;
    const struct span *span = &pattern->spans[witness];
    *count = 0;
    for (uint32_t e = span->first; e < span->first + span->count; e++) {
        if (is_safe(attempt, pattern_cell(pattern, e)))
            continue;
        attempt->leaning =
            arena_grow(pattern->arena, attempt->leaning, *count,
                       &attempt->leaning_capacity, sizeof *attempt->leaning);
        attempt->leaning[(*count)++] = pattern_cell(pattern, e);
    }
}

/* Has a dropped witness again without a cell, or at once what leaned on it
 * protected anew: an attempt that fails shall not do so late. */
static bool replace(struct attempt *attempt, uint32_t witness, uint32_t cell)
{
    struct pattern *pattern = attempt->pattern;
    size_t count;
    list_leaning(attempt, witness, &count);
    if (count == 0)
        return true;
    struct reroute reroute = {
        .witness = witness,
        .cell = cell,
        .fixed = attempt->leaning,
        .fixed_count = count,
        .bound = attempt->before - pattern->cost,
    };
    bool ok = reroute.bound > 0;
    if (ok)
        (void)pattern_reroute(pattern, &reroute);
    for (size_t i = 0; ok && i < count; i++)
        ok = protect(attempt, attempt->leaning[i]);
    return ok;
}

static bool replace_all(struct attempt *attempt, uint32_t cell)
{
    bool ok = true;
    for (size_t d = 0; ok && d < attempt->dropped_count; d++)
        ok = replace(attempt, attempt->dropped[d], cell);
    return ok;
}

static void undo(struct attempt *attempt)
{
    struct pattern *pattern = attempt->pattern;
    pattern_forget(pattern, attempt->first_new);
    for (size_t d = 0; d < attempt->dropped_count; d++)
        pattern_restore(pattern, attempt->dropped[d]);
    for (size_t k = 0; k < attempt->kept_count; k++)
        pattern->proofs[attempt->kept[k].cell] = attempt->kept[k].proof;
}

static void begin(struct attempt *attempt)
{
    attempt->touched_count = 0;
    attempt->dropped_count = 0;
    attempt->deferred = false;
    attempt->kept_count = 0;
    attempt->number++;
    attempt->first_new = attempt->pattern->span_count;
    attempt->before = attempt->pattern->cost;
}

static void show_again(struct attempt *attempt, uint32_t cell)
{
    touch(attempt, cell);
    drop_witnesses_of(attempt, cell);
}

/* All witnesses to drop are dropped. */
static void show_idle(struct attempt *attempt)
{
    for (size_t i = 0; i < attempt->touched_count; i++) {
        attempt->marked[attempt->touched[i]] = false;
        pattern_show_idle(attempt->pattern, attempt->touched[i]);
    }
}

/* After lines, what needs nothing opened for lines is tried first: where
 * something must be, one attempt in thirty wins, and little. Of circuits, what
 * must spend no more than half of what it wins: to let more of them wait shows
 * more cells again in the same time, but less value. */
static bool is_worth_it(struct attempt *attempt)
{
    const struct pattern *pattern = attempt->pattern;
    if (attempt->paid == NULL)
        return true;
    int64_t won = attempt->before - pattern->cost, least = least_cost(attempt);
    int64_t most = pattern->kernel == NULL ? won / 2 : 0;
    attempt->deferred = least < won && least > most && !attempt->patient;
    return least < won && !attempt->deferred;
}

static bool try_cell(struct attempt *attempt, uint32_t cell)
{
    struct pattern *pattern = attempt->pattern;
    begin(attempt);
    if (pattern->field->states[cell] != FIELD_SECONDARY ||
        pattern->alive[cell] > DROP_LIMIT)
        return false;
    show_again(attempt, cell);
    show_idle(attempt);
    int32_t price = pattern->prices[cell];
    pattern_reprice(pattern, cell, FIELD_BLOCKED);
    bool around = pattern->wander; /* lines, universes: as they are */
    bool better = is_worth_it(attempt) &&
                  (!around || replace_all(attempt, cell)) &&
                  protect_anew(attempt);
    pattern_reprice(pattern, cell, price);
    if (!better)
        undo(attempt);
    return better;
}

static bool try_row(struct attempt *attempt, size_t row)
{
    const struct pattern *pattern = attempt->pattern;
    const struct relations *relations = &pattern->field->relations;
    size_t first = relations->starts[row], last = relations->starts[row + 1];
    size_t secondaries = 0, witnesses = 0;
    for (size_t m = first; m < last; m++) {
        uint32_t cell = relations->members[m];
        if (pattern->field->states[cell] != FIELD_SECONDARY)
            continue;
        secondaries++;
        witnesses += pattern->alive[cell];
    }
    if (secondaries < 2 || witnesses > DROP_LIMIT_ROW)
        return false;
    begin(attempt);
    for (size_t m = first; m < last; m++) {
        if (pattern->field->states[relations->members[m]] == FIELD_SECONDARY)
            show_again(attempt, relations->members[m]);
    }
    show_idle(attempt);
    bool better = protect_anew(attempt);
    if (!better)
        undo(attempt);
    return better;
}

/* --- order ---------------------------------------------------------------- */

/* What is won by showing a cell, against the work of protecting anew what leans
 * on it. */
static int32_t worth_of(const struct pattern *pattern, size_t cell)
{
    int64_t price = pattern->field->prices[cell];
    int64_t half = pattern->kernel == NULL ? OFFER_HALF : OFFER_HALF_LINES;
    return (int32_t)(price * half / (half + pattern->alive[cell]));
}

/* Cells that were shown again cannot move in a kernel that has them: one made
 * anew is the freer for it. */
static void count_gain(struct attempt *attempt)
{
    struct pattern *pattern = attempt->pattern;
    if (pattern->kernel == NULL || ++attempt->gains % RENEW_GAINS != 0)
        return;
    pattern_renew_kernel(pattern);
    pattern_sweep(pattern);
}

/* Tries offers in order. What is deferred comes first in the list then, and is
 * counted. */
static size_t try_offers(struct attempt *attempt, struct offer *offers,
                         size_t count, uint64_t limit, size_t *deferred)
{
    size_t gains = 0;
    *deferred = 0;
    for (size_t i = 0; i < count && attempt->pattern->work < limit; i++) {
        bool better = try_cell(attempt, offers[i].cell);
        if (better)
            count_gain(attempt);
        gains += better;
        if (attempt->deferred)
            offers[(*deferred)++] = offers[i];
    }
    return gains;
}

static bool improve_cells(struct attempt *attempt, struct offer *offers,
                          uint64_t limit)
{
    const struct pattern *pattern = attempt->pattern;
    const struct field *field = pattern->field;
    size_t count = 0, deferred;
    for (size_t c = 0; c < field->cells; c++) {
        if (field->states[c] == FIELD_SECONDARY)
            offers[count++] = (struct offer){(uint32_t)c, worth_of(pattern, c)};
    }
    offers_sort(offers, count);
    attempt->patient = false;
    size_t gains = try_offers(attempt, offers, count, limit, &deferred);
    attempt->patient = true;
    gains += try_offers(attempt, offers, deferred, limit, &deferred);
    return gains > 0;
}

static bool improve_rows(struct attempt *attempt, uint64_t limit)
{
    const struct pattern *pattern = attempt->pattern;
    size_t rows = pattern->field->relations.count, gains = 0;
    for (size_t r = 0; r < rows && pattern->work < limit; r++)
        gains += try_row(attempt, r);
    return gains > 0;
}

/* Tables too large for a kernel, or for detours, leave no memory for it. */
static void index_lines(struct arena *scratch, struct attempt *attempt)
{
    const struct field *field = attempt->pattern->field;
    size_t relations = field->relations.count;
    attempt->lines = lines_index(scratch, field);
    attempt->paid = arena_array(scratch, field->cells, sizeof *attempt->paid);
    attempt->rows = arena_array(scratch, relations, sizeof *attempt->rows);
    attempt->counted =
        arena_array(scratch, relations, sizeof *attempt->counted);
}

void pattern_improve(struct pattern *pattern, uint64_t work)
{
    size_t cells = pattern->field->cells;
    struct arena *scratch = arena_new();
    struct attempt attempt = {
        .pattern = pattern,
        .marked = arena_array(scratch, cells, sizeof *attempt.marked),
        .opinions = arena_array(scratch, cells, sizeof *attempt.opinions),
    };
    if (pattern->kernel != NULL || pattern->wander)
        index_lines(scratch, &attempt);
    struct offer *offers = arena_array(scratch, cells, sizeof *offers);
    uint64_t limit = pattern->work + work;
    bool better = true;
    while (better && pattern->work < limit) {
        better = improve_cells(&attempt, offers, limit);
        better = improve_rows(&attempt, limit) || better;
    }
    arena_wipe(scratch);
}
