/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-notification-look"

#include "service/notifications/notification-look.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"

#define APPLICATION_NAME "OctoHerald"
#define APPLICATION_ID "io.github.octoherald.OctoHerald"

/* As many as a message of this form may have; what is longer covers the screen and is read by nobody. */
#define TITLE_MAX_CHARS 200
#define TEXT_MAX_CHARS 1000

/* Desktop Notifications Specification 1.2, “Notify”: the server decides, and never */
#define EXPIRES_AS_USUAL (-1)
#define EXPIRES_NEVER 0

/* The same, “Urgency Levels” */
static const guchar urgency_levels[] = {
  [HERALD_URGENCY_LOW] = 0,
  [HERALD_URGENCY_NORMAL] = 1,
  [HERALD_URGENCY_CRITICAL] = 2,
};

/* XDG Desktop Portal, org.freedesktop.portal.Notification, “AddNotification” */
static const char *const priorities[] = {
  [HERALD_URGENCY_LOW] = "low",
  [HERALD_URGENCY_NORMAL] = "normal",
  [HERALD_URGENCY_CRITICAL] = "urgent",
};

/**
 * HeraldServerQuirk:
 *
 * What a server does that no capability tells; a row for each that is known to.
 */
typedef struct
{
  const char *server;
  gboolean shows_gauge;
  gboolean shows_default;
  const char *quiet_interface;
  const char *quiet_property;
} HeraldServerQuirk;

static const HeraldServerQuirk quirks[] = {
  { "dunst", TRUE, FALSE, "org.dunstproject.cmd0", "paused" },
  { "mako", TRUE, FALSE, NULL, NULL },
  { "Xfce Notify Daemon", FALSE, TRUE, NULL, NULL },
};

/**
 * herald_notification_traits_read:
 *
 * A server that says nothing of itself gets plain words only.
 */
void
herald_notification_traits_read (HeraldNotificationTraits *self,
                                 const char               *server,
                                 const char *const        *capabilities)
{
  static const char *const none[] = { NULL };
  const char *const *can = capabilities != NULL ? capabilities : none;

  *self = (HeraldNotificationTraits) {
    .shows_text = g_strv_contains (can, "body"),
    .takes_markup = g_strv_contains (can, "body-markup"),
    .shows_buttons = g_strv_contains (can, "actions"),
    .shows_pictures = g_strv_contains (can, "icon-static") || g_strv_contains (can, "icon-multi"),
  };

  /* Plasma's; the property is in the specification since 1.3 */
  if (g_strv_contains (can, "inhibitions"))
    {
      self->quiet_interface = "org.freedesktop.Notifications";
      self->quiet_property = "Inhibited";
    }

  for (guint i = 0; i < G_N_ELEMENTS (quirks); i++)
    {
      if (g_strcmp0 (quirks[i].server, server) != 0)
        continue;

      self->shows_gauge = quirks[i].shows_gauge;
      self->shows_default = quirks[i].shows_default;
      if (quirks[i].quiet_interface != NULL)
        {
          self->quiet_interface = quirks[i].quiet_interface;
          self->quiet_property = quirks[i].quiet_property;
        }
    }
}

void
herald_notification_traits_set_portal (HeraldNotificationTraits *self)
{
  *self = (HeraldNotificationTraits) {
    .is_portal = TRUE,
    .shows_text = TRUE,
    .shows_buttons = TRUE,
    .shows_pictures = TRUE,
  };
}

static char *
make_title (const HeraldNotification       *notification,
            const HeraldNotificationTraits *traits)
{
  g_autofree char *both = NULL;

  if (traits->shows_text || *notification->text == '\0')
    return herald_text_clean (notification->title, TITLE_MAX_CHARS);

  both = g_strdup_printf ("%s – %s", notification->title, notification->text);
  return herald_text_clean (both, TITLE_MAX_CHARS);
}

static char *
make_text (const HeraldNotification *notification,
           gboolean                  takes_markup)
{
  g_autofree char *plain = herald_text_clean_lines (notification->text, TEXT_MAX_CHARS);

  return takes_markup ? g_markup_escape_text (plain, -1) : g_steal_pointer (&plain);
}

/* The text is no markup for a portal, but xdg-desktop-portal-gtk 1.14 hands it on to servers that read it as such, while
 * GNOME's does not: what could be markup is not in it. */
static char *
make_portal_text (const HeraldNotification *notification)
{
  g_autofree char *plain = make_text (notification, FALSE);
  g_autoptr(GString) text = g_string_new (plain);

  g_string_replace (text, "<", "‹", 0);
  g_string_replace (text, ">", "›", 0);

  return g_strdup (text->str);
}

