/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/messages/message-draft.h"

G_BEGIN_DECLS

/* Where an option of a message is shown */
typedef enum
{
  HERALD_OPTION_PLACE_TIME,
  HERALD_OPTION_PLACE_PICTURE,
  HERALD_OPTION_PLACE_CHANNELS,
} HeraldOptionPlace;

/* Adds a row for each option of the message that belongs to @place, and keeps it and @draft the same.
 * Returns: how many there are */
guint herald_option_rows_add (AdwPreferencesGroup *group,
                              HeraldMessageDraft  *draft,
                              HeraldOptionPlace    place);

G_END_DECLS
