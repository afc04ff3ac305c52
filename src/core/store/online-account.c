/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-online-account"

#include "core/store/online-account.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"

#define GOA "org.gnome.OnlineAccounts."

/* Ids are "account_" and two numbers. */
#define ID_MAX_BYTES 200

#define NAME_MAX_CHARS 100

/* RFC 5321, 4.5.3.1, and the brackets that are not counted there */
#define ADDRESS_MAX_BYTES 254

/* RFC 1035, 2.3.4 */
#define HOST_MAX_BYTES 253

static const guint16 usual_ports[] = {
  [HERALD_ONLINE_TLS] = 465,
  [HERALD_ONLINE_STARTTLS] = 587,
  [HERALD_ONLINE_PLAIN] = 25,
};

static void
clear (gpointer data)
{
  HeraldOnlineAccount *self = data;

  g_free (self->path);
  g_free (self->id);
  g_free (self->provider);
  g_free (self->provider_name);
  g_free (self->name);
  g_free (self->address);
  g_free (self->user);
  g_free (self->host);
}

HeraldOnlineAccount *
herald_online_account_ref (HeraldOnlineAccount *self)
{
  return g_rc_box_acquire (self);
}

void
herald_online_account_unref (HeraldOnlineAccount *self)
{
  g_rc_box_release_full (self, clear);
}

static const char *
get_text (GVariant   *properties,
          const char *name)
{
  const char *text = NULL;

  return g_variant_lookup (properties, name, "&s", &text) ? text : "";
}

static gboolean
get_boolean (GVariant   *properties,
             const char *name)
{
  gboolean value = FALSE;

  g_variant_lookup (properties, name, "b", &value);

  return value;
}

/* Returns: (nullable): @text unless it has characters that would end a word or a line where it goes */
static char *
dup_word (const char *text,
          const char *forbidden,
          gsize       max_bytes)
{
  if (*text == '\0' || strlen (text) > max_bytes)
    return NULL;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_isgraph (character) || (character < 0x80 && strchr (forbidden, (int) character) != NULL))
        return NULL;
    }

  return g_strdup (text);
}

static char *
dup_address (const char *text)
{
  const char *at = strchr (text, '@');

  if (at == NULL || at == text || at[1] == '\0' || strchr (at + 1, '@') != NULL)
    return NULL;

  return dup_word (text, ",;:<>()[]\\\"", ADDRESS_MAX_BYTES);
}

/* Google's accounts have both marks: its server speaks TLS at once. */
static HeraldOnlineSecurity
read_security (GVariant *mail)
{
  if (get_boolean (mail, "SmtpUseSsl"))
    return HERALD_ONLINE_TLS;

  return get_boolean (mail, "SmtpUseTls") ? HERALD_ONLINE_STARTTLS : HERALD_ONLINE_PLAIN;
}

/* "mail.example.org", "mail.example.org:2525", "[::1]:465" */
static gboolean
read_server (HeraldOnlineAccount *self,
             const char          *text)
{
  guint16 usual = usual_ports[self->security];
  g_autoptr(GSocketConnectable) server = NULL;

  if (*text == '\0' || strlen (text) > HOST_MAX_BYTES)
    return FALSE;

  server = g_network_address_parse (text, usual, NULL);
  if (server == NULL)
    return FALSE;

  self->host = dup_word (g_network_address_get_hostname (G_NETWORK_ADDRESS (server)), "@/?#\\%<>\"", HOST_MAX_BYTES);
  self->port = g_network_address_get_port (G_NETWORK_ADDRESS (server));

  return self->host != NULL && self->port != 0;
}

static void
read_smtp (HeraldOnlineAccount *self,
           GVariant            *interfaces,
           GVariant            *mail)
{
  g_autoptr(GVariant) token = g_variant_lookup_value (interfaces, GOA "OAuth2Based", G_VARIANT_TYPE_VARDICT);
  g_autoptr(GVariant) password = g_variant_lookup_value (interfaces, GOA "PasswordBased", G_VARIANT_TYPE_VARDICT);

  self->way = HERALD_ONLINE_BY_SMTP;
  self->security = read_security (mail);
  if (get_boolean (mail, "SmtpUseAuth"))
    {
      self->user = dup_word (get_text (mail, "SmtpUserName"), "", ADDRESS_MAX_BYTES);
      if (self->user == NULL)
        self->user = g_strdup (self->address);
      if (token != NULL)
        self->login = HERALD_ONLINE_TOKEN;
      else if (password != NULL)
        self->login = HERALD_ONLINE_PASSWORD;
    }
  if (!read_server (self, get_text (mail, "SmtpHost")))
    self->problem = HERALD_ONLINE_NO_SERVER;
}

