/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-page"

#include "window/history/history-page.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "window/base/failure.h"
#include "window/base/notice.h"
#include "window/history/history-chart.h"
#include "window/history/history-chooser.h"
#include "window/history/history-details.h"
#include "window/history/history-export.h"
#include "window/history/history-model.h"
#include "window/history/history-row.h"

/* The service takes less of it; a novel that was pasted in by mistake does not cross the bus. */
#define SEARCH_MAX_CHARS 200

/* What is over sooner needs no sign that it goes on. */
#define SIGN_DELAY_MS 500

/**
 * HeraldHistoryPage:
 *
 * The page of what was told to whom, newest first: searched, filtered, looked into and saved. It asks for nothing before it is
 * shown for the first time.
 */
struct _HeraldHistoryPage
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  HeraldHistoryModel *model; /* NULL: was never shown */
  gboolean is_saving;
  gboolean is_known;         /* whether a search has ever come to an end */
  gboolean has_found;        /* whether there has ever been a message */
  char *since;               /* NULL: every day */
  char *until;
  char *day;
  guint sign_id;

  GtkStack *stack;
  GtkStack *results;
  GtkEditable *search;
  HeraldHistoryChooser *chooser;
  GtkFlowBox *chips;
  HeraldHistoryChart *chart;
  GtkLabel *count;
  GtkSpinner *spinner;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  AdwStatusPage *failed;
};

G_DEFINE_FINAL_TYPE (HeraldHistoryPage, herald_history_page, ADW_TYPE_BIN)

static void apply_filter (HeraldHistoryPage *self);

static gboolean
is_filtered (HeraldHistoryPage *self)
{
  return *gtk_editable_get_text (self->search) != '\0' || herald_history_chooser_is_set (self->chooser) || self->since != NULL;
}

static void
update_view (HeraldHistoryPage *self)
{
  guint n_found = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *words = NULL;

  self->has_found = self->has_found || n_found > 0;
  if (is_filtered (self))
    words = g_strdup_printf (ngettext ("%'u message found", "%'u messages found", n_found), n_found);
  else
    words = g_strdup_printf (ngettext ("%'u message", "%'u messages", n_found), n_found);
  gtk_label_set_text (self->count, words);
  gtk_stack_set_visible_child_name (self->results, n_found > 0 ? "list" : "nothing");
  gtk_stack_set_visible_child_name (self->stack, self->has_found || is_filtered (self) ? "history" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.save", n_found > 0 && !self->is_saving);
}

/* ── Search and filter ──────────────────────────────────────────────────── */

static void
choose_day (HeraldHistoryPage *self,
            const char        *since,
            const char        *until,
            const char        *words)
{
  g_free (self->since);
  g_free (self->until);
  g_free (self->day);
  self->since = g_strdup (since);
  self->until = g_strdup (until);
  self->day = g_strdup (words);
  apply_filter (self);
}

static void
on_chip_clicked (HeraldHistoryPage *self,
                 GtkWidget         *chip)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "index"));

  if (index == G_MAXUINT)
    choose_day (self, NULL, NULL, NULL);
  else
    herald_history_chooser_clear_one (self->chooser, index);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
add_chip (HeraldHistoryPage *self,
          const char        *words,
          guint              index)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (words);
  /* Translators: a button that takes back one part of a filter, which it names */
  g_autofree char *name = g_strdup_printf (_("Do not filter: %s"), words);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "history-chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (chip), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (chip, "clicked", G_CALLBACK (on_chip_clicked), self, G_CONNECT_SWAPPED);
  gtk_flow_box_insert (self->chips, chip, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
}

static void
update_chips (HeraldHistoryPage *self)
{
  g_autoptr(GPtrArray) chosen = herald_history_chooser_list_chosen (self->chooser);
  GtkFlowBoxChild *old;

  while ((old = gtk_flow_box_get_child_at_index (self->chips, 0)) != NULL)
    gtk_flow_box_remove (self->chips, GTK_WIDGET (old));
  for (guint i = 0; i < chosen->len; i++)
    add_chip (self, g_ptr_array_index (chosen, i), i);
  if (self->day != NULL)
    add_chip (self, self->day, G_MAXUINT);
  gtk_widget_set_visible (GTK_WIDGET (self->chips), chosen->len > 0 || self->day != NULL);
}

