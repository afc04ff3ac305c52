/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-card-problem"

#include "window/printers/card-problem.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/base/busy-button.h"
#include "window/base/failure.h"
#include "window/base/notice.h"

#define SENTENCE_MAX_CHARS 600
#define NAME_MAX_CHARS 200

/* What can be done about it, by the connection; the button that helps most comes first. */
typedef enum
{
  HELP_ACCESS = 1 << 0,
  HELP_TRUST = 1 << 1,
  HELP_CHECK = 1 << 2,
  HELP_WATCH = 1 << 3,
  HELP_ADDRESS = 1 << 4,
} Help;

static const struct
{
  const char *connection;
  Help help;
  const char *advice; /* while the service says nothing; NULL for none */
} helps[] = {
  { "unauthorized", HELP_ACCESS | HELP_CHECK, N_("OctoPrint does not let OctoHerald in.") },
  { "untrusted", HELP_TRUST | HELP_CHECK, N_("This server has not proved who it is.") },
  { "unreachable", HELP_CHECK | HELP_ADDRESS, N_("Please check that the printer’s computer is switched on and in your network.") },
  { "starting", HELP_CHECK, NULL },
  { "disabled", HELP_WATCH, N_("OctoHerald does not watch this printer, and tells nothing of it.") },
};

/**
 * HeraldCardProblem:
 *
 * What is wrong with a printer, and what to do about it: why somebody has to come, why it cannot be watched, with a button
 * for the next step, and whose certificate it is that nobody vouches for.
 */
struct _HeraldCardProblem
{
  AdwBin parent_instance;

  HeraldDBusPrinter1 *printer;
  GCancellable *cancellable;
  char *answered; /* how the printer was doing when it was asked; NULL if it was not */

  GtkWidget *attention_box;
  GtkWidget *attention;
  GtkWidget *error;
  GtkWidget *certificate;
  GtkWidget *buttons;
  GtkWidget *access;
  GtkWidget *trust;
  GtkWidget *check;
  GtkWidget *watch;
  GtkWidget *address;
  GtkWidget *answer;
  GtkWidget *note;
};

G_DEFINE_FINAL_TYPE (HeraldCardProblem, herald_card_problem, ADW_TYPE_BIN)

enum
{
  CHANGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* One operation: a button that is busy while it goes on */
typedef struct
{
  HeraldCardProblem *self;
  GtkWidget *button;
} Operation;

static Operation *
operation_new (HeraldCardProblem *self,
               GtkWidget         *button)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->self = g_object_ref (self);
  operation->button = button;
  herald_busy_button_set_busy (HERALD_BUSY_BUTTON (button), TRUE);

  return operation;
}

static void
operation_free (Operation *operation)
{
  g_object_unref (operation->self);
  g_free (operation);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Operation, operation_free)

static void
set_text (GtkWidget  *label,
          const char *foreign)
{
  g_autofree char *text = herald_text_clean (foreign != NULL ? foreign : "", SENTENCE_MAX_CHARS);

  if (!g_str_equal (gtk_label_get_text (GTK_LABEL (label)), text))
    gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

static void
say (HeraldCardProblem *self,
     const char        *sentence)
{
  set_text (self->answer, sentence);
  g_free (self->answered);
  self->answered = g_strdup (herald_dbus_printer1_get_connection (self->printer));
}

static const char *
get_certificate (HeraldCardProblem *self,
                 const char        *field)
{
  GVariant *certificate = herald_dbus_printer1_get_certificate (self->printer);
  const char *value = "";

  if (certificate != NULL)
    g_variant_lookup (certificate, field, "&s", &value);

  return value;
}

static void
update_certificate (HeraldCardProblem *self)
{
  g_autofree char *subject = herald_text_clean (get_certificate (self, "subject"), NAME_MAX_CHARS);
  g_autofree char *issuer = herald_text_clean (get_certificate (self, "issuer"), NAME_MAX_CHARS);
  g_autofree char *fingerprint = herald_text_clean (get_certificate (self, "fingerprint"), NAME_MAX_CHARS);
  g_autofree char *text = NULL;

  /* Translators: of a certificate, which is what a server proves itself with */
  text = g_strdup_printf (_("Made out to: %s\nBy: %s\nFingerprint: %s"), subject, issuer, fingerprint);
  gtk_label_set_text (GTK_LABEL (self->certificate), text);
  gtk_widget_set_visible (self->certificate, *fingerprint != '\0');
}

static void
update_help (HeraldCardProblem *self)
{
  const char *connection = herald_dbus_printer1_get_connection (self->printer);
  const char *error = herald_dbus_printer1_get_error (self->printer);
  const char *advice = NULL;
  Help help = 0;

  for (guint i = 0; i < G_N_ELEMENTS (helps); i++)
    {
      if (g_strcmp0 (helps[i].connection, connection) == 0)
        {
          help = helps[i].help;
          advice = helps[i].advice;
        }
    }

  /* Without the certificate nobody knows whom he would trust; the next answer of the server brings it. */
  if (*get_certificate (self, "fingerprint") == '\0')
    help &= ~(guint) HELP_TRUST;
  set_text (self->error, error != NULL && *error != '\0' ? error : advice != NULL ? _(advice) : "");
  gtk_widget_set_visible (self->access, help & HELP_ACCESS);
  gtk_widget_set_visible (self->trust, help & HELP_TRUST);
  gtk_widget_set_visible (self->check, help & HELP_CHECK);
  gtk_widget_set_visible (self->watch, help & HELP_WATCH);
  gtk_widget_set_visible (self->address, help & HELP_ADDRESS);
  gtk_widget_set_visible (self->buttons, help != 0);
  /* Switched off is not an error. */
  if (help & HELP_WATCH)
    gtk_widget_remove_css_class (self->error, "error");
  else
    gtk_widget_add_css_class (self->error, "error");
}

/* What somebody asked for has been answered by what has happened since. */
static void
update_answer (HeraldCardProblem *self)
{
  if (self->answered == NULL || g_strcmp0 (self->answered, herald_dbus_printer1_get_connection (self->printer)) == 0)
    return;

  set_text (self->answer, "");
  g_clear_pointer (&self->answered, g_free);
}

static void
on_check_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Operation) operation = user_data;
  HeraldCardProblem *self = operation->self;
  g_autofree char *answer = NULL;
  g_autoptr(GError) error = NULL;

  if (!herald_dbus_printer1_call_check_finish (HERALD_DBUS_PRINTER1 (object), &answer, result, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      answer = herald_failure_dup_sentence (error);
    }

  herald_busy_button_set_busy (HERALD_BUSY_BUTTON (operation->button), FALSE);
  herald_card_problem_update (self);
  /* What is wrong stands there already; of a printer that does well there is nothing to stand beside. */
  if (!gtk_widget_get_visible (self->check))
    herald_notice_show (GTK_WIDGET (self), answer);
  else if (g_strcmp0 (answer, herald_dbus_printer1_get_error (self->printer)) != 0)
    say (self, answer);
}

