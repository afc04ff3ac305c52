/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/outbox.h"

G_BEGIN_DECLS

/* What is on the screen, over a restart of this program. */

/* @server: as herald_notification_daemon_identify_finish() names it. Returns: since when it is the one that shows what is
 * told, milliseconds since 1970; @now_ms if it was another before */
gint64     herald_shown_memory_meet (HeraldDatabase *database,
                                     const char     *server,
                                     gint64          now_ms);

/* (transfer full) (element-type HeraldDelivery): what was shown by @channel since then and has a number, oldest first */
GPtrArray *herald_shown_memory_list (HeraldOutbox   *outbox,
                                     const char     *channel,
                                     gint64          since_ms);

G_END_DECLS
