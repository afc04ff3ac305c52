/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-field-check"

#include "window/base/field-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/time-words.h"

/* As the service has it */
#define COUNT_MAX 100000

/* 100000.000000 */
#define MONEY_CHARS_MAX 13

static gboolean
is_number (const char *value,
           guint64     least,
           guint64     most)
{
  return g_ascii_string_to_unsigned (value, 10, least, most, NULL, NULL);
}

/* More than nothing, like 0.50, 0,5 or $2: the service reads it exactly. */
static gboolean
is_money (const char *value)
{
  const char *digits = *value == '$' ? value + 1 : value;
  const char *point = strpbrk (digits, ".,");

  return strlen (digits) <= MONEY_CHARS_MAX && strspn (digits, "0123456789.,") == strlen (digits) &&
         strpbrk (digits, "123456789") != NULL && (point == NULL || strpbrk (point + 1, ".,") == NULL);
}

static gboolean
is_address (const char *value)
{
  const char *at = strchr (value, '@');

  return at != NULL && at > value && at[1] != '\0' && strpbrk (value, " \t\r\n,;") == NULL;
}

/* Only what is surely none: they may stand in many ways, which the service knows. */
static gboolean
are_addresses (const char *value)
{
  return strchr (value, '@') != NULL;
}

char *
herald_field_check_value (const char *kind,
                          const char *value)
{
  g_autofree char *text = g_strstrip (g_strdup (value));
  gint minutes;

  if (*text == '\0')
    return NULL;
  if (g_str_equal (kind, "port") && !is_number (text, 1, G_MAXUINT16))
    return g_strdup (_("A port is a number from 1 to 65535."));
  if (g_str_equal (kind, "count") && !is_number (text, 1, COUNT_MAX))
    return g_strdup (_("Please enter a number from 1 to 100000, or leave it empty."));
  if (g_str_equal (kind, "number") && !is_number (text, 0, G_MAXUINT))
    return g_strdup (_("Please enter a number, or leave it empty."));
  if (g_str_equal (kind, "time") && !herald_time_words_parse_time_of_day (text, &minutes))
    return g_strdup (_("Please enter a time like 22:00, or leave it empty."));
  if (g_str_equal (kind, "money") && !is_money (text))
    return g_strdup (_("Please enter an amount like 0.50, or leave it empty."));
  if (g_str_equal (kind, "address") && !is_address (text))
    return g_strdup (_("An e-mail address looks like name@example.org."));
  if (g_str_equal (kind, "addresses") && !are_addresses (text))
    return g_strdup (_("E-mail addresses look like name@example.org, with commas between them."));
  if (g_str_equal (kind, "host") && strpbrk (text, " /@") != NULL)
    return g_strdup (_("The name of a server looks like smtp.example.org."));

  return NULL;
}
