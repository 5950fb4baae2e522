/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_fixture.h"

#include <zlib.h>

/* A copy of the fixture's folder that a test can change. */
struct folder {
    char *directory; /* holds csv/ and the store */
    char csv[200], path[200];
    struct arena *arena;
};

static void copy_file(const struct folder *folder, const char *name)
{
    struct err err = {0};
    char *bytes;
    size_t size;
    CHECK(fs_read(folder->arena, fs_join(folder->arena, FIXTURE_FOLDER, name),
                  &bytes, &size, &err));
    CHECK(
        fs_write(fs_join(folder->arena, folder->csv, name), bytes, size, &err));
}

static struct folder folder_new(void)
{
    struct folder folder = {.directory = check_directory(),
                            .arena = arena_new()};
    struct err err = {0};
    char **names;
    size_t count;
    snprintf(folder.csv, sizeof folder.csv, "%s/csv", folder.directory);
    snprintf(folder.path, sizeof folder.path, "%s/store.sqlite",
             folder.directory);
    CHECK(fs_make_directory(folder.csv, &err));
    CHECK(fs_list(folder.arena, FIXTURE_FOLDER, &names, &count, &err));
    for (size_t n = 0; n < count; n++)
        copy_file(&folder, names[n]);
    return folder;
}

static void folder_end(struct folder *folder)
{
    arena_free(folder->arena);
    check_remove(folder->directory);
}

static void put(const struct folder *folder, const char *name, const char *text)
{
    struct err err = {0};
    CHECK(fs_write(fs_join(folder->arena, folder->csv, name), text,
                   strlen(text), &err));
}

/* Adds lines at the end of a file. */
static void append(const struct folder *folder, const char *name,
                   const char *lines)
{
    FILE *file = fopen(fs_join(folder->arena, folder->csv, name), "a");
    CHECK(file != NULL);
    fputs(lines, file);
    fclose(file);
}

/* Nothing but the folder may be there after a refusal. */
static void check_nothing_left(const struct folder *folder)
{
    struct err err = {0};
    char **names;
    size_t count;
    CHECK(fs_entries(folder->arena, folder->directory, &names, &count, &err));
    CHECK_INT(count, 1);
}

static void expect(struct folder *folder, const char *want)
{
    struct err err = {0};
    CHECK(!store_import(folder->csv, folder->path, &err));
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.text, arena_format(folder->arena, "folder '%s': %s",
                                      folder->csv, want));
    check_nothing_left(folder);
    folder_end(folder);
}

TEST(a_folder_becomes_a_store)
{
    struct store_fixture fixture = fixture_store();
    CHECK_INT(fixture_number(fixture.path, "SELECT count(*) FROM territory"),
              9);
    CHECK_INT(fixture_number(fixture.path, "SELECT count(*) FROM population"),
              72);
    CHECK_INT(fixture_number(fixture.path,
                             "SELECT count(*) FROM age_class WHERE high IS "
                             "NULL"),
              1);
    CHECK_INT(fixture_number(fixture.path,
                             "SELECT count(*) FROM cases WHERE typeof(n) = "
                             "'integer' AND typeof(territory) = 'text'"),
              239);
    CHECK_INT(fixture_number(fixture.path,
                             "SELECT count(*) FROM coverage WHERE "
                             "typeof(completeness) = 'real'"),
              2);
    fixture_end(&fixture);
}

TEST(the_same_folder_gives_the_same_bytes)
{
    struct store_fixture a = fixture_store(), b = fixture_store();
    struct err err = {0};
    char *x, *y;
    size_t p, q;
    CHECK(fs_read(a.arena, a.path, &x, &p, &err));
    CHECK(fs_read(b.arena, b.path, &y, &q, &err));
    CHECK_INT(p, q);
    CHECK(memcmp(x, y, p) == 0);
    fixture_end(&a);
    fixture_end(&b);
}

TEST(a_compressed_file_will_do)
{
    struct folder folder = folder_new();
    struct err err = {0};
    char *bytes;
    size_t size;
    const char *plain = fs_join(folder.arena, folder.csv, "cases.csv");
    CHECK(fs_read(folder.arena, plain, &bytes, &size, &err));
    gzFile zipped = gzopen(arena_format(folder.arena, "%s.gz", plain), "wb");
    CHECK_INT(gzwrite(zipped, bytes, (unsigned)size), size);
    gzclose(zipped);
    CHECK(unlink(plain) == 0);
    CHECK(store_import(folder.csv, folder.path, &err));
    CHECK_INT(fixture_number(folder.path, "SELECT count(*) FROM cases"), 239);
    folder_end(&folder);
}

