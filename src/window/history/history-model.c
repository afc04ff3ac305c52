/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-model"

#include "window/history/history-model.h"

#include "window/history/history-ids.h"
#include "window/history/history-loader.h"

/* One event is several changes in a row: waiting, being sent, delivered, for each channel. */
#define CHANGES_DELAY_MS 200

/* After a question that nobody has answered */
#define PAUSE_MS 2000

/* When so many have changed, all is looked through again. */
#define CHANGES_MAX 500

/**
 * HeraldHistoryModel:
 *
 * The messages that match a filter, newest first: it knows which there are by their ids, and has what they say fetched when
 * somebody looks at them. New ones come on top, changed ones are fetched again, and what no longer matches goes.
 */
struct _HeraldHistoryModel
{
  GObject parent_instance;

  HeraldServiceLink *link;
  HeraldHistoryLoader *loader;
  GVariant *filter;
  GArray *ids;             /* gint64, descending */
  GCancellable *searching; /* NULL: no search is under way */
  GHashTable *changed;     /* ids (gint64) that somebody has to look at */
  GCancellable *looking;   /* as searching, of what has changed */
  GArray *asked;           /* the ids that it looks at */
  guint changes_id;
};

static void herald_history_model_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HeraldHistoryModel, herald_history_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, herald_history_model_list_init))

enum
{
  SEARCHED,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ── What there is ──────────────────────────────────────────────────────── */

/* Only what differs is replaced, from the first difference to the last: focus and scrolling stay. Takes the new ones. */
static void
take_ids (HeraldHistoryModel *self,
          GArray             *taken_ids)
{
  g_autoptr(GArray) old = self->ids;
  guint first = 0;
  guint n_same = 0;

  herald_history_ids_compare (old, taken_ids, &first, &n_same);
  self->ids = taken_ids;
  if (old->len != taken_ids->len || first < old->len)
    g_list_model_items_changed (G_LIST_MODEL (self), first, old->len - first - n_same, taken_ids->len - first - n_same);
}

static void
add_or_remove (HeraldHistoryModel *self,
               gint64              id,
               gboolean            is_wanted)
{
  guint position;
  gboolean is_there = herald_history_ids_find (self->ids, id, &position);

  if (is_there && !is_wanted)
    {
      g_array_remove_index (self->ids, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
  else if (!is_there && is_wanted)
    {
      g_array_insert_val (self->ids, position, id);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
    }
}

/* (transfer full): @ids (nullable): only of these */
static GVariant *
make_filter (HeraldHistoryModel *self,
             GVariant           *ids)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, self->filter);
  if (ids != NULL)
    g_variant_dict_insert_value (&dict, "ids", ids);

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static HeraldDBusService1 *
get_service (HeraldHistoryModel *self)
{
  return herald_service_link_get_state (self->link) == HERALD_LINK_RUNNING ? herald_service_link_get_service (self->link) : NULL;
}

static void look_at_changes (HeraldHistoryModel *self,
                             guint               after_ms);

static void
on_find_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldHistoryModel) self = HERALD_HISTORY_MODEL (user_data);
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GError) error = NULL;

  herald_dbus_service1_call_find_history_finish (HERALD_DBUS_SERVICE1 (object), &answer, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->searching);
  if (error == NULL)
    take_ids (self, herald_history_ids_new_from_variant (answer));
  g_signal_emit (self, signals[SEARCHED], 0, error);
  look_at_changes (self, CHANGES_DELAY_MS);
}

/* ── What has changed ───────────────────────────────────────────────────── */

/* They are still to be looked at. */
static void
put_asked_back (HeraldHistoryModel *self)
{
  for (guint i = 0; i < self->asked->len; i++)
    g_hash_table_add (self->changed, g_memdup2 (&g_array_index (self->asked, gint64, i), sizeof (gint64)));
  g_array_set_size (self->asked, 0);
}

