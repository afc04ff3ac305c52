/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-amount"

#include "core/channels/amount.h"

#include <string.h>

/* More than anybody sends in a day, or spends on it */
#define COUNT_MAX 100000
#define DOLLARS_MAX 100000

#define MICRODOLLARS 1000000

/**
 * herald_amount_parse_count:
 * @text: (nullable): what was typed; nothing is 0
 * @count: (out): how many, at most 100,000
 *
 * Returns: whether it is nothing, or a number from 1 up
 */
gboolean
herald_amount_parse_count (const char *text,
                           guint      *count)
{
  guint64 number = 0;

  if (text != NULL && *text != '\0' && !g_ascii_string_to_unsigned (text, 10, 1, COUNT_MAX, &number, NULL))
    return FALSE;

  *count = (guint) number;
  return TRUE;
}

/* Digits after the point; @p is behind it. */
static gboolean
parse_fraction (const char *p,
                gint64     *microdollars)
{
  gint64 weight = MICRODOLLARS / 10;

  for (; g_ascii_isdigit (*p) && weight > 0; p++, weight /= 10)
    *microdollars += weight * g_ascii_digit_value (*p);

  return *p == '\0';
}

/**
 * herald_amount_parse_money:
 * @text: (nullable): what was typed, like `0.50`, `0,5` or `$2`; nothing is 0
 * @microdollars: (out): the same, exactly; at most 100,000 dollars
 *
 * Returns: whether it is nothing, or more than nothing
 */
gboolean
herald_amount_parse_money (const char *text,
                           gint64     *microdollars)
{
  g_autofree char *dollars = NULL;
  guint64 whole = 0;
  gint64 sum = 0;
  const char *point;

  *microdollars = 0;
  if (text == NULL || *text == '\0')
    return TRUE;
  if (*text == '$')
    text++;

  point = strpbrk (text, ".,");
  dollars = point != NULL ? g_strndup (text, (gsize) (point - text)) : g_strdup (text);
  if (point != NULL && (point[1] == '\0' || !parse_fraction (point + 1, &sum)))
    return FALSE;
  if ((*dollars != '\0' || point == NULL) &&
      !g_ascii_string_to_unsigned (dollars, 10, 0, DOLLARS_MAX, &whole, NULL))
    return FALSE;

  sum += (gint64) whole * MICRODOLLARS;
  if (sum == 0)
    return FALSE;

  *microdollars = sum;
  return TRUE;
}
