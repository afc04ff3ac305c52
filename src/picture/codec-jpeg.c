/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-codec-jpeg"

#include "picture/codec-jpeg.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>

#include "picture/exif.h"

#define N_COLOURS 3
#define N_INKS 4
/* By halves it is quick. */
#define MAX_DIVISOR 8
#define MAX_SEGMENT_BYTES 0xffff
/* Encoders make a dozen; each goes through the whole picture, even if it says nothing. */
#define MAX_PASSES 100
#define CHUNK_BYTES 65536

/* libjpeg leaves by a jump. What it jumps over holds nothing: all that has to be freed is in a struct of the function
 * that has called the one to which it jumps, and is freed there. */
typedef struct
{
  struct jpeg_error_mgr errors;
  jmp_buf escape;
  HeraldPictureFault fault;
} Trouble;

G_NORETURN static void
on_error (j_common_ptr common)
{
  Trouble *trouble = common->client_data;

  trouble->fault = common->err->msg_code == JERR_OUT_OF_MEMORY ? HERALD_PICTURE_FAULT_LARGE
                                                               : HERALD_PICTURE_FAULT_DAMAGED;
  longjmp (trouble->escape, 1);
}

/* Most warnings are of pixels that are spoilt. But libjpeg would also go on behind the last byte, with grey. */
static void
on_message (j_common_ptr common,
            int          level)
{
  if (level < 0 && common->err->msg_code == JWRN_JPEG_EOF)
    on_error (common);
}

static void
on_output (j_common_ptr common)
{
}

static struct jpeg_error_mgr *
set_up_trouble (Trouble *trouble)
{
  jpeg_std_error (&trouble->errors);
  trouble->errors.error_exit = on_error;
  trouble->errors.emit_message = on_message;
  trouble->errors.output_message = on_output;
  trouble->fault = HERALD_PICTURE_FAULT_DAMAGED;

  return &trouble->errors;
}

/* Decoding */

typedef struct
{
  Trouble trouble;
  struct jpeg_decompress_struct decoder;
  struct jpeg_progress_mgr progress;
  HeraldCanvas *canvas;
  HeraldOrientation *orientation;
} Reader;

static void
read_orientation (Reader *self)
{
  for (jpeg_saved_marker_ptr marker = self->decoder.marker_list; marker != NULL; marker = marker->next)
    {
      if (herald_exif_read_orientation (marker->data, marker->data_length, self->orientation))
        return;
    }
}

static void
on_progress (j_common_ptr common)
{
  j_decompress_ptr decoder = (j_decompress_ptr) common;

  if (decoder->input_scan_number > MAX_PASSES)
    on_error (common);
}

/* The largest divisor that leaves as many pixels as are wanted. */
static void
choose_divisor (j_decompress_ptr decoder,
                guint            width,
                guint            height)
{
  decoder->scale_num = 1;
  for (guint divisor = MAX_DIVISOR; divisor >= 1; divisor /= 2)
    {
      decoder->scale_denom = divisor;
      jpeg_calc_output_dimensions (decoder);
      if (decoder->output_width >= width && decoder->output_height >= height)
        return;
    }
}

/* What is stored is how much paper is left, not how much ink there is: so Adobe began, and so does everybody, also
 * where no marker of Adobe's says so. */
static void
mix_inks (const JSAMPLE *inks,
          guint          n_pixels,
          guint8        *pixel)
{
  for (guint i = 0; i < n_pixels; i++, inks += N_INKS)
    {
      for (guint j = 0; j < N_COLOURS; j++)
        *pixel++ = (guint8) ((inks[j] * inks[N_INKS - 1] + MAXJSAMPLE / 2) / MAXJSAMPLE);
    }
}

static void
read_rows (Reader *self)
{
  j_decompress_ptr decoder = &self->decoder;
  gboolean has_inks = decoder->out_color_space == JCS_CMYK;
  JSAMPROW inks = NULL;

  /* libjpeg's, which frees it with its own. */
  if (has_inks)
    inks = decoder->mem->alloc_small ((j_common_ptr) decoder, JPOOL_IMAGE,
                                      (size_t) decoder->output_width * N_INKS);

  while (decoder->output_scanline < decoder->output_height)
    {
      JSAMPROW pixels = herald_canvas_get_row (self->canvas, decoder->output_scanline);
      JSAMPROW row = has_inks ? inks : pixels;

      jpeg_read_scanlines (decoder, &row, 1);
      if (has_inks)
        mix_inks (inks, decoder->output_width, pixels);
    }
}

