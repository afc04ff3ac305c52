/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-report"

#include "window/accounts/test-report.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/base/web-page.h"

/* Of what the other side has said; the history has all of it. */
#define WORDS_MAX_CHARS 2000

/* A mail to more is no test any more; those that did not get it come first. */
#define RECIPIENTS_SHOWN_MAX 50

/**
 * HeraldTestReport:
 *
 * What has become of a test message: in a sentence, step by step, for each recipient, with what to do and, folded away, the
 * other side’s own words.
 */
struct _HeraldTestReport
{
  AdwBin parent_instance;

  char *address; /* where it can be seen */

  GtkImage *icon;
  GtkLabel *headline;
  GtkLabel *reason;
  GtkLabel *advice;
  GtkListBox *steps;
  GtkListBox *recipients;
  GtkLabel *doubt;
  GtkLabel *picture;
  GtkWidget *link;
  GtkWidget *details;
  GtkLabel *words;
};

G_DEFINE_FINAL_TYPE (HeraldTestReport, herald_test_report, ADW_TYPE_BIN)

/* How a message or a step of it ended
 * @id: a state of the history, or the result of a step
 * @headline: of the whole test; @words: of one recipient */
typedef struct
{
  const char *id;
  const char *headline;
  const char *words;
  const char *icon_name;
  const char *style;
} Ending;

#define GOOD "object-select-symbolic", "success"
#define BAD "dialog-error-symbolic", "error"
#define UNSURE "dialog-question-symbolic", "warning"
#define OPEN "content-loading-symbolic", "dim-label"

static const Ending endings[] = {
  { "delivered", N_("The test message was accepted."), N_("Accepted"), GOOD },
  { "probable", N_("The test message may have arrived."), N_("May have arrived"), UNSURE },
  { "deferred", N_("The test message did not get through. It is tried again by itself."), N_("Did not get through"), BAD },
  { "pending", N_("The test message waits."), N_("Not tried yet"), OPEN },
  { "sending", N_("The test message is on its way."), N_("On its way"), OPEN },
  { "committing", N_("The test message is on its way."), N_("On its way"), OPEN },
  { "rejected", N_("The test message was refused."), N_("Refused"), BAD },
  { "done", NULL, N_("Done"), GOOD },
  { "failed", NULL, N_("Failed"), BAD },
  { "open", NULL, N_("Not reached"), OPEN },
  { NULL, N_("The test message was not sent."), N_("Not sent"), BAD },
};

static const Ending *
find_ending (const char *id)
{
  guint i = 0;

  while (endings[i].id != NULL && !g_str_equal (endings[i].id, id))
    i++;

  return &endings[i];
}

static const char *
get_text (GVariant   *row,
          const char *name)
{
  const char *text = "";

  g_variant_lookup (row, name, "&s", &text);

  return text;
}

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
on_link_clicked (HeraldTestReport *self)
{
  herald_web_page_open (GTK_WIDGET (self), self->address);
}

/* Their order is that of time; what is said of one is read aloud with its name. */
static GtkWidget *
make_row (const char   *title,
          const char   *subtitle,
          const Ending *ending)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", ending->icon_name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle, -1);
  g_autofree char *summary = g_strjoin (", ", title, _(ending->words), *subtitle != '\0' ? subtitle : NULL, NULL);

  gtk_widget_add_css_class (icon, ending->style);
  g_object_set (row, "title", escaped_title, "subtitle", escaped_subtitle, "subtitle-lines", 0, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  /* In place of its title, not in addition to it */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);

  return row;
}

static void
show_steps (HeraldTestReport *self,
            GVariant         *report)
{
  g_autoptr(GVariant) steps = g_variant_lookup_value (report, "steps", G_VARIANT_TYPE ("aa{sv}"));
  gsize n_steps = steps != NULL ? g_variant_n_children (steps) : 0;

  for (gsize i = 0; i < n_steps; i++)
    {
      g_autoptr(GVariant) step = g_variant_get_child_value (steps, i);
      const Ending *ending = find_ending (get_text (step, "result"));

      gtk_list_box_append (self->steps, make_row (get_text (step, "label"), "", ending));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->steps), n_steps > 0);
}

/* The worst of them is told above; others, and what speaks against one, are told here. */
static void
show_recipients (HeraldTestReport *self,
                 GVariant         *report)
{
  g_autoptr(GVariant) recipients = g_variant_lookup_value (report, "recipients", G_VARIANT_TYPE ("aa{sv}"));
  gsize n_recipients = recipients != NULL ? g_variant_n_children (recipients) : 0;
  gboolean is_shown = FALSE;

  for (gsize i = 0; i < MIN (n_recipients, RECIPIENTS_SHOWN_MAX); i++)
    {
      g_autoptr(GVariant) recipient = g_variant_get_child_value (recipients, i);
      const Ending *ending = find_ending (get_text (recipient, "state"));
      const char *destination = get_text (recipient, "destination");
      const char *doubt = get_text (recipient, "doubt");
      g_autofree char *subtitle = g_strstrip (g_strjoin (" ", n_recipients > 1 ? get_text (recipient, "reason") : "", doubt, NULL));

      if (*destination == '\0')
        continue;

      is_shown |= n_recipients > 1 || *doubt != '\0';
      gtk_list_box_append (self->recipients, make_row (destination, *subtitle != '\0' ? subtitle : _(ending->words), ending));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->recipients), is_shown);
}

static void
show_picture (HeraldTestReport *self,
              GVariant         *report)
{
  const char *kind = get_text (report, "picture");

  if (*kind == '\0' || g_str_equal (kind, "none"))
    set_text (self->picture, get_text (report, "note"));
  else
    set_text (self->picture, _("A picture went along."));
}

static void
show_words (HeraldTestReport *self,
            GVariant         *report)
{
  g_autofree char *words = herald_text_clean (get_text (report, "words"), WORDS_MAX_CHARS);

  gtk_label_set_text (self->words, words);
  gtk_widget_set_visible (self->details, *words != '\0');
}

/* GObject */

static void
herald_test_report_finalize (GObject *object)
{
  g_clear_pointer (&HERALD_TEST_REPORT (object)->address, g_free);

  G_OBJECT_CLASS (herald_test_report_parent_class)->finalize (object);
}

static void
herald_test_report_class_init (HeraldTestReportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = herald_test_report_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/accounts/test-report.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldTestReport, icon);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestReport, headline);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestReport, reason);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestReport, advice);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestReport, steps);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestReport, recipients);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestReport, doubt);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestReport, picture);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestReport, link);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestReport, details);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestReport, words);
  gtk_widget_class_bind_template_callback (widget_class, on_link_clicked);
}

static void
herald_test_report_init (HeraldTestReport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
herald_test_report_new (GVariant *report)
{
  HeraldTestReport *self = g_object_new (HERALD_TYPE_TEST_REPORT, NULL);
  g_autoptr(GVariant) kept = g_variant_ref_sink (report);
  const Ending *ending = find_ending (get_text (kept, "state"));

  gtk_image_set_from_icon_name (self->icon, ending->icon_name);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), ending->style);
  gtk_label_set_text (self->headline, _(ending->headline));
  set_text (self->reason, get_text (kept, "reason"));
  set_text (self->advice, get_text (kept, "advice"));
  set_text (self->doubt, get_text (kept, "doubt"));
  show_steps (self, kept);
  show_recipients (self, kept);
  show_picture (self, kept);
  show_words (self, kept);
  self->address = g_strdup (get_text (kept, "link"));
  gtk_widget_set_visible (self->link, *self->address != '\0');

  return GTK_WIDGET (self);
}
