/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mail-finder"

#include "window/accounts/mail-finder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "window/base/failure.h"
#include "window/base/field-check.h"
#include "window/base/web-page.h"

/* What is filled in */
static const char *const proposed_names[] = { "host", "port", "security", "user" };

/**
 * HeraldMailFinder:
 *
 * Finds out how mail of an address is sent, fills in the fields of the server and says what kind of password is wanted. What a
 * person has typed stays; what only a name server says is used when a person has agreed.
 */
struct _HeraldMailFinder
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  HeraldFieldGroup *fields;
  GCancellable *search; /* NULL while none is under way */
  char *address;        /* of the last search */
  char *proposed[G_N_ELEMENTS (proposed_names)]; /* NULL where nothing is */
  char *before[G_N_ELEMENTS (proposed_names)];   /* what stood there */
  GVariant *setup; /* what the last search has found */

  GtkSpinner *spinner;
  GtkLabel *status;
  GtkLabel *hint;
  GtkWidget *use;
  GtkWidget *password_page;
  GtkWidget *page;
};

G_DEFINE_FINAL_TYPE (HeraldMailFinder, herald_mail_finder, ADW_TYPE_BIN)

enum
{
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_text (GVariant   *setup,
          const char *name)
{
  const char *text = "";

  if (setup != NULL)
    g_variant_lookup (setup, name, "&s", &text);

  return text;
}

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
say (HeraldMailFinder *self,
     const char       *sentence,
     gboolean          is_wrong)
{
  set_text (self->status, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self), *sentence != '\0');
  gtk_spinner_set_spinning (self->spinner, self->search != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->search != NULL);
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
}

/* What to do about the password */
static const char *
describe_password (GVariant *setup)
{
  static const struct
  {
    const char *id;
    const char *sentence;
  } passwords[] = {
    { "usual", N_("The password is that of your mailbox.") },
    { "app", N_("Your usual password will be refused: make an app password on your provider’s page, and paste it.") },
    { "bridge", N_("The password is the one that your provider’s program on this computer shows.") },
    { "none", N_("This provider takes no password from programs. Add the account to the settings of your desktop (Online "
                 "Accounts), then choose it here.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      if (g_str_equal (passwords[i].id, get_text (setup, "password")))
        return _(passwords[i].sentence);
    }

  return *get_text (setup, "user") == '\0' ? _("This server wants no password.") : "";
}

static void
forget_proposals (HeraldMailFinder *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (proposed_names); i++)
    {
      g_clear_pointer (&self->proposed[i], g_free);
      g_clear_pointer (&self->before[i], g_free);
    }
}

/* The password of one address must not go to the server of another. */
static void
take_back (HeraldMailFinder *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (proposed_names); i++)
    {
      g_autofree char *value = herald_field_group_dup_value (self->fields, proposed_names[i]);

      if (self->proposed[i] != NULL && g_str_equal (value, self->proposed[i]))
        herald_field_group_propose (self->fields, proposed_names[i], self->before[i]);
    }
  forget_proposals (self);
}

static void
propose (HeraldMailFinder *self,
         guint             i,
         const char       *value)
{
  HeraldFieldRow *row = herald_field_group_get_row (self->fields, proposed_names[i]);
  g_autofree char *before = herald_field_group_dup_value (self->fields, proposed_names[i]);

  if (row == NULL || (*before != '\0' && herald_field_row_is_changed (row)))
    return;

  herald_field_row_propose (row, value);
  self->proposed[i] = herald_field_row_dup_value (row);
  self->before[i] = g_steal_pointer (&before);
}

static void
fill_in (HeraldMailFinder *self)
{
  guint port = 0;
  g_autofree char *number = NULL;

  g_variant_lookup (self->setup, "port", "u", &port);
  number = g_strdup_printf ("%u", port);
  for (guint i = 0; i < G_N_ELEMENTS (proposed_names); i++)
    propose (self, i, g_str_equal (proposed_names[i], "port") ? number : get_text (self->setup, proposed_names[i]));
}

/* Help is shown once; the page of the password is the more useful one. */
static void
show_pages (HeraldMailFinder *self)
{
  const char *hint = get_text (self->setup, "hint");

  set_text (self->hint, *hint != '\0' || self->setup == NULL ? hint : describe_password (self->setup));
  gtk_widget_set_visible (self->password_page, *get_text (self->setup, "password_page") != '\0');
  gtk_widget_set_visible (self->page, *get_text (self->setup, "page") != '\0');
}

static void
finish (HeraldMailFinder *self,
        gboolean          is_known)
{
  g_signal_emit (self, signals[FINISHED], 0, is_known);
}

