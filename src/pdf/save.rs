//! Objects → file: object streams, cross-reference stream, compression, and an identifier made from the content.
//!
//! Writes a file once, front to back; knows nothing of what the objects mean.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rayon::prelude::*;

use super::PdfError;
use super::syntax;

/// Beyond this level time grows faster than the file shrinks.
const LEVEL: u32 = 6;
/// Fewer bytes are compressed before another thread has begun.
const WORTH_SHARING: usize = 48 << 10;
/// Objects that one object stream holds.
const PER_STREAM: usize = 1000;

/// The objects of a file in the making.
pub(super) struct Objects {
    /// The highest number given out.
    last: u32,
    /// Numbers below it that nobody uses.
    free: Vec<u32>,
    /// Objects that are no streams, one after the other.
    plain: Vec<u8>,
    /// Their numbers and where they begin in `plain`.
    starts: Vec<(u32, usize)>,
    streams: Vec<StreamObject>,
}

struct StreamObject {
    id: u32,
    /// Entries of its dictionary except length and filter.
    entries: String,
    content: Vec<u8>,
    encoding: Encoding,
}

/// How a stream's bytes get into the file.
#[derive(Clone, Copy, PartialEq)]
enum Encoding {
    /// To be compressed.
    Deflate,
    /// Compressed already.
    Deflated,
    /// As they are: already encoded, or to be read by other programs.
    AsIs,
}

impl Objects {
    /// No objects yet; new ones get the numbers in `free`, then those after `last`.
    pub(super) fn new(last: u32, free: Vec<u32>) -> Self {
        Self {
            last,
            free,
            plain: Vec::with_capacity(32 << 10),
            starts: Vec::new(),
            streams: Vec::new(),
        }
    }

    /// A new number.
    pub(super) fn reserve(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.last += 1;
            self.last
        })
    }

    /// `count` new numbers in a row; returns the first.
    pub(super) fn reserve_many(&mut self, count: usize) -> u32 {
        let first = self.last + 1;
        self.last += u32::try_from(count).unwrap_or_default();
        first
    }

    /// Begins an object; what is appended to the buffer until the next one begins is its value.
    pub(super) fn begin(&mut self, id: u32) -> &mut Vec<u8> {
        self.starts.push((id, self.plain.len()));
        &mut self.plain
    }

    /// Adds a stream that is to be compressed.
    pub(super) fn stream(&mut self, entries: &str, content: Vec<u8>) -> u32 {
        let id = self.reserve();
        self.stream_as(id, entries, content, Encoding::Deflate);
        id
    }

    /// Adds a stream whose bytes stay as they are.
    pub(super) fn stream_as_is(&mut self, entries: &str, content: Vec<u8>) -> u32 {
        let id = self.reserve();
        self.stream_as(id, entries, content, Encoding::AsIs);
        id
    }

    /// Takes over the objects of a document.
    ///
    /// # Errors
    /// The document holds something that has no spelling.
    pub(super) fn take(
        &mut self,
        objects: impl IntoIterator<Item = (u32, lopdf::Object)>,
    ) -> Result<(), PdfError> {
        for (id, object) in objects {
            match object {
                lopdf::Object::Stream(stream) => {
                    let mut entries = Vec::new();
                    for (key, value) in stream
                        .dict
                        .iter()
                        .filter(|(key, _)| key.as_slice() != b"Length")
                    {
                        syntax::name(&mut entries, key);
                        entries.push(b' ');
                        spell(&mut entries, value)?;
                    }
                    let encoding = if stream.dict.has(b"Filter") {
                        Encoding::AsIs
                    } else {
                        Encoding::Deflate
                    };
                    let entries = String::from_utf8(entries).map_err(|_| {
                        PdfError::Document("ein Verzeichnis ist kein ASCII".to_owned())
                    })?;
                    self.stream_as(id, &entries, stream.content, encoding);
                }
                plain => spell(self.begin(id), &plain)?,
            }
        }
        Ok(())
    }

    fn stream_as(&mut self, id: u32, entries: &str, content: Vec<u8>, encoding: Encoding) {
        self.streams.push(StreamObject {
            id,
            entries: entries.to_owned(),
            content,
            encoding,
        });
    }

    /// The file.
    ///
    /// # Errors
    /// The file grows beyond what its tables can address.
    pub(super) fn finish(mut self, root: u32, info: u32) -> Result<Vec<u8>, PdfError> {
        let mut file = File {
            bytes: Vec::with_capacity(64 << 10),
            deflater: Deflater::new(),
            places: Vec::new(),
        };
        file.bytes
            .extend_from_slice(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
        self.streams.sort_by_key(|stream| stream.id);
        compress_all(&mut self.streams)?;
        for stream in &self.streams {
            file.stream(stream)?;
        }
        self.starts.sort_by_key(|(id, _)| *id);
        self.object_streams(&mut file)?;
        let id = identifier(&file.bytes);
        self.cross_references(&mut file, root, info, id)?;
        Ok(file.bytes)
    }

    fn object_streams(&mut self, file: &mut File) -> Result<(), PdfError> {
        // Ends are the next begin in the order of writing, which is not the order of numbers.
        let mut ends: Vec<usize> = self.starts.iter().map(|(_, start)| *start).collect();
        ends.push(self.plain.len());
        ends.sort_unstable();
        let starts = std::mem::take(&mut self.starts);
        for group in starts.chunks(PER_STREAM) {
            let container = self.reserve();
            let (mut index, mut values) = (Vec::new(), Vec::new());
            for (place, (id, start)) in group.iter().enumerate() {
                let end = ends
                    .get(ends.partition_point(|end| end <= start))
                    .copied()
                    .unwrap_or(*start);
                syntax::integer(&mut index, i64::from(*id));
                index.push(b' ');
                syntax::integer(&mut index, i64::try_from(values.len()).unwrap_or_default());
                index.push(b' ');
                values.extend_from_slice(self.plain.get(*start..end).unwrap_or_default());
                values.push(b'\n');
                file.place(
                    *id,
                    Place::Within {
                        container,
                        index: u16::try_from(place).unwrap_or_default(),
                    },
                );
            }
            let entries = format!("/Type/ObjStm/N {}/First {}", group.len(), index.len());
            index.extend_from_slice(&values);
            file.stream(&StreamObject {
                id: container,
                entries,
                content: index,
                encoding: Encoding::Deflate,
            })?;
        }
        Ok(())
    }

    fn cross_references(
        &mut self,
        file: &mut File,
        root: u32,
        info: u32,
        id: [u8; 16],
    ) -> Result<(), PdfError> {
        const ROW: usize = 7;
        let own = self.reserve();
        let start = file.bytes.len();
        file.place(own, Place::At(start));
        let mut rows = Vec::with_capacity(file.places.len() * (ROW + 1));
        let mut above = [0u8; ROW];
        for place in &file.places {
            let row = place.row()?;
            // Rows differ little from their neighbours: predictor 12 stores differences.
            rows.push(2);
            rows.extend(
                row.iter()
                    .zip(above)
                    .map(|(byte, above)| byte.wrapping_sub(above)),
            );
            above = row;
        }
        let mut entries = format!(
            "/Type/XRef/Size {}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/DecodeParms<</Predictor 12/Columns {ROW}>>/ID[",
            file.places.len()
        )
        .into_bytes();
        syntax::hex_string(&mut entries, &id);
        syntax::hex_string(&mut entries, &id);
        entries.push(b']');
        file.stream(&StreamObject {
            id: own,
            entries: String::from_utf8_lossy(&entries).into_owned(),
            content: rows,
            encoding: Encoding::Deflate,
        })?;
        file.bytes
            .extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        Ok(())
    }
}

