/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-foreign-settlement"

#include "core/foreign-settlement.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "core/printers/octoprint/octoprint-settings.h"
#include "core/printers/octoprint/octoprint-url.h"

#define KEY "key"

HeraldForeignSecret *
herald_foreign_secret_new (const char *owner,
                           const char *field,
                           const char *origin,
                           const char *secret)
{
  HeraldForeignSecret *self = g_new0 (HeraldForeignSecret, 1);

  self->owner = g_strdup (owner);
  self->field = g_strdup (field);
  self->origin = g_strdup (origin);
  self->secret = g_strdup (secret);

  return self;
}

void
herald_foreign_secret_free (HeraldForeignSecret *self)
{
  g_free (self->owner);
  g_free (self->field);
  g_free (self->origin);
  g_free (self->secret);
  g_free (self);
}

void
herald_foreign_settlement_add_secret (HeraldForeignSettlement *self,
                                      const char              *owner,
                                      const char              *field,
                                      const char              *origin,
                                      const char              *secret)
{
  g_ptr_array_add (self->secrets, herald_foreign_secret_new (owner, field, origin, secret));
}

static gboolean
is_known (HeraldValues *known,
          const char   *owner,
          const char   *field,
          const char   *secret)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", owner, field);
  const char *stored = herald_values_get (known, name);

  return stored != NULL && (secret == NULL || g_str_equal (stored, secret));
}

static void
add_section (HeraldForeignSettlement *self,
             const char              *category,
             const char              *id,
             HeraldValues            *values)
{
  g_ptr_array_add (self->sections, herald_config_section_new (category, id, values));
}

/* Printers */

static HeraldPrinter *
find_printer_at (HeraldEngine *engine,
                 const char   *url)
{
  guint n_printers = g_list_model_get_n_items (G_LIST_MODEL (engine->printers));

  for (guint i = 0; i < n_printers; i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (G_LIST_MODEL (engine->printers), i);

      if (g_strcmp0 (herald_printer_get_url (printer), url) == 0)
        return printer;
    }

  return NULL;
}

static gboolean
is_settled (HeraldForeignSettlement *self,
            const char              *url)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      HeraldConfigSection *section = g_ptr_array_index (self->sections, i);

      if (g_str_equal (section->category, "printer") && g_strcmp0 (herald_values_get (section->values, "url"), url) == 0)
        return TRUE;
    }

  return FALSE;
}

/* One that has no key yet gets it; else nothing of it is touched. */
static void
settle_known_printer (HeraldForeignSettlement *self,
                      HeraldImportPlan        *plan,
                      HeraldImportPrinter     *printer,
                      HeraldPrinter           *here,
                      HeraldValues            *known)
{
  g_autofree char *origin = herald_printer_dup_origin (here);
  const char *id = herald_printer_get_id (here);

  if (printer->key == NULL || is_known (known, id, KEY, NULL))
    {
      herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, printer->label, _("This printer is here already."));
      return;
    }

  herald_foreign_settlement_add_secret (self, id, KEY, origin, printer->key);
  herald_import_plan_tell (plan, HERALD_IMPORT_TAKEN, printer->label,
                           _("This printer is here already. It gets its key."));
}

static void
settle_printer (HeraldForeignSettlement *self,
                HeraldEngine            *engine,
                HeraldImportPlan        *plan,
                HeraldImportPrinter     *printer,
                HeraldValues            *known)
{
  g_autoptr(HeraldValues) settings = herald_values_copy (printer->settings);
  g_autoptr(GError) error = NULL;
  g_autofree char *host = NULL;
  g_autofree char *id = NULL;
  g_autofree char *origin = NULL;
  const char *name;
  const char *url;
  HeraldPrinter *here;

  if (!herald_octoprint_settings_check (settings, &error))
    {
      g_autofree char *sentence = herald_text_end_sentence (error->message);

      herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, printer->label, "%s", sentence);
      return;
    }

  url = herald_values_get (settings, "url");
  here = find_printer_at (engine, url);
  if (here != NULL)
    {
      settle_known_printer (self, plan, printer, here, known);
      return;
    }
  if (is_settled (self, url))
    {
      herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, printer->label, _("Another printer in the file has the same address."));
      return;
    }

  host = herald_engine_dup_host (settings);
  name = herald_values_get (settings, "name");
  id = herald_engine_make_id (engine, name != NULL ? name : host, "printer", FALSE, self->new_ids);
  origin = herald_octoprint_url_dup_origin (url);
  add_section (self, "printer", id, settings);
  if (printer->key != NULL)
    herald_foreign_settlement_add_secret (self, id, KEY, origin, printer->key);
  herald_import_plan_tell (plan, HERALD_IMPORT_TAKEN, printer->label,
                           printer->key != NULL ? _("This printer is added, with its key.")
                                                : _("This printer is added, without a key."));
  g_hash_table_add (self->new_ids, g_steal_pointer (&id));
}

