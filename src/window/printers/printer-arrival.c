/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-arrival"

#include "window/printers/printer-arrival.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/base/busy-button.h"
#include "window/base/failure.h"
#include "window/base/web-page.h"
#include "window/printers/arrival-view.h"
#include "window/printers/key-entry.h"

/* OctoPrint is given six seconds to be found; a computer that is busy takes longer. */
#define CALL_LIMIT_MS 60000
#define SENTENCE_MAX_CHARS 1000

/**
 * HeraldPrinterArrival:
 *
 * The way of a printer that was added until it is watched: it is called, its server trusted, OctoPrint asked for access, with a
 * page in the browser and a countdown, or given a key. It follows the printer’s properties, also through a restart of the
 * service, and always says what to do next.
 */
struct _HeraldPrinterArrival
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  HeraldDBusPrinter1 *printer; /* NULL while it is not there */
  char *id;
  char *page;
  char *problem; /* of what was tried last */
  GCancellable *cancellable;
  HeraldArrivalStep step;
  gboolean wants_access; /* to be asked for as soon as the printer is there */
  gboolean is_asking;
  gboolean has_arrived;
  guint second_id;

  GtkImage *icon;
  GtkSpinner *spinner;
  GtkLabel *name;
  GtkLabel *title;
  GtkLabel *sentence;
  GtkLabel *countdown;
  GtkLabel *address;
  HeraldBusyButton *first;
  GtkButton *second;
  HeraldKeyEntry *key;
};

G_DEFINE_FINAL_TYPE (HeraldPrinterArrival, herald_printer_arrival, ADW_TYPE_BIN)

enum
{
  PROP_ARRIVED = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* ── What is seen ───────────────────────────────────────────────────────── */

static void
update_countdown (HeraldPrinterArrival *self)
{
  const char *until = self->printer != NULL ? herald_dbus_printer1_get_access_until (self->printer) : NULL;
  g_autoptr(GDateTime) moment = until != NULL ? g_date_time_new_from_iso8601 (until, NULL) : NULL;
  g_autofree char *text = NULL;
  gint64 left_s = 0;

  if (self->step == HERALD_ARRIVAL_WAITING && moment != NULL)
    {
      left_s = MAX (g_date_time_to_unix (moment) - g_get_real_time () / G_USEC_PER_SEC, 0);
      /* Translators: minutes and seconds */
      text = g_strdup_printf (_("%d:%02d left"), (int) (left_s / 60), (int) (left_s % 60));
    }
  set_text (self->countdown, text);
}

static gboolean
on_second_timeout (gpointer user_data)
{
  update_countdown (HERALD_PRINTER_ARRIVAL (user_data));

  return G_SOURCE_CONTINUE;
}

static char *
dup_certificate_sentence (HeraldDBusPrinter1 *printer)
{
  GVariant *certificate = herald_dbus_printer1_get_certificate (printer);
  const char *subject = "";
  const char *fingerprint = "";

  if (certificate == NULL || !g_variant_lookup (certificate, "fingerprint", "&s", &fingerprint))
    return g_strdup (herald_dbus_printer1_get_error (printer));

  g_variant_lookup (certificate, "subject", "&s", &subject);
  /* Translators: whose certificate it is, and its fingerprint */
  return g_strdup_printf (_("Nobody vouches for this server, which is usual at home. It calls itself %s, and its fingerprint is "
                            "%s. Trust it if that is your printer."),
                          subject, fingerprint);
}

/* Returns: (transfer full): why it goes on no further, or what to do */
static char *
dup_sentence (HeraldPrinterArrival    *self,
              const HeraldArrivalView *view)
{
  const char *told = NULL;

  if (self->problem != NULL)
    return g_strdup (self->problem);
  if (view->sentence != NULL)
    return g_strdup (_(view->sentence));
  if (self->step == HERALD_ARRIVAL_UNTRUSTED)
    return dup_certificate_sentence (self->printer);

  told = self->step == HERALD_ARRIVAL_REFUSED ? herald_dbus_printer1_get_access_problem (self->printer)
                                              : herald_dbus_printer1_get_error (self->printer);

  return herald_text_clean (told, SENTENCE_MAX_CHARS);
}

static void
update_picture (HeraldPrinterArrival    *self,
                const HeraldArrivalView *view)
{
  static const char *const styles[] = { "accent", "success", "warning", "error", "dim-label" };

  gtk_widget_set_visible (GTK_WIDGET (self->icon), view->icon_name != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), view->icon_name == NULL);
  gtk_spinner_set_spinning (self->spinner, view->icon_name == NULL);
  gtk_image_set_from_icon_name (self->icon, view->icon_name);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), styles[i]);
  if (view->style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), view->style);
}

