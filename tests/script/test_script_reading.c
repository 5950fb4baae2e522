/* SPDX-License-Identifier: EUPL-1.2 */
/* The sentence under tables and figures: one real cell, in good French. */
#include "page_fixture.h"

#include <stdio.h>

#include "model/locale.h"

static void reads(enum lang lang, const char *more, const char *body,
                  const char *want)
{
    struct paging paging = paging_new();
    paging.lang = lang;
    paging.more = more;
    CHECK_TEXT(only(&paging, CELLS_ALL, body)->caption.reading, want);
    paging_end(&paging);
}

TEST(a_rate_is_a_noun_with_its_article)
{
    reads(
        LANG_FR, "",
        "return doc:grid{table = t, rows = 'sex', columns = 'asr_world', "
        "filter = {site = 'POU'}}",
        "en Bretagne, de 2019 à 2023, pour la localisation «\u00a0Site "
        "POU\u00a0», le taux d’incidence standardisé monde est de "
        "112,0\u00a0cas pour 100\u202f000 "
        "personnes-années (intervalle de confiance à 95\u00a0%\u00a0: de\u00a0"
        "102,0\u00a0à\u00a0122,0).");
    reads(LANG_EN, "",
          "return doc:grid{table = t, rows = 'sex', columns = 'asr_world', "
          "filter = {site = 'POU'}}",
          "in Bretagne, from 2019 to 2023, for the site “Site POU”, the "
          "world-standardised incidence rate is 112.0 "
          "cases per 100,000 person-years (95% confidence interval: "
          "102.0\u00a0to\u00a0"
          "122.0).");
}

#define NAMED                                                                  \
    "doc:name_sites{{code = 'POU', of = 'du cancer du poumon', new = 'de "     \
    "cancer du poumon', by = 'par cancer du poumon', the = 'le cancer du "     \
    "poumon'}} "

TEST(a_site_that_the_report_names_is_in_the_sentence)
{
    reads(LANG_FR, "",
          NAMED
          "return doc:grid{table = t, rows = 'sex', columns = 'asr_world', "
          "filter = {site = 'POU'}}",
          "en Bretagne, de 2019 à 2023, le taux d’incidence standardisé "
          "monde du cancer du poumon est de 112,0\u00a0cas pour 100\u202f000 "
          "personnes-années (intervalle de "
          "confiance à 95\u00a0%\u00a0: de\u00a0102,0\u00a0à\u00a0122,0).");
    reads(LANG_FR, "",
          NAMED "return doc:grid{table = t, rows = 'sex', columns = 'count', "
                "filter = {site = 'POU'}}",
          "en Bretagne, de 2019 à 2023, on compte 112 nouveaux cas de cancer "
          "du poumon.");
}

TEST(a_list_has_no_comma_before_its_verb)
{
    reads(LANG_FR, "",
          "doc:name_sites{{code = 'POU', of = 'des cancers de la lèvre, de la "
          "bouche et du pharynx', new = 'n', by = 'b', the = 't'}} "
          "return doc:grid{table = t, rows = 'sex', columns = 'asr_world', "
          "filter = {site = 'POU'}}",
          "en Bretagne, de 2019 à 2023, le taux d’incidence standardisé "
          "monde des cancers de la lèvre, de la bouche et du pharynx est de "
          "112,0\u00a0cas pour 100\u202f000 personnes-années (intervalle de "
          "confiance à 95\u00a0%\u00a0: de\u00a0102,0\u00a0à\u00a0122,0).");
}

TEST(limits_are_told_in_words)
{
    reads(LANG_FR, "",
          "return doc:grid{table = t, rows = 'sex', columns = 'asr_world', "
          "reading = t:cell{column = 'asr_world', sex = 'M'}:limits_text()}",
          "(intervalle de confiance à 95\u00a0%\u00a0: "
          "de\u00a0100,0\u00a0à\u00a0120,0)");
    reads(LANG_EN, "",
          "return doc:grid{table = t, rows = 'sex', columns = 'asr_world', "
          "reading = t:cell{column = 'count'}:limits_text()}",
          "");
}

