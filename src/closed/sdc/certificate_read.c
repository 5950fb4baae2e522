/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "sdc/certificate.h"
#include "sdc/person.h"

/* A certificate while it is read. */
struct reader {
    struct arena *arena;
    const char *path;
    size_t line;
    char *at;                 /* rest of the present line */
    struct certificate *list; /* those that ended */
    size_t list_count, list_capacity;
    /* The present one. */
    bool opened;
    const char *about;
    size_t cells;
    int64_t *counts, *lower, *upper, *thresholds;
    enum audit_guard *guards;
    uint32_t *persons;
    bool *listed;
    uint32_t *members;
    size_t *starts;
    size_t member_count, member_capacity, relations, start_capacity;
    struct witness *witnesses;
    size_t witness_count, witness_capacity;
};

static bool fail(const struct reader *reader, const char *expected,
                 struct err *err)
{
    return err_fail(err, ERR_INPUT, "certificate.read", "%s:%zu: expected %s",
                    reader->path, reader->line, expected);
}

/* --- fields -------------------------------------------------------------- */

/* The next field of the line, or NULL at its end. */
static char *next_field(struct reader *reader)
{
    if (reader->at == NULL)
        return NULL;
    char *field = reader->at;
    char *space = strchr(field, ' ');
    if (space != NULL)
        *space = '\0';
    reader->at = space == NULL ? NULL : space + 1;
    return field;
}

/* Whole decimal numbers, without what strtoll forgives. */
static bool parse_int(const char *text, int64_t *out)
{
    bool minus = text[0] == '-';
    const char *digit = text + minus;
    int64_t value = 0;
    if (*digit == '\0')
        return false;
    for (; *digit != '\0'; digit++) {
        if (*digit < '0' || *digit > '9' ||
            __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, *digit - '0', &value))
            return false;
    }
    if (!minus && value == INT64_MIN)
        return false;
    *out = minus ? value : -value;
    return true;
}

static bool next_int(struct reader *reader, int64_t *out)
{
    char *field = next_field(reader);
    return field != NULL && parse_int(field, out);
}

/* A number, or `none` for "-". */
static bool next_or_none(struct reader *reader, int64_t none, int64_t *out)
{
    char *field = next_field(reader);
    if (field != NULL && strcmp(field, "-") == 0) {
        *out = none;
        return true;
    }
    return field != NULL && parse_int(field, out);
}

static bool next_guard(struct reader *reader, enum audit_guard *out)
{
    static const char *const names[] = {"shown", "guarded", "primary", "forced",
                                        "whole"};
    static const enum audit_guard guards[] = {
        AUDIT_SHOWN, AUDIT_GUARDED, AUDIT_PRIMARY, AUDIT_FORCED, AUDIT_WHOLE};
    char *field = next_field(reader);
    for (size_t g = 0; field != NULL && g < sizeof guards / sizeof *guards;
         g++) {
        if (strcmp(field, names[g]) == 0) {
            *out = guards[g];
            return true;
        }
    }
    return false;
}

static bool next_cell(struct reader *reader, uint32_t *out)
{
    int64_t number;
    if (!next_int(reader, &number) || number < 0 ||
        (uint64_t)number >= reader->cells)
        return false;
    *out = (uint32_t)number;
    return true;
}

/* --- lines --------------------------------------------------------------- */

static bool take_size(struct reader *reader, struct err *err)
{
    enum {
        LARGEST = 100000000,
    };
    int64_t cells;
    if (!next_int(reader, &cells) || cells < 0 || cells > LARGEST ||
        reader->at != NULL || reader->counts != NULL)
        return fail(reader, "'cells N', once", err);
    size_t count = (size_t)cells;
    reader->cells = count;
    reader->counts = arena_array(reader->arena, count, sizeof(int64_t));
    reader->lower = arena_array(reader->arena, count, sizeof(int64_t));
    reader->upper = arena_array(reader->arena, count, sizeof(int64_t));
    reader->thresholds = arena_array(reader->arena, count, sizeof(int64_t));
    reader->guards = arena_array(reader->arena, count, sizeof *reader->guards);
    reader->persons = arena_array(reader->arena, count, sizeof(uint32_t));
    reader->listed = arena_array(reader->arena, count, sizeof(bool));
    for (size_t c = 0; c < count; c++) {
        reader->guards[c] = AUDIT_SHOWN;
        reader->persons[c] = PERSON_NOBODY;
        reader->thresholds[c] = 3;
    }
    return true;
}

