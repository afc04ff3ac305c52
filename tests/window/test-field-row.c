/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-field-row"

#include "window/base/field-group.h"

typedef struct
{
  guint n_changed;
  guint n_settled;
} Ear;

static HeraldFieldRow *
make_row (const char *text)
{
  g_autoptr(GError) error = NULL;
  GVariant *field = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);

  g_assert_no_error (error);

  return g_object_ref_sink (HERALD_FIELD_ROW (herald_field_row_new (field)));
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
assert_value (HeraldFieldRow *row,
              const char     *expected)
{
  g_autofree char *value = herald_field_row_dup_value (row);

  g_assert_cmpstr (value, ==, expected);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
listen (HeraldFieldRow *row,
        Ear            *ear)
{
  g_signal_connect_swapped (row, "changed", G_CALLBACK (count), &ear->n_changed);
  g_signal_connect_swapped (row, "settled", G_CALLBACK (count), &ear->n_settled);
}

static void
type (HeraldFieldRow *row,
      const char     *text)
{
  GtkWidget *entry = find (GTK_WIDGET (row), herald_field_row_is_secret (row) ? GTK_TYPE_PASSWORD_ENTRY : GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

static void
test_text_is_typed_and_settled (void)
{
  HeraldFieldRow *row = make_row ("{'name': <'from-name'>, 'kind': <'text'>, 'label': <'Sender <b>name'>}");
  Ear ear = { 0 };

  listen (row, &ear);
  herald_field_row_set_value (row, "Ada");
  g_assert_cmpuint (ear.n_changed, ==, 0);
  g_assert_false (herald_field_row_is_changed (row));
  type (row, "  Bert ");
  g_assert_cmpuint (ear.n_settled, ==, 1);
  g_assert_true (herald_field_row_is_changed (row));
  assert_value (row, "Bert");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Sender <b>name");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find (GTK_WIDGET (row), GTK_TYPE_LABEL))), ==, "Sender <b>name");
  gtk_test_accessible_assert_property (find (GTK_WIDGET (row), GTK_TYPE_ENTRY), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Sender <b>name");
  g_assert_finalize_object (row);
}

static void
test_switch_is_a_word (void)
{
  HeraldFieldRow *row = make_row ("{'name': <'html'>, 'kind': <'boolean'>, 'fallback': <'true'>}");
  GtkWidget *control = find (GTK_WIDGET (row), GTK_TYPE_SWITCH);
  Ear ear = { 0 };

  listen (row, &ear);
  assert_value (row, "true");
  gtk_switch_set_active (GTK_SWITCH (control), FALSE);
  assert_value (row, "false");
  g_assert_cmpuint (ear.n_changed, ==, 1);
  g_assert_cmpuint (ear.n_settled, ==, 1);
  herald_field_row_set_value (row, "");
  assert_value (row, "true");
  g_assert_cmpuint (ear.n_changed, ==, 1);
  g_assert_finalize_object (row);
}

static void
test_switch_of_a_row_that_was_moved_is_switched_once (void)
{
  HeraldFieldRow *row = make_row ("{'name': <'html'>, 'kind': <'boolean'>, 'fallback': <'true'>}");
  GtkWidget *list = g_object_ref_sink (gtk_list_box_new ());
  Ear ear = { 0 };

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  listen (row, &ear);
  for (guint i = 0; i < 2; i++)
    {
      gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (row));
      gtk_list_box_remove (GTK_LIST_BOX (list), GTK_WIDGET (row));
    }
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (row));
  g_signal_emit_by_name (list, "row-activated", row);
  g_assert_cmpuint (ear.n_changed, ==, 1);
  assert_value (row, "false");
  gtk_list_box_remove (GTK_LIST_BOX (list), GTK_WIDGET (row));
  g_assert_finalize_object (row);
  g_assert_finalize_object (list);
}

static void
test_choice_has_words_for_people (void)
{
  HeraldFieldRow *row = make_row ("{'name': <'security'>, 'kind': <'choice'>, 'choices': <['tls', 'plain']>,"
                                  " 'choice_labels': <['Encrypted', 'Open']>, 'fallback': <'tls'>}");
  GtkDropDown *control = GTK_DROP_DOWN (find (GTK_WIDGET (row), GTK_TYPE_DROP_DOWN));
  GListModel *model = gtk_drop_down_get_model (control);

  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (model), 1), ==, "Open");
  assert_value (row, "tls");
  g_assert_false (herald_field_row_is_changed (row));
  herald_field_row_set_value (row, "plain");
  assert_value (row, "plain");
  herald_field_row_set_value (row, "of a newer version");
  assert_value (row, "plain");
  gtk_drop_down_set_selected (control, 0);
  g_assert_true (herald_field_row_is_changed (row));
  g_assert_finalize_object (row);
}

