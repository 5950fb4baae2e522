/* SPDX-License-Identifier: EUPL-1.2 */
/* The rules of one policy, and what they say of each cell. */
#include <string.h>

#include "sdc/rule_impl.h"

enum {
    DEFAULTS = 3, /* rules of the policy that it need not list */
    ALL_DIMS = (1 << DIM_COUNT) - 1,
};

/* --- the book ------------------------------------------------------------ */

static const struct disclosure_rule *type_of(enum rule_kind kind)
{
    size_t r = 0;
    while (disclosure_rules[r]->kind != kind) {
        r++;
        assert(disclosure_rules[r] != NULL); /* a rule of every kind */
    }
    return disclosure_rules[r];
}

static void add_entry(struct rule_book *book, const struct policy_rule *rule,
                      const char *name, bool listed)
{
    book->entries[book->entry_count++] = (struct rule_entry){
        .rule = rule,
        .type = type_of(rule->kind),
        .name = name,
        .listed = listed,
    };
}

/* What holds without being listed: the zeros that everybody knows, the
 * policy's threshold, and the non-events of proportions. */
static void add_defaults(struct rule_book *book)
{
    static const enum rule_kind kinds[DEFAULTS] = {
        RULE_STRUCTURAL_ZEROS, RULE_THRESHOLD, RULE_NON_EVENTS};
    for (size_t k = 0; k < DEFAULTS; k++) {
        struct policy_rule *rule = arena_alloc(book->arena, sizeof *rule);
        rule->kind = kinds[k];
        rule->audience = AUDIENCE_ANY;
        rule->threshold = book->policy->threshold;
        rule->cells = arena_array(book->arena, 1, sizeof *rule->cells);
        rule->cell_count = 1;
        add_entry(book, rule, rule_kind_name(kinds[k]), false);
    }
}

static bool add_selectors(struct rule_book *book, size_t entry, struct err *err)
{
    const struct policy_rule *rule = book->entries[entry].rule;
    for (size_t c = 0; c < rule->cell_count; c++) {
        struct rule_selector *selector =
            &book->selectors[book->selector_count++];
        *selector =
            (struct rule_selector){.entry = entry, .cells = &rule->cells[c]};
        bool ok = rule_sources_check(book->codes, selector->cells, err);
        for (int d = 0; ok && d < DIM_COUNT; d++)
            ok = rule_scope_open(book, selector, (enum dim)d, err);
        if (!ok && rule_kind_lists(rule->kind))
            err_wrap(err, "cell %zu", c + 1);
        if (!ok)
            return err_wrap(err, "policy: %s", book->entries[entry].name);
    }
    return true;
}

bool rule_book_new(struct arena *arena, const struct codes *codes,
                   const struct policy *policy, struct rule_book **out,
                   struct err *err)
{
    struct rule_book *book = arena_alloc(arena, sizeof *book);
    book->arena = arena;
    book->codes = codes;
    book->policy = policy;
    book->entries = arena_array(arena, DEFAULTS + policy->rule_count,
                                sizeof *book->entries);
    add_defaults(book);
    for (size_t r = 0; r < policy->rule_count; r++) {
        const struct policy_rule *rule = &policy->rules[r];
        const char *name = arena_format(arena, "rule %zu (%s)", r + 1,
                                        rule_kind_name(rule->kind));
        if (rule_in_force(policy, rule))
            add_entry(book, rule, name, true);
    }
    size_t selectors = 0;
    for (size_t e = 0; e < book->entry_count; e++)
        selectors += book->entries[e].rule->cell_count;
    book->selectors = arena_array(arena, selectors, sizeof *book->selectors);
    book->words = rule_words(selectors);
    for (size_t e = 0; e < book->entry_count; e++) {
        if (!add_selectors(book, e, err))
            return false;
    }
    *out = book;
    return true;
}

bool sdc_check_rules(const struct codes *codes, const struct policy *policy,
                     struct err *err)
{
    struct arena *scratch = arena_new();
    struct rule_book *book;
    bool ok = rule_book_new(scratch, codes, policy, &book, err);
    arena_free(scratch);
    return ok;
}

size_t rule_book_count(const struct rule_book *book)
{
    return book->entry_count;
}

