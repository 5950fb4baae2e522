/* SPDX-License-Identifier: EUPL-1.2 */
/* What a number of cases owes, since a reference period, to the risk, to the
 * size of the population and to its ages. */
#include <string.h>

#include "calc/kernel_trend.h"
#include "seal/seal_statistics_impl.h"

/* A period against the reference, class by class. */
struct since {
    struct decomposition_input input;
    double *cases1, *years1, *cases2, *years2;
    enum availability status;
    unsigned flags;
};

static void read_since(const struct making *making, const struct ages *ages,
                       const size_t place[DIM_COUNT], struct since *since)
{
    size_t now[DIM_COUNT], then[DIM_COUNT];
    memcpy(now, place, sizeof now);
    memcpy(then, place, sizeof then);
    then[DIM_PERIOD] = making->reference;
    since->status = AVAILABLE;
    since->flags = 0;
    for (size_t c = 0; c < ages->count; c++) {
        size_t age = ages->classes[c];
        since->status = statistic_worse(
            since->status, statistic_class(making, then, age, &since->cases1[c],
                                           &since->years1[c]));
        since->status = statistic_worse(
            since->status, statistic_class(making, now, age, &since->cases2[c],
                                           &since->years2[c]));
        size_t value = making->columns[PUB_VALUE];
        since->flags |=
            pub_flags(making->from, pub_row(making->from, then), value) |
            pub_flags(making->from, pub_row(making->from, now), value);
    }
    since->input =
        (struct decomposition_input){since->cases1, since->years1,
                                     since->cases2, since->years2, ages->count};
}

/* In % of the cases of the reference. */
static struct series_result divide(const struct decomposition *parts)
{
    double unit = 100.0 / parts->cases1;
    return (struct series_result){
        .has_value = true,
        .value = parts->change * unit,
        .extra = {parts->risk * unit, parts->size * unit, parts->ageing * unit},
        .extra_count = 3,
    };
}

static void put_since(const struct making *making, size_t row,
                      struct since *since)
{
    struct series_result result = {0};
    struct decomposition parts;
    if (since->status == AVAILABLE &&
        kernel_decomposition(&since->input, DECOMPOSITION_BASHIR_ESTEVE,
                             &parts) &&
        parts.cases1 > 0.0) {
        double least =
            parts.cases1 < parts.cases2 ? parts.cases1 : parts.cases2;
        statistic_judge(making, least, &since->status, &since->flags);
        result = divide(&parts);
    }
    statistic_put(making, row, since->status, NOT_APPLICABLE, since->flags,
                  &result);
}

bool statistic_decompose(const struct making *making, struct err *err)
{
    struct ages ages = {0};
    if (!statistic_ages(making, making->from, &ages, err))
        return false;
    struct arena *closed = making->seal->closed;
    struct since since = {
        .cases1 = arena_array(closed, ages.count, sizeof(double)),
        .years1 = arena_array(closed, ages.count, sizeof(double)),
        .cases2 = arena_array(closed, ages.count, sizeof(double)),
        .years2 = arena_array(closed, ages.count, sizeof(double)),
    };
    for (size_t r = 0; r < pub_rows(making->out); r++) {
        size_t place[DIM_COUNT];
        pub_places(making->out, r, place);
        read_since(making, &ages, place, &since);
        put_since(making, r, &since);
        place[DIM_AGE] = ages.total;
        pub_put_coverage(
            making->out, r,
            pub_coverage(making->from, pub_row(making->from, place)));
    }
    return true;
}
