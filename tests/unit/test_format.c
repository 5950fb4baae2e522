/* SPDX-License-Identifier: EUPL-1.2 */
/* One table through every text format: what was written is read back, and a
 * changed file is noticed. */
#include "format_fixture.h"

#include <sys/stat.h>

#include "base/crc.h"
#include "format/zip.h"

/* Replaces the first occurrence of `from` in a written file. */
static void tamper(struct trial *trial, const char *name, const char *from,
                   const char *to)
{
    char *bytes = NULL;
    size_t size = 0;
    struct text out = text_new(trial->arena);
    const char *path = fs_join(trial->arena, trial->folder, name);
    CHECK(fs_read(trial->arena, path, &bytes, &size, &trial->err));
    char *at = strstr(bytes, from);
    CHECK(at != NULL);
    text_add_bytes(&out, bytes, (size_t)(at - bytes));
    text_add(&out, to);
    text_add(&out, at + strlen(from));
    CHECK(fs_write(path, out.at, out.size, &trial->err));
}

static void changed_file_is_noticed(const struct format *format,
                                    const char *name, const char *from,
                                    const char *to)
{
    struct trial trial = trial_new();
    CHECK(format->write(&trial.job, &trial.err));
    CHECK(format->verify(&trial.job, &trial.err));
    tamper(&trial, name, from, to);
    CHECK(!format->verify(&trial.job, &trial.err));
    CHECK_INT(trial.err.code, ERR_DISAGREE);
    trial_end(&trial);
}

TEST(a_changed_number_in_a_csv_is_noticed)
{
    changed_file_is_noticed(&format_csv, "dossier/open-cases.csv", ",100,",
                            ",101,");
}

TEST(a_changed_status_in_a_csv_is_noticed)
{
    changed_file_is_noticed(&format_csv, "dossier/open-cases.csv", ",,,,c,",
                            ",,,,x,");
}

TEST(a_changed_number_in_a_sheet_is_noticed)
{
    changed_file_is_noticed(&format_csv, "dossier/tableur/open-cases.csv",
                            ";75,0;", ";76,0;");
}

TEST(a_sheet_without_its_mark_is_noticed)
{
    changed_file_is_noticed(&format_csv, "dossier/tableur/open-cases.csv",
                            "\xEF\xBB\xBF", "");
}

TEST(a_changed_number_in_a_page_is_noticed)
{
    changed_file_is_noticed(&format_html, "dossier/essai.html",
                            "data-v=\"1.5\"", "data-v=\"1.6\"");
}

TEST(a_changed_shown_text_in_a_page_is_noticed)
{
    changed_file_is_noticed(&format_html, "dossier/essai.html", ">1,5<",
                            ">1,6<");
}

TEST(a_csv_has_the_documented_bytes)
{
    struct trial trial = trial_new();
    char *bytes = NULL;
    size_t size = 0;
    CHECK(format_csv.write(&trial.job, &trial.err));
    CHECK(fs_read(trial.arena,
                  fs_join(trial.arena, trial.folder, "dossier/open-cases.csv"),
                  &bytes, &size, &trial.err));
    const char *second = strstr(bytes, "\r\n") + 2;
    CHECK(strncmp(bytes, "release,measure,indicator,", 26) == 0);
    CHECK(strncmp(second,
                  "essai-1,cases,count,cases,,pays,FR,FR,ALL,ALL,,T,T,2019,"
                  "2019,2019,T,100,,,v,,75.0,A,F\r\n",
                  87) == 0);
    trial_end(&trial);
}

/* Its rows stand in the table at the total of all sites, which it is not
 * counted by. */
TEST(a_measure_that_is_not_counted_by_site_has_none_in_its_rows)
{
    static const int one[] = {0};
    struct trial trial = trial_new();
    struct document document = *trial.job.document;
    struct pub_column columns[] = {{"count", PUB_COUNT, PUB_VALUE, "", "cases",
                                    0, -1, -1, DIM_COUNT, false}};
    const struct pub_draft draft = {
        .id = "open.seen",
        .report = "open",
        .title = {"Vus", "Seen"},
        .note = {"", ""},
        .measure = "cases",
        .open_data = true,
        .columns = columns,
        .column_count = COUNT_OF(columns),
        .axis = {one, one, one, one, one, one},
        .axis_count = {1, 1, 1, 1, 1, 1},
    };
    const struct pub_table *table =
        pub_build(trial.arena, document.edition->codes, &draft);
    document.datasets = &table;
    trial.job.document = &document;
    document.edition->codes->measures[0].dims = 0;
    CHECK(format_csv.write(&trial.job, &trial.err));
    CHECK(strstr(read_list(&trial, "../open-seen.csv"),
                 ",pays,FR,FR,,,,T,T,2019,") != NULL);
    CHECK(strstr(read_list(&trial, "../open-seen.schema.json"),
                 "\"territory\", \"sex\", \"age\"") != NULL);
    document.edition->codes->measures[0].dims = 1U << (unsigned)DIM_SITE;
    CHECK(format_csv.write(&trial.job, &trial.err));
    CHECK(strstr(read_list(&trial, "../open-seen.csv"),
                 ",pays,FR,FR,ALL,ALL,,T,T,2019,") != NULL);
    CHECK(strstr(read_list(&trial, "../open-seen.schema.json"),
                 "\"territory\", \"site\", \"sex\", \"age\"") != NULL);
    trial_end(&trial);
}

