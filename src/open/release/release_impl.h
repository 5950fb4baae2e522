/* SPDX-License-Identifier: EUPL-1.2 */
/* release/release_impl.h - parts of a release shared by its files. */
#ifndef RELEASE_RELEASE_IMPL_H
#define RELEASE_RELEASE_IMPL_H

#include "release/release.h"

/* index.html in each language of the release, from the cards. */
bool release_index(const struct release_job *job, const char *directory,
                   struct err *err) MUST_USE;
/* A link to a file of what the title names: shown as `words`, read aloud with
 * the title. */
void release_index_link(struct text *out, const char *path, const char *title,
                        const char *words);
/* The section of open data of such a page: each data set by its title, then
 * the code lists. Nothing where there are none. */
bool release_index_data(struct text *out, const struct edition *edition,
                        const char *directory, enum lang lang,
                        struct err *err) MUST_USE;
/* Rules that figures do without, from the cards, as members of a JSON list. */
bool release_waivers(const char *directory, struct text *out,
                     struct err *err) MUST_USE;
/* `waivers` are those of figures, as release_waivers wrote them. */
bool release_manifest(const struct release_job *job, const char *directory,
                      const char *waivers, struct err *err) MUST_USE;
bool release_sums(const char *directory, struct err *err) MUST_USE;
/* The card of a document: title, language, territory, files made and workbooks
 * where it has several. */
bool release_card(const struct release_job *job,
                  const struct document *document, size_t number,
                  const char *directory, struct err *err) MUST_USE;

/* Makes what lies complete in the directory `staging` appear as OUTPUT/NAME,
 * and keeps its edition. ERR_USAGE where other content stands there that does
 * not give way, or ERR_IO; OUTPUT/NAME is then what it was. Where even the way
 * back fails nothing is removed: the message says that the release stands
 * without its edition, and that the draft lies in OUTPUT/.replaced-NAME. There
 * it stays until a release of the name has appeared. */
#define RELEASE_REPLACED_DRAFT ".replaced-"
bool release_appear(const struct release_job *job, const char *staging,
                    enum release_outcome *outcome, struct err *err) MUST_USE;

#endif
