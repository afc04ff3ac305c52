/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel"

#include "core/channels/channel.h"

/**
 * HeraldChannel:
 *
 * One way of reaching a person: an e-mail account, an X account, the desktop.
 *
 * Subclasses implement @deliver_async and @deliver_finish and little else.
 * They never retry, never queue and never log a failure: they report it as a
 * HERALD_ERROR, and the outbox decides.
 */
typedef struct
{
  const HeraldChannelType *type;
  char *id;
  HeraldValues *settings;
  HeraldSecretStore *secrets;
  char *problem;
  char *sentence;
  char *wait_reason;
  gint64 wait_until_ms;
} HeraldChannelPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HeraldChannel, herald_channel, G_TYPE_OBJECT)

typedef enum
{
  PROP_SETTINGS = 1,
  PROP_PROBLEM,
  PROP_WAIT_REASON,
} HeraldChannelProperty;

static GParamSpec *properties[PROP_WAIT_REASON + 1];

/* HeraldChannel */

static const char *
herald_channel_real_get_form (HeraldChannel *self)
{
  return herald_channel_get_channel_type (self)->form;
}

static char **
herald_channel_real_dup_destinations (HeraldChannel *self)
{
  const char *destinations[] = { herald_channel_get_name (self), NULL };

  return g_strdupv ((char **) destinations);
}

static const HeraldChannelStep *
herald_channel_real_get_steps (HeraldChannel *self)
{
  static const HeraldChannelStep none[] = { { NULL, NULL, NULL } };
  const HeraldChannelType *type = herald_channel_get_channel_type (self);

  return type->steps != NULL ? type->steps : none;
}

static const HeraldPictureForm *
herald_channel_real_get_picture_form (HeraldChannel *self)
{
  return herald_channel_get_channel_type (self)->picture;
}

static void
herald_channel_real_get_allowance (HeraldChannel   *self,
                                   HeraldAllowance *allowance)
{
}

static char *
herald_channel_real_dup_secret_origin (HeraldChannel *self)
{
  return g_strdup (herald_channel_get_id (self));
}

/* GObject */

static void
herald_channel_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (HERALD_CHANNEL (object));

  switch ((HeraldChannelProperty) prop_id)
    {
    case PROP_SETTINGS:
      g_value_set_boxed (value, priv->settings);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, priv->problem);
      break;
    case PROP_WAIT_REASON:
      g_value_set_string (value, priv->wait_reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
herald_channel_finalize (GObject *object)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (HERALD_CHANNEL (object));

  g_clear_pointer (&priv->id, g_free);
  g_clear_pointer (&priv->settings, g_hash_table_unref);
  g_clear_pointer (&priv->problem, g_free);
  g_clear_pointer (&priv->sentence, g_free);
  g_clear_pointer (&priv->wait_reason, g_free);
  g_clear_object (&priv->secrets);

  G_OBJECT_CLASS (herald_channel_parent_class)->finalize (object);
}

static void
herald_channel_class_init (HeraldChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_channel_get_property;
  object_class->finalize = herald_channel_finalize;

  klass->get_form = herald_channel_real_get_form;
  klass->dup_destinations = herald_channel_real_dup_destinations;
  klass->dup_secret_origin = herald_channel_real_dup_secret_origin;
  klass->get_picture_form = herald_channel_real_get_picture_form;
  klass->get_steps = herald_channel_real_get_steps;
  klass->get_allowance = herald_channel_real_get_allowance;

  properties[PROP_SETTINGS] = g_param_spec_boxed ("settings", NULL, NULL, G_TYPE_HASH_TABLE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WAIT_REASON] = g_param_spec_string ("wait-reason", NULL, NULL, NULL,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
herald_channel_init (HeraldChannel *self)
{
}

/**
 * herald_channel_new:
 * @type: static
 * @id: stays for life
 * @settings: `name`, `enabled` and the fields of @type; shared, not to be changed any more
 * @secrets: where its passwords are
 */
HeraldChannel *
herald_channel_new (const HeraldChannelType *type,
                    const char              *id,
                    HeraldValues            *settings,
                    HeraldSecretStore       *secrets)
{
  HeraldChannel *self = g_object_new (type->get_gtype (), NULL);
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);

  priv->type = type;
  priv->id = g_strdup (id);
  priv->settings = g_hash_table_ref (settings);
  priv->secrets = g_object_ref (secrets);

  return self;
}

/**
 * herald_channel_find:
 * @channels: a list of #HeraldChannel
 *
 * Returns: (transfer full) (nullable): the one of that id
 */
HeraldChannel *
herald_channel_find (GListModel *channels,
                     const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);

      if (g_str_equal (herald_channel_get_id (channel), id))
        return g_steal_pointer (&channel);
    }

  return NULL;
}

