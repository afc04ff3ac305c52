/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/smtp-account.h"

G_BEGIN_DECLS

/**
 * HeraldMailPassword:
 * @HERALD_MAIL_PASSWORD_UNKNOWN: nobody has said
 * @HERALD_MAIL_PASSWORD_USUAL: that of the mailbox
 * @HERALD_MAIL_PASSWORD_APP: one that is made for a single program, on a page of the provider
 * @HERALD_MAIL_PASSWORD_BRIDGE: one that a program of the provider on this computer shows
 * @HERALD_MAIL_PASSWORD_NONE: none at all; only an account of the desktop can log in
 *
 * What a provider lets a program log in with.
 */
typedef enum
{
  HERALD_MAIL_PASSWORD_UNKNOWN,
  HERALD_MAIL_PASSWORD_USUAL,
  HERALD_MAIL_PASSWORD_APP,
  HERALD_MAIL_PASSWORD_BRIDGE,
  HERALD_MAIL_PASSWORD_NONE,
} HeraldMailPassword;

typedef enum
{
  HERALD_MAIL_USER_ADDRESS,
  HERALD_MAIL_USER_LOCAL_PART,
} HeraldMailUser;

/**
 * HeraldMailProvider:
 * @id: letters that never change
 * @name: as people call it
 * @domains: of addresses it gives out, separated by spaces
 * @mx: (nullable): how the names of the servers end that take its customers' mail, separated by spaces
 * @hosts: how the names of its outgoing servers end, separated by spaces
 * @grouped: whether it shows app passwords in groups, with spaces that are none of the password
 * @password_page: (nullable): where an app password is made
 * @hint: (nullable): one sentence on what to do first; untranslated
 *
 * What is known of a big e-mail provider, and what it accepts at the date of the table.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *domains;
  const char *mx;
  const char *hosts;
  const char *host;
  guint16 port;
  HeraldSmtpSecurity security;
  HeraldMailUser user;
  HeraldMailPassword password;
  gboolean grouped;
  const char *password_page;
  const char *hint;
} HeraldMailProvider;

extern const HeraldMailProvider herald_mail_providers[];
extern const guint herald_n_mail_providers;

const HeraldMailProvider *herald_mail_provider_find_for_domain (const char               *domain);
const HeraldMailProvider *herald_mail_provider_find_for_mx     (const char               *server);
const HeraldMailProvider *herald_mail_provider_find_for_host   (const char               *host);
char                     *herald_mail_provider_dup_hint        (const HeraldMailProvider *provider);
void                      herald_mail_provider_explain         (GError                   *error,
                                                                const char               *host);
char                     *herald_mail_provider_clean_password  (const char               *host,
                                                                const char               *password);

G_END_DECLS
