/* SPDX-License-Identifier: EUPL-1.2 */
/* What a rule is about, as readers are told it. */
#include "base/json.h"
#include "model/project.h"

static void write_words(struct text *out, const char *key,
                        const struct selection *selection)
{
    if (selection->count == 0)
        return;
    text_add(out, out->at[out->size - 1] == '{' ? "" : ", ");
    text_add_json(out, key);
    text_add(out, ": [");
    for (size_t w = 0; w < selection->count; w++) {
        text_add(out, w == 0 ? "" : ", ");
        text_add_json(out, selection->words[w]);
    }
    text_add(out, "]");
}

void rule_about_write(struct text *out, const struct policy_rule *rule)
{
    text_add(out, "{");
    if (!rule_kind_lists(rule->kind) && rule->cell_count > 0) {
        write_words(out, "measures", &rule->cells->measures);
        write_words(out, "sources", &rule->cells->sources);
        for (int d = 0; d < DIM_COUNT; d++)
            write_words(out, rule_field((enum dim)d), &rule->cells->select[d]);
    }
    text_add(out, "}");
}

static bool read_words(struct arena *arena, const struct json *list,
                       struct selection *out)
{
    if (list->kind != JSON_ARRAY)
        return false;
    out->words = arena_array(arena, list->count, sizeof *out->words);
    for (const struct json *word = list->child; word; word = word->next) {
        if (word->kind != JSON_TEXT)
            return false;
        out->words[out->count++] = arena_text(arena, word->text);
    }
    return true;
}

/* Where the words of a member go, or NULL. */
static struct selection *selection_of(struct rule_cells *cells, const char *key)
{
    if (text_same(key, "measures"))
        return &cells->measures;
    if (text_same(key, "sources"))
        return &cells->sources;
    for (int d = 0; d < DIM_COUNT; d++) {
        if (text_same(key, rule_field((enum dim)d)))
            return &cells->select[d];
    }
    return NULL;
}

bool rule_about_read(struct arena *arena, const struct json *object,
                     struct policy_rule *rule)
{
    if (object == NULL || object->kind != JSON_OBJECT)
        return false;
    if (rule_kind_lists(rule->kind))
        return object->count == 0;
    rule->cells = arena_array(arena, 1, sizeof *rule->cells);
    rule->cell_count = 1;
    for (const struct json *member = object->child; member;
         member = member->next) {
        struct selection *selection = selection_of(rule->cells, member->key);
        if (selection == NULL || !read_words(arena, member, selection))
            return false;
    }
    return true;
}
