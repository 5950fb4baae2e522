/* SPDX-License-Identifier: EUPL-1.2 */
/* Random tables are protected; their certificates prove it to a checker that
 * has the public table only, and an attacker with that table finds nothing. */
#include "grid_fixture.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "sdc/audit_sheet.h"
#include "sdc/certificate.h"
#include "sdc/protect_sheet.h"

static const char file[] = "proof.cert";

/* What readers get: no number where something is suppressed. */
static struct sheet public_copy(struct grid *grid)
{
    struct sheet copy = grid->sheet;
    copy.counts = arena_array(grid->arena, copy.cells, sizeof *copy.counts);
    copy.status = arena_array(grid->arena, copy.cells, 1);
    for (size_t c = 0; c < copy.cells; c++) {
        bool shown = grid->sheet.status[c] == SHEET_SHOWN;
        copy.counts[c] = shown ? grid->sheet.counts[c] : 0;
        copy.status[c] = shown ? SHEET_SHOWN : SHEET_SUPPRESSED;
    }
    return copy;
}

static struct audit_input public_view(struct grid *grid,
                                      const struct sheet_policy *policy)
{
    struct sheet *copy = arena_alloc(grid->arena, sizeof *copy);
    *copy = public_copy(grid);
    return audit_sheet_view(grid->arena, copy,
                            policy->basic || policy->zeros ? AUDIT_BASIC
                                                           : AUDIT_STRICT,
                            policy->threshold);
}

static void require(bool ok, const struct grid *grid, uint64_t seed)
{
    if (!ok)
        fail_msg("seed %llu: %s", (unsigned long long)seed, grid->err.text);
}

/* Reads the certificate and lays it over the public table. */
static bool read_proof(struct grid *grid, const struct sheet_policy *policy,
                       struct audit_input **proof)
{
    struct audit_input public = public_view(grid, policy);
    return certificate_read(grid->arena, file, proof, &grid->err) &&
           certificate_lay(grid->arena, *proof, &public, &grid->err);
}

static size_t count_open(struct grid *grid, const struct audit_input *proof,
                         uint64_t seed)
{
    enum audit_verdict *verdicts =
        arena_array(grid->arena, proof->cells, sizeof *verdicts);
    require(audit_run(proof, verdicts, &grid->err), grid, seed);
    size_t open = 0;
    for (size_t c = 0; c < proof->cells; c++)
        open += !audit_settled(verdicts[c]);
    return open;
}

/* Suppressed cells that no table of the proof moves. */
static size_t count_idle(struct grid *grid, const struct audit_input *proof)
{
    bool *moved = arena_array(grid->arena, proof->cells, sizeof *moved);
    for (size_t w = 0; w < proof->witness_count; w++) {
        const struct witness *witness = &proof->witnesses[w];
        for (size_t i = 0; i < witness->count; i++)
            moved[witness->cells[i]] = true;
    }
    size_t idle = 0;
    for (size_t c = 0; c < proof->cells; c++)
        idle += proof->guards[c] != AUDIT_SHOWN && !moved[c];
    return idle;
}

static void attack(struct grid *grid, const struct sheet_policy *policy,
                   uint64_t seed)
{
    struct audit_input view = public_view(grid, policy);
    struct audit_effort effort = {0};
    enum audit_verdict *verdicts =
        arena_array(grid->arena, view.cells, sizeof *verdicts);
    require(audit_public(&view, verdicts, &effort, &grid->err), grid, seed);
    for (size_t c = 0; c < view.cells; c++)
        CHECK(audit_settled(verdicts[c]));
}

static struct grid random_grid(uint64_t seed)
{
    static const size_t pairs[] = {2, 2, 0}, others[] = {1, 3, 0};
    uint64_t state = seed * 2654435761U + 1;
    struct grid grid = grid_new();
    size_t axes = 1 + (size_t)grid_below(&state, 3);
    for (size_t a = 0; a < axes; a++) {
        const char *name = (const char *[]){"a", "b", "c"}[a];
        switch (grid_below(&state, 3)) {
        case 0:
            grid_axis(&grid, name, 3, NULL, NULL);
            break;
        case 1:
            grid_axis(&grid, name, 4, pairs, NULL);
            break;
        default:
            grid_axis(&grid, name, 4, pairs, others);
        }
    }
    grid_make(&grid);
    grid_fill(&grid, &state, 3 + (int64_t)grid_below(&state, 20));
    return grid;
}

