/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-event-kind"

#include "core/events/event-kind.h"

#include <glib/gi18n-lib.h>

#define MINUTES 60
#define HOURS (60 * MINUTES)

/* Every event has these. */
static const char *const common_variables[] = { "printer", "event", "date", "clock", NULL };

static const char *const no_variables[] = { NULL };

static const char *const connection_variables[] = { "url", "error", NULL };

static const char *const printer_variables[] = { "state", "error", NULL };

#define FILE_VARIABLES "name", "file", "path", "origin", "size", "user"

static const char *const start_variables[] = { FILE_VARIABLES, NULL };

static const char *const progress_variables[] = {
  FILE_VARIABLES, "progress", "spent", "spent_formatted", "remaining", "remaining_formatted", "eta",
  NULL
};

static const char *const pause_variables[] = {
  FILE_VARIABLES, "progress", "spent", "spent_formatted", "position", NULL
};

static const char *const end_variables[] = {
  FILE_VARIABLES, "progress", "time", "time_formatted", "position", "reason", "error", NULL
};

static const char *const custom_variables[] = { "title", "text", NULL };

/* The table of event kinds. Lifetimes follow the reliability note 2.6. */
static const HeraldEventKindInfo kinds[] = {
  [HERALD_KIND_OCTOPRINT_UNREACHABLE] = {
    "octoprint-unreachable", TRUE, HERALD_URGENCY_NORMAL, N_("OctoPrint cannot be reached"),
    N_("{printer}: no answer"), N_("OctoPrint does not answer any more. {error}"),
    connection_variables, { 72 * HOURS, 72 * HOURS, 12 * HOURS },
  },
  [HERALD_KIND_OCTOPRINT_BACK] = {
    "octoprint-back", TRUE, HERALD_URGENCY_LOW, N_("OctoPrint is back"),
    N_("{printer}: back again"), N_("OctoPrint answers again."),
    connection_variables, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_PRINTER_OPERATIONAL] = {
    "printer-operational", FALSE, HERALD_URGENCY_LOW, N_("Printer ready"),
    N_("{printer}: ready"), N_("The printer is connected and ready."),
    printer_variables, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_PRINTER_OFFLINE] = {
    "printer-offline", FALSE, HERALD_URGENCY_LOW, N_("Printer disconnected"),
    N_("{printer}: disconnected"), N_("The printer is switched off or disconnected."),
    printer_variables, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_PRINTER_ERROR] = {
    "printer-error", TRUE, HERALD_URGENCY_CRITICAL, N_("Printer error"),
    N_("{printer}: error"), N_("The printer reports an error: {error}"),
    printer_variables, { 72 * HOURS, 72 * HOURS, 12 * HOURS },
  },
  [HERALD_KIND_PRINT_STARTED] = {
    "print-started", TRUE, HERALD_URGENCY_NORMAL, N_("Print started"),
    N_("{printer}: print started"), N_("Started printing {file}."),
    start_variables, { 15 * MINUTES, 2 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_PRINT_PROGRESS] = {
    "print-progress", TRUE, HERALD_URGENCY_LOW, N_("Print progress"),
    N_("{printer}: {progress} %"),
    N_("{file} is {progress} % done after {spent_formatted}, {remaining_formatted} to go."),
    progress_variables, { 5 * MINUTES, 10 * MINUTES, 10 * MINUTES },
  },
  [HERALD_KIND_PRINT_PAUSED] = {
    "print-paused", TRUE, HERALD_URGENCY_CRITICAL, N_("Print paused"),
    N_("{printer}: print paused"), N_("{file} is paused."),
    pause_variables, { 12 * HOURS, 6 * HOURS, 6 * HOURS },
  },
  [HERALD_KIND_PRINT_RESUMED] = {
    "print-resumed", TRUE, HERALD_URGENCY_LOW, N_("Print resumed"),
    N_("{printer}: print resumed"), N_("{file} is being printed again."),
    pause_variables, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_PRINT_CANCELLED] = {
    "print-cancelled", TRUE, HERALD_URGENCY_NORMAL, N_("Print cancelled"),
    N_("{printer}: print cancelled"), N_("{file} was cancelled after {time_formatted}."),
    end_variables, { 72 * HOURS, 72 * HOURS, 12 * HOURS },
  },
  [HERALD_KIND_PRINT_FAILED] = {
    "print-failed", TRUE, HERALD_URGENCY_CRITICAL, N_("Print failed"),
    N_("{printer}: print failed"), N_("{file} failed after {time_formatted}. {error}"),
    end_variables, { 72 * HOURS, 72 * HOURS, 12 * HOURS },
  },
  [HERALD_KIND_PRINT_DONE] = {
    "print-done", TRUE, HERALD_URGENCY_NORMAL, N_("Print finished"),
    N_("{printer}: print finished"), N_("{file} is done after {time_formatted}."),
    end_variables, { 24 * HOURS, 48 * HOURS, 6 * HOURS },
  },
  [HERALD_KIND_TEST] = {
    "test", TRUE, HERALD_URGENCY_NORMAL, N_("Test message"),
    N_("OctoHerald test"), N_("If you can read this, messages arrive. Sent at {clock}."),
    no_variables, { 10 * MINUTES, 1 * HOURS, 1 * HOURS },
  },
  [HERALD_KIND_CUSTOM] = {
    "custom", TRUE, HERALD_URGENCY_NORMAL, N_("Message from another program"),
    N_("{title}"), N_("{text}"),
    custom_variables, { 24 * HOURS, 48 * HOURS, 6 * HOURS },
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
