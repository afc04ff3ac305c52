/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-message-picture"

#include <string.h>

#include "core/base/error.h"
#include "message-fixture.h"

#define ALL_PICTURES "none|snapshot|thumbnail|timelapse"

static void
assert_picture (MessageFixture  *fixture,
                HeraldEventKind  kind,
                const char      *printer,
                const char      *picture,
                const char      *fallback)
{
  g_autoptr(HeraldMessageSettings) settings = herald_message_settings_load (fixture->config, kind, printer);

  g_assert_cmpstr (settings->picture, ==, picture);
  g_assert_cmpstr (settings->picture_fallback, ==, fallback);
}

/* F7–F12, F20, F61: what comes with a message of somebody who has set nothing */
static void
test_default_pictures (MessageFixture *fixture,
                       gconstpointer   user_data)
{
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      const HeraldEventKind kind = (HeraldEventKind) i;
      const char *id = herald_event_kind_get_info (kind)->id;
      gboolean is_shown = g_str_has_prefix (id, "print-") || kind == HERALD_KIND_ATTENTION_NEEDED;
      g_autoptr(HeraldMessageSettings) settings = herald_message_settings_load (fixture->config, kind, NULL);

      g_assert_false (settings->picture_changed);
      if (kind == HERALD_KIND_PRINT_STARTED)
        assert_picture (fixture, kind, NULL, "thumbnail", "snapshot");
      else if (kind == HERALD_KIND_TIMELAPSE_DONE)
        assert_picture (fixture, kind, NULL, "timelapse", "none");
      else
        assert_picture (fixture, kind, NULL, is_shown ? "snapshot" : "none", "none");
    }
}

/* F52, F62: each picture can be had where it makes sense, and is refused with a sentence elsewhere */
static void
test_picture_is_checked_by_kind (MessageFixture *fixture,
                                 gconstpointer   user_data)
{
  static const struct
  {
    HeraldEventKind kind;
    const char *possible;
  } rows[] = {
    { HERALD_KIND_OCTOPRINT_STARTED, "none snapshot" },
    { HERALD_KIND_OCTOPRINT_UNREACHABLE, "none snapshot" },
    { HERALD_KIND_PRINTER_ERROR, "none snapshot" },
    { HERALD_KIND_PRINT_STARTED, "none snapshot thumbnail" },
    { HERALD_KIND_PRINT_PROGRESS, "none snapshot thumbnail" },
    { HERALD_KIND_PRINT_DONE, "none snapshot thumbnail" },
    { HERALD_KIND_ATTENTION_NEEDED, "none snapshot thumbnail" },
    { HERALD_KIND_FILE_UPLOADED, "none snapshot thumbnail" },
    { HERALD_KIND_TRANSFER_DONE, "none snapshot thumbnail" },
    { HERALD_KIND_TIMELAPSE_DONE, "none snapshot timelapse" },
    { HERALD_KIND_TIMELAPSE_FAILED, "none snapshot" },
    { HERALD_KIND_TEST, "none" },
    { HERALD_KIND_CUSTOM, "none" },
  };
  g_auto(GStrv) pictures = g_strsplit (ALL_PICTURES "|film|", "|", -1);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(GStrv) possible = g_strsplit (rows[i].possible, " ", -1);

      for (char **picture = pictures; *picture != NULL; picture++)
        {
          g_autofree char *change = g_strconcat ("picture=", *picture, NULL);

          g_assert_cmpint (message_fixture_change (fixture, rows[i].kind, NULL, change), ==,
                           g_strv_contains ((const char *const *) possible, *picture));
        }
    }
}

