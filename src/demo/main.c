/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo"

#include <sys/resource.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <gmime/gmime.h>
#include <json-glib/json-glib.h>

#include "core/base/language.h"
#include "core/base/text.h"
#include "demo/demo-mailbox.h"
#include "demo/demo-printer.h"
#include "demo/demo-x-tell.h"

#define PRINTERS_MAX 1000
#define TEXT_MAX_CHARS 4000
/* Before the first print of a printer, in its seconds */
#define FIRST_REST_S 5
/* How long the last mail may take after the last print */
#define MAIL_PATIENCE_MS 10000

static int n_printers = 2;
static double speed = 1;
static int first_port;
static int mail_port;
static int x_port;
static char *key;
static double print_seconds = 60;
static double rest_seconds = 5;
static gboolean once;
static gboolean idle;
static gboolean bare;
static gboolean as_json;

static const GOptionEntry options[] = {
  { "printers", 0, 0, G_OPTION_ARG_INT, &n_printers, N_("How many printers (2)"), "N" },
  { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &speed, N_("How much faster than life they print (1)"), "X" },
  { "port", 0, 0, G_OPTION_ARG_INT, &first_port,
    N_("Port of the first printer, the others follow; 0 for any"), "P" },
  { "mail-port", 0, 0, G_OPTION_ARG_INT, &mail_port, N_("Port of the mailbox; 0 for any"), "P" },
  { "x-port", 0, 0, G_OPTION_ARG_INT, &x_port, N_("Port of X; 0 for any"), "P" },
  { "key", 0, 0, G_OPTION_ARG_STRING, &key, N_("The API key of the printers"), "KEY" },
  { "print-seconds", 0, 0, G_OPTION_ARG_DOUBLE, &print_seconds, N_("How long a print takes (60)"),
    "S" },
  { "rest-seconds", 0, 0, G_OPTION_ARG_DOUBLE, &rest_seconds, N_("How long it rests between two prints (5)"), "S" },
  { "once", 0, 0, G_OPTION_ARG_NONE, &once, N_("Print once on every printer as soon as it is watched, then end"), NULL },
  { "idle", 0, 0, G_OPTION_ARG_NONE, &idle, N_("Print nothing unless told to"), NULL },
  { "bare", 0, 0, G_OPTION_ARG_NONE, &bare, N_("No mailbox and no X, only printers"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Speak JSON, one object a line"), NULL },
  { NULL },
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)

typedef struct
{
  GMainLoop *loop;
  GPtrArray *printers;
  HeraldDemoMailbox *mailbox;
  HeraldDemoX *x;
  guint n_ended;
  guint n_mails;
} Demo;

/* Takes @object */
static void
say_json (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  json_node_take_object (node, object);
  json = json_to_string (node, FALSE);
  g_print ("%s\n", json);
}

static char *
dup_mail_text (GMimeMessage *message)
{
  GMimeObject *part = message != NULL ? g_mime_message_get_body (message) : NULL;
  g_autofree char *text = NULL;

  if (GMIME_IS_TEXT_PART (part))
    text = g_mime_text_part_get_text (GMIME_TEXT_PART (part));

  return herald_text_clean_lines (text, TEXT_MAX_CHARS);
}

static void
on_part_found (GMimeObject *parent,
               GMimeObject *part,
               gpointer     user_data)
{
  char **picture = user_data;

  if (*picture == NULL && GMIME_IS_PART (part) && g_mime_part_is_attachment (GMIME_PART (part)))
    *picture = herald_text_clean (g_mime_part_get_filename (GMIME_PART (part)), TEXT_MAX_CHARS);
}

static void
on_message_received (HeraldDemoMailbox *mailbox,
                     const char        *sender,
                     char             **recipients,
                     GBytes            *bytes,
                     gpointer           user_data)
{
  Demo *demo = user_data;
  g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer (g_bytes_get_data (bytes, NULL),
                                                                     g_bytes_get_size (bytes));
  g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream (stream);
  g_autoptr(GMimeMessage) message = g_mime_parser_construct_message (parser, NULL);
  g_autofree char *to = g_strjoinv (", ", recipients);
  g_autofree char *clean_to = herald_text_clean (to, TEXT_MAX_CHARS);
  g_autofree char *subject =
      herald_text_clean (message != NULL ? g_mime_message_get_subject (message) : NULL, TEXT_MAX_CHARS);
  g_autofree char *text = dup_mail_text (message);
  g_autofree char *picture = NULL;

  demo->n_mails++;
  if (message != NULL)
    g_mime_message_foreach (message, on_part_found, &picture);
  if (as_json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "mail", clean_to);
      json_object_set_string_member (object, "subject", subject);
      json_object_set_string_member (object, "text", text);
      json_object_set_string_member (object, "picture", picture != NULL ? picture : "");
      say_json (object);
      return;
    }
  g_print (_("\n✉ Mail to %s\n  %s\n  %s\n"), clean_to, subject, text);
  if (picture != NULL)
    g_print (_("  With a picture: %s\n"), picture);
  g_print ("\n");
}

/* The prints take turns: the first goes well, the second fails, the third is cancelled, … */
static gboolean
on_rest_timeout (gpointer user_data)
{
  HeraldDemoPrinter *printer = user_data;
  guint turn;

  /* One print is all there is to see: it waits for somebody to see it. */
  if (once && !herald_demo_printer_is_watched (printer))
    return G_SOURCE_CONTINUE;

  turn = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (printer), "turn"));

  g_object_set_data (G_OBJECT (printer), "turn", GUINT_TO_POINTER (turn + 1));
  herald_demo_job_connect (herald_demo_printer_get_job (printer));
  herald_demo_printer_print (printer, "benchy.gcode", print_seconds, (HeraldDemoOutcome) (turn % 3));

  return G_SOURCE_REMOVE;
}

