/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-printer-card"

#include <string.h>

#include "window/printers/printer-card.h"

#define PATH "/printer"
#define LIMIT_US (20 * G_USEC_PER_SEC)

/* A printer on the bus, as the service shows it, which takes nothing; and a card in a window that follows it. */
typedef struct
{
  GDBusConnection *bus;
  HeraldDBusPrinter1 *printer;
  HeraldDBusPrinter1 *proxy;
  GtkWidget *window;
  GtkWidget *card;
} Fixture;

static gboolean
on_control (HeraldDBusPrinter1    *printer,
            GDBusMethodInvocation *invocation,
            const char            *action)
{
  g_dbus_method_invocation_return_dbus_error (invocation, "io.github.octoherald.OctoHerald.Error.Rejected",
                                              "The printer is busy with something else.");

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_get_snapshot (HeraldDBusPrinter1    *printer,
                 GDBusMethodInvocation *invocation,
                 const char            *camera)
{
  GVariant *picture = g_variant_new_from_data (G_VARIANT_TYPE_BYTESTRING, "<html>", 6, TRUE, NULL, NULL);

  herald_dbus_printer1_complete_get_snapshot (printer, invocation, picture, "image/png", "");

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_proxy_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  *(HeraldDBusPrinter1 **) user_data = herald_dbus_printer1_proxy_new_finish (result, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  static const char *const cameras[] = { "Box", NULL };
  static const char *const actions[] = { "pause", "cancel", NULL };
  g_autoptr(GError) error = NULL;

  fixture->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  fixture->printer = herald_dbus_printer1_skeleton_new ();
  g_signal_connect (fixture->printer, "handle-control", G_CALLBACK (on_control), NULL);
  g_signal_connect (fixture->printer, "handle-get-snapshot", G_CALLBACK (on_get_snapshot), NULL);
  herald_dbus_printer1_set_id (fixture->printer, "ada");
  herald_dbus_printer1_set_name (fixture->printer, "Ada");
  herald_dbus_printer1_set_connection (fixture->printer, "connected");
  herald_dbus_printer1_set_state (fixture->printer, "printing");
  herald_dbus_printer1_set_file (fixture->printer, "benchy.gcode");
  herald_dbus_printer1_set_progress (fixture->printer, 42.9);
  herald_dbus_printer1_set_remaining (fixture->printer, 3600);
  herald_dbus_printer1_set_elapsed (fixture->printer, -1);
  herald_dbus_printer1_set_cameras (fixture->printer, cameras);
  herald_dbus_printer1_set_actions (fixture->printer, actions);
  herald_dbus_printer1_set_enabled (fixture->printer, TRUE);
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (fixture->printer), fixture->bus, PATH, &error);
  g_assert_no_error (error);

  herald_dbus_printer1_proxy_new (fixture->bus, 0, g_dbus_connection_get_unique_name (fixture->bus), PATH, NULL,
                                  on_proxy_ready, &fixture->proxy);
  while (fixture->proxy == NULL)
    g_main_context_iteration (NULL, TRUE);

  fixture->card = herald_printer_card_new (fixture->proxy);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->card);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  gpointer card = fixture->card;

  g_object_add_weak_pointer (G_OBJECT (fixture->card), &card);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  /* Answers that are under way end, and let it go. */
  for (gint64 until_us = g_get_monotonic_time () + LIMIT_US; card != NULL && g_get_monotonic_time () < until_us;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (card);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (fixture->printer));
  g_assert_finalize_object (fixture->printer);
  g_clear_object (&fixture->proxy);
  g_clear_object (&fixture->bus);
}

/* The first that is shown and has these words, of labels and of the names of buttons */
static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *words)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && GTK_IS_LABEL (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, words);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
wait_for (Fixture    *fixture,
          const char *words)
{
  GtkWidget *found = NULL;

  for (gint64 until_us = g_get_monotonic_time () + LIMIT_US; found == NULL && g_get_monotonic_time () < until_us;)
    {
      g_main_context_iteration (NULL, FALSE);
      herald_printer_card_tick (HERALD_PRINTER_CARD (fixture->card), g_get_real_time () / 1000);
      found = find (fixture->card, GTK_TYPE_LABEL, words);
    }
  if (found == NULL)
    g_error ("“%s” is not said", words);

  return found;
}

static void
assert_read_aloud (Fixture    *fixture,
                   const char *expected)
{
  g_autofree char *wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (fixture->card), GTK_ACCESSIBLE_PROPERTY_LABEL, expected);

  g_assert_cmpstr (wrong, ==, NULL);
}

