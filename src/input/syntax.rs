//! What the YAML parser stumbled over, in the words of somebody who writes YAML by hand.
//!
//! The parser says what it missed and often notices late; the lines around that place say what was meant. What is not
//! recognised here is passed on as „Originalmeldung“.

use granit_parser::{ErrorKind, ScanError};

use super::refuse::{self, YAML_SYNTAX};
use super::spelling::shorten;
use crate::diagnostic::Befund;
use crate::source::Source;

/// The finding for an error of the parser.
pub(crate) fn explain(source: &Source, error: &ScanError) -> Befund {
    let text = &*source.text;
    let offset = error.marker().byte_offset().unwrap_or_default();
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let scene = Scene {
        source,
        offset,
        line: Line::at(text, offset),
    };
    scene
        .conflict_marks()
        .or_else(|| scene.by_kind(error.kind()))
        .unwrap_or_else(|| scene.unknown(error))
}

/// A line of the file: where it starts and what it says, without its break.
#[derive(Clone, Copy)]
struct Line<'s> {
    start: usize,
    text: &'s str,
}

impl<'s> Line<'s> {
    fn at(text: &'s str, offset: usize) -> Self {
        let start = text
            .get(..offset)
            .and_then(|before| before.rfind('\n'))
            .map_or(0, |at| at + 1);
        let rest = text.get(start..).unwrap_or_default();
        Self {
            start,
            text: rest.lines().next().unwrap_or_default(),
        }
    }

    /// The nearest line above that says something.
    fn above(self, text: &'s str) -> Option<Self> {
        let mut line = self;
        while line.start > 0 {
            line = Self::at(text, line.start - 1);
            let content = line.content();
            if !content.is_empty() && !content.starts_with('#') {
                return Some(line);
            }
        }
        None
    }

    fn content(self) -> &'s str {
        self.text.trim()
    }

    fn indent(self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// Where its content starts.
    fn first(self) -> usize {
        self.start + self.indent()
    }

    /// Key and the rest behind `: `, if the line has one; without the dash of a list item.
    fn key_value(self) -> Option<(&'s str, &'s str)> {
        let content = self.content().trim_start_matches("- ").trim_start();
        let (key, value) = content
            .split_once(": ")
            .or_else(|| Some((content.strip_suffix(':')?, "")))?;
        Some((key, value.trim()))
    }

    /// Where its value starts.
    fn value_start(self) -> Option<usize> {
        let (_, value) = self.key_value()?;
        Some(self.start + self.text.trim_end().len() - value.len())
    }
}

struct Scene<'s> {
    source: &'s Source,
    /// Where the parser gave up.
    offset: usize,
    line: Line<'s>,
}

