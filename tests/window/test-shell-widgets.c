/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-shell-widgets"

#include <adwaita.h>

#include "window/base/busy-button.h"
#include "window/base/failure.h"
#include "window/base/fit.h"
#include "window/base/notice.h"

/* Longer than an offer to undo can last */
#define LIMIT_MS 50000

static gboolean
on_limit_timeout (gpointer user_data)
{
  g_error ("It did not come true in time.");

  return G_SOURCE_REMOVE;
}

/* Until *@condition is as @wanted */
static void
wait_for (const gboolean *condition,
          gboolean        wanted)
{
  guint limit_id = g_timeout_add (LIMIT_MS, on_limit_timeout, NULL);

  while (*condition != wanted)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit_id);
}

static void
on_is_narrow_changed (GObject    *fit,
                      GParamSpec *pspec,
                      gpointer    user_data)
{
  g_object_get (fit, "is-narrow", (gboolean *) user_data, NULL);
}

static GtkWidget *
make_box (int width)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (box, width, 20);

  return box;
}

/* A window manager may take its time, so what is wanted of the widget is asked of it alone. */
static void
test_fit_shows_what_there_is_room_for (void)
{
  GtkWidget *fit = g_object_ref_sink (g_object_new (HERALD_TYPE_FIT, "wide", make_box (400), "narrow", make_box (100), NULL));
  GtkWidget *window = gtk_window_new ();
  gboolean is_narrow = FALSE;
  int minimum = 0;

  g_signal_connect (fit, "notify::is-narrow", G_CALLBACK (on_is_narrow_changed), &is_narrow);
  gtk_widget_measure (fit, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);

  gtk_window_set_child (GTK_WINDOW (window), fit);
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 100);
  gtk_window_present (GTK_WINDOW (window));
  wait_for (&is_narrow, TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 100);
  wait_for (&is_narrow, FALSE);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (fit);
}

static void
test_busy_button_cannot_be_pressed_again (void)
{
  GtkWidget *button = g_object_ref_sink (herald_busy_button_new ("_Send Test"));
  int width = 0;
  int busy_width = 0;

  gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  herald_busy_button_set_busy (HERALD_BUSY_BUTTON (button), TRUE);
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_BUSY, TRUE);
  gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &busy_width, NULL, NULL);
  g_assert_cmpint (busy_width, ==, width);

  herald_busy_button_set_busy (HERALD_BUSY_BUTTON (button), FALSE);
  g_assert_true (gtk_widget_get_sensitive (button));
  /* Its sign must not come after its end. */
  herald_busy_button_set_busy (HERALD_BUSY_BUTTON (button), TRUE);
  g_assert_finalize_object (button);
}

typedef struct
{
  guint n_undone;
  gboolean is_over;
} Deed;

static void
undo (gpointer user_data)
{
  ((Deed *) user_data)->n_undone++;
}

static void
on_over (gpointer user_data)
{
  ((Deed *) user_data)->is_over = TRUE;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

static void
test_deed_is_undone_once_and_forgotten (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *page = make_box (200);
  Deed deed = { 0 };
  GtkWidget *button;

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  gtk_window_set_child (GTK_WINDOW (window), overlay);
  gtk_window_present (GTK_WINDOW (window));
  herald_notice_offer_undo (page, "<b>Ada</b> & Bert are removed.", undo, &deed, on_over);
  button = find (overlay, GTK_TYPE_BUTTON);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (deed.n_undone, ==, 1);
  wait_for (&deed.is_over, TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A window that is closed takes nothing back. */
static void
test_closed_window_ends_the_offer (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *page = make_box (200);
  Deed deed = { 0 };

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  gtk_window_set_child (GTK_WINDOW (window), overlay);
  gtk_window_present (GTK_WINDOW (window));
  herald_notice_offer_undo (page, "Ada is removed.", undo, &deed, on_over);
  gtk_window_destroy (GTK_WINDOW (window));
  wait_for (&deed.is_over, TRUE);
  g_assert_cmpuint (deed.n_undone, ==, 0);
}

/* A toast stays for as long as it has the focus. */
static void
test_offer_that_has_the_focus_ends (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *page = make_box (200);
  Deed deed = { 0 };

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  gtk_window_set_child (GTK_WINDOW (window), overlay);
  gtk_window_present (GTK_WINDOW (window));
  herald_notice_offer_undo (page, "Ada is removed.", undo, &deed, on_over);
  g_assert_true (gtk_widget_grab_focus (find (overlay, GTK_TYPE_BUTTON)));
  wait_for (&deed.is_over, TRUE);
  g_assert_cmpuint (deed.n_undone, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_words_of_the_bus_are_not_for_people (void)
{
  g_autoptr(GError) ours = g_dbus_error_new_for_dbus_error ("io.github.octoherald.OctoHerald.Error.Refused", "The name is taken.");
  g_autoptr(GError) silent = g_dbus_error_new_for_dbus_error ("org.freedesktop.DBus.Error.NoReply", "Message did not receive a reply");
  g_autoptr(GError) foreign = g_dbus_error_new_for_dbus_error ("org.freedesktop.DBus.Error.UnknownMethod", "No such method “Foo”");
  g_autofree char *said = herald_failure_dup_sentence (ours);
  g_autofree char *waited = herald_failure_dup_sentence (silent);
  g_autofree char *strange = herald_failure_dup_sentence (foreign);

  g_assert_cmpstr (said, ==, "The name is taken.");
  g_assert_nonnull (strstr (waited, "very long to answer"));
  g_assert_null (strstr (strange, "Foo"));
}

/* A window that was built and not installed has its own icon, too. */
static void
test_icons_come_along (void)
{
  static const char *const names[] = { "io.github.octoherald.OctoHerald", "io.github.octoherald.OctoHerald-symbolic" };
  GtkIconTheme *theme = gtk_icon_theme_new ();

  gtk_icon_theme_add_resource_path (theme, "/io/github/octoherald/OctoHerald/icons");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (theme, names[i], NULL, 128, 1, GTK_TEXT_DIR_LTR, 0);

      g_assert_cmpstr (gtk_icon_paintable_get_icon_name (icon), ==, names[i]);
    }
  g_object_unref (theme);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/shell-widgets/fit-shows-what-there-is-room-for", test_fit_shows_what_there_is_room_for);
  g_test_add_func ("/shell-widgets/busy-button-cannot-be-pressed-again", test_busy_button_cannot_be_pressed_again);
  g_test_add_func ("/shell-widgets/deed-is-undone-once-and-forgotten", test_deed_is_undone_once_and_forgotten);
  g_test_add_func ("/shell-widgets/closed-window-ends-the-offer", test_closed_window_ends_the_offer);
  g_test_add_func ("/shell-widgets/offer-that-has-the-focus-ends", test_offer_that_has_the_focus_ends);
  g_test_add_func ("/shell-widgets/icons-come-along", test_icons_come_along);
  g_test_add_func ("/shell-widgets/words-of-the-bus-are-not-for-people", test_words_of_the_bus_are_not_for_people);

  return g_test_run ();
}
