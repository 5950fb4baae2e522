/* SPDX-License-Identifier: EUPL-1.2 */
/* Protection when its time ends: wherever that is, a table or a release is
 * refused, or it is what it is with all the time it wants. */
#include "late_clock.h"
#include "sheet_fixture.h"
#include "world.h"

#include "base/splitmix.h"
#include "sdc/protect_sheet.h"

/* --- a table -------------------------------------------------------------- */

typedef void make_desk(struct desk *desk);

static bool protect_desk(struct desk *desk, make_desk *make,
                         unsigned char *statuses)
{
    struct sheet_report report;
    const struct sheet_policy policy = {
        .threshold = 5, .seconds = 600, .certificate = ""};
    *desk = desk_new();
    make(desk);
    desk->err = (struct err){0};
    bool ok =
        sheet_protect(desk->arena, desk->sheet, &policy, &report, &desk->err);
    for (size_t c = 0; ok && c < desk->sheet->cells; c++)
        statuses[c] = (unsigned char)desk->sheet->status[c];
    return ok;
}

static void end_at_every_look(make_desk *make)
{
    unsigned char full[99], cut[99];
    struct desk desk;
    stop_after(-1);
    CHECK(protect_desk(&desk, make, full));
    size_t cells = desk.sheet->cells;
    long all = looks;
    CHECK(cells <= COUNT_OF(full));
    CHECK(all > 4);
    desk_end(&desk);
    for (long count = 1; count <= all; count++) {
        stop_after(count);
        bool ok = protect_desk(&desk, make, cut);
        if (ok) {
            CHECK(memcmp(full, cut, cells) == 0);
        } else {
            CHECK_INT(desk.err.code, ERR_DISCLOSURE);
            CHECK_TEXT(desk.err.text,
                       "the time limit came before the table was protected");
        }
        /* The first look starts the clock, the last one ends the report. */
        CHECK_INT(ok, count == 1 || count == 2 || count == all);
        desk_end(&desk);
    }
    stop_after(-1);
}

/* Places by kinds by two sexes: programs decide which secondaries stay, and
 * show some that others gave away. */
static void desk_doubtful(struct desk *desk)
{
    struct text leaves = text_new(desk->arena);
    uint64_t seed = 2;
    text_add(&leaves, "a,b,c,n\n");
    for (int i = 0; i < 4 * 4 * 2; i++)
        text_format(&leaves, "%d,%d,%c,%d\n", i / 8, i / 2 % 4, "MF"[i % 2],
                    (int)(splitmix_next(&seed) % 9));
    desk_hierarchy(desk, "a", "a.csv", "T,\n0,T\n1,T\n2,T\n3,T\n");
    desk_hierarchy(desk, "b", "b.csv", "T,\n0,T\n1,T\n2,T\n3,T\n");
    desk_hierarchy(desk, "c", "c.csv", "T,\nM,T\nF,T\n");
    CHECK(desk_axes(desk));
    CHECK(desk_leaves(desk, leaves.at));
}

TEST(a_table_whose_time_ends_at_any_look_is_refused_or_the_same)
{
    end_at_every_look(desk_crossing);
    end_at_every_look(desk_doubtful);
}

/* --- a release ------------------------------------------------------------ */

/* Eight départements in two régions, by sex: small counts at random. */
static bool protect_random(struct world *world, uint64_t seed)
{
    *world = world_new(5);
    world_leaves(world, DIM_TERRITORY, 8);
    world_node(world, DIM_TERRITORY, "R1", 0, 3, false);
    world_node(world, DIM_TERRITORY, "R2", 4, 7, false);
    world_node(world, DIM_TERRITORY, "FR", 0, 7, false);
    world_leaves(world, DIM_SEX, 2);
    world_node(world, DIM_SEX, "T", 0, 1, false);
    world_table(world);
    for (size_t i = 0; i < world->leaves; i++)
        world->table[i] = world_below(&seed, 14);
    world_name_totals(world);
    world_add_all(world, -1);
    return world_protect(world);
}

static bool is_same(const struct world *a, const struct world *b)
{
    bool same = a->universe->count == b->universe->count;
    for (size_t c = 0; same && c < a->universe->count; c++)
        same = a->universe->flags[c] == b->universe->flags[c];
    return same;
}

TEST(a_release_whose_time_ends_at_any_look_is_refused_or_the_same)
{
    size_t refused = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct world full, cut;
        stop_after(-1);
        CHECK(protect_random(&full, seed));
        long all = looks;
        for (long count = 1; count <= all; count++) {
            stop_after(count);
            if (protect_random(&cut, seed))
                CHECK(is_same(&full, &cut));
            else
                CHECK_INT(cut.err.code, ERR_DISCLOSURE);
            refused += cut.err.code != 0;
            world_free(&cut);
        }
        world_free(&full);
    }
    stop_after(-1);
    CHECK(refused >= 12);
}

RUN(CASE(a_table_whose_time_ends_at_any_look_is_refused_or_the_same),
    CASE(a_release_whose_time_ends_at_any_look_is_refused_or_the_same))
