/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-demo-subscription"

#include "core/base/json-reader.h"
#include "demo/demo-subscription.h"

#include <string.h>

static gboolean
parse (HeraldDemoSubscription *subscription,
       const char             *json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = herald_json_parse (json, strlen (json), &error);

  g_assert_no_error (error);

  return herald_demo_subscription_parse (subscription, json_node_get_object (node));
}

static void
test_everything_until_somebody_subscribes (void)
{
  HeraldDemoSubscription subscription = { 0 };

  g_assert_true (herald_demo_subscription_wants_state (&subscription));
  g_assert_true (herald_demo_subscription_wants_line (&subscription, "Recv: ok"));
  g_assert_true (herald_demo_subscription_wants_event (&subscription, "PrintDone"));
  g_assert_true (herald_demo_subscription_wants_plugin (&subscription, "appkeys"));

  g_assert_true (parse (&subscription, "{}"));
  g_assert_false (herald_demo_subscription_wants_state (&subscription));
  g_assert_false (herald_demo_subscription_wants_line (&subscription, "Recv: ok"));
  g_assert_false (herald_demo_subscription_wants_event (&subscription, "PrintDone"));
  g_assert_false (herald_demo_subscription_wants_plugin (&subscription, "appkeys"));
  herald_demo_subscription_clear (&subscription);
}

static void
test_lists_name_what_is_wanted (void)
{
  HeraldDemoSubscription subscription = { 0 };

  g_assert_true (parse (&subscription,
                        "{\"state\":{\"messages\":true},\"events\":[\"PrintDone\",7],"
                        "\"plugins\":true}"));
  g_assert_true (herald_demo_subscription_wants_state (&subscription));
  g_assert_false (herald_demo_subscription_wants_line (&subscription, "Recv: ok"));
  g_assert_true (herald_demo_subscription_wants_event (&subscription, "PrintDone"));
  g_assert_false (herald_demo_subscription_wants_event (&subscription, "PrintFailed"));
  g_assert_true (herald_demo_subscription_wants_plugin (&subscription, "appkeys"));
  herald_demo_subscription_clear (&subscription);
}

static void
test_mistakes_change_nothing (void)
{
  static const char *const mistakes[] = {
    "{\"state\":{\"logs\":\"(\"},\"events\":true}",
    "{\"state\":{\"logs\":7}}",
    "{\"state\":true,\"events\":\"PrintFailed\"}",
    "{\"state\":true,\"plugins\":null}",
  };
  HeraldDemoSubscription subscription = { 0 };

  g_assert_true (
      parse (&subscription, "{\"state\":{\"logs\":\"^Recv: echo\"},\"events\":[\"PrintDone\"]}"));
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_assert_false (parse (&subscription, mistakes[i]));
      g_assert_true (
          herald_demo_subscription_wants_line (&subscription, "Recv: echo:busy: paused for user"));
      g_assert_false (herald_demo_subscription_wants_line (&subscription, "Recv: ok"));
      g_assert_true (herald_demo_subscription_wants_event (&subscription, "PrintDone"));
      g_assert_false (herald_demo_subscription_wants_event (&subscription, "PrintFailed"));
    }
  herald_demo_subscription_clear (&subscription);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-subscription/none", test_everything_until_somebody_subscribes);
  g_test_add_func ("/demo-subscription/lists", test_lists_name_what_is_wanted);
  g_test_add_func ("/demo-subscription/mistakes", test_mistakes_change_nothing);

  return g_test_run ();
}
