/* SPDX-License-Identifier: EUPL-1.2 */
/* Expected counts of a table without ages: the rates by age of a second table,
 * with the person-years by age of a third. */
#include <string.h>

#include "seal/seal_statistics_impl.h"

/* A table of one site is about all sites: person-years have none. */
static bool stands_for_all(const struct pub_table *table, enum dim dim)
{
    return dim == DIM_SITE && pub_axis_count(table, dim) == 1;
}

/* The place in another table of a node of the first; -1 none. */
static int place_in(const struct making *making, const struct pub_table *table,
                    enum dim dim, size_t place)
{
    if (stands_for_all(table, dim))
        return 0;
    const struct node *node = pub_axis_node(making->from, dim, place);
    return pub_axis_find(table, dim, dim == DIM_TERRITORY ? node->level : NULL,
                         node->code);
}

/* Every node of the first table is in the other; of its territories only the
 * reference where rates are looked for. */
static bool has_codes(const struct making *making,
                      const struct pub_table *table, bool reference_only,
                      struct err *err)
{
    for (size_t d = 0; d < DIM_COUNT; d++) {
        for (size_t p = 0; p < pub_axis_count(making->from, (enum dim)d); p++) {
            bool skip = d == DIM_AGE || (d == DIM_TERRITORY && reference_only &&
                                         p != making->reference);
            if (!skip && place_in(making, table, (enum dim)d, p) < 0)
                return err_fail(
                    err, ERR_SCRIPT, "seal.statistic",
                    "table '%s' has no '%s' along '%s'", pub_id(table),
                    pub_axis_node(making->from, (enum dim)d, p)->code,
                    dim_name((enum dim)d));
        }
    }
    return true;
}

static bool find_same(const struct making *making, struct apart *apart,
                      struct err *err)
{
    apart->same = arena_array(making->seal->closed, apart->ages.count + 1,
                              sizeof *apart->same);
    for (size_t c = 0; c < apart->ages.count; c++) {
        const char *code =
            pub_axis_node(apart->rates, DIM_AGE, apart->ages.classes[c])->code;
        int at = pub_axis_find(apart->people, DIM_AGE, NULL, code);
        if (at < 0)
            return err_fail(err, ERR_SCRIPT, "seal.statistic",
                            "people: table '%s' has no '%s' along 'age'",
                            pub_id(apart->people), code);
        apart->same[c] = (size_t)at;
    }
    return true;
}

bool statistic_find_apart(struct making *making, const struct pub_table *people,
                          struct err *err)
{
    struct apart *apart = arena_alloc(making->seal->closed, sizeof *apart);
    *apart = (struct apart){.rates = making->against, .people = people};
    assert(apart->rates != NULL && people != NULL); /* plan_check saw to it */
    int cases = pub_find_column(apart->rates, making->plan->value);
    int years = pub_find_column(apart->rates, "person_years");
    int persons = pub_find_column(people, "person_years");
    assert(cases >= 0 && years >= 0 && persons >= 0);
    apart->cases = (size_t)cases;
    apart->years = (size_t)years;
    apart->persons = (size_t)persons;
    if (pub_axis_count(making->from, DIM_AGE) != 1)
        return err_fail(err, ERR_SCRIPT, "seal.statistic",
                        "people: table '%s' has ages of its own",
                        pub_id(making->from));
    making->apart = apart;
    return statistic_ages(making, apart->rates, &apart->ages, err) &&
           find_same(making, apart, err) &&
           has_codes(making, apart->rates, true, err) &&
           has_codes(making, people, false, err);
}

enum availability statistic_expect_apart(const struct making *making,
                                         const size_t place[DIM_COUNT],
                                         double *expected)
{
    const struct apart *apart = making->apart;
    size_t rates[DIM_COUNT], people[DIM_COUNT];
    enum availability status = AVAILABLE;
    *expected = 0.0;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        size_t of_rates = d == DIM_TERRITORY ? making->reference : place[d];
        if (d == DIM_AGE)
            continue;
        rates[d] =
            (size_t)place_in(making, apart->rates, (enum dim)d, of_rates);
        people[d] =
            (size_t)place_in(making, apart->people, (enum dim)d, place[d]);
    }
    for (size_t c = 0; c < apart->ages.count; c++) {
        double cases = 0.0, years = 0.0, persons = 0.0;
        rates[DIM_AGE] = apart->ages.classes[c];
        people[DIM_AGE] = apart->same[c];
        size_t row = pub_row(apart->rates, rates);
        status = statistic_worse(
            status, pub_read(apart->rates, row, apart->cases, &cases));
        status = statistic_worse(
            status, pub_read(apart->rates, row, apart->years, &years));
        status = statistic_worse(
            status, pub_read(apart->people, pub_row(apart->people, people),
                             apart->persons, &persons));
        if (status == AVAILABLE && years <= 0.0 && persons > 0.0)
            status = NOT_AVAILABLE;
        if (status == AVAILABLE && years > 0.0)
            *expected += persons * cases / years;
    }
    return status;
}
