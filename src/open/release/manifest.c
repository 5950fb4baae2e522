/* SPDX-License-Identifier: EUPL-1.2 */
#include "release/release_impl.h"

#include <string.h>

#include "base/fs.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/num.h"

/* French; English in a release of that language alone. */
static const char *main_text(const char *const texts[LANG_COUNT])
{
    return texts[LANG_FR][0] != '\0' ? texts[LANG_FR] : texts[LANG_EN];
}

/* "owner": ..., "owner_en": ... */
static void add_texts(struct text *out, const char *key,
                      const char *const texts[LANG_COUNT])
{
    text_add_json_member(out, key, main_text(texts));
    text_format(out, ", \"%s_en\": ", key);
    text_add_json(out, texts[LANG_EN]);
}

static const char *media_type(const char *path)
{
    static const struct {
        const char *ending, *type;
    } types[] = {
        {".html", "text/html"},
        {".json", "application/json"},
        {".jsonld", "application/ld+json"},
        {".csv", "text/csv"},
        {".md", "text/markdown"},
        {".txt", "text/plain"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".pdf", "application/pdf"},
        {".css", "text/css"},
        {".xlsx", "application/vnd.openxmlformats-officedocument."
                  "spreadsheetml.sheet"},
    };
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        if (text_ends(path, types[i].ending))
            return types[i].type;
    }
    return "application/octet-stream";
}

/* Who answers for a rule or for all of them, since when and by what law. */
static void add_mandate(struct text *out,
                        const char *const legal_basis[LANG_COUNT],
                        const char *const owner[LANG_COUNT], const char *date)
{
    add_texts(out, "legal_basis", legal_basis);
    text_add(out, ", ");
    add_texts(out, "owner", owner);
    text_add(out, ", ");
    text_add_json_member(out, "date", date);
}

/* The rules in force. */
static void add_rules(struct text *out, const struct policy *policy)
{
    text_add(out, "\"rules\": [");
    const char *separator = "{";
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct policy_rule *rule = &policy->rules[i];
        if (!rule_in_force(policy, rule))
            continue;
        text_add(out, separator);
        separator = ", {";
        text_add_json_member(out, "kind", rule_kind_name(rule->kind));
        text_add(out, ", ");
        add_texts(out, "label", rule->label);
        if (rule->threshold > 0)
            text_format(out, ", \"threshold\": %lld",
                        (long long)rule->threshold);
        if (rule->population > 0)
            text_format(out, ", \"population\": %lld",
                        (long long)rule->population);
        text_add(out, ", ");
        add_mandate(out, rule->legal_basis, rule->owner, rule->date);
        text_add(out, ", \"about\": ");
        rule_about_write(out, rule);
        text_add(out, "}");
    }
    text_add(out, "], ");
}

static void add_policy(struct text *out, const struct policy *policy)
{
    text_format(out, "  \"disclosure\": {\"threshold\": %lld, ",
                (long long)policy->threshold);
    add_mandate(out, policy->legal_basis, policy->owner, policy->date);
    text_add(out, ", \"attack\": \"strict\", ");
    add_rules(out, policy);
    text_add(out, "\"waivers\": [");
    for (size_t i = 0; i < policy->waiver_count; i++) {
        const struct waiver *waiver = &policy->waivers[i];
        text_add(out, i == 0 ? "{" : ", {");
        text_add_json_member(out, "kind", waiver->kind);
        text_add(out, ", ");
        add_texts(out, "owner", waiver->owner);
        text_add(out, ", ");
        text_add_json_member(out, "date", waiver->date);
        text_add(out, ", ");
        add_texts(out, "reason", waiver->reason);
        text_add(out, "}");
    }
    text_add(out, "]},\n");
}

/* How counts are changed. */
static void add_changed(struct text *out, const struct pub_table *table)
{
    struct pub_rounding rounding = pub_rounding(table);
    struct pub_noise noise = pub_noise(table);
    if (rounding.base == 0 && noise.variance == 0)
        return;
    struct arena *scratch = arena_new();
    if (rounding.base > 0)
        text_format(out, ", \"rounding\": {\"base\": %d, \"window\": %d, ",
                    rounding.base, rounding.window);
    else
        text_format(out, ", \"noise\": {\"variance\": %d, \"most\": %d, ",
                    noise.variance, noise.most);
    const char *const notes[LANG_COUNT] = {
        [LANG_FR] = pub_changed_note(scratch, table, LANG_FR),
        [LANG_EN] = pub_changed_note(scratch, table, LANG_EN),
    };
    add_texts(out, "note", notes);
    text_add(out, "}");
    arena_free(scratch);
}

