/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-options"

#include "core/routing/message-options.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/* More digits than any of these numbers needs. */
#define VALUE_MAX_BYTES 16

#define KIND(name) (1u << HERALD_KIND_##name)

/* All but those to which nobody but their sender adds a picture */
#define KINDS_WITH_PICTURE ((1u << HERALD_N_EVENT_KINDS) - 1 - KIND (TEST) - KIND (CUSTOM))

G_STATIC_ASSERT (HERALD_N_EVENT_KINDS < 32);

/* All but those at whose arrival somebody looks on */
#define KINDS_OF_EVENTS ((1u << HERALD_N_EVENT_KINDS) - 1 - KIND (TEST))

/* The table of options: whoever shows or checks one reads it here. */
static const HeraldMessageOption options[] = {
  {
    KIND (PRINT_PROGRESS), "step", HERALD_OPTION_WHOLE, "10", 0, 50, 0,
    /* Translators: a unit, behind a field for a number */
    N_("%"),
    N_("Every so many percent"),
    N_("A message at each multiple, never at 0 or 100. 0 for none."),
  },
  {
    KIND (PRINT_PROGRESS), "minutes", HERALD_OPTION_WHOLE, "0", 0, 1440, 0, N_("minutes"),
    N_("Every so many minutes"),
    N_("Counts the time of printing, without pauses. 0 for none."),
  },
  {
    KIND (PRINT_PROGRESS), "estimate-step", HERALD_OPTION_WHOLE, "0", 0, 50, 0, N_("%"),
    N_("Every so many percent of the estimated time"),
    N_("A message in even steps of time, however long the print is. 0 for none."),
  },
  {
    KIND (PRINT_PROGRESS), "height", HERALD_OPTION_DECIMAL, "0", 0, 1000, 0.1, N_("mm"),
    N_("Every so many millimetres of height"),
    N_("0 for none; otherwise at least 0.1."),
  },
  {
    KIND (PRINT_PROGRESS), "layers", HERALD_OPTION_WHOLE, "0", 0, 10000, 0, N_("layers"),
    N_("Every so many layers"),
    N_("Only where OctoPrint knows the layers, which takes a plugin. 0 for none."),
  },
  {
    KIND (PRINT_PROGRESS), "at-least-minutes", HERALD_OPTION_WHOLE, "0", 0, 1440, 0,
    N_("minutes"),
    N_("At least every so many minutes"),
    N_("A message when nothing else was told for so long. 0 for none."),
  },
  {
    KIND (PRINT_PROGRESS), "spacing", HERALD_OPTION_WHOLE, "0", 0, 86400, 0, N_("seconds"),
    N_("Never closer than so many seconds"),
    N_("What comes sooner after a message waits, and only the latest is told. 0 for no limit."),
  },
  {
    KIND (PRINT_PROGRESS), "min-print", HERALD_OPTION_WHOLE, "0", 0, 1440, 0, N_("minutes"),
    N_("Only prints of at least so many minutes"),
    N_("Prints that are estimated to be shorter tell no progress. 0 for all prints."),
  },
  {
    KIND (TRANSFER_PROGRESS), "step", HERALD_OPTION_WHOLE, "25", 0, 50, 0, N_("%"),
    N_("Every so many percent"),
    N_("A message at each multiple, never at 0 or 100. 0 for none."),
  },
  {
    KIND (ATTENTION_NEEDED), "repeat-lock", HERALD_OPTION_WHOLE, "60", 0, 600, 0,
    N_("seconds"),
    N_("Not again within so many seconds"),
    N_("A printer that waits says so again and again. Less than 30 counts as 30 within one wait."),
  },
  {
    KIND (ATTENTION_NEEDED), "remind", HERALD_OPTION_WHOLE, "0", 0, 1440, 0, N_("minutes"),
    N_("Remind every so many minutes"),
    N_("As long as nobody came to the printer. 0 for never."),
  },
  {
    KIND (COOLED_DOWN), "bed", HERALD_OPTION_WHOLE, "40", 0, 150, 0, N_("°C"),
    N_("Bed below"),
    N_("A message when the bed is cooler than this after a print. 0 for none."),
  },
  {
    KIND (COOLED_DOWN), "tool", HERALD_OPTION_WHOLE, "0", 0, 400, 0, N_("°C"),
    N_("Hotend below"),
    N_("A message when the hotend is cooler than this after a print. 0 for none."),
  },
  {
    KIND (PRINT_DONE) | KIND (PRINT_FAILED) | KIND (PRINT_CANCELLED), "picture-delay", HERALD_OPTION_WHOLE, "0",
    -60, 60, 0, N_("seconds"),
    N_("Take the picture so many seconds after the end"),
    N_("Until the head is out of the way. Below 0 for how it looked so many seconds before the end."),
  },
  {
    KINDS_WITH_PICTURE, "placeholder", HERALD_OPTION_BOOLEAN, "false", 0, 1, 0, "",
    N_("Send a placeholder if there is no picture"),
    N_("A picture that says that the camera is offline, instead of the words alone."),
  },
  {
    KINDS_OF_EVENTS, "away-minutes", HERALD_OPTION_WHOLE, "0", 0, 240, 0, N_("minutes"),
    N_("Elsewhere only when nobody was at this computer for so many minutes"),
    N_("As long as you are at this computer it is only shown there. 0 to tell it everywhere at once."),
  },
};

