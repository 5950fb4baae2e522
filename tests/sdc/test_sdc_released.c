/* SPDX-License-Identifier: EUPL-1.2 */
/* A release read from its files alone: what is joined, what is closed, what
 * derived values give back, and what is refused. */
#include "check.h"

#include <math.h>

#include "base/fs.h"
#include "base/num.h"
#include "calc/kernel.h"
#include "sdc/released_impl.h"

/* --- a small release -------------------------------------------------------
 * France and three départements, two sexes, two years and both together. */

#define HEAD                                                                   \
    "measure,indicator,territory_level,territory,site,sex,age,period,stratum," \
    "value,lower,upper,status\r\n"
#define NODES                                                                  \
    "level,code,label_fr,label_en,parent_level,parent,icd10,sex,low,high\n"

struct file {
    const char *name, *text;
};

static const struct file plain_files[] = {
    {"manifest.json",
     "{\"disclosure\": {\"threshold\": 11, \"rules\": []}, \"tables\": ["
     "{\"id\": \"r.a\"}, {\"id\": \"r.z\"}], \"files\": ["
     "{\"path\": \"d/codes/site.csv\", \"sha256\": \"1\"},"
     "{\"path\": \"d/codes/site.schema.json\", \"sha256\": \"1\"},"
     "{\"path\": \"d/a.csv\", \"sha256\": \"1\"},"
     "{\"path\": \"d/a.schema.json\", \"sha256\": \"1\"},"
     "{\"path\": \"d/b.csv\", \"sha256\": \"1\"},"
     "{\"path\": \"d/b.schema.json\", \"sha256\": \"1\"}]}"},
    {"d/codes/territory.csv", NODES "country,FR,F,F,,,,,,\n"
                                    "dep,A,A,A,country,FR,,,,\n"
                                    "dep,B,B,B,country,FR,,,,\n"
                                    "dep,C,C,C,country,FR,,,,\n"},
    {"d/codes/site.csv", NODES "all,ALL,A,A,,,,,,\n"
                               "site,POU,P,P,all,ALL,,,,\n"
                               "site,PRO,P,P,all,ALL,,M,,\n"},
    {"d/codes/sex.csv", NODES "total,T,T,T,,,,,,\nleaf,M,M,M,total,T,,,,\n"
                              "leaf,F,F,F,total,T,,,,\n"},
    {"d/codes/age.csv", NODES "total,T,T,T,,,,,0,-1\n"},
    {"d/codes/period.csv", NODES "leaf,2021,2021,2021,,,,,2021,2021\n"
                                 "leaf,2022,2022,2022,,,,,2022,2022\n"
                                 "band,2021-2022,x,x,,,,,2021,2022\n"},
    {"d/codes/stratum.csv", NODES "total,T,T,T,,,,,,\n"},
    {"d/codes/measure.csv", "code,kind,numerator,denominator,confidential,"
                            "source\n"
                            "cases,count,,,true,R\n"
                            "people,person_years,,,false,R\n"
                            "part,proportion,seen,people,true,R\n"},
    {"d/codes/relation.csv", "dimension,level,code,part_level,part\n"
                             "territory,country,FR,dep,A\n"
                             "territory,country,FR,dep,B\n"
                             "territory,country,FR,dep,C\n"
                             "site,all,ALL,site,POU\n"
                             "site,all,ALL,site,PRO\n"
                             "sex,total,T,leaf,M\n"
                             "sex,total,T,leaf,F\n"
                             "period,band,2021-2022,leaf,2021\n"
                             "period,band,2021-2022,leaf,2022\n"},
    {"d/a.schema.json", "{\"name\": \"r.a\"}"},
    {"d/b.schema.json", "{}"},
    {"d/b.csv", HEAD},
    {"d/a.csv", HEAD},
};

struct trial {
    struct arena *arena;
    char *folder;
    struct released *released;
    enum audit_verdict *verdicts;
    struct audit_summary summary;
    struct err err;
};