/* French spreadsheets: a mark, semicolons, decimal commas; codes as they are.
 */
TEST(a_sheet_has_the_documented_bytes)
{
    static const char start[] = "\xEF\xBB\xBFrelease;measure;indicator;unit;";
    static const char row[] =
        "\r\nessai-1;cases;count;cases;;pays;FR;FR;ALL;ALL;;T;T;2019;2019;2019;"
        "T;100;;;v;;75,0;A;F\r\n";
    struct trial trial = trial_new();
    char *bytes = NULL;
    size_t size = 0;
    CHECK(format_csv.write(&trial.job, &trial.err));
    CHECK(fs_read(
        trial.arena,
        fs_join(trial.arena, trial.folder, "dossier/tableur/open-cases.csv"),
        &bytes, &size, &trial.err));
    CHECK(strncmp(bytes, start, strlen(start)) == 0);
    CHECK(strncmp(strstr(bytes, "\r\n"), row, strlen(row)) == 0);
    trial_end(&trial);
}

TEST(a_workbook_reads_back_and_has_the_same_bytes_twice)
{
    struct trial trial = trial_new();
    char *first = NULL, *second = NULL;
    size_t a = 0, b = 0;
    const char *path = fs_join(trial.arena, trial.folder, "dossier/essai.xlsx");
    CHECK(format_xlsx.write(&trial.job, &trial.err));
    CHECK(format_xlsx.verify(&trial.job, &trial.err));
    CHECK(fs_read(trial.arena, path, &first, &a, &trial.err));
    CHECK(format_xlsx.write(&trial.job, &trial.err));
    CHECK(fs_read(trial.arena, path, &second, &b, &trial.err));
    CHECK_INT(a, b);
    CHECK(memcmp(first, second, a) == 0);
    trial_end(&trial);
}

/* libxlsxwriter says nothing of a file of its own that it cannot remove. */
TEST(nothing_stays_of_the_parts_of_a_workbook)
{
    struct trial trial = trial_new();
    const char *folder = fs_join(trial.arena, trial.folder, "dossier");
    const char *parts = fs_join(trial.arena, folder, "essai.xlsx.parts");
    CHECK(fs_make_directory(fs_join(trial.arena, parts, "left"), &trial.err));
    CHECK(format_xlsx.write(&trial.job, &trial.err));
    CHECK(format_xlsx.verify(&trial.job, &trial.err));
    char **names = NULL;
    size_t count = 0;
    CHECK(fs_entries(trial.arena, folder, &names, &count, &trial.err));
    CHECK_INT(count, 1);
    CHECK_TEXT(names[0], "essai.xlsx");
    trial_end(&trial);
}

TEST(a_workbook_with_another_number_is_noticed)
{
    struct trial trial = trial_new();
    CHECK(format_xlsx.write(&trial.job, &trial.err));
    const struct grid *grid = trial.job.document->blocks[2].grid;
    struct grid_cell *cells =
        arena_array(trial.arena, grid->rows * 2, sizeof *cells);
    memcpy(cells, grid->cells, grid->rows * 2 * sizeof *cells);
    cells[1].value = 99.5;
    struct grid *other = arena_alloc(trial.arena, sizeof *other);
    *other = *grid;
    other->cells = cells;
    ((struct block *)(uintptr_t)trial.job.document->blocks)[2].grid = other;
    CHECK(!format_xlsx.verify(&trial.job, &trial.err));
    CHECK_INT(trial.err.code, ERR_DISAGREE);
    trial_end(&trial);
}

