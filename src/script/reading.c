/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/reading.h"

#include <math.h>
#include <string.h>

#include "script/site_words.h"

/* --- where, when, who ----------------------------------------------------- */

static void add_part(struct text *out, const char *words, const char *join)
{
    if (out->size > 0)
        text_add(out, join);
    text_add(out, words);
}

/* "de 80 à 84 ans", after "chez les hommes" */
static const char *age_words(struct page *page, const struct node *age)
{
    const char *key = "reading.age.range";
    if (age->high < 0)
        key = "reading.age.over";
    else if (age->high == 0)
        key = "reading.age.infant";
    else if (age->low == age->high)
        key = age->low == 1 ? "reading.age.year" : "reading.age.single";
    return locale_fill(page->open, page->lang, key, "low",
                       arena_format(page->open, "%d", age->low), "high",
                       arena_format(page->open, "%d", age->high), NULL);
}

/* "chez les hommes", "chez les filles", "chez les jeunes femmes" */
static const char *sex_words(struct page *page, const struct node *sex,
                             const struct node *age)
{
    bool total = words_total(DIM_SEX, sex);
    const char *generation = words_generation(age);
    if (generation[0] != '\0')
        return locale_text(page->lang,
                           arena_format(page->open, "reading.%s.%s", generation,
                                        total ? "T" : sex->code));
    return total ? locale_text(page->lang, "reading.people")
                 : words_node_in(page, DIM_SEX, sex);
}

/* Of a site of one sex the sex goes without saying, but for its ages. */
static void add_people(struct page *page, struct text *out,
                       const struct pick *pick)
{
    const struct node *sex = pick_at(pick, DIM_SEX);
    const struct node *age = pick_at(pick, DIM_AGE);
    bool all_ages = words_total(DIM_AGE, age);
    bool plain =
        words_total(DIM_SEX, sex) || pick_at(pick, DIM_SITE)->sex[0] != '\0';
    if (!all_ages || !plain)
        add_part(out, sex_words(page, sex, age), ", ");
    if (!all_ages)
        add_part(out, age_words(page, age), " ");
}

static const char *named(struct page *page, const char *key, enum dim dim,
                         const struct node *node)
{
    return locale_fill(page->open, page->lang, key, "name",
                       words_node(page, dim, node), NULL);
}

/* "pour le cancer du poumon", or the label of a site that nobody named */
static const char *about_site(struct page *page, const struct node *site)
{
    const struct site_words *words = site_words_find(page, site->code);
    if (words == NULL)
        return named(page, "reading.site", DIM_SITE, site);
    return locale_fill(page->open, page->lang, "reading.site.named", "name",
                       words->the, NULL);
}

enum naming {
    NAMED_LATER,    /* the sentence names the site further on */
    NAMED_IF_PART,  /* all sites together go without saying */
    NAMED_IF_KNOWN, /* all sites too, when the script names them */
};

static bool names_site(const struct page *page, const struct node *site,
                       enum naming naming)
{
    if (naming == NAMED_LATER)
        return false;
    bool known = site_words_find(page, site->code) != NULL;
    return !words_total(DIM_SITE, site) || (naming == NAMED_IF_KNOWN && known);
}

/* Where, when and who. */
static const char *context_words(struct page *page, const struct pick *pick,
                                 enum naming naming)
{
    struct text out = text_new(page->open);
    const struct node *place = pick_at(pick, DIM_TERRITORY);
    const struct node *period = pick_at(pick, DIM_PERIOD);
    const struct node *site = pick_at(pick, DIM_SITE);
    const struct node *stratum = pick_at(pick, DIM_STRATUM);
    bool bare = place->zone && place->article[0] == '\0';
    add_part(&out,
             bare ? named(page, "reading.zone", DIM_TERRITORY, place)
                  : words_node_in(page, DIM_TERRITORY, place),
             ", ");
    if (!words_total(DIM_PERIOD, period))
        add_part(&out, words_node_in(page, DIM_PERIOD, period), ", ");
    if (names_site(page, site, naming))
        add_part(&out, about_site(page, site), ", ");
    add_people(page, &out, pick);
    if (!words_total(DIM_STRATUM, stratum))
        add_part(&out, named(page, "reading.stratum", DIM_STRATUM, stratum),
                 ", ");
    return out.at;
}

