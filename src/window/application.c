/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-application"

#include "window/application.h"

#include <glib/gi18n-lib.h>

#include "window/background-start.h"
#include "window/help/about.h"
#include "window/help/help-window.h"
#include "window/help/shortcuts.h"
#include "window/base/plain-names.h"
#include "window/main-window.h"
#include "window/service-link.h"

#define APPLICATION_ID "io.github.octoherald.OctoHerald"

/* As of octoheraldctl */
#define WRONG_USAGE 2

/* As main-window.c calls them; an action show-… without a parameter is what a desktop file can name. */
static const char *const pages[] = { "printers", "messages", "accounts", "history", NULL };

/**
 * HeraldApplication:
 *
 * The program with the window. It keeps one link to the service, which lives
 * without it, and shows one window however often it is started.
 */
struct _HeraldApplication
{
  AdwApplication parent_instance;

  HeraldServiceLink *link;
};

G_DEFINE_FINAL_TYPE (HeraldApplication, herald_application, ADW_TYPE_APPLICATION)

/* By closing the windows: what one of them does when it goes, such as removing what nobody took back, is waited for. */
static void
on_quit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  GtkApplication *application = GTK_APPLICATION (user_data);
  GtkWindow *window;

  if (gtk_application_get_windows (application) == NULL)
    g_application_quit (G_APPLICATION (application));
  while ((window = gtk_application_get_active_window (application)) != NULL)
    gtk_window_destroy (window);
}

/* There may be others, such as that of the help. */
static GtkWindow *
find_main_window (HeraldApplication *self)
{
  for (GList *entry = gtk_application_get_windows (GTK_APPLICATION (self)); entry != NULL; entry = entry->next)
    {
      if (HERALD_IS_MAIN_WINDOW (entry->data))
        return entry->data;
    }

  return NULL;
}

static HeraldMainWindow *
present_window (HeraldApplication *self)
{
  GtkWindow *window = find_main_window (self);

  if (window == NULL)
    window = herald_main_window_new (self, self->link);
  gtk_window_present (window);

  return HERALD_MAIN_WINDOW (window);
}

/* These are for the service’s icon and notifications, which ask for them over the bus, and for the menu of the desktop. */
static void
on_show_page (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  herald_main_window_show_page (present_window (HERALD_APPLICATION (user_data)), g_variant_get_string (parameter, NULL));
}

static void
on_show_named_page (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  const char *page = g_action_get_name (G_ACTION (action)) + strlen ("show-");

  herald_main_window_show_page (present_window (HERALD_APPLICATION (user_data)), page);
}

static void
on_show_printer (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  herald_main_window_show_printer (present_window (HERALD_APPLICATION (user_data)),
                                   g_variant_get_string (parameter, NULL));
}

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  HeraldApplication *self = HERALD_APPLICATION (user_data);

  herald_about_present (gtk_application_get_active_window (GTK_APPLICATION (self)), self->link);
}

static void
on_help (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  herald_help_window_present (GTK_APPLICATION (user_data), NULL);
}

/* For buttons beside what is explained there */
static void
on_help_page (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  herald_help_window_present (GTK_APPLICATION (user_data), g_variant_get_string (parameter, NULL));
}

static void
on_shortcuts (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  herald_shortcuts_present (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
add_page_actions (HeraldApplication *self)
{
  for (const char *const *page = pages; *page != NULL; page++)
    {
      g_autofree char *name = g_strconcat ("show-", *page, NULL);
      const GActionEntry entry = { .name = name, .activate = on_show_named_page };

      g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
    }
}

/* GApplication */

static void
herald_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "quit", .activate = on_quit },
    { .name = "about", .activate = on_about },
    { .name = "help", .activate = on_help },
    { .name = "help-page", .activate = on_help_page, .parameter_type = "s" },
    { .name = "shortcuts", .activate = on_shortcuts },
    { .name = "show-page", .activate = on_show_page, .parameter_type = "s" },
    { .name = "show-printer", .activate = on_show_printer, .parameter_type = "s" },
  };
  HeraldApplication *self = HERALD_APPLICATION (application);

  G_APPLICATION_CLASS (herald_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  add_page_actions (self);
  herald_shortcuts_install (GTK_APPLICATION (self));
  gtk_window_set_default_icon_name (APPLICATION_ID);
  herald_plain_names_ensure ();

  self->link = herald_service_link_new ();
  herald_service_link_start_service (self->link);
}

static void
herald_application_activate (GApplication *application)
{
  present_window (HERALD_APPLICATION (application));
}

/* By whichever program has the window; %FALSE if there is no such page */
static gboolean
open_page (GApplication *application,
           const char   *page)
{
  g_autoptr(GError) error = NULL;

  if (!g_strv_contains (pages, page))
    {
      g_autofree char *known = g_strjoinv (", ", (char **) pages);

      g_printerr (_("There is no page “%s”. There are: %s"), page, known);
      g_printerr ("\n");
      return FALSE;
    }
  /* What is wrong with the bus, starting tells. */
  if (g_application_register (application, NULL, &error))
    g_action_group_activate_action (G_ACTION_GROUP (application), "show-page", g_variant_new_string (page));

  return TRUE;
}

/* A window that is open already is none of its business: it would not be told. */
static int
herald_application_handle_local_options (GApplication *application,
                                         GVariantDict *options)
{
  const char *page;

  if (g_variant_dict_contains (options, "background"))
    return herald_background_start ();
  if (g_variant_dict_lookup (options, "page", "&s", &page) && !open_page (application, page))
    return WRONG_USAGE;

  return -1;
}

/* GObject */

static void
herald_application_dispose (GObject *object)
{
  HeraldApplication *self = HERALD_APPLICATION (object);

  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_application_parent_class)->dispose (object);
}

static void
herald_application_class_init (HeraldApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = herald_application_dispose;
  application_class->startup = herald_application_startup;
  application_class->activate = herald_application_activate;
  application_class->handle_local_options = herald_application_handle_local_options;
}

static void
herald_application_init (HeraldApplication *self)
{
  g_application_add_main_option (G_APPLICATION (self), "background", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE,
                                 _("Start watching printers, without a window"), NULL);
  g_application_add_main_option (G_APPLICATION (self), "page", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING,
                                 _("Show this page: printers, messages, accounts or history"),
                                 /* Translators: stands for what is given, in the help of a program */
                                 _("PAGE"));
}

/**
 * herald_application_new:
 *
 * Returns: (transfer full): the program; g_application_run() runs it
 */
HeraldApplication *
herald_application_new (void)
{
  return g_object_new (HERALD_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "resource-base-path", "/io/github/octoherald/OctoHerald",
                       NULL);
}
