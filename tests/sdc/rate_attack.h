/* SPDX-License-Identifier: EUPL-1.2 */
/* rate_attack.h - an attack on the standardised rates of small places, by
 * enumeration: every age count is tried that has what is published of both
 * sexes and of each, and the same digits. The test says the MOST cases that a
 * row can have to be enumerated. */
#ifndef RATE_ATTACK_H
#define RATE_ATTACK_H

#include "seal_fixture.h"

#include "base/num.h"
#include "calc/kernel.h"
#include "calc/sex.h"
#include "pub/table.h"

enum {
    THRESHOLD = 5,
    CHILDREN = 9, /* of the first age, on the stricter list */
    VECTORS = (MOST + 1) * (MOST + 2) * (MOST + 3) / 6, /* age counts of MOST */
};

/* The age classes, and the younger two together and the older two. */
enum { YOUNG = FIXTURE_AGES, OLD, ALL_AGES };

struct ages {
    int64_t at[ALL_AGES];
};

static inline struct ages make_ages(int64_t a, int64_t b, int64_t c, int64_t d)
{
    return (struct ages){{a, b, c, d, a + b, c + d}};
}

/* What is published of one row, and the truth. */
struct row {
    const double *weights;
    bool joint;      /* standardised by age and sex: only with its parts */
    bool counted;    /* its count is shown, and of both sexes by both */
    bool printed[3]; /* value, lower, upper */
    double value[3];
    int decimals;
    double years[FIXTURE_AGES];
    struct ages truth;
    bool known[ALL_AGES]; /* ages that are cells */
    struct ages low, high;
    int64_t total;
    int64_t children; /* threshold of the first age */
};

struct release {
    struct seal_fixture *fixture;
    int64_t children;
    const struct derived_table *asked; /* what was to be published */
    const struct pub_table *counts, *rates;
};

static const double world_weights[] = {30, 40, 20, 10};
static const double old_weights[] = {13, 17, 29, 41};

/* --- what is published ---------------------------------------------------- */

static inline void read_truth(const struct release *release, size_t at,
                              struct row *row)
{
    const struct codes *codes = &release->fixture->seal.codes;
    const struct derived_table *table = release->asked;
    size_t place[DIM_COUNT];
    int node[DIM_COUNT];
    cube_place(table->counts, at, place);
    for (size_t d = 0; d < DIM_COUNT; d++)
        node[d] = table->axes[d].nodes[place[d]];
    for (size_t a = 0; a < FIXTURE_AGES; a++) {
        node[DIM_AGE] = codes->dims[DIM_AGE].leaf_node[a];
        row->truth.at[a] =
            calc_fixture_sum(codes, &release->fixture->cases, NULL, node);
        row->years[a] = (double)calc_fixture_sum(
            codes, &release->fixture->population, NULL, node);
        row->total += row->truth.at[a];
    }
    const int64_t *truth = row->truth.at;
    row->truth = make_ages(truth[0], truth[1], truth[2], truth[3]);
}

/* The row of the table of counts about the same codes. */
static inline size_t count_row(const struct release *release, size_t at)
{
    size_t place[DIM_COUNT];
    pub_places(release->rates, at, place);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        const struct node *node =
            pub_axis_node(release->rates, (enum dim)d, place[d]);
        place[d] = (size_t)pub_axis_find(release->counts, (enum dim)d,
                                         node->level, node->code);
    }
    return pub_row(release->counts, place);
}

/* Ages that are cells: shown, or suppressed and then not 0. */
static inline void read_ages(const struct release *release, size_t at,
                             struct row *row)
{
    static const char *bands[] = {"00-49", "50+"};
    const struct dimension *ages = &release->fixture->seal.codes.dims[DIM_AGE];
    size_t place[DIM_COUNT];
    pub_places(release->counts, count_row(release, at), place);
    for (size_t a = 0; a < ALL_AGES; a++) {
        const char *code = a < FIXTURE_AGES
                               ? ages->nodes[ages->leaf_node[a]].code
                               : bands[a - YOUNG];
        int age = pub_axis_find(release->counts, DIM_AGE, NULL, code);
        double count = 0.0;
        row->low.at[a] = 0;
        row->high.at[a] = INT64_MAX;
        row->known[a] = age >= 0;
        if (age < 0)
            continue;
        place[DIM_AGE] = (size_t)age;
        row->low.at[a] = 1;
        if (pub_read(release->counts, pub_row(release->counts, place), 0,
                     &count) == AVAILABLE)
            row->low.at[a] = row->high.at[a] = (int64_t)count;
    }
}

