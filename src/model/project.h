/* SPDX-License-Identifier: EUPL-1.2 */
/* model/project.h - the configuration of a project: panorama.lua, read.
 *
 * A policy carries who answers for it: every rule and waiver has a legal
 * basis or reason, an owner and a date, and they are printed in the method
 * pages. What a rule does with a cell is written in closed/sdc, one file per
 * kind; here is only what the policy says. */
#ifndef MODEL_PROJECT_H
#define MODEL_PROJECT_H

#include "model/archive.h"
#include "model/frequency.h"
#include "model/plan.h"

/* Permission to publish a derived value whose support is not wholly shown, or
 * a release of which something is not proved beside an earlier one. */
struct waiver {
    const char *kind; /* column family: "standardised_rate"; or what is not
                         proved: "partly_revised" */
    const char *reason[LANG_COUNT];
    const char *owner[LANG_COUNT];
    const char *date; /* YYYY-MM-DD */
    int64_t least;    /* it is for rows of so many events or more; 0: for all */
};

/* Who may read a release: each also reads what those before it may. Rules may
 * hold for one of them only. */
enum audience {
    AUDIENCE_PUBLIC,
    AUDIENCE_AUTHORISED,
    AUDIENCE_INTERNAL,
    AUDIENCE_COUNT,
    AUDIENCE_ANY = AUDIENCE_COUNT, /* of a rule: all */
};

enum rule_kind {
    RULE_THRESHOLD,        /* counts 1..threshold-1, in place of the default */
    RULE_POPULATION_FLOOR, /* any count but 0 in too small a population */
    RULE_NON_EVENTS,       /* few persons left up to the population */
    RULE_ZEROS,            /* none or all of a small population */
    RULE_STRUCTURAL_ZEROS, /* zeros that everybody can deduce */
    RULE_STRICTER,         /* a higher threshold for some cells */
    RULE_MUST_SHOW,        /* these very cells */
    RULE_MUST_SUPPRESS,
    RULE_KIND_COUNT,
};

/* Cells that a rule is about. Words are those of plan.h; an empty selection
 * is every code, but in the list of a must_ rule the total, as in a plan. */
struct rule_cells {
    struct selection measures; /* a proportion stands for its numerator */
    struct selection sources;  /* of measures: words between ';' */
    struct selection select[DIM_COUNT];
};

/* A must_ rule is about exactly the cells that it lists. Any other is about
 * each cell that lies within what it selects: the codes of a selection taken
 * together, while a word for several codes ("level:region", "each") stands
 * for each of them alone. */
struct policy_rule {
    enum rule_kind kind;
    const char *label[LANG_COUNT]; /* what it is about, for readers; may be ""
                                      where it is about all cells or a list */
    enum audience audience;
    int64_t threshold;  /* threshold, stricter; else 0 */
    int64_t population; /* population_floor, zeros; else 0 */
    struct rule_cells *cells;
    size_t cell_count; /* 1 unless a must_ rule */
    const char *legal_basis[LANG_COUNT];
    const char *owner[LANG_COUNT];
    const char *date; /* YYYY-MM-DD */
};

struct policy {
    enum audience audience; /* of the release */
    enum audience readers;  /* a wider one that it must withstand in this
                               round, or no wider one: the audience itself */
    int64_t threshold; /* counts 1..threshold-1 are primary; at least 3; the
                          default where no threshold rule says otherwise */
    const char *legal_basis[LANG_COUNT];
    const char *owner[LANG_COUNT];
    const char *date; /* YYYY-MM-DD */
    struct waiver *waivers;
    size_t waiver_count;
    struct policy_rule *rules;
    size_t rule_count;
    int64_t unreliable_under; /* events: rate withheld under this (10) */
    int64_t caution_under;    /* events: flag `a` under this (20) */
    int64_t alive_under;      /* people alive at the start of an interval:
                                 survival withheld under this (25) */
};

/* Polygons drawn for a code that the boundary file does not have. */
struct geo_alias {
    const char *level;
    const char *code;
    const char **members;
    size_t member_count;
};

/* Years of a measure. */
struct years {
    int low, high;
};

/* A declaration that counts have not changed since earlier vintages: cells of
 * other releases are then the same numbers as this one's. */
struct unrevised {
    const char *measure;
    struct years *periods; /* none: every period */
    size_t period_count;
    const char *since; /* vintages extracted from this date on, or "" */
};

/* How far a release is from its readers. */
enum project_state {
    STATE_PUBLIC,
    STATE_DRAFT,   /* watermark, numbered lines */
    STATE_REVIEW,  /* numbered lines */
    STATE_EMBARGO, /* final, closed until a moment that every page tells */
    STATE_COUNT,
};

