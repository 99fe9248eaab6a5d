//! Pages → bytes of a PDF.
