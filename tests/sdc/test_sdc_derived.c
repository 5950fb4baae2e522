/* SPDX-License-Identifier: EUPL-1.2 */
/* Every kind of value that a release can show, against the counts that it
 * withholds: what the kinds need shown, what their statuses tell, and twins:
 * other suppressed counts under which all that is published stays the same. */
#include "seal_fixture.h"

#include "pub/table.h"

/* --- the kinds ------------------------------------------------------------ */

enum need {
    NEEDS_NOTHING, /* tells of no case */
    NEEDS_OWN,     /* the count of the row */
    NEEDS_BASE,    /* and that of all sites */
    NEEDS_AGES,    /* and the proof of seal_ages.h */
};

static const struct kind {
    const char *name, *measure;
    struct plan_value value;
    enum need need;
} kinds[] = {
    {"count", "cases", {.kind = VALUE_COUNT}, NEEDS_OWN},
    {"person-years", "cases", {.kind = VALUE_PERSON_YEARS}, NEEDS_NOTHING},
    {"crude rate with limits",
     "cases",
     {.kind = VALUE_CRUDE_RATE, .interval = true, .decimals = 1},
     NEEDS_OWN},
    {"standardised rate with limits",
     "cases",
     {.kind = VALUE_STANDARDISED_RATE,
      .standard = "world",
      .interval = true,
      .decimals = 1},
     NEEDS_AGES},
    {"share of all sites",
     "cases",
     {.kind = VALUE_SHARE, .of = DIM_SITE, .decimals = 1},
     NEEDS_BASE},
    {"proportion with limits",
     "part",
     {.kind = VALUE_PROPORTION, .interval = true, .decimals = 3},
     NEEDS_OWN},
    {"estimate with limits",
     "survival",
     {.kind = VALUE_ESTIMATE, .interval = true, .decimals = 1},
     NEEDS_NOTHING},
};

static struct seal_fixture *sealed(void)
{
    struct seal_fixture *fixture = seal_fixture_new();
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        struct plan_value value = kinds[k].value;
        if (value.standard == NULL)
            value.standard = "";
        seal_fixture_table(fixture, kinds[k].measure, value);
    }
    /* Enough is suppressed for many twins, enough shown for every status. */
    fixture->project.policy.threshold = 6;
    seal_fixture_protect(fixture);
    return fixture;
}

static void copy_tables(struct seal_fixture *fixture, struct arena *open,
                        struct pub_table *out[])
{
    for (size_t t = 0; t < COUNT_OF(kinds); t++)
        out[t] = seal_copy(&fixture->seal, open, t);
}

TEST(every_kind_of_value_is_reviewed_here)
{
    bool found[VALUE_ESTIMATE + 1] = {false};
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        found[kinds[k].value.kind] = true;
    for (size_t k = 0; k <= VALUE_ESTIMATE; k++)
        CHECK(found[k]);
}

/* --- what is withheld ----------------------------------------------------- */

/* The row of all sites that a share refers to. */
static size_t base_row(const struct pub_table *counts, size_t row)
{
    size_t place[DIM_COUNT];
    pub_places(counts, row, place);
    int all = pub_axis_find(counts, DIM_SITE, "all", "ALL");
    CHECK(all >= 0);
    place[DIM_SITE] = (size_t)all;
    return pub_row(counts, place);
}

static enum availability status_at(const struct pub_table *table, size_t row,
                                   size_t column)
{
    double untouched = -1.0;
    enum availability status = pub_read(table, row, column, &untouched);
    CHECK((status == AVAILABLE) == (untouched >= 0.0));
    return status;
}

/* What cannot be is known to all, whatever else is withheld. */
static bool must_be_withheld(enum need need, const struct pub_table *counts,
                             size_t row)
{
    bool own = status_at(counts, row, 0) == CONFIDENTIAL;
    if (status_at(counts, row, 0) == NOT_APPLICABLE)
        return false;
    if (need == NEEDS_BASE)
        return own ||
               status_at(counts, base_row(counts, row), 0) == CONFIDENTIAL;
    return need != NEEDS_NOTHING && own;
}

struct tally {
    size_t withheld, shown, unreliable, caution;
};

static struct tally review_kind(const struct kind *kind,
                                const struct pub_table *counts,
                                const struct pub_table *table)
{
    struct tally tally = {0};
    for (size_t i = 0; i < pub_rows(table) * pub_columns(table); i++) {
        size_t row = i / pub_columns(table), column = i % pub_columns(table);
        enum availability status = status_at(table, row, column);
        unsigned flags = pub_flags(table, row, column);
        bool withheld = must_be_withheld(kind->need, counts, row);
        if (withheld) {
            CHECK(status == CONFIDENTIAL);
            CHECK_INT(flags, 0);
        } else if (kind->need != NEEDS_AGES) {
            CHECK(status != CONFIDENTIAL);
        }
        tally.withheld += withheld;
        tally.shown += status == AVAILABLE;
        tally.unreliable += status == UNRELIABLE;
        tally.caution += (flags & FLAG_CAUTION) != 0;
    }
    return tally;
}

