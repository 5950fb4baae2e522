/* SPDX-License-Identifier: EUPL-1.2 */
/* What notes explain of intervals, flags and digits, and references that are
 * cells. */
#include "page_fixture.h"

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

#define FEWER_DECIMALS                                                         \
    "Valeur imprimée avec moins de décimales que les autres\u00a0: un "      \
    "chiffre "                                                                 \
    "de plus permettrait de retrouver un effectif confidentiel."

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
    CHECK_TEXT(block->caption.note, FEWER_DECIMALS);
    paging_end(&paging);
}

/* Bars print their values; curves do not. */
TEST(a_figure_that_prints_a_value_of_fewer_decimals_explains_it)
{
    struct paging paging = paging_new();
    paging.lang = LANG_FR;
    paging.edit = coarsen_values;
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return doc:chart{table = t, kind = 'bar', x = 'sex', column = "
             "'asr_world', note = ''}");
    CHECK_TEXT(block->caption.note, FEWER_DECIMALS);
    block = only(&paging, CELLS_ALL,
                 "return doc:chart{table = t, kind = 'dot', x = 'sex', column "
                 "= 'asr_world', note = ''}");
    CHECK_TEXT(block->caption.note, "");
    block = only(&paging, CELLS_ALL,
                 "return key_figures{{value = t:cell{column = 'asr_world'}, "
                 "label = 'x'}}");
    CHECK(strstr(block->figures[0].detail,
                 "], arrondi pour le secret statistique") != NULL);
    paging_end(&paging);
}

/* A spine prints values, too. */
TEST(a_value_of_fewer_decimals_is_explained_under_a_spine)
{
    static const char spine[] =
        "return doc:chart{kind = 'spine', table = t, column = 'asr_world', "
        "series = 'site', note = ''}";
    for (int coarse = 0; coarse < 2; coarse++) {
        struct paging paging = paging_new();
        paging.lang = LANG_FR;
        paging.level = "departement";
        paging.code = "29";
        paging.edit = coarse ? coarsen_values : NULL;
        const struct block *block = only(&paging, CELLS_ALL, spine);
        const char *told = strstr(block->caption.note, "moins de décimales");
        CHECK((told != NULL) == (coarse == 1));
        paging_end(&paging);
    }
}

RUN(CASE(an_interval_withheld_beside_its_value_is_explained),
    CASE(an_interval_narrower_than_its_digits_is_told),
    CASE(
        a_sign_of_all_values_stands_once_and_one_of_a_value_is_not_on_its_limits),
    CASE(a_reference_that_is_a_cell_has_its_interval),
    CASE(classes_around_a_cell_need_no_interval_of_it),
    CASE(a_value_of_fewer_decimals_is_explained),
    CASE(a_figure_that_prints_a_value_of_fewer_decimals_explains_it),
    CASE(a_value_of_fewer_decimals_is_explained_under_a_spine))