static gboolean
decode (Reader                  *self,
        const HeraldPictureHead *head,
        const guint8            *data,
        gsize                    size,
        guint                    width,
        guint                    height)
{
  j_decompress_ptr decoder = &self->decoder;

  if (setjmp (self->trouble.escape) != 0)
    return FALSE;

  jpeg_create_decompress (decoder);
  decoder->progress = &self->progress;
  jpeg_mem_src (decoder, data, size);
  jpeg_save_markers (decoder, JPEG_APP0 + 1, MAX_SEGMENT_BYTES);
  jpeg_read_header (decoder, TRUE);
  /* libjpeg must see what we have seen. */
  if (decoder->image_width != head->width || decoder->image_height != head->height)
    return FALSE;

  read_orientation (self);
  decoder->out_color_space = decoder->num_components == N_INKS ? JCS_CMYK : JCS_RGB;
  choose_divisor (decoder, width, height);
  self->canvas = herald_canvas_try_new (N_COLOURS, decoder->output_width, decoder->output_height);
  if (self->canvas == NULL)
    {
      self->trouble.fault = HERALD_PICTURE_FAULT_LARGE;
      return FALSE;
    }

  jpeg_start_decompress (decoder);
  if (decoder->output_width != self->canvas->width || decoder->output_height != self->canvas->height)
    return FALSE;
  read_rows (self);
  jpeg_finish_decompress (decoder);

  return TRUE;
}

HeraldCanvas *
herald_jpeg_decode (const HeraldPictureHead *head,
                    const guint8            *data,
                    gsize                    size,
                    guint                    width,
                    guint                    height,
                    HeraldOrientation       *orientation,
                    HeraldPictureFault      *fault)
{
  Reader reader = { 0 };
  gboolean is_read;

  reader.orientation = orientation;
  reader.decoder.err = set_up_trouble (&reader.trouble);
  reader.decoder.client_data = &reader.trouble;
  reader.progress.progress_monitor = on_progress;
  is_read = decode (&reader, head, data, size, width, height);
  jpeg_destroy_decompress (&reader.decoder);
  if (is_read)
    return reader.canvas;

  herald_canvas_free (reader.canvas);
  *fault = reader.trouble.fault;

  return NULL;
}

/* Encoding */

typedef struct
{
  Trouble trouble;
  struct jpeg_compress_struct encoder;
  struct jpeg_destination_mgr destination;
  JOCTET chunk[CHUNK_BYTES];
  GByteArray *output;
} Writer;

static void
on_begin (j_compress_ptr encoder)
{
  Writer *self = encoder->client_data;

  self->destination.next_output_byte = self->chunk;
  self->destination.free_in_buffer = CHUNK_BYTES;
}

static boolean
on_chunk_full (j_compress_ptr encoder)
{
  Writer *self = encoder->client_data;

  g_byte_array_append (self->output, self->chunk, CHUNK_BYTES);
  on_begin (encoder);

  return TRUE;
}

static void
on_end (j_compress_ptr encoder)
{
  Writer *self = encoder->client_data;

  g_byte_array_append (self->output, self->chunk,
                       (guint) (CHUNK_BYTES - self->destination.free_in_buffer));
}

static gboolean
encode (Writer             *self,
        const HeraldCanvas *canvas,
        guint               quality)
{
  j_compress_ptr encoder = &self->encoder;

  if (setjmp (self->trouble.escape) != 0)
    return FALSE;

  jpeg_create_compress (encoder);
  encoder->dest = &self->destination;
  encoder->image_width = canvas->width;
  encoder->image_height = canvas->height;
  encoder->input_components = N_COLOURS;
  encoder->in_color_space = JCS_RGB;
  jpeg_set_defaults (encoder);
  jpeg_set_quality (encoder, (int) quality, TRUE);
  jpeg_start_compress (encoder, TRUE);
  while (encoder->next_scanline < encoder->image_height)
    {
      JSAMPROW row = herald_canvas_get_row (canvas, encoder->next_scanline);

      jpeg_write_scanlines (encoder, &row, 1);
    }
  jpeg_finish_compress (encoder);

  return TRUE;
}

GBytes *
herald_jpeg_encode (const HeraldCanvas *canvas,
                    guint               quality,
                    HeraldPictureFault *fault)
{
  g_autofree Writer *writer = g_new0 (Writer, 1);
  gboolean is_written;

  g_return_val_if_fail (canvas->n_channels == N_COLOURS, NULL);

  writer->output = g_byte_array_new ();
  writer->destination.init_destination = on_begin;
  writer->destination.empty_output_buffer = on_chunk_full;
  writer->destination.term_destination = on_end;
  writer->encoder.err = set_up_trouble (&writer->trouble);
  /* The trouble is the first that is in it. */
  writer->encoder.client_data = writer;
  is_written = encode (writer, canvas, quality);
  jpeg_destroy_compress (&writer->encoder);
  if (is_written)
    return g_byte_array_free_to_bytes (writer->output);

  g_byte_array_unref (writer->output);
  *fault = writer->trouble.fault;

  return NULL;
}
