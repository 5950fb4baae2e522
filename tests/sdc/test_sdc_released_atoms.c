/* SPDX-License-Identifier: EUPL-1.2 */
/* Releases whose crossing is too large to be cells, attacked from their atoms:
 * against a linear program with one column per atom and one row per printed
 * cell, which knows nothing of universes. */
#include "released_files.h"
#include "world.h"

#include <math.h>

#include "sdc/audit_sheet.h"
#include "sdc/lp.h"

enum {
    THRESHOLD = 5,
    REGIONS = 24, /* of three départements each */
    AGES = 3,
};

/* Ages that cells are of: the leaves first. */
struct band {
    const char *code;
    int first, last;
};
static const struct band bands[] = {
    {"00-39", 0, 0}, {"40-64", 1, 1}, {"65+", 2, 2},
    {"T", 0, 2},     {"00-64", 0, 1}, {"40+", 1, 2},
};
enum {
    WHOLE = 3, /* of them */
    BANDS = 4, /* those that overlap, from here on */
};

/* Départements by site, sex and age over two years; and them and the régions,
 * for all sites and both sexes, by age in the later year. */
struct stack {
    struct arena *arena;
    char *folder;
    int regions;
    bool men;       /* the first site occurs in men alone */
    bool zones;     /* there are others, by bands of ages in the later year */
    bool full;      /* no cell is a zero */
    int64_t more;   /* cases of one cell */
    double seconds; /* of the attack from atoms, or 0 */
    int64_t lie;    /* too many of one région, around which all is withheld */
    uint64_t state; /* of the draw */
    int64_t (*early)[2][2][AGES], (*late)[2][2][AGES];
    size_t count; /* of printed cells */
    bool *held;   /* [count] */
    int64_t *counts;
    int (*places)[2]; /* [count] first and last département */
    int *ages;        /* [count] among the bands */
    int *kinds;       /* [count] 2 * site + sex, or 4: of the later year */
    struct text rows;
    struct released *released;
    enum audit_verdict *first, *verdicts;
    struct released_again again;
    struct err err;
};

/* --- the files ------------------------------------------------------------ */

static void draw(struct stack *stack)
{
    static const int some[] = {0, 0, 0, 0, 0, 0, 5, 6};
    static const int before[] = {0, 0, 0, 1, 2};
    for (int p = 0; p < 3 * stack->regions; p++) {
        for (int i = 0; i < 4 * AGES; i++) {
            int site = i / 2 % 2, sex = i % 2, age = i / 4;
            int drawn = world_below(&stack->state, 8);
            int count = stack->full ? 6 : some[drawn];
            int early = count == 0 ? 0 : before[world_below(&stack->state, 5)];
            if (stack->men && site == 0 && sex == 1)
                count = early = 0;
            stack->early[p][site][sex][age] = early;
            stack->late[p][site][sex][age] = count - early;
        }
    }
    stack->late[0][1][0][0] += stack->more;
}

static int64_t count_of(const struct stack *stack, int first, int last, int age,
                        int kind)
{
    int64_t sum = 0;
    for (int p = first; p <= last; p++) {
        for (int i = 0; i < 4 * AGES; i++) {
            int site = i / 2 % 2, sex = i % 2;
            if (i / 4 < bands[age].first || i / 4 > bands[age].last ||
                (kind < 4 && kind != 2 * site + sex))
                continue;
            sum += stack->late[p][site][sex][i / 4];
            sum += kind < 4 ? stack->early[p][site][sex][i / 4] : 0;
        }
    }
    return sum;
}

static void print_cell(struct stack *stack, const char *place, int first,
                       int last, int age, int kind)
{
    static const char *const kinds[] = {"POU,M", "POU,F", "COL,M", "COL,F",
                                        "ALL,T"};
    size_t cell = stack->count++;
    int64_t count = count_of(stack, first, last, age, kind);
    bool near = stack->lie > 0 && last < 3;
    bool lie = near && first < last && age == 0;
    bool held = (count > 0 && count < THRESHOLD) ||
                (kind == 4 && count > 0 &&
                 (world_below(&stack->state, 10) < 7 || near));
    held = held && !lie;
    count += lie ? stack->lie : 0;
    stack->held[cell] = held;
    stack->counts[cell] = count;
    stack->places[cell][0] = first;
    stack->places[cell][1] = last;
    stack->ages[cell] = age;
    stack->kinds[cell] = kind;
    text_format(&stack->rows, "cases,count,,%s,%s,%s,%s,T,", place, kinds[kind],
                bands[age].code, kind == 4 ? "2022" : "2021-2022");
    if (held)
        text_add(&stack->rows, ",,,c\n");
    else
        text_format(&stack->rows, "%lld,,,v\n", (long long)count);
}

