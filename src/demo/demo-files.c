/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-files"

#include "demo/demo-files.h"

#define BYTES_PER_S 170

/**
 * HeraldDemoFiles:
 *
 * What lies on the server and on the card of the printer: files with their
 * print counters, and films. Every change makes a new revision, for the ETag.
 */
struct _HeraldDemoFiles
{
  GPtrArray *files;
  GArray *movies;
  guint revision;
};

static void
free_file (gpointer data)
{
  HeraldDemoFile *file = data;

  g_free (file->path);
  g_free (file->hash);
  g_free (file);
}

static void
clear_movie (gpointer data)
{
  g_free (((HeraldDemoMovie *) data)->name);
}

static void
write_content (HeraldDemoFiles *self,
               HeraldDemoFile  *file,
               gint64           now_ms)
{
  g_autofree char *content = g_strdup_printf ("%s %u %" G_GINT64_FORMAT, file->path,
                                              ++self->revision, now_ms);

  g_free (file->hash);
  file->hash = g_compute_checksum_for_string (G_CHECKSUM_SHA1, content, -1);
  file->date_ms = now_ms;
}

HeraldDemoFiles *
herald_demo_files_new (void)
{
  HeraldDemoFiles *self = g_new0 (HeraldDemoFiles, 1);

  self->files = g_ptr_array_new_with_free_func (free_file);
  self->movies = g_array_new (FALSE, FALSE, sizeof (HeraldDemoMovie));
  g_array_set_clear_func (self->movies, clear_movie);

  return self;
}

void
herald_demo_files_free (HeraldDemoFiles *self)
{
  g_ptr_array_unref (self->files);
  g_array_unref (self->movies);
  g_free (self);
}

/**
 * herald_demo_files_put:
 * @seconds: how long it takes to print; more than 0
 * @now_ms: the server's clock
 *
 * Returns: (transfer none): the file, made if there was none of this name; holds until it is
 * removed
 */
HeraldDemoFile *
herald_demo_files_put (HeraldDemoFiles  *self,
                       HeraldDemoOrigin  origin,
                       const char       *path,
                       double            seconds,
                       gint64            now_ms)
{
  HeraldDemoFile *file = herald_demo_files_find (self, origin, path);

  if (file == NULL)
    {
      file = g_new0 (HeraldDemoFile, 1);
      file->path = g_strdup (path);
      file->origin = origin;
      g_ptr_array_add (self->files, file);
      write_content (self, file, now_ms);
    }
  file->seconds = seconds;
  file->size = MAX ((gint64) (seconds * BYTES_PER_S), 1);

  return file;
}

HeraldDemoFile *
herald_demo_files_find (HeraldDemoFiles  *self,
                        HeraldDemoOrigin  origin,
                        const char       *path)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      HeraldDemoFile *file = g_ptr_array_index (self->files, i);

      if (file->origin == origin && g_strcmp0 (file->path, path) == 0)
        return file;
    }

  return NULL;
}

/* Returns (transfer none) (element-type HeraldDemoFile) */
GPtrArray *
herald_demo_files_get_all (HeraldDemoFiles *self)
{
  return self->files;
}

/**
 * herald_demo_files_count:
 * @elapsed_s: how long it printed; OctoPrint keeps it of a success only
 */
void
herald_demo_files_count (HeraldDemoFiles *self,
                         HeraldDemoFile  *file,
                         gboolean         success,
                         gint64           now_ms,
                         double           elapsed_s)
{
  HeraldDemoPrints *prints = &file->prints;

  self->revision++;
  if (success)
    {
      prints->n_success++;
      prints->last_s = elapsed_s;
      prints->total_s += elapsed_s;
    }
  else
    prints->n_failure++;
  prints->last_success = success;
  prints->last_ms = now_ms;
}

void
herald_demo_files_reset_counters (HeraldDemoFiles *self,
                                  HeraldDemoFile  *file)
{
  self->revision++;
  file->prints = (HeraldDemoPrints) { 0 };
}

/* Another file of the same name: its history begins anew. */
void
herald_demo_files_replace (HeraldDemoFiles *self,
                           HeraldDemoFile  *file,
                           gint64           now_ms)
{
  herald_demo_files_reset_counters (self, file);
  write_content (self, file, now_ms);
}

void
herald_demo_files_remove (HeraldDemoFiles *self,
                          HeraldDemoFile  *file)
{
  self->revision++;
  g_ptr_array_remove (self->files, file);
}

void
herald_demo_files_add_movie (HeraldDemoFiles *self,
                             const char      *name,
                             gint64           now_ms)
{
  HeraldDemoMovie movie = { .name = g_strdup (name), .date_ms = now_ms };

  self->revision++;
  g_array_append_val (self->movies, movie);
}

/* Returns (transfer none) (element-type HeraldDemoMovie) */
GArray *
herald_demo_files_get_movies (HeraldDemoFiles *self)
{
  return self->movies;
}

guint
herald_demo_files_get_revision (HeraldDemoFiles *self)
{
  return self->revision;
}