const char *rule_book_name(const struct rule_book *book, size_t rule)
{
    assert(rule < book->entry_count);
    return book->entries[rule].name;
}

/* --- masks --------------------------------------------------------------- */

static void mask_parts(struct rule_book *book, const struct universe *universe,
                       enum dim dim)
{
    const struct axis *axis = &universe->axes[dim];
    size_t known = book->part_count[dim], words = book->words;
    if (known == axis->count)
        return;
    uint64_t *masks =
        arena_array(book->arena, axis->count * words, sizeof *masks);
    if (known > 0)
        memcpy(masks, book->parts[dim], known * words * sizeof *masks);
    for (size_t p = known; p < axis->count; p++) {
        for (size_t s = 0; s < book->selector_count; s++) {
            if (rule_scope_holds(&book->selectors[s].scopes[dim],
                                 &book->codes->dims[dim], &axis->parts[p], p))
                rule_set_bit(&masks[p * words], s);
        }
    }
    book->parts[dim] = masks;
    book->part_count[dim] = axis->count;
}

static bool mask_measures(struct rule_book *book,
                          const struct universe *universe, struct err *err)
{
    size_t count = universe->measure_count, selectors = book->selector_count;
    book->measures =
        arena_array(book->arena, count * book->words, sizeof *book->measures);
    book->covers =
        arena_array(book->arena, count * selectors, sizeof *book->covers);
    book->sources = arena_array(book->arena, count, sizeof *book->sources);
    book->measure_count = count;
    for (size_t m = 0; m < count; m++) {
        for (size_t s = 0; s < selectors; s++) {
            uint64_t *covered = &book->covers[m * selectors + s];
            if (!rule_sources_find(book->codes, book->selectors[s].cells,
                                   universe->measures[m], covered,
                                   &book->sources[m], err))
                return false;
            if (*covered != 0)
                rule_set_bit(&book->measures[m * book->words], s);
        }
    }
    return true;
}

/* One word of the cell's mask: the selectors that hold it. */
static uint64_t mask_word(const struct rule_book *book, uint64_t key,
                          size_t word)
{
    uint64_t mask = book->measures[universe_measure(key) * book->words + word];
    for (int d = 0; mask != 0 && d < DIM_COUNT; d++) {
        size_t part = universe_part(key, (enum dim)d);
        mask &= book->parts[d][part * book->words + word];
    }
    return mask;
}

/* Visits the selectors that hold a cell. */
struct holders {
    const struct rule_book *book;
    uint64_t key;
    size_t word;
    uint64_t mask;
};

static struct holders holders_of(const struct rule_book *book,
                                 const struct universe *universe, size_t cell)
{
    uint64_t key = universe->keys[cell];
    return (struct holders){book, key, 0, mask_word(book, key, 0)};
}

static const struct rule_selector *next_holder(struct holders *holders)
{
    while (holders->mask == 0) {
        if (++holders->word >= holders->book->words)
            return NULL;
        holders->mask = mask_word(holders->book, holders->key, holders->word);
    }
    size_t bit = (size_t)__builtin_ctzll(holders->mask);
    holders->mask &= holders->mask - 1;
    return &holders->book->selectors[holders->word * RULE_WORD_BITS + bit];
}

/* --- judging ------------------------------------------------------------- */

/* The largest threshold over the sources of the cell: for each source that of
 * the rules that speak of it, or the policy's where none does; and the
 * stricter lists over all. */
static int64_t threshold_of(const struct rule_book *book,
                            const struct universe *universe, size_t cell)
{
    struct holders holders = holders_of(book, universe, cell);
    size_t measure = universe_measure(universe->keys[cell]);
    uint64_t covered = 0;
    int64_t threshold = 0;
    const struct rule_selector *selector;
    while ((selector = next_holder(&holders)) != NULL) {
        const struct rule_entry *entry = &book->entries[selector->entry];
        bool listed = entry->listed && entry->rule->kind == RULE_THRESHOLD;
        if (listed)
            covered |= book->covers[measure * book->selector_count +
                                    (size_t)(selector - book->selectors)];
        if ((listed || entry->rule->kind == RULE_STRICTER) &&
            entry->rule->threshold > threshold)
            threshold = entry->rule->threshold;
    }
    if (covered != book->sources[measure] &&
        threshold < book->policy->threshold)
        threshold = book->policy->threshold;
    return threshold;
}

