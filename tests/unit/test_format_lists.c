/* SPDX-License-Identifier: EUPL-1.2 */
/* What a folder of open data tells of its codes, measures and data sets. */
#include <unistd.h>

#include "format_fixture.h"

TEST(open_data_tells_what_each_code_is_the_sum_of)
{
    struct trial trial = trial_new();
    CHECK(format_csv.write(&trial.job, &trial.err));
    CHECK_TEXT(read_list(&trial, "relation.csv"),
               "dimension,level,code,part_level,part\r\n"
               "territory,pays,FR,region,53\r\n"
               "territory,pays,FR,region,94\r\n"
               "territory,region,53,departement,29\r\n"
               "territory,region,53,departement,53\r\n"
               "territory,region,94,departement,2A\r\n"
               "territory,quintile,Q1,departement,53\r\n"
               "territory,quintile,Q1,departement,2A\r\n"
               "site,all,ALL,group,DIG\r\n"
               "site,all,ALL,site,POU\r\n"
               "site,group,DIG,site,COL\r\n"
               "site,group,DIG,site,EST\r\n"
               "sex,total,T,leaf,M\r\n"
               "sex,total,T,leaf,F\r\n"
               "age,total,T,leaf,00-14\r\n"
               "age,total,T,leaf,15-49\r\n"
               "age,total,T,leaf,50-74\r\n"
               "age,total,T,leaf,75+\r\n"
               "stratum,total,T,leaf,5\r\n");
    trial_end(&trial);
}

/* Two bands share a class and leave one out: as many classes as the total has,
 * and not its parts. */
TEST(children_that_overlap_are_no_parts)
{
    static const uint16_t young[] = {0, 1}, middle[] = {1, 2};
    struct trial trial = trial_new();
    struct edition edition = *trial.job.document->edition;
    struct document document = *trial.job.document;
    struct codes codes = *edition.codes;
    struct dimension *ages = &codes.dims[DIM_AGE];
    struct node *nodes =
        arena_array(trial.arena, ages->count, sizeof *ages->nodes);
    memcpy(nodes, ages->nodes, ages->count * sizeof *nodes);
    ages->nodes = nodes;
    ages->capacity = ages->count;
    for (size_t n = 0; n < ages->count; n++)
        nodes[n].parent = -1;
    fixture_node(trial.arena, ages, "band", "00-49", 0, young, 2);
    fixture_node(trial.arena, ages, "band", "15-74", 0, middle, 2);
    edition.codes = &codes;
    document.edition = &edition;
    trial.job.document = &document;
    CHECK(format_csv.write(&trial.job, &trial.err));
    CHECK(strstr(read_list(&trial, "relation.csv"),
                 "age,total,T,leaf,00-14\r\nage,total,T,leaf,15-49\r\n"
                 "age,total,T,leaf,50-74\r\nage,total,T,leaf,75+\r\n"
                 "age,band,00-49,leaf,00-14\r\nage,band,00-49,leaf,15-49\r\n"
                 "age,band,15-74,leaf,15-49\r\nage,band,15-74,leaf,50-74\r\n"
                 "stratum") != NULL);
    trial_end(&trial);
}

TEST(an_open_age_has_no_last_year)
{
    struct trial trial = trial_new();
    struct node *nodes =
        trial.job.document->edition->codes->dims[DIM_AGE].nodes;
    nodes[1].high = 14;
    nodes[4].low = 75;
    nodes[4].high = -1;
    CHECK(format_csv.write(&trial.job, &trial.err));
    const char *list = read_list(&trial, "age.csv");
    CHECK(strstr(list, ",0,14\r\n") != NULL);
    CHECK(strstr(list, ",75,\r\n") != NULL);
    CHECK(strstr(list, ",-1") == NULL);
    trial_end(&trial);
}

TEST(open_data_tells_what_its_measures_are)
{
    struct trial trial = trial_new();
    CHECK(format_csv.write(&trial.job, &trial.err));
    CHECK_TEXT(read_list(&trial, "measure.csv"),
               "code,kind,unit,numerator,denominator,confidential,label_fr,"
               "label_en,source,method\r\n"
               "cases,count,cases,,,true,Nouveaux cas,New cases,"
               "Registre d’essai,enregistrement\r\n");
    CHECK(strstr(read_list(&trial, "measure.schema.json"),
                 "\"primaryKey\": [\"code\"]") != NULL);
    trial_end(&trial);
}

