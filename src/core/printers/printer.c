/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer"

#include "core/printers/printer-private.h"

/**
 * HeraldPrinter:
 *
 * A printer somewhere on the network, behind some server: its settings, how
 * we stand with the server, what the printer is doing, and what happens.
 * Subclasses know one kind of server and keep all this up to date.
 */
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HeraldPrinter, herald_printer, G_TYPE_OBJECT)

static GParamSpec *properties[HERALD_PRINTER_PROP_ATTENTION + 1];

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
    case HERALD_PRINTER_PROP_ID:
      g_value_set_string (value, priv->id);
      break;
    case HERALD_PRINTER_PROP_SETTINGS:
      g_value_set_boxed (value, priv->settings);
      break;
    case HERALD_PRINTER_PROP_CONNECTION:
      g_value_set_int (value, (int) priv->connection);
      break;
    case HERALD_PRINTER_PROP_STATE:
      g_value_set_boxed (value, priv->state);
      break;
    case HERALD_PRINTER_PROP_SERVER:
      g_value_set_string (value, priv->server_name);
      break;
    case HERALD_PRINTER_PROP_ATTENTION:
      g_value_set_string (value, priv->attention);
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
    case HERALD_PRINTER_PROP_ID:
      priv->id = g_value_dup_string (value);
      break;
    case HERALD_PRINTER_PROP_SETTINGS:
      herald_printer_set_settings (self, g_value_get_boxed (value));
      break;
    case HERALD_PRINTER_PROP_CONNECTION:
    case HERALD_PRINTER_PROP_STATE:
    case HERALD_PRINTER_PROP_SERVER:
    case HERALD_PRINTER_PROP_ATTENTION:
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
  g_clear_pointer (&priv->certificate, herald_certificate_unref);
  g_clear_pointer (&priv->server_name, g_free);
  g_clear_pointer (&priv->color, g_free);
  g_clear_pointer (&priv->gap, g_free);
  g_clear_pointer (&priv->attention, g_free);
  g_clear_pointer (&priv->fallback, g_free);
  g_clear_pointer (&priv->state, herald_printer_state_unref);
  g_clear_pointer (&priv->temperatures, herald_temperature_history_free);

  G_OBJECT_CLASS (herald_printer_parent_class)->finalize (object);
}

static void
herald_printer_class_init (HeraldPrinterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_printer_get_property;
  object_class->set_property = herald_printer_set_property;
  object_class->finalize = herald_printer_finalize;

  properties[HERALD_PRINTER_PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[HERALD_PRINTER_PROP_SETTINGS] =
    g_param_spec_boxed ("settings", NULL, NULL, G_TYPE_HASH_TABLE,
                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[HERALD_PRINTER_PROP_SERVER] =
    g_param_spec_string ("server", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[HERALD_PRINTER_PROP_CONNECTION] =
    g_param_spec_int ("connection", NULL, NULL, 0, HERALD_CONNECTION_DISABLED, 0,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[HERALD_PRINTER_PROP_STATE] =
    g_param_spec_boxed ("state", NULL, NULL, HERALD_TYPE_PRINTER_STATE,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[HERALD_PRINTER_PROP_ATTENTION] =
    g_param_spec_string ("attention", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
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
  priv->temperatures = herald_temperature_history_new ();
}

/* For the other file of this class */

HeraldPrinterPrivate *
herald_printer_get_private (HeraldPrinter *self)
{
  return herald_printer_get_instance_private (self);
}

void
herald_printer_notify (HeraldPrinter         *self,
                       HeraldPrinterProperty  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
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
 * Returns: what the user calls it; else what its server calls it; else its id
 */
const char *
herald_printer_get_name (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);
  const char *name = herald_values_get (priv->settings, "name");

  if (name != NULL && *name != '\0')
    return name;
  if (priv->server_name != NULL && *priv->server_name != '\0')
    return priv->server_name;

  return priv->id;
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
  g_object_notify_by_pspec (G_OBJECT (self), properties[HERALD_PRINTER_PROP_SETTINGS]);
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

  /* First, so that nobody takes what is forgotten for what was settled */
  herald_printer_set_connection (self, HERALD_CONNECTION_DISABLED, NULL);
  HERALD_PRINTER_GET_CLASS (self)->stop (self);
  herald_printer_set_state (self, nothing);
}

/**
 * herald_printer_wake:
 *
 * After a sleep of this computer: connects anew and finds out what happened.
 */
void
herald_printer_wake (HeraldPrinter *self)
{
  if (herald_printer_get_connection (self) != HERALD_CONNECTION_DISABLED)
    HERALD_PRINTER_GET_CLASS (self)->wake (self);
}

/**
 * herald_printer_hurry:
 *
 * The network is another one: what could not be reached is tried at once. Who answers is left alone.
 */
void
herald_printer_hurry (HeraldPrinter *self)
{
  HeraldConnection connection = herald_printer_get_connection (self);
  HeraldPrinterClass *klass = HERALD_PRINTER_GET_CLASS (self);

  if ((connection == HERALD_CONNECTION_UNREACHABLE || connection == HERALD_CONNECTION_CONNECTING) && klass->hurry != NULL)
    klass->hurry (self);
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
 * herald_printer_get_actions:
 *
 * Returns: what herald_printer_control_async() takes now
 */
HeraldPrinterAction
herald_printer_get_actions (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_instance_private (self);

  if (priv->connection != HERALD_CONNECTION_CONNECTED)
    return HERALD_ACTION_NONE;

  return herald_printer_action_get_allowed (priv->state->id);
}

/**
 * herald_printer_control_async:
 *
 * Has the printer do something, and is done when the printer shows it.
 */
void
herald_printer_control_async (HeraldPrinter       *self,
                              HeraldPrinterAction  action,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  HERALD_PRINTER_GET_CLASS (self)->control_async (self, action, cancellable, callback, user_data);
}

/**
 * herald_printer_control_finish:
 *
 * Returns: whether it is done; if not, REJECTED if the printer cannot do that now
 *   or did not do it, or what asking a server can fail with
 */
gboolean
herald_printer_control_finish (HeraldPrinter  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  return HERALD_PRINTER_GET_CLASS (self)->control_finish (self, result, error);
}

/**
 * herald_printer_request_access_async:
 * @on_page: called once, when the server waits for a person to allow it
 *
 * Asks the server for a key of our own, keeps it with the secrets and uses it.
 * Cancelling withdraws the request.
 */
void
herald_printer_request_access_async (HeraldPrinter       *self,
                                     HeraldAccessFunc     on_page,
                                     gpointer             page_data,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  HERALD_PRINTER_GET_CLASS (self)->request_access_async (self, on_page, page_data, cancellable,
                                                         callback, user_data);
}

/**
 * herald_printer_request_access_finish:
 *
 * Returns: whether the key is there; if not, REJECTED if somebody said no or nobody
 *   said anything, SETTINGS if the server does not offer it, BUSY if it was asked too often
 */
gboolean
herald_printer_request_access_finish (HeraldPrinter  *self,
                                      GAsyncResult   *result,
                                      GError        **error)
{
  return HERALD_PRINTER_GET_CLASS (self)->request_access_finish (self, result, error);
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
