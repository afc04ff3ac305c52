/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-committing-body"

#include "core/net/committing-body.h"

/**
 * HeraldCommittingBody:
 *
 * The body of a request that cannot be taken back. It asks before its first
 * byte leaves, which is after the server has been reached and has shown who it
 * is; if the answer is no, nothing of it leaves. To be read without a thread,
 * as libsoup does with HTTP/1.1 and HTTP/2.
 */
struct _HeraldCommittingBody
{
  GMemoryInputStream parent_instance;

  HeraldCommitBodyFunc commit;
  gpointer user_data;
  gboolean has_begun;
  GError *error;
};

G_DEFINE_FINAL_TYPE (HeraldCommittingBody, herald_committing_body, G_TYPE_MEMORY_INPUT_STREAM)

/* GInputStream */

static gssize
herald_committing_body_read (GInputStream  *stream,
                             void          *buffer,
                             gsize          count,
                             GCancellable  *cancellable,
                             GError       **error)
{
  HeraldCommittingBody *self = HERALD_COMMITTING_BODY (stream);

  if (!self->has_begun && self->error == NULL)
    self->has_begun = self->commit (self->user_data, &self->error);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return -1;
    }

  return G_INPUT_STREAM_CLASS (herald_committing_body_parent_class)->read_fn (stream, buffer, count, cancellable, error);
}

/* GObject */

static void
herald_committing_body_finalize (GObject *object)
{
  HeraldCommittingBody *self = HERALD_COMMITTING_BODY (object);

  g_clear_error (&self->error);

  G_OBJECT_CLASS (herald_committing_body_parent_class)->finalize (object);
}

static void
herald_committing_body_class_init (HeraldCommittingBodyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_committing_body_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = herald_committing_body_read;
}

static void
herald_committing_body_init (HeraldCommittingBody *self)
{
}

/**
 * herald_committing_body_new:
 * @commit: called once; from then on the body may have arrived. On %FALSE it sets its error.
 * @user_data: for @commit; must outlive the request
 */
HeraldCommittingBody *
herald_committing_body_new (GBytes               *bytes,
                            HeraldCommitBodyFunc  commit,
                            gpointer              user_data)
{
  HeraldCommittingBody *self = g_object_new (HERALD_TYPE_COMMITTING_BODY, NULL);

  self->commit = commit;
  self->user_data = user_data;
  g_memory_input_stream_add_bytes (G_MEMORY_INPUT_STREAM (self), bytes);

  return self;
}

/**
 * herald_committing_body_has_begun:
 *
 * Returns: whether the first byte may have left
 */
gboolean
herald_committing_body_has_begun (HeraldCommittingBody *self)
{
  return self->has_begun;
}

/**
 * herald_committing_body_get_error:
 *
 * Returns: (nullable): why it was not allowed to leave
 */
const GError *
herald_committing_body_get_error (HeraldCommittingBody *self)
{
  return self->error;
}
