/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-preview-card"

#include "window/messages/preview-card.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/base/human.h"

/**
 * HeraldPreviewCard:
 *
 * A message as it will arrive at one channel: what it says, how long it is, what it costs and the picture that goes with it; or
 * why it does not go there.
 */
struct _HeraldPreviewCard
{
  GtkBox parent_instance;

  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *measure;
  GtkWidget *message;
  GtkWidget *title;
  GtkWidget *separator;
  GtkWidget *text;
  GtkWidget *picture;
  GtkPicture *picture_itself;
  GtkWidget *picture_label;
  GtkWidget *reason;
  GtkWidget *problem;
  char *kind; /* of the picture */
};

G_DEFINE_FINAL_TYPE (HeraldPreviewCard, herald_preview_card, GTK_TYPE_BOX)

static const char *
get_text (GVariant   *rendering,
          const char *name)
{
  const char *text = "";

  g_variant_lookup (rendering, name, "&s", &text);

  return text;
}

static guint
get_count (GVariant   *rendering,
           const char *name)
{
  guint count = 0;

  g_variant_lookup (rendering, name, "u", &count);

  return count;
}

static void
set_text (GtkWidget  *label,
          const char *text)
{
  if (!g_str_equal (gtk_label_get_text (GTK_LABEL (label)), text))
    gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

/* E.g. "76 of 280 · $0.015", "1 SMS · 76 of 120" */
static char *
describe_measure (GVariant *rendering)
{
  g_autoptr(GString) line = g_string_new (NULL);
  guint limit = get_count (rendering, "limit");
  guint segments = get_count (rendering, "segments");
  double cost = 0;

  if (segments > 0)
    g_string_append_printf (line, ngettext ("%u SMS", "%u SMS", segments), segments);
  if (limit > 0)
    {
      g_string_append (line, line->len > 0 ? " · " : "");
      /* Translators: how long a text is, and how long it may be */
      g_string_append_printf (line, _("%u of %u"), get_count (rendering, "length"), limit);
    }
  if (g_variant_lookup (rendering, "cost", "d", &cost) && cost > 0)
    {
      g_autofree char *price = herald_text_format_dollars (cost);

      g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", price);
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
dup_problems (GVariant          *rendering,
              const char *const *told_elsewhere)
{
  g_autofree const char **problems = NULL;
  g_autoptr(GString) lines = g_string_new (NULL);

  g_variant_lookup (rendering, "problems", "^a&s", &problems);
  for (gsize i = 0; problems != NULL && problems[i] != NULL; i++)
    {
      if (g_strv_contains (told_elsewhere, problems[i]))
        continue;
      g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", problems[i]);
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static const char *
get_icon_name (const char *form)
{
  if (g_str_equal (form, "email"))
    return "mail-unread-symbolic";
  if (g_str_equal (form, "desktop"))
    return "preferences-system-notifications-symbolic";
  if (g_str_equal (form, "sms"))
    return "phone-symbolic";

  return "user-available-symbolic";
}

static void
show_words (HeraldPreviewCard *self,
            GVariant          *rendering,
            const char        *form)
{
  const char *title = get_text (rendering, "title");
  g_autofree char *subject = NULL;

  if (g_str_equal (form, "email") && *title != '\0')
    /* Translators: of a mail */
    subject = g_strdup_printf (_("Subject: %s"), title);
  set_text (self->title, subject != NULL ? subject : title);
  gtk_widget_set_visible (self->separator, subject != NULL);
  set_text (self->text, get_text (rendering, "text"));
}

/* GObject */

static void
herald_preview_card_finalize (GObject *object)
{
  g_free (HERALD_PREVIEW_CARD (object)->kind);

  G_OBJECT_CLASS (herald_preview_card_parent_class)->finalize (object);
}

static void
herald_preview_card_class_init (HeraldPreviewCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = herald_preview_card_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/messages/preview-card.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldPreviewCard, icon);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreviewCard, name);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreviewCard, measure);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreviewCard, message);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreviewCard, title);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreviewCard, separator);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreviewCard, text);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreviewCard, picture);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreviewCard, picture_itself);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreviewCard, picture_label);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreviewCard, reason);
  gtk_widget_class_bind_template_child (widget_class, HeraldPreviewCard, problem);
}

static void
herald_preview_card_init (HeraldPreviewCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
herald_preview_card_new (void)
{
  return g_object_new (HERALD_TYPE_PREVIEW_CARD, NULL);
}

void
herald_preview_card_show (HeraldPreviewCard *self,
                          HeraldServiceLink *link,
                          GVariant          *rendering,
                          gboolean           is_enabled,
                          const char *const *problems)
{
  const char *form = get_text (rendering, "form");
  g_autofree char *name = herald_service_link_dup_channel_name (link, get_text (rendering, "channel"));
  g_autofree char *measure = describe_measure (rendering);
  g_autofree char *problem = NULL;
  gboolean is_told = TRUE;
  gboolean is_empty = *get_text (rendering, "title") == '\0' && *get_text (rendering, "text") == '\0';

  g_variant_lookup (rendering, "told", "b", &is_told);
  problem = is_told ? dup_problems (rendering, problems) : g_strdup ("");
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), get_icon_name (form));
  set_text (self->name, name);
  set_text (self->measure, is_told ? measure : "");
  show_words (self, rendering, form);
  gtk_widget_set_visible (self->message, is_told && !is_empty);
  g_free (self->kind);
  self->kind = is_told && !is_empty ? g_strdup (get_text (rendering, "picture")) : g_strdup ("none");
  set_text (self->reason, is_told       ? ""
                          : !is_enabled ? _("Nothing goes there, because this message is switched off.")
                                        : _("Nothing goes there, because this account was not chosen below."));
  set_text (self->problem, problem);
}

void
herald_preview_card_show_picture (HeraldPreviewCard    *self,
                                  HeraldPreviewPicture *pictures,
                                  const char           *fallback)
{
  gboolean has_picture = *self->kind != '\0' && !g_str_equal (self->kind, "none");
  const char *kind = self->kind;
  const char *reason = NULL;
  GdkPaintable *paintable = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->picture, has_picture);
  if (!has_picture)
    return;

  paintable = herald_preview_picture_get (pictures, kind, &reason);
  if (reason != NULL && !g_str_equal (fallback, "none") && *fallback != '\0')
    {
      kind = fallback;
      paintable = herald_preview_picture_get (pictures, kind, &reason);
    }
  gtk_picture_set_paintable (self->picture_itself, paintable);
  gtk_widget_set_visible (GTK_WIDGET (self->picture_itself), paintable != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture_itself), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  herald_human_get_picture (kind), -1);
  if (reason != NULL)
    /* Translators: and a sentence that says why */
    words = g_strdup_printf (_("There is no picture now. %s"), reason);
  else
    /* Translators: “Picture of the camera” and the like */
    words = g_strdup_printf (_("With it: %s"), herald_human_get_picture (kind));
  set_text (self->picture_label, words);
}
