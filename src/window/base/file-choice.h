/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_FILE_CHOICE_OPEN,
  HERALD_FILE_CHOICE_SAVE,
} HeraldFileChoice;

/* A person chooses a file: in the chooser of the desktop, and where there is none by its name.
 * @title: of the chooser; @name: (nullable): what a file that is saved is to be called */
void  herald_file_choice_async  (GtkWindow            *parent,
                                 HeraldFileChoice      choice,
                                 const char           *title,
                                 const char           *name,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
/* Returns: (transfer full): the file; NULL with G_IO_ERROR_CANCELLED if none was chosen */
GFile *herald_file_choice_finish (GAsyncResult        *result,
                                  GError             **error);

G_END_DECLS
