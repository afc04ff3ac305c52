/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-chooser"

#include "window/history/history-chooser.h"

#include <glib/gi18n-lib.h>

/**
 * HeraldHistoryChooser:
 *
 * Which messages are listed: those with a certain end, of one printer, by one account, of one kind. What there is to choose
 * from follows the service; a choice that is gone is taken back.
 */
struct _HeraldHistoryChooser
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  GCancellable *cancellable;
  gboolean is_filling;
  GPtrArray *ids[4]; /* of what each list offers below "all", as in Choice */

  GtkDropDown *outcome;
  GtkDropDown *printer;
  GtkDropDown *channel;
  GtkDropDown *kind;
  GtkMenuButton *button;
};

G_DEFINE_FINAL_TYPE (HeraldHistoryChooser, herald_history_chooser, ADW_TYPE_BIN)

typedef enum
{
  CHOICE_OUTCOME,
  CHOICE_PRINTER,
  CHOICE_CHANNEL,
  CHOICE_KIND,
  N_CHOICES,
} Choice;

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  const char *id;
  const char *words;
  const char *states[7];
} Outcome;

static const Outcome outcomes[] = {
  { "waiting", N_("Waiting"), { "pending", "sending", "committing", "deferred" } },
  { "needs-you", N_("Needs You"), { "quarantined" } },
  { "delivered", N_("Delivered"), { "delivered", "probable" } },
  { "not-sent", N_("Not Sent"), { "expired", "superseded", "digested", "rejected", "cancelled" } },
};

static GtkDropDown *
get_list (HeraldHistoryChooser *self,
          guint                choice)
{
  GtkDropDown *lists[N_CHOICES] = { self->outcome, self->printer, self->channel, self->kind };

  return lists[choice];
}

/* (nullable): NULL for all */
static const char *
get_chosen (HeraldHistoryChooser *self,
            guint                choice)
{
  guint selected = gtk_drop_down_get_selected (get_list (self, choice));

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION || self->ids[choice] == NULL || selected > self->ids[choice]->len)
    return NULL;

  return g_ptr_array_index (self->ids[choice], selected - 1);
}

static void
on_chosen (HeraldHistoryChooser *self)
{
  if (self->is_filling)
    return;

  if (herald_history_chooser_is_set (self))
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "accent");
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Takes the ids; the first of the names says that all are meant. */
static void
fill (HeraldHistoryChooser *self,
      guint                choice,
      GPtrArray           *taken_ids,
      GtkStringList       *names)
{
  g_autofree char *chosen = g_strdup (get_chosen (self, choice));
  guint selected = 0;

  for (guint i = 0; chosen != NULL && i < taken_ids->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (taken_ids, i), chosen))
        selected = i + 1;
    }

  self->is_filling = TRUE;
  g_clear_pointer (&self->ids[choice], g_ptr_array_unref);
  self->ids[choice] = taken_ids;
  gtk_drop_down_set_model (get_list (self, choice), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (get_list (self, choice), selected);
  self->is_filling = FALSE;
  if (chosen != NULL && selected == 0)
    on_chosen (self);
}

static void
fill_outcomes (HeraldHistoryChooser *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  gtk_string_list_append (names, _("Everything"));
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_ptr_array_add (ids, g_strdup (outcomes[i].id));
      gtk_string_list_append (names, _(outcomes[i].words));
    }
  fill (self, CHOICE_OUTCOME, ids, names);
}

static void
fill_from_proxies (HeraldHistoryChooser *self,
                   guint                choice,
                   GListModel          *proxies,
                   const char          *all)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  GPtrArray *ids = NULL;

  /* While the service is away, or not all is known again, the choice stays. */
  if (herald_service_link_get_state (self->link) != HERALD_LINK_RUNNING && self->ids[choice] != NULL)
    return;

  ids = g_ptr_array_new_with_free_func (g_free);
  gtk_string_list_append (names, all);
  for (guint i = 0; i < g_list_model_get_n_items (proxies); i++)
    {
      g_autoptr(GObject) proxy = g_list_model_get_item (proxies, i);
      char *id = NULL;
      g_autofree char *name = NULL;

      g_object_get (proxy, "id", &id, "name", &name, NULL);
      g_ptr_array_add (ids, id != NULL ? id : g_strdup (""));
      gtk_string_list_append (names, name != NULL ? name : "");
    }
  fill (self, choice, ids, names);
}

static void
on_printers_changed (HeraldHistoryChooser *self)
{
  fill_from_proxies (self, CHOICE_PRINTER, herald_service_link_get_printers (self->link), _("All Printers"));
}

static void
on_channels_changed (HeraldHistoryChooser *self)
{
  fill_from_proxies (self, CHOICE_CHANNEL, herald_service_link_get_channels (self->link), _("All Accounts"));
}

