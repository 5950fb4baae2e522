/* SPDX-License-Identifier: EUPL-1.2 */
/* The JJ format: lines of words. Writers differ in spaces, in decimals and in
 * how a relation is written, "3 (-1)" or "3 ( -1 )", so parentheses and the
 * colon are words of their own. */
#include <math.h>
#include <string.h>

#include "base/faults.h"
#include "base/fs.h"
#include "base/num.h"
#include "sdc/jj.h"

enum {
    WORD_SIZE = 64,
    /* Fewest bytes of a cell and of a relation, to check what a file says of
     * itself before room is made for it. */
    CELL_BYTES = 17,
    RELATION_BYTES = 12,
};

struct reader {
    const char *path;
    const char *at;   /* next byte of the line */
    const char *next; /* the line after; NULL at the end */
    size_t line;
    struct faults faults;
    struct jj *jj;
    size_t member_count, member_capacity;
    uint32_t *seen; /* [cells] relation + 1 that named the cell last */
};

static bool fault(struct reader *reader, const char *what)
{
    return faults_add(&reader->faults, "%s:%zu: %s", reader->path, reader->line,
                      what);
}

static bool fault_field(struct reader *reader, const char *field,
                        const char *wants)
{
    return faults_add(&reader->faults, "%s:%zu: %s: expected %s", reader->path,
                      reader->line, field, wants);
}

/* --- words --------------------------------------------------------------- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool is_mark(char c)
{
    return c == '(' || c == ')' || c == ':';
}

static void skip_spaces(struct reader *reader)
{
    while (is_space(*reader->at))
        reader->at++;
}

static bool at_end(struct reader *reader)
{
    skip_spaces(reader);
    return *reader->at == '\0' || *reader->at == '\n';
}

/* Goes to the next line that is not blank. */
static bool next_line(struct reader *reader)
{
    while (*reader->next != '\0') {
        reader->at = reader->next;
        reader->line++;
        size_t size = strcspn(reader->at, "\n");
        reader->next = reader->at + size + (reader->at[size] == '\n');
        if (!at_end(reader))
            return true;
    }
    return false;
}

/* The next word of the line; "" when there is none, or one too long. */
static const char *next_word(struct reader *reader, char word[WORD_SIZE])
{
    size_t size = 0;
    skip_spaces(reader);
    const char *from = reader->at;
    if (is_mark(*from)) {
        size = 1;
    } else {
        while (from[size] != '\0' && from[size] != '\n' &&
               !is_space(from[size]) && !is_mark(from[size]))
            size++;
    }
    reader->at += size;
    if (size >= WORD_SIZE)
        size = 0;
    memcpy(word, from, size);
    word[size] = '\0';
    return word;
}

/* A whole number, also written with decimals ("12.000", "1e+05"). */
static bool next_whole(struct reader *reader, int64_t *out)
{
    enum { EXACT = 53 };
    char word[WORD_SIZE];
    double value;
    if (num_parse_int64(next_word(reader, word), out))
        return true;
    if (!num_parse_double(word, &value) || value != floor(value) ||
        fabs(value) > ldexp(1.0, EXACT))
        return false;
    *out = (int64_t)value;
    return true;
}

static bool next_number(struct reader *reader, double *out)
{
    char word[WORD_SIZE];
    return num_parse_double(next_word(reader, word), out);
}

static bool next_is(struct reader *reader, const char *want)
{
    char word[WORD_SIZE];
    return text_same(next_word(reader, word), want);
}

/* A count read from a line of its own, less than what numbers of cells can
 * tell apart. `least` bytes are needed for each. */
static bool read_size(struct reader *reader, const char *what, size_t least,
                      size_t *out)
{
    int64_t size;
    if (!next_line(reader))
        return faults_add(&reader->faults, "%s: the file ends before %s",
                          reader->path, what);
    if (!next_whole(reader, &size) || size < 0 || !at_end(reader))
        return fault_field(reader, what, "a whole number alone on its line");
    if ((size_t)size > strlen(reader->next) / least || size >= UINT32_MAX)
        return fault_field(reader, what, "no more than the file holds");
    *out = (size_t)size;
    return true;
}

/* --- cells --------------------------------------------------------------- */

/* What fits in a count, outside at the ends. */
static int64_t clamp(double value)
{
    if (value >= ldexp(1.0, 63))
        return JJ_UNLIMITED;
    return value <= -ldexp(1.0, 63) ? INT64_MIN : (int64_t)value;
}