static void
add_actions (GVariantBuilder                *builder,
             const HeraldNotification       *notification,
             const HeraldNotificationTraits *traits)
{
  gboolean has_default = notification->opens && traits->shows_buttons;

  if (has_default)
    {
      g_variant_builder_add (builder, "s", HERALD_NOTIFICATION_DEFAULT);
      g_variant_builder_add (builder, "s", _("Open"));
    }

  for (guint i = 0; traits->shows_buttons && i < notification->n_buttons; i++)
    {
      /* Where the click beside the buttons is a button, a second one would do the same. */
      if (has_default && traits->shows_default && g_str_equal (notification->buttons[i].id, "open"))
        continue;

      g_variant_builder_add (builder, "s", notification->buttons[i].id);
      g_variant_builder_add (builder, "s", _(notification->buttons[i].label));
    }
}

static void
add_hints (GVariantBuilder                *builder,
           const HeraldNotification       *notification,
           const HeraldNotificationTraits *traits)
{
  g_variant_builder_add (builder, "{sv}", "urgency", g_variant_new_byte (urgency_levels[notification->urgency]));
  g_variant_builder_add (builder, "{sv}", "desktop-entry", g_variant_new_string (APPLICATION_ID));
  if (notification->category != NULL)
    g_variant_builder_add (builder, "{sv}", "category", g_variant_new_string (notification->category));
  if (notification->stays)
    g_variant_builder_add (builder, "{sv}", "resident", g_variant_new_boolean (TRUE));
  if (notification->percent > 0 && traits->shows_gauge)
    g_variant_builder_add (builder, "{sv}", "value", g_variant_new_int32 ((gint32) MIN (notification->percent, 100)));

  if (notification->picture != NULL && traits->shows_pictures)
    {
      g_autofree char *uri = g_filename_to_uri (notification->picture->path, NULL, NULL);

      if (uri != NULL)
        g_variant_builder_add (builder, "{sv}", "image-path", g_variant_new_string (uri));
    }
}

/**
 * herald_notification_look_for_server:
 * @replaces: what the server called the one that is replaced; 0 for none
 */
GVariant *
herald_notification_look_for_server (const HeraldNotification       *notification,
                                     const HeraldNotificationTraits *traits,
                                     guint32                         replaces)
{
  g_autofree char *title = make_title (notification, traits);
  g_autofree char *text = traits->shows_text ? make_text (notification, traits->takes_markup) : g_strdup ("");
  GVariantBuilder actions;
  GVariantBuilder hints;

  g_variant_builder_init (&actions, G_VARIANT_TYPE_STRING_ARRAY);
  add_actions (&actions, notification, traits);
  g_variant_builder_init (&hints, G_VARIANT_TYPE_VARDICT);
  add_hints (&hints, notification, traits);

  return g_variant_new ("(susssasa{sv}i)", APPLICATION_NAME, replaces, APPLICATION_ID, title, text, &actions, &hints,
                        notification->stays ? EXPIRES_NEVER : EXPIRES_AS_USUAL);
}

/* The portal takes the bytes themselves: it sees none of a sandbox's files. */
static void
add_portal_picture (GVariantBuilder  *builder,
                    HeraldAttachment *picture)
{
  g_autoptr(GIcon) icon = NULL;
  g_autoptr(GVariant) serialized = NULL;

  if (picture == NULL || picture->bytes == NULL)
    return;

  icon = g_bytes_icon_new (picture->bytes);
  serialized = g_icon_serialize (icon);
  g_variant_builder_add (builder, "{sv}", "icon", serialized);
}

static void
add_portal_buttons (GVariantBuilder          *builder,
                    const HeraldNotification *notification)
{
  GVariantBuilder buttons;

  if (notification->n_buttons == 0)
    return;

  g_variant_builder_init (&buttons, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < notification->n_buttons; i++)
    {
      g_variant_builder_open (&buttons, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&buttons, "{sv}", "label", g_variant_new_string (_(notification->buttons[i].label)));
      g_variant_builder_add (&buttons, "{sv}", "action", g_variant_new_string (notification->buttons[i].id));
      g_variant_builder_close (&buttons);
    }
  g_variant_builder_add (builder, "{sv}", "buttons", g_variant_builder_end (&buttons));
}

/**
 * herald_notification_look_for_portal:
 * @id: ours; a notification of the same id is replaced
 */
GVariant *
herald_notification_look_for_portal (const HeraldNotification *notification,
                                     const char               *id)
{
  g_autofree char *title = herald_text_clean (notification->title, TITLE_MAX_CHARS);
  g_autofree char *text = make_portal_text (notification);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "title", g_variant_new_string (title));
  g_variant_builder_add (&builder, "{sv}", "body", g_variant_new_string (text));
  g_variant_builder_add (&builder, "{sv}", "priority", g_variant_new_string (priorities[notification->urgency]));
  if (notification->opens)
    g_variant_builder_add (&builder, "{sv}", "default-action", g_variant_new_string (HERALD_NOTIFICATION_DEFAULT));
  add_portal_picture (&builder, notification->picture);
  add_portal_buttons (&builder, notification);

  return g_variant_new ("(sa{sv})", id, &builder);
}
