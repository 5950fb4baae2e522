/* SPDX-License-Identifier: EUPL-1.2 */
/* What a PDF file promises beside PDF/UA-1: PDF/A-2a, 1b, or 3a with the data
 * of its figures; and the pass that packs its objects. */
#include "check.h"

#include <qpdf/qpdf-c.h>

#include "base/fs.h"
#include "device/haru.h"
#include "format/format.h"
#include "format/pdf_compact.h"
#include "format/pdf_text.h"
#include "unit/pdf_demo.h"

#include "unit/file_fixture.h"

static const struct haru_info info = {
    .title = "T",
    .author = "",
    .subject = "",
    .keywords = "",
    .lang = "fr",
    .date = "2027-01-15",
    .creator = "P",
};

static size_t count_of(const char *bytes, size_t size, const char *what)
{
    size_t count = 0;
    const char *end = bytes + size;
    while ((bytes = memmem(bytes, (size_t)(end - bytes), what, strlen(what))) !=
           NULL) {
        count++;
        bytes++;
    }
    return count;
}

struct file {
    const char *path;
    char *bytes;
    size_t size;
};

static struct file read_file(const char *path)
{
    struct file file = {.path = path};
    CHECK(fs_read(arena, path, &file.bytes, &file.size, &err));
    return file;
}

/* The figures of the demonstration have numbers, two of them confidential. */
static struct document *report(enum archive archive, bool compact)
{
    struct demo demo = {.arena = arena};
    demo_heading(&demo, 1, "", "Figures");
    demo_figures(&demo);
    demo_table(&demo, "court", "Un tableau", 6, 2);
    struct figure *figure = arena_alloc(arena, sizeof *figure);
    *figure = *demo.blocks[1].figure;
    figure->data = demo_grid(&demo, "carte", 4, 2);
    demo.blocks[1].figure = figure;
    struct document *document =
        demo_document(arena, &demo, "rapport", "Rapport");
    struct project *project = arena_alloc(arena, sizeof *project);
    *project = *document->edition->project;
    project->archive = archive;
    project->compact = compact;
    struct edition *edition = arena_alloc(arena, sizeof *edition);
    *edition = *document->edition;
    edition->project = project;
    document->edition = edition;
    return document;
}

static struct file write_report(enum archive archive, bool compact)
{
    const struct document *document = report(archive, compact);
    struct format_job job = {document, fonts, directory, NULL};
    CHECK(format_pdf.write(&job, &err));
    CHECK(format_pdf.verify(&job, &err));
    return read_file(arena_format(arena, "%s/rapports/rapport.pdf", directory));
}

/* --- PDF/A-1b ------------------------------------------------------------- */

TEST(a_1b_file_is_of_version_1_4_and_knows_no_transparency)
{
    start();
    struct file usual = write_report(ARCHIVE_2A, false);
    CHECK(memcmp(usual.bytes, "%PDF-1.7", 8) == 0);
    CHECK(count_of(usual.bytes, usual.size, "/ExtGState") > 0);
    struct file file = write_report(ARCHIVE_1B, false);
    CHECK(memcmp(file.bytes, "%PDF-1.4", 8) == 0);
    CHECK_INT(count_of(file.bytes, file.size, "/ExtGState"), 0);
    CHECK_INT(count_of(file.bytes, file.size, "<pdfaid:part>1</pdfaid:part>"),
              1);
    CHECK_INT(count_of(file.bytes, file.size,
                       "<pdfaid:conformance>B</pdfaid:conformance>"),
              1);
    CHECK_INT(count_of(file.bytes, file.size, "<pdfuaid:part>1</pdfuaid:part>"),
              1);
    stop();
}

/* --- PDF/A-3a ------------------------------------------------------------- */

TEST(a_3a_file_carries_the_numbers_of_each_figure)
{
    start();
    struct file file = write_report(ARCHIVE_3A, false);
    CHECK_INT(count_of(file.bytes, file.size, "<pdfaid:part>3</pdfaid:part>"),
              1);
    CHECK_INT(count_of(file.bytes, file.size, "/AFRelationship /Data"), 1);
    CHECK_INT(count_of(file.bytes, file.size, "/Subtype /text#2Fcsv"), 1);
    CHECK_INT(count_of(file.bytes, file.size, "/F (rapport-carte.csv)"), 1);
    CHECK_INT(count_of(file.bytes, file.size, "/ModDate (D:20270115000000Z)"),
              2);
    CHECK_INT(count_of(file.bytes, file.size, "/AF["), 1);  /* the figure */
    CHECK_INT(count_of(file.bytes, file.size, "/AF ["), 1); /* the catalogue */
    CHECK_INT(count_of(file.bytes, file.size, "/EmbeddedFiles"), 1);
    stop();
}

