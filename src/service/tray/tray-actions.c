/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-actions"

#include "service/tray/tray-actions.h"

#include "service/tray/tray-verbs.h"

/* Of what was told of a printer: above the bits of its verbs */
#define MUTED_BIT (1u << 31)

/* A printer or a channel, and what was told of its actions, a bit for each verb */
typedef struct
{
  GObject *object;
  guint told;
} Subject;

/**
 * HeraldTrayActions:
 *
 * What can be done from the icon's menu: “pause.ID” of a printer, “test.ID” of a channel, “mute-hour”. An action is enabled
 * while it makes sense, which is asked anew each time; so nothing is kept for each of many printers but where it is and what
 * was told of it.
 */
struct _HeraldTrayActions
{
  GObject parent_instance;

  HeraldEngine *engine;
  HeraldLauncher *launcher;
  HeraldTrayItem *item;
  GCancellable *cancellable;
  GHashTable *printers; /* id → Subject */
  GHashTable *channels; /* id → Subject */
  gboolean is_listed;   /* what the tables say is what there is */
};

static void herald_tray_actions_action_group_init (GActionGroupInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HeraldTrayActions, herald_tray_actions, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_ACTION_GROUP, herald_tray_actions_action_group_init))

typedef enum
{
  SIGNAL_QUIT,
} HeraldTrayActionsSignal;

static guint signals[SIGNAL_QUIT + 1];

static const char *
get_id (GObject *object)
{
  return HERALD_IS_PRINTER (object) ? herald_printer_get_id (HERALD_PRINTER (object))
                                    : herald_channel_get_id (HERALD_CHANNEL (object));
}

/* The list keeps them alive; when it changes, all is listed anew before anything is looked up. */
static void
list (GHashTable **subjects,
      GListModel  *objects)
{
  g_autoptr(GHashTable) before = g_steal_pointer (subjects);

  *subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < g_list_model_get_n_items (objects); i++)
    {
      g_autoptr(GObject) object = g_list_model_get_item (objects, i);
      Subject *old = g_hash_table_lookup (before, get_id (object));
      Subject *subject = g_new0 (Subject, 1);

      subject->object = object;
      subject->told = old != NULL ? old->told : 0;
      g_hash_table_insert (*subjects, g_strdup (get_id (object)), subject);
    }
}

static void
ensure_listed (HeraldTrayActions *self)
{
  if (self->is_listed)
    return;

  self->is_listed = TRUE;
  list (&self->printers, herald_engine_get_printers (self->engine));
  list (&self->channels, herald_engine_get_channels (self->engine));
}

static void
on_lists_changed (HeraldTrayActions *self)
{
  self->is_listed = FALSE;
}

/* Returns: (transfer none) (nullable): that with the id */
static GObject *
find_object (HeraldTrayActions    *self,
             const HeraldTrayVerb *verb,
             const char           *id)
{
  Subject *subject = NULL;

  ensure_listed (self);
  if (verb->subject == HERALD_TRAY_SUBJECT_PRINTER)
    subject = g_hash_table_lookup (self->printers, id);
  else if (verb->subject == HERALD_TRAY_SUBJECT_CHANNEL)
    subject = g_hash_table_lookup (self->channels, id);

  return subject != NULL ? subject->object : NULL;
}

/* GActionGroup */

static gboolean
herald_tray_actions_query_action (GActionGroup        *group,
                                  const char          *name,
                                  gboolean            *enabled,
                                  const GVariantType **parameter_type,
                                  const GVariantType **state_type,
                                  GVariant           **state_hint,
                                  GVariant           **state)
{
  HeraldTrayActions *self = HERALD_TRAY_ACTIONS (group);
  const char *id = NULL;
  const HeraldTrayVerb *verb = herald_tray_verbs_find (name, &id);
  gboolean is_switch;

  if (verb == NULL || self->engine == NULL)
    return FALSE;

  is_switch = verb->type == HERALD_TRAY_VERB_SWITCH;
  if (enabled != NULL)
    *enabled = herald_tray_verbs_is_enabled (verb, find_object (self, verb, id));
  if (parameter_type != NULL)
    *parameter_type = verb->type == HERALD_TRAY_VERB_TARGET ? G_VARIANT_TYPE_STRING : NULL;
  if (state_type != NULL)
    *state_type = is_switch ? G_VARIANT_TYPE_BOOLEAN : NULL;
  if (state_hint != NULL)
    *state_hint = NULL;
  if (state != NULL)
    *state = is_switch ? g_variant_ref_sink (g_variant_new_boolean (herald_engine_is_print_muted (self->engine, id)))
                       : NULL;

  return TRUE;
}

