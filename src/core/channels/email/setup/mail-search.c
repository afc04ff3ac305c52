/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mail-search"

#include "core/channels/email/setup/mail-search.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/channels/email/setup/autoconfig-fetch.h"
#include "core/channels/email/setup/mail-records.h"
#include "core/net/smtp-address.h"
#include "core/net/time-limit.h"

/* Of one question, and of all. Somebody sits there and waits. */
#define QUESTION_LIMIT_MS (5 * 1000)
#define LIMIT_MS (9 * 1000)

/* Whom we ask, and whose word counts first (draft-ietf-mailmaint-autoconfig, after the table of our own) */
typedef enum
{
  QUESTION_DOMAIN,
  QUESTION_WELL_KNOWN,
  QUESTION_DIRECTORY,
  QUESTION_MX,
  QUESTION_MX_DOMAIN,
  QUESTION_MX_WELL_KNOWN,
  QUESTION_MX_DIRECTORY,
  QUESTION_SRV_TLS,
  QUESTION_SRV_STARTTLS,
  N_QUESTIONS,
} Question;

/* Where a description is kept. The whole address is told to nobody but its own domain. */
static const struct
{
  Question question;
  const char *url;
  gboolean tells_address;
} places[] = {
  { QUESTION_DOMAIN, "https://autoconfig.%s/mail/config-v1.1.xml", TRUE },
  { QUESTION_WELL_KNOWN, "https://%s/.well-known/autoconfig/mail/config-v1.1.xml", TRUE },
  { QUESTION_DIRECTORY, "https://autoconfig.thunderbird.net/v1.1/%s", FALSE },
  { QUESTION_MX_DOMAIN, "https://autoconfig.%s/mail/config-v1.1.xml", FALSE },
  { QUESTION_MX_WELL_KNOWN, "https://%s/.well-known/autoconfig/mail/config-v1.1.xml", FALSE },
  { QUESTION_MX_DIRECTORY, "https://autoconfig.thunderbird.net/v1.1/%s", FALSE },
};

/* One search. Everybody is asked at once, but for whom only the answer about the MX names. */
typedef struct
{
  HeraldHttpClient *http;
  char *address;
  char *mx_domain;
  HeraldTimeLimit *limit;
  HeraldMailSetup *found[N_QUESTIONS];
  gboolean settled[N_QUESTIONS];
  gboolean decided;
  gboolean heard;
} Search;

/* One question of a search */
typedef struct
{
  GTask *task;
  Question question;
} Asking;

static void
search_free (Search *search)
{
  for (guint i = 0; i < N_QUESTIONS; i++)
    g_clear_pointer (&search->found[i], herald_mail_setup_free);
  g_clear_object (&search->http);
  g_clear_pointer (&search->limit, herald_time_limit_free);
  g_free (search->address);
  g_free (search->mx_domain);
  g_free (search);
}

static void
asking_free (Asking *asking)
{
  g_clear_object (&asking->task);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static Asking *
asking_new (GTask    *task,
            Question  question)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->task = g_object_ref (task);
  asking->question = question;

  return asking;
}

static const char *
get_domain (Search *search)
{
  return strrchr (search->address, '@') + 1;
}

/* What is found */

