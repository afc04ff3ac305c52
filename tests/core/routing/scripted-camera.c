/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-scripted-camera"

#include "scripted-camera.h"

#include <string.h>

#include "core/base/error.h"

#define SIDE 64

G_DEFINE_FINAL_TYPE (ScriptedCamera, scripted_camera, HERALD_TYPE_PRINTER)

/* HeraldPrinter */

static void
scripted_camera_do_nothing (HeraldPrinter *printer)
{
}

static char *
scripted_camera_dup_origin (HeraldPrinter *printer)
{
  return g_strdup ("http://scripted:80");
}

static char **
scripted_camera_dup_cameras (HeraldPrinter *printer)
{
  const char *const one[] = { "Webcam", NULL };

  return SCRIPTED_CAMERA (printer)->picture != NULL ? g_strdupv ((char **) one) : g_new0 (char *, 1);
}

static void
scripted_camera_find_pictures_async (HeraldPrinter           *printer,
                                     const HeraldPictureWish *wish,
                                     GCancellable            *cancellable,
                                     GAsyncReadyCallback      callback,
                                     gpointer                 user_data)
{
  ScriptedCamera *self = SCRIPTED_CAMERA (printer);
  g_autoptr(GTask) task = g_task_new (printer, cancellable, callback, user_data);
  const HeraldOrientation upright = { 0 };
  GPtrArray *sources;

  g_ptr_array_add (self->wishes, g_strdup (herald_picture_wish_to_id (wish->kind)));
  if (wish->kind != HERALD_PICTURE_WISH_SNAPSHOT)
    {
      g_task_return_new_error (task, HERALD_ERROR, self->file_code, "There is no thumbnail.");
      return;
    }
  if (self->picture == NULL)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "The printer has no camera.");
      return;
    }

  sources = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_picture_source_free);
  g_ptr_array_add (sources, herald_picture_source_new (HERALD_SOURCE_STILL, "http://scripted/camera", FALSE,
                                                      upright));
  g_task_return_pointer (task, sources, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
scripted_camera_find_pictures_finish (HeraldPrinter  *printer,
                                      GAsyncResult   *result,
                                      GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  g_task_return_error_if_cancelled (G_TASK (user_data));

  return G_SOURCE_REMOVE;
}

static void
scripted_camera_read_picture_async (HeraldPrinter              *printer,
                                    const HeraldPictureSource  *source,
                                    const HeraldPictureRequest *request,
                                    GCancellable               *cancellable,
                                    GAsyncReadyCallback         callback,
                                    gpointer                    user_data)
{
  ScriptedCamera *self = SCRIPTED_CAMERA (printer);
  g_autoptr(GTask) task = g_task_new (printer, cancellable, callback, user_data);

  self->n_reads++;
  if (self->code == -2)
    {
      g_autoptr(GSource) cancelled = g_cancellable_source_new (cancellable);

      g_task_attach_source (task, cancelled, (GSourceFunc) (void (*) (void)) on_cancelled);
    }
  else if (self->code >= 0)
    g_task_return_new_error (task, HERALD_ERROR, self->code, "The camera is asleep.");
  else
    g_task_return_pointer (task, g_bytes_ref (self->n_reads > 1 && self->next != NULL ? self->next : self->picture),
                           (GDestroyNotify) g_bytes_unref);
}

static GBytes *
scripted_camera_read_picture_finish (HeraldPrinter  *printer,
                                     GAsyncResult   *result,
                                     GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* GObject */

static void
scripted_camera_finalize (GObject *object)
{
  ScriptedCamera *self = SCRIPTED_CAMERA (object);

  g_clear_pointer (&self->picture, g_bytes_unref);
  g_clear_pointer (&self->next, g_bytes_unref);
  g_clear_pointer (&self->wishes, g_ptr_array_unref);

  G_OBJECT_CLASS (scripted_camera_parent_class)->finalize (object);
}

static void
scripted_camera_class_init (ScriptedCameraClass *klass)
{
  HeraldPrinterClass *printer_class = HERALD_PRINTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = scripted_camera_finalize;
  printer_class->start = scripted_camera_do_nothing;
  printer_class->stop = scripted_camera_do_nothing;
  printer_class->dup_origin = scripted_camera_dup_origin;
  printer_class->dup_cameras = scripted_camera_dup_cameras;
  printer_class->find_pictures_async = scripted_camera_find_pictures_async;
  printer_class->find_pictures_finish = scripted_camera_find_pictures_finish;
  printer_class->read_picture_async = scripted_camera_read_picture_async;
  printer_class->read_picture_finish = scripted_camera_read_picture_finish;
}

static void
scripted_camera_init (ScriptedCamera *self)
{
  self->code = -1;
  self->file_code = HERALD_ERROR_SETTINGS;
  self->wishes = g_ptr_array_new_with_free_func (g_free);
}

ScriptedCamera *
scripted_camera_new (const char *id)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();

  herald_values_set (settings, "url", "http://scripted");
  herald_values_set (settings, "snapshot-timeout", "1");

  return g_object_new (SCRIPTED_TYPE_CAMERA, "id", id, "settings", settings, NULL);
}

/* PNG (ISO 15948) */

static guint32
get_crc (const guint8 *data,
         gsize         length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }

  return ~crc;
}

static void
add_number (GByteArray *bytes,
            guint32     number)
{
  guint32 swapped = GUINT32_TO_BE (number);

  g_byte_array_append (bytes, (const guint8 *) &swapped, sizeof swapped);
}

static void
add_chunk (GByteArray *png,
           const char *type,
           GByteArray *content)
{
  guint start;

  add_number (png, content->len);
  start = png->len;
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, content->data, content->len);
  add_number (png, get_crc (png->data + start, png->len - start));
}

static GByteArray *
make_pixels (guint8 grey)
{
  g_autoptr(GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1);
  guint8 lines[SIDE * (SIDE + 1)] = { 0 };
  GByteArray *packed = g_byte_array_new ();
  gsize n_read = 0, n_written = 0;

  for (guint i = 0; i < sizeof lines; i++)
    lines[i] = i % (SIDE + 1) == 0 ? 0 : grey;
  g_byte_array_set_size (packed, 8192);
  g_assert_cmpint (g_converter_convert (G_CONVERTER (compressor), lines, sizeof lines, packed->data, packed->len,
                                        G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL), ==,
                   G_CONVERTER_FINISHED);
  g_byte_array_set_size (packed, (guint) n_written);

  return packed;
}

GBytes *
scripted_camera_make_grey (guint8 grey)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 eight_bits_of_grey[] = { 8, 0, 0, 0, 0 };
  GByteArray *png = g_byte_array_new ();
  g_autoptr(GByteArray) head = g_byte_array_new ();
  g_autoptr(GByteArray) pixels = make_pixels (grey);
  g_autoptr(GByteArray) end = g_byte_array_new ();

  add_number (head, SIDE);
  add_number (head, SIDE);
  g_byte_array_append (head, eight_bits_of_grey, sizeof eight_bits_of_grey);
  g_byte_array_append (png, signature, sizeof signature);
  add_chunk (png, "IHDR", head);
  add_chunk (png, "IDAT", pixels);
  add_chunk (png, "IEND", end);

  return g_byte_array_free_to_bytes (png);
}
