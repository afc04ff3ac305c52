/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine-foreign"

#include "core/engine-foreign.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/foreign-settlement.h"

/*
 * Settings of another program on their way in. The keyring is opened, and asked what it holds already; then it is settled what
 * will change. Secrets are stored first, under ids that nothing has yet, and taken out again if one cannot be stored; then all
 * of the configuration is written at once. So there is no moment at which a half of it is there.
 */
typedef struct
{
  HeraldImportPlan *plan;
  char *printer;
  HeraldForeignMode mode;
  HeraldValues *known;
  GPtrArray *questions; /* element-type HeraldForeignSecret without a secret */
  guint n_asked;
  HeraldForeignSettlement *settlement;
  guint n_stored;
  GError *problem;
} Taking;

static void
taking_free (Taking *self)
{
  g_clear_pointer (&self->plan, herald_import_plan_free);
  g_clear_pointer (&self->settlement, herald_foreign_settlement_free);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_error (&self->problem);
  g_free (self->printer);
  g_free (self);
}

/* Ends it, once. */
static void
conclude (GTask *task)
{
  Taking *self = g_task_get_task_data (task);
  HeraldEngine *engine = g_task_get_source_object (task);

  engine->is_importing = FALSE;
  if (self->problem != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&self->problem));
      return;
    }

  herald_import_plan_finish_lines (self->plan);
  g_task_return_pointer (task, g_steal_pointer (&self->plan), (GDestroyNotify) herald_import_plan_free);
}

/* Back out: what was stored is taken out again, and only then it is said that it did not work. */

static void take_back_next (GTask *take_task);

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;

  if (herald_secret_store_clear_finish (HERALD_SECRET_STORE (source), result, &error))
    {
      take_back_next (g_steal_pointer (&task));
      return;
    }

  /* Nobody waits for a keyring that is gone; what may be left in there belongs to nothing. */
  g_message ("Secrets of an import that has failed may still be in the keyring: %s", error->message);
  conclude (task);
}

static void
take_back_next (GTask *take_task)
{
  g_autoptr(GTask) task = take_task;
  Taking *self = g_task_get_task_data (task);
  HeraldEngine *engine = g_task_get_source_object (task);
  HeraldForeignSecret *secret;

  if (self->n_stored == 0)
    {
      conclude (task);
      return;
    }

  secret = g_ptr_array_index (self->settlement->secrets, --self->n_stored);
  herald_secret_store_forget_async (engine->secrets, secret->owner, secret->field, secret->origin, on_forgotten,
                                    g_object_ref (task));
}

/* Use what is written */

static void
use_section (HeraldEngine            *engine,
             HeraldForeignSettlement *settlement,
             HeraldConfigSection     *section)
{
  gboolean is_new = g_hash_table_contains (settlement->new_ids, section->id);
  g_autoptr(GError) error = NULL;

  if (g_str_equal (section->category, "channel"))
    {
      if (!herald_engine_append_channel (engine, section->id, section->values, &error))
        g_warning ("[channel %s]: %s", section->id, error->message);
    }
  else if (g_str_equal (section->category, "printer"))
    {
      if (is_new)
        herald_engine_append_printer (engine, section->id, section->values);
      else
        herald_printer_set_settings (herald_engine_find_printer (engine, section->id), section->values);
    }
}

/* A printer or an account that was here before has got a secret it did not have. */
static void
use_secret (HeraldEngine            *engine,
            HeraldForeignSettlement *settlement,
            HeraldForeignSecret     *secret)
{
  HeraldPrinter *printer = herald_engine_find_printer (engine, secret->owner);

  if (g_hash_table_contains (settlement->new_ids, secret->owner))
    return;
  if (printer != NULL)
    herald_engine_restart_printer (engine, printer);
  else if (herald_engine_find_channel (engine, secret->owner) != NULL)
    herald_outbox_resume (engine->outbox, secret->owner);
}

static void
use (HeraldEngine            *engine,
     HeraldForeignSettlement *settlement)
{
  for (guint i = 0; i < settlement->sections->len; i++)
    use_section (engine, settlement, g_ptr_array_index (settlement->sections, i));
  for (guint i = 0; i < settlement->secrets->len; i++)
    use_secret (engine, settlement, g_ptr_array_index (settlement->secrets, i));

  g_message ("Settings of another program were taken over: %u sections, %u secrets", settlement->sections->len,
             settlement->secrets->len);
}

