/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-event-kind"

#include "core/events/event-kind.h"

#include <glib/gi18n-lib.h>

#define MINUTES 60
#define HOURS (60 * MINUTES)

/* Every event has these. */
static const char *const common_variables[] = { "printer", "event", "date", "clock", NULL };

static const char *const no_variables[] = { NULL };

#define FILE_VARIABLES "name", "file", "path", "origin", "size", "user", "owner", "filament"

#define PROGRESS_VARIABLES \
  "progress", "spent", "spent_formatted", "remaining", "remaining_formatted", "eta", \
    "height", "layer", "layers"

#define TEMPERATURE_VARIABLES \
  "temperatures", "tool", "tool_target", "bed", "bed_target", "chamber", "chamber_target"

/* What is known of the print under way can be said in every message of a printer. */
#define PRINTER_VARIABLES FILE_VARIABLES, PROGRESS_VARIABLES, TEMPERATURE_VARIABLES, "state"

static const char *const connection_variables[] = {
  "url", "error", "consequence", "away", PRINTER_VARIABLES, NULL
};

static const char *const printer_variables[] = { "error", PRINTER_VARIABLES, NULL };

static const char *const start_variables[] = { PRINTER_VARIABLES, "away", NULL };

static const char *const progress_variables[] = { PRINTER_VARIABLES, "reason", NULL };

static const char *const pause_variables[] = { PRINTER_VARIABLES, "position", "reason", "away", NULL };

static const char *const end_variables[] = {
  PRINTER_VARIABLES, "time", "time_formatted", "position", "reason", "error", "away", NULL
};

static const char *const attention_variables[] = { PRINTER_VARIABLES, "reason", "question", NULL };

static const char *const upload_variables[] = { PRINTER_VARIABLES, NULL };

static const char *const transfer_variables[] = {
  "local", "remote", "time", "time_formatted", PRINTER_VARIABLES, NULL
};

static const char *const timelapse_variables[] = {
  "gcode", "movie", "movie_basename", "movie_prefix", "reason", "returncode", "error", "out", "away",
  PRINTER_VARIABLES, NULL
};

static const char *const cooling_variables[] = {
  "heater", "temperature", "threshold", PRINTER_VARIABLES, NULL
};

static const char *const custom_variables[] = { "title", "text", NULL };

/* Which pictures can go with it; the first does unless the user says otherwise. A thumbnail is of a file, so there is
 * none where no file is spoken of. */
static const char *const no_pictures[] = { "none", NULL };

static const char *const camera_pictures[] = { "none", "snapshot", NULL };

static const char *const file_pictures[] = { "none", "snapshot", "thumbnail", NULL };

static const char *const shown_pictures[] = { "snapshot", "none", "thumbnail", NULL };

static const char *const start_pictures[] = { "thumbnail", "none", "snapshot", NULL };

static const char *const film_pictures[] = { "timelapse", "none", "snapshot", NULL };

