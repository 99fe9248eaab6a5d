//! What the file says of itself: XMP, the old information dictionary, and the catalog's entries.
//!
//! Knows no clock: without a date of the paper there is none in the file.

use chrono::NaiveDate;

use super::Metadata;
use super::syntax;

/// The program's name in the file; without its version, which is no property of the paper.
const PRODUCER: &str = "drucksache";

/// The XMP packet.
pub(super) fn xmp(metadata: &Metadata) -> Vec<u8> {
    let mut properties = format!(
        "<dc:format>application/pdf</dc:format>\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>\
         <dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>",
        xml(&metadata.title),
        xml(&metadata.language),
    );
    let mut add = |value: &Option<String>, begin: &str, end: &str| {
        if let Some(value) = value {
            properties.push_str(begin);
            properties.push_str(&xml(value));
            properties.push_str(end);
        }
    };
    add(
        &metadata.author,
        "<dc:creator><rdf:Seq><rdf:li>",
        "</rdf:li></rdf:Seq></dc:creator>",
    );
    let description = "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">";
    add(
        &metadata.subject,
        description,
        "</rdf:li></rdf:Alt></dc:description>",
    );
    add(&metadata.number, "<dc:identifier>", "</dc:identifier>");
    add(&metadata.number, "<pdf:Keywords>", "</pdf:Keywords>");
    let date = metadata
        .date
        .map(|date| date.format("%Y-%m-%dT00:00:00Z").to_string());
    add(&date, "<xmp:CreateDate>", "</xmp:CreateDate>");
    add(&date, "<xmp:ModifyDate>", "</xmp:ModifyDate>");
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" \
         xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
         xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
         xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
         {properties}<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>\n\
         <pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\n\
         {UA_SCHEMA}</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
    .into_bytes()
}

/// PDF/A wants a description of each schema that it does not know itself.
const UA_SCHEMA: &str = "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
    <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
    <pdfaProperty:category>internal</pdfaProperty:category>\
    <pdfaProperty:description>PDF/UA version</pdfaProperty:description>\
    </rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>";

/// Appends the information dictionary.
pub(super) fn info(metadata: &Metadata, out: &mut Vec<u8>) {
    let mut add = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            syntax::name(out, key.as_bytes());
            syntax::text(out, value);
        }
    };
    let date = metadata.date.map(info_date);
    add("Title", Some(&metadata.title));
    add("Author", metadata.author.as_deref());
    add("Subject", metadata.subject.as_deref());
    add("Keywords", metadata.number.as_deref());
    add("Creator", Some(PRODUCER));
    add("Producer", Some(PRODUCER));
    add("CreationDate", date.as_deref());
    add("ModDate", date.as_deref());
}

fn info_date(date: NaiveDate) -> String {
    date.format("D:%Y%m%d000000Z").to_string()
}

/// Text for XML: markup escaped, characters that XML cannot hold left out.
fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata() -> Metadata {
        Metadata {
            title: "Kosten & Schlüssel <2021>".to_owned(),
            language: "de-DE".to_owned(),
            ..Metadata::default()
        }
    }

    #[test]
    fn without_a_date_the_file_knows_none() {
        let xmp = String::from_utf8(xmp(&metadata())).unwrap();
        let mut info_bytes = Vec::new();
        info(&metadata(), &mut info_bytes);
        assert!(!xmp.contains("Date>"), "{xmp}");
        assert!(!String::from_utf8_lossy(&info_bytes).contains("Date"));
    }

    #[test]
    fn both_dates_are_the_papers() {
        let metadata = Metadata {
            date: NaiveDate::from_ymd_opt(2021, 10, 13),
            ..metadata()
        };
        let mut info_bytes = Vec::new();
        info(&metadata, &mut info_bytes);
        assert!(
            String::from_utf8(xmp(&metadata))
                .unwrap()
                .contains("<xmp:CreateDate>2021-10-13T00:00:00Z<")
        );
        assert!(String::from_utf8_lossy(&info_bytes).contains("/CreationDate(D:20211013000000Z)"));
    }

    #[test]
    fn markup_in_a_title_stays_text() {
        assert_eq!(xml("a<b>&\u{1}\n"), "a&lt;b&gt;&amp; ");
    }
}