impl<'s> Scene<'s> {
    fn text(&self) -> &'s str {
        &self.source.text
    }

    fn rest(&self) -> &'s str {
        self.text().get(self.offset..).unwrap_or_default()
    }

    fn error(&self, start: usize, text: impl Into<String>) -> Befund {
        refuse::at(
            self.source,
            YAML_SYNTAX,
            refuse::word_at(self.text(), start),
            text,
        )
    }

    fn unknown(&self, error: &ScanError) -> Befund {
        let message = error.info().replace('\n', " ");
        self.error(self.offset, format!("das ist kein YAML (Originalmeldung: {message})"))
            .abhilfe("diese und die vorige Zeile mit einer gelungenen Datei vergleichen: Einrückung, Doppelpunkt mit Leerzeichen, Anführungszeichen")
    }

    fn by_kind(&self, kind: &ErrorKind) -> Option<Befund> {
        use ErrorKind as K;
        match kind {
            K::RecursionLimitExceeded => Some(refuse::too_deep(self.source, self.offset)),
            K::TabInBlockIndentation
            | K::TabInIndentation
            | K::TabInPlainScalar
            | K::TabNotAllowed
            | K::TabAtBlockScalarStart => Some(self.tab()),
            K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar => Some(self.unclosed_quote(self.offset)),
            K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => Some(self.text_after_quote()),
            K::UnexpectedCharacter { character } => Some(self.reserved_start(*character)),
            _ if self.rest().starts_with(',') => Some(self.reserved_start(',')),
            _ if self.first_line_has_tab() => Some(self.tab()),
            K::InvalidBlockScalarIndent => Some(
                self.error(self.line.first(), "diese Zeile des Textes ist weniger eingerückt, als die Ziffer hinter „|“ oder „>“ verlangt")
                    .abhilfe("die Ziffer hinter „|“ oder „>“ löschen"),
            ),
            K::MissingAnchorOrAliasName => Some(self.reserved_start(self.rest().chars().next().unwrap_or('*'))),
            K::DirectiveDisallowed if self.offset == self.line.start => Some(
                self.error(self.line.start, "eine Zeile mit „%“ am Anfang ist für YAML eine Anweisung, die drucksache nicht versteht")
                    .abhilfe("die Zeile löschen"),
            ),
            K::DirectiveDisallowed => Some(self.reserved_start('%')),
            K::MappingKeyNotAllowed => Some(self.reserved_start('?')),
            K::MappingValueNotAllowed => Some(self.surplus_colon()),
            K::SimpleKeyExpected => Some(self.line_without_key()),
            K::ExpectedBlockMappingKey | K::InvalidIndentation => Some(self.wrong_indentation()),
            K::ExpectedBlockSequenceEntry => Some(
                self.error(self.line.first(), "hier müsste die Liste darüber weitergehen, die Zeile beginnt aber nicht mit „- “")
                    .abhilfe("die Zeile mit „- “ beginnen oder so weit einrücken wie den Schlüssel, zu dem sie gehört"),
            ),
            K::BlockSequenceEntryNotAllowed | K::BlockEntryInFlowCollection => Some(
                self.error(self.offset, "eine Liste mit „- “ kann nicht hinter einem Schlüssel oder in einer Klammer beginnen")
                    .abhilfe("die Liste in der nächsten Zeile beginnen; soll „-“ zum Text gehören, ihn in Anführungszeichen setzen"),
            ),
            K::UnclosedFlowCollection { .. }
            | K::InvalidColonPlacement
            | K::ExpectedFlowMappingSeparator
            | K::ExpectedFlowSequenceSeparator
            | K::UnexpectedEofFlowMapping
            | K::UnexpectedEofFlowSequence
            | K::UnexpectedEofImplicitFlowMapping
            | K::InvalidFlowScalarIndent => Some(self.open_bracket()),
            K::MisplacedFlowCollectionEnd | K::MismatchedFlowCollectionEnd { .. } => Some(
                self.error(self.offset, "zu dieser schließenden Klammer fehlt die passende öffnende")
                    .abhilfe("die Klammer löschen; soll sie zum Text gehören, den ganzen Text in Anführungszeichen setzen"),
            ),
            K::UnknownQuotedScalarEscape | K::InvalidQuotedScalarHexEscape | K::InvalidUnicodeEscape => Some(
                self.error(self.unknown_escape(), "in \"…\" hat „\\“ eine besondere Bedeutung, und was hier folgt, kennt YAML nicht")
                    .abhilfe("den Text in einfache Anführungszeichen setzen ('…') oder „\\“ verdoppeln"),
            ),
            K::InvalidBlockScalarHeader | K::ZeroBlockScalarIndent => Some(
                self.error(self.offset, "hinter „|“ oder „>“ steht in derselben Zeile nichts mehr")
                    .abhilfe("den Text in der nächsten Zeile eingerückt beginnen"),
            ),
            K::BomInsideDocument => Some(
                self.error(self.offset, "hier steht ein unsichtbares Zeichen (Byte Order Mark) mitten in der Datei")
                    .abhilfe("das Zeichen löschen; es kommt beim Zusammenfügen von Dateien herein"),
            ),
            K::ExpectedDocumentStart if self.rest().starts_with(':') => Some(
                self.error(self.offset, "hinter dem Doppelpunkt fehlt ein Leerzeichen")
                    .abhilfe("ein Leerzeichen hinter den Doppelpunkt setzen"),
            ),
            _ => None,
        }
    }

    /// Whether the first line that says something is indented with a tab: the parser notices only in the next one.
    fn first_line_has_tab(&self) -> bool {
        let first = self.text().lines().find(|line| !line.trim().is_empty());
        first.is_some_and(|line| line.starts_with('\t'))
            && self
                .line
                .above(self.text())
                .is_none_or(|above| above.above(self.text()).is_none())
    }

    /// The backslash that begins an escape unknown to YAML, in the text in quotes that starts where the parser gave up.
    fn unknown_escape(&self) -> usize {
        let mut characters = self.rest().char_indices();
        while let Some((at, character)) = characters.next() {
            if character == '\\' {
                match characters.next() {
                    Some((_, known)) if "0abt\tnvfre \"/\\N_LP\n".contains(known) => {}
                    _ => return self.offset + at,
                }
            }
        }
        self.offset
    }

    /// Marks that a merge of two versions left.
    fn conflict_marks(&self) -> Option<Befund> {
        let lines = [Some(self.line), self.line.above(self.text())];
        let marked = lines.into_iter().flatten().find(|line| {
            ["<<<<<<<", "=======", ">>>>>>>"]
                .iter()
                .any(|mark| line.text.starts_with(mark))
        })?;
        Some(
            self.error(
                marked.start,
                "hier stehen Marken von zwei Fassungen, die noch nicht zusammengeführt sind",
            )
            .abhilfe(
                "eine Fassung auswählen und die Zeilen mit <<<<<<<, ======= und >>>>>>> löschen",
            ),
        )
    }

    fn tab(&self) -> Befund {
        let from = if self.first_line_has_tab() {
            0
        } else {
            self.line.start
        };
        let indented = self
            .text()
            .get(from..)
            .unwrap_or_default()
            .split_inclusive('\n')
            .scan(from, |start, line| {
                let this = *start;
                *start += line.len();
                Some((this, line))
            });
        let tab = indented
            .filter_map(|(start, line)| {
                let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
                line.get(..blank)?.find('\t').map(|at| start + at)
            })
            .next();
        let Some(tab) = tab else {
            return self.tab_between();
        };
        refuse::at(
            self.source,
            YAML_SYNTAX,
            tab..tab + 1,
            "hier ist mit einem Tabulator eingerückt",
        )
        .abhilfe("mit Leerzeichen einrücken, zwei für jede Ebene")
    }

    /// A tab that separates what only blanks may separate.
    fn tab_between(&self) -> Befund {
        let rest = self.text().get(self.line.start..).unwrap_or_default();
        let start = rest
            .find('\t')
            .map_or(self.offset, |at| self.line.start + at);
        refuse::at(
            self.source,
            YAML_SYNTAX,
            start..start + 1,
            "hier steht ein Tabulator, wo YAML nur Leerzeichen liest",
        )
        .abhilfe("den Tabulator durch ein Leerzeichen ersetzen")
    }

    fn unclosed_quote(&self, start: usize) -> Befund {
        let quote = self
            .text()
            .get(start..)
            .and_then(|rest| rest.chars().next())
            .unwrap_or('"');
        let befund = self.error(
            start,
            format!("dieses Anführungszeichen {quote} wird nicht geschlossen"),
        );
        let line = Line::at(self.text(), start).text.trim_end();
        match line.chars().next_back() {
            // Word processors turn the second quote into a typographic one, which ends nothing in YAML.
            Some(typographic @ ('“' | '”' | '„' | '‘' | '’')) => befund.abhilfe(format!(
                "am Ende der Zeile {typographic} durch {quote} ersetzen"
            )),
            _ => befund.abhilfe(format!("am Ende des Textes {quote} ergänzen")),
        }
    }

    /// Behind a quoted text goes on another one: a quote within the text, or an older one that is still open.
    fn text_after_quote(&self) -> Befund {
        let before = self
            .text()
            .get(..self.offset)
            .unwrap_or_default()
            .trim_end();
        let quote = before.chars().next_back().unwrap_or('"');
        let closing = before.len().saturating_sub(quote.len_utf8());
        let opening = before
            .get(..closing)
            .and_then(|text| text.rfind(quote))
            .unwrap_or(closing);
        if Line::at(self.text(), opening).start != Line::at(self.text(), closing).start {
            return self.unclosed_quote(opening);
        }
        let befund = self.error(
            self.offset,
            format!("hinter dem schließenden {quote} geht der Text weiter"),
        );
        if quote == '\'' {
            befund.abhilfe("soll ' zum Text gehören, den Text in \"…\" setzen oder ' verdoppeln")
        } else {
            befund.abhilfe("soll \" zum Text gehören, den Text in '…' setzen; typografische Anführungszeichen „…“ brauchen das nicht")
        }
    }

    fn reserved_start(&self, character: char) -> Befund {
        if matches!(character, '|' | '>') {
            return self
                .error(
                    self.offset,
                    format!("ein Textblock mit „{character}“ kann in einer Klammer nicht stehen"),
                )
                .abhilfe(
                    "die Angaben ohne Klammer untereinander schreiben, jede in einer eigenen Zeile",
                );
        }
        let range = refuse::word_at(self.text(), self.offset);
        if character == '*'
            && self.offset == self.line.first()
            && self.line.content().starts_with("* ")
        {
            return refuse::at(
                self.source,
                YAML_SYNTAX,
                range,
                "ein Eintrag einer Liste beginnt in YAML nicht mit „*“",
            )
            .abhilfe("„- “ statt „* “ schreiben");
        }
        let written = self.text().get(range.clone()).unwrap_or_default();
        let remedy = if character == ','
            && written
                .get(1..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            format!("„0{written}“ schreiben")
        } else {
            refuse::quote_it(self.text(), &range)
        };
        refuse::at(
            self.source,
            YAML_SYNTAX,
            range,
            format!("„{character}“ am Anfang eines Wertes hat in YAML eine besondere Bedeutung"),
        )
        .abhilfe(remedy)
    }

    /// A colon where no key can be: in an unquoted text, or in a line that is indented too far.
    fn surplus_colon(&self) -> Befund {
        let until = self
            .text()
            .get(self.line.start..self.offset)
            .unwrap_or_default();
        if let Some(start) = self.line.value_start()
            && (until.contains(": ") || start < self.offset)
        {
            let remedy = refuse::quote_it(self.text(), &(start..start));
            let typographic = self
                .text()
                .get(start..)
                .is_some_and(|value| value.starts_with(['„', '“', '”', '»', '‚', '‘']));
            let befund = refuse::at(
                self.source,
                YAML_SYNTAX,
                self.offset..self.offset + 1,
                "ein Doppelpunkt mit Leerzeichen dahinter kann in einem Text ohne Anführungszeichen nicht stehen",
            );
            return if typographic {
                befund.abhilfe(format!(
                    "{remedy}; typografische Anführungszeichen gehören für YAML zum Text"
                ))
            } else {
                befund.abhilfe(remedy)
            };
        }
        let Some(above) = self.line.above(self.text()) else {
            return self.wrong_indentation();
        };
        if let Some(key) = refuse::key_without_space(above.content()) {
            return refuse::missing_space_after_colon(self.source, above.first(), key);
        }
        match above.key_value() {
            None => self
                .error(above.first(), "dieser Zeile fehlt ein Doppelpunkt hinter dem Schlüssel")
                .abhilfe("den Doppelpunkt mit einem Leerzeichen ergänzen: „titel: …“"),
            Some((key, _)) if self.line.indent() > above.indent() => self
                .error(
                    self.line.first(),
                    format!("diese Zeile ist tiefer eingerückt als „{key}“ darüber, das schon einen Wert hat"),
                )
                .abhilfe(format!("so weit einrücken wie „{key}“; ein Text über mehrere Zeilen beginnt mit „{key}: |“")),
            Some(_) => self.wrong_indentation(),
        }
    }

    /// A line in a map that has no key.
    fn line_without_key(&self) -> Befund {
        let content = self.line.content();
        if let Some(key) = refuse::key_without_space(content) {
            return refuse::missing_space_after_colon(self.source, self.line.first(), key);
        }
        if refuse::glued_dash(content) {
            return refuse::missing_space_after_dash(self.source, self.line.first());
        }
        if let Some((key, value)) = content.split_once(" :")
            && !key.contains(char::is_whitespace)
        {
            let colon = self.line.first() + key.len() + 1;
            return refuse::at(
                self.source,
                YAML_SYNTAX,
                colon..colon + 1,
                "das Leerzeichen gehört hinter den Doppelpunkt, nicht davor",
            )
            .abhilfe(format!("„{key}: {}“ schreiben", shorten(value)));
        }
        let above = self.line.above(self.text());
        if let Some(above) = above
            && above.content().ends_with(['|', '>', '-', '+'])
            && above
                .key_value()
                .is_some_and(|(_, value)| value.starts_with(['|', '>']))
        {
            return self
                .error(
                    self.line.first(),
                    "der Text hinter „|“ oder „>“ ist nicht eingerückt",
                )
                .abhilfe(
                    "jede Zeile des Textes zwei Leerzeichen tiefer einrücken als den Schlüssel",
                );
        }
        self.error(self.line.first(), "diese Zeile ist kein Schlüssel mit Wert: ihr fehlt ein Doppelpunkt")
            .abhilfe("„schlüssel: …“ schreiben; gehört sie zum Text darüber, tiefer einrücken als dessen Schlüssel")
    }

    fn wrong_indentation(&self) -> Befund {
        if self
            .line
            .text
            .get(..self.line.indent())
            .is_some_and(|blank| blank.contains('\t'))
        {
            return self.tab();
        }
        if let Some(start) = self.line.value_start()
            && self
                .text()
                .get(start..)
                .is_some_and(|value| value.starts_with("{{"))
        {
            return refuse::template_expression(self.source, start);
        }
        if self.line.content().starts_with("- ") {
            return self
                .error(
                    self.line.first(),
                    "hier steht ein Listeneintrag, wo ein Schlüssel stehen muss",
                )
                .abhilfe("gehört er zu einer Liste, so weit einrücken wie deren andere Einträge, sonst „- “ löschen");
        }
        let befund = self.error(
            self.line.first(),
            "die Einrückung dieser Zeile passt zu keiner Zeile darüber",
        );
        befund.abhilfe("so weit einrücken wie die anderen Angaben derselben Ebene, mit Leerzeichen")
    }

    /// The innermost bracket that is still open before the place where the parser gave up.
    fn open_bracket(&self) -> Befund {
        let before = self.text().get(..self.offset).unwrap_or_default();
        let mut closed = 0_usize;
        let opening = before
            .char_indices()
            .rev()
            .find(|(_, character)| match character {
                ']' | '}' => {
                    closed += 1;
                    false
                }
                '[' | '{' if closed > 0 => {
                    closed -= 1;
                    false
                }
                '[' | '{' => true,
                _ => false,
            });
        let (start, bracket) =
            opening.unwrap_or((self.offset, self.rest().chars().next().unwrap_or('[')));
        let wanted = if bracket == '{' { '}' } else { ']' };
        if self
            .text()
            .get(start..)
            .is_some_and(|rest| rest.starts_with("{{"))
        {
            return refuse::template_expression(self.source, start);
        }
        refuse::at(
            self.source,
            YAML_SYNTAX,
            start..start + 1,
            format!("die Klammer „{bracket}“ wird nicht richtig geschlossen"),
        )
        .abhilfe(format!("prüfen, ob zwischen den Angaben Kommas stehen und am Ende „{wanted}“; soll „{bracket}“ zum Text gehören, ihn in Anführungszeichen setzen"))
    }
}
