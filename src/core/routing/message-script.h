/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event.h"
#include "core/store/config.h"

G_BEGIN_DECLS

/* Before the picture of a message is taken; after it was sent. */
typedef enum
{
  HERALD_SCRIPT_BEFORE,
  HERALD_SCRIPT_AFTER,
} HeraldScriptPhase;

#define HERALD_TYPE_MESSAGE_SCRIPTS (herald_message_scripts_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMessageScripts, herald_message_scripts, HERALD, MESSAGE_SCRIPTS, GObject)

HeraldMessageScripts *herald_message_scripts_new          (HeraldConfig         *config);

/* Half a minute unless something else is said */
void                  herald_message_scripts_set_patience (HeraldMessageScripts *self,
                                                           guint                 patience_ms);

/* Whether there is anything to run; if not, nothing need be waited for. */
gboolean              herald_message_scripts_wants        (HeraldMessageScripts *self,
                                                           HeraldScriptPhase     phase);
/* The longest a run takes, with waiting for its turn, milliseconds */
guint                 herald_message_scripts_get_limit_ms (HeraldMessageScripts *self);

/* @channels: ids; @picture_path: (nullable). What goes wrong is in the log already, and is no
 * reason to keep the message back. Whoever ran something before a message runs what is to be run
 * after it, too. */
void                  herald_message_scripts_run_async    (HeraldMessageScripts *self,
                                                           HeraldScriptPhase     phase,
                                                           HeraldEvent          *event,
                                                           const char           *printer_name,
                                                           const char           *title,
                                                           const char           *text,
                                                           const char *const    *channels,
                                                           const char           *picture_path,
                                                           GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
gboolean              herald_message_scripts_run_finish   (HeraldMessageScripts *self,
                                                           GAsyncResult         *result,
                                                           GError              **error);

G_END_DECLS
