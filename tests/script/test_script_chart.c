/* SPDX-License-Identifier: EUPL-1.2 */
/* doc:chart{}: what it chooses when a script says little, what it draws beside
 * the values, and what it refuses. */
#include <math.h>

#include "chart/chart_impl.h"
#include "chart_fixture.h"

#define AT "report.lua:17: "
/* The alternative text begins with the kind's name. */
static void check_kind(const char *level, const char *body, const char *kind,
                       size_t columns)
{
    struct paging paging = paging_new();
    paging.level = level;
    const struct block *block = chart(&paging, body);
    const char *alt = scene_alt(block->figure->scene);
    CHECK_TEXT(arena_slice(paging.fixture.arena, alt, strlen(kind)), kind);
    CHECK_INT(block->figure->data->column_count, columns);
    CHECK(block->caption.title[0] != '\0');
    CHECK(block->caption.source[0] != '\0');
    CHECK(block->caption.reading[0] != '\0');
    paging_end(&paging);
}

TEST(the_kind_follows_from_what_varies)
{
    check_kind("region",
               "return doc:chart{table = doc:table('years'), "
               "column = 'crude_rate'}",
               "Graphique en courbes", 7); /* sexes with their limits */
    check_kind("region", "return doc:chart{table = doc:table('ages')}",
               "Pyramide", 3);
    check_kind("region", "return doc:chart{table = t, column = 'asr_world'}",
               "Diagramme en barres", 7);
    check_kind(NULL,
               "return doc:chart{table = t, column = 'asr_world', "
               "level = 'region'}",
               "Points et intervalles par ordre de valeur", 4);
    check_kind(NULL,
               "return doc:chart{table = doc:table('funnel'), "
               "level = 'departement'}",
               "Graphique en entonnoir", 7);
    check_kind("region",
               "return doc:chart{table = doc:table('years'), filter = {sex = "
               "'M'}, trend = doc:table('segments')}",
               "Tendance", 4);
}

TEST(a_script_lists_the_places_that_are_drawn)
{
    struct paging paging = paging_new();
    const struct block *block =
        chart(&paging, "local ages = doc:table('ages'):axis('age') "
                       "return doc:chart{kind = 'bar', x = 'age', "
                       "table = doc:table('ages'), filter = {sex = 'M'}, "
                       "places = {ages[3], ages[2]}}");
    const struct grid *data = block->figure->data;
    CHECK_INT(data->rows, 2);
    CHECK_TEXT(data->cells[0].text, "15-24\u00a0ans");
    CHECK_TEXT(data->cells[data->column_count].text, "0-14\u00a0ans");
    paging_end(&paging);
    check_refused(MORE_TABLES,
                  "return doc:chart{kind = 'bar', x = 'age', "
                  "table = doc:table('ages'), places = {doc:table('ages')"
                  ":axis('sex')[1]}}",
                  AT "places[1]: expected a node of the dimension 'age', "
                     "found 'T' of 'sex'");
    check_refused(MORE_TABLES,
                  "return doc:chart{kind = 'bar', x = 'age', "
                  "table = doc:table('ages'), places = {'a00'}}",
                  AT "places[1]: expected a node of the dimension 'age', "
                     "found the text 'a00'");
}

/* Whether a figure has lines of the colour of a look. */
static bool has_look(const struct block *block, size_t look)
{
    const struct scene *scene = block->figure->scene;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_PATH && item->paint->stroked &&
            item->paint->stroke == chart_colour(look))
            return true;
    }
    return false;
}

