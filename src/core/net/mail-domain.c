/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mail-domain"

#include "core/net/mail-domain.h"

#include <glib/gi18n-lib.h>

/* A person waits; what takes longer is not known. */
#define LIMIT_S 5

/* Where this is not known, nothing of the world is, and nothing follows from it. */
#define WELL_KNOWN_DOMAIN "com"

/* One domain being asked for
 * @cancellable: of the question; the caller's does not know when its time is over */
typedef struct
{
  char *domain;
  GCancellable *cancellable;
  guint limit_id;
} AskCall;

static void
ask_call_free (AskCall *call)
{
  g_clear_handle_id (&call->limit_id, g_source_remove);
  g_clear_object (&call->cancellable);
  g_free (call->domain);
  g_free (call);
}

static void
answer (GTask                  *task,
        HeraldMailDomainAnswer  found)
{
  AskCall *call = g_task_get_task_data (task);

  g_debug ("%s: %d", call->domain, (int) found);
  g_clear_handle_id (&call->limit_id, g_source_remove);
  g_task_return_int (task, found);
}

static void
on_well_known_ready (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GList *servers = g_resolver_lookup_records_finish (G_RESOLVER (object), result, NULL);

  answer (task, servers != NULL ? HERALD_MAIL_DOMAIN_MISSING : HERALD_MAIL_DOMAIN_UNKNOWN);
  g_list_free_full (servers, (GDestroyNotify) g_variant_unref);
}

static void
on_addresses_ready (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  AskCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (object), result, &error);

  if (addresses != NULL)
    answer (task, HERALD_MAIL_DOMAIN_TAKES_MAIL);
  else if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    g_resolver_lookup_records_async (G_RESOLVER (object), WELL_KNOWN_DOMAIN, G_RESOLVER_RECORD_NS, call->cancellable,
                                     on_well_known_ready, g_steal_pointer (&task));
  else
    answer (task, HERALD_MAIL_DOMAIN_UNKNOWN);

  g_resolver_free_addresses (addresses);
}

/* Whether the only server is the root, which is none (RFC 7505 3). */
static gboolean
is_refusal (GList *servers)
{
  g_autofree char *host = NULL;

  g_variant_get (servers->data, "(qs)", NULL, &host);

  return servers->next == NULL && (*host == '\0' || g_str_equal (host, "."));
}

static void
on_servers_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  AskCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  GList *servers = g_resolver_lookup_records_finish (G_RESOLVER (object), result, &error);

  if (servers != NULL)
    answer (task, is_refusal (servers) ? HERALD_MAIL_DOMAIN_REFUSES_MAIL : HERALD_MAIL_DOMAIN_TAKES_MAIL);
  else if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    /* Without MX the domain's own address takes its mail (RFC 5321 5.1). */
    g_resolver_lookup_by_name_async (G_RESOLVER (object), call->domain, call->cancellable, on_addresses_ready,
                                     g_steal_pointer (&task));
  else
    answer (task, HERALD_MAIL_DOMAIN_UNKNOWN);

  g_list_free_full (servers, (GDestroyNotify) g_variant_unref);
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  AskCall *call = user_data;

  call->limit_id = 0;
  g_cancellable_cancel (call->cancellable);

  return G_SOURCE_REMOVE;
}

/**
 * herald_mail_domain_ask_async:
 * @domain: what stands behind the “@” of an address
 *
 * Asks the network whether somebody takes the mail of @domain, at most 5 seconds. That is no reason not to try: the
 * account's own server may know domains nobody else does.
 */
void
herald_mail_domain_ask_async (const char          *domain,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GResolver) resolver = g_resolver_get_default ();
  g_autofree char *ascii = g_hostname_to_ascii (domain);
  AskCall *call = g_new0 (AskCall, 1);

  g_task_set_source_tag (task, herald_mail_domain_ask_async);
  g_task_set_task_data (task, call, (GDestroyNotify) ask_call_free);
  call->domain = g_strdup (ascii != NULL ? ascii : domain);
  call->cancellable = g_cancellable_new ();
  if (ascii == NULL || *ascii == '\0' || g_hostname_is_ip_address (ascii) || *ascii == '[')
    {
      answer (task, HERALD_MAIL_DOMAIN_UNKNOWN);
      return;
    }

  call->limit_id = g_timeout_add_seconds (LIMIT_S, on_limit_timeout, call);
  g_resolver_lookup_records_async (resolver, call->domain, G_RESOLVER_RECORD_MX, call->cancellable, on_servers_ready,
                                   g_steal_pointer (&task));
}

HeraldMailDomainAnswer
herald_mail_domain_ask_finish (GAsyncResult *result)
{
  gssize found = g_task_propagate_int (G_TASK (result), NULL);

  return found > 0 ? (HeraldMailDomainAnswer) found : HERALD_MAIL_DOMAIN_UNKNOWN;
}

/**
 * herald_mail_domain_dup_doubt:
 *
 * Returns: (transfer full) (nullable): one sentence about a domain that gets no mail; %NULL if nothing is known against
 *   it
 */
char *
herald_mail_domain_dup_doubt (const char             *domain,
                              HeraldMailDomainAnswer  found)
{
  switch (found)
    {
    case HERALD_MAIL_DOMAIN_MISSING:
      return g_strdup_printf (_("As far as this computer can see, nobody takes mail for “%s”. Look for typing mistakes."),
                              domain);
    case HERALD_MAIL_DOMAIN_REFUSES_MAIL:
      return g_strdup_printf (_("“%s” says that it takes no mail."), domain);
    case HERALD_MAIL_DOMAIN_UNKNOWN:
    case HERALD_MAIL_DOMAIN_TAKES_MAIL:
    default:
      return NULL;
    }
}
