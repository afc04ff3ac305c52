/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

/**
 * HeraldPictureKind:
 * @HERALD_PICTURE_OF_CAMERA: what a camera sees now
 * @HERALD_PICTURE_OF_FILE: what the slicer has drawn
 */
typedef enum
{
  HERALD_PICTURE_OF_CAMERA,
  HERALD_PICTURE_OF_FILE,
} HeraldPictureKind;

/* Asks the service for a picture and decodes it. Fails with what the service says, or with G_IO_ERROR_INVALID_DATA.
 * @camera: (nullable): its name; NULL for the first */
void        herald_picture_loader_run_async  (HeraldDBusPrinter1   *printer,
                                              HeraldPictureKind     kind,
                                              const char           *camera,
                                              int                   max_side,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GdkTexture *herald_picture_loader_run_finish (GAsyncResult         *result,
                                              GError              **error);
/* (transfer full): one sentence about why there is none */
char       *herald_picture_loader_dup_reason (const GError         *error);

/* How long to wait until the next picture is asked for, in ms
 * @n_failures: one after the other */
guint       herald_picture_loader_get_wait   (gboolean              is_printing,
                                              gboolean              is_looked_at,
                                              guint                 n_failures);

G_END_DECLS
