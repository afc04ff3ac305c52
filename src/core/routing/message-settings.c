/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-settings"

#include "core/routing/message-settings.h"

#include <glib/gi18n-lib.h>
#include "core/routing/message-change.h"
#include "core/routing/message-options.h"
#include "core/words/mail-words.h"
#include "core/words/post-words.h"

#define NO_PICTURE "none"

/* Have words of their own from the start */
#define MAIL_FORM "email"
#define POST_FORM "x"

/* What cannot be a value, in a file edited by hand, counts as not set, as do empty words for a form. Channels are taken
 * as they are: those that do not exist get nothing, which is safer than that all get it. */
static gboolean
is_set (HeraldEventKind  kind,
        const char      *name,
        const char      *value)
{
  if (*value == '\0' && herald_message_settings_split_key (name, NULL) != NULL)
    return FALSE;

  return g_str_equal (name, "channels") || herald_message_change_check (kind, name, value, NULL);
}

static void
overlay (HeraldMessageSettings *self,
         HeraldEventKind        kind,
         HeraldValues          *section)
{
  const struct
  {
    const char *name;
    char **field;
  } texts[] = {
    { "title", &self->title },
    { "text", &self->text },
    { "picture", &self->picture },
    { "picture-fallback", &self->picture_fallback },
    { "channels", &self->channels },
  };
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, section);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!is_set (kind, name, value))
        continue;

      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        {
          if (g_str_equal (name, texts[i].name))
            {
              g_free (*texts[i].field);
              *texts[i].field = g_strdup (value);
            }
        }
      /* Who has words of their own has nothing beside them, not even who sends them. */
      if (g_str_equal (name, "title"))
        g_clear_pointer (&self->mail_title, g_free);
      if (g_str_equal (name, "text"))
        {
          g_clear_pointer (&self->mail_text, g_free);
          g_clear_pointer (&self->post_text, g_free);
        }
      self->picture_changed |= g_str_equal (name, "picture");
      if (herald_message_settings_split_key (name, NULL) != NULL)
        herald_values_set (self->form_words, name, value);
      else if (herald_message_options_find (kind, name) != NULL)
        herald_values_set (self->options, name, value);
    }
  self->enabled = herald_values_get_boolean (section, "enabled", self->enabled);
  self->changed = g_hash_table_size (section) > 0;
}

/* Who asks for a thumbnail wants no view into the room when there is none. */
static const char *
get_default_fallback (HeraldMessageSettings *self)
{
  return !self->picture_changed && g_str_equal (self->picture, "thumbnail") ? "snapshot" : NO_PICTURE;
}

static void
overlay_section (HeraldMessageSettings *self,
                 HeraldConfig          *config,
                 HeraldEventKind        kind,
                 const char            *printer,
                 HeraldValues          *changes)
{
  g_autofree char *id = herald_message_settings_make_section_id (kind, printer);
  g_autoptr(HeraldValues) section = herald_config_dup_section (config, HERALD_MESSAGE_CATEGORY, id);

  if (changes != NULL)
    herald_message_changes_apply (section, changes);
  overlay (self, kind, section);
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
  return herald_message_settings_try (config, kind, printer, NULL);
}

/**
 * herald_message_settings_try:
 * @printer: (nullable): id of a printer, for its overrides; %NULL for what holds for all
 * @changes: (nullable): what herald_message_settings_change() would take
 *
 * Returns: (transfer full): the settings as they would be after @changes
 */
HeraldMessageSettings *
herald_message_settings_try (HeraldConfig    *config,
                             HeraldEventKind  kind,
                             const char      *printer,
                             HeraldValues    *changes)
{
  gboolean is_for_one = printer != NULL && *printer != '\0';
  const HeraldEventKindInfo *info = herald_event_kind_get_info (kind);
  HeraldMessageSettings *self = g_new0 (HeraldMessageSettings, 1);
  guint n_options;
  const HeraldMessageOption *options = herald_message_options_get_all (&n_options);

  self->enabled = info->enabled;
  self->title = g_strdup (_(info->title));
  self->text = g_strdup (_(info->text));
  self->mail_title = herald_mail_words_dup_title (kind);
  self->mail_text = herald_mail_words_dup_text (kind);
  self->post_text = herald_post_words_dup_text (kind);
  self->form_words = herald_values_new ();
  self->picture = g_strdup (info->pictures[0]);
  self->channels = g_strdup ("all");
  self->options = herald_values_new ();
  for (guint i = 0; i < n_options; i++)
    {
      if (herald_message_option_applies (&options[i], kind))
        herald_values_set (self->options, options[i].name, options[i].fallback);
    }

  overlay_section (self, config, kind, NULL, is_for_one ? NULL : changes);
  if (is_for_one)
    overlay_section (self, config, kind, printer, changes);
  if (self->picture_fallback == NULL)
    self->picture_fallback = g_strdup (get_default_fallback (self));

  return self;
}

