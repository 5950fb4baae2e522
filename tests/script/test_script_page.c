/* SPDX-License-Identifier: EUPL-1.2 */
/* page(): what each call of the API makes, and what each mistake is told. */
#include "page_fixture.h"

#define RULE_SIGNED                                                            \
    "legal_basis = {fr = 'Loi', en = 'Law'}, owner = 'DPO',\n"                 \
    "date = '2026-01-03'"

/* --- texts ---------------------------------------------------------------- */

/* --- chapters ------------------------------------------------------------- */

#define TWO_CHAPTERS                                                           \
    "return {heading(1, 'Un', 'un'), doc:chart {table = t, column = "          \
    "'asr_world', id = 'a'}, heading(1, 'Deux'), text('[voir](#un)'), "        \
    "doc:chart {table = t, column = 'asr_world', id = 'b'}}"

TEST(a_chapter_alone_has_its_figures_and_no_link_out)
{
    struct paging paging = paging_new();
    paging.chapter = 2;
    CHECK(make(&paging, CELLS_ALL, TWO_CHAPTERS));
    CHECK_INT(paging.document->block_count, 3);
    const struct block *blocks = paging.document->blocks;
    CHECK_TEXT(joined(&paging, &blocks[0].text), "Deux");
    CHECK_TEXT(blocks[1].text.run[0].href, "");
    CHECK_TEXT(blocks[2].figure->id, "b");
    CHECK(blocks[2].figure->scene != NULL);
    paging.chapter = 1;
    CHECK(make(&paging, CELLS_ALL, TWO_CHAPTERS));
    CHECK_INT(paging.document->block_count, 2);
    CHECK(paging.document->blocks[1].figure->scene != NULL);
    paging_end(&paging);
}

TEST(a_figure_made_before_its_heading_is_drawn_too)
{
    struct paging paging = paging_new();
    paging.chapter = 2;
    CHECK(make(&paging, CELLS_ALL,
               "local early = doc:chart {table = t, column = 'asr_world'}\n"
               "return {heading(1, 'Un'), text('Un.'), heading(1, 'Deux'), "
               "early}"));
    CHECK(paging.document->blocks[1].figure->scene != NULL);
    paging_end(&paging);
}

TEST(a_chapter_that_is_not_there_is_told)
{
    struct paging paging = paging_new();
    paging.chapter = 3;
    CHECK(!make(&paging, CELLS_ALL, TWO_CHAPTERS));
    CHECK_INT(paging.fixture.err.code, ERR_USAGE);
    CHECK_TEXT(paging.fixture.err.text, "report 'essai', region 53: chapter 3: "
                                        "'region-53' has 2 chapters");
    paging_end(&paging);
}

TEST(places_speak_french)
{
    check_text_of("return text(doc.place.in_ .. ', ' .. doc.place.of_)",
                  CELLS_ALL, LANG_FR, "en Bretagne, de Bretagne");
    check_text_of("return text('{p}', {p = t:cell{site = 'POU'}})", CELLS_NONE,
                  LANG_FR, "valeur non publiée (secret statistique)");
}

TEST(values_are_filled_in_as_people_say_them)
{
    check_text_of("return text('{n}, {s}, {p}', {n = t:cell{column = "
                  "'asr_world'}, s = t:node('site', 'POU'), p = "
                  "t:axis('period')[1]})",
                  CELLS_ALL, LANG_FR, "109,0, Site POU, 2019-2023");
    check_text_of("local c = t:cell{column = 'asr_world'}\n"
                  "return text(c:text() .. ' ' .. c:interval_text())",
                  CELLS_ALL, LANG_EN,
                  "109.0 [95%\u00a0CI: 99.0\u00a0to\u00a0119.0]");
    check_text_of("local c = t:cell{}\nreturn text(c:text() .. c:status() .. "
                  "tostring(c:value()) .. c:flags())",
                  CELLS_NONE, LANG_FR, "ccnil");
}

TEST(a_cell_has_a_stable_name)
{
    check_text_of("return text(t:cell{site = 'POU', sex = 'M'}:id())",
                  CELLS_ALL, LANG_FR,
                  "cases|region/53|POU|M|T|2019-2023|T|count");
}

