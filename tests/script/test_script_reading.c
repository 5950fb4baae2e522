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

/* Every rate keeps its value and loses its limits. */
static void withhold_limits(const struct edition *edition)
{
    struct pub_table *table = (struct pub_table *)(uintptr_t)edition->tables[0];
    for (size_t r = 0; r < pub_rows(table); r++) {
        for (size_t c = 0; c < pub_columns(table); c++) {
            if (pub_column(table, c)->part != PUB_VALUE)
                pub_put(table, r, c, CONFIDENTIAL, 0, 0);
        }
    }
}

static const struct block *without_limits(struct paging *paging, enum lang lang,
                                          const char *body)
{
    *paging = paging_new();
    paging->lang = lang;
    paging->edit = withhold_limits;
    return only(paging, CELLS_ALL, body);
}

/* « 352,8 c c » puzzles: what is withheld, and why. */
TEST(an_interval_withheld_beside_its_value_is_explained)
{
    struct paging paging;
    const struct block *block = without_limits(
        &paging, LANG_FR,
        "return doc:chart{table = t, kind = 'dot', x = 'sex', column = "
        "'asr_world', note = ''}");
    CHECK(strstr(block->caption.reading,
                 "(intervalle de confiance à 95\u00a0% non publié)") != NULL);
    CHECK_TEXT(block->caption.note,
               "Valeur publiée sans son intervalle\u00a0: celui-ci permettrait "
               "de retrouver un effectif confidentiel.");
    paging_end(&paging);

    block = without_limits(&paging, LANG_EN,
                           "return doc:grid{table = t, rows = 'sex', columns "
                           "= 'asr_world', interval = true, note = "
                           "t:cell{column = 'asr_world'}:interval_text()}");
    CHECK_TEXT(
        block->caption.note,
        "[95%\u00a0CI not published]. Value published without its interval: "
        "the interval would give a confidential number back.");
    CHECK(!block->grid->cells[1].alone);
    CHECK(block->grid->cells[2].alone);
    paging_end(&paging);

    block = without_limits(&paging, LANG_EN,
                           "return doc:grid{table = t, rows = 'sex', columns "
                           "= 'asr_world', note = ''}");
    CHECK_TEXT(block->caption.note, "");
    paging_end(&paging);
}

/* Limits a hair apart, which no decimal tells apart. */
static void narrow_limits(const struct edition *edition)
{
    struct pub_table *table = (struct pub_table *)(uintptr_t)edition->tables[0];
    int value = pub_find_column(table, "asr_world");
    const struct pub_column *column = pub_column(table, (size_t)value);
    for (size_t r = 0; r < pub_rows(table); r++) {
        pub_put(table, r, (size_t)value, AVAILABLE, 47.8, 0);
        pub_put(table, r, (size_t)column->lower, AVAILABLE, 47.8, 0);
        pub_put(table, r, (size_t)column->upper, AVAILABLE, 47.8, 0);
    }
}

/* « 47,8 [47,8 ; 47,8] » has no more digits to give. */
TEST(an_interval_narrower_than_its_digits_is_told)
{
    struct paging paging = paging_new();
    paging.lang = LANG_FR;
    paging.edit = narrow_limits;
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:grid{table = t, rows = 'sex', columns = 'asr_world', "
             "interval = true, note = "
             "t:cell{column = 'asr_world'}:interval_text()}");
    CHECK_TEXT(block->caption.note,
               "[IC95\u00a0% plus étroit que l’arrondi]. Limites égales\u00a0: "
               "intervalle plus étroit que l’arrondi.");
    CHECK(strstr(block->caption.reading,
                 "(intervalle de confiance à 95\u00a0% plus étroit que "
                 "l’arrondi)"));
    paging_end(&paging);
}

/* Every value is to be read with caution, and every other row is revised too.
 */
static void flag_values(const struct edition *edition)
{
    struct pub_table *table = (struct pub_table *)(uintptr_t)edition->tables[0];
    for (size_t r = 0; r < pub_rows(table); r++) {
        for (size_t c = 0; c < pub_columns(table); c++)
            pub_put(table, r, c, AVAILABLE, 10,
                    FLAG_CAUTION | (r % 2 == 0 ? FLAG_REVISED : 0u));
    }
}

