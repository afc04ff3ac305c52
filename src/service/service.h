/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/channels/channel-type.h"

G_BEGIN_DECLS

#define HERALD_TYPE_SERVICE (herald_service_get_type ())
G_DECLARE_FINAL_TYPE (HeraldService, herald_service, HERALD, SERVICE, GObject)

/* Signals: failed (sentence): it cannot run; the sentence is for a person; quit: the user wants it to end. */
HeraldService *herald_service_new   (const char                     *config_dir,
                                     const char                     *data_dir,
                                     const HeraldChannelType *const *channel_types);
void           herald_service_set_only_if_needed (HeraldService    *self,
                                                  gboolean          only_if_needed);
void           herald_service_start (HeraldService                  *self);
void           herald_service_stop  (HeraldService                  *self);

G_END_DECLS
