/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/reread.h"

#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/num.h"

static const char *const columns[] = {"report", "territory", "lang", "section",
                                      "file",   "name",      "nth",  "text"};

static void add(struct arena *run, struct sayings *out,
                const struct saying *saying)
{
    out->list = arena_grow(run, out->list, out->count, &out->capacity,
                           sizeof *out->list);
    out->list[out->count++] = *saying;
}

/* What tells it from every other one: its place, not its line. */
static const char *key_of(struct arena *arena, const struct saying *saying,
                          int nth)
{
    return arena_format(arena, "%s\n%s\n%s\n%s\n%s\n%s\n%d", saying->report,
                        saying->territory, saying->lang, saying->section,
                        saying->file, saying->name, nth);
}

/* --- editions ------------------------------------------------------------- */

static bool is_wanted(const struct invocation *call, const char *report)
{
    for (size_t w = 0; w < call->word_count; w++) {
        if (text_same(call->words[w], report))
            return true;
    }
    return call->word_count == 0;
}

static const char *territory_of(struct arena *run,
                                const struct build_document *document)
{
    const struct node *place = document->territory;
    return place == NULL
               ? ""
               : arena_format(run, "%s/%s", place->level, place->code);
}

static void take_said(struct arena *run, const struct build_document *from,
                      const struct document *document, struct map *seen,
                      struct sayings *out)
{
    struct saying saying = {
        .report = from->report->id,
        .territory = territory_of(run, from),
        .lang = lang_code(from->lang),
    };
    for (size_t s = 0; s < document->said_count; s++) {
        const struct said *said = &document->said[s];
        saying.section = arena_text(run, said->section);
        saying.file = arena_text(run, said->file);
        saying.name = arena_text(run, said->name);
        saying.line = said->line;
        saying.text = arena_text(run, said->text);
        saying.rule = arena_text(run, said->rule);
        saying.nth = 0;
        const char *key;
        do {
            key = key_of(run, &saying, ++saying.nth);
        } while (!map_put(seen, key, strlen(key), 0));
        add(run, out, &saying);
    }
}

static bool fail_report(const struct edition *edition, const char *id,
                        struct err *err)
{
    struct arena *scratch = arena_new();
    const char **names =
        arena_array(scratch, edition->report_count, sizeof *names);
    for (size_t r = 0; r < edition->report_count; r++)
        names[r] = edition->reports[r].id;
    err_fail(err, ERR_USAGE, "usage.report", "the edition has no report '%s'",
             id);
    err_near(err, id, names, edition->report_count);
    arena_free(scratch);
    return false;
}

static bool check_reports(const struct invocation *call,
                          const struct edition *edition, struct err *err)
{
    for (size_t w = 0; w < call->word_count; w++) {
        bool known = false;
        for (size_t r = 0; r < edition->report_count; r++)
            known = known || text_same(edition->reports[r].id, call->words[w]);
        if (!known)
            return fail_report(edition, call->words[w], err);
    }
    return true;
}

static void add_unmade(struct arena *run, const struct build_document *from,
                       const char *why, struct sayings *out)
{
    out->unmade = arena_grow(run, out->unmade, out->unmade_count,
                             &out->unmade_capacity, sizeof *out->unmade);
    out->unmade[out->unmade_count++] = (struct unmade){
        .report = from->report->id,
        .territory = territory_of(run, from),
        .lang = lang_code(from->lang),
        .why = arena_text(run, why),
    };
}

bool reread_edition(const struct invocation *call,
                    const struct project *project, const char *edition,
                    bool older, struct sayings *out, struct err *err)
{
    struct build_rendering rendering = {0};
    struct map *seen = map_new(call->run);
    *out = (struct sayings){0};
    bool ok = build_rendering(call, project, edition, &rendering, err) &&
              check_reports(call, rendering.edition, err);
    for (size_t d = 0; ok && d < rendering.count; d++) {
        const struct build_document *from = &rendering.documents[d];
        struct document *document = NULL;
        if (!is_wanted(call, from->report->id))
            continue;
        struct arena *open = arena_new();
        ok = build_make_text(open, &rendering, d, &document, err);
        if (ok)
            take_said(call->run, from, document, seen, out);
        if (!ok && older && err->code == ERR_SCRIPT) {
            add_unmade(call->run, from, err->text, out);
            *err = (struct err){0};
            ok = true;
        }
        arena_free(open);
    }
    fonts_close(rendering.fonts);
    return ok;
}

/* --- the record ----------------------------------------------------------- */