/* `naive`: as it was asked for, whatever was decided. */
static inline struct row read_row(const struct release *release, size_t at,
                                  bool naive)
{
    double count = 0.0;
    const struct derived_table *asked = release->asked;
    bool old = text_same(asked->columns[0].standard, "old");
    struct row row = {
        .weights = old ? old_weights : world_weights,
        .children = release->children,
    };
    size_t place[DIM_COUNT];
    pub_places(release->rates, at, place);
    int site = asked->axes[DIM_SITE].nodes[place[DIM_SITE]];
    row.counted = pub_read(release->counts, count_row(release, at), 0,
                           &count) == AVAILABLE &&
                  sex_of_site(&release->fixture->seal.codes, site) < 0;
    row.joint = asked->plan->values[0].by_sex && place[DIM_SEX] == 0;
    row.decimals = pub_decimals(release->rates, at, 0);
    for (size_t c = 0; c < 3; c++) {
        row.printed[c] =
            pub_read(release->rates, at, c, &row.value[c]) == AVAILABLE;
        if (naive && row.counted) {
            row.printed[c] = true;
            row.value[c] = asked->cells[at * asked->column_count + c].value;
            row.decimals = asked->columns[c].decimals;
        }
    }
    read_truth(release, at, &row);
    read_ages(release, at, &row);
    return row;
}

/* --- the attack ----------------------------------------------------------- */

static inline bool is_known(const struct row *row, const struct ages *ages)
{
    for (size_t a = 0; a < ALL_AGES; a++) {
        if (ages->at[a] < row->low.at[a] || ages->at[a] > row->high.at[a])
            return false;
    }
    return true;
}

static inline bool same_digits(const struct row *row,
                               const struct kernel_interval *out)
{
    const double values[] = {out->value, out->lower, out->upper};
    for (size_t c = 0; c < 3; c++) {
        if (row->printed[c] &&
            fabs(num_round(values[c], row->decimals) - row->value[c]) > 0)
            return false;
    }
    return true;
}

static inline bool prints(const struct row *row, const struct ages *ages)
{
    double counts[FIXTURE_AGES];
    struct kernel_interval out;
    for (size_t a = 0; a < FIXTURE_AGES; a++)
        counts[a] = (double)ages->at[a];
    if (!is_known(row, ages) || !row->printed[0] || row->joint)
        return is_known(row, ages);
    CHECK(kernel_standardised_rate(counts, row->years, row->weights,
                                   FIXTURE_AGES, 100, 1e5, 0.95, &out));
    return same_digits(row, &out);
}

/* A row standardised by age and sex, from the counts of each sex. */
static inline bool prints_joint(const struct row rows[3],
                                const struct ages *men,
                                const struct ages *women)
{
    double counts[2 * FIXTURE_AGES], years[2 * FIXTURE_AGES];
    double weights[2 * FIXTURE_AGES];
    struct kernel_interval out;
    for (size_t a = 0; a < 2 * FIXTURE_AGES; a++) {
        const struct ages *part = a < FIXTURE_AGES ? men : women;
        counts[a] = (double)part->at[a % FIXTURE_AGES];
        years[a] = rows[1 + a / FIXTURE_AGES].years[a % FIXTURE_AGES];
        weights[a] = rows[0].weights[a % FIXTURE_AGES];
    }
    if (!rows[0].joint || !rows[0].printed[0])
        return true;
    CHECK(kernel_standardised_rate(counts, years, weights, 2 * FIXTURE_AGES,
                                   200, 1e5, 0.95, &out));
    return same_digits(&rows[0], &out);
}

/* All age counts of a row, from its total and its own digits. */
static inline size_t enumerate(const struct row *row, struct ages *out)
{
    size_t count = 0;
    int64_t n = row->total;
    for (int64_t a = 0; a <= n; a++) {
        for (int64_t b = 0; a + b <= n; b++) {
            for (int64_t c = 0; a + b + c <= n; c++) {
                struct ages ages = make_ages(a, b, c, n - a - b - c);
                assert(count < VECTORS);
                if (prints(row, &ages))
                    out[count++] = ages;
            }
        }
    }
    return count;
}

struct reach {
    struct ages low, high;
};

static inline void stretch(struct reach *reach, const struct ages *ages)
{
    for (size_t a = 0; a < ALL_AGES; a++) {
        if (ages->at[a] < reach->low.at[a])
            reach->low.at[a] = ages->at[a];
        if (ages->at[a] > reach->high.at[a])
            reach->high.at[a] = ages->at[a];
    }
}

/* Ages of 1..T-1 cases known within fewer than T-2; `children` is the T of
 * the first. */
static inline size_t exposed(const struct row *row, const struct reach *reach)
{
    size_t count = 0;
    for (size_t a = 0; a < ALL_AGES; a++) {
        int64_t n = row->truth.at[a];
        int64_t threshold = a == 0 ? row->children : THRESHOLD;
        count += (a < FIXTURE_AGES || row->known[a]) && n > 0 &&
                 n < threshold &&
                 reach->high.at[a] - reach->low.at[a] < threshold - 2;
    }
    return count;
}

static inline size_t attack_alone(const struct row *row)
{
    static struct ages all[VECTORS];
    struct reach reach = {row->truth, row->truth};
    size_t count = enumerate(row, all);
    CHECK(count > 0);
    for (size_t i = 0; i < count; i++)
        stretch(&reach, &all[i]);
    return exposed(row, &reach);
}

/* A row and the two that it is the sum of; stops when nothing is left to
 * find. */
