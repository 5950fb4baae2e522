/* SPDX-License-Identifier: EUPL-1.2 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "store/check_impl.h"

/* ICD-10 codes as sets: letter, two digits, one more digit after the point. A
 * code of three characters holds its ten subdivisions. */
enum { ICD_CODES = 26 * 1000 };

struct icd_set {
    bool has[ICD_CODES];
    bool any;
};

/* Reads one code at *at, "C18" or "C18.1"; the range it stands for. */
static bool read_code(const char **at, int *first, int *last)
{
    const char *c = *at;
    if (c[0] < 'A' || c[0] > 'Z' || !isdigit((unsigned char)c[1]) ||
        !isdigit((unsigned char)c[2]))
        return false;
    *first = (c[0] - 'A') * 1000 + (c[1] - '0') * 100 + (c[2] - '0') * 10;
    *last = *first + 9;
    c += 3;
    if (c[0] == '.' && isdigit((unsigned char)c[1])) {
        *first += c[1] - '0';
        *last = *first;
        c += 2;
    }
    *at = c;
    return true;
}

/* "C00-C97 sauf C44", "C64-C66, C68", "C47+C49": words that mean "but" turn
 * what follows into holes; everything else separates. */
static void read_set(const char *text, struct icd_set *set)
{
    bool value = true;
    memset(set, 0, sizeof *set);
    for (const char *at = text; *at;) {
        int first, last, unused;
        if (strncmp(at, "sauf", 4) == 0 || strncmp(at, "excl", 4) == 0 ||
            strncmp(at, "except", 6) == 0)
            value = false;
        if (!read_code(&at, &first, &last)) {
            at++;
            continue;
        }
        const char *end = at + 1;
        if (*at == '-' && read_code(&end, &unused, &last))
            at = end;
        for (int code = first; code <= last; code++)
            set->has[code] = value;
        set->any = set->any || value;
    }
}

static const char *code_name(struct arena *closed, int code)
{
    return arena_format(closed, "%c%02d.%d", 'A' + code / 1000, code / 10 % 100,
                        code % 10);
}

struct sites {
    struct rows rows; /* code, parent, icd10, sex */
    struct icd_set *sets;
};

static bool read_sites(struct check *check, struct sites *sites,
                       struct err *err)
{
    if (!check_sorted(check, "SELECT code, parent, icd10, sex FROM site",
                      &sites->rows, err))
        return false;
    sites->sets =
        arena_array(check->closed, sites->rows.count, sizeof *sites->sets);
    for (size_t r = 0; r < sites->rows.count; r++)
        read_set(rows_at(&sites->rows, r, 2), &sites->sets[r]);
    return true;
}

static bool other_sex(const struct rows *rows, size_t a, size_t b)
{
    const char *p = rows_at(rows, a, 3), *q = rows_at(rows, b, 3);
    return p[0] != '\0' && q[0] != '\0' && !text_same(p, q);
}

static void compare_siblings(struct check *check, const struct sites *sites,
                             size_t a, size_t b)
{
    const struct rows *rows = &sites->rows;
    if (!text_same(rows_at(rows, a, 1), rows_at(rows, b, 1)) ||
        other_sex(rows, a, b))
        return;
    for (int code = 0; code < ICD_CODES; code++) {
        if (sites->sets[a].has[code] && sites->sets[b].has[code]) {
            check_found(check, "%s, %s: %s", rows_at(rows, a, 0),
                        rows_at(rows, b, 0), code_name(check->closed, code));
            return;
        }
    }
}

bool check_icd10_siblings(struct check *check, struct err *err)
{
    struct sites sites;
    if (!read_sites(check, &sites, err))
        return false;
    for (size_t a = 0; a < sites.rows.count; a++) {
        for (size_t b = a + 1; b < sites.rows.count; b++)
            compare_siblings(check, &sites, a, b);
    }
    return true;
}

static void compare_parent(struct check *check, const struct sites *sites,
                           size_t part, size_t whole)
{
    const struct rows *rows = &sites->rows;
    if (!text_same(rows_at(rows, part, 1), rows_at(rows, whole, 0)) ||
        !sites->sets[whole].any)
        return;
    for (int code = 0; code < ICD_CODES; code++) {
        if (sites->sets[part].has[code] && !sites->sets[whole].has[code]) {
            check_found(check, "%s, %s: %s", rows_at(rows, part, 0),
                        rows_at(rows, whole, 0),
                        code_name(check->closed, code));
            return;
        }
    }
}

bool check_icd10_parents(struct check *check, struct err *err)
{
    struct sites sites;
    if (!read_sites(check, &sites, err))
        return false;
    for (size_t a = 0; a < sites.rows.count; a++) {
        for (size_t b = 0; b < sites.rows.count; b++)
            compare_parent(check, &sites, a, b);
    }
    return true;
}
