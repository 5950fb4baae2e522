/* SPDX-License-Identifier: EUPL-1.2 */
/* Every verdict of the attack against full enumeration: tables of two to five
 * dimensions, crossing hierarchies, zeros, bands, both attackers, from inside
 * and from outside. */
#include "brute.h"
#include "sdc/audit_piece.h"

struct tally {
    int tables, beyond, exposed, single, safe, banded;
};

static void print_tally(const struct tally *tally)
{
    print_message("%d tables (%d with bands, %d beyond the oracle): %d cells "
                  "exposed, %d told to somebody alone, %d safe\n",
                  tally->tables, tally->banded, tally->beyond, tally->exposed,
                  tally->single, tally->safe);
    CHECK(tally->beyond * 5 < tally->tables);
    CHECK(tally->exposed > 1000);
    CHECK(tally->safe > 1000);
}

static void fail_cell(uint64_t seed, const struct brute *b, size_t cell,
                      enum audit_verdict verdict)
{
    fail_msg("seed %llu cell %zu: verdict %d, least %lld, most %lld, T %lld",
             (unsigned long long)seed, cell, (int)verdict,
             (long long)b->least[cell], (long long)b->most[cell],
             (long long)b->input.threshold);
}

/* Exactly what the enumeration says, nothing left open. */
static void compare(uint64_t seed, const struct brute *b,
                    const enum audit_verdict *verdicts, bool persons,
                    struct tally *tally)
{
    for (size_t c = 0; c < b->cells; c++) {
        bool exposed = brute_exposed(b, c);
        bool single = persons && !exposed && brute_betrayed(b, c);
        bool right = !brute_open(b, c) ? verdicts[c] == AUDIT_PUBLIC
                     : exposed         ? verdicts[c] == AUDIT_EXPOSED
                     : single          ? verdicts[c] == AUDIT_SINGLE
                                       : verdicts[c] != AUDIT_PUBLIC &&
                                    audit_settled(verdicts[c]);
        if (!right)
            fail_cell(seed, b, c, verdicts[c]);
        tally->exposed += exposed;
        tally->single += single;
        tally->safe += brute_open(b, c) && !exposed && !single;
    }
}

static void attack_inside(uint64_t seed, struct brute *b, struct tally *tally)
{
    struct err err = {0};
    enum audit_verdict verdicts[BRUTE_CELLS];
    if (!audit_run(&b->input, verdicts, &err) ||
        !audit_solve(&b->input, verdicts, NULL, &err))
        fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
    compare(seed, b, verdicts, true, tally);
}

typedef struct brute *maker(uint64_t seed, bool zeros);

/* How many cells somebody alone would recover. */
static int inside(uint64_t first, uint64_t last, maker *make, bool zeros)
{
    struct tally tally = {0};
    for (uint64_t seed = first; seed <= first + (last - first) / BRUTE_PART;
         seed++) {
        struct brute *b = make(seed, zeros);
        brute_attack(b);
        tally.tables++;
        tally.banded += b->band_count > 0;
        if (!b->complete) {
            tally.beyond++;
        } else {
            CHECK(b->tables > 0); /* the true one at least */
            attack_inside(seed, b, &tally);
            if (seed % 4 == 0) {
                brute_offer(b);
                attack_inside(seed, b, &tally);
            }
        }
        brute_free(b);
    }
    print_tally(&tally);
    return tally.single;
}

TEST(with_the_truth_the_strict_attack_says_what_enumeration_says)
{
    CHECK(inside(1, 900, brute_new, false) > 100 / BRUTE_PART);
}

TEST(with_the_truth_the_basic_attack_says_what_enumeration_says)
{
    CHECK(inside(10001, 10900, brute_new, true) > 100 / BRUTE_PART);
}

TEST(in_five_dimensions_the_strict_attack_says_what_enumeration_says)
{
    int told = inside(80001, 80300, brute_five, false);
    CHECK(BRUTE_PART > 1 || told > 10); /* seldom: a part may have none */
}

TEST(in_five_dimensions_the_basic_attack_says_what_enumeration_says)
{
    (void)inside(90001, 90300, brute_five, true);
}

/* A released table with a misprint has another attack, or none. */
static void misprint(struct brute *b)
{
    size_t cell = (size_t)brute_below(b, (int)b->cells);
    if (!brute_open(b, cell))
        b->counts[cell] += 1 - 2 * brute_below(b, 2);
}

