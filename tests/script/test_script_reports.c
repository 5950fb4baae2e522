/* SPDX-License-Identifier: EUPL-1.2 */
/* The definitions of the project itself: planned, and every page made for
 * each kind of territory, in each language, whatever the cells look like. */
#include "edition_fixture.h"

struct reports {
    struct arena *arena;
    struct project *project;
    struct plan *plan;
    struct fonts *fonts;
};

static struct reports open_reports(void)
{
    struct reports reports = {.arena = arena_new()};
    struct err err = {0};
    bool ok = script_project(reports.arena, ".", &reports.project, &err) &&
              script_plan(reports.arena, reports.project, NULL, 0,
                          &reports.plan, &err) &&
              fonts_open(reports.arena, NULL, &reports.fonts, &err);
    if (!ok)
        CHECK_TEXT(err.text, "");
    reports.project->langs[0] = LANG_FR;
    reports.project->langs[1] = LANG_EN;
    reports.project->lang_count = 2;
    return reports;
}

static void close_reports(struct reports *reports)
{
    fonts_close(reports->fonts);
    arena_free(reports->arena);
}

static const struct document *make(struct reports *reports,
                                   const struct edition *edition,
                                   const char *id, const char *level,
                                   const char *code, enum lang lang)
{
    struct err err = {0};
    struct document *document = NULL;
    struct page_job job = {.project = reports->project,
                           .edition = edition,
                           .lang = lang,
                           .fonts = reports->fonts};
    for (size_t r = 0; r < edition->report_count; r++) {
        if (text_same(edition->reports[r].id, id))
            job.report = &edition->reports[r];
    }
    const struct dimension *places = &edition->codes->dims[DIM_TERRITORY];
    if (level)
        job.territory = &places->nodes[code_find(places, level, code)];
    if (!script_page(reports->arena, &job, &document, &err))
        CHECK_TEXT(err.text, "");
    return document;
}

static size_t count_blocks(const struct block *blocks, size_t count,
                           enum block_kind kind)
{
    size_t found = 0;
    for (size_t b = 0; b < count; b++)
        found += (blocks[b].kind == kind) +
                 count_blocks(blocks[b].children, blocks[b].child_count, kind);
    return found;
}

static size_t count_of(const struct document *document, enum block_kind kind)
{
    return count_blocks(document->blocks, document->block_count, kind);
}

/* Every figure has its data, title and source; texts have no hole. */
static void check_captions(const struct block *blocks, size_t count)
{
    for (size_t b = 0; b < count; b++) {
        const struct block *block = &blocks[b];
        check_captions(block->children, block->child_count);
        if (block->kind == BLOCK_FIGURE) {
            CHECK(block->figure->data != NULL);
            CHECK(block->figure->scene || block->figure->words[0] != '\0');
            CHECK(block->figure->data->rows > 0);
            CHECK(block->caption.source[0] != '\0');
        }
        if (block->kind == BLOCK_FIGURE || block->kind == BLOCK_TABLE)
            CHECK(block->caption.title[0] != '\0');
        for (size_t r = 0; r < block->text.count; r++)
            CHECK(!strchr(block->text.run[r].text, '{'));
    }
}

static bool is_heading(const struct block *block, const char *words)
{
    return block->kind == BLOCK_HEADING && block->text.count > 0 &&
           (words[0] == '\0' || text_same(block->text.run[0].text, words));
}

/* A sheet has no heading with nothing under it. */
static void check_headings(const struct document *document)
{
    for (size_t b = 0; b < document->block_count; b++) {
        if (!is_heading(&document->blocks[b], "") ||
            document->blocks[b].level < 3)
            continue;
        CHECK(b + 1 < document->block_count);
        CHECK(document->blocks[b + 1].kind != BLOCK_HEADING);
    }
}

static size_t headings(const struct document *document, int level,
                       const char *words)
{
    size_t found = 0;
    for (size_t b = 0; b < document->block_count; b++)
        found += document->blocks[b].level == level &&
                 is_heading(&document->blocks[b], words);
    return found;
}

static void check_document(const struct document *document)
{
    CHECK(document->title[0] != '\0');
    CHECK(document->description[0] != '\0');
    CHECK_INT(count_of(document, BLOCK_COVER), 1);
    check_captions(document->blocks, document->block_count);
    check_headings(document);
}

static size_t open_tables(const struct plan *plan)
{
    size_t count = 0;
    for (size_t t = 0; t < plan->table_count; t++)
        count += plan->tables[t].open_data;
    for (size_t s = 0; s < plan->statistic_count; s++)
        count += plan->statistics[s].open_data;
    return count;
}