static void
test_secret_is_masked_and_kept_whole (void)
{
  HeraldFieldRow *row = make_row ("{'name': <'password'>, 'kind': <'text'>, 'secret': <true>, 'required': <true>}");
  g_autofree char *hint = NULL;

  herald_field_row_set_stored (row, TRUE);
  g_object_get (find (GTK_WIDGET (row), GTK_TYPE_PASSWORD_ENTRY), "placeholder-text", &hint, NULL);
  g_assert_nonnull (hint);
  g_assert_null (find (GTK_WIDGET (row), GTK_TYPE_ENTRY));
  type (row, " with blanks ");
  assert_value (row, " with blanks ");
  g_assert_true (herald_field_row_check (row));
  g_assert_finalize_object (row);
}

static void
test_wrong_values_are_told_at_the_row (void)
{
  static const struct
  {
    const char *kind;
    const char *value;
    gboolean is_right;
  } values[] = {
    { "port", "465", TRUE }, { "port", "0", FALSE }, { "port", "65536", FALSE }, { "port", "smtp", FALSE },
    { "count", "15", TRUE }, { "count", "-1", FALSE }, { "count", "1.5", FALSE },
    { "money", "0.50", TRUE }, { "money", "0,5", TRUE }, { "money", "$2", TRUE }, { "money", "0", FALSE },
    { "money", "1.2.3", FALSE }, { "money", "much", FALSE },
    { "address", "ada@example.org", TRUE }, { "address", "ada", FALSE }, { "address", "@", FALSE },
    { "addresses", "Ada <ada@example.org>, bert@example.org", TRUE }, { "addresses", "ada", FALSE },
    { "host", "smtp.example.org", TRUE }, { "host", "https://example.org/", FALSE },
    { "text", "anything", TRUE }, { "of a newer version", "anything", TRUE }, { "port", "", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'name': <'x'>, 'kind': <'%s'>}", values[i].kind);
      HeraldFieldRow *row = make_row (text);

      g_test_message ("%s: %s", values[i].kind, values[i].value);
      type (row, values[i].value);
      g_assert_cmpint (*herald_field_row_get_problem (row) == '\0', ==, values[i].is_right);
      g_assert_cmpint (herald_field_row_check (row), ==, values[i].is_right);
      type (row, "");
      g_assert_cmpstr (herald_field_row_get_problem (row), ==, "");
      g_assert_finalize_object (row);
    }
}

static void
test_what_cannot_be_changed_says_why (void)
{
  HeraldFieldRow *row = make_row ("{'name': <'autostart'>, 'kind': <'boolean'>, 'value': <'false'>,"
                                  " 'problem': <'Not on this desktop.'>}");
  GtkWidget *control = find (GTK_WIDGET (row), GTK_TYPE_SWITCH);
  g_autoptr(GVariant) better = g_variant_ref_sink (g_variant_new_parsed ("{'value': <'true'>, 'problem': <''>}"));

  g_assert_false (gtk_widget_get_sensitive (control));
  herald_field_row_set_value (row, "true");
  g_assert_cmpstr (herald_field_row_get_problem (row), ==, "Not on this desktop.");
  herald_field_row_update (row, better);
  g_assert_true (gtk_widget_get_sensitive (control));
  g_assert_cmpstr (herald_field_row_get_problem (row), ==, "");
  assert_value (row, "true");
  g_assert_finalize_object (row);
}

