// SPDX-License-Identifier: EUPL-1.2
//! Saved pages: their blocks of JSON-LD, and the words of a text with tags.

use html5gum::{Spanned, Token, Tokenizer};

/// The blocks of JSON-LD of a page, each with where it begins, in bytes.
pub(super) fn json_ld_blocks(page: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut inside = false;
    let mut emitter = html5gum::DefaultEmitter::<usize>::new_with_span();
    // Without it the words of a script would be read as tags.
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) if *tag.name == *b"script" => {
                let kind =
                    tag.attributes.get(b"type".as_slice()).map(|kind| kind.to_ascii_lowercase());
                inside =
                    kind.is_some_and(|kind| kind.trim_ascii().starts_with(b"application/ld+json"));
                if inside {
                    blocks.push((tag.span.end, String::new()));
                }
            }
            Token::String(Spanned { value, .. }) if inside => {
                if let Some((_, block)) = blocks.last_mut() {
                    block.push_str(&String::from_utf8_lossy(&value));
                }
            }
            Token::EndTag(_) => inside = false,
            _ => {}
        }
    }
    blocks
}

/// The words of a text that may have tags and entities in it, with line breaks where the tags make them.
pub(super) fn words_of(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.trim().to_owned();
    }
    let mut words = String::new();
    for token in Tokenizer::new(text) {
        let Ok(token) = token;
        match token {
            Token::String(part) => words.push_str(&String::from_utf8_lossy(&part)),
            Token::StartTag(tag) if matches!(&**tag.name, b"br" | b"p" | b"li" | b"div") => {
                words.push('\n');
            }
            Token::EndTag(tag)
                if matches!(&**tag.name, b"p" | b"ul" | b"div" | b"h1" | b"h2" | b"h3") =>
            {
                words.push('\n');
            }
            _ => {}
        }
    }
    let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n").replace('\0', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_blocks_of_json_ld_are_taken() {
        let page = "<html><script>var a = '<b>';</script>\n<SCRIPT TYPE='application/ld+json; charset=utf-8'>{\"a\": \"<b>\"}</SCRIPT>\
            <script type=\"application/ld+json\">[]</script></html>";
        let blocks = json_ld_blocks(page);
        let texts: Vec<&str> = blocks.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["{\"a\": \"<b>\"}", "[]"]);
        assert!(
            blocks
                .iter()
                .all(|(at, text)| page.get(*at..).is_some_and(|there| there.starts_with(text)))
        );
    }

    #[test]
    fn tags_become_line_breaks() {
        assert_eq!(
            words_of("<p>Je kookt.</p><ul><li>soep</li><li>brood &amp; boter</li></ul>"),
            "Je kookt.\nsoep\nbrood & boter"
        );
        assert_eq!(words_of(" kok "), "kok");
    }
}
