/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldDemoMailPolicy:
 * @user: (nullable): the only user that may log in; %NULL for any
 * @password: (nullable): the only password; %NULL for any, and for mail without a login
 * @refused: (nullable): recipients that match this pattern (`*`, `?`) are refused
 * @delay_ms: before every answer
 * @drop_after_dot: hang up after the message has come in, without an answer
 *
 * How the mailbox behaves; shared by all its dialogues, allocated with g_rc_box_new0().
 */
typedef struct
{
  char *user;
  char *password;
  char *refused;
  guint delay_ms;
  gboolean drop_after_dot;
} HeraldDemoMailPolicy;

typedef enum
{
  HERALD_DEMO_SMTP_GOES_ON,
  HERALD_DEMO_SMTP_BYE,
  HERALD_DEMO_SMTP_HANG_UP,
} HeraldDemoSmtpEnd;

typedef struct _HeraldDemoSmtpSession HeraldDemoSmtpSession;

typedef void (*HeraldDemoMessageFunc) (const char        *sender,
                                       const char *const *recipients,
                                       GBytes            *bytes,
                                       gpointer           user_data);

void                   herald_demo_mail_policy_unref       (HeraldDemoMailPolicy  *policy);

HeraldDemoSmtpSession *herald_demo_smtp_session_new        (HeraldDemoMailPolicy  *policy,
                                                            HeraldDemoMessageFunc  take_message,
                                                            gpointer               user_data);
void                   herald_demo_smtp_session_free       (HeraldDemoSmtpSession *self);
void                   herald_demo_smtp_session_take_line  (HeraldDemoSmtpSession *self,
                                                            const char            *line,
                                                            gsize                  length);
GString               *herald_demo_smtp_session_get_output (HeraldDemoSmtpSession *self);
HeraldDemoSmtpEnd      herald_demo_smtp_session_get_end    (HeraldDemoSmtpSession *self);

G_END_DECLS
