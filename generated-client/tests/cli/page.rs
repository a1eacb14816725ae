//! The help, and what is generated from it.

use crate::program::Program;

#[test]
fn the_help_shows_a_complete_job_and_the_exit_codes() {
    let ran = Program::bare().run(&["--help"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn each_command_has_help_with_an_example_and_a_manual_page() {
    for command in [
        "plan",
        "release",
        "move",
        "wait",
        "status",
        "reconcile",
        "sandbox",
        "completions",
        "man",
    ] {
        let help = Program::bare().run(&[command, "--help"]);
        assert_eq!(help.code, 0);
        assert!(
            help.out.contains(&format!("releasepack {command} ")),
            "{}",
            help.out
        );
        assert!(help.out.contains("Example"), "{}", help.out);
        let page = Program::bare().run(&["man", command]);
        assert!(
            page.out.contains(&format!(".TH releasepack-{command} 1")),
            "{}",
            page.out
        );
    }
}

#[test]
fn no_option_takes_an_account_a_user_or_a_secret() {
    for command in ["release", "wait", "sandbox"] {
        let help = Program::bare().run(&[command, "--help"]).out;
        for word in ["--account", "--user", "--secret", "--password", "--token"] {
            assert!(!help.contains(word), "{help}");
        }
    }
}

#[test]
fn completions_are_generated_for_each_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = Program::bare().run(&["completions", shell]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("require-complete"), "{shell}");
    }
}