static void put(struct trial *trial, const char *name, const char *text)
{
    struct err err = {0};
    const char *path = fs_join(trial->arena, trial->folder, name);
    if (!fs_write(path, text, strlen(text), &err))
        fail_msg("%s", err.text);
}

static struct trial trial_new(const char *a, const char *b)
{
    struct trial trial = {.arena = arena_new(), .folder = check_directory()};
    struct err err = {0};
    CHECK(
        fs_make_directory(fs_join(trial.arena, trial.folder, "d/codes"), &err));
    for (size_t f = 0; f < COUNT_OF(plain_files); f++)
        put(&trial, plain_files[f].name, plain_files[f].text);
    put(&trial, "d/a.csv", arena_format(trial.arena, HEAD "%s", a));
    put(&trial, "d/b.csv", arena_format(trial.arena, HEAD "%s", b));
    return trial;
}

static void trial_end(struct trial *trial)
{
    arena_wipe(trial->arena);
    check_remove(trial->folder);
}

static bool read_it(struct trial *trial)
{
    return released_read(trial->arena, trial->folder, &trial->released,
                         &trial->err);
}

static void attack(struct trial *trial, enum audit_attacker attacker)
{
    struct audit_effort effort = {0};
    if (!read_it(trial))
        fail_msg("%s", trial->err.text);
    struct audit_input input =
        released_attack(trial->arena, trial->released, attacker);
    trial->verdicts =
        arena_array(trial->arena, input.cells, sizeof *trial->verdicts);
    if (!audit_public(&input, trial->verdicts, &effort, &trial->err))
        fail_msg("%s", trial->err.text);
    trial->summary = audit_sum_up(&input, trial->verdicts, &effort);
}

/* Names of exposed cells, one a line. */
static const char *exposed(struct trial *trial)
{
    struct text names = text_new(trial->arena);
    for (size_t c = 0; c < trial->released->universe->count; c++) {
        if (trial->verdicts[c] == AUDIT_EXPOSED)
            text_format(&names, "%s\n",
                        released_name(trial->arena, trial->released, c));
    }
    return names.at;
}

#define CELL(territory, sex, period, value, status)                            \
    "cases,count," territory ",POU," sex ",T," period ",T," value ",,," status \
    "\r\n"

/* --- what is joined --------------------------------------------------------
 */

TEST(years_of_one_table_and_their_sum_in_another_are_joined)
{
    /* 30 = 25 + what is withheld: nothing in either file alone. */
    struct trial trial =
        trial_new(CELL("country,FR", "T", "2021", "25", "v")
                      CELL("country,FR", "T", "2022", "", "c"),
                  CELL("country,FR", "T", "2021-2022", "30", "v"));
    attack(&trial, AUDIT_STRICT);
    CHECK_INT(trial.released->table_count, 2);
    CHECK_INT(trial.released->unread, 1);
    CHECK_INT(trial.released->universe->published, 3);
    CHECK_TEXT(exposed(&trial), "r.a: cases, territory country/FR, site POU, "
                                "sex T, period 2022\n");
    trial_end(&trial);
}

TEST(what_no_table_shows_is_given_back_by_sums)
{
    struct trial trial = trial_new(CELL("country,FR", "T", "2021", "60", "v")
                                       CELL("dep,A", "T", "2021", "30", "v"),
                                   CELL("dep,B", "T", "2021", "25", "v"));
    attack(&trial, AUDIT_STRICT);
    CHECK_TEXT(exposed(&trial), "no table: cases, territory dep/C, site POU, "
                                "sex T, period 2021\n");
    trial_end(&trial);
}

TEST(what_is_left_and_large_is_no_exposure)
{
    struct trial trial = trial_new(CELL("country,FR", "T", "2021", "70", "v")
                                       CELL("dep,A", "T", "2021", "30", "v"),
                                   CELL("dep,B", "T", "2021", "25", "v"));
    attack(&trial, AUDIT_STRICT);
    CHECK_TEXT(exposed(&trial), "");
    CHECK_INT(trial.summary.suppressed, 1);
    CHECK_INT(trial.summary.open, 0);
    trial_end(&trial);
}