static void
update_buttons (HeraldPrinterArrival    *self,
                const HeraldArrivalView *view)
{
  gboolean had_focus = gtk_widget_is_focus (GTK_WIDGET (self->first)) || gtk_widget_is_focus (GTK_WIDGET (self->second));

  gtk_widget_set_visible (GTK_WIDGET (self->first), view->first != NULL);
  g_object_set (self->first, "text", view->first != NULL ? _(view->first) : "", NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->second), view->second != NULL);
  gtk_button_set_label (self->second, view->second != NULL ? _(view->second) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->key), view->takes_key);
  if (had_focus && view->first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->first));
}

static void
set_has_arrived (HeraldPrinterArrival *self,
                 gboolean              has_arrived)
{
  if (self->has_arrived == has_arrived)
    return;

  self->has_arrived = has_arrived;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARRIVED]);
}

static void
update (HeraldPrinterArrival *self)
{
  HeraldArrivalStep before = self->step;
  const HeraldArrivalView *view;
  g_autofree char *sentence = NULL;

  if (self->id == NULL)
    return;

  self->step = herald_arrival_step_find (self->printer, self->is_asking);
  if (self->step != before)
    g_clear_pointer (&self->problem, g_free);
  view = herald_arrival_view_get (self->step);
  sentence = dup_sentence (self, view);

  set_text (self->name, self->printer != NULL ? herald_dbus_printer1_get_name (self->printer) : NULL);
  gtk_label_set_text (self->title, _(view->title));
  set_text (self->sentence, sentence);
  set_text (self->address, self->step == HERALD_ARRIVAL_WAITING ? self->page : NULL);
  update_picture (self, view);
  update_buttons (self, view);
  update_countdown (self);
  set_has_arrived (self, self->step == HERALD_ARRIVAL_THERE);
}

/* ── The printer ────────────────────────────────────────────────────────── */

static void
take_problem (HeraldPrinterArrival *self,
              const GError         *error)
{
  g_free (self->problem);
  self->problem = herald_failure_dup_sentence (error);
}

static void
on_page_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldPrinterArrival) self = HERALD_PRINTER_ARRIVAL (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  const char *page = "";

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_asking = FALSE;
  if (answer != NULL)
    g_variant_get (answer, "(&s)", &page);
  g_free (self->page);
  self->page = g_strdup (page);
  update (self);
  if (error != NULL && self->step != HERALD_ARRIVAL_UNTRUSTED)
    {
      take_problem (self, error);
      update (self);
    }
  if (*page != '\0' && !self->has_arrived)
    herald_web_page_open (GTK_WIDGET (self), page);
}

static void
ask (HeraldPrinterArrival *self)
{
  if (self->printer == NULL || self->is_asking)
    return;

  self->is_asking = TRUE;
  self->wants_access = FALSE;
  g_clear_pointer (&self->problem, g_free);
  g_dbus_proxy_call (G_DBUS_PROXY (self->printer), "RequestAccess", NULL, G_DBUS_CALL_FLAGS_NONE, CALL_LIMIT_MS,
                     self->cancellable, on_page_ready, g_object_ref (self));
  update (self);
}

static void
find_printer (HeraldPrinterArrival *self)
{
  g_autoptr(HeraldDBusPrinter1) found = NULL;

  if (self->id == NULL)
    return;

  found = herald_service_link_ref_printer (self->link, self->id);
  if (found == self->printer)
    return;

  if (self->printer != NULL)
    g_signal_handlers_disconnect_by_data (self->printer, self);
  g_set_object (&self->printer, found);
  if (found != NULL)
    g_signal_connect_object (found, "g-properties-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  herald_key_entry_set_printer (self->key, self->link, found);
  if (self->wants_access)
    ask (self);
  update (self);
}

static void
on_call_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldPrinterArrival) self = HERALD_PRINTER_ARRIVAL (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  herald_busy_button_set_busy (self->first, FALSE);
  if (error != NULL)
    take_problem (self, error);
  update (self);
}

static void
call (HeraldPrinterArrival *self,
      const char           *method,
      GVariant             *parameters)
{
  herald_busy_button_set_busy (self->first, TRUE);
  g_dbus_proxy_call (G_DBUS_PROXY (self->printer), method, parameters, G_DBUS_CALL_FLAGS_NONE, CALL_LIMIT_MS,
                     self->cancellable, on_call_ready, g_object_ref (self));
}

static void
set (HeraldPrinterArrival *self,
     const char           *name,
     const char           *value)
{
  GVariantBuilder changes;

  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&changes, "{ss}", name, value);
  call (self, "Set", g_variant_new ("(a{ss})", &changes));
}

