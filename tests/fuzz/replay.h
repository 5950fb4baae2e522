/* SPDX-License-Identifier: EUPL-1.2 */
/* replay.h - runs a fuzz target on files, without libFuzzer.
 *
 * Built with FUZZ_REPLAY, a target is a program that takes file names: each
 * crash once found stays in the corpus and is run again by every test. */
#ifndef REPLAY_H
#define REPLAY_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#ifdef FUZZ_REPLAY

#include <stdio.h>
#include <string.h>

#include "base/fs.h"

int main(int argc, char **argv)
{
    for (int at = 1; at < argc; at++) {
        struct arena *arena = arena_new();
        struct err err = {0};
        char *bytes = NULL;
        size_t size = 0;
        if (!fs_read(arena, argv[at], &bytes, &size, &err)) {
            fprintf(stderr, "%s\n", err.text);
            return err.code;
        }
        /* A copy of the exact size shows reads past the end. */
        uint8_t *exact = arena_alloc(arena, size);
        memcpy(exact, bytes, size);
        LLVMFuzzerTestOneInput(exact, size);
        arena_free(arena);
    }
    printf("%d inputs replayed\n", argc - 1);
    return 0;
}

#endif
#endif
