/* SPDX-License-Identifier: EUPL-1.2 */
/* The checker of certificates alone, without any solver, against enumeration:
 * tables of two to five dimensions, crossing hierarchies, zeros, bands, both
 * attackers. It takes for a witness what is one and nothing else, and settles
 * only what no enumeration breaks. */
#include "brute.h"

enum { OFFERS = 40 };

struct tally {
    int tables, beyond, taken, refused, settled, open;
};

static struct brute *random_table(uint64_t seed, bool zeros)
{
    return seed % 8 == 0 ? brute_five(seed, zeros) : brute_new(seed, zeros);
}

/* --- what is a witness, told again ---------------------------------------- */

static bool within(double low, long double sum, double high, long double by)
{
    return sum >= (long double)low + by && sum <= (long double)high - by;
}

/* The cells keep what is shown, all bounds and all sums; the bands by `by`. */
static bool agrees(const struct brute *b, const int64_t *cells, long double by)
{
    const struct audit_input *input = &b->input;
    for (size_t c = 0; c < b->cells; c++) {
        if (cells[c] < brute_low(b, c) ||
            (brute_high(b, c) != AUDIT_UNLIMITED &&
             cells[c] > brute_high(b, c)))
            return false;
    }
    for (size_t r = 0; r < input->relations; r++) {
        int64_t rest = cells[input->members[input->starts[r]]];
        for (size_t i = input->starts[r] + 1; i < input->starts[r + 1]; i++)
            rest -= cells[input->members[i]];
        if (rest != 0)
            return false;
    }
    for (size_t i = 0; i < b->band_count; i++) {
        const struct audit_band *band = &b->bands[i];
        long double sum = 0;
        for (size_t j = 0; j < band->count; j++)
            sum += (long double)band->weights[j] *
                   (long double)cells[band->cells[j]];
        if (!within(band->low, sum, band->high, by))
            return false;
    }
    return true;
}

static bool is_taken(struct brute *b, const int64_t *cells)
{
    struct err err = {0};
    enum audit_verdict verdicts[BRUTE_CELLS];
    uint32_t moved[BRUTE_CELLS];
    int64_t deltas[BRUTE_CELLS];
    struct witness witness = {moved, deltas, 0};
    for (size_t c = 0; c < b->cells; c++) {
        if (cells[c] == b->counts[c])
            continue;
        moved[witness.count] = (uint32_t)c;
        deltas[witness.count++] = cells[c] - b->counts[c];
    }
    b->input.witnesses = &witness;
    b->input.witness_count = 1;
    bool ok = audit_run(&b->input, verdicts, &err);
    CHECK(ok || strcmp(err.id, "sdc.witness") == 0);
    b->input.witness_count = 0;
    return ok;
}

/* --- offers --------------------------------------------------------------- */

/* Another table of leaves with its sums; in one of three a sum is wrong. */
static void draw_offer(struct brute *b, int64_t *cells)
{
    memcpy(cells, b->counts, b->cells * sizeof *cells);
    if (b->tables > 0 && brute_below(b, 2) == 0) {
        int kept = (int)(b->tables < BRUTE_KEPT ? b->tables : BRUTE_KEPT);
        memcpy(cells, b->kept[brute_below(b, kept)], b->cells * sizeof *cells);
    }
    for (int changes = brute_below(b, 3); changes > 0; changes--) {
        size_t leaf = (size_t)brute_below(b, (int)b->leaves);
        int64_t more = 1 - 2 * brute_below(b, 2);
        for (size_t c = 0; c < b->cells; c++)
            cells[c] += b->holds[c][leaf] ? more : 0;
    }
    if (brute_below(b, 3) == 0)
        cells[brute_below(b, (int)b->cells)] += 1 - 2 * brute_below(b, 2);
}

static void offer(uint64_t first, uint64_t last, bool zeros)
{
    struct tally tally = {0};
    for (uint64_t seed = first; seed <= first + (last - first) / BRUTE_PART;
         seed++) {
        struct brute *b = random_table(seed, zeros);
        int64_t cells[BRUTE_CELLS];
        brute_attack(b);
        for (int i = 0; i < OFFERS; i++) {
            draw_offer(b, cells);
            bool taken = is_taken(b, cells);
            /* At the very end of a band a doubt is a refusal. */
            if (taken ? !agrees(b, cells, 0) : agrees(b, cells, 1e-6L))
                fail_msg("seed %llu: %s", (unsigned long long)seed,
                         taken ? "taken" : "refused");
            tally.taken += taken;
            tally.refused += !taken;
        }
        brute_free(b);
    }
    print_message("%d witnesses taken, %d refused\n", tally.taken,
                  tally.refused);
    CHECK(tally.taken > 1000 / BRUTE_PART);
    CHECK(tally.refused > 1000 / BRUTE_PART);
}

TEST(under_the_strict_attack_a_witness_is_a_table_that_agrees)
{
    offer(1, 400, false);
}

TEST(under_the_basic_attack_a_witness_is_a_table_that_agrees)
{
    offer(10001, 10400, true);
}

/* --- what is settled ------------------------------------------------------ */

static void compare(uint64_t seed, struct brute *b, struct tally *tally)
{
    struct err err = {0};
    enum audit_verdict verdicts[BRUTE_CELLS];
    brute_offer(b);
    /* A table at the very end of a band is a doubt. */
    if (!audit_run(&b->input, verdicts, &err)) {
        CHECK(b->band_count > 0);
        tally->refused++;
        return;
    }
    for (size_t c = 0; c < b->cells; c++) {
        /* To be open, or told to somebody alone, is only a doubt. */
        bool exposed = brute_exposed(b, c);
        bool wrong = audit_settled(verdicts[c])
                         ? exposed || brute_betrayed(b, c)
                         : verdicts[c] == AUDIT_EXPOSED && !exposed;
        if (wrong)
            fail_msg("seed %llu cell %zu: verdict %d", (unsigned long long)seed,
                     c, (int)verdicts[c]);
        tally->settled += brute_open(b, c) && audit_settled(verdicts[c]);
        tally->open += !audit_settled(verdicts[c]);
    }
}

static void settle(uint64_t first, uint64_t last, bool zeros)
{
    struct tally tally = {0};
    for (uint64_t seed = first; seed <= first + (last - first) / BRUTE_PART;
         seed++) {
        struct brute *b = random_table(seed, zeros);
        brute_attack(b);
        tally.tables++;
        tally.beyond += !b->complete;
        if (b->complete)
            compare(seed, b, &tally);
        brute_free(b);
    }
    print_message("%d tables (%d beyond the oracle, %d in doubt): %d cells "
                  "settled, %d not\n",
                  tally.tables, tally.beyond, tally.refused, tally.settled,
                  tally.open);
    CHECK(tally.beyond * 5 < tally.tables);
    CHECK(tally.refused * 5 < tally.tables);
    CHECK(tally.settled > 500 / BRUTE_PART);
    CHECK(tally.open > 500 / BRUTE_PART);
}

TEST(under_the_strict_attack_what_is_settled_no_enumeration_breaks)
{
    settle(20001, 20800, false);
}

TEST(under_the_basic_attack_what_is_settled_no_enumeration_breaks)
{
    settle(30001, 30800, true);
}

RUN(CASE(under_the_strict_attack_a_witness_is_a_table_that_agrees),
    CASE(under_the_basic_attack_a_witness_is_a_table_that_agrees),
    CASE(under_the_strict_attack_what_is_settled_no_enumeration_breaks),
    CASE(under_the_basic_attack_what_is_settled_no_enumeration_breaks))
