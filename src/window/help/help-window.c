/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-help-window"

#include "window/help/help-window.h"

#include <glib/gi18n-lib.h>

#include "window/base/notice.h"
#include "window/help/help-document.h"
#include "window/help/help-page.h"
#include "window/help/help-topics.h"
#include "window/help/help-words.h"

/* Nobody goes back further. */
#define TRAIL_MAX 100

/**
 * HeraldHelpWindow:
 *
 * The documentation that came with the program: a list of topics, and one page at a time. In the list a search leaves the pages
 * that have the words, in a page it goes from one place to the next.
 */
struct _HeraldHelpWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkListBox *topics;
  HeraldHelpPage *page;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;

  GHashTable *pages; /* by name, their blocks: those that were searched already */

  char *name;       /* of the page that is shown; NULL: the list */
  GPtrArray *trail; /* names of those before it; "" is the list */
};

G_DEFINE_FINAL_TYPE (HeraldHelpWindow, herald_help_window, ADW_TYPE_WINDOW)

static const char *
get_words (HeraldHelpWindow *self)
{
  return gtk_search_bar_get_search_mode (self->search_bar) ? gtk_editable_get_text (self->search_entry) : "";
}

/* The list */

static void
add_topic (HeraldHelpWindow *self,
           const char       *name)
{
  g_autofree char *title = herald_help_topics_dup_title (name);
  g_autofree char *escaped = NULL;
  GtkWidget *row;

  if (title == NULL)
    return;

  escaped = g_markup_escape_text (title, -1);
  row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  gtk_widget_set_name (row, name);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_append (self->topics, row);
}

/* Returns: (nullable): read once, and not anew with each letter that is typed */
static GPtrArray *
get_blocks (HeraldHelpWindow *self,
            const char       *name)
{
  GPtrArray *blocks = g_hash_table_lookup (self->pages, name);
  g_autofree char *text = blocks == NULL ? herald_help_topics_load (name) : NULL;

  if (text != NULL)
    {
      blocks = herald_help_document_parse (text, herald_help_words_translate, NULL);
      g_hash_table_insert (self->pages, g_strdup (name), blocks);
    }

  return blocks;
}

static gboolean
has_words (HeraldHelpWindow *self,
           const char       *name,
           const char       *words)
{
  GPtrArray *blocks = get_blocks (self, name);

  return blocks != NULL && herald_help_document_contains (blocks, words);
}

/* Which rows are there, and whether there is anything to be seen */
static void
update_list (HeraldHelpWindow *self)
{
  const char *words = get_words (self);
  guint n_rows = 0;
  guint n_visible = 0;
  GtkListBoxRow *row;

  for (; (row = gtk_list_box_get_row_at_index (self->topics, (int) n_rows)) != NULL; n_rows++)
    {
      const char *name = gtk_widget_get_name (GTK_WIDGET (row));
      gboolean is_visible = *words == '\0' ? herald_help_topics_is_offered (name) : has_words (self, name, words);

      gtk_widget_set_visible (GTK_WIDGET (row), is_visible);
      n_visible += is_visible ? 1 : 0;
    }
  if (self->name == NULL)
    gtk_stack_set_visible_child_name (self->stack, n_rows == 0 ? "absent" : n_visible == 0 ? "nothing" : "topics");
}

/* The pages */

static void
show_list (HeraldHelpWindow *self)
{
  g_clear_pointer (&self->name, g_free);
  gtk_window_set_title (GTK_WINDOW (self), _("Help"));
  update_list (self);
}

/* Returns: FALSE if there is no such page */
static gboolean
show_page (HeraldHelpWindow *self,
           const char       *name,
           const char       *anchor)
{
  g_autofree char *text = herald_help_topics_load (name);
  g_autofree char *folder = herald_help_topics_dup_folder ();
  g_autofree char *title = NULL;

  if (text == NULL)
    return FALSE;

  if (g_strcmp0 (name, self->name) != 0)
    {
      title = herald_help_topics_dup_title (name);
      herald_help_page_set_text (self->page, text, folder);
      gtk_window_set_title (GTK_WINDOW (self), title);
      g_free (self->name);
      self->name = g_strdup (name);
    }
  gtk_stack_set_visible_child_name (self->stack, "page");
  herald_help_page_show_anchor (self->page, anchor);

  return TRUE;
}

