/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-summary"

#include "service/tray/tray-summary.h"

#include <locale.h>

#include "core/base/time-words.h"
#include "core/outbox/mute-memory.h"
#include "core/printers/printer-words.h"
#include "fixtures/shown-printers.h"

#define ON HERALD_CONNECTION_CONNECTED

static HeraldTraySummary *
summarize (const ShownPrinter *shown,
           guint               n_shown)
{
  g_autoptr(GListModel) printers = shown_printers_list (shown, n_shown);

  return herald_tray_summary_new (printers, 0, SHOWN_NOW_MS);
}

static void
test_one_printer_is_told_in_its_own_line (void)
{
  static const struct
  {
    ShownPrinter shown;
    const char *headline;
    HeraldTrayCondition condition;
    int percent;
  } rows[] = {
    { { "Prusa", ON, HERALD_STATE_OPERATIONAL }, "Prusa: ready", HERALD_TRAY_IDLE, -1 },
    { { "Prusa", ON, HERALD_STATE_PRINTING, 42.7, 65 * 60 }, "Prusa: printing, 42 %, done at 18:05", HERALD_TRAY_PRINTING, 42 },
    { { "Prusa", ON, HERALD_STATE_PRINTING, 99.96, 20 }, "Prusa: printing, 99 %, done any moment", HERALD_TRAY_PRINTING, 99 },
    { { "Prusa", ON, HERALD_STATE_PRINTING, 1, 8 * 3600 }, "Prusa: printing, 1 %, done tomorrow 01:00", HERALD_TRAY_PRINTING, 1 },
    { { "Prusa", ON, HERALD_STATE_PRINTING, -1, 0 }, "Prusa: printing", HERALD_TRAY_PRINTING, -1 },
    { { "Prusa", ON, HERALD_STATE_PAUSED, 42, 600 }, "Prusa: paused, 42 %", HERALD_TRAY_PAUSED, 42 },
    { { "Prusa", ON, HERALD_STATE_OFFLINE }, "Prusa: printer off", HERALD_TRAY_OFFLINE, -1 },
    { { "Prusa", ON, HERALD_STATE_ERROR }, "Prusa: printer error", HERALD_TRAY_FAILED, -1 },
    { { "Prusa", HERALD_CONNECTION_UNREACHABLE, HERALD_STATE_PRINTING, 42, 60 }, "Prusa: not reachable",
      HERALD_TRAY_UNREACHABLE, -1 },
    { { "Prusa", HERALD_CONNECTION_UNAUTHORIZED }, "Prusa: OctoPrint does not let us in", HERALD_TRAY_ATTENTION, -1 },
    { { "Prusa", HERALD_CONNECTION_UNTRUSTED }, "Prusa: the server has not proved who it is", HERALD_TRAY_ATTENTION, -1 },
    { { "Prusa", HERALD_CONNECTION_STARTING }, "Prusa: OctoPrint is starting", HERALD_TRAY_OFFLINE, -1 },
    { { "Prusa", ON, HERALD_STATE_PAUSED, 42, 0, NULL, "The filament is out." }, "Prusa: needs you: The filament is out",
      HERALD_TRAY_ATTENTION, 42 },
    { { "Prusa", ON, HERALD_STATE_ERROR, -1, 0, NULL, "The filament is out." }, "Prusa: printer error", HERALD_TRAY_FAILED, -1 },
    { { "Prusa", ON, HERALD_STATE_OPERATIONAL, .is_disabled = TRUE }, "All printers are switched off in OctoHerald",
      HERALD_TRAY_NO_PRINTERS, -1 },
    { { "<b>&\"'\n_x", ON, HERALD_STATE_OPERATIONAL }, "<b>&\"' _x: ready", HERALD_TRAY_IDLE, -1 },
    { { NULL, ON, HERALD_STATE_OPERATIONAL }, "p1: ready", HERALD_TRAY_IDLE, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldTraySummary) summary = summarize (&rows[i].shown, 1);

      g_assert_cmpstr (summary->headline, ==, rows[i].headline);
      g_assert_cmpint (summary->glyph.condition, ==, rows[i].condition);
      g_assert_cmpint (summary->glyph.percent, ==, rows[i].percent);
    }
}

static void
test_no_printer_is_told (void)
{
  g_autoptr(HeraldTraySummary) summary = summarize (NULL, 0);

  g_assert_cmpstr (summary->headline, ==, "No printer is set up yet");
  g_assert_cmpstr (summary->details, ==, "");
  g_assert_cmpint (summary->glyph.condition, ==, HERALD_TRAY_NO_PRINTERS);
}

static void
test_several_are_counted_the_worst_first (void)
{
  static const ShownPrinter shown[] = {
    { "Ender", ON, HERALD_STATE_OFFLINE },
    { "Prusa", ON, HERALD_STATE_PRINTING, 80, 7200 },
    { "Voron", ON, HERALD_STATE_PRINTING, 10, 3600 },
    { "Bambu", ON, HERALD_STATE_PAUSED, 50, 0, NULL, "The door is open" },
    { "Delta", ON, HERALD_STATE_OPERATIONAL, .is_disabled = TRUE },
  };
  g_autoptr(HeraldTraySummary) summary = summarize (shown, G_N_ELEMENTS (shown));

  g_assert_cmpstr (summary->headline, ==, "4 printers: 1 needs you, 2 printing, 1 off; the first is done at 18:00");
  g_assert_cmpstr (summary->details, ==,
                   "Bambu: needs you: The door is open\n"
                   "Prusa: printing, 80 %, done at 19:00\n"
                   "Voron: printing, 10 %, done at 18:00\n"
                   "Ender: printer off");
  g_assert_cmpint (summary->glyph.condition, ==, HERALD_TRAY_ATTENTION);
  /* The ring is that of the print that ends first, not of the one that has printed most. */
  g_assert_cmpint (summary->glyph.percent, ==, 10);
}

