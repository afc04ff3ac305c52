/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-autoconfig"

#include "core/channels/email/setup/autoconfig.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

/* Deeper than any description; those have five levels. */
#define DEPTH_MAX 16
#define SERVERS_MAX 16
#define FIELD_MAX_BYTES 256
#define NAME_MAX_CHARS 60
#define PAGE_MAX_BYTES 300

/* Where the elements we read are: clientConfig/emailProvider/outgoingServer/… */
#define ROOT_DEPTH 1
#define PROVIDER_DEPTH 2
#define SERVER_DEPTH 3
#define FIELD_DEPTH 4

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* What a server takes, of that what we can give */
typedef enum
{
  LOGIN_NONE = 1 << 0,
  LOGIN_PASSWORD = 1 << 1,
  LOGIN_TOKEN = 1 << 2,
  LOGIN_STRANGE = 1 << 3,
} Login;

static const struct
{
  const char *name;
  Login login;
} logins[] = {
  { "password-cleartext", LOGIN_PASSWORD },
  { "plain", LOGIN_PASSWORD },
  { "password-encrypted", LOGIN_PASSWORD },
  { "secure", LOGIN_PASSWORD },
  { "OAuth2", LOGIN_TOKEN },
  { "none", LOGIN_NONE },
  { "client-IP-address", LOGIN_NONE },
};

static const struct
{
  const char *name;
  HeraldSmtpSecurity security;
} securities[] = {
  { "SSL", HERALD_SMTP_TLS },
  { "STARTTLS", HERALD_SMTP_STARTTLS },
};

/* One <outgoingServer> */
typedef struct
{
  char *host;
  char *user;
  guint64 port;
  gboolean encrypted;
  HeraldSmtpSecurity security;
  Login logins;
} Server;

/* One description that is being read: Mozilla's config-v1.1 */
typedef struct
{
  const char *address;
  guint depth;
  gboolean in_provider;
  gboolean has_provider;
  Server *server;
  guint n_servers;
  GString *field;
  char *name;
  char *page;
  HeraldMailSetup *best;
} Reading;

static void
server_free (Server *server)
{
  g_free (server->host);
  g_free (server->user);
  g_free (server);
}

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->server, server_free);
  g_clear_pointer (&reading->name, g_free);
  g_clear_pointer (&reading->page, g_free);
  g_clear_pointer (&reading->best, herald_mail_setup_free);
  g_string_free (g_steal_pointer (&reading->field), TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
set_nonsense (GError **error)
{
  g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "not a description of a mail server");

  return FALSE;
}

/* Returns: (transfer full) (nullable): %NULL if something is wanted that only the user knows */
static char *
fill_in (const char *text,
         const char *address)
{
  const char *domain = strrchr (address, '@') + 1;
  g_autofree char *local_part = g_strndup (address, (gsize) (domain - address - 1));
  GString *filled = g_string_new (text);

  g_string_replace (filled, "%EMAILADDRESS%", address, 0);
  g_string_replace (filled, "%EMAILLOCALPART%", local_part, 0);
  g_string_replace (filled, "%EMAILDOMAIN%", domain, 0);

  /* An address may have a percent sign of its own */
  if (strchr (text, '%') != NULL && g_regex_match_simple ("%[A-Z]+%", filled->str, 0, 0))
    return g_string_free (filled, TRUE);

  return g_string_free (filled, FALSE);
}

static HeraldMailPassword
judge_logins (Login accepted)
{
  if ((accepted & LOGIN_PASSWORD) != 0)
    return HERALD_MAIL_PASSWORD_USUAL;

  return (accepted & LOGIN_TOKEN) != 0 ? HERALD_MAIL_PASSWORD_NONE : HERALD_MAIL_PASSWORD_UNKNOWN;
}

/* It is shown on a terminal and stands in a file. */
static gboolean
is_user_name (const char *text)
{
  g_autofree char *clean = text != NULL ? herald_text_clean (text, FIELD_MAX_BYTES) : NULL;

  return text != NULL && *text != '\0' && g_str_equal (text, clean);
}

