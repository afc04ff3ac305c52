/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/demo-x-rest.h"

G_BEGIN_DECLS

/**
 * HeraldDemoXGrant:
 * @client: who was let in
 * @redirect: where the code went; compared letter by letter
 * @challenge: RFC 7636, S256
 * @dead: one of its codes or refresh tokens came twice: nobody knows who has it now
 *
 * What a person has once allowed. All the tokens that came from it share it.
 */
typedef struct
{
  char *client;
  char *scope;
  char *redirect;
  char *challenge;
  gboolean dead;
} HeraldDemoXGrant;

typedef enum
{
  HERALD_DEMO_X_CODE,
  HERALD_DEMO_X_ACCESS,
  HERALD_DEMO_X_REFRESH,
} HeraldDemoXTokenKind;

typedef struct
{
  HeraldDemoXTokenKind kind;
  HeraldDemoXGrant *grant;
  gint64 end_s;
  gboolean used;
} HeraldDemoXToken;

void              herald_demo_x_grant_unref   (gpointer               grant);
void              herald_demo_x_token_free    (HeraldDemoXToken      *token);

/* Returns the words of the token, which belong to X */
const char       *herald_demo_x_issue         (HeraldDemoX           *x,
                                               HeraldDemoXGrant      *grant,
                                               HeraldDemoXTokenKind   kind,
                                               gint64                 life_s);

/* (nullable): one of @kind that is good; used up unless it is an access token. One that comes twice ends all of its kin. */
HeraldDemoXToken *herald_demo_x_use           (HeraldDemoX           *x,
                                               const char            *words,
                                               HeraldDemoXTokenKind   kind);
void              herald_demo_x_revoke        (HeraldDemoX           *x,
                                               const char            *words);

/* demo-x-login.c: `GET /i/oauth2/authorize` */
void              herald_demo_x_get_authorize (HeraldDemoXRequest    *request);

/* demo-x-token-rest.c: `POST /2/oauth2/token`, `POST /2/oauth2/revoke` */
void              herald_demo_x_post_token    (HeraldDemoXRequest    *request);
void              herald_demo_x_post_revoke   (HeraldDemoXRequest    *request);

G_END_DECLS