static void outside(uint64_t first, uint64_t last, bool zeros, bool misprints)
{
    struct tally tally = {0};
    int contradictions = 0;
    for (uint64_t seed = first; seed <= first + (last - first) / BRUTE_PART;
         seed++) {
        struct brute *b = brute_new(seed, zeros);
        struct err err = {0};
        struct audit_effort effort;
        enum audit_verdict verdicts[BRUTE_CELLS];
        brute_hide(b);
        if (misprints)
            misprint(b);
        brute_attack(b);
        tally.tables++;
        tally.banded += b->band_count > 0;
        tally.beyond += !b->complete;
        if (b->complete && b->tables > 0) {
            if (!audit_public(&b->input, verdicts, &effort, &err))
                fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
            compare(seed, b, verdicts, false, &tally);
        } else if (b->complete) {
            contradictions++;
            if (audit_public(&b->input, verdicts, &effort, &err))
                fail_msg("seed %llu", (unsigned long long)seed);
            CHECK_INT(err.code, ERR_INPUT);
            CHECK_TEXT(err.text, "no table agrees with all that is shown");
        }
        brute_free(b);
    }
    print_tally(&tally);
    print_message("%d contradictions\n", contradictions);
    CHECK(misprints ? contradictions > 50 / BRUTE_PART : contradictions == 0);
}

TEST(from_outside_the_strict_attack_says_what_enumeration_says)
{
    outside(20001, 20700, false, false);
}

TEST(from_outside_the_basic_attack_says_what_enumeration_says)
{
    outside(30001, 30700, true, false);
}

TEST(a_misprint_is_a_contradiction_exactly_when_no_table_agrees)
{
    outside(40001, 40700, false, true);
}

/* --- parts ---------------------------------------------------------------- */

TEST(propagation_never_cuts_a_possible_table)
{
    for (uint64_t seed = 50001; seed <= 50001 + 500 / BRUTE_PART; seed++) {
        struct brute *b = brute_new(seed, seed % 2 == 0);
        struct audit_bounds bounds;
        brute_attack(b);
        CHECK(audit_propagate(b->arena, &b->input, &bounds));
        for (size_t c = 0; b->complete && c < b->cells; c++) {
            if (bounds.low[c] > b->least[c] || bounds.high[c] < b->most[c])
                fail_cell(seed, b, c, AUDIT_OPEN);
        }
        brute_free(b);
    }
}

/* --- mutation ------------------------------------------------------------- */

static bool all_settled(struct brute *b)
{
    struct err err = {0};
    enum audit_verdict verdicts[BRUTE_CELLS];
    if (!audit_run(&b->input, verdicts, &err) ||
        !audit_solve(&b->input, verdicts, NULL, &err))
        fail_msg("%s", err.text);
    for (size_t c = 0; c < b->cells; c++) {
        if (!audit_settled(verdicts[c]))
            return false;
    }
    return true;
}

/* Shows secondaries again, in order, while the audit passes; returns whether
 * there was anything to begin with. */
static bool make_minimal(struct brute *b)
{
    if (!all_settled(b))
        return false;
    for (size_t c = 0; c < b->cells; c++) {
        if (b->guards[c] != AUDIT_GUARDED)
            continue;
        b->guards[c] = AUDIT_SHOWN;
        if (!all_settled(b))
            b->guards[c] = AUDIT_GUARDED;
    }
    return true;
}

TEST(one_secondary_less_than_a_minimal_pattern_is_noticed)
{
    int patterns = 0, mutants = 0;
    for (uint64_t seed = 70001; seed <= 70001 + 1800 / BRUTE_PART; seed++) {
        struct brute *b = brute_new(seed, seed % 2 == 0);
        bool minimal = make_minimal(b);
        patterns += minimal;
        for (size_t c = 0; minimal && c < b->cells; c++) {
            if (b->guards[c] != AUDIT_GUARDED)
                continue;
            b->guards[c] = AUDIT_SHOWN;
            brute_attack(b);
            bool bad = false;
            for (size_t i = 0; i < b->cells; i++)
                bad = bad || brute_exposed(b, i) || brute_betrayed(b, i);
            if (b->complete && (!bad || all_settled(b)))
                fail_msg("seed %llu cell %zu", (unsigned long long)seed, c);
            mutants += b->complete;
            b->guards[c] = AUDIT_GUARDED;
        }
        brute_free(b);
    }
    print_message("%d minimal patterns, %d mutants\n", patterns, mutants);
    CHECK(mutants > 100 / BRUTE_PART);
}

