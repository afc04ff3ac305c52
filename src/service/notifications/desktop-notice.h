/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/events/event-kind.h"

G_BEGIN_DECLS

#define HERALD_TYPE_DESKTOP_NOTICE (herald_desktop_notice_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDesktopNotice, herald_desktop_notice, HERALD, DESKTOP_NOTICE, GObject)

HeraldDesktopNotice *herald_desktop_notice_new         (void);
void                 herald_desktop_notice_set_urgency (HeraldDesktopNotice  *self,
                                                        HeraldUrgency         urgency);
void                 herald_desktop_notice_show_async  (HeraldDesktopNotice  *self,
                                                        const char           *title,
                                                        const char           *text,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean             herald_desktop_notice_show_finish (HeraldDesktopNotice  *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void                 herald_desktop_notice_withdraw    (HeraldDesktopNotice  *self);

G_END_DECLS
