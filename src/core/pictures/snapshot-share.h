/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture.h"
#include "core/printers/printer.h"

G_BEGIN_DECLS

/* Like herald_snapshot_take_async(); but whoever asks for the same camera while somebody else does, or within a second
 * after that, gets the same picture. Each has a deadline of his own. */
void           herald_snapshot_share_async  (HeraldPrinter        *printer,
                                             const char           *camera,
                                             guint                 deadline_ms,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
HeraldPicture *herald_snapshot_share_finish (GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
