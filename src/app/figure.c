/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/figure.h"

#include <math.h>
#include <string.h>

#include "base/fs.h"
#include "base/num.h"
#include "base/utf8.h"
#include "device/device.h"
#include "format/figure_pdf.h"

enum {
    DECIMALS_MOST = 12,
    DECIMALS_TYPED = 6, /* beyond, a program wrote them, not a person */
    DIGITS_ENOUGH = 3,  /* of the largest value, of those numbers */
};

/* Differences and products of larger numbers leave what a double holds, or its
 * whole numbers; nothing that a figure shows comes near. */
static const double number_most = 1e15;

static int imax(int a, int b)
{
    return a > b ? a : b;
}

/* Digits after the point, as they are written: 0.80 has two, 8e-3 three. */
static int decimals_of(const char *number)
{
    int64_t exponent = 0;
    const char *point = strchr(number, '.');
    int64_t digits = point ? (int64_t)strspn(point + 1, "0123456789") : 0;
    const char *e = strpbrk(number, "eE");
    if (e && num_parse_int64(e + 1, &exponent))
        digits -= exponent;
    if (digits < 0)
        return 0;
    return digits < DECIMALS_MOST ? (int)digits : DECIMALS_MOST;
}

static bool write_pdf(const struct invocation *call, const struct scene *scene,
                      const struct fonts *fonts, const char *path,
                      struct err *err)
{
    const struct figure_pdf about = {
        .author = "",
        .lang = figure_option(call, "lang", "fr"),
        .date = "1970-01-01",
        .creator = "panorama " PANORAMA_VERSION,
    };
    return figure_pdf_write(call->run, scene, fonts, &about, path, err);
}

bool figure_stage(const struct invocation *call, struct staged *staged,
                  const char **written, struct err *err)
{
    const char *place = option(call, "output");
    const char *values = option(call, "values");
    if (!text_ends(place, ".svg") && !text_ends(place, ".png") &&
        !text_ends(place, ".pdf"))
        return err_fail(err, ERR_USAGE, "usage.output",
                        "-o '%s': expected a name ending in .svg, .png or "
                        ".pdf",
                        place);
    return staged_add(staged, "-o", place, written, err) &&
           (values == NULL || staged_check_input(staged, values, err));
}

bool figure_write(const struct invocation *call, const struct scene *scene,
                  const struct fonts *fonts, const char *written,
                  struct err *err)
{
    const char *place = option(call, "output");
    if (!device_check_text(scene, fonts, err))
        return err_wrap(err, "picture '%s'", place);
    if (text_ends(place, ".png"))
        return device_png(scene, fonts, 1600, written, err);
    if (text_ends(place, ".pdf"))
        return write_pdf(call, scene, fonts, written, err);
    struct text svg = text_new(call->run);
    device_svg(scene, fonts, true, "f", &svg);
    return fs_write(written, svg.at, svg.size, err);
}

const char *figure_option(const struct invocation *call, const char *name,
                          const char *fallback)
{
    const char *value = option(call, name);
    return value == NULL ? fallback : value;
}

bool figure_lang(const struct invocation *call, enum lang *lang,
                 struct err *err)
{
    if (lang_parse(figure_option(call, "lang", "fr"), lang))
        return true;
    return err_fail(err, ERR_USAGE, "usage.lang",
                    "--lang '%s': expected fr or en", option(call, "lang"));
}

bool figure_parse(const char *text, double *out)
{
    double number;
    if (!num_parse_double(text, &number) || fabs(number) > number_most)
        return false;
    *out = number;
    return true;
}

bool figure_number(const struct csv *csv, const char *name, bool *present,
                   double *out, struct err *err)
{
    const char *text = figure_field(csv, name, "");
    double number;
    *present = text[0] != '\0';
    if (!*present || figure_parse(text, out))
        return true;
    return err_fail(err, ERR_INPUT, "values.number",
                    "%s:%zu: column '%s': '%s' is not a number%s",
                    csv_path(csv), csv_line(csv), name, text,
                    strchr(text, ',') ? ": expected a decimal point"
                    : num_parse_double(text, &number) ? " of at most 1e15"
                                                      : "");
}

/* Every interval of the field's statistics holds its estimate, and what has no
 * value has no limits either. */
bool figure_interval(const struct csv *csv, bool has_value, double value,
                     struct figure_interval *out, struct err *err)
{
    bool has_lower = false, has_upper = false;
    const char *wrong = NULL;
    if (!figure_number(csv, "lower", &has_lower, &out->lower, err) ||
        !figure_number(csv, "upper", &has_upper, &out->upper, err))
        return false;
    out->given = has_lower;
    if (has_lower != has_upper || (has_lower && !has_value))
        wrong = "value, lower and upper go together";
    else if (has_lower && out->lower > out->upper)
        wrong = "lower is above upper";
    else if (has_lower && (value < out->lower || value > out->upper))
        wrong = "the value is not between lower and upper";
    return wrong == NULL ||
           err_fail(err, ERR_INPUT, "values.interval", "%s:%zu: %s",
                    csv_path(csv), csv_line(csv), wrong);
}