static bool take_cell(struct reader *reader, struct err *err)
{
    uint32_t cell;
    enum audit_guard guard;
    int64_t count, lower, upper, threshold, person;
    if (!next_cell(reader, &cell) || !next_guard(reader, &guard) ||
        !next_int(reader, &count) || !next_int(reader, &lower) ||
        !next_or_none(reader, AUDIT_UNLIMITED, &upper) ||
        !next_int(reader, &threshold) ||
        !next_or_none(reader, PERSON_NOBODY, &person) || reader->at != NULL)
        return fail(reader,
                    "'cell NUMBER GUARD COUNT LOWER UPPER THRESHOLD PERSON'",
                    err);
    bool shown = guard == AUDIT_SHOWN;
    if (reader->listed[cell] || count < 0 || threshold < 3 ||
        threshold > INT64_MAX / 4 || person < 0 || person > PERSON_NOBODY ||
        (!shown && (lower < 0 || lower > count || upper < count)))
        return fail(reader, "a cell once, its count within its bounds", err);
    reader->listed[cell] = true;
    reader->guards[cell] = guard;
    reader->counts[cell] = count;
    reader->lower[cell] = lower;
    reader->upper[cell] = upper;
    reader->thresholds[cell] = threshold;
    reader->persons[cell] = (uint32_t)person;
    return true;
}

static void push_member(struct reader *reader, uint32_t cell)
{
    reader->members =
        arena_grow(reader->arena, reader->members, reader->member_count,
                   &reader->member_capacity, sizeof *reader->members);
    reader->members[reader->member_count++] = cell;
}

static bool take_relation(struct reader *reader, struct err *err)
{
    size_t first = reader->member_count;
    while (reader->at != NULL) {
        uint32_t cell;
        if (!next_cell(reader, &cell))
            return fail(reader, "'relation TOTAL PART ...' of cell numbers",
                        err);
        push_member(reader, cell);
    }
    if (reader->member_count < first + 2)
        return fail(reader, "a total and at least one part", err);
    reader->starts =
        arena_grow(reader->arena, reader->starts, reader->relations + 1,
                   &reader->start_capacity, sizeof *reader->starts);
    reader->starts[++reader->relations] = reader->member_count;
    return true;
}

static size_t fields_left(const char *at)
{
    size_t fields = at != NULL;
    for (; at != NULL && *at != '\0'; at++)
        fields += *at == ' ';
    return fields;
}

static bool take_witness(struct reader *reader, struct err *err)
{
    size_t count = fields_left(reader->at) / 2;
    uint32_t *cells = arena_array(reader->arena, count, sizeof *cells);
    int64_t *deltas = arena_array(reader->arena, count, sizeof *deltas);
    int64_t cell = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t gap;
        if (!next_int(reader, &gap) || gap < (i > 0) ||
            __builtin_add_overflow(cell, gap, &cell) ||
            (uint64_t)cell >= reader->cells || !next_int(reader, &deltas[i]) ||
            deltas[i] == 0)
            return fail(reader, "'witness CELL DELTA GAP DELTA ...'", err);
        cells[i] = (uint32_t)cell;
    }
    if (count == 0 || reader->at != NULL)
        return fail(reader, "'witness CELL DELTA GAP DELTA ...'", err);
    reader->witnesses =
        arena_grow(reader->arena, reader->witnesses, reader->witness_count,
                   &reader->witness_capacity, sizeof *reader->witnesses);
    reader->witnesses[reader->witness_count++] =
        (struct witness){cells, deltas, count};
    return true;
}