static void
go_to (HeraldHelpWindow *self,
       const char       *name,
       const char       *anchor)
{
  g_autofree char *before = g_strdup (self->name != NULL ? self->name : "");

  if (!show_page (self, name, anchor))
    {
      herald_notice_show (GTK_WIDGET (self->stack), _("This page is not installed."));
      return;
    }

  if (g_str_equal (before, name))
    return;
  if (self->trail->len >= TRAIL_MAX)
    g_ptr_array_remove_index (self->trail, 0);
  g_ptr_array_add (self->trail, g_steal_pointer (&before));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "help.back", TRUE);
}

static void
on_topic_activated (HeraldHelpWindow *self,
                    GtkListBoxRow    *row)
{
  go_to (self, gtk_widget_get_name (GTK_WIDGET (row)), NULL);
  if (*get_words (self) != '\0')
    herald_help_page_find_next (self->page, get_words (self));
}

static void
on_web_page_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldHelpWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    herald_notice_show (GTK_WIDGET (self->stack), _("No web browser could be opened. Please install one."));
}

static void
on_link_activated (HeraldHelpWindow *self,
                   const char       *target)
{
  g_autofree char *name = NULL;
  g_autofree char *anchor = NULL;

  if (g_str_has_prefix (target, "https://") || g_str_has_prefix (target, "http://"))
    g_app_info_launch_default_for_uri_async (target, NULL, NULL, on_web_page_ready, g_object_ref (self));
  else if (herald_help_topics_resolve (target, self->name, &name, &anchor))
    go_to (self, name, anchor);
  else
    herald_notice_show (GTK_WIDGET (self->stack), _("This page is not installed."));
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  HeraldHelpWindow *self = HERALD_HELP_WINDOW (widget);
  g_autofree char *name = self->trail->len > 0 ? g_ptr_array_steal_index (self->trail, self->trail->len - 1) : NULL;

  if (name == NULL || *name == '\0' || !show_page (self, name, NULL))
    show_list (self);
  gtk_widget_action_set_enabled (widget, "help.back", self->trail->len > 0);
}

/* Searching */

static void
search (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  HeraldHelpWindow *self = HERALD_HELP_WINDOW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* The focus stays where somebody types. */
static void
show_found (HeraldHelpWindow *self,
            gboolean          is_found)
{
  if (is_found)
    gtk_widget_remove_css_class (GTK_WIDGET (self->search_entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->search_entry), "error");
}

static void
on_search_changed (HeraldHelpWindow *self)
{
  const char *words = get_words (self);

  update_list (self);
  /* Who types on means what is found already. */
  if (self->name != NULL)
    show_found (self, *words == '\0' || herald_help_page_find (self->page, words));
}

static void
on_search_activate (HeraldHelpWindow *self)
{
  const char *words = get_words (self);

  if (self->name != NULL)
    show_found (self, *words == '\0' || herald_help_page_find_next (self->page, words));
}

/* GObject */

static void
herald_help_window_finalize (GObject *object)
{
  HeraldHelpWindow *self = HERALD_HELP_WINDOW (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->trail, g_ptr_array_unref);
  g_clear_pointer (&self->pages, g_hash_table_unref);

  G_OBJECT_CLASS (herald_help_window_parent_class)->finalize (object);
}

static void
herald_help_window_class_init (HeraldHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = herald_help_window_finalize;

  g_type_ensure (HERALD_TYPE_HELP_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/help/help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldHelpWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldHelpWindow, topics);
  gtk_widget_class_bind_template_child (widget_class, HeraldHelpWindow, page);
  gtk_widget_class_bind_template_child (widget_class, HeraldHelpWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, HeraldHelpWindow, search_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_topic_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_link_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);

  gtk_widget_class_install_action (widget_class, "help.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "help.search", NULL, search);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "help.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "help.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
herald_help_window_init (HeraldHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->trail = g_ptr_array_new_with_free_func (g_free);
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (const char *const *name = herald_help_topics_get_all (); *name != NULL; name++)
    add_topic (self, *name);
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "help.back", FALSE);
  show_list (self);
}

static HeraldHelpWindow *
find_window (GtkApplication *application)
{
  for (GList *entry = gtk_application_get_windows (application); entry != NULL; entry = entry->next)
    {
      if (HERALD_IS_HELP_WINDOW (entry->data))
        return entry->data;
    }

  return g_object_new (HERALD_TYPE_HELP_WINDOW, "application", application, NULL);
}

GtkWidget *
herald_help_window_present (GtkApplication *application,
                            const char     *target)
{
  HeraldHelpWindow *self = find_window (application);

  if (target != NULL)
    on_link_activated (self, target);
  gtk_window_present (GTK_WINDOW (self));

  return GTK_WIDGET (self);
}