TEST(a_sex_has_its_colour_alone_or_beside_another)
{
    static const struct {
        const char *body;
        bool looks[3]; /* of men, women, all */
    } cases[] = {
        {"column = 'crude_rate', series = 'sex'", {true, true, false}},
        {"column = 'crude_rate', filter = {sex = 'M'}", {true, false, false}},
        {"column = 'crude_rate', filter = {sex = 'F'}", {false, true, false}},
        {"column = 'crude_rate', filter = {sex = 'T'}", {false, false, true}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct paging paging = paging_new();
        paging.level = "region";
        char body[160];
        snprintf(body, sizeof body,
                 "return doc:chart{table = doc:table('years'), %s}",
                 cases[i].body);
        const struct block *block = chart(&paging, body);
        for (size_t look = 0; look < 3; look++)
            CHECK(has_look(block, look) == cases[i].looks[look]);
        paging_end(&paging);
    }
}

/* Bars by sex, with these series of ages[...]: the looks of two of them. */
static void check_ages(const char *series, size_t first, size_t second)
{
    struct paging paging = paging_new();
    char body[256];
    snprintf(body, sizeof body,
             "local ages = doc:table('ages'):axis('age') "
             "return doc:chart{kind = 'bar', x = 'sex', "
             "table = doc:table('ages'), column = 'count', series = {%s}}",
             series);
    const struct block *block = chart(&paging, body);
    for (size_t sex = 0; sex < CHART_SEXES; sex++)
        CHECK(!has_look(block, sex));
    CHECK(has_look(block, first) && has_look(block, second));
    paging_end(&paging);
}

TEST(what_is_no_sex_has_the_colour_of_none)
{
    check_ages("{age = ages[3]}, {age = ages[2]}", CHART_SEXES,
               CHART_SEXES + 1);
}

TEST(rising_ages_go_from_light_to_dark_and_one_may_stand_apart)
{
    check_ages("{age = ages[2]}, {age = ages[3]}", chart_ordered(2, 0),
               chart_ordered(2, 1));
    check_ages("{age = ages[2]}, {age = ages[1], apart = true}, "
               "{age = ages[3]}",
               chart_ordered(2, 1), CHART_APART);
    check_ages("{age = ages[2]}, {age = ages[3], apart = true}", CHART_SEXES,
               CHART_SEXES + 1);
}

TEST(one_level_of_places_is_drawn)
{
    struct paging paging = paging_new();
    paging.level = NULL;
    const struct block *block =
        chart(&paging, "return doc:chart{kind = 'caterpillar', table = t, "
                       "column = 'asr_world'}");
    CHECK_INT(block->figure->data->rows, 2); /* the régions, not the country */
    /* which is the reference */
    struct text out = text_new(paging.fixture.arena);
    scene_dump(block->figure->scene, &out);
    CHECK(strstr(out.at, "France\u00a0: 1") != NULL);
    /* A level is of the dimension that has it. */
    block = chart(&paging, "return doc:chart{kind = 'heat', table = t, x = "
                           "'territory', level = 'departement', series = "
                           "'site', column = 'count'}");
    CHECK_INT(block->figure->data->rows, 3);
    CHECK_INT(block->figure->data->column_count, 3);
    paging_end(&paging);
}

/* --- beside the values ---------------------------------------------------- */

static const struct pub_table *table_of(const struct edition *edition,
                                        const char *id)
{
    for (size_t t = 0; t < edition->table_count; t++) {
        if (text_same(pub_id(edition->tables[t]), id))
            return edition->tables[t];
    }
    return NULL;
}

static void put(const struct pub_table *table, size_t row, const char *column,
                double value)
{
    int at = pub_find_column(table, column);
    CHECK(at >= 0);
    pub_put((struct pub_table *)(uintptr_t)table, row, (size_t)at, AVAILABLE,
            value, 0);
}

/* Rates that rise by 5 % a year, and a trend that says so. */
static void rise(const struct edition *edition)
{
    const struct pub_table *years = table_of(edition, "essai.years");
    const struct pub_table *segments = table_of(edition, "essai.segments");
    for (size_t row = 0; row < pub_rows(years); row++) {
        size_t place[DIM_COUNT];
        pub_places(years, row, place);
        double value = 100 * pow(1.05, (double)place[DIM_PERIOD]);
        put(years, row, "crude_rate", value);
        put(years, row, "crude_rate_lower", value - 10);
        put(years, row, "crude_rate_upper", value + 10);
    }
    for (size_t row = 0; row < pub_rows(segments); row++) {
        put(segments, row, "joinpoint_start_1", 2019);
        put(segments, row, "joinpoint_stop_1", 2023);
        put(segments, row, "joinpoint_change_1", 5);
        put(segments, row, "joinpoint_change_1_lower", 4);
        put(segments, row, "joinpoint_change_1_upper", 6);
        int start = pub_find_column(segments, "joinpoint_start_2");
        pub_put((struct pub_table *)(uintptr_t)segments, row, (size_t)start,
                NOT_APPLICABLE, 0, 0);
    }
}

/* Most men are of the first class of ages, most people of the second; of the
 * third, women are withheld. */
static void set_ages(const struct edition *edition)
{
    enum { FIRST = 1, SECOND, THIRD, MEN = 1, WOMEN };
    struct pub_table *ages =
        (struct pub_table *)(uintptr_t)table_of(edition, "essai.ages");
    for (size_t row = 0; row < pub_rows(ages); row++) {
        size_t place[DIM_COUNT];
        pub_places(ages, row, place);
        bool women = place[DIM_SEX] == WOMEN;
        double value = 1;
        if (place[DIM_AGE] == FIRST)
            value = women ? 0 : 50;
        else if (place[DIM_AGE] == SECOND)
            value = 40;
        else if (place[DIM_AGE] == THIRD)
            value = 90;
        put(ages, row, "count", value);
        if (women && place[DIM_AGE] == THIRD)
            pub_put(ages, row, (size_t)pub_find_column(ages, "count"),
                    CONFIDENTIAL, 0, 0);
    }
}

TEST(stacked_bars_are_ranked_by_their_length)
{
    struct paging paging = paging_new();
    paging.edit = set_ages;
    const struct block *block =
        chart(&paging, "return doc:chart{kind = 'stacked', x = 'age', top = 1, "
                       "table = doc:table('ages'), column = 'count', series = "
                       "{{sex = 'M', label = 'a'}, {sex = 'F', label = 'b'}}}");
    const char *words = scene_alt(block->figure->scene);
    CHECK(strstr(words, "15-24") != NULL);
    CHECK_INT(block->figure->data->rows, 1);
    paging_end(&paging);
}

/* Changes go below 0; that of the second class of ages is withheld. */
static void set_falls(const struct edition *edition)
{
    enum { SECOND = 2 };
    struct pub_table *ages =
        (struct pub_table *)(uintptr_t)table_of(edition, "essai.ages");
    for (size_t row = 0; row < pub_rows(ages); row++) {
        size_t place[DIM_COUNT];
        pub_places(ages, row, place);
        put(ages, row, "count", -2 - (double)place[DIM_AGE]);
        if (place[DIM_AGE] == SECOND)
            pub_put(ages, row, (size_t)pub_find_column(ages, "count"),
                    CONFIDENTIAL, 0, 0);
    }
}

TEST(a_place_without_value_is_ranked_below_negative_ones)
{
    struct paging paging = paging_new();
    paging.edit = set_falls;
    const struct block *block = chart(
        &paging, "return doc:chart{kind = 'dot', x = 'age', top = 2, "
                 "table = doc:table('ages'), column = 'count', filter = {sex = "
                 "'M'}}");
    const struct grid *data = block->figure->data;
    CHECK_INT(data->rows, 2);
    for (size_t row = 0; row < data->rows; row++)
        CHECK_INT(data->cells[row * data->column_count + 1].availability,
                  AVAILABLE);
    paging_end(&paging);
}

/* The two numbers after the first `before` that follows *at. */
static void place_after(const char **at, const char *before, double *x,
                        double *y)
{
    const char *found = strstr(*at, before);
    char *end = NULL;
    CHECK(found != NULL);
    *x = strtod(found + strlen(before), &end);
    *y = strtod(end, &end);
    *at = end;
}

static const char *dump(struct paging *paging, const struct block *block)
{
    struct text out = text_new(paging->fixture.arena);
    scene_dump(block->figure->scene, &out);
    return out.at;
}

TEST(a_trend_goes_through_its_values)
{
    struct paging paging = paging_new();
    paging.edit = rise;
    const struct block *block =
        chart(&paging, "return doc:chart{table = doc:table('years'), filter = "
                       "{sex = 'M'}, trend = doc:table('segments')}");
    const char *mark = dump(&paging, block);
    CHECK(strstr(mark, "2019-2023\u00a0: +5,0\u00a0% par an "
                       "[IC95\u00a0%\u00a0: 4,0\u202f;\u00a06,0]") != NULL);
    /* The line has a point for each year, at the middle of the mark. */
    const char *line = strstr(mark, "path stroke #222222 1.50 : M ");
    for (int year = 0; year < 5; year++) {
        double x, y, at_x, at_y;
        mark = strstr(mark, "group css \"point\"");
        place_after(&mark, ": M ", &x, &y);
        place_after(&line, year == 0 ? "M " : "L ", &at_x, &at_y);
        CHECK(fabs(x - 2.2 - at_x) < 0.02);
        CHECK(fabs(y - at_y) < 0.02);
    }
    paging_end(&paging);
}

/* Along x the row's number, and twice as much up. */
static void align(const struct edition *edition)
{
    const struct pub_table *sites = table_of(edition, "essai.sites");
    for (size_t row = 0; row < pub_rows(sites); row++) {
        put(sites, row, "count", (double)row);
        put(sites, row, "asr_world", 2.0 * (double)row + 3);
    }
}

TEST(a_regression_goes_through_points_of_a_line)
{
    struct paging paging = paging_new();
    paging.edit = align;
    const char *at =
        dump(&paging,
             chart(&paging,
                   "return doc:chart{kind = 'scatter', table = t, column = "
                   "'asr_world', filter = {sex = 'M'}, level = 'departement', "
                   "x_column = 'count', regression = true, waive = "
                   "{uncertainty = 'essai'}}"));
    CHECK(strstr(at, "Droite\u00a0: régression linéaire") != NULL);
    const char *line = strstr(at, "group css \"fit\"");
    double x, y, ends[2][2];
    place_after(&line, ": M ", &ends[0][0], &ends[0][1]);
    place_after(&line, "L ", &ends[1][0], &ends[1][1]);
    const char *mark = at;
    for (int i = 0; i < 3; i++) {
        mark = strstr(mark, "group css \"point\"");
        place_after(&mark, ": M ", &x, &y);
        double share = (x - 2.2 - ends[0][0]) / (ends[1][0] - ends[0][0]);
        CHECK(fabs(y - ends[0][1] - share * (ends[1][1] - ends[0][1])) < 0.05);
    }
    paging_end(&paging);
}

TEST(numbers_along_x_say_what_they_are_of)
{
    struct paging paging = paging_new();
    paging.edit = align;
    const struct block *block =
        chart(&paging, "return doc:chart{kind = 'scatter', table = t, column = "
                       "'asr_world', level = 'departement', filter = {sex = "
                       "'F'}, x_column = {column = 'count', sex = 'M'}, "
                       "waive = {uncertainty = 'essai'}}");
    CHECK(strstr(block->caption.scope, "femmes") != NULL);
    CHECK_TEXT(block->caption.unit, "");
    CHECK(strstr(dump(&paging, block), ", Hommes\"") != NULL);
    paging_end(&paging);
}

/* Two other régions or départements make the spread, not the own. */
TEST(a_spine_has_a_row_for_each_series)
{
    struct paging paging = paging_new();
    paging.level = "departement";
    paging.code = "29";
    const struct grid *data =
        chart(&paging, "return doc:chart{kind = 'spine', table = t, column = "
                       "'asr_world', series = 'site'}")
            ->figure->data;
    CHECK_INT(data->rows, 2);
    CHECK_INT(data->column_count, 9);
    CHECK_TEXT(data->columns[1].heading, "Finistère");
    CHECK_TEXT(data->columns[4].heading, "France");
    const struct pub_table *sites = table_of(paging.edition, "essai.sites");
    double least = INFINITY;
    for (size_t row = 0; row < pub_rows(sites); row++) {
        size_t place[DIM_COUNT];
        double value = 0;
        pub_places(sites, row, place);
        const struct node *territory =
            pub_axis_node(sites, DIM_TERRITORY, place[DIM_TERRITORY]);
        if (!text_same(territory->level, "departement") ||
            text_same(territory->code, "29") || place[DIM_SITE] != 1 ||
            place[DIM_SEX] != 0)
            continue;
        CHECK_INT(pub_read(sites, row, 1, &value), AVAILABLE);
        least = fmin(least, value);
    }
    CHECK(fabs(data->cells[5].value - least) < 1e-9);
    CHECK(data->cells[5].value <= data->cells[6].value);
    CHECK(data->cells[7].value <= data->cells[8].value);
    paging_end(&paging);
}

TEST(a_listing_is_the_lines_of_its_function)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return listing(function()\n    return doc:chart {\n"
             "      id = 'x',\n    }\n  end)");
    CHECK_INT(block->kind, BLOCK_LISTING);
    CHECK_INT(block->item_count, 3);
    CHECK_TEXT(joined(&paging, &block->items[0]), "return doc:chart {");
    CHECK_TEXT(joined(&paging, &block->items[1]), "  id = 'x',");
    CHECK_TEXT(joined(&paging, &block->items[2]), "}");
    paging_end(&paging);
}

/* --- what is refused ------------------------------------------------------ */

#define OR_WHY "; or say why not: waive = {uncertainty = \"...\"}"
#define NO_SOURCE                                                              \
    AT "source: a figure names where its numbers come from: say source = "     \
       "\"...\", or why not: waive = {source = \"...\"}"

TEST(a_chart_shows_how_sure_its_values_are)
{
    check_refused(MORE_TABLES,
                  "return doc:chart{table = doc:table('years'), interval = "
                  "false}",
                  AT "uncertainty: interval = false hides the interval that is "
                     "published" OR_WHY);
    check_refused(MORE_TABLES,
                  "return doc:chart{kind = 'heat', table = doc:table('years')"
                  ", series = 'sex'}",
                  AT "uncertainty: the kind 'heat' draws no interval of "
                     "'crude_rate'" OR_WHY);
    check_refused(MORE_TABLES, "return doc:chart{table = doc:table('bare')}",
                  AT "uncertainty: table 'essai.bare' has no interval of "
                     "'crude_rate': plan it with interval = true" OR_WHY);
    check_refused(MORE_TABLES,
                  "return doc:chart{table = doc:table('bare'), waive = "
                  "{uncertainty = ''}}",
                  AT "waive: uncertainty: expected the reason");
    check_refused(MORE_TABLES,
                  "return doc:chart{table = doc:table('bare'), waive = "
                  "{uncertainty = 'a\\nb'}}",
                  AT "waive: uncertainty: expected a reason of one line");
    check_refused(MORE_TABLES,
                  "return doc:chart{table = doc:table('bare'), waive = "
                  "{uncertain = 'x'}}",
                  AT "waive: unknown field 'uncertain'; the nearest is "
                     "'uncertainty'");
}

TEST(a_figure_names_its_source)
{
    check_refused(MORE_TABLES, "return doc:chart{table = t, source = ''}",
                  NO_SOURCE);
    check_refused(MORE_TABLES,
                  "return doc:map{table = t, column = 'asr_world', level = "
                  "'region', source = ''}",
                  NO_SOURCE);
}

TEST(a_reason_is_told_under_the_figure_and_remembered)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:chart{id = 'x', kind = 'heat', table = "
             "doc:table('years'), series = 'sex', source = '', waive = "
             "{uncertainty = 'une couleur', source = 'un essai'}}");
    CHECK(strstr(block->caption.note,
                 "Sans source\u00a0: un essai. Sans intervalle de "
                 "confiance\u00a0: une couleur.") != NULL);
    CHECK_INT(paging.document->waiver_count, 2);
    CHECK_TEXT(paging.document->waivers[1].figure, "x");
    CHECK_TEXT(paging.document->waivers[1].kind, "uncertainty");
    CHECK_TEXT(paging.document->waivers[1].reason, "une couleur");
    paging_end(&paging);
}

