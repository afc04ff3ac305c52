/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether there is a screen that a browser could open on */
gboolean herald_web_page_can_open (void);

/* Opens @page in the browser of the desktop; nothing happens if it is no web page, or there is no browser */
void     herald_web_page_open     (const char *page);

G_END_DECLS