static gboolean
on_sign_timeout (gpointer user_data)
{
  HeraldHistoryPage *self = user_data;

  self->sign_id = 0;
  gtk_spinner_set_spinning (self->spinner, self->is_saving || herald_history_model_is_searching (self->model));

  return G_SOURCE_REMOVE;
}

static void
apply_filter (HeraldHistoryPage *self)
{
  g_autofree char *search = NULL;
  const char *typed = gtk_editable_get_text (self->search);
  GVariantDict filter;

  update_chips (self);
  if (self->model == NULL)
    return;

  g_variant_dict_init (&filter, NULL);
  herald_history_chooser_add_to (self->chooser, &filter);
  search = g_utf8_substring (typed, 0, MIN (g_utf8_strlen (typed, -1), SEARCH_MAX_CHARS));
  if (*search != '\0')
    g_variant_dict_insert (&filter, "search", "s", search);
  if (self->since != NULL)
    g_variant_dict_insert (&filter, "since", "s", self->since);
  if (self->until != NULL && *self->until != '\0')
    g_variant_dict_insert (&filter, "until", "s", self->until);
  herald_history_model_set_filter (self->model, g_variant_dict_end (&filter));
  if (self->sign_id == 0)
    self->sign_id = g_timeout_add (SIGN_DELAY_MS, on_sign_timeout, self);
}

static void
clear_filter (HeraldHistoryPage *self)
{
  gtk_editable_set_text (self->search, "");
  choose_day (self, NULL, NULL, NULL);
  herald_history_chooser_clear (self->chooser);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static gboolean
on_find_shortcut (GtkWidget *widget,
                  GVariant  *arguments,
                  gpointer   user_data)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_grab_focus (GTK_WIDGET (HERALD_HISTORY_PAGE (widget)->search));
}

/* ── The list ───────────────────────────────────────────────────────────── */

