/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-summary"

#include "service/tray/tray-summary.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "core/base/time-words.h"
#include "core/outbox/mute-memory.h"
#include "core/printers/printer-words.h"

/* What fits into a tooltip */
#define DETAILS_MAX 10

/* What is counted together, the worst first. Off is not an error: a printer that is switched off is not worse than one that
 * is ready, and a server that is being asked is not known to be anything yet. */
typedef enum
{
  GROUP_FAILED,
  GROUP_ATTENTION,
  GROUP_UNREACHABLE,
  GROUP_PAUSED,
  GROUP_PRINTING,
  GROUP_READY,
  GROUP_CONNECTING,
  GROUP_OFF,
  N_GROUPS,
} Group;

static const HeraldTrayCondition group_conditions[] = {
  [GROUP_FAILED] = HERALD_TRAY_FAILED,
  [GROUP_ATTENTION] = HERALD_TRAY_ATTENTION,
  [GROUP_UNREACHABLE] = HERALD_TRAY_UNREACHABLE,
  [GROUP_PAUSED] = HERALD_TRAY_PAUSED,
  [GROUP_PRINTING] = HERALD_TRAY_PRINTING,
  [GROUP_READY] = HERALD_TRAY_IDLE,
  [GROUP_CONNECTING] = HERALD_TRAY_OFFLINE,
  [GROUP_OFF] = HERALD_TRAY_OFFLINE,
};

static Group
find_group_of_state (HeraldStateId id)
{
  switch (id)
    {
    case HERALD_STATE_ERROR:
      return GROUP_FAILED;
    case HERALD_STATE_PAUSING:
    case HERALD_STATE_PAUSED:
      return GROUP_PAUSED;
    case HERALD_STATE_PRINTING:
    case HERALD_STATE_RESUMING:
    case HERALD_STATE_FINISHING:
    case HERALD_STATE_CANCELLING:
      return GROUP_PRINTING;
    case HERALD_STATE_OPERATIONAL:
    case HERALD_STATE_TRANSFERRING:
    case HERALD_STATE_UNKNOWN:
      return GROUP_READY;
    case HERALD_STATE_CONNECTING:
      return GROUP_CONNECTING;
    case HERALD_STATE_OFFLINE:
    default:
      return GROUP_OFF;
    }
}

static Group
find_group (HeraldPrinter *printer)
{
  switch (herald_printer_get_connection (printer))
    {
    case HERALD_CONNECTION_UNREACHABLE:
      return GROUP_UNREACHABLE;
    case HERALD_CONNECTION_UNAUTHORIZED:
    case HERALD_CONNECTION_UNTRUSTED:
      return GROUP_ATTENTION;
    case HERALD_CONNECTION_CONNECTED:
      if (herald_printer_get_state (printer)->id != HERALD_STATE_ERROR && *herald_printer_get_attention (printer) != '\0')
        return GROUP_ATTENTION;
      return find_group_of_state (herald_printer_get_state (printer)->id);
    case HERALD_CONNECTION_CONNECTING:
    case HERALD_CONNECTION_STARTING:
      return GROUP_CONNECTING;
    case HERALD_CONNECTION_DISABLED:
    default:
      return GROUP_OFF;
    }
}

/**
 * herald_tray_summary_get_condition:
 *
 * Returns: what the icon would say if there were no other printer
 */
HeraldTrayCondition
herald_tray_summary_get_condition (HeraldPrinter *printer)
{
  return group_conditions[find_group (printer)];
}

/* Who ends later, or nobody knows when, goes last; of those, who has printed less. */
static gboolean
ends_before (HeraldPrinter *a,
             HeraldPrinter *b)
{
  gint64 a_ms = herald_printer_get_finish_ms (a);
  gint64 b_ms = herald_printer_get_finish_ms (b);

  if (a_ms != b_ms)
    return b_ms == 0 || (a_ms != 0 && a_ms < b_ms);

  return herald_printer_words_get_percent (a) > herald_printer_words_get_percent (b);
}

static HeraldPrinter *
find_first_to_end (GPtrArray *printers)
{
  HeraldPrinter *first = NULL;

  for (guint i = 0; i < printers->len; i++)
    {
      HeraldPrinter *printer = g_ptr_array_index (printers, i);

      if (herald_printer_words_get_percent (printer) >= 0 && (first == NULL || ends_before (printer, first)))
        first = printer;
    }

  return first;
}

