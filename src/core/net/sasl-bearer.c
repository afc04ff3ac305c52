/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sasl-bearer"

#include "core/net/sasl-mechanism.h"

#include "core/base/json-reader.h"
#include "core/net/sasl-name.h"

/* "invalid_token", "401": more is no word of a protocol. */
#define COMPLAINT_MAX_CHARS 60

/* The two that show a token. If the server does not like it, it says why as JSON and waits for an answer
 * before it refuses (RFC 7628 3.2.2). */
static void
note_complaint (HeraldSasl *self,
                GString    *challenge)
{
  g_autoptr(JsonNode) root = NULL;

  if (challenge == NULL)
    return;

  root = herald_json_parse (challenge->str, challenge->len, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    self->complaint = herald_json_dup_text (json_node_get_object (root), "status", COMPLAINT_MAX_CHARS);
}

/* Google's "OAuth 2.0 Mechanism" for IMAP and SMTP */
static GString *
step_xoauth2 (HeraldSasl  *self,
              guint        i,
              GString     *challenge,
              GError     **error)
{
  GString *answer = herald_sasl_answer_new ("");

  if (i > 0)
    {
      note_complaint (self, challenge);
      return answer;
    }

  g_string_append_printf (answer, "user=%s\001auth=Bearer %s\001\001", self->user, self->token);

  return answer;
}

const HeraldSaslMechanism herald_sasl_xoauth2 = {
  .name = "XOAUTH2",
  .n_steps = 2,
  .speaks_first = TRUE,
  .step = step_xoauth2,
};

/* RFC 7628 3.1 */
static GString *
step_oauthbearer (HeraldSasl  *self,
                  guint        i,
                  GString     *challenge,
                  GError     **error)
{
  g_autofree char *name = NULL;
  GString *answer;

  if (i > 0)
    {
      note_complaint (self, challenge);
      return herald_sasl_answer_new ("\001");
    }

  name = herald_sasl_name_escape (self->user);
  answer = herald_sasl_answer_new ("");
  g_string_append_printf (answer, "n,a=%s,\001host=%s\001port=%u\001auth=Bearer %s\001\001", name, self->host,
                          self->port, self->token);

  return answer;
}

const HeraldSaslMechanism herald_sasl_oauthbearer = {
  .name = "OAUTHBEARER",
  .n_steps = 2,
  .speaks_first = TRUE,
  .step = step_oauthbearer,
};
