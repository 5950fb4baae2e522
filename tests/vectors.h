/* SPDX-License-Identifier: EUPL-1.2 */
/* vectors.h - reference values in CSV files, for tests of statistics.
 *
 * Files that may be redistributed ship in tests/vectors (its README names
 * origin and licence). The others are read from the directory PANORAMA_VECTORS
 * (`make test-vectors DIR=...`); without it a test that needs them is skipped.
 * What is read is told to the file PANORAMA_VECTORS_READ, where
 * tests/vectors.py looks for files that no test reads. */
#ifndef VECTORS_H
#define VECTORS_H

#include <errno.h>
#include <math.h>

#include "base/csv.h"
#include "base/num.h"
#include "check.h"

struct vectors {
    struct arena *arena;
    struct csv *csv;
    const char *name;
    size_t rows; /* read so far */
};

/* Reference numbers compared since a file was last ended. */
static size_t vectors_compared;

/* Opens a file, or skips the test. End with vectors_end. */
static inline struct vectors vectors_open(const char *name)
{
    struct vectors out = {.arena = arena_new(), .name = name};
    struct err err = {0};
    char *shipped = arena_format(out.arena, "tests/vectors/%s", name);
    const char *directory = getenv("PANORAMA_VECTORS");
    FILE *there = fopen(shipped, "r");
    if (there != NULL)
        fclose(there);
    if (there == NULL && (directory == NULL || directory[0] == '\0')) {
        arena_free(out.arena);
        skip();
    }
    char *path = there != NULL
                     ? shipped
                     : arena_format(out.arena, "%s/%s", directory, name);
    if (!csv_open(out.arena, path, &out.csv, &err))
        fail_msg("%s", err.text);
    return out;
}

static inline bool vectors_next(struct vectors *vectors)
{
    bool more = false;
    struct err err = {0};
    if (!csv_next(vectors->csv, &more, &err))
        fail_msg("%s", err.text);
    vectors->rows += more;
    return more;
}

static inline const char *vectors_text(const struct vectors *vectors,
                                       const char *column)
{
    int at = csv_find(vectors->csv, column);
    if (at < 0)
        fail_msg("there is no column %s", column);
    return csv_field(vectors->csv, (size_t)at);
}

/* False for an empty field or NA. */
static inline bool vectors_has(const struct vectors *vectors,
                               const char *column)
{
    const char *text = vectors_text(vectors, column);
    return text[0] != '\0' && strcmp(text, "NA") != 0;
}

static inline double vectors_number(const struct vectors *vectors,
                                    const char *column)
{
    double value = 0.0;
    if (!num_parse_double(vectors_text(vectors, column), &value))
        fail_msg("row %zu, %s: not a number: %s", vectors->rows, column,
                 vectors_text(vectors, column));
    return value;
}

/* "NAME PROGRAM COUNT": numbers compared while the file was open. */
static inline void vectors_tell(const struct vectors *vectors)
{
    const char *path = getenv("PANORAMA_VECTORS_READ");
    FILE *told = path == NULL ? NULL : fopen(path, "a");
    if (told == NULL)
        return;
    fprintf(told, "%s %s %zu\n", vectors->name, program_invocation_short_name,
            vectors_compared);
    fclose(told);
    vectors_compared = 0;
}

static inline void vectors_end(struct vectors *vectors)
{
    vectors_tell(vectors);
    csv_close(vectors->csv);
    arena_free(vectors->arena);
}

/* A result against the column of this row; an empty field asks nothing. */
#define CHECK_VECTOR(vectors, got, column, relative)                           \
    do {                                                                       \
        if (vectors_has((vectors), (column))) {                                \
            CHECK_NEAR((got), vectors_number((vectors), (column)),             \
                       (relative));                                            \
            vectors_compared++;                                                \
        }                                                                      \
    } while (0)

/* The same, within a difference. */
#define CHECK_VECTOR_WITHIN(vectors, got, column, difference)                  \
    do {                                                                       \
        if (vectors_has((vectors), (column))) {                                \
            double want = vectors_number((vectors), (column));                 \
            if (!(fabs((got)-want) <= (difference)))                           \
                fail_msg("%s, row %zu: %s is %.10g, not %.10g",                \
                         (vectors)->name, (vectors)->rows, (column), (got),    \
                         want);                                                \
            vectors_compared++;                                                \
        }                                                                      \
    } while (0)

#endif
