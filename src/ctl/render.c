/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-render"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "ctl/command.h"
#include "ctl/failure.h"
#include "ctl/input.h"
#include "ctl/output.h"

/* The keys of a rendering, in JSON: the first three are those that scripts have relied on from the beginning. */
static const char *const keys[] = { "title",  "text",     "problems",  "channel", "form",        "told",    "unit",
                                    "length", "limit",    "segments",  "cost",    "values_from", "picture", "shortened",
                                    NULL };

static const char *
get_text (GVariant   *rendering,
          const char *key)
{
  const char *text = "";

  g_variant_lookup (rendering, key, "&s", &text);

  return text;
}

static guint
get_count (GVariant   *rendering,
           const char *key)
{
  guint count = 0;

  g_variant_lookup (rendering, key, "u", &count);

  return count;
}

static gboolean
is_told (GVariant *rendering)
{
  gboolean told = TRUE;

  g_variant_lookup (rendering, "told", "b", &told);

  return told;
}

/* (transfer full) (nullable) */
static GVariant *
get_channels (GVariant *rendering)
{
  return g_variant_lookup_value (rendering, "channels", G_VARIANT_TYPE ("aa{sv}"));
}

static void
print_json (GVariant *rendering)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(GVariant) channels = get_channels (rendering);

  json_builder_begin_object (builder);
  herald_output_add_members (builder, rendering, keys);
  if (channels != NULL)
    {
      json_builder_set_member_name (builder, "channels");
      json_builder_begin_array (builder);
      for (gsize i = 0; i < g_variant_n_children (channels); i++)
        {
          g_autoptr(GVariant) channel = g_variant_get_child_value (channels, i);

          json_builder_begin_object (builder);
          herald_output_add_members (builder, channel, keys);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}

/* E.g. "143 of 280, $0.015, with a snapshot" */
static char *
describe (GVariant *rendering)
{
  g_autoptr(GString) line = g_string_new (NULL);
  const char *picture = get_text (rendering, "picture");
  guint segments = get_count (rendering, "segments");
  double cost = 0;

  /* Translators: how long a text is, and how long it can be */
  g_string_append_printf (line, _("%u of %u"), get_count (rendering, "length"), get_count (rendering, "limit"));
  if (segments > 0)
    /* Translators: follows how long a text is: how many messages an SMS is made of */
    g_string_append_printf (line, ngettext (", %u SMS", ", %u SMS", segments), segments);
  if (g_variant_lookup (rendering, "cost", "d", &cost) && cost > 0)
    {
      g_autofree char *price = herald_text_format_dollars (cost);

      g_string_append_printf (line, "%s%s", herald_text_get_comma (), price);
    }
  if (!g_str_equal (picture, "none"))
    /* Translators: snapshot, thumbnail or timelapse */
    g_string_append_printf (line, _(", with its %s"), picture);

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Each line of @text, a bit to the right */
static void
print_indented (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      if (**line != '\0')
        g_print ("    %s\n", *line);
    }
}

/* The words only where they are others than those for all */
static void
print_channel (GVariant *rendering,
               GVariant *general)
{
  g_autofree char *description = describe (rendering);

  if (!is_told (rendering))
    {
      /* Translators: the name of a channel */
      g_print (_("  %s: it is not told there\n"), get_text (rendering, "channel"));
      return;
    }

  g_print ("  %s: %s\n", get_text (rendering, "channel"), description);
  if (g_str_equal (get_text (rendering, "title"), get_text (general, "title")) &&
      g_str_equal (get_text (rendering, "text"), get_text (general, "text")))
    return;

  print_indented (get_text (rendering, "title"));
  print_indented (get_text (rendering, "text"));
}

static void
add_problems (GPtrArray *sentences,
              GVariant  *rendering)
{
  g_autofree const char **problems = NULL;

  if (!g_variant_lookup (rendering, "problems", "^a&s", &problems))
    return;

  for (guint i = 0; problems[i] != NULL; i++)
    {
      if (!g_ptr_array_find_with_equal_func (sentences, problems[i], g_str_equal, NULL))
        g_ptr_array_add (sentences, g_strdup (problems[i]));
    }
}

/* Each once, for a mistake is in the words of all channels; and none of a channel where it is not told. */
static void
print_problems (GVariant *rendering,
                GVariant *channels)
{
  g_autoptr(GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  add_problems (sentences, rendering);
  for (gsize i = 0; channels != NULL && i < g_variant_n_children (channels); i++)
    {
      g_autoptr(GVariant) channel = g_variant_get_child_value (channels, i);

      if (is_told (channel))
        add_problems (sentences, channel);
    }
  g_ptr_array_add (sentences, NULL);
  herald_output_print_warnings ((const char *const *) sentences->pdata);
}

/* Whose values they are */
static const char *
describe_values (const char *from)
{
  if (g_str_equal (from, "current"))
    return _("With the values of the print under way.");
  if (g_str_equal (from, "event"))
    return _("With the values of a message of the past.");

  return _("With sample values.");
}

static void
print_rendering (GVariant *rendering)
{
  g_autoptr(GVariant) channels = get_channels (rendering);
  const char *title = get_text (rendering, "title");

  if (*title != '\0')
    g_print ("%s\n", title);
  g_print ("%s\n\n", get_text (rendering, "text"));

  if (channels == NULL)
    {
      g_autofree char *description = describe (rendering);

      g_print ("  %s\n", description);
    }
  for (gsize i = 0; channels != NULL && i < g_variant_n_children (channels); i++)
    {
      g_autoptr(GVariant) channel = g_variant_get_child_value (channels, i);

      print_channel (channel, rendering);
    }
  g_print ("  %s\n", describe_values (get_text (rendering, "values_from")));

  print_problems (rendering, channels);
}

static void
add_option (GVariantBuilder *options,
            const char      *name,
            const char      *value)
{
  if (value != NULL)
    g_variant_builder_add (options, "{sv}", name, g_variant_new_string (value));
}

static gboolean
run_render (HeraldCall  *call,
            GError     **error)
{
  g_autofree char *printer = NULL;
  g_autofree char *channel = NULL;
  g_autofree char *form = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  gint64 event = 0;
  gboolean samples = FALSE;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "printer", 0, 0, G_OPTION_ARG_STRING, &printer, N_("With the values of this printer"), N_("ID") },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &channel, N_("As this channel would send it"), N_("ID") },
    { "form", 0, 0, G_OPTION_ARG_STRING, &form, N_("As it goes to desktop, email, sms or x"), N_("FORM") },
    { "event", 0, 0, G_OPTION_ARG_INT64, &event, N_("With the values of this event of the history"), N_("NUMBER") },
    { "samples", 0, 0, G_OPTION_ARG_NONE, &samples, N_("With sample values"), NULL },
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, N_("Try this title"), N_("TITLE") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, N_("Try this text"), N_("TEXT") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON, for scripts"), NULL },
    { NULL },
  };
  g_autoptr(HeraldValues) changes = herald_values_new ();
  GVariantBuilder options;
  g_autoptr(GVariant) rendering = NULL;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 1, G_MAXUINT, error) ||
      !herald_input_add_settings (changes, call->words + 1, error))
    return FALSE;
  if (event != 0 && samples)
    return herald_failure_set_usage (error, "%s", _("Say either --event or --samples"));
  if (!herald_call_connect (call, error))
    return FALSE;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  add_option (&options, "channel", channel);
  add_option (&options, "form", form);
  add_option (&options, "title", title);
  add_option (&options, "text", text);
  add_option (&options, "values", samples ? "sample" : NULL);
  if (g_hash_table_size (changes) > 0)
    g_variant_builder_add (&options, "{sv}", "changes", herald_values_to_variant (changes));
  if (event != 0)
    g_variant_builder_add (&options, "{sv}", "event", g_variant_new_int64 (event));
  if (!herald_dbus_service1_call_render_sync (call->client->service, call->words[0], printer != NULL ? printer : "",
                                              g_variant_builder_end (&options), &rendering, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (json)
    print_json (rendering);
  else
    print_rendering (rendering);

  return TRUE;
}

const HeraldCommand herald_render_commands[] = {
  { "render", NULL,
    "KIND [--printer ID] [--channel ID] [--form FORM] [--event NUMBER] [--samples] [--title TITLE] [--text TEXT] "
    "[KEY=VALUE…] [--json]",
    N_("Show what a message would say; nothing is sent"), run_render },
  { NULL },
};
