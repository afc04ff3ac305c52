/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldChannelStep:
 * @name: as in herald_attempt_enter_step()
 * @label: what is done, for a person; untranslated
 * @advice: what to do if it fails, one or two sentences; untranslated
 *
 * One of the steps of a message on its way.
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *advice;
} HeraldChannelStep;

G_END_DECLS
