/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-arguments"

#include "service/bus/arguments.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/* Three times as many as the channel with the most fields has. */
#define VALUES_MAX 64
#define NAME_MAX_BYTES 64
/* Any value of less than that has a use; more has none. */
#define VALUE_MAX_BYTES 8192

static gboolean
is_name (const char *name)
{
  if (*name == '\0' || strlen (name) > NAME_MAX_BYTES)
    return FALSE;

  for (const char *p = name; *p != '\0'; p++)
    {
      if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '-')
        return FALSE;
    }

  return TRUE;
}

/**
 * herald_arguments_read_values:
 * @variant: an a{ss} from the bus
 *
 * Returns: (transfer full): its values, or %NULL with HERALD_ERROR_SETTINGS if
 *   there are too many or one cannot be a setting
 */
HeraldValues *
herald_arguments_read_values (GVariant  *variant,
                              GError   **error)
{
  GVariantIter iter;
  const char *name;
  const char *value;

  if (g_variant_n_children (variant) > VALUES_MAX)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("That is too many settings at once"));
      return NULL;
    }

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    {
      if (!is_name (name))
        {
          g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                               _("The name of a setting has only small letters, digits and hyphens"));
          return NULL;
        }
      if (!herald_arguments_check_text (value, VALUE_MAX_BYTES, error))
        return NULL;
    }

  return herald_values_from_variant (variant);
}

/**
 * herald_arguments_read_kind:
 * @id: an id like `print-done`
 * @kind: (out): set on success
 */
gboolean
herald_arguments_read_kind (const char       *id,
                            HeraldEventKind  *kind,
                            GError          **error)
{
  if (herald_event_kind_from_id (id, kind))
    return TRUE;

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("There is no kind of message of that name; the list of messages shows all"));
  return FALSE;
}

/**
 * herald_arguments_check_text:
 * @text: a text from the bus
 * @max_bytes: its limit
 *
 * Returns: whether @text is short enough and free of control characters
 *   other than line breaks and tabs
 */
gboolean
herald_arguments_check_text (const char  *text,
                             gsize        max_bytes,
                             GError     **error)
{
  if (strlen (text) > max_bytes)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("That text is too long"));
      return FALSE;
    }

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p) && *p != '\n' && *p != '\r' && *p != '\t')
        {
          g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                               _("A setting cannot contain control characters"));
          return FALSE;
        }
    }

  return TRUE;
}