/* Returns: (transfer full) (nullable): %NULL if nothing can be sent by it, or not encrypted */
static HeraldMailSetup *
make_setup (Server     *server,
            const char *address)
{
  g_autofree char *host = server->host != NULL ? fill_in (server->host, address) : NULL;
  g_autofree char *user = fill_in (server->user != NULL ? server->user : "%EMAILADDRESS%", address);
  gboolean wants_login = server->logins == 0 || (server->logins & (LOGIN_PASSWORD | LOGIN_TOKEN)) != 0;
  HeraldMailSetup *setup;

  if (host == NULL || !server->encrypted || server->logins == LOGIN_STRANGE || server->port > G_MAXUINT16 ||
      (wants_login && !is_user_name (user)))
    return NULL;

  setup = herald_mail_setup_new_for_server (host, (guint) server->port, server->security, wants_login ? user : NULL);
  if (setup != NULL)
    setup->password = judge_logins (server->logins);

  return setup;
}

/* A password that opens, then encryption from the first byte (RFC 8314 section 3); else the provider's order counts. */
static guint
rank (const HeraldMailSetup *setup)
{
  return (setup->password == HERALD_MAIL_PASSWORD_NONE ? 2 : 0) + (setup->security == HERALD_SMTP_TLS ? 0 : 1);
}

static void
end_server (Reading *reading)
{
  g_autoptr(HeraldMailSetup) setup = make_setup (reading->server, reading->address);

  g_clear_pointer (&reading->server, server_free);
  if (setup == NULL || (reading->best != NULL && rank (reading->best) <= rank (setup)))
    return;

  g_clear_pointer (&reading->best, herald_mail_setup_free);
  reading->best = g_steal_pointer (&setup);
}

static void
take_field (Server     *server,
            const char *name,
            const char *text)
{
  if (g_str_equal (name, "hostname") && server->host == NULL)
    server->host = g_strdup (text);
  else if (g_str_equal (name, "username") && server->user == NULL)
    server->user = g_strdup (text);
  else if (g_str_equal (name, "port") && !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &server->port, NULL))
    server->port = 0;
  else if (g_str_equal (name, "socketType"))
    for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
      if (g_str_equal (text, securities[i].name))
        {
          server->encrypted = TRUE;
          server->security = securities[i].security;
        }
}

static void
take_login (Server     *server,
            const char *text)
{
  Login login = LOGIN_STRANGE;

  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      if (g_ascii_strcasecmp (text, logins[i].name) == 0)
        login = logins[i].login;
    }
  server->logins |= login;
}

/* An address that can be shown and opened: visible ASCII, and by https */
static gboolean
is_page (const char *url)
{
  for (const char *p = url; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        return FALSE;
    }

  return strlen (url) <= PAGE_MAX_BYTES && g_str_has_prefix (url, "https://") &&
         g_uri_is_valid (url, G_URI_FLAGS_NONE, NULL);
}

static void
take_page (Reading     *reading,
           const char **names,
           const char **values)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], "url") && reading->page == NULL && is_page (values[i]))
        reading->page = g_strdup (values[i]);
    }
}

static gboolean
begin_server (Reading     *reading,
              const char **names,
              const char **values,
              GError     **error)
{
  gboolean is_smtp = FALSE;

  if (++reading->n_servers > SERVERS_MAX)
    return set_nonsense (error);

  for (guint i = 0; names[i] != NULL; i++)
    is_smtp = is_smtp || (g_str_equal (names[i], "type") && g_str_equal (values[i], "smtp"));
  if (is_smtp)
    reading->server = g_new0 (Server, 1);

  return TRUE;
}

