/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers: reading, checked counts, decimal rounding and printing. */
#include "base/num.h"
#include "check.h"

#include <float.h>

static const char *printed(struct arena *arena, double value, int decimals)
{
    struct text out = text_new(arena);
    num_print(&out, value, decimals);
    return out.at;
}

static const char *shortest(struct arena *arena, double value)
{
    struct text out = text_new(arena);
    num_print_shortest(&out, value);
    return out.at;
}

TEST(whole_numbers_are_read_to_both_ends_of_their_range)
{
    static const struct {
        const char *text;
        int64_t want;
    } cases[] = {
        {"0", 0},
        {"-0", 0},
        {"007", 7},
        {"-12", -12},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
    };
    for (size_t at = 0; at < COUNT_OF(cases); at++) {
        int64_t got = 99;
        CHECK(num_parse_int64(cases[at].text, &got));
        CHECK_INT(got, cases[at].want);
    }
}

TEST(what_is_not_a_whole_number_is_refused_and_leaves_the_output_alone)
{
    static const char *const bad[] = {
        "",
        "-",
        "+1",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "0x10",
        "--1",
        "١",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999999",
    };
    for (size_t at = 0; at < COUNT_OF(bad); at++) {
        int64_t got = 99;
        if (num_parse_int64(bad[at], &got))
            print_error("accepted '%s'\n", bad[at]);
        CHECK_INT(got, 99);
    }
}

TEST(decimal_numbers_are_read_whole)
{
    static const struct {
        const char *text;
        double want;
    } cases[] = {
        {"0", 0},      {"12.5", 12.5}, {"-0.25", -0.25},
        {"1e3", 1000}, {"1E+3", 1000}, {"2.5e-3", 0.0025},
        {"00.5", 0.5}, {"1e-400", 0},  {"1.7976931348623157e308", DBL_MAX},
    };
    for (size_t at = 0; at < COUNT_OF(cases); at++) {
        double got = 99;
        CHECK(num_parse_double(cases[at].text, &got));
        CHECK_NEAR(got, cases[at].want, 0);
    }
    double zero = 99;
    CHECK(num_parse_double("-0", &zero));
    CHECK(!signbit(zero));
}

TEST(what_is_not_a_decimal_number_is_refused_and_leaves_the_output_alone)
{
    static const char *const bad[] = {
        "",         "-",     ".5",     "5.",    "+1",    " 1",  "1 ",
        "1,5",      "1e",    "1e+",    "0x1p3", "nan",   "inf", "-inf",
        "infinity", "1e309", "-1e309", "1.2.3", "1_000",
    };
    for (size_t at = 0; at < COUNT_OF(bad); at++) {
        double got = 99;
        if (num_parse_double(bad[at], &got))
            print_error("accepted '%s'\n", bad[at]);
        CHECK_NEAR(got, 99, 0);
    }
}

TEST(counts_never_wrap)
{
    int64_t out = 99;
    CHECK(!num_add(INT64_MAX, 1, &out));
    CHECK(!num_add(INT64_MIN, -1, &out));
    CHECK(!num_mul(INT64_MAX, 2, &out));
    CHECK(!num_mul(INT64_MIN, -1, &out));
    CHECK_INT(out, 99);
    CHECK(num_add(INT64_MAX, -1, &out));
    CHECK_INT(out, INT64_MAX - 1);
    CHECK(num_mul(-3, 7, &out));
    CHECK_INT(out, -21);
}

