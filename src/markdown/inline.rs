//! Running text: the parser's inline events become runs of one style.
//!
//! Nothing is dropped silently: what cannot be set is a finding and stays visible as text.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::ast::{Change, Inline, Run, Shift, Style};
use super::characters;
use super::directive::{self, Comment};
use super::html::{self, Element, HtmlTag};
use super::links;
use super::reader::Context;

/// How many HTML elements may be open inside each other.
const HTML_DEPTH: usize = 16;

/// The longest label of a footnote that is looked for, in bytes.
const NOTE_LABEL: usize = 120;

/// One stretch of running text while it is read.
#[derive(Debug)]
pub(super) struct InlineBuilder {
    range: Range<usize>,
    out: Vec<Inline>,
    bold: usize,
    italic: usize,
    struck: usize,
    /// How many Markdown elements (emphasis, links, images) are open.
    depth: usize,
    html: Vec<OpenHtml>,
    links: Vec<Option<usize>>,
    images: Vec<Image>,
    open_images: usize,
    /// Whether anything visible stands outside of images.
    beside_images: bool,
    task: Option<bool>,
    /// Whether the text so far ends with a space or a break, so that another space would be one too many.
    at_space: bool,
    /// End of the last event: a gap before the next one is a backslash.
    last_end: usize,
}

#[derive(Debug)]
struct OpenHtml {
    element: Element,
    language: Option<String>,
    range: Range<usize>,
    depth: usize,
}

/// An image as it stands in the text.
#[derive(Debug)]
pub(super) struct Image {
    /// The target as written, entities resolved.
    pub(super) target: String,
    /// Whether it has a title in quotes, which nothing shows.
    pub(super) titled: bool,
    /// Its place.
    pub(super) range: Range<usize>,
}

/// Running text as it was read.
#[derive(Debug)]
pub(super) struct Inlines {
    /// Its place.
    pub(super) range: Range<usize>,
    /// The runs.
    pub(super) out: Vec<Inline>,
    /// Whether a checkbox stood before it, and whether it was ticked.
    pub(super) task: Option<bool>,
    /// The images in it; their alternatives stand in `out`.
    pub(super) images: Vec<Image>,
    /// Whether all of it is one image.
    pub(super) sole_image: bool,
}

impl InlineBuilder {
    /// Begins the text that stands at `range`.
    pub(super) fn new(range: Range<usize>) -> Self {
        Self {
            last_end: range.start,
            range,
            out: Vec::new(),
            bold: 0,
            italic: 0,
            struck: 0,
            depth: 0,
            html: Vec::new(),
            links: Vec::new(),
            images: Vec::new(),
            open_images: 0,
            beside_images: false,
            task: None,
            at_space: true,
        }
    }

    /// Takes the next inline event; events of blocks do not belong here and are ignored.
    pub(super) fn event(
        &mut self,
        event: &Event<'_>,
        range: &Range<usize>,
        context: &mut Context<'_>,
    ) {
        self.range.end = self.range.end.max(range.end);
        match event {
            Event::Start(tag) => self.start(tag, range, context),
            Event::End(tag) => self.end(*tag, context),
            Event::Text(text) => self.markdown_text(text, range, context),
            Event::Code(text) => {
                self.check_resolved(text, range, context);
                self.push(text, range, true);
            }
            Event::SoftBreak => self.push(" ", range, false),
            Event::HardBreak => self.line_break(),
            Event::InlineHtml(tag) | Event::Html(tag) => self.html(tag, range, context),
            Event::FootnoteReference(label) => {
                self.beside_images = true;
                self.at_space = false;
                let note = context.notes.id(label);
                self.out.push(Inline::NoteRef {
                    note,
                    range: range.clone(),
                });
            }
            Event::TaskListMarker(ticked) => self.task = Some(*ticked),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.push(text, range, false),
            Event::Rule => {}
        }
        if !matches!(event, Event::Start(_)) {
            self.last_end = range.end;
        }
    }

