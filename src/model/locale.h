/* SPDX-License-Identifier: EUPL-1.2 */
/* model/locale.h - numbers, dates, and every sentence a reader sees.
 *
 * French first, English second; a missing translation is an error found by
 * a test, never at run time. French: decimal comma, U+202F between thousands
 * (four-digit numbers too, years never), U+2212 minus, U+00A0 before % and
 * units; English: point and comma. */
#ifndef MODEL_LOCALE_H
#define MODEL_LOCALE_H

#include "model/code.h"

/* Published availability of a cell; letters of the CSV `status` column. */
enum availability {
    AVAILABLE,      /* v: a value */
    CONFIDENTIAL,   /* c: statistical secrecy */
    UNRELIABLE,     /* u: too few events, value withheld */
    NOT_APPLICABLE, /* z */
    NOT_AVAILABLE,  /* x */
    NOT_COVERED,    /* h: the sources do not cover it */
    AVAILABILITY_COUNT,
};

enum flag {
    FLAG_PROVISIONAL = 1, /* p */
    FLAG_ESTIMATED = 2,   /* e */
    FLAG_PROJECTED = 4,   /* j */
    FLAG_REVISED = 8,     /* r */
    FLAG_BREAK = 16,      /* b */
    FLAG_CAUTION = 32,    /* a: few events, or partial coverage */
};

/* How well an estimate calibrated on registries predicts them (Chatignoux 2019;
 * docs/method/projections.md). */
enum grade {
    GRADE_NONE, /* not told */
    GRADE_A_PLUS_PLUS,
    GRADE_A_PLUS,
    GRADE_B, /* B--, printed with minus signs: not published by territory */
};

/* From "A++", "A+", "B--" or "". */
bool grade_parse(const char *text, enum grade *out) MUST_USE;

char availability_letter(enum availability availability);
bool availability_parse(char letter, enum availability *out) MUST_USE;
/* "secret statistique" / "confidential", ... for people. */
const char *availability_words(enum lang lang, enum availability availability);
/* Sign in tables: "c", "n.f.", "///", "n.d.", "n.c." / "[c]", "[u]", ... */
const char *availability_sign(enum lang lang, enum availability availability);
/* Letters of the set flags in the order p e j r b a; "" when none. */
char *flag_letters(struct arena *arena, unsigned flags);
/* The same in words: "provisoire, estimé". */
char *flag_words(struct arena *arena, enum lang lang, unsigned flags);
bool flag_parse(const char *letters, unsigned *out) MUST_USE;

/* "354,9", "433 136" (U+202F), "−2,1". */
char *num_format(struct arena *arena, enum lang lang, double value,
                 int decimals);
/* "12 345", from a count. */
char *num_format_count(struct arena *arena, enum lang lang, int64_t count);
/* "354,9 [IC95 % : 352,1 ; 357,8]" / "354.9 [95% CI: 352.1 to 357.8]". */
char *num_format_interval(struct arena *arena, enum lang lang, double value,
                          double lower, double upper, int decimals);
/* A large count as sentences say it, with three digits, or in millions with one
 * decimal: "238 000", "4,1 millions" / "4.1 million". */
char *num_format_about(struct arena *arena, enum lang lang, double value);
/* "12,3 %" / "12.3%". */
char *num_format_percent(struct arena *arena, enum lang lang, double value,
                         int decimals);
/* Reads YYYY-MM-DD, a day of the calendar. */
bool date_parse(const char *date, int *year, int *month, int *day) MUST_USE;
bool date_exists(const char *date); /* whether date_parse reads it */
/* "1er janvier 2027" / "1 January 2027", from YYYY-MM-DD; U+00A0 between day
 * and month. Superscripts are the document engine's work. Text that is no
 * date comes back as it is. */
char *date_format(struct arena *arena, enum lang lang, const char *date);
/* "2019-2023" -> "2019-2023"; "de 2019 à 2023" with words set, "en 2019" for
 * one year. A period without years gives its label. */
char *period_format(struct arena *arena, enum lang lang,
                    const struct node *period, bool words);
/* Age class "00-04" -> "0-4 ans", "85+" -> "85 ans et plus", the total and
 * 0 and over -> "tous âges" / "all ages". */
char *age_format(struct arena *arena, enum lang lang, const struct node *age);
/* Applies French typography to running text: spaces before ; : ! ? % and
 * inside « », between a number and "ans", in "n° 5", "p < 0,05" and
 * "433 136"; straight quotes and apostrophes to « » and U+2019. English text
 * only gets typographic quotes. Web addresses are left alone; applying it
 * twice changes nothing. */
char *locale_typography(struct arena *arena, enum lang lang, const char *text);

/* Values of the units "position" (in a funnel), "evidence" (of a variation
 * between areas) and "grade" (of an estimate) are classes: whole numbers that
 * stand for words. NULL: no such class. */
const char *class_words(enum lang lang, const char *unit, double value);
bool class_is_unit(const char *unit);
/* All of them in order, unit by unit; false after the last one. */
bool class_at(size_t number, const char **unit, int *value);

/* The name of a statistic by the id of its column: "rate_ratio",
 * "joinpoint_start_2". Asserts that it is one. */
const char *statistic_heading(struct arena *arena, enum lang lang,
                              const char *id);
/* "per_100000" in words, and in few, "" where a reader needs none. A unit that
 * the program does not know is the store's own word. */
const char *unit_words(enum lang lang, const char *unit);
/* The program's word of a unit that a store may write otherwise: "percent" of
 * "%", "percent_per_year" of "% a year"; any other is its own. */
const char *unit_code(const char *unit);
const char *unit_words_short(enum lang lang, const char *unit);

/* A noun of the field's with its article, inside a sentence: "le taux brut",
 * "la survie nette", "l’incidence"; "the crude rate". "" for French words
 * whose gender the program does not know, plurals among them. */
char *locale_definite(struct arena *arena, enum lang lang, const char *noun);

/* The sentence of a key ("table.continued"), asserting that it exists. Keys
 * and both languages live in the lists of locale_text*.c; other modules add
 * their lines there. */
const char *locale_text(enum lang lang, const char *key);
/* The same with {name} replaced by the values, pairs ended by NULL:
 * locale_fill(arena, LANG_FR, "map.summary", "areas", "96", NULL). */
char *locale_fill(struct arena *arena, enum lang lang, const char *key, ...);
/* The same for a sentence that was looked up before, to fill it often. */
char *locale_fill_sentence(struct arena *arena, const char *sentence, ...);
/* "1 territoire", "96 territoires": the sentence KEY.one or KEY.many with
 * {count} replaced. French uses the singular for 0 too. */
char *locale_count(struct arena *arena, enum lang lang, const char *key,
                   int64_t count);

#endif
