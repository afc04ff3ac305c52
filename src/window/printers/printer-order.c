/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-order"

#include "window/printers/printer-order.h"

#include <string.h>

/* The worst first. A printer that is switched off is no trouble, and one that is switched off here is none of our business. */
static const char *const ranks[][8] = {
  { "error" },
  { "untrusted", "unauthorized" },
  { "unreachable" },
  { "paused", "pausing", "cancelling" },
  { "printing", "resuming", "finishing", "transferring" },
  { "connecting", "starting" },
  { "operational" },
  { "offline" },
  { "disabled" },
};

/* Rank 0 is for those that call for somebody, so that rows count from 1: error, no access, not reachable. */
#define LAST_RANK_IN_NEED 3

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static guint
get_rank (HeraldDBusPrinter1 *printer)
{
  const char *connection = herald_dbus_printer1_get_connection (printer);
  const char *condition = g_strcmp0 (connection, "connected") == 0 ? herald_dbus_printer1_get_state (printer) : connection;
  guint rank = 0;

  if (*or_empty (herald_dbus_printer1_get_attention (printer)) != '\0')
    return 0;

  while (rank < G_N_ELEMENTS (ranks) && (condition == NULL || !g_strv_contains (ranks[rank], condition)))
    rank++;

  return rank + 1;
}

gboolean
herald_printer_order_is_in_need (HeraldDBusPrinter1 *printer)
{
  return get_rank (printer) <= LAST_RANK_IN_NEED;
}

/* A moment as the service writes it can be compared as text; who does not print comes last. */
static int
compare_finish (HeraldDBusPrinter1 *first,
                HeraldDBusPrinter1 *second)
{
  const char *one = or_empty (herald_dbus_printer1_get_finishes_at (first));
  const char *other = or_empty (herald_dbus_printer1_get_finishes_at (second));

  if ((*one == '\0') != (*other == '\0'))
    return *one == '\0' ? 1 : -1;

  return g_strcmp0 (one, other);
}

/* “Printer 9” comes before “Printer 10”. */
static int
compare_names (HeraldDBusPrinter1 *first,
               HeraldDBusPrinter1 *second)
{
  g_autofree char *one = g_utf8_collate_key_for_filename (or_empty (herald_dbus_printer1_get_name (first)), -1);
  g_autofree char *other = g_utf8_collate_key_for_filename (or_empty (herald_dbus_printer1_get_name (second)), -1);
  int order = strcmp (one, other);

  return order != 0 ? order : g_strcmp0 (herald_dbus_printer1_get_id (first), herald_dbus_printer1_get_id (second));
}

HeraldPrinterOrder
herald_printer_order_from_string (const char *text)
{
  if (g_strcmp0 (text, "name") == 0)
    return HERALD_ORDER_NAME;
  if (g_strcmp0 (text, "finish") == 0)
    return HERALD_ORDER_FINISH;

  return HERALD_ORDER_WORST;
}

int
herald_printer_order_compare (HeraldDBusPrinter1 *first,
                              HeraldDBusPrinter1 *second,
                              HeraldPrinterOrder  order)
{
  int result = 0;

  if (order == HERALD_ORDER_WORST)
    result = (int) get_rank (first) - (int) get_rank (second);
  else if (order == HERALD_ORDER_FINISH)
    result = compare_finish (first, second);

  return result != 0 ? result : compare_names (first, second);
}
