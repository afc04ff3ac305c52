/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/messages/message-draft.h"
#include "window/service-link.h"

G_BEGIN_DECLS

/* Each adds the rows of a message to groups of the editor, and keeps them and @draft the same. A group without rows is hidden. */
void herald_settings_rows_add_channels (AdwPreferencesGroup *group,
                                        HeraldMessageDraft  *draft,
                                        HeraldServiceLink   *link);
void herald_settings_rows_add_pictures (AdwPreferencesGroup *group,
                                        HeraldMessageDraft  *draft);

G_END_DECLS
