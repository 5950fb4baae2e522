/* SPDX-License-Identifier: EUPL-1.2 */
/* The policy of a release as its manifest tells it. */
#include <string.h>

#include "sdc/released_impl.h"
#include "sdc/rule.h"

#define NUMBER_LIMIT 1e15

static bool take_number(const struct json *object, const char *key,
                        double least, int64_t *out)
{
    const struct json *number = json_get(object, key);
    if (number == NULL)
        return true;
    if (number->kind != JSON_NUMBER || !(number->number >= least) ||
        number->number > NUMBER_LIMIT)
        return false;
    *out = (int64_t)number->number;
    return true;
}

static bool fail_manifest(struct err *err, const char *what)
{
    return err_fail(err, ERR_INPUT, "release.manifest",
                    "manifest.json: disclosure: expected %s", what);
}

static bool take_rule(struct released_reader *reader, const struct json *object,
                      struct policy_rule *rule)
{
    rule->audience = AUDIENCE_ANY;
    return rule_kind_parse(json_get_text(object, "kind"), &rule->kind) &&
           take_number(object, "threshold", 3, &rule->threshold) &&
           take_number(object, "population", 1, &rule->population) &&
           rule_about_read(reader->closed, json_get(object, "about"), rule);
}

bool released_policy(struct released_reader *reader, const struct json *root,
                     struct err *err)
{
    struct policy *policy = &reader->source->policy;
    const struct json *disclosure = json_get(root, "disclosure");
    if (disclosure == NULL || disclosure->kind != JSON_OBJECT ||
        !take_number(disclosure, "threshold", 3, &policy->threshold) ||
        policy->threshold < 3)
        return fail_manifest(err, "a threshold, 3 or more");
    const struct json *rules = json_get(disclosure, "rules");
    if (rules == NULL || rules->kind != JSON_ARRAY)
        return fail_manifest(err, "the rules in force");
    policy->rules =
        arena_array(reader->closed, rules->count, sizeof *policy->rules);
    for (const struct json *r = rules->child; r != NULL; r = r->next) {
        struct policy_rule *rule = &policy->rules[policy->rule_count];
        *rule = (struct policy_rule){0}; /* what was there may be a list */
        if (!take_rule(reader, r, rule))
            return fail_manifest(err, "a rule: kind, threshold or population, "
                                      "and what it is about");
        if (!rule_kind_lists(rule->kind))
            policy->rule_count++;
    }
    return true;
}

/* --- over the cells ------------------------------------------------------- */

struct released_rules {
    struct rule_book *book;
    size_t judged; /* cells that were */
};

bool released_rules_new(struct arena *arena, const struct released *released,
                        struct released_rules **out, struct err *err)
{
    struct released_rules *rules = arena_alloc(arena, sizeof *rules);
    *out = rules;
    if (rule_book_new(arena, &released->codes, &released->policy, &rules->book,
                      err))
        return true;
    err->code = ERR_INPUT; /* no script, but a manifest, is wrong here */
    return err_wrap(err, "manifest.json");
}

/* Whether a cell is suppressed is printed; that its zero would be, and that it
 * is a declared zero, follows from the rules. */
static unsigned learn(unsigned before, unsigned judged)
{
    unsigned news = judged & CELL_MAYBE_ZERO;
    if (before & CELL_HIDDEN)
        news |= judged & CELL_STRUCTURAL;
    return before | news;
}

bool released_rules_apply(struct released_rules *rules,
                          struct released *released, struct err *err)
{
    struct universe *universe = released->universe;
    size_t from = rules->judged, count = universe->count - from;
    struct arena *scratch = arena_new();
    uint16_t *before = arena_array(scratch, count, sizeof *before);
    for (size_t i = 0; i < count; i++)
        before[i] = universe->flags[from + i];
    bool ok = rule_book_apply(rules->book, universe, from, err);
    for (size_t i = 0; i < count; i++)
        universe->flags[from + i] =
            (uint16_t)learn(before[i], universe->flags[from + i]);
    rules->judged = universe->count;
    arena_free(scratch);
    return ok;
}