TEST(a_table_without_rows_is_refused)
{
    check_fails("return facts{title = 'x', source = 'y', columns = {'a'}, "
                "rows = {}}",
                "report.lua:17: rows: none");
    check_fails("return doc:grid{table = t, rows = {}, columns = 'count'}",
                "report.lua:17: rows: none that applies");
}

TEST(a_number_beyond_any_scale_is_refused)
{
    check_fails("return facts{title = 'x', source = 'y', columns = {'a', 'b'}, "
                "rows = {{'c', 0/0}}}",
                "report.lua:17: rows: expected a number, found NaN");
    check_fails("return doc:chart{table = t, column = 'asr_world', kind = "
                "'bar', x = 'sex', reference = 1e300}",
                "report.lua:17: reference: expected a number of at most 1e15, "
                "found 1e+300");
    check_fails("return doc:chart{table = t, column = 'asr_world', kind = "
                "'bar', x = 'sex', height = 1/0}",
                "report.lua:17: height: expected a number of at most 1e15, "
                "found inf");
}

/* --- tables and figures --------------------------------------------------- */

TEST(rows_are_called_by_their_dimension_or_as_the_script_says)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:grid{table = t, rows = 'sex', columns = 'count'}");
    CHECK_TEXT(block->grid->columns[0].heading, "Sexe");
    block = only(&paging, CELLS_ALL,
                 "return doc:grid{table = t, rows = 'sex', columns = 'count', "
                 "heading = 'Groupe'}");
    CHECK_TEXT(block->grid->columns[0].heading, "Groupe");
    paging_end(&paging);
}

TEST(a_heading_does_not_say_again_what_its_group_says)
{
    struct paging paging = paging_new();
    const struct block *block = only(
        &paging, CELLS_ALL,
        "return doc:grid{table = t, rows = 'site', columns = {{column = "
        "'count', sex = 'M', group = 'Hommes'}, {column = 'count', sex = 'M', "
        "period = '2019-2023', group = 'Hommes'}, {column = 'count', sex = "
        "'F', group = 'Hommes'}}}");
    const struct grid_column *columns = block->grid->columns;
    CHECK_TEXT(columns[1].heading, "Nouveaux cas");
    CHECK_TEXT(columns[2].heading, "Nouveaux cas – 2019-2023");
    CHECK_TEXT(columns[3].heading, "Nouveaux cas – Femmes");
    paging_end(&paging);
}

TEST(a_grid_is_made_of_typed_cells_with_a_caption)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:grid{table = t, rows = 'site', id = 'g', columns = "
             "{'count', {column = 'asr_world', sex = 'M', interval = true}}, "
             "filter = {sex = 'F'}}");
    const struct grid *grid = block->grid;
    CHECK_TEXT(grid->id, "g");
    CHECK_INT(grid->column_count, 5);
    CHECK_TEXT(grid->columns[0].heading, "Localisation");
    CHECK_TEXT(grid->columns[1].heading, "Nouveaux cas");
    CHECK_TEXT(grid->columns[2].heading, "Taux standardisé, Monde – Hommes");
    CHECK_TEXT(grid->columns[3].heading, "IC95\u00a0% inf.");
    CHECK_INT(grid->rows, 3);
    CHECK_INT(grid->emphasis[0], 1);
    CHECK_INT(grid->emphasis[1], 0);
    const struct grid_cell *cell = &grid->cells[5 + 1];
    CHECK(cell->number);
    CHECK_TEXT(cell->cell_id, "cases|region/53|POU|F|T|2019-2023|T|count");
    CHECK_INT(cell->availability, AVAILABLE);
    CHECK_TEXT(block->caption.title, "Cas par site");
    CHECK_TEXT(block->caption.scope, "Bretagne\u202f; 2019-2023");
    CHECK_TEXT(block->caption.source,
               "Registre d’essai. Traitement\u00a0: Essai.");
    CHECK_TEXT(block->caption.reading,
               "en Bretagne, de 2019 à 2023, chez les femmes, on compte 111 "
               "nouveaux cas.");
    paging_end(&paging);
}