static gboolean
read_account (HeraldOnlineAccount *self,
              GVariant            *account)
{
  g_autofree char *name = herald_text_clean (get_text (account, "PresentationIdentity"), NAME_MAX_CHARS);

  self->id = dup_word (get_text (account, "Id"), "", ID_MAX_BYTES);
  self->provider = dup_word (get_text (account, "ProviderType"), "", ID_MAX_BYTES);
  if (self->id == NULL || self->provider == NULL)
    return FALSE;

  self->provider_name = herald_text_clean (get_text (account, "ProviderName"), NAME_MAX_CHARS);
  self->name = g_strdup (*name != '\0' ? name : self->id);
  if (get_boolean (account, "MailDisabled"))
    self->problem = HERALD_ONLINE_MAIL_OFF;
  else if (get_boolean (account, "AttentionNeeded"))
    self->problem = HERALD_ONLINE_ATTENTION;

  return TRUE;
}

/* Without mail there is no interface that would say more than whose account it is. */
static gboolean
read_mail (HeraldOnlineAccount *self,
           GVariant            *interfaces)
{
  g_autoptr(GVariant) mail = g_variant_lookup_value (interfaces, GOA "Mail", G_VARIANT_TYPE_VARDICT);

  if (mail == NULL)
    {
      self->address = dup_address (self->name);
      return self->problem == HERALD_ONLINE_MAIL_OFF && !g_str_equal (self->provider, "exchange");
    }

  self->address = dup_address (get_text (mail, "EmailAddress"));
  if (g_str_equal (self->provider, "ms_graph"))
    {
      self->way = HERALD_ONLINE_BY_GRAPH;
      self->login = HERALD_ONLINE_TOKEN;
      return TRUE;
    }
  if (!get_boolean (mail, "SmtpSupported"))
    return FALSE;

  read_smtp (self, interfaces, mail);
  return TRUE;
}

/**
 * herald_online_account_read:
 * @path: of an object of GNOME Online Accounts
 * @interfaces: its interfaces and their properties, "a{sa{sv}}"
 *
 * That an account wants the certificate of its server not checked is not read:
 * whoever wants that pins the certificate in the channel.
 *
 * Returns: (transfer full) (nullable): the account; %NULL if it cannot send mail
 */
HeraldOnlineAccount *
herald_online_account_read (const char *path,
                            GVariant   *interfaces)
{
  g_autoptr(HeraldOnlineAccount) self = NULL;
  g_autoptr(GVariant) account = NULL;

  g_return_val_if_fail (g_variant_is_of_type (interfaces, G_VARIANT_TYPE ("a{sa{sv}}")), NULL);

  account = g_variant_lookup_value (interfaces, GOA "Account", G_VARIANT_TYPE_VARDICT);
  if (account == NULL)
    return NULL;

  self = g_rc_box_new0 (HeraldOnlineAccount);
  self->path = g_strdup (path);
  if (!read_account (self, account) || !read_mail (self, interfaces))
    return NULL;

  return g_steal_pointer (&self);
}

static gboolean
is_same (const char *first,
         const char *second)
{
  return first != NULL && g_ascii_strcasecmp (first, second) == 0;
}

/**
 * herald_online_account_is_called:
 * @words: an id, or an address
 */
gboolean
herald_online_account_is_called (const HeraldOnlineAccount *self,
                                 const char                *words)
{
  return g_str_equal (self->id, words) || is_same (self->address, words) || is_same (self->name, words);
}

/**
 * herald_online_account_describe_problem:
 *
 * Returns: (nullable): a sentence with what to do; %NULL if it is fine
 */
const char *
herald_online_account_describe_problem (const HeraldOnlineAccount *self)
{
  switch (self->problem)
    {
    case HERALD_ONLINE_ATTENTION:
      return _("Your desktop could not log in with it the last time: look at it in Settings → Online Accounts.");
    case HERALD_ONLINE_MAIL_OFF:
      return _("Mail is switched off for it: open Settings → Online Accounts and switch Mail on.");
    case HERALD_ONLINE_NO_SERVER:
      return _("It does not say which server sends its mail: open Settings → Online Accounts and correct it.");
    case HERALD_ONLINE_FINE:
    default:
      return NULL;
    }
}
