/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"
#include "core/events/event.h"
#include "core/pictures/picture.h"
#include "core/printers/printer.h"
#include "core/routing/message-settings.h"

G_BEGIN_DECLS

/* One channel that gets a picture */
typedef struct
{
  char *channel;
  HeraldPictureForm form;
} HeraldPictureTarget;

/**
 * HeraldPicturePlan:
 * @given: (nullable): the picture, if somebody handed it over; nothing is fetched then
 * @printer: (nullable): whose picture is fetched
 * @event: what it goes with
 * @wish: which picture
 * @fallback: which one if there is no such picture
 * @is_expected: whether the user chose it, and shall know if there is none
 * @has_placeholder: whether one stands in for a camera that does not answer
 * @looks_again: whether a picture that is too dark is taken once more: a script may have switched on the light
 * @delay_ms: how long after the event; below 0, how long before
 * @fetch_ms: how long fetching may take in all
 * @targets: (element-type HeraldPictureTarget): who gets it; empty if nobody
 *
 * Which picture an event gets, and how long its message waits for it.
 */
typedef struct
{
  HeraldPicture *given;
  HeraldPrinter *printer;
  HeraldEvent *event;
  HeraldPictureWishKind wish;
  HeraldPictureWishKind fallback;
  gboolean is_expected;
  gboolean has_placeholder;
  gboolean looks_again;
  int delay_ms;
  guint fetch_ms;
  GPtrArray *targets;
} HeraldPicturePlan;

HeraldPicturePlan *herald_picture_plan_new         (HeraldEvent           *event,
                                                    HeraldMessageSettings *settings,
                                                    HeraldPrinter         *printer,
                                                    HeraldPicture         *given,
                                                    GListModel            *channels,
                                                    GPtrArray             *drafts);
void               herald_picture_plan_free        (HeraldPicturePlan     *self);

gboolean           herald_picture_plan_wants       (HeraldPicturePlan     *self);
guint              herald_picture_plan_get_hold_ms (HeraldPicturePlan     *self);
gsize              herald_picture_plan_get_film_max (HeraldPicturePlan    *self);
/* Whether @printer must be looked at while a print ends, as some message shows it as it was before */
gboolean           herald_picture_plan_looks_back  (HeraldConfig          *config,
                                                    const char            *printer);
gboolean           herald_picture_plan_has_target  (HeraldPicturePlan     *self,
                                                    const char            *channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldPicturePlan, herald_picture_plan_free)

G_END_DECLS