static void
on_start_element (GMarkupParseContext  *context,
                  const char           *name,
                  const char          **names,
                  const char          **values,
                  gpointer              user_data,
                  GError              **error)
{
  Reading *reading = user_data;

  if (++reading->depth > DEPTH_MAX || (reading->depth == ROOT_DEPTH && !g_str_equal (name, "clientConfig")))
    {
      set_nonsense (error);
      return;
    }

  g_string_truncate (reading->field, 0);
  if (reading->depth == PROVIDER_DEPTH && g_str_equal (name, "emailProvider"))
    {
      reading->in_provider = !reading->has_provider;
      reading->has_provider = TRUE;
    }
  else if (reading->depth == SERVER_DEPTH && reading->in_provider && g_str_equal (name, "outgoingServer"))
    begin_server (reading, names, values, error);
  else if (reading->depth == SERVER_DEPTH && reading->in_provider && g_str_equal (name, "documentation"))
    take_page (reading, names, values);
}

static void
on_text (GMarkupParseContext  *context,
         const char           *text,
         gsize                 length,
         gpointer              user_data,
         GError              **error)
{
  Reading *reading = user_data;

  /* What is longer than a field may be is none of those we read, or nonsense */
  if (reading->field->len <= FIELD_MAX_BYTES)
    g_string_append_len (reading->field, text, (gssize) MIN (length, FIELD_MAX_BYTES + 1));
}

static void
on_end_element (GMarkupParseContext  *context,
                const char           *name,
                gpointer              user_data,
                GError              **error)
{
  Reading *reading = user_data;
  gboolean fits = reading->field->len <= FIELD_MAX_BYTES;

  g_strstrip (reading->field->str);
  if (reading->depth == FIELD_DEPTH && reading->server != NULL && fits)
    {
      if (g_str_equal (name, "authentication"))
        take_login (reading->server, reading->field->str);
      else
        take_field (reading->server, name, reading->field->str);
    }
  else if (reading->depth == SERVER_DEPTH && reading->server != NULL)
    end_server (reading);
  else if (reading->depth == SERVER_DEPTH && reading->in_provider && reading->name == NULL && fits &&
           g_str_equal (name, "displayName"))
    reading->name = herald_text_clean (reading->field->str, NAME_MAX_CHARS);
  else if (reading->depth == PROVIDER_DEPTH)
    reading->in_provider = FALSE;

  g_string_truncate (reading->field, 0);
  reading->depth--;
}

/**
 * herald_autoconfig_read:
 * @xml: a description in Mozilla's format config-v1.1; any bytes
 * @address: a checked address, whose server is wanted
 *
 * Reads the best of the outgoing servers: one that takes a password, and one with TLS from the first byte before one
 * with STARTTLS. One without encryption is never taken.
 *
 * Returns: (transfer full): a set-up without a source; %NULL with HERALD_ERROR_PROTOCOL
 */
HeraldMailSetup *
herald_autoconfig_read (const char  *xml,
                        gsize        length,
                        const char  *address,
                        GError     **error)
{
  static const GMarkupParser parser = { on_start_element, on_end_element, on_text, NULL, NULL };
  g_auto(Reading) reading = { .address = address, .field = g_string_new (NULL) };
  g_autoptr(GMarkupParseContext) context = NULL;
  HeraldMailSetup *setup;
  gsize mark = length >= strlen (BYTE_ORDER_MARK) && memcmp (xml, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0
                 ? strlen (BYTE_ORDER_MARK)
                 : 0;

  g_return_val_if_fail (strchr (address, '@') != NULL, NULL);

  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reading, NULL);
  /* GMarkup lets zeroes pass */
  if (length == 0 || length > HERALD_AUTOCONFIG_MAX_BYTES || memchr (xml, '\0', length) != NULL ||
      !g_markup_parse_context_parse (context, xml + mark, (gssize) (length - mark), NULL) ||
      !g_markup_parse_context_end_parse (context, NULL) || reading.best == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                           _("The description of the mail server makes no sense, or names none with encryption"));
      return NULL;
    }

  setup = g_steal_pointer (&reading.best);
  setup->name = g_steal_pointer (&reading.name);
  setup->page = g_steal_pointer (&reading.page);
  herald_mail_setup_recognise (setup);

  return setup;
}
