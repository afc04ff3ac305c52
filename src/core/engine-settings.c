/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-settings"

#include "core/engine-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/channels/browser-login.h"
#include "core/printers/octoprint/octoprint-settings.h"
#include "core/routing/message-change.h"

/* Owners of secrets share one space of names, so printers and channels do too. A channel's messages stay in the history
 * when it is gone; another one of its name would seem to have sent them, and could be told to send them again. */
static gboolean
is_taken (HeraldEngine *self,
          const char   *id,
          gboolean      for_channel)
{
  return herald_engine_find_position (G_LIST_MODEL (self->printers), id) != G_MAXUINT ||
         herald_engine_find_position (G_LIST_MODEL (self->channels), id) != G_MAXUINT ||
         (for_channel && herald_outbox_knows_channel (self->outbox, id));
}

/**
 * herald_engine_make_id:
 * @name: what it is called
 * @fallback: for a name of which nothing remains
 * @others: (nullable): ids that are about to be used, as a set
 *
 * Returns: (transfer full): an id that nothing has
 */
char *
herald_engine_make_id (HeraldEngine *self,
                       const char   *name,
                       const char   *fallback,
                       gboolean      for_channel,
                       GHashTable   *others)
{
  g_autofree char *wanted = herald_text_make_id (name);
  const char *base = *wanted != '\0' ? wanted : fallback;
  char *id = g_strdup (base);

  for (guint i = 2; is_taken (self, id, for_channel) || (others != NULL && g_hash_table_contains (others, id)); i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", base, i);
    }

  return id;
}

static gboolean
fail_unknown (const char  *id,
              GError     **error)
{
  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("There is no “%s” here"), id);

  return FALSE;
}

static HeraldValues *
merge (HeraldValues *settings,
       HeraldValues *changes)
{
  HeraldValues *merged = herald_values_copy (settings);

  herald_values_merge (merged, changes);

  return merged;
}

/* What belongs to something that is gone is cleared in passing: nobody waits for it. */
static void
forget_secrets (HeraldEngine *self,
                const char   *owner)
{
  herald_secret_store_clear_async (self->secrets, owner, NULL, NULL, NULL);
}

/* Printers */

char *
herald_engine_dup_host (HeraldValues *settings)
{
  g_autoptr(GUri) uri = g_uri_parse (herald_values_get (settings, "url"), G_URI_FLAGS_NONE, NULL);

  return g_strdup (uri != NULL ? g_uri_get_host (uri) : "");
}

/**
 * herald_engine_add_printer:
 * @settings: as for herald_octoprint_settings_check()
 *
 * Returns: (transfer full): the new id, or %NULL with HERALD_ERROR_SETTINGS
 */
char *
herald_engine_add_printer (HeraldEngine  *self,
                           HeraldValues  *settings,
                           GError       **error)
{
  g_autoptr(HeraldValues) checked = herald_values_copy (settings);
  g_autofree char *host = NULL;
  g_autofree char *id = NULL;
  const char *name;

  if (!herald_octoprint_settings_check_names (checked, error) || !herald_octoprint_settings_check (checked, error))
    return NULL;

  host = herald_engine_dup_host (checked);
  name = herald_values_get (checked, "name");
  id = herald_engine_make_id (self, name != NULL ? name : host, "printer", FALSE, NULL);
  if (!herald_config_set_section (self->config, "printer", id, checked, error))
    return NULL;

  herald_engine_append_printer (self, id, checked);

  return g_steal_pointer (&id);
}

/* Whatever else is changed, nobody has to stop listening for it. */
static gboolean
needs_restart (HeraldValues *before,
               HeraldValues *after)
{
  static const char *const names[] = { "url", "enabled", "user", "certificate" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (herald_values_get (before, names[i]), herald_values_get (after, names[i])) != 0)
      return TRUE;

  return FALSE;
}

/**
 * herald_engine_change_printer:
 * @changes: some of its settings
 *
 * Returns: whether they were right and are in force; if not, nothing is changed
 */
