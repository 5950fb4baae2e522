/* SPDX-License-Identifier: EUPL-1.2 */
/* The text of an entry, from an edition. */
#include <string.h>

#include "base/num.h"
#include "pub/ledger_impl.h"

/* Sets of one dimension, by the nodes that the tables use. */
struct book {
    const struct dimension *dimension;
    size_t leaf_count;
    size_t *set_of; /* [nodes] set number, 0 none yet */
    int *nodes;     /* [sets] the node, -1 for set 0 */
    size_t count;
};

struct printer {
    struct arena *scratch;
    bool control; /* a field held a control character */
    struct text *out;
    const struct edition *edition;
    struct book books[DIM_COUNT];
    size_t lines;
};

static void line(struct printer *p, const char *word)
{
    text_add(p->out, p->lines++ == 0 ? "" : "\n");
    text_add(p->out, word);
}

static void field(struct printer *p, const char *value)
{
    p->control = p->control || text_has_control(value, "");
    text_add_char(p->out, '\t');
    text_add(p->out, value);
}

static void number(struct printer *p, size_t value)
{
    text_format(p->out, "\t%zu", value);
}

static void pair(struct printer *p, const char *word, const char *value)
{
    line(p, word);
    field(p, value);
}

/* --- codes ---------------------------------------------------------------- */

static size_t count_leaves(const struct dimension *dimension)
{
    size_t count = 0;
    for (size_t n = 0; n < dimension->count; n++) {
        const struct node *node = &dimension->nodes[n];
        for (size_t l = 0; l < node->leaf_count; l++) {
            if (node->leaves[l] + (size_t)1 > count)
                count = node->leaves[l] + (size_t)1;
        }
    }
    return count;
}

static void open_book(struct printer *p, enum dim dim)
{
    struct book *book = &p->books[dim];
    book->dimension = &p->edition->codes->dims[dim];
    book->leaf_count = count_leaves(book->dimension);
    book->set_of =
        arena_array(p->scratch, book->dimension->count, sizeof *book->set_of);
    book->nodes = arena_array(p->scratch, book->dimension->count + 1,
                              sizeof *book->nodes);
    book->nodes[0] = -1;
    book->count = 1;
    for (size_t t = 0; t < p->edition->table_count; t++) {
        const struct pub_table *table = p->edition->tables[t];
        for (size_t i = 0; i < pub_axis_count(table, dim); i++) {
            const struct node *node = pub_axis_node(table, dim, i);
            size_t at = (size_t)(node - book->dimension->nodes);
            if (book->set_of[at] != 0)
                continue;
            book->set_of[at] = book->count;
            book->nodes[book->count++] = (int)at;
        }
    }
}

/* The node that is one leaf: none of its kind is part of it, so that a region
 * of one département does not stand for it. */
static const struct node **leaf_nodes(struct printer *p,
                                      const struct book *book)
{
    const struct dimension *dimension = book->dimension;
    bool *parents = arena_array(p->scratch, dimension->count, sizeof *parents);
    for (size_t n = 0; n < dimension->count; n++) {
        if (dimension->nodes[n].parent >= 0)
            parents[dimension->nodes[n].parent] = true;
    }
    const struct node **leaves =
        arena_array(p->scratch, book->leaf_count, sizeof(struct node *));
    for (size_t n = 0; n < dimension->count; n++) {
        const struct node *node = &dimension->nodes[n];
        if (node->leaf_count != 1 || node->zone || parents[n])
            continue;
        const struct node **at = &leaves[node->leaves[0]];
        if (*at == NULL || text_same((*at)->code, CODE_TOTAL))
            *at = node;
    }
    return leaves;
}

static bool print_leaves(struct printer *p, enum dim dim, struct err *err)
{
    const struct book *book = &p->books[dim];
    const struct node **leaves = leaf_nodes(p, book);
    pair(p, "leaves", dim_name(dim));
    for (size_t l = 0; l < book->leaf_count; l++) {
        if (leaves[l] == NULL)
            return err_fail(err, ERR_INPUT, "ledger.code",
                            "dimension '%s': leaf %zu has no code",
                            dim_name(dim), l);
        field(p, dim == DIM_TERRITORY
                     ? arena_format(p->scratch, "%s/%s", leaves[l]->level,
                                    leaves[l]->code)
                     : leaves[l]->code);
    }
    return true;
}

/* "0-3 5 7-9" */
static void print_ranges(struct text *out, const uint16_t *leaves, size_t count)
{
    for (size_t i = 0, to; i < count; i = to) {
        for (to = i + 1; to < count && leaves[to] == leaves[to - 1] + 1;)
            to++;
        text_format(out, i == 0 ? "%u" : " %u", (unsigned)leaves[i]);
        if (to > i + 1)
            text_format(out, "-%u", (unsigned)leaves[to - 1]);
    }
}

static void print_sets(struct printer *p, enum dim dim)
{
    const struct book *book = &p->books[dim];
    for (size_t s = 0; s < book->count; s++) {
        pair(p, "set", dim_name(dim));
        text_add_char(p->out, '\t');
        if (book->nodes[s] >= 0) {
            const struct node *node = &book->dimension->nodes[book->nodes[s]];
            print_ranges(p->out, node->leaves, node->leaf_count);
        } else if (book->leaf_count > 1) {
            text_format(p->out, "0-%zu", book->leaf_count - 1);
        } else {
            text_add(p->out, "0");
        }
    }
}

/* --- what rates are made with --------------------------------------------- */

