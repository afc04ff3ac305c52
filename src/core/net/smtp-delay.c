/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-delay"

#include "core/net/smtp-delay.h"

/* What says less than this means the next moment, and what says more is no wait but a farewell. */
#define DELAY_MIN_S 5
#define DELAY_MAX_S (24 * 60 * 60)

static guint
get_unit_s (const char *unit)
{
  if (unit[0] == 'h' || unit[0] == 'H')
    return 60 * 60;

  return unit[0] == 'm' || unit[0] == 'M' ? 60 : 1;
}

static guint64
read_clock (GMatchInfo *match)
{
  g_autofree char *hours = g_match_info_fetch_named (match, "h");
  g_autofree char *minutes = g_match_info_fetch_named (match, "m");
  g_autofree char *seconds = g_match_info_fetch_named (match, "s");

  return g_ascii_strtoull (hours, NULL, 10) * 3600 + g_ascii_strtoull (minutes, NULL, 10) * 60 +
         g_ascii_strtoull (seconds, NULL, 10);
}

static guint64
read_number (GMatchInfo *match)
{
  g_autofree char *number = g_match_info_fetch_named (match, "n");
  g_autofree char *unit = g_match_info_fetch_named (match, "unit");

  return g_ascii_strtoull (number, NULL, 10) * get_unit_s (unit);
}

/**
 * herald_smtp_delay_read:
 * @text: what a server says that asks us to wait; ASCII matters, the rest may be anything
 *
 * Greylisting servers like to say for how long, in words: “try again in 5 minutes”, “greylisted for
 * 300 seconds”, “come back in 00:05:00”.
 *
 * Returns: seconds, at most a day; 0 if nothing is said
 */
guint
herald_smtp_delay_read (const char *text)
{
  static const struct
  {
    const char *pattern;
    guint64 (*read) (GMatchInfo *match);
  } forms[] = {
    { "\\b(?:in|for|after)\\s+(?<h>\\d{1,2}):(?<m>\\d{2}):(?<s>\\d{2})\\b", read_clock },
    { "\\b(?:in|for|after|wait|least|within)\\s+(?:another\\s+|about\\s+|at\\s+least\\s+)?(?<n>\\d{1,6})\\s*"
      "(?<unit>s|secs?|seconds?|m|mins?|minutes?|h|hours?)\\b", read_number },
    { "\\b(?<n>\\d{1,6})\\s*(?<unit>secs?|seconds?|mins?|minutes?|hours?)\\s+(?:later|remain|left|more)", read_number },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr(GRegex) regex = g_regex_new (forms[i].pattern, G_REGEX_CASELESS | G_REGEX_RAW, 0, NULL);
      g_autoptr(GMatchInfo) match = NULL;

      if (g_regex_match (regex, text, 0, &match))
        return (guint) CLAMP (forms[i].read (match), DELAY_MIN_S, DELAY_MAX_S);
    }

  return 0;
}
