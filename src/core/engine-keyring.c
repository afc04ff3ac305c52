/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-keyring"

#include "core/engine-private.h"

#include <string.h>

/* Whether what keeps a printer or a channel from working is the keyring, and nothing else */
static gboolean
is_keyring_problem (const char *problem)
{
  static const HeraldSecretStoreState states[] = {
    HERALD_SECRETS_LOCKED,
    HERALD_SECRETS_ABSENT,
    HERALD_SECRETS_SILENT,
  };

  for (guint i = 0; problem != NULL && i < G_N_ELEMENTS (states); i++)
    {
      if (strstr (problem, herald_secret_store_describe (states[i])) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
on_keyring_idle (gpointer user_data)
{
  HeraldEngine *self = HERALD_ENGINE (user_data);

  self->keyring_idle = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->channels)); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->channels), i);

      if (is_keyring_problem (herald_channel_get_problem (channel)))
        herald_outbox_resume (self->outbox, herald_channel_get_id (channel));
    }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->printers)); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (G_LIST_MODEL (self->printers), i);

      if (is_keyring_problem (herald_printer_get_problem (printer)))
        herald_engine_restart_printer (self, printer);
    }

  return G_SOURCE_REMOVE;
}

/* Later: the news comes while somebody is just being given their secret. */
static void
on_state_changed (HeraldSecretStore *secrets,
                  GParamSpec        *pspec,
                  HeraldEngine      *self)
{
  if (self->started && self->keyring_idle == 0 &&
      herald_secret_store_get_state (secrets) == HERALD_SECRETS_READY)
    self->keyring_idle = g_idle_add (on_keyring_idle, self);
}

/**
 * herald_engine_watch_keyring:
 *
 * From now on what was kept waiting by the keyring goes on by itself when the
 * keyring is open.
 */
void
herald_engine_watch_keyring (HeraldEngine *self)
{
  g_signal_connect_object (self->secrets, "notify::state", G_CALLBACK (on_state_changed), self, 0);
}
