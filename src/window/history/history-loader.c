/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-loader"

#include "window/history/history-loader.h"

#include "window/history/history-ids.h"

/* In one question; it is answered within some milliseconds. */
#define AT_ONCE 100

/* Of those that nobody looks at any more: who scrolls back need not wait. */
#define KEPT_MAX 1000

/* Somebody scrolls: what comes into sight within this is asked for together. */
#define GATHER_MS 10

/* After a question that nobody has answered */
#define PAUSE_MS 2000

/**
 * HeraldHistoryLoader:
 *
 * Has what messages say fetched, for those that somebody watches and the latest of them first, one question at a time. A
 * message has one entry as long as somebody watches it.
 */
struct _HeraldHistoryLoader
{
  GObject parent_instance;

  HeraldServiceLink *link;
  GCancellable *cancellable;
  GHashTable *entries; /* id as gint64 → HeraldHistoryEntry */
  GQueue kept;         /* their ids, the latest first */
  GQueue wanted;       /* id as a gint64 to be freed, the latest first */
  GHashTable *queued;  /* those ids, as gint64 */
  gboolean is_asking;
  guint gather_id;
};

G_DEFINE_FINAL_TYPE (HeraldHistoryLoader, herald_history_loader, G_TYPE_OBJECT)

enum
{
  MISSING,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean on_gather_timeout (gpointer user_data);

static void
ask_soon (HeraldHistoryLoader *self,
          guint                after_ms)
{
  if (self->gather_id == 0 && !self->is_asking && !g_queue_is_empty (&self->wanted))
    self->gather_id = g_timeout_add (after_ms, on_gather_timeout, self);
}

static void
want (HeraldHistoryLoader *self,
      gint64               id)
{
  if (g_hash_table_add (self->queued, g_memdup2 (&id, sizeof id)))
    g_queue_push_head (&self->wanted, g_memdup2 (&id, sizeof id));
  ask_soon (self, GATHER_MS);
}

/* (transfer full): the next ids to ask for; what has gone out of sight meanwhile is left out. */
static GArray *
take_wanted (HeraldHistoryLoader *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (ids->len < AT_ONCE && !g_queue_is_empty (&self->wanted))
    {
      g_autofree gint64 *id = g_queue_pop_head (&self->wanted);
      HeraldHistoryEntry *entry = g_hash_table_lookup (self->entries, id);

      g_hash_table_remove (self->queued, id);
      if (entry != NULL && herald_history_entry_is_watched (entry))
        g_array_append_vals (ids, id, 1);
    }

  return ids;
}

static void
take_row (HeraldHistoryLoader *self,
          GVariant            *row,
          GHashTable          *seen)
{
  g_autofree char *channel_name = NULL;
  const char *channel = "";
  HeraldHistoryEntry *entry;
  gint64 id = 0;

  g_variant_lookup (row, "id", "x", &id);
  g_variant_lookup (row, "channel", "&s", &channel);
  g_hash_table_add (seen, g_memdup2 (&id, sizeof id));
  entry = g_hash_table_lookup (self->entries, &id);
  if (entry == NULL)
    return;

  channel_name = herald_service_link_dup_channel_name (self->link, channel);
  herald_history_entry_update (entry, row, channel_name);
}

static void
take_rows (HeraldHistoryLoader *self,
           GArray              *asked,
           GVariant            *rows)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);

      take_row (self, row, seen);
    }
  for (guint i = 0; i < asked->len; i++)
    {
      gint64 id = g_array_index (asked, gint64, i);

      if (!g_hash_table_contains (seen, &id))
        g_signal_emit (self, signals[MISSING], 0, id);
    }
}

typedef struct
{
  HeraldHistoryLoader *self;
  GArray *asked;
} Question;

static void
on_list_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr(HeraldHistoryLoader) self = question->self;
  g_autoptr(GArray) asked = question->asked;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GError) error = NULL;

  herald_dbus_service1_call_list_history_finish (HERALD_DBUS_SERVICE1 (object), &rows, result, &error);
  self->is_asking = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error == NULL)
    take_rows (self, asked, rows);
  else
    {
      g_debug ("No messages: %s", error->message);
      for (guint i = 0; i < asked->len; i++)
        want (self, g_array_index (asked, gint64, i));
      g_clear_handle_id (&self->gather_id, g_source_remove);
    }
  ask_soon (self, error == NULL ? 0 : PAUSE_MS);
}