static void print_cells(struct stack *stack)
{
    int places = 3 * stack->regions;
    for (int p = 0; p < places; p++) {
        const char *name = arena_format(stack->arena, "dep,D%d", p);
        for (int i = 0; i < 4 * AGES; i++) {
            if (!stack->men || i % 4 != 1)
                print_cell(stack, name, p, p, i / 4, i % 4);
        }
        for (int age = 0; age <= WHOLE; age++)
            print_cell(stack, name, p, p, age, 4);
    }
    for (int r = 0; r < stack->regions; r++) {
        for (int age = 0; age <= WHOLE; age++)
            print_cell(stack, arena_format(stack->arena, "reg,R%d", r), 3 * r,
                       3 * r + 2, age, 4);
    }
    for (int r = 0; stack->zones && r < stack->regions - 1; r++) {
        for (size_t band = BANDS; band < COUNT_OF(bands); band++)
            print_cell(stack, arena_format(stack->arena, "zone,Z%d", r),
                       3 * r + 1, 3 * r + 3, (int)band, 4);
    }
}

/* Another measure, of which every atom is a cell. */
#define DEATHS                                                                 \
    "deaths,count,,dep,D0,ALL,T,T,2022,T,,,,c\n"                               \
    "deaths,count,,dep,D1,ALL,T,T,2022,T,,,,c\n"                               \
    "deaths,count,,dep,D2,ALL,T,T,2022,T,9,,,v\n"                              \
    "deaths,count,,reg,R0,ALL,T,T,2022,T,20,,,v\n"
static void put_files(struct stack *stack, const char *rows)
{
    struct arena *arena = stack->arena;
    struct text places = text_new(arena), sums = text_new(arena);
    for (int p = 0; p < 3 * stack->regions; p++) {
        text_format(&places, "dep,D%d,x,x,,,,,,\n", p);
        text_format(&sums, "territory,reg,R%d,dep,D%d\n", p / 3, p);
    }
    for (int r = 0; r < stack->regions; r++)
        text_format(&places, "reg,R%d,x,x,,,,,,\n", r);
    for (int z = 0; stack->zones && z < stack->regions - 1; z++) {
        text_format(&places, "zone,Z%d,x,x,,,,,,\n", z);
        for (int p = 3 * z + 1; p <= 3 * z + 3; p++)
            text_format(&sums, "territory,zone,Z%d,dep,D%d\n", z, p);
    }
    text_add(&sums, "age,total,T,leaf,00-39\nage,total,T,leaf,40-64\n"
                    "age,total,T,leaf,65+\n"
                    "age,band,00-64,leaf,00-39\nage,band,00-64,leaf,40-64\n"
                    "age,band,40+,leaf,40-64\nage,band,40+,leaf,65+\n"
                    "period,band,2021-2022,leaf,2021\n"
                    "period,band,2021-2022,leaf,2022\n");
    const struct released_files files = {
        .head = "\"disclosure\": {\"threshold\": 5, \"rules\": []}",
        .territory = places.at,
        .age = "leaf,00-39,x,x,,,,,0,39\nleaf,40-64,x,x,,,,,40,64\n"
               "leaf,65+,x,x,,,,,65,-1\ntotal,T,x,x,,,,,0,-1\n"
               "band,00-64,x,x,,,,,0,64\nband,40+,x,x,,,,,40,-1\n",
        .period = "leaf,2021,x,x,,,,,2021,2021\nleaf,2022,x,x,,,,,2022,2022\n"
                  "band,2021-2022,x,x,,,,,2021,2022\n",
        .relation = sums.at,
        .rows = rows,
    };
    released_write(arena, stack->folder, &files);
    released_put(arena, stack->folder, "d/codes/measure.csv",
                 "code,kind,numerator,denominator,confidential,source\n"
                 "cases,count,,,true,R\ndeaths,count,,,true,R\n");
    if (stack->men)
        released_put(arena, stack->folder, "d/codes/site.csv",
                     RELEASED_NODES "all,ALL,A,A,,,,,,\n"
                                    "site,POU,P,P,all,ALL,,M,,\n"
                                    "site,COL,C,C,all,ALL,,,,\n");
}

