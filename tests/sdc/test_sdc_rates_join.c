/* SPDX-License-Identifier: EUPL-1.2 */
/* Standardised rates of rows of many cases beside ages that are cells, of all
 * sites and sexes at once: what is printed of all of them together gives no
 * suppressed cell back that the cells alone do not. */
enum {
    MOST = 36, /* of rate_attack.h: nothing is enumerated here */
    RELEASES = 4,
};

#include "base/splitmix.h"
#include "late_clock.h"
#include "rate_attack.h"

/* The rate by the other standard beside the one of a table. */
static void add_second(struct seal_fixture *fixture, size_t table, int decimals)
{
    struct plan_table *plan = &fixture->tables[table];
    struct plan_value *values = arena_array(fixture->arena, 2, sizeof *values);
    values[0] = values[1] = plan->values[0];
    values[1].standard = "old";
    values[1].decimals = decimals;
    plan->values = values;
    plan->value_count = 2;
}

/* One year of the whole country: few cases at the first age, many later. */
static struct release make_release(uint64_t seed, int decimals, int64_t percent)
{
    static const char *ages[] = {"T", "each"};
    static const char *country[] = {"code:pays/FR"};
    static const char *year[] = {"2019"};
    static const uint64_t most[FIXTURE_AGES] = {9, 60, 900, 2000};
    struct seal_fixture *fixture = small_places(percent);
    fixture->tables[0].select[DIM_AGE] = (struct selection){ages, 2};
    add_rates(fixture, "world", decimals);
    add_second(fixture, 1, decimals);
    for (size_t t = 0; t < 2; t++) {
        struct selection *select = fixture->tables[t].select;
        select[DIM_TERRITORY] = (struct selection){country, 1};
        select[DIM_PERIOD] = (struct selection){year, 1};
    }
    struct fact *facts = (struct fact *)(uintptr_t)fixture->cases.rows;
    for (size_t f = 0; f < fixture->cases.count; f++) {
        uint64_t drawn = splitmix_next(&seed) % most[facts[f].leaf[DIM_AGE]];
        facts[f].count = facts[f].leaf[DIM_TERRITORY] > 0 ? 0 : (int64_t)drawn;
    }
    seal_fixture_protect(fixture);
    return read_release(fixture, 1);
}

/* The rate and its limits of a row with some cases more at one age. */
static void compute(const struct row *row, size_t age, double more,
                    double out[3])
{
    double counts[FIXTURE_AGES];
    struct kernel_interval interval;
    for (size_t a = 0; a < FIXTURE_AGES; a++)
        counts[a] = (double)row->truth.at[a] + (a == age ? more : 0.0);
    CHECK(kernel_standardised_rate(counts, row->years, row->weights,
                                   FIXTURE_AGES, 100, 1e5, 0.95, &interval));
    out[0] = interval.value;
    out[1] = interval.lower;
    out[2] = interval.upper;
}

/* A row as its rate by that value of the table's two tells of it. */
static struct row read_value(struct release *release, size_t at, size_t value,
                             bool naive)
{
    const struct derived_table *asked = release->asked;
    struct row row = read_row(release, at, naive);
    if (value == 0)
        return row;
    row.weights = old_weights;
    row.decimals = naive ? asked->columns[3].decimals
                         : pub_decimals(release->rates, at, 3);
    for (size_t c = 0; c < 3; c++) {
        row.printed[c] =
            pub_read(release->rates, at, 3 + c, &row.value[c]) == AVAILABLE;
        if (naive && row.counted) {
            row.printed[c] = true;
            row.value[c] = asked->cells[at * asked->column_count + 3 + c].value;
        }
    }
    return row;
}

/* What the digits of a rate, or of a limit of it, leave of its ages: by what
 * half a case more or less does to it. */
static struct sdc_rate read_number(struct release *release, size_t at,
                                   const struct row *row, size_t number)
{
    struct arena *arena = release->fixture->arena;
    double *weights = arena_array(arena, FIXTURE_AGES, sizeof *weights);
    double half = 0.5 * pow(10.0, -row->decimals) * (1.0 + 1e-6);
    double now[3], more[3], fewer[3], sum = 0.0;
    compute(row, 0, 0.0, now);
    for (size_t a = 0; a < FIXTURE_AGES; a++) {
        double step = fmin(0.5, (double)row->truth.at[a]);
        compute(row, a, 0.5, more);
        compute(row, a, -step, fewer);
        weights[a] = (more[number] - fewer[number]) / (0.5 + step);
        sum += weights[a] * (double)row->truth.at[a];
    }
    double base = sum - now[number];
    return (struct sdc_rate){release->fixture->seal.rows[1].own[at], weights,
                             base + row->value[number] - half,
                             base + row->value[number] + half};
}

