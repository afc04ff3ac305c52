/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mail-records"

#include "core/channels/email/setup/mail-records.h"

#include <string.h>

#include "core/net/time-limit.h"

/* One question to the name server */
typedef struct
{
  HeraldTimeLimit *limit;
  char *address;
  HeraldSmtpSecurity security;
} Lookup;

static void
lookup_free (Lookup *lookup)
{
  herald_time_limit_free (lookup->limit);
  g_free (lookup->address);
  g_free (lookup);
}

static GTask *
begin_lookup (const char          *address,
              guint                limit_ms,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->limit = herald_time_limit_new (limit_ms, cancellable);
  lookup->address = g_strdup (address);
  g_task_set_task_data (task, lookup, (GDestroyNotify) lookup_free);
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

static void
return_none (GTask *task)
{
  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no such record");
}

/* MX */

/* Returns: (transfer full) (nullable): the name that is asked first; "." means that nobody takes mail (RFC 7505) */
static char *
find_first_mx (GList *records)
{
  g_autofree char *first = NULL;
  guint16 lowest = 0;

  for (GList *link = records; link != NULL; link = link->next)
    {
      const char *name;
      guint16 preference;
      g_autofree char *checked = NULL;

      g_variant_get (link->data, "(q&s)", &preference, &name);
      checked = herald_mail_setup_check_host (name);
      if (checked == NULL || (first != NULL && preference >= lowest))
        continue;

      g_free (first);
      first = g_steal_pointer (&checked);
      lowest = preference;
    }

  return g_steal_pointer (&first);
}

static void
on_records_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  GList *records = g_resolver_lookup_records_finish (G_RESOLVER (object), result, &error);
  char *first = find_first_mx (records);

  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (first == NULL)
    return_none (task);
  else
    g_task_return_pointer (task, first, g_free);
}

void
herald_mail_records_find_mx_async (const char          *domain,
                                   guint                limit_ms,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr(GResolver) resolver = g_resolver_get_default ();
  GTask *task = begin_lookup (domain, limit_ms, cancellable, callback, user_data);
  Lookup *lookup = g_task_get_task_data (task);

  g_resolver_lookup_records_async (resolver, domain, G_RESOLVER_RECORD_MX,
                                   herald_time_limit_get_cancellable (lookup->limit), on_records_ready, task);
}

char *
herald_mail_records_find_mx_finish (GAsyncResult  *result,
                                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SRV */

static void
on_service_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Lookup *lookup = g_task_get_task_data (task);
  GError *error = NULL;
  GList *targets = g_resolver_lookup_service_finish (G_RESOLVER (object), result, &error);
  HeraldMailSetup *setup = NULL;

  /* GResolver has sorted them by priority and weight (RFC 2782) */
  for (GList *link = targets; link != NULL && setup == NULL; link = link->next)
    setup = herald_mail_setup_new_for_server (g_srv_target_get_hostname (link->data), g_srv_target_get_port (link->data),
                                              lookup->security, lookup->address);
  g_resolver_free_targets (targets);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (setup == NULL)
    {
      return_none (task);
      return;
    }

  herald_mail_setup_recognise (setup);
  g_task_return_pointer (task, setup, (GDestroyNotify) herald_mail_setup_free);
}

void
herald_mail_records_find_srv_async (const char          *address,
                                    HeraldSmtpSecurity   security,
                                    guint                limit_ms,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GResolver) resolver = g_resolver_get_default ();
  GTask *task = begin_lookup (address, limit_ms, cancellable, callback, user_data);
  Lookup *lookup = g_task_get_task_data (task);

  lookup->security = security;
  g_resolver_lookup_service_async (resolver, security == HERALD_SMTP_TLS ? "submissions" : "submission", "tcp",
                                   strrchr (address, '@') + 1, herald_time_limit_get_cancellable (lookup->limit),
                                   on_service_ready, task);
}

HeraldMailSetup *
herald_mail_records_find_srv_finish (GAsyncResult  *result,
                                     GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
