/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The pages for people who use OctoHerald, without “.md”, in the order in which they are offered or found; %NULL at the end */
const char *const *herald_help_topics_get_all     (void);

/* Whether it is in the list without being searched for: other pages lead to the rest */
gboolean           herald_help_topics_is_offered  (const char *name);

/* (transfer full): where the pages are */
char              *herald_help_topics_dup_folder  (void);

/* (transfer full) (nullable): the text of a page of docs/; %NULL if there is none of that name */
char              *herald_help_topics_load        (const char *name);

/* (transfer full) (nullable): what the page is called in the language of the window, without marks; %NULL if there is none of that name */
char              *herald_help_topics_dup_title   (const char *name);

/* Whether @target of a link is one of the pages: (out) (transfer full) its name, and (nullable) where in it. A target that is only
 * a place is one of the page @from. */
gboolean           herald_help_topics_resolve     (const char  *target,
                                                   const char  *from,
                                                   char       **name,
                                                   char       **anchor);

G_END_DECLS
