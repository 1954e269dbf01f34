// SPDX-License-Identifier: EUPL-1.2
//! XML as a small tree: bounded in size, depth and number of elements, without document types and entities of its own.

use passend::Text;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::{Code, Content};

/// A CV with a photo is some megabytes.
const LARGEST: usize = 32 << 20;
/// The deepest real ones have some twenty levels.
const DEEPEST: usize = 64;
/// Elements of a file at most.
const MOST_ELEMENTS: usize = 200_000;
/// A text of a field at most.
const LONGEST_TEXT: usize = 65_536;

/// An element, by its name without prefix.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    text: String,
    /// The text was longer than a field may be, and is not kept.
    too_long: bool,
}

impl Element {
    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first descendant on a path such as `Position/Label`.
    pub(super) fn at(&self, path: &str) -> Option<&Self> {
        path.split('/').try_fold(self, |element, name| element.child(name))
    }

    /// The text of the descendant on a path, without spaces around it; nothing for an empty one.
    pub(super) fn text_at(&self, path: &str) -> Option<&str> {
        self.at(path)?.text()
    }

    /// The text, without spaces around it; nothing when empty.
    pub(super) fn text(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }

    /// An attribute, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Every element of this name, at any depth.
    pub(super) fn below<'a>(&'a self, name: &'a str) -> Vec<&'a Self> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(element) = open.pop() {
            if element.name == name {
                found.push(element);
            }
            open.extend(element.children.iter().rev());
        }
        found
    }
}

/// Reads a whole file; `skipped` names elements that are not kept, with all that they hold.
pub(super) fn read(bytes: &[u8], skipped: &[&str]) -> Result<Element, Content> {
    if bytes.len() > LARGEST {
        return Err(Content::expected(Code::TooLarge, "most", "32 MB"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| broken("tekst in UTF-8", "text in UTF-8"))?;
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let not_whole = || {
        broken("elk element heeft een begin en een einde", "each element has a begin and an end")
    };
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut elements = 0_usize;
    // How deep inside an element that is not kept.
    let mut outside = 0_usize;
    loop {
        let event = reader.read_event().map_err(|_| not_whole())?;
        match event {
            Event::Start(start) => {
                elements += 1;
                if elements > MOST_ELEMENTS || open.len() + outside >= DEEPEST {
                    return Err(broken(
                        "ten hoogste 200.000 elementen en 64 niveaus diep",
                        "at most 200,000 elements and 64 levels deep",
                    ));
                }
                let element = begun(&start)?;
                if outside > 0 || skipped.contains(&element.name.as_str()) {
                    outside += 1;
                    // What is not kept is counted by its name.
                    if outside == 1 {
                        match open.last_mut() {
                            Some(parent) => parent
                                .children
                                .push(Element { name: element.name, ..Element::default() }),
                            None => return Err(not_whole()),
                        }
                    }
                } else if root.is_some() {
                    return Err(not_whole());
                } else {
                    open.push(element);
                }
            }
            Event::End(_) if outside > 0 => outside -= 1,
            Event::End(_) => {
                let Some(element) = open.pop() else { return Err(not_whole()) };
                match open.last_mut() {
                    Some(parent) => parent.children.push(element),
                    None => root = Some(element),
                }
            }
            Event::Text(words) => add(&mut open, outside, &words.xml10_content()),
            Event::CData(words) => add(&mut open, outside, &words.xml10_content()),
            Event::GeneralRef(reference) => {
                let known = match &*reference.xml10_content() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                let Some(letter) = known else { return Err(no_types()) };
                add(&mut open, outside, letter.encode_utf8(&mut [0; 4]));
            }
            // A document type can make a file of a kilobyte into one of gigabytes, or read other files.
            Event::DocType(_) => return Err(no_types()),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => {}
        }
    }
    if !open.is_empty() || outside > 0 {
        return Err(not_whole());
    }
    root.ok_or_else(not_whole)
}

fn add(open: &mut [Element], outside: usize, words: &str) {
    if outside > 0 {
        return;
    }
    let Some(element) = open.last_mut() else { return };
    element.too_long |= element.text.len() + words.len() > LONGEST_TEXT;
    if element.too_long {
        element.text.clear();
    } else {
        element.text.push_str(words);
    }
}

fn begun(start: &BytesStart<'_>) -> Result<Element, Content> {
    let name = start.local_name().as_ref().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute
            .map_err(|_| broken("elk attribuut heeft een waarde", "each attribute has a value"))?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|_| no_types())?;
        if value.len() <= LONGEST_TEXT {
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
    }
    Ok(Element { name, attributes, ..Element::default() })
}

fn broken(nl: &str, en: &str) -> Content {
    let text = Text { nl: nl.to_owned(), en: en.to_owned() };
    Content::expected_text(Code::BrokenXml, "expected", text)
}

fn no_types() -> Content {
    broken(
        "geen documenttype (`<!DOCTYPE`) en geen eigen entiteiten",
        "no document type (`<!DOCTYPE`) and no entities of its own",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_their_names_without_prefix() {
        let xml = "<?xml version='1.0'?><a:r xmlns:a='x'><b x:k=' 1 '>een &amp; &#233;<![CDATA[<c>]]></b><s><b/></s><b/></a:r>";
        let root = read(xml.as_bytes(), &["s"]).unwrap();
        assert_eq!(root.name, "r");
        assert_eq!(root.text_at("b"), Some("een & é<c>"));
        assert_eq!(root.child("b").unwrap().attribute("k"), Some("1"));
        assert_eq!(root.below("b").len(), 2);
        assert_eq!(root.child("s").unwrap().children, []);
    }

    #[track_caller]
    fn refused(xml: &str) {
        assert!(read(xml.as_bytes(), &[]).is_err(), "{xml}");
    }

    #[test]
    fn what_is_not_whole_or_could_grow_is_refused() {
        refused("");
        refused("<a>");
        refused("<a></b>");
        refused("<a/><b/>");
        refused("</a>");
        refused("<a b>x</a>");
        refused("<a>&own;</a>");
        refused("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>");
        refused("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>");
        refused(&("<a>".repeat(65) + &"</a>".repeat(65)));
        refused(&"<a>".repeat(1_000_000));
    }
}