static struct rule_cell facts_of(const struct universe *universe, size_t cell)
{
    return (struct rule_cell){
        .count = universe->counts[cell],
        .limit = universe->limits[cell],
        .whole = universe->wholes == NULL ? 0 : universe->wholes[cell],
        .threshold = universe->thresholds[cell],
        .structural = (universe->flags[cell] & CELL_STRUCTURAL) != 0,
    };
}

/* A listed rule of non-events takes the population as the whole where no
 * proportion gives another. */
static int64_t whole_for(const struct rule_entry *entry,
                         const struct rule_cell *facts)
{
    bool any = entry->rule->kind == RULE_NON_EVENTS && entry->listed;
    return facts->whole == 0 && any && facts->limit != SDC_UNLIMITED
               ? facts->limit
               : facts->whole;
}

static enum rule_verdict ask(const struct rule_entry *entry,
                             struct rule_cell facts)
{
    facts.whole = whole_for(entry, &facts);
    return entry->type->judge(entry->rule, &facts);
}

/* What all rules say of one cell: the first entry of each verdict. */
struct opinion {
    bool said[RULE_BROKEN + 1];
    size_t by[RULE_BROKEN + 1];
    bool complement;
    bool zero_hidden; /* everybody knows that a zero would be suppressed */
};

static struct opinion opinion_of(const struct rule_book *book,
                                 const struct universe *universe, size_t cell)
{
    struct opinion opinion = {0};
    struct holders holders = holders_of(book, universe, cell);
    struct rule_cell facts = facts_of(universe, cell);
    struct rule_cell zero = facts;
    zero.count = 0;
    /* Readers of two editions see the zeros that either set of rules shows. */
    bool known = policy_readers(book->policy) == book->policy->audience;
    const struct rule_selector *selector;
    while ((selector = next_holder(&holders)) != NULL) {
        const struct rule_entry *entry = &book->entries[selector->entry];
        enum rule_verdict verdict = ask(entry, facts);
        if (!opinion.said[verdict])
            opinion.by[verdict] = selector->entry;
        opinion.said[verdict] = true;
        if (entry->rule->kind == RULE_NON_EVENTS &&
            whole_for(entry, &facts) > 0)
            opinion.complement = true;
        bool told =
            facts.count == 0 || (known && !rule_kind_lists(entry->rule->kind));
        if (told && ask(entry, zero) == RULE_SUPPRESS)
            opinion.zero_hidden = true;
    }
    return opinion;
}

static bool check_opinion(const struct rule_book *book,
                          const struct universe *universe, size_t cell,
                          const struct opinion *opinion, struct err *err)
{
    if (opinion->said[RULE_BROKEN])
        return err_fail(
            err, ERR_DISCLOSURE, "sdc.structural",
            "%s: %s declares it a structural zero, and it is not zero",
            universe_name(universe->arena, universe, cell),
            book->entries[opinion->by[RULE_BROKEN]].name);
    bool outside = (universe->flags[cell] & CELL_FORCED) != 0;
    bool suppressed =
        opinion->said[RULE_SUPPRESS] || opinion->said[RULE_PRIMARY] || outside;
    if (!opinion->said[RULE_SHOW] || !suppressed || opinion->said[RULE_KNOWN])
        return true;
    enum rule_verdict worst =
        opinion->said[RULE_SUPPRESS] ? RULE_SUPPRESS : RULE_PRIMARY;
    return err_fail(err, ERR_DISCLOSURE, "sdc.contradiction",
                    "%s: %s wants it shown, %s wants it suppressed",
                    universe_name(universe->arena, universe, cell),
                    book->entries[opinion->by[RULE_SHOW]].name,
                    outside ? "the release"
                            : book->entries[opinion->by[worst]].name);
}

