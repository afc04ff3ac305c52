/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-test"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "core/base/text.h"
#include "ctl/channel-commands.h"
#include "ctl/channel-kind.h"
#include "ctl/failure.h"
#include "ctl/input.h"
#include "ctl/output.h"

/* The service itself waits up to 90 seconds for what becomes of a test message. */
#define TEST_LIMIT_MS 120000

#define DELIVERED "delivered"

static const char *
get_text (GVariant   *row,
          const char *name)
{
  const char *text = "";

  g_variant_lookup (row, name, "&s", &text);

  return text;
}

/* Words of a person for what a script calls a state */
static const char *
describe_state (const char *state)
{
  static const struct
  {
    const char *id;
    const char *words;
  } states[] = {
    { DELIVERED, N_("accepted") },
    { "probable", N_("may have arrived") },
    { "deferred", N_("did not get through") },
    { "pending", N_("not tried yet") },
    { "sending", N_("on its way") },
    { "committing", N_("on its way") },
    { "rejected", N_("refused") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_equal (states[i].id, state))
        return _(states[i].words);
    }

  return _("not sent");
}

static HeraldTone
get_tone (const char *result)
{
  static const char *const open[] = { "open", "pending", "sending", "committing", NULL };

  if (g_str_equal (result, "done") || g_str_equal (result, DELIVERED))
    return HERALD_TONE_GOOD;
  if (g_strv_contains (open, result))
    return HERALD_TONE_DIM;

  return HERALD_TONE_BAD;
}

static void
print_steps (GVariant *report)
{
  const char *const headings[] = { " ", _("STEP"), NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);
  g_autoptr(GVariant) steps = g_variant_lookup_value (report, "steps", G_VARIANT_TYPE ("aa{sv}"));

  for (gsize i = 0; steps != NULL && i < g_variant_n_children (steps); i++)
    {
      g_autoptr(GVariant) step = g_variant_get_child_value (steps, i);
      const char *result = get_text (step, "result");
      HeraldTone tone = get_tone (result);

      herald_table_add (table, tone == HERALD_TONE_GOOD ? "✓" : tone == HERALD_TONE_BAD ? "✗" : "·", tone);
      herald_table_add (table, get_text (step, "label"), tone == HERALD_TONE_GOOD ? HERALD_TONE_PLAIN : tone);
    }
  if (steps != NULL && g_variant_n_children (steps) > 0)
    herald_table_print (table);
}

static void
print_recipients (GVariant *report)
{
  const char *const headings[] = { " ", _("RECIPIENT"), _("RESULT"), NULL };
  g_autoptr(HeraldTable) table = herald_table_new (headings);
  g_autoptr(GVariant) recipients = g_variant_lookup_value (report, "recipients", G_VARIANT_TYPE ("aa{sv}"));
  gsize n_recipients = recipients != NULL ? g_variant_n_children (recipients) : 0;

  for (gsize i = 0; i < n_recipients; i++)
    {
      g_autoptr(GVariant) recipient = g_variant_get_child_value (recipients, i);
      const char *state = get_text (recipient, "state");
      HeraldTone tone = get_tone (state);

      herald_table_add (table, tone == HERALD_TONE_GOOD ? "✓" : tone == HERALD_TONE_BAD ? "✗" : "·", tone);
      herald_table_add (table, get_text (recipient, "destination"), HERALD_TONE_PLAIN);
      herald_table_add (table, describe_state (state), tone);
    }
  g_print ("\n");
  herald_table_print (table);

  for (gsize i = 0; i < n_recipients; i++)
    {
      g_autoptr(GVariant) recipient = g_variant_get_child_value (recipients, i);

      herald_output_print_field (get_text (recipient, "destination"), get_text (recipient, "reason"));
      herald_output_print_field (get_text (recipient, "destination"), get_text (recipient, "doubt"));
    }
}

static gboolean
has_reached_somebody (GVariant *report)
{
  g_autoptr(GVariant) recipients = g_variant_lookup_value (report, "recipients", G_VARIANT_TYPE ("aa{sv}"));
  gsize n_recipients = recipients != NULL ? g_variant_n_children (recipients) : 0;

  for (gsize i = 0; i < n_recipients; i++)
    {
      g_autoptr(GVariant) recipient = g_variant_get_child_value (recipients, i);

      if (g_str_equal (get_text (recipient, "state"), DELIVERED))
        return TRUE;
    }

  return FALSE;
}

