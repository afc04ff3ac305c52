/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-type"

#include "core/channels/channel-type.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/* Longer than any address list or URL that makes sense. */
#define VALUE_MAX_BYTES 4096

/**
 * herald_channel_type_get_field:
 * @name: a field's name
 *
 * Returns: (nullable): the field of that name
 */
const HeraldChannelField *
herald_channel_type_get_field (const HeraldChannelType *type,
                               const char              *name)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      if (g_str_equal (type->fields[i].name, name))
        return &type->fields[i];
    }

  return NULL;
}

static gboolean
is_valid (const HeraldChannelField *field,
          const char               *value)
{
  gint64 number;

  if (strlen (value) > VALUE_MAX_BYTES || strpbrk (value, "\r\n") != NULL)
    return FALSE;

  switch (field->kind)
    {
    case HERALD_FIELD_PORT:
      return g_ascii_string_to_signed (value, 10, 1, 65535, &number, NULL);
    case HERALD_FIELD_CHOICE:
      return g_strv_contains (field->choices, value);
    case HERALD_FIELD_BOOLEAN:
      return g_str_equal (value, "true") || g_str_equal (value, "false");
    case HERALD_FIELD_HOST:
      return strpbrk (value, " /@") == NULL;
    case HERALD_FIELD_ADDRESS:
    case HERALD_FIELD_ADDRESSES:
      return strchr (value, '@') != NULL;
    case HERALD_FIELD_TEXT:
    default:
      return TRUE;
    }
}

static gboolean
check_field (const HeraldChannelField  *field,
             const char                *value,
             GError                   **error)
{
  gboolean empty = value == NULL || *value == '\0';

  if (empty && (field->flags & HERALD_FIELD_REQUIRED) == 0)
    return TRUE;

  if (empty)
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   /* Translators: the name of a setting, then its label */
                   _("“%s” is missing: %s"), field->name, _(field->label));
      return FALSE;
    }

  if (!is_valid (field, value))
    {
      g_autofree char *choices = field->choices != NULL
                                   ? g_strjoinv (", ", (char **) field->choices)
                                   : NULL;

      if (choices != NULL)
        g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                     _("“%s” cannot be “%s”. Possible: %s"), field->name, value, choices);
      else
        g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                     _("“%s” cannot be “%s” (%s)"), field->name, value, _(field->label));
      return FALSE;
    }

  return TRUE;
}

/**
 * herald_channel_type_check:
 * @settings: what the user wants to set, beside `name` and `enabled`
 *
 * Returns: whether a channel of @type can have these settings; if not, @error
 *   is HERALD_ERROR_SETTINGS and names the first one that is wrong
 */
gboolean
herald_channel_type_check (const HeraldChannelType  *type,
                           HeraldValues             *settings,
                           GError                  **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      const HeraldChannelField *field = herald_channel_type_get_field (type, name);

      if (g_str_equal (name, "name") || g_str_equal (name, "enabled") || g_str_equal (name, "type"))
        continue;

      if (field == NULL || (field->flags & HERALD_FIELD_SECRET) != 0)
        {
          g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("A channel of type “%s” has no setting “%s”"), type->id, (char *) name);
          return FALSE;
        }
    }

  for (guint i = 0; i < type->n_fields; i++)
    {
      const HeraldChannelField *field = &type->fields[i];
      const char *value = herald_values_get (settings, field->name);

      if ((field->flags & HERALD_FIELD_SECRET) == 0 &&
          !check_field (field, value != NULL ? value : field->fallback, error))
        return FALSE;
    }

  return TRUE;
}
