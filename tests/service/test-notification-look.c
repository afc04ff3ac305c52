/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-notification-look"

#include "service/notifications/notification-actions.h"
#include "service/notifications/notification-look.h"

static const char *const all[] = { "actions", "body", "body-hyperlinks", "body-markup", "icon-static", NULL };
static const char *const none[] = { NULL };

static GVariant *
look (const HeraldNotification *notification,
      const char               *server,
      const char *const        *capabilities)
{
  HeraldNotificationTraits traits;

  herald_notification_traits_read (&traits, server, capabilities);

  return g_variant_ref_sink (herald_notification_look_for_server (notification, &traits, 0));
}

static GVariant *
find_hint (GVariant   *shown,
           const char *name)
{
  g_autoptr(GVariant) hints = g_variant_get_child_value (shown, 6);

  return g_variant_lookup_value (hints, name, NULL);
}

static void
assert_actions (GVariant   *shown,
                const char *expected)
{
  g_autofree const char **actions = NULL;
  g_autoptr(GVariant) child = g_variant_get_child_value (shown, 5);
  g_autofree char *joined = NULL;

  actions = g_variant_get_strv (child, NULL);
  joined = g_strjoinv (" ", (char **) actions);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_gauge_is_only_for_servers_that_show_the_text_too (void)
{
  static const struct
  {
    const char *server;
    gboolean has_gauge;
  } rows[] = {
    { "dunst", TRUE }, { "mako", TRUE }, { "Xfce Notify Daemon", FALSE },
    { "Plasma", FALSE }, { "gnome-shell", FALSE }, { NULL, FALSE },
  };
  HeraldNotification notification = { .title = "T", .text = "t", .percent = 42 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GVariant) shown = look (&notification, rows[i].server, all);
      g_autoptr(GVariant) value = find_hint (shown, "value");

      g_assert_cmpint (value != NULL, ==, rows[i].has_gauge);
      if (value != NULL)
        g_assert_cmpint (g_variant_get_int32 (value), ==, 42);
    }
}

static void
test_nothing_is_promised_where_no_click_is_told (void)
{
  HeraldNotification notification = { .title = "T", .text = "t", .opens = TRUE, .n_buttons = 1,
                                      .buttons = { { "pause", "Pause" } } };
  g_autoptr(GVariant) with = look (&notification, "x", all);
  g_autoptr(GVariant) without = look (&notification, "x", none);

  assert_actions (with, "default Open pause Pause");
  assert_actions (without, "");
}

static void
test_xfce_shows_the_click_beside_the_buttons_as_one (void)
{
  HeraldNotification notification = { .title = "T", .text = "t", .opens = TRUE, .n_buttons = 2,
                                      .buttons = { { "pause", "Pause" }, { "open", "Open" } } };
  g_autoptr(GVariant) xfce = look (&notification, "Xfce Notify Daemon", all);
  g_autoptr(GVariant) dunst = look (&notification, "dunst", all);

  assert_actions (xfce, "default Open pause Pause");
  assert_actions (dunst, "default Open pause Pause open Open");
}

static void
test_markup_is_escaped_only_where_it_is_read (void)
{
  HeraldNotification notification = { .title = "<b>&\"'\n", .text = "<b>&\"'\nsecond" };
  g_autoptr(GVariant) with = look (&notification, "x", all);
  g_autoptr(GVariant) without = look (&notification, "x", (const char *const[]) { "body", NULL });
  const char *title = NULL;
  const char *text = NULL;

  g_variant_get (with, "(&su&s&s&s@as@a{sv}i)", NULL, NULL, NULL, &title, &text, NULL, NULL, NULL);
  g_assert_cmpstr (title, ==, "<b>&\"'");
  g_assert_cmpstr (text, ==, "&lt;b&gt;&amp;&quot;&apos;\nsecond");
  g_variant_get (without, "(&su&s&s&s@as@a{sv}i)", NULL, NULL, NULL, &title, &text, NULL, NULL, NULL);
  g_assert_cmpstr (text, ==, "<b>&\"'\nsecond");
}

