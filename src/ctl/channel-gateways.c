/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-gateways"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ctl/channel-commands.h"
#include "ctl/failure.h"
#include "ctl/output.h"

static const char *
get_text (GVariant   *row,
          const char *name)
{
  const char *text = "";

  g_variant_lookup (row, name, "&s", &text);

  return text;
}

/* @folded: what is looked for; empty matches all */
static gboolean
is_match (GVariant   *gateway,
          const char *folded)
{
  static const char *const names[] = { "id", "name", "country", "sms_domain", "mms_domain" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_utf8_casefold (get_text (gateway, names[i]), -1);

      if (strstr (text, folded) != NULL)
        return TRUE;
    }

  return FALSE;
}

static GVariant *
filter (GVariant   *gateways,
        const char *search)
{
  g_autofree char *folded = g_utf8_casefold (search, -1);
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children (gateways); i++)
    {
      g_autoptr(GVariant) gateway = g_variant_get_child_value (gateways, i);

      if (is_match (gateway, folded))
        g_variant_builder_add_value (&rows, gateway);
    }

  return g_variant_ref_sink (g_variant_builder_end (&rows));
}

static void
add_status (HeraldTable *table,
            GVariant    *gateway)
{
  const char *status = get_text (gateway, "status");
  const char *ended = get_text (gateway, "ended");
  g_autofree char *words = NULL;

  if (g_str_equal (status, "works"))
    herald_table_add (table, _("works"), HERALD_TONE_GOOD);
  else if (g_str_equal (status, "ending"))
    {
      /* Translators: a date */
      words = *ended != '\0' ? g_strdup_printf (_("ends %s"), ended) : g_strdup (_("will end"));
      herald_table_add (table, words, HERALD_TONE_BUSY);
    }
  else if (g_str_equal (status, "ended"))
    {
      /* Translators: a date */
      words = *ended != '\0' ? g_strdup_printf (_("ended %s"), ended) : g_strdup (_("ended"));
      herald_table_add (table, words, HERALD_TONE_BAD);
    }
  else
    herald_table_add (table, _("not known"), HERALD_TONE_DIM);
}

static void
print_gateways (GVariant *gateways)
{
  const char *const headings[] = { _("GATEWAY"), _("CARRIER"), _("COUNTRY"), _("DOMAIN"), _("PICTURES"),
                                   _("STATUS"), _("AS OF"), NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);

  for (gsize i = 0; i < g_variant_n_children (gateways); i++)
    {
      g_autoptr(GVariant) gateway = g_variant_get_child_value (gateways, i);

      herald_table_add (table, get_text (gateway, "id"), HERALD_TONE_PLAIN);
      herald_table_add (table, get_text (gateway, "name"), HERALD_TONE_PLAIN);
      herald_table_add (table, get_text (gateway, "country"), HERALD_TONE_PLAIN);
      herald_table_add (table, get_text (gateway, "sms_domain"), HERALD_TONE_PLAIN);
      herald_table_add (table, *get_text (gateway, "mms_domain") != '\0' ? _("yes") : _("no"), HERALD_TONE_DIM);
      add_status (table, gateway);
      herald_table_add (table, get_text (gateway, "as_of"), HERALD_TONE_DIM);
    }
  herald_table_print (table);
  g_print ("\n%s\n", _("A mail that is accepted is no proof that the SMS arrives: carriers drop what they do not like and "
                       "tell nobody. Test it, and look at the phone."));
}

gboolean
herald_channel_run_gateways (HeraldCall  *call,
                             GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { HERALD_CHANNEL_JSON_ENTRY (json), { NULL } };
  g_autoptr(GVariant) all = NULL;
  g_autoptr(GVariant) gateways = NULL;
  g_autoptr(JsonBuilder) builder = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 0, 1, error) || !herald_call_connect (call, error))
    return FALSE;
  if (!herald_dbus_service1_call_list_sms_gateways_sync (call->client->service, &all, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  gateways = filter (all, call->n_words > 0 ? call->words[0] : "");
  if (json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      herald_output_add_variant (builder, "gateways", gateways);
      json_builder_end_object (builder);
      herald_output_print_json (builder, TRUE);
      return TRUE;
    }

  if (g_variant_n_children (gateways) == 0)
    return herald_failure_set_refused (error, _("No carrier like that is known. “gateway” takes the domain of its "
                                                "mail-to-SMS gateway, too; ask the carrier for it."));
  print_gateways (gateways);

  return TRUE;
}