const HeraldChannelType *
herald_channel_get_channel_type (HeraldChannel *self)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);

  return priv->type;
}

const char *
herald_channel_get_id (HeraldChannel *self)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);

  return priv->id;
}

/**
 * herald_channel_get_name:
 *
 * Returns: what the user calls it; its id if it has no name
 */
const char *
herald_channel_get_name (HeraldChannel *self)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);
  const char *name = herald_values_get (priv->settings, "name");

  return name != NULL ? name : priv->id;
}

gboolean
herald_channel_get_enabled (HeraldChannel *self)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);

  return herald_values_get_boolean (priv->settings, "enabled", TRUE);
}

HeraldValues *
herald_channel_get_settings (HeraldChannel *self)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);

  return priv->settings;
}

/**
 * herald_channel_set_settings:
 * @settings: all of them, checked; shared, not to be changed any more
 */
void
herald_channel_set_settings (HeraldChannel *self,
                             HeraldValues  *settings)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);

  if (priv->settings == settings)
    return;

  g_hash_table_unref (priv->settings);
  priv->settings = g_hash_table_ref (settings);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTINGS]);
}

/**
 * herald_channel_get_setting:
 * @name: the name of a field of its type
 *
 * Returns: (nullable): what is set, else the field's default
 */
const char *
herald_channel_get_setting (HeraldChannel *self,
                            const char    *name)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);
  const char *value = herald_values_get (priv->settings, name);
  const HeraldChannelField *field;

  if (value != NULL && *value != '\0')
    return value;

  field = herald_channel_type_get_field (priv->type, name);
  return field != NULL ? field->fallback : NULL;
}

HeraldSecretStore *
herald_channel_get_secret_store (HeraldChannel *self)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);

  return priv->secrets;
}

/**
 * herald_channel_get_problem:
 *
 * Returns: (nullable): why nothing is sent until a person has acted; %NULL if all is well
 */
const char *
herald_channel_get_problem (HeraldChannel *self)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);

  return priv->problem;
}

/**
 * herald_channel_get_sentence:
 *
 * Returns: (nullable): our own words of the problem, without those of the other side, which may be others each time
 */
const char *
herald_channel_get_sentence (HeraldChannel *self)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);

  return priv->sentence;
}

/**
 * herald_channel_hold:
 * @sentence: what is wrong, in our words
 * @problem: the same with what the other side said
 *
 * Nothing is sent until a person has acted.
 */
void
herald_channel_hold (HeraldChannel *self,
                     const char    *sentence,
                     const char    *problem)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);

  if (g_strcmp0 (priv->problem, problem) == 0)
    return;

  g_free (priv->problem);
  priv->problem = g_strdup (problem);
  g_free (priv->sentence);
  priv->sentence = g_strdup (sentence);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/**
 * herald_channel_set_problem:
 * @problem: (nullable): one sentence for a person; %NULL to let it send again
 */
void
herald_channel_set_problem (HeraldChannel *self,
                            const char    *problem)
{
  herald_channel_hold (self, problem, problem);
}