TEST(only_the_strict_attacker_excludes_zeros)
{
    /* Two withheld cells add up to 10. */
    struct trial trial =
        trial_new(CELL("country,FR", "T", "2021", "10", "v")
                      CELL("country,FR", "M", "2021", "", "c")
                          CELL("country,FR", "F", "2021", "", "c"),
                  "");
    attack(&trial, AUDIT_STRICT);
    CHECK_INT(trial.summary.exposed, 2);
    attack(&trial, AUDIT_BASIC);
    CHECK_INT(trial.summary.exposed, 0);
    trial_end(&trial);
}

TEST(zeros_that_everybody_knows_are_known_of_hidden_cells_too)
{
    /* No woman has the site: what is withheld of the men is the total. */
    struct trial trial =
        trial_new("cases,count,country,FR,PRO,T,T,2021,T,14,,,v\r\n"
                  "cases,count,country,FR,PRO,M,T,2021,T,,,,c\r\n"
                  "cases,count,dep,A,PRO,F,T,2021,T,,,,z\r\n"
                  "cases,count,dep,B,PRO,F,T,2021,T,,,,h\r\n",
                  "");
    attack(&trial, AUDIT_STRICT);
    CHECK_INT(trial.summary.suppressed, 1);
    CHECK_INT(trial.verdicts[1], AUDIT_PROPAGATED);
    trial_end(&trial);
}

TEST(a_cell_printed_here_and_withheld_there_is_told)
{
    struct trial trial = trial_new(CELL("country,FR", "T", "2021", "25", "v")
                                       CELL("dep,A", "T", "2021", "4", "v"),
                                   CELL("country,FR", "T", "2021", "", "c"));
    CHECK(read_it(&trial));
    CHECK(released_split(trial.released, 0));
    CHECK(!released_small(trial.released, 0));
    CHECK_TEXT(released_name(trial.arena, trial.released, 0),
               "b: cases, territory country/FR, site POU, sex T, period 2021");
    CHECK(!released_split(trial.released, 1));
    CHECK(released_small(trial.released, 1));
    CHECK_TEXT(released_name(trial.arena, trial.released, 1),
               "r.a: cases, territory dep/A, site POU, sex T, period 2021");
    trial_end(&trial);
}

TEST(what_is_not_about_persons_is_not_attacked)
{
    struct trial trial =
        trial_new("people,count,country,FR,ALL,T,T,2021,T,7,,,v\r\n"
                  "cases,asr_world,dep,A,ALL,T,T,2021,T,,,,c\r\n"
                  "cases,count,dep,A,ALL,T,T,2021,T,,,,x\r\n",
                  "");
    CHECK(read_it(&trial));
    CHECK_INT(trial.released->universe->published, 0);
    trial_end(&trial);
}

/* --- rules ------------------------------------------------------------------
 */

static void put_rules(struct trial *trial, const char *rules)
{
    const char *plain = plain_files[0].text;
    const char *at = strstr(plain, "\"rules\": []") + 10;
    put(trial, "manifest.json",
        arena_format(trial->arena, "%.*s%s%s", (int)(at - plain), plain, rules,
                     at));
}

TEST(cells_have_the_thresholds_of_their_rules)
{
    struct trial trial = trial_new(CELL("country,FR", "T", "2021", "15", "v")
                                       CELL("dep,A", "T", "2021", "15", "v"),
                                   "");
    put_rules(&trial, "{\"kind\": \"stricter\", \"threshold\": 20, \"about\": "
                      "{\"territories\": [\"code:dep/A\"]}}, {\"kind\": "
                      "\"must_show\", \"about\": {}}");
    CHECK(read_it(&trial));
    CHECK_INT(trial.released->policy.rule_count, 1);
    CHECK(!released_small(trial.released, 0));
    CHECK(released_small(trial.released, 1));
    trial_end(&trial);
}

