/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/pictures/picture-format.h"
#include "picture/painting.h"
#include "picture/sandbox.h"

#define CHUNK_BYTES 65536

/* What a sanitizer does at the end is not allowed here. */
G_NORETURN static void
give_up (const char *word)
{
  fprintf (stderr, "%s\n", word);
  fflush (stderr);
  _exit (EXIT_FAILURE);
}

G_NORETURN static void
give_up_picture (HeraldPictureFault fault)
{
  give_up (herald_picture_fault_to_id (fault));
}

static GByteArray *
read_input (void)
{
  g_autoptr(GByteArray) input = g_byte_array_new ();
  static guint8 chunk[CHUNK_BYTES];

  for (;;)
    {
      ssize_t length = read (STDIN_FILENO, chunk, sizeof chunk);

      if (length < 0 && errno == EINTR)
        continue;
      if (length < 0)
        give_up ("input");
      if (length == 0)
        return g_steal_pointer (&input);
      g_byte_array_append (input, chunk, (guint) length);
      if (input->len > HERALD_PICTURE_MAX_BYTES)
        give_up_picture (HERALD_PICTURE_FAULT_LARGE);
    }
}

static void
write_output (const void *data,
              gsize       size)
{
  const guint8 *next = data;

  while (size > 0)
    {
      ssize_t length = write (STDOUT_FILENO, next, size);

      if (length < 0 && errno == EINTR)
        continue;
      if (length <= 0)
        give_up ("output");
      next += length;
      size -= (gsize) length;
    }
}

/* All that has to do with foreign bytes */
static void
convert (const HeraldPictureRecipe *recipe)
{
  g_autoptr(GByteArray) input = read_input ();
  HeraldPictureFault fault = HERALD_PICTURE_FAULT_NONE;
  HeraldPictureHead head = { 0 };
  g_autoptr(HeraldCanvas) canvas =
    herald_painting_read (input->data, input->len, recipe->max_side, &fault);
  guint brightness;
  g_autoptr(GBytes) output = NULL;
  g_autofree char *line = NULL;

  if (canvas == NULL)
    give_up_picture (fault);

  brightness = herald_canvas_get_brightness (canvas);
  if (!recipe->png)
    herald_canvas_put_on_white (canvas);
  herald_canvas_turn (canvas, &recipe->orientation);
  if (recipe->square)
    herald_canvas_put_in_square (canvas, recipe->png);

  output = herald_painting_write (canvas, recipe, &head, &fault);
  if (output == NULL)
    give_up_picture (fault);

  line = g_strdup_printf (HERALD_PICTURE_LINE, recipe->png ? "png" : "jpeg", head.width,
                          head.height, brightness);
  write_output (line, strlen (line));
  write_output (g_bytes_get_data (output, NULL), g_bytes_get_size (output));
}

/* 0 and what is more than the limits are the limits. */
static void
set_sizes (HeraldPictureRecipe *recipe,
           int                  max_side,
           int                  max_bytes)
{
  recipe->max_side =
    max_side > 0 ? MIN ((guint) max_side, HERALD_PICTURE_MAX_SIDE) : HERALD_PICTURE_MAX_SIDE;
  recipe->max_bytes =
    max_bytes > 0 ? MIN ((gsize) max_bytes, HERALD_PICTURE_MAX_BYTES) : HERALD_PICTURE_MAX_BYTES;
}

int
main (int    argc,
      char **argv)
{
  HeraldPictureRecipe recipe = { 0 };
  int max_side = 0;
  int max_bytes = 0;
  const GOptionEntry entries[] = {
    { "flip-horizontally", 0, 0, G_OPTION_ARG_NONE, &recipe.orientation.flip_horizontally,
      N_("Swap left and right"), NULL },
    { "flip-vertically", 0, 0, G_OPTION_ARG_NONE, &recipe.orientation.flip_vertically,
      N_("Swap top and bottom"), NULL },
    { "rotate-left", 0, 0, G_OPTION_ARG_NONE, &recipe.orientation.rotate_90_left,
      N_("After that, turn it by 90° to the left"), NULL },
    { "max-side", 0, 0, G_OPTION_ARG_INT, &max_side,
      /* Translators: “PIXELS” stands for a number; say it as in the message “PIXELS” */
      N_("Make it smaller until its longer side has no more than PIXELS pixels"), N_("PIXELS") },
    { "max-bytes", 0, 0, G_OPTION_ARG_INT, &max_bytes,
      /* Translators: “BYTES” stands for a number; say it as in the message “BYTES” */
      N_("Lower its quality, then its size, until it has no more than BYTES bytes"), N_("BYTES") },
    { "square", 0, 0, G_OPTION_ARG_NONE, &recipe.square, N_("Put it in the middle of a square"),
      NULL },
    { "png", 0, 0, G_OPTION_ARG_NONE, &recipe.png, N_("Make a PNG, not a JPEG"), NULL },
    { NULL },
  };
  g_autoptr(GOptionContext) context = NULL;
  g_autoptr(GError) error = NULL;

  herald_language_init ();

  context = g_option_context_new (NULL);
  g_option_context_set_summary (
    context, _("Reads one picture (JPEG, PNG or QOI) from standard input, and writes it anew: a\n"
               "line “octoherald-picture TYPE WIDTH HEIGHT BRIGHTNESS”, and then the picture,\n"
               "without anything that was in it besides its pixels."));
  g_option_context_set_description (
    context, _("OctoHerald has every picture that comes from outside read by this program, because\n"
               "it can do nothing else: no files, no network, little memory, 5 seconds. If it fails\n"
               "its exit status is 1, and one word on standard error says why."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1)
    {
      fprintf (stderr, "%s\n",
               error != NULL ? error->message : _("This program takes options only."));
      return 2;
    }

  set_sizes (&recipe, max_side, max_bytes);
  if (!herald_painting_warm_up ())
    give_up ("decoder");
  if (!herald_sandbox_enter ())
    give_up ("sandbox");
  convert (&recipe);
  _exit (EXIT_SUCCESS);
}
