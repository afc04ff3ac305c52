/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-send-object"

#include "service/bus/send-object.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "service/bus/names.h"
#include "service/bus/service-object.h"

#define TITLE_MAX_CHARS 255
#define TEXT_MAX_CHARS 4000

/* The longest film any channel takes; pictures have a limit of their own. */
#define PICTURE_MAX_BYTES (16 * 1024 * 1024)

static gboolean
fail_settings (const char  *sentence,
               GError     **error)
{
  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, sentence);

  return FALSE;
}

/* Whoever sends a message by hand wants to hear that it would reach nobody. */
static gboolean
check_channels (HeraldEngine  *engine,
                const char    *channels,
                GError       **error)
{
  GListModel *list = herald_engine_get_channels (engine);
  g_auto(GStrv) ids = g_strsplit (channels, ",", -1);

  if (g_str_equal (channels, "all"))
    {
      for (guint i = 0; i < g_list_model_get_n_items (list); i++)
        {
          g_autoptr(HeraldChannel) channel = g_list_model_get_item (list, i);

          if (herald_channel_get_enabled (channel))
            return TRUE;
        }
      return fail_settings (_("There is no channel that is switched on"), error);
    }

  for (char **id = ids; *id != NULL; id++)
    {
      HeraldChannel *channel = herald_engine_find_channel (engine, g_strstrip (*id));

      if (channel == NULL)
        return fail_settings (_("There is no channel of that id; the list of channels shows all"),
                              error);
      if (!herald_channel_get_enabled (channel))
        return fail_settings (_("This channel is switched off. Switch it on first."), error);
    }

  return TRUE;
}

/* What it is the first bytes say; nothing else of it is looked into here. */
static gboolean
read_picture (GVariant       *options,
              HeraldPicture **picture,
              GError        **error)
{
  g_autoptr(GVariant) value = g_variant_lookup_value (options, "picture", NULL);
  g_autoptr(GBytes) bytes = NULL;

  if (value == NULL)
    return TRUE;
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    return fail_settings (_("A picture is handed over as the bytes of its file"), error);

  bytes = g_variant_get_data_as_bytes (value);
  if (g_bytes_get_size (bytes) > PICTURE_MAX_BYTES)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_REJECTED, _("The picture is too large"));
      return FALSE;
    }

  *picture = herald_picture_new_from_bytes (bytes, error);
  return *picture != NULL;
}

static gboolean
on_handle_send (HeraldDBusService1    *object,
                GDBusMethodInvocation *invocation,
                const char            *title,
                const char            *text,
                const char            *channels,
                GVariant              *options)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  g_autofree char *clean_title = herald_text_clean (title, TITLE_MAX_CHARS);
  g_autofree char *clean_text = herald_text_clean_lines (text, TEXT_MAX_CHARS);
  const char *target = *channels != '\0' ? channels : "all";
  g_autoptr(HeraldPicture) picture = NULL;
  g_autoptr(GError) error = NULL;
  gint64 event = 0;

  if (*clean_text == '\0')
    {
      g_dbus_method_invocation_return_dbus_error (
          invocation, herald_names_get_error_name (HERALD_ERROR_SETTINGS),
          _("A message needs a text"));
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  if (check_channels (engine, target, &error) && read_picture (options, &picture, &error))
    event = herald_engine_send (engine, HERALD_KIND_CUSTOM,
                                *clean_title != '\0' ? clean_title : "OctoHerald", clean_text,
                                target, picture, &error);
  if (error != NULL)
    herald_names_return_error (invocation, error);
  else
    herald_dbus_service1_complete_send (object, invocation, event);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * herald_send_object_implement:
 * @iface: of #HeraldServiceObject
 */
void
herald_send_object_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_send = on_handle_send;
}
