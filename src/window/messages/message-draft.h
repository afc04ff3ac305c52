/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "window/messages/message-item.h"

G_BEGIN_DECLS

#define HERALD_TYPE_MESSAGE_DRAFT (herald_message_draft_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMessageDraft, herald_message_draft, HERALD, MESSAGE_DRAFT, GObject)

/* Signals: changed, when set() has changed it; refreshed, when what was not changed here is another now */

HeraldMessageDraft *herald_message_draft_new         (HeraldMessageItem  *item);
HeraldMessageItem  *herald_message_draft_get_item    (HeraldMessageDraft *self);
/* A setting as SetMessage takes it; empty if it is not set */
const char         *herald_message_draft_get         (HeraldMessageDraft *self,
                                                      const char         *name);
void                herald_message_draft_set         (HeraldMessageDraft *self,
                                                      const char         *name,
                                                      const char         *value);
/* (transfer none): what SetMessage has to change; empty if nothing was changed */
HeraldValues       *herald_message_draft_get_changes (HeraldMessageDraft *self);
gboolean            herald_message_draft_is_changed  (HeraldMessageDraft *self);
void                herald_message_draft_merge       (HeraldMessageDraft *self,
                                                      HeraldValues       *changes);

G_END_DECLS