static char *
dup_source (Search   *search,
            Question  question)
{
  switch (question)
    {
    case QUESTION_DOMAIN:
    case QUESTION_WELL_KNOWN:
      /* Translators: who named the mail server: the domain of an address, e.g. “said by example.org itself” */
      return g_strdup_printf (_("said by %s itself"), get_domain (search));
    case QUESTION_DIRECTORY:
      return g_strdup (_("found in the directory of Mozilla Thunderbird"));
    case QUESTION_MX:
      /* Translators: two domains: the one that receives the mail, and the one of the address */
      return g_strdup_printf (_("known to OctoHerald; %s receives the mail of %s"), search->mx_domain,
                              get_domain (search));
    case QUESTION_MX_DOMAIN:
    case QUESTION_MX_WELL_KNOWN:
      /* Translators: two domains: the one that receives the mail, and the one of the address */
      return g_strdup_printf (_("said by %s, which receives the mail of %s"), search->mx_domain, get_domain (search));
    case QUESTION_MX_DIRECTORY:
      return g_strdup_printf (_("found in the directory of Mozilla Thunderbird for %s, which receives the mail of %s"),
                              search->mx_domain, get_domain (search));
    case QUESTION_SRV_TLS:
    case QUESTION_SRV_STARTTLS:
      return g_strdup_printf (_("said by the name server of %s"), get_domain (search));
    case N_QUESTIONS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* What came by HTTPS from the address's own domain or the directory is certain, and so is a server that only the domain
 * itself can have a certificate for. A forged MX can lead to a provider of our table at worst. */
static gboolean
is_proven (Search   *search,
           Question  question)
{
  const char *host = search->found[question]->host;
  g_autofree char *ending = g_strconcat (".", get_domain (search), NULL);

  return question <= QUESTION_MX || g_ascii_strcasecmp (host, get_domain (search)) == 0 ||
         (strlen (host) > strlen (ending) &&
          g_ascii_strcasecmp (host + strlen (host) - strlen (ending), ending) == 0);
}

static void
return_nothing (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  if (search->heard)
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                             _("Nobody says which mail server sends for “%s”. Look in the help of your e-mail provider "
                               "for “outgoing server (SMTP)” and set it as the host"),
                             search->address);
  else
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                             _("The mail server for “%s” cannot be looked up: nothing answers. Check the connection to "
                               "the internet, or set the outgoing server of your e-mail provider as the host"),
                             search->address);
}

/* Answers as soon as nobody who counts more can still say something; @is_over: with what there is. */
static void
decide (GTask    *task,
        gboolean  is_over)
{
  Search *search = g_task_get_task_data (task);
  guint i = 0;

  if (search->decided)
    return;

  while (i < N_QUESTIONS && search->found[i] == NULL)
    {
      if (!search->settled[i] && !is_over)
        return;
      i++;
    }

  search->decided = TRUE;
  if (i < N_QUESTIONS)
    {
      search->found[i]->source = dup_source (search, (Question) i);
      search->found[i]->proven = is_proven (search, (Question) i);
      g_task_return_pointer (task, g_steal_pointer (&search->found[i]), (GDestroyNotify) herald_mail_setup_free);
    }
  else
    return_nothing (task);

  /* The others need not go on */
  g_cancellable_cancel (herald_time_limit_get_cancellable (search->limit));
}

/* Whether somebody was there to answer, though not what we wanted to hear */
static gboolean
is_answer (const GError *error)
{
  return error == NULL || g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND) ||
         (error->domain == HERALD_ERROR && error->code != HERALD_ERROR_UNREACHABLE);
}

/* @taken_setup: (nullable) (transfer full): what came of the question */
static void
settle (GTask           *task,
        Question         question,
        HeraldMailSetup *taken_setup,
        const GError    *error)
{
  Search *search = g_task_get_task_data (task);

  if (error != NULL)
    g_debug ("Question %u brought nothing: %s", (guint) question, error->message);

  search->found[question] = taken_setup;
  search->settled[question] = TRUE;
  search->heard = search->heard || is_answer (error);
  decide (task, herald_time_limit_is_over (search->limit));
}

/* Questions */

static void
on_fetch_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Asking) asking = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  HeraldMailSetup *setup = herald_autoconfig_fetch_finish (result, &error);

  settle (asking->task, asking->question, setup, error);
}

static void
fetch (GTask      *task,
       guint       place,
       const char *domain)
{
  Search *search = g_task_get_task_data (task);
  g_autofree char *address = g_uri_escape_string (search->address, NULL, FALSE);
  g_auto(GStrv) parts = g_strsplit (places[place].url, "%s", 2);
  g_autofree char *url = g_strconcat (parts[0], domain, parts[1],
                                      places[place].tells_address ? "?emailaddress=" : "",
                                      places[place].tells_address ? address : "", NULL);

  herald_autoconfig_fetch_async (search->http, url, search->address, QUESTION_LIMIT_MS,
                                 herald_time_limit_get_cancellable (search->limit), on_fetch_ready,
                                 asking_new (task, places[place].question));
}

static void
fetch_all (GTask      *task,
           Question    first,
           Question    last,
           const char *domain)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (places[i].question >= first && places[i].question <= last)
        fetch (task, i, domain);
    }
}

static void
skip_mx (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  for (guint i = QUESTION_MX_DOMAIN; i <= QUESTION_MX_DIRECTORY; i++)
    search->settled[i] = TRUE;
}

