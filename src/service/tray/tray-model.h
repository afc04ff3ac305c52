/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/tray/tray-summary.h"

G_BEGIN_DECLS

/**
 * HeraldTrayModelInput:
 * @printers: a list of HeraldPrinter
 * @channels: a list of HeraldChannel
 * @headline: of the summary
 * @muted_until_ms: 0 if not muted
 * @now_ms: our clock, milliseconds since 1970
 * @has_window: whether there is a window to be opened
 * @kept: (nullable): of herald_tray_printer_items_new_kept(), the same each time: what was made before, so that only printers
 *   that look different cost anything
 * @quiet_until_ms: 0 outside of quiet hours
 *
 * All that the menu depends on.
 */
typedef struct
{
  GListModel *printers;
  GListModel *channels;
  const char *headline;
  gint64 muted_until_ms;
  gint64 now_ms;
  gboolean has_window;
  GHashTable *kept;
  gint64 quiet_until_ms;
} HeraldTrayModelInput;

/* (transfer full): the menu as it is to be now; its actions are those of HeraldTrayActions, behind “tray.” */
GMenu  *herald_tray_model_make         (const HeraldTrayModelInput *input);

/* Makes @live say the same as @wanted, and changes only what is different in it and in its submenus and sections. */
void    herald_tray_model_sync         (GMenu                      *live,
                                        GMenuModel                 *wanted);

/* Which quitting asks about; (transfer full): what it asks */
guint   herald_tray_model_count_prints  (GListModel                *printers);
char   *herald_tray_model_format_prints (guint                      n_prints);

G_END_DECLS
