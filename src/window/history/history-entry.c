/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-entry"

#include "window/history/history-entry.h"

/**
 * HeraldHistoryEntry:
 *
 * One message of the history, as ListHistory told it. It stays the same object
 * while the message makes its way, so that its row in the list stays too.
 */
struct _HeraldHistoryEntry
{
  GObject parent_instance;

  GVariant *row;
  char *channel_name;
};

G_DEFINE_FINAL_TYPE (HeraldHistoryEntry, herald_history_entry, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

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

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_history_entry_init (HeraldHistoryEntry *self)
{
}

/**
 * herald_history_entry_new:
 * @row: an a{sv} of ListHistory
 * @channel_name: for a person
 *
 * Returns: (transfer full): an entry
 */
HeraldHistoryEntry *
herald_history_entry_new (GVariant   *row,
                          const char *channel_name)
{
  HeraldHistoryEntry *self = g_object_new (HERALD_TYPE_HISTORY_ENTRY, NULL);

  self->row = g_variant_ref (row);
  self->channel_name = g_strdup (channel_name);

  return self;
}

/**
 * herald_history_entry_update:
 * @row: what is known of the same message now
 * @channel_name: for a person
 *
 * Emits `changed` if there is something new.
 */
void
herald_history_entry_update (HeraldHistoryEntry *self,
                             GVariant           *row,
                             const char         *channel_name)
{
  if (g_variant_equal (self->row, row) && g_strcmp0 (self->channel_name, channel_name) == 0)
    return;

  g_variant_unref (self->row);
  self->row = g_variant_ref (row);
  g_free (self->channel_name);
  self->channel_name = g_strdup (channel_name);

  g_signal_emit (self, signals[CHANGED], 0);
}

gint64
herald_history_entry_get_id (HeraldHistoryEntry *self)
{
  gint64 id = 0;

  g_variant_lookup (self->row, "id", "x", &id);

  return id;
}

const char *
herald_history_entry_get_channel_name (HeraldHistoryEntry *self)
{
  return self->channel_name;
}

/**
 * herald_history_entry_get_text:
 * @key: one of those of `octoheraldctl history --json` that is a text
 *
 * Returns: (transfer none): the text, empty if there is none
 */
const char *
herald_history_entry_get_text (HeraldHistoryEntry *self,
                               const char         *key)
{
  const char *text = "";

  g_variant_lookup (self->row, key, "&s", &text);

  return text;
}