static struct stack stack_new(uint64_t seed, int regions)
{
    struct arena *arena = arena_new();
    size_t most = (size_t)regions * (3 * 16 + 6);
    struct stack stack = {
        .arena = arena,
        .folder = check_directory(),
        .regions = regions,
        .state = seed * 49979687,
        .early = arena_array(arena, 3 * (size_t)regions, sizeof *stack.early),
        .late = arena_array(arena, 3 * (size_t)regions, sizeof *stack.late),
        .held = arena_array(arena, most, sizeof *stack.held),
        .counts = arena_array(arena, most, sizeof *stack.counts),
        .places = arena_array(arena, most, sizeof *stack.places),
        .ages = arena_array(arena, most, sizeof *stack.ages),
        .kinds = arena_array(arena, most, sizeof *stack.kinds),
        .rows = text_new(arena),
    };
    return stack;
}

static void stack_end(struct stack *stack)
{
    check_remove(stack->folder);
    arena_wipe(stack->arena);
}

/* --- the attacks ---------------------------------------------------------- */

static bool attack(struct stack *stack)
{
    const struct released_input given = {.directory = stack->folder};
    struct audit_effort effort = {0};
    if (!released_read(stack->arena, &given, &stack->released, &stack->err))
        fail_msg("%s", stack->err.text);
    struct audit_input input =
        released_attack(stack->arena, stack->released, AUDIT_STRICT);
    size_t size = input.cells * sizeof *stack->verdicts;
    stack->first = arena_alloc(stack->arena, size);
    stack->verdicts = arena_alloc(stack->arena, size);
    if (!audit_public(&input, stack->first, &effort, &stack->err))
        fail_msg("%s", stack->err.text);
    memcpy(stack->verdicts, stack->first, size);
    input.seconds = stack->seconds;
    return released_attack_atoms(stack->arena, stack->released, &input,
                                 stack->verdicts, &stack->again, &stack->err);
}

/* Draws, prints and attacks it. */
static void attack_drawn(struct stack *stack, const char *more)
{
    draw(stack);
    print_cells(stack);
    text_add(&stack->rows, more);
    put_files(stack, stack->rows.at);
    if (!attack(stack))
        fail_msg("%s", stack->err.text);
}

/* Column of an atom: of the earlier year first. */
static bool holds(const struct stack *stack, size_t cell, int column)
{
    int place = column / 24, kind = column % 4, age = column / 4 % 3;
    bool later = column / 12 % 2 == 1;
    return stack->places[cell][0] <= place && place <= stack->places[cell][1] &&
           bands[stack->ages[cell]].first <= age &&
           age <= bands[stack->ages[cell]].last &&
           (stack->kinds[cell] == 4 ? later : stack->kinds[cell] == kind);
}

static struct lp *program(const struct stack *stack)
{
    struct arena *arena = stack->arena;
    size_t columns = 24 * 3 * (size_t)stack->regions, rows = stack->count;
    int *starts = arena_array(arena, columns + 1, sizeof *starts);
    int *row = arena_array(arena, 8 * columns, sizeof *row), filled = 0;
    double *value = arena_array(arena, 8 * columns, sizeof *value);
    double *low = arena_array(arena, columns, sizeof *low);
    double *high = arena_array(arena, columns, sizeof *high);
    double *least = arena_array(arena, rows, sizeof *least);
    double *most = arena_array(arena, rows, sizeof *most);
    for (size_t a = 0; a < columns; a++) {
        for (size_t c = 0; c < rows; c++) {
            if (!holds(stack, c, (int)a))
                continue;
            row[filled] = (int)c;
            value[filled++] = 1;
        }
        starts[a + 1] = filled;
        high[a] = stack->men && a % 4 == 1 ? 0 : HUGE_VAL;
    }
    for (size_t c = 0; c < rows; c++) {
        least[c] = stack->held[c] ? 1 : (double)stack->counts[c];
        most[c] = stack->held[c] ? HUGE_VAL : (double)stack->counts[c];
    }
    const struct lp_shape shape = {(int)columns, (int)rows, starts, row, value,
                                   low,          high,      least,  most};
    return lp_new(arena, &shape);
}