TEST(a_grid_says_why_a_value_is_missing)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_NONE,
             "return doc:grid{table = t, rows = 'site', columns = 'count'}");
    const struct grid_cell *cell = &block->grid->cells[1];
    CHECK_INT(cell->availability, CONFIDENTIAL);
    CHECK_TEXT(cell->text, "c");
    CHECK_TEXT(block->caption.reading, "");
    paging_end(&paging);
}

TEST(rows_may_be_chosen_by_level_or_one_by_one)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:grid{table = t, rows = 'territory', level = "
             "'departement', columns = {'count', 'coverage'}}");
    CHECK_INT(block->grid->rows, 3);
    CHECK_TEXT(block->grid->columns[0].id, "code");
    CHECK_TEXT(block->grid->cells[0].text, "29");
    CHECK_TEXT(block->grid->cells[3].text, "50");
    block = only(&paging, CELLS_ALL,
                 "return doc:grid{table = t, rows = {'sex', 'site'}}");
    CHECK_INT(block->grid->rows, 9);
    block = only(&paging, CELLS_ALL,
                 "return doc:grid{table = t, rows = {t:node('site', 'POU')}}");
    CHECK_INT(block->grid->rows, 1);
    paging_end(&paging);
}

static void set_coverage(const struct edition *edition)
{
    struct pub_table *table = (struct pub_table *)(uintptr_t)edition->tables[0];
    for (size_t r = 0; r < pub_rows(table); r++)
        pub_put_coverage(table, r, r % 2 == 0 ? 0.9998 : 0.0002);
}

/* What is missing, or what is there, is not rounded away. */
TEST(a_coverage_is_whole_only_where_it_is)
{
    struct paging paging = paging_new();
    paging.edit = set_coverage;
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:grid{table = t, rows = 'territory', level = "
             "'departement', columns = {'count', 'coverage'}}");
    for (size_t r = 0; r < 3; r++) {
        const char *text = block->grid->cells[4 * r + 3].text;
        CHECK(text_same(text, "99") || text_same(text, "1"));
    }
    paging_end(&paging);
}

TEST(a_chart_carries_its_data)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:chart{kind = 'line', table = doc:table('years'), "
             "series = 'sex', width = 'half'}");
    CHECK_INT(block->kind, BLOCK_FIGURE);
    CHECK(block->figure->scene != NULL);
    CHECK_INT(block->figure->data->rows, 5);
    CHECK_INT(block->figure->data->column_count, 7);
    CHECK(strstr(block->caption.reading, "en 2023, chez les hommes") != NULL);
    block = only(&paging, CELLS_NONE,
                 "return doc:chart{kind = 'line', table = "
                 "doc:table('years'), series = 'sex'}");
    CHECK(block->figure->scene == NULL);
    CHECK(block->figure->words[0] != '\0');
    paging_end(&paging);
}

TEST(a_chart_takes_a_reference_and_numbers_along_x)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:chart{kind = 'caterpillar', table = t, x = "
             "'territory', level = 'departement', column = 'asr_world', "
             "reference = {value = 50, label = 'France'}}");
    CHECK(block->figure->scene != NULL);
    CHECK(strstr(scene_alt(block->figure->scene), "par ordre de valeur") !=
          NULL);
    block = only(&paging, CELLS_ALL,
                 "return doc:chart{kind = 'scatter', table = t, x = "
                 "'territory', level = 'departement', column = 'asr_world', "
                 "x_column = 'count', waive = {uncertainty = 'essai'}}");
    CHECK(block->figure->scene != NULL);
    CHECK_INT(block->figure->data->column_count, 5); /* with the numbers */
    paging_end(&paging);
}

TEST(a_level_without_boundaries_gives_words)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:map{table = t, column = 'asr_world', level = "
             "'region', focus = doc.place}");
    CHECK(block->figure->scene == NULL);
    CHECK(strstr(block->figure->words, "contours") != NULL);
    CHECK_INT(block->figure->data->rows, 2);
    CHECK(text_starts(block->caption.reading, "en Bretagne"));
    paging_end(&paging);
}

