/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-message-tables"

#include <stdio.h>
#include <string.h>

#include "core/words/mail-words.h"
#include "core/words/template.h"
#include "core/words/text-form.h"

/* message-tables TABLE: prints a table of docs/messages.md or docs/message-tables.md, so that the page says what the program knows. */

/* What a cell of a table takes: a bar would end it. */
static char *
escape (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "|", -1);

  return g_strjoinv ("\\|", parts);
}

static const HeraldEventKindInfo *
get_info (guint i)
{
  return herald_event_kind_get_info ((HeraldEventKind) i);
}

/* Messages about no printer know the least. */
static gboolean
is_of_printers (guint kind)
{
  return kind != HERALD_KIND_TEST && kind != HERALD_KIND_CUSTOM;
}

static gboolean
is_known_with_every_printer (const char *name)
{
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      if (is_of_printers (i) && !herald_event_kind_has_variable ((HeraldEventKind) i, name))
        return FALSE;
    }

  return TRUE;
}

static char *
describe_place (const char *name)
{
  GString *place = g_string_new (NULL);

  if (g_strv_contains (herald_event_kind_get_commons (), name))
    return g_string_free (g_string_append (place, "everywhere"), FALSE);
  if (is_known_with_every_printer (name))
    return g_string_free (g_string_append (place, "with every printer"), FALSE);

  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      if (herald_event_kind_has_variable ((HeraldEventKind) i, name))
        g_string_append_printf (place, "%s`%s`", place->len > 0 ? " " : "", get_info (i)->id);
    }

  return g_string_free (place, FALSE);
}

static void
print_values (void)
{
  guint n_variables;
  const HeraldVariable *variables = herald_variable_get_all (&n_variables);

  printf ("| value | is | for example | known |\n| --- | --- | --- | --- |\n");
  for (guint i = 0; i < n_variables; i++)
    {
      g_autofree char *place = describe_place (variables[i].name);

      printf ("| `{%s}` | %s | %s | %s |\n", variables[i].name, variables[i].description, variables[i].sample, place);
    }
}

static void
print_events (void)
{
  printf ("| event | is | told from the start | text from the start | knows beside |\n| --- | --- | --- | --- | --- |\n");
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      const HeraldEventKindInfo *info = get_info (i);
      g_autofree char *text = escape (info->text);
      g_autoptr(GString) beside = g_string_new (NULL);

      for (const char *const *name = info->variables; *name != NULL; name++)
        {
          if (!is_known_with_every_printer (*name))
            g_string_append_printf (beside, "%s`{%s}`", beside->len > 0 ? " " : "", *name);
        }
      printf ("| `%s` | %s | %s | %s | %s |\n", info->id, info->name, info->enabled ? "yes" : "no", text, beside->str);
    }
}

static const char *
describe_unit (HeraldTextUnit unit)
{
  switch (unit)
    {
    case HERALD_UNIT_WEIGHTED:
      return "characters as X counts them";
    case HERALD_UNIT_SMS:
      return "characters of an SMS";
    case HERALD_UNIT_BYTES:
      return "bytes";
    case HERALD_UNIT_CHARACTERS:
    default:
      return "characters";
    }
}

static void
print_forms (void)
{
  guint n_forms;
  const HeraldTextForm *forms = herald_text_form_get_all (&n_forms);

  printf ("| form | is for | title | text | emoji | costs |\n| --- | --- | --- | --- | --- | --- |\n");
  for (guint i = 0; i < n_forms; i++)
    {
      g_autofree char *title = forms[i].title_max > 0 ? g_strdup_printf ("%u", forms[i].title_max) : g_strdup ("none");
      char price[2][G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *cost = NULL;

      g_ascii_formatd (price[0], sizeof price[0], "%.3f", forms[i].price);
      g_ascii_formatd (price[1], sizeof price[1], "%.3f", forms[i].price_with_link);
      cost = forms[i].price > 0 ? g_strdup_printf ("$%s, with a link $%s", price[0], price[1]) : g_strdup ("nothing");
      printf ("| `%s` | %s | %s | %u %s | %s | %s |\n", forms[i].id, forms[i].name, title, forms[i].text_max,
              describe_unit (forms[i].unit), forms[i].keeps_emoji ? "yes" : "left out", cost);
    }
}

static void
print_mails (void)
{
  printf ("| event | a mail tells below the text |\n| --- | --- |\n");
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      const char *details = herald_mail_words_get_details ((HeraldEventKind) i);
      g_autofree char *text = details != NULL ? escape (details) : NULL;
      g_auto(GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
      g_autofree char *cell = g_strjoinv ("<br>", lines);

      if (text != NULL)
        printf ("| `%s` | %s |\n", get_info (i)->id, cell);
    }
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    void (*print) (void);
  } tables[] = {
    { "events", print_events },
    { "forms", print_forms },
    { "mails", print_mails },
    { "values", print_values },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      if (argc == 2 && strcmp (argv[1], tables[i].name) == 0)
        {
          tables[i].print ();
          return 0;
        }
    }

  return 2;
}
