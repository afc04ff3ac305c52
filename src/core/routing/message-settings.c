/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-settings"

#include "core/routing/message-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/routing/message-options.h"

#define CATEGORY "message"
#define TEMPLATE_MAX_BYTES (8 * 1024)

static char *
make_section_id (HeraldEventKind  kind,
                 const char      *printer)
{
  const char *id = herald_event_kind_get_info (kind)->id;

  return printer != NULL && *printer != '\0' ? g_strdup_printf ("%s %s", id, printer) : g_strdup (id);
}

/* What cannot be a value, in a file edited by hand, counts as not set. */
static void
overlay_options (HeraldMessageSettings *self,
                 HeraldValues          *section,
                 HeraldEventKind        kind)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, section);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const HeraldMessageOption *option = herald_message_options_find (kind, name);

      if (option != NULL && herald_message_option_check (option, value, NULL))
        herald_values_set (self->options, name, value);
    }
}

static void
overlay (HeraldMessageSettings *self,
         HeraldConfig          *config,
         HeraldEventKind        kind,
         const char            *printer)
{
  g_autofree char *id = make_section_id (kind, printer);
  g_autoptr(HeraldValues) section = herald_config_dup_section (config, CATEGORY, id);
  const struct
  {
    const char *name;
    char **field;
  } texts[] = {
    { "title", &self->title },
    { "text", &self->text },
    { "picture", &self->picture },
    { "channels", &self->channels },
  };

  self->enabled = herald_values_get_boolean (section, "enabled", self->enabled);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *value = herald_values_get (section, texts[i].name);

      if (value != NULL)
        {
          g_free (*texts[i].field);
          *texts[i].field = g_strdup (value);
        }
    }
  overlay_options (self, section, kind);
  self->changed = g_hash_table_size (section) > 0;
}

/**
 * herald_message_settings_load:
 * @printer: (nullable): id of a printer, for its overrides; %NULL for what holds for all
 *
 * Returns: (transfer full): the defaults with what the user has set on top
 */
HeraldMessageSettings *
herald_message_settings_load (HeraldConfig    *config,
                              HeraldEventKind  kind,
                              const char      *printer)
{
  const HeraldEventKindInfo *info = herald_event_kind_get_info (kind);
  HeraldMessageSettings *self = g_new0 (HeraldMessageSettings, 1);
  guint n_options;
  const HeraldMessageOption *options = herald_message_options_get_all (&n_options);

  self->enabled = info->enabled;
  self->title = g_strdup (_(info->title));
  self->text = g_strdup (_(info->text));
  self->picture = g_strdup ("none");
  self->channels = g_strdup ("all");
  self->options = herald_values_new ();
  for (guint i = 0; i < n_options; i++)
    {
      if (options[i].kind == kind)
        herald_values_set (self->options, options[i].name, options[i].fallback);
    }

  overlay (self, config, kind, NULL);
  if (printer != NULL && *printer != '\0')
    overlay (self, config, kind, printer);

  return self;
}

void
herald_message_settings_free (HeraldMessageSettings *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->picture);
  g_free (self->channels);
  g_clear_pointer (&self->options, g_hash_table_unref);
  g_free (self);
}

static gboolean
check_option (HeraldEventKind   kind,
              const char       *name,
              const char       *value,
              GError          **error)
{
  const HeraldMessageOption *option = herald_message_options_find (kind, name);

  if (option != NULL)
    return herald_message_option_check (option, value, error);

  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
               _("Messages of the kind “%s” have no setting “%s”"),
               herald_event_kind_get_info (kind)->id, name);
  return FALSE;
}

static gboolean
check_channels (HeraldConfig  *config,
                const char    *value,
                GError       **error)
{
  g_auto(GStrv) known = herald_config_dup_ids (config, "channel");
  g_auto(GStrv) ids = g_strsplit (value, ",", -1);

  if (g_str_equal (value, "all") || g_str_equal (value, "none"))
    return TRUE;

  for (char **id = ids; *id != NULL; id++)
    {
      if (!g_strv_contains ((const char *const *) known, g_strstrip (*id)))
        {
          g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("There is no channel “%s”"), *id);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_change (HeraldConfig     *config,
              HeraldEventKind   kind,
              const char       *name,
              const char       *value,
              GError          **error)
{
  if (g_str_equal (name, "title") || g_str_equal (name, "text"))
    {
      if (strlen (value) <= TEMPLATE_MAX_BYTES && g_utf8_validate (value, -1, NULL))
        return TRUE;
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” is too long"), name);
      return FALSE;
    }
  if (g_str_equal (name, "enabled"))
    {
      if (g_str_equal (value, "true") || g_str_equal (value, "false"))
        return TRUE;
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” must be true or false"), name);
      return FALSE;
    }
  if (g_str_equal (name, "picture"))
    {
      if (g_str_equal (value, "none"))
        return TRUE;
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("Pictures are not available yet in this version"));
      return FALSE;
    }
  if (g_str_equal (name, "channels"))
    return check_channels (config, value, error);

  return check_option (kind, name, value, error);
}

/**
 * herald_message_settings_change:
 * @printer: (nullable): id of a printer, to override it for that one only
 * @changes: some of `enabled title text picture channels` and the options of @kind
 *
 * Returns: whether @changes were right and are saved; if not, nothing is changed
 */
gboolean
herald_message_settings_change (HeraldConfig     *config,
                                HeraldEventKind   kind,
                                const char       *printer,
                                HeraldValues     *changes,
                                GError          **error)
{
  g_autofree char *id = make_section_id (kind, printer);
  g_autoptr(HeraldValues) section = herald_config_dup_section (config, CATEGORY, id);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!check_change (config, kind, name, value, error))
        return FALSE;
    }
  herald_values_merge (section, changes);

  return herald_config_set_section (config, CATEGORY, id, section, error);
}