static bool read_status(struct reader *reader, size_t cell)
{
    char word[WORD_SIZE];
    static const char letters[] = {[JJ_SAFE] = 's',
                                   [JJ_PRIMARY] = 'u',
                                   [JJ_SECONDARY] = 'm',
                                   [JJ_SHOW] = 'z'};
    next_word(reader, word);
    for (size_t s = 0; s < sizeof letters; s++) {
        if (word[0] == letters[s] && word[1] == '\0') {
            reader->jj->status[cell] = (unsigned char)s;
            return true;
        }
    }
    return fault_field(reader, "status", "s, u, m or z");
}

/* An integer within real bounds is within whole ones. */
static bool read_bounds(struct reader *reader, size_t cell)
{
    struct jj *jj = reader->jj;
    double lower, upper;
    if (!next_number(reader, &lower))
        return fault_field(reader, "lower", "a number");
    if (!next_number(reader, &upper))
        return fault_field(reader, "upper", "a number");
    jj->lower[cell] = clamp(ceil(lower));
    jj->upper[cell] = clamp(floor(upper));
    if (jj->lower[cell] > jj->counts[cell] ||
        jj->upper[cell] < jj->counts[cell])
        return fault(reader, "the value lies outside its bounds");
    return true;
}

static bool read_level(struct reader *reader, const char *field, int64_t *out)
{
    double level;
    if (!next_number(reader, &level) || level < 0.0)
        return fault_field(reader, field, "a number, 0 or more");
    *out = clamp(ceil(level));
    return true;
}

static bool read_cell(struct reader *reader, size_t cell)
{
    struct jj *jj = reader->jj;
    int64_t index;
    if (!next_whole(reader, &index) || index != (int64_t)cell)
        return fault_field(reader, "index", "the numbers from 0 in order");
    if (!next_whole(reader, &jj->counts[cell]) || jj->counts[cell] < 0)
        return fault_field(reader, "value", "a whole number, 0 or more");
    if (!next_number(reader, &jj->costs[cell]) || jj->costs[cell] < 0.0)
        return fault_field(reader, "cost", "a number, 0 or more");
    return read_status(reader, cell) && read_bounds(reader, cell) &&
           read_level(reader, "LPL", &jj->below[cell]) &&
           read_level(reader, "UPL", &jj->above[cell]) &&
           read_level(reader, "SPL", &jj->slide[cell]) &&
           (at_end(reader) || fault(reader, "expected 9 fields in a cell"));
}

static void open_cells(struct arena *closed, struct jj *jj)
{
    size_t cells = jj->cells;
    jj->counts = arena_array(closed, cells, sizeof *jj->counts);
    jj->costs = arena_array(closed, cells, sizeof *jj->costs);
    jj->status = arena_array(closed, cells, sizeof *jj->status);
    jj->lower = arena_array(closed, cells, sizeof *jj->lower);
    jj->upper = arena_array(closed, cells, sizeof *jj->upper);
    jj->below = arena_array(closed, cells, sizeof *jj->below);
    jj->above = arena_array(closed, cells, sizeof *jj->above);
    jj->slide = arena_array(closed, cells, sizeof *jj->slide);
}

static bool read_cells(struct arena *closed, struct reader *reader)
{
    struct jj *jj = reader->jj;
    if (!read_size(reader, "the number of cells", CELL_BYTES, &jj->cells))
        return false;
    open_cells(closed, jj);
    for (size_t cell = 0; cell < jj->cells; cell++) {
        if (faults_full(&reader->faults))
            return false;
        if (!next_line(reader))
            return faults_add(&reader->faults,
                              "%s: the file ends before its last cell",
                              reader->path);
        read_cell(reader, cell);
    }
    return reader->faults.count == 0;
}

/* --- relations ----------------------------------------------------------- */

static void add_member(struct arena *closed, struct reader *reader,
                       uint32_t cell)
{
    struct relations *relations = &reader->jj->relations;
    relations->members =
        arena_grow(closed, relations->members, reader->member_count,
                   &reader->member_capacity, sizeof *relations->members);
    relations->members[reader->member_count++] = cell;
}

/* "index (coefficient)"; *sign is -1 or 1. */
static bool read_member(struct reader *reader, size_t relation, uint32_t *cell,
                        int64_t *sign)
{
    int64_t index;
    if (!next_whole(reader, &index) || index < 0 ||
        (uint64_t)index >= reader->jj->cells)
        return fault_field(reader, "a member", "the index of a cell");
    if (!next_is(reader, "(") || !next_whole(reader, sign) ||
        !next_is(reader, ")") || (*sign != 1 && *sign != -1))
        return fault_field(reader, "a coefficient", "(1) or (-1)");
    if (reader->seen[index] == relation + 1)
        return fault(reader, "a cell stands twice in a relation");
    reader->seen[index] = (uint32_t)relation + 1;
    *cell = (uint32_t)index;
    return true;
}