/* Somebody may have added or removed something while the keyring was asked. */
static gboolean
still_holds (HeraldEngine            *engine,
             HeraldForeignSettlement *settlement)
{
  for (guint i = 0; i < settlement->sections->len; i++)
    {
      HeraldConfigSection *section = g_ptr_array_index (settlement->sections, i);
      gboolean is_new = g_hash_table_contains (settlement->new_ids, section->id);
      gboolean is_here = herald_engine_find_printer (engine, section->id) != NULL ||
                         herald_engine_find_channel (engine, section->id) != NULL;

      if ((g_str_equal (section->category, "printer") || g_str_equal (section->category, "channel")) && is_new == is_here)
        return FALSE;
    }

  return TRUE;
}

static void
write_sections (GTask *take_task)
{
  g_autoptr(GTask) task = take_task;
  Taking *self = g_task_get_task_data (task);
  HeraldEngine *engine = g_task_get_source_object (task);

  if (!still_holds (engine, self->settlement))
    g_set_error_literal (&self->problem, HERALD_ERROR, HERALD_ERROR_BUSY,
                         _("Something was added or removed meanwhile, so nothing was taken over. Please try again"));
  else if (herald_config_set_sections (engine->config, self->settlement->sections, &self->problem))
    use (engine, self->settlement);

  if (self->problem != NULL)
    take_back_next (g_steal_pointer (&task));
  else
    conclude (task);
}

/* Store the secrets */

static void store_next (GTask *take_task);

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Taking *self = g_task_get_task_data (task);

  /* Also one of which the keyring only says that it could not store it is taken out. */
  self->n_stored++;
  if (herald_secret_store_store_finish (HERALD_SECRET_STORE (source), result, &self->problem))
    store_next (g_steal_pointer (&task));
  else
    take_back_next (g_steal_pointer (&task));
}

static void
store_next (GTask *take_task)
{
  g_autoptr(GTask) task = take_task;
  Taking *self = g_task_get_task_data (task);
  HeraldEngine *engine = g_task_get_source_object (task);
  HeraldForeignSecret *secret;

  if (self->n_stored == self->settlement->secrets->len)
    {
      write_sections (g_steal_pointer (&task));
      return;
    }

  secret = g_ptr_array_index (self->settlement->secrets, self->n_stored);
  herald_secret_store_store_async (engine->secrets, secret->owner, secret->field, secret->origin, secret->secret,
                                   g_task_get_cancellable (task), on_stored, g_object_ref (task));
}

static void
settle (GTask *take_task)
{
  g_autoptr(GTask) task = take_task;
  Taking *self = g_task_get_task_data (task);
  HeraldEngine *engine = g_task_get_source_object (task);

  self->settlement = herald_foreign_settlement_new (engine, self->plan, self->printer, self->known);
  if (self->mode == HERALD_FOREIGN_TRY)
    conclude (task);
  else if (self->settlement->sections->len == 0 && self->settlement->secrets->len == 0)
    conclude (task);
  else
    store_next (g_steal_pointer (&task));
}

/* Ask the keyring what it holds */

static void ask_next (GTask *take_task);

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Taking *self = g_task_get_task_data (task);
  HeraldForeignSecret *question = g_ptr_array_index (self->questions, self->n_asked - 1);
  g_autofree char *name = g_strdup_printf ("%s/%s", question->owner, question->field);
  g_autofree char *secret = herald_secret_store_lookup_finish (HERALD_SECRET_STORE (source), result, NULL);

  if (secret != NULL)
    herald_values_set (self->known, name, secret);
  else if (herald_secret_store_get_state (HERALD_SECRET_STORE (source)) != HERALD_SECRETS_READY)
    self->n_asked = self->questions->len;
  ask_next (g_steal_pointer (&task));
}

