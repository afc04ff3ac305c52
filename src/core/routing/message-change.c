/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-change"

#include "core/routing/message-change.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/routing/message-options.h"
#include "core/words/text-form.h"

/**
 * herald_message_settings_make_section_id:
 * @printer: (nullable): id of a printer; %NULL for what holds for all
 *
 * Returns: (transfer full): the id of the section of the configuration
 */
char *
herald_message_settings_make_section_id (HeraldEventKind  kind,
                                         const char      *printer)
{
  const char *id = herald_event_kind_get_info (kind)->id;

  return printer != NULL && *printer != '\0' ? g_strdup_printf ("%s %s", id, printer) : g_strdup (id);
}

/**
 * herald_message_settings_split_key:
 * @key: the name of a setting, like `text-x`
 * @is_title: (out) (optional): whether it is a title; else it is a text
 *
 * Returns: (nullable): the form whose words @key holds, %NULL if it is something else
 */
const char *
herald_message_settings_split_key (const char *key,
                                   gboolean   *is_title)
{
  gboolean title = g_str_has_prefix (key, "title-");
  const HeraldTextForm *form;

  if (!title && !g_str_has_prefix (key, "text-"))
    return NULL;

  form = herald_text_form_find (key + strlen (title ? "title-" : "text-"));
  if (form == NULL || !g_str_equal (form->id, form->words_id) || (title && form->title_max == 0))
    return NULL;

  if (is_title != NULL)
    *is_title = title;

  return form->id;
}

static gboolean
check_words (const char  *name,
             const char  *value,
             GError     **error)
{
  if (strlen (value) <= HERALD_MESSAGE_WORDS_MAX_BYTES && g_utf8_validate (value, -1, NULL))
    return TRUE;

  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” is too long"), name);
  return FALSE;
}

static gboolean
check_enabled (const char  *value,
               GError     **error)
{
  if (g_str_equal (value, "true") || g_str_equal (value, "false"))
    return TRUE;

  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” must be true or false"), "enabled");
  return FALSE;
}

/* A sentence of its own for what people will try, since each picture is right somewhere */
static gboolean
check_picture (HeraldEventKind   kind,
               const char       *value,
               GError          **error)
{
  const HeraldEventKindInfo *info = herald_event_kind_get_info (kind);
  g_autofree char *choices = NULL;

  if (g_strv_contains (info->pictures, value))
    return TRUE;

  choices = g_strjoinv (", ", (char **) info->pictures);
  if (g_str_equal (value, "thumbnail"))
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                 /* Translators: the name of a kind of message, then a list of words */
                 _("A thumbnail shows a file, and messages of the kind “%s” are not about one; choose one of: %s"),
                 info->id, choices);
  else if (g_str_equal (value, "timelapse"))
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                 /* Translators: the name of a kind of message, then a list of words */
                 _("A timelapse comes only with “timelapse-done”; for “%s” choose one of: %s"), info->id,
                 choices);
  else
    g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                 /* Translators: the name of a setting, the name of a kind of message, a list of words */
                 _("“%s” of messages of the kind “%s” must be one of: %s"), "picture", info->id, choices);

  return FALSE;
}

static gboolean
fail_unknown (HeraldEventKind   kind,
              const char       *name,
              GError          **error)
{
  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
               _("Messages of the kind “%s” have no setting “%s”"), herald_event_kind_get_info (kind)->id, name);

  return FALSE;
}

static gboolean
check_fallback (HeraldEventKind   kind,
                const char       *value,
                GError          **error)
{
  const char *const *pictures = herald_event_kind_get_info (kind)->pictures;

  if (!g_strv_contains (pictures, "thumbnail") && !g_strv_contains (pictures, "timelapse"))
    return fail_unknown (kind, "picture-fallback", error);
  if (g_str_equal (value, "none") || g_str_equal (value, "snapshot"))
    return TRUE;

  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
               _("“%s” of messages of the kind “%s” must be one of: %s"), "picture-fallback",
               herald_event_kind_get_info (kind)->id, "none, snapshot");
  return FALSE;
}

