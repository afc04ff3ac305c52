/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "core/events/event-kind.h"

G_BEGIN_DECLS

/* More than any channel takes; a template that grows beyond it is cut. */
#define HERALD_TEMPLATE_MAX_BYTES (16 * 1024)

char     *herald_template_expand (const char      *text,
                                  HeraldValues    *values);
gboolean  herald_template_uses   (const char      *text,
                                  const char      *name);
char    **herald_template_check  (const char      *text,
                                  HeraldEventKind  kind);

G_END_DECLS