/* The name a plugin had for its printer. One that somebody gave it here stays. */
static void
settle_name (HeraldForeignSettlement *self,
             HeraldImportPlan        *plan,
             HeraldPrinter           *printer)
{
  g_autoptr(HeraldValues) settings = NULL;
  const char *name;

  if (plan->printer_name == NULL)
    return;
  if (printer == NULL)
    {
      herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, plan->printer_name,
                               _("This is the name of the printer in the other program. OctoHerald does not know which of "
                                 "yours it is; please rename that one by hand."));
      return;
    }

  settings = herald_values_copy (herald_printer_get_settings (printer));
  name = herald_values_get (settings, "name");
  if (g_strcmp0 (name, plan->printer_name) == 0)
    return;
  if (name != NULL)
    {
      herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, plan->printer_name,
                               _("This is the name of the printer in the other program. Here it keeps its name, “%s”."), name);
      return;
    }

  herald_values_set (settings, "name", plan->printer_name);
  add_section (self, "printer", herald_printer_get_id (printer), settings);
  herald_import_plan_tell (plan, HERALD_IMPORT_TAKEN, plan->printer_name, _("The printer gets this name."));
}

/* Channels */

static const HeraldChannelType *
find_type (HeraldEngine *engine,
           const char   *id)
{
  for (guint i = 0; engine->channel_types[i] != NULL; i++)
    {
      if (g_str_equal (engine->channel_types[i]->id, id))
        return engine->channel_types[i];
    }

  return NULL;
}

static gboolean
has_same_secrets (HeraldImportChannel *channel,
                  HeraldChannel       *here,
                  HeraldValues        *known)
{
  GHashTableIter iter;
  gpointer field;
  gpointer secret;

  g_hash_table_iter_init (&iter, channel->secrets);
  while (g_hash_table_iter_next (&iter, &field, &secret))
    {
      if (!is_known (known, herald_channel_get_id (here), field, secret))
        return FALSE;
    }

  return TRUE;
}

/* What makes an account another one, if there are settings of the kind; else its secrets do. */
static gboolean
is_same_account (HeraldImportChannel *channel,
                 HeraldChannel       *here,
                 HeraldValues        *known)
{
  static const char *const names[] = { "host", "user", "from", "to", "phone", "gateway" };
  HeraldValues *settings = herald_channel_get_settings (here);
  gboolean has_any = FALSE;

  if (!g_str_equal (herald_channel_get_channel_type (here)->id, channel->type))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *there = herald_values_get (channel->settings, names[i]);

      has_any = has_any || there != NULL;
      if (g_strcmp0 (there, herald_values_get (settings, names[i])) != 0)
        return FALSE;
    }

  return has_any || has_same_secrets (channel, here, known);
}

static HeraldChannel *
find_account (HeraldEngine        *engine,
              HeraldImportChannel *channel,
              HeraldValues        *known)
{
  guint n_channels = g_list_model_get_n_items (G_LIST_MODEL (engine->channels));

  for (guint i = 0; i < n_channels; i++)
    {
      g_autoptr(HeraldChannel) here = g_list_model_get_item (G_LIST_MODEL (engine->channels), i);

      if (is_same_account (channel, here, known))
        return here;
    }

  return NULL;
}

static void
add_channel_secrets (HeraldForeignSettlement *self,
                     HeraldImportChannel     *channel,
                     HeraldChannel           *owner,
                     HeraldValues            *known)
{
  g_autofree char *origin = herald_channel_dup_secret_origin (owner);
  GHashTableIter iter;
  gpointer field;
  gpointer secret;

  g_hash_table_iter_init (&iter, channel->secrets);
  while (g_hash_table_iter_next (&iter, &field, &secret))
    {
      if (!is_known (known, herald_channel_get_id (owner), field, NULL))
        herald_foreign_settlement_add_secret (self, herald_channel_get_id (owner), field, origin, secret);
    }
}

