/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-plugin-settings"

#include "core/import/plugin-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/json-reader.h"
#include "core/base/text.h"
#include "core/import/brace-words.h"
#include "core/words/template.h"

#define TEXT_MAX_CHARS 1000

/* The kinds of both plugins; what only Octorant has comes last. */
static const HeraldPluginEvent events[] = {
  { "startup", HERALD_KIND_OCTOPRINT_STARTED, FALSE, "1da0022e4d12056d" },
  { "shutdown", HERALD_KIND_OCTOPRINT_STOPPED, FALSE, "c6887728bd8956fa" },
  { "printer_state_operational", HERALD_KIND_PRINTER_OPERATIONAL, FALSE, "b32d714e01f49057" },
  { "printer_state_error", HERALD_KIND_PRINTER_ERROR, FALSE, "4145ed7d955fa886" },
  { "printer_state_unknown", HERALD_KIND_PRINTER_UNKNOWN, FALSE, "b6173ae8b4a9ee19" },
  { "printing_started", HERALD_KIND_PRINT_STARTED, TRUE, "a58266ffc237f79e" },
  { "printing_paused", HERALD_KIND_PRINT_PAUSED, TRUE, "a4be180ffe8c373d" },
  { "printing_resumed", HERALD_KIND_PRINT_RESUMED, TRUE, "65ebac5993176b3b" },
  { "printing_cancelled", HERALD_KIND_PRINT_CANCELLED, TRUE, "b4b72f69a116dd7a" },
  { "printing_done", HERALD_KIND_PRINT_DONE, TRUE, "e39c062aa2b60bfc" },
  { "printing_failed", HERALD_KIND_PRINT_FAILED, TRUE, "e5432d9d08b1c2bb" },
  { "printing_progress", HERALD_KIND_PRINT_PROGRESS, TRUE, "9783737897c00eaa" },
  { "transfer_started", HERALD_KIND_TRANSFER_STARTED, TRUE, NULL },
  { "transfer_progress", HERALD_KIND_TRANSFER_PROGRESS, FALSE, NULL },
  { "transfer_done", HERALD_KIND_TRANSFER_DONE, FALSE, NULL },
  { "transfer_failed", HERALD_KIND_TRANSFER_FAILED, FALSE, NULL },
  { "timelapse_done", HERALD_KIND_TIMELAPSE_DONE, TRUE, NULL },
  { "timelapse_failed", HERALD_KIND_TIMELAPSE_FAILED, FALSE, NULL },
};

static char *
dup_value (JsonObject *settings,
           const char *name)
{
  const char *text = NULL;
  gint64 whole;

  if (herald_json_get_string (settings, name, &text))
    return g_strdup (text);
  if (herald_json_get_int (settings, name, &whole))
    return g_strdup_printf ("%" G_GINT64_FORMAT, whole);

  return NULL;
}

char *
herald_plugin_dup_text (JsonObject *settings,
                        const char *name)
{
  g_autofree char *value = dup_value (settings, name);
  g_autofree char *text = herald_text_clean (value, TEXT_MAX_CHARS);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

char *
herald_plugin_dup_secret (JsonObject *settings,
                          const char *name)
{
  g_autofree char *value = dup_value (settings, name);

  if (value == NULL || *value == '\0' || strlen (value) > TEXT_MAX_CHARS || !g_utf8_validate (value, -1, NULL))
    return NULL;
  for (const char *p = value; *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p))
        return NULL;
    }

  return g_steal_pointer (&value);
}

gboolean
herald_plugin_get_switch (JsonObject *settings,
                          const char *name,
                          gboolean    fallback)
{
  JsonNode *node = settings != NULL ? json_object_get_member (settings, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fallback;

  return json_node_get_boolean (node);
}

double
herald_plugin_get_number (JsonObject *settings,
                          const char *name,
                          double      fallback)
{
  const char *text = NULL;
  char *end = NULL;
  double number;

  if (herald_json_get_double (settings, name, &number))
    return number;
  /* What somebody has typed into a form often comes as a text. */
  if (!herald_json_get_string (settings, name, &text) || *text == '\0' || strspn (text, "0123456789.") != strlen (text))
    return fallback;

  number = g_ascii_strtod (text, &end);
  return *end == '\0' ? number : fallback;
}

gint64
herald_plugin_get_whole (JsonObject *settings,
                         const char *name,
                         gint64      fallback)
{
  return (gint64) CLAMP (herald_plugin_get_number (settings, name, (double) fallback), -1e9, 1e9);
}

/**
 * herald_plugin_events_get:
 * @n_events: (out): how many
 *
 * Returns: (transfer none) (array length=n_events): the messages of both plugins
 */
const HeraldPluginEvent *
herald_plugin_events_get (guint *n_events)
{
  *n_events = G_N_ELEMENTS (events);

  return events;
}

static gboolean
is_untouched (const HeraldPluginEvent *self,
              const char              *words)
{
  g_autofree char *checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, words, -1);

  return self->checksum != NULL && g_str_has_prefix (checksum, self->checksum);
}

char *
herald_plugin_event_dup_words (const HeraldPluginEvent *self,
                               JsonObject              *event,
                               HeraldImportPlan        *plan)
{
  const char *subject = _(herald_event_kind_get_info (self->kind)->name);
  g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *words = NULL;
  g_auto(GStrv) doubts = NULL;
  const char *foreign = NULL;

  if (!herald_json_get_string (event, "message", &foreign) || is_untouched (self, foreign))
    return NULL;

  words = herald_brace_words_translate (foreign, self->kind, remarks);
  for (guint i = 0; i < remarks->len; i++)
    herald_import_plan_tell (plan, HERALD_IMPORT_CHANGED, subject, "%s", (char *) g_ptr_array_index (remarks, i));
  if (*words == '\0')
    {
      herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, subject,
                               _("It has no words, so those in OctoHerald stay as they are."));
      return NULL;
    }

  doubts = herald_template_check (words, self->kind);
  for (char **doubt = doubts; *doubt != NULL; doubt++)
    herald_import_plan_tell (plan, HERALD_IMPORT_CHANGED, subject, "%s", *doubt);

  return g_steal_pointer (&words);
}

void
herald_plugin_tell_scripts (JsonObject       *settings,
                            HeraldImportPlan *plan,
                            const char       *source)
{
  g_autofree char *before = herald_plugin_dup_text (settings, "script_before");
  g_autofree char *after = herald_plugin_dup_text (settings, "script_after");

  if (before == NULL && after == NULL)
    return;

  herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Scripts"),
                           /* Translators: the name of a program, like OctoTweet */
                           _("Programs that %s runs before or after a message are never taken over. The help says under "
                             "“Scripts around a message” how to allow them here."), source);
}
