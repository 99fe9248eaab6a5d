//! Stand-ins for values that are missing or were refused, so that the rest of a map can still be read.
//!
//! A stand-in never reaches anybody: where one was needed there is a finding, and then no value is handed out.

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::fault::{Fault, german_expected};

/// A type that contains itself without end has no stand-in; nobody nests that deep on purpose.
const MAX_DEPTH: usize = 32;

/// Answers whatever a type asks for with the simplest thing that it takes.
#[derive(Clone, Copy)]
pub(crate) struct StandIn<'r> {
    depth: usize,
    /// Hears what the type wants to have.
    learn: &'r dyn Fn(String),
}

impl<'r> StandIn<'r> {
    pub(crate) fn new(learn: &'r dyn Fn(String)) -> Self {
        Self { depth: 0, learn }
    }

    fn deeper(self) -> Result<Self, Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(serde::de::Error::custom("zu tief"));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }

    fn learn(self, expected: impl FnOnce() -> String) {
        if self.depth == 0 {
            (self.learn)(expected());
        }
    }
}

/// How a visitor names what it wants, in German.
pub(crate) fn expected<'de, V: Visitor<'de>>(visitor: &V) -> String {
    german_expected(&(visitor as &dyn serde::de::Expected).to_string())
}

macro_rules! answer {
    ($($method:ident => $visit:ident($value:expr);)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.learn(|| expected(&visitor));
            visitor.$visit($value)
        })*
    };
}

impl<'de> Deserializer<'de> for StandIn<'_> {
    type Error = Fault;

    answer! {
        deserialize_bool => visit_bool(false);
        deserialize_i8 => visit_i8(1);
        deserialize_i16 => visit_i16(1);
        deserialize_i32 => visit_i32(1);
        deserialize_i64 => visit_i64(1);
        deserialize_u8 => visit_u8(1);
        deserialize_u16 => visit_u16(1);
        deserialize_u32 => visit_u32(1);
        deserialize_u64 => visit_u64(1);
        deserialize_f32 => visit_f32(1.0);
        deserialize_f64 => visit_f64(1.0);
        deserialize_char => visit_char('x');
        deserialize_string => visit_str("Beispiel");
        deserialize_bytes => visit_bytes(b"");
        deserialize_byte_buf => visit_bytes(b"");
    }

    // Scalar types read their own example: see `deserialize_scalar`.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.learn(|| expected(&visitor));
        visitor.visit_unit()
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str("")
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.learn(|| "eine Liste".to_owned());
        visitor.visit_seq(Several {
            left: 0,
            stand_in: self,
        })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Fault> {
        self.learn(|| expected(&visitor));
        visitor.visit_seq(Several {
            left: len,
            stand_in: self.deeper()?,
        })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.learn(|| expected(&visitor));
        visitor.visit_map(Fields {
            fields: &[],
            stand_in: self,
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.learn(|| format!("eine Gruppe von Angaben: {}", fields.join(", ")));
        visitor.visit_map(Fields {
            fields,
            stand_in: self.deeper()?,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.learn(|| format!("eins von: {}", variants.join(", ")));
        visitor.visit_enum(Variant {
            name: variants.first().copied().unwrap_or_default(),
            stand_in: self.deeper()?,
        })
    }
}

struct Several<'r> {
    left: usize,
    stand_in: StandIn<'r>,
}

impl<'de> SeqAccess<'de> for Several<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        seed.deserialize(self.stand_in).map(Some)
    }
}

struct Fields<'r> {
    fields: &'static [&'static str],
    stand_in: StandIn<'r>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((first, rest)) = self.fields.split_first() else {
            return Ok(None);
        };
        self.fields = rest;
        seed.deserialize(StrDeserializer::new(first)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self.stand_in)
    }
}

struct Variant<'r> {
    name: &'static str,
    stand_in: StandIn<'r>,
}

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Fault> {
        let name = seed.deserialize(StrDeserializer::<Fault>::new(self.name))?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self.stand_in)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Fault> {
        self.stand_in.deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        MapAccessDeserializer::new(Fields {
            fields,
            stand_in: self.stand_in,
        })
        .deserialize_any(visitor)
    }
}
