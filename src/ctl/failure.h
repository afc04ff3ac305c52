/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldFailure:
 * @HERALD_FAILURE_REFUSED: refused or failed
 * @HERALD_FAILURE_USAGE: the command was typed wrongly
 * @HERALD_FAILURE_UNREACHABLE: the service is not reachable
 *
 * Why a command did not do what it should. The number is its exit status, the
 * message one plain sentence for a person.
 */
typedef enum
{
  HERALD_FAILURE_REFUSED = 1,
  HERALD_FAILURE_USAGE = 2,
  HERALD_FAILURE_UNREACHABLE = 3,
} HeraldFailure;

#define HERALD_FAILURE (herald_failure_quark ())

GQuark   herald_failure_quark           (void);

gboolean herald_failure_set_refused     (GError       **error,
                                         const char    *sentence);
gboolean herald_failure_set_usage       (GError       **error,
                                         const char    *format,
                                         ...) G_GNUC_PRINTF (2, 3);
gboolean herald_failure_take_dbus_error (GError       **error,
                                         GError        *cause);
int      herald_failure_get_exit_status (const GError  *error);

G_END_DECLS