static void
ask_next (GTask *take_task)
{
  g_autoptr(GTask) task = take_task;
  Taking *self = g_task_get_task_data (task);
  HeraldEngine *engine = g_task_get_source_object (task);
  HeraldForeignSecret *question;

  if (self->n_asked == self->questions->len)
    {
      settle (g_steal_pointer (&task));
      return;
    }

  question = g_ptr_array_index (self->questions, self->n_asked++);
  herald_secret_store_lookup_async (engine->secrets, question->owner, question->field, question->origin,
                                    g_task_get_cancellable (task), on_looked_up, g_object_ref (task));
}

static void
ask_of_printers (Taking       *self,
                 HeraldEngine *engine)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (engine->printers)); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (G_LIST_MODEL (engine->printers), i);
      g_autofree char *origin = herald_printer_dup_origin (printer);

      g_ptr_array_add (self->questions, herald_foreign_secret_new (herald_printer_get_id (printer), "key", origin, NULL));
    }
}

/* Those that could be the one that is wanted */
static void
ask_of_channels (Taking              *self,
                 HeraldEngine        *engine,
                 HeraldImportChannel *wanted)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (engine->channels)); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (G_LIST_MODEL (engine->channels), i);
      g_autofree char *origin = herald_channel_dup_secret_origin (channel);
      GHashTableIter iter;
      gpointer field;

      if (!g_str_equal (herald_channel_get_channel_type (channel)->id, wanted->type))
        continue;

      g_hash_table_iter_init (&iter, wanted->secrets);
      while (g_hash_table_iter_next (&iter, &field, NULL))
        g_ptr_array_add (self->questions, herald_foreign_secret_new (herald_channel_get_id (channel), field, origin, NULL));
    }
}

static void
collect_questions (Taking       *self,
                   HeraldEngine *engine)
{
  if (self->plan->printers->len > 0)
    ask_of_printers (self, engine);
  for (guint i = 0; i < self->plan->channels->len; i++)
    ask_of_channels (self, engine, g_ptr_array_index (self->plan->channels, i));
}

static void
on_unlocked (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Taking *self = g_task_get_task_data (task);

  if (herald_secret_store_unlock_finish (HERALD_SECRET_STORE (source), result, &self->problem))
    ask_next (g_steal_pointer (&task));
  else
    conclude (task);
}

static gboolean
has_secrets (HeraldImportPlan *plan)
{
  for (guint i = 0; i < plan->printers->len; i++)
    {
      if (((HeraldImportPrinter *) g_ptr_array_index (plan->printers, i))->key != NULL)
        return TRUE;
    }
  for (guint i = 0; i < plan->channels->len; i++)
    {
      if (g_hash_table_size (((HeraldImportChannel *) g_ptr_array_index (plan->channels, i))->secrets) > 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * herald_engine_take_plan_async:
 * @take_plan: from herald_import_read()
 * @printer: (nullable): id of the printer to which the settings belong; %NULL if nobody says
 *
 * If there are secrets the keyring has to be open, or its owner is asked to open it; a try asks nobody.
 */
void
herald_engine_take_plan_async (HeraldEngine        *self,
                               HeraldImportPlan    *take_plan,
                               const char          *printer,
                               HeraldForeignMode    mode,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Taking *taking = g_new0 (Taking, 1);

  g_task_set_source_tag (task, herald_engine_take_plan_async);
  /* What is done is done, and who asked hears so. */
  g_task_set_check_cancellable (task, FALSE);
  taking->plan = take_plan;
  taking->mode = mode;
  taking->printer = printer != NULL && *printer != '\0' ? g_strdup (printer) : NULL;
  taking->known = herald_values_new ();
  taking->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_foreign_secret_free);
  g_task_set_task_data (task, taking, (GDestroyNotify) taking_free);
  if (self->is_importing)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_BUSY,
                               _("Other settings are being taken over. Please wait until that is done"));
      return;
    }
  if (taking->printer != NULL && herald_engine_find_printer (self, taking->printer) == NULL)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("There is no “%s” here"), taking->printer);
      return;
    }

  self->is_importing = TRUE;
  collect_questions (taking, self);
  if (mode == HERALD_FOREIGN_TAKE && has_secrets (taking->plan))
    herald_secret_store_unlock_async (self->secrets, cancellable, on_unlocked, g_steal_pointer (&task));
  else
    ask_next (g_steal_pointer (&task));
}

HeraldImportPlan *
herald_engine_take_plan_finish (HeraldEngine  *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
