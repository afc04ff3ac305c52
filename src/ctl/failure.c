/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-failure"

#include "ctl/failure.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "core/base/text.h"

#define SENTENCE_MAX_CHARS 2000
#define SERVICE_ERROR_PREFIX "io.github.octoherald.OctoHerald.Error."

G_DEFINE_QUARK (herald-failure-quark, herald_failure)

/**
 * herald_failure_set_refused:
 * @sentence: for a person
 *
 * Returns: %FALSE, to be returned at once
 */
gboolean
herald_failure_set_refused (GError     **error,
                            const char  *sentence)
{
  g_set_error_literal (error, HERALD_FAILURE, HERALD_FAILURE_REFUSED, sentence);

  return FALSE;
}

/**
 * herald_failure_set_usage:
 * @format: a sentence for a person
 *
 * Returns: %FALSE, to be returned at once
 */
gboolean
herald_failure_set_usage (GError     **error,
                          const char  *format,
                          ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, HERALD_FAILURE, HERALD_FAILURE_USAGE, sentence);

  return FALSE;
}

static gboolean
is_unreachable (const GError *cause,
                const char   *name)
{
  static const char *const names[] = {
    "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.NoReply",        "org.freedesktop.DBus.Error.Disconnected",
    "org.freedesktop.DBus.Error.NoServer",       "org.freedesktop.DBus.Error.Timeout",
    "org.freedesktop.DBus.Error.TimedOut",       NULL,
  };

  /* Not an answer at all: the bus itself failed */
  if (name == NULL)
    return TRUE;

  return g_strv_contains (names, name) ||
         g_str_has_prefix (name, "org.freedesktop.DBus.Error.Spawn.");
}

/**
 * herald_failure_take_dbus_error:
 * @cause: (transfer full): what a call over the bus ended with
 *
 * The service's own sentences are passed on. What the bus says is not for
 * people and becomes a sentence of ours.
 *
 * Returns: %FALSE, to be returned at once
 */
gboolean
herald_failure_take_dbus_error (GError **error,
                                GError  *cause)
{
  g_autofree char *name = g_dbus_error_get_remote_error (cause);
  g_autofree char *sentence = NULL;

  if (is_unreachable (cause, name))
    {
      g_set_error_literal (error, HERALD_FAILURE, HERALD_FAILURE_UNREACHABLE,
                           _("OctoHerald is not running in this session. Start it with "
                             "“systemctl --user start octoherald”, or log in again"));
    }
  else if (g_str_has_prefix (name, SERVICE_ERROR_PREFIX) ||
           g_str_equal (name, "org.freedesktop.DBus.Error.Failed"))
    {
      g_dbus_error_strip_remote_error (cause);
      sentence = herald_text_clean (cause->message, SENTENCE_MAX_CHARS);
      herald_failure_set_refused (error, sentence);
    }
  else
    {
      g_debug ("The service answered %s: %s", name, cause->message);
      herald_failure_set_refused (error, _("The running service does not understand this command. "
                                           "It may be of another version: restart OctoHerald"));
    }
  g_error_free (cause);

  return FALSE;
}

/**
 * herald_failure_get_exit_status:
 * @error: (nullable): what a command ended with
 *
 * Returns: the exit status
 */
int
herald_failure_get_exit_status (const GError *error)
{
  if (error == NULL)
    return 0;

  return error->domain == HERALD_FAILURE ? error->code : HERALD_FAILURE_REFUSED;
}
