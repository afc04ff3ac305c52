/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-foreign-messages"

#include "core/foreign-settlement.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/engine-preview.h"
#include "core/routing/message-change.h"
#include "core/routing/message-options.h"
#include "core/routing/message-settings.h"

/* On the way to what is set for one kind of messages */
typedef struct
{
  HeraldForeignSettlement *settlement;
  HeraldEngine *engine;
  HeraldImportPlan *plan;
  const char *scope; /* (nullable): a printer */
  GPtrArray *channel_ids;
  HeraldValues *changes[HERALD_N_EVENT_KINDS];
  char *sentences[HERALD_N_EVENT_KINDS]; /* what is told of them */
} Settling;

/* Which settings are told together, in a word or two */
static const struct
{
  const char *prefix;
  const char *words;
} told[] = {
  /* Translators: a part of the list in “As in the other program: the words, the picture, how often it comes.” */
  { "text", N_("the words") },
  /* Translators: a part of the list in “As in the other program: the words, the picture, how often it comes.” */
  { "picture", N_("the picture") },
  /* Translators: a part of the list in “As in the other program: the words, whether it is told.”; “it” is the message */
  { "enabled", N_("whether it is told") },
};

static void
append_part (GString    *list,
             const char *part)
{
  g_string_append_printf (list, "%s%s", list->len > 0 ? herald_text_get_comma () : "", part);
}

static char *
describe (HeraldEventKind  kind,
          HeraldValues    *changes)
{
  g_autoptr(GString) list = g_string_new (NULL);
  gboolean has_options = FALSE;
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      gboolean is_there = FALSE;

      g_hash_table_iter_init (&iter, changes);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        {
          is_there = is_there || g_str_has_prefix (name, told[i].prefix);
          has_options = has_options || herald_message_options_find (kind, name) != NULL;
        }
      if (is_there)
        append_part (list, _(told[i].words));
    }
  if (has_options)
    /* Translators: a part of the list in “As in the other program: the words, how often it comes.”; “it” is the message */
    append_part (list, _("how often it comes"));

  /* Translators: what of a message is taken over, a list of “the words”, “the picture” and the like */
  return g_strdup_printf (_("As in the other program: %s."), list->str);
}

/* Only what is right, and not so already */
static void
take_change (Settling        *self,
             HeraldEventKind  kind,
             const char      *name,
             const char      *value)
{
  const char *subject = _(herald_event_kind_get_info (kind)->name);
  g_autofree char *id = herald_message_settings_make_section_id (kind, self->scope);
  g_autoptr(HeraldValues) section = herald_config_dup_section (self->engine->config, HERALD_MESSAGE_CATEGORY, id);
  g_autoptr(GError) error = NULL;

  if (g_strcmp0 (herald_values_get (section, name), value) == 0)
    return;
  if (!herald_message_change_check (kind, name, value, &error))
    {
      g_autofree char *sentence = herald_text_end_sentence (error->message);

      herald_import_plan_tell (self->plan, HERALD_IMPORT_LEFT, subject, "%s", sentence);
      return;
    }

  if (self->changes[kind] == NULL)
    self->changes[kind] = herald_values_new ();
  herald_values_set (self->changes[kind], name, value);
}

static void
take_changes (Settling        *self,
              HeraldEventKind  kind,
              gboolean        *found)
{
  HeraldValues *wanted = self->plan->messages[kind];
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  if (wanted == NULL)
    return;

  *found = TRUE;
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &name, &value))
    take_change (self, kind, name, value);
  if (self->changes[kind] != NULL)
    self->sentences[kind] = describe (kind, self->changes[kind]);
}

/* Who hears what */

static HeraldMessageSettings *
load (Settling        *self,
      HeraldEventKind  kind)
{
  return herald_message_settings_try (self->engine->config, kind, self->scope, self->changes[kind]);
}

