/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldCondition:
 * @id: as the D-Bus API says it
 * @words: for a person, not translated yet
 * @icon_name: a symbolic icon
 * @style: (nullable): a style class of Adwaita
 *
 * How something is doing, in words and picture.
 */
typedef struct
{
  const char *id;
  const char *words;
  const char *icon_name;
  const char *style;
} HeraldCondition;

const HeraldCondition *herald_condition_of_printer  (const char *connection,
                                                     const char *state);
const HeraldCondition *herald_condition_of_delivery (const char *state);

G_END_DECLS
