/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-adder"

#include "window/printers/printer-adder.h"

#include <glib/gi18n-lib.h>

#include "window/base/busy-button.h"
#include "window/base/failure.h"
#include "window/printers/found-list.h"
#include "window/printers/printer-arrival.h"

/* The service asks every place that an address can mean, which takes six seconds, more on a computer that is busy. */
#define LIMIT_MS 60000

/**
 * HeraldPrinterAdder:
 *
 * All ways to add a printer: one that was found, one by its address, the demo printer; then its arrival. The first steps and
 * “Add a Printer” show it.
 */
struct _HeraldPrinterAdder
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  GCancellable *cancellable;
  gboolean is_busy;

  GtkStack *stack;
  GtkBox *choice;
  GtkBox *arrival_box;
  HeraldFoundList *found;
  HeraldPrinterArrival *arrival;
  GtkWidget *address;
  GtkWidget *name;
  GtkWidget *key;
  GtkWidget *more;
  GtkLabel *problem;
  HeraldBusyButton *add;
  HeraldBusyButton *demo;
  GtkWidget *others;
};

G_DEFINE_FINAL_TYPE (HeraldPrinterAdder, herald_printer_adder, ADW_TYPE_BIN)

enum
{
  PROP_ARRIVED = 1,
  PROP_CHOOSING,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static const char *
get_typed (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* @busy: (nullable): the button that has begun it */
static void
set_busy (HeraldPrinterAdder *self,
          HeraldBusyButton   *busy,
          const char         *url)
{
  self->is_busy = busy != NULL || url != NULL;
  herald_found_list_set_busy (self->found, self->is_busy && url == NULL ? "" : url);
  herald_busy_button_set_busy (self->add, busy == self->add);
  herald_busy_button_set_busy (self->demo, busy == self->demo);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), !self->is_busy && *get_typed (self->address) != '\0');
  gtk_widget_set_sensitive (GTK_WIDGET (self->demo), !self->is_busy);
}

static void
show_problem (HeraldPrinterAdder *self,
              const GError       *error)
{
  g_autofree char *sentence = error != NULL ? herald_failure_dup_sentence (error) : NULL;

  gtk_label_set_text (self->problem, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
}

static void
show_arrival (HeraldPrinterAdder *self,
              const char         *id,
              HeraldArrivalWay    way)
{
  herald_printer_arrival_begin (self->arrival, id, way);
  gtk_stack_set_visible_child_name (self->stack, "arrival");
  gtk_widget_child_focus (GTK_WIDGET (self->arrival), GTK_DIR_TAB_FORWARD);
}

/* ── Adding ─────────────────────────────────────────────────────────────── */

typedef struct
{
  HeraldPrinterAdder *self;
  HeraldArrivalWay way;
  gboolean is_typed; /* which is then no longer needed */
} Addition;

static void
on_add_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree Addition *addition = g_steal_pointer (&user_data);
  g_autoptr(HeraldPrinterAdder) self = addition->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  const char *id = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_busy (self, NULL, NULL);
  show_problem (self, error);
  if (answer == NULL)
    return;

  if (addition->is_typed)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->address), "");
      gtk_editable_set_text (GTK_EDITABLE (self->name), "");
      gtk_editable_set_text (GTK_EDITABLE (self->key), "");
    }
  g_variant_get (answer, "(&s)", &id);
  show_arrival (self, id, addition->way);
}

static void
call (HeraldPrinterAdder *self,
      const char         *method,
      GVariant           *parameters,
      HeraldArrivalWay    way,
      gboolean            is_typed)
{
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);
  Addition *addition = g_new0 (Addition, 1);

  addition->self = g_object_ref (self);
  addition->way = way;
  addition->is_typed = is_typed;
  g_dbus_proxy_call (G_DBUS_PROXY (service), method, parameters, G_DBUS_CALL_FLAGS_NONE, LIMIT_MS, self->cancellable,
                     on_add_ready, addition);
}

static void
add (HeraldPrinterAdder *self,
     const char         *url,
     const char         *name,
     const char         *key,
     gboolean            is_typed)
{
  GVariantBuilder settings;
  GVariantBuilder secrets;

  g_variant_builder_init (&settings, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&settings, "{ss}", "url", url);
  if (*name != '\0')
    g_variant_builder_add (&settings, "{ss}", "name", name);
  g_variant_builder_init (&secrets, G_VARIANT_TYPE ("a{ss}"));
  if (*key != '\0')
    g_variant_builder_add (&secrets, "{ss}", "key", key);
  call (self, "AddPrinter", g_variant_new ("(a{ss}a{ss})", &settings, &secrets),
        *key != '\0' ? HERALD_ARRIVAL_LOOK : HERALD_ARRIVAL_ASK, is_typed);
}