static void
test_refusal_says_what_would_be_right (void)
{
  static const struct
  {
    HeraldEventKind kind;
    const char *picture;
    const char *sentence;
  } rows[] = {
    { HERALD_KIND_PRINTER_ERROR, "thumbnail",
      "A thumbnail shows a file, and messages of the kind “printer-error” are not about one; choose one of: none, "
      "snapshot" },
    { HERALD_KIND_PRINT_DONE, "timelapse",
      "A timelapse comes only with “timelapse-done”; for “print-done” choose one of: snapshot, none, thumbnail" },
    { HERALD_KIND_PRINT_DONE, "photo",
      "“picture” of messages of the kind “print-done” must be one of: snapshot, none, thumbnail" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (herald_message_change_check (rows[i].kind, "picture", rows[i].picture, &error));
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
      g_assert_cmpstr (error->message, ==, rows[i].sentence);
    }
}

/* F61: a thumbnail with the start, the camera if there is none; but no view into the room for who did not ask */
static void
test_own_thumbnail_has_no_snapshot_behind_it (MessageFixture *fixture,
                                              gconstpointer   user_data)
{
  const HeraldEventKind kind = HERALD_KIND_PRINT_STARTED;

  g_assert_true (message_fixture_change (fixture, kind, NULL, "picture=thumbnail"));
  assert_picture (fixture, kind, NULL, "thumbnail", "none");
  assert_picture (fixture, kind, "mk3", "thumbnail", "none");

  g_assert_true (message_fixture_change (fixture, kind, "mk3", "picture-fallback=snapshot"));
  message_fixture_reopen (fixture);
  assert_picture (fixture, kind, NULL, "thumbnail", "none");
  assert_picture (fixture, kind, "mk3", "thumbnail", "snapshot");

  g_assert_true (message_fixture_change (fixture, HERALD_KIND_TIMELAPSE_DONE, NULL, "picture-fallback=snapshot"));
  assert_picture (fixture, HERALD_KIND_TIMELAPSE_DONE, NULL, "timelapse", "snapshot");
  g_assert_false (message_fixture_change (fixture, kind, NULL, "picture-fallback=thumbnail"));
  g_assert_false (message_fixture_change (fixture, HERALD_KIND_PRINTER_ERROR, NULL, "picture-fallback=none"));
}

/* F52, F23 */
static void
test_printer_has_its_own_picture (MessageFixture *fixture,
                                  gconstpointer   user_data)
{
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_PRINT_DONE, "mk3", "picture=none"));

  message_fixture_reopen (fixture);
  assert_picture (fixture, HERALD_KIND_PRINT_DONE, "mk3", "none", "none");
  assert_picture (fixture, HERALD_KIND_PRINT_DONE, "other", "snapshot", "none");
  assert_picture (fixture, HERALD_KIND_PRINT_DONE, NULL, "snapshot", "none");
}

static void
test_delay_and_placeholder_arrive (MessageFixture *fixture,
                                   gconstpointer   user_data)
{
  const HeraldEventKind kind = HERALD_KIND_PRINT_DONE;
  g_autoptr(HeraldMessageSettings) before = herald_message_settings_load (fixture->config, kind, NULL);
  g_autoptr(HeraldMessageSettings) after = NULL;

  g_assert_cmpfloat (herald_message_settings_read_option (before, kind, "picture-delay"), ==, 0);
  g_assert_cmpfloat (herald_message_settings_read_option (before, kind, "placeholder"), ==, 0);

  g_assert_true (message_fixture_change (fixture, kind, NULL, "picture-delay=-5|placeholder=true"));
  after = herald_message_settings_load (fixture->config, kind, "mk3");
  g_assert_cmpfloat (herald_message_settings_read_option (after, kind, "picture-delay"), ==, -5);
  g_assert_cmpfloat (herald_message_settings_read_option (after, kind, "placeholder"), ==, 1);

  g_assert_false (message_fixture_change (fixture, HERALD_KIND_PRINT_PAUSED, NULL, "picture-delay=5"));
}

static void
test_bad_file_counts_as_not_set (MessageFixture *fixture,
                                 gconstpointer   user_data)
{
  static const char *const bad[] = { "timelapse", "", "Snapshot", "snapshot;" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(HeraldValues) section = herald_values_new ();
      g_autoptr(HeraldMessageSettings) settings = NULL;

      herald_values_set (section, "picture", bad[i]);
      herald_values_set (section, "picture-fallback", bad[i]);
      herald_values_set (section, "placeholder", "perhaps");
      herald_values_set (section, "picture-delay", "soon");
      g_assert_true (herald_config_set_section (fixture->config, HERALD_MESSAGE_CATEGORY, "print-done", section, NULL));

      assert_picture (fixture, HERALD_KIND_PRINT_DONE, NULL, "snapshot", "none");
      settings = herald_message_settings_load (fixture->config, HERALD_KIND_PRINT_DONE, NULL);
      g_assert_false (settings->picture_changed);
      g_assert_cmpstr (herald_values_get (settings->options, "placeholder"), ==, "false");
      g_assert_cmpstr (herald_values_get (settings->options, "picture-delay"), ==, "0");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) \
  g_test_add ("/message-picture/" path, MessageFixture, NULL, message_fixture_set_up, test, message_fixture_tear_down)
  ADD ("defaults", test_default_pictures);
  ADD ("kind", test_picture_is_checked_by_kind);
  g_test_add_func ("/message-picture/refusal", test_refusal_says_what_would_be_right);
  ADD ("fallback", test_own_thumbnail_has_no_snapshot_behind_it);
  ADD ("printer", test_printer_has_its_own_picture);
  ADD ("options", test_delay_and_placeholder_arrive);
  ADD ("bad-file", test_bad_file_counts_as_not_set);

  return g_test_run ();
}
