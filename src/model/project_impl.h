/* SPDX-License-Identifier: EUPL-1.2 */
/* model/project_impl.h - checks shared by the files of project.h only. */
#ifndef MODEL_PROJECT_IMPL_H
#define MODEL_PROJECT_IMPL_H

#include "model/project.h"

enum {
    THRESHOLD_LEAST = 3, /* at 2, whoever is alone in a cell is shown */
};

/* "FIELD: expected EXPECTED". */
bool project_fail(struct err *err, const char *field, const char *expected);
/* A text in every language of the project. One of all languages says so in
 * each; one that a single language has not is no text. */
bool project_check_texts(const struct project *project,
                         const char *const texts[LANG_COUNT], const char *field,
                         struct err *err) MUST_USE;
/* The same of a text that need not be given: in every language, or in none. */
bool project_check_optional(const struct project *project,
                            const char *const texts[LANG_COUNT],
                            const char *field, struct err *err) MUST_USE;
bool project_check_date(const char *date, const char *field,
                        struct err *err) MUST_USE;
/* An embargo has its moment, another state has none. */
bool project_check_state(const struct project *project,
                         struct err *err) MUST_USE;
/* The rules of the policy: "policy: rule 2 (stricter): ...". */
bool project_check_rules(const struct project *project,
                         struct err *err) MUST_USE;

#endif
