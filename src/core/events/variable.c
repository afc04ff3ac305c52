/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-variable"

#include "core/events/variable.h"

#include <glib/gi18n-lib.h>

#define NAME HERALD_VARIABLE_NAME
#define FIGURE HERALD_VARIABLE_FIGURE
#define OWN HERALD_VARIABLE_OWN

/* Everything a template can speak of, in the order in which people read about it. */
static const HeraldVariable variables[] = {
  { "printer", NAME, N_("the name you gave the printer"), "MK4" },
  { "event", FIGURE, N_("what has happened, in a few words"), "Print finished" },
  { "date", FIGURE, N_("the day it happened"), "02/01/26" },
  { "clock", FIGURE, N_("the time of day it happened"), "14:02" },

  { "file", NAME, N_("the file’s name without its ending"), "benchy" },
  { "name", NAME, N_("the file’s name with its ending"), "benchy.gcode" },
  { "path", NAME, N_("the file’s name with the folders it is in"), "boats/benchy.gcode" },
  { "origin", NAME, N_("where the file is: “local” on the server, “sdcard” or “printer” in the printer"), "local" },
  { "size", FIGURE, N_("the file’s size in bytes"), "3541874" },
  { "user", NAME, N_("who did it, by the name in OctoPrint"), "anna" },
  { "owner", NAME, N_("who started the print, by the name in OctoPrint"), "anna" },
  { "filament", FIGURE, N_("how much filament the print takes"), "4.2 m" },

  { "progress", FIGURE, N_("how much is done, in percent"), "42" },
  { "spent", FIGURE, N_("how long it has been printing, in seconds"), "2712" },
  { "spent_formatted", FIGURE, N_("how long it has been printing, in hours, minutes and seconds"), "00:45:12" },
  { "remaining", FIGURE, N_("how long it will still take, in seconds"), "3745" },
  { "remaining_formatted", FIGURE, N_("how long it will still take, in hours, minutes and seconds"), "01:02:25" },
  { "eta", FIGURE, N_("when it is expected to be finished"), "15:40" },
  { "time", FIGURE, N_("how long it took, in seconds"), "6457" },
  { "time_formatted", FIGURE, N_("how long it took, in hours, minutes and seconds"), "01:47:37" },
  { "height", FIGURE, N_("how high the nozzle is, in millimetres"), "12.40" },
  { "layer", FIGURE, N_("the number of the layer being printed"), "62" },
  { "layers", FIGURE, N_("how many layers there are"), "148" },
  { "position", FIGURE, N_("where the nozzle is, in millimetres"), "X 110.0 Y 95.5 Z 12.4" },

  { "temperatures", FIGURE, N_("all temperatures, each with what it is to be"), "tool 215/215 °C, bed 60/60 °C" },
  { "tool", FIGURE, N_("how hot the nozzle is, in °C"), "215" },
  { "tool_target", FIGURE, N_("how hot the nozzle is to be, in °C"), "215" },
  { "bed", FIGURE, N_("how warm the bed is, in °C"), "60" },
  { "bed_target", FIGURE, N_("how warm the bed is to be, in °C"), "60" },
  { "chamber", FIGURE, N_("how warm the chamber is, in °C"), "32" },
  { "chamber_target", FIGURE, N_("how warm the chamber is to be, in °C"), "35" },

  { "reason", NAME, N_("why it happened"), "error" },
  { "error", NAME, N_("what went wrong, as the printer or OctoPrint says it"), "Thermal runaway" },
  { "question", NAME, N_("what the printer asks"), "Load new filament" },
  { "state", NAME, N_("what the printer is doing, as OctoPrint says it"), "Operational" },
  { "url", NAME, N_("the address of the printer’s OctoPrint"), "http://octopi.local" },
  { "consequence", FIGURE, N_("what it means for the print under way, as a sentence"), "" },
  { "away", FIGURE, N_("that it happened while nobody could listen, and when, as a sentence"), "" },

  { "local", NAME, N_("the name of the file that is copied"), "benchy.gcode" },
  { "remote", NAME, N_("the name of the copy in the printer"), "BENCHY~1.GCO" },
  { "gcode", NAME, N_("the name of the file whose print was filmed"), "benchy.gcode" },
  { "movie", NAME, N_("the film’s place on the server"), "/home/pi/.octoprint/timelapse/benchy_20260102140236.mp4" },
  { "movie_basename", NAME, N_("the name of the film"), "benchy_20260102140236.mp4" },
  { "movie_prefix", NAME, N_("the name of the film without its ending"), "benchy_20260102140236" },
  { "returncode", FIGURE, N_("the code with which making the film failed"), "1" },
  { "out", NAME, N_("what the program that makes the film said"), "" },

  { "heater", FIGURE, N_("what has cooled down"), N_("The bed") },
  { "temperature", FIGURE, N_("how warm it still is, in °C"), "39" },
  { "threshold", FIGURE, N_("below how many °C it is told"), "40" },

  { "title", OWN, N_("the title that the other program gave"), N_("Hello") },
  { "text", OWN, N_("the text that the other program gave"), N_("A message from another program.") },
};

/**
 * herald_variable_get_all:
 * @n_variables: (out): how many there are
 *
 * Returns: (array length=n_variables) (transfer none): all there are
 */
const HeraldVariable *
herald_variable_get_all (guint *n_variables)
{
  *n_variables = G_N_ELEMENTS (variables);

  return variables;
}

const HeraldVariable *
herald_variable_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      if (g_strcmp0 (variables[i].name, name) == 0)
        return &variables[i];
    }

  return NULL;
}