TEST(columns_may_come_in_any_order_and_a_needless_one_be_left_out)
{
    struct folder folder = folder_new();
    struct err err = {0};
    put(&folder, "sex.csv",
        "label_en,code,label_fr\nMales,M,Hommes\nFemales,F,Femmes\n");
    put(&folder, "zone.csv",
        "code,level,label\nQ1,quintile,un\nQ2,quintile,deux\n");
    CHECK(store_import(folder.csv, folder.path, &err));
    CHECK_INT(fixture_number(folder.path,
                             "SELECT count(*) FROM sex WHERE code = 'M' AND "
                             "label_fr = 'Hommes' AND label_en = 'Males'"),
              1);
    folder_end(&folder);
}

TEST(every_bad_row_is_told_at_once_with_its_file_and_line)
{
    struct folder folder = folder_new();
    append(&folder, "cases.csv",
           "cases,departement,99,2022,M,65+,POU,,12\n"
           "cases,departement,01,2022,X,65+,POU,,12\n"
           "cases,departement,01,2022,M,65+,POU,5,12\n"
           "cases,departement,01,2022,M,65+,PRO,,12.5\n"
           "cases,departement,01,22,M,65+,POU,,12\n"
           "deaths,departement,01,2022,M,65+,POU,,12\n"
           "population,departement,01,2022,M,65+,,,12\n"
           "cases,departement,01,2022,M,65+,POU,,-3\n"
           "cases,departement,0\0331,2022,M,65+,POU,,12\n");
    append(&folder, "survival.csv",
           "survival_net,country,SY,,M,,POU,5,20,18,,,\n"
           "survival_net,country,SY,,M,,EST,5,much,,,,\n"
           "survival_net,country,SY,,F,,EST,5,30,,,z,\n");
    expect(&folder,
           "nothing was imported:"
           "\n  cases.csv:241: no territory 'departement 99'"
           "\n  cases.csv:242: no sex 'X'"
           "\n  cases.csv:243: measure 'cases' is not counted by stratum"
           "\n  cases.csv:244: column 'n': expected a whole number from 0"
           "\n  cases.csv:245: period '22': expected YYYY or YYYY-YYYY"
           "\n  cases.csv:246: no measure 'deaths'"
           "\n  cases.csv:247: measure 'population' belongs to table "
           "'population'"
           "\n  cases.csv:248: column 'n': expected a whole number from 0"
           "\n  cases.csv:249: column 'territory': expected no control "
           "character"
           "\n  survival.csv:5: lower and upper go together"
           "\n  survival.csv:6: column 'value': expected a number"
           "\n  survival.csv:7: status 'z': expected e, j, p, u or nothing");
}

TEST(an_unknown_code_names_what_may_have_been_meant)
{
    struct folder folder = folder_new();
    append(&folder, "cases.csv",
           "cases,departement,1,2022,M,65+,POU,,12\n"
           "cases,departemnt,01,2022,M,65+,POU,,12\n"
           "cases,departement,01,2022,M,65+,POV,,12\n"
           "case,departement,01,2022,M,65+,POU,,12\n"
           "cases,departement,01,2022,M,65,POU,,12\n");
    expect(&folder,
           "nothing was imported:"
           "\n  cases.csv:241: no territory 'departement 1'; the code has "
           "lost its zero, expected '01'"
           "\n  cases.csv:242: no territory 'departemnt 01'; the nearest "
           "level is 'departement'"
           "\n  cases.csv:243: no site 'POV'; the nearest is 'POU'"
           "\n  cases.csv:244: no measure 'case'; the nearest is 'cases'"
           "\n  cases.csv:245: no age '65'; the nearest is '65+'");
}

