/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-option-row"

#include "window/messages/option-row.h"

#define ROW                                                                                                               \
  "{'kind': <'print-progress'>, 'name': <'Print progress'>, 'printer': <''>, 'enabled': <true>, 'own': <@a{ss} {}>,"     \
  " 'options': <{'step': '10', 'height': '2.5'}>, 'option_fields': <[{'name': <'step'>, 'kind': <'number'>,"             \
  " 'label': <'Every'>, 'minimum': <1.0>, 'maximum': <50.0>}, {'name': <'height'>, 'kind': <'decimal'>,"                 \
  " 'label': <'Height'>, 'minimum': <0.5>, 'maximum': <100.0>}]>}"

static GtkWidget *
find_spin (GtkWidget *widget,
           guint     *n_before)
{
  GtkWidget *found = NULL;

  if (GTK_IS_SPIN_BUTTON (widget))
    return (*n_before)-- == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_spin (child, n_before);

  return found;
}

/* As letters come: nothing else is done afterwards. */
static void
type (GtkWidget  *group,
      guint       number,
      const char *text)
{
  GtkWidget *spin = find_spin (group, &number);

  g_assert_nonnull (spin);
  gtk_editable_set_text (GTK_EDITABLE (spin), text);
}

static void
test_number_is_taken_while_it_is_typed (void)
{
  g_autoptr(GVariant) row = g_variant_ref_sink (g_variant_new_parsed (ROW));
  g_autoptr(HeraldMessageItem) item = herald_message_item_new (row, "");
  HeraldMessageDraft *draft = herald_message_draft_new (item);
  GtkWidget *group = g_object_ref_sink (adw_preferences_group_new ());

  g_assert_cmpuint (herald_option_rows_add (ADW_PREFERENCES_GROUP (group), draft, HERALD_OPTION_PLACE_TIME), ==, 2);
  g_assert_false (herald_message_draft_is_changed (draft));

  type (group, 0, "2");
  g_assert_cmpstr (herald_message_draft_get (draft, "step"), ==, "2");
  type (group, 0, "25");
  g_assert_cmpstr (herald_message_draft_get (draft, "step"), ==, "25");
  type (group, 0, "2500");
  g_assert_cmpstr (herald_message_draft_get (draft, "step"), ==, "50");
  type (group, 0, "10");
  g_assert_false (herald_message_draft_is_changed (draft));
  type (group, 0, "");
  g_assert_false (herald_message_draft_is_changed (draft));
  type (group, 1, "7.5");
  g_assert_cmpstr (herald_message_draft_get (draft, "height"), ==, "7.5");

  g_assert_finalize_object (group);
  g_assert_finalize_object (draft);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/window/option-row/number-is-taken-while-it-is-typed", test_number_is_taken_while_it_is_typed);

  return g_test_run ();
}