gboolean
herald_message_change_check (HeraldEventKind   kind,
                             const char       *name,
                             const char       *value,
                             GError          **error)
{
  const HeraldMessageOption *option = herald_message_options_find (kind, name);

  if (g_str_equal (name, "title") || g_str_equal (name, "text") ||
      herald_message_settings_split_key (name, NULL) != NULL)
    return check_words (name, value, error);
  if (g_str_equal (name, "enabled"))
    return check_enabled (value, error);
  if (g_str_equal (name, "picture"))
    return check_picture (kind, value, error);
  if (g_str_equal (name, "picture-fallback"))
    return check_fallback (kind, value, error);
  if (g_str_equal (name, "channels"))
    return TRUE;
  if (option != NULL)
    return herald_message_option_check (option, value, error);

  return fail_unknown (kind, name, error);
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

/* Empty words for a form are none: those for all forms count. Elsewhere an empty text is one. */
static void
apply (HeraldValues *section,
       const char   *name,
       const char   *value)
{
  if (*value == '\0' && herald_message_settings_split_key (name, NULL) != NULL)
    g_hash_table_remove (section, name);
  else
    herald_values_set (section, name, value);
}

/**
 * herald_message_changes_check:
 * @changes: some of `enabled title text picture picture-fallback channels`, of `title-FORM text-FORM`, and of the
 *   options of @kind
 *
 * Returns: whether messages of @kind can have all of them, and the channels are there
 */
gboolean
herald_message_changes_check (HeraldConfig     *config,
                              HeraldEventKind   kind,
                              HeraldValues     *changes,
                              GError          **error)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!herald_message_change_check (kind, name, value, error) ||
          (g_str_equal (name, "channels") && !check_channels (config, value, error)))
        return FALSE;
    }

  return TRUE;
}

/**
 * herald_message_changes_apply:
 * @section: what is set for a kind, or for a kind and a printer
 */
void
herald_message_changes_apply (HeraldValues *section,
                              HeraldValues *changes)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    apply (section, name, value);
}

/* Whoever switches a message off and on again has changed nothing. */
static gboolean
says_nothing (HeraldEventKind  kind,
              const char      *printer,
              HeraldValues    *section)
{
  gboolean is_for_all = printer == NULL || *printer == '\0';
  gboolean enabled = herald_event_kind_get_info (kind)->enabled;

  if (g_hash_table_size (section) != 1)
    return g_hash_table_size (section) == 0;

  return is_for_all && g_strcmp0 (herald_values_get (section, "enabled"), enabled ? "true" : "false") == 0;
}

/**
 * herald_message_settings_change:
 * @printer: (nullable): id of a printer, to override it for that one only
 * @changes: see herald_message_changes_check(); empty words for a form take those away that were set
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
  g_autofree char *id = herald_message_settings_make_section_id (kind, printer);
  g_autoptr(HeraldValues) section = herald_config_dup_section (config, HERALD_MESSAGE_CATEGORY, id);

  if (!herald_message_changes_check (config, kind, changes, error))
    return FALSE;

  herald_message_changes_apply (section, changes);
  if (says_nothing (kind, printer, section))
    return herald_config_remove_section (config, HERALD_MESSAGE_CATEGORY, id, error);

  return herald_config_set_section (config, HERALD_MESSAGE_CATEGORY, id, section, error);
}

/**
 * herald_message_settings_restore:
 * @printer: (nullable): id of a printer, to restore its overrides
 * @own: all that was set once; its channels may be gone
 *
 * Returns: whether @own could be and is all that is set; if not, nothing is changed
 */
gboolean
herald_message_settings_restore (HeraldConfig     *config,
                                 HeraldEventKind   kind,
                                 const char       *printer,
                                 HeraldValues     *own,
                                 GError          **error)
{
  g_autofree char *id = herald_message_settings_make_section_id (kind, printer);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!herald_message_change_check (kind, name, value, error))
        return FALSE;
    }
  if (g_hash_table_size (own) == 0)
    return herald_config_remove_section (config, HERALD_MESSAGE_CATEGORY, id, error);

  return herald_config_set_section (config, HERALD_MESSAGE_CATEGORY, id, own, error);
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
  g_autofree char *id = herald_message_settings_make_section_id (kind, printer);

  return herald_config_remove_section (config, HERALD_MESSAGE_CATEGORY, id, error);
}
