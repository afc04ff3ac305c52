/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event-kind.h"
#include "core/store/config.h"

G_BEGIN_DECLS

/* Sections of the configuration: `message KIND`, and `message KIND PRINTER` */
#define HERALD_MESSAGE_CATEGORY "message"

/* The longest template that is taken: more than any channel has room for */
#define HERALD_MESSAGE_WORDS_MAX_BYTES (8 * 1024)

char       *herald_message_settings_make_section_id (HeraldEventKind   kind,
                                                     const char       *printer);
const char *herald_message_settings_split_key       (const char       *key,
                                                     gboolean         *is_title);

/* Whether messages of @kind have a setting @name, and it can be @value; does not look whether channels exist */
gboolean    herald_message_change_check             (HeraldEventKind   kind,
                                                     const char       *name,
                                                     const char       *value,
                                                     GError          **error);

/* The same for several at once, as they come from outside */
gboolean    herald_message_changes_check            (HeraldConfig     *config,
                                                     HeraldEventKind   kind,
                                                     HeraldValues     *changes,
                                                     GError          **error);
void        herald_message_changes_apply            (HeraldValues     *section,
                                                     HeraldValues     *changes);

gboolean    herald_message_settings_change          (HeraldConfig     *config,
                                                     HeraldEventKind   kind,
                                                     const char       *printer,
                                                     HeraldValues     *changes,
                                                     GError          **error);
gboolean    herald_message_settings_restore         (HeraldConfig     *config,
                                                     HeraldEventKind   kind,
                                                     const char       *printer,
                                                     HeraldValues     *own,
                                                     GError          **error);
gboolean    herald_message_settings_reset           (HeraldConfig     *config,
                                                     HeraldEventKind   kind,
                                                     const char       *printer,
                                                     GError          **error);

G_END_DECLS
