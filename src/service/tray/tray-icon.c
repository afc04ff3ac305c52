/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-icon"

#include "service/tray/tray-icon.h"

GBytes *
herald_tray_icon_draw_size (const HeraldTrayGlyph *glyph,
                            int                    size)
{
  gsize length = (gsize) size * (gsize) size * 4;

  return g_bytes_new_take (g_malloc0 (length), length);
}

GVariant *
herald_tray_icon_draw (const HeraldTrayGlyph *glyph)
{
  return g_variant_new_array (G_VARIANT_TYPE ("(iiay)"), NULL, 0);
}
