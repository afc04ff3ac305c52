/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-names"

#include "service/bus/names.h"

#include "core/base/error.h"

#define ERROR_PREFIX "io.github.octoherald.OctoHerald.Error."

static const GDBusErrorEntry error_names[] = {
  { HERALD_ERROR_UNREACHABLE, ERROR_PREFIX "Unreachable" },
  { HERALD_ERROR_BUSY, ERROR_PREFIX "Busy" },
  { HERALD_ERROR_UNAUTHORIZED, ERROR_PREFIX "Unauthorized" },
  { HERALD_ERROR_NO_CREDIT, ERROR_PREFIX "NoCredit" },
  { HERALD_ERROR_REJECTED, ERROR_PREFIX "Rejected" },
  { HERALD_ERROR_PROTOCOL, ERROR_PREFIX "Protocol" },
  { HERALD_ERROR_SETTINGS, ERROR_PREFIX "Settings" },
  { HERALD_ERROR_UNTRUSTED, ERROR_PREFIX "Untrusted" },
  { HERALD_ERROR_AMBIGUOUS, ERROR_PREFIX "Ambiguous" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (error_names) == HERALD_ERROR_AMBIGUOUS + 1);

/**
 * herald_names_register_errors:
 *
 * Gives every HERALD_ERROR its name on the bus. Once per process is enough.
 */
void
herald_names_register_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (error_names); i++)
    g_dbus_error_register_error (HERALD_ERROR, error_names[i].error_code,
                                 error_names[i].dbus_error_name);
}

/**
 * herald_names_get_error_name:
 * @code: a #HeraldError
 *
 * Returns: (nullable): its name on the bus
 */
const char *
herald_names_get_error_name (int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (error_names); i++)
    {
      if (error_names[i].error_code == code)
        return error_names[i].dbus_error_name;
    }

  return NULL;
}

/**
 * herald_names_return_error:
 * @invocation: (transfer full): the call that failed
 * @error: why
 *
 * Answers with the error's name on the bus and its sentence. An error of
 * another domain becomes the bus's own general one, so that no name of a
 * library gets into the API.
 */
void
herald_names_return_error (GDBusMethodInvocation *invocation,
                           const GError          *error)
{
  const char *name = error->domain == HERALD_ERROR
                       ? herald_names_get_error_name (error->code)
                       : NULL;

  if (name == NULL)
    name = "org.freedesktop.DBus.Error.Failed";

  g_dbus_method_invocation_return_dbus_error (invocation, name, error->message);
}

/**
 * herald_names_make_path:
 * @category: `printers` or `channels`
 * @id: any text
 *
 * Letters and digits stay, every other byte becomes an underscore and two hex
 * digits, so that two ids never share a path (D-Bus specification, “Valid
 * Object Paths”).
 *
 * Returns: (transfer full): the object path
 */
char *
herald_names_make_path (const char *category,
                        const char *id)
{
  g_autoptr(GString) path = g_string_new (HERALD_OBJECT_PATH "/");

  g_string_append_printf (path, "%s/", category);
  for (const char *p = id; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (path, *p);
      else
        g_string_append_printf (path, "_%02x", (guint) (guchar) *p);
    }
  if (*id == '\0')
    g_string_append_c (path, '_');

  return g_string_free (g_steal_pointer (&path), FALSE);
}
