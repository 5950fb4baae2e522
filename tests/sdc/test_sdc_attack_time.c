/* SPDX-License-Identifier: EUPL-1.2 */
/* The attack when its time ends: wherever that is, what it says then is what
 * it says with all the time it wants, or that a cell is open. */
#include "brute.h"
#include "late_clock.h"
#include "sdc/audit_impl.h"
#include "sdc/lp.h"

/* Under the sanitizers a part of the tables will do. */
#ifdef ARENA_STRICT
enum { TABLES = 8 };
#else
enum { TABLES = 40 };
#endif

static void check_verdicts(const struct brute *b,
                           const enum audit_verdict *full,
                           const enum audit_verdict *cut, size_t *open)
{
    for (size_t c = 0; c < b->cells; c++) {
        bool doubt = cut[c] == AUDIT_OPEN || cut[c] == AUDIT_SINGLE;
        *open += doubt;
        if (!doubt && audit_settled(cut[c]) != audit_settled(full[c]))
            fail_msg("cell %zu: verdict %d, not %d", c, (int)cut[c],
                     (int)full[c]);
    }
}

static void attack_inside(struct brute *b, enum audit_verdict *verdicts)
{
    struct err err = {0};
    if (!audit_run(&b->input, verdicts, &err) ||
        !audit_solve(&b->input, verdicts, NULL, &err))
        fail_msg("%s", err.text);
}

TEST(time_that_ends_at_any_look_settles_nothing_wrongly)
{
    size_t open = 0;
    for (uint64_t seed = 1; seed <= TABLES; seed++) {
        struct brute *b = brute_new(seed, seed % 2 == 0);
        enum audit_verdict full[BRUTE_CELLS], cut[BRUTE_CELLS];
        stop_after(-1);
        attack_inside(b, full);
        long all = looks;
        for (long count = 1; count <= all; count++) {
            stop_after(count);
            attack_inside(b, cut);
            check_verdicts(b, full, cut, &open);
        }
        brute_free(b);
    }
    stop_after(-1);
    CHECK(open > 0);
}

TEST(from_outside_neither)
{
    size_t open = 0;
    for (uint64_t seed = 1001; seed <= 1000 + TABLES; seed++) {
        struct brute *b = brute_new(seed, seed % 2 == 0);
        enum audit_verdict full[BRUTE_CELLS], cut[BRUTE_CELLS];
        struct audit_effort effort;
        struct err err = {0};
        brute_hide(b);
        stop_after(-1);
        CHECK(audit_public(&b->input, full, &effort, &err));
        long all = looks;
        for (long count = 1; count <= all; count++) {
            stop_after(count);
            CHECK(audit_public(&b->input, cut, &effort, &err));
            check_verdicts(b, full, cut, &open);
        }
        brute_free(b);
    }
    stop_after(-1);
    CHECK(open > 0);
}

/* x + y = y + z = z + x = 1: halves would do, and no single sum objects. */
TEST(sums_that_only_halves_make_are_a_contradiction)
{
    static const int64_t counts[] = {1, 1, 1, -1, -1, -1};
    static const int64_t lower[6];
    static const int64_t upper[] = {9, 9, 9, 9, 9, 9};
    static const enum audit_guard guards[] = {AUDIT_SHOWN,   AUDIT_SHOWN,
                                              AUDIT_SHOWN,   AUDIT_GUARDED,
                                              AUDIT_GUARDED, AUDIT_GUARDED};
    static const uint32_t members[] = {0, 3, 4, 1, 4, 5, 2, 5, 3};
    static const size_t starts[] = {0, 3, 6, 9};
    const struct audit_input input = {
        .cells = 6,
        .counts = counts,
        .lower = lower,
        .upper = upper,
        .guards = guards,
        .members = members,
        .starts = starts,
        .relations = 3,
        .threshold = 5,
    };
    enum audit_verdict verdicts[6];
    struct audit_effort effort;
    struct err err = {0};
    CHECK(!audit_public(&input, verdicts, &effort, &err));
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.text, "no table agrees with all that is shown");
}

TEST(lower_bounds_that_no_count_reaches_tell_nothing_of_a_sum)
{
    static const int64_t counts[3];
    static const int64_t lower[] = {1, INT64_MAX / 2 + 1, INT64_MAX / 2 + 1};
    static const int64_t upper[] = {AUDIT_UNLIMITED, AUDIT_UNLIMITED,
                                    AUDIT_UNLIMITED};
    static const enum audit_guard guards[] = {AUDIT_GUARDED, AUDIT_GUARDED,
                                              AUDIT_GUARDED};
    static const uint32_t members[] = {0, 1, 2};
    static const size_t starts[] = {0, 3};
    const struct audit_input input = {
        .cells = 3,
        .counts = counts,
        .lower = lower,
        .upper = upper,
        .guards = guards,
        .members = members,
        .starts = starts,
        .relations = 1,
        .threshold = 5,
    };
    struct arena *arena = arena_new();
    struct audit_bounds bounds;
    CHECK(audit_propagate(arena, &input, &bounds));
    CHECK_INT(bounds.low[0], 1);
    CHECK_INT(bounds.high[1], AUDIT_UNLIMITED);
    arena_wipe(arena);
}