static void
show_setup (HeraldMailFinder *self)
{
  const char *name = get_text (self->setup, "name");
  const char *host = get_text (self->setup, "host");
  g_autofree char *sentence = NULL;
  gboolean is_proven = FALSE;

  g_variant_lookup (self->setup, "proven", "b", &is_proven);
  if (is_proven)
    {
      fill_in (self);
      /* Translators: the name of a mail server, or of a provider */
      sentence = g_strdup_printf (_("Mail is sent by %s."), *name != '\0' ? name : host);
    }
  else
    /* Translators: the name of a mail server */
    sentence = g_strdup_printf (_("Mail seems to be sent by %s, but only a name server says so, whose word can be forged. Use it "
                                  "if you know that this is the server of your provider."), host);
  say (self, sentence, FALSE);
  gtk_widget_set_visible (self->use, !is_proven);
  show_pages (self);
  finish (self, is_proven);
}

static void
on_find_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldMailFinder) self = HERALD_MAIL_FINDER (user_data);
  g_autoptr(GVariant) setup = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (!herald_dbus_service1_call_find_mail_server_finish (HERALD_DBUS_SERVICE1 (object), &setup, result, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->search);
  if (setup != NULL)
    {
      self->setup = g_steal_pointer (&setup);
      show_setup (self);
      return;
    }

  sentence = herald_failure_dup_sentence (error);
  say (self, sentence, TRUE);
  finish (self, FALSE);
}

/* Whether a person has named the server */
static gboolean
is_named (HeraldMailFinder *self)
{
  g_autofree char *host = herald_field_group_dup_value (self->fields, "host");

  return *host != '\0' && g_strcmp0 (host, self->proposed[0]) != 0;
}

static void
begin (HeraldMailFinder *self,
       const char       *address)
{
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);
  const char *domain = strrchr (address, '@');
  g_autofree char *sentence = NULL;

  g_free (self->address);
  self->address = g_strdup (address);
  g_clear_pointer (&self->setup, g_variant_unref);
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  take_back (self);
  gtk_widget_set_visible (self->use, FALSE);
  show_pages (self);
  if (service == NULL || domain == NULL)
    return;

  self->search = g_cancellable_new ();
  /* Translators: what is behind the @ of an address */
  sentence = g_strdup_printf (_("Looking for the mail server of %s…"), domain + 1);
  say (self, sentence, FALSE);
  herald_dbus_service1_call_find_mail_server (service, address, self->search, on_find_ready, g_object_ref (self));
}

static void
on_settled (HeraldMailFinder *self,
            const char       *name)
{
  g_autofree char *address = NULL;
  g_autofree char *problem = NULL;

  if (!g_str_equal (name, "from"))
    return;

  address = herald_field_group_dup_value (self->fields, "from");
  problem = herald_field_check_value ("address", address);
  if (*address == '\0' || problem != NULL || is_named (self) || g_strcmp0 (address, self->address) == 0)
    return;

  begin (self, address);
}

static void
on_use_clicked (HeraldMailFinder *self)
{
  fill_in (self);
  gtk_widget_set_visible (self->use, FALSE);
  finish (self, TRUE);
}

static void
on_page_clicked (GtkWidget        *button,
                 HeraldMailFinder *self)
{
  herald_web_page_open (GTK_WIDGET (self), get_text (self->setup, button == self->page ? "page" : "password_page"));
}

/* GObject */

static void
herald_mail_finder_dispose (GObject *object)
{
  HeraldMailFinder *self = HERALD_MAIL_FINDER (object);

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_pointer (&self->setup, g_variant_unref);
  g_clear_pointer (&self->address, g_free);
  forget_proposals (self);
  g_clear_object (&self->fields);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_mail_finder_parent_class)->dispose (object);
}

static void
herald_mail_finder_class_init (HeraldMailFinderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_mail_finder_dispose;

  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/accounts/mail-finder.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldMailFinder, spinner);
  gtk_widget_class_bind_template_child (widget_class, HeraldMailFinder, status);
  gtk_widget_class_bind_template_child (widget_class, HeraldMailFinder, hint);
  gtk_widget_class_bind_template_child (widget_class, HeraldMailFinder, use);
  gtk_widget_class_bind_template_child (widget_class, HeraldMailFinder, password_page);
  gtk_widget_class_bind_template_child (widget_class, HeraldMailFinder, page);
  gtk_widget_class_bind_template_callback (widget_class, on_use_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_page_clicked);
}

static void
herald_mail_finder_init (HeraldMailFinder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
herald_mail_finder_new (HeraldServiceLink *link,
                        HeraldFieldGroup  *fields)
{
  HeraldMailFinder *self = g_object_new (HERALD_TYPE_MAIL_FINDER, NULL);

  self->link = g_object_ref (link);
  self->fields = g_object_ref (fields);
  g_signal_connect_object (fields, "settled", G_CALLBACK (on_settled), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

gboolean
herald_mail_finder_is_busy (HeraldMailFinder *self)
{
  return self->search != NULL;
}
