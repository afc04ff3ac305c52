/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-owner-secrets"

#include "service/bus/owner-secrets.h"

#include "service/bus/arguments.h"
#include "service/bus/names.h"

static void
on_answer_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GDBusMethodInvocation *invocation = G_DBUS_METHOD_INVOCATION (user_data);
  g_autoptr(GError) error = NULL;

  if (herald_engine_set_secrets_finish (HERALD_ENGINE (object), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    herald_names_return_error (invocation, error);
}

static void
answer (HeraldEngine          *engine,
        const char            *owner,
        HeraldValues          *secrets,
        GCancellable          *cancellable,
        GDBusMethodInvocation *taken_invocation)
{
  GHashTableIter iter;
  gpointer secret;
  g_autoptr(GError) error = NULL;

  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, NULL, &secret))
    {
      if (herald_arguments_check_text (secret, HERALD_SECRET_MAX_BYTES, &error))
        continue;

      herald_names_return_error (taken_invocation, error);
      return;
    }

  herald_engine_set_secrets_async (engine, owner, secrets, cancellable, on_answer_ready, taken_invocation);
}

/**
 * herald_owner_secrets_answer:
 * @taken_invocation: the call of SetSecret; answered and consumed
 *
 * What SetSecret of a printer and of a channel have in common: all of it.
 */
void
herald_owner_secrets_answer (HeraldEngine          *engine,
                             const char            *owner,
                             const char            *field,
                             const char            *secret,
                             GCancellable          *cancellable,
                             GDBusMethodInvocation *taken_invocation)
{
  g_autoptr(HeraldValues) secrets = herald_values_new ();

  herald_values_set (secrets, field, secret);
  answer (engine, owner, secrets, cancellable, taken_invocation);
}

/**
 * herald_owner_secrets_answer_all:
 * @secrets: an a{ss} as it came over the bus, by field
 * @taken_invocation: the call of SetSecrets; answered and consumed
 */
void
herald_owner_secrets_answer_all (HeraldEngine          *engine,
                                 const char            *owner,
                                 GVariant              *secrets,
                                 GCancellable          *cancellable,
                                 GDBusMethodInvocation *taken_invocation)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldValues) values = herald_arguments_read_values (secrets, &error);

  if (values != NULL)
    answer (engine, owner, values, cancellable, taken_invocation);
  else
    herald_names_return_error (taken_invocation, error);
}