TEST(no_value_of_a_suppressed_count_has_a_number_or_a_status_of_its_own)
{
    struct seal_fixture *fixture = sealed();
    struct pub_table *tables[COUNT_OF(kinds)];
    copy_tables(fixture, fixture->arena, tables);
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        struct tally tally = review_kind(&kinds[k], tables[0], tables[k]);
        CHECK(tally.shown > 0);
        CHECK((tally.withheld > 0) == (kinds[k].need != NEEDS_NOTHING));
        /* Reliability speaks beside secrecy, not instead of it. */
        bool rate = kinds[k].value.kind == VALUE_CRUDE_RATE ||
                    kinds[k].value.kind == VALUE_SHARE;
        CHECK((tally.unreliable > 0 && tally.caution > 0) == rate);
    }
    seal_fixture_end(fixture);
}

/* --- what a status tells -------------------------------------------------- */

/* The status of a rate of so many events, and its flags: see derived.h. */
static void check_status(enum availability status, unsigned flags,
                         double events)
{
    CHECK(status == (events > 0 && events < 10 ? UNRELIABLE : AVAILABLE));
    bool caution = events >= 10 && events < 20;
    CHECK_INT(flags, caution ? FLAG_CAUTION : 0);
}

TEST(a_status_beside_a_shown_count_follows_from_that_count)
{
    struct seal_fixture *fixture = sealed();
    struct pub_table *tables[COUNT_OF(kinds)];
    copy_tables(fixture, fixture->arena, tables);
    size_t checked = 0;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        bool share = kinds[k].need == NEEDS_BASE;
        if (kinds[k].value.kind != VALUE_CRUDE_RATE &&
            kinds[k].value.kind != VALUE_STANDARDISED_RATE && !share)
            continue;
        for (size_t r = 0; r < pub_rows(tables[k]); r++) {
            double events = 0.0;
            size_t at = share ? base_row(tables[0], r) : r;
            enum availability status = status_at(tables[k], r, 0);
            if (status == NOT_APPLICABLE || status == CONFIDENTIAL)
                continue;
            CHECK(pub_read(tables[0], at, 0, &events) == AVAILABLE);
            if (!share || events > 0)
                check_status(status, pub_flags(tables[k], r, 0), events);
            checked++;
        }
    }
    CHECK(checked > 100);
    seal_fixture_end(fixture);
}

/* --- twins ---------------------------------------------------------------- */

/* Adds `amount` where an even number of the chosen dimensions is at its second
 * leaf and takes it elsewhere: sums over any of them stay. */
struct move {
    bool swaps[DIM_COUNT];
    uint16_t leaf[DIM_COUNT][2];
    int64_t amount;
};

static struct fact *find_fact(struct seal_fixture *fixture,
                              const uint16_t leaf[DIM_COUNT])
{
    struct fact *rows = (struct fact *)(uintptr_t)fixture->cases.rows;
    for (size_t f = 0; f < fixture->cases.count; f++) {
        if (memcmp(rows[f].leaf, leaf, sizeof rows[f].leaf) == 0)
            return &rows[f];
    }
    return NULL;
}

/* False, and some counts may be negative or absent, when it cannot be done:
 * apply it again with the opposite amount. */
static bool apply(struct seal_fixture *fixture, const struct move *move,
                  int64_t amount)
{
    bool possible = true;
    for (unsigned corner = 0; corner < 1U << DIM_COUNT; corner++) {
        uint16_t leaf[DIM_COUNT];
        bool minus = false, is_corner = true;
        for (unsigned d = 0; d < DIM_COUNT; d++) {
            unsigned side = corner >> d & 1;
            is_corner = is_corner && (move->swaps[d] || side == 0);
            leaf[d] = move->leaf[d][side];
            minus ^= side == 1;
        }
        struct fact *fact = is_corner ? find_fact(fixture, leaf) : NULL;
        if (fact != NULL)
            fact->count += minus ? -amount : amount;
        possible = possible && (!is_corner || (fact && fact->count >= 0));
    }
    return possible;
}

/* True when the attacker cannot know better: what is shown stays, and no
 * suppressed count becomes a zero, which would be shown. */
static bool is_twin(const struct pub_table *counts,
                    const struct derived_table *before,
                    const struct derived_table *after)
{
    bool changed = false;
    for (size_t r = 0; r < before->rows; r++) {
        int64_t count = cube_count(after->counts, r);
        if (count == cube_count(before->counts, r))
            continue;
        changed = true;
        if (count < 1 || status_at(counts, r, 0) != CONFIDENTIAL)
            return false;
    }
    return changed;
}

