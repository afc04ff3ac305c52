/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-mail-providers"

/* Prints the table of e-mail providers, one a line: id, domains, host, port, security; parted by tabs. */

#include "core/channels/email/setup/mail-provider.h"

int
main (void)
{
  for (guint i = 0; i < herald_n_mail_providers; i++)
    {
      const HeraldMailProvider *provider = &herald_mail_providers[i];

      g_print ("%s\t%s\t%s\t%u\t%s\n", provider->id, provider->domains, provider->host, provider->port,
               provider->security == HERALD_SMTP_TLS ? "tls" : "starttls");
    }

  return 0;
}