/* --- bands, by hand ------------------------------------------------------- */

/* 20 = a + b + c, all three suppressed: 4, 6, 10. */
struct hand {
    struct audit_input input;
    enum audit_verdict verdicts[4];
    struct err err;
};

static struct hand hand(const struct audit_band *bands, size_t count)
{
    static const int64_t counts[] = {20, 4, 6, 10};
    static const int64_t lower[] = {1, 1, 1, 1};
    static const int64_t upper[] = {AUDIT_UNLIMITED, AUDIT_UNLIMITED,
                                    AUDIT_UNLIMITED, AUDIT_UNLIMITED};
    static const enum audit_guard guards[] = {AUDIT_SHOWN, AUDIT_GUARDED,
                                              AUDIT_GUARDED, AUDIT_GUARDED};
    static const uint32_t members[] = {0, 1, 2, 3};
    static const size_t starts[] = {0, 4};
    return (struct hand){.input = {
                             .cells = 4,
                             .counts = counts,
                             .lower = lower,
                             .upper = upper,
                             .guards = guards,
                             .members = members,
                             .starts = starts,
                             .relations = 1,
                             .bands = bands,
                             .band_count = count,
                             .threshold = 5,
                         }};
}

static enum audit_verdict solve_a(struct hand *h)
{
    if (!audit_run(&h->input, h->verdicts, &h->err) ||
        !audit_solve(&h->input, h->verdicts, NULL, &h->err))
        fail_msg("%s", h->err.text);
    return h->verdicts[1];
}

static enum audit_verdict verdict_of_a(const struct audit_band *bands,
                                       size_t count)
{
    struct hand h = hand(bands, count);
    return solve_a(&h);
}

static const uint32_t a_alone[] = {1}, a_and_b[] = {1, 2};

TEST(a_crude_rate_gives_a_small_count_back)
{
    /* 4 of 150,000 is 2.7 per 100,000 to one digit: no other count is. */
    const double per_100k[] = {100000.0 / 150000.0};
    struct audit_band rate = {a_alone, per_100k, 1, 2.65, 2.75};
    CHECK_INT(verdict_of_a(NULL, 0), AUDIT_SOLVED);
    CHECK_INT(verdict_of_a(&rate, 1), AUDIT_EXPOSED);
    /* Of 3,000,000 it is 0.1, as are 2, 3 and 4: from 2 to 4 is too narrow;
     * of 6,000,000 it is 0.1 from 3 to 8. */
    const double larger[] = {100000.0 / 3000000.0};
    struct audit_band vague = {a_alone, larger, 1, 0.05, 0.15};
    CHECK_INT(verdict_of_a(&vague, 1), AUDIT_EXPOSED);
    const double largest[] = {100000.0 / 6000000.0};
    struct audit_band vaguer = {a_alone, largest, 1, 0.05, 0.15};
    CHECK_INT(verdict_of_a(&vaguer, 1), AUDIT_SOLVED);
}

TEST(a_standardised_rate_of_two_ages_ties_them)
{
    /* 3.7 a + 1.9 b = 26.2; to 0.1 only (4, 6) does; to 4 several do. */
    const double weights[] = {3.7, 1.9};
    struct audit_band sharp = {a_and_b, weights, 2, 26.15, 26.25};
    CHECK_INT(verdict_of_a(&sharp, 1), AUDIT_EXPOSED);
    struct audit_band blunt = {a_and_b, weights, 2, 24, 28};
    CHECK_INT(verdict_of_a(&blunt, 1), AUDIT_SOLVED);
}

TEST(a_share_is_two_bands)
{
    /* a is 40.0 % of a + b, to one digit; in thousandths, whole. */
    const double above[] = {2000 - 799, -799}, below[] = {2000 - 801, -801};
    const struct audit_band share[] = {
        {a_and_b, above, 2, 0, HUGE_VAL},
        {a_and_b, below, 2, -HUGE_VAL, 0},
    };
    /* 2 of 5, 4 of 10, 6 of 15: wide enough with 6, as c may be 5. */
    CHECK_INT(verdict_of_a(share, 2), AUDIT_SOLVED);
}

