/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/sex.h"

/* The site's own sex where it names one, else that of all its leaves. */
static const char *site_sex(const struct dimension *sites, int site)
{
    const struct node *node = &sites->nodes[site];
    if (node->sex[0] != '\0' || node->leaf_count == 0)
        return node->sex;
    const char *first = sites->nodes[sites->leaf_node[node->leaves[0]]].sex;
    for (size_t i = 1; i < node->leaf_count; i++) {
        const char *other = sites->nodes[sites->leaf_node[node->leaves[i]]].sex;
        if (!text_same(first, other))
            return "";
    }
    return first;
}

int sex_of_site(const struct codes *codes, int site)
{
    const char *sex = site_sex(&codes->dims[DIM_SITE], site);
    return sex[0] == '\0' ? -1 : code_find(&codes->dims[DIM_SEX], NULL, sex);
}

bool sex_excludes(const struct codes *codes, int site, int sex)
{
    int concerned = sex_of_site(codes, site);
    if (concerned < 0)
        return false;
    const struct node *nodes = codes->dims[DIM_SEX].nodes;
    return !code_within(&nodes[concerned], &nodes[sex]);
}