static unsigned flags_of(const struct opinion *opinion)
{
    unsigned flags = 0;
    if (opinion->said[RULE_KNOWN])
        return CELL_STRUCTURAL;
    if (opinion->said[RULE_SUPPRESS])
        flags |= CELL_FORCED | CELL_PRIMARY;
    if (opinion->said[RULE_PRIMARY])
        flags |= CELL_PRIMARY;
    if (opinion->said[RULE_SHOW])
        flags |= CELL_MUST_SHOW;
    if (opinion->complement)
        flags |= CELL_COMPLEMENT;
    if (opinion->zero_hidden)
        flags |= CELL_MAYBE_ZERO;
    return flags;
}

/* Rates that are still those of the store do not tell that a count is: where it
 * is small, the one of then may have been shown and that of today not. */
static bool check_about(const struct universe *universe, size_t cell,
                        struct err *err)
{
    unsigned flags = universe->flags[cell];
    return (flags & (CELL_ABOUT | CELL_PRIMARY)) !=
               (CELL_ABOUT | CELL_PRIMARY) ||
           err_fail(err, ERR_DISCLOSURE, "sdc.past",
                    "%s: an earlier release shows rates of it, which are those "
                    "of the store, and not its count, which a rule withholds; "
                    "declare it 'unrevised' where it is that of then",
                    universe_name(universe->arena, universe, cell));
}

/* What another release shows can be withheld but not protected; what another
 * withheld is shown where it must be, and the audit judges that. */
static void heed_others(struct universe *universe, size_t cell)
{
    uint16_t *flags = &universe->flags[cell];
    if ((*flags & CELL_KNOWN) && (*flags & CELL_PRIMARY)) {
        *flags &= (uint16_t)~CELL_PRIMARY;
        *flags |= CELL_KEPT;
    }
    if (*flags & CELL_MUST_SHOW)
        *flags &= (uint16_t)~CELL_KEPT;
}

bool rule_book_apply(struct rule_book *book, struct universe *universe,
                     size_t from, struct err *err)
{
    for (int d = 0; d < DIM_COUNT; d++)
        mask_parts(book, universe, (enum dim)d);
    if (book->measure_count != universe->measure_count &&
        !mask_measures(book, universe, err))
        return false;
    for (size_t c = from; c < universe->count; c++) {
        universe->thresholds[c] = threshold_of(book, universe, c);
        if (universe_leaves_few(universe, c))
            universe_suppress(universe, c);
        struct opinion opinion = opinion_of(book, universe, c);
        if (!check_opinion(book, universe, c, &opinion, err))
            return false;
        universe->flags[c] |= (uint16_t)flags_of(&opinion);
        if ((universe->flags[c] & (CELL_FORCED | CELL_STRUCTURAL)) ==
            CELL_FORCED)
            universe->flags[c] |= CELL_PRIMARY;
        if (!check_about(universe, c, err))
            return false;
        heed_others(universe, c);
    }
    return true;
}

/* --- cells of no universe ------------------------------------------------- */

/* The sources of the measure that the selector speaks of, where it selects
 * the codes of the key along these dimensions. */
static bool speaks_of(const struct rule_book *book,
                      const struct rule_selector *selector,
                      const struct sdc_cell_key *key, unsigned dims,
                      uint64_t *covered, uint64_t *sources, struct err *err)
{
    bool holds = true;
    for (int d = 0; holds && d < DIM_COUNT; d++) {
        if (!(dims >> d & 1))
            continue;
        const struct dimension *dimension = &book->codes->dims[d];
        size_t number = (size_t)key->node[d];
        const struct node *node = &dimension->nodes[number];
        const struct part part = {.leaves = node->leaves,
                                  .leaf_count = node->leaf_count};
        holds =
            rule_scope_holds(&selector->scopes[d], dimension, &part, number);
    }
    if (!rule_sources_find(book->codes, selector->cells, key->measure, covered,
                           sources, err))
        return false;
    if (!holds)
        *covered = 0;
    return true;
}

