/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"
#include "core/printers/printer.h"

G_BEGIN_DECLS

/* What a printer's camera sees now, turned as it must be: from the first of its places that gives a picture within
 * @deadline_ms. No place takes more than half of the time that is left, unless it is the last, nor more than the
 * printer's `snapshot-timeout`.
 * @camera: (nullable): its name */
void           herald_snapshot_take_async  (HeraldPrinter        *printer,
                                            const char           *camera,
                                            guint                 deadline_ms,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
/* Returns (transfer full): with its brightness; NULL with SETTINGS (there is no camera), UNREACHABLE, REJECTED, … */
HeraldPicture *herald_snapshot_take_finish (GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
