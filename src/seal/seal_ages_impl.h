/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_ages_impl.h - age counts while they are proved. CONFIDENTIAL. */
#ifndef SEAL_SEAL_AGES_IMPL_H
#define SEAL_SEAL_AGES_IMPL_H

#include <string.h>

#include "calc/standard.h"
#include "sdc/rule.h"
#include "seal/seal_ages.h"

/* Cases of one measure by leaf: territory, period, site, sex, age, the last
 * fastest; person-years without the site. */
struct age_stock {
    const char *measure;
    const char *person_years; /* of the first table with rates of the measure */
    size_t leaves[DIM_COUNT];
    int32_t *cases;                  /* NULL when they are too many */
    const int32_t *years;            /* NULL when it cannot be judged */
    const struct coverage *coverage; /* NULL: everything observed */
    bool *whole;                     /* [territory][period] */
};

/* A standardised rate of the release: of one cell, by one standard, by sex or
 * not, with so many decimals. It stands in any number of tables, and what it
 * loses it loses in all of them. */
struct age_fate {
    size_t cell;
    const char *standard;
    const struct age_rate *rate; /* NULL of what is known anyway */
    double events;               /* see seal_ages_events */
    size_t number;               /* in the order of the tables */
    enum age_digits asked;       /* by the table that asks for most */
    enum age_digits digits;      /* that are left */
    bool before;           /* an earlier release printed it: it loses nothing */
    struct age_fate *next; /* of the same row */
};

/* A row that earlier releases printed rates of, by the leaves that it had
 * there: whether or not a table of this release has it. */
struct age_past {
    const struct age_stock *stock;
    int node[DIM_COUNT];         /* of the proof's codes */
    struct age_fate *fates;      /* that the ages of today print again */
    const struct age_past *next; /* of the territory */
};

/* The standardised values of one table: fates[row * values + value]. */
struct age_table {
    const struct age_stock *stock; /* NULL: not judged here */
    struct age_fate **fates;       /* NULL when the cell has none to show */
};

/* A change within a cell that is taken back outside it, along one dimension. */
struct age_try {
    int node[DIM_COUNT];
    int partner[DIM_COUNT]; /* node where it is taken back, or -1 */
};

/* What no rate of its own tells of, but those around do: a row of a table
 * without rates, or what is left of a total beside its parts, or of a row
 * beside another within it: then several boxes of nodes that share no case. */
struct age_cell {
    const struct age_stock *stock;
    size_t table, row; /* or AGES_NO_ROW */
    int (*boxes)[DIM_COUNT];
    size_t box_count;
    bool few; /* left of a row of few cases: no waiver answers for it */
    struct age_try *tries; /* more than changes of one box alone */
    size_t try_count;
};

#define AGES_NO_ROW SIZE_MAX

struct seal_ages {
    struct seal *seal;
    struct codes codes; /* the seal's, and nodes of what no code names */
    struct age_table *tables;
    struct age_stock *stocks;
    size_t stock_count;
    struct age_fate **fates; /* [fate_count] each once, by number */
    size_t fate_count, fate_capacity;
    struct map *met; /* fates by what they are of */
    struct age_past *past;
    size_t past_count, past_capacity;
    const struct age_past **past_of; /* [territory nodes] the first, or NULL */
    struct age_fate **beside; /* rates of earlier releases whose ages are cells
                                 of this one, each once */
    size_t beside_count, beside_capacity;
    bool again; /* cells have to be withheld beside these: see seal->beside */
    bool *open; /* [open_count] territory nodes with rates to decide */
    size_t open_count;
    struct age_cell *cells;
    size_t cell_count, cell_capacity;
    struct rule_book *book; /* what the policy wants of an age count */
};

static inline int32_t *stock_cases(const struct age_stock *stock,
                                   size_t territory, size_t period, size_t site,
                                   size_t sex)
{
    const size_t *leaves = stock->leaves;
    size_t at = territory * leaves[DIM_PERIOD] + period;
    at = (at * leaves[DIM_SITE] + site) * leaves[DIM_SEX] + sex;
    return stock->cases + at * leaves[DIM_AGE];
}

static inline const int32_t *stock_years(const struct age_stock *stock,
                                         size_t territory, size_t period,
                                         size_t sex)
{
    const size_t *leaves = stock->leaves;
    size_t at = territory * leaves[DIM_PERIOD] + period;
    return stock->years + (at * leaves[DIM_SEX] + sex) * leaves[DIM_AGE];
}

/* Under whatever codes. */
static inline bool same_leaves(const struct node *a, const struct node *b)
{
    return a->leaf_count == b->leaf_count &&
           memcmp(a->leaves, b->leaves, a->leaf_count * sizeof *a->leaves) == 0;
}

/* How much rows may leave of one another in a territory. */
struct age_limits {
    size_t each; /* differences that are all judged */
    size_t most; /* that are judged, where single places prove the others */
    size_t live; /* rows and what they leave, to be subtracted again, there */
};

