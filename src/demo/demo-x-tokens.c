/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-tokens"

#include "demo/demo-x-tokens.h"

static void
clear_grant (gpointer data)
{
  HeraldDemoXGrant *grant = data;

  g_free (grant->client);
  g_free (grant->scope);
  g_free (grant->redirect);
  g_free (grant->challenge);
}

void
herald_demo_x_grant_unref (gpointer grant)
{
  g_rc_box_release_full (grant, clear_grant);
}

void
herald_demo_x_token_free (HeraldDemoXToken *token)
{
  herald_demo_x_grant_unref (token->grant);
  g_free (token);
}

const char *
herald_demo_x_issue (HeraldDemoX          *x,
                     HeraldDemoXGrant     *grant,
                     HeraldDemoXTokenKind  kind,
                     gint64                life_s)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uuid, -1);
  HeraldDemoXToken *token = g_new0 (HeraldDemoXToken, 1);
  char *words = g_strconcat ("demo", sum, NULL);

  token->kind = kind;
  token->grant = g_rc_box_acquire (grant);
  token->end_s = herald_demo_x_get_now_s (x) + life_s;
  g_hash_table_insert (x->tokens, words, token);

  return words;
}

HeraldDemoXToken *
herald_demo_x_use (HeraldDemoX          *x,
                   const char           *words,
                   HeraldDemoXTokenKind  kind)
{
  HeraldDemoXToken *token = words != NULL ? g_hash_table_lookup (x->tokens, words) : NULL;

  if (token == NULL || token->kind != kind)
    return NULL;
  if (token->used)
    token->grant->dead = TRUE;
  if (token->grant->dead || token->end_s <= herald_demo_x_get_now_s (x))
    return NULL;

  token->used = kind != HERALD_DEMO_X_ACCESS;

  return token;
}

void
herald_demo_x_revoke (HeraldDemoX *x,
                      const char  *words)
{
  HeraldDemoXToken *token = words != NULL ? g_hash_table_lookup (x->tokens, words) : NULL;

  if (token != NULL)
    token->grant->dead = TRUE;
}
