/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Puts it there whole, with these rights, or fails with HERALD_FAILURE_REFUSED; also where nobody outside would ever see it */
gboolean herald_output_file_write (const char     *path,
                                   gconstpointer   data,
                                   gsize           length,
                                   int             mode,
                                   GError        **error);

G_END_DECLS