static inline size_t attack_parts(const struct row rows[3])
{
    static struct ages men[VECTORS], women[VECTORS];
    size_t men_count = enumerate(&rows[1], men);
    size_t women_count = enumerate(&rows[2], women);
    struct reach reach[3];
    size_t found = 1;
    for (size_t s = 0; s < 3; s++)
        reach[s] = (struct reach){rows[s].truth, rows[s].truth};
    for (size_t m = 0; m < men_count && found > 0; m++) {
        for (size_t w = 0; w < women_count; w++) {
            struct ages both = men[m];
            for (size_t a = 0; a < ALL_AGES; a++)
                both.at[a] += women[w].at[a];
            if (!prints(&rows[0], &both) ||
                !prints_joint(rows, &men[m], &women[w]))
                continue;
            stretch(&reach[0], &both);
            stretch(&reach[1], &men[m]);
            stretch(&reach[2], &women[w]);
        }
        found = 0;
        for (size_t s = 0; s < 3; s++)
            found += exposed(&rows[s], &reach[s]);
    }
    return found;
}

/* One row under two names. */
static inline size_t attack_pair(const struct row *one, const struct row *two)
{
    static struct ages all[VECTORS];
    struct reach reach = {one->truth, one->truth};
    size_t count = enumerate(one, all);
    for (size_t i = 0; i < count; i++) {
        if (prints(two, &all[i]))
            stretch(&reach, &all[i]);
    }
    return exposed(one, &reach);
}

/* --- the releases --------------------------------------------------------- */

struct tally {
    size_t shown, coarse, limits, withheld;
    size_t exposed, naive; /* as published, and as asked for */
    size_t together;       /* triples of sexes attacked together */
    size_t joint;          /* rates by age and sex that are shown */
};

static inline void attack_rows(const struct release *release,
                               struct tally *tally)
{
    for (size_t r = 0; r < pub_rows(release->rates); r++) {
        struct row row = read_row(release, r, false);
        if (!row.counted || row.total == 0 || row.total > MOST ||
            row.years[0] < 1 || row.joint)
            continue;
        int asked = pub_column(release->rates, 0)->decimals;
        tally->shown += row.printed[0];
        tally->coarse += row.printed[0] && row.decimals < asked;
        tally->limits += row.printed[1];
        tally->withheld += !row.printed[0];
        /* A total alone may say much of a count on a stricter list. */
        if (row.printed[0])
            tally->exposed += attack_alone(&row);
        row = read_row(release, r, true);
        tally->naive += attack_alone(&row);
    }
}

/* Three places of an axis: a sum and its two parts. */
struct triple {
    enum dim dim;
    size_t places[3];
};

static const struct triple sexes = {DIM_SEX, {0, 1, 2}};

static inline void attack_triples(const struct release *release,
                                  const struct triple *triple,
                                  struct tally *tally)
{
    for (size_t r = 0; r < pub_rows(release->rates); r++) {
        size_t place[DIM_COUNT];
        struct row rows[3];
        bool all = true, any = false;
        pub_places(release->rates, r, place);
        if (place[triple->dim] != triple->places[0])
            continue;
        for (size_t s = 0; s < 3; s++) {
            place[triple->dim] = triple->places[s];
            rows[s] = read_row(release, pub_row(release->rates, place), false);
            all = all && rows[s].counted && rows[s].total <= MOST;
            any = any || rows[s].printed[0];
        }
        if (!all || !any || rows[1].total == 0 || rows[2].total == 0)
            continue;
        CHECK_INT(rows[0].total, rows[1].total + rows[2].total);
        tally->together++;
        tally->exposed += attack_parts(rows);
    }
}

/* Places with so many percent of the population of the fixture; counts and
 * rates are all that is published. */
static inline struct seal_fixture *small_places(int64_t percent)
{
    struct seal_fixture *fixture = seal_fixture_new();
    struct fact *people = (struct fact *)(uintptr_t)fixture->population.rows;
    for (size_t f = 0; f < fixture->population.count; f++)
        people[f].count =
            people[f].count * percent / 100 + 7 * (int64_t)(f % 11);
    fixture->project.policy.unreliable_under = 0;
    fixture->project.policy.caution_under = 0;
    fixture->project.policy.rule_count = 0;
    seal_fixture_table(
        fixture, "cases",
        (struct plan_value){.kind = VALUE_COUNT, .standard = ""});
    return fixture;
}

static inline void add_rates(struct seal_fixture *fixture, const char *standard,
                             int decimals)
{
    seal_fixture_table(fixture, "cases",
                       (struct plan_value){.kind = VALUE_STANDARDISED_RATE,
                                           .standard = standard,
                                           .interval = true,
                                           .decimals = decimals});
}

/* Counts, and the rates of table `rates`. */
static inline struct release read_release(struct seal_fixture *fixture,
                                          size_t rates)
{
    return (struct release){
        .fixture = fixture,
        .children = THRESHOLD,
        .asked = fixture->seal.tables[rates],
        .counts = seal_copy(&fixture->seal, fixture->arena, 0),
        .rates = seal_copy(&fixture->seal, fixture->arena, rates),
    };
}

#endif
