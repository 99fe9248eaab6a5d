//! Where the words of a text stand, so that rules find theirs without reading it all.

fn gehoert_zum_wort(c: char) -> bool {
    c.is_alphanumeric()
}

/// How a word begins: the classes of its first two letters. Rules look for hundreds of words, of which most stand nowhere
/// in most texts, and their beginnings tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anfang {
    erster: usize,
    /// Any, if absent.
    zweiter: Option<usize>,
}

/// How many classes of letters there are.
const KLASSEN: usize = 32;

impl Anfang {
    /// The beginning of a text.
    pub(super) fn von(text: &str) -> Self {
        let mut zeichen = text.chars();
        Self {
            erster: klasse(zeichen.next()),
            zweiter: Some(klasse(zeichen.next())),
        }
    }

    /// What the first of some words to look for asks for: a sign stands for itself, whatever follows.
    pub(super) fn des_suchworts(worte: &str) -> Self {
        let mut zeichen = worte.trim_start().chars();
        Self {
            erster: klasse(zeichen.next()),
            zweiter: zeichen
                .next()
                .filter(|c| gehoert_zum_wort(*c))
                .map(|c| klasse(Some(c))),
        }
    }

    /// Whether a word that begins like this one is among those that are looked for.
    pub(super) fn umfasst(self, gesucht: Self) -> bool {
        self.erster == gesucht.erster
            && (gesucht.zweiter.is_none() || self.zweiter == gesucht.zweiter)
    }
}

/// A class of letters that upper and lower case share.
fn klasse(c: Option<char>) -> usize {
    match c {
        Some(c @ ('a'..='z' | 'A'..='Z')) => usize::from(c as u8 & 0x1f),
        Some('ä' | 'Ä') => 27,
        Some('ö' | 'Ö') => 28,
        Some('ü' | 'Ü') => 29,
        Some('0'..='9') => 30,
        Some(_) => 31,
        None => 0,
    }
}

/// Where the words of a text begin, in its order: by their first letter, and by their first two.
#[derive(Debug)]
pub(super) struct Woerter {
    nach_einem: Vec<Vec<usize>>,
    nach_zweien: Vec<Vec<usize>>,
}

impl Woerter {
    pub(super) fn aus(text: &str) -> Self {
        let mut woerter = Self {
            nach_einem: vec![Vec::new(); KLASSEN],
            nach_zweien: vec![Vec::new(); KLASSEN * KLASSEN],
        };
        let mut vorher = ' ';
        let mut zeichen = text.char_indices().peekable();
        while let Some((i, c)) = zeichen.next() {
            if !gehoert_zum_wort(vorher) && !c.is_whitespace() {
                let zweites = zeichen.peek().map(|(_, c)| *c);
                woerter.merke(klasse(Some(c)), klasse(zweites), i);
            }
            vorher = c;
        }
        woerter
    }

    fn merke(&mut self, erster: usize, zweiter: usize, wort: usize) {
        if let Some(fach) = self.nach_einem.get_mut(erster) {
            fach.push(wort);
        }
        if let Some(fach) = self.nach_zweien.get_mut(erster * KLASSEN + zweiter) {
            fach.push(wort);
        }
    }

    /// In the order of the text.
    pub(super) fn mit(&self, gesucht: Anfang) -> &[usize] {
        match gesucht.zweiter {
            Some(zweiter) => self.nach_zweien.get(gesucht.erster * KLASSEN + zweiter),
            None => self.nach_einem.get(gesucht.erster),
        }
        .map_or(&[], Vec::as_slice)
    }
}

/// German lower case is one letter for one letter.
fn kleinbuchstabe(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    c.to_lowercase().next()
}

/// The end of the words that begin here, if they are these.
pub(super) fn passt(text: &str, von: usize, worte: &str) -> Option<usize> {
    let mut hier = von;
    for (i, wort) in worte.split_whitespace().enumerate() {
        if i > 0 {
            let rest = text.get(hier..)?;
            let naechstes = rest.trim_start_matches([' ', '\t']);
            if naechstes.len() == rest.len() {
                return None;
            }
            hier += rest.len() - naechstes.len();
        }
        let stamm = wort.trim_end_matches('*');
        let offen = stamm.len() < wort.len();
        let mut buchstaben = text.get(hier..)?.chars();
        for erwartet in stamm.chars() {
            let c = buchstaben.next()?;
            if kleinbuchstabe(c) != kleinbuchstabe(erwartet) {
                return None;
            }
            hier += c.len_utf8();
        }
        let rest = text.get(hier..)?;
        let weiter = rest.len() - rest.trim_start_matches(gehoert_zum_wort).len();
        // A sign ends by itself; a word ends where no letter follows.
        let ist_wort = stamm.ends_with(gehoert_zum_wort);
        match (offen, weiter) {
            (true, weiter) => hier += weiter,
            (false, 0) => {}
            (false, _) if ist_wort => return None,
            (false, _) => {}
        }
    }
    Some(hier)
}