static void
print_report (GVariant *report)
{
  const char *note = get_text (report, "note");

  print_steps (report);
  print_recipients (report);
  if (!g_str_equal (get_text (report, "picture"), "none"))
    herald_output_print_field (_("Picture"), _("It went along."));
  else
    herald_output_print_field (_("Picture"), note);
  herald_output_print_field (_("To be seen at"), get_text (report, "link"));
  herald_output_print_field (_("Doubt"), get_text (report, "doubt"));
  herald_output_print_field (_("What to do"), get_text (report, "advice"));
}

static void
print_report_json (GVariant *report)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  GVariantIter iter;
  const char *name;
  GVariant *value;

  json_builder_begin_object (builder);
  g_variant_iter_init (&iter, report);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      herald_output_add_variant (builder, name, value);
      g_variant_unref (value);
    }
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}

/* What the world would read, and what that would cost */
static void
print_outlook (HeraldCall *call,
               const char *id,
               const char *printer)
{
  g_autoptr(GVariant) rendering = NULL;
  g_autofree char *price = NULL;
  GVariantDict options;
  double cost = 0;

  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "channel", "s", id);
  if (!herald_dbus_service1_call_render_sync (call->client->service, "test", printer != NULL ? printer : "",
                                              g_variant_dict_end (&options), &rendering, NULL, NULL))
    return;

  g_printerr ("  %s\n", get_text (rendering, "text"));
  if (!g_variant_lookup (rendering, "cost", "d", &cost) || cost <= 0)
    return;

  price = herald_text_format_dollars (cost);
  /* Translators: an amount of money */
  g_printerr (_("It costs about %s."), price);
  g_printerr ("\n");
}

/* Whether to go on: what everybody can read is worth a question to whoever sits there. */
static gboolean
is_wanted (HeraldCall         *call,
           HeraldDBusChannel1 *channel,
           const char         *printer)
{
  g_autoptr(GVariant) kind = NULL;

  if (!isatty (STDIN_FILENO))
    return TRUE;

  kind = herald_channel_kind_find (call, herald_dbus_channel1_get_type_ (channel), NULL);
  if (kind != NULL && !herald_channel_kind_is_public (kind))
    return TRUE;

  if (kind != NULL)
    /* Translators: the name of a channel */
    g_printerr (_("The test of “%s” is a real post that everybody can read:"), herald_dbus_channel1_get_name (channel));
  else
    /* Translators: the name of a channel */
    g_printerr (_("The test of “%s” is a real message, perhaps one that everybody can read:"),
                herald_dbus_channel1_get_name (channel));
  g_printerr ("\n");
  print_outlook (call, herald_dbus_channel1_get_id (channel), printer);

  return herald_input_confirm (_("Post it?"));
}

gboolean
herald_channel_run_test (HeraldCall  *call,
                         GError     **error)
{
  gboolean json = FALSE;
  gboolean yes = FALSE;
  g_autofree char *printer = NULL;
  const GOptionEntry entries[] = {
    { "printer", 0, 0, G_OPTION_ARG_STRING, &printer, N_("Whose camera takes the picture"), N_("ID") },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_("Do not ask before something is posted where everybody can read it"), NULL },
    HERALD_CHANNEL_JSON_ENTRY (json),
    { NULL },
  };
  g_autoptr(HeraldDBusChannel1) channel = NULL;
  g_autoptr(GVariant) report = NULL;
  GVariantDict options;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 1, 1, error) || !herald_call_connect (call, error))
    return FALSE;
  channel = herald_client_find_channel (call->client, call->words[0], error);
  if (channel == NULL)
    return FALSE;
  if (!yes && !is_wanted (call, channel, printer))
    return herald_failure_set_refused (error, _("Nothing was posted"));

  g_variant_dict_init (&options, NULL);
  if (printer != NULL)
    g_variant_dict_insert (&options, "printer", "s", printer);
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (channel), TEST_LIMIT_MS);
  if (!herald_dbus_channel1_call_test_sync (channel, g_variant_dict_end (&options), &report, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (json)
    print_report_json (report);
  else
    print_report (report);
  if (g_str_equal (get_text (report, "state"), DELIVERED))
    return TRUE;

  return herald_failure_set_refused (error, has_reached_somebody (report)
                                              ? _("The test message did not reach everybody")
                                              : _("The test message was not delivered"));
}
