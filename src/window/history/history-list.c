/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-list"

#include "window/history/history-list.h"

#include "window/history/history-entry.h"

/* What a person looks back on; octoheraldctl shows all of it. */
#define ENTRIES_MAX 100

/* One event is several changes in a row: waiting, being sent, delivered, for each channel. */
#define REFRESH_DELAY_MS 200

#define CALL_LIMIT_MS 10000

/**
 * HeraldHistoryList:
 *
 * The newest messages, newest first. It asks again when the service says that
 * something has changed, and keeps the entries it has.
 */
struct _HeraldHistoryList
{
  GObject parent_instance;

  HeraldServiceLink *link;
  GListStore *entries;
  GCancellable *cancellable;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (HeraldHistoryList, herald_history_list, G_TYPE_OBJECT)

/* (transfer full): the entry of the same message if there is one, else a new one */
static HeraldHistoryEntry *
make_entry (HeraldHistoryList *self,
            GHashTable        *known,
            GVariant          *row)
{
  g_autofree char *channel_name = NULL;
  const char *channel = "";
  HeraldHistoryEntry *entry;
  gint64 id = 0;

  g_variant_lookup (row, "id", "x", &id);
  g_variant_lookup (row, "channel", "&s", &channel);
  channel_name = herald_service_link_dup_channel_name (self->link, channel);

  entry = g_hash_table_lookup (known, &id);
  if (entry == NULL)
    return herald_history_entry_new (row, channel_name);

  herald_history_entry_update (entry, row, channel_name);

  return g_object_ref (entry);
}

static GHashTable *
index_entries (GListModel *entries)
{
  GHashTable *known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      HeraldHistoryEntry *entry = g_list_model_get_item (entries, i);
      gint64 id = herald_history_entry_get_id (entry);

      g_hash_table_insert (known, g_memdup2 (&id, sizeof id), entry);
    }

  return known;
}

/* Only what differs is replaced, from the first difference to the last: focus and scrolling stay. */
static void
replace_entries (HeraldHistoryList *self,
                 GPtrArray         *wanted)
{
  GListModel *model = G_LIST_MODEL (self->entries);
  guint n_old = g_list_model_get_n_items (model);
  guint first = 0;
  guint same_at_end = 0;

  while (first < n_old && first < wanted->len)
    {
      g_autoptr(GObject) entry = g_list_model_get_item (model, first);

      if (entry != g_ptr_array_index (wanted, first))
        break;
      first++;
    }
  while (same_at_end < n_old - first && same_at_end < wanted->len - first)
    {
      g_autoptr(GObject) entry = g_list_model_get_item (model, n_old - 1 - same_at_end);

      if (entry != g_ptr_array_index (wanted, wanted->len - 1 - same_at_end))
        break;
      same_at_end++;
    }

  if (n_old - first - same_at_end > 0 || wanted->len - first - same_at_end > 0)
    g_list_store_splice (self->entries, first, n_old - first - same_at_end,
                         wanted->pdata + first, wanted->len - first - same_at_end);
}

static void
on_list_history_ready (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(HeraldHistoryList) self = HERALD_HISTORY_LIST (user_data);
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GHashTable) known = NULL;
  g_autoptr(GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GError) error = NULL;

  herald_dbus_service1_call_list_history_finish (HERALD_DBUS_SERVICE1 (object), &rows, result,
                                                 &error);
  if (error != NULL)
    {
      g_debug ("No history: %s", error->message);
      return;
    }

  known = index_entries (G_LIST_MODEL (self->entries));
  for (gsize i = 0; i < MIN (g_variant_n_children (rows), ENTRIES_MAX); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);

      g_ptr_array_add (wanted, make_entry (self, known, row));
    }
  replace_entries (self, wanted);
}

static gboolean
on_refresh_timeout (gpointer user_data)
{
  HeraldHistoryList *self = HERALD_HISTORY_LIST (user_data);
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);
  GVariantDict filter;

  self->refresh_id = 0;
  if (herald_service_link_get_state (self->link) != HERALD_LINK_RUNNING || service == NULL)
    return G_SOURCE_REMOVE;

  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert (&filter, "limit", "u", ENTRIES_MAX);
  /* The generated call has no limit of its own. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (service), CALL_LIMIT_MS);
  herald_dbus_service1_call_list_history (service, g_variant_dict_end (&filter),
                                          self->cancellable, on_list_history_ready,
                                          g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
on_link_changed (HeraldServiceLink *link,
                 gpointer           user_data)
{
  HeraldHistoryList *self = HERALD_HISTORY_LIST (user_data);

  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_DELAY_MS, on_refresh_timeout, self);
}

/* GObject */

static void
herald_history_list_dispose (GObject *object)
{
  HeraldHistoryList *self = HERALD_HISTORY_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->entries);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_history_list_parent_class)->dispose (object);
}

static void
herald_history_list_class_init (HeraldHistoryListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_history_list_dispose;
}

static void
herald_history_list_init (HeraldHistoryList *self)
{
  self->cancellable = g_cancellable_new ();
  self->entries = g_list_store_new (HERALD_TYPE_HISTORY_ENTRY);
}

/**
 * herald_history_list_new:
 * @link: where the history comes from
 *
 * Returns: (transfer full): a list that keeps itself up to date
 */
HeraldHistoryList *
herald_history_list_new (HeraldServiceLink *link)
{
  HeraldHistoryList *self = g_object_new (HERALD_TYPE_HISTORY_LIST, NULL);

  self->link = g_object_ref (link);
  g_signal_connect_object (link, "state-changed", G_CALLBACK (on_link_changed), self, 0);
  g_signal_connect_object (link, "delivery-changed", G_CALLBACK (on_link_changed), self, 0);
  on_link_changed (link, self);

  return self;
}

/**
 * herald_history_list_get_model:
 *
 * Returns: (transfer none): of #HeraldHistoryEntry, newest first
 */
GListModel *
herald_history_list_get_model (HeraldHistoryList *self)
{
  return G_LIST_MODEL (self->entries);
}
