/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-secrets"

#include "service/bus/channel-secrets.h"

#include <libsecret/secret.h>

#include "core/base/error.h"
#include "service/bus/names.h"

/*
 * The secret fields of one channel, looked up one after the other
 * @names: those of which one is stored; @next: the next field to look at
 */
typedef struct
{
  HeraldSecretStore *store;
  HeraldChannel *channel;
  GCancellable *cancellable;
  GDBusMethodInvocation *invocation;
  GStrvBuilder *names;
  guint next;
} Search;

static void
search_free (Search *self)
{
  g_clear_object (&self->store);
  g_clear_object (&self->channel);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->names, g_strv_builder_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static void look_at_next (Search *taken_search);

static void
on_lookup_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Search) search = g_steal_pointer (&user_data);
  HeraldSecretStore *store = HERALD_SECRET_STORE (source);
  g_autoptr(GError) error = NULL;
  char *secret = herald_secret_store_lookup_finish (store, result, &error);
  gboolean is_stored = secret != NULL;

  secret_password_free (secret);
  if (!is_stored && herald_secret_store_get_state (store) != HERALD_SECRETS_READY)
    {
      herald_names_return_error (search->invocation, error);
      return;
    }

  if (is_stored)
    g_strv_builder_add (search->names, herald_channel_get_channel_type (search->channel)->fields[search->next - 1].name);
  look_at_next (g_steal_pointer (&search));
}

static void
look_at_next (Search *taken_search)
{
  g_autoptr(Search) search = taken_search;
  const HeraldChannelType *type = herald_channel_get_channel_type (search->channel);
  g_autofree char *origin = herald_channel_dup_secret_origin (search->channel);
  g_auto(GStrv) names = NULL;

  while (search->next < type->n_fields)
    {
      const HeraldChannelField *field = &type->fields[search->next++];

      if ((field->flags & HERALD_FIELD_SECRET) == 0)
        continue;

      herald_secret_store_lookup_async (search->store, herald_channel_get_id (search->channel), field->name, origin,
                                        search->cancellable, on_lookup_ready, search);
      g_steal_pointer (&search);
      return;
    }

  names = g_strv_builder_end (search->names);
  g_dbus_method_invocation_return_value (search->invocation, g_variant_new ("(^as)", names));
}

/**
 * herald_channel_secrets_answer:
 *
 * Says which secrets are stored, never what they are.
 */
void
herald_channel_secrets_answer (HeraldEngine          *engine,
                               HeraldChannel         *channel,
                               GCancellable          *cancellable,
                               GDBusMethodInvocation *taken_invocation)
{
  Search *search = g_new0 (Search, 1);

  search->store = g_object_ref (herald_engine_get_secret_store (engine));
  search->channel = g_object_ref (channel);
  search->cancellable = g_object_ref (cancellable);
  search->invocation = taken_invocation;
  search->names = g_strv_builder_new ();
  look_at_next (search);
}