static void add_tables(struct text *out, const struct edition *edition)
{
    text_add(out, "  \"tables\": [\n");
    for (size_t t = 0; t < edition->table_count; t++) {
        size_t cells = 0, confidential = 0;
        pub_suppressed(edition->tables[t], &cells, &confidential);
        text_add(out, "    {");
        text_add_json_member(out, "id", pub_id(edition->tables[t]));
        text_format(out, ", \"cells\": %zu, \"confidential_percent\": ", cells);
        num_print(out, 100.0 * (double)confidential / (double)cells, 1);
        const char *const coarsened[LANG_COUNT] = {
            [LANG_FR] = pub_coarsened(edition->tables[t], LANG_FR),
            [LANG_EN] = pub_coarsened(edition->tables[t], LANG_EN),
        };
        if (coarsened[LANG_FR][0] != '\0') {
            text_add(out, ", ");
            add_texts(out, "coarsened", coarsened);
        }
        add_changed(out, edition->tables[t]);
        text_add(out, t + 1 < edition->table_count ? "},\n" : "}\n");
    }
    text_add(out, "  ],\n");
}

static bool add_files(struct arena *scratch, struct text *out,
                      const char *directory, struct err *err)
{
    char **names = NULL;
    size_t count = 0;
    if (!fs_list(scratch, directory, &names, &count, err))
        return false;
    text_add(out, "  \"files\": [\n");
    for (size_t i = 0; i < count; i++) {
        char hex[HASH_HEX_SIZE];
        const char *path = fs_join(scratch, directory, names[i]);
        int64_t size = 0;
        if (!hash_file(path, hex, err) || !fs_size(path, &size, err))
            return false;
        text_add(out, "    {");
        text_add_json_member(out, "path", names[i]);
        text_format(out, ", \"bytes\": %lld, ", (long long)size);
        text_add_json_member(out, "media_type", media_type(names[i]));
        text_add(out, ", ");
        text_add_json_member(out, "sha256", hex);
        text_add(out, i + 1 < count ? "},\n" : "}\n");
    }
    text_add(out, "  ]\n");
    return true;
}

/* Releases of the same store have the same vintage: a name, which tells
 * nothing of what is in it. */
static const char *vintage(struct arena *scratch, const struct codes *codes)
{
    char hex[HASH_HEX_SIZE];
    const char *key =
        arena_format(scratch, "%s\n%s", code_registry(codes, "snapshot"),
                     code_registry(codes, "extraction_date"));
    hash_bytes(key, strlen(key), hex);
    return arena_slice(scratch, hex, 12);
}

/* What tells which numbers of other releases are the same as these. */
static void add_vintage(struct text *out, const struct edition *edition,
                        struct arena *scratch)
{
    text_add(out, "  ");
    text_add_json_member(out, "vintage", vintage(scratch, edition->codes));
    text_add(out, ",\n  ");
    text_add_json_member(out, "extracted",
                         code_registry(edition->codes, "extraction_date"));
    text_add(out, ",\n  \"unrevised\": ");
    unrevised_write(out, edition->project);
    text_add(out, ",\n");
}

bool release_manifest(const struct release_job *job, const char *directory,
                      const char *waivers, struct err *err)
{
    const struct edition *edition = job->edition;
    const struct project *project = edition->project;
    const struct {
        const char *key, *value;
    } heads[] = {
        {"id", project->id},
        {"title", main_text(project->title)},
        {"title_en", project->title[LANG_EN]},
        {"publisher", main_text(project->publisher)},
        {"publisher_en", project->publisher[LANG_EN]},
        {"date", project->date},
        {"state", state_name(project->state)},
        {"embargo", project->embargo},
        {"audience", audience_name(project->policy.audience)},
        {"licence", main_text(project->licence)},
        {"licence_en", project->licence[LANG_EN]},
        {"contact", main_text(project->contact)},
        {"contact_en", project->contact[LANG_EN]},
        {"frequency", frequency_name(project->frequency)},
        {"snapshot", edition->snapshot},
        {"program", edition->version},
        {"edition", edition->hash},
    };
    struct arena *scratch = arena_new();
    struct text out = text_new(scratch);
    text_add(&out, "{\n");
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        text_add(&out, "  ");
        text_add_json_member(&out, heads[i].key, heads[i].value);
        text_add(&out, ",\n");
    }
    add_vintage(&out, edition, scratch);
    text_add(&out, "  \"libraries\": {");
    for (size_t i = 0; i < job->version_count; i++) {
        text_add(&out, i == 0 ? "" : ", ");
        text_add_json_member(&out, job->versions[i].key,
                             job->versions[i].value);
    }
    text_add(&out, "},\n");
    add_policy(&out, &project->policy);
    text_format(&out, "  \"figure_waivers\": [%s],\n", waivers);
    add_tables(&out, edition);
    bool ok = add_files(scratch, &out, directory, err);
    text_add(&out, "}\n");
    ok = ok && fs_write(fs_join(scratch, directory, "manifest.json"), out.at,
                        out.size, err);
    arena_free(scratch);
    return ok;
}