/* --- what ----------------------------------------------------------------- */

/* The title of a table without how its rows are told apart: ", par année". */
static const char *without_rows(struct page *page, const char *title)
{
    static const char *const joints[] = {", par ", ", by "};
    for (size_t j = 0; j < COUNT_OF(joints); j++) {
        const char *at = strstr(title, joints[j]);
        if (at != NULL)
            return arena_slice(page->open, title, (size_t)(at - title));
    }
    return title;
}

/* What the measure of a table counts, as keys of sentences name it: "cases",
 * "deaths", or "events" for anything else. */
static const char *events_of(const struct pub_table *table)
{
    const char *unit = pub_measure(table)->unit;
    bool known = text_same(unit, "cases") || text_same(unit, "deaths");
    return known ? unit : "events";
}

/* "incidence.cases", of the sentences that begin with `key` */
static const char *of_events(struct page *page, const char *key,
                             const struct pub_table *table)
{
    return locale_text(
        page->lang, arena_format(page->open, "%s.%s", key, events_of(table)));
}

static bool is_rate(const struct pub_column *column)
{
    return column->kind == PUB_CRUDE_RATE ||
           column->kind == PUB_STANDARDISED_RATE;
}

/* "taux d’incidence standardisé monde"; `heading` ends with the name of a
 * standard that has no short one. */
static const char *standardised(struct page *page, const char *rate,
                                const char *heading, const char *standard)
{
    static const char *const known[] = {"world", "esp2013"};
    const char *key = "reading.standard";
    for (size_t k = 0; k < COUNT_OF(known); k++) {
        if (text_same(standard, known[k]))
            key = arena_format(page->open, "reading.standard.%s", standard);
    }
    const char *name = strstr(heading, ", ");
    return locale_fill(page->open, page->lang, key, "rate", rate, "name",
                       name == NULL ? standard : name + strlen(", "), NULL);
}

/* "taux d’incidence standardisé monde du cancer du poumon", "mortality rate
 * from lung cancer" */
static const char *rate_words(struct page *page, const struct pick *pick,
                              size_t column, const char *heading)
{
    const struct pub_column *at = pub_column(pick->table, column);
    const struct site_words *site =
        site_words_find(page, pick_at(pick, DIM_SITE)->code);
    bool by_age = !words_total(DIM_AGE, pick_at(pick, DIM_AGE));
    bool crude = at->kind == PUB_CRUDE_RATE && !by_age;
    const char *rate = of_events(
        page, crude ? "reading.rate.crude" : "reading.rate", pick->table);
    if (at->kind == PUB_STANDARDISED_RATE)
        rate = standardised(page, rate, heading, at->standard);
    if (site == NULL)
        return rate;
    bool deaths = text_same(events_of(pick->table), "deaths");
    return arena_format(page->open, "%s %s", rate,
                        deaths ? site->by : site->of);
}

/* "évolution annuelle moyenne du taux d’incidence standardisé monde" */
static const char *change_words(struct page *page,
                                const struct pub_table *table,
                                const char *standard)
{
    const char *rate = of_events(page, "reading.rate", table);
    if (standard[0] != '\0')
        rate = standardised(
            page, rate,
            arena_format(page->open, ", %s", words_standard(page, standard)),
            standard);
    return locale_fill(page->open, page->lang, "reading.change", "rate", rate,
                       NULL);
}

/* The probability that a smoothed ratio is above 1. */
static bool is_excess(const struct pub_column *column)
{
    return text_same(column->id, "spatial_ratio_above") ||
           text_same(column->id, "smoothed_ratio_above");
}

