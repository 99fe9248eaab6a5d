//! The structure: what is a heading, a cell, a link, and which content on which page belongs to it.
//!
//! Writes pages and links too, because they point back into the structure.

use super::PdfError;
use super::content::role_name;
use super::save::Objects;
use super::syntax;
use super::write::FramePage;
use crate::layout::page::{
    Destination, Kid, LinkArea, ListNumbering, Mpt, Node, NodeId, Owner, Page, Pages, Rect, Role,
    Scope,
};

/// The numbers that the structure's parts have in the file.
pub(super) struct Tags<'a> {
    pages: &'a Pages,
    frame: &'a [FramePage],
    /// Object of node 0; the others follow.
    first_node: u32,
    /// Object of a page's first link; its others follow.
    first_link: Vec<u32>,
    /// Key of a page's first link in the parent tree.
    first_key: Vec<usize>,
    /// The nodes that are notes.
    notes: Vec<NodeId>,
    /// Numbers of the pages' marks; artifacts have none.
    mark_numbers: Vec<Vec<Option<i64>>>,
}

impl<'a> Tags<'a> {
    /// Reserves the numbers.
    pub(super) fn new(pages: &'a Pages, frame: &'a [FramePage], objects: &mut Objects) -> Self {
        let mut key = pages.pages.len();
        let mut tags = Self {
            pages,
            frame,
            first_node: objects.reserve_many(pages.tree.len()),
            first_link: Vec::new(),
            first_key: Vec::new(),
            notes: notes(pages),
            mark_numbers: pages.pages.iter().map(mark_numbers).collect(),
        };
        for page in &pages.pages {
            tags.first_link.push(objects.reserve_many(page.links.len()));
            tags.first_key.push(key);
            key += page.links.len();
        }
        tags
    }

    /// Writes pages, links, nodes and parent tree; returns the root of the structure.
    ///
    /// # Errors
    /// [`PdfError::Pages`] where a part of the pages names another one that is not there.
    pub(super) fn write(
        &self,
        resources: u32,
        page_tree: u32,
        objects: &mut Objects,
    ) -> Result<u32, PdfError> {
        for index in 0..self.pages.pages.len() {
            self.page(index, resources, page_tree, objects)?;
        }
        let root = objects.reserve();
        for (id, node) in self.pages.tree.iter().enumerate() {
            self.node(id, node, root, objects.begin(self.node_object(id)?))?;
        }
        let parents = self.parent_tree(objects)?;
        let out = objects.begin(root);
        out.extend_from_slice(b"<</Type/StructTreeRoot/K ");
        syntax::reference(out, self.node_object(0)?);
        out.extend_from_slice(b"/ParentTree ");
        syntax::reference(out, parents);
        out.extend_from_slice(b"/ParentTreeNextKey ");
        let links: usize = self.pages.pages.iter().map(|page| page.links.len()).sum();
        integer(out, self.pages.pages.len() + links);
        self.identifiers(out)?;
        out.extend_from_slice(b">>");
        Ok(root)
    }

    fn node_object(&self, node: NodeId) -> Result<u32, PdfError> {
        if node >= self.pages.tree.len() {
            return Err(PdfError::Pages(format!("kein Strukturelement {node}")));
        }
        Ok(self.first_node + u32::try_from(node).unwrap_or_default())
    }

    fn link_object(&self, page: usize, link: usize) -> Result<u32, PdfError> {
        let exists = self
            .pages
            .pages
            .get(page)
            .is_some_and(|page| link < page.links.len());
        match self.first_link.get(page) {
            Some(first) if exists => Ok(first + u32::try_from(link).unwrap_or_default()),
            _ => Err(PdfError::Pages(format!(
                "kein Verweis {link} auf Seite {page}"
            ))),
        }
    }

    fn page_object(&self, page: usize) -> Result<u32, PdfError> {
        self.frame
            .get(page)
            .map(|frame| frame.id)
            .ok_or_else(|| PdfError::Pages(format!("keine Seite {page}")))
    }

    fn page(
        &self,
        index: usize,
        resources: u32,
        page_tree: u32,
        objects: &mut Objects,
    ) -> Result<(), PdfError> {
        let (Some(page), Some(frame)) = (self.pages.pages.get(index), self.frame.get(index)) else {
            return Err(PdfError::Pages(format!("keine Seite {index}")));
        };
        let out = objects.begin(frame.id);
        out.extend_from_slice(b"<</Type/Page/Parent ");
        syntax::reference(out, page_tree);
        out.extend_from_slice(b"/MediaBox");
        syntax::number_array(out, &[0, 0, page.width, page.height]);
        out.extend_from_slice(b"/Resources ");
        syntax::reference(out, resources);
        out.extend_from_slice(b"/Contents ");
        syntax::reference(out, frame.content);
        out.extend_from_slice(b"/Tabs/S/StructParents ");
        integer(out, index);
        if !page.links.is_empty() {
            out.extend_from_slice(b"/Annots[");
            for link in 0..page.links.len() {
                syntax::reference(out, self.link_object(index, link)?);
                out.push(b' ');
            }
            out.push(b']');
        }
        out.extend_from_slice(b">>");
        for (number, link) in page.links.iter().enumerate() {
            let key = self.first_key.get(index).copied().unwrap_or_default() + number;
            let out = objects.begin(self.link_object(index, number)?);
            self.link(link, page, frame.id, key, out)?;
        }
        Ok(())
    }

