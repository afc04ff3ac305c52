/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"
#include "core/words/text-form.h"

G_BEGIN_DECLS

/**
 * HeraldValuesChoice:
 * @HERALD_VALUES_AUTO: of the print under way, else of the last event of that kind, else samples
 * @HERALD_VALUES_CURRENT: of the print under way
 * @HERALD_VALUES_SAMPLE: samples
 */
typedef enum
{
  HERALD_VALUES_AUTO,
  HERALD_VALUES_CURRENT,
  HERALD_VALUES_SAMPLE,
} HeraldValuesChoice;

/**
 * HeraldRenderRequest:
 * @printer: (nullable): id of a printer, whose settings and values count
 * @title: (nullable): a template to try, instead of what is set
 * @text: (nullable): a template to try, instead of what is set
 * @changes: (nullable): other settings to try, which are right, as if they had been made
 * @channel: (nullable): id of a channel, to word it as that would send it
 * @form: (nullable): id of a form of words, to word it in that
 * @event: id of a past event, to use its values; 0 for none
 * @choice: which values to use, if not those of an event
 *
 * What to render.
 */
typedef struct
{
  const char *printer;
  const char *title;
  const char *text;
  HeraldValues *changes;
  const char *channel;
  const char *form;
  gint64 event;
  HeraldValuesChoice choice;
} HeraldRenderRequest;

/**
 * HeraldRendering:
 * @channel: (nullable): id of the channel
 * @form: (nullable): the form of the words
 * @told: whether the message goes there, as it is set
 * @title: as it would be sent; empty if the form has none
 * @text: as it would be sent
 * @problems: (array zero-terminated=1): what is wrong with it, for a person
 * @length: how much the text counts, in the unit of the form
 * @shortened: whether something had to give way
 * @price: what sending it costs, in US dollars
 * @values_from: `current`, `event` or `sample`
 * @picture: the picture that would go with it, `none` if none would
 *
 * What a message would say.
 */
typedef struct
{
  char *channel;
  const HeraldTextForm *form;
  gboolean told;
  char *title;
  char *text;
  char **problems;
  HeraldTextLength length;
  gboolean shortened;
  double price;
  const char *values_from;
  char *picture;
} HeraldRendering;

/* %NULL with HERALD_ERROR_SETTINGS if what @request names is not there; nothing is sent */
HeraldRendering *herald_engine_render          (HeraldEngine               *self,
                                                HeraldEventKind             kind,
                                                const HeraldRenderRequest  *request,
                                                GError                    **error);

/* (transfer full) (element-type HeraldRendering): one for each channel that is switched on; errors as above */
GPtrArray       *herald_engine_render_channels (HeraldEngine               *self,
                                                HeraldEventKind             kind,
                                                const HeraldRenderRequest  *request,
                                                GError                    **error);

/* (transfer full): what is wrong with the words that are set, a sentence each; none if all is well */
char           **herald_engine_lint_message    (HeraldEngine               *self,
                                                HeraldEventKind             kind,
                                                const char                 *printer);

void             herald_rendering_free         (HeraldRendering            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldRendering, herald_rendering_free)

G_END_DECLS
