/* SPDX-License-Identifier: EUPL-1.2 */
/* format/csv_schema.h - the columns of every open-data CSV, and their Table
 * Schema (Frictionless). */
#ifndef FORMAT_CSV_SCHEMA_H
#define FORMAT_CSV_SCHEMA_H

#include "pub/edition.h"

struct csv_column {
    const char *name;
    const char *type;
    const char *pattern; /* "" none */
    const char *label[LANG_COUNT];
};

extern const struct csv_column csv_fields[];
extern const size_t csv_field_count;
bool csv_is_decimal(const struct csv_column *column); /* a decimal number */

/* Positions that the reader needs. */
enum {
    CSV_COLUMN = 2,
    CSV_VALUE = 17,
    CSV_LOWER = 18,
    CSV_UPPER = 19,
    CSV_STATUS = 20,
};

/* A list beside the data: what it is and its columns. */
struct csv_list {
    const char *name; /* of its file */
    const char *title[LANG_COUNT];
    const char *description[LANG_COUNT];
    const struct csv_column *columns;
    size_t column_count;
    const char *key; /* its primary key, as JSON strings; "" none */
};

/* What a data set is called and of what it is made, in each language; the
 * description is of whole sentences, never "". */
struct csv_words {
    const char *title[LANG_COUNT];
    const char *description[LANG_COUNT];
    const char *source[LANG_COUNT];
};
struct csv_words csv_words(struct arena *arena, const struct pub_table *table,
                           const struct edition *edition);
/* Members `"title": "…", "title_en": "…"`: the words of the document's own
 * language, and of the others that have some. */
void csv_add_said(struct text *out, const char *key,
                  const char *const words[LANG_COUNT], enum lang lang);

/* A sentence that tells the vintage of the code lists ("COG 2026"), and a
 * member of an object that does; "" or nothing where the registry tells none.
 */
const char *csv_vintage_words(struct arena *arena,
                              const struct edition *edition, enum lang lang);
void csv_add_vintage(struct text *out, const struct edition *edition);

/* False for a data set of a measure that is not counted by site: its rows have
 * none, and are told apart without. */
bool csv_has_site(const struct pub_table *table);

/* Name of the files of a data set, without ending: that of "open_data.sites" is
 * "open_data-sites". */
const char *csv_file_stem(struct arena *arena, const struct pub_table *table);
void csv_add_header(struct text *out, const struct csv_column *columns,
                    size_t count);
void csv_list_schema(struct text *out, const struct csv_list *list,
                     const struct edition *edition, enum lang lang);
/* The one schema of the data sets with decimal commas. */
void csv_sheet_schema(struct text *out, const struct edition *edition,
                      enum lang lang);
void csv_schema(struct text *out, const struct pub_table *table,
                const struct edition *edition, enum lang lang);

#endif
