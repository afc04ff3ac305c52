/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-messages-page"

#include "window/messages/messages-page.h"

#include <glib/gi18n-lib.h>

#include "core/base/values.h"
#include "window/base/notice.h"
#include "window/messages/message-editor.h"
#include "window/messages/message-list.h"
#include "window/messages/message-row.h"
#include "window/messages/printer-choice.h"

/* What most people look for comes first. Groups that are not named here follow. */
static const char *const group_order[] = { "prints", "progress", "attention", "printer", "files", "timelapse", "system", NULL };

/**
 * HeraldMessagesPage:
 *
 * The page of what is told in which words: the events in groups, for all printers or for one. A switch holds at once and can be
 * taken back; everything else is changed in an editor.
 */
struct _HeraldMessagesPage
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  HeraldMessageList *list;
  GCancellable *cancellable;
  GHashTable *shown_groups; /* id → GtkWidget, borrowed */

  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *failed_page;
  GtkWidget *printer_group;
  HeraldPrinterChoice *printer_choice;
  GtkBox *groups;
};

G_DEFINE_FINAL_TYPE (HeraldMessagesPage, herald_messages_page, ADW_TYPE_BIN)

/* ── Taking back ────────────────────────────────────────────────────────── */

/* A message as it was */
typedef struct
{
  HeraldMessagesPage *page;
  HeraldMessageItem *item;
  char *printer;
  GVariant *own;         /* a{ss} */
  HeraldValues *changes; /* NULL unless they were given up */
} Memory;

static void
memory_free (gpointer data)
{
  Memory *memory = data;

  g_object_unref (memory->page);
  g_object_unref (memory->item);
  g_free (memory->printer);
  g_variant_unref (memory->own);
  g_clear_pointer (&memory->changes, g_hash_table_unref);
  g_free (memory);
}

static Memory *
memory_new (HeraldMessagesPage *page,
            HeraldMessageItem  *item,
            GVariant           *own,
            HeraldValues       *changes)
{
  Memory *memory = g_new0 (Memory, 1);

  *memory = (Memory) { g_object_ref (page), g_object_ref (item), g_strdup (herald_message_item_get_printer (item)),
                       g_variant_ref_sink (own), changes != NULL ? herald_values_copy (changes) : NULL };

  return memory;
}

static void
on_restore_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldMessagesPage) self = HERALD_MESSAGES_PAGE (user_data);
  g_autoptr(GError) error = NULL;

  if (!herald_message_list_restore_finish (HERALD_MESSAGE_LIST (object), result, &error))
    herald_notice_show_error (GTK_WIDGET (self), error);
}

static void
restore (gpointer user_data)
{
  Memory *memory = user_data;
  HeraldMessagesPage *self = memory->page;

  herald_message_list_restore_async (self->list, herald_message_item_get_kind (memory->item), memory->printer, memory->own,
                                     self->cancellable, on_restore_ready, g_object_ref (self));
}

/* (transfer full): what is set for @item, and for its printer */
static GVariant *
dup_own (HeraldMessagesPage *self,
         HeraldMessageItem  *item)
{
  return herald_message_list_dup_own (self->list, herald_message_item_get_kind (item), herald_message_item_get_printer (item));
}

/* ── Switches ───────────────────────────────────────────────────────────── */

typedef struct
{
  HeraldMessagesPage *page;
  HeraldMessageRow *row;
  GVariant *own;
  gboolean is_enabled;
} Switching;

static void
switching_free (Switching *switching)
{
  g_object_unref (switching->page);
  g_object_unref (switching->row);
  g_variant_unref (switching->own);
  g_free (switching);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Switching, switching_free)

static void
on_switch_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Switching) switching = user_data;
  HeraldMessageItem *item = herald_message_row_get_item (switching->row);
  g_autofree char *sentence = NULL;
  g_autoptr(GError) error = NULL;

  herald_dbus_service1_call_set_message_finish (HERALD_DBUS_SERVICE1 (object), NULL, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || item == NULL)
    return;
  if (error != NULL)
    {
      herald_message_row_update (switching->row);
      herald_notice_show_error (GTK_WIDGET (switching->page), error);
      return;
    }

  /* Translators: the name of a message, like “Print finished” */
  sentence = g_strdup_printf (switching->is_enabled ? _("“%s” is told now.") : _("“%s” is not told any more."),
                              herald_message_item_get_name (item));
  herald_notice_offer_undo (GTK_WIDGET (switching->page), sentence, restore,
                            memory_new (switching->page, item, switching->own, NULL), memory_free);
}

