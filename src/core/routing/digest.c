/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-digest"

#include "core/routing/digest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/routing/message-lint.h"
#include "core/words/post-words.h"

#define FULL_WIDTH_COLON 0xff1a

/* What is told of a printer
 * @name: empty for what concerns no printer
 * @news: (element-type utf8): the oldest first, without the name */
typedef struct
{
  const char *name;
  GPtrArray *news;
} Topic;

/* How much is told */
typedef struct
{
  gboolean only_newest;
  guint n_topics;
} Detail;

static void
topic_free (gpointer data)
{
  Topic *topic = data;

  g_ptr_array_unref (topic->news);
  g_free (topic);
}

static Topic *
find_topic (GPtrArray  *topics,
            const char *name)
{
  Topic *topic;

  for (guint i = 0; i < topics->len; i++)
    {
      topic = g_ptr_array_index (topics, i);
      if (g_str_equal (topic->name, name))
        return topic;
    }

  topic = g_new0 (Topic, 1);
  topic->name = name;
  topic->news = g_ptr_array_new ();
  g_ptr_array_add (topics, topic);

  return topic;
}

/* Most titles begin with the name of the printer, which is said once. */
/* Translations write the colon between name and news in their own way, such as “ : ” or “：”. */
static const char *
skip_name (const char *title,
           const char *name)
{
  const char *rest = *name != '\0' && g_str_has_prefix (title, name) ? title + strlen (name) : title;
  gboolean has_colon = FALSE;

  for (; rest != title; rest = g_utf8_next_char (rest))
    {
      gunichar letter = g_utf8_get_char (rest);

      if (!has_colon && (letter == ':' || letter == FULL_WIDTH_COLON))
        has_colon = TRUE;
      else if (!g_unichar_isspace (letter))
        break;
    }

  return has_colon && *rest != '\0' ? rest : title;
}

static GPtrArray *
sort_by_topic (GPtrArray *parts)
{
  GPtrArray *topics = g_ptr_array_new_with_free_func (topic_free);

  for (guint i = 0; i < parts->len; i++)
    {
      const HeraldMessage *message = ((HeraldDelivery *) g_ptr_array_index (parts, i))->message;
      const char *name = message->printer_name != NULL ? message->printer_name : "";
      Topic *topic = find_topic (topics, name);

      g_ptr_array_add (topic->news, (gpointer) skip_name (message->title, name));
    }

  return topics;
}

static guint
count_printers (GPtrArray *topics)
{
  guint n_printers = 0;

  for (guint i = 0; i < topics->len; i++)
    n_printers += *((Topic *) g_ptr_array_index (topics, i))->name != '\0';

  return n_printers;
}

static char *
make_title (guint      n_parts,
            GPtrArray *topics)
{
  guint n_printers = count_printers (topics);
  g_autofree char *printers = NULL;

  if (n_printers == 0 || (n_printers == 1 && topics->len > 1))
    return g_strdup_printf (ngettext ("%u message", "%u messages", n_parts), n_parts);
  if (n_printers == 1)
    /* Translators: how many messages, and the name of a printer */
    return g_strdup_printf (ngettext ("%u message about %s", "%u messages about %s", n_parts), n_parts,
                            ((Topic *) g_ptr_array_index (topics, 0))->name);

  printers = g_strdup_printf (ngettext ("%u printer", "%u printers", n_printers), n_printers);
  /* Translators: how many messages, and “3 printers” */
  return g_strdup_printf (ngettext ("%u message about %s", "%u messages about %s", n_parts), n_parts, printers);
}

static void
append_topic (GString     *text,
              const Topic *topic,
              gboolean     says_name,
              gboolean     only_newest)
{
  guint first = only_newest ? topic->news->len - 1 : 0;

  g_autoptr(GString) news = g_string_new (NULL);

  for (guint i = first; i < topic->news->len; i++)
    g_string_append_printf (news, "%s%s", i > first ? herald_text_get_comma () : "",
                            (char *) g_ptr_array_index (topic->news, i));
  if (says_name && *topic->name != '\0')
    /* Translators: name of a printer, and what happened to it, e.g. “Prusa: print started, print finished” */
    g_string_append_printf (text, _("%s: %s"), topic->name, news->str);
  else
    g_string_append (text, news->str);
}