/* In the order of the table each is worse than those before it, whatever stands first in the list. */
static void
test_worst_state_wins (void)
{
  static const ShownPrinter ranks[] = {
    { "off", ON, HERALD_STATE_OFFLINE },
    { "ready", ON, HERALD_STATE_OPERATIONAL },
    { "printing", ON, HERALD_STATE_PRINTING, 10, 0 },
    { "paused", ON, HERALD_STATE_PAUSED, 10, 0 },
    { "unreachable", HERALD_CONNECTION_UNREACHABLE },
    { "locked out", HERALD_CONNECTION_UNAUTHORIZED },
    { "error", ON, HERALD_STATE_ERROR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    {
      g_autoptr(HeraldTraySummary) alone = summarize (&ranks[i], 1);

      for (guint j = 0; j <= i; j++)
        {
          const ShownPrinter pairs[] = { ranks[j], ranks[i], ranks[j] };
          g_autoptr(HeraldTraySummary) front = summarize (pairs, 2);
          g_autoptr(HeraldTraySummary) back = summarize (pairs + 1, 2);

          g_assert_cmpint (front->glyph.condition, ==, alone->glyph.condition);
          g_assert_cmpint (back->glyph.condition, ==, alone->glyph.condition);
        }
    }
}

static void
test_unknown_end_goes_last (void)
{
  static const ShownPrinter shown[] = {
    { "A", ON, HERALD_STATE_PRINTING, 90, 0 },
    { "B", ON, HERALD_STATE_PRINTING, 20, 3600 },
    { "C", ON, HERALD_STATE_PRINTING, 95, 0 },
  };
  g_autoptr(HeraldTraySummary) all = summarize (shown, 3);
  g_autoptr(HeraldTraySummary) unknown = summarize (shown, 1);

  g_assert_cmpint (all->glyph.percent, ==, 20);
  g_assert_cmpint (unknown->glyph.percent, ==, 90);
}

static void
test_details_end_after_ten (void)
{
  ShownPrinter shown[13] = { 0 };
  g_autoptr(HeraldTraySummary) summary = NULL;
  g_auto(GStrv) lines = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    shown[i] = (ShownPrinter){ "X", ON, i == 12 ? HERALD_STATE_ERROR : HERALD_STATE_OPERATIONAL };
  summary = summarize (shown, G_N_ELEMENTS (shown));
  lines = g_strsplit (summary->details, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 11);
  g_assert_cmpstr (lines[0], ==, "X: printer error");
  g_assert_cmpstr (lines[10], ==, "and 3 more");
}

static void
test_muting_is_seen (void)
{
  static const ShownPrinter shown = { "Prusa", ON, HERALD_STATE_PRINTING, 5, 0, "benchy.gcode" };
  g_autoptr(GListModel) printers = shown_printers_list (&shown, 1);
  g_autoptr(HeraldTraySummary) hour = herald_tray_summary_new (printers, SHOWN_NOW_MS + SHOWN_HOUR_MS, SHOWN_NOW_MS);
  g_autoptr(HeraldTraySummary) forever = herald_tray_summary_new (printers, HERALD_MUTED_FOREVER_MS, SHOWN_NOW_MS);
  g_autoptr(HeraldTraySummary) over = herald_tray_summary_new (printers, SHOWN_NOW_MS, SHOWN_NOW_MS);

  g_assert_cmpstr (hour->headline, ==, "Prusa: printing, 5 %; muted until 18:00");
  g_assert_cmpstr (forever->headline, ==, "Prusa: printing, 5 %; muted until you unmute");
  g_assert_cmpstr (over->headline, ==, "Prusa: printing, 5 %");
  g_assert_true (hour->glyph.is_muted && forever->glyph.is_muted && !over->glyph.is_muted);
  g_assert_false (herald_tray_summary_equal (hour, over));
  g_assert_true (herald_tray_summary_equal (hour, hour));
}

static void
test_finish_stands_alone (void)
{
  static const ShownPrinter shown = { "Prusa", ON, HERALD_STATE_PRINTING, 42, 65 * 60 };
  g_autoptr(FakePrinter) printer = shown_printer_new (&shown, 1);
  g_autofree char *finish = herald_printer_words_format_finish (HERALD_PRINTER (printer), SHOWN_NOW_MS);

  g_assert_cmpstr (finish, ==, "Done at 18:05, in 1 hour 5 min");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tray-summary/one", test_one_printer_is_told_in_its_own_line);
  g_test_add_func ("/tray-summary/none", test_no_printer_is_told);
  g_test_add_func ("/tray-summary/several", test_several_are_counted_the_worst_first);
  g_test_add_func ("/tray-summary/worst", test_worst_state_wins);
  g_test_add_func ("/tray-summary/ring", test_unknown_end_goes_last);
  g_test_add_func ("/tray-summary/details", test_details_end_after_ten);
  g_test_add_func ("/tray-summary/muted", test_muting_is_seen);
  g_test_add_func ("/tray-summary/finish", test_finish_stands_alone);

  return g_test_run ();
}
