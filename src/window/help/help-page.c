/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-help-page"

#include "window/help/help-page.h"

#include <string.h>

#include "window/help/help-document.h"
#include "window/help/help-words.h"

#define WIDTH_MAX 720
#define ITEM_INDENT 24

/* Of a line of a table, which fills the page */
#define TABLE_CHARS 60
#define COLUMNS_MAX 12

/* Pictures of whole screens are no larger. */
#define PICTURE_MAX_HEIGHT 420

/**
 * HeraldHelpPage:
 *
 * A page of the documentation, made of labels. Links in it are told and not followed.
 */
struct _HeraldHelpPage
{
  AdwBin parent_instance;

  GtkAdjustment *adjustment; /* of the scrolling around it */
  GtkWidget *box;
  GPtrArray *labels;   /* all that can be searched, from top to bottom; borrowed */
  GHashTable *anchors; /* name → heading, borrowed */
  guint found_label;
  const char *found; /* in its text */
};

G_DEFINE_FINAL_TYPE (HeraldHelpPage, herald_help_page, ADW_TYPE_BIN)

enum
{
  LINK_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
on_activate_link (GtkLabel       *label,
                  const char     *target,
                  HeraldHelpPage *self)
{
  g_autofree char *kept = g_strdup (target); /* the label may be gone by then */

  g_signal_emit (self, signals[LINK_ACTIVATED], 0, kept);

  return TRUE;
}

static GtkWidget *
make_label (HeraldHelpPage *self,
            const char     *markup)
{
  GtkWidget *label = gtk_label_new (NULL);

  /* Of our own pages, and every word in it is escaped. */
  gtk_label_set_use_markup (GTK_LABEL (label), TRUE);
  gtk_label_set_label (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* A label with the focus is selected as a whole; only links are to be reached by keys. One that is merely not focusable would
   * not let them pass, either. */
  gtk_widget_set_can_focus (label, strstr (markup, "<a ") != NULL);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  g_signal_connect_object (label, "activate-link", G_CALLBACK (on_activate_link), self, 0);
  g_ptr_array_add (self->labels, label);

  return label;
}

static GtkWidget *
make_heading (HeraldHelpPage        *self,
              const HeraldHelpBlock *block)
{
  static const char *const classes[] = { "title-1", "title-2", "title-4" };
  GtkWidget *label = make_label (self, block->text);

  gtk_widget_add_css_class (label, classes[MIN (block->level, G_N_ELEMENTS (classes)) - 1]);
  gtk_widget_set_margin_top (label, block->level > 1 ? 12 : 0);
  g_hash_table_insert (self->anchors, g_strdup (block->target), label);

  return label;
}

static GtkWidget *
make_item (HeraldHelpPage        *self,
           const HeraldHelpBlock *block)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *marker = gtk_label_new (block->marker);
  GtkWidget *label = make_label (self, block->text);

  gtk_label_set_xalign (GTK_LABEL (marker), 1);
  gtk_widget_set_size_request (marker, ITEM_INDENT, -1);
  gtk_widget_set_valign (marker, GTK_ALIGN_START);
  gtk_widget_add_css_class (marker, "dim-label");
  gtk_widget_set_margin_start (row, (int) block->level * ITEM_INDENT);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), marker);
  gtk_box_append (GTK_BOX (row), label);

  return row;
}

/* What is wider than the page is scrolled by itself. */
static GtkWidget *
make_scroller (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);

  return scroller;
}

static GtkWidget *
make_code (HeraldHelpPage        *self,
           const HeraldHelpBlock *block)
{
  GtkWidget *label = make_label (self, "");
  GtkWidget *scroller = make_scroller (label);

  gtk_label_set_text (GTK_LABEL (label), block->text);
  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  /* What is typed begins at the left in every language; between the two there is the viewport. */
  for (GtkWidget *widget = label; widget != NULL; widget = gtk_widget_get_parent (widget))
    gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "help-code");
  gtk_widget_add_css_class (scroller, "card");

  return scroller;
}

/* What is scrolled gets the height of its least width: that shall be the width that is wanted. Each column gets its share of a
 * line, and who needs more gets what others leave. */