/// Where an object stands.
#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    Within { container: u32, index: u16 },
}

impl Place {
    fn row(self) -> Result<[u8; 7], PdfError> {
        let (kind, [a, b, c, d], [e, f]) = match self {
            Self::Free => (0, [0; 4], [0xff; 2]),
            Self::At(offset) => {
                let offset = u32::try_from(offset)
                    .map_err(|_| PdfError::Document("größer als 4 GB".to_owned()))?;
                (1, offset.to_be_bytes(), [0; 2])
            }
            Self::Within { container, index } => (2, container.to_be_bytes(), index.to_be_bytes()),
        };
        Ok([kind, a, b, c, d, e, f])
    }
}

struct File {
    bytes: Vec<u8>,
    /// One for all streams: setting one up costs as much as compressing a page.
    deflater: Deflater,
    places: Vec<Place>,
}

impl File {
    fn place(&mut self, id: u32, place: Place) {
        let id = id as usize;
        if self.places.len() <= id {
            self.places.resize(id + 1, Place::Free);
        }
        if let Some(slot) = self.places.get_mut(id) {
            *slot = place;
        }
    }

    fn stream(&mut self, stream: &StreamObject) -> Result<(), PdfError> {
        self.place(stream.id, Place::At(self.bytes.len()));
        let compressed;
        let (filter, content) = match stream.encoding {
            Encoding::Deflate => {
                compressed = self.deflater.compress(&stream.content)?;
                ("/Filter/FlateDecode", &compressed)
            }
            Encoding::Deflated => ("/Filter/FlateDecode", &stream.content),
            Encoding::AsIs => ("", &stream.content),
        };
        let (id, entries, length) = (stream.id, &stream.entries, content.len());
        write!(
            self.bytes,
            "{id} 0 obj\n<<{entries}{filter}/Length {length}>>stream\n"
        )
        .map_err(PdfError::Compress)?;
        self.bytes.extend_from_slice(content);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
        Ok(())
    }
}