TEST(open_data_tells_what_indicators_and_units_are)
{
    struct trial trial = trial_new();
    CHECK(format_csv.write(&trial.job, &trial.err));
    CHECK_TEXT(read_list(&trial, "indicator.csv"),
               "code,label_fr,label_en\r\ncount,Nombre,Number\r\n"
               "crude_rate,Taux brut,Crude rate\r\n");
    CHECK_TEXT(read_list(&trial, "unit.csv"),
               "code,label_fr,label_en\r\ncases,nombre de cas,number of "
               "cases\r\nper_100000,pour 100\u202f000 personnes-années,"
               "\"per 100,000 person-years\"\r\n");
    CHECK_TEXT(read_list(&trial, "standard.csv"),
               "code,low,high,weight,label_fr,label_en,source\r\n");
    trial_end(&trial);
}

TEST(portals_know_a_data_set_from_one_release_to_the_next)
{
    struct trial trial = trial_new();
    struct project *project =
        (struct project *)(uintptr_t)trial.job.document->edition->project;
    CHECK(format_csv.write(&trial.job, &trial.err));
    const char *catalog = read_list(&trial, "../catalog.jsonld");
    CHECK(strstr(catalog, "\"dct:identifier\": \"essai/open.cases\", "
                          "\"dcat:version\": \"essai-1\"") != NULL);
    CHECK(strstr(read_list(&trial, "../datapackage.json"),
                 "\"name\": \"essai\",\n") != NULL);
    project->series = "";
    CHECK(format_csv.write(&trial.job, &trial.err));
    catalog = read_list(&trial, "../catalog.jsonld");
    CHECK(strstr(catalog, "\"dct:identifier\": \"essai-1/open.cases\"") !=
          NULL);
    trial_end(&trial);
}

TEST(descriptions_for_portals_are_sentences_of_both_languages)
{
    struct trial trial = trial_new();
    struct document document = *trial.job.document;
    document.description = "";
    trial.job.document = &document;
    CHECK(format_csv.write(&trial.job, &trial.err));
    const char *package = read_list(&trial, "../datapackage.json");
    const char *catalog = read_list(&trial, "../catalog.jsonld");
    CHECK(strstr(package, "\"description\": \"Une note. Une ligne par "
                          "valeur") != NULL);
    CHECK(strstr(package, "\"description_en\": \"Open data of the release "
                          "“") != NULL);
    CHECK(strstr(catalog, "{\"@language\": \"fr\", \"@value\": \"Données "
                          "ouvertes de la publication «") != NULL);
    CHECK(strstr(catalog, ": 1 data set, ") != NULL);
    trial_end(&trial);
}

TEST(open_data_say_of_which_vintage_their_codes_are)
{
    struct trial trial = trial_new();
    struct codes *codes =
        (struct codes *)(uintptr_t)trial.job.document->edition->codes;
    static const char *const files[] = {"../open-cases.schema.json",
                                        "territory.schema.json",
                                        "../datapackage.json"};
    struct pair vintage = {"code_vintage", "COG 2026"};
    CHECK(format_csv.write(&trial.job, &trial.err));
    CHECK(strstr(read_list(&trial, "../README.md"), "Millésime") == NULL);
    codes->registry = &vintage;
    codes->registry_count = 1;
    CHECK(format_csv.write(&trial.job, &trial.err));
    for (size_t f = 0; f < COUNT_OF(files); f++)
        CHECK(strstr(read_list(&trial, files[f]),
                     "  \"code_vintage\": \"COG 2026\",\n") != NULL);
    CHECK(strstr(read_list(&trial, "../catalog.jsonld"),
                 "son statut est c. Millésime des codes\u00a0: COG 2026.\"") !=
          NULL);
    CHECK(strstr(read_list(&trial, "../README.md"),
                 "\n- Vintage of codes: COG 2026.\n") != NULL);
    trial_end(&trial);
}

