/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/review.h"

#include <string.h>

/* "« augmente » : l’intervalle de confiance est au-dessus de 0 ..." */
static const char *rule_of(struct page *page, const struct said *said)
{
    return locale_fill(page->open, page->lang, "review.rule", "words",
                       said->text, "rule", said->rule, NULL);
}

/* One verb may stand twice in a paragraph: its rule is told once. */
static bool told_before(const struct page *page, const struct block *block,
                        size_t at)
{
    for (size_t s = block->said_first; s < at; s++) {
        if (text_same(page->said[s].rule, page->said[at].rule) &&
            text_same(page->said[s].text, page->said[at].text))
            return true;
    }
    return false;
}

/* The rules of the verbs of a block, one after the other; "" none. */
static const char *rules_of(struct page *page, const struct block *block)
{
    struct text rules = text_new(page->open);
    for (size_t s = block->said_first; s < block->said_past; s++) {
        if (page->said[s].rule[0] == '\0' || told_before(page, block, s))
            continue;
        text_add(&rules, rules.size > 0 ? " " : "");
        text_add(&rules, rule_of(page, &page->said[s]));
    }
    return rules.at;
}

static struct block rule_note(struct page *page, const char *rules)
{
    struct run *run = arena_array(page->open, 2, sizeof *run);
    run[0] = (struct run){
        .text = locale_text(page->lang, "review.rules"),
        .style = RUN_BOLD,
        .href = "",
    };
    run[1] = (struct run){.text = rules, .href = ""};
    return (struct block){
        .kind = BLOCK_NOTE,
        .id = "",
        .text = {.run = run, .count = 2},
        .caption = {"", "", "", "", "", ""},
    };
}

void review_add_rules(struct page *page)
{
    if (page->job->edition->project->state != STATE_REVIEW)
        return;
    size_t count = 0;
    struct block *blocks =
        arena_array(page->open, 2 * page->block_count, sizeof *blocks);
    for (size_t b = 0; b < page->block_count; b++) {
        const char *rules = rules_of(page, &page->blocks[b]);
        blocks[count++] = page->blocks[b];
        if (rules[0] != '\0')
            blocks[count++] = rule_note(page, rules);
    }
    page->blocks = blocks;
    page->block_count = page->block_capacity = count;
}
