//! Named choices: one vocabulary for command line, address and page.

/// A closed set of options, each with the one name it has everywhere.
pub trait Choice: Sized + Copy + PartialEq + 'static {
    /// Name of the option itself (`flavor`, `quenching`, ...).
    const OPTION: &'static str;
    /// Every member, in the order in which it is shown.
    const ALL: &'static [Self];

    /// The member's name.
    fn name(self) -> &'static str;

    /// The member of this name.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Input`] listing the names there are.
    fn from_name(name: &str) -> Result<Self, crate::Error> {
        Self::ALL
            .iter()
            .copied()
            .find(|member| member.name() == name)
            .ok_or_else(|| {
                let names: Vec<_> = Self::ALL.iter().map(|member| member.name()).collect();
                crate::Error::input(Self::OPTION, crate::error::quoted(name), names.join(", "))
            })
    }
}

/// Defines an enum with [`Choice`], `FromStr`, `Display` and serde by name.
macro_rules! named_choice {
    (
        $(#[$meta:meta])*
        $option:literal: pub enum $Type:ident {
            $( $(#[$member_meta:meta])* $Member:ident = $name:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $Type {
            $( $(#[$member_meta])* #[serde(rename = $name)] $Member, )+
        }

        impl $crate::choice::Choice for $Type {
            const OPTION: &'static str = $option;
            const ALL: &'static [Self] = &[$( Self::$Member, )+];

            fn name(self) -> &'static str {
                match self {
                    $( Self::$Member => $name, )+
                }
            }
        }

        impl std::str::FromStr for $Type {
            type Err = $crate::Error;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                <Self as $crate::choice::Choice>::from_name(name)
            }
        }

        impl std::fmt::Display for $Type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str($crate::choice::Choice::name(*self))
            }
        }
    };
}

pub(crate) use named_choice;