/// Compresses streams on all threads of the pool at hand, if they are many enough bytes to share.
fn compress_all(streams: &mut [StreamObject]) -> Result<(), PdfError> {
    let open = |stream: &&mut StreamObject| stream.encoding == Encoding::Deflate;
    let bytes: usize = streams.iter().map(|stream| stream.content.len()).sum();
    if bytes < WORTH_SHARING || rayon::current_num_threads() == 1 {
        return Ok(());
    }
    streams
        .par_iter_mut()
        .filter(open)
        .try_for_each_init(Deflater::new, |deflater, stream| {
            stream.content = deflater.compress(&stream.content)?;
            stream.encoding = Encoding::Deflated;
            Ok(())
        })
}

/// Compresses as PDF's FlateDecode wants it.
struct Deflater(ZlibEncoder<Vec<u8>>);

impl Deflater {
    fn new() -> Self {
        Self(ZlibEncoder::new(Vec::new(), Compression::new(LEVEL)))
    }

    /// The compressed bytes; they do not depend on what was compressed before.
    fn compress(&mut self, content: &[u8]) -> Result<Vec<u8>, PdfError> {
        self.0.get_mut().reserve(content.len() / 2);
        self.0.write_all(content).map_err(PdfError::Compress)?;
        self.0.reset(Vec::new()).map_err(PdfError::Compress)
    }
}

/// Compresses bytes once.
///
/// # Errors
/// The compressor failed.
pub(super) fn deflate(content: &[u8]) -> Result<Vec<u8>, PdfError> {
    Deflater::new().compress(content)
}

/// 128 bits that differ when the content differs; no secret depends on them.
fn identifier(content: &[u8]) -> [u8; 16] {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for chunk in content.chunks(16) {
        let mut word = [0; 16];
        word.iter_mut()
            .zip(chunk)
            .for_each(|(to, from)| *to = *from);
        hash = (hash ^ u128::from_be_bytes(word)).wrapping_mul(PRIME);
        // The product moves changes upwards only; this brings them back.
        hash ^= hash >> 67;
    }
    (hash ^ content.len() as u128).to_be_bytes()
}

/// Appends an object of a document.
fn spell(out: &mut Vec<u8>, object: &lopdf::Object) -> Result<(), PdfError> {
    use lopdf::Object;
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Object::Integer(value) => syntax::integer(out, *value),
        Object::Name(name) => syntax::name(out, name),
        Object::String(bytes, _) => syntax::hex_string(out, bytes),
        Object::Reference((id, _)) => syntax::reference(out, *id),
        Object::Array(items) => {
            out.push(b'[');
            for item in items {
                spell(out, item)?;
                out.push(b' ');
            }
            out.push(b']');
        }
        Object::Dictionary(entries) => {
            out.extend_from_slice(b"<<");
            for (key, value) in entries {
                syntax::name(out, key);
                out.push(b' ');
                spell(out, value)?;
            }
            out.extend_from_slice(b">>");
        }
        Object::Real(_) | Object::Stream(_) => {
            return Err(PdfError::Document(
                "an object that should have been replaced".to_owned(),
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_file_reads_back() {
        let mut objects = Objects::new(0, Vec::new());
        let stream = objects.stream("/Kind/Test", b"some content, some content".to_vec());
        let (catalog, info) = (objects.reserve(), objects.reserve());
        objects.begin(info).extend_from_slice(b"<</Title(x)>>");
        objects
            .begin(catalog)
            .extend_from_slice(b"<</Type/Catalog>>");
        let document = lopdf::Document::load_mem(&objects.finish(catalog, info).unwrap()).unwrap();
        assert_eq!(
            document
                .catalog()
                .unwrap()
                .get(b"Type")
                .unwrap()
                .as_name()
                .unwrap(),
            b"Catalog"
        );
        let content = document
            .get_object((stream, 0))
            .unwrap()
            .as_stream()
            .unwrap();
        assert_eq!(
            content.decompressed_content().unwrap(),
            b"some content, some content"
        );
    }

    #[test]
    fn more_objects_than_one_stream_holds_read_back() {
        let mut objects = Objects::new(0, Vec::new());
        let catalog = objects.reserve();
        objects
            .begin(catalog)
            .extend_from_slice(b"<</Type/Catalog>>");
        for value in 0..2500 {
            let id = objects.reserve();
            syntax::integer(objects.begin(id), value);
        }
        let document =
            lopdf::Document::load_mem(&objects.finish(catalog, catalog).unwrap()).unwrap();
        assert_eq!(document.get_object((2, 0)).unwrap().as_i64().unwrap(), 0);
        assert_eq!(
            document.get_object((2501, 0)).unwrap().as_i64().unwrap(),
            2499
        );
    }

    #[test]
    fn compression_does_not_depend_on_what_came_before() {
        let content = b"Drucksache 215/21, Drucksache 215/21-1".as_slice();
        let mut deflater = Deflater::new();
        deflater.compress(&[7; 5000]).unwrap();
        assert_eq!(
            deflater.compress(content).unwrap(),
            deflate(content).unwrap()
        );
    }

    #[test]
    fn identifiers_depend_on_every_byte() {
        let mut content = vec![0u8; 100];
        let first = identifier(&content);
        content[63] = 1;
        assert_ne!(first, identifier(&content));
    }
}
