/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-tokens"

#include "core/channels/x/x-tokens.h"

#include <string.h>

#include "core/net/sasl.h"

/* X's are some hundred letters. */
#define TOKEN_MAX_BYTES 4096

/* Of the text in the keyring */
#define VERSION "1"
#define N_LINES 6

void
herald_x_tokens_free (HeraldXTokens *self)
{
  g_free (self->server);
  g_free (self->client_id);
  herald_sasl_wipe (self->access);
  herald_sasl_wipe (self->refresh);
  g_free (self);
}

HeraldXTokens *
herald_x_tokens_copy (const HeraldXTokens *self)
{
  HeraldXTokens *copy = g_new0 (HeraldXTokens, 1);

  copy->server = g_strdup (self->server);
  copy->client_id = g_strdup (self->client_id);
  copy->access = g_strdup (self->access);
  copy->refresh = g_strdup (self->refresh);
  copy->expires_s = self->expires_s;

  return copy;
}

gboolean
herald_x_tokens_fit (const HeraldXTokens *self,
                     const char          *server,
                     const char          *client_id)
{
  return g_strcmp0 (self->server, server) == 0 && g_strcmp0 (self->client_id, client_id) == 0;
}

/**
 * herald_x_tokens_to_text:
 *
 * Returns: (transfer full): a secret, a line for each; no JSON, because its library leaves copies behind
 */
char *
herald_x_tokens_to_text (const HeraldXTokens *self)
{
  return g_strdup_printf ("%s\n%s\n%s\n%" G_GINT64_FORMAT "\n%s\n%s", VERSION, self->server, self->client_id,
                          self->expires_s, self->access, self->refresh);
}

/**
 * herald_x_tokens_from_text:
 * @text: from the keyring, where somebody may have changed it
 *
 * Returns: (transfer full) (nullable): %NULL if it is none of ours
 */
HeraldXTokens *
herald_x_tokens_from_text (const char *text)
{
  char **lines = g_strsplit (text, "\n", N_LINES + 1);
  HeraldXTokens *tokens = NULL;
  gint64 expires_s;

  if (g_strv_length (lines) == N_LINES && g_str_equal (lines[0], VERSION) &&
      g_ascii_string_to_signed (lines[3], 10, 0, G_MAXINT64, &expires_s, NULL) &&
      herald_x_tokens_is_token (lines[4]) && herald_x_tokens_is_token (lines[5]))
    {
      tokens = g_new0 (HeraldXTokens, 1);
      tokens->server = g_strdup (lines[1]);
      tokens->client_id = g_strdup (lines[2]);
      tokens->expires_s = expires_s;
      tokens->access = g_strdup (lines[4]);
      tokens->refresh = g_strdup (lines[5]);
    }

  for (guint i = 0; lines[i] != NULL; i++)
    herald_sasl_wipe (lines[i]);
  g_free (lines);

  return tokens;
}

/**
 * herald_x_tokens_is_token:
 * @token: (nullable)
 *
 * RFC 6749 appendix A.12 and A.17: visible characters; the space they allow, too, nobody can put into a header.
 */
gboolean
herald_x_tokens_is_token (const char *token)
{
  gsize length = token != NULL ? strlen (token) : 0;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isgraph (token[i]))
        return FALSE;
    }

  return length > 0 && length <= TOKEN_MAX_BYTES;
}
