/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-print"

#include "service/tray/tray-print.h"

#include "core/printers/printer-class.h"
#include "fixtures/shown-printers.h"

#define ON HERALD_CONNECTION_CONNECTED

static void
show (FakePrinter   *printer,
      HeraldStateId  state)
{
  const ShownPrinter shown = { "Prusa", ON, state, 10, 0, "a.gcode" };

  shown_printer_show (printer, &shown);
}

static void
tell (FakePrinter     *printer,
      HeraldEventKind  kind,
      const char      *job)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autofree char *dedupe = g_strdup_printf ("%s|%d", job, (int) kind);
  g_autoptr(HeraldEvent) event = herald_event_new (kind, HERALD_SOURCE_LIVE, "p1", job, dedupe, SHOWN_NOW_MS, values);

  herald_printer_emit_event (HERALD_PRINTER (printer), event);
}

static char *
dup_key (FakePrinter *printer)
{
  return herald_tray_print_dup_key (HERALD_PRINTER (printer));
}

static FakePrinter *
make_printer (void)
{
  static const ShownPrinter shown = { "Prusa", ON, HERALD_STATE_PRINTING, 10, 0, "a.gcode" };
  FakePrinter *printer = shown_printer_new (&shown, 1);

  herald_tray_print_follow (HERALD_PRINTER (printer));

  return printer;
}

static void
test_same_file_printed_again_is_another_print (void)
{
  g_autoptr(FakePrinter) printer = make_printer ();
  g_autofree char *first = NULL;
  g_autofree char *between = NULL;
  g_autofree char *second = NULL;

  tell (printer, HERALD_KIND_PRINT_STARTED, "1");
  first = dup_key (printer);
  show (printer, HERALD_STATE_OPERATIONAL);
  between = dup_key (printer);
  show (printer, HERALD_STATE_PRINTING);
  tell (printer, HERALD_KIND_PRINT_STARTED, "2");
  second = dup_key (printer);

  g_assert_cmpstr (first, !=, second);
  g_assert_cmpstr (between, ==, "");
}

/* Who is asked while it prints, and says yes a minute later, means this print. */
static void
test_print_that_goes_on_is_the_same_one (void)
{
  g_autoptr(FakePrinter) printer = make_printer ();
  g_autofree char *before = dup_key (printer);
  g_autofree char *after = NULL;

  tell (printer, HERALD_KIND_PRINT_PROGRESS, "1");
  tell (printer, HERALD_KIND_PRINT_PAUSED, "1");
  show (printer, HERALD_STATE_PAUSED);
  herald_tray_print_follow (HERALD_PRINTER (printer));
  after = dup_key (printer);

  g_assert_cmpstr (before, ==, after);
}

/* Of the next one nobody has heard yet how it began. */
static void
test_end_tells_them_apart_as_well (void)
{
  g_autoptr(FakePrinter) printer = make_printer ();
  g_autofree char *before = dup_key (printer);
  g_autofree char *after = NULL;

  tell (printer, HERALD_KIND_PRINT_DONE, "1");
  after = dup_key (printer);

  g_assert_cmpstr (before, !=, after);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tray-print/again", test_same_file_printed_again_is_another_print);
  g_test_add_func ("/tray-print/on", test_print_that_goes_on_is_the_same_one);
  g_test_add_func ("/tray-print/end", test_end_tells_them_apart_as_well);

  return g_test_run ();
}