static void protect_and_check(struct grid *grid, struct sheet_policy policy,
                              uint64_t seed)
{
    struct sheet_report report;
    struct audit_input *proof;
    policy.certificate = file;
    require(
        sheet_protect(grid->arena, &grid->sheet, &policy, &report, &grid->err),
        grid, seed);
    require(read_proof(grid, &policy, &proof), grid, seed);
    CHECK_INT(count_open(grid, proof, seed), 0);
    CHECK_INT(count_idle(grid, proof), 0);
    attack(grid, &policy, seed);
    grid_end(grid);
}

static void protect_one(uint64_t seed, struct sheet_policy policy)
{
    struct grid grid = random_grid(seed);
    protect_and_check(&grid, policy, seed);
}

static void check_many(struct sheet_policy policy, uint64_t first, int count)
{
    char *directory = check_directory();
    CHECK_INT(chdir(directory), 0);
    for (int i = 0; i < CHECK_SEEDS(count); i++)
        protect_one(first + (uint64_t)i, policy);
    CHECK_INT(chdir("/"), 0);
    check_remove(directory);
}

TEST(under_the_strict_attack_every_table_has_its_proof)
{
    check_many((struct sheet_policy){.threshold = 5}, 1, 250);
    check_many((struct sheet_policy){.threshold = 3}, 1000, 100);
}

TEST(under_the_basic_attack_every_table_has_its_proof)
{
    check_many((struct sheet_policy){.threshold = 5, .basic = true}, 2000, 250);
}

/* Where many cells are moved at once, and brought back. */
TEST(tables_of_hundreds_of_cells_have_their_proof)
{
    static const size_t fours[] = {4, 4, 4, 0}, threes[] = {3, 3, 0};
    char *directory = check_directory();
    CHECK_INT(chdir(directory), 0);
    for (uint64_t seed = 1; seed <= (uint64_t)CHECK_SEEDS(6); seed++) {
        struct grid grid = grid_new();
        uint64_t state = seed;
        bool zeros = seed % 3 == 0;
        grid_axis(&grid, "a", 12, fours, NULL);
        grid_axis(&grid, "b", 6, threes, NULL);
        grid_axis(&grid, "c", 4, NULL, NULL);
        grid_make(&grid);
        grid_fill(&grid, &state, 4 + (int64_t)(3 * seed));
        protect_and_check(&grid,
                          (struct sheet_policy){
                              .threshold = 3 + (int64_t)(seed % 4),
                              .basic = !zeros,
                              .zeros = zeros,
                              .zero_price = SHEET_PRICE_DEFAULT,
                          },
                          seed);
    }
    CHECK_INT(chdir("/"), 0);
    check_remove(directory);
}

TEST(tables_with_suppressed_zeros_have_their_proof)
{
    struct sheet_policy policy = {
        .threshold = 5,
        .zeros = true,
        .zero_price = SHEET_PRICE_DEFAULT,
    };
    check_many(policy, 3000, 150);
}

/* Found at random: circuits leave something open in each, and what is opened
 * around it as a last resort is more than the programs then move. */
static const struct {
    size_t a, a_groups[4], b, b_groups[3]; /* no groups: 0 first */
    int64_t leaves[18];
    struct sheet_policy policy;
} hard[] = {
    {6,
     {1, 2, 3, 0},
     3,
     {0},
     {18, 1, 11, 0, 3, 0, 10, 13, 1, 0, 5, 39, 2, 2, 1, 1, 8, 1},
     {.threshold = 7, .basic = true}},
    {3,
     {0},
     6,
     {3, 3, 0},
     {18, 1, 25, 1, 0, 20, 1, 4, 4, 1, 37, 1, 2, 1, 1, 1, 13, 12},
     {.threshold = 7, .basic = true, .zeros = true, .zero_price = 3000}},
    {3,
     {0},
     4,
     {2, 2, 0},
     {0, 0, 0, 5, 0, 1, 14, 8, 1, 7, 2, 2},
     {.threshold = 5, .zeros = true, .zero_price = 3000}},
};

TEST(what_the_last_resort_opened_and_no_table_moves_is_shown)
{
    char *directory = check_directory();
    CHECK_INT(chdir(directory), 0);
    for (size_t i = 0; i < COUNT_OF(hard); i++) {
        struct grid grid = grid_new();
        grid_axis(&grid, "a", hard[i].a, hard[i].a_groups, NULL);
        grid_axis(&grid, "b", hard[i].b, hard[i].b_groups, NULL);
        grid_make(&grid);
        grid_set(&grid, hard[i].leaves);
        protect_and_check(&grid, hard[i].policy, i);
    }
    CHECK_INT(chdir("/"), 0);
    check_remove(directory);
}

