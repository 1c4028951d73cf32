//! What begins a series (rule 17).

/// What begins the series of a measure in an area. The series begins on the first day on which this exists (rule 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begins {
    /// A service in the catalogue, which may always have been there.
    Listed,
    /// The value itself, over all topics, where Germany has a value whenever a Land has one: a service launched in Thüringen is
    /// launched in Germany.
    Value,
    /// The value itself, over all topics, where a Land may have a value and Germany none: a service rolled out in Thüringen is
    /// not rolled out in Germany.
    ValueOfEach,
    /// A pair, at whatever stage.
    Pair,
    /// A service with an assessed level, whatever it is.
    Level,
    /// A service whose coverage of the area can be judged, at least this far.
    Judged(JudgedAs),
    /// A stage that the Land or an authority there holds.
    Held,
    /// A plan in force.
    Plan,
}

impl Begins {
    /// Tells whether it may have existed for ever. Descriptions of services and authorities need no day; stages, levels and
    /// plans have one.
    pub(crate) fn may_always_hold(self) -> bool {
        match self {
            Begins::Listed | Begins::Judged(JudgedAs::Judged | JudgedAs::Possible) => true,
            Begins::Value
            | Begins::ValueOfEach
            | Begins::Pair
            | Begins::Level
            | Begins::Judged(JudgedAs::Live)
            | Begins::Held
            | Begins::Plan => false,
        }
    }

    /// Tells whether a Land may have it where Germany has not.
    pub(crate) fn is_said_of_each(self) -> bool {
        match self {
            Begins::ValueOfEach | Begins::Level | Begins::Judged(_) => true,
            Begins::Listed | Begins::Value | Begins::Pair | Begins::Held | Begins::Plan => false,
        }
    }
}

/// How far the coverage of a service can be judged: the parts of [`Count::Judged`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JudgedAs {
    /// Whether it covers the area can be judged.
    Judged,
    /// There is a responsible authority.
    Possible,
    /// It is live at a responsible authority.
    Live,
}