/* Returns: (transfer full) (nullable): what was registered of a server's name. soup knows that of “mx.a.co.uk”; of names
 * that only a network of somebody's own has it knows nothing. */
static char *
dup_base_domain (const char *server)
{
  const char *base = soup_tld_get_base_domain (server, NULL);
  const char *dot = strrchr (server, '.');

  if (base != NULL || dot == NULL)
    return g_strdup (base);

  while (dot > server && dot[-1] != '.')
    dot--;

  return g_strdup (dot);
}

static void
on_mx_ready (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Asking) asking = g_steal_pointer (&user_data);
  Search *search = g_task_get_task_data (asking->task);
  g_autoptr(GError) error = NULL;
  g_autofree char *server = herald_mail_records_find_mx_finish (result, &error);
  const HeraldMailProvider *provider = server != NULL ? herald_mail_provider_find_for_mx (server) : NULL;
  HeraldMailSetup *setup = provider != NULL ? herald_mail_setup_new_for_provider (provider, search->address) : NULL;

  if (server != NULL)
    search->mx_domain = dup_base_domain (server);

  if (provider != NULL || search->mx_domain == NULL || search->decided ||
      g_str_equal (search->mx_domain, get_domain (search)))
    skip_mx (asking->task);
  else
    fetch_all (asking->task, QUESTION_MX_DOMAIN, QUESTION_MX_DIRECTORY, search->mx_domain);

  settle (asking->task, QUESTION_MX, setup, error);
}

static void
on_srv_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Asking) asking = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  HeraldMailSetup *setup = herald_mail_records_find_srv_finish (result, &error);

  settle (asking->task, asking->question, setup, error);
}

static void
ask_everybody (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  GCancellable *cancellable = herald_time_limit_get_cancellable (search->limit);

  fetch_all (task, QUESTION_DOMAIN, QUESTION_DIRECTORY, get_domain (search));
  herald_mail_records_find_mx_async (get_domain (search), QUESTION_LIMIT_MS, cancellable, on_mx_ready,
                                     asking_new (task, QUESTION_MX));
  herald_mail_records_find_srv_async (search->address, HERALD_SMTP_TLS, QUESTION_LIMIT_MS, cancellable, on_srv_ready,
                                      asking_new (task, QUESTION_SRV_TLS));
  herald_mail_records_find_srv_async (search->address, HERALD_SMTP_STARTTLS, QUESTION_LIMIT_MS, cancellable,
                                      on_srv_ready, asking_new (task, QUESTION_SRV_STARTTLS));
}

/**
 * herald_mail_search_async:
 * @typed: an e-mail address, as a person typed it
 *
 * Finds out how mail of an address is sent: by the table of providers, else by asking the domain of the address, a
 * public directory and the name servers, all at once and only over HTTPS. Takes ten seconds at most. Nobody but the
 * domain itself is told the address.
 */
void
herald_mail_search_async (HeraldHttpClient    *http,
                          const char          *typed,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *trimmed = g_strstrip (g_strdup (typed));
  g_autoptr(GError) error = NULL;
  g_autofree char *address = herald_smtp_address_normalize (trimmed, &error);
  const HeraldMailProvider *provider;
  Search *search;

  if (address == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* An address at a number instead of a domain (RFC 5321 section 4.1.3): nobody keeps a description there */
  if (strrchr (address, '@')[1] == '[')
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                               _("For “%s” set the outgoing mail server yourself, as the host"), address);
      return;
    }

  search = g_new0 (Search, 1);
  search->http = g_object_ref (http);
  search->address = g_steal_pointer (&address);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);

  provider = herald_mail_provider_find_for_domain (get_domain (search));
  if (provider != NULL)
    {
      HeraldMailSetup *setup = herald_mail_setup_new_for_provider (provider, search->address);

      setup->source = g_strdup (_("known to OctoHerald"));
      setup->proven = TRUE;
      g_task_return_pointer (task, setup, (GDestroyNotify) herald_mail_setup_free);
      return;
    }

  search->limit = herald_time_limit_new (LIMIT_MS, cancellable);
  ask_everybody (task);
}

/**
 * herald_mail_search_finish:
 *
 * Returns: (transfer full): the best that was found; %NULL with HERALD_ERROR_SETTINGS (not an address, or nobody
 *   knows) or HERALD_ERROR_UNREACHABLE (nobody answers)
 */
HeraldMailSetup *
herald_mail_search_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
