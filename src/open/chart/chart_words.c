/* SPDX-License-Identifier: EUPL-1.2 */
#include <ctype.h>
#include <string.h>

#include "chart/chart_impl.h"

enum { NAMES_MOST = 12 }; /* missing points named one by one */

/* --- numbers and names ---------------------------------------------------- */

/* With the digits that it is known to; series of fewer decimals than the
 * first keep those of the job. */
static int decimals_of(const struct chart_job *job,
                       const struct chart_point *point)
{
    int decimals = job->decimals - point->coarser;
    return decimals < 0 ? 0 : decimals;
}

const char *chart_value_text(struct arena *arena, const struct chart_job *job,
                             const struct chart_point *point)
{
    int decimals = decimals_of(job, point);
    return job->percent
               ? num_format_percent(arena, job->lang, point->value, decimals)
               : num_format(arena, job->lang, point->value, decimals);
}

const char *chart_number(const struct chart_view *view,
                         const struct chart_point *point)
{
    return num_format(view->arena, view->job->lang, point->value,
                      decimals_of(view->job, point));
}

const char *chart_series_name(const struct chart_job *job, size_t series)
{
    const char *label = job->series[series].label;
    return label[0] ? label : locale_text(job->lang, "chart.series.unnamed");
}

/* Name of a point for people: "Hommes, 2015" or "2015". */
static const char *point_name(struct arena *arena, const struct chart_job *job,
                              size_t series, const char *label)
{
    if (chart_values(job) < 2)
        return label;
    return arena_format(arena, "%s, %s", chart_series_name(job, series), label);
}

const char *chart_point_words(const struct chart_view *view, size_t series,
                              const struct chart_point *point)
{
    const struct chart_job *job = view->job;
    const char *value;
    if (!chart_shown(point))
        value = availability_words(job->lang, point->availability);
    else if (point->has_interval)
        value = num_format_interval(view->arena, job->lang, point->value,
                                    point->lower, point->upper, job->decimals);
    else
        value = chart_number(view, point);
    return locale_fill(view->arena, job->lang, "chart.point", "name",
                       point_name(view->arena, job, series, point->label),
                       "value", value, NULL);
}

const char *chart_short_age(struct arena *arena, const char *label)
{
    const char *at = label;
    while (isdigit((unsigned char)*at))
        at++;
    if (at == label || *at == '\0')
        return label;
    static const char dash[] = "\u2013";
    if (*at == '-' || text_starts(at, dash)) {
        at += *at == '-' ? 1 : strlen(dash);
        while (isdigit((unsigned char)*at))
            at++;
        return arena_slice(arena, label, (size_t)(at - label));
    }
    if (text_ends(label, "et plus") || text_ends(label, "and over") ||
        text_ends(label, "+"))
        return arena_format(arena, "%.*s+", (int)(at - label), label);
    return label;
}

/* --- signs and notes ------------------------------------------------------ */

/* All flags of shown values; *interval when one has limits. */
static unsigned used_flags(const struct chart_job *job, bool *interval)
{
    unsigned used = 0;
    *interval = false;
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *point = &job->series[s].points[i];
            if (!chart_shown(point))
                continue;
            used |= point->flags;
            *interval = *interval || point->has_interval;
        }
    }
    return used;
}

unsigned chart_signs_of_curves(const struct chart_job *job)
{
    bool interval;
    unsigned used = used_flags(job, &interval), signs = 0;
    if (used & FLAG_PROJECTED)
        signs |= SIGN_DASHES;
    if (used & CHART_SOFT)
        signs |= SIGN_HOLLOW;
    if (used & FLAG_BREAK)
        signs |= SIGN_BREAK;
    return signs;
}

static bool is_one_sided(const struct chart_point *point)
{
    return chart_shown(point) && point->has_interval &&
           point->lower < point->upper &&
           (point->lower >= point->value || point->upper <= point->value);
}

unsigned chart_one_sided(const struct chart_job *job)
{
    if (job->decimals > 0)
        return 0;
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            if (is_one_sided(&job->series[s].points[i]))
                return SIGN_ONE_SIDED;
        }
    }
    return 0;
}

unsigned chart_signs_of_bars(const struct chart_job *job)
{
    bool interval;
    unsigned used = used_flags(job, &interval);
    unsigned signs = interval ? SIGN_WHISKER : 0;
    return used & CHART_HOLLOW ? signs | SIGN_STAR : signs;
}

