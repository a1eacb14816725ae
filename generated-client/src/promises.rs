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
//! # A wait
//!
//! | promise | test |
//! |---|---|
//! | no single response ends a wait that says nothing of the release: a page, a body that breaks off or is too long, 302, 408, any 5xx, a lost connection | `no_single_bad_response_ends_a_wait` |
//! | a run of them does, and the error has their number and the last one | `a_run_of_bad_responses_ends_a_wait_with_the_last_error_and_their_number`, `a_status_between_bad_responses_ends_the_run` |
//! | 400, 401, 403, 404, 407, 410, 301 and 308 end a wait at once | `a_refusal_ends_a_wait_at_once` |
//! | waits that begin together do not ask together | `waits_that_begin_together_do_not_ask_together`, `the_same_seed_gives_the_same_pauses_of_a_wait` |
//!
//! # Load
//!
//! | promise | test |
//! |---|---|
//! | all clones of a client keep to the rate limit together, in the order of their calls, and repeats count | `all_clones_of_a_client_keep_to_the_rate_limit_in_the_order_of_their_calls`, `repeats_count_for_the_rate_limit`, `no_period_has_more_calls_than_the_limit_and_no_burst_is_longer` |
//! | 10, 20 or 40 releases at once are made without one 503 of a platform that allows five calls a second | `releases_at_once_keep_to_the_rate_limit_of_the_platform` |
//! | so do 60 waits, from their first question | `sixty_waits_of_one_client_keep_to_its_rate_limit_from_the_first_question` |
//! | waiting for the rate limit takes nothing from the time of an attempt | `waiting_for_the_rate_limit_is_not_a_part_of_an_attempt` |
//! | a call that the rate limit holds up until it is too late was never sent | `a_call_that_the_rate_limit_holds_up_until_it_is_too_late_was_never_sent` |
//! | a call that is dropped while it waits takes no place of another one | `a_call_that_is_dropped_while_it_waits_takes_no_place_in_the_rate_limit` |
//!
//! # Tokens that expire
//!
//! | promise | test |
//! |---|---|
//! | calls at the same time share a token until it is old | `calls_share_a_token_until_it_is_old` |
//! | after a 401, a call is made again once, with one new token for all | `after_a_401_a_call_is_made_again_once_with_one_new_token_for_all`, `a_provider_works_without_async` |
//! | if the provider fails or is too slow, nothing was sent | `a_provider_that_fails_is_a_final_error_of_a_call_that_was_not_sent`, `a_provider_that_is_too_slow_leaves_a_release_unsent` |
//! | no token that was given is shown, not even an old one | `no_token_that_was_ever_given_is_shown`, `a_token_that_cannot_be_sent_is_an_error_that_does_not_show_it` |
//!
//! # Streams
//!
//! | promise | test |
//! |---|---|
//! | a stream arrives piece by piece through all layers, and is asked for again only until it begins | `a_stream_arrives_piece_by_piece_and_only_its_head_is_repeated`, `a_stream_that_does_not_begin_in_time_is_asked_for_again` |
//! | an error in place of a stream is that of any call | `an_error_in_place_of_a_stream_is_that_of_any_call` |
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
//! | no control character gets into a path, plain or percent-encoded | `a_path_value_with_a_control_character_is_not_sent_however_it_is_encoded`, `an_account_or_a_host_with_a_control_character_is_refused`, `an_id_that_would_address_another_resource_is_not_sent`, `a_query_value_has_no_control_characters_on_the_wire` |
//!
//! # Operation
//!
//! | promise | test |
//! |---|---|
//! | each release that is sent is one event at `INFO`, also if its future is dropped | `each_release_is_one_event_for_operators`, `a_release_whose_future_is_dropped_is_an_event_with_an_unknown_outcome` |
//! | an event has no secret | `no_event_has_a_secret` |
//! | an error says how many attempts were made, and has the headers of the last response | `an_error_says_how_many_attempts_were_made_and_has_the_headers_of_the_last_response`, `an_error_of_a_response_that_broke_off_has_its_headers`, `the_attempt_with_a_fresh_token_counts` |
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
//! | a byte order mark changes nothing | `a_byte_order_mark_is_skipped_in_every_body_that_is_read`, `a_byte_order_mark_is_skipped_in_json_and_xml_of_the_platform` |
//!
//! # Your program
//!
//! | promise | test |
//! |---|---|
//! | the program at the top of the documentation is complete | `the_program_of_the_readme_is_complete_and_runs_as_it_stands_there` |
//! | a crate whose types are in the API is in [`external`](crate::external) | `every_crate_whose_types_are_in_the_api_is_in_the_module_external` |
//! | the blocking client works everywhere, and does not panic | `a_blocking_client_works_inside_asynchronous_code`, `a_blocking_client_works_and_can_be_dropped_in_a_callback_of_another_client`, `a_blocking_client_works_in_a_callback_of_a_blocking_client` |
//! | certificates in `SSL_CERT_FILE` are trusted | `the_certificates_in_ssl_cert_file_are_trusted` |
//! | the proxy in `HTTPS_PROXY` is used, and sees no credentials | `the_proxy_in_https_proxy_is_used_but_not_for_hosts_in_no_proxy` |
//! | every call fits the document that the vendor published | `every_call_of_the_client_works_with_a_mock_of_the_published_document` |
//!
//! # The sandbox
//!
//! | promise | test |
//! |---|---|
//! | it keeps to five calls a second, as the vendor does | `the_sixth_call_in_a_second_exceeds_the_rate_limit` |
//! | errors have the published texts, in the format that the request accepts | `the_errors_403_410_and_503_have_the_published_texts_in_json_and_xml`, `an_unknown_pack_gets_the_text_of_the_vendor` |
//! | the versions of a pack move as releases are done | `the_versions_of_a_pack_move_as_releases_happen` |
//! | samples of the vendor can be had: numbers as strings, ids that are no UUIDs, deprecated and replaced objects | `numbers_can_be_strings_and_request_ids_no_uuids`, `a_deprecated_and_a_replaced_object_say_so_in_their_headers` |
//! | each request is answered and recorded, whatever its method and path | `head_is_answered_like_get_and_changes_nothing_and_options_lists_the_methods`, `a_path_that_is_not_utf8_gets_a_400_and_is_recorded` |
//! | it starts and ends inside asynchronous code, too, and outside says what it needs | `a_sandbox_on_a_thread_starts_and_ends_inside_asynchronous_code`, `a_sandbox_needs_a_runtime_or_a_thread_and_says_so` |
//! | the documentation of each fault has an example | `the_documentation_of_each_fault_has_an_example_that_uses_it` |
