/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-address"

#include "core/net/smtp-address.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

/* RFC 5321 4.5.3.1.1 and 4.5.3.1.3 (a path of 256 includes the angle brackets) */
#define LOCAL_PART_MAX_BYTES 64
#define ADDRESS_MAX_BYTES 254

/* What ends up between angle brackets on a command line. Quoted local parts, which may hold
 * nearly anything, are not accepted: nobody has such an address (RFC 5321 4.1.2 advises against
 * them), and an attacker would like one. */
static gboolean
is_local_part (const char *text,
               gsize       length)
{
  if (length == 0 || length > LOCAL_PART_MAX_BYTES)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) text[i];

      if (c < 0x80 && !g_ascii_isalnum (c) && strchr (".!#$%&'*+-/=?^_`{|}~", c) == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_ascii_domain (const char *domain)
{
  gsize length = strlen (domain);

  /* An address literal, like [192.0.2.1] or [IPv6:2001:db8::1] */
  if (length > 2 && domain[0] == '[' && domain[length - 1] == ']')
    {
      g_autofree char *inside = g_strndup (domain + 1, length - 2);

      return g_hostname_is_ip_address (g_str_has_prefix (inside, "IPv6:") ? inside + 5 : inside);
    }

  if (length == 0 || domain[0] == '.' || domain[0] == '-' || strstr (domain, "..") != NULL)
    return FALSE;

  for (const char *p = domain; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.')
        return FALSE;
    }

  return TRUE;
}

/* C1 controls and the separators of lines would pass as letters of a UTF-8 address. */
static gboolean
is_printable (const char *address)
{
  if (!g_utf8_validate (address, -1, NULL))
    return FALSE;

  for (const char *p = address; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isprint (c) || g_unichar_isspace (c))
        return FALSE;
    }

  return TRUE;
}

/**
 * herald_smtp_address_normalize:
 * @address: a bare address, as a person typed it
 *
 * Checks an address and gives its domain the form of the wire (RFC 5890: `xn--`). What comes
 * back has no space, no control character and no bracket. The local part may be UTF-8, and then
 * needs a server with SMTPUTF8 (RFC 6531).
 *
 * Returns: (transfer full): the address, or %NULL with HERALD_ERROR_SETTINGS
 */
char *
herald_smtp_address_normalize (const char  *address,
                               GError     **error)
{
  const char *at = strrchr (address, '@');
  g_autofree char *domain = NULL;

  if (at != NULL && strlen (address) <= ADDRESS_MAX_BYTES && is_printable (address) &&
      is_local_part (address, (gsize) (at - address)))
    domain = at[1] == '[' ? g_strdup (at + 1) : g_hostname_to_ascii (at + 1);

  if (domain == NULL || !is_ascii_domain (domain))
    {
      g_autofree char *shown = herald_text_clean (address, ADDRESS_MAX_BYTES);

      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   _("“%s” is not an e-mail address. It should look like name@example.org."),
                   shown);
      return NULL;
    }

  return g_strdup_printf ("%.*s@%s", (int) (at - address), address, domain);
}