static void
on_set_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Operation) operation = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;

  herald_dbus_printer1_call_set_finish (HERALD_DBUS_PRINTER1 (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  herald_busy_button_set_busy (HERALD_BUSY_BUTTON (operation->button), FALSE);
  if (error == NULL)
    return;

  sentence = herald_failure_dup_sentence (error);
  say (operation->self, sentence);
  herald_card_problem_update (operation->self);
}

static void
set_one (HeraldCardProblem *self,
         GtkWidget         *button,
         const char        *key,
         const char        *value)
{
  GVariantBuilder changes;

  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&changes, "{ss}", key, value);
  herald_dbus_printer1_call_set (self->printer, g_variant_builder_end (&changes), self->cancellable, on_set_ready,
                                 operation_new (self, button));
}

static void
on_trust_clicked (HeraldCardProblem *self)
{
  set_one (self, self->trust, "certificate", get_certificate (self, "fingerprint"));
}

static void
on_watch_clicked (HeraldCardProblem *self)
{
  set_one (self, self->watch, "enabled", "true");
}

static void
on_change_clicked (HeraldCardProblem *self)
{
  g_signal_emit (self, signals[CHANGE], 0);
}

/* GObject */

static void
herald_card_problem_dispose (GObject *object)
{
  HeraldCardProblem *self = HERALD_CARD_PROBLEM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->printer);
  g_clear_pointer (&self->answered, g_free);

  G_OBJECT_CLASS (herald_card_problem_parent_class)->dispose (object);
}

static void
herald_card_problem_class_init (HeraldCardProblemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_card_problem_dispose;

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  signals[CHANGE] = g_signal_new ("change", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/printers/card-problem.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldCardProblem, attention_box);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardProblem, attention);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardProblem, error);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardProblem, certificate);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardProblem, buttons);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardProblem, access);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardProblem, trust);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardProblem, check);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardProblem, watch);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardProblem, address);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardProblem, answer);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardProblem, note);
}

static void
herald_card_problem_init (HeraldCardProblem *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->access, "clicked", G_CALLBACK (on_change_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->address, "clicked", G_CALLBACK (on_change_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->trust, "clicked", G_CALLBACK (on_trust_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->check, "clicked", G_CALLBACK (herald_card_problem_check), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "clicked", G_CALLBACK (on_watch_clicked), self, G_CONNECT_SWAPPED);
}

void
herald_card_problem_set_printer (HeraldCardProblem  *self,
                                 HeraldDBusPrinter1 *printer)
{
  g_return_if_fail (self->printer == NULL);

  self->printer = g_object_ref (printer);
  herald_card_problem_update (self);
}

void
herald_card_problem_update (HeraldCardProblem *self)
{
  const char *fallback = herald_dbus_printer1_get_fallback (self->printer);
  const char *gap = herald_dbus_printer1_get_gap (self->printer);
  gboolean is_any = FALSE;

  set_text (self->attention, herald_dbus_printer1_get_attention (self->printer));
  gtk_widget_set_visible (self->attention_box, gtk_widget_get_visible (self->attention));
  update_certificate (self);
  update_help (self);
  update_answer (self);
  set_text (self->note, fallback != NULL && *fallback != '\0' ? fallback : gap);

  for (GtkWidget *child = gtk_widget_get_first_child (adw_bin_get_child (ADW_BIN (self))); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    is_any |= gtk_widget_get_visible (child);
  gtk_widget_set_visible (GTK_WIDGET (self), is_any);
}

void
herald_card_problem_check (HeraldCardProblem *self)
{
  if (herald_busy_button_get_busy (HERALD_BUSY_BUTTON (self->check)))
    return;

  herald_dbus_printer1_call_check (self->printer, self->cancellable, on_check_ready, operation_new (self, self->check));
}

char *
herald_card_problem_dup_sentence (HeraldCardProblem *self)
{
  const char *attention = gtk_label_get_text (GTK_LABEL (self->attention));
  const char *error = gtk_label_get_text (GTK_LABEL (self->error));

  return g_strconcat (attention, *attention != '\0' && *error != '\0' ? ", " : "", error, NULL);
}
