/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-mute"

#include "core/engine-private.h"

gboolean
herald_engine_mute_print (HeraldEngine  *self,
                          const char    *printer,
                          GError       **error)
{
  return TRUE;
}

void
herald_engine_unmute_print (HeraldEngine *self,
                            const char   *printer)
{
}

gboolean
herald_engine_is_print_muted (HeraldEngine *self,
                              const char   *printer)
{
  return FALSE;
}