TEST(an_unknown_parent_or_zone_names_what_may_have_been_meant)
{
    struct folder folder = folder_new();
    append(&folder, "territory.csv",
           "commune,01004,departement,1,Houx,,,\n"
           "commune,01005,regoin,R1,If,,,\n"
           "iris,010040101,commune,01O04,Saule,,,\n");
    append(&folder, "zone.csv", "pays,Bresse,Bresse,2026-01-01\n");
    append(&folder, "zone_member.csv",
           "pays,Brese,departement,01\n"
           "quintil,Q1,departement,01\n");
    append(&folder, "site.csv", "PRO,POV,Prostate,Prostate,C61,M\n");
    expect(&folder,
           "nothing was imported:"
           "\n  territory.csv:11: no parent 'departement 1'; the code has lost "
           "its zero, expected '01'"
           "\n  territory.csv:12: no parent 'regoin R1'; the nearest level is "
           "'region'"
           "\n  territory.csv:13: no parent 'commune 01O04'; the nearest is "
           "'01004'"
           "\n  zone_member.csv:8: no zone 'pays Brese'; the nearest is "
           "'Bresse'"
           "\n  zone_member.csv:9: no zone 'quintil Q1'; the nearest level is "
           "'quintile'"
           "\n  site.csv:8: no parent 'POV'; the nearest is 'POU'");
}

TEST(a_repeated_key_is_told_with_the_line_it_repeats)
{
    struct folder folder = folder_new();
    append(&folder, "population.csv",
           "population,departement,01,2022,M,65+,,,7654321\n");
    append(&folder, "site.csv", "POU,TOUS,Encore,Again,C34,\n");
    expect(&folder, "nothing was imported:"
                    "\n  site.csv:8: the same key as line 6");
    folder = folder_new();
    append(&folder, "population.csv",
           "population,departement,01,2022,M,65+,,,7654321\n");
    expect(&folder, "nothing was imported:"
                    "\n  population.csv:74: the same key as line 13");
}

TEST(what_is_wrong_with_a_code_list_is_told_once)
{
    struct folder folder = folder_new();
    CHECK_INT(unlink(fs_join(folder.arena, folder.csv, "site.csv")), 0);
    expect(&folder, "nothing was imported:\n  no file 'site.csv'");

    folder = folder_new();
    CHECK_INT(unlink(fs_join(folder.arena, folder.csv, "territory.csv")), 0);
    expect(&folder, "nothing was imported:\n  no file 'territory.csv'");

    folder = folder_new();
    put(&folder, "site.csv", "code,parent,label_fr\nTOUS,,Tous\n");
    expect(&folder, "nothing was imported:"
                    "\n  site.csv:1: no column 'label_en'"
                    "\n  site.csv:1: no column 'icd10'");
}

/* No code is within half of its letters of one that has none in common. */
TEST(only_a_near_code_is_proposed)
{
    struct folder folder = folder_new();
    append(&folder, "coverage.csv",
           "departement,06,2021,XXX,cases,partial,0.9\n"
           "departement,06,2021,POX,cases,partial,0.9\n");
    expect(&folder, "nothing was imported:"
                    "\n  coverage.csv:4: no site 'XXX'"
                    "\n  coverage.csv:5: no site 'POX'; the nearest is 'POU'");
}

TEST(a_date_that_is_no_day_of_the_calendar_is_told)
{
    struct folder folder = folder_new();
    put(&folder, "registry.csv", "key,value\nextraction_date,2026-02-30\n");
    append(&folder, "territory.csv",
           "departement,07,region,N,Houx,,2020-01-01,2026-99-99\n");
    append(&folder, "zone.csv", "pays,Bresse,Bresse,01/01/2026\n");
    expect(&folder,
           "nothing was imported:"
           "\n  registry.csv:2: extraction_date '2026-02-30': expected a day "
           "of the calendar YYYY-MM-DD"
           "\n  territory.csv:11: column 'valid_to': expected a day of the "
           "calendar YYYY-MM-DD, or nothing"
           "\n  zone.csv:4: column 'order_date': expected a day of the "
           "calendar YYYY-MM-DD, or nothing");
}

