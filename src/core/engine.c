/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-engine"

#include "core/engine-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/engine-quiet.h"
#include "core/printers/octoprint/octoprint-printer.h"
#include "core/printers/octoprint/octoprint-settings.h"
#include "core/printers/print-journal.h"
#include "core/routing/digest.h"
#include "core/store/settings-text.h"

#define CONFIG_NAME "octoherald.conf"
#define DATABASE_NAME "herald.db"

/**
 * HeraldEngine:
 *
 * Makes the core objects and introduces them to each other: what a printer
 * detects goes through the router into the outbox. It is the single owner of
 * configuration, secrets and database, and checks what comes from outside.
 */
G_DEFINE_FINAL_TYPE (HeraldEngine, herald_engine, G_TYPE_OBJECT)

typedef enum
{
  PROP_MUTED_UNTIL = 1,
  PROP_QUIET_UNTIL,
} HeraldEngineProperty;

static GParamSpec *properties[PROP_QUIET_UNTIL + 1];

static const HeraldChannelType *
find_channel_type (HeraldEngine *self,
                   const char   *id)
{
  for (const HeraldChannelType *const *type = self->channel_types; *type != NULL; type++)
    {
      if (g_strcmp0 ((*type)->id, id) == 0)
        return *type;
    }

  return NULL;
}

/* Position of the printer or channel, G_MAXUINT if there is none of that id. */
guint
herald_engine_find_position (GListModel *list,
                             const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (list, i);
      const char *item_id = HERALD_IS_PRINTER (item) ? herald_printer_get_id (HERALD_PRINTER (item))
                                                     : herald_channel_get_id (HERALD_CHANNEL (item));

      if (g_strcmp0 (item_id, id) == 0)
        return i;
    }

  return G_MAXUINT;
}

/* What happens */

static void
on_event_detected (HeraldPrinter *printer,
                   HeraldEvent   *event,
                   gpointer       user_data)
{
  HeraldEngine *self = HERALD_ENGINE (user_data);
  g_autoptr(GError) error = NULL;

  if (herald_engine_accept (self, event, herald_printer_get_name (printer), NULL, NULL, &error) == 0 && error != NULL)
    g_warning ("“%s” could not be recorded: %s", event->dedupe, error->message);
}

/* Printers */

static void
apply_watch_options (HeraldEngine  *self,
                     HeraldPrinter *printer)
{
  HeraldWatchOptions options;

  herald_message_settings_load_watch_options (self->config, herald_printer_get_id (printer), &options);
  herald_printer_set_watch_options (printer, &options);
}

static void
on_config_changed (HeraldConfig *config,
                   const char   *category,
                   const char   *id,
                   gpointer      user_data)
{
  HeraldEngine *self = HERALD_ENGINE (user_data);

  if (g_strcmp0 (category, HERALD_SETTINGS_GENERAL) == 0)
    herald_engine_load_quiet (self);
  if (g_strcmp0 (category, "message") != 0)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->printers)); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (G_LIST_MODEL (self->printers), i);

      apply_watch_options (self, printer);
    }
}

/* What has changed about a printer takes effect when it is started again. */
void
herald_engine_restart_printer (HeraldEngine  *self,
                               HeraldPrinter *printer)
{
  herald_printer_stop (printer);
  if (self->started)
    herald_printer_start (printer);
}

void
herald_engine_append_printer (HeraldEngine *self,
                              const char   *id,
                              HeraldValues *settings)
{
  g_autoptr(HeraldPrinter) printer =
    herald_octoprint_printer_new (id, settings, self->http, self->secrets, herald_outbox_get_database (self->outbox),
                                  self->alive_ms, self->clock);

  apply_watch_options (self, printer);
  g_signal_connect_object (printer, "event-detected", G_CALLBACK (on_event_detected), self, G_CONNECT_DEFAULT);
  g_list_store_append (self->printers, printer);
  if (self->started)
    herald_printer_start (printer);
}

/* Channels */

gboolean
herald_engine_append_channel (HeraldEngine  *self,
                              const char    *id,
                              HeraldValues  *settings,
                              GError       **error)
{
  const char *type_id = herald_values_get (settings, "type");
  const HeraldChannelType *type = find_channel_type (self, type_id);
  g_autoptr(HeraldChannel) channel = NULL;

  if (type == NULL)
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("There is no channel of the type “%s”"),
                   type_id != NULL ? type_id : "");
      return FALSE;
    }
  if (!herald_channel_type_check (type, settings, error))
    return FALSE;

  channel = herald_channel_new (type, id, settings, self->secrets);
  g_list_store_append (self->channels, channel);

  return TRUE;
}

