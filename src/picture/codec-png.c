/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-codec-png"

#include "picture/codec-png.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

#define BITS_PER_SAMPLE 8
#define N_COLOURS 3

/* libpng leaves by a jump. What it jumps over holds nothing: all that has to be freed is here, and the function that
 * has called the one to which it jumps frees it. */
typedef struct
{
  jmp_buf escape;
  gboolean lacks_memory;
  png_struct *png;
  png_info *info;
  /* What is left to be read */
  const guint8 *data;
  gsize size;
  HeraldCanvas *canvas;
  GByteArray *output;
} Job;

G_NORETURN static void
on_error (png_struct *png,
          const char *message)
{
  Job *self = png_get_error_ptr (png);

  longjmp (self->escape, 1);
}

static void
on_warning (png_struct *png,
            const char *message)
{
}

static void *
on_allocate (png_struct       *png,
             png_alloc_size_t  size)
{
  Job *self = png_get_mem_ptr (png);
  void *memory = g_try_malloc (size);

  self->lacks_memory |= memory == NULL;

  return memory;
}

static void
on_free (png_struct *png,
         void       *memory)
{
  g_free (memory);
}

static HeraldPictureFault
get_fault (const Job *self)
{
  return self->lacks_memory ? HERALD_PICTURE_FAULT_LARGE : HERALD_PICTURE_FAULT_DAMAGED;
}

/* Decoding */

static void
on_read (png_struct *png,
         guint8     *to,
         size_t      length)
{
  Job *self = png_get_io_ptr (png);

  if (length > self->size)
    png_error (png, "cut off");
  memcpy (to, self->data, length);
  self->data += length;
  self->size -= length;
}

/* Whatever it is, into bytes of red, green, blue and, if it can be transparent, opacity */
static void
ask_for_bytes (Job *self)
{
  png_set_expand (self->png);
  png_set_scale_16 (self->png);
  png_set_gray_to_rgb (self->png);
}

static void
read_rows (Job *self,
           int  n_passes)
{
  for (int pass = 0; pass < n_passes; pass++)
    {
      for (guint y = 0; y < self->canvas->height; y++)
        png_read_row (self->png, herald_canvas_get_row (self->canvas, y), NULL);
    }
}

static gboolean
decode (Job                     *self,
        const HeraldPictureHead *head)
{
  guint n_channels;
  int n_passes;

  if (setjmp (self->escape) != 0)
    return FALSE;

  self->png = png_create_read_struct_2 (PNG_LIBPNG_VER_STRING, self, on_error, on_warning, self,
                                        on_allocate, on_free);
  self->info = self->png != NULL ? png_create_info_struct (self->png) : NULL;
  if (self->info == NULL)
    return FALSE;

  png_set_read_fn (self->png, self, on_read);
  png_set_user_limits (self->png, HERALD_PICTURE_MAX_SIDE, HERALD_PICTURE_MAX_SIDE);
  /* Only what makes pixels: nothing else is unpacked, or even looked at. */
  png_set_keep_unknown_chunks (self->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_read_info (self->png, self->info);
  ask_for_bytes (self);
  n_passes = png_set_interlace_handling (self->png);
  png_read_update_info (self->png, self->info);

  n_channels = png_get_channels (self->png, self->info);
  /* libpng must see what we have seen. */
  if (png_get_image_width (self->png, self->info) != head->width ||
      png_get_image_height (self->png, self->info) != head->height || n_channels < N_COLOURS ||
      png_get_rowbytes (self->png, self->info) != (gsize) n_channels * head->width)
    return FALSE;

  self->canvas = herald_canvas_try_new (n_channels, head->width, head->height);
  self->lacks_memory |= self->canvas == NULL;
  if (self->canvas == NULL)
    return FALSE;
  read_rows (self, n_passes);
  png_read_end (self->png, NULL);

  return TRUE;
}

HeraldCanvas *
herald_png_decode (const HeraldPictureHead *head,
                   const guint8            *data,
                   gsize                    size,
                   HeraldPictureFault      *fault)
{
  Job job = { .data = data, .size = size };
  gboolean is_read = decode (&job, head);

  png_destroy_read_struct (&job.png, &job.info, NULL);
  if (is_read)
    return job.canvas;

  herald_canvas_free (job.canvas);
  *fault = get_fault (&job);

  return NULL;
}

/* Encoding */

static void
on_write (png_struct *png,
          guint8     *from,
          size_t      length)
{
  Job *self = png_get_io_ptr (png);

  g_byte_array_append (self->output, from, (guint) length);
}

static void
on_flush (png_struct *png)
{
}

static gboolean
encode (Job                *self,
        const HeraldCanvas *canvas)
{
  if (setjmp (self->escape) != 0)
    return FALSE;

  self->png = png_create_write_struct_2 (PNG_LIBPNG_VER_STRING, self, on_error, on_warning, self,
                                         on_allocate, on_free);
  self->info = self->png != NULL ? png_create_info_struct (self->png) : NULL;
  if (self->info == NULL)
    return FALSE;

  png_set_write_fn (self->png, self, on_write, on_flush);
  png_set_IHDR (self->png, self->info, canvas->width, canvas->height, BITS_PER_SAMPLE,
                canvas->n_channels > N_COLOURS ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
                PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info (self->png, self->info);
  for (guint y = 0; y < canvas->height; y++)
    png_write_row (self->png, herald_canvas_get_row (canvas, y));
  png_write_end (self->png, NULL);

  return TRUE;
}

GBytes *
herald_png_encode (const HeraldCanvas *canvas,
                   HeraldPictureFault *fault)
{
  Job job = { .output = g_byte_array_new () };
  gboolean is_written = encode (&job, canvas);

  png_destroy_write_struct (&job.png, &job.info);
  if (is_written)
    return g_byte_array_free_to_bytes (job.output);

  g_byte_array_unref (job.output);
  *fault = get_fault (&job);

  return NULL;
}