TEST(a_map_of_counts_is_refused)
{
    check_fails("return doc:map{table = t, column = 'count', level = "
                "'region'}",
                "report.lua:17: column 'count': a map shows rates and "
                "shares, never counts; kind = 'circles' does");
    check_fails("return doc:map{table = t, column = 'asr_world', level = "
                "'region', kind = 'circles'}",
                "report.lua:17: column 'asr_world': circles show counts only");
    check_fails("return doc:map{table = t, column = 'asr_world', level = "
                "'region', kind = 'heat'}",
                "report.lua:17: kind 'heat': expected choropleth, "
                "significance, bivariate, circles, tiles or locator");
}

/* --- facts ---------------------------------------------------------------- */

TEST(the_release_and_its_secrecy_are_told)
{
    check_text_of("local r = doc:release()\nreturn text(r.id .. ' ' .. "
                  "r.policy.limit .. ' ' .. r.snapshot .. ' ' .. r.title)",
                  CELLS_ALL, LANG_EN, "essai 10 essai-1 Trial");
    check_text_of("return text(doc:disclosure()[1].share)", CELLS_NONE, LANG_FR,
                  "100,0\u00a0%");
}

/* What a page reads of one rule, with others out of force before it. */
static void check_rule_told(const char *rule, enum lang lang, const char *want)
{
    struct paging paging = paging_new();
    struct script_fixture *fixture = &paging.fixture;
    paging.lang = lang;
    script_file(
        fixture, "panorama.lua",
        arena_format(fixture->arena,
                     PANORAMA_LUA(POLICY_LUA ", rules = {{kind = 'zeros',\n"
                                             "population = 9, audience = "
                                             "'authorised', %s}, {%s, %s}}"),
                     RULE_SIGNED, rule, RULE_SIGNED));
    const struct block *block =
        only(&paging, CELLS_ALL,
             "local p = doc:release().policy\nlocal r = p.rules[1]\n"
             "return text(#p.rules .. p.audience .. '/' .. r.kind .. '/' .. "
             "r.scope .. '/' .. r.rule .. '/' .. r.legal_basis .. '/' .. "
             "r.owner .. '/' .. r.date)");
    CHECK_TEXT(joined(&paging, &block->text), want);
    paging_end(&paging);
}

TEST(the_rules_in_force_are_told_with_who_answers_for_them)
{
    check_rule_told("kind = 'stricter', sites = 'code:POU', threshold = 20,\n"
                    "label = {fr = 'Poumon', en = 'Lung'}",
                    LANG_EN,
                    "1public/stricter/Lung/Threshold of at least 20 "
                    "persons/Law/DPO/3\u00a0January 2026");
    check_rule_told("kind = 'population_floor', population = 5000", LANG_FR,
                    "1public/population_floor/Toutes les cellules/Aucun "
                    "effectif non nul publié dans une population de moins de "
                    "5\u202f000 personnes-années/Loi/DPO/3\u00a0janvier 2026");
    check_rule_told("kind = 'structural_zeros'", LANG_EN,
                    "1public/structural_zeros/Sites of one sex, territories "
                    "not covered/Zeros that everybody knows beforehand, "
                    "always published/Law/DPO/3\u00a0January 2026");
}

TEST(a_list_of_cells_is_told_without_its_cells)
{
    check_rule_told("kind = 'must_suppress', cells = {{measures = 'cases',\n"
                    "sites = 'code:POU', periods = '2019'}}",
                    LANG_EN,
                    "1public/must_suppress/A list of cells/Cells never "
                    "published/Law/DPO/3\u00a0January 2026");
}

TEST(documents_carry_data_sets_and_key_figures)
{
    struct paging paging = paging_new();
    CHECK(make(&paging, CELLS_ALL,
               "doc:dataset(t)\nreturn {false, {cover{title = 'T', lines = "
               "{doc.place}}, {key_figures{{value = t:cell{column = "
               "'asr_world'}, label = 'x'}, {value = t:cell{column = "
               "'asr_world'}, label = 'x', about = true}}}}}"));
    CHECK_INT(paging.document->dataset_count, 1);
    CHECK_INT(paging.document->block_count, 2);
    CHECK_TEXT(paging.document->title, "T");
    const struct key_figure *key = paging.document->blocks[1].figures;
    CHECK_TEXT(key->value, "109,0");
    CHECK_TEXT(key->detail, "[IC95\u00a0%\u00a0: 99,0\u202f;\u00a0119,0]");
    CHECK_TEXT(key[1].value, "109");
    CHECK_TEXT(key[1].detail, "[IC95\u00a0%\u00a0: 99\u202f;\u00a0119]");
    paging_end(&paging);
}

