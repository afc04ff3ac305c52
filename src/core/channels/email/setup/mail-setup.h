/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/email/setup/mail-provider.h"

G_BEGIN_DECLS

/**
 * HeraldMailSetup:
 * @host: a name or an address, in its ASCII form
 * @security: never %HERALD_SMTP_PLAIN
 * @user: (nullable): %NULL if the server wants no login
 * @provider: (nullable): whose server it is, if that is known
 * @name: (nullable): what the provider calls itself
 * @page: (nullable): its help, on the web
 * @proven: whether it is certain that those said so who may; a name server’s word can be forged on its way
 * @source: who says so, for a person
 *
 * How mail of an address is sent: what was found out for it.
 */
typedef struct
{
  char *host;
  guint16 port;
  HeraldSmtpSecurity security;
  char *user;
  HeraldMailPassword password;
  const HeraldMailProvider *provider;
  char *name;
  char *page;
  gboolean proven;
  char *source;
} HeraldMailSetup;

HeraldMailSetup *herald_mail_setup_new_for_provider  (const HeraldMailProvider *provider,
                                                      const char               *address);
HeraldMailSetup *herald_mail_setup_new_for_server    (const char               *host,
                                                      guint                     port,
                                                      HeraldSmtpSecurity        security,
                                                      const char               *user);
void             herald_mail_setup_recognise         (HeraldMailSetup          *self);
void             herald_mail_setup_free              (HeraldMailSetup          *self);

char            *herald_mail_setup_check_host        (const char               *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldMailSetup, herald_mail_setup_free)

G_END_DECLS