/* Statistics whose names do not say of what they are. */
static const char *statistic_words(struct page *page,
                                   const struct pub_table *table,
                                   const struct pub_column *column)
{
    if (text_same(column->id, "annual_change"))
        return change_words(page, table, column->standard);
    return is_excess(column) ? of_events(page, "reading.excess", table) : NULL;
}

/* "nouveaux cas de cancer du poumon", "décès par cancer du poumon" */
static const char *count_words(struct page *page, const struct pick *pick,
                               const char *label)
{
    const struct site_words *site =
        site_words_find(page, pick_at(pick, DIM_SITE)->code);
    if (site == NULL)
        return label;
    bool deaths = text_same(events_of(pick->table), "deaths");
    return arena_format(page->open, "%s %s", label,
                        deaths ? site->by : site->new_cases);
}

/* What the value is, inside a sentence. Proportions have long labels; the
 * table's title says it better. */
static const char *subject_words(struct page *page, const struct pick *pick,
                                 size_t column)
{
    const struct pub_column *at = pub_column(pick->table, column);
    bool by_age = !words_total(DIM_AGE, pick_at(pick, DIM_AGE));
    const char *heading = words_column(page, pick->table, column, by_age);
    if (at->kind == PUB_PROPORTION)
        heading = without_rows(
            page, words_typeset(page, pub_title(pick->table, page->lang)));
    if (is_rate(at))
        return rate_words(page, pick, column, heading);
    const char *known = at->kind == PUB_STATISTIC
                            ? statistic_words(page, pick->table, at)
                            : NULL;
    const char *label = words_lower(page, known != NULL ? known : heading);
    return at->kind == PUB_COUNT ? count_words(page, pick, label) : label;
}

/* Units that are said with the number, before its interval: "−0,3 % par an". */
static bool clings(const char *unit)
{
    static const char *const units[] = {"percent_per_year", "points", "years",
                                        "months", "days"};
    for (size_t u = 0; u < COUNT_OF(units); u++) {
        if (text_same(units[u], unit))
            return true;
    }
    return false;
}

/* "−0,3 % par an", but "−0.3% per year" */
static const char *with_unit(struct page *page, const char *number,
                             const char *unit)
{
    bool tight = page->lang == LANG_EN && unit[0] == '%';
    return arena_format(page->open, "%s%s%s", number, tight ? "" : "\u00a0",
                        unit);
}

/* "48,2 cas pour 100 000 personnes-années", and what is said on that scale: an
 * index of slope, an estimated rate */
static const char *rate_value(struct page *page, struct cell cell)
{
    const struct pub_column *at = pub_column(cell.table, cell.column);
    return locale_fill(
        page->open, page->lang,
        arena_format(page->open, "reading.per.%s", events_of(cell.table)),
        "value", words_cell_said(page, cell), "unit",
        words_unit(page, at->unit), NULL);
}

/* "0,1 % ou moins": no probability is published beyond these. */
static const char *excess_value(struct page *page, struct cell cell)
{
    double percent = 0;
    const char *value = words_cell_said(page, cell);
    if (pub_read(cell.table, cell.row, cell.column, &percent) != AVAILABLE)
        return value;
    const char *key = "";
    if (percent <= ABOVE_LEAST_PERCENT)
        key = "reading.excess.least";
    else if (percent >= ABOVE_MOST_PERCENT)
        key = "reading.excess.most";
    return key[0] == '\0'
               ? value
               : locale_fill(page->open, page->lang, key, "value", value, NULL);
}

/* "48,2 cas pour 100 000 personnes-années (intervalle de confiance à 95 % : de
 * 46,1 à 50,4)" */
static const char *value_words(struct page *page, struct cell cell)
{
    const struct pub_column *at = pub_column(cell.table, cell.column);
    const char *value = words_cell_said(page, cell);
    if (is_rate(at) || text_same(at->unit, "per_100000"))
        value = rate_value(page, cell);
    else if (is_excess(at))
        value = excess_value(page, cell);
    else if (text_same(at->unit, "persons"))
        value = locale_fill(page->open, page->lang, "reading.persons", "value",
                            value, NULL);
    else if (clings(at->unit))
        value = with_unit(page, value, words_unit(page, at->unit));
    const char *parts[] = {value, words_limits(page, cell)};
    return text_join(page->open, parts, parts[1][0] == '\0' ? 1 : 2, " ");
}

