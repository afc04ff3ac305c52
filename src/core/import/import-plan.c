/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-import-plan"

#include "core/import/import-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/text.h"

#define SUBJECT_MAX_CHARS 100
#define SENTENCE_MAX_CHARS 600

/* A shorter one is in many words that have nothing to do with it. */
#define SECRET_MIN_BYTES 6

static void
line_free (HeraldImportLine *self)
{
  g_free (self->subject);
  g_free (self->sentence);
  g_free (self);
}

static void
printer_free (HeraldImportPrinter *self)
{
  g_free (self->label);
  g_hash_table_unref (self->settings);
  g_free (self->key);
  g_free (self);
}

static void
channel_free (HeraldImportChannel *self)
{
  g_hash_table_unref (self->settings);
  g_hash_table_unref (self->secrets);
  g_free (self);
}

HeraldImportPlan *
herald_import_plan_new (void)
{
  HeraldImportPlan *self = g_new0 (HeraldImportPlan, 1);

  self->printers = g_ptr_array_new_with_free_func ((GDestroyNotify) printer_free);
  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) channel_free);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);

  return self;
}

void
herald_import_plan_free (HeraldImportPlan *self)
{
  g_ptr_array_unref (self->printers);
  g_ptr_array_unref (self->channels);
  for (guint kind = 0; kind < HERALD_N_EVENT_KINDS; kind++)
    g_clear_pointer (&self->messages[kind], g_hash_table_unref);
  g_free (self->printer_name);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/**
 * herald_import_plan_add_printer:
 * @label: what a person calls it
 * @name: (nullable): for here
 * @key: (nullable): a secret
 *
 * Returns: (transfer none): the printer; %NULL if there are too many already
 */
HeraldImportPrinter *
herald_import_plan_add_printer (HeraldImportPlan *self,
                                const char       *label,
                                const char       *name,
                                const char       *url,
                                const char       *key)
{
  HeraldImportPrinter *printer;

  if (self->printers->len >= HERALD_IMPORT_MAX_PRINTERS)
    return NULL;

  printer = g_new0 (HeraldImportPrinter, 1);
  printer->label = herald_text_clean (label, SUBJECT_MAX_CHARS);
  printer->settings = herald_values_new ();
  printer->key = g_strdup (key);
  if (key != NULL)
    herald_log_add_passing_secret (key);
  herald_values_set (printer->settings, "name", name);
  herald_values_set (printer->settings, "url", url);
  g_ptr_array_add (self->printers, printer);

  return printer;
}

/**
 * herald_import_plan_add_channel:
 * @type: id of a type of channels; static
 * @source: the name of the program it comes from; static
 *
 * Returns: (transfer none): the channel, without any settings yet
 */
HeraldImportChannel *
herald_import_plan_add_channel (HeraldImportPlan *self,
                                const char       *type,
                                const char       *source)
{
  HeraldImportChannel *channel = g_new0 (HeraldImportChannel, 1);

  channel->type = type;
  channel->source = source;
  channel->settings = herald_values_new ();
  channel->secrets = herald_values_new ();
  g_ptr_array_add (self->channels, channel);

  return channel;
}

/* The log never hears it. */
void
herald_import_channel_add_secret (HeraldImportChannel *self,
                                  const char          *field,
                                  const char          *secret)
{
  herald_log_add_passing_secret (secret);
  herald_values_set (self->secrets, field, secret);
}

void
herald_import_plan_set_message (HeraldImportPlan *self,
                                HeraldEventKind   kind,
                                const char       *name,
                                const char       *value)
{
  if (self->messages[kind] == NULL)
    self->messages[kind] = herald_values_new ();
  herald_values_set (self->messages[kind], name, value);
}

void
herald_import_plan_set_name (HeraldImportPlan *self,
                             const char       *name)
{
  g_autofree char *clean = herald_text_clean (name, SUBJECT_MAX_CHARS);

  g_free (self->printer_name);
  self->printer_name = *clean != '\0' ? g_steal_pointer (&clean) : NULL;
}

/**
 * herald_import_plan_tell:
 * @subject: what it is about, in a few words
 * @format: a sentence for a person
 *
 * Adds a line to the report. Foreign words may be in it: they are cleaned here.
 */
void
herald_import_plan_tell (HeraldImportPlan    *self,
                         HeraldImportOutcome  outcome,
                         const char          *subject,
                         const char          *format,
                         ...)
{
  HeraldImportLine *line;
  g_autofree char *sentence = NULL;
  va_list args;

  if (self->lines->len >= HERALD_IMPORT_MAX_LINES)
    return;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);

  line = g_new0 (HeraldImportLine, 1);
  line->outcome = outcome;
  line->subject = herald_text_clean (subject, SUBJECT_MAX_CHARS);
  line->sentence = herald_text_clean (sentence, SENTENCE_MAX_CHARS);
  g_ptr_array_add (self->lines, line);
}

static void
hide (char       **text,
      const char  *secret)
{
  g_autoptr(GString) safe = NULL;

  if (secret == NULL || strlen (secret) < SECRET_MIN_BYTES || strstr (*text, secret) == NULL)
    return;

  safe = g_string_new (*text);
  g_string_replace (safe, secret, "***", 0);
  g_free (*text);
  *text = g_string_free (g_steal_pointer (&safe), FALSE);
}

static void
hide_in_lines (HeraldImportPlan *self,
               const char       *secret)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      HeraldImportLine *line = g_ptr_array_index (self->lines, i);

      hide (&line->subject, secret);
      hide (&line->sentence, secret);
    }
}

/* Keeps the order of those that are equal. */
static void
sort_lines (GPtrArray *lines)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();

  for (guint outcome = HERALD_IMPORT_TAKEN; outcome <= HERALD_IMPORT_LEFT; outcome++)
    {
      for (guint i = 0; i < lines->len; i++)
        {
          HeraldImportLine *line = g_ptr_array_index (lines, i);

          if (line->outcome == (HeraldImportOutcome) outcome)
            g_ptr_array_add (sorted, line);
        }
    }
  for (guint i = 0; i < lines->len; i++)
    lines->pdata[i] = sorted->pdata[i];
}

void
herald_import_plan_finish_lines (HeraldImportPlan *self)
{
  for (guint i = 0; i < self->printers->len; i++)
    hide_in_lines (self, ((HeraldImportPrinter *) g_ptr_array_index (self->printers, i))->key);
  for (guint i = 0; i < self->channels->len; i++)
    {
      HeraldImportChannel *channel = g_ptr_array_index (self->channels, i);
      GHashTableIter iter;
      gpointer secret;

      g_hash_table_iter_init (&iter, channel->secrets);
      while (g_hash_table_iter_next (&iter, NULL, &secret))
        hide_in_lines (self, secret);
    }
  sort_lines (self->lines);
}

const char *
herald_import_outcome_to_id (HeraldImportOutcome outcome)
{
  static const char *const ids[] = {
    [HERALD_IMPORT_TAKEN] = "taken",
    [HERALD_IMPORT_CHANGED] = "changed",
    [HERALD_IMPORT_LEFT] = "left",
  };

  return ids[outcome];
}