TEST(nobody_excludes_zeros_that_a_rule_withholds)
{
    struct trial trial = trial_new(
        "cases,person_years,country,FR,POU,M,T,2021,T,40,,,v\r\n" CELL(
            "country,FR", "M", "2021", "", "c")
            CELL("country,FR", "F", "2021", "", "c"),
        "");
    put_rules(&trial, "{\"kind\": \"zeros\", \"population\": 100, \"about\": "
                      "{}}");
    CHECK(read_it(&trial));
    struct audit_input input =
        released_attack(trial.arena, trial.released, AUDIT_STRICT);
    CHECK_INT(input.lower[0], 0);
    CHECK_INT(input.upper[0], 40);
    CHECK_INT(input.lower[1], 1);
    trial_end(&trial);
}

/* --- derived values ---------------------------------------------------------
 */

static void print_digits(struct released_digits *out, double value,
                         int decimals)
{
    struct arena *scratch = arena_new();
    struct text text = text_new(scratch);
    num_print(&text, num_round(value, decimals), decimals);
    CHECK(released_digits_read(text.at, out));
    arena_free(scratch);
}

static struct released_rate rate_of(bool share, double count, double divisor,
                                    int decimals)
{
    struct released_rate rate = {.share = share};
    struct kernel_interval interval;
    double scale = share ? 100.0 : 1.0;
    CHECK(share ? kernel_wilson(count, divisor, 0.95, &interval)
                : kernel_crude_rate(count, divisor, 1e5, 0.95, &interval));
    print_digits(&rate.digits[0], scale * interval.value, decimals);
    print_digits(&rate.digits[1], scale * interval.lower, decimals);
    print_digits(&rate.digits[2], scale * interval.upper, decimals);
    return rate;
}

TEST(what_a_rate_leaves_holds_the_true_count)
{
    for (int share = 0; share < 2; share++) {
        for (int n = 0; n <= 40; n++) {
            for (int p = 0; p < 12; p++) {
                double divisor = 41 * pow(3, p) + n;
                struct released_rate rate =
                    rate_of(share == 1, n, divisor, p % 3);
                int64_t least, most;
                released_rate_leaves(&rate, 11, &least, &most);
                CHECK(least <= n && n <= most);
                rate.divisor = share == 1 ? 0 : divisor;
                released_rate_leaves(&rate, 11, &least, &most);
                CHECK(least <= n && n <= most);
            }
        }
    }
}

TEST(exact_limits_give_the_count_without_population)
{
    int64_t least, most;
    struct released_rate rate = rate_of(false, 7, 12345, 1);
    released_rate_leaves(&rate, 11, &least, &most);
    CHECK_INT(least, 7);
    CHECK_INT(most, 7);
    rate = rate_of(true, 3, 50, 1);
    released_rate_leaves(&rate, 11, &least, &most);
    CHECK_INT(least, 3);
    CHECK_INT(most, 3);
}

TEST(a_rate_to_one_decimal_gives_the_count_under_a_million)
{
    int64_t least, most;
    struct released_rate rate = rate_of(false, 9, 990000, 1);
    rate.digits[1].printed = rate.digits[2].printed = false;
    released_rate_leaves(&rate, 11, &least, &most);
    CHECK(least <= 1 && most == SDC_UNLIMITED);
    rate.divisor = 990000;
    released_rate_leaves(&rate, 11, &least, &most);
    CHECK_INT(least, 9);
    CHECK_INT(most, 9);
}

TEST(large_counts_are_only_known_to_be_large)
{
    int64_t least, most;
    struct released_rate rate = rate_of(false, 5000, 1e6, 1);
    released_rate_leaves(&rate, 11, &least, &most);
    CHECK_INT(least, 23);
    CHECK(most == SDC_UNLIMITED);
    released_rate_leaves(&rate, INT64_C(1) << 40, &least, &most);
    CHECK_INT(least, 1001);
}