TEST(key_figures_say_the_flags_of_their_values)
{
    struct paging paging = paging_new();
    CHECK(make(&paging, CELLS_FLAGGED,
               "return key_figures{{value = t:cell{column = 'asr_world'}, "
               "label = 'x'}, {value = t:cell{column = 'asr_world'}, label = "
               "'x', detail = ''}, {value = 'y', label = 'x', detail = 'z'}}"));
    const struct key_figure *key = paging.document->blocks[0].figures;
    CHECK_TEXT(key->detail, "[IC95\u00a0%\u00a0: 99,0\u202f;\u00a0119,0], "
                            "estimé, à interpréter avec prudence");
    CHECK_TEXT(key[1].detail, "estimé, à interpréter avec prudence");
    CHECK_TEXT(key[2].detail, "z");
    paging_end(&paging);
}

TEST(a_report_takes_the_theme_of_its_project)
{
    struct paging paging = paging_new();
    CHECK(make(&paging, CELLS_ALL, "return text('a')"));
    CHECK(paging.document->theme == NULL);
    script_file(&paging.fixture, "panorama.lua",
                PANORAMA_LUA(POLICY_LUA "}, theme = 'house.csv', geo = {"));
    CHECK(make(&paging, CELLS_ALL, "return text('a')"));
    CHECK_TEXT(
        paging.document->theme,
        fs_join(paging.fixture.arena, paging.fixture.directory, "house.csv"));
    paging_end(&paging);
}

TEST(figures_and_tables_stand_side_by_side)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return columns{doc:grid{table = t, rows = 'site', id = 'g'},"
             " doc:chart{table = t, column = 'asr_world', id = 'c'}}");
    CHECK_INT(block->kind, BLOCK_COLUMNS);
    CHECK_INT(block->child_count, 2);
    CHECK_INT(block->children[0].kind, BLOCK_TABLE);
    CHECK_INT(block->children[1].kind, BLOCK_FIGURE);
    paging_end(&paging);
}

TEST(a_section_stands_around_its_blocks)
{
    struct paging paging = paging_new();
    CHECK(make(&paging, CELLS_ALL,
               "return {section{columns = 2, heading(2, 'A'), {text('b')}},"
               " section{landscape = true, heading(2, 'C'), text('d')}}"));
    static const enum block_kind kinds[] = {
        BLOCK_SECTION, BLOCK_HEADING, BLOCK_PARAGRAPH, BLOCK_SECTION,
        BLOCK_SECTION, BLOCK_HEADING, BLOCK_PARAGRAPH, BLOCK_SECTION};
    const struct block *blocks = paging.document->blocks;
    CHECK_INT(paging.document->block_count, COUNT_OF(kinds));
    for (size_t b = 0; b < COUNT_OF(kinds); b++)
        CHECK_INT(blocks[b].kind, kinds[b]);
    CHECK_INT(blocks[0].columns, 2);
    CHECK(!blocks[0].landscape);
    CHECK_INT(blocks[3].columns, 1);
    CHECK(blocks[4].landscape);
    CHECK(!blocks[7].landscape);
    paging_end(&paging);
}

/* --- mistakes ------------------------------------------------------------- */

