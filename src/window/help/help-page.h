/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HERALD_TYPE_HELP_PAGE (herald_help_page_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHelpPage, herald_help_page, HERALD, HELP_PAGE, AdwBin)

/* Signal: link-activated (const char *target) */
GtkWidget *herald_help_page_new         (void);
/* @folder: where its pictures are */
void       herald_help_page_set_text    (HeraldHelpPage *self,
                                         const char     *markdown,
                                         const char     *folder);
/* @anchor: (nullable): a heading; the top if there is none of that name */
void       herald_help_page_show_anchor (HeraldHelpPage *self,
                                         const char     *anchor);
/* Selects where @words stand and shows it, at what is selected or after it, from the top again after the last.
 * Returns: FALSE if they stand nowhere */
gboolean   herald_help_page_find        (HeraldHelpPage *self,
                                         const char     *words);
/* The same, after what is selected */
gboolean   herald_help_page_find_next   (HeraldHelpPage *self,
                                         const char     *words);

G_END_DECLS