/* Every value of the first table becomes none at all. */
static void set_zeros(const struct edition *edition)
{
    struct pub_table *table = (struct pub_table *)(uintptr_t)edition->tables[0];
    for (size_t r = 0; r < pub_rows(table); r++) {
        for (size_t c = 0; c < pub_columns(table); c++)
            pub_put(table, r, c, AVAILABLE, 0, 0);
    }
}

TEST(no_case_is_a_number)
{
    struct paging paging = paging_new();
    paging.edit = set_zeros;
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:grid{table = t, rows = 'sex', columns = 'count'}");
    CHECK_TEXT(block->caption.reading,
               "en Bretagne, de 2019 à 2023, le nombre de nouveaux cas est de "
               "0.");
    paging_end(&paging);
}

TEST(nothing_is_read_of_a_cell_without_value)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_NONE,
             "return doc:grid{table = t, rows = 'sex', columns = 'count'}");
    CHECK_TEXT(block->caption.reading, "");
    paging_end(&paging);
}

TEST(names_of_sites_are_complete)
{
    check_fails("doc:name_sites{{code = 'POU', of = 'du poumon'}}",
                "report.lua:17: new: expected a text, found nothing");
}

TEST(counts_are_counted)
{
    reads(LANG_EN, "",
          "return doc:grid{table = t, rows = 'site', columns = 'count', "
          "filter = {sex = 'M'}}",
          "in Bretagne, from 2019 to 2023, in men, there were 110 new cases.");
}

TEST(coverage_is_of_person_years)
{
    reads(LANG_FR, "",
          "return doc:grid{table = t, rows = 'sex', columns = 'coverage', "
          "filter = {site = 'TOUS'}}",
          "en Bretagne, de 2019 à 2023, les sources couvrent 50\u00a0% des "
          "personnes-années.");
}

TEST(a_table_names_its_source_or_says_why_not)
{
    check_fails("return doc:grid{table = t, rows = 'sex', columns = 'count', "
                "source = ''}",
                "report.lua:17: source: a table names where its numbers come "
                "from: say source = \"...\", or why not: waive = {source = "
                "\"...\"}");
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:grid{table = t, rows = 'sex', columns = 'count', "
             "source = '', id = 'g', waive = {source = 'un essai'}}");
    CHECK(strstr(block->caption.note, "un essai") != NULL);
    CHECK_INT(paging.document->waiver_count, 1);
    CHECK_TEXT(paging.document->waivers[0].figure, "g");
    paging_end(&paging);
}

/* Every column of the first table becomes an estimate in that unit. */
static void set_units(const struct edition *edition, const char *unit)
{
    const struct pub_table *table = edition->tables[0];
    for (size_t c = 0; c < pub_columns(table); c++) {
        struct pub_column *column =
            (struct pub_column *)(uintptr_t)pub_column(table, c);
        column->unit = unit;
        column->kind = PUB_ESTIMATE;
    }
}

static void set_changes(const struct edition *edition)
{
    set_units(edition, "percent_per_year");
}

static void set_rates(const struct edition *edition)
{
    set_units(edition, "per_100000");
}

TEST(units_of_changes_are_said_with_the_number)
{
    struct paging paging = paging_new();
    paging.edit = set_changes;
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:grid{table = t, rows = 'sex', columns = 'asr_world'}");
    CHECK(strstr(block->caption.reading,
                 "109,0\u00a0% par an (intervalle de confiance à "
                 "95\u00a0%\u00a0: de\u00a099,0\u00a0à\u00a0119,0).") != NULL);
    paging_end(&paging);
}

