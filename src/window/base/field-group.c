/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-field-group"

#include "window/base/field-group.h"

#include <string.h>

#include "window/base/failure.h"

/**
 * HeraldFieldGroup:
 *
 * The rows of a table of fields: filled from named texts, read back as such, checked together. It knows nothing of where its
 * rows stand.
 */
struct _HeraldFieldGroup
{
  GObject parent_instance;

  GPtrArray *rows; /* of #HeraldFieldRow, which we keep also while they stand nowhere */
};

G_DEFINE_FINAL_TYPE (HeraldFieldGroup, herald_field_group, G_TYPE_OBJECT)

enum
{
  CHANGED,
  SETTLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_row_changed (HeraldFieldGroup *self,
                HeraldFieldRow   *row)
{
  g_signal_emit (self, signals[CHANGED], 0, herald_field_row_get_name (row));
}

static void
on_row_settled (HeraldFieldGroup *self,
                HeraldFieldRow   *row)
{
  g_signal_emit (self, signals[SETTLED], 0, herald_field_row_get_name (row));
}

/* GObject */

static void
herald_field_group_dispose (GObject *object)
{
  g_clear_pointer (&HERALD_FIELD_GROUP (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (herald_field_group_parent_class)->dispose (object);
}

static void
herald_field_group_class_init (HeraldFieldGroupClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_field_group_dispose;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SETTLED] = g_signal_new ("settled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
herald_field_group_init (HeraldFieldGroup *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

HeraldFieldGroup *
herald_field_group_new (GVariant *fields)
{
  HeraldFieldGroup *self = g_object_new (HERALD_TYPE_FIELD_GROUP, NULL);
  g_autoptr(GVariant) kept = g_variant_ref_sink (fields);
  GVariantIter iter;
  GVariant *field;

  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "@a{sv}", &field))
    {
      GtkWidget *row = g_object_ref_sink (herald_field_row_new (field));

      g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "settled", G_CALLBACK (on_row_settled), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      g_variant_unref (field);
    }

  return self;
}

guint
herald_field_group_get_n_rows (HeraldFieldGroup *self)
{
  return self->rows->len;
}

/**
 * herald_field_group_get_nth:
 *
 * Returns: (transfer none): a row
 */
HeraldFieldRow *
herald_field_group_get_nth (HeraldFieldGroup *self,
                            guint             position)
{
  g_return_val_if_fail (position < self->rows->len, NULL);

  return g_ptr_array_index (self->rows, position);
}

/**
 * herald_field_group_get_row:
 *
 * Returns: (transfer none) (nullable): the row of the field @name
 */
HeraldFieldRow *
herald_field_group_get_row (HeraldFieldGroup *self,
                            const char       *name)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      HeraldFieldRow *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (herald_field_row_get_name (row), name))
        return row;
    }

  return NULL;
}

guint
herald_field_group_add_to (HeraldFieldGroup    *self,
                           AdwPreferencesGroup *group,
                           const char *const   *names)
{
  guint n_rows = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      HeraldFieldRow *row = herald_field_group_get_row (self, names[i]);

      if (row == NULL)
        continue;

      adw_preferences_group_add (group, GTK_WIDGET (row));
      n_rows++;
    }

  return n_rows;
}

void
herald_field_group_set_values (HeraldFieldGroup *self,
                               GVariant         *values)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      HeraldFieldRow *row = g_ptr_array_index (self->rows, i);
      const char *value = "";

      g_variant_lookup (values, herald_field_row_get_name (row), "&s", &value);
      herald_field_row_set_value (row, value);
    }
}

/**
 * herald_field_group_dup_value:
 *
 * Returns: (transfer full): empty if it is not set, or there is no such field
 */
char *
herald_field_group_dup_value (HeraldFieldGroup *self,
                              const char       *name)
{
  HeraldFieldRow *row = herald_field_group_get_row (self, name);

  return row != NULL ? herald_field_row_dup_value (row) : g_strdup ("");
}

void
herald_field_group_set_value (HeraldFieldGroup *self,
                              const char       *name,
                              const char       *value)
{
  HeraldFieldRow *row = herald_field_group_get_row (self, name);

  if (row != NULL)
    herald_field_row_set_value (row, value);
}

