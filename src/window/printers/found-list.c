/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-found-list"

#include "window/printers/found-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "window/base/failure.h"

/* The service takes some six seconds, more on a computer that is busy. */
#define LIMIT_MS 30000

/* More than that in one network are a joke of somebody. */
#define ROWS_MAX 200

/**
 * HeraldFoundList:
 *
 * The OctoPrint servers that announce themselves in the local network, and a button to look again. Those that are watched
 * already are marked.
 */
struct _HeraldFoundList
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  GCancellable *cancellable;
  gboolean is_searching;
  gboolean has_searched;
  GVariant *found; /* NULL until it has been looked for */
  char *problem;
  char *busy_url;

  GtkListBox *list;
  GtkSpinner *spinner;
  GtkWidget *again;
};

G_DEFINE_FINAL_TYPE (HeraldFoundList, herald_found_list, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_text (GVariant   *row,
          const char *key)
{
  const char *text = "";

  g_variant_lookup (row, key, "&s", &text);

  return text;
}

/* Id of the printer that is watched there; empty if none is, also if it was removed since it was found. */
static char *
dup_known (HeraldFoundList *self,
           GVariant        *found)
{
  GListModel *printers = herald_service_link_get_printers (self->link);

  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldDBusPrinter1) printer = g_list_model_get_item (printers, i);
      const char *id = herald_dbus_printer1_get_id (printer);

      if (g_strcmp0 (id, get_text (found, "known")) == 0 ||
          g_strcmp0 (herald_dbus_printer1_get_url (printer), get_text (found, "url")) == 0)
        return g_strdup (id);
    }

  return g_strdup ("");
}

static AdwActionRow *
append_row (HeraldFoundList *self,
            const char      *title,
            const char      *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  /* Before there is a title: both at once are told in the other order, and the title is read as markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set (row, "title", title, "subtitle", subtitle, "title-lines", 2, "subtitle-lines", 4, NULL);
  gtk_list_box_append (self->list, row);

  return ADW_ACTION_ROW (row);
}

static void
add_found (HeraldFoundList *self,
           GVariant        *found)
{
  const char *version = get_text (found, "version");
  const char *url = get_text (found, "url");
  g_autofree char *known = dup_known (self, found);
  /* Translators: the address of a printer, and the version of its OctoPrint */
  g_autofree char *subtitle = *version == '\0' ? g_strdup (url) : g_strdup_printf (_("%s – OctoPrint %s"), url, version);
  /* Translators: the address of a printer */
  g_autofree char *remark = *known != '\0' ? g_strdup_printf (_("%s – added already"), url) : NULL;
  gboolean is_busy = g_strcmp0 (url, self->busy_url) == 0;
  AdwActionRow *row = append_row (self, get_text (found, "name"), remark != NULL ? remark : subtitle);
  GtkWidget *sign = is_busy ? gtk_spinner_new ()
                            : gtk_image_new_from_icon_name (remark != NULL ? "object-select-symbolic" : "list-add-symbolic");

  if (is_busy)
    gtk_spinner_start (GTK_SPINNER (sign));
  gtk_widget_set_valign (sign, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, sign);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), self->busy_url == NULL);
  g_object_set_data_full (G_OBJECT (row), "url", g_strdup (url), g_free);
  g_object_set_data_full (G_OBJECT (row), "known", g_steal_pointer (&known), g_free);
}

static void
update (HeraldFoundList *self)
{
  gsize n_found = self->found != NULL ? g_variant_n_children (self->found) : 0;
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);

  for (gsize i = 0; i < MIN (n_found, ROWS_MAX); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (self->found, i);

      add_found (self, row);
    }

  if (n_found == 0 && self->problem != NULL)
    append_row (self, _("The Search Has Failed"), self->problem);
  else if (n_found == 0 && (self->is_searching || self->found == NULL))
    append_row (self, _("Looking for Printers…"), _("This takes some seconds."));
  else if (n_found == 0)
    append_row (self, _("No OctoPrint Was Found"),
                _("It may be switched off or in another network. You can enter its address below."));

  gtk_spinner_set_spinning (self->spinner, self->is_searching);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->is_searching);
  gtk_widget_set_sensitive (self->again, !self->is_searching);
}

static void
on_discover_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldFoundList) self = HERALD_FOUND_LIST (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_searching = FALSE;
  g_clear_pointer (&self->problem, g_free);
  if (answer != NULL)
    {
      g_clear_pointer (&self->found, g_variant_unref);
      g_variant_get (answer, "(@aa{sv})", &self->found);
    }
  else
    self->problem = herald_failure_dup_sentence (error);
  update (self);
}

static void
on_row_activated (HeraldFoundList *self,
                  GtkListBoxRow   *row)
{
  const char *url = g_object_get_data (G_OBJECT (row), "url");

  if (url != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, url, g_object_get_data (G_OBJECT (row), "known"));
}

/* Whoever does not look at it needs no search. */
static void
search_first (HeraldFoundList *self)
{
  if (!self->has_searched && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      herald_service_link_get_state (self->link) == HERALD_LINK_RUNNING)
    herald_found_list_search (self);
}

/* GtkWidget */

static void
herald_found_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (herald_found_list_parent_class)->map (widget);
  search_first (HERALD_FOUND_LIST (widget));
}

/* GObject */

static void
herald_found_list_dispose (GObject *object)
{
  HeraldFoundList *self = HERALD_FOUND_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->link);
  g_clear_pointer (&self->found, g_variant_unref);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->busy_url, g_free);

  G_OBJECT_CLASS (herald_found_list_parent_class)->dispose (object);
}

static void
herald_found_list_class_init (HeraldFoundListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_found_list_dispose;
  widget_class->map = herald_found_list_map;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/printers/found-list.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldFoundList, list);
  gtk_widget_class_bind_template_child (widget_class, HeraldFoundList, spinner);
  gtk_widget_class_bind_template_child (widget_class, HeraldFoundList, again);
  gtk_widget_class_bind_template_callback (widget_class, herald_found_list_search);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
herald_found_list_init (HeraldFoundList *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * herald_found_list_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the list, which begins to search when it is seen
 */
GtkWidget *
herald_found_list_new (HeraldServiceLink *link)
{
  HeraldFoundList *self = g_object_new (HERALD_TYPE_FOUND_LIST, NULL);

  self->link = g_object_ref (link);
  g_signal_connect_object (herald_service_link_get_printers (link), "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "state-changed", G_CALLBACK (search_first), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * herald_found_list_search:
 *
 * Looks for printers, unless that is under way. What was found before stays until then.
 */
void
herald_found_list_search (HeraldFoundList *self)
{
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);

  if (self->is_searching || service == NULL)
    return;

  self->is_searching = TRUE;
  self->has_searched = TRUE;
  g_dbus_proxy_call (G_DBUS_PROXY (service), "Discover", NULL, G_DBUS_CALL_FLAGS_NONE, LIMIT_MS, self->cancellable,
                     on_discover_ready, g_object_ref (self));
  update (self);
}

/**
 * herald_found_list_set_busy:
 * @url: (nullable): of the one that is being added; none can be chosen meanwhile
 */
void
herald_found_list_set_busy (HeraldFoundList *self,
                            const char      *url)
{
  g_free (self->busy_url);
  self->busy_url = g_strdup (url);
  update (self);
}
