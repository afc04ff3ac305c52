/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine-preview.h"

G_BEGIN_DECLS

/**
 * HeraldPreviewValues:
 * @event: one that has happened, or might
 * @printer_name: empty if it concerns none
 * @from: `current`, `event` or `sample`
 *
 * What words are tried on.
 */
typedef struct
{
  HeraldEvent *event;
  char *printer_name;
  const char *from;
} HeraldPreviewValues;

HeraldPreviewValues *herald_preview_values_find (HeraldEngine               *engine,
                                                 HeraldEventKind             kind,
                                                 const HeraldRenderRequest  *request,
                                                 GError                    **error);
void                 herald_preview_values_free (HeraldPreviewValues        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldPreviewValues, herald_preview_values_free)

G_END_DECLS
