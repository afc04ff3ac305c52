/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-lint"

#include "core/routing/message-lint.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "core/words/template.h"
#include "core/words/text-links.h"

/* Takes @sentence. */
static void
add (GStrvBuilder         *problems,
     const HeraldTextForm *form,
     char                 *sentence)
{
  /* Translators: where a message goes, e.g. “E-mail”, and what is wrong with it there */
  g_autofree char *problem = g_strdup_printf (_("%s: %s"), _(form->name), sentence);

  g_strv_builder_add (problems, problem);
  g_free (sentence);
}

static char *
describe_surplus (HeraldWords     *words,
                  HeraldLintTense  tense)
{
  const guint surplus = (guint) MIN (words->surplus, G_MAXINT);
  g_autofree char *measure =
    tense == HERALD_LINT_REAL
      ? g_strdup_printf (ngettext ("This is %u character too long.", "This is %u characters too long.", surplus),
                         surplus)
      : g_strdup_printf (ngettext ("With sample values this is %u character too long.",
                                   "With sample values this is %u characters too long.", surplus),
                         surplus);
  g_autofree char *remedy = words->shortened != NULL
                              /* Translators: what is in the braces is the name of a value, like {file} */
                              ? g_strdup_printf (_("{%s} is shortened."), words->shortened->name)
                              : g_strdup (_("Its end is cut off."));

  return g_strjoin (" ", measure, remedy, NULL);
}

static void
lint_price (GStrvBuilder         *problems,
            const HeraldTextForm *form,
            HeraldWords          *words)
{
  g_autoptr(GArray) links = NULL;
  g_autofree char *with_link = herald_text_format_dollars (form->price_with_link);
  g_autofree char *without = herald_text_format_dollars (form->price);
  g_autofree char *link = NULL;

  if (form->price_with_link <= form->price)
    return;

  links = herald_text_links_find (words->text);
  if (links->len == 0)
    return;

  link = g_strndup (words->text + g_array_index (links, HeraldTextLink, 0).start,
                    g_array_index (links, HeraldTextLink, 0).length);
  add (problems, form,
       /* Translators: two prices, then a piece of a text */
       g_strdup_printf (_("Each message costs %s instead of %s, because “%s” is a link there."), with_link, without,
                        link));
}

/* The first character for which an SMS needs its other, larger alphabet */
static char *
find_costly_character (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *character = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));
      HeraldTextLength length;

      herald_text_length_measure (character, HERALD_UNIT_SMS, &length);
      if (!length.is_gsm)
        return g_steal_pointer (&character);
    }

  return NULL;
}

static void
lint_segments (GStrvBuilder         *problems,
               const HeraldTextForm *form,
               HeraldWords          *words)
{
  g_autofree char *character = NULL;
  g_autofree char *measure = NULL;

  if (words->length.segments <= 1)
    return;

  character = find_costly_character (words->text);
  measure = g_strdup_printf (ngettext ("This takes %u message instead of one", "This takes %u messages instead of one",
                                       words->length.segments),
                             words->length.segments);
  if (character == NULL)
    add (problems, form, g_strconcat (measure, ".", NULL));
  else
    /* Translators: e.g. “This takes 2 messages instead of one”, then a character */
    add (problems, form, g_strdup_printf (_("%s, because of “%s”."), measure, character));
}

/**
 * herald_message_lint_get_price:
 *
 * Returns: what it costs to send @words, in US dollars
 */
double
herald_message_lint_get_price (const HeraldTextForm *form,
                               HeraldWords          *words)
{
  g_autoptr(GArray) links = NULL;

  if (form->price_with_link <= form->price)
    return form->price;

  links = herald_text_links_find (words->text);

  return links->len > 0 ? form->price_with_link : form->price;
}

gint64
herald_message_lint_get_microdollars (const HeraldTextForm *form,
                                      HeraldWords          *words)
{
  return (gint64) (herald_message_lint_get_price (form, words) * 1e6 + 0.5);
}

char *
herald_message_lint_dup_guard (const HeraldTextForm *form,
                               HeraldWords          *words)
{
  g_autofree char *with_link = herald_text_format_dollars (form->price_with_link);
  g_autofree char *without = herald_text_format_dollars (form->price);

  if (words->disarmed == NULL || form->price_with_link <= form->price ||
      herald_message_lint_get_price (form, words) > form->price)
    return NULL;

  /* Translators: where a message goes, e.g. “X (Twitter)”, a piece of a name, two prices */
  return g_strdup_printf (_("%s would have made a link of “%s” (%s instead of %s); it is written so that it does not."),
                          _(form->name), words->disarmed, with_link, without);
}

static void
lint_guard (GStrvBuilder         *problems,
            const HeraldTextForm *form,
            HeraldWords          *words)
{
  g_autofree char *sentence = herald_message_lint_dup_guard (form, words);

  if (sentence != NULL)
    g_strv_builder_add (problems, sentence);
}

void
herald_message_lint_words (GStrvBuilder         *problems,
                           const HeraldTextForm *form,
                           HeraldWords          *words,
                           HeraldLintTense       tense)
{
  if (herald_words_are_empty (words))
    {
      add (problems, form,
           g_strdup (tense == HERALD_LINT_REAL ? _("Nothing is sent, because there is no text.")
                                               : _("Nothing would be sent, because there is no text.")));
      return;
    }

  if (words->surplus > 0)
    add (problems, form, describe_surplus (words, tense));
  lint_price (problems, form, words);
  lint_guard (problems, form, words);
  lint_segments (problems, form, words);
}

static void
lint_template (GStrvBuilder    *problems,
               HeraldEventKind  kind,
               const char      *text)
{
  g_auto(GStrv) mistakes = herald_template_check (text, kind);

  g_strv_builder_addv (problems, (const char **) mistakes);
}

void
herald_message_lint_templates (GStrvBuilder          *problems,
                               HeraldEventKind        kind,
                               HeraldMessageSettings *settings)
{
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (settings->form_words), (GCompareFunc) g_strcmp0);

  lint_template (problems, kind, settings->title);
  lint_template (problems, kind, settings->text);
  for (GList *name = names; name != NULL; name = name->next)
    lint_template (problems, kind, herald_values_get (settings->form_words, name->data));
}
