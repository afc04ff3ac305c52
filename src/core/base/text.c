/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-text"

#include "core/base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/time-words.h"

#define ID_MAX_CHARS 32

#define WEEK_DAYS 7

/* Characters that can make a text read differently from what it is: marks that turn the writing
 * direction around, and marks nobody sees. */
static gboolean
is_deceptive (gunichar c)
{
  return (c >= 0x200b && c <= 0x200f && c != 0x200d) ||
         (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x2069) ||
         c == 0x061c || c == 0xfeff;
}

static char *
clean (const char *foreign,
       gsize       max_chars,
       gboolean    keep_lines)
{
  const char *text = foreign != NULL ? foreign : "";
  g_autofree char *valid = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);
  GString *result = g_string_sized_new (strlen (text));
  gsize n_chars = 0;

  for (const char *p = valid != NULL ? valid : text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_deceptive (c))
        continue;

      if (c == '\r' || (c == '\n' && !keep_lines) || c == '\t' || c == 0x2028 || c == 0x2029)
        c = ' ';
      else if (c != '\n' && (c < 0x20 || (c >= 0x7f && c < 0xa0)))
        continue;

      if (n_chars++ == max_chars)
        {
          g_string_append (result, "…");
          break;
        }
      if (c < 0x80)
        g_string_append_c (result, (char) c);
      else
        g_string_append_len (result, p, g_utf8_next_char (p) - p);
    }

  return g_string_free (result, FALSE);
}

/**
 * herald_text_clean:
 * @foreign: (nullable): text from a printer, a server or a file; any bytes
 * @max_chars: characters to keep; what is cut off is marked by an ellipsis
 *
 * Makes a foreign text safe to show and to pass on: valid UTF-8, one line, no
 * control characters, nothing invisible, no change of writing direction.
 *
 * Returns: (transfer full): the text, empty for %NULL
 */
char *
herald_text_clean (const char *foreign,
                   gsize       max_chars)
{
  return g_strstrip (clean (foreign, max_chars, FALSE));
}

/**
 * herald_text_clean_lines:
 * @foreign: (nullable): text of any bytes
 * @max_chars: characters to keep
 *
 * Like herald_text_clean(), for texts that may have several lines.
 *
 * Returns: (transfer full): the text, empty for %NULL
 */
char *
herald_text_clean_lines (const char *foreign,
                         gsize       max_chars)
{
  return g_strstrip (clean (foreign, max_chars, TRUE));
}

/**
 * herald_text_clean_part:
 * @part: a part of a text, of any bytes
 * @keep_lines: whether it may have several lines
 *
 * Like herald_text_clean(), of any length, and with the spaces at its ends: they part it from its neighbours.
 *
 * Returns: (transfer full): the part
 */
char *
herald_text_clean_part (const char *part,
                        gboolean    keep_lines)
{
  return clean (part, G_MAXSIZE, keep_lines);
}

/**
 * herald_text_end_sentence:
 * @words: e.g. what an error says, which as a rule has no point at its end
 *
 * Returns: (transfer full): the words with one, so that another sentence may follow
 */
char *
herald_text_end_sentence (const char *words)
{
  static const char *const ends[] = { ".", "!", "?", "…", "。", "！", "？", "؟" };
  gboolean has_ended = *words == '\0';

  for (guint i = 0; !has_ended && i < G_N_ELEMENTS (ends); i++)
    has_ended = g_str_has_suffix (words, ends[i]);

  if (has_ended)
    return g_strdup (words);

  /* Translators: ends a sentence, which has no full stop yet, as one ends in your language, e.g. “%s。” */
  return g_strdup_printf (C_("sentence", "%s."), words);
}

const char *
herald_text_get_comma (void)
{
  /* Translators: stands between the words of a list, with the space behind it, e.g. “، ” or “、” */
  return C_("list", ", ");
}

/**
 * herald_text_format_clock:
 * @seconds: a duration; negative counts as 0
 *
 * Returns: (transfer full): the duration as HH:MM:SS; the hours go beyond 24
 */
char *
herald_text_format_clock (gint64 seconds)
{
  seconds = MAX (seconds, 0);

  return g_strdup_printf ("%02" G_GINT64_FORMAT ":%02d:%02d",
                          seconds / 3600, (int) (seconds / 60 % 60), (int) (seconds % 60));
}

/**
 * herald_text_format_time:
 * @wall_ms: milliseconds since 1970
 *
 * Returns: (transfer full): the moment as RFC 3339 in local time, e.g. 2026-11-21T14:02:31+01:00
 */
char *
herald_text_format_time (gint64 wall_ms)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (wall_ms / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S%:z") : g_strdup ("");
}

/**
 * herald_text_format_time_of_day:
 * @wall_ms: milliseconds since 1970
 *
 * Returns: (transfer full): the moment as people say it, in local time, e.g. 14:02 or 2:02 PM
 */
char *
herald_text_format_time_of_day (gint64 wall_ms)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (wall_ms / 1000);

  return time != NULL ? herald_time_words_format_clock (time) : g_strdup ("");
}

/**
 * herald_text_format_dollars:
 * @dollars: a price in US dollars
 *
 * Returns: (transfer full): the price with two decimals, or more if they are needed, e.g. $0.20 or $0.015
 */
char *
herald_text_format_dollars (double dollars)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  g_ascii_formatd (digits, sizeof digits, "%.4f", dollars);
  length = strlen (digits);
  while (digits[length - 1] == '0' && digits[length - 3] != '.')
    length--;

  return g_strdup_printf ("$%.*s", (int) length, digits);
}

/**
 * herald_text_format_moment:
 * @wall_ms: milliseconds since 1970
 * @now_ms: the present, milliseconds since 1970
 *
 * Returns: (transfer full): the moment as people say it today, in local time: 14:02, and if it is
 *   on another day of the week around, Tue 14:02, else with the date
 */
char *
herald_text_format_moment (gint64 wall_ms,
                           gint64 now_ms)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (wall_ms / 1000);
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autofree char *clock = NULL;
  g_autofree char *date = NULL;
  GDate day;
  GDate today;
  int n_days;

  if (time == NULL || now == NULL)
    return g_strdup ("");

  g_date_set_dmy (&day, (GDateDay) g_date_time_get_day_of_month (time), (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  n_days = ABS (g_date_days_between (&today, &day));
  clock = herald_time_words_format_clock (time);
  if (n_days == 0)
    return g_steal_pointer (&clock);

  date = g_date_time_format (time, n_days < WEEK_DAYS ? "%a" : "%x");

  /* Translators: a day and a time of day, e.g. “Friday 03:10” */
  return g_strdup_printf (C_("moment", "%s %s"), date, clock);
}

/**
 * herald_text_make_id:
 * @name: a name a person gave
 *
 * Makes an identifier that is fit for a file name, a configuration group and
 * the command line: lower-case ASCII letters, digits and hyphens.
 *
 * Returns: (transfer full): the identifier; empty if @name has no usable character
 */
char *
herald_text_make_id (const char *name)
{
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  g_autoptr(GString) id = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0' && id->len < ID_MAX_CHARS; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (id, g_ascii_tolower (*p));
      else if (id->len > 0 && id->str[id->len - 1] != '-')
        g_string_append_c (id, '-');
    }
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);

  return g_string_free (g_steal_pointer (&id), FALSE);
}