/**
 * herald_channel_get_wait_reason:
 *
 * Returns: (nullable): why nothing comes through at the moment; %NULL if nothing is known against it
 */
const char *
herald_channel_get_wait_reason (HeraldChannel *self)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);

  return priv->wait_reason;
}

/**
 * herald_channel_get_wait_until_ms:
 *
 * Returns: when it is tried again, milliseconds since 1970; 0 if it does not wait
 */
gint64
herald_channel_get_wait_until_ms (HeraldChannel *self)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);

  return priv->wait_until_ms;
}

/**
 * herald_channel_set_wait:
 * @reason: (nullable): one sentence for a person; %NULL if it does not wait
 * @until_ms: when it is tried again, milliseconds since 1970
 */
void
herald_channel_set_wait (HeraldChannel *self,
                         const char    *reason,
                         gint64         until_ms)
{
  HeraldChannelPrivate *priv = herald_channel_get_instance_private (self);
  gint64 wait_until_ms = reason != NULL ? until_ms : 0;

  if (g_strcmp0 (priv->wait_reason, reason) == 0 && priv->wait_until_ms == wait_until_ms)
    return;

  g_free (priv->wait_reason);
  priv->wait_reason = g_strdup (reason);
  priv->wait_until_ms = wait_until_ms;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAIT_REASON]);
}

/**
 * herald_channel_get_form:
 *
 * Returns: (nullable): id of the form its words have (core/words/text-form.h)
 */
const char *
herald_channel_get_form (HeraldChannel *self)
{
  return HERALD_CHANNEL_GET_CLASS (self)->get_form (self);
}

/**
 * herald_channel_dup_destinations:
 *
 * Returns: (transfer full): one delivery is made for each
 */
char **
herald_channel_dup_destinations (HeraldChannel *self)
{
  return HERALD_CHANNEL_GET_CLASS (self)->dup_destinations (self);
}

/**
 * herald_channel_dup_secret_origin:
 *
 * Returns: (transfer full): the server its secrets belong to; they are not given to another
 */
char *
herald_channel_dup_secret_origin (HeraldChannel *self)
{
  return HERALD_CHANNEL_GET_CLASS (self)->dup_secret_origin (self);
}

/**
 * herald_channel_get_picture_form:
 *
 * Returns: (nullable): what its pictures must look like; %NULL if it takes none
 */
const HeraldPictureForm *
herald_channel_get_picture_form (HeraldChannel *self)
{
  return HERALD_CHANNEL_GET_CLASS (self)->get_picture_form (self);
}

/**
 * herald_channel_get_steps:
 *
 * Returns: (transfer none) (array zero-terminated=1): what a message goes through, in this order
 */
const HeraldChannelStep *
herald_channel_get_steps (HeraldChannel *self)
{
  return HERALD_CHANNEL_GET_CLASS (self)->get_steps (self);
}

/**
 * herald_channel_get_allowance:
 * @allowance: (out caller-allocates): how much may be sent in a time; all 0 for no bounds
 */
void
herald_channel_get_allowance (HeraldChannel   *self,
                              HeraldAllowance *allowance)
{
  *allowance = (HeraldAllowance) { 0 };
  HERALD_CHANNEL_GET_CLASS (self)->get_allowance (self, allowance);
}

/**
 * herald_channel_deliver_async:
 *
 * Tries once to deliver. Ends in success, a HERALD_ERROR or cancellation.
 */
void
herald_channel_deliver_async (HeraldChannel       *self,
                              HeraldAttempt       *attempt,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  HERALD_CHANNEL_GET_CLASS (self)->deliver_async (self, attempt, cancellable, callback, user_data);
}

gboolean
herald_channel_deliver_finish (HeraldChannel  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  return HERALD_CHANNEL_GET_CLASS (self)->deliver_finish (self, result, error);
}
