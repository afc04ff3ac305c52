/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-secrets"

#include "core/engine-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/log.h"

/*
 * The secrets of one printer or channel on their way into the keyring, one
 * after the other. What is there already is looked at before, if it must fit.
 * @type: (nullable): of a channel
 * @secrets: the new ones; @fields are theirs
 * @all: these and those that stay; @next_old is the next field to look for
 */
typedef struct
{
  const HeraldChannelType *type;
  char *owner;
  char *origin;
  HeraldValues *secrets;
  HeraldValues *all;
  GPtrArray *fields;
  guint next;
  guint next_old;
} Storing;

static void
storing_free (Storing *self)
{
  g_clear_pointer (&self->owner, g_free);
  g_clear_pointer (&self->origin, g_free);
  g_clear_pointer (&self->secrets, g_hash_table_unref);
  g_clear_pointer (&self->all, g_hash_table_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

static char *
fail_unknown (const char  *owner,
              const char  *field,
              GError     **error)
{
  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” has no secret “%s”"), owner, field);

  return NULL;
}

/* Returns: (transfer full): the secret itself; %NULL with @error */
static char *
dup_secret (HeraldChannel  *channel,
            const char     *owner,
            const char     *field,
            const char     *pasted,
            GError        **error)
{
  const HeraldChannelField *row;

  if (channel == NULL)
    return g_str_equal (field, "key") || g_str_equal (field, "password") ? g_strstrip (g_strdup (pasted))
                                                                         : fail_unknown (owner, field, error);

  row = herald_channel_type_get_field (herald_channel_get_channel_type (channel), field);
  if (row == NULL || (row->flags & HERALD_FIELD_SECRET) == 0)
    return fail_unknown (owner, field, error);

  return herald_channel_type_dup_secret (herald_channel_get_channel_type (channel), field, pasted, error);
}

/* All are looked at before the first is stored. They are kept out of the log from now on. */
static gboolean
take_over (Storing        *self,
           HeraldChannel  *channel,
           HeraldValues   *pasted,
           GError        **error)
{
  GHashTableIter iter;
  gpointer field;
  gpointer value;

  g_hash_table_iter_init (&iter, pasted);
  while (g_hash_table_iter_next (&iter, &field, &value))
    {
      g_autofree char *secret = NULL;

      herald_log_add_passing_secret (value);
      secret = dup_secret (channel, self->owner, field, value, error);
      if (secret == NULL)
        return FALSE;

      herald_log_add_secret (secret);
      herald_values_set (self->secrets, field, secret);
      g_ptr_array_add (self->fields, g_strdup (field));
    }

  self->all = herald_values_copy (self->secrets);

  return TRUE;
}

/* Only when all are there: a new key with an old secret would be refused. */
static void
use_secrets (HeraldEngine *self,
             const char   *owner)
{
  HeraldPrinter *printer = herald_engine_find_printer (self, owner);

  if (printer != NULL)
    herald_engine_restart_printer (self, printer);
  else if (herald_engine_find_channel (self, owner) != NULL)
    herald_outbox_resume (self->outbox, owner);
}

static void store_next (GTask *take_task);

static void
on_store_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;

  if (herald_secret_store_store_finish (HERALD_SECRET_STORE (object), result, &error))
    store_next (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
store_next (GTask *take_task)
{
  g_autoptr(GTask) task = take_task;
  Storing *self = g_task_get_task_data (task);
  HeraldEngine *engine = g_task_get_source_object (task);
  const char *field;

  if (self->next == self->fields->len)
    {
      if (self->next > 0)
        use_secrets (engine, self->owner);
      g_task_return_boolean (task, TRUE);
      return;
    }

  field = g_ptr_array_index (self->fields, self->next++);
  herald_secret_store_store_async (engine->secrets, self->owner, field, self->origin,
                                   herald_values_get (self->secrets, field), g_task_get_cancellable (task),
                                   on_store_ready, g_object_ref (task));
}

static void look_at_next (GTask *take_task);

/* A keyring that does not answer says so again, and why, when something is to be stored. */
static void
on_lookup_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Storing *self = g_task_get_task_data (task);
  char *secret = herald_secret_store_lookup_finish (HERALD_SECRET_STORE (object), result, NULL);

  if (secret != NULL)
    herald_values_set (self->all, self->type->fields[self->next_old - 1].name, secret);
  herald_log_add_secret (secret);
  g_free (secret);
  look_at_next (g_steal_pointer (&task));
}

/* The old ones that stay must fit, too: nobody has the same code twice. */
static void
look_at_next (GTask *take_task)
{
  g_autoptr(GTask) task = take_task;
  Storing *self = g_task_get_task_data (task);
  HeraldEngine *engine = g_task_get_source_object (task);
  GError *error = NULL;

  while (self->type != NULL && self->type->check_secrets != NULL && self->next_old < self->type->n_fields)
    {
      const HeraldChannelField *field = &self->type->fields[self->next_old++];

      if ((field->flags & HERALD_FIELD_SECRET) == 0 || herald_values_get (self->secrets, field->name) != NULL)
        continue;

      herald_secret_store_lookup_async (engine->secrets, self->owner, field->name, self->origin,
                                        g_task_get_cancellable (task), on_lookup_ready, g_object_ref (task));
      return;
    }

  if (self->type != NULL && self->type->check_secrets != NULL && !self->type->check_secrets (self->all, &error))
    g_task_return_error (task, error);
  else
    store_next (g_steal_pointer (&task));
}

/**
 * herald_engine_set_secrets_async:
 * @owner: id of a printer or a channel
 * @secrets: by field: `key` or `password` (of a proxy) for a printer, else secret fields of the channel's type; white
 *   space around them is not part of them
 *
 * Puts secrets into the keyring, bound to the owner's server, and uses them as soon as all are there. If one cannot be
 * right none is stored.
 */
void
herald_engine_set_secrets_async (HeraldEngine        *self,
                                 const char          *owner,
                                 HeraldValues        *secrets,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  HeraldPrinter *printer = herald_engine_find_printer (self, owner);
  HeraldChannel *channel = herald_engine_find_channel (self, owner);
  Storing *storing = g_new0 (Storing, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, herald_engine_set_secrets_async);
  g_task_set_task_data (task, storing, (GDestroyNotify) storing_free);
  if (printer == NULL && channel == NULL)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("There is no “%s” here"), owner);
      return;
    }

  storing->type = channel != NULL ? herald_channel_get_channel_type (channel) : NULL;
  storing->owner = g_strdup (owner);
  storing->origin = printer != NULL ? herald_printer_dup_origin (printer) : herald_channel_dup_secret_origin (channel);
  storing->secrets = herald_values_new ();
  storing->fields = g_ptr_array_new_with_free_func (g_free);
  if (!take_over (storing, channel, secrets, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  look_at_next (g_steal_pointer (&task));
}

/**
 * herald_engine_set_secrets_finish:
 *
 * Returns: whether all are stored
 */
gboolean
herald_engine_set_secrets_finish (HeraldEngine  *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
