/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-type"

#include "core/channels/channel-type.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/channels/amount.h"

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
  guint count;

  if (strlen (value) > VALUE_MAX_BYTES || (field->kind != HERALD_FIELD_ADDRESSES && strpbrk (value, "\r\n") != NULL))
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
    case HERALD_FIELD_COUNT:
      return herald_amount_parse_count (value, &count);
    case HERALD_FIELD_MONEY:
      return herald_amount_parse_money (value, &number);
    case HERALD_FIELD_TEXT:
    default:
      return TRUE;
    }
}

static char *
describe_kind (const HeraldChannelField *field)
{
  g_autofree char *choices = NULL;

  switch (field->kind)
    {
    case HERALD_FIELD_PORT:
      return g_strdup (_("a number from 1 to 65535"));
    case HERALD_FIELD_CHOICE:
      choices = g_strjoinv (", ", (char **) field->choices);
      /* Translators: a list of words */
      return g_strdup_printf (_("one of: %s"), choices);
    case HERALD_FIELD_BOOLEAN:
      return g_strdup (_("true or false"));
    case HERALD_FIELD_HOST:
      return g_strdup (_("the name of a server, like smtp.example.org"));
    case HERALD_FIELD_ADDRESS:
      return g_strdup (_("an e-mail address, like name@example.org"));
    case HERALD_FIELD_ADDRESSES:
      return g_strdup (_("e-mail addresses, like name@example.org, separated by commas"));
    case HERALD_FIELD_COUNT:
      return g_strdup (_("a number from 1 to 100000"));
    case HERALD_FIELD_MONEY:
      return g_strdup (_("an amount in US dollars, like 0.50, or empty for no limit"));
    case HERALD_FIELD_TEXT:
    default:
      return g_strdup (_("a text on one line"));
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
      g_autofree char *wanted = describe_kind (field);

      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   /* Translators: the name of a setting, its value, what it must be */
                   _("“%s” cannot be “%s”. It must be %s"), field->name, value, wanted);
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

  return type->check == NULL || type->check (settings, error);
}

/**
 * herald_channel_type_dup_secret:
 * @field: a name
 * @pasted: as somebody has typed or pasted it
 *
 * Returns: (transfer full): the secret without what does not belong to it; %NULL with HERALD_ERROR_SETTINGS if @type has no
 *   such secret, or if it cannot be one
 */
char *
herald_channel_type_dup_secret (const HeraldChannelType  *type,
                                const char               *field,
                                const char               *pasted,
                                GError                  **error)
{
  const HeraldChannelField *row = herald_channel_type_get_field (type, field);

  if (row == NULL || (row->flags & HERALD_FIELD_SECRET) == 0)
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("A channel of type “%s” has no secret “%s”"), type->id,
                   field);
      return NULL;
    }

  return type->dup_secret != NULL ? type->dup_secret (field, pasted, error) : g_strstrip (g_strdup (pasted));
}