/**
 * herald_message_settings_reset:
 * @printer: (nullable): id of a printer, to take its overrides away
 */
gboolean
herald_message_settings_reset (HeraldConfig     *config,
                               HeraldEventKind   kind,
                               const char       *printer,
                               GError          **error)
{
  g_autofree char *id = make_section_id (kind, printer);

  return herald_config_remove_section (config, CATEGORY, id, error);
}

/**
 * herald_message_settings_allow:
 * @channel: id of a channel
 *
 * Returns: whether messages of this kind go to @channel
 */
gboolean
herald_message_settings_allow (HeraldMessageSettings *self,
                               const char            *channel)
{
  g_auto(GStrv) ids = g_strsplit (self->channels, ",", -1);

  if (g_str_equal (self->channels, "all"))
    return TRUE;

  for (char **id = ids; *id != NULL; id++)
    {
      if (g_str_equal (g_strstrip (*id), channel))
        return TRUE;
    }

  return FALSE;
}

static double
read_option (HeraldMessageSettings *self,
             HeraldEventKind        kind,
             const char            *name)
{
  return herald_message_option_read (herald_message_options_find (kind, name),
                                     herald_values_get (self->options, name));
}

static guint
read_count (HeraldMessageSettings *self,
            HeraldEventKind        kind,
            const char            *name)
{
  return (guint) read_option (self, kind, name);
}

static HeraldProgressRule
make_progress_rule (HeraldMessageSettings *settings)
{
  const HeraldEventKind kind = HERALD_KIND_PRINT_PROGRESS;

  return (HeraldProgressRule) {
    .step_percent = read_count (settings, kind, "step"),
    .minutes = read_count (settings, kind, "minutes"),
    .estimate_step_percent = read_count (settings, kind, "estimate-step"),
    .height_mm = read_option (settings, kind, "height"),
    .layers = read_count (settings, kind, "layers"),
    .at_least_minutes = read_count (settings, kind, "at-least-minutes"),
    .spacing_s = read_count (settings, kind, "spacing"),
    .min_print_minutes = read_count (settings, kind, "min-print"),
  };
}

/**
 * herald_message_settings_load_watch_options:
 * @printer: (nullable): id of a printer, for its overrides
 * @options: (out): what a message needs that is not told stays off, so that nobody computes it
 */
void
herald_message_settings_load_watch_options (HeraldConfig       *config,
                                            const char         *printer,
                                            HeraldWatchOptions *options)
{
  g_autoptr(HeraldMessageSettings) progress =
    herald_message_settings_load (config, HERALD_KIND_PRINT_PROGRESS, printer);
  g_autoptr(HeraldMessageSettings) transfer =
    herald_message_settings_load (config, HERALD_KIND_TRANSFER_PROGRESS, printer);
  g_autoptr(HeraldMessageSettings) attention =
    herald_message_settings_load (config, HERALD_KIND_ATTENTION_NEEDED, printer);
  g_autoptr(HeraldMessageSettings) cooled =
    herald_message_settings_load (config, HERALD_KIND_COOLED_DOWN, printer);

  *options = (HeraldWatchOptions) { 0 };
  if (progress->enabled)
    options->progress = make_progress_rule (progress);
  if (transfer->enabled)
    options->transfer_step_percent = read_count (transfer, HERALD_KIND_TRANSFER_PROGRESS, "step");
  if (attention->enabled)
    {
      options->attention_told = TRUE;
      options->attention_lock_s = read_count (attention, HERALD_KIND_ATTENTION_NEEDED, "repeat-lock");
      options->attention_remind_minutes = read_count (attention, HERALD_KIND_ATTENTION_NEEDED, "remind");
    }
  if (cooled->enabled)
    {
      options->cooled_bed = read_option (cooled, HERALD_KIND_COOLED_DOWN, "bed");
      options->cooled_tool = read_option (cooled, HERALD_KIND_COOLED_DOWN, "tool");
    }
}