TEST(a_rate_without_its_count_exposes_it)
{
    /* 7 of 12345, and 40 of 12345. */
    struct trial trial =
        trial_new("cases,crude_rate,dep,A,POU,T,T,2021,T,56.7,22.8,116.8,v\r\n"
                  "cases,crude_rate,dep,B,POU,T,T,2021,T,324.0,231.5,441.2,v"
                  "\r\n",
                  "part,proportion,dep,A,ALL,T,T,2021,T,6.0,2.1,16.2,v\r\n"
                  "cases,person_years,dep,A,POU,T,T,2021,T,12345,,,v\r\n");
    attack(&trial, AUDIT_STRICT);
    CHECK_TEXT(exposed(&trial),
               "r.a: cases, territory dep/A, site POU, sex T, period 2021\n"
               "b: seen, territory dep/A, site ALL, sex T, period 2021\n");
    trial_end(&trial);
}

TEST(a_rate_beside_its_count_or_person_years_is_read_with_them)
{
    /* One decimal, no limits: the person-years beside it give the count. */
    struct trial trial = trial_new(
        "cases,crude_rate,dep,A,POU,T,T,2021,T,0.9,,,v\r\n"
        "cases,person_years,dep,A,POU,T,T,2021,T,990000,,,v\r\n"
        "cases,crude_rate,dep,B,POU,T,T,2021,T,0.9,,,v\r\n"
        "cases,crude_rate,dep,C,POU,T,T,2021,T,56.7,22.8,116.8,v\r\n"
        "cases,asr_world,dep,C,POU,T,T,2021,T,51.2,,,v\r\n"
        "cases,crude_rate,country,FR,POU,T,T,2022,T,,,,u\r\n",
        CELL("dep,B", "T", "2021", "20", "v")
            CELL("dep,C", "T", "2021", "40",
                 "v") "cases,crude_rate,dep,C,POU,T,T,2021,T,324.0,,,v\r\n");
    attack(&trial, AUDIT_STRICT);
    CHECK_TEXT(exposed(&trial),
               "r.a: cases, territory dep/A, site POU, sex T, period 2021\n");
    CHECK_INT(trial.summary.suppressed, 2);
    trial_end(&trial);
}

TEST(a_rate_of_a_withheld_count_is_a_split)
{
    struct trial trial = trial_new(
        "cases,crude_rate,dep,A,POU,T,T,2021,T,324.0,231.5,441.2,v\r\n",
        CELL("dep,A", "T", "2021", "", "c"));
    CHECK(read_it(&trial));
    CHECK(released_split(trial.released, 0));
    trial_end(&trial);
}

/* --- what is refused --------------------------------------------------------
 */

struct refusal {
    const char *name, *text, *want;
};

static void refused(const struct refusal *refusal, const char *rows)
{
    struct trial trial = trial_new(rows, "");
    put(&trial, refusal->name, refusal->text);
    CHECK(!read_it(&trial));
    CHECK_INT(trial.err.code, ERR_INPUT);
    if (strstr(trial.err.text, refusal->want) == NULL)
        fail_msg("no '%s' in: %s", refusal->want, trial.err.text);
    trial_end(&trial);
}