TEST(what_is_no_rate_is_said_on_the_scale_of_rates)
{
    struct paging paging = paging_new();
    paging.edit = set_rates;
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:grid{table = t, rows = 'sex', columns = 'asr_world'}");
    CHECK(strstr(block->caption.reading,
                 "109,0\u00a0cas pour 100\u202f000 personnes-années "
                 "(intervalle de confiance à 95\u00a0%\u00a0: "
                 "de\u00a099,0\u00a0à\u00a0"
                 "119,0).") != NULL);
    paging_end(&paging);
}

/* Estimates whose standard the store tells. */
static void set_standard(const struct edition *edition, const char *unit)
{
    set_units(edition, unit);
    ((struct pair *)(uintptr_t)edition->codes->registry)[0] =
        (struct pair){"standard.cases", "world"};
}

static void set_standard_rates(const struct edition *edition)
{
    set_standard(edition, "per_100000");
}

static void set_standard_grades(const struct edition *edition)
{
    set_standard(edition, "grade");
}

TEST(an_estimated_rate_has_the_standard_that_the_store_tells)
{
    static const char grid[] =
        "return doc:grid{table = t, rows = 'sex', columns = 'asr_world'}";
    struct paging paging = paging_new();
    paging.edit = set_rates;
    const struct block *block = only(&paging, CELLS_ALL, grid);
    CHECK(strstr(block->caption.unit, "standard") == NULL);
    paging_end(&paging);
    paging = paging_new();
    paging.edit = set_standard_rates;
    block = only(&paging, CELLS_ALL, grid);
    CHECK_TEXT(block->caption.unit, "pour 100\u202f000 "
                                    "personnes-années\u202f; "
                                    "standard\u00a0: Monde");
    paging_end(&paging);
    paging = paging_new(); /* what is said of it is no rate */
    paging.edit = set_standard_grades;
    block = only(&paging, CELLS_ALL, grid);
    CHECK(strstr(block->caption.unit, "standard") == NULL);
    paging_end(&paging);
}

/* Under fifteen they are children, under twenty-five young. */
TEST(people_have_a_sex_and_an_age)
{
    static const char ages[] =
        "p.table {id = 'ages', title = 'Par âge', measure = 'cases',\n"
        "person_years = 'population', age = 'each', sex = {'T', 'M'}, "
        "period = 'last:5', values = {{kind = 'crude_rate'}}} ";
    reads(LANG_FR, ages,
          "return doc:grid{table = doc:table('ages'), rows = 'age', columns = "
          "'crude_rate', filter = {sex = 'M'}}",
          "en France, de 2019 à 2023, chez les garçons de 0 à 14\u00a0ans, le "
          "taux d’incidence est de 113,0\u00a0cas pour 100\u202f000 "
          "personnes-années.");
    reads(LANG_EN, ages,
          "return doc:grid{table = doc:table('ages'), rows = 'age', columns = "
          "'crude_rate', filter = {sex = 'T'}}",
          "in France, from 2019 to 2023, in children aged 0 to 14, the "
          "incidence rate is 100.0 cases per 100,000 person-years.");
    reads(LANG_FR, ages,
          "return doc:grid{table = doc:table('ages'), rows = 'sex', columns = "
          "'crude_rate', filter = {age = '15-24'}}",
          "en France, de 2019 à 2023, chez les jeunes de 15 à 24\u00a0ans, le "
          "taux d’incidence est de 101,0\u00a0cas pour 100\u202f000 "
          "personnes-années.");
}