static char *
format_count (Group group,
              guint n)
{
  switch (group)
    {
    case GROUP_FAILED:
      return g_strdup_printf (ngettext ("%u with an error", "%u with an error", n), n);
    case GROUP_ATTENTION:
      return g_strdup_printf (ngettext ("%u needs you", "%u need you", n), n);
    case GROUP_UNREACHABLE:
      return g_strdup_printf (ngettext ("%u not reachable", "%u not reachable", n), n);
    case GROUP_PAUSED:
      return g_strdup_printf (ngettext ("%u paused", "%u paused", n), n);
    case GROUP_PRINTING:
      return g_strdup_printf (ngettext ("%u printing", "%u printing", n), n);
    case GROUP_READY:
      return g_strdup_printf (ngettext ("%u ready", "%u ready", n), n);
    case GROUP_CONNECTING:
      return g_strdup_printf (ngettext ("%u connecting", "%u connecting", n), n);
    case GROUP_OFF:
    case N_GROUPS:
    default:
      /* Translators: how many of the printers are switched off or disconnected */
      return g_strdup_printf (ngettext ("%u off", "%u off", n), n);
    }
}

static char *
format_counts (GPtrArray *printers,
               gint64     now_ms)
{
  HeraldPrinter *first = find_first_to_end (printers);
  gint64 finish_ms = first != NULL ? herald_printer_get_finish_ms (first) : 0;
  guint counts[N_GROUPS] = { 0 };
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;
  g_autofree char *done = NULL;

  for (guint i = 0; i < printers->len; i++)
    counts[find_group (g_ptr_array_index (printers, i))]++;
  for (guint i = 0; i < N_GROUPS; i++)
    {
      if (counts[i] > 0)
        g_ptr_array_add (parts, format_count ((Group) i, counts[i]));
    }
  g_ptr_array_add (parts, NULL);
  list = g_strjoinv (herald_text_get_comma (), (char **) parts->pdata);

  if (finish_ms == 0)
    return g_strdup_printf (ngettext ("%u printer: %s", "%u printers: %s", printers->len), printers->len, list);

  done = herald_printer_words_format_done (finish_ms, now_ms);

  /* Translators: “3 printers: 1 needs you, 2 printing; the first is done at 18:05” */
  return g_strdup_printf (ngettext ("%u printer: %s; the first is %s", "%u printers: %s; the first is %s", printers->len),
                          printers->len, list, done);
}

static char *
format_one (HeraldPrinter *printer,
            gint64         now_ms)
{
  g_autofree char *name = herald_printer_words_format_name (printer);
  g_autofree char *state = herald_printer_words_format_state (printer, now_ms);

  /* Translators: name of a printer, and how it is doing, e.g. “Prusa: printing, 42 %” */
  return g_strdup_printf (_("%s: %s"), name, state);
}

static char *
format_condition (GListModel *all,
                  GPtrArray  *printers,
                  gint64      now_ms)
{
  if (g_list_model_get_n_items (all) == 0)
    return g_strdup (_("No printer is set up yet"));
  if (printers->len == 0)
    return g_strdup (_("All printers are switched off in OctoHerald"));
  if (printers->len == 1)
    return format_one (g_ptr_array_index (printers, 0), now_ms);

  return format_counts (printers, now_ms);
}

/**
 * herald_tray_summary_format_mute:
 * @muted_until_ms: 0 if not muted
 *
 * Returns: (transfer full) (nullable): a line that says so
 */
char *
herald_tray_summary_format_mute (gint64 muted_until_ms,
                                 gint64 now_ms)
{
  g_autofree char *moment = NULL;

  if (muted_until_ms <= now_ms)
    return NULL;
  if (muted_until_ms >= HERALD_MUTED_FOREVER_MS)
    return g_strdup (_("Muted until you unmute"));

  moment = herald_time_words_format_moment (muted_until_ms, now_ms);

  /* Translators: a time, e.g. “18:05” or “tomorrow 08:00” */
  return g_strdup_printf (_("Muted until %s"), moment);
}

