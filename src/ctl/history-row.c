/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-row"

#include "ctl/history-row.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "ctl/failure.h"
#include "ctl/history-state.h"
#include "ctl/human.h"

/* The contract; what a row does not have is null. */
static const char *const keys[] = {
  "id",      "event",  "kind",   "printer",  "channel",  "channel_type", "destination",
  "title",   "text",   "picture", "picture_file", "note", "state",     "reason",
  "attempts", "source", "occurred", "created", "finished", "remote_id", "link",
  "cost", NULL,
};

/* Into an object that is open */
void
herald_history_row_add_members (JsonBuilder *builder,
                                GVariant    *row)
{
  herald_output_add_members (builder, row, keys);
}

const char *
herald_history_row_get_text (GVariant   *row,
                             const char *key)
{
  const char *text = "";

  g_variant_lookup (row, key, "&s", &text);

  return text;
}

/* Why it is in this state, and what else there is to know about it */
char *
herald_history_row_dup_remarks (GVariant *row)
{
  const char *reason = herald_history_row_get_text (row, "reason");
  const char *note = herald_history_row_get_text (row, "note");

  return g_strconcat (reason, *reason != '\0' && *note != '\0' ? " " : "", note, NULL);
}

static double
get_cost (GVariant *row)
{
  double cost = 0;

  g_variant_lookup (row, "cost", "d", &cost);

  return cost;
}

static gboolean
costs_something (GVariant *rows)
{
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);

      if (get_cost (row) > 0)
        return TRUE;
    }

  return FALSE;
}

/* (transfer full): empty if there is none */
char *
herald_history_row_dup_number (GVariant   *row,
                               const char *key)
{
  gint64 number = 0;

  g_variant_lookup (row, key, "x", &number);

  return number > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : g_strdup ("");
}

static void
add_row (HeraldTable *table,
         GVariant    *row,
         gboolean     with_cost)
{
  const char *state = herald_history_row_get_text (row, "state");
  g_autofree char *id = herald_history_row_dup_number (row, "id");
  g_autofree char *event = herald_history_row_dup_number (row, "event");
  g_autofree char *when = herald_human_format_moment (herald_history_row_get_text (row, "created"),
                                                      g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *remarks = herald_history_row_dup_remarks (row);
  g_autofree char *cost = get_cost (row) > 0 ? herald_text_format_dollars (get_cost (row)) : g_strdup ("");

  herald_table_add (table, id, HERALD_TONE_DIM);
  herald_table_add (table, event, HERALD_TONE_DIM);
  herald_table_add (table, when, HERALD_TONE_PLAIN);
  herald_table_add (table, herald_history_row_get_text (row, "channel"), HERALD_TONE_PLAIN);
  herald_table_add (table, herald_history_state_get_words (state), herald_history_state_get_tone (state));
  herald_table_add (table, herald_history_row_get_text (row, "title"), HERALD_TONE_PLAIN);
  if (with_cost)
    herald_table_add (table, cost, HERALD_TONE_PLAIN);
  herald_table_add (table, remarks, HERALD_TONE_DIM);
}

void
herald_history_row_print (GVariant *rows)
{
  gboolean with_cost = costs_something (rows);
  const char *const headings[] = { _("ID"),    _("EVENT"), _("WHEN"), _("CHANNEL"), _("STATE"),
                                   _("TITLE"), with_cost ? _("COST") : _("REASON"), with_cost ? _("REASON") : NULL, NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);

  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);

      add_row (table, row, with_cost);
    }
  if (g_variant_n_children (rows) == 0)
    g_print ("%s\n", _("No message yet."));
  else
    herald_table_print (table);
}

/**
 * herald_history_row_parse_number:
 * @number: (out): set on success, from 1 up
 *
 * Returns: whether @typed is what events and messages are called by; else @error is set
 */
gboolean
herald_history_row_parse_number (const char  *typed,
                                 gint64      *number,
                                 GError     **error)
{
  return g_ascii_string_to_signed (typed, 10, 1, G_MAXINT64, number, NULL) ||
         herald_failure_set_usage (error, _("“%s” is not a number of the history"), typed);
}
