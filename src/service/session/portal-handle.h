/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A new word for the option “handle_token” of a question to a portal; (transfer full) */
char *herald_portal_handle_make_token (void);
/* Where the answer will be, known before the question is asked: it may be quicker than we are; (transfer full) */
char *herald_portal_handle_make       (GDBusConnection *connection,
                                       const char      *token);

G_END_DECLS
