/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-failure"

#include "window/base/failure.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"

#define SENTENCE_MAX_CHARS 2000
#define SERVICE_ERROR_PREFIX "io.github.octoherald.OctoHerald.Error."

/* What the bus says where there is no answer */
static const char *const silent[] = {
  "org.freedesktop.DBus.Error.NoReply",
  "org.freedesktop.DBus.Error.Timeout",
  "org.freedesktop.DBus.Error.TimedOut",
  NULL,
};

static const char *const absent[] = {
  "org.freedesktop.DBus.Error.ServiceUnknown",
  "org.freedesktop.DBus.Error.NameHasNoOwner",
  "org.freedesktop.DBus.Error.Disconnected",
  NULL,
};

/* What it says where there is nothing any more. An older service has no words for what it does not know, either. */
static const char *const removed[] = {
  "org.freedesktop.DBus.Error.UnknownObject",
  "org.freedesktop.DBus.Error.UnknownInterface",
  "org.freedesktop.DBus.Error.UnknownMethod",
  NULL,
};

/**
 * herald_failure_dup_sentence:
 * @error: what a call to the service ended with
 *
 * The service's own sentences are passed on. What the bus says is not for people and becomes a sentence of ours.
 *
 * Returns: (transfer full): one sentence, and what to do
 */
char *
herald_failure_dup_sentence (const GError *error)
{
  g_autoptr(GError) stripped = g_error_copy (error);
  g_autofree char *name = g_dbus_error_get_remote_error (stripped);

  if (name != NULL && (g_str_has_prefix (name, SERVICE_ERROR_PREFIX) || g_str_equal (name, "org.freedesktop.DBus.Error.Failed")))
    {
      g_dbus_error_strip_remote_error (stripped);
      return herald_text_clean (stripped->message, SENTENCE_MAX_CHARS);
    }

  g_debug ("A call to the service failed: %s", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) || (name != NULL && g_strv_contains (silent, name)))
    return g_strdup (_("OctoHerald takes very long to answer. Please try again in a moment."));
  if (name == NULL || g_strv_contains (absent, name))
    return g_strdup (_("OctoHerald is not running at the moment. Please try again when it is."));

  if (g_strv_contains (removed, name))
    return g_strdup (_("It has been removed meanwhile. If it is still shown, please log out and in again."));

  return g_strdup (_("The running OctoHerald is of another version than this window. Please log out and in again."));
}