/* Members first..last hold the signs of the total apart: puts it first. */
static bool put_total_first(struct reader *reader, size_t first,
                            const int64_t *signs, size_t count)
{
    uint32_t *members = reader->jj->relations.members + first;
    size_t negative = 0;
    for (size_t m = 0; m < count; m++)
        negative += signs[m] < 0;
    if (negative != 1 && negative != count - 1)
        return fault(reader, "a relation: expected one total (-1) and its "
                             "parts (1)");
    int64_t sign = negative == 1 ? -1 : 1;
    size_t total = 0;
    while (signs[total] != sign)
        total++;
    uint32_t cell = members[total];
    memmove(members + 1, members, total * sizeof *members);
    members[0] = cell;
    return true;
}

static bool adds_up(const struct jj *jj, const uint32_t *members, size_t count)
{
    int64_t sum = 0;
    for (size_t m = 1; m < count; m++) {
        if (!num_add(sum, jj->counts[members[m]], &sum))
            return false;
    }
    return sum == jj->counts[members[0]];
}

static bool read_relation(struct arena *closed, struct arena *scratch,
                          struct reader *reader, size_t relation)
{
    int64_t rest = 0, count = 0;
    size_t first = reader->member_count;
    if (!next_whole(reader, &rest) || rest != 0)
        return fault_field(reader, "a relation", "0 on its right hand side");
    /* Each member has at least an index and "(1)". */
    if (!next_whole(reader, &count) || count < 2 ||
        (uint64_t)count > strcspn(reader->at, "\n") / 4)
        return fault_field(reader, "a relation",
                           "its number of members, 2 or more");
    if (!next_is(reader, ":"))
        return fault_field(reader, "a relation",
                           "a colon after the number of members");
    int64_t *signs = arena_array(scratch, (size_t)count, sizeof *signs);
    for (int64_t m = 0; m < count; m++) {
        uint32_t cell = 0;
        if (!read_member(reader, relation, &cell, &signs[m]))
            return false;
        add_member(closed, reader, cell);
    }
    if (!at_end(reader))
        return fault(reader, "a relation has more members than it says");
    if (!put_total_first(reader, first, signs, (size_t)count))
        return false;
    return adds_up(reader->jj, reader->jj->relations.members + first,
                   (size_t)count) ||
           fault(reader, "a relation does not add up");
}

static bool read_relations(struct arena *closed, struct reader *reader)
{
    struct relations *relations = &reader->jj->relations;
    if (!read_size(reader, "the number of relations", RELATION_BYTES,
                   &relations->count))
        return false;
    relations->starts =
        arena_array(closed, relations->count + 1, sizeof *relations->starts);
    for (size_t r = 0; r < relations->count; r++) {
        if (faults_full(&reader->faults))
            return false;
        if (!next_line(reader))
            return faults_add(&reader->faults,
                              "%s: the file ends before its last relation",
                              reader->path);
        struct arena *scratch = arena_new();
        read_relation(closed, scratch, reader, r);
        arena_free(scratch);
        relations->starts[r + 1] = reader->member_count;
    }
    return !next_line(reader) || fault(reader, "expected the end of the file");
}

static void read_all(struct arena *closed, struct arena *scratch,
                     struct reader *reader)
{
    int64_t zero;
    if (!next_line(reader) || !next_whole(reader, &zero) || zero != 0 ||
        !at_end(reader)) {
        fault_field(reader, "the first line", "0");
        return;
    }
    if (!read_cells(closed, reader))
        return;
    reader->seen =
        arena_array(scratch, reader->jj->cells, sizeof *reader->seen);
    (void)read_relations(closed, reader);
}

bool jj_read(struct arena *closed, const char *path, struct jj **out,
             struct err *err)
{
    struct arena *scratch = arena_new();
    char *bytes = NULL;
    size_t size = 0;
    bool ok = fs_read(scratch, path, &bytes, &size, err);
    struct reader reader = {
        .path = path,
        .next = bytes,
        .faults = faults_new(scratch),
        .jj = arena_alloc(closed, sizeof *reader.jj),
    };
    if (ok && strlen(bytes) != size)
        faults_add(&reader.faults, "%s: not a text file", path);
    else if (ok)
        read_all(closed, scratch, &reader);
    ok = ok && faults_check(&reader.faults, "jj.read",
                            "the instance cannot be read", err);
    arena_wipe(scratch);
    if (ok)
        *out = reader.jj;
    return ok;
}
