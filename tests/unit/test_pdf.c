/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include <qpdf/qpdf-c.h>

#include "base/fs.h"
#include "device/haru.h"
#include "format/format.h"
#include "format/pdf_text.h"
#include "unit/logo_fixture.h"
#include "unit/pdf_demo.h"

#include "unit/file_fixture.h"

static struct format_job job_of(const struct document *document)
{
    return (struct format_job){document, fonts, directory, NULL, NULL};
}

static const char *path_of(const struct document *document)
{
    return arena_format(arena, "%s/%s/%s.pdf", directory, document->directory,
                        document->name);
}

static void write_it(const struct document *document)
{
    struct format_job job = job_of(document);
    if (!format_pdf.write(&job, &err))
        print_error("%s\n", err.text);
    CHECK_INT(err.code, ERR_NONE);
}

static const char *bytes_of(const struct document *document, size_t *size)
{
    char *bytes = NULL;
    CHECK(fs_read(arena, path_of(document), &bytes, size, &err));
    return bytes;
}

static size_t count_of(const char *bytes, size_t size, const char *what)
{
    size_t count = 0;
    const char *end = bytes + size;
    const char *at = bytes;
    while ((at = memmem(at, (size_t)(end - at), what, strlen(what))) != NULL) {
        count++;
        at++;
    }
    return count;
}

/* --- the file ------------------------------------------------------------- */

TEST(the_same_document_gives_the_same_bytes)
{
    start();
    size_t first_size = 0, second_size = 0;
    const struct document *document = demo_report(arena);
    write_it(document);
    const char *first = bytes_of(document, &first_size);
    struct arena *other = arena_new();
    write_it(demo_report(other));
    arena_free(other);
    const char *second = bytes_of(document, &second_size);
    CHECK_INT(first_size, second_size);
    CHECK(memcmp(first, second, first_size) == 0);
    CHECK_INT(count_of(first, first_size, "/CreationDate (D:20270115000000Z)"),
              1);
    stop();
}

TEST(the_identifier_follows_the_content)
{
    start();
    size_t size = 0;
    struct document *document = demo_profile(arena);
    write_it(document);
    const char *first = bytes_of(document, &size);
    const char *first_id = memmem(first, size, "/ID [", 5);
    document->description = "Une autre phrase.";
    write_it(document);
    const char *second = bytes_of(document, &size);
    const char *second_id = memmem(second, size, "/ID [", 5);
    CHECK(first_id != NULL && second_id != NULL);
    CHECK(memcmp(first_id, second_id, 40) != 0);
    stop();
}

TEST(libqpdf_finds_nothing_to_say)
{
    start();
    const struct document *document = demo_report(arena);
    write_it(document);
    qpdf_data file = qpdf_init();
    qpdf_silence_errors(file);
    CHECK_INT(qpdf_read(file, path_of(document), NULL), QPDF_SUCCESS);
    CHECK_INT(qpdf_check_pdf(file), QPDF_SUCCESS);
    CHECK(!qpdf_more_warnings(file));
    CHECK_TEXT(qpdf_get_pdf_version(file), "1.7");
    qpdf_cleanup(&file);
    stop();
}

TEST(the_file_says_what_it_conforms_to)
{
    start();
    size_t size = 0;
    const struct document *document = demo_profile(arena);
    write_it(document);
    const char *bytes = bytes_of(document, &size);
    CHECK_INT(count_of(bytes, size, "<pdfuaid:part>1</pdfuaid:part>"), 1);
    CHECK_INT(count_of(bytes, size, "<pdfaid:part>2</pdfaid:part>"), 1);
    CHECK_INT(
        count_of(bytes, size, "<pdfaid:conformance>A</pdfaid:conformance>"), 1);
    CHECK_INT(count_of(bytes, size, "/GTS_PDFA1"), 1);
    CHECK_INT(count_of(bytes, size, "/Lang (fr)"), 1);
    CHECK_INT(count_of(bytes, size, "/DisplayDocTitle true"), 1);
    CHECK_INT(count_of(bytes, size, "/Marked true"), 1);
    stop();
}

