/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-list"

#include "window/messages/message-list.h"

#include "window/base/failure.h"

/* Belongs to no printer */
static const char *const kinds_without_printer[] = { "test", "custom", NULL };

/**
 * HeraldMessageList:
 *
 * The messages as the service has them, for all printers or for one. It follows every change, whoever makes it, and asks one
 * after the other how they would read now, so that a slow service is not asked for all at once.
 */
struct _HeraldMessageList
{
  GObject parent_instance;

  HeraldServiceLink *link;
  HeraldDBusService1 *followed; /* NULL until there was a link */
  GCancellable *cancellable;
  GListStore *items;
  GVariant *rows; /* NULL until they are known */
  char *printer;
  char *problem;
  gboolean is_loading;
  gboolean is_stale;
  GCancellable *rendering; /* NULL while nobody is asked */
  guint next_rendered;
};

G_DEFINE_FINAL_TYPE (HeraldMessageList, herald_message_list, G_TYPE_OBJECT)

enum
{
  LOADED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_text (GVariant   *row,
          const char *name)
{
  const char *text = "";

  g_variant_lookup (row, name, "&s", &text);

  return text;
}

/* ── How they would read ────────────────────────────────────────────────── */

static void render_next (HeraldMessageList *self);

static void
on_render_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldMessageList) self = HERALD_MESSAGE_LIST (user_data);
  g_autoptr(HeraldMessageItem) item = NULL;
  g_autoptr(GVariant) rendering = NULL;
  g_autoptr(GError) error = NULL;

  herald_dbus_service1_call_render_finish (HERALD_DBUS_SERVICE1 (object), &rendering, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  item = g_list_model_get_item (G_LIST_MODEL (self->items), self->next_rendered);
  if (error != NULL)
    g_debug ("A message could not be rendered: %s", error->message);
  else if (item != NULL)
    herald_message_item_set_rendering (item, rendering);

  /* Who does not answer is not asked for all the others, too. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN))
    return;

  self->next_rendered++;
  render_next (self);
}

static void
render_next (HeraldMessageList *self)
{
  g_autoptr(HeraldMessageItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), self->next_rendered);

  if (item == NULL || self->followed == NULL)
    {
      g_clear_object (&self->rendering);
      return;
    }

  herald_dbus_service1_call_render (self->followed, herald_message_item_get_kind (item), herald_message_item_get_printer (item),
                                    g_variant_new ("a{sv}", NULL), self->rendering, on_render_ready, g_object_ref (self));
}

/* ── What there is ──────────────────────────────────────────────────────── */

/* (transfer full) (nullable): what is set for @kind and the printer, else for @kind and all */
static GVariant *
find_row (HeraldMessageList *self,
          const char        *kind,
          const char        *printer)
{
  GVariant *found = NULL;

  for (gsize i = 0; i < g_variant_n_children (self->rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (self->rows, i);
      const char *owner = get_text (row, "printer");

      if (!g_str_equal (get_text (row, "kind"), kind) || (*owner != '\0' && !g_str_equal (owner, printer)))
        continue;

      g_clear_pointer (&found, g_variant_unref);
      found = g_steal_pointer (&row);
    }

  return found;
}

static gboolean
belongs (HeraldMessageList *self,
         const char        *kind)
{
  return *self->printer == '\0' || !g_strv_contains (kinds_without_printer, kind);
}

/* Whether @item (nullable) may take the row of @kind: whoever shows or edits one keeps it, and what it is about. */
static gboolean
is_about (HeraldMessageList *self,
          HeraldMessageItem *item,
          const char        *kind)
{
  return item != NULL && g_str_equal (herald_message_item_get_kind (item), kind) &&
         g_str_equal (herald_message_item_get_printer (item), self->printer);
}

static void
fill_items (HeraldMessageList *self)
{
  guint n = 0;

  for (gsize i = 0; self->rows != NULL && i < g_variant_n_children (self->rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (self->rows, i);
      const char *kind = get_text (row, "kind");
      g_autoptr(GVariant) best = find_row (self, kind, self->printer);
      g_autoptr(HeraldMessageItem) old = NULL;
      g_autoptr(HeraldMessageItem) item = NULL;

      if (*get_text (row, "printer") != '\0' || !belongs (self, kind) || best == NULL)
        continue;

      old = g_list_model_get_item (G_LIST_MODEL (self->items), n);
      if (is_about (self, old, kind))
        herald_message_item_set_row (old, best);
      else
        {
          item = herald_message_item_new (best, self->printer);
          g_list_store_insert (self->items, n, item);
        }
      n++;
    }
  g_list_store_splice (self->items, n, g_list_model_get_n_items (G_LIST_MODEL (self->items)) - n, NULL, 0);
}

static void
on_list_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldMessageList) self = HERALD_MESSAGE_LIST (user_data);
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GError) error = NULL;

  herald_dbus_service1_call_list_messages_finish (HERALD_DBUS_SERVICE1 (object), &rows, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_loading = FALSE;
  g_clear_pointer (&self->problem, g_free);
  if (error != NULL)
    self->problem = herald_failure_dup_sentence (error);
  else
    {
      g_clear_pointer (&self->rows, g_variant_unref);
      self->rows = g_steal_pointer (&rows);
      fill_items (self);
      herald_message_list_render (self);
    }
  g_signal_emit (self, signals[LOADED], 0);

  if (self->is_stale)
    herald_message_list_load (self);
}

static void
follow_service (HeraldMessageList *self)
{
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);

  if (service == NULL || service == self->followed)
    return;

  g_set_object (&self->followed, service);
  g_signal_connect_object (service, "messages-changed", G_CALLBACK (herald_message_list_load), self, G_CONNECT_SWAPPED);
}