/* The least that the cell can be, times `sign`; no more than that. */
static double extreme(const struct stack *stack, struct lp *lp, size_t cell,
                      int sign)
{
    int columns = 24 * 3 * stack->regions;
    double sum = 0;
    for (int a = 0; a < columns; a++)
        lp_price(lp, a, holds(stack, cell, a) ? sign : 0);
    lp_forget(lp);
    if (lp_minimise(lp, (struct lp_limits){.seconds = HUGE_VAL}) != LP_SOLVED)
        return -HUGE_VAL; /* without end */
    for (int a = 0; a < columns; a++)
        sum += holds(stack, cell, a) ? lp_columns(lp)[a] : 0;
    return sign * sum;
}

static bool is_exposed(const struct stack *stack, struct lp *lp, size_t cell)
{
    double low = ceil(extreme(stack, lp, cell, 1) - 1e-6);
    double high = floor(1e-6 - extreme(stack, lp, cell, -1));
    return high - low < THRESHOLD - 2 && low < THRESHOLD && high >= 1;
}

/* Every withheld cell; *only counts those that cells alone do not give away. */
static void compare(const struct stack *stack, size_t *only)
{
    struct lp *lp = program(stack);
    size_t asked = 0, exposed = 0;
    for (size_t c = 0; c < stack->count; c++) {
        if (!stack->held[c])
            continue;
        bool found = stack->verdicts[c] == AUDIT_EXPOSED;
        if (found != is_exposed(stack, lp, c))
            fail_msg("%s: %s, against the program",
                     released_name(stack->arena, stack->released, c),
                     found ? "exposed" : "safe");
        bool before = stack->first[c] == AUDIT_EXPOSED;
        asked += !before;
        exposed += found && !before;
    }
    CHECK_INT(stack->again.asked, asked);
    CHECK_INT(stack->again.exposed, exposed);
    CHECK_INT(stack->again.open, 0);
    CHECK_INT(stack->again.without, 0);
    *only += exposed;
    lp_free(lp);
}

/* --- tests ---------------------------------------------------------------- */

TEST(what_only_atoms_tell_is_found)
{
    size_t only = 0;
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(3); seed++) {
        struct stack stack = stack_new(seed, REGIONS);
        attack_drawn(&stack, DEATHS);
        compare(&stack, &only);
        stack_end(&stack);
    }
    CHECK(only > CHECK_SEEDS(3) * 3);
}

TEST(an_atom_whose_site_does_not_occur_in_its_sex_has_nobody)
{
    size_t only = 0;
    struct stack stack = stack_new(5, REGIONS);
    stack.men = true;
    attack_drawn(&stack, "");
    compare(&stack, &only);
    CHECK(only > 5);
    stack_end(&stack);
}

/* Zones that do not nest, and bands that overlap. */
TEST(zones_and_bands_are_held_together_by_atoms)
{
    size_t only = 0;
    struct stack stack = stack_new(7, REGIONS);
    stack.zones = true;
    attack_drawn(&stack, "");
    compare(&stack, &only);
    CHECK(only > 5);
    stack_end(&stack);
}

TEST(what_the_time_does_not_allow_is_not_settled)
{
    struct stack stack = stack_new(1, REGIONS);
    stack.seconds = 1e-9;
    attack_drawn(&stack, "");
    size_t open = 0;
    for (size_t c = 0; c < stack.count; c++)
        open += stack.verdicts[c] == AUDIT_OPEN;
    CHECK(open > 10);
    CHECK_INT(stack.again.open, open);
    stack_end(&stack);
}

/* Of men among all cases of a département in the later year. */
static const char *share_of_men(struct stack *stack)
{
    int place = 0;
    while (count_of(stack, place, place, WHOLE, 4) == 0)
        place++;
    int64_t all = count_of(stack, place, place, WHOLE, 4), men = 0;
    for (int i = 0; i < 2 * AGES; i++)
        men += stack->late[place][i % 2][0][i / 2];
    return arena_format(stack->arena,
                        "cases,share,,dep,D%d,ALL,T,T,2022,T,100.0,,,v\n"
                        "cases,share,,dep,D%d,ALL,M,T,2022,T,%.1f,,,v\n",
                        place, place, 100.0 * (double)men / (double)all);
}