void
herald_field_group_propose (HeraldFieldGroup *self,
                            const char       *name,
                            const char       *value)
{
  HeraldFieldRow *row = herald_field_group_get_row (self, name);

  if (row != NULL)
    herald_field_row_propose (row, value);
}

/* Whether a person can see it, on the form at least: not what stands nowhere, or in a part that is not for now */
static gboolean
is_shown (HeraldFieldRow *row)
{
  GtkWidget *widget = GTK_WIDGET (row);

  if (gtk_widget_get_parent (widget) == NULL)
    return FALSE;

  for (; widget != NULL && !GTK_IS_ROOT (widget); widget = gtk_widget_get_parent (widget))
    {
      if (!gtk_widget_get_visible (widget))
        return FALSE;
    }

  return TRUE;
}

static void
lead_to (HeraldFieldRow *row)
{
  GtkWidget *fold = gtk_widget_get_ancestor (GTK_WIDGET (row), ADW_TYPE_EXPANDER_ROW);

  if (fold != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (fold), TRUE);
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

static GVariant *
make_values (HeraldFieldGroup *self,
             gboolean          wants_secrets)
{
  GVariantBuilder values;

  g_variant_builder_init (&values, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < self->rows->len; i++)
    {
      HeraldFieldRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *value = herald_field_row_dup_value (row);

      if (wants_secrets && !is_shown (row))
        continue;
      if (herald_field_row_is_secret (row) == wants_secrets && herald_field_row_is_changed (row))
        g_variant_builder_add (&values, "{ss}", herald_field_row_get_name (row), value);
    }

  return g_variant_builder_end (&values);
}

GVariant *
herald_field_group_make_changes (HeraldFieldGroup *self)
{
  return make_values (self, FALSE);
}

GVariant *
herald_field_group_make_secrets (HeraldFieldGroup *self)
{
  return make_values (self, TRUE);
}

gboolean
herald_field_group_is_changed (HeraldFieldGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (herald_field_row_is_changed (g_ptr_array_index (self->rows, i)))
        return TRUE;
    }

  return FALSE;
}

void
herald_field_group_settle (HeraldFieldGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    herald_field_row_settle (g_ptr_array_index (self->rows, i));
}

gboolean
herald_field_group_check (HeraldFieldGroup *self)
{
  HeraldFieldRow *first = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      HeraldFieldRow *row = g_ptr_array_index (self->rows, i);

      if (is_shown (row) && !herald_field_row_check (row) && first == NULL)
        first = row;
    }
  if (first != NULL)
    lead_to (first);

  return first == NULL;
}

static gboolean
is_quotation_mark (gunichar letter)
{
  GUnicodeType type = g_unichar_type (letter);

  return letter == '"' || type == G_UNICODE_INITIAL_PUNCTUATION || type == G_UNICODE_FINAL_PUNCTUATION ||
         (letter > 0x7f && (type == G_UNICODE_OPEN_PUNCTUATION || type == G_UNICODE_CLOSE_PUNCTUATION));
}

/* Whether the first quotation of @sentence is @name: “name”, „name“, « name », 「name」 */
static gboolean
begins_with_name (const char *sentence,
                  const char *name)
{
  const char *at = sentence;

  while (*at != '\0' && !is_quotation_mark (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  while (*at != '\0' && (is_quotation_mark (g_utf8_get_char (at)) || g_unichar_isspace (g_utf8_get_char (at))))
    at = g_utf8_next_char (at);
  if (*name == '\0' || !g_str_has_prefix (at, name))
    return FALSE;

  at += strlen (name);
  while (g_unichar_isspace (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);

  return is_quotation_mark (g_utf8_get_char (at));
}

/**
 * herald_field_group_show_error:
 * @error: what a call to the service ended with
 *
 * The service’s sentences about a setting name it first, in the quotation marks of the language. At a row that nobody sees
 * nothing is said.
 */
gboolean
herald_field_group_show_error (HeraldFieldGroup *self,
                               const GError     *error)
{
  g_autofree char *sentence = herald_failure_dup_sentence (error);

  for (guint i = 0; i < self->rows->len; i++)
    {
      HeraldFieldRow *row = g_ptr_array_index (self->rows, i);

      if (!begins_with_name (sentence, herald_field_row_get_name (row)))
        continue;

      if (!is_shown (row))
        return FALSE;

      herald_field_row_set_problem (row, sentence);
      lead_to (row);
      return TRUE;
    }

  return FALSE;
}