static void
on_row_switched (HeraldMessagesPage *self,
                 gboolean            is_enabled,
                 HeraldMessageRow   *row)
{
  HeraldMessageItem *item = herald_message_row_get_item (row);
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);
  g_autoptr(HeraldValues) changes = herald_values_new ();
  Switching *switching = NULL;

  if (service == NULL)
    return;

  switching = g_new0 (Switching, 1);
  *switching = (Switching) { g_object_ref (self), g_object_ref (row), dup_own (self, item), is_enabled };
  herald_values_set (changes, "enabled", is_enabled ? "true" : "false");
  herald_dbus_service1_call_set_message (service, herald_message_item_get_kind (item), herald_message_item_get_printer (item),
                                         herald_values_to_variant (changes), self->cancellable, on_switch_ready, switching);
}

/* ── The editor ─────────────────────────────────────────────────────────── */

static void edit (HeraldMessagesPage *self,
                  HeraldMessageItem  *item,
                  HeraldValues       *changes);

/* The page may show another printer meanwhile, and this one may be gone. */
static void
take_up_again (gpointer user_data)
{
  Memory *memory = user_data;
  HeraldMessagesPage *self = memory->page;
  g_autoptr(HeraldMessageItem) item = NULL;

  if (herald_printer_choice_choose (self->printer_choice, memory->printer))
    item = herald_message_list_ref_item (self->list, herald_message_item_get_kind (memory->item));
  if (item != NULL)
    edit (self, item, memory->changes);
  else
    herald_notice_show (GTK_WIDGET (self), _("This printer is not there any more."));
}

static void
on_edited (HeraldMessagesPage *self,
           int                 how,
           HeraldMessageItem  *item,
           HeraldValues       *changes,
           GVariant           *own)
{
  const char *name = herald_message_item_get_name (item);
  g_autofree char *sentence = NULL;

  if (how == HERALD_EDITED_GIVEN_UP && g_hash_table_size (changes) == 0)
    return;

  if (how == HERALD_EDITED_GIVEN_UP)
    {
      sentence = g_strdup_printf (_("Your changes to “%s” were not saved."), name);
      herald_notice_offer_undo (GTK_WIDGET (self), sentence, take_up_again, memory_new (self, item, own, changes), memory_free);
      return;
    }

  sentence = g_strdup_printf (how == HERALD_EDITED_SAVED ? _("“%s” was changed.") : _("“%s” was reset."), name);
  herald_notice_offer_undo (GTK_WIDGET (self), sentence, restore, memory_new (self, item, own, NULL), memory_free);
}

static void
edit (HeraldMessagesPage *self,
      HeraldMessageItem  *item,
      HeraldValues       *changes)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  HeraldMessageEditor *editor;

  if (root == NULL)
    return;

  editor = herald_message_editor_present (GTK_WINDOW (root), self->list, item, changes);
  g_signal_connect_object (editor, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
}

static void
on_row_edit (HeraldMessagesPage *self,
             HeraldMessageRow   *row)
{
  edit (self, herald_message_row_get_item (row), NULL);
}

static void
on_row_activated (HeraldMessagesPage *self,
                  GtkListBoxRow      *row)
{
  on_row_edit (self, HERALD_MESSAGE_ROW (row));
}

/* ── Groups ─────────────────────────────────────────────────────────────── */

static gboolean
is_of_group (gpointer item,
             gpointer user_data)
{
  return g_str_equal (herald_message_item_get (item, "group"), user_data);
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  HeraldMessagesPage *self = user_data;
  GtkWidget *row = herald_message_row_new (self->link, item);

  g_signal_connect_object (row, "switched", G_CALLBACK (on_row_switched), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "edit", G_CALLBACK (on_row_edit), self, G_CONNECT_SWAPPED);

  return row;
}

static void
on_group_changed (GListModel *items,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  gtk_widget_set_visible (GTK_WIDGET (user_data), g_list_model_get_n_items (items) > 0);
}