/* x + y + z = 7, 2x - y - z = 2, each within 0..9, the largest x. */
TEST(a_solver_whose_time_has_passed_solves_nothing)
{
    static const int starts[] = {0, 2, 4, 6};
    static const int row[] = {0, 1, 0, 1, 0, 1};
    static const double value[] = {1, 2, 1, -1, 1, -1};
    static const double low[3], high[] = {9, 9, 9}, sums[] = {7, 2};
    const struct lp_shape shape = {3,   2,    starts, row, value,
                                   low, high, sums,   sums};
    static const double seconds[] = {60, 0, -1, -3600};
    struct arena *arena = arena_new();
    for (size_t s = 0; s < COUNT_OF(seconds); s++) {
        const struct lp_limits limits = {.seconds = seconds[s]};
        enum lp_end want = s == 0 ? LP_SOLVED : LP_UNKNOWN;
        double solution[3];
        bool found;
        struct lp *lp = lp_new(arena, &shape);
        lp_price(lp, 0, -1);
        CHECK_INT(lp_minimise(lp, limits), want);
        lp_forget(lp);
        CHECK_INT(lp_restore(lp, limits), want);
        CHECK_INT(lp_integers(lp, limits, &found, solution), want);
        lp_free(lp);
    }
    arena_wipe(arena);
}

/* --- counted work --------------------------------------------------------- */

enum {
    ITEMS = 14,
    SHARES = 2,
};

/* Items of two sizes to be shared out evenly in both. */
struct market {
    int starts[ITEMS + 1], row[ITEMS * SHARES];
    double value[ITEMS * SHARES], low[ITEMS], high[ITEMS], half[SHARES];
    struct lp_shape shape;
};

static void open_market(struct market *market, uint32_t seed)
{
    *market = (struct market){0};
    for (int i = 0; i < ITEMS; i++) {
        market->starts[i + 1] = SHARES * (i + 1);
        market->high[i] = 1;
        for (int r = 0; r < SHARES; r++) {
            seed = seed * 1103515245u + 12345u;
            double size = (double)((seed >> 16) % 100);
            market->row[SHARES * i + r] = r;
            market->value[SHARES * i + r] = size;
            market->half[r] += size / 2;
        }
    }
    for (int r = 0; r < SHARES; r++)
        market->half[r] = floor(market->half[r]);
    market->shape = (struct lp_shape){
        ITEMS,       SHARES,       market->starts, market->row,  market->value,
        market->low, market->high, market->half,   market->half,
    };
}

static enum lp_end share_out(const struct market *market,
                             struct lp_limits limits, double *solution)
{
    struct arena *arena = arena_new();
    struct lp *lp = lp_new(arena, &market->shape);
    bool found = false;
    enum lp_end end = lp_integers(lp, limits, &found, solution);
    CHECK(end == LP_UNKNOWN || found == (end == LP_SOLVED));
    lp_free(lp);
    arena_wipe(arena);
    return end;
}

static void check_shares(const struct market *market, const double *solution)
{
    for (int r = 0; r < SHARES; r++) {
        double sum = 0;
        for (int i = 0; i < ITEMS; i++)
            sum += market->value[SHARES * i + r] * nearbyint(solution[i]);
        CHECK_INT((int64_t)sum, (int64_t)market->half[r]);
    }
}

/* However much time there is. With all nodes it ends one way or the other. */
TEST(a_search_that_meets_its_number_of_nodes_settles_nothing)
{
    const struct lp_limits all = {.seconds = HUGE_VAL};
    const struct lp_limits few = {.seconds = HUGE_VAL, .nodes = 2};
    const struct lp_limits soon = {.seconds = 3600, .nodes = 2};
    size_t cut[3] = {0}, ends[3] = {0};
    for (uint32_t seed = 1; seed <= 6; seed++) {
        struct market market;
        double solution[ITEMS];
        open_market(&market, seed);
        enum lp_end early = share_out(&market, few, solution);
        CHECK_INT(share_out(&market, soon, solution), early);
        enum lp_end end = share_out(&market, all, solution);
        CHECK(early == end || early == LP_UNKNOWN);
        cut[early]++;
        ends[end]++;
        if (end == LP_SOLVED)
            check_shares(&market, solution);
    }
    CHECK(cut[LP_UNKNOWN] > 2);
    CHECK(ends[LP_SOLVED] > 0);
    CHECK(ends[LP_EMPTY] > 0);
    CHECK_INT(ends[LP_UNKNOWN], 0);
}

TEST(a_program_that_meets_its_number_of_iterations_is_not_solved)
{
    struct arena *arena = arena_new();
    struct market market;
    open_market(&market, 1);
    struct lp *lp = lp_new(arena, &market.shape);
    const struct lp_limits few = {.seconds = HUGE_VAL, .iterations = 1};
    const struct lp_limits all = {.seconds = HUGE_VAL};
    CHECK_INT(lp_restore(lp, few), LP_UNKNOWN);
    lp_forget(lp);
    CHECK_INT(lp_minimise(lp, few), LP_UNKNOWN);
    CHECK_INT(lp_minimise(lp, all), LP_SOLVED);
    lp_forget(lp);
    CHECK_INT(lp_restore(lp, all), LP_SOLVED);
    lp_free(lp);
    arena_wipe(arena);
}

RUN(CASE(a_search_that_meets_its_number_of_nodes_settles_nothing),
    CASE(a_program_that_meets_its_number_of_iterations_is_not_solved),
    CASE(a_solver_whose_time_has_passed_solves_nothing),
    CASE(lower_bounds_that_no_count_reaches_tell_nothing_of_a_sum),
    CASE(time_that_ends_at_any_look_settles_nothing_wrongly),
    CASE(from_outside_neither),
    CASE(sums_that_only_halves_make_are_a_contradiction))
