/* SPDX-License-Identifier: EUPL-1.2 */
/* released_pair.h - a release and one before it, as files, and as whoever kept
 * both reads and attacks them. */
#ifndef RELEASED_PAIR_H
#define RELEASED_PAIR_H

#include "released_files.h"
#include "sdc/audit_sheet.h"

/* Two releases of cases in three départements and four years. The earlier one
 * has no C, and of 2021 other numbers. */
enum {
    TERRITORIES = 3,
    LEAF_YEARS = 5, /* 2021 to 2024, and 2021 as it was */
    OLD = 4,
    THRESHOLD = 4,
    SLACK = 4,
};

struct code {
    const char *level, *code;
    unsigned later, earlier; /* leaves, by bit; 0 where it is no code */
};

static const struct code territories[] = {
    {"dep", "A", 1, 1},      {"dep", "B", 2, 2},  {"dep", "C", 4, 0},
    {"country", "FR", 7, 3}, {"zone", "Z", 6, 0},
};

static const struct code periods[] = {
    {"leaf", "2021", 1, 1U << OLD},
    {"leaf", "2022", 2, 2},
    {"leaf", "2023", 4, 4},
    {"leaf", "2024", 8, 0},
    {"band", "2021-2022", 3, 2 | 1U << OLD},
    {"band", "2021-2023", 0, 6 | 1U << OLD},
    {"band", "2022-2023", 0, 6},
    {"band", "2022-2024", 14, 0},
};

static inline unsigned leaves_of(const struct code *code, bool later)
{
    return later ? code->later : code->earlier;
}

/* --- the files ------------------------------------------------------------ */

static inline void list_codes(struct text *out, const struct code *codes,
                              size_t count, bool later, bool years)
{
    for (size_t c = 0; c < count; c++) {
        const char *code = codes[c].code;
        if (leaves_of(&codes[c], later) == 0)
            continue;
        text_format(out, "%s,%s,x,x,,,,,", codes[c].level, code);
        if (years)
            text_format(out, "%.4s,%s\n", code, code + strlen(code) - 4);
        else
            text_add(out, ",\n");
    }
}

static inline void list_sums(struct text *out, const char *dim,
                             const struct code *codes, size_t count, bool later)
{
    for (size_t c = 0; c < count; c++) {
        unsigned whole = leaves_of(&codes[c], later);
        for (size_t p = 0; p < count; p++) {
            unsigned part = leaves_of(&codes[p], later);
            if (part != 0 && (part & (part - 1)) == 0 && (part & whole) &&
                part != whole)
                text_format(out, "%s,%s,%s,%s,%s\n", dim, codes[c].level,
                            codes[c].code, codes[p].level, codes[p].code);
        }
    }
}

static inline void write_release(struct arena *arena, const char *folder,
                                 bool later, const char *unrevised,
                                 const char *rows)
{
    struct text territory = text_new(arena), period = text_new(arena);
    struct text relation = text_new(arena);
    list_codes(&territory, territories, COUNT_OF(territories), later, false);
    list_codes(&period, periods, COUNT_OF(periods), later, true);
    list_sums(&relation, "territory", territories, COUNT_OF(territories),
              later);
    list_sums(&relation, "period", periods, COUNT_OF(periods), later);
    const struct released_files files = {
        .head = arena_format(arena,
                             "\"id\": \"%s\", \"vintage\": \"%s\", "
                             "\"extracted\": \"%s\", \"unrevised\": [%s], "
                             "\"disclosure\": {\"threshold\": %d, \"rules\": "
                             "[]}",
                             later ? "later" : "before", later ? "v2" : "v1",
                             later ? "2025-06-30" : "2024-06-30", unrevised,
                             THRESHOLD),
        .territory = territory.at,
        .age = "total,T,T,T,,,,,0,-1\n",
        .period = period.at,
        .relation = relation.at,
        .rows = rows,
    };
    released_write(arena, folder, &files);
}

static inline bool read_both(struct arena *arena, const char *later,
                             const char *before, struct released **out,
                             struct err *err)
{
    const struct released_input input = {
        .directory = later,
        .earlier = &before,
        .earlier_count = 1,
    };
    return released_read(arena, &input, out, err);
}

/* --- both together -------------------------------------------------------- */

#define CASES(territory, period, value, status)                                \
    "cases,count,," territory ",POU,T,T," period ",T," value ",,," status "\n"

struct couple {
    struct arena *arena;
    char *later, *before;
    struct released *released;
    struct err err;
};

static inline bool read_pair(struct couple *pair, const char *unrevised,
                             const char *new, const char *old)
{
    pair->arena = arena_new();
    pair->later = check_directory();
    pair->before = check_directory();
    write_release(pair->arena, pair->later, true, unrevised, new);
    write_release(pair->arena, pair->before, false, "", old);
    return read_both(pair->arena, pair->later, pair->before, &pair->released,
                     &pair->err);
}

static inline const char *exposed_in(struct couple *pair)
{
    struct text names = text_new(pair->arena);
    struct audit_input input =
        released_attack(pair->arena, pair->released, AUDIT_STRICT);
    struct audit_effort effort = {0};
    enum audit_verdict *verdicts =
        arena_array(pair->arena, input.cells, sizeof *verdicts);
    if (!audit_public(&input, verdicts, &effort, &pair->err))
        fail_msg("%s", pair->err.text);
    for (size_t c = 0; c < input.cells; c++) {
        if (verdicts[c] == AUDIT_EXPOSED)
            text_format(&names, "%s\n",
                        released_name(pair->arena, pair->released, c));
    }
    return names.at;
}

static inline void end_pair(struct couple *pair)
{
    check_remove(pair->later);
    check_remove(pair->before);
    arena_wipe(pair->arena);
}

#endif