static void
add_group (HeraldMessagesPage *self,
           const char         *id,
           const char         *name)
{
  GtkCustomFilter *filter = gtk_custom_filter_new (is_of_group, g_strdup (id), g_free);
  g_autoptr(GtkFilterListModel) items = NULL;
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();
  g_autofree char *title = g_markup_escape_text (name, -1);

  items = gtk_filter_list_model_new (g_object_ref (herald_message_list_get_items (self->list)), GTK_FILTER (filter));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (items), make_row, self, NULL);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_row_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (items, "items-changed", G_CALLBACK (on_group_changed), group, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (self->groups, group);
  g_hash_table_insert (self->shown_groups, g_strdup (id), group);
}

static void
add_group_of (HeraldMessagesPage *self,
              const char         *wanted)
{
  GListModel *items = herald_message_list_get_items (self->list);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(HeraldMessageItem) item = g_list_model_get_item (items, i);
      const char *id = herald_message_item_get (item, "group");

      if ((wanted == NULL || g_str_equal (id, wanted)) && !g_hash_table_contains (self->shown_groups, id))
        add_group (self, id, herald_message_item_get (item, "group_name"));
    }
}

/* ── The whole page ─────────────────────────────────────────────────────── */

static void
update_printer_group (HeraldMessagesPage *self)
{
  gtk_widget_set_visible (self->printer_group, herald_printer_choice_count (self->printer_choice) > 1 ||
                                                 herald_message_list_has_overrides (self->list) ||
                                                 *herald_message_list_get_printer (self->list) != '\0');
}

static void
on_printer_chosen (HeraldMessagesPage *self)
{
  if (self->list == NULL)
    return;

  herald_message_list_set_printer (self->list, herald_printer_choice_get_printer (self->printer_choice));
  update_printer_group (self);
}

static void
on_loaded (HeraldMessagesPage *self)
{
  gboolean has_items = g_list_model_get_n_items (herald_message_list_get_items (self->list)) > 0;
  const char *problem = herald_message_list_get_problem (self->list);

  for (guint i = 0; group_order[i] != NULL; i++)
    add_group_of (self, group_order[i]);
  add_group_of (self, NULL);
  update_printer_group (self);

  if (problem != NULL)
    adw_status_page_set_description (self->failed_page, problem);
  gtk_stack_set_visible_child_name (self->stack, has_items ? "list" : problem != NULL ? "failed" : "loading");
  gtk_spinner_set_spinning (self->spinner, !has_items && problem == NULL);
}

static void
on_try_again_clicked (HeraldMessagesPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  gtk_spinner_set_spinning (self->spinner, TRUE);
  herald_message_list_load (self->list);
}

/* A print goes on while nobody looks. */
static void
on_map (HeraldMessagesPage *self)
{
  herald_message_list_render (self->list);
}

/* GObject */

static void
herald_messages_page_dispose (GObject *object)
{
  HeraldMessagesPage *self = HERALD_MESSAGES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->list);
  g_clear_object (&self->link);
  g_clear_pointer (&self->shown_groups, g_hash_table_unref);

  G_OBJECT_CLASS (herald_messages_page_parent_class)->dispose (object);
}

static void
herald_messages_page_class_init (HeraldMessagesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_messages_page_dispose;

  g_type_ensure (HERALD_TYPE_PRINTER_CHOICE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/messages/messages-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldMessagesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessagesPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessagesPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessagesPage, printer_group);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessagesPage, printer_choice);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessagesPage, groups);
  gtk_widget_class_bind_template_callback (widget_class, on_printer_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_clicked);
}

static void
herald_messages_page_init (HeraldMessagesPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->shown_groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spinner_set_spinning (self->spinner, TRUE);
}

/**
 * herald_messages_page_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
herald_messages_page_new (HeraldServiceLink *link)
{
  HeraldMessagesPage *self = g_object_new (HERALD_TYPE_MESSAGES_PAGE, NULL);

  self->link = g_object_ref (link);
  self->list = herald_message_list_new (link);
  g_signal_connect_object (self->list, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "map", G_CALLBACK (on_map), self, G_CONNECT_SWAPPED);
  herald_printer_choice_set_link (self->printer_choice, link);

  return GTK_WIDGET (self);
}
