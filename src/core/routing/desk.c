/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-desk"

#include "core/routing/desk.h"

#include "core/outbox/outbox-held.h"
#include "core/routing/message-change.h"

/* A desktop that does not say in this time whether somebody is there does not know it. */
#define ANSWER_LIMIT_MS (10 * 1000)

/* Timers stand still while the computer sleeps, the time that counts does not. */
#define TIMER_MAX_MS (60 * 1000)

#define DISK_RETRY_MS (30 * 1000)

/**
 * HeraldDesk:
 *
 * Keeps back what is to go to other channels only if nobody is at this computer, until somebody was there and could see
 * it, or nobody was for long enough. Whenever that cannot be known it lets everything go: better told twice than never.
 * It asks at most three times for an event, and never without one.
 */
struct _HeraldDesk
{
  GObject parent_instance;

  HeraldConfig *config;
  GListModel *channels;
  HeraldOutbox *outbox;
  HeraldClock *clock;
  HeraldPresence presence;
  GPtrArray *waits; /* HeraldDeskWait */
  gint64 asked_boot_ms;
  guint timer;
  gboolean wanted;
};

G_DEFINE_FINAL_TYPE (HeraldDesk, herald_desk, G_TYPE_OBJECT)

typedef enum
{
  PROP_WANTED = 1,
} HeraldDeskProperty;

typedef enum
{
  SIGNAL_ASKED,
} HeraldDeskSignal;

static GParamSpec *properties[PROP_WANTED + 1];
static guint signals[SIGNAL_ASKED + 1];

static void ask (HeraldDesk *self);

/* Waiting */

static gboolean on_timeout (gpointer user_data);

static void
schedule (HeraldDesk *self)
{
  gint64 now_ms = herald_clock_get_boot_ms (self->clock);
  gint64 next_ms = self->asked_boot_ms != 0 ? self->asked_boot_ms + ANSWER_LIMIT_MS : G_MAXINT64;

  g_clear_handle_id (&self->timer, g_source_remove);
  for (guint i = 0; i < self->waits->len && self->asked_boot_ms == 0; i++)
    next_ms = MIN (next_ms, ((HeraldDeskWait *) g_ptr_array_index (self->waits, i))->next_boot_ms);
  if (next_ms != G_MAXINT64)
    self->timer = g_timeout_add ((guint) CLAMP (next_ms - now_ms, 0, TIMER_MAX_MS), on_timeout, self);
}

static gboolean
settle (HeraldDesk        *self,
        HeraldDeskWait    *wait,
        HeraldAwayVerdict  verdict)
{
  gint64 now_ms = herald_clock_get_boot_ms (self->clock);
  gint64 hold_ms = MAX (wait->begun_boot_ms + wait->hold_ms - now_ms, 0);
  g_autoptr(GError) error = NULL;
  gboolean ok = verdict == HERALD_AWAY_KNOWS
                  ? herald_outbox_end_desk (self->outbox, wait->event, &error)
                  : herald_outbox_release_desk (self->outbox, wait->event, (guint) hold_ms, &error);

  if (ok)
    g_debug ("event %" G_GINT64_FORMAT " %s", wait->event,
             verdict == HERALD_AWAY_KNOWS ? "was seen at the desk" : "goes out: nobody is at the desk");
  else
    g_warning ("It cannot be recorded whether somebody is at this computer: %s", error->message);

  return ok;
}

/* What is settled may change others, so none of them is held on to meanwhile. */
static void
judge_all (HeraldDesk *self)
{
  g_autoptr(GPtrArray) waits = g_steal_pointer (&self->waits);

  self->waits = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_desk_wait_free);
  while (waits->len > 0)
    {
      g_autoptr(HeraldDeskWait) wait = g_ptr_array_steal_index (waits, 0);
      HeraldAwayVerdict verdict = herald_desk_wait_judge (wait, &self->presence, herald_clock_get_boot_ms (self->clock));

      if (verdict != HERALD_AWAY_WAIT && settle (self, wait, verdict))
        continue;
      if (verdict != HERALD_AWAY_WAIT)
        wait->next_boot_ms = herald_clock_get_boot_ms (self->clock) + DISK_RETRY_MS;
      g_ptr_array_add (self->waits, g_steal_pointer (&wait));
    }
  schedule (self);
}

static gboolean
on_timeout (gpointer user_data)
{
  HeraldDesk *self = user_data;
  gint64 now_ms = herald_clock_get_boot_ms (self->clock);
  gboolean is_due = FALSE;

  self->timer = 0;
  if (self->asked_boot_ms != 0 && now_ms >= self->asked_boot_ms + ANSWER_LIMIT_MS)
    {
      const HeraldPresence unknown = { HERALD_PRESENCE_UNKNOWN };

      g_message ("The desktop does not say whether somebody is at this computer");
      herald_desk_set_presence (self, &unknown);
      return G_SOURCE_REMOVE;
    }

  for (guint i = 0; i < self->waits->len; i++)
    is_due = is_due || now_ms >= ((HeraldDeskWait *) g_ptr_array_index (self->waits, i))->next_boot_ms;
  if (is_due)
    ask (self);
  schedule (self);

  return G_SOURCE_REMOVE;
}

