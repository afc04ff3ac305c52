/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-live"

#include "core/printers/printer-private.h"

/* What changes while a printer is watched: the other half of #HeraldPrinter. */

static gboolean
replace_text (char       **field,
              const char  *text)
{
  if (g_strcmp0 (*field, text) == 0)
    return FALSE;

  g_free (*field);
  *field = g_strdup (text);

  return TRUE;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/**
 * herald_printer_set_watch_options:
 * @options: copied
 */
void
herald_printer_set_watch_options (HeraldPrinter            *self,
                                  const HeraldWatchOptions *options)
{
  herald_printer_get_private (self)->options = *options;
}

const HeraldWatchOptions *
herald_printer_get_watch_options (HeraldPrinter *self)
{
  return &herald_printer_get_private (self)->options;
}

HeraldConnection
herald_printer_get_connection (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_private (self);

  return priv->connection;
}

/**
 * herald_printer_get_problem:
 *
 * Returns: (nullable): what is wrong with the connection, one sentence for a person
 */
const char *
herald_printer_get_problem (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_private (self);

  return priv->problem;
}

/**
 * herald_printer_get_version:
 *
 * Returns: of the server, empty if not known
 */
const char *
herald_printer_get_version (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_private (self);

  return priv->version != NULL ? priv->version : "";
}

HeraldPrinterState *
herald_printer_get_state (HeraldPrinter *self)
{
  HeraldPrinterPrivate *priv = herald_printer_get_private (self);

  return priv->state;
}

const char *
herald_printer_get_server_name (HeraldPrinter *self)
{
  return or_empty (herald_printer_get_private (self)->server_name);
}

const char *
herald_printer_get_color (HeraldPrinter *self)
{
  return or_empty (herald_printer_get_private (self)->color);
}

const char *
herald_printer_get_gap (HeraldPrinter *self)
{
  return or_empty (herald_printer_get_private (self)->gap);
}

const char *
herald_printer_get_fallback (HeraldPrinter *self)
{
  return or_empty (herald_printer_get_private (self)->fallback);
}

const char *
herald_printer_get_attention (HeraldPrinter *self)
{
  return or_empty (herald_printer_get_private (self)->attention);
}

HeraldCertificate *
herald_printer_get_certificate (HeraldPrinter *self)
{
  return herald_printer_get_private (self)->certificate;
}

gint64
herald_printer_get_finish_ms (HeraldPrinter *self)
{
  return herald_printer_get_private (self)->finish_time.shown_ms;
}

HeraldTemperatureHistory *
herald_printer_get_temperatures (HeraldPrinter *self)
{
  return herald_printer_get_private (self)->temperatures;
}

/**
 * herald_printer_set_connection:
 * @problem: (nullable): what is wrong, one sentence for a person
 *
 * For subclasses.
 */
void
herald_printer_set_connection (HeraldPrinter    *self,
                               HeraldConnection  connection,
                               const char       *problem)
{
  HeraldPrinterPrivate *priv = herald_printer_get_private (self);

  if (priv->connection == connection && g_strcmp0 (priv->problem, problem) == 0)
    return;

  priv->connection = connection;
  g_free (priv->problem);
  priv->problem = g_strdup (problem);
  herald_printer_notify (self, HERALD_PRINTER_PROP_CONNECTION);
}

/**
 * herald_printer_set_version:
 *
 * For subclasses, before herald_printer_set_connection().
 */
void
herald_printer_set_version (HeraldPrinter *self,
                            const char    *version)
{
  HeraldPrinterPrivate *priv = herald_printer_get_private (self);

  g_free (priv->version);
  priv->version = g_strdup (version);
}

/**
 * herald_printer_set_state:
 *
 * For subclasses.
 */
void
herald_printer_set_state (HeraldPrinter      *self,
                          HeraldPrinterState *state)
{
  HeraldPrinterPrivate *priv = herald_printer_get_private (self);

  if (priv->state == state)
    return;

  herald_printer_state_unref (priv->state);
  priv->state = herald_printer_state_ref (state);
  herald_finish_time_take (&priv->finish_time, state);
  herald_temperature_history_add_state (priv->temperatures, state);
  herald_printer_notify (self, HERALD_PRINTER_PROP_STATE);
}

/**
 * herald_printer_set_certificate:
 * @certificate: (nullable): of the server, if it is not trusted
 *
 * For subclasses, before herald_printer_set_connection().
 */
void
herald_printer_set_certificate (HeraldPrinter     *self,
                                HeraldCertificate *certificate)
{
  HeraldPrinterPrivate *priv = herald_printer_get_private (self);

  if (priv->certificate == certificate)
    return;

  g_clear_pointer (&priv->certificate, herald_certificate_unref);
  priv->certificate = certificate != NULL ? herald_certificate_ref (certificate) : NULL;
  herald_printer_notify (self, HERALD_PRINTER_PROP_CONNECTION);
}

/**
 * herald_printer_set_server_name:
 * @name: what the server calls the printer; cleaned
 * @color: the server's word for the colour; cleaned
 *
 * For subclasses.
 */
void
herald_printer_set_server_name (HeraldPrinter *self,
                                const char    *name,
                                const char    *color)
{
  HeraldPrinterPrivate *priv = herald_printer_get_private (self);
  gboolean changed = replace_text (&priv->server_name, name);

  if (replace_text (&priv->color, color) || changed)
    herald_printer_notify (self, HERALD_PRINTER_PROP_SERVER);
}

/**
 * herald_printer_set_gap:
 * @sentence: (nullable): about the last time we could not listen
 *
 * For subclasses.
 */
void
herald_printer_set_gap (HeraldPrinter *self,
                        const char    *sentence)
{
  if (replace_text (&herald_printer_get_private (self)->gap, sentence))
    herald_printer_notify (self, HERALD_PRINTER_PROP_SERVER);
}

/**
 * herald_printer_set_attention:
 * @sentence: (nullable): why somebody has to come to the printer, %NULL if nobody has
 *
 * For subclasses.
 */
void
herald_printer_set_attention (HeraldPrinter *self,
                              const char    *sentence)
{
  if (replace_text (&herald_printer_get_private (self)->attention, sentence))
    herald_printer_notify (self, HERALD_PRINTER_PROP_ATTENTION);
}

/**
 * herald_printer_set_fallback:
 * @sentence: (nullable): why there are no live updates
 *
 * For subclasses.
 */
void
herald_printer_set_fallback (HeraldPrinter *self,
                             const char    *sentence)
{
  if (replace_text (&herald_printer_get_private (self)->fallback, sentence))
    herald_printer_notify (self, HERALD_PRINTER_PROP_SERVER);
}