    /// Ends the text.
    pub(super) fn finish(mut self, context: &mut Context<'_>) -> Inlines {
        self.close_html(0, context);
        trim_end(&mut self.out);
        Inlines {
            range: self.range,
            sole_image: self.images.len() == 1 && !self.beside_images,
            out: self.out,
            task: self.task,
            images: self.images,
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>, context: &mut Context<'_>) {
        self.depth += 1;
        // Delimiters are no escapes: the text inside begins after them.
        self.last_end = usize::MAX;
        match tag {
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => {
                if !id.is_empty() {
                    context.used_definitions.insert(links::normalize(id));
                }
                if !title.is_empty() {
                    links::report_title("link-titel", range, context);
                }
                let email = matches!(link_type, LinkType::Email);
                self.links
                    .push(links::target(dest_url, email, range, context));
            }
            Tag::Image {
                dest_url,
                title,
                id,
                ..
            } => {
                if !id.is_empty() {
                    context.used_definitions.insert(links::normalize(id));
                }
                self.beside_images |= !self.links.is_empty();
                self.open_images += 1;
                self.images.push(Image {
                    target: dest_url.to_string(),
                    titled: !title.is_empty(),
                    range: range.clone(),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, context: &mut Context<'_>) {
        self.close_html(self.depth, context);
        self.depth = self.depth.saturating_sub(1);
        match tag {
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Link => {
                self.links.pop();
            }
            TagEnd::Image => self.open_images = self.open_images.saturating_sub(1),
            _ => {}
        }
    }

    fn markdown_text(&mut self, text: &str, range: &Range<usize>, context: &mut Context<'_>) {
        self.check_resolved(text, range, context);
        if text.ends_with('[') {
            self.undefined_note(range, context);
        }
        let escaped = self.last_end < range.start
            && range
                .start
                .checked_sub(1)
                .and_then(|at| context.source.as_bytes().get(at))
                == Some(&b'\\');
        let start = range.start - usize::from(escaped);
        self.push(text, &(start..range.end), false);
    }

    /// Entities are the only way in for characters that the source itself does not hold.
    fn check_resolved(&self, text: &str, range: &Range<usize>, context: &mut Context<'_>) {
        let written = context.source.get(range.clone()).unwrap_or_default();
        if written.starts_with('&') && written != text {
            characters::check_resolved(text, range, &mut context.befunde);
        }
    }

    /// A bracket that is text and not a reference: is it `[^x]` whose definition is missing?
    fn undefined_note(&self, bracket: &Range<usize>, context: &mut Context<'_>) {
        let start = bracket.end.saturating_sub(1);
        let rest = context.source.get(bracket.end..).unwrap_or_default();
        let Some(after) = rest.strip_prefix('^') else {
            return;
        };
        let after = &after[..after.floor_char_boundary(NOTE_LABEL)];
        let Some(length) = after.find(|c: char| c == ']' || c == '[' || c.is_whitespace()) else {
            return;
        };
        if length == 0 || !after[length..].starts_with(']') {
            return;
        }
        let label = &after[..length];
        context.befunde.fehler(
            "fussnote-ohne-definition",
            &(start..bracket.end + 1 + length + 1),
            format!("zur Fußnote „[^{label}]“ fehlt der Text"),
            format!("einen Absatz „[^{label}]: …“ ergänzen, oder „\\[^{label}]“ schreiben, wenn es keine Fußnote ist"),
        );
    }

    fn html(&mut self, tag: &CowStr<'_>, range: &Range<usize>, context: &mut Context<'_>) {
        if tag.starts_with("<!--") {
            comment_in_text(tag, range, context);
            return;
        }
        match html::read(tag) {
            HtmlTag::Break => self.line_break(),
            HtmlTag::Open(element, language) if self.html.len() < HTML_DEPTH => {
                self.html.push(OpenHtml {
                    element,
                    language,
                    range: range.clone(),
                    depth: self.depth,
                });
            }
            HtmlTag::Close(element) => self.close_tag(element, range, context),
            HtmlTag::Open(..) => {
                context.befunde.fehler(
                    "zu-tief-verschachtelt",
                    range,
                    format!("hier sind mehr als {HTML_DEPTH} HTML-Auszeichnungen ineinander verschachtelt"),
                    "die äußeren Auszeichnungen schließen, bevor weitere beginnen",
                );
                self.push(tag, range, false);
            }
            HtmlTag::BadLanguage => {
                context.befunde.fehler(
                    "html-nicht-setzbar",
                    range,
                    format!("„{tag}“ nennt keine Sprache"),
                    "zum Beispiel „<span lang=\"en\">“ schreiben",
                );
                self.push(tag, range, false);
            }
            HtmlTag::Unknown => {
                context.befunde.fehler(
                    "html-nicht-setzbar",
                    range,
                    format!("„{}“ lässt sich nicht setzen und erscheint als Text", shortened(tag)),
                    "erlaubt sind <ins>, <del>, <sup>, <sub>, <br> und <span lang=\"…\">; ein Zeichen „<“ im Text als „&lt;“ schreiben",
                );
                self.push(tag, range, false);
            }
        }
    }

    fn close_tag(&mut self, element: Element, range: &Range<usize>, context: &mut Context<'_>) {
        let same_depth = self
            .html
            .iter()
            .rposition(|open| open.element == element && open.depth == self.depth);
        if let Some(at) = same_depth {
            self.close_html_from(at + 1, context);
            self.html.pop();
            return;
        }
        let name = element.name();
        let (text, remedy) = if self.html.iter().any(|open| open.element == element) {
            (
                format!(
                    "„</{name}>“ schließt mitten in einer anderen Auszeichnung, die nach „<{name}>“ begann"
                ),
                format!("die innere Auszeichnung vor „</{name}>“ beenden"),
            )
        } else {
            (
                format!("„</{name}>“ schließt etwas, das nicht geöffnet ist"),
                format!("„<{name}>“ davor setzen oder „</{name}>“ löschen"),
            )
        };
        context
            .befunde
            .fehler("html-verschachtelung", range, text, remedy);
    }

    /// Closes all HTML that was opened at `depth` or deeper, and reports it: nobody closed it.
    fn close_html(&mut self, depth: usize, context: &mut Context<'_>) {
        let from = self
            .html
            .iter()
            .position(|open| open.depth >= depth)
            .unwrap_or(self.html.len());
        self.close_html_from(from, context);
    }

    fn close_html_from(&mut self, from: usize, context: &mut Context<'_>) {
        for open in self.html.drain(from..) {
            let name = open.element.name();
            context.befunde.fehler(
                "html-verschachtelung",
                &open.range,
                format!("„<{name}>“ wird nicht dort geschlossen, wo es geöffnet wurde"),
                format!("„</{name}>“ im selben Absatz und in derselben Auszeichnung setzen"),
            );
        }
    }

    fn line_break(&mut self) {
        trim_end(&mut self.out);
        self.beside_images |= self.open_images == 0;
        self.out.push(Inline::Break);
        self.at_space = true;
    }

    fn push(&mut self, text: &str, range: &Range<usize>, code: bool) {
        let mut clean = String::with_capacity(text.len());
        for c in text.chars().filter(|c| !characters::is_dropped(*c)) {
            let c = if matches!(c, '\t' | '\n' | '\r') {
                ' '
            } else {
                c
            };
            if c == ' ' && self.at_space && !code {
                continue;
            }
            self.at_space = c == ' ' && !code;
            clean.push(c);
        }
        if clean.is_empty() {
            return;
        }
        self.beside_images |= self.open_images == 0 && clean != " ";
        let style = self.style(code);
        let link = self.links.last().copied().flatten();
        match self.out.last_mut() {
            Some(Inline::Text(run)) if run.style == style && run.link == link => {
                run.text.push_str(&clean);
                run.range.end = range.end;
            }
            _ => {
                // Most paragraphs are one run, and a list has very many paragraphs.
                if self.out.is_empty() {
                    self.out.reserve_exact(1);
                }
                self.out.push(Inline::Text(Run {
                    text: clean,
                    style,
                    link,
                    range: range.clone(),
                }));
            }
        }
    }

    fn style(&self, code: bool) -> Style {
        let mut style = Style {
            bold: self.bold > 0,
            italic: self.italic > 0,
            struck: self.struck > 0,
            code,
            ..Style::default()
        };
        for open in &self.html {
            match open.element {
                Element::Ins => style.change = Some(Change::Inserted),
                Element::Del => style.change = Some(Change::Deleted),
                Element::Sup => style.shift = Some(Shift::Up),
                Element::Sub => style.shift = Some(Shift::Down),
                Element::Span => style.language.clone_from(&open.language),
            }
        }
        style
    }
}

/// Removes a space at the end, which no line shows.
fn trim_end(out: &mut Vec<Inline>) {
    while let Some(Inline::Text(run)) = out.last_mut() {
        if !run.style.code {
            run.text.truncate(run.text.trim_end_matches(' ').len());
        }
        if !run.text.is_empty() {
            return;
        }
        out.pop();
    }
}

fn comment_in_text(comment: &str, range: &Range<usize>, context: &mut Context<'_>) {
    let inner = comment
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"))
        .unwrap_or_default();
    match directive::read(inner) {
        Comment::Remark => context.befunde.hinweis(
            "kommentar",
            range,
            "dieser Kommentar erscheint nicht im Papier",
            "ihn löschen, wenn er nicht mehr gebraucht wird",
        ),
        Comment::Directive(_) | Comment::Faulty { .. } => context.befunde.fehler(
            "anweisung-im-text",
            range,
            "eine Anweisung wirkt nicht mitten im Text",
            "sie auf eine eigene Zeile setzen, mit Leerzeilen davor und danach",
        ),
    }
}

/// The beginning of a long piece of source, for messages.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.trim().lines().next().unwrap_or_default();
    if line.chars().count() <= LONGEST {
        line.to_owned()
    } else {
        line.chars().take(LONGEST).chain(['…']).collect()
    }
}