/* --- the sentence --------------------------------------------------------- */

/* "taux standardisé, Europe 2013" ends with a comma before its verb; a list,
 * "cancers de la lèvre, de la bouche et du pharynx", does not. */
static bool ends_apposed(const char *subject)
{
    static const char *const joints[] = {" et ", " ou ", " and ", " or "};
    const char *comma = strstr(subject, ", ");
    for (size_t j = 0; comma != NULL && j < COUNT_OF(joints); j++) {
        if (strstr(comma, joints[j]) != NULL)
            return false;
    }
    return comma != NULL;
}

static const char *sentence(struct page *page, const char *key,
                            const char *context, const char *subject,
                            struct cell cell)
{
    bool comma = ends_apposed(subject);
    return locale_fill(
        page->open, page->lang, key, "context", context, "subject",
        comma ? arena_format(page->open, "%s,", subject) : subject, "value",
        value_words(page, cell), NULL);
}

/* "on compte", several of them; of none, or of one, the number is told. */
static const char *say_count(struct page *page, const char *context,
                             const char *subject, struct cell cell,
                             double value)
{
    return locale_fill(page->open, page->lang,
                       fabs(value) >= 2 ? "reading.count" : "reading.number",
                       "context", context, "subject", subject, "value",
                       value_words(page, cell), NULL);
}

/* "est de" needs a noun with its article. Nothing is read of a cell without a
 * value. */
static const char *say_cell(struct page *page, const char *context,
                            const char *subject, struct cell cell)
{
    double value = 0;
    const struct pub_column *at = pub_column(cell.table, cell.column);
    const char *noun = locale_definite(page->open, page->lang, subject);
    if (pub_read(cell.table, cell.row, cell.column, &value) != AVAILABLE)
        return "";
    if (at->kind == PUB_COUNT)
        return say_count(page, context, subject, cell, value);
    if (!words_are_text(at) && noun[0] != '\0')
        return sentence(page, "reading.value", context, noun, cell);
    context = arena_format(page->open, "%s, %s", context, subject);
    return locale_fill(page->open, page->lang, "report.reading", "context",
                       context, "value", value_words(page, cell), NULL);
}

/* "80 %" of the person-years */
static const char *covered(struct page *page, const struct caption_facts *facts)
{
    struct grid_cell cell = grid_read(page, facts->read_column,
                                      facts->read_rows, facts->row_dim_count);
    return num_format_percent(page->open, page->lang, cell.value,
                              facts->read_column->decimals);
}

const char *reading_sentence(struct page *page,
                             const struct caption_facts *facts)
{
    const struct source_column *column = facts->read_column;
    if (!column)
        return "";
    struct pick pick = column->pick;
    for (size_t r = 0; r < facts->row_dim_count; r++)
        (void)pick_node(&pick, facts->read_rows[r].dim,
                        facts->read_rows[r].node);
    if (column->coverage)
        return locale_fill(page->open, page->lang, "reading.coverage",
                           "context", context_words(page, &pick, NAMED_IF_PART),
                           "value", covered(page, facts), NULL);
    const struct cell cell = {pick.table, pub_row(pick.table, pick.place),
                              column->column};
    const struct pub_column *at = pub_column(pick.table, column->column);
    bool sited = (is_rate(at) || at->kind == PUB_COUNT) &&
                 site_words_find(page, pick_at(&pick, DIM_SITE)->code) != NULL;
    enum naming naming = NAMED_IF_PART;
    if (sited)
        naming = NAMED_LATER;
    else if (at->kind == PUB_STATISTIC &&
             !text_same(events_of(pick.table), "events"))
        naming = NAMED_IF_KNOWN;
    return say_cell(page, context_words(page, &pick, naming),
                    subject_words(page, &pick, column->column), cell);
}
