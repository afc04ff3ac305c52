/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event-kind.h"
#include "core/printers/watch-options.h"
#include "core/store/config.h"

G_BEGIN_DECLS

/**
 * HeraldMessageSettings:
 * @title: template, for every form that has no words of its own
 * @text: template, for every form that has no words of its own
 * @mail_title: (nullable): template for mails, as long as the user has set no title
 * @mail_text: (nullable): template for mails, as long as the user has set no text
 * @post_text: (nullable): template for posts that everybody can read, as long as the user has set no text
 * @form_words: `title-FORM` and `text-FORM`, only those that are set
 * @picture: `none`, `snapshot`, `thumbnail` or `timelapse`
 * @picture_fallback: `none` or `snapshot`: what is sent if there is no thumbnail or no film
 * @picture_changed: whether the user chose the picture, and may expect one
 * @channels: `all`, `none`, or ids separated by commas
 * @changed: whether the user has set anything here
 * @options: what only some kinds have, e.g. `step`; with its defaults
 *
 * How events of one kind are told.
 */
typedef struct
{
  gboolean enabled;
  char *title;
  char *text;
  char *mail_title;
  char *mail_text;
  char *post_text;
  HeraldValues *form_words;
  char *picture;
  char *picture_fallback;
  gboolean picture_changed;
  char *channels;
  gboolean changed;
  HeraldValues *options;
} HeraldMessageSettings;

HeraldMessageSettings *herald_message_settings_load        (HeraldConfig           *config,
                                                            HeraldEventKind         kind,
                                                            const char             *printer);
/* As if @changes had been made; they are right, see herald_message_changes_check() */
HeraldMessageSettings *herald_message_settings_try         (HeraldConfig           *config,
                                                            HeraldEventKind         kind,
                                                            const char             *printer,
                                                            HeraldValues           *changes);
void                   herald_message_settings_free        (HeraldMessageSettings  *self);

const char            *herald_message_settings_get_title   (HeraldMessageSettings  *self,
                                                            const char             *form);
const char            *herald_message_settings_get_text    (HeraldMessageSettings  *self,
                                                            const char             *form);
/* Whether the user has written a title or a text, as @what says, for @form alone */
gboolean               herald_message_settings_has_words   (HeraldMessageSettings  *self,
                                                            const char             *what,
                                                            const char             *form);
gboolean               herald_message_settings_allow       (HeraldMessageSettings  *self,
                                                            const char             *channel);
double                 herald_message_settings_read_option (HeraldMessageSettings  *self,
                                                            HeraldEventKind         kind,
                                                            const char             *name);

/* What of the settings of all kinds the watcher of @printer must know */
void                   herald_message_settings_load_watch_options (HeraldConfig       *config,
                                                                   const char         *printer,
                                                                   HeraldWatchOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldMessageSettings, herald_message_settings_free)

G_END_DECLS