TEST(rows_that_say_nothing_sound_are_refused)
{
    static const struct refusal rows[] = {
        {"", CELL("dep,Z", "T", "2021", "25", "v"),
         "a.csv:2: code 'Z' is not in the list of 'territory'"},
        {"", CELL("dep,A", "X", "2021", "25", "v"),
         "code 'X' is not in the list of 'sex'"},
        {"", CELL("dep,A", "T", "2021", "25", "w"), "no status 'w'"},
        {"", CELL("dep,A", "T", "2021", "25", "c"),
         "a value goes with status v, and only with it"},
        {"", CELL("dep,A", "T", "2021", "-1", "v"),
         "expected a whole number, 0 or more"},
        {"", CELL("dep,A", "T", "2021", "1000000000000001", "v"),
         "expected a whole number, 0 or more"},
        {"", "cases,person_years,dep,A,POU,T,T,2021,T,1.5,,,v\r\n",
         "expected a whole number, 0 or more"},
        {"", "cases,crude_rate,dep,A,POU,T,T,2021,T,many,,,v\r\n",
         "expected a number"},
        {"", "deaths,count,dep,A,POU,T,T,2021,T,25,,,v\r\n",
         "measure 'deaths' is not in measure.csv"},
        {"",
         CELL("dep,A", "T", "2021", "25", "v")
             CELL("dep,A", "T", "2021", "26", "v"),
         "a.csv:3: another count of the cell that 'r.a' tells"},
        {"",
         CELL("dep,A", "T", "2021", "25", "v")
             CELL("dep,A", "T", "2021", "", "z"),
         "nothing in a cell of persons that 'r.a' tells"},
        {"",
         CELL("dep,A", "T", "2021", "", "z")
             CELL("dep,A", "T", "2021", "25", "v"),
         "a count where there is none that 'r.a' tells"},
        {"",
         CELL("dep,A", "T", "2021", "", "z")
             CELL("dep,A", "T", "2021", "", "c"),
         "a secret where there is none that 'r.a' tells"},
        {"",
         CELL("country,FR", "T", "2021", "30", "v")
             CELL("country,FR", "M", "2021", "12", "v")
                 CELL("country,FR", "F", "2021", "17", "v"),
         "r.a: cases, territory country/FR, site POU, sex T, period 2021: is "
         "not the sum of its parts"},
    };
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        struct refusal refusal = {"d/b.csv", HEAD, rows[r].want};
        refused(&refusal, rows[r].text);
    }
}

TEST(files_that_a_reader_cannot_use_are_refused)
{
    static const struct refusal files[] = {
        {"manifest.json", "{\"disclosure\": {\"rules\": []}}",
         "expected a threshold, 3 or more"},
        {"manifest.json", "{\"disclosure\": {\"threshold\": 2, \"rules\": []}}",
         "expected a threshold, 3 or more"},
        {"manifest.json", "{\"disclosure\": {\"threshold\": 11}}",
         "expected the rules in force"},
        {"manifest.json",
         "{\"disclosure\": {\"threshold\": 11, \"rules\": [{\"kind\": "
         "\"zeros\", \"population\": \"few\", \"about\": {}}]}}",
         "expected a rule"},
        {"manifest.json",
         "{\"disclosure\": {\"threshold\": 11, \"rules\": []}, \"files\": []}",
         "no table of open data"},
        {"d/a.csv", "measure,indicator\n", "expected a column"},
        {"d/a.csv", "", "a.csv"},
        {"d/codes/sex.csv", NODES, "d/codes/sex.csv: no code"},
        {"d/codes/sex.csv", NODES "leaf,M,M,M,,,,,,\nleaf,M,M,M,,,,,,\n",
         "sex.csv:3: code 'M' twice"},
        {"d/codes/sex.csv", NODES "leaf,M,M,M,,,,,x,\n",
         "limits: expected whole numbers"},
        {"d/codes/measure.csv",
         "code,kind,numerator,denominator,confidential,source\n"
         "cases,weight,,,true,R\n",
         "no kind of measure 'weight'"},
        {"d/codes/measure.csv",
         "code,kind,numerator,denominator,confidential,source\n"
         "cases,count,,,true,R\ncases,count,,,true,R\n",
         "measure 'cases' twice"},
        {"d/codes/relation.csv",
         "dimension,level,code,part_level,part\nsize,total,T,leaf,M\n",
         "no dimension 'size'"},
        {"d/codes/relation.csv",
         "dimension,level,code,part_level,part\nsex,total,T,leaf,X\n",
         "code 'X' is not in the list of 'sex'"},
        {"d/codes/relation.csv",
         "dimension,level,code,part_level,part\nsex,total,S,leaf,M\n",
         "code 'S' is not in the list of 'sex'"},
        {"d/codes/relation.csv",
         "dimension,level,code,part_level,part\nsex,total,T,leaf,M\n"
         "sex,leaf,M,total,T\n",
         "is a part of itself"},
        {"d/codes/relation.csv",
         "dimension,level,code,part_level,part\nsex,total,T,leaf,M\n"
         "sex,total,T,leaf,M\n",
         "has parts that overlap"},
    };
    for (size_t f = 0; f < COUNT_OF(files); f++)
        refused(&files[f], "");
}