TEST(the_sex_of_a_site_of_one_sex_goes_without_saying)
{
    static const char body[] =
        "return doc:grid{table = t, rows = 'period', columns = 'asr_world', "
        "filter = {site = '%s', sex = 'M'}}";
    char of_site[sizeof body + 2];
    snprintf(of_site, sizeof of_site, body, "POU");
    reads(LANG_EN, "", of_site,
          "in Bretagne, from 2019 to 2023, for the site “Site POU”, in men, "
          "the world-standardised incidence rate is 113.0 cases per 100,000 "
          "person-years (95% confidence interval: 103.0\u00a0to\u00a0123.0).");
    snprintf(of_site, sizeof of_site, body, "PRO");
    reads(LANG_EN, "", of_site,
          "in Bretagne, from 2019 to 2023, for the site “Site PRO”, the "
          "world-standardised incidence rate is 116.0 cases per 100,000 "
          "person-years (95% confidence interval: 106.0\u00a0to\u00a0126.0).");
}

TEST(an_annual_change_is_that_of_a_standardised_rate)
{
    static const char trend[] =
        "p.statistic {id = 'trend', title = 'Trend', from = 'rates', "
        "kind = 'annual_change', along = 'period', value = 'asr_world'} "
        "p.table {id = 'rates', title = 'Rates', measure = 'cases', "
        "person_years = 'population', period = 'each:last:5', "
        "values = {{kind = 'standardised_rate', standard = 'world', "
        "interval = true}}} ";
    struct paging paging = paging_new();
    paging.more = trend;
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:grid{table = doc:table('trend'), rows = 'sex', "
             "columns = 'annual_change'}");
    CHECK(strstr(block->caption.reading,
                 "l’évolution annuelle moyenne du taux d’incidence "
                 "standardisé monde est de ") != NULL);
    paging_end(&paging);
}

#define SMOOTHED                                                               \
    "p.table {id = 'ages', title = 'Ages', measure = 'cases', person_years = " \
    "'population', territory = {'root', 'level:region'}, age = {'T', "         \
    "'band:0-39', 'band:40+'}, period = 'last:5', values = {'count', "         \
    "'person_years'}} p.statistic {id = 'smooth', title = 'Smooth', from = "   \
    "'ages', kind = 'smoothed_ratio', along = 'age', value = 'count', "        \
    "reference = 'FR'} "
#define EVERY_SITE                                                             \
    "doc:name_sites{{code = 'TOUS', of = 'de tous les cancers', new = 'de "    \
    "cancer', by = 'par cancer', the = 'tous les cancers'}} "

TEST(a_statistic_of_all_sites_says_so_when_they_have_a_name)
{
    static const char grid[] =
        "return doc:grid{table = doc:table('smooth'), rows = 'territory', "
        "columns = 'smoothed_ratio'}";
    struct paging paging = paging_new();
    paging.more = SMOOTHED;
    const char *named =
        arena_format(paging.fixture.arena, EVERY_SITE "%s", grid);
    CHECK(strstr(only(&paging, CELLS_ALL, named)->caption.reading,
                 "de 2019 à 2023, pour tous les cancers, le rapport "
                 "standardisé lissé est de ") != NULL);
    CHECK(strstr(only(&paging, CELLS_ALL, grid)->caption.reading,
                 "de 2019 à 2023, le rapport standardisé lissé est de ") !=
          NULL);
    paging_end(&paging);
}

static double probability;

static void set_probability(const struct edition *edition)
{
    for (size_t t = 0; t < edition->table_count; t++) {
        struct pub_table *table =
            (struct pub_table *)(uintptr_t)edition->tables[t];
        int column = pub_find_column(table, "smoothed_ratio_above");
        for (size_t row = 0; column >= 0 && row < pub_rows(table); row++)
            pub_put(table, row, (size_t)column, AVAILABLE, probability, 0);
    }
}