    fn link(
        &self,
        link: &LinkArea,
        page: &Page,
        page_id: u32,
        key: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), PdfError> {
        out.extend_from_slice(b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/P ");
        syntax::reference(out, page_id);
        out.extend_from_slice(b"/Rect");
        syntax::number_array(out, &corners(link.area, page.height));
        out.extend_from_slice(b"/Contents");
        syntax::text(out, &link.contents);
        out.extend_from_slice(b"/StructParent ");
        integer(out, key);
        match &link.target {
            Destination::Uri(uri) => {
                out.extend_from_slice(b"/A<</S/URI/URI");
                syntax::literal(out, syntax::ascii_uri(uri).as_bytes());
                out.extend_from_slice(b">>");
            }
            Destination::Page { page, y } => {
                out.extend_from_slice(b"/Dest");
                self.destination(*page, *y, out)?;
            }
        }
        out.extend_from_slice(b">>");
        Ok(())
    }

    /// Appends a place on a page.
    pub(super) fn destination(
        &self,
        page: usize,
        y: Mpt,
        out: &mut Vec<u8>,
    ) -> Result<(), PdfError> {
        let height = self.pages.pages.get(page).map_or(0, |page| page.height);
        out.push(b'[');
        syntax::reference(out, self.page_object(page)?);
        out.extend_from_slice(b"/XYZ 0 ");
        syntax::thousandths(out, height - y);
        out.extend_from_slice(b" null]");
        Ok(())
    }

    fn node(&self, id: NodeId, node: &Node, root: u32, out: &mut Vec<u8>) -> Result<(), PdfError> {
        out.extend_from_slice(b"<</S");
        syntax::name(out, role_name(&node.role).as_bytes());
        out.extend_from_slice(b"/P ");
        syntax::reference(
            out,
            if id == 0 {
                root
            } else {
                self.node_object(node.parent)?
            },
        );
        let own_page = own_page(node);
        if let Some(page) = own_page {
            out.extend_from_slice(b"/Pg ");
            syntax::reference(out, self.page_object(page)?);
        }
        if !node.kids.is_empty() {
            out.extend_from_slice(b"/K[");
            for (place, kid) in node.kids.iter().enumerate() {
                if place > 0 {
                    out.push(b' ');
                }
                self.kid(*kid, own_page, out)?;
            }
            out.push(b']');
        }
        if let Some(language) = &node.language {
            out.extend_from_slice(b"/Lang");
            syntax::text(out, language);
        }
        if let Some(alt) = &node.alt {
            out.extend_from_slice(b"/Alt");
            syntax::text(out, alt);
        }
        self.attributes(id, node, own_page, out);
        out.extend_from_slice(b">>");
        Ok(())
    }

    fn kid(&self, kid: Kid, own_page: Option<usize>, out: &mut Vec<u8>) -> Result<(), PdfError> {
        match kid {
            Kid::Node(node) => syntax::reference(out, self.node_object(node)?),
            Kid::Mark { page, mark } => {
                let number = self
                    .mark_numbers
                    .get(page)
                    .and_then(|marks| marks.get(mark).copied().flatten())
                    .ok_or_else(|| {
                        PdfError::Pages(format!("kein Inhalt {mark} auf Seite {page}"))
                    })?;
                if own_page == Some(page) {
                    syntax::integer(out, number);
                } else {
                    out.extend_from_slice(b"<</Type/MCR/Pg ");
                    syntax::reference(out, self.page_object(page)?);
                    out.extend_from_slice(b"/MCID ");
                    syntax::integer(out, number);
                    out.extend_from_slice(b">>");
                }
            }
            Kid::Link { page, link } => {
                out.extend_from_slice(b"<</Type/OBJR/Pg ");
                syntax::reference(out, self.page_object(page)?);
                out.extend_from_slice(b"/Obj ");
                syntax::reference(out, self.link_object(page, link)?);
                out.extend_from_slice(b">>");
            }
        }
        Ok(())
    }

    fn attributes(&self, id: NodeId, node: &Node, own_page: Option<usize>, out: &mut Vec<u8>) {
        match &node.role {
            Role::TableHeading(scope) => {
                out.extend_from_slice(b"/A<</O/Table/Scope");
                syntax::name(out, scope_name(*scope).as_bytes());
                out.extend_from_slice(b">>");
            }
            Role::List(numbering) => {
                out.extend_from_slice(b"/A<</O/List/ListNumbering");
                syntax::name(out, numbering_name(*numbering).as_bytes());
                out.extend_from_slice(b">>");
            }
            Role::Figure(area) => {
                let page = own_page.and_then(|page| self.pages.pages.get(page));
                out.extend_from_slice(b"/A<</O/Layout/Placement/Block/BBox");
                syntax::number_array(out, &corners(*area, page.map_or(0, |page| page.height)));
                out.extend_from_slice(b">>");
            }
            Role::Note => {
                out.extend_from_slice(b"/ID");
                syntax::literal(out, note_id(&self.notes, id).as_bytes());
            }
            _ => {}
        }
    }

    /// Pages and links → the nodes that their content belongs to.
    fn parent_tree(&self, objects: &mut Objects) -> Result<u32, PdfError> {
        let lists = objects.reserve_many(self.pages.pages.len());
        let mut entries = b"<</Nums[".to_vec();
        for (index, page) in self.pages.pages.iter().enumerate() {
            let list = lists + u32::try_from(index).unwrap_or_default();
            let out = objects.begin(list);
            out.push(b'[');
            for mark in &page.marks {
                if let Owner::Node(node) = mark.owner {
                    syntax::reference(out, self.node_object(node)?);
                    out.push(b' ');
                }
            }
            out.push(b']');
            integer(&mut entries, index);
            entries.push(b' ');
            syntax::reference(&mut entries, list);
            entries.push(b' ');
        }
        for (page, first) in self.pages.pages.iter().zip(&self.first_key) {
            for (number, link) in page.links.iter().enumerate() {
                integer(&mut entries, first + number);
                entries.push(b' ');
                syntax::reference(&mut entries, self.node_object(link.node)?);
                entries.push(b' ');
            }
        }
        entries.extend_from_slice(b"]>>");
        let tree = objects.reserve();
        objects.begin(tree).extend_from_slice(&entries);
        Ok(tree)
    }

    /// The table of the notes' identifiers, which must be in the order of their bytes.
    fn identifiers(&self, out: &mut Vec<u8>) -> Result<(), PdfError> {
        if self.notes.is_empty() {
            return Ok(());
        }
        out.extend_from_slice(b"/IDTree<</Names[");
        for node in &self.notes {
            syntax::literal(out, note_id(&self.notes, *node).as_bytes());
            syntax::reference(out, self.node_object(*node)?);
            out.push(b' ');
        }
        out.extend_from_slice(b"]>>");
        Ok(())
    }
}

fn mark_numbers(page: &Page) -> Vec<Option<i64>> {
    let mut next = 0;
    page.marks
        .iter()
        .map(|mark| match mark.owner {
            Owner::Node(_) => {
                next += 1;
                Some(next - 1)
            }
            Owner::Artifact(_) => None,
        })
        .collect()
}

/// The nodes that are notes, in the order of their numbers.
pub(super) fn notes(pages: &Pages) -> Vec<NodeId> {
    let nodes = pages.tree.iter().enumerate();
    nodes
        .filter(|(_, node)| node.role == Role::Note)
        .map(|(id, _)| id)
        .collect()
}

/// Notes are numbered as they come in the tree, so that text elsewhere does not change their identifiers; all are of
/// equal length, so that the order of numbers is the order of bytes.
pub(super) fn note_id(notes: &[NodeId], note: NodeId) -> String {
    let number = notes.partition_point(|other| *other < note);
    format!("note-{:05}", number + 1)
}

/// The page that a node's content is on, unless it says otherwise.
pub(super) fn own_page(node: &Node) -> Option<usize> {
    node.kids.iter().find_map(|kid| match kid {
        Kid::Mark { page, .. } => Some(*page),
        _ => None,
    })
}

/// The name of what a heading cell stands for.
pub(super) fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Column => "Column",
        Scope::Row => "Row",
    }
}

/// The name of how a list is numbered.
pub(super) fn numbering_name(numbering: ListNumbering) -> &'static str {
    match numbering {
        ListNumbering::None => "None",
        ListNumbering::Disc => "Disc",
        ListNumbering::Decimal => "Decimal",
        ListNumbering::LowerAlpha => "LowerAlpha",
    }
}

/// Left, bottom, right, top.
pub(super) fn corners(area: Rect, page_height: Mpt) -> [Mpt; 4] {
    let top = page_height - area.y;
    [area.x, top - area.height, area.x + area.width, top]
}

fn integer(out: &mut Vec<u8>, value: usize) {
    syntax::integer(out, i64::try_from(value).unwrap_or(i64::MAX));
}
