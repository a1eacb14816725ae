//! The faults of the sandbox as an argument: `create=504,applied`.

use std::time::Duration;

use releasepack_client::sandbox::{Fault, StatusCode, Target};

use crate::arguments::parse_duration;

/// The help of `--fault`.
pub(crate) const FAULTS: &str = "\
Examples:
  releasepack sandbox --port 8310 --pack orders-pack:order-intake=1.0
  releasepack sandbox --fault create=504,applied --fault status=busy,times=3

A fault is CALL=WHAT[,applied][,times=N][,after=N]:
  CALL     create, update (another date), status, pack, or any
  WHAT     a status such as 504; busy; gateway-busy; reset; endless; truncate:BYTES; delay:TIME, such as delay:2s
  applied  the call is carried out all the same, and its response is lost
  times=N  it happens N times, instead of once
  after=N  N calls go well before";

/// Reads a fault and the call that it is for.
pub(crate) fn parse_fault(text: &str) -> Result<(Target, Fault), String> {
    let (target, rest) = text
        .split_once('=')
        .ok_or("write it as CALL=WHAT, such as create=504")?;
    let target = match target.trim() {
        "create" => Target::Create,
        "update" => Target::Update,
        "status" => Target::Status,
        "pack" => Target::Pack,
        "any" => Target::Any,
        other => {
            return Err(format!(
                "`{other}` is not create, update, status, pack or any"
            ));
        }
    };
    let mut parts = rest.split(',').map(str::trim);
    let mut fault = effect(parts.next().unwrap_or_default())?;
    for part in parts {
        fault = match part.split_once('=') {
            None if part == "applied" => fault.applied(),
            Some(("times", number)) => fault.times(count(number)?),
            Some(("after", number)) => fault.after(count(number)?),
            _ => return Err(format!("`{part}` is not applied, times=N or after=N")),
        };
    }
    Ok((target, fault))
}

fn effect(text: &str) -> Result<Fault, String> {
    match text.split_once(':') {
        Some(("truncate", bytes)) => {
            let bytes = bytes.parse();
            let bytes = bytes.map_err(|_| format!("`{text}` has no number of bytes"))?;
            Ok(Fault::truncate(bytes))
        }
        Some(("delay", time)) => Ok(Fault::delay(delay(time)?)),
        None => match text {
            "busy" => Ok(Fault::busy()),
            "gateway-busy" => Ok(Fault::gateway_busy()),
            "reset" => Ok(Fault::reset_after_request()),
            "endless" => Ok(Fault::endless()),
            _ => match text.parse::<u16>().ok().map(StatusCode::from_u16) {
                Some(Ok(status)) if status.as_u16() >= 200 => Ok(Fault::status(status)),
                _ => Err(format!(
                    "`{text}` is not something that can go wrong; see --help"
                )),
            },
        },
        Some(_) => Err(format!(
            "`{text}` is not something that can go wrong; see --help"
        )),
    }
}

fn delay(text: &str) -> Result<Duration, String> {
    parse_duration(text)
}

fn count(text: &str) -> Result<u32, String> {
    text.parse()
        .map_err(|_| format!("`{text}` is not a number"))
}