static void
test_follows_its_printer (Fixture       *fixture,
                          gconstpointer  user_data)
{
  wait_for (fixture, "1 hour left");
  assert_read_aloud (fixture, "Ada, Printing, benchy.gcode, 42 %, 1 hour left");

  herald_dbus_printer1_set_progress (fixture->printer, 50);
  wait_for (fixture, "50 %");
  herald_dbus_printer1_set_state (fixture->printer, "paused");
  herald_dbus_printer1_set_attention (fixture->printer, "Filament is out.");
  wait_for (fixture, "Filament is out.");
  assert_read_aloud (fixture, "Ada, Paused, benchy.gcode, 50 %, 1 hour left, Filament is out.");

  herald_dbus_printer1_set_connection (fixture->printer, "unreachable");
  herald_dbus_printer1_set_attention (fixture->printer, "");
  wait_for (fixture, "Change Address");
  g_assert_null (find (fixture->card, GTK_TYPE_LABEL, "benchy.gcode"));
  assert_read_aloud (fixture, "Ada, Not reachable, Please check that the printer’s computer is switched on and in your network.");
}

static void
test_names_are_never_markup_and_never_too_wide (Fixture       *fixture,
                                                gconstpointer  user_data)
{
  g_autofree char *novel = g_strnfill (10000, 'W');
  const char *const names[] = { "<b>bold</b> & <span size=\"99999\">", "🖨🖨🖨", "מדפסת \342\200\256 gnp.exe", "a\nb\tc\001", novel };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_strconcat (names[i], ".gcode", NULL);
      g_autofree char *actions[] = { g_strdup ("pause"), NULL };
      int least = 0;

      herald_dbus_printer1_set_name (fixture->printer, names[i]);
      herald_dbus_printer1_set_file (fixture->printer, file);
      herald_dbus_printer1_set_error (fixture->printer, names[i]);
      herald_dbus_printer1_set_attention (fixture->printer, names[i]);
      herald_dbus_printer1_set_actions (fixture->printer, (const char *const *) actions);
      herald_dbus_printer1_set_progress (fixture->printer, 10 + i);
      wait_for (fixture, i == 0 ? "<b>bold</b>" : i == 4 ? "WWWW" : "1");
      gtk_widget_measure (fixture->card, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      g_assert_cmpint (least, <=, 320);
    }
}

static void
test_refusal_is_said_below_the_buttons (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  GtkWidget *pause = gtk_widget_get_ancestor (wait_for (fixture, "Pause"), GTK_TYPE_BUTTON);

  g_signal_emit_by_name (pause, "clicked");
  g_assert_false (gtk_widget_get_sensitive (pause));
  wait_for (fixture, "The printer is busy with something else.");
  g_assert_true (gtk_widget_get_sensitive (pause));

  herald_dbus_printer1_set_state (fixture->printer, "paused");
  wait_for (fixture, "Paused");
  g_assert_null (find (fixture->card, GTK_TYPE_LABEL, "busy with something else"));
}

static void
test_heater_that_vanished_shows_no_old_figure (Fixture       *fixture,
                                               gconstpointer  user_data)
{
  herald_dbus_printer1_set_temperatures (
    fixture->printer, g_variant_new_parsed ("@a{s(dd)} {'tool0': (205.0, 210.0), 'chamber': (41.0, 0.0)}"));
  wait_for (fixture, "41 °C");
  herald_dbus_printer1_set_temperatures (fixture->printer, g_variant_new_parsed ("@a{s(dd)} {'tool0': (207.0, 210.0)}"));
  wait_for (fixture, "207");
  g_assert_null (find (fixture->card, GTK_TYPE_LABEL, "41 °C"));
}

static void
test_picture_that_is_none_is_one_sentence (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  wait_for (fixture, "This picture cannot be shown.");
}

static void
test_certificate_is_shown_before_it_is_trusted (Fixture       *fixture,
                                                gconstpointer  user_data)
{
  herald_dbus_printer1_set_connection (fixture->printer, "untrusted");
  wait_for (fixture, "This server has not proved who it is.");
  g_assert_null (find (fixture->card, GTK_TYPE_LABEL, "Trust This Server"));

  herald_dbus_printer1_set_certificate (fixture->printer,
                                        g_variant_new_parsed ("@a{ss} {'subject': 'octopi', 'issuer': '<i>me</i>', 'fingerprint': 'SHA256:ab'}"));
  wait_for (fixture, "Trust This Server");
  wait_for (fixture, "<i>me</i>");
  wait_for (fixture, "SHA256:ab");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, function) g_test_add ("/printer-card/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("follows", test_follows_its_printer);
  ADD ("names", test_names_are_never_markup_and_never_too_wide);
  ADD ("refusal", test_refusal_is_said_below_the_buttons);
  ADD ("vanished", test_heater_that_vanished_shows_no_old_figure);
  ADD ("no-picture", test_picture_that_is_none_is_one_sentence);
  ADD ("certificate", test_certificate_is_shown_before_it_is_trusted);

  return g_test_run ();
}