TEST(shares_are_told_beside_atoms)
{
    struct stack stack = stack_new(1, REGIONS);
    struct stack plain = stack_new(1, REGIONS);
    attack_drawn(&plain, "");
    attack_drawn(&stack, share_of_men(&plain));
    CHECK(stack.released->band_count > 0);
    for (size_t c = 0; c < stack.count; c++)
        CHECK(plain.verdicts[c] != AUDIT_EXPOSED ||
              stack.verdicts[c] == AUDIT_EXPOSED);
    stack_end(&plain);
    stack_end(&stack);
}

TEST(a_sum_that_no_atoms_have_is_a_contradiction)
{
    struct stack stack = stack_new(1, REGIONS);
    stack.lie = 1000;
    draw(&stack);
    print_cells(&stack);
    put_files(&stack, stack.rows.at);
    CHECK(!attack(&stack));
    CHECK_TEXT(stack.err.id, "audit.contradiction");
    stack_end(&stack);
}

/* Nothing is said from atoms, but that; returns how many cells. */
static size_t left_out(struct stack *stack)
{
    size_t attacked = 0;
    for (size_t c = 0; c < stack->released->universe->count; c++) {
        CHECK_INT(stack->verdicts[c], stack->first[c]);
        attacked += stack->first[c] != AUDIT_PUBLIC;
    }
    CHECK_INT(stack->again.asked, 0);
    CHECK_INT(stack->again.without, attacked);
    return attacked;
}

TEST(too_many_atoms_are_left_out_and_that_is_said)
{
    struct stack stack = stack_new(1, 56); /* 4,032 */
    stack.full = true;
    attack_drawn(&stack, "");
    CHECK(left_out(&stack) > 100);
    stack_end(&stack);
}

/* So many places, and as many ages and years of all places. */
TEST(a_crossing_too_large_to_be_numbered_is_left_out)
{
    enum { MANY = 47 }; /* 103,823 */
    struct stack stack = stack_new(1, 0);
    struct text places = text_new(stack.arena), ages = text_new(stack.arena);
    struct text years = text_new(stack.arena), sums = text_new(stack.arena);
    for (int i = 0; i < MANY; i++) {
        text_format(&places, "dep,D%d,x,x,,,,,,\n", i);
        text_format(&ages, "leaf,%02d,x,x,,,,,%d,%d\n", i, i, i);
        text_format(&years, "leaf,%d,x,x,,,,,%d,%d\n", 1970 + i, 1970 + i,
                    1970 + i);
        text_format(&sums,
                    "territory,root,FR,dep,D%d\nage,total,T,leaf,%02d\n"
                    "period,all,1970-2016,leaf,%d\n",
                    i, i, 1970 + i);
        text_format(&stack.rows,
                    "cases,count,,dep,D%d,POU,T,T,1970-2016,T,%s\n"
                    "cases,count,,root,FR,POU,T,%02d,1970-2016,T,9,,,v\n"
                    "cases,count,,root,FR,POU,T,T,%d,T,9,,,v\n",
                    i, i < 2 ? ",,,c" : "9,,,v", i, 1970 + i);
    }
    text_add(&places, "root,FR,x,x,,,,,,\n");
    text_add(&ages, "total,T,x,x,,,,,0,46\n");
    text_add(&years, "all,1970-2016,x,x,,,,,1970,2016\n");
    const struct released_files files = {
        .head = "\"disclosure\": {\"threshold\": 5, \"rules\": []}",
        .territory = places.at,
        .age = ages.at,
        .period = years.at,
        .relation = sums.at,
        .rows = stack.rows.at,
    };
    released_write(stack.arena, stack.folder, &files);
    CHECK(attack(&stack));
    CHECK(left_out(&stack) >= 2);
    stack_end(&stack);
}

TEST(counts_that_no_program_holds_to_a_whole_are_left_out)
{
    struct stack stack = stack_new(1, REGIONS);
    stack.more = 1000000000;
    attack_drawn(&stack, "");
    CHECK(left_out(&stack) > 100);
    stack_end(&stack);
}

RUN(CASE(what_only_atoms_tell_is_found),
    CASE(an_atom_whose_site_does_not_occur_in_its_sex_has_nobody),
    CASE(zones_and_bands_are_held_together_by_atoms),
    CASE(what_the_time_does_not_allow_is_not_settled),
    CASE(shares_are_told_beside_atoms),
    CASE(a_sum_that_no_atoms_have_is_a_contradiction),
    CASE(a_crossing_too_large_to_be_numbered_is_left_out),
    CASE(too_many_atoms_are_left_out_and_that_is_said),
    CASE(counts_that_no_program_holds_to_a_whole_are_left_out))