static void
settle_known_channel (HeraldForeignSettlement *self,
                      HeraldImportPlan        *plan,
                      HeraldImportChannel     *channel,
                      HeraldChannel           *here,
                      HeraldValues            *known)
{
  guint n_before = self->secrets->len;

  add_channel_secrets (self, channel, here, known);
  if (self->secrets->len > n_before)
    herald_import_plan_tell (plan, HERALD_IMPORT_TAKEN, herald_channel_get_name (here),
                             _("This account is here already. It gets its password."));
  else
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, herald_channel_get_name (here), _("This account is here already."));
}

/* Returns: (transfer full) (nullable): the id of a new channel */
static char *
settle_channel (HeraldForeignSettlement *self,
                HeraldEngine            *engine,
                HeraldImportPlan        *plan,
                HeraldImportChannel     *channel,
                HeraldValues            *known)
{
  const HeraldChannelType *type = find_type (engine, channel->type);
  g_autoptr(HeraldValues) settings = herald_values_copy (channel->settings);
  const char *name = herald_values_get (settings, "name");
  g_autoptr(HeraldChannel) made = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *doubt = NULL;
  HeraldChannel *here = find_account (engine, channel, known);
  char *id;

  if (here != NULL)
    {
      settle_known_channel (self, plan, channel, here, known);
      return NULL;
    }
  if (type == NULL || !herald_channel_type_check (type, settings, &error))
    {
      g_autofree char *reason = herald_text_end_sentence (error != NULL ? error->message : channel->type);

      herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, name, _("This account is not added: %s"), reason);
      return NULL;
    }

  id = herald_engine_make_id (engine, name, type->id, TRUE, self->new_ids);
  herald_values_set (settings, "type", type->id);
  made = herald_channel_new (type, id, settings, engine->secrets);
  add_section (self, "channel", id, settings);
  add_channel_secrets (self, channel, made, known);
  g_hash_table_add (self->new_ids, g_strdup (id));
  doubt = type->dup_doubt != NULL ? type->dup_doubt (settings) : NULL;
  if (doubt != NULL)
    herald_import_plan_tell (plan, HERALD_IMPORT_CHANGED, name, "%s", doubt);

  return id;
}

/* @printer: (nullable): as it was asked for. Of a single one there is no doubt. */
static HeraldPrinter *
find_target (HeraldEngine *engine,
             const char   *printer)
{
  if (printer != NULL)
    return herald_engine_find_printer (engine, printer);
  if (g_list_model_get_n_items (G_LIST_MODEL (engine->printers)) == 1)
    {
      g_autoptr(HeraldPrinter) only = g_list_model_get_item (G_LIST_MODEL (engine->printers), 0);

      return only;
    }

  return NULL;
}

/**
 * herald_foreign_settlement_new:
 *
 * What somebody has here already stays as it is, so that the same plan a second time comes to nothing. Messages of one printer
 * are changed for that one alone if there are others.
 */
HeraldForeignSettlement *
herald_foreign_settlement_new (HeraldEngine     *engine,
                               HeraldImportPlan *plan,
                               const char       *printer,
                               HeraldValues     *known)
{
  HeraldForeignSettlement *self = g_new0 (HeraldForeignSettlement, 1);
  g_autoptr(GPtrArray) channel_ids = g_ptr_array_new_with_free_func (g_free);
  HeraldPrinter *target = find_target (engine, printer);
  gboolean has_others = g_list_model_get_n_items (G_LIST_MODEL (engine->printers)) > 1;

  self->sections = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_config_section_free);
  self->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_foreign_secret_free);
  self->new_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < plan->printers->len; i++)
    settle_printer (self, engine, plan, g_ptr_array_index (plan->printers, i), known);
  settle_name (self, plan, target);
  for (guint i = 0; i < plan->channels->len; i++)
    g_ptr_array_add (channel_ids, settle_channel (self, engine, plan, g_ptr_array_index (plan->channels, i), known));
  herald_foreign_messages_settle (self, engine, plan, has_others ? printer : NULL, channel_ids);

  if (self->sections->len == 0 && self->secrets->len == 0)
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Everything"),
                             _("There is nothing new for OctoHerald, so nothing changes."));

  return self;
}

void
herald_foreign_settlement_free (HeraldForeignSettlement *self)
{
  g_ptr_array_unref (self->sections);
  g_ptr_array_unref (self->secrets);
  g_hash_table_unref (self->new_ids);
  g_free (self);
}