gboolean
herald_engine_change_printer (HeraldEngine  *self,
                              const char    *id,
                              HeraldValues  *changes,
                              GError       **error)
{
  HeraldPrinter *printer = herald_engine_find_printer (self, id);
  g_autoptr(HeraldValues) settings = NULL;
  gboolean is_new;

  if (printer == NULL)
    return fail_unknown (id, error);

  settings = merge (herald_printer_get_settings (printer), changes);
  if (!herald_octoprint_settings_check_names (changes, error) || !herald_octoprint_settings_check (settings, error) ||
      !herald_config_set_section (self->config, "printer", id, settings, error))
    return FALSE;

  is_new = needs_restart (herald_printer_get_settings (printer), settings);
  herald_printer_set_settings (printer, settings);
  if (is_new)
    herald_engine_restart_printer (self, printer);

  return TRUE;
}

/**
 * herald_engine_remove_printer:
 *
 * Forgets its settings, its overrides and its key. Its history stays.
 */
gboolean
herald_engine_remove_printer (HeraldEngine  *self,
                              const char    *id,
                              GError       **error)
{
  guint position = herald_engine_find_position (G_LIST_MODEL (self->printers), id);

  if (position == G_MAXUINT)
    return fail_unknown (id, error);
  if (!herald_config_remove_section (self->config, "printer", id, error))
    return FALSE;

  for (guint kind = 0; kind < HERALD_N_EVENT_KINDS; kind++)
    herald_message_settings_reset (self->config, (HeraldEventKind) kind, id, NULL);
  herald_printer_stop (herald_engine_find_printer (self, id));
  g_list_store_remove (self->printers, position);
  forget_secrets (self, id);

  return TRUE;
}

/* Channels */

/**
 * herald_engine_add_channel:
 * @type: id of a channel type
 * @settings: `name`, `enabled` and the fields of the type
 *
 * Returns: (transfer full): the new id, or %NULL with HERALD_ERROR_SETTINGS
 */
char *
herald_engine_add_channel (HeraldEngine  *self,
                           const char    *type,
                           HeraldValues  *settings,
                           GError       **error)
{
  g_autoptr(HeraldValues) checked = herald_values_copy (settings);
  const char *name = herald_values_get (checked, "name");
  g_autofree char *id = herald_engine_make_id (self, name != NULL ? name : type, type, TRUE, NULL);

  herald_values_set (checked, "type", type);
  if (!herald_engine_append_channel (self, id, checked, error))
    return NULL;
  if (!herald_config_set_section (self->config, "channel", id, checked, error))
    {
      g_list_store_remove (self->channels,
                           herald_engine_find_position (G_LIST_MODEL (self->channels), id));
      return NULL;
    }

  return g_steal_pointer (&id);
}

/**
 * herald_engine_change_channel:
 * @changes: some of its settings
 *
 * Returns: whether they were right and are in force; if not, nothing is changed
 */
gboolean
herald_engine_change_channel (HeraldEngine  *self,
                              const char    *id,
                              HeraldValues  *changes,
                              GError       **error)
{
  HeraldChannel *channel = herald_engine_find_channel (self, id);
  g_autoptr(HeraldValues) settings = NULL;

  if (channel == NULL)
    return fail_unknown (id, error);
  if (herald_values_get (changes, "type") != NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("The type of a channel cannot be changed. Add a new channel instead"));
      return FALSE;
    }

  settings = merge (herald_channel_get_settings (channel), changes);
  if (!herald_channel_type_check (herald_channel_get_channel_type (channel), settings, error) ||
      !herald_config_set_section (self->config, "channel", id, settings, error))
    return FALSE;

  herald_channel_set_settings (channel, settings);
  herald_outbox_resume (self->outbox, id);

  return TRUE;
}

/**
 * herald_engine_remove_channel:
 *
 * Forgets its settings and its secrets. What waits for it is cancelled.
 */
gboolean
herald_engine_remove_channel (HeraldEngine  *self,
                              const char    *id,
                              GError       **error)
{
  guint position = herald_engine_find_position (G_LIST_MODEL (self->channels), id);
  HeraldChannel *channel = herald_engine_find_channel (self, id);

  if (position == G_MAXUINT)
    return fail_unknown (id, error);
  if (!herald_config_remove_section (self->config, "channel", id, error))
    return FALSE;

  if (HERALD_IS_BROWSER_LOGIN (channel))
    herald_browser_login_forget (HERALD_BROWSER_LOGIN (channel));
  g_list_store_remove (self->channels, position);
  forget_secrets (self, id);

  return TRUE;
}
