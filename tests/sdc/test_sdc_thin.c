/* SPDX-License-Identifier: EUPL-1.2 */
/* Drawn sheets, protected: nothing is exposed, and no secondary can be shown
 * alone. Full enumeration decides both. */
#include "brute.h"
#include "sheet_fixture.h"

#include "sdc/protect_sheet.h"

/* The codes of a dimension: its leaves, all of them, and pairs that cross. */
static const char *code_of(const struct brute *b, int dim, size_t node)
{
    unsigned mask = b->node_leaves[dim][node];
    if (node < (size_t)b->leaves_of[dim])
        return arena_format(b->arena, "l%zu", node);
    return mask == 3 && b->leaves_of[dim] > 2 ? "p" : mask == 6 ? "q" : "T";
}

static void put_axis(struct desk *desk, const struct brute *b, int dim)
{
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    size_t total = (size_t)b->leaves_of[dim];
    for (size_t node = total; node < (size_t)b->nodes[dim]; node++) {
        const char *code = code_of(b, dim, node);
        struct text rows = text_new(b->arena);
        text_format(&rows, "T,\n");
        if (node > total)
            text_format(&rows, "%s,T\n", code);
        for (size_t leaf = 0; leaf < total; leaf++) {
            bool in = b->node_leaves[dim][node] >> leaf & 1;
            text_format(&rows, "l%zu,%s\n", leaf, in ? code : "T");
        }
        desk_hierarchy(desk, names[dim],
                       arena_format(b->arena, "%s-%s.csv", names[dim], code),
                       rows.at);
    }
}

static void put_leaves(struct desk *desk, const struct brute *b)
{
    struct text rows = text_new(b->arena);
    for (int d = 0; d < b->dims; d++)
        text_format(&rows, "%c,", 'a' + d);
    text_format(&rows, "n\n");
    for (size_t at = 0; at < b->leaves; at++) {
        size_t stride = b->leaves;
        for (int d = 0; d < b->dims; d++) {
            stride /= (size_t)b->leaves_of[d];
            text_format(&rows, "l%zu,", at / stride % (size_t)b->leaves_of[d]);
        }
        text_format(&rows, "%lld\n", (long long)b->leaf[at]);
    }
    CHECK(desk_leaves(desk, rows.at));
}

static size_t node_of(const struct sheet_axis *axis, const char *code)
{
    size_t node = 0;
    while (!text_same(axis->codes[node], code))
        CHECK(++node < axis->nodes);
    return node;
}

/* The sheet's number of a cell of the brute table. */
static size_t cell_of(const struct sheet *sheet, const struct brute *b,
                      size_t cell)
{
    size_t out = 0;
    for (int d = 0; d < b->dims; d++) {
        size_t node = cell / brute_stride(b, d) % (size_t)b->nodes[d];
        out +=
            node_of(&sheet->axes[d], code_of(b, d, node)) * sheet->strides[d];
    }
    return out;
}

/* Protects the table and takes what was chosen over. */
static void protect(struct brute *b, const struct sheet_policy *policy)
{
    struct desk desk = desk_new();
    struct sheet_report report;
    for (int d = 0; d < b->dims; d++)
        put_axis(&desk, b, d);
    CHECK(desk_axes(&desk));
    put_leaves(&desk, b);
    if (!sheet_protect(desk.arena, desk.sheet, policy, &report, &desk.err))
        fail_msg("%s", desk.err.text);
    for (size_t c = 0; c < b->cells; c++) {
        size_t at = cell_of(desk.sheet, b, c);
        CHECK_INT(desk.sheet->counts[at], b->counts[c]);
        b->guards[c] = desk.sheet->status[at] == SHEET_SHOWN ? AUDIT_SHOWN
                       : desk.sheet->status[at] == SHEET_PRIMARY
                           ? AUDIT_PRIMARY
                           : AUDIT_GUARDED;
        b->lower[c] = policy->basic || policy->zeros ? 0 : 1;
        b->upper[c] = AUDIT_UNLIMITED;
    }
    brute_input(b);
    desk_end(&desk);
}

static bool is_bad(struct brute *b)
{
    bool bad = false;
    brute_attack(b);
    for (size_t c = 0; c < b->cells; c++)
        bad = bad || brute_exposed(b, c) || brute_betrayed(b, c);
    return bad;
}

struct tally {
    int tables, beyond, secondaries;
};

/* Each secondary shown alone must expose something. */
static void mutate(uint64_t seed, struct brute *b, struct tally *tally)
{
    for (size_t c = 0; c < b->cells; c++) {
        if (b->guards[c] != AUDIT_GUARDED)
            continue;
        b->guards[c] = AUDIT_SHOWN;
        bool bad = is_bad(b);
        if (b->complete && !bad)
            fail_msg("seed %llu: cell %zu could be shown",
                     (unsigned long long)seed, c);
        tally->secondaries += b->complete;
        b->guards[c] = AUDIT_GUARDED;
    }
}

static struct brute *draw(uint64_t seed)
{
    static const int shapes[][BRUTE_DIMS] = {
        {3, 3}, {3, 2}, {2, 2, 2}, {3, 2, 2}, {2, 2, 2, 2}, {2, 2, 2, 2, 2},
    };
    struct brute *b = brute_seeded(seed);
    brute_shape(b, shapes[brute_below(b, COUNT_OF(shapes))]);
    /* In this order with every compiler. */
    int zeros = 1 + brute_below(b, 6);
    int ones = 1 + brute_below(b, 3);
    int top = 4 + brute_below(b, 4);
    brute_fill(b, zeros, ones, top);
    return b;
}

static void check_drawn(uint64_t first, struct sheet_policy policy)
{
    struct tally tally = {0};
    uint64_t last = first + CHECK_SEEDS(40);
    for (uint64_t seed = first; seed < last; seed++) {
        struct brute *b = draw(seed);
        policy.threshold = b->input.threshold;
        policy.certificate = seed % 2 == 0 ? "proof" : "";
        protect(b, &policy);
        bool bad = is_bad(b);
        tally.tables++;
        tally.beyond += !b->complete;
        if (b->complete && bad)
            fail_msg("seed %llu: exposed", (unsigned long long)seed);
        if (b->complete)
            mutate(seed, b, &tally);
        brute_free(b);
    }
    print_message("%d tables (%d beyond the oracle), %d secondaries\n",
                  tally.tables, tally.beyond, tally.secondaries);
    CHECK(CHECK_SANITIZED || tally.beyond * 2 < tally.tables);
    CHECK(tally.secondaries > tally.tables);
}

TEST(under_the_strict_attack_no_secondary_can_be_shown_alone)
{
    check_drawn(1, (struct sheet_policy){.certificate = ""});
}

TEST(under_the_basic_attack_no_secondary_can_be_shown_alone)
{
    check_drawn(10001, (struct sheet_policy){.basic = true, .certificate = ""});
}

TEST(where_zeros_may_be_suppressed_no_secondary_can_be_shown_alone)
{
    check_drawn(20001, (struct sheet_policy){.zeros = true,
                                             .zero_price = 300,
                                             .certificate = ""});
}

RUN(CASE(under_the_strict_attack_no_secondary_can_be_shown_alone),
    CASE(under_the_basic_attack_no_secondary_can_be_shown_alone),
    CASE(where_zeros_may_be_suppressed_no_secondary_can_be_shown_alone))
