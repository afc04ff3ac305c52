/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-form"

#include "window/accounts/channel-form.h"

#include <glib/gi18n-lib.h>

#include "window/accounts/carrier-row.h"
#include "window/accounts/guide.h"
#include "window/accounts/mail-finder.h"
#include "window/accounts/mail-sender.h"
#include "window/accounts/secret-check.h"
#include "window/base/field-group.h"

#define SPACING 18

/**
 * HeraldChannelForm:
 *
 * The fields of an account: those that are needed in groups, the others folded away. Of an e-mail account the server is found
 * by the address; of one that needs more the way there stands above.
 */
struct _HeraldChannelForm
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  GVariant *type;
  const HeraldChannelLayout *layout;
  HeraldDBusChannel1 *channel;
  GCancellable *cancellable;
  HeraldFieldGroup *fields;

  GtkBox *box;
  HeraldMailFinder *finder;     /* NULL unless the account sends mail */
  HeraldMailSender *sender;     /* the same */
  AdwExpanderRow *server;       /* the same; where the server is told */
  HeraldCarrierRow *carrier;    /* NULL unless it sends SMS */
  HeraldSecretCheck *secrets;
};

G_DEFINE_FINAL_TYPE (HeraldChannelForm, herald_channel_form, ADW_TYPE_BIN)