/* Decides within other limits. */
bool seal_ages_decide_within(struct seal *seal, struct age_limits limits,
                             struct seal_ages **out, struct err *err) MUST_USE;
/* Reads what is needed and fills tables and stocks. */
bool seal_ages_open(struct seal_ages *ages, struct err *err) MUST_USE;
/* No stock yet, and room for all. */
void seal_ages_no_stocks(struct seal_ages *ages);
/* That of the table's measure; the first table with rates of it says by which
 * person-years. */
bool seal_ages_find_stock(struct seal_ages *ages,
                          const struct plan_table *table,
                          const struct age_stock **out,
                          struct err *err) MUST_USE;
/* Adds those of cases that this release has no rates of, and earlier ones had:
 * without person-years. */
bool seal_ages_past_stocks(struct seal_ages *ages, struct err *err) MUST_USE;
/* The rate of these nodes, by sex as well or not, by this standard; NULL where
 * there is none. */
const struct age_rate *seal_ages_rate(struct seal_ages *ages,
                                      const struct age_stock *stock,
                                      const int node[DIM_COUNT], bool by_sex,
                                      const struct standard *standard,
                                      int decimals);
/* How many sexes of the row have classes of their own in its rate. */
size_t seal_ages_sexes(const struct seal_ages *ages,
                       const struct age_stock *stock, const int node[DIM_COUNT],
                       bool by_sex);
/* Finds the rates that earlier releases printed of territories that this one
 * has rates of; after the cells: adds those of rows that are not judged. */
void seal_ages_find_before(struct seal_ages *ages);
/* Whether rates of a territory can still lose something. Where earlier releases
 * printed all that this one has there, no proof would change it. */
bool seal_ages_is_open(const struct seal_ages *ages, int territory);
/* Whether rows of one territory, and then of some cases, are those of both. */
bool seal_ages_touch(const struct seal_ages *ages, const int a[DIM_COUNT],
                     const int b[DIM_COUNT]);
/* Takes the rates of all rows of this release that touch these nodes. False
 * when nothing was left. */
bool seal_ages_withhold(struct seal_ages *ages, const struct age_stock *stock,
                        const int node[DIM_COUNT]);
/* What a rate lost with some decimals it loses with others: limits with the
 * first loss, and as many decimals as are left where fewest are. */
void seal_ages_unite(struct seal_ages *ages);
/* Nodes by their leaves, the first with them. */
struct map *seal_ages_nodes_by_leaves(const struct seal_ages *ages,
                                      enum dim dim, struct arena *arena);
/* What is printed of a rate under one name of its place is printed under each,
 * as far as it is asked for: when all is decided. It is the same number. */
void seal_ages_say_alike(struct seal_ages *ages);
/* What is left of a rate, or AGES_NOTHING of none. */
static inline enum age_digits fate_digits(const struct age_fate *fate)
{
    return fate == NULL ? AGES_NOTHING : fate->digits;
}
/* Attacks rates and cells together where ages are cells: what a rate leaves of
 * an age, and what other sites show of it, may say more than either. Rates lose
 * digits until no cell is exposed; those of fewest events first. What earlier
 * releases printed loses nothing: where that alone exposes cells beside the
 * others, marks what to withhold, or ERR_DISCLOSURE "seal.beside". */
bool seal_ages_join_cells(struct seal_ages *ages, struct err *err) MUST_USE;
/* Adds what an earlier release printed to what is attacked there. */
void seal_ages_add_beside(struct seal_ages *ages, size_t cell,
                          const struct age_rate *rate, enum age_digits digits);
/* The rates of rows whose counts are shown as 0, when all else is decided. */
void seal_ages_show_zeros(struct seal_ages *ages);
/* Finds the cells without rates whose counts are shown, or follow from those
 * that are: adds the nodes of what no code names. */
void seal_ages_find_cells(struct seal_ages *ages);
void seal_ages_add_cell(struct seal_ages *ages, const struct age_cell *cell);
/* The node of some leaves: that of a code, or one made when they are first met.
 */
int seal_ages_name(struct seal_ages *ages, size_t dim,
                   const struct sdc_leaves *set);
/* The node of all codes. */
int seal_ages_whole(const struct seal_ages *ages, enum dim dim);
/* Adds what rows with rates leave of one another, within a territory: where a
 * row contains another and has fewer cases than `excused`; and what these
 * differences leave of rows and of one another. Not what is judged already.
 * Where a territory has `most` of them or more, the rows of fewest cases lose
 * their rates there until the others leave fewer. For tests: all of them, that
 * seal_ages_find_unproved is held against. */
void seal_ages_find_differences(struct seal_ages *ages,
                                const struct age_stock *stock, double excused,
                                size_t most);
