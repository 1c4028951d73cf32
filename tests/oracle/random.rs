//! Random PromQL expressions; the same seed gives the same expressions.

/// Atoms: vectors without their brackets.
const ATOMS: [&str; 7] = [
    r#"ozg_services_rolled_out{topic="all",unit="ozg"}"#,
    r#"ozg_services_rolled_out{topic="all",unit="ozg",basis="counted"}"#,
    r#"ozg_services_rolled_out{topic=~"all|b.*",area="DE"}"#,
    r#"ozg_services_rolled_out_denominator{topic="all",unit="ozg"}"#,
    r#"ozg_services_launched{topic="all",unit="ozg"}"#,
    "ozg_reported_conflict",
    "ozg_nothing",
];
const MODIFIERS: [&str; 8] =
    ["", "", "", " offset 30d", " @ 1700000000", " offset -7d", " @ end()", " @ start() offset -90d"];
const RANGES: [&str; 4] = ["30d", "90d", "365d", "60d:7d"];
const OVER_TIME: [&str; 12] = [
    "avg_over_time",
    "max_over_time",
    "min_over_time",
    "sum_over_time",
    "count_over_time",
    "last_over_time",
    "changes",
    "increase",
    "rate",
    "delta",
    "deriv",
    "idelta",
];
const FUNCTIONS: [&str; 8] = ["abs", "ceil", "floor", "sgn", "sqrt", "absent", "timestamp", "-"];
const AGGREGATIONS: [&str; 7] = ["sum", "avg", "min", "max", "count", "group", "stddev"];
const GROUPINGS: [&str; 5] = ["", " by (area)", " by (area, basis)", " without (basis)", " by (nothing)"];
const OPERATORS: [&str; 12] =
    ["+", "-", "*", "/", "%", ">", "<=", "== bool", "!= bool", "and", "or", "unless"];
const MATCHINGS: [&str; 4] = ["", " on (area)", " ignoring (basis)", " on (area) group_left ()"];
/// Depth of the expressions.
const DEPTH_MAX: usize = 4;

/// A generator of expressions (xorshift).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed | 1)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap_or(1)).unwrap_or(0)
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    pub(super) fn expression(&mut self) -> String {
        self.vector(DEPTH_MAX)
    }

    fn vector(&mut self, depth: usize) -> String {
        let kinds = if depth == 0 { 1 } else { 6 };
        match self.below(kinds) {
            0 => format!("{}{}", self.pick(&ATOMS), self.pick(&MODIFIERS)),
            1 => format!("{}({}[{}])", self.pick(&OVER_TIME), self.pick(&ATOMS), self.pick(&RANGES)),
            2 => format!("{}({})", self.pick(&FUNCTIONS), self.vector(depth - 1)),
            3 => {
                let (name, grouping) = (self.pick(&AGGREGATIONS), self.pick(&GROUPINGS));
                format!("{name}{grouping} ({})", self.vector(depth - 1))
            }
            4 => {
                let number = self.below(20);
                format!("({} {} {number})", self.vector(depth - 1), self.pick(&OPERATORS[..9]))
            }
            _ => self.pair(depth),
        }
    }

    fn pair(&mut self, depth: usize) -> String {
        let operator = self.below(OPERATORS.len());
        // Sets take no grouping.
        let matchings = if operator < 9 { &MATCHINGS[..] } else { &MATCHINGS[..3] };
        let matching = self.pick(matchings);
        format!("({} {}{matching} {})", self.vector(depth - 1), OPERATORS[operator], self.vector(depth - 1))
    }
}
