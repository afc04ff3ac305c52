/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event-kind.h"
#include "core/words/text-length.h"

G_BEGIN_DECLS

/**
 * HeraldTextForm:
 * @id: `desktop`, `email`, `sms`, `x` or `x-long`
 * @words_id: the form whose own words it has, like `x` for `text-x`; mostly itself
 * @name: what people call it; untranslated
 * @unit: what its limits count
 * @title_max: 0 if it has no title
 * @text_max: what it takes at most; what does not fit is shortened
 * @lead: (nullable): untranslated template that comes before the text where there is no title; left out if
 *   the printer has no name
 * @ellipsis: stands for what was cut off
 * @keeps_emoji: whether an emoji is worth its room; else it is left out
 * @price: what one message costs, in US dollars; 0 for nothing
 * @price_with_link: the same if there is a link in it
 *
 * What words must look like to go out by a channel.
 */
typedef struct
{
  const char *id;
  const char *words_id;
  const char *name;
  HeraldReach reach;
  HeraldTextUnit unit;
  guint title_max;
  guint text_max;
  const char *lead;
  const char *ellipsis;
  gboolean keeps_emoji;
  double price;
  double price_with_link;
} HeraldTextForm;

const HeraldTextForm *herald_text_form_get_all (guint      *n_forms);
/* (nullable) */
const HeraldTextForm *herald_text_form_find    (const char *id);

G_END_DECLS