static gboolean
on_gather_timeout (gpointer user_data)
{
  HeraldHistoryLoader *self = user_data;
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);
  GArray *ids;
  Question *question;
  GVariantDict filter;

  self->gather_id = 0;
  if (herald_service_link_get_state (self->link) != HERALD_LINK_RUNNING || service == NULL)
    return G_SOURCE_REMOVE;

  ids = take_wanted (self);
  if (ids->len == 0)
    {
      g_array_unref (ids);
      return G_SOURCE_REMOVE;
    }

  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert_value (&filter, "ids", herald_history_ids_to_variant (ids));
  g_variant_dict_insert (&filter, "limit", "u", (guint) AT_ONCE);
  question = g_new0 (Question, 1);
  *question = (Question) { g_object_ref (self), ids };
  self->is_asking = TRUE;
  herald_dbus_service1_call_list_history (service, g_variant_dict_end (&filter), self->cancellable, on_list_ready, question);

  return G_SOURCE_REMOVE;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return g_int64_equal (a, b) ? 0 : 1;
}

/* An id that stayed behind would later take away another entry of the same message. */
static void
drop (HeraldHistoryLoader *self,
      gint64               id)
{
  GList *link = g_queue_find_custom (&self->kept, &id, compare_ids);

  if (link != NULL)
    {
      g_free (link->data);
      g_queue_delete_link (&self->kept, link);
    }
  g_hash_table_remove (self->entries, &id);
}

/* One that is in sight stays, and is looked at again when as many more have come. */
static void
drop_oldest (HeraldHistoryLoader *self)
{
  g_autofree gint64 *id = g_queue_pop_tail (&self->kept);
  HeraldHistoryEntry *entry = g_hash_table_lookup (self->entries, id);

  if (entry != NULL && herald_history_entry_is_watched (entry))
    g_queue_push_head (&self->kept, g_steal_pointer (&id));
  else
    g_hash_table_remove (self->entries, id);
}

/* GObject */

static void
herald_history_loader_dispose (GObject *object)
{
  HeraldHistoryLoader *self = HERALD_HISTORY_LOADER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->gather_id, g_source_remove);
  g_hash_table_remove_all (self->entries);
  g_queue_clear_full (&self->kept, g_free);
  g_queue_clear_full (&self->wanted, g_free);
  g_hash_table_remove_all (self->queued);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_history_loader_parent_class)->dispose (object);
}

static void
herald_history_loader_finalize (GObject *object)
{
  HeraldHistoryLoader *self = HERALD_HISTORY_LOADER (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->queued);

  G_OBJECT_CLASS (herald_history_loader_parent_class)->finalize (object);
}

static void
herald_history_loader_class_init (HeraldHistoryLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_history_loader_dispose;
  object_class->finalize = herald_history_loader_finalize;

  signals[MISSING] = g_signal_new ("missing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_INT64);
}

static void
herald_history_loader_init (HeraldHistoryLoader *self)
{
  self->cancellable = g_cancellable_new ();
  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->queued = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

HeraldHistoryLoader *
herald_history_loader_new (HeraldServiceLink *link)
{
  HeraldHistoryLoader *self = g_object_new (HERALD_TYPE_HISTORY_LOADER, NULL);

  self->link = g_object_ref (link);

  return self;
}

HeraldHistoryEntry *
herald_history_loader_ref_entry (HeraldHistoryLoader *self,
                                 gint64               id)
{
  HeraldHistoryEntry *entry = g_hash_table_lookup (self->entries, &id);

  if (entry == NULL)
    {
      if (self->kept.length >= KEPT_MAX)
        drop_oldest (self);
      entry = herald_history_entry_new (id);
      g_hash_table_insert (self->entries, g_memdup2 (&id, sizeof id), entry);
      g_queue_push_head (&self->kept, g_memdup2 (&id, sizeof id));
    }
  if (!herald_history_entry_is_known (entry))
    want (self, id);

  return g_object_ref (entry);
}

void
herald_history_loader_reload (HeraldHistoryLoader *self,
                              gint64               id)
{
  HeraldHistoryEntry *entry = g_hash_table_lookup (self->entries, &id);

  if (entry != NULL && herald_history_entry_is_watched (entry))
    want (self, id);
  else if (entry != NULL)
    drop (self, id);
}

/**
 * herald_history_loader_forget:
 *
 * Entries that somebody watches say what they said until it is known better; the others are made anew.
 */
void
herald_history_loader_forget (HeraldHistoryLoader *self)
{
  GQueue ids = self->kept;

  g_queue_init (&self->kept);
  while (!g_queue_is_empty (&ids))
    {
      gint64 *id = g_queue_pop_head (&ids);

      g_queue_push_tail (&self->kept, id);
      herald_history_loader_reload (self, *id);
    }
}