TEST(a_workbook_with_another_number_in_a_text_is_noticed)
{
    struct trial trial = trial_new();
    size_t compared = 0;
    struct block *block = (struct block *)(uintptr_t)trial.job.document->blocks;
    trial.job.compared = &compared;
    block[2].caption.reading = "en 2023, il y a 42 cas.";
    CHECK(format_xlsx.write(&trial.job, &trial.err));
    CHECK(format_xlsx.verify(&trial.job, &trial.err));
    CHECK_INT(compared, format_numbers(block[2].grid));
    CHECK(compared > 0);
    block[2].caption.reading = "en 2023, il y a 43 cas.";
    CHECK(!format_xlsx.verify(&trial.job, &trial.err));
    CHECK_INT(trial.err.code, ERR_DISAGREE);
    CHECK(strstr(trial.err.text, "43 cas") != NULL);
    trial.err = (struct err){0};
    block[2].caption.reading = "en 2023, il y a 42 cas.";
    block[2].caption.title = "Cas de 2043";
    CHECK(!format_xlsx.verify(&trial.job, &trial.err));
    CHECK(strstr(trial.err.text, "Cas de 2043") != NULL);
    trial_end(&trial);
}

static void put(FILE *file, uint32_t value, int bytes)
{
    for (int b = 0; b < bytes; b++, value >>= 8)
        fputc((int)(value & 0xff), file);
}

/* What the header of an entry and its line in the directory have alike. */
static void put_entry(FILE *file, const struct zip_entry *entry)
{
    put(file, 20, 2); /* version */
    put(file, 0, 8);  /* flags, stored, time, date */
    put(file, crc_of(entry->bytes, entry->size), 4);
    put(file, (uint32_t)entry->size, 4);
    put(file, (uint32_t)entry->size, 4);
    put(file, (uint32_t)strlen(entry->name), 2);
    put(file, 0, 2);
}

/* An archive of entries as they are: checksums are right whatever they say. */
static void write_zip(const char *path, const struct zip_entry *entries,
                      size_t count)
{
    FILE *file = fopen(path, "wb");
    uint32_t places[64];
    CHECK(file != NULL && count <= 64);
    for (size_t e = 0; e < count; e++) {
        places[e] = (uint32_t)ftell(file);
        put(file, 0x04034b50, 4);
        put_entry(file, &entries[e]);
        fputs(entries[e].name, file);
        fwrite(entries[e].bytes, 1, entries[e].size, file);
    }
    uint32_t directory = (uint32_t)ftell(file);
    for (size_t e = 0; e < count; e++) {
        put(file, 0x02014b50, 4);
        put(file, 20, 2);
        put_entry(file, &entries[e]);
        put(file, 0, 10); /* comment, disk, attributes */
        put(file, places[e], 4);
        fputs(entries[e].name, file);
    }
    uint32_t end = (uint32_t)ftell(file);
    put(file, 0x06054b50, 4);
    put(file, 0, 4);
    put(file, (uint32_t)count, 2);
    put(file, (uint32_t)count, 2);
    put(file, end - directory, 4);
    put(file, directory, 4);
    put(file, 0, 2);
    CHECK_INT(fclose(file), 0);
}

/* libxlsxwriter goes on when the disk takes a piece of a part no more. */
TEST(a_workbook_that_lacks_a_piece_of_a_part_is_noticed)
{
    static const char *const lost[] = {"/>", "</cellXfs>", "\"",
                                       "</styleSheet>"};
    struct trial trial = trial_new();
    struct zip_entry *entries = NULL;
    size_t count = 0;
    const char *path = fs_join(trial.arena, trial.folder, "dossier/essai.xlsx");
    CHECK(format_xlsx.write(&trial.job, &trial.err));
    CHECK(zip_read(trial.arena, path, &entries, &count, &trial.err));
    write_zip(path, entries, count);
    CHECK(format_xlsx.verify(&trial.job, &trial.err));
    struct zip_entry *styles = (struct zip_entry *)(uintptr_t)zip_find(
        entries, count, "xl/styles.xml");
    const struct zip_entry whole = *styles;
    for (size_t l = 0; l < COUNT_OF(lost); l++) {
        const char *at = strstr(whole.bytes, "<cellXfs");
        at = strstr(at, lost[l]);
        styles->bytes =
            arena_format(trial.arena, "%.*s%s", (int)(at - whole.bytes),
                         whole.bytes, at + strlen(lost[l]));
        styles->size = strlen(styles->bytes);
        write_zip(path, entries, count);
        CHECK(!format_xlsx.verify(&trial.job, &trial.err));
        CHECK_INT(trial.err.code, ERR_DISAGREE);
        CHECK(strstr(trial.err.text, "'xl/styles.xml' is not whole") != NULL);
        trial.err = (struct err){0};
    }
    styles->bytes = strchr(whole.bytes, '\n'); /* no first line */
    styles->size = strlen(styles->bytes);
    write_zip(path, entries, count);
    CHECK(!format_xlsx.verify(&trial.job, &trial.err));
    trial_end(&trial);
}