void
herald_message_settings_free (HeraldMessageSettings *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->mail_title);
  g_free (self->mail_text);
  g_free (self->post_text);
  g_clear_pointer (&self->form_words, g_hash_table_unref);
  g_free (self->picture);
  g_free (self->picture_fallback);
  g_free (self->channels);
  g_clear_pointer (&self->options, g_hash_table_unref);
  g_free (self);
}

/* (nullable) */
static const char *
get_own_words (HeraldMessageSettings *self,
               const char            *what,
               const char            *form)
{
  g_autofree char *name = g_strdup_printf ("%s-%s", what, form != NULL ? form : "");

  return herald_values_get (self->form_words, name);
}

/* @mail, @post: (nullable) */
static const char *
get_words (HeraldMessageSettings *self,
           const char            *what,
           const char            *form,
           const char            *mail,
           const char            *post,
           const char            *general)
{
  const char *words = get_own_words (self, what, form);

  if (words == NULL && g_strcmp0 (form, MAIL_FORM) == 0)
    words = mail;
  if (words == NULL && g_strcmp0 (form, POST_FORM) == 0)
    words = post;

  return words != NULL ? words : general;
}

/**
 * herald_message_settings_get_title:
 * @form: (nullable): id of a form of words; %NULL for the words without one
 *
 * Returns: the template for the title. What is written for @form counts before
 *   what is written for a printer, for it is made for the length, the price and
 *   the readers there; what is written for both counts before either.
 */
const char *
herald_message_settings_get_title (HeraldMessageSettings *self,
                                   const char            *form)
{
  return get_words (self, "title", form, self->mail_title, NULL, self->title);
}

/**
 * herald_message_settings_get_text:
 * @form: (nullable): id of a form of words; %NULL for the words without one
 *
 * Returns: the template for the text, chosen like the title
 */
const char *
herald_message_settings_get_text (HeraldMessageSettings *self,
                                  const char            *form)
{
  return get_words (self, "text", form, self->mail_text, self->post_text, self->text);
}

gboolean
herald_message_settings_has_words (HeraldMessageSettings *self,
                                   const char            *what,
                                   const char            *form)
{
  return get_own_words (self, what, form) != NULL;
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

/**
 * herald_message_settings_read_option:
 * @name: of an option that messages of @kind have
 *
 * Returns: its number; 1 for `true`
 */
double
herald_message_settings_read_option (HeraldMessageSettings *self,
                                     HeraldEventKind        kind,
                                     const char            *name)
{
  const HeraldMessageOption *option = herald_message_options_find (kind, name);

  g_return_val_if_fail (option != NULL, 0);

  return herald_message_option_read (option, herald_values_get (self->options, name));
}

static guint
read_count (HeraldMessageSettings *self,
            HeraldEventKind        kind,
            const char            *name)
{
  return (guint) herald_message_settings_read_option (self, kind, name);
}

static HeraldProgressRule
make_progress_rule (HeraldMessageSettings *settings)
{
  const HeraldEventKind kind = HERALD_KIND_PRINT_PROGRESS;

  return (HeraldProgressRule) {
    .step_percent = read_count (settings, kind, "step"),
    .minutes = read_count (settings, kind, "minutes"),
    .estimate_step_percent = read_count (settings, kind, "estimate-step"),
    .height_mm = herald_message_settings_read_option (settings, kind, "height"),
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
      options->cooled_bed = herald_message_settings_read_option (cooled, HERALD_KIND_COOLED_DOWN, "bed");
      options->cooled_tool = herald_message_settings_read_option (cooled, HERALD_KIND_COOLED_DOWN, "tool");
    }
}
