"""Every refusal of the engine is met by a person on a page of the product: by the test named here, or never, for the reason named here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from engine.errors import Refusal, by_code

JOURNEYS = Path(__file__).parents[1] / "journeys"
BOOKS, DISPOSITION, DOORS, MANDATE, SERVICES, SIGNING, TASK = (
    f"refused/test_{story}.py::"
    for story in ("books_refused", "disposition_refused", "doors_refused", "mandate_refused", "services_broken", "signing_refused", "task_refused")
)
MET: dict[str, str] = {
    "ActingForbidden": MANDATE + "test_what_is_mandated_is_not_mandated_again",
    "AlreadyBooked": BOOKS + "test_a_room_booked_by_hand_for_a_taken_hour",
    "AlreadyRead": DISPOSITION + "test_what_was_read_meanwhile_is_not_taken_back",
    "AlreadyRecorded": DISPOSITION + "test_a_letter_that_was_registered_before",
    "BadSecret": SIGNING + "test_a_wrong_passphrase_stops_the_whole_batch",
    "BalanceShort": BOOKS + "test_more_days_than_are_left",
    "BatchTooLarge": "refused/test_batch_refused.py::test_25_and_one_letter",
    "BookUnreadable": BOOKS + "test_a_list_that_the_city_does_not_keep",
    "BranchesOpen": DISPOSITION + "test_a_report_waits_for_those_below",
    "Broken": SERVICES + "test_the_database_is_away",
    "CaseClosed": TASK + "test_a_case_taken_back_twice",
    "DraftStale": TASK + "test_a_letter_without_its_addressee_and_a_draft_of_another_window",
    "EnvelopeGone": SIGNING + "test_a_wrong_passphrase_stops_the_whole_batch",
    "FactorStale": "refused/test_password_again.py::test_a_mandate_is_entered_after_the_password_once_more",
    "FieldsInvalid": TASK + "test_a_letter_without_its_addressee_and_a_draft_of_another_window",
    "ForeignOrigin": DOORS + "test_a_form_on_another_site_does_nothing_here",
    "InProgress": SERVICES + "test_no_worker_takes_the_decision_yet",
    "LinkClosed": "test_permit.py::test_a_link_taken_back_opens_nothing_and_a_wrong_one_says_so",
    "Malformed": DOORS + "test_a_link_that_a_mail_program_mangled",
    "MandateEnded": MANDATE + "test_a_mandate_that_ended_on_an_open_page",
    "NotAllowed": MANDATE + "test_who_is_neither_desk_nor_secretary_enters_no_mandate",
    "NotFound": DOORS + "test_an_address_of_nothing",
    "NotSignedIn": DOORS + "test_a_sign_in_that_ended_under_a_form",
    "OwnRequest": MANDATE + "test_nobody_prolongs_his_own_mandate",
    "PeriodOverlaps": MANDATE + "test_a_time_that_another_window_has_taken",
    "ReasonMissing": TASK + "test_a_postponement_without_a_reason",
    "RecipientInvalid": DISPOSITION + "test_two_leads_are_one_too_many",
    "RemindedToday": TASK + "test_one_reminder_a_day",
    "RequestConflict": TASK + "test_a_lost_answer_and_another_choice",
    "SignInFailed": DOORS + "test_a_wrong_password_until_the_door_closes",
    "SignerBlocked": SIGNING + "test_the_third_wrong_passphrase_closes_the_drawer",
    "SignerNotEnrolled": SIGNING + "test_an_official_without_a_certificate",
    "StaleVersion": BOOKS + "test_a_sheet_that_another_window_replaced",
    "SystemRefused": BOOKS + "test_a_bank_that_says_no",
    "TaskClosed": TASK + "test_the_slower_of_two_windows_reads_who_decided",
    "TooLarge": DOORS + "test_a_file_beyond_the_size",
    "TooManyTries": DOORS + "test_a_wrong_password_until_the_door_closes",
    "Unavailable": SERVICES + "test_the_server_of_the_cases_is_away",
    "UnknownOutcome": TASK + "test_a_task_handed_on_without_naming_to_whom_then_handed_on",
    "UploadRefused": DOORS + "test_a_file_that_is_no_letter",
    "WrongCapacity": TASK + "test_a_task_handed_on_without_naming_to_whom_then_handed_on",
}
NEVER: dict[str, str] = {
    "Refusal": "the base class; nothing raises it but a code that nobody knows",
    "ProcessInvalid": "a process that is not sound is left out when the city starts, never on a page",
    "CityInvalid": "the folder of a city is read by a command and by a worker at its start, never by a page",
    "NumberConflict": "tried again by Temporal until the number is free (activities/acts.py)",
}


def fault(name: str, where: str) -> str:
    """What is wrong with a line of ``MET``; "" for nothing."""
    path, _, test = where.partition("::")
    source = (JOURNEYS / path).read_text() if (JOURNEYS / path).exists() else ""
    found = next((one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef) and one.name == test), None)
    if found is None:
        return f"{where} is not there"
    used = {one.id for one in ast.walk(found) if isinstance(one, ast.Name)}
    return "" if name in used else f"{where} does not speak of {name}"


def test_every_refusal_is_met_or_says_why_not() -> None:
    assert sorted(cls.__name__ for cls in by_code().values()) == sorted([*MET, *NEVER])


@pytest.mark.parametrize("name", MET)
def test_the_journey_is_there_and_speaks_of_it(name: str) -> None:
    assert fault(name, MET[name]) == ""


def test_the_guard_bites() -> None:
    assert fault("TaskClosed", TASK + "test_nothing").endswith("is not there")
    assert fault("TaskClosed", "refused/test_nowhere.py::test_one").endswith("is not there")
    assert fault("TooLarge", MET["TaskClosed"]).endswith("does not speak of TooLarge")
    assert Refusal.__name__ in NEVER
