/* SPDX-License-Identifier: EUPL-1.2 */
/* A statistic along the years whose joins are chosen by tests in workers, when
 * the system starts none. */
#include "unit/model_fixture.h"

#include <errno.h>
#include <unistd.h>

#include "pub/build.h"
#include "seal/seal_statistics.h"

enum {
    FIRST_YEAR = 2001,
    YEARS = 12,
};

/* Stands for that of the C library. */
static int refused;

pid_t fork(void)
{
    refused++;
    errno = EAGAIN;
    return -1;
}

static void add_years(struct arena *arena, struct codes *codes)
{
    struct dimension *periods = &codes->dims[DIM_PERIOD];
    *periods = (struct dimension){.dim = DIM_PERIOD};
    for (int y = FIRST_YEAR; y < FIRST_YEAR + YEARS; y++) {
        int leaf = fixture_leaf(arena, periods, "leaf",
                                arena_format(arena, "%d", y), -1);
        periods->nodes[leaf].low = periods->nodes[leaf].high = y;
    }
}

/* Rates that rise, then fall. */
static struct pub_table *make_table(struct seal *seal)
{
    static struct pub_column columns[] = {
        {"rate", PUB_STANDARDISED_RATE, PUB_VALUE, "world", "rate", 1, 1, 2,
         DIM_TERRITORY, false},
        {"rate.lower", PUB_STANDARDISED_RATE, PUB_LOWER, "world", "rate", 1, -1,
         -1, DIM_TERRITORY, false},
        {"rate.upper", PUB_STANDARDISED_RATE, PUB_UPPER, "world", "rate", 1, -1,
         -1, DIM_TERRITORY, false},
    };
    static const int one[] = {0};
    int years[YEARS];
    for (int y = 0; y < YEARS; y++)
        years[y] = y;
    const struct pub_draft draft = {
        .id = "r.t",
        .report = "r",
        .title = {"", ""},
        .note = {"", ""},
        .measure = "cases",
        .columns = columns,
        .column_count = COUNT_OF(columns),
        .axis = {one, one, one, one, years, one},
        .axis_count = {1, 1, 1, 1, YEARS, 1},
    };
    struct pub_table *table = pub_build(seal->closed, &seal->codes, &draft);
    for (size_t y = 0; y < YEARS; y++) {
        const size_t places[DIM_COUNT] = {0, 0, 0, 0, y, 0};
        double rate = 100.0 + (double)(y < 6 ? 10 * y : 120 - 10 * y) +
                      (y % 3 == 0 ? 2.0 : -1.0);
        const double values[] = {rate, 0.9 * rate, 1.1 * rate};
        for (size_t c = 0; c < COUNT_OF(values); c++)
            pub_put(table, pub_row(table, places), c, AVAILABLE, values[c], 0);
    }
    return table;
}

static bool make(struct arena *arena, enum joinpoint_choice choice,
                 struct pub_table **out, struct err *err)
{
    static struct measure measures[] = {{
        .code = "cases",
        .kind = MEASURE_COUNT,
        .unit = "cases",
        .table_name = "",
        .numerator = "",
        .denominator = "",
        .source = "",
        .method = "",
        .label = {"Cas", "Cases"},
    }};
    struct plan_table plan_table = {.id = "r.t"};
    const struct plan plan = {.tables = &plan_table, .table_count = 1};
    const struct project project = {.policy = {.threshold = 5}};
    const struct seal_job job = {.project = &project, .plan = &plan, .jobs = 2};
    const struct plan_statistic statistic = {
        .report = "r",
        .id = "r.s",
        .title = {"", ""},
        .note = {"", ""},
        .from = "r.t",
        .against = "",
        .people = "",
        .kind = STATISTIC_JOINPOINT,
        .along = DIM_PERIOD,
        .value = "rate",
        .reference = "",
        .choice = choice,
    };
    struct seal seal = {.closed = arena, .job = &job};
    seal.codes = fixture_codes(arena);
    seal.codes.measures = measures;
    seal.codes.measure_count = COUNT_OF(measures);
    add_years(arena, &seal.codes);
    const struct pub_table *tables[] = {make_table(&seal)};
    return seal_statistic(&seal, tables, &statistic, out, err);
}

TEST(tests_that_no_worker_makes_stop_the_statistic)
{
    struct arena *arena = arena_new();
    struct pub_table *out = NULL;
    struct err err = {0};
    CHECK(!make(arena, JOINPOINT_PERMUTATION, &out, &err));
    CHECK(out == NULL && refused > 0);
    CHECK_INT(err.code, ERR_IO);
    CHECK_TEXT(err.id, "task.fork");
    CHECK_TEXT(err.text,
               arena_format(arena,
                            "statistic 'r.s': permutation test of joinpoints: "
                            "cannot start a worker: %s",
                            strerror(EAGAIN)));
    arena_free(arena);
}

TEST(joins_that_a_criterion_chooses_need_no_worker)
{
    struct arena *arena = arena_new();
    struct pub_table *out = NULL;
    struct err err = {0};
    double joins = 0.0;
    refused = 0;
    if (!make(arena, JOINPOINT_BIC, &out, &err))
        fail_msg("%s", err.text);
    CHECK_INT(refused, 0);
    CHECK_INT(pub_read(out, 0, PUB_VALUE, &joins), AVAILABLE);
    CHECK_NEAR(joins, 1.0, 1e-12);
    /* What is made of standardised rates has their standard. */
    for (size_t c = 0; c < pub_columns(out); c++)
        CHECK_TEXT(pub_column(out, c)->standard, "world");
    arena_free(arena);
}

RUN(CASE(tests_that_no_worker_makes_stop_the_statistic),
    CASE(joins_that_a_criterion_chooses_need_no_worker))
