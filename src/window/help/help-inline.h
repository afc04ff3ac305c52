/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): Pango markup of a line of Markdown as docs/ uses it: code, bold, italic, links; always balanced. A link whose
 * words are the file of a page has the page's title instead. */
char *herald_help_inline_to_markup (const char *markdown);

/* (transfer full): what a link to the heading @markdown has behind its number sign */
char *herald_help_inline_make_anchor (const char *markdown);

G_END_DECLS
