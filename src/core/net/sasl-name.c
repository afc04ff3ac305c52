/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sasl-name"

#include "core/net/sasl-name.h"

#include <unictype.h>

/**
 * herald_sasl_name_escape:
 *
 * Returns: (transfer full): @name with what parts the fields of a message escaped (RFC 5802 5.1)
 */
char *
herald_sasl_name_escape (const char *name)
{
  g_autoptr(GString) escaped = g_string_new (name);

  g_string_replace (escaped, "=", "=3D", 0);
  g_string_replace (escaped, ",", "=2C", 0);

  return g_string_free (g_steal_pointer (&escaped), FALSE);
}

/* RFC 3454 B.1 */
static gboolean
is_mapped_to_nothing (gunichar c)
{
  return c == 0xad || c == 0x34f || c == 0x1806 || (c >= 0x180b && c <= 0x180d) || (c >= 0x200b && c <= 0x200d) ||
         c == 0x2060 || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}

/* RFC 4013 2.3, by today's Unicode: controls, private use, surrogates, what changes the display, tags. */
static gboolean
is_prohibited (gunichar c)
{
  static const struct
  {
    gunichar first;
    gunichar last;
  } ranges[] = {
    { 0x340, 0x341 },   { 0x200e, 0x200f }, { 0x202a, 0x202e }, { 0x206a, 0x206f },
    { 0x2ff0, 0x2ffb }, { 0xfdd0, 0xfdef }, { 0xfff9, 0xfffd }, { 0xe0000, 0xe007f },
  };
  GUnicodeType type = g_unichar_type (c);

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      if (c >= ranges[i].first && c <= ranges[i].last)
        return TRUE;
    }

  return type == G_UNICODE_CONTROL || type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_SURROGATE ||
         type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR || (c & 0xfffe) == 0xfffe;
}

/* RFC 3454 6 */
static gboolean
is_readable_in_one_direction (const char *text)
{
  gboolean has_left = FALSE;
  gboolean has_right = FALSE;
  gboolean ends_right = FALSE;
  gboolean begins_right = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      int category = uc_bidi_category (g_utf8_get_char (p));

      ends_right = category == UC_BIDI_R || category == UC_BIDI_AL;
      begins_right = p == text ? ends_right : begins_right;
      has_right = has_right || ends_right;
      has_left = has_left || category == UC_BIDI_L;
    }

  return !has_right || (!has_left && begins_right && ends_right);
}

/**
 * herald_sasl_prepare:
 * @text: a name or a password
 *
 * Brings the ways to type the same letters together (SASLprep, RFC 4013).
 *
 * Returns: (transfer full): @text prepared, not yet escaped; %NULL if it has what no name or password may have
 */
char *
herald_sasl_prepare (const char *text)
{
  g_autoptr(GString) mapped = g_string_new (NULL);
  g_autofree char *normal = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR)
        g_string_append_c (mapped, ' ');
      else if (!is_mapped_to_nothing (c))
        g_string_append_unichar (mapped, c);
    }

  normal = g_utf8_normalize (mapped->str, -1, G_NORMALIZE_NFKC);
  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (is_prohibited (g_utf8_get_char (p)))
        return NULL;
    }

  return is_readable_in_one_direction (normal) ? g_steal_pointer (&normal) : NULL;
}