static void
test_what_stays_never_expires (void)
{
  HeraldNotification notification = { .title = "T", .text = "t", .urgency = HERALD_URGENCY_CRITICAL, .stays = TRUE };
  g_autoptr(GVariant) stays = look (&notification, "x", all);
  g_autoptr(GVariant) resident = find_hint (stays, "resident");
  g_autoptr(GVariant) urgency = find_hint (stays, "urgency");
  g_autoptr(GVariant) expires = g_variant_get_child_value (stays, 7);

  g_assert_true (g_variant_get_boolean (resident));
  g_assert_cmpuint (g_variant_get_byte (urgency), ==, 2);
  g_assert_cmpint (g_variant_get_int32 (expires), ==, 0);
}

/* It sees no file of ours; and whether its text is markup depends on who stands behind it. */
static void
test_portal_gets_bytes_and_plain_words (void)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("PNG", 3);
  HeraldAttachment picture = { .path = (char *) "/nowhere.png", .bytes = bytes };
  HeraldNotification notification = { .title = "T", .text = "1 < 2", .picture = &picture, .opens = TRUE, .percent = 42,
                                      .n_buttons = 1, .buttons = { { "pause", "Pause" } } };
  g_autoptr(GVariant) call = g_variant_ref_sink (herald_notification_look_for_portal (&notification, "id"));
  g_autoptr(GVariant) shown = g_variant_get_child_value (call, 1);
  g_autoptr(GVariant) icon = g_variant_lookup_value (shown, "icon", G_VARIANT_TYPE ("(sv)"));
  g_autoptr(GVariant) buttons = g_variant_lookup_value (shown, "buttons", G_VARIANT_TYPE ("aa{sv}"));
  g_autofree char *text = NULL;
  g_autofree char *action = NULL;
  const char *kind = NULL;

  g_assert_true (g_variant_lookup (shown, "body", "s", &text));
  g_assert_cmpstr (text, ==, "1 ‹ 2");
  g_assert_true (g_variant_lookup (shown, "default-action", "s", &action));
  g_assert_cmpstr (action, ==, "default");
  g_variant_get (icon, "(&sv)", &kind, NULL);
  g_assert_cmpstr (kind, ==, "bytes");
  g_assert_cmpuint (g_variant_n_children (buttons), ==, 1);
  g_assert_null (g_variant_lookup_value (shown, "value", NULL));
}

static void
test_buttons_of_every_kind_are_few_and_possible (void)
{
  const HeraldNotificationOutlook everything = { .answers = TRUE, .opens = TRUE, .can_pause = TRUE, .can_resume = TRUE,
                                                 .can_mute = TRUE };
  const HeraldNotificationOutlook nothing = { .answers = TRUE };
  const HeraldNotificationOutlook nobody = { .opens = TRUE, .can_pause = TRUE };

  for (guint kind = 0; kind < HERALD_N_EVENT_KINDS; kind++)
    {
      HeraldMessage message = { .kind = (HeraldEventKind) kind, .title = (char *) "T", .text = (char *) "t" };
      HeraldNotification notification;

      herald_notification_word (&notification, &message, &everything);
      g_assert_cmpuint (notification.n_buttons, <=, HERALD_NOTIFICATION_BUTTONS_MAX);
      g_assert_cmpint (notification.stays, ==, kind == HERALD_KIND_ATTENTION_NEEDED);

      herald_notification_word (&notification, &message, &nothing);
      g_assert_false (notification.opens);
      for (guint i = 0; i < notification.n_buttons; i++)
        g_assert_cmpstr (notification.buttons[i].id, ==, HERALD_BUTTON_SNOOZE);

      herald_notification_word (&notification, &message, &nobody);
      g_assert_false (notification.opens);
      g_assert_cmpuint (notification.n_buttons, ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notification-look/gauge", test_gauge_is_only_for_servers_that_show_the_text_too);
  g_test_add_func ("/notification-look/no-actions", test_nothing_is_promised_where_no_click_is_told);
  g_test_add_func ("/notification-look/xfce", test_xfce_shows_the_click_beside_the_buttons_as_one);
  g_test_add_func ("/notification-look/markup", test_markup_is_escaped_only_where_it_is_read);
  g_test_add_func ("/notification-look/stays", test_what_stays_never_expires);
  g_test_add_func ("/notification-look/portal", test_portal_gets_bytes_and_plain_words);
  g_test_add_func ("/notification-look/buttons", test_buttons_of_every_kind_are_few_and_possible);

  return g_test_run ();
}
