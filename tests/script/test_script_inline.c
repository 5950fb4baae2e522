/* SPDX-License-Identifier: EUPL-1.2 */
/* The calls between braces: forms, agreement, and what they refuse. */
#include "page_fixture.h"

/* Values of every kind under their own names, on one line. */
#define VALUES                                                                 \
    "{p = doc.place, n = t:cell{}, r = t:cell{column = 'asr_world'}, s = "     \
    "t:node('sex', 'F'), w = 'mot'}"
#define SAYS(text) "return text('" text "', " VALUES ")"

static void set_first(const struct edition *edition, double value)
{
    struct pub_table *table = (struct pub_table *)edition->tables[0];
    for (size_t r = 0; r < pub_rows(table); r++)
        pub_put(table, r, 0, AVAILABLE, value, 0);
}

static void set_none(const struct edition *edition)
{
    set_first(edition, 0);
}

static void set_one(const struct edition *edition)
{
    set_first(edition, 1);
}

static void set_two(const struct edition *edition)
{
    set_first(edition, 2);
}

static void agrees(void (*edit)(const struct edition *edition), enum lang lang,
                   enum fixture_cells cells, const char *want)
{
    struct paging paging = paging_new();
    paging.edit = edit;
    paging.lang = lang;
    const struct block *block =
        only(&paging, cells, SAYS("{n: cas est | cas sont}"));
    CHECK_TEXT(joined(&paging, &block->text), want);
    paging_end(&paging);
}

TEST(nodes_stand_inside_sentences)
{
    check_text_of(SAYS("{p}, {p.in}, {p.of}, {s.in}"), CELLS_ALL, LANG_FR,
                  "Bretagne, en Bretagne, de Bretagne, chez les femmes");
    check_text_of(SAYS("{p.in}, {p.of}"), CELLS_ALL, LANG_EN,
                  "in Bretagne, of Bretagne");
}

TEST(cells_give_interval_and_unit)
{
    check_text_of(SAYS("{r} {r.ci} {r.unit}"), CELLS_ALL, LANG_EN,
                  "109.0 [95%\u00a0CI: 99.0\u00a0to\u00a0119.0] per 100,000 "
                  "person-years");
    check_text_of(SAYS("{r.ci}."), CELLS_NONE, LANG_EN, ".");
    check_text_of(SAYS("{r.about}"), CELLS_ALL, LANG_EN, "109");
}

TEST(words_agree_with_the_count_of_a_cell)
{
    agrees(set_none, LANG_FR, CELLS_ALL, "cas est");
    agrees(set_one, LANG_FR, CELLS_ALL, "cas est");
    agrees(set_two, LANG_FR, CELLS_ALL, "cas sont");
    agrees(set_none, LANG_EN, CELLS_ALL, "cas sont");
    agrees(set_one, LANG_EN, CELLS_ALL, "cas est");
    agrees(NULL, LANG_FR, CELLS_NONE, "cas sont");
}

TEST(what_is_no_call_is_text)
{
    check_text_of(SAYS("{} {P} { p } {p.} {p: a} {p}{"), CELLS_ALL, LANG_EN,
                  "{} {P} { p } {p.} {p: a} Bretagne{");
}

TEST(a_form_belongs_to_a_kind_of_value)
{
    static const char *const wrong[] = {"{w.in}", "{n.of}", "{s.of}", "{p.ci}",
                                        "{n.low}"};
    for (size_t w = 0; w < COUNT_OF(wrong); w++) {
        struct arena *arena = arena_new();
        check_fails(
            arena_format(arena, "return text('%s', " VALUES ")", wrong[w]),
            arena_format(arena,
                         "report.lua:17: text:1: %s: expected .in of a node, "
                         ".of of a territory, .ci, .about or .unit of a cell",
                         wrong[w]));
        arena_free(arena);
    }
    check_fails(SAYS("un {w: a | b}"),
                "report.lua:17: text:1: {w: a | b}: expected a cell to agree "
                "with, found string");
    check_fails(SAYS("{q.in}"), "report.lua:17: text:1: no value for {q}");
}

