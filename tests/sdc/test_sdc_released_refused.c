/* SPDX-License-Identifier: EUPL-1.2 */
/* Files of a release that nobody can use, and the limits of what is read. */
#include "released_fixture.h"

/* --- what is refused ------------------------------------------------------ */

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
        {"d/a.schema.json", "{\"name\": ", "d/a.schema.json"},
        {"d/a.schema.json", "{\"name\": \"r.a\", \"rounding\": {}}",
         "d/a.csv: rounding: expected a base"},
        {"d/a.schema.json",
         "{\"name\": \"r.a\", \"rounding\": {\"base\": 2.5}}",
         "d/a.csv: rounding: expected a base"},
        {"d/a.schema.json", "{\"name\": \"r.a\", \"rounding\": {\"base\": 10}}",
         "d/a.csv: its schema and manifest.json differ in the base"},
        {"d/a.schema.json", "{\"name\": \"r.z\", \"rounding\": {\"base\": 10}}",
         "d/a.csv: its schema and manifest.json differ in the base"},
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

TEST(a_proportion_of_what_is_not_listed_is_refused)
{
    static const struct refusal lists[] = {
        {"d/codes/measure.csv",
         "code,kind,numerator,denominator,confidential,source\n"
         "part,proportion,seen,people,true,R\n",
         "a.csv:2: measure 'seen' is not in measure.csv"},
        {"d/codes/measure.csv",
         "code,kind,numerator,denominator,confidential,source\n"
         "part,proportion,,people,true,R\n",
         "a.csv:2: measure '' is not in measure.csv"},
    };
    for (size_t l = 0; l < COUNT_OF(lists); l++)
        refused(&lists[l],
                "part,proportion,dep,A,ALL,T,T,2021,T,6.0,2.1,16.2,v\r\n");
}

/* --- limits --------------------------------------------------------------- */

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
        {"d/b.schema.json", "", "d/b.schema.json: missing"},
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
    put(&trial, "e/c.schema.json", "{}");
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

RUN(CASE(rows_that_say_nothing_sound_are_refused),
    CASE(files_that_a_reader_cannot_use_are_refused),
    CASE(a_proportion_of_what_is_not_listed_is_refused),
    CASE(more_codes_or_measures_than_can_be_told_apart_are_refused),
    CASE(rules_about_codes_that_are_not_there_are_refused),
    CASE(what_is_missing_is_named),
    CASE(folders_with_the_same_lists_are_read_together),
    CASE(lists_that_differ_between_folders_are_refused))