static void
test_group_tells_changes_and_secrets_apart (void)
{
  g_autoptr(HeraldFieldGroup) group = herald_field_group_new (g_variant_new_parsed (
    "[{'name': <'host'>, 'kind': <'host'>, 'required': <true>}, {'name': <'password'>, 'secret': <true>, 'kind': <'text'>}]"));
  g_autoptr(GVariant) values = g_variant_ref_sink (g_variant_new_parsed ("{'host': 'a.example', 'else': 'x'}"));
  g_autoptr(GVariant) changes = NULL;
  g_autoptr(GVariant) secrets = NULL;
  g_autoptr(GError) error = g_dbus_error_new_for_dbus_error ("io.github.octoherald.OctoHerald.Error.Settings",
                                                            "“host” cannot be “?”.");
  AdwPreferencesGroup *form = g_object_ref_sink (ADW_PREFERENCES_GROUP (adw_preferences_group_new ()));
  static const char *const names[] = { "host", "password", NULL };

  herald_field_group_add_to (group, form, names);
  herald_field_group_set_values (group, values);
  g_assert_false (herald_field_group_is_changed (group));
  type (herald_field_group_get_row (group, "password"), "secret");
  changes = g_variant_ref_sink (herald_field_group_make_changes (group));
  secrets = g_variant_ref_sink (herald_field_group_make_secrets (group));
  g_assert_cmpuint (g_variant_n_children (changes), ==, 0);
  g_assert_cmpuint (g_variant_n_children (secrets), ==, 1);
  type (herald_field_group_get_row (group, "host"), "");
  g_assert_false (herald_field_group_check (group));
  g_assert_true (herald_field_group_show_error (group, error));
  g_assert_cmpstr (herald_field_row_get_problem (herald_field_group_get_row (group, "host")), ==, "“host” cannot be “?”.");
  g_assert_null (herald_field_group_get_row (group, "else"));
  g_object_unref (form);
}

static void
test_row_that_nobody_sees_has_nothing_to_say (void)
{
  g_autoptr(HeraldFieldGroup) group = herald_field_group_new (g_variant_new_parsed (
    "[{'name': <'host'>, 'kind': <'host'>, 'required': <true>}, {'name': <'password'>, 'secret': <true>, 'kind': <'text'>}]"));
  g_autoptr(GVariant) secrets = NULL;
  g_autoptr(GError) error = g_dbus_error_new_for_dbus_error ("io.github.octoherald.OctoHerald.Error.X", "“host” is missing.");
  GtkWidget *part = g_object_ref_sink (adw_preferences_group_new ());
  GtkWidget *fold = adw_expander_row_new ();

  type (herald_field_group_get_row (group, "password"), "secret");
  g_assert_true (herald_field_group_check (group));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (part), fold);
  for (guint i = 0; i < herald_field_group_get_n_rows (group); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (fold), GTK_WIDGET (herald_field_group_get_nth (group, i)));
  gtk_widget_set_visible (part, FALSE);
  g_assert_true (herald_field_group_check (group));
  g_assert_false (herald_field_group_show_error (group, error));
  secrets = g_variant_ref_sink (herald_field_group_make_secrets (group));
  g_assert_cmpuint (g_variant_n_children (secrets), ==, 0);
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (fold)));
  gtk_widget_set_visible (part, TRUE);
  g_assert_true (herald_field_group_show_error (group, error));
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (fold)));
  g_clear_object (&part);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/field-row/text-is-typed-and-settled", test_text_is_typed_and_settled);
  g_test_add_func ("/field-row/switch-is-a-word", test_switch_is_a_word);
  g_test_add_func ("/field-row/switch-of-a-row-that-was-moved", test_switch_of_a_row_that_was_moved_is_switched_once);
  g_test_add_func ("/field-row/choice-has-words-for-people", test_choice_has_words_for_people);
  g_test_add_func ("/field-row/secret-is-masked-and-kept-whole", test_secret_is_masked_and_kept_whole);
  g_test_add_func ("/field-row/wrong-values-are-told-at-the-row", test_wrong_values_are_told_at_the_row);
  g_test_add_func ("/field-row/what-cannot-be-changed-says-why", test_what_cannot_be_changed_says_why);
  g_test_add_func ("/field-row/group-tells-changes-and-secrets-apart", test_group_tells_changes_and_secrets_apart);

  g_test_add_func ("/field-row/row-that-nobody-sees", test_row_that_nobody_sees_has_nothing_to_say);

  return g_test_run ();
}
