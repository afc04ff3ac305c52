/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-look-inside"

/* Loaded before the window (LD_PRELOAD), which knows nothing of it: at SIGUSR1 it writes, into the file that
 * OCTOHERALD_LOOK_INSIDE names, a line for every text on the screen that cannot be read in full, and at last how many texts were
 * looked at. A screen reader cannot tell: it reads what a label says, not what is seen of it. */

#include <glib-unix.h>
#include <gtk/gtk.h>
#include <signal.h>
#include <string.h>

/* Letters reach a little over their box in many fonts. */
#define OVERHANG_PIXELS 2
#define NAMES_MAX 6

typedef struct
{
  GString *report;
  guint n_texts;
} Look;

static const char *
describe (GtkWidget *widget,
          GString   *trail)
{
  for (guint i = 0; i < NAMES_MAX && widget != NULL; i++, widget = gtk_widget_get_parent (widget))
    g_string_append_printf (trail, "%s%s", i > 0 ? " < " : "", gtk_widget_get_css_name (widget));

  return trail->str;
}

static void
tell (Look       *look,
      GtkWidget  *widget,
      const char *what,
      const char *text)
{
  g_autoptr(GString) trail = g_string_new (NULL);
  g_autofree char *line = g_strdelimit (g_strdup (text), "\n\t", ' ');

  g_string_append_printf (look->report, "%s\t%s\t%s\n", what, line, describe (widget, trail));
}

/* What is wider or higher than its place is painted over its neighbours, or not at all. */
static void
check_layout (Look        *look,
              GtkWidget   *widget,
              PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);
  int width = 0;
  int height = 0;

  if (*text == '\0')
    return;

  look->n_texts++;
  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout))
    tell (look, widget, "shortened", text);
  else if (width > gtk_widget_get_width (widget) + OVERHANG_PIXELS)
    tell (look, widget, "too wide", text);
  else if (height > gtk_widget_get_height (widget) + OVERHANG_PIXELS)
    tell (look, widget, "too high", text);
}

static void
check_button (Look      *look,
              GtkWidget *widget)
{
  const char *label = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;
  int natural = 0;

  if (label == NULL)
    return;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  if (gtk_widget_get_allocated_width (widget) < natural)
    tell (look, widget, "narrow", label);
}

/* What is not shown by anything above it does not count, nor what somebody has typed. */
static void
walk (Look      *look,
      GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;

  if (GTK_IS_LABEL (widget))
    check_layout (look, widget, gtk_label_get_layout (GTK_LABEL (widget)));
  check_button (look, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    walk (look, child);
}

static gboolean
on_asked (gpointer user_data)
{
  const char *path = user_data;
  g_autoptr(GList) windows = gtk_window_list_toplevels ();
  Look look = { g_string_new (NULL), 0 };

  for (GList *item = windows; item != NULL; item = item->next)
    {
      GtkWindow *window = item->data;

      if (gtk_window_is_active (window))
        walk (&look, GTK_WIDGET (window));
    }
  g_string_append_printf (look.report, "texts\t%u\n", look.n_texts);
  /* Renamed into its place, so that it is there as a whole */
  if (!g_file_set_contents (path, look.report->str, (gssize) look.report->len, NULL))
    g_warning ("%s cannot be written", path);
  g_string_free (look.report, TRUE);

  return G_SOURCE_CONTINUE;
}

__attribute__((constructor)) static void
begin (void)
{
  const char *path = g_getenv ("OCTOHERALD_LOOK_INSIDE");

  /* What the window starts is not looked into. */
  g_unsetenv ("LD_PRELOAD");
  if (path != NULL)
    g_unix_signal_add_full (G_PRIORITY_DEFAULT, SIGUSR1, on_asked, g_strdup (path), g_free);
}