/* --- proofs that are none ------------------------------------------------- */

struct bench {
    char *directory;
    struct grid grid;
    struct sheet_policy policy;
};

/* A table of 3 x 3 with one small count, protected by a rectangle. */
static struct bench bench_new(void)
{
    struct bench bench = {
        .directory = check_directory(),
        .grid = grid_new(),
        .policy = {.threshold = 11, .certificate = file},
    };
    static const int64_t leaves[] = {4, 35, 61, 28, 47, 55, 52, 18, 90};
    struct sheet *sheet = &bench.grid.sheet;
    CHECK_INT(chdir(bench.directory), 0);
    grid_axis(&bench.grid, "a", 3, NULL, NULL);
    grid_axis(&bench.grid, "b", 3, NULL, NULL);
    grid_make(&bench.grid);
    grid_set(&bench.grid, leaves);
    struct sheet_report report;
    require(sheet_protect(bench.grid.arena, sheet, &bench.policy, &report,
                          &bench.grid.err),
            &bench.grid, 0);
    CHECK_INT(report.primary, 1);
    CHECK_INT(report.secondary, 3);
    return bench;
}

static void bench_end(struct bench *bench)
{
    grid_end(&bench->grid);
    CHECK_INT(chdir("/"), 0);
    check_remove(bench->directory);
}

static char *proof_text(struct bench *bench)
{
    char *text = NULL;
    size_t size;
    CHECK(fs_read(bench->grid.arena, file, &text, &size, &bench->grid.err));
    return text;
}

static void put_proof(struct bench *bench, const char *text)
{
    CHECK(fs_write(file, text, strlen(text), &bench->grid.err));
}

TEST(a_proof_is_for_its_owner_only)
{
    struct bench bench = bench_new();
    struct stat found;
    CHECK_INT(stat(file, &found), 0);
    CHECK_INT(found.st_mode & 0777, 0600);
    bench_end(&bench);
}

TEST(a_witness_with_another_number_is_no_possible_table)
{
    struct bench bench = bench_new();
    struct audit_input *proof;
    char *text = proof_text(&bench);
    char *delta = strchr(strchr(strstr(text, "witness ") + 8, ' '), ' ') + 1;
    *delta = *delta == '-' ? '1' : '7';
    put_proof(&bench, text);
    enum audit_verdict verdicts[16];
    CHECK(read_proof(&bench.grid, &bench.policy, &proof));
    CHECK(!audit_run(proof, verdicts, &bench.grid.err));
    CHECK_TEXT(bench.grid.err.id, "sdc.witness");
    bench_end(&bench);
}

TEST(a_proof_without_its_witnesses_proves_nothing)
{
    struct bench bench = bench_new();
    struct audit_input *proof;
    char *text = proof_text(&bench);
    strcpy(strstr(text, "witness "), "end 0\n");
    put_proof(&bench, text);
    CHECK(read_proof(&bench.grid, &bench.policy, &proof));
    CHECK(count_open(&bench.grid, proof, 0) > 0);
    bench_end(&bench);
}

TEST(a_secondary_shown_again_is_another_table)
{
    struct bench bench = bench_new();
    struct audit_input *proof;
    for (size_t c = 0; c < bench.grid.sheet.cells; c++) {
        if (bench.grid.sheet.status[c] == SHEET_SECONDARY)
            bench.grid.sheet.status[c] = SHEET_SHOWN;
    }
    CHECK(!read_proof(&bench.grid, &bench.policy, &proof));
    CHECK_TEXT(bench.grid.err.text,
               "the certificate is not of this table: another cell is "
               "suppressed (cell 6)");
    bench_end(&bench);
}

TEST(a_proof_for_a_lower_threshold_is_refused)
{
    struct bench bench = bench_new();
    struct audit_input *proof;
    bench.policy.threshold = 12;
    CHECK(!read_proof(&bench.grid, &bench.policy, &proof));
    CHECK_TEXT(bench.grid.err.text, "the certificate is not of this table: the "
                                    "threshold is lower (cell 5)");
    bench_end(&bench);
}

/* Replaces the first `from` of the proof. */
static void change_proof(struct bench *bench, const char *from, const char *to)
{
    char *text = proof_text(bench);
    char *at = strstr(text, from);
    CHECK(at != NULL);
    put_proof(bench,
              arena_format(bench->grid.arena, "%.*s%s%s", (int)(at - text),
                           text, to, at + strlen(from)));
}