TEST(halves_of_the_written_number_round_away_from_zero)
{
    static const struct {
        double value;
        int decimals;
        const char *want;
    } cases[] = {
        /* The first three lie below the half in binary. */
        {2.675, 2, "2.68"},
        {1.005, 2, "1.01"},
        {0.285, 2, "0.29"},
        {0.05, 1, "0.1"},
        {0.15, 1, "0.2"},
        {0.25, 1, "0.3"},
        {0.35, 1, "0.4"},
        {0.45, 1, "0.5"},
        {-0.05, 1, "-0.1"},
        {-2.675, 2, "-2.68"},
        {0.5, 0, "1"},
        {1.5, 0, "2"},
        {2.5, 0, "3"},
        {-2.5, 0, "-3"},
        {0.49999999999999994, 0, "0"},
        {0.04999999999999999, 1, "0.0"},
        {9.995, 2, "10.00"},
        {0.995, 2, "1.00"},
        {99.95, 1, "100.0"},
        {0.0049, 2, "0.00"},
        {0.005, 2, "0.01"},
        {-0.004, 2, "0.00"},
        {-0.4, 0, "0"},
        {0, 3, "0.000"},
        {-0.0, 1, "0.0"},
        {4503599627370497.5, 0, "4503599627370498"},
        {1234567.891, 3, "1234567.891"},
        {123456789012.345, 2, "123456789012.35"},
        {1e-9, 12, "0.000000001000"},
        {1e-300, 12, "0.000000000000"},
        {1e-12, 12, "0.000000000001"},
        {5e-13, 12, "0.000000000001"},
        {4.9e-13, 12, "0.000000000000"},
    };
    struct arena *arena = arena_new();
    for (size_t at = 0; at < COUNT_OF(cases); at++)
        CHECK_TEXT(printed(arena, cases[at].value, cases[at].decimals),
                   cases[at].want);
    arena_free(arena);
}

TEST(large_numbers_are_printed_without_exponent)
{
    struct arena *arena = arena_new();
    CHECK_TEXT(printed(arena, 999999999999999.0, 0), "999999999999999");
    CHECK_TEXT(printed(arena, 999999999999999.0, 2), "999999999999999.00");
    CHECK_TEXT(printed(arena, 1e15, 1), "1000000000000000.0");
    CHECK_TEXT(printed(arena, 1e22, 0), "10000000000000000000000");
    CHECK_TEXT(printed(arena, -9007199254740992.0, 0), "-9007199254740992");
    arena_free(arena);
}

/* A fixed sequence of numbers over many magnitudes (Knuth's MMIX constants). */
static double spread(uint64_t *state, int decimals)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    uint64_t high = *state >> 20;
    double value = (double)(high % 20000001) - 10000000;
    switch (*state >> 60) {
    case 0:
        return value / 7;
    case 1: /* written halves */
        return (value + 0.5) / pow(10, decimals);
    case 2:
        return value * 1e-13;
    case 3:
        return value * 1e5 + 1.0 / 3;
    case 4:
        return (double)high * 123.456;
    default:
        return value / pow(10, decimals + 1);
    }
}

TEST(printing_gives_the_same_digits_before_and_after_rounding)
{
    struct arena *arena = NULL;
    uint64_t state = 1;
    for (int round = 0; round < 60000; round++) {
        if (round % 1000 == 0) {
            arena_free(arena);
            arena = arena_new();
        }
        int decimals = round % 13;
        double value = spread(&state, decimals);
        double rounded = num_round(value, decimals);
        const char *before = printed(arena, value, decimals);
        CHECK_TEXT(printed(arena, rounded, decimals), before);
        CHECK(num_round(rounded, decimals) == rounded);
        double read = 0;
        CHECK(num_parse_double(before, &read));
        CHECK(read == rounded);
    }
    arena_free(arena);
}

/* The digits of the shortest form, rounded by hand: the definition itself,
 * to hold the fast way against. */
static void round_written(const char *written, int decimals, char out[64])
{
    char digits[64] = "0";
    const char *point = strchr(written, '.');
    size_t whole = point ? (size_t)(point - written) : strlen(written);
    memcpy(digits + 1, written, whole);
    for (int place = 0; place <= decimals; place++) {
        size_t at = whole + 1 + (size_t)place;
        bool there = point && strlen(point) > (size_t)place + 1;
        digits[1 + at - 1] = there ? point[place + 1] : '0';
    }
    size_t last = whole + (size_t)decimals; /* index of the last kept digit */
    if (digits[last + 1] >= '5') {
        while (digits[last] == '9')
            digits[last--] = '0';
        digits[last]++;
    }
    const char *from = digits[0] == '0' ? digits + 1 : digits;
    size_t lead = whole + (digits[0] != '0');
    snprintf(out, 64, "%.*s%s%.*s", (int)lead, from, decimals ? "." : "",
             decimals, from + lead);
}

