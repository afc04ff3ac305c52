/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event-kind.h"
#include "core/printers/watch-options.h"
#include "core/store/config.h"

G_BEGIN_DECLS

/**
 * HeraldMessageSettings:
 * @title: template
 * @text: template
 * @picture: `none`, `snapshot`, `thumbnail` or `timelapse`
 * @channels: `all`, `none`, or ids separated by commas
 * @changed: whether the user has set anything here
 * @options: what only this kind has, e.g. `step`; with its defaults
 *
 * How events of one kind are told.
 */
typedef struct
{
  gboolean enabled;
  char *title;
  char *text;
  char *picture;
  char *channels;
  gboolean changed;
  HeraldValues *options;
} HeraldMessageSettings;

HeraldMessageSettings *herald_message_settings_load   (HeraldConfig           *config,
                                                       HeraldEventKind         kind,
                                                       const char             *printer);
gboolean               herald_message_settings_change (HeraldConfig           *config,
                                                       HeraldEventKind         kind,
                                                       const char             *printer,
                                                       HeraldValues           *changes,
                                                       GError                **error);
gboolean               herald_message_settings_reset  (HeraldConfig           *config,
                                                       HeraldEventKind         kind,
                                                       const char             *printer,
                                                       GError                **error);
void                   herald_message_settings_free   (HeraldMessageSettings  *self);

/* What of the settings of all kinds the watcher of @printer must know */
void                   herald_message_settings_load_watch_options (HeraldConfig       *config,
                                                                   const char         *printer,
                                                                   HeraldWatchOptions *options);

gboolean               herald_message_settings_allow  (HeraldMessageSettings  *self,
                                                       const char             *channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldMessageSettings, herald_message_settings_free)

G_END_DECLS
