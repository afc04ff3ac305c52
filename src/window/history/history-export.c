/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-export"

#include "window/history/history-export.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "window/history/history-ids.h"

/* In one question, and in one piece of the file */
#define AT_ONCE 250

/* Of files that are called the same but for a number */
#define NAMES_MAX 99

typedef struct
{
  HeraldDBusService1 *service;
  GArray *ids;
  guint n_done;
  gboolean has_rows;
  HeraldExportFormat format;
  GFileProgressCallback progress;
  gpointer progress_data;
  guint n_names;
  GFile *hidden; /* what is written; it gets its name when it is whole */
  GFile *file;   /* where people will find it */
  GOutputStream *stream;
  GString *text;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_object (&export->service);
  g_array_unref (export->ids);
  g_clear_object (&export->hidden);
  g_clear_object (&export->file);
  g_clear_object (&export->stream);
  g_string_free (export->text, TRUE);
  g_free (export);
}

/* (transfer full): in the folder where people look for what they have saved */
static GFile *
make_file (Export   *export,
           gboolean  is_hidden)
{
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%F");
  g_autofree char *number = export->n_names > 1 ? g_strdup_printf (" (%u)", export->n_names) : g_strdup ("");
  /* Translators: the name of a file: a day, and a number if there is such a file already */
  g_autofree char *stem = g_strdup_printf (_("OctoHerald History %s%s"), day, number);
  g_autofree char *name = g_strconcat (is_hidden ? "." : "", stem, export->format == HERALD_EXPORT_CSV ? ".csv" : ".json",
                                       is_hidden ? ".part" : "", NULL);
  g_autofree char *path = NULL;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    folder = g_get_home_dir ();
  path = g_build_filename (folder, name, NULL);

  return g_file_new_for_path (path);
}

static void go_on (GTask *taken_task);

/* The program must not end before the file is whole. */
static void
hold (void)
{
  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
}

static void
let_go (void)
{
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
}

static void
end (GTask  *taken_task,
     GError *taken_error)
{
  g_autoptr(GTask) task = taken_task;
  Export *export = g_task_get_task_data (task);

  if (taken_error != NULL && export->stream != NULL)
    g_file_delete_async (export->hidden, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  if (taken_error != NULL)
    g_task_return_error (task, taken_error);
  else
    g_task_return_pointer (task, g_object_ref (export->file), g_object_unref);
  let_go ();
}

static void
end_by_disk (GTask        *taken_task,
             const GError *error)
{
  const char *sentence = _("The file could not be written. Please check the disk, and save the history again.");

  g_debug ("Not saved: %s", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    sentence = _("There is no room left on the disk. Please make some, and save the history again.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    sentence = _("OctoHerald may not write into your folder for documents. Please allow it, and save the history again.");
  end (taken_task, g_error_new_literal (HERALD_ERROR, HERALD_ERROR_REJECTED, sentence));
}

/* ── The end of it ──────────────────────────────────────────────────────── */

static void name_file (GTask *taken_task);

static void
on_move_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (g_file_move_finish (G_FILE (object), result, &error))
    end (task, NULL);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) && export->n_names < NAMES_MAX)
    name_file (task);
  else
    end_by_disk (task, error);
}

/* Never over something that is there. Half a file would be taken for a whole one: it has no name until it is one. */
static void
name_file (GTask *taken_task)
{
  Export *export = g_task_get_task_data (taken_task);

  export->n_names++;
  g_clear_object (&export->file);
  export->file = make_file (export, FALSE);
  g_file_move_async (export->hidden, export->file, G_FILE_COPY_NONE, G_PRIORITY_DEFAULT, NULL, NULL, NULL, on_move_ready,
                     taken_task);
}

static void
on_close_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!g_output_stream_close_finish (G_OUTPUT_STREAM (object), result, &error))
    {
      end_by_disk (task, error);
      return;
    }

  export->n_names = 0;
  name_file (task);
}

/* ── What is in it ──────────────────────────────────────────────────────── */

