/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-carrier-row"

#include "window/accounts/carrier-row.h"

#include <glib/gi18n-lib.h>

/* Before the carriers of the list: nothing chosen, and one that is not in it */
#define CHOOSE 0
#define OTHER 1
#define FIRST 2

/**
 * HeraldCarrierRow:
 *
 * Carriers that make SMS of mail, to be searched by their name, with what is known of how well that works. Many have ended it,
 * which is said before anybody relies on them.
 */
struct _HeraldCarrierRow
{
  AdwPreferencesRow parent_instance;

  HeraldFieldGroup *fields;
  GCancellable *cancellable;
  GVariant *carriers; /* as the service lists them; NULL until it has */

  GtkDropDown *choice;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (HeraldCarrierRow, herald_carrier_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_text (GVariant   *carrier,
          const char *name)
{
  const char *text = "";

  g_variant_lookup (carrier, name, "&s", &text);

  return text;
}

/* Returns: (transfer full): what is known of it */
static char *
describe (GVariant *carrier)
{
  const char *status = get_text (carrier, "status");
  const char *ended = get_text (carrier, "ended");

  if (g_str_equal (status, "works"))
    /* Translators: a date */
    return g_strdup_printf (_("It works (as of %s)."), get_text (carrier, "as_of"));
  if (g_str_equal (status, "ending"))
    return g_strdup (_("This carrier is about to end it. Better choose another way."));
  if (g_str_equal (status, "ended") && *ended != '\0')
    /* Translators: a date */
    return g_strdup_printf (_("This carrier ended it (%s): nothing would arrive."), ended);
  if (g_str_equal (status, "ended"))
    return g_strdup (_("This carrier has ended it: nothing would arrive."));

  return g_strdup (_("Nobody knows whether it still works. Please send a test message."));
}

static void
say (HeraldCarrierRow *self,
     const char       *sentence,
     gboolean          is_wrong)
{
  gtk_label_set_text (self->note, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *sentence != '\0');
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->note), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->note), "error");
}

static void
show_field (HeraldCarrierRow *self,
            gboolean          is_shown)
{
  gtk_widget_set_visible (GTK_WIDGET (herald_field_group_get_row (self->fields, "gateway")), is_shown);
}

/* What is set already: an id, or the domain of one that is not in the list */
static guint
find_position (HeraldCarrierRow *self,
               const char       *gateway)
{
  for (gsize i = 0; i < g_variant_n_children (self->carriers); i++)
    {
      g_autoptr(GVariant) carrier = g_variant_get_child_value (self->carriers, i);

      if (g_str_equal (get_text (carrier, "id"), gateway))
        return (guint) i + FIRST;
    }

  return *gateway == '\0' ? CHOOSE : OTHER;
}

/* The domain is to be typed, after a carrier of the list; one that is set already stays. */
static void
show_other (HeraldCarrierRow *self)
{
  g_autofree char *gateway = herald_field_group_dup_value (self->fields, "gateway");

  if (self->carriers != NULL && find_position (self, gateway) != OTHER)
    herald_field_group_propose (self->fields, "gateway", "");
  say (self, "", FALSE);
}

static void
show_selected (HeraldCarrierRow *self)
{
  guint selected = gtk_drop_down_get_selected (self->choice);
  g_autoptr(GVariant) carrier = NULL;
  g_autofree char *sentence = NULL;

  show_field (self, selected == OTHER);
  if (selected == OTHER)
    {
      show_other (self);
      return;
    }
  if (self->carriers == NULL || selected < FIRST || selected - FIRST >= g_variant_n_children (self->carriers))
    {
      herald_field_group_propose (self->fields, "gateway", "");
      say (self, "", FALSE);
      return;
    }

  carrier = g_variant_get_child_value (self->carriers, selected - FIRST);
  herald_field_group_propose (self->fields, "gateway", get_text (carrier, "id"));
  sentence = describe (carrier);
  say (self, sentence, g_str_has_prefix (get_text (carrier, "status"), "end"));
}