static bool take_row(const struct invocation *call, const struct csv *csv,
                     struct sayings *out, struct err *err)
{
    struct arena *run = call->run;
    const char *field[COUNT_OF(columns)];
    int64_t nth = 0;
    for (size_t c = 0; c < COUNT_OF(columns); c++)
        field[c] =
            arena_text(run, csv_field(csv, (size_t)csv_find(csv, columns[c])));
    if (!num_parse_int64(field[6], &nth) || nth < 1 || nth > INT32_MAX)
        return err_fail(err, ERR_INPUT, "written.nth",
                        REREAD_RECORD ":%zu: nth '%s': expected a number from "
                                      "1",
                        csv_line(csv), field[6]);
    const struct saying saying = {
        .report = field[0],
        .territory = field[1],
        .lang = field[2],
        .section = field[3],
        .file = field[4],
        .name = field[5],
        .line = 0,
        .nth = (int)nth,
        .text = field[7],
        .rule = "",
    };
    if (is_wanted(call, saying.report))
        add(run, out, &saying);
    return true;
}

bool reread_record(const struct invocation *call, const struct project *project,
                   struct sayings *out, struct err *err)
{
    const char *path = fs_join(call->run, project->directory, REREAD_RECORD);
    struct csv *csv = NULL;
    bool more = true;
    *out = (struct sayings){0};
    if (!fs_exists(path))
        return err_fail(err, ERR_INPUT, "written.none",
                        "'%s' is not there: give --since EDITION, or write it "
                        "by --written",
                        REREAD_RECORD);
    if (!csv_open(call->run, path, &csv, err))
        return false;
    bool ok = true;
    for (size_t c = 0; ok && c < COUNT_OF(columns); c++) {
        if (csv_find(csv, columns[c]) < 0)
            ok = err_fail(err, ERR_INPUT, "written.column",
                          REREAD_RECORD ": no column '%s'", columns[c]);
    }
    while (ok && (ok = csv_next(csv, &more, err)) && more)
        ok = take_row(call, csv, out, err);
    csv_close(csv);
    return ok;
}

bool reread_write(struct arena *run, const struct project *project,
                  const struct sayings *sayings, struct err *err)
{
    const char *path = fs_join(run, project->directory, REREAD_RECORD);
    struct text out = text_new(run);
    text_add(&out, text_join(run, columns, COUNT_OF(columns), ","));
    text_add_char(&out, '\n');
    for (size_t s = 0; s < sayings->count; s++) {
        const struct saying *it = &sayings->list[s];
        const char *fields[] = {it->report,
                                it->territory,
                                it->lang,
                                it->section,
                                it->file,
                                it->name,
                                arena_format(run, "%d", it->nth),
                                it->text};
        for (size_t f = 0; f < COUNT_OF(fields); f++) {
            csv_add_field(&out, fields[f], ',');
            text_add_char(&out, f + 1 < COUNT_OF(fields) ? ',' : '\n');
        }
    }
    const char *written = fs_stage(run, path);
    struct err ignored = {0};
    if (fs_write(written, out.at, out.size, err) &&
        fs_rename(written, path, err))
        return true;
    (void)!fs_remove(written, &ignored);
    return false;
}

/* --- what changed --------------------------------------------------------- */

/* A value that is not what it was; `times` in further documents. */
struct change {
    const struct saying *now;
    const char *before; /* NULL: it was not said */
    const char *after;  /* NULL: it is not said any more */
    size_t times;
};

struct changes {
    struct change *list;
    size_t count, capacity;
    struct map *places; /* file, line and name -> change */
};

static void add_change(struct arena *run, struct changes *changes,
                       const struct change *change)
{
    const struct saying *now = change->now;
    const char *key = arena_format(run, "%s\n%d\n%s\n%s", now->file, now->line,
                                   now->name, now->lang);
    int known = map_get(changes->places, key, strlen(key));
    if (known >= 0 && now->territory[0] != '\0') {
        assert(changes->list != NULL);
        changes->list[known].times++;
        return;
    }
    changes->list = arena_grow(run, changes->list, changes->count,
                               &changes->capacity, sizeof *changes->list);
    (void)!map_put(changes->places, key, strlen(key), (int)changes->count);
    changes->list[changes->count++] = *change;
}