static void check_same(const struct pub_table *a, const struct pub_table *b)
{
    for (size_t i = 0; i < pub_rows(a) * pub_columns(a); i++) {
        size_t row = i / pub_columns(a), column = i % pub_columns(a);
        double one = 0.0, two = 0.0;
        CHECK(pub_read(a, row, column, &one) == pub_read(b, row, column, &two));
        CHECK(memcmp(&one, &two, sizeof one) == 0);
        CHECK_INT(pub_flags(a, row, column), pub_flags(b, row, column));
    }
}

struct twins {
    struct seal_fixture *fixture;
    struct pub_table **published;
    size_t found;
    size_t values, statuses; /* that would tell them apart, were they shown */
};

static void count_differences(struct twins *twins,
                              const struct derived_table *a,
                              const struct derived_table *b)
{
    for (size_t i = 0; i < a->rows * a->column_count; i++) {
        twins->statuses += a->cells[i].availability != b->cells[i].availability;
        twins->statuses += a->cells[i].flags != b->cells[i].flags;
        twins->values += fabs(a->cells[i].value - b->cells[i].value) > 0;
    }
}

/* The decisions stay those of the first store: a reader of the twin has the
 * same pattern before his eyes. */
static void try_twin(struct twins *twins, const struct move *move)
{
    struct seal_fixture *fixture = twins->fixture;
    struct seal *seal = &fixture->seal;
    struct derived_table **own = seal->tables;
    struct derived_table *other[COUNT_OF(kinds)];
    struct arena *arena = arena_new();
    seal->tables = other;
    if (apply(fixture, move, move->amount)) {
        struct pub_table *copies[COUNT_OF(kinds)];
        seal_fixture_derive(fixture, arena, 1, other);
        if (is_twin(twins->published[0], own[0], other[0])) {
            seal_fixture_derive(fixture, arena, COUNT_OF(kinds), other);
            twins->found++;
            copy_tables(fixture, arena, copies);
            for (size_t t = 0; t < COUNT_OF(kinds); t++) {
                check_same(twins->published[t], copies[t]);
                count_differences(twins, own[t], other[t]);
            }
        }
    }
    (void)apply(fixture, move, -move->amount);
    seal->tables = own;
    arena_wipe(arena);
}

/* Every swap of two places and two sites at one age, in one sex and year or
 * over both sexes or both years too. */
static void try_all(struct twins *twins, struct move move)
{
    static const int64_t amounts[] = {-9, -3, -1, 1, 3, 9};
    for (unsigned swaps = 0; swaps < 16 * FIXTURE_AGES; swaps++) {
        move.leaf[DIM_AGE][0] = (uint16_t)(swaps / 16);
        uint16_t sex = swaps & 4 ? 1 : 0, year = swaps & 8 ? 1 : 0;
        move.swaps[DIM_SEX] = swaps & 1;
        move.swaps[DIM_PERIOD] = swaps >> 1 & 1;
        move.leaf[DIM_SEX][0] = sex;
        move.leaf[DIM_SEX][1] = sex == 0;
        move.leaf[DIM_PERIOD][0] = year;
        move.leaf[DIM_PERIOD][1] = year == 0;
        for (size_t a = 0; a < COUNT_OF(amounts); a++) {
            move.amount = amounts[a];
            try_twin(twins, &move);
        }
    }
}

TEST(other_suppressed_counts_give_the_same_tables)
{
    struct seal_fixture *fixture = sealed();
    struct pub_table *tables[COUNT_OF(kinds)];
    copy_tables(fixture, fixture->arena, tables);
    struct twins twins = {.fixture = fixture, .published = tables};
    struct move move = {.swaps = {[DIM_TERRITORY] = true, [DIM_SITE] = true}};
    static const uint16_t places[][2] = {{0, 1}, {0, 2}, {1, 2}};
    static const uint16_t sites[][2] = {{0, 1}, {0, 2}, {1, 2}, {2, 3}};
    for (size_t i = 0; i < COUNT_OF(places) * COUNT_OF(sites); i++) {
        memcpy(move.leaf[DIM_TERRITORY], places[i / COUNT_OF(sites)],
               sizeof places[0]);
        memcpy(move.leaf[DIM_SITE], sites[i % COUNT_OF(sites)],
               sizeof sites[0]);
        try_all(&twins, move);
    }
    CHECK(twins.found > 20);
    CHECK(twins.values > 1000 && twins.statuses > 100);
    seal_fixture_end(fixture);
}

RUN(CASE(every_kind_of_value_is_reviewed_here),
    CASE(no_value_of_a_suppressed_count_has_a_number_or_a_status_of_its_own),
    CASE(a_status_beside_a_shown_count_follows_from_that_count),
    CASE(other_suppressed_counts_give_the_same_tables))