static void push(struct reader *reader)
{
    struct audit_input *input = arena_alloc(reader->arena, sizeof *input);
    *input = (struct audit_input){
        .cells = reader->cells,
        .counts = reader->counts,
        .lower = reader->lower,
        .upper = reader->upper,
        .guards = reader->guards,
        .persons = reader->persons,
        .members = reader->members,
        .starts = reader->starts,
        .relations = reader->relations,
        .thresholds = reader->thresholds,
        .witnesses = reader->witnesses,
        .witness_count = reader->witness_count,
    };
    reader->list = arena_grow(reader->arena, reader->list, reader->list_count,
                              &reader->list_capacity, sizeof *reader->list);
    reader->list[reader->list_count++] =
        (struct certificate){reader->about, input};
}

static bool take_end(struct reader *reader, struct err *err)
{
    int64_t count;
    if (!next_int(reader, &count) || count < 0 ||
        (size_t)count != reader->witness_count || reader->at != NULL)
        return fail(reader, "'end' and the number of witnesses", err);
    push(reader);
    *reader = (struct reader){
        .arena = reader->arena,
        .path = reader->path,
        .line = reader->line,
        .list = reader->list,
        .list_count = reader->list_count,
        .list_capacity = reader->list_capacity,
    };
    return true;
}

static bool take_opening(struct reader *reader, const char *word,
                         struct err *err)
{
    reader->opened = strcmp(word, "panorama-certificate") == 0 &&
                     reader->at != NULL && strcmp(reader->at, "1") == 0;
    if (!reader->opened)
        return fail(reader,
                    reader->list_count == 0
                        ? "'panorama-certificate 1'"
                        : "'panorama-certificate 1' or nothing after 'end'",
                    err);
    reader->about = "";
    reader->starts = arena_grow(reader->arena, NULL, 0, &reader->start_capacity,
                                sizeof(size_t));
    return true;
}

static bool take_about(struct reader *reader, struct err *err)
{
    if (reader->at == NULL || reader->at[0] == '\0' || reader->about[0] != '\0')
        return fail(reader, "'about WORDS', once", err);
    reader->about = reader->at;
    return true;
}

static bool take_line(struct reader *reader, char *line, struct err *err)
{
    reader->line++;
    reader->at = line;
    char *word = next_field(reader);
    if (!reader->opened)
        return take_opening(reader, word, err);
    if (strcmp(word, "cells") == 0)
        return take_size(reader, err);
    if (strcmp(word, "about") == 0 && reader->counts == NULL)
        return take_about(reader, err);
    if (reader->counts == NULL)
        return fail(reader, "'cells N'", err);
    if (strcmp(word, "cell") == 0)
        return take_cell(reader, err);
    if (strcmp(word, "relation") == 0)
        return take_relation(reader, err);
    if (strcmp(word, "witness") == 0)
        return take_witness(reader, err);
    if (strcmp(word, "end") == 0)
        return take_end(reader, err);
    return fail(reader, "cell, relation, witness or end", err);
}

static bool take_lines(struct reader *reader, char *text, size_t size,
                       struct err *err)
{
    char *end = text + size;
    if (memchr(text, '\0', size) != NULL)
        return err_fail(err, ERR_INPUT, "certificate.read",
                        "%s: expected text without zero bytes", reader->path);
    while (text < end) {
        char *newline = memchr(text, '\n', (size_t)(end - text));
        if (newline == NULL)
            break;
        *newline = '\0';
        if (!take_line(reader, text, err))
            return false;
        text = newline + 1;
    }
    if (text < end || reader->opened || reader->list_count == 0) {
        reader->line++;
        return fail(reader, "a last line 'end WITNESSES'", err);
    }
    return true;
}

bool certificate_read_all(struct arena *closed, const char *path,
                          struct certificate **list, size_t *count,
                          struct err *err)
{
    struct reader reader = {.arena = closed, .path = path};
    char *text;
    size_t size;
    if (!fs_read(closed, path, &text, &size, err) ||
        !take_lines(&reader, text, size, err))
        return false;
    *list = reader.list;
    *count = reader.list_count;
    return true;
}

bool certificate_read(struct arena *closed, const char *path,
                      struct audit_input **out, struct err *err)
{
    struct certificate *list;
    size_t count;
    if (!certificate_read_all(closed, path, &list, &count, err))
        return false;
    if (count != 1)
        return err_fail(err, ERR_INPUT, "certificate.read",
                        "%s: expected the certificate of one table", path);
    *out = list[0].input;
    return true;
}
