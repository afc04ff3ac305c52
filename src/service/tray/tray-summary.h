/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/printer.h"
#include "service/tray/tray-icon.h"

G_BEGIN_DECLS

/**
 * HeraldTraySummary:
 * @glyph: the worst state wins; the ring is that of the print that ends first
 * @headline: one line that says the same in words, e.g. “3 printers: 1 needs you, 2 printing”, or of a single printer
 *   “Prusa: printing, 42 %, done at 18:05”; at its end that it is muted
 * @details: a line for each printer, the worst first; at most ten, then how many more there are. Of a single printer what
 *   its line does not say
 *
 * All printers at a glance, in words for a person.
 */
typedef struct
{
  HeraldTrayGlyph glyph;
  char *headline;
  char *details;
} HeraldTraySummary;

/* @printers: a list of HeraldPrinter, of which those that are switched off do not count; @muted_until_ms: 0 if not muted;
 * @now_ms: our clock, milliseconds since 1970 */
HeraldTraySummary *herald_tray_summary_new   (GListModel              *printers,
                                              gint64                   muted_until_ms,
                                              gint64                   now_ms);
void               herald_tray_summary_free  (HeraldTraySummary       *self);
gboolean           herald_tray_summary_equal (const HeraldTraySummary *a,
                                              const HeraldTraySummary *b);

/* (transfer full) (nullable): that nothing is told until then; %NULL if it is not so */
char              *herald_tray_summary_format_mute (gint64                muted_until_ms,
                                                    gint64                now_ms);
/* At the end of the headline, unless it is 0 or the headline says that everything is muted */
void               herald_tray_summary_add_quiet (HeraldTraySummary    *self,
                                                  gint64                quiet_until_ms,
                                                  gint64                now_ms);
/* (transfer full) (nullable): the same in a line of its own */
char              *herald_tray_summary_format_quiet (gint64               quiet_until_ms,
                                                     gint64               now_ms);
/* What the icon would say of this printer alone */
HeraldTrayCondition herald_tray_summary_get_condition (HeraldPrinter     *printer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldTraySummary, herald_tray_summary_free)

G_END_DECLS
