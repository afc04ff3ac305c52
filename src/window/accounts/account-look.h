/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

/**
 * HeraldHealthLook:
 * @health: as Channel1.Health of the D-Bus API has it
 * @words: for people; untranslated
 * @style: a style class of libadwaita
 */
typedef struct
{
  const char *health;
  const char *words;
  const char *icon_name;
  const char *style;
} HeraldHealthLook;

const HeraldHealthLook *herald_account_look_of_health     (const char         *health);
/* @type: of a channel, or of one that could be added */
const char             *herald_account_look_get_icon_name (const char         *type,
                                                           gboolean            is_phone);
gboolean                herald_account_look_is_phone      (HeraldDBusChannel1 *channel);
/* (transfer full): how it is doing, in sentences, at the moment @now */
char                   *herald_account_look_dup_state     (HeraldDBusChannel1 *channel,
                                                           GDateTime          *now);

G_END_DECLS
