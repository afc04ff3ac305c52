/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-pasted"

#include "core/channels/x/x-pasted.h"

#include <string.h>

#include "core/channels/x/x-settings.h"

/* What stands around a code in a file of settings, a chat or a mail. */
#define WRAPPING "\"'`,;<>()[]{}“”„‘’«»"

/* A label with more words than this is a sentence. */
#define LABEL_MAX_WORDS 5

/* How X's console, its documents and programs call the codes, letters only. The longest that fits counts. */
static const struct
{
  const char *words;
  const char *field;
} labels[] = {
  { "accesstokensecret", HERALD_X_ACCESS_SECRET_FIELD },
  { "accesssecret", HERALD_X_ACCESS_SECRET_FIELD },
  { "tokensecret", HERALD_X_ACCESS_SECRET_FIELD },
  { "apikeysecret", HERALD_X_API_SECRET_FIELD },
  { "apisecretkey", HERALD_X_API_SECRET_FIELD },
  { "consumerkeysecret", HERALD_X_API_SECRET_FIELD },
  { "consumersecret", HERALD_X_API_SECRET_FIELD },
  { "secretkey", HERALD_X_API_SECRET_FIELD },
  { "clientsecret", HERALD_X_CLIENT_SECRET_FIELD },
  { "apisecret", HERALD_X_API_SECRET_FIELD },
  { "accesstoken", HERALD_X_ACCESS_TOKEN_FIELD },
  { "bearertoken", "" },
  { "consumerkey", HERALD_X_API_KEY_FIELD },
  { "clientid", "" },
  { "apikey", HERALD_X_API_KEY_FIELD },
  { "appid", "" },
  { "bearer", "" },
  { "secret", NULL },
  { "token", NULL },
  { "key", NULL },
};

static gboolean
is_invisible (gunichar character)
{
  switch (character)
    {
    case 0x00AD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Any white space becomes a space, but line ends stay; what nobody can see is no part of a code. */
static char *
dup_visible (const char *pasted)
{
  GString *text = g_string_new (NULL);

  for (const char *p = pasted; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (is_invisible (character))
        continue;
      if (character == '\r' || character == '\n' || character == 0x2028)
        g_string_append_c (text, '\n');
      else if (g_unichar_isspace (character))
        g_string_append_c (text, ' ');
      else
        g_string_append_unichar (text, character);
    }

  return g_string_free (text, FALSE);
}

static gboolean
is_wrapping (gunichar character)
{
  return character == ' ' || character == '\n' || g_utf8_strchr (WRAPPING, -1, character) != NULL;
}

static char *
dup_unwrapped (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && is_wrapping (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text)
    {
      const char *last = g_utf8_prev_char (end);

      if (!is_wrapping (g_utf8_get_char (last)))
        break;
      end = last;
    }

  return g_strndup (text, (gsize) (end - text));
}

/* Returns: whether @text, @n_bytes of it, is a label; also with words before it, as in TWITTER_API_KEY */
static gboolean
find_label (const char  *text,
            gsize        n_bytes,
            const char **field)
{
  g_autoptr(GString) letters = g_string_new (NULL);

  for (gsize i = 0; i < n_bytes; i++)
    {
      if (g_ascii_isalpha (text[i]))
        g_string_append_c (letters, g_ascii_tolower (text[i]));
    }

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (!g_str_has_suffix (letters->str, labels[i].words))
        continue;

      *field = labels[i].field;
      return TRUE;
    }

  return FALSE;
}

/* A code may end with equals signs, a label with one of them stands before something else. */
static const char *
find_colon (const char *text)
{
  const char *colon = strpbrk (text, ":=");

  if (colon == NULL || g_str_has_prefix (colon, "://"))
    return NULL;

  return colon[1 + strspn (colon + 1, "= \n")] != '\0' ? colon : NULL;
}

/* Returns: where the code begins in @text: behind a label and a colon, or behind the words of one we know */
static const char *
skip_label (const char  *text,
            const char **labelled)
{
  const char *colon = find_colon (text);
  const char *code = text;
  const char *p = text;

  if (colon != NULL)
    {
      find_label (text, (gsize) (colon - text), labelled);
      return colon + 1;
    }

  for (guint n_words = 0; n_words < LABEL_MAX_WORDS && p[strcspn (p, " \n")] != '\0'; n_words++)
    {
      const char *end = p + strcspn (p, " \n");

      p = end + strspn (end, " \n");
      if (*p != '\0' && find_label (text, (gsize) (end - text), labelled))
        code = p;
    }

  return code;
}

/* A code that was broken on two lines is one; a space in it is none of ours to take away. */
static void
join_lines (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0';)
    {
      gsize n_blanks = strspn (from, " \n");

      if (n_blanks > 0 && memchr (from, '\n', n_blanks) != NULL)
        {
          from += n_blanks;
          continue;
        }
      *to++ = *from++;
    }
  *to = '\0';
}

char *
herald_x_pasted_dup_code (const char  *pasted,
                          const char **labelled)
{
  g_autofree char *visible = dup_visible (pasted);
  g_autofree char *text = dup_unwrapped (visible);
  char *code;

  *labelled = NULL;
  code = dup_unwrapped (skip_label (text, labelled));
  join_lines (code);

  return code;
}
