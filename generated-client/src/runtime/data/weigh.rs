//! How well a value fits a type. Nothing is read for it: a value is held against the facts of the type.

use serde_json::{Map, Number, Value};

use super::decide::{Decision, decide, tagged};
use super::facts::Facts;
use super::node::{Form, Record};
use super::record::Shape;

/// How well a value fits. The order of the fields is the order in which they count, and more is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// How many of the value's members, elements and scalars the type knows.
    known: usize,
    /// How many required members and constants are there, and how often the type is the narrower of two that fit.
    evidence: usize,
    /// Below zero: through how many unions in this union the type is reached.
    directness: isize,
}

impl Fit {
    const fn new(known: usize, evidence: usize) -> Self {
        Self {
            known,
            evidence,
            directness: 0,
        }
    }

    /// The fit of a variant of a union that is a variant itself.
    fn through_union(self) -> Self {
        Self {
            directness: self.directness - 1,
            ..self
        }
    }

    /// Whether no member or element of the value is known.
    pub(super) fn knows_nothing_inside(self) -> bool {
        self.known <= 1
    }

    fn add(&mut self, other: Self) {
        self.known += other.known;
        self.evidence += other.evidence;
    }
}

/// How well `value` fits `facts`, or `None` if it does not. A value is walked once for each variant of the union around it:
/// what stands inside another union is weighed when that one is read.
///
/// `open` has the unions that are being decided for this value: a union that is a variant of itself adds nothing.
pub(super) fn weigh(facts: Facts, value: &Value, open: &mut Vec<&'static str>) -> Option<Fit> {
    match (facts, value) {
        (Facts::Any, value) => Some(Fit::new(size(value), 0)),
        (Facts::Maybe(_), Value::Null)
        | (Facts::Boolean, Value::Bool(_))
        | (Facts::AnyNumber, Value::Number(_))
        | (Facts::Text, Value::String(_)) => Some(Fit::new(1, 0)),
        (Facts::Maybe(facts), value) => weigh(facts(), value, open),
        (Facts::Integer(holds), Value::Number(number)) => {
            whole(number).is_some_and(holds).then_some(Fit::new(1, 1))
        }
        (Facts::Number, Value::Number(number)) => is_exact(number).then_some(Fit::new(1, 0)),
        (Facts::AnyInteger, Value::Number(number)) => {
            has_no_fraction(number).then_some(Fit::new(1, 1))
        }
        (Facts::Parsed(parse), Value::String(text)) => match parse(text) {
            Form::Known => Some(Fit::new(1, 1)),
            Form::Unknown => Some(Fit::default()),
            Form::Wrong => None,
        },
        (Facts::List(facts), Value::Array(items)) => {
            let mut fit = Fit::new(1, 0);
            for item in items {
                fit.add(weigh_inside(facts(), item)?);
            }
            Some(fit)
        }
        (Facts::Map(facts), Value::Object(members)) => {
            let mut fit = Fit::new(1 + members.len(), 0);
            for member in members.values() {
                fit.add(weigh_inside(facts(), member)?);
            }
            Some(fit)
        }
        (Facts::Record(shape, blank), Value::Object(members)) => {
            weigh_record(shape, blank().as_ref(), members)
        }
        (Facts::Union(shape), value) => {
            if open.contains(&shape.name) {
                return None;
            }
            match decide(shape, value, open) {
                Decision::Variant(index, _) | Decision::Fallback(index, _) => {
                    let fit = weigh((shape.variants[index].facts)(), value, open);
                    Some(fit.unwrap_or(Fit::new(1, 1)).through_union())
                }
                Decision::None | Decision::Several => None,
            }
        }
        _ => None,
    }
}

/// As [`weigh`], for what is inside another value: a union there takes anything, and knows what has the kind of a variant.
fn weigh_inside(facts: Facts, value: &Value) -> Option<Fit> {
    match facts {
        Facts::Maybe(facts) if !value.is_null() => weigh_inside(facts(), value),
        Facts::Union(_) => Some(Fit::new(is_likely(facts, value, 0).into(), 0)),
        facts => weigh(facts, value, &mut Vec::new()),
    }
}

fn weigh_record(shape: &Shape, blank: &dyn Record, members: &Map<String, Value>) -> Option<Fit> {
    let mut facts = Vec::new();
    blank.parts(&mut |parts| facts = parts.iter().map(|part| part.described()).collect());
    let mut fit = Fit::new(1, 0);
    for (member, facts) in shape.members.iter().zip(&facts) {
        let value = match members.get(member.name) {
            None if member.is_required => return None,
            None => continue,
            // Servers that fill in every member that they know write `null`: it tells nothing.
            Some(Value::Null) if !member.is_required => continue,
            Some(value) => value,
        };
        if let Some(is_constant) = member.is_constant {
            if !is_constant(value) {
                return None;
            }
            fit.evidence += 1;
        }
        fit.add(weigh_inside(*facts, value)?);
        fit.add(Fit::new(1, member.is_required.into()));
    }
    if shape.has_rest
        && let Some(Facts::Map(facts)) = facts.last()
    {
        let others = members
            .iter()
            .filter(|(name, _)| shape.find(name).is_none());
        for (_, value) in others {
            fit.add(weigh_inside(facts(), value)?);
            fit.known += 1;
        }
    }
    Some(fit)
}

/// Whether a value inside another has the kind, or the tag, of a variant of a union. It looks no deeper.
fn is_likely(facts: Facts, value: &Value, depth: usize) -> bool {
    match (facts, value) {
        (Facts::Any, _)
        | (Facts::Boolean, Value::Bool(_))
        | (
            Facts::Integer(_) | Facts::Number | Facts::AnyInteger | Facts::AnyNumber,
            Value::Number(_),
        )
        | (Facts::Text, Value::String(_))
        | (Facts::List(_), Value::Array(_))
        | (Facts::Map(_) | Facts::Record(..), Value::Object(_)) => true,
        (Facts::Parsed(parse), Value::String(text)) => parse(text) == Form::Known,
        (Facts::Maybe(facts), value) => value.is_null() || is_likely(facts(), value, depth),
        (Facts::Union(shape), value) => match tagged(shape, value) {
            Some(decision) => decision != Decision::None,
            // Unions that are variants of each other would go on for ever.
            None if depth > 3 => true,
            None => {
                let mut variants = shape.variants.iter();
                variants.any(|variant| is_likely((variant.facts)(), value, depth + 1))
            }
        },
        _ => false,
    }
}

/// The value of a number that is an integer, `2.0` too.
pub(super) fn whole(number: &Number) -> Option<i128> {
    let integer = number
        .as_i64()
        .map(i128::from)
        .or(number.as_u64().map(i128::from));
    integer.or_else(|| whole_float(number.as_f64()?))
}

/// The value of a float without a fraction. Above 2^53 a float stands for several integers, so that it is none.
pub(super) fn whole_float(float: f64) -> Option<i128> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "it has no fraction and is small"
    )]
    (float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0).then_some(float as i128)
}

/// Whether a number is an integer, of any size.
fn has_no_fraction(number: &Number) -> bool {
    number.as_f64().is_some_and(|float| float.fract() == 0.0)
}

/// Whether an `f64` holds a number: integers up to 2^53, and everything that is not an integer.
fn is_exact(number: &Number) -> bool {
    let integer = number.as_i64().map(i64::unsigned_abs).or(number.as_u64());
    integer.is_none_or(|integer| integer <= 1 << 53)
}

fn size(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(|value| 1 + size(value)).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}
