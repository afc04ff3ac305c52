/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/output.h"

G_BEGIN_DECLS

/* A message as the history has it: an a{sv} with the keys of the contract */

void        herald_history_row_add_members  (JsonBuilder  *builder,
                                             GVariant     *row);
const char *herald_history_row_get_text     (GVariant     *row,
                                             const char   *key);
char       *herald_history_row_dup_number   (GVariant     *row,
                                             const char   *key);
char       *herald_history_row_dup_remarks  (GVariant     *row);
void        herald_history_row_print        (GVariant     *rows);
gboolean    herald_history_row_parse_number (const char   *typed,
                                             gint64       *number,
                                             GError      **error);

G_END_DECLS