static void
share_line (GtkGrid *grid,
            int      n_rows,
            int      n_columns)
{
  int longest[COLUMNS_MAX] = { 0 };
  int spare = TABLE_CHARS;

  for (int x = 0; x < n_columns; x++)
    {
      for (int y = 0; y < n_rows; y++)
        {
          GtkWidget *label = gtk_grid_get_child_at (grid, x, y);

          if (label != NULL)
            longest[x] = MAX (longest[x], (int) g_utf8_strlen (gtk_label_get_text (GTK_LABEL (label)), -1));
        }
      spare -= MIN (longest[x], TABLE_CHARS / n_columns);
    }
  for (int x = n_columns - 1; x >= 0; x--)
    {
      int share = MIN (longest[x], TABLE_CHARS / n_columns);
      int more = MIN (spare, longest[x] - share);

      spare -= more;
      for (int y = 0; y < n_rows; y++)
        {
          GtkWidget *label = gtk_grid_get_child_at (grid, x, y);

          if (label != NULL)
            g_object_set (label, "width-chars", share + more, "max-width-chars", share + more, NULL);
        }
    }
}

static GtkWidget *
make_table (HeraldHelpPage        *self,
            const HeraldHelpBlock *block)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *scroller = make_scroller (grid);
  int n_columns = 1;

  gtk_widget_add_css_class (grid, "help-table");
  gtk_widget_add_css_class (scroller, "card");
  for (guint y = 0; y < block->rows->len; y++)
    {
      char **cells = g_ptr_array_index (block->rows, y);

      for (int x = 0; x < COLUMNS_MAX && cells[x] != NULL; x++)
        {
          GtkWidget *label = make_label (self, cells[x]);

          if (y == 0)
            gtk_widget_add_css_class (label, "heading");
          gtk_grid_attach (GTK_GRID (grid), label, x, (int) y, 1, 1);
          n_columns = MAX (n_columns, x + 1);
        }
    }
  share_line (GTK_GRID (grid), (int) block->rows->len, n_columns);

  return scroller;
}

static GtkWidget *
make_picture (HeraldHelpPage        *self,
              const HeraldHelpBlock *block,
              const char            *folder)
{
  g_autofree char *path = g_build_filename (folder, block->target, NULL);
  g_autofree char *escaped = g_markup_escape_text (block->text, -1);
  g_autoptr(GdkTexture) texture = NULL;
  GtkWidget *picture;

  /* Only what lies beside the pages; where it is missing its words are there. */
  if (strstr (block->target, "..") == NULL)
    texture = gdk_texture_new_from_filename (path, NULL);
  if (texture == NULL)
    {
      GtkWidget *label = make_label (self, escaped);

      gtk_widget_add_css_class (label, "dim-label");
      return label;
    }

  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), block->text);
  gtk_widget_set_tooltip_text (picture, block->text);
  gtk_widget_set_halign (picture, GTK_ALIGN_START);
  gtk_widget_set_size_request (picture, -1, MIN (gdk_texture_get_height (texture), PICTURE_MAX_HEIGHT));

  return picture;
}

static GtkWidget *
make_widget (HeraldHelpPage        *self,
             const HeraldHelpBlock *block,
             const char            *folder)
{
  switch (block->kind)
    {
    case HERALD_HELP_HEADING:
      return make_heading (self, block);
    case HERALD_HELP_ITEM:
      return make_item (self, block);
    case HERALD_HELP_CODE:
      return make_code (self, block);
    case HERALD_HELP_TABLE:
      return make_table (self, block);
    case HERALD_HELP_PICTURE:
      return make_picture (self, block, folder);
    case HERALD_HELP_PARAGRAPH:
    default:
      return make_label (self, block->text);
    }
}

static void
scroll_to (HeraldHelpPage *self,
           GtkWidget      *widget)
{
  graphene_point_t place;

  if (gtk_widget_compute_point (widget, self->box, &GRAPHENE_POINT_INIT (0, 0), &place))
    gtk_adjustment_set_value (self->adjustment, place.y);
}

/* GObject */

static void
herald_help_page_finalize (GObject *object)
{
  HeraldHelpPage *self = HERALD_HELP_PAGE (object);

  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->anchors, g_hash_table_unref);

  G_OBJECT_CLASS (herald_help_page_parent_class)->finalize (object);
}