static void
on_write_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    {
      end_by_disk (task, error);
      return;
    }
  if (export->progress != NULL)
    export->progress (export->n_done, export->ids->len, export->progress_data);
  if (export->n_done < export->ids->len)
    go_on (task);
  else
    g_output_stream_close_async (export->stream, G_PRIORITY_DEFAULT, NULL, on_close_ready, task);
}

static void
write_text (GTask *taken_task)
{
  Export *export = g_task_get_task_data (taken_task);

  if (export->n_done >= export->ids->len)
    herald_history_export_add_end (export->text, export->format, !export->has_rows);
  g_output_stream_write_all_async (export->stream, export->text->str, export->text->len, G_PRIORITY_DEFAULT,
                                   NULL, on_write_ready, taken_task);
}

static void
on_list_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr(GVariant) rows = NULL;
  GError *error = NULL;

  if (!herald_dbus_service1_call_list_history_finish (HERALD_DBUS_SERVICE1 (object), &rows, result, &error))
    {
      end (task, error);
      return;
    }

  herald_history_export_add_rows (export->text, export->format, rows, !export->has_rows);
  export->has_rows = export->has_rows || g_variant_n_children (rows) > 0 || export->text->len > 0;
  write_text (task);
}

static void
go_on (GTask *taken_task)
{
  Export *export = g_task_get_task_data (taken_task);
  guint n_ids = MIN (AT_ONCE, export->ids->len - export->n_done);
  g_autoptr(GArray) part = g_array_new (FALSE, FALSE, sizeof (gint64));
  GVariantDict filter;

  g_string_truncate (export->text, 0);
  if (n_ids == 0)
    {
      write_text (taken_task);
      return;
    }

  g_array_append_vals (part, &g_array_index (export->ids, gint64, export->n_done), n_ids);
  export->n_done += n_ids;
  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert_value (&filter, "ids", herald_history_ids_to_variant (part));
  g_variant_dict_insert (&filter, "limit", "u", n_ids);
  herald_dbus_service1_call_list_history (export->service, g_variant_dict_end (&filter), NULL,
                                          on_list_ready, taken_task);
}

static void create (GTask *taken_task);

static void
on_create_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  GFileOutputStream *stream = g_file_create_finish (G_FILE (object), result, &error);

  if (stream != NULL)
    {
      export->stream = G_OUTPUT_STREAM (stream);
      go_on (task);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) && export->n_names < NAMES_MAX)
    create (task);
  else
    end_by_disk (task, error);
}

/* Another one may be under way, or was left behind when the computer was switched off. */
static void
create (GTask *taken_task)
{
  Export *export = g_task_get_task_data (taken_task);

  export->n_names++;
  g_clear_object (&export->hidden);
  export->hidden = make_file (export, TRUE);
  g_file_create_async (export->hidden, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT, NULL, on_create_ready, taken_task);
}

/**
 * herald_history_export_async:
 * @progress: (nullable): told how many of how many are written
 *
 * A message that is deleted meanwhile is left out. The program goes on until it is written, also without its window.
 */
void
herald_history_export_async (HeraldDBusService1    *service,
                             GArray                *taken_ids,
                             HeraldExportFormat     format,
                             GFileProgressCallback  progress,
                             gpointer               progress_data,
                             GAsyncReadyCallback    callback,
                             gpointer               user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Export *export = g_new0 (Export, 1);

  export->service = g_object_ref (service);
  export->ids = taken_ids;
  export->format = format;
  export->progress = progress;
  export->progress_data = progress_data;
  export->text = g_string_new (NULL);
  g_task_set_source_tag (task, herald_history_export_async);
  g_task_set_task_data (task, export, export_free);
  hold ();
  create (task);
}

/**
 * herald_history_export_finish:
 *
 * Returns: (transfer full): the file; %NULL with HERALD_ERROR_REJECTED if it cannot be written, or with that of a call to
 *   the service
 */
GFile *
herald_history_export_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
