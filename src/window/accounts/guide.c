/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-guide"

#include "window/accounts/guide.h"

#include <glib/gi18n-lib.h>

#include "window/base/web-page.h"

/* Up to what ends a sentence, and no mere example. The quotation marks are ours: the text is escaped before. */
#define LINK "https://(?!example\\.)[A-Za-z0-9./_-]*[A-Za-z0-9/]"

static gboolean
on_activate_link (GtkWidget  *label,
                  const char *address,
                  gpointer    user_data)
{
  herald_web_page_open (label, address);

  return TRUE;
}

/* Returns: (transfer full): the same as markup, with links */
static char *
dup_markup (const char *step)
{
  g_autofree char *escaped = g_markup_escape_text (step, -1);
  g_autoptr(GRegex) regex = g_regex_new (LINK, 0, 0, NULL);
  char *markup = g_regex_replace (regex, escaped, -1, 0, "<a href=\"\\0\">\\0</a>", 0, NULL);

  return markup != NULL ? markup : g_steal_pointer (&escaped);
}

static GtkWidget *
make_step (guint       number,
           const char *step)
{
  GtkWidget *row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "activatable", FALSE, "focusable", FALSE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *count = g_strdup_printf ("%u", number);
  g_autofree char *markup = dup_markup (step);
  GtkWidget *count_label = gtk_label_new (count);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "hexpand",
                                   TRUE, NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  g_signal_connect (label, "activate-link", G_CALLBACK (on_activate_link), NULL);
  gtk_widget_set_valign (count_label, GTK_ALIGN_START);
  gtk_widget_add_css_class (count_label, "heading");
  gtk_widget_add_css_class (box, "guide-step");
  gtk_box_append (GTK_BOX (box), count_label);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);

  return row;
}

GtkWidget *
herald_guide_new (const char *const *steps)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *expander = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _("What to Do First, Step by Step"));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  for (guint i = 0; steps[i] != NULL; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_step (i + 1, steps[i]));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), expander);

  return group;
}