/* The answer may come within. */
static void
ask (HeraldDesk *self)
{
  if (self->asked_boot_ms != 0)
    return;

  self->asked_boot_ms = herald_clock_get_boot_ms (self->clock);
  if (g_signal_has_handler_pending (self, signals[SIGNAL_ASKED], 0, FALSE))
    {
      g_signal_emit (self, signals[SIGNAL_ASKED], 0);
    }
  else
    {
      const HeraldPresence unknown = { HERALD_PRESENCE_UNKNOWN };

      herald_desk_set_presence (self, &unknown);
    }
}

static void
on_delivery_changed (HeraldOutbox *outbox,
                     gint64        id,
                     gpointer      user_data)
{
  HeraldDesk *self = HERALD_DESK (user_data);
  gboolean any = FALSE;

  for (guint i = 0; i < self->waits->len; i++)
    {
      HeraldDeskWait *wait = g_ptr_array_index (self->waits, i);

      if (wait->shown_boot_ms != 0 || wait->is_unseen)
        continue;
      herald_desk_wait_look (wait, self->channels, self->outbox, herald_clock_get_boot_ms (self->clock));
      any = TRUE;
    }
  if (any)
    schedule (self);
}

/* Whether anybody wants it */

static gboolean
find_wanted (HeraldConfig *config)
{
  g_auto(GStrv) ids = herald_config_dup_ids (config, HERALD_MESSAGE_CATEGORY);

  for (char **id = ids; *id != NULL; id++)
    {
      g_autoptr(HeraldValues) section = herald_config_dup_section (config, HERALD_MESSAGE_CATEGORY, *id);

      if (herald_values_get_int (section, HERALD_DESK_OPTION, 0) > 0)
        return TRUE;
    }

  return FALSE;
}

static void
on_config_changed (HeraldConfig *config,
                   const char   *category,
                   const char   *id,
                   gpointer      user_data)
{
  HeraldDesk *self = HERALD_DESK (user_data);
  gboolean wanted = find_wanted (config);

  if (wanted == self->wanted)
    return;

  self->wanted = wanted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WANTED]);
}

/* GObject */

static void
herald_desk_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch ((HeraldDeskProperty) prop_id)
    {
    case PROP_WANTED:
      g_value_set_boolean (value, herald_desk_get_wanted (HERALD_DESK (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
herald_desk_dispose (GObject *object)
{
  HeraldDesk *self = HERALD_DESK (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->waits, g_ptr_array_unref);
  g_clear_object (&self->config);
  g_clear_object (&self->channels);
  g_clear_object (&self->outbox);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (herald_desk_parent_class)->dispose (object);
}

static void
herald_desk_class_init (HeraldDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_desk_get_property;
  object_class->dispose = herald_desk_dispose;

  properties[PROP_WANTED] =
    g_param_spec_boolean ("wanted", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
herald_desk_init (HeraldDesk *self)
{
  self->waits = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_desk_wait_free);
}

HeraldDesk *
herald_desk_new (HeraldConfig *config,
                 GListModel   *channels,
                 HeraldOutbox *outbox,
                 HeraldClock  *clock)
{
  HeraldDesk *self = g_object_new (HERALD_TYPE_DESK, NULL);

  self->config = g_object_ref (config);
  self->channels = g_object_ref (channels);
  self->outbox = g_object_ref (outbox);
  self->clock = g_object_ref (clock);
  self->wanted = find_wanted (config);
  g_signal_connect_object (config, "changed", G_CALLBACK (on_config_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (outbox, "delivery-changed", G_CALLBACK (on_delivery_changed), self, G_CONNECT_DEFAULT);

  return self;
}

/**
 * herald_desk_release:
 *
 * Nobody looks any more whether somebody is there, or the screen goes off: what waits is to be sent.
 */
void
herald_desk_release (HeraldDesk *self)
{
  const HeraldPresence unknown = { HERALD_PRESENCE_UNKNOWN };

  herald_desk_set_presence (self, &unknown);
}

gboolean
herald_desk_get_wanted (HeraldDesk *self)
{
  return self->wanted;
}

gboolean
herald_desk_is_waiting (HeraldDesk *self)
{
  return self->waits->len > 0;
}

/**
 * herald_desk_set_presence:
 * @presence: as it is now; copied
 */
void
herald_desk_set_presence (HeraldDesk           *self,
                          const HeraldPresence *presence)
{
  self->presence = *presence;
  self->asked_boot_ms = 0;
  judge_all (self);
}

/**
 * herald_desk_prepare:
 * @drafts: (element-type HeraldDraft): who gets the message; it is said here which wait to see whether somebody is at the
 *   desk, and must have been said before for how long they are held for other reasons
 *
 * Returns: (transfer full) (nullable): to begin with when the event is accepted
 */
HeraldDeskWait *
herald_desk_prepare (HeraldDesk  *self,
                     HeraldEvent *event,
                     GPtrArray   *drafts)
{
  if (!self->wanted || !g_signal_has_handler_pending (self, signals[SIGNAL_ASKED], 0, FALSE))
    return NULL;

  return herald_desk_wait_new (self->config, self->channels, event, drafts);
}

/**
 * herald_desk_begin:
 * @take_wait: (transfer full): as it was prepared
 * @event_id: under which the event was accepted
 */
void
herald_desk_begin (HeraldDesk     *self,
                   HeraldDeskWait *take_wait,
                   gint64          event_id)
{
  herald_desk_wait_begin (take_wait, event_id, herald_clock_get_boot_ms (self->clock));
  g_ptr_array_add (self->waits, take_wait);
  ask (self);
  schedule (self);
}
