/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-entry"

#include "window/history/history-entry.h"

/**
 * HeraldHistoryEntry:
 *
 * One message of the history, as ListHistory told it, or before it did. It stays the same object while the message makes its
 * way, so that its row in the list stays too.
 */
struct _HeraldHistoryEntry
{
  GObject parent_instance;

  gint64 id;
  GVariant *row; /* NULL: not known yet */
  char *channel_name;
};

G_DEFINE_FINAL_TYPE (HeraldHistoryEntry, herald_history_entry, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
has_state (HeraldHistoryEntry *self,
           const char *const  *states)
{
  return g_strv_contains (states, herald_history_entry_get_text (self, "state"));
}

/* GObject */

static void
herald_history_entry_finalize (GObject *object)
{
  HeraldHistoryEntry *self = HERALD_HISTORY_ENTRY (object);

  g_clear_pointer (&self->row, g_variant_unref);
  g_clear_pointer (&self->channel_name, g_free);

  G_OBJECT_CLASS (herald_history_entry_parent_class)->finalize (object);
}

static void
herald_history_entry_class_init (HeraldHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_history_entry_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
herald_history_entry_init (HeraldHistoryEntry *self)
{
}

/**
 * herald_history_entry_new:
 *
 * Returns: (transfer full): an entry of which nothing is known yet
 */
HeraldHistoryEntry *
herald_history_entry_new (gint64 id)
{
  HeraldHistoryEntry *self = g_object_new (HERALD_TYPE_HISTORY_ENTRY, NULL);

  self->id = id;

  return self;
}

/**
 * herald_history_entry_update:
 * @row: an a{sv} of ListHistory
 * @channel_name: for a person
 *
 * Emits `changed` if there is something new.
 */
void
herald_history_entry_update (HeraldHistoryEntry *self,
                             GVariant           *row,
                             const char         *channel_name)
{
  if (self->row != NULL && g_variant_equal (self->row, row) && g_strcmp0 (self->channel_name, channel_name) == 0)
    return;

  g_clear_pointer (&self->row, g_variant_unref);
  self->row = g_variant_ref (row);
  g_free (self->channel_name);
  self->channel_name = g_strdup (channel_name);

  g_signal_emit (self, signals[CHANGED], 0);
}

gint64
herald_history_entry_get_id (HeraldHistoryEntry *self)
{
  return self->id;
}

gboolean
herald_history_entry_is_known (HeraldHistoryEntry *self)
{
  return self->row != NULL;
}

/* Whether somebody would be told of a change: what nobody looks at need not be asked for. */
gboolean
herald_history_entry_is_watched (HeraldHistoryEntry *self)
{
  return g_signal_has_handler_pending (self, signals[CHANGED], 0, FALSE);
}

const char *
herald_history_entry_get_channel_name (HeraldHistoryEntry *self)
{
  return self->channel_name != NULL ? self->channel_name : "";
}

const char *
herald_history_entry_get_text (HeraldHistoryEntry *self,
                               const char         *key)
{
  const char *text = "";

  if (self->row != NULL)
    g_variant_lookup (self->row, key, "&s", &text);

  return text;
}

guint
herald_history_entry_get_number (HeraldHistoryEntry *self,
                                 const char         *key)
{
  guint number = 0;

  if (self->row != NULL)
    g_variant_lookup (self->row, key, "u", &number);

  return number;
}

/* In US dollars */
double
herald_history_entry_get_cost (HeraldHistoryEntry *self)
{
  double cost = 0;

  if (self->row != NULL)
    g_variant_lookup (self->row, "cost", "d", &cost);

  return cost;
}

gboolean
herald_history_entry_can_retry (HeraldHistoryEntry *self)
{
  static const char *const states[] = { "delivered", "sending", "committing", NULL };

  return self->row != NULL && !has_state (self, states);
}

gboolean
herald_history_entry_can_discard (HeraldHistoryEntry *self)
{
  static const char *const states[] = { "pending", "deferred", "quarantined", NULL };

  return has_state (self, states);
}

gboolean
herald_history_entry_may_have_arrived (HeraldHistoryEntry *self)
{
  static const char *const states[] = { "probable", NULL };

  return has_state (self, states) || herald_history_entry_get_number (self, "doubts") > 0;
}
