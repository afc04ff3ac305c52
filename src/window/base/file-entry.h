/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/base/file-choice.h"

G_BEGIN_DECLS

/* A small window in which the name of a file is typed; begins in the folder for documents. For desktops without a chooser. */
void   herald_file_entry_ask_async  (GtkWindow            *parent,
                                     HeraldFileChoice      choice,
                                     const char           *title,
                                     const char           *name,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
GFile *herald_file_entry_ask_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
