/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): the code in what somebody has copied from X's console or from a file: without the white space, line
 * ends, quotes and label around it. @labelled: (out) (nullable): the field whose label stood before it, "" for something
 * that is none of our fields, or %NULL if nothing stood there that we know. */
char *herald_x_pasted_dup_code (const char  *pasted,
                                const char **labelled);

G_END_DECLS