static void
herald_help_page_class_init (HeraldHelpPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_help_page_finalize;

  signals[LINK_ACTIVATED] = g_signal_new ("link-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
herald_help_page_init (HeraldHelpPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->labels = g_ptr_array_new ();
  self->anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH_MAX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
herald_help_page_new (void)
{
  return g_object_new (HERALD_TYPE_HELP_PAGE, NULL);
}

void
herald_help_page_set_text (HeraldHelpPage *self,
                           const char     *markdown,
                           const char     *folder)
{
  g_autoptr(GPtrArray) blocks = herald_help_document_parse (markdown, herald_help_words_translate, NULL);
  GtkWidget *scroller = adw_bin_get_child (ADW_BIN (self));
  GtkWidget *viewport = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller));
  GtkWidget *clamp = gtk_viewport_get_child (GTK_VIEWPORT (viewport));

  g_ptr_array_set_size (self->labels, 0);
  g_hash_table_remove_all (self->anchors);
  self->found = NULL;
  self->found_label = 0;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "help-page");
  gtk_widget_set_focusable (self->box, TRUE);
  for (guint i = 0; i < blocks->len; i++)
    gtk_box_append (GTK_BOX (self->box), make_widget (self, g_ptr_array_index (blocks, i), folder));
  adw_clamp_set_child (ADW_CLAMP (clamp), self->box);
  gtk_adjustment_set_value (self->adjustment, 0);
  gtk_widget_grab_focus (self->box);
}

static gboolean
on_anchor_idle (gpointer user_data)
{
  GtkWidget *heading = user_data;
  GtkWidget *page = gtk_widget_get_ancestor (heading, HERALD_TYPE_HELP_PAGE);

  if (page != NULL)
    scroll_to (HERALD_HELP_PAGE (page), heading);

  return G_SOURCE_REMOVE;
}

void
herald_help_page_show_anchor (HeraldHelpPage *self,
                              const char     *anchor)
{
  GtkWidget *heading = anchor != NULL ? g_hash_table_lookup (self->anchors, anchor) : NULL;

  /* A page that was just set has no sizes yet; they are given before what is idle has its turn. */
  if (heading != NULL)
    g_timeout_add_full (G_PRIORITY_LOW, 50, on_anchor_idle, g_object_ref (heading), g_object_unref);
}

/* Returns: where @words stand in @text, whatever their case; %NULL if they do not */
static const char *
find_words (const char *text,
            const char *words)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      const char *a = at;
      const char *b = words;

      while (*b != '\0' && g_unichar_tolower (g_utf8_get_char (a)) == g_unichar_tolower (g_utf8_get_char (b)))
        {
          a = g_utf8_next_char (a);
          b = g_utf8_next_char (b);
        }
      if (*b == '\0')
        return at;
    }

  return NULL;
}

static gboolean
find_from (HeraldHelpPage *self,
           const char     *start,
           const char     *words)
{
  guint n_labels = self->labels->len;

  for (guint i = 0; i <= n_labels && n_labels > 0 && *words != '\0'; i++)
    {
      guint number = (self->found_label + i) % n_labels;
      GtkLabel *label = g_ptr_array_index (self->labels, number);
      const char *text = gtk_label_get_text (label);
      const char *at = find_words (i == 0 && start != NULL ? start : text, words);
      int position;

      if (at == NULL)
        continue;

      position = (int) g_utf8_pointer_to_offset (text, at);
      self->found_label = number;
      self->found = at;
      scroll_to (self, GTK_WIDGET (label));
      gtk_label_select_region (label, position, position + (int) g_utf8_strlen (words, -1));
      return TRUE;
    }

  self->found = NULL;
  self->found_label = 0;
  return FALSE;
}

gboolean
herald_help_page_find (HeraldHelpPage *self,
                       const char     *words)
{
  return find_from (self, self->found, words);
}

gboolean
herald_help_page_find_next (HeraldHelpPage *self,
                            const char     *words)
{
  return find_from (self, self->found != NULL ? g_utf8_next_char (self->found) : NULL, words);
}
