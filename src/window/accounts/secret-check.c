/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-secret-check"

#include "window/accounts/secret-check.h"

#include "window/base/failure.h"

/* Who types is not told of every letter; what was pasted is looked at when it has come to rest. */
#define REST_MS 600

/**
 * HeraldSecretCheck:
 *
 * Looks at the secrets of a form while they are filled in. The service alone knows what one looks like; nothing is stored by
 * asking it.
 */
struct _HeraldSecretCheck
{
  GObject parent_instance;

  HeraldServiceLink *link;
  char *type;
  HeraldFieldGroup *fields;
  GCancellable *cancellable;
  char *resting; /* the field that waits to be looked at; NULL if none does */
  guint rest_id;
};

G_DEFINE_FINAL_TYPE (HeraldSecretCheck, herald_secret_check, G_TYPE_OBJECT)

/* One question to the service */
typedef struct
{
  HeraldSecretCheck *check;
  char *name;
  char *value;
} Question;

static void
question_free (Question *self)
{
  g_clear_object (&self->check);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->value, g_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
on_check_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Question) question = g_steal_pointer (&user_data);
  HeraldFieldGroup *fields = question->check->fields;
  g_autoptr(GError) error = NULL;
  g_autofree char *now = NULL;
  g_autofree char *sentence = NULL;
  gboolean ok = herald_dbus_service1_call_check_secret_finish (HERALD_DBUS_SERVICE1 (object), result, &error);

  /* Only what the service has found counts, and only for what is still there. */
  if (ok || fields == NULL || !g_dbus_error_is_remote_error (error))
    return;

  now = herald_field_group_dup_value (fields, question->name);
  if (!g_str_equal (now, question->value))
    return;

  sentence = herald_failure_dup_sentence (error);
  herald_field_row_set_problem (herald_field_group_get_row (fields, question->name), sentence);
}

static void
look_at (HeraldSecretCheck *self,
         const char        *name)
{
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);
  g_autofree char *value = herald_field_group_dup_value (self->fields, name);
  Question *question;

  if (*value == '\0' || service == NULL)
    return;

  question = g_new0 (Question, 1);
  question->check = g_object_ref (self);
  question->name = g_strdup (name);
  question->value = g_steal_pointer (&value);
  herald_dbus_service1_call_check_secret (service, self->type, name, question->value, self->cancellable, on_check_ready,
                                          question);
}

static void
look_at_resting (HeraldSecretCheck *self)
{
  g_autofree char *name = g_steal_pointer (&self->resting);

  g_clear_handle_id (&self->rest_id, g_source_remove);
  if (name != NULL)
    look_at (self, name);
}

static gboolean
on_rest_timeout (gpointer user_data)
{
  HeraldSecretCheck *self = user_data;

  self->rest_id = 0;
  look_at_resting (self);

  return G_SOURCE_REMOVE;
}

static gboolean
is_secret (HeraldSecretCheck *self,
           const char        *name)
{
  HeraldFieldRow *row = herald_field_group_get_row (self->fields, name);

  return row != NULL && herald_field_row_is_secret (row);
}

static void
on_changed (HeraldSecretCheck *self,
            const char        *name)
{
  if (!is_secret (self, name))
    return;

  if (g_strcmp0 (self->resting, name) != 0)
    look_at_resting (self);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_free (self->resting);
  self->resting = g_strdup (name);
  self->rest_id = g_timeout_add (REST_MS, on_rest_timeout, self);
}

static void
on_settled (HeraldSecretCheck *self,
            const char        *name)
{
  if (is_secret (self, name))
    look_at (self, name);
}

/* GObject */

static void
herald_secret_check_dispose (GObject *object)
{
  HeraldSecretCheck *self = HERALD_SECRET_CHECK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_clear_pointer (&self->resting, g_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->fields);
  g_clear_object (&self->link);
  g_clear_pointer (&self->type, g_free);

  G_OBJECT_CLASS (herald_secret_check_parent_class)->dispose (object);
}

static void
herald_secret_check_class_init (HeraldSecretCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_secret_check_dispose;
}

static void
herald_secret_check_init (HeraldSecretCheck *self)
{
  self->cancellable = g_cancellable_new ();
}

HeraldSecretCheck *
herald_secret_check_new (HeraldServiceLink *link,
                         const char        *type,
                         HeraldFieldGroup  *fields)
{
  HeraldSecretCheck *self = g_object_new (HERALD_TYPE_SECRET_CHECK, NULL);

  self->link = g_object_ref (link);
  self->type = g_strdup (type);
  self->fields = g_object_ref (fields);
  g_signal_connect_object (fields, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fields, "settled", G_CALLBACK (on_settled), self, G_CONNECT_SWAPPED);

  return self;
}
