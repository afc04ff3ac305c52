/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

G_BEGIN_DECLS

/**
 * HeraldRendering:
 * @title: the words as they would be sent
 * @text: the words as they would be sent
 * @problems: (array zero-terminated=1): what is wrong with the templates, for a person
 */
typedef struct
{
  char *title;
  char *text;
  char **problems;
} HeraldRendering;

/* @title and @text override the templates that are set. */
HeraldRendering                *herald_engine_render            (HeraldEngine                    *self,
                                                                 HeraldEventKind                  kind,
                                                                 const char                      *printer,
                                                                 const char                      *title,
                                                                 const char                      *text,
                                                                 GError                         **error);
void                            herald_rendering_free           (HeraldRendering                 *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldRendering, herald_rendering_free)

G_END_DECLS
