/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-kind"

#include "ctl/channel-kind.h"

#include <glib/gi18n-lib.h>

#include "ctl/failure.h"

GVariant *
herald_channel_kind_find (HeraldCall  *call,
                          const char  *type,
                          GError     **error)
{
  g_autoptr(GVariant) kinds = NULL;
  GError *cause = NULL;

  if (!herald_call_connect (call, error))
    return NULL;
  if (!herald_dbus_service1_call_list_channel_types_sync (call->client->service, &kinds, NULL, &cause))
    {
      herald_failure_take_dbus_error (error, cause);
      return NULL;
    }

  for (gsize i = 0; i < g_variant_n_children (kinds); i++)
    {
      g_autoptr(GVariant) kind = g_variant_get_child_value (kinds, i);

      if (g_str_equal (herald_channel_kind_get_text (kind, "id"), type))
        return g_steal_pointer (&kind);
    }

  herald_failure_set_refused (error, _("There is no type of channel of that name; “octoheraldctl channel types” shows all"));
  return NULL;
}

const char *
herald_channel_kind_get_text (GVariant   *kind,
                              const char *name)
{
  const char *text = "";

  g_variant_lookup (kind, name, "&s", &text);

  return text;
}

gboolean
herald_channel_kind_is_public (GVariant *kind)
{
  gboolean is_public = FALSE;

  g_variant_lookup (kind, "public", "b", &is_public);

  return is_public;
}

const char **
herald_channel_kind_get_guide (GVariant *kind)
{
  const char **steps = NULL;

  if (!g_variant_lookup (kind, "guide", "^a&s", &steps))
    steps = g_new0 (const char *, 1);

  return steps;
}

char *
herald_channel_kind_dup_label (GVariant   *kind,
                               const char *field)
{
  g_autoptr(GVariant) fields = g_variant_lookup_value (kind, "fields", G_VARIANT_TYPE ("aa{sv}"));

  for (gsize i = 0; fields != NULL && i < g_variant_n_children (fields); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (fields, i);

      if (g_str_equal (herald_channel_kind_get_text (row, "name"), field))
        return g_strdup (herald_channel_kind_get_text (row, "label"));
    }

  return g_strdup (field);
}