/* --- limits ----------------------------------------------------------------
 */

static const char *many(struct trial *trial, const char *head, int count,
                        const char *format)
{
    struct text text = text_new(trial->arena);
    text_add(&text, head);
    for (int i = 0; i < count; i++) {
        const char *number = arena_format(trial->arena, "%d", i);
        for (const char *at = format; *at != '\0'; at++) {
            if (*at == '#')
                text_add(&text, number);
            else
                text_add_char(&text, *at);
        }
    }
    return text.at;
}

static void too_many(struct trial *trial, enum err_code code, const char *want)
{
    CHECK(!read_it(trial));
    CHECK_INT(trial->err.code, code);
    if (strstr(trial->err.text, want) == NULL)
        fail_msg("no '%s' in: %s", want, trial->err.text);
    trial_end(trial);
}

TEST(more_codes_or_measures_than_can_be_told_apart_are_refused)
{
    struct trial trial = trial_new("", "");
    put(&trial, "d/codes/territory.csv",
        many(&trial, NODES, 65540, "dep,#,x,x,,,,,,\n"));
    put(&trial, "d/codes/relation.csv",
        "dimension,level,code,part_level,part\n");
    too_many(&trial, ERR_INPUT, "more than 65535 elementary codes");

    trial = trial_new("", "");
    put(&trial, "d/codes/sex.csv",
        many(&trial, NODES, 20, "leaf,#,x,x,,,,,,\n"));
    put(&trial, "d/codes/relation.csv",
        "dimension,level,code,part_level,part\n");
    put(&trial, "d/a.csv", HEAD CELL("dep,A", "19", "2021", "25", "v"));
    too_many(&trial, ERR_DISCLOSURE, "too many codes of dimension 'sex'");

    trial = trial_new("", "");
    put(&trial, "d/codes/measure.csv",
        many(&trial, "code,kind,numerator,denominator,confidential,source\n",
             65, "#,count,,,true,R\n"));
    put(&trial, "d/a.csv",
        many(&trial, HEAD, 65, "#,count,dep,A,POU,T,T,2021,T,25,,,v\r\n"));
    too_many(&trial, ERR_DISCLOSURE, "more than 64 measures");
}

TEST(rules_about_codes_that_are_not_there_are_refused)
{
    struct trial trial = trial_new("", "");
    put_rules(&trial, "{\"kind\": \"stricter\", \"threshold\": 20, \"about\": "
                      "{\"sites\": [\"code:ZZZ\"]}}");
    CHECK(!read_it(&trial));
    CHECK_INT(trial.err.code, ERR_INPUT);
    CHECK(strstr(trial.err.text, "manifest.json: policy: rule 1") != NULL);
    trial_end(&trial);
}

TEST(what_is_missing_is_named)
{
    static const struct refusal missing[] = {
        {"manifest.json", "", "has no manifest.json"},
        {"d/codes/age.csv", "", "d/codes/age.csv: missing"},
        {"d/codes/relation.csv", "", "d/codes/relation.csv: missing"},
        {"d/b.csv", "", "d/b.csv: missing"},
    };
    for (size_t m = 0; m < COUNT_OF(missing); m++) {
        struct trial trial = trial_new("", "");
        struct err err = {0};
        CHECK(fs_remove(fs_join(trial.arena, trial.folder, missing[m].name),
                        &err));
        CHECK(!read_it(&trial));
        CHECK_INT(trial.err.code, ERR_INPUT);
        CHECK(strstr(trial.err.text, missing[m].want) != NULL);
        trial_end(&trial);
    }
}