TEST(mistakes_name_file_line_and_neighbour)
{
    check_fails("return heding(1, 'x')",
                "report.lua:17: there is no 'heding' here; the nearest name "
                "is 'heading'");
    check_fails("return doc:gird{}",
                "report.lua:17: a document has no 'gird'; the nearest is "
                "grid");
    check_fails("return doc:table('site')",
                "report.lua:17: table 'site': no plan declares it; the "
                "nearest is essai.sites");
    check_fails("return t:cell{site = 'POX'}",
                "report.lua:17: site 'POX': table 'essai.sites' has no such "
                "site; the nearest is 'POU'");
    check_fails("return t:cell{colum = 'count'}",
                "report.lua:17: cell: unknown field 'colum'; the nearest is "
                "'column'");
    check_fails("return t:cell{column = 'asr_word'}",
                "report.lua:17: column 'asr_word': table 'essai.sites' has no "
                "such column; the nearest is 'asr_world'");
    check_fails("return doc:grid{table = t, row = 'site'}",
                "report.lua:17: grid: unknown field 'row'; the nearest is "
                "'rows'");
    check_fails("return doc:grid{table = t, rows = 'site', columns = "
                "{{column = 'count', apart = true}}}",
                "report.lua:17: column: unknown field 'apart'; known are: "
                "table, column, heading, unit, interval, territory, site, sex, "
                "age, period, stratum, group");
    check_fails("return doc:map{table = t, column = 'asr_world', facet = "
                "{{sex = 'M', apart = true}}}",
                "report.lua:17: column: unknown field 'apart'; known are: "
                "table, column, heading, unit, interval, territory, site, sex, "
                "age, period, stratum, group, label");
    check_fails("return doc.plaice.in_",
                "report.lua:17: a document has no 'plaice'; the nearest is "
                "place");
    check_fails("return columns{text('a'), text('b')}",
                "report.lua:17: columns: expected figures, maps and tables");
    check_fails("return section{columns = 3}",
                "report.lua:17: section: columns: expected 1 or 2, found 3");
    check_fails("return section{column = 2}",
                "report.lua:17: section: unknown field 'column'; the nearest "
                "is 'columns'");
    check_fails("return section{{section{text('a')}}}",
                "report.lua:17: section: expected no section inside another");
    check_fails("return 'x'",
                "report.lua:15: page: expected blocks, found string");
    check_fails("return {doc:grid{table = t, rows = 'site', id = 'a'}, "
                "doc:grid{table = t, rows = 'sex', id = 'a'}}",
                "report.lua:17: id 'a': used twice in this document");
}

TEST(an_endless_page_ends)
{
    check_fails("while true do pcall(function() while true do end end) end",
                "report.lua:17: the script was stopped after 200 million "
                "instructions: an endless loop?");
}

TEST(blocks_without_end_are_stopped)
{
    struct paging paging = paging_new();
    CHECK(
        !make(&paging, CELLS_ALL, "while true do text(('x '):rep(50000)) end"));
    CHECK_INT(paging.fixture.err.code, ERR_SCRIPT);
    CHECK(strstr(paging.fixture.err.text, "more memory than its 256 MiB"));
    paging_end(&paging);
}

RUN(CASE(a_chapter_alone_has_its_figures_and_no_link_out),
    CASE(a_figure_made_before_its_heading_is_drawn_too),
    CASE(a_chapter_that_is_not_there_is_told), CASE(places_speak_french),
    CASE(values_are_filled_in_as_people_say_them),
    CASE(a_cell_has_a_stable_name), CASE(a_table_without_rows_is_refused),
    CASE(a_number_beyond_any_scale_is_refused),
    CASE(rows_are_called_by_their_dimension_or_as_the_script_says),
    CASE(a_heading_does_not_say_again_what_its_group_says),
    CASE(a_grid_is_made_of_typed_cells_with_a_caption),
    CASE(a_grid_says_why_a_value_is_missing),
    CASE(rows_may_be_chosen_by_level_or_one_by_one),
    CASE(a_coverage_is_whole_only_where_it_is), CASE(a_chart_carries_its_data),
    CASE(a_chart_takes_a_reference_and_numbers_along_x),
    CASE(a_level_without_boundaries_gives_words),
    CASE(a_map_of_counts_is_refused),
    CASE(the_release_and_its_secrecy_are_told),
    CASE(the_rules_in_force_are_told_with_who_answers_for_them),
    CASE(a_list_of_cells_is_told_without_its_cells),
    CASE(documents_carry_data_sets_and_key_figures),
    CASE(key_figures_say_the_flags_of_their_values),
    CASE(a_report_takes_the_theme_of_its_project),
    CASE(figures_and_tables_stand_side_by_side),
    CASE(a_section_stands_around_its_blocks),
    CASE(mistakes_name_file_line_and_neighbour), CASE(an_endless_page_ends),
    CASE(blocks_without_end_are_stopped))