TEST(figures_have_words_and_a_box_and_headers_a_scope)
{
    start();
    size_t size = 0;
    const struct document *document = demo_report(arena);
    write_it(document);
    const char *bytes = bytes_of(document, &size);
    CHECK_INT(count_of(bytes, size, "/S/Figure"), 3);
    CHECK_INT(count_of(bytes, size, "/Alt<FEFF"), 3);
    CHECK_INT(count_of(bytes, size, "/O/Layout/Placement/Block/BBox["), 3);
    CHECK_INT(count_of(bytes, size, "/S/TH/"),
              count_of(bytes, size, "/O/Table/Scope/"));
    CHECK(count_of(bytes, size, "/S/TH/") > 200);
    CHECK_INT(count_of(bytes, size, "/S/Note/"),
              count_of(bytes, size, "/ID(note"));
    CHECK_INT(count_of(bytes, size, "/PatternType 1"), 4);
    CHECK_INT(count_of(bytes, size, "/Type /ExtGState"), 1);
    stop();
}

TEST(a_logo_is_in_the_file_once_for_all_pages)
{
    start();
    static const char theme[] =
        "key,value\ncover_logo,logo.png\nfoot_logo,logo.png\n"
        "logo_alt_fr,Logo du registre\nlogo_alt_en,Logo\n";
    const char *path = fs_join(arena, directory, "theme.csv");
    CHECK(fs_write(path, theme, strlen(theme), &err));
    CHECK(fs_write(fs_join(arena, directory, "logo.png"),
                   (const char *)logo_png, sizeof logo_png, &err));
    struct document *document = demo_report(arena);
    document->theme = path;
    write_it(document);
    size_t size = 0;
    const char *bytes = bytes_of(document, &size);
    CHECK_INT(count_of(bytes, size, "/Subtype /Image"), 2);
    CHECK_INT(count_of(bytes, size, "/SMask"), 0);
    struct format_job job = job_of(document);
    CHECK(format_pdf.verify(&job, &err));
    stop();
}

TEST(pages_have_their_size_and_their_printed_number)
{
    start();
    struct document *document = demo_report(arena);
    write_it(document);
    size_t size = 0;
    const char *bytes = bytes_of(document, &size);
    CHECK_INT(count_of(bytes, size, "/S /r"), 1);
    CHECK_INT(count_of(bytes, size, "/S /D"), 1);
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, "Debout.");
    demo_block(&demo, BLOCK_SECTION)->landscape = true;
    demo_paragraph(&demo, "Couchée.");
    document = demo_document(arena, &demo, "pages", "Pages");
    write_it(document);
    bytes = bytes_of(document, &size);
    CHECK_INT(count_of(bytes, size, "0 0 595.28"), 1);
    CHECK_INT(count_of(bytes, size, "0 0 841.89"), 1);
    CHECK_INT(count_of(bytes, size, "/S /r"), 0);
    stop();
}

TEST(every_link_belongs_to_a_link_element)
{
    start();
    size_t size = 0;
    const struct document *document = demo_report(arena);
    write_it(document);
    const char *bytes = bytes_of(document, &size);
    size_t links = count_of(bytes, size, "/Subtype/Link");
    CHECK(links >= 7); /* five entries of the contents, two in the text */
    CHECK_INT(count_of(bytes, size, "/Type/OBJR"), links);
    CHECK(count_of(bytes, size, "/URI(https://www.e-cancer.fr/)") >= 1);
    stop();
}

TEST(addresses_are_written_in_ascii)
{
    start();
    size_t size = 0;
    struct run run = {.text = "le fichier",
                      .href = "https://exemple.fr/données (1).csv"};
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_PARAGRAPH)->text = (struct runs){&run, 1};
    struct document *document = demo_document(arena, &demo, "lien", "Lien");
    write_it(document);
    const char *bytes = bytes_of(document, &size);
    CHECK_INT(count_of(bytes, size,
                       "/URI(https://exemple.fr/donn%C3%A9es%20\\(1\\).csv)"),
              1);
    stop();
}

/* --- text ----------------------------------------------------------------- */

