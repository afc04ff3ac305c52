/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer"

#include "core/printers/printer.h"

/**
 * HeraldPrinter:
 *
 * A printer somewhere on the network, behind some server: its settings, how
 * we stand with the server, what the printer is doing, and what happens.
 * Subclasses know one kind of server and keep all this up to date.
 */
typedef struct
{
  char *id;
  HeraldValues *settings;
  guint progress_step;
  HeraldConnection connection;
  char *problem;
  char *version;
  HeraldPrinterState *state;
} HeraldPrinterPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HeraldPrinter, herald_printer, G_TYPE_OBJECT)

typedef enum
{
  PROP_ID = 1,
  PROP_SETTINGS,
  PROP_PROGRESS_STEP,
  PROP_CONNECTION,
  PROP_STATE,
} HeraldPrinterProperty;

static GParamSpec *properties[PROP_STATE + 1];

typedef enum
{
  SIGNAL_EVENT_DETECTED,
} HeraldPrinterSignal;

static guint signals[SIGNAL_EVENT_DETECTED + 1];

/* GObject */

static void
herald_printer_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (HERALD_PRINTER (object));

  switch ((HeraldPrinterProperty) prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, priv->id);
      break;
    case PROP_SETTINGS:
      g_value_set_boxed (value, priv->settings);
      break;
    case PROP_PROGRESS_STEP:
      g_value_set_uint (value, priv->progress_step);
      break;
    case PROP_CONNECTION:
      g_value_set_int (value, (int) priv->connection);
      break;
    case PROP_STATE:
      g_value_set_boxed (value, priv->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
herald_printer_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  HeraldPrinter *self = HERALD_PRINTER (object);
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  switch ((HeraldPrinterProperty) prop_id)
    {
    case PROP_ID:
      priv->id = g_value_dup_string (value);
      break;
    case PROP_SETTINGS:
      herald_printer_set_settings (self, g_value_get_boxed (value));
      break;
    case PROP_PROGRESS_STEP:
      herald_printer_set_progress_step (self, g_value_get_uint (value));
      break;
    case PROP_CONNECTION:
    case PROP_STATE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
herald_printer_finalize (GObject *object)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (HERALD_PRINTER (object));

  g_clear_pointer (&priv->id, g_free);
  g_clear_pointer (&priv->settings, g_hash_table_unref);
  g_clear_pointer (&priv->problem, g_free);
  g_clear_pointer (&priv->version, g_free);
  g_clear_pointer (&priv->state, herald_printer_state_unref);

  G_OBJECT_CLASS (herald_printer_parent_class)->finalize (object);
}

static void
herald_printer_class_init (HeraldPrinterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_printer_get_property;
  object_class->set_property = herald_printer_set_property;
  object_class->finalize = herald_printer_finalize;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SETTINGS] =
    g_param_spec_boxed ("settings", NULL, NULL, G_TYPE_HASH_TABLE,
                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROGRESS_STEP] =
    g_param_spec_uint ("progress-step", NULL, NULL, 0, 100, 0,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONNECTION] =
    g_param_spec_int ("connection", NULL, NULL, 0, HERALD_CONNECTION_DISABLED, 0,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] =
    g_param_spec_boxed ("state", NULL, NULL, HERALD_TYPE_PRINTER_STATE,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_EVENT_DETECTED] = g_signal_new ("event-detected", G_TYPE_FROM_CLASS (klass),
                                                 G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 1, HERALD_TYPE_EVENT);
}

static void
herald_printer_init (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  priv->connection = HERALD_CONNECTION_DISABLED;
  priv->state = herald_printer_state_new ();
}

const char *
herald_printer_get_id (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  return priv->id;
}

/**
 * herald_printer_get_name:
 *
 * Returns: what the user calls it; its id if it has no name
 */
const char *
herald_printer_get_name (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);
  const char *name = herald_values_get (priv->settings, "name");

  return name != NULL ? name : priv->id;
}

const char *
herald_printer_get_url (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);
  const char *url = herald_values_get (priv->settings, "url");

  return url != NULL ? url : "";
}

gboolean
herald_printer_get_enabled (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  return herald_values_get_boolean (priv->settings, "enabled", TRUE);
}

HeraldValues *
herald_printer_get_settings (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  return priv->settings;
}