static bool key_threshold(const struct rule_book *book,
                          const struct sdc_cell_key *key, int64_t *threshold,
                          struct err *err)
{
    uint64_t listed = 0, sources = 0;
    *threshold = 0;
    for (size_t s = 0; s < book->selector_count; s++) {
        const struct rule_selector *selector = &book->selectors[s];
        const struct rule_entry *entry = &book->entries[selector->entry];
        bool frequency = entry->listed && entry->rule->kind == RULE_THRESHOLD;
        uint64_t covered = 0;
        if (!speaks_of(book, selector, key, ALL_DIMS, &covered, &sources, err))
            return false;
        if (frequency)
            listed |= covered;
        if (covered != 0 && (frequency || entry->rule->kind == RULE_STRICTER) &&
            entry->rule->threshold > *threshold)
            *threshold = entry->rule->threshold;
    }
    if (listed != sources && *threshold < book->policy->threshold)
        *threshold = book->policy->threshold;
    return true;
}

bool rule_book_judge(const struct rule_book *book,
                     const struct sdc_cell_key *key, int64_t count,
                     int64_t limit, int64_t *threshold, bool *suppressed,
                     struct err *err)
{
    struct rule_cell facts = {.count = count, .limit = limit};
    if (!key_threshold(book, key, &facts.threshold, err))
        return false;
    *threshold = facts.threshold;
    *suppressed = false;
    for (size_t s = 0; s < book->selector_count; s++) {
        const struct rule_selector *selector = &book->selectors[s];
        const struct rule_entry *entry = &book->entries[selector->entry];
        uint64_t covered = 0, sources = 0;
        if (rule_kind_lists(entry->rule->kind) ||
            entry->rule->kind == RULE_STRUCTURAL_ZEROS)
            continue;
        bool ok =
            speaks_of(book, selector, key, ALL_DIMS, &covered, &sources, err);
        assert(ok); /* the threshold was asked of the same sources */
        enum rule_verdict verdict =
            covered != 0 ? ask(entry, facts) : RULE_SILENT;
        *suppressed =
            *suppressed || verdict == RULE_PRIMARY || verdict == RULE_SUPPRESS;
    }
    return true;
}

/* Asks for no more than a threshold where limits are not less than that. */
static bool is_plain(const struct rule_entry *entry, int64_t least)
{
    enum rule_kind kind = entry->rule->kind;
    if (kind == RULE_POPULATION_FLOOR || kind == RULE_ZEROS)
        return least >= entry->rule->population;
    return kind != RULE_NON_EVENTS || !entry->listed;
}

bool rule_book_is_plain(const struct rule_book *book,
                        const struct sdc_cell_key *key, int64_t least,
                        int64_t *threshold)
{
    const unsigned dims = 1U << DIM_TERRITORY | 1U << DIM_AGE;
    struct err err = {0};
    bool plain = true;
    *threshold = book->policy->threshold;
    for (size_t s = 0; s < book->selector_count && plain; s++) {
        const struct rule_selector *selector = &book->selectors[s];
        const struct rule_entry *entry = &book->entries[selector->entry];
        uint64_t covered = 0, sources = 0;
        if (!speaks_of(book, selector, key, dims, &covered, &sources, &err))
            return false;
        if (covered == 0 || rule_kind_lists(entry->rule->kind))
            continue;
        plain = is_plain(entry, least);
        if (entry->rule->threshold > *threshold)
            *threshold = entry->rule->threshold;
    }
    return plain;
}

bool rule_book_asks(const struct rule_book *book,
                    const struct universe *universe, size_t rule, size_t cell)
{
    struct holders holders = holders_of(book, universe, cell);
    struct rule_cell facts = facts_of(universe, cell);
    const struct rule_selector *selector;
    while ((selector = next_holder(&holders)) != NULL) {
        if (selector->entry != rule)
            continue;
        enum rule_verdict verdict = ask(&book->entries[rule], facts);
        if (verdict == RULE_PRIMARY || verdict == RULE_SUPPRESS)
            return true;
    }
    return false;
}

size_t rule_book_shows(const struct rule_book *book,
                       const struct universe *universe, size_t cell)
{
    assert(universe->flags[cell] & CELL_MUST_SHOW);
    return opinion_of(book, universe, cell).by[RULE_SHOW];
}

size_t rule_book_forces(const struct rule_book *book,
                        const struct universe *universe, size_t cell)
{
    struct opinion opinion = opinion_of(book, universe, cell);
    assert(opinion.said[RULE_SUPPRESS]);
    return opinion.by[RULE_SUPPRESS];
}