TEST(a_proof_of_a_table_of_another_size_is_refused)
{
    struct bench bench = bench_new();
    struct audit_input *proof;
    change_proof(&bench, "cells 16\n", "cells 17\n");
    CHECK(!read_proof(&bench.grid, &bench.policy, &proof));
    CHECK_INT(bench.grid.err.code, ERR_INPUT);
    CHECK_TEXT(bench.grid.err.text,
               "the certificate is not of this table: it has another number "
               "of cells (cell 17)");
    bench_end(&bench);
}

TEST(a_proof_against_a_weaker_attacker_is_refused)
{
    struct bench bench = bench_new();
    struct audit_input *proof;
    change_proof(&bench, "cell 5 primary 4 1 ", "cell 5 primary 4 0 ");
    CHECK(!read_proof(&bench.grid, &bench.policy, &proof));
    CHECK_INT(bench.grid.err.code, ERR_INPUT);
    CHECK_TEXT(bench.grid.err.text,
               "the certificate is not of this table: the attacker knows more "
               "than it allows for (cell 5)");
    bench_end(&bench);
}

TEST(what_is_primary_is_told_by_the_count_and_not_by_the_proof)
{
    struct bench bench = bench_new();
    struct audit_input *proof;
    change_proof(&bench, "cell 5 primary", "cell 5 guarded");
    CHECK(read_proof(&bench.grid, &bench.policy, &proof));
    CHECK_INT(proof->guards[5], AUDIT_PRIMARY);
    CHECK_INT(proof->guards[6], AUDIT_GUARDED);
    change_proof(&bench, "cell 5 guarded", "cell 5 whole");
    CHECK(read_proof(&bench.grid, &bench.policy, &proof));
    CHECK_INT(proof->guards[5], AUDIT_FORCED);
    bench_end(&bench);
}

TEST(a_proof_with_a_zero_byte_is_no_text)
{
    struct bench bench = bench_new();
    struct audit_input *proof;
    CHECK(fs_write(file, "panorama\0certificate\n", 21, &bench.grid.err));
    CHECK(!read_proof(&bench.grid, &bench.policy, &proof));
    CHECK_INT(bench.grid.err.code, ERR_INPUT);
    CHECK_TEXT(bench.grid.err.text,
               "proof.cert: expected text without zero bytes");
    bench_end(&bench);
}

/* --- files that are none -------------------------------------------------- */

#define HEAD "panorama-certificate 1\ncells 3\n"

TEST(a_file_may_hold_several_which_say_of_what_they_are)
{
    struct bench bench = bench_new();
    struct arena *arena = bench.grid.arena;
    struct certificate *list = NULL;
    size_t count = 0;
    struct audit_input *one = NULL;
    CHECK(certificate_read(arena, file, &one, &bench.grid.err));
    struct sink *sink = sink_open_private(arena, file);
    certificate_add(sink, "audience public", one, CERTIFICATE_WHOLE);
    certificate_add(sink, "", one, CERTIFICATE_SHEET);
    CHECK(sink_commit(sink, &bench.grid.err));
    CHECK(certificate_read_all(arena, file, &list, &count, &bench.grid.err));
    CHECK_INT(count, 2);
    CHECK_TEXT(list[0].about, "audience public");
    CHECK_TEXT(list[1].about, "");
    for (size_t i = 0; i < count; i++) {
        CHECK_INT(list[i].input->cells, one->cells);
        CHECK_INT(list[i].input->witness_count, one->witness_count);
        CHECK(list[i].input->witness_count > 0);
    }
    bench_end(&bench);
}