/* Cells that rates expose; `naive`: those that were asked for. */
static size_t count_exposed(struct release *release, bool naive, size_t *rates,
                            size_t *limits)
{
    struct seal_fixture *fixture = release->fixture;
    const struct seal *seal = &fixture->seal;
    size_t rows = pub_rows(release->rates), count = 0, found = 0;
    size_t cells = clearance_cells(seal->clearance);
    struct sdc_rate *list = arena_array(fixture->arena, 6 * rows, sizeof *list);
    bool *alone = arena_array(fixture->arena, cells, sizeof *alone);
    bool *exposed = arena_array(fixture->arena, cells, sizeof *exposed);
    for (size_t i = 0; i < 2 * rows; i++) {
        struct row row = read_value(release, i / 2, i % 2, naive);
        for (size_t n = 0; n < 3; n++) {
            if (!row.printed[n] || !row.counted) /* of sites of one sex */
                continue;
            list[count++] = read_number(release, i / 2, &row, n);
            *(n == 0 ? rates : limits) += 1;
        }
    }
    memset(alone, true, cells * sizeof *alone);
    memset(exposed, true, cells * sizeof *exposed);
    CHECK(clearance_attack(seal->clearance, SDC_WHOLE, list, 0, alone,
                           &fixture->err));
    if (!clearance_attack(seal->clearance, SDC_WHOLE, list, count, exposed,
                          &fixture->err))
        fail_msg("%s", fixture->err.text);
    for (size_t c = 0; c < cells; c++)
        found += exposed[c] && !alone[c];
    return found;
}

TEST(rates_of_many_cases_together_expose_no_age)
{
    size_t exposed = 0, rates = 0, naive = 0, asked = 0;
    size_t limits = 0, limits_asked = 0;
    for (int64_t percent = 300; percent <= 24300; percent *= 9) {
        for (int i = 0; i < 3 * RELEASES; i++) {
            struct release release =
                make_release((uint64_t)i / 3 + 1, i % 3, percent);
            exposed += count_exposed(&release, false, &rates, &limits);
            naive += count_exposed(&release, true, &asked, &limits_asked);
            seal_fixture_end(release.fixture);
        }
    }
    CHECK_INT(exposed, 0);
    CHECK(naive > 0 && rates > asked / 3 && limits > limits_asked / 4);
}

static const char *review(struct arena *arena, const struct seal_ages *ages)
{
    struct text text = text_new(arena);
    seal_ages_review(ages, &text);
    return text.at;
}

/* Whether the same digits are decided where the clock is late from a look on;
 * false: none are. */
static bool decides_the_same(struct seal_fixture *fixture, long look)
{
    struct seal *seal = &fixture->seal;
    struct seal_ages *ages = NULL;
    fixture->err = (struct err){0};
    stop_after(look);
    bool ok = seal_ages_decide(seal, &ages, &fixture->err);
    if (!ok) {
        CHECK(ages == NULL);
        CHECK_INT(fixture->err.code, ERR_DISCLOSURE);
        CHECK_TEXT(fixture->err.text,
                   "rates beside cells: the time for the attack ended before "
                   "it was done");
        return false;
    }
    CHECK_TEXT(review(fixture->arena, ages),
               review(fixture->arena, seal->ages));
    return true;
}

/* A clock that is late before an attack begins gives it all its time. */
TEST(rates_are_refused_when_the_time_of_any_attack_on_them_ends)
{
    enum { STEP = 3 }; /* attacks look at the clock more often than that */
    struct release release = make_release(3, 1, 300);
    CHECK(decides_the_same(release.fixture, -1));
    long all = looks, begun = 0, refused = 0;
    for (long look = 1; look <= all; look += STEP) {
        bool same = decides_the_same(release.fixture, look);
        begun += same;
        refused += !same;
    }
    CHECK(begun > 1 && refused > 2 * begun);
    stop_after(-1);
    seal_fixture_end(release.fixture);
}

RUN(CASE(rates_of_many_cases_together_expose_no_age),
    CASE(rates_are_refused_when_the_time_of_any_attack_on_them_ends))
