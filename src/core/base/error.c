/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-error"

#include "core/base/error.h"

#include "core/base/text.h"

#define REPLY_MAX_CHARS 500

typedef struct
{
  guint retry_after;
  HeraldErrorScope scope; /* 0 if it was not said */
  int reply_code;
  char *reply;
} HeraldErrorPrivate;

static void
herald_error_private_init (HeraldErrorPrivate *priv)
{
}

static void
herald_error_private_copy (const HeraldErrorPrivate *source,
                           HeraldErrorPrivate       *copy)
{
  copy->retry_after = source->retry_after;
  copy->scope = source->scope;
  copy->reply_code = source->reply_code;
  copy->reply = g_strdup (source->reply);
}

static void
herald_error_private_clear (HeraldErrorPrivate *priv)
{
  g_clear_pointer (&priv->reply, g_free);
}

G_DEFINE_EXTENDED_ERROR (HeraldError, herald_error)

/**
 * herald_error_set_scope:
 * @error: a HERALD_ERROR
 *
 * HERALD_ERROR_UNREACHABLE stays the channel's, whatever is said: nobody else is reached either.
 */
void
herald_error_set_scope (GError           *error,
                        HeraldErrorScope  scope)
{
  g_return_if_fail (error != NULL && error->domain == HERALD_ERROR);

  herald_error_get_private (error)->scope = scope;
}

/**
 * herald_error_get_scope:
 * @error: any error
 *
 * Returns: whom it concerns
 */
HeraldErrorScope
herald_error_get_scope (const GError *error)
{
  if (error == NULL || error->domain != HERALD_ERROR)
    return HERALD_ERROR_SCOPE_MESSAGE;
  if (error->code == HERALD_ERROR_UNREACHABLE)
    return HERALD_ERROR_SCOPE_CHANNEL;
  if (herald_error_get_private (error)->scope != 0)
    return herald_error_get_private (error)->scope;

  switch ((HeraldError) error->code)
    {
    case HERALD_ERROR_UNREACHABLE:
    case HERALD_ERROR_UNAUTHORIZED:
    case HERALD_ERROR_NO_CREDIT:
    case HERALD_ERROR_SETTINGS:
    case HERALD_ERROR_UNTRUSTED:
    case HERALD_ERROR_PROTOCOL:
      return HERALD_ERROR_SCOPE_CHANNEL;
    case HERALD_ERROR_BUSY:
    case HERALD_ERROR_REJECTED:
    case HERALD_ERROR_AMBIGUOUS:
    default:
      return HERALD_ERROR_SCOPE_MESSAGE;
    }
}

/**
 * herald_error_set_retry_after:
 * @error: a HERALD_ERROR
 * @seconds: how long the other side asked us to wait; 0 if it did not say
 */
void
herald_error_set_retry_after (GError *error,
                              guint   seconds)
{
  g_return_if_fail (error != NULL && error->domain == HERALD_ERROR);

  herald_error_get_private (error)->retry_after = seconds;
}

/**
 * herald_error_get_retry_after:
 * @error: any error
 *
 * Returns: seconds the other side asked us to wait, 0 if it did not say
 */
guint
herald_error_get_retry_after (const GError *error)
{
  if (error == NULL || error->domain != HERALD_ERROR)
    return 0;

  return herald_error_get_private (error)->retry_after;
}

/**
 * herald_error_set_reply:
 * @error: a HERALD_ERROR
 * @code: the status code of the protocol (HTTP, SMTP), 0 if there is none
 * @words: (nullable): what the other side said; cleaned and cut here
 */
void
herald_error_set_reply (GError     *error,
                        int         code,
                        const char *words)
{
  HeraldErrorPrivate *priv;

  g_return_if_fail (error != NULL && error->domain == HERALD_ERROR);

  priv = herald_error_get_private (error);
  priv->reply_code = code;
  g_free (priv->reply);
  priv->reply = words != NULL ? herald_text_clean (words, REPLY_MAX_CHARS) : NULL;
}

/**
 * herald_error_get_reply_code:
 * @error: any error
 *
 * Returns: the protocol's status code, 0 if the other side gave none
 */
int
herald_error_get_reply_code (const GError *error)
{
  if (error == NULL || error->domain != HERALD_ERROR)
    return 0;

  return herald_error_get_private (error)->reply_code;
}

/**
 * herald_error_get_reply:
 * @error: any error
 *
 * Returns: (nullable): the other side's own words, cleaned for display
 */
const char *
herald_error_get_reply (const GError *error)
{
  if (error == NULL || error->domain != HERALD_ERROR)
    return NULL;

  return herald_error_get_private (error)->reply;
}