/* The same for all stocks, when the rows are decided. Where a territory has
 * more than `each`, those that single sites, periods and sexes prove
 * (seal_ages_moves.h) are neither added nor counted; rows still lose their
 * rates where the others are too many, or rows and what these leave. */
void seal_ages_find_unproved(struct seal_ages *ages, struct age_limits limits);
/* Rows of many events, of which one moves the rate by far less than a digit:
 * from how many on a waiver answers for them. */
double seal_ages_excused(const struct seal_ages *ages);
/* The events of a row that count for that: those of its own ages, not of all.
 */
static inline double seal_ages_events(const struct seal_ages *ages,
                                      size_t table, size_t row)
{
    return (double)cube_count(ages->seal->tables[table]->counts, row);
}

/* A change of the age counts of one row or cell, made in one sex, or in all of
 * them at once, each its own way; and taken back at its partners: with two of
 * them the change is a swap of four rows. */
struct age_aim {
    const struct age_stock *stock;
    int node[DIM_COUNT];
    size_t sex, sex_count;  /* leaves from that one on */
    bool around;            /* heed the rows that contain the row as well */
    int partner[DIM_COUNT]; /* nodes where it is taken back, or -1; never a
                               territory */
};

/* The problem of such a change, and of which rates its uses are, each once. */
struct age_sharing {
    struct age_problem problem;
    struct age_fate **fates; /* [use_count] */
    size_t sex;              /* first sex leaf of its parts */
    size_t parts; /* of one sex, that the row's age counts are the sums of */
    bool tied; /* ages of the same territory, site and period are suppressed */
    bool full; /* there are too many rows: nothing is proved */
};

/* Takes in all rows of the release about the same territory, site and period,
 * under whatever codes (a region of one département): both sexes, other tables,
 * broad ages, all standards; and, around, those of the territory whose sites
 * and periods contain the row's or a partner's, but not both. Where rows cross
 * these (a group of sites in one of the years) and some site and year of the
 * row has no row of its own that is shown, the change is made in one site, in
 * several of its years (or in several sites of one year), each a part that
 * moves its own way, and every row that has a part is taken in. What other
 * territories tell is not in it. */
void seal_ages_share(const struct seal_ages *ages, const struct age_aim *aim,
                     struct arena *scratch, struct age_sharing *out);
/* One of the rows that a change made in `made` is made in, by the dimensions
 * (bits of `corner`) along which it is taken back, and its sign there; false
 * when there is none. */
bool seal_ages_corner(const struct age_aim *aim, const int made[DIM_COUNT],
                      unsigned corner, int node[DIM_COUNT], int *sign);
/* Whether rows cross the judged one where its sites and years have no rows of
 * their own, which are proved against what contains them: the change, made in
 * `made`, is then made in one of them, and all that see it print the same. */
bool seal_ages_crossed(const struct seal_ages *ages, const struct age_aim *aim,
                       const int made[DIM_COUNT], struct arena *scratch);
/* The largest row of the table that differs from this one in that dimension
 * alone and shares no case with it, of the same group if there is one: a swap
 * within a group does not move the group. Its node, or -1. */
int seal_ages_partner(const struct seal_ages *ages, size_t table, size_t row,
                      enum dim dim);
/* The same of a row of an earlier release, among these nodes; -1 are none. */
int seal_ages_past_partner(const struct seal_ages *ages,
                           const struct age_past *past, enum dim dim,
                           const int *nodes, size_t count);
/* Sites outside the row that are told of only together with it: every row of
 * its territory that has one of them has them all and the row, and every other
 * row that meets the row has them all. What the row gains they can lose in the
 * same year at the same age, seen by rows about the site alone. None where rows
 * cut the site, or tell of it in a part of the period or beyond it. */
struct node seal_ages_rest(const struct seal_ages *ages,
                           const struct age_stock *stock,
                           const int node[DIM_COUNT], struct arena *arena);
/* The problem of such a change: of the row alone, in what the rest has room
 * for. */
struct age_problem
seal_ages_swap(const struct seal_ages *ages, const struct age_stock *stock,
               const int node[DIM_COUNT], const struct node *rest,
               const struct age_sharing *sharing, struct arena *arena);
/* Cases of one sex at sites that are no node, where they and the row are
 * observed. */
void seal_ages_sum_sites(const struct seal_ages *ages,
                         const struct age_stock *stock,
                         const int node[DIM_COUNT], const struct node *sites,
                         struct arena *arena, const int64_t **counts,
                         const int64_t **years);
/* Cases of these nodes, of their own ages. */
int64_t seal_ages_cases(const struct seal_ages *ages,
                        const struct age_stock *stock,
                        const int node[DIM_COUNT]);
/* Cases and person-years of these nodes by age, in the arena. */
void seal_ages_sum(const struct seal_ages *ages, const struct age_stock *stock,
                   const int node[DIM_COUNT], struct arena *arena,
                   const int64_t **counts, const int64_t **years);

#endif