bool figure_status(const struct csv *csv, bool has_value,
                   enum availability *out, struct err *err)
{
    int column = csv_find(csv, "status");
    const char *letter = column < 0 ? "" : csv_field(csv, (size_t)column);
    *out = has_value ? AVAILABLE : NOT_AVAILABLE;
    if (letter[0] != '\0' &&
        (letter[1] != '\0' || !availability_parse(letter[0], out)))
        return err_fail(err, ERR_INPUT, "values.status",
                        "%s:%zu: status '%s': expected v, c, u, z, x or h",
                        csv_path(csv), csv_line(csv), letter);
    if ((*out == AVAILABLE) != has_value)
        return err_fail(err, ERR_INPUT, "values.status",
                        "%s:%zu: a value and status v go together",
                        csv_path(csv), csv_line(csv));
    return true;
}

const char *figure_field(const struct csv *csv, const char *name,
                         const char *fallback)
{
    int column = csv_find(csv, name);
    const char *text = column < 0 ? "" : csv_field(csv, (size_t)column);
    return text[0] == '\0' ? fallback : text;
}

bool figure_flags(const struct csv *csv, unsigned *out, struct err *err)
{
    const char *letters = figure_field(csv, "flags", "");
    if (flag_parse(letters, out))
        return true;
    return err_fail(err, ERR_INPUT, "values.flags",
                    "%s:%zu: flags '%s': expected letters of p, e, j, r, b "
                    "and a",
                    csv_path(csv), csv_line(csv), letters);
}

bool figure_number_option(const struct invocation *call, const char *name,
                          double *out, struct err *err)
{
    const char *text = option(call, name);
    if (text == NULL || figure_parse(text, out))
        return true;
    return err_fail(err, ERR_USAGE, "usage.number",
                    "--%s '%s': expected a number of at most 1e15", name, text);
}

bool figure_size_option(const struct invocation *call, const char *name,
                        double *out, struct err *err)
{
    if (!figure_number_option(call, name, out, err))
        return false;
    return option(call, name) == NULL ||
           (*out >= 1.0 && *out <= FIGURE_SIZE_MOST) ||
           err_fail(err, ERR_USAGE, "usage.number",
                    "--%s '%s': expected 1 to %d points", name,
                    option(call, name), FIGURE_SIZE_MOST);
}

bool figure_whole_option(const struct invocation *call, const char *name,
                         int least, int most, int *out, struct err *err)
{
    const char *text = option(call, name);
    int64_t number = 0;
    if (text == NULL)
        return true;
    if (!num_parse_int64(text, &number) || number < least || number > most)
        return err_fail(err, ERR_USAGE, "usage.number",
                        "--%s '%s': expected a whole number from %d to %d",
                        name, text, least, most);
    *out = (int)number;
    return true;
}

/* Decimals of numbers that have `found` and of which the largest is this: as
 * many as were typed, or those of three digits, one at least, where a program
 * wrote all that a binary number has. */
static int enough(int found, double largest)
{
    int whole = largest > 0 ? (int)floor(log10(largest)) + 1 : 0;
    int most = imax(1, DIGITS_ENOUGH - whole);
    return found <= DECIMALS_TYPED || found < most ? found : most;
}

bool figure_decimals(const struct invocation *call, int found, int *out,
                     struct err *err)
{
    const char *text = figure_option(call, "reference", "");
    double reference = 0;
    if (num_parse_double(text, &reference))
        found = imax(found, enough(decimals_of(text), fabs(reference)));
    *out = found;
    return figure_whole_option(call, "decimals", 0, DECIMALS_MOST, out, err);
}

bool figure_row_fails(const struct csv *csv, struct err *err)
{
    err->code = ERR_INPUT;
    return err_wrap(err, "%s:%zu", csv_path(csv), csv_line(csv));
}

static bool check_column(const struct csv *csv, const char *name,
                         struct err *err)
{
    return csv_find(csv, name) >= 0 ||
           csv_no_column(csv, name, "values.columns", err);
}

/* Names are titles of areas and marks in an SVG, and no font is asked for
 * those. */
static bool check_names(const struct csv *csv, struct err *err)
{
    static const char *const names[] = {"label", "facet", "series"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        uint32_t hidden = utf8_hidden(figure_field(csv, names[i], ""));
        if (hidden != 0)
            return err_fail(err, ERR_INPUT, "values.text",
                            "%s:%zu: column '%s' holds the character U+%04X, "
                            "which no figure shows",
                            csv_path(csv), csv_line(csv), names[i],
                            (unsigned)hidden);
    }
    return true;
}

bool figure_rows(const struct invocation *call, const char *path,
                 figure_take_row *take, void *into, int *decimals,
                 struct err *err)
{
    struct csv *csv = NULL;
    bool more = true;
    if (!csv_open(call->run, path, &csv, err))
        return false;
    bool ok = check_column(csv, "code", err) && check_column(csv, "value", err);
    int most = 0;
    size_t rows = 0;
    double value = 0, largest = 0;
    while (ok && (ok = csv_next(csv, &more, err)) && more) {
        const char *number = figure_field(csv, "value", "");
        most = imax(most, decimals_of(number));
        if (num_parse_double(number, &value))
            largest = fmax(largest, fabs(value));
        ok = check_names(csv, err) && take(csv, into, err);
        rows++;
    }
    if (ok && rows == 0)
        ok = err_fail(err, ERR_INPUT, "values.rows",
                      "%s: expected rows of values under the header", path);
    if (decimals)
        *decimals = enough(most, largest);
    csv_close(csv);
    return ok;
}
