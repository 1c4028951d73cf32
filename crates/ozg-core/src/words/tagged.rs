//! Enums whose variants hold something: each variant has a code of its own in the log, free of the order in which the
//! variants stand.

/// Declares an enum that is written as the code of its variant and what the variant holds. A row is: code, variant, and
/// in brackets a name and a type for each thing that it holds.
///
/// The code is what the log holds: it is given once, is never changed and never given again.
macro_rules! tagged {
    (
        $(#[$about:meta])*
        $name:ident;
        $($(#[$row:meta])* $code:literal $variant:ident($($field:ident: $holds:ty),+);)+
    ) => {
        $(#[$about])*
        pub enum $name {
            $($(#[$row])* $variant($($holds),+),)+
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $($name::$variant($($field),+) => serializer.serialize_newtype_variant(
                        stringify!($name),
                        $code,
                        stringify!($variant),
                        &($($field,)+),
                    ),)+
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                enum Holding { $($variant),+ }
                struct OneOf;
                impl<'de> serde::de::Visitor<'de> for OneOf {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(stringify!($name))
                    }

                    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, data: A) -> Result<$name, A::Error> {
                        use $crate::words::table::{Variant, Written};
                        use serde::de::VariantAccess;
                        let known = |written: Written<'_>| match written {
                            $(Written::Code($code) => Some(Holding::$variant),)+
                            $(Written::Id(stringify!($variant)) => Some(Holding::$variant),)+
                            Written::Code(_) | Written::Id(_) => None,
                        };
                        let (found, rest) = data.variant_seed(Variant(stringify!($name), known))?;
                        match found {
                            $(Holding::$variant => {
                                let ($($field,)+) = rest.newtype_variant()?;
                                Ok($name::$variant($($field),+))
                            })+
                        }
                    }
                }
                deserializer.deserialize_enum(stringify!($name), &[], OneOf)
            }
        }
    };
}
pub(crate) use tagged;
