/* SPDX-License-Identifier: EUPL-1.2 */
/* released_files.h - the public files of small releases, for those who attack
 * them. One folder of data "d", one table "d/a.csv". */
#ifndef RELEASED_FILES_H
#define RELEASED_FILES_H

#include "check.h"

#include <string.h>

#include "base/fs.h"
#include "sdc/released.h"

#define RELEASED_HEAD                                                          \
    "measure,indicator,standard,territory_level,territory,site,sex,age,"       \
    "period,stratum,value,lower,upper,status\n"
#define RELEASED_NODES                                                         \
    "level,code,label_fr,label_en,parent_level,parent,icd10,sex,low,high\n"

struct released_files {
    const char *head; /* members of the manifest: id, vintage, ... */
    const char *territory, *age, *period; /* code lists without first line */
    const char *relation;                 /* the same */
    const char *rows;
};

static inline void released_put(struct arena *arena, const char *folder,
                                const char *name, const char *text)
{
    struct err err = {0};
    const char *path = fs_join(arena, folder, name);
    if (!fs_write(path, text, strlen(text), &err))
        fail_msg("%s", err.text);
}

/* Sites ALL = POU + COL, both sexes, no strata. */
static inline void released_write(struct arena *arena, const char *folder,
                                  const struct released_files *files)
{
    struct err err = {0};
    CHECK(fs_make_directory(fs_join(arena, folder, "d/codes"), &err));
    const struct {
        const char *name, *first, *text;
    } lists[] = {
        {"d/codes/territory.csv", RELEASED_NODES, files->territory},
        {"d/codes/age.csv", RELEASED_NODES, files->age},
        {"d/codes/period.csv", RELEASED_NODES, files->period},
        {"d/codes/site.csv", RELEASED_NODES,
         "all,ALL,A,A,,,,,,\nsite,POU,P,P,all,ALL,,,,\n"
         "site,COL,C,C,all,ALL,,,,\n"},
        {"d/codes/sex.csv", RELEASED_NODES,
         "total,T,T,T,,,,,,\nleaf,M,M,M,total,T,,,,\n"
         "leaf,F,F,F,total,T,,,,\n"},
        {"d/codes/stratum.csv", RELEASED_NODES, "total,T,T,T,,,,,,\n"},
        {"d/codes/measure.csv",
         "code,kind,numerator,denominator,confidential,source\n",
         "cases,count,,,true,R\npeople,person_years,,,false,R\n"},
        {"d/codes/relation.csv", "dimension,level,code,part_level,part\n",
         arena_format(arena,
                      "site,all,ALL,site,POU\nsite,all,ALL,site,COL\n"
                      "sex,total,T,leaf,M\nsex,total,T,leaf,F\n%s",
                      files->relation)},
        {"d/a.csv", RELEASED_HEAD, files->rows},
    };
    for (size_t f = 0; f < COUNT_OF(lists); f++)
        released_put(
            arena, folder, lists[f].name,
            arena_format(arena, "%s%s", lists[f].first, lists[f].text));
    released_put(arena, folder, "d/a.schema.json", "{\"name\": \"r.a\"}");
    released_put(
        arena, folder, "manifest.json",
        arena_format(arena,
                     "{%s, \"tables\": [{\"id\": \"r.a\"}], \"files\": ["
                     "{\"path\": \"d/a.csv\", \"sha256\": \"1\"}, "
                     "{\"path\": \"d/a.schema.json\", \"sha256\": \"1\"}]}",
                     files->head));
}

#endif
