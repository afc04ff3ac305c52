/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the icon says, each by a shape of its own. Which is worse, tray-summary.c says. */
typedef enum
{
  HERALD_TRAY_IDLE,
  HERALD_TRAY_PRINTING,
  HERALD_TRAY_PAUSED,
  HERALD_TRAY_NO_PRINTERS,
  HERALD_TRAY_OFFLINE,
  HERALD_TRAY_UNREACHABLE,
  HERALD_TRAY_ATTENTION,
  HERALD_TRAY_FAILED,
} HeraldTrayCondition;

/* What it looks like; equal ones are drawn once.
 * @percent: of the ring, 0 to 100; -1 for no ring */
typedef struct
{
  HeraldTrayCondition condition;
  int percent;
  gboolean is_muted;
} HeraldTrayGlyph;

/* (transfer floating): a(iiay) for HeraldTrayLook, 16 to 64 pixels */
GVariant *herald_tray_icon_draw      (const HeraldTrayGlyph *glyph);
/* (transfer full): ARGB32 in network byte order, @size × @size */
GBytes   *herald_tray_icon_draw_size (const HeraldTrayGlyph *glyph,
                                      int                    size);

G_END_DECLS