static void
on_state_changed (HeraldMessageList *self)
{
  if (herald_service_link_get_state (self->link) == HERALD_LINK_RUNNING)
    herald_message_list_load (self);
}

/* ── Taking back ────────────────────────────────────────────────────────── */

static void
on_restore_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;

  if (herald_dbus_service1_call_restore_message_finish (HERALD_DBUS_SERVICE1 (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* GObject */

static void
herald_message_list_dispose (GObject *object)
{
  HeraldMessageList *self = HERALD_MESSAGE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->rendering);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->rendering);
  g_clear_object (&self->link);
  g_clear_object (&self->followed);
  g_clear_object (&self->items);
  g_clear_pointer (&self->rows, g_variant_unref);
  g_clear_pointer (&self->printer, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (herald_message_list_parent_class)->dispose (object);
}

static void
herald_message_list_class_init (HeraldMessageListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_message_list_dispose;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_message_list_init (HeraldMessageList *self)
{
  self->cancellable = g_cancellable_new ();
  self->items = g_list_store_new (HERALD_TYPE_MESSAGE_ITEM);
  self->printer = g_strdup ("");
}

HeraldMessageList *
herald_message_list_new (HeraldServiceLink *link)
{
  HeraldMessageList *self = g_object_new (HERALD_TYPE_MESSAGE_LIST, NULL);

  self->link = g_object_ref (link);
  g_signal_connect_object (link, "state-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (herald_service_link_get_channels (link), "items-changed", G_CALLBACK (herald_message_list_render), self,
                           G_CONNECT_SWAPPED);
  on_state_changed (self);

  return self;
}

GListModel *
herald_message_list_get_items (HeraldMessageList *self)
{
  return G_LIST_MODEL (self->items);
}

HeraldMessageItem *
herald_message_list_ref_item (HeraldMessageList *self,
                              const char        *kind)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr(HeraldMessageItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (g_str_equal (herald_message_item_get_kind (item), kind))
        return g_steal_pointer (&item);
    }

  return NULL;
}

HeraldServiceLink *
herald_message_list_get_link (HeraldMessageList *self)
{
  return self->link;
}

const char *
herald_message_list_get_problem (HeraldMessageList *self)
{
  return self->problem;
}

void
herald_message_list_set_printer (HeraldMessageList *self,
                                 const char        *printer)
{
  if (g_str_equal (self->printer, printer))
    return;

  g_free (self->printer);
  self->printer = g_strdup (printer);
  fill_items (self);
  herald_message_list_render (self);
}

const char *
herald_message_list_get_printer (HeraldMessageList *self)
{
  return self->printer;
}

/**
 * herald_message_list_dup_own:
 *
 * Returns: (transfer full): what is set for @kind and @printer as far as is known, as SetMessage takes it
 */
GVariant *
herald_message_list_dup_own (HeraldMessageList *self,
                             const char        *kind,
                             const char        *printer)
{
  g_autoptr(GVariant) row = self->rows != NULL ? find_row (self, kind, printer) : NULL;
  g_autoptr(GVariant) own = NULL;

  if (row != NULL && g_str_equal (get_text (row, "printer"), printer))
    own = g_variant_lookup_value (row, "own", G_VARIANT_TYPE ("a{ss}"));

  return own != NULL ? g_steal_pointer (&own) : g_variant_ref_sink (g_variant_new ("a{ss}", NULL));
}

/**
 * herald_message_list_has_overrides:
 *
 * Returns: whether some message is set otherwise for one printer
 */
gboolean
herald_message_list_has_overrides (HeraldMessageList *self)
{
  for (gsize i = 0; self->rows != NULL && i < g_variant_n_children (self->rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (self->rows, i);

      if (*get_text (row, "printer") != '\0')
        return TRUE;
    }

  return FALSE;
}

void
herald_message_list_load (HeraldMessageList *self)
{
  follow_service (self);
  self->is_stale = self->is_loading;
  if (self->is_loading || self->followed == NULL)
    return;

  self->is_loading = TRUE;
  herald_dbus_service1_call_list_messages (self->followed, self->cancellable, on_list_ready, g_object_ref (self));
}

void
herald_message_list_render (HeraldMessageList *self)
{
  g_cancellable_cancel (self->rendering);
  g_clear_object (&self->rendering);
  self->rendering = g_cancellable_new ();
  self->next_rendered = 0;
  render_next (self);
}

void
herald_message_list_restore_async (HeraldMessageList   *self,
                                   const char          *kind,
                                   const char          *printer,
                                   GVariant            *own,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (self->followed != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, herald_message_list_restore_async);
  herald_dbus_service1_call_restore_message (self->followed, kind, printer, own, cancellable, on_restore_ready, task);
}

gboolean
herald_message_list_restore_finish (HeraldMessageList  *self,
                                    GAsyncResult       *result,
                                    GError            **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