unsigned chart_signs_of_dots(const struct chart_job *job, bool figures)
{
    bool interval;
    unsigned used = used_flags(job, &interval);
    unsigned signs = interval ? SIGN_WHISKER : 0;
    if (used & CHART_HOLLOW)
        signs |= SIGN_HOLLOW | (figures ? SIGN_STAR : 0);
    return signs;
}

static void add_sentence(struct text *out, const char *sentence)
{
    if (out->size > 0 && sentence[0] != '\0')
        text_add_char(out, ' ');
    text_add(out, sentence);
}

/* "provisoire, estimé": those of the flags that occur. */
static const char *used_words(const struct chart_view *view, unsigned flags)
{
    bool interval;
    return flag_words(view->arena, view->job->lang,
                      flags & used_flags(view->job, &interval));
}

/* "c : secret statistique." for every status that occurs. */
static void add_missing_signs(const struct chart_view *view,
                              const size_t used[AVAILABILITY_COUNT],
                              struct text *out)
{
    enum lang lang = view->job->lang;
    for (int a = AVAILABLE + 1; a < AVAILABILITY_COUNT; a++) {
        enum availability status = (enum availability)a;
        if (used[a] > 0)
            add_sentence(
                out, locale_fill(view->arena, lang, "chart.note.sign", "sign",
                                 availability_sign(lang, status), "words",
                                 availability_words(lang, status), NULL));
    }
}

/* "Sans marque : 2 (secret statistique), 1 (non fiable)." */
static void add_absent(const struct chart_view *view,
                       const size_t used[AVAILABILITY_COUNT], struct text *out)
{
    enum lang lang = view->job->lang;
    struct text list = text_new(view->arena);
    for (int a = AVAILABLE + 1; a < AVAILABILITY_COUNT; a++) {
        if (used[a] == 0)
            continue;
        if (list.size > 0)
            text_add(&list, locale_text(lang, "list.separator"));
        text_format(&list, "%zu (%s)", used[a],
                    availability_words(lang, (enum availability)a));
    }
    if (list.size > 0)
        add_sentence(out, locale_fill(view->arena, lang, "chart.note.absent",
                                      "list", list.at, NULL));
}

/* What stands for missing values, or how many have no mark: where no value is
 * shown, nothing is drawn that could have one. */
static void add_missing_notes(const struct chart_view *view, bool absent,
                              struct text *out)
{
    const struct chart_job *job = view->job;
    size_t used[AVAILABILITY_COUNT] = {0};
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++)
            used[job->series[s].points[i].availability]++;
    }
    if (absent || used[AVAILABLE] == 0)
        add_absent(view, used, out);
    else
        add_missing_signs(view, used, out);
}

const char *chart_notes(const struct chart_view *view, unsigned signs)
{
    static const struct {
        unsigned sign;
        const char *key;
    } plain[] = {
        {SIGN_BAND, "chart.note.band"},
        {SIGN_HIDDEN_BAND, "chart.note.hidden_band"},
        {SIGN_WHISKER, "chart.note.whisker"},
        {SIGN_ONE_SIDED, "chart.note.one_sided"},
        {SIGN_DASHES, "chart.note.dashes"},
        {SIGN_BREAK, "chart.note.break"},
        {SIGN_NOT_FROM_ZERO, "chart.note.not_from_zero"},
        {SIGN_LOG, "chart.note.log"},
        {SIGN_FUNNEL, "chart.note.funnel"},
        {SIGN_FUNNELS, "chart.note.funnels"},
        {SIGN_SPINE, "chart.note.spine"},
        {SIGN_SPINE_PLAIN, "chart.note.spine_plain"},
        {SIGN_NO_FIGURES, "chart.note.no_figures"},
        {SIGN_NO_RANKS, "chart.note.no_ranks"},
        {SIGN_THINNED, "chart.note.thinned"},
    };
    enum lang lang = view->job->lang;
    struct text out = text_new(view->arena);
    const unsigned both = SIGN_BAND | SIGN_WHISKER;
    if ((signs & both) == both) {
        add_sentence(&out, locale_text(lang, "chart.note.band_or_whisker"));
        signs &= ~both;
    }
    for (size_t i = 0; i < COUNT_OF(plain); i++) {
        if (signs & plain[i].sign)
            add_sentence(&out, locale_text(lang, plain[i].key));
    }
    if (signs & SIGN_FIT)
        add_sentence(&out,
                     locale_fill(view->arena, lang, "chart.note.fit", "label",
                                 chart_role_label(view->job, ROLE_FIT), NULL));
    bool star = (signs & SIGN_STAR) != 0;
    bool dashes = (signs & SIGN_DASHES) != 0; /* these tell what is projected */
    if (signs & SIGN_HOLLOW)
        add_sentence(
            &out,
            locale_fill(
                view->arena, lang,
                star ? "chart.note.hollow_star" : "chart.note.hollow", "flags",
                used_words(view, dashes ? CHART_SOFT : CHART_HOLLOW), NULL));
    else if (star)
        add_sentence(&out,
                     locale_fill(view->arena, lang, "chart.note.star", "flags",
                                 used_words(view, CHART_HOLLOW), NULL));
    if (!(signs & SIGN_PATTERN))
        add_missing_notes(view, (signs & SIGN_ABSENT) != 0, &out);
    return out.at;
}

