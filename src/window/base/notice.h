/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*HeraldUndo) (gpointer user_data);

/* What is said at the lower edge of the window that @from is in: a sentence; why a call to the service has failed (a
 * cancelled one is nobody's business); what was done, with a button for what may follow, or one that takes it back. */
void herald_notice_show       (GtkWidget      *from,
                               const char     *sentence);
void herald_notice_show_error (GtkWidget      *from,
                               const GError   *error);
void herald_notice_offer      (GtkWidget      *from,
                               const char     *sentence,
                               const char     *label,
                               HeraldUndo      follow,
                               gpointer        user_data,
                               GDestroyNotify  notify);
void herald_notice_offer_undo (GtkWidget      *from,
                               const char     *sentence,
                               HeraldUndo      undo,
                               gpointer        user_data,
                               GDestroyNotify  notify);

G_END_DECLS