TEST(what_a_kind_needs_is_named)
{
    check_refused(MORE_TABLES,
                  "return doc:chart{kind = 'joinpoint', table = "
                  "doc:table('years')}",
                  AT
                  "trend: the kind 'joinpoint' goes with a table of segments "
                  "(p.statistic{kind = 'joinpoint'}), and no other kind does");
    check_refused(MORE_TABLES,
                  "return doc:chart{kind = 'joinpoint', table = "
                  "doc:table('years'), trend = t}",
                  AT
                  "trend: table 'essai.sites' has no segments: expected one of "
                  "p.statistic{kind = 'joinpoint'}");
    check_refused(MORE_TABLES, "return doc:chart{kind = 'scatter', table = t}",
                  AT
                  "x_column: the kind 'scatter' has a column of numbers along "
                  "x");
    check_refused(MORE_TABLES, "return doc:chart{table = t, regression = true}",
                  AT "regression: goes with the kind 'scatter'");
    check_refused(MORE_TABLES,
                  "return doc:chart{kind = 'spine', table = t, filter = "
                  "{territory = 'root'}}",
                  AT
                  "filter: the kind 'spine' shows one territory among others: "
                  "say which, such as filter = {territory = \"region/53\"}");
    check_refused(MORE_TABLES,
                  "return doc:map{kind = 'significance', reference = 1, table "
                  "= doc:table('bare'), column = 'crude_rate', level = "
                  "'region'}",
                  AT
                  "column 'crude_rate': the kind 'significance' needs a column "
                  "with an interval");
    check_refused(MORE_TABLES,
                  "return doc:map{table = t, column = 'asr_world', level = "
                  "'region', facet = 'territory'}",
                  AT
                  "facet: 'territory': expected a dimension but the territory, "
                  "such as 'sex'");
    check_refused(MORE_TABLES, "return listing(heading)",
                  AT "bad argument #1 to 'listing' (expected a function of the "
                     "report)");
}

RUN(CASE(a_place_without_value_is_ranked_below_negative_ones),
    CASE(stacked_bars_are_ranked_by_their_length),
    CASE(numbers_along_x_say_what_they_are_of),
    CASE(the_kind_follows_from_what_varies),
    CASE(a_script_lists_the_places_that_are_drawn),
    CASE(a_sex_has_its_colour_alone_or_beside_another),
    CASE(what_is_no_sex_has_the_colour_of_none),
    CASE(rising_ages_go_from_light_to_dark_and_one_may_stand_apart),
    CASE(one_level_of_places_is_drawn), CASE(a_trend_goes_through_its_values),
    CASE(a_regression_goes_through_points_of_a_line),
    CASE(a_spine_has_a_row_for_each_series),
    CASE(a_listing_is_the_lines_of_its_function),
    CASE(a_chart_shows_how_sure_its_values_are),
    CASE(a_figure_names_its_source),
    CASE(a_reason_is_told_under_the_figure_and_remembered),
    CASE(what_a_kind_needs_is_named))