TEST(other_standards_carry_no_file)
{
    start();
    struct file file = write_report(ARCHIVE_2A, false);
    CHECK_INT(count_of(file.bytes, file.size, "EmbeddedFile"), 0);
    CHECK_INT(count_of(file.bytes, file.size, "/AF"), 0);
    stop();
}

TEST(the_identifier_follows_words_that_no_page_shows)
{
    start();
    static const char *const alt[] = {"Carte de la France.", "Autre carte."};
    const char *id[2] = {NULL};
    for (size_t i = 0; i < 2; i++) {
        struct haru *haru = NULL;
        CHECK(haru_open(arena, fonts, &info, &haru, &err));
        (void)haru_page(haru, 100, 100);
        (void)haru_element(haru, TAG_ROOT,
                           &(struct tag){.role = TAG_FIGURE, .alt = alt[i]});
        const char *path = fs_join(arena, directory, "alt.pdf");
        CHECK(haru_save(haru, path, &err));
        haru_close(haru);
        struct file file = read_file(path);
        id[i] = memmem(file.bytes, file.size, "/ID [", 5);
    }
    CHECK(id[0] != NULL && id[1] != NULL && memcmp(id[0], id[1], 40) != 0);
    stop();
}

/* --- structure ------------------------------------------------------------ */

TEST(cells_say_how_far_they_reach_and_words_their_language)
{
    start();
    struct haru *haru = NULL;
    CHECK(haru_open(arena, fonts, &info, &haru, &err));
    (void)haru_page(haru, 100, 100);
    const struct tag tags[] = {
        {.role = TAG_TH, .scope = SCOPE_COLUMN, .columns = 3},
        {.role = TAG_TD, .rows = 2},
        {.role = TAG_TD, .rows = 1, .columns = 1},
        {.role = TAG_P, .lang = "en"},
    };
    for (size_t i = 0; i < COUNT_OF(tags); i++)
        (void)haru_element(haru, TAG_ROOT, &tags[i]);
    const char *path = fs_join(arena, directory, "tags.pdf");
    CHECK(haru_save(haru, path, &err));
    haru_close(haru);
    struct file file = read_file(path);
    CHECK_INT(count_of(file.bytes, file.size,
                       "/A<</O/Table/Scope/Column/ColSpan 3>>"),
              1);
    CHECK_INT(count_of(file.bytes, file.size, "/A<</O/Table/RowSpan 2>>"), 1);
    CHECK_INT(count_of(file.bytes, file.size, "/O/Table"), 2);
    CHECK_INT(count_of(file.bytes, file.size, "/Lang(en)"), 1);
    stop();
}

/* Readers of the first standard hold no array of more than 8191 entries. */
TEST(the_parent_tree_of_many_pages_has_leaves)
{
    start();
    struct haru *haru = NULL;
    CHECK(haru_open(arena, fonts, &info, &haru, &err));
    for (int page = 0; page < 2001; page++)
        (void)haru_page(haru, 100, 100);
    const char *path = fs_join(arena, directory, "pages.pdf");
    CHECK(haru_save(haru, path, &err));
    haru_close(haru);
    struct file file = read_file(path);
    CHECK_INT(count_of(file.bytes, file.size, "/Limits[0 999]"), 1);
    CHECK_INT(count_of(file.bytes, file.size, "/Limits[2000 2000]"), 1);
    CHECK_INT(count_of(file.bytes, file.size, "/Limits["), 3);
    stop();
}

/* --- shared outlines -------------------------------------------------------
 */

/* Two areas of many corners in two colours, and one of few. */
static struct scene *outlines(uint32_t colour)
{
    struct scene *scene = scene_new(arena, 200, 200, "Carte d’essai.", "");
    for (int area = 0; area < 3; area++) {
        struct scene_paint paint = {
            .filled = true,
            .fill = colour + (uint32_t)area,
            .stroked = area == 1,
            .width_pt = 0.5,
        };
        int corners = area == 2 ? 5 : 200;
        for (int i = 0; i < corners; i++) {
            double angle = i * 6.28 / corners;
            double x = 60 + 30 * area + 20 * cos(angle);
            double y = 90 + (40 + i % 7) * sin(angle);
            if (i == 0)
                scene_move(scene, x, y);
            else
                scene_line(scene, x, y);
        }
        scene_close(scene);
        scene_paint(scene, &paint);
    }
    return scene;
}

