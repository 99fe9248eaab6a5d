//! The few HTML tags that may stand in running text.

/// A tag as it stands in the Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HtmlTag {
    /// `<ins>` and the like.
    Open(Element, Option<String>),
    /// `</ins>` and the like.
    Close(Element),
    /// `<br>`.
    Break,
    /// `<span lang="…">` whose language is no BCP 47 tag.
    BadLanguage,
    /// Any other tag.
    Unknown,
}

/// An element that can hold text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// `<ins>`.
    Ins,
    /// `<del>`.
    Del,
    /// `<sup>`.
    Sup,
    /// `<sub>`.
    Sub,
    /// `<span lang="…">`.
    Span,
}

impl Element {
    /// The element's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ins => "ins",
            Self::Del => "del",
            Self::Sup => "sup",
            Self::Sub => "sub",
            Self::Span => "span",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Ins, Self::Del, Self::Sup, Self::Sub, Self::Span]
            .into_iter()
            .find(|element| element.name() == name)
    }
}

/// Reads one tag, `<` and `>` included.
pub(super) fn read(tag: &str) -> HtmlTag {
    let Some(inner) = tag
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
    else {
        return HtmlTag::Unknown;
    };
    if let Some(name) = inner.strip_prefix('/') {
        return Element::named(name.trim_end()).map_or(HtmlTag::Unknown, HtmlTag::Close);
    }
    if inner.strip_suffix('/').unwrap_or(inner).trim_end() == "br" {
        return HtmlTag::Break;
    }
    match Element::named(inner.trim_end()) {
        Some(Element::Span) => HtmlTag::Unknown,
        Some(element) => HtmlTag::Open(element, None),
        None => span(inner).unwrap_or(HtmlTag::Unknown),
    }
}

fn span(inner: &str) -> Option<HtmlTag> {
    let attribute = inner.strip_prefix("span")?;
    let value = attribute
        .trim_start()
        .strip_prefix("lang")?
        .trim_start()
        .strip_prefix('=')?;
    let value = value.trim();
    let language = ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote))?;
    if attribute.starts_with(char::is_whitespace) && is_language(language) {
        Some(HtmlTag::Open(Element::Span, Some(language.to_owned())))
    } else {
        Some(HtmlTag::BadLanguage)
    }
}

/// Whether `tag` has the shape of a BCP 47 language tag (`en`, `de-DE`).
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    tag.len() <= 35
        && (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_allowed_tags_are_read() {
        assert_eq!(read("<ins>"), HtmlTag::Open(Element::Ins, None));
        assert_eq!(read("</del>"), HtmlTag::Close(Element::Del));
        assert_eq!(read("<sup >"), HtmlTag::Open(Element::Sup, None));
        assert_eq!(read("<br>"), HtmlTag::Break);
        assert_eq!(read("<br />"), HtmlTag::Break);
        assert_eq!(
            read("<span lang=\"en-GB\">"),
            HtmlTag::Open(Element::Span, Some("en-GB".into()))
        );
        assert_eq!(
            read("<span lang='la'>"),
            HtmlTag::Open(Element::Span, Some("la".into()))
        );
    }

    #[test]
    fn nothing_else_is() {
        for tag in [
            "<b>",
            "<span>",
            "<ins class=\"x\">",
            "<span style=\"a\">",
            "<span lang=\"en\" id=\"x\">",
            "<",
            "<>",
            "</>",
            "</br>",
        ] {
            assert!(
                matches!(read(tag), HtmlTag::Unknown | HtmlTag::BadLanguage),
                "{tag}"
            );
        }
        assert_eq!(
            read("<span lang=\"deutsch und breit\">"),
            HtmlTag::BadLanguage
        );
    }
}
