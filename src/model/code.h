/* SPDX-License-Identifier: EUPL-1.2 */
/* model/code.h - the codes that counts are counted by.
 *
 * Six dimensions, always in this order. Each is a list of nodes in display
 * order; a node is a code, its labels, and the set of *leaves* (finest codes
 * that facts are stored by) that it is the sum of. Totals, régions, zones,
 * site groups, age bands and pooled periods are all nodes: sets of leaves.
 * Nothing here holds a count. Codes are text; a territory code means nothing
 * without its level. */
#ifndef MODEL_CODE_H
#define MODEL_CODE_H

#include "base/err.h"
#include "base/text.h"

enum dim {
    DIM_TERRITORY,
    DIM_SITE,
    DIM_SEX,
    DIM_AGE,
    DIM_PERIOD,
    DIM_STRATUM, /* survival horizon, prevalence window, ...; else one total */
    DIM_COUNT,
};

enum lang {
    LANG_FR,
    LANG_EN,
    LANG_COUNT,
};

/* Code of every total made by the program ("both sexes", "all ages",
 * "no stratum"). Territory and site totals are the store's own roots. */
#define CODE_TOTAL "T"

struct node {
    const char *code;
    const char *level; /* territory: the store's level; site: "all", "group"
                          or "site"; sex, age, period, stratum: "total",
                          "leaf", or "band" for age bands and pooled years */
    const char *label[LANG_COUNT];
    const char *article;    /* territory: French prefixes "dans le |du ", see
                               model/place.h; else "" */
    const char *icd10;      /* site, else "" */
    const char *sex;        /* site: "M" or "F" when sex-specific, else "" */
    int parent;             /* node it is a part of, or -1 */
    int low, high;          /* age: completed years, high -1 when open ended;
                               period: first and last year; else 0 */
    bool zone;              /* territory: a zone that nests in nothing */
    const uint16_t *leaves; /* ascending leaf numbers */
    size_t leaf_count;
};

struct dimension {
    enum dim dim;
    struct node *nodes;
    size_t count;
    size_t capacity;
    size_t leaf_count;
    const int *leaf_node; /* [leaf_count] the node that is this leaf */
};

enum measure_kind {
    MEASURE_COUNT,        /* persons or events: disclosure control applies */
    MEASURE_PERSON_YEARS, /* denominators: public */
    MEASURE_PROPORTION,   /* numerator and denominator are count measures */
    MEASURE_ESTIMATE,     /* value with interval, from a model or survey */
    MEASURE_DURATION,     /* months or years, stored like an estimate */
};

struct measure {
    const char *code;
    enum measure_kind kind;
    const char *unit;       /* "cases", "%", "persons", ... */
    const char *table_name; /* fact table of the store */
    const char *numerator;  /* measure code, "" when it has none */
    const char *denominator;
    bool confidential;
    unsigned dims;      /* 1 << dim for each dimension it is counted by; in
                           the others its facts belong to every node */
    const char *source; /* printed under figures */
    const char *method;
    const char *label[LANG_COUNT];
};

/* A standard population: weights by completed age, checked against their
 * declared total. Data, not code: read from lua-scripts/lib/standards.lua. */
struct standard_band {
    int low, high; /* high -1: open ended */
    double weight;
};

struct standard {
    const char *code; /* "world", "esp2013" */
    const char *label[LANG_COUNT];
    const char *source;
    double total;
    const struct standard_band *bands;
    size_t count;
};

/* Key and value of the store's `registry` table, and of a release. */
struct pair {
    const char *key;
    const char *value;
};

/* All the vocabulary of one store. */
struct codes {
    struct dimension dims[DIM_COUNT];
    struct measure *measures;
    size_t measure_count;
    struct pair *registry;
    size_t registry_count;
};

/* "count", "person_years", "proportion", "estimate", "duration". */
const char *measure_kind_name(enum measure_kind kind);
bool measure_kind_parse(const char *name, enum measure_kind *out) MUST_USE;
const char *dim_name(enum dim dim); /* "territory", "site", ... */
bool dim_parse(const char *name, enum dim *out) MUST_USE;
const char *lang_code(enum lang lang); /* "fr", "en" */
bool lang_parse(const char *code, enum lang *out) MUST_USE;

/* Node of a code; for territories `level` must be given, elsewhere NULL means
 * any level. -1 when absent. */
int code_find(const struct dimension *dimension, const char *level,
              const char *code);
/* The node of all leaves that is no zone; -1 when there is none. */
int code_total(const struct dimension *dimension);
const struct measure *code_measure(const struct codes *codes,
                                   const char *code); /* or NULL */
/* Value of a registry key, or "". */
const char *code_registry(const struct codes *codes, const char *key);
/* Fails with ERR_SCRIPT: "the store has no measure 'case'; the nearest is
 * 'cases'". */
bool code_no_measure(const struct codes *codes, const char *code,
                     const char *id, struct err *err);
/* What the store says of a measure in a language: its own texts are French, the
 * English ones stand in the registry as source.CODE.en and method.CODE.en; the
 * French one where there is none. */
const char *code_measure_source(const struct codes *codes,
                                const struct measure *measure, enum lang lang);
const char *code_measure_method(const struct codes *codes,
                                const struct measure *measure, enum lang lang);

/* Adds a node (fields copied, texts not) and returns its index. */
int code_add(struct arena *arena, struct dimension *dimension,
             const struct node *node);
/* The node that is the sum of the leaves of `nodes`, found or added with the
 * given code and labels; used for age bands and pooled periods. */
int code_band(struct arena *arena, struct dimension *dimension, int low,
              int high, struct err *err) MUST_USE;
/* True when a is the sum of leaves that all belong to b. */
bool code_within(const struct node *a, const struct node *b);

#endif