static void
on_selected (HeraldCarrierRow *self)
{
  if (self->fields == NULL)
    return; /* It is only just being made. */

  show_selected (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_list_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldCarrierRow) self = HERALD_CARRIER_ROW (user_data);
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (self->choice));
  g_autofree char *gateway = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) carriers = NULL;

  /* Its domain can be typed all the same. */
  if (!herald_dbus_service1_call_list_sms_gateways_finish (HERALD_DBUS_SERVICE1 (object), &carriers, result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_drop_down_set_selected (self->choice, OTHER);
      return;
    }

  gateway = herald_field_group_dup_value (self->fields, "gateway");
  for (gsize i = 0; i < g_variant_n_children (carriers); i++)
    {
      g_autoptr(GVariant) carrier = g_variant_get_child_value (carriers, i);
      /* Translators: a carrier, and the two letters of its country */
      g_autofree char *name = g_strdup_printf (_("%s (%s)"), get_text (carrier, "name"), get_text (carrier, "country"));

      gtk_string_list_append (names, name);
    }
  self->carriers = g_steal_pointer (&carriers);
  gtk_drop_down_set_selected (self->choice, find_position (self, gateway));
}

/* GObject */

static void
herald_carrier_row_dispose (GObject *object)
{
  HeraldCarrierRow *self = HERALD_CARRIER_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->fields);
  g_clear_pointer (&self->carriers, g_variant_unref);

  G_OBJECT_CLASS (herald_carrier_row_parent_class)->dispose (object);
}

static void
herald_carrier_row_class_init (HeraldCarrierRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_carrier_row_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/accounts/carrier-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldCarrierRow, choice);
  gtk_widget_class_bind_template_child (widget_class, HeraldCarrierRow, note);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
}

static void
herald_carrier_row_init (HeraldCarrierRow *self)
{
  const char *const first[] = { _("Choose Your Carrier"), _("Another One"), NULL };
  g_autoptr(GtkStringList) names = gtk_string_list_new (first);
  g_autoptr(GtkExpression) name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_expression (self->choice, name);
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (names));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Carrier"), -1);
  /* What takes the focus is the button within. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->choice))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Carrier"), -1);
}

HeraldCarrierRow *
herald_carrier_row_add (HeraldServiceLink   *link,
                        HeraldFieldGroup    *fields,
                        AdwPreferencesGroup *group)
{
  HeraldCarrierRow *self = g_object_new (HERALD_TYPE_CARRIER_ROW, NULL);
  HeraldDBusService1 *service = herald_service_link_get_service (link);
  GtkWidget *gateway = GTK_WIDGET (herald_field_group_get_row (fields, "gateway"));
  GtkWidget *pictures = GTK_WIDGET (herald_field_group_get_row (fields, "mms"));

  self->fields = g_object_ref (fields);
  herald_field_row_set_label (HERALD_FIELD_ROW (gateway), _("Domain of the Carrier"));
  herald_field_row_set_hint (HERALD_FIELD_ROW (gateway), _("What comes after the number in the address that your carrier gives "
                                                           "you, like sms.example.net."));
  /* One that is not in the list is typed below it; pictures depend on both. The field group keeps its rows alive. */
  adw_preferences_group_remove (group, gateway);
  adw_preferences_group_remove (group, pictures);
  adw_preferences_group_add (group, GTK_WIDGET (self));
  adw_preferences_group_add (group, gateway);
  adw_preferences_group_add (group, pictures);
  gtk_widget_set_visible (gateway, FALSE);
  if (service != NULL)
    herald_dbus_service1_call_list_sms_gateways (service, self->cancellable, on_list_ready, g_object_ref (self));

  return self;
}

gboolean
herald_carrier_row_check (HeraldCarrierRow *self)
{
  HeraldFieldRow *row = herald_field_group_get_row (self->fields, "gateway");
  g_autofree char *gateway = herald_field_row_dup_value (row);

  if (*gateway != '\0')
    return TRUE;

  if (gtk_widget_get_visible (GTK_WIDGET (row)))
    {
      herald_field_row_set_problem (row, _("Please enter the domain of your carrier."));
      gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
      return FALSE;
    }

  say (self, _("Please choose the carrier of the phone."), TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);

  return FALSE;
}
