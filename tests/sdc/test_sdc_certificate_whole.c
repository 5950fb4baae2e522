/* SPDX-License-Identifier: EUPL-1.2 */
/* The proof of a release: its relations are in the file, which is checked
 * alone. */
#include "base/fs.h"
#include "sdc/certificate.h"
#include "world.h"

static const char file[] = "proof.cert";

/* Three départements by two sites, with their totals; people bound some. */
static struct world protect_world(int64_t slack)
{
    struct world world = world_new(11);
    world_leaves(&world, DIM_TERRITORY, 3);
    world_node(&world, DIM_TERRITORY, "FR", 0, 2, false);
    world_leaves(&world, DIM_SITE, 2);
    world_node(&world, DIM_SITE, "ALL", 0, 1, false);
    world_table(&world);
    static const int64_t counts[] = {4, 35, 61, 28, 47, 55};
    memcpy(world.table, counts, sizeof counts);
    world_add_all(&world, slack);
    CHECK(world_protect(&world));
    struct sink *sink = sink_open_private(world.arena, file);
    CHECK(clearance_certificate(world.clearance, "", sink, &world.err));
    CHECK(sink_commit(sink, &world.err));
    return world;
}

TEST(the_proof_of_a_release_is_checked_alone)
{
    char *directory = check_directory();
    CHECK_INT(chdir(directory), 0);
    for (int64_t slack = -1; slack <= 900; slack += 901) {
        struct world world = protect_world(slack);
        struct audit_input *proof;
        CHECK(certificate_read(world.arena, file, &proof, &world.err));
        CHECK_INT(proof->cells, universe_cells(world.universe));
        CHECK_INT(proof->relations, world.universe->relations.count);
        enum audit_verdict *verdicts =
            arena_array(world.arena, proof->cells, sizeof *verdicts);
        CHECK(audit_run(proof, verdicts, &world.err));
        for (size_t c = 0; c < proof->cells; c++) {
            CHECK(audit_settled(verdicts[c]));
            CHECK_INT(verdicts[c] == AUDIT_PUBLIC,
                      clearance_shown(world.clearance, c));
            CHECK(proof->upper[c] == universe_upper(world.universe, c));
        }
        world_free(&world);
    }
    CHECK_INT(chdir("/"), 0);
    check_remove(directory);
}

TEST(a_relation_that_does_not_hold_is_noticed)
{
    char *directory = check_directory();
    CHECK_INT(chdir(directory), 0);
    struct world world = protect_world(-1);
    char *text = NULL;
    size_t size;
    CHECK(fs_read(world.arena, file, &text, &size, &world.err));
    char *total = strchr(strstr(text, "\nrelation ") + 1, ' ') + 1;
    *total = *total == '0' ? '1' : '0'; /* another cell is the total */
    CHECK(fs_write(file, text, strlen(text), &world.err));
    struct audit_input *proof;
    CHECK(certificate_read(world.arena, file, &proof, &world.err));
    enum audit_verdict *verdicts =
        arena_array(world.arena, proof->cells, sizeof *verdicts);
    CHECK(!audit_run(proof, verdicts, &world.err));
    CHECK_INT(world.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(world.err.id, "sdc.audit");
    world_free(&world);
    CHECK_INT(chdir("/"), 0);
    check_remove(directory);
}

RUN(CASE(the_proof_of_a_release_is_checked_alone),
    CASE(a_relation_that_does_not_hold_is_noticed))