TEST(a_band_that_the_truth_breaks_is_an_error)
{
    const double one[] = {1};
    struct audit_band wrong = {a_alone, one, 1, 5, 9};
    struct hand h = hand(&wrong, 1);
    CHECK(!audit_run(&h.input, h.verdicts, &h.err));
    CHECK_INT(h.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(h.err.id, "sdc.audit");
    CHECK_TEXT(h.err.text, "a derived value does not hold");
}

/* 1 a + 0.618 b + 0.3 c leaves one whole table, and no narrow range. */
TEST(where_bounds_suffice_nobody_searches_for_integers)
{
    static const uint32_t all[] = {1, 2, 3};
    static const double weights[] = {1.0, 0.618, 0.3};
    static const enum audit_guard bounded[] = {AUDIT_SHOWN, AUDIT_BOUNDED,
                                               AUDIT_BOUNDED, AUDIT_BOUNDED};
    const double value = 4 + 0.618 * 6 + 0.3 * 10;
    struct audit_band band = {all, weights, 3, value - 0.02, value + 0.02};
    CHECK_INT(verdict_of_a(&band, 1), AUDIT_EXPOSED);
    struct hand h = hand(&band, 1);
    h.input.guards = bounded;
    CHECK_INT(solve_a(&h), AUDIT_OPEN);
    h = hand(&band, 1);
    h.input.plain = 1.0; /* nor for bounds */
    CHECK_INT(solve_a(&h), AUDIT_OPEN);
    struct audit_band narrow = {a_alone, weights, 1, 3.5, 4.5};
    h = hand(&narrow, 1);
    h.input.guards = bounded;
    CHECK_INT(solve_a(&h), AUDIT_EXPOSED);
}

static bool accepts(const struct audit_band *band, int64_t delta)
{
    const uint32_t cells[] = {1, 2};
    const int64_t deltas[] = {delta, -delta};
    struct witness witness = {cells, deltas, 2};
    struct hand h = hand(band, 1);
    h.input.witnesses = &witness;
    h.input.witness_count = 1;
    bool ok = audit_run(&h.input, h.verdicts, &h.err);
    if (!ok)
        CHECK_TEXT(h.err.text, "witness 1 is no possible table");
    struct err err = {0};
    if (!ok)
        CHECK(!audit_solve(&h.input, h.verdicts, NULL, &err));
    return ok;
}

TEST(a_witness_keeps_every_band_beyond_doubt)
{
    const double one[] = {1}, tenth[] = {0.1};
    struct audit_band whole = {a_alone, one, 1, 2, 6};
    CHECK(accepts(&whole, 2)); /* 6: the end is inside, exactly */
    CHECK(!accepts(&whole, 3));
    CHECK(accepts(&whole, -2));
    CHECK(!accepts(&whole, -3));
    /* 0.1 * 6 against 0.6: the doubles differ by their last digit, and even
     * the nearest double above 0.6 is within the error bound. */
    struct audit_band doubtful = {a_alone, tenth, 1, 0.1, nextafter(0.6, 1)};
    CHECK(accepts(&doubtful, 1));
    CHECK(!accepts(&doubtful, 2));
    struct audit_band clear = {a_alone, tenth, 1, 0.1, 0.6 + 1e-12};
    CHECK(accepts(&clear, 2));
}

/* Three cells that nothing bounds, in no relation. */
static bool propagate_free(const struct audit_band *band,
                           struct audit_bounds *out, struct arena *arena)
{
    static const int64_t lower[] = {2, 0, 0};
    static const int64_t upper[] = {AUDIT_UNLIMITED, AUDIT_UNLIMITED,
                                    AUDIT_UNLIMITED};
    static const enum audit_guard guards[] = {AUDIT_GUARDED, AUDIT_GUARDED,
                                              AUDIT_GUARDED};
    struct audit_input input = {
        .cells = 3,
        .lower = lower,
        .upper = upper,
        .guards = guards,
        .bands = band,
        .band_count = 1,
        .threshold = 5,
    };
    return audit_propagate(arena, &input, out);
}

TEST(a_band_bounds_cells_that_nothing_else_bounds)
{
    struct arena *arena = arena_new();
    struct audit_bounds bounds;
    const uint32_t cells[] = {0, 1, 2};
    /* 2 a - b <= 7 with b endless says nothing of a, but b >= 2 * 2 - 7. */
    const double difference[] = {2, -1, 1};
    struct audit_band open_end = {cells, difference, 2, -HUGE_VAL, 3};
    CHECK(propagate_free(&open_end, &bounds, arena));
    CHECK_INT(bounds.high[0], AUDIT_UNLIMITED);
    CHECK_INT(bounds.low[1], 1);
    /* 2 a + b within 0..9: a up to 4, b up to 5. */
    const double sum[] = {2, 1};
    struct audit_band closed = {cells, sum, 2, 0, 9};
    CHECK(propagate_free(&closed, &bounds, arena));
    CHECK_INT(bounds.high[0], 4);
    CHECK_INT(bounds.high[1], 5);
    /* Two endless terms on one side: nothing. */
    const double both[] = {-1, -1, 1};
    struct audit_band vague = {cells, both, 3, -HUGE_VAL, 1};
    CHECK(propagate_free(&vague, &bounds, arena));
    CHECK_INT(bounds.low[0], 2);
    CHECK_INT(bounds.high[2], AUDIT_UNLIMITED);
    /* Bounds beyond any count say nothing. */
    const double little[] = {1e-12, 1e-12};
    struct audit_band far = {cells, little, 2, -HUGE_VAL, 1e9};
    CHECK(propagate_free(&far, &bounds, arena));
    CHECK_INT(bounds.high[0], AUDIT_UNLIMITED);
    /* 2 a <= 3 cannot be. */
    struct audit_band never = {cells, sum, 1, -HUGE_VAL, 3};
    CHECK(!propagate_free(&never, &bounds, arena));
    arena_wipe(arena);
}

TEST(the_programs_refuse_bounds_that_the_truth_breaks)
{
    static const int64_t upper[] = {20, 3, 3, 3};
    struct hand h = hand(NULL, 0);
    h.input.upper = upper;
    CHECK(!audit_run(&h.input, h.verdicts, &h.err));
    CHECK_TEXT(h.err.text, "the attack contradicts the true table");
    struct err err = {0};
    CHECK(!audit_solve(&h.input, h.verdicts, NULL, &err));
    CHECK_TEXT(err.text, "the attack contradicts the true table");
}

TEST(without_time_nothing_is_guessed)
{
    struct hand h = hand(NULL, 0);
    h.input.seconds = 1e-9;
    CHECK(audit_run(&h.input, h.verdicts, &h.err));
    CHECK_INT(h.verdicts[1], AUDIT_OPEN);
    CHECK(audit_solve(&h.input, h.verdicts, NULL, &h.err));
    CHECK_INT(h.verdicts[1], AUDIT_OPEN);
    struct audit_effort effort;
    CHECK(audit_public(&h.input, h.verdicts, &effort, &h.err));
    CHECK_INT(h.verdicts[1], AUDIT_OPEN);
    CHECK_INT(effort.linear + effort.integral, 0);
}

RUN(CASE(a_crude_rate_gives_a_small_count_back),
    CASE(where_bounds_suffice_nobody_searches_for_integers),
    CASE(a_standardised_rate_of_two_ages_ties_them), CASE(a_share_is_two_bands),
    CASE(a_band_that_the_truth_breaks_is_an_error),
    CASE(a_witness_keeps_every_band_beyond_doubt),
    CASE(a_band_bounds_cells_that_nothing_else_bounds),
    CASE(the_programs_refuse_bounds_that_the_truth_breaks),
    CASE(without_time_nothing_is_guessed),
    CASE(with_the_truth_the_strict_attack_says_what_enumeration_says),
    CASE(with_the_truth_the_basic_attack_says_what_enumeration_says),
    CASE(in_five_dimensions_the_strict_attack_says_what_enumeration_says),
    CASE(in_five_dimensions_the_basic_attack_says_what_enumeration_says),
    CASE(from_outside_the_strict_attack_says_what_enumeration_says),
    CASE(from_outside_the_basic_attack_says_what_enumeration_says),
    CASE(a_misprint_is_a_contradiction_exactly_when_no_table_agrees),
    CASE(propagation_never_cuts_a_possible_table),
    CASE(one_secondary_less_than_a_minimal_pattern_is_noticed))
