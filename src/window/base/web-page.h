/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens a page of the web in the browser; other addresses are not opened. What goes wrong is said at the lower edge of the
 * window that @from is in. */
void herald_web_page_open (GtkWidget  *from,
                           const char *address);

G_END_DECLS
