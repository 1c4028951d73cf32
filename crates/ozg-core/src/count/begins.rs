//! What begins a series (rule 17).

/// What begins the series of a measure in an area: the first day on which there is any (rule 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begins {
    /// A service in the catalogue, which may always have been there.
    Listed,
    /// Its value, whatever the topic; Germany has one where any Land has.
    Value,
    /// Its value, whatever the topic; a Land may have one where Germany has none.
    ValueOfEach,
    /// A pair, at whatever stage.
    Pair,
    /// A service with an assessed level, whatever it is.
    Level,
    /// A service of which can be judged whether it covers the area, as far as this.
    Judged(JudgedAs),
    /// A stage that the Land or an authority there holds.
    Held,
    /// A plan in force.
    Plan,
}

impl Begins {
    /// Tells whether it may always have been there: descriptions need no day, stages, levels and plans have one.
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

/// How far a service can be judged that can be judged: the parts of [`Count::Judged`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JudgedAs {
    /// As to whether it covers the area.
    Judged,
    /// There is a responsible authority.
    Possible,
    /// It is live at a responsible authority.
    Live,
}