TEST(a_probability_at_its_bound_is_said_to_be_one)
{
    static const struct {
        double percent;
        enum lang lang;
        const char *want;
    } cases[] = {
        {0.1, LANG_FR, "est de 0,1\u00a0% ou moins."},
        {0.2, LANG_FR, "est de 0,2\u00a0%."},
        {99.8, LANG_EN, "is 99.8%."},
        {99.9, LANG_EN, "is 99.9% or more."},
    };
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct paging paging = paging_new();
        paging.lang = cases[c].lang;
        paging.more = SMOOTHED;
        paging.edit = set_probability;
        probability = cases[c].percent;
        const char *reading =
            only(&paging, CELLS_ALL,
                 "return doc:grid{table = doc:table('smooth'), rows = "
                 "'territory', columns = 'smoothed_ratio_above'}")
                ->caption.reading;
        if (strstr(reading, cases[c].want) == NULL)
            CHECK_TEXT(reading, cases[c].want);
        paging_end(&paging);
    }
}

TEST(nouns_have_their_article)
{
    static const struct {
        const char *noun, *want;
    } cases[] = {
        {"taux brut", "le taux brut"},
        {"survie nette", "la survie nette"},
        {"incidence estimée", "l’incidence estimée"},
        {"écart de rang", "l’écart de rang"},
        {"taux, brut", "le taux, brut"},
        {"nouveaux cas", ""},
        {"tauxde", ""},
        {"", ""},
    };
    struct arena *arena = arena_new();
    for (size_t c = 0; c < COUNT_OF(cases); c++)
        CHECK_TEXT(locale_definite(arena, LANG_FR, cases[c].noun),
                   cases[c].want);
    CHECK_TEXT(locale_definite(arena, LANG_EN, "crude rate"), "the crude rate");
    arena_free(arena);
}

static void names_standard(enum lang lang, const char *body, const char *unit,
                           const char *note)
{
    struct paging paging = paging_new();
    paging.lang = lang;
    paging.more = "p.statistic {id = 'trend', title = 'Trend', from = 'rates', "
                  "kind = 'annual_change', along = 'period', value = "
                  "'asr_world'} p.table {id = 'rates', title = 'Rates', "
                  "measure = 'cases', person_years = 'population', period = "
                  "'each:last:5', values = {{kind = 'standardised_rate', "
                  "standard = 'world', interval = true}}} ";
    const struct caption *caption = &only(&paging, CELLS_ALL, body)->caption;
    CHECK_TEXT(caption->unit, unit);
    CHECK_TEXT(caption->note, note);
    paging_end(&paging);
}

/* A standardised rate says nothing without its population. */
TEST(the_standard_of_rates_is_named_under_tables_and_figures)
{
    names_standard(LANG_FR,
                   "return doc:grid{table = t, rows = 'sex', note = '', "
                   "columns = 'asr_world'}",
                   "pour 100\u202f000 personnes-années\u202f; standard\u00a0: "
                   "Monde",
                   "");
    names_standard(LANG_EN,
                   "return doc:chart{table = t, kind = 'bar', x = 'sex', note "
                   "= '', column = 'asr_world'}",
                   "per 100,000 person-years; standard: World", "");
    names_standard(LANG_FR,
                   "return doc:grid{table = t, rows = 'sex', note = '', "
                   "columns = {'count', 'asr_world'}}",
                   "", "Standard des taux\u00a0: Monde.");
    names_standard(LANG_EN,
                   "return doc:grid{table = t, rows = 'sex', note = 'One', "
                   "columns = {'count', 'asr_world'}, unit = ''}",
                   "", "One. Standard of the rates: World.");
    names_standard(LANG_FR,
                   "return doc:grid{table = t, rows = 'sex', note = '', "
                   "columns = 'count'}",
                   "nombre de cas", "");
    /* So does what is made of them. */
    names_standard(LANG_EN,
                   "return doc:grid{table = doc:table('trend'), rows = 'sex', "
                   "note = '', columns = 'annual_change'}",
                   "% per year; standard: World", "");
}

