/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-from-octorant"

#include "core/import/import-source.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/base/json-reader.h"
#include "core/base/text.h"
#include "core/import/plugin-settings.h"
#include "core/routing/message-change.h"

/* Octorant 1.0 to 1.3.4 */

#define SOURCE "Octorant"

#define STEP_USUAL 10

static void
set_option (HeraldImportPlan *plan,
            const char       *name,
            const char       *value)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (herald_message_change_check (HERALD_KIND_PRINT_PROGRESS, name, value, &error))
    {
      herald_import_plan_set_message (plan, HERALD_KIND_PRINT_PROGRESS, name, value);
      return;
    }

  sentence = herald_text_end_sentence (error->message);
  herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Print progress"), "%s", sentence);
}

static void
set_whole (HeraldImportPlan *plan,
           const char       *name,
           gint64            value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  set_option (plan, name, text);
}

/* Seconds there, minutes here: at least one, since 0 is none. */
static void
set_minutes (HeraldImportPlan *plan,
             gint64            seconds)
{
  gint64 minutes = MAX ((seconds + 30) / 60, 1);

  if (minutes * 60 != seconds)
    herald_import_plan_tell (plan, HERALD_IMPORT_CHANGED, _("Print progress"),
                             _("OctoHerald counts in minutes, so the interval is rounded to whole minutes."));
  set_whole (plan, "minutes", minutes);
}

/* Since 1.3 */
static void
read_progress (HeraldImportPlan *plan,
               JsonObject       *progress)
{
  gint64 step = herald_plugin_get_whole (progress, "percentage_step", STEP_USUAL);
  gint64 seconds = herald_plugin_get_whole (progress, "time_step", 0);
  gint64 throttle = herald_plugin_get_whole (progress, "throttle_step", 0);
  double height = herald_plugin_get_number (progress, "height_step", 0);

  if (!herald_plugin_get_switch (progress, "percentage_enabled", TRUE))
    set_whole (plan, "step", 0);
  else if (step != STEP_USUAL)
    set_whole (plan, "step", step);
  if (herald_plugin_get_switch (progress, "time_enabled", FALSE) && seconds > 0)
    set_minutes (plan, seconds);
  if (herald_plugin_get_switch (progress, "throttle_enabled", FALSE) && throttle > 0)
    set_whole (plan, "spacing", throttle);
  if (herald_plugin_get_switch (progress, "height_enabled", FALSE) && height > 0)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      set_option (plan, "height", g_ascii_formatd (text, sizeof text, "%.2f", height));
    }
}

/* Before 1.3 the step was part of the message, and there was a time in minutes for a while. */
static void
read_old_progress (HeraldImportPlan *plan,
                   JsonObject       *event)
{
  gint64 step = herald_plugin_get_whole (event, "step", STEP_USUAL);
  gint64 minutes = herald_plugin_get_whole (event, "timeStep", 0);

  if (step != STEP_USUAL)
    set_whole (plan, "step", step);
  if (minutes > 0 && minutes != STEP_USUAL)
    set_whole (plan, "at-least-minutes", minutes);
}

static void
read_picture (HeraldImportPlan        *plan,
              const HeraldPluginEvent *row,
              JsonObject              *event)
{
  const char *subject = _(herald_event_kind_get_info (row->kind)->name);
  g_autofree char *media = herald_plugin_dup_text (event, "media");
  gboolean is_snapshot = herald_plugin_get_switch (event, "with_snapshot", row->picture);
  gboolean has_media = event != NULL && json_object_has_member (event, "media");
  const char *picture = is_snapshot ? "snapshot" : "none";
  g_autoptr(GError) error = NULL;

  if (!has_media && is_snapshot == row->picture)
    return;
  if (has_media)
    picture = media != NULL ? media : "none";
  if (row->picture && g_str_equal (picture, "snapshot"))
    return;
  if (!row->picture && g_str_equal (picture, "none"))
    return;

  if (herald_message_change_check (row->kind, "picture", picture, &error))
    herald_import_plan_set_message (plan, row->kind, "picture", picture);
  else
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, subject,
                             _("These messages cannot have this picture in OctoHerald. Choose another one on the page "
                               "“Messages”."));
}

/* From Octorant 1.3 on these were off from the start. */
static gboolean
is_on_from_the_start (HeraldEventKind kind)
{
  return kind < HERALD_KIND_TRANSFER_STARTED || kind > HERALD_KIND_TIMELAPSE_FAILED;
}

static void
read_event (HeraldImportPlan        *plan,
            const HeraldPluginEvent *row,
            JsonObject              *event)
{
  const char *subject = _(herald_event_kind_get_info (row->kind)->name);
  g_autofree char *words = herald_plugin_event_dup_words (row, event, plan);
  gboolean usual = is_on_from_the_start (row->kind);
  gboolean enabled = herald_plugin_get_switch (event, "enabled", usual);

  if (words != NULL)
    herald_import_plan_set_message (plan, row->kind, "text", words);
  if (words != NULL && strstr (words, "**") != NULL)
    herald_import_plan_tell (plan, HERALD_IMPORT_CHANGED, subject,
                             _("Discord shows text between **stars** in bold. Elsewhere the stars are shown; take them out if "
                               "you do not want them."));
  if (enabled != usual)
    herald_import_plan_set_message (plan, row->kind, "enabled", enabled ? "true" : "false");
  read_picture (plan, row, event);
}

static void
tell_leftovers (HeraldImportPlan *plan,
                JsonObject       *settings)
{
  g_autofree char *url = herald_plugin_dup_text (settings, "url");
  g_autofree char *bot = herald_plugin_dup_text (settings, "username");
  g_autofree char *avatar = herald_plugin_dup_text (settings, "avatar");

  if (url != NULL)
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Discord"),
                             _("OctoHerald cannot send to Discord yet, so the address of its webhook is not taken over."));
  if (bot != NULL || avatar != NULL)
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Discord"),
                             _("Name and picture of the sender on Discord are not taken over."));
  herald_plugin_tell_scripts (settings, plan, SOURCE);
}

/**
 * herald_from_octorant_read:
 * @settings: what OctoPrint keeps of Octorant
 *
 * Words, pictures and the rules of progress that somebody has changed. They hold for all channels.
 */
void
herald_from_octorant_read (HeraldImportPlan *plan,
                           JsonObject       *settings)
{
  JsonObject *events = herald_json_get_object (settings, "events");
  JsonObject *progress = herald_json_get_object (settings, "progress");
  guint n_events;
  const HeraldPluginEvent *rows = herald_plugin_events_get (&n_events);

  for (guint i = 0; i < n_events; i++)
    read_event (plan, &rows[i], herald_json_get_object (events, rows[i].id));
  if (progress != NULL)
    read_progress (plan, progress);
  else
    read_old_progress (plan, herald_json_get_object (events, "printing_progress"));
  tell_leftovers (plan, settings);
}
