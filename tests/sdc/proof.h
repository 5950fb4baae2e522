/* SPDX-License-Identifier: EUPL-1.2 */
/* proof.h - the certificate of a protected world, as its checker sees it. */
#ifndef PROOF_H
#define PROOF_H

#include "world.h"

#include "base/fs.h"
#include "sdc/certificate.h"

/* Fails unless the certificate proves every cell to somebody who runs no
 * program. */
static inline void proof_check(struct world *world, uint64_t seed)
{
    char *directory = check_directory();
    char *path = fs_join(world->arena, directory, "proof");
    struct audit_input *proof = NULL;
    struct err err = {0};
    struct sink *sink = sink_open_private(world->arena, path);
    bool made = clearance_certificate(world->clearance, "", sink, &err);
    if (!made || !sink_commit(sink, &err) ||
        !certificate_read(world->arena, path, &proof, &err))
        fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
    enum audit_verdict *verdicts =
        arena_array(world->arena, proof->cells, sizeof *verdicts);
    CHECK(audit_run(proof, verdicts, &err));
    for (size_t c = 0; c < proof->cells; c++) {
        if (!audit_settled(verdicts[c]))
            fail_msg("seed %llu: no proof: %s", (unsigned long long)seed,
                     universe_name(world->arena, world->universe, c));
    }
    check_remove(directory);
}

#endif