static const struct {
    const char *text, *want;
} wrong_files[] = {
    {"", "proof.cert:1: expected a last line 'end WITNESSES'"},
    {"x\n", "proof.cert:1: expected 'panorama-certificate 1'"},
    {"panorama-certificate 1\nend 0\n", "proof.cert:2: expected 'cells N'"},
    {"panorama-certificate 1\ncells -1\n",
     "proof.cert:2: expected 'cells N', once"},
    {HEAD "cells 3\n", "proof.cert:3: expected 'cells N', once"},
    {HEAD "cell 3 primary 1 1 - 5 -\n",
     "proof.cert:3: expected 'cell NUMBER GUARD COUNT LOWER UPPER "
     "THRESHOLD PERSON'"},
    {HEAD "cell 1 secret 1 1 - 5 -\n",
     "proof.cert:3: expected 'cell NUMBER GUARD COUNT LOWER UPPER "
     "THRESHOLD PERSON'"},
    {HEAD "cell 1 primary 1 2 - 5 -\n",
     "proof.cert:3: expected a cell once, its count within its bounds"},
    {HEAD "cell 1 primary 1 1 - 5 -\ncell 1 primary 1 1 - 5 -\n",
     "proof.cert:4: expected a cell once, its count within its bounds"},
    {HEAD "relation 1\n",
     "proof.cert:3: expected a total and at least one part"},
    {HEAD "relation 1 3\n", "proof.cert:3: expected 'relation TOTAL PART "
                            "...' of cell numbers"},
    {HEAD "witness 1 0\n",
     "proof.cert:3: expected 'witness CELL DELTA GAP DELTA ...'"},
    {HEAD "witness 1 1 0 1\n",
     "proof.cert:3: expected 'witness CELL DELTA GAP DELTA ...'"},
    {HEAD "witness 1 9223372036854775808\n",
     "proof.cert:3: expected 'witness CELL DELTA GAP DELTA ...'"},
    {HEAD "end 1\n",
     "proof.cert:3: expected 'end' and the number of witnesses"},
    {HEAD "end 0\nend 0\n",
     "proof.cert:4: expected 'panorama-certificate 1' or nothing "
     "after 'end'"},
    {HEAD "end 0\n" HEAD, "proof.cert:6: expected a last line 'end WITNESSES'"},
    {HEAD "end 0\n" HEAD "end 0\n",
     "proof.cert: expected the certificate of one table"},
    {"panorama-certificate 1\nabout\n",
     "proof.cert:2: expected 'about WORDS', once"},
    {"panorama-certificate 1\nabout a\nabout b\n",
     "proof.cert:3: expected 'about WORDS', once"},
    {HEAD "about a\n", "proof.cert:3: expected cell, relation, witness or end"},
    {HEAD "end 0", "proof.cert:3: expected a last line 'end WITNESSES'"},
    {HEAD "cell\n", "proof.cert:3: expected 'cell NUMBER GUARD COUNT "
                    "LOWER UPPER THRESHOLD PERSON'"},
    {HEAD "cell  primary 1 1 - 5 -\n",
     "proof.cert:3: expected 'cell NUMBER GUARD COUNT LOWER UPPER "
     "THRESHOLD PERSON'"},
    {HEAD "cell one primary 1 1 - 5 -\n",
     "proof.cert:3: expected 'cell NUMBER GUARD COUNT LOWER UPPER "
     "THRESHOLD PERSON'"},
    {HEAD "witness\n",
     "proof.cert:3: expected 'witness CELL DELTA GAP DELTA ...'"},
    {HEAD "witness 1 1 2\n",
     "proof.cert:3: expected 'witness CELL DELTA GAP DELTA ...'"},
    {HEAD "sum 1\n", "proof.cert:3: expected cell, relation, witness or end"},
};

TEST(wrong_files_are_refused_by_line)
{
    char *directory = check_directory();
    CHECK_INT(chdir(directory), 0);
    for (size_t i = 0; i < COUNT_OF(wrong_files); i++) {
        struct arena *arena = arena_new();
        struct audit_input *input = NULL;
        struct err err = {0};
        CHECK(fs_write(file, wrong_files[i].text, strlen(wrong_files[i].text),
                       &err));
        CHECK(!certificate_read(arena, file, &input, &err));
        CHECK(input == NULL);
        CHECK_INT(err.code, ERR_INPUT);
        CHECK_TEXT(err.text, wrong_files[i].want);
        arena_free(arena);
    }
    CHECK_INT(chdir("/"), 0);
    check_remove(directory);
}

RUN(CASE(under_the_strict_attack_every_table_has_its_proof),
    CASE(under_the_basic_attack_every_table_has_its_proof),
    CASE(tables_of_hundreds_of_cells_have_their_proof),
    CASE(tables_with_suppressed_zeros_have_their_proof),
    CASE(what_the_last_resort_opened_and_no_table_moves_is_shown),
    CASE(a_proof_is_for_its_owner_only),
    CASE(a_witness_with_another_number_is_no_possible_table),
    CASE(a_proof_without_its_witnesses_proves_nothing),
    CASE(a_secondary_shown_again_is_another_table),
    CASE(a_proof_for_a_lower_threshold_is_refused),
    CASE(a_file_may_hold_several_which_say_of_what_they_are),
    CASE(a_proof_of_a_table_of_another_size_is_refused),
    CASE(a_proof_against_a_weaker_attacker_is_refused),
    CASE(what_is_primary_is_told_by_the_count_and_not_by_the_proof),
    CASE(a_proof_with_a_zero_byte_is_no_text),
    CASE(wrong_files_are_refused_by_line))
