//! Equal schemas are one type. When they part, one of them keeps the name, and the run says so.

use releasepack_codegen::Code;

use super::{document, first, later, lost, messages, names, written};

fn packs(of_pack: &str, of_status: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{title: Packs, version: '1'}}
paths: {{}}
components:
  schemas:
    Pack: {{type: object, properties: {{schedule: {{type: string, enum: [{of_pack}]}}}}}}
    Status: {{type: object, properties: {{schedule: {{type: string, enum: [{of_status}]}}}}}}
"
    )
}

const PACK: &str = "schemas/Pack/properties/schedule";
const STATUS: &str = "schemas/Status/properties/schedule";

#[test]
fn the_first_in_the_file_keeps_the_name_and_the_other_is_told() {
    let old = first(&document(&packs("NOW", "NOW")));
    for (of_pack, of_status) in [("NOW", "NOW, LATER"), ("NOW, LATER", "NOW")] {
        let new = later(&document(&packs(of_pack, of_status)), &written(&old));
        let outline = new.outline();
        assert!(
            outline.contains("field types::Pack.schedule: Option<Schedule>"),
            "{outline}"
        );
        assert!(
            outline.contains("field types::Status.schedule: Option<StatusSchedule>"),
            "{outline}"
        );
        let warnings = messages(&new.warnings, Code::NAME_NOT_KEPT);
        assert_eq!(
            warnings,
            [
                "`types::Schedule` was the type of this schema and of `schemas/Pack/properties/schedule`, which are no longer equal: it stays the type of that one, and this one has the type `types::StatusSchedule`"
            ]
        );
        let warning = new
            .warnings
            .iter()
            .find(|it| it.code == Code::NAME_NOT_KEPT)
            .unwrap();
        assert_eq!(
            warning.pointer.as_str(),
            "/components/schemas/Status/properties/schedule"
        );
        assert_eq!(warning.location.map(|it| it.line), Some(7));
        let help = warning.help.as_deref().unwrap_or_default();
        assert!(
            help.contains("overlay") && help.contains("names.yaml"),
            "{help}"
        );
        // It is told once: then the new name is in the file.
        let again = later(&document(&packs(of_pack, of_status)), &written(&new));
        assert_eq!(messages(&again.warnings, Code::NAME_NOT_KEPT), [""; 0]);
        assert_eq!(again.files, new.files);
    }
}

#[test]
fn exchanged_names_give_the_name_to_the_other() {
    let text = format!("types:\n  {PACK}: PackSchedule\n  {STATUS}: Schedule\n");
    let new = later(&document(&packs("NOW", "NOW, LATER")), &names(&text));
    let outline = new.outline();
    assert!(
        outline.contains("field types::Pack.schedule: Option<PackSchedule>"),
        "{outline}"
    );
    assert!(
        outline.contains("field types::Status.schedule: Option<Schedule>"),
        "{outline}"
    );
}

#[test]
fn schemas_that_become_equal_keep_both_names() {
    let old = first(&document(&packs("NOW", "NOW, LATER")));
    let new = later(
        &document(&packs("NOW, LATER", "NOW, LATER")),
        &written(&old),
    );
    let outline = new.outline();
    assert!(outline.contains("enum types::PackSchedule"), "{outline}");
    assert!(
        outline.contains("type types::StatusSchedule = PackSchedule"),
        "{outline}"
    );
    let again = later(
        &document(&packs("NOW, LATER", "NOW, LATER")),
        &written(&new),
    );
    assert_eq!(again.files, new.files);
    // And they keep them when they part again.
    let parted = later(&document(&packs("NOW", "NOW, LATER")), &written(&new));
    assert_eq!(lost(&old, &parted), [""; 0]);
    assert_eq!(messages(&parted.warnings, Code::NAME_NOT_KEPT), [""; 0]);
}

#[test]
fn the_name_stays_when_the_first_place_goes() {
    let old = first(&document(&packs("NOW", "NOW")));
    let text = packs("NOW", "NOW").replace(
        "    Pack:",
        "    Other: {type: object, properties: {schedule: {type: string, enum: [X]}}}\n    Pack:",
    );
    let text = text.replace(
        "properties: {schedule: {type: string, enum: [NOW]}}}\n    Status",
        "properties: {id: {type: string}}}\n    Status",
    );
    let new = later(&document(&text), &written(&old));
    let outline = new.outline();
    assert!(
        outline.contains("field types::Status.schedule: Option<Schedule>"),
        "{outline}"
    );
    assert!(!new.names.to_string().contains(PACK), "{}", new.names);
}

#[test]
fn a_schema_that_becomes_a_component_keeps_its_name() {
    let text = packs("NOW", "LATER");
    let old = first(&document(&text));
    let inline = "{type: string, enum: [LATER]}";
    assert!(text.contains(inline));
    let text = text.replace(inline, "{$ref: '#/components/schemas/When'}");
    let more = document(&format!("{text}    When: {inline}\n"));
    let new = later(&more, &written(&old));
    assert_eq!(lost(&old, &new), [""; 0]);
    let again = later(&more, &written(&new));
    assert_eq!(again.files, new.files);
    assert!(
        new.names
            .to_string()
            .contains("schemas/When: StatusSchedule"),
        "{}",
        new.names
    );
    assert!(!new.names.to_string().contains(STATUS), "{}", new.names);
}

#[test]
fn a_schema_that_becomes_an_old_component_leaves_its_name_as_an_alias() {
    let text = format!(
        "{}    When: {{type: string, enum: [LATER, NEVER]}}\n",
        packs("NOW", "LATER")
    );
    let old = first(&document(&text));
    let text = text.replace(
        "{type: string, enum: [LATER]}",
        "{$ref: '#/components/schemas/When'}",
    );
    let mut names = written(&old);
    for _ in 0..2 {
        let new = later(&document(&text), &names);
        let outline = new.outline();
        assert!(
            outline.contains("type types::StatusSchedule = When"),
            "{outline}"
        );
        assert!(outline.contains("enum types::When"), "{outline}");
        names = written(&new);
    }
}

#[test]
fn the_parts_of_a_type_that_parts_keep_their_names() {
    let old = first(&document(&packs(
        "now_or-never, ASAP",
        "now_or-never, ASAP",
    )));
    let mut text = old.names.to_string();
    text = text.replace("NowOrNever", "Whenever");
    let new = later(
        &document(&packs("now_or-never, ASAP", "now_or-never, ASAP, X")),
        &names(&text),
    );
    let outline = new.outline();
    for line in [
        "variant types::Schedule::Whenever",
        "variant types::StatusSchedule::Whenever",
    ] {
        assert!(outline.contains(line), "{line}\n{outline}");
    }
}
