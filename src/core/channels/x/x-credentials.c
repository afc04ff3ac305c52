/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-credentials"

#include "core/channels/x/x-credentials.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/channels/x/x-pasted.h"
#include "core/channels/x/x-settings.h"

/* X's API keys have 25 letters and digits, older ones 21; its secrets 45 and 50, older ones from 40 on (November 2026).
 * It has changed its mind before, so that only kinds which lie far apart are told from each other by length. */
#define CODE_MIN_CHARS 15
#define SECRET_MIN_CHARS 35
#define CODE_MAX_CHARS 120
#define API_SECRET_USUAL_CHARS 50
#define ACCESS_SECRET_USUAL_CHARS 45

/* App-only tokens begin with many of these. */
#define BEARER_BEGIN "AAAAAAAAAA"

#define ACCOUNT_MIN_DIGITS 2
#define ACCOUNT_MAX_DIGITS 20

typedef enum
{
  KIND_NOTHING,
  KIND_SPACED,
  KIND_ADDRESS,
  KIND_PERSON,
  KIND_NUMBER,
  KIND_BEARER,
  KIND_CLIENT_ID,
  KIND_LOGIN_TOKEN,
  KIND_TWICE,
  KIND_ACCESS_TOKEN,
  KIND_API_KEY,
  KIND_SECRET,
  KIND_CLIENT_SECRET,
  KIND_SHORT,
  KIND_LONG,
  KIND_OTHER,
} Kind;

/* What a person is told of what he has pasted instead */
static const char *const looks[] = {
  [KIND_NOTHING] = N_("there is nothing in it."),
  [KIND_SPACED] = N_("there is a space in it. Paste this one code alone."),
  [KIND_ADDRESS] = N_("this looks like the address of a web page."),
  [KIND_PERSON] = N_("this looks like the name of an account."),
  [KIND_NUMBER] = N_("this looks like the number of an app or of an account."),
  [KIND_BEARER] = N_("this looks like the Bearer token, which is not needed here."),
  [KIND_CLIENT_ID] = N_("this looks like the Client ID, which is only for the login in the browser."),
  [KIND_LOGIN_TOKEN] = N_("this looks like a token of OAuth 2.0, which is not needed here."),
  [KIND_TWICE] = N_("this was pasted twice, one after the other."),
  [KIND_ACCESS_TOKEN] = N_("this looks like the access token."),
  [KIND_API_KEY] = N_("this looks like the API key, which X also calls Consumer Key."),
  [KIND_SECRET] = N_("this looks like one of the two secrets."),
  [KIND_CLIENT_SECRET] = N_("this looks like the Client Secret, which is only for the login in the browser."),
  [KIND_SHORT] = N_("this is too short. A part of it is missing."),
  [KIND_LONG] = N_("this is too long. Paste this one code alone."),
  [KIND_OTHER] = N_("there are characters in it that no such code has."),
};

/* What each field takes, and how it is known when one sees it */
static const struct
{
  const char *field;
  Kind kind;
  const char *right;
} fields[] = {
  { HERALD_X_API_KEY_FIELD, KIND_API_KEY, N_("The API key has about 25 letters and digits.") },
  { HERALD_X_API_SECRET_FIELD, KIND_SECRET, N_("The API key secret has about 50 letters and digits.") },
  { HERALD_X_ACCESS_TOKEN_FIELD, KIND_ACCESS_TOKEN,
    N_("The access token begins with the number of your account and a hyphen, like 1234567-AbC….") },
  { HERALD_X_ACCESS_SECRET_FIELD, KIND_SECRET, N_("The access token secret has about 45 letters and digits.") },
  { HERALD_X_CLIENT_SECRET_FIELD, KIND_CLIENT_SECRET,
    N_("The Client Secret has about 50 letters, digits, hyphens and underscores.") },
};

static gboolean
is_twice (const char *code,
          gsize       length)
{
  return length >= 2 * CODE_MIN_CHARS && length % 2 == 0 && memcmp (code, code + length / 2, length / 2) == 0;
}

/* What X makes for OAuth 2.0 is base64 of texts like "….:1:ci" (Client ID), "….:1:at:1", "….:1:rt:1". */
static Kind
find_kind_within (const char *code)
{
  g_autofree char *padded = g_strconcat (code, &"===="[strlen (code) % 4 == 0 ? 4 : strlen (code) % 4], NULL);
  gsize length = 0;
  g_autofree guchar *inner = g_base64_decode (padded, &length);
  g_autofree char *text = g_strndup ((const char *) inner, length);

  if (g_str_has_suffix (text, ":ci"))
    return KIND_CLIENT_ID;

  return strstr (text, ":at:") != NULL || strstr (text, ":rt:") != NULL ? KIND_LOGIN_TOKEN : KIND_OTHER;
}

