/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/outbox.h"

G_BEGIN_DECLS

/* For what was accepted with drafts that are held: lets them go, with a picture for each channel. */
gboolean herald_outbox_illustrate   (HeraldOutbox  *self,
                                     gint64         event,
                                     GHashTable    *illustrations,
                                     const char    *kind,
                                     const char    *note,
                                     GError       **error);
gboolean herald_outbox_release      (HeraldOutbox  *self,
                                     gint64         event,
                                     GError       **error);

/* For drafts that have a desk_ms: nobody is at this computer, or somebody is. */
gboolean herald_outbox_release_desk (HeraldOutbox  *self,
                                     gint64         event,
                                     guint          hold_ms,
                                     GError       **error);
gboolean herald_outbox_end_desk     (HeraldOutbox  *self,
                                     gint64         event,
                                     GError       **error);

G_END_DECLS
