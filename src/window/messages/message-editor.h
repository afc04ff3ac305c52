/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/messages/message-draft.h"
#include "window/messages/message-list.h"

G_BEGIN_DECLS

/* How an editor was left; @changes: what was or was not saved; @own: what was set before, as SetMessage takes it */
typedef enum
{
  HERALD_EDITED_SAVED,
  HERALD_EDITED_RESET,
  HERALD_EDITED_GIVEN_UP,
} HeraldEdited;

#define HERALD_TYPE_MESSAGE_EDITOR (herald_message_editor_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMessageEditor, herald_message_editor, HERALD, MESSAGE_EDITOR, AdwWindow)

/* Signal: edited (HeraldEdited, HeraldMessageItem *item, HeraldValues *changes, GVariant *own), before it closes */

/* @changes: (nullable): of an editor that was given up. Returns: (transfer none): it is shown and closes by itself. */
HeraldMessageEditor *herald_message_editor_present (GtkWindow         *parent,
                                                    HeraldMessageList *list,
                                                    HeraldMessageItem *item,
                                                    HeraldValues      *changes);

G_END_DECLS