TEST(open_data_say_what_is_new_since_the_release_before)
{
    struct trial trial = trial_new();
    struct project *project =
        (struct project *)(uintptr_t)trial.job.document->edition->project;
    CHECK(format_csv.write(&trial.job, &trial.err));
    CHECK(strstr(read_list(&trial, "../catalog.jsonld"), "previous") == NULL);
    project->previous = "essai-0";
    project->changes[LANG_FR] = "Deux régions de plus.";
    project->changes[LANG_EN] = "Two régions more.";
    CHECK(format_csv.write(&trial.job, &trial.err));
    const char *catalog = read_list(&trial, "../catalog.jsonld");
    CHECK(strstr(catalog,
                 "\"dcat:previousVersion\": {\"@id\": "
                 "\"../../essai-0/dossier/catalog.jsonld#catalog\"}") != NULL);
    CHECK(strstr(catalog, "\"adms:versionNotes\": [{\"@language\": \"fr\", "
                          "\"@value\": \"Deux régions de plus.\"}") != NULL);
    CHECK(strstr(read_list(&trial, "../datapackage.json"),
                 "  \"previous\": \"essai-0\",\n") != NULL);
    CHECK(
        strstr(
            read_list(&trial, "../CHANGELOG.md"),
            "### Changes\n\nVersion essai-1, 4\u00a0February 2026.\n\nPrevious "
            "version: essai-0.\n\nTwo régions more.\n") != NULL);
    trial_end(&trial);
}

TEST(open_data_have_their_licence_beside_them)
{
    struct trial trial = trial_new();
    struct project *project =
        (struct project *)(uintptr_t)trial.job.document->edition->project;
    const char *path = fs_join(trial.arena, trial.folder, "dossier/LICENCE.md");
    CHECK(format_csv.write(&trial.job, &trial.err));
    const char *licence = read_list(&trial, "../LICENCE.md");
    CHECK(strstr(licence, "### Licence\n\netalab-2.0\n\nTexte de la licence") !=
          NULL);
    CHECK(strstr(licence, "<https://www.etalab.gouv.fr/licence-ouverte-open-"
                          "licence/>\n\n### Pour citer") != NULL);
    CHECK(unlink(path) == 0);
    project->licence[LANG_FR] = project->licence[LANG_EN] = "";
    CHECK(format_csv.write(&trial.job, &trial.err));
    CHECK(!fs_exists(path));
    trial_end(&trial);
}

/* A space before a colon or a semicolon would let the line break there. */
TEST(french_words_of_open_data_keep_their_signs_on_the_line)
{
    static const char *const files[] = {
        "../open-cases.schema.json", "../tableur/tableur.schema.json",
        "site.schema.json", "../datapackage.json", "../catalog.jsonld"};
    struct trial trial = trial_new();
    struct measure *measure = (struct measure *)(uintptr_t)pub_measure(
        trial.job.document->datasets[0]);
    struct pair english = {"source.cases.en", "Registry: trial"};
    struct codes *codes =
        (struct codes *)(uintptr_t)trial.job.document->edition->codes;
    measure->source = "Registre : essai";
    codes->registry = &english;
    codes->registry_count = 1;
    CHECK(format_csv.write(&trial.job, &trial.err));
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        const char *text = read_list(&trial, files[f]);
        CHECK(strstr(text, " : ") == NULL && strstr(text, " ; ") == NULL);
    }
    CHECK(strstr(read_list(&trial, files[0]), "Sexe (T\u00a0: ensemble)"));
    CHECK(strstr(read_list(&trial, files[0]), "Registre\u00a0: essai"));
    trial_end(&trial);
}

RUN(CASE(open_data_tells_what_each_code_is_the_sum_of),
    CASE(children_that_overlap_are_no_parts),
    CASE(an_open_age_has_no_last_year),
    CASE(open_data_tells_what_its_measures_are),
    CASE(open_data_tells_what_indicators_and_units_are),
    CASE(portals_know_a_data_set_from_one_release_to_the_next),
    CASE(descriptions_for_portals_are_sentences_of_both_languages),
    CASE(open_data_say_of_which_vintage_their_codes_are),
    CASE(open_data_say_what_is_new_since_the_release_before),
    CASE(open_data_have_their_licence_beside_them),
    CASE(french_words_of_open_data_keep_their_signs_on_the_line))