static void
on_look_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldHistoryModel) self = HERALD_HISTORY_MODEL (user_data);
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GArray) wanted = NULL;
  g_autoptr(GError) error = NULL;

  herald_dbus_service1_call_find_history_finish (HERALD_DBUS_SERVICE1 (object), &answer, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->looking);
  if (error != NULL)
    {
      g_debug ("What has changed is not known: %s", error->message);
      put_asked_back (self);
      look_at_changes (self, PAUSE_MS);
      return;
    }

  wanted = herald_history_ids_new_from_variant (answer);
  g_array_sort (wanted, herald_history_ids_compare_descending);
  for (guint i = 0; i < self->asked->len; i++)
    {
      gint64 id = g_array_index (self->asked, gint64, i);

      add_or_remove (self, id, herald_history_ids_find (wanted, id, NULL));
      herald_history_loader_reload (self->loader, id);
    }
  g_array_set_size (self->asked, 0);
  g_signal_emit (self, signals[CHANGED], 0);
  look_at_changes (self, CHANGES_DELAY_MS);
}

static gboolean
on_changes_timeout (gpointer user_data)
{
  HeraldHistoryModel *self = user_data;
  HeraldDBusService1 *service = get_service (self);
  g_autoptr(GVariant) filter = NULL;
  GHashTableIter iter;
  gpointer id;

  self->changes_id = 0;
  if (service == NULL || self->searching != NULL)
    return G_SOURCE_REMOVE;
  if (g_hash_table_size (self->changed) > CHANGES_MAX)
    {
      g_hash_table_remove_all (self->changed);
      herald_history_loader_forget (self->loader);
      herald_history_model_search (self);
      g_signal_emit (self, signals[CHANGED], 0);
      return G_SOURCE_REMOVE;
    }

  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (self->asked, id, 1);
  g_hash_table_remove_all (self->changed);
  filter = make_filter (self, herald_history_ids_to_variant (self->asked));
  self->looking = g_cancellable_new ();
  herald_dbus_service1_call_find_history (service, filter, self->looking, on_look_ready, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

/* One question at a time: a slow service is not asked faster than it answers. */
static void
look_at_changes (HeraldHistoryModel *self,
                 guint               after_ms)
{
  if (self->changes_id == 0 && self->looking == NULL && self->searching == NULL && g_hash_table_size (self->changed) > 0)
    self->changes_id = g_timeout_add (after_ms, on_changes_timeout, self);
}

static void
on_delivery_changed (HeraldDBusService1 *service,
                     gint64              id,
                     gpointer            user_data)
{
  HeraldHistoryModel *self = user_data;

  g_hash_table_add (self->changed, g_memdup2 (&id, sizeof id));
  look_at_changes (self, CHANGES_DELAY_MS);
}

static void
stop (HeraldHistoryModel *self)
{
  if (self->searching != NULL)
    g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  put_asked_back (self);
  g_clear_handle_id (&self->changes_id, g_source_remove);
}

/* Whoever waits for a search must hear that there is nothing to wait for. */
static void
give_up (HeraldHistoryModel *self)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "The service does not run");

  g_signal_emit (self, signals[SEARCHED], 0, error);
}

/* After a restart all may be different. */
static void
on_link_changed (HeraldHistoryModel *self)
{
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);
  gboolean was_searching = self->searching != NULL;

  if (service != NULL && g_signal_handler_find (service, G_SIGNAL_MATCH_DATA | G_SIGNAL_MATCH_FUNC, 0, 0, NULL,
                                                on_delivery_changed, self) == 0)
    g_signal_connect_object (service, "delivery-changed", G_CALLBACK (on_delivery_changed), self, 0);
  stop (self);
  g_hash_table_remove_all (self->changed);
  if (get_service (self) == NULL)
    {
      if (was_searching)
        give_up (self);
      return;
    }

  herald_history_loader_forget (self->loader);
  herald_history_model_search (self);
}