/* What was found before stays. */
static void
show_failure (HeraldHistoryPage *self,
              const GError      *error)
{
  g_autofree char *sentence = herald_failure_dup_sentence (error);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  gtk_label_set_text (self->count, sentence);
  adw_status_page_set_description (self->failed, escaped);
  if (!self->is_known)
    gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
on_try_again_clicked (HeraldHistoryPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  herald_history_model_search (self->model);
}

static void
on_searched (HeraldHistoryPage *self,
             const GError      *error)
{
  gtk_spinner_set_spinning (self->spinner, self->is_saving);
  if (error != NULL)
    {
      show_failure (self, error);
      return;
    }

  self->is_known = TRUE;
  adw_status_page_set_description (self->failed, NULL);
  update_view (self);
  herald_history_chart_refresh (self->chart, self->link);
}

static void
on_changed (HeraldHistoryPage *self)
{
  herald_history_chart_refresh (self->chart, self->link);
}

/* Who looks at the newest wants to go on seeing the newest. */
static void
on_items_changed (HeraldHistoryPage *self,
                  guint              position,
                  guint              n_removed,
                  guint              n_added)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  if (position == 0 && n_added > 0 && gtk_adjustment_get_value (adjustment) < 1)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
  update_view (self);
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, herald_history_row_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  herald_history_row_set_entry (HERALD_HISTORY_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  herald_history_row_set_entry (HERALD_HISTORY_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
on_activate (HeraldHistoryPage *self,
             guint              position)
{
  g_autoptr(HeraldHistoryEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (entry != NULL && herald_history_entry_is_known (entry))
    herald_history_details_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->link, entry);
}

/* ── Saving ─────────────────────────────────────────────────────────────── */

static void
on_saved_opened (gpointer user_data)
{
  g_autofree char *uri = g_file_get_uri (G_FILE (user_data));

  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

static void
on_progress (goffset  n_done,
             goffset  n_all,
             gpointer user_data)
{
  HeraldHistoryPage *self = user_data;
  g_autofree char *words = g_strdup_printf (_("Saving: %d %%"), (int) (n_all > 0 ? n_done * 100 / n_all : 100));

  if (self->model != NULL)
    gtk_label_set_text (self->count, words);
}

static void
on_export_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldHistoryPage) self = HERALD_HISTORY_PAGE (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = herald_history_export_finish (result, &error);
  g_autofree char *sentence = NULL;
  g_autofree char *path = NULL;

  /* The window was closed meanwhile. */
  if (self->model == NULL)
    return;

  self->is_saving = FALSE;
  gtk_spinner_set_spinning (self->spinner, herald_history_model_is_searching (self->model));
  update_view (self);
  if (file == NULL && error->domain == HERALD_ERROR)
    {
      herald_notice_show (GTK_WIDGET (self), error->message);
      return;
    }
  if (file == NULL)
    {
      herald_notice_show_error (GTK_WIDGET (self), error);
      return;
    }

  path = g_file_get_parse_name (file);
  sentence = g_strdup_printf (_("Saved as %s."), path);
  herald_notice_offer (GTK_WIDGET (self), sentence, _("_Open"), on_saved_opened, g_steal_pointer (&file), g_object_unref);
}

static void
save (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  HeraldHistoryPage *self = HERALD_HISTORY_PAGE (widget);
  gboolean is_csv = g_str_equal (g_variant_get_string (parameter, NULL), "csv");

  self->is_saving = TRUE;
  gtk_widget_action_set_enabled (widget, "history.save", FALSE);
  gtk_spinner_set_spinning (self->spinner, TRUE);
  herald_history_export_async (herald_service_link_get_service (self->link), herald_history_model_dup_ids (self->model),
                               is_csv ? HERALD_EXPORT_CSV : HERALD_EXPORT_JSON, on_progress, self, on_export_ready,
                               g_object_ref (self));
}

/* GtkWidget */

static void
herald_history_page_map (GtkWidget *widget)
{
  HeraldHistoryPage *self = HERALD_HISTORY_PAGE (widget);

  if (self->model == NULL)
    {
      g_autoptr(GtkNoSelection) selection = NULL;

      self->model = herald_history_model_new (self->link);
      g_signal_connect_object (self->model, "searched", G_CALLBACK (on_searched), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->model, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
      selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
      gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
      g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
    }

  GTK_WIDGET_CLASS (herald_history_page_parent_class)->map (widget);
}

/* GObject */

static void
herald_history_page_dispose (GObject *object)
{
  HeraldHistoryPage *self = HERALD_HISTORY_PAGE (object);

  g_clear_handle_id (&self->sign_id, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->link);
  g_clear_pointer (&self->since, g_free);
  g_clear_pointer (&self->until, g_free);
  g_clear_pointer (&self->day, g_free);

  G_OBJECT_CLASS (herald_history_page_parent_class)->dispose (object);
}

static void
herald_history_page_class_init (HeraldHistoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_history_page_dispose;
  widget_class->map = herald_history_page_map;

  g_type_ensure (HERALD_TYPE_HISTORY_CHART);
  g_type_ensure (HERALD_TYPE_HISTORY_CHOOSER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/history/history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, results);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, search);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, chips);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, chart);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, count);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryPage, failed);
  gtk_widget_class_bind_template_callback (widget_class, apply_filter);
  gtk_widget_class_bind_template_callback (widget_class, clear_filter);
  gtk_widget_class_bind_template_callback (widget_class, choose_day);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
  gtk_widget_class_install_action (widget_class, "history.save", "s", save);
}

static void
herald_history_page_init (HeraldHistoryPage *self)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (shortcuts), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_f, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (on_find_shortcut, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
}

/**
 * herald_history_page_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
herald_history_page_new (HeraldServiceLink *link)
{
  HeraldHistoryPage *self = g_object_new (HERALD_TYPE_HISTORY_PAGE, NULL);

  self->link = g_object_ref (link);
  herald_history_chooser_set_link (self->chooser, link);

  return GTK_WIDGET (self);
}