/* --- alternative texts ---------------------------------------------------- */

struct extremes {
    bool any;
    size_t seen, shown, missing;
    const struct chart_point *first, *last, *lowest, *highest;
    size_t lowest_series, highest_series;
};

static void look(struct extremes *found, size_t series,
                 const struct chart_point *point)
{
    found->seen++;
    if (!chart_shown(point)) {
        found->missing += point->availability != NOT_APPLICABLE;
        return;
    }
    if (!found->any) {
        found->first = found->lowest = found->highest = point;
        found->lowest_series = found->highest_series = series;
    }
    if (point->value < found->lowest->value) {
        found->lowest = point;
        found->lowest_series = series;
    }
    if (point->value > found->highest->value) {
        found->highest = point;
        found->highest_series = series;
    }
    found->last = point;
    found->any = true;
    found->shown++;
}

static void look_at_series(struct extremes *found, const struct chart_job *job,
                           size_t series)
{
    for (size_t i = 0; i < job->series[series].count; i++)
        look(found, series, &job->series[series].points[i]);
}

static const char *subject_of(const struct chart_job *job)
{
    if (job->subject[0])
        return job->subject;
    return job->title[0] ? job->title : job->y_label;
}

/* Printed, the lowest and the highest are the same. */
static bool is_equal(struct arena *arena, const struct chart_job *job,
                     const struct extremes *found)
{
    return text_same(chart_value_text(arena, job, found->lowest),
                     chart_value_text(arena, job, found->highest));
}

/* From which value to which, and where these are. */
static const char *range_words(struct arena *arena, const struct chart_job *job,
                               const struct extremes *found)
{
    if (found->seen == 0)
        return "";
    if (!found->any)
        return locale_text(job->lang, "chart.alt.none");
    const char *low = chart_value_text(arena, job, found->lowest);
    const char *low_label =
        point_name(arena, job, found->lowest_series, found->lowest->label);
    if (found->shown == 1)
        return locale_fill(arena, job->lang, "chart.alt.single", "value", low,
                           "label", low_label, NULL);
    /* of one place, that is named */
    if (is_equal(arena, job, found) &&
        !text_same(found->first->label, found->last->label))
        return locale_fill(arena, job->lang, "chart.alt.equal", "value", low,
                           NULL);
    return locale_fill(
        arena, job->lang, "chart.alt.range", "low", low, "low_label", low_label,
        "high", chart_value_text(arena, job, found->highest), "high_label",
        point_name(arena, job, found->highest_series, found->highest->label),
        NULL);
}

const char *chart_alt(struct arena *arena, const struct chart_job *job,
                      const struct chart_type *type)
{
    struct extremes found = {0};
    for (size_t s = 0; s < chart_values(job); s++)
        look_at_series(&found, job, s);
    struct text out = text_new(arena);
    const char *subject = subject_of(job);
    const char *words = locale_text(job->lang, type->words);
    if (subject[0])
        add_sentence(&out, locale_fill(arena, job->lang, "chart.alt", "kind",
                                       words, "subject", subject, NULL));
    else
        add_sentence(&out, arena_format(arena, "%s.", words));
    if (!type->apart || !found.any)
        add_sentence(&out, range_words(arena, job, &found));
    const char *pattern = chart_pattern(arena, job);
    if (pattern[0])
        add_sentence(&out, pattern);
    if (found.missing > 0)
        add_sentence(&out, locale_count(arena, job->lang, "chart.alt.missing",
                                        (int64_t)found.missing));
    return out.at;
}