static void check_all(enum fixture_cells cells)
{
    struct reports reports = open_reports();
    const struct edition *edition =
        fixture_edition(reports.arena, reports.project, reports.plan, cells);
    for (unsigned lang = 0; lang < LANG_COUNT; lang++) {
        const struct document *document =
            make(&reports, edition, "national", NULL, NULL, (enum lang)lang);
        check_document(document);
        CHECK(count_of(document, BLOCK_HEADING) >= 14);
        CHECK(count_of(document, BLOCK_FIGURE) >= 20);
        CHECK(count_of(document, BLOCK_TABLE) >= 14);
        check_document(make(&reports, edition, "territory", "country", "FR",
                            (enum lang)lang));
        check_document(make(&reports, edition, "territory", "region", "53",
                            (enum lang)lang));
        check_document(make(&reports, edition, "territory", "departement",
                            "974", (enum lang)lang));
        CHECK_INT(
            make(&reports, edition, "open_data", NULL, NULL, (enum lang)lang)
                ->dataset_count,
            open_tables(reports.plan));
    }
    close_reports(&reports);
}

TEST(every_page_is_made_of_values)
{
    check_all(CELLS_ALL);
}

TEST(every_page_is_made_of_mixed_cells)
{
    check_all(CELLS_MIXED);
}

TEST(every_page_is_made_without_any_value)
{
    check_all(CELLS_NONE);
}

/* The fixture has all the sites that have a sheet. */
TEST(a_sheet_leaves_out_what_has_no_value)
{
    static const struct {
        enum fixture_cells cells;
        size_t sheets, parts;
    } cases[] = {{CELLS_ALL, 24, 24}, {CELLS_NONE, 24, 0}};
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct reports reports = open_reports();
        const struct edition *edition = fixture_edition(
            reports.arena, reports.project, reports.plan, cases[c].cells);
        const struct document *document =
            make(&reports, edition, "national", NULL, NULL, LANG_EN);
        size_t sheets = 0;
        for (size_t b = 0; b < document->block_count; b++)
            sheets += text_starts(document->blocks[b].id, "site-") &&
                      document->blocks[b].level == 2;
        CHECK_INT(sheets, cases[c].sheets);
        CHECK_INT(headings(document, 3, "Trend"), cases[c].parts);
        CHECK_INT(headings(document, 3, "By age"), cases[c].parts);
        CHECK_INT(headings(document, 3, "Stage at diagnosis"), cases[c].parts);
        CHECK_INT(headings(document, 3, "Survival and prevalence"),
                  cases[c].parts);
        CHECK_INT(
            headings(document, 1, "Children, adolescents and young adults"),
            cases[c].parts > 0);
        close_reports(&reports);
    }
}

/* The column with this heading; the count of columns where none has it. */
static size_t column_headed(const struct grid *grid, const char *heading)
{
    size_t c = 0;
    while (c < grid->column_count &&
           !text_same(grid->columns[c].heading, heading))
        c++;
    return c;
}

TEST(survival_after_five_years_is_standardised_beside_itself)
{
    struct reports reports = open_reports();
    const struct edition *edition = fixture_edition(
        reports.arena, reports.project, reports.plan, CELLS_ALL);
    const struct document *document =
        make(&reports, edition, "national", NULL, NULL, LANG_EN);
    size_t tables = 0;
    for (size_t b = 0; b < document->block_count; b++) {
        const struct block *block = &document->blocks[b];
        const struct grid *grid = block->grid;
        if (block->kind != BLOCK_TABLE || !text_starts(grid->id, "survival-"))
            continue;
        size_t plain = column_headed(grid, "5 years, net");
        size_t standard = column_headed(grid, "5 years, standardised");
        if (standard == grid->column_count)
            continue;                   /* of one sex, or of one time */
        CHECK_INT(standard, plain + 3); /* the limits between */
        CHECK_TEXT(grid->columns[standard].group, "5 years");
        size_t given = column_headed(grid, "5 years, if alive after 1 year");
        CHECK_INT(given, standard + 1);
        CHECK_TEXT(grid->columns[given + 1].heading, "10 years, net");
        CHECK_TEXT(grid->columns[given + 1].group, "10 years");
        tables++;
    }
    CHECK(tables > 0);
    close_reports(&reports);
}

TEST(documents_have_places_and_names_of_their_own)
{
    struct reports reports = open_reports();
    const struct edition *edition = fixture_edition(
        reports.arena, reports.project, reports.plan, CELLS_ALL);
    const struct document *document =
        make(&reports, edition, "territory", "departement", "29", LANG_FR);
    CHECK_TEXT(document->name, "departement-29");
    CHECK_TEXT(document->directory, "territoires/departement-29");
    CHECK_TEXT(document->title, "Les cancers – Finistère");
    CHECK(strstr(document->description, "dans le Finistère") != NULL);
    CHECK_INT(document->format_count, 5);
    document = make(&reports, edition, "territory", "region", "04", LANG_FR);
    CHECK(strstr(document->description, "à La Réunion") != NULL);
    document = make(&reports, edition, "national", NULL, NULL, LANG_EN);
    CHECK_TEXT(document->directory, "en/national");
    CHECK_TEXT(document->name, "national");
    close_reports(&reports);
}

