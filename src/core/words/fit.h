/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/words/template.h"
#include "core/words/text-form.h"

G_BEGIN_DECLS

/* A name is not shortened further than to so many characters, with its ellipsis. */
#define HERALD_FIT_SHORTEST_VALUE 8

/**
 * HeraldFitReport:
 * @length: of the text that fits
 * @surplus: by how much it was too long; 0 if it was not
 * @shortened: (nullable): whose value was shortened, the longest of several; %NULL if none was or the end was cut off
 *
 * What had to be done for a text to fit.
 */
typedef struct
{
  HeraldTextLength length;
  gsize surplus;
  const HeraldVariable *shortened;
} HeraldFitReport;

/* (transfer full) (element-type HeraldTemplatePiece): @pieces as they go out by @form: where the public reads, names
 * call nobody and are no links; in an SMS, plain spelling where that saves a second alphabet */
GPtrArray *herald_fit_dress (GPtrArray            *pieces,
                             const HeraldTextForm *form);

/* (transfer full): the text of @pieces, dressed, and shortened to count at most @max in @form's unit: first the longest
 * names, then the longest of the user's own values, equally; at last the whole at its end. Figures are never cut. */
char      *herald_fit       (GPtrArray            *pieces,
                             const HeraldTextForm *form,
                             gsize                 max,
                             HeraldFitReport      *report);

G_END_DECLS