/* Commas part labels that have none themselves: "Incidence, poumon, hommes". */
static const char *between_labels(const struct chart_job *job, size_t series)
{
    for (size_t i = 0; i < job->series[series].count; i++) {
        if (strchr(job->series[series].points[i].label, ',') != NULL)
            return locale_text(job->lang, "chart.separator");
    }
    return locale_text(job->lang, "list.separator");
}

/* "2015, 2016 (secret statistique)" of one status, "" when none. */
static const char *missing_list(struct arena *arena,
                                const struct chart_job *job, size_t series,
                                enum availability status)
{
    struct text out = text_new(arena);
    size_t count = 0;
    for (size_t i = 0; i < job->series[series].count; i++) {
        const struct chart_point *point = &job->series[series].points[i];
        if (point->availability != status)
            continue;
        if (count++ >= NAMES_MOST)
            continue;
        if (out.size > 0)
            text_add(&out, between_labels(job, series));
        text_add(&out, point->label);
    }
    if (count > NAMES_MOST)
        text_add(&out, locale_count(arena, job->lang, "chart.more",
                                    (int64_t)(count - NAMES_MOST)));
    if (count > 0)
        text_format(&out, " (%s)", availability_words(job->lang, status));
    return out.at;
}

static void add_missing(struct text *out, const struct chart_job *job,
                        size_t series)
{
    struct text list = text_new(out->arena);
    for (int a = AVAILABLE + 1; a < AVAILABILITY_COUNT; a++) {
        const char *names =
            missing_list(out->arena, job, series, (enum availability)a);
        if (names[0] && list.size > 0)
            text_add(&list, locale_text(job->lang, "chart.separator"));
        text_add(&list, names);
    }
    if (list.size > 0)
        add_sentence(out, locale_fill(out->arena, job->lang, "chart.missing",
                                      "label", chart_series_name(job, series),
                                      "list", list.at, NULL));
}

/* The ends where values are in order, and the extremes where these are others;
 * one value, or the same everywhere, once. */
static void describe_values(struct text *out, const struct chart_job *job,
                            size_t series, const struct extremes *found,
                            bool in_order)
{
    struct arena *arena = out->arena;
    const char *name = chart_series_name(job, series);
    const char *low = chart_value_text(arena, job, found->lowest);
    if (found->shown == 1 || is_equal(arena, job, found)) {
        add_sentence(out, locale_fill(arena, job->lang,
                                      found->shown == 1 ? "chart.series.single"
                                                        : "chart.series.equal",
                                      "label", name, "value", low, "at",
                                      found->lowest->label, NULL));
        return;
    }
    if (in_order)
        add_sentence(out,
                     locale_fill(arena, job->lang, "chart.series", "label",
                                 name, "first",
                                 chart_value_text(arena, job, found->first),
                                 "first_label", found->first->label, "last",
                                 chart_value_text(arena, job, found->last),
                                 "last_label", found->last->label, NULL));
    if (!in_order || job->series[series].count > 2)
        add_sentence(out,
                     locale_fill(arena, job->lang, "chart.extremes", "label",
                                 name, "low", low, "low_label",
                                 found->lowest->label, "high",
                                 chart_value_text(arena, job, found->highest),
                                 "high_label", found->highest->label, NULL));
}

static void describe_series(struct text *out, const struct chart_job *job,
                            size_t series, const struct chart_type *type)
{
    struct arena *arena = out->arena;
    struct extremes found = {0};
    look_at_series(&found, job, series);
    const char *name = chart_series_name(job, series);
    if (found.seen == 0)
        return;
    if (!found.any)
        add_sentence(out, locale_fill(arena, job->lang, "chart.series.none",
                                      "label", name, NULL));
    else if (!type->apart)
        describe_values(out, job, series, &found, !type->unordered);
    add_missing(out, job, series);
}

const char *chart_description(struct arena *arena, const struct chart_job *job,
                              const struct chart_type *type)
{
    struct text out = text_new(arena);
    if (job->y_label[0])
        add_sentence(&out, locale_fill(arena, job->lang, "chart.unit", "unit",
                                       job->y_label, NULL));
    for (size_t s = 0; s < chart_values(job); s++)
        describe_series(&out, job, s, type);
    return out.at;
}