TEST(every_character_is_read_back_as_it_was_written)
{
    start();
    static const char french[] =
        "Œuvre « d’Œdipe »\u202f: 433\u202f136, 95\u00a0%, −2,1, ≥\u00a010, "
        "≤\u00a020, 3e, m², 1\u202f000\u00a0€, ½, œil, æther, ÀÂÇÉÈÊËÎÏÔÙÛÜŸ, "
        "àâçéèêëîïôùûüÿ, fi fl ffi, AVATAR, To, n°\u00a05\u202f; non\u2011sens "
        "– tiret — long…\u202f! × · • † ‰ α β";
    struct run run = {.text = french, .href = ""};
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_PARAGRAPH)->text =
        (struct runs){.run = &run, .count = 1};
    struct document *document = demo_document(arena, &demo, "texte", "Texte");
    write_it(document);
    struct pdf_text text;
    CHECK(pdf_text_read(arena, path_of(document), &text, &err));
    CHECK_INT(text.page_count, 1);
    CHECK_INT(text.mark_count, 1);
    CHECK_TEXT(text.marks[0].role, "P");
    CHECK_TEXT(text.marks[0].text, french);
    stop();
}

TEST(hyphenated_words_are_read_back_whole)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, demo_prose);
    struct document *document = demo_document(arena, &demo, "prose", "Prose");
    write_it(document);
    struct pdf_text text;
    CHECK(pdf_text_read(arena, path_of(document), &text, &err));
    CHECK_INT(text.mark_count, 1);
    CHECK_TEXT(text.marks[0].text,
               locale_typography(arena, LANG_FR, demo_prose));
    stop();
}

TEST(a_character_without_glyph_is_an_error_that_names_it)
{
    start();
    struct demo demo = {.arena = arena};
    demo_paragraph(&demo, "Un mot \u4e2d étranger.");
    struct document *document = demo_document(arena, &demo, "manque", "Manque");
    struct format_job job = job_of(document);
    CHECK(!format_pdf.write(&job, &err));
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.id, "font.character");
    CHECK(strstr(err.text, "U+4E2D") != NULL);
    CHECK(!fs_exists(path_of(document)));
    stop();
}

static void check_told(struct demo *demo, const char *where)
{
    struct document *document = demo_document(arena, demo, "manque", "Manque");
    struct format_job job = job_of(document);
    err = (struct err){0};
    CHECK(!format_pdf.write(&job, &err));
    CHECK_TEXT(err.text,
               arena_format(arena,
                            "pdf 'manque': document 'manque': %s: the font "
                            "has no character U+4E2D '\u4e2d'",
                            where));
}

TEST(a_character_without_glyph_is_found_where_it_is_written)
{
    start();
    struct run run = {.text = "\u4e2d", .href = "", .where = "a.md:4"};
    const struct note note = {.text = {&run, 1}};
    struct run calling = {
        .text = "a", .href = "", .note = &note, .where = "a.md:2"};
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_PARAGRAPH)->text = (struct runs){&calling, 1};
    check_told(&demo, "a.md:4");

    struct grid_column columns[] = {{.heading = "a"}, {.heading = "b"}};
    struct grid_cell cells[] = {
        {.text = "c"}, {.text = "d"}, {.text = "e"}, {.text = "\u4e2d"}};
    struct grid grid = {
        .columns = columns, .column_count = 2, .cells = cells, .rows = 2};
    struct demo table = {.arena = arena};
    struct block *block = demo_block(&table, BLOCK_TABLE);
    block->grid = &grid;
    block->caption.where = "r.lua:7";
    check_told(&table, "r.lua:7: row 2: cell");
    columns[1].heading = "\u4e2d";
    check_told(&table, "r.lua:7: column 2");
    block->caption.scope = "\u4e2d";
    check_told(&table, "r.lua:7");
    stop();
}

/* --- verification --------------------------------------------------------- */

