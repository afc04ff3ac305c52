/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Lists of ids of messages (gint64), the greatest and newest first */
GArray   *herald_history_ids_new_from_variant   (GVariant      *ids);
GVariant *herald_history_ids_to_variant         (GArray        *ids);
int       herald_history_ids_compare_descending (gconstpointer  one,
                                                 gconstpointer  other);
/* @position: (out) (optional): where it is or would be */
gboolean  herald_history_ids_find               (GArray        *ids,
                                                 gint64         id,
                                                 guint         *position);
/* How many are the same at the beginning, and after the differences at the end */
void      herald_history_ids_compare            (GArray        *old,
                                                 GArray        *new,
                                                 guint         *n_first,
                                                 guint         *n_last);

G_END_DECLS
