/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes pixels of a picture that came over the bus, in a thread, no larger than @max_side, and upright as its EXIF says.
 * @bytes: JPEG or PNG; fails with G_IO_ERROR_INVALID_DATA if it is none, is not whole, or is larger than what the service
 * takes (the limits in core/pictures/picture.h): then nothing is made of it. */
void        herald_picture_decoder_run_async  (GBytes               *bytes,
                                               int                   max_side,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GdkTexture *herald_picture_decoder_run_finish (GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