static void print_change(const struct change *change)
{
    const struct saying *now = change->now;
    printf("%s:%d: %s{%s}: ", now->file, now->line,
           now->rule[0] != '\0' ? "verb " : "", now->name);
    printf(change->before == NULL ? "%s" : "'%s'",
           change->before == NULL ? "nothing" : change->before);
    printf(change->after == NULL ? " -> %s" : " -> '%s'",
           change->after == NULL ? "nothing" : change->after);
    printf(" (%s%s%s, %s", now->report, now->territory[0] != '\0' ? " " : "",
           now->territory, now->lang);
    if (change->times > 0)
        printf(", and %zu more", change->times);
    printf(")%s%s\n", now->rule[0] != '\0' ? ": " : "", now->rule);
}

static struct map *index_of(struct arena *run, const struct sayings *sayings)
{
    struct map *map = map_new(run);
    for (size_t s = 0; s < sayings->count; s++) {
        const char *key = key_of(run, &sayings->list[s], sayings->list[s].nth);
        (void)!map_put(map, key, strlen(key), (int)s);
    }
    return map;
}

static const struct saying *find(struct arena *run, const struct map *map,
                                 const struct sayings *among,
                                 const struct saying *like)
{
    const char *key = key_of(run, like, like->nth);
    int found = map_get(map, key, strlen(key));
    assert(found < 0 || among->list != NULL);
    return found < 0 ? NULL : &among->list[found];
}

static bool is_unmade(const struct sayings *sayings,
                      const struct saying *saying)
{
    for (size_t u = 0; u < sayings->unmade_count; u++) {
        const struct unmade *unmade = &sayings->unmade[u];
        if (text_same(unmade->report, saying->report) &&
            text_same(unmade->territory, saying->territory) &&
            text_same(unmade->lang, saying->lang))
            return true;
    }
    return false;
}

static void find_changes(struct arena *run, const struct sayings *before,
                         const struct sayings *now, struct changes *changes)
{
    const struct map *then = index_of(run, before);
    const struct map *here = index_of(run, now);
    assert(now->list != NULL || now->count == 0);
    for (size_t s = 0; s < now->count; s++) {
        const struct saying *saying = &now->list[s];
        const struct saying *old = find(run, then, before, saying);
        const struct change change = {saying, old ? old->text : NULL,
                                      saying->text, 0};
        if ((old == NULL || !text_same(old->text, saying->text)) &&
            !is_unmade(before, saying))
            add_change(run, changes, &change);
    }
    for (size_t s = 0; s < before->count; s++) {
        const struct saying *saying = &before->list[s];
        const struct change change = {saying, saying->text, NULL, 0};
        if (find(run, here, now, saying) == NULL)
            add_change(run, changes, &change);
    }
}

/* Documents of one report and language lack the same tables: one line tells of
 * all of them. Gives the number of lines. */
static size_t print_unmade(const struct sayings *before)
{
    size_t lines = 0;
    for (size_t u = 0; u < before->unmade_count;) {
        const struct unmade *first = &before->unmade[u];
        size_t past = u + 1;
        while (past < before->unmade_count &&
               text_same(before->unmade[past].report, first->report) &&
               text_same(before->unmade[past].lang, first->lang))
            past++;
        printf("%s, %s: to be read whole: %zu document%s cannot be made from "
               "the older edition: %s\n",
               first->report, first->lang, past - u, text_s(past - u),
               first->why);
        u = past;
        lines++;
    }
    return lines;
}

void reread_print(struct arena *run, const struct sayings *before,
                  const struct sayings *now, size_t *paragraphs)
{
    struct changes changes = {.places = map_new(run)};
    struct map *lines = map_new(run);
    *paragraphs = print_unmade(before);
    find_changes(run, before, now, &changes);
    for (int verbs = 1; verbs >= 0; verbs--) {
        for (size_t c = 0; c < changes.count; c++) {
            const struct saying *at = changes.list[c].now;
            if ((at->rule[0] != '\0') != (verbs == 1))
                continue;
            const char *line = arena_format(run, "%s:%d", at->file, at->line);
            print_change(&changes.list[c]);
            *paragraphs += map_put(lines, line, strlen(line), 0);
        }
    }
}

void reread_print_verbs(struct arena *run, const struct sayings *now)
{
    struct map *told = map_new(run);
    for (size_t s = 0; s < now->count; s++) {
        const struct saying *it = &now->list[s];
        const char *line = arena_format(
            run, "%s:%d: {%s} « %s » (%s%s%s, %s): %s", it->file, it->line,
            it->name, it->text, it->report, it->territory[0] != '\0' ? " " : "",
            it->territory, it->lang, it->rule);
        if (it->rule[0] != '\0' && map_put(told, line, strlen(line), 0))
            printf("%s\n", line);
    }
}