TEST(finished_files_agree_with_their_documents)
{
    start();
    struct document *documents[] = {demo_report(arena), demo_profile(arena)};
    for (size_t i = 0; i < COUNT_OF(documents); i++) {
        write_it(documents[i]);
        struct format_job job = job_of(documents[i]);
        if (!format_pdf.verify(&job, &err))
            print_error("%s\n", err.text);
        CHECK_INT(err.code, ERR_NONE);
    }
    stop();
}

/* The blocks of a table document whose one cell can be changed. */
static struct document *one_table(struct grid_cell **cells, size_t measures)
{
    struct demo demo = {.arena = arena};
    demo_table(&demo, "seul", "Un titre", 30, measures);
    struct grid *grid = arena_alloc(arena, sizeof *grid);
    *grid = *demo.blocks[0].grid;
    size_t count = grid->rows * grid->column_count;
    *cells = arena_array(arena, count, sizeof **cells);
    memcpy(*cells, grid->cells, count * sizeof **cells);
    grid->cells = *cells;
    demo.blocks[0].grid = grid;
    return demo_document(arena, &demo, "seul", "Seul");
}

static void expect_difference(size_t measures, size_t place, const char *text,
                              bool named)
{
    start();
    struct grid_cell *cells = NULL;
    struct document *document = one_table(&cells, measures);
    cells[place].cell_id = "cases|departement/29|count";
    write_it(document);
    struct format_job job = job_of(document);
    CHECK(format_pdf.verify(&job, &err));
    const char *written = cells[place].text;
    cells[place].text = text;
    CHECK(!format_pdf.verify(&job, &err));
    CHECK_INT(err.code, ERR_DISAGREE);
    CHECK_TEXT(err.id, "pdf.cell");
    if (named)
        CHECK_TEXT(err.text,
                   arena_format(arena,
                                "'%s': table 'seul', cell "
                                "'cases|departement/29|count': the file has "
                                "'%s'",
                                path_of(document), written));
    stop();
}

TEST(a_cell_that_differs_is_named)
{
    expect_difference(1, 10, "1", true);
}

TEST(a_cell_that_differs_in_a_split_table_is_found)
{
    expect_difference(12, 25 * 4 + 20, "1", false);
}

TEST(a_row_over_several_pages_is_read_back)
{
    static const int more[] = {0, 1, 40, 400};
    start();
    for (size_t m = 0; m < COUNT_OF(more); m++) {
        struct demo demo = {.arena = arena};
        struct grid_cell *cells = demo_high_row(&demo, 300, more[m]);
        struct document *document = demo_document(arena, &demo, "haut", "Haut");
        write_it(document);
        struct format_job job = job_of(document);
        CHECK(format_pdf.verify(&job, &err));
        char *other = arena_text(arena, cells[1].text);
        other[strlen(other) - 1] = 'x';
        cells[1].text = other;
        CHECK(!format_pdf.verify(&job, &err));
        CHECK_TEXT(err.id, "pdf.cell");
        err = (struct err){0};
    }
    stop();
}

TEST(a_missing_cell_is_found)
{
    expect_difference(1, 7, "", false);
}

TEST(a_key_figure_that_differs_is_named)
{
    start();
    struct demo demo = {.arena = arena};
    demo_key_figures(&demo, 3);
    struct document *document = demo_document(arena, &demo, "cle", "Clé");
    write_it(document);
    static const struct key_figure other[] = {
        {"433\u202f137", "nouveaux cas", "", "cases|FR"}};
    demo.blocks[0].figures = other;
    demo.blocks[0].figure_count = 1;
    struct format_job job = job_of(document);
    CHECK(!format_pdf.verify(&job, &err));
    CHECK_TEXT(err.id, "pdf.key");
    CHECK(strstr(err.text, "of cell 'cases|FR' is not there") != NULL);
    stop();
}

TEST(a_damaged_file_is_refused)
{
    start();
    size_t size = 0;
    const struct document *document = demo_profile(arena);
    write_it(document);
    const char *bytes = bytes_of(document, &size);
    CHECK(fs_write(path_of(document), bytes, size - 700, &err));
    struct format_job job = job_of(document);
    CHECK(!format_pdf.verify(&job, &err));
    CHECK_INT(err.code, ERR_DISAGREE);
    stop();
}