static void print_standards(struct printer *p, const struct pub_basis *basis)
{
    for (size_t s = 0; s < basis->standard_count; s++) {
        const struct standard *standard = &basis->standards[s];
        pair(p, "standard", standard->code);
        text_add_char(p->out, '\t');
        num_print_shortest(p->out, standard->total);
        for (size_t b = 0; b < standard->count; b++) {
            const struct standard_band *band = &standard->bands[b];
            text_format(p->out, "\t%d\t%d\t", band->low, band->high);
            num_print_shortest(p->out, band->weight);
        }
    }
}

static void print_years(struct printer *p, const struct pub_years *years)
{
    pair(p, "years", years->measure);
    for (size_t r = 0; r < years->count; r++) {
        const struct pub_years_row *row = &years->rows[r];
        line(p, "at");
        number(p, row->territory);
        number(p, row->period);
        for (size_t i = 0; i < years->width; i++)
            number(p, (size_t)row->at[i]);
    }
}

static void print_basis(struct printer *p, const struct pub_basis *basis)
{
    print_standards(p, basis);
    for (size_t r = 0; r < basis->rates_count; r++) {
        pair(p, "rates", basis->rates[r].measure);
        field(p, basis->rates[r].person_years);
    }
    for (size_t y = 0; y < basis->years_count; y++)
        print_years(p, &basis->years[y]);
}

/* --- tables --------------------------------------------------------------- */

static void print_columns(struct printer *p, const struct pub_table *table)
{
    for (size_t c = 0; c < pub_columns(table); c++) {
        const struct pub_column *column = pub_column(table, c);
        pair(p, "column", column->id);
        number(p, (size_t)column->kind);
        number(p, (size_t)column->part);
        field(p, dim_name(column->of));
        number(p, column->by_sex);
    }
}

static void print_row(struct printer *p, const struct pub_table *table,
                      size_t row)
{
    line(p, "row");
    for (size_t c = 0; c < pub_columns(table); c++) {
        double value = 0.0;
        enum availability status = pub_read(table, row, c, &value);
        text_add_char(p->out, '\t');
        if (status == AVAILABLE)
            num_print(p->out, value, pub_decimals(table, row, c));
        else
            text_add_char(p->out, availability_letter(status));
    }
}

static void print_table(struct printer *p, const struct pub_table *table)
{
    pair(p, "table", pub_id(table));
    field(p, pub_measure(table)->code);
    if (pub_rounding(table).base > 0) {
        line(p, "rounded");
        number(p, (size_t)pub_rounding(table).base);
    }
    if (pub_noise(table).variance > 0) {
        line(p, "perturbed");
        number(p, (size_t)pub_noise(table).variance);
        number(p, (size_t)pub_noise(table).key);
    }
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct book *book = &p->books[d];
        pair(p, "axis", dim_name((enum dim)d));
        for (size_t i = 0; i < pub_axis_count(table, (enum dim)d); i++) {
            const struct node *node = pub_axis_node(table, (enum dim)d, i);
            number(p, book->set_of[node - book->dimension->nodes]);
        }
    }
    print_columns(p, table);
    for (size_t r = 0; r < pub_rows(table); r++)
        print_row(p, table, r);
}

/* --- the whole ------------------------------------------------------------ */

/* What protects these readers, as they are told it: no later edition may tell
 * them more. */
static void print_rules(struct printer *p, const struct policy *policy)
{
    for (size_t r = 0; r < policy->rule_count; r++) {
        const struct policy_rule *rule = &policy->rules[r];
        struct text about = text_new(p->scratch);
        if (rule->threshold == 0 || !rule_in_force(policy, rule))
            continue;
        rule_about_write(&about, rule);
        pair(p, "rule", rule_kind_name(rule->kind));
        number(p, (size_t)rule->threshold);
        field(p, about.at);
    }
}

static void print_head(struct printer *p, const char *content,
                       const char *previous)
{
    const struct project *project = p->edition->project;
    const struct codes *codes = p->edition->codes;
    pair(p, "panorama-ledger", LEDGER_FORMAT);
    pair(p, "previous", previous);
    pair(p, "release", project->id);
    pair(p, "audience", audience_name(project->policy.audience));
    pair(p, "date", project->date);
    pair(p, "state", state_replaceable(project->state) ? "draft" : "public");
    pair(p, "extracted", code_registry(codes, "extraction_date"));
    pair(p, "snapshot", code_registry(codes, "snapshot"));
    line(p, "threshold");
    number(p, (size_t)project->policy.threshold);
    print_rules(p, &project->policy);
    pair(p, "content", content);
}

bool ledger_print(struct text *out, const struct edition *edition,
                  const char *content, const char *previous, struct err *err)
{
    struct printer p = {
        .scratch = arena_new(),
        .out = out,
        .edition = edition,
    };
    bool ok = true;
    print_head(&p, content, previous);
    for (int d = 0; d < DIM_COUNT && ok; d++) {
        open_book(&p, (enum dim)d);
        ok = print_leaves(&p, (enum dim)d, err);
        if (ok)
            print_sets(&p, (enum dim)d);
    }
    if (ok)
        print_basis(&p, &edition->basis);
    for (size_t t = 0; ok && t < edition->table_count; t++)
        print_table(&p, edition->tables[t]);
    line(&p, "end");
    number(&p, p.lines);
    text_add(out, "\n");
    arena_free(p.scratch);
    if (ok && p.control)
        return err_fail(err, ERR_INPUT, "ledger.code",
                        "a code of the release holds a control character");
    return ok;
}
