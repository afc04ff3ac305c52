/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-verb"

#include "service/actions/printer-verb.h"

#include <glib/gi18n-lib.h>

#include "core/pictures/picture-fetch.h"
#include "core/printers/printer-words.h"
#include "service/notifications/plain-notice.h"
#include "service/actions/printer-refusal.h"

/* Somebody waits for the picture, but nothing else does. */
#define PICTURE_DEADLINE_MS (20 * 1000)

/* What did not come to pass; with the name of the printer */
static const struct
{
  HeraldPrinterAction action;
  const char *failure;
} failures[] = {
  { HERALD_ACTION_PAUSE, N_("“%s” could not be paused") },
  { HERALD_ACTION_RESUME, N_("The print on “%s” could not be resumed") },
  { HERALD_ACTION_CANCEL, N_("The print on “%s” could not be cancelled") },
  { HERALD_ACTION_CONNECT, N_("OctoPrint could not be connected to “%s”") },
  { HERALD_ACTION_DISCONNECT, N_("OctoPrint could not be disconnected from “%s”") },
};

/* A picture on its way to the screen */
typedef struct
{
  HeraldLauncher *launcher;
  char *token;
} Showing;

static void
showing_free (Showing *showing)
{
  g_object_unref (showing->launcher);
  g_free (showing->token);
  g_free (showing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Showing, showing_free)

static const char *
get_failure (HeraldPrinterAction action)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      if (failures[i].action == action)
        return _(failures[i].failure);
    }

  g_return_val_if_reached ("%s");
}

static void
tell (const char    *title,
      HeraldPrinter *printer,
      const char    *text)
{
  g_autofree char *name = herald_printer_words_format_name (printer);
  g_auto(GStrv) parts = g_strsplit (title, "%s", 2);
  g_autofree char *full = g_strjoinv (name, parts);

  herald_plain_notice_tell (full, text);
}

/* Returns: (transfer none) (nullable): %NULL was told */
static HeraldPrinter *
find (HeraldEngine *engine,
      const char   *id)
{
  HeraldPrinter *printer = herald_engine_find_printer (engine, id);

  if (printer == NULL)
    herald_plain_notice_tell (_("This printer is not there any more"),
                              _("Somebody has removed it from OctoHerald, so nothing was done."));

  return printer;
}

static void
on_control_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HeraldPrinter *printer = HERALD_PRINTER (source);
  g_autoptr(GError) error = NULL;

  if (!herald_printer_control_finish (printer, result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (get_failure ((HeraldPrinterAction) GPOINTER_TO_UINT (user_data)), printer, error->message);
}

void
herald_printer_verb_control (HeraldEngine        *engine,
                             const char          *id,
                             HeraldPrinterAction  action)
{
  HeraldPrinter *printer = find (engine, id);
  const char *refusal = printer != NULL ? herald_printer_refusal_get (printer, action) : NULL;

  if (printer == NULL)
    return;

  if (refusal != NULL)
    tell (get_failure (action), printer, refusal);
  else
    herald_printer_control_async (printer, action, NULL, on_control_ready, GUINT_TO_POINTER (action));
}

void
herald_printer_verb_refuse_other_job (HeraldEngine *engine,
                                      const char   *id)
{
  HeraldPrinter *printer = find (engine, id);

  if (printer != NULL)
    tell (get_failure (HERALD_ACTION_CANCEL), printer,
          _("The print you were asked about is over. What is being printed now goes on."));
}

void
herald_printer_verb_mute_print (HeraldEngine *engine,
                                const char   *id)
{
  HeraldPrinter *printer = find (engine, id);
  g_autoptr(GError) error = NULL;

  if (printer != NULL && !herald_engine_mute_print (engine, id, &error))
    tell (_("The print on “%s” could not be muted"), printer, error->message);
}

void
herald_printer_verb_open (HeraldEngine   *engine,
                          HeraldLauncher *launcher,
                          const char     *id,
                          const char     *token)
{
  HeraldPrinter *printer = find (engine, id);

  if (printer != NULL)
    herald_launcher_open_page (launcher, herald_printer_get_url (printer), token);
}

static void
on_picture_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(Showing) showing = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldPictureCatch) caught = herald_picture_fetch_finish (result, &error);

  if (caught != NULL)
    herald_launcher_open_picture (showing->launcher, caught->picture->bytes,
                                  herald_picture_type_get_media_type (caught->picture->type), showing->token);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (_("There is no picture of “%s”"), HERALD_PRINTER (source), error->message);
}

void
herald_printer_verb_picture (HeraldEngine   *engine,
                             HeraldLauncher *launcher,
                             const char     *id,
                             const char     *token)
{
  const HeraldPictureWish wish = { .kind = HERALD_PICTURE_WISH_SNAPSHOT };
  HeraldPrinter *printer = find (engine, id);
  Showing *showing = NULL;

  if (printer == NULL)
    return;

  showing = g_new0 (Showing, 1);
  showing->launcher = g_object_ref (launcher);
  showing->token = g_strdup (token);
  herald_picture_fetch_async (printer, &wish, PICTURE_DEADLINE_MS, 0, NULL, on_picture_ready, showing);
}