static gboolean
on_patience_timeout (gpointer user_data)
{
  Demo *demo = user_data;

  g_main_loop_quit (demo->loop);

  return G_SOURCE_REMOVE;
}

static void
on_printer_event (HeraldDemoPrinter *printer,
                  const char        *type,
                  JsonNode          *payload,
                  gpointer           user_data)
{
  Demo *demo = user_data;

  if (!g_str_has_prefix (type, "Print") || g_str_has_prefix (type, "PrinterState"))
    return;

  if (as_json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "event", type);
      json_object_set_string_member (object, "name", herald_demo_printer_get_name (printer));
      say_json (object);
    }
  else
    g_print ("%s: %s\n", herald_demo_printer_get_name (printer), type);

  if (!g_str_equal (type, "PrintDone") && !g_str_equal (type, "PrintFailed"))
    return;

  demo->n_ended++;
  if (once && demo->n_ended == demo->printers->len)
    g_timeout_add (MAIL_PATIENCE_MS, on_patience_timeout, demo);
  else if (!once && !idle)
    g_timeout_add ((guint) (rest_seconds * 1000 / speed), on_rest_timeout, printer);
}

static gboolean
add_printer (Demo    *demo,
             guint    i,
             GError **error)
{
  g_autofree char *name = g_strdup_printf (_("Demo printer %u"), i + 1);
  guint16 port = first_port > 0 ? (guint16) (first_port + (int) i) : 0;
  HeraldDemoPrinter *printer = herald_demo_printer_new (name, key, port, speed, error);
  g_autofree char *url = NULL;

  if (printer == NULL)
    return FALSE;

  g_ptr_array_add (demo->printers, printer);
  g_object_set_data (G_OBJECT (printer), "turn", GUINT_TO_POINTER (i));
  g_signal_connect (printer, "event", G_CALLBACK (on_printer_event), demo);
  url = herald_demo_printer_dup_url (printer);
  if (as_json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "printer", name);
      json_object_set_string_member (object, "url", url);
      json_object_set_string_member (object, "key", key);
      say_json (object);
    }
  else
    g_print (_("%s is ready at %s with the key %s\n"), name, url, key);
  if (!idle)
    g_timeout_add ((guint) (FIRST_REST_S * 1000 / speed), on_rest_timeout, printer);

  return TRUE;
}

