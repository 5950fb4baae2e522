/* SPDX-License-Identifier: EUPL-1.2 */
/* app/figure.h - what the commands map and chart share: one figure from a CSV
 * to a file. */
#ifndef APP_FIGURE_H
#define APP_FIGURE_H

#include "app/command.h"
#include "app/staged.h"
#include "base/csv.h"
#include "model/locale.h"
#include "scene/scene.h"

enum { FIGURE_SIZE_MOST = 5000 }; /* the side of a poster, in points */

/* Where to write the file of -o. ERR_USAGE when its name ends in none of .svg,
 * .png and .pdf, or is that of --values; ERR_IO as for staged_add. */
bool figure_stage(const struct invocation *call, struct staged *staged,
                  const char **written, struct err *err) MUST_USE;
/* Writes a scene there as SVG, PNG (1600 pixels wide) or PDF, by the ending of
 * the name in -o. */
bool figure_write(const struct invocation *call, const struct scene *scene,
                  const struct fonts *fonts, const char *written,
                  struct err *err) MUST_USE;
/* The value of an option, or the fallback. */
const char *figure_option(const struct invocation *call, const char *name,
                          const char *fallback);
bool figure_lang(const struct invocation *call, enum lang *lang,
                 struct err *err) MUST_USE;
/* Gives every row of a file that has the columns code and value to `take`;
 * false, with the error, when that says false. `decimals` becomes the most
 * digits after the point in the column value; where these are more than 6, as
 * many as give the largest value three digits, one at least. It may be NULL. */
typedef bool figure_take_row(const struct csv *csv, void *into,
                             struct err *err);
bool figure_rows(const struct invocation *call, const char *path,
                 figure_take_row *take, void *into, int *decimals,
                 struct err *err) MUST_USE;
/* The row is what the error is about: names file and line, as ERR_INPUT, and
 * returns false. */
bool figure_row_fails(const struct csv *csv, struct err *err);
/* A number of at most 1e15, which every scale can show; false, with `out`
 * untouched, for another text. */
bool figure_parse(const char *text, double *out);
/* A column of such numbers that may be absent or empty. */
bool figure_number(const struct csv *csv, const char *name, bool *present,
                   double *out, struct err *err) MUST_USE;
/* The columns lower and upper of a row's value: both around it or neither. */
struct figure_interval {
    bool given;
    double lower, upper;
};
bool figure_interval(const struct csv *csv, bool has_value, double value,
                     struct figure_interval *out, struct err *err) MUST_USE;
/* The `status` column, one letter; without it a value is v, none is x. */
bool figure_status(const struct csv *csv, bool has_value,
                   enum availability *out, struct err *err) MUST_USE;
/* Text of a column that may be absent or empty. */
const char *figure_field(const struct csv *csv, const char *name,
                         const char *fallback);
/* The `flags` column: letters of p, e, j, r, b and a. */
bool figure_flags(const struct csv *csv, unsigned *out,
                  struct err *err) MUST_USE;
/* A number given as an option; what is not given stays as it was. */
bool figure_number_option(const struct invocation *call, const char *name,
                          double *out, struct err *err) MUST_USE;
/* The same of a length of 1 to FIGURE_SIZE_MOST points. */
bool figure_size_option(const struct invocation *call, const char *name,
                        double *out, struct err *err) MUST_USE;
/* The same of a whole number in a range; ERR_USAGE outside it. */
bool figure_whole_option(const struct invocation *call, const char *name,
                         int least, int most, int *out,
                         struct err *err) MUST_USE;
/* --decimals; when not given, those found in the rows, or of --reference. */
bool figure_decimals(const struct invocation *call, int found, int *out,
                     struct err *err) MUST_USE;

#endif