/* Words stand on the left of their column, and rows begin with a capital. */
TEST(classes_are_words_and_rows_begin_with_a_capital)
{
    struct paging paging = paging_new();
    paging.lang = LANG_FR;
    paging.more =
        "p.table {id = 'ages', title = 'x', measure = 'cases', age = {'T', "
        "'each'}, period = 'last:5', values = {'count', {kind = 'estimate'}, "
        "'grade'}}";
    const struct block *block = only(
        &paging, CELLS_NONE,
        "return doc:grid{table = doc:table('ages'), rows = 'age', columns = "
        "{'count', 'grade'}}");
    CHECK_TEXT(block->grid->cells[0].text, "Tous âges");
    CHECK(block->grid->columns[1].align == ALIGN_RIGHT);
    CHECK(block->grid->columns[2].align == ALIGN_LEFT);
    block = only(&paging, CELLS_NONE,
                 "local ages = doc:table('ages')\n"
                 "return facts{title = 'x', source = 'y', columns = {'a', 'b', "
                 "'c'}, rows = "
                 "{{ages:axis('age')[1], ages:cell{column = 'grade'}, "
                 "ages:cell{}}}}");
    CHECK_TEXT(block->grid->cells[0].text, "Tous âges");
    CHECK(block->grid->columns[1].align == ALIGN_LEFT);
    CHECK(block->grid->columns[2].align == ALIGN_RIGHT);
    paging_end(&paging);
}

TEST(the_sexes_of_children_are_boys_and_girls_and_of_the_young_young)
{
    struct paging paging = paging_new();
    paging.more = "p.table {id = 'ages', title = 'Par \\195\\162ge', measure = "
                  "'cases', sex = {'T', 'M', 'F'}, age = {'T', 'each'}, "
                  "period = 'last:5', values = 'count'}";
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:chart{kind = 'dot', x = 'sex', "
             "table = doc:table('ages'), column = 'count', "
             "series = {{age = doc:table('ages'):axis('age')[2]}}}");
    CHECK(strstr(scene_description(block->figure->scene), "(Garçons)"));
    CHECK(!strstr(scene_description(block->figure->scene), "(Hommes)"));
    block = only(&paging, CELLS_ALL,
                 "return doc:chart{kind = 'dot', x = 'sex', "
                 "table = doc:table('ages'), column = 'count', "
                 "series = {{age = doc:table('ages'):axis('age')[3]}}}");
    CHECK(strstr(scene_description(block->figure->scene), "(Jeunes hommes)"));
    block = only(&paging, CELLS_ALL,
                 "return doc:chart{kind = 'dot', x = 'sex', "
                 "table = doc:table('ages'), column = 'count'}");
    CHECK(strstr(scene_description(block->figure->scene), "(Hommes)"));
    paging_end(&paging);
}

RUN(CASE(the_sexes_of_children_are_boys_and_girls_and_of_the_young_young),
    CASE(classes_are_words_and_rows_begin_with_a_capital),
    CASE(the_standard_of_rates_is_named_under_tables_and_figures),
    CASE(a_rate_is_a_noun_with_its_article),
    CASE(a_site_that_the_report_names_is_in_the_sentence),
    CASE(limits_are_told_in_words), CASE(no_case_is_a_number),
    CASE(nothing_is_read_of_a_cell_without_value),
    CASE(names_of_sites_are_complete), CASE(counts_are_counted),
    CASE(coverage_is_of_person_years),
    CASE(a_table_names_its_source_or_says_why_not),
    CASE(units_of_changes_are_said_with_the_number),
    CASE(what_is_no_rate_is_said_on_the_scale_of_rates),
    CASE(an_estimated_rate_has_the_standard_that_the_store_tells),
    CASE(a_list_has_no_comma_before_its_verb),
    CASE(people_have_a_sex_and_an_age), CASE(nouns_have_their_article),
    CASE(the_sex_of_a_site_of_one_sex_goes_without_saying),
    CASE(an_annual_change_is_that_of_a_standardised_rate),
    CASE(a_statistic_of_all_sites_says_so_when_they_have_a_name),
    CASE(a_probability_at_its_bound_is_said_to_be_one))
