/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HeraldError:
 * @HERALD_ERROR_UNREACHABLE: nothing answered; worth trying again
 * @HERALD_ERROR_BUSY: the other side asked us to wait; see herald_error_get_retry_after()
 * @HERALD_ERROR_UNAUTHORIZED: the credentials were refused; a person must act
 * @HERALD_ERROR_NO_CREDIT: the account has run out of money or quota; a person must act
 * @HERALD_ERROR_REJECTED: understood and refused; trying again cannot help
 * @HERALD_ERROR_PROTOCOL: the answer made no sense
 * @HERALD_ERROR_SETTINGS: something the user must fill in is missing or wrong
 * @HERALD_ERROR_UNTRUSTED: the other side could not prove who it is, or offered no encryption
 * @HERALD_ERROR_AMBIGUOUS: it may or may not have arrived; nobody can tell
 *
 * What to do about a failure, not what broke.
 *
 * The message of such an error is one plain sentence for a person. What the
 * other side itself said travels beside it: herald_error_get_reply().
 * Cancellation is never a HERALD_ERROR, it stays %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  HERALD_ERROR_UNREACHABLE,
  HERALD_ERROR_BUSY,
  HERALD_ERROR_UNAUTHORIZED,
  HERALD_ERROR_NO_CREDIT,
  HERALD_ERROR_REJECTED,
  HERALD_ERROR_PROTOCOL,
  HERALD_ERROR_SETTINGS,
  HERALD_ERROR_UNTRUSTED,
  HERALD_ERROR_AMBIGUOUS,
} HeraldError;

#define HERALD_ERROR (herald_error_quark ())

/**
 * HeraldErrorScope:
 * @HERALD_ERROR_SCOPE_MESSAGE: this message to this recipient; others may go on
 * @HERALD_ERROR_SCOPE_CHANNEL: whatever is sent by the same account now would end the same way
 *
 * Whom a failure concerns. Unless it is said, what cannot be reached or makes no sense, what needs a
 * person and what is not to be trusted concerns the channel, and everything else the message.
 */
typedef enum
{
  HERALD_ERROR_SCOPE_MESSAGE = 1,
  HERALD_ERROR_SCOPE_CHANNEL,
} HeraldErrorScope;

GQuark           herald_error_quark           (void);

void             herald_error_set_scope       (GError           *error,
                                               HeraldErrorScope  scope);
HeraldErrorScope herald_error_get_scope       (const GError     *error);

void             herald_error_set_retry_after (GError           *error,
                                               guint             seconds);
guint            herald_error_get_retry_after (const GError     *error);

void             herald_error_set_reply       (GError           *error,
                                               int               code,
                                               const char       *words);
int              herald_error_get_reply_code  (const GError     *error);
const char      *herald_error_get_reply       (const GError     *error);

G_END_DECLS