static gboolean
open_mailbox (Demo    *demo,
              GError **error)
{
  demo->mailbox = herald_demo_mailbox_new ((guint16) mail_port, error);
  if (demo->mailbox == NULL)
    return FALSE;

  g_signal_connect (demo->mailbox, "message-received", G_CALLBACK (on_message_received), demo);
  if (as_json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "mailbox", "127.0.0.1");
      json_object_set_int_member (object, "port", herald_demo_mailbox_get_port (demo->mailbox));
      say_json (object);
    }
  else
    g_print (_("The mailbox is open at 127.0.0.1, port %u\n"),
             herald_demo_mailbox_get_port (demo->mailbox));

  return TRUE;
}

static void
on_posted (HeraldDemoX *x,
           guint        i,
           gpointer     user_data)
{
  herald_demo_x_tell_post (x, i, as_json);
}

static gboolean
open_x (Demo    *demo,
        GError **error)
{
  demo->x = herald_demo_x_new ((guint16) x_port, error);
  if (demo->x == NULL)
    return FALSE;

  g_signal_connect (demo->x, "posted", G_CALLBACK (on_posted), NULL);
  herald_demo_x_tell_open (demo->x, as_json);

  return TRUE;
}

static gboolean
on_unix_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
read_options (int       *argc,
              char    ***argv,
              GError   **error)
{
  g_autoptr(GOptionContext) context =
      g_option_context_new (_("– printers, a mailbox and an X to try OctoHerald with"));

  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  if (n_printers < 1 || n_printers > PRINTERS_MAX || !(speed >= 0.01 && speed <= 1000) ||
      !(print_seconds > 0 && print_seconds <= 1e6) || !(rest_seconds >= 0 && rest_seconds <= 1e4) || first_port < 0 ||
      first_port + n_printers > 65536 || mail_port < 0 || mail_port > 65535 ||
      x_port < 0 || x_port > 65535)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("One of the numbers is out of range."));
      return FALSE;
    }
  if (key == NULL)
    key = g_strdup ("DEMO0000DEMO0000DEMO0000DEMO0000");

  return TRUE;
}

/* A thousand printers that are watched are more than two thousand descriptors. */
static void
allow_descriptors (void)
{
  struct rlimit limit = { 0 };

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;

  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

static void
print_counts (const Demo *demo)
{
  const char *comma = herald_text_get_comma ();
  g_autofree char *printers = g_strdup_printf (ngettext ("%u printer", "%u printers", demo->printers->len), demo->printers->len);
  g_autofree char *prints = g_strdup_printf (ngettext ("%u print ended", "%u prints ended", demo->n_ended), demo->n_ended);
  g_autofree char *mails = g_strdup_printf (ngettext ("%u mail arrived", "%u mails arrived", demo->n_mails), demo->n_mails);

  g_print ("%s%s%s%s%s\n", printers, comma, prints, comma, mails);
}

int
main (int    argc,
      char **argv)
{
  Demo demo = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean ready = TRUE;

  herald_language_init ();
  setvbuf (stdout, NULL, _IOLBF, 0);
  if (!read_options (&argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  allow_descriptors ();
  g_mime_init ();
  demo.loop = g_main_loop_new (NULL, FALSE);
  demo.printers = g_ptr_array_new_with_free_func (g_object_unref);
  g_unix_signal_add (SIGINT, on_unix_signal, demo.loop);
  g_unix_signal_add (SIGTERM, on_unix_signal, demo.loop);
  ready = bare || (open_mailbox (&demo, &error) && open_x (&demo, &error));
  for (guint i = 0; ready && i < (guint) n_printers; i++)
    ready = add_printer (&demo, i, &error);

  if (ready)
    g_main_loop_run (demo.loop);
  else
    g_printerr ("%s\n", error->message);
  if (ready && once && !as_json)
    print_counts (&demo);

  g_ptr_array_unref (demo.printers);
  g_clear_object (&demo.mailbox);
  g_clear_object (&demo.x);
  g_main_loop_unref (demo.loop);

  return ready ? 0 : 1;
}