/**
 * herald_printer_set_settings:
 * @settings: all of them, checked; shared, not to be changed any more
 *
 * Takes effect when the printer is started again.
 */
void
herald_printer_set_settings (HeraldPrinter *self,
                             HeraldValues  *settings)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  if (priv->settings == settings)
    return;

  g_clear_pointer (&priv->settings, g_hash_table_unref);
  priv->settings = g_hash_table_ref (settings);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTINGS]);
}

/**
 * herald_printer_dup_origin:
 *
 * Returns: (transfer full): scheme, host and port of the server; its key is given to no other
 */
char *
herald_printer_dup_origin (HeraldPrinter *self)
{
  return HERALD_PRINTER_GET_CLASS (self)->dup_origin (self);
}

/**
 * herald_printer_set_progress_step:
 * @step_percent: tell the progress every so many percent; 0 for never
 */
void
herald_printer_set_progress_step (HeraldPrinter *self,
                                  guint          step_percent)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  if (priv->progress_step == step_percent)
    return;

  priv->progress_step = step_percent;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS_STEP]);
}

guint
herald_printer_get_progress_step (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  return priv->progress_step;
}

HeraldConnection
herald_printer_get_connection (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  return priv->connection;
}

/**
 * herald_printer_get_problem:
 *
 * Returns: (nullable): what is wrong with the connection, one sentence for a person
 */
const char *
herald_printer_get_problem (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  return priv->problem;
}

/**
 * herald_printer_get_version:
 *
 * Returns: of the server, empty if not known
 */
const char *
herald_printer_get_version (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  return priv->version != NULL ? priv->version : "";
}

HeraldPrinterState *
herald_printer_get_state (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  return priv->state;
}

/**
 * herald_printer_start:
 *
 * Begins to watch, if the printer is enabled.
 */
void
herald_printer_start (HeraldPrinter *self)
{
  if (herald_printer_get_enabled (self))
    HERALD_PRINTER_GET_CLASS (self)->start (self);
}

/**
 * herald_printer_stop:
 *
 * Stops at once; what is known of the printer is forgotten.
 */
void
herald_printer_stop (HeraldPrinter *self)
{
  g_autoptr(HeraldPrinterState) nothing = herald_printer_state_new ();

  HERALD_PRINTER_GET_CLASS (self)->stop (self);
  herald_printer_set_connection (self, HERALD_CONNECTION_DISABLED, NULL);
  herald_printer_set_state (self, nothing);
}

/**
 * herald_printer_check_async:
 *
 * Asks the server now whether it can be used.
 */
void
herald_printer_check_async (HeraldPrinter       *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  HERALD_PRINTER_GET_CLASS (self)->check_async (self, cancellable, callback, user_data);
}

/**
 * herald_printer_check_finish:
 *
 * Returns: (transfer full): the answer in one sentence, or %NULL with a HERALD_ERROR
 */
char *
herald_printer_check_finish (HeraldPrinter  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  return HERALD_PRINTER_GET_CLASS (self)->check_finish (self, result, error);
}

/**
 * herald_printer_set_connection:
 * @problem: (nullable): what is wrong, one sentence for a person
 *
 * For subclasses.
 */
void
herald_printer_set_connection (HeraldPrinter    *self,
                               HeraldConnection  connection,
                               const char       *problem)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  if (priv->connection == connection && g_strcmp0 (priv->problem, problem) == 0)
    return;

  priv->connection = connection;
  g_free (priv->problem);
  priv->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION]);
}

/**
 * herald_printer_set_version:
 *
 * For subclasses, before herald_printer_set_connection().
 */
void
herald_printer_set_version (HeraldPrinter *self,
                            const char    *version)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  g_free (priv->version);
  priv->version = g_strdup (version);
}

/**
 * herald_printer_set_state:
 *
 * For subclasses.
 */
void
herald_printer_set_state (HeraldPrinter      *self,
                          HeraldPrinterState *state)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  if (priv->state == state)
    return;

  herald_printer_state_unref (priv->state);
  priv->state = herald_printer_state_ref (state);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * herald_printer_emit_event:
 *
 * For subclasses.
 */
void
herald_printer_emit_event (HeraldPrinter *self,
                           HeraldEvent   *event)
{
  g_signal_emit (self, signals[SIGNAL_EVENT_DETECTED], 0, event);
}
