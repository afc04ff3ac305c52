/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/service-link.h"

G_BEGIN_DECLS

/* What a card says of a print. Moments are milliseconds since 1970. All (transfer full). */

/* E.g. “35 minutes so far · 1 hour left · done at 14:05”; what is not known is left out
 * @elapsed_s, @remaining_s: negative if not known
 * @finishes_at: RFC 3339, or empty */
char       *herald_printer_texts_format_times  (gint64      elapsed_s,
                                                gint64      remaining_s,
                                                const char *finishes_at,
                                                gint64      now_ms);

/* (transfer none) (nullable): what an estimate is made of, one sentence; NULL if it can be believed
 * @origin: RemainingOrigin */
const char *herald_printer_texts_get_doubt     (const char *origin);

/* E.g. “8 printers, 2 printing, 1 needs you” */
char       *herald_printer_texts_format_counts (guint       n_printers,
                                                guint       n_printing,
                                                guint       n_in_need);

/* What to say to whoever wants to change a printer that is not there */
const char *herald_printer_texts_get_absence   (HeraldServiceLink *link);

G_END_DECLS