static void
fill_kinds (HeraldHistoryChooser *self,
            GVariant            *messages)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  gtk_string_list_append (names, _("All Kinds"));
  for (gsize i = 0; messages != NULL && i < g_variant_n_children (messages); i++)
    {
      g_autoptr(GVariant) message = g_variant_get_child_value (messages, i);
      const char *printer = "";
      const char *name = "";
      const char *kind = "";

      g_variant_lookup (message, "printer", "&s", &printer);
      if (*printer != '\0' || !g_variant_lookup (message, "kind", "&s", &kind) || !g_variant_lookup (message, "name", "&s", &name))
        continue;
      g_ptr_array_add (ids, g_strdup (kind));
      gtk_string_list_append (names, name);
    }
  fill (self, CHOICE_KIND, ids, names);
}

static void
on_messages_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldHistoryChooser) self = HERALD_HISTORY_CHOOSER (user_data);
  g_autoptr(GVariant) messages = NULL;
  g_autoptr(GError) error = NULL;

  if (herald_dbus_service1_call_list_messages_finish (HERALD_DBUS_SERVICE1 (object), &messages, result, &error))
    fill_kinds (self, messages);
  else
    g_debug ("No kinds: %s", error->message);
}

static void
on_state_changed (HeraldHistoryChooser *self)
{
  if (herald_service_link_get_state (self->link) != HERALD_LINK_RUNNING)
    return;

  on_printers_changed (self);
  on_channels_changed (self);
  herald_dbus_service1_call_list_messages (herald_service_link_get_service (self->link), self->cancellable,
                                           on_messages_ready, g_object_ref (self));
}

/* GObject */

static void
herald_history_chooser_dispose (GObject *object)
{
  HeraldHistoryChooser *self = HERALD_HISTORY_CHOOSER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->link);
  for (guint i = 0; i < N_CHOICES; i++)
    g_clear_pointer (&self->ids[i], g_ptr_array_unref);

  G_OBJECT_CLASS (herald_history_chooser_parent_class)->dispose (object);
}

static void
herald_history_chooser_class_init (HeraldHistoryChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_history_chooser_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/history/history-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryChooser, outcome);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryChooser, printer);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryChooser, channel);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryChooser, kind);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryChooser, button);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, herald_history_chooser_clear);
}

static void
herald_history_chooser_init (HeraldHistoryChooser *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_outcomes (self);
  fill_kinds (self, NULL);
}

void
herald_history_chooser_set_link (HeraldHistoryChooser *self,
                                HeraldServiceLink   *link)
{
  self->link = g_object_ref (link);
  g_signal_connect_object (link, "state-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (herald_service_link_get_printers (link), "items-changed", G_CALLBACK (on_printers_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (herald_service_link_get_channels (link), "items-changed", G_CALLBACK (on_channels_changed), self,
                           G_CONNECT_SWAPPED);
  on_printers_changed (self);
  on_channels_changed (self);
  on_state_changed (self);
}

void
herald_history_chooser_add_to (HeraldHistoryChooser *self,
                              GVariantDict        *filter)
{
  static const char *const names[] = { NULL, "printer", "channel", "kind" };
  const char *chosen = get_chosen (self, CHOICE_OUTCOME);

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      if (g_strcmp0 (outcomes[i].id, chosen) == 0)
        g_variant_dict_insert_value (filter, "states", g_variant_new_strv (outcomes[i].states, -1));
    }
  for (guint i = CHOICE_PRINTER; i < N_CHOICES; i++)
    {
      chosen = get_chosen (self, i);
      if (chosen != NULL)
        g_variant_dict_insert (filter, names[i], "s", chosen);
    }
}

gboolean
herald_history_chooser_is_set (HeraldHistoryChooser *self)
{
  for (guint i = 0; i < N_CHOICES; i++)
    {
      if (get_chosen (self, i) != NULL)
        return TRUE;
    }

  return FALSE;
}

void
herald_history_chooser_clear (HeraldHistoryChooser *self)
{
  if (!herald_history_chooser_is_set (self))
    return;

  self->is_filling = TRUE;
  for (guint i = 0; i < N_CHOICES; i++)
    gtk_drop_down_set_selected (get_list (self, i), 0);
  self->is_filling = FALSE;
  on_chosen (self);
}

GPtrArray *
herald_history_chooser_list_chosen (HeraldHistoryChooser *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_CHOICES; i++)
    {
      GtkStringObject *item = gtk_drop_down_get_selected_item (get_list (self, i));

      if (get_chosen (self, i) != NULL)
        g_ptr_array_add (names, g_strdup (gtk_string_object_get_string (item)));
    }

  return names;
}

void
herald_history_chooser_clear_one (HeraldHistoryChooser *self,
                                 guint                index)
{
  guint n = 0;

  for (guint i = 0; i < N_CHOICES; i++)
    {
      if (get_chosen (self, i) != NULL && n++ == index)
        {
          gtk_drop_down_set_selected (get_list (self, i), 0);
          return;
        }
    }
}
