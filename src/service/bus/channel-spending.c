/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-spending"

#include "service/bus/channel-spending.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"

static double
get_dollars (gint64 microdollars)
{
  return (double) microdollars / 1e6;
}

static void
add_messages (GStrvBuilder                *pieces,
              const HeraldAllowanceReport *report)
{
  guint n = report->use.n_day;
  guint limit = report->allowance.per_day;
  g_autofree char *piece = NULL;

  if (limit > 0)
    /* Translators: how many messages were sent, and how many may be; the number that may be decides the form */
    piece = g_strdup_printf (ngettext ("%u of %u message today", "%u of %u messages today", limit), n, limit);
  else
    piece = g_strdup_printf (ngettext ("%u message today", "%u messages today", n), n);
  g_strv_builder_add (pieces, piece);
}

static void
add_money (GStrvBuilder *pieces,
           gint64        spent,
           gint64        budget,
           gboolean      is_month)
{
  g_autofree char *dollars = herald_text_format_dollars (get_dollars (spent));
  g_autofree char *most = herald_text_format_dollars (get_dollars (budget));
  g_autofree char *piece = NULL;

  if (budget == 0)
    /* Translators: an amount of money, e.g. “spent today $0.12” */
    piece = is_month ? g_strdup_printf (_("this month %s"), dollars) : g_strdup_printf (_("spent today %s"), dollars);
  else if (is_month)
    /* Translators: two amounts of money: what was spent, and what may be */
    piece = g_strdup_printf (_("this month %s of %s"), dollars, most);
  else
    /* Translators: two amounts of money: what was spent, and what may be */
    piece = g_strdup_printf (_("spent today %s of %s"), dollars, most);
  g_strv_builder_add (pieces, piece);
}

static void
add_left_out (GStrvBuilder                *pieces,
              const HeraldAllowanceReport *report)
{
  g_autofree char *digested = g_strdup_printf (ngettext ("%u was put together with others", "%u were put together",
                                                         report->n_digested), report->n_digested);
  g_autofree char *left_out =
    g_strdup_printf (ngettext ("%u was left out", "%u were left out", report->n_left_out), report->n_left_out);

  if (report->n_digested > 0)
    g_strv_builder_add (pieces, digested);
  if (report->n_left_out > 0)
    g_strv_builder_add (pieces, left_out);
}

/**
 * herald_channel_spending_describe:
 *
 * Returns: (transfer full): e.g. “8 of 15 messages today, spent today $0.12 of $0.50, this month $1.32”
 */
char *
herald_channel_spending_describe (const HeraldAllowanceReport *report)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) pieces = NULL;

  add_messages (builder, report);
  if (report->use.month_microdollars > 0 || report->allowance.day_microdollars > 0)
    add_money (builder, report->use.day_microdollars, report->allowance.day_microdollars, FALSE);
  if (report->use.month_microdollars > 0 || report->allowance.month_microdollars > 0)
    add_money (builder, report->use.month_microdollars, report->allowance.month_microdollars, TRUE);
  add_left_out (builder, report);
  pieces = g_strv_builder_end (builder);

  return g_strjoinv (herald_text_get_comma (), pieces);
}

static void
add_count (GVariantBuilder *row,
           const char      *name,
           guint            count)
{
  g_variant_builder_add (row, "{sv}", name, g_variant_new_uint32 (count));
}

static void
add_dollars (GVariantBuilder *row,
             const char      *name,
             gint64           microdollars)
{
  g_variant_builder_add (row, "{sv}", name, g_variant_new_double (get_dollars (microdollars)));
}

GVariant *
herald_channel_spending_report (HeraldEngine  *engine,
                                HeraldChannel *channel)
{
  HeraldAllowanceReport report;
  g_autofree char *summary = NULL;
  GVariantBuilder row;

  g_variant_builder_init (&row, G_VARIANT_TYPE_VARDICT);
  if (!herald_outbox_query_allowance (herald_engine_get_outbox (engine), channel, &report))
    return g_variant_builder_end (&row);

  summary = herald_channel_spending_describe (&report);
  g_variant_builder_add (&row, "{sv}", "summary", g_variant_new_string (summary));
  add_count (&row, "messages_today", report.use.n_day);
  add_count (&row, "messages_per_day", report.allowance.per_day);
  add_dollars (&row, "spent_today", report.use.day_microdollars);
  add_dollars (&row, "budget_day", report.allowance.day_microdollars);
  add_dollars (&row, "spent_month", report.use.month_microdollars);
  add_dollars (&row, "budget_month", report.allowance.month_microdollars);
  add_count (&row, "put_together", report.n_digested);
  add_count (&row, "left_out", report.n_left_out);

  return g_variant_builder_end (&row);
}
