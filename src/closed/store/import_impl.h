/* SPDX-License-Identifier: EUPL-1.2 */
/* store/import_impl.h - a folder of CSV files on its way into a store. */
#ifndef STORE_IMPORT_IMPL_H
#define STORE_IMPORT_IMPL_H

#include "base/csv.h"
#include "base/faults.h"
#include "store/writer.h"

/* A measure's row, for the facts that name it. */
struct import_measure {
    const char *table_name;
    unsigned dims;
};

/* Codes of one kind, in the order of their file. */
struct import_codes {
    struct map *places; /* of each in names */
    const char **names;
    size_t count, capacity;
};

/* A code named before the whole table was known. */
struct reference {
    size_t line;
    const char *level, *code; /* level "" where there is none */
};

struct import {
    struct arena *closed;
    const char *directory;
    struct writer *writer;
    struct faults faults;
    /* Codes read so far. Territories and zones by level and code. */
    struct map *territory, *zone;
    struct import_codes levels; /* of territories and zones */
    struct import_codes areas;  /* "LEVEL CODE" of territories and zones */
    struct import_codes site, sex, age, stratum, measure;
    bool *cut; /* [table of store_tables] its file is not there, or was not
                  read to its end */
    struct import_measure *measures; /* those of measure.names */
    size_t measure_capacity;
    struct reference *parents; /* of the table being read */
    size_t parent_count, parent_capacity;
    /* The table being read. */
    const struct table_spec *table;
    struct csv *csv;
    const char *cells[STORE_MAX_COLUMNS];
};

/* "; the nearest KIND is 'POU'", or "" where none is near. */
const char *import_nearest(struct import *import,
                           const struct import_codes *codes, const char *kind,
                           const char *code);
/* What a territory or zone that nobody knows may have been: '01' for the '1'
 * that a spreadsheet makes of it, the nearest level, or the nearest code. */
const char *import_near_area(struct import *import, const char *level,
                             const char *code);
/* Notes an error of the row being read; always false. */
bool import_error(struct import *import, const char *format, ...)
    PRINTF_LIKE(2, 3);
/* Kinds of columns, then what the row's table asks of it; notes errors. */
bool import_check_row(struct import *import);

#endif