TEST(folders_with_the_same_lists_are_read_together)
{
    struct trial trial = trial_new(CELL("dep,A", "T", "2021", "25", "v"), "");
    struct err err = {0};
    CHECK(fs_make_directory(fs_join(trial.arena, trial.folder, "e"), &err));
    put(&trial, "e/c.csv", HEAD CELL("dep,A", "T", "2021", "", "c"));
    put(&trial, "manifest.json",
        "{\"disclosure\": {\"threshold\": 11, \"rules\": []}, \"files\": ["
        "{\"path\": \"d/codes/site.csv\", \"sha256\": \"1\"},"
        "{\"path\": \"d/a.csv\", \"sha256\": \"1\"},"
        "{\"path\": \"d/a.schema.json\", \"sha256\": \"1\"},"
        "{\"path\": \"d/plain.csv\", \"sha256\": \"1\"},"
        "{\"path\": \"e/codes/site.csv\", \"sha256\": \"1\"},"
        "{\"path\": \"e/c.csv\", \"sha256\": \"1\"},"
        "{\"path\": \"e/c.schema.json\", \"sha256\": \"1\"}]}");
    CHECK(read_it(&trial));
    CHECK_INT(trial.released->table_count, 2);
    CHECK(released_split(trial.released, 0));
    trial_end(&trial);
}

TEST(lists_that_differ_between_folders_are_refused)
{
    struct trial trial = trial_new("", "");
    put(&trial, "manifest.json",
        "{\"disclosure\": {\"threshold\": 11, \"rules\": []}, \"files\": ["
        "{\"path\": \"d/codes/site.csv\", \"sha256\": \"1\"},"
        "{\"path\": \"d/a.csv\", \"sha256\": \"1\"},"
        "{\"path\": \"d/a.schema.json\", \"sha256\": \"1\"},"
        "{\"path\": \"e/codes/site.csv\", \"sha256\": \"2\"},"
        "{\"path\": \"e/b.csv\", \"sha256\": \"1\"},"
        "{\"path\": \"e/b.schema.json\", \"sha256\": \"1\"}]}");
    CHECK(!read_it(&trial));
    CHECK(strstr(trial.err.text,
                 "e/codes/site.csv: missing, or not what d/codes/site.csv "
                 "is") != NULL);
    trial_end(&trial);
}

RUN(CASE(years_of_one_table_and_their_sum_in_another_are_joined),
    CASE(what_no_table_shows_is_given_back_by_sums),
    CASE(what_is_left_and_large_is_no_exposure),
    CASE(only_the_strict_attacker_excludes_zeros),
    CASE(zeros_that_everybody_knows_are_known_of_hidden_cells_too),
    CASE(a_cell_printed_here_and_withheld_there_is_told),
    CASE(what_is_not_about_persons_is_not_attacked),
    CASE(cells_have_the_thresholds_of_their_rules),
    CASE(nobody_excludes_zeros_that_a_rule_withholds),
    CASE(what_a_rate_leaves_holds_the_true_count),
    CASE(exact_limits_give_the_count_without_population),
    CASE(a_rate_to_one_decimal_gives_the_count_under_a_million),
    CASE(large_counts_are_only_known_to_be_large),
    CASE(a_rate_without_its_count_exposes_it),
    CASE(a_rate_beside_its_count_or_person_years_is_read_with_them),
    CASE(a_rate_of_a_withheld_count_is_a_split),
    CASE(rows_that_say_nothing_sound_are_refused),
    CASE(files_that_a_reader_cannot_use_are_refused),
    CASE(more_codes_or_measures_than_can_be_told_apart_are_refused),
    CASE(rules_about_codes_that_are_not_there_are_refused),
    CASE(what_is_missing_is_named),
    CASE(folders_with_the_same_lists_are_read_together),
    CASE(lists_that_differ_between_folders_are_refused))