TEST(rounding_follows_the_shortest_written_form)
{
    struct arena *arena = NULL;
    uint64_t state = 7;
    int compared = 0;
    for (int round = 0; round < 30000; round++) {
        if (round % 1000 == 0) {
            arena_free(arena);
            arena = arena_new();
        }
        int decimals = round % 7;
        double value = fabs(spread(&state, decimals));
        if (value < 1e-6 || value > 1e8)
            continue;
        char want[64];
        round_written(shortest(arena, value), decimals, want);
        CHECK_TEXT(printed(arena, value, decimals), want);
        compared++;
    }
    CHECK(compared > 20000);
    arena_free(arena);
}

TEST(the_shortest_form_reads_back_as_the_same_number)
{
    static const struct {
        double value;
        const char *want;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {0.1, "0.1"},
        {-1.5, "-1.5"},
        {100, "100"},
        {1.0 / 3, "0.3333333333333333"},
        {0.1 + 0.2, "0.30000000000000004"},
        {123456789012345680.0, "123456789012345680"},
        {1e20, "100000000000000000000"},
        {1e21, "1e21"},
        {-1.5e300, "-1.5e300"},
        {0.000001, "0.000001"},
        {1e-7, "1e-7"},
        {1.25e-9, "1.25e-9"},
        {DBL_MAX, "1.7976931348623157e308"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {4.9406564584124654e-324, "5e-324"},
        {9007199254740993.0, "9007199254740992"},
    };
    struct arena *arena = arena_new();
    for (size_t at = 0; at < COUNT_OF(cases); at++) {
        const char *text = shortest(arena, cases[at].value);
        double read = 99;
        CHECK_TEXT(text, cases[at].want);
        CHECK(num_parse_double(text, &read));
        CHECK(read == cases[at].value);
    }
    arena_free(arena);
}

TEST(a_compensated_sum_keeps_what_a_plain_sum_loses)
{
    /* Neumaier 1974's own example: a plain or Kahan sum gives 0. */
    static const double values[] = {1, 1e100, 1, -1e100};
    struct num_sum sum = {0};
    for (size_t at = 0; at < COUNT_OF(values); at++)
        num_sum_add(&sum, values[at]);
    CHECK_NEAR(num_sum_value(&sum), 2, 0);

    struct num_sum tenths = {0};
    for (int at = 0; at < 1000000; at++)
        num_sum_add(&tenths, 0.1);
    CHECK_NEAR(num_sum_value(&tenths), 100000, 0);
}

TEST(numbers_of_front_pages_are_roman)
{
    static const struct {
        size_t number;
        const char *want;
    } cases[] = {{1, "i"},   {4, "iv"},    {9, "ix"},          {14, "xiv"},
                 {40, "xl"}, {99, "xcix"}, {288, "cclxxxviii"}};
    struct arena *arena = arena_new();
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct text out = text_new(arena);
        num_print_roman(&out, cases[c].number);
        CHECK_TEXT(out.at, cases[c].want);
    }
    arena_free(arena);
}

RUN(CASE(numbers_of_front_pages_are_roman),
    CASE(whole_numbers_are_read_to_both_ends_of_their_range),
    CASE(what_is_not_a_whole_number_is_refused_and_leaves_the_output_alone),
    CASE(decimal_numbers_are_read_whole),
    CASE(what_is_not_a_decimal_number_is_refused_and_leaves_the_output_alone),
    CASE(counts_never_wrap),
    CASE(halves_of_the_written_number_round_away_from_zero),
    CASE(large_numbers_are_printed_without_exponent),
    CASE(printing_gives_the_same_digits_before_and_after_rounding),
    CASE(rounding_follows_the_shortest_written_form),
    CASE(the_shortest_form_reads_back_as_the_same_number),
    CASE(a_compensated_sum_keeps_what_a_plain_sum_loses))
