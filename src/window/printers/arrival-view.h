/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "herald-dbus.h"

G_BEGIN_DECLS

/**
 * HeraldArrivalStep:
 *
 * What a person who adds a printer has come to.
 */
typedef enum
{
  HERALD_ARRIVAL_LOST,
  HERALD_ARRIVAL_CONNECTING,
  HERALD_ARRIVAL_ASKING,
  HERALD_ARRIVAL_WAITING,
  HERALD_ARRIVAL_LOCKED_OUT,
  HERALD_ARRIVAL_REFUSED,
  HERALD_ARRIVAL_UNTRUSTED,
  HERALD_ARRIVAL_UNREACHABLE,
  HERALD_ARRIVAL_DISABLED,
  HERALD_ARRIVAL_THERE,
  HERALD_N_ARRIVAL_STEPS,
} HeraldArrivalStep;

/**
 * HeraldArrivalView:
 * @icon_name: (nullable): %NULL while something goes on: a spinner
 * @style: (nullable): a style class of Adwaita
 * @title: for a person, not translated yet
 * @sentence: (nullable): for a person, not translated yet; %NULL: what the service says
 * @first: (nullable): the button for what should be done next, not translated yet
 * @second: (nullable): another way, not translated yet
 * @takes_key: whether a key helps
 */
typedef struct
{
  const char *icon_name;
  const char *style;
  const char *title;
  const char *sentence;
  const char *first;
  const char *second;
  gboolean takes_key;
} HeraldArrivalView;

/* @printer: (nullable): if it is gone */
HeraldArrivalStep        herald_arrival_step_find (HeraldDBusPrinter1 *printer,
                                                   gboolean            is_asking);
const HeraldArrivalView *herald_arrival_view_get  (HeraldArrivalStep   step);

G_END_DECLS