static struct file write_maps(int maps, enum archive archive)
{
    struct haru_info own = info;
    own.archive = archive;
    struct haru *haru = NULL;
    CHECK(haru_open(arena, fonts, &own, &haru, &err));
    for (int map = 0; map < maps; map++) {
        (void)haru_page(haru, 300, 300);
        int figure = haru_element(
            haru, TAG_ROOT,
            &(struct tag){.role = TAG_FIGURE, .alt = "Carte d’essai."});
        haru_begin(haru, figure);
        haru_scene(haru, figure, outlines(0x102030U * (uint32_t)(map + 1)),
                   10 * map, 5 * map, 1 - 0.1 * map);
        haru_end(haru);
    }
    const char *path = fs_join(arena, directory, "maps.pdf");
    CHECK(haru_save(haru, path, &err));
    haru_close(haru);
    return read_file(path);
}

TEST(outlines_of_one_map_stay_on_its_page)
{
    start();
    struct file file = write_maps(1, ARCHIVE_2A);
    CHECK_INT(count_of(file.bytes, file.size, "/Subtype /Form"), 0);
    stop();
}

/* Wherever the maps stand and whatever their size and colours. */
TEST(outlines_of_several_maps_are_written_once)
{
    start();
    struct file two = write_maps(2, ARCHIVE_2A);
    CHECK_INT(count_of(two.bytes, two.size, "/Subtype /Form"), 2);
    struct file four = write_maps(4, ARCHIVE_1B);
    CHECK_INT(count_of(four.bytes, four.size, "/Subtype /Form"), 2);
    CHECK(four.size < two.size + 2000);
    qpdf_data file = qpdf_init();
    qpdf_silence_errors(file);
    CHECK_INT(qpdf_read(file, four.path, NULL), QPDF_SUCCESS);
    CHECK_INT(qpdf_check_pdf(file), QPDF_SUCCESS);
    CHECK(!qpdf_more_warnings(file));
    qpdf_cleanup(&file);
    stop();
}

/* --- packing -------------------------------------------------------------- */

TEST(a_packed_file_says_the_same_in_half_the_bytes)
{
    start();
    struct pdf_text before, after;
    struct file plain = write_report(ARCHIVE_3A, false);
    CHECK(pdf_text_read(arena, plain.path, &before, &err));
    struct file packed = write_report(ARCHIVE_3A, true);
    CHECK(pdf_text_read(arena, packed.path, &after, &err));
    CHECK_INT(after.page_count, before.page_count);
    CHECK_INT(after.mark_count, before.mark_count);
    for (size_t i = 0; i < before.mark_count; i++)
        CHECK_TEXT(after.marks[i].text, before.marks[i].text);
    CHECK(count_of(packed.bytes, packed.size, "/ObjStm") > 0);
    CHECK(packed.size < plain.size);
    struct file again = write_report(ARCHIVE_3A, true);
    CHECK_INT(again.size, packed.size);
    CHECK(memcmp(again.bytes, packed.bytes, packed.size) == 0);
    stop();
}

TEST(what_is_no_pdf_is_not_packed)
{
    start();
    const char *path = fs_join(arena, directory, "autre.pdf");
    CHECK(fs_write(path, "Bonjour", 7, &err));
    CHECK(!pdf_compact(path, &err));
    CHECK_INT(err.code, ERR_IO);
    CHECK_TEXT(err.id, "pdf.compact");
    CHECK_INT(read_file(path).size, 7);
    stop();
}

RUN(CASE(a_1b_file_is_of_version_1_4_and_knows_no_transparency),
    CASE(a_3a_file_carries_the_numbers_of_each_figure),
    CASE(other_standards_carry_no_file),
    CASE(the_identifier_follows_words_that_no_page_shows),
    CASE(cells_say_how_far_they_reach_and_words_their_language),
    CASE(the_parent_tree_of_many_pages_has_leaves),
    CASE(outlines_of_one_map_stay_on_its_page),
    CASE(outlines_of_several_maps_are_written_once),
    CASE(a_packed_file_says_the_same_in_half_the_bytes),
    CASE(what_is_no_pdf_is_not_packed))