/* --- the device alone ----------------------------------------------------- */

static const struct haru_info plain_info = {
    .title = "Carte & légende <1>",
    .author = "Registre",
    .subject = "",
    .keywords = "",
    .lang = "fr",
    .date = "2027-01-15",
    .creator = "Panorama",
};

TEST(a_scene_alone_makes_a_page)
{
    start();
    struct demo demo = {.arena = arena};
    struct scene *scene = demo_scene(&demo, 300, 200);
    struct haru *haru = NULL;
    CHECK(haru_open(arena, fonts, &plain_info, &haru, &err));
    (void)haru_page(haru, 300, 200);
    int figure = haru_element(
        haru, TAG_ROOT,
        &(struct tag){.role = TAG_FIGURE, .alt = scene_alt(scene)});
    haru_begin(haru, figure);
    haru_scene(haru, figure, scene, 0, 0, 1);
    haru_end(haru);
    const char *path = fs_join(arena, directory, "carte.pdf");
    CHECK(haru_save(haru, path, &err));
    haru_close(haru);
    struct pdf_text text;
    CHECK(pdf_text_read(arena, path, &text, &err));
    CHECK_INT(text.mark_count, 1);
    CHECK_TEXT(text.marks[0].role, "Figure");
    CHECK(strstr(text.marks[0].text, "Échelle") != NULL);
    char *bytes = NULL;
    size_t size = 0;
    CHECK(fs_read(arena, path, &bytes, &size, &err));
    CHECK_INT(count_of(bytes, size, "Carte &amp; légende &lt;1&gt;"), 1);
    stop();
}

TEST(widths_of_the_device_are_those_of_the_layout)
{
    start();
    struct haru *haru = NULL;
    CHECK(haru_open(arena, fonts, &plain_info, &haru, &err));
    static const char *const words[] = {"AVATAR", "433\u202f136", "mortalité",
                                        "Œuvre", "pré\xC2\xAD"};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        double device =
            haru_width(haru, FONT_BOLD, 10, words[i], strlen(words[i]));
        double layout =
            fonts_width(fonts, FONT_BOLD, 10, words[i], strlen(words[i]));
        CHECK(fabs(device - layout) < 0.01 * (double)strlen(words[i]));
    }
    haru_close(haru);
    stop();
}

TEST(a_place_that_cannot_be_written_is_an_error)
{
    start();
    struct haru *haru = NULL;
    CHECK(haru_open(arena, fonts, &plain_info, &haru, &err));
    (void)haru_page(haru, 100, 100);
    CHECK(!haru_save(haru, "/nowhere/x.pdf", &err));
    CHECK_INT(err.code, ERR_IO);
    haru_close(haru);
    stop();
}

RUN(CASE(the_same_document_gives_the_same_bytes),
    CASE(the_identifier_follows_the_content),
    CASE(libqpdf_finds_nothing_to_say), CASE(the_file_says_what_it_conforms_to),
    CASE(figures_have_words_and_a_box_and_headers_a_scope),
    CASE(a_logo_is_in_the_file_once_for_all_pages),
    CASE(pages_have_their_size_and_their_printed_number),
    CASE(every_link_belongs_to_a_link_element),
    CASE(addresses_are_written_in_ascii),
    CASE(every_character_is_read_back_as_it_was_written),
    CASE(hyphenated_words_are_read_back_whole),
    CASE(a_character_without_glyph_is_an_error_that_names_it),
    CASE(a_character_without_glyph_is_found_where_it_is_written),
    CASE(finished_files_agree_with_their_documents),
    CASE(a_cell_that_differs_is_named),
    CASE(a_cell_that_differs_in_a_split_table_is_found),
    CASE(a_row_over_several_pages_is_read_back), CASE(a_missing_cell_is_found),
    CASE(a_key_figure_that_differs_is_named), CASE(a_damaged_file_is_refused),
    CASE(a_scene_alone_makes_a_page),
    CASE(widths_of_the_device_are_those_of_the_layout),
    CASE(a_place_that_cannot_be_written_is_an_error))