enum
{
  CHANGED,
  CALMED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_type_id (HeraldChannelForm *self)
{
  const char *id = "";

  g_variant_lookup (self->type, "id", "&s", &id);

  return id;
}

static gboolean
is_mail (HeraldChannelForm *self)
{
  return g_str_equal (get_type_id (self), "email");
}

/* Rows that others decide about */
static void
update_rows (HeraldChannelForm *self)
{
  guint n_conditions = 0;
  const HeraldFieldCondition *conditions = herald_channel_layout_get_conditions (&n_conditions);

  for (guint i = 0; i < n_conditions; i++)
    {
      HeraldFieldRow *row = herald_field_group_get_row (self->fields, conditions[i].name);
      g_autofree char *value = NULL;

      if (row == NULL || !g_str_equal (conditions[i].type, get_type_id (self)))
        continue;

      value = herald_field_group_dup_value (self->fields, conditions[i].other);
      gtk_widget_set_visible (GTK_WIDGET (row), g_str_equal (value, conditions[i].value));
    }
}

static void
on_changed (HeraldChannelForm *self)
{
  update_rows (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Nobody needs to see a server that was found. */
static void
on_finder_finished (HeraldChannelForm *self,
                    gboolean           is_known)
{
  g_autofree char *host = herald_field_group_dup_value (self->fields, "host");

  adw_expander_row_set_subtitle (self->server, host);
  if (!is_known)
    adw_expander_row_set_expanded (self->server, TRUE);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[CALMED], 0);
}

/* ── What stands where ──────────────────────────────────────────────────── */

static char *
dup_usual_name (HeraldChannelForm *self)
{
  char *name = NULL;

  if (self->layout != NULL)
    return g_strdup (_(self->layout->name));

  return g_variant_lookup (self->type, "name", "s", &name) ? name : g_strdup ("");
}

/* The name is no field of its type: every account has one. */
static GVariant *
make_fields (HeraldChannelForm *self)
{
  g_autoptr(GVariant) fields = g_variant_lookup_value (self->type, "fields", G_VARIANT_TYPE ("aa{sv}"));
  g_autofree char *fallback = dup_usual_name (self);
  GVariantBuilder all;
  GVariantDict name;

  g_variant_builder_init (&all, G_VARIANT_TYPE ("aa{sv}"));
  g_variant_dict_init (&name, NULL);
  g_variant_dict_insert (&name, "name", "s", "name");
  g_variant_dict_insert (&name, "kind", "s", "text");
  g_variant_dict_insert (&name, "label", "s", _("Name of the Account"));
  g_variant_dict_insert (&name, "hint", "s", _("What it is called here."));
  if (self->channel == NULL)
    g_variant_dict_insert (&name, "fallback", "s", fallback);
  g_variant_builder_add_value (&all, g_variant_dict_end (&name));
  for (gsize i = 0; fields != NULL && i < g_variant_n_children (fields); i++)
    {
      g_autoptr(GVariant) field = g_variant_get_child_value (fields, i);

      g_variant_builder_add_value (&all, field);
    }

  return g_variant_builder_end (&all);
}

static AdwPreferencesGroup *
add_group (HeraldChannelForm *self,
           const char        *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (self->box, group);

  return ADW_PREFERENCES_GROUP (group);
}

static AdwExpanderRow *
add_fold (HeraldChannelForm *self,
          const char        *title)
{
  GtkWidget *fold = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (fold), title);
  adw_preferences_group_add (add_group (self, NULL), fold);

  return ADW_EXPANDER_ROW (fold);
}

static void
add_layout_group (HeraldChannelForm       *self,
                  const HeraldLayoutGroup *group)
{
  AdwExpanderRow *fold;

  if (!group->is_folded)
    {
      herald_field_group_add_to (self->fields, add_group (self, group->title != NULL ? _(group->title) : NULL), group->names);
      return;
    }

  fold = add_fold (self, _(group->title));
  for (guint i = 0; group->names[i] != NULL; i++)
    {
      HeraldFieldRow *row = herald_field_group_get_row (self->fields, group->names[i]);

      if (row != NULL)
        adw_expander_row_add_row (fold, GTK_WIDGET (row));
    }
  self->server = fold;
}

static gboolean
is_hidden (HeraldChannelForm *self,
           const char        *name)
{
  for (guint i = 0; self->layout != NULL && self->layout->hidden[i] != NULL; i++)
    {
      if (g_str_equal (self->layout->hidden[i], name))
        return TRUE;
    }

  return FALSE;
}

/* Without a layout what is needed stands open. */
static void
add_rest (HeraldChannelForm *self)
{
  AdwPreferencesGroup *group = NULL;
  AdwExpanderRow *fold = NULL;

  for (guint i = 0; i < herald_field_group_get_n_rows (self->fields); i++)
    {
      HeraldFieldRow *row = herald_field_group_get_nth (self->fields, i);

      if (gtk_widget_get_parent (GTK_WIDGET (row)) != NULL || is_hidden (self, herald_field_row_get_name (row)))
        continue;

      if (self->layout == NULL && (herald_field_row_is_required (row) || herald_field_row_is_secret (row) || i == 0))
        {
          group = group != NULL ? group : add_group (self, NULL);
          adw_preferences_group_add (group, GTK_WIDGET (row));
          continue;
        }

      fold = fold != NULL ? fold : add_fold (self, _("More"));
      adw_expander_row_add_row (fold, GTK_WIDGET (row));
    }
}

static void
add_guide (HeraldChannelForm *self)
{
  g_autofree const char **steps = NULL;

  if (self->channel == NULL && g_variant_lookup (self->type, "guide", "^a&s", &steps) && *steps != NULL)
    gtk_box_append (self->box, herald_guide_new (steps));
}

/* ── E-mail ─────────────────────────────────────────────────────────────── */

static void
set_words (HeraldChannelForm *self,
           const char        *name,
           const char        *label,
           const char        *hint)
{
  HeraldFieldRow *row = herald_field_group_get_row (self->fields, name);

  if (row == NULL)
    return;
  if (label != NULL)
    herald_field_row_set_label (row, label);
  herald_field_row_set_hint (row, hint);
}

/* The server finds itself below the address. */
static void
add_mail_help (HeraldChannelForm *self)
{
  HeraldFieldRow *password = herald_field_group_get_row (self->fields, "password");
  HeraldFieldRow *gateway = herald_field_group_get_row (self->fields, "gateway");
  GtkWidget *group = NULL;

  set_words (self, "from", _("Your E-mail Address"), NULL);
  set_words (self, "to", NULL, _("Empty for your own address. Several are separated by commas."));
  self->sender = HERALD_MAIL_SENDER (herald_mail_sender_new (self->link, self->fields, self->channel));
  g_signal_connect_object (self->sender, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  gtk_box_prepend (self->box, GTK_WIDGET (self->sender));

  self->finder = HERALD_MAIL_FINDER (herald_mail_finder_new (self->link, self->fields));
  g_signal_connect_object (self->finder, "finished", G_CALLBACK (on_finder_finished), self, G_CONNECT_SWAPPED);
  if (password != NULL)
    group = gtk_widget_get_ancestor (GTK_WIDGET (password), ADW_TYPE_PREFERENCES_GROUP);
  if (group != NULL)
    gtk_box_insert_child_after (self->box, GTK_WIDGET (self->finder), group);
  herald_mail_sender_set_rest (self->sender, group, GTK_WIDGET (self->server));

  if (gateway != NULL && gtk_widget_get_parent (GTK_WIDGET (gateway)) != NULL)
    {
      group = gtk_widget_get_ancestor (GTK_WIDGET (gateway), ADW_TYPE_PREFERENCES_GROUP);
      self->carrier = herald_carrier_row_add (self->link, self->fields, ADW_PREFERENCES_GROUP (group));
      g_signal_connect_object (self->carrier, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
    }
}

/* ── Which secrets there are ────────────────────────────────────────────── */

static void
on_secrets_listed (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldChannelForm) self = HERALD_CHANNEL_FORM (user_data);
  g_auto(GStrv) names = NULL;
  g_autoptr(GError) error = NULL;

  /* A keyring that is locked is told of on the page of accounts. */
  if (!herald_dbus_channel1_call_list_secrets_finish (HERALD_DBUS_CHANNEL1 (object), &names, result, &error))
    return;

  for (guint i = 0; names[i] != NULL; i++)
    {
      HeraldFieldRow *row = herald_field_group_get_row (self->fields, names[i]);

      if (row != NULL)
        herald_field_row_set_stored (row, TRUE);
    }
}

static void
show_channel (HeraldChannelForm *self)
{
  herald_field_group_set_values (self->fields, herald_dbus_channel1_get_settings (self->channel));
  herald_field_group_set_value (self->fields, "name", herald_dbus_channel1_get_name (self->channel));
  herald_dbus_channel1_call_list_secrets (self->channel, self->cancellable, on_secrets_listed, g_object_ref (self));
}

/* GObject */

static void
herald_channel_form_dispose (GObject *object)
{
  HeraldChannelForm *self = HERALD_CHANNEL_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->secrets);
  g_clear_object (&self->fields);
  g_clear_object (&self->channel);
  g_clear_object (&self->link);
  g_clear_pointer (&self->type, g_variant_unref);

  G_OBJECT_CLASS (herald_channel_form_parent_class)->dispose (object);
}

static void
herald_channel_form_class_init (HeraldChannelFormClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_channel_form_dispose;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CALMED] = g_signal_new ("calmed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_channel_form_init (HeraldChannelForm *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GtkWidget *
herald_channel_form_new (HeraldServiceLink         *link,
                         GVariant                  *type,
                         const HeraldChannelLayout *layout,
                         HeraldDBusChannel1        *channel)
{
  HeraldChannelForm *self = g_object_new (HERALD_TYPE_CHANNEL_FORM, NULL);

  self->link = g_object_ref (link);
  self->type = g_variant_ref (type);
  self->layout = layout;
  self->channel = channel != NULL ? g_object_ref (channel) : NULL;
  self->fields = herald_field_group_new (make_fields (self));
  self->secrets = herald_secret_check_new (link, get_type_id (self), self->fields);

  add_guide (self);
  for (guint i = 0; layout != NULL && i < HERALD_LAYOUT_GROUPS_MAX && *layout->groups[i].names != NULL; i++)
    add_layout_group (self, &layout->groups[i]);
  add_rest (self);
  if (is_mail (self) && layout != NULL)
    add_mail_help (self);
  if (channel != NULL)
    show_channel (self);
  update_rows (self);
  g_signal_connect_object (self->fields, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

gboolean
herald_channel_form_is_busy (HeraldChannelForm *self)
{
  herald_field_group_settle (self->fields);

  return self->finder != NULL && herald_mail_finder_is_busy (self->finder);
}

gboolean
herald_channel_form_is_changed (HeraldChannelForm *self)
{
  return herald_field_group_is_changed (self->fields);
}

gboolean
herald_channel_form_check (HeraldChannelForm *self)
{
  return herald_field_group_check (self->fields) && (self->carrier == NULL || herald_carrier_row_check (self->carrier));
}

static void
complete (GVariantBuilder *settings,
          GVariant        *changes,
          const char      *name,
          const char      *value)
{
  g_autoptr(GVariant) set = g_variant_lookup_value (changes, name, G_VARIANT_TYPE_STRING);

  if (set == NULL)
    g_variant_builder_add (settings, "{ss}", name, value);
}

/* Whoever names no recipient wants to hear of it himself. */
static void
complete_mail (HeraldChannelForm *self,
               GVariantBuilder   *settings,
               GVariant          *changes)
{
  g_autofree char *from = herald_field_group_dup_value (self->fields, "from");
  const char *of_desktop = herald_mail_sender_get_address (self->sender);

  if (g_str_equal (self->layout->kind, "sms"))
    complete (settings, changes, "sms", "true");
  else
    complete (settings, changes, "to", of_desktop != NULL ? of_desktop : from);
}

/* What goes without saying is not filled in: what it follows from may yet be put right. */
GVariant *
herald_channel_form_make_settings (HeraldChannelForm *self)
{
  g_autoptr(GVariant) changes = g_variant_ref_sink (herald_field_group_make_changes (self->fields));
  g_autofree char *name = dup_usual_name (self);
  GVariantBuilder settings;

  g_variant_builder_init (&settings, G_VARIANT_TYPE ("a{ss}"));
  for (gsize i = 0; i < g_variant_n_children (changes); i++)
    {
      g_autoptr(GVariant) change = g_variant_get_child_value (changes, i);

      g_variant_builder_add_value (&settings, change);
    }
  /* Without a name it would be called by its id. */
  if (self->channel == NULL)
    complete (&settings, changes, "name", name);
  if (self->channel == NULL && self->finder != NULL)
    complete_mail (self, &settings, changes);

  return g_variant_builder_end (&settings);
}

GVariant *
herald_channel_form_make_secrets (HeraldChannelForm *self)
{
  return herald_field_group_make_secrets (self->fields);
}

gboolean
herald_channel_form_show_error (HeraldChannelForm *self,
                                const GError      *error)
{
  return herald_field_group_show_error (self->fields, error);
}
