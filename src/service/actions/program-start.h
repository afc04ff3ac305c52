/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sys/types.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_PROGRAM_STAYS, /* a window: it has started once it runs */
  HERALD_PROGRAM_ENDS,  /* it hands over to another one, and tells by its exit status whether it could */
} HeraldProgramKind;

/* What files of other programs are to be created with, which have nothing to do with our secrets */
void     herald_program_start_set_umask (mode_t                umask);

/* Starts a program outside of the service: systemd does it where it runs the user's session, so that it neither ends with us
 * nor has our restrictions. @words: the path of the program and its arguments, as they are; @token: (nullable): of the click
 * that asked for it. Finishes with a G_IO_ERROR or G_SPAWN_ERROR, within half a minute. */
void     herald_program_start_async     (GDBusConnection      *connection,
                                         HeraldProgramKind     kind,
                                         const char *const    *words,
                                         const char           *token,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean herald_program_start_finish    (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