/* First sheets of the workbook are read in the list of shared texts. */
static const char *workbook_texts(struct trial *trial)
{
    struct zip_entry *entries = NULL;
    size_t count = 0;
    const char *path =
        fs_join(trial->arena, trial->folder, "dossier/essai.xlsx");
    CHECK(format_xlsx.write(&trial->job, &trial->err));
    CHECK(zip_read(trial->arena, path, &entries, &count, &trial->err));
    return zip_find(entries, count, "xl/sharedStrings.xml")->bytes;
}

TEST(web_pages_and_workbooks_tell_the_state_of_a_release)
{
    static const struct {
        enum project_state state;
        const char *words;
    } cases[] = {
        {STATE_DRAFT, "Version provisoire"},
        {STATE_REVIEW, "Version de relecture"},
        {STATE_EMBARGO, "Sous embargo jusqu’au 4\u00a0février 2026, "
                        "9\u00a0h\u00a030"},
        {STATE_PUBLIC, NULL},
    };
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct trial trial = trial_new();
        struct project *project =
            (struct project *)(uintptr_t)trial.job.document->edition->project;
        project->state = cases[c].state;
        project->embargo =
            cases[c].state == STATE_EMBARGO ? "2026-02-04 09:30" : "";
        char *page = NULL;
        size_t size = 0;
        CHECK(format_html.write(&trial.job, &trial.err));
        CHECK(fs_read(trial.arena,
                      fs_join(trial.arena, trial.folder, "dossier/essai.html"),
                      &page, &size, &trial.err));
        const char *texts = workbook_texts(&trial);
        const char *banner = strstr(page, "<p class=\"state\">");
        const char *first = strstr(texts, "<si>");
        const char *title = strstr(texts, "Essai &lt;1&gt;");
        if (cases[c].words == NULL) {
            CHECK(banner == NULL);
            CHECK(title != NULL && title - first < 60);
        } else {
            CHECK(banner != NULL && strstr(banner, "<h1>") != NULL);
            CHECK(strstr(banner, cases[c].words) != NULL);
            const char *told = strstr(texts, cases[c].words);
            CHECK(told != NULL && told < title);
        }
        trial_end(&trial);
    }
}

TEST(a_damaged_archive_is_refused)
{
    struct trial trial = trial_new();
    struct zip_entry *entries = NULL;
    char *bytes = NULL;
    size_t size = 0, count = 0;
    const char *path = fs_join(trial.arena, trial.folder, "dossier/essai.xlsx");
    CHECK(format_xlsx.write(&trial.job, &trial.err));
    CHECK(fs_read(trial.arena, path, &bytes, &size, &trial.err));
    for (size_t at = 0; at < size; at += size / 97) {
        struct err err = {0};
        char before = bytes[at];
        bytes[at] = (char)(bytes[at] ^ 0x55);
        CHECK(fs_write(path, bytes, size, &trial.err));
        (void)!zip_read(trial.arena, path, &entries, &count, &err);
        bytes[at] = before;
    }
    CHECK(fs_write(path, bytes, size / 2, &trial.err));
    struct err err = {0};
    CHECK(!zip_read(trial.arena, path, &entries, &count, &err));
    CHECK_INT(err.code, ERR_DISAGREE);
    trial_end(&trial);
}

RUN(CASE(a_changed_number_in_a_csv_is_noticed),
    CASE(a_changed_status_in_a_csv_is_noticed),
    CASE(a_changed_number_in_a_sheet_is_noticed),
    CASE(a_sheet_without_its_mark_is_noticed),
    CASE(a_sheet_has_the_documented_bytes),
    CASE(a_changed_number_in_a_page_is_noticed),
    CASE(a_changed_shown_text_in_a_page_is_noticed),
    CASE(a_csv_has_the_documented_bytes),
    CASE(a_measure_that_is_not_counted_by_site_has_none_in_its_rows),
    CASE(a_workbook_reads_back_and_has_the_same_bytes_twice),
    CASE(nothing_stays_of_the_parts_of_a_workbook),
    CASE(a_workbook_that_lacks_a_piece_of_a_part_is_noticed),
    CASE(a_workbook_with_another_number_is_noticed),
    CASE(a_workbook_with_another_number_in_a_text_is_noticed),
    CASE(web_pages_and_workbooks_tell_the_state_of_a_release),
    CASE(a_damaged_archive_is_refused))
