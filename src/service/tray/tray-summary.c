/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-summary"

#include "service/tray/tray-summary.h"

HeraldTraySummary *
herald_tray_summary_new (GListModel *printers,
                         gint64      muted_until_ms,
                         gint64      now_ms)
{
  return g_new0 (HeraldTraySummary, 1);
}

void
herald_tray_summary_free (HeraldTraySummary *self)
{
  g_free (self->headline);
  g_free (self->details);
  g_free (self);
}

gboolean
herald_tray_summary_equal (const HeraldTraySummary *a,
                           const HeraldTraySummary *b)
{
  return g_strcmp0 (a->headline, b->headline) == 0 && g_strcmp0 (a->details, b->details) == 0;
}

char *
herald_tray_summary_describe (HeraldPrinter *printer,
                              gint64         now_ms)
{
  return g_strdup ("");
}