struct project {
    const char *directory; /* all paths below are relative to it */
    const char *id;        /* release id: [a-z0-9-]+ */
    const char *series;    /* what releases of one kind have in common, written
                              like an id; "" none is told */
    const char *previous;  /* id of the release before this one; "" none */
    const char *changes[LANG_COUNT]; /* since then; "" none are told */
    const char *title[LANG_COUNT];
    const char *publisher[LANG_COUNT];
    const char *date; /* release date YYYY-MM-DD: the only date in outputs */
    const char *licence[LANG_COUNT]; /* "" none, and so is the contact */
    const char *contact[LANG_COUNT];
    enum frequency frequency; /* of releases like this one */
    enum project_state state;
    const char *embargo;  /* until when, YYYY-MM-DD HH:MM; "" none */
    const char *ledger;   /* directory of what was published */
    const char *key_file; /* of the inside key, or "" */
    struct unrevised *unrevised;
    size_t unrevised_count;
    struct unrevised *revised; /* the contrary; no `since` */
    size_t revised_count;
    const char *theme; /* file of the house style, "" the built-in one */
    const char *store; /* path, or the address of another kind */
    enum lang langs[LANG_COUNT];
    size_t lang_count;
    enum archive archive; /* of PDF files */
    bool compact;         /* their objects packed together */
    const char **reports; /* definition files */
    size_t report_count;
    struct policy policy;
    const char *layout; /* map layout of geo/, e.g. "france"; "" none */
    struct geo_alias *aliases;
    size_t alias_count;
};

const char *state_name(enum project_state state); /* "public", "draft", ... */
bool state_parse(const char *name, enum project_state *out) MUST_USE;
/* True while the release may still be replaced by another: draft, review. */
bool state_replaceable(enum project_state state);
/* What readers are told of the state: "Sous embargo jusqu'au 4 février 2027,
 * 10 h"; "" for a public release. */
const char *state_words(struct arena *arena, enum lang lang,
                        const struct project *project);
const char *audience_name(enum audience audience); /* "public", ... */
bool audience_parse(const char *name, enum audience *out) MUST_USE;
const char *rule_kind_name(enum rule_kind kind); /* "threshold", ... */
bool rule_kind_parse(const char *name, enum rule_kind *out) MUST_USE;
bool rule_kind_lists(enum rule_kind kind); /* must_show, must_suppress */
/* Field of panorama.lua that selects by a dimension: "territories", ... */
const char *rule_field(enum dim dim);
/* True when the rule selects nothing, and so is about every cell. */
bool rule_selects_all(const struct policy_rule *rule);
/* What a rule is about, as the JSON object that readers get: the words of its
 * selections by field, {} for every cell. The cells of a must_ list are told to
 * nobody: {} too. */
void rule_about_write(struct text *out, const struct policy_rule *rule);
/* Back into the cells of the rule, none for a must_ list; false for anything
 * else. */
struct json;
bool rule_about_read(struct arena *arena, const struct json *object,
                     struct policy_rule *rule) MUST_USE;
/* The declarations of a project as the JSON list that readers get, and back;
 * false for anything else. */
void unrevised_write(struct text *out, const struct project *project);
bool unrevised_read(struct arena *arena, const struct json *list,
                    struct unrevised **out, size_t *count) MUST_USE;
/* The widest audience that the attack is thought to come from. */
enum audience policy_readers(const struct policy *policy);
/* True when the rule holds: what must be shown is said for the audience of the
 * release, what must not for its readers. */
bool rule_in_force(const struct policy *policy, const struct policy_rule *rule);

/* False for a text that no language has. */
bool project_tells(const char *const texts[LANG_COUNT]);
/* Whether a release may have this id: letters a-z, digits and '-'. It is a
 * folder of output/, and can be neither empty nor a path. */
bool project_is_id(const char *id) MUST_USE;
/* Checks values that need no store (id form, dates, threshold >= 3, owners
 * present, words of selections). ERR_SCRIPT naming rule and field. */
bool project_check(const struct project *project, struct err *err) MUST_USE;
/* The part of it that an edition holds too; not its rules. */
bool project_check_published(const struct project *project,
                             struct err *err) MUST_USE;
/* True for a relative path that stays below the project: no part of it is
 * "..". Dots inside a name are none of this. */
bool project_holds(const char *path);
const struct waiver *policy_waiver(const struct policy *policy,
                                   const char *kind); /* or NULL */

#endif