/**
 * herald_message_options_get_all:
 * @n_options: (out): how many
 *
 * Returns: (transfer none) (array length=n_options): the options of all kinds
 */
const HeraldMessageOption *
herald_message_options_get_all (guint *n_options)
{
  *n_options = G_N_ELEMENTS (options);

  return options;
}

/**
 * herald_message_options_find:
 *
 * Returns: (transfer none) (nullable): the option of that name, if messages of @kind have it
 */
const HeraldMessageOption *
herald_message_options_find (HeraldEventKind  kind,
                             const char      *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      if (herald_message_option_applies (&options[i], kind) && g_str_equal (options[i].name, name))
        return &options[i];
    }

  return NULL;
}

gboolean
herald_message_option_applies (const HeraldMessageOption *self,
                               HeraldEventKind            kind)
{
  return (self->kinds & (1u << kind)) != 0;
}

static gboolean
parse_boolean (const char *value,
               double     *number)
{
  if (!g_str_equal (value, "true") && !g_str_equal (value, "false"))
    return FALSE;

  *number = g_str_equal (value, "true");
  return TRUE;
}

/* Plain digits, with a point if need be: no exponent, no comma, nothing around it, and a sign only where less than 0
 * makes sense. */
static gboolean
parse (const HeraldMessageOption *self,
       const char                *value,
       double                    *number)
{
  const char *allowed = self->type == HERALD_OPTION_DECIMAL ? "0123456789." : "0123456789";
  const char *digits = self->minimum < 0 && *value == '-' ? value + 1 : value;
  gsize length = strlen (digits);
  char *end = NULL;
  double parsed;

  if (self->type == HERALD_OPTION_BOOLEAN)
    return parse_boolean (value, number);
  if (length == 0 || length > VALUE_MAX_BYTES || strspn (digits, allowed) != length)
    return FALSE;

  parsed = g_ascii_strtod (value, &end);
  if (end == value || *end != '\0' || parsed < self->minimum || parsed > self->maximum ||
      (parsed > 0 && parsed < self->least))
    return FALSE;

  *number = parsed;
  return TRUE;
}

/**
 * herald_message_option_check:
 *
 * Returns: whether the option can have this value; if not, @error is HERALD_ERROR_SETTINGS
 */
gboolean
herald_message_option_check (const HeraldMessageOption  *self,
                             const char                 *value,
                             GError                    **error)
{
  double number;

  if (parse (self, value, &number))
    return TRUE;

  if (self->type == HERALD_OPTION_BOOLEAN)
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” must be true or false"), self->name);
    }
  else if (self->type == HERALD_OPTION_WHOLE)
    {
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   _("“%s” must be a whole number from %d to %d"), self->name,
                   (int) self->minimum, (int) self->maximum);
    }
  else
    {
      char least[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (least, sizeof least, "%g", self->least);
      g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                   /* Translators: the name of a setting, then two numbers. The decimal point of
                    * the setting is a point in every language. */
                   _("“%s” must be 0 or a number from %s to %d, with a decimal point if need be"),
                   self->name, least, (int) self->maximum);
    }

  return FALSE;
}

/**
 * herald_message_option_read:
 * @value: (nullable): any text; what cannot be a value of this option counts as not set
 *
 * Returns: the number; 1 for `true`
 */
double
herald_message_option_read (const HeraldMessageOption *self,
                            const char                *value)
{
  double number;

  if (value != NULL && parse (self, value, &number))
    return number;

  if (!parse (self, self->fallback, &number))
    g_assert_not_reached ();

  return number;
}