/* "109" stands in the first text, in no other word of the second, and is the
 * value of a name in the third. */
TEST(words_that_a_script_makes_of_a_cell_are_remembered)
{
    struct paging paging = paging_new();
    CHECK(make(&paging, CELLS_ALL,
               "local c = t:cell{}\n"
               "local a = text('En tout, ' .. c:text() .. ' cas.')\n"
               "local b = text('Année 2' .. c:said() .. ' et 109,5.')\n"
               "return {a, b, text('{n}', {n = tostring(c)})}"));
    const struct said *said = paging.document->said;
    CHECK_INT(paging.document->said_count, 2);
    CHECK_INT(said[0].line, 18);
    CHECK_TEXT(said[0].name, "text()");
    CHECK_TEXT(said[0].text, "109");
    CHECK_TEXT(said[0].file, "report.lua");
    CHECK(said[0].table != NULL);
    CHECK_INT(said[1].line, 20);
    CHECK_TEXT(said[1].name, "n");
    CHECK_TEXT(said[1].cell_id, said[0].cell_id);
    const struct block *blocks = paging.document->blocks;
    CHECK_INT(blocks[0].said_past - blocks[0].said_first, 1);
    CHECK_INT(blocks[1].said_past - blocks[1].said_first, 0);
    CHECK_INT(blocks[2].said_past - blocks[2].said_first, 1);
    paging_end(&paging);
}

/* The first text is written on one value, the third on many; those between
 * were read for the table. */
TEST(values_that_a_script_computes_with_are_remembered)
{
    struct paging paging = paging_new();
    CHECK(make(&paging, CELLS_ALL,
               "local c = t:cell{}\n"
               "local a = text(c:value() > 1 and 'Haut.' or 'Bas.')\n"
               "local b = c:value() and doc:grid{table = t, rows = 'sex', "
               "columns = {'count'}}\n"
               "local d, n = text('Rien.'), 0\n"
               "for _ = 1, 4 do n = n + c:value() end\n"
               "return {a, b, d, heading(2, 'Titre'),\nnote('De même.')}"));
    const struct said *said = paging.document->said;
    CHECK_INT(paging.document->said_count, 2);
    CHECK_TEXT(said[0].name, "value() in report.lua");
    CHECK_TEXT(said[0].text, "109");
    CHECK_TEXT(said[0].file, "report.lua");
    CHECK_INT(said[0].line, 18);
    CHECK(said[0].table == NULL);
    CHECK_TEXT(said[0].rule, "");
    CHECK(text_starts(said[1].text, "4 values, "));
    CHECK_INT(said[1].line, 23);
    const char *many = said[1].text;

    /* The same values again are the same words. */
    struct paging again = paging_new();
    CHECK(make(&again, CELLS_ALL,
               "for _, sex in ipairs {'T', 'T', 'T', 'T'} do t:cell{sex = "
               "sex}:value() end\nreturn text('De même.')"));
    CHECK_TEXT(again.document->said[0].text, many);
    CHECK(make(&again, CELLS_ALL,
               "for _, sex in ipairs {'T', 'T', 'T', 'M'} do t:cell{sex = "
               "sex}:value() end\nreturn text('De même.')"));
    CHECK(!text_same(again.document->said[0].text, many));
    paging_end(&again);
    paging_end(&paging);
}

RUN(CASE(values_that_a_script_computes_with_are_remembered),
    CASE(nodes_stand_inside_sentences), CASE(cells_give_interval_and_unit),
    CASE(words_agree_with_the_count_of_a_cell), CASE(what_is_no_call_is_text),
    CASE(a_form_belongs_to_a_kind_of_value),
    CASE(words_that_a_script_makes_of_a_cell_are_remembered))
