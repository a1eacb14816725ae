//! Where the settings come from.

use std::fs;

use crate::program::{Program, platform, text};

#[test]
fn a_file_has_the_settings_and_the_environment_has_precedence() {
    let sandbox = platform().start_on_thread().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings");
    let written = format!(
        "# of the sandbox\nBOOMI_BASE_URL={}\nexport BOOMI_ACCOUNT='{}'\nBOOMI_USER = \"{}\"\n\nBOOMI_SECRET=wrong\n",
        sandbox.url(),
        sandbox.account(),
        sandbox.user(),
    );
    fs::write(&file, written).unwrap();
    let arguments = [
        "plan",
        "orders-pack",
        "--component",
        "order-intake=2.0",
        "--config",
        text(&file),
    ];
    let wrong = Program::bare().run(&arguments);
    assert_eq!(wrong.code, 1, "{wrong:?}");
    let right = Program::bare()
        .with("BOOMI_SECRET", sandbox.password())
        .run(&arguments);
    assert_eq!(right.code, 0, "{right:?}");
}

#[test]
fn a_fault_in_a_file_is_told_with_its_place_and_without_its_value() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings");
    for (written, message) in [
        (
            "BOOMI_USER=me\nhunter2\n",
            "settings:2: expected NAME=VALUE",
        ),
        (
            "BOOMI_SECERT=hunter2\n",
            "settings:1: the name is not one of BOOMI_ACCOUNT",
        ),
        (
            "BOOMI_SECRET=\"hunter2\n",
            "settings:1: the quotes of the value do not fit",
        ),
        (
            "BOOMI_SECRET=hunter2\nBOOMI_SECRET=hunter2\n",
            "settings:2: BOOMI_SECRET is set twice",
        ),
        ("BOOMI_SECRET=hunter2\n", "BOOMI_ACCOUNT, BOOMI_USER"),
    ] {
        fs::write(&file, written).unwrap();
        let ran = Program::bare().run(&["status", "r", "--config", text(&file)]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(message), "{ran:?}");
        assert!(!ran.err.contains("hunter2"), "{ran:?}");
    }
    let ran = Program::bare().run(&["status", "r", "--config", "no-such-file"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn without_a_terminal_missing_settings_are_an_error_that_names_them() {
    let ran = Program::bare().run(&["status", "release-1"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.err.contains("BOOMI_ACCOUNT, BOOMI_USER, BOOMI_SECRET"),
        "{ran:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_file_with_a_secret_that_others_can_read_is_a_warning() {
    use std::os::unix::fs::PermissionsExt as _;

    let sandbox = platform().start_on_thread().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings");
    fs::write(&file, format!("BOOMI_SECRET={}\n", sandbox.password())).unwrap();
    let program = Program::new(&sandbox);
    let arguments = ["plan", "orders-pack", "--config", text(&file)];
    for (mode, is_told) in [(0o644, true), (0o600, false)] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let ran = program.run(&arguments);
        assert_eq!(
            ran.err.contains("warning: others can read"),
            is_told,
            "{ran:?}"
        );
    }
}