/* Those of printers and channels are not listed; whoever has a name can ask. */
static char **
herald_tray_actions_list_actions (GActionGroup *group)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  guint n_verbs = 0;
  const HeraldTrayVerb *verbs = herald_tray_verbs_get_all (&n_verbs);

  for (guint i = 0; i < n_verbs; i++)
    {
      if (verbs[i].subject == HERALD_TRAY_SUBJECT_NONE)
        g_ptr_array_add (names, g_strdup (verbs[i].name));
    }
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* A panel may show what was true a second ago; what is refused is then told by the verb, with the reason. */
static void
herald_tray_actions_activate_action (GActionGroup *group,
                                     const char   *name,
                                     GVariant     *parameter)
{
  HeraldTrayActions *self = HERALD_TRAY_ACTIONS (group);
  const char *id = NULL;
  const HeraldTrayVerb *verb = herald_tray_verbs_find (name, &id);
  const HeraldTrayStage stage = { self->engine, self->launcher, self->item, group, self->cancellable };
  const char *target = parameter != NULL && g_variant_is_of_type (parameter, G_VARIANT_TYPE_STRING)
                         ? g_variant_get_string (parameter, NULL)
                         : NULL;

  if (verb == NULL || self->engine == NULL)
    return;

  g_debug ("Somebody has chosen %s", name);
  verb->activate (&stage, verb, id, target);
}

static void
herald_tray_actions_change_action_state (GActionGroup *group,
                                         const char   *name,
                                         GVariant     *value)
{
}

static void
herald_tray_actions_action_group_init (GActionGroupInterface *iface)
{
  iface->list_actions = herald_tray_actions_list_actions;
  iface->query_action = herald_tray_actions_query_action;
  iface->activate_action = herald_tray_actions_activate_action;
  iface->change_action_state = herald_tray_actions_change_action_state;
}

/* GObject */

static void
herald_tray_actions_dispose (GObject *object)
{
  HeraldTrayActions *self = HERALD_TRAY_ACTIONS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->item);
  g_clear_object (&self->launcher);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_tray_actions_parent_class)->dispose (object);
}

static void
herald_tray_actions_finalize (GObject *object)
{
  HeraldTrayActions *self = HERALD_TRAY_ACTIONS (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->printers, g_hash_table_unref);
  g_clear_pointer (&self->channels, g_hash_table_unref);

  G_OBJECT_CLASS (herald_tray_actions_parent_class)->finalize (object);
}

static void
herald_tray_actions_class_init (HeraldTrayActionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_tray_actions_dispose;
  object_class->finalize = herald_tray_actions_finalize;

  signals[SIGNAL_QUIT] = g_signal_new ("quit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
herald_tray_actions_init (HeraldTrayActions *self)
{
  self->cancellable = g_cancellable_new ();
  self->printers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

HeraldTrayActions *
herald_tray_actions_new (HeraldEngine   *engine,
                         HeraldLauncher *launcher,
                         HeraldTrayItem *item)
{
  HeraldTrayActions *self = g_object_new (HERALD_TYPE_TRAY_ACTIONS, NULL);

  self->engine = g_object_ref (engine);
  self->launcher = g_object_ref (launcher);
  self->item = g_object_ref (item);
  g_signal_connect_object (herald_engine_get_printers (engine), "items-changed", G_CALLBACK (on_lists_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (herald_engine_get_channels (engine), "items-changed", G_CALLBACK (on_lists_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* What can be seen of the actions of a printer or a channel, in one number */
static guint
look_at (HeraldTrayActions *self,
         HeraldTraySubject  kind,
         GObject           *object)
{
  guint n_verbs = 0;
  const HeraldTrayVerb *verbs = herald_tray_verbs_get_all (&n_verbs);
  guint look = 0;

  if (kind == HERALD_TRAY_SUBJECT_PRINTER && herald_engine_is_print_muted (self->engine, get_id (object)))
    look = MUTED_BIT;
  for (guint i = 0; i < n_verbs; i++)
    {
      if (verbs[i].subject == kind && herald_tray_verbs_is_enabled (&verbs[i], object))
        look |= 1u << i;
    }

  return look;
}

static void
tell (HeraldTrayActions *self,
      const char        *id,
      guint              look,
      guint              told)
{
  guint n_verbs = 0;
  const HeraldTrayVerb *verbs = herald_tray_verbs_get_all (&n_verbs);

  for (guint i = 0; i < n_verbs; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%s", verbs[i].name, id);

      if (((look ^ told) & (1u << i)) != 0)
        g_action_group_action_enabled_changed (G_ACTION_GROUP (self), name, (look & (1u << i)) != 0);
      if (verbs[i].type == HERALD_TRAY_VERB_SWITCH && ((look ^ told) & MUTED_BIT) != 0)
        g_action_group_action_state_changed (G_ACTION_GROUP (self), name, g_variant_new_boolean ((look & MUTED_BIT) != 0));
    }
}

static void
refresh (HeraldTrayActions *self,
         HeraldTraySubject  kind,
         GListModel        *objects,
         GHashTable        *subjects)
{
  for (guint i = 0; i < g_list_model_get_n_items (objects); i++)
    {
      g_autoptr(GObject) object = g_list_model_get_item (objects, i);
      Subject *subject = g_hash_table_lookup (subjects, get_id (object));
      guint look = look_at (self, kind, object);
      guint told = subject->told;

      if (look == told)
        continue;

      subject->told = look;
      tell (self, get_id (object), look, told);
    }
}

void
herald_tray_actions_refresh (HeraldTrayActions *self)
{
  ensure_listed (self);
  refresh (self, HERALD_TRAY_SUBJECT_PRINTER, herald_engine_get_printers (self->engine), self->printers);
  refresh (self, HERALD_TRAY_SUBJECT_CHANNEL, herald_engine_get_channels (self->engine), self->channels);
}
