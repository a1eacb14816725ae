//! What the client promises, and the test that proves each promise.
//!
//! The client's one promise is that its user knows what happened to a release: it was made, it was not made, or nobody knows; and
//! that it is not made twice. This page says what that means in detail. The tests are in the folder `tests` of the repository; one
//! of them checks that each test named here exists.
//!
//! # A release
//!
//! | promise | test |
//! |---|---|
//! | no release is made twice, and none that was made is told as [`Refused`](crate::release::ReleaseError::Refused) | `an_order_is_repeatable_only_if_nothing_was_done_and_open_whenever_that_is_unknown`, `no_release_is_made_twice_and_none_that_was_made_is_told_as_refused`, `a_thousand_releases_under_faults_are_made_once_or_reported` |
//! | only 4xx (but not 408), 301, 307 and 308 say that nothing was done | `only_some_statuses_say_that_a_release_was_not_made`, `a_status_that_is_no_refusal_leaves_the_outcome_of_an_order_open` |
//! | a 503 says so only if the platform itself sent it: in JSON or XML, with a message | `a_503_says_that_nothing_was_done_only_if_the_platform_sent_it`, `an_order_is_not_repeated_after_a_503_of_a_gateway_which_may_have_passed_it_on` |
//! | a response with a request id is a release that was made, whatever else is in it, and where it breaks off after the id | `a_response_with_a_request_id_is_a_release_that_was_made`, `the_end_of_a_body_can_be_missing`, `wherever_a_body_breaks_off_the_request_id_is_whole_or_missing` |
//! | a success without a request id is not called a release | `a_success_without_a_request_id_says_nothing`, `a_success_without_a_request_id_is_not_called_a_release` |
//! | if the outcome is unknown, the error has the request id if one arrived | `an_error_that_names_a_request_id_carries_it` |
//! | a connection that is lost, or a response that is not HTTP, leaves the outcome open | `a_connection_that_is_lost_after_sending_leaves_a_release_open`, `what_is_not_http_leaves_a_release_open` |
//! | what was never sent was not made | `a_release_that_was_never_sent_was_not_made` |
//! | the error of a single call and that of a release say the same | `a_response_with_a_request_id_is_a_release_that_was_made`, `a_call_whose_response_cannot_be_decoded_is_not_repeated_by_itself` |
//! | no attempt of an order begins if the deadline would end it before its own timeout | `no_attempt_of_an_order_begins_with_less_than_its_own_timeout_left` |
//! | an order has a connection of its own | `questions_use_a_connection_again_and_orders_never_do` |
//! | orders are not repeated at all, if the policy says so | `orders_are_not_repeated_if_the_policy_says_so` |
//!
//! # A question
//!
//! | promise | test |
//! |---|---|
//! | a question that failed on the way is asked again | `a_get_that_was_lost_after_sending_is_repeated`, `a_question_to_a_busy_server_is_repeated_whoever_says_so`, `a_question_over_a_connection_that_was_closed_is_asked_again` |
//! | of a status, `releaseStatus` is enough | `one_response_that_cannot_be_read_does_not_end_a_wait` |
//! | a response 200 does not mean that a release is done | `a_200_does_not_mean_that_a_release_is_done` |
//!
//! # Time
//!
//! | promise | test |
//! |---|---|
//! | an attempt ends at its timeout, and a call at its deadline, whatever the transport does | `an_attempt_ends_at_its_timeout_whatever_the_transport_does`, `the_timeout_of_an_attempt_ends_at_the_deadline` |
//! | connecting never lasts as long as the request may | `a_release_that_was_never_sent_was_not_made` |
//! | a pause is never shorter than without `Retry-After`, and is random | `the_server_can_ask_for_a_pause_in_seconds_or_until_a_date`, `clients_that_were_refused_together_do_not_come_back_together` |
//! | a pause that the deadline cannot hold fails at once | `a_pause_that_the_deadline_cannot_hold_fails_at_once` |
//! | a slow or endless error response does not delay the error | `a_dripping_error_ends_after_a_few_seconds`, `bodies_that_are_too_long_do_not_hide_the_status` |
//!
//! # What cannot get better
//!
//! | promise | test |
//! |---|---|
//! | faults of TLS and certificates are final, and the error says what to do | `a_certificate_that_nobody_trusts_is_final_and_the_error_says_what_to_do`, `a_server_that_speaks_only_an_old_version_of_tls_is_final`, `a_certificate_that_is_added_with_configure_http_is_trusted`, `what_would_fail_again_in_the_same_way_is_told_apart` |
//! | a proxy that wants a password is final, and the error says what to do | `a_proxy_that_wants_a_password_is_final_and_says_what_to_do` |
//! | a host that does not exist is final, and the error says what to do | `a_host_that_does_not_exist_is_final_and_says_what_to_do` |
//!
//! # Secrets
//!
//! | promise | test |
//! |---|---|
//! | a secret is in no log line, no error, no `Debug` text and no message of a panic, even if the server repeats it | `a_secret_is_in_no_log_line_no_error_and_no_debug_text`, `the_credentials_are_in_no_text_however_the_server_repeats_them` |
//! | it is recognised with the escapes of JSON, XML, HTML and URLs, and in Base64 of each kind | `a_secret_is_found_in_every_spelling` |
//! | a header for credentials is not shown with its request | `a_header_for_credentials_is_not_shown_with_its_request` |
//! | redirects are not followed, so credentials stay with the host that you named | `a_redirect_is_an_error_with_the_new_url_and_is_not_followed`, `no_setting_of_the_http_client_makes_it_follow_redirects` |
//! | cookies are not sent back | `a_cookie_is_not_sent_back` |
//! | an id is always one path segment, and an account id cannot address another account | `an_id_is_one_path_segment_whatever_characters_it_holds`, `accounts_and_credentials_that_cannot_be_sent_are_refused` |
//!
//! # Operation
//!
//! | promise | test |
//! |---|---|
//! | each release that is sent is one event at `INFO`, also if its future is dropped | `each_release_is_one_event_for_operators`, `a_release_whose_future_is_dropped_is_an_event_with_an_unknown_outcome` |
//! | an event has no secret | `no_event_has_a_secret` |
//! | an error says how many attempts were made, and has the headers of the last response | `an_error_says_how_many_attempts_were_made_and_has_the_headers_of_the_last_response`, `an_error_of_a_response_that_broke_off_has_its_headers` |
//! | each error and each result has the [exit code](crate::exit_code) of the table | `the_numbers_of_the_exit_codes_are_stable`, `every_release_error_has_its_exit_code`, `every_wait_error_has_its_exit_code`, `every_result_has_its_exit_code`, `every_build_error_has_the_exit_code_of_invalid_input` |
//! | a `main` that returns an error prints something readable | `a_program_that_ends_with_an_error_prints_something_readable`, `debug_says_what_display_says_and_then_the_causes` |
//! | the error of a failed release begins with pack, request id and state | `a_program_that_ends_with_an_error_prints_something_readable`, `the_error_of_a_failed_release_holds_the_complete_response` |
//! | a pack that cannot be read is not told as the outcome of a release | `a_pack_that_cannot_be_read_says_nothing_about_a_release` |
//! | two releases of a pack at the same time are an error, unless they are allowed | `two_releases_of_a_pack_at_the_same_time_are_an_error`, `a_release_that_is_dropped_or_fails_lets_the_next_one_begin`, `two_releases_of_a_pack_at_the_same_time_can_be_allowed` |
//! | drift is told with its place and kind, once, and never with a value | `each_kind_of_drift_is_told_with_its_place`, `the_elements_of_a_list_are_one_place_and_a_place_is_told_once`, `statuses_and_media_types_are_told`, `drift_is_told_of_releases_too`, `a_secret_in_the_name_of_a_member_is_not_told` |
//! | only statuses that the description declares are no drift | `the_statuses_that_are_not_told_are_those_that_the_description_declares` |
//! | drift does not fill the memory | `a_hostile_server_cannot_fill_the_memory_or_disturb_a_terminal` |
//! | a status of a release that this version does not know is said once, and the compiler asks when the vendor adds one | `a_wait_says_once_that_it_does_not_know_a_status`, `the_compiler_asks_what_a_new_value_of_the_vendor_means` |
//! | a recorded conversation is replayed as it was; another call is an error | `a_recorded_conversation_is_replayed_without_a_server`, `every_failure_of_a_transport_is_replayed_as_it_was`, `a_call_that_was_not_recorded_is_an_error_that_names_the_expected_one` |
//! | no secret and no account is in a cassette | `no_secret_and_no_account_is_in_a_cassette` |
//!
//! # Hostile servers
//!
//! | promise | test |
//! |---|---|
//! | no response is read without a limit | `an_endless_response_ends_at_the_limit`, `bodies_that_are_too_long_do_not_hide_the_status` |
//! | XML is not expanded | `hostile_xml_is_not_expanded_and_the_status_is_kept` |
//! | an error is one line without control characters, whatever the server sends | `the_error_has_the_status_and_one_line_of_text_for_any_body` |
