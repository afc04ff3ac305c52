/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-preview-picture"

#include "window/messages/preview-picture.h"

#include <glib/gi18n-lib.h>

#include "window/base/picture-loader.h"

/* Twice as large as it is shown, for fine screens */
#define SIDE_MAX 640

static const struct
{
  const char *id;
  HeraldPictureKind kind;
} kinds[] = {
  { "snapshot", HERALD_PICTURE_OF_CAMERA },
  { "thumbnail", HERALD_PICTURE_OF_FILE },
};

/* A picture of one kind */
typedef struct
{
  gboolean is_asked;
  GdkTexture *texture;
  char *reason;
} Picture;

/**
 * HeraldPreviewPicture:
 *
 * The pictures that would go with a message now, for its preview. Each is fetched once and only if somebody wants to see it: a
 * camera is not asked again for every letter that is typed.
 */
struct _HeraldPreviewPicture
{
  GObject parent_instance;

  HeraldServiceLink *link;
  char *printer;
  GCancellable *cancellable;
  Picture pictures[G_N_ELEMENTS (kinds)];
};

G_DEFINE_FINAL_TYPE (HeraldPreviewPicture, herald_preview_picture, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Which of them is loaded */
typedef struct
{
  HeraldPreviewPicture *self;
  Picture *picture;
} Load;

static void
on_loaded (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Load *load = user_data;
  g_autoptr(HeraldPreviewPicture) self = load->self;
  g_autoptr(GError) error = NULL;

  load->picture->texture = herald_picture_loader_run_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    load->picture->reason = herald_picture_loader_dup_reason (error);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_busy (HeraldDBusPrinter1 *printer)
{
  const char *state = herald_dbus_printer1_get_state (printer);

  return g_strcmp0 (state, "printing") == 0 || g_strcmp0 (state, "paused") == 0;
}

/* (transfer full) (nullable): that of the message; for all printers, one that prints before one that does not */
static HeraldDBusPrinter1 *
ref_printer (HeraldPreviewPicture *self)
{
  GListModel *printers = herald_service_link_get_printers (self->link);

  if (*self->printer != '\0')
    return herald_service_link_ref_printer (self->link, self->printer);

  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldDBusPrinter1) printer = g_list_model_get_item (printers, i);

      if (is_busy (printer))
        return g_steal_pointer (&printer);
    }

  return g_list_model_get_item (printers, 0);
}

static void
load (HeraldPreviewPicture *self,
      guint                 index)
{
  g_autoptr(HeraldDBusPrinter1) printer = ref_printer (self);
  Load *load;

  if (printer == NULL)
    {
      self->pictures[index].reason = g_strdup (_("There is no printer yet."));
      return;
    }

  load = g_new0 (Load, 1);
  *load = (Load) { g_object_ref (self), &self->pictures[index] };
  herald_picture_loader_run_async (printer, kinds[index].kind, NULL, SIDE_MAX, self->cancellable, on_loaded, load);
}

/* GObject */

static void
herald_preview_picture_dispose (GObject *object)
{
  HeraldPreviewPicture *self = HERALD_PREVIEW_PICTURE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_preview_picture_parent_class)->dispose (object);
}

static void
herald_preview_picture_finalize (GObject *object)
{
  HeraldPreviewPicture *self = HERALD_PREVIEW_PICTURE (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->pictures); i++)
    {
      g_clear_object (&self->pictures[i].texture);
      g_free (self->pictures[i].reason);
    }
  g_object_unref (self->cancellable);
  g_free (self->printer);

  G_OBJECT_CLASS (herald_preview_picture_parent_class)->finalize (object);
}

static void
herald_preview_picture_class_init (HeraldPreviewPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_preview_picture_dispose;
  G_OBJECT_CLASS (klass)->finalize = herald_preview_picture_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_preview_picture_init (HeraldPreviewPicture *self)
{
  self->cancellable = g_cancellable_new ();
}

HeraldPreviewPicture *
herald_preview_picture_new (HeraldServiceLink *link,
                            const char        *printer)
{
  HeraldPreviewPicture *self = g_object_new (HERALD_TYPE_PREVIEW_PICTURE, NULL);

  self->link = g_object_ref (link);
  self->printer = g_strdup (printer);

  return self;
}

GdkPaintable *
herald_preview_picture_get (HeraldPreviewPicture *self,
                            const char           *kind,
                            const char          **reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      Picture *picture = &self->pictures[i];

      if (!g_str_equal (kinds[i].id, kind))
        continue;
      if (!picture->is_asked)
        {
          picture->is_asked = TRUE;
          load (self, i);
        }
      *reason = picture->reason;
      return (GdkPaintable *) picture->texture;
    }

  /* A film is made when a print is over. */
  *reason = NULL;
  return NULL;
}