static void
on_found_chosen (HeraldPrinterAdder *self,
                 const char         *url,
                 const char         *known)
{
  if (self->is_busy)
    return;

  if (*known != '\0')
    {
      show_arrival (self, known, HERALD_ARRIVAL_LOOK);
      return;
    }

  add (self, url, "", "", FALSE);
  set_busy (self, NULL, url);
}

static void
add_address (HeraldPrinterAdder *self)
{
  g_autofree char *address = g_strstrip (g_strdup (get_typed (self->address)));
  g_autofree char *name = g_strstrip (g_strdup (get_typed (self->name)));

  if (self->is_busy || *address == '\0')
    return;

  add (self, address, name, get_typed (self->key), TRUE);
  set_busy (self, self->add, NULL);
}

static void
add_demo (HeraldPrinterAdder *self)
{
  if (self->is_busy)
    return;

  call (self, "AddDemoPrinter", NULL, HERALD_ARRIVAL_LOOK, FALSE);
  set_busy (self, self->demo, NULL);
}

static void
on_address_changed (HeraldPrinterAdder *self)
{
  gboolean is_typed = *get_typed (self->address) != '\0';

  gtk_widget_set_sensitive (GTK_WIDGET (self->add), is_typed && !self->is_busy);
  if (is_typed)
    show_problem (self, NULL);
}

/* ── What others see of it ──────────────────────────────────────────────── */

static void
on_arrived (HeraldPrinterAdder *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARRIVED]);
}

static void
on_page_changed (HeraldPrinterAdder *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOOSING]);
}

/* GObject */

static void
herald_printer_adder_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  HeraldPrinterAdder *self = HERALD_PRINTER_ADDER (object);

  switch (id)
    {
    case PROP_ARRIVED:
      g_value_set_boolean (value, herald_printer_adder_has_arrived (self));
      break;
    case PROP_CHOOSING:
      g_value_set_boolean (value, herald_printer_adder_is_choosing (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
herald_printer_adder_dispose (GObject *object)
{
  HeraldPrinterAdder *self = HERALD_PRINTER_ADDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_printer_adder_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterAdder, stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterAdder, choice);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterAdder, arrival_box);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterAdder, address);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterAdder, name);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterAdder, key);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterAdder, more);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterAdder, problem);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterAdder, add);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterAdder, demo);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterAdder, others);
  gtk_widget_class_bind_template_callback (widget_class, add_address);
  gtk_widget_class_bind_template_callback (widget_class, add_demo);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed);
  gtk_widget_class_bind_template_callback (widget_class, herald_printer_adder_go_back);
}

static void
herald_printer_adder_class_init (HeraldPrinterAdderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = herald_printer_adder_get_property;
  object_class->dispose = herald_printer_adder_dispose;

  properties[PROP_ARRIVED] = g_param_spec_boolean ("arrived", NULL, NULL, FALSE, flags);
  properties[PROP_CHOOSING] = g_param_spec_boolean ("choosing", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/octoherald/OctoHerald/printers/printer-adder.ui");
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
herald_printer_adder_init (HeraldPrinterAdder *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->stack, "notify::visible-child-name", G_CALLBACK (on_page_changed), self, G_CONNECT_SWAPPED);
}

/**
 * herald_printer_adder_new:
 * @link: to the service
 *
 * Returns: (transfer floating): it, with the choice
 */
GtkWidget *
herald_printer_adder_new (HeraldServiceLink *link)
{
  HeraldPrinterAdder *self = g_object_new (HERALD_TYPE_PRINTER_ADDER, NULL);

  self->link = g_object_ref (link);
  self->found = HERALD_FOUND_LIST (herald_found_list_new (link));
  self->arrival = HERALD_PRINTER_ARRIVAL (herald_printer_arrival_new (link));
  gtk_box_prepend (self->choice, GTK_WIDGET (self->found));
  gtk_box_prepend (self->arrival_box, GTK_WIDGET (self->arrival));
  g_signal_connect_object (self->found, "chosen", G_CALLBACK (on_found_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->arrival, "notify::arrived", G_CALLBACK (on_arrived), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

gboolean
herald_printer_adder_go_back (HeraldPrinterAdder *self)
{
  if (herald_printer_adder_is_choosing (self))
    return FALSE;

  gtk_stack_set_visible_child_name (self->stack, "choose");
  gtk_widget_child_focus (GTK_WIDGET (self->found), GTK_DIR_TAB_FORWARD);

  return TRUE;
}

gboolean
herald_printer_adder_has_arrived (HeraldPrinterAdder *self)
{
  return herald_printer_arrival_has_arrived (self->arrival);
}

gboolean
herald_printer_adder_is_choosing (HeraldPrinterAdder *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "choose") == 0;
}

void
herald_printer_adder_offer_others (HeraldPrinterAdder *self)
{
  gtk_widget_set_visible (self->others, TRUE);
}