static char *
compose (GPtrArray    *topics,
         const char   *title,
         const Detail *detail)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_left_out = topics->len - detail->n_topics;

  if (detail->n_topics == 0)
    return herald_text_end_sentence (title);

  for (guint i = 0; i < detail->n_topics; i++)
    {
      if (i > 0)
        /* Translators: stands between what happened to one printer and what happened to the next */
        g_string_append (text, C_("list", "; "));
      append_topic (text, g_ptr_array_index (topics, i), topics->len > 1, detail->only_newest);
    }
  if (n_left_out > 0)
    /* Translators: how many printers are not named */
    g_string_append_printf (text, ngettext ("; and %u more", "; and %u more", n_left_out), n_left_out);

  /* Translators: e.g. “5 messages about 2 printers”, and what happened to them */
  return g_strdup_printf (_("%s: %s"), title, text->str);
}

/* As a value that is a stranger's words: what it says calls nobody and is no link where the public reads it. There it has
 * its time, too: X refuses what reads like the last one, and with it all that it tells. */
static HeraldWords *
word (const HeraldTextForm *form,
      const char           *text,
      gint64                now_ms)
{
  gboolean is_public = form != NULL && form->reach == HERALD_REACH_PUBLIC;
  g_autofree char *pattern = is_public ? herald_post_words_date ("{file}") : g_strdup ("{file}");
  g_autofree char *clock = herald_text_format_time_of_day (now_ms);
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_values_set (values, "file", text);
  herald_values_set (values, "clock", clock);

  return herald_words_new (form, "", pattern, values);
}

/* All if it fits, else the newest of each printer, else of fewer and fewer. */
static HeraldWords *
word_to_fit (const HeraldTextForm *form,
             GPtrArray            *topics,
             const char           *title,
             gint64                now_ms)
{
  Detail detail = { FALSE, topics->len };

  for (;;)
    {
      g_autofree char *text = compose (topics, title, &detail);
      g_autoptr(HeraldWords) words = word (form, text, now_ms);

      if (words->surplus == 0 || (detail.only_newest && detail.n_topics == 0))
        return g_steal_pointer (&words);

      if (!detail.only_newest)
        detail.only_newest = TRUE;
      else
        detail.n_topics--;
    }
}

/**
 * herald_digest_word:
 * @parts: (element-type HeraldDelivery): at least two that wait, the oldest first
 * @user_data: not used
 *
 * Tells what several messages say in one, in the form of @channel: “7 messages about 3 printers: Bench: 25 %; …”
 *
 * Returns: (transfer full): the message that tells them all
 */
HeraldDraft *
herald_digest_word (HeraldChannel *channel,
                    const char    *destination,
                    GPtrArray     *parts,
                    gpointer       user_data)
{
  const HeraldTextForm *form = herald_text_form_find (herald_channel_get_form (channel));
  const HeraldMessage *newest = ((HeraldDelivery *) g_ptr_array_index (parts, parts->len - 1))->message;
  g_autoptr(GPtrArray) topics = sort_by_topic (parts);
  g_autofree char *title = make_title (parts->len, topics);
  g_autoptr(HeraldWords) words = word_to_fit (form, topics, title, newest->created_ms);
  gboolean is_of_one = topics->len == 1;
  HeraldMessage content = {
    .kind = HERALD_KIND_CUSTOM,
    .urgency = HERALD_URGENCY_NORMAL,
    .printer = is_of_one ? newest->printer : NULL,
    .printer_name = is_of_one ? newest->printer_name : (char *) "",
    .title = title,
    .text = words->text,
    .occurred_ms = newest->occurred_ms,
    .created_ms = newest->created_ms,
  };
  g_autoptr(HeraldMessage) message = herald_message_new (&content);
  HeraldDraft *draft = herald_draft_new (herald_channel_get_id (channel), herald_channel_get_channel_type (channel)->id,
                                         destination, 0, message);

  draft->price = form != NULL ? herald_message_lint_get_microdollars (form, words) : 0;

  return draft;
}