/* A count that two reports declare would be decided twice. */
TEST(counts_are_declared_by_the_open_data_alone)
{
    struct reports reports = open_reports();
    size_t tables = 0;
    for (size_t t = 0; t < reports.plan->table_count; t++) {
        const struct plan_table *table = &reports.plan->tables[t];
        bool counts = text_same(table->measure, "cases") ||
                      text_same(table->measure, "deaths");
        tables += counts;
        CHECK(!counts || text_same(table->report, "open_data"));
    }
    CHECK(tables > 0);
    close_reports(&reports);
}

/* Of the edition, the tables that begin with one of the words. */
static const struct edition *only(struct arena *arena,
                                  const struct edition *from,
                                  const char *const *words, size_t count)
{
    struct edition *edition = arena_alloc(arena, sizeof *edition);
    *edition = *from;
    const struct pub_table **kept =
        arena_array(arena, from->table_count, sizeof(void *));
    edition->tables = kept;
    edition->table_count = 0;
    for (size_t t = 0; t < from->table_count; t++) {
        bool starts = false;
        for (size_t w = 0; w < count; w++)
            starts = starts || text_starts(pub_id(from->tables[t]), words[w]);
        if (starts)
            kept[edition->table_count++] = from->tables[t];
    }
    return edition;
}

static bool has_heading(const struct document *document, const char *text)
{
    for (size_t b = 0; b < document->block_count; b++) {
        const struct block *block = &document->blocks[b];
        if (block->kind == BLOCK_HEADING && block->text.count > 0 &&
            text_same(block->text.run[0].text, text))
            return true;
    }
    return false;
}

static size_t runs_with(const struct document *document, const char *words)
{
    size_t found = 0;
    for (size_t b = 0; b < document->block_count; b++) {
        const struct runs *text = &document->blocks[b].text;
        for (size_t r = 0; r < text->count; r++)
            found += strstr(text->run[r].text, words) != NULL;
    }
    return found;
}

/* Where no département can be compared, none is counted on any side. */
TEST(a_sheet_counts_departements_only_where_some_are_compared)
{
    static const struct {
        enum fixture_cells cells;
        bool counted, none;
    } cases[] = {{CELLS_ALL, true, false}, {CELLS_WHOLE, false, true}};
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct reports reports = open_reports();
        const struct edition *edition = fixture_edition(
            reports.arena, reports.project, reports.plan, cases[c].cells);
        const struct document *document =
            make(&reports, edition, "national", NULL, NULL, LANG_EN);
        CHECK_INT(runs_with(document, "not significantly different: ") > 0,
                  cases[c].counted);
        CHECK_INT(runs_with(document, "in no département") > 0, cases[c].none);
        CHECK(runs_with(document, "mortality from lung cancer") > 0);
        close_reports(&reports);
    }
}

/* A store that has cases alone: no frame is left of the other chapters. */
TEST(chapters_without_data_are_left_out)
{
    static const char *const cases[] = {"open_data.cases_"};
    static const char *const kept[] = {"L’essentiel", "Incidence",
                                       "Les territoires", "Méthodes"};
    static const char *const lost[] = {"Mortalité",  "Survie",
                                       "Prévalence", "Inégalités sociales",
                                       "Dépistage",  "Incidence estimée"};
    struct reports reports = open_reports();
    const struct edition *whole = fixture_edition(
        reports.arena, reports.project, reports.plan, CELLS_ALL);
    const struct document *all =
        make(&reports, whole, "national", NULL, NULL, LANG_FR);
    const struct document *document =
        make(&reports, only(reports.arena, whole, cases, 1), "national", NULL,
             NULL, LANG_FR);
    check_document(document);
    for (size_t k = 0; k < COUNT_OF(kept); k++) {
        CHECK(has_heading(all, kept[k]));
        CHECK(has_heading(document, kept[k]));
    }
    for (size_t l = 0; l < COUNT_OF(lost); l++) {
        CHECK(has_heading(all, lost[l]));
        CHECK(!has_heading(document, lost[l]));
    }
    close_reports(&reports);
}

RUN(CASE(survival_after_five_years_is_standardised_beside_itself),
    CASE(every_page_is_made_of_values), CASE(every_page_is_made_of_mixed_cells),
    CASE(every_page_is_made_without_any_value),
    CASE(a_sheet_leaves_out_what_has_no_value),
    CASE(documents_have_places_and_names_of_their_own),
    CASE(counts_are_declared_by_the_open_data_alone),
    CASE(a_sheet_counts_departements_only_where_some_are_compared),
    CASE(chapters_without_data_are_left_out))