/* It was asked for, and is not there any more. */
static void
on_missing (HeraldHistoryModel *self,
            gint64              id)
{
  add_or_remove (self, id, FALSE);
}

/* GListModel */

static GType
herald_history_model_get_item_type (GListModel *list)
{
  return HERALD_TYPE_HISTORY_ENTRY;
}

static guint
herald_history_model_get_n_items (GListModel *list)
{
  return HERALD_HISTORY_MODEL (list)->ids->len;
}

static gpointer
herald_history_model_get_item (GListModel *list,
                               guint       position)
{
  HeraldHistoryModel *self = HERALD_HISTORY_MODEL (list);

  return position < self->ids->len ? herald_history_loader_ref_entry (self->loader, g_array_index (self->ids, gint64, position))
                                   : NULL;
}

static void
herald_history_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = herald_history_model_get_item_type;
  iface->get_n_items = herald_history_model_get_n_items;
  iface->get_item = herald_history_model_get_item;
}

/* GObject */

static void
herald_history_model_dispose (GObject *object)
{
  HeraldHistoryModel *self = HERALD_HISTORY_MODEL (object);

  stop (self);
  g_clear_object (&self->loader);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_history_model_parent_class)->dispose (object);
}

static void
herald_history_model_finalize (GObject *object)
{
  HeraldHistoryModel *self = HERALD_HISTORY_MODEL (object);

  g_variant_unref (self->filter);
  g_array_unref (self->ids);
  g_array_unref (self->asked);
  g_hash_table_unref (self->changed);

  G_OBJECT_CLASS (herald_history_model_parent_class)->finalize (object);
}

static void
herald_history_model_class_init (HeraldHistoryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = herald_history_model_dispose;
  object_class->finalize = herald_history_model_finalize;

  signals[SEARCHED] = g_signal_new ("searched", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_history_model_init (HeraldHistoryModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->asked = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->filter = g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));
  self->changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * herald_history_model_new:
 * @link: where the history comes from
 *
 * Returns: (transfer full): a list that keeps itself up to date
 */
HeraldHistoryModel *
herald_history_model_new (HeraldServiceLink *link)
{
  HeraldHistoryModel *self = g_object_new (HERALD_TYPE_HISTORY_MODEL, NULL);

  self->link = g_object_ref (link);
  self->loader = herald_history_loader_new (link);
  g_signal_connect_object (self->loader, "missing", G_CALLBACK (on_missing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "state-changed", G_CALLBACK (on_link_changed), self, G_CONNECT_SWAPPED);
  on_link_changed (self);

  return self;
}

/**
 * herald_history_model_set_filter:
 * @filter: what is listed from now on; nothing happens if it is the same
 */
void
herald_history_model_set_filter (HeraldHistoryModel *self,
                                 GVariant           *filter)
{
  g_autoptr(GVariant) taken = g_variant_ref_sink (filter);

  if (g_variant_equal (self->filter, taken))
    return;

  g_variant_unref (self->filter);
  self->filter = g_variant_ref (taken);
  herald_history_model_search (self);
}

/**
 * herald_history_model_search:
 *
 * Looks again which messages there are; `searched` tells when it is known, or will not be.
 */
void
herald_history_model_search (HeraldHistoryModel *self)
{
  HeraldDBusService1 *service = get_service (self);
  g_autoptr(GVariant) filter = NULL;

  if (service == NULL)
    {
      give_up (self);
      return;
    }

  /* What has changed meanwhile may match all the same and say something else: it is looked at afterwards. */
  stop (self);
  filter = make_filter (self, NULL);
  self->searching = g_cancellable_new ();
  herald_dbus_service1_call_find_history (service, filter, self->searching, on_find_ready, g_object_ref (self));
}

gboolean
herald_history_model_is_searching (HeraldHistoryModel *self)
{
  return self->searching != NULL;
}

GArray *
herald_history_model_dup_ids (HeraldHistoryModel *self)
{
  return g_array_copy (self->ids);
}
