/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-addition"

#include "service/bus/addition.h"

#include "core/engine-address.h"
#include "core/store/online-accounts.h"
#include "service/bus/arguments.h"
#include "service/bus/names.h"

/*
 * A printer or a channel that is being added: its address is found, it is
 * put into the configuration, its secrets into the keyring. If those cannot
 * be kept nothing of it stays: trying again would add a second one.
 */
typedef struct
{
  HeraldEngine *engine;
  GDBusMethodInvocation *invocation;
  GCancellable *cancellable;
  HeraldValues *settings;
  HeraldValues *secrets;
  gboolean (*undo) (HeraldEngine  *engine,
                    const char    *id,
                    GError       **error);
  char *type; /* of a channel */
  char *id;
} Addition;

static void
addition_free (Addition *self)
{
  g_clear_object (&self->engine);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_clear_pointer (&self->secrets, g_hash_table_unref);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->id, g_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Addition, addition_free)

/* Returns: (nullable): %NULL if the settings or secrets can be none; that is answered already */
static Addition *
addition_new (HeraldEngine          *engine,
              GVariant              *settings,
              GVariant              *secrets,
              GCancellable          *cancellable,
              GDBusMethodInvocation *invocation)
{
  g_autoptr(Addition) self = g_new0 (Addition, 1);
  g_autoptr(GError) error = NULL;

  self->engine = g_object_ref (engine);
  self->invocation = invocation;
  self->cancellable = g_object_ref (cancellable);
  self->settings = herald_arguments_read_values (settings, &error);
  if (self->settings != NULL)
    self->secrets = herald_arguments_read_values (secrets, &error);
  if (self->secrets != NULL)
    return g_steal_pointer (&self);

  herald_names_return_error (invocation, error);
  return NULL;
}

static void
on_set_secrets_ready (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(Addition) addition = g_steal_pointer (&user_data);
  HeraldEngine *engine = HERALD_ENGINE (source);
  g_autoptr(GError) error = NULL;

  if (herald_engine_set_secrets_finish (engine, result, &error))
    {
      g_dbus_method_invocation_return_value (addition->invocation,
                                             g_variant_new ("(s)", addition->id));
      return;
    }

  addition->undo (engine, addition->id, NULL);
  herald_names_return_error (addition->invocation, error);
}

static void
set_secrets (Addition *addition)
{
  herald_engine_set_secrets_async (addition->engine, addition->id, addition->secrets, addition->cancellable,
                                   on_set_secrets_ready, addition);
}

static void
add_printer (HeraldEngine *engine,
             Addition     *taken_addition)
{
  g_autoptr(Addition) addition = taken_addition;
  g_autoptr(GError) error = NULL;

  addition->id = herald_engine_add_printer (engine, addition->settings, &error);
  if (addition->id != NULL)
    set_secrets (g_steal_pointer (&addition));
  else
    herald_names_return_error (addition->invocation, error);
}

static void
on_find_address_ready (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(Addition) addition = g_steal_pointer (&user_data);
  HeraldEngine *engine = HERALD_ENGINE (source);
  g_autoptr(GError) error = NULL;
  g_autofree char *url = herald_engine_find_address_finish (engine, result, &error);

  if (url == NULL)
    {
      herald_names_return_error (addition->invocation, error);
      return;
    }

  herald_values_set (addition->settings, "url", url);
  add_printer (engine, g_steal_pointer (&addition));
}

void
herald_addition_add_printer (HeraldEngine          *engine,
                             GVariant              *settings,
                             GVariant              *secrets,
                             GCancellable          *cancellable,
                             GDBusMethodInvocation *taken_invocation)
{
  Addition *addition = addition_new (engine, settings, secrets, cancellable, taken_invocation);
  const char *typed;

  if (addition == NULL)
    return;

  addition->undo = herald_engine_remove_printer;
  typed = herald_values_get (addition->settings, "url");
  /* That there is no address is said by whoever checks the settings */
  if (typed == NULL || *typed == '\0')
    add_printer (engine, addition);
  else
    herald_engine_find_address_async (engine, typed, cancellable, on_find_address_ready, addition);
}

static void
add_channel (Addition *taken_addition)
{
  g_autoptr(Addition) addition = taken_addition;
  g_autoptr(GError) error = NULL;

  addition->id = herald_engine_add_channel (addition->engine, addition->type, addition->settings, &error);
  if (addition->id != NULL)
    set_secrets (g_steal_pointer (&addition));
  else
    herald_names_return_error (addition->invocation, error);
}

static void
on_find_account_ready (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(Addition) addition = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  g_autofree char *secret = NULL;
  g_autoptr(HeraldOnlineAccount) account = herald_online_accounts_sign_in_finish (result, &secret, &error);

  if (account != NULL)
    add_channel (g_steal_pointer (&addition));
  else
    herald_names_return_error (addition->invocation, error);
}

/* An account of the desktop that is not there is noticed now, not when the first message is due. */
void
herald_addition_add_channel (HeraldEngine          *engine,
                             const char            *type,
                             GVariant              *settings,
                             GVariant              *secrets,
                             GCancellable          *cancellable,
                             GDBusMethodInvocation *taken_invocation)
{
  Addition *addition = addition_new (engine, settings, secrets, cancellable, taken_invocation);
  const char *account;

  if (addition == NULL)
    return;

  addition->undo = herald_engine_remove_channel;
  addition->type = g_strdup (type);
  account = herald_values_get (addition->settings, "account");
  if (account == NULL || *account == '\0')
    add_channel (addition);
  else
    herald_online_accounts_sign_in_async (account, HERALD_ONLINE_LOOK, cancellable, on_find_account_ready, addition);
}
