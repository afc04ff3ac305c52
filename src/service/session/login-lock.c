/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-login-lock"

#include "service/session/login-lock.h"

#include <gio/gunixfdlist.h>
#include <unistd.h>

#define ANSWER_LIMIT_MS 10000
#define NO_LOCK (-1)

struct _HeraldLoginLock
{
  char *mode;
  char *why;
  int lock;
  GCancellable *asking; /* NULL unless logind has not answered yet */
};

/* One question. An answer that comes when nobody waits any more is a lock that is let go of. */
typedef struct
{
  HeraldLoginLock *self; /* not touched once it is cancelled */
  GCancellable *cancellable;
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->cancellable);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

HeraldLoginLock *
herald_login_lock_new (const char *mode,
                       const char *why)
{
  HeraldLoginLock *self = g_new0 (HeraldLoginLock, 1);

  self->mode = g_strdup (mode);
  self->why = g_strdup (why);
  self->lock = NO_LOCK;

  return self;
}

void
herald_login_lock_free (HeraldLoginLock *self)
{
  herald_login_lock_release (self);
  g_free (self->mode);
  g_free (self->why);
  g_free (self);
}

/* Returns: NO_LOCK with @error set if there is none in the answer */
static int
read_lock (GVariant     *answer,
           GUnixFDList  *locks,
           GError      **error)
{
  gint32 position = 0;

  g_variant_get (answer, "(h)", &position);
  if (locks != NULL)
    return g_unix_fd_list_get (locks, position, error);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "an answer without a lock");
  return NO_LOCK;
}

static void
on_inhibit_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(Question) question = g_steal_pointer (&user_data);
  HeraldLoginLock *self = question->self;
  g_autoptr(GUnixFDList) locks = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer =
    g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &locks, result, &error);

  if (g_cancellable_is_cancelled (question->cancellable))
    return;

  g_clear_object (&self->asking);
  if (answer != NULL)
    self->lock = read_lock (answer, locks, &error);
  if (self->lock == NO_LOCK)
    g_message ("logind does not let us %s sleep: %s", self->mode, error->message);
}

void
herald_login_lock_take (HeraldLoginLock *self,
                        GDBusConnection *connection)
{
  Question *question;

  if (self->lock != NO_LOCK || self->asking != NULL)
    return;

  self->asking = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->self = self;
  question->cancellable = g_object_ref (self->asking);
  g_dbus_connection_call_with_unix_fd_list (connection, "org.freedesktop.login1", "/org/freedesktop/login1",
                                            "org.freedesktop.login1.Manager", "Inhibit",
                                            g_variant_new ("(ssss)", "sleep", "OctoHerald", self->why, self->mode),
                                            G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_LIMIT_MS,
                                            NULL, NULL, on_inhibit_ready, question);
}

/**
 * herald_login_lock_release:
 *
 * The question itself is never withdrawn: its answer would be a lock of which nobody knows.
 */
void
herald_login_lock_release (HeraldLoginLock *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (self->lock != NO_LOCK)
    close (self->lock);
  self->lock = NO_LOCK;
}

gboolean
herald_login_lock_is_held (HeraldLoginLock *self)
{
  return self->lock != NO_LOCK;
}
