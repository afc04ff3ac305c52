/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-import"

#include "core/engine-private.h"

#include "core/printers/octoprint/octoprint-settings.h"

/* From the end, so that the positions of those that stay are right. */
static void
remove_printers_not_in (HeraldEngine       *self,
                        const char *const  *ids)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->printers)); i > 0; i--)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (G_LIST_MODEL (self->printers), i - 1);

      if (g_strv_contains (ids, herald_printer_get_id (printer)))
        continue;

      herald_printer_stop (printer);
      g_list_store_remove (self->printers, i - 1);
    }
}

static gboolean
use_printer (HeraldEngine  *self,
             const char    *id,
             HeraldValues  *settings,
             GError       **error)
{
  HeraldPrinter *printer = herald_engine_find_printer (self, id);

  if (!herald_octoprint_settings_check (settings, error))
    return FALSE;
  if (printer == NULL)
    {
      herald_engine_append_printer (self, id, settings);
      return TRUE;
    }

  herald_printer_set_settings (printer, settings);
  herald_engine_restart_printer (self, printer);

  return TRUE;
}

/* A channel of another type is another channel, even under the same id. */
static void
remove_channels_not_in (HeraldEngine      *self,
                        const char *const *ids)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->channels)); i > 0; i--)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->channels), i - 1);
      const char *id = herald_channel_get_id (channel);
      g_autoptr(HeraldValues) settings = herald_config_dup_section (self->config, "channel", id);

      if (!g_strv_contains (ids, id) ||
          g_strcmp0 (herald_values_get (settings, "type"),
                     herald_channel_get_channel_type (channel)->id) != 0)
        g_list_store_remove (self->channels, i - 1);
    }
}

static gboolean
use_channel (HeraldEngine  *self,
             const char    *id,
             HeraldValues  *settings,
             GError       **error)
{
  HeraldChannel *channel = herald_engine_find_channel (self, id);

  if (channel == NULL)
    return herald_engine_append_channel (self, id, settings, error);
  if (!herald_channel_type_check (herald_channel_get_channel_type (channel), settings, error))
    return FALSE;

  herald_channel_set_settings (channel, settings);
  herald_outbox_resume (self->outbox, id);

  return TRUE;
}

/**
 * herald_engine_import:
 * @text: what herald_config_export() gave
 *
 * Takes other settings and uses them at once. What is the same before and after
 * stays, with all that waits for it; secrets are not touched. A section that
 * makes no sense is told and passed over.
 *
 * Returns: whether @text is a configuration; if not, nothing is changed
 */
gboolean
herald_engine_import (HeraldEngine  *self,
                      const char    *text,
                      GError       **error)
{
  g_auto(GStrv) printer_ids = NULL;
  g_auto(GStrv) channel_ids = NULL;

  if (!herald_config_import (self->config, text, error))
    return FALSE;

  printer_ids = herald_config_dup_ids (self->config, "printer");
  channel_ids = herald_config_dup_ids (self->config, "channel");
  remove_printers_not_in (self, (const char *const *) printer_ids);
  remove_channels_not_in (self, (const char *const *) channel_ids);

  for (char **id = channel_ids; *id != NULL; id++)
    {
      g_autoptr(HeraldValues) settings = herald_config_dup_section (self->config, "channel", *id);
      g_autoptr(GError) problem = NULL;

      if (!use_channel (self, *id, settings, &problem))
        g_warning ("[channel %s]: %s", *id, problem->message);
    }
  for (char **id = printer_ids; *id != NULL; id++)
    {
      g_autoptr(HeraldValues) settings = herald_config_dup_section (self->config, "printer", *id);
      g_autoptr(GError) problem = NULL;

      if (!use_printer (self, *id, settings, &problem))
        g_warning ("[printer %s]: %s", *id, problem->message);
    }

  return TRUE;
}