static void
trust (HeraldPrinterArrival *self)
{
  GVariant *certificate = herald_dbus_printer1_get_certificate (self->printer);
  const char *fingerprint = NULL;

  if (certificate != NULL && g_variant_lookup (certificate, "fingerprint", "&s", &fingerprint))
    set (self, "certificate", fingerprint);
}

static void
on_first_clicked (HeraldPrinterArrival *self)
{
  g_autoptr(GVariant) nothing = NULL;

  if (self->printer == NULL)
    return;

  /* Who did not see it asked for has no page yet; the service answers with the one that is open. */
  if (self->step == HERALD_ARRIVAL_WAITING && self->page != NULL && *self->page != '\0')
    herald_web_page_open (GTK_WIDGET (self), self->page);
  else if (self->step == HERALD_ARRIVAL_WAITING || self->step == HERALD_ARRIVAL_LOCKED_OUT || self->step == HERALD_ARRIVAL_REFUSED)
    ask (self);
  else if (self->step == HERALD_ARRIVAL_UNTRUSTED)
    trust (self);
  else if (self->step == HERALD_ARRIVAL_DISABLED)
    set (self, "enabled", "true");
  else if (self->step == HERALD_ARRIVAL_UNREACHABLE)
    call (self, "Check", nothing);
}

static void
on_second_clicked (HeraldPrinterArrival *self)
{
  if (self->printer != NULL)
    herald_dbus_printer1_call_cancel_access (self->printer, NULL, NULL, NULL);
}

/* GtkWidget */

static void
herald_printer_arrival_map (GtkWidget *widget)
{
  HeraldPrinterArrival *self = HERALD_PRINTER_ARRIVAL (widget);

  GTK_WIDGET_CLASS (herald_printer_arrival_parent_class)->map (widget);
  self->second_id = g_timeout_add_seconds (1, on_second_timeout, self);
}

static void
herald_printer_arrival_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&HERALD_PRINTER_ARRIVAL (widget)->second_id, g_source_remove);
  GTK_WIDGET_CLASS (herald_printer_arrival_parent_class)->unmap (widget);
}

/* GObject */

static void
herald_printer_arrival_get_property (GObject    *object,
                                     guint       id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  g_value_set_boolean (value, HERALD_PRINTER_ARRIVAL (object)->has_arrived);
}

static void
herald_printer_arrival_dispose (GObject *object)
{
  HeraldPrinterArrival *self = HERALD_PRINTER_ARRIVAL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->second_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->printer);
  g_clear_object (&self->link);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (herald_printer_arrival_parent_class)->dispose (object);
}

static void
herald_printer_arrival_class_init (HeraldPrinterArrivalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = herald_printer_arrival_get_property;
  object_class->dispose = herald_printer_arrival_dispose;
  widget_class->map = herald_printer_arrival_map;
  widget_class->unmap = herald_printer_arrival_unmap;

  properties[PROP_ARRIVED] = g_param_spec_boolean ("arrived", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  g_type_ensure (HERALD_TYPE_KEY_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/printers/printer-arrival.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterArrival, icon);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterArrival, spinner);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterArrival, name);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterArrival, title);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterArrival, sentence);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterArrival, countdown);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterArrival, address);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterArrival, first);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterArrival, second);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterArrival, key);
  gtk_widget_class_bind_template_callback (widget_class, on_first_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_second_clicked);
}

static void
herald_printer_arrival_init (HeraldPrinterArrival *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * herald_printer_arrival_new:
 * @link: to the service
 *
 * Returns: (transfer floating): it, empty until it begins
 */
GtkWidget *
herald_printer_arrival_new (HeraldServiceLink *link)
{
  HeraldPrinterArrival *self = g_object_new (HERALD_TYPE_PRINTER_ARRIVAL, NULL);

  self->link = g_object_ref (link);
  g_signal_connect_object (herald_service_link_get_printers (link), "items-changed", G_CALLBACK (find_printer), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  return GTK_WIDGET (self);
}

/**
 * herald_printer_arrival_begin:
 * @id: of the printer that was added
 */
void
herald_printer_arrival_begin (HeraldPrinterArrival *self,
                              const char           *id,
                              HeraldArrivalWay      way)
{
  /* What was asked about the one before is not about this one. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  herald_busy_button_set_busy (self->first, FALSE);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->problem, g_free);
  g_free (self->id);
  self->id = g_strdup (id);
  self->wants_access = way == HERALD_ARRIVAL_ASK;
  self->is_asking = FALSE;
  find_printer (self);
  if (self->wants_access)
    ask (self);
  update (self);
}

gboolean
herald_printer_arrival_has_arrived (HeraldPrinterArrival *self)
{
  return self->has_arrived;
}

const char *
herald_printer_arrival_get_key (HeraldPrinterArrival *self)
{
  return herald_key_entry_get_key (self->key);
}