/* Also for who cannot see the bar across the icon */
static char *
format_headline (const char *condition,
                 gint64      muted_until_ms,
                 gint64      now_ms)
{
  g_autofree char *moment = NULL;

  if (muted_until_ms <= now_ms)
    return g_strdup (condition);
  if (muted_until_ms >= HERALD_MUTED_FOREVER_MS)
    /* Translators: e.g. “Prusa: printing, 42 %; muted until you unmute” */
    return g_strdup_printf (_("%s; muted until you unmute"), condition);

  moment = herald_time_words_format_moment (muted_until_ms, now_ms);

  /* Translators: e.g. “Prusa: printing, 42 %; muted until 18:05” */
  return g_strdup_printf (_("%s; muted until %s"), condition, moment);
}

static void
take_line (GPtrArray *lines,
           char      *line)
{
  if (line != NULL)
    g_ptr_array_add (lines, line);
}

static gint
compare_groups (gconstpointer a,
                gconstpointer b)
{
  return (gint) find_group (*(HeraldPrinter *const *) a) - (gint) find_group (*(HeraldPrinter *const *) b);
}

static char *
format_details (GPtrArray *printers,
                gint64     now_ms)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint n_more = printers->len > DETAILS_MAX ? printers->len - DETAILS_MAX : 0;

  if (printers->len == 1)
    {
      take_line (lines, herald_printer_words_format_job (g_ptr_array_index (printers, 0)));
      take_line (lines, herald_printer_words_format_problem (g_ptr_array_index (printers, 0)));
    }
  for (guint i = 0; printers->len > 1 && i < printers->len - n_more; i++)
    take_line (lines, format_one (g_ptr_array_index (printers, i), now_ms));
  if (n_more > 0)
    /* Translators: how many more printers there are, below a list of some */
    take_line (lines, g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more));
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

HeraldTraySummary *
herald_tray_summary_new (GListModel *printers,
                         gint64      muted_until_ms,
                         gint64      now_ms)
{
  HeraldTraySummary *self = g_new0 (HeraldTraySummary, 1);
  g_autoptr(GPtrArray) watched = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *condition = NULL;
  HeraldPrinter *first;

  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (printers, i);

      if (herald_printer_get_enabled (printer))
        g_ptr_array_add (watched, g_steal_pointer (&printer));
    }

  first = find_first_to_end (watched);
  condition = format_condition (printers, watched, now_ms);
  self->headline = format_headline (condition, muted_until_ms, now_ms);
  /* What is equally bad keeps its order: the sort of GLib is stable. */
  g_ptr_array_sort (watched, compare_groups);
  self->details = format_details (watched, now_ms);
  self->glyph.condition = watched->len > 0 ? herald_tray_summary_get_condition (g_ptr_array_index (watched, 0))
                                           : HERALD_TRAY_NO_PRINTERS;
  self->glyph.percent = first != NULL ? herald_printer_words_get_percent (first) : -1;
  self->glyph.is_muted = muted_until_ms > now_ms;

  return self;
}

void
herald_tray_summary_add_quiet (HeraldTraySummary *self,
                               gint64             quiet_until_ms,
                               gint64             now_ms)
{
  g_autofree char *headline = g_steal_pointer (&self->headline);
  g_autofree char *moment = NULL;

  if (quiet_until_ms <= now_ms || self->glyph.is_muted)
    {
      self->headline = g_steal_pointer (&headline);
      return;
    }

  moment = herald_time_words_format_moment (quiet_until_ms, now_ms);
  /* Translators: e.g. “Prusa: printing, 42 %; quiet until 07:00” */
  self->headline = g_strdup_printf (_("%s; quiet until %s"), headline, moment);
}

char *
herald_tray_summary_format_quiet (gint64 quiet_until_ms,
                                  gint64 now_ms)
{
  g_autofree char *moment = NULL;

  if (quiet_until_ms <= now_ms)
    return NULL;

  moment = herald_time_words_format_moment (quiet_until_ms, now_ms);

  /* Translators: a time, e.g. “07:00” or “tomorrow 07:00” */
  return g_strdup_printf (_("Quiet until %s"), moment);
}

void
herald_tray_summary_free (HeraldTraySummary *self)
{
  g_free (self->headline);
  g_free (self->details);
  g_free (self);
}

gboolean
herald_tray_summary_equal (const HeraldTraySummary *a,
                           const HeraldTraySummary *b)
{
  return a->glyph.condition == b->glyph.condition && a->glyph.percent == b->glyph.percent &&
         a->glyph.is_muted == b->glyph.is_muted && g_str_equal (a->headline, b->headline) &&
         g_str_equal (a->details, b->details);
}
