/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-ticker"

#include "demo/demo-printer-private.h"

#define TICK_MS 50
/* How often those are looked at with whom nobody is connected and nothing is due */
#define SLOW_TICKS 10

/* One timer for every printer of the process: a thousand of them wake it no more often than one. */
static GPtrArray *printers;
static guint source;
static guint n_ticks;

static gboolean
is_quiet (HeraldDemoPrinter *printer)
{
  return printer->sockets->len == 0 && printer->fault_end_ms == 0 && printer->away_begin_ms == 0;
}

static gboolean
on_tick_timeout (gpointer user_data)
{
  n_ticks++;
  for (guint i = 0; i < printers->len; i++)
    {
      HeraldDemoPrinter *printer = g_ptr_array_index (printers, i);

      /* Each has its own turn, so that a thousand do not come at once. */
      if ((n_ticks + i) % SLOW_TICKS != 0 && is_quiet (printer))
        continue;

      herald_demo_printer_tick (printer);
      for (guint j = 0; j < printer->sockets->len; j++)
        herald_demo_socket_tick (g_ptr_array_index (printer->sockets, j));
    }

  return G_SOURCE_CONTINUE;
}

void
herald_demo_ticker_add (HeraldDemoPrinter *printer)
{
  if (printers == NULL)
    {
      printers = g_ptr_array_new ();
      source = g_timeout_add (TICK_MS, on_tick_timeout, NULL);
    }
  g_ptr_array_add (printers, printer);
}

void
herald_demo_ticker_remove (HeraldDemoPrinter *printer)
{
  if (printers == NULL || !g_ptr_array_remove_fast (printers, printer) || printers->len > 0)
    return;

  g_clear_handle_id (&source, g_source_remove);
  g_clear_pointer (&printers, g_ptr_array_unref);
}
