/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-draft"

#include "window/messages/message-draft.h"

/**
 * HeraldMessageDraft:
 *
 * A message while somebody changes it: only what differs from how it is set. Whatever else changes meanwhile, by the shell or
 * another window, shows through and is not overwritten.
 */
struct _HeraldMessageDraft
{
  GObject parent_instance;

  HeraldMessageItem *item;
  HeraldValues *changes;
};

G_DEFINE_FINAL_TYPE (HeraldMessageDraft, herald_message_draft, G_TYPE_OBJECT)

enum
{
  CHANGED,
  REFRESHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What somebody else has set just so is no change any more. */
static void
on_item_changed (HeraldMessageDraft *self)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, self->changes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (g_str_equal (herald_message_item_get (self->item, name), value))
        g_hash_table_iter_remove (&iter);
    }
  g_signal_emit (self, signals[REFRESHED], 0);
}

/* GObject */

static void
herald_message_draft_dispose (GObject *object)
{
  HeraldMessageDraft *self = HERALD_MESSAGE_DRAFT (object);

  g_clear_object (&self->item);
  g_clear_pointer (&self->changes, g_hash_table_unref);

  G_OBJECT_CLASS (herald_message_draft_parent_class)->dispose (object);
}

static void
herald_message_draft_class_init (HeraldMessageDraftClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_message_draft_dispose;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REFRESHED] = g_signal_new ("refreshed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_message_draft_init (HeraldMessageDraft *self)
{
  self->changes = herald_values_new ();
}

HeraldMessageDraft *
herald_message_draft_new (HeraldMessageItem *item)
{
  HeraldMessageDraft *self = g_object_new (HERALD_TYPE_MESSAGE_DRAFT, NULL);

  self->item = g_object_ref (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (on_item_changed), self, G_CONNECT_SWAPPED);

  return self;
}

HeraldMessageItem *
herald_message_draft_get_item (HeraldMessageDraft *self)
{
  return self->item;
}

const char *
herald_message_draft_get (HeraldMessageDraft *self,
                          const char         *name)
{
  const char *value = herald_values_get (self->changes, name);

  return value != NULL ? value : herald_message_item_get (self->item, name);
}

void
herald_message_draft_set (HeraldMessageDraft *self,
                          const char         *name,
                          const char         *value)
{
  if (g_str_equal (herald_message_draft_get (self, name), value))
    return;

  if (g_str_equal (herald_message_item_get (self->item, name), value))
    g_hash_table_remove (self->changes, name);
  else
    herald_values_set (self->changes, name, value);
  g_signal_emit (self, signals[CHANGED], 0);
}

HeraldValues *
herald_message_draft_get_changes (HeraldMessageDraft *self)
{
  return self->changes;
}

gboolean
herald_message_draft_is_changed (HeraldMessageDraft *self)
{
  return g_hash_table_size (self->changes) > 0;
}

/**
 * herald_message_draft_merge:
 * @changes: of a draft of this message that was given up, and is taken up again
 */
void
herald_message_draft_merge (HeraldMessageDraft *self,
                            HeraldValues       *changes)
{
  herald_values_merge (self->changes, changes);
  on_item_changed (self);
}
