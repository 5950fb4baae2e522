/* SPDX-License-Identifier: EUPL-1.2 */
/* released_fixture.h - a small release as files, of which tests change some:
 * it is read, and attacked, as by somebody who has the folder alone. */
#ifndef RELEASED_FIXTURE_H
#define RELEASED_FIXTURE_H

#include "check.h"

#include "base/fs.h"
#include "sdc/released_impl.h"

/* --- a small release -------------------------------------------------------
 * France and three départements, two sexes, two years and both together. */

#define HEAD                                                                   \
    "measure,indicator,territory_level,territory,site,sex,age,period,stratum," \
    "value,lower,upper,status\r\n"
#define NODES                                                                  \
    "level,code,label_fr,label_en,parent_level,parent,icd10,sex,low,high\n"

struct file {
    const char *name, *text;
};

static const struct file plain_files[] = {
    {"manifest.json",
     "{\"disclosure\": {\"threshold\": 11, \"rules\": []}, \"tables\": ["
     "{\"id\": \"r.a\"}, {\"id\": \"r.z\"}], \"files\": ["
     "{\"path\": \"d/codes/site.csv\", \"sha256\": \"1\"},"
     "{\"path\": \"d/codes/site.schema.json\", \"sha256\": \"1\"},"
     "{\"path\": \"d/a.csv\", \"sha256\": \"1\"},"
     "{\"path\": \"d/a.schema.json\", \"sha256\": \"1\"},"
     "{\"path\": \"d/b.csv\", \"sha256\": \"1\"},"
     "{\"path\": \"d/b.schema.json\", \"sha256\": \"1\"}]}"},
    {"d/codes/territory.csv", NODES "country,FR,F,F,,,,,,\n"
                                    "dep,A,A,A,country,FR,,,,\n"
                                    "dep,B,B,B,country,FR,,,,\n"
                                    "dep,C,C,C,country,FR,,,,\n"},
    {"d/codes/site.csv", NODES "all,ALL,A,A,,,,,,\n"
                               "site,POU,P,P,all,ALL,,,,\n"
                               "site,PRO,P,P,all,ALL,,M,,\n"},
    {"d/codes/sex.csv", NODES "total,T,T,T,,,,,,\nleaf,M,M,M,total,T,,,,\n"
                              "leaf,F,F,F,total,T,,,,\n"},
    {"d/codes/age.csv", NODES "total,T,T,T,,,,,0,-1\n"},
    {"d/codes/period.csv", NODES "leaf,2021,2021,2021,,,,,2021,2021\n"
                                 "leaf,2022,2022,2022,,,,,2022,2022\n"
                                 "band,2021-2022,x,x,,,,,2021,2022\n"},
    {"d/codes/stratum.csv", NODES "total,T,T,T,,,,,,\n"},
    {"d/codes/measure.csv", "code,kind,numerator,denominator,confidential,"
                            "source\n"
                            "cases,count,,,true,R\n"
                            "people,person_years,,,false,R\n"
                            "seen,count,,,true,R\n"
                            "part,proportion,seen,people,true,R\n"},
    {"d/codes/relation.csv", "dimension,level,code,part_level,part\n"
                             "territory,country,FR,dep,A\n"
                             "territory,country,FR,dep,B\n"
                             "territory,country,FR,dep,C\n"
                             "site,all,ALL,site,POU\n"
                             "site,all,ALL,site,PRO\n"
                             "sex,total,T,leaf,M\n"
                             "sex,total,T,leaf,F\n"
                             "period,band,2021-2022,leaf,2021\n"
                             "period,band,2021-2022,leaf,2022\n"},
    {"d/a.schema.json", "{\"name\": \"r.a\"}"},
    {"d/b.schema.json", "{}"},
    {"d/b.csv", HEAD},
    {"d/a.csv", HEAD},
};

struct trial {
    struct arena *arena;
    char *folder;
    struct released *released;
    enum audit_verdict *verdicts;
    struct audit_summary summary;
    struct err err;
};

static inline void put(struct trial *trial, const char *name, const char *text)
{
    struct err err = {0};
    const char *path = fs_join(trial->arena, trial->folder, name);
    if (!fs_write(path, text, strlen(text), &err))
        fail_msg("%s", err.text);
}

static inline struct trial trial_new(const char *a, const char *b)
{
    struct trial trial = {.arena = arena_new(), .folder = check_directory()};
    struct err err = {0};
    CHECK(
        fs_make_directory(fs_join(trial.arena, trial.folder, "d/codes"), &err));
    for (size_t f = 0; f < COUNT_OF(plain_files); f++)
        put(&trial, plain_files[f].name, plain_files[f].text);
    put(&trial, "d/a.csv", arena_format(trial.arena, HEAD "%s", a));
    put(&trial, "d/b.csv", arena_format(trial.arena, HEAD "%s", b));
    return trial;
}

static inline void trial_end(struct trial *trial)
{
    arena_wipe(trial->arena);
    check_remove(trial->folder);
}

static inline bool read_it(struct trial *trial)
{
    const struct released_input input = {.directory = trial->folder};
    return released_read(trial->arena, &input, &trial->released, &trial->err);
}

static inline void attack(struct trial *trial, enum audit_attacker attacker)
{
    struct audit_effort effort = {0};
    if (!read_it(trial))
        fail_msg("%s", trial->err.text);
    struct audit_input input =
        released_attack(trial->arena, trial->released, attacker);
    trial->verdicts =
        arena_array(trial->arena, input.cells, sizeof *trial->verdicts);
    if (!audit_public(&input, trial->verdicts, &effort, &trial->err))
        fail_msg("%s", trial->err.text);
    trial->summary = audit_sum_up(&input, trial->verdicts, &effort);
}

/* Names of exposed cells, one a line. */
static inline const char *exposed(struct trial *trial)
{
    struct text names = text_new(trial->arena);
    for (size_t c = 0; c < trial->released->universe->count; c++) {
        if (trial->verdicts[c] == AUDIT_EXPOSED)
            text_format(&names, "%s\n",
                        released_name(trial->arena, trial->released, c));
    }
    return names.at;
}

#define CELL(territory, sex, period, value, status)                            \
    "cases,count," territory ",POU," sex ",T," period ",T," value ",,," status \
    "\r\n"

static inline void put_rules(struct trial *trial, const char *rules)
{
    const char *plain = plain_files[0].text;
    const char *at = strstr(plain, "\"rules\": []") + 10;
    put(trial, "manifest.json",
        arena_format(trial->arena, "%.*s%s%s", (int)(at - plain), plain, rules,
                     at));
}

#endif