static Kind
find_kind_of_code (const char *code,
                   gsize       length,
                   gsize       n_digits)
{
  const char *hyphen = strchr (code, '-');
  gsize n_plain = strspn (code, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS);

  if (is_twice (code, length))
    return KIND_TWICE;
  if (length < CODE_MIN_CHARS)
    return KIND_SHORT;
  if (length > CODE_MAX_CHARS)
    return KIND_LONG;
  if (n_plain == length)
    return length < SECRET_MIN_CHARS ? KIND_API_KEY : KIND_SECRET;
  if (hyphen == code + n_digits && n_digits >= ACCOUNT_MIN_DIGITS && n_digits <= ACCOUNT_MAX_DIGITS &&
      strspn (hyphen + 1, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS) == strlen (hyphen + 1))
    return strlen (hyphen + 1) >= CODE_MIN_CHARS ? KIND_ACCESS_TOKEN : KIND_SHORT;
  if (strspn (code, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_") == length)
    return length < SECRET_MIN_CHARS ? KIND_SHORT : KIND_CLIENT_SECRET;

  return KIND_OTHER;
}

static Kind
find_kind (const char *code)
{
  gsize length = strlen (code);
  gsize n_digits = strspn (code, G_CSET_DIGITS);
  Kind within;

  if (length == 0)
    return KIND_NOTHING;
  if (strpbrk (code, " ") != NULL)
    return KIND_SPACED;
  if (strstr (code, "://") != NULL || g_str_has_prefix (code, "www."))
    return KIND_ADDRESS;
  if (strchr (code, '@') != NULL)
    return KIND_PERSON;
  if (n_digits == length)
    return KIND_NUMBER;
  if (g_str_has_prefix (code, BEARER_BEGIN) || strchr (code, '%') != NULL)
    return KIND_BEARER;

  within = find_kind_within (code);
  return within != KIND_OTHER ? within : find_kind_of_code (code, length, n_digits);
}

static const char *
get_label (const char *field)
{
  const HeraldChannelField *row = herald_channel_type_get_field (&herald_x_channel_type, field);

  return row != NULL ? _(row->label) : field;
}

static char *
fail (const char  *field,
      const char  *look,
      const char  *right,
      GError     **error)
{
  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
               /* Translators: what was asked for, as X calls it; what is wrong with what was pasted; what it should look
                * like: both are sentences */
               _("%s: %s %s"), get_label (field), look, right);

  return NULL;
}

static char *
fail_labelled (const char  *field,
               const char  *labelled,
               const char  *right,
               GError     **error)
{
  g_autofree char *look = *labelled != '\0'
                            /* Translators: the name of another code */
                            ? g_strdup_printf (_("the words in front of it say that it is the “%s”."), get_label (labelled))
                            : g_strdup (_("the words in front of it say that it is something else."));

  return fail (field, look, right, error);
}

static gboolean
fits (Kind wanted,
      Kind kind)
{
  return kind == wanted || (wanted == KIND_CLIENT_SECRET && kind == KIND_SECRET);
}

/**
 * herald_x_credentials_dup:
 * @field: one of the secret fields of the channel type x
 * @pasted: as somebody has copied it
 *
 * Lenient about lengths, strict about kinds.
 */
char *
herald_x_credentials_dup (const char  *field,
                          const char  *pasted,
                          GError     **error)
{
  const char *labelled = NULL;
  g_autofree char *code = herald_x_pasted_dup_code (pasted, &labelled);
  Kind kind = find_kind (code);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (!g_str_equal (fields[i].field, field))
        continue;

      if (!fits (fields[i].kind, kind))
        return fail (field, _(looks[kind]), _(fields[i].right), error);
      if (labelled != NULL && !g_str_equal (labelled, field))
        return fail_labelled (field, labelled, _(fields[i].right), error);
    }

  return g_steal_pointer (&code);
}

static gsize
get_length (HeraldValues *secrets,
            const char   *field)
{
  const char *secret = herald_values_get (secrets, field);

  return secret != NULL ? strlen (secret) : 0;
}

gboolean
herald_x_credentials_check (HeraldValues  *secrets,
                            GError       **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    for (guint j = i + 1; j < G_N_ELEMENTS (fields); j++)
      {
        const char *one = herald_values_get (secrets, fields[i].field);

        if (one == NULL || g_strcmp0 (one, herald_values_get (secrets, fields[j].field)) != 0)
          continue;

        g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                     /* Translators: two of the codes of an app at X */
                     _("“%s” and “%s” are the same. Copy each of them anew: X gives you different ones."),
                     get_label (fields[i].field), get_label (fields[j].field));
        return FALSE;
      }

  if (get_length (secrets, HERALD_X_API_SECRET_FIELD) != ACCESS_SECRET_USUAL_CHARS ||
      get_length (secrets, HERALD_X_ACCESS_SECRET_FIELD) != API_SECRET_USUAL_CHARS)
    return TRUE;

  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
               _("“%s” and “%s” seem to be swapped: each is as long as the other should be."),
               get_label (HERALD_X_API_SECRET_FIELD), get_label (HERALD_X_ACCESS_SECRET_FIELD));
  return FALSE;
}