/* What the configuration file holds; a section that makes no sense is told and passed over. */
static void
load_lists (HeraldEngine *self)
{
  g_auto(GStrv) printer_ids = herald_config_dup_ids (self->config, "printer");
  g_auto(GStrv) channel_ids = herald_config_dup_ids (self->config, "channel");

  for (char **id = channel_ids; *id != NULL; id++)
    {
      g_autoptr(HeraldValues) settings = herald_config_dup_section (self->config, "channel", *id);
      g_autoptr(GError) error = NULL;

      if (!herald_engine_append_channel (self, *id, settings, &error))
        g_warning ("[channel %s]: %s", *id, error->message);
    }

  for (char **id = printer_ids; *id != NULL; id++)
    {
      g_autoptr(HeraldValues) settings = herald_config_dup_section (self->config, "printer", *id);
      g_autoptr(GError) error = NULL;

      if (herald_octoprint_settings_check (settings, &error))
        herald_engine_append_printer (self, *id, settings);
      else
        g_warning ("[printer %s]: %s", *id, error->message);
    }
}

/* GObject */

static void
herald_engine_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch ((HeraldEngineProperty) prop_id)
    {
    case PROP_MUTED_UNTIL:
      g_value_set_int64 (value, herald_engine_get_muted_until (HERALD_ENGINE (object)));
      break;
    case PROP_QUIET_UNTIL:
      g_value_set_int64 (value, herald_engine_get_quiet_until (HERALD_ENGINE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
herald_engine_dispose (GObject *object)
{
  HeraldEngine *self = HERALD_ENGINE (object);

  herald_engine_stop (self);
  g_clear_object (&self->illustrator);
  g_clear_object (&self->desk);
  g_clear_object (&self->outbox);
  g_clear_object (&self->printers);
  g_clear_object (&self->channels);
  g_clear_object (&self->http);
  g_clear_object (&self->secrets);
  g_clear_object (&self->config);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->muted_prints, g_hash_table_unref);

  G_OBJECT_CLASS (herald_engine_parent_class)->dispose (object);
}

static void
herald_engine_class_init (HeraldEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_engine_get_property;
  object_class->dispose = herald_engine_dispose;

  properties[PROP_MUTED_UNTIL] = g_param_spec_int64 ("muted-until", NULL, NULL, 0, G_MAXINT64, 0,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_QUIET_UNTIL] = g_param_spec_int64 ("quiet-until", NULL, NULL, 0, G_MAXINT64, 0,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* Emitted in engine-mute.c */
  g_signal_new ("stays-awake", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("print-muted-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
}

static void
herald_engine_init (HeraldEngine *self)
{
  self->printers = g_list_store_new (HERALD_TYPE_PRINTER);
  self->channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  self->clock = herald_clock_new ();
  self->secrets = herald_secret_store_new ();
  self->http = herald_http_client_new ();
  herald_engine_watch_keyring (self);
}

/**
 * herald_engine_new:
 * @config_dir: where the configuration file is or will be
 * @data_dir: where the database is or will be
 * @channel_types: (array zero-terminated=1): the ways there are to reach a person; static
 *
 * Returns: the engine, not yet started; %NULL with a HERALD_ERROR if the
 *   configuration or the database cannot be used
 */
HeraldEngine *
herald_engine_new (const char                      *config_dir,
                   const char                      *data_dir,
                   const HeraldChannelType *const  *channel_types,
                   GError                         **error)
{
  g_autoptr(HeraldEngine) self = g_object_new (HERALD_TYPE_ENGINE, NULL);
  g_autofree char *config_path = g_build_filename (config_dir, CONFIG_NAME, NULL);
  g_autofree char *database_path = g_build_filename (data_dir, DATABASE_NAME, NULL);
  gboolean together;

  self->channel_types = channel_types;
  self->config = herald_config_new (config_path, error);
  if (self->config == NULL)
    return NULL;

  self->outbox = herald_outbox_new (database_path, G_LIST_MODEL (self->channels), self->clock, error);
  if (self->outbox == NULL)
    return NULL;

  herald_outbox_set_digest (self->outbox, herald_digest_word, NULL);
  self->illustrator = herald_illustrator_new (self->config, G_LIST_MODEL (self->printers),
                                              G_LIST_MODEL (self->channels), self->outbox);
  self->desk = herald_desk_new (self->config, G_LIST_MODEL (self->channels), self->outbox, self->clock);
  self->alive_ms = herald_print_journal_get_alive_ms (herald_outbox_get_database (self->outbox));
  herald_engine_load_mutes (self);
  herald_engine_load_quiet (self);
  together = herald_database_begin (herald_outbox_get_database (self->outbox), NULL);
  load_lists (self);
  if (together)
    herald_database_commit (herald_outbox_get_database (self->outbox), NULL);
  g_signal_connect_object (self->config, "changed", G_CALLBACK (on_config_changed), self, G_CONNECT_DEFAULT);

  return g_steal_pointer (&self);
}

/* What they write down for it is one write to the disk, however many there are. */
void
herald_engine_for_all_printers (HeraldEngine *self,
                                void        (*do_it) (HeraldPrinter *printer))
{
  HeraldDatabase *database = herald_outbox_get_database (self->outbox);
  gboolean together = herald_database_begin (database, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->printers)); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (G_LIST_MODEL (self->printers), i);

      do_it (printer);
    }
  if (together)
    herald_database_commit (database, NULL);
}

/**
 * herald_engine_start:
 *
 * Begins to watch and to deliver.
 */
void
herald_engine_start (HeraldEngine *self)
{
  if (self->started)
    return;

  self->started = TRUE;
  herald_outbox_start (self->outbox);
  herald_engine_begin_alive (self);
  herald_engine_for_all_printers (self, herald_printer_start);
}

/**
 * herald_engine_stop:
 *
 * Stops at once; what is not delivered waits in the outbox.
 */
void
herald_engine_stop (HeraldEngine *self)
{
  if (!self->started)
    return;

  self->started = FALSE;
  g_clear_handle_id (&self->keyring_idle, g_source_remove);
  herald_engine_for_all_printers (self, herald_printer_stop);
  herald_engine_end_alive (self);
  herald_illustrator_stop (self->illustrator);
  herald_desk_release (self->desk);
  herald_outbox_stop (self->outbox);
}

GListModel *
herald_engine_get_printers (HeraldEngine *self)
{
  return G_LIST_MODEL (self->printers);
}

GListModel *
herald_engine_get_channels (HeraldEngine *self)
{
  return G_LIST_MODEL (self->channels);
}

const HeraldChannelType *const *
herald_engine_get_channel_types (HeraldEngine *self)
{
  return self->channel_types;
}

HeraldConfig *
herald_engine_get_config (HeraldEngine *self)
{
  return self->config;
}

HeraldSecretStore *
herald_engine_get_secret_store (HeraldEngine *self)
{
  return self->secrets;
}

HeraldOutbox *
herald_engine_get_outbox (HeraldEngine *self)
{
  return self->outbox;
}

HeraldDesk *
herald_engine_get_desk (HeraldEngine *self)
{
  return self->desk;
}

/**
 * herald_engine_find_printer:
 *
 * Returns: (transfer none) (nullable): the printer of that id
 */
HeraldPrinter *
herald_engine_find_printer (HeraldEngine *self,
                            const char   *id)
{
  guint position = herald_engine_find_position (G_LIST_MODEL (self->printers), id);
  g_autoptr(HeraldPrinter) printer = NULL;

  if (position == G_MAXUINT)
    return NULL;

  /* The list keeps it alive. */
  printer = g_list_model_get_item (G_LIST_MODEL (self->printers), position);
  return printer;
}

/**
 * herald_engine_find_channel:
 *
 * Returns: (transfer none) (nullable): the channel of that id
 */
HeraldChannel *
herald_engine_find_channel (HeraldEngine *self,
                            const char   *id)
{
  guint position = herald_engine_find_position (G_LIST_MODEL (self->channels), id);
  g_autoptr(HeraldChannel) channel = NULL;

  if (position == G_MAXUINT)
    return NULL;

  channel = g_list_model_get_item (G_LIST_MODEL (self->channels), position);
  return channel;
}
