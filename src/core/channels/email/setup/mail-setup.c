/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mail-setup"

#include "core/channels/email/setup/mail-setup.h"

#include <gio/gio.h>
#include <string.h>

/* RFC 1035 section 2.3.4 */
#define HOST_MAX_BYTES 253

/**
 * herald_mail_setup_new_for_provider:
 * @address: a checked address
 *
 * Returns: (transfer full): how @provider sends the mail of @address; without a source
 */
HeraldMailSetup *
herald_mail_setup_new_for_provider (const HeraldMailProvider *provider,
                                    const char               *address)
{
  HeraldMailSetup *self = g_new0 (HeraldMailSetup, 1);
  const char *at = strrchr (address, '@');

  self->host = g_strdup (provider->host);
  self->port = provider->port;
  self->security = provider->security;
  self->user = provider->user == HERALD_MAIL_USER_LOCAL_PART && at != NULL
                 ? g_strndup (address, (gsize) (at - address))
                 : g_strdup (address);
  self->password = provider->password;
  self->provider = provider;
  self->name = g_strdup (provider->name);

  return self;
}

/**
 * herald_mail_setup_new_for_server:
 * @host: as a stranger wrote it
 * @user: (nullable): the name to log in with
 *
 * Returns: (transfer full) (nullable): a set-up without a source; %NULL if @host or @port can be none
 */
HeraldMailSetup *
herald_mail_setup_new_for_server (const char         *host,
                                  guint               port,
                                  HeraldSmtpSecurity  security,
                                  const char         *user)
{
  g_autofree char *checked = herald_mail_setup_check_host (host);
  HeraldMailSetup *self;

  if (checked == NULL || port == 0 || port > G_MAXUINT16)
    return NULL;

  self = g_new0 (HeraldMailSetup, 1);
  self->host = g_steal_pointer (&checked);
  self->port = (guint16) port;
  self->security = security;
  self->user = g_strdup (user);

  return self;
}

/**
 * herald_mail_setup_recognise:
 *
 * Adds what is known of the provider whose server it is. What that accepts is known better than what a general
 * description says: many still write “password” where only an app password opens.
 */
void
herald_mail_setup_recognise (HeraldMailSetup *self)
{
  const HeraldMailProvider *provider = herald_mail_provider_find_for_host (self->host);

  if (provider == NULL || self->provider != NULL)
    return;

  self->provider = provider;
  if (self->name == NULL)
    self->name = g_strdup (provider->name);
  if (provider->password != HERALD_MAIL_PASSWORD_BRIDGE)
    self->password = provider->password;
}

void
herald_mail_setup_free (HeraldMailSetup *self)
{
  g_free (self->host);
  g_free (self->user);
  g_free (self->name);
  g_free (self->page);
  g_free (self->source);
  g_free (self);
}

/**
 * herald_mail_setup_check_host:
 * @text: what a stranger calls a server
 *
 * Returns: (transfer full) (nullable): the name in the form of the wire, without a dot at its end; %NULL if no
 *   server can be called so
 */
char *
herald_mail_setup_check_host (const char *text)
{
  g_autofree char *host = NULL;
  gsize length;

  /* Not with a scope: after the percent sign anything may stand */
  if (g_hostname_is_ip_address (text) && strchr (text, '%') == NULL)
    return g_strdup (text);
  if (!g_utf8_validate (text, -1, NULL) || strlen (text) > HOST_MAX_BYTES)
    return NULL;

  host = g_hostname_to_ascii (text);
  if (host == NULL || strstr (host, "..") != NULL)
    return NULL;

  length = strlen (host);
  if (length > 0 && host[length - 1] == '.')
    host[--length] = '\0';
  if (length == 0 || length > HOST_MAX_BYTES || host[0] == '.' || host[0] == '-')
    return NULL;

  for (const char *p = host; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.' && *p != '_')
        return NULL;
    }

  return g_steal_pointer (&host);
}