bool release_sums(const char *directory, struct err *err)
{
    struct arena *scratch = arena_new();
    struct text out = text_new(scratch);
    char **names = NULL;
    size_t count = 0;
    bool ok = fs_list(scratch, directory, &names, &count, err);
    for (size_t i = 0; ok && i < count; i++) {
        char hex[HASH_HEX_SIZE];
        ok = hash_file(fs_join(scratch, directory, names[i]), hex, err);
        if (ok)
            text_format(&out, "%s  %s\n", hex, names[i]);
    }
    ok = ok && fs_write(fs_join(scratch, directory, "SHA256SUMS"), out.at,
                        out.size, err);
    arena_free(scratch);
    return ok;
}

/* --- verification ----------------------------------------------------- */

/* Checks one line "HEX  NAME" of SHA256SUMS. */
static bool check_line(struct arena *scratch, const char *directory,
                       const char *line, struct err *err)
{
    char hex[HASH_HEX_SIZE];
    if (strlen(line) < HASH_HEX_SIZE + 2 ||
        strncmp(line + HASH_HEX_SIZE - 1, "  ", 2) != 0)
        return err_fail(err, ERR_DISAGREE, "verify.sums",
                        "SHA256SUMS: a line is not 'HEX  NAME'");
    const char *name = line + HASH_HEX_SIZE + 1;
    if (!fs_exists(fs_join(scratch, directory, name)))
        return err_fail(err, ERR_DISAGREE, "verify.missing",
                        "file '%s' is missing", name);
    if (!hash_file(fs_join(scratch, directory, name), hex, err))
        return false;
    if (strncmp(line, hex, HASH_HEX_SIZE - 1) != 0)
        return err_fail(err, ERR_DISAGREE, "verify.changed",
                        "file '%s' is not what SHA256SUMS says", name);
    return true;
}

static bool check_sums(struct arena *scratch, const char *directory,
                       size_t *listed, struct err *err)
{
    char *bytes = NULL;
    char **lines = NULL;
    size_t size = 0;
    *listed = 0;
    if (!fs_read(scratch, fs_join(scratch, directory, "SHA256SUMS"), &bytes,
                 &size, err))
        return false;
    size_t count = text_split(scratch, bytes, '\n', &lines);
    for (size_t i = 0; i < count; i++) {
        if (lines[i][0] == '\0')
            continue;
        if (!check_line(scratch, directory, lines[i], err))
            return false;
        (*listed)++;
    }
    return true;
}

/* Every file but manifest.json and SHA256SUMS is in the manifest, with the
 * same hash. */
static bool check_manifest(struct arena *scratch, const char *directory,
                           size_t listed, struct err *err)
{
    char *bytes = NULL;
    size_t size = 0;
    const struct json *root = NULL;
    if (!fs_read(scratch, fs_join(scratch, directory, "manifest.json"), &bytes,
                 &size, err) ||
        !json_parse(scratch, "manifest.json", bytes, size, &root, err))
        return false;
    const struct json *files = json_get(root, "files");
    if (files == NULL || files->count + 1 != listed)
        return err_fail(err, ERR_DISAGREE, "verify.manifest",
                        "manifest.json and SHA256SUMS list other files");
    for (const struct json *f = files->child; f != NULL; f = f->next) {
        char hex[HASH_HEX_SIZE];
        const char *name = json_get_text(f, "path");
        if (!hash_file(fs_join(scratch, directory, name), hex, err))
            return false;
        if (!text_same(hex, json_get_text(f, "sha256")))
            return err_fail(err, ERR_DISAGREE, "verify.changed",
                            "file '%s' is not what manifest.json says", name);
    }
    return true;
}

bool release_verify(const char *directory, size_t *files, struct err *err)
{
    if (!fs_is_directory(directory))
        return err_fail(err, ERR_IO, "release.missing",
                        "release '%s': there is no such folder", directory);
    struct arena *scratch = arena_new();
    char **names = NULL;
    size_t count = 0, listed = 0;
    bool ok = check_sums(scratch, directory, &listed, err) &&
              fs_list(scratch, directory, &names, &count, err);
    if (ok && count != listed + 1)
        ok = err_fail(err, ERR_DISAGREE, "verify.extra",
                      "the directory holds %zu files, SHA256SUMS lists %zu",
                      count - 1, listed);
    ok = ok && check_manifest(scratch, directory, listed, err);
    *files = count;
    arena_free(scratch);
    return ok || err_wrap(err, "release '%s'", fs_name(directory));
}