TEST(errors_in_code_lists_are_told_before_any_fact_is_read)
{
    struct folder folder = folder_new();
    append(&folder, "territory.csv",
           "departement,07,region,X,Houx,,,\n"
           "departement,08,region,,If,,,\n");
    append(&folder, "site.csv", "PRO,MAS,Prostate,Prostate,C61,H\n");
    append(&folder, "age_class.csv", "12-10,12,10\n0,0,0\n");
    append(&folder, "measure.csv",
           "a,guess,x,cases,sex,,,1,s,m,a,b\n"
           "b,count,x,cases,colour,,,1,s,m,a,b\n"
           "c,count,x,nowhere,sex,,,yes,s,m,a,b\n"
           "d,count,x,nowhere,sex,,,1,s,m,a,b\n");
    append(&folder, "zone_member.csv", "quintile,Q1,departement,55\n");
    append(&folder, "coverage.csv", "departement,01,2021,POU,cases,half,1\n");
    append(&folder, "cases.csv", "nothing,departement,99,2022,M,65+,X,,1\n");
    expect(&folder,
           "nothing was imported:"
           "\n  territory.csv:12: a parent needs its level and its code"
           "\n  territory.csv:11: no parent 'region X'"
           "\n  zone_member.csv:8: no territory 'departement 55'"
           "\n  site.csv:8: sex 'H': expected M, F or nothing"
           "\n  site.csv:8: no parent 'MAS'"
           "\n  age_class.csv:5: age class '12-10' ends before it begins"
           "\n  measure.csv:5: unknown kind 'guess'"
           "\n  measure.csv:6: dimensions 'colour': expected words among "
           "territory site sex age period stratum"
           "\n  measure.csv:7: column 'confidential': expected 0 or 1"
           "\n  measure.csv:8: no fact table 'nowhere'"
           "\n  coverage.csv:4: status 'half': expected observed, partial, "
           "estimated, projected or not covered");
}

TEST(missing_and_unexpected_columns_and_files_are_named)
{
    struct folder folder = folder_new();
    put(&folder, "sex.csv", "code,label_fr,nom\nM,Hommes,x\n");
    put(&folder, "patients.csv", "a\n1\n");
    put(&folder, "case.csv", "a\n1\n");
    put(&folder, "zone.csv", "level,code,label,colour\n");
    put(&folder, "notes.txt", "not a table");
    CHECK(unlink(fs_join(folder.arena, folder.csv, "age_class.csv")) == 0);
    expect(&folder,
           "nothing was imported:"
           "\n  case.csv: the contract has no table 'case'; the nearest "
           "is 'cases'"
           "\n  patients.csv looks like person records; a store holds "
           "aggregated counts only"
           "\n  zone.csv:1: unexpected column 'colour'"
           "\n  sex.csv:1: column 'nom' looks like a person's; a store holds "
           "aggregated counts only"
           "\n  sex.csv:1: no column 'label_en'"
           "\n  no file 'age_class.csv'");
}

TEST(a_file_that_is_no_csv_is_told_with_the_others)
{
    struct folder folder = folder_new();
    put(&folder, "sex.csv", "code,label_fr,label_en\nM,\"Hommes,Males\n");
    put(&folder, "registry.csv", "key,value\nname,a,b\n");
    struct err err = {0};
    CHECK(!store_import(folder.csv, folder.path, &err));
    CHECK(strstr(err.text, "\n  registry.csv:2: ") != NULL);
    CHECK(strstr(err.text, "\n  sex.csv:") != NULL);
    check_nothing_left(&folder);
    folder_end(&folder);
}

TEST(reading_stops_after_twenty_errors)
{
    struct folder folder = folder_new();
    for (int row = 0; row < 50; row++)
        append(&folder, "cases.csv",
               "cases,departement,99,2022,M,65+,POU,,12\n");
    struct err err = {0};
    CHECK(!store_import(folder.csv, folder.path, &err));
    CHECK(strstr(err.text, "cases.csv:260: no territory") != NULL);
    CHECK(strstr(err.text, "cases.csv:261:") == NULL);
    CHECK(strstr(err.text, "\n  (the first 20; reading stopped)") != NULL);
    check_nothing_left(&folder);
    folder_end(&folder);
}

TEST(what_no_single_row_shows_is_refused_too)
{
    struct folder folder = folder_new();
    append(&folder, "territory.csv",
           "region,A,region,B,A,,,\nregion,B,region,A,B,,,\n");
    expect(&folder, "nothing was imported: table 'territory': 'region A' is a "
                    "part of itself, through its parents");
    folder = folder_new();
    append(&folder, "site.csv", "ALL,,All,All,,\n");
    expect(&folder, "nothing was imported: table 'site': two codes without a "
                    "parent: 'TOUS' and 'ALL'");
}

TEST(a_refused_import_leaves_the_store_that_was_there)
{
    struct folder folder = folder_new();
    struct err err = {0};
    char *bytes;
    size_t size;
    put(&folder, "../store.sqlite", "what was here before");
    append(&folder, "cases.csv", "cases,departement,99,2022,M,65+,POU,,1\n");
    CHECK(!store_import(folder.csv, folder.path, &err));
    err = (struct err){0};
    CHECK(fs_read(folder.arena, folder.path, &bytes, &size, &err));
    CHECK_TEXT(bytes, "what was here before");
    folder_end(&folder);
}

