/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mail-provider"

#include "core/channels/email/setup/mail-provider.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/* What a web page has between the groups of an app password, so that they stay on one line */
#define NO_BREAK_SPACE 0xa0

/* Google, Yahoo and AOL show sixteen letters */
#define GROUPS 4
#define GROUP_CHARS 4

static gboolean
ends_with (const char *name,
           const char *ending)
{
  gsize length = strlen (name);
  gsize ending_length = strlen (ending);

  return length >= ending_length && g_ascii_strcasecmp (name + length - ending_length, ending) == 0 &&
         (length == ending_length || name[length - ending_length - 1] == '.');
}

static gboolean
is_same (const char *name,
         const char *other)
{
  return g_ascii_strcasecmp (name, other) == 0;
}

/* @list: (nullable): separated by spaces */
static gboolean
matches (const char *name,
         const char *list,
         gboolean  (*match) (const char *name,
                             const char *entry))
{
  g_auto(GStrv) entries = g_strsplit (list != NULL ? list : "", " ", -1);

  for (char **entry = entries; *entry != NULL; entry++)
    {
      if (**entry != '\0' && match (name, *entry))
        return TRUE;
    }

  return FALSE;
}

/**
 * herald_mail_provider_find_for_domain:
 * @domain: of an address, in its ASCII form
 *
 * Returns: (nullable): whose addresses end so
 */
const HeraldMailProvider *
herald_mail_provider_find_for_domain (const char *domain)
{
  for (guint i = 0; i < herald_n_mail_providers; i++)
    {
      if (matches (domain, herald_mail_providers[i].domains, is_same))
        return &herald_mail_providers[i];
    }

  return NULL;
}

/**
 * herald_mail_provider_find_for_mx:
 * @server: that takes the mail of a domain
 *
 * Returns: (nullable): whose server it is
 */
const HeraldMailProvider *
herald_mail_provider_find_for_mx (const char *server)
{
  for (guint i = 0; i < herald_n_mail_providers; i++)
    {
      if (matches (server, herald_mail_providers[i].mx, ends_with))
        return &herald_mail_providers[i];
    }

  return NULL;
}

/**
 * herald_mail_provider_find_for_host:
 * @host: (nullable): an outgoing mail server
 *
 * Returns: (nullable): whose server it is
 */
const HeraldMailProvider *
herald_mail_provider_find_for_host (const char *host)
{
  for (guint i = 0; host != NULL && i < herald_n_mail_providers; i++)
    {
      if (matches (host, herald_mail_providers[i].hosts, ends_with))
        return &herald_mail_providers[i];
    }

  return NULL;
}

/**
 * herald_mail_provider_dup_hint:
 *
 * Returns: (transfer full) (nullable): what to do so that it lets a program in, in the language of the session
 */
char *
herald_mail_provider_dup_hint (const HeraldMailProvider *provider)
{
  if (provider->hint == NULL)
    return NULL;
  if (provider->password_page == NULL)
    return g_strdup (_(provider->hint));

  /* Translators: a sentence that ends with a full stop, then the address of a web page */
  return g_strdup_printf (_("%s Its page for that: %s"), _(provider->hint), provider->password_page);
}

/**
 * herald_mail_provider_explain:
 * @error: why nothing could be sent
 * @host: (nullable): the server that said no
 *
 * Adds to a refused login what its provider wants instead. Other errors stay as they are.
 */
void
herald_mail_provider_explain (GError     *error,
                              const char *host)
{
  const HeraldMailProvider *provider = herald_mail_provider_find_for_host (host);
  g_autofree char *hint = NULL;
  g_autofree char *message = NULL;

  if (provider == NULL || !g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED))
    return;

  hint = herald_mail_provider_dup_hint (provider);
  if (hint == NULL || strstr (error->message, hint) != NULL)
    return;

  message = g_steal_pointer (&error->message);
  error->message = g_strdup_printf ("%s %s", message, hint);
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x200b || c == 0xfeff;
}

/* Nobody types a no-break space: that comes from a page which shows an app password in groups. In ordinary spaces
 * the same shape could be a password of four words. */
static gboolean
is_copied_from_a_page (const char *password)
{
  guint n = 0;

  for (const char *p = password; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if ((n + 1) % (GROUP_CHARS + 1) == 0 ? c != NO_BREAK_SPACE : c >= 0x80 || !g_ascii_isalnum ((char) c))
        return FALSE;
    }

  return n == GROUPS * (GROUP_CHARS + 1) - 1;
}

static char *
drop_blanks (const char *text)
{
  GString *result = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!is_blank (g_utf8_get_char (p)))
        g_string_append_unichar (result, g_utf8_get_char (p));
    }

  return g_string_free (result, FALSE);
}

static char *
trim (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && is_blank (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && is_blank (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);

  return g_strndup (text, (gsize) (end - text));
}

/**
 * herald_mail_provider_clean_password:
 * @host: (nullable): the server it is for
 * @password: as somebody pasted it
 *
 * Takes away what a page or a terminal has put into a password: blanks and line ends around it, and the spaces
 * between its groups where the server's provider shows app passwords in such. What else is in it stays.
 *
 * Returns: (transfer full): a secret
 */
char *
herald_mail_provider_clean_password (const char *host,
                                     const char *password)
{
  const HeraldMailProvider *provider = herald_mail_provider_find_for_host (host);
  g_autofree char *trimmed = NULL;

  if (!g_utf8_validate (password, -1, NULL))
    return g_strdup (password);

  trimmed = trim (password);
  if ((provider != NULL && provider->grouped) || is_copied_from_a_page (trimmed))
    return drop_blanks (trimmed);

  return g_steal_pointer (&trimmed);
}