/* All channels there are and will be, but @id */
static char *
dup_others (Settling   *self,
            const char *id)
{
  g_autoptr(GString) list = g_string_new (NULL);
  guint n_channels = g_list_model_get_n_items (G_LIST_MODEL (self->engine->channels));

  for (guint i = 0; i < n_channels; i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->engine->channels), i);

      g_string_append_printf (list, "%s%s", list->len > 0 ? "," : "", herald_channel_get_id (channel));
    }
  for (guint i = 0; i < self->channel_ids->len; i++)
    {
      const char *other = g_ptr_array_index (self->channel_ids, i);

      if (other != NULL && !g_str_equal (other, id))
        g_string_append_printf (list, "%s%s", list->len > 0 ? "," : "", other);
    }

  return list->len > 0 ? g_strdup (list->str) : g_strdup ("none");
}

static char *
dup_without (const char *channels,
             const char *id)
{
  g_auto(GStrv) ids = g_strsplit (channels, ",", -1);
  g_autoptr(GString) list = g_string_new (NULL);

  for (char **other = ids; *other != NULL; other++)
    {
      if (!g_str_equal (g_strstrip (*other), id))
        g_string_append_printf (list, "%s%s", list->len > 0 ? "," : "", *other);
    }

  return list->len > 0 ? g_strdup (list->str) : g_strdup ("none");
}

/* Nobody else hears more or less of it than before. */
static void
let_hear (Settling        *self,
          HeraldEventKind  kind,
          const char      *id)
{
  g_autoptr(HeraldMessageSettings) settings = load (self, kind);
  g_autofree char *list = NULL;

  if (!settings->enabled)
    {
      take_change (self, kind, "enabled", "true");
      take_change (self, kind, "channels", id);
      return;
    }
  if (herald_message_settings_allow (settings, id))
    return;

  list = g_str_equal (settings->channels, "none") || *settings->channels == '\0'
           ? g_strdup (id)
           : g_strconcat (settings->channels, ",", id, NULL);
  take_change (self, kind, "channels", list);
}

/* Returns: whether it would have heard of it */
static gboolean
let_not_hear (Settling        *self,
              HeraldEventKind  kind,
              const char      *id)
{
  g_autoptr(HeraldMessageSettings) settings = load (self, kind);
  g_autofree char *others = NULL;

  if (!settings->enabled || !herald_message_settings_allow (settings, id))
    return FALSE;

  others = g_str_equal (settings->channels, "all") ? dup_others (self, id) : dup_without (settings->channels, id);
  take_change (self, kind, "channels", others);

  return TRUE;
}

static void
append_kind (GString         *list,
             HeraldEventKind  kind)
{
  append_part (list, _(herald_event_kind_get_info (kind)->name));
}

/* Of what that program did not know the public hears nothing unasked; a mailbox hears what it would hear anyway. */
static void
settle_hearing (Settling            *self,
                HeraldImportChannel *channel,
                const char          *id,
                gboolean             is_public)
{
  const char *name = herald_values_get (channel->settings, "name");
  g_autoptr(GString) heard = g_string_new (NULL);
  g_autoptr(GString) unheard = g_string_new (NULL);

  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      HeraldEventKind kind = (HeraldEventKind) i;
      gboolean is_asked = (channel->asked & (1u << kind)) != 0;

      if (kind == HERALD_KIND_TEST || kind == HERALD_KIND_CUSTOM)
        continue;
      if ((channel->told & (1u << kind)) != 0)
        {
          let_hear (self, kind, id);
          append_kind (heard, kind);
        }
      else if ((is_asked || is_public) && let_not_hear (self, kind, id))
        append_kind (unheard, kind);
    }
  if (heard->len > 0)
    herald_import_plan_tell (self->plan, HERALD_IMPORT_TAKEN, name,
                             /* Translators: the name of a program, a list of kinds of messages */
                             _("This account is added. As in %s, it gets these messages: %s."),
                             channel->source, heard->str);
  else
    herald_import_plan_tell (self->plan, HERALD_IMPORT_TAKEN, name,
                             _("This account is added, but gets no messages yet. Choose them on the page “Messages”."));
  if (unheard->len > 0)
    herald_import_plan_tell (self->plan, HERALD_IMPORT_LEFT, name,
                             /* Translators: a list of kinds of messages */
                             _("It does not get these messages: %s. You can change that on the page “Messages”."),
                             unheard->str);
}