TEST(a_place_that_cannot_be_written_is_an_error_of_the_system)
{
    struct err err = {0};
    CHECK(!store_import(FIXTURE_FOLDER, "/nowhere/at/all.sqlite", &err));
    CHECK_INT(err.code, ERR_IO);
    CHECK_TEXT(err.text, "folder 'tests/store/fixture': cannot write "
                         "'/nowhere/at/all.sqlite': unable to open database "
                         "file");
    err = (struct err){0};
    CHECK(!store_import("/nowhere", "/tmp/never.sqlite", &err));
    CHECK_TEXT(err.text, "folder '/nowhere': no such folder");
    CHECK_INT(err.code, ERR_INPUT);
}

TEST(a_file_is_no_folder)
{
    struct folder folder = folder_new();
    struct err err = {0};
    const char *file = fs_join(folder.arena, folder.csv, "cases.csv");
    CHECK(!store_import(file, folder.path, &err));
    CHECK_TEXT(err.text,
               arena_format(folder.arena,
                            "folder '%s': it is a file: expected a folder of "
                            "CSV files, one for each table (territory.csv, "
                            "cases.csv)",
                            file));
    CHECK_INT(err.code, ERR_INPUT);
    check_nothing_left(&folder);
    folder_end(&folder);
}

TEST(info_describes_a_store_without_a_count)
{
    struct store_fixture fixture = fixture_store();
    struct text text = text_new(fixture.arena);
    struct err err = {0};
    fixture_sql(fixture.path, "UPDATE cases SET n = 918273645; UPDATE "
                              "population SET n = 918273645");
    CHECK(store_info(fixture.path, &text, &err));
    CHECK_TEXT(text.at,
               "schema_version           1\n"
               "name                     Registre de Sylvanie (fictif)\n"
               "extraction_date          2025-06-30\n"
               "code_vintage             2025\n"
               "snapshot                 sylvanie-1\n"
               "source.cases.en          Registry of Sylvania\n"
               "method.cases.en          registration\n"
               "source.population.en     Institute of Sylvania\n"
               "method.population.en     census\n"
               "source.survival_net.en   Registry of Sylvania\n"
               "method.survival_net.en   Pohar Perme\n"
               "territory                1 country, 2 region, 6 departement, 2 "
               "quintile\n"
               "site                     1 all, 1 group, 4 site\n"
               "sex                      1 total, 2 leaf\n"
               "age                      1 total, 3 leaf\n"
               "period                   2021 to 2022\n"
               "stratum                  1 total, 1 leaf\n"
               "measure                  cases: count, table cases, by "
               "territory site sex age period, confidential\n"
               "measure                  population: person-years, table "
               "population, by territory sex age period\n"
               "measure                  survival_net: estimate, table "
               "survival, by territory site sex stratum\n"
               "coverage                 cases: not covered: departement 05, "
               "SEI, 2022 to 2022\n"
               "coverage                 cases: partial: departement 06, all "
               "sites, 2021 to 2021\n");
    fixture_end(&fixture);
}

RUN(CASE(a_folder_becomes_a_store), CASE(the_same_folder_gives_the_same_bytes),
    CASE(a_compressed_file_will_do),
    CASE(columns_may_come_in_any_order_and_a_needless_one_be_left_out),
    CASE(every_bad_row_is_told_at_once_with_its_file_and_line),
    CASE(an_unknown_code_names_what_may_have_been_meant),
    CASE(a_date_that_is_no_day_of_the_calendar_is_told),
    CASE(an_unknown_parent_or_zone_names_what_may_have_been_meant),
    CASE(a_repeated_key_is_told_with_the_line_it_repeats),
    CASE(what_is_wrong_with_a_code_list_is_told_once),
    CASE(only_a_near_code_is_proposed),
    CASE(errors_in_code_lists_are_told_before_any_fact_is_read),
    CASE(missing_and_unexpected_columns_and_files_are_named),
    CASE(a_file_that_is_no_csv_is_told_with_the_others),
    CASE(reading_stops_after_twenty_errors),
    CASE(what_no_single_row_shows_is_refused_too),
    CASE(a_refused_import_leaves_the_store_that_was_there),
    CASE(a_place_that_cannot_be_written_is_an_error_of_the_system),
    CASE(a_file_is_no_folder), CASE(info_describes_a_store_without_a_count))
