/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HERALD_BUS_NAME "io.github.octoherald.OctoHerald.Service"
#define HERALD_OBJECT_PATH "/io/github/octoherald/OctoHerald"

void        herald_names_register_errors (void);
const char *herald_names_get_error_name  (int                     code);
void        herald_names_return_error    (GDBusMethodInvocation  *invocation,
                                          const GError           *error);

char       *herald_names_make_path       (const char             *category,
                                          const char             *id);

G_END_DECLS