static gboolean
is_public (HeraldEngine        *engine,
           HeraldImportChannel *channel)
{
  for (guint i = 0; engine->channel_types[i] != NULL; i++)
    {
      if (g_str_equal (engine->channel_types[i]->id, channel->type))
        return engine->channel_types[i]->reach == HERALD_REACH_PUBLIC;
    }

  return TRUE;
}

static gboolean
is_told (HeraldImportPlan *plan,
         const char       *subject,
         const char       *sentence)
{
  for (guint i = 0; i < plan->lines->len; i++)
    {
      HeraldImportLine *line = g_ptr_array_index (plan->lines, i);

      if (g_str_equal (line->subject, subject) && g_str_equal (line->sentence, sentence))
        return TRUE;
    }

  return FALSE;
}

/* What is too long here, or costs more than it must, is said before it does. */
static void
tell_problems (Settling        *self,
               HeraldEventKind  kind,
               const char      *words,
               const char      *form)
{
  const char *subject = _(herald_event_kind_get_info (kind)->name);
  const HeraldRenderRequest request = { .printer = self->scope, .changes = self->changes[kind], .form = form,
                                        .choice = HERALD_VALUES_SAMPLE };
  g_autoptr(HeraldRendering) rendering = NULL;

  if (self->changes[kind] == NULL || herald_values_get (self->changes[kind], words) == NULL)
    return;

  rendering = herald_engine_render (self->engine, kind, &request, NULL);
  for (char **problem = rendering != NULL ? rendering->problems : NULL; problem != NULL && *problem != NULL; problem++)
    {
      if (!is_told (self->plan, subject, *problem))
        herald_import_plan_tell (self->plan, HERALD_IMPORT_CHANGED, subject, "%s", *problem);
    }
}

static void
tell_messages (Settling *self)
{
  for (guint kind = 0; kind < HERALD_N_EVENT_KINDS; kind++)
    {
      if (self->sentences[kind] != NULL)
        herald_import_plan_tell (self->plan, HERALD_IMPORT_TAKEN, _(herald_event_kind_get_info ((HeraldEventKind) kind)->name),
                                 "%s", self->sentences[kind]);
      g_clear_pointer (&self->sentences[kind], g_free);
      tell_problems (self, (HeraldEventKind) kind, "text-x", "x");
      tell_problems (self, (HeraldEventKind) kind, "text", "desktop");
    }
}

static void
add_section (Settling        *self,
             HeraldEventKind  kind)
{
  g_autofree char *id = herald_message_settings_make_section_id (kind, self->scope);
  g_autoptr(HeraldValues) section = NULL;

  if (self->changes[kind] == NULL)
    return;

  section = herald_config_dup_section (self->engine->config, HERALD_MESSAGE_CATEGORY, id);
  herald_message_changes_apply (section, self->changes[kind]);
  g_ptr_array_add (self->settlement->sections, herald_config_section_new (HERALD_MESSAGE_CATEGORY, id, section));
}

void
herald_foreign_messages_settle (HeraldForeignSettlement *settlement,
                                HeraldEngine            *engine,
                                HeraldImportPlan        *plan,
                                const char              *scope,
                                GPtrArray               *channel_ids)
{
  Settling self = { settlement, engine, plan, scope, channel_ids };
  gboolean found = FALSE;
  gboolean changed = FALSE;

  for (guint kind = 0; kind < HERALD_N_EVENT_KINDS; kind++)
    {
      take_changes (&self, (HeraldEventKind) kind, &found);
      changed = changed || self.changes[kind] != NULL;
    }
  if (found && !changed)
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Messages"), _("They are as in the other program already."));

  for (guint i = 0; i < channel_ids->len; i++)
    {
      HeraldImportChannel *channel = g_ptr_array_index (plan->channels, i);
      const char *id = g_ptr_array_index (channel_ids, i);

      if (id != NULL)
        settle_hearing (&self, channel, id, is_public (engine, channel));
    }

  tell_messages (&self);
  for (guint kind = 0; kind < HERALD_N_EVENT_KINDS; kind++)
    {
      add_section (&self, (HeraldEventKind) kind);
      g_clear_pointer (&self.changes[kind], g_hash_table_unref);
    }
}
