/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  HERALD_ONLINE_BY_SMTP,
  HERALD_ONLINE_BY_GRAPH,
} HeraldOnlineWay;

typedef enum
{
  HERALD_ONLINE_TLS,
  HERALD_ONLINE_STARTTLS,
  HERALD_ONLINE_PLAIN,
} HeraldOnlineSecurity;

typedef enum
{
  HERALD_ONLINE_NO_LOGIN,
  HERALD_ONLINE_PASSWORD,
  HERALD_ONLINE_TOKEN,
} HeraldOnlineLogin;

/**
 * HeraldOnlineProblem:
 * @HERALD_ONLINE_ATTENTION: the desktop could not log in with it; it may work all the same
 * @HERALD_ONLINE_MAIL_OFF: the user has switched off mail for it
 * @HERALD_ONLINE_NO_SERVER: what it says of its server cannot be right
 *
 * Why an account may send no mail just now.
 */
typedef enum
{
  HERALD_ONLINE_FINE,
  HERALD_ONLINE_ATTENTION,
  HERALD_ONLINE_MAIL_OFF,
  HERALD_ONLINE_NO_SERVER,
} HeraldOnlineProblem;

/**
 * HeraldOnlineAccount:
 * @path: of its object on the bus
 * @provider: which kind it is, e.g. "google", "ms_graph", "imap_smtp"
 * @provider_name: what people call that
 * @name: what people call it, mostly the address
 * @address: (nullable): its e-mail address
 * @user: (nullable): for the login
 * @host: (nullable): of its mail server, if it sends by SMTP
 *
 * An account of the desktop's settings that sends mail, or would if its problem
 * were solved. Holds no secret; never changed once it is made.
 */
typedef struct
{
  char *path;
  char *id;
  char *provider;
  char *provider_name;
  char *name;
  char *address;
  char *user;
  char *host;
  guint16 port;
  HeraldOnlineWay way;
  HeraldOnlineSecurity security;
  HeraldOnlineLogin login;
  HeraldOnlineProblem problem;
} HeraldOnlineAccount;

HeraldOnlineAccount *herald_online_account_read                 (const char                *path,
                                                                 GVariant                  *interfaces);
HeraldOnlineAccount *herald_online_account_ref                  (HeraldOnlineAccount       *self);
void                 herald_online_account_unref                (HeraldOnlineAccount       *self);
gboolean             herald_online_account_is_called            (const HeraldOnlineAccount *self,
                                                                 const char                *words);
const char          *herald_online_account_describe_problem     (const HeraldOnlineAccount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldOnlineAccount, herald_online_account_unref)

G_END_DECLS