/* « −0,3 a [−0,4 a ; −0,3 a] » three hundred times is no information. */
TEST(a_sign_of_all_values_stands_once_and_one_of_a_value_is_not_on_its_limits)
{
    struct paging paging = paging_new();
    paging.lang = LANG_FR;
    paging.edit = flag_values;
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:grid{table = t, rows = 'sex', columns = 'asr_world', "
             "interval = true, note = ''}");
    CHECK_TEXT(block->caption.note,
               "Toutes les valeurs portent la mention «\u00a0à interpréter "
               "avec prudence\u00a0». Limites égales\u00a0: intervalle plus "
               "étroit que l’arrondi.");
    size_t revised = 0;
    const struct grid *grid = block->grid;
    for (size_t c = 0; c < grid->rows * grid->column_count; c++) {
        const struct grid_cell *cell = &grid->cells[c];
        CHECK(cell->flags == 0 ||
              (!cell->limit && cell->flags == FLAG_REVISED));
        revised += cell->flags != 0;
    }
    CHECK(revised > 0 && revised < grid->rows);
    paging_end(&paging);
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

#define DIFFERENCES                                                            \
    "return doc:map{kind = 'significance', table = t, column = 'asr_world', "  \
    "level = 'departement', reference = t:cell{column = 'asr_world'}}"

/* The map and doc:compare() tell the same areas from the whole. */
TEST(a_reference_that_is_a_cell_has_its_interval)
{
    struct paging paging = with_boundaries("");
    CHECK(only(&paging, CELLS_ALL, DIFFERENCES)->figure->scene != NULL);
    paging_end(&paging);

    paging = with_boundaries("");
    paging.edit = withhold_limits;
    CHECK(!make(&paging, CELLS_ALL, DIFFERENCES));
    CHECK(strstr(paging.fixture.err.text,
                 "reference: expected a cell published with its interval"));
    paging_end(&paging);
}

#define AROUND                                                                 \
    "return doc:map{method = 'around', classes = 4, table = t, column = "      \
    "'asr_world', level = 'departement', reference = t:cell{column = "         \
    "'asr_world'}}"

static void withhold_values(const struct edition *edition)
{
    struct pub_table *table = (struct pub_table *)(uintptr_t)edition->tables[0];
    for (size_t r = 0; r < pub_rows(table); r++)
        for (size_t c = 0; c < pub_columns(table); c++)
            pub_put(table, r, c, CONFIDENTIAL, 0, 0);
}

/* Classes are made around its value alone. */
TEST(classes_around_a_cell_need_no_interval_of_it)
{
    struct paging paging = with_boundaries("");
    paging.edit = withhold_limits;
    CHECK(only(&paging, CELLS_ALL, AROUND)->figure->scene != NULL);
    paging_end(&paging);

    paging = with_boundaries("");
    paging.edit = withhold_values;
    CHECK(!make(&paging, CELLS_ALL, AROUND));
    CHECK(strstr(paging.fixture.err.text,
                 "reference: expected a cell whose value is published"));
    paging_end(&paging);
}

/* Every rate is known to no decimal. */
static void coarsen_values(const struct edition *edition)
{
    struct pub_table *table = (struct pub_table *)(uintptr_t)edition->tables[0];
    int column = pub_find_column(table, "asr_world");
    CHECK(column >= 0);
    for (size_t r = 0; r < pub_rows(table); r++)
        pub_coarsen(table, r, (size_t)column, 0);
}

/* « 87 » among « 82,0 » puzzles too. */
TEST(a_value_of_fewer_decimals_is_explained)
{
    struct paging paging = paging_new();
    paging.lang = LANG_FR;
    paging.edit = coarsen_values;
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:grid{table = t, rows = 'sex', columns = 'asr_world', "
             "note = ''}");
    CHECK_TEXT(
        block->caption.note,
        "Valeur imprimée avec moins de décimales que les autres\u00a0: un "
        "chiffre de plus permettrait de retrouver un effectif "
        "confidentiel.");
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
    CASE(an_interval_withheld_beside_its_value_is_explained),
    CASE(an_interval_narrower_than_its_digits_is_told),
    CASE(
        a_sign_of_all_values_stands_once_and_one_of_a_value_is_not_on_its_limits),
    CASE(classes_are_words_and_rows_begin_with_a_capital),
    CASE(a_value_of_fewer_decimals_is_explained),
    CASE(a_reference_that_is_a_cell_has_its_interval),
    CASE(classes_around_a_cell_need_no_interval_of_it),
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
    CASE(a_list_has_no_comma_before_its_verb),
    CASE(people_have_a_sex_and_an_age), CASE(nouns_have_their_article),
    CASE(the_sex_of_a_site_of_one_sex_goes_without_saying),
    CASE(an_annual_change_is_that_of_a_standardised_rate))