/* The table of event kinds. A lifetime is as long as the news is of use to who hears it there. */
static const HeraldEventKindInfo kinds[] = {
  [HERALD_KIND_OCTOPRINT_STARTED] = {
    /* Translators: of each kind first what it is called in lists, then the title and the text of the message. Those are read on phones
     * and in posts: short and friendly. What is in braces is a value, by its English name; behind the bar in braces stand the words for
     * when it is not known, which you translate. If a language needs a capital there, put the value elsewhere. */
    "octoprint-started", HERALD_GROUP_SYSTEM, TRUE, HERALD_URGENCY_LOW, N_("OctoPrint has started"),
    N_("{printer}: OctoPrint has started"), N_("👋 OctoPrint has started and is ready."),
    connection_variables, camera_pictures, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_OCTOPRINT_STOPPED] = {
    "octoprint-stopped", HERALD_GROUP_SYSTEM, TRUE, HERALD_URGENCY_LOW, N_("OctoPrint was stopped"),
    N_("{printer}: OctoPrint was stopped"), N_("💤 OctoPrint was stopped or restarted."),
    connection_variables, camera_pictures, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_OCTOPRINT_UNREACHABLE] = {
    "octoprint-unreachable", HERALD_GROUP_SYSTEM, TRUE, HERALD_URGENCY_CRITICAL, N_("OctoPrint cannot be reached"),
    N_("{printer}: no answer"), N_("📡 OctoPrint does not answer any more. {error} {consequence}"),
    connection_variables, camera_pictures, { 72 * HOURS, 72 * HOURS, 12 * HOURS },
  },
  [HERALD_KIND_OCTOPRINT_BACK] = {
    "octoprint-back", HERALD_GROUP_SYSTEM, TRUE, HERALD_URGENCY_LOW, N_("OctoPrint is back"),
    N_("{printer}: back again"), N_("👋 OctoPrint answers again. {away}"),
    connection_variables, camera_pictures, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_PRINTER_OPERATIONAL] = {
    "printer-operational", HERALD_GROUP_PRINTER, FALSE, HERALD_URGENCY_LOW, N_("Printer ready"),
    N_("{printer}: ready"), N_("🟢 The printer is connected and ready."),
    printer_variables, camera_pictures, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_PRINTER_OFFLINE] = {
    "printer-offline", HERALD_GROUP_PRINTER, FALSE, HERALD_URGENCY_LOW, N_("Printer disconnected"),
    N_("{printer}: disconnected"), N_("🔌 The printer is switched off or disconnected."),
    printer_variables, camera_pictures, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_PRINTER_ERROR] = {
    "printer-error", HERALD_GROUP_PRINTER, TRUE, HERALD_URGENCY_CRITICAL, N_("Printer error"),
    N_("{printer}: error"), N_("⚠️ The printer reports an error: {error|it does not say which.}"),
    printer_variables, camera_pictures, { 72 * HOURS, 72 * HOURS, 12 * HOURS },
  },
  [HERALD_KIND_PRINTER_UNKNOWN] = {
    "printer-unknown", HERALD_GROUP_PRINTER, TRUE, HERALD_URGENCY_NORMAL, N_("Printer in an unknown state"),
    N_("{printer}: unknown state"), N_("❓ OctoPrint does not know what the printer is doing."),
    printer_variables, camera_pictures, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_PRINT_STARTED] = {
    "print-started", HERALD_GROUP_PRINTS, TRUE, HERALD_URGENCY_NORMAL, N_("Print started"),
    N_("{printer}: print started"), N_("🖨️ Started printing {file|a file}."),
    start_variables, start_pictures, { 15 * MINUTES, 2 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_PRINT_PROGRESS] = {
    "print-progress", HERALD_GROUP_PROGRESS, TRUE, HERALD_URGENCY_LOW, N_("Print progress"),
    N_("{printer}: {progress|?} %"),
    N_("⏳ {file|The print} is {progress|?} % done after {spent_formatted|some time}, "
       "{remaining_formatted|some time} to go."),
    progress_variables, shown_pictures, { 5 * MINUTES, 10 * MINUTES, 10 * MINUTES },
  },
  [HERALD_KIND_PRINT_PAUSED] = {
    "print-paused", HERALD_GROUP_PRINTS, TRUE, HERALD_URGENCY_CRITICAL, N_("Print paused"),
    N_("{printer}: print paused"), N_("⏸️ {file|The print} is paused. {away}"),
    pause_variables, shown_pictures, { 12 * HOURS, 6 * HOURS, 6 * HOURS },
  },
  [HERALD_KIND_PRINT_RESUMED] = {
    "print-resumed", HERALD_GROUP_PRINTS, TRUE, HERALD_URGENCY_LOW, N_("Print resumed"),
    N_("{printer}: print resumed"), N_("▶️ {file|The file} is being printed again."),
    pause_variables, shown_pictures, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_PRINT_CANCELLED] = {
    "print-cancelled", HERALD_GROUP_PRINTS, TRUE, HERALD_URGENCY_NORMAL, N_("Print cancelled"),
    N_("{printer}: print cancelled"), N_("🛑 {file|The print} was cancelled after {time_formatted|some time}. {away}"),
    end_variables, shown_pictures, { 72 * HOURS, 72 * HOURS, 12 * HOURS },
  },
  [HERALD_KIND_PRINT_FAILED] = {
    "print-failed", HERALD_GROUP_PRINTS, TRUE, HERALD_URGENCY_CRITICAL, N_("Print failed"),
    N_("{printer}: print failed"), N_("❌ {file|The print} failed after {time_formatted|some time}. {error} {away}"),
    end_variables, shown_pictures, { 72 * HOURS, 72 * HOURS, 12 * HOURS },
  },
  [HERALD_KIND_PRINT_DONE] = {
    "print-done", HERALD_GROUP_PRINTS, TRUE, HERALD_URGENCY_NORMAL, N_("Print finished"),
    N_("{printer}: print finished"), N_("✅ {file|The print} is done after {time_formatted|some time}. {away}"),
    end_variables, shown_pictures, { 24 * HOURS, 48 * HOURS, 6 * HOURS },
  },
  [HERALD_KIND_PRINT_FIRST_LAYER] = {
    "print-first-layer", HERALD_GROUP_PROGRESS, FALSE, HERALD_URGENCY_LOW, N_("First layer done"),
    N_("{printer}: first layer done"), N_("👀 The first layer of {file|the print} is done."),
    progress_variables, shown_pictures, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_ATTENTION_NEEDED] = {
    "attention-needed", HERALD_GROUP_ATTENTION, TRUE, HERALD_URGENCY_CRITICAL, N_("The printer needs you"),
    N_("{printer}: needs you"), N_("🔔 The printer waits for you. {reason} {question}"),
    attention_variables, shown_pictures, { 12 * HOURS, 6 * HOURS, 6 * HOURS },
  },
  [HERALD_KIND_FILE_UPLOADED] = {
    "file-uploaded", HERALD_GROUP_FILES, TRUE, HERALD_URGENCY_LOW, N_("File uploaded"),
    N_("{printer}: file uploaded"), N_("📄 {file|A file} was uploaded."),
    upload_variables, file_pictures, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_TRANSFER_STARTED] = {
    "transfer-started", HERALD_GROUP_FILES, FALSE, HERALD_URGENCY_LOW, N_("Copying to the printer started"),
    N_("{printer}: copying started"), N_("💾 {file|A file} is being copied to the printer’s storage."),
    transfer_variables, file_pictures, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_TRANSFER_PROGRESS] = {
    "transfer-progress", HERALD_GROUP_FILES, FALSE, HERALD_URGENCY_LOW, N_("Progress of copying to the printer"),
    N_("{printer}: {progress|?} % copied"),
    N_("💾 {progress|?} % of {file|the file} is copied to the printer’s storage."),
    transfer_variables, file_pictures, { 5 * MINUTES, 10 * MINUTES, 10 * MINUTES },
  },
  [HERALD_KIND_TRANSFER_DONE] = {
    "transfer-done", HERALD_GROUP_FILES, FALSE, HERALD_URGENCY_LOW, N_("Copied to the printer"),
    N_("{printer}: copied"), N_("💾 {file|The file} is on the printer’s storage after {time_formatted|some time}."),
    transfer_variables, file_pictures, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_TRANSFER_FAILED] = {
    "transfer-failed", HERALD_GROUP_FILES, FALSE, HERALD_URGENCY_NORMAL, N_("Copying to the printer failed"),
    N_("{printer}: copying failed"), N_("❌ {file|The file} could not be copied to the printer’s storage."),
    transfer_variables, file_pictures, { 1 * HOURS, 6 * HOURS, 6 * HOURS },
  },
  [HERALD_KIND_TIMELAPSE_DONE] = {
    "timelapse-done", HERALD_GROUP_TIMELAPSE, FALSE, HERALD_URGENCY_LOW, N_("Timelapse ready"),
    N_("{printer}: timelapse ready"), N_("🎬 The timelapse of {gcode|the print} is ready. {away}"),
    timelapse_variables, film_pictures, { 10 * MINUTES, 24 * HOURS, 6 * HOURS },
  },
  [HERALD_KIND_TIMELAPSE_FAILED] = {
    "timelapse-failed", HERALD_GROUP_TIMELAPSE, FALSE, HERALD_URGENCY_NORMAL, N_("Timelapse failed"),
    N_("{printer}: timelapse failed"), N_("❌ The timelapse of {gcode|the print} could not be made."),
    timelapse_variables, camera_pictures, { 1 * HOURS, 6 * HOURS, 6 * HOURS },
  },
  [HERALD_KIND_COOLED_DOWN] = {
    "cooled-down", HERALD_GROUP_PRINTER, FALSE, HERALD_URGENCY_NORMAL, N_("Cooled down"),
    N_("{printer}: cooled down"),
    N_("🧊 {heater|The printer} has cooled down to {temperature|?} °C. {file|The print} can be taken off."),
    cooling_variables, file_pictures, { 1 * HOURS, 6 * HOURS, 6 * HOURS },
  },
  [HERALD_KIND_TEST] = {
    "test", HERALD_GROUP_SYSTEM, TRUE, HERALD_URGENCY_NORMAL, N_("Test message"),
    N_("OctoHerald test"), N_("📣 If you can read this, messages arrive. Sent at {clock}."),
    no_variables, no_pictures, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_CUSTOM] = {
    "custom", HERALD_GROUP_SYSTEM, TRUE, HERALD_URGENCY_NORMAL, N_("Message from another program"),
    N_("{title}"), N_("{text}"),
    custom_variables, no_pictures, { 24 * HOURS, 48 * HOURS, 6 * HOURS },
  },
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == HERALD_N_EVENT_KINDS);

/**
 * herald_event_kind_get_info:
 *
 * Returns: (transfer none): what is known about @kind
 */
const HeraldEventKindInfo *
herald_event_kind_get_info (HeraldEventKind kind)
{
  g_return_val_if_fail (kind < HERALD_N_EVENT_KINDS, NULL);

  return &kinds[kind];
}

gboolean
herald_event_kind_is_outcome (HeraldEventKind kind)
{
  return kind == HERALD_KIND_PRINT_DONE || kind == HERALD_KIND_PRINT_FAILED || kind == HERALD_KIND_PRINT_CANCELLED;
}

/**
 * herald_event_kind_get_commons:
 *
 * Returns: (array zero-terminated=1): names that templates of every kind can use
 */
const char *const *
herald_event_kind_get_commons (void)
{
  return common_variables;
}

/**
 * herald_event_kind_from_id:
 * @id: an id like `print-done`
 * @kind: (out): set only if @id is known
 *
 * Returns: whether @id names a kind
 */
gboolean
herald_event_kind_from_id (const char      *id,
                           HeraldEventKind *kind)
{
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      if (g_strcmp0 (kinds[i].id, id) == 0)
        {
          *kind = (HeraldEventKind) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * herald_event_kind_has_variable:
 * @name: the name of a template variable, without braces
 *
 * Returns: whether a template of @kind can use it
 */
gboolean
herald_event_kind_has_variable (HeraldEventKind  kind,
                                const char      *name)
{
  return g_strv_contains (common_variables, name) ||
         g_strv_contains (herald_event_kind_get_info (kind)->variables, name);
}

static const char *const urgency_ids[] = { "low", "normal", "critical" };

G_STATIC_ASSERT (G_N_ELEMENTS (urgency_ids) == HERALD_URGENCY_CRITICAL + 1);

/**
 * herald_urgency_to_id:
 *
 * Returns: the stable name used in the database
 */
const char *
herald_urgency_to_id (HeraldUrgency urgency)
{
  return urgency_ids[urgency];
}

/**
 * herald_urgency_from_id:
 * @id: (nullable): an id like `low`
 * @urgency: (out): set only if @id is known
 *
 * Returns: whether @id names an urgency
 */
gboolean
herald_urgency_from_id (const char    *id,
                        HeraldUrgency *urgency)
{
  for (guint i = 0; i < G_N_ELEMENTS (urgency_ids); i++)
    {
      if (g_strcmp0 (urgency_ids[i], id) == 0)
        {
          *urgency = (HeraldUrgency) i;
          return TRUE;
        }
    }

  return FALSE;
}
