/* SPDX-License-Identifier: EUPL-1.2 */
/* What a PDF file promises beside PDF/UA-1: PDF/A-2a, 1b, or 3a with the data
 * of its figures; and the pass that packs its objects. */
#include "check.h"

#include <qpdf/qpdf-c.h>

#include "base/fs.h"
#include "base/hash.h"
#include "device/haru.h"
#include "format/format.h"
#include "format/pdf_text.h"
#include "unit/logo_fixture.h"
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
    demo_table(&demo, "court", "Un tableau", 60, 4);
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
    struct format_job job = {document, fonts, directory, NULL, NULL};
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

/* A sign of a cell that was made with what stands further on and is drawn
 * before: it is read after the number all the same, and so is one without a
 * mark of its own. */
TEST(words_of_a_line_are_read_where_they_are_drawn)
{
    start();
    struct haru *haru = NULL;
    CHECK(haru_open(arena, fonts, &info, &haru, &err));
    (void)haru_page(haru, 100, 100);
    int cell = haru_element(haru, TAG_ROOT, &(struct tag){.role = TAG_TD});
    int sign = haru_element(haru, cell, &(struct tag){.role = TAG_SPAN});
    (void)haru_element(haru, cell, &(struct tag){.role = TAG_SPAN});
    haru_begin(haru, cell);
    haru_end(haru);
    haru_begin(haru, sign);
    haru_end(haru);
    const char *path = fs_join(arena, directory, "signs.pdf");
    CHECK(haru_save(haru, path, &err));
    haru_close(haru);
    struct file file = read_file(path);
    const char *kids = memmem(file.bytes, file.size, "/S/TD", 5);
    CHECK(kids != NULL);
    kids = strstr(kids, "/K[");
    CHECK(kids != NULL);
    CHECK(text_starts(kids, "/K[0 "));
    CHECK_INT(count_of(kids, strcspn(kids, "]"), " 0 R"), 2);
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

/* --- shared outlines ------------------------------------------------------ */

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

static qpdf_data open_file(struct file file)
{
    qpdf_data data = qpdf_init();
    qpdf_silence_errors(data);
    CHECK_INT(qpdf_read_memory(data, "f", file.bytes, file.size, NULL),
              QPDF_SUCCESS);
    CHECK_INT(qpdf_check_pdf(data), QPDF_SUCCESS);
    CHECK(!qpdf_more_warnings(data));
    return data;
}

/* --- pictures ------------------------------------------------------------- */

static struct file write_logo(enum archive archive)
{
    struct haru_info own = info;
    own.archive = archive;
    struct haru *haru = NULL;
    CHECK(haru_open(arena, fonts, &own, &haru, &err));
    (void)haru_page(haru, 300, 300);
    haru_artifact(haru);
    haru_png(haru, TAG_ARTIFACT, clear_png, sizeof clear_png,
             &(struct haru_box){10, 10, 20, 10});
    haru_end(haru);
    const char *path = fs_join(arena, directory, "logo.pdf");
    CHECK(haru_save(haru, path, &err));
    haru_close(haru);
    return read_file(path);
}

/* Do the bytes of a picture of the file read so? */
static bool has_picture(struct file file, const char *want, size_t wanted)
{
    qpdf_data data = open_file(file);
    bool found = false;
    for (int number = 1; number < 60 && !found; number++) {
        qpdf_oh object = qpdf_get_object_by_id(data, number, 0);
        unsigned char *bytes = NULL;
        size_t size = 0;
        if (!qpdf_oh_is_stream(data, object) ||
            (qpdf_oh_get_stream_data(data, object, qpdf_dl_all, NULL, &bytes,
                                     &size) &
             QPDF_ERRORS) != 0)
            continue;
        found = size == wanted && memcmp(bytes, want, size) == 0;
        free(bytes);
    }
    qpdf_cleanup(&data);
    return found;
}

TEST(a_transparent_logo_has_a_mask_where_the_standard_knows_one)
{
    start();
    struct file masked = write_logo(ARCHIVE_2A);
    CHECK_INT(count_of(masked.bytes, masked.size, "/SMask"), 1);
    CHECK(has_picture(masked, "\xff\0\0\0\0\xff", 6));
    CHECK(has_picture(masked, "\xff\x80", 2));
    struct file flat = write_logo(ARCHIVE_1B);
    CHECK_INT(count_of(flat.bytes, flat.size, "/SMask"), 0);
    CHECK(has_picture(flat, "\xff\0\0\x7f\x7f\xff", 6));
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

/* An object's text, or its stream's bytes. */
static const char *object_text(qpdf_data data, int number)
{
    qpdf_oh object = qpdf_get_object_by_id(data, number, 0);
    if (!qpdf_oh_is_stream(data, object))
        return arena_text(arena, qpdf_oh_unparse_resolved(data, object));
    unsigned char *bytes = NULL;
    size_t size = 0;
    CHECK_INT(qpdf_oh_get_stream_data(data, object, qpdf_dl_none, NULL, &bytes,
                                      &size),
              QPDF_SUCCESS);
    struct hash *hash = hash_new();
    hash_add(hash, bytes, size);
    free(bytes);
    char *hex = arena_alloc(arena, HASH_HEX_SIZE);
    hash_end(hash, hex);
    return hex;
}

TEST(a_packed_file_has_the_same_objects)
{
    start();
    qpdf_data plain = open_file(write_report(ARCHIVE_3A, false));
    qpdf_data packed = open_file(write_report(ARCHIVE_3A, true));
    int count = qpdf_oh_get_int_value_as_int(
        plain, qpdf_oh_get_key(plain, qpdf_get_trailer(plain), "/Size"));
    CHECK(count > 2 * 250); /* several object streams */
    for (int number = 1; number < count; number++)
        CHECK_TEXT(object_text(packed, number), object_text(plain, number));
    CHECK_TEXT(
        qpdf_oh_unparse(
            packed, qpdf_oh_get_key(packed, qpdf_get_trailer(packed), "/ID")),
        qpdf_oh_unparse(
            plain, qpdf_oh_get_key(plain, qpdf_get_trailer(plain), "/ID")));
    qpdf_cleanup(&plain);
    qpdf_cleanup(&packed);
    stop();
}

/* A file whose text `from` reads `to`, of the same length, is left alone. */
static void refuse_with(struct file plain, const char *from, const char *to)
{
    char *place = memmem(plain.bytes, plain.size, from, strlen(from));
    CHECK(place != NULL);
    for (size_t i = 0; to[i] != '\0'; i++)
        place[i] = to[i];
    const char *path = fs_join(arena, directory, "autre.pdf");
    CHECK(fs_write(path, plain.bytes, plain.size, &err));
    CHECK(!haru_pack(path, &err));
    CHECK_INT(err.code, ERR_IO);
    CHECK_TEXT(err.id, "pdf.pack");
    struct file after = read_file(path);
    CHECK(after.size == plain.size &&
          memcmp(after.bytes, plain.bytes, plain.size) == 0);
    err = (struct err){0};
    for (size_t i = 0; from[i] != '\0'; i++)
        place[i] = from[i];
}

TEST(what_is_written_in_another_way_is_not_packed)
{
    start();
    struct file plain = write_report(ARCHIVE_2A, false);
    static const char *const changes[][2] = {
        {"startxref\n", "startxreg\n"},   {"\nxref\n0 ", "\nxref\n1 "},
        {"\ntrailer\n", "\ntrailor\n"},   {"\n/Size ", "\n/Sise "},
        {"\n4 0 obj\n", "\n5 0 obj\n"},   {"\nendobj\n", "\nendobk\n"},
        {" 00000 n\r\n", " 00001 n\r\n"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        refuse_with(plain, changes[i][0], changes[i][1]);
    refuse_with((struct file){.bytes = arena_text(arena, "Bonjour"), .size = 7},
                "B", "b");
    refuse_with((struct file){.bytes = arena_text(arena, ""), .size = 0}, "",
                "");
    stop();
}

RUN(CASE(a_1b_file_is_of_version_1_4_and_knows_no_transparency),
    CASE(a_3a_file_carries_the_numbers_of_each_figure),
    CASE(other_standards_carry_no_file),
    CASE(the_identifier_follows_words_that_no_page_shows),
    CASE(cells_say_how_far_they_reach_and_words_their_language),
    CASE(words_of_a_line_are_read_where_they_are_drawn),
    CASE(the_parent_tree_of_many_pages_has_leaves),
    CASE(outlines_of_one_map_stay_on_its_page),
    CASE(outlines_of_several_maps_are_written_once),
    CASE(a_transparent_logo_has_a_mask_where_the_standard_knows_one),
    CASE(a_packed_file_says_the_same_in_half_the_bytes),
    CASE(a_packed_file_has_the_same_objects),
    CASE(what_is_written_in_another_way_is_not_packed))
